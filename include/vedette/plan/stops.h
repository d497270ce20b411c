/* stops: the stops of a plan in order of patrol and sequence, so that those of one patrol are found at once.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_STOPS_H
#define VEDETTE_PLAN_STOPS_H

#include "vedette/plan/plan.h"

/* `items` are the plan's own records; of one patrol by sequence, of equal ones by id. */
typedef struct vd_stop_list {
  const vd_stop **items;
  size_t n;
} vd_stop_list;
/* All stops that have a patrol and a place; in the arena. */
vd_stop_list vd_plan_stops(const vd_plan *plan, vd_arena *arena);
/* Those of one patrol, by its id: a part of `all`. */
vd_stop_list vd_stops_of(vd_stop_list all, const char *patrol);

#endif
