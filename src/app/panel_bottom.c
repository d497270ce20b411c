/* panel_bottom: the tables under the map: gaps, what restrictions cost, duplicates, notes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/state.h"
#include "vedette/base/i18n.h"

typedef struct rows {
  vd_app *app;
  const vd_study *study;
} rows;

static vd_rgba priority_color(const vd_app *app, int priority) {
  const vd_theme *theme = vd_ui_theme(app->ui);
  return priority >= VD_MUST ? theme->high : priority == VD_SHOULD ? theme->medium : theme->low;
}

/* ---- gaps ---- */

enum {
  GAP_NAME,
  GAP_PRIORITY,
  GAP_WHERE,
  GAP_CAUSE,
  GAP_PEOPLE,
  GAP_HOURS,
  GAP_PERSON_HOURS,
  GAP_RESPONSE,
  GAP_CLOSE,
  GAP_COLUMNS
};

static double gap_figure(const vd_gap *gap, int column) {
  switch (column) {
  case GAP_PRIORITY:
    return gap->priority;
  case GAP_CAUSE:
    return gap->cause;
  case GAP_PEOPLE:
    return gap->people;
  case GAP_HOURS:
    return gap->hours;
  case GAP_PERSON_HOURS:
    return gap->person_hours;
  case GAP_RESPONSE:
    return gap->responder < 0 ? INFINITY : gap->route.notice_min + gap->route.travel_min;
  default:
    return -gap->weighted_person_hours; /* as given: heaviest first */
  }
}

typedef struct sorted {
  double figure;
  const char *text;
  int32_t gap;
  bool descending;
} sorted;

static int compare(const void *a, const void *b) {
  const sorted *x = a, *y = b;
  int order =
      x->text && y->text ? strcmp(x->text, y->text) : (x->figure > y->figure) - (x->figure < y->figure);
  if (x->descending) order = -order;
  return order ? order : (x->gap > y->gap) - (x->gap < y->gap);
}

void vd_panel_bottom_sort(vd_app *app) {
  size_t n;
  const vd_table_state *state = &app->tables[VD_TAB_GAPS];
  const vd_gap *gaps = vd_study_gaps(vd_app_shown_study(app), &n);
  vd_arena_free(app->table_arena);
  app->table_arena = vd_arena_new();
  sorted *order = VD_NEW_ARRAY(app->table_arena, sorted, n + 1);
  for (size_t i = 0; i < n; i++) {
    bool words = state->sort_column == GAP_WHERE;
    const char *place = gaps[i].settlement ? gaps[i].settlement : "";
    order[i] = (sorted){gap_figure(&gaps[i], state->sort_column), words ? place : NULL, (int32_t)i,
                        state->sort_column >= 0 && state->descending};
  }
  qsort(order, n, sizeof *order, compare);
  app->gap_order = VD_NEW_ARRAY(app->table_arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) app->gap_order[i] = order[i].gap;
}

static const char *where(vd_arena *arena, const vd_gap *gap) {
  static const char *const winds[] = {N_("N"), N_("NE"), N_("E"), N_("SE"),
                                      N_("S"), N_("SW"), N_("W"), N_("NW")};
  if (!gap->settlement) return _("no settlement near");
  if (gap->settlement_m < 1000) return gap->settlement;
  int wind = (int)floor(fmod(gap->settlement_azimuth_deg + 360 + 22.5, 360) / 45);
  return vd_str_printf(arena, _("%s, %s %s"), gap->settlement, vd_length_text(arena, gap->settlement_m),
                       _(winds[wind]));
}

static vd_table_cell gap_cell(void *context, vd_arena *arena, int64_t row, int column) {
  const rows *r = context;
  size_t n;
  const vd_gap *gap = &vd_study_gaps(r->study, &n)[r->app->gap_order[row]];
  switch (column) {
  case GAP_NAME:
    return (vd_table_cell){.text = gap->name, .bold = true};
  case GAP_PRIORITY:
    return (vd_table_cell){.text = vd_terms_label(&vd_priority_terms, gap->priority),
                           .color = priority_color(r->app, gap->priority)};
  case GAP_WHERE:
    return (vd_table_cell){.text = where(arena, gap)};
  case GAP_CAUSE:
    return (vd_table_cell){.text = vd_terms_label(&vd_cause_terms, gap->cause)};
  case GAP_PEOPLE:
    return (vd_table_cell){.text = vd_count_text(arena, gap->people)};
  case GAP_HOURS:
    return (vd_table_cell){.text = vd_str_printf(arena, "%.0f", gap->hours)};
  case GAP_PERSON_HOURS:
    return (vd_table_cell){.text = vd_count_text(arena, gap->person_hours)};
  case GAP_RESPONSE:
    if (vd_study_is_quick(r->study)) return (vd_table_cell){.text = "…"};
    if (gap->responder < 0) return (vd_table_cell){.text = _("none")};
    return (vd_table_cell){.text =
                               vd_duration_text(arena, 60 * (gap->route.notice_min + gap->route.travel_min))};
  default:
    if (vd_study_is_quick(r->study)) return (vd_table_cell){.text = "…"};
    return (vd_table_cell){.text = gap->n_closings ? gap->closings[0].text : "–"};
  }
}

static void show_gaps(vd_app *app, vd_rect rect, rows *r) {
  static const vd_column columns[GAP_COLUMNS] = {{.title = N_("Gap"), .width = 62},
                                                 {.title = N_("Priority"), .width = 72},
                                                 {.title = N_("Where"), .share = 2.2},
                                                 {.title = N_("Main cause"), .share = 1.8},
                                                 {.title = N_("People"), .width = 82, .number = true},
                                                 {.title = N_("Hours"), .width = 64, .number = true},
                                                 {.title = N_("Person-hours"), .width = 108, .number = true},
                                                 {.title = N_("Response"), .width = 96, .number = true},
                                                 {.title = N_("What would close it"), .share = 3}};
  vd_column shown[GAP_COLUMNS];
  size_t n;
  vd_study_gaps(r->study, &n);
  for (int i = 0; i < GAP_COLUMNS; i++) {
    shown[i] = columns[i];
    shown[i].title = _(columns[i].title);
  }
  vd_table table = {_("Gaps"),  _("No gaps: everyone under threat is covered all the time."),
                    shown,      GAP_COLUMNS,
                    (int64_t)n, r,
                    gap_cell};
  vd_table_state *state = &app->tables[VD_TAB_GAPS];
  vd_table_result result = vd_ui_table(app->ui, rect, &table, state);
  if (result == VD_TABLE_SORTED) {
    vd_panel_bottom_sort(app);
    state->chosen = -1;
  }
  if ((result == VD_TABLE_CHOSEN || result == VD_TABLE_OPENED) && state->chosen >= 0)
    vd_app_choose_gap(app, app->gap_order[state->chosen], true);
}

/* ---- losses, duplicates, notes ---- */

static vd_table_cell loss_cell(void *context, vd_arena *arena, int64_t row, int column) {
  size_t n;
  const vd_loss *loss = &vd_study_losses(((rows *)context)->study, &n)[row];
  const vd_headline *headline = vd_study_headline(((rows *)context)->study);
  if (column == 0) return (vd_table_cell){.text = loss->name && *loss->name ? loss->name : loss->id};
  if (column == 1) return (vd_table_cell){.text = vd_count_text(arena, loss->person_hours)};
  double all = headline->lost_person_hours;
  return (vd_table_cell){.text =
                             all > 0 ? vd_str_printf(arena, "%.0f %%", 100 * loss->person_hours / all) : "–"};
}

static void show_losses(vd_app *app, vd_rect rect, rows *r) {
  const vd_column columns[] = {{.title = _("Restriction"), .share = 1},
                               {.title = _("Person-hours it costs"), .width = 190, .number = true},
                               {.title = _("of all lost"), .width = 110, .number = true}};
  size_t n;
  vd_study_losses(r->study, &n);
  const char *empty = vd_results_complete(app->results) ? _("No restriction costs coverage in this window.")
                                                        : _("Working out what each restriction costs…");
  vd_table table = {_("Lost to restrictions"), empty, columns, 3, (int64_t)n, r, loss_cell};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_LOSSES]);
  int64_t row = app->tables[VD_TAB_LOSSES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n) return;
  vd_app_choose_nothing(app);
  app->chosen.object =
      (vd_map_object){.what = VD_OBJECT_RECORD,
                      .kind = VD_KIND_RESTRICTION,
                      .id = vd_str_dup(app->chosen.arena, vd_study_losses(r->study, &n)[row].id)};
  vd_mapview_frame(app, vd_map_object_box(vd_results_data(app->results), &app->chosen.object));
}

static vd_table_cell duplicate_cell(void *context, vd_arena *arena, int64_t row, int column) {
  const rows *r = context;
  size_t n;
  const vd_duplicate *pair = &vd_study_duplicates(r->study, &n)[row];
  int32_t offset = vd_plan_info_lookup(r->app->plan)->utc_offset_s;
  switch (column) {
  case 0:
    return (vd_table_cell){.text = pair->settlement ? pair->settlement : "–"};
  case 1:
    return (vd_table_cell){.text = vd_str_printf(arena, "%s (%s)", pair->name_a, pair->actor_a)};
  case 2:
    return (vd_table_cell){.text = vd_str_printf(arena, "%s (%s)", pair->name_b, pair->actor_b)};
  case 3:
    return (vd_table_cell){.text = vd_time_text(arena, pair->from_s, offset)};
  case 4:
    return (vd_table_cell){.text = vd_duration_text(arena, (double)(pair->to_s - pair->from_s))};
  default:
    return (vd_table_cell){.text = vd_count_text(arena, pair->person_hours)};
  }
}

static void show_duplicates(vd_app *app, vd_rect rect, rows *r) {
  const vd_column columns[] = {{.title = _("Where"), .share = 1},
                               {.title = _("One visit"), .share = 1.6},
                               {.title = _("The other"), .share = 1.6},
                               {.title = _("From"), .width = 150},
                               {.title = _("Together for"), .width = 110, .number = true},
                               {.title = _("Person-hours"), .width = 110, .number = true}};
  size_t n;
  const vd_duplicate *pairs = vd_study_duplicates(r->study, &n);
  vd_table table = {
      _("Duplicates"), _("No two actors were at the same place at the same time without planning it."),
      columns,         6,
      (int64_t)n,      r,
      duplicate_cell};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_DUPLICATES]);
  int64_t row = app->tables[VD_TAB_DUPLICATES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n) return;
  vd_mapview_centre(app, pairs[row].lon_deg, pairs[row].lat_deg);
  vd_app_choose_place(app, pairs[row].lon_deg, pairs[row].lat_deg);
}

static vd_table_cell note_cell(void *context, vd_arena *arena, int64_t row, int column) {
  size_t n;
  const vd_note *note = &vd_study_notes(((rows *)context)->study, &n)[row];
  if (column == 0) return (vd_table_cell){.text = note->text};
  return (vd_table_cell){.text = note->count > 0 ? vd_count_text(arena, (double)note->count) : ""};
}

static void show_notes(vd_app *app, vd_rect rect, rows *r) {
  const vd_column columns[] = {{.title = _("What a reader of the results must know"), .share = 1},
                               {.title = _("Count"), .width = 100, .number = true}};
  size_t n;
  const vd_note *notes = vd_study_notes(r->study, &n);
  vd_table table = {_("Notes"), _("Nothing to remark."), columns, 2, (int64_t)n, r, note_cell};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_NOTES]);
  int64_t row = app->tables[VD_TAB_NOTES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n ||
      isnan(notes[row].lon_deg))
    return;
  vd_mapview_centre(app, notes[row].lon_deg, notes[row].lat_deg);
  vd_app_choose_place(app, notes[row].lon_deg, notes[row].lat_deg);
}

void vd_panel_bottom(vd_app *app, vd_rect rect) {
  static void (*const shows[VD_TAB_COUNT])(vd_app *, vd_rect, rows *) = {show_gaps, show_losses,
                                                                         show_duplicates, show_notes};
  vd_ui *ui = app->ui;
  const char *const tabs[VD_TAB_COUNT] = {_("Gaps"), _("Lost to restrictions"), _("Duplicates"), _("Notes")};
  rows r = {app, vd_app_shown_study(app)};
  vd_ui_fill(ui, vd_cut_top(&rect, 1), vd_ui_theme(ui)->line);
  vd_ui_push(ui, "tables");
  vd_ui_tabs(ui, vd_cut_top(&rect, vd_ui_px(ui, 34)), tabs, VD_TAB_COUNT, &app->bottom_tab);
  if (r.study) {
    shows[app->bottom_tab](app, rect, &r);
  } else {
    vd_ui_paint(ui, rect, _("The study is under way."),
                (vd_paint_text){.align = VD_ALIGN_MIDDLE, .color = vd_ui_theme(ui)->faint_text});
  }
  vd_ui_pop(ui);
}
