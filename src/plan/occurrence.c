/* occurrence: listing when a rule recurs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every frequency is told as cycles of slots: seven steps of a daily rule, the seven days of a week, the days of a month. A
 * cycle far from the first is reached by reckoning, not by walking, since all full cycles of days and weeks hold alike many. */
#include "plan/day.h"
#include "vedette/base/i18n.h"
#include "vedette/plan/recurrence.h"

enum { MOST_OCCURRENCES = 100000, WEEK = 7, MONTHS = 12, LONGEST_MONTH = 31 };
static const int64_t NO_DAY = INT64_MIN;

typedef struct walk {
  const vd_recurrence *rule;
  int64_t first_day, clock_s; /* local */
  int32_t utc_offset_s;
  int64_t first_month; /* counted from the year 0 */
  int first_month_day;
  int64_t cycle;
  int slot; /* the next one to look at */
  int64_t counted;
} walk;

static int64_t time_of(const walk *w, int64_t day) {
  return day * VD_DAY_S + w->clock_s - w->utc_offset_s;
}

/* ---- the three frequencies ---- */

static int64_t month_day(const walk *w, int64_t cycle, int slot) {
  int64_t month = w->first_month + cycle * w->rule->interval, midnight_s, next_s;
  vd_civil civil = {.year = (int)(month / MONTHS), .month = (int)(month % MONTHS) + 1, .day = 1},
           next = civil;
  next.year += civil.month == MONTHS, next.month = civil.month % MONTHS + 1;
  if (!vd_civil_to_s(&civil, 0, &midnight_s)) return NO_DAY;
  int length = vd_civil_to_s(&next, 0, &next_s) ? (int)((next_s - midnight_s) / VD_DAY_S) : LONGEST_MONTH;
  int day = slot + 1;
  bool by_start = !w->rule->month_days && !w->rule->days_from_end;
  bool wanted = by_start ? day == w->first_month_day
                         : (w->rule->month_days >> day & 1u) ||
                               (day <= length && (w->rule->days_from_end >> (length - day + 1) & 1u));
  return wanted && day <= length ? vd_floor_div(midnight_s, VD_DAY_S) + slot : NO_DAY;
}

/* The local day of a slot, NO_DAY when the rule leaves it out. */
static int64_t day_of(const walk *w, int64_t cycle, int slot) {
  const vd_recurrence *rule = w->rule;
  int64_t day;
  if (rule->frequency == VD_MONTHLY) {
    day = month_day(w, cycle, slot);
  } else if (rule->frequency == VD_WEEKLY) {
    day = w->first_day - vd_weekday_of(w->first_day) + cycle * WEEK * rule->interval + slot;
    int32_t wanted = rule->weekdays ? rule->weekdays : 1 << vd_weekday_of(w->first_day);
    if (!(wanted >> slot & 1)) return NO_DAY;
  } else {
    day = w->first_day + (cycle * WEEK + slot) * rule->interval;
    if (rule->weekdays && !(rule->weekdays >> vd_weekday_of(day) & 1)) return NO_DAY;
  }
  return day < w->first_day ? NO_DAY : day;
}

static int slots_of(const vd_recurrence *rule) {
  return rule->frequency == VD_MONTHLY ? LONGEST_MONTH : WEEK;
}

/* The first day that a cycle may hold. */
static int64_t begin_of(const walk *w, int64_t cycle) {
  if (w->rule->frequency == VD_DAILY) return w->first_day + cycle * WEEK * w->rule->interval;
  if (w->rule->frequency == VD_WEEKLY)
    return w->first_day - vd_weekday_of(w->first_day) + cycle * WEEK * w->rule->interval;
  int64_t month = w->first_month + cycle * w->rule->interval, midnight_s;
  vd_civil civil = {.year = (int)(month / MONTHS), .month = (int)(month % MONTHS) + 1, .day = 1};
  if (!vd_civil_to_s(&civil, 0, &midnight_s))
    return vd_floor_div(month / MONTHS < 1000 ? VD_FIRST_TIME_S : VD_END_OF_TIME_S, VD_DAY_S);
  return vd_floor_div(midnight_s, VD_DAY_S);
}

/* ---- walking ---- */

static bool start_walk(walk *w, const vd_recurrence *rule, int64_t start_s, int32_t utc_offset_s) {
  if (start_s < VD_FIRST_TIME_S || start_s >= VD_END_OF_TIME_S) return false; /* no first departure known */
  *w = (walk){.rule = rule,
              .first_day = vd_floor_div(start_s + utc_offset_s, VD_DAY_S),
              .utc_offset_s = utc_offset_s};
  w->clock_s = start_s + utc_offset_s - w->first_day * VD_DAY_S;
  vd_civil civil = vd_civil_from_s(start_s, utc_offset_s);
  w->first_month = (int64_t)civil.year * MONTHS + civil.month - 1;
  w->first_month_day = civil.day;
  return true;
}

static int64_t n_in_cycle(const walk *w, int64_t cycle) {
  int64_t n = 0;
  for (int slot = 0; slot < slots_of(w->rule); slot++) n += day_of(w, cycle, slot) != NO_DAY;
  return n;
}

/* To the last cycle that begins at `time_s` or before. Months hold unlike many and are walked where they count. */
static void skip_to(walk *w, int64_t time_s) {
  const vd_recurrence *rule = w->rule;
  if (time_s <= time_of(w, w->first_day)) return;
  int64_t day = vd_floor_div(time_s + w->utc_offset_s, VD_DAY_S);
  if (rule->frequency == VD_MONTHLY) {
    vd_civil civil = vd_civil_from_s(time_s, w->utc_offset_s);
    int64_t month = (int64_t)civil.year * MONTHS + civil.month - 1;
    if (!rule->count) w->cycle = (month - w->first_month) / rule->interval;
    return;
  }
  w->cycle = (day - begin_of(w, 0)) / (WEEK * (int64_t)rule->interval);
  if (w->cycle > 0) w->counted = n_in_cycle(w, 0) + (w->cycle - 1) * n_in_cycle(w, 1);
}

/* The next occurrence before `end_s`, exceptions or not. */
static bool next_start(walk *w, int64_t end_s, int64_t *at_s) {
  const vd_recurrence *rule = w->rule;
  for (;; w->cycle++, w->slot = 0) {
    if (time_of(w, begin_of(w, w->cycle)) >= end_s) return false;
    while (w->slot < slots_of(rule)) {
      int64_t day = day_of(w, w->cycle, w->slot++);
      if (day == NO_DAY) continue;
      *at_s = time_of(w, day);
      if (*at_s >= end_s || *at_s > rule->until_s || (rule->count && w->counted >= rule->count)) return false;
      w->counted++;
      return true;
    }
  }
}

static int64_t earlier(int64_t a, int64_t b) {
  return a < b ? a : b;
}

/* ---- what is left out ---- */

static bool is_left_out(const vd_recurrence *rule, int64_t at_s) {
  size_t low = 0, high = rule->n_exceptions; /* the first that begins after it */
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (rule->exceptions[middle].from_s <= at_s)
      low = middle + 1;
    else
      high = middle;
  }
  /* A moment's span may hide the day's before it, and the same day may be named often. */
  for (size_t i = low; i > 0 && rule->exceptions[i - 1].from_s > at_s - VD_DAY_S; i--)
    if (at_s < rule->exceptions[i - 1].to_s) return true;
  return false;
}

size_t vd_recurrence_n_idle(const vd_recurrence *rule, int64_t start_s, int32_t utc_offset_s,
                            vd_time_span *first) {
  size_t n = 0;
  for (size_t i = 0; i < rule->n_exceptions; i++) {
    walk w;
    int64_t at_s = VD_TIME_MIN, end_s = earlier(rule->exceptions[i].to_s, VD_END_OF_TIME_S);
    bool found = start_walk(&w, rule, start_s, utc_offset_s);
    if (found) skip_to(&w, rule->exceptions[i].from_s);
    while (found && at_s < rule->exceptions[i].from_s) found = next_start(&w, end_s, &at_s);
    if (!found && n++ == 0) *first = rule->exceptions[i];
  }
  return n;
}

/* ---- listing ---- */

vd_status vd_recurrence_starts(vd_arena *arena, const vd_recurrence *rule, int64_t start_s,
                               int32_t utc_offset_s, int64_t from_s, int64_t to_s, int64_t **starts,
                               size_t *n) {
  size_t capacity = 0;
  walk w;
  *starts = NULL;
  *n = 0;
  if (!start_walk(&w, rule, start_s, utc_offset_s)) return VD_OK;
  int64_t at_s, end_s = earlier(to_s, VD_END_OF_TIME_S);
  skip_to(&w, from_s);
  while (next_start(&w, end_s, &at_s)) {
    if (at_s < from_s || is_left_out(rule, at_s)) continue;
    if (*n >= MOST_OCCURRENCES)
      return vd_fail(VD_ERR_LIMIT, _("A recurrence has more than %d occurrences in the window; shorten it."),
                     (int)MOST_OCCURRENCES);
    *VD_PUSH(arena, *starts, *n, capacity) = at_s;
  }
  return VD_OK;
}

int64_t vd_recurrence_last_s(const vd_recurrence *rule, int64_t start_s, int32_t utc_offset_s) {
  walk w;
  int64_t at_s, last_s = VD_TIME_MIN;
  if (!start_walk(&w, rule, start_s, utc_offset_s)) return VD_TIME_MIN;
  if (!rule->count && rule->until_s == VD_TIME_MAX)
    return next_start(&w, VD_END_OF_TIME_S, &at_s) ? VD_TIME_MAX : VD_TIME_MIN;
  /* The last is not in a cycle before the one that holds the rule's end, but for the gaps between months and weeks. */
  int64_t span_s =
      rule->interval * (rule->frequency == VD_MONTHLY ? 48 * 31 * (int64_t)VD_DAY_S : VD_WEEK_S * 2);
  if (!rule->count && rule->until_s > start_s + span_s) skip_to(&w, rule->until_s - span_s);
  while (next_start(&w, VD_END_OF_TIME_S, &at_s)) last_s = at_s;
  return last_s;
}

vd_status vd_patrol_starts(vd_arena *arena, const vd_patrol *patrol, int32_t utc_offset_s, int64_t from_s,
                           int64_t to_s, int64_t **starts, size_t *n) {
  vd_recurrence rule;
  VD_TRY(vd_recurrence_parse(patrol->recurrence, utc_offset_s, &rule));
  VD_TRY(vd_recurrence_except(arena, patrol->exceptions, utc_offset_s, &rule));
  return vd_recurrence_starts(arena, &rule, patrol->from_s, utc_offset_s, from_s, to_s, starts, n);
}
