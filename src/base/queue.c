/* queue: threads that take the waiting task of the lowest rank.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/queue.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

enum { MAX_THREADS = 64 };

struct vd_queue {
  pthread_mutex_t lock;
  pthread_cond_t work, done;
  vd_task
      *waiting; /* in no order; the lowest rank is looked for when taken, since ranks change with the view */
  int running, n_threads;
  bool ending;
  void (*on_done)(void *context);
  void *context;
  pthread_t threads[MAX_THREADS];
  struct start {
    struct vd_queue *queue;
    int worker;
  } starts[MAX_THREADS];
};

static vd_task *take_lowest(vd_queue *queue) {
  vd_task **best = NULL;
  for (vd_task **at = &queue->waiting; *at; at = &(*at)->next) {
    if (!best || (*at)->rank < (*best)->rank) best = at;
  }
  if (!best) return NULL;
  vd_task *task = *best;
  *best = task->next;
  return task;
}

static void run_one(vd_queue *queue, vd_task *task, int worker) {
  atomic_store(&task->state, VD_TASK_RUNNING);
  queue->running++;
  pthread_mutex_unlock(&queue->lock);
  task->run(task, worker);
  pthread_mutex_lock(&queue->lock);
  queue->running--;
  atomic_store(&task->state, VD_TASK_DONE);
  pthread_cond_broadcast(&queue->done);
  if (queue->on_done) queue->on_done(queue->context);
}

static void *work(void *argument) {
  struct start *start = argument;
  vd_queue *queue = start->queue;
  pthread_mutex_lock(&queue->lock);
  while (!queue->ending) {
    vd_task *task = take_lowest(queue);
    if (task) {
      run_one(queue, task, start->worker);
    } else {
      pthread_cond_wait(&queue->work, &queue->lock);
    }
  }
  pthread_mutex_unlock(&queue->lock);
  return NULL;
}

/* Workers leave signals to the main thread. */
static void start_threads(vd_queue *queue, int n) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  for (int i = 0; i < n && i < MAX_THREADS; i++) {
    queue->starts[i] = (struct start){queue, i};
    if (pthread_create(&queue->threads[i], NULL, work, &queue->starts[i]) != 0) break;
    queue->n_threads++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

vd_queue *vd_queue_new(int n_threads, void (*on_done)(void *context), void *context) {
  vd_queue *queue = calloc(1, sizeof *queue);
  if (!queue) abort();
  pthread_mutex_init(&queue->lock, NULL);
  pthread_cond_init(&queue->work, NULL);
  pthread_cond_init(&queue->done, NULL);
  queue->on_done = on_done;
  queue->context = context;
  start_threads(queue, n_threads);
  return queue;
}

void vd_queue_free(vd_queue *queue) {
  if (!queue) return;
  pthread_mutex_lock(&queue->lock);
  queue->ending = true;
  for (vd_task *task; (task = queue->waiting);) {
    queue->waiting = task->next;
    atomic_store(&task->state, VD_TASK_IDLE);
  }
  pthread_cond_broadcast(&queue->work);
  pthread_mutex_unlock(&queue->lock);
  for (int i = 0; i < queue->n_threads; i++) pthread_join(queue->threads[i], NULL);
  pthread_cond_destroy(&queue->work);
  pthread_cond_destroy(&queue->done);
  pthread_mutex_destroy(&queue->lock);
  free(queue);
}

int vd_queue_threads(const vd_queue *queue) {
  return queue->n_threads;
}

void vd_queue_add(vd_queue *queue, vd_task *task) {
  pthread_mutex_lock(&queue->lock);
  atomic_store(&task->cancel, false);
  if (queue->n_threads == 0) {
    run_one(queue, task, 0);
  } else {
    atomic_store(&task->state, VD_TASK_WAITING);
    task->next = queue->waiting;
    queue->waiting = task;
    pthread_cond_signal(&queue->work);
  }
  pthread_mutex_unlock(&queue->lock);
}

void vd_queue_remove(vd_queue *queue, vd_task *task) {
  pthread_mutex_lock(&queue->lock);
  atomic_store(&task->cancel, true);
  for (vd_task **at = &queue->waiting; *at; at = &(*at)->next) {
    if (*at != task) continue;
    *at = task->next;
    atomic_store(&task->state, VD_TASK_IDLE);
    break;
  }
  while (atomic_load(&task->state) == VD_TASK_RUNNING) pthread_cond_wait(&queue->done, &queue->lock);
  pthread_mutex_unlock(&queue->lock);
}

void vd_queue_drain(vd_queue *queue) {
  pthread_mutex_lock(&queue->lock);
  while (queue->waiting || queue->running) pthread_cond_wait(&queue->done, &queue->lock);
  pthread_mutex_unlock(&queue->lock);
}

int vd_queue_busy(vd_queue *queue) {
  pthread_mutex_lock(&queue->lock);
  int n = queue->running;
  for (vd_task *task = queue->waiting; task; task = task->next) n++;
  pthread_mutex_unlock(&queue->lock);
  return n;
}
