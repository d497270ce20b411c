/* ground: levels of elevation and land cover, and sampling them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/ground.h"

#include <math.h>
#include <string.h>

#include "carto/data.h"

bool vd_warp_at(const vd_warp *warp, double x_m, double y_m, double *column, double *row) {
  double u = (x_m - warp->x0_m) / warp->dx_m, v = (y_m - warp->y0_m) / warp->dy_m;
  if (!(u >= 0 && v >= 0 && u <= VD_WARP_STEPS && v <= VD_WARP_STEPS)) return false;
  int i = (int)fmin(u, VD_WARP_STEPS - 1), j = (int)fmin(v, VD_WARP_STEPS - 1);
  double a = u - i, b = v - j;
  const double *p = warp->cr + 2 * (j * (VD_WARP_STEPS + 1) + i), *q = p + 2 * (VD_WARP_STEPS + 1);
  *column = (1 - b) * ((1 - a) * p[0] + a * p[2]) + b * ((1 - a) * q[0] + a * q[2]);
  *row = (1 - b) * ((1 - a) * p[1] + a * p[3]) + b * ((1 - a) * q[1] + a * q[3]);
  return isfinite(*column) && isfinite(*row);
}

static void invert(const double t[6], double *xy, size_t n) {
  double det = t[1] * t[5] - t[2] * t[4];
  for (size_t i = 0; i < n; i++) {
    double x = xy[2 * i] - t[0], y = xy[2 * i + 1] - t[3];
    xy[2 * i] = (t[5] * x - t[2] * y) / det;
    xy[2 * i + 1] = (t[1] * y - t[4] * x) / det;
  }
}

/* The raster's box in its own system. */
static vd_box raster_box(const vd_raster *r) {
  vd_box box = vd_box_empty();
  const double *t = r->geotransform;
  for (int k = 0; k < 4; k++) {
    double c = k & 1 ? r->width : 0, w = k & 2 ? r->height : 0;
    box = vd_box_add(box, t[0] + c * t[1] + w * t[2], t[3] + c * t[4] + w * t[5]);
  }
  return box;
}

/* The net over the part of the raster that lies within three times the map's box. */
static vd_status make_warp(vd_arena *arena, const vd_raster *raster, const vd_map_data *data, vd_warp *warp) {
  enum { SIDE = VD_WARP_STEPS + 1 };
  vd_crs plane;
  VD_TRY(vd_crs_plane(arena, data->lon_deg, data->lat_deg, &plane));
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  VD_TRY(vd_transform_new(raster->crs_wkt, plane.wkt, &transform));
  vd_box seen = vd_transform_box(transform, raster_box(raster), false), map = data->box;
  double mx = map.max_x - map.min_x + 1000, my = map.max_y - map.min_y + 1000;
  vd_box box = {fmax(seen.min_x, map.min_x - mx), fmax(seen.min_y, map.min_y - my),
                fmin(seen.max_x, map.max_x + mx), fmin(seen.max_y, map.max_y + my)};
  if (vd_box_is_empty(box)) box = map;
  *warp = (vd_warp){.x0_m = box.min_x, .y0_m = box.min_y, .box = box};
  warp->dx_m = fmax(box.max_x - box.min_x, 1) / VD_WARP_STEPS;
  warp->dy_m = fmax(box.max_y - box.min_y, 1) / VD_WARP_STEPS;
  warp->cr = VD_NEW_ARRAY(arena, double, 2 * SIDE * SIDE);
  for (int k = 0; k < SIDE * SIDE; k++) {
    warp->cr[2 * k] = warp->x0_m + k % SIDE * warp->dx_m;
    warp->cr[2 * k + 1] = warp->y0_m + k / SIDE * warp->dy_m;
  }
  vd_transform_inverse(transform, warp->cr, SIDE * SIDE);
  invert(raster->geotransform, warp->cr, SIDE * SIDE);
  double c0, r0, c1, r1, x = (box.min_x + box.max_x) / 2, y = (box.min_y + box.max_y) / 2;
  warp->pixel_m = warp->dx_m;
  if (vd_warp_at(warp, x, y, &c0, &r0) && vd_warp_at(warp, x + warp->dx_m, y, &c1, &r1) && c1 != c0)
    warp->pixel_m = warp->dx_m / hypot(c1 - c0, r1 - r0);
  return VD_OK;
}

/* The level whose pixels are nearest to `step_m`, not much coarser. */
static int32_t level_for(const vd_warp *warp, int32_t n_levels, double step_m) {
  double k = floor(log2(fmax(step_m / warp->pixel_m, 1)) + 0.4);
  return (int32_t)fmin(k, n_levels - 1);
}

/* ---- elevation ---- */

static float *halve_heights(vd_arena *arena, const float *in, int32_t w, int32_t h) {
  int32_t w2 = (w + 1) / 2, h2 = (h + 1) / 2;
  float *out = VD_NEW_ARRAY(arena, float, (size_t)w2 *(size_t)h2);
  for (int32_t y = 0; y < h2; y++) {
    for (int32_t x = 0; x < w2; x++) {
      float sum = 0;
      int n = 0;
      for (int k = 0; k < 4; k++) {
        int32_t xx = 2 * x + (k & 1), yy = 2 * y + (k >> 1);
        if (xx >= w || yy >= h) continue;
        float v = in[(size_t)yy * (size_t)w + (size_t)xx];
        if (!isnan(v)) sum += v, n++;
      }
      out[(size_t)y * (size_t)w2 + (size_t)x] = n > 0 ? sum / (float)n : NAN;
    }
  }
  return out;
}

/* The heights that 2 % of the pixels lie under and 1 % above, from a histogram of whole metres. */
static void find_range(vd_ground_relief *relief, size_t n) {
  enum { BINS = 10000, BELOW = 500 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int64_t *count = VD_NEW_ARRAY(scratch, int64_t, BINS), all = 0, sum = 0;
  for (size_t i = 0; i < n; i++) {
    float v = relief->level[0][i];
    if (isnan(v) || v == 0) continue; /* the sea would pull the range down */
    count[(int)fmin(fmax(v + BELOW, 0), BINS - 1)]++;
    all++;
  }
  relief->low_m = 0, relief->high_m = 1000;
  bool low = false;
  for (int i = 0; i < BINS && all > 0; i++) {
    sum += count[i];
    if (!low && sum * 50 >= all) low = true, relief->low_m = i - BELOW;
    if (sum * 100 >= all * 99) {
      relief->high_m = i - BELOW;
      break;
    }
  }
  relief->high_m = fmax(relief->high_m, relief->low_m + 400);
}

vd_status vd_ground_relief_new(vd_arena *arena, const vd_raster *elevation, const vd_map_data *data,
                               const vd_ground_relief **out) {
  vd_ground_relief *relief = VD_NEW(arena, vd_ground_relief);
  VD_TRY(make_warp(arena, elevation, data, &relief->warp));
  size_t n = (size_t)elevation->width * (size_t)elevation->height;
  float *copy = vd_arena_try_alloc(arena, n, sizeof *copy);
  if (!copy) return vd_fail(VD_ERR_MEMORY, "the elevation does not fit into memory; cut it to the area");
  memcpy(copy, elevation->values, n * sizeof *copy);
  relief->width[0] = elevation->width, relief->height[0] = elevation->height, relief->level[0] = copy;
  int32_t k = 0;
  for (; k + 1 < VD_LEVELS_MAX && relief->width[k] > 2 && relief->height[k] > 2; k++) {
    relief->level[k + 1] = halve_heights(arena, relief->level[k], relief->width[k], relief->height[k]);
    relief->width[k + 1] = (relief->width[k] + 1) / 2, relief->height[k + 1] = (relief->height[k] + 1) / 2;
  }
  relief->n_levels = k + 1;
  find_range(relief, n);
  *out = relief;
  return VD_OK;
}

static float spline(const float *v, int32_t w, int32_t h, double c, double r) {
  int32_t ic = (int32_t)floor(c), ir = (int32_t)floor(r);
  if (c < 0 || r < 0 || ic >= w || ir >= h) return NAN;
  double t = c - ic - 0.5, s = r - ir - 0.5;
  double wc[3] = {0.5 * (0.5 - t) * (0.5 - t), 0.75 - t * t, 0.5 * (0.5 + t) * (0.5 + t)};
  double wr[3] = {0.5 * (0.5 - s) * (0.5 - s), 0.75 - s * s, 0.5 * (0.5 + s) * (0.5 + s)};
  if (ic > 0 && ir > 0 && ic + 1 < w && ir + 1 < h) { /* nearly always */
    const float *p = v + (size_t)(ir - 1) * (size_t)w + (size_t)(ic - 1), *q = p + w, *o = q + w;
    double z = wr[0] * (wc[0] * (double)p[0] + wc[1] * (double)p[1] + wc[2] * (double)p[2]) +
               wr[1] * (wc[0] * (double)q[0] + wc[1] * (double)q[1] + wc[2] * (double)q[2]) +
               wr[2] * (wc[0] * (double)o[0] + wc[1] * (double)o[1] + wc[2] * (double)o[2]);
    if (!isnan(z)) return (float)z;
  }
  double sum = 0, weight = 0;
  for (int j = 0; j < 3; j++) {
    int32_t y = ir + j - 1;
    y = y < 0 ? 0 : y >= h ? h - 1 : y;
    for (int i = 0; i < 3; i++) {
      int32_t x = ic + i - 1;
      x = x < 0 ? 0 : x >= w ? w - 1 : x;
      float z = v[(size_t)y * (size_t)w + (size_t)x];
      if (isnan(z)) continue;
      sum += wc[i] * wr[j] * (double)z, weight += wc[i] * wr[j];
    }
  }
  return weight > 0 ? (float)(sum / weight) : NAN;
}

void vd_ground_heights(const vd_ground_relief *relief, double x_m, double y_m, double step_m, int32_t n,
                       float *heights) {
  int32_t k = level_for(&relief->warp, relief->n_levels, step_m);
  double shrink = ldexp(1, -k), c, r;
  for (int32_t i = 0; i < n; i++) {
    heights[i] = NAN;
    if (vd_warp_at(&relief->warp, x_m + i * step_m, y_m, &c, &r))
      heights[i] = spline(relief->level[k], relief->width[k], relief->height[k], c * shrink, r * shrink);
  }
}

/* ---- land cover ---- */

vd_rgba vd_landcover_color(int code) {
  static const vd_rgba color[VD_LANDCOVER_COUNT + 1] = {
      [VD_GROUND_BARE - VD_GROUND_BARE + 1] = 0xe9dfc84d,
      [VD_GROUND_CROPS - VD_GROUND_BARE + 1] = 0xefe6b280,
      [VD_GROUND_GRASS - VD_GROUND_BARE + 1] = 0xe2e6c266,
      [VD_GROUND_SHRUB - VD_GROUND_BARE + 1] = 0xd3dab280,
      [VD_GROUND_FOREST - VD_GROUND_BARE + 1] = 0xb4cd9ca6,
      [VD_GROUND_BUILT_UP - VD_GROUND_BARE + 1] = 0xc9bdb4cc,
      [VD_GROUND_MOSS - VD_GROUND_BARE + 1] = 0xdbe0c880,
      [VD_GROUND_SNOW - VD_GROUND_BARE + 1] = 0xf7fafcff,
      [VD_GROUND_WETLAND - VD_GROUND_BARE + 1] = 0xbcd9d0b3,
      [VD_GROUND_SEASONAL_WATER - VD_GROUND_BARE + 1] = 0xc2dbe6cc,
      [VD_GROUND_WATER - VD_GROUND_BARE + 1] = 0xabcfe6ff,
  };
  return code > 0 && code <= VD_LANDCOVER_COUNT ? color[code] : VD_CLEAR;
}

static void premultiplied(vd_rgba color, uint8_t out[4]) {
  uint32_t a = color & 0xff;
  for (int k = 0; k < 3; k++) out[k] = (uint8_t)(((color >> (24 - 8 * k)) & 0xff) * a / 255);
  out[3] = (uint8_t)a;
}

static uint8_t *halve_tint(vd_arena *arena, const uint8_t *in, int32_t w, int32_t h) {
  int32_t w2 = (w + 1) / 2, h2 = (h + 1) / 2;
  uint8_t *out = VD_NEW_ARRAY(arena, uint8_t, 4 * (size_t)w2 * (size_t)h2);
  for (int32_t y = 0; y < h2; y++) {
    for (int32_t x = 0; x < w2; x++) {
      for (size_t band = 0; band < 4; band++) {
        uint32_t sum = 2;
        for (int k = 0; k < 4; k++) {
          int32_t xx = 2 * x + (k & 1), yy = 2 * y + (k >> 1);
          xx = xx < w ? xx : w - 1, yy = yy < h ? yy : h - 1;
          sum += in[4 * ((size_t)yy * (size_t)w + (size_t)xx) + band];
        }
        out[4 * ((size_t)y * (size_t)w2 + (size_t)x) + band] = (uint8_t)(sum / 4);
      }
    }
  }
  return out;
}

vd_status vd_ground_tint_new(vd_arena *arena, const vd_raster *landcover, const vd_map_data *data,
                             const vd_ground_tint **out) {
  vd_ground_tint *tint = VD_NEW(arena, vd_ground_tint);
  VD_TRY(make_warp(arena, landcover, data, &tint->warp));
  size_t n = (size_t)landcover->width * (size_t)landcover->height;
  uint8_t *first = vd_arena_try_alloc(arena, n, 4);
  if (!first) return vd_fail(VD_ERR_MEMORY, "the land cover does not fit into memory; cut it to the area");
  size_t count[VD_LANDCOVER_COUNT + 1] = {0};
  for (size_t i = 0; i < n; i++) {
    float v = landcover->values[i];
    int code = v >= 1 && v <= VD_LANDCOVER_COUNT ? (int)v : 0;
    count[code]++;
    premultiplied(vd_landcover_color(code), first + 4 * i);
  }
  for (int code = 0; code <= VD_LANDCOVER_COUNT; code++)
    if (count[code] * 100 >= n) tint->classes |= 1u << code;
  tint->width[0] = landcover->width, tint->height[0] = landcover->height, tint->level[0] = first;
  int32_t k = 0;
  for (; k + 1 < VD_LEVELS_MAX && tint->width[k] > 2 && tint->height[k] > 2; k++) {
    tint->level[k + 1] = halve_tint(arena, tint->level[k], tint->width[k], tint->height[k]);
    tint->width[k + 1] = (tint->width[k] + 1) / 2, tint->height[k + 1] = (tint->height[k] + 1) / 2;
  }
  tint->n_levels = k + 1;
  *out = tint;
  return VD_OK;
}

static void linear(const uint8_t *level, int32_t w, int32_t h, double c, double r, float rgba[4]) {
  memset(rgba, 0, 4 * sizeof *rgba);
  if (c < 0 || r < 0 || c >= w || r >= h) return;
  double cc = c - 0.5, rr = r - 0.5;
  int32_t ic = (int32_t)floor(cc), ir = (int32_t)floor(rr);
  for (int k = 0; k < 4; k++) {
    int32_t x = ic + (k & 1), y = ir + (k >> 1);
    double weight = (k & 1 ? cc - ic : 1 - (cc - ic)) * (k >> 1 ? rr - ir : 1 - (rr - ir)) / 255;
    x = x < 0 ? 0 : x >= w ? w - 1 : x;
    y = y < 0 ? 0 : y >= h ? h - 1 : y;
    const uint8_t *p = level + 4 * ((size_t)y * (size_t)w + (size_t)x);
    for (int band = 0; band < 4; band++) rgba[band] += (float)(weight * p[band]);
  }
}

void vd_ground_colors(const vd_ground_tint *tint, double x_m, double y_m, double step_m, int32_t n,
                      float *rgba) {
  int32_t k = level_for(&tint->warp, tint->n_levels, step_m);
  double shrink = ldexp(1, -k), c, r;
  for (int32_t i = 0; i < n; i++) {
    float *out = rgba + 4 * i;
    memset(out, 0, 4 * sizeof *out);
    if (vd_warp_at(&tint->warp, x_m + i * step_m, y_m, &c, &r))
      linear(tint->level[k], tint->width[k], tint->height[k], c * shrink, r * shrink, out);
  }
}
