/* lattice: images of regular lattices under map projections.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/lattice.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"

/* ---- mapping ---- */

static void affine(const double a[6], double *xy) {
  double x = xy[0], y = xy[1];
  xy[0] = a[0] + x * a[1] + y * a[2];
  xy[1] = a[3] + x * a[4] + y * a[5];
}

static void affine_inverse(const double a[6], double out[6]) {
  double det = a[1] * a[5] - a[2] * a[4];
  out[1] = a[5] / det;
  out[2] = -a[2] / det;
  out[4] = -a[4] / det;
  out[5] = a[1] / det;
  out[0] = -(a[0] * out[1] + a[3] * out[2]);
  out[3] = -(a[0] * out[4] + a[3] * out[5]);
}

static vd_status open_transforms(const vd_geo_raster *raster, const vd_geo_grid *grid, vd_mapping *out) {
  vd_box box = vd_box_empty();
  *out = (vd_mapping){.west_edge_deg = -INFINITY};
  VD_TRY(vd_grid_check(&grid->grid));
  VD_TRY(vd_transform_plane(grid->lon_deg, grid->lat_deg, &out->lonlat_plane));
  if (raster->crs_wkt) return vd_transform_new(raster->crs_wkt, NULL, &out->raster_lonlat);
  for (int corner = 0; corner < 4; corner++) {
    double xy[2] = {corner & 1 ? raster->width : 0, corner & 2 ? raster->height : 0};
    affine(raster->geotransform, xy);
    box = vd_box_add(box, xy[0], xy[1]);
  }
  if (box.max_x > 180.5) out->west_edge_deg = box.min_x; /* a raster from 0 to 360 */
  return VD_OK;
}

vd_status vd_mapping_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid, vd_mapping *out) {
  const vd_grid *g = &grid->grid;
  VD_TRY(open_transforms(raster, grid, out));
  out->to_grid = true;
  memcpy(out->before, raster->geotransform, sizeof out->before);
  memcpy(out->after,
         (double[6]){-g->x0_m / g->cell_m, 1 / g->cell_m, 0, g->y0_m / g->cell_m, 0, -1 / g->cell_m},
         sizeof out->after);
  return VD_OK;
}

vd_status vd_mapping_to_raster(const vd_geo_raster *raster, const vd_geo_grid *grid, int k, vd_mapping *out) {
  const vd_grid *g = &grid->grid;
  double step = g->cell_m / k;
  VD_TRY(open_transforms(raster, grid, out));
  memcpy(out->before, (double[6]){g->x0_m + step / 2, step, 0, g->y0_m - step / 2, 0, -step},
         sizeof out->before);
  affine_inverse(raster->geotransform, out->after);
  return VD_OK;
}

void vd_mapping_cleanup(vd_mapping *mapping) {
  vd_transform_free(mapping->raster_lonlat);
  vd_transform_free(mapping->lonlat_plane);
}

void vd_mapping_run(const vd_mapping *mapping, double *xy, size_t n) {
  for (size_t i = 0; i < n; i++) affine(mapping->before, xy + 2 * i);
  if (mapping->to_grid) {
    if (mapping->raster_lonlat) vd_transform_forward(mapping->raster_lonlat, xy, n);
    vd_transform_forward(mapping->lonlat_plane, xy, n);
  } else {
    vd_transform_inverse(mapping->lonlat_plane, xy, n);
    for (size_t i = 0; i < n; i++)
      if (xy[2 * i] < mapping->west_edge_deg) xy[2 * i] += 360;
    if (mapping->raster_lonlat) vd_transform_inverse(mapping->raster_lonlat, xy, n);
  }
  for (size_t i = 0; i < n; i++) affine(mapping->after, xy + 2 * i);
}

/* ---- lattice ---- */

static void exact(const vd_mapping *mapping, double i, double j, double out[2]) {
  out[0] = i;
  out[1] = j;
  vd_mapping_run(mapping, out, 1);
}

/* The error of a linear patch: at its centre and the middles of two edges, where it is largest. NaN when a corner has no image. */
static double patch_error(const vd_mapping *mapping, double i, double j, double step) {
  double c[4][2], worst = 0;
  for (int corner = 0; corner < 4; corner++)
    exact(mapping, i + (corner & 1 ? step : 0), j + (corner & 2 ? step : 0), c[corner]);
  static const double at[3][2] = {{0.5, 0.5}, {0.5, 0}, {0, 0.5}};
  for (int k = 0; k < 3; k++) {
    double u = at[k][0], v = at[k][1], real[2];
    exact(mapping, i + u * step, j + v * step, real);
    for (int axis = 0; axis < 2; axis++) {
      double top = c[0][axis] * (1 - u) + c[1][axis] * u, bottom = c[2][axis] * (1 - u) + c[3][axis] * u;
      double error = fabs(top * (1 - v) + bottom * v - real[axis]);
      if (!(error <= worst)) worst = error; /* takes NaN */
    }
  }
  return worst;
}

/* Patches over the whole lattice, the edges and corners with them. */
static bool step_is_fine(const vd_mapping *mapping, int64_t nx, int64_t ny, int64_t step, double tolerance) {
  enum { TESTS = 5 };
  for (int a = 0; a < TESTS; a++)
    for (int b = 0; b < TESTS; b++) {
      double i = (double)((nx - 1 - step) * a / (TESTS - 1)), j = (double)((ny - 1 - step) * b / (TESTS - 1));
      if (!(patch_error(mapping, i, j, (double)step) <= tolerance)) return false;
    }
  return true;
}

vd_status vd_lattice_start(vd_arena *arena, const vd_mapping *mapping, int64_t nx, int64_t ny,
                           double tolerance, vd_lattice *out) {
  int64_t step = 64;
  while (step > 1 && (step >= nx || step >= ny || !step_is_fine(mapping, nx, ny, step, tolerance))) step /= 2;
  *out = (vd_lattice){.mapping = mapping, .nx = nx, .ny = ny, .step = step, .above_j = -1};
  size_t row_size = 2 * sizeof(double);
  out->above = vd_arena_try_alloc(arena, (size_t)nx, row_size);
  out->below = vd_arena_try_alloc(arena, (size_t)nx, row_size);
  out->row = vd_arena_try_alloc(arena, (size_t)nx, row_size);
  out->coarse = vd_arena_try_alloc(arena, (size_t)(nx / step + 2), row_size);
  if (!out->above || !out->below || !out->row || !out->coarse)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to lay the raster on the grid."));
  return VD_OK;
}

/* A full row at j: exact every `step` points and at the end, linear between. */
static void fill_row(vd_lattice *l, int64_t j, double *row) {
  int64_t n = 0;
  for (int64_t i = 0;; i += l->step) {
    int64_t at = i < l->nx - 1 ? i : l->nx - 1;
    l->coarse[2 * n] = (double)at;
    l->coarse[2 * n + 1] = (double)j;
    n++;
    if (at == l->nx - 1) break;
  }
  vd_mapping_run(l->mapping, l->coarse, (size_t)n);
  for (int64_t k = 0; k + 1 < n; k++) {
    int64_t first = k * l->step, last = first + l->step < l->nx - 1 ? first + l->step : l->nx - 1;
    const double *a = l->coarse + 2 * k, *b = a + 2;
    for (int64_t i = first; i < last; i++) {
      double t = (double)(i - first) / (double)(last - first);
      row[2 * i] = a[0] + (b[0] - a[0]) * t;
      row[2 * i + 1] = a[1] + (b[1] - a[1]) * t;
    }
  }
  row[2 * (l->nx - 1)] = l->coarse[2 * (n - 1)];
  row[2 * (l->nx - 1) + 1] = l->coarse[2 * (n - 1) + 1];
}

static int64_t last_row(const vd_lattice *l, int64_t j) {
  return j < l->ny - 1 ? j : l->ny - 1;
}

const double *vd_lattice_row(vd_lattice *l, int64_t j) {
  int64_t above_j = j / l->step * l->step, below_j = last_row(l, above_j + l->step);
  if (l->above_j != above_j) {
    if (l->above_j >= 0 && last_row(l, l->above_j + l->step) == above_j) {
      double *spare = l->above;
      l->above = l->below;
      l->below = spare;
    } else {
      fill_row(l, above_j, l->above);
    }
    fill_row(l, below_j, l->below);
    l->above_j = above_j;
  }
  if (j == above_j) return l->above;
  double t = (double)(j - above_j) / (double)(below_j - above_j);
  for (int64_t i = 0; i < 2 * l->nx; i++) l->row[i] = l->above[i] + (l->below[i] - l->above[i]) * t;
  return l->row;
}
