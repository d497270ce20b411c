/* coordinate_spare: how the files that look for a better use of spare visits share one look.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_COORDINATE_SPARE_H
#define VEDETTE_SRC_STUDY_COORDINATE_SPARE_H

#include "study/coordinate.h"

typedef struct vd_lack { /* a time without presence under threat */
  int64_t from_s, to_s;
  int8_t priority;
} vd_lack;
typedef struct vd_lacks {
  vd_lack *items;
  size_t n, capacity;
} vd_lacks;

typedef struct vd_spare_search {
  vd_coordinating *c;
  const vd_spare **spares; /* distinct, as they come in the duplicates */
  vd_doubling *answers;    /* one a spare */
  size_t n;
  uint8_t *wanted; /* per cell of the study: its lacks are needed */
  int32_t *cells;  /* those */
  size_t n_cells;
  vd_lacks *lacks; /* per cell of the study */
  vd_arena **arenas;
} vd_spare_search;

/* coordinate_lack.c: the cells that spare visits may come near, and when nobody is present there. */
void vd_spare_want_cells(vd_spare_search *f);
vd_status vd_spare_find_lacks(void *search, int64_t chunk, int worker);
/* Adds the times of the slices under threat and without presence. */
void vd_add_lacks(vd_arena *arena, vd_lacks *to, const vd_slice *slices, size_t n);
/* coordinate_move.c: where one spare visit is worth most, and what that brings. */
vd_status vd_spare_move(void *search, int64_t spare, int worker);

#endif
