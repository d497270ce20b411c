/* vector_write: layers as GeoPackage, GeoJSON and CSV files that appear only when they are whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/replace.h"
#include "geo/vector_gpkg.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/vector.h"

enum { DECIMALS = 7, STEP = 1024 };

/* ---- numbers and coordinates ---- */

/* The shortest text that reads back as the same number; null for what JSON cannot say. */
static void add_real(vd_buf *buf, double value, const char *unknown) {
  char text[32];
  if (!isfinite(value)) {
    vd_buf_add(buf, unknown);
    return;
  }
  for (int digits = 15; digits <= 17; digits++) {
    double again;
    snprintf(text, sizeof text, "%.*g", digits, value);
    if (vd_parse_f64(text, &again) && again == value) break;
  }
  vd_buf_add(buf, text);
}

static void add_pair(vd_buf *buf, const double *xy, const char *between) {
  vd_buf_add_number(buf, xy[0], DECIMALS);
  vd_buf_add(buf, between);
  vd_buf_add_number(buf, xy[1], DECIMALS);
}

static double signed_area(const double *xy, int32_t n) {
  double twice = 0;
  for (int32_t i = 0; i + 1 < n; i++) {
    const double *a = xy + 2 * (size_t)i, *b = a + 2;
    twice += (a[0] - xy[0]) * (b[1] - xy[1]) - (b[0] - xy[0]) * (a[1] - xy[1]);
  }
  return twice / 2;
}

/* How two notations write the same nesting. */
typedef struct notation {
  const char *open, *close, *pair_open, *pair_close, *between, *next;
} notation;
static const notation json = {"[", "]", "[", "]", ",", ","}, wkt = {"(", ")", "", "", " ", ", "};

static void add_run(vd_buf *buf, const notation *is, const double *xy, int32_t n, bool backwards) {
  vd_buf_add(buf, is->open);
  for (int32_t i = 0; i < n; i++) {
    if (i) vd_buf_add(buf, is->next);
    vd_buf_add(buf, is->pair_open);
    add_pair(buf, xy + 2 * (size_t)(backwards ? n - 1 - i : i), is->between);
    vd_buf_add(buf, is->pair_close);
  }
  vd_buf_add(buf, is->close);
}

/* Outer rings counterclockwise, holes clockwise (RFC 7946, 3.1.6). */
static void add_part(vd_buf *buf, const notation *is, const vd_geom *geom, int32_t part) {
  const double *xy = geom->xy + 2 * (size_t)geom->part_start[part];
  int32_t n = geom->part_start[part + 1] - geom->part_start[part];
  bool hole = geom->hole && geom->hole[part];
  bool backwards = geom->type == VD_GEOM_POLYGON && (signed_area(xy, n) < 0) != hole;
  add_run(buf, is, xy, n, backwards);
}

static int32_t outer_rings(const vd_geom *geom) {
  int32_t n = 0;
  for (int32_t part = 0; part < geom->n_parts; part++) n += !(geom->hole && geom->hole[part]);
  return n;
}

static void add_polygons(vd_buf *buf, const notation *is, const vd_geom *geom, bool several) {
  if (several) vd_buf_add(buf, is->open);
  for (int32_t part = 0; part < geom->n_parts; part++) {
    bool hole = geom->hole && geom->hole[part];
    if (part) vd_buf_add(buf, hole ? is->next : "");
    if (!hole && part) vd_buf_printf(buf, "%s%s", is->close, is->next);
    if (!hole) vd_buf_add(buf, is->open);
    add_part(buf, is, geom, part);
  }
  vd_buf_add(buf, is->close);
  if (several) vd_buf_add(buf, is->close);
}

static void add_coordinates(vd_buf *buf, const notation *is, const vd_geom *geom, bool several) {
  if (geom->type == VD_GEOM_POLYGON) {
    add_polygons(buf, is, geom, several);
    return;
  }
  if (geom->type == VD_GEOM_POINT) {
    if (several) {
      add_run(buf, is, geom->xy, geom->n_points, false);
    } else {
      vd_buf_add(buf, is->open);
      add_pair(buf, geom->xy, is->between);
      vd_buf_add(buf, is->close);
    }
    return;
  }
  if (several) vd_buf_add(buf, is->open);
  for (int32_t part = 0; part < geom->n_parts; part++) {
    if (part) vd_buf_add(buf, is->next);
    add_part(buf, is, geom, part);
  }
  if (several) vd_buf_add(buf, is->close);
}

static bool is_several(const vd_geom *geom) {
  if (geom->type == VD_GEOM_POINT) return geom->n_points > 1;
  return geom->type == VD_GEOM_LINE ? geom->n_parts > 1 : outer_rings(geom) > 1;
}

/* ---- GeoJSON ---- */

static void add_json_geometry(vd_buf *buf, const vd_geom *geom) {
  static const char *const names[] = {"", "Point", "LineString", "Polygon"};
  if (vd_geom_empty(geom)) {
    vd_buf_add(buf, "null");
    return;
  }
  bool several = is_several(geom);
  vd_buf_printf(buf, "{\"type\":\"%s%s\",\"coordinates\":", several ? "Multi" : "", names[geom->type]);
  add_coordinates(buf, &json, geom, several);
  vd_buf_add(buf, "}");
}

static void add_json_value(vd_buf *buf, const vd_value *value) {
  if (value->type == VD_VALUE_INT)
    vd_buf_printf(buf, "%lld", (long long)value->whole);
  else if (value->type == VD_VALUE_REAL)
    add_real(buf, value->real, "null");
  else
    vd_buf_add_json(buf, value->type == VD_VALUE_NONE ? NULL : value->text);
}

static void add_json_feature(vd_buf *buf, const vd_write_layer *layer, const vd_write_feature *feature,
                             bool name_layer) {
  vd_buf_add(buf, "{\"type\":\"Feature\",\"properties\":{");
  if (name_layer) {
    vd_buf_add(buf, "\"layer\":");
    vd_buf_add_json(buf, layer->name);
  }
  for (int f = 0; f < layer->n_fields; f++) {
    if (f || name_layer) vd_buf_add(buf, ",");
    vd_buf_add_json(buf, layer->fields[f].name);
    vd_buf_add(buf, ":");
    add_json_value(buf, &feature->values[f]);
  }
  vd_buf_add(buf, "},\"geometry\":");
  add_json_geometry(buf, feature->geom);
  vd_buf_add(buf, "}");
}

/* ---- CSV ---- */

/* Quoted where needed. A text that a spreadsheet would take for a formula is led by an apostrophe; numbers are not. */
static void add_cell(vd_buf *buf, const char *text, bool guard) {
  double number;
  bool formula = guard && *text && strchr("=+-@\t\r", *text) && !vd_parse_f64(text, &number);
  bool quoted = formula || strpbrk(text, "\",;\r\n\t'") || *text == ' ';
  if (quoted) vd_buf_add(buf, "\"");
  if (formula) vd_buf_add(buf, "'");
  for (; *text; text++) vd_buf_add_n(buf, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  if (quoted) vd_buf_add(buf, "\"");
}

static void add_csv_value(vd_buf *buf, const vd_value *value) {
  if (value->type == VD_VALUE_INT)
    vd_buf_printf(buf, "%lld", (long long)value->whole);
  else if (value->type == VD_VALUE_REAL)
    add_real(buf, value->real, "");
  else if (value->type != VD_VALUE_NONE && value->text)
    add_cell(buf, value->text, value->type == VD_VALUE_TEXT);
}

static void add_csv_position(vd_buf *buf, const vd_write_layer *layer, const vd_geom *geom) {
  static const char *const names[] = {"", "POINT", "LINESTRING", "POLYGON"};
  bool points = layer->geometry == VD_GEOM_POINT;
  if (vd_geom_empty(geom)) {
    vd_buf_add(buf, points ? "," : "");
  } else if (points) {
    add_pair(buf, geom->xy, ",");
  } else {
    bool several = is_several(geom);
    vd_buf_printf(buf, "\"%s%s ", several ? "MULTI" : "", names[geom->type]);
    add_coordinates(buf, &wkt, geom, several);
    vd_buf_add(buf, "\"");
  }
}

static void add_csv_head(vd_buf *buf, const vd_write_layer *layer) {
  if (layer->geometry) vd_buf_add(buf, layer->geometry == VD_GEOM_POINT ? "lon,lat" : "wkt");
  for (int f = 0; f < layer->n_fields; f++) {
    if (f || layer->geometry) vd_buf_add(buf, ",");
    add_cell(buf, layer->fields[f].name, true);
  }
  vd_buf_add(buf, "\r\n");
}

static void add_csv_row(vd_buf *buf, const vd_write_layer *layer, const vd_write_feature *feature) {
  if (layer->geometry) add_csv_position(buf, layer, feature->geom);
  for (int f = 0; f < layer->n_fields; f++) {
    if (f || layer->geometry) vd_buf_add(buf, ",");
    add_csv_value(buf, &feature->values[f]);
  }
  vd_buf_add(buf, "\r\n");
}

/* ---- files of text ---- */

static void file_cleanup(FILE **file) {
  if (*file) fclose(*file);
}

static vd_status put(FILE *file, vd_buf *buf) {
  if (fwrite(buf->text, 1, buf->n, file) != buf->n) return vd_fail(VD_ERR_IO, _("it cannot be written: %m."));
  buf->n = 0;
  return VD_OK;
}

static vd_status write_layer_text(FILE *file, vd_buf *buf, const vd_write_layer *layer, bool csv,
                                  bool name_layer, bool *first, const vd_progress *progress) {
  for (size_t i = 0; i < layer->n_features; i++) {
    if (i % STEP == 0)
      VD_TRY(vd_progress_step(progress, layer->name, (int64_t)i, (int64_t)layer->n_features));
    if (csv) {
      add_csv_row(buf, layer, &layer->features[i]);
    } else {
      vd_buf_add(buf, *first ? "\n" : ",\n");
      add_json_feature(buf, layer, &layer->features[i], name_layer);
    }
    *first = false;
    VD_TRY(put(file, buf));
  }
  return VD_OK;
}

static vd_status write_text(const char *path, const vd_write_layer *layers, size_t n, bool csv,
                            const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(file_cleanup) FILE *file = fopen(path, "wbe");
  vd_buf buf = {.arena = arena};
  bool first = true;
  if (!file) return vd_fail(VD_ERR_IO, _("it cannot be written: %m."));
  if (csv)
    add_csv_head(&buf, layers);
  else
    vd_buf_add(&buf, "{\"type\":\"FeatureCollection\",\"features\":[");
  VD_TRY(put(file, &buf));
  for (size_t i = 0; i < n; i++)
    VD_TRY(write_layer_text(file, &buf, &layers[i], csv, n > 1, &first, progress));
  if (!csv) vd_buf_add(&buf, "\n]}\n");
  if (!csv) VD_TRY(put(file, &buf));
  FILE *closing = file;
  file = NULL;
  if (fclose(closing) != 0) return vd_fail(VD_ERR_IO, _("it cannot be written: %m."));
  return VD_OK;
}

vd_status vd_vector_write(const char *path, const vd_write_layer *layers, size_t n_layers,
                          const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  bool gpkg = vd_str_ends_nocase(path, ".gpkg"), csv = vd_str_ends_nocase(path, ".csv");
  bool geojson = vd_str_ends_nocase(path, ".geojson") || vd_str_ends_nocase(path, ".json");
  char *beside;
  if (!gpkg && !csv && !geojson)
    return vd_fail(VD_ERR_USAGE, _("%s: the name must end in .gpkg, .geojson or .csv."), path);
  if (!n_layers) return vd_fail(VD_ERR_USAGE, _("%s: there is nothing to write."), path);
  if (csv && n_layers > 1)
    return vd_fail(VD_ERR_USAGE, _("%s: a CSV file holds one layer. Choose one, or write .gpkg."), path);
  VD_TRY(vd_replace_start(arena, path, gpkg ? ".gpkg" : csv ? ".csv" : ".geojson", &beside));
  vd_status done = gpkg ? vd_gpkg_write(beside, layers, n_layers, progress)
                        : write_text(beside, layers, n_layers, csv, progress);
  if (done == VD_OK) return vd_replace_finish(beside, path);
  vd_replace_abandon(beside);
  return done == VD_ERR_CANCELLED ? done : vd_fail_prefix(done, "%s", path);
}
