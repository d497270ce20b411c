/* mgrs: the Military Grid Reference System, and one parser for every way a person writes a place.
 * SPDX-License-Identifier: Apache-2.0
 *
 * NGA.STND.0037_2.0.0_GRIDS. UTM between 80 S and 84 N with the exceptions of Norway and Svalbard, UPS beyond.
 * A reference names a square and its figures are truncated, never rounded, as the standard says. */
#ifndef VEDETTE_GEO_MGRS_H
#define VEDETTE_GEO_MGRS_H

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

enum { VD_MGRS_SIZE = 24 };

/* "36NWF1234567890" with `digits` figures for each of easting and northing: 0 (100 km) to 5 (1 m). VD_ERR_INPUT when the
 * place is not on the earth. */
vd_status vd_mgrs_format(double lon_deg, double lat_deg, int digits, char text[VD_MGRS_SIZE]);
/* The same with spaces for people: "36N WF 12345 67890". */
vd_status vd_mgrs_format_spaced(double lon_deg, double lat_deg, int digits, char text[VD_MGRS_SIZE]);
/* The centre of the square a reference names and the square's side. Spaces and small letters are allowed; outputs
 * may be NULL. VD_ERR_INPUT with a sentence when it is not a reference or the square lies outside its zone and band. */
vd_status vd_mgrs_parse(const char *text, double *lon_deg, double *lat_deg, double *side_m);

/* UTM of a place: zone 1 to 60 with the exceptions, northern or southern, metres. VD_ERR_INPUT beyond 80 S and 84 N.
 * `zone` 0 chooses the place's own zone, any other forces it (for grids drawn across a zone's edge). */
typedef struct vd_utm {
  int zone;
  int north; /* 1 north of the equator */
  double easting_m, northing_m;
} vd_utm;
vd_status vd_utm_from_lonlat(double lon_deg, double lat_deg, int zone, vd_utm *out);
vd_status vd_utm_to_lonlat(const vd_utm *utm, double *lon_deg, double *lat_deg);
/* The zone of a place, exceptions included; 0 outside UTM. */
int vd_utm_zone(double lon_deg, double lat_deg);
/* The EPSG code of a zone: 32601-32660 north, 32701-32760 south. */
int vd_utm_epsg(int zone, int north);

/* Reads a place as people write it: "31.58, 4.85" (longitude first), "4.85 N 31.58 E", "4°51'00\"N 31°34'48\"E", "4 51.0 N, 31 34.8 E",
 * MGRS in any spacing. `precision_m` (may be NULL) tells how fine the words are: the side of an MGRS square, else half a unit
 * of the last figure. VD_ERR_INPUT with a sentence that shows how to write it. */
vd_status vd_coord_parse(const char *text, double *lon_deg, double *lat_deg, double *precision_m);
/* One angle of a column: decimal degrees (comma or point), degrees-minutes-seconds, with or without a letter N S E W. `axis` is 'x'
 * for a longitude, 'y' for a latitude. False when it is none. */
int vd_angle_parse(const char *text, char axis, double *degrees);
/* "4.85000° N 31.58000° E", five decimals. */
char *vd_coord_text(vd_arena *arena, double lon_deg, double lat_deg);

#endif
