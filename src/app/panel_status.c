/* panel_status: where the mouse is, the scale, and what is under way.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"

static void progress(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  char what[96];
  double share;
  if (!vd_results_busy(app->results, what, sizeof what, &share)) return;
  vd_rect stop = vd_cut_right(&rect, vd_ui_px(ui, 24));
  vd_rect bar = vd_cut_right(&rect, vd_ui_px(ui, 150));
  double thick = vd_ui_px(ui, 6);
  vd_ui_progress(ui, (vd_rect){bar.x, bar.y + (bar.h - thick) / 2, bar.w, thick}, what, share);
  vd_ui_paint(ui, vd_inset(rect, vd_ui_px(ui, 8), 0), what,
              (vd_paint_text){.size = theme->small_size, .align = VD_ALIGN_END, .color = theme->faint_text});
  if (vd_ui_icon_button(ui, vd_inset(stop, 2, 2), "close", _("Stop"), false, true)) {
    vd_results_cancel(app->results);
    vd_app_say(app, false, _("Stopped. F5 studies the plan again."));
  }
}

void vd_panel_status(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  vd_arena *arena = vd_ui_arena(ui);
  char mgrs[VD_MGRS_SIZE] = "";
  vd_ui_fill(ui, rect, theme->page);
  vd_ui_fill(ui, vd_cut_top(&rect, 1), theme->line);
  vd_cut_left(&rect, vd_ui_px(ui, 12));
  vd_paint_text small = {.size = theme->small_size}, mono = {.size = theme->small_size, .mono = true};
  if (app->map.mouse_over && vd_mgrs_format_spaced(app->map.lon_deg, app->map.lat_deg, 5, mgrs) == VD_OK) {
    vd_ui_paint(ui, vd_cut_left(&rect, vd_ui_px(ui, 190)), mgrs, mono);
    vd_ui_paint(ui, vd_cut_left(&rect, vd_ui_px(ui, 190)),
                vd_coord_text(arena, app->map.lon_deg, app->map.lat_deg), small);
    vd_ui_node(ui, vd_ui_id_of(ui, "mouse"), VD_ROLE_STATUS, mgrs, NULL, rect, 0);
  } else {
    vd_cut_left(&rect, vd_ui_px(ui, 380));
  }
  if (app->map.view.mm_per_m > 0) {
    const char *scale = vd_str_printf(arena, "1:%s", vd_count_text(arena, 1000 / app->map.view.mm_per_m));
    vd_ui_paint(ui, vd_cut_left(&rect, vd_ui_px(ui, 130)), scale, small);
  }
  int level = vd_app_classification(app);
  vd_rgba color = level > VD_UNCLASSIFIED ? theme->high : theme->faint_text;
  vd_ui_paint(ui, vd_cut_left(&rect, vd_ui_px(ui, 190)), vd_terms_label(&vd_classification_terms, level),
              (vd_paint_text){.bold = true, .size = theme->small_size, .color = color});
  progress(app, rect);
}
