/* vector_file: what the readers of the formats share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_VECTOR_FILE_H
#define VEDETTE_SRC_GEO_VECTOR_FILE_H

#include <stdio.h>

#include "geo/csv.h"
#include "geo/gdal.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/vector.h"

enum { VD_VERTICES_MAX = 5000000 };

/* A file in GDAL's memory file system; unlinked and freed with the vector. */
typedef struct vd_memory_file {
  char *name;
  uint8_t *bytes; /* NULL: borrowed */
} vd_memory_file;

/* Which columns of a CSV hold the position; -1 none. */
typedef struct vd_csv_columns {
  int x, y, wkt, place; /* place: one cell with an MGRS reference or a pair */
  bool swapped;         /* x holds latitudes and y longitudes, told by their values */
} vd_csv_columns;

struct vd_vector {
  vd_arena *arena;
  vd_vector_format format;
  vd_vector_options options;
  const char *name; /* for messages */
  int n_layers;
  vd_vector_layer *layers;
  /* by GDAL */
  GDALDatasetH dataset;
  vd_memory_file *memory;
  size_t n_memory, memory_capacity;
  OGRLayerH *ogr_layers;
  vd_transform **to_lonlat; /* a layer; NULL: lon/lat already */
  int osm_lines;            /* OSM: the layer of lines */
  int *line_field_of;       /* OSM: field of the lines layer -> field of multipolygons, for closed highways */
  /* CSV */
  FILE *file;
  vd_csv csv;
  vd_csv_columns columns;
};

/* One file's content in memory, kept until the vector goes. `bytes` becomes the vector's when `owned`. */
vd_status vd_vector_add_memory(vd_vector *v, const char *name, uint8_t *bytes, size_t n, bool owned);

/* A reader while it runs: an arena for the feature at hand, counts, progress. */
typedef struct vd_reading {
  vd_vector *v;
  vd_tally *tally;
  const vd_progress *progress;
  vd_feature_fn fn;
  void *context;
  vd_arena *arena; /* renewed every few hundred features */
  int64_t n_read;
} vd_reading;
vd_status vd_reading_start(vd_reading *reading, vd_vector *v, vd_tally *tally, const vd_progress *progress,
                           vd_feature_fn fn, void *context);
void vd_reading_cleanup(vd_reading *reading);
/* Before anything of a feature is allocated: renews the arena when it has grown. */
void vd_reading_renew(vd_reading *reading);
/* Before each feature: counts and checks limits. Progress by `done` of `total` every 256 features. */
vd_status vd_reading_next(vd_reading *reading, int64_t done, int64_t total);
/* Takes a geometry in the layer's own system to lon/lat, drops what is not on the earth, repairs polygons; then calls fn. `transform` NULL: lon/lat. */
vd_status vd_reading_emit(vd_reading *reading, const vd_vector_layer *layer, vd_transform *transform,
                          int64_t fid, vd_geom *geom, const vd_value *values);
void vd_reading_drop(vd_reading *reading, int64_t fid, const char *reason, const char *example);

/* GDAL's geometry as up to three of ours (points, lines, polygons), NULL where it has none of a kind. False, with a
 * reason, when it has too many vertices or is nested too deep. */
bool vd_geom_of_ogr(vd_arena *arena, OGRGeometryH geometry, vd_geom *out[3], const char **reason);

/* What bytes are, by their beginning and the file's name. VD_FORMAT_NONE with VD_OK: a zip or nothing that is known;
 * an error says why a known kind is refused. */
enum { VD_SNIFF_BYTES = 16384 };
vd_status vd_sniff_bytes(const uint8_t *head, size_t n, const char *name, vd_vector_format *out);
bool vd_is_zip(const uint8_t *head, size_t n);

vd_status vd_vector_open_ogr(vd_vector *v, const char *path);
vd_status vd_vector_open_csv(vd_vector *v, const void *bytes, size_t n, const char *path);
vd_status vd_csv_each(vd_reading *reading);
vd_status vd_ogr_each(vd_reading *reading, int layer);
vd_status vd_osm_each(vd_reading *reading, int layer); /* -1: all */
extern const char vd_osm_conf[];

/* Refuses a KML file that names more than `most` fields (4096 at the most). */
vd_status vd_kml_check_fields(const char *path, int most);

#endif
