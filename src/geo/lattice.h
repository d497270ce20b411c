/* lattice: the images of a regular lattice of points under a map projection, row by row and fast.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Projections are smooth, so most points are linear between a few exact ones; the spacing of those is chosen such that
 * the error stays below a tolerance that is measured, not assumed. */
#ifndef VEDETTE_SRC_GEO_LATTICE_H
#define VEDETTE_SRC_GEO_LATTICE_H

#include "vedette/geo/crs.h"
#include "vedette/geo/raster.h"

/* Lattice numbers (i, j) -> raster's or grid's coordinates -> lon/lat -> the other's -> its pixel or cell numbers. */
typedef struct vd_mapping {
  vd_transform *raster_lonlat; /* NULL: the raster's coordinates are lon/lat WGS 84 */
  vd_transform *lonlat_plane;
  bool to_grid;         /* from the raster to the grid, else back */
  double before[6];     /* affine: from lattice numbers */
  double after[6];      /* affine: to the numbers wanted */
  double west_edge_deg; /* longitudes below it are turned once; -INFINITY: never */
} vd_mapping;

/* Raster pixel corners (i: 0..width, j: 0..height) to cell numbers: x = column, y = row, fractions within. */
vd_status vd_mapping_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid, vd_mapping *out);
/* Points (i + 0.5) / k of the grid, k a cell, to pixel numbers. */
vd_status vd_mapping_to_raster(const vd_geo_raster *raster, const vd_geo_grid *grid, int k, vd_mapping *out);
void vd_mapping_cleanup(vd_mapping *mapping);
void vd_mapping_run(const vd_mapping *mapping, double *xy, size_t n);

typedef struct vd_lattice {
  const vd_mapping *mapping;
  int64_t nx, ny; /* points */
  int64_t step;
  int64_t above_j;       /* row number of `above`; -1 none yet */
  double *above, *below; /* full rows around the wanted one, 2 * nx */
  double *coarse;        /* 2 * (nx / step + 2) */
  double *row;           /* the row handed out */
} vd_lattice;

/* `tolerance` in the numbers wanted. VD_ERR_MEMORY. */
vd_status vd_lattice_start(vd_arena *arena, const vd_mapping *mapping, int64_t nx, int64_t ny,
                           double tolerance, vd_lattice *out);
/* Row j, not before the last one asked for; borrowed until the next call. NaN where there is no image. */
const double *vd_lattice_row(vd_lattice *lattice, int64_t j);

#endif
