/* predict: entropies of visits, and the longest absence that a watcher foretells.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/predict.h"

#include <math.h>
#include <stdlib.h>

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

static int32_t remainder_of(int64_t a, int32_t b) {
  return (int32_t)(a - floor_div(a, b) * b);
}

/* ---- entropy ---- */

double vd_predict_entropy(const int32_t *counts, size_t n_bins) {
  double n = 0, sum = 0;
  int32_t occupied = 0;
  for (size_t i = 0; i < n_bins; i++) n += counts[i];
  if (!(n > 0)) return NAN;
  for (size_t i = 0; i < n_bins; i++) {
    if (counts[i] <= 0) continue;
    occupied++;
    sum -= counts[i] / n * log(counts[i] / n);
  }
  return sum + (occupied - 1) / (2 * n);
}

/* Part of the most there can be, at most 1; where there can be none at all it is 0. */
static double part_of(double entropy, double most) {
  return most > 0 ? fmin(entropy / most, 1) : 0;
}

/* ---- the weeks as local hours ---- */

typedef struct watched {
  int64_t first_day, end_day; /* local days since 1970, end not included */
  int32_t utc_offset_s, weeks;
} watched;

static watched watched_of(const vd_sightings *s) {
  int64_t end = floor_div(s->to_s + s->utc_offset_s, VD_DAY_S);
  return (watched){end - 7 * (int64_t)s->weeks, end, s->utc_offset_s, s->weeks};
}

/* Monday is 0; day 0, 1 January 1970, was a Thursday. */
static int32_t weekday_of(int64_t day) {
  return remainder_of(day + 3, 7);
}

/* Visits joined where they overlap or touch, in local seconds from the first midnight, and cut there. */
static size_t join_visits(const vd_sightings *s, const watched *w, vd_interval *out) {
  int64_t from = w->first_day * VD_DAY_S - w->utc_offset_s, length = (w->end_day - w->first_day) * VD_DAY_S;
  size_t n = 0;
  for (size_t i = 0; i < s->n; i++) {
    int64_t enter = s->visits[i].enter_s - from, leave = s->visits[i].leave_s - from;
    if (s->visits[i].leave_s <= from || enter >= length || leave <= enter) continue;
    if (n > 0 && enter <= out[n - 1].to_s) {
      if (leave > out[n - 1].to_s) out[n - 1].to_s = leave;
      continue;
    }
    out[n++] = (vd_interval){enter, leave};
  }
  return n;
}

static void mark_hours(const vd_interval *joined, size_t n, int32_t weeks, uint8_t *hours) {
  int64_t most = (int64_t)weeks * VD_WEEK_H;
  for (size_t i = 0; i < n; i++) {
    int64_t from = joined[i].from_s > 0 ? joined[i].from_s / VD_HOUR_S : 0;
    int64_t to = (joined[i].to_s + VD_HOUR_S - 1) / VD_HOUR_S;
    for (int64_t h = from; h < to && h < most; h++) hours[h] = 1;
  }
}

/* ---- the habit ---- */

static double geometric_entropy(double mean) {
  return mean > 1 ? mean * log(mean) - (mean - 1) * log(mean - 1) : 0;
}

/* Whole days between days on which a visit begins. */
static double interval_entropy(vd_arena *scratch, const vd_interval *joined, size_t n, int32_t weeks) {
  size_t n_days = 7 * (size_t)weeks + 1;
  int32_t *counts = VD_NEW_ARRAY(scratch, int32_t, n_days), n_intervals = 0;
  int64_t last = -1, sum = 0;
  for (size_t i = 0; i < n; i++) {
    int64_t day = joined[i].from_s / VD_DAY_S;
    if (joined[i].from_s < 0 || day == last) continue;
    if (last >= 0) counts[day - last]++, n_intervals++, sum += day - last;
    last = day;
  }
  if (n_intervals < 2) return NAN;
  return part_of(vd_predict_entropy(counts, n_days), geometric_entropy((double)sum / n_intervals));
}

static void tell_entropies(vd_arena *scratch, const vd_interval *joined, size_t n, const watched *w,
                           vd_habit *habit) {
  int32_t hours[24] = {0}, weekdays[7] = {0};
  for (size_t i = 0; i < n; i++) {
    if (joined[i].from_s < 0) continue; /* it began before the weeks */
    hours[joined[i].from_s % VD_DAY_S / VD_HOUR_S]++;
    weekdays[weekday_of(w->first_day + joined[i].from_s / VD_DAY_S)]++;
    habit->n_visits++;
  }
  if (habit->n_visits < VD_PREDICT_LEAST_VISITS) return;
  habit->hour_entropy = part_of(vd_predict_entropy(hours, 24), log(24));
  habit->weekday_entropy = part_of(vd_predict_entropy(weekdays, 7), log(7));
  habit->interval_entropy = interval_entropy(scratch, joined, n, w->weeks);
}

vd_habit vd_predict_habit(vd_arena *scratch, const vd_sightings *sightings, double confidence) {
  vd_habit habit = {.hour_entropy = NAN, .weekday_entropy = NAN, .interval_entropy = NAN, .score = NAN};
  watched w = watched_of(sightings);
  if (sightings->n == 0) { /* most places: the whole week is foretold, and no habit */
    habit.absent_from_h = 24 * weekday_of(w.first_day), habit.absent_h = VD_WEEK_H;
    habit.absent_weeks_seen = w.weeks;
    return habit;
  }
  uint8_t *hours = VD_NEW_ARRAY(scratch, uint8_t, (size_t)w.weeks * VD_WEEK_H);
  vd_interval *joined = VD_NEW_ARRAY(scratch, vd_interval, sightings->n + 1);
  size_t n = join_visits(sightings, &w, joined);
  mark_hours(joined, n, w.weeks, hours);
  tell_entropies(scratch, joined, n, &w, &habit);
  if (habit.n_visits >= VD_PREDICT_LEAST_VISITS) habit.score = vd_predict_score(scratch, hours, w.weeks);
  vd_predict_absence(scratch, hours, w.weeks, 24 * weekday_of(w.first_day), confidence, &habit);
  return habit;
}

int vd_predict_grade(double score) {
  static const double from[] = {0.15, 0.35, 0.6, 0.85};
  int grade = 0;
  if (isnan(score)) return -1;
  while (grade < 4 && score >= from[grade]) grade++;
  return grade;
}

/* ---- foretold absence ---- */

static int compare_ints(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

/* The stretches that begin at one hour of the week: sorted, after how many hours somebody came in each week (VD_WEEK_H:
 * nobody did). A stretch of the last week that would go on past its end was not watched whole: `last_h` hours of it were. */
typedef struct stretches {
  int32_t *came_h, last_came_h, last_h;
  int32_t weeks;
} stretches;

static void measure(const stretches *s, int32_t length, int32_t *seen, int32_t *broken) {
  bool whole = length <= s->last_h;
  *seen = s->weeks - !whole, *broken = 0;
  while (*broken < s->weeks && s->came_h[*broken] < length) ++*broken;
  if (!whole && s->last_came_h < length) --*broken;
}

static void try_length(const stretches *s, int32_t length, double confidence, int32_t *longest, int32_t *seen,
                       int32_t *broken) {
  int32_t n, k;
  if (length <= *longest) return;
  measure(s, length, &n, &k);
  if (n - k + 1 >= confidence * (n + 2) - 1e-9) *longest = length, *seen = n, *broken = k;
}

/* What a length holds changes only just beyond the lengths tried here. */
static int32_t longest_from(const stretches *s, double confidence, int32_t *seen, int32_t *broken) {
  int32_t longest = 0;
  try_length(s, VD_WEEK_H, confidence, &longest, seen, broken);
  try_length(s, s->last_h, confidence, &longest, seen, broken);
  for (int32_t w = s->weeks - 1; w >= 0; w--) try_length(s, s->came_h[w], confidence, &longest, seen, broken);
  return longest;
}

void vd_predict_absence(vd_arena *scratch, const uint8_t *hours, int32_t weeks, int32_t first_h,
                        double confidence, vd_habit *habit) {
  int32_t n = weeks * VD_WEEK_H, *next = VD_NEW_ARRAY(scratch, int32_t, n + 1);
  stretches s = {.came_h = VD_NEW_ARRAY(scratch, int32_t, weeks), .weeks = weeks};
  next[n] = INT32_MAX / 2; /* hour from each one on in which somebody is there */
  for (int32_t h = n - 1; h >= 0; h--) next[h] = hours[h] ? h : next[h + 1];
  habit->absent_h = 0;
  for (int32_t h = 0; h < VD_WEEK_H; h++) {
    for (int32_t w = 0; w < weeks; w++) {
      int32_t at = w * VD_WEEK_H + h, came = next[at] - at;
      s.came_h[w] = came < VD_WEEK_H ? came : VD_WEEK_H;
    }
    s.last_came_h = s.came_h[weeks - 1], s.last_h = VD_WEEK_H - h;
    qsort(s.came_h, (size_t)weeks, sizeof *s.came_h, compare_ints);
    int32_t seen = 0, broken = 0, length = longest_from(&s, confidence, &seen, &broken);
    if (length <= habit->absent_h) continue;
    habit->absent_h = length, habit->absent_from_h = (first_h + h) % VD_WEEK_H;
    habit->absent_weeks_seen = seen, habit->absent_weeks_broken = broken;
  }
}
