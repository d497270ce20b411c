/* gap: connected cells that are not covered, heaviest first, with what is known of each.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/core/gap.h"
#include "vedette/geo/geodesic.h"

typedef struct ranked { /* a component before it has a name */
  double weighted;
  int32_t first_cell, index;
} ranked;

typedef struct gapping {
  vd_study *study;
  const vd_components *components;
  vd_geom *const *outlines;
  const ranked *order;
  vd_transform **transforms; /* per worker, made when first needed: making one takes longer than using it */
  const vd_progress *progress;
} gapping;

/* ---- finding ---- */

static uint16_t *keys_of(const vd_study *study, vd_arena *scratch) {
  uint16_t *keys = VD_NEW_ARRAY(scratch, uint16_t, vd_grid_n(vd_landscape_grid(study->land)));
  for (size_t t = 0; t < study->n_cells; t++) {
    const vd_study_cell *cell = &study->cells[t];
    if (cell->cause == VD_CAUSE_COUNT) continue;
    keys[cell->cell] = vd_gap_key((vd_priority)cell->priority, (vd_cause)cell->cause);
  }
  return keys;
}

/* Hours not covered, each with the weight of the priority it had. */
static double weighted_hours(const vd_study *study, size_t t) {
  double hours = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    int64_t s = 0;
    for (int state = VD_REACH_ONLY; state < VD_STATE_COUNT; state++) s += study->tallies[t].state_s[p][state];
    hours += study->model->figures.weight[p] * ((double)s / VD_HOUR_S);
  }
  return hours;
}

static int compare_ranked(const void *a, const void *b) {
  const ranked *x = a, *y = b;
  if (x->weighted != y->weighted) return x->weighted > y->weighted ? -1 : 1;
  return (x->first_cell > y->first_cell) - (x->first_cell < y->first_cell);
}

static ranked *rank(const vd_study *study, vd_arena *scratch, const vd_components *components) {
  double *layer = VD_NEW_ARRAY(scratch, double, vd_grid_n(vd_landscape_grid(study->land)));
  for (size_t t = 0; t < study->n_cells; t++) {
    layer[study->cells[t].cell] = (double)study->cells[t].people * weighted_hours(study, t);
  }
  const double *weighted = vd_components_sum(scratch, components, layer);
  ranked *order = VD_NEW_ARRAY(scratch, ranked, components->n + 1);
  for (size_t i = 0; i < components->n; i++) {
    order[i] = (ranked){weighted[i], components->items[i].first_cell, (int32_t)i};
  }
  if (components->n > 1) qsort(order, components->n, sizeof *order, compare_ranked);
  return order;
}

/* ---- one gap ---- */

static void sum_cell(const vd_study *study, vd_gap *gap, size_t t) {
  vd_study_cell *cell = &study->cells[t];
  double people = (double)cell->people, hours = 0;
  for (int s = VD_REACH_ONLY; s < VD_STATE_COUNT; s++) hours += cell->hours[s];
  gap->people += people;
  gap->person_hours += people * hours;
  for (int c = 0; c < VD_CAUSE_COUNT; c++) gap->cause_share[c] += people * cell->cause_hours[c];
}

static void list_threats(const vd_study *study, vd_arena *arena, vd_gap *gap, const int32_t *cells) {
  const vd_model *model = study->model;
  uint8_t *seen = VD_NEW_ARRAY(arena, uint8_t, model->n_dangers + 1);
  for (int32_t i = 0; i < gap->n_cells; i++) {
    int32_t t = study->index_of[cells[i]];
    for (int32_t k = study->danger_start[t]; k < study->danger_start[t + 1]; k++) seen[study->dangers[k]] = 1;
  }
  const char **ids = VD_NEW_ARRAY(arena, const char *, model->n_dangers + 1);
  for (size_t d = 0; d < model->n_dangers; d++) {
    if (seen[d]) ids[gap->n_threats++] = model->dangers[d].id;
  }
  gap->threats = ids;
}

static void find_last_visit(const vd_study *study, vd_gap *gap, const int32_t *cells) {
  int32_t latest = -1;
  gap->last_visit_s = VD_TIME_MIN;
  for (int32_t i = 0; i < gap->n_cells; i++) {
    int32_t t = study->index_of[cells[i]];
    if (study->cells[t].last_visit_s <= gap->last_visit_s) continue;
    gap->last_visit_s = study->cells[t].last_visit_s;
    latest = t;
  }
  if (latest < 0) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n, which = 0;
  const vd_near *nears = vd_cell_nears(study, scratch, (size_t)latest, &n);
  vd_last_visit_s(study, nears, n, &which);
  int32_t beat = nears[which].beat;
  gap->last_visitor = beat >= 0 ? study->model->beats[beat].name : study->model->posts[-1 - beat].name;
}

static void place_gap(const vd_study *study, vd_gap *gap, const int32_t *cells, int32_t *place) {
  *place = study->index_of[cells[0]];
  for (int32_t i = 1; i < gap->n_cells; i++) {
    int32_t t = study->index_of[cells[i]];
    if (study->cells[t].people > study->cells[*place].people) *place = t;
  }
  gap->lon_deg = study->lonlat[2 * *place], gap->lat_deg = study->lonlat[2 * *place + 1];
  uint64_t base = study->base_key[*place];
  bool reached = base >> 32 != VD_UNREACHED;
  gap->responder = reached ? (int32_t)(base & UINT32_MAX) : study->cells[*place].best_responder;
  int32_t town = vd_model_nearest_town(study->model, &study->lonlat[2 * *place], &study->xy_m[2 * *place],
                                       &gap->settlement_m);
  gap->settlement_azimuth_deg = NAN;
  if (town < 0) return;
  const vd_town *settlement = &study->model->towns[town];
  gap->settlement = settlement->name;
  vd_geodesic_inverse(settlement->lon_deg, settlement->lat_deg, gap->lon_deg, gap->lat_deg, NULL,
                      &gap->settlement_azimuth_deg, NULL);
}

static vd_status outline_gap(gapping *run, vd_arena *arena, int worker, int32_t index, vd_gap *gap) {
  const vd_landscape *land = run->study->land;
  vd_transform **transform = &run->transforms[worker];
  gap->outline = vd_geom_copy(arena, run->outlines[index]);
  if (!*transform) VD_TRY(vd_transform_plane(land->lon_deg, land->lat_deg, transform));
  vd_transform_inverse(*transform, gap->outline->xy, (size_t)gap->outline->n_points);
  return VD_OK;
}

static vd_status describe(void *context, int64_t item, int worker) {
  gapping *run = context;
  vd_study *study = run->study;
  const vd_component *component = &run->components->items[run->order[item].index];
  vd_arena *arena = study->gap_arenas[item] = vd_arena_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const int32_t *cells = vd_component_cells(scratch, run->components, (size_t)run->order[item].index);
  const vd_grid *grid = vd_landscape_grid(study->land);
  vd_gap *gap = &study->gaps[item];
  *gap = (vd_gap){.priority = (uint8_t)vd_gap_key_priority(component->key),
                  .cause = (uint8_t)vd_gap_key_cause(component->key),
                  .n_cells = component->n_cells,
                  .area_km2 = component->n_cells * grid->cell_m * grid->cell_m / 1e6,
                  .weighted_person_hours = run->order[item].weighted,
                  .least_person_hours = NAN,
                  .most_person_hours = NAN};
  snprintf(gap->name, sizeof gap->name, "G-%02d", (int)item + 1);
  for (int32_t i = 0; i < gap->n_cells; i++) sum_cell(study, gap, (size_t)study->index_of[cells[i]]);
  for (int32_t i = 0; i < gap->n_cells; i++) study->cells[study->index_of[cells[i]]].gap = (int32_t)item;
  for (int c = 0; c < VD_CAUSE_COUNT; c++) gap->cause_share[c] /= gap->person_hours;
  gap->hours = gap->person_hours / gap->people;
  place_gap(study, gap, cells, &study->gap_places[item]);
  list_threats(study, arena, gap, cells);
  find_last_visit(study, gap, cells);
  VD_TRY(outline_gap(run, arena, worker, run->order[item].index, gap));
  if (!study->quick) VD_TRY(vd_gap_find_closings(study, arena, (int32_t)item, cells));
  return vd_progress_step(run->progress, _("What would close the gaps"), item, (int64_t)study->n_gaps);
}

vd_status vd_run_gaps(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_components components;
  VD_TRY(vd_components_new(scratch, vd_landscape_grid(study->land), keys_of(study, scratch), &components));
  int n_workers = jobs ? vd_jobs_threads(jobs) : 1;
  gapping run = {study,
                 &components,
                 vd_components_outlines(scratch, &components),
                 rank(study, scratch, &components),
                 VD_NEW_ARRAY(scratch, vd_transform *, n_workers),
                 progress};
  if (!run.outlines)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the gaps; choose a larger cell."));
  study->n_gaps = study->n_gap_arenas = components.n;
  study->gaps = VD_NEW_ARRAY(study->arena, vd_gap, components.n + 1);
  study->gap_places = VD_NEW_ARRAY(study->arena, int32_t, components.n + 1);
  study->gap_arenas = VD_NEW_ARRAY(study->arena, vd_arena *, components.n + 1);
  if (!study->quick) VD_TRY(vd_gap_prepare_closings(study, jobs));
  vd_status status = vd_jobs_run(jobs, (int64_t)components.n, describe, &run);
  for (int w = 0; w < n_workers; w++) vd_transform_free(run.transforms[w]);
  VD_TRY(status);
  return study->quick ? VD_OK : vd_run_routes(study, jobs, progress);
}
