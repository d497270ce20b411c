/* vector: features from files of many formats as coordinate arrays and typed values, and written to three formats.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Reads GeoPackage, shapefile, GeoJSON, KML, KMZ, GPX, CSV, OSM (.osm.pbf, .osm) and a .zip that holds one of them. A file is
 * known by its content, never opened by anything its name says, with an allow-list of drivers; zip files are unpacked
 * under caps (1000 entries, 256 MiB, 200:1). Coordinates come out as lon/lat WGS 84. */
#ifndef VEDETTE_GEO_VECTOR_H
#define VEDETTE_GEO_VECTOR_H

#include "vedette/base/geom.h"
#include "vedette/base/jobs.h"
#include "vedette/geo/tally.h"

typedef enum vd_value_type {
  VD_VALUE_NONE,
  VD_VALUE_TEXT,
  VD_VALUE_INT,
  VD_VALUE_REAL,
  VD_VALUE_TIME
} vd_value_type;

typedef struct vd_value {
  vd_value_type type;
  const char *text; /* always set unless NONE: as in the file, clean UTF-8; times as ISO 8601 */
  int64_t whole;    /* INT; TIME: seconds since 1970 UTC */
  double real;      /* INT and REAL */
} vd_value;

typedef struct vd_vector_field {
  const char *name;
  vd_value_type type;
} vd_vector_field;

typedef struct vd_vector_layer {
  const char *name;
  unsigned geometries;  /* bits 1 << vd_geom_type that the layer says it has; 0 unknown */
  const char *crs_name; /* "WGS 84"; NULL: the file names none, lon/lat assumed */
  int epsg;             /* 0 unknown */
  int64_t n_features;   /* -1 unknown without reading */
  int n_fields;
  const vd_vector_field *fields;
  const char *guess; /* for CSV: which columns give the position, "longitude, latitude"; NULL */
} vd_vector_layer;

typedef struct vd_feature {
  int64_t fid; /* the file's own id (OSM: the element's), or the row (CSV: the line the record begins in) */
  const vd_geom *geom;    /* lon/lat; NULL none. A collection arrives as several features of one fid */
  const vd_value *values; /* a value a field of the layer */
} vd_feature;

typedef enum vd_vector_format {
  VD_FORMAT_NONE,
  VD_FORMAT_GPKG,
  VD_FORMAT_SHAPEFILE,
  VD_FORMAT_GEOJSON,
  VD_FORMAT_KML,
  VD_FORMAT_GPX,
  VD_FORMAT_CSV,
  VD_FORMAT_OSM
} vd_vector_format;

typedef struct vd_vector vd_vector;

/* How to read; {0} for the usual. */
typedef struct vd_vector_options {
  const char *crs_wkt; /* when the file names no system, or to overrule what it says */
  const char *x, *y, *wkt,
      *mgrs;             /* CSV: columns that hold the position; NULL: guessed from their names and content */
  int64_t max_features;  /* 0: 20 million */
  int64_t max_bytes;     /* 0: 4 GiB */
  bool keep_no_position; /* also give features without geometry (tables) instead of dropping them */
} vd_vector_options;

/* What the content is, without opening it; VD_FORMAT_NONE when it is not one of the formats. Looks into .zip and .kmz. */
vd_vector_format vd_vector_sniff(const char *path);
const char *vd_vector_format_word(vd_vector_format format);

/* Opens for reading; the caller frees. `options` may be NULL. */
vd_status vd_vector_open(const char *path, const vd_vector_options *options, vd_vector **out);
/* The same from bytes in memory (borrowed until the close); `name` gives the extension and is used in messages. */
vd_status vd_vector_open_bytes(const void *bytes, size_t n, const char *name,
                               const vd_vector_options *options, vd_vector **out);
void vd_vector_free(vd_vector *vector);
void vd_vector_cleanup(vd_vector **vector);
vd_vector_format vd_vector_format_of(const vd_vector *vector);
int vd_vector_layer_count(const vd_vector *vector);
const vd_vector_layer *vd_vector_layer_at(const vd_vector *vector, int layer);
/* The index of a field (ASCII case ignored), -1 when absent. */
int vd_vector_field_find(const vd_vector_layer *layer, const char *name);

/* What the caller does with a feature; it is borrowed until the return. Anything but VD_OK ends the reading. The callback counts
 * what it takes or drops in the tally; what the reader itself drops (no position, a coordinate that is not on the earth, too many vertices)
 * is counted before and never reaches it. */
typedef vd_status (*vd_feature_fn)(void *context, const vd_vector_layer *layer, const vd_feature *feature);
/* Reads all features of a layer in file order; `tally` and `progress` may be NULL. For OSM use vd_vector_each_all: one pass
 * over the file feeds all layers. */
vd_status vd_vector_each(vd_vector *vector, int layer, vd_tally *tally, const vd_progress *progress,
                         vd_feature_fn fn, void *context);
/* Reads all layers. */
vd_status vd_vector_each_all(vd_vector *vector, vd_tally *tally, const vd_progress *progress,
                             vd_feature_fn fn, void *context);

/* A value of a feature as text by field name, ASCII case ignored; NULL when absent or empty. For OSM layers also looks
 * into other_tags, so that every tag has one way to be asked for. */
const char *vd_feature_text(vd_arena *arena, const vd_vector_layer *layer, const vd_feature *feature,
                            const char *name);
/* The value of `key` in OSM's other_tags text ("a"=>"b","c"=>"d"), in the arena; NULL when absent. */
char *vd_osm_tag(vd_arena *arena, const char *other_tags, const char *key);
/* Calls fn for each pair in order. */
void vd_osm_tags_each(vd_arena *arena, const char *other_tags,
                      void (*fn)(void *context, const char *key, const char *value), void *context);

/* ---- writing ---- */

typedef struct vd_write_feature {
  const vd_geom *geom;    /* lon/lat, or of the layer's crs_wkt; NULL none */
  const vd_value *values; /* n_fields; NONE is null; numbers need no text */
} vd_write_feature;

typedef struct vd_write_layer {
  const char *name;
  vd_geom_type geometry; /* VD_GEOM_NONE: a table without geometry */
  int n_fields;
  const vd_vector_field *fields;
  size_t n_features;
  const vd_write_feature *features;
  const char *crs_wkt; /* of the coordinates, for .gpkg alone; NULL: lon/lat */
} vd_write_layer;

/* Writes by the extension of `path`: .gpkg, .geojson or .json (RFC 7946, 7 decimals; several layers make one collection with a "layer"
 * member), .csv (one layer; lon, lat columns for points, wkt for others; cells that a spreadsheet would run as a formula get a leading ').
 * Same input, same bytes. The file appears only when it is whole: written beside its name, synced, renamed. */
vd_status vd_vector_write(const char *path, const vd_write_layer *layers, size_t n_layers,
                          const vd_progress *progress);

#endif
