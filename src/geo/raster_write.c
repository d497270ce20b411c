/* raster_write: grids as GeoTIFF files that appear only when they are whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/gdal.h"
#include "geo/replace.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"

/* Size, system and place of an empty dataset. */
static vd_status describe(GDALDatasetH dataset, const vd_geo_raster *raster) {
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  double g[6];
  char *wkt = (char *)(uintptr_t)raster->crs_wkt;
  OGRErr known = raster->crs_wkt ? OSRImportFromWkt(srs, &wkt) : OSRImportFromEPSG(srs, 4326);
  memcpy(g, raster->geotransform, sizeof g);
  if (known != OGRERR_NONE || GDALSetSpatialRef(dataset, srs) != CE_None ||
      GDALSetGeoTransform(dataset, g) != CE_None ||
      GDALSetRasterNoDataValue(GDALGetRasterBand(dataset, 1), NAN) != CE_None)
    return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
  return VD_OK;
}

/* Where the pixels come from: the raster itself, or rows that are asked for. */
typedef struct pixels {
  const vd_geo_raster *raster;
  const vd_progress *progress;
  vd_raster_rows_fn fn;
  void *context;
} pixels;

static vd_status fill_whole(GDALDatasetH dataset, const pixels *from) {
  const vd_geo_raster *r = from->raster;
  if (GDALRasterIO(GDALGetRasterBand(dataset, 1), GF_Write, 0, 0, r->width, r->height, r->values, r->width,
                   r->height, GDT_Float32, 0, 0) == CE_None)
    return VD_OK;
  return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
}

/* Strip by strip, past GDAL's cache of blocks. */
static vd_status fill_strips(GDALDatasetH dataset, const pixels *from) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  const vd_geo_raster *r = from->raster;
  int width, rows;
  GDALGetBlockSize(band, &width, &rows);
  float *values = vd_arena_try_alloc(arena, (size_t)width * (size_t)rows, sizeof *values);
  if (!values)
    return vd_fail(VD_ERR_MEMORY, _("there is not enough memory for %d x %d pixels."), width, rows);
  for (int32_t row = 0; row < r->height; row += rows) {
    VD_TRY(vd_progress_step(from->progress, _("writing"), row, r->height));
    VD_TRY(from->fn(from->context, row, r->height - row < rows ? r->height - row : rows, values));
    if (GDALWriteBlock(band, 0, row / rows, values) != CE_None)
      return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
  }
  return VD_OK;
}

static vd_status write_tiff(const char *path, const pixels *from) {
  const vd_geo_raster *r = from->raster;
  const char *const packed[] = {"COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES", "ZLEVEL=6", NULL};
  char strip[32];
  snprintf(strip, sizeof strip, "BLOCKYSIZE=%d", (int)vd_raster_rows_a_step(r->width));
  const char *const plain[] = {strip, NULL};
  vd_gdal_clear();
  GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, r->width, r->height, 1, GDT_Float32,
                                    (CSLConstList)(uintptr_t)(from->fn ? plain : packed));
  if (!dataset) return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be made (%s)."), vd_gdal_message());
  vd_status done = describe(dataset, r);
  if (done == VD_OK) done = from->fn ? fill_strips(dataset, from) : fill_whole(dataset, from);
  GDALClose(dataset); /* writes the rest; what fails now is in the thread's message */
  if (done == VD_OK && CPLGetLastErrorType() >= CE_Failure)
    return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
  return done;
}

static vd_status replace(const char *path, const pixels *from) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char *beside;
  VD_TRY(vd_replace_start(arena, path, ".tif", &beside));
  vd_status done = write_tiff(beside, from);
  if (done == VD_OK) return vd_replace_finish(beside, path);
  vd_replace_abandon(beside);
  return done == VD_ERR_CANCELLED ? done : vd_fail_prefix(done, "%s", vd_path_base(path));
}

vd_status vd_raster_write(const char *path, const vd_geo_raster *raster) {
  return replace(path, &(pixels){.raster = raster});
}

vd_status vd_raster_write_rows(const char *path, const vd_geo_raster *shape, const vd_progress *progress,
                               vd_raster_rows_fn fn, void *context) {
  return replace(path, &(pixels){shape, progress, fn, context});
}
