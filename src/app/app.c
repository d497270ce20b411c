/* app: opening, one pass, closing; the frame around the panels.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/app.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/action.h"
#include "app/state.h"
#include "vedette/base/i18n.h"

/* ---- opening and closing ---- */

static void wake(void *context) {
  vd_app *app = context;
  if (app->host.wake) app->host.wake(app->host.context);
}

static void open_tiles(vd_app *app, int workers) {
  int n = workers < VD_APP_MAX_WORKERS ? workers : VD_APP_MAX_WORKERS;
  app->tile_queue = vd_queue_new(n, wake, app);
  app->n_draws = n > 0 ? n : 1;
  for (int i = 0; i < app->n_draws; i++) app->draws[i] = vd_draw_copy(app->draw);
  app->base = vd_tiles_new(app->tile_queue, app->draws, vd_map_draw_base);
  app->overlays = vd_tiles_new(app->tile_queue, app->draws, vd_map_draw_overlays);
}

static void set_defaults(vd_app *app) {
  app->scale = 1;
  app->show_layers = app->show_details = app->show_bottom = true;
  app->map_options = vd_map_options_default();
  app->map_options.layers.shown[VD_MAP_LABELS] = true;
  app->chosen.arena = vd_arena_new();
  app->table_arena = vd_arena_new();
  app->report = (vd_report_view){.rows = {.chosen = -1, .sort_column = -1}, .arena = vd_arena_new()};
  app->states_arena = vd_arena_new();
  app->map.label_arena = vd_arena_new();
  for (int i = 0; i < VD_TAB_COUNT; i++) app->tables[i] = (vd_table_state){.chosen = -1, .sort_column = -1};
  app->print_paper = VD_A3;
  vd_app_merge_end(app);
  const char *base = vd_plan_file_path(app->file);
  size_t n = strlen(base);
  if (vd_str_ends_nocase(base, ".gpkg")) n -= 5;
  snprintf(app->print_path, sizeof app->print_path, "%.*s.pdf", (int)n, base);
  const char *title = vd_plan_info_lookup(app->plan)->title;
  snprintf(app->title, sizeof app->title, app->read_only ? _("%s (reading only) — vedette") : "%s — vedette",
           title && *title ? title : vd_path_base(base));
}

/* A plan that cannot be edited can still be looked at, with a word about why. */
static vd_status open_plan(vd_app *app, const char *path) {
  if (vd_plan_file_open(path, VD_OPEN_EDIT, &app->file) == VD_OK) return VD_OK;
  char why[VD_APP_MESSAGE_SIZE];
  snprintf(why, sizeof why, "%s", vd_last_message());
  if (vd_plan_file_open(path, VD_OPEN_READ, &app->file) != VD_OK) return vd_fail(VD_ERR_INPUT, "%s", why);
  app->read_only = true;
  vd_app_say(app, true, _("For reading only. %s"), why);
  return VD_OK;
}

static void say_notes(vd_app *app) {
  const char *const *sentences;
  size_t n = vd_plan_file_notes(app->file, &sentences);
  if (n > 0 && !app->message[0]) vd_app_say(app, true, "%s", sentences[0]);
}

/* Reports stay in sight until their successors can be made; a plan of before the last but one goes, with its reports. */
void vd_app_study(vd_app *app) {
  app->studied_revision = vd_plan_revision(app->plan, VD_KIND_COUNT);
  if (vd_results_complete(app->results)) {
    vd_reporting_cancel(app->reporting);
  } else {
    vd_panel_reports_forget(app);
    vd_reporting_forget(app->reporting);
  }
  vd_results_start(app->results, app->plan, app->past);
}

void vd_app_set_past(vd_app *app, bool past) {
  app->past = past;
  vd_app_say(app, false,
             past ? _("Executed patrols only: coverage of the past.")
                  : _("Planned, approved and executed patrols."));
  vd_app_study(app);
}

void vd_app_activate(vd_app *app) {
  if (vd_plan_file_refresh(app->file) != VD_OK) {
    vd_app_say_failure(app);
    return;
  }
  if (vd_plan_revision(app->plan, VD_KIND_COUNT) == app->studied_revision) return;
  vd_app_say(app, false, _("Another program changed the plan. It is studied again."));
  vd_app_study(app);
}

vd_status vd_app_open(const vd_app_host *host, vd_draw *draw, const vd_app_options *options, vd_app **out) {
  VD_CLEANUP(vd_app_cleanup) vd_app *app = calloc(1, sizeof *app);
  if (!app) return vd_fail(VD_ERR_MEMORY, _("not enough memory for the window"));
  app->host = *host;
  app->draw = draw;
  app->mirror = options->mirror;
  VD_TRY(open_plan(app, options->path));
  app->plan = vd_plan_file_plan(app->file);
  set_defaults(app);
  vd_ui_host ui_host = {app->host.context, app->host.read_clipboard, app->host.write_clipboard};
  app->ui = vd_ui_new(draw, &ui_host);
  open_tiles(app, options->workers);
  app->results = vd_results_new(options->workers > 0, options->workers > 1 ? options->workers : 1, wake, app);
  app->reporting =
      vd_reporting_new(options->workers > 0, options->workers > 1 ? options->workers : 1, wake, app);
  app->live = vd_live_new(options->workers > 0, options->workers > 1 ? options->workers : 1, wake, app);
  say_notes(app);
  vd_app_study(app);
  *out = app;
  app = NULL;
  return VD_OK;
}

/* The road network goes into the plan for the next time. At the end, when nobody waits. */
static void keep_network(vd_app *app) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_landscape *land = app->results ? vd_results_landscape(app->results) : NULL;
  vd_kept kept;
  if (!land || app->read_only || !vd_landscape_fresh(land, app->plan)) return;
  vd_status status = vd_landscape_pack(land, arena, &kept);
  if (status == VD_OK && kept.n) status = vd_plan_file_keep(app->file, &kept);
  if (status != VD_OK) vd_debug("roads", "the network is not kept: %s", vd_last_message());
}

void vd_app_free(vd_app *app) {
  if (!app) return;
  keep_network(app);
  vd_tiles_free(app->base);
  vd_tiles_free(app->overlays);
  vd_queue_free(app->tile_queue);
  for (int i = 0; i < app->n_draws; i++) vd_draw_free(app->draws[i]);
  vd_arena_free(app->move.states_arena);
  vd_live_free(app->live);
  vd_reporting_free(app->reporting);
  vd_results_free(app->results);
  vd_ui_free(app->ui);
  vd_arena_free(app->chosen.arena);
  vd_arena_free(app->table_arena);
  vd_arena_free(app->report.arena);
  vd_arena_free(app->report.shapes_arena);
  vd_arena_free(app->states_arena);
  vd_arena_free(app->map.label_arena);
  vd_app_merge_end(app);
  vd_plan_file_close(app->file);
  free(app);
}

void vd_app_cleanup(vd_app **app) {
  vd_app_free(*app);
}

void vd_app_resize(vd_app *app, double width_px, double height_px, double scale) {
  app->width = width_px;
  app->height = height_px;
  app->scale = scale;
  vd_ui_resize(app->ui, width_px, height_px, scale, app->mirror);
}

/* ---- words for the user ---- */

void vd_app_say(vd_app *app, bool bad, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vsnprintf(app->message, sizeof app->message, format, args);
  va_end(args);
  app->message_bad = bad;
  app->message_until_ms = app->now_ms + (bad ? 12000 : 4000);
}

void vd_app_say_failure(vd_app *app) {
  vd_app_say(app, true, "%s", vd_last_message());
}

static void show_message(vd_app *app, vd_rect map) {
  const vd_theme *theme = vd_ui_theme(app->ui);
  if (!app->message[0] || app->now_ms >= app->message_until_ms) return;
  double pad = vd_ui_px(app->ui, 14), icon = vd_ui_px(app->ui, 26);
  double width =
      fmin(vd_ui_text_width(app->ui, app->message, (vd_paint_text){0}) + 2 * pad + icon, map.w - 2 * pad);
  vd_rect text = {0, 0, width - 2 * pad - icon, 0};
  double height = vd_ui_paint_lines(app->ui, text, app->message, (vd_paint_text){0}, false) + pad;
  vd_rect box = {map.x + (map.w - width) / 2, map.y + map.h - height - vd_ui_px(app->ui, 46), width, height};
  vd_ui_layer_begin(app->ui, box, false);
  vd_ui_fill_round(app->ui, box, vd_ui_px(app->ui, 6), theme->page);
  vd_ui_frame(app->ui, box, vd_ui_px(app->ui, 6), 1, app->message_bad ? theme->high : theme->border);
  text = (vd_rect){box.x + pad + icon, box.y + pad / 2, text.w, box.h};
  vd_ui_icon(app->ui, (vd_rect){box.x + pad / 2, box.y, icon, box.h}, app->message_bad ? "warning" : "check",
             app->message_bad ? theme->high : theme->accent);
  vd_ui_paint_lines(app->ui, text, app->message, (vd_paint_text){0}, true);
  vd_ui_node(app->ui, vd_ui_id_of(app->ui, "message"), VD_ROLE_STATUS, app->message, NULL, box, 0);
  if (vd_ui_icon_button(app->ui, (vd_rect){box.x + box.w - icon, box.y, icon, icon}, "close", _("Dismiss"),
                        false, true))
    app->message_until_ms = 0;
  vd_ui_layer_end(app->ui);
}

/* ---- results that came in ---- */

/* Another area of interest has another plane: the view stays over the same place. */
static void keep_place(vd_app *app, const double centre[2]) {
  const vd_map_data *data = vd_results_data(app->results);
  double at[2];
  if (!data || !app->map.fitted) return;
  vd_map_to_plane(data, centre, at, 1);
  if (hypot(at[0] - app->map.view.centre_x_m, at[1] - app->map.view.centre_y_m) < 1) return;
  app->map.view.centre_x_m = at[0];
  app->map.view.centre_y_m = at[1];
  if (app->map.follows) vd_mapview_fit(app);
}

static void take_results(vd_app *app) {
  double centre[2] = {app->map.view.centre_x_m, app->map.view.centre_y_m};
  const vd_map_data *before = vd_results_data(app->results);
  if (before) vd_map_to_lonlat(before, centre, centre, 1);
  if (!vd_results_poll(app->results)) return;
  if (!vd_reporting_rests_on(app->reporting, vd_results_study(app->results))) {
    vd_panel_reports_forget(app);
    vd_reporting_forget(app->reporting);
  }
  if (before) keep_place(app, centre);
  const char *trouble = vd_results_trouble(app->results);
  if (trouble) vd_app_say(app, true, "%s", trouble);
  if (vd_results_study(app->results)) {
    vd_panel_gaps_sort(app);
    if (app->at_time) vd_app_set_time(app, app->time_s);
  }
  vd_mapview_refresh(app, false);
  vd_app_choose_again(app);
  vd_results_release_old(app->results);
  if (vd_results_complete(app->results) && !app->read_only)
    vd_live_prepare(app->live, app->plan, vd_study_landscape(vd_results_study(app->results)));
  vd_ui_ask_again(app->ui);
}

/* ---- the frame ---- */

static void rule_below(vd_app *app, vd_rect rect) {
  vd_ui_fill(app->ui, (vd_rect){rect.x, rect.y + rect.h - 1, rect.w, 1}, vd_ui_theme(app->ui)->line);
}

static void search_box(vd_app *app, vd_rect rect) {
  if (rect.w < vd_ui_px(app->ui, 640)) return;
  vd_rect box = vd_cut_right(&rect, vd_ui_px(app->ui, 300));
  box = vd_inset(box, vd_ui_px(app->ui, 10), (box.h - vd_ui_px(app->ui, 30)) / 2);
  vd_edit_result result = vd_ui_textbox(app->ui, box, _("Search"), _("Place, coordinates or grid…"),
                                        app->search, sizeof app->search);
  vd_rect end = vd_inset(box, vd_ui_px(app->ui, 3), vd_ui_px(app->ui, 3));
  end = vd_cut_right(&end, vd_ui_px(app->ui, 26));
  vd_ui_fill(app->ui, end, vd_ui_theme(app->ui)->page);
  vd_ui_icon(app->ui, end, "search", vd_ui_theme(app->ui)->faint_text);
  if (result == VD_EDIT_ENTERED && app->search[0] && vd_app_select(app, app->search) != VD_OK)
    vd_app_say_failure(app);
}

int vd_app_classification(vd_app *app) {
  uint64_t revision = vd_plan_revision(app->plan, VD_KIND_COUNT) + 1; /* 0: never looked */
  if (app->classified_at != revision) app->classification = (int)vd_plan_classification(app->plan);
  app->classified_at = revision;
  return app->classification;
}

/* The marking stands over everything, as on paper. */
static void marking(vd_app *app, vd_rect rect) {
  if (rect.w < vd_ui_px(app->ui, 760)) return; /* it stands below, too */
  int level = vd_app_classification(app);
  const vd_theme *theme = vd_ui_theme(app->ui);
  vd_rgba color = level > VD_UNCLASSIFIED ? theme->high : theme->faint_text;
  const char *label = vd_terms_label(&vd_classification_terms, level);
  vd_ui_paint(
      app->ui, rect, label,
      (vd_paint_text){.bold = true, .size = theme->small_size, .align = VD_ALIGN_MIDDLE, .color = color});
  vd_ui_node(app->ui, vd_ui_id_of(app->ui, "classification"), VD_ROLE_STATUS, label, NULL, rect, 0);
}

static void frame(vd_app *app) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  vd_rect all = vd_ui_area(ui), menus = vd_cut_top(&all, vd_ui_px(ui, theme->menu_height));
  marking(app, menus);
  vd_action_menus(app, menus);
  vd_rect tools = vd_cut_top(&all, vd_ui_px(ui, theme->toolbar_height));
  vd_action_toolbar(app, tools);
  search_box(app, tools);
  rule_below(app, tools);
  vd_panel_status(app, vd_cut_bottom(&all, vd_ui_px(ui, theme->status_height)));
  app->report.now = NULL;
  if (app->show_bottom) {
    double height = fmin(vd_ui_px(ui, 250), all.h * 0.3);
    vd_panel_bottom(app, vd_cut_bottom(&all, height));
  }
  vd_panel_timeline(app, vd_cut_bottom(&all, vd_ui_px(ui, 46)));
  /* The map keeps a place of its own in a small window. */
  if (app->show_layers && all.w > vd_ui_px(ui, 480))
    vd_panel_layers(app, vd_cut_left(&all, vd_ui_px(ui, 244)));
  if (app->merge.open)
    vd_panel_merge(app, vd_cut_right(&all, fmin(vd_ui_px(ui, 400), all.w * 0.5)));
  else if (app->show_details && all.w > vd_ui_px(ui, 480))
    vd_panel_details(app, vd_cut_right(&all, fmin(vd_ui_px(ui, 340), all.w * 0.5)));
  vd_mapview_show(app, all);
  vd_tool_move_tell(app, all);
  show_message(app, all);
  if (app->print_open) vd_dialog_print(app);
  if (app->help_open) vd_dialog_help(app);
  vd_action_keys(app);
}

vd_canvas *vd_app_pass(vd_app *app, const vd_event *event) {
  enum { MOST_PASSES = 6 };
  vd_event now = *event;
  vd_canvas *picture = NULL;
  app->now_ms = event->time_ms;
  take_results(app);
  vd_tool_move_take(app);
  vd_app_play_step(app);
  for (int i = 0; i < MOST_PASSES; i++) {
    vd_ui_begin(app->ui, &now);
    frame(app);
    picture = vd_ui_end(app->ui);
    if (!vd_ui_again(app->ui)) break;
    now = (vd_event){.type = VD_EVENT_NONE, .time_ms = event->time_ms};
  }
  return picture;
}

int64_t vd_app_wake_ms(const vd_app *app) {
  enum { SETTLE_MS = 150, PLAY_MS = 120, PROGRESS_MS = 200 };
  int64_t wake_ms = vd_ui_wake_ms(app->ui);
  char what[8];
  double share;
  const char *making;
  bool busy = vd_results_busy(app->results, what, sizeof what, &share) ||
              vd_reporting_busy(app->reporting, &making, &share);
  bool rests = app->map_exact || !vd_results_data(app->results);
  int64_t candidates[] = {
      rests                                         ? INT64_MAX
      : app->map.moved_ms + SETTLE_MS > app->now_ms ? app->map.moved_ms + SETTLE_MS
                                                    : app->now_ms + SETTLE_MS,
      app->playing ? app->played_ms + PLAY_MS : INT64_MAX,
      app->message_until_ms > app->now_ms ? app->message_until_ms : INT64_MAX,
      busy ? app->now_ms + PROGRESS_MS : INT64_MAX,
  };
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    if (candidates[i] < wake_ms) wake_ms = candidates[i];
  }
  return wake_ms;
}

vd_cursor vd_app_cursor(const vd_app *app) {
  return vd_ui_cursor(app->ui);
}
bool vd_app_wants_text(const vd_app *app) {
  return vd_ui_wants_text(app->ui);
}
const char *vd_app_title(const vd_app *app) {
  return app->title;
}
bool vd_app_ended(const vd_app *app) {
  return app->ended;
}
void vd_app_close(vd_app *app) {
  app->ended = true;
}
const vd_nodes *vd_app_nodes(const vd_app *app) {
  return vd_ui_nodes(app->ui);
}

bool vd_app_idle(const vd_app *app) {
  char what[8];
  const char *making;
  double share;
  return (app->map_exact || !vd_results_data(app->results)) && !app->playing && !vd_live_busy(app->live) &&
         !vd_results_busy(app->results, what, sizeof what, &share) &&
         !vd_reporting_busy(app->reporting, &making, &share) && vd_queue_busy(app->tile_queue) == 0;
}
