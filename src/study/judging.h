/* judging: the steps from incidents to who could have come, who had been there and who came.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_JUDGING_H
#define VEDETTE_SRC_STUDY_JUDGING_H

#include "study/history.h"
#include "study/run.h"
#include "vedette/study/response.h"

typedef struct vd_judging {
  vd_arena *arena; /* of the results */
  vd_study *study; /* its model, responders and solves only */
  vd_history history;
  vd_response *out;
  double *xy_m;   /* of each incident in the plane; NaN no place */
  int64_t *end_s; /* of each one's span, after from_s */
  const vd_progress *progress;
} vd_judging;

/* response_presence.c: threat, zones, visits, and the record's own times; incident by incident, nothing shared. */
typedef struct vd_presence_aids vd_presence_aids;
vd_presence_aids *vd_presence_aids_new(const vd_judging *j, vd_arena *arena);
void vd_judge_presence(const vd_judging *j, const vd_presence_aids *aids, vd_arena *scratch, size_t incident);
/* response_reach.c: the nearest responder and the minutes of all incidents. */
vd_status vd_judge_reach(vd_judging *j, vd_jobs *jobs);
/* response_sums.c */
void vd_judge_sums(vd_judging *j, const vd_plan *plan);

static inline vd_told vd_told_of(bool yes) {
  return yes ? VD_TOLD_YES : VD_TOLD_NO;
}

#endif
