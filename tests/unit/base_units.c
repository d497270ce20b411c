/* base_units: moments, zones, and figures as people read them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/base/units.h"

static vd_arena *arena;
static int set_up(void **state) {
  (void)state;
  arena = vd_arena_new();
  return 0;
}
static int tear_down(void **state) {
  (void)state;
  vd_arena_cleanup(&arena);
  return 0;
}

/* Every day of nine thousand years, and a moving second of the day, against the C library's calendar. */
static void civil_dates_agree_with_gmtime(void **state) {
  (void)state;
  static const int64_t first = -30610224000, last = 253402300799;
  for (int64_t time_s = first; time_s <= last; time_s += VD_DAY_S + 17) {
    struct tm tm;
    time_t stamp = (time_t)time_s;
    gmtime_r(&stamp, &tm);
    vd_civil at = vd_civil_from_s(time_s, 0);
    if (at.year != tm.tm_year + 1900 || at.month != tm.tm_mon + 1 || at.day != tm.tm_mday ||
        at.hour != tm.tm_hour || at.minute != tm.tm_min || at.second != tm.tm_sec ||
        at.weekday != (tm.tm_wday + 6) % 7)
      fail_msg("%lld is written wrongly", (long long)time_s);
    int64_t back;
    if (!vd_civil_to_s(&at, 0, &back) || back != time_s)
      fail_msg("%lld does not come back", (long long)time_s);
  }
}

static void open_ends_and_far_years_stay_in_the_calendar(void **state) {
  (void)state;
  assert_int_equal(vd_civil_from_s(VD_TIME_MIN, -50400).year, 999);
  assert_int_equal(vd_civil_from_s(VD_TIME_MAX, 0).year, 9999);
  assert_string_equal(vd_time_iso(arena, VD_TIME_MAX), "");
  assert_string_equal(vd_time_text(arena, VD_TIME_MIN, 0), "");
}

static void moments_are_read(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t offset_s;
    const char *iso;
  } cases[] = {
      {"2026-03-14", 0, "2026-03-14T00:00:00Z"},
      {"2026-03-14", 10800, "2026-03-13T21:00:00Z"},
      {"2026-03-14T05:30", -12600, "2026-03-14T09:00:00Z"},
      {"2026-03-14 05:30:07", 0, "2026-03-14T05:30:07Z"},
      {"2026-03-14T05:30Z", 10800, "2026-03-14T05:30:00Z"},
      {"2026-03-14T05:30:00+02:00", 0, "2026-03-14T03:30:00Z"},
      {" 2026-03-14T05:30:00.999-0330 ", 0, "2026-03-14T09:00:00Z"},
      {"2028-02-29", 0, "2028-02-29T00:00:00Z"},
      {"2000-02-29", 0, "2000-02-29T00:00:00Z"},
      {"9999-12-31T23:59:59Z", 0, "9999-12-31T23:59:59Z"},
      {"1000-01-01T00:00:00Z", 0, "1000-01-01T00:00:00Z"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t time_s;
    assert_int_equal(vd_time_parse(cases[i].text, cases[i].offset_s, &time_s), VD_OK);
    assert_string_equal(vd_time_iso(arena, time_s), cases[i].iso);
  }
}

static void what_is_no_moment_is_refused(void **state) {
  (void)state;
  static const char *const wrong[] = {"",
                                      "x",
                                      "2026",
                                      "2026-3-14",
                                      "14.03.2026",
                                      "2026-02-30",
                                      "2026-02-29",
                                      "1900-02-29",
                                      "2026-13-01",
                                      "2026-00-10",
                                      "2026-01-00",
                                      "2026-03-14T24:00",
                                      "2026-03-14T05:60",
                                      "2026-03-14T05:30:60",
                                      "2026-03-14T",
                                      "2026-03-14T05",
                                      "2026-03-14T05:30 x",
                                      "2026-03-14T05:30+15:00",
                                      "2026-03-14T05:30+02:60",
                                      "0999-12-31",
                                      "9999-12-31T23:00-02:00",
                                      "-026-03-14",
                                      "2026-03-14T05:30:00.",
                                      "2026-03-14T05:30ZZ"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    int64_t time_s = 42;
    if (vd_time_parse(wrong[i], 0, &time_s) != VD_ERR_INPUT) fail_msg("\"%s\" was read", wrong[i]);
    assert_int_equal(time_s, 42);
    assert_true(strlen(wrong[i]) > 40 || strstr(vd_last_message(), wrong[i]));
  }
  int64_t time_s;
  assert_int_equal(vd_time_parse(NULL, 0, &time_s), VD_ERR_INPUT);
}

static void zones_are_read_and_written(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int32_t offset_s;
    const char *written;
  } cases[] = {{"UTC", 0, "UTC"},
               {"Z", 0, "UTC"},
               {"+02:00", 7200, "UTC+02:00"},
               {"UTC+2", 7200, "UTC+02:00"},
               {"-0330", -12600, "UTC-03:30"},
               {"utc-03:30", -12600, "UTC-03:30"},
               {" +14 ", 50400, "UTC+14:00"},
               {"-14:00", -50400, "UTC-14:00"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int32_t offset_s = 42;
    assert_int_equal(vd_offset_parse(cases[i].text, &offset_s), VD_OK);
    assert_int_equal(offset_s, cases[i].offset_s);
    assert_string_equal(vd_offset_text(arena, offset_s), cases[i].written);
  }
  static const char *const wrong[] = {
      "", "+", "2", "UTC2", "+14:01", "+2:", "+2:3", "+02:60", "UTC+2x", "Europe/Paris", "UTCZ"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    int32_t offset_s = 42;
    if (vd_offset_parse(wrong[i], &offset_s) != VD_ERR_INPUT) fail_msg("\"%s\" was read", wrong[i]);
    assert_int_equal(offset_s, 42);
  }
}

static void local_time_is_shown(void **state) {
  (void)state;
  assert_string_equal(vd_time_text(arena, 1773459000, 7200), "14 Mar 2026 05:30");
}

static void figures_round_before_they_choose_a_unit(void **state) {
  (void)state;
  assert_string_equal(vd_duration_text(arena, 2700), "45 min");
  assert_string_equal(vd_duration_text(arena, 3569), "59 min");
  assert_string_equal(vd_duration_text(arena, 3570), "1 h 00 min");
  assert_string_equal(vd_duration_text(arena, 11100), "3 h 05 min");
  assert_string_equal(vd_duration_text(arena, 86399), "1 d 0 h");
  assert_string_equal(vd_duration_text(arena, 187200), "2 d 4 h");
  assert_string_equal(vd_duration_text(arena, -2700), "-45 min");
  assert_string_equal(vd_duration_text(arena, -1), "0 min");
  assert_string_equal(vd_duration_text(arena, INFINITY), "\xE2\x80\x93");
  assert_string_equal(vd_length_text(arena, 849.6), "850 m");
  assert_string_equal(vd_length_text(arena, 999.6), "1.0 km");
  assert_string_equal(vd_length_text(arena, 12400), "12.4 km");
  assert_string_equal(vd_length_text(arena, 99960), "100 km");
  assert_string_equal(vd_length_text(arena, 2500000), "2\xE2\x80\xAF"
                                                      "500 km");
  assert_string_equal(vd_count_text(arena, 1234567), "1\xE2\x80\xAF"
                                                     "234\xE2\x80\xAF"
                                                     "567");
  assert_string_equal(vd_count_text(arena, 999.5), "1\xE2\x80\xAF"
                                                   "000");
  assert_string_equal(vd_count_text(arena, -1000), "-1\xE2\x80\xAF"
                                                   "000");
  assert_string_equal(vd_count_text(arena, 0), "0");
  assert_string_equal(vd_count_text(arena, NAN), "\xE2\x80\x93");
}

static void uuids_by_chance_and_by_name(void **state) {
  (void)state;
  char a[VD_UUID_SIZE], b[VD_UUID_SIZE];
  for (int i = 0; i < 100; i++) {
    vd_uuid_make(a);
    vd_uuid_make(b);
    assert_true(vd_uuid_valid(a));
    assert_string_not_equal(a, b);
    assert_int_equal(a[14], '4');
    assert_non_null(strchr("89ab", a[19]));
  }
  /* printf 'roads\0way 17\0' | sha256sum, with version 8 and the variant laid over */
  vd_uuid_of("roads", "way 17", a);
  assert_string_equal(a, "600528cc-ef2a-8bd5-95fa-d829d8181bf1");
  vd_uuid_of("roadsw", "ay 17", b);
  assert_string_not_equal(a, b);
  assert_false(vd_uuid_valid(NULL));
  assert_false(vd_uuid_valid("0c8f2b1e-aaaa-4bbb-8ccc-0123456789a"));
  assert_false(vd_uuid_valid("0c8f2b1e-aaaa-4bbb-8ccc-0123456789ag"));
  assert_false(vd_uuid_valid("0c8f2b1eaaaaa-4bbb-8ccc-0123456789ab"));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
  const struct CMUnitTest tests[] = {
      T(civil_dates_agree_with_gmtime),
      T(open_ends_and_far_years_stay_in_the_calendar),
      T(moments_are_read),
      T(what_is_no_moment_is_refused),
      T(zones_are_read_and_written),
      T(local_time_is_shown),
      T(figures_round_before_they_choose_a_unit),
      T(uuids_by_chance_and_by_name),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
