/* arrange: where the parts of a page go.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"

/* Height of the gap table: its heading and rows of two lines. */
static double table_height(const vd_sheet *sheet, int rows) {
  size_t n = 0;
  if (!sheet->study) return 0;
  vd_study_gaps(sheet->study, &n);
  if (n == 0) return 0;
  double line = sheet->body * 1.36;
  rows = n < (size_t)rows ? (int)n : rows;
  return 2.3 * line + rows * (2 * line + 0.8 * sheet->u) + 1.5 * line;
}

/* Panel on the right over the whole height; under the map scale, table and footer. */
static void arrange_landscape(const vd_sheet *sheet, vd_rect area, vd_page_plan *parts) {
  double u = sheet->u, gap = 3 * u, panel = fmax(area.w * 0.235, 58 * u);
  parts->panel_columns = 1;
  parts->panel = (vd_rect){area.x + area.w - panel, area.y, panel, area.h};
  double w = area.w - panel - gap, footer = 27 * u, scale = 9 * u, table = table_height(sheet, 6);
  double y = area.y + area.h;
  parts->footer = (vd_rect){area.x, y -= footer, w, footer};
  if (table > 0) parts->table = (vd_rect){area.x, (y -= table + 0.6 * gap), w, table};
  parts->scale = (vd_rect){area.x, y -= scale + 0.6 * gap, w, scale};
  parts->map = (vd_rect){area.x, area.y, w, y - area.y - 0.3 * gap};
}

/* Map on top, then scale, three columns, table, footer. */
static void arrange_portrait(const vd_sheet *sheet, vd_rect area, vd_page_plan *parts) {
  double u = sheet->u, gap = 3 * u, footer = 25 * u, scale = 9 * u, table = table_height(sheet, 6);
  double panel = (sheet->study ? 92 : 62) * u, y = area.y + area.h;
  parts->panel_columns = 3;
  parts->footer = (vd_rect){area.x, y -= footer, area.w, footer};
  if (table > 0) parts->table = (vd_rect){area.x, (y -= table + 0.6 * gap), area.w, table};
  parts->panel = (vd_rect){area.x, y -= panel + 0.6 * gap, area.w, panel};
  parts->scale = (vd_rect){area.x, y -= scale + 0.6 * gap, area.w, scale};
  parts->map = (vd_rect){area.x, area.y, area.w, y - area.y - 0.3 * gap};
}

vd_page_plan vd_page_arrange(const vd_sheet *sheet, bool landscape) {
  double w = landscape ? fmax(sheet->w, sheet->h) : fmin(sheet->w, sheet->h);
  double h = landscape ? fmin(sheet->w, sheet->h) : fmax(sheet->w, sheet->h);
  double u = sheet->u, margin = 7 * u, mark = sheet->head * 1.7, title = 14.5 * u;
  vd_page_plan parts = {0};
  parts.top = (vd_rect){margin, margin * 0.55, w - 2 * margin, mark};
  parts.bottom = (vd_rect){margin, h - margin * 0.55 - mark, w - 2 * margin, mark};
  double y = parts.top.y + mark + 0.8 * u;
  parts.title = (vd_rect){margin, y, w - 2 * margin, title};
  vd_rect area = {margin, y + title + 1.5 * u, w - 2 * margin,
                  parts.bottom.y - 1.2 * u - y - title - 1.5 * u};
  if (landscape) {
    arrange_landscape(sheet, area, &parts);
  } else {
    arrange_portrait(sheet, area, &parts);
  }
  return parts;
}
