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
#include "support/travel_world.h"
#include "vedette/core/times.h"

enum { WORLDS = 500 };

/* ---- times ---- */

static void same(const char *what, int round, const uint32_t *times, const uint32_t *expected, int32_t n) {
  for (int32_t i = 0; i < n; i++)
    if (times[i] != expected[i])
      fail_msg("world %d, %s %d: %u, expected %u", round, what, (int)i, times[i], expected[i]);
}

static void check_kernel(const world *w, int round, const reach_kernel *kernel, vd_jobs *jobs,
                         const vd_travel_field *expected) {
  int32_t n = w->net->n_cells, n_nodes = w->net->n_nodes;
  for (int with_routes = 0; with_routes < 2; with_routes++) {
    vd_travel_field field;
    const vd_travel_options options = {
        .cutoff_ms = w->cutoff_ms, .with_routes = with_routes, .jobs = with_routes ? NULL : jobs};
    assert_int_equal(reach_solve(w->arena, w->costs, kernel, &w->source, &options, &field), VD_OK);
    same("cell", round, field.cell_ms, expected->cell_ms, n);
    same("node", round, field.node_ms, expected->node_ms, n_nodes);
    assert_int_equal(!field.walk_node_ms, !expected->walk_node_ms);
    if (field.walk_node_ms) same("walked node", round, field.walk_node_ms, expected->walk_node_ms, n_nodes);
  }
}

static void reach__equals_dijkstra_on_random_worlds_whatever_the_processor(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(3);
  for (int round = 0; round < WORLDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    vd_travel_field expected = dijkstra_solve(arena, w.costs, &w.source, w.cutoff_ms);
    const reach_kernel *kernel;
    for (int i = 0; (kernel = reach_kernel_numbered(i)); i++)
      check_kernel(&w, round, kernel, jobs, &expected);
  }
}

/* One scratch for many sources and a cancelled solve between: no time of one is left in another. */
static void reach__solves_that_share_a_scratch_do_not_mix(void **unused) {
  (void)unused;
  for (int round = 0; round < WORLDS / 4; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    vd_travel_scratch *scratch;
    assert_int_equal(vd_travel_scratch_new(arena, w.net, &scratch), VD_OK);
    for (int i = 0; i < 4; i++) {
      vd_travel_source source = {random_x(&w.terrain.grid), random_y(&w.terrain.grid), dice(1000)};
      atomic_bool cancel = true;
      vd_progress progress = {.cancel = &cancel};
      vd_travel_options options = {.cutoff_ms = dice(4000000), .scratch = scratch, .cancel = &progress};
      vd_travel_field field, expected;
      vd_times *times, *all;
      (void)vd_travel_solve_with(arena, w.costs, &source, &options, &field);
      options.cancel = NULL;
      assert_int_equal(vd_travel_solve_with(arena, w.costs, &source, &options, &field), VD_OK);
      assert_int_equal(vd_travel_solve(arena, w.costs, &source, options.cutoff_ms, false, NULL, &expected),
                       VD_OK);
      same("cell", round, field.cell_ms, expected.cell_ms, w.net->n_cells);
      same("node", round, field.node_ms, expected.node_ms, w.net->n_nodes);
      if (w.costs->crew) continue;
      size_t n;
      const int32_t *tiles = vd_travel_scratch_tiles(scratch, &n);
      assert_int_equal(
          vd_times_pack_tiles(arena, &w.terrain.grid, field.cell_ms, options.cutoff_ms, tiles, n, &times),
          VD_OK);
      assert_int_equal(vd_times_pack(arena, &w.terrain.grid, expected.cell_ms, options.cutoff_ms, &all),
                       VD_OK);
      assert_int_equal(vd_times_reached(times), vd_times_reached(all));
    }
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
static void check_prices(const world *w, int round, reach_pricer *pricer, int32_t tile) {
  const vd_grid *g = &w->terrain.grid;
  reach_priced priced;
  assert_true(reach_prices_of(pricer, tile, &priced));
  for (int32_t y = 0; y < REACH_SIDE; y++) {
    uint32_t(*prices)[REACH_SIDE] = reach_row_prices(pricer, &priced, tile, y);
    for (int32_t x = 0; x < REACH_SIDE; x++)
      for (int k = 0; k < VD_MOVES; k++) {
        int32_t to_x = tile % pricer->tiles_x * REACH_SIDE + x,
                to_y = tile / pricer->tiles_x * REACH_SIDE + y;
        int32_t column = to_x - vd_moves[k].dx, row = to_y - vd_moves[k].dy;
        int32_t from = vd_grid_cell_of(g, column, row);
        if (to_y >= g->ny) continue;
        uint32_t expected =
            from == VD_NO_CELL || to_x >= g->nx ? VD_UNREACHED : move_step_ms(w->costs, from, column, row, k);
        if (prices[k][x] != expected)
          fail_msg("world %d, move %d to %d %d: %u, expected %u", round, k, (int)to_x, (int)to_y,
                   prices[k][x], expected);
      }
  }
}

/* With and without room for them in the costs. */
static void reach__prices_rows_as_it_does_single_moves(void **unused) {
  (void)unused;
  for (int round = 0; round < WORLDS / 4; round++)
    for (int i = 0; i < 4; i++) {
      VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
      world w = random_world(arena, round);
      reach_pricer pricer;
      const reach_kernel *kernel = reach_kernel_numbered(i);
      if (!kernel) kernel = reach_kernel_best();
      if (i == 3) w.costs->cache->n_slots = 0;
      assert_true(reach_pricer_init(&pricer, arena, w.costs, kernel));
      if (i == 3) pricer.max_slots = 1;
      for (int32_t t = pricer.tiles_x * pricer.tiles_y; t-- > 0;) check_prices(&w, round, &pricer, t);
    }
}

/* A cell is loose when it is not held and no move into it comes from a truly nearer cell that stands, in the time. */
static uint64_t loose_slowly(reach_times ms, int row, reach_prices prices, uint64_t held) {
  const uint32_t *own = ms[row + REACH_EDGE] + REACH_PAD;
  uint64_t stands = held;
  for (int pass = 0; pass < REACH_SIDE; pass++)
    for (int x = 0; x < REACH_SIDE; x++)
      for (int k = 0; k < VD_MOVES; k++) {
        uint32_t from_ms = own[x - vd_moves[k].dy * REACH_STRIDE - vd_moves[k].dx];
        int beside = x - vd_moves[k].dx;
        bool in_row = !vd_moves[k].dy && beside >= 0 && beside < REACH_SIDE;
        if (in_row && !(stands >> beside & 1)) continue;
        if (own[x] == VD_UNREACHED || (from_ms < own[x] && vd_ms_add(from_ms, prices[k][x]) <= own[x]))
          stands |= UINT64_C(1) << x;
      }
  return ~stands;
}

static void reach__loose_cells_are_those_that_nothing_nearer_supports(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  reach_times *ms = vd_arena_alloc(arena, sizeof *ms);
  reach_prices *prices = vd_arena_alloc(arena, sizeof *prices);
  uint64_t some = 0;
  state = 11;
  for (int round = 0; round < 3000; round++) {
    uint32_t spread = 1 + dice(30), cost = 1 + dice(60);
    for (int y = 0; y < REACH_ROWS; y++)
      for (int x = 0; x < REACH_STRIDE; x++)
        (*ms)[y][x] = dice(9) ? UINT32_MAX - 40 * dice(2) - dice(spread) : VD_UNREACHED;
    for (int k = 0; k < VD_MOVES; k++)
      for (int x = 0; x < REACH_SIDE; x++) (*prices)[k][x] = dice(5) ? dice(cost) : VD_UNREACHED;
    int row = (int)dice(REACH_SIDE);
    uint64_t held = dice(3) ? 0 : (uint64_t)dice(UINT32_MAX) << dice(32);
    uint64_t expected = loose_slowly(*ms, row, *prices, held);
    const reach_kernel *kernel;
    for (int i = 0; (kernel = reach_kernel_numbered(i)); i++)
      assert_true(kernel->loose_row(*ms, row, *prices, held) == expected);
    some |= expected;
  }
  assert_true(some == UINT64_MAX);
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
      cmocka_unit_test(reach__solves_that_share_a_scratch_do_not_mix),
      cmocka_unit_test(reach__threads_share_costs),
      cmocka_unit_test(reach__prices_rows_as_it_does_single_moves),
      cmocka_unit_test(reach__loose_cells_are_those_that_nothing_nearer_supports),
      cmocka_unit_test(reach__routes_go_by_the_lowest_nearer_vertex),
      cmocka_unit_test(reach__the_heap_yields_keys_in_order),
      cmocka_unit_test(reach__a_cancelled_solve_says_so),
      cmocka_unit_test(reach__the_slope_factor_is_tobler_s),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
