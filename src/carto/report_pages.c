/* report_pages: the pages of a report, one after the other.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/carto/report.h"

#include <math.h>

#include "carto/page.h"
#include "carto/report_grid.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/markers.h"

static const double SHORT = 210, LONG = 297, MARGIN = 13, HEAD = 3.3, BODY = 2.9, SMALL = 2.45;

typedef struct printing {
  vd_report_pen pen;
  const vd_report *report;
  const vd_plan *plan;
  const vd_report_paper *paper;
  const vd_report_table *numbered; /* whose places the map shows, NULL none */
  double w, h, y, bottom;          /* of the page; where the next thing goes, and where it must end */
  vd_page *pages;
  size_t n, capacity;
} printing;

/* ---- text ---- */

static double set_lines(printing *p, double x, double w, const char *text, double size, vd_face face,
                        vd_rgba color) {
  vd_text_style style = {.size_mm = size, .face = face, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = w};
  vd_canvas_text(
      p->pen.canvas,
      &(vd_text_run){
          .text = text, .style = style, .x = x, .y = p->y, .anchor_y = VD_ANCHOR_TOP, .color = color});
  return vd_text_measure(p->pen.draw, &style, text).height_mm;
}

static double lines_mm(const printing *p, double w, const char *text, double size, vd_face face) {
  vd_text_style style = {.size_mm = size, .face = face, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = w};
  return vd_text_measure(p->pen.draw, &style, text).height_mm;
}

static double width_of(const printing *p) {
  return p->w - 2 * MARGIN;
}

/* ---- pages ---- */

static void start_page(printing *p) {
  p->pen.canvas = vd_canvas_new(p->pen.arena);
  vd_canvas_fill_rect(p->pen.canvas, 0, 0, p->w, p->h, VD_WHITE);
  *VD_PUSH(p->pen.arena, p->pages, p->n, p->capacity) = (vd_page){p->pen.canvas, p->w, p->h};
  p->y = MARGIN + 2;
  p->bottom = p->h - MARGIN - 6;
  if (p->n == 1) return;
  const char *again = vd_str_printf(p->pen.arena, "%s  ·  %s", p->report->title, p->report->plan_title);
  set_lines(p, MARGIN, width_of(p), again, SMALL, VD_FACE_REGULAR, p->pen.style.faint_ink);
  p->y += 6;
}

/* Room for `mm` more, on a new page when there is none here. True when one was begun. */
static bool need(printing *p, double mm) {
  if (p->y + mm <= p->bottom) return false;
  start_page(p);
  return true;
}

static void mark(printing *p, vd_canvas *canvas, const char *text, double y, vd_anchor_x anchor, double size,
                 vd_face face) {
  static const double at[] = {0, 0.5, 1};
  vd_canvas_text(canvas, &(vd_text_run){.text = text,
                                        .style = {.size_mm = size, .face = face},
                                        .x = MARGIN + at[anchor] * width_of(p),
                                        .y = y,
                                        .anchor_x = anchor,
                                        .anchor_y = VD_ANCHOR_MIDDLE,
                                        .color = p->pen.style.ink});
}

static bool is_made(const vd_plan *plan) {
  for (int kind = 0; kind < VD_KIND_SPEED; kind++) {
    for (size_t i = 0; i < vd_plan_count(plan, (vd_kind)kind); i++) {
      const vd_record *record = vd_plan_at(plan, (vd_kind)kind, i);
      if (vd_str_contains_nocase(record->source, "sample data")) return true;
    }
  }
  return false;
}

/* Markings, hash and number of every page, when their number is known. */
static void finish_pages(printing *p) {
  const char *level = vd_terms_label(&vd_classification_terms, (int)vd_plan_classification(p->plan));
  bool made = is_made(p->plan);
  char plan_hash[65];
  const char *hash = p->report->input_hash;
  if (!*hash) vd_plan_hash(p->plan, plan_hash), hash = plan_hash;
  for (size_t i = 0; i < p->n; i++) {
    vd_canvas *canvas = (vd_canvas *)(uintptr_t)p->pages[i].canvas;
    double foot = p->h - MARGIN - 1.5;
    mark(p, canvas, level, 8, VD_ANCHOR_CENTRE, HEAD, VD_FACE_BOLD);
    mark(p, canvas, level, p->h - 8, VD_ANCHOR_CENTRE, HEAD, VD_FACE_BOLD);
    if (made) mark(p, canvas, _("MADE SAMPLE DATA"), 8, VD_ANCHOR_RIGHT, SMALL, VD_FACE_BOLD);
    vd_canvas_line(canvas, MARGIN, foot - 2.6, p->w - MARGIN, foot - 2.6, 0.15, p->pen.style.faint_ink);
    mark(p, canvas, vd_str_printf(p->pen.arena, _("Input hash %s"), hash), foot, VD_ANCHOR_LEFT,
         VD_TEXT_MIN_MM, VD_FACE_REGULAR);
    mark(p, canvas, vd_str_printf(p->pen.arena, _("Page %d of %d"), (int)i + 1, (int)p->n), foot,
         VD_ANCHOR_RIGHT, SMALL, VD_FACE_REGULAR);
  }
}

/* ---- tables ---- */

static size_t rows_shown(const printing *p, const vd_report_table *table) {
  size_t most = p->paper->most_rows;
  return most > 0 && table->n_rows > most ? most : table->n_rows;
}

static void heading(printing *p, const char *text) {
  vd_canvas_mark(p->pen.canvas, "table");
  p->y += set_lines(p, MARGIN, width_of(p), text, HEAD, VD_FACE_BOLD, p->pen.style.ink) + 0.8;
}

static void grid_head(printing *p, const vd_report_grid *grid) {
  vd_report_grid_head(grid, MARGIN, p->y);
  p->y += vd_report_grid_head_mm(grid);
}

static bool has_ribbon(const vd_report_table *table) {
  for (int k = 0; k < table->n_columns; k++)
    if (table->columns[k].form == VD_REPORT_RIBBON) return true;
  return false;
}

static void draw_rows(printing *p, const vd_report_grid *grid) {
  vd_arena *a = p->pen.arena;
  for (size_t i = 0; i < grid->n_rows; i++) {
    double high = vd_report_grid_row_mm(grid, i);
    if (need(p, high)) {
      heading(p, vd_str_printf(a, _("%s (continued)"), grid->table->title));
      grid_head(p, grid);
    }
    vd_report_grid_row(grid, i, MARGIN, p->y);
    p->y += high;
  }
}

static void draw_table(printing *p, const vd_report_table *table, double w) {
  size_t n = rows_shown(p, table);
  vd_report_grid grid = vd_report_grid_of(&p->pen, p->report, table, n, table == p->numbered);
  vd_report_grid_fit(&grid, w);
  double first = n > 0 ? vd_report_grid_head_mm(&grid) + vd_report_grid_row_mm(&grid, 0) : 6;
  need(p, 8 + first + (n > 1 ? vd_report_grid_row_mm(&grid, 1) : 0));
  heading(p, table->title);
  if (n == 0) {
    p->y += set_lines(p, MARGIN, width_of(p), table->empty ? table->empty : "–", BODY, VD_FACE_REGULAR,
                      p->pen.style.faint_ink) +
            5;
    return;
  }
  grid_head(p, &grid);
  draw_rows(p, &grid);
  if (n < table->n_rows) {
    need(p, 5);
    const char *more = vd_str_printf(p->pen.arena, _("… and %zu more"), table->n_rows - n);
    p->y += 0.6 + set_lines(p, MARGIN, width_of(p), more, SMALL, VD_FACE_REGULAR, p->pen.style.faint_ink);
  }
  if (has_ribbon(table)) {
    need(p, 5);
    vd_report_ribbon_key(&p->pen, MARGIN, p->y + 1, width_of(p));
    p->y += 4.5;
  }
  p->y += 5;
}

/* ---- the first page's head ---- */

static void draw_title(printing *p) {
  const vd_report *r = p->report;
  vd_arena *a = p->pen.arena;
  p->y += set_lines(p, MARGIN, width_of(p), r->title, 5.6, VD_FACE_BOLD, p->pen.style.ink);
  const char *under = *r->plan_title ? r->plan_title : _("Untitled plan");
  if (r->from_s < r->to_s)
    under =
        vd_str_printf(a, _("%s  ·  from %s to %s, %s"), under, vd_time_text(a, r->from_s, r->utc_offset_s),
                      vd_time_text(a, r->to_s, r->utc_offset_s), vd_offset_text(a, r->utc_offset_s));
  p->y += set_lines(p, MARGIN, width_of(p), under, HEAD, VD_FACE_REGULAR, p->pen.style.faint_ink) + 1.5;
  vd_canvas_line(p->pen.canvas, MARGIN, p->y, p->w - MARGIN, p->y, 0.4, p->pen.style.accent);
  p->y += 3;
}

static vd_map_options locator_options(const printing *p) {
  static const vd_map_layer layers[] = {VD_MAP_WATER, VD_MAP_ROADS, VD_MAP_AREAS, VD_MAP_THREATS,
                                        VD_MAP_LABELS};
  vd_map_options options = vd_map_options_default();
  for (int i = 0; i < VD_MAP_LAYER_COUNT; i++) options.layers.shown[i] = false;
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) options.layers.shown[layers[i]] = true;
  options.style = vd_style_make(p->paper->bw, 0.72);
  options.style.text_mm = VD_TEXT_MIN_MM;
  options.raster_px_per_mm = 6;
  options.symbol_scale = 0.8;
  return options;
}

/* The area with the numbers of the table, w mm wide at the right; returns its height with the words under it. */
/* The map, and on it the areas of the rows, under the names. *seen: whether there are any. */
static vd_status draw_map(printing *p, const vd_map_data *data, const vd_map_view *view,
                          const vd_map_options *options, bool *seen) {
  const vd_row_shapes *shapes;
  vd_canvas *canvas = p->pen.canvas;
  VD_TRY(vd_row_shapes_of(data, p->numbered, NULL, rows_shown(p, p->numbered), p->pen.arena, &shapes));
  vd_map_draw_base(data, view, options, canvas, NULL);
  vd_map_draw_overlays(data, view, options, canvas, NULL);
  *seen = vd_map_draw_row_shapes(shapes, view, &options->style, 0, canvas, NULL);
  vd_map_draw_labels(p->pen.draw, data, view, options, canvas, NULL);
  return VD_OK;
}

static vd_status draw_locator(printing *p, double x, double w, double high, double *used) {
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
  vd_marker markers[VD_MARKERS_MOST];
  size_t n = vd_markers_of(p->numbered, NULL, markers);
  while (n > 0 && (size_t)markers[n - 1].number > rows_shown(p, p->numbered))
    n--; /* only those in the table */
  VD_TRY(vd_map_data_build(p->plan, NULL, NULL, &data));
  vd_box box = vd_map_data_box(data);
  high = fmin(high, w * (box.max_y - box.min_y) / fmax(box.max_x - box.min_x, 1) + 4);
  vd_map_view view = vd_map_view_fit(data, w, high, 2);
  vd_map_options options = locator_options(p);
  vd_rect clear[VD_MARKERS_MOST];
  options.keep_clear = clear;
  options.n_keep_clear = vd_map_marker_boxes(data, &view, markers, n, VD_TEXT_MIN_MM, clear);
  vd_canvas *canvas = p->pen.canvas;
  vd_canvas_mark(canvas, "map");
  vd_canvas_save(canvas);
  vd_canvas_translate(canvas, x, p->y);
  bool shapes;
  VD_TRY(draw_map(p, data, &view, &options, &shapes));
  vd_map_draw_markers(data, &view, &options.style, markers, n, VD_TEXT_MIN_MM, canvas);
  vd_map_draw_scale_bar(data, &view, &options.style, w * 0.66, high + 4.4, w * 0.26, canvas);
  vd_canvas_restore(canvas);
  vd_canvas_stroke(canvas, vd_path_rect(p->pen.arena, x, p->y, w, high),
                   &(vd_stroke){.width_mm = 0.3, .color = p->pen.style.frame, .join = VD_JOIN_MITER});
  double y = p->y;
  p->y += high + 1;
  const char *format = shapes ? _("Numbers and hatched areas: rows of “%s”.") : _("Numbers: rows of “%s”.");
  const char *words = vd_str_printf(p->pen.arena, format, p->numbered->title);
  *used = high + 3 + set_lines(p, x, w * 0.6, words, SMALL, VD_FACE_REGULAR, p->pen.style.faint_ink);
  p->y = y;
  return VD_OK;
}

static void draw_figures(printing *p, double w) {
  for (size_t i = 0; i < p->report->n_figures; i++) {
    const char *sentence = p->report->figures[i].sentence;
    need(p, lines_mm(p, w - 4, sentence, BODY, VD_FACE_REGULAR));
    vd_canvas_fill(p->pen.canvas, vd_path_circle(p->pen.arena, MARGIN + 1.2, p->y + 0.62 * BODY, 0.55),
                   VD_RULE_NONZERO, p->pen.style.accent);
    p->y += set_lines(p, MARGIN + 4, w - 4, sentence, BODY, VD_FACE_REGULAR, p->pen.style.ink) + 1.4;
  }
}

/* Small tables stand beside the map while there is room. Returns how many did. */
static size_t draw_beside(printing *p, double w, double bottom) {
  size_t i = 0;
  for (; i < p->report->n_tables; i++) {
    const vd_report_table *table = p->report->tables[i];
    vd_report_grid grid =
        vd_report_grid_of(&p->pen, p->report, table, rows_shown(p, table), table == p->numbered);
    double high = 12 + vd_report_grid_head_mm(&grid);
    if (grid.n_rows == 0 || grid.n_rows < table->n_rows || vd_report_grid_natural_mm(&grid) > w) break;
    vd_report_grid_fit(&grid, w);
    for (size_t r = 0; r < grid.n_rows && r < 20; r++) high += vd_report_grid_row_mm(&grid, r);
    if (grid.n_rows > 20 || p->y + high > bottom) break;
    draw_table(p, table, w);
  }
  return i;
}

static vd_status draw_head(printing *p, size_t *next_table) {
  double map_mm = p->w > p->h ? 104 : 84, map_high = p->w > p->h ? 74 : 80, used = 0, top;
  draw_title(p);
  top = p->y;
  bool map = p->numbered && !vd_geom_empty(vd_plan_info_lookup(p->plan)->area);
  if (map) VD_TRY(draw_locator(p, p->w - MARGIN - map_mm, map_mm, map_high, &used));
  size_t page = p->n;
  double left = width_of(p) - (map ? map_mm + 6 : 0);
  draw_figures(p, left);
  p->y += 3;
  *next_table = map && p->n == page ? draw_beside(p, left, top + used + 4) : 0;
  if (p->n == page) p->y = fmax(p->y, top + used + 3);
  return VD_OK;
}

/* ---- all of it ---- */

static void draw_notes(printing *p) {
  if (p->report->n_notes == 0) return;
  need(p, 14);
  heading(p, _("Notes"));
  for (size_t i = 0; i < p->report->n_notes; i++) {
    const vd_note *note = &p->report->notes[i];
    const char *text = note->count > 0 ? vd_str_printf(p->pen.arena, "– %s (%s)", note->text,
                                                       vd_count_text(p->pen.arena, (double)note->count))
                                       : vd_str_printf(p->pen.arena, "– %s", note->text);
    need(p, lines_mm(p, width_of(p), text, SMALL, VD_FACE_REGULAR));
    p->y += set_lines(p, MARGIN, width_of(p), text, SMALL, VD_FACE_REGULAR, p->pen.style.faint_ink) + 0.6;
  }
}

static const vd_report_table *find_numbered(const vd_report *report, const char *key) {
  vd_marker markers[VD_MARKERS_MOST];
  for (size_t i = 0; i < report->n_tables; i++) {
    const vd_report_table *table = report->tables[i];
    if (key ? vd_str_equal(table->key, key) : vd_markers_of(table, NULL, markers) > 0) return table;
  }
  return NULL;
}

/* Whether a table is wider than an upright page. */
static bool is_wide(printing *p) {
  for (size_t i = 0; i < p->report->n_tables; i++) {
    const vd_report_table *table = p->report->tables[i];
    vd_report_grid grid =
        vd_report_grid_of(&p->pen, p->report, table, rows_shown(p, table), table == p->numbered);
    if (vd_report_grid_natural_mm(&grid) > SHORT - 2 * MARGIN) return true;
  }
  return false;
}

vd_status vd_report_draw_pages(vd_draw *draw, const vd_report *report, const vd_plan *plan,
                               const vd_report_paper *paper, vd_arena *arena, vd_page **pages, int *n_pages) {
  printing p = {.pen = {.draw = draw, .arena = arena, .style = vd_style_make(paper->bw, 1), .small = SMALL},
                .report = report,
                .plan = plan,
                .paper = paper,
                .numbered = find_numbered(report, paper->numbered)};
  bool wide = is_wide(&p);
  p.w = wide ? LONG : SHORT, p.h = wide ? SHORT : LONG;
  start_page(&p);
  size_t next;
  VD_TRY(draw_head(&p, &next));
  for (size_t i = next; i < report->n_tables; i++) draw_table(&p, report->tables[i], width_of(&p));
  draw_notes(&p);
  finish_pages(&p);
  *pages = p.pages, *n_pages = (int)p.n;
  return VD_OK;
}
