/* cmd_coverage: vedette coverage - coverage through the window.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {VD_REPORT_OPTIONS, {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  return vd_cli_report(cli, args, "coverage");
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
