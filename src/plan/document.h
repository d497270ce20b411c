/* document: the inside of a plan, for the files of this folder alone.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_DOCUMENT_H
#define VEDETTE_SRC_PLAN_DOCUMENT_H

#include <stdatomic.h>

#include "vedette/plan/edit.h"

/* Records of one kind. Replaced and removed ones stay in the arena until it is mostly waste. */
typedef struct vd_table {
  vd_arena *arena;
  const vd_record **records;
  size_t n, capacity;
  uint32_t *slots; /* open addressing by id: index + 1, 0 free; a power of two, at most half full */
  size_t n_slots;
  size_t n_waste;
  uint64_t revision;
} vd_table;

/* A raster that snapshots share; it never changes once made. */
typedef struct vd_raster_share {
  vd_arena *arena;
  vd_raster raster;
  atomic_int owners;
} vd_raster_share;

/* What a plan shares with its copies: revisions are counted together, so that the same one never stands for two
 * contents. */
typedef struct vd_lineage {
  char id[VD_UUID_SIZE];
  atomic_int owners;
  atomic_uint_fast64_t revision;
} vd_lineage;

struct vd_plan {
  vd_lineage *lineage;
  vd_arena *info_arena;
  vd_plan_info info;
  vd_table tables[VD_KIND_COUNT];
  vd_raster_share *rasters[VD_RASTER_COUNT];
  uint64_t revision, base_revision;
  bool has_journal;
  vd_journal journal;
  vd_arena *author_arena;
  const char *author;
  vd_keeper keeper; /* find NULL: none */
};

/* table.c */
void vd_table_start(vd_table *table);
void vd_table_free(vd_table *table);
void vd_table_copy(vd_table *to, const vd_table *from, vd_kind kind);
/* Position of an id, or -1. */
ptrdiff_t vd_table_find(const vd_table *table, const char *id);
/* Replaces the record of the same id or appends a copy. */
void vd_table_put(vd_table *table, vd_kind kind, const vd_record *record);
/* Removes the records whose ids `gone` names, keeping the order of the rest. */
void vd_table_remove(vd_table *table, const vd_record *const *gone, size_t n_gone);
/* Gives the waste back when there is more of it than of records. */
void vd_table_tidy(vd_table *table, vd_kind kind);

/* plan.c */
void vd_plan_touch(vd_plan *plan, vd_kind kind);
/* NULL when memory is short. */
vd_raster_share *vd_raster_share_new(const vd_raster *raster);
void vd_raster_share_drop(vd_raster_share *share);
void vd_plan_set_raster(vd_plan *plan, vd_raster_kind kind, vd_raster_share *share);
vd_plan_info *vd_plan_info_copy(vd_arena *arena, const vd_plan_info *info);

/* history.c: after VD_ERR_BUSY loads what the other program wrote, keeping the message; gives `status` back. */
vd_status vd_plan_settle(vd_plan *plan, vd_status status);

/* validate.c */
vd_status vd_validate_record(const vd_edit *edit, vd_kind kind, const vd_record *record);
vd_status vd_validate_info(const vd_plan_info *info);
vd_status vd_validate_raster(vd_raster_kind kind, const vd_raster *raster);
/* Calls visit(context, id) for every id that a field refers to, until it returns false; false when one did. */
bool vd_each_reference(const vd_field *field, const void *record,
                       bool (*visit)(void *context, const char *id), void *context);

#endif
