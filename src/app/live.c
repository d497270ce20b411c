/* live: one task that makes ready, then looks at the latest place wanted.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/live.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/queue.h"
#include "vedette/plan/edit.h"

enum { COARSE_CELLS = 40000 };

typedef struct wish {
  char base[VD_UUID_SIZE];
  double lon_deg, lat_deg;
} wish;

struct vd_live {
  vd_task task; /* first: the task is this */
  vd_queue *queue;
  vd_jobs *jobs;
  /* The task's own while it runs. */
  vd_plan *plan, *next_plan;
  vd_landscape *landscape;
  vd_study_memory *memory;
  double cell_m, exact_cell_m;
  wish now;
  vd_study *made;
  /* The window's. */
  wish next;
  bool wanted, moving;
  uint64_t prepared; /* revision of the plan */
  vd_study *study, *old;
};

static void forget(vd_live *live) {
  vd_study_memory_free(live->memory);
  vd_study_free(live->made);
  live->memory = NULL, live->made = NULL;
}

static vd_status make_ready(vd_live *live, const vd_progress *progress) {
  if (live->next_plan) {
    vd_plan_free(live->plan);
    live->plan = live->next_plan;
    live->next_plan = NULL;
  }
  if (live->landscape && vd_landscape_fresh(live->landscape, live->plan)) return VD_OK;
  forget(live);
  vd_landscape_free(live->landscape);
  live->landscape = NULL;
  VD_TRY(vd_landscape_build(live->plan, live->cell_m, live->jobs, progress, &live->landscape));
  live->memory = vd_study_memory_new(live->landscape, 0);
  return VD_OK;
}

static vd_status look(vd_live *live) {
  vd_progress progress = {.cancel = &live->task.cancel};
  VD_TRY(make_ready(live, &progress));
  if (live->now.base[0])
    VD_TRY(vd_edit_move(live->plan, VD_KIND_BASE, live->now.base, live->now.lon_deg, live->now.lat_deg));
  vd_study_options options = {.quick = true, .memory = live->memory};
  vd_study_free(live->made);
  live->made = NULL;
  return vd_study_run(live->plan, live->landscape, &options, live->jobs, &progress, &live->made);
}

/* A failure shows as no study: the exact one that follows the move tells why. */
static void run(vd_task *task, int worker) {
  (void)worker;
  vd_live *live = (vd_live *)task;
  if (look(live) != VD_OK) vd_debug("live", "%s", vd_last_message());
}

vd_live *vd_live_new(bool background, int n_threads, void (*wake)(void *context), void *context) {
  vd_live *live = calloc(1, sizeof *live);
  if (!live) abort();
  live->task.run = run;
  live->queue = vd_queue_new(background ? 1 : 0, wake, context);
  live->jobs = vd_jobs_new(n_threads);
  return live;
}

void vd_live_free(vd_live *live) {
  if (!live) return;
  vd_queue_remove(live->queue, &live->task);
  vd_queue_free(live->queue);
  vd_study_free(live->study);
  vd_study_free(live->old);
  forget(live);
  vd_landscape_free(live->landscape);
  vd_plan_free(live->plan);
  vd_plan_free(live->next_plan);
  vd_jobs_free(live->jobs);
  free(live);
}

static bool idle(vd_live *live) {
  int state = atomic_load(&live->task.state);
  return state == VD_TASK_IDLE || state == VD_TASK_DONE;
}

/* A size that divides no better than it must: at most COARSE_CELLS cells. */
static double coarse_cell_m(const vd_grid *grid) {
  double n = (double)grid->nx * grid->ny;
  return n <= COARSE_CELLS ? grid->cell_m : grid->cell_m * ceil(sqrt(n / COARSE_CELLS));
}

void vd_live_prepare(vd_live *live, const vd_plan *plan, const vd_landscape *exact) {
  uint64_t revision = vd_plan_revision(plan, VD_KIND_COUNT) + 1; /* 0: never */
  if (live->prepared == revision || live->moving) return;
  vd_queue_remove(live->queue, &live->task);
  vd_plan_free(live->next_plan);
  live->next_plan = vd_plan_copy(plan);
  live->exact_cell_m = vd_landscape_grid(exact)->cell_m;
  live->cell_m = coarse_cell_m(vd_landscape_grid(exact));
  live->now.base[0] = '\0';
  live->prepared = revision;
  vd_queue_add(live->queue, &live->task);
}

static void start_next(vd_live *live) {
  live->now = live->next;
  live->wanted = false;
  vd_queue_add(live->queue, &live->task);
}

void vd_live_move(vd_live *live, const char *base, double lon_deg, double lat_deg) {
  if (!live->prepared) return;
  snprintf(live->next.base, sizeof live->next.base, "%s", base);
  live->next.lon_deg = lon_deg, live->next.lat_deg = lat_deg;
  live->wanted = live->moving = true;
  if (idle(live)) start_next(live);
}

bool vd_live_poll(vd_live *live) {
  if (!live->moving || !idle(live)) return false;
  bool fresh = live->made != NULL && live->now.base[0];
  if (fresh) {
    vd_study_free(live->old);
    live->old = live->study;
    live->study = live->made;
    live->made = NULL;
  }
  if (live->wanted) start_next(live);
  return fresh;
}

void vd_live_release_old(vd_live *live) {
  vd_study_free(live->old);
  live->old = NULL;
}

void vd_live_end(vd_live *live) {
  vd_queue_remove(live->queue, &live->task);
  live->moving = live->wanted = false;
  live->prepared = 0; /* the copy was changed */
  vd_study_free(live->study);
  vd_study_free(live->old);
  live->study = live->old = NULL;
}

const vd_study *vd_live_study(const vd_live *live) {
  return live->study;
}

double vd_live_cell_m(const vd_live *live) {
  return live->cell_m > live->exact_cell_m ? live->cell_m : 0;
}

bool vd_live_busy(vd_live *live) {
  return vd_queue_busy(live->queue) > 0;
}
