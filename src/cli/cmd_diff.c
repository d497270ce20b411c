/* cmd_diff: vedette diff - what two plans hold otherwise, and what that changes in coverage.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "cli/study_out.h"
#include "vedette/base/i18n.h"
#include "vedette/carto/sheet.h"
#include "vedette/report/compare.h"

static const vd_option options[] = {
    {"study", 0, NULL, N_("what changes in coverage: both plans are studied on one grid")},
    {"output", 'o', "FILE",
     N_("with --study: also write the cells (.gpkg, .geojson) or a map of the change (.pdf, .svg, .png)")},
    {"bw", 0, NULL, N_("the map in black and white")},
    VD_REPORT_OPTIONS,
    {0},
};

/* ---- in words ---- */

static vd_status tell_records(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *a = NULL, *b = NULL;
  vd_report *report;
  VD_TRY(vd_cli_open_path(cli, args, args->rest[0], VD_OPEN_READ, &a));
  VD_TRY(vd_cli_open_path(cli, args, args->rest[1], VD_OPEN_READ, &b));
  vd_report_diff(vd_plan_file_plan(a), vd_plan_file_plan(b), cli->arena, &report);
  return vd_cli_report_forms(cli, args, report, 0);
}

/* ---- in coverage ---- */

static bool is_map(const char *path) {
  return vd_str_ends_nocase(path, ".pdf") || vd_str_ends_nocase(path, ".svg") ||
         vd_str_ends_nocase(path, ".png");
}

static vd_status check_output(const char *path) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  if (!path || is_map(path) || vd_str_ends_nocase(path, ".geojson")) return VD_OK;
  if (!vd_str_ends_nocase(path, ".gpkg"))
    return vd_fail(VD_ERR_USAGE, _("“%s” should end in .gpkg, .geojson, .pdf, .svg or .png"), path);
  if (vd_plan_file_open(path, VD_OPEN_READ, &file) != VD_OK) return VD_OK;
  return vd_fail(VD_ERR_USAGE, _("“%s” is a plan; name another file for the cells"), path);
}

static vd_status write_map(const vd_studied *before, const vd_studied *after,
                           const vd_study_difference *difference, const char *path) {
  enum { DPI = 200 };
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  vd_cli *cli = after->cli;
  vd_sheet_options sheet = vd_sheet_options_default();
  vd_plan_info info = *vd_plan_info_lookup(after->plan); /* the sheet tells the window of the studies */
  vd_page page;
  sheet.difference = difference, sheet.landscape = after->landscape;
  sheet.bw = vd_opt_given(after->args, "bw");
  sheet.before = vd_str_printf(cli->arena, _("%s (input hash %.16s)"), vd_path_base(before->args->rest[0]),
                               vd_study_headline(before->study)->input_hash);
  info.from_s = after->options.from_s, info.to_s = after->options.to_s;
  VD_TRY(vd_plan_load_info(after->plan, &info));
  VD_TRY(vd_draw_open(&draw));
  VD_TRY(vd_sheet_draw(draw, after->plan, NULL, &sheet, cli->arena, &page));
  if (vd_str_ends_nocase(path, ".pdf"))
    return vd_canvas_write_pdf(draw, &page, 1, info.title ? info.title : "", path);
  if (vd_str_ends_nocase(path, ".svg")) return vd_canvas_write_svg(draw, &page, path);
  return vd_canvas_write_png(draw, &page, DPI, VD_WHITE, path);
}

static vd_status tell_coverage(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied before = {0};
  VD_CLEANUP(vd_studied_cleanup) vd_studied after = {0};
  const char *path = vd_opt_value(args, "output");
  vd_study_difference *difference;
  vd_report *report;
  VD_TRY(check_output(path));
  VD_TRY(vd_studied_open_path(cli, args, args->rest[0], &before));
  VD_TRY(vd_studied_open_path(cli, args, args->rest[1], &after));
  before.options.without_losses = after.options.without_losses = true;
  VD_TRY(vd_studied_run(&before));
  VD_TRY(vd_studied_run(&after));
  VD_TRY(vd_study_compare(before.study, after.study, cli->arena, &difference));
  vd_report_cover(after.plan, after.study, difference, cli->arena, &report);
  VD_TRY(vd_cli_report_forms(cli, args, report, 0));
  if (!path) return VD_OK;
  VD_TRY(is_map(path) ? write_map(&before, &after, difference, path)
                      : vd_results_write_cover(&after, difference, path));
  if (!vd_opt_given(args, "quiet")) fprintf(cli->err, _("written: %s\n"), path);
  return VD_OK;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  if (vd_opt_given(args, "study")) return tell_coverage(cli, args);
  if (vd_opt_value(args, "output"))
    return vd_fail(VD_ERR_USAGE,
                   _("--output goes with --study; use --json or --csv to write differences in words"));
  return tell_records(cli, args);
}

const vd_command vd_cmd_diff = {
    .name = "diff",
    .arguments = "A B",
    .summary = N_("tell what plan B holds otherwise than plan A, or what that changes in coverage"),
    .details = N_("Records are the same when their ids are. With --study both plans are studied, and places "
                  "newly covered "
                  "and newly not are told with their people and person-hours.\n\n"
                  "  vedette diff monday.gpkg friday.gpkg\n"
                  "  vedette diff monday.gpkg friday.gpkg --study -o change.pdf"),
    .options = options,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};
