/* travel_costs: what every step costs for one profile under a set of restrictions.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/travel_costs.h"
#include "vedette/base/i18n.h"

static bool holds(const int32_t *sorted, size_t n, int32_t value) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (sorted[middle] < value)
      low = middle + 1;
    else
      high = middle;
  }
  return low < n && sorted[low] == value;
}

double ground_pace(const vd_travel_costs *costs, int32_t cell, bool walking) {
  uint8_t ground = costs->net->terrain.ground[cell];
  if (ground >= VD_GROUND_COUNT) return INFINITY;
  return walking ? costs->profile.walk_ms_per_m[ground] : costs->profile.ms_per_m[ground];
}

double cell_pace(const vd_travel_costs *costs, int32_t cell, bool walking) {
  if (!walking) return (double)costs->pace[cell];
  double pace = ground_pace(costs, cell, true);
  for (size_t i = 0; i < costs->n_effects && pace < INFINITY; i++) {
    const vd_travel_effect *e = &costs->effects[i];
    if (e->effect != VD_EFFECT_BLOCK && e->effect != VD_EFFECT_SLOW) continue;
    if (!holds(e->zone->cells, e->zone->n_cells, cell)) continue;
    pace = e->effect == VD_EFFECT_BLOCK ? INFINITY : pace * e->slow;
  }
  return pace;
}

/* ---- roads ---- */

static bool closed(const vd_travel_costs *costs, const road *r, bool against) {
  if (r->closed & 1u << costs->profile.vehicle) return true;
  if (costs->profile.vehicle == VD_FOOT) return false;
  return against ? r->oneway > 0 : r->oneway < 0;
}

uint32_t along_ms(const vd_travel_costs *costs, int32_t edge_index, double a_m, double b_m) {
  const road *r = &costs->net->roads[costs->net->edges[edge_index].road];
  double pace = costs->profile.ms_per_m[r->ground] * r->time_factor;
  /* Both ends are rounded from the road's beginning, so that pieces add up to the whole. */
  double ms = floor(b_m * pace + 0.5) - floor(a_m * pace + 0.5);
  if (!(ms >= 0)) return VD_UNREACHED;
  return vd_ms_round(costs->edge_slow ? ms * costs->edge_slow[edge_index] : ms);
}

static uint32_t medium_ms(const vd_travel_costs *costs, int32_t node_index) {
  uint8_t on = costs->net->nodes[node_index].medium;
  return on == MEDIUM_FORD ? costs->profile.ford_ms : on == MEDIUM_FERRY ? costs->profile.ferry_ms : 0;
}

void price_edge(vd_travel_costs *costs, int32_t index) {
  const edge *e = &costs->net->edges[index];
  uint32_t *out = costs->arc_ms + 2 * (size_t)index;
  if (e->kind == EDGE_PORTAL) {
    out[0] = medium_ms(costs, e->to);
    out[1] = medium_ms(costs, e->from);
    return;
  }
  const road *r = &costs->net->roads[e->road];
  uint32_t ms = e->kind == EDGE_SHUT ? VD_UNREACHED : along_ms(costs, index, e->a_m, e->b_m);
  if (e->kind == EDGE_PAID) ms = vd_ms_add(ms, costs->profile.ford_ms);
  out[0] = closed(costs, r, false) ? VD_UNREACHED : ms;
  out[1] = closed(costs, r, true) ? VD_UNREACHED : ms;
}

/* ---- effects ---- */

static void slow_down(vd_travel_costs *costs) {
  for (size_t i = 0; i < costs->n_effects; i++) {
    const vd_travel_effect *e = &costs->effects[i];
    if (e->effect == VD_EFFECT_BLOCK)
      for (size_t k = 0; k < e->zone->n_cells; k++) costs->pace[e->zone->cells[k]] = INFINITY;
    if (e->effect != VD_EFFECT_SLOW) continue;
    for (size_t k = 0; k < e->zone->n_cells; k++) costs->pace[e->zone->cells[k]] *= (float)e->slow;
    for (size_t k = 0; k < e->zone->n_edges; k++) costs->edge_slow[e->zone->edges[k]] *= e->slow;
  }
}

static void shut_edges(vd_travel_costs *costs) {
  for (size_t i = 0; i < costs->n_effects; i++) {
    const vd_travel_effect *e = &costs->effects[i];
    for (size_t k = 0; e->effect == VD_EFFECT_BLOCK && k < e->zone->n_edges; k++)
      costs->arc_ms[2 * e->zone->edges[k]] = costs->arc_ms[2 * e->zone->edges[k] + 1] = VD_UNREACHED;
  }
}

static void mark_delays(vd_travel_costs *costs) {
  for (size_t i = 0; i < costs->n_effects; i++) {
    const vd_travel_effect *e = &costs->effects[i];
    if (e->effect != VD_EFFECT_DELAY) continue;
    for (size_t k = 0; k < e->zone->n_cells; k++) costs->delayed[e->zone->cells[k]] = 1;
    for (size_t k = 0; k < e->zone->n_nodes; k++)
      costs->delayed[vertex_of_node(costs->net, e->zone->nodes[k])] = 1;
    for (size_t k = 0; k < e->zone->n_edges; k++) costs->edge_delayed[e->zone->edges[k]] = 1;
  }
}

bool any_effect(const vd_travel_costs *costs, vd_effect kind) {
  for (size_t i = 0; i < costs->n_effects; i++)
    if (costs->effects[i].effect == kind) return true;
  return false;
}

/* A node whose every piece of road is shut cannot be left by its join either. */
static bool stranded(const vd_travel_costs *costs, int32_t index) {
  const vd_travel_network *net = costs->net;
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++) {
    int32_t a = net->arcs[i].arc;
    if (costs->arc_ms[a] != VD_UNREACHED || costs->arc_ms[a ^ 1] != VD_UNREACHED) return false;
  }
  return true;
}

void price_join(vd_travel_costs *costs, int32_t index) {
  const node *n = &costs->net->nodes[index];
  costs->join_ms[index] = VD_UNREACHED;
  if (n->cell == VD_NO_CELL || stranded(costs, index)) return;
  double pace = (double)costs->pace[n->cell];
  if (!(pace < INFINITY)) pace = cell_pace(costs, n->cell, true);
  costs->join_ms[index] = vd_ms_round(n->join_m * pace);
}

vd_status no_room_for_costs(void) {
  return vd_fail(VD_ERR_MEMORY,
                 _("There is not enough memory for travel over this area; choose a larger cell or a "
                   "smaller area."));
}

static vd_status allocate(vd_arena *arena, vd_travel_costs *costs) {
  size_t cells = (size_t)costs->net->n_cells, nodes = (size_t)costs->net->n_nodes,
         edges = (size_t)costs->net->n_edges;
  bool slows = any_effect(costs, VD_EFFECT_SLOW), delays = any_effect(costs, VD_EFFECT_DELAY);
  costs->pace = vd_arena_try_alloc(arena, cells, sizeof *costs->pace);
  costs->arc_ms = vd_arena_try_alloc(arena, edges, 2 * sizeof *costs->arc_ms);
  costs->join_ms = vd_arena_try_alloc(arena, nodes, sizeof *costs->join_ms);
  if (slows) costs->edge_slow = vd_arena_try_alloc(arena, edges, sizeof *costs->edge_slow);
  if (delays) costs->delayed = vd_arena_try_alloc(arena, cells + nodes, 1);
  if (delays) costs->edge_delayed = vd_arena_try_alloc(arena, edges, 1);
  if (!costs->pace || !costs->arc_ms || !costs->join_ms || (slows && !costs->edge_slow) ||
      (delays && (!costs->delayed || !costs->edge_delayed)))
    return no_room_for_costs();
  return VD_OK;
}

vd_status check_effects(const vd_travel_effect *effects, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (effects[i].effect == VD_EFFECT_SLOW && !(effects[i].slow >= 1 && effects[i].slow < INFINITY))
      return vd_fail(VD_ERR_INPUT, _("A restriction slows movement %g times; the number must be 1 or more."),
                     effects[i].slow);
  return VD_OK;
}

static vd_status price(vd_arena *arena, vd_travel_costs *costs) {
  VD_TRY(allocate(arena, costs));
  for (int32_t i = 0; i < costs->net->n_cells; i++) costs->pace[i] = (float)ground_pace(costs, i, false);
  for (int32_t i = 0; costs->edge_slow && i < costs->net->n_edges; i++) costs->edge_slow[i] = 1;
  slow_down(costs);
  for (int32_t i = 0; i < costs->net->n_edges; i++) price_edge(costs, i);
  shut_edges(costs);
  if (costs->delayed) mark_delays(costs);
  for (int32_t i = 0; i < costs->net->n_nodes; i++) price_join(costs, i);
  costs->cache = reach_cache_new(arena, costs);
  return costs->cache ? VD_OK : no_room_for_costs();
}

vd_status vd_travel_costs_new(vd_arena *arena, const vd_travel_network *network, const vd_profile *profile,
                              const vd_travel_effect *effects, size_t n_effects, vd_travel_costs **out) {
  VD_TRY(check_effects(effects, n_effects));
  vd_travel_effect *copy = VD_NEW_ARRAY(arena, vd_travel_effect, n_effects);
  if (n_effects) memcpy(copy, effects, n_effects * sizeof *copy);
  vd_travel_costs *costs = VD_NEW(arena, vd_travel_costs);
  *costs = (vd_travel_costs){.net = network, .profile = *profile, .effects = copy, .n_effects = n_effects};
  if (any_effect(costs, VD_EFFECT_DELAY)) costs->delays = travel_delays_of(arena, network, copy, n_effects);
  VD_TRY(price(arena, costs));
  if (profile->vehicle == VD_BOAT) {
    costs->crew = VD_NEW(arena, vd_travel_costs);
    *costs->crew = (vd_travel_costs){.net = network,
                                     .profile = vd_profile_on_foot(profile),
                                     .effects = copy,
                                     .n_effects = n_effects,
                                     .delays = costs->delays};
    VD_TRY(price(arena, costs->crew));
  }
  *out = costs;
  return VD_OK;
}

/* ---- steps ---- */

uint32_t arc_step_ms(const vd_travel_costs *costs, int32_t from_node, const arc *over) {
  uint32_t ms = costs->arc_ms[over->arc];
  if (ms == VD_UNREACHED || !costs->delayed) return ms;
  int32_t from = vertex_of_node(costs->net, from_node), to = vertex_of_node(costs->net, over->to);
  if (!costs->edge_delayed[over->arc / 2] && !costs->delayed[to]) return ms;
  return vd_ms_add(ms, step_delay_ms(costs, from, over->arc / 2, NULL, 0, to));
}

uint32_t join_step_ms(const vd_travel_costs *costs, int32_t node_index, bool to_cell) {
  uint32_t ms = costs->join_ms[node_index];
  if (ms == VD_UNREACHED || !costs->delayed) return ms;
  int32_t cell = costs->net->nodes[node_index].cell, vertex = vertex_of_node(costs->net, node_index);
  return vd_ms_add(ms, to_cell ? step_delay_ms(costs, vertex, -1, NULL, 0, cell)
                               : step_delay_ms(costs, cell, -1, NULL, 0, vertex));
}

/* The multiple of the flat time that a slope costs; INFINITY when it is too steep. */
static double slope_factor(const vd_profile *profile, const float *elevation_m, int32_t from, int32_t to,
                           double length_m) {
  if (profile->vehicle == VD_BOAT) return 1;
  double slope = vd_slope(elevation_m[from], elevation_m[to], length_m);
  if (fabs(slope) > profile->slope_max) return INFINITY;
  return profile->vehicle == VD_FOOT ? vd_foot_slope_factor(slope) : 1;
}

static uint32_t move_delay_ms(const vd_travel_costs *costs, int32_t cell, const vd_move *m, int32_t nx) {
  int32_t at[VD_MOVE_CELLS];
  bool any = false;
  for (int i = 0; i < m->n; i++) {
    at[i] = cell + m->cy[i] * nx + m->cx[i];
    any = any || costs->delayed[at[i]];
  }
  return any ? step_delay_ms(costs, cell, -1, at + 1, m->n - 2, at[m->n - 1]) : 0;
}

uint32_t move_step_ms(const vd_travel_costs *costs, int32_t cell, int32_t column, int32_t row, int k) {
  const vd_travel_network *net = costs->net;
  const vd_move *m = &vd_moves[k];
  const float *pace = costs->pace + cell;
  int32_t nx = net->terrain.grid.nx, to = m->dy * nx + m->dx;
  if (net->terrain.blocked && net->terrain.blocked[cell] & 1u << k) return VD_UNREACHED;
  double sum = (double)pace[0] + (double)pace[to];
  if (m->n == VD_MOVE_CELLS)
    sum += (double)pace[m->cy[1] * nx + m->cx[1]] + (double)pace[m->cy[2] * nx + m->cx[2]];
  if (!(sum < INFINITY)) return VD_UNREACHED;
  if (m->diagonal && !(pace[m->dx] < INFINITY) && !(pace[m->dy * nx] < INFINITY)) return VD_UNREACHED;
  double length_m = move_length_m(net, column, row, k), ms = length_m * (sum / m->n);
  if (net->terrain.elevation_m)
    ms *= slope_factor(&costs->profile, net->terrain.elevation_m, cell, cell + to, length_m);
  uint32_t whole = vd_ms_round(ms);
  return costs->delayed ? vd_ms_add(whole, move_delay_ms(costs, cell, m, nx)) : whole;
}

uint32_t landing_ms(const vd_travel_costs *costs, int32_t cell, int k, bool boarding) {
  const vd_grid *g = &costs->net->terrain.grid;
  int32_t column = cell % g->nx, row = cell / g->nx;
  if (!move_on_grid(g, column, row, k)) return VD_UNREACHED;
  int32_t to = cell + vd_moves[k].dy * g->nx + vd_moves[k].dx, water = boarding ? to : cell,
          shore = boarding ? cell : to;
  if (costs->pace[shore] < INFINITY) return VD_UNREACHED;
  double pace = ((double)costs->pace[water] + (double)costs->crew->pace[shore]) / 2;
  return vd_ms_round(move_length_m(costs->net, column, row, k) * pace);
}

uint32_t landing_step_ms(const vd_travel_costs *costs, int32_t cell, int k) {
  uint32_t ms = landing_ms(costs, cell, k, false);
  if (ms == VD_UNREACHED || !costs->delayed) return ms;
  int32_t to = cell + vd_moves[k].dy * costs->net->terrain.grid.nx + vd_moves[k].dx;
  return vd_ms_add(ms, step_delay_ms(costs, cell, -1, NULL, 0, to));
}
