/* monitor: a lock with a bell, for workers that share one list of what is to do.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_MONITOR_H
#define VEDETTE_BASE_MONITOR_H

typedef struct vd_monitor vd_monitor;
/* Never NULL; the caller frees it when nobody is inside. */
vd_monitor *vd_monitor_new(void);
void vd_monitor_free(vd_monitor *monitor);
void vd_monitor_cleanup(vd_monitor **monitor);
/* One at a time is inside; not to be entered twice by one thread. */
void vd_monitor_enter(vd_monitor *monitor);
void vd_monitor_leave(vd_monitor *monitor);
/* From inside: sleeps outside until the bell rings, then is inside again. May wake without a ring. */
void vd_monitor_wait(vd_monitor *monitor);
/* From inside: wakes all who wait. */
void vd_monitor_ring(vd_monitor *monitor);

#endif
