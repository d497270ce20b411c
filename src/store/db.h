/* db: one SQLite connection - opening it safely, running statements, and errors as sentences.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_DB_H
#define VEDETTE_SRC_STORE_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"

typedef enum vd_db_mode { VD_DB_READ, VD_DB_WRITE, VD_DB_CREATE } vd_db_mode;

/* How long one editor waits for another. */
enum { VD_DB_WAIT_MS = 5000 };

/* Opens a connection that trusts nothing in the file: no extensions, no views, functions of the schema only when they
 * are harmless, limits on sizes; the spatial functions of spatial.h are there. */
vd_status vd_db_open(const char *path, vd_db_mode mode, sqlite3 **db);
void vd_db_cleanup(sqlite3 **db);
/* Lets triggers write to virtual tables, as those of a GeoPackage's R-tree do: SQLite has no finer switch for that. For a
 * schema that we made or that vd_guard_schema has found to hold nothing but what a plan has. */
void vd_db_trust(sqlite3 *db);
/* The connection's last error as a status and a sentence; never VD_OK. */
vd_status vd_db_fail(sqlite3 *db);

/* Formats are sqlite3_mprintf's: %w for names within double quotes, %Q for texts. */
vd_status vd_db_exec(sqlite3 *db, const char *format, ...);
vd_status vd_db_prepare(sqlite3 *db, sqlite3_stmt **statement, const char *format, ...);
void vd_statement_cleanup(sqlite3_stmt **statement);
/* Runs a statement to its end and makes it ready to run again. */
vd_status vd_statement_run(sqlite3_stmt *statement);
/* The next row: *row tells whether there was one. */
vd_status vd_statement_row(sqlite3_stmt *statement, bool *row);
/* The first column of the first row; 0 or NULL when there is no row. */
vd_status vd_db_int(sqlite3 *db, int64_t *value, const char *format, ...);
vd_status vd_db_text(sqlite3 *db, vd_arena *arena, const char **value, const char *format, ...);

/* The text of a column as clean UTF-8, NULL when it is empty. */
const char *vd_column_text(vd_arena *arena, sqlite3_stmt *statement, int column);
/* Binds text (borrowed until the statement runs), NULL for an empty one. */
void vd_bind_text(sqlite3_stmt *statement, int column, const char *text);
void vd_bind_real(sqlite3_stmt *statement, int column, double value);
/* Times as TEXT "2026-03-14T05:30:00.000Z", NULL when `time_s` equals `open_s`. */
void vd_bind_time(sqlite3_stmt *statement, int column, int64_t time_s, int64_t open_s);

#endif
