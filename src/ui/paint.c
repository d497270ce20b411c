/* paint: filling, framing and writing in layout coordinates, mirrored for right-to-left languages.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "ui/state.h"

vd_rect vd_ui_seen(const vd_ui *ui, vd_rect rect) {
  if (ui->mirror) rect.x = ui->width - rect.x - rect.w;
  return rect;
}

void vd_ui_fill(vd_ui *ui, vd_rect rect, vd_rgba color) {
  rect = vd_ui_seen(ui, rect);
  vd_canvas_fill_rect(ui->canvas, rect.x, rect.y, rect.w, rect.h, color);
}

void vd_ui_fill_round(vd_ui *ui, vd_rect rect, double radius, vd_rgba color) {
  rect = vd_ui_seen(ui, rect);
  vd_canvas_fill(ui->canvas, vd_path_round_rect(vd_ui_arena(ui), rect.x, rect.y, rect.w, rect.h, radius),
                 VD_RULE_NONZERO, color);
}

void vd_ui_frame(vd_ui *ui, vd_rect rect, double radius, double width, vd_rgba color) {
  rect = vd_inset(vd_ui_seen(ui, rect), width / 2, width / 2); /* on whole pixels */
  vd_stroke stroke = {.width_mm = width, .color = color};
  vd_canvas_stroke(ui->canvas, vd_path_round_rect(vd_ui_arena(ui), rect.x, rect.y, rect.w, rect.h, radius),
                   &stroke);
}

void vd_ui_icon(vd_ui *ui, vd_rect rect, const char *icon, vd_rgba tint) {
  rect = vd_ui_seen(ui, rect);
  double size = vd_ui_px(ui, ui->theme.icon_size);
  vd_rect box = {floor(rect.x + (rect.w - size) / 2), floor(rect.y + (rect.h - size) / 2), size, size};
  const char *name = strchr(icon, '/') ? icon : vd_str_printf(vd_ui_arena(ui), "icons/%s", icon);
  vd_canvas_icon(ui->canvas, name, box, tint);
}

static vd_text_style style_of(const vd_ui *ui, vd_paint_text how) {
  double size = how.size > 0 ? how.size : ui->theme.text_size;
  vd_face face = how.mono ? VD_FACE_MONO : how.bold ? VD_FACE_BOLD : VD_FACE_REGULAR;
  return (vd_text_style){.size_mm = size * ui->scale, .face = face};
}

static const char *shown(const vd_ui *ui, const char *text) {
  const char *hidden = text ? strstr(text, "##") : NULL;
  return hidden ? vd_str_dup_n(vd_ui_arena(ui), text, (size_t)(hidden - text)) : text ? text : "";
}

static vd_anchor_x anchor_of(const vd_ui *ui, vd_align align) {
  if (align == VD_ALIGN_MIDDLE) return VD_ANCHOR_CENTRE;
  return (align == VD_ALIGN_START) != ui->mirror ? VD_ANCHOR_LEFT : VD_ANCHOR_RIGHT;
}

void vd_ui_paint(vd_ui *ui, vd_rect rect, const char *text, vd_paint_text how) {
  rect = vd_ui_seen(ui, rect);
  vd_text_run run = {.text = shown(ui, text),
                     .style = style_of(ui, how),
                     .anchor_x = anchor_of(ui, how.align),
                     .anchor_y = VD_ANCHOR_MIDDLE};
  run.style.overflow = VD_OVERFLOW_ELLIPSIS;
  run.style.max_width_mm = rect.w;
  run.color = how.color ? how.color : ui->theme.text;
  double at[] = {rect.x, rect.x + rect.w / 2, rect.x + rect.w};
  run.x = at[run.anchor_x];
  run.y = rect.y + rect.h / 2;
  if (rect.w > 1 && *run.text) vd_canvas_text(ui->canvas, &run);
}

double vd_ui_text_width(vd_ui *ui, const char *text, vd_paint_text how) {
  vd_text_style style = style_of(ui, how);
  return ceil(vd_text_measure(ui->draw, &style, shown(ui, text)).width_mm);
}

double vd_ui_paint_lines(vd_ui *ui, vd_rect rect, const char *text, vd_paint_text how, bool draw) {
  vd_text_run run = {.text = shown(ui, text),
                     .style = style_of(ui, how),
                     .anchor_x = anchor_of(ui, how.align),
                     .anchor_y = VD_ANCHOR_TOP};
  run.style.overflow = VD_OVERFLOW_WRAP;
  run.style.max_width_mm = rect.w;
  run.color = how.color ? how.color : ui->theme.text;
  double height = ceil(vd_text_measure(ui->draw, &run.style, run.text).height_mm);
  if (!draw) return height;
  vd_rect seen = vd_ui_seen(ui, rect);
  double at[] = {seen.x, seen.x + seen.w / 2, seen.x + seen.w};
  run.x = at[run.anchor_x];
  run.y = seen.y;
  vd_canvas_text(ui->canvas, &run);
  return height;
}
