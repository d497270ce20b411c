/* panel_bottom: the tabs under the map and what is behind them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/panel_bottom.h"

#include <math.h>

#include "vedette/base/i18n.h"

static void show_study(vd_app *app, vd_rect rect) {
  static void (*const shows[])(vd_app *, vd_rect, const vd_study *) = {vd_panel_gaps, vd_panel_losses,
                                                                       vd_panel_duplicates, vd_panel_notes};
  const vd_study *study = vd_app_shown_study(app);
  if (study)
    shows[app->bottom_tab](app, rect, study);
  else
    vd_ui_paint(app->ui, rect, _("The study is under way."),
                (vd_paint_text){.align = VD_ALIGN_MIDDLE, .color = vd_ui_theme(app->ui)->faint_text});
}

void vd_panel_bottom(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const char *const tabs[VD_TAB_COUNT] = {_("Gaps"), _("Lost to restrictions"), _("Duplicates"), _("Notes"),
                                          _("Reports")};
  vd_ui_fill(ui, vd_cut_top(&rect, 1), vd_ui_theme(ui)->line);
  vd_ui_push(ui, "tables");
  vd_rect bar = vd_cut_top(&rect, vd_ui_px(ui, 34));
  vd_ui_tabs(ui, bar, tabs, VD_TAB_COUNT, &app->bottom_tab);
  if (app->bottom_tab != VD_TAB_REPORTS) {
    show_study(app, rect);
  } else {
    bool beside = bar.w >= vd_ui_px(ui, 1000);
    vd_rect tools = beside ? vd_cut_right(&bar, vd_ui_px(ui, 500)) : vd_cut_top(&rect, vd_ui_px(ui, 34));
    vd_panel_reports(app, rect, tools);
  }
  vd_ui_pop(ui);
}
