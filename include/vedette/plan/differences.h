/* differences: what two plans hold otherwise, record by record and field by field.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLAN_DIFFERENCES_H
#define VEDETTE_PLAN_DIFFERENCES_H

#include "vedette/plan/plan.h"

typedef enum vd_differs {
  VD_DIFFERS_ADDED,
  VD_DIFFERS_REMOVED,
  VD_DIFFERS_CHANGED,
  VD_DIFFERS_COUNT
} vd_differs;
extern const char *const vd_differs_words[VD_DIFFERS_COUNT]; /* "added", "removed", "changed" */

/* A record that only one has, or one field of a record of both. */
typedef struct vd_difference {
  vd_differs what;
  vd_kind kind; /* VD_KIND_COUNT: of the plan itself */
  const char *id, *label;
  const char *field, *field_label; /* CHANGED; "geometry" for the place; else NULL */
  const char *before, *after;      /* CHANGED: files' form, NULL unknown or empty */
  const vd_geom *geom;             /* of the record where it is last, NULL none */
} vd_difference;

/* From `a` to `b`, by ids; who wrote a record and when is left out. The plan itself and its grids first, then by kind: those
 * of `a` in its order, then what `b` adds. In the arena; texts may be the plans'. */
void vd_plan_differences(const vd_plan *a, const vd_plan *b, vd_arena *arena, vd_difference **out, size_t *n);

#endif
