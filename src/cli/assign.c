/* assign: reading FIELD=VALUE.
 * SPDX-License-Identifier: Apache-2.0 */
#include "cli/assign.h"

#include <string.h>

#include "cli/with_plan.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/mgrs.h"
#include "vedette/store/words.h"

vd_status vd_assignment(vd_arena *arena, const char *text, char **name, char **value) {
  const char *equals = strchr(text, '=');
  if (!equals || equals == text) return vd_fail(VD_ERR_USAGE, _("“%s” is not FIELD=VALUE"), text);
  *name = vd_str_trim(arena, vd_str_dup_n(arena, text, (size_t)(equals - text)));
  *value = vd_str_dup(arena, equals + 1);
  return VD_OK;
}

static vd_status no_field(vd_cli *cli, vd_kind kind, const char *name) {
  const vd_kind_info *info = vd_kind_lookup(kind);
  vd_buf list = {.arena = cli->arena};
  for (int i = 0; i < info->n_fields; i++) vd_buf_printf(&list, "%s%s", i ? ", " : "", info->fields[i].name);
  return vd_fail(VD_ERR_USAGE,
                 _("%s has no field “%s”; there are name, %s, classification, source and notes"),
                 vd_kind_word(kind), name, list.text);
}

vd_status vd_assign_place(vd_cli *cli, vd_record *record, const char *coordinates) {
  double lon_deg, lat_deg;
  VD_TRY(vd_coord_parse(coordinates, &lon_deg, &lat_deg, NULL));
  record->geom = vd_geom_point(cli->arena, lon_deg, lat_deg);
  return VD_OK;
}

/* The id behind a name, or several separated by commas for a list of references. */
static vd_status resolve(vd_cli *cli, const vd_plan *plan, const vd_field *field, const char *text,
                         const char **out) {
  vd_buf ids = {.arena = cli->arena};
  if (field->type == VD_F_REF) {
    const void *found;
    VD_TRY(vd_cli_record(cli, plan, field->ref, text, &found));
    *out = ((const vd_record *)found)->id;
    return VD_OK;
  }
  for (const char *at = text; *at;) {
    size_t n = strcspn(at, ",");
    const char *one = vd_str_trim(cli->arena, vd_str_dup_n(cli->arena, at, n));
    const vd_record *found = vd_plan_find_name(plan, field->ref, one);
    vd_buf_printf(&ids, "%s%s", ids.n ? " " : "", found ? found->id : one);
    at += n + (at[n] == ',');
  }
  *out = ids.text;
  return VD_OK;
}

vd_status vd_assign_field(vd_cli *cli, const vd_plan *plan, vd_kind kind, void *record,
                          const char *assignment) {
  char *name, *value;
  const char *text;
  VD_TRY(vd_assignment(cli->arena, assignment, &name, &value));
  text = value;
  if (strcmp(name, "at") == 0) return vd_assign_place(cli, record, value);
  const vd_field *field = vd_field_find(kind, name);
  if (!field) return no_field(cli, kind, name);
  bool reference = field->type == VD_F_REF || field->type == VD_F_REFS;
  if (reference && *value) VD_TRY(resolve(cli, plan, field, value, &text));
  if (field->type == VD_F_TIME && *value) {
    int64_t time_s;
    VD_TRY(vd_time_parse(value, vd_plan_info_lookup(plan)->utc_offset_s, &time_s));
    text = vd_time_iso(cli->arena, time_s);
  }
  return vd_field_set(cli->arena, field, record, text);
}
