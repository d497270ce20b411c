/* compare: reports of two plans - what a merge makes of them, and what they hold otherwise.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_REPORT_COMPARE_H
#define VEDETTE_REPORT_COMPARE_H

#include "vedette/plan/differences.h"
#include "vedette/plan/merge.h"
#include "vedette/report/report.h"
#include "vedette/study/difference.h"

/* One merge: the file it is from, since when, and what came out. */
typedef struct vd_merge_from {
  const char *path, *since;
  const vd_merge *merge;
} vd_merge_from;
/* Tables "from" (a row a file), "conflicts", "changes" (records by kind), "twins" and "look" (what to look at). */
void vd_report_merge(const vd_plan *mine, const vd_merge_from *all, size_t n, vd_arena *arena,
                     vd_report **out);

/* Tables "counts" (by kind) and "differences" (a row a record, or a field of one). */
void vd_report_diff(const vd_plan *a, const vd_plan *b, vd_arena *arena, vd_report **out);
/* What changes in coverage: tables "by_change" (cells and people), "by_priority" and "by_threat" (person-hours). `after` is the
 * study of plan `b`. */
void vd_report_cover(const vd_plan *b, const vd_study *after, const vd_study_difference *difference,
                     vd_arena *arena, vd_report **out);

#endif
