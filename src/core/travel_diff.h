/* travel_diff: where two sets of restrictions differ; private to core.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_TRAVEL_DIFF_H
#define VEDETTE_CORE_TRAVEL_DIFF_H

#include "core/travel_graph.h"

/* Cells, edges and nodes in the zones of the effects that only one of two lists has or that stand in another order; sorted. */
typedef struct travel_diff {
  int32_t *cells, *edges, *nodes;
  size_t n_cells, n_edges, n_nodes;
  bool any[VD_EFFECT_NONE + 1]; /* kinds of effects among them */
} travel_diff;
travel_diff travel_diff_of(vd_arena *arena, const vd_travel_effect *before, size_t n_before,
                           const vd_travel_effect *after, size_t n_after);
/* Calls for every member of both sorted lists, in order. */
void travel_each_common(const int32_t *a, size_t n_a, const int32_t *b, size_t n_b,
                        void (*each)(void *context, int32_t member), void *context);

#endif
