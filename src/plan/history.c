/* history: who edits, where edits are kept, and going back and forth in them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/document.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

void vd_plan_use_journal(vd_plan *plan, const vd_journal *journal) {
  plan->has_journal = journal != NULL;
  if (journal) plan->journal = *journal;
}

void vd_plan_use_author(vd_plan *plan, const char *author) {
  plan->author = vd_str_dup(plan->author_arena, author);
}

vd_status vd_plan_settle(vd_plan *plan, vd_status status) {
  if (status != VD_ERR_BUSY || !plan->journal.refresh) return status;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *message = vd_str_dup(arena, vd_last_message());
  VD_TRY(plan->journal.refresh(plan->journal.context, plan));
  return vd_fail(VD_ERR_BUSY, "%s", message);
}

vd_status vd_plan_undo(vd_plan *plan) {
  if (!vd_plan_undo_title(plan)) return vd_fail(VD_ERR_NOT_FOUND, _("There is nothing to undo."));
  return vd_plan_settle(plan, plan->journal.undo_last(plan->journal.context, plan));
}

vd_status vd_plan_redo(vd_plan *plan) {
  if (!vd_plan_redo_title(plan)) return vd_fail(VD_ERR_NOT_FOUND, _("There is nothing to redo."));
  return vd_plan_settle(plan, plan->journal.redo_next(plan->journal.context, plan));
}

const char *vd_plan_undo_title(const vd_plan *plan) {
  bool knows = plan->has_journal && plan->journal.undo_title;
  return knows ? plan->journal.undo_title(plan->journal.context) : NULL;
}

const char *vd_plan_redo_title(const vd_plan *plan) {
  bool knows = plan->has_journal && plan->journal.redo_title;
  return knows ? plan->journal.redo_title(plan->journal.context) : NULL;
}
