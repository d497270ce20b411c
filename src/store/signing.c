/* signing: who made a conflict's value and when, by the history.
 * SPDX-License-Identifier: Apache-2.0 */
#define SQLITE_ENABLE_SESSION /* the library has both; the header shows them on demand */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <string.h>

#include "store/changeset.h"
#include "store/db.h"
#include "store/lineage.h"
#include "vedette/base/str.h"

/* Where a conflict is to be found in changesets. */
typedef struct target {
  vd_conflict *conflict;
  const char *table;
  int64_t fid; /* of its row, 0: the row is gone */
  int column;  /* -1: any */
  int id_column;
  bool signed_already;
} target;

typedef struct signing {
  sqlite3 *db;
  vd_side side;
  target *targets;
  size_t n, n_left;
} signing;

static vd_status column_of(sqlite3 *db, const char *table, const char *name, int *column) {
  int64_t at;
  VD_TRY(vd_db_int(db, &at, "SELECT coalesce((SELECT cid FROM pragma_table_info(%Q) WHERE name = %Q), -1)",
                   table, name));
  *column = (int)at;
  return VD_OK;
}

static const char *column_name(const vd_conflict *conflict) {
  if (strcmp(conflict->field, "geometry") == 0 || strcmp(conflict->field, "area") == 0) return "geom";
  if (conflict->kind < VD_KIND_COUNT) return conflict->field;
  static const char *const names[][2] = {
      {"utc_offset", "utc_offset_s"}, {"window", "from_time"}, {"cell", "cell_m"}};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i][0], conflict->field) == 0) return names[i][1];
  return conflict->field;
}

static vd_status aim(sqlite3 *db, vd_conflict *conflict, target *at) {
  *at = (target){.conflict = conflict};
  at->table = conflict->kind < VD_KIND_COUNT ? vd_kind_lookup(conflict->kind)->table : VD_PLAN_TABLE;
  VD_TRY(vd_db_int(db, &at->fid, "SELECT fid FROM \"%w\" WHERE id = %Q", at->table, conflict->id));
  VD_TRY(column_of(db, at->table, "id", &at->id_column));
  return column_of(db, at->table, column_name(conflict), &at->column);
}

static bool is_text(sqlite3_value *value, const char *text) {
  const char *said = value ? (const char *)sqlite3_value_text(value) : NULL;
  return said && strcmp(said, text) == 0;
}

static bool has_row(sqlite3_changeset_iter *iterator, const target *at, int op, int n_columns) {
  sqlite3_value *value = NULL;
  if (op == SQLITE_UPDATE) {
    sqlite3changeset_old(iterator, 0, &value); /* the key: fid is the first column */
    return at->fid && value && sqlite3_value_int64(value) == at->fid;
  }
  if (at->id_column < 0 || at->id_column >= n_columns) return false;
  if (op == SQLITE_INSERT)
    sqlite3changeset_new(iterator, at->id_column, &value);
  else
    sqlite3changeset_old(iterator, at->id_column, &value);
  return is_text(value, at->conflict->id);
}

static bool touches(sqlite3_changeset_iter *iterator, const target *at, int op, int n_columns) {
  sqlite3_value *value = NULL;
  if (!has_row(iterator, at, op, n_columns)) return false;
  if (op != SQLITE_UPDATE || at->column < 0) return true;
  if (at->column < n_columns) sqlite3changeset_new(iterator, at->column, &value);
  return value != NULL;
}

static void sign_from(signing *run, sqlite3_changeset_iter *iterator, const char *author, int64_t time_s) {
  while (run->n_left && sqlite3changeset_next(iterator) == SQLITE_ROW) {
    const char *table;
    int n_columns, op, indirect;
    if (sqlite3changeset_op(iterator, &table, &n_columns, &op, &indirect) != SQLITE_OK) return;
    for (size_t i = 0; i < run->n; i++) {
      target *at = &run->targets[i];
      if (at->signed_already || strcmp(at->table, table) != 0 || !touches(iterator, at, op, n_columns))
        continue;
      at->signed_already = true;
      at->conflict->sides[run->side].author = author;
      at->conflict->sides[run->side].time_s = time_s;
      run->n_left--;
    }
  }
}

static vd_status sign_with(signing *run, vd_arena *arena, const vd_known_edit *edit) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  sqlite3_changeset_iter *iterator = NULL;
  bool row;
  VD_TRY(vd_db_prepare(run->db, &statement, "SELECT changeset FROM vedette_history WHERE number = %lld",
                       edit->number));
  VD_TRY(vd_statement_row(statement, &row));
  int size = row ? sqlite3_column_bytes(statement, 0) : 0;
  void *changeset = (void *)(uintptr_t)sqlite3_column_blob(statement, 0); /* only read */
  if (size == 0 || !vd_changeset_is_sound(changeset, (size_t)size)) return VD_OK;
  if (sqlite3changeset_start(&iterator, size, changeset) != SQLITE_OK) return VD_OK;
  sign_from(run, iterator, vd_str_dup(arena, edit->author), edit->time_s);
  sqlite3changeset_finalize(iterator);
  return VD_OK;
}

vd_status vd_plan_file_sign(vd_plan_file *file, vd_side side, vd_conflict *conflicts, size_t n,
                            vd_arena *arena) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_edits edits;
  signing run = {file->db, side, VD_NEW_ARRAY(scratch, target, n + 1), n, n};
  for (size_t i = 0; i < n; i++) VD_TRY(aim(file->db, &conflicts[i], &run.targets[i]));
  VD_TRY(vd_edits_read(file, NULL, scratch, &edits));
  for (size_t i = edits.n; i > 0 && run.n_left; i--) VD_TRY(sign_with(&run, arena, &edits.all[i - 1]));
  return VD_OK;
}
