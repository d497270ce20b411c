/* plan_recurrence: random rules against looking at every day since the start.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "study_random.h"
#include "vedette/plan/recurrence.h"

static int month_length(vd_civil civil) {
  int64_t a = 0, b = 0;
  vd_civil first = {.year = civil.year, .month = civil.month, .day = 1}, next = first;
  next.month = first.month % 12 + 1, next.year += first.month == 12;
  assert_true(vd_civil_to_s(&first, 0, &a) && vd_civil_to_s(&next, 0, &b));
  return (int)((b - a) / VD_DAY_S);
}

/* Whether the rule names the local day, by the words of the RFC. */
static bool names(const vd_recurrence *rule, int64_t start_s, int64_t at_s, int32_t offset_s) {
  vd_civil first = vd_civil_from_s(start_s, offset_s), day = vd_civil_from_s(at_s, offset_s);
  int64_t days = (at_s - start_s) / VD_DAY_S;
  if (rule->frequency == VD_DAILY)
    return days % rule->interval == 0 && (!rule->weekdays || (rule->weekdays >> day.weekday & 1));
  if (rule->frequency == VD_WEEKLY) {
    int64_t weeks = (days + first.weekday) / 7; /* Mondays since that of the start's week */
    int32_t wanted = rule->weekdays ? rule->weekdays : 1 << first.weekday;
    return weeks % rule->interval == 0 && (wanted >> day.weekday & 1);
  }
  int months = (day.year - first.year) * 12 + day.month - first.month;
  if (months % rule->interval != 0) return false;
  if (!rule->month_days && !rule->days_from_end) return day.day == first.day;
  return (rule->month_days >> day.day & 1u) ||
         (rule->days_from_end >> (month_length(day) - day.day + 1) & 1u);
}

static vd_recurrence random_rule(dice *d) {
  vd_recurrence rule = {.frequency = (vd_frequency)dice_below(d, 3), .until_s = VD_TIME_MAX};
  rule.interval = 1 + dice_below(d, dice_below(d, 2) ? 3 : 15);
  if (rule.frequency == VD_MONTHLY) {
    if (dice_below(d, 2)) rule.month_days = 2u << dice_below(d, 31) | 2u << dice_below(d, 31);
    if (dice_below(d, 3) == 0) rule.days_from_end = 2u << dice_below(d, 31);
  } else if (dice_below(d, 2)) {
    rule.weekdays = 1 + dice_below(d, 127);
  }
  if (dice_below(d, 3) == 0) rule.count = 1 + dice_below(d, 200);
  return rule;
}

static void plan_recurrence__equals_every_day_looked_at(void **state) {
  (void)state;
  enum { YEARS_30 = 11000 };
  dice d = {5545};
  for (int round = 0; round < 400; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    int32_t offset_s = (dice_below(&d, 25) - 12) * VD_HOUR_S;
    int64_t start_s = 1000000000 + dice_below(&d, 900000000);
    vd_recurrence rule = random_rule(&d);
    if (dice_below(&d, 3) == 0) rule.until_s = start_s + dice_below(&d, YEARS_30) * (int64_t)VD_DAY_S;
    int64_t from_s = start_s + (dice_below(&d, YEARS_30) - 20) * (int64_t)VD_DAY_S + dice_below(&d, VD_DAY_S);
    int64_t to_s = from_s + dice_below(&d, 400) * (int64_t)VD_DAY_S, *starts;
    size_t n, at = 0;
    assert_int_equal(vd_recurrence_starts(arena, &rule, start_s, offset_s, from_s, to_s, &starts, &n), VD_OK);
    int64_t counted = 0, last_s = VD_TIME_MIN;
    for (int64_t day = 0; day < 3 * YEARS_30; day++) {
      int64_t at_s = start_s + day * VD_DAY_S;
      if (at_s > rule.until_s || (rule.count && counted >= rule.count)) break;
      if (!names(&rule, start_s, at_s, offset_s)) continue;
      counted++, last_s = at_s;
      if (at_s < from_s || at_s >= to_s) continue;
      assert_true(at < n && starts[at] == at_s);
      at++;
    }
    assert_int_equal(at, n);
    bool ends = rule.until_s != VD_TIME_MAX || (rule.count && counted == rule.count);
    if (ends) assert_true(vd_recurrence_last_s(&rule, start_s, offset_s) == last_s);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(plan_recurrence__equals_every_day_looked_at)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
