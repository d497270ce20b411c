/* widgets: the small ones.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/widgets.h"

#include <math.h>

#include "ui/state.h"
#include "vedette/base/i18n.h"

void vd_ui_label(vd_ui *ui, vd_rect rect, const char *text) {
  vd_ui_paint(ui, rect, text, (vd_paint_text){0});
  vd_ui_node(ui, vd_ui_id_of(ui, text), VD_ROLE_LABEL, text, NULL, rect, 0);
}

void vd_ui_title(vd_ui *ui, vd_rect rect, const char *text) {
  vd_ui_paint(ui, rect, text, (vd_paint_text){.bold = true, .size = vd_ui_theme(ui)->title_size});
  vd_ui_node(ui, vd_ui_id_of(ui, text), VD_ROLE_LABEL, text, NULL, rect, 0);
}

void vd_ui_separator_x(vd_ui *ui, vd_rect rect) {
  vd_ui_fill(ui, (vd_rect){floor(rect.x + rect.w / 2), rect.y + rect.h * 0.2, 1, floor(rect.h * 0.6)},
             vd_ui_theme(ui)->border);
}

/* The ring around what has the keyboard. */
static void focus_ring(vd_ui *ui, vd_rect rect) {
  if (!ui->by_keyboard) return;
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_frame(ui, vd_inset(rect, -1, -1), vd_ui_px(ui, theme->radius) + 1, vd_ui_px(ui, 2), theme->accent);
}

bool vd_ui_button(vd_ui *ui, vd_rect rect, const char *label, vd_button_kind kind, bool enabled) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_touch touch = enabled ? vd_ui_touch(ui, id, rect, VD_TOUCH_FOCUS) : (vd_touch){0};
  double radius = vd_ui_px(ui, theme->radius);
  bool main = kind == VD_BUTTON_MAIN && enabled;
  vd_rgba fill = main            ? theme->accent
                 : touch.pressed ? theme->pressed
                 : touch.hovered ? theme->hover
                                 : theme->page;
  if (main && touch.hovered) fill = vd_rgba_mix(fill, VD_BLACK, 0.12);
  vd_ui_fill_round(ui, rect, radius, fill);
  if (!main) vd_ui_frame(ui, rect, radius, 1, theme->border);
  if (touch.focused) focus_ring(ui, rect);
  vd_rgba ink = !enabled ? theme->disabled : main ? theme->accent_text : theme->text;
  vd_ui_paint(ui, vd_inset(rect, vd_ui_px(ui, 6), 0), label,
              (vd_paint_text){.align = VD_ALIGN_MIDDLE, .color = ink});
  vd_ui_node(ui, id, VD_ROLE_BUTTON, label, NULL, rect, enabled ? VD_NODE_TAB_STOP : VD_NODE_DISABLED);
  return touch.clicked;
}

bool vd_ui_icon_button(vd_ui *ui, vd_rect rect, const char *icon, const char *label, bool on, bool enabled) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_touch touch = enabled ? vd_ui_touch(ui, id, rect, VD_TOUCH_FOCUS) : (vd_touch){0};
  double radius = vd_ui_px(ui, theme->radius);
  if (on || touch.hovered)
    vd_ui_fill_round(ui, rect, radius, touch.pressed ? theme->pressed : on ? theme->selection : theme->hover);
  if (touch.focused) focus_ring(ui, rect);
  vd_ui_icon(ui, rect, icon, !enabled ? theme->disabled : on ? theme->accent : theme->text);
  vd_ui_tooltip(ui, &touch, rect, label);
  unsigned flags = (enabled ? VD_NODE_TAB_STOP : VD_NODE_DISABLED) | (on ? VD_NODE_CHECKED : 0u);
  vd_ui_node(ui, id, VD_ROLE_BUTTON, label, NULL, rect, flags);
  return touch.clicked;
}

bool vd_ui_checkbox(vd_ui *ui, vd_rect rect, const char *label, bool *value) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_touch touch = vd_ui_touch(ui, id, rect, VD_TOUCH_FOCUS);
  if (touch.clicked) *value = !*value;
  double size = vd_ui_px(ui, 16), radius = vd_ui_px(ui, 3);
  vd_rect box = {rect.x, floor(rect.y + (rect.h - size) / 2), size, size};
  vd_ui_fill_round(ui, box, radius, *value ? theme->accent : touch.hovered ? theme->hover : theme->page);
  if (!*value) vd_ui_frame(ui, box, radius, 1, theme->faint_text);
  if (*value) vd_ui_icon(ui, box, "check", theme->accent_text);
  if (touch.focused) focus_ring(ui, box);
  vd_rect text = rect;
  vd_cut_left(&text, size + vd_ui_px(ui, 8));
  vd_ui_paint(ui, text, label, (vd_paint_text){.color = *value ? theme->text : theme->faint_text});
  vd_ui_node(ui, id, VD_ROLE_CHECKBOX, label, NULL, rect, VD_NODE_TAB_STOP | (*value ? VD_NODE_CHECKED : 0u));
  return touch.clicked;
}

static bool slider_keys(vd_ui *ui, double min, double max, double step, double *value) {
  double before = *value;
  if (vd_ui_key(ui, VD_KEY_LEFT, 0) || vd_ui_key(ui, VD_KEY_DOWN, 0)) *value -= step;
  if (vd_ui_key(ui, VD_KEY_RIGHT, 0) || vd_ui_key(ui, VD_KEY_UP, 0)) *value += step;
  if (vd_ui_key(ui, VD_KEY_HOME, 0)) *value = min;
  if (vd_ui_key(ui, VD_KEY_END, 0)) *value = max;
  *value = fmin(fmax(*value, min), max);
  return *value != before;
}

bool vd_ui_slider(vd_ui *ui, vd_rect rect, const char *label, double min, double max, double step,
                  double *value) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_touch touch = vd_ui_touch(ui, id, rect, VD_TOUCH_FOCUS);
  double knob = vd_ui_px(ui, 6), length = rect.w - 2 * knob;
  bool changed = touch.focused && slider_keys(ui, min, max, step, value);
  if (touch.pressed && length > 0) {
    double wanted = min + (max - min) * fmin(fmax((touch.x - knob) / length, 0), 1);
    wanted = step > 0 ? min + round((wanted - min) / step) * step : wanted;
    changed = changed || wanted != *value;
    *value = wanted;
  }
  double share = max > min ? (*value - min) / (max - min) : 0, thick = vd_ui_px(ui, 3);
  vd_rect groove = {rect.x + knob, floor(rect.y + rect.h / 2 - thick / 2), length, thick};
  vd_ui_fill(ui, groove, theme->line);
  vd_ui_fill(ui, (vd_rect){groove.x, groove.y, length * share, thick}, theme->accent);
  vd_rect handle = {groove.x + length * share - knob, rect.y + rect.h / 2 - knob, 2 * knob, 2 * knob};
  vd_ui_fill_round(ui, handle, knob, touch.pressed || touch.hovered ? theme->hover : theme->page);
  vd_ui_frame(ui, handle, knob, vd_ui_px(ui, touch.focused && ui->by_keyboard ? 3 : 2), theme->accent);
  vd_ui_node(ui, id, VD_ROLE_SLIDER, label, vd_str_printf(vd_ui_arena(ui), "%g", *value), rect,
             VD_NODE_TAB_STOP);
  return changed;
}

bool vd_ui_tabs(vd_ui *ui, vd_rect rect, const char *const *labels, int n, int *chosen) {
  const vd_theme *theme = vd_ui_theme(ui);
  int before = *chosen;
  vd_ui_push(ui, "tab"); /* what a tab shows may bear its name */
  for (int i = 0; i < n; i++) {
    vd_ui_id id = vd_ui_id_of(ui, labels[i]);
    double width = vd_ui_text_width(ui, labels[i], (vd_paint_text){.bold = i == *chosen}) + vd_ui_px(ui, 24);
    vd_rect tab = vd_cut_left(&rect, width);
    vd_touch touch = vd_ui_touch(ui, id, tab, VD_TOUCH_FOCUS);
    if (touch.clicked) *chosen = i;
    if (touch.hovered && i != *chosen) vd_ui_fill(ui, tab, theme->hover);
    vd_paint_text how = {.bold = i == *chosen,
                         .align = VD_ALIGN_MIDDLE,
                         .color = i == *chosen ? theme->text : theme->faint_text};
    vd_ui_paint(ui, tab, labels[i], how);
    if (i == *chosen)
      vd_ui_fill(ui, (vd_rect){tab.x + 8, tab.y + tab.h - vd_ui_px(ui, 2), tab.w - 16, vd_ui_px(ui, 2)},
                 theme->accent);
    if (touch.focused) focus_ring(ui, vd_inset(tab, 2, 2));
    vd_ui_node(ui, id, VD_ROLE_TAB, labels[i], NULL, tab,
               VD_NODE_TAB_STOP | (i == *chosen ? VD_NODE_SELECTED : 0u));
  }
  vd_ui_pop(ui);
  if (*chosen != before) vd_ui_ask_again(ui);
  return *chosen != before;
}

void vd_ui_progress(vd_ui *ui, vd_rect rect, const char *label, double share) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_fill_round(ui, rect, rect.h / 2, theme->line);
  double width = share < 0 ? rect.w * 0.3 : rect.w * fmin(share, 1);
  if (width > 1)
    vd_ui_fill_round(ui, (vd_rect){rect.x, rect.y, width, rect.h}, fmin(rect.h, width) / 2, theme->accent);
  const char *value = share < 0 ? NULL : vd_str_printf(vd_ui_arena(ui), "%.0f %%", 100 * share);
  vd_ui_node(ui, vd_ui_id_of(ui, label), VD_ROLE_PROGRESS, label, value, rect, 0);
}

vd_rect vd_ui_scroll_begin(vd_ui *ui, vd_rect rect, const char *name, double content_height) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, name);
  double *offset = vd_ui_memory(ui, id), most = fmax(0, content_height - rect.h);
  const vd_event *event = vd_ui_event(ui);
  if (event->type == VD_EVENT_WHEEL && vd_ui_event_open(ui) && vd_ui_mouse_over(ui, rect)) {
    *offset -= event->wheel * vd_ui_px(ui, 48);
    vd_ui_use_event(ui);
  }
  *offset = fmin(fmax(*offset, 0), most);
  if (most > 0) {
    double size = fmax(vd_ui_px(ui, 24), rect.h * rect.h / content_height), width = vd_ui_px(ui, 5);
    vd_rect bar = {rect.x + rect.w - width - 1, rect.y + (rect.h - size) * *offset / most, width, size};
    vd_ui_fill_round(ui, bar, width / 2, theme->border);
  }
  vd_ui_clip(ui, rect);
  vd_ui_push(ui, name);
  ui->scroll_offset = offset;
  ui->scroll_rect = rect;
  return (vd_rect){rect.x, rect.y - round(*offset), rect.w - (most > 0 ? vd_ui_px(ui, 9) : 0),
                   content_height};
}

void vd_ui_scroll_end(vd_ui *ui) {
  ui->scroll_offset = NULL;
  vd_ui_pop(ui);
  vd_ui_unclip(ui);
}
