/* outing: what the makers of a schedule hand each other.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_OUTING_H
#define VEDETTE_SRC_STUDY_OUTING_H

#include "study/course.h"

typedef struct vd_schedule_rules { /* the standards */
  int64_t rest_s, duty_s;
  double slack_s;
  int32_t curfew_from_min, curfew_to_min; /* equal: none */
} vd_schedule_rules;

/* While a schedule is made. Outings are parallel to `beats`. */
typedef struct vd_scheduling {
  const vd_plan *plan;
  const vd_model *model;
  vd_course_maker *maker;
  vd_arena *arena, *scratch;
  vd_schedule_rules rules;
  vd_outing *outings;
  int32_t *beats; /* index in the model's beats */
  size_t n, capacity, beats_capacity;
  vd_conflict *conflicts;
  size_t n_conflicts, conflicts_capacity;
  bool conflicts_cut;
} vd_scheduling;

/* Stays of at least rest.least, and the end, cut an outing into turns of duty: its turn from *at on, which moves on. */
bool vd_outing_turn(const vd_schedule_rules *rules, const vd_outing *outing, size_t *at, int64_t *from_s,
                    int64_t *to_s);
/* Whether an outing can be in two places, and whether it is held against the plan's rules. */
static inline bool vd_outing_binds(const vd_outing *outing) {
  return outing->state != VD_CANCELLED && outing->executed_by < 0;
}
static inline bool vd_outing_ruled(const vd_outing *outing) {
  return (outing->state == VD_PLANNED || outing->state == VD_APPROVED) && outing->executed_by < 0;
}

/* Adds one; false when no more are taken. */
bool vd_conflict_add(vd_scheduling *s, const vd_conflict *conflict);
void vd_find_clashes(vd_scheduling *s);  /* clash.c: of two outings */
void vd_find_breaches(vd_scheduling *s); /* breach.c: of one outing and the rules or restrictions */

#endif
