/* week: a cell's window laid on the hours of the week and on the parts of the window.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_WEEK_H
#define VEDETTE_SRC_STUDY_WEEK_H

#include "study/run.h"
#include "vedette/study/coverage.h"

typedef struct vd_week { /* whole seconds of one cell */
  int32_t threat_s[VD_WEEK_HOURS], covered_s[VD_WEEK_HOURS];
  int64_t state_s[VD_WHEN_COUNT][VD_STATE_COUNT];
  int64_t longest_s, longest_from_s;
  int32_t n_gaps;
} vd_week;

typedef struct vd_week_rule { /* what the parts of the window are, for one cell */
  vd_daylight day;
  bool markets;        /* somewhere the market days are known */
  int32_t market_days; /* bit 0 Monday */
} vd_week_rule;

/* The slices of a cell, as far as they lie within `pairs` of [from, to) (n_pairs 0 and NULL: all of them). */
void vd_week_fill(vd_week *week, const vd_week_rule *rule, const vd_slice *slices, size_t n_slices,
                  const int64_t *pairs, size_t n_pairs);

/* Sums over cells, and what they come to. Cells are added in one order, so that sums do not depend on threads. */
typedef struct vd_week_sum {
  double threat[VD_WEEK_HOURS], covered[VD_WEEK_HOURS]; /* person-seconds */
  int64_t longest_s;
  vd_cover cover;
} vd_week_sum;
void vd_week_sum_start(vd_week_sum *sum);
void vd_week_add(vd_week_sum *sum, const vd_week *week, double people);
vd_cover vd_week_sum_up(const vd_week_sum *sum);

#endif
