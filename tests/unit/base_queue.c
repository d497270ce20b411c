/* base_queue: background tasks run by rank, can be taken back, and leave nothing running.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/queue.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

typedef struct job {
  vd_task task;
  atomic_int *order;
  int place;
  atomic_bool *gate; /* waits until it opens or the task is cancelled */
} job;

static void run(vd_task *task, int worker) {
  (void)worker;
  job *j = (job *)task;
  while (j->gate && !atomic_load(j->gate) && !atomic_load(&task->cancel)) usleep(200);
  if (j->order) j->place = atomic_fetch_add(j->order, 1) + 1;
}

static void base_queue__the_lowest_rank_goes_first(void **state) {
  (void)state;
  atomic_bool gate = false;
  atomic_int order = 0;
  vd_queue *queue = vd_queue_new(1, NULL, NULL);
  job first = {.task = {.run = run, .rank = -1}, .gate = &gate}, jobs[4];
  vd_queue_add(queue, &first.task);
  while (atomic_load(&first.task.state) != VD_TASK_RUNNING) usleep(200);
  const double ranks[] = {3, 1, 2, 0};
  for (int i = 0; i < 4; i++) {
    jobs[i] = (job){.task = {.run = run, .rank = ranks[i]}, .order = &order};
    vd_queue_add(queue, &jobs[i].task);
  }
  atomic_store(&gate, true);
  vd_queue_drain(queue);
  assert_int_equal(jobs[3].place, 1);
  assert_int_equal(jobs[1].place, 2);
  assert_int_equal(jobs[2].place, 3);
  assert_int_equal(jobs[0].place, 4);
  vd_queue_free(queue);
}

static void base_queue__a_task_taken_back_no_longer_runs(void **state) {
  (void)state;
  atomic_bool never = false;
  vd_queue *queue = vd_queue_new(1, NULL, NULL);
  job running = {.task = {.run = run}, .gate = &never},
      waiting = {.task = {.run = run, .rank = 1}, .gate = &never};
  vd_queue_add(queue, &running.task);
  while (atomic_load(&running.task.state) != VD_TASK_RUNNING) usleep(200);
  vd_queue_add(queue, &waiting.task);
  assert_int_equal(vd_queue_busy(queue), 2);
  vd_queue_remove(queue, &waiting.task);
  assert_int_equal(atomic_load(&waiting.task.state), VD_TASK_IDLE);
  vd_queue_remove(queue, &running.task);
  assert_int_equal(atomic_load(&running.task.state), VD_TASK_DONE);
  assert_int_equal(vd_queue_busy(queue), 0);
  vd_queue_free(queue);
}

static void base_queue__without_threads_a_task_runs_at_once(void **state) {
  (void)state;
  atomic_int order = 0;
  vd_queue *queue = vd_queue_new(0, NULL, NULL);
  job j = {.task = {.run = run}, .order = &order};
  vd_queue_add(queue, &j.task);
  assert_int_equal(j.place, 1);
  assert_int_equal(atomic_load(&j.task.state), VD_TASK_DONE);
  vd_queue_free(queue);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(base_queue__the_lowest_rank_goes_first),
      cmocka_unit_test(base_queue__a_task_taken_back_no_longer_runs),
      cmocka_unit_test(base_queue__without_threads_a_task_runs_at_once),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
