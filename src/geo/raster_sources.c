/* raster_sources: the cells that distances are measured from, by value or under places.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/distance.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/distance.h"
#include "vedette/geo/vector.h"

/* ---- values ---- */

bool vd_ranges_hold(const vd_ranges *ranges, float value) {
  if (!ranges->n) return value < 0 || value > 0;
  for (int i = 0; i < ranges->n; i++)
    if ((double)value >= ranges->items[i].from && (double)value <= ranges->items[i].to) return true;
  return false;
}

typedef struct choosing {
  const vd_ranges *ranges;
  int32_t width;
  uint8_t *source;
} choosing;

static vd_status choose(void *context, int32_t row, int32_t n_rows, float *values) {
  const choosing *c = context;
  uint8_t *restrict source = c->source + (int64_t)row * c->width;
  int64_t n = (int64_t)n_rows * c->width;
  /* Without ranges: not 0 and not NaN. */
  for (int64_t i = 0; i < n && !c->ranges->n; i++) source[i] = (uint8_t)((values[i] < 0) | (values[i] > 0));
  for (int64_t i = 0; i < n && c->ranges->n; i++) source[i] = vd_ranges_hold(c->ranges, values[i]);
  return VD_OK;
}

/* ---- places ---- */

typedef struct drawing {
  const vd_sources *to;
  vd_grid pixels; /* cells of 1, y upwards from the upper edge */
  vd_transform *from_lonlat;
  int64_t n;
} drawing;

static vd_status draw(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  drawing *d = context;
  (void)layer;
  if (vd_geom_empty(feature->geom)) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_geom *geom = vd_geom_copy(arena, feature->geom);
  const double *g = d->to->grid.geotransform, det = g[1] * g[5] - g[2] * g[4];
  vd_transform_forward(d->from_lonlat, geom->xy, (size_t)geom->n_points);
  for (int32_t i = 0; i < geom->n_points; i++) {
    double x = geom->xy[2 * i] - g[0], y = geom->xy[2 * i + 1] - g[3];
    geom->xy[2 * i] = (x * g[5] - y * g[2]) / det;
    geom->xy[2 * i + 1] = -(y * g[1] - x * g[4]) / det;
  }
  vd_grid_touch(&d->pixels, geom, d->to->source);
  if (geom->type == VD_GEOM_POLYGON) vd_grid_fill(&d->pixels, geom, d->to->source);
  d->n++;
  return VD_OK;
}

static vd_status draw_file(const char *path, const vd_progress *progress, const vd_sources *to) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *vector = NULL;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *from_lonlat = NULL;
  VD_TRY(vd_vector_open(path, NULL, &vector));
  VD_TRY(vd_transform_new(NULL, to->grid.crs_wkt, &from_lonlat));
  drawing d = {to, {0, 0, 1, to->grid.width, to->grid.height}, from_lonlat, 0};
  VD_TRY(vd_vector_each_all(vector, NULL, progress, draw, &d));
  return d.n ? VD_OK : vd_fail(VD_ERR_INPUT, _("%s holds no place."), vd_path_base(path));
}

/* Cells at right angles, as on every map; in degrees also along the meridians. */
static bool is_upright(const vd_raster_info *grid) {
  const double *g = grid->geotransform;
  if (!(grid->metres_a_unit > 0)) return g[2] == 0 && g[4] == 0;
  return fabs(g[1] * g[2] + g[4] * g[5]) <= 1e-6 * hypot(g[1], g[4]) * hypot(g[2], g[5]);
}

static vd_status new_grid(vd_arena *arena, const char *path, vd_sources *out) {
  VD_TRY(vd_raster_probe(arena, path, &out->grid));
  int64_t n = (int64_t)out->grid.width * out->grid.height;
  if (n > VD_DISTANCE_CELLS_MAX)
    return vd_fail(VD_ERR_LIMIT, _("%s: %d x %d cells are more than %d million; choose larger cells."),
                   vd_path_base(path), out->grid.width, out->grid.height, VD_DISTANCE_CELLS_MAX / 1000000);
  if (!is_upright(&out->grid))
    return vd_fail(VD_ERR_INPUT,
                   _("%s: its cells are no upright rectangles. Warp it to a grid first (gdalwarp)."),
                   vd_path_base(path));
  out->source = vd_arena_try_alloc(arena, (size_t)n, 1);
  if (out->source) return VD_OK;
  return vd_fail(VD_ERR_MEMORY, _("%s: not enough memory for the raster"), vd_path_base(path));
}

static void count(vd_sources *sources) {
  int64_t n = (int64_t)sources->grid.width * sources->grid.height;
  sources->n = 0;
  for (int64_t first = 0; first < n; first += 128) { /* short runs, so that bytes do not overflow */
    uint8_t ones = 0;
    for (int64_t i = first; i < n && i < first + 128; i++) ones = (uint8_t)(ones + sources->source[i]);
    sources->n += ones;
  }
}

vd_status vd_sources_of_raster(vd_arena *arena, const char *path, const vd_ranges *ranges,
                               const vd_progress *progress, vd_sources *out) {
  VD_TRY(new_grid(arena, path, out));
  choosing c = {ranges, out->grid.width, out->source};
  VD_TRY(vd_raster_read_rows(path, progress, choose, &c));
  count(out);
  return VD_OK;
}

vd_status vd_sources_of_places(vd_arena *arena, const char *path, const char *like,
                               const vd_progress *progress, vd_sources *out) {
  VD_TRY(new_grid(arena, like, out));
  VD_TRY(draw_file(path, progress, out));
  count(out);
  return VD_OK;
}
