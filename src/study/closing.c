/* closing: what would close a gap, worked out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each share is that of the gap's person-hours whose cause the measure removes: help comes in time, or presence stays
 * fresh. A deployment is worked out for the heaviest gaps only, as each asks for a solve of its own. */
#include "study/closing.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPLOYMENTS = 40 };

/* ---- what is looked at ---- */

static const vd_slice *slices_of(const vd_look *look, vd_arena *scratch, size_t t, size_t *n) {
  vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  size_t n_nears;
  const vd_near *nears = vd_cell_nears(look->study, scratch, t, &n_nears);
  return vd_cell_slices(look->study, scratch, t, &as_it_is, nears, n_nears, n);
}

/* The fewest visits that keep the place present whenever help would be in time: each as late as can be. */
static void plan_visits(vd_look *look) {
  size_t n;
  const vd_slice *slices = slices_of(look, look->scratch, (size_t)look->place, &n);
  int64_t kept_to = INT64_MIN;
  for (size_t i = 0; i < n; i++) {
    if (slices[i].cause != VD_CAUSE_VISITED_SELDOM) continue;
    int64_t revisit = look->study->model->figures.revisit_s[slices[i].priority];
    for (int64_t at = kept_to > slices[i].from_s ? kept_to : slices[i].from_s; at < slices[i].to_s;
         at = kept_to) {
      *VD_PUSH(look->scratch, look->visits, look->n_visits, look->visits_capacity) = at;
      kept_to = at + revisit + 1;
    }
  }
}

/* The base whose vehicles need least haste by night to be in time at the place. */
static void choose_night(vd_look *look) {
  const vd_study *study = look->study;
  const vd_closing_aids *aids = study->aids;
  look->night_force = -1;
  if (look->gap->cause_share[VD_CAUSE_OUTSIDE_HOURS] <= 0) return;
  uint32_t standard = study->model->figures.response_ms[look->gap->priority];
  for (size_t r = 0; r < study->n_responders; r++) {
    if (!aids->night_ms[r] || aids->night_ms[r][look->place] > standard) continue;
    double minutes = floor((standard - aids->night_ms[r][look->place]) / 60e3);
    bool better = look->night_force < 0 || minutes > look->night_min;
    if (better) look->night_force = (int32_t)r, look->night_min = minutes;
  }
}

/* People whom a deployment would reach within the standard with so many minutes notice. */
static double people_within(const vd_look *look, double notice_min) {
  uint32_t standard = look->study->model->figures.response_ms[look->gap->priority];
  double people = 0;
  for (int32_t i = 0; i < look->gap->n_cells; i++) {
    uint32_t ms = vd_ms_add(look->base_ms[look->cells[i]], (uint32_t)(notice_min * 60e3));
    if (ms != VD_UNREACHED && ms <= standard)
      people += (double)look->study->cells[look->study->index_of[look->cells[i]]].people;
  }
  return people;
}

/* The longest usual notice with which it still reaches nearly all whom it would without any. */
static double notice_for(const vd_look *look) {
  static const double usual_min[] = {30, 15, 10, 5, 4, 3, 2, 1};
  double at_once = people_within(look, 0);
  for (size_t i = 0; i < sizeof usual_min / sizeof *usual_min; i++) {
    if (people_within(look, usual_min[i]) >= 0.95 * at_once) return usual_min[i];
  }
  return 5;
}

/* A deployment at the cell with a road that has most people, or at the place where there is no road. */
static vd_status choose_base(vd_look *look, int32_t *from) {
  const vd_study *study = look->study;
  double not_in_time = 1 - look->gap->cause_share[VD_CAUSE_VISITED_SELDOM];
  *from = -1;
  if (look->index >= DEPLOYMENTS || not_in_time <= 1e-9) return VD_OK;
  for (int32_t i = 0; i < look->gap->n_cells; i++) {
    int32_t t = study->index_of[look->cells[i]];
    if (study->land->has_road[look->cells[i]] &&
        (*from < 0 || study->cells[t].people > study->cells[*from].people))
      *from = t;
  }
  if (*from < 0) *from = look->place;
  vd_travel_source source = {study->xy_m[2 * *from], study->xy_m[2 * *from + 1], 0};
  vd_light light = study->aids->night.n > 0 ? VD_NIGHT : VD_DAY;
  vd_travel_field field;
  VD_TRY(vd_travel_solve(look->scratch, study->aids->costs[light], &source, vd_longest_standard_ms(study),
                         false, NULL, &field));
  look->base_ms = field.cell_ms;
  look->base_notice_ms = (uint32_t)(notice_for(look) * 60e3);
  return VD_OK;
}

/* ---- one slice ---- */

static double shared_s(const vd_slice *slice, vd_intervals with) {
  return (double)vd_intervals_within_s(with, slice->from_s, slice->to_s);
}

static vd_intervals kept_by_visits(vd_look *look, int priority) {
  if (look->kept[priority]) return *look->kept[priority];
  int64_t revisit = look->study->model->figures.revisit_s[priority];
  vd_interval *list = VD_NEW_ARRAY(look->scratch, vd_interval, look->n_visits + 1);
  for (size_t i = 0; i < look->n_visits; i++)
    list[i] = (vd_interval){look->visits[i], look->visits[i] + revisit + 1};
  look->kept[priority] = VD_NEW(look->scratch, vd_intervals);
  *look->kept[priority] = vd_intervals_of(look->scratch, list, look->n_visits);
  return *look->kept[priority];
}

static void weigh_presence(vd_look *look, const vd_spare_windows *spares, const vd_slice *slice,
                           double people) {
  look->seldom += people * shared_s(slice, kept_by_visits(look, slice->priority));
  vd_spare_add(spares, slice, people, &look->spare);
}

static void weigh_reach(vd_look *look, size_t t, const vd_slice *slice, double people) {
  const vd_study *study = look->study;
  uint32_t standard = study->model->figures.response_ms[slice->priority];
  double seconds = (double)(slice->to_s - slice->from_s);
  if (look->base_ms) {
    uint32_t ms = vd_ms_add(look->base_ms[study->cells[t].cell], look->base_notice_ms);
    if (ms != VD_UNREACHED && ms <= standard) look->base += people * seconds;
  }
  if (look->night_force < 0 || slice->cause != VD_CAUSE_OUTSIDE_HOURS) return;
  uint32_t ms = vd_ms_add(study->aids->night_ms[look->night_force][t], (uint32_t)(look->night_min * 60e3));
  if (ms != VD_UNREACHED && ms <= standard) look->night += people * shared_s(slice, study->aids->night);
}

static void weigh_cells(vd_look *look) {
  for (int32_t i = 0; i < look->gap->n_cells; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    size_t t = (size_t)look->study->index_of[look->cells[i]], n;
    double people = (double)look->study->cells[t].people;
    const vd_slice *slices = slices_of(look, scratch, t, &n);
    vd_spare_windows spares = vd_spares_at(look->study, scratch, t);
    for (size_t k = 0; k < n; k++) {
      if (slices[k].cause == VD_CAUSE_COUNT) continue;
      if (slices[k].cause == VD_CAUSE_VISITED_SELDOM)
        weigh_presence(look, &spares, &slices[k], people);
      else
        weigh_reach(look, t, &slices[k], people);
    }
  }
}

static int compare_closings(const void *a, const void *b) {
  const vd_closing *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return strcmp(x->text, y->text);
}

static void start_sums(vd_look *look) {
  size_t n = look->study->n_spares > 0 ? look->study->model->n_beats : 0;
  look->spare.sums = VD_NEW_ARRAY(look->scratch, double, look->study->model->n_beats + 1);
  look->spare.end_s = VD_NEW_ARRAY(look->scratch, int64_t, n + 1);
  look->spare.seconds = VD_NEW_ARRAY(look->scratch, int64_t, n + 1);
  for (size_t b = 0; b < n; b++) look->spare.end_s[b] = VD_TIME_MIN;
}

vd_status vd_gap_find_closings(vd_study *study, vd_arena *arena, int32_t gap, const int32_t *cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_look look = {.study = study,
                  .arena = arena,
                  .scratch = scratch,
                  .gap = &study->gaps[gap],
                  .cells = cells,
                  .place = study->gap_places[gap],
                  .index = gap};
  start_sums(&look);
  int32_t from;
  plan_visits(&look);
  choose_night(&look);
  VD_TRY(choose_base(&look, &from));
  weigh_cells(&look);
  vd_look_tell(&look, from);
  VD_TRY(vd_look_deny(&look));
  if (look.n > 1) qsort(look.closings, look.n, sizeof *look.closings, compare_closings);
  vd_closing *kept = VD_NEW_ARRAY(arena, vd_closing, look.n + 1);
  for (size_t i = 0; i < look.n; i++) kept[i] = look.closings[i];
  look.gap->closings = kept, look.gap->n_closings = look.n;
  return VD_OK;
}
