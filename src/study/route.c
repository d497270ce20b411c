/* route: the way of a responder to a place, leg by leg, with what slows it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { NEAR_MS = 4 * 3600 * 1000, FAR_MS = 24 * 3600 * 1000 };
#define LOOK_M 100.0 /* restrictions are looked for along a leg at this spacing */

/* The times of one responder, with routes for vehicles on the ground. */
typedef struct ways {
  const vd_study *study;
  vd_arena *arena; /* scratch */
  const vd_force *force;
  vd_light light;
  int32_t set;
  uint32_t cutoff_ms;
  vd_travel_field field;
  vd_transform *to_plane;
} ways;

static vd_status open_ways(ways *w, int32_t responder) {
  w->force = &w->study->forces[responder];
  vd_travel_source source = {w->force->xy_m[0], w->force->xy_m[1], w->force->start_ms[w->light]};
  VD_TRY(vd_transform_plane(w->study->land->lon_deg, w->study->land->lat_deg, &w->to_plane));
  if (w->force->vehicle == VD_HELICOPTER) {
    size_t n;
    const vd_travel_effect *effects = vd_set_effects(w->study, w->arena, w->set, &n);
    w->field = (vd_travel_field){.source = source};
    return vd_travel_direct(w->arena, vd_landscape_grid(w->study->land), &source,
                            w->study->model->figures.helicopter_kmh, effects, n, w->cutoff_ms,
                            &w->field.cell_ms);
  }
  const vd_travel_field *kept = vd_solve_kept(w->study, responder, w->light);
  if (kept && kept->cutoff_ms >= w->cutoff_ms && w->set == VD_FREE_SET) {
    w->field = *kept;
    return VD_OK;
  }
  vd_travel_costs *costs;
  VD_TRY(vd_solve_costs(w->study, w->arena, w->force->vehicle, w->light, w->set, &costs));
  if (kept && kept->cutoff_ms >= w->cutoff_ms)
    return vd_travel_change(w->arena, kept, costs, w->cutoff_ms, NULL, &w->field, NULL);
  return vd_travel_solve(w->arena, costs, &source, w->cutoff_ms, true, NULL, &w->field);
}

/* Legs in the plane; a flight is one straight leg. */
static vd_travel_leg *legs_to(const ways *w, int32_t cell, size_t *n) {
  if (w->field.vehicle_ms) return vd_travel_route(w->arena, &w->field, cell, n);
  vd_travel_leg *leg = VD_NEW(w->arena, vd_travel_leg);
  double *xy = VD_NEW_ARRAY(w->arena, double, 4);
  xy[0] = w->force->xy_m[0], xy[1] = w->force->xy_m[1];
  vd_grid_centre(vd_landscape_grid(w->study->land), cell, &xy[2], &xy[3]);
  *leg = (vd_travel_leg){VD_OFF_ROAD,
                         vd_plane_distance_m(xy[0], xy[1], xy[2], xy[3]),
                         w->field.cell_ms[cell] - w->force->start_ms[w->light],
                         false,
                         xy,
                         2};
  *n = 1;
  return leg;
}

/* Whether a restriction acts somewhere on a leg. */
static bool meets(const vd_bar *bar, const vd_travel_leg *leg) {
  vd_box box = vd_box_empty();
  for (int32_t i = 0; i < leg->n; i++) box = vd_box_add(box, leg->xy[2 * i], leg->xy[2 * i + 1]);
  if (!vd_box_touches(box, bar->near)) return false;
  for (int32_t i = 0; i < leg->n; i++) {
    const double *a = leg->xy + 2 * (size_t)i, *b = i + 1 < leg->n ? a + 2 : a;
    int n = (int)fmin(ceil(hypot(b[0] - a[0], b[1] - a[1]) / LOOK_M), 10000);
    for (int k = 0; k <= n; k++) {
      double t = n > 0 ? (double)k / n : 0;
      if (vd_bar_acts_at(bar, a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]))) return true;
    }
  }
  return false;
}

static void add_reason(vd_buf *buf, const char *text) {
  if (buf->n > 0) vd_buf_add(buf, ", ");
  vd_buf_add(buf, text);
}

static const char *slowed_by(const ways *w, vd_arena *arena, const vd_travel_leg *leg, int32_t ground) {
  const vd_model *model = w->study->model;
  const vd_bar_set *set = &w->study->sets[w->set];
  vd_buf buf = {.arena = arena};
  for (size_t i = 0; i < set->n; i++) {
    const vd_bar *bar = &model->bars[set->bars[i]];
    bool slows = bar->effect == VD_EFFECT_SLOW || bar->effect == VD_EFFECT_DELAY;
    if (slows && meets(bar, leg)) add_reason(&buf, bar->name);
  }
  if (leg->walked) add_reason(&buf, _("on foot"));
  bool flying = w->force->vehicle == VD_HELICOPTER;
  const vd_speed_rules *rules = &model->figures.rules[leg->walked ? VD_FOOT : w->force->vehicle];
  if (!flying && w->light == VD_NIGHT && rules->night_factor < 1) add_reason(&buf, _("night"));
  if (!flying && ground >= 0 && model->season == VD_WET && rules->wet_factor[ground] < 1)
    add_reason(&buf, _("wet season"));
  return buf.n > 0 ? buf.text : NULL;
}

static int32_t ground_of(const ways *w, const vd_travel_leg *leg) {
  if (w->force->vehicle == VD_HELICOPTER) return -1;
  if (leg->road != VD_OFF_ROAD) return w->study->land->roads[leg->road].ground;
  const double *middle = leg->xy + 2 * (size_t)(leg->n / 2);
  int32_t cell = vd_grid_cell(vd_landscape_grid(w->study->land), middle[0], middle[1]);
  return cell < 0 ? -1 : w->study->land->ground[cell];
}

static vd_leg tell_leg(const ways *w, vd_arena *arena, const vd_travel_leg *leg) {
  int32_t ground = ground_of(w, leg);
  bool on_road = leg->road != VD_OFF_ROAD;
  vd_geom *line = vd_geom_new(arena, VD_GEOM_LINE, 1, leg->n);
  for (int32_t i = 0; i < 2 * leg->n; i++) line->xy[i] = leg->xy[i];
  vd_transform_inverse(w->to_plane, line->xy, (size_t)line->n_points);
  return (vd_leg){.road = on_road ? w->study->land->roads[leg->road].name : NULL,
                  .ground = ground,
                  .crossing = on_road ? w->study->land->roads[leg->road].crossing : VD_CROSSING_NONE,
                  .length_m = leg->length_m,
                  .minutes = leg->ms / 60e3,
                  .slowed_by = slowed_by(w, arena, leg, ground),
                  .line = line};
}

/* Roads are cut where they meet; a reader wants one line for one road that goes on the same way. */
static bool goes_on(const vd_leg *a, const vd_leg *b) {
  return vd_str_equal(a->road, b->road) && a->ground == b->ground && a->crossing == b->crossing &&
         a->crossing == VD_CROSSING_NONE && vd_str_equal(a->slowed_by, b->slowed_by);
}

static vd_geom *joined_line(vd_arena *arena, const vd_leg *legs, size_t n) {
  int32_t n_points = 0, at = 0;
  for (size_t i = 0; i < n; i++) n_points += legs[i].line->n_points;
  vd_geom *line = vd_geom_new(arena, VD_GEOM_LINE, 1, n_points);
  for (size_t i = 0; i < n; i++) {
    for (int32_t k = 0; k < legs[i].line->n_points; k++) {
      const double *xy = legs[i].line->xy + 2 * k;
      bool again = at > 0 && xy[0] == line->xy[2 * at - 2] && xy[1] == line->xy[2 * at - 1];
      if (again) continue;
      line->xy[2 * at] = xy[0], line->xy[2 * at + 1] = xy[1];
      at++;
    }
  }
  line->n_points = line->part_start[1] = at;
  return line;
}

static size_t join_legs(vd_arena *arena, vd_leg *legs, size_t n) {
  size_t n_joined = 0;
  for (size_t i = 0, end; i < n; i = end) {
    vd_leg joined = legs[i];
    for (end = i + 1; end < n && goes_on(&joined, &legs[end]); end++) {
      joined.length_m += legs[end].length_m;
      joined.minutes += legs[end].minutes;
    }
    if (end > i + 1) joined.line = joined_line(arena, legs + i, end - i);
    legs[n_joined++] = joined;
  }
  return n_joined;
}

static vd_route tell_route(const ways *w, vd_arena *arena, int32_t cell) {
  uint32_t start = w->force->start_ms[w->light], total = w->field.cell_ms[cell];
  vd_route route = {.notice_min = start / 60e3, .travel_min = (total - start) / 60e3};
  const vd_travel_leg *plane = legs_to(w, cell, &route.n_legs);
  vd_leg *legs = VD_NEW_ARRAY(arena, vd_leg, route.n_legs + 1);
  for (size_t i = 0; i < route.n_legs; i++) legs[i] = tell_leg(w, arena, &plane[i]);
  route.n_legs = join_legs(arena, legs, route.n_legs);
  route.legs = legs;
  return route;
}

/* Within a cut-off; *n_missing counts those that it did not reach. */
static vd_status find_within(ways *w, int32_t responder, vd_route_wanted *wanted, size_t n,
                             size_t *n_missing) {
  vd_status status = open_ways(w, responder);
  *n_missing = 0;
  for (size_t i = 0; i < n && status == VD_OK; i++) {
    wanted[i].total_ms = w->field.cell_ms[wanted[i].cell];
    *n_missing += wanted[i].total_ms == VD_UNREACHED;
    bool fits = wanted[i].total_ms != VD_UNREACHED &&
                (wanted[i].only_ms == 0 || wanted[i].only_ms == wanted[i].total_ms);
    if (!fits || wanted[i].found) continue;
    *wanted[i].route = tell_route(w, wanted[i].arena, wanted[i].cell);
    wanted[i].found = true;
  }
  vd_transform_free(w->to_plane);
  return status;
}

/* Looks near by first: most places are within hours. */
vd_status vd_route_find(const vd_study *study, int32_t responder, vd_light light, int32_t set,
                        vd_route_wanted *wanted, size_t n) {
  static const uint32_t cutoffs[] = {NEAR_MS, FAR_MS};
  size_t n_missing = n;
  for (size_t i = 0; i < 2 && n_missing > 0; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    ways w = {.study = study, .arena = scratch, .light = light, .set = set, .cutoff_ms = cutoffs[i]};
    VD_TRY(find_within(&w, responder, wanted, n, &n_missing));
  }
  return VD_OK;
}

vd_status vd_route_meets(const vd_study *study, int32_t responder, vd_light light, int32_t cell, int32_t set,
                         int32_t *bars, size_t *n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  ways w = {.study = study, .arena = scratch, .light = light, .set = VD_FREE_SET, .cutoff_ms = FAR_MS};
  vd_status status = open_ways(&w, responder);
  vd_transform_free(w.to_plane);
  *n = 0;
  if (status != VD_OK || w.field.cell_ms[cell] == VD_UNREACHED) return status;
  size_t n_legs;
  const vd_travel_leg *legs = legs_to(&w, cell, &n_legs);
  for (size_t i = 0; i < study->sets[set].n; i++) {
    const vd_bar *bar = &study->model->bars[study->sets[set].bars[i]];
    bool met = false;
    for (size_t k = 0; k < n_legs && !met; k++) met = meets(bar, &legs[k]);
    if (met) bars[(*n)++] = study->sets[set].bars[i];
  }
  return VD_OK;
}

/* ---- of the gaps' nearest responders ---- */

typedef struct routing {
  vd_study *study;
  const vd_progress *progress;
} routing;

/* The routes of all gaps whose nearest responder it is, from the light and restrictions under which it was nearest. */
static vd_status route_responder(void *context, int64_t item, int worker) {
  (void)worker;
  routing *run = context;
  vd_study *study = run->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_route_wanted *wanted = VD_NEW_ARRAY(scratch, vd_route_wanted, study->n_gaps + 1);
  size_t n = 0, n_found = 0;
  for (size_t g = 0; g < study->n_gaps; g++) {
    if (study->gaps[g].responder != (int32_t)item) continue;
    int32_t place = study->gap_places[g];
    uint64_t key = study->forces[item].standing ? study->base_key[place] : study->best_key[place];
    wanted[n++] = (vd_route_wanted){.cell = study->cells[place].cell,
                                    .only_ms = (uint32_t)(key >> 32),
                                    .arena = study->gap_arenas[g],
                                    .route = &study->gaps[g].route};
  }
  if (n == 0) return VD_OK;
  VD_TRY(vd_progress_step(run->progress, _("Routes of responders"), item, (int64_t)study->n_responders));
  for (size_t s = 0; s < study->n_situations && n_found < n; s++) {
    const vd_situation *situation = &study->situations[s];
    if (situation->force != (int32_t)item || situation->blocker != VD_BLOCKED_BY_NOBODY) continue;
    VD_TRY(vd_route_find(study, (int32_t)item, (vd_light)situation->light, situation->set, wanted, n));
    n_found = 0;
    for (size_t i = 0; i < n; i++) n_found += wanted[i].found;
  }
  return VD_OK;
}

vd_status vd_run_routes(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  routing run = {study, progress};
  return vd_jobs_run(jobs, (int64_t)study->n_responders, route_responder, &run);
}
