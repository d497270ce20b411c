/* cmd_coverage: vedette coverage - coverage through the window.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {
    VD_REPORT_OPTIONS,
    {"seasons", 0, NULL, N_("study the other season too and show both")},
    {0},
};

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_report_input asked = {.seasons = vd_opt_given(args, "seasons")};
  return vd_cli_report_with(cli, args, "coverage", &asked);
}

const vd_command vd_cmd_coverage = {
    .name = "coverage",
    .arguments = "PLAN",
    .summary = N_("coverage over time, by priority, place and hour of the week"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
