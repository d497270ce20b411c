/* distance: from chosen cells of a raster file, or from places, to every cell; written as a raster file.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_GEO_DISTANCE_H
#define VEDETTE_GEO_DISTANCE_H

#include "vedette/geo/raster.h"

/* Values of cells that are chosen; all known ones but 0 when there are no ranges. NaN is never chosen. */
enum { VD_RANGES_MAX = 256 };
typedef struct vd_range {
  double from, to; /* both are in it */
} vd_range;
typedef struct vd_ranges {
  vd_range items[VD_RANGES_MAX];
  int n;
} vd_ranges;
bool vd_ranges_hold(const vd_ranges *ranges, float value);

typedef struct vd_sources {
  vd_raster_info grid;
  uint8_t *source; /* a byte a cell: 1 is a source */
  int64_t n;       /* how many */
} vd_sources;
/* The cells of a raster whose values are chosen; in the arena. */
vd_status vd_sources_of_raster(vd_arena *arena, const char *path, const vd_ranges *ranges,
                               const vd_progress *progress, vd_sources *out);
/* The cells on the grid of the raster `like` that a point, line or area of a vector file touches. */
vd_status vd_sources_of_places(vd_arena *arena, const char *path, const char *like,
                               const vd_progress *progress, vd_sources *out);

enum { VD_BUFFERS_MAX = 64 };
typedef struct vd_distance_options {
  double max_m; /* farther cells are unknown; INFINITY: none */
  /* Rising kilometres: instead of metres a cell gets the least of them that it lies within. */
  float buffers_km[VD_BUFFERS_MAX];
  int n_buffers;
} vd_distance_options;
/* Writes distances as a GeoTIFF on the sources' grid (raster.h: vd_raster_write_rows): exact in the plane of a projected raster
 * (core/distance.h), over the ellipsoid for one in degrees. There must be a source. */
vd_status vd_distance_write(const char *path, const vd_sources *sources, const vd_distance_options *options,
                            vd_jobs *jobs, const vd_progress *progress);

#endif
