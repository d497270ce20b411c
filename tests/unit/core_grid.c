/* core_grid: cells, ground lengths against the geodesic, filling, exact crossings, distances.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "vedette/core/barrier.h"
#include "vedette/core/proximity.h"

static void grid__cells_and_centres_agree(void **unused) {
  (void)unused;
  vd_grid g = {-150, 250, 100, 3, 5};
  assert_int_equal(vd_grid_check(&g), VD_OK);
  for (int32_t cell = 0; cell < vd_grid_n(&g); cell++) {
    double x, y;
    vd_grid_centre(&g, cell, &x, &y);
    assert_int_equal(vd_grid_cell(&g, x, y), cell);
  }
  assert_int_equal(vd_grid_cell(&g, -150, 250), 0); /* left and upper edges are the cell's own */
  assert_int_equal(vd_grid_cell(&g, -50, 150), 4);
  assert_int_equal(vd_grid_cell(&g, 150, 0), VD_NO_CELL);
  assert_int_equal(vd_grid_cell(&g, NAN, 0), VD_NO_CELL);
  g.cell_m = 0;
  assert_int_equal(vd_grid_check(&g), VD_ERR_INPUT);
  g = (vd_grid){0, 0, 1, 1 << 20, 1 << 20};
  assert_int_equal(vd_grid_check(&g), VD_ERR_LIMIT);
}

static void grid__over_a_box_covers_it(void **unused) {
  (void)unused;
  vd_grid g = vd_grid_over((vd_box){-105, -50, 110, 50}, 100);
  assert_int_equal(g.nx, 3);
  assert_int_equal(g.ny, 1);
  vd_box box = vd_grid_box(&g);
  assert_true(box.min_x <= -105 && box.max_x >= 110);
}

/* Plane coordinates from proj +proj=laea +lat_0=7 +lon_0=30 +ellps=WGS84, lengths from GeodSolve -i, both printed on
 * their own. Near the origin they agree to millimetres, 900 km away to 0.2 %. */
static void grid__lengths_agree_with_the_geodesic(void **unused) {
  (void)unused;
  const struct {
    double ax, ay, bx, by, geodesic_m, tolerance;
  } cases[] = {
      {0, 0, 33134.2953, 22128.8033, 39844.349, 1e-5},
      {219939.6974, 221677.3416, 225437.5770, 221702.5453, 5497.899, 3e-4},
      {-444560.4989, -385341.1596, -444530.9605, -379811.4536, 5528.924, 1e-3},
      {-653730.7103, 557729.9020, -648180.9848, 563180.9169, 7761.271, 2e-3},
      {653730.7103, 557729.9020, -667089.8893, -438616.7551, 1655627.474, 1e-3},
  };
  for (int i = 0; i < 5; i++) {
    double length = vd_plane_distance_m(cases[i].ax, cases[i].ay, cases[i].bx, cases[i].by);
    assert_true(fabs(length / cases[i].geodesic_m - 1) < cases[i].tolerance);
    if (i == 4) continue; /* not a small step */
    double step = vd_plane_step_m((cases[i].ax + cases[i].bx) / 2, (cases[i].ay + cases[i].by) / 2,
                                  cases[i].bx - cases[i].ax, cases[i].by - cases[i].ay);
    assert_true(fabs(step / length - 1) < 1e-5);
  }
  /* The uncorrected length is off by more than the corrected one 850 km away. */
  double plane = hypot(-648180.9848 + 653730.7103, 563180.9169 - 557729.9020);
  double corrected = vd_plane_distance_m(-653730.7103, 557729.9020, -648180.9848, 563180.9169);
  assert_true(fabs(corrected - 7761.271) < fabs(plane - 7761.271));
}

/* Two polygons with a slanted shared edge through cell centres: every cell in exactly one. */
static void grid__polygons_that_share_an_edge_share_no_cell(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {0, 10, 1, 10, 10};
  vd_geom *left = vd_geom_ring(arena, (double[]){0, 0, 0.5, 0.5, 9.5, 9.5, 10, 10, 0, 10}, 5);
  vd_geom *right = vd_geom_ring(arena, (double[]){0, 0, 10, 0, 10, 10, 9.5, 9.5, 0.5, 0.5}, 5);
  uint8_t a[100] = {0}, b[100] = {0};
  vd_grid_fill(&g, left, a);
  vd_grid_fill(&g, right, b);
  for (int32_t cell = 0; cell < 100; cell++) {
    assert_int_equal(a[cell] + b[cell], 1);
    double x, y;
    vd_grid_centre(&g, cell, &x, &y);
    assert_int_equal(a[cell], vd_polygon_holds(left, x, y));
    assert_int_equal(b[cell], vd_polygon_holds(right, x, y));
  }
  assert_int_equal(b[9 * 10], 1); /* a centre on the edge belongs to the polygon on its right */
}

static void grid__holes_stay_empty(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {0, 10, 1, 10, 10};
  vd_geom *polygon = vd_geom_new(arena, VD_GEOM_POLYGON, 2, 10);
  const double xy[] = {1, 1, 9, 1, 9, 9, 1, 9, 1, 1, 3, 3, 3, 7, 7, 7, 7, 3, 3, 3};
  for (int i = 0; i < 20; i++) polygon->xy[i] = xy[i];
  polygon->part_start[1] = 5;
  polygon->hole[1] = 1;
  size_t n;
  int32_t *cells = vd_grid_cells_in(arena, &g, polygon, &n);
  assert_int_equal(n, 64 - 16);
  for (size_t i = 1; i < n; i++) assert_true(cells[i] > cells[i - 1]);
}

static void barrier__crossing_is_exact(void **unused) {
  (void)unused;
  assert_true(vd_segment_crosses(0, 0, 10, 10, 0, 10, 10, 0));
  assert_true(vd_segment_crosses(0, 0, 10, 0, 10, 0, 20, 5));  /* touching ends */
  assert_true(vd_segment_crosses(0, 0, 10, 0, 5, 0, 5, 5));    /* a T */
  assert_true(vd_segment_crosses(0, 0, 10, 0, 5, 0, 15, 0));   /* lying along it */
  assert_false(vd_segment_crosses(0, 0, 10, 0, 11, 0, 15, 0)); /* on one line, apart */
  assert_false(vd_segment_crosses(0, 0, 10, 0, 5, 1e-300, 5, 5));
  /* One step of the floating point off the line, where plain arithmetic says "on it". */
  double y = nextafter(12.0, 13.0);
  assert_int_equal(vd_orient(0.5, 0.5, 24, 24, 12, 12), 0);
  assert_int_equal(vd_orient(0.5, 0.5, 24, 24, 12, y), 1);
  assert_int_equal(vd_orient(24, 24, 0.5, 0.5, 12, y), -1);
}

static void barrier__a_river_shuts_the_moves_over_it_only(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {0, 400, 100, 4, 4};
  const vd_geom *river = vd_geom_line(arena, (double[]){200, -10, 200, 410}, 2);
  vd_barriers *barriers;
  assert_int_equal(vd_barriers_new(arena, &g, &river, 1, &barriers), VD_OK);
  uint16_t *blocked = vd_barriers_moves(arena, barriers);
  for (int32_t cell = 0; cell < 16; cell++)
    for (int k = 0; k < VD_MOVES; k++) {
      int32_t x = cell % 4, to = x + vd_moves[k].dx, row = cell / 4 + vd_moves[k].dy;
      if (to < 0 || to > 3 || row < 0 || row > 3) continue;
      assert_int_equal(blocked[cell] >> k & 1, (x < 2) != (to < 2));
    }
  double *t;
  assert_int_equal(vd_barriers_hits(arena, barriers, 100, 50, 300, 50, &t), 1);
  assert_true(t[0] == 0.5);
}

static void terrain__moves_come_in_opposite_pairs(void **unused) {
  (void)unused;
  for (int k = 0; k < VD_MOVES; k++) {
    assert_int_equal(vd_moves[k].dx, -vd_moves[k ^ 1].dx);
    assert_int_equal(vd_moves[k].dy, -vd_moves[k ^ 1].dy);
    int last = vd_moves[k].n - 1;
    assert_int_equal(vd_moves[k].cx[last], vd_moves[k].dx);
    assert_int_equal(vd_moves[k].cy[last], vd_moves[k].dy);
  }
}

static void proximity__rings_are_inclusive(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {-550, 550, 100, 11, 11};
  size_t n;
  double radius = vd_plane_distance_m(0, 0, 300, 0);
  int32_t *cells = vd_cells_within(arena, &g, 0, 0, radius, &n);
  assert_int_equal(n, 29); /* lattice points within 3 of the middle */
  assert_int_equal(cells[0], 2 * 11 + 5);
  vd_cells_within(arena, &g, 0, 0, nextafter(radius, 0), &n);
  assert_int_equal(n, 25);
  vd_geom *line = vd_geom_line(arena, (double[]){-500, 0, 500, 0}, 2);
  vd_cells_near(arena, &g, line, 100.01, &n);
  assert_int_equal(n, 33);
  assert_true(fabs(vd_geom_distance_m(line, 700, 0) - 200) < 1e-6);
  assert_true(vd_geom_distance_m(vd_geom_ring(arena, (double[]){0, 0, 9, 0, 9, 9}, 3), 5, 4) == 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grid__cells_and_centres_agree),
      cmocka_unit_test(grid__over_a_box_covers_it),
      cmocka_unit_test(grid__lengths_agree_with_the_geodesic),
      cmocka_unit_test(grid__polygons_that_share_an_edge_share_no_cell),
      cmocka_unit_test(grid__holes_stay_empty),
      cmocka_unit_test(barrier__crossing_is_exact),
      cmocka_unit_test(barrier__a_river_shuts_the_moves_over_it_only),
      cmocka_unit_test(terrain__moves_come_in_opposite_pairs),
      cmocka_unit_test(proximity__rings_are_inclusive),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
