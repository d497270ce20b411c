/* recurrence: reading rules of RFC 5545, section 3.3.10, and listing their occurrences.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/recurrence.h"

#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { MOST_OCCURRENCES = 100000 };
/* The years 1000 to 10000: what a time in a plan can be. */
static const int64_t FIRST_TIME_S = -30610224000, END_OF_TIME_S = 253402300800;

/* Part of a rule as NAME=VALUE. */
typedef struct part {
  const char *name, *value;
} part;

static vd_status fail_part(const part *at) {
  return vd_fail(VD_ERR_INPUT, _("The recurrence has “%.20s=%.40s”, which is not understood."), at->name,
                 at->value);
}

static vd_status parse_weekdays(const part *at, vd_recurrence *rule) {
  static const char *const days[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
  const char *text = at->value;
  do {
    int day = 0;
    while (day < 7 && strncmp(text, days[day], 2) != 0) day++;
    if (day == 7 || (text[2] && text[2] != ',')) return fail_part(at);
    rule->weekdays |= 1 << day;
    text += 2;
  } while (*text++ == ',');
  return VD_OK;
}

static bool digits(const char *text, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (text[i] < '0' || text[i] > '9') return false;
  return true;
}

static int two(const char *text) {
  return (text[0] - '0') * 10 + text[1] - '0';
}

/* "20261231" (the whole local day), "20261231T180000" (local) or "20261231T180000Z". */
static vd_status parse_until(const part *at, int32_t utc_offset_s, vd_recurrence *rule) {
  const char *text = at->value;
  size_t n = strlen(text);
  bool utc = n == 16 && text[15] == 'Z', dated = n == 8;
  if ((!dated && n != 15 && !utc) || !digits(text, 8)) return fail_part(at);
  if (!dated && (text[8] != 'T' || !digits(text + 9, 6))) return fail_part(at);
  vd_civil civil = {.year = two(text) * 100 + two(text + 2),
                    .month = two(text + 4),
                    .day = two(text + 6),
                    .hour = 23,
                    .minute = 59,
                    .second = 59};
  if (!dated) civil.hour = two(text + 9), civil.minute = two(text + 11), civil.second = two(text + 13);
  return vd_civil_to_s(&civil, utc ? 0 : utc_offset_s, &rule->until_s) ? VD_OK : fail_part(at);
}

static vd_status parse_number(const part *at, int64_t most, int64_t *out) {
  return vd_parse_i64(at->value, out) && *out >= 1 && *out <= most ? VD_OK : fail_part(at);
}

static vd_status parse_part(const part *at, int32_t utc_offset_s, vd_recurrence *rule, bool *has_freq) {
  int64_t number = 0;
  if (strcmp(at->name, "FREQ") == 0) {
    *has_freq = true;
    rule->weekly = strcmp(at->value, "WEEKLY") == 0;
    return rule->weekly || strcmp(at->value, "DAILY") == 0 ? VD_OK : fail_part(at);
  }
  if (strcmp(at->name, "INTERVAL") == 0) {
    VD_TRY(parse_number(at, 10000, &number));
    rule->interval = (int32_t)number;
    return VD_OK;
  }
  if (strcmp(at->name, "COUNT") == 0) return parse_number(at, MOST_OCCURRENCES, &rule->count);
  if (strcmp(at->name, "BYDAY") == 0) return parse_weekdays(at, rule);
  if (strcmp(at->name, "UNTIL") == 0) return parse_until(at, utc_offset_s, rule);
  if (strcmp(at->name, "WKST") == 0 && strcmp(at->value, "MO") == 0) return VD_OK;
  return fail_part(at);
}

static char *upper(vd_arena *arena, const char *text) {
  char *copy = vd_str_trim(arena, text);
  for (char *at = copy; *at; at++)
    if (*at >= 'a' && *at <= 'z') *at = (char)(*at - 'a' + 'A');
  return copy;
}

vd_status vd_recurrence_parse(const char *text, int32_t utc_offset_s, vd_recurrence *out) {
  vd_recurrence rule = {.interval = 1, .until_s = VD_TIME_MAX};
  *out = (vd_recurrence){.interval = 1, .count = 1, .until_s = VD_TIME_MAX};
  if (!text || !*text) return VD_OK;
  if (strlen(text) > 500) return vd_fail(VD_ERR_INPUT, _("The recurrence is longer than 500 characters."));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char *at = upper(arena, text);
  bool has_freq = false;
  if (vd_str_starts(at, "RRULE:")) at += 6;
  while (*at) {
    char *end = at + strcspn(at, ";"), *equals = at + strcspn(at, "=;");
    if (*equals != '=') return vd_fail(VD_ERR_INPUT, _("The recurrence “%.60s” is not NAME=VALUE;..."), text);
    bool last = !*end;
    *end = *equals = '\0';
    part found = {at, equals + 1};
    VD_TRY(parse_part(&found, utc_offset_s, &rule, &has_freq));
    at = last ? end : end + 1;
  }
  if (!has_freq)
    return vd_fail(VD_ERR_INPUT, _("The recurrence “%.60s” says no FREQ=DAILY or WEEKLY."), text);
  if (rule.weekdays && !rule.weekly)
    return vd_fail(VD_ERR_INPUT, _("BYDAY in a recurrence needs FREQ=WEEKLY."));
  *out = rule;
  return VD_OK;
}

/* ---- occurrences ---- */

static int64_t floor_div(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

/* Monday is 0; day 0, 1 January 1970, was a Thursday. */
static int weekday_of(int64_t day) {
  return (int)(((day + 3) % 7 + 7) % 7);
}

static bool falls_on(const vd_recurrence *rule, int64_t first_day, int64_t day) {
  if (!rule->weekly) return (day - first_day) % rule->interval == 0;
  int64_t weeks = (day - weekday_of(day) - (first_day - weekday_of(first_day))) / 7;
  int32_t wanted = rule->weekdays ? rule->weekdays : 1 << weekday_of(first_day);
  return weeks % rule->interval == 0 && (wanted >> weekday_of(day) & 1);
}

vd_status vd_recurrence_starts(vd_arena *arena, const vd_recurrence *rule, int64_t start_s,
                               int32_t utc_offset_s, int64_t from_s, int64_t to_s, int64_t **starts,
                               size_t *n) {
  size_t capacity = 0;
  *starts = NULL;
  *n = 0;
  if (start_s < FIRST_TIME_S || start_s >= END_OF_TIME_S) return VD_OK; /* no first departure known */
  int64_t end_s = to_s < END_OF_TIME_S ? to_s : END_OF_TIME_S;
  int64_t first_day = floor_div(start_s + utc_offset_s, VD_DAY_S);
  int64_t clock_s = start_s + utc_offset_s - first_day * VD_DAY_S, counted = 0;
  for (int64_t day = first_day;; day++) {
    int64_t at_s = day * VD_DAY_S + clock_s - utc_offset_s;
    if (at_s >= end_s || at_s > rule->until_s || (rule->count && counted >= rule->count)) return VD_OK;
    if (!falls_on(rule, first_day, day)) continue;
    counted++;
    if (at_s < from_s) continue;
    if (*n >= MOST_OCCURRENCES)
      return vd_fail(VD_ERR_LIMIT, _("A recurrence has more than %d occurrences in the window; shorten it."),
                     (int)MOST_OCCURRENCES);
    *VD_PUSH(arena, *starts, *n, capacity) = at_s;
  }
}

/* ---- active times ---- */

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
  enum { ALL_DAYS = 127, DAY_MIN = 1440 };
  spans found = {.arena = arena};
  int64_t begin_s = later(from_s, threat->from_s), end_s = earlier(to_s, threat->to_s);
  bool always = threat->hour_from_min == 0 && threat->hour_to_min == DAY_MIN;
  if (always && (threat->weekdays & ALL_DAYS) == ALL_DAYS) {
    add_span(&found, begin_s, end_s);
  } else if (begin_s < end_s) {
    begin_s = later(begin_s, FIRST_TIME_S), end_s = earlier(end_s, END_OF_TIME_S);
    int64_t first_day = floor_div(begin_s + utc_offset_s, VD_DAY_S) - 1; /* one may come over midnight */
    int64_t last_day = floor_div(end_s + utc_offset_s, VD_DAY_S);
    if (last_day - first_day > MOST_OCCURRENCES)
      return vd_fail(VD_ERR_LIMIT,
                     _("The active times of a threat area span more than %d days; shorten the window."),
                     (int)MOST_OCCURRENCES);
    for (int64_t day = first_day; day <= last_day; day++) {
      if (!(threat->weekdays >> weekday_of(day) & 1)) continue;
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
