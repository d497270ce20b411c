/* merge: the steps of a three-way merge, and making it an edit.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/document.h"
#include "plan/fields.h"
#include "plan/merging.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

const char *const vd_side_words[VD_SIDE_COUNT] = {"base", "mine", "theirs"};

/* ---- numbers by id ---- */

struct vd_id_slot {
  const char *id; /* NULL free */
  vd_kind kind;
  size_t number;
};

static size_t seek(const vd_id_map *map, vd_kind kind, const char *id) {
  uint64_t hash = vd_checksum(id, strlen(id), (uint64_t)kind);
  size_t slot = (size_t)(hash ^ hash >> 32) & (map->n_slots - 1);
  while (map->slots[slot].id && (map->slots[slot].kind != kind || strcmp(map->slots[slot].id, id) != 0))
    slot = (slot + 1) & (map->n_slots - 1);
  return slot;
}

ptrdiff_t vd_id_map_find(const vd_id_map *map, vd_kind kind, const char *id) {
  if (!map->n_slots) return -1;
  const struct vd_id_slot *slot = &map->slots[seek(map, kind, id)];
  return slot->id ? (ptrdiff_t)slot->number : -1;
}

static void grow(vd_id_map *map) {
  vd_id_map larger = {.arena = map->arena, .n = map->n, .n_slots = map->n_slots ? 4 * map->n_slots : 64};
  larger.slots = VD_NEW_ARRAY(map->arena, struct vd_id_slot, larger.n_slots);
  for (size_t i = 0; i < map->n_slots; i++)
    if (map->slots[i].id) larger.slots[seek(&larger, map->slots[i].kind, map->slots[i].id)] = map->slots[i];
  *map = larger;
}

void vd_id_map_put(vd_id_map *map, vd_kind kind, const char *id, size_t number) {
  if (map->n_slots < 2 * (map->n + 1)) grow(map);
  struct vd_id_slot *slot = &map->slots[seek(map, kind, id)];
  map->n += !slot->id;
  *slot = (struct vd_id_slot){id, kind, number};
}

/* ---- what the merge leaves ---- */

const void *vd_merger_result(const vd_merger *merger, vd_kind kind, const char *id) {
  ptrdiff_t at = vd_id_map_find(&merger->changes, kind, id);
  return at >= 0 ? merger->out->changes[at].after : vd_plan_find(merger->plans[VD_SIDE_MINE], kind, id);
}

void vd_merger_set(vd_merger *merger, vd_kind kind, const char *id, const void *after) {
  vd_merge *out = merger->out;
  ptrdiff_t at = vd_id_map_find(&merger->changes, kind, id);
  if (at >= 0) {
    out->changes[at].after = after;
    return;
  }
  const void *before = vd_plan_find(merger->plans[VD_SIDE_MINE], kind, id);
  vd_id_map_put(&merger->changes, kind, id, out->n_changes);
  *VD_PUSH(merger->arena, out->changes, out->n_changes, out->changes_capacity) =
      (vd_change){kind, before, after};
}

static vd_side choice_for(vd_merger *merger, const vd_conflict *conflict) {
  vd_choices *choices = merger->choices;
  if (!choices) return VD_SIDE_COUNT;
  vd_side side = choices->all;
  for (size_t i = 0; i < choices->n; i++) {
    vd_choice *choice = &choices->items[i];
    if (!vd_str_equal(choice->id, conflict->id) || !vd_str_equal(choice->field, conflict->field) ||
        !vd_str_equal(choice->kind, vd_conflict_kind_word(conflict)))
      continue;
    choice->used = true;
    side = choice->side;
  }
  return side;
}

vd_conflict *vd_merger_conflict(vd_merger *merger, vd_clash clash, vd_kind kind, const char *id,
                                const char *field, const void *const records[VD_SIDE_COUNT]) {
  vd_merge *out = merger->out;
  if (strcmp(field, "record") == 0) vd_id_map_put(&merger->conflicts, kind, id, out->n_conflicts);
  vd_conflict *made = VD_PUSH(merger->arena, out->conflicts, out->n_conflicts, out->conflicts_capacity);
  *made =
      (vd_conflict){.clash = clash, .kind = kind, .id = id, .field = field, .label = "", .field_label = ""};
  for (int side = 0; side < VD_SIDE_COUNT; side++) {
    const vd_record *record = kind < VD_KIND_COUNT ? records[side] : NULL;
    vd_clash_value *value = &made->sides[side];
    *value = (vd_clash_value){.absent = !records[side], .time_s = VD_TIME_MIN};
    if (!record) continue;
    value->geom = vd_geom_empty(record->geom) ? NULL : record->geom;
    value->author = record->author, value->time_s = record->changed_s;
    made->label = vd_record_label(merger->arena, kind, record);
  }
  made->choice = choice_for(merger, made);
  return made;
}

void vd_merger_note(vd_merger *merger, vd_kind kind, const void *record, const char *sentence) {
  const vd_record *about = record;
  vd_merge *out = merger->out;
  *VD_PUSH(merger->arena, out->notes, out->n_notes, out->notes_capacity) =
      (vd_merge_note){kind, about ? vd_str_dup(merger->arena, about->id) : NULL,
                      about ? vd_record_label(merger->arena, kind, about) : "", sentence};
}

bool vd_field_is_stamp(const vd_field *field) {
  return strcmp(field->name, "author") == 0 || strcmp(field->name, "created") == 0 ||
         strcmp(field->name, "changed") == 0;
}

bool vd_merge_differs(vd_kind kind, const void *a, const void *b) {
  if (!vd_geom_equal(((const vd_record *)a)->geom, ((const vd_record *)b)->geom)) return true;
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    if (!vd_field_is_stamp(field) && !vd_field_same(field, a, b)) return true;
  }
  return false;
}

/* ---- the merge ---- */

/* Drops changes that came to nothing (kept after all, or added and removed again) and counts the others. */
static void count(vd_merge *out) {
  size_t n = 0;
  for (size_t i = 0; i < out->n_changes; i++) {
    vd_change change = out->changes[i];
    bool nothing =
        change.before == change.after ||
        (change.before && change.after && !vd_merge_differs(change.kind, change.before, change.after));
    if (nothing) continue;
    out->changes[n++] = change;
    out->n_added += !change.before;
    out->n_removed += !change.after;
    out->n_changed += change.before && change.after;
  }
  out->n_changes = n;
  for (size_t i = 0; i < out->n_conflicts; i++) out->n_undecided += out->conflicts[i].choice == VD_SIDE_COUNT;
}

void vd_merge_plans(const vd_plan *base, const vd_plan *mine, const vd_plan *theirs, vd_choices *choices,
                    vd_arena *arena, vd_merge *out) {
  vd_merger merger = {.plans = {base, mine, theirs}, .arena = arena, .choices = choices, .out = out};
  *out = (vd_merge){0};
  merger.changes.arena = merger.conflicts.arena = arena;
  for (int side = 0; side < VD_SIDE_COUNT; side++) merger.stirred[side].arena = arena;
  vd_merge_info(&merger);
  vd_merge_stir(&merger);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) vd_merge_records(&merger, (vd_kind)kind);
  vd_merge_references(&merger);
  vd_merge_twins(&merger);
  vd_merge_look(&merger);
  count(out);
}

size_t vd_merge_n_changes(const vd_merge *merge) {
  size_t n = merge->n_changes + (merge->info != NULL);
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) n += merge->raster_changed[kind];
  return n;
}

/* ---- as an edit ---- */

static bool is_there(void *context, const char *id) {
  const void *const *at = context;
  return vd_edit_find(at[0], ((const vd_field *)at[1])->ref, id) != NULL;
}

static bool refers_to_living(const vd_edit *edit, vd_kind kind, const void *record) {
  for (int i = 0; i < vd_kind_lookup(kind)->n_fields; i++) {
    const vd_field *field = &vd_kind_lookup(kind)->fields[i];
    const void *at[] = {edit, field};
    if (vd_field_refers(field) && !vd_each_reference(field, record, is_there, (void *)at)) return false;
  }
  return true;
}

static vd_status put(vd_edit *edit, const vd_change *change, vd_arena *scratch) {
  return vd_edit_put(edit, change->kind, vd_record_copy(scratch, change->kind, change->after));
}

/* A record goes in once those it refers to are there; what waits in vain is put last, for its error. */
static vd_status put_all(vd_edit *edit, const vd_merge *merge, vd_arena *scratch) {
  bool *done = VD_NEW_ARRAY(scratch, bool, merge->n_changes + 1), progress = true, last = false;
  while (progress || !last) {
    last = !progress;
    progress = false;
    for (size_t i = 0; i < merge->n_changes; i++) {
      const vd_change *change = &merge->changes[i];
      if (done[i] || !change->after || (!last && !refers_to_living(edit, change->kind, change->after)))
        continue;
      VD_TRY(put(edit, change, scratch));
      done[i] = progress = true;
    }
    if (last) break;
  }
  return VD_OK;
}

static vd_status remove_all(vd_edit *edit, const vd_merge *merge) {
  for (size_t i = 0; i < merge->n_changes; i++) {
    const vd_change *change = &merge->changes[i];
    const vd_record *before = change->before;
    if (change->after || !vd_edit_find(edit, change->kind, before->id)) continue;
    VD_TRY(vd_edit_remove(edit, change->kind, before->id));
  }
  return VD_OK;
}

static vd_status fill(vd_edit *edit, const vd_merge *merge, const char *merged) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_edit_keep_stamps(edit);
  vd_edit_mark_merged(edit, merged);
  VD_TRY(put_all(edit, merge, scratch));
  VD_TRY(remove_all(edit, merge));
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    if (merge->raster_changed[kind])
      VD_TRY(vd_edit_put_raster(edit, (vd_raster_kind)kind, merge->rasters[kind]));
  return merge->info ? vd_edit_put_info(edit, merge->info) : VD_OK;
}

vd_status vd_merge_apply(vd_plan *mine, const vd_merge *merge, const char *title, const char *merged) {
  vd_edit *edit;
  if (merge->n_undecided > 0)
    return vd_fail(VD_ERR_USAGE, _("Conflicts not decided yet: %zu."), merge->n_undecided);
  VD_TRY(vd_edit_start(mine, title, &edit));
  vd_status status = fill(edit, merge, merged);
  if (status == VD_OK) return vd_edit_commit(edit);
  vd_edit_cancel(edit);
  return status;
}
