/* schedule_brute: schedules of random plans against sampling: drives in steps of a second, rules in steps of a minute.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "study_random.h"
#include "vedette/geo/start.h"
#include "vedette/study/schedule.h"

enum { NX = 12, NY = 9, ROUNDS = 150, N_PATROLS = 8, MOST_STOPS = 4, MOST_BARS = 5 };
static const char *const crews[] = {"One", "Two", "Three"}, *const codes[] = {"ROM-ESC", "ROM-CRF",
                                                                              "ROM-CHK"};

typedef struct world {
  fx *f;
  vd_arena *arena;
  vd_landscape *land;
  const vd_schedule *schedule;
  double bar_xy[MOST_BARS][2];
} world;

static double figure(const world *w, const char *key) {
  return vd_standard_value(w->f->plan, key);
}

/* ---- random plans ---- */

static void add_patrol(fx *f, dice *d, const vd_actor *actor) {
  vd_patrol *patrol = fx_patrol(f, vd_str_printf(f->arena, "P%d", f->serial), actor, VD_CAR_4X4,
                                dice_minute(d, -12, 60), dice_below(d, 2) ? "FREQ=DAILY" : NULL);
  int n = 2 + dice_below(d, MOST_STOPS - 1);
  double route[2 * MOST_STOPS], at = 0;
  for (int i = 0; i < n; i++) {
    route[2 * i] = dice_real(d, 0, NX - 1), route[2 * i + 1] = dice_real(d, 0, NY - 1);
    double stay = dice_below(d, 4) ? dice_below(d, 60) : dice_below(d, 600);
    bool told = i == 0 || dice_below(d, 4);
    fx_stop(f, patrol, i, route[2 * i], route[2 * i + 1], told ? at : (double)NAN,
            told ? at + stay : (double)NAN);
    at += stay + 5 + dice_below(d, 40);
  }
  patrol->record.geom = fx_line(f, route, n);
  patrol->state = (int32_t)((const vd_patrol_state[]){VD_PLANNED, VD_APPROVED, VD_PLANNED, VD_EXECUTED,
                                                      VD_OBSTRUCTED, VD_CANCELLED})[dice_below(d, 6)];
  patrol->clearance = dice_below(d, VD_CLEARANCE_COUNT);
  patrol->escorted = dice_below(d, 2);
  const char *one = crews[dice_below(d, 3)], *two = crews[dice_below(d, 3)];
  patrol->crew = dice_below(d, 2) ? one : vd_str_printf(f->arena, "%s; %s", one, two);
  patrol->vehicles_named = dice_below(d, 2) ? crews[dice_below(d, 3)] : NULL;
}

static void add_restriction(fx *f, dice *d) {
  static const vd_effect effects[] = {VD_EFFECT_BLOCK, VD_EFFECT_SLOW, VD_EFFECT_DELAY, VD_EFFECT_ESCORT};
  fx_place at = {dice_real(d, 0, NX - 1), dice_real(d, 0, NY - 1)};
  vd_restriction *r = fx_restriction(f, vd_str_printf(f->arena, "R%d", f->serial),
                                     fx_point(f, at.lon_deg, at.lat_deg), dice_real(d, 400, 1600));
  r->effect = (int32_t)effects[dice_below(d, 4)];
  r->slow_factor = 3, r->delay_min = 7;
  r->code = codes[dice_below(d, 3)];
  r->from_s = dice_minute(d, -10, 40);
  r->to_s = r->from_s + (60 + dice_below(d, 1200)) * (int64_t)VD_MINUTE_S;
}

static world make_world(uint64_t seed) {
  dice d = {seed};
  world w = {.f = fx_new(NX, NY, 1000, 2), .arena = vd_arena_new()};
  fx *f = w.f;
  f->info.utc_offset_s = (dice_below(&d, 5) - 2) * VD_HOUR_S;
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 30);
  fx_standard(f, "night_factor", 0.6);
  fx_standard(f, "day.from", 330 + dice_below(&d, 60)), fx_standard(f, "day.to", 1050 + dice_below(&d, 60));
  fx_standard(f, "rest.least", 2 + dice_below(&d, 6)), fx_standard(f, "duty.longest", 2 + dice_below(&d, 6));
  fx_standard(f, "schedule.slack", dice_below(&d, 20));
  fx_standard(f, "curfew.from", dice_below(&d, 1440)), fx_standard(f, "curfew.to", dice_below(&d, 1440));
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  for (int i = 0; i < N_PATROLS; i++) add_patrol(f, &d, actor);
  for (int i = 0; i < MOST_BARS; i++) add_restriction(f, &d);
  fx_load(f);
  vd_study_options options = {0};
  vd_schedule *schedule;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &w.land), VD_OK);
  assert_int_equal(vd_schedule_make(f->plan, w.land, &options, NULL, w.arena, &schedule), VD_OK);
  w.schedule = schedule;
  VD_EACH(f->plan, VD_KIND_RESTRICTION, vd_restriction, r)
  vd_landscape_to_plane(w.land, r->record.geom->xy, w.bar_xy[r_i], 1);
  return w;
}

static void free_world(world *w) {
  vd_landscape_free(w->land);
  vd_arena_free(w->arena);
  fx_free(w->f);
}

/* ---- driving, in steps of a second ---- */

static bool is_inside(const world *w, size_t bar, const vd_restriction *r, double x, double y) {
  return hypot(x - w->bar_xy[bar][0], y - w->bar_xy[bar][1]) <=
         r->radius_m; /* the plane is true to a thousandth here */
}

static bool is_day(const world *w, double time_s) {
  double local_s = (double)(((int64_t)time_s + w->f->info.utc_offset_s) % VD_DAY_S);
  return local_s >= figure(w, "day.from") * 60 && local_s < figure(w, "day.to") * 60;
}

/* Seconds from a to b leaving at `time_s`; what the patrol is in already it does not wait for. */
static double drive(const world *w, const vd_outing *outing, const double *a, const double *b,
                    double time_s) {
  bool in[MOST_BARS] = {false};
  double length = hypot(b[0] - a[0], b[1] - a[1]), done = 0, begun_s = time_s;
  bool first = true;
  while (done < length) {
    double t = done / length, x = a[0] + t * (b[0] - a[0]), y = a[1] + t * (b[1] - a[1]), slow = 1;
    VD_EACH(w->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
      bool was = in[r_i], now = is_inside(w, r_i, r, x, y),
           holds = time_s >= (double)r->from_s && time_s < (double)r->to_s;
      in[r_i] = now;
      bool waits = r->effect == VD_EFFECT_DELAY || (r->effect == VD_EFFECT_ESCORT && !outing->escorted);
      if (now && !was && !first && holds && waits) time_s += r->delay_min * 60;
      if (now && holds && r->effect == VD_EFFECT_SLOW) slow *= r->slow_factor;
    }
    first = false;
    done += 30 / 3.6 / slow * (is_day(w, time_s) ? 1 : 0.6);
    time_s += 1;
  }
  return time_s - begun_s;
}

/* ---- where an outing is ---- */

static const vd_patrol *patrol_of(const world *w, const vd_outing *outing) {
  return vd_plan_find(w->f->plan, VD_KIND_PATROL, outing->patrol);
}

static void stop_xy(const world *w, const vd_outing *outing, size_t leg, double *xy) {
  vd_landscape_to_plane(w->land, (const double[]){outing->legs[leg].lon_deg, outing->legs[leg].lat_deg}, xy,
                        1);
}

/* Whether it rests at a minute: in a stay at least as long as the standard. */
static bool rests(const world *w, const vd_outing *outing, int64_t time_s) {
  for (size_t k = 0; k < outing->n_legs; k++) {
    const vd_outing_leg *t = &outing->times[k];
    bool long_enough = (double)(t->depart_s - t->arrive_s) >= figure(w, "rest.least") * VD_HOUR_S;
    if (long_enough && time_s >= t->arrive_s && time_s < t->depart_s) return true;
  }
  return false;
}

static bool is_out(const vd_outing *outing, int64_t time_s) {
  return time_s >= outing->depart_s && time_s < outing->return_s;
}

static bool shares(const char *a, const char *b) {
  for (int i = 0; i < 3; i++)
    if (a && b && strstr(a, crews[i]) && strstr(b, crews[i])) return true;
  return false;
}

static bool ruled(const vd_outing *outing) {
  return outing->state == VD_PLANNED || outing->state == VD_APPROVED;
}

/* Minutes that the schedule tells of a kind for one outing, or two; -1 when it tells none. */
static double told(const world *w, vd_conflict_kind kind, int32_t a, int32_t b, size_t *n) {
  double sum = -1;
  *n = 0;
  for (size_t i = 0; i < w->schedule->n_conflicts; i++) {
    const vd_conflict *c = &w->schedule->conflicts[i];
    if (c->kind != kind || c->a != a || c->b != b) continue;
    sum = sum < 0 ? c->minutes : sum + c->minutes;
    (*n)++;
  }
  return sum;
}

/* What sampling found in whole minutes against what is told; less than a minute may be missed. */
static void agree(const char *what, double sampled, double said, double within) {
  if (said < 0 && sampled <= within) return;
  if (fabs(sampled - (said < 0 ? 0 : said)) > within)
    fail_msg("%s: sampled %g min, told %g", what, sampled, said);
}

/* ---- one outing ---- */

static void check_times(const world *w, const vd_outing *outing) {
  const vd_outing_leg *times = outing->times;
  double previous[2], here[2];
  stop_xy(w, outing, 0, previous);
  for (size_t k = 1; k < outing->n_legs; k++, previous[0] = here[0], previous[1] = here[1]) {
    stop_xy(w, outing, k, here);
    bool late = ruled(outing) || outing->state == VD_CANCELLED;
    if (!late) continue; /* needed from another moment than it left */
    double needed_s = drive(w, outing, previous, here, (double)times[k].leave_s);
    double planned_s = times[k].planned_s;
    /* Expected arrival: as needed from when it leaves, or as planned where that is later. */
    double at_s = (double)(times[k].arrive_s - times[k].leave_s);
    if (at_s < needed_s - 45) fail_msg("leg %zu arrives in %g s, %g are needed", k, at_s, needed_s);
    if (isnan(planned_s) && fabs(at_s - needed_s) > 45)
      fail_msg("leg %zu arrives in %g s, %g are needed", k, at_s, needed_s);
  }
}

static void check_rules(const world *w, int32_t index) {
  const vd_outing *outing = &w->schedule->outings[index];
  double curfew = 0, run = 0, beyond = 0, duty = figure(w, "duty.longest") * 60;
  int64_t from = (int64_t)figure(w, "curfew.from"), to = (int64_t)figure(w, "curfew.to");
  for (int64_t t = outing->depart_s; t < outing->return_s; t += VD_MINUTE_S) {
    int64_t minute = (t + w->f->info.utc_offset_s) % VD_DAY_S / VD_MINUTE_S;
    bool at_rest = rests(w, outing, t);
    bool in = from < to ? minute >= from && minute < to : from > to && (minute >= from || minute < to);
    curfew += in && !at_rest;
    run = at_rest ? 0 : run + 1;
    if (!at_rest && run > duty) beyond++;
  }
  size_t n;
  bool held = ruled(outing) && outing->in_window;
  agree("curfew", held ? curfew : 0, told(w, VD_CONFLICT_CURFEW, index, -1, &n), 3);
  agree("duty", held ? beyond : 0, told(w, VD_CONFLICT_DUTY, index, -1, &n), 3);
}

static void check_legs(const world *w, int32_t index) {
  const vd_outing *outing = &w->schedule->outings[index];
  double sum = 0;
  for (size_t k = 0; k < outing->n_legs; k++) {
    double more = (outing->times[k].needed_s - outing->times[k].planned_s) / 60;
    if (more > figure(w, "schedule.slack")) sum += more;
  }
  size_t n;
  agree("legs", ruled(outing) && outing->in_window ? sum : 0, told(w, VD_CONFLICT_LEG, index, -1, &n), 0.01);
}

/* Where the plan has it at an offset, in steps of two seconds; false between its stops' times when one is not told. */
static bool meets(const world *w, const vd_outing *outing, size_t r_i, const vd_restriction *r) {
  double a[2], b[2];
  stop_xy(w, outing, 0, a);
  double at_min = 0;
  int sequence = 0;
  VD_EACH(w->f->plan, VD_KIND_STOP, vd_stop, stop) {
    if (!vd_str_equal(stop->patrol, outing->patrol)) continue;
    vd_landscape_to_plane(w->land, stop->record.geom->xy, b, 1);
    double arrive_s = stop->arrive_min * 60, from_s = at_min * 60;
    for (double t = from_s; sequence > 0 && t <= arrive_s; t += 2) {
      double share = (t - from_s) / (arrive_s - from_s), now_s = (double)outing->depart_s + t;
      if (now_s >= (double)r->from_s && now_s < (double)r->to_s &&
          is_inside(w, r_i, r, a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])))
        return true;
    }
    for (double t = arrive_s; t <= stop->depart_min * 60; t += 2) {
      double now_s = (double)outing->depart_s + t;
      if (now_s >= (double)r->from_s && now_s < (double)r->to_s && is_inside(w, r_i, r, b[0], b[1]))
        return true;
    }
    at_min = stop->depart_min, a[0] = b[0], a[1] = b[1], sequence++;
  }
  return false;
}

static bool all_told(const world *w, const vd_outing *outing) {
  VD_EACH(w->f->plan, VD_KIND_STOP, vd_stop, stop) {
    if (vd_str_equal(stop->patrol, outing->patrol) && isnan(stop->arrive_min)) return false;
  }
  return true;
}

static int check_restrictions(const world *w, int32_t index) {
  const vd_outing *outing = &w->schedule->outings[index];
  const vd_patrol *patrol = patrol_of(w, outing);
  if (!all_told(w, outing)) return 0;
  int n_met = 0;
  VD_EACH(w->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    bool met = ruled(outing) && outing->in_window && meets(w, outing, r_i, r);
    bool granted = patrol->clearance == VD_CLEARANCE_GRANTED;
    bool coded = strcmp(r->code, "ROM-CRF") == 0 || (strcmp(r->code, "ROM-ESC") == 0 && !outing->escorted);
    int expected = !met                            ? -1
                   : r->effect == VD_EFFECT_BLOCK  ? (int)VD_CONFLICT_BLOCKED
                   : r->effect == VD_EFFECT_ESCORT ? (outing->escorted ? -1 : (int)VD_CONFLICT_ESCORT)
                   : coded && !granted             ? (int)VD_CONFLICT_CLEARANCE
                                                   : -1;
    int said = -1;
    for (size_t i = 0; i < w->schedule->n_conflicts; i++) {
      const vd_conflict *c = &w->schedule->conflicts[i];
      if (c->a == index && c->restriction && vd_str_equal(c->restriction, r->record.id)) said = (int)c->kind;
    }
    if (said != expected) fail_msg("%s meets %s: %d, not %d", outing->name, r->record.name, said, expected);
    n_met += met;
  }
  return n_met;
}

/* ---- two outings ---- */

static int check_pair(const world *w, int32_t a, int32_t b) {
  const vd_outing *x = &w->schedule->outings[a], *y = &w->schedule->outings[b];
  double both = 0;
  for (int64_t t = y->depart_s; t < y->return_s; t += VD_MINUTE_S) both += is_out(x, t);
  bool binds = x->state != VD_CANCELLED && y->state != VD_CANCELLED && (x->in_window || y->in_window);
  size_t n;
  double crew = told(w, VD_CONFLICT_CREW, a, b, &n) / (double)(n ? n : 1);
  agree("crew", binds && shares(x->crew, y->crew) ? both : 0, crew, 1);
  double vehicle = told(w, VD_CONFLICT_VEHICLE, a, b, &n);
  agree("vehicle", binds && shares(x->vehicles_named, y->vehicles_named) ? both : 0, vehicle, 1);
  return both > 0;
}

/* The minutes before it leaves in which nobody of a crew is out, up to the standard. */
static void check_rest(const world *w, int32_t index) {
  const vd_outing *outing = &w->schedule->outings[index];
  double least = figure(w, "rest.least") * 60;
  for (int c = 0; c < 3; c++) {
    if (!outing->crew || !strstr(outing->crew, crews[c])) continue;
    double lacking = 0;
    bool out_now = false;
    for (int64_t back = 0; back <= (int64_t)least && lacking == 0 && !out_now; back++) {
      for (int32_t i = 0; i < index; i++) {
        const vd_outing *other = &w->schedule->outings[i];
        if (other->state == VD_CANCELLED || !strstr(other->crew, crews[c])) continue;
        if (is_out(other, outing->depart_s)) out_now = true;
        if (back > 0 && is_out(other, outing->depart_s - back * VD_MINUTE_S)) lacking = least - (double)back;
      }
    }
    double said = 0;
    for (size_t i = 0; i < w->schedule->n_conflicts; i++) {
      const vd_conflict *k = &w->schedule->conflicts[i];
      if (k->kind == VD_CONFLICT_REST && k->b == index && strcmp(k->who, crews[c]) == 0) said = k->minutes;
    }
    bool held = ruled(outing) && outing->in_window && !out_now;
    agree("rest", held ? lacking : 0, said, 2);
  }
}

static void schedule_equals_sampling(void **state) {
  (void)state;
  int n_met = 0, n_pairs = 0, n_conflicts = 0;
  for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
    world w = make_world(seed);
    int32_t n = (int32_t)w.schedule->n_outings;
    for (int32_t i = 0; i < n; i++) {
      check_times(&w, &w.schedule->outings[i]);
      check_rules(&w, i);
      check_legs(&w, i);
      check_rest(&w, i);
      n_met += check_restrictions(&w, i);
      for (int32_t k = i + 1; k < n; k++) n_pairs += check_pair(&w, i, k);
    }
    n_conflicts += (int)w.schedule->n_conflicts;
    free_world(&w);
  }
  print_message("%d conflicts, %d restrictions met, %d pairs out together\n", n_conflicts, n_met, n_pairs);
  assert_true(n_met > 50 && n_pairs > 200 && n_conflicts > 300);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {cmocka_unit_test(schedule_equals_sampling)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
