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

static vd_status fill(GDALDatasetH dataset, const vd_geo_raster *raster) {
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  double g[6];
  char *wkt = (char *)(uintptr_t)raster->crs_wkt;
  OGRErr known = raster->crs_wkt ? OSRImportFromWkt(srs, &wkt) : OSRImportFromEPSG(srs, 4326);
  memcpy(g, raster->geotransform, sizeof g);
  GDALRasterBandH band = GDALGetRasterBand(dataset, 1);
  if (known != OGRERR_NONE || GDALSetSpatialRef(dataset, srs) != CE_None ||
      GDALSetGeoTransform(dataset, g) != CE_None || GDALSetRasterNoDataValue(band, NAN) != CE_None ||
      GDALRasterIO(band, GF_Write, 0, 0, raster->width, raster->height, raster->values, raster->width,
                   raster->height, GDT_Float32, 0, 0) != CE_None)
    return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
  return VD_OK;
}

static vd_status write_tiff(const char *path, const vd_geo_raster *raster) {
  const char *const options[] = {"COMPRESS=DEFLATE", "PREDICTOR=3", "TILED=YES", "ZLEVEL=6", NULL};
  vd_gdal_clear();
  GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GTiff"), path, raster->width, raster->height, 1,
                                    GDT_Float32, (CSLConstList)(uintptr_t)options);
  if (!dataset) return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be made (%s)."), vd_gdal_message());
  vd_status done = fill(dataset, raster);
  GDALClose(dataset); /* writes the rest; what fails now is in the thread's message */
  if (done == VD_OK && CPLGetLastErrorType() >= CE_Failure)
    return vd_fail(VD_ERR_IO, _("the GeoTIFF cannot be written (%s)."), vd_gdal_message());
  return done;
}

vd_status vd_raster_write(const char *path, const vd_geo_raster *raster) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char *beside;
  VD_TRY(vd_replace_start(arena, path, ".tif", &beside));
  vd_status done = write_tiff(beside, raster);
  if (done != VD_OK) {
    vd_replace_abandon(beside);
    return vd_fail_prefix(done, "%s", vd_path_base(path));
  }
  return vd_replace_finish(beside, path);
}
