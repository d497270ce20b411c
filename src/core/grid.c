/* grid: cells and coordinates, ground lengths in the equal-area plane, and filling polygons.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/grid.h"

#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/core/barrier.h"

vd_status vd_grid_check(const vd_grid *grid) {
  bool sound = isfinite(grid->x0_m) && isfinite(grid->y0_m) && isfinite(grid->cell_m) && grid->cell_m > 0 &&
               grid->nx > 0 && grid->ny > 0;
  if (!sound)
    return vd_fail(VD_ERR_INPUT, _("The grid has %d x %d cells of %g m; all three must be more than zero."),
                   (int)grid->nx, (int)grid->ny, grid->cell_m);
  if ((int64_t)grid->nx * grid->ny > VD_GRID_MAX_CELLS)
    return vd_fail(
        VD_ERR_LIMIT,
        _("The grid would have %lld cells and %d is the most; choose a larger cell or a smaller area."),
        (long long)grid->nx * grid->ny, (int)VD_GRID_MAX_CELLS);
  return VD_OK;
}

static int32_t whole_cells(double length_m, double cell_m) {
  double n = ceil(length_m / cell_m);
  if (!(n >= 1)) return isnan(n) ? 0 : 1;
  return n > INT32_MAX ? INT32_MAX : (int32_t)n;
}

vd_grid vd_grid_over(vd_box box, double cell_m) {
  vd_grid grid = {.cell_m = cell_m};
  if (vd_box_is_empty(box) || !(cell_m > 0)) return grid;
  grid.nx = whole_cells(box.max_x - box.min_x, cell_m);
  grid.ny = whole_cells(box.max_y - box.min_y, cell_m);
  grid.x0_m = (box.min_x + box.max_x) / 2 - grid.nx * cell_m / 2;
  grid.y0_m = (box.min_y + box.max_y) / 2 + grid.ny * cell_m / 2;
  return grid;
}

bool vd_grid_equal(const vd_grid *a, const vd_grid *b) {
  return a->x0_m == b->x0_m && a->y0_m == b->y0_m && a->cell_m == b->cell_m && a->nx == b->nx &&
         a->ny == b->ny;
}

int32_t vd_grid_n(const vd_grid *grid) {
  return grid->nx * grid->ny;
}

int32_t vd_grid_cell(const vd_grid *grid, double x_m, double y_m) {
  double column = floor((x_m - grid->x0_m) / grid->cell_m), row = floor((grid->y0_m - y_m) / grid->cell_m);
  if (!(column >= 0 && column < grid->nx && row >= 0 && row < grid->ny)) return VD_NO_CELL;
  return (int32_t)row * grid->nx + (int32_t)column;
}

int32_t vd_grid_cell_of(const vd_grid *grid, int32_t column, int32_t row) {
  if (column < 0 || row < 0 || column >= grid->nx || row >= grid->ny) return VD_NO_CELL;
  return row * grid->nx + column;
}

void vd_grid_centre(const vd_grid *grid, int32_t cell, double *x_m, double *y_m) {
  *x_m = grid->x0_m + (cell % grid->nx + 0.5) * grid->cell_m;
  *y_m = grid->y0_m - (cell / grid->nx + 0.5) * grid->cell_m;
}

vd_box vd_grid_box(const vd_grid *grid) {
  return (vd_box){grid->x0_m, grid->y0_m - grid->ny * grid->cell_m, grid->x0_m + grid->nx * grid->cell_m,
                  grid->y0_m};
}

double vd_plane_step_m(double x_m, double y_m, double dx_m, double dy_m) {
  double rho2 = x_m * x_m + y_m * y_m, length2 = dx_m * dx_m + dy_m * dy_m;
  if (!(rho2 > 0)) return sqrt(length2);
  /* cos^2(c/2) from rho = 2 R sin(c/2); no place is farther than the antipode, where it is 0. */
  double cos2 = 1 - rho2 / (4 * VD_AUTHALIC_RADIUS_M * VD_AUTHALIC_RADIUS_M);
  if (!(cos2 > 0)) return NAN;
  double along = dx_m * x_m + dy_m * y_m, radial2 = along * along / rho2;
  double across2 = length2 > radial2 ? length2 - radial2 : 0;
  return sqrt(radial2 / cos2 + across2 * cos2);
}

double vd_plane_distance_m(double ax_m, double ay_m, double bx_m, double by_m) {
  /* On the unit sphere with the origin of the plane as pole a point is (x f, y f, 1 - rho^2 / 2R^2), where
   * f = sin(c) / rho = cos(c/2) / R; the distance follows from the chord. */
  const double r = VD_AUTHALIC_RADIUS_M;
  double a2 = (ax_m * ax_m + ay_m * ay_m) / (4 * r * r), b2 = (bx_m * bx_m + by_m * by_m) / (4 * r * r);
  if (!(a2 <= 1 && b2 <= 1)) return NAN;
  double fa = sqrt(1 - a2) / r, fb = sqrt(1 - b2) / r;
  double dx = ax_m * fa - bx_m * fb, dy = ay_m * fa - by_m * fb, dz = 2 * (a2 - b2);
  double half_chord = sqrt(dx * dx + dy * dy + dz * dz) / 2;
  return 2 * r * asin(half_chord < 1 ? half_chord : 1);
}

/* ---- filling ---- */

/* A rectangle of cells with one byte each. */
typedef struct window {
  const vd_grid *grid;
  int32_t column, row, width, height;
  uint8_t *at;
  size_t stride;
} window;

enum { INSIDE = 1, FLIP = 2 };

/* The first column of the window whose centre in the row at `y` is on or right of the edge, from low to high. */
static int32_t first_right(const window *w, double y, const double *low, const double *high) {
  const vd_grid *g = w->grid;
  double x = low[0] + (high[0] - low[0]) * ((y - low[1]) / (high[1] - low[1]));
  double guess = ceil((x - g->x0_m) / g->cell_m - 0.5) - w->column;
  int32_t at = guess < 0 ? 0 : guess > w->width ? w->width : (int32_t)guess;
  /* The division above rounds; the exact test moves the guess where it must. */
  while (at > 0 &&
         vd_orient(low[0], low[1], high[0], high[1], g->x0_m + (w->column + at - 0.5) * g->cell_m, y) <= 0)
    at--;
  while (at < w->width &&
         vd_orient(low[0], low[1], high[0], high[1], g->x0_m + (w->column + at + 0.5) * g->cell_m, y) > 0)
    at++;
  return at;
}

static void flip_edge(const window *w, const double *a, const double *b) {
  const vd_grid *g = w->grid;
  const double *low = a[1] <= b[1] ? a : b, *high = low == a ? b : a;
  double first = floor((g->y0_m - high[1]) / g->cell_m - 0.5), last = ceil((g->y0_m - low[1]) / g->cell_m);
  int32_t from = first > w->row ? (first < w->row + w->height ? (int32_t)first : w->row + w->height) : w->row;
  for (int32_t row = from; row < w->row + w->height && row <= last; row++) {
    double y = g->y0_m - (row + 0.5) * g->cell_m;
    if (!(low[1] <= y && high[1] > y)) continue;
    int32_t at = first_right(w, y, low, high);
    if (at < w->width) w->at[(size_t)(row - w->row) * w->stride + (size_t)at] ^= FLIP;
  }
}

static bool all_finite(const vd_geom *geom) {
  for (size_t i = 0; i < 2 * (size_t)geom->n_points; i++)
    if (!isfinite(geom->xy[i])) return false;
  return true;
}

static void fill(const window *w, const vd_geom *polygon) {
  for (int32_t part = 0; part < polygon->n_parts; part++)
    for (int32_t i = polygon->part_start[part]; i + 1 < polygon->part_start[part + 1]; i++)
      flip_edge(w, polygon->xy + 2 * (size_t)i, polygon->xy + 2 * (size_t)(i + 1));
  for (int32_t row = 0; row < w->height; row++) {
    uint8_t *at = w->at + (size_t)row * w->stride;
    uint8_t within = 0;
    for (int32_t i = 0; i < w->width; i++) {
      within ^= at[i] & FLIP;
      at[i] = (uint8_t)((at[i] & INSIDE) | (within ? INSIDE : 0));
    }
  }
}

/* The window of cells that may have their centre in the polygon; false when there is none. */
static bool window_of(const vd_grid *grid, const vd_geom *polygon, window *w) {
  if (vd_geom_empty(polygon) || polygon->type != VD_GEOM_POLYGON || !all_finite(polygon)) return false;
  vd_box box = vd_geom_box(polygon), all = vd_grid_box(grid);
  if (!vd_box_touches(box, all)) return false;
  double left = fmax(floor((box.min_x - grid->x0_m) / grid->cell_m) - 1, 0);
  double right = fmin(floor((box.max_x - grid->x0_m) / grid->cell_m) + 2, grid->nx);
  double top = fmax(floor((grid->y0_m - box.max_y) / grid->cell_m) - 1, 0);
  double bottom = fmin(floor((grid->y0_m - box.min_y) / grid->cell_m) + 2, grid->ny);
  if (!(left < right && top < bottom)) return false;
  *w = (window){.grid = grid, .column = (int32_t)left, .row = (int32_t)top};
  w->width = (int32_t)right - w->column;
  w->height = (int32_t)bottom - w->row;
  return true;
}

void vd_grid_fill(const vd_grid *grid, const vd_geom *polygon, uint8_t *inside) {
  window w;
  if (!window_of(grid, polygon, &w)) return;
  w.stride = (size_t)grid->nx;
  w.at = inside + (size_t)w.row * w.stride + (size_t)w.column;
  fill(&w, polygon);
}

int32_t *vd_grid_cells_in(vd_arena *arena, const vd_grid *grid, const vd_geom *polygon, size_t *n) {
  window w;
  *n = 0;
  if (!window_of(grid, polygon, &w)) return VD_NEW_ARRAY(arena, int32_t, 0);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  w.stride = (size_t)w.width;
  w.at = VD_NEW_ARRAY(scratch, uint8_t, w.stride * (size_t)w.height);
  fill(&w, polygon);
  size_t count = 0;
  for (size_t i = 0; i < w.stride * (size_t)w.height; i++) count += w.at[i];
  int32_t *cells = VD_NEW_ARRAY(arena, int32_t, count);
  for (int32_t row = 0; row < w.height; row++)
    for (int32_t i = 0; i < w.width; i++)
      if (w.at[(size_t)row * w.stride + (size_t)i]) cells[(*n)++] = (w.row + row) * grid->nx + w.column + i;
  return cells;
}

bool vd_polygon_holds(const vd_geom *polygon, double x_m, double y_m) {
  if (vd_geom_empty(polygon) || polygon->type != VD_GEOM_POLYGON) return false;
  bool inside = false;
  for (int32_t part = 0; part < polygon->n_parts; part++)
    for (int32_t i = polygon->part_start[part]; i + 1 < polygon->part_start[part + 1]; i++) {
      const double *a = polygon->xy + 2 * (size_t)i, *b = a + 2;
      const double *low = a[1] <= b[1] ? a : b, *high = low == a ? b : a;
      if (low[1] <= y_m && high[1] > y_m && vd_orient(low[0], low[1], high[0], high[1], x_m, y_m) <= 0)
        inside = !inside;
    }
  return inside;
}
