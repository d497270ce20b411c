/* vector_gpkg: layers as a GeoPackage by GDAL, the same bytes each time.
 * SPDX-License-Identifier: Apache-2.0 */
#include "geo/vector_gpkg.h"

#include <string.h>

#include "geo/gdal.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

enum { STEP = 256 };

static vd_status gdal_failed(void) {
  return vd_fail(VD_ERR_IO, _("the GeoPackage cannot be written (%s)."), vd_gdal_message());
}

/* ---- geometry ---- */

static OGRGeometryH run_of(OGRwkbGeometryType type, const vd_geom *geom, int32_t part) {
  OGRGeometryH run = OGR_G_CreateGeometry(type);
  double *xy = geom->xy + 2 * (size_t)geom->part_start[part];
  OGR_G_SetPoints(run, geom->part_start[part + 1] - geom->part_start[part], xy, 2 * sizeof *xy, xy + 1,
                  2 * sizeof *xy, NULL, 0);
  return run;
}

static OGRGeometryH point_of(const double *xy) {
  OGRGeometryH point = OGR_G_CreateGeometry(wkbPoint);
  OGR_G_SetPoint_2D(point, 0, xy[0], xy[1]);
  return point;
}

static OGRGeometryH geometry_of(const vd_geom *geom, bool single_points) {
  if (geom->type == VD_GEOM_POINT && single_points) return point_of(geom->xy);
  OGRGeometryH whole = OGR_G_CreateGeometry(geom->type == VD_GEOM_POINT  ? wkbMultiPoint
                                            : geom->type == VD_GEOM_LINE ? wkbMultiLineString
                                                                         : wkbMultiPolygon);
  OGRGeometryH polygon = NULL;
  for (int32_t i = 0; geom->type == VD_GEOM_POINT && i < geom->n_points; i++)
    OGR_G_AddGeometryDirectly(whole, point_of(geom->xy + 2 * (size_t)i));
  for (int32_t part = 0; geom->type != VD_GEOM_POINT && part < geom->n_parts; part++) {
    bool hole = geom->hole && geom->hole[part];
    if (geom->type == VD_GEOM_LINE) {
      OGR_G_AddGeometryDirectly(whole, run_of(wkbLineString, geom, part));
      continue;
    }
    if (!hole || !polygon) {
      polygon = OGR_G_CreateGeometry(wkbPolygon);
      OGR_G_AddGeometryDirectly(polygon, run_of(wkbLinearRing, geom, part));
      OGR_G_AddGeometryDirectly(whole, polygon);
    } else {
      OGR_G_AddGeometryDirectly(polygon, run_of(wkbLinearRing, geom, part));
    }
  }
  return whole;
}

/* ---- layers ---- */

static bool only_single_points(const vd_write_layer *layer) {
  for (size_t i = 0; i < layer->n_features; i++)
    if (!vd_geom_empty(layer->features[i].geom) && layer->features[i].geom->n_points > 1) return false;
  return true;
}

static OGRLayerH create_layer(GDALDatasetH dataset, const vd_write_layer *layer, bool single_points) {
  static const OGRFieldType types[] = {OFTString, OFTString, OFTInteger64, OFTReal, OFTDateTime};
  VD_CLEANUP(vd_gdal_srs_cleanup) OGRSpatialReferenceH srs = OSRNewSpatialReference(NULL);
  OGRwkbGeometryType type = layer->geometry == VD_GEOM_NONE    ? wkbNone
                            : layer->geometry == VD_GEOM_POINT ? (single_points ? wkbPoint : wkbMultiPoint)
                            : layer->geometry == VD_GEOM_LINE  ? wkbMultiLineString
                                                               : wkbMultiPolygon;
  char *wkt = (char *)(uintptr_t)layer->crs_wkt;
  if ((wkt ? OSRImportFromWkt(srs, &wkt) : OSRImportFromEPSG(srs, 4326)) != OGRERR_NONE) return NULL;
  OSRSetAxisMappingStrategy(srs, OAMS_TRADITIONAL_GIS_ORDER);
  OGRLayerH made = GDALDatasetCreateLayer(dataset, layer->name, srs, type, NULL);
  for (int f = 0; made && f < layer->n_fields; f++) {
    OGRFieldDefnH field = OGR_Fld_Create(layer->fields[f].name, types[layer->fields[f].type]);
    OGRErr done = OGR_L_CreateField(made, field, FALSE);
    OGR_Fld_Destroy(field);
    if (done != OGRERR_NONE) return NULL;
  }
  return made;
}

static void set_value(OGRFeatureH feature, int field, const vd_value *value) {
  vd_civil civil;
  switch (value->type) {
  case VD_VALUE_NONE:
    break;
  case VD_VALUE_TEXT:
    if (value->text) OGR_F_SetFieldString(feature, field, value->text);
    break;
  case VD_VALUE_INT:
    OGR_F_SetFieldInteger64(feature, field, value->whole);
    break;
  case VD_VALUE_REAL:
    OGR_F_SetFieldDouble(feature, field, value->real);
    break;
  case VD_VALUE_TIME:
    civil = vd_civil_from_s(value->whole, 0);
    OGR_F_SetFieldDateTimeEx(feature, field, civil.year, civil.month, civil.day, civil.hour, civil.minute,
                             (float)civil.second, 100);
    break;
  }
}

static void feature_cleanup(OGRFeatureH *feature) {
  OGR_F_Destroy(*feature);
}

static vd_status write_feature(OGRLayerH to, const vd_write_layer *layer, const vd_write_feature *from,
                               bool single) {
  VD_CLEANUP(feature_cleanup) OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(to));
  for (int f = 0; f < layer->n_fields; f++) set_value(feature, f, &from->values[f]);
  if (layer->geometry && !vd_geom_empty(from->geom))
    OGR_F_SetGeometryDirectly(feature, geometry_of(from->geom, single && from->geom->type == VD_GEOM_POINT));
  return OGR_L_CreateFeature(to, feature) == OGRERR_NONE ? VD_OK : gdal_failed();
}

static vd_status write_layer(GDALDatasetH dataset, const vd_write_layer *layer, const vd_progress *progress) {
  bool single = only_single_points(layer);
  OGRLayerH to = create_layer(dataset, layer, single);
  if (!to || GDALDatasetStartTransaction(dataset, FALSE) != OGRERR_NONE) return gdal_failed();
  for (size_t i = 0; i < layer->n_features; i++) {
    if (i % STEP == 0)
      VD_TRY(vd_progress_step(progress, layer->name, (int64_t)i, (int64_t)layer->n_features));
    VD_TRY(write_feature(to, layer, &layer->features[i], single));
  }
  return GDALDatasetCommitTransaction(dataset) == OGRERR_NONE ? VD_OK : gdal_failed();
}

vd_status vd_gpkg_write(const char *path, const vd_write_layer *layers, size_t n_layers,
                        const vd_progress *progress) {
  vd_status done = VD_OK;
  vd_gdal_clear();
  /* The clock would be written into gpkg_contents. */
  CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");
  /* Nobody sees the file before it is whole and synced, and after a failure it is removed: nothing to roll back to. */
  CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", "OFF");
  CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", "MEMORY");
  GDALDatasetH dataset = GDALCreate(GDALGetDriverByName("GPKG"), path, 0, 0, 0, GDT_Unknown, NULL);
  if (!dataset) done = gdal_failed();
  for (size_t i = 0; i < n_layers && done == VD_OK; i++) done = write_layer(dataset, &layers[i], progress);
  if (dataset) GDALClose(dataset); /* writes indices and extents */
  CPLSetThreadLocalConfigOption("OGR_CURRENT_DATE", NULL);
  CPLSetThreadLocalConfigOption("OGR_SQLITE_SYNCHRONOUS", NULL);
  CPLSetThreadLocalConfigOption("OGR_SQLITE_JOURNAL", NULL);
  if (done == VD_OK && CPLGetLastErrorType() >= CE_Failure) return gdal_failed();
  return done;
}
