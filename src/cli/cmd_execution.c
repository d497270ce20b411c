/* cmd_execution: vedette execution - planned departures against what was done.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {VD_REPORT_OPTIONS, {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  return vd_cli_report(cli, args, "execution");
}

const vd_command vd_cmd_execution = {
    .name = "execution",
    .arguments = "PLAN",
    .summary = N_("planned departures against what was executed, obstructed and cancelled"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
