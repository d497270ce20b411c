/* timeline: one moment of the window instead of all of it; playing through it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/state.h"
#include "vedette/base/i18n.h"

void vd_app_set_time(vd_app *app, int64_t time_s) {
  const vd_study *study = vd_results_study(app->results);
  if (!study) return;
  const vd_headline *headline = vd_study_headline(study);
  if (time_s < headline->from_s) time_s = headline->from_s;
  if (time_s >= headline->to_s) time_s = headline->to_s - 1;
  vd_arena *arena = vd_arena_new();
  app->states = vd_map_states_at(vd_results_data(app->results), study, time_s, arena);
  app->at_time = true;
  app->time_s = time_s;
  vd_mapview_refresh(app, false); /* tiles let go of the former states */
  vd_arena_free(app->states_arena);
  app->states_arena = arena;
}

void vd_app_whole_window(vd_app *app) {
  app->at_time = app->playing = false;
  app->states = NULL;
  vd_mapview_refresh(app, false);
}

void vd_app_play_step(vd_app *app) {
  enum { STEP_MS = 120 };
  const vd_study *study = vd_results_study(app->results);
  if (!app->playing || !study || app->now_ms - app->played_ms < STEP_MS) return;
  if (!app->map_exact && app->now_ms - app->played_ms < 2000) return; /* let the picture arrive */
  app->played_ms = app->now_ms;
  int64_t next = app->time_s + VD_HOUR_S;
  if (next >= vd_study_headline(study)->to_s) {
    app->playing = false;
    return;
  }
  vd_app_set_time(app, next);
}

/* ---- the bar ---- */

/* Days of the window in local time, and nights shaded. */
static void paint_days(vd_app *app, vd_rect rect, int64_t from_s, int64_t to_s) {
  const vd_theme *theme = vd_ui_theme(app->ui);
  int32_t offset = vd_plan_info_lookup(app->plan)->utc_offset_s;
  double px_per_s = rect.w / (double)(to_s - from_s);
  int64_t day_s = from_s + offset - ((from_s + offset) % VD_DAY_S + VD_DAY_S) % VD_DAY_S -
                  offset; /* local midnight before */
  int64_t night_from = (int64_t)(vd_standard_value(app->plan, "day.to") * VD_MINUTE_S),
          night_to = (int64_t)(vd_standard_value(app->plan, "day.from") * VD_MINUTE_S);
  bool crowded = VD_DAY_S * px_per_s < vd_ui_px(app->ui, 62);
  vd_ui_clip(app->ui, rect);
  for (; day_s < to_s; day_s += VD_DAY_S) {
    double x = rect.x + (double)(day_s - from_s) * px_per_s, w = VD_DAY_S * px_per_s;
    vd_ui_fill(app->ui, (vd_rect){x, rect.y, (double)night_to * px_per_s, rect.h}, theme->header);
    vd_ui_fill(
        app->ui,
        (vd_rect){x + (double)night_from * px_per_s, rect.y, w - (double)night_from * px_per_s, rect.h},
        theme->header);
    vd_ui_fill(app->ui, (vd_rect){round(x), rect.y, 1, rect.h}, theme->border);
    vd_civil civil = vd_civil_from_s(day_s, offset);
    static const char *const days[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};
    const char *label = vd_str_printf(vd_ui_arena(app->ui), "%s %d", _(days[civil.weekday]), civil.day);
    double from_x = fmax(x, rect.x),
           to_x = fmin(x + w, rect.x + rect.w); /* the first and last day may be cut */
    if (!crowded && to_x - from_x > vd_ui_px(app->ui, 52))
      vd_ui_paint(app->ui, (vd_rect){from_x + 4, rect.y, to_x - from_x - 6, rect.h}, label,
                  (vd_paint_text){.size = theme->small_size, .color = theme->faint_text});
  }
  vd_ui_unclip(app->ui);
}

static void scrub(vd_app *app, vd_rect rect, int64_t from_s, int64_t to_s) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, "timeline");
  vd_touch touch = vd_ui_touch(ui, id, rect, 0);
  if (touch.started) vd_ui_focus(ui, id);
  if (touch.pressed) {
    int64_t wanted = from_s + (int64_t)(fmin(fmax(touch.x / rect.w, 0), 1) * (double)(to_s - from_s));
    wanted -= wanted % (15 * VD_MINUTE_S);
    if (!app->at_time || wanted != app->time_s) vd_app_set_time(app, wanted);
    app->playing = false;
  }
  if (vd_ui_focused(ui, id)) {
    int64_t at = app->at_time ? app->time_s : from_s;
    if (vd_ui_key(ui, VD_KEY_LEFT, 0)) vd_app_set_time(app, at - VD_HOUR_S);
    if (vd_ui_key(ui, VD_KEY_RIGHT, 0)) vd_app_set_time(app, at + VD_HOUR_S);
  }
  paint_days(app, rect, from_s, to_s);
  vd_ui_frame(ui, rect, 3, touch.focused ? 2 : 1, touch.focused ? theme->accent : theme->border);
  if (app->at_time) {
    double x = round(rect.x + (double)(app->time_s - from_s) / (double)(to_s - from_s) * rect.w);
    vd_ui_fill(ui, (vd_rect){x - 1, rect.y - 3, 3, rect.h + 6}, theme->accent);
  } else {
    vd_ui_fill_round(ui, (vd_rect){rect.x, rect.y + rect.h - 4, rect.w, 4}, 2, theme->accent);
  }
  const char *value = app->at_time ? vd_time_iso(vd_ui_arena(ui), app->time_s) : _("whole window");
  vd_ui_node(ui, id, VD_ROLE_TIMELINE, _("Time"), value, rect, VD_NODE_TAB_STOP);
}

void vd_panel_timeline(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  const vd_study *study = vd_results_study(app->results);
  vd_arena *arena = vd_ui_arena(ui);
  int32_t offset = vd_plan_info_lookup(app->plan)->utc_offset_s;
  vd_ui_fill(ui, rect, theme->page);
  vd_ui_fill(ui, (vd_rect){rect.x, rect.y, rect.w, 1}, theme->line);
  if (!study) return;
  const vd_headline *headline = vd_study_headline(study);
  rect = vd_inset(rect, vd_ui_px(ui, 10), vd_ui_px(ui, 9));
  vd_rect words = vd_cut_right(&rect, vd_ui_px(ui, 250));
  vd_cut_left(&words, vd_ui_px(ui, 12));
  const char *text =
      app->at_time ? vd_str_printf(arena, "%s %s", vd_time_text(arena, app->time_s, offset),
                                   vd_offset_text(arena, offset))
                   : vd_str_printf(arena, _("Whole window, %s"),
                                   vd_duration_text(arena, (double)(headline->to_s - headline->from_s)));
  vd_ui_paint(ui, words, text, (vd_paint_text){.bold = app->at_time});
  scrub(app, rect, headline->from_s, headline->to_s);
}
