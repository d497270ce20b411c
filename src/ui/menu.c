/* menu: the menu bar, its menus, and drop-downs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "ui/state.h"
#include "ui/widgets.h"

/* Where the next item of the open menu goes is kept in the kit's memory under this name. */
static double *item_y(vd_ui *ui) {
  return vd_ui_memory(ui, vd_ui_id_of(ui, "item y"));
}
static double *item_x(vd_ui *ui) {
  return vd_ui_memory(ui, vd_ui_id_of(ui, "item x"));
}
static double *item_at(vd_ui *ui) {
  return vd_ui_memory(ui, vd_ui_id_of(ui, "item under the keyboard"));
}
static double *item_count(vd_ui *ui) {
  return vd_ui_memory(ui, vd_ui_id_of(ui, "items"));
}

static double menu_width(vd_ui *ui) {
  return vd_ui_px(ui, 300);
}
static double item_height(vd_ui *ui) {
  return vd_ui_px(ui, 28);
}

void vd_ui_panel(vd_ui *ui, vd_rect rect) {
  const vd_theme *theme = vd_ui_theme(ui);
  for (int i = 3; i > 0; i--)
    vd_ui_fill_round(ui, vd_inset((vd_rect){rect.x, rect.y + i, rect.w, rect.h}, -i, -i), 6,
                     vd_rgba_fade(theme->shadow, 0.3));
  vd_ui_fill_round(ui, rect, vd_ui_px(ui, theme->radius), theme->page);
  vd_ui_frame(ui, rect, vd_ui_px(ui, theme->radius), 1, theme->border);
}

static void menu_keys(vd_ui *ui, int n_items) {
  double *at = item_at(ui);
  if (vd_ui_key(ui, VD_KEY_DOWN, 0)) *at = fmod(*at, n_items) + 1;
  if (vd_ui_key(ui, VD_KEY_UP, 0)) *at = *at <= 1 ? n_items : *at - 1;
}

bool vd_ui_menu_begin(vd_ui *ui, vd_rect *bar, const char *label, int n_items) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_rect rect = vd_cut_left(bar, vd_ui_text_width(ui, label, (vd_paint_text){0}) + vd_ui_px(ui, 22));
  bool open = vd_ui_popup_is(ui, id);
  vd_touch touch =
      vd_ui_touch(ui, id, rect, open ? 0 : VD_TOUCH_FOCUS);   /* an open menu's keys are its items' */
  bool slide = touch.hovered && vd_ui_popup_any(ui) && !open; /* along the bar while a menu is open */
  if (touch.started || slide || (touch.clicked && touch.focused && !touch.hovered)) {
    if (open) {
      vd_ui_popup_close(ui);
    } else {
      vd_ui_popup_open(ui, id);
      vd_ui_push(ui, label);
      *item_at(ui) = 0;
      vd_ui_pop(ui);
    }
    open = vd_ui_popup_is(ui, id);
  }
  if (open || touch.hovered)
    vd_ui_fill_round(ui, vd_inset(rect, 2, 3), vd_ui_px(ui, theme->radius),
                     open ? theme->selection : theme->hover);
  vd_ui_paint(ui, rect, label, (vd_paint_text){.align = VD_ALIGN_MIDDLE});
  vd_ui_node(ui, id, VD_ROLE_MENU, label, NULL, rect, VD_NODE_TAB_STOP | (open ? VD_NODE_SELECTED : 0u));
  if (!open) return false;
  if (ui->event.type == VD_EVENT_MOUSE_DOWN && !touch.started && ui->n_last_layers &&
      !vd_rect_holds(ui->last_layers[0].rect, ui->mouse_x, ui->mouse_y) && ui->mouse_y > rect.y + rect.h) {
    vd_ui_popup_close(ui);
    vd_ui_use_event(ui); /* a press outside only closes */
    return false;
  }
  vd_rect panel = {rect.x, rect.y + rect.h, menu_width(ui), n_items * item_height(ui) + vd_ui_px(ui, 8)};
  vd_ui_layer_begin(ui, panel, false);
  vd_ui_panel(ui, panel);
  vd_ui_push(ui, label);
  menu_keys(ui, n_items);
  *item_x(ui) = panel.x;
  *item_y(ui) = panel.y + vd_ui_px(ui, 4);
  *item_count(ui) = 0;
  return true;
}

bool vd_ui_menu_item(vd_ui *ui, const char *label, const char *shortcut, bool checked, bool enabled) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  vd_rect rect = {*item_x(ui), *item_y(ui), menu_width(ui), item_height(ui)};
  *item_y(ui) += rect.h;
  bool at = ++*item_count(ui) == *item_at(ui);
  vd_touch touch = vd_ui_touch(ui, id, rect, 0);
  if (touch.hovered && vd_ui_event(ui)->type == VD_EVENT_MOUSE_MOVE) *item_at(ui) = *item_count(ui);
  if (at && enabled) vd_ui_fill_round(ui, vd_inset(rect, 4, 1), 3, theme->hover);
  vd_rect left = vd_cut_left(&rect, vd_ui_px(ui, 32)), inside = rect;
  if (checked) vd_ui_icon(ui, left, "check", theme->accent);
  vd_ui_paint(ui, inside, label, (vd_paint_text){.color = enabled ? theme->text : theme->disabled});
  if (shortcut)
    vd_ui_paint(
        ui, vd_inset(inside, vd_ui_px(ui, 12), 0), shortcut,
        (vd_paint_text){.align = VD_ALIGN_END, .color = theme->faint_text, .size = theme->small_size});
  vd_ui_node(ui, id, VD_ROLE_MENUITEM, label, shortcut, inside,
             (enabled ? 0u : VD_NODE_DISABLED) | (checked ? VD_NODE_CHECKED : 0u));
  bool chosen = enabled && (touch.clicked || (at && vd_ui_key(ui, VD_KEY_ENTER, 0)));
  if (chosen) vd_ui_popup_close(ui);
  return chosen;
}

void vd_ui_menu_rule(vd_ui *ui) {
  vd_ui_fill(ui, (vd_rect){*item_x(ui) + 8, *item_y(ui), menu_width(ui) - 16, 1}, vd_ui_theme(ui)->line);
}

void vd_ui_menu_end(vd_ui *ui) {
  vd_ui_pop(ui);
  vd_ui_layer_end(ui);
}

/* ---- drop-downs ---- */

static bool combo_options(vd_ui *ui, vd_rect rect, const char *const *options, int n, int *chosen) {
  const vd_theme *theme = vd_ui_theme(ui);
  double height = item_height(ui), *at = item_at(ui);
  vd_rect panel = {rect.x, rect.y + rect.h + 2, rect.w, n * height + 8};
  if (panel.y + panel.h > ui->height) panel.y = rect.y - panel.h - 2;
  bool outside = ui->event.type == VD_EVENT_MOUSE_DOWN && !vd_rect_holds(panel, ui->mouse_x, ui->mouse_y);
  int before = *chosen;
  vd_ui_layer_begin(ui, panel, true);
  vd_ui_panel(ui, panel);
  menu_keys(ui, n);
  for (int i = 0; i < n; i++) {
    vd_rect row = {panel.x + 4, panel.y + 4 + i * height, panel.w - 8, height};
    vd_ui_id id = vd_ui_id_of(ui, options[i]);
    vd_touch touch = vd_ui_touch(ui, id, row, 0);
    if (touch.hovered && vd_ui_event(ui)->type == VD_EVENT_MOUSE_MOVE) *at = i + 1;
    if (*at == i + 1) vd_ui_fill_round(ui, row, 3, theme->hover);
    vd_ui_paint(ui, vd_inset(row, 6, 0), options[i], (vd_paint_text){.bold = i == before});
    vd_ui_node(ui, id, VD_ROLE_OPTION, options[i], NULL, row, i == before ? VD_NODE_SELECTED : 0u);
    if (touch.clicked || (*at == i + 1 && vd_ui_key(ui, VD_KEY_ENTER, 0))) {
      *chosen = i;
      vd_ui_popup_close(ui);
    }
  }
  vd_ui_layer_end(ui);
  if (outside) vd_ui_popup_close(ui);
  return *chosen != before;
}

bool vd_ui_combo(vd_ui *ui, vd_rect rect, const char *label, const char *const *options, int n, int *chosen) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_ui_id id = vd_ui_id_of(ui, label);
  bool was_open = vd_ui_popup_is(ui, id), changed = false;
  vd_touch touch = vd_ui_touch(ui, id, rect, was_open ? 0 : VD_TOUCH_FOCUS);
  const char *value = *chosen >= 0 && *chosen < n ? options[*chosen] : "";
  vd_ui_fill_round(ui, rect, vd_ui_px(ui, theme->radius), touch.hovered ? theme->hover : theme->page);
  vd_ui_frame(ui, rect, vd_ui_px(ui, theme->radius), touch.focused ? 2 : 1,
              touch.focused ? theme->accent : theme->border);
  vd_rect inside = vd_inset(rect, vd_ui_px(ui, 8), 0), arrow = vd_cut_right(&inside, vd_ui_px(ui, 18));
  vd_ui_icon(ui, arrow, "chevron-down", theme->faint_text);
  vd_ui_paint(ui, inside, value, (vd_paint_text){0});
  vd_ui_node(ui, id, VD_ROLE_COMBO, label, value, rect, VD_NODE_TAB_STOP);
  vd_ui_push(ui, label);
  if (was_open) {
    changed = combo_options(ui, rect, options, n, chosen);
  } else if (touch.clicked) {
    *item_at(ui) = *chosen + 1;
    vd_ui_popup_open(ui, id);
  }
  vd_ui_pop(ui);
  return changed;
}
