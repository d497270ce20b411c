/* cmd_check: what a planner should mend.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/table.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/plan/check.h"

static const vd_option options[] = {
    {"json", 0, NULL, N_("as JSON")},
    {"strict", 0, NULL, N_("exit status 1 when there is an error among the findings")},
    {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  const char *const severities[] = {_("note"), _("warning"), _("error")}, *const words[] = {"note", "warning",
                                                                                            "error"};
  vd_finding *findings;
  size_t n, n_of[3] = {0};
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_READ, &file));
  vd_plan_check(vd_plan_file_plan(file), cli->arena, &findings, &n);
  bool json = vd_opt_given(args, "json");
  const vd_text_column columns[] = {{_("Finding"), VD_LEFT, "severity", 0},
                                    {_("Kind"), VD_LEFT, "kind", 0},
                                    {_("Record"), VD_LEFT, "name", 40},
                                    {_("What is off, and what to do"), VD_LEFT, "sentence", 0},
                                    {NULL, VD_LEFT, "id", 0}};
  vd_text_table *table = vd_text_table_new(cli->arena, columns, json ? 5 : 4);
  for (size_t i = 0; i < n; i++) {
    const char **cells = vd_text_table_row(table);
    bool of_plan = findings[i].kind == VD_KIND_COUNT;
    n_of[findings[i].severity]++;
    cells[0] = (json ? words : severities)[findings[i].severity];
    cells[1] = of_plan ? "plan"
               : json  ? vd_kind_lookup(findings[i].kind)->table
                       : _(vd_kind_lookup(findings[i].kind)->label);
    cells[2] = findings[i].name ? findings[i].name : findings[i].id;
    cells[3] = findings[i].sentence;
    if (json) cells[4] = findings[i].id;
  }
  if (json) {
    vd_text_table_print_json(table, cli->out);
  } else {
    if (n > 0) vd_text_table_print(table, cli->out);
    fprintf(cli->out, _("%zu errors, %zu warnings, %zu notes\n"), n_of[VD_ERROR], n_of[VD_WARNING],
            n_of[VD_NOTE]);
  }
  if (vd_opt_given(args, "strict") && n_of[VD_ERROR] > 0)
    return vd_fail(VD_ERR_INPUT, _("%zu records cannot be used as they are"), n_of[VD_ERROR]);
  return VD_OK;
}

const vd_command vd_cmd_check = {.name = "check",
                                 .arguments = "PLAN",
                                 .summary = N_("look through a plan for what should be mended"),
                                 .options = options,
                                 .min_rest = 1,
                                 .max_rest = 1,
                                 .run = run};
