/* cmd_restrictions: vedette restrictions - the register of movement restrictions, told.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {
    VD_REPORT_OPTIONS,
    {"month", 0, "YYYY-MM", N_("the reports of this month, and what restrictions cost in it")},
    {"no-losses", 0, NULL, N_("leave out what restrictions cost in coverage (quicker: no study)")},
    {0},
};

static vd_status run(vd_cli *cli, const vd_args *args) {
  return vd_cli_report(cli, args, "restrictions");
}

const vd_command vd_cmd_restrictions = {
    .name = "restrictions",
    .arguments = "PLAN",
    .summary = N_("movement restrictions: how often, whose, where, how regularly, and what they cost"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
