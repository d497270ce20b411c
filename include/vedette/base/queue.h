/* queue: work in the background of a window: tasks by rank, cancellable, on threads of their own.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_QUEUE_H
#define VEDETTE_BASE_QUEUE_H

#include <stdatomic.h>
#include <stdbool.h>

typedef enum vd_task_state { VD_TASK_IDLE, VD_TASK_WAITING, VD_TASK_RUNNING, VD_TASK_DONE } vd_task_state;

/* A piece of work, kept by the caller (inside a larger struct) for as long as it waits or runs. `run` looks at `cancel`
 * between steps and may write only what the task owns; the caller reads that once the state is DONE. */
typedef struct vd_task {
  void (*run)(struct vd_task *task, int worker); /* worker 0 .. threads - 1 */
  double rank;                                   /* the lowest goes first */
  atomic_bool cancel;
  atomic_int state;     /* vd_task_state */
  struct vd_task *next; /* the queue's */
} vd_task;

typedef struct vd_queue vd_queue;
/* n_threads workers; 0: a task runs inside vd_queue_add (tests). `on_done` (may be NULL) is called on the worker after
 * each task: it should only wake the window. */
vd_queue *vd_queue_new(int n_threads, void (*on_done)(void *context), void *context);
/* Cancels and waits for everything, then ends the threads. NULL is allowed. */
void vd_queue_free(vd_queue *queue);
int vd_queue_threads(const vd_queue *queue);
/* Adds an IDLE or DONE task; `cancel` is cleared. */
void vd_queue_add(vd_queue *queue, vd_task *task);
/* Takes a task back: a waiting one at once, a running one after it saw its `cancel`. Afterwards it is IDLE, or DONE when it had ended. */
void vd_queue_remove(vd_queue *queue, vd_task *task);
/* Waits until no task waits or runs. */
void vd_queue_drain(vd_queue *queue);
/* Number of tasks waiting or running. */
int vd_queue_busy(vd_queue *queue);

#endif
