/* vector_ogr: layers and features by GDAL.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cpl_vsi.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/vector_file.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

enum { NESTING_MAX = 32, FIELDS_MAX = 2000, LAYERS_MAX = 1000, TEXT_MAX = 65536 };

/* ---- geometry ---- */

typedef struct filling {
  int32_t n_parts, n_points;
  vd_geom *to; /* NULL while counting */
} filling;

/* Points, lines and polygons at 0, 1, 2. */
typedef struct converting {
  filling kinds[3];
  const char *reason;
} converting;

static vd_geom_type type_of_kind(int kind) {
  return kind == 0 ? VD_GEOM_POINT : kind == 1 ? VD_GEOM_LINE : VD_GEOM_POLYGON;
}

static bool is_open(OGRGeometryH ring, int n) {
  return OGR_G_GetX(ring, 0) != OGR_G_GetX(ring, n - 1) || OGR_G_GetY(ring, 0) != OGR_G_GetY(ring, n - 1);
}

/* One run of points as a part of its kind; a ring is closed when it is not. */
static void add_run(OGRGeometryH run, int kind, bool hole, converting *c) {
  filling *f = &c->kinds[kind];
  int n = OGR_G_GetPointCount(run);
  if (n < (kind == 0 ? 1 : 2)) return;
  bool open = kind == 2 && is_open(run, n);
  if ((int64_t)f->n_points + n + open > VD_VERTICES_MAX) {
    c->reason = _("more than 5 million vertices");
    return;
  }
  if (f->to) {
    double *xy = f->to->xy + 2 * (size_t)f->n_points;
    OGR_G_GetPoints(run, xy, 2 * sizeof *xy, xy + 1, 2 * sizeof *xy, NULL, 0);
    if (open) memcpy(xy + 2 * n, xy, 2 * sizeof *xy);
    if (kind) f->to->part_start[f->n_parts] = f->n_points;
    if (kind == 2) f->to->hole[f->n_parts] = hole;
  }
  f->n_points += n + open;
  f->n_parts = kind ? f->n_parts + 1 : 1;
}

static void visit(OGRGeometryH g, int depth, converting *c) {
  if (!g || c->reason) return;
  if (depth > NESTING_MAX) {
    c->reason = _("a collection nested too deep");
    return;
  }
  int n = OGR_G_GetGeometryCount(g);
  switch (wkbFlatten(OGR_G_GetGeometryType(g))) {
  case wkbPoint:
    if (!OGR_G_IsEmpty(g)) add_run(g, 0, false, c);
    break;
  case wkbLineString:
    add_run(g, 1, false, c);
    break;
  case wkbPolygon:
  case wkbTriangle:
    for (int i = 0; i < n; i++) add_run(OGR_G_GetGeometryRef(g, i), 2, i > 0, c);
    break;
  default:
    for (int i = 0; i < n; i++) visit(OGR_G_GetGeometryRef(g, i), depth + 1, c);
  }
}

bool vd_geom_of_ogr(vd_arena *arena, OGRGeometryH geometry, vd_geom *out[3], const char **reason) {
  converting counted = {0}, filled = {0};
  OGRGeometryH straight =
      OGR_G_HasCurveGeometry(geometry, TRUE) ? OGR_G_GetLinearGeometry(geometry, 0, NULL) : NULL;
  OGRGeometryH g = straight ? straight : geometry;
  visit(g, 0, &counted);
  for (int k = 0; k < 3; k++) {
    const filling *f = &counted.kinds[k];
    out[k] = NULL;
    if (counted.reason || !f->n_points) continue;
    out[k] = filled.kinds[k].to = vd_geom_new(arena, type_of_kind(k), f->n_parts, f->n_points);
    if (!out[k]) counted.reason = _("more vertices than memory holds");
  }
  if (!counted.reason) {
    /* Kinds that were empty are not filled: their parts were too short then and are now. */
    visit(g, 0, &filled);
  }
  if (straight) OGR_G_DestroyGeometry(straight);
  *reason = counted.reason;
  return !counted.reason;
}

/* ---- layers ---- */

static vd_value_type type_of_field(OGRFieldDefnH field) {
  switch (OGR_Fld_GetType(field)) {
  case OFTInteger:
  case OFTInteger64:
    return VD_VALUE_INT;
  case OFTReal:
    return VD_VALUE_REAL;
  case OFTDate:
  case OFTDateTime:
    return VD_VALUE_TIME;
  default:
    return VD_VALUE_TEXT;
  }
}

static unsigned geometries_of(OGRwkbGeometryType type) {
  const unsigned point = 1u << VD_GEOM_POINT, line = 1u << VD_GEOM_LINE, polygon = 1u << VD_GEOM_POLYGON;
  switch (wkbFlatten(OGR_GT_GetLinear(type))) {
  case wkbPoint:
  case wkbMultiPoint:
    return point;
  case wkbLineString:
  case wkbMultiLineString:
    return line;
  case wkbPolygon:
  case wkbMultiPolygon:
    return polygon;
  default:
    return 0;
  }
}

static vd_status describe_crs(vd_vector *v, int i, OGRSpatialReferenceH srs) {
  vd_vector_layer *layer = &v->layers[i];
  vd_crs crs = {0};
  if (v->options.crs_wkt)
    VD_TRY(vd_crs_from_wkt(v->arena, v->options.crs_wkt, &crs));
  else if (!srs)
    return VD_OK;
  else
    VD_TRY(vd_crs_of_srs(v->arena, srs, &crs));
  layer->crs_name = crs.name;
  layer->epsg = crs.epsg;
  if (crs.epsg == 4326) return VD_OK;
  return vd_transform_new(crs.wkt, NULL, &v->to_lonlat[i]);
}

static vd_status describe_layer(vd_vector *v, int i) {
  OGRLayerH ogr = GDALDatasetGetLayer(v->dataset, i);
  OGRFeatureDefnH defn = ogr ? OGR_L_GetLayerDefn(ogr) : NULL;
  if (!defn) return vd_fail(VD_ERR_INPUT, _("layer %d cannot be read (%s)."), i, vd_gdal_message());
  vd_vector_layer *layer = &v->layers[i];
  v->ogr_layers[i] = ogr;
  layer->name = vd_utf8_clean(v->arena, OGR_L_GetName(ogr), 200);
  layer->geometries = geometries_of(OGR_L_GetGeomType(ogr));
  layer->n_fields = OGR_FD_GetFieldCount(defn);
  if (layer->n_fields > FIELDS_MAX)
    return vd_fail(VD_ERR_LIMIT, _("layer %s has more than %d fields."), layer->name, FIELDS_MAX);
  vd_vector_field *fields = VD_NEW_ARRAY(v->arena, vd_vector_field, layer->n_fields);
  for (int f = 0; f < layer->n_fields; f++) {
    OGRFieldDefnH field = OGR_FD_GetFieldDefn(defn, f);
    fields[f].name = vd_utf8_clean(v->arena, OGR_Fld_GetNameRef(field), 200);
    fields[f].type = type_of_field(field);
  }
  layer->fields = fields;
  layer->n_features = v->format == VD_FORMAT_OSM ? -1 : OGR_L_GetFeatureCount(ogr, FALSE);
  return describe_crs(v, i, OGR_L_GetSpatialRef(ogr));
}

static vd_status open_dataset(vd_vector *v, const char *path) {
  static const char *const drivers[] = {"", "GPKG", "ESRI Shapefile", "GeoJSON", "LIBKML", "GPX", "", "OSM"};
  if (v->format != VD_FORMAT_OSM) return vd_gdal_open(path, drivers[v->format], false, &v->dataset);
  char *conf = vd_gdal_memory_name(v->arena, ".ini");
  uint8_t *text = (uint8_t *)(uintptr_t)vd_osm_conf; /* read only */
  VD_TRY(vd_vector_add_memory(v, conf, text, strlen(vd_osm_conf), false));
  const char *const allowed[] = {"OSM", NULL}, *const none[] = {NULL};
  const char *const options[] = {vd_str_printf(v->arena, "CONFIG_FILE=%s", conf), "INTERLEAVED_READING=YES",
                                 NULL};
  vd_gdal_clear();
  v->dataset =
      GDALOpenEx(path, GDAL_OF_READONLY | GDAL_OF_VECTOR | GDAL_OF_VERBOSE_ERROR, allowed, options, none);
  if (!v->dataset)
    return vd_fail(VD_ERR_INPUT, _("it cannot be read as OpenStreetMap data (%s)."), vd_gdal_message());
  return VD_OK;
}

/* Field by field, where multipolygons keep what a line has; the way's id stands in a field of its own. */
static void match_osm_fields(vd_vector *v) {
  int lines = -1, areas = -1;
  for (int i = 0; i < v->n_layers; i++) {
    if (vd_str_equal(v->layers[i].name, "lines")) lines = i;
    if (vd_str_equal(v->layers[i].name, "multipolygons")) areas = i;
  }
  if (lines < 0 || areas < 0) return;
  v->osm_lines = lines;
  v->line_field_of = VD_NEW_ARRAY(v->arena, int, v->layers[lines].n_fields);
  for (int f = 0; f < v->layers[lines].n_fields; f++) {
    const char *name = v->layers[lines].fields[f].name;
    if (vd_str_equal(name, "osm_id")) name = "osm_way_id";
    v->line_field_of[f] = vd_vector_field_find(&v->layers[areas], name);
  }
}

/* A view is a program in the file, which may never end: even counting its rows would run it. */
static vd_status check_views(const vd_vector *v) {
  if (v->format != VD_FORMAT_GPKG) return VD_OK;
  const char *sql = "SELECT name FROM sqlite_master WHERE type = 'view' AND lower(name) IN "
                    "(SELECT lower(table_name) FROM gpkg_contents)";
  OGRLayerH found = GDALDatasetExecuteSQL(v->dataset, sql, NULL, NULL);
  OGRFeatureH row = found ? OGR_L_GetNextFeature(found) : NULL;
  const char *name = row ? vd_utf8_clean(v->arena, OGR_F_GetFieldAsString(row, 0), 200) : NULL;
  if (row) OGR_F_Destroy(row);
  if (found) GDALDatasetReleaseResultSet(v->dataset, found);
  if (!name) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("its layer %s is a view, which is not run. Save it as a layer of its own."),
                 name);
}

vd_status vd_vector_open_ogr(vd_vector *v, const char *path) {
  if (v->format == VD_FORMAT_KML) VD_TRY(vd_kml_check_fields(path, FIELDS_MAX));
  VD_TRY(open_dataset(v, path));
  VD_TRY(check_views(v));
  int n = GDALDatasetGetLayerCount(v->dataset);
  if (n < 1) return vd_fail(VD_ERR_INPUT, _("it holds no layers."));
  if (n > LAYERS_MAX) return vd_fail(VD_ERR_LIMIT, _("it holds more than %d layers."), LAYERS_MAX);
  v->n_layers = n;
  v->layers = VD_NEW_ARRAY(v->arena, vd_vector_layer, n);
  v->ogr_layers = VD_NEW_ARRAY(v->arena, OGRLayerH, n);
  v->to_lonlat = VD_NEW_ARRAY(v->arena, vd_transform *, n);
  for (int i = 0; i < n; i++) VD_TRY(describe_layer(v, i));
  if (v->format == VD_FORMAT_OSM) match_osm_fields(v);
  return VD_OK;
}

/* ---- features ---- */

/* OGR's zone: 0 unknown, 1 local, 100 UTC, a quarter of an hour a step. */
static void time_value(vd_arena *arena, OGRFeatureH feature, int field, bool date_only, vd_value *out) {
  int year, month, day, hour, minute, zone;
  float seconds;
  out->type = VD_VALUE_NONE;
  if (!OGR_F_GetFieldAsDateTimeEx(feature, field, &year, &month, &day, &hour, &minute, &seconds, &zone))
    return;
  vd_civil civil = {year, month, day, hour, minute, (int)seconds, 0};
  int32_t offset_s = zone > 1 ? (zone - 100) * 15 * VD_MINUTE_S : 0;
  if (!vd_civil_to_s(&civil, offset_s, &out->whole)) return;
  out->type = VD_VALUE_TIME;
  if (date_only)
    out->text = vd_str_printf(arena, "%04d-%02d-%02d", year, month, day);
  else if (zone > 1)
    out->text = vd_time_iso(arena, out->whole);
  else
    out->text =
        vd_str_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, (int)seconds);
}

static void value_of(vd_arena *arena, OGRFeatureH feature, int field, vd_value_type type, vd_value *out) {
  *out = (vd_value){0};
  if (!OGR_F_IsFieldSetAndNotNull(feature, field)) return;
  out->type = type;
  if (type == VD_VALUE_TIME) {
    OGRFieldDefnH defn = OGR_F_GetFieldDefnRef(feature, field);
    time_value(arena, feature, field, OGR_Fld_GetType(defn) == OFTDate, out);
    return;
  }
  out->text = vd_utf8_clean(arena, OGR_F_GetFieldAsString(feature, field), TEXT_MAX);
  if (type == VD_VALUE_INT) out->whole = OGR_F_GetFieldAsInteger64(feature, field);
  if (type == VD_VALUE_INT || type == VD_VALUE_REAL) out->real = OGR_F_GetFieldAsDouble(feature, field);
}

static vd_value *values_of(vd_arena *arena, const vd_vector_layer *layer, OGRFeatureH feature) {
  vd_value *values = VD_NEW_ARRAY(arena, vd_value, layer->n_fields);
  for (int f = 0; f < layer->n_fields; f++) value_of(arena, feature, f, layer->fields[f].type, &values[f]);
  return values;
}

/* All shapes of one feature; a collection comes as one of each kind. */
static vd_status emit_feature(vd_reading *r, int layer, OGRFeatureH feature, int64_t fid) {
  vd_vector *v = r->v;
  vd_geom *geoms[3] = {NULL};
  const char *reason = NULL;
  OGRGeometryH g = OGR_F_GetGeometryRef(feature);
  if (g && !vd_geom_of_ogr(r->arena, g, geoms, &reason)) {
    vd_reading_drop(r, fid, reason, NULL);
    return VD_OK;
  }
  vd_value *values = values_of(r->arena, &v->layers[layer], feature);
  if (!geoms[0] && !geoms[1] && !geoms[2] && g && !OGR_G_IsEmpty(g) && !v->options.keep_no_position) {
    vd_reading_drop(r, fid, _("a line or outline of too few points"), NULL);
    return VD_OK;
  }
  if (!geoms[0] && !geoms[1] && !geoms[2])
    return vd_reading_emit(r, &v->layers[layer], v->to_lonlat[layer], fid, NULL, values);
  for (int k = 0; k < 3; k++)
    if (geoms[k]) VD_TRY(vd_reading_emit(r, &v->layers[layer], v->to_lonlat[layer], fid, geoms[k], values));
  return VD_OK;
}

static vd_status check_end(const vd_vector *v) {
  if (CPLGetLastErrorType() < CE_Failure) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("%s: it is damaged and breaks off (%s)."), v->name, vd_gdal_message());
}

vd_status vd_ogr_each(vd_reading *r, int layer) {
  OGRLayerH ogr = r->v->ogr_layers[layer];
  int64_t total = r->v->layers[layer].n_features, at = 0;
  OGR_L_ResetReading(ogr);
  vd_gdal_clear();
  for (;;) {
    OGRFeatureH feature = OGR_L_GetNextFeature(ogr);
    if (!feature) break;
    vd_reading_renew(r);
    vd_status done = vd_reading_next(r, at++, total > 0 ? total : 0);
    if (done == VD_OK) done = emit_feature(r, layer, feature, OGR_F_GetFID(feature));
    OGR_F_Destroy(feature);
    if (done != VD_OK) return done;
  }
  return check_end(r->v);
}

/* ---- OpenStreetMap ---- */

static const vd_value *field_value(const vd_vector_layer *layer, const vd_value *values, const char *name) {
  int field = vd_vector_field_find(layer, name);
  return field >= 0 && values[field].type != VD_VALUE_NONE ? &values[field] : NULL;
}

static int64_t osm_id(const vd_vector_layer *layer, const vd_value *values) {
  int64_t id = 0;
  const vd_value *way = field_value(layer, values, "osm_way_id"), *own = field_value(layer, values, "osm_id");
  if (way) vd_parse_i64(way->text, &id);
  if (!id && own) vd_parse_i64(own->text, &id);
  return id;
}

/* A closed way with a highway tag and a tag that makes areas (a square, a pier, a platform) is still a road people drive around: it
 * goes back to the lines with its own id. */
static vd_status emit_osm(vd_reading *r, int layer, int wanted, OGRFeatureH feature) {
  vd_vector *v = r->v;
  const vd_vector_layer *from = &v->layers[layer];
  vd_geom *geoms[3] = {NULL};
  const char *reason = NULL;
  OGRGeometryH g = OGR_F_GetGeometryRef(feature);
  vd_value *values = values_of(r->arena, from, feature);
  int64_t fid = osm_id(from, values);
  int lines = v->osm_lines;
  if (g && !vd_geom_of_ogr(r->arena, g, geoms, &reason)) {
    vd_reading_drop(r, fid, reason, NULL);
    return VD_OK;
  }
  if (vd_str_equal(from->name, "multipolygons") && v->line_field_of && geoms[2] &&
      field_value(from, values, "osm_way_id") && field_value(from, values, "highway")) {
    vd_value *moved = VD_NEW_ARRAY(r->arena, vd_value, v->layers[lines].n_fields);
    for (int f = 0; f < v->layers[lines].n_fields; f++)
      if (v->line_field_of[f] >= 0) moved[f] = values[v->line_field_of[f]];
    if (wanted >= 0 && wanted != lines) return VD_OK;
    geoms[2]->type = VD_GEOM_LINE;
    return vd_reading_emit(r, &v->layers[lines], NULL, fid, geoms[2], moved);
  }
  if (wanted >= 0 && wanted != layer) return VD_OK;
  for (int k = 0; k < 3; k++)
    if (geoms[k]) VD_TRY(vd_reading_emit(r, from, NULL, fid, geoms[k], values));
  if (!geoms[0] && !geoms[1] && !geoms[2]) return vd_reading_emit(r, from, NULL, fid, NULL, values);
  return VD_OK;
}

vd_status vd_osm_each(vd_reading *r, int layer) {
  GDALDatasetH dataset = r->v->dataset;
  GDALDatasetResetReading(dataset);
  vd_gdal_clear();
  for (;;) {
    OGRLayerH from = NULL;
    double part = 0;
    OGRFeatureH feature = GDALDatasetGetNextFeature(dataset, &from, &part, NULL, NULL);
    if (!feature) break;
    int at = 0;
    while (at < r->v->n_layers && r->v->ogr_layers[at] != from) at++;
    vd_reading_renew(r);
    vd_status done = vd_reading_next(r, (int64_t)(part * 1000), 1000);
    if (done == VD_OK && at < r->v->n_layers) done = emit_osm(r, at, layer, feature);
    OGR_F_Destroy(feature);
    if (done != VD_OK) return done;
  }
  return check_end(r->v);
}
