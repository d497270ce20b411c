/* touch: what the mouse and the keyboard do with a rectangle, and cutting rectangles.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/state.h"

vd_rect vd_cut_left(vd_rect *rect, double width) {
  double w = width < rect->w ? width : rect->w;
  vd_rect piece = {rect->x, rect->y, w, rect->h};
  rect->x += w;
  rect->w -= w;
  return piece;
}

vd_rect vd_cut_right(vd_rect *rect, double width) {
  double w = width < rect->w ? width : rect->w;
  rect->w -= w;
  return (vd_rect){rect->x + rect->w, rect->y, w, rect->h};
}

vd_rect vd_cut_top(vd_rect *rect, double height) {
  double h = height < rect->h ? height : rect->h;
  vd_rect piece = {rect->x, rect->y, rect->w, h};
  rect->y += h;
  rect->h -= h;
  return piece;
}

vd_rect vd_cut_bottom(vd_rect *rect, double height) {
  double h = height < rect->h ? height : rect->h;
  rect->h -= h;
  return (vd_rect){rect->x, rect->y + rect->h, rect->w, h};
}

vd_rect vd_inset(vd_rect rect, double by_x, double by_y) {
  return (vd_rect){rect.x + by_x, rect.y + by_y, rect.w - 2 * by_x, rect.h - 2 * by_y};
}

bool vd_rect_holds(vd_rect rect, double x, double y) {
  return x >= rect.x && x < rect.x + rect.w && y >= rect.y && y < rect.y + rect.h;
}

/* Whether a layer of the pass before, above the one being built, lies under the mouse. */
static bool mouse_taken_above(const vd_ui *ui) {
  for (int i = ui->layer; i < ui->n_last_layers; i++) {
    if (ui->last_layers[i].modal || vd_rect_holds(ui->last_layers[i].rect, ui->mouse_x, ui->mouse_y))
      return true;
  }
  return false;
}

bool vd_ui_mouse_over(const vd_ui *ui, vd_rect rect) {
  if (!ui->mouse_inside || mouse_taken_above(ui)) return false;
  if (ui->n_clips && !vd_rect_holds(ui->clips[ui->n_clips - 1], ui->mouse_x, ui->mouse_y)) return false;
  return vd_rect_holds(rect, ui->mouse_x, ui->mouse_y);
}

static void press(vd_ui *ui, vd_ui_id id, unsigned flags, vd_touch *touch) {
  ui->active = id;
  ui->active_button = ui->event.button;
  ui->event_used = true;
  touch->started = true;
  touch->double_clicked = ui->event.button == VD_MOUSE_LEFT && ui->event.clicks == 2;
  if (flags & VD_TOUCH_FOCUS) ui->focus = id;
}

static void release(vd_ui *ui, vd_touch *touch) {
  ui->event_used = true;
  if (!touch->hovered) return;
  touch->clicked = ui->active_button == VD_MOUSE_LEFT;
  touch->right_clicked = ui->active_button == VD_MOUSE_RIGHT;
}

vd_touch vd_ui_touch(vd_ui *ui, vd_ui_id id, vd_rect rect, unsigned flags) {
  vd_touch touch = {.x = ui->mouse_x - rect.x, .y = ui->mouse_y - rect.y};
  bool other_active = ui->active && ui->active != id;
  touch.hovered = !other_active && vd_ui_mouse_over(ui, rect);
  if (touch.hovered) ui->hot = id;
  bool wanted = ui->event.button == VD_MOUSE_LEFT || (flags & VD_TOUCH_ANY_BUTTON);
  if (touch.hovered && ui->event.type == VD_EVENT_MOUSE_DOWN && !ui->event_used && wanted)
    press(ui, id, flags, &touch);
  touch.pressed = ui->active == id;
  if (touch.pressed && ui->event.type == VD_EVENT_MOUSE_UP && ui->event.button == ui->active_button)
    release(ui, &touch);
  touch.focused = ui->focus == id;
  if (touch.focused && (flags & VD_TOUCH_FOCUS) && (vd_ui_key(ui, VD_KEY_ENTER, 0) || vd_ui_key(ui, ' ', 0)))
    touch.clicked = true;
  return touch;
}

bool vd_ui_focused(const vd_ui *ui, vd_ui_id id) {
  return ui->focus == id;
}
void vd_ui_focus(vd_ui *ui, vd_ui_id id) {
  ui->focus = id;
  ui->again = true;
}

void vd_ui_tooltip(vd_ui *ui, const vd_touch *touch, vd_rect rect, const char *text) {
  enum { REST_MS = 500 };
  if (!touch->hovered || touch->pressed || ui->popup || !text || !*text) return;
  if (ui->hot != ui->last_hot) {
    ui->wake_ms = ui->now_ms + REST_MS;
    return;
  }
  if (ui->now_ms - ui->hot_since_ms < REST_MS) {
    ui->wake_ms = ui->hot_since_ms + REST_MS;
    return;
  }
  vd_paint_text how = {.size = ui->theme.small_size};
  double pad = vd_ui_px(ui, 7), height = vd_ui_px(ui, 24);
  vd_rect box = {rect.x, rect.y + rect.h + vd_ui_px(ui, 4), vd_ui_text_width(ui, text, how) + 2 * pad,
                 height};
  if (box.x + box.w > ui->width) box.x = ui->width - box.w - pad;
  if (box.y + box.h > ui->height) box.y = rect.y - height - vd_ui_px(ui, 4);
  vd_canvas *canvas = ui->canvas;
  ui->canvas = ui->above;
  vd_ui_fill_round(ui, box, vd_ui_px(ui, ui->theme.radius), ui->theme.text);
  how.color = ui->theme.page;
  vd_ui_paint(ui, vd_inset(box, pad, 0), text, how);
  ui->canvas = canvas;
}
