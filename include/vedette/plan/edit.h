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
  const char *
      merged; /* ids of edits of another copy of the plan that this one takes in, separated by spaces; or NULL */
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
  /* Loads what other programs changed since, if anything; called after each commit. May be NULL. */
  vd_status (*refresh)(void *context, vd_plan *plan);
} vd_journal;
/* Copies the struct; `context` stays the caller's. NULL: none from now on. */
void vd_plan_use_journal(vd_plan *plan, const vd_journal *journal);
/* Who edits from now on; copied. */
void vd_plan_use_author(vd_plan *plan, const char *author);

vd_status vd_edit_start(vd_plan *plan, const char *title, vd_edit **edit);
/* Adds a record (its id is not in the plan; an empty one is made and written into `record`) or replaces the one of
 * that id. Fields are checked (range, references to what the plan or this edit holds by now, geometry type and
 * coordinates): VD_ERR_INPUT names the record and field. `changed` is set from the journal's clock; a new record
 * without them gets author and created, a replaced one keeps its own. The record is copied. */
vd_status vd_edit_put(vd_edit *edit, vd_kind kind, void *record);
/* Removing a patrol removes its stops. VD_ERR_NOT_FOUND. A record that others still refer to at the commit makes that
 * fail with VD_ERR_INPUT, naming one of them. */
vd_status vd_edit_remove(vd_edit *edit, vd_kind kind, const char *id);
/* Removes all records of a kind; patrols go with their stops. */
vd_status vd_edit_clear(vd_edit *edit, vd_kind kind);
/* The record as this edit leaves it, NULL when it is not there (any more); borrowed from the plan or the edit. */
const void *vd_edit_find(const vd_edit *edit, vd_kind kind, const char *id);
/* How many records were added, replaced and removed so far. */
size_t vd_edit_n_changes(const vd_edit *edit);
/* NULL removes it. The values are copied. */
vd_status vd_edit_put_raster(vd_edit *edit, vd_raster_kind kind, const vd_raster *raster);
vd_status vd_edit_put_info(vd_edit *edit, const vd_plan_info *info);
/* Records go in with the author they come with, and their times where they have any: they were edited elsewhere. */
void vd_edit_keep_stamps(vd_edit *edit);
/* Notes for the journal which edits of another copy this one takes in (see vd_operation); copied. An edit with such a note
 * is kept in the history even when it changes nothing. NULL or "": none. */
void vd_edit_mark_merged(vd_edit *edit, const char *merged);
/* Both end and free the edit, whatever they return. An edit that changed nothing leaves no history. When another program
 * changed the same record meanwhile the commit fails with VD_ERR_BUSY and the plan then shows that change. */
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
