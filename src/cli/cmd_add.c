/* cmd_add: one new record from the command line.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/assign.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const vd_option options[] = {
    {"at", 0, "COORD", N_("its place: \"31.58,4.85\" (longitude first), \"4.85 N 31.58 E\", or MGRS")},
    VD_AUTHOR_OPTION,
    {0},
};

static vd_status run(vd_cli *cli, const vd_args *args) {
  vd_kind kind;
  vd_edit *edit;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_kind(cli, args->rest[1], &kind));
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  vd_record *record = vd_record_new(cli->arena, kind);
  const char *at = vd_opt_value(args, "at");
  if (at) VD_TRY(vd_assign_place(cli, record, at));
  for (size_t i = 2; i < args->n_rest; i++) VD_TRY(vd_assign_field(cli, plan, kind, record, args->rest[i]));
  if (!record->name || !*record->name) return vd_fail(VD_ERR_USAGE, _("give it a name: name=\"...\""));
  VD_TRY(vd_edit_start(
      plan, vd_str_printf(cli->arena, _("Add %s “%s”"), _(vd_kind_lookup(kind)->label), record->name),
      &edit));
  vd_status status = vd_edit_put(edit, kind, record);
  if (status != VD_OK) {
    vd_edit_cancel(edit);
    return status;
  }
  VD_TRY(vd_edit_commit(edit));
  if (!vd_opt_given(args, "quiet")) fprintf(cli->out, "%s\n", record->id);
  return VD_OK;
}

const vd_command vd_cmd_add = {
    .name = "add",
    .arguments = "PLAN KIND FIELD=VALUE...",
    .summary = N_("add one record; prints its id"),
    .details = N_("  vedette add sector.gpkg actors name=\"UN Force\" kind=un_military\n"
                  "  vedette add sector.gpkg bases --at 43.25,-11.70 name=\"Camp North\" actor=\"UN Force\" "
                  "vehicle=4x4\n"
                  "Lines and areas come from files: vedette import."),
    .options = options,
    .min_rest = 3,
    .max_rest = 200,
    .run = run,
};
