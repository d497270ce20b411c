/* merging: the inside of a merge, for the files merge*.c of this folder.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_MERGING_H
#define VEDETTE_SRC_PLAN_MERGING_H

#include "vedette/plan/merge.h"

/* Numbers by kind and id. */
typedef struct vd_id_map {
  vd_arena *arena;
  struct vd_id_slot *slots; /* open addressing, at most half full */
  size_t n, n_slots;
} vd_id_map;
/* The number put under it, -1 none. */
ptrdiff_t vd_id_map_find(const vd_id_map *map, vd_kind kind, const char *id);
/* `id` is borrowed. */
void vd_id_map_put(vd_id_map *map, vd_kind kind, const char *id, size_t number);

typedef struct vd_merger {
  const vd_plan *plans[VD_SIDE_COUNT];
  vd_arena *arena;
  vd_choices *choices;
  vd_merge *out;
  vd_id_map changes;                /* index in out->changes */
  vd_id_map conflicts;              /* of whole records: index in out->conflicts */
  vd_id_map stirred[VD_SIDE_COUNT]; /* patrols of mine and theirs whose stops differ from the base's */
} vd_merger;

/* The record as the merge leaves it. */
const void *vd_merger_result(const vd_merger *merger, vd_kind kind, const char *id);
/* Leaves `after` (NULL: removed) in the place of mine's record. */
void vd_merger_set(vd_merger *merger, vd_kind kind, const char *id, const void *after);
/* A conflict with its choice looked up; texts and labels are the caller's to set. `records` are those of the three sides. */
vd_conflict *vd_merger_conflict(vd_merger *merger, vd_clash clash, vd_kind kind, const char *id,
                                const char *field, const void *const records[VD_SIDE_COUNT]);
void vd_merger_note(vd_merger *merger, vd_kind kind, const void *record, const char *sentence);
/* Whether content differs, all but author and times of creation and change. */
bool vd_merge_differs(vd_kind kind, const void *a, const void *b);
/* author, created, changed: what says who and when, not what. */
bool vd_field_is_stamp(const vd_field *field);

/* The value of a field (NULL: the geometry, in words) of a record, NULL unknown or no record. */
const char *vd_value_text(vd_arena *arena, const vd_field *field, const void *record);

void vd_merge_records(vd_merger *merger, vd_kind kind); /* merge_record.c */
void vd_merge_stir(vd_merger *merger);                  /* merge_record.c */
void vd_merge_references(vd_merger *merger);            /* merge_refer.c */
void vd_merge_info(vd_merger *merger);                  /* merge_info.c */
void vd_merge_twins(
    vd_merger *merger); /* merge_look.c: possible twins, ends before starts, stops of one number */
void vd_merge_look(vd_merger *merger);

#endif
