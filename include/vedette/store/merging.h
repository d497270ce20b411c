/* merging: another copy of a plan taken into this one - opening it, finding what both came from, and one edit.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   vd_merging *from;
 *   VD_TRY(vd_merging_open(file, plan, NULL, "other.gpkg", NULL, &from));
 *   VD_TRY(vd_merging_run(from, &choices, arena, &merge));       (again after each decision)
 *   VD_TRY(vd_merging_write(&from, 1, file));
 *   vd_merging_free(from); */
#ifndef VEDETTE_STORE_MERGING_H
#define VEDETTE_STORE_MERGING_H

#include "vedette/store/lineage.h"

typedef struct vd_merging vd_merging;

/* Opens the plan at `path` for reading. `into` is the plan to merge into: the file's own, or that as changed by merges
 * before this one that are not written yet, the latest of which is `before` (NULL none). `base` is the path of the plan
 * that both came from; NULL: found in their histories (VD_ERR_NOT_FOUND when they share none). `mine`, `into` and
 * `before` must outlive it. */
vd_status vd_merging_open(vd_plan_file *mine, const vd_plan *into, const char *base, const char *path,
                          const vd_merging *before, vd_merging **out);
void vd_merging_free(vd_merging *merging);
void vd_merging_cleanup(vd_merging **merging);

/* What both came from, in words: "after “Move base” (A. Planner, 14 Mar 2026 05:30); 3 edits here and 2 there since". */
const char *vd_merging_since(const vd_merging *merging, vd_arena *arena);
/* Works out the merge and signs its conflicts by the histories; it is the merging's until the next run. */
vd_status vd_merging_run(vd_merging *merging, vd_choices *choices, const vd_merge **out);
/* Makes the merges in a copy of `into`, undecided conflicts as they are in it; the caller frees. */
vd_status vd_merging_result(const vd_merging *merging, vd_plan **out);
/* Makes several merges, each into the result of the one before, one edit of `file` (mine, or a copy of it), titled by the
 * files' names, the last author there and the number of changes. VD_ERR_USAGE while conflicts are undecided. */
vd_status vd_merging_write(vd_merging *const *all, size_t n, vd_plan_file *file);

#endif
