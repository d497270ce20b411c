/* geodesic: distances, rings and areas by PROJ's geodesic.h.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/geodesic.h"

#include <geodesic.h>
#include <math.h>

static const double WGS84_A_M = 6378137.0, WGS84_F = 1 / 298.257223563;

static struct geod_geodesic earth(void) {
  struct geod_geodesic ellipsoid;
  geod_init(&ellipsoid, WGS84_A_M, WGS84_F);
  return ellipsoid;
}

void vd_geodesic_inverse(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg,
                         double *distance_m, double *azimuth1_deg, double *azimuth2_deg) {
  struct geod_geodesic ellipsoid = earth();
  geod_inverse(&ellipsoid, lat1_deg, lon1_deg, lat2_deg, lon2_deg, distance_m, azimuth1_deg, azimuth2_deg);
}

double vd_geodesic_distance_m(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg) {
  double distance_m = NAN;
  vd_geodesic_inverse(lon1_deg, lat1_deg, lon2_deg, lat2_deg, &distance_m, NULL, NULL);
  return distance_m;
}

void vd_geodesic_direct(double lon_deg, double lat_deg, double azimuth_deg, double distance_m,
                        double *lon2_deg, double *lat2_deg) {
  struct geod_geodesic ellipsoid = earth();
  geod_direct(&ellipsoid, lat_deg, lon_deg, azimuth_deg, distance_m, lat2_deg, lon2_deg, NULL);
}

/* `lon` plus or minus whole turns, so that it lies within half a turn of `near`. */
static double near_longitude(double lon, double near) {
  return near + remainder(lon - near, 360);
}

vd_geom *vd_geodesic_circle(vd_arena *arena, double lon_deg, double lat_deg, double radius_m, int n) {
  enum { CORNERS_MAX = 100000 };
  if (!(radius_m > 0 && radius_m < 5e6) || n < 8 || n > CORNERS_MAX) return NULL;
  if (!isfinite(lon_deg) || !(fabs(lat_deg) <= 90)) return NULL;
  if (vd_geodesic_distance_m(lon_deg, lat_deg, lon_deg, lat_deg < 0 ? -90 : 90) <= radius_m) return NULL;
  struct geod_geodesic ellipsoid = earth();
  vd_geom *ring = vd_geom_new(arena, VD_GEOM_POLYGON, 1, n + 1);
  if (!ring) return NULL;
  for (int i = 0; i < n; i++) {
    double *xy = ring->xy + 2 * i;
    geod_direct(&ellipsoid, lat_deg, lon_deg, -360.0 * i / n, radius_m, &xy[1], &xy[0], NULL);
    xy[0] = near_longitude(xy[0], lon_deg);
  }
  ring->xy[2 * n] = ring->xy[0];
  ring->xy[2 * n + 1] = ring->xy[1];
  return ring;
}

double vd_geodesic_length_m(const vd_geom *geom) {
  double total_m = 0;
  if (vd_geom_empty(geom) || geom->type == VD_GEOM_POINT) return 0;
  struct geod_geodesic ellipsoid = earth();
  for (int32_t part = 0; part < geom->n_parts; part++)
    for (int32_t i = geom->part_start[part] + 1; i < geom->part_start[part + 1]; i++) {
      const double *a = geom->xy + 2 * (size_t)(i - 1), *b = a + 2;
      double step_m = 0;
      geod_inverse(&ellipsoid, a[1], a[0], b[1], b[0], &step_m, NULL, NULL);
      total_m += step_m;
    }
  return total_m;
}

double vd_geodesic_area_m2(const vd_geom *geom) {
  double total_m2 = 0;
  if (vd_geom_empty(geom) || geom->type != VD_GEOM_POLYGON) return 0;
  struct geod_geodesic ellipsoid = earth();
  for (int32_t part = 0; part < geom->n_parts; part++) {
    struct geod_polygon ring;
    double area_m2 = 0, perimeter_m = 0;
    geod_polygon_init(&ring, 0);
    for (int32_t i = geom->part_start[part]; i < geom->part_start[part + 1] - 1; i++)
      geod_polygon_addpoint(&ellipsoid, &ring, geom->xy[2 * (size_t)i + 1], geom->xy[2 * (size_t)i]);
    geod_polygon_compute(&ellipsoid, &ring, 0, 1, &area_m2, &perimeter_m);
    total_m2 += geom->hole && geom->hole[part] ? -fabs(area_m2) : fabs(area_m2);
  }
  return total_m2;
}

/* ---- distance to a shape ---- */

/* Even-odd rule over all rings, in degrees. */
static bool holds(const vd_geom *polygon, double x, double y) {
  bool inside = false;
  for (int32_t part = 0; part < polygon->n_parts; part++)
    for (int32_t i = polygon->part_start[part] + 1; i < polygon->part_start[part + 1]; i++) {
      const double *a = polygon->xy + 2 * (size_t)(i - 1), *b = a + 2;
      if ((a[1] > y) != (b[1] > y) && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])) inside = !inside;
    }
  return inside;
}

/* Where a place lies seen from the centre: distances from the centre are exact in this plane. */
static void seen_from(const struct geod_geodesic *ellipsoid, double lon, double lat, const double *xy,
                      double *plane) {
  double distance_m = 0, azimuth_deg = 0;
  geod_inverse(ellipsoid, lat, lon, xy[1], xy[0], &distance_m, &azimuth_deg, NULL);
  plane[0] = distance_m * sin(azimuth_deg * (M_PI / 180));
  plane[1] = distance_m * cos(azimuth_deg * (M_PI / 180));
}

static double plane_distance(const double *a, const double *b) {
  double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? -(a[0] * dx + a[1] * dy) / length2 : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  return hypot(a[0] + t * dx, a[1] + t * dy);
}

/* The least distance to the geodesic from a to b, which has one minimum along it at these lengths. */
static double segment_distance(const struct geod_geodesic *ellipsoid, double lon, double lat, const double *a,
                               const double *b) {
  struct geod_geodesicline line;
  double length_m = 0, azimuth_deg = 0, from = 0, to, best = INFINITY;
  geod_inverse(ellipsoid, a[1], a[0], b[1], b[0], &length_m, &azimuth_deg, NULL);
  geod_lineinit(&line, ellipsoid, a[1], a[0], azimuth_deg, 0);
  to = length_m;
  for (int step = 0; step < 60 && to - from > 1e-4; step++) {
    double distance_m[2];
    for (int side = 0; side < 2; side++) {
      double at_lat = 0, at_lon = 0;
      geod_position(&line, from + (to - from) * (side ? 0.55 : 0.45), &at_lat, &at_lon, NULL);
      geod_inverse(ellipsoid, lat, lon, at_lat, at_lon, &distance_m[side], NULL, NULL);
      if (distance_m[side] < best) best = distance_m[side];
    }
    if (distance_m[0] < distance_m[1])
      to = from + (to - from) * 0.55;
    else
      from = from + (to - from) * 0.45;
  }
  double ends[2];
  geod_inverse(ellipsoid, lat, lon, a[1], a[0], &ends[0], NULL, NULL);
  geod_inverse(ellipsoid, lat, lon, b[1], b[0], &ends[1], NULL, NULL);
  return fmin(best, fmin(ends[0], ends[1]));
}

/* Calls for each segment; a point is a segment onto itself. First pass: the least distance in the plane; second: exact
 * distances of all segments within 2 % of it, since the plane bends far geodesics a little. */
double vd_geodesic_distance_to_m(const vd_geom *geom, double lon_deg, double lat_deg) {
  if (vd_geom_empty(geom) || !isfinite(lon_deg) || !isfinite(lat_deg)) return NAN;
  if (geom->type == VD_GEOM_POLYGON && holds(geom, lon_deg, lat_deg)) return 0;
  struct geod_geodesic ellipsoid = earth();
  bool points = geom->type == VD_GEOM_POINT;
  double nearest = INFINITY, exact = INFINITY;
  for (int pass = 0; pass < 2; pass++)
    for (int32_t part = 0; part < geom->n_parts; part++) {
      double last[2] = {0, 0}, here[2];
      int32_t first = geom->part_start[part], end = geom->part_start[part + 1];
      for (int32_t i = first; i < end; i++) {
        const double *xy = geom->xy + 2 * (size_t)i;
        bool alone = points || i == first;
        seen_from(&ellipsoid, lon_deg, lat_deg, xy, here);
        double flat = alone ? hypot(here[0], here[1]) : plane_distance(last, here);
        if (pass == 0)
          nearest = fmin(nearest, flat);
        else if (flat <= nearest * 1.02)
          exact = fmin(exact, alone ? flat : segment_distance(&ellipsoid, lon_deg, lat_deg, xy - 2, xy));
        last[0] = here[0];
        last[1] = here[1];
      }
    }
  return exact;
}

/* A chord of the ellipsoid is no longer than the geodesic; seen along the axis it spans the difference of longitudes at no
 * less than the equator's radius times the cosine of the latitude. Edges between corners bulge towards the pole, less than
 * 3 % of the box's size for boxes of at most 10 degrees up to 75 degrees of latitude. */
double vd_geodesic_least_to_box_m(vd_box box, double lon_deg, double lat_deg) {
  const double equator_m = 6378137, meridian_degree_m = 110574, degree_m = 111700, rad = M_PI / 180;
  double dx = box.max_x - box.min_x, dy = box.max_y - box.min_y;
  double steepest = fmax(fabs(lat_deg), fmax(fabs(box.min_y), fabs(box.max_y)));
  if (!(dx >= 0 && dx <= 10 && dy >= 0 && dy <= 10 && steepest <= 75) || !isfinite(lon_deg)) return 0;
  double north_m = meridian_degree_m * fmax(0, fmax(box.min_y - lat_deg, lat_deg - box.max_y)), east_m = 0;
  if (lon_deg < box.min_x || lon_deg > box.max_x) {
    double nearer =
        fmin(fabs(sin((lon_deg - box.min_x) * rad / 2)), fabs(sin((lon_deg - box.max_x) * rad / 2)));
    east_m = 2 * equator_m * cos(steepest * rad) * nearer;
  }
  return fmax(0, fmax(north_m, east_m) - 0.03 * degree_m * (dx + dy));
}
