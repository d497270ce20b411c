/* core_distance: distances on grids small enough to reckon by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/core/distance.h"
#include "vedette/core/grid.h"

static vd_distance *distance_of(vd_arena *arena, const vd_distance_setup *s) {
  vd_distance *d;
  assert_int_equal(vd_distance_new(arena, NULL, s, &d), VD_OK);
  return d;
}

static void distance__goes_from_centre_to_centre(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const uint8_t source[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  vd_distance *d = distance_of(arena, &(vd_distance_setup){4, 3, 10, 10, source, INFINITY});
  float m[12];
  int32_t nearest[12];
  assert_int_equal(vd_distance_n_sources(d), 2);
  assert_int_equal(vd_distance_rows(d, NULL, 0, 3, m, nearest), VD_OK);
  assert_true(m[0] == 0 && m[11] == 0);
  assert_true(m[1] == 10 && m[4] == 10);
  assert_true(m[5] == sqrtf(200));
  assert_true(m[3] == 20); /* two rows above the lower source, three columns from the upper one */
  assert_int_equal(nearest[3], 11);
  assert_true(m[8] == 20 && nearest[8] == 0);
}

static void distance__of_equally_near_ones_names_the_left_then_the_upper(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const uint8_t source[9] = {0, 1, 0, 1, 0, 1, 0, 1, 0}, column[3] = {1, 0, 1};
  int32_t nearest[9];
  float m[9];
  vd_distance *d = distance_of(arena, &(vd_distance_setup){3, 3, 1, 1, source, INFINITY});
  assert_int_equal(vd_distance_rows(d, NULL, 0, 3, m, nearest), VD_OK);
  assert_int_equal(nearest[4], 3);
  d = distance_of(arena, &(vd_distance_setup){1, 3, 1, 1, column, INFINITY});
  assert_int_equal(vd_distance_rows(d, NULL, 0, 3, m, nearest), VD_OK);
  assert_int_equal(nearest[1], 0);
}

static void distance__knows_oblong_cells_and_a_limit(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const uint8_t source[6] = {1, 0, 0, 0, 0, 0};
  float m[6];
  vd_distance *d = distance_of(arena, &(vd_distance_setup){3, 2, 3, 4, source, 6});
  assert_int_equal(vd_distance_rows(d, NULL, 0, 2, m, NULL), VD_OK);
  assert_true(m[1] == 3 && m[2] == 6 && m[3] == 4 && m[4] == 5); /* exactly the limit is within it */
  assert_true(isnan(m[5]));
}

/* Across the borders of bands, and in a row far down. */
static void distance__reaches_over_many_rows(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 1000 };
  uint8_t source[N] = {0};
  float m[N];
  source[3] = source[997] = 1;
  vd_distance *d = distance_of(arena, &(vd_distance_setup){1, N, 2, 2, source, INFINITY});
  assert_int_equal(vd_distance_rows(d, NULL, 0, N, m, NULL), VD_OK);
  assert_true(m[0] == 6 && m[500] == 994 && m[501] == 992 && m[999] == 4);
  assert_int_equal(vd_distance_rows(d, NULL, 499, 2, m, NULL), VD_OK);
  assert_true(m[0] == 992 && m[1] == 994);
}

static void distance__without_a_source_is_infinite(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const uint8_t source[2] = {0, 0};
  float m[2];
  int32_t nearest[2];
  vd_distance *d = distance_of(arena, &(vd_distance_setup){2, 1, 1, 1, source, INFINITY});
  assert_int_equal(vd_distance_n_sources(d), 0);
  assert_int_equal(vd_distance_rows(d, NULL, 0, 1, m, nearest), VD_OK);
  assert_true(isinf(m[0]) && isinf(m[1]) && nearest[0] == -1);
}

static void distance__refuses_what_is_no_grid(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_distance_setup bad[] = {
      {0, 1, 1, 1, NULL, 1}, {1, 1, 0, 1, NULL, 1}, {1, 1, 1, NAN, NULL, 1}, {1, -1, 1, 1, NULL, 1}};
  vd_distance *d;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_int_equal(vd_distance_new(arena, NULL, &bad[i], &d), VD_ERR_INPUT);
  const vd_distance_setup large[] = {{VD_DISTANCE_SIDE_MAX + 1, 1, 1, 1, NULL, 1},
                                     {100000, 100000, 1, 1, NULL, 1}};
  for (size_t i = 0; i < sizeof large / sizeof *large; i++)
    assert_int_equal(vd_distance_new(arena, NULL, &large[i], &d), VD_ERR_LIMIT);
}

static void touch__marks_every_cell_a_line_runs_through(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_grid g = {0, 4, 1, 5, 4};
  const double line[] = {-3, 3.5, 2.5, 3.5, 4.5, 0.5, 4.5, -7}, out[] = {-1, -1, 9, -1};
  uint8_t touched[20] = {0};
  const uint8_t expected[20] = {1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1};
  vd_grid_touch(&g, vd_geom_line(arena, line, 4), touched);
  vd_grid_touch(&g, vd_geom_line(arena, out, 2), touched);
  /* The slanting piece is at x = 2.83, 3.5 and 4.17 where y is 3, 2 and 1. */
  assert_memory_equal(touched, expected, sizeof touched);
  memset(touched, 0, sizeof touched);
  vd_grid_touch(&g, vd_geom_point(arena, 3.2, 1.1), touched);
  assert_int_equal(touched[2 * 5 + 3], 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(distance__goes_from_centre_to_centre),
      cmocka_unit_test(distance__of_equally_near_ones_names_the_left_then_the_upper),
      cmocka_unit_test(distance__knows_oblong_cells_and_a_limit),
      cmocka_unit_test(distance__reaches_over_many_rows),
      cmocka_unit_test(distance__without_a_source_is_infinite),
      cmocka_unit_test(distance__refuses_what_is_no_grid),
      cmocka_unit_test(touch__marks_every_cell_a_line_runs_through),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
