/* base_jobs: every item once, the lowest failure always, progress one at a time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "vedette/base/jobs.h"

enum { N = 500 };
static const int thread_counts[] = {1, 2, 7};

typedef struct job {
  atomic_int runs[N];
  atomic_int wrong_worker;
  int threads;
  int64_t fail_at, fail_too; /* items that fail, -1: none */
} job;

static vd_status run(void *context, int64_t item, int worker) {
  job *jobs = context;
  atomic_fetch_add(&jobs->runs[item], 1);
  if (worker < 0 || worker >= jobs->threads) atomic_fetch_add(&jobs->wrong_worker, 1);
  for (int64_t i = item % 5; i > 0; i--) sched_yield();
  if (item == jobs->fail_at)
    for (int i = 0; i < 50; i++) sched_yield(); /* let the higher one fail first */
  if (item != jobs->fail_at && item != jobs->fail_too) return VD_OK;
  return vd_fail(item == jobs->fail_at ? VD_ERR_INPUT : VD_ERR_IO, "item %lld", (long long)item);
}

static void every_item_runs_once(void **state) {
  (void)state;
  for (int t = 0; t < 3; t++) {
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *pool = vd_jobs_new(thread_counts[t]);
    assert_int_equal(vd_jobs_threads(pool), thread_counts[t]);
    for (int round = 1; round <= 20; round++) {
      job made = {.threads = thread_counts[t], .fail_at = -1, .fail_too = -1};
      assert_int_equal(vd_jobs_run(pool, N, run, &made), VD_OK);
      for (int i = 0; i < N; i++) assert_int_equal(made.runs[i], 1);
      assert_int_equal(made.wrong_worker, 0);
    }
    assert_int_equal(vd_jobs_run(pool, 0, run, NULL), VD_OK);
  }
}

static void the_lowest_failure_wins(void **state) {
  (void)state;
  for (int t = 0; t < 3; t++) {
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *pool = vd_jobs_new(thread_counts[t]);
    for (int round = 0; round < 100; round++) {
      job made = {.threads = thread_counts[t], .fail_at = 40 + round, .fail_too = 41 + round};
      assert_int_equal(vd_jobs_run(pool, N, run, &made), VD_ERR_INPUT);
      char expect[32];
      snprintf(expect, sizeof expect, "item %d", 40 + round);
      assert_string_equal(vd_last_message(), expect);
      for (int i = 0; i <= 40 + round; i++) assert_int_equal(made.runs[i], 1);
    }
    job made = {.threads = thread_counts[t], .fail_at = -1, .fail_too = -1};
    assert_int_equal(vd_jobs_run(pool, N, run, &made), VD_OK); /* the pool is none the worse for it */
  }
}

static void no_pool_runs_inline(void **state) {
  (void)state;
  job made = {.threads = 1, .fail_at = 3, .fail_too = -1};
  assert_int_equal(vd_jobs_run(NULL, N, run, &made), VD_ERR_INPUT);
  assert_int_equal(made.runs[3], 1);
  assert_int_equal(made.runs[4], 0);
  assert_int_equal(vd_jobs_threads(NULL), 1);
}

static vd_status run_nested(void *context, int64_t item, int worker) {
  (void)item, (void)worker;
  job inner = {.threads = 2, .fail_at = -1, .fail_too = -1};
  return vd_jobs_run(context, 1, run, &inner);
}

static void running_within_a_run_is_refused_not_stuck(void **state) {
  (void)state;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *pool = vd_jobs_new(2);
  assert_int_equal(vd_jobs_run(pool, 4, run_nested, pool), VD_ERR_INTERNAL);
}

typedef struct seen {
  vd_progress progress;
  atomic_int inside, together;
  int steps;
} seen;

static void on_step(void *context, const char *what, int64_t done, int64_t total) {
  seen *counts = context;
  (void)what, (void)done, (void)total;
  if (atomic_fetch_add(&counts->inside, 1)) atomic_fetch_add(&counts->together, 1);
  counts->steps++;
  sched_yield();
  atomic_fetch_sub(&counts->inside, 1);
}

static vd_status step(void *context, int64_t item, int worker) {
  (void)worker;
  return vd_progress_step(&((seen *)context)->progress, "cells", item, N);
}

static void progress_comes_one_step_at_a_time(void **state) {
  (void)state;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *pool = vd_jobs_new(7);
  seen counts = {.progress = {.on_step = on_step}};
  counts.progress.context = &counts;
  assert_int_equal(vd_jobs_run(pool, N, step, &counts), VD_OK);
  assert_int_equal(counts.steps, N);
  assert_int_equal(counts.together, 0);
}

static void cancelling_ends_the_run(void **state) {
  (void)state;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *pool = vd_jobs_new(2);
  atomic_bool cancel = true;
  seen counts = {.progress = {.cancel = &cancel}};
  assert_true(vd_progress_cancelled(&counts.progress));
  assert_int_equal(vd_jobs_run(pool, N, step, &counts), VD_ERR_CANCELLED);
  assert_int_equal(vd_progress_step(NULL, "cells", 1, 2), VD_OK);
  assert_false(vd_progress_cancelled(NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_item_runs_once),
      cmocka_unit_test(the_lowest_failure_wins),
      cmocka_unit_test(no_pool_runs_inline),
      cmocka_unit_test(running_within_a_run_is_refused_not_stuck),
      cmocka_unit_test(progress_comes_one_step_at_a_time),
      cmocka_unit_test(cancelling_ends_the_run),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
