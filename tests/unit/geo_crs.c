/* geo_crs: coordinate systems by EPSG and WKT, transforms, the analysis plane, and a clean start.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/geo/crs.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/mgrs.h"
#include "vedette/geo/start.h"

static vd_arena *arena;

static int start(void **state) {
  (void)state;
  /* An environment that would send the libraries elsewhere must not be heard. */
  setenv("GDAL_DATA", "/nowhere", 1);
  setenv("PROJ_LIB", "/nowhere", 1);
  setenv("PROJ_NETWORK", "ON", 1);
  setenv("OGR_SQLITE_LOAD_EXTENSIONS", "evil", 1);
  arena = vd_arena_new();
  return vd_geo_start() == VD_OK ? 0 : -1;
}

static int stop(void **state) {
  (void)state;
  vd_arena_free(arena);
  return 0;
}

static void the_environment_is_not_heard(void **state) {
  (void)state;
  assert_null(getenv("GDAL_DATA"));
  assert_null(getenv("PROJ_LIB"));
  assert_null(getenv("PROJ_NETWORK"));
  assert_null(getenv("OGR_SQLITE_LOAD_EXTENSIONS"));
  assert_int_equal(vd_geo_start(), VD_OK); /* again: nothing happens */
  assert_non_null(strstr(vd_geo_versions(), "PROJ 9"));
}

static void systems_come_from_numbers_and_wkt_only(void **state) {
  (void)state;
  vd_crs utm, again, bad;
  assert_int_equal(vd_crs_from_epsg(arena, 32636, &utm), VD_OK);
  assert_string_equal(utm.name, "WGS 84 / UTM zone 36N");
  assert_true(utm.epsg == 32636 && !utm.lonlat);
  assert_int_equal(vd_crs_from_wkt(arena, utm.wkt, &again), VD_OK);
  assert_int_equal(again.epsg, 32636);
  assert_string_equal(again.wkt, utm.wkt);
  assert_int_equal(vd_crs_from_epsg(arena, 4326, &utm), VD_OK);
  assert_true(utm.lonlat);
  assert_int_equal(vd_crs_from_epsg(arena, 1, &bad), VD_ERR_INPUT);
  assert_int_equal(vd_crs_from_epsg(arena, -5, &bad), VD_ERR_INPUT);
  const char *const wrong[] = {"",
                               "EPSG:4326",
                               "http://example.org/wkt",
                               "/etc/passwd",
                               "+proj=utm +zone=36",
                               "GEOGCS[",
                               "LOCAL_CS[\"here\",UNIT[\"metre\",1]]",
                               "urn:ogc:def:crs:EPSG::4326"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    if (vd_crs_from_wkt(arena, wrong[i], &bad) != VD_ERR_INPUT) fail_msg("\"%s\" was taken", wrong[i]);
}

static void x_is_always_east(void **state) {
  (void)state;
  vd_crs utm, laea;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_utm = NULL;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_laea = NULL;
  double place[2] = {31.58, 4.85};
  assert_int_equal(vd_crs_from_epsg(arena, 32636, &utm), VD_OK);
  assert_int_equal(vd_transform_new(NULL, utm.wkt, &to_utm), VD_OK);
  assert_int_equal(vd_transform_forward(to_utm, place, 1), 0);
  assert_true(fabs(place[0] - 342535.551130903) < 1e-4 && fabs(place[1] - 536248.563494968) < 1e-4);
  assert_int_equal(vd_transform_inverse(to_utm, place, 1), 0);
  assert_true(fabs(place[0] - 31.58) < 1e-9 && fabs(place[1] - 4.85) < 1e-9);
  /* EPSG:3035 gives its axes as northing, easting; its centre is 10 E 52 N at 4321000 E 3210000 N. */
  double centre[2] = {10, 52};
  assert_int_equal(vd_crs_from_epsg(arena, 3035, &laea), VD_OK);
  assert_int_equal(vd_transform_new(NULL, laea.wkt, &to_laea), VD_OK);
  vd_transform_forward(to_laea, centre, 1);
  assert_true(fabs(centre[0] - 4321000) < 1 && fabs(centre[1] - 3210000) < 1);
}

static void a_point_without_image_is_nan_and_the_others_stay(void **state) {
  (void)state;
  vd_crs mercator;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  double xy[6] = {31.58, 4.85, 0, 95, 180, 0};
  assert_int_equal(vd_crs_from_epsg(arena, 3857, &mercator), VD_OK);
  assert_int_equal(vd_transform_new(NULL, mercator.wkt, &transform), VD_OK);
  assert_int_equal(vd_transform_forward(transform, xy, 3), 1);
  assert_true(fabs(xy[0] - 3515469.5) < 1 && fabs(xy[1] - 540545.6) < 1);
  assert_true(isnan(xy[2]) && isnan(xy[3]));
  assert_true(fabs(xy[4] - 20037508.34) < 1);
}

static void the_plane_keeps_areas_and_the_grid_agrees_with_it(void **state) {
  (void)state;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *plane = NULL;
  assert_int_equal(vd_transform_plane(31.5, 4.4, &plane), VD_OK);
  double origin[2] = {31.5, 4.4};
  vd_transform_forward(plane, origin, 1);
  assert_true(fabs(origin[0]) < 1e-6 && fabs(origin[1]) < 1e-6);
  /* A geodesic ring 300 km off the centre: its area in the plane is its area on the ellipsoid. */
  vd_geom *ring = vd_geodesic_circle(arena, 34.0, 5.6, 20000, 720);
  double ground_m2 = vd_geodesic_area_m2(ring), plane_m2 = 0;
  vd_transform_forward(plane, ring->xy, (size_t)ring->n_points);
  for (int i = 0; i < 720; i++)
    plane_m2 += (ring->xy[2 * i] * ring->xy[2 * i + 3] - ring->xy[2 * i + 2] * ring->xy[2 * i + 1]) / 2;
  assert_true(fabs(plane_m2 / ground_m2 - 1) < 1e-5);
  double xy[4] = {34.0, 5.6, 34.5, 5.9};
  vd_transform_forward(plane, xy, 2);
  vd_transform_inverse(plane, xy, 2);
  assert_true(vd_geodesic_distance_m(xy[0], xy[1], 34.0, 5.6) < 0.01);
  vd_crs crs;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *by_wkt = NULL;
  assert_int_equal(vd_crs_plane(arena, 31.5, 4.4, &crs), VD_OK);
  assert_int_equal(vd_transform_new(NULL, crs.wkt, &by_wkt), VD_OK);
  double a[2] = {33, 5}, b[2] = {33, 5};
  vd_transform_forward(plane, a, 1);
  vd_transform_forward(by_wkt, b, 1);
  assert_true(hypot(a[0] - b[0], a[1] - b[1]) < 0.001);
  VD_CLEANUP(vd_transform_cleanup) vd_transform *nowhere = NULL;
  assert_int_equal(vd_transform_plane(NAN, 0, &nowhere), VD_ERR_INPUT);
}

static void utm_by_own_series_equals_proj(void **state) {
  (void)state;
  for (int zone = 29; zone <= 38; zone++) {
    vd_crs crs;
    VD_CLEANUP(vd_transform_cleanup) vd_transform *to_utm = NULL;
    assert_int_equal(vd_crs_from_epsg(arena, vd_utm_epsg(zone, 1), &crs), VD_OK);
    assert_int_equal(vd_transform_new(NULL, crs.wkt, &to_utm), VD_OK);
    for (int i = 0; i < 40; i++) {
      double place[2] = {zone * 6 - 186 + 0.15 * i, 2 * i};
      vd_utm utm;
      assert_int_equal(vd_utm_from_lonlat(place[0], place[1], zone, &utm), VD_OK);
      vd_transform_forward(to_utm, place, 1);
      assert_true(hypot(place[0] - utm.easting_m, place[1] - utm.northing_m) < 1e-5);
    }
  }
}

static void the_box_of_an_image_holds_it(void **state) {
  (void)state;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *plane = NULL;
  assert_int_equal(vd_transform_plane(31.5, 60, &plane), VD_OK);
  vd_box box = vd_transform_box(plane, (vd_box){25, 58, 38, 62}, false);
  /* The northern edge bulges: its middle lies south of its ends. */
  double middle[2] = {31.5, 62}, end[2] = {25, 62};
  vd_transform_forward(plane, middle, 1);
  vd_transform_forward(plane, end, 1);
  assert_true(end[1] > middle[1] && box.max_y >= end[1]);
  assert_true(vd_box_is_empty(vd_transform_box(plane, vd_box_empty(), false)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_environment_is_not_heard),
      cmocka_unit_test(systems_come_from_numbers_and_wkt_only),
      cmocka_unit_test(x_is_always_east),
      cmocka_unit_test(a_point_without_image_is_nan_and_the_others_stay),
      cmocka_unit_test(the_plane_keeps_areas_and_the_grid_agrees_with_it),
      cmocka_unit_test(utm_by_own_series_equals_proj),
      cmocka_unit_test(the_box_of_an_image_holds_it),
  };
  return cmocka_run_group_tests(tests, start, stop);
}
