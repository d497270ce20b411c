/* tool_move: dragging the chosen base over the map, with the states that it would bring.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_base *chosen_base(const vd_app *app) {
  const vd_map_object *object = &app->chosen.object;
  if (object->what != VD_OBJECT_RECORD || object->kind != VD_KIND_BASE) return NULL;
  return vd_plan_find(app->plan, VD_KIND_BASE, object->id);
}

bool vd_tool_move_start(vd_app *app, double x_px, double y_px) {
  const vd_base *base = chosen_base(app);
  double px = vd_mapview_px_per_mm(app);
  if (!base || app->read_only || !vd_results_study(app->results)) return false;
  vd_map_object under =
      vd_map_pick(vd_results_data(app->results), &app->map.view, &app->map_options, x_px / px, y_px / px, 2);
  if (under.what != VD_OBJECT_RECORD || under.kind != VD_KIND_BASE || strcmp(under.id, base->record.id) != 0)
    return false;
  app->move =
      (vd_move_tool){.held = true, .lon_deg = base->record.geom->xy[0], .lat_deg = base->record.geom->xy[1]};
  snprintf(app->move.base, sizeof app->move.base, "%s", base->record.id);
  return true;
}

void vd_tool_move_to(vd_app *app, double x_px, double y_px) {
  double px = vd_mapview_px_per_mm(app), at[2];
  vd_map_view_to_m(&app->map.view, x_px / px, y_px / px, &at[0], &at[1]);
  vd_map_to_lonlat(vd_results_data(app->results), at, at, 1);
  app->move.active = true;
  app->move.lon_deg = at[0], app->move.lat_deg = at[1];
  vd_live_move(app->live, app->move.base, at[0], at[1]);
}

static void stop(vd_app *app) {
  vd_arena *arena = app->move.states_arena;
  bool shown = app->move.states != NULL;
  app->move = (vd_move_tool){0};
  vd_live_end(app->live);
  vd_panel_gaps_sort(app);
  if (shown) vd_mapview_refresh(app, false); /* tiles let go of the states */
  vd_arena_free(arena);
}

void vd_tool_move_cancel(vd_app *app) {
  if (!app->move.held) return;
  bool was = app->move.active;
  stop(app);
  if (was) vd_app_say(app, false, _("The base stays where it was."));
}

void vd_tool_move_drop(vd_app *app) {
  vd_move_tool move = app->move;
  bool active = move.active;
  stop(app);
  if (!active) return;
  if (vd_edit_move(app->plan, VD_KIND_BASE, move.base, move.lon_deg, move.lat_deg) != VD_OK) {
    vd_app_say_failure(app);
    return;
  }
  app->chosen.lon_deg = move.lon_deg,
  app->chosen.lat_deg = move.lat_deg; /* explained there once it is studied */
  vd_app_say(app, false, _("Moved. Ctrl+Z takes it back."));
  vd_app_study(app);
}

void vd_tool_move_take(vd_app *app) {
  if (!app->move.active || !vd_live_poll(app->live)) return;
  vd_arena *arena = vd_arena_new(), *before = app->move.states_arena;
  app->move.states = vd_map_states_of(vd_results_data(app->results), vd_live_study(app->live), arena);
  app->move.states_arena = arena;
  vd_mapview_refresh(app, false);
  vd_panel_gaps_sort(app);
  vd_arena_free(before);
  vd_live_release_old(app->live);
  vd_ui_ask_again(app->ui);
}

const vd_study *vd_app_shown_study(const vd_app *app) {
  const vd_study *live = app->move.active ? vd_live_study(app->live) : NULL;
  return live ? live : vd_results_study(app->results);
}

/* ---- what is seen of it ---- */

void vd_tool_move_draw(vd_app *app, vd_canvas *canvas) {
  double at[2] = {app->move.lon_deg, app->move.lat_deg}, x, y;
  if (!app->move.active) return;
  vd_map_to_plane(vd_results_data(app->results), at, at, 1);
  vd_map_view_to_mm(&app->map.view, at[0], at[1], &x, &y);
  vd_canvas_icon(canvas, "icons/base", (vd_rect){x - 3, y - 3, 6, 6}, vd_ui_theme(app->ui)->accent);
}

static double covered_share(const vd_study *study) {
  const vd_sums *all = &vd_study_headline(study)->all;
  return all->person_hours > 0 ? 100 * all->by_state[VD_COVERED] / all->person_hours : 0;
}

static const char *words(vd_app *app) {
  vd_arena *arena = vd_ui_arena(app->ui);
  const vd_study *live = vd_live_study(app->live);
  if (!live) return _("Working out what this move changes…");
  double now = covered_share(live), cell_m = vd_live_cell_m(app->live);
  if (cell_m > 0)
    return vd_str_printf(
        arena, _("Covered: %.1f %% of person-hours (coarse, cells of %.0f m). Escape puts the base back."),
        now, cell_m);
  return vd_str_printf(arena,
                       _("Covered: %.1f %% of person-hours, %.1f %% before. Escape puts the base back."), now,
                       covered_share(vd_results_study(app->results)));
}

void vd_tool_move_tell(vd_app *app, vd_rect map) {
  vd_ui *ui = app->ui;
  if (!app->move.active) return;
  const char *text = words(app);
  double pad = vd_ui_px(ui, 12), height = vd_ui_px(ui, 34);
  double buttons = vd_ui_px(ui, 60); /* on the right, and as much on the left */
  double width =
      fmin(vd_ui_text_width(ui, text, (vd_paint_text){.bold = true}) + 2 * pad, map.w - 2 * buttons);
  vd_rect box = {map.x + (map.w - width) / 2, map.y + pad, width, height};
  vd_ui_layer_begin(ui, box, false);
  vd_ui_panel(ui, box);
  vd_ui_paint(ui, vd_inset(box, pad, 0), text, (vd_paint_text){.bold = true, .align = VD_ALIGN_MIDDLE});
  vd_ui_node(ui, vd_ui_id_of(ui, "move"), VD_ROLE_STATUS, text, NULL, box, 0);
  vd_ui_layer_end(ui);
}
