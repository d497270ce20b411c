/* lineage: the edits a plan file has been through, by their names.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_LINEAGE_H
#define VEDETTE_SRC_STORE_LINEAGE_H

#include "store/file.h"
#include "store/schema.h"
#include "vedette/store/lineage.h"

/* The name of an edit after the one called `before`. The row's columns from `first_column` on are title, author, time,
 * rasters and changeset. */
void vd_name_edit(const char *before, sqlite3_stmt *row, int first_column, char id[VD_UUID_SIZE]);
vd_status vd_history_has(sqlite3 *db, const char *column, bool *has);

typedef struct vd_known_edit {
  const char *id, *title, *author, *merged;
  int64_t number, time_s;
} vd_known_edit;

typedef struct vd_edits {
  const char *root;   /* the plan's id */
  vd_known_edit *all; /* those in force, oldest first */
  size_t n, capacity;
  const char **gone; /* taken back: undone, or undone and dropped */
  size_t n_gone, gone_capacity;
  const char **known; /* sorted: root, in force, undone, dropped, and what was merged in */
  size_t n_known, known_capacity;
} vd_edits;
/* `more` are further names taken as merged in, separated by spaces; NULL none. */
vd_status vd_edits_read(vd_plan_file *file, const char *more, vd_arena *arena, vd_edits *out);
bool vd_edits_know(const vd_edits *edits, const char *id);

#endif
