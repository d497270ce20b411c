/* geo_geodesic: distances, rings and areas against GeographicLib's GeodSolve and Planimeter 2.1.2.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vedette/geo/geodesic.h"

static void distances_agree_to_a_millimetre(void **state) {
  (void)state;
  /* GeodSolve -i -p 6 */
  const struct {
    double lat1, lon1, lat2, lon2, azimuth1, azimuth2, distance_m;
  } lines[] = {
      {0, 0, 0, 90, 90, 90, 10018754.171395},
      {40.6, -73.8, 51.6, -0.5, 51.19888284558, 107.82177673551, 5551759.400319},
      {4.85, 31.58, 4.85, 32.48, 89.96195288114, 90.03804711886, 99831.197239},
      {-11.7, 43.25, -12.28, 43.74, 140.29943462686, 140.19763964525, 83452.597746},
      {89, 0, 89, 180, 0, 180, 223387.729828},
  };
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    double distance_m, azimuth1, azimuth2;
    vd_geodesic_inverse(lines[i].lon1, lines[i].lat1, lines[i].lon2, lines[i].lat2, &distance_m, &azimuth1,
                        &azimuth2);
    assert_true(fabs(distance_m - lines[i].distance_m) < 0.001);
    assert_true(fabs(azimuth1 - lines[i].azimuth1) < 1e-9 && fabs(azimuth2 - lines[i].azimuth2) < 1e-9);
  }
  assert_true(isnan(vd_geodesic_distance_m(NAN, 0, 1, 1)));
}

static void places_at_a_bearing_agree_to_a_millimetre(void **state) {
  (void)state;
  double lon, lat; /* GeodSolve -p 9 */
  vd_geodesic_direct(31.58, 4.85, 37, 10000, &lon, &lat);
  assert_true(vd_geodesic_distance_m(lon, lat, 31.63426072520610, 4.92221870659524) < 0.001);
  vd_geodesic_direct(10, -80, 200, 2500000, &lon, &lat);
  assert_true(vd_geodesic_distance_m(lon, lat, -135.82802672605453, -76.59025849021329) < 0.001);
}

static void a_ring_lies_at_its_radius_and_runs_counterclockwise(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  const double centres[][2] = {{31.58, 4.85}, {179.999, -16}, {20, 69}, {0, 0}};
  for (size_t c = 0; c < 4; c++) {
    vd_geom *ring = vd_geodesic_circle(arena, centres[c][0], centres[c][1], 10000, 72);
    double signed_area = 0;
    assert_non_null(ring);
    assert_int_equal(ring->n_points, 73);
    for (int i = 0; i < 72; i++) {
      const double *a = ring->xy + 2 * i, *b = a + 2;
      assert_true(fabs(vd_geodesic_distance_m(centres[c][0], centres[c][1], a[0], a[1]) - 10000) < 0.001);
      assert_true(fabs(b[0] - a[0]) < 1); /* no jump at the antimeridian */
      signed_area += a[0] * b[1] - b[0] * a[1];
    }
    assert_true(signed_area > 0);
    assert_true(ring->xy[0] == ring->xy[144] && ring->xy[1] == ring->xy[145]);
    /* A regular 72-gon holds 0.99873 of its circle. */
    double circle_m2 = M_PI * 1e8, gon = 36 / M_PI * sin(2 * M_PI / 72);
    assert_true(fabs(vd_geodesic_area_m2(ring) / circle_m2 - gon) < 1e-6);
  }
  assert_null(vd_geodesic_circle(arena, 0, 89.99, 10000, 72)); /* holds the pole */
  assert_null(vd_geodesic_circle(arena, 0, 0, 0, 72));
  assert_null(vd_geodesic_circle(arena, 0, 0, -5, 72));
  assert_null(vd_geodesic_circle(arena, 0, 0, NAN, 72));
  assert_null(vd_geodesic_circle(arena, 0, 0, 100, 4));
  vd_arena_free(arena);
}

static void areas_agree_with_planimeter_and_holes_are_taken_off(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  const double square[] = {31, 4, 32, 4, 32, 5, 31, 5};
  vd_geom *whole = vd_geom_ring(arena, square, 4);
  assert_true(fabs(vd_geodesic_area_m2(whole) - 12272294889.0) < 2);
  assert_true(fabs(vd_geodesic_length_m(whole) - 443111.0977) < 0.001);
  /* The same square with a hole of the same shape at half its size. */
  vd_geom *holed = vd_geom_new(arena, VD_GEOM_POLYGON, 2, 10);
  const double ring[] = {31.25, 4.25, 31.75, 4.25, 31.75, 4.75, 31.25, 4.75, 31.25, 4.25};
  for (int i = 0; i < 10; i++) {
    holed->xy[i] = whole->xy[i];
    holed->xy[10 + i] = ring[i];
  }
  holed->part_start[1] = 5;
  holed->hole[1] = 1;
  vd_geom *hole = vd_geom_ring(arena, ring, 5);
  assert_true(fabs(vd_geodesic_area_m2(holed) + vd_geodesic_area_m2(hole) - vd_geodesic_area_m2(whole)) < 1);
  assert_true(vd_geodesic_area_m2(NULL) == 0 && vd_geodesic_length_m(vd_geom_point(arena, 1, 1)) == 0);
  vd_arena_free(arena);
}

static void the_nearest_point_of_a_shape_is_found(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  /* A road along the equator: the nearest point of it to a place north of it is on the same meridian. */
  const double road[] = {30, 0, 31, 0, 31, -1};
  vd_geom *line = vd_geom_line(arena, road, 3);
  assert_true(fabs(vd_geodesic_distance_to_m(line, 30.4, 0.3) - vd_geodesic_distance_m(30.4, 0.3, 30.4, 0)) <
              0.01);
  assert_true(fabs(vd_geodesic_distance_to_m(line, 29, 0) - vd_geodesic_distance_m(29, 0, 30, 0)) < 0.01);
  assert_true(vd_geodesic_distance_to_m(line, 30.7, 0) < 0.01);
  /* Against a scan of points along the geodesic, 300 km away where the plane bends. */
  const double border[] = {10, 60, 16, 62};
  vd_geom *far_line = vd_geom_line(arena, border, 2);
  double length_m, azimuth, least = INFINITY;
  vd_geodesic_inverse(10, 60, 16, 62, &length_m, &azimuth, NULL);
  for (int i = 0; i <= 20000; i++) {
    double lon, lat;
    vd_geodesic_direct(10, 60, azimuth, length_m * i / 20000, &lon, &lat);
    least = fmin(least, vd_geodesic_distance_m(14, 58, lon, lat));
  }
  assert_true(fabs(vd_geodesic_distance_to_m(far_line, 14, 58) - least) < 0.1);
  const double corners[] = {31, 4, 32, 4, 32, 5, 31, 5};
  vd_geom *square = vd_geom_ring(arena, corners, 4);
  assert_true(vd_geodesic_distance_to_m(square, 31.5, 4.5) == 0);
  assert_true(
      fabs(vd_geodesic_distance_to_m(square, 30.9, 4.5) - vd_geodesic_distance_m(30.9, 4.5, 31, 4.5)) < 5);
  assert_true(isnan(vd_geodesic_distance_to_m(NULL, 0, 0)));
  vd_arena_free(arena);
}

static void the_quick_look_never_tells_more_than_the_distance(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  uint32_t seed = 5;
  int n_told = 0;
  for (int i = 0; i < 20000; i++) {
    double r[6];
    for (int k = 0; k < 6; k++) seed = seed * 1664525u + 1013904223u, r[k] = (double)(seed >> 8) / (1 << 24);
    double lon = 30 + 20 * r[0], lat = -75 + 150 * r[1], w = 4 * r[2], h = 4 * r[3];
    double at[2] = {lon + 14 * (r[4] - 0.5), lat + 14 * (r[5] - 0.5)};
    const double corners[] = {lon, lat, lon + w, lat, lon + w, lat + h, lon, lat + h};
    vd_geom *square = vd_geom_ring(arena, corners, 4);
    double least = vd_geodesic_least_to_box_m(vd_geom_box(square), at[0], at[1]);
    assert_true(least <= vd_geodesic_distance_to_m(square, at[0], at[1]));
    n_told += least > 0;
  }
  assert_true(n_told > 10000);
  /* Over the antimeridian a place may be nearer than the longitudes say. */
  assert_true(vd_geodesic_least_to_box_m((vd_box){178, 0, 179, 1}, -179, 0.5) <=
              vd_geodesic_distance_m(179, 0.5, -179, 0.5));
  assert_true(vd_geodesic_least_to_box_m((vd_box){0, 0, 0, 0}, 10, 0) > 1e6);
  vd_arena_free(arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(distances_agree_to_a_millimetre),
      cmocka_unit_test(places_at_a_bearing_agree_to_a_millimetre),
      cmocka_unit_test(a_ring_lies_at_its_radius_and_runs_counterclockwise),
      cmocka_unit_test(areas_agree_with_planimeter_and_holes_are_taken_off),
      cmocka_unit_test(the_nearest_point_of_a_shape_is_found),
      cmocka_unit_test(the_quick_look_never_tells_more_than_the_distance),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
