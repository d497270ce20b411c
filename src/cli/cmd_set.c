/* cmd_set: fields of one record, or of the plan itself.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/assign.h"
#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/store/words.h"

static const vd_option options[] = {VD_AUTHOR_OPTION, {0}};

/* ---- the plan itself ---- */

typedef struct info_field {
  const char *name;
  vd_status (*set)(vd_arena *arena, vd_plan_info *info, const char *text);
} info_field;

static vd_status set_title(vd_arena *arena, vd_plan_info *info, const char *text) {
  info->title = vd_str_dup(arena, text);
  return VD_OK;
}
static vd_status set_author(vd_arena *arena, vd_plan_info *info, const char *text) {
  info->author = vd_str_dup(arena, text);
  return VD_OK;
}
static vd_status set_disclaimer(vd_arena *arena, vd_plan_info *info, const char *text) {
  info->disclaimer = *text ? vd_str_dup(arena, text) : NULL;
  return VD_OK;
}
static vd_status set_offset(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  return vd_offset_parse(text, &info->utc_offset_s);
}
static vd_status set_from(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  return vd_time_parse(text, info->utc_offset_s, &info->from_s);
}
static vd_status set_to(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  return vd_time_parse(text, info->utc_offset_s, &info->to_s);
}
static vd_status set_cell(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  double cell_m;
  bool fits = vd_parse_f64(text, &cell_m) && (cell_m == 0 || (cell_m >= 10 && cell_m <= 100000));
  if (!fits) return vd_fail(VD_ERR_USAGE, _("give metres from 10 to 100000, or 0 for a size by the area"));
  info->cell_m = cell_m;
  return VD_OK;
}
static vd_status set_term(const vd_terms *terms, const char *text, int32_t *out) {
  int found = vd_terms_find(terms, text);
  if (found < 0)
    return vd_fail(VD_ERR_USAGE, _("“%s” is not one of the words, such as %s and %s"), text, terms->words[0],
                   terms->words[1]);
  *out = found;
  return VD_OK;
}
static vd_status set_season(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  return set_term(&vd_season_terms, text, &info->season);
}
static vd_status set_classification(vd_arena *arena, vd_plan_info *info, const char *text) {
  (void)arena;
  return set_term(&vd_classification_terms, text, &info->classification);
}

static const info_field info_fields[] = {
    {"title", set_title},       {"author", set_author}, {"disclaimer", set_disclaimer},
    {"utc_offset", set_offset}, {"from", set_from},     {"to", set_to},
    {"cell", set_cell},         {"season", set_season}, {"classification", set_classification}};
enum { N_INFO_FIELDS = sizeof info_fields / sizeof *info_fields };

static vd_status set_info_field(vd_cli *cli, vd_plan_info *info, const char *name, const char *value) {
  for (int i = 0; i < N_INFO_FIELDS; i++) {
    if (!vd_str_equal(info_fields[i].name, name)) continue;
    vd_status status = info_fields[i].set(cli->arena, info, value);
    return status == VD_OK ? VD_OK : vd_fail_prefix(status, "%s", name);
  }
  return vd_fail(VD_ERR_USAGE,
                 _("the plan itself has no field “%s”; there are title, author, disclaimer, utc_offset, "
                   "from, to, cell, season and classification"),
                 name);
}

static vd_status set_plan(vd_cli *cli, const vd_args *args, vd_plan *plan) {
  vd_edit *edit;
  vd_plan_info info = *vd_plan_info_lookup(plan);
  for (size_t i = 2; i < args->n_rest; i++) {
    char *name, *value;
    VD_TRY(vd_assignment(cli->arena, args->rest[i], &name, &value));
    VD_TRY(set_info_field(cli, &info, name, value));
  }
  if (info.to_s <= info.from_s)
    return vd_fail(VD_ERR_USAGE, _("the window would end before it begins; set from and to together"));
  VD_TRY(vd_edit_start(plan, _("Change the plan's properties"), &edit));
  vd_status status = vd_edit_put_info(edit, &info);
  if (status == VD_OK) return vd_edit_commit(edit);
  vd_edit_cancel(edit);
  return status;
}

/* ---- a record ---- */

static vd_status set_record(vd_cli *cli, const vd_args *args, vd_plan *plan) {
  vd_kind kind;
  const void *found;
  vd_edit *edit;
  VD_TRY(vd_cli_kind(cli, args->rest[1], &kind));
  if (args->n_rest < 4)
    return vd_fail(VD_ERR_USAGE, _("say which record and what to set: vedette set PLAN %s NAME FIELD=VALUE"),
                   args->rest[1]);
  VD_TRY(vd_cli_record(cli, plan, kind, args->rest[2], &found));
  vd_record *record = vd_record_copy(cli->arena, kind, found);
  for (size_t i = 3; i < args->n_rest; i++) VD_TRY(vd_assign_field(cli, plan, kind, record, args->rest[i]));
  const char *title = vd_str_printf(cli->arena, _("Change %s “%s”"), _(vd_kind_lookup(kind)->label),
                                    record->name ? record->name : record->id);
  VD_TRY(vd_edit_start(plan, title, &edit));
  vd_status status = vd_edit_put(edit, kind, record);
  if (status == VD_OK) return vd_edit_commit(edit);
  vd_edit_cancel(edit);
  return status;
}

static vd_status run(vd_cli *cli, const vd_args *args) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_TRY(vd_cli_open_plan(cli, args, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  VD_TRY(strcmp(args->rest[1], "plan") == 0 ? set_plan(cli, args, plan) : set_record(cli, args, plan));
  const char *title = vd_plan_undo_title(plan);
  if (!vd_opt_given(args, "quiet") && title) fprintf(cli->out, "%s\n", title);
  return VD_OK;
}

const vd_command vd_cmd_set = {
    .name = "set",
    .arguments = "PLAN KIND NAME FIELD=VALUE...",
    .summary = N_("change fields of a record, of a default figure, or of the plan itself"),
    .details = N_("  vedette set sector.gpkg bases \"Camp North\" notice_night_min=45\n"
                  "  vedette set sector.gpkg standards response.must value=45 source=\"Force order 12\"\n"
                  "  vedette set sector.gpkg speeds \"4x4 on track\" kmh=12\n"
                  "  vedette set sector.gpkg plan from=2026-03-09 to=2026-03-16 season=wet"),
    .options = options,
    .min_rest = 3,
    .max_rest = 200,
    .run = run,
};
