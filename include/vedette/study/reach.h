/* reach: minutes from a plan's bases to every cell at one instant, and who comes first and second.
 * SPDX-License-Identifier: Apache-2.0
 *
 * By the definitions of study.h: bases with a reaction force of actors that count as presence; notice-to-move and travel by the
 * light and the restrictions of the instant, which do not change on the way; helicopters by day only. */
#ifndef VEDETTE_STUDY_REACH_H
#define VEDETTE_STUDY_REACH_H

#include "vedette/core/speed.h"
#include "vedette/study/landscape.h"

typedef struct vd_reach_options {
  int64_t time_s;
  int32_t light;    /* vd_light; -1: that of the time */
  int32_t vehicle;  /* vd_vehicle; -1: each base's own */
  uint32_t most_ms; /* beyond it nothing counts as reached; at most VD_UNREACHED - 1 */
  bool with_second;
  const char *const *bases; /* ids of those wanted; none: all */
  size_t n_bases;
} vd_reach_options;

typedef struct vd_reach_base {
  const char *id, *name;
  int32_t vehicle;
  uint32_t notice_ms; /* until it moves: notice, and a helicopter's pre-flight */
  int32_t n_cells;    /* where it is first */
} vd_reach_base;

/* By cell of the landscape's grid. Of equal times the base that comes first in the plan wins. */
typedef struct vd_reach_times {
  uint32_t *first_ms;   /* VD_UNREACHED: by nobody */
  uint32_t *second_ms;  /* of another base; NULL when not asked for */
  int32_t *who;         /* index in bases, -1 */
  vd_reach_base *bases; /* those that count, in the plan's order */
  size_t n_bases;
  vd_light light;
  int64_t n_unable; /* bases that would count, but not at that light */
} vd_reach_times;

/* Everything in the arena. VD_ERR_INPUT when no base counts, VD_ERR_CANCELLED, VD_ERR_MEMORY. */
vd_status vd_reach_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                       const vd_reach_options *options, vd_jobs *jobs, const vd_progress *progress,
                       vd_reach_times *out);

#endif
