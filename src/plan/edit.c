/* edit: gathering changes, making them durable, then showing them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/edit.h"

#include <string.h>

#include "plan/document.h"
#include "plan/fields.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

struct vd_edit {
  vd_arena *arena;
  vd_plan *plan;
  const char *title;
  vd_change *changes; /* in the order of first touch; both ends NULL: added and removed again */
  size_t n, capacity;
  uint32_t *slots; /* open addressing by kind and id: change + 1 */
  size_t n_slots;
  vd_raster_share *rasters[VD_RASTER_COUNT];
  bool raster_changed[VD_RASTER_COUNT];
  vd_plan_info *info;
  bool keeps_stamps;
  const char *merged; /* NULL none */
};

vd_status vd_edit_start(vd_plan *plan, const char *title, vd_edit **edit) {
  vd_arena *arena = vd_arena_new();
  *edit = VD_NEW(arena, vd_edit);
  (*edit)->arena = arena;
  (*edit)->plan = plan;
  (*edit)->title = vd_str_dup(arena, title ? title : "");
  return VD_OK;
}

void vd_edit_cancel(vd_edit *edit) {
  if (!edit) return;
  for (int i = 0; i < VD_RASTER_COUNT; i++) vd_raster_share_drop(edit->rasters[i]);
  vd_arena_free(edit->arena);
}

static void cancel_edit(vd_edit **edit) {
  vd_edit_cancel(*edit);
}

/* ---- finding what was touched already ---- */

static const vd_record *either(const vd_change *change) {
  return change->before ? change->before : change->after;
}

static size_t slot_of(const vd_edit *edit, vd_kind kind, const char *id) {
  uint64_t hash = 0xcbf29ce484222325u ^ (uint64_t)kind;
  for (; *id; id++) hash = (hash ^ (unsigned char)*id) * 0x100000001b3u;
  return (size_t)(hash ^ hash >> 32) & (edit->n_slots - 1);
}

/* The slot of the change of a record, or the free slot where it would go. A change whose both ends are gone is
 * passed over: its id is made anew when it comes again. */
static size_t seek(const vd_edit *edit, vd_kind kind, const char *id) {
  size_t slot = slot_of(edit, kind, id);
  for (; edit->slots[slot]; slot = (slot + 1) & (edit->n_slots - 1)) {
    const vd_change *change = &edit->changes[edit->slots[slot] - 1];
    if (change->kind == kind && either(change) && strcmp(either(change)->id, id) == 0) break;
  }
  return slot;
}

static vd_change *touched(const vd_edit *edit, vd_kind kind, const char *id) {
  if (!edit->n_slots) return NULL;
  uint32_t found = edit->slots[seek(edit, kind, id)];
  return found ? &edit->changes[found - 1] : NULL;
}

static void grow_slots(vd_edit *edit) {
  edit->n_slots = edit->n_slots ? 4 * edit->n_slots : 64;
  edit->slots = VD_NEW_ARRAY(edit->arena, uint32_t, edit->n_slots);
  for (size_t i = 0; i < edit->n; i++) {
    const vd_record *record = either(&edit->changes[i]);
    if (record) edit->slots[seek(edit, edit->changes[i].kind, record->id)] = (uint32_t)(i + 1);
  }
}

static void add_change(vd_edit *edit, vd_change change) {
  if (edit->n_slots < 2 * (edit->n + 1)) grow_slots(edit);
  size_t slot = seek(edit, change.kind, either(&change)->id);
  *VD_PUSH(edit->arena, edit->changes, edit->n, edit->capacity) = change;
  edit->slots[slot] = (uint32_t)edit->n;
}

const void *vd_edit_find(const vd_edit *edit, vd_kind kind, const char *id) {
  const vd_change *change = touched(edit, kind, id);
  return change ? change->after : vd_plan_find(edit->plan, kind, id);
}

size_t vd_edit_n_changes(const vd_edit *edit) {
  size_t n = 0;
  for (size_t i = 0; i < edit->n; i++) n += either(&edit->changes[i]) != NULL;
  return n;
}

/* ---- changing ---- */

static int64_t now_s(const vd_plan *plan) {
  return plan->has_journal && plan->journal.now_s ? plan->journal.now_s(plan->journal.context) : VD_TIME_MIN;
}

static void stamp(const vd_edit *edit, vd_record *record, const vd_record *before) {
  int64_t time_s = now_s(edit->plan);
  if (before && !edit->keeps_stamps) {
    record->author = before->author;
    record->created_s = before->created_s;
  }
  if (!edit->keeps_stamps && (!record->author || !*record->author)) record->author = edit->plan->author;
  if (record->created_s == VD_TIME_MIN) record->created_s = time_s;
  bool keeps = edit->keeps_stamps && record->changed_s != VD_TIME_MIN;
  if (time_s != VD_TIME_MIN && !keeps) record->changed_s = time_s;
}

void vd_edit_keep_stamps(vd_edit *edit) {
  edit->keeps_stamps = true;
}

void vd_edit_mark_merged(vd_edit *edit, const char *merged) {
  edit->merged = merged && *merged ? vd_str_dup(edit->arena, merged) : NULL;
}

/* Whether only the time of change differs. */
static bool says_the_same(vd_kind kind, vd_record *record, const vd_record *before) {
  int64_t changed_s = record->changed_s;
  record->changed_s = before->changed_s;
  bool same = vd_record_equal(kind, record, before);
  record->changed_s = changed_s;
  return same;
}

vd_status vd_edit_put(vd_edit *edit, vd_kind kind, void *record) {
  vd_record *given = record;
  VD_TRY(vd_validate_record(edit, kind, given));
  if (!given->id[0]) vd_uuid_make(given->id);
  vd_change *change = touched(edit, kind, given->id);
  const vd_record *before = vd_edit_find(edit, kind, given->id);
  vd_record *after = vd_record_copy(edit->arena, kind, given);
  stamp(edit, after, before);
  if (before && says_the_same(kind, after, before)) return VD_OK;
  if (change)
    change->after = after;
  else
    add_change(edit, (vd_change){kind, before, after});
  return VD_OK;
}

static void remove_one(vd_edit *edit, vd_kind kind, const char *id) {
  vd_change *change = touched(edit, kind, id);
  if (change)
    change->after = NULL;
  else
    add_change(edit, (vd_change){kind, vd_plan_find(edit->plan, kind, id), NULL});
}

/* Removes all records of a kind, or the stops of one patrol, of the plan and of this edit. */
static void remove_where(vd_edit *edit, vd_kind kind, const char *patrol) {
  size_t n = edit->n;
  for (size_t i = 0; i < n; i++) {
    vd_change *change = &edit->changes[i];
    const vd_stop *stop = change->after;
    if (change->kind == kind && stop && (!patrol || vd_str_equal(stop->patrol, patrol))) change->after = NULL;
  }
  VD_EACH(edit->plan, kind, vd_record, record) {
    bool wanted = !patrol || vd_str_equal(((const vd_stop *)record)->patrol, patrol);
    if (wanted && vd_edit_find(edit, kind, record->id) == record) remove_one(edit, kind, record->id);
  }
}

vd_status vd_edit_remove(vd_edit *edit, vd_kind kind, const char *id) {
  if (!id || !vd_edit_find(edit, kind, id))
    return vd_fail(VD_ERR_NOT_FOUND, _("%s “%.40s” is not in the plan."), _(vd_kind_lookup(kind)->label),
                   id ? id : "");
  if (kind == VD_KIND_PATROL) remove_where(edit, VD_KIND_STOP, id);
  remove_one(edit, kind, id);
  return VD_OK;
}

vd_status vd_edit_clear(vd_edit *edit, vd_kind kind) {
  if (kind == VD_KIND_PATROL) remove_where(edit, VD_KIND_STOP, NULL);
  remove_where(edit, kind, NULL);
  return VD_OK;
}

vd_status vd_edit_put_raster(vd_edit *edit, vd_raster_kind kind, const vd_raster *raster) {
  vd_raster_share *share = NULL;
  if (raster) {
    VD_TRY(vd_validate_raster(kind, raster));
    share = vd_raster_share_new(raster);
    if (!share)
      return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a grid of %d x %d values."),
                     raster->width, raster->height);
  }
  vd_raster_share_drop(edit->rasters[kind]);
  edit->rasters[kind] = share;
  edit->raster_changed[kind] = raster || edit->plan->rasters[kind];
  return VD_OK;
}

vd_status vd_edit_put_info(vd_edit *edit, const vd_plan_info *info) {
  VD_TRY(vd_validate_info(info));
  edit->info = vd_plan_info_copy(edit->arena, info);
  return VD_OK;
}

/* ---- committing ---- */

typedef struct referrer {
  const vd_edit *edit;
  const vd_field *field;
} referrer;

static bool refers_to_living(void *context, const char *id) {
  const referrer *at = context;
  const vd_change *change = touched(at->edit, at->field->ref, id);
  return !change || change->after; /* one that was missing before this edit does not stop it */
}

static vd_status check_referrer(const vd_edit *edit, vd_kind kind, const void *record) {
  for (int i = 0; i < vd_kind_lookup(kind)->n_fields; i++) {
    referrer at = {edit, &vd_kind_lookup(kind)->fields[i]};
    bool refers = at.field->type == VD_F_REF || (at.field->type == VD_F_REFS && !at.field->terms);
    if (!refers || vd_each_reference(at.field, record, refers_to_living, &at)) continue;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    return vd_fail(VD_ERR_INPUT, _("%s “%.80s” still refers to what would be removed; change it first."),
                   _(vd_kind_lookup(kind)->label), vd_record_label(arena, kind, record));
  }
  return VD_OK;
}

static vd_status check_referrers(const vd_edit *edit) {
  bool removes = false;
  for (size_t i = 0; i < edit->n && !removes; i++)
    removes = edit->changes[i].before && !edit->changes[i].after;
  if (!removes) return VD_OK;
  for (size_t i = 0; i < edit->n; i++)
    if (edit->changes[i].after) VD_TRY(check_referrer(edit, edit->changes[i].kind, edit->changes[i].after));
  static const vd_kind refer[] = {VD_KIND_BASE, VD_KIND_PATROL, VD_KIND_STOP, VD_KIND_RESTRICTION,
                                  VD_KIND_AREA};
  for (size_t i = 0; i < sizeof refer / sizeof *refer; i++) VD_EACH(edit->plan, refer[i], vd_record, record) {
      if (!touched(edit, refer[i], record->id)) VD_TRY(check_referrer(edit, refer[i], record));
    }
  return VD_OK;
}

static vd_operation operation_of(vd_edit *edit, vd_raster_change rasters[VD_RASTER_COUNT]) {
  vd_operation operation = {
      .title = edit->title, .author = edit->plan->author, .info = edit->info, .merged = edit->merged};
  vd_change *live = VD_NEW_ARRAY(edit->arena, vd_change, edit->n + 1);
  for (size_t i = 0; i < edit->n; i++)
    if (either(&edit->changes[i])) live[operation.n_changes++] = edit->changes[i];
  operation.changes = live;
  for (int i = 0; i < VD_RASTER_COUNT; i++) {
    if (!edit->raster_changed[i]) continue;
    const vd_raster *after = edit->rasters[i] ? &edit->rasters[i]->raster : NULL;
    rasters[operation.n_rasters++] = (vd_raster_change){(vd_raster_kind)i, after};
  }
  operation.rasters = rasters;
  operation.time_s = now_s(edit->plan);
  return operation;
}

static void apply_kind(vd_plan *plan, const vd_operation *operation, vd_kind kind, vd_arena *arena) {
  const vd_record **gone = VD_NEW_ARRAY(arena, const vd_record *, operation->n_changes + 1);
  size_t n_gone = 0, n_put = 0;
  for (size_t i = 0; i < operation->n_changes; i++) {
    const vd_change *change = &operation->changes[i];
    if (change->kind == kind && !change->after) gone[n_gone++] = change->before;
  }
  vd_table_remove(&plan->tables[kind], gone, n_gone);
  for (size_t i = 0; i < operation->n_changes; i++) {
    const vd_change *change = &operation->changes[i];
    if (change->kind != kind || !change->after) continue;
    vd_table_put(&plan->tables[kind], kind, change->after);
    n_put++;
  }
  vd_table_tidy(&plan->tables[kind], kind);
  if (n_gone || n_put) vd_plan_touch(plan, kind);
}

static void apply(vd_edit *edit, const vd_operation *operation) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    apply_kind(edit->plan, operation, (vd_kind)kind, edit->arena);
  for (int i = 0; i < VD_RASTER_COUNT; i++) {
    if (!edit->raster_changed[i]) continue;
    vd_plan_set_raster(edit->plan, (vd_raster_kind)i, edit->rasters[i]);
    edit->rasters[i] = NULL; /* the plan owns it now */
  }
  if (edit->info) vd_plan_load_info(edit->plan, edit->info);
}

vd_status vd_edit_commit(vd_edit *given) {
  VD_CLEANUP(cancel_edit) vd_edit *edit = given;
  vd_plan *plan = edit->plan;
  VD_TRY(check_referrers(edit));
  vd_raster_change rasters[VD_RASTER_COUNT];
  vd_operation operation = operation_of(edit, rasters);
  if (!operation.n_changes && !operation.n_rasters && !operation.info && !operation.merged) return VD_OK;
  if (plan->has_journal) VD_TRY(vd_plan_settle(plan, plan->journal.write(plan->journal.context, &operation)));
  apply(edit, &operation);
  bool refreshes = plan->has_journal && plan->journal.refresh;
  return refreshes ? plan->journal.refresh(plan->journal.context, plan) : VD_OK;
}
