/* check: findings of a whole plan, the things that are not wrong enough to refuse but that a planner should mend.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_CHECK_H
#define VEDETTE_PLAN_CHECK_H

#include "vedette/plan/plan.h"

typedef enum vd_severity {
  VD_NOTE,    /* worth knowing: a default stands in */
  VD_WARNING, /* the study runs, but reads this otherwise than a person might */
  VD_ERROR    /* the study cannot use this record */
} vd_severity;

typedef struct vd_finding {
  vd_severity severity;
  vd_kind kind; /* VD_KIND_COUNT: of the plan itself */
  const char *id, *name;
  const char *sentence; /* translated: what is off, and what to do */
} vd_finding;

/* Looks through the whole plan: dangling references, words out of the vocabulary, ends before starts, places missing
 * or outside the area of interest, patrols without stops or route, bases without vehicle or notice, rings that are not
 * closed, rules and exceptions that do not parse or hit nothing, recurrence without end, numbers out of range, stops out of
 * order, names, references and events told twice, restrictions resolved or protested before they began, missing base data. Findings are in the arena, in the order of
 * kinds and records; a finding that would come for more than 50 records of a kind is told once more with the count
 * of the rest. */
void vd_plan_check(const vd_plan *plan, vd_arena *arena, vd_finding **findings, size_t *n);

#endif
