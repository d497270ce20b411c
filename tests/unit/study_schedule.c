/* study_schedule: schedules over a road of ten kilometres on which a car drives a kilometre a minute, worked by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "study_fixture.h"
#include "vedette/geo/start.h"
#include "vedette/study/schedule.h"

enum { NX = 10 };

/* Ten cells of 1 km in a row, of grass: 60 km/h by day, half of it by night; days from 06:00 to 18:00; the window is two days. */
static fx *row_of_ten(void) {
  fx *f = fx_new(NX, 1, 1000, 2);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_standard(f, "night_factor", 0.5);
  fx_standard(f, "day.from", 360), fx_standard(f, "day.to", 1080);
  fx_standard(f, "rest.least", 8), fx_standard(f, "duty.longest", 8);
  fx_standard(f, "schedule.slack", 5);
  fx_standard(f, "escort_delay", 120);
  return f;
}

/* A minute of the window's first day. */
static int64_t at(int hour, int minute) {
  return FX_MONDAY_S + hour * VD_HOUR_S + minute * VD_MINUTE_S;
}

/* From cell 0 to cell `to` and back, leaving at a time; no times but `away_min` at the far stop, unless 0. */
static vd_patrol *there_and_back(fx *f, const char *name, const vd_actor *actor, int64_t from_s, int to,
                                 double away_min) {
  vd_patrol *patrol = fx_patrol(f, name, actor, VD_CAR_4X4, from_s, NULL);
  patrol->record.geom = fx_line(f, (double[]){0, 0, to, 0, 0, 0}, 3);
  fx_stop(f, patrol, 0, 0, 0, 0, 0);
  bool told = away_min > 0;
  fx_stop(f, patrol, 1, to, 0, told ? (double)to : (double)NAN, told ? to + away_min : (double)NAN);
  fx_stop(f, patrol, 2, 0, 0, NAN, NAN);
  return patrol;
}

typedef struct made {
  vd_arena *arena;
  vd_landscape *land;
  vd_schedule *schedule;
} made;

static made make_with(fx *f, bool past) {
  made m = {.arena = vd_arena_new()};
  fx_load(f);
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &m.land), VD_OK);
  vd_study_options options = {.past = past};
  vd_status status = vd_schedule_make(f->plan, m.land, &options, NULL, m.arena, &m.schedule);
  if (status != VD_OK) print_message("%s\n", vd_last_message());
  assert_int_equal(status, VD_OK);
  return m;
}

static made make(fx *f) {
  return make_with(f, false);
}

static void unmake(made *m, fx *f) {
  vd_landscape_free(m->land);
  vd_arena_free(m->arena);
  fx_free(f);
}

static void near_time(int64_t a, int64_t b, int64_t within_s) {
  if (llabs(a - b) > within_s) fail_msg("%lld s off", (long long)(a - b));
}

/* A cell's side and its distance on the ground differ by a thousandth. */
static void same_time(int64_t a, int64_t b) {
  near_time(a, b, 2);
}

static const vd_conflict *only(const made *m) {
  for (size_t i = 0; m->schedule->n_conflicts != 1 && i < m->schedule->n_conflicts; i++)
    print_message("%s\n", m->schedule->conflicts[i].text);
  assert_int_equal(m->schedule->n_conflicts, 1);
  return m->schedule->conflicts;
}

static void is_conflict(const made *m, vd_conflict_kind kind, int64_t from_s, int64_t to_s, double minutes) {
  const vd_conflict *found = only(m);
  if (found->kind != kind) print_message("%s\n", found->text);
  assert_int_equal(found->kind, kind);
  same_time(found->from_s, from_s);
  same_time(found->to_s, to_s);
  if (isnan(minutes))
    assert_true(isnan(found->minutes));
  else
    assert_true(fabs(found->minutes - minutes) < 0.1);
}

/* ---- times ---- */

static void schedule__times_follow_route_and_plan(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = fx_patrol(f, "Beat", actor, VD_CAR_4X4, at(8, 0), NULL);
  patrol->record.geom = fx_line(f, (double[]){0, 0, 9, 0}, 2);
  fx_stop(f, patrol, 0, 3, 0, NAN, 30); /* 3 min away, stays until 08:30 */
  fx_stop(f, patrol, 1, 7, 0, 40, NAN); /* planned 08:40, 4 min are enough */
  patrol->to_s = at(9, 0);              /* the end of the route is 2 min on */
  made m = make(f);
  assert_int_equal(m.schedule->n_outings, 1);
  const vd_outing *outing = m.schedule->outings;
  assert_int_equal(outing->n_legs, 3);
  const vd_outing_leg *t = outing->times;
  same_time(t[0].arrive_s, at(8, 3)), same_time(t[0].depart_s, at(8, 30));
  assert_true(isnan(t[0].planned_s) && fabs(t[0].needed_s - 180) < 2);
  same_time(t[1].leave_s, at(8, 30)), same_time(t[1].arrive_s, at(8, 40)),
      same_time(t[1].depart_s, at(8, 40));
  assert_true(fabs(t[1].planned_s - 600) < 1 && fabs(t[1].needed_s - 240) < 2);
  assert_true(fabs(t[2].planned_s - 1200) < 1 && fabs(t[2].needed_s - 120) < 2);
  same_time(outing->return_s, at(9, 0));
  assert_true(outing->planned_return_s == at(9, 0));
  assert_true(fabs(outing->length_m - 9000) < 20);
  assert_int_equal(outing->legs[2].stop, -1);
  assert_int_equal(m.schedule->n_conflicts, 0);
  unmake(&m, f);
}

/* Leaves at 17:57: three kilometres by day, the other six take twelve minutes by night. */
static void schedule__night_comes_on_the_way(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = fx_patrol(f, "Beat", actor, VD_CAR_4X4, at(17, 57), NULL);
  patrol->record.geom = fx_line(f, (double[]){0, 0, 9, 0}, 2);
  made m = make(f);
  same_time(m.schedule->outings[0].return_s, at(18, 12));
  unmake(&m, f);
}

/* Within 1 km of cell 6, two of the nine kilometres, driving takes three times as long: 9 + 4 min. A delay of 15 min holds up
 * once on the way there and not on the way back, when it has ended: it was there until 08:20. A restriction begins and ends at a
 * piece of the route, up to 25 m off: three seconds for each edge. */
static void schedule__restrictions_slow_and_delay(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_restriction *slow = fx_restriction(f, "Slow", fx_point(f, 6, 0), 1000);
  slow->effect = VD_EFFECT_SLOW, slow->slow_factor = 3;
  there_and_back(f, "Beat", actor, at(8, 0), 9, 0);
  made m = make(f);
  near_time(m.schedule->outings[0].times[1].arrive_s, at(8, 13), 6);
  near_time(m.schedule->outings[0].return_s, at(8, 26), 12);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  vd_restriction *wait = fx_restriction(f, "Wait", fx_point(f, 3, 0), 500);
  wait->effect = VD_EFFECT_DELAY, wait->delay_min = 15, wait->to_s = at(8, 20);
  m = make(f);
  near_time(m.schedule->outings[0].times[1].arrive_s, at(8, 28), 6);
  near_time(m.schedule->outings[0].return_s, at(8, 41), 12);
  assert_int_equal(m.schedule->n_conflicts, 0); /* nothing is planned, so nothing is late */
  unmake(&m, f);
}

/* The way out is planned in 9 min and takes 24, the stay of 30 min is kept, the way back is planned to end at 08:48. */
static void schedule__lateness_is_carried_on(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = there_and_back(f, "Beat", actor, at(8, 0), 9, 30);
  patrol->to_s = at(8, 48);
  vd_restriction *wait = fx_restriction(f, "Wait", fx_point(f, 3, 0), 500);
  wait->effect = VD_EFFECT_DELAY, wait->delay_min = 15, wait->to_s = at(8, 20);
  made m = make(f);
  const vd_outing *outing = m.schedule->outings;
  same_time(outing->times[1].arrive_s, at(8, 24)), same_time(outing->times[1].depart_s, at(8, 54));
  same_time(outing->return_s, at(9, 3));
  is_conflict(&m, VD_CONFLICT_LEG, at(8, 0), at(8, 24), 15);
  assert_int_equal(m.schedule->conflicts[0].leg, 1);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  /* What has happened was not late. */
  patrol->state = VD_EXECUTED;
  m = make(f);
  same_time(m.schedule->outings[0].return_s, at(8, 48));
  assert_int_equal(m.schedule->n_conflicts, 0);
  unmake(&m, f);
}

static void schedule__slack_is_allowed(void **state) {
  (void)state;
  for (int planned = 3; planned <= 5; planned++) { /* 9 min are needed: 6, 5, 4 more than planned */
    fx *f = row_of_ten();
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    vd_patrol *patrol = fx_patrol(f, "Beat", actor, VD_CAR_4X4, at(8, 0), NULL);
    patrol->record.geom = fx_line(f, (double[]){0, 0, 8.9, 0}, 2); /* a little less than 9 km */
    fx_stop(f, patrol, 0, 8.9, 0, planned, NAN);
    made m = make(f);
    assert_int_equal(m.schedule->n_conflicts, planned == 3);
    unmake(&m, f);
  }
}

static void schedule__the_window_holds_what_is_out_in_it(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  there_and_back(f, "Out at midnight", actor, at(-1, 50), 9, 60);
  there_and_back(f, "Back before", actor, at(-2, 0), 9, 30);
  there_and_back(f, "At the end", actor, at(48, 0), 9, 30);
  there_and_back(f, "Just before the end", actor, at(47, 59), 9, 30);
  vd_patrol *daily = there_and_back(f, "Daily", actor, at(-240, 0), 9, 30);
  daily->recurrence = "FREQ=DAILY", daily->exceptions = "20260310";
  there_and_back(f, "Cancelled", actor, at(9, 0), 9, 30)->state = VD_CANCELLED;
  made m = make(f);
  assert_int_equal(m.schedule->n_in_window, 4);
  static const char *const names[] = {"Out at midnight", "Daily", "Cancelled", "Just before the end"};
  for (size_t i = 0; i < 4; i++) assert_string_equal(m.schedule->outings[i].name, names[i]);
  assert_int_equal(m.schedule->n_by_state[VD_PLANNED], 3);
  assert_int_equal(m.schedule->n_by_state[VD_CANCELLED], 1);
  unmake(&m, f);
}

/* What an exception leaves out is no outing and no visit either. */
static void schedule__exceptions_count_in_the_study_too(void **state) {
  (void)state;
  for (int except = 0; except < 2; except++) {
    fx *f = row_of_ten();
    fx_people_everywhere(f, 100);
    fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, NX - 1, 0, 0.01));
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    vd_patrol *daily = there_and_back(f, "Daily", actor, at(8, 0), 9, 30);
    daily->recurrence = "FREQ=DAILY", daily->exceptions = except ? "20260309" : NULL;
    made m = make(f);
    assert_int_equal(m.schedule->n_in_window, except ? 1 : 2);
    VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
    assert_int_equal(vd_study_run(f->plan, m.land, NULL, NULL, NULL, &study), VD_OK);
    assert_int_equal(vd_study_headline(study)->n_occurrences, except ? 1 : 2);
    vd_explanation *told;
    fx_place far = fx_at(f, 9, 0);
    assert_int_equal(vd_study_explain(study, f->plan, far.lon_deg, far.lat_deg, m.arena, &told), VD_OK);
    assert_int_equal(told->n_visits, except ? 1 : 2);
    unmake(&m, f);
  }
}

/* ---- conflicts ---- */

/* Out 08:00 to 08:48 and 08:30 to 09:18 by the same crew: 18 min. */
static void schedule__a_crew_in_two_places(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *a = there_and_back(f, "A", actor, at(8, 0), 9, 30);
  vd_patrol *b = there_and_back(f, "B", actor, at(8, 30), 9, 30);
  a->crew = "First section; Second section", b->crew = " second SECTION ; Third section";
  made m = make(f);
  is_conflict(&m, VD_CONFLICT_CREW, at(8, 30), at(8, 48), 18);
  const vd_conflict *found = m.schedule->conflicts;
  assert_string_equal(m.schedule->outings[found->a].name, "A");
  assert_string_equal(m.schedule->outings[found->b].name, "B");
  assert_string_equal(found->who, "Second section");
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  /* Executed and obstructed ones too; cancelled ones never. */
  a->state = VD_EXECUTED, b->state = VD_OBSTRUCTED;
  m = make(f);
  assert_int_equal(only(&m)->kind, VD_CONFLICT_CREW);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  b->state = VD_CANCELLED;
  m = make(f);
  assert_int_equal(m.schedule->n_conflicts, 0);
  unmake(&m, f);
}

static void schedule__a_vehicle_in_two_places(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  there_and_back(f, "A", actor, at(8, 0), 9, 30)->vehicles_named = "K-31; K-32";
  there_and_back(f, "B", actor, at(8, 30), 9, 30)->vehicles_named = "K-32";
  there_and_back(f, "C", actor, at(8, 48), 9, 30)->vehicles_named = "K-31"; /* leaves as A is back */
  made m = make(f);
  is_conflict(&m, VD_CONFLICT_VEHICLE, at(8, 30), at(8, 48), 18);
  assert_string_equal(m.schedule->conflicts[0].who, "K-32");
  unmake(&m, f);
}

/* The executed record of a planned departure is that departure, not another; it is what is held against the others. */
static void schedule__what_was_executed_is_one_outing(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *planned = there_and_back(f, "Plan", actor, at(8, 0), 9, 30);
  vd_patrol *done = there_and_back(f, "Done", actor, at(8, 10), 9, 30);
  planned->crew = done->crew = "Section", planned->recurrence = "FREQ=DAILY";
  done->state = VD_EXECUTED, done->executes = planned->record.id, done->executes_s = planned->from_s;
  made m = make(f);
  assert_int_equal(m.schedule->n_outings, 3);
  assert_int_equal(m.schedule->outings[0].executed_by, 1);
  assert_int_equal(m.schedule->outings[2].executed_by, -1);
  assert_int_equal(m.schedule->n_conflicts, 0);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  done->executes_s = VD_TIME_MIN; /* it does not say which: both count */
  m = make(f);
  assert_int_equal(m.schedule->outings[0].executed_by, -1);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  done->executes = NULL;
  m = make(f);
  is_conflict(&m, VD_CONFLICT_CREW, at(8, 10), at(8, 48), 38);
  unmake(&m, f);
}

/* Back at 08:48, out again at 16:00: 7 h 12 min, 48 min less than 8 h. At 16:48 it would do. */
static void schedule__rest_between_outings(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  there_and_back(f, "A", actor, at(8, 0), 9, 30)->crew = "Section";
  vd_patrol *b = there_and_back(f, "B", actor, at(16, 0), 9, 30);
  b->crew = "Section";
  made m = make(f);
  is_conflict(&m, VD_CONFLICT_REST, at(8, 48), at(16, 0), 48);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  b->from_s = at(16, 48) + 2; /* what the ground is longer than the grid */
  m = make(f);
  assert_int_equal(m.schedule->n_conflicts, 0);
  unmake(&m, f);
}

/* The one before the window is told because the conflict names it. */
static void schedule__rest_reaches_back_before_the_window(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  there_and_back(f, "A", actor, at(-2, 0), 9, 30)->crew = "Section";
  there_and_back(f, "B", actor, at(6, 0), 9, 30)->crew = "Section";
  made m = make(f);
  assert_int_equal(only(&m)->kind, VD_CONFLICT_REST);
  assert_int_equal(m.schedule->n_in_window, 1);
  assert_int_equal(m.schedule->n_outings, 2);
  assert_false(m.schedule->outings[0].in_window);
  unmake(&m, f);
}

/* 9 min there, a stay, 9 min back. 7 h 42 min of stay are 8 h in all; with 10 min more duty is too long; a stay of 8 h is rest. */
static void schedule__duty(void **state) {
  (void)state;
  static const struct { double stay_min, beyond_min; } cases[] = {{461, 0}, {472, 10}, {479, 17}, {481, 0}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    fx *f = row_of_ten();
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    there_and_back(f, "A", actor, at(7, 0), 9, cases[i].stay_min);
    made m = make(f);
    if (cases[i].beyond_min > 0)
      is_conflict(&m, VD_CONFLICT_DUTY, at(7, 0), at(7, 18) + (int64_t)(60 * cases[i].stay_min),
                  cases[i].beyond_min);
    else
      assert_int_equal(m.schedule->n_conflicts, 0);
    unmake(&m, f);
  }
}

/* Curfew from 12:00 to 13:00: out from 11:30 to 12:18 is back 18 min late; out at 12:40 is out for 20 min of it. */
static void schedule__curfew(void **state) {
  (void)state;
  for (int case_of = 0; case_of < 3; case_of++) {
    fx *f = row_of_ten();
    fx_standard(f, "curfew.from", 720), fx_standard(f, "curfew.to", 780);
    f->info.utc_offset_s = 2 * VD_HOUR_S; /* 12:00 is 10:00 in UTC */
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    int64_t leaves[] = {at(9, 30), at(10, 40), at(11, 0)};
    there_and_back(f, "A", actor, leaves[case_of], 9, 30);
    made m = make(f);
    if (case_of == 0) {
      is_conflict(&m, VD_CONFLICT_CURFEW, at(10, 0), at(10, 18), 18);
      assert_non_null(strstr(m.schedule->conflicts[0].text, "18 min after the curfew begins"));
    } else if (case_of == 1) {
      is_conflict(&m, VD_CONFLICT_CURFEW, at(10, 40), at(11, 0), 20);
    } else {
      assert_int_equal(m.schedule->n_conflicts, 0); /* it ends as they leave */
    }
    unmake(&m, f);
  }
}

/* Over midnight: 22:00 to 04:00; a stay of 8 h at the far stop is not out. */
static void schedule__curfew_over_midnight(void **state) {
  (void)state;
  fx *f = row_of_ten();
  fx_standard(f, "curfew.from", 1320), fx_standard(f, "curfew.to", 240);
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  there_and_back(f, "Stays", actor, at(20, 0), 9, 600);
  there_and_back(f, "Moves", actor, at(20, 0), 9, 240);
  made m = make(f);
  /* 18 min of driving by night from 20:00, arriving at 20:18 instead of the 20:09 planned. */
  size_t n_curfew = 0;
  for (size_t i = 0; i < m.schedule->n_conflicts; i++) {
    const vd_conflict *c = &m.schedule->conflicts[i];
    if (c->kind != VD_CONFLICT_CURFEW) continue;
    n_curfew++;
    assert_string_equal(m.schedule->outings[c->a].name, "Moves");
    same_time(c->from_s, at(22, 0)), same_time(c->to_s, at(24, 36)); /* 20:18 + 4 h + 18 min */
  }
  assert_int_equal(n_curfew, 1);
  unmake(&m, f);
}

/* Within 500 m of cell 4: from 3.5 to 4.5 minutes after leaving, and on the way back. It blocks until 08:30: the way back is
 * clear. */
static void schedule__a_block_in_the_way(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = there_and_back(f, "A", actor, at(8, 0), 9, 60);
  vd_restriction *block = fx_restriction(f, "Barrier", fx_point(f, 4, 0), 500);
  block->to_s = at(8, 30);
  made m = make(f);
  const vd_conflict *found = only(&m);
  assert_int_equal(found->kind, VD_CONFLICT_BLOCKED);
  assert_string_equal(found->restriction, block->record.id);
  assert_true(llabs(found->from_s - at(8, 3) - 30) <= 4 && llabs(found->to_s - at(8, 4) - 30) <= 4);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  block->to_s = at(8, 3); /* ended before they come */
  m = make(f);
  assert_int_equal(m.schedule->n_conflicts, 0);
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  block->to_s = VD_TIME_MAX, patrol->state = VD_OBSTRUCTED;
  m = make(f);
  assert_int_equal(m.schedule->n_conflicts, 0);
  unmake(&m, f);
}

/* The escort takes two hours to come, each way; with one arranged there is no wait. */
static void schedule__an_escort_missing(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = there_and_back(f, "A", actor, at(8, 0), 9, 0);
  vd_restriction *escort = fx_restriction(f, "Escort", fx_point(f, 4, 0), 500);
  escort->effect = VD_EFFECT_ESCORT;
  made m = make(f);
  assert_int_equal(only(&m)->kind, VD_CONFLICT_ESCORT);
  same_time(m.schedule->outings[0].return_s, at(12, 18));
  vd_landscape_free(m.land), vd_arena_free(m.arena);
  patrol->escorted = 1;
  m = make(f);
  assert_int_equal(m.schedule->n_conflicts, 0);
  same_time(m.schedule->outings[0].return_s, at(8, 18));
  unmake(&m, f);
}

static void schedule__clearance(void **state) {
  (void)state;
  static const struct {
    const char *code; /* of a restriction that slows, NULL none */
    vd_clearance clearance;
    bool escorted;
    vd_conflict_kind kind; /* COUNT: no conflict */
  } cases[] = {{NULL, VD_CLEARANCE_UNKNOWN, false, VD_CONFLICT_COUNT},
               {NULL, VD_CLEARANCE_REQUESTED, false, VD_CONFLICT_CLEARANCE},
               {NULL, VD_CLEARANCE_REFUSED, false, VD_CONFLICT_REFUSED},
               {"ROM-ESC", VD_CLEARANCE_UNKNOWN, false, VD_CONFLICT_CLEARANCE},
               {"ROM-CRF", VD_CLEARANCE_NOT_REQUESTED, true, VD_CONFLICT_CLEARANCE},
               {"ROM-AIR", VD_CLEARANCE_UNKNOWN, false, VD_CONFLICT_CLEARANCE},
               {"ROM-CHK", VD_CLEARANCE_UNKNOWN, false, VD_CONFLICT_COUNT},
               {"ROM-ESC", VD_CLEARANCE_UNKNOWN, true, VD_CONFLICT_COUNT},
               {"ROM-CRF", VD_CLEARANCE_GRANTED, false, VD_CONFLICT_COUNT}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    fx *f = row_of_ten();
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    vd_patrol *patrol = there_and_back(f, "A", actor, at(8, 0), 9, 0);
    patrol->clearance = (int32_t)cases[i].clearance, patrol->escorted = cases[i].escorted;
    if (cases[i].code) {
      vd_restriction *r = fx_restriction(f, "Post", fx_point(f, 4, 0), 500);
      r->effect = VD_EFFECT_SLOW, r->slow_factor = 2, r->code = cases[i].code;
    }
    made m = make(f);
    if (cases[i].kind == VD_CONFLICT_COUNT)
      assert_int_equal(m.schedule->n_conflicts, 0);
    else
      assert_int_equal(only(&m)->kind, cases[i].kind);
    unmake(&m, f);
  }
}

/* ---- roads ---- */

/* A road of gravel at 30 km/h crosses the cells: the patrol is drawn 80 m beside it and is on it; then 600 m away, on grass. */
static void schedule__a_route_near_a_road_is_on_it(void **state) {
  (void)state;
  for (int off = 0; off < 2; off++) {
    fx *f = fx_new(NX, 3, 1000, 2);
    fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60), fx_speed(f, VD_CAR_4X4, VD_GROUND_GRAVEL, 30);
    vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
    fx_road(f, "N1", (double[]){0, 1, 9, 1}, 2);
    vd_patrol *patrol = fx_patrol(f, "Beat", actor, VD_CAR_4X4, at(8, 0), NULL);
    double row = off ? 0.4 : 1.08;
    patrol->record.geom = fx_line(f, (double[]){0, row, 9, row}, 2);
    made m = make(f);
    same_time(m.schedule->outings[0].return_s, off ? at(8, 9) : at(8, 18));
    unmake(&m, f);
  }
}

/* On foot nothing is in the table: the usual pace of last resort, and it says how far. */
static void schedule__ground_without_speed_is_told(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = fx_patrol(f, "Beat", actor, VD_FOOT, at(8, 0), NULL);
  patrol->record.geom = fx_line(f, (double[]){0, 0, 9, 0}, 2);
  made m = make(f);
  assert_true(fabs(m.schedule->outings[0].legs[0].no_speed_m - 9000) < 20);
  unmake(&m, f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(schedule__times_follow_route_and_plan),
      cmocka_unit_test(schedule__night_comes_on_the_way),
      cmocka_unit_test(schedule__restrictions_slow_and_delay),
      cmocka_unit_test(schedule__lateness_is_carried_on),
      cmocka_unit_test(schedule__slack_is_allowed),
      cmocka_unit_test(schedule__the_window_holds_what_is_out_in_it),
      cmocka_unit_test(schedule__exceptions_count_in_the_study_too),
      cmocka_unit_test(schedule__a_crew_in_two_places),
      cmocka_unit_test(schedule__a_vehicle_in_two_places),
      cmocka_unit_test(schedule__what_was_executed_is_one_outing),
      cmocka_unit_test(schedule__rest_between_outings),
      cmocka_unit_test(schedule__rest_reaches_back_before_the_window),
      cmocka_unit_test(schedule__duty),
      cmocka_unit_test(schedule__curfew),
      cmocka_unit_test(schedule__curfew_over_midnight),
      cmocka_unit_test(schedule__a_block_in_the_way),
      cmocka_unit_test(schedule__an_escort_missing),
      cmocka_unit_test(schedule__clearance),
      cmocka_unit_test(schedule__a_route_near_a_road_is_on_it),
      cmocka_unit_test(schedule__ground_without_speed_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
