/* distance: from every cell of a grid to the nearest source cell, centre to centre.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Exact and linear in the number of cells: the nearest source of each column first, then, row by row, the lower envelope
 * of one parabola a column (A. Meijster, J. Roerdink, W. Hesselink, A general algorithm for computing distance
 * transforms in linear time, 2000; P. Felzenszwalb, D. Huttenlocher, Distance transforms of sampled functions, 2012).
 * On square cells squared distances are whole numbers of cells and compared exactly; on others they are doubles. */
#ifndef VEDETTE_CORE_DISTANCE_H
#define VEDETTE_CORE_DISTANCE_H

#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/jobs.h"

enum {
  VD_DISTANCE_BAND = 32,          /* rows that are worked on together */
  VD_DISTANCE_SIDE_MAX = 1 << 17, /* rows or columns: up to here all sums of squares are exact */
  VD_DISTANCE_CELLS_MAX = 1 << 30
};

typedef struct vd_distance_setup {
  int32_t nx, ny;
  double cell_x_m, cell_y_m; /* between the centres of neighbours in a row, and in a column */
  const uint8_t *source; /* nx * ny, row by row: not 0 is a source; borrowed while the distances are used */
  double max_m;          /* beyond it distances are NaN and there is no nearest; INFINITY: none */
} vd_distance_setup;

typedef struct vd_distance vd_distance;
/* Looks through the sources, and keeps in the arena two rows of numbers for each band of rows. `jobs` may be NULL. VD_ERR_LIMIT
 * when the grid is too large, VD_ERR_INPUT when a size is not positive, VD_ERR_MEMORY. */
vd_status vd_distance_new(vd_arena *arena, vd_jobs *jobs, const vd_distance_setup *setup, vd_distance **out);
/* How many source cells there are. */
int64_t vd_distance_n_sources(const vd_distance *distance);
/* Distances in metres of `n_rows` rows from `row` on, rounded once to float; INFINITY when there is no source at all.
 * `nearest`, unless NULL, gets the source cell (row * nx + column), -1 for none; of equally near ones the leftmost, of
 * those the uppermost. The values do not depend on `jobs` nor on how the rows are asked for. */
vd_status vd_distance_rows(const vd_distance *distance, vd_jobs *jobs, int32_t row, int32_t n_rows,
                           float *distance_m, int32_t *nearest);

/* ---- grids in degrees, on the WGS 84 ellipsoid ---- */

typedef struct vd_distance_globe_setup {
  int32_t nx, ny;
  double lon_deg, lat_deg;       /* the centre of the first cell */
  double step_x_deg, step_y_deg; /* to the next column, and the next row: negative where rows go south */
  const uint8_t *source;
  double max_m;
} vd_distance_globe_setup;

/* The same for a grid in degrees, all rows at once: the source nearest by the chord, and the length of the geodesic over it.
 * Both are the geodesic's but for 1e-7 of the length up to 1000 km, 2e-5 up to 5000 km, and 5e-3 beyond. The 180th
 * meridian is no border. Of equally near sources the uppermost, of those the leftmost. */
vd_status vd_distance_on_globe(vd_jobs *jobs, const vd_progress *progress,
                               const vd_distance_globe_setup *setup, float *distance_m, int32_t *nearest);

#endif
