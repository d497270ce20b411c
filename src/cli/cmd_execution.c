/* cmd_execution: vedette execution - planned departures against what was done.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {
    {"from", 0, "TIME", N_("start of the window (default: the plan's); local time unless it names a zone")},
    {"to", 0, "TIME", N_("end of the window, not part of it")},
    {"json", 0, NULL, N_("everything as JSON, described in docs/json.md")},
    {"csv", 0, "TABLE", N_("one table as CSV, by its key in the JSON")},
    {"top", 0, "N", N_("how many rows of each table (default 12, 0: all)")},
    {0},
};

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
