/* base_str: strings, numbers, JSON and UTF-8.
 * SPDX-License-Identifier: Apache-2.0 */
#include <float.h>
#include <locale.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"

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

static void null_counts_as_empty(void **state) {
  (void)state;
  assert_null(vd_str_dup(arena, NULL));
  assert_null(vd_str_trim(arena, NULL));
  assert_true(vd_str_equal(NULL, ""));
  assert_true(vd_str_equal_nocase("", NULL));
  assert_true(vd_str_contains_nocase(NULL, NULL));
  assert_false(vd_str_contains_nocase(NULL, "x"));
  assert_true(vd_str_starts(NULL, ""));
  assert_string_equal(vd_path_base(NULL), "");
}

static void case_is_ignored_in_ascii_only(void **state) {
  (void)state;
  assert_true(vd_str_equal_nocase("Latitude", "LATITUDE"));
  assert_false(vd_str_equal_nocase("lat", "latitude"));
  assert_false(vd_str_equal_nocase("\xC3\xA9", "\xC3\x89")); /* e and E with acute */
  assert_false(vd_str_equal_nocase("[", "{"));
  assert_true(vd_str_contains_nocase("Main Road Bridge", "road b"));
  assert_false(vd_str_contains_nocase("Main Road", "roads"));
  assert_true(vd_str_ends_nocase("data/ROADS.SHP", ".shp"));
  assert_false(vd_str_ends_nocase("shp", ".shp"));
  assert_true(vd_str_starts("EPSG:4326", "EPSG:"));
  assert_false(vd_str_starts("EPSG", "EPSG:"));
}

static void pieces_of_text(void **state) {
  (void)state;
  assert_string_equal(vd_str_trim(arena, " \t a b\r\n"), "a b");
  assert_string_equal(vd_str_trim(arena, " \n "), "");
  assert_string_equal(vd_str_dup_n(arena, "abcdef", 3), "abc");
  assert_string_equal(vd_str_printf(arena, "%s-%05d", "x", 42), "x-00042");
  assert_string_equal(vd_path_base("/plans/north.gpkg"), "north.gpkg");
  assert_string_equal(vd_path_base("north.gpkg"), "north.gpkg");
  assert_string_equal(vd_path_base("/plans/"), "plans/");
}

static void a_buffer_is_what_was_added(void **state) {
  (void)state;
  vd_buf buf = {.arena = arena};
  char expect[6010] = "";
  for (int i = 0; i < 1000; i++) {
    vd_buf_printf(&buf, "%d", i % 10);
    vd_buf_add(&buf, "-abc");
    vd_buf_add_n(&buf, "\n", 1);
    snprintf(expect + 6 * (size_t)i, 10, "%d-abc\n", i % 10);
  }
  assert_int_equal(buf.n, 6000);
  assert_string_equal(buf.text, expect);
}

static void json_strings_are_escaped(void **state) {
  (void)state;
  vd_buf buf = {.arena = arena};
  vd_buf_add_json(&buf, "a\"b\\c\n\t\x01/\xC3\xA9\xFF\xED\xA0\x80");
  assert_string_equal(
      buf.text, "\"a\\\"b\\\\c\\n\\t\\u0001/\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
  vd_buf none = {.arena = arena};
  vd_buf_add_json(&none, NULL);
  assert_string_equal(none.text, "null");
}

static const char *number(double value, int decimals) {
  vd_buf buf = {.arena = arena};
  vd_buf_add_number(&buf, value, decimals);
  return buf.text;
}

static void json_numbers_are_short_and_exact(void **state) {
  (void)state;
  assert_string_equal(number(12.5, 3), "12.5");
  assert_string_equal(number(100, 0), "100");
  assert_string_equal(number(100, 2), "100");
  assert_string_equal(number(-0.001, 2), "0");
  assert_string_equal(number(-0.01, 2), "-0.01");
  assert_string_equal(number(1.0 / 3, 4), "0.3333");
  assert_string_equal(number(NAN, 2), "null");
  assert_string_equal(number(-INFINITY, 2), "null");
  assert_int_equal(strlen(number(DBL_MAX, 99)), 309);
}

static void numbers_are_read_whole_or_not(void **state) {
  (void)state;
  static const char *const wrong[] = {"",    " ",    "1,5",   "1.5x",   "x",     "nan",
                                      "inf", "0x10", "1e400", "-1e400", "1 2",   "--1",
                                      "e5",  ".",    "1e",    "+",      "1_000", "\xC2\xA0 1"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    double value = 42;
    int64_t whole = 42;
    assert_false(vd_parse_f64(wrong[i], &value));
    assert_false(vd_parse_i64(wrong[i], &whole));
    assert_true(value == 42 && whole == 42);
  }
  double value;
  int64_t whole;
  assert_true(vd_parse_f64(" -12.5e-1\n", &value) && value == -1.25);
  assert_true(vd_parse_f64(".5", &value) && value == 0.5);
  assert_true(vd_parse_f64("1e-400", &value) && value == 0); /* too small is zero, too large is wrong */
  assert_true(vd_parse_i64("-9223372036854775808", &whole) && whole == INT64_MIN);
  assert_false(vd_parse_i64("9223372036854775808", &whole));
  assert_true(vd_parse_i64(" 007 ", &whole) && whole == 7);
  assert_false(vd_parse_i64("1.0", &whole));
  assert_false(vd_parse_f64(NULL, &value) || vd_parse_i64(NULL, &whole));
}

/* A library that sets the whole locale must not turn 1.5 into 1. */
static void numbers_do_not_know_the_locale(void **state) {
  (void)state;
  static const char *const comma[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8", "fr_FR.utf8",
                                      "ar_EG.UTF-8"};
  double value = 0;
  bool found = false;
  for (size_t i = 0; i < sizeof comma / sizeof *comma && !found; i++) {
    if (!setlocale(LC_NUMERIC, comma[i])) continue;
    found = strcmp(localeconv()->decimal_point, ".") != 0;
  }
  bool ok = vd_parse_f64("1.5", &value);
  const char *written = number(1.5, 2);
  setlocale(LC_NUMERIC, "C");
  assert_true(ok && value == 1.5);
  assert_string_equal(written, "1.5");
  if (!found) print_message("no locale with a decimal comma is installed; the check ran in C only\n");
}

static void utf8_is_strict(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t n;
    bool valid;
  } cases[] = {{"abc", 3, true},
               {"\xD8\xB9\xE2\x82\xAC\xF0\x9F\x8C\x8D", 9, true}, /* 2, 3 and 4 bytes */
               {"\xF4\x8F\xBF\xBF", 4, true},                     /* U+10FFFF */
               {"\xF4\x90\x80\x80", 4, false},                    /* beyond it */
               {"\xC0\xAF", 2, false},                            /* overlong slash */
               {"\xE0\x80\xAF", 3, false},
               {"\xED\xA0\x80", 3, false}, /* surrogate */
               {"\xE2\x82", 2, false},     /* cut */
               {"\x80", 1, false},
               {"a\0b", 3, false}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(vd_utf8_valid(cases[i].text, cases[i].n), cases[i].valid);
}

static void text_from_files_is_cleaned(void **state) {
  (void)state;
  assert_string_equal(vd_utf8_clean(arena, "K\xFCste\r\n\x1b[0m\x7f\tx", 100), "K\xEF\xBF\xBDste \n [0m \tx");
  assert_string_equal(vd_utf8_clean(arena, "\xC2\x85z", 100), " z"); /* a control character of two bytes */
  assert_string_equal(vd_utf8_clean(arena, "ab\xE2\x82\xAC", 4), "ab");
  assert_string_equal(vd_utf8_clean(arena, "ab\xE2\x82\xAC", 5), "ab\xE2\x82\xAC");
  assert_string_equal(vd_utf8_clean(arena, "\xFF\xFF", 2), "");
  assert_string_equal(vd_utf8_clean(arena, "\xE2\x82", 9), "\xEF\xBF\xBD\xEF\xBF\xBD");
  assert_null(vd_utf8_clean(arena, NULL, 9));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void) {
  const struct CMUnitTest tests[] = {
      T(null_counts_as_empty),
      T(case_is_ignored_in_ascii_only),
      T(pieces_of_text),
      T(a_buffer_is_what_was_added),
      T(json_strings_are_escaped),
      T(json_numbers_are_short_and_exact),
      T(numbers_are_read_whole_or_not),
      T(numbers_do_not_know_the_locale),
      T(utf8_is_strict),
      T(text_from_files_is_cleaned),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
