/* operations: the named edits that tools and commands share.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/edit.h"

static vd_status find(const vd_plan *plan, vd_arena *arena, vd_kind kind, const char *id,
                      vd_record **record) {
  const void *found = vd_plan_find(plan, kind, id);
  if (!found)
    return vd_fail(VD_ERR_NOT_FOUND, _("%s “%.40s” is not in the plan."), _(vd_kind_lookup(kind)->label),
                   id ? id : "");
  *record = vd_record_copy(arena, kind, found);
  return VD_OK;
}

static vd_status put_one(vd_plan *plan, const char *title, vd_kind kind, vd_record *record) {
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, title, &edit));
  vd_status status = vd_edit_put(edit, kind, record);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  return vd_edit_commit(edit);
}

vd_status vd_edit_move(vd_plan *plan, vd_kind kind, const char *id, double lon_deg, double lat_deg) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_record *record;
  VD_TRY(find(plan, arena, kind, id, &record));
  if (vd_kind_is_table(kind))
    return vd_fail(VD_ERR_USAGE, _("%s “%.80s” has no place on the map."), _(vd_kind_lookup(kind)->label),
                   vd_record_label(arena, kind, record));
  if (vd_geom_empty(record->geom)) {
    record->geom = vd_geom_point(arena, lon_deg, lat_deg);
  } else {
    vd_box box = vd_geom_box(record->geom);
    bool point = record->geom->type == VD_GEOM_POINT; /* exact: half the sum of two would round */
    double x = lon_deg - (box.min_x + box.max_x) / 2, y = lat_deg - (box.min_y + box.max_y) / 2;
    for (size_t i = 0; i < (size_t)record->geom->n_points; i++) {
      record->geom->xy[2 * i] = point ? lon_deg : record->geom->xy[2 * i] + x;
      record->geom->xy[2 * i + 1] = point ? lat_deg : record->geom->xy[2 * i + 1] + y;
    }
  }
  const char *title = vd_str_printf(arena, _("Move %s “%s”"), _(vd_kind_lookup(kind)->label),
                                    vd_record_label(arena, kind, record));
  return put_one(plan, title, kind, record);
}

vd_status vd_edit_set_field(vd_plan *plan, vd_kind kind, const char *id, const char *field,
                            const char *text) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_record *record;
  VD_TRY(find(plan, arena, kind, id, &record));
  const vd_field *found = vd_field_find(kind, field);
  if (!found)
    return vd_fail(VD_ERR_USAGE, _("%s has no field “%.60s”."), _(vd_kind_lookup(kind)->label_many), field);
  const char *label = vd_record_label(arena, kind, record);
  VD_TRY(vd_field_set(arena, found, record, text));
  const char *title =
      vd_str_printf(arena, _("Set %s of %s “%s”"), _(found->label), _(vd_kind_lookup(kind)->label), label);
  return put_one(plan, title, kind, record);
}
