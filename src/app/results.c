/* results: the task, its steps and the taking over.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/queue.h"

typedef enum step { STEP_MAP, STEP_STATES, STEP_LOSSES, STEP_DONE } step;

/* What one step makes; NULL where a step makes nothing of the kind. */
typedef struct made {
  vd_landscape *landscape;
  vd_study *study;
  vd_map_data *data;
} made;

struct vd_results {
  vd_task task; /* first: the task is the results */
  vd_queue *queue;
  vd_jobs *jobs;
  vd_plan *plan, *old_plan;
  step next;
  made now, fresh, old; /* shown; made by the task; to be released */
  /* What a study leaves for the next on the same landscape: after an edit little is worked out anew. */
  vd_study_memory *memory;
  const vd_landscape *memory_of;
  bool past, cancelled;
  vd_status status;
  char trouble[320];
  /* Progress is told by the worker and read by the window. */
  atomic_llong done, total;
  _Atomic(const char *) what;
};

static void release(made *m) {
  vd_map_data_free(m->data);
  vd_study_free(m->study);
  vd_landscape_free(m->landscape);
  *m = (made){0};
}

/* A landscape goes after what is remembered of studies on it. */
static void release_fresh(vd_results *results) {
  if (results->fresh.landscape && results->memory_of == results->fresh.landscape) {
    vd_study_memory_free(results->memory);
    results->memory = NULL, results->memory_of = NULL;
  }
  release(&results->fresh);
}

static void remember_on(vd_results *results, const vd_landscape *landscape) {
  if (results->memory_of == landscape) return;
  vd_study_memory_free(results->memory);
  results->memory = vd_study_memory_new(landscape, 0);
  results->memory_of = landscape;
}

static void on_step(void *context, const char *what, int64_t done, int64_t total) {
  vd_results *results = context;
  atomic_store(&results->what, what);
  atomic_store(&results->done, done);
  atomic_store(&results->total, total);
}

static vd_status make(vd_results *results) {
  vd_progress progress = {on_step, results, &results->task.cancel};
  made *fresh = &results->fresh;
  /* A plan studied before keeps its last states on the map until the new ones are there. */
  if (results->next == STEP_MAP)
    return vd_map_data_build(results->plan, results->now.study, &progress, &fresh->data);
  const vd_landscape *landscape = results->now.landscape;
  if (!landscape || !vd_landscape_fresh(landscape, results->plan)) {
    VD_TRY(vd_landscape_build(results->plan, 0, results->jobs, &progress, &fresh->landscape));
    landscape = fresh->landscape;
  }
  remember_on(results, landscape);
  bool states = results->next == STEP_STATES;
  vd_study_options options = {
      .past = results->past, .without_losses = states, .certainty = !states, .memory = results->memory};
  VD_TRY(vd_study_run(results->plan, landscape, &options, results->jobs, &progress, &fresh->study));
  return vd_map_data_build(results->plan, fresh->study, &progress, &fresh->data);
}

static void run(vd_task *task, int worker) {
  (void)worker;
  vd_results *results = (vd_results *)task;
  results->status = make(results);
  if (results->status != VD_OK) snprintf(results->trouble, sizeof results->trouble, "%s", vd_last_message());
}

vd_results *vd_results_new(bool background, int n_threads, void (*wake)(void *context), void *context) {
  vd_results *results = calloc(1, sizeof *results);
  if (!results) abort();
  results->task.run = run;
  results->queue = vd_queue_new(background ? 1 : 0, wake, context);
  results->jobs = vd_jobs_new(n_threads);
  results->next = STEP_DONE;
  return results;
}

void vd_results_free(vd_results *results) {
  if (!results) return;
  vd_queue_remove(results->queue, &results->task);
  vd_queue_free(results->queue);
  vd_study_memory_free(results->memory);
  release(&results->fresh);
  release(&results->now);
  release(&results->old);
  vd_plan_free(results->plan);
  vd_plan_free(results->old_plan);
  vd_jobs_free(results->jobs);
  free(results);
}

void vd_results_start(vd_results *results, const vd_plan *plan, bool past) {
  vd_results_cancel(results);
  vd_plan_free(results->old_plan);
  results->old_plan = results->plan; /* what is shown may still speak of it */
  results->plan = vd_plan_copy(plan);
  results->next = STEP_MAP;
  results->past = past;
  results->cancelled = false;
  results->trouble[0] = '\0';
  vd_queue_add(results->queue, &results->task);
}

void vd_results_cancel(vd_results *results) {
  vd_queue_remove(results->queue, &results->task);
  release_fresh(results);
  atomic_store(&results->task.state, VD_TASK_IDLE);
  results->next = STEP_DONE;
  results->cancelled = true;
}

/* The study of the fresh step stands on the landscape of an earlier one when none is fresh. */
static void take_over(vd_results *results) {
  made *now = &results->now, *fresh = &results->fresh, *old = &results->old;
  release(old);
  old->data = now->data;
  now->data = fresh->data;
  if (fresh->study) {
    old->study = now->study;
    now->study = fresh->study;
  }
  if (fresh->landscape) {
    old->landscape = now->landscape;
    now->landscape = fresh->landscape;
  }
  *fresh = (made){0};
}

bool vd_results_poll(vd_results *results) {
  if (results->next == STEP_DONE || atomic_load(&results->task.state) != VD_TASK_DONE) return false;
  atomic_store(&results->task.state, VD_TASK_IDLE);
  if (results->status != VD_OK) {
    release_fresh(results);
    results->next = STEP_DONE;
    return true;
  }
  take_over(results);
  results->next++;
  if (results->next != STEP_DONE) vd_queue_add(results->queue, &results->task);
  return true;
}

void vd_results_release_old(vd_results *results) {
  release(&results->old);
}

const vd_study *vd_results_study(const vd_results *results) {
  return results->now.study;
}
const vd_map_data *vd_results_data(const vd_results *results) {
  return results->now.data;
}
const vd_landscape *vd_results_landscape(const vd_results *results) {
  return results->now.landscape;
}

const vd_plan *vd_results_plan(const vd_results *results) {
  return results->plan;
}
bool vd_results_complete(const vd_results *results) {
  return results->next == STEP_DONE && !results->cancelled && !results->trouble[0];
}

bool vd_results_past(const vd_results *results) {
  return results->past;
}

bool vd_results_busy(vd_results *results, char *what, size_t size, double *share) {
  if (results->next == STEP_DONE) return false;
  const char *told = atomic_load(&results->what);
  long long done = atomic_load(&results->done), total = atomic_load(&results->total);
  snprintf(what, size, "%s", told ? told : "");
  *share = total > 0 ? (double)done / (double)total : -1;
  return true;
}

const char *vd_results_trouble(const vd_results *results) {
  return results->trouble[0] ? results->trouble : NULL;
}
