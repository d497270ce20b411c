/* grid_touch: the cells that points lie in and lines run through.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/core/grid.h"

static int32_t clamp(double at, int32_t n) {
  return !(at > 0) ? 0 : at >= n ? n - 1 : (int32_t)at;
}

/* Where the segment p-q is at the height y, kept between its ends. */
static double x_at(const double *p, const double *q, double y) {
  double x = p[0] + (q[0] - p[0]) * ((y - p[1]) / (q[1] - p[1]));
  return fmin(fmax(x, fmin(p[0], q[0])), fmax(p[0], q[0]));
}

/* Row by row: in each the line runs from where it enters to where it leaves. Lengths in cells, y downwards. */
static void touch_segment(const vd_grid *grid, const double *p, const double *q, uint8_t *touched) {
  if (q[1] < p[1]) {
    const double *swap = p;
    p = q;
    q = swap;
  }
  if (!(q[1] >= 0 && p[1] < grid->ny && fmax(p[0], q[0]) >= 0 && fmin(p[0], q[0]) < grid->nx)) return;
  for (int32_t row = clamp(p[1], grid->ny), last = clamp(q[1], grid->ny); row <= last; row++) {
    double enter = p[1] >= row ? p[0] : x_at(p, q, row), leave = q[1] <= row + 1 ? q[0] : x_at(p, q, row + 1);
    double left = fmin(enter, leave), right = fmax(enter, leave);
    if (!(right >= 0 && left < grid->nx)) continue;
    for (int32_t column = clamp(left, grid->nx); column <= clamp(right, grid->nx); column++)
      touched[(int64_t)row * grid->nx + column] = 1;
  }
}

void vd_grid_touch(const vd_grid *grid, const vd_geom *geom, uint8_t *touched) {
  if (vd_geom_empty(geom)) return;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    int32_t first = geom->part_start[part], end = geom->part_start[part + 1];
    bool points = geom->type == VD_GEOM_POINT || end - first == 1;
    for (int32_t i = first; i + (points ? 0 : 1) < end; i++) {
      const double *a = geom->xy + 2 * (int64_t)i, *b = points ? a : a + 2;
      const double p[2] = {(a[0] - grid->x0_m) / grid->cell_m, (grid->y0_m - a[1]) / grid->cell_m};
      const double q[2] = {(b[0] - grid->x0_m) / grid->cell_m, (grid->y0_m - b[1]) / grid->cell_m};
      if (isfinite(p[0]) && isfinite(p[1]) && isfinite(q[0]) && isfinite(q[1]))
        touch_segment(grid, p, q, touched);
    }
  }
}
