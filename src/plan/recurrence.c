/* recurrence: reading rules and exceptions of RFC 5545, sections 3.3.10 and 3.8.5.1.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/recurrence.h"

#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { MOST_COUNTED = 100000, MONTH_DAYS = 31 };

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

/* "20261231" (a local day), "20261231T180000" (local) or "20261231T180000Z" as what it spans: a day or a second. */
static bool parse_moment(const char *text, size_t n, int32_t utc_offset_s, int64_t *from_s, int64_t *to_s) {
  bool utc = n == 16 && text[15] == 'Z', dated = n == 8;
  if ((!dated && n != 15 && !utc) || !digits(text, 8)) return false;
  if (!dated && (text[8] != 'T' || !digits(text + 9, 6))) return false;
  vd_civil civil = {.year = two(text) * 100 + two(text + 2), .month = two(text + 4), .day = two(text + 6)};
  if (!dated) civil.hour = two(text + 9), civil.minute = two(text + 11), civil.second = two(text + 13);
  if (!vd_civil_to_s(&civil, utc ? 0 : utc_offset_s, from_s)) return false;
  *to_s = *from_s + (dated ? VD_DAY_S : 1);
  return true;
}

/* A date holds its whole day. */
static vd_status parse_until(const part *at, int32_t utc_offset_s, vd_recurrence *rule) {
  int64_t from_s, to_s;
  if (!parse_moment(at->value, strlen(at->value), utc_offset_s, &from_s, &to_s)) return fail_part(at);
  rule->until_s = to_s - 1;
  return VD_OK;
}

/* "1,15,-1": days of the month, from its end when negative. */
static vd_status parse_month_days(const part *at, vd_recurrence *rule) {
  const char *text = at->value;
  do {
    bool from_end = *text == '-';
    text += from_end || *text == '+';
    size_t n = strcspn(text, ",");
    if (n < 1 || n > 2 || !digits(text, n)) return fail_part(at);
    int day = n == 2 ? two(text) : text[0] - '0';
    if (day < 1 || day > MONTH_DAYS) return fail_part(at);
    *(from_end ? &rule->days_from_end : &rule->month_days) |= 1u << day;
    text += n;
  } while (*text++ == ',');
  return VD_OK;
}

static vd_status parse_frequency(const part *at, vd_recurrence *rule) {
  static const char *const words[] = {"DAILY", "WEEKLY", "MONTHLY"};
  for (int i = 0; i < (int)(sizeof words / sizeof *words); i++) {
    if (strcmp(at->value, words[i]) != 0) continue;
    rule->frequency = (vd_frequency)i;
    return VD_OK;
  }
  return fail_part(at);
}

static vd_status parse_number(const part *at, int64_t most, int64_t *out) {
  return vd_parse_i64(at->value, out) && *out >= 1 && *out <= most ? VD_OK : fail_part(at);
}

static vd_status parse_part(const part *at, int32_t utc_offset_s, vd_recurrence *rule, bool *has_freq) {
  int64_t number = 0;
  if (strcmp(at->name, "FREQ") == 0) {
    *has_freq = true;
    return parse_frequency(at, rule);
  }
  if (strcmp(at->name, "INTERVAL") == 0) {
    VD_TRY(parse_number(at, 10000, &number));
    rule->interval = (int32_t)number;
    return VD_OK;
  }
  if (strcmp(at->name, "COUNT") == 0) return parse_number(at, MOST_COUNTED, &rule->count);
  if (strcmp(at->name, "BYDAY") == 0) return parse_weekdays(at, rule);
  if (strcmp(at->name, "BYMONTHDAY") == 0) return parse_month_days(at, rule);
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
    return vd_fail(VD_ERR_INPUT, _("The recurrence “%.60s” says no FREQ=DAILY, WEEKLY or MONTHLY."), text);
  if (rule.weekdays && rule.frequency == VD_MONTHLY)
    return vd_fail(VD_ERR_INPUT, _("BYDAY in a recurrence needs FREQ=DAILY or WEEKLY."));
  if ((rule.month_days || rule.days_from_end) && rule.frequency != VD_MONTHLY)
    return vd_fail(VD_ERR_INPUT, _("BYMONTHDAY in a recurrence needs FREQ=MONTHLY."));
  *out = rule;
  return VD_OK;
}

/* ---- exceptions ---- */

static int compare_spans(const void *a, const void *b) {
  const vd_time_span *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return x->to_s < y->to_s ? 1 : x->to_s > y->to_s ? -1 : 0; /* a day before the moments in it */
}

vd_status vd_recurrence_except(vd_arena *arena, const char *text, int32_t utc_offset_s, vd_recurrence *rule) {
  size_t capacity = 0;
  rule->exceptions = NULL, rule->n_exceptions = 0;
  if (!text || !*text) return VD_OK;
  char *at = upper(arena, text);
  if (vd_str_starts(at, "EXDATE:")) at += 7;
  while (*at) {
    vd_time_span span;
    at += strspn(at, " ");
    size_t n = strcspn(at, ", "), rest = n + strspn(at + n, " ");
    bool last = at[rest] == '\0', comma = at[rest] == ',';
    if ((!last && !comma) || !parse_moment(at, n, utc_offset_s, &span.from_s, &span.to_s))
      return vd_fail(
          VD_ERR_INPUT,
          _("The dates left out have “%.40s”; write them like 20260311 or 20260311T073000, apart by commas."),
          at);
    *VD_PUSH(arena, rule->exceptions, rule->n_exceptions, capacity) = span;
    at += rest + comma;
    if (comma && !*at) return vd_fail(VD_ERR_INPUT, _("The dates left out end with a comma."));
  }
  qsort(rule->exceptions, rule->n_exceptions, sizeof *rule->exceptions, compare_spans);
  return VD_OK;
}
