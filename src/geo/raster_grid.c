/* raster_grid: values at the cells of the analysis grid: means, nearest pixels and majorities.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "geo/lattice.h"
#include "geo/raster_spread.h"
#include "vedette/base/i18n.h"

/* Cells a pixel's side measures at the middle of the raster; NaN when it has no image. */
static double pixel_in_cells(const vd_mapping *to_grid, const vd_geo_raster *raster) {
  double p[6] = {raster->width / 2.0, raster->height / 2.0};
  p[2] = p[0] + 1;
  p[3] = p[1];
  p[4] = p[0];
  p[5] = p[1] + 1;
  vd_mapping_run(to_grid, p, 3);
  return sqrt(fabs((p[2] - p[0]) * (p[5] - p[1]) - (p[4] - p[0]) * (p[3] - p[1])));
}

/* At a cell near the raster's middle a far corner may not project; the grid's own middle then decides. */
static vd_status pixel_size(const vd_geo_raster *raster, const vd_geo_grid *grid, double *cells) {
  VD_CLEANUP(vd_mapping_cleanup) vd_mapping mapping = {0};
  VD_TRY(vd_mapping_to_grid(raster, grid, &mapping));
  *cells = pixel_in_cells(&mapping, raster);
  if (!(*cells > 0)) *cells = 1;
  return VD_OK;
}

static float pixel_at(const vd_geo_raster *raster, double column, double row) {
  if (!(column >= 0 && row >= 0 && column < raster->width && row < raster->height)) return NAN;
  return raster->values[(size_t)row * (size_t)raster->width + (size_t)column];
}

/* Linear between the four nearest pixel centres, of which the known ones share the weight; the place's own pixel must be known. */
static float linear_at(const vd_geo_raster *raster, double x, double y) {
  if (isnan(pixel_at(raster, x, y))) return NAN;
  double left = floor(x - 0.5), top = floor(y - 0.5), u = x - 0.5 - left, v = y - 0.5 - top, sum = 0,
         weight = 0;
  for (int corner = 0; corner < 4; corner++) {
    int right = corner & 1, below = corner >> 1;
    float value = pixel_at(raster, left + right, top + below);
    double w = (right ? u : 1 - u) * (below ? v : 1 - v);
    if (isnan(value)) continue;
    sum += w * (double)value;
    weight += w;
  }
  return weight > 0 ? (float)(sum / weight) : pixel_at(raster, x, y);
}

/* Calls for each row of the grid with `k` * nx pixel places in each of k rows. */
typedef struct sampler {
  const vd_geo_raster *raster;
  const vd_geo_grid *grid;
  int k;
  void (*cell_row)(const struct sampler *s, const double *const *places, float *out);
} sampler;

static vd_status sample_rows(const sampler *s, const vd_progress *progress, float *cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_mapping_cleanup) vd_mapping mapping = {0};
  const vd_grid *g = &s->grid->grid;
  vd_lattice lattice;
  int64_t nx = (int64_t)g->nx * s->k, ny = (int64_t)g->ny * s->k;
  VD_TRY(vd_mapping_to_raster(s->raster, s->grid, s->k, &mapping));
  VD_TRY(vd_lattice_start(arena, &mapping, nx, ny, 1e-3, &lattice));
  double **places = VD_NEW_ARRAY(arena, double *, s->k);
  for (int i = 0; i < s->k; i++) {
    places[i] = vd_arena_try_alloc(arena, (size_t)nx, 2 * sizeof(double));
    if (!places[i])
      return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to lay the raster on the grid."));
  }
  for (int32_t row = 0; row < g->ny; row++) {
    if (row % 64 == 0) VD_TRY(vd_progress_step(progress, _("laying on the grid"), row, g->ny));
    for (int i = 0; i < s->k; i++)
      memcpy(places[i], vd_lattice_row(&lattice, (int64_t)row * s->k + i), (size_t)nx * 2 * sizeof(double));
    s->cell_row(s, (const double *const *)places, cells + (size_t)row * (size_t)g->nx);
  }
  return VD_OK;
}

static void nearest_row(const sampler *s, const double *const *places, float *out) {
  for (int32_t c = 0; c < s->grid->grid.nx; c++)
    out[c] = pixel_at(s->raster, floor(places[0][2 * c]), floor(places[0][2 * c + 1]));
}

static void linear_row(const sampler *s, const double *const *places, float *out) {
  for (int32_t c = 0; c < s->grid->grid.nx; c++)
    out[c] = linear_at(s->raster, places[0][2 * c], places[0][2 * c + 1]);
}

enum { SAMPLES_MAX = 8 };

/* The most frequent of n values, of equal ones the smaller; NaN when there are none. */
static float mode_of(float *values, int n) {
  float best = NAN;
  int best_count = 0;
  for (int i = 1; i < n; i++) { /* n is at most 64 and mostly few values differ */
    float value = values[i];
    int at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  for (int i = 0, run = 0; i < n; i++) {
    run = i && values[i] == values[i - 1] ? run + 1 : 1;
    if (run > best_count) {
      best_count = run;
      best = values[i];
    }
  }
  return best;
}

static void majority_row(const sampler *s, const double *const *places, float *out) {
  for (int32_t c = 0; c < s->grid->grid.nx; c++) {
    float values[SAMPLES_MAX * SAMPLES_MAX];
    int n = 0;
    for (int j = 0; j < s->k; j++)
      for (int i = 0; i < s->k; i++) {
        const double *at = places[j] + 2 * ((size_t)c * (size_t)s->k + (size_t)i);
        float value = pixel_at(s->raster, floor(at[0]), floor(at[1]));
        if (!isnan(value)) values[n++] = roundf(value);
      }
    out[c] = mode_of(values, n);
  }
}

vd_status vd_raster_nearest_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                    const vd_progress *progress, float *cells) {
  return sample_rows(&(sampler){raster, grid, 1, nearest_row}, progress, cells);
}

vd_status vd_raster_mean_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                 const vd_progress *progress, float *cells) {
  double pixel;
  VD_TRY(pixel_size(raster, grid, &pixel));
  if (pixel > 1) return sample_rows(&(sampler){raster, grid, 1, linear_row}, progress, cells);
  return vd_raster_mean_by_area(raster, grid, progress, cells);
}

vd_status vd_raster_majority_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                     const vd_progress *progress, float *cells) {
  double pixel;
  VD_TRY(pixel_size(raster, grid, &pixel));
  double wanted = ceil(1 / pixel);
  int k = wanted < 1 ? 1 : wanted > SAMPLES_MAX ? SAMPLES_MAX : (int)wanted;
  return sample_rows(&(sampler){raster, grid, k, majority_row}, progress, cells);
}
