/* dialog_help: the keys, and what the four states mean.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/action.h"
#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/start.h"

static void pair(vd_app *app, vd_rect *rest, const char *left, const char *right) {
  vd_rect row = vd_cut_top(rest, vd_ui_px(app->ui, 23));
  vd_ui_paint(app->ui, vd_cut_left(&row, vd_ui_px(app->ui, 150)), left, (vd_paint_text){.bold = true});
  vd_ui_paint(app->ui, row, right, (vd_paint_text){0});
}

static void words(vd_app *app, vd_rect rest) {
  static const char *const meanings[VD_STATE_COUNT] = {
      "", N_("visited lately, and help comes in time"), N_("help comes in time, the last visit is too old"),
      N_("visited lately, help comes too late"), N_("neither")};
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    pair(app, &rest, vd_terms_label(&vd_state_terms, s), _(meanings[s]));
  vd_cut_top(&rest, vd_ui_px(app->ui, 10));
  pair(app, &rest, _("Gap"), _("neighbouring places of one priority and cause not covered"));
  pair(app, &rest, _("Person-hours"), _("people × hours under threat and not covered"));
  vd_cut_top(&rest, vd_ui_px(app->ui, 10));
  const char *note = _("Reach and presence are not protection: the figures say who could come and who was "
                       "there. A place not visited is unknown, not quiet.");
  vd_ui_paint_lines(app->ui, rest, note, (vd_paint_text){.color = vd_ui_theme(app->ui)->faint_text}, true);
  vd_rect foot = vd_cut_bottom(&rest, vd_ui_px(app->ui, 22));
  vd_ui_paint(
      app->ui, foot,
      vd_str_printf(vd_ui_arena(app->ui), "vedette %s, %s", VEDETTE_VERSION, vd_geo_versions()),
      (vd_paint_text){.size = vd_ui_theme(app->ui)->small_size, .color = vd_ui_theme(app->ui)->faint_text});
}

void vd_dialog_help(vd_app *app) {
  vd_ui *ui = app->ui;
  vd_rect inside = vd_ui_dialog_begin(ui, _("Keys and words"), 940, 500, &app->help_open);
  vd_rect keys = vd_cut_left(&inside, vd_ui_px(ui, 380));
  for (int i = 0; i < vd_n_actions; i++) {
    if (vd_actions[i].shortcut) pair(app, &keys, vd_actions[i].shortcut, _(vd_actions[i].label));
  }
  pair(app, &keys, _("Arrows, drag"), _("Move the map"));
  pair(app, &keys, _("Drag a chosen base"), _("Move it, and see coverage follow"));
  pair(app, &keys, _("Wheel, double click"), _("Zoom at the mouse"));
  pair(app, &keys, _("Tab, Space"), _("From control to control, and use it"));
  words(app, inside);
  vd_ui_dialog_end(ui);
}
