/* jobs: a worker pool over pthreads, progress and cancelling.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/jobs.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "vedette/base/i18n.h"

enum { MOST_THREADS = 256, MESSAGE_SIZE = 1024 };

typedef vd_status (*job_function)(void *context, int64_t item, int worker);

typedef struct worker {
  pthread_t thread;
  struct vd_jobs *jobs;
  int number;
} worker;

/* The caller of vd_jobs_run is worker 0; `workers` holds the threads of the others. Everything below `lock` is
 * guarded by it. */
struct vd_jobs {
  int n_threads;
  worker *workers;
  pthread_mutex_t lock;
  pthread_cond_t has_work, all_done;
  bool ending, running;
  job_function run;
  void *context;
  int64_t n, next; /* items of the present run, and the next to hand out */
  int n_busy;      /* items handed out and not yet finished */
  int64_t failed_item;
  vd_status failed_status;
  char failed_message[MESSAGE_SIZE];
};

/* One lock for all progress there is: a receiver of steps never needs one of its own. Recursive, because a receiver may
 * pass a step on to the progress of the work it is part of. */
static pthread_mutex_t step_lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

bool vd_progress_cancelled(const vd_progress *progress) {
  return progress && progress->cancel && atomic_load(progress->cancel);
}

vd_status vd_progress_step(const vd_progress *progress, const char *what, int64_t done, int64_t total) {
  if (progress && progress->on_step) {
    pthread_mutex_lock(&step_lock);
    progress->on_step(progress->context, what, done, total);
    pthread_mutex_unlock(&step_lock);
  }
  if (!vd_progress_cancelled(progress)) return VD_OK;
  return vd_fail(VD_ERR_CANCELLED, "%s", _("Stopped, as asked."));
}

/* Runs items until none is left or one has failed; called and left with the lock held. Items are handed out in
 * order, so when one fails all lower ones are already with a worker: waiting for those finds the lowest failure. */
static void work(vd_jobs *jobs, int number) {
  while (jobs->next < jobs->n && jobs->failed_status == VD_OK) {
    int64_t item = jobs->next++;
    jobs->n_busy++;
    pthread_mutex_unlock(&jobs->lock);
    vd_status status = jobs->run(jobs->context, item, number);
    pthread_mutex_lock(&jobs->lock);
    jobs->n_busy--;
    if (status == VD_OK || (jobs->failed_status != VD_OK && jobs->failed_item < item)) continue;
    jobs->failed_status = status;
    jobs->failed_item = item;
    snprintf(jobs->failed_message, sizeof jobs->failed_message, "%s", vd_last_message());
  }
  if (!jobs->n_busy) pthread_cond_signal(&jobs->all_done);
}

static void *worker_main(void *argument) {
  worker *self = argument;
  vd_jobs *jobs = self->jobs;
  pthread_mutex_lock(&jobs->lock);
  while (!jobs->ending) {
    work(jobs, self->number);
    if (!jobs->ending) pthread_cond_wait(&jobs->has_work, &jobs->lock);
  }
  pthread_mutex_unlock(&jobs->lock);
  return NULL;
}

/* Signals stay with the threads the program started with: Ctrl-C interrupts the main thread, not a worker. */
static bool start_worker(worker *made) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool started = pthread_create(&made->thread, NULL, worker_main, made) == 0;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return started;
}

static void *make_zeroed(size_t count, size_t size) {
  void *made = calloc(count, size);
  if (made) return made;
  fputs("vedette: the system has no memory left for worker threads. Close other programs and start again.\n",
        stderr);
  abort();
}

vd_jobs *vd_jobs_new(int n_threads) {
  if (n_threads <= 0) n_threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
  n_threads = n_threads < 1 ? 1 : n_threads > MOST_THREADS ? MOST_THREADS : n_threads;
  vd_jobs *jobs = make_zeroed(1, sizeof *jobs);
  jobs->workers = make_zeroed((size_t)n_threads, sizeof *jobs->workers);
  pthread_mutex_init(&jobs->lock, NULL);
  pthread_cond_init(&jobs->has_work, NULL);
  pthread_cond_init(&jobs->all_done, NULL);
  /* A system that gives fewer threads gets the same results later. */
  for (jobs->n_threads = 1; jobs->n_threads < n_threads; jobs->n_threads++) {
    worker *next = &jobs->workers[jobs->n_threads];
    *next = (worker){.jobs = jobs, .number = jobs->n_threads};
    if (!start_worker(next)) break;
  }
  return jobs;
}

void vd_jobs_free(vd_jobs *jobs) {
  if (!jobs) return;
  pthread_mutex_lock(&jobs->lock);
  jobs->ending = true;
  pthread_cond_broadcast(&jobs->has_work);
  pthread_mutex_unlock(&jobs->lock);
  for (int i = 1; i < jobs->n_threads; i++) pthread_join(jobs->workers[i].thread, NULL);
  pthread_cond_destroy(&jobs->all_done);
  pthread_cond_destroy(&jobs->has_work);
  pthread_mutex_destroy(&jobs->lock);
  free(jobs->workers);
  free(jobs);
}

void vd_jobs_cleanup(vd_jobs **jobs) {
  vd_jobs_free(*jobs);
  *jobs = NULL;
}

int vd_jobs_threads(const vd_jobs *jobs) {
  return jobs ? jobs->n_threads : 1;
}

static vd_status run_inline(int64_t n, job_function run, void *context) {
  for (int64_t item = 0; item < n; item++) VD_TRY(run(context, item, 0));
  return VD_OK;
}

static vd_status run_on_pool(vd_jobs *jobs, int64_t n, job_function run, void *context) {
  jobs->run = run;
  jobs->context = context;
  jobs->n = n;
  jobs->next = 0;
  jobs->failed_status = VD_OK;
  pthread_cond_broadcast(&jobs->has_work);
  work(jobs, 0);
  while (jobs->n_busy) pthread_cond_wait(&jobs->all_done, &jobs->lock);
  jobs->n = jobs->next = 0;
  return jobs->failed_status == VD_OK ? VD_OK : vd_fail(jobs->failed_status, "%s", jobs->failed_message);
}

vd_status vd_jobs_run(vd_jobs *jobs, int64_t n, job_function run, void *context) {
  if (!jobs || jobs->n_threads == 1) return run_inline(n, run, context);
  pthread_mutex_lock(&jobs->lock);
  vd_status status;
  if (jobs->running) {
    status = vd_fail(VD_ERR_INTERNAL, "%s",
                     _("A worker pool was asked to run two things at once. Please report this."));
  } else {
    jobs->running = true;
    status = run_on_pool(jobs, n, run, context);
    jobs->running = false;
  }
  pthread_mutex_unlock(&jobs->lock);
  return status;
}
