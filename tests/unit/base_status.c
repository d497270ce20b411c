/* base_status: the last message and the debug switches.
 * SPDX-License-Identifier: Apache-2.0 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/status.h"
#include "vedette/base/str.h"

static void a_prefix_goes_before_the_message(void **state) {
  (void)state;
  assert_int_equal(vd_fail(VD_ERR_INPUT, "row %d has no latitude", 7), VD_ERR_INPUT);
  assert_int_equal(vd_fail_prefix(VD_ERR_IO, "%s", "bases.csv"), VD_ERR_IO);
  assert_string_equal(vd_last_message(), "bases.csv: row 7 has no latitude");
}

static void a_message_may_quote_the_one_before(void **state) {
  (void)state;
  vd_fail(VD_ERR_IO, "the disk is full");
  vd_fail(VD_ERR_IO, "the plan was not saved, because %s", vd_last_message());
  assert_string_equal(vd_last_message(), "the plan was not saved, because the disk is full");
}

/* A name in a file could carry terminal control sequences or broken text; a message must not pass them on. */
static void messages_are_clean_text_of_bounded_length(void **state) {
  (void)state;
  vd_fail(VD_ERR_INPUT, "\"\x1b[2J\xff\" is no name");
  assert_string_equal(vd_last_message(), "\" [2J\xEF\xBF\xBD\" is no name");
  char text[9001];
  for (size_t i = 0; i < 3000; i++) memcpy(text + 3 * i, "\xE2\x82\xAC", 3);
  text[9000] = '\0';
  vd_fail(VD_ERR_INPUT, "%s", text);
  vd_fail_prefix(VD_ERR_INPUT, "%s", text);
  size_t n = strlen(vd_last_message());
  assert_in_range(n, 900, 1023);
  assert_true(vd_utf8_valid(vd_last_message(), n));
}

static void *fail_elsewhere(void *unused) {
  assert_string_equal(vd_last_message(), "");
  vd_fail(VD_ERR_IO, "elsewhere");
  return unused;
}

static void each_thread_has_its_own_message(void **state) {
  (void)state;
  pthread_t thread;
  vd_fail(VD_ERR_IO, "here");
  assert_int_equal(pthread_create(&thread, NULL, fail_elsewhere, NULL), 0);
  pthread_join(thread, NULL);
  assert_string_equal(vd_last_message(), "here");
}

static vd_status stops_at_the_first(vd_status first, int *reached) {
  VD_TRY(first);
  *reached = 1;
  return VD_OK;
}

static void try_leaves_on_failure_only(void **state) {
  (void)state;
  int reached = 0;
  assert_int_equal(stops_at_the_first(VD_ERR_BUSY, &reached), VD_ERR_BUSY);
  assert_int_equal(reached, 0);
  assert_int_equal(stops_at_the_first(VD_OK, &reached), VD_OK);
  assert_int_equal(reached, 1);
}

static void debug_switches_are_whole_names(void **state) {
  (void)state;
  setenv("VEDETTE_DEBUG", "sql,tiles", 1);
  assert_true(vd_debug_on("sql"));
  assert_true(vd_debug_on("tiles"));
  assert_false(vd_debug_on("tile"));
  assert_false(vd_debug_on("sql,tiles"));
  assert_false(vd_debug_on(""));
  unsetenv("VEDETTE_DEBUG");
  assert_false(vd_debug_on("sql"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_prefix_goes_before_the_message),
      cmocka_unit_test(a_message_may_quote_the_one_before),
      cmocka_unit_test(messages_are_clean_text_of_bounded_length),
      cmocka_unit_test(each_thread_has_its_own_message),
      cmocka_unit_test(try_leaves_on_failure_only),
      cmocka_unit_test(debug_switches_are_whole_names),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
