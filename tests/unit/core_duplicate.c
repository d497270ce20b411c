/* core_duplicate: doubled visits, worked by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vedette/core/duplicate.h"

static void duplicate__half_open_times_and_joint_plans(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const int32_t town[] = {3, 4, 5}, valley[] = {9}, both[] = {5, 9};
  const vd_duplicate_visit visits[] = {
      {1, -1, 100, 200, town, 3},  {2, -1, 200, 300, town, 3}, /* one leaves as the other comes */
      {3, -1, 150, 250, both, 2},  {4, 7, 100, 300, valley, 1},
      {5, 7, 100, 300, valley, 1}, /* joint with the one before */
      {1, -1, 100, 200, town, 3},  /* the same actor twice */
  };
  size_t n;
  vd_duplicate_pair *pairs = vd_duplicate_pairs(arena, visits, 6, &n);
  const size_t expected[][2] = {{0, 2}, {1, 2}, {2, 3}, {2, 4}, {2, 5}};
  assert_int_equal(n, 5);
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(pairs[i].first, expected[i][0]);
    assert_int_equal(pairs[i].second, expected[i][1]);
    assert_int_equal(pairs[i].n_cells, 1);
  }
  assert_int_equal(pairs[0].from_s, 150);
  assert_int_equal(pairs[0].to_s, 200);
}

static void duplicate__nothing_has_no_pairs(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  size_t n = 9;
  vd_duplicate_pairs(arena, NULL, 0, &n);
  assert_int_equal(n, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(duplicate__half_open_times_and_joint_plans),
                                     cmocka_unit_test(duplicate__nothing_has_no_pairs)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
