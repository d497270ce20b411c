/* travel_reprice: costs derived from others by pricing anew only where the restrictions differ.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/travel_costs.h"
#include "core/travel_diff.h"

/* A copy, or the array itself when it stays as it is. */
static bool take_over(vd_arena *arena, bool changes, size_t n, size_t size, const void *from, void *to) {
  if (!changes) {
    memcpy(to, &from, sizeof from);
    return true;
  }
  void *copy = vd_arena_try_alloc(arena, n, size);
  if (copy && from && n) memcpy(copy, from, n * size);
  memcpy(to, &copy, sizeof copy);
  return copy != NULL;
}

static bool allocate(vd_arena *arena, const vd_travel_costs *before, const travel_diff *diff,
                     vd_travel_costs *after) {
  size_t cells = (size_t)after->net->n_cells, nodes = (size_t)after->net->n_nodes,
         edges = (size_t)after->net->n_edges;
  bool slows = any_effect(after, VD_EFFECT_SLOW), delays = any_effect(after, VD_EFFECT_DELAY);
  bool passes = diff->any[VD_EFFECT_BLOCK] || diff->any[VD_EFFECT_SLOW];
  bool by_road = passes && diff->n_edges, by_cell = passes && diff->n_cells;
  bool ok =
      take_over(arena, by_cell, cells, sizeof *after->pace, before->pace, &after->pace) &&
      take_over(arena, by_road, edges, 2 * sizeof *after->arc_ms, before->arc_ms, &after->arc_ms) &&
      take_over(arena, by_road || by_cell, nodes, sizeof *after->join_ms, before->join_ms, &after->join_ms);
  if (ok && slows) {
    bool anew = !before->edge_slow;
    ok = take_over(arena, anew || diff->any[VD_EFFECT_SLOW], edges, sizeof *after->edge_slow,
                   before->edge_slow, &after->edge_slow);
    for (size_t i = 0; ok && anew && i < edges; i++) after->edge_slow[i] = 1;
  }
  if (ok && delays)
    ok = take_over(arena, diff->any[VD_EFFECT_DELAY], cells + nodes, 1, before->delayed, &after->delayed) &&
         take_over(arena, diff->any[VD_EFFECT_DELAY], edges, 1, before->edge_delayed, &after->edge_delayed);
  return ok;
}

typedef struct application {
  vd_travel_costs *costs;
  const vd_travel_effect *effect;
} application;

static void on_cell(void *context, int32_t cell) {
  const application *a = context;
  if (a->effect->effect == VD_EFFECT_BLOCK) a->costs->pace[cell] = INFINITY;
  if (a->effect->effect == VD_EFFECT_SLOW) a->costs->pace[cell] *= (float)a->effect->slow;
}

static void slow_edge(void *context, int32_t index) {
  const application *a = context;
  a->costs->edge_slow[index] *= a->effect->slow;
}

static void shut_edge(void *context, int32_t index) {
  const application *a = context;
  a->costs->arc_ms[2 * (size_t)index] = a->costs->arc_ms[2 * (size_t)index + 1] = VD_UNREACHED;
}

static void delay_cell(void *context, int32_t cell) {
  ((const application *)context)->costs->delayed[cell] = 1;
}

static void delay_node(void *context, int32_t index) {
  const application *a = context;
  a->costs->delayed[vertex_of_node(a->costs->net, index)] = 1;
}

static void delay_edge(void *context, int32_t index) {
  ((const application *)context)->costs->edge_delayed[index] = 1;
}

static void reprice_cells(vd_travel_costs *costs, const travel_diff *diff) {
  for (size_t i = 0; i < diff->n_cells; i++)
    costs->pace[diff->cells[i]] = (float)ground_pace(costs, diff->cells[i], false);
  for (size_t i = 0; i < costs->n_effects; i++) {
    application a = {costs, &costs->effects[i]};
    if (a.effect->effect == VD_EFFECT_BLOCK || a.effect->effect == VD_EFFECT_SLOW)
      travel_each_common(diff->cells, diff->n_cells, a.effect->zone->cells, a.effect->zone->n_cells, on_cell,
                         &a);
  }
}

static void reprice_edges(vd_travel_costs *costs, const travel_diff *diff) {
  bool slows = costs->edge_slow && diff->any[VD_EFFECT_SLOW];
  for (size_t i = 0; slows && i < diff->n_edges; i++) costs->edge_slow[diff->edges[i]] = 1;
  for (size_t i = 0; slows && i < costs->n_effects; i++) {
    application a = {costs, &costs->effects[i]};
    if (a.effect->effect == VD_EFFECT_SLOW)
      travel_each_common(diff->edges, diff->n_edges, a.effect->zone->edges, a.effect->zone->n_edges,
                         slow_edge, &a);
  }
  for (size_t i = 0; i < diff->n_edges; i++) price_edge(costs, diff->edges[i]);
  for (size_t i = 0; i < costs->n_effects; i++) {
    application a = {costs, &costs->effects[i]};
    if (a.effect->effect == VD_EFFECT_BLOCK)
      travel_each_common(diff->edges, diff->n_edges, a.effect->zone->edges, a.effect->zone->n_edges,
                         shut_edge, &a);
  }
}

static void reprice_joins(vd_travel_costs *costs, const travel_diff *diff) {
  const vd_travel_network *net = costs->net;
  for (size_t i = 0; i < diff->n_cells; i++)
    for (int32_t k = net->join_start[diff->cells[i]]; k < net->join_start[diff->cells[i] + 1]; k++)
      price_join(costs, net->joins[k]);
  for (size_t i = 0; i < diff->n_edges; i++) {
    price_join(costs, net->edges[diff->edges[i]].from);
    price_join(costs, net->edges[diff->edges[i]].to);
  }
}

static void mark_delays(vd_travel_costs *costs, const travel_diff *diff) {
  const vd_travel_network *net = costs->net;
  for (size_t i = 0; i < diff->n_cells; i++) costs->delayed[diff->cells[i]] = 0;
  for (size_t i = 0; i < diff->n_nodes; i++) costs->delayed[vertex_of_node(net, diff->nodes[i])] = 0;
  for (size_t i = 0; i < diff->n_edges; i++) costs->edge_delayed[diff->edges[i]] = 0;
  for (size_t i = 0; i < costs->n_effects; i++) {
    application a = {costs, &costs->effects[i]};
    const vd_travel_zone *zone = a.effect->zone;
    if (a.effect->effect != VD_EFFECT_DELAY) continue;
    travel_each_common(diff->cells, diff->n_cells, zone->cells, zone->n_cells, delay_cell, &a);
    travel_each_common(diff->nodes, diff->n_nodes, zone->nodes, zone->n_nodes, delay_node, &a);
    travel_each_common(diff->edges, diff->n_edges, zone->edges, zone->n_edges, delay_edge, &a);
  }
}

static vd_status reprice(vd_arena *arena, const vd_travel_costs *before, const travel_diff *diff,
                         vd_travel_costs *after) {
  if (!allocate(arena, before, diff, after)) return no_room_for_costs();
  bool passes = diff->any[VD_EFFECT_BLOCK] || diff->any[VD_EFFECT_SLOW];
  if (passes) {
    reprice_cells(after, diff);
    reprice_edges(after, diff);
    reprice_joins(after, diff);
  }
  if (after->delayed && diff->any[VD_EFFECT_DELAY]) mark_delays(after, diff);
  after->cache = reach_cache_derived(arena, after, before, diff->cells, diff->n_cells);
  return after->cache ? VD_OK : no_room_for_costs();
}

vd_status vd_travel_costs_change(vd_arena *arena, const vd_travel_costs *before,
                                 const vd_travel_effect *effects, size_t n_effects, vd_travel_costs **out) {
  VD_TRY(check_effects(effects, n_effects));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_effect *copy = VD_NEW_ARRAY(arena, vd_travel_effect, n_effects);
  if (n_effects) memcpy(copy, effects, n_effects * sizeof *copy);
  travel_diff diff = travel_diff_of(scratch, before->effects, before->n_effects, copy, n_effects);
  vd_travel_costs *costs = VD_NEW(arena, vd_travel_costs);
  *costs = (vd_travel_costs){
      .net = before->net, .profile = before->profile, .effects = copy, .n_effects = n_effects};
  if (any_effect(costs, VD_EFFECT_DELAY))
    costs->delays = travel_delays_of(arena, before->net, copy, n_effects);
  VD_TRY(reprice(arena, before, &diff, costs));
  if (before->crew) {
    costs->crew = VD_NEW(arena, vd_travel_costs);
    *costs->crew = (vd_travel_costs){.net = before->net,
                                     .profile = before->crew->profile,
                                     .effects = copy,
                                     .n_effects = n_effects,
                                     .delays = costs->delays};
    VD_TRY(reprice(arena, before->crew, &diff, costs->crew));
  }
  *out = costs;
  return VD_OK;
}
