/* vector: opening files of all formats and reading their features.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/vector.h"

#include <cpl_vsi.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/unzip.h"
#include "geo/vector_file.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/shape.h"

static const int64_t FEATURES_MAX = 20000000, BYTES_MAX = 4LL << 30, BYTES_IN_MEMORY_MAX = 512 << 20;

/* ---- opening ---- */

static vd_vector *vector_new(const char *name, const vd_vector_options *options) {
  vd_arena *arena = vd_arena_new();
  vd_vector *v = VD_NEW(arena, vd_vector);
  v->arena = arena;
  v->columns = (vd_csv_columns){-1, -1, -1, -1, false};
  if (options) {
    v->options = *options;
    v->options.crs_wkt = vd_str_dup(arena, options->crs_wkt);
    v->options.x = vd_str_dup(arena, options->x);
    v->options.y = vd_str_dup(arena, options->y);
    v->options.wkt = vd_str_dup(arena, options->wkt);
    v->options.mgrs = vd_str_dup(arena, options->mgrs);
  }
  if (v->options.max_features <= 0) v->options.max_features = FEATURES_MAX;
  if (v->options.max_bytes <= 0) v->options.max_bytes = BYTES_MAX;
  v->name = vd_utf8_clean(arena, vd_path_base(name), 200);
  return v;
}

void vd_vector_free(vd_vector *v) {
  if (!v) return;
  if (v->dataset) GDALClose(v->dataset);
  for (int i = 0; v->to_lonlat && i < v->n_layers; i++) vd_transform_free(v->to_lonlat[i]);
  for (size_t i = 0; i < v->n_memory; i++) {
    VSIUnlink(v->memory[i].name);
    free(v->memory[i].bytes);
  }
  vd_csv_close(&v->csv);
  if (v->file) fclose(v->file);
  vd_arena_free(v->arena);
}

void vd_vector_cleanup(vd_vector **v) {
  vd_vector_free(*v);
  *v = NULL;
}

vd_status vd_vector_add_memory(vd_vector *v, const char *name, uint8_t *bytes, size_t n, bool owned) {
  *VD_PUSH(v->arena, v->memory, v->n_memory, v->memory_capacity) =
      (vd_memory_file){vd_str_dup(v->arena, name), owned ? bytes : NULL};
  VSILFILE *file = VSIFileFromMemBuffer(name, bytes, n, FALSE);
  if (!file) return vd_fail(VD_ERR_MEMORY, _("there is not enough memory to unpack it."));
  VSIFCloseL(file);
  return VD_OK;
}

/* GDAL's readers look at the extension too, so what goes through memory gets the one of its format. */
static const char *extension_of(vd_vector_format format, const char *name) {
  static const char *const usual[] = {"", ".gpkg", ".shp", ".geojson", ".kml", ".gpx", ".csv", ".osm"};
  return format == VD_FORMAT_OSM && vd_str_ends_nocase(name, ".pbf") ? ".osm.pbf" : usual[format];
}

/* GDAL names layers after the file, so the stem is kept. */
static char *memory_name(vd_vector *v, const char *name, const char *extension) {
  const char *base = vd_path_base(name);
  char *stem = vd_str_dup_n(v->arena, base, strcspn(base, "."));
  return vd_gdal_memory_name(v->arena, vd_str_printf(v->arena, "/%.100s%s", *stem ? stem : "map", extension));
}

static vd_status open_memory(vd_vector *v, uint8_t *bytes, size_t n, const char *name, bool owned) {
  if (v->format == VD_FORMAT_CSV) {
    if (owned)
      *VD_PUSH(v->arena, v->memory, v->n_memory, v->memory_capacity) =
          (vd_memory_file){vd_str_dup(v->arena, ""), bytes};
    return vd_vector_open_csv(v, bytes, n, NULL);
  }
  const char *extension = extension_of(v->format, name);
  if (v->format == VD_FORMAT_OSM && n && bytes[0] != '<' && bytes[0] == 0) extension = ".osm.pbf";
  char *memory = memory_name(v, name, extension);
  VD_TRY(vd_vector_add_memory(v, memory, bytes, n, owned));
  return vd_vector_open_ogr(v, memory);
}

static vd_status check_format(vd_vector *v, const uint8_t *head, size_t n, const char *name) {
  VD_TRY(vd_sniff_bytes(head, n < VD_SNIFF_BYTES ? n : VD_SNIFF_BYTES, name, &v->format));
  if (v->format == VD_FORMAT_NONE) return vd_fail(VD_ERR_INPUT, _("it is a zip file within a zip file."));
  return VD_OK;
}

/* ---- zip ---- */

static bool is_map_file(const char *name) {
  static const char *const extensions[] = {".shp", ".geojson", ".json", ".kml", ".gpx",
                                           ".csv", ".gpkg",    ".osm",  ".pbf", ".tsv"};
  if (vd_str_starts(name, "__MACOSX/") || vd_path_base(name)[0] == '.') return false;
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
    if (vd_str_ends_nocase(name, extensions[i])) return true;
  return false;
}

static bool has_placemarks(const vd_zip *zip, const vd_zip_entry *entry) {
  VD_CLEANUP(vd_bytes_cleanup) uint8_t *bytes = NULL;
  return vd_zip_unpack(zip, entry, &bytes) == VD_OK && memmem(bytes, (size_t)entry->size, "Placemark", 9);
}

/* A KMZ's main document may only point at others; the one that holds places is meant. */
static vd_status choose_kml(const vd_zip *zip, const vd_zip_entry **out) {
  int found = 0;
  *out = vd_zip_find(zip, "doc.kml");
  if (!*out) *out = vd_zip_find(zip, ".kml");
  if (!*out) return vd_fail(VD_ERR_INPUT, _("the KMZ file holds no .kml file."));
  for (size_t i = 0; i < zip->n_entries; i++)
    if (vd_str_ends_nocase(zip->entries[i].name, ".kml") && has_placemarks(zip, &zip->entries[i]) && !found++)
      *out = &zip->entries[i];
  if (found <= 1) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("the KMZ file holds %d maps. Unpack it and import them one by one."), found);
}

/* The one map file of a zip. */
static vd_status choose_entry(const vd_zip *zip, const char *path, const vd_zip_entry **out) {
  int found = 0;
  if (vd_str_ends_nocase(path, ".kmz")) return choose_kml(zip, out);
  *out = NULL;
  for (size_t i = 0; i < zip->n_entries; i++)
    if (is_map_file(zip->entries[i].name)) {
      if (!found++) *out = &zip->entries[i];
    }
  if (found == 1) return VD_OK;
  if (!found) return vd_fail(VD_ERR_INPUT, _("the zip file holds no map file that is read here."));
  return vd_fail(VD_ERR_INPUT, _("the zip file holds %d map files. Unpack it and import them one by one."),
                 found);
}

/* A shapefile's parts get one name in one folder of memory. */
static vd_status open_zipped_shapefile(vd_vector *v, const vd_zip *zip, const vd_zip_entry *shp) {
  static const char *const parts[] = {".shp", ".shx", ".dbf", ".prj", ".cpg"};
  char *stem = memory_name(v, shp->name, "");
  size_t n_stem = strlen(shp->name) - 4;
  for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
    for (size_t i = 0; i < zip->n_entries; i++) {
      const vd_zip_entry *entry = &zip->entries[i];
      uint8_t *bytes;
      if (strlen(entry->name) != n_stem + 4 || strncmp(entry->name, shp->name, n_stem) != 0 ||
          !vd_str_equal_nocase(entry->name + n_stem, parts[p]))
        continue;
      VD_TRY(vd_zip_unpack(zip, entry, &bytes));
      VD_TRY(vd_vector_add_memory(v, vd_str_printf(v->arena, "%s%s", stem, parts[p]), bytes,
                                  (size_t)entry->size, true));
      break;
    }
  return vd_vector_open_ogr(v, vd_str_printf(v->arena, "%s.shp", stem));
}

static vd_status open_zip(vd_vector *v, const void *packed, size_t n, const char *path) {
  vd_zip zip;
  const vd_zip_entry *entry;
  uint8_t *bytes;
  VD_TRY(vd_zip_open(v->arena, packed, n, &vd_zip_usual_caps, &zip));
  VD_TRY(choose_entry(&zip, path, &entry));
  VD_TRY(vd_zip_unpack(&zip, entry, &bytes));
  vd_status done = check_format(v, bytes, (size_t)entry->size, entry->name);
  if (done != VD_OK || v->format == VD_FORMAT_SHAPEFILE) {
    free(bytes);
    return done != VD_OK ? vd_fail_prefix(done, "%s", entry->name) : open_zipped_shapefile(v, &zip, entry);
  }
  return open_memory(v, bytes, (size_t)entry->size, entry->name, true);
}

/* ---- files ---- */

static bool has_usual_name(vd_vector_format format, const char *path) {
  if (format == VD_FORMAT_SHAPEFILE || format == VD_FORMAT_GPKG || format == VD_FORMAT_CSV) return true;
  if (format == VD_FORMAT_OSM) return vd_str_ends_nocase(path, ".pbf") || vd_str_ends_nocase(path, ".osm");
  if (format == VD_FORMAT_GEOJSON && vd_str_ends_nocase(path, ".json")) return true;
  return vd_str_ends_nocase(path, extension_of(format, path));
}

/* A shapefile is four files; without its index GDAL would have to write one. */
static vd_status check_siblings(const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  static const char *const indices[] = {".shx", ".SHX"};
  char *stem = vd_str_dup(arena, path);
  size_t n = strlen(stem);
  if (n < 4) return VD_OK;
  stem[n - 4] = '\0';
  for (int i = 0; i < 2; i++)
    if (access(vd_str_printf(arena, "%s%s", stem, indices[i]), R_OK) == 0) return VD_OK;
  return vd_fail(
      VD_ERR_INPUT,
      _("the .shx file that belongs to it is missing. Copy the .shp, .shx, .dbf and .prj together."));
}

static vd_status open_file(vd_vector *v, const char *path) {
  struct stat told;
  char *real;
  uint8_t *bytes = vd_arena_alloc(v->arena, VD_SNIFF_BYTES);
  VD_TRY(vd_gdal_real_path(v->arena, path, &real));
  v->file = fopen(real, "rbe");
  if (!v->file || fstat(fileno(v->file), &told) != 0)
    return vd_fail(VD_ERR_IO, _("it cannot be opened: %m."));
  if (told.st_size > v->options.max_bytes)
    return vd_fail(VD_ERR_LIMIT, _("it is larger than %lld MiB. Cut it to the area first."),
                   (long long)(v->options.max_bytes >> 20));
  size_t n = fread(bytes, 1, VD_SNIFF_BYTES, v->file);
  if (ferror(v->file)) return vd_fail(VD_ERR_IO, _("it cannot be read: %m."));
  if (vd_is_zip(bytes, n)) {
    VD_CLEANUP(vd_bytes_cleanup) uint8_t *packed = NULL;
    VD_TRY(vd_file_bytes(real, vd_zip_usual_caps.file_bytes, &packed, &n));
    return open_zip(v, packed, n, path);
  }
  VD_TRY(check_format(v, bytes, n, path));
  if (v->format == VD_FORMAT_CSV) return vd_vector_open_csv(v, NULL, 0, real);
  if (v->format == VD_FORMAT_SHAPEFILE) VD_TRY(check_siblings(real));
  if (has_usual_name(v->format, real)) return vd_vector_open_ogr(v, real);
  VD_TRY(vd_file_bytes(real, BYTES_IN_MEMORY_MAX, &bytes, &n));
  return open_memory(v, bytes, n, path, true);
}

static vd_status finish_open(vd_vector *v, vd_status done, vd_vector **out) {
  if (done != VD_OK) {
    done = vd_fail_prefix(done, "%s", v->name);
    vd_vector_free(v);
    v = NULL;
  }
  *out = v;
  return done;
}

vd_status vd_vector_open(const char *path, const vd_vector_options *options, vd_vector **out) {
  *out = NULL;
  if (!path || !*path) return vd_fail(VD_ERR_USAGE, _("No file was named."));
  vd_vector *v = vector_new(path, options);
  return finish_open(v, open_file(v, path), out);
}

vd_status vd_vector_open_bytes(const void *bytes, size_t n, const char *name,
                               const vd_vector_options *options, vd_vector **out) {
  vd_vector *v = vector_new(name, options);
  uint8_t *borrowed = (uint8_t *)(uintptr_t)bytes; /* GDAL's memory files are opened read-only */
  if (n && vd_is_zip(bytes, n)) return finish_open(v, open_zip(v, bytes, n, name), out);
  vd_status done = check_format(v, bytes, n, name);
  if (done == VD_OK) done = open_memory(v, borrowed, n, name, false);
  return finish_open(v, done, out);
}

vd_vector_format vd_vector_format_of(const vd_vector *v) {
  return v->format;
}

int vd_vector_layer_count(const vd_vector *v) {
  return v->n_layers;
}

const vd_vector_layer *vd_vector_layer_at(const vd_vector *v, int layer) {
  return layer >= 0 && layer < v->n_layers ? &v->layers[layer] : NULL;
}

int vd_vector_field_find(const vd_vector_layer *layer, const char *name) {
  for (int i = 0; i < layer->n_fields; i++)
    if (vd_str_equal_nocase(layer->fields[i].name, name)) return i;
  return -1;
}

const char *vd_feature_text(vd_arena *arena, const vd_vector_layer *layer, const vd_feature *feature,
                            const char *name) {
  int field = vd_vector_field_find(layer, name);
  if (field >= 0) {
    const vd_value *value = &feature->values[field];
    return value->type != VD_VALUE_NONE && value->text && *value->text ? value->text : NULL;
  }
  int others = vd_vector_field_find(layer, "other_tags");
  if (others < 0 || feature->values[others].type == VD_VALUE_NONE) return NULL;
  return vd_osm_tag(arena, feature->values[others].text, name);
}

/* ---- reading ---- */

enum { ARENA_ROOM = 1 << 20, STEP = 256 };

vd_status vd_reading_start(vd_reading *reading, vd_vector *v, vd_tally *tally, const vd_progress *progress,
                           vd_feature_fn fn, void *context) {
  *reading = (vd_reading){
      .v = v, .tally = tally, .progress = progress, .fn = fn, .context = context, .arena = vd_arena_new()};
  return VD_OK;
}

void vd_reading_cleanup(vd_reading *reading) {
  vd_arena_free(reading->arena);
}

void vd_reading_renew(vd_reading *reading) {
  if (vd_arena_used(reading->arena) < ARENA_ROOM) return;
  vd_arena_free(reading->arena);
  reading->arena = vd_arena_new();
}

vd_status vd_reading_next(vd_reading *reading, int64_t done, int64_t total) {
  if (reading->n_read % STEP == 0) VD_TRY(vd_progress_step(reading->progress, reading->v->name, done, total));
  if (reading->n_read++ >= reading->v->options.max_features)
    return vd_fail(VD_ERR_LIMIT, _("%s: it holds more than %lld features. Cut it to the area first."),
                   reading->v->name, (long long)reading->v->options.max_features);
  vd_tally_read(reading->tally);
  return VD_OK;
}

void vd_reading_drop(vd_reading *reading, int64_t fid, const char *reason, const char *example) {
  vd_tally_drop(reading->tally, fid, reason, example);
}

/* Longitudes from 180 to 360 are turned back as a whole, so that a shape is not torn. */
static bool on_earth(vd_geom *geom) {
  vd_box box = vd_geom_box(geom);
  for (size_t i = 0; i < 2 * (size_t)geom->n_points; i++)
    if (!isfinite(geom->xy[i])) return false;
  if (box.min_x > 180)
    for (size_t i = 0; i < (size_t)geom->n_points; i++) geom->xy[2 * i] -= 360;
  box = vd_geom_box(geom);
  return box.min_y >= -90 && box.max_y <= 90 && box.min_x >= -180.0000001 && box.max_x <= 360;
}

static const char *first_place(vd_arena *arena, const vd_geom *geom) {
  return vd_str_printf(arena, "%.6g, %.6g", geom->xy[0], geom->xy[1]);
}

vd_status vd_reading_emit(vd_reading *reading, const vd_vector_layer *layer, vd_transform *transform,
                          int64_t fid, vd_geom *geom, const vd_value *values) {
  vd_feature feature = {.fid = fid, .geom = geom, .values = values};
  if (vd_geom_empty(geom)) {
    if (reading->v->options.keep_no_position) {
      feature.geom = NULL;
      return reading->fn(reading->context, layer, &feature);
    }
    vd_reading_drop(reading, fid, _("no position"), NULL);
    return VD_OK;
  }
  const char *place = first_place(reading->arena, geom);
  if (transform) vd_transform_forward(transform, geom->xy, (size_t)geom->n_points);
  if (!on_earth(geom)) {
    vd_reading_drop(reading, fid, _("a coordinate that is not on the earth"), place);
    return VD_OK;
  }
  if (geom->type == VD_GEOM_POLYGON) {
    bool repaired = false;
    feature.geom = vd_shape_repair(reading->arena, geom, &repaired);
    if (!feature.geom) {
      vd_reading_drop(reading, fid, _("an outline without area or hopelessly tangled"), place);
      return VD_OK;
    }
    if (repaired) vd_tally_change(reading->tally, fid, _("an outline that crosses itself: repaired"), place);
  }
  return reading->fn(reading->context, layer, &feature);
}

vd_status vd_vector_each(vd_vector *v, int layer, vd_tally *tally, const vd_progress *progress,
                         vd_feature_fn fn, void *context) {
  VD_CLEANUP(vd_reading_cleanup) vd_reading reading;
  VD_TRY(vd_reading_start(&reading, v, tally, progress, fn, context));
  if (layer < 0 || layer >= v->n_layers)
    return vd_fail(VD_ERR_USAGE, _("%s has no layer %d."), v->name, layer);
  if (v->format == VD_FORMAT_CSV) return vd_csv_each(&reading);
  return v->format == VD_FORMAT_OSM ? vd_osm_each(&reading, layer) : vd_ogr_each(&reading, layer);
}

vd_status vd_vector_each_all(vd_vector *v, vd_tally *tally, const vd_progress *progress, vd_feature_fn fn,
                             void *context) {
  VD_CLEANUP(vd_reading_cleanup) vd_reading reading;
  VD_TRY(vd_reading_start(&reading, v, tally, progress, fn, context));
  if (v->format == VD_FORMAT_CSV) return vd_csv_each(&reading);
  if (v->format == VD_FORMAT_OSM) return vd_osm_each(&reading, -1);
  for (int layer = 0; layer < v->n_layers; layer++) VD_TRY(vd_ogr_each(&reading, layer));
  return VD_OK;
}
