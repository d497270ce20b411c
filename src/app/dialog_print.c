/* dialog_print: the map or a report as a file for the printer.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/state.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/report.h"
#include "vedette/draw/surface.h"

static const double PNG_DPI = 200;

enum { THE_MAP, THE_PLACES, THE_REPORT };

static vd_status write_report(vd_app *app) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_report *report = app->report.now;
  vd_report_paper paper = {.numbered = app->report.shown ? app->report.table->key : NULL};
  vd_page *pages;
  int n;
  VD_TRY(vd_report_draw_pages(app->draw, report, vd_results_plan(app->results), &paper, arena, &pages, &n));
  return vd_pages_write(app->draw, pages, n, PNG_DPI, report->title, app->print_path);
}

static vd_status write_sheet(vd_app *app, bool places) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  options.paper = (vd_paper)app->print_paper;
  options.layers = app->map_options.layers;
  options.snapshot = app->at_time;
  options.time_s = app->time_s;
  if (places) options.report = app->report.now, options.report_table = app->report.table;
  vd_page page;
  const vd_plan *plan = vd_results_plan(app->results);
  VD_TRY(vd_sheet_draw(app->draw, plan, vd_results_study(app->results), &options, arena, &page));
  return vd_pages_write(app->draw, &page, 1, PNG_DPI, vd_plan_info_lookup(plan)->title, app->print_path);
}

/* The report can be printed while it is looked at. */
static int choose_what(vd_app *app, vd_rect line) {
  const char *const whats[] = {_("The map"), _("The map with the table's places"), _("The report")};
  vd_ui *ui = app->ui;
  bool table = app->report.now && app->report.table;
  vd_ui_label(ui, vd_cut_left(&line, vd_ui_px(ui, 100)), _("What"));
  vd_ui_combo(ui, vd_cut_left(&line, vd_ui_px(ui, 300)), _("What to print"), whats, table ? 3 : 1,
              &app->print_what);
  return table ? app->print_what : THE_MAP;
}

static const char *words(const vd_app *app, int what) {
  if (what == THE_REPORT) return _("Prints the report on A4 pages, with all rows of its tables.");
  if (app->at_time) return _("Prints the layers that are on, with the states at the time shown.");
  return _("Prints the layers that are on, with the states of the whole window.");
}

void vd_dialog_print(vd_app *app) {
  vd_ui *ui = app->ui;
  const char *const papers[] = {"A4", "A3", "A2", "A1", "A0"};
  vd_rect inside = vd_ui_dialog_begin(ui, app->report.now ? _("Print") : _("Print the map"), 520,
                                      app->report.now ? 302 : 260, &app->print_open);
  double row = vd_ui_px(ui, 32), label = vd_ui_px(ui, 100);
  vd_rect line;
  int what = THE_MAP;
  if (app->report.now) {
    what = choose_what(app, vd_cut_top(&inside, row));
    vd_cut_top(&inside, vd_ui_px(ui, 10));
  }
  line = vd_cut_top(&inside, row);
  vd_ui_label(ui, vd_cut_left(&line, label), _("Paper"));
  vd_rect size = vd_cut_left(&line, vd_ui_px(ui, 120));
  if (what == THE_REPORT)
    vd_ui_label(ui, size, "A4");
  else
    vd_ui_combo(ui, size, _("Paper size"), papers, VD_PAPER_COUNT, &app->print_paper);
  vd_cut_top(&inside, vd_ui_px(ui, 10));
  line = vd_cut_top(&inside, row);
  vd_ui_label(ui, vd_cut_left(&line, label), _("File"));
  vd_edit_result result = vd_ui_textbox(ui, line, _("File name"), _("name.pdf, .svg or .png"),
                                        app->print_path, sizeof app->print_path);
  vd_cut_top(&inside, vd_ui_px(ui, 10));
  vd_ui_paint(ui, vd_cut_top(&inside, row), words(app, what),
              (vd_paint_text){.color = vd_ui_theme(ui)->faint_text});
  line = vd_cut_bottom(&inside, row);
  bool go = vd_ui_button(ui, vd_cut_right(&line, vd_ui_px(ui, 110)), _("Write file"), VD_BUTTON_MAIN,
                         app->print_path[0] != '\0');
  vd_cut_right(&line, vd_ui_px(ui, 10));
  if (vd_ui_button(ui, vd_cut_right(&line, vd_ui_px(ui, 90)), _("Cancel"), VD_BUTTON_PLAIN, true))
    app->print_open = false;
  vd_ui_dialog_end(ui);
  if (!go && result != VD_EDIT_ENTERED) return;
  app->print_open = false;
  vd_status status = what == THE_REPORT ? write_report(app) : write_sheet(app, what == THE_PLACES);
  if (status == VD_OK) {
    vd_app_say(app, false, _("Written: %s"), app->print_path);
  } else {
    vd_app_say_failure(app);
  }
  vd_ui_ask_again(ui);
}
