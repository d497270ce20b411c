/* study_brute: random small plans looked at minute by minute, straight from the definitions, against the study.
 * SPDX-License-Identifier: Apache-2.0
 *
 * At each sampled minute and cell the state is worked out anew: every responder that is there solves with every restriction that is
 * in force for it, every patrol is followed in steps of some seconds back over the revisit standard. No epochs, no sets, no intervals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "study_legs.h"

#include "study/land.h"
#include "vedette/core/proximity.h"
#include "vedette/geo/start.h"
#include "vedette/plan/recurrence.h"

enum { NX = 9, NY = 7, SAMPLES = 24, STEP_S = 5 };

typedef struct brute {
  fx *f;
  vd_landscape *land;
  int64_t time_s;
  vd_case assumed;
  uint32_t cell_ms[NX * NY]; /* least response */
} brute;

static double standard(const brute *b, const char *what, int priority) {
  return vd_standard_value(
      b->f->plan, vd_str_printf(b->f->arena, "%s.%s", what, vd_terms_word(&vd_priority_terms, priority)));
}

static const vd_actor *actor_of(const brute *b, const char *id) {
  return vd_plan_find(b->f->plan, VD_KIND_ACTOR, id);
}

static bool is_day(const brute *b) {
  int64_t minute = (b->time_s - FX_MONDAY_S + 10 * VD_DAY_S) % VD_DAY_S / 60;
  return minute >= (int64_t)vd_standard_value(b->f->plan, "day.from") &&
         minute < (int64_t)vd_standard_value(b->f->plan, "day.to");
}

static double factor(const brute *b, const vd_speed *speed) {
  return b->assumed == VD_CASE_BEST    ? speed->best_factor
         : b->assumed == VD_CASE_WORST ? speed->worst_factor
                                       : 1;
}

static vd_profile profile_of(const brute *b, vd_vehicle vehicle) {
  vd_speed_rules rules = {.night_factor = vd_standard_value(b->f->plan, "night_factor"),
                          .slope_max = vd_standard_value(b->f->plan, "slope_limit.4x4")};
  vd_speed_rules foot = rules;
  for (int g = 0; g < VD_GROUND_COUNT; g++) {
    const vd_speed *speed = vd_speed_lookup(b->f->plan, vehicle, (vd_ground)g),
                   *walk = vd_speed_lookup(b->f->plan, VD_FOOT, (vd_ground)g);
    if (speed) rules.kmh[g] = speed->kmh * factor(b, speed), rules.wet_factor[g] = 1;
    if (walk) foot.kmh[g] = walk->kmh * factor(b, walk), foot.wet_factor[g] = 1;
  }
  return vd_profile_resolve(vehicle, &rules, &foot, VD_DRY, is_day(b) ? VD_DAY : VD_NIGHT,
                            (uint32_t)(vd_standard_value(b->f->plan, "ford_delay") * 60e3),
                            (uint32_t)(vd_standard_value(b->f->plan, "ferry_delay") * 60e3));
}

static bool holds_up(const brute *b, const vd_restriction *r, const vd_actor *actor, vd_vehicle vehicle) {
  if (b->time_s < r->from_s || b->time_s >= r->to_s || b->time_s >= r->resolved_s) return false;
  if (r->components && !strstr(r->components, vd_terms_word(&vd_actor_kind_terms, actor->kind))) return false;
  if (!r->road_state) return true;
  if (b->assumed == VD_CASE_BEST && strcmp(r->road_state, "open") != 0) {
    int64_t told_s = r->record.reported_s != VD_TIME_MIN ? r->record.reported_s : r->from_s;
    if (strcmp(r->road_state, "unknown") == 0 ||
        (double)(b->time_s - told_s) >= vd_standard_value(b->f->plan, "road_state.dry") * VD_DAY_S)
      return false;
  }
  return strcmp(r->road_state, "4x4_only") == 0 ? vehicle == VD_CONVOY : strcmp(r->road_state, "open") != 0;
}

static double radius_of(const brute *b, const vd_restriction *r) {
  double precision = r->precision_m > 0 ? r->precision_m : 0;
  if (b->assumed == VD_CASE_LIKELY) return r->radius_m;
  return b->assumed == VD_CASE_WORST ? r->radius_m + precision : fmax(0, r->radius_m - precision);
}

/* Solves from one place with every restriction in force and takes what is quicker. */
static void respond(brute *b, vd_arena *arena, const vd_actor *actor, vd_vehicle vehicle, bool escorted,
                    const vd_geom *place, double notice_min) {
  vd_travel_effect effects[32];
  size_t n = 0;
  VD_EACH(b->f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
    if (!holds_up(b, r, actor, vehicle)) continue;
    double xy[2];
    vd_landscape_to_plane(b->land, r->record.geom->xy, xy, 1);
    effects[n] = effect_of(b->f, r, escorted);
    effects[n++].zone = vd_travel_zone_circle(arena, b->land->network, xy[0], xy[1], radius_of(b, r));
  }
  vd_profile profile = profile_of(b, vehicle);
  vd_travel_costs *costs;
  assert_int_equal(vd_travel_costs_new(arena, b->land->network, &profile, effects, n, &costs), VD_OK);
  double xy[2];
  vd_landscape_to_plane(b->land, place->xy, xy, 1);
  vd_travel_source source = {xy[0], xy[1], (uint32_t)(notice_min * 60e3)};
  vd_travel_field field;
  assert_int_equal(vd_travel_solve(arena, costs, &source, VD_UNREACHED - 1, false, NULL, &field), VD_OK);
  for (int c = 0; c < NX * NY; c++)
    b->cell_ms[c] = field.cell_ms[c] < b->cell_ms[c] ? field.cell_ms[c] : b->cell_ms[c];
}

/* Departures that matter: the first and, when daily, those of a few days on. */
static int starts_of(const vd_patrol *patrol, int64_t starts[4]) {
  int n = patrol->recurrence ? 4 : 1;
  for (int i = 0; i < n; i++) starts[i] = patrol->from_s + i * (int64_t)VD_DAY_S;
  return n;
}

/* Called on the way, or where a track halts. */
static void respond_on_the_way(brute *b, vd_arena *arena, const vd_patrol *patrol, int64_t start_s) {
  leg_point points[16], from;
  double step_s = vd_standard_value(b->f->plan, "on_task.step") * 60, notice_min;
  int n = legs_of(b->f, b->land, patrol, points);
  if (!answers_on_the_way(points, n, patrol->track_s != NULL, step_s, (double)(b->time_s - start_s), &from,
                          &notice_min))
    return;
  double xy[2] = {from.x, from.y};
  vd_landscape_to_lonlat(b->land, xy, xy, 1);
  respond(b, arena, actor_of(b, patrol->actor), (vd_vehicle)patrol->vehicle, patrol->escorted == 1,
          vd_geom_point(arena, xy[0], xy[1]), notice_min);
}

static void respond_all(brute *b, vd_arena *arena) {
  memset(b->cell_ms, 0xff, sizeof b->cell_ms);
  VD_EACH(b->f->plan, VD_KIND_BASE, vd_base, base) {
    double notice = is_day(b) ? base->notice_day_min : base->notice_night_min;
    if (!actor_of(b, base->actor)->counts_as_presence || isnan(notice) || b->time_s < base->from_s ||
        b->time_s >= base->to_s)
      continue;
    respond(b, arena, actor_of(b, base->actor), (vd_vehicle)base->vehicle, false, base->record.geom, notice);
  }
  VD_EACH(b->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int64_t starts[4];
    int n = starts_of(patrol, starts);
    bool counts =
        patrol->state == VD_EXECUTED && patrol->responds && actor_of(b, patrol->actor)->counts_as_presence;
    for (int i = 0; i < n && counts; i++) respond_on_the_way(b, arena, patrol, starts[i]);
  }
  VD_EACH(b->f->plan, VD_KIND_STOP, vd_stop, stop) {
    const vd_patrol *patrol = vd_plan_find(b->f->plan, VD_KIND_PATROL, stop->patrol);
    int64_t starts[4];
    int n = starts_of(patrol, starts);
    bool counts =
        patrol->state == VD_EXECUTED && patrol->responds && actor_of(b, patrol->actor)->counts_as_presence;
    for (int i = 0; i < n && counts; i++) {
      int64_t from = starts[i] + (int64_t)(stop->arrive_min * 60),
              to = starts[i] + (int64_t)(stop->depart_min * 60);
      if (b->time_s >= from && b->time_s < to)
        respond(b, arena, actor_of(b, patrol->actor), (vd_vehicle)patrol->vehicle, patrol->escorted == 1,
                stop->record.geom, 0);
    }
  }
}

/* ---- presence ---- */

static bool passed(const brute *b, const vd_patrol *patrol, double x, double y, double revisit_s) {
  leg_point points[16];
  int n = legs_of(b->f, b->land, patrol, points);
  int64_t starts[4];
  int n_starts = starts_of(patrol, starts);
  for (int i = 0; i < n_starts; i++) {
    for (int k = 0; k + 1 < n; k++) {
      const leg_point *p = &points[k], *q = p + 1;
      if (q->lost) continue;
      for (double t = p->t_s; t <= q->t_s; t += STEP_S) {
        double since = (double)(b->time_s - starts[i]) - t,
               u = q->t_s > p->t_s ? (t - p->t_s) / (q->t_s - p->t_s) : 0;
        if (since < 0 || since > revisit_s) continue;
        if (hypot(p->x + u * (q->x - p->x) - x, p->y + u * (q->y - p->y) - y) <= patrol->influence_m)
          return true;
      }
    }
  }
  return false;
}

static bool is_present(const brute *b, int32_t cell, double revisit_s) {
  double x, y;
  vd_grid_centre(vd_landscape_grid(b->land), cell, &x, &y);
  VD_EACH(b->f->plan, VD_KIND_BASE, vd_base, base) {
    double xy[2];
    vd_landscape_to_plane(b->land, base->record.geom->xy, xy, 1);
    bool here = b->time_s >= base->from_s &&
                (b->time_s < base->to_s || (double)(b->time_s - base->to_s) <= revisit_s);
    if (here && actor_of(b, base->actor)->counts_as_presence &&
        hypot(xy[0] - x, xy[1] - y) <= base->proximity_m)
      return true;
  }
  VD_EACH(b->f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (patrol->state != VD_EXECUTED || !actor_of(b, patrol->actor)->counts_as_presence) continue;
    if (passed(b, patrol, x, y, revisit_s)) return true;
  }
  return false;
}

/* ---- state ---- */

static int priority_at(const brute *b, vd_arena *arena, int32_t cell) {
  double xy[2];
  int priority = -1;
  vd_grid_centre(vd_landscape_grid(b->land), cell, &xy[0], &xy[1]);
  vd_landscape_to_lonlat(b->land, xy, xy, 1);
  VD_EACH(b->f->plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    int64_t *pairs;
    size_t n;
    if (!vd_polygon_holds(threat->record.geom, xy[0], xy[1]) || threat->priority <= priority) continue;
    assert_int_equal(vd_threat_active(arena, threat, 0, b->time_s, b->time_s + 1, &pairs, &n), VD_OK);
    if (n > 0) priority = threat->priority;
  }
  return priority;
}

static int state_at(const brute *b, vd_arena *arena, int32_t cell) {
  int p = priority_at(b, arena, cell);
  if (p < 0 || vd_landscape_people(b->land)[cell] <= 0) return VD_STATE_NONE;
  bool in_time = b->cell_ms[cell] != VD_UNREACHED && b->cell_ms[cell] <= standard(b, "response", p) * 60e3;
  bool present = is_present(b, cell, standard(b, "revisit", p) * 3600);
  return in_time ? (present ? VD_COVERED : VD_REACH_ONLY) : present ? VD_PRESENCE_ONLY : VD_UNCOVERED;
}

/* Where the study changes within a step of the sampler, either side will do. */
static void compare(const brute *b, const vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint8_t now[NX * NY], before[NX * NY], after[NX * NY];
  vd_study_states_at(study, b->time_s, now);
  vd_study_states_at(study, b->time_s - 2 * STEP_S, before);
  vd_study_states_at(study, b->time_s + 2 * STEP_S, after);
  for (int32_t c = 0; c < NX * NY; c++) {
    int expected = state_at(b, arena, c);
    if (expected != now[c] && expected != before[c] && expected != after[c]) {
      fail_msg("cell %d at %lld s: %s, not %s", (int)c, (long long)(b->time_s - FX_MONDAY_S),
               vd_terms_word(&vd_state_terms, now[c]), vd_terms_word(&vd_state_terms, expected));
    }
  }
}

static void states_agree_with_sampling(void **state) {
  (void)state;
  for (uint64_t seed = 100; seed < 112; seed++) {
    brute b = {.f = random_plan_with_tracks(seed, NX, NY)};
    vd_study *study = NULL;
    fx_load(b.f);
    if (vd_landscape_build(b.f->plan, 0, NULL, NULL, &b.land) != VD_OK) fail_msg("%s", vd_last_message());
    if (vd_study_run(b.f->plan, b.land, NULL, NULL, NULL, &study) != VD_OK) fail_msg("%s", vd_last_message());
    dice d = {seed ^ 77};
    for (int i = 0; i < SAMPLES; i++) {
      VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
      b.time_s = dice_minute(&d, 0, 36) + 30;
      respond_all(&b, arena);
      compare(&b, study);
    }
    vd_study_free(study);
    vd_landscape_free(b.land);
    fx_free(b.f);
  }
}

/* ---- best and worst ---- */

/* Covered at least as likely at best, at most as likely at worst. */
static int certainty_at(brute *b, vd_arena *arena, int32_t cell, uint32_t ms[VD_CASE_COUNT][NX * NY]) {
  bool covered[VD_CASE_COUNT];
  for (int c = 0; c < VD_CASE_COUNT; c++) {
    memcpy(b->cell_ms, ms[c], sizeof b->cell_ms);
    int state = state_at(b, arena, cell);
    if (state == VD_STATE_NONE) return VD_CERTAINTY_COUNT;
    covered[c] = state == VD_COVERED;
  }
  if (covered[VD_CASE_LIKELY]) return covered[VD_CASE_WORST] ? VD_SURELY_COVERED : VD_MAYBE_COVERED;
  return covered[VD_CASE_BEST] ? VD_MAYBE_COVERED : VD_NOT_COVERED;
}

static void compare_certainty(brute *b, const vd_study *study, int seen[VD_CERTAINTY_COUNT + 1]) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint8_t now[NX * NY], before[NX * NY], after[NX * NY];
  uint32_t ms[VD_CASE_COUNT][NX * NY];
  for (int c = 0; c < VD_CASE_COUNT; c++) {
    b->assumed = (vd_case)c;
    respond_all(b, arena);
    memcpy(ms[c], b->cell_ms, sizeof ms[c]);
  }
  vd_study_certainty_at(study, b->time_s, now);
  vd_study_certainty_at(study, b->time_s - 2 * STEP_S, before);
  vd_study_certainty_at(study, b->time_s + 2 * STEP_S, after);
  for (int32_t c = 0; c < NX * NY; c++) {
    int expected = certainty_at(b, arena, c, ms);
    seen[expected]++;
    if (expected != now[c] && expected != before[c] && expected != after[c])
      fail_msg("cell %d at %lld s: %d, not %d", (int)c, (long long)(b->time_s - FX_MONDAY_S), (int)now[c],
               expected);
  }
}

static void certainty_agrees_with_sampling(void **state) {
  (void)state;
  int seen[VD_CERTAINTY_COUNT + 1] = {0};
  for (uint64_t seed = 400; seed < 406; seed++) {
    brute b = {.f = random_plan(seed, NX, NY)};
    vd_study *study = NULL;
    vd_study_options options = {.certainty = true};
    fx_load(b.f);
    if (vd_landscape_build(b.f->plan, 0, NULL, NULL, &b.land) != VD_OK) fail_msg("%s", vd_last_message());
    if (vd_study_run(b.f->plan, b.land, &options, NULL, NULL, &study) != VD_OK)
      fail_msg("%s", vd_last_message());
    dice d = {seed ^ 99};
    for (int i = 0; i < SAMPLES / 4; i++) {
      b.time_s = dice_minute(&d, 0, 36) + 30;
      compare_certainty(&b, study, seen);
    }
    vd_study_free(study);
    vd_landscape_free(b.land);
    fx_free(b.f);
  }
  for (int c = 0; c < VD_CERTAINTY_COUNT; c++)
    assert_true(seen[c] > 30); /* the plans say something of each */
}

/* What states_at says, added up over all changes, is what the hours say. */
static void hours_are_the_sum_of_states(void **state) {
  (void)state;
  for (uint64_t seed = 200; seed < 206; seed++) {
    fx *f = random_plan_with_tracks(seed, NX, NY);
    vd_landscape *land = NULL;
    vd_study *study = NULL;
    fx_load(f);
    assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
    assert_int_equal(vd_study_run(f->plan, land, NULL, NULL, NULL, &study), VD_OK);
    size_t n;
    const vd_study_cell *cells = vd_study_cells(study, &n);
    uint8_t states[NX * NY];
    for (size_t t = 0; t < n; t += 5) {
      double xy[2], hours[VD_STATE_COUNT] = {0}, not_covered = 0, causes = 0;
      vd_grid_centre(vd_landscape_grid(land), cells[t].cell, &xy[0], &xy[1]);
      vd_landscape_to_lonlat(land, xy, xy, 1);
      vd_explanation *told;
      assert_int_equal(vd_study_explain(study, f->plan, xy[0], xy[1], f->arena, &told), VD_OK);
      for (size_t i = 0; i < told->n_spans; i++) {
        hours[told->spans[i].state] += (double)(told->spans[i].to_s - told->spans[i].from_s) / VD_HOUR_S;
        if (i > 0) assert_true(told->spans[i].from_s == told->spans[i - 1].to_s);
        vd_study_states_at(study, told->spans[i].from_s, states);
        assert_int_equal(states[cells[t].cell], told->spans[i].state);
        vd_study_states_at(study, told->spans[i].to_s - 1, states);
        assert_int_equal(states[cells[t].cell], told->spans[i].state);
      }
      for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
        assert_true(fabs(hours[s] - cells[t].hours[s]) < 1e-9);
      for (int s = VD_REACH_ONLY; s < VD_STATE_COUNT; s++) not_covered += hours[s];
      for (int c = 0; c < VD_CAUSE_DUPLICATED; c++) causes += cells[t].cause_hours[c];
      assert_true(fabs(causes - not_covered) < 1e-9);
    }
    vd_study_free(study);
    vd_landscape_free(land);
    fx_free(f);
  }
}

/* The loss of each restriction against a study of a plan without it. */
static void losses_are_what_comes_back(void **state) {
  (void)state;
  for (uint64_t seed = 300; seed < 308; seed++) {
    fx *f = random_plan_with_tracks(seed, NX, NY);
    vd_landscape *land = NULL;
    vd_study *study = NULL;
    fx_load(f);
    assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
    assert_int_equal(vd_study_run(f->plan, land, NULL, NULL, NULL, &study), VD_OK);
    double covered = vd_study_headline(study)->all.by_state[VD_COVERED];
    size_t n;
    const vd_loss *losses = vd_study_losses(study, &n);
    fx_list *list = &f->lists[VD_KIND_RESTRICTION], kept = *list;
    for (size_t r = 0; r <= kept.n; r++) { /* the last round: without any */
      const vd_record *left_out = r < kept.n ? kept.records[r] : NULL;
      *list = (fx_list){0};
      for (size_t i = 0; i < kept.n && left_out; i++) {
        if (i != r) *VD_PUSH(f->arena, list->records, list->n, list->capacity) = kept.records[i];
      }
      assert_int_equal(vd_plan_load_kind(f->plan, VD_KIND_RESTRICTION, list->records, list->n), VD_OK);
      vd_study *without = NULL;
      vd_study_options options = {.without_losses = true};
      assert_int_equal(vd_study_run(f->plan, land, &options, NULL, NULL, &without), VD_OK);
      double back = vd_study_headline(without)->all.by_state[VD_COVERED] - covered, told = 0;
      for (size_t i = 0; i < n && left_out; i++)
        told += strcmp(losses[i].id, left_out->id) == 0 ? losses[i].person_hours : 0;
      if (!left_out) told = vd_study_headline(study)->lost_person_hours;
      if (fabs(back - told) > 1e-6)
        fail_msg("seed %d, restriction %d: %.6f comes back, %.6f told", (int)seed, (int)r, back, told);
      vd_study_free(without);
    }
    vd_study_free(study);
    vd_landscape_free(land);
    fx_free(f);
  }
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(states_agree_with_sampling),
      cmocka_unit_test(certainty_agrees_with_sampling),
      cmocka_unit_test(hours_are_the_sum_of_states),
      cmocka_unit_test(losses_are_what_comes_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
