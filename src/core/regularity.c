/* regularity: whether events come more regularly than chance would have them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/regularity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/units.h"

enum { DAYS = 7, MOST_SQUARES = VD_REGULARITY_EXACT * VD_REGULARITY_EXACT };

typedef struct drawn { /* the statistic of so many spacings, ascending */
  size_t n_intervals;
  double *values;
} drawn;
struct vd_chance {
  vd_arena *arena;
  double *ways; /* [n][sum of squares]: 7^n / n! times its chance; NULL: not worked out yet */
  drawn *draws;
  size_t n_draws, capacity;
};

vd_chance *vd_chance_new(vd_arena *arena) {
  vd_chance *chance = VD_NEW(arena, vd_chance);
  chance->arena = arena;
  return chance;
}

/* ---- weekdays ---- */

static double *row_of(double *ways, int n) {
  return ways + (size_t)n * (MOST_SQUARES + 1);
}

/* One more weekday, with c events at a weight of 1 / c!. */
static void add_weekday(const double *before, double *after) {
  for (int n = 0; n <= VD_REGULARITY_EXACT; n++) {
    double weight = 1;
    for (int c = 0; c <= n; weight /= ++c) {
      const double *from = row_of((double *)(uintptr_t)before, n - c);
      for (int s = 0; s <= (n - c) * (n - c); s++) row_of(after, n)[s + c * c] += weight * from[s];
    }
  }
}

static void count_ways(vd_chance *chance) {
  size_t size = (size_t)(VD_REGULARITY_EXACT + 1) * (MOST_SQUARES + 1);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  double *ways = VD_NEW_ARRAY(scratch, double, size), *next = VD_NEW_ARRAY(scratch, double, size);
  ways[0] = 1;
  for (int day = 0; day < DAYS; day++) {
    memset(next, 0, size * sizeof *next);
    add_weekday(ways, next);
    double *swap = ways;
    ways = next, next = swap;
  }
  chance->ways = VD_NEW_ARRAY(chance->arena, double, size);
  memcpy(chance->ways, ways, size * sizeof *ways);
}

static double exact_p(vd_chance *chance, int n, int squares) {
  if (!chance->ways) count_ways(chance);
  double sum = 0, factor = 1;
  for (int s = n * n; s >= squares; s--) sum += row_of(chance->ways, n)[s];
  for (int i = 1; i <= n; i++) factor *= (double)i / DAYS;
  return fmin(1, sum * factor);
}

double vd_weekday_p(vd_chance *chance, const int32_t by_weekday[7]) {
  int64_t n = 0, squares = 0;
  for (int d = 0; d < DAYS; d++) n += by_weekday[d], squares += (int64_t)by_weekday[d] * by_weekday[d];
  if (n <= VD_REGULARITY_EXACT) return exact_p(chance, (int)n, (int)squares);
  double half = (DAYS * (double)squares / (double)n - (double)n) / 2;
  return exp(-half) * (1 + half + half * half / 2); /* chi-squared, 6 degrees of freedom */
}

/* ---- intervals ---- */

static uint64_t next_bits(uint64_t *state) { /* splitmix64 */
  uint64_t z = (*state += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

/* Uniform spacings are exponential ones divided by their sum. */
static double draw_spacings(uint64_t *state, size_t n) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++) {
    double e = -log(((double)(next_bits(state) >> 11) + 0.5) * 0x1p-53);
    sum += e, squares += e * e;
  }
  return squares / (sum * sum);
}

static int compare_values(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static const double *draws_of(vd_chance *chance, size_t n_intervals) {
  for (size_t i = 0; i < chance->n_draws; i++)
    if (chance->draws[i].n_intervals == n_intervals) return chance->draws[i].values;
  uint64_t state = n_intervals;
  double *values = VD_NEW_ARRAY(chance->arena, double, VD_REGULARITY_DRAWS);
  for (int i = 0; i < VD_REGULARITY_DRAWS; i++) values[i] = draw_spacings(&state, n_intervals);
  qsort(values, VD_REGULARITY_DRAWS, sizeof *values, compare_values);
  *VD_PUSH(chance->arena, chance->draws, chance->n_draws, chance->capacity) = (drawn){n_intervals, values};
  return values;
}

double vd_interval_p(vd_chance *chance, const double *intervals, size_t n) {
  double sum = 0, squares = 0;
  for (size_t i = 0; i < n; i++) sum += intervals[i], squares += intervals[i] * intervals[i];
  if (n < 2 || !(sum > 0)) return NAN;
  const double *values = draws_of(chance, n);
  double statistic = squares / (sum * sum);
  int at_most = 0;
  /* Equal intervals have the least statistic there is; rounding must not put them above it. */
  while (at_most < VD_REGULARITY_DRAWS && values[at_most] <= statistic * (1 + 1e-12)) at_most++;
  return (1.0 + at_most) / (1.0 + VD_REGULARITY_DRAWS);
}

/* ---- all ---- */

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/* Hours of all, weekdays of the days; the first of each local day goes to `firsts_s`. */
static void count_days_and_hours(vd_regularity *r, const int64_t *times_s, int32_t utc_offset_s,
                                 int64_t *firsts_s) {
  double x = 0, y = 0;
  int64_t last_day = INT64_MIN;
  for (size_t i = 0; i < r->n; i++) {
    int64_t local = times_s[i] + utc_offset_s, day = floor_div(local, VD_DAY_S);
    int64_t second = local - day * VD_DAY_S;
    double angle = 2 * M_PI * (double)second / VD_DAY_S;
    r->by_hour[second / VD_HOUR_S]++;
    x += cos(angle), y += sin(angle);
    if (day == last_day) continue;
    last_day = day;
    firsts_s[r->n_days++] = times_s[i];
    r->by_weekday[((day + 3) % DAYS + DAYS) % DAYS]++; /* 1970-01-01 was a Thursday */
  }
  r->hour_concentration = r->n > 0 ? hypot(x, y) / (double)r->n : NAN;
  r->mean_hour = NAN;
  if (r->hour_concentration > 1e-9) {
    double hour = atan2(y, x) * 12 / M_PI;
    r->mean_hour = hour < -1e-9 ? hour + 24 : fmax(0, hour);
  }
  r->weekday = -1;
  for (int d = 0; d < DAYS; d++)
    if (r->by_weekday[d] > (r->weekday < 0 ? 0 : r->by_weekday[r->weekday])) r->weekday = d;
}

static void look_at_intervals(vd_chance *chance, vd_regularity *r, const int64_t *firsts_s,
                              vd_arena *scratch) {
  r->median_interval_d = r->longest_interval_d = r->interval_p = NAN;
  if (r->n_days < 2) return;
  size_t n = r->n_days - 1;
  double *days = VD_NEW_ARRAY(scratch, double, n);
  for (size_t i = 0; i < n; i++) days[i] = (double)(firsts_s[i + 1] - firsts_s[i]) / VD_DAY_S;
  if (r->n_days >= VD_REGULARITY_LEAST) r->interval_p = vd_interval_p(chance, days, n);
  qsort(days, n, sizeof *days, compare_values);
  r->median_interval_d = n % 2 ? days[n / 2] : (days[n / 2 - 1] + days[n / 2]) / 2;
  r->longest_interval_d = days[n - 1];
}

vd_regularity vd_regularity_of(vd_chance *chance, const int64_t *times_s, size_t n, int32_t utc_offset_s) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_regularity r = {.n = n, .weekday_p = NAN};
  int64_t *firsts_s = VD_NEW_ARRAY(scratch, int64_t, n + 1);
  count_days_and_hours(&r, times_s, utc_offset_s, firsts_s);
  look_at_intervals(chance, &r, firsts_s, scratch);
  if (r.n_days < VD_REGULARITY_LEAST) return r;
  r.weekday_p = vd_weekday_p(chance, r.by_weekday);
  bool weekdays = r.weekday_p <= VD_REGULARITY_ALPHA / 2, even = r.interval_p <= VD_REGULARITY_ALPHA / 2;
  r.regular = weekdays && even ? VD_REGULAR_BOTH
              : weekdays       ? VD_REGULAR_WEEKDAYS
              : even           ? VD_REGULAR_INTERVALS
                               : VD_REGULAR_NOT;
  return r;
}
