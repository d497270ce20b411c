/* facts: what is told of one record, in the order in which people ask.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_REPORT_FACTS_H
#define VEDETTE_REPORT_FACTS_H

#include "vedette/study/study.h"

typedef struct vd_fact {
  const char *label, *value; /* translated */
} vd_fact;

/* What a report of a restriction says, leaving out what it does not, and what comes back when it alone is lifted, when the
 * study has worked that out (NULL: none). In the arena. */
const vd_fact *vd_restriction_facts(vd_arena *arena, const vd_plan *plan, const vd_study *study,
                                    const vd_restriction *restriction, size_t *n);

#endif
