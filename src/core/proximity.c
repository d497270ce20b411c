/* proximity: distances on the ground between places, lines and cells.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/proximity.h"

#include <math.h>

double vd_segment_nearest(double px, double py, double ax, double ay, double bx, double by) {
  double dx = bx - ax, dy = by - ay, length2 = dx * dx + dy * dy;
  if (!(length2 > 0)) return 0;
  double t = ((px - ax) * dx + (py - ay) * dy) / length2;
  return t > 0 ? (t < 1 ? t : 1) : 0;
}

double vd_segment_distance_m(double px, double py, double ax, double ay, double bx, double by) {
  double t = vd_segment_nearest(px, py, ax, ay, bx, by);
  return vd_plane_distance_m(px, py, ax + t * (bx - ax), ay + t * (by - ay));
}

double vd_geom_distance_m(const vd_geom *geom, double x_m, double y_m) {
  double least = INFINITY;
  if (vd_geom_empty(geom)) return least;
  if (vd_polygon_holds(geom, x_m, y_m)) return 0;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    int32_t first = geom->part_start[part], end = geom->part_start[part + 1];
    bool points = geom->type == VD_GEOM_POINT || end - first == 1;
    for (int32_t i = first; i + (points ? 0 : 1) < end; i++) {
      const double *p = geom->xy + 2 * (size_t)i, *q = points ? p : p + 2;
      least = fmin(least, vd_segment_distance_m(x_m, y_m, p[0], p[1], q[0], q[1]));
    }
  }
  return least;
}

int32_t *vd_cells_near(vd_arena *arena, const vd_grid *grid, const vd_geom *geom, double radius_m,
                       size_t *n) {
  int32_t *cells = NULL;
  size_t count = 0, capacity = 0;
  *n = 0;
  vd_box box = vd_geom_box(geom);
  if (vd_box_is_empty(box) || !(radius_m >= 0)) return NULL;
  /* In the plane a length is at most 1 / cos(c/2) times the one on the ground: below 1.5 up to 10 000 km away. */
  double more = 1.5 * radius_m + grid->cell_m;
  double top = fmax(floor((grid->y0_m - box.max_y - more) / grid->cell_m), 0);
  double bottom = fmin(ceil((grid->y0_m - box.min_y + more) / grid->cell_m), grid->ny);
  double left = fmax(floor((box.min_x - more - grid->x0_m) / grid->cell_m), 0);
  double right = fmin(ceil((box.max_x + more - grid->x0_m) / grid->cell_m), grid->nx);
  if (!(left < right && top < bottom)) return NULL;
  for (int32_t row = (int32_t)top; row < bottom; row++)
    for (int32_t column = (int32_t)left; column < right; column++) {
      double x, y;
      int32_t cell = row * grid->nx + column;
      vd_grid_centre(grid, cell, &x, &y);
      if (vd_geom_distance_m(geom, x, y) <= radius_m) *VD_PUSH(arena, cells, count, capacity) = cell;
    }
  *n = count;
  return cells;
}

int32_t *vd_cells_within(vd_arena *arena, const vd_grid *grid, double x_m, double y_m, double radius_m,
                         size_t *n) {
  int32_t part_start[2] = {0, 1};
  double xy[2] = {x_m, y_m};
  vd_geom point = {.type = VD_GEOM_POINT, .n_parts = 1, .n_points = 1, .part_start = part_start, .xy = xy};
  return vd_cells_near(arena, grid, &point, radius_m, n);
}
