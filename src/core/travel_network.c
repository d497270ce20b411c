/* travel_network: building the road graph and joining it to the grid.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/key_sort.h"
#include "core/reach.h"
#include "core/travel_graph.h"
#include "vedette/base/i18n.h"

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY,
                 _("There is not enough memory for the roads and the grid of this area; choose a "
                   "larger cell or a smaller area."));
}

static vd_status check_road(const vd_travel_road *from, size_t index) {
  const double farthest = 2 * VD_AUTHALIC_RADIUS_M;
  for (size_t i = 0; i < 2 * (size_t)from->n; i++)
    if (!(fabs(from->xy[i]) <= farthest))
      return vd_fail(VD_ERR_INPUT, _("Road %zu has a coordinate that is not a place on the map (point %zu)."),
                     index, i / 2);
  if ((unsigned)from->ground >= VD_GROUND_COUNT || (unsigned)from->crossing >= VD_CROSSING_COUNT)
    return vd_fail(VD_ERR_INPUT, _("Road %zu has a ground or a crossing of an unknown kind."), index);
  if (!(from->time_factor > 0 && isfinite(from->time_factor)))
    return vd_fail(VD_ERR_INPUT, _("Road %zu has a time factor of %g; it must be more than zero."), index,
                   from->time_factor);
  return VD_OK;
}

medium road_medium(uint8_t ground, uint8_t crossing) {
  if (ground == VD_GROUND_RIVER) return MEDIUM_RIVER;
  if (crossing == VD_FERRY || ground == VD_GROUND_FERRY) return MEDIUM_FERRY;
  return crossing == VD_FORD ? MEDIUM_FORD : MEDIUM_LAND;
}

static void copy_road(vd_travel_network *net, const vd_travel_road *from, int32_t index,
                      int32_t first_point) {
  road *r = &net->roads[index];
  *r = (road){.first_point = first_point,
              .n = from->n < 2 ? 0 : from->n,
              .box = vd_box_empty(),
              .time_factor = from->time_factor,
              .ground = (uint8_t)from->ground,
              .crossing = (uint8_t)from->crossing,
              .closed = from->closed,
              .medium = (uint8_t)road_medium((uint8_t)from->ground, (uint8_t)from->crossing),
              .oneway = from->oneway};
  double along = 0;
  for (int32_t i = 0; i < r->n; i++) {
    double *p = net->xy + 2 * ((size_t)first_point + (size_t)i);
    p[0] = from->xy[2 * (size_t)i];
    p[1] = from->xy[2 * (size_t)i + 1];
    if (i) along += vd_plane_distance_m(p[-2], p[-1], p[0], p[1]);
    net->along_m[first_point + i] = along;
    r->box = vd_box_add(r->box, p[0], p[1]);
  }
}

static vd_status copy_roads(vd_arena *arena, const vd_travel_setup *setup, vd_travel_network *net) {
  size_t points = 0;
  for (size_t i = 0; i < setup->n_roads; i++) {
    const vd_travel_road *from = &setup->roads[i];
    if (from->n < 2) continue;
    VD_TRY(check_road(from, i));
    points += (size_t)from->n;
  }
  if (points > INT32_MAX / 4 || setup->n_roads > INT32_MAX / 4)
    return vd_fail(VD_ERR_LIMIT,
                   _("The roads have %zu points and %d is the most; import fewer or a smaller area."), points,
                   INT32_MAX / 4);
  net->n_roads = (int32_t)setup->n_roads;
  net->roads = vd_arena_try_alloc(arena, setup->n_roads, sizeof *net->roads);
  net->xy = vd_arena_try_alloc(arena, points, 2 * sizeof *net->xy);
  net->along_m = vd_arena_try_alloc(arena, points, sizeof *net->along_m);
  if (!net->roads || !net->xy || !net->along_m) return no_room();
  int32_t first = 0;
  for (int32_t i = 0; i < net->n_roads; i++) {
    copy_road(net, &setup->roads[i], i, first);
    first += net->roads[i].n;
  }
  return VD_OK;
}

static vd_status measure_steps(vd_arena *arena, vd_travel_network *net) {
  const vd_grid *g = &net->terrain.grid;
  int32_t blocks_y = (g->ny + STEP_BLOCK - 1) / STEP_BLOCK;
  net->blocks_x = (g->nx + STEP_BLOCK - 1) / STEP_BLOCK;
  net->step_m =
      vd_arena_try_alloc(arena, (size_t)net->blocks_x * (size_t)blocks_y * MOVE_PAIRS, sizeof *net->step_m);
  if (!net->step_m) return no_room();
  double *at = net->step_m, half = STEP_BLOCK * g->cell_m / 2;
  for (int32_t by = 0; by < blocks_y; by++)
    for (int32_t bx = 0; bx < net->blocks_x; bx++)
      for (int k = 0; k < VD_MOVES; k += 2, at++)
        *at = vd_plane_step_m(g->x0_m + bx * 2 * half + half, g->y0_m - by * 2 * half - half,
                              vd_moves[k].dx * g->cell_m, -vd_moves[k].dy * g->cell_m);
  return VD_OK;
}

static vd_status index_arcs(vd_arena *arena, vd_travel_network *net) {
  size_t n_nodes = (size_t)net->n_nodes;
  net->arc_start = vd_arena_try_alloc(arena, n_nodes + 2, sizeof *net->arc_start);
  net->arcs = vd_arena_try_alloc(arena, 2 * (size_t)net->n_edges, sizeof *net->arcs);
  if (!net->arc_start || !net->arcs) return no_room();
  int32_t *at = net->arc_start + 1; /* filling moves each start to the next, hence one further */
  for (int32_t i = 0; i < net->n_edges; i++) {
    at[net->edges[i].from + 1]++;
    at[net->edges[i].to + 1]++;
  }
  for (size_t i = 1; i <= n_nodes; i++) at[i] += at[i - 1];
  for (int32_t i = 0; i < net->n_edges; i++) {
    const edge *e = &net->edges[i];
    net->arcs[at[e->from]++] = (arc){e->to, 2 * i};
    net->arcs[at[e->to]++] = (arc){e->from, 2 * i + 1};
  }
  return VD_OK;
}

static vd_status index_joins(vd_arena *arena, vd_travel_network *net) {
  size_t n_cells = (size_t)net->n_cells;
  net->join_start = vd_arena_try_alloc(arena, n_cells + 2, sizeof *net->join_start);
  net->joins = vd_arena_try_alloc(arena, (size_t)net->n_nodes, sizeof *net->joins);
  if (!net->join_start || !net->joins) return no_room();
  int32_t *at = net->join_start + 1;
  for (int32_t i = 0; i < net->n_nodes; i++)
    if (net->nodes[i].cell != VD_NO_CELL) at[net->nodes[i].cell + 1]++;
  for (size_t i = 1; i <= n_cells; i++) at[i] += at[i - 1];
  for (int32_t i = 0; i < net->n_nodes; i++)
    if (net->nodes[i].cell != VD_NO_CELL) net->joins[at[net->nodes[i].cell]++] = i;
  return VD_OK;
}

/* ---- the numbers of the nodes ---- */

/* Where a node lies among the tiles in which a solve works, then among the cells of its tile; beyond the grid last. */
static uint64_t node_key(const vd_grid *g, const node *n) {
  int32_t cell = vd_grid_cell(g, n->x, n->y);
  if (cell == VD_NO_CELL) return UINT64_MAX;
  int32_t column = cell % g->nx, row = cell / g->nx, tiles_x = (g->nx + REACH_SIDE - 1) / REACH_SIDE;
  int64_t tile = (int64_t)(row / REACH_SIDE) * tiles_x + column / REACH_SIDE;
  return (uint64_t)tile << 12 | (uint64_t)(row % REACH_SIDE) << 6 | (uint64_t)(column % REACH_SIDE);
}

/* Nodes near each other get numbers near each other, so that a search finds them in the cache. */
static vd_status number_nodes(vd_arena *arena, vd_travel_network *net) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = (size_t)net->n_nodes;
  keyed *order = vd_arena_try_alloc(scratch, n, sizeof *order),
        *other = vd_arena_try_alloc(scratch, n, sizeof *other);
  int32_t *number = vd_arena_try_alloc(scratch, n, sizeof *number);
  node *nodes = vd_arena_try_alloc(arena, n, sizeof *nodes);
  if (n && (!order || !other || !number || !nodes)) return no_room();
  for (int32_t i = 0; i < net->n_nodes; i++)
    order[i] = (keyed){node_key(&net->terrain.grid, &net->nodes[i]), i};
  key_sort(order, other, n);
  for (int32_t i = 0; i < net->n_nodes; i++) {
    nodes[i] = net->nodes[order[i].item];
    number[order[i].item] = i;
  }
  for (int32_t i = 0; i < net->n_edges; i++) {
    net->edges[i].from = number[net->edges[i].from];
    net->edges[i].to = number[net->edges[i].to];
  }
  net->nodes = nodes;
  return VD_OK;
}

static vd_box road_box(const void *context, int32_t index) {
  const vd_travel_network *net = context;
  return net->roads[index].box;
}

static vd_box node_box(const void *context, int32_t index) {
  const vd_travel_network *net = context;
  const node *n = &net->nodes[index];
  return (vd_box){n->x, n->y, n->x, n->y};
}

vd_travel_network *network_start(vd_arena *arena, const vd_terrain *terrain, const vd_barriers *barriers) {
  vd_travel_network *net = VD_NEW(arena, vd_travel_network);
  net->terrain = *terrain;
  net->barriers = barriers;
  net->n_cells = vd_grid_n(&net->terrain.grid);
  return net;
}

vd_status network_finish(vd_arena *arena, vd_travel_network *net) {
  if (net->n_nodes > INT32_MAX - net->n_cells || net->n_edges > INT32_MAX / 2)
    return vd_fail(VD_ERR_LIMIT, _("The roads and cells of this area are too many; choose a larger cell."));
  VD_TRY(measure_steps(arena, net));
  VD_TRY(index_arcs(arena, net));
  VD_TRY(index_joins(arena, net));
  VD_TRY(box_tree_new(arena, net->n_roads, road_box, net, false, &net->road_tree));
  return box_tree_new(arena, net->n_nodes, node_box, net, true, &net->node_tree);
}

vd_status vd_travel_network_new(vd_arena *arena, const vd_travel_setup *setup, vd_travel_network **out) {
  VD_TRY(vd_grid_check(&setup->terrain->grid));
  vd_travel_network *net = network_start(arena, setup->terrain, setup->barriers);
  VD_TRY(copy_roads(arena, setup, net));
  VD_TRY(split_roads(arena, setup, net));
  VD_TRY(number_nodes(arena, net));
  VD_TRY(network_finish(arena, net));
  *out = net;
  return VD_OK;
}

const vd_grid *vd_travel_network_grid(const vd_travel_network *network) {
  return &network->terrain.grid;
}

int32_t vd_travel_n_nodes(const vd_travel_network *network) {
  return network->n_nodes;
}

int32_t vd_travel_n_edges(const vd_travel_network *network) {
  return network->n_edges;
}

void vd_travel_edge_ends(const vd_travel_network *network, int32_t edge_index, int32_t ends[2]) {
  ends[0] = network->edges[edge_index].from;
  ends[1] = network->edges[edge_index].to;
}

int32_t vd_travel_n_roads(const vd_travel_network *network) {
  return network->n_roads;
}

const double *vd_travel_road_line(const vd_travel_network *network, int32_t road_index, int32_t *n) {
  const road *r = &network->roads[road_index];
  *n = r->n;
  return road_point(network, r, 0);
}

const vd_travel_crossing *vd_travel_unmarked(const vd_travel_network *network, size_t *n) {
  *n = network->n_unmarked;
  return network->unmarked;
}

void place_point(const vd_travel_network *net, const road *r, place at, double xy[2]) {
  const double *p = road_point(net, r, at.segment);
  xy[0] = p[0];
  xy[1] = p[1];
  if (at.t > 0) {
    xy[0] += at.t * (p[2] - p[0]);
    xy[1] += at.t * (p[3] - p[1]);
  }
}

double place_along_m(const vd_travel_network *net, const road *r, place at) {
  const double *along = net->along_m + r->first_point + at.segment;
  return at.t > 0 ? along[0] + at.t * (along[1] - along[0]) : along[0];
}

double *edge_line(vd_arena *arena, const vd_travel_network *net, const road *r, place a, place b,
                  int32_t *n) {
  int32_t last = b.t > 0 ? b.segment : b.segment - 1; /* the last whole vertex before b */
  int32_t between = last > a.segment ? last - a.segment : 0;
  double *xy = VD_NEW_ARRAY(arena, double, 2 * ((size_t)between + 2));
  place_point(net, r, a, xy);
  if (between) memcpy(xy + 2, road_point(net, r, a.segment + 1), (size_t)between * 2 * sizeof *xy);
  place_point(net, r, b, xy + 2 * ((size_t)between + 1));
  *n = between + 2;
  return xy;
}
