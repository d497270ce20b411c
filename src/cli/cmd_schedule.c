/* cmd_schedule: vedette schedule - the outings of the window, and what does not fit together.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/report_out.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option options[] = {
    VD_REPORT_OPTIONS,
    {"check", 0, NULL, N_("only what does not fit together")},
    {"strict", 0, NULL, N_("exit status 1 when something does not fit together")},
    {0}};

static vd_report_table *table_of(const vd_report *report, const char *key) {
  for (size_t i = 0; i < report->n_tables; i++)
    if (vd_str_equal(report->tables[i]->key, key)) return report->tables[i];
  return NULL;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_studied_cleanup) vd_studied studied = {0};
  vd_report *report;
  VD_TRY(vd_cli_report_make(cli, args, "schedule", &(vd_report_input){0}, &studied, &report));
  vd_report_table *conflicts = table_of(report, "conflicts");
  if (vd_opt_given(args, "check")) report->tables = &conflicts, report->n_tables = 1, report->n_figures = 0;
  VD_TRY(vd_cli_report_print(cli, args, studied.plan, report));
  if (vd_opt_given(args, "strict") && conflicts->n_rows > 0)
    return vd_fail(VD_ERR_INPUT, _("%zu conflicts in the schedule"), conflicts->n_rows);
  return VD_OK;
}

const vd_command vd_cmd_schedule = {
    .name = "schedule",
    .arguments = "PLAN",
    .summary = N_("outings with their legs and times, and what does not fit together"),
    .details =
        N_("Crews and vehicles in two places, rest, duty, curfew, legs too short of time, restrictions,\n"
           "escorts and clearance. The rules are standards of the plan (rest.least, duty.longest,\n"
           "curfew.from, curfew.to, schedule.slack).\n\n"
           "  vedette schedule sector.gpkg --check --strict\n"
           "  vedette schedule sector.gpkg --from 2026-03-09 --to 2026-04-09 --csv outings"),
    .options = options,
    .min_rest = 1,
    .max_rest = 1,
    .run = run,
};
