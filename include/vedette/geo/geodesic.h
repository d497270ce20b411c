/* geodesic: distances, directions and areas on the WGS 84 ellipsoid.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Karney's algorithms (Algorithms for geodesics, J. Geodesy 87, 2013) in PROJ's geodesic.h: exact to nanometres.
 * Longitude and latitude in degrees, azimuth in degrees clockwise from north, metres. NaN in gives NaN out. */
#ifndef VEDETTE_GEO_GEODESIC_H
#define VEDETTE_GEO_GEODESIC_H

#include "vedette/base/geom.h"

double vd_geodesic_distance_m(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg);
/* Distance and the azimuths at both ends (the second one forwards, away from the first point); outputs may be NULL. */
void vd_geodesic_inverse(double lon1_deg, double lat1_deg, double lon2_deg, double lat2_deg,
                         double *distance_m, double *azimuth1_deg, double *azimuth2_deg);
void vd_geodesic_direct(double lon_deg, double lat_deg, double azimuth_deg, double distance_m,
                        double *lon2_deg, double *lat2_deg);
/* The ring of all places at `radius_m`, as a polygon of `n` corners (at least 8) from north clockwise negated, that
 * is counterclockwise as RFC 7946 asks. Longitudes stay continuous and so may pass 180 near the antimeridian.
 * NULL for a radius that is not above 0 and below 5000 km or a circle that holds a pole. */
vd_geom *vd_geodesic_circle(vd_arena *arena, double lon_deg, double lat_deg, double radius_m, int n);
/* Length of all parts of a line, or of all rings of a polygon; 0 for points. */
double vd_geodesic_length_m(const vd_geom *geom);
/* Area of a polygon, holes taken off; 0 for anything else. Edges are geodesics. */
double vd_geodesic_area_m2(const vd_geom *geom);
/* Distance from a place to the nearest point of a geometry (0 inside a polygon), to about 1e-6 of it for geometries
 * within 500 km; NaN when the geometry is empty. */
double vd_geodesic_distance_to_m(const vd_geom *geom, double lon_deg, double lat_deg);
/* A quick look before that: no more than the distance from a place to anything whose corners lie in the box, in metres; 0
 * where it cannot tell (large boxes, poles near). */
double vd_geodesic_least_to_box_m(vd_box box, double lon_deg, double lat_deg);

#endif
