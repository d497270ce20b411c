/* merge_record: one record of three sides, field by field.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/fields.h"
#include "plan/merging.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* The record of one id on each side, NULL where it is not. */
typedef struct trio {
  vd_kind kind;
  const char *id;
  const void *of[VD_SIDE_COUNT];
} trio;

static trio trio_of(const vd_merger *merger, vd_kind kind, const char *id) {
  trio found = {.kind = kind, .id = id};
  for (int side = 0; side < VD_SIDE_COUNT; side++)
    found.of[side] = vd_plan_find(merger->plans[side], kind, id);
  return found;
}

/* ---- both have it ---- */

static char *geom_text(vd_arena *arena, const vd_geom *geom) {
  if (vd_geom_empty(geom)) return NULL;
  if (geom->type == VD_GEOM_POINT) return vd_str_printf(arena, "%.6f, %.6f", geom->xy[0], geom->xy[1]);
  vd_box box = vd_geom_box(geom);
  return vd_str_printf(arena,
                       geom->type == VD_GEOM_LINE ? _("line of %d points around %.5f, %.5f")
                                                  : _("polygon of %d points around %.5f, %.5f"),
                       geom->n_points, (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2);
}

const char *vd_value_text(vd_arena *arena, const vd_field *field, const void *record) {
  if (!record) return NULL;
  return field ? vd_field_text(arena, field, record) : geom_text(arena, ((const vd_record *)record)->geom);
}

static bool same(const vd_field *field, const void *a, const void *b) {
  return field ? vd_field_same(field, a, b)
               : vd_geom_equal(((const vd_record *)a)->geom, ((const vd_record *)b)->geom);
}

/* Which side the value of a field (NULL: the geometry) comes from. */
static vd_side side_of(vd_merger *merger, const trio *at, const vd_field *field) {
  const void *base = at->of[VD_SIDE_BASE], *mine = at->of[VD_SIDE_MINE], *theirs = at->of[VD_SIDE_THEIRS];
  if (same(field, mine, theirs) || (base && same(field, base, theirs))) return VD_SIDE_MINE;
  if (base && same(field, base, mine)) return VD_SIDE_THEIRS;
  vd_conflict *conflict = vd_merger_conflict(merger, VD_CLASH_CHANGED, at->kind, at->id,
                                             field ? field->name : "geometry", at->of);
  conflict->field_label = field ? _(field->label) : _("Place");
  for (int side = 0; side < VD_SIDE_COUNT; side++)
    conflict->sides[side].text = vd_value_text(merger->arena, field, at->of[side]);
  if (!base && conflict->choice == VD_SIDE_BASE)
    conflict->choice = VD_SIDE_COUNT; /* there is none to go back to */
  return conflict->choice == VD_SIDE_COUNT ? VD_SIDE_MINE : conflict->choice;
}

static void take(const vd_field *field, vd_record *to, const void *from) {
  if (field)
    vd_field_copy(field, to, from);
  else
    to->geom = ((const vd_record *)from)->geom;
}

/* The time of change is that of the side that changed it, the later of two. */
static void take_time(vd_record *to, const trio *at) {
  const vd_record *base = at->of[VD_SIDE_BASE], *mine = at->of[VD_SIDE_MINE],
                  *theirs = at->of[VD_SIDE_THEIRS];
  bool mine_only = base && !vd_merge_differs(at->kind, base, theirs);
  bool theirs_only = base && !vd_merge_differs(at->kind, base, mine);
  if (!mine_only && (theirs_only || theirs->changed_s > mine->changed_s)) to->changed_s = theirs->changed_s;
}

static void merge_fields(vd_merger *merger, const trio *at) {
  vd_record *merged = NULL;
  for (int i = -1; i < vd_kind_n_fields(at->kind); i++) {
    const vd_field *field = i < 0 ? NULL : vd_kind_field(at->kind, i);
    if (field && vd_field_is_stamp(field)) continue;
    vd_side side = side_of(merger, at, field);
    if (side == VD_SIDE_MINE) continue;
    if (!merged) merged = vd_record_copy(merger->arena, at->kind, at->of[VD_SIDE_MINE]);
    take(field, merged, at->of[side]);
  }
  if (!merged) return;
  take_time(merged, at);
  vd_merger_set(merger, at->kind, at->id, merged);
}

/* ---- one removed it ---- */

static bool is_stirred(const vd_merger *merger, const trio *at, vd_side side) {
  return at->kind == VD_KIND_PATROL && vd_id_map_find(&merger->stirred[side], at->kind, at->id) >= 0;
}

/* The names of the fields that differ from the base's. */
static const char *changes_text(const vd_merger *merger, const trio *at, vd_side side) {
  vd_buf text = {.arena = merger->arena};
  const void *base = at->of[VD_SIDE_BASE], *record = at->of[side];
  for (int i = -1; base && i < vd_kind_n_fields(at->kind); i++) {
    const vd_field *field = i < 0 ? NULL : vd_kind_field(at->kind, i);
    if ((field && vd_field_is_stamp(field)) || same(field, base, record)) continue;
    vd_buf_printf(&text, "%s%s", text.n ? ", " : "", field ? field->name : "geometry");
  }
  if (is_stirred(merger, at, side)) vd_buf_printf(&text, "%sstops", text.n ? ", " : "");
  return vd_str_printf(merger->arena, _("changed: %s"), text.text ? text.text : "");
}

/* The record is in the base and on `kept` alone. */
static void merge_removal(vd_merger *merger, const trio *at, vd_side kept) {
  const void *record = at->of[kept];
  if (!vd_merge_differs(at->kind, at->of[VD_SIDE_BASE], record) && !is_stirred(merger, at, kept)) {
    if (kept == VD_SIDE_MINE) vd_merger_set(merger, at->kind, at->id, NULL);
    return;
  }
  vd_conflict *conflict = vd_merger_conflict(merger, VD_CLASH_REMOVED, at->kind, at->id, "record", at->of);
  conflict->field_label = _("Record");
  conflict->sides[kept].text = changes_text(merger, at, kept);
  vd_side choice = conflict->choice == VD_SIDE_COUNT ? VD_SIDE_MINE : conflict->choice;
  if (choice != VD_SIDE_MINE) vd_merger_set(merger, at->kind, at->id, at->of[choice]);
}

/* A stop that went with its patrol: on the other side, and in the result, it is where the patrol is. */
static bool goes_with_patrol(vd_merger *merger, const trio *at, vd_side kept) {
  const vd_plan *other = merger->plans[kept == VD_SIDE_MINE ? VD_SIDE_THEIRS : VD_SIDE_MINE];
  const char *patrol = at->kind == VD_KIND_STOP ? ((const vd_stop *)at->of[kept])->patrol : NULL;
  if (!patrol || vd_plan_find(other, VD_KIND_PATROL, patrol)) return false;
  ptrdiff_t clash = vd_id_map_find(&merger->conflicts, VD_KIND_PATROL, patrol);
  vd_side choice = clash >= 0 ? merger->out->conflicts[clash].choice : VD_SIDE_COUNT;
  bool stays = vd_merger_result(merger, VD_KIND_PATROL, patrol) != NULL;
  const void *record = choice == VD_SIDE_BASE ? at->of[VD_SIDE_BASE] : at->of[kept];
  vd_merger_set(merger, at->kind, at->id, stays ? record : NULL);
  return true;
}

static void merge_trio(vd_merger *merger, const trio *at) {
  bool in_mine = at->of[VD_SIDE_MINE] != NULL, in_theirs = at->of[VD_SIDE_THEIRS] != NULL;
  if (in_mine && in_theirs) {
    merge_fields(merger, at);
    return;
  }
  vd_side kept = in_mine ? VD_SIDE_MINE : VD_SIDE_THEIRS;
  if ((in_mine || in_theirs) && goes_with_patrol(merger, at, kept)) return;
  if (!at->of[VD_SIDE_BASE]) {
    if (in_theirs) vd_merger_set(merger, at->kind, at->id, at->of[VD_SIDE_THEIRS]);
  } else if (in_mine || in_theirs) {
    merge_removal(merger, at, kept);
  }
}

void vd_merge_records(vd_merger *merger, vd_kind kind) {
  const vd_plan *mine = merger->plans[VD_SIDE_MINE], *theirs = merger->plans[VD_SIDE_THEIRS];
  VD_EACH(mine, kind, vd_record, record) {
    trio at = trio_of(merger, kind, record->id);
    merge_trio(merger, &at);
  }
  VD_EACH(theirs, kind, vd_record, record) {
    if (vd_plan_find(mine, kind, record->id)) continue;
    trio at = trio_of(merger, kind, record->id);
    merge_trio(merger, &at);
  }
}

/* ---- patrols whose stops changed ---- */

static void stir(vd_merger *merger, vd_side side) {
  const vd_plan *base = merger->plans[VD_SIDE_BASE], *plan = merger->plans[side];
  vd_id_map *stirred = &merger->stirred[side];
  VD_EACH(plan, VD_KIND_STOP, vd_stop, stop) {
    const vd_stop *before = vd_plan_find(base, VD_KIND_STOP, stop->record.id);
    bool differs = !before || vd_merge_differs(VD_KIND_STOP, before, stop);
    if (differs && stop->patrol) vd_id_map_put(stirred, VD_KIND_PATROL, stop->patrol, 1);
    if (differs && before && before->patrol) vd_id_map_put(stirred, VD_KIND_PATROL, before->patrol, 1);
  }
  VD_EACH(base, VD_KIND_STOP, vd_stop, stop) {
    if (stop->patrol && !vd_plan_find(plan, VD_KIND_STOP, stop->record.id))
      vd_id_map_put(stirred, VD_KIND_PATROL, stop->patrol, 1);
  }
}

void vd_merge_stir(vd_merger *merger) {
  stir(merger, VD_SIDE_MINE);
  stir(merger, VD_SIDE_THEIRS);
}
