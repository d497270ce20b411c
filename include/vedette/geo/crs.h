/* crs: coordinate reference systems and transforms between them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A system is known by its WKT text, which is plain data and may be shared by threads. Everywhere x comes first
 * (longitude, easting) whatever order the authority gives its axes: the traditional GIS order. NULL as WKT means
 * longitude and latitude in degrees, WGS 84 (EPSG:4326). */
#ifndef VEDETTE_GEO_CRS_H
#define VEDETTE_GEO_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "vedette/base/arena.h"
#include "vedette/base/geom.h"
#include "vedette/base/status.h"

typedef struct vd_crs {
  const char *wkt;  /* WKT 1 in GDAL's manner: what GeoTIFF, GeoPackage and the plan's rasters carry */
  const char *name; /* "WGS 84 / UTM zone 36N" */
  int epsg;         /* 0 when the system has no EPSG code of its own */
  bool lonlat;      /* angular coordinates in degrees */
} vd_crs;

/* From an EPSG number or a WKT text (1 or 2) only, never from a file name or an address. VD_ERR_INPUT with a sentence. */
vd_status vd_crs_from_epsg(vd_arena *arena, int epsg, vd_crs *out);
vd_status vd_crs_from_wkt(vd_arena *arena, const char *wkt, vd_crs *out);
/* The analysis plane: Lambert azimuthal equal-area on the WGS 84 ellipsoid centred on the place, metres. */
vd_status vd_crs_plane(vd_arena *arena, double lon_deg, double lat_deg, vd_crs *out);

/* A transform between two systems. It may be used by one thread at a time; each worker opens its own. */
typedef struct vd_transform vd_transform;
vd_status vd_transform_new(const char *from_wkt, const char *to_wkt, vd_transform **out);
/* From longitude and latitude to the analysis plane centred on the place; no database is read, so it is quick to make. */
vd_status vd_transform_plane(double lon_deg, double lat_deg, vd_transform **out);
void vd_transform_free(vd_transform *transform);
void vd_transform_cleanup(vd_transform **transform);
/* In place, n points x0 y0 x1 y1 ...; a point that has no image becomes NaN, NaN. Returns how many have none. */
size_t vd_transform_forward(vd_transform *transform, double *xy, size_t n);
size_t vd_transform_inverse(vd_transform *transform, double *xy, size_t n);
/* The box that holds the image of a box, its edges followed point by point; empty when none of it has an image. */
vd_box vd_transform_box(vd_transform *transform, vd_box box, bool inverse);

#endif
