/* cmd_undo: vedette undo - takes the last change back.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  const char *title = vd_str_dup(cli->arena, vd_plan_undo_title(plan));
  if (!title) return vd_fail(VD_ERR_NOT_FOUND, _("there is nothing to undo"));
  VD_TRY(vd_plan_undo(plan));
  fprintf(cli->out, _("Undone: %s\n"), title);
  return VD_OK;
}

const vd_command vd_cmd_undo = {.name = "undo",
                                .arguments = "PLAN",
                                .summary = N_("take the last change back"),
                                .min_rest = 1,
                                .max_rest = 1,
                                .run = run};
