/* dialog_print: the map as a file for the printer.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/draw/surface.h"

static vd_status write_sheet(vd_app *app) {
  static const double PNG_DPI = 200;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  options.paper = (vd_paper)app->print_paper;
  options.layers = app->map_options.layers;
  options.snapshot = app->at_time;
  options.time_s = app->time_s;
  vd_page page;
  const vd_plan *plan = vd_results_plan(app->results);
  VD_TRY(vd_sheet_draw(app->draw, plan, vd_results_study(app->results), &options, arena, &page));
  const char *path = app->print_path, *title = vd_plan_info_lookup(plan)->title;
  if (vd_str_ends_nocase(path, ".svg")) return vd_canvas_write_svg(app->draw, &page, path);
  if (vd_str_ends_nocase(path, ".png")) return vd_canvas_write_png(app->draw, &page, PNG_DPI, VD_WHITE, path);
  if (!vd_str_ends_nocase(path, ".pdf"))
    return vd_fail(VD_ERR_INPUT, _("“%s”: end the name with .pdf, .svg or .png"), path);
  return vd_canvas_write_pdf(app->draw, &page, 1, title, path);
}

void vd_dialog_print(vd_app *app) {
  vd_ui *ui = app->ui;
  const char *const papers[] = {"A4", "A3", "A2", "A1", "A0"};
  vd_rect inside = vd_ui_dialog_begin(ui, _("Print the map"), 520, 260, &app->print_open);
  double row = vd_ui_px(ui, 32), label = vd_ui_px(ui, 100);
  vd_rect line = vd_cut_top(&inside, row);
  vd_ui_label(ui, vd_cut_left(&line, label), _("Paper"));
  vd_ui_combo(ui, vd_cut_left(&line, vd_ui_px(ui, 120)), _("Paper size"), papers, VD_PAPER_COUNT,
              &app->print_paper);
  vd_cut_top(&inside, vd_ui_px(ui, 10));
  line = vd_cut_top(&inside, row);
  vd_ui_label(ui, vd_cut_left(&line, label), _("File"));
  vd_edit_result result = vd_ui_textbox(ui, line, _("File name"), _("name.pdf, .svg or .png"),
                                        app->print_path, sizeof app->print_path);
  vd_cut_top(&inside, vd_ui_px(ui, 10));
  const char *what = app->at_time ? _("Prints the layers that are on, with the states at the time shown.")
                                  : _("Prints the layers that are on, with the states of the whole window.");
  vd_ui_paint(ui, vd_cut_top(&inside, row), what, (vd_paint_text){.color = vd_ui_theme(ui)->faint_text});
  line = vd_cut_bottom(&inside, row);
  bool go = vd_ui_button(ui, vd_cut_right(&line, vd_ui_px(ui, 110)), _("Write file"), VD_BUTTON_MAIN,
                         app->print_path[0] != '\0');
  vd_cut_right(&line, vd_ui_px(ui, 10));
  if (vd_ui_button(ui, vd_cut_right(&line, vd_ui_px(ui, 90)), _("Cancel"), VD_BUTTON_PLAIN, true))
    app->print_open = false;
  vd_ui_dialog_end(ui);
  if (!go && result != VD_EDIT_ENTERED) return;
  app->print_open = false;
  if (write_sheet(app) == VD_OK) {
    vd_app_say(app, false, _("Written: %s"), app->print_path);
  } else {
    vd_app_say_failure(app);
  }
  vd_ui_ask_again(ui);
}
