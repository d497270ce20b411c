/* base_geom: coordinate arrays and boxes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vedette/base/geom.h"

static vd_arena *arena;
static int set_up(void **state) {
  (void)state;
  arena = vd_arena_new();
  return 0;
}
static int tear_down(void **state) {
  (void)state;
  vd_arena_cleanup(&arena);
  return 0;
}

static void a_ring_is_closed_once(void **state) {
  (void)state;
  const double triangle[] = {0, 0, 4, 0, 4, 3, 0, 0};
  const vd_geom *open = vd_geom_ring(arena, triangle, 3), *closed = vd_geom_ring(arena, triangle, 4);
  assert_int_equal(open->n_points, 4);
  assert_int_equal(open->part_start[1], 4);
  assert_true(open->xy[6] == 0 && open->xy[7] == 0);
  assert_true(vd_geom_equal(open, closed));
}

static void copies_are_equal_until_one_changes(void **state) {
  (void)state;
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_POLYGON, 2, 8);
  geom->part_start[1] = 4;
  geom->hole[1] = 1;
  for (int i = 0; i < 16; i++) geom->xy[i] = i;
  for (int change = 0; change < 4; change++) {
    vd_geom *copy = vd_geom_copy(arena, geom);
    assert_true(vd_geom_equal(geom, copy));
    if (change == 0) copy->xy[15] = 0.5;
    if (change == 1) copy->hole[1] = 0;
    if (change == 2) copy->part_start[1] = 5;
    if (change == 3) copy->type = VD_GEOM_LINE;
    assert_false(vd_geom_equal(geom, copy));
  }
}

static void nothing_and_too_much(void **state) {
  (void)state;
  assert_true(vd_geom_empty(NULL));
  assert_true(vd_geom_empty(vd_geom_line(arena, NULL, 0)));
  assert_true(vd_geom_empty(vd_geom_ring(arena, NULL, 0)));
  assert_true(vd_geom_equal(NULL, vd_geom_line(arena, NULL, 0)));
  assert_false(vd_geom_equal(NULL, vd_geom_point(arena, 1, 2)));
  assert_null(vd_geom_copy(arena, NULL));
  assert_null(vd_geom_new(arena, VD_GEOM_LINE, 1, -1));
  assert_null(vd_geom_new(arena, VD_GEOM_LINE, -1, 1));
  assert_true(vd_box_is_empty(vd_geom_box(NULL)));
}

static void boxes_touch_at_their_edges(void **state) {
  (void)state;
  const double xy[] = {2, 5, -1, 7, 3, 6};
  vd_box box = vd_geom_box(vd_geom_line(arena, xy, 3));
  assert_true(box.min_x == -1 && box.max_x == 3 && box.min_y == 5 && box.max_y == 7);
  assert_true(vd_box_touches(box, vd_geom_box(vd_geom_point(arena, 3, 7))));
  assert_false(vd_box_touches(box, vd_geom_box(vd_geom_point(arena, 3.01, 7))));
  assert_false(vd_box_touches(box, vd_box_empty()));
  assert_false(vd_box_touches(vd_box_empty(), vd_box_empty()));
  vd_box joined = vd_box_join(vd_box_join(vd_box_empty(), box), vd_box_empty());
  assert_memory_equal(&joined, &box, sizeof box);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
  const struct CMUnitTest tests[] = {
      T(a_ring_is_closed_once),
      T(copies_are_equal_until_one_changes),
      T(nothing_and_too_much),
      T(boxes_touch_at_their_edges),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
