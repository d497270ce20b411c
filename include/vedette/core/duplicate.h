/* duplicate: visits of several actors to the same cells at the same time that were not planned jointly.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_DUPLICATE_H
#define VEDETTE_CORE_DUPLICATE_H

#include "vedette/core/interval.h"

/* A visit of an actor to a set of cells during [from_s, to_s). */
typedef struct vd_duplicate_visit {
  int32_t actor;
  int32_t plan; /* visits of one plan number (>= 0) were planned jointly; -1: alone */
  int64_t from_s, to_s;
  const int32_t *cells; /* ascending */
  size_t n_cells;
} vd_duplicate_visit;

/* Two visits, first < second by index, of different actors that share time and cells. */
typedef struct vd_duplicate_pair {
  size_t first, second;
  int64_t from_s, to_s; /* the time they share */
  int32_t n_cells;      /* the cells they share */
} vd_duplicate_pair;

/* All pairs, ordered by first, then second, in the arena. */
vd_duplicate_pair *vd_duplicate_pairs(vd_arena *arena, const vd_duplicate_visit *visits, size_t n_visits,
                                      size_t *n);

#endif
