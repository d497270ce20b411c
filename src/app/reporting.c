/* reporting: one task a report, on a thread of their own.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/reporting.h"

#include <stdio.h>
#include <stdlib.h>

#include "vedette/base/queue.h"

typedef struct item {
  vd_task task; /* first: the task is the item */
  struct vd_reporting *reporting;
  int index;
  bool asked;
  vd_arena *arena;
  vd_report *report;
  vd_status status;
  char trouble[320];
} item;

struct vd_reporting {
  vd_queue *queue;
  vd_jobs *jobs;
  item *items; /* of vd_reports */
  const vd_plan *plan;
  const vd_study *study;
  bool past;
  /* Told by the worker and read by the window. */
  atomic_llong done, total;
  _Atomic(const char *) what;
};

static void on_step(void *context, const char *what, int64_t done, int64_t total) {
  vd_reporting *reporting = context;
  atomic_store(&reporting->what, what);
  atomic_store(&reporting->done, done);
  atomic_store(&reporting->total, total);
}

static void run(vd_task *task, int worker) {
  (void)worker;
  item *made = (item *)task;
  vd_reporting *reporting = made->reporting;
  const vd_headline *head = vd_study_headline(reporting->study);
  vd_progress progress = {on_step, reporting, &task->cancel};
  vd_report_input input = {.plan = reporting->plan,
                           .landscape = vd_study_landscape(reporting->study),
                           .study = reporting->study,
                           .options = {.from_s = head->from_s, .to_s = head->to_s, .past = reporting->past},
                           .jobs = reporting->jobs,
                           .progress = &progress};
  made->status = vd_reports[made->index].make(&input, made->arena, &made->report);
  if (made->status != VD_OK) snprintf(made->trouble, sizeof made->trouble, "%s", vd_last_message());
}

vd_reporting *vd_reporting_new(bool background, int n_threads, void (*wake)(void *context), void *context) {
  vd_reporting *reporting = calloc(1, sizeof *reporting);
  if (!reporting) abort();
  reporting->items = calloc((size_t)vd_n_reports, sizeof *reporting->items);
  if (!reporting->items) abort();
  reporting->queue = vd_queue_new(background ? 1 : 0, wake, context);
  reporting->jobs = vd_jobs_new(n_threads);
  for (int i = 0; i < vd_n_reports; i++)
    reporting->items[i].task.run = run, reporting->items[i].reporting = reporting,
    reporting->items[i].index = i;
  return reporting;
}

void vd_reporting_free(vd_reporting *reporting) {
  if (!reporting) return;
  vd_reporting_forget(reporting);
  vd_queue_free(reporting->queue);
  vd_jobs_free(reporting->jobs);
  free(reporting->items);
  free(reporting);
}

void vd_reporting_cancel(vd_reporting *reporting) {
  for (int i = 0; i < vd_n_reports; i++) atomic_store(&reporting->items[i].task.cancel, true);
}

/* A report that was cancelled on the way is made anew when it is asked for again. */
static void let_go(vd_reporting *reporting, item *made) {
  vd_queue_remove(reporting->queue, &made->task);
  atomic_store(&made->task.state, VD_TASK_IDLE);
  vd_arena_free(made->arena);
  made->arena = NULL, made->report = NULL;
  made->asked = false;
}

void vd_reporting_forget(vd_reporting *reporting) {
  vd_reporting_cancel(reporting);
  for (int i = 0; i < vd_n_reports; i++) let_go(reporting, &reporting->items[i]);
  reporting->plan = NULL, reporting->study = NULL;
}

void vd_reporting_rest_on(vd_reporting *reporting, const vd_plan *plan, const vd_study *study, bool past) {
  if (reporting->study == study && reporting->plan == plan) return;
  vd_reporting_forget(reporting);
  reporting->plan = plan, reporting->study = study, reporting->past = past;
}

bool vd_reporting_rests_on(const vd_reporting *reporting, const vd_study *study) {
  return reporting->study == study;
}

static bool was_cancelled(item *made) {
  return atomic_load(&made->task.state) == VD_TASK_DONE && made->status == VD_ERR_CANCELLED;
}

vd_reporting_state vd_reporting_show(vd_reporting *reporting, int index, bool start, const vd_report **out,
                                     const char **trouble) {
  item *made = &reporting->items[index];
  *out = NULL, *trouble = NULL;
  if (made->asked && was_cancelled(made)) let_go(reporting, made);
  if (!reporting->study || (!made->asked && !start)) return VD_REPORTING_NOTHING;
  if (!made->asked) {
    made->asked = true;
    made->arena = vd_arena_new();
    vd_queue_add(reporting->queue, &made->task);
  }
  if (atomic_load(&made->task.state) != VD_TASK_DONE) return VD_REPORTING_BUSY;
  *out = made->status == VD_OK ? made->report : NULL;
  *trouble = made->trouble;
  return made->status == VD_OK ? VD_REPORTING_READY : VD_REPORTING_FAILED;
}

bool vd_reporting_busy(const vd_reporting *reporting, const char **what, double *share) {
  if (vd_queue_busy(reporting->queue) == 0) return false;
  long long done = atomic_load(&reporting->done), total = atomic_load(&reporting->total);
  *what = atomic_load(&reporting->what);
  *share = total > 0 ? (double)done / (double)total : -1;
  return true;
}
