/* reach_loosen: takes times back that a change of costs no longer supports; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A time stands when the source joins the vertex in it, or when a step in it comes from a vertex that is truly nearer and
 * stands itself. What does not stand is taken back; a few times too many (those that only steps of no time support) do no
 * harm, for the least times are the only solution and are found again. What is left are times of ways that still
 * exist, from which reach_flow goes on. */
#ifndef VEDETTE_CORE_REACH_LOOSEN_H
#define VEDETTE_CORE_REACH_LOOSEN_H

#include "core/reach.h"
#include "core/travel_diff.h"

typedef struct reach_change {
  reach_run *run; /* with the costs after the change, over the times before it */
  const seed *seeds;
  size_t n_seeds;
  uint32_t start_ms;
  int32_t *nodes; /* to look at: steps into them differ, or their times were taken back */
  size_t n_nodes, nodes_capacity;
  int64_t taken_back;
} reach_change;

/* Marks everything that a step leads to whose cost may differ. */
void reach_mark(reach_change *c, const travel_diff *diff);
/* Whether a marked vertex has another time now; the times are only read. VD_ERR_MEMORY, VD_ERR_CANCELLED. */
vd_status reach_probe(reach_change *c, const vd_progress *cancel, bool *differs);
/* Takes back all times that do not stand. VD_ERR_MEMORY, VD_ERR_CANCELLED. */
vd_status reach_loosen(reach_change *c, const vd_progress *cancel);
/* Puts what was marked or taken back up for reach_flow. */
void reach_refill(reach_change *c);

#endif
