/* raster_tiles: joining tiles, totals and values at places.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"

double vd_raster_total(const vd_geo_raster *raster, int64_t *n_known) {
  double total = 0;
  int64_t known = 0;
  for (int32_t row = 0; row < raster->height; row++) {
    const float *at = raster->values + (size_t)row * (size_t)raster->width;
    double sum = 0; /* a sum a row keeps the rounding of long sums small */
    for (int32_t column = 0; column < raster->width; column++)
      if (!isnan(at[column])) {
        sum += (double)at[column];
        known++;
      }
    total += sum;
  }
  if (n_known) *n_known = known;
  return total;
}

/* Where tile `b` begins in pixels of `a`; false when the grids do not agree to a hundredth of a pixel. */
static bool offset_of(const vd_geo_raster *a, const vd_geo_raster *b, int64_t *column, int64_t *row) {
  const double *g = a->geotransform, *h = b->geotransform;
  double size = fmin(hypot(g[1], g[4]), hypot(g[2], g[5])), far = fmax(b->width, b->height);
  if (!vd_str_equal(a->crs_wkt, b->crs_wkt)) return false;
  for (int i = 0; i < 6; i++)
    if (i % 3 && !(fabs(g[i] - h[i]) * far < size * 0.01)) return false;
  double det = g[1] * g[5] - g[2] * g[4], x = h[0] - g[0], y = h[3] - g[3];
  double c = (x * g[5] - y * g[2]) / det, r = (y * g[1] - x * g[4]) / det;
  if (!(fabs(c) < 1e9 && fabs(r) < 1e9 && fabs(c - round(c)) < 0.01 && fabs(r - round(r)) < 0.01))
    return false;
  *column = (int64_t)round(c);
  *row = (int64_t)round(r);
  return true;
}

typedef struct extent {
  int64_t left, top, right, bottom; /* pixels of the first tile */
} extent;

static vd_status extent_of(const vd_geo_raster *const *tiles, size_t n, extent *out) {
  *out = (extent){0, 0, tiles[0]->width, tiles[0]->height};
  for (size_t i = 1; i < n; i++) {
    int64_t column, row;
    if (!offset_of(tiles[0], tiles[i], &column, &row))
      return vd_fail(
          VD_ERR_INPUT,
          _("%s and %s do not lie on one grid of pixels and cannot be joined. Import them one by one."),
          tiles[0]->source ? tiles[0]->source : "?", tiles[i]->source ? tiles[i]->source : "?");
    if (column < out->left) out->left = column;
    if (row < out->top) out->top = row;
    if (column + tiles[i]->width > out->right) out->right = column + tiles[i]->width;
    if (row + tiles[i]->height > out->bottom) out->bottom = row + tiles[i]->height;
  }
  if ((out->right - out->left) * (out->bottom - out->top) > VD_RASTER_PIXELS_MAX)
    return vd_fail(VD_ERR_LIMIT,
                   _("The tiles together span more than %d million pixels. Import fewer of them."),
                   VD_RASTER_PIXELS_MAX / 1000000);
  return VD_OK;
}

static void lay_tile(vd_geo_raster *into, const vd_geo_raster *tile, int64_t column, int64_t row) {
  for (int32_t r = 0; r < tile->height; r++) {
    float *to = into->values + (size_t)(row + r) * (size_t)into->width + (size_t)column;
    const float *from = tile->values + (size_t)r * (size_t)tile->width;
    for (int32_t c = 0; c < tile->width; c++)
      if (isnan(to[c])) to[c] = from[c];
  }
}

static const char *joined_source(vd_arena *arena, const vd_geo_raster *const *tiles, size_t n) {
  vd_buf text = {.arena = arena};
  for (size_t i = 0; i < n && i < 20; i++) {
    if (i) vd_buf_add(&text, ", ");
    vd_buf_add(&text, tiles[i]->source ? tiles[i]->source : "?");
  }
  if (n > 20) vd_buf_add(&text, ", ...");
  return text.text;
}

vd_status vd_raster_mosaic(vd_arena *arena, const vd_geo_raster *const *tiles, size_t n,
                           vd_geo_raster **out) {
  extent e;
  if (!n) return vd_fail(VD_ERR_INTERNAL, _("There are no tiles to join."));
  vd_geo_raster *made = VD_NEW(arena, vd_geo_raster);
  *made = *tiles[0];
  *out = made;
  if (n == 1) return VD_OK;
  VD_TRY(extent_of(tiles, n, &e));
  made->width = (int32_t)(e.right - e.left);
  made->height = (int32_t)(e.bottom - e.top);
  const double *g = tiles[0]->geotransform;
  made->geotransform[0] = g[0] + (double)e.left * g[1] + (double)e.top * g[2];
  made->geotransform[3] = g[3] + (double)e.left * g[4] + (double)e.top * g[5];
  made->source = joined_source(arena, tiles, n);
  size_t count = (size_t)made->width * (size_t)made->height;
  made->values = vd_arena_try_alloc(arena, count, sizeof(float));
  if (!made->values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to join %zu tiles."), n);
  for (size_t i = 0; i < count; i++) made->values[i] = NAN;
  for (size_t i = 0; i < n; i++) {
    int64_t column = 0, row = 0;
    if (i) offset_of(tiles[0], tiles[i], &column, &row);
    lay_tile(made, tiles[i], column - e.left, row - e.top);
  }
  return VD_OK;
}
