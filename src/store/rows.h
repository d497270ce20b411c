/* rows: records as rows of their tables, there and back.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_ROWS_H
#define VEDETTE_SRC_STORE_ROWS_H

#include <sqlite3.h>

#include "vedette/plan/plan.h"

/* What was read otherwise than it stands in the file, as sentences. Beyond the first hundred they are only counted. */
typedef struct vd_notes {
  vd_arena *arena;
  const char **sentences;
  size_t n, capacity, n_more;
} vd_notes;
void vd_notes_add(vd_notes *notes, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A row that came without a usable id (added in QGIS): the id it was given, to be written at the next edit, and
 * what stood there. */
typedef struct vd_new_id {
  vd_kind kind;
  int64_t fid;
  const char *old;
  char id[VD_UUID_SIZE];
} vd_new_id;
typedef struct vd_new_ids {
  vd_arena *arena;
  vd_new_id *items;
  size_t n, capacity;
} vd_new_ids;

/* All records of a kind, in the order of their rows, into the plan. */
vd_status vd_rows_load(sqlite3 *db, vd_kind kind, vd_plan *plan, vd_notes *notes, vd_new_ids *new_ids);
vd_status vd_rows_load_info(sqlite3 *db, vd_plan *plan, vd_notes *notes);
/* The record of an id as it stands in the file, in the arena; NULL when there is none. */
vd_status vd_rows_find(sqlite3 *db, vd_kind kind, const char *id, vd_arena *arena, void **record);

/* Writing rows of one kind: prepare once, then put and remove. */
typedef struct vd_row_writer {
  sqlite3 *db;
  vd_kind kind;
  sqlite3_stmt *insert, *update, *erase;
} vd_row_writer;
vd_status vd_row_writer_start(vd_row_writer *writer, sqlite3 *db, vd_kind kind);
void vd_row_writer_cleanup(vd_row_writer *writer);
vd_status vd_row_insert(vd_row_writer *writer, const void *record);
/* VD_ERR_BUSY when the row is gone. */
vd_status vd_row_update(vd_row_writer *writer, const void *record);
vd_status vd_row_erase(vd_row_writer *writer, const char *id);
vd_status vd_rows_write_info(sqlite3 *db, const vd_plan_info *info);

#endif
