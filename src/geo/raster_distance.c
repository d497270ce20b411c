/* raster_distance: distances to chosen cells, written row by row.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/units.h"
#include "vedette/core/distance.h"
#include "vedette/geo/distance.h"

typedef struct measuring {
  const vd_sources *sources;
  const vd_distance_options *options;
  vd_arena *arena;
  vd_jobs *jobs;
  const vd_progress *progress;
  double max_m;
  vd_distance *plane;
  float *globe_m; /* when the raster is in degrees */
} measuring;

static void to_buffers(const measuring *m, float *values, int64_t n) {
  for (int64_t i = 0; i < n; i++) {
    int k = 0;
    while (k < m->options->n_buffers && values[i] > m->options->buffers_km[k] * 1000) k++;
    values[i] = k < m->options->n_buffers && !isnan(values[i]) ? m->options->buffers_km[k] : NAN;
  }
}

static vd_status measure_rows(void *context, int32_t row, int32_t n_rows, float *values) {
  const measuring *m = context;
  int64_t first = (int64_t)row * m->sources->grid.width, n = (int64_t)n_rows * m->sources->grid.width;
  if (m->plane) VD_TRY(vd_distance_rows(m->plane, m->jobs, row, n_rows, values, NULL));
  if (!m->plane) memcpy(values, m->globe_m + first, (size_t)n * sizeof *values);
  if (m->options->n_buffers) to_buffers(m, values, n);
  return VD_OK;
}

/* Rasters in degrees are measured as a whole, on the ellipsoid. */
static vd_status measure_globe(measuring *m) {
  const vd_raster_info *grid = &m->sources->grid;
  const double *g = grid->geotransform;
  const vd_distance_globe_setup setup = {.nx = grid->width,
                                         .ny = grid->height,
                                         .lon_deg = g[0] + g[1] / 2,
                                         .lat_deg = g[3] + g[5] / 2,
                                         .step_x_deg = g[1],
                                         .step_y_deg = g[5],
                                         .source = m->sources->source,
                                         .max_m = m->max_m};
  m->globe_m = vd_arena_try_alloc(m->arena, (size_t)grid->width * (size_t)grid->height, sizeof *m->globe_m);
  if (!m->globe_m)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the distances; choose larger cells."));
  return vd_distance_on_globe(m->jobs, m->progress, &setup, m->globe_m, NULL);
}

static vd_status measure(measuring *m) {
  const vd_raster_info *grid = &m->sources->grid;
  const double *g = grid->geotransform;
  const vd_distance_setup setup = {.nx = grid->width,
                                   .ny = grid->height,
                                   .cell_x_m = hypot(g[1], g[4]) * grid->metres_a_unit,
                                   .cell_y_m = hypot(g[2], g[5]) * grid->metres_a_unit,
                                   .source = m->sources->source,
                                   .max_m = m->max_m};
  return grid->metres_a_unit > 0 ? vd_distance_new(m->arena, m->jobs, &setup, &m->plane) : measure_globe(m);
}

vd_status vd_distance_write(const char *path, const vd_sources *sources, const vd_distance_options *options,
                            vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_raster_info *grid = &sources->grid;
  measuring m = {.sources = sources,
                 .options = options,
                 .arena = arena,
                 .jobs = jobs,
                 .progress = progress,
                 .max_m = options->max_m};
  if (options->n_buffers)
    m.max_m = fmin(m.max_m,
                   (double)(options->buffers_km[options->n_buffers - 1] * 1000)); /* as to_buffers compares */
  VD_TRY(measure(&m));
  vd_geo_raster shape = {
      .width = grid->width, .height = grid->height, .crs_wkt = grid->crs_wkt, .reported_s = VD_TIME_MIN};
  memcpy(shape.geotransform, grid->geotransform, sizeof shape.geotransform);
  return vd_raster_write_rows(path, &shape, progress, measure_rows, &m);
}
