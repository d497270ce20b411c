/* merge_look: what a planner should look at after a merge - possible twins, times that no longer fit, stops of one number.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "plan/fields.h"
#include "plan/merging.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- twins ---- */

typedef struct candidate {
  char content[VD_HASH_HEX_SIZE];
  const vd_record *record;
  vd_side side;
} candidate;

/* Content without id, authorship, source and notes. Figures are told apart by what they are the figure of. */
static void hash_content(vd_arena *arena, vd_kind kind, const vd_record *record, char hex[VD_HASH_HEX_SIZE]) {
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_text(&hash, record->name);
  const vd_geom *geom = vd_geom_empty(record->geom) ? NULL : record->geom;
  for (int32_t i = 0; geom && i < 2 * geom->n_points; i++) vd_hash_add_f64(&hash, geom->xy[i]);
  int n = vd_kind_lookup(kind)->n_fields;
  if (kind == VD_KIND_STANDARD) n = 0; /* its name is the key */
  if (kind == VD_KIND_SPEED) n = 2;    /* vehicle and ground */
  for (int i = 0; i < n; i++)
    vd_hash_add_text(&hash, vd_field_text(arena, &vd_kind_lookup(kind)->fields[i], record));
  vd_hash_finish(&hash, hex);
}

static void gather(vd_merger *merger, vd_kind kind, vd_side side, candidate **all, size_t *n,
                   size_t *capacity, vd_arena *scratch) {
  const vd_plan *base = merger->plans[VD_SIDE_BASE];
  const vd_plan *other = merger->plans[side == VD_SIDE_MINE ? VD_SIDE_THEIRS : VD_SIDE_MINE];
  VD_EACH(merger->plans[side], kind, vd_record, record) {
    if (vd_plan_find(base, kind, record->id) || vd_plan_find(other, kind, record->id)) continue;
    candidate *made = VD_PUSH(scratch, *all, *n, *capacity);
    made->record = record, made->side = side;
    hash_content(scratch, kind, record, made->content);
  }
}

static int by_content(const void *a, const void *b) {
  const candidate *first = a, *second = b;
  int order = strcmp(first->content, second->content);
  if (order == 0) order = (int)first->side - (int)second->side;
  return order ? order : strcmp(first->record->id, second->record->id);
}

static void tell_twins(vd_merger *merger, vd_kind kind, const candidate *all, size_t n) {
  vd_merge *out = merger->out;
  for (size_t i = 1; i < n; i++) {
    const candidate *mine = &all[i - 1], *theirs = &all[i];
    if (mine->side == theirs->side || strcmp(mine->content, theirs->content) != 0) continue;
    *VD_PUSH(merger->arena, out->twins, out->n_twins, out->twins_capacity) = (vd_twin){
        kind, mine->record->id, theirs->record->id, vd_record_label(merger->arena, kind, mine->record)};
  }
}

void vd_merge_twins(vd_merger *merger) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    candidate *all = NULL;
    size_t n = 0, capacity = 0;
    gather(merger, (vd_kind)kind, VD_SIDE_MINE, &all, &n, &capacity, scratch);
    gather(merger, (vd_kind)kind, VD_SIDE_THEIRS, &all, &n, &capacity, scratch);
    if (n < 2) continue;
    qsort(all, n, sizeof *all, by_content);
    tell_twins(merger, (vd_kind)kind, all, n);
  }
}

/* ---- times ---- */

static bool is_turned(vd_kind kind, const void *record) {
  const vd_field *from = vd_field_find(kind, "from_time"), *to = vd_field_find(kind, "to_time");
  if (!record || !from || !to) return false;
  int64_t from_s = *vd_time_at(from, record), to_s = *vd_time_at(to, record);
  return from_s != from->open && to_s != to->open && to_s < from_s;
}

static void look_at_times(vd_merger *merger, const vd_change *change) {
  if (!change->before || !is_turned(change->kind, change->after)) return;
  const vd_record *record = change->after;
  if (is_turned(change->kind, change->before) ||
      is_turned(change->kind, vd_plan_find(merger->plans[VD_SIDE_THEIRS], change->kind, record->id)))
    return;
  vd_merger_note(merger, change->kind, record,
                 _("Each side changed one end of its time; together it ends before it starts."));
}

/* ---- stops ---- */

typedef struct numbered {
  const vd_stop *stop;
  bool taken; /* it came with the merge */
} numbered;

static int by_number(const void *a, const void *b) {
  const vd_stop *first = ((const numbered *)a)->stop, *second = ((const numbered *)b)->stop;
  int order = strcmp(first->patrol, second->patrol);
  return order ? order : (first->sequence > second->sequence) - (first->sequence < second->sequence);
}

static void look_at_stops(vd_merger *merger) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  numbered *all = NULL;
  size_t n = 0, capacity = 0;
  bool any = false;
  for (size_t i = 0; i < merger->out->n_changes; i++) {
    const vd_change *change = &merger->out->changes[i];
    const vd_stop *stop = change->after;
    if (change->kind != VD_KIND_STOP || !stop || !stop->patrol || change->after == change->before) continue;
    *VD_PUSH(scratch, all, n, capacity) = (numbered){stop, true};
    any = true;
  }
  if (!any) return;
  VD_EACH(merger->plans[VD_SIDE_MINE], VD_KIND_STOP, vd_stop, stop) {
    if (stop->patrol && vd_merger_result(merger, VD_KIND_STOP, stop->record.id) == stop)
      *VD_PUSH(scratch, all, n, capacity) = (numbered){stop, false};
  }
  qsort(all, n, sizeof *all, by_number);
  for (size_t i = 1; i < n; i++) {
    if (by_number(&all[i - 1], &all[i]) != 0 || all[i - 1].taken == all[i].taken) continue;
    vd_merger_note(merger, VD_KIND_STOP, all[i].stop,
                   _("Both sides gave a stop of this patrol the same number. Put them in order."));
  }
}

void vd_merge_look(vd_merger *merger) {
  for (size_t i = 0; i < merger->out->n_changes; i++) look_at_times(merger, &merger->out->changes[i]);
  look_at_stops(merger);
}
