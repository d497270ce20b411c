/* arrange: where the parts of a page go.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"

/* Height of the gap table (or the report's): heading, heads, `rows` rows of two lines, and the line that counts the
 * rest. */
static double table_height(const vd_sheet *sheet, int rows) {
  size_t n = 0;
  if (sheet->options->report_table)
    n = sheet->options->report_table->n_rows + 1; /* heads of a report may take two lines */
  else if (sheet->study)
    vd_study_gaps(sheet->study, &n);
  if (n == 0) return 0;
  double line = vd_line_mm(sheet, sheet->small), heading = vd_line_mm(sheet, sheet->head) + 1.5 * sheet->u;
  bool all = n <= (size_t)rows;
  return heading + 1.25 * line + (all ? (int)n : rows) * (2 * line + 0.6 * sheet->u) +
         (all ? 0.2 : 1.1) * line;
}

/* Panel on the right with the footer under it; scale and table under the map. */
static void arrange_landscape(const vd_sheet *sheet, vd_rect area, vd_page_plan *parts) {
  double u = sheet->u, gap = 3 * u, panel = fmax(area.w * 0.25, 58 * u);
  parts->panel_columns = 1;
  double w = area.w - panel - gap,
         footer = 17 * vd_line_mm(sheet, sheet->small) + 3 * vd_line_mm(sheet, sheet->head);
  double scale = 8 * u, table = table_height(sheet, 4), x = area.x + w + gap, y = area.y + area.h;
  parts->footer = (vd_rect){x, y - footer, panel, footer};
  parts->panel = (vd_rect){x, area.y, panel, area.h - footer - gap};
  if (table > 0) parts->table = (vd_rect){area.x, (y -= table) + 0.3 * gap, w, table - 0.3 * gap};
  parts->scale = (vd_rect){area.x, y -= scale + 0.4 * gap, w, scale};
  parts->map = (vd_rect){area.x, area.y, w, y - area.y};
}

/* Map on top, then scale, three columns, table, footer. */
static void arrange_portrait(const vd_sheet *sheet, vd_rect area, vd_page_plan *parts) {
  double u = sheet->u, gap = 3 * u, footer = 25 * u, scale = 8 * u, table = table_height(sheet, 4);
  double panel = (sheet->study ? 87 : 62) * u, y = area.y + area.h;
  parts->panel_columns = 3;
  parts->footer = (vd_rect){area.x, y -= footer, area.w, footer};
  if (table > 0) parts->table = (vd_rect){area.x, (y -= table + 0.4 * gap), area.w, table};
  parts->panel = (vd_rect){area.x, y -= panel + 0.6 * gap, area.w, panel};
  parts->scale = (vd_rect){area.x, y -= scale + 0.6 * gap, area.w, scale};
  parts->map = (vd_rect){area.x, area.y, area.w, y - area.y - 0.3 * gap};
}

vd_page_plan vd_page_arrange(const vd_sheet *sheet, bool landscape) {
  double w = landscape ? fmax(sheet->w, sheet->h) : fmin(sheet->w, sheet->h);
  double h = landscape ? fmin(sheet->w, sheet->h) : fmax(sheet->w, sheet->h);
  double u = sheet->u, margin = 7 * u, mark = sheet->head * 1.45, title = 12.8 * u;
  vd_page_plan parts = {0};
  double edge = fmax(margin * 0.68, 4.6); /* what printers leave white */
  parts.top = (vd_rect){margin, edge, w - 2 * margin, mark};
  parts.bottom = (vd_rect){margin, h - edge - mark, w - 2 * margin, mark};
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

/* Landscape: width to the panel, height to the table. Portrait: height to panel and table. */
void vd_page_fit(vd_sheet *sheet, double w, double h) {
  vd_page_plan *p = &sheet->parts;
  double in = 2 * vd_frame_inset(sheet), spare_w = fmax(p->map.w - w - in, 0),
         spare_h = fmax(p->map.h - h - in, 0);
  if (p->panel_columns == 1) {
    double give = fmin(spare_w, p->panel.w * 0.45);
    p->panel.x -= give, p->panel.w += give;
    p->footer.x -= give, p->footer.w += give;
    p->map.w -= give, p->scale.w -= give, p->table.w -= give;
  }
  bool table = p->table.h > 0;
  double give = fmin(spare_h, p->map.h * 0.4);
  if (p->panel_columns == 1 && !table) return; /* nobody to give it to */
  p->map.h -= give, p->scale.y -= give;
  if (p->panel_columns == 1) {
    p->table.y -= give, p->table.h += give;
    return;
  }
  p->panel.y -= give, p->panel.h += table ? give * 0.4 : give;
  if (table) p->table.y -= give * 0.6, p->table.h += give * 0.6;
}
