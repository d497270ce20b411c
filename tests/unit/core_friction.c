/* core_friction: least costs over friction rasters that can be worked by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "vedette/core/friction.h"

#define X INFINITY
enum { N = 8 };

typedef struct solved {
  vd_arena *arena;
  vd_friction_field field;
  int32_t nx;
} solved;

static solved solve(const float *values, int32_t nx, int32_t ny, double dy, const vd_friction_source *sources,
                    size_t n, float most) {
  solved s = {.arena = vd_arena_new(), .nx = nx};
  vd_friction friction = {nx, ny, 1, dy, values};
  assert_int_equal(vd_friction_solve(s.arena, &friction, sources, n, most, true, NULL, NULL, &s.field),
                   VD_OK);
  return s;
}
static double cost_at(const solved *s, int32_t x, int32_t y) {
  return (double)s->field.cost[y * s->nx + x];
}
static solved solve_even(double dy, float most) {
  float values[N * N];
  for (int i = 0; i < N * N; i++) values[i] = 2;
  return solve(values, N, N, dy, &(vd_friction_source){0, 0}, 1, most);
}

static void core_friction__every_kind_of_move_costs_its_length_times_the_friction(void **state) {
  (void)state;
  static const int to[][2] = {{1, 0}, {0, 1}, {1, 1}, {2, 1}, {1, 2}, {3, 1}, {1, 3}, {3, 2}, {2, 3}};
  for (int tall = 0; tall < 2; tall++) {
    double dy = tall ? 1.5 : 1;
    solved s = solve_even(dy, INFINITY);
    for (size_t i = 0; i < sizeof to / sizeof *to; i++)
      assert_true(fabs(cost_at(&s, to[i][0], to[i][1]) - 2 * hypot(to[i][0], to[i][1] * dy)) < 1e-5);
    /* (4,1): a step along and a (3,1) move. */
    assert_true(fabs(cost_at(&s, 4, 1) - 2 * (1 + hypot(3, dy))) < 1e-5);
    vd_arena_free(s.arena);
  }
}

/* The (3,1) move is a sixth, a third, a third and a sixth in its cells; (3,2) 2, 1, 3, 3, 1 and 2 twelfths. Walls of friction 100
 * leave no other way. */
static void core_friction__a_move_weighs_the_cells_by_the_part_of_the_line_in_them(void **state) {
  (void)state;
  const float one[] = {1, 2, 100, 100, /**/ 100, 100, 3, 4};
  solved s = solve(one, 4, 2, 1, &(vd_friction_source){0, 0}, 1, INFINITY);
  double straight = sqrt(10) * (1 + 2 * 2 + 2 * 3 + 4) / 6, bent = 1.5 + sqrt(2) * 2.5 + 3.5;
  assert_true(straight < bent);
  assert_true(fabs(cost_at(&s, 3, 1) - straight) < 1e-5);
  vd_arena_free(s.arena);
  const float two[] = {1, 2, 100, 100, /**/ 100, 3, 4, 100, /**/ 100, 100, 5, 6};
  s = solve(two, 4, 3, 1, &(vd_friction_source){0, 0}, 1, INFINITY);
  assert_true(fabs(cost_at(&s, 3, 2) - sqrt(13) * (2 * 1 + 2 + 3 * 3 + 3 * 4 + 5 + 2 * 6) / 12) < 1e-5);
  vd_arena_free(s.arena);
}

static void core_friction__no_way_slips_between_two_impassable_cells(void **state) {
  (void)state;
  const float wall[] = {1, 1, X, 1, /**/ 1, X, 1, 1, /**/ X, 1, 1, 1};
  solved s = solve(wall, 4, 3, 1, &(vd_friction_source){0, 0}, 1, INFINITY);
  assert_true(isinf(cost_at(&s, 2, 1)) && isinf(cost_at(&s, 3, 0)) && isinf(cost_at(&s, 3, 2)));
  assert_true(isinf(cost_at(&s, 1, 1)));
  assert_true(cost_at(&s, 1, 0) == 1 && cost_at(&s, 0, 1) == 1);
  vd_arena_free(s.arena);
  /* One impassable cell beside a corner leaves the diagonal open. */
  const float corner[] = {1, X, 1, 1};
  s = solve(corner, 2, 2, 1, &(vd_friction_source){0, 0}, 1, INFINITY);
  assert_true(fabs(cost_at(&s, 1, 1) - sqrt(2)) < 1e-6);
  vd_arena_free(s.arena);
}

static void core_friction__the_nearest_of_several_sources_wins_and_of_equal_ones_the_first(void **state) {
  (void)state;
  const float row[] = {1, 1, 1, 1, 1, 1, 1, X};
  const vd_friction_source sources[] = {{0, 2}, {6, 0}, {7, 0}, {6, 0}};
  solved s = solve(row, 8, 1, 1, sources, 4, INFINITY);
  static const float cost[] = {2, 3, 4, 3, 2, 1, 0, X}, from[] = {0, 0, 0, 1, 1, 1, 1, X};
  for (int i = 0; i < 8; i++) {
    assert_true(s.field.cost[i] == cost[i]);
    assert_true(s.field.from[i] == from[i]);
  }
  vd_arena_free(s.arena);
}

static void core_friction__exactly_the_cut_off_is_reached(void **state) {
  (void)state;
  solved s = solve_even(1, 6);
  assert_true(cost_at(&s, 3, 0) == 6);
  assert_true(isinf(cost_at(&s, 4, 0)) && isinf((double)s.field.from[4]));
  vd_arena_free(s.arena);
}

static void core_friction__values_that_are_no_friction_are_counted_and_shut(void **state) {
  (void)state;
  float costs[] = {1, NAN, 0, -2, INFINITY, 2e30F, -0.0F}, speeds[] = {60, 0, NAN, -1, 1e-38F};
  vd_friction_counts c = {.first_bad = -1}, k = {.first_bad = -1};
  vd_friction_prepare(costs, 7, VD_FRICTION_COST, 100, &c);
  assert_true(costs[0] == 1);
  for (int i = 1; i < 7; i++) assert_true(isinf(costs[i]) && costs[i] > 0);
  assert_true(c.missing == 1 && c.zero == 2 && c.negative == 1 && c.too_large == 2 && c.first_bad == 102);
  vd_friction_prepare(speeds, 5, VD_FRICTION_KMH, 0, &k);
  assert_true(fabs((double)speeds[0] - 0.001) < 1e-9); /* 60 km/h: a kilometre a minute */
  for (int i = 1; i < 5; i++) assert_true(isinf(speeds[i]) && speeds[i] > 0);
  assert_true(k.zero == 1 && k.missing == 1 && k.negative == 1 && k.first_bad == 3);
}

static void stop_at_once(void *context, const char *what, int64_t done, int64_t total) {
  (void)context, (void)what, (void)done, (void)total;
}
static void core_friction__stops_when_asked(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(2);
  enum { SIDE = 500 };
  atomic_bool cancel = true;
  vd_progress progress = {stop_at_once, NULL, &cancel};
  float *values = VD_NEW_ARRAY(arena, float, SIDE *SIDE);
  for (int i = 0; i < SIDE * SIDE; i++) values[i] = 1;
  vd_friction friction = {SIDE, SIDE, 1, 1, values};
  vd_friction_field field;
  assert_int_equal(vd_friction_solve(arena, &friction, &(vd_friction_source){0, 0}, 1, INFINITY, false, jobs,
                                     &progress, &field),
                   VD_ERR_CANCELLED);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(core_friction__every_kind_of_move_costs_its_length_times_the_friction),
      cmocka_unit_test(core_friction__a_move_weighs_the_cells_by_the_part_of_the_line_in_them),
      cmocka_unit_test(core_friction__no_way_slips_between_two_impassable_cells),
      cmocka_unit_test(core_friction__the_nearest_of_several_sources_wins_and_of_equal_ones_the_first),
      cmocka_unit_test(core_friction__exactly_the_cut_off_is_reached),
      cmocka_unit_test(core_friction__values_that_are_no_friction_are_counted_and_shut),
      cmocka_unit_test(core_friction__stops_when_asked)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
