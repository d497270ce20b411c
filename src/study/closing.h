/* closing: how the files that work out what would close a gap share one look at it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_CLOSING_H
#define VEDETTE_SRC_STUDY_CLOSING_H

#include "study/run.h"

struct vd_closing_aids {
  vd_travel_costs *costs[VD_LIGHT_COUNT]; /* of a 4x4 without restrictions */
  uint32_t **night_ms; /* per responder: travel by night to each cell, without notice; NULL none */
  vd_intervals night;
};

/* One gap being looked at. */
typedef struct vd_look {
  const vd_study *study;
  vd_arena *arena, *scratch;
  vd_gap *gap;
  const int32_t *cells; /* grid cells */
  int32_t place, index;
  int64_t *visits; /* times of the visits that would keep the place present */
  size_t n_visits, visits_capacity;
  vd_intervals *kept[VD_PRIORITY_COUNT]; /* what they keep present by each standard; NULL not asked for yet */
  double seldom;                         /* person-seconds that those visits keep present */
  vd_spare_sums spare;                   /* person-seconds */
  int32_t night_force;                   /* whose notice by night is looked at, -1 */
  uint32_t night_spare_ms[VD_PRIORITY_COUNT];
  double night_min, night;
  const uint32_t *base_ms; /* per grid cell from the deployment looked at; NULL none */
  uint32_t base_notice_ms;
  double base;
  vd_closing *closings;
  size_t n, capacity;
} vd_look;

/* A measure with its share of the gap's person-hours; NULL when that is below half a percent. (closing_tell.c) */
vd_closing *vd_look_add(vd_look *look, vd_closing_kind kind, double person_seconds);
/* Tell, as closings, what was weighed. `from` is the cell of the deployment, -1 none. (closing_tell.c) */
void vd_look_tell(vd_look *look, int32_t from);
/* The restrictions that deny the gap, and the share of each. (denial.c) */
vd_status vd_look_deny(vd_look *look);

#endif
