/* core_predict: made schedules whose answer is known, over many seeds, and small cases worked by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/core/predict.h"

enum { WEEKS = 8, DAYS = 7 * WEEKS, SEEDS = 40, MOST = 600 };
static const int64_t MONDAY_S = 1773014400; /* 2026-03-09T00:00:00Z */

typedef struct schedule {
  uint64_t state;
  vd_visit visits[MOST];
  size_t n;
} schedule;

static double unit(schedule *s) { /* splitmix64 */
  uint64_t z = (s->state += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}

/* A visit of an hour and a half that begins at an hour of a day. */
static void visit(schedule *s, int day, double hour) {
  int64_t at = MONDAY_S + day * (int64_t)VD_DAY_S + (int64_t)(hour * VD_HOUR_S);
  assert_true(s->n < MOST);
  s->visits[s->n++] = (vd_visit){at, at + 5400, 0};
}

static int compare_visits(const void *a, const void *b) {
  const vd_visit *x = a, *y = b;
  return (x->enter_s > y->enter_s) - (x->enter_s < y->enter_s);
}

static vd_habit habit_of(schedule *s, int32_t offset_s) {
  vd_arena *arena = vd_arena_new();
  qsort(s->visits, s->n, sizeof *s->visits, compare_visits);
  vd_sightings seen = {s->visits, s->n, MONDAY_S + WEEKS * (int64_t)VD_WEEK_S, offset_s, WEEKS};
  vd_habit habit = vd_predict_habit(arena, &seen, 0.8);
  vd_arena_free(arena);
  return habit;
}

/* ---- made schedules ---- */

static void clockwork(schedule *s) {
  for (int d = 0; d < DAYS; d++) visit(s, d, 8);
}
static void weekly(schedule *s) {
  for (int d = 4; d < DAYS; d += 7) visit(s, d, 7.5);
}
static void every_third_day(schedule *s) {
  for (int d = 0; d < DAYS; d += 3) visit(s, d, 8);
}
static void every_fifth_day(schedule *s) {
  for (int d = 2; d < DAYS; d += 5) visit(s, d, 14);
}
static void any_time(schedule *s) { /* three a week */
  for (int i = 0; i < 3 * WEEKS; i++) visit(s, 0, unit(s) * (24 * DAYS - 2));
}
static void often_at_any_time(schedule *s) { /* twenty a week */
  for (int i = 0; i < 20 * WEEKS; i++) visit(s, 0, unit(s) * (24 * DAYS - 2));
}
static void some_days_at_any_hour(schedule *s) {
  for (int d = 0; d < DAYS; d++)
    if (unit(s) < 0.5) visit(s, d, unit(s) * 22);
}
static void daily_at_any_hour(schedule *s) {
  for (int d = 0; d < DAYS; d++) visit(s, d, unit(s) * 22);
}
static void weekday_habit(schedule *s) { /* Mondays and Thursdays, at any hour */
  for (int d = 0; d < DAYS; d++)
    if (d % 7 == 0 || d % 7 == 3) visit(s, d, unit(s) * 22);
}
static void third_day_at_any_hour(schedule *s) {
  for (int d = 0; d < DAYS; d += 3) visit(s, d, unit(s) * 22);
}

typedef struct expected {
  void (*make)(schedule *s);
  double least, most; /* of every seed */
  double mean_most;   /* of all seeds together */
} expected;

static void scores_are_as_made(void **state) {
  (void)state;
  static const expected cases[] = {
      {clockwork, 0.95, 1, 1},
      {weekly, 0.95, 1, 1},
      {every_third_day, 0.95, 1, 1},
      {every_fifth_day, 0.95, 1, 1},
      {any_time, 0, 0.15, 0.03},
      {often_at_any_time, 0, 0.15, 0.03},
      {some_days_at_any_hour, 0, 0.15, 0.03},
      {daily_at_any_hour, 0, 0.1, 0.03},
      {weekday_habit, 0.35, 0.55, 0.5},
      {third_day_at_any_hour, 0.3, 0.5, 0.45},
  };
  for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
    double sum = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
      schedule s = {.state = seed};
      cases[c].make(&s);
      double score = habit_of(&s, 0).score;
      if (!(score >= cases[c].least && score <= cases[c].most))
        fail_msg("schedule %zu, seed %d: %.3f", c, (int)seed, score);
      sum += score;
    }
    assert_true(sum / SEEDS <= cases[c].mean_most);
  }
}

static void jitter_lowers_the_score(void **state) {
  (void)state;
  double before = 1.1;
  for (int hours = 0; hours <= 8; hours += 2) { /* about 10:00, by so many hours either way */
    double sum = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
      schedule s = {.state = seed};
      for (int d = 0; d < DAYS; d++) visit(&s, d, 10 + hours * (2 * unit(&s) - 1));
      sum += habit_of(&s, 0).score;
    }
    assert_true(sum / SEEDS < before - 0.05);
    before = sum / SEEDS;
  }
}

/* ---- what a habit holds ---- */

static void clockwork_is_told_by_the_hour(void **state) {
  (void)state;
  schedule s = {0};
  clockwork(&s);
  vd_habit habit = habit_of(&s, 0);
  assert_int_equal(habit.n_visits, DAYS);
  assert_true(habit.hour_entropy == 0 && habit.interval_entropy == 0);
  assert_true(habit.weekday_entropy == 1); /* eight each, and the correction may not pass 1 */
  /* 08:00 to 09:30 touches two hours: nobody from 10:00 to the next 08:00, on all days alike, Monday's first. */
  assert_int_equal(habit.absent_h, 22);
  assert_int_equal(habit.absent_from_h, 10);
  assert_int_equal(habit.absent_weeks_seen, WEEKS);
  assert_int_equal(habit.absent_weeks_broken, 0);
  /* The same two hours east of Greenwich. */
  s.n = 0;
  clockwork(&s);
  habit = habit_of(&s, 2 * VD_HOUR_S);
  assert_int_equal(habit.absent_from_h, 12);
}

static void random_visits_are_spread(void **state) {
  (void)state;
  double hour = 0, weekday = 0, interval = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    schedule s = {.state = seed};
    some_days_at_any_hour(&s);
    vd_habit habit = habit_of(&s, 0);
    hour += habit.hour_entropy, weekday += habit.weekday_entropy, interval += habit.interval_entropy;
  }
  assert_true(hour / SEEDS > 0.88 && weekday / SEEDS > 0.95 && interval / SEEDS > 0.9);
}

static void too_few_visits_tell_nothing(void **state) {
  (void)state;
  schedule s = {0};
  for (int i = 0; i < VD_PREDICT_LEAST_VISITS - 1; i++) visit(&s, 7 * i, 9);
  vd_habit habit = habit_of(&s, 0);
  assert_int_equal(habit.n_visits, VD_PREDICT_LEAST_VISITS - 1);
  assert_true(isnan(habit.score) && isnan(habit.hour_entropy) && isnan(habit.interval_entropy));
  assert_int_equal(vd_predict_grade(habit.score), -1);
  visit(&s, 7 * 5, 9);
  assert_true(habit_of(&s, 0).score > 0.2); /* six Mondays of eight */
  s.n = 0;                                  /* nobody ever: the whole week is foretold, and no habit */
  habit = habit_of(&s, 0);
  assert_true(isnan(habit.score) && habit.n_visits == 0);
  assert_int_equal(habit.absent_h, VD_WEEK_H);
}

static void visits_that_touch_are_one(void **state) {
  (void)state;
  schedule s = {0};
  for (int d = 0; d < DAYS; d++) visit(&s, d, 8), visit(&s, d, 9), visit(&s, d, 9.5);
  vd_habit habit = habit_of(&s, 0); /* 08:00 to 11:00 */
  assert_int_equal(habit.n_visits, DAYS);
  assert_int_equal(habit.absent_h, 21);
}

static void what_lies_outside_of_the_weeks_does_not_count(void **state) {
  (void)state;
  schedule s = {0};
  visit(&s, -1, 12), visit(&s, -1, 23), visit(&s, DAYS, 1);
  clockwork(&s);
  vd_habit habit = habit_of(&s, 0);
  assert_int_equal(habit.n_visits,
                   DAYS); /* the one from 23:00 on began before, but stays half an hour of the first day */
  assert_int_equal(habit.absent_h, 22);
}

static void someone_always_there_cannot_be_foretold_absent(void **state) {
  (void)state;
  schedule s = {0};
  for (int d = 0; d < DAYS; d++) {
    int64_t at = MONDAY_S + d * (int64_t)VD_DAY_S + 60;
    s.visits[s.n++] = (vd_visit){at, at + VD_DAY_S - 60, 0}; /* a minute between */
  }
  vd_habit habit = habit_of(&s, 0);
  assert_true(habit.score == 0);
  assert_int_equal(habit.absent_h, 0);
}

/* ---- by hand ---- */

/* Four observations in two bins, three and one: 0.75 ln(4/3) + 0.25 ln 4 = 0.5623, and 1/8 for the second bin. */
static void entropy_by_hand(void **state) {
  (void)state;
  const int32_t counts[4] = {3, 0, 1, 0}, one[2] = {5, 0}, none[2] = {0, 0};
  assert_true(fabs(vd_predict_entropy(counts, 4) - (0.56233514 + 0.125)) < 1e-6);
  assert_true(vd_predict_entropy(one, 2) == 0);
  assert_true(isnan(vd_predict_entropy(none, 2)));
}

/* Of eight weeks, somebody came at 12:00 on Wednesday in `n`. Laplace: none (8+1)/10, one (7+1)/10 = 0.8 suffices, two 0.7 does
 * not: then the longest stretch is from one Wednesday 13:00 to the next 12:00, of which only seven are whole, all quiet. */
static void absence_by_hand(void **state) {
  (void)state;
  for (int n = 0; n <= 3; n++) {
    vd_arena *arena = vd_arena_new();
    uint8_t *hours = VD_NEW_ARRAY(arena, uint8_t, WEEKS * VD_WEEK_H);
    vd_habit habit = {0};
    for (int w = 0; w < n; w++) hours[w * VD_WEEK_H + 2 * 24 + 12] = 1;
    vd_predict_absence(arena, hours, WEEKS, 0, 0.8, &habit);
    if (n <= 1) {
      assert_int_equal(habit.absent_h, VD_WEEK_H);
      assert_int_equal(habit.absent_weeks_broken, n);
    } else {
      assert_int_equal(habit.absent_h, VD_WEEK_H - 1);
      assert_int_equal(habit.absent_from_h, 2 * 24 + 13);
      assert_int_equal(habit.absent_weeks_seen, 7);
      assert_int_equal(habit.absent_weeks_broken, 0);
    }
    vd_arena_free(arena);
  }
}

/* The longest absence against trying every stretch, week by week. */
static void absence_as_by_trying_all(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 10; seed++) {
    schedule s = {.state = seed};
    vd_arena *arena = vd_arena_new();
    uint8_t *hours = VD_NEW_ARRAY(arena, uint8_t, WEEKS * VD_WEEK_H);
    for (int h = 0; h < WEEKS * VD_WEEK_H; h++) hours[h] = unit(&s) < 0.01 * (double)seed;
    vd_habit habit = {0};
    vd_predict_absence(arena, hours, WEEKS, 0, 0.8, &habit);
    int longest = 0;
    for (int h = 0; h < VD_WEEK_H; h++) {
      for (int length = 1; length <= VD_WEEK_H; length++) {
        int seen = 0, quiet = 0;
        for (int w = 0; w < WEEKS; w++) {
          int at = w * VD_WEEK_H + h;
          if (at + length > WEEKS * VD_WEEK_H) continue;
          seen++, quiet += memchr(hours + at, 1, (size_t)length) == NULL;
        }
        if (10 * (quiet + 1) >= 8 * (seen + 2) && length > longest) longest = length;
      }
    }
    assert_int_equal(habit.absent_h, longest);
    vd_arena_free(arena);
  }
}

static void grades_begin_where_they_say(void **state) {
  (void)state;
  assert_int_equal(vd_predict_grade(0), 0);
  assert_int_equal(vd_predict_grade(0.15), 1);
  assert_int_equal(vd_predict_grade(0.35), 2);
  assert_int_equal(vd_predict_grade(0.6), 3);
  assert_int_equal(vd_predict_grade(0.849), 3);
  assert_int_equal(vd_predict_grade(0.85), 4);
  assert_int_equal(vd_predict_grade(1), 4);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(scores_are_as_made),
      cmocka_unit_test(jitter_lowers_the_score),
      cmocka_unit_test(clockwork_is_told_by_the_hour),
      cmocka_unit_test(random_visits_are_spread),
      cmocka_unit_test(too_few_visits_tell_nothing),
      cmocka_unit_test(visits_that_touch_are_one),
      cmocka_unit_test(what_lies_outside_of_the_weeks_does_not_count),
      cmocka_unit_test(someone_always_there_cannot_be_foretold_absent),
      cmocka_unit_test(entropy_by_hand),
      cmocka_unit_test(absence_by_hand),
      cmocka_unit_test(absence_as_by_trying_all),
      cmocka_unit_test(grades_begin_where_they_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
