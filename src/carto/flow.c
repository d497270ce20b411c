/* flow: text in columns and cells.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/page.h"
#include "vedette/base/i18n.h"

double vd_line_mm(const vd_sheet *sheet, double size_mm) {
  vd_text_style style = {.size_mm = size_mm};
  return vd_text_measure(sheet->draw, &style, "Ag").line_mm;
}

vd_flow vd_flow_in(vd_sheet *sheet, vd_rect rect) {
  return (vd_flow){sheet, rect.x, rect.y, rect.w, rect.y + rect.h};
}

double vd_flow_room(const vd_flow *flow) {
  return flow->bottom - flow->y;
}

void vd_flow_space(vd_flow *flow, double mm) {
  flow->y += mm;
}

bool vd_flow_lines(vd_flow *flow, const char *text, double size_mm, vd_face face, vd_rgba color,
                   int max_lines) {
  vd_text_style style = {
      .size_mm = size_mm, .face = face, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = flow->w};
  int lines = (int)floor(vd_flow_room(flow) / vd_line_mm(flow->sheet, size_mm) + 1e-6);
  if (lines < 1 || !text) return false;
  style.max_lines = max_lines > 0 && max_lines < lines ? max_lines : lines;
  vd_text_run run = {
      .text = text, .style = style, .x = flow->x, .y = flow->y, .anchor_y = VD_ANCHOR_TOP, .color = color};
  vd_canvas_text(flow->sheet->canvas, &run);
  flow->y += vd_text_measure(flow->sheet->draw, &style, text).height_mm;
  return true;
}

bool vd_flow_text(vd_flow *flow, const char *text, double size_mm, vd_face face, vd_rgba color) {
  return vd_flow_lines(flow, text, size_mm, face, color, 0);
}

bool vd_flow_heading(vd_flow *flow, const char *text) {
  vd_sheet *sheet = flow->sheet;
  if (vd_flow_room(flow) < vd_line_mm(sheet, sheet->head) + 3 * sheet->u) return false;
  if (!vd_flow_lines(flow, text, sheet->head, VD_FACE_BOLD, sheet->style.ink, 1)) return false;
  vd_canvas_line(sheet->canvas, flow->x, flow->y + 0.4 * sheet->u, flow->x + flow->w,
                 flow->y + 0.4 * sheet->u, 0.25 * sheet->u, sheet->style.accent);
  flow->y += 1.4 * sheet->u;
  return true;
}

void vd_cell_text(vd_sheet *sheet, vd_rect rect, const char *text, double size_mm, vd_face face,
                  vd_rgba color, vd_anchor_x anchor) {
  static const double at[] = {0, 0.5, 1};
  vd_text_style style = {
      .size_mm = size_mm, .face = face, .overflow = VD_OVERFLOW_ELLIPSIS, .max_width_mm = rect.w};
  vd_canvas_text(sheet->canvas, &(vd_text_run){.text = text ? text : "",
                                               .style = style,
                                               .x = rect.x + rect.w * at[anchor],
                                               .y = rect.y + rect.h / 2,
                                               .anchor_x = anchor,
                                               .anchor_y = VD_ANCHOR_MIDDLE,
                                               .color = color});
}

void vd_cell_wrap(vd_sheet *sheet, vd_rect rect, const char *text, double size_mm, vd_rgba color, int lines) {
  vd_text_style style = {
      .size_mm = size_mm, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = rect.w, .max_lines = lines};
  vd_canvas_text(sheet->canvas, &(vd_text_run){.text = text ? text : "",
                                               .style = style,
                                               .x = rect.x,
                                               .y = rect.y + rect.h / 2,
                                               .anchor_y = VD_ANCHOR_MIDDLE,
                                               .color = color});
}

char *vd_share_text(vd_arena *arena, double part, double whole) {
  if (!(whole > 0)) return vd_str_dup(arena, "–");
  double share = 100 * part / whole;
  if (part > 0 && share < 1) return vd_str_dup(arena, "<1 %");
  if (part < whole && share > 99) return vd_str_dup(arena, ">99 %");
  return vd_str_printf(arena, "%.0f %%", share);
}
