/* sheet_report: a report's table on a map sheet, and its places on the map.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "carto/report_grid.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/markers.h"

static double marker_mm(const vd_sheet *sheet) {
  return fmax(2.4 * sheet->u, VD_TEXT_MIN_MM);
}

/* The rows that the table under the map shows: no number stands on the map that is not in it. */
static size_t places(const vd_sheet *sheet, vd_marker *markers, size_t most) {
  size_t n = vd_markers_of(sheet->options->report_table, NULL, markers), kept = 0;
  while (kept < n && (size_t)markers[kept].number <= most) kept++;
  return kept;
}

static vd_report_pen pen_of(vd_sheet *sheet) {
  return (vd_report_pen){sheet->draw, sheet->canvas, sheet->arena, sheet->style, sheet->small};
}

typedef struct fitting {
  vd_report_grid grid;
  size_t rows;
  double line_mm;
} fitting;

static bool has_ribbon(const vd_report_table *table) {
  for (int k = 0; k < table->n_columns; k++)
    if (table->columns[k].form == VD_REPORT_RIBBON) return true;
  return false;
}

static fitting fit(vd_sheet *sheet, vd_report_pen *pen) {
  const vd_report_table *table = sheet->options->report_table;
  fitting f = {.grid = vd_report_grid_of(pen, sheet->options->report, table, table->n_rows, true),
               .line_mm = vd_line_mm(sheet, sheet->small)};
  double room = sheet->parts.table.h - vd_line_mm(sheet, sheet->head) - 1.6 * sheet->u;
  vd_report_grid_fit(&f.grid, sheet->parts.table.w);
  room -= vd_report_grid_head_mm(&f.grid) + (has_ribbon(table) ? 1.5 * f.line_mm : 0);
  for (double used = 0; f.rows < table->n_rows; f.rows++) {
    used += vd_report_grid_row_mm(&f.grid, f.rows);
    bool last = f.rows + 1 == table->n_rows;
    if (used + (last ? 0 : f.line_mm) > room) break;
  }
  return f;
}

void vd_sheet_report_clear(vd_sheet *sheet, vd_map_options *options) {
  vd_marker markers[VD_MARKERS_MOST];
  if (!sheet->options->report_table) return;
  vd_report_pen pen = pen_of(sheet);
  vd_rect *boxes = VD_NEW_ARRAY(sheet->arena, vd_rect, VD_MARKERS_MOST);
  size_t n = places(sheet, markers, fit(sheet, &pen).rows);
  options->n_keep_clear = vd_map_marker_boxes(sheet->data, &sheet->view, markers, n, marker_mm(sheet), boxes);
  options->keep_clear = boxes;
}

vd_status vd_sheet_report_shapes(vd_sheet *sheet) {
  const vd_report_table *table = sheet->options->report_table;
  const vd_row_shapes *shapes;
  if (!table) return VD_OK;
  vd_report_pen pen = pen_of(sheet);
  VD_TRY(vd_row_shapes_of(sheet->data, table, NULL, fit(sheet, &pen).rows, sheet->arena, &shapes));
  vd_map_draw_row_shapes(shapes, &sheet->view, &sheet->style, 0, sheet->canvas, &sheet->drawn);
  return VD_OK;
}

void vd_sheet_report_places(vd_sheet *sheet) {
  vd_marker markers[VD_MARKERS_MOST];
  if (!sheet->options->report_table) return;
  vd_report_pen pen = pen_of(sheet);
  size_t n = places(sheet, markers, fit(sheet, &pen).rows);
  vd_map_draw_markers(sheet->data, &sheet->view, &sheet->style, markers, n, marker_mm(sheet), sheet->canvas);
}

void vd_sheet_report(vd_sheet *sheet) {
  vd_rect r = sheet->parts.table;
  const vd_report_table *table = sheet->options->report_table;
  if (r.h <= 0) return;
  vd_flow flow = vd_flow_in(sheet, r);
  vd_canvas_mark(sheet->canvas, "report table");
  if (!vd_flow_heading(&flow, table->title)) return;
  if (table->n_rows == 0) {
    vd_flow_text(&flow, table->empty ? table->empty : "–", sheet->small, VD_FACE_REGULAR,
                 sheet->style.faint_ink);
    return;
  }
  vd_report_pen pen = pen_of(sheet);
  fitting f = fit(sheet, &pen);
  vd_report_grid_head(&f.grid, r.x, flow.y);
  flow.y += vd_report_grid_head_mm(&f.grid);
  for (size_t i = 0; i < f.rows; i++) {
    vd_report_grid_row(&f.grid, i, r.x, flow.y);
    flow.y += vd_report_grid_row_mm(&f.grid, i);
  }
  if (f.rows < table->n_rows)
    vd_flow_lines(&flow, vd_str_printf(sheet->arena, _("… and %zu more"), table->n_rows - f.rows),
                  sheet->small, VD_FACE_REGULAR, sheet->style.faint_ink, 1);
  if (has_ribbon(table)) vd_report_ribbon_key(&pen, r.x, flow.y + 0.2 * f.line_mm, r.w);
}
