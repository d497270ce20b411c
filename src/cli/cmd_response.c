/* cmd_response: vedette response - incidents against presence and response.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"

static const vd_option options[] = {VD_REPORT_OPTIONS, {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  return vd_cli_report(cli, args, "response");
}

const vd_command vd_cmd_response = {
    .name = "response",
    .arguments = "PLAN",
    .summary = N_("incidents: who could have come, who had been there, who came and when"),
    .details = N_("Visits before an incident are those of executed patrols; planned ones are told beside "
                  "them, whatever "
                  "--past says. An incident without a recorded response is unknown, not unanswered.\n\n"
                  "  vedette response velundra.gpkg --from 2025-12-15 --to 2026-03-16\n"
                  "  vedette response velundra.gpkg --csv by_month"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
