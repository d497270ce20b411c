/* cmd_remove: takes a record out of the plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option options[] = {VD_AUTHOR_OPTION, {0}};

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_kind kind;
  const void *found;
  vd_edit *edit;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_kind(cli, args->rest[1], &kind));
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  VD_TRY(vd_cli_record(cli, plan, kind, args->rest[2], &found));
  const vd_record *record = found;
  const char *title = vd_str_printf(cli->arena, _("Remove %s “%s”"), _(vd_kind_lookup(kind)->label),
                                    record->name ? record->name : record->id);
  VD_TRY(vd_edit_start(plan, title, &edit));
  vd_status status = vd_edit_remove(edit, kind, record->id);
  if (status != VD_OK) {
    vd_edit_cancel(edit);
    return status;
  }
  VD_TRY(vd_edit_commit(edit));
  if (!vd_opt_given(args, "quiet")) fprintf(cli->out, "%s\n", title);
  return VD_OK;
}

const vd_command vd_cmd_remove = {.name = "remove",
                                  .arguments = "PLAN KIND NAME",
                                  .summary = N_("remove a record; vedette undo brings it back"),
                                  .options = options,
                                  .min_rest = 3,
                                  .max_rest = 3,
                                  .run = run};
