/* study_response: incidents on random small plans, looked at minute by minute straight from the definitions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The nearest responder of each incident is found by solving from every base and every patrol that is out with every
 * restriction in force then, as a whole; last visits by following every patrol back in steps of seconds. No bounds, no sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "study_legs.h"

#include "study/land.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"
#include "vedette/plan/recurrence.h"
#include "vedette/study/response.h"

enum { NX = 9, NY = 7, PLANS = 20, INCIDENTS = 24, STEP_S = 1, OCCURRENCES = 5 };

typedef struct brute {
  fx *f;
  vd_landscape *land;
  vd_arena *arena;
  int64_t time_s;
  uint32_t cell_ms[NX * NY]; /* least of those solved so far */
  uint32_t ms;               /* of the responder solved last, at the cell in question */
  int32_t cell;
  bool moving;     /* who is asked is on its way */
  bool on_the_way; /* who is nearest to the cell in question */
} brute;

static const vd_actor *actor_of(const brute *b, const char *id) {
  return vd_plan_find(b->f->plan, VD_KIND_ACTOR, id);
}

static bool is_day(const brute *b) {
  int64_t minute = (b->time_s - FX_MONDAY_S + 10 * VD_DAY_S) % VD_DAY_S / 60;
  return minute >= (int64_t)vd_standard_value(b->f->plan, "day.from") &&
         minute < (int64_t)vd_standard_value(b->f->plan, "day.to");
}

static vd_speed_rules rules_of(const brute *b, vd_vehicle vehicle) {
  vd_speed_rules rules = {.night_factor = vd_standard_value(b->f->plan, "night_factor"),
                          .slope_max = vd_standard_value(b->f->plan, "slope_limit.4x4")};
  for (int g = 0; g < VD_GROUND_COUNT; g++) {
    const vd_speed *speed = vd_speed_lookup(b->f->plan, vehicle, (vd_ground)g);
    if (speed) rules.kmh[g] = speed->kmh, rules.wet_factor[g] = 1;
  }
  return rules;
}

static bool holds_up(const brute *b, const vd_restriction *r, const vd_actor *actor, vd_vehicle vehicle) {
  if (b->time_s < r->from_s || b->time_s >= r->to_s || b->time_s >= r->resolved_s) return false;
  if (r->components && !strstr(r->components, vd_terms_word(&vd_actor_kind_terms, actor->kind))) return false;
  if (!r->road_state) return true;
  return strcmp(r->road_state, "4x4_only") == 0 ? vehicle == VD_CONVOY : strcmp(r->road_state, "open") != 0;
}

static size_t effects_of(const brute *b, const vd_actor *actor, vd_vehicle vehicle, bool escorted,
                         vd_travel_effect effects[32]) {
  size_t n = 0;
  VD_EACH(b->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    if (!holds_up(b, r, actor, vehicle)) continue;
    double xy[2];
    vd_landscape_to_plane(b->land, r->record.geom->xy, xy, 1);
    effects[n] = effect_of(b->f, r, escorted);
    effects[n++].zone = vd_travel_zone_circle(b->arena, b->land->network, xy[0], xy[1], r->radius_m);
  }
  return n;
}

static void respond(brute *b, const vd_actor *actor, vd_vehicle vehicle, bool escorted, const double *xy_m,
                    double notice_min) {
  vd_travel_effect effects[32];
  size_t n = effects_of(b, actor, vehicle, escorted, effects);
  vd_speed_rules rules = rules_of(b, vehicle), foot = rules_of(b, VD_FOOT);
  vd_profile profile = vd_profile_resolve(vehicle, &rules, &foot, VD_DRY, is_day(b) ? VD_DAY : VD_NIGHT,
                                          (uint32_t)(vd_standard_value(b->f->plan, "ford_delay") * 60e3),
                                          (uint32_t)(vd_standard_value(b->f->plan, "ferry_delay") * 60e3));
  vd_travel_costs *costs;
  assert_int_equal(vd_travel_costs_new(b->arena, b->land->network, &profile, effects, n, &costs), VD_OK);
  vd_travel_source source = {xy_m[0], xy_m[1], (uint32_t)(notice_min * 60e3)};
  vd_travel_field field;
  assert_int_equal(vd_travel_solve(b->arena, costs, &source, VD_UNREACHED - 1, false, NULL, &field), VD_OK);
  b->ms = field.cell_ms[b->cell];
  if (b->ms < b->cell_ms[b->cell]) b->on_the_way = b->moving;
  for (int c = 0; c < NX * NY; c++)
    if (field.cell_ms[c] < b->cell_ms[c]) b->cell_ms[c] = field.cell_ms[c];
}

static void respond_from(brute *b, const vd_actor *actor, vd_vehicle vehicle, bool escorted,
                         const vd_geom *place, double notice_min) {
  double xy[2];
  vd_landscape_to_plane(b->land, place->xy, xy, 1);
  respond(b, actor, vehicle, escorted, xy, notice_min);
}

/* Departures: the first and, when daily, those of the days after. */
static int starts_of(const vd_patrol *patrol, int64_t starts[OCCURRENCES]) {
  int n = patrol->recurrence ? OCCURRENCES : 1;
  for (int i = 0; i < n; i++) starts[i] = patrol->from_s + i * (int64_t)VD_DAY_S;
  return n;
}

static bool counts(const brute *b, const vd_patrol *patrol) {
  return patrol->state == VD_EXECUTED && actor_of(b, patrol->actor)->counts_as_presence;
}

/* Called on the way, or where a track halts. */
static void respond_on_the_way(brute *b, const vd_patrol *patrol, int64_t start_s) {
  leg_point points[16], from;
  double step_s = vd_standard_value(b->f->plan, "on_task.step") * 60, notice_min;
  int n = legs_of(b->f, b->land, patrol, points);
  if (!answers_on_the_way(points, n, patrol->track_s != NULL, step_s, (double)(b->time_s - start_s), &from,
                          &notice_min))
    return;
  double xy[2] = {from.x, from.y};
  b->moving = notice_min > 0;
  respond(b, actor_of(b, patrol->actor), (vd_vehicle)patrol->vehicle, patrol->escorted == 1, xy, notice_min);
  b->moving = false;
}

static void respond_all(brute *b) {
  memset(b->cell_ms, 0xff, sizeof b->cell_ms);
  VD_EACH(b->f->plan, VD_KIND_BASE, vd_base, base) {
    double notice = is_day(b) ? base->notice_day_min : base->notice_night_min;
    if (!actor_of(b, base->actor)->counts_as_presence || isnan(notice) || b->time_s < base->from_s ||
        b->time_s >= base->to_s)
      continue;
    respond_from(b, actor_of(b, base->actor), (vd_vehicle)base->vehicle, false, base->record.geom, notice);
  }
  VD_EACH(b->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int64_t starts[OCCURRENCES];
    int n = starts_of(patrol, starts);
    for (int i = 0; i < n && counts(b, patrol) && patrol->responds; i++)
      respond_on_the_way(b, patrol, starts[i]);
  }
  VD_EACH(b->f->plan, VD_KIND_STOP, vd_stop, stop) {
    const vd_patrol *patrol = vd_plan_find(b->f->plan, VD_KIND_PATROL, stop->patrol);
    int64_t starts[OCCURRENCES];
    int n = starts_of(patrol, starts);
    for (int i = 0; i < n && counts(b, patrol) && patrol->responds; i++)
      if (b->time_s >= starts[i] + (int64_t)(stop->arrive_min * 60) &&
          b->time_s < starts[i] + (int64_t)(stop->depart_min * 60))
        respond_from(b, actor_of(b, patrol->actor), (vd_vehicle)patrol->vehicle, patrol->escorted == 1,
                     stop->record.geom, 0);
  }
}

/* ---- visits ---- */

/* The latest second, to a step, at or before the time in which the patrol was near; VD_TIME_MIN none. */
static int64_t last_near(const brute *b, const vd_patrol *patrol, const double *xy) {
  leg_point points[16];
  int64_t starts[OCCURRENCES], last = VD_TIME_MIN;
  int n = legs_of(b->f, b->land, patrol, points), n_starts = starts_of(patrol, starts);
  for (int i = 0; i < n_starts; i++) {
    for (int k = 0; k + 1 < n; k++) {
      const leg_point *p = &points[k], *q = p + 1;
      if (q->lost) continue;
      for (double t = p->t_s; t <= q->t_s; t += STEP_S) {
        double u = q->t_s > p->t_s ? (t - p->t_s) / (q->t_s - p->t_s) : 0;
        int64_t when = starts[i] + (int64_t)t;
        if (when > b->time_s || when <= last) continue;
        if (hypot(p->x + u * (q->x - p->x) - xy[0], p->y + u * (q->y - p->y) - xy[1]) <= patrol->influence_m)
          last = when;
      }
    }
  }
  return last;
}

static int64_t last_visit(const brute *b, const vd_incident *in, bool *in_zone) {
  double xy[2];
  int64_t last = VD_TIME_MIN;
  vd_landscape_to_plane(b->land, in->record.geom->xy, xy, 1);
  VD_EACH(b->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int64_t near = counts(b, patrol) ? last_near(b, patrol, xy) : VD_TIME_MIN;
    if (near > last) last = near;
  }
  *in_zone = false;
  VD_EACH(b->f->plan, VD_KIND_BASE, vd_base, base) {
    const double *at = base->record.geom->xy, *here = in->record.geom->xy;
    double far = vd_geodesic_distance_m(at[0], at[1], here[0], here[1]);
    if (!actor_of(b, base->actor)->counts_as_presence || b->time_s < base->from_s ||
        base->from_s >= base->to_s || far > base->proximity_m)
      continue;
    int64_t left = base->to_s < b->time_s ? base->to_s : b->time_s;
    *in_zone |= b->time_s < base->to_s && far + in->precision_m <= base->proximity_m;
    if (left > last) last = left;
  }
  return last;
}

/* ---- comparing ---- */

/* Whether the nearest one is on its way. */
static bool compare(brute *b, const vd_response *r, const vd_incident_row *row) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  b->arena = arena;
  const vd_incident *in = vd_plan_find(b->f->plan, VD_KIND_INCIDENT, row->id);
  b->time_s = in->from_s;
  b->cell = vd_landscape_cell_at(b->land, in->record.geom->xy[0], in->record.geom->xy[1]);
  respond_all(b);
  uint32_t own = b->cell_ms[b->cell], least = own, most = own;
  double xy[2], centre[2];
  vd_landscape_to_plane(b->land, in->record.geom->xy, xy, 1);
  for (int32_t c = 0; c < NX * NY; c++) {
    vd_grid_centre(vd_landscape_grid(b->land), c, &centre[0], &centre[1]);
    if (hypot(xy[0] - centre[0], xy[1] - centre[1]) > in->precision_m) continue;
    if (b->cell_ms[c] < least) least = b->cell_ms[c];
    if (b->cell_ms[c] > most) most = b->cell_ms[c];
  }
  assert_true(row->minutes == (own == VD_UNREACHED ? INFINITY : own / 60e3));
  assert_true(row->least_min == (least == VD_UNREACHED ? INFINITY : least / 60e3));
  assert_true(row->most_min == (most == VD_UNREACHED ? INFINITY : most / 60e3));
  assert_true((row->responder >= 0) == (own != VD_UNREACHED));
  bool in_zone;
  int64_t last = last_visit(b, in, &in_zone);
  assert_int_equal(row->in_zone == VD_TOLD_YES, in_zone);
  if (last == VD_TIME_MIN || row->last_visit_s == VD_TIME_MIN)
    assert_true(row->last_visit_s == last);
  else
    assert_true(llabs(row->last_visit_s - last) <= 2 * STEP_S);
  if (row->responder < 0) return false;
  assert_int_equal(r->responders[row->responder].on_the_way, b->on_the_way);
  return b->on_the_way;
}

/* Every other one within two hours of the departure of a patrol, where that is in the window. */
static int64_t some_time(dice *d, const fx *f) {
  const fx_list *patrols = &f->lists[VD_KIND_PATROL];
  const vd_patrol *patrol = patrols->records[dice_below(d, (int)patrols->n)];
  int64_t time_s = dice_minute(d, 0, 36), out_s = patrol->from_s + dice_below(d, 120) * (int64_t)VD_MINUTE_S;
  bool inside = out_s >= FX_MONDAY_S && out_s < FX_MONDAY_S + 36 * VD_HOUR_S;
  return inside && dice_below(d, 2) ? out_s : time_s;
}

static void incidents_agree_with_sampling(void **state) {
  (void)state;
  int64_t n_solves = 0, n_reached = 0, n_visited = 0, n_on_the_way = 0;
  for (uint64_t seed = 400; seed < 400 + PLANS; seed++) {
    brute b = {.f = random_plan_with_tracks(seed, NX, NY)};
    dice d = {seed ^ 99};
    for (int i = 0; i < INCIDENTS; i++) {
      vd_incident *in = fx_add(b.f, VD_KIND_INCIDENT, NULL,
                               fx_point(b.f, dice_real(&d, 0, NX - 1), dice_real(&d, 0, NY - 1)));
      in->from_s = some_time(&d, b.f) + 30;
      in->precision_m = dice_below(&d, 2) ? 0 : dice_real(&d, 0, 3000);
    }
    fx_load(b.f);
    vd_response r;
    vd_response_options options = {0};
    if (vd_landscape_build(b.f->plan, 0, NULL, NULL, &b.land) != VD_OK) fail_msg("%s", vd_last_message());
    if (vd_response_run(b.f->arena, b.f->plan, b.land, &options, NULL, NULL, &r) != VD_OK)
      fail_msg("%s", vd_last_message());
    assert_int_equal(r.n_incidents, INCIDENTS);
    for (size_t i = 0; i < r.n_incidents; i++) {
      n_on_the_way += compare(&b, &r, &r.incidents[i]);
      n_reached += isfinite(r.incidents[i].minutes);
      n_visited += r.incidents[i].last_visit_s != VD_TIME_MIN;
    }
    n_solves += r.n_solves;
    vd_landscape_free(b.land);
    fx_free(b.f);
  }
  /* The cases are not empty, and there are fewer solves than one for each responder and incident. */
  assert_true(n_reached > 100 && n_visited > 50 && n_on_the_way > 8);
  assert_true(n_solves < PLANS * INCIDENTS * 3);
}

static void threads_do_not_matter(void **state) {
  (void)state;
  fx *f = random_plan(500, NX, NY);
  dice d = {5};
  for (int i = 0; i < 200; i++)
    ((vd_incident *)fx_add(f, VD_KIND_INCIDENT, NULL,
                           fx_point(f, dice_real(&d, 0, NX - 1), dice_real(&d, 0, NY - 1))))
        ->from_s = dice_minute(&d, 0, 36);
  fx_load(f);
  vd_landscape *land;
  vd_response r[3];
  vd_response_options options = {0};
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  for (int t = 0; t < 3; t++) {
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(1 + 2 * t);
    assert_int_equal(vd_response_run(f->arena, f->plan, land, &options, jobs, NULL, &r[t]), VD_OK);
  }
  for (int t = 1; t < 3; t++) {
    for (size_t i = 0; i < r[0].n_incidents; i++) {
      const vd_incident_row *a = &r[0].incidents[i], *b = &r[t].incidents[i];
      assert_true(a->minutes == b->minutes && a->last_visit_s == b->last_visit_s &&
                  a->responder == b->responder);
      assert_string_equal(a->id, b->id);
    }
  }
  vd_landscape_free(land);
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(incidents_agree_with_sampling),
      cmocka_unit_test(threads_do_not_matter),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
