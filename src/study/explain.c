/* explain: everything a study knows about one place.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct explaining {
  const vd_study *study;
  vd_arena *arena;
  vd_explanation *told;
  double xy_m[2]; /* centre of the cell */
  int32_t t;      /* index of the cell among the study's, -1 */
} explaining;

/* ---- threat ---- */

static void tell_threat(explaining *e) {
  const vd_model *model = e->study->model;
  vd_explanation *told = e->told;
  const vd_danger *worst = e->t >= 0 ? &model->dangers[e->study->cells[e->t].threat] : NULL;
  for (size_t d = 0; d < model->n_dangers && e->t < 0; d++) {
    const vd_danger *danger = &model->dangers[d];
    if (danger->n_pairs == 0 || !danger->plane || !vd_polygon_holds(danger->plane, e->xy_m[0], e->xy_m[1]))
      continue;
    if (!worst || danger->priority > worst->priority) worst = danger;
  }
  told->priority = -1;
  told->response_standard_min = told->revisit_standard_h = NAN;
  if (!worst) return;
  told->priority = worst->priority;
  told->threat_name = vd_str_dup(e->arena, worst->name);
  told->response_standard_min = model->figures.response_ms[worst->priority] / 60e3;
  told->revisit_standard_h = (double)model->figures.revisit_s[worst->priority] / VD_HOUR_S;
}

/* ---- reach ---- */

static const vd_situation *first_situation(const vd_study *study, int32_t force, vd_light light) {
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    if (situation->force == force && situation->light == (int32_t)light &&
        situation->blocker == VD_BLOCKED_BY_NOBODY) {
      return situation;
    }
  }
  return NULL;
}

static bool window_has(const vd_study *study, vd_light light) {
  const vd_epochs *epochs = study->model->epochs;
  for (size_t i = 0; i < epochs->n; i++) {
    if (epochs->light[i] == (uint8_t)light) return true;
  }
  return false;
}

/* A base that never moves at that light is told too. A patrol at a stop is told where it is in time; how late it would be
 * elsewhere changes nothing. */
static bool is_told(const explaining *e, int32_t force, vd_light light, const vd_situation *situation) {
  const vd_force *f = &e->study->forces[force];
  if (!situation) return f->standing && !f->able[light] && window_has(e->study, light);
  if (e->t < 0) return !e->study->responders[force].on_the_way;
  if (f->standing) return true;
  return (e->study->fields[situation->field].mask[e->t] >> e->told->priority & 1) != 0;
}

static double minutes_of(const vd_reach *reach) {
  return reach->unreached ? INFINITY : reach->route.notice_min + reach->route.travel_min;
}

/* Best and worst at the time at which the situation first holds. */
static vd_status tell_cases(const explaining *e, const vd_situation *situation, uint32_t likely_ms,
                            vd_reach *reach) {
  const vd_study *study = e->study;
  double *minutes[VD_CASE_COUNT] = {[VD_CASE_BEST] = &reach->best_min, [VD_CASE_WORST] = &reach->worst_min};
  for (int c = VD_CASE_BEST; c < VD_CASE_COUNT && vd_study_has_certainty(study); c++) {
    uint32_t ms;
    VD_TRY(vd_case_response_ms(study->cases[c], reach->responder, reach->light, situation->runs.items[0].from,
                               e->told->cell, likely_ms, &ms));
    *minutes[c] = ms == VD_UNREACHED ? INFINITY : ms / 60e3;
  }
  return VD_OK;
}

/* VD_UNREACHED where a quick study had no need to know. */
static uint32_t response_ms(const explaining *e, const vd_situation *situation) {
  const vd_result *result = e->study->fields[situation->field].result;
  return result ? result->ms[e->t] : VD_UNREACHED;
}

/* Of the stretches of one patrol's way at a light the quickest is told, of equally quick ones the first. */
static bool is_quickest_stretch(const explaining *e, int32_t force, vd_light light,
                                const vd_situation *situation) {
  const vd_study *study = e->study;
  const vd_responder *all = study->responders;
  if (!all[force].on_the_way) return true;
  int32_t first = force, end = force + 1;
  while (first > 0 && all[first - 1].on_the_way && all[first - 1].id == all[force].id) first--;
  while (end < (int32_t)study->n_responders && all[end].on_the_way && all[end].id == all[force].id) end++;
  uint32_t ms = response_ms(e, situation);
  for (int32_t other = first; other < end; other++) {
    const vd_situation *s = other == force ? NULL : first_situation(study, other, light);
    if (!s || !is_told(e, other, light, s)) continue;
    uint32_t other_ms = response_ms(e, s);
    if (other_ms < ms || (other_ms == ms && other < force)) return false;
  }
  return true;
}

/* Stops at one place share their ways. */
static const vd_reach *same_way(const vd_reach *reaches, const int32_t *fields, size_t n, int32_t field) {
  for (size_t i = 0; i < n; i++) {
    if (fields[i] == field && !reaches[i].unreached) return &reaches[i];
  }
  return NULL;
}

static vd_status tell_reach(explaining *e, const vd_situation *situation, vd_reach *reach) {
  const vd_study *study = e->study;
  vd_route route = {0};
  vd_route_wanted wanted = {.cell = e->told->cell, .arena = e->arena, .route = &route};
  VD_TRY(vd_route_find(study, reach->responder, reach->light, situation->set, &wanted, 1));
  reach->route.notice_min = study->forces[reach->responder].start_ms[reach->light] / 60e3;
  if (wanted.found) {
    reach->route = route;
    reach->unreached = false;
    reach->in_time =
        e->told->priority >= 0 && wanted.total_ms <= study->model->figures.response_ms[e->told->priority];
  }
  return tell_cases(e, situation, wanted.total_ms, reach);
}

static int compare_reaches(const void *a, const void *b) {
  const vd_reach *x = a, *y = b;
  if (x->light != y->light) return x->light < y->light ? -1 : 1;
  double dx = minutes_of(x), dy = minutes_of(y);
  if (dx < dy || dx > dy) return dx < dy ? -1 : 1;
  return (x->responder > y->responder) - (x->responder < y->responder);
}

static vd_status tell_reaches(explaining *e) {
  const vd_study *study = e->study;
  vd_reach *reaches = VD_NEW_ARRAY(e->arena, vd_reach, VD_LIGHT_COUNT * study->n_responders + 1);
  int32_t *fields = VD_NEW_ARRAY(e->arena, int32_t, VD_LIGHT_COUNT * study->n_responders + 1);
  size_t n = 0;
  for (int32_t force = 0; force < (int32_t)study->n_responders; force++) {
    for (int light = 0; light < VD_LIGHT_COUNT; light++) {
      const vd_situation *situation = first_situation(study, force, (vd_light)light);
      if (!is_told(e, force, (vd_light)light, situation)) continue;
      if (!is_quickest_stretch(e, force, (vd_light)light, situation)) continue;
      reaches[n] = (vd_reach){.responder = force,
                              .light = (vd_light)light,
                              .unreached = true,
                              .best_min = NAN,
                              .worst_min = NAN,
                              .route = {NAN, NAN, NULL, 0}};
      fields[n] = situation ? situation->field : -1;
      const vd_reach *same = situation ? same_way(reaches, fields, n, situation->field) : NULL;
      if (same) {
        reaches[n].route = same->route, reaches[n].in_time = same->in_time, reaches[n].unreached = false;
        VD_TRY(tell_cases(e, situation, vd_ms_round(60e3 * minutes_of(same)), &reaches[n]));
      } else if (situation) {
        VD_TRY(tell_reach(e, situation, &reaches[n]));
      }
      n++;
    }
  }
  if (n > 1) qsort(reaches, n, sizeof *reaches, compare_reaches);
  e->told->reaches = reaches;
  e->told->n_reaches = n;
  return VD_OK;
}

/* ---- visits and states ---- */

static vd_stay stay_of(const explaining *e, const vd_near *near) {
  const vd_model *model = e->study->model;
  /* A base that was always there and stays is told for the window: an open end has no date and no length. */
  vd_stay stay = {.from_s = near->enter_s == VD_TIME_MIN ? model->from_s : near->enter_s,
                  .to_s = near->leave_s == VD_TIME_MAX ? model->to_s : near->leave_s};
  int32_t party;
  if (near->beat >= 0) {
    stay.patrol = model->beats[near->beat].id, stay.name = model->beats[near->beat].name;
    party = model->beats[near->beat].party;
  } else {
    const vd_post *post = &model->posts[-1 - near->beat];
    stay.patrol = post->id, stay.name = post->name;
    party = post->party;
  }
  stay.patrol = vd_str_dup(e->arena, stay.patrol), stay.name = vd_str_dup(e->arena, stay.name);
  stay.actor_name = vd_str_dup(e->arena, model->parties[party].name);
  return stay;
}

static void tell_visits(explaining *e, const vd_near *nears, size_t n) {
  const vd_model *model = e->study->model;
  vd_stay *visits = VD_NEW_ARRAY(e->arena, vd_stay, n + 1);
  for (size_t i = 0; i < n; i++) {
    bool in_window = nears[i].enter_s < model->to_s && nears[i].leave_s > model->from_s;
    if (in_window && vd_near_counts(model, &nears[i], VD_LIFT_NONE))
      visits[e->told->n_visits++] = stay_of(e, &nears[i]);
  }
  e->told->visits = visits;
  e->told->last_visit_s = vd_last_visit_s(e->study, nears, n, NULL);
}

static void tell_spans(explaining *e, vd_arena *scratch, const vd_near *nears, size_t n_nears) {
  const vd_model *model = e->study->model;
  vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  size_t n = 0;
  const vd_slice *slices =
      e->t >= 0 ? vd_cell_slices(e->study, scratch, (size_t)e->t, &as_it_is, nears, n_nears, &n) : NULL;
  vd_state_span *spans = VD_NEW_ARRAY(e->arena, vd_state_span, n + 1);
  size_t *told = &e->told->n_spans;
  for (size_t i = 0; i < n; i++) {
    if (*told > 0 && spans[*told - 1].state == slices[i].state)
      spans[*told - 1].to_s = slices[i].to_s;
    else
      spans[(*told)++] = (vd_state_span){slices[i].from_s, slices[i].to_s, slices[i].state};
  }
  if (*told == 0) spans[(*told)++] = (vd_state_span){model->from_s, model->to_s, VD_STATE_NONE};
  e->told->spans = spans;
}

static vd_status tell_place(explaining *e, vd_arena *scratch) {
  const vd_landscape *land = e->study->land;
  vd_explanation *told = e->told;
  double lonlat[2];
  vd_grid_centre(vd_landscape_grid(land), told->cell, &e->xy_m[0], &e->xy_m[1]);
  vd_landscape_to_lonlat(land, e->xy_m, lonlat, 1);
  e->t = e->study->index_of[told->cell];
  told->people = (double)land->people[told->cell];
  told->ground = land->ground[told->cell];
  told->elevation_m = (double)land->elevation_m[told->cell];
  if (e->t >= 0) memcpy(told->certain_hours, e->study->cells[e->t].certain_hours, sizeof told->certain_hours);
  told->gap = e->t >= 0 ? e->study->cells[e->t].gap : -1;
  tell_threat(e);
  size_t n;
  const vd_near *nears = e->t >= 0 ? vd_cell_nears(e->study, scratch, (size_t)e->t, &n)
                                   : vd_place_nears(e->study, scratch, lonlat[0], lonlat[1], &n);
  tell_visits(e, nears, n);
  tell_spans(e, scratch, nears, n);
  return tell_reaches(e);
}

vd_status vd_study_explain(const vd_study *study, const vd_plan *plan, double lon_deg, double lat_deg,
                           vd_arena *arena, vd_explanation **out) {
  (void)plan; /* the study keeps what it read */
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_explanation *told = *out = VD_NEW(arena, vd_explanation);
  *told = (vd_explanation){.lon_deg = lon_deg,
                           .lat_deg = lat_deg,
                           .cell = -1,
                           .ground = -1,
                           .elevation_m = NAN,
                           .settlement_m = NAN,
                           .priority = -1,
                           .response_standard_min = NAN,
                           .revisit_standard_h = NAN,
                           .last_visit_s = VD_TIME_MIN,
                           .certain_hours = {NAN, NAN, NAN},
                           .gap = -1};
  if (!(fabs(lon_deg) <= 540 && fabs(lat_deg) <= 90)) {
    return vd_fail(VD_ERR_INPUT, _("The place is not on the earth; give longitude and latitude in degrees."));
  }
  const double lonlat[2] = {lon_deg, lat_deg};
  double xy_m[2];
  vd_landscape_to_plane(study->land, lonlat, xy_m, 1);
  int32_t town = vd_model_nearest_town(study->model, lonlat, xy_m, &told->settlement_m);
  if (town >= 0) told->settlement = vd_str_dup(arena, study->model->towns[town].name);
  int32_t cell = vd_grid_cell(vd_landscape_grid(study->land), xy_m[0], xy_m[1]);
  if (cell < 0 || !study->land->inside[cell]) return VD_OK;
  told->cell = cell;
  explaining e = {.study = study, .arena = arena, .told = told};
  return tell_place(&e, scratch);
}
