/* plan: the document. Records by kind, rasters, and what the plan says of itself; changed only through edit.h.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_PLAN_H
#define VEDETTE_PLAN_PLAN_H

#include "vedette/base/arena.h"
#include "vedette/base/status.h"
#include "vedette/plan/record.h"

/* Grids of base data. Values are float, NaN where unknown. Land cover holds codes (terms.h vd_ground). */
typedef enum vd_raster_kind {
  VD_RASTER_ELEVATION,
  VD_RASTER_POPULATION,
  VD_RASTER_LANDCOVER,
  VD_RASTER_COUNT
} vd_raster_kind;
extern const char
    *const vd_raster_words[VD_RASTER_COUNT]; /* "elevation", "population", "landcover": table names too */

/* A raster in its own coordinate reference system, north-up or not: pixel (c, r) has its upper-left corner at
 * x = t[0] + c t[1] + r t[2], y = t[3] + c t[4] + r t[5] (GDAL's geotransform). */
typedef struct vd_raster {
  int32_t width, height;
  double geotransform[6];
  const char *crs_wkt; /* of the coordinates above */
  float *values;       /* width * height, row by row; NaN unknown */
  const char *source;
  int64_t reported_s;
} vd_raster;

/* What a plan says of itself: one row in the file. */
typedef struct vd_plan_info {
  char id[VD_UUID_SIZE];
  const char *title;
  vd_geom *area;        /* polygon, lon/lat: the area of interest */
  int32_t utc_offset_s; /* mission-local time */
  int64_t from_s, to_s; /* the study's window */
  double cell_m;        /* 0: chosen by the area's size */
  int32_t season;       /* vd_season */
  int32_t classification;
  const char *author;
  const char *disclaimer;
} vd_plan_info;

typedef struct vd_plan vd_plan;

/* An empty plan in memory without a file; the caller frees. */
vd_plan *vd_plan_new(void);
void vd_plan_free(vd_plan *plan);
void vd_plan_cleanup(vd_plan **plan);
/* A snapshot for another thread: the same records, rasters and revision, without a journal. Rasters are shared. */
vd_plan *vd_plan_copy(const vd_plan *plan);
/* A UUID that a plan shares with its copies and their copies only. Within it two plans with the same revision of a kind
 * have the same records of it, also when they were edited apart. */
const char *vd_plan_lineage(const vd_plan *plan);

const vd_plan_info *vd_plan_info_lookup(const vd_plan *plan);
/* Records of a kind in the order of their ids' first appearance; borrowed until the next edit of that kind, or
 * until the file is read again because another program changed it (after a commit, undo, redo or refresh).
 * vd_plan_at(plan, kind, i) is a const pointer to the struct of the kind, i in 0..count-1. */
size_t vd_plan_count(const vd_plan *plan, vd_kind kind);
const void *vd_plan_at(const vd_plan *plan, vd_kind kind, size_t i);
/* By id; NULL when absent. */
const void *vd_plan_find(const vd_plan *plan, vd_kind kind, const char *id);
/* By name (exact), for command lines; NULL when absent. */
const void *vd_plan_find_name(const vd_plan *plan, vd_kind kind, const char *name);
/* The highest marking of the plan and of all its records: what maps, the window and results carry. Looks at every
 * record: keep it by vd_plan_revision. */
vd_classification vd_plan_classification(const vd_plan *plan);
/* NULL when the plan has none. */
const vd_raster *vd_plan_raster(const vd_plan *plan, vd_raster_kind kind);
/* Rises with edits, undos and redos; caches compare it. `kind` VD_KIND_COUNT: of all. */
uint64_t vd_plan_revision(const vd_plan *plan, vd_kind kind);
/* Rises when a raster or what the plan says of itself changes. */
uint64_t vd_plan_base_revision(const vd_plan *plan);
/* SHA-256 of everything a study reads (not of history or authorship): the input hash printed on maps. Reads every
 * raster: keep it by vd_plan_revision. */
void vd_plan_hash(const vd_plan *plan, char hex[65]);

/* Typed access: VD_EACH(plan, VD_KIND_BASE, vd_base, base) { ... base->proximity_m ... } */
#define VD_EACH(plan, kind, type, item)                                                                      \
  for (size_t item##_i = 0; item##_i < vd_plan_count((plan), (kind)); item##_i++)                            \
    for (const type *item = vd_plan_at((plan), (kind), item##_i); item; item = NULL)

/* ---- keeping what was worked out ---- */

/* Bytes that follow from the plan and take long to make, under a name and a key that says from what they were made. They
 * are no part of the document: without them the same is worked out again. */
typedef struct vd_kept {
  const char *name, *key;
  const void *bytes; /* from a multiple of 16 on */
  size_t n;
} vd_kept;
/* Where such bytes are looked for; called from any thread. `place` is what `find` is given. */
typedef struct vd_keeper {
  const char *place;
  /* Sets bytes and n of what is kept under kept's name and key, in the arena; VD_ERR_NOT_FOUND. */
  vd_status (*find)(const char *place, vd_arena *arena, vd_kept *kept);
} vd_keeper;
/* Copied, and by vd_plan_copy too. NULL: none from now on. */
void vd_plan_use_keeper(vd_plan *plan, const vd_keeper *keeper);
bool vd_plan_has_keeper(const vd_plan *plan);
/* VD_ERR_NOT_FOUND also without a keeper. */
vd_status vd_plan_find_kept(const vd_plan *plan, vd_arena *arena, vd_kept *kept);

/* ---- loading: for store and tests; these are not edits and leave no history ---- */
vd_status vd_plan_load_info(vd_plan *plan, const vd_plan_info *info);
/* Replaces all records of a kind by copies of `records` (pointers to structs of the kind). */
vd_status vd_plan_load_kind(vd_plan *plan, vd_kind kind, const void *const *records, size_t n);
/* Takes a copy of the raster; NULL removes it. */
vd_status vd_plan_load_raster(vd_plan *plan, vd_raster_kind kind, const vd_raster *raster);

#endif
