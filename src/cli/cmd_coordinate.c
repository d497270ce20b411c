/* cmd_coordinate: vedette coordinate - what several actors do together, twice or not at all.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {VD_REPORT_OPTIONS, {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  return vd_cli_report(cli, args, "coordinate");
}

const vd_command vd_cmd_coordinate = {
    .name = "coordinate",
    .arguments = "PLAN",
    .summary = N_("who covers whom alone and together, doubled visits, seams, and the worst single losses"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
