/* core_distance: distances on thousands of small random grids against a look at every source.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/core/distance.h"
#include "vedette/geo/geodesic.h"

/* What distance.h promises, and a float's rounding. */
static double error_at(double m) {
  return m < 1e6 ? 1.2e-7 : m < 5e6 ? 2e-5 : 5e-3;
}

enum { ROUNDS = 3000, ROUNDS_ON_GLOBE = 400, CELLS_MAX = 120 * 120 };

static uint64_t state = 7;
static uint32_t random_below(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((state >> 33) % n);
}

/* Few sources, many, lines, or none at all. */
static void scatter(uint8_t *source, int32_t nx, int32_t ny) {
  memset(source, 0, (size_t)nx * (size_t)ny);
  uint32_t way = random_below(5), n = (uint32_t)(nx * ny);
  for (uint32_t i = 0; way == 0 && i < 3; i++) source[random_below(n)] = 1;
  for (uint32_t i = 0; way == 1 && i < n; i++) source[i] = random_below(3) == 0;
  for (uint32_t i = 0; way == 2 && i < n; i++) source[i] = random_below(40) == 0 ? 255 : 0;
  for (int32_t x = 0; way == 3 && x < nx; x++) source[(x * 2 / 3 % ny) * nx + x] = 1;
  for (int32_t y = 0; way == 4 && y < ny && random_below(9); y++)
    source[y * nx + (int32_t)random_below((uint32_t)nx)] = 1;
}

/* The least square in the order of columns, then rows: the first of equal ones is the one to be named. */
static int32_t nearest_of(const vd_distance_setup *s, int32_t cell, double *square) {
  int32_t best = -1;
  double ratio = s->cell_y_m / s->cell_x_m, weight = ratio * ratio;
  *square = INFINITY;
  for (int32_t x = 0; x < s->nx; x++)
    for (int32_t y = 0; y < s->ny; y++) {
      if (!s->source[y * s->nx + x]) continue;
      double dx = x - cell % s->nx, dy = y - cell / s->nx, d2 = dx * dx + weight * (dy * dy);
      if (d2 < *square) best = y * s->nx + x, *square = d2;
    }
  return best;
}

static void check_cell(const vd_distance_setup *s, int32_t cell, float distance_m, int32_t nearest) {
  double square;
  int32_t best = nearest_of(s, cell, &square);
  double expected = sqrt(square) * s->cell_x_m;
  if (!(expected <= s->max_m)) {
    assert_true(isnan(distance_m) && nearest == -1);
    return;
  }
  if (s->cell_x_m == s->cell_y_m) {
    assert_true(distance_m == (float)expected);
    assert_int_equal(nearest, best);
    return;
  }
  assert_true(isinf(expected) ? isinf(distance_m) : fabs((double)distance_m - expected) <= 1e-7 * expected);
  if (best < 0) return;
  double dx = (cell % s->nx - nearest % s->nx) * s->cell_x_m,
         dy = (cell / s->nx - nearest / s->nx) * s->cell_y_m;
  assert_true(fabs(hypot(dx, dy) - expected) <= 1e-9 * expected);
}

static void distance__is_that_to_the_nearest_source(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *two = vd_jobs_new(2);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *seven = vd_jobs_new(7);
  vd_jobs *const pools[] = {NULL, two, seven};
  static uint8_t source[CELLS_MAX];
  static float distance_m[CELLS_MAX], again_m[CELLS_MAX];
  static int32_t nearest[CELLS_MAX], nearest_again[CELLS_MAX];
  for (int round = 0; round < ROUNDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint32_t side = round % 50 ? 24 : 120;
    vd_distance_setup s = {
        .nx = 1 + (int32_t)random_below(side), .ny = 1 + (int32_t)random_below(side), .source = source};
    size_t n = (size_t)s.nx * (size_t)s.ny;
    s.cell_x_m = 0.1 + random_below(1000);
    s.cell_y_m = random_below(3) ? s.cell_x_m : 0.1 + random_below(1000);
    s.max_m = random_below(3) ? (double)INFINITY : s.cell_x_m * random_below(8);
    scatter(source, s.nx, s.ny);
    vd_distance *d;
    assert_int_equal(vd_distance_new(arena, pools[round % 3], &s, &d), VD_OK);
    assert_int_equal(vd_distance_rows(d, pools[round % 3], 0, s.ny, distance_m, nearest), VD_OK);
    for (size_t i = 0; i<n; i += side> 50 ? 17 : 1) check_cell(&s, (int32_t)i, distance_m[i], nearest[i]);
    /* The same bytes in pieces, by another number of threads. */
    for (int32_t row = 0, rows; row < s.ny; row += rows) {
      rows = 1 + (int32_t)random_below(40);
      if (rows > s.ny - row) rows = s.ny - row;
      assert_int_equal(vd_distance_rows(d, pools[(round + 1) % 3], row, rows, again_m + row * s.nx,
                                        nearest_again + row * s.nx),
                       VD_OK);
    }
    assert_memory_equal(distance_m, again_m, n * sizeof *distance_m);
    assert_memory_equal(nearest, nearest_again, n * sizeof *nearest);
  }
}

/* Against Karney's geodesics to every source. */
static double nearest_geodesic_m(const vd_distance_globe_setup *s, int32_t cell) {
  double lon = s->lon_deg + cell % s->nx * s->step_x_deg, lat = s->lat_deg + cell / s->nx * s->step_y_deg,
         least = INFINITY;
  for (int32_t i = 0; i < s->nx * s->ny; i++)
    if (s->source[i])
      least = fmin(least, vd_geodesic_distance_m(lon, lat, s->lon_deg + i % s->nx * s->step_x_deg,
                                                 s->lat_deg + i / s->nx * s->step_y_deg));
  return least;
}

static double named_geodesic_m(const vd_distance_globe_setup *s, int32_t cell, int32_t source) {
  return vd_geodesic_distance_m(
      s->lon_deg + cell % s->nx * s->step_x_deg, s->lat_deg + cell / s->nx * s->step_y_deg,
      s->lon_deg + source % s->nx * s->step_x_deg, s->lat_deg + source / s->nx * s->step_y_deg);
}

/* Small grids of steps from 10 m to ten degrees, anywhere: across the 180th meridian, up to the poles. */
static vd_distance_globe_setup random_globe(const uint8_t *source) {
  vd_distance_globe_setup s = {.nx = 1 + (int32_t)random_below(22),
                               .ny = 1 + (int32_t)random_below(22),
                               .source = source,
                               .max_m = INFINITY};
  s.step_x_deg = 0.0001 * pow(10, random_below(5000) / 1000.0);
  s.step_y_deg = s.step_x_deg * (random_below(2) ? 1 : 0.5);
  if (s.nx * s.step_x_deg > 360) s.step_x_deg = 360.0 / s.nx;
  if (s.ny * s.step_y_deg > 179) s.step_y_deg = 179.0 / s.ny;
  s.lon_deg = random_below(400) - 200.0;
  double room = 180 - (s.ny - 1) * s.step_y_deg;
  s.lat_deg = 90 - room * random_below(1001) / 1000;
  s.step_y_deg = -s.step_y_deg;
  return s;
}

static void distance__on_the_globe_is_the_geodesic(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *two = vd_jobs_new(2);
  static uint8_t source[CELLS_MAX];
  static float distance_m[CELLS_MAX], again_m[CELLS_MAX];
  static int32_t nearest[CELLS_MAX];
  for (int round = 0; round < ROUNDS_ON_GLOBE; round++) {
    vd_distance_globe_setup s = random_globe(source);
    scatter(source, s.nx, s.ny);
    assert_int_equal(vd_distance_on_globe(NULL, NULL, &s, distance_m, nearest), VD_OK);
    assert_int_equal(vd_distance_on_globe(two, NULL, &s, again_m, NULL), VD_OK);
    assert_memory_equal(distance_m, again_m, (size_t)(s.nx * s.ny) * sizeof *distance_m);
    for (int32_t i = 0; i < s.nx * s.ny; i++) {
      double exact = nearest_geodesic_m(&s, i), within = error_at(exact);
      if (isinf(exact)) {
        assert_true(isinf(distance_m[i]) && nearest[i] == -1);
        continue;
      }
      assert_true(fabs((double)distance_m[i] - exact) <= within * exact + 1e-6);
      assert_true(named_geodesic_m(&s, i, nearest[i]) <= exact * (1 + within) + 1e-6);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(distance__is_that_to_the_nearest_source),
                                     cmocka_unit_test(distance__on_the_globe_is_the_geodesic)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
