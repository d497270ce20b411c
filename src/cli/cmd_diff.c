/* cmd_diff: vedette diff - what two plans hold otherwise, and what that changes in coverage.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/report/compare.h"

static const vd_option options[] = {
    VD_REPORT_OPTIONS,
    {0},
};

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *a = NULL, *b = NULL;
  const char *table = vd_opt_value(args, "csv");
  int32_t most = 0;
  vd_report *report;
  VD_TRY(vd_opt_i32(args, "top", 0, 1000000, &most));
  VD_TRY(vd_cli_open_path(cli, args, args->rest[0], VD_OPEN_READ, &a));
  VD_TRY(vd_cli_open_path(cli, args, args->rest[1], VD_OPEN_READ, &b));
  vd_report_diff(vd_plan_file_plan(a), vd_plan_file_plan(b), cli->arena, &report);
  if (table) return vd_report_print_csv(report, table, cli->out);
  if (vd_opt_given(args, "json"))
    vd_report_print_json(report, cli->out);
  else
    vd_report_print_text(report, most, cli->out);
  return VD_OK;
}

const vd_command vd_cmd_diff = {
    .name = "diff",
    .arguments = "A B",
    .summary = N_("tell what plan B holds otherwise than plan A"),
    .options = options,
    .min_rest = 2,
    .max_rest = 2,
    .run = run,
};
