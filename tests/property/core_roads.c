/* core_roads: the road network of random roads - searched along the roads against Bellman and Ford and against a solve
 * that cannot leave the road, asked for what is near against a look at everything, and kept as bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "core/travel_graph.h"
#include "vedette/core/proximity.h"

enum { SIDE = 12, CELL_M = 100, MAX_ROADS = 40, MAX_POINTS = 5, WORLDS = 300 };

static uint64_t state;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

typedef struct world {
  vd_terrain terrain;
  vd_barriers *barriers;
  vd_travel_network *net;
  vd_profile profile;
  vd_travel_effect effects[2];
  size_t n_effects;
  vd_travel_costs *costs;
} world;

static double random_at(void) {
  return (double)dice(SIDE * CELL_M + 100) - SIDE * CELL_M / 2.0 - 50;
}

/* Vertices are shared often, so that the roads hang together. */
static vd_travel_road random_road(vd_arena *arena, const double *places, uint32_t n_places) {
  int32_t n = 1 + (int32_t)dice(MAX_POINTS);
  double *xy = VD_NEW_ARRAY(arena, double, 2 * n);
  for (int32_t i = 0; i < n; i++) {
    const double *at = places + (size_t)2 * dice(n_places);
    xy[2 * i] = dice(5) ? at[0] : random_at();
    xy[2 * i + 1] = dice(5) ? at[1] : random_at();
  }
  vd_ground ground = dice(12) ? (vd_ground)dice(VD_GROUND_BARE) : VD_GROUND_RIVER;
  return (vd_travel_road){.xy = xy,
                          .n = n,
                          .ground = ground,
                          .crossing = dice(4) ? VD_CROSSING_NONE : (vd_crossing)dice(VD_CROSSING_COUNT),
                          .oneway = (int8_t)(dice(3) ? 0 : (int)dice(3) - 1),
                          .closed = dice(10) ? 0 : 1 << VD_CAR_4X4,
                          .time_factor = dice(3) ? 1 : 1.5};
}

static void make_network(vd_arena *arena, world *w, bool at_sea) {
  double places[30];
  for (int i = 0; i < 30; i++) places[i] = random_at();
  uint8_t *ground = VD_NEW_ARRAY(arena, uint8_t, SIDE * SIDE);
  memset(ground, at_sea ? VD_GROUND_WATER : VD_GROUND_BARE, SIDE * SIDE);
  w->terrain =
      (vd_terrain){.grid = {-SIDE * CELL_M / 2.0, SIDE * CELL_M / 2.0, CELL_M, SIDE, SIDE}, .ground = ground};
  const vd_geom *river = vd_geom_line(arena, (double[]){-500, random_at() / 3, 500, random_at() / 3}, 2);
  assert_int_equal(vd_barriers_new(arena, &w->terrain.grid, &river, 1, &w->barriers), VD_OK);
  uint32_t n = dice(MAX_ROADS + 1);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n + 1);
  for (uint32_t i = 0; i < n; i++) roads[i] = random_road(arena, places, 15);
  vd_travel_setup setup = {&w->terrain, w->barriers, roads, n, (vd_unmarked)dice(3), 50.0 * dice(3)};
  assert_int_equal(vd_travel_network_new(arena, &setup, &w->net), VD_OK);
}

static void make_costs(vd_arena *arena, world *w) {
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = g == VD_GROUND_WATER ? 0 : 3 + dice(60) + 0.37;
  w->profile = vd_profile_resolve(dice(4) ? VD_CAR_4X4 : VD_FOOT, &rules, &rules, VD_DRY, VD_DAY,
                                  1000 * dice(900), 1000 * dice(3600));
  w->n_effects = dice(3);
  for (size_t i = 0; i < w->n_effects; i++)
    w->effects[i] = (vd_travel_effect){
        .effect = (vd_effect)dice(VD_EFFECT_NONE),
        .slow = 1.5,
        .delay_ms = 60000,
        .zone = vd_travel_zone_circle(arena, w->net, random_at(), random_at(), 20 + dice(200))};
  assert_int_equal(vd_travel_costs_new(arena, w->net, &w->profile, w->effects, w->n_effects, &w->costs),
                   VD_OK);
}

/* ---- searching ---- */

static uint32_t *bellman_ford(vd_arena *arena, const world *w, const vd_travel_source *source,
                              uint32_t cutoff_ms) {
  const vd_travel_network *net = w->net;
  uint32_t *ms = VD_NEW_ARRAY(arena, uint32_t, net->n_nodes + 1);
  for (int32_t i = 0; i < net->n_nodes; i++) ms[i] = VD_UNREACHED;
  size_t n;
  const seed *seeds = source_seeds(arena, w->costs, source, &n);
  for (size_t i = 0; i < n; i++) {
    int32_t at = seeds[i].vertex - net->n_cells;
    uint32_t there = vd_ms_add(source->start_ms, seeds[i].ms);
    if (at >= 0 && there < ms[at]) ms[at] = there;
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t i = 0; i < 2 * net->n_edges; i++) {
      const edge *e = &net->edges[i / 2];
      int32_t from = i & 1 ? e->to : e->from, to = i & 1 ? e->from : e->to;
      uint32_t there = vd_ms_add(ms[from], arc_step_ms(w->costs, from, &(arc){to, i}));
      if (there < ms[to]) ms[to] = there, changed = true;
    }
  }
  for (int32_t i = 0; i < net->n_nodes; i++)
    if (ms[i] > cutoff_ms) ms[i] = VD_UNREACHED;
  return ms;
}

static void assert_reached(const vd_travel_reached *got, const uint32_t *expected, int32_t n_nodes) {
  size_t k = 0;
  for (int32_t i = 0; i < n_nodes; i++) {
    if (expected[i] == VD_UNREACHED) continue;
    assert_true(k < got->n);
    assert_int_equal(got->nodes[k], i);
    assert_int_equal(got->ms[k], expected[i]);
    k++;
  }
  assert_int_equal(k, got->n);
}

static void by_road__equals_bellman_ford_on_any_number_of_threads(void **unused) {
  (void)unused;
  enum { SOURCES = 6 };
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(3);
  size_t reached = 0;
  for (int i = 0; i < WORLDS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w;
    state = (uint64_t)i;
    make_network(arena, &w, false);
    make_costs(arena, &w);
    vd_travel_lanes *lanes;
    assert_int_equal(vd_travel_lanes_new(arena, w.costs, &lanes), VD_OK);
    vd_travel_source sources[SOURCES];
    for (int k = 0; k < SOURCES; k++)
      sources[k] = (vd_travel_source){random_at() + 0.25, random_at() + 0.125, dice(1000)};
    uint32_t cutoff_ms = dice(2) ? VD_UNREACHED - 1 : dice(1000000);
    vd_travel_reached got[SOURCES];
    assert_int_equal(
        vd_travel_by_road(arena, w.costs, lanes, sources, SOURCES, cutoff_ms, i % 2 ? jobs : NULL, NULL, got),
        VD_OK);
    for (int k = 0; k < SOURCES; k++) {
      assert_reached(&got[k], bellman_ford(arena, &w, &sources[k], cutoff_ms), w.net->n_nodes);
      reached += got[k].n;
    }
  }
  assert_true(reached > 1000);
}

/* On water nobody leaves the road, so a solve over cells and roads has nothing but the roads. */
static void by_road__is_a_solve_where_nobody_can_leave_the_road(void **unused) {
  (void)unused;
  size_t reached = 0;
  for (int i = 0; i < WORLDS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w;
    state = 7000 + (uint64_t)i;
    make_network(arena, &w, true);
    make_costs(arena, &w);
    vd_travel_lanes *lanes;
    assert_int_equal(vd_travel_lanes_new(arena, w.costs, &lanes), VD_OK);
    vd_travel_source source = {random_at() + 0.25, random_at() + 0.125, dice(1000)};
    uint32_t cutoff_ms = dice(2) ? VD_UNREACHED - 1 : dice(2000000);
    vd_travel_field field;
    vd_travel_reached got;
    assert_int_equal(vd_travel_solve(arena, w.costs, &source, cutoff_ms, false, NULL, &field), VD_OK);
    assert_int_equal(vd_travel_by_road(arena, w.costs, lanes, &source, 1, cutoff_ms, NULL, NULL, &got),
                     VD_OK);
    assert_reached(&got, field.node_ms, w.net->n_nodes);
    reached += got.n;
  }
  assert_true(reached > 100);
}

static void by_road__stops_when_asked(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { LONG = 20000 };
  double *xy = VD_NEW_ARRAY(arena, double, 2 * LONG);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, LONG);
  for (int i = 0; i < LONG; i++) xy[2 * i] = i % 2 ? 10 : -10, xy[2 * i + 1] = i / 100.0 + i % 7;
  for (int i = 0; i + 1 < LONG; i++)
    roads[i] = (vd_travel_road){.xy = xy + 2 * i, .n = 2, .crossing = VD_BRIDGE, .time_factor = 1};
  roads[0].crossing = VD_CROSSING_NONE;
  uint8_t ground = VD_GROUND_BARE;
  vd_terrain terrain = {.grid = {-500, 500, 1000, 1, 1}, .ground = &ground};
  vd_travel_setup setup = {.terrain = &terrain, .roads = roads, .n_roads = LONG - 1};
  world w = {0};
  assert_int_equal(vd_travel_network_new(arena, &setup, &w.net), VD_OK);
  state = 3;
  make_costs(arena, &w);
  vd_travel_lanes *lanes;
  assert_int_equal(vd_travel_lanes_new(arena, w.costs, &lanes), VD_OK);
  atomic_bool cancel = true;
  vd_progress progress = {.cancel = &cancel};
  vd_travel_source source = {1, 1, 0};
  vd_travel_reached got;
  vd_status status =
      vd_travel_by_road(arena, w.costs, lanes, &source, 1, VD_UNREACHED - 1, NULL, &progress, &got);
  assert_int_equal(status, VD_ERR_CANCELLED);
  assert_int_equal(got.n, 0);
}

/* ---- what is near ---- */

static bool edge_within(vd_arena *arena, const vd_travel_network *net, const edge *e, double x, double y,
                        double radius_m) {
  int32_t n;
  const double *xy = edge_line(arena, net, &net->roads[e->road], e->a, e->b, &n);
  for (int32_t i = 0; i + 1 < n; i++)
    if (vd_segment_distance_m(x, y, xy[2 * i], xy[2 * i + 1], xy[2 * i + 2], xy[2 * i + 3]) <= radius_m)
      return true;
  return false;
}

static void zones__hold_all_that_is_near_and_nothing_else(void **unused) {
  (void)unused;
  for (int i = 0; i < WORLDS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w;
    state = 20000 + (uint64_t)i;
    make_network(arena, &w, false);
    const vd_travel_network *net = w.net;
    double x = random_at() + 0.3, y = random_at() + 0.7, radius_m = dice(400);
    const vd_travel_zone *zone = vd_travel_zone_circle(arena, net, x, y, radius_m);
    size_t edges = 0, nodes = 0;
    for (int32_t k = 0; k < net->n_edges; k++) {
      if (net->edges[k].road < 0 || !edge_within(arena, net, &net->edges[k], x, y, radius_m)) continue;
      assert_true(edges < zone->n_edges);
      assert_int_equal(zone->edges[edges++], k);
    }
    for (int32_t k = 0; k < net->n_nodes; k++) {
      const node *n = &net->nodes[k];
      if (!(vd_segment_distance_m(x, y, n->x, n->y, n->x, n->y) <= radius_m)) continue;
      assert_true(nodes < zone->n_nodes);
      assert_int_equal(zone->nodes[nodes++], k);
    }
    assert_int_equal(edges, zone->n_edges);
    assert_int_equal(nodes, zone->n_nodes);
  }
}

typedef struct box_list {
  vd_box boxes[1000];
} box_list;

static vd_box box_at(const void *context, int32_t i) {
  return ((const box_list *)context)->boxes[i];
}

static void box_tree__finds_every_box_that_touches(void **unused) {
  (void)unused;
  box_list list;
  state = 5;
  for (int round = 0; round < 200; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    int32_t n = (int32_t)dice(round % 2 ? 40 : 1000), last = -1;
    for (int32_t i = 0; i < n; i++) {
      double x = random_at(), y = random_at();
      list.boxes[i] = dice(9) ? (vd_box){x, y, x + dice(50), y + dice(50)} : vd_box_empty();
    }
    box_tree tree;
    assert_int_equal(box_tree_new(arena, n, box_at, &list, round % 3 == 0, &tree), VD_OK);
    vd_box asked = {random_at(), random_at(), 0, 0};
    asked.max_x = asked.min_x + dice(300);
    asked.max_y = asked.min_y + dice(300);
    size_t found, k = 0;
    const int32_t *items = box_tree_near(arena, &tree, asked, &found);
    for (size_t i = 0; i < found; i++) {
      assert_true(items[i] > last);
      last = items[i];
    }
    for (int32_t i = 0; i < n; i++) {
      if (!vd_box_touches(list.boxes[i], asked)) continue;
      while (k < found && items[k] < i) k++;
      assert_true(k < found && items[k] == i);
    }
  }
}

/* ---- keeping ---- */

static void assert_same_network(const vd_travel_network *a, const vd_travel_network *b) {
  assert_int_equal(a->n_nodes, b->n_nodes);
  assert_int_equal(a->n_edges, b->n_edges);
  assert_int_equal(a->n_roads, b->n_roads);
  for (int32_t i = 0; i < a->n_nodes; i++) {
    const node *m = &a->nodes[i], *n = &b->nodes[i];
    assert_true(m->x == n->x && m->y == n->y && m->cell == n->cell && m->medium == n->medium &&
                m->crossing == n->crossing && m->join_m == n->join_m);
  }
  for (int32_t i = 0; i < a->n_edges; i++) {
    const edge *d = &a->edges[i], *e = &b->edges[i];
    assert_true(d->from == e->from && d->to == e->to && d->road == e->road && d->kind == e->kind &&
                d->a_m == e->a_m && d->b_m == e->b_m && d->a.segment == e->a.segment && d->a.t == e->a.t &&
                d->b.segment == e->b.segment && d->b.t == e->b.t);
  }
  for (int32_t i = 0; i < a->n_roads; i++) {
    const road *d = &a->roads[i], *e = &b->roads[i];
    assert_true(d->first_edge == e->first_edge || !d->n_edges);
    assert_true(d->first_point == e->first_point || !d->n);
    assert_true(d->n == e->n && d->n_edges == e->n_edges && d->medium == e->medium &&
                d->closed == e->closed && d->oneway == e->oneway && d->time_factor == e->time_factor &&
                d->ground == e->ground && d->crossing == e->crossing);
    assert_memory_equal(&d->box, &e->box, sizeof d->box);
  }
  if (a->n_edges) assert_memory_equal(a->arcs, b->arcs, 2 * (size_t)a->n_edges * sizeof *a->arcs);
  assert_int_equal(a->n_unmarked, b->n_unmarked);
  for (size_t i = 0; i < a->n_unmarked; i++)
    assert_true(a->unmarked[i].road == b->unmarked[i].road && a->unmarked[i].x_m == b->unmarked[i].x_m &&
                a->unmarked[i].y_m == b->unmarked[i].y_m);
}

static void kept__is_the_network_that_was_written(void **unused) {
  (void)unused;
  for (int i = 0; i < WORLDS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w;
    state = 40000 + (uint64_t)i;
    make_network(arena, &w, false);
    uint8_t *bytes, *again;
    size_t n, n_again;
    vd_travel_network *read;
    assert_int_equal(vd_travel_network_write(arena, w.net, &bytes, &n), VD_OK);
    assert_int_equal(vd_travel_network_read(arena, bytes, n, &w.terrain, w.barriers, &read), VD_OK);
    assert_same_network(w.net, read);
    assert_int_equal(vd_travel_network_write(arena, read, &again, &n_again), VD_OK);
    assert_int_equal(n, n_again);
    assert_memory_equal(bytes, again, n);
  }
}

static void kept__that_is_damaged_is_refused(void **unused) {
  (void)unused;
  for (int i = 0; i < WORLDS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w;
    state = 60000 + (uint64_t)i;
    make_network(arena, &w, false);
    uint8_t *bytes;
    size_t n;
    vd_travel_network *read;
    assert_int_equal(vd_travel_network_write(arena, w.net, &bytes, &n), VD_OK);
    assert_int_equal(vd_travel_network_read(arena, bytes, dice((uint32_t)n), &w.terrain, w.barriers, &read),
                     VD_ERR_INPUT);
    vd_terrain other = w.terrain;
    other.grid.x0_m += 1;
    assert_int_equal(vd_travel_network_read(arena, bytes, n, &other, w.barriers, &read), VD_ERR_INPUT);
    bytes[dice((uint32_t)n)] ^= (uint8_t)(1 + dice(255));
    assert_int_equal(vd_travel_network_read(arena, bytes, n, &w.terrain, w.barriers, &read), VD_ERR_INPUT);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(by_road__equals_bellman_ford_on_any_number_of_threads),
      cmocka_unit_test(by_road__is_a_solve_where_nobody_can_leave_the_road),
      cmocka_unit_test(by_road__stops_when_asked),
      cmocka_unit_test(zones__hold_all_that_is_near_and_nothing_else),
      cmocka_unit_test(box_tree__finds_every_box_that_touches),
      cmocka_unit_test(kept__is_the_network_that_was_written),
      cmocka_unit_test(kept__that_is_damaged_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
