/* core_reach: travel times over many tiles against Dijkstra's algorithm vertex by vertex, the same bytes for every kind of
 * processor, and routes by the rule that travel_graph.h states.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "core/reach.h"
#include "support/travel_dijkstra.h"

enum { MAX_ROADS = 60, MAX_POINTS = 24, MAX_RIVERS = 4, MAX_EFFECTS = 4, WORLDS = 600 };

static uint64_t state;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

/* ---- a random world ---- */

typedef struct world {
  vd_arena *arena;
  vd_terrain terrain;
  vd_travel_network *net;
  vd_travel_costs *costs;
  vd_travel_source source;
  uint32_t cutoff_ms;
} world;

/* Sides of one tile and its neighbours, just short of and just beyond them, and others. */
static int32_t random_side(bool small) {
  static const int32_t sides[] = {1, 2, 3, 62, 63, 64, 65, 66, 127, 128, 129};
  if (small) return 1 + (int32_t)dice(9);
  return dice(3) ? sides[dice(11)] : 1 + (int32_t)dice(150);
}

static double random_x(const vd_grid *g) {
  return g->x0_m + dice((uint32_t)(g->nx * g->cell_m * 8)) / 8.0;
}
static double random_y(const vd_grid *g) {
  return g->y0_m - dice((uint32_t)(g->ny * g->cell_m * 8)) / 8.0;
}

static void random_terrain(world *w, bool small) {
  vd_grid *g = &w->terrain.grid;
  *g = (vd_grid){-4000 - (double)dice(100), 3000 + (double)dice(100), 100, random_side(small),
                 random_side(small)};
  int32_t n = g->nx * g->ny;
  uint8_t *ground = VD_NEW_ARRAY(w->arena, uint8_t, n);
  float *elevation = VD_NEW_ARRAY(w->arena, float, n);
  uint32_t kinds = 1 + dice(VD_GROUND_COUNT - VD_GROUND_BARE), patch = 1 + dice(12), rough = 1 + dice(80);
  uint32_t salt = dice(1000);
  for (int32_t i = 0; i < n; i++) {
    uint32_t x = (uint32_t)(i % g->nx) / patch, y = (uint32_t)(i / g->nx) / patch;
    uint32_t mixed = (x * 2654435761u ^ y * 2246822519u ^ salt) * 3266489917u;
    ground[i] = (uint8_t)(VD_GROUND_BARE + (mixed >> 16) % kinds);
    elevation[i] = dice(200) ? (float)dice(rough) : NAN;
  }
  w->terrain.ground = ground;
  if (dice(3)) w->terrain.elevation_m = elevation;
}

static const vd_geom *random_river(const world *w) {
  double xy[6];
  for (int i = 0; i < 3; i++) {
    xy[2 * i] = random_x(&w->terrain.grid);
    xy[2 * i + 1] = random_y(&w->terrain.grid);
  }
  return vd_geom_line(w->arena, xy, 3);
}

/* Roads wander and often begin where another one has a point. */
static vd_travel_road random_road(const world *w, const vd_travel_road *others, uint32_t n_others) {
  int32_t n = 2 + (int32_t)dice(MAX_POINTS - 1);
  double *xy = VD_NEW_ARRAY(w->arena, double, 2 * n);
  xy[0] = random_x(&w->terrain.grid);
  xy[1] = random_y(&w->terrain.grid);
  if (n_others && dice(3)) {
    const vd_travel_road *other = &others[dice(n_others)];
    memcpy(xy, other->xy + 2 * dice((uint32_t)other->n), 2 * sizeof *xy);
  }
  for (int32_t i = 1; i < n; i++) {
    xy[2 * i] = xy[2 * i - 2] + (double)dice(600) - 300;
    xy[2 * i + 1] = xy[2 * i - 1] + (double)dice(600) - 300;
  }
  static const vd_ground grounds[] = {VD_GROUND_PAVED, VD_GROUND_GRAVEL, VD_GROUND_FERRY, VD_GROUND_RIVER};
  return (vd_travel_road){.xy = xy,
                          .n = n,
                          .ground = grounds[dice(5) ? dice(2) : 2 + dice(2)],
                          .crossing = dice(3) ? VD_CROSSING_NONE : (vd_crossing)dice(VD_CROSSING_COUNT),
                          .oneway = (int8_t)(dice(4) ? 0 : 1),
                          .time_factor = dice(2) ? 1 : 1.25};
}

static vd_profile random_profile(void) {
  vd_speed_rules own = {.night_factor = 0.7, .slope_max = dice(3) ? INFINITY : 0.3}, foot = own;
  vd_vehicle vehicle = (vd_vehicle[]){VD_FOOT, VD_CAR_4X4, VD_BOAT}[dice(3)];
  for (int i = 0; i < VD_GROUND_COUNT; i++) {
    own.kmh[i] = dice(4) ? 1 + dice(60) + 0.00037 * i : 0;
    foot.kmh[i] = dice(5) ? 1 + dice(5) + 0.00037 * i : 0;
  }
  if (dice(8) == 0) /* steps of no time */
    for (int i = 0; i < VD_GROUND_COUNT; i++) own.kmh[i] = dice(2) ? 4e8 : 30;
  return vd_profile_resolve(vehicle, &own, vehicle == VD_FOOT ? &own : &foot, VD_DRY, VD_DAY, 90000, 360000);
}

static world random_world(vd_arena *arena, int round) {
  state = 4242u + (uint64_t)round * 1000003u;
  bool small = round % 3 == 0;
  world w = {.arena = arena};
  random_terrain(&w, small);
  const vd_geom *rivers[MAX_RIVERS];
  size_t n_rivers = dice(MAX_RIVERS + 1);
  for (size_t i = 0; i < n_rivers; i++) rivers[i] = random_river(&w);
  vd_barriers *barriers;
  assert_int_equal(vd_barriers_new(arena, &w.terrain.grid, rivers, n_rivers, &barriers), VD_OK);
  if (n_rivers) w.terrain.blocked = vd_barriers_moves(arena, barriers);
  uint32_t n_roads = dice(small ? 6 : MAX_ROADS);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n_roads);
  for (uint32_t i = 0; i < n_roads; i++) roads[i] = random_road(&w, roads, i);
  vd_terrain *terrain = VD_NEW(arena, vd_terrain);
  *terrain = w.terrain;
  vd_travel_setup setup = {terrain, barriers, roads, n_roads, (vd_unmarked)dice(3), 120};
  assert_int_equal(vd_travel_network_new(arena, &setup, &w.net), VD_OK);
  vd_travel_effect effects[MAX_EFFECTS];
  size_t n_effects = dice(3) ? 0 : dice(MAX_EFFECTS + 1);
  for (size_t i = 0; i < n_effects; i++)
    effects[i] =
        (vd_travel_effect){.effect = (vd_effect)dice(VD_EFFECT_NONE),
                           .slow = 1.5 + dice(3),
                           .delay_ms = 60000,
                           .zone = vd_travel_zone_circle(arena, w.net, random_x(&w.terrain.grid),
                                                         random_y(&w.terrain.grid), 20 + dice(2000))};
  vd_profile profile = random_profile();
  assert_int_equal(vd_travel_costs_new(arena, w.net, &profile, effects, n_effects, &w.costs), VD_OK);
  w.source = (vd_travel_source){random_x(&w.terrain.grid), random_y(&w.terrain.grid), dice(1000)};
  w.cutoff_ms = dice(3) ? VD_UNREACHED - dice(2) : 300000 + dice(4000000);
  return w;
}

/* ---- times ---- */

static void same(const char *what, int round, const uint32_t *times, const uint32_t *expected, int32_t n) {
  for (int32_t i = 0; i < n; i++)
    if (times[i] != expected[i])
      fail_msg("world %d, %s %d: %u, expected %u", round, what, (int)i, times[i], expected[i]);
}

static void check_kernel(const world *w, int round, const reach_kernel *kernel,
                         const vd_travel_field *expected) {
  int32_t n = w->net->n_cells, n_nodes = w->net->n_nodes;
  for (int with_routes = 0; with_routes < 2; with_routes++) {
    vd_travel_field field;
    assert_int_equal(
        reach_solve(w->arena, w->costs, kernel, &w->source, w->cutoff_ms, with_routes, NULL, &field), VD_OK);
    same("cell", round, field.cell_ms, expected->cell_ms, n);
    same("node", round, field.node_ms, expected->node_ms, n_nodes);
    assert_int_equal(!field.walk_node_ms, !expected->walk_node_ms);
    if (field.walk_node_ms) same("walked node", round, field.walk_node_ms, expected->walk_node_ms, n_nodes);
  }
}

static void reach__equals_dijkstra_on_random_worlds_whatever_the_processor(void **unused) {
  (void)unused;
  for (int round = 0; round < WORLDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    vd_travel_field expected = dijkstra_solve(arena, w.costs, &w.source, w.cutoff_ms);
    check_kernel(&w, round, &reach_kernel_portable, &expected);
    check_kernel(&w, round, reach_kernel_best(), &expected);
  }
}

typedef struct shared {
  const world *w;
  vd_arena *arenas[2];
  uint32_t *cell_ms[8];
} shared;

static vd_status solve_one(void *context, int64_t item, int worker) {
  shared *s = context;
  vd_travel_source source = s->w->source;
  vd_travel_field field;
  source.x_m += (double)item * 50;
  VD_TRY(vd_travel_solve(s->arenas[worker], s->w->costs, &source, s->w->cutoff_ms, false, NULL, &field));
  s->cell_ms[item] = field.cell_ms;
  return VD_OK;
}

static void reach__threads_share_costs(void **unused) {
  (void)unused;
  for (int round = 1; round < 40; round += 3) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    shared alone = {.w = &w, .arenas = {arena, arena}};
    shared together = {.w = &w, .arenas = {vd_arena_new(), vd_arena_new()}};
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(2);
    assert_int_equal(vd_jobs_run(NULL, 8, solve_one, &alone), VD_OK);
    assert_int_equal(vd_jobs_run(jobs, 8, solve_one, &together), VD_OK);
    for (int i = 0; i < 8; i++) same("cell", round, together.cell_ms[i], alone.cell_ms[i], w.net->n_cells);
    vd_arena_free(together.arenas[0]);
    vd_arena_free(together.arenas[1]);
  }
}

/* Every price of a tile, also of moves that no least way takes, is the one move by move. */
static void check_prices(const world *w, int round, const reach_run *run, int32_t tile) {
  const vd_grid *g = &w->terrain.grid;
  const reach_slot *slot = &run->slots[run->tiles[tile].slot];
  for (int32_t y = 0; y < REACH_SIDE; y++)
    for (int32_t x = 0; slot->priced >> y & 1 && x < REACH_SIDE; x++)
      for (int k = 0; k < VD_MOVES; k++) {
        int32_t to_x = tile % run->tiles_x * REACH_SIDE + x, to_y = tile / run->tiles_x * REACH_SIDE + y;
        int32_t column = to_x - vd_moves[k].dx, row = to_y - vd_moves[k].dy;
        int32_t from = vd_grid_cell_of(g, column, row);
        uint32_t expected =
            from == VD_NO_CELL || to_x >= g->nx ? VD_UNREACHED : move_step_ms(w->costs, from, column, row, k);
        if (slot->prices[y][k][x] != expected)
          fail_msg("world %d, move %d to %d %d: %u, expected %u", round, k, (int)to_x, (int)to_y,
                   slot->prices[y][k][x], expected);
      }
}

static void reach__prices_rows_as_it_does_single_moves(void **unused) {
  (void)unused;
  for (int round = 0; round < WORLDS / 3; round++)
    for (int i = 0; i < 2; i++) {
      VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
      world w = random_world(arena, round);
      reach_run run;
      assert_int_equal(reach_start(arena, arena, w.costs, i ? reach_kernel_best() : &reach_kernel_portable,
                                   VD_UNREACHED - 1, &run),
                       VD_OK);
      for (int k = 0; k < 20; k++) reach_lower(&run, (int32_t)dice((uint32_t)w.net->n_cells), dice(1000));
      while (run.tile_heap.n) {
        int32_t tile = reach_heap_take(&run.tile_heap);
        assert_int_equal(reach_visit(&run, tile), VD_OK);
        check_prices(&w, round, &run, tile);
      }
    }
}

/* ---- routes ---- */

/* Least step of one vertex to another, counted forwards; VD_UNREACHED: none. */
static uint32_t step(const vd_travel_costs *costs, int32_t from, int32_t to) {
  const vd_travel_network *net = costs->net;
  const vd_grid *g = &net->terrain.grid;
  uint32_t best = VD_UNREACHED;
  if (from >= net->n_cells) {
    int32_t index = from - net->n_cells;
    for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++)
      if (vertex_of_node(net, net->arcs[i].to) == to && arc_step_ms(costs, index, &net->arcs[i]) < best)
        best = arc_step_ms(costs, index, &net->arcs[i]);
    if (net->nodes[index].cell == to) best = join_step_ms(costs, index, true);
    return best;
  }
  if (!(costs->pace[from] < INFINITY)) return VD_UNREACHED;
  if (to >= net->n_cells)
    return net->nodes[to - net->n_cells].cell == from ? join_step_ms(costs, to - net->n_cells, false) : best;
  for (int k = 0; k < VD_MOVES; k++) {
    int32_t column = from % g->nx, row = from / g->nx;
    if (vd_grid_cell_of(g, column + vd_moves[k].dx, row + vd_moves[k].dy) != to) continue;
    uint32_t move = move_step_ms(costs, from, column, row, k);
    if (move < best) best = move;
    if (costs->crew && k < VD_KING_MOVES && landing_step_ms(costs, from, k) < best)
      best = landing_step_ms(costs, from, k);
  }
  return best;
}

/* The vertex before is the lowest truly nearer one; a step of no time is taken only where there is none. */
static void check_way(const world *w, int round, const vd_travel_field *field, int32_t cell) {
  size_t n;
  const stop *way = way_back(w->arena, field, cell, &n);
  assert_true(n > 0 && way[0].vertex == cell);
  int32_t n_all = w->net->n_cells + w->net->n_nodes;
  for (size_t i = 0; i + 1 < n; i++) {
    bool ashore = way[i].ashore, landing = ashore && !way[i + 1].ashore;
    const uint32_t *ms = ashore ? field->walk_ms : field->vehicle_ms;
    const vd_travel_costs *costs = ashore ? w->costs->crew : w->costs;
    int32_t to = way[i].vertex, before = way[i + 1].vertex, lowest = -1;
    uint32_t at_ms = landing ? field->vehicle_ms[before] : ms[before];
    for (int32_t from = 0; from < n_all && lowest < 0; from++)
      if (ms[from] < ms[to] && vd_ms_add(ms[from], step(costs, from, to)) == ms[to]) lowest = from;
    if (vd_ms_add(at_ms, step(costs, before, to)) != ms[to] || (lowest >= 0 && before != lowest))
      fail_msg("world %d, to cell %d: %d before %d, expected %d", round, (int)cell, (int)before, (int)to,
               (int)lowest);
    for (size_t k = 0; k < i; k++) assert_true(way[k].vertex != to || way[k].ashore != ashore);
  }
}

static void reach__routes_go_by_the_lowest_nearer_vertex(void **unused) {
  (void)unused;
  for (int round = 0; round < WORLDS; round += 3) { /* the small ones */
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    vd_travel_field field;
    assert_int_equal(vd_travel_solve(arena, w.costs, &w.source, w.cutoff_ms, true, NULL, &field), VD_OK);
    for (int32_t cell = 0; cell < w.net->n_cells; cell += 7) {
      if (field.cell_ms[cell] == VD_UNREACHED) continue;
      check_way(&w, round, &field, cell);
      size_t n;
      const vd_travel_leg *legs = vd_travel_route(arena, &field, cell, &n);
      uint64_t sum = w.source.start_ms;
      for (size_t i = 0; i < n; i++) sum += legs[i].ms;
      if (sum != field.cell_ms[cell])
        fail_msg("world %d, cell %d: legs of %u ms, expected %u", round, (int)cell, (unsigned)sum,
                 field.cell_ms[cell]);
    }
  }
}

/* ---- parts ---- */

static void reach__the_heap_yields_keys_in_order(void **unused) {
  (void)unused;
  enum { N = 300 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  reach_heap heap;
  uint32_t keys[N];
  memset(keys, 0xff, sizeof keys);
  assert_true(reach_heap_init(&heap, arena, N));
  state = 7;
  for (int i = 0; i < 20000; i++) {
    uint32_t number = dice(N), key = dice(5000);
    if (dice(2)) {
      reach_heap_lower(&heap, (int32_t)number, key);
      if (key < keys[number]) keys[number] = key;
      continue;
    }
    uint32_t least = UINT32_MAX;
    for (int k = 0; k < N; k++) least = keys[k] < least ? keys[k] : least;
    assert_int_equal(reach_heap_least(&heap), least);
    if (!heap.n) continue;
    int32_t taken = reach_heap_take(&heap);
    assert_int_equal(keys[taken], least);
    keys[taken] = UINT32_MAX;
  }
}

static void reach__a_cancelled_solve_says_so(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  world w = random_world(arena, 1);
  for (int round = 1; !source_seeds(arena, w.costs, &w.source, &(size_t){0}); round++)
    w = random_world(arena, round);
  atomic_bool cancel = true;
  vd_travel_field field;
  vd_progress progress = {.cancel = &cancel};
  assert_int_equal(vd_travel_solve(arena, w.costs, &w.source, VD_UNREACHED - 1, false, &progress, &field),
                   VD_ERR_CANCELLED);
}

static void reach__the_slope_factor_is_tobler_s(void **unused) {
  (void)unused;
  for (int i = -30000; i <= 30000; i++) {
    double slope = i / 10000.0, away = fmin(fabs(slope + 0.05), 2);
    double expected = exp(3.5 * away - 0.175);
    assert_true(fabs(vd_foot_slope_factor(slope) / expected - 1) < 2e-14);
  }
  assert_true(vd_foot_slope_factor(NAN) == vd_foot_slope_factor(5));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reach__equals_dijkstra_on_random_worlds_whatever_the_processor),
      cmocka_unit_test(reach__threads_share_costs),
      cmocka_unit_test(reach__prices_rows_as_it_does_single_moves),
      cmocka_unit_test(reach__routes_go_by_the_lowest_nearer_vertex),
      cmocka_unit_test(reach__the_heap_yields_keys_in_order),
      cmocka_unit_test(reach__a_cancelled_solve_says_so),
      cmocka_unit_test(reach__the_slope_factor_is_tobler_s),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
