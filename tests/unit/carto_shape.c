/* carto_shape: simplifying, cutting and tracing keep what they must.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "carto/shape.h"
#include "carto/trace.h"

static double chance(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) / 16777216.0;
}

static vd_shape shape_of(vd_arena *arena, vd_geom_type type, double *xy, int32_t n) {
  int32_t *start = VD_NEW_ARRAY(arena, int32_t, 2);
  start[1] = n;
  vd_shape shape = {.type = type, .n_parts = 1, .n_points = n, .part_start = start, .xy_m = xy};
  vd_shape_prepare(arena, &shape);
  return shape;
}

static double to_segment(const double *a, const double *b, double x, double y) {
  double dx = b[0] - a[0], dy = b[1] - a[1], l = dx * dx + dy * dy;
  double t = l > 0 ? fmin(1, fmax(0, ((x - a[0]) * dx + (y - a[1]) * dy) / l)) : 0;
  return hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

/* Every dropped point lies within the tolerance of the line that is left between its kept neighbours. */
static void prepare__simplified_line_stays_within_tolerance(void **state) {
  (void)state;
  for (uint32_t seed = 1; seed < 20; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    enum { N = 300 };
    uint32_t s = seed;
    double *xy = VD_NEW_ARRAY(arena, double, 2 * N);
    for (int i = 1; i < N; i++) {
      xy[2 * i] = xy[2 * i - 2] + 100 * (chance(&s) - 0.3);
      xy[2 * i + 1] = xy[2 * i - 1] + 100 * (chance(&s) - 0.5);
    }
    vd_shape shape = shape_of(arena, VD_GEOM_LINE, xy, N);
    for (double tolerance = 5; tolerance < 400; tolerance *= 3) {
      int last = 0;
      for (int i = 1; i < N; i++) {
        if ((double)shape.keep_m[i] < tolerance) continue;
        for (int k = last + 1; k < i; k++)
          assert_true(to_segment(xy + 2 * last, xy + 2 * i, xy[2 * k], xy[2 * k + 1]) <= tolerance + 1e-3);
        last = i;
      }
      assert_int_equal(last, N - 1);
    }
  }
}

static void path__stays_in_the_frame(void **state) {
  (void)state;
  vd_map_view view = {0, 0, 0.01, 100, 80};
  for (uint32_t seed = 1; seed < 30; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint32_t s = seed;
    enum { N = 40 };
    double *xy = VD_NEW_ARRAY(arena, double, 2 * N + 2);
    for (int i = 0; i < 2 * N; i++) xy[i] = 60000 * (chance(&s) - 0.5);
    xy[2 * N] = xy[0], xy[2 * N + 1] = xy[1];
    vd_frame frame = vd_frame_of(&view, 10, arena);
    for (int type = VD_GEOM_LINE; type <= VD_GEOM_POLYGON; type++) {
      vd_shape shape = shape_of(arena, (vd_geom_type)type, xy, N + 1);
      vd_path path = vd_frame_path(&frame, &shape);
      for (int32_t i = 0; i < path.n_points; i++) {
        assert_true(path.xy[2 * i] >= -10.001 && path.xy[2 * i] <= 110.001);
        assert_true(path.xy[2 * i + 1] >= -10.001 && path.xy[2 * i + 1] <= 90.001);
      }
    }
  }
}

/* A square larger than the view is cut to the frame: its area there is the frame's. */
static void path__polygon_over_the_frame_fills_it(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_map_view view = {0, 0, 0.01, 100, 80};
  double xy[] = {-1e6, -1e6, 1e6, -1e6, 1e6, 1e6, -1e6, 1e6, -1e6, -1e6};
  vd_shape shape = shape_of(arena, VD_GEOM_POLYGON, xy, 5);
  vd_frame frame = vd_frame_of(&view, 10, arena);
  vd_path path = vd_frame_path(&frame, &shape);
  double area = 0;
  for (int32_t i = 0; i < path.n_points; i++) {
    const double *a = path.xy + 2 * i, *b = path.xy + 2 * ((i + 1) % path.n_points);
    area += (a[0] * b[1] - b[0] * a[1]) / 2;
  }
  assert_true(fabs(fabs(area) - (120 * 100)) <= 1e-6);
}

/* The traced rings hold exactly the cells: by area, and by asking for every cell's centre. */
static void trace__rings_hold_the_cells(void **state) {
  (void)state;
  vd_grid grid = {1000, 5000, 250, 23, 17};
  for (uint32_t seed = 1; seed < 25; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint8_t classes[23 * 17];
    uint32_t s = seed;
    for (int i = 0; i < 23 * 17; i++) classes[i] = (uint8_t)(chance(&s) * 4);
    vd_shape shape = vd_trace(arena, &grid, classes, 2);
    double area = 0;
    int n = 0;
    for (int32_t p = 0; p < shape.n_parts; p++) {
      for (int32_t i = shape.part_start[p]; i + 1 < shape.part_start[p + 1]; i++) {
        const double *a = shape.xy_m + 2 * i;
        area += (a[0] * a[3] - a[2] * a[1]) / 2;
      }
      assert_true(shape.xy_m[2 * shape.part_start[p]] == shape.xy_m[2 * (shape.part_start[p + 1] - 1)]);
    }
    for (int32_t i = 0; i < 23 * 17; i++) {
      double x, y;
      vd_grid_centre(&grid, i, &x, &y);
      assert_int_equal(vd_shape_holds(&shape, x, y), classes[i] == 2);
      n += classes[i] == 2;
    }
    assert_true(fabs(fabs(area) - (n * 250.0 * 250.0)) <= 1e-3);
  }
}

static void trace__nothing_gives_nothing(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid grid = {0, 0, 100, 3, 3};
  uint8_t classes[9] = {0};
  assert_int_equal(vd_trace(arena, &grid, classes, 1).n_points, 0);
}

/* A U: the middle of its box lies outside of it. */
static void inside_place__lies_inside(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  double xy[] = {0, 0, 30, 0, 30, 30, 20, 30, 20, 8, 10, 8, 10, 30, 0, 30, 0, 0}, x = -1, y = -1;
  vd_shape shape = shape_of(arena, VD_GEOM_POLYGON, xy, 9);
  assert_false(vd_shape_holds(&shape, 15, 15));
  assert_true(vd_shape_inside_place(&shape, shape.box, &x, &y));
  assert_true(vd_shape_holds(&shape, x, y));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(prepare__simplified_line_stays_within_tolerance),
      cmocka_unit_test(path__stays_in_the_frame),
      cmocka_unit_test(path__polygon_over_the_frame_fills_it),
      cmocka_unit_test(trace__rings_hold_the_cells),
      cmocka_unit_test(trace__nothing_gives_nothing),
      cmocka_unit_test(inside_place__lies_inside),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
