/* core_change: fields and costs derived through random edits of the restrictions against those made from scratch, the same
 * bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/reach.h"
#include "support/travel_world.h"

enum { ROUNDS = 240, EDITS = 14, MOST = 6 };

static void same(const char *what, int round, int edit, const uint32_t *times, const uint32_t *expected,
                 int32_t n) {
  for (int32_t i = 0; i < n; i++)
    if (times[i] != expected[i])
      fail_msg("world %d, edit %d, %s %d: %u, expected %u", round, edit, what, (int)i, times[i], expected[i]);
}

/* ---- edits ---- */

typedef struct plan {
  vd_travel_effect effects[MOST];
  size_t n;
} plan;

/* Also roads as a whole, and effects that touch nothing. */
static vd_travel_effect new_effect(const world *w) {
  vd_travel_effect made = random_effect(w, dice(5) ? 20 + dice(600) : 20 + dice(3000));
  if (!dice(8)) made.effect = VD_EFFECT_NONE;
  if (dice(3) || !w->net->n_roads) return made;
  int32_t listed[2] = {(int32_t)dice((uint32_t)w->net->n_roads), (int32_t)dice((uint32_t)w->net->n_roads)};
  made.zone = vd_travel_zone_roads(w->arena, w->net, listed, 2);
  return made;
}

/* An effect comes, goes, changes its strength, or two change places. */
static plan edited(const world *w, const plan *from) {
  plan to = *from;
  uint32_t what = dice(8);
  size_t at = to.n ? dice((uint32_t)to.n) : 0;
  if (to.n < MOST && (what < 4 || !to.n)) {
    memmove(to.effects + at + 1, to.effects + at, (to.n - at) * sizeof *to.effects);
    to.effects[at] = new_effect(w);
    to.n++;
  } else if (what < 6) {
    memmove(to.effects + at, to.effects + at + 1, (to.n - at - 1) * sizeof *to.effects);
    to.n--;
  } else if (what == 6) {
    to.effects[at].slow = 1 + dice(5) / 2.0;
    to.effects[at].delay_ms = dice(200000);
  } else {
    size_t other = dice((uint32_t)to.n);
    vd_travel_effect swap = to.effects[at];
    to.effects[at] = to.effects[other];
    to.effects[other] = swap;
  }
  return to;
}

/* ---- costs ---- */

static void same_costs(int round, int edit, const vd_travel_costs *a, const vd_travel_costs *b) {
  size_t cells = (size_t)b->net->n_cells, nodes = (size_t)b->net->n_nodes, edges = (size_t)b->net->n_edges;
  bool same = !memcmp(a->pace, b->pace, cells * sizeof *a->pace) &&
              (!edges || !memcmp(a->arc_ms, b->arc_ms, 2 * edges * sizeof *a->arc_ms)) &&
              (!nodes || !memcmp(a->join_ms, b->join_ms, nodes * sizeof *a->join_ms));
  same = same && !a->edge_slow == !b->edge_slow && !a->delayed == !b->delayed;
  if (same && edges && b->edge_slow) same = !memcmp(a->edge_slow, b->edge_slow, edges * sizeof *a->edge_slow);
  if (same && b->delayed) same = !memcmp(a->delayed, b->delayed, cells + nodes);
  if (same && edges && b->delayed) same = !memcmp(a->edge_delayed, b->edge_delayed, edges);
  if (!same || !a->crew != !b->crew) fail_msg("world %d, edit %d: costs differ", round, edit);
  if (b->crew) same_costs(round, edit, a->crew, b->crew);
}

/* ---- fields ---- */

/* Only cells in the tiles told may differ from before. */
static void check_delta(const world *w, int round, int edit, const vd_travel_delta *delta,
                        const uint32_t *before, const uint32_t *after) {
  const vd_grid *g = &w->terrain.grid;
  int32_t tiles_x = (g->nx + VD_TRAVEL_TILE - 1) / VD_TRAVEL_TILE;
  if (delta->anew) return;
  for (int32_t c = 0; c < w->net->n_cells; c++) {
    if ((before[c] > w->cutoff_ms ? VD_UNREACHED : before[c]) == after[c]) continue;
    int32_t tile = c / g->nx / VD_TRAVEL_TILE * tiles_x + c % g->nx / VD_TRAVEL_TILE;
    bool told = false;
    for (size_t i = 0; i < delta->n_tiles; i++) told = told || delta->tiles[i] == tile;
    if (!told || delta->unchanged) fail_msg("world %d, edit %d: tile %d not told", round, edit, (int)tile);
  }
}

typedef struct tally {
  int n, anew, unchanged, derived;
} tally;

static void check_edit(const world *w, int round, int edit, const vd_travel_costs *costs,
                       vd_travel_field *field, vd_jobs *jobs, vd_travel_scratch *scratch, tally *seen) {
  vd_travel_field expected, derived;
  vd_travel_delta delta;
  int32_t n = w->net->n_cells, n_nodes = w->net->n_nodes;
  bool in_place = !dice(3);
  uint32_t *before = VD_NEW_ARRAY(w->arena, uint32_t, n);
  memcpy(before, field->cell_ms, (size_t)n * sizeof *before);
  assert_int_equal(vd_travel_solve(w->arena, costs, &w->source, w->cutoff_ms, false, NULL, &expected), VD_OK);
  vd_travel_field *out = in_place ? field : &derived;
  const vd_travel_options options = {.cutoff_ms = w->cutoff_ms, .jobs = jobs, .scratch = scratch};
  assert_int_equal(vd_travel_change_with(w->arena, field, costs, &options, out, &delta), VD_OK);
  same("cell", round, edit, out->cell_ms, expected.cell_ms, n);
  same("node", round, edit, out->node_ms, expected.node_ms, n_nodes);
  if (scratch && !dice(3)) { /* what a change left in it does not show */
    vd_travel_field other;
    assert_int_equal(vd_travel_solve_with(w->arena, costs, &w->source, &options, &other), VD_OK);
    same("cell by scratch", round, edit, other.cell_ms, expected.cell_ms, n);
    same("node by scratch", round, edit, other.node_ms, expected.node_ms, n_nodes);
  }
  if (!in_place) same("former cell", round, edit, field->cell_ms, before, n);
  if (expected.walk_node_ms)
    same("walked node", round, edit, out->walk_node_ms, expected.walk_node_ms, n_nodes);
  assert_true(out->costs == costs && out->cutoff_ms == expected.cutoff_ms);
  check_delta(w, round, edit, &delta, before, out->cell_ms);
  *field = *out;
  seen->n++;
  seen->anew += delta.anew;
  seen->unchanged += delta.unchanged;
  seen->derived += !delta.anew && !delta.unchanged;
}

static void change__equals_a_solve_from_scratch_over_random_edits(void **unused) {
  (void)unused;
  tally seen = {0};
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(2);
  for (int round = 0; round < ROUNDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    if ((w.costs->crew || round % 3 == 0) && round % 4)
      continue; /* boats and small lands are mostly solved anew */
    plan now = {.n = w.costs->n_effects};
    for (size_t i = 0; i < now.n; i++) now.effects[i] = w.costs->effects[i];
    const vd_travel_costs *costs = w.costs;
    vd_travel_field field;
    assert_int_equal(vd_travel_solve(arena, costs, &w.source, w.cutoff_ms, false, NULL, &field), VD_OK);
    vd_travel_scratch *reused;
    assert_int_equal(vd_travel_scratch_new(arena, w.net, &reused), VD_OK);
    for (int edit = 0; edit < EDITS; edit++) {
      vd_travel_costs *derived, *scratch;
      now = edited(&w, &now);
      /* From those just before, or from the first ones. */
      assert_int_equal(vd_travel_costs_change(arena, dice(3) ? costs : w.costs, now.effects, now.n, &derived),
                       VD_OK);
      assert_int_equal(vd_travel_costs_new(arena, w.net, &w.costs->profile, now.effects, now.n, &scratch),
                       VD_OK);
      same_costs(round, edit, derived, scratch);
      if (!dice(6) && w.cutoff_ms > 2000) w.cutoff_ms -= w.cutoff_ms / 7; /* may fall */
      check_edit(&w, round, edit, dice(2) ? derived : scratch, &field, dice(2) ? jobs : NULL,
                 dice(2) ? reused : NULL, &seen);
      costs = derived;
    }
  }
  print_message("%d edits: %d derived, %d unchanged, %d anew\n", seen.n, seen.derived, seen.unchanged,
                seen.anew);
  assert_true(seen.n >= 1500 && seen.derived >= 500 && seen.unchanged > 100 && seen.anew > 100);
}

static void change__prices_of_derived_costs_are_their_own(void **unused) {
  (void)unused;
  for (int round = 0; round < 60; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    plan now = {.n = 0};
    now = edited(&w, &now);
    vd_travel_costs *derived;
    assert_int_equal(vd_travel_costs_change(arena, w.costs, now.effects, now.n, &derived), VD_OK);
    reach_pricer pricer;
    assert_true(reach_pricer_init(&pricer, arena, derived, reach_kernel_best()));
    const vd_grid *g = &w.terrain.grid;
    for (int32_t c = 0; c < w.net->n_cells; c += 1 + (int32_t)dice(5)) {
      int32_t column = c % g->nx, row = c / g->nx, k = (int32_t)dice(VD_MOVES);
      int32_t tile = row / REACH_SIDE * pricer.tiles_x + column / REACH_SIDE;
      int32_t from = vd_grid_cell_of(g, column - vd_moves[k].dx, row - vd_moves[k].dy);
      reach_priced priced;
      assert_true(reach_prices_of(&pricer, tile, &priced));
      uint32_t(*prices)[REACH_SIDE] = reach_row_prices(&pricer, &priced, tile, row % REACH_SIDE);
      uint32_t expected =
          from == VD_NO_CELL ? VD_UNREACHED : move_step_ms(derived, from, from % g->nx, from / g->nx, k);
      assert_int_equal(prices[k][column % REACH_SIDE], expected);
    }
  }
}

static void change__a_cancelled_change_says_so(void **unused) {
  (void)unused;
  int cancelled = 0;
  for (int round = 0; round < 60; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    world w = random_world(arena, round);
    vd_travel_effect block = random_effect(&w, 1500);
    vd_travel_field field, out;
    vd_travel_costs *costs;
    atomic_bool cancel = true;
    vd_progress progress = {.cancel = &cancel};
    block.effect = VD_EFFECT_BLOCK;
    assert_int_equal(vd_travel_costs_change(arena, w.costs, &block, 1, &costs), VD_OK);
    assert_int_equal(vd_travel_solve(arena, w.costs, &w.source, w.cutoff_ms, false, NULL, &field), VD_OK);
    vd_status status = vd_travel_change(arena, &field, costs, w.cutoff_ms, &progress, &out, NULL);
    cancelled += status == VD_ERR_CANCELLED;
    assert_true(status == VD_OK || status == VD_ERR_CANCELLED);
  }
  assert_true(cancelled > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(change__equals_a_solve_from_scratch_over_random_edits),
      cmocka_unit_test(change__prices_of_derived_costs_are_their_own),
      cmocka_unit_test(change__a_cancelled_change_says_so),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
