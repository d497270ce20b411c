/* db: one SQLite connection.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/db.h"

#include <math.h>
#include <string.h>

#include "store/spatial.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

enum { LONGEST_TEXT = 65536 };

/* ---- errors ---- */

static vd_status code_of(int error) {
  switch (error & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return VD_ERR_BUSY;
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_FORMAT:
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH:
  case SQLITE_ERROR:
  case SQLITE_SCHEMA:
    return VD_ERR_INPUT;
  case SQLITE_NOMEM:
    return VD_ERR_MEMORY;
  case SQLITE_TOOBIG:
    return VD_ERR_LIMIT;
  case SQLITE_FULL:
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
  case SQLITE_READONLY:
  case SQLITE_PERM:
  case SQLITE_AUTH:
  case SQLITE_PROTOCOL:
    return VD_ERR_IO;
  default:
    return VD_ERR_INTERNAL;
  }
}

static const char *sentence_of(int error) {
  switch (error & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return _("Another program is writing to the file. Try again when it is done.");
  case SQLITE_CORRUPT:
    return _("The file is damaged. Open a copy made earlier.");
  case SQLITE_NOTADB:
    return _("The file is not a plan.");
  case SQLITE_NOMEM:
    return _("There is not enough memory. Close other programs and try again.");
  case SQLITE_TOOBIG:
    return _("This is more than one edit can hold. Do it in several parts.");
  case SQLITE_FULL:
    return _("The disk is full. Make room and try again; everything before this edit is kept.");
  case SQLITE_IOERR:
    return _(
        "The disk refused to read or write. Check it and try again; everything before this edit is kept.");
  case SQLITE_CANTOPEN:
    return _("The file cannot be opened. Check that it is there and that you may read and write it and its "
             "folder.");
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return _("The file may not be written. Check its permissions or save a copy elsewhere.");
  default:
    return NULL;
  }
}

vd_status vd_db_fail(sqlite3 *db) {
  int error = db ? sqlite3_extended_errcode(db) : SQLITE_NOMEM;
  vd_debug("sql", "error %d: %s", error, db ? sqlite3_errmsg(db) : "");
  vd_status code = code_of(error);
  const char *sentence = sentence_of(error);
  if (sentence) return vd_fail(code, "%s", sentence);
  return vd_fail(code, _("The file is not what a plan should be (%s)."), sqlite3_errmsg(db));
}

/* ---- opening ---- */

static const struct {
  int id, most;
} limits[] = {
    {SQLITE_LIMIT_SQL_LENGTH, 1000000},     {SQLITE_LIMIT_COLUMN, 300},       {SQLITE_LIMIT_EXPR_DEPTH, 100},
    {SQLITE_LIMIT_COMPOUND_SELECT, 10},     {SQLITE_LIMIT_VDBE_OP, 100000},   {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 50}, {SQLITE_LIMIT_TRIGGER_DEPTH, 10},
};

static vd_status set_up(sqlite3 *db) {
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, VD_DB_WAIT_MS);
  for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) sqlite3_limit(db, limits[i].id, limits[i].most);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
  VD_TRY(vd_spatial_register(db));
  return vd_db_exec(db, "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;"
                        "PRAGMA secure_delete = ON; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536");
}

vd_status vd_db_open(const char *path, vd_db_mode mode, sqlite3 **db) {
  static const int flags[] = {
      [VD_DB_READ] = SQLITE_OPEN_READONLY,
      [VD_DB_WRITE] = SQLITE_OPEN_READWRITE,
      [VD_DB_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE,
  };
  sqlite3 *opened = NULL;
  *db = NULL;
  /* "file:" would begin a URI, in which ? and # mean something. */
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (vd_str_starts(path, "file:")) path = vd_str_printf(arena, "./%s", path);
  int error = sqlite3_open_v2(path, &opened, flags[mode] | SQLITE_OPEN_NOMUTEX, NULL);
  vd_status status = error == SQLITE_OK ? set_up(opened) : vd_db_fail(opened);
  if (status != VD_OK) return vd_db_cleanup(&opened), status;
  *db = opened;
  return VD_OK;
}

void vd_db_trust(sqlite3 *db) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 1, NULL);
}

void vd_db_cleanup(sqlite3 **db) {
  sqlite3_close_v2(*db);
  *db = NULL;
}

/* ---- statements ---- */

static vd_status prepare(sqlite3 *db, sqlite3_stmt **statement, const char *format, va_list args) {
  char *sql = sqlite3_vmprintf(format, args);
  *statement = NULL;
  if (!sql) return vd_fail(VD_ERR_MEMORY, "%s", sentence_of(SQLITE_NOMEM));
  int error = sqlite3_prepare_v2(db, sql, -1, statement, NULL);
  if (error != SQLITE_OK) vd_debug("sql", "%s", sql);
  sqlite3_free(sql);
  return error == SQLITE_OK ? VD_OK : vd_db_fail(db);
}

vd_status vd_db_prepare(sqlite3 *db, sqlite3_stmt **statement, const char *format, ...) {
  va_list args;
  va_start(args, format);
  vd_status status = prepare(db, statement, format, args);
  va_end(args);
  return status;
}

void vd_statement_cleanup(sqlite3_stmt **statement) {
  sqlite3_finalize(*statement);
  *statement = NULL;
}

vd_status vd_db_exec(sqlite3 *db, const char *format, ...) {
  va_list args;
  va_start(args, format);
  char *sql = sqlite3_vmprintf(format, args);
  va_end(args);
  if (!sql) return vd_fail(VD_ERR_MEMORY, "%s", sentence_of(SQLITE_NOMEM));
  int error = sqlite3_exec(db, sql, NULL, NULL, NULL);
  if (error != SQLITE_OK) vd_debug("sql", "%s", sql);
  sqlite3_free(sql);
  return error == SQLITE_OK ? VD_OK : vd_db_fail(db);
}

vd_status vd_statement_row(sqlite3_stmt *statement, bool *row) {
  int error = sqlite3_step(statement);
  *row = error == SQLITE_ROW;
  return error == SQLITE_ROW || error == SQLITE_DONE ? VD_OK : vd_db_fail(sqlite3_db_handle(statement));
}

vd_status vd_statement_run(sqlite3_stmt *statement) {
  bool row = true;
  vd_status status = VD_OK;
  while (row && status == VD_OK) status = vd_statement_row(statement, &row);
  sqlite3_reset(statement);
  return status;
}

vd_status vd_db_int(sqlite3 *db, int64_t *value, const char *format, ...) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  va_list args;
  va_start(args, format);
  vd_status status = prepare(db, &statement, format, args);
  va_end(args);
  bool row = false;
  if (status == VD_OK) status = vd_statement_row(statement, &row);
  *value = row ? sqlite3_column_int64(statement, 0) : 0;
  return status;
}

vd_status vd_db_text(sqlite3 *db, vd_arena *arena, const char **value, const char *format, ...) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  va_list args;
  va_start(args, format);
  vd_status status = prepare(db, &statement, format, args);
  va_end(args);
  bool row = false;
  if (status == VD_OK) status = vd_statement_row(statement, &row);
  *value = row ? vd_column_text(arena, statement, 0) : NULL;
  return status;
}

/* ---- values ---- */

const char *vd_column_text(vd_arena *arena, sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return text && *text ? vd_utf8_clean(arena, text, LONGEST_TEXT) : NULL;
}

void vd_bind_text(sqlite3_stmt *statement, int column, const char *text) {
  if (text && *text)
    sqlite3_bind_text(statement, column, text, -1, SQLITE_STATIC);
  else
    sqlite3_bind_null(statement, column);
}

void vd_bind_real(sqlite3_stmt *statement, int column, double value) {
  if (isfinite(value))
    sqlite3_bind_double(statement, column, value);
  else
    sqlite3_bind_null(statement, column);
}

void vd_bind_time(sqlite3_stmt *statement, int column, int64_t time_s, int64_t open_s) {
  if (time_s == open_s) {
    sqlite3_bind_null(statement, column);
    return;
  }
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *text = vd_time_iso(arena, time_s); /* the standard's DATETIME has thousandths */
  if (*text) text = vd_str_printf(arena, "%.19s.000Z", text);
  sqlite3_bind_text(statement, column, text, -1, SQLITE_TRANSIENT);
}
