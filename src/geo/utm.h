/* utm: transverse Mercator and polar stereographic on WGS 84, the two projections of military grids.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_UTM_H
#define VEDETTE_SRC_GEO_UTM_H

/* Scale 0.9996, false easting 500 km, no false northing. Exact to a few nanometres within 3900 km of the meridian (Krueger's
 * series to the sixth order: Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011). */
void vd_tm_forward(double central_lon_deg, double lon_deg, double lat_deg, double *easting_m,
                   double *northing_m);
void vd_tm_inverse(double central_lon_deg, double easting_m, double northing_m, double *lon_deg,
                   double *lat_deg);
/* Universal polar stereographic: scale 0.994, false origin 2000 km, 2000 km (Snyder, USGS PP 1395, section 21). */
void vd_ups_forward(int north, double lon_deg, double lat_deg, double *easting_m, double *northing_m);
void vd_ups_inverse(int north, double easting_m, double northing_m, double *lon_deg, double *lat_deg);

#endif
