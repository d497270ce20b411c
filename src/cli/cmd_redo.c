/* cmd_redo: vedette redo - does again what was undone.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  const char *title = vd_str_dup(cli->arena, vd_plan_redo_title(plan));
  if (!title) return vd_fail(VD_ERR_NOT_FOUND, _("there is nothing to redo"));
  VD_TRY(vd_plan_redo(plan));
  fprintf(cli->out, _("Done again: %s\n"), title);
  return VD_OK;
}

const vd_command vd_cmd_redo = {.name = "redo",
                                .arguments = "PLAN",
                                .summary = N_("do again what was undone"),
                                .min_rest = 1,
                                .max_rest = 1,
                                .run = run};
