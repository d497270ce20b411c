/* plan_recurrence: occurrences of patrols and active times of threats, by hand-worked calendars.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/plan/recurrence.h"

static int64_t at(const char *text) {
  int64_t time_s = 0;
  assert_int_equal(vd_time_parse(text, 0, &time_s), VD_OK);
  return time_s;
}

typedef struct listing {
  const char *rule, *start;
  int32_t utc_offset_s;
  const char *from, *to;
  const char *expected[8]; /* NULL-terminated */
} listing;

/* 2026-03-02 is a Monday. */
static const listing listings[] = {
    {NULL, "2026-03-02T06:00Z", 0, "2026-03-01", "2026-04-01", {"2026-03-02T06:00:00Z"}},
    {"FREQ=DAILY;INTERVAL=3",
     "2026-02-27T06:00Z",
     0,
     "2026-03-01",
     "2026-03-09",
     {"2026-03-02T06:00:00Z", "2026-03-05T06:00:00Z", "2026-03-08T06:00:00Z"}},
    {"RRULE:FREQ=WEEKLY;BYDAY=MO,TH",
     "2026-03-02T06:00Z",
     0,
     "2026-03-02",
     "2026-03-10",
     {"2026-03-02T06:00:00Z", "2026-03-05T06:00:00Z", "2026-03-09T06:00:00Z"}},
    {"freq=weekly;interval=2",
     "2026-03-04T06:00Z",
     0,
     "2026-03-01",
     "2026-04-02",
     {"2026-03-04T06:00:00Z", "2026-03-18T06:00:00Z", "2026-04-01T06:00:00Z"}},
    /* Every second week counts from the week of the start: Tuesday the 10th is in the week left out. */
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SA",
     "2026-03-05T06:00Z",
     0,
     "2026-03-01",
     "2026-03-22",
     {"2026-03-07T06:00:00Z", "2026-03-17T06:00:00Z", "2026-03-21T06:00:00Z"}},
    /* Counting starts at the first occurrence, not at the window. */
    {"FREQ=DAILY;COUNT=3", "2026-03-02T06:00Z", 0, "2026-03-04", "2026-04-01", {"2026-03-04T06:00:00Z"}},
    /* The window is half-open: the start belongs to it, the end does not. */
    {"FREQ=DAILY",
     "2026-03-02T06:00Z",
     0,
     "2026-03-03T06:00:00Z",
     "2026-03-05T06:00:00Z",
     {"2026-03-03T06:00:00Z", "2026-03-04T06:00:00Z"}},
    {"FREQ=DAILY;UNTIL=20260303T060000Z",
     "2026-03-02T06:00Z",
     0,
     "2026-03-01",
     "2026-04-01",
     {"2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z"}},
    /* 22:30Z is 00:30 of Tuesday in UTC+2: the local day counts, and UNTIL's date holds the whole local day. */
    {"FREQ=WEEKLY;BYDAY=TU",
     "2026-03-02T22:30Z",
     7200,
     "2026-03-01",
     "2026-03-12",
     {"2026-03-02T22:30:00Z", "2026-03-09T22:30:00Z"}},
    {"FREQ=DAILY;UNTIL=20260304",
     "2026-03-02T22:30Z",
     7200,
     "2026-03-01",
     "2026-04-01",
     {"2026-03-02T22:30:00Z", "2026-03-03T22:30:00Z"}},
    /* Weekdays, told as days. */
    {"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;COUNT=6",
     "2026-03-05T06:00Z",
     0,
     "2026-03-01",
     "2026-04-01",
     {"2026-03-05T06:00:00Z", "2026-03-06T06:00:00Z", "2026-03-09T06:00:00Z", "2026-03-10T06:00:00Z",
      "2026-03-11T06:00:00Z", "2026-03-12T06:00:00Z"}},
    /* Every second day, but on Sundays only: every second Sunday. */
    {"FREQ=DAILY;INTERVAL=2;BYDAY=SU",
     "2026-03-01T06:00Z",
     0,
     "2026-03-01",
     "2026-04-01",
     {"2026-03-01T06:00:00Z", "2026-03-15T06:00:00Z", "2026-03-29T06:00:00Z"}},
    /* Mondays only, every seventh day from a Tuesday: never. */
    {"FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-03-03T06:00Z", 0, "2026-03-01", "2027-03-01", {NULL}},
    /* The month without a 31st has none (RFC 5545). */
    {"FREQ=MONTHLY",
     "2026-01-31T06:00Z",
     0,
     "2026-01-01",
     "2026-06-01",
     {"2026-01-31T06:00:00Z", "2026-03-31T06:00:00Z", "2026-05-31T06:00:00Z"}},
    {"FREQ=MONTHLY;BYMONTHDAY=-1,15",
     "2028-02-10T06:00Z",
     0,
     "2028-02-01",
     "2028-03-20",
     {"2028-02-15T06:00:00Z", "2028-02-29T06:00:00Z", "2028-03-15T06:00:00Z"}},
    {"FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYMONTHDAY=1",
     "2025-11-01T06:00Z",
     0,
     "2026-01-01",
     "2027-01-01",
     {"2026-01-01T06:00:00Z", "2026-03-01T06:00:00Z", "2026-05-01T06:00:00Z"}},
    /* Started in another century, by the same days as from near by; 1900-01-01 was a Monday. */
    {"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
     "1900-01-01T06:00Z",
     0,
     "2026-03-01",
     "2026-03-16",
     {"2026-03-01T06:00:00Z", "2026-03-09T06:00:00Z", "2026-03-15T06:00:00Z"}},
    /* Before 1970 and over its edge. */
    {"FREQ=WEEKLY",
     "1969-12-29T00:00Z",
     0,
     "1969-12-01",
     "1970-01-06",
     {"1969-12-29T00:00:00Z", "1970-01-05T00:00:00Z"}},
};

static void plan_recurrence__lists_occurrences(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof listings / sizeof *listings; i++) {
    const listing *want = &listings[i];
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_recurrence rule;
    assert_int_equal(vd_recurrence_parse(want->rule, want->utc_offset_s, &rule), VD_OK);
    int64_t *starts;
    size_t n;
    assert_int_equal(vd_recurrence_starts(arena, &rule, at(want->start), want->utc_offset_s, at(want->from),
                                          at(want->to), &starts, &n),
                     VD_OK);
    size_t n_expected = 0;
    while (want->expected[n_expected]) n_expected++;
    assert_int_equal(n, n_expected);
    for (size_t j = 0; j < n; j++) assert_string_equal(vd_time_iso(arena, starts[j]), want->expected[j]);
  }
}

static void plan_recurrence__names_what_it_does_not_know(void **state) {
  (void)state;
  static const char *const bad[][2] = {
      {"FREQ=YEARLY", "FREQ=YEARLY"},
      {"FREQ=MONTHLY;BYDAY=MO", "BYDAY"},
      {"FREQ=WEEKLY;BYMONTHDAY=1", "BYMONTHDAY"},
      {"FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0"},
      {"FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32"},
      {"FREQ=MONTHLY;BYMONTHDAY=--1", "BYMONTHDAY=--1"},
      {"FREQ=MONTHLY;BYMONTHDAY=1,", "BYMONTHDAY=1,"},
      {"FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX"},
      {"FREQ=WEEKLY;BYDAY=MO,", "BYDAY=MO,"},
      {"FREQ=WEEKLY;BYDAY=1MO", "BYDAY=1MO"},
      {"FREQ=DAILY;INTERVAL=0", "INTERVAL=0"},
      {"FREQ=DAILY;COUNT=-1", "COUNT=-1"},
      {"FREQ=DAILY;UNTIL=2026-03-01", "UNTIL"},
      {"FREQ=DAILY;UNTIL=20260230", "UNTIL=20260230"},
      {"INTERVAL=2", "FREQ"},
      {"daily", "NAME=VALUE"},
      {"FREQ=DAILY;BYHOUR=3", "BYHOUR=3"},
      {"FREQ=DAILY;;", "NAME=VALUE"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    vd_recurrence rule;
    assert_int_equal(vd_recurrence_parse(bad[i][0], 0, &rule), VD_ERR_INPUT);
    assert_non_null(strstr(vd_last_message(), bad[i][1]));
  }
}

/* What a patrol daily at 22:30Z (00:30 of the next day in UTC+2) keeps of the days from the 2nd to the 5th. */
static const struct {
  const char *exceptions;
  const char *expected[6];
  size_t n_idle;
} leavings[] = {
    {NULL, {"2026-03-02T22:30:00Z", "2026-03-03T22:30:00Z", "2026-03-04T22:30:00Z"}, 0},
    /* The local date: the departure of the 4th leaves on the 3rd in UTC. */
    {"20260304", {"2026-03-02T22:30:00Z", "2026-03-04T22:30:00Z"}, 0},
    {"EXDATE:20260304T003000, 20260304T223000Z", {"2026-03-02T22:30:00Z"}, 0},
    /* Another minute of the same day hits nothing, neither does the day before the first. */
    {"20260304T003100,20260302", {"2026-03-02T22:30:00Z", "2026-03-03T22:30:00Z", "2026-03-04T22:30:00Z"}, 2},
    {"20260303,20260304,20260305,20260304", {NULL}, 0},
};

static void plan_recurrence__leaves_out_exceptions(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof leavings / sizeof *leavings; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
    patrol->recurrence = "FREQ=DAILY;COUNT=3", patrol->exceptions = leavings[i].exceptions;
    patrol->from_s = at("2026-03-02T22:30Z");
    int64_t *starts;
    size_t n, n_expected = 0;
    assert_int_equal(vd_patrol_starts(arena, patrol, 7200, at("2026-03-01"), at("2026-04-01"), &starts, &n),
                     VD_OK);
    while (leavings[i].expected[n_expected]) n_expected++;
    assert_int_equal(n, n_expected);
    for (size_t j = 0; j < n; j++)
      assert_string_equal(vd_time_iso(arena, starts[j]), leavings[i].expected[j]);
    vd_recurrence rule;
    vd_time_span first;
    assert_int_equal(vd_recurrence_parse(patrol->recurrence, 7200, &rule), VD_OK);
    assert_int_equal(vd_recurrence_except(arena, patrol->exceptions, 7200, &rule), VD_OK);
    assert_int_equal(vd_recurrence_n_idle(&rule, patrol->from_s, 7200, &first), leavings[i].n_idle);
  }
}

static void plan_recurrence__names_the_exception_it_cannot_read(void **state) {
  (void)state;
  static const char *const bad[] = {"20260230",  "2026-03-01", "20260301,,20260302",
                                    "20260301,", "tomorrow",   "20260301 20260302"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_recurrence rule;
    assert_int_equal(vd_recurrence_except(arena, bad[i], 0, &rule), VD_ERR_INPUT);
    assert_non_null(strstr(vd_last_message(), "dates left out"));
  }
}

static void plan_recurrence__knows_the_last(void **state) {
  (void)state;
  static const struct {
    const char *rule, *last;
  } cases[] = {{NULL, "2026-03-02T06:00:00Z"},
               {"FREQ=DAILY;COUNT=10", "2026-03-11T06:00:00Z"},
               {"FREQ=WEEKLY;BYDAY=MO;UNTIL=20991231", "2099-12-28T06:00:00Z"},
               {"FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=12;UNTIL=20991231", "2099-03-31T06:00:00Z"},
               {"FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20990227", "2099-01-31T06:00:00Z"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_recurrence rule;
    assert_int_equal(vd_recurrence_parse(cases[i].rule, 0, &rule), VD_OK);
    assert_string_equal(vd_time_iso(arena, vd_recurrence_last_s(&rule, at("2026-03-02T06:00Z"), 0)),
                        cases[i].last);
  }
  vd_recurrence rule;
  assert_int_equal(vd_recurrence_parse("FREQ=DAILY", 0, &rule), VD_OK);
  assert_true(vd_recurrence_last_s(&rule, at("2026-03-02T06:00Z"), 0) == VD_TIME_MAX);
  assert_int_equal(vd_recurrence_parse("FREQ=MONTHLY;BYMONTHDAY=30;INTERVAL=12", 0, &rule), VD_OK);
  assert_true(vd_recurrence_last_s(&rule, at("2026-02-02T06:00Z"), 0) == VD_TIME_MIN);
}

static void plan_recurrence__has_a_limit(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_recurrence rule;
  assert_int_equal(vd_recurrence_parse("FREQ=DAILY", 0, &rule), VD_OK);
  int64_t *starts;
  size_t n;
  assert_int_equal(
      vd_recurrence_starts(arena, &rule, at("1000-01-01"), 0, VD_TIME_MIN, VD_TIME_MAX, &starts, &n),
      VD_ERR_LIMIT);
  assert_int_equal(vd_recurrence_starts(arena, &rule, VD_TIME_MIN, 0, VD_TIME_MIN, VD_TIME_MAX, &starts, &n),
                   VD_OK);
  assert_int_equal(n, 0);
}

typedef struct activity {
  const char *from, *to; /* of the threat; NULL open */
  int32_t hour_from_min, hour_to_min, weekdays, utc_offset_s;
  const char *window_from, *window_to;
  const char *expected[10];
} activity;

static const activity activities[] = {
    {NULL,
     NULL,
     0,
     1440,
     127,
     0,
     "2026-03-02",
     "2026-03-05",
     {"2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z"}},
    {"2026-03-03T05:00Z",
     "2026-03-04T00:00Z",
     0,
     1440,
     127,
     0,
     "2026-03-02",
     "2026-03-05",
     {"2026-03-03T05:00:00Z", "2026-03-04T00:00:00Z"}},
    /* Market hours on Monday and Wednesday. */
    {NULL,
     NULL,
     480,
     720,
     1 | 4,
     0,
     "2026-03-02",
     "2026-03-09",
     {"2026-03-02T08:00:00Z", "2026-03-02T12:00:00Z", "2026-03-04T08:00:00Z", "2026-03-04T12:00:00Z"}},
    /* Nights of Monday only: the span belongs to the day it starts on, also when the window cuts it. */
    {NULL,
     NULL,
     1200,
     300,
     1,
     0,
     "2026-03-02T22:00Z",
     "2026-03-09",
     {"2026-03-02T22:00:00Z", "2026-03-03T05:00:00Z"}},
    {NULL,
     NULL,
     1200,
     300,
     64,
     0,
     "2026-03-02",
     "2026-03-03",
     {"2026-03-02T00:00:00Z", "2026-03-02T05:00:00Z"}},
    /* All day on two days that touch: one span. */
    {NULL,
     NULL,
     0,
     1440,
     1 | 2,
     0,
     "2026-03-01",
     "2026-03-09",
     {"2026-03-02T00:00:00Z", "2026-03-04T00:00:00Z"}},
    /* Local midnight in UTC+3 is 21:00Z of the day before. */
    {NULL,
     NULL,
     0,
     60,
     2,
     10800,
     "2026-03-01",
     "2026-03-09",
     {"2026-03-02T21:00:00Z", "2026-03-02T22:00:00Z"}},
    /* From and to alike: at no time. No weekday: never. */
    {NULL, NULL, 600, 600, 127, 0, "2026-03-01", "2026-03-09", {NULL}},
    {NULL, NULL, 0, 1440, 0, 0, "2026-03-01", "2026-03-09", {NULL}},
};

static void plan_recurrence__threats_are_active_when_they_say(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof activities / sizeof *activities; i++) {
    const activity *want = &activities[i];
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_threat_area *threat = vd_record_new(arena, VD_KIND_THREAT_AREA);
    if (want->from) threat->from_s = at(want->from);
    if (want->to) threat->to_s = at(want->to);
    threat->hour_from_min = want->hour_from_min;
    threat->hour_to_min = want->hour_to_min;
    threat->weekdays = want->weekdays;
    int64_t *pairs;
    size_t n_pairs, n_expected = 0;
    assert_int_equal(vd_threat_active(arena, threat, want->utc_offset_s, at(want->window_from),
                                      at(want->window_to), &pairs, &n_pairs),
                     VD_OK);
    while (want->expected[n_expected]) n_expected++;
    assert_int_equal(2 * n_pairs, n_expected);
    for (size_t j = 0; j < n_expected; j++)
      assert_string_equal(vd_time_iso(arena, pairs[j]), want->expected[j]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plan_recurrence__lists_occurrences),
      cmocka_unit_test(plan_recurrence__names_what_it_does_not_know),
      cmocka_unit_test(plan_recurrence__leaves_out_exceptions),
      cmocka_unit_test(plan_recurrence__names_the_exception_it_cannot_read),
      cmocka_unit_test(plan_recurrence__knows_the_last),
      cmocka_unit_test(plan_recurrence__has_a_limit),
      cmocka_unit_test(plan_recurrence__threats_are_active_when_they_say),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
