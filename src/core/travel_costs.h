/* travel_costs: pricing one cell, edge or join, for costs made anew and derived ones; private to core.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_TRAVEL_COSTS_H
#define VEDETTE_CORE_TRAVEL_COSTS_H

#include "core/travel_graph.h"

/* ms per metre on the ground of a cell, without restrictions. */
double ground_pace(const vd_travel_costs *costs, int32_t cell, bool walking);
/* Both arcs of an edge, with slow-downs, without blocks. */
void price_edge(vd_travel_costs *costs, int32_t index);
/* Needs the pace of the node's cell and the arcs at the node. */
void price_join(vd_travel_costs *costs, int32_t index);
bool any_effect(const vd_travel_costs *costs, vd_effect kind);
vd_status check_effects(const vd_travel_effect *effects, size_t n);
vd_status no_room_for_costs(void);
/* Of the effects that delay, by place; in the arena. */
struct travel_delays *travel_delays_of(vd_arena *arena, const vd_travel_network *net,
                                       const vd_travel_effect *effects, size_t n_effects);

#endif
