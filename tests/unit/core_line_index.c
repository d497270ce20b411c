/* core_line_index: the nearest of many lines against looking at all of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"
#include "vedette/core/line_index.h"
#include "vedette/core/proximity.h"

enum { N_LINES = 400, MOST_POINTS = 5, N_PLACES = 2000 };

static void core_line_index__equals_looking_at_all(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  dice d = {11};
  static double xy[N_LINES][2 * MOST_POINTS];
  vd_plane_line lines[N_LINES];
  for (int i = 0; i < N_LINES; i++) {
    lines[i] = (vd_plane_line){xy[i], dice_below(&d, MOST_POINTS + 1)}; /* some of no point or one */
    double x = dice_real(&d, 0, 50000), y = dice_real(&d, 0, 50000);
    for (int k = 0; k < MOST_POINTS; k++)
      xy[i][2 * k] = x += dice_real(&d, -800, 800), xy[i][2 * k + 1] = y += dice_real(&d, -800, 800);
  }
  vd_line_index *index;
  assert_int_equal(vd_line_index_new(arena, lines, N_LINES, &index), VD_OK);
  int n_found = 0;
  for (int p = 0; p < N_PLACES; p++) {
    double x = dice_real(&d, 0, 50000), y = dice_real(&d, 0, 50000), within = dice_real(&d, 50, 900),
           best = within;
    int32_t nearest = -1;
    for (int32_t i = 0; i < N_LINES; i++) {
      for (int32_t k = 0; k + 1 < lines[i].n; k++) {
        const double *a = xy[i] + 2 * k;
        double off = vd_segment_distance_m(x, y, a[0], a[1], a[2], a[3]);
        if (nearest < 0 ? off <= best : off < best) best = off, nearest = i;
      }
    }
    vd_box around = {x - dice_real(&d, 0, 900), y, x,
                     y + dice_real(&d, 0, 900)}; /* any that holds the place */
    vd_lines_near near = vd_line_index_near(index, arena, around, within);
    assert_int_equal(vd_line_index_nearest(index, &near, x, y, within), nearest);
    n_found += nearest >= 0;
  }
  assert_true(n_found > 300 && n_found < N_PLACES - 300);
}

static void core_line_index__of_no_lines_finds_none(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_line_index *index;
  assert_int_equal(vd_line_index_new(arena, NULL, 0, &index), VD_OK);
  vd_lines_near near = vd_line_index_near(index, arena, (vd_box){0, 0, 0, 0}, 1e6);
  assert_int_equal(vd_line_index_nearest(index, &near, 0, 0, 1e6), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(core_line_index__equals_looking_at_all),
                                     cmocka_unit_test(core_line_index__of_no_lines_finds_none)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
