/* sheet_table: the gaps, heaviest first, as many as fit.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"

enum { COLUMNS = 9 };
typedef struct column {
  const char *head;
  double share;
  vd_anchor_x anchor;
} column;
static const column columns[COLUMNS] = {
    {N_("Gap"), 0.047, VD_ANCHOR_LEFT},
    {N_("Where"), 0.17, VD_ANCHOR_LEFT},
    {N_("Priority"), 0.058, VD_ANCHOR_LEFT},
    {N_("People"), 0.07, VD_ANCHOR_RIGHT},
    {N_("Hours"), 0.055, VD_ANCHOR_RIGHT},
    {N_("Person-hours"), 0.09, VD_ANCHOR_RIGHT},
    {N_("Why"), 0.12, VD_ANCHOR_LEFT},
    {N_("Nearest responder"), 0.14, VD_ANCHOR_LEFT},
    {N_("What would close it"), 0.25, VD_ANCHOR_LEFT},
};

static const char *compass(double azimuth_deg) {
  static const char *const points[8] = {N_("N"), N_("NE"), N_("E"), N_("SE"),
                                        N_("S"), N_("SW"), N_("W"), N_("NW")};
  int k = (int)floor(fmod(azimuth_deg + 360 + 22.5, 360) / 45);
  return _(points[k & 7]);
}

static char *where_text(vd_sheet *sheet, const vd_gap *gap) {
  char mgrs[VD_MGRS_SIZE] = "";
  vd_arena *a = sheet->arena;
  if (vd_mgrs_format_spaced(gap->lon_deg, gap->lat_deg, 3, mgrs) != VD_OK) mgrs[0] = 0;
  if (!gap->settlement) return vd_str_dup(a, mgrs);
  if (gap->settlement_m < 500) return vd_str_printf(a, "%s, %s", gap->settlement, mgrs);
  return vd_str_printf(a, _("%s %s of %s, %s"), vd_length_text(a, gap->settlement_m),
                       compass(gap->settlement_azimuth_deg), gap->settlement, mgrs);
}

static char *responder_text(vd_sheet *sheet, const vd_gap *gap) {
  size_t n;
  const vd_responder *all = vd_study_responders(sheet->study, &n);
  double minutes = gap->route.notice_min + gap->route.travel_min;
  if (gap->responder < 0 || (size_t)gap->responder >= n || !isfinite(minutes))
    return vd_str_dup(sheet->arena, _("None can reach it"));
  const vd_responder *r = &all[gap->responder];
  return vd_str_printf(sheet->arena, "%s, %s", vd_duration_text(sheet->arena, minutes * 60),
                       vd_responder_label(sheet->arena, r));
}

static void draw_heads(vd_sheet *sheet, double x, double y, double w, double high) {
  for (int k = 0; k < COLUMNS; k++) {
    vd_rect cell = {x, y, w * columns[k].share - 1.5 * sheet->u, high};
    vd_cell_text(sheet, cell, _(columns[k].head), sheet->small, VD_FACE_BOLD, sheet->style.faint_ink,
                 columns[k].anchor);
    x += w * columns[k].share;
  }
}

static void draw_row(vd_sheet *sheet, const vd_gap *gap, double x, double y, double w, double high) {
  vd_arena *a = sheet->arena;
  const char *text[COLUMNS] = {gap->name,
                               where_text(sheet, gap),
                               vd_terms_label(&vd_priority_terms, gap->priority),
                               vd_count_text(a, gap->people),
                               vd_count_text(a, gap->hours),
                               vd_count_text(a, gap->person_hours),
                               vd_terms_label(&vd_cause_terms, gap->cause),
                               responder_text(sheet, gap),
                               gap->n_closings > 0 ? gap->closings[0].text : "–"};
  for (int k = 0; k < COLUMNS; k++) {
    vd_rect cell = {x, y, w * columns[k].share - 1.5 * sheet->u, high};
    vd_rgba color = k == 0 ? sheet->style.gap.outline.color : sheet->style.ink;
    if (k == 1 || k >= 6) {
      vd_cell_wrap(sheet, cell, text[k], sheet->small, color, 2);
    } else {
      vd_cell_text(sheet, cell, text[k], sheet->small, k == 0 ? VD_FACE_BOLD : VD_FACE_REGULAR, color,
                   columns[k].anchor);
    }
    x += w * columns[k].share;
  }
}

void vd_sheet_table(vd_sheet *sheet) {
  vd_rect r = sheet->parts.table;
  size_t n = 0;
  if (sheet->options->report_table) {
    vd_sheet_report(sheet);
    return;
  }
  if (!sheet->study || r.h <= 0) return;
  const vd_gap *gaps = vd_study_gaps(sheet->study, &n);
  vd_flow flow = vd_flow_in(sheet, r);
  vd_canvas_mark(sheet->canvas, "gaps table");
  if (!vd_flow_heading(&flow,
                       _("Coverage gaps, heaviest first (people × hours not covered × priority weight)")))
    return;
  double line = vd_line_mm(sheet, sheet->small), high = 2 * line + 0.6 * sheet->u;
  draw_heads(sheet, flow.x, flow.y, flow.w, line * 1.1);
  flow.y += line * 1.25;
  size_t rows = (size_t)fmax(0, floor((vd_flow_room(&flow) - (double)(n > 1) * line) / high));
  if (rows >= n || (double)n * high <= vd_flow_room(&flow)) rows = n;
  for (size_t i = 0; i < rows; i++, flow.y += high) {
    if (i % 2 == 0)
      vd_canvas_fill_rect(sheet->canvas, flow.x, flow.y, flow.w, high,
                          sheet->style.bw ? VD_RGB(0xf0, 0xf0, 0xf0) : VD_RGB(0xf1, 0xf4, 0xf8));
    draw_row(sheet, &gaps[i], flow.x + sheet->u * 0.6, flow.y, flow.w - sheet->u * 0.6, high);
  }
  if (rows >= n) return;
  double rest = 0;
  for (size_t i = rows; i < n; i++) rest += gaps[i].person_hours;
  char *more = vd_str_printf(sheet->arena, _("… %zu more with %s person-hours together"), n - rows,
                             vd_count_text(sheet->arena, rest));
  vd_flow_lines(&flow, more, sheet->small, VD_FACE_REGULAR, sheet->style.faint_ink, 1);
}
