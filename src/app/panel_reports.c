/* panel_reports: every report there is: its figures as sentences, and one of its tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/panel_bottom.h"
#include "vedette/base/i18n.h"

enum { MOST_OPTIONS = 32 };

/* ---- order and widths of the table shown ---- */

typedef struct sorted {
  double figure;
  const char *text;
  int32_t row;
  bool descending;
} sorted;

static int compare(const void *a, const void *b) {
  const sorted *x = a, *y = b;
  bool x_none = isnan(x->figure) && !x->text, y_none = isnan(y->figure) && !y->text;
  int order = 0;
  if (x_none != y_none) return x_none ? 1 : -1; /* what is not known goes last either way */
  if (x->text && y->text)
    order = strcmp(x->text, y->text);
  else if (!x_none)
    order = (x->figure > y->figure) - (x->figure < y->figure);
  if (x->descending) order = -order;
  return order ? order : (x->row > y->row) - (x->row < y->row);
}

static double ribbon_figure(const float *ribbon) {
  double sum = 0;
  int n = 0;
  for (int h = 0; ribbon && h < VD_RIBBON_HOURS; h++)
    if (ribbon[h] >= 0) sum += (double)ribbon[h], n++;
  return n > 0 ? sum / n : NAN;
}

static sorted key_of(const vd_report_table *table, int32_t row, const vd_table_state *state) {
  sorted key = {.figure = row, .row = row};
  if (state->sort_column < 0 || state->sort_column >= table->n_columns) return key;
  const vd_report_cell *cell = &table->rows[row].cells[state->sort_column];
  key.descending = state->descending;
  key.figure = NAN;
  switch (table->columns[state->sort_column].form) {
  case VD_REPORT_TEXT:
    if (isnan(cell->number))
      key.text = cell->text && *cell->text ? cell->text : NULL;
    else
      key.figure = cell->number;
    break;
  case VD_REPORT_TIME:
    if (cell->time_s != VD_TIME_MIN && cell->time_s != VD_TIME_MAX) key.figure = (double)cell->time_s;
    break;
  case VD_REPORT_RIBBON:
    key.figure = ribbon_figure(cell->ribbon);
    break;
  default:
    key.figure = cell->number;
  }
  return key;
}

/* What a column needs, in units, by its title and the first rows. */
static double natural_width(vd_app *app, const vd_report *report, const vd_report_table *table, int column) {
  enum { LOOKED_AT = 80 };
  const vd_report_column *at = &table->columns[column];
  double px = vd_ui_px(app->ui, 100) / 100;
  double widest = at->wide ? 420 : 230;
  double w = vd_ui_text_width(app->ui, at->title,
                              (vd_paint_text){.size = vd_ui_theme(app->ui)->small_size, .bold = true});
  if (at->form == VD_REPORT_RIBBON) return fmax(w / px, 200) + 18;
  for (size_t i = 0; i < table->n_rows && i < LOOKED_AT; i++) {
    const char *text = vd_report_cell_text(app->report.arena, report, table, &table->rows[i], column);
    w = fmax(w, vd_ui_text_width(app->ui, text, (vd_paint_text){0}));
  }
  return fmin(w / px, widest) + 18 + (column == 0 ? 30 : 0);
}

static void prepare(vd_app *app, const vd_report *report, const vd_report_table *table) {
  vd_report_view *view = &app->report;
  vd_arena_free(view->arena);
  view->arena = vd_arena_new();
  view->table = table, view->shapes = NULL;
  view->version++;
  sorted *keys = VD_NEW_ARRAY(view->arena, sorted, table->n_rows + 1);
  view->order = VD_NEW_ARRAY(view->arena, int32_t, table->n_rows + 1);
  view->widths = VD_NEW_ARRAY(view->arena, double, table->n_columns + 1);
  for (size_t i = 0; i < table->n_rows; i++) keys[i] = key_of(table, (int32_t)i, &view->rows);
  qsort(keys, table->n_rows, sizeof *keys, compare);
  for (size_t i = 0; i < table->n_rows; i++) view->order[i] = keys[i].row;
  for (int k = 0; k < table->n_columns; k++) view->widths[k] = natural_width(app, report, table, k);
  vd_marker markers[VD_MARKERS_MOST];
  view->has_places = vd_markers_of(table, view->order, markers) > 0;
}

void vd_panel_reports_forget(vd_app *app) {
  vd_arena_free(app->report.arena);
  app->report.arena = vd_arena_new();
  app->report.now = NULL, app->report.table = NULL, app->report.shapes = NULL, app->report.shown = false;
}

/* ---- the table ---- */

typedef struct rows {
  vd_app *app;
  const vd_report *report;
  const vd_report_table *table;
} rows;

static vd_strip strip_of(vd_app *app, const float *ribbon) {
  const vd_style *style = &app->map_options.style;
  vd_rgba covered = vd_rgba_mix(style->state[VD_COVERED].fill | 0xffu, VD_WHITE, 0),
          bare = vd_rgba_mix(style->state[VD_UNCOVERED].fill | 0xffu, VD_WHITE, 0);
  return (vd_strip){ribbon, VD_RIBBON_HOURS, 24, covered, bare};
}

static vd_table_cell cell_of(void *context, vd_arena *arena, int64_t index, int column) {
  const rows *r = context;
  const vd_report_row *row = &r->table->rows[r->app->report.order[index]];
  const vd_report_cell *cell = &row->cells[column];
  vd_table_cell shown = {.text = vd_report_cell_text(arena, r->report, r->table, row, column),
                         .color = row->bad ? vd_ui_theme(r->app->ui)->high : VD_CLEAR};
  if (r->table->columns[column].form == VD_REPORT_RIBBON && cell->ribbon)
    shown.strip = strip_of(r->app, cell->ribbon);
  if (column == 0 && r->app->report.has_places) {
    bool on_map = index < VD_MARKERS_MOST && !isnan(row->lon_deg);
    shown.badge = on_map ? vd_str_printf(arena, "%d", (int)index + 1) : "";
  }
  return shown;
}

static double natural_sum(const vd_app *app, const vd_report_table *table) {
  double sum = 0;
  for (int k = 0; k < table->n_columns; k++) sum += app->report.widths[k];
  return sum;
}

/* The width that the columns want at least: wide ones give a little before the table scrolls sideways. */
static double least_sum(const vd_app *app, const vd_report_table *table) {
  enum { NARROW = 150 };
  double sum = 0;
  for (int k = 0; k < table->n_columns; k++) {
    double w = app->report.widths[k];
    sum += w > NARROW ? fmax(NARROW, 0.75 * w) : w;
  }
  return sum;
}

/* Columns keep their width where there is room, the rest going to words and ribbons; else the wide ones give. */
static void set_columns(const rows *r, double units, vd_column *columns) {
  enum { NARROW = 150 };
  const vd_report_table *table = r->table;
  bool wide = false, tight = natural_sum(r->app, table) > units;
  for (int k = 0; k < table->n_columns; k++) wide |= table->columns[k].wide;
  for (int k = 0; k < table->n_columns; k++) {
    const vd_report_column *at = &table->columns[k];
    double w = r->app->report.widths[k];
    bool shares = tight ? w > NARROW : at->wide || at->form == VD_REPORT_RIBBON || (!wide && k == 0);
    columns[k] = (vd_column){
        .title = at->title, .share = shares ? w : 0, .width = w, .number = vd_report_is_number(at->form)};
  }
}

/* The record itself where there is one; the place it tells, or the record's own. */
static void choose(vd_app *app, const vd_report_row *row) {
  const vd_map_data *data = vd_results_data(app->results);
  vd_map_object object = {.what = VD_OBJECT_NONE};
  double at[2] = {row->lon_deg, row->lat_deg};
  if (row->kind != VD_KIND_COUNT && row->id)
    object = (vd_map_object){.what = VD_OBJECT_RECORD, .kind = row->kind, .id = row->id};
  if (isnan(at[0]) && object.what == VD_OBJECT_RECORD) {
    vd_box box = vd_map_object_box(data, &object);
    if (vd_box_is_empty(box)) return;
    at[0] = (box.min_x + box.max_x) / 2, at[1] = (box.min_y + box.max_y) / 2;
    vd_map_to_lonlat(data, at, at, 1);
  }
  if (isnan(at[0])) return;
  int64_t chosen = app->report.rows.chosen;
  vd_mapview_centre(app, at[0], at[1]);
  vd_app_choose_place(app, at[0], at[1]);
  app->report.rows.chosen = chosen; /* a place chosen on the map lets a row go, this one is the row's */
  if (object.what == VD_OBJECT_NONE) return;
  object.id = vd_str_dup(app->chosen.arena, object.id);
  app->chosen.object = object;
}

static void show_table(vd_app *app, vd_rect rect, const vd_report *report, const vd_report_table *table) {
  enum { MOST_COLUMNS = 24 };
  vd_report_view *view = &app->report;
  view->shown = view->has_places;
  rows r = {app, report, table};
  vd_column columns[MOST_COLUMNS];
  vd_report_table told = *table; /* a table shows so many columns at most */
  if (told.n_columns > MOST_COLUMNS) told.n_columns = MOST_COLUMNS;
  rows cut = {app, report, &told};
  double least = least_sum(app, &told), units = rect.w / (vd_ui_px(app->ui, 100) / 100) - 12;
  set_columns(&cut, fmax(units, least), columns);
  vd_table shown = {table->title,           table->empty, columns, told.n_columns,
                    (int64_t)table->n_rows, &r,           cell_of, least};
  vd_table_result result = vd_ui_table(app->ui, rect, &shown, &view->rows);
  if (result == VD_TABLE_SORTED) {
    view->rows.chosen = -1;
    prepare(app, report, table);
  }
  if ((result == VD_TABLE_CHOSEN || result == VD_TABLE_OPENED) && view->rows.chosen >= 0)
    choose(app, &table->rows[view->order[view->rows.chosen]]);
}

/* ---- its places on the map ---- */

static const double NUMBER_MM = 2.75;

uint64_t vd_panel_reports_places(const vd_app *app) {
  bool seen = app->show_bottom && app->bottom_tab == VD_TAB_REPORTS && app->report.shown && !app->move.active;
  return seen ? app->report.version : 0;
}

size_t vd_panel_reports_boxes(vd_app *app, vd_rect *boxes) {
  vd_marker markers[VD_MARKERS_MOST];
  if (!vd_panel_reports_places(app)) return 0;
  size_t n = vd_markers_of(app->report.table, app->report.order, markers);
  return vd_map_marker_boxes(vd_results_data(app->results), &app->map.view, markers, n, NUMBER_MM, boxes);
}

/* Projecting them takes longer than drawing them: they are kept as long as map and table stay. */
static const vd_row_shapes *shapes_of(vd_app *app) {
  vd_report_view *view = &app->report;
  if (view->shapes && view->shapes_generation == app->map_generation) return view->shapes;
  vd_arena_free(view->shapes_arena);
  view->shapes_arena = vd_arena_new();
  view->shapes_generation = app->map_generation;
  vd_status status = vd_row_shapes_of(vd_results_data(app->results), view->table, view->order,
                                      VD_MARKERS_MOST, view->shapes_arena, &view->shapes);
  if (status != VD_OK) view->shapes = NULL;
  return view->shapes;
}

void vd_panel_reports_draw_areas(vd_app *app, vd_canvas *canvas) {
  if (!vd_panel_reports_places(app)) return;
  const vd_row_shapes *shapes = shapes_of(app);
  if (shapes)
    vd_map_draw_row_shapes(shapes, &app->map.view, &app->map_options.style, (int)app->report.rows.chosen + 1,
                           canvas, NULL);
}

void vd_panel_reports_draw_places(vd_app *app, vd_canvas *canvas) {
  const vd_report_view *view = &app->report;
  vd_marker markers[VD_MARKERS_MOST];
  if (!vd_panel_reports_places(app)) return;
  size_t n = vd_markers_of(view->table, view->order, markers);
  for (size_t i = 0; i < n; i++) markers[i].chosen = markers[i].number == view->rows.chosen + 1;
  vd_map_draw_markers(vd_results_data(app->results), &app->map.view, &app->map_options.style, markers, n,
                      NUMBER_MM, canvas);
}

/* ---- figures and notes ---- */

static double sentence(vd_app *app, vd_rect at, const char *text, vd_paint_text how, bool draw) {
  at.h = vd_ui_paint_lines(app->ui, at, text, how, draw);
  if (draw) vd_ui_node(app->ui, vd_ui_id_of(app->ui, text), VD_ROLE_LABEL, text, NULL, at, 0);
  return at.h + vd_ui_px(app->ui, 7);
}

static double sentences(vd_app *app, const vd_report *report, vd_rect rect, bool notes, bool draw) {
  vd_arena *arena = vd_ui_arena(app->ui);
  double y = rect.y;
  for (size_t i = 0; i < report->n_figures; i++)
    y +=
        sentence(app, (vd_rect){rect.x, y, rect.w, 0}, report->figures[i].sentence, (vd_paint_text){0}, draw);
  for (size_t i = 0; notes && i < report->n_notes; i++) {
    const vd_note *note = &report->notes[i];
    const char *text = note->count > 0 ? vd_str_printf(arena, "%s (%s)", note->text,
                                                       vd_count_text(arena, (double)note->count))
                                       : note->text;
    y += sentence(app, (vd_rect){rect.x, y, rect.w, 0}, text,
                  (vd_paint_text){.color = vd_ui_theme(app->ui)->faint_text}, draw);
  }
  return y - rect.y;
}

static void show_sentences(vd_app *app, vd_rect rect, const vd_report *report, bool notes) {
  vd_ui *ui = app->ui;
  rect = vd_inset(rect, vd_ui_px(ui, 12), vd_ui_px(ui, 6));
  double width = rect.w - vd_ui_px(ui, 12);
  double height = sentences(app, report, (vd_rect){0, 0, width, 0}, notes, false);
  vd_rect inside = vd_ui_scroll_begin(ui, rect, report->key, height);
  inside.w = width;
  sentences(app, report, inside, notes, true);
  vd_ui_scroll_end(ui);
}

/* ---- choosing ---- */

static const vd_report *ask(vd_app *app, const char **words) {
  const vd_report *report;
  const char *trouble, *what;
  double share;
  bool complete = vd_results_complete(app->results);
  if (complete)
    vd_reporting_rest_on(app->reporting, vd_results_plan(app->results), vd_results_study(app->results),
                         vd_results_past(app->results));
  switch (vd_reporting_show(app->reporting, app->report.index, complete, &report, &trouble)) {
  case VD_REPORTING_READY:
    return report;
  case VD_REPORTING_FAILED:
    *words = trouble;
    return NULL;
  case VD_REPORTING_BUSY:
    *words = vd_reporting_busy(app->reporting, &what, &share) && share >= 0
                 ? vd_str_printf(vd_ui_arena(app->ui), _("Working it out… %.0f %%"), 100 * share)
                 : _("Working it out…");
    return NULL;
  default:
    *words =
        vd_results_trouble(app->results) ? vd_results_trouble(app->results) : _("The study is under way.");
    return NULL;
  }
}

static void choose_report(vd_app *app, vd_rect *tools) {
  const char *titles[MOST_OPTIONS];
  int n = vd_n_reports < MOST_OPTIONS ? vd_n_reports : MOST_OPTIONS;
  for (int i = 0; i < n; i++) titles[i] = _(vd_reports[i].title);
  vd_rect box = vd_cut_left(tools, tools->w * 0.48);
  if (vd_ui_combo(app->ui, vd_inset(box, vd_ui_px(app->ui, 4), vd_ui_px(app->ui, 4)), _("Report"), titles, n,
                  &app->report.index))
    app->report.table_index = 0;
}

/* A table, or NULL: figures and notes. */
static const vd_report_table *choose_table(vd_app *app, vd_rect tools, const vd_report *report) {
  const char *titles[MOST_OPTIONS + 1];
  int n = report->n_tables < MOST_OPTIONS ? (int)report->n_tables : MOST_OPTIONS;
  for (int i = 0; i < n; i++) titles[i] = report->tables[i]->title;
  titles[n] = _("Figures and notes");
  if (app->report.table_index > n) app->report.table_index = 0;
  vd_ui_combo(app->ui, vd_inset(tools, vd_ui_px(app->ui, 4), vd_ui_px(app->ui, 4)), _("Table"), titles, n + 1,
              &app->report.table_index);
  return app->report.table_index < n ? report->tables[app->report.table_index] : NULL;
}

/* The figures stand beside the table where it has the width it likes; they are always among the choices. */
static void show_report(vd_app *app, vd_rect rect, const vd_report *report, const vd_report_table *table) {
  vd_ui *ui = app->ui;
  vd_report_view *view = &app->report;
  if (view->table != table) {
    view->rows = (vd_table_state){.chosen = -1, .sort_column = -1};
    prepare(app, report, table);
  }
  double units = rect.w / (vd_ui_px(ui, 100) / 100) - 12,
         figures = fmin(units - natural_sum(app, table), 380);
  if (report->n_figures > 0 && figures >= 230) {
    vd_rect left = vd_cut_left(&rect, vd_ui_px(ui, figures));
    vd_ui_fill(ui, vd_cut_right(&left, 1), vd_ui_theme(ui)->line);
    show_sentences(app, left, report, false);
  }
  show_table(app, rect, report, table);
}

void vd_panel_reports(vd_app *app, vd_rect rect, vd_rect tools) {
  vd_ui *ui = app->ui;
  const char *words = NULL;
  app->report.shown = false;
  choose_report(app, &tools);
  const vd_report *report = ask(app, &words);
  if (!report) {
    vd_ui_paint(ui, rect, words,
                (vd_paint_text){.align = VD_ALIGN_MIDDLE, .color = vd_ui_theme(ui)->faint_text});
    vd_ui_node(ui, vd_ui_id_of(ui, "report state"), VD_ROLE_STATUS, words, NULL, rect, 0);
    return;
  }
  app->report.now = report;
  const vd_report_table *table = choose_table(app, tools, report);
  vd_ui_push(ui, report->key);
  if (table)
    show_report(app, rect, report, table);
  else
    show_sentences(app, rect, report, true);
  vd_ui_pop(ui);
}
