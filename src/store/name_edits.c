/* name_edits: what each edit of the history is called in every copy of the plan.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The name follows from the edit and the name of the one before, the first from the plan's id: two copies that hold an edit
 * of one name went through the same edits up to it. It is the same for copies that were brought up to date apart. */
#include "store/db.h"
#include "store/file.h"
#include "store/lineage.h"
#include "vedette/base/hash.h"
#include "vedette/base/str.h"

void vd_name_edit(const char *before, sqlite3_stmt *row, int first_column, char id[VD_UUID_SIZE]) {
  enum { N_TEXTS = 4 }; /* title, author, time, rasters; then the changeset */
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_hash hash;
  char hex[VD_HASH_HEX_SIZE];
  vd_hash_start(&hash);
  for (int i = 0; i < N_TEXTS; i++) vd_hash_add_text(&hash, vd_column_text(arena, row, first_column + i));
  int size = sqlite3_column_bytes(row, first_column + N_TEXTS);
  vd_hash_add_i64(&hash, size);
  if (size > 0) vd_hash_add(&hash, sqlite3_column_blob(row, first_column + N_TEXTS), (size_t)size);
  vd_hash_finish(&hash, hex);
  vd_uuid_of(before, hex, id);
}

vd_status vd_history_has(sqlite3 *db, const char *column, bool *has) {
  int64_t n;
  VD_TRY(
      vd_db_int(db, &n, "SELECT count(*) FROM pragma_table_info('vedette_history') WHERE name = %Q", column));
  *has = n > 0;
  return VD_OK;
}

static vd_status add_columns(sqlite3 *db) {
  static const char *const columns[] = {"id", "merged"};
  for (int i = 0; i < 2; i++) {
    bool has;
    VD_TRY(vd_history_has(db, columns[i], &has));
    if (!has) VD_TRY(vd_db_exec(db, "ALTER TABLE vedette_history ADD COLUMN %s TEXT", columns[i]));
  }
  /* So that names are found without reading through the changesets before them. */
  return vd_db_exec(db, "CREATE INDEX IF NOT EXISTS vedette_history_name ON vedette_history (number, id)");
}

static vd_status name_before(sqlite3 *db, vd_arena *arena, int64_t number, const char **name) {
  VD_TRY(vd_db_text(db, arena, name,
                    "SELECT id FROM vedette_history WHERE number < %lld ORDER BY number DESC LIMIT 1",
                    number));
  if (*name) return VD_OK;
  return vd_db_text(db, arena, name, "SELECT id FROM \"" VD_PLAN_TABLE "\" ORDER BY fid LIMIT 1");
}

static vd_status name_one(sqlite3 *db, int64_t number) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  const char *before;
  char id[VD_UUID_SIZE];
  bool row;
  VD_TRY(name_before(db, arena, number, &before));
  VD_TRY(vd_db_prepare(
      db, &statement,
      "SELECT title, author, time, rasters, changeset FROM vedette_history WHERE number = %lld", number));
  VD_TRY(vd_statement_row(statement, &row));
  if (!row) return VD_OK;
  vd_name_edit(before, statement, 0, id);
  vd_statement_cleanup(&statement);
  return vd_db_exec(db, "UPDATE vedette_history SET id = %Q WHERE number = %lld", id, number);
}

vd_status vd_file_name_edits(sqlite3 *db) {
  VD_TRY(add_columns(db));
  for (;;) {
    int64_t number;
    VD_TRY(vd_db_int(db, &number, "SELECT min(number) FROM vedette_history WHERE id IS NULL"));
    if (!number) return VD_OK;
    VD_TRY(name_one(db, number));
  }
}
