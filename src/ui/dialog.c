/* dialog: a modal panel over the dimmed window.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "ui/widgets.h"
#include "vedette/base/i18n.h"

vd_rect vd_ui_dialog_begin(vd_ui *ui, const char *title, double width, double height, bool *open) {
  const vd_theme *theme = vd_ui_theme(ui);
  vd_rect all = vd_ui_area(ui);
  double w = fmin(vd_ui_px(ui, width), all.w - 16), h = fmin(vd_ui_px(ui, height), all.h - 16);
  vd_rect rect = {floor((all.w - w) / 2), floor((all.h - h) / 2), w, h};
  vd_ui_layer_begin(ui, rect, true);
  vd_ui_push(ui, title);
  vd_ui_fill(ui, all, vd_rgba_fade(VD_BLACK, 0.28));
  vd_ui_fill_round(ui, rect, vd_ui_px(ui, 6), theme->page);
  vd_ui_frame(ui, rect, vd_ui_px(ui, 6), 1, theme->border);
  vd_ui_node(ui, vd_ui_id_of(ui, "dialog"), VD_ROLE_DIALOG, title, NULL, rect, 0);
  rect = vd_inset(rect, vd_ui_px(ui, 18), vd_ui_px(ui, 12));
  vd_rect head = vd_cut_top(&rect, vd_ui_px(ui, 34)), close = vd_cut_right(&head, vd_ui_px(ui, 30));
  vd_ui_title(ui, head, title);
  if (vd_ui_icon_button(ui, close, "close", _("Close"), false, true)) *open = false;
  if (!vd_ui_popup_any(ui) && vd_ui_key(ui, VD_KEY_ESCAPE, 0)) *open = false;
  vd_cut_top(&rect, vd_ui_px(ui, 6));
  if (!*open) vd_ui_ask_again(ui);
  return rect;
}

void vd_ui_dialog_end(vd_ui *ui) {
  vd_ui_pop(ui);
  vd_ui_layer_end(ui);
}
