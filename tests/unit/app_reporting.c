/* app_reporting: reports beside the window - made once, when asked for, and gone before what they rest on.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/reporting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "carto_bench.h"

static atomic_int n_woken;
static void wake(void *context) {
  (void)context;
  atomic_fetch_add(&n_woken, 1);
}

static const vd_report *wait_for(vd_reporting *reporting, int index) {
  const vd_report *report;
  const char *trouble;
  for (int i = 0; i < 20000; i++) {
    vd_reporting_state state = vd_reporting_show(reporting, index, true, &report, &trouble);
    if (state == VD_REPORTING_READY) return report;
    assert_int_equal(state, VD_REPORTING_BUSY);
    usleep(1000);
  }
  fail_msg("the report does not come");
  return NULL;
}

static void report__is_made_once_and_wakes_the_window(void **state) {
  const bench *b = *state;
  vd_reporting *reporting = vd_reporting_new(true, 2, wake, NULL);
  const vd_report *report;
  const char *trouble, *what;
  double share;
  assert_int_equal(vd_reporting_show(reporting, 0, true, &report, &trouble), VD_REPORTING_NOTHING);
  vd_reporting_rest_on(reporting, b->plan, b->study, false);
  assert_true(vd_reporting_rests_on(reporting, b->study));
  assert_int_equal(vd_reporting_show(reporting, 0, false, &report, &trouble), VD_REPORTING_NOTHING);
  n_woken = 0;
  const vd_report *first = wait_for(reporting, 0);
  assert_string_equal(first->key, vd_reports[0].key);
  assert_string_equal(first->input_hash, vd_study_headline(b->study)->input_hash);
  while (vd_reporting_busy(reporting, &what, &share)) usleep(1000);
  assert_int_equal(n_woken, 1);
  assert_ptr_equal(wait_for(reporting, 0), first);
  vd_reporting_rest_on(reporting, b->plan, b->study, false); /* the same: nothing is lost */
  assert_ptr_equal(wait_for(reporting, 0), first);
  vd_reporting_forget(reporting);
  assert_false(vd_reporting_rests_on(reporting, b->study));
  assert_int_equal(vd_reporting_show(reporting, 0, true, &report, &trouble), VD_REPORTING_NOTHING);
  assert_null(report);
  vd_reporting_free(reporting);
}

/* Whatever is under way ends, at any moment, and can begin again. */
static void report__may_be_forgotten_at_any_moment(void **state) {
  const bench *b = *state;
  vd_reporting *reporting = vd_reporting_new(true, 2, wake, NULL);
  const vd_report *report;
  const char *trouble;
  for (int round = 0; round < 30; round++) {
    vd_reporting_rest_on(reporting, b->plan, b->study, false);
    for (int i = 0; i < vd_n_reports; i++) vd_reporting_show(reporting, i, true, &report, &trouble);
    usleep((useconds_t)(round % 10) * 700);
    if (round % 3 == 0) vd_reporting_cancel(reporting);
    vd_reporting_forget(reporting);
  }
  vd_reporting_rest_on(reporting, b->plan, b->study, false);
  assert_non_null(wait_for(reporting, 0));
  vd_reporting_free(reporting);
}

/* Cancelled without being forgotten: the next look makes it anew. */
static void report__comes_again_after_it_was_cancelled(void **state) {
  const bench *b = *state;
  vd_reporting *reporting = vd_reporting_new(true, 1, wake, NULL);
  const vd_report *report;
  const char *trouble;
  vd_reporting_rest_on(reporting, b->plan, b->study, false);
  for (int round = 0; round < 5; round++) {
    vd_reporting_show(reporting, 0, true, &report, &trouble);
    vd_reporting_cancel(reporting);
    assert_non_null(wait_for(reporting, 0));
  }
  vd_reporting_free(reporting);
}

/* Without threads a report is there at once: what scripts of the window rely on. */
static void report__inline(void **state) {
  const bench *b = *state;
  vd_reporting *reporting = vd_reporting_new(false, 1, NULL, NULL);
  const vd_report *report;
  const char *trouble;
  vd_reporting_rest_on(reporting, b->plan, b->study, true);
  assert_int_equal(vd_reporting_show(reporting, 0, true, &report, &trouble), VD_REPORTING_READY);
  assert_non_null(report);
  vd_reporting_free(reporting);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(report__is_made_once_and_wakes_the_window),
      cmocka_unit_test(report__may_be_forgotten_at_any_moment),
      cmocka_unit_test(report__comes_again_after_it_was_cancelled),
      cmocka_unit_test(report__inline),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
