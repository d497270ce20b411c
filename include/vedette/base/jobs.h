/* jobs: a worker pool, progress and cancelling.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_JOBS_H
#define VEDETTE_BASE_JOBS_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/status.h"

/* How long work tells how far it is and learns that it is no longer wanted. Any member may be NULL, and so may
 * a pointer to the whole. `on_step` is called from one thread at a time. */
typedef struct vd_progress {
  void (*on_step)(void *context, const char *what, int64_t done, int64_t total); /* total 0: unknown */
  void *context;
  atomic_bool *cancel;
} vd_progress;
/* Reports and returns VD_OK, or VD_ERR_CANCELLED when the work should end. */
vd_status vd_progress_step(const vd_progress *progress, const char *what, int64_t done, int64_t total);
bool vd_progress_cancelled(const vd_progress *progress);

typedef struct vd_jobs vd_jobs;
/* A pool of `n_threads` workers (1: runs inline in the caller; 0: one per processor), the calling thread being
 * worker 0. Fewer when the system gives fewer threads: ask vd_jobs_threads before sizing anything per worker. */
vd_jobs *vd_jobs_new(int n_threads);
void vd_jobs_free(vd_jobs *jobs);
void vd_jobs_cleanup(vd_jobs **jobs);
int vd_jobs_threads(const vd_jobs *jobs);
/* Calls run(context, item, worker) for every item 0..n-1, worker in 0..threads-1, and waits for all. Items are
 * handed out in order; results must not depend on which worker runs which. The first failing item by number
 * decides the status and the message; later items may be skipped. `jobs` NULL: inline. Not reentrant. */
vd_status vd_jobs_run(vd_jobs *jobs, int64_t n, vd_status (*run)(void *context, int64_t item, int worker),
                      void *context);

#endif
