/* threat_hours: when a threat area is active.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/day.h"
#include "vedette/base/i18n.h"
#include "vedette/plan/recurrence.h"

typedef struct spans {
  vd_arena *arena;
  int64_t *at; /* from, to, from, to ... */
  size_t n, capacity;
} spans;

/* Adds [from, to), joined to the last one where they touch; the starts come in order. */
static void add_span(spans *to, int64_t from_s, int64_t to_s) {
  if (from_s >= to_s) return;
  if (to->n && from_s <= to->at[to->n - 1]) {
    if (to_s > to->at[to->n - 1]) to->at[to->n - 1] = to_s;
    return;
  }
  *VD_PUSH(to->arena, to->at, to->n, to->capacity) = from_s;
  *VD_PUSH(to->arena, to->at, to->n, to->capacity) = to_s;
}

static int64_t later(int64_t a, int64_t b) {
  return a > b ? a : b;
}

static int64_t earlier(int64_t a, int64_t b) {
  return a < b ? a : b;
}

vd_status vd_threat_active(vd_arena *arena, const vd_threat_area *threat, int32_t utc_offset_s,
                           int64_t from_s, int64_t to_s, int64_t **pairs, size_t *n_pairs) {
  enum { ALL_DAYS = 127, DAY_MIN = 1440, MOST_DAYS = 100000 };
  spans found = {.arena = arena};
  int64_t begin_s = later(from_s, threat->from_s), end_s = earlier(to_s, threat->to_s);
  bool always = threat->hour_from_min == 0 && threat->hour_to_min == DAY_MIN;
  if (always && (threat->weekdays & ALL_DAYS) == ALL_DAYS) {
    add_span(&found, begin_s, end_s);
  } else if (begin_s < end_s) {
    begin_s = later(begin_s, VD_FIRST_TIME_S), end_s = earlier(end_s, VD_END_OF_TIME_S);
    int64_t first_day = vd_floor_div(begin_s + utc_offset_s, VD_DAY_S) - 1; /* one may come over midnight */
    int64_t last_day = vd_floor_div(end_s + utc_offset_s, VD_DAY_S);
    if (last_day - first_day > MOST_DAYS)
      return vd_fail(VD_ERR_LIMIT,
                     _("The active times of a threat area span more than %d days; shorten the window."),
                     (int)MOST_DAYS);
    for (int64_t day = first_day; day <= last_day; day++) {
      if (!(threat->weekdays >> vd_weekday_of(day) & 1)) continue;
      int64_t midnight_s = day * VD_DAY_S - utc_offset_s;
      int64_t stop_min = threat->hour_to_min + (threat->hour_from_min > threat->hour_to_min ? DAY_MIN : 0);
      add_span(&found, later(begin_s, midnight_s + threat->hour_from_min * (int64_t)VD_MINUTE_S),
               earlier(end_s, midnight_s + stop_min * VD_MINUTE_S));
    }
  }
  *pairs = found.at;
  *n_pairs = found.n / 2;
  return VD_OK;
}
