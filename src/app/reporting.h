/* reporting: reports worked out beside the window, each when it is first looked at.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A report may speak of the plan, landscape and study that it rests on, so it is forgotten before they go. */
#ifndef VEDETTE_APP_REPORTING_H
#define VEDETTE_APP_REPORTING_H

#include "vedette/report/report.h"

typedef struct vd_reporting vd_reporting;
/* n_threads for a report's own work; `background` false: a report is made inside vd_reporting_show (tests). */
vd_reporting *vd_reporting_new(bool background, int n_threads, void (*wake)(void *context), void *context);
void vd_reporting_free(vd_reporting *reporting);

/* What reports rest on from now on; those of another study are forgotten. */
void vd_reporting_rest_on(vd_reporting *reporting, const vd_plan *plan, const vd_study *study, bool past);
/* Whether what there is rests on this study. */
bool vd_reporting_rests_on(const vd_reporting *reporting, const vd_study *study);
/* Asks what is under way to end, without waiting for it. */
void vd_reporting_cancel(vd_reporting *reporting);
/* Ends what is under way, waits for that, and lets go of everything. */
void vd_reporting_forget(vd_reporting *reporting);

typedef enum vd_reporting_state {
  VD_REPORTING_NOTHING, /* there is no study to rest on */
  VD_REPORTING_BUSY,
  VD_REPORTING_READY,
  VD_REPORTING_FAILED
} vd_reporting_state;
/* The report of this index in vd_reports; when it is not there and `start`, begins to make it. *out is borrowed until it is
 * forgotten, NULL unless READY; *trouble is the sentence of a failure. */
vd_reporting_state vd_reporting_show(vd_reporting *reporting, int index, bool start, const vd_report **out,
                                     const char **trouble);
/* What is under way; false when nothing. share 0..1, negative unknown. */
bool vd_reporting_busy(const vd_reporting *reporting, const char **what, double *share);

#endif
