/* closing: what would close a gap, worked out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each share is that of the gap's person-hours whose cause the measure removes: help comes in time, or presence stays
 * fresh. A deployment is worked out for the heaviest gaps only, as each asks for a solve of its own. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { DEPLOYMENTS = 40, RESTRICTIONS_TOLD = 5, SPARES_TOLD = 3 };

struct vd_closing_aids {
  vd_travel_costs *costs[VD_LIGHT_COUNT]; /* of a 4x4 without restrictions */
  uint32_t **night_ms; /* per responder: travel by night to each cell, without notice; NULL none */
  vd_intervals night;
};

/* One gap being looked at. */
typedef struct looking {
  const vd_study *study;
  vd_arena *arena, *scratch;
  vd_gap *gap;
  const int32_t *cells; /* grid cells */
  int32_t place, index;
  int64_t *visits; /* times of the visits that would keep the place present */
  size_t n_visits, visits_capacity;
  double seldom;       /* person-seconds that those visits keep present */
  double *spare;       /* per beat */
  int32_t night_force; /* whose notice by night is looked at, -1 */
  uint32_t night_spare_ms[VD_PRIORITY_COUNT];
  double night_min, night;
  const uint32_t *base_ms; /* per grid cell from the deployment looked at; NULL none */
  uint32_t base_notice_ms;
  double base;
  vd_closing *closings;
  size_t n, capacity;
} looking;

/* ---- what all gaps share ---- */

static vd_intervals nights(const vd_study *study) {
  const vd_epochs *epochs = study->model->epochs;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_interval *list = VD_NEW_ARRAY(scratch, vd_interval, epochs->n + 1);
  size_t n = 0;
  for (size_t e = 0; e < epochs->n; e++) {
    if (epochs->light[e] == VD_NIGHT) list[n++] = (vd_interval){epochs->start_s[e], epochs->start_s[e + 1]};
  }
  return vd_intervals_of(study->arena, list, n);
}

/* Restrictions as they stand on the first night a responder is there. */
static int32_t night_set(const vd_study *study, int32_t responder) {
  for (size_t s = 0; s < study->n_situations; s++) {
    if (study->situations[s].force == responder && study->situations[s].light == VD_NIGHT)
      return study->situations[s].set;
  }
  return VD_FREE_SET;
}

static vd_status time_night(void *context, int64_t item, int worker) {
  (void)worker;
  vd_study *study = context;
  uint32_t *ms = study->aids->night_ms[item];
  if (!ms) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_force *force = &study->forces[item];
  vd_travel_costs *costs;
  VD_TRY(vd_solve_costs(study, scratch, force->vehicle, VD_NIGHT, night_set(study, (int32_t)item), &costs));
  vd_travel_source source = {force->xy_m[0], force->xy_m[1], 0};
  vd_travel_field field;
  VD_TRY(vd_travel_solve(scratch, costs, &source, vd_longest_standard_ms(study), false, NULL, &field));
  for (size_t t = 0; t < study->n_cells; t++) ms[t] = field.cell_ms[study->cells[t].cell];
  return VD_OK;
}

vd_status vd_gap_prepare_closings(vd_study *study, vd_jobs *jobs) {
  bool outside_hours = false;
  for (size_t t = 0; t < study->n_cells; t++)
    outside_hours |= study->cells[t].cause_hours[VD_CAUSE_OUTSIDE_HOURS] > 0;
  vd_closing_aids *aids = study->aids = VD_NEW(study->arena, vd_closing_aids);
  aids->night = nights(study);
  aids->night_ms = VD_NEW_ARRAY(study->arena, uint32_t *, study->n_responders + 1);
  for (int light = 0; light < VD_LIGHT_COUNT && study->n_gaps > 0; light++) {
    VD_TRY(
        vd_solve_costs(study, study->arena, VD_CAR_4X4, (vd_light)light, VD_FREE_SET, &aids->costs[light]));
  }
  if (!outside_hours || aids->night.n == 0) return VD_OK;
  for (size_t r = 0; r < study->n_responders; r++) {
    const vd_force *force = &study->forces[r];
    if (!force->standing || force->vehicle == VD_HELICOPTER) continue;
    aids->night_ms[r] = VD_NEW_ARRAY(study->arena, uint32_t, study->n_cells + 1);
  }
  return vd_jobs_run(jobs, (int64_t)study->n_responders, time_night, study);
}

/* ---- what is looked at ---- */

static const vd_slice *slices_of(const looking *look, vd_arena *scratch, size_t t, size_t *n) {
  vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  size_t n_nears;
  const vd_near *nears = vd_cell_nears(look->study, scratch, t, &n_nears);
  return vd_cell_slices(look->study, scratch, t, &as_it_is, nears, n_nears, n);
}

/* The fewest visits that keep the place present whenever help would be in time: each as late as can be. */
static void plan_visits(looking *look) {
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
static void choose_night(looking *look) {
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
static double people_within(const looking *look, double notice_min) {
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
static double notice_for(const looking *look) {
  static const double usual_min[] = {30, 15, 10, 5, 4, 3, 2, 1};
  double at_once = people_within(look, 0);
  for (size_t i = 0; i < sizeof usual_min / sizeof *usual_min; i++) {
    if (people_within(look, usual_min[i]) >= 0.95 * at_once) return usual_min[i];
  }
  return 5;
}

/* A deployment at the cell with a road that has most people, or at the place where there is no road. */
static vd_status choose_base(looking *look, int32_t *from) {
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
  vd_interval own = {slice->from_s, slice->to_s};
  return (double)vd_intervals_shared_s((vd_intervals){&own, 1}, with);
}

static vd_intervals kept_by_visits(const looking *look, vd_arena *scratch, int64_t revisit_s) {
  vd_interval *list = VD_NEW_ARRAY(scratch, vd_interval, look->n_visits + 1);
  for (size_t i = 0; i < look->n_visits; i++) {
    list[i] = (vd_interval){look->visits[i], look->visits[i] + revisit_s + 1};
  }
  return vd_intervals_of(scratch, list, look->n_visits);
}

static void weigh_presence(looking *look, vd_arena *scratch, size_t t, const vd_slice *slice, double people) {
  const vd_study *study = look->study;
  int64_t revisit = study->model->figures.revisit_s[slice->priority];
  look->seldom += people * shared_s(slice, kept_by_visits(look, scratch, revisit));
  if (study->tallies[t].cause_s[VD_CAUSE_DUPLICATED] == 0) return;
  for (size_t i = 0; i < study->n_spares; i++) {
    int32_t beat = study->spares[i].beat;
    if (i > 0 && study->spares[i - 1].beat == beat) continue; /* spares are in the order of patrols */
    look->spare[beat] += people * (double)vd_spare_seconds(study, scratch, t, slice, beat);
  }
}

static void weigh_reach(looking *look, size_t t, const vd_slice *slice, double people) {
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

static void weigh_cells(looking *look) {
  for (int32_t i = 0; i < look->gap->n_cells; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    size_t t = (size_t)look->study->index_of[look->cells[i]], n;
    double people = (double)look->study->cells[t].people;
    const vd_slice *slices = slices_of(look, scratch, t, &n);
    for (size_t k = 0; k < n; k++) {
      if (slices[k].cause == VD_CAUSE_COUNT) continue;
      if (slices[k].cause == VD_CAUSE_VISITED_SELDOM)
        weigh_presence(look, scratch, t, &slices[k], people);
      else
        weigh_reach(look, t, &slices[k], people);
    }
  }
}

/* ---- telling ---- */

static vd_closing *add_closing(looking *look, vd_closing_kind kind, double person_seconds) {
  double share = fmin(1, person_seconds / VD_HOUR_S / look->gap->person_hours);
  if (!(share >= 0.005)) return NULL;
  vd_closing *closing = VD_PUSH(look->scratch, look->closings, look->n, look->capacity);
  *closing = (vd_closing){.kind = kind,
                          .minutes = NAN,
                          .lon_deg = look->gap->lon_deg,
                          .lat_deg = look->gap->lat_deg,
                          .share = share};
  return closing;
}

static void tell_base(looking *look, int32_t from) {
  if (from < 0) return;
  vd_closing *closing = add_closing(look, VD_CLOSE_BASE, look->base);
  if (!closing) return;
  const vd_study *study = look->study;
  double distance;
  closing->lon_deg = study->lonlat[2 * from], closing->lat_deg = study->lonlat[2 * from + 1];
  closing->vehicle = VD_CAR_4X4;
  closing->minutes = look->base_notice_ms / 60e3;
  int32_t town = vd_model_nearest_town(study->model, closing->lon_deg, closing->lat_deg, &distance);
  closing->name = town < 0 ? NULL : study->model->towns[town].name;
  bool road = study->land->has_road[study->cells[from].cell] != 0;
  const char *near = closing->name ? closing->name : look->gap->name;
  closing->text = vd_str_printf(look->arena,
                                road ? _("A deployment near %s with 4x4 and %.0f min notice-to-move would "
                                         "bring help in time for %.0f %% of it.")
                                     : _("A deployment near %s, where no road leads, with 4x4 and %.0f min "
                                         "notice-to-move would bring help in time for %.0f %% of it."),
                                near, closing->minutes, 100 * closing->share);
}

static void tell_visits(looking *look) {
  vd_closing *closing = look->n_visits > 0 ? add_closing(look, VD_CLOSE_VISITS, look->seldom) : NULL;
  if (!closing) return;
  const vd_study *study = look->study;
  closing->count = (int32_t)look->n_visits;
  if (look->gap->responder >= 0) {
    closing->id = study->responders[look->gap->responder].id;
    closing->name = study->responders[look->gap->responder].name;
  }
  closing->text = vd_str_printf(
      look->arena,
      vd_translate_n(
          "%d more visit in the window would keep presence fresh for %.0f %% of it.",
          "%d more visits in the window, at even times, would keep presence fresh for %.0f %% of it.",
          (unsigned long)closing->count),
      (int)closing->count, 100 * closing->share);
}

static void tell_night(looking *look) {
  vd_closing *closing = look->night_force >= 0 ? add_closing(look, VD_CLOSE_NIGHT, look->night) : NULL;
  if (!closing) return;
  const vd_responder *responder = &look->study->responders[look->night_force];
  closing->id = responder->id, closing->name = responder->name;
  closing->minutes = look->night_min;
  closing->text = vd_str_printf(
      look->arena,
      _("A notice-to-move by night of at most %.0f min at %s would bring help in time for %.0f %% of it."),
      closing->minutes, closing->name, 100 * closing->share);
}

static void tell_spares(looking *look) {
  const vd_model *model = look->study->model;
  for (int told = 0; told < SPARES_TOLD; told++) {
    size_t best = 0;
    for (size_t b = 1; b < model->n_beats; b++) best = look->spare[b] > look->spare[best] ? b : best;
    vd_closing *closing = model->n_beats > 0 ? add_closing(look, VD_CLOSE_SPARE, look->spare[best]) : NULL;
    if (!closing) return;
    closing->id = model->beats[best].id, closing->name = model->beats[best].name;
    for (size_t i = 0; i < look->study->n_spares; i++)
      closing->count += look->study->spares[i].beat == (int32_t)best;
    closing->text = vd_str_printf(
        look->arena,
        _("Sending visits of %s here that now double others would keep presence fresh for %.0f %% of it."),
        closing->name, 100 * closing->share);
    look->spare[best] = 0;
  }
}

/* ---- restrictions ---- */

typedef struct denial {
  int32_t bar;
  double person_seconds;
} denial;

static int compare_denials(const void *a, const void *b) {
  const denial *x = a, *y = b;
  if (x->person_seconds != y->person_seconds) return x->person_seconds > y->person_seconds ? -1 : 1;
  return (x->bar > y->bar) - (x->bar < y->bar);
}

/* Those whose lifting alone brings help in time again. */
static size_t lifting_alone(const looking *look, denial *denials) {
  const vd_study *study = look->study;
  size_t n = 0;
  for (size_t b = 0; study->reached_s && b < study->model->n_bars; b++) {
    if (!study->reached_s[b]) continue;
    double sum = 0;
    for (int32_t i = 0; i < look->gap->n_cells; i++) {
      int32_t t = study->index_of[look->cells[i]];
      sum += (double)study->cells[t].people * study->reached_s[b][t];
    }
    if (sum > 0) denials[n++] = (denial){(int32_t)b, sum};
  }
  if (n > 1) qsort(denials, n, sizeof *denials, compare_denials);
  return n;
}

/* Where none does alone: those on the way of a responder that would be in time without them. */
static vd_status on_the_way(const looking *look, denial *denials, size_t *n) {
  const vd_study *study = look->study;
  int p = look->gap->priority;
  int32_t *bars = VD_NEW_ARRAY(look->scratch, int32_t, study->model->n_bars + 1);
  *n = 0;
  for (size_t s = 0; s < study->n_situations && *n == 0; s++) {
    const vd_situation *situation = &study->situations[s];
    bool denied = (study->fields[situation->free_field].mask[look->place] >> p & 1) != 0 &&
                  (study->fields[situation->field].mask[look->place] >> p & 1) == 0;
    if (!denied) continue;
    VD_TRY(vd_route_meets(study, situation->force, (vd_light)situation->light, study->cells[look->place].cell,
                          situation->set, bars, n));
    for (size_t i = 0; i < *n; i++) denials[i] = (denial){bars[i], 0};
  }
  return VD_OK;
}

static vd_status tell_restrictions(looking *look) {
  const vd_model *model = look->study->model;
  denial *denials = VD_NEW_ARRAY(look->scratch, denial, model->n_bars + 1);
  size_t n = lifting_alone(look, denials);
  if (n == 0 && look->gap->cause_share[VD_CAUSE_DENIED] > 0) VD_TRY(on_the_way(look, denials, &n));
  const char **ids = VD_NEW_ARRAY(look->arena, const char *, n + 1);
  for (size_t i = 0; i < n; i++) ids[i] = model->bars[denials[i].bar].id;
  look->gap->restrictions = ids, look->gap->n_restrictions = n;
  for (size_t i = 0; i < n && i < RESTRICTIONS_TOLD; i++) {
    const vd_bar *bar = &model->bars[denials[i].bar];
    vd_closing *closing = add_closing(look, VD_CLOSE_RESTRICTION, denials[i].person_seconds);
    if (!closing) break;
    closing->id = bar->id, closing->name = bar->name, closing->lon_deg = bar->lon_deg,
    closing->lat_deg = bar->lat_deg;
    closing->text =
        vd_str_printf(look->arena, _("Lifting %s alone would bring help in time again for %.0f %% of it."),
                      bar->name, 100 * closing->share);
  }
  return VD_OK;
}

static int compare_closings(const void *a, const void *b) {
  const vd_closing *x = a, *y = b;
  if (x->share != y->share) return x->share > y->share ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return strcmp(x->text, y->text);
}

vd_status vd_gap_find_closings(vd_study *study, vd_arena *arena, int32_t gap, const int32_t *cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  looking look = {.study = study,
                  .arena = arena,
                  .scratch = scratch,
                  .gap = &study->gaps[gap],
                  .cells = cells,
                  .place = study->gap_places[gap],
                  .index = gap};
  look.spare = VD_NEW_ARRAY(scratch, double, study->model->n_beats + 1);
  int32_t from;
  plan_visits(&look);
  choose_night(&look);
  VD_TRY(choose_base(&look, &from));
  weigh_cells(&look);
  tell_base(&look, from);
  tell_visits(&look);
  VD_TRY(tell_restrictions(&look));
  tell_night(&look);
  tell_spares(&look);
  if (look.n > 1) qsort(look.closings, look.n, sizeof *look.closings, compare_closings);
  vd_closing *kept = VD_NEW_ARRAY(arena, vd_closing, look.n + 1);
  for (size_t i = 0; i < look.n; i++) kept[i] = look.closings[i];
  look.gap->closings = kept, look.gap->n_closings = look.n;
  return VD_OK;
}
