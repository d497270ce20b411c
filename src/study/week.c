/* week: seconds of slices by hour of the week, by day and night, by market day; stretches that are not covered.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/week.h"

#include <math.h>
#include <string.h>

enum { WEEK_S = VD_WEEK_S, MONDAY_S = 4 * VD_DAY_S }; /* 1970-01-05 was a Monday */

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/* ---- hours of the week; times local ---- */

static void add_hours(int32_t *hours, int64_t from_s, int64_t to_s) {
  int64_t whole = (to_s - from_s) / WEEK_S;
  if (whole > 0) {
    for (int h = 0; h < VD_WEEK_HOURS; h++) hours[h] += (int32_t)(whole * VD_HOUR_S);
  }
  int64_t at = from_s + whole * WEEK_S;
  while (at < to_s) {
    int64_t hour = floor_div(at, VD_HOUR_S), next = (hour + 1) * VD_HOUR_S;
    int64_t of_week =
        hour - MONDAY_S / VD_HOUR_S - floor_div(hour - MONDAY_S / VD_HOUR_S, VD_WEEK_HOURS) * VD_WEEK_HOURS;
    if (next > to_s) next = to_s;
    hours[of_week] += (int32_t)(next - at);
    at = next;
  }
}

/* ---- day and market days ---- */

/* Seconds before a local time, since the first midnight, that lie in the minutes [from, to) of their day. */
static int64_t daily_before(int64_t time_s, int64_t from_s, int64_t to_s) {
  int64_t day = floor_div(time_s, VD_DAY_S), of_day = time_s - day * VD_DAY_S;
  int64_t inside = of_day < from_s ? 0 : of_day > to_s ? to_s - from_s : of_day - from_s;
  return day * (to_s - from_s) + inside;
}

static int64_t light_s(const vd_daylight *day, int64_t from_s, int64_t to_s) {
  int64_t a = day->from_min * (int64_t)VD_MINUTE_S, b = day->to_min * (int64_t)VD_MINUTE_S;
  if (a == b) return to_s - from_s;
  if (a < b) return daily_before(to_s, a, b) - daily_before(from_s, a, b);
  return to_s - from_s - (daily_before(to_s, b, a) - daily_before(from_s, b, a));
}

static int64_t weekday_s(int32_t days, int64_t from_s, int64_t to_s) {
  int64_t whole = (to_s - from_s) / WEEK_S,
          sum = whole * VD_DAY_S * __builtin_popcount((unsigned)days & 127u);
  for (int64_t at = from_s + whole * WEEK_S; at < to_s;) {
    int64_t day = floor_div(at - MONDAY_S, VD_DAY_S), next = (day + 1) * VD_DAY_S + MONDAY_S;
    if (next > to_s) next = to_s;
    if (days >> (day - floor_div(day, 7) * 7) & 1) sum += next - at;
    at = next;
  }
  return sum;
}

/* ---- one cell ---- */

typedef struct filling {
  vd_week *week;
  const vd_week_rule *rule;
  int64_t open_from_s, open_to_s; /* the stretch not covered at hand; equal: none */
} filling;

static void close_stretch(filling *f) {
  int64_t s = f->open_to_s - f->open_from_s;
  if (s <= 0) return;
  f->week->n_gaps++;
  if (s > f->week->longest_s) f->week->longest_s = s, f->week->longest_from_s = f->open_from_s;
  f->open_from_s = f->open_to_s = 0;
}

static void add_piece(filling *f, uint8_t state, int64_t from_s, int64_t to_s) {
  vd_week *week = f->week;
  int64_t offset = f->rule->day.utc_offset_s, a = from_s + offset, b = to_s + offset, s = b - a;
  int64_t light = light_s(&f->rule->day, a, b);
  add_hours(week->threat_s, a, b);
  if (state == VD_COVERED) add_hours(week->covered_s, a, b);
  week->state_s[VD_WHEN_ALL][state] += s;
  week->state_s[VD_WHEN_DAY][state] += light;
  week->state_s[VD_WHEN_NIGHT][state] += s - light;
  if (f->rule->markets) {
    int64_t market = weekday_s(f->rule->market_days, a, b);
    week->state_s[VD_WHEN_MARKET][state] += market;
    week->state_s[VD_WHEN_OTHER][state] += s - market;
  }
  bool gap = state != VD_COVERED;
  if (gap && f->open_to_s > f->open_from_s && f->open_to_s == from_s) {
    f->open_to_s = to_s;
    return;
  }
  close_stretch(f);
  if (gap) f->open_from_s = from_s, f->open_to_s = to_s;
}

static void add_slice(filling *f, const vd_slice *slice, const int64_t *pairs, size_t n_pairs, size_t *at) {
  if (slice->priority < 0) return;
  if (!pairs) {
    add_piece(f, slice->state, slice->from_s, slice->to_s);
    return;
  }
  while (*at < n_pairs && pairs[2 * *at + 1] <= slice->from_s) (*at)++;
  for (size_t i = *at; i < n_pairs && pairs[2 * i] < slice->to_s; i++) {
    int64_t from = pairs[2 * i] > slice->from_s ? pairs[2 * i] : slice->from_s,
            to = pairs[2 * i + 1] < slice->to_s ? pairs[2 * i + 1] : slice->to_s;
    if (from < to) add_piece(f, slice->state, from, to);
  }
}

void vd_week_fill(vd_week *week, const vd_week_rule *rule, const vd_slice *slices, size_t n_slices,
                  const int64_t *pairs, size_t n_pairs) {
  filling f = {.week = week, .rule = rule};
  size_t at = 0;
  memset(week, 0, sizeof *week);
  week->longest_from_s = VD_TIME_MIN;
  for (size_t i = 0; i < n_slices; i++) add_slice(&f, &slices[i], pairs, n_pairs, &at);
  close_stretch(&f);
}

/* ---- sums ---- */

void vd_week_sum_start(vd_week_sum *sum) {
  memset(sum, 0, sizeof *sum);
  sum->cover.longest_from_s = VD_TIME_MIN;
}

void vd_week_add(vd_week_sum *sum, const vd_week *week, double people) {
  int64_t threat_s = 0;
  for (int w = 0; w < VD_WHEN_COUNT; w++) {
    for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
      sum->cover.by_state[w][s] += people * ((double)week->state_s[w][s] / VD_HOUR_S);
      if (w == VD_WHEN_ALL) threat_s += week->state_s[w][s];
    }
  }
  if (threat_s == 0) return;
  sum->cover.people += people;
  for (int h = 0; h < VD_WEEK_HOURS; h++) {
    sum->threat[h] += people * week->threat_s[h];
    sum->covered[h] += people * week->covered_s[h];
  }
  if (week->longest_s <= sum->longest_s) return;
  sum->longest_s = week->longest_s;
  sum->cover.longest_from_s = week->longest_from_s;
  sum->cover.n_gaps = week->n_gaps;
}

double vd_cover_hours(const vd_cover *cover, vd_when when) {
  double hours = 0;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) hours += cover->by_state[when][s];
  return hours;
}

double vd_cover_share(const vd_cover *cover, vd_when when) {
  double hours = vd_cover_hours(cover, when);
  return hours > 0 ? cover->by_state[when][VD_COVERED] / hours : NAN;
}

vd_cover vd_week_sum_up(const vd_week_sum *sum) {
  vd_cover cover = sum->cover;
  double bare = 0;
  for (int s = VD_REACH_ONLY; s < VD_STATE_COUNT; s++) bare += cover.by_state[VD_WHEN_ALL][s];
  cover.gap_hours = cover.people > 0 ? bare / cover.people : NAN;
  cover.longest_gap_h = (double)sum->longest_s / VD_HOUR_S;
  for (int h = 0; h < VD_WEEK_HOURS; h++)
    cover.ribbon[h] = sum->threat[h] > 0 ? (float)(sum->covered[h] / sum->threat[h]) : -1.0F;
  return cover;
}
