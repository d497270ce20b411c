/* study_sample: how long a full study of the sample mission area takes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Run it on the folder that make_area wrote: bench_study_sample FOLDER [cell_m [threads]]. It reads the files as they are, without
 * the importer, and prints the headline, the heaviest gaps and the seconds of each part. */
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

static double now_s(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

static vd_status take(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
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

static void load_kind(vd_plan *plan, vd_arena *arena, const char *folder, const char *file, vd_kind kind) {
  loading load = {.arena = arena, .kind = kind};
  VD_CLEANUP(vd_vector_cleanup) vd_vector *vector = NULL;
  vd_vector_options options = {.keep_no_position = true};
  if (vd_vector_open(vd_str_printf(arena, "%s/%s", folder, file), &options, &vector) != VD_OK) die(file);
  if (vd_vector_each_all(vector, NULL, NULL, take, &load) != VD_OK) die(file);
  if (vd_plan_load_kind(plan, kind, load.records, load.n) != VD_OK) die(file);
  printf("%-22s %6zu\n", file, load.n);
}

static void load_raster(vd_plan *plan, vd_arena *arena, const char *folder, const char *file,
                        vd_raster_kind kind) {
  vd_geo_raster *geo;
  if (vd_raster_read(arena, vd_str_printf(arena, "%s/%s", folder, file), NULL, NULL, &geo) != VD_OK)
    die(file);
  vd_raster raster = {
      .width = geo->width, .height = geo->height, .crs_wkt = geo->crs_wkt, .values = geo->values};
  memcpy(raster.geotransform, geo->geotransform, sizeof raster.geotransform);
  if (vd_plan_load_raster(plan, kind, &raster) != VD_OK) die(file);
}

static void load_info(vd_plan *plan, vd_arena *arena, const char *folder) {
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

static void load_all(vd_plan *plan, vd_arena *arena, const char *folder) {
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

static void print_gap(const vd_study *study, const vd_gap *gap) {
  size_t n;
  const vd_responder *responders = vd_study_responders(study, &n);
  printf("%s %-6s %-16s %4d cells %7.0f people %9.0f ph near %s", gap->name,
         vd_terms_word(&vd_priority_terms, gap->priority), vd_terms_word(&vd_cause_terms, gap->cause),
         (int)gap->n_cells, gap->people, gap->person_hours, gap->settlement);
  if (gap->responder >= 0) {
    printf("; %s %.0f+%.0f min, %zu legs", responders[gap->responder].name, gap->route.notice_min,
           gap->route.travel_min, gap->route.n_legs);
  }
  printf("; %zu restrictions\n", gap->n_restrictions);
  for (size_t i = 0; i < gap->n_closings; i++) printf("       - %s\n", gap->closings[i].text);
}

static void print_study(const vd_study *study) {
  const vd_headline *head = vd_study_headline(study);
  printf("people %.0f, under threat %.0f, person-hours %.0f: covered %.0f reach %.0f presence %.0f uncovered "
         "%.0f; lost %.0f\n",
         head->people_total, head->all.people, head->all.person_hours, head->all.by_state[VD_COVERED],
         head->all.by_state[VD_REACH_ONLY], head->all.by_state[VD_PRESENCE_ONLY],
         head->all.by_state[VD_UNCOVERED], head->lost_person_hours);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  printf("%zu gaps\n", n);
  for (size_t i = 0; i < n && i < 14; i++) print_gap(study, &gaps[i]);
  const vd_loss *losses = vd_study_losses(study, &n);
  for (size_t i = 0; i < n && i < 6; i++)
    printf("loss %-34s %9.0f ph covered, %9.0f ph in time\n", losses[i].name, losses[i].person_hours,
           losses[i].in_time_person_hours);
  const vd_duplicate *doubled = vd_study_duplicates(study, &n);
  printf("%zu duplicates\n", n);
  for (size_t i = 0; i < n && i < 4; i++) {
    printf("twice %s + %s at %s %.0f ph\n", doubled[i].name_a, doubled[i].name_b, doubled[i].settlement,
           doubled[i].person_hours);
  }
  const vd_note *notes = vd_study_notes(study, &n);
  for (size_t i = 0; i < n; i++) printf("note %lld %s\n", (long long)notes[i].count, notes[i].text);
}

static void step(void *context, const char *what, int64_t done, int64_t total) {
  (void)done;
  (void)total;
  static const char *last;
  double *since = context, now = now_s();
  if (last == what) return;
  if (last) fprintf(stderr, "%6.2f s %s\n", now - *since, last);
  last = what;
  *since = now;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s FOLDER [cell_m [threads]]\n", argv[0]);
    return 2;
  }
  if (vd_geo_start() != VD_OK) die("start");
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  load_all(plan, arena, argv[1]);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(argc > 3 ? atoi(argv[3]) : 0);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  double t0 = now_s(), since = t0;
  vd_progress progress = {.on_step = step, .context = &since};
  if (vd_landscape_build(plan, argc > 2 ? atof(argv[2]) : 0, jobs, &progress, &land) != VD_OK)
    die("landscape");
  double t1 = now_s();
  if (vd_study_run(plan, land, NULL, jobs, &progress, &study) != VD_OK) die("study");
  double t2 = now_s();
  print_study(study);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  double t3 = now_s();
  vd_explanation *told;
  if (n > 0 && vd_study_explain(study, plan, gaps[0].lon_deg, gaps[0].lat_deg, arena, &told) != VD_OK)
    die("explain");
  if (n > 0)
    printf("explained %s in %.2f s: %zu reaches, %zu visits, %zu spans\n", gaps[0].name, now_s() - t3,
           told->n_reaches, told->n_visits, told->n_spans);
  printf("%d x %d cells of %g m: landscape %.2f s, study %.2f s on %d threads\n",
         (int)vd_landscape_grid(land)->nx, (int)vd_landscape_grid(land)->ny, vd_landscape_grid(land)->cell_m,
         t1 - t0, t2 - t1, vd_jobs_threads(jobs));
  return 0;
}
