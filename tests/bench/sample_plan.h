/* sample_plan: the sample mission area as make_area wrote it, read without the importer, for benchmarks.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_BENCH_SAMPLE_PLAN_H
#define VEDETTE_TESTS_BENCH_SAMPLE_PLAN_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "vedette/base/str.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/start.h"
#include "vedette/geo/vector.h"
#include "vedette/plan/standard.h"
#include "vedette/study/study.h"

typedef struct loading {
  vd_arena *arena;
  vd_kind kind;
  const void **records;
  size_t n, capacity;
} loading;

static inline double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

static inline vd_status take(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  loading *load = context;
  vd_record *record = vd_record_new(load->arena, load->kind);
  for (int i = 0; i < layer->n_fields; i++) {
    const char *text = vd_feature_text(load->arena, layer, feature, layer->fields[i].name);
    const vd_field *field = vd_field_find(load->kind, layer->fields[i].name);
    if (text && strcmp(layer->fields[i].name, "id") == 0)
      snprintf(record->id, sizeof record->id, "%s", text);
    else if (text && field && vd_field_set(load->arena, field, record, text) != VD_OK)
      die(layer->fields[i].name);
  }
  if (!record->id[0])
    vd_uuid_of("bench", vd_str_printf(load->arena, "%d %zu", (int)load->kind, load->n), record->id);
  record->geom = vd_geom_copy(load->arena, feature->geom);
  *VD_PUSH(load->arena, load->records, load->n, load->capacity) = record;
  return VD_OK;
}

static inline void load_kind(vd_plan *plan, vd_arena *arena, const char *folder, const char *file,
                             vd_kind kind) {
  loading load = {.arena = arena, .kind = kind};
  VD_CLEANUP(vd_vector_cleanup) vd_vector *vector = NULL;
  vd_vector_options options = {.keep_no_position = true};
  if (vd_vector_open(vd_str_printf(arena, "%s/%s", folder, file), &options, &vector) != VD_OK) die(file);
  if (vd_vector_each_all(vector, NULL, NULL, take, &load) != VD_OK) die(file);
  if (vd_plan_load_kind(plan, kind, load.records, load.n) != VD_OK) die(file);
}

static inline void load_raster(vd_plan *plan, vd_arena *arena, const char *folder, const char *file,
                               vd_raster_kind kind) {
  vd_geo_raster *geo;
  if (vd_raster_read(arena, vd_str_printf(arena, "%s/%s", folder, file), NULL, NULL, &geo) != VD_OK)
    die(file);
  vd_raster raster = {
      .width = geo->width, .height = geo->height, .crs_wkt = geo->crs_wkt, .values = geo->values};
  memcpy(raster.geotransform, geo->geotransform, sizeof raster.geotransform);
  if (vd_plan_load_raster(plan, kind, &raster) != VD_OK) die(file);
}

static inline void load_info(vd_plan *plan, vd_arena *arena, const char *folder) {
  loading load = {.arena = arena, .kind = VD_KIND_AREA};
  VD_CLEANUP(vd_vector_cleanup) vd_vector *vector = NULL;
  if (vd_vector_open(vd_str_printf(arena, "%s/area.geojson", folder), NULL, &vector) != VD_OK) die("area");
  if (vd_vector_each_all(vector, NULL, NULL, take, &load) != VD_OK || load.n == 0) die("area");
  vd_plan_info info = *vd_plan_info_lookup(plan);
  info.area = ((const vd_record *)load.records[0])->geom;
  info.utc_offset_s = 7200;
  info.from_s = 1773014400 - 7200;
  info.to_s = info.from_s + VD_WEEK_S;
  info.season = VD_DRY;
  if (vd_plan_load_info(plan, &info) != VD_OK) die("info");
}

static inline void load_all(vd_plan *plan, vd_arena *arena, const char *folder) {
  static const struct {
    const char *file;
    vd_kind kind;
  } files[] = {{"actors.csv", VD_KIND_ACTOR},
               {"bases.geojson", VD_KIND_BASE},
               {"threats.geojson", VD_KIND_THREAT_AREA},
               {"patrols.geojson", VD_KIND_PATROL},
               {"stops.geojson", VD_KIND_STOP},
               {"restrictions.geojson", VD_KIND_RESTRICTION},
               {"settlements.geojson", VD_KIND_SETTLEMENT},
               {"roads.geojson", VD_KIND_ROAD},
               {"water.geojson", VD_KIND_WATER}};
  load_info(plan, arena, folder);
  for (size_t i = 0; i < sizeof files / sizeof *files; i++)
    load_kind(plan, arena, folder, files[i].file, files[i].kind);
  load_raster(plan, arena, folder, "elevation.tif", VD_RASTER_ELEVATION);
  load_raster(plan, arena, folder, "population.tif", VD_RASTER_POPULATION);
  load_raster(plan, arena, folder, "landcover.tif", VD_RASTER_LANDCOVER);
  vd_edit *edit;
  if (vd_edit_start(plan, "Defaults", &edit) != VD_OK || vd_standard_put_defaults(edit) != VD_OK ||
      vd_edit_commit(edit) != VD_OK) {
    die("standards");
  }
}

#endif
