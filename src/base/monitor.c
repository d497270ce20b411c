/* monitor: a mutex and a condition.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/monitor.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

struct vd_monitor {
  pthread_mutex_t lock;
  pthread_cond_t bell;
};

vd_monitor *vd_monitor_new(void) {
  vd_monitor *made = calloc(1, sizeof *made);
  if (!made) {
    fputs("vedette: the system has no memory left. Close other programs and start again.\n", stderr);
    abort();
  }
  pthread_mutex_init(&made->lock, NULL);
  pthread_cond_init(&made->bell, NULL);
  return made;
}

void vd_monitor_free(vd_monitor *monitor) {
  if (!monitor) return;
  pthread_cond_destroy(&monitor->bell);
  pthread_mutex_destroy(&monitor->lock);
  free(monitor);
}

void vd_monitor_cleanup(vd_monitor **monitor) {
  vd_monitor_free(*monitor);
  *monitor = NULL;
}

void vd_monitor_enter(vd_monitor *monitor) {
  pthread_mutex_lock(&monitor->lock);
}
void vd_monitor_leave(vd_monitor *monitor) {
  pthread_mutex_unlock(&monitor->lock);
}
void vd_monitor_wait(vd_monitor *monitor) {
  pthread_cond_wait(&monitor->bell, &monitor->lock);
}
void vd_monitor_ring(vd_monitor *monitor) {
  pthread_cond_broadcast(&monitor->bell);
}
