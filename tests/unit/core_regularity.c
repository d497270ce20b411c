/* core_regularity: regular, habitual and random series, against enumeration, closed forms and draws of our own.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/units.h"
#include "vedette/core/regularity.h"

#define MONDAY_S 1773014400 /* 2026-03-09T00:00:00Z */

typedef struct world {
  vd_arena *arena;
  vd_chance *chance;
} world;
static int begin(void **state) {
  world *w = calloc(1, sizeof *w);
  w->arena = vd_arena_new();
  w->chance = vd_chance_new(w->arena);
  *state = w;
  return 0;
}
static int end(void **state) {
  world *w = *state;
  vd_arena_free(w->arena);
  free(w);
  return 0;
}

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

static double uniform(uint64_t *state) { /* another generator than that under test: xorshift64* */
  *state ^= *state >> 12, *state ^= *state << 25, *state ^= *state >> 27;
  return (double)(*state * 0x2545f4914f6cdd1du >> 11) * 0x1p-53;
}

/* All 7^n ways in which n events can fall on weekdays, one by one. */
static double enumerated_p(int n, int squares) {
  int64_t all = 1, as_large = 0;
  for (int i = 0; i < n; i++) all *= 7;
  for (int64_t way = 0; way < all; way++) {
    int counts[7] = {0}, sum = 0;
    int64_t rest = way;
    for (int i = 0; i < n; i++, rest /= 7) counts[rest % 7]++;
    for (int d = 0; d < 7; d++) sum += counts[d] * counts[d];
    as_large += sum >= squares;
  }
  return (double)as_large / (double)all;
}

static void weekday_p__is_what_enumeration_finds(void **state) {
  world *w = *state;
  static const int32_t cases[][7] = {
      {5},          {4, 1},          {3, 0, 2},    {1, 1, 1, 1, 1},       {3, 3},      {0, 6},
      {2, 2, 1, 1}, {3, 0, 0, 3, 1}, {0, 0, 7, 0}, {1, 1, 1, 1, 1, 1, 1}, {2, 2, 2, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int n = 0, squares = 0;
    for (int d = 0; d < 7; d++) n += cases[i][d], squares += cases[i][d] * cases[i][d];
    assert_near(vd_weekday_p(w->chance, cases[i]), enumerated_p(n, squares), 1e-12);
  }
  /* By hand: five of five on one weekday in 7 of 16 807 ways. */
  assert_near(vd_weekday_p(w->chance, (int32_t[7]){0, 0, 5}), 7.0 / 16807, 1e-15);
  /* Thirteen Wednesdays of thirteen: 7^-12. */
  assert_near(vd_weekday_p(w->chance, (int32_t[7]){0, 0, 13}) * pow(7, 12), 1, 1e-9);
  assert_near(vd_weekday_p(w->chance, (int32_t[7]){0}), 1, 1e-12);
}

/* Where the exact distribution ends the approximation is near it, and both agree with draws. */
static void weekday_p__goes_over_into_chi_squared(void **state) {
  world *w = *state;
  static const int32_t cases[][7] = {
      {9, 6, 5, 3, 3, 2, 2}, {10, 7, 5, 3, 3, 1, 2}, {9, 6, 5, 3, 3, 3, 2}, {8, 8, 3, 3, 3, 3, 3}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int n = 0, squares = 0, as_large = 0;
    for (int d = 0; d < 7; d++) n += cases[i][d], squares += cases[i][d] * cases[i][d];
    uint64_t seed = 99 + i;
    for (int k = 0; k < 20000; k++) {
      int counts[7] = {0}, sum = 0;
      for (int e = 0; e < n; e++) counts[(int)(7 * uniform(&seed))]++;
      for (int d = 0; d < 7; d++) sum += counts[d] * counts[d];
      as_large += sum >= squares;
    }
    /* Draws err by 0.0035 at one sigma, the approximation at 31 events by some hundredths, since the statistic is in steps. */
    assert_near(vd_weekday_p(w->chance, cases[i]), as_large / 20000.0,
                n > VD_REGULARITY_EXACT ? 0.05 : 0.014);
  }
}

/* Two spacings u and 1 - u: the chance of u² + (1 - u)² <= g is the square root of 2 g - 1. */
static void interval_p__of_two_is_the_closed_form(void **state) {
  world *w = *state;
  for (double u = 0.05; u < 0.49; u += 0.05) {
    double intervals[2] = {u * 40, (1 - u) * 40}, g = u * u + (1 - u) * (1 - u);
    assert_near(vd_interval_p(w->chance, intervals, 2), sqrt(2 * g - 1), 0.035);
  }
  assert_true(isnan(vd_interval_p(w->chance, (double[]){1}, 1)));
  assert_true(isnan(vd_interval_p(w->chance, (double[]){0, 0}, 2)));
  assert_near(vd_interval_p(w->chance, (double[]){7, 7, 7, 7, 7}, 5), 1 / 2000.0, 1e-12);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Spacings made the other way: uniform times put in order. */
static void interval_p__agrees_with_uniform_times(void **state) {
  world *w = *state;
  enum { N = 9, DRAWS = 20000 };
  uint64_t seed = 7;
  for (int round = 0; round < 12; round++) {
    double intervals[N], sum = 0, squares = 0, evenness = round / 11.0;
    for (int i = 0; i < N; i++) intervals[i] = evenness + (1 - evenness) * -log(uniform(&seed) + 1e-12);
    for (int i = 0; i < N; i++) sum += intervals[i], squares += intervals[i] * intervals[i];
    int at_most = 0;
    for (int k = 0; k < DRAWS; k++) {
      double at[N + 1] = {0}, g = 0;
      for (int i = 1; i < N; i++) at[i] = uniform(&seed);
      at[N] = 1;
      qsort(at, N, sizeof *at, compare);
      for (int i = 0; i < N; i++) g += (at[i + 1] - at[i]) * (at[i + 1] - at[i]);
      at_most += g <= squares / (sum * sum);
    }
    assert_near(vd_interval_p(w->chance, intervals, N), (double)at_most / DRAWS, 0.04);
  }
}

static vd_regularity of(world *w, const int64_t *times_s, size_t n) {
  return vd_regularity_of(w->chance, times_s, n, 0);
}

static void clockwork__comes_out_as_both(void **state) {
  world *w = *state;
  int64_t times[13];
  for (int i = 0; i < 13; i++) times[i] = MONDAY_S + (7 * i + 2) * (int64_t)VD_DAY_S + 6 * VD_HOUR_S;
  vd_regularity r = of(w, times, 13);
  assert_int_equal(r.regular, VD_REGULAR_BOTH);
  assert_int_equal(r.weekday, 2);
  assert_int_equal(r.by_weekday[2], 13);
  assert_int_equal(r.by_hour[6], 13);
  assert_near(r.mean_hour, 6, 1e-9);
  assert_near(r.hour_concentration, 1, 1e-12);
  assert_near(r.median_interval_d, 7, 1e-12);
  assert_near(r.longest_interval_d, 7, 1e-12);
  assert_near(r.interval_p, 1 / 2000.0, 1e-12);
  /* Every 5 days: even, but of no weekday. */
  for (int i = 0; i < 13; i++) times[i] = MONDAY_S + 5 * i * (int64_t)VD_DAY_S;
  assert_int_equal(of(w, times, 13).regular, VD_REGULAR_INTERVALS);
  /* Four of the same are too few to tell, five are enough. */
  for (int i = 0; i < 13; i++) times[i] = MONDAY_S + 7 * i * (int64_t)VD_DAY_S;
  assert_int_equal(of(w, times, 4).regular, VD_REGULAR_TOO_FEW);
  assert_true(isnan(of(w, times, 4).weekday_p) && isnan(of(w, times, 4).interval_p));
  assert_int_equal(of(w, times, 5).regular, VD_REGULAR_BOTH);
  assert_int_equal(of(w, times, 0).weekday, -1);
}

/* On Mondays and Thursdays, whenever chance wills: no even intervals, but a habit of two weekdays. */
static void habit_of_weekdays__is_found_without_even_intervals(void **state) {
  world *w = *state;
  int found = 0, even = 0;
  for (uint64_t seed = 1; seed <= 50; seed++) {
    uint64_t dice = seed * 1234567;
    int64_t times[200];
    size_t n = 0;
    for (int day = 0; day < 364; day++) {
      if ((day % 7 == 0 || day % 7 == 3) && uniform(&dice) < 0.2)
        times[n++] = MONDAY_S + day * (int64_t)VD_DAY_S + (int64_t)(8 + 8 * uniform(&dice)) * VD_HOUR_S;
    }
    vd_regularity r = of(w, times, n);
    found += r.regular == VD_REGULAR_WEEKDAYS || r.regular == VD_REGULAR_BOTH;
    even += r.interval_p <= VD_REGULARITY_ALPHA / 2;
  }
  assert_int_equal(found, 50);
  assert_true(even <= 5);
}

/* Of series at random times some come out as regular: at most as many as the level of the test allows. */
static void random_times__are_seldom_taken_for_a_habit(void **state) {
  world *w = *state;
  int taken = 0;
  enum { SERIES = 1000 };
  for (uint64_t seed = 1; seed <= SERIES; seed++) {
    uint64_t dice = seed * 7654321;
    double at[40];
    int64_t times[40];
    size_t n = 5 + seed % 36;
    for (size_t i = 0; i < n; i++) at[i] = uniform(&dice) * 365 * VD_DAY_S;
    qsort(at, n, sizeof *at, compare);
    for (size_t i = 0; i < n; i++) times[i] = MONDAY_S + (int64_t)at[i];
    taken += of(w, times, n).regular >= VD_REGULAR_WEEKDAYS;
  }
  if (taken < 15 || taken > 65) fail_msg("%d of %d random series came out as regular", taken, SERIES);
}

/* Five reports of one day, or three days of two, are not a habit of that weekday. */
static void several_on_one_day__are_one(void **state) {
  world *w = *state;
  int64_t times[12];
  for (int i = 0; i < 6; i++) times[i] = MONDAY_S + i * (int64_t)VD_HOUR_S;
  vd_regularity r = of(w, times, 6);
  assert_int_equal(r.regular, VD_REGULAR_TOO_FEW);
  assert_true(r.n == 6 && r.n_days == 1);
  assert_int_equal(r.by_weekday[0], 1);
  assert_int_equal(r.by_hour[5], 1);
  assert_true(isnan(r.median_interval_d));
  for (int i = 0; i < 12; i++)
    times[i] = MONDAY_S + (i / 2) * 7 * (int64_t)VD_DAY_S + (i % 2) * 9 * (int64_t)VD_HOUR_S;
  r = of(w, times, 12);
  assert_int_equal(r.n_days, 6);
  assert_int_equal(r.by_weekday[0], 6);
  assert_near(r.median_interval_d, 7, 1e-12); /* and not 9 hours */
  assert_int_equal(r.regular, VD_REGULAR_BOTH);
}

static void local_time__decides_weekday_and_hour(void **state) {
  world *w = *state;
  int64_t times[1] = {MONDAY_S - VD_HOUR_S}; /* Sunday 23:00 UTC */
  vd_regularity r = vd_regularity_of(w->chance, times, 1, 2 * VD_HOUR_S);
  assert_int_equal(r.weekday, 0);
  assert_int_equal(r.by_hour[1], 1);
  r = vd_regularity_of(w->chance, (int64_t[]){-1}, 1, 0); /* 1969-12-31 23:59:59, a Wednesday */
  assert_int_equal(r.weekday, 2);
  assert_int_equal(r.by_hour[23], 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(weekday_p__is_what_enumeration_finds, begin, end),
      cmocka_unit_test_setup_teardown(weekday_p__goes_over_into_chi_squared, begin, end),
      cmocka_unit_test_setup_teardown(interval_p__of_two_is_the_closed_form, begin, end),
      cmocka_unit_test_setup_teardown(interval_p__agrees_with_uniform_times, begin, end),
      cmocka_unit_test_setup_teardown(clockwork__comes_out_as_both, begin, end),
      cmocka_unit_test_setup_teardown(habit_of_weekdays__is_found_without_even_intervals, begin, end),
      cmocka_unit_test_setup_teardown(random_times__are_seldom_taken_for_a_habit, begin, end),
      cmocka_unit_test_setup_teardown(several_on_one_day__are_one, begin, end),
      cmocka_unit_test_setup_teardown(local_time__decides_weekday_and_hour, begin, end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
