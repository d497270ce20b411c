/* geo_shape: repairing, clipping, melting, growing and point in polygon, on cases worked by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/geo/shape.h"

static vd_arena *arena;

static int start(void **state) {
  (void)state;
  arena = vd_arena_new();
  return 0;
}

static int stop(void **state) {
  (void)state;
  vd_arena_free(arena);
  return 0;
}

static vd_geom *square(double x, double y, double side) {
  const double xy[8] = {x, y, x + side, y, x + side, y + side, x, y + side};
  return vd_geom_ring(arena, xy, 4);
}

static double area(const vd_geom *geom) {
  double total = 0;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    double twice = 0;
    for (int32_t i = geom->part_start[part]; i + 1 < geom->part_start[part + 1]; i++) {
      const double *a = geom->xy + 2 * i;
      twice += a[0] * a[3] - a[2] * a[1];
    }
    total += (geom->hole[part] ? -1 : 1) * fabs(twice) / 2;
  }
  return total;
}

static void broken_outlines_are_mended_or_given_up(void **state) {
  (void)state;
  bool changed;
  vd_geom *whole = square(0, 0, 1);
  assert_true(vd_shape_valid(whole));
  assert_ptr_equal(vd_shape_repair(arena, whole, &changed), whole);
  assert_false(changed);
  const double tie[8] = {0, 0, 2, 2, 2, 0, 0, 2};
  const vd_geom *mended = vd_shape_repair(arena, vd_geom_ring(arena, tie, 4), &changed);
  assert_true(changed && mended->n_parts == 2 && fabs(area(mended) - 2) < 1e-12 && vd_shape_valid(mended));
  const double flat[6] = {0, 0, 1, 1, 2, 2};
  assert_null(vd_shape_repair(arena, vd_geom_ring(arena, flat, 3), &changed));
  const double unknown[8] = {0, 0, NAN, 0, 1, 1, 0, 1};
  assert_null(vd_shape_repair(arena, vd_geom_ring(arena, unknown, 4), &changed));
  /* A scribble whose edges cross each other a million times is given up at once. */
  double scribble[4000];
  for (int i = 0; i < 2000; i++) {
    scribble[2 * i] = (i * 7919) % 2003;
    scribble[2 * i + 1] = (i * 104729) % 1999;
  }
  assert_null(vd_shape_repair(arena, vd_geom_ring(arena, scribble, 2000), &changed));
  assert_null(vd_shape_repair(arena, NULL, NULL));
  assert_false(vd_shape_valid(vd_geom_line(arena, flat, 1)));
  assert_true(vd_shape_valid(vd_geom_line(arena, flat, 3)));
}

static void shared_parts_keep_their_dimension(void **state) {
  (void)state;
  vd_geom *out;
  assert_int_equal(vd_shape_clip(arena, square(0, 0, 2), square(1, 1, 2), &out), VD_OK);
  assert_true(fabs(area(out) - 1) < 1e-12);
  const double road[] = {-1, 0.5, 3, 0.5};
  assert_int_equal(vd_shape_clip(arena, vd_geom_line(arena, road, 2), square(0, 0, 2), &out), VD_OK);
  assert_true(out->type == VD_GEOM_LINE && out->n_points == 2 &&
              fabs(fabs(out->xy[2] - out->xy[0]) - 2) < 1e-12);
  /* Squares that only touch share no area. */
  assert_int_equal(vd_shape_clip(arena, square(0, 0, 1), square(1, 0, 1), &out), VD_OK);
  assert_true(vd_geom_empty(out));
  assert_int_equal(vd_shape_clip(arena, vd_geom_point(arena, 0.5, 0.5), square(0, 0, 1), &out), VD_OK);
  assert_int_equal(out->n_points, 1);
}

static void polygons_melt_and_grow(void **state) {
  (void)state;
  vd_geom *out;
  const vd_geom *both[] = {square(0, 0, 2), square(1, 0, 2), square(9, 9, 1)};
  assert_int_equal(vd_shape_union(arena, both, 3, &out), VD_OK);
  assert_true(out->n_parts == 2 && fabs(area(out) - 7) < 1e-12);
  assert_int_equal(vd_shape_buffer(arena, vd_geom_point(arena, 5, 5), 10, 64, &out), VD_OK);
  assert_true(fabs(area(out) / (M_PI * 100) - 1) < 0.001);
  assert_int_equal(vd_shape_buffer(arena, both[0], NAN, 8, &out), VD_ERR_USAGE);
}

static void a_hole_is_outside_and_an_edge_is_inside(void **state) {
  (void)state;
  vd_geom *ring = vd_geom_new(arena, VD_GEOM_POLYGON, 2, 10);
  memcpy(ring->xy, square(0, 0, 4)->xy, 10 * sizeof(double));
  memcpy(ring->xy + 10, square(1, 1, 2)->xy, 10 * sizeof(double));
  ring->part_start[1] = 5;
  ring->hole[1] = 1;
  VD_CLEANUP(vd_inside_cleanup) vd_inside *inside = NULL;
  assert_int_equal(vd_inside_new(ring, &inside), VD_OK);
  assert_true(vd_inside_test(inside, 0.5, 0.5));
  assert_false(vd_inside_test(inside, 2, 2));
  assert_true(vd_inside_test(inside, 0, 2));
  assert_false(vd_inside_test(inside, 4.0001, 2));
  assert_false(vd_inside_test(inside, NAN, 2));
  double x, y;
  assert_int_equal(vd_shape_inner_point(ring, &x, &y), VD_OK);
  assert_true(vd_inside_test(inside, x, y));
  assert_int_not_equal(vd_shape_inner_point(NULL, &x, &y), VD_OK);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(broken_outlines_are_mended_or_given_up),
      cmocka_unit_test(shared_parts_keep_their_dimension),
      cmocka_unit_test(polygons_melt_and_grow),
      cmocka_unit_test(a_hole_is_outside_and_an_edge_is_inside),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
