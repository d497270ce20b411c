/* kept: bytes that follow from the plan and are kept with it, in a table of their own outside of the history.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The table is made when something is first kept. It holds one set of bytes a name, in parts, so that no part needs twice
 * its memory. What stands in it is not believed: the reader checks the key, and whoever asked for the bytes checks them. */
#include <string.h>

#include "store/db.h"
#include "store/file.h"
#include "vedette/base/i18n.h"

enum { PART_SIZE = 1 << 22 };

static vd_status nothing(const vd_kept *kept) {
  return vd_fail(VD_ERR_NOT_FOUND, _("Nothing is kept with the plan under “%s”."), kept->name);
}

/* The size of all parts; 0 when there are none under this key, or the table is something else than ours. */
static vd_status measure(sqlite3 *db, const vd_kept *kept, int64_t *size) {
  int64_t plain;
  *size = 0;
  VD_TRY(vd_db_int(db, &plain,
                   "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name ="
                   " 'vedette_kept' AND sql NOT LIKE '%% AS (%%'"));
  if (!plain) return VD_OK;
  return vd_db_int(db, size,
                   "SELECT ifnull(sum(length(bytes)), 0) FROM vedette_kept WHERE name = %Q AND key = %Q AND"
                   " typeof(bytes) = 'blob'",
                   kept->name, kept->key);
}

static vd_status read_parts(sqlite3 *db, const vd_kept *kept, uint8_t *bytes, size_t size) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(db, &statement,
                       "SELECT bytes FROM vedette_kept WHERE name = %Q AND key = %Q AND typeof(bytes) ="
                       " 'blob' ORDER BY part",
                       kept->name, kept->key));
  for (size_t at = 0;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) return at == size ? VD_OK : nothing(kept);
    const void *part = sqlite3_column_blob(statement, 0);
    size_t n = (size_t)sqlite3_column_bytes(statement, 0);
    if (n > size - at) return nothing(kept);
    if (part && n) memcpy(bytes + at, part, n);
    at += n;
  }
}

static vd_status read_kept(sqlite3 *db, vd_arena *arena, vd_kept *kept) {
  int64_t size;
  VD_TRY(measure(db, kept, &size));
  if (size <= 0) return nothing(kept);
  uint8_t *bytes = vd_arena_try_alloc(arena, (size_t)size, 1);
  if (!bytes) return nothing(kept);
  VD_TRY(read_parts(db, kept, bytes, (size_t)size));
  kept->bytes = bytes;
  kept->n = (size_t)size;
  return VD_OK;
}

vd_status vd_file_find_kept(const char *place, vd_arena *arena, vd_kept *kept) {
  VD_CLEANUP(vd_db_cleanup) sqlite3 *db = NULL;
  VD_TRY(vd_db_open(place, VD_DB_READ, &db));
  VD_TRY(vd_db_exec(db, "BEGIN")); /* one view of all parts */
  return read_kept(db, arena, kept);
}

static vd_status write_parts(sqlite3 *db, const vd_kept *kept) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  const uint8_t *bytes = kept->bytes;
  VD_TRY(vd_db_prepare(db, &statement,
                       "INSERT INTO vedette_kept (name, key, part, bytes) VALUES (%Q, %Q, ?1, ?2)",
                       kept->name, kept->key));
  for (size_t at = 0, part = 0; at < kept->n; at += PART_SIZE, part++) {
    size_t n = kept->n - at < PART_SIZE ? kept->n - at : PART_SIZE;
    sqlite3_bind_int64(statement, 1, (int64_t)part);
    sqlite3_bind_blob64(statement, 2, bytes + at, n, SQLITE_STATIC);
    VD_TRY(vd_statement_run(statement));
  }
  return VD_OK;
}

/* A table of that name is dropped with whatever another program hung on it. */
static vd_status write_kept(sqlite3 *db, const vd_kept *kept) {
  VD_TRY(vd_db_exec(db,
                    "DROP TABLE IF EXISTS vedette_kept;"
                    "CREATE TABLE vedette_kept (name TEXT NOT NULL, part INTEGER NOT NULL, key TEXT NOT NULL,"
                    " bytes BLOB NOT NULL, PRIMARY KEY (name, part))"));
  return write_parts(db, kept);
}

vd_status vd_plan_file_keep(vd_plan_file *file, const vd_kept *kept) {
  if (file->mode != VD_OPEN_EDIT) return vd_fail(VD_ERR_USAGE, _("The plan was opened for reading only."));
  VD_TRY(vd_file_begin(file));
  return vd_file_end(file, write_kept(file->db, kept));
}
