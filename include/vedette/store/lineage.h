/* lineage: what two copies of a plan have in common, by the edits in their histories.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each edit has a name that is the same in every copy. Two copies share the edits up to where they went apart; the plan as
 * it was then is found by taking back, in memory, what came after. An edit that merged another copy in knows the names
 * of what it took, so that a later merge starts from there and takes nothing twice. An undone merge knows nothing.
 *
 * Changes made by other programs are in no history. Where both copies reach back to the same point, records that differ
 * there are taken as unknown before, so that every difference in them is told as a conflict; what another program changed
 * in a copy after it was last merged from cannot be told from what was always there. */
#ifndef VEDETTE_STORE_LINEAGE_H
#define VEDETTE_STORE_LINEAGE_H

#include "vedette/plan/merge.h"
#include "vedette/store/plan_file.h"

typedef struct vd_ancestor {
  vd_plan *plan;              /* in memory; freed by vd_ancestor_cleanup */
  const char *title, *author; /* of the last common edit; title NULL: they share the plan's creation alone */
  int64_t time_s;
  size_t n_mine, n_theirs; /* edits since in each */
  size_t
      n_staying; /* edits taken back in one that the other has by a merge: being taken back does not reach it */
} vd_ancestor;

/* The latest state both files have been through. `known` are names already taken in by edits that are not written yet,
 * separated by spaces, or NULL. Neither file is changed. VD_ERR_NOT_FOUND when they share no history; VD_ERR_LIMIT
 * when the file is too large to be copied into memory. Texts are in the arena. */
vd_status vd_plan_file_ancestor(vd_plan_file *mine, vd_plan_file *theirs, const char *known, vd_arena *arena,
                                vd_ancestor *out);
void vd_ancestor_cleanup(vd_ancestor *ancestor);
/* The names that a merge of `theirs` into `mine` takes in, separated by spaces: for vd_merge_apply. "" when mine has them
 * all. */
vd_status vd_plan_file_merged(vd_plan_file *mine, vd_plan_file *theirs, const char *known, vd_arena *arena,
                              const char **names);
/* Sets author and time of one side of each conflict to those of the last edit in the file's history that made it so; one
 * that no edit made keeps the record's. */
vd_status vd_plan_file_sign(vd_plan_file *file, vd_side side, vd_conflict *conflicts, size_t n,
                            vd_arena *arena);

#endif
