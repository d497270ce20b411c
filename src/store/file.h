/* file: the inside of an open plan file, for plan_file.c and journal.c.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_FILE_H
#define VEDETTE_SRC_STORE_FILE_H

#include <sqlite3.h>

#include "store/rows.h"
#include "vedette/store/plan_file.h"

struct vd_plan_file {
  vd_arena *arena;
  const char *path;
  vd_open_mode mode;
  sqlite3 *db;
  vd_plan *plan;
  int64_t data_version; /* SQLite's count of others' commits when the plan was last read */
  bool has_log;         /* the journal was set up: closing puts it away */
  int64_t editor;       /* row in vedette_editor, 0: none */
  vd_arena *load_arena; /* notes and new ids of the last reading */
  vd_notes notes;
  vd_new_ids new_ids;
  const char *mended; /* notes of opening, kept over refreshes */
  vd_arena *title_arena;
  const char *undo_title, *redo_title;
};

/* Seconds since 1970 by the system's clock or SOURCE_DATE_EPOCH. */
int64_t vd_file_now_s(void *context);
/* A transaction that waits its turn; VD_ERR_BUSY names who has the file. */
vd_status vd_file_begin(vd_plan_file *file);
/* Commits when `status` is VD_OK and rolls back otherwise; gives the first failure. */
vd_status vd_file_end(vd_plan_file *file, vd_status status);
/* Reads the plan anew: everything, or one kind. */
vd_status vd_file_load_all(vd_plan_file *file);
vd_status vd_file_load_kind(vd_plan_file *file, vd_kind kind);

/* What one operation touches: kinds, and the plan's own row. */
typedef struct vd_touch {
  bool kinds[VD_KIND_COUNT], info;
} vd_touch;
/* journal.c, within a transaction. Rows that came without ids get them, outside of the history: no person made that
 * change. */
vd_status vd_file_write_new_ids(vd_plan_file *file);
/* Extents and times of change of the layers touched. */
vd_status vd_file_refresh_contents(sqlite3 *db, const vd_touch *touched, int64_t time_s);
/* Takes the next "elevation:0>3" off a history row's list; false at its end. */
bool vd_next_raster_word(const char **list, vd_raster_kind *kind, int64_t *before, int64_t *after);
/* undo.c: one step back or forth, durable, and the plan read accordingly. */
vd_status vd_file_move(vd_plan_file *file, bool undo);
/* undo.c: takes back every step after the one of that number, within a transaction, of a file that is not kept: extents
 * and the plan in memory are left as they were. */
vd_status vd_file_back_to(vd_plan_file *file, int64_t number);
/* name_edits.c, within a transaction: adds what names edits to the history of an older file, and names those without. */
vd_status vd_file_name_edits(sqlite3 *db);

/* kept.c: looks into the file at `place` by a connection of its own. */
vd_status vd_file_find_kept(const char *place, vd_arena *arena, vd_kept *kept);

/* journal.c: the plan's journal, with the file as its context. */
vd_journal vd_file_journal(vd_plan_file *file);
/* Reads the titles of what undo and redo would do. */
vd_status vd_file_load_titles(vd_plan_file *file);

#endif
