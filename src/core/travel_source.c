/* travel_source: how a responder's position joins the graph, and straight flight.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "core/travel_graph.h"
#include "vedette/base/i18n.h"
#include "vedette/core/proximity.h"

typedef struct joining {
  vd_arena *arena;
  const vd_travel_costs *costs;
  double x, y, pace; /* of the ways straight from the source */
  int32_t cell;
  bool walked;
  seed *seeds;
  size_t n, capacity;
} joining;

static void add_seed(joining *j, seed made) {
  if (made.ms == VD_UNREACHED) return;
  if (j->costs->delayed)
    made.ms = vd_ms_add(made.ms, step_delay_ms(j->costs, j->cell, made.edge, NULL, 0, made.vertex));
  *VD_PUSH(j->arena, j->seeds, j->n, j->capacity) = made;
}

static bool clear_way(const joining *j, double x, double y) {
  return !vd_barriers_cross(j->costs->net->barriers, j->x, j->y, x, y);
}

/* The own cell's centre; when a river lies before it, those of the neighbours that can be seen. */
static void join_cells(joining *j) {
  const vd_travel_network *net = j->costs->net;
  const vd_grid *g = &net->terrain.grid;
  double x, y;
  vd_grid_centre(g, j->cell, &x, &y);
  if (clear_way(j, x, y)) {
    uint32_t ms = vd_ms_round(vd_plane_distance_m(j->x, j->y, x, y) * j->pace);
    add_seed(j, (seed){.vertex = j->cell, .ms = ms, .walked = j->walked, .edge = -1});
    return;
  }
  for (int k = 0; k < VD_KING_MOVES && !j->walked; k++) {
    if (!move_on_grid(g, j->cell % g->nx, j->cell / g->nx, k)) continue;
    int32_t to = j->cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    vd_grid_centre(g, to, &x, &y);
    if (!clear_way(j, x, y)) continue;
    double pace = (j->pace + (double)j->costs->pace[to]) / 2;
    add_seed(
        j, (seed){.vertex = to, .ms = vd_ms_round(vd_plane_distance_m(j->x, j->y, x, y) * pace), .edge = -1});
  }
}

/* A boat's crew walks to water beside its cell. */
static void join_boats(joining *j) {
  const vd_grid *g = &j->costs->net->terrain.grid;
  for (int k = 0; k < VD_KING_MOVES; k++) {
    uint32_t ms = landing_ms(j->costs, j->cell, k, true);
    if (ms == VD_UNREACHED) continue;
    int32_t to = j->cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    add_seed(j, (seed){.vertex = to, .ms = ms, .walked = true, .edge = -1});
  }
}

/* Narrows [t0, t1] of p + t (q - p) to low..high in one coordinate. */
static void clip(double p, double q, double low, double high, double *t0, double *t1) {
  if (p == q) {
    if (p < low || p > high) *t1 = -1;
    return;
  }
  double a = (low - p) / (q - p), b = (high - p) / (q - p);
  *t0 = fmax(*t0, fmin(a, b));
  *t1 = fmin(*t1, fmax(a, b));
}

/* The place nearest to the source on the part of an edge within the cell; false when there is none. */
static bool nearest_place(const joining *j, const edge *e, const vd_box *box, place *at) {
  const vd_travel_network *net = j->costs->net;
  const road *r = &net->roads[e->road];
  double best = INFINITY;
  for (int32_t i = e->a.segment; i <= e->b.segment && i + 1 < r->n; i++) {
    const double *p = road_point(net, r, i);
    double t0 = i == e->a.segment ? e->a.t : 0, t1 = i == e->b.segment ? e->b.t : 1;
    clip(p[0], p[2], box->min_x, box->max_x, &t0, &t1);
    clip(p[1], p[3], box->min_y, box->max_y, &t0, &t1);
    if (!(t0 <= t1)) continue;
    double t = fmin(fmax(vd_segment_nearest(j->x, j->y, p[0], p[1], p[2], p[3]), t0), t1);
    double dx = p[0] + t * (p[2] - p[0]) - j->x, dy = p[1] + t * (p[3] - p[1]) - j->y;
    if (dx * dx + dy * dy >= best - SAME_M2) continue;
    best = dx * dx + dy * dy;
    *at = t >= 1 ? (place){i + 1, 0} : (place){i, t};
  }
  return best < INFINITY;
}

/* Where an unmarked crossing is nearest, the source is beyond the river; as with joins, rounding must not decide. */
static bool at_crossing(const vd_travel_network *net, const edge *e, place at) {
  bool first = at.segment == e->a.segment && at.t == e->a.t,
       last = at.segment == e->b.segment && at.t == e->b.t;
  return (first && net->nodes[e->from].crossing) || (last && net->nodes[e->to].crossing);
}

static void join_edge(joining *j, int32_t index, place at) {
  const vd_travel_network *net = j->costs->net;
  const edge *e = &net->edges[index];
  const road *r = &net->roads[e->road];
  double p[2], along_m = place_along_m(net, r, at);
  place_point(net, r, at, p);
  if (r->medium != MEDIUM_RIVER && (at_crossing(net, e, at) || !clear_way(j, p[0], p[1]))) return;
  uint32_t off = vd_ms_round(vd_plane_distance_m(j->x, j->y, p[0], p[1]) * j->pace);
  seed made = {.walked = j->walked, .edge = index, .at = at};
  if (j->costs->arc_ms[2 * index] != VD_UNREACHED) {
    made.vertex = vertex_of_node(net, e->to);
    made.ms = vd_ms_add(off, along_ms(j->costs, index, along_m, e->b_m));
    add_seed(j, made);
  }
  if (j->costs->arc_ms[2 * index + 1] != VD_UNREACHED) {
    made.vertex = vertex_of_node(net, e->from);
    made.ms = vd_ms_add(off, along_ms(j->costs, index, e->a_m, along_m));
    add_seed(j, made);
  }
}

static void join_roads(joining *j) {
  const vd_travel_network *net = j->costs->net;
  const vd_grid *g = &net->terrain.grid;
  double x, y, half = g->cell_m / 2;
  vd_grid_centre(g, j->cell, &x, &y);
  vd_box box = {x - half, y - half, x + half, y + half};
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n;
  const int32_t *near = box_tree_near(scratch, &net->road_tree, box, &n);
  for (size_t i = 0; i < n; i++) {
    const road *r = &net->roads[near[i]];
    bool ordinary =
        r->medium == MEDIUM_RIVER || (r->medium == MEDIUM_LAND && r->crossing == VD_CROSSING_NONE);
    if (!ordinary || !vd_box_touches(r->box, box)) continue;
    for (int32_t k = r->first_edge; k < r->first_edge + r->n_edges; k++) {
      place at;
      if (net->edges[k].kind == EDGE_ROAD && nearest_place(j, &net->edges[k], &box, &at)) join_edge(j, k, at);
    }
  }
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static bool blocked(const vd_travel_costs *costs, int32_t cell) {
  for (size_t i = 0; i < costs->n_effects; i++) {
    const vd_travel_zone *zone = costs->effects[i].zone;
    if (costs->effects[i].effect == VD_EFFECT_BLOCK && zone->n_cells &&
        bsearch(&cell, zone->cells, zone->n_cells, sizeof cell, by_number))
      return true;
  }
  return false;
}

seed *source_seeds(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source, size_t *n) {
  joining j = {.arena = arena, .costs = costs, .x = source->x_m, .y = source->y_m};
  j.cell = vd_grid_cell(&costs->net->terrain.grid, j.x, j.y);
  *n = 0;
  if (j.cell == VD_NO_CELL || blocked(costs, j.cell)) return NULL;
  j.walked = !(costs->pace[j.cell] < INFINITY);
  j.pace = cell_pace(costs, j.cell, j.walked);
  if (j.pace < INFINITY) join_cells(&j);
  /* A base on a jetty or an islet that the land cover takes for water still walks to its road. */
  else
    j.pace = costs->profile.walk_ms_per_m[VD_GROUND_BARE];
  if (costs->crew) join_boats(&j);
  join_roads(&j);
  *n = j.n;
  return j.seeds;
}

/* ---- straight flight ---- */

static void apply_over_cells(const vd_travel_effect *e, const uint32_t start_ms, uint32_t *cell_ms) {
  for (size_t i = 0; i < e->zone->n_cells; i++) {
    uint32_t *ms = &cell_ms[e->zone->cells[i]];
    if (*ms == VD_UNREACHED) continue;
    if (e->effect == VD_EFFECT_BLOCK) *ms = VD_UNREACHED;
    if (e->effect == VD_EFFECT_SLOW)
      *ms = vd_ms_add(start_ms, vd_ms_round((double)(*ms - start_ms) * e->slow));
    if (e->effect == VD_EFFECT_DELAY) *ms = vd_ms_add(*ms, e->delay_ms);
  }
}

vd_status vd_travel_direct(vd_arena *arena, const vd_grid *grid, const vd_travel_source *source, double kmh,
                           const vd_travel_effect *effects, size_t n_effects, uint32_t cutoff_ms,
                           uint32_t **cell_ms) {
  VD_TRY(vd_grid_check(grid));
  size_t n = (size_t)vd_grid_n(grid);
  uint32_t *ms = vd_arena_try_alloc(arena, n, sizeof *ms);
  if (!ms)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  for (size_t i = 0; i < n; i++) {
    double x, y;
    vd_grid_centre(grid, (int32_t)i, &x, &y);
    double length_m = vd_plane_distance_m(source->x_m, source->y_m, x, y);
    ms[i] = vd_ms_add(source->start_ms, kmh > 0 ? vd_ms_round(length_m * (3600 / kmh)) : VD_UNREACHED);
  }
  /* Slow-downs first: a delay is not slowed. */
  for (int pass = 0; pass < 2; pass++)
    for (size_t i = 0; i < n_effects; i++)
      if ((effects[i].effect == VD_EFFECT_SLOW) == (pass == 0))
        apply_over_cells(&effects[i], source->start_ms, ms);
  for (size_t i = 0; i < n; i++)
    if (ms[i] > cutoff_ms) ms[i] = VD_UNREACHED;
  *cell_ms = ms;
  return VD_OK;
}
