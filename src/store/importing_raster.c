/* importing_raster: elevation, population and land cover as grids of the plan.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Grids keep their own cells and coordinate reference system, cut to the area and its margin; population is never
 * resampled here, so its total stays. Only elevation finer than the plan needs is averaged over whole cells. */
#include <math.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/shape.h"

enum { ELEVATION_PIXELS_MAX = 16000000 };

/* ---- reading ---- */

static vd_status read_tiles(vd_importing *all, vd_arena *arena, const char *const *paths, size_t n,
                            vd_tally *tally, vd_geo_raster **out, size_t *n_out) {
  for (size_t i = 0; i < n; i++) {
    vd_tally_read(tally);
    vd_status status = vd_raster_read(arena, paths[i], all->keep_outline, all->progress, &out[*n_out]);
    if (status == VD_ERR_NOT_FOUND) {
      vd_tally_drop(tally, (int64_t)i + 1, _("outside the area"), vd_path_base(paths[i]));
      continue;
    }
    VD_TRY(status);
    vd_tally_take(tally);
    (*n_out)++;
  }
  return VD_OK;
}

/* ---- what is told of a grid ---- */

static vd_status pixel_centres(const vd_geo_raster *raster, vd_transform *to_lonlat, int32_t row,
                               double *xy) {
  const double *t = raster->geotransform;
  for (int32_t column = 0; column < raster->width; column++) {
    double c = column + 0.5, r = row + 0.5;
    xy[2 * column] = t[0] + c * t[1] + r * t[2];
    xy[2 * column + 1] = t[3] + c * t[4] + r * t[5];
  }
  if (to_lonlat) vd_transform_forward(to_lonlat, xy, (size_t)raster->width);
  return VD_OK;
}

/* The people of the pixels whose centres lie in the area of interest. */
static vd_status people_inside(const vd_importing *all, const vd_geo_raster *raster, double *people) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_inside_cleanup) vd_inside *inside = NULL;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_lonlat = NULL;
  *people = 0;
  const vd_geom *area = vd_plan_info_lookup(all->plan)->area;
  if (vd_geom_empty(area)) return VD_OK;
  VD_TRY(vd_inside_new(area, &inside));
  if (raster->crs_wkt) VD_TRY(vd_transform_new(raster->crs_wkt, NULL, &to_lonlat));
  double *xy = VD_NEW_ARRAY(arena, double, 2 * (size_t)raster->width);
  for (int32_t row = 0; row < raster->height; row++) {
    VD_TRY(vd_progress_step(all->progress, _("counting people"), row, raster->height));
    VD_TRY(pixel_centres(raster, to_lonlat, row, xy));
    const float *values = raster->values + (size_t)row * (size_t)raster->width;
    for (int32_t column = 0; column < raster->width; column++) {
      if (!(values[column] > 0)) continue;
      if (vd_inside_test(inside, xy[2 * column], xy[2 * column + 1])) *people += (double)values[column];
    }
  }
  return VD_OK;
}

static vd_status describe_people(vd_importing *all, const vd_geo_raster *raster, vd_import_part *part) {
  double inside;
  int64_t known;
  double total = vd_raster_total(raster, &known);
  VD_TRY(people_inside(all, raster, &inside));
  part->remark = vd_str_printf(all->arena, _("%d x %d cells, %.0f people, of them %.0f inside the area"),
                               raster->width, raster->height, total, inside);
  return VD_OK;
}

static void describe_heights(vd_importing *all, const vd_geo_raster *raster, int factor,
                             vd_import_part *part) {
  double low = INFINITY, high = -INFINITY;
  size_t n = (size_t)raster->width * (size_t)raster->height;
  for (size_t i = 0; i < n; i++) {
    if (isnan(raster->values[i])) continue;
    low = fmin(low, (double)raster->values[i]);
    high = fmax(high, (double)raster->values[i]);
  }
  part->remark =
      vd_str_printf(all->arena, _("%d x %d cells, %.0f to %.0f m"), raster->width, raster->height, low, high);
  if (factor > 1)
    part->remark = vd_str_printf(all->arena, _("%s; each the mean of %d x %d"), part->remark, factor, factor);
}

/* ---- people or not ---- */

/* A density can not be told from a count by its values; names of data sets say it. */
static vd_status refuse_density(const char *path) {
  const char *name = vd_path_base(path);
  if (!strstr(name, "_pd_") && !vd_str_contains_nocase(name, "density")) return VD_OK;
  return vd_fail(VD_ERR_INPUT,
                 _("%s: holds people per square kilometre, not people per cell. Import the data set's count "
                   "(WorldPop: ppp)."),
                 name);
}

static vd_status check_people(const vd_geo_raster *raster, const char *file, vd_tally *tally) {
  int64_t n_negative = 0, n_people = 0;
  size_t n = (size_t)raster->width * (size_t)raster->height;
  for (size_t i = 0; i < n; i++) {
    if (raster->values[i] < 0) {
      raster->values[i] = 0;
      n_negative++;
    }
    n_people += raster->values[i] > 0;
  }
  if (!n_people) return vd_fail(VD_ERR_INPUT, _("%s: nobody lives in it within the area."), file);
  if (n_negative)
    vd_tally_change(tally, 1, _("cells with fewer than 0 people: taken as 0"),
                    vd_str_printf(tally->arena, "%lld", (long long)n_negative));
  return VD_OK;
}

/* ---- heights finer than needed ---- */

static float mean_of(const vd_geo_raster *from, int32_t column, int32_t row, int factor) {
  double sum = 0;
  int n = 0;
  for (int32_t r = row * factor; r < (row + 1) * factor && r < from->height; r++) {
    for (int32_t c = column * factor; c < (column + 1) * factor && c < from->width; c++) {
      float value = from->values[(size_t)r * (size_t)from->width + (size_t)c];
      if (isnan(value)) continue;
      sum += (double)value;
      n++;
    }
  }
  return n ? (float)(sum / n) : NAN;
}

static vd_status average(vd_arena *arena, vd_geo_raster *raster, int factor) {
  vd_geo_raster small = *raster;
  small.width = (raster->width + factor - 1) / factor;
  small.height = (raster->height + factor - 1) / factor;
  small.values = vd_arena_try_alloc(arena, (size_t)small.width * (size_t)small.height, sizeof(float));
  if (!small.values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the elevation."));
  for (int i = 0; i < 6; i++)
    if (i != 0 && i != 3) small.geotransform[i] *= factor;
  for (int32_t row = 0; row < small.height; row++)
    for (int32_t column = 0; column < small.width; column++)
      small.values[(size_t)row * (size_t)small.width + (size_t)column] = mean_of(raster, column, row, factor);
  *raster = small;
  return VD_OK;
}

static int factor_for(const vd_geo_raster *raster) {
  int factor = 1;
  while ((double)raster->width * raster->height / (factor * factor) > ELEVATION_PIXELS_MAX) factor++;
  return factor;
}

/* ---- into the plan ---- */

static bool same_raster(const vd_raster *a, const vd_raster *b) {
  return a && a->width == b->width && a->height == b->height &&
         memcmp(a->geotransform, b->geotransform, sizeof a->geotransform) == 0 &&
         vd_str_equal(a->crs_wkt, b->crs_wkt) &&
         memcmp(a->values, b->values, sizeof(float) * (size_t)a->width * (size_t)a->height) == 0;
}

static vd_status put(vd_importing *all, vd_raster_kind kind, const vd_geo_raster *from, const char *source,
                     vd_import_part *part) {
  vd_crs lonlat = {0};
  vd_raster raster = {.width = from->width,
                      .height = from->height,
                      .crs_wkt = from->crs_wkt,
                      .values = from->values,
                      .source = source,
                      .reported_s = from->reported_s};
  memcpy(raster.geotransform, from->geotransform, sizeof raster.geotransform);
  if (!raster.crs_wkt) {
    VD_TRY(vd_crs_from_epsg(all->arena, 4326, &lonlat));
    raster.crs_wkt = lonlat.wkt;
  }
  const vd_raster *before = vd_plan_raster(all->plan, kind);
  if (same_raster(before, &raster)) {
    part->n_same = part->tally.n_taken;
    return VD_OK;
  }
  *(before ? &part->n_replaced : &part->n_new) = part->tally.n_taken;
  return vd_edit_put_raster(all->edit, kind, &raster);
}

static const char *source_of(vd_importing *all, const char *const *paths, size_t n) {
  const char *first = vd_path_base(paths[0]);
  if (n == 1) return first;
  return vd_str_printf(all->arena, _("%s and %zu more files"), first, n - 1);
}

static vd_status import_landcover(vd_importing *all, vd_arena *arena, vd_geo_raster *raster,
                                  vd_import_part *part) {
  (void)arena;
  const char *legend = NULL;
  vd_raster codes = {.width = raster->width, .height = raster->height, .values = raster->values};
  VD_TRY(vd_landcover_recode(all, &codes, &legend, &part->tally));
  part->remark = vd_str_printf(all->arena, _("%d x %d cells, %s"), raster->width, raster->height, legend);
  return VD_OK;
}

static size_t count_fractions(const char *const *paths, size_t n) {
  size_t fractions = 0;
  for (size_t i = 0; i < n; i++) fractions += vd_is_fraction_file(paths[i]);
  return fractions;
}

static vd_status join(vd_importing *all, vd_arena *arena, vd_raster_kind kind, const char *const *paths,
                      size_t n, const vd_geo_raster *const *tiles, size_t n_tiles, vd_geo_raster **out) {
  size_t fractions = kind == VD_RASTER_LANDCOVER ? count_fractions(paths, n) : 0;
  if (!fractions) return vd_raster_mosaic(arena, tiles, n_tiles, out);
  if (fractions < n || n_tiles < n)
    return vd_fail(VD_ERR_INPUT, _("Land-cover fractions do not go together with other land-cover files, and "
                                   "all must reach into the area."));
  *out = VD_NEW(arena, vd_geo_raster);
  return vd_landcover_dominant(all, tiles, paths, n, *out);
}

static vd_status check_values(vd_importing *all, vd_arena *arena, vd_raster_kind kind, const char *file,
                              bool fractions, vd_geo_raster *raster, vd_import_part *part) {
  if (kind == VD_RASTER_POPULATION) {
    VD_TRY(check_people(raster, file, &part->tally));
    return describe_people(all, raster, part);
  }
  if (kind == VD_RASTER_ELEVATION) {
    int factor = factor_for(raster);
    if (factor > 1) VD_TRY(average(arena, raster, factor));
    describe_heights(all, raster, factor, part);
    return VD_OK;
  }
  if (fractions) {
    part->remark = vd_str_printf(all->arena, _("%d x %d cells, the class with the largest share in each"),
                                 raster->width, raster->height);
    return VD_OK;
  }
  return import_landcover(all, arena, raster, part);
}

vd_status vd_import_rasters(vd_importing *all, vd_raster_kind kind, const char *const *paths, size_t n,
                            const char *why) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *file = n == 1 ? vd_path_base(paths[0]) : vd_str_printf(all->arena, _("%zu files"), n);
  size_t at = vd_import_add_part(all, file, vd_raster_words[kind], why), n_tiles = 0;
  vd_import_part *part = &all->report->parts[at];
  if (kind == VD_RASTER_POPULATION)
    for (size_t i = 0; i < n; i++) VD_TRY(refuse_density(paths[i]));
  vd_geo_raster **tiles = VD_NEW_ARRAY(arena, vd_geo_raster *, n), *raster = NULL;
  VD_TRY(read_tiles(all, arena, paths, n, &part->tally, tiles, &n_tiles));
  if (!n_tiles) return VD_OK;
  VD_TRY(join(all, arena, kind, paths, n, (const vd_geo_raster *const *)tiles, n_tiles, &raster));
  bool fractions = kind == VD_RASTER_LANDCOVER && count_fractions(paths, n) > 0;
  VD_TRY(check_values(all, arena, kind, file, fractions, raster, part));
  return put(all, kind, raster, source_of(all, paths, n), part);
}
