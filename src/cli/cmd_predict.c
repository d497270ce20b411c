/* cmd_predict: vedette predict - how well a watcher foretells visits, and which departures to move.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/study/predict.h"

static const vd_option options[] = {
    VD_REPORT_OPTIONS,
    {"weeks", 0, "N",
     N_("weeks that a watcher has seen, up to the window's end (default: the standard watcher.weeks)")},
    {"planned", 0, NULL, N_("planned and approved patrols instead of executed ones")},
    {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_report_input asked = {.planned = vd_opt_given(args, "planned")};
  VD_TRY(vd_opt_i32(args, "weeks", VD_PREDICT_LEAST_WEEKS, VD_PREDICT_MOST_WEEKS, &asked.weeks));
  return vd_cli_report_with(cli, args, "predict", &asked);
}

const vd_command vd_cmd_predict = {
    .name = "predict",
    .arguments = "PLAN",
    .summary = N_("how well a watcher foretells visits and departures; which to move, and by how much"),
    .details = N_("A watcher has seen the weeks before the window's end. Scores run from 0 (random) to 1 "
                  "(clockwork).\n\n"
                  "  vedette predict velundra.gpkg\n"
                  "  vedette predict velundra.gpkg --planned --to 2026-04-13 --weeks 4\n"
                  "  vedette predict velundra.gpkg --csv moves"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
