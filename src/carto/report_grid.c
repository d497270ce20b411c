/* report_grid: columns by what is in them, rows as high as their longest cell; nothing is cut.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/report_grid.h"

#include <math.h>
#include <string.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

static const double PAD = 1.1, TIGHT_PAD = 0.45; /* on each side of a cell, ems */

/* ---- what is in a cell ---- */

static const vd_report_column *column_at(const vd_report_grid *g, int k) {
  return g->numbered && k == 0 ? NULL : &g->table->columns[k - g->numbered];
}

static bool is_ribbon(const vd_report_grid *g, int k) {
  return column_at(g, k) && column_at(g, k)->form == VD_REPORT_RIBBON;
}

static const char *head_text(const vd_report_grid *g, int k) {
  const vd_report_column *column = column_at(g, k);
  return column ? column->title : _("No.");
}

static const char *cell_text(const vd_report_grid *g, size_t row, int k) {
  const vd_report_row *at = &g->table->rows[row];
  if (is_ribbon(g, k)) return column_at(g, k)->empty ? column_at(g, k)->empty : "–"; /* there is none */
  if (column_at(g, k)) return vd_report_cell_text(g->pen->arena, g->report, g->table, at, k - g->numbered);
  bool on_map = row < 99 && !isnan(at->lon_deg);
  return on_map ? vd_str_printf(g->pen->arena, "%d", (int)row + 1) : "";
}

static bool is_right(const vd_report_grid *g, int k) {
  return !column_at(g, k) || vd_report_is_number(column_at(g, k)->form);
}
/* Words may be broken into lines; figures and times stay whole. */
static bool is_words(const vd_report_grid *g, int k) {
  return column_at(g, k) && column_at(g, k)->form == VD_REPORT_TEXT;
}

/* ---- widths ---- */

static vd_text_style style_of(const vd_report_grid *g, vd_face face, double width) {
  return (vd_text_style){.size_mm = g->size,
                         .face = face,
                         .overflow = width > 0 ? VD_OVERFLOW_WRAP : VD_OVERFLOW_NONE,
                         .max_width_mm = width};
}

static double text_mm(const vd_report_grid *g, const char *text, vd_face face) {
  vd_text_style style = style_of(g, face, 0);
  return vd_text_measure(g->pen->draw, &style, text).width_mm;
}

static double longest_word_mm(const vd_report_grid *g, const char *text, vd_face face) {
  double longest = 0;
  for (const char *p = text; *p;) {
    size_t n = strcspn(p, " ");
    longest = fmax(longest, text_mm(g, vd_str_dup_n(g->pen->arena, p, n), face));
    p += n + (p[n] != 0);
  }
  return longest;
}

/* A time may stand under its date. */
static bool is_time(const vd_report_grid *g, int k) {
  return column_at(g, k) && column_at(g, k)->form == VD_REPORT_TIME;
}
static const char *date_of(const vd_report_grid *g, const char *text) {
  const char *space = strrchr(text, ' ');
  return space ? vd_str_dup_n(g->pen->arena, text, (size_t)(space - text)) : text;
}

static void measure(vd_report_grid *g, int k) {
  enum { LOOKED_AT = 3000 };
  const vd_report_column *column = column_at(g, k);
  double pad = 2 * g->pad * g->size, widest = (column && column->wide ? 36 : 24) * g->size;
  double least = longest_word_mm(g, head_text(g, k), VD_FACE_BOLD),
         natural = fmin(text_mm(g, head_text(g, k), VD_FACE_BOLD), 9 * g->size);
  for (size_t i = 0; i < g->n_rows && i < LOOKED_AT && !is_ribbon(g, k); i++) {
    const char *text = cell_text(g, i, k);
    vd_face face = g->table->rows[i].bad ? VD_FACE_BOLD : VD_FACE_REGULAR;
    double w = text_mm(g, text, face);
    natural = fmax(natural, w);
    least = fmax(least, is_words(g, k)  ? longest_word_mm(g, text, face)
                        : is_time(g, k) ? text_mm(g, date_of(g, text), face)
                                        : w);
  }
  if (is_ribbon(g, k)) least = fmax(least, 15 * g->size), natural = fmax(natural, 24 * g->size);
  g->least[k] = fmin(least, widest) + pad;
  g->natural[k] = fmax(fmin(natural, widest), fmin(least, widest)) + pad;
}

static void measure_all(vd_report_grid *g) {
  for (int k = 0; k < g->n; k++) measure(g, k);
}

vd_report_grid vd_report_grid_of(vd_report_pen *pen, const vd_report *report, const vd_report_table *table,
                                 size_t n_rows, bool numbered) {
  vd_report_grid g = {.pen = pen,
                      .report = report,
                      .table = table,
                      .n_rows = n_rows,
                      .numbered = numbered,
                      .n = table->n_columns + numbered,
                      .size = pen->small,
                      .pad = PAD};
  if (g.n > VD_REPORT_MOST_COLUMNS) g.n = VD_REPORT_MOST_COLUMNS;
  measure_all(&g);
  return g;
}

static double sum(const double *widths, int n) {
  double all = 0;
  for (int k = 0; k < n; k++) all += widths[k];
  return all;
}

double vd_report_grid_natural_mm(const vd_report_grid *g) {
  return sum(g->natural, g->n);
}

/* Room that is left goes to ribbons and wide columns, else stays on the right. */
static void spread(vd_report_grid *g, double rest) {
  int n_takers = 0;
  for (int k = 0; k < g->n; k++) n_takers += is_ribbon(g, k) || (column_at(g, k) && column_at(g, k)->wide);
  for (int k = 0; k < g->n && n_takers > 0; k++)
    if (is_ribbon(g, k) || (column_at(g, k) && column_at(g, k)->wide))
      g->width[k] += fmin(rest / n_takers, 40);
}

/* A table that is too wide is set closer, then smaller, before words are broken. */
void vd_report_grid_fit(vd_report_grid *g, double w) {
  if (sum(g->least, g->n) > w) {
    g->pad = TIGHT_PAD;
    measure_all(g);
  }
  while (sum(g->least, g->n) > w && g->size > VD_TEXT_MIN_MM * 1.001) {
    g->size = fmax(g->size * 0.94, VD_TEXT_MIN_MM);
    measure_all(g);
  }
  double least = sum(g->least, g->n), natural = sum(g->natural, g->n);
  for (int k = 0; k < g->n; k++) {
    if (natural <= w)
      g->width[k] = g->natural[k];
    else if (least <= w)
      g->width[k] = g->least[k] + (g->natural[k] - g->least[k]) * (w - least) / (natural - least);
    else
      g->width[k] = g->least[k] * w / least;
  }
  if (natural < w) spread(g, w - natural);
}

/* ---- drawing ---- */

static double line_mm(const vd_report_grid *g) {
  vd_text_style style = {.size_mm = g->size};
  return vd_text_measure(g->pen->draw, &style, "Ag").line_mm;
}

static double height_mm(const vd_report_grid *g, const char *text, vd_face face, int k) {
  /* A hair more than the column: what was measured alone must not break when set in it. */
  vd_text_style style = style_of(g, face, g->width[k] - 2 * g->pad * g->size + 0.05);
  return vd_text_measure(g->pen->draw, &style, text).height_mm;
}

static void set_text(const vd_report_grid *g, const char *text, vd_face face, vd_rgba color, int k, double x,
                     double y) {
  double pad = g->pad * g->size;
  bool right = is_right(g, k);
  vd_canvas_text(g->pen->canvas, &(vd_text_run){.text = text,
                                                .style = style_of(g, face, g->width[k] - 2 * pad + 0.05),
                                                .x = right ? x + g->width[k] - pad : x + pad,
                                                .y = y,
                                                .anchor_x = right ? VD_ANCHOR_RIGHT : VD_ANCHOR_LEFT,
                                                .anchor_y = VD_ANCHOR_TOP,
                                                .color = color});
}

double vd_report_grid_head_mm(const vd_report_grid *g) {
  double high = 0;
  for (int k = 0; k < g->n; k++) high = fmax(high, height_mm(g, head_text(g, k), VD_FACE_BOLD, k));
  return high + 0.5 * g->size;
}

void vd_report_grid_head(const vd_report_grid *g, double x, double y) {
  double high = vd_report_grid_head_mm(g), w = sum(g->width, g->n), at = x;
  for (int k = 0; k < g->n; at += g->width[k++]) {
    double own = height_mm(g, head_text(g, k), VD_FACE_BOLD, k);
    set_text(g, head_text(g, k), VD_FACE_BOLD, g->pen->style.faint_ink, k, at,
             y + high - 0.3 * g->size - own);
  }
  vd_canvas_line(g->pen->canvas, x, y + high, x + w, y + high, 0.2, g->pen->style.faint_ink);
}

static vd_face row_face(const vd_report_grid *g, size_t row) {
  return g->table->rows[row].bad ? VD_FACE_BOLD : VD_FACE_REGULAR;
}

double vd_report_grid_row_mm(const vd_report_grid *g, size_t row) {
  double high = line_mm(g);
  for (int k = 0; k < g->n; k++)
    if (!is_ribbon(g, k)) high = fmax(high, height_mm(g, cell_text(g, row, k), row_face(g, row), k));
  return high + 0.7 * g->size;
}

void vd_report_grid_row(const vd_report_grid *g, size_t row, double x, double y) {
  const vd_style *style = &g->pen->style;
  double high = vd_report_grid_row_mm(g, row), w = sum(g->width, g->n), at = x;
  bool bad = g->table->rows[row].bad;
  vd_rgba color = bad && !style->bw ? VD_RGB(0xb0, 0x10, 0x30) : style->ink;
  if (row % 2 == 0)
    vd_canvas_fill_rect(g->pen->canvas, x, y, w, high,
                        style->bw ? VD_RGB(0xf0, 0xf0, 0xf0) : VD_RGB(0xf1, 0xf4, 0xf8));
  if (bad) vd_canvas_fill_rect(g->pen->canvas, x, y, 0.28 * g->size, high, color);
  for (int k = 0; k < g->n; at += g->width[k++]) {
    const float *ribbon = is_ribbon(g, k) ? g->table->rows[row].cells[k - g->numbered].ribbon : NULL;
    if (ribbon) {
      double pad = g->pad * g->size;
      vd_rect rect = {at + pad, y + 0.35 * g->size, g->width[k] - 2 * pad,
                      fmin(high - 0.7 * g->size, 1.5 * g->size)};
      vd_report_draw_ribbon(g->pen, rect, ribbon);
    } else {
      set_text(g, cell_text(g, row, k), row_face(g, row), color, k, at, y + 0.35 * g->size);
    }
  }
}

/* ---- ribbons ---- */

static vd_rgba ribbon_color(const vd_report_pen *pen, bool covered) {
  if (pen->style.bw) return covered ? VD_RGB(0x40, 0x40, 0x40) : VD_RGB(0xcc, 0xcc, 0xcc);
  return vd_rgba_mix(pen->style.state[covered ? VD_COVERED : VD_UNCOVERED].fill | 0xffu, VD_WHITE, 0);
}

void vd_report_draw_ribbon(const vd_report_pen *pen, vd_rect r, const float *ribbon) {
  double hour = r.w / VD_RIBBON_HOURS;
  vd_canvas_line(pen->canvas, r.x, r.y + r.h, r.x + r.w, r.y + r.h, 0.1, pen->style.faint_ink);
  for (int from = 0, to; from < VD_RIBBON_HOURS; from = to) {
    for (to = from + 1; to < VD_RIBBON_HOURS && ribbon[to] == ribbon[from];) to++;
    if (ribbon[from] < 0) continue;
    double x = r.x + from * hour, w = (to - from) * hour, high = r.h * (double)fminf(ribbon[from], 1);
    if (high < r.h) vd_canvas_fill_rect(pen->canvas, x, r.y, w, r.h - high, ribbon_color(pen, false));
    if (high > 0) vd_canvas_fill_rect(pen->canvas, x, r.y + r.h - high, w, high, ribbon_color(pen, true));
  }
  for (int day = 0; day <= 7; day++)
    vd_canvas_line(pen->canvas, r.x + 24 * day * hour, r.y - 0.15, r.x + 24 * day * hour, r.y + r.h + 0.35,
                   0.12, pen->style.ink);
}

void vd_report_ribbon_key(const vd_report_pen *pen, double x, double y, double w) {
  double size = fmax(pen->small * 0.92, VD_TEXT_MIN_MM), box = size * 1.1;
  const char *texts[] = {_("covered"), _("not covered"), _("no bar: no threat at that hour")};
  vd_text_style style = {.size_mm = size};
  double at = x;
  const char *lead = _("Hours of the week, Monday to Sunday, local time; ticks at midnight:");
  vd_text_run run = {
      .text = lead, .style = style, .x = x, .y = y, .anchor_y = VD_ANCHOR_TOP, .color = pen->style.faint_ink};
  vd_canvas_text(pen->canvas, &run);
  at += vd_text_measure(pen->draw, &style, lead).width_mm + box;
  for (int i = 0; i < 3 && at < x + w; i++) {
    if (i < 2) {
      vd_canvas_fill_rect(pen->canvas, at, y + 0.2 * size, box, box * 0.8, ribbon_color(pen, i == 0));
      at += box * 1.4;
    }
    run.text = texts[i], run.x = at;
    vd_canvas_text(pen->canvas, &run);
    at += vd_text_measure(pen->draw, &style, texts[i]).width_mm + 1.5 * box;
  }
}
