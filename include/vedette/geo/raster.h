/* raster: grids from GeoTIFF and SRTM files as float arrays, laid on the analysis grid, and written.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Values are float, NaN where unknown. Files are opened with an allow-list of drivers and their headers are checked
 * before anything is allocated. */
#ifndef VEDETTE_GEO_RASTER_H
#define VEDETTE_GEO_RASTER_H

#include "vedette/base/arena.h"
#include "vedette/base/geom.h"
#include "vedette/base/jobs.h"
#include "vedette/core/grid.h"

/* The analysis grid on the earth: the grid in its plane and the plane's centre. */
typedef struct vd_geo_grid {
  vd_grid grid;
  double lon_deg, lat_deg;
} vd_geo_grid;

/* The shape of vd_raster in vedette/plan/plan.h: pixel (c, r) has its upper-left corner at x = t[0] + c t[1] + r t[2],
 * y = t[3] + c t[4] + r t[5] in the system `crs_wkt` (NULL: lon/lat). */
typedef struct vd_geo_raster {
  int32_t width, height;
  double geotransform[6];
  const char *crs_wkt;
  float *values;      /* width * height, row by row */
  const char *source; /* the file's name */
  int64_t reported_s; /* VD_TIME_MIN: the file does not say */
} vd_geo_raster;

typedef struct vd_raster_info {
  int32_t width, height, n_bands;
  double geotransform[6];
  const char *crs_wkt, *crs_name;
  const char *type;     /* GDAL's word: "Float32", "Int16", "Byte" */
  double nodata;        /* NaN: the file names none */
  vd_box lonlat;        /* the extent */
  double metres_a_unit; /* of its plane coordinates; 0 for longitude and latitude */
} vd_raster_info;

enum { VD_RASTER_PIXELS_MAX = 200000000 }; /* pixels in memory: 800 MB */

/* True when the file's first bytes (or, for .hgt and .hgt.zip, name and size) are those of a raster that can be read. */
bool vd_raster_looks_like(const char *path);
/* Reads the header only. */
vd_status vd_raster_probe(vd_arena *arena, const char *path, vd_raster_info *out);
/* Reads the first band of a GeoTIFF, .hgt or .hgt.zip; only the pixels that touch the box of `area` (lon/lat), all when NULL.
 * VD_ERR_NOT_FOUND when the area and the file do not meet, VD_ERR_INPUT for pictures (PNG, JPEG, RGB colours or a palette)
 * and damaged files, VD_ERR_LIMIT above VD_RASTER_PIXELS_MAX. */
vd_status vd_raster_read(vd_arena *arena, const char *path, const vd_geom *area, const vd_progress *progress,
                         vd_geo_raster **out);
/* The same from bytes in memory (borrowed); `name` is used in messages and tells an SRTM tile's place. */
vd_status vd_raster_read_bytes(vd_arena *arena, const void *bytes, size_t n, const char *name,
                               vd_geo_raster **out);
/* Passes the first band's rows from the top, some at a time, without keeping them. Whatever `fn` returns but VD_OK ends the
 * reading. */
typedef vd_status (*vd_raster_rows_fn)(void *context, int32_t row, int32_t n_rows, float *values);
vd_status vd_raster_read_rows(const char *path, const vd_progress *progress, vd_raster_rows_fn fn,
                              void *context);
/* How many rows that is, the last time fewer: 128, or fewer where they are very long. */
int32_t vd_raster_rows_a_step(int32_t width);
/* Joins tiles of one system and pixel size whose grids agree to a hundredth of a pixel; where tiles overlap the first
 * that knows a value wins; unknown between them. One tile is returned as it is. */
vd_status vd_raster_mosaic(vd_arena *arena, const vd_geo_raster *const *tiles, size_t n, vd_geo_raster **out);
/* The sum of all known values, in double, and how many are known. */
double vd_raster_total(const vd_geo_raster *raster, int64_t *n_known);
/* The extent in lon/lat. */
vd_status vd_raster_box(const vd_geo_raster *raster, vd_box *lonlat);
/* The pixel (row * width + column) that holds each of n lon/lat places; VD_NO_CELL outside. */
vd_status vd_raster_cells(const vd_geo_raster *raster, const double *lonlat, size_t n, int32_t *cells);
/* The sides of a pixel in metres of a projected system; VD_ERR_INPUT, for the caller to prefix with the file's name, for
 * degrees and slanted pixels. */
vd_status vd_raster_cell_sides(const double geotransform[6], const char *crs_wkt, double *dx_m, double *dy_m);
/* The value of the pixel that holds each of n lon/lat places; NaN outside. */
vd_status vd_raster_sample(const vd_geo_raster *raster, const double *lonlat, size_t n, float *values);

/* ---- onto the analysis grid; `cells` has nx * ny entries ---- */

typedef struct vd_raster_sums {
  double total;   /* of the raster's known values, negative ones counted as 0 */
  double inside;  /* on the grid: the sum of `cells` before rounding to float */
  double outside; /* beyond the grid; total = inside + outside to rounding */
  int64_t n_negative;
} vd_raster_sums;
/* Spreads each pixel's amount over the cells in proportion to the area shared (the pixel's outline projected into the
 * plane, its parts in each cell by clipping): the total is kept by construction. Cells are set, not added to. `sums` may be NULL. */
vd_status vd_raster_sum_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                const vd_progress *progress, float *cells, vd_raster_sums *sums);
/* The mean of the known pixels in a cell weighted by shared area; where pixels are larger than cells, linear between
 * pixel centres. NaN where none is known. */
vd_status vd_raster_mean_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                 const vd_progress *progress, float *cells);
/* The pixel that holds the cell's centre. */
vd_status vd_raster_nearest_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                    const vd_progress *progress, float *cells);
/* The whole-number code that covers most of the cell (of equal ones the smaller); for land cover. */
vd_status vd_raster_majority_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                     const vd_progress *progress, float *cells);

/* Writes a one-band float32 GeoTIFF (deflate, same bytes each time) beside its name and renames it over `path`. NaN is the
 * nodata value. */
vd_status vd_raster_write(const char *path, const vd_geo_raster *raster);
/* The same with rows asked for from the top, some at a time, and not packed, so that a large grid is written as fast as the disk
 * takes it and never stands in memory whole. `values` of `shape` is not read. */
vd_status vd_raster_write_rows(const char *path, const vd_geo_raster *shape, const vd_progress *progress,
                               vd_raster_rows_fn fn, void *context);

#endif
