/* edit: every change of a plan, each a named operation that is durable before it is seen, and undoable.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   vd_edit *edit;
 *   VD_TRY(vd_edit_start(plan, _("Move base"), &edit));
 *   VD_TRY(vd_edit_put(edit, VD_KIND_BASE, &moved));
 *   VD_TRY(vd_edit_commit(edit));     (an edit that is not committed leaves nothing behind: vd_edit_cancel)
 *
 * A commit first asks the plan's journal (the file) to make it durable; only then does the plan in memory change.
 * On failure neither changes. */
#ifndef VEDETTE_PLAN_EDIT_H
#define VEDETTE_PLAN_EDIT_H

#include "vedette/plan/plan.h"

typedef struct vd_edit vd_edit;

/* One changed record: before NULL is an addition, after NULL a removal. */
typedef struct vd_change {
  vd_kind kind;
  const void *before, *after;
} vd_change;
typedef struct vd_raster_change {
  vd_raster_kind kind;
  const vd_raster *after; /* NULL: removed */
} vd_raster_change;
typedef struct vd_operation {
  const char *title; /* what a person reads in the undo menu */
  const char *author;
  int64_t time_s;
  const vd_change *changes;
  size_t n_changes;
  const vd_raster_change *rasters;
  size_t n_rasters;
  const vd_plan_info *info; /* NULL: unchanged */
} vd_operation;

/* Where edits are made durable. The store implements it; without a journal edits live in memory only and cannot
 * be undone. `undo` and `redo` change the file and then reload the plan through vd_plan_load_*. */
typedef struct vd_journal {
  void *context;
  vd_status (*write)(void *context, const vd_operation *operation);
  vd_status (*undo_last)(void *context, vd_plan *plan);
  vd_status (*redo_next)(void *context, vd_plan *plan);
  /* Title of what undo / redo would do, borrowed until the next call; NULL: nothing. */
  const char *(*undo_title)(void *context);
  const char *(*redo_title)(void *context);
  int64_t (*now_s)(void *context); /* the clock, since a plan never asks the time by itself */
} vd_journal;
void vd_plan_use_journal(vd_plan *plan, const vd_journal *journal);
/* Who edits from now on; copied. */
void vd_plan_use_author(vd_plan *plan, const char *author);

vd_status vd_edit_start(vd_plan *plan, const char *title, vd_edit **edit);
/* Adds (unknown or empty id: a new one is made and written into `record->id`) or replaces a record. Fields are
 * checked (range, words, references, geometry type and coordinates): VD_ERR_INPUT names the record and field.
 * Author, created and changed are set here. */
vd_status vd_edit_put(vd_edit *edit, vd_kind kind, void *record);
/* Removing a patrol removes its stops. VD_ERR_NOT_FOUND; VD_ERR_INPUT when another record refers to it. */
vd_status vd_edit_remove(vd_edit *edit, vd_kind kind, const char *id);
/* Removes all records of a kind. */
vd_status vd_edit_clear(vd_edit *edit, vd_kind kind);
vd_status vd_edit_put_raster(vd_edit *edit, vd_raster_kind kind, const vd_raster *raster);
vd_status vd_edit_put_info(vd_edit *edit, const vd_plan_info *info);
/* Both end and free the edit, whatever they return. */
vd_status vd_edit_commit(vd_edit *edit);
void vd_edit_cancel(vd_edit *edit);

/* Named operations used by tools and commands (each one edit with its own title). */
vd_status vd_edit_move(vd_plan *plan, vd_kind kind, const char *id, double lon_deg, double lat_deg);
vd_status vd_edit_set_field(vd_plan *plan, vd_kind kind, const char *id, const char *field, const char *text);

/* ---- history ---- */
vd_status vd_plan_undo(vd_plan *plan); /* VD_ERR_NOT_FOUND: nothing to undo */
vd_status vd_plan_redo(vd_plan *plan);
const char *vd_plan_undo_title(const vd_plan *plan); /* NULL: nothing */
const char *vd_plan_redo_title(const vd_plan *plan);

#endif
