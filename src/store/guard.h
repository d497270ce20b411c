/* guard: what protects the file from its surroundings - network file systems, strange triggers, other editors.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_GUARD_H
#define VEDETTE_SRC_STORE_GUARD_H

#include <sqlite3.h>

#include "store/rows.h"

/* Whether a file system of this type (statfs) is shared between machines, where a write-ahead log is not safe. */
bool vd_file_system_is_shared(long type);
/* Whether `path` lies on one; the switch VEDETTE_DEBUG=shared says so of every path. */
bool vd_path_is_shared(const char *path);
/* Write-ahead log with full syncs, or the rollback journal with extra ones on a shared file system. */
vd_status vd_guard_durability(sqlite3 *db, bool shared);
/* Ends a connection so that nothing but the file itself is left. */
void vd_guard_close(sqlite3 *db);

/* Whether the database is a plan at all; VD_ERR_INPUT says what else it may be. `version` is its schema's. */
vd_status vd_guard_is_plan(sqlite3 *db, int64_t *version);
/* Reads every page once: VD_ERR_INPUT when the file is damaged. */
vd_status vd_guard_is_sound(sqlite3 *db);
/* VD_ERR_INPUT when a table of the plan is not a table, or (editing) has a trigger of unknown purpose or an expression that
 * would run at every change: a check, a generated column, a computed default, an index on an expression. */
vd_status vd_guard_schema(sqlite3 *db, bool editing);
/* Puts back columns, R-tree triggers and R-tree rows that another program dropped; within a transaction. */
vd_status vd_guard_mend(sqlite3 *db, vd_notes *notes);

/* Enters this process in the list of editors, dropping those of this machine that no longer run; within a transaction. */
vd_status vd_editor_enter(sqlite3 *db, const char *name, int64_t time_s, int64_t *number);
vd_status vd_editor_leave(sqlite3 *db, int64_t number);
/* "Amina on camp-3 (process 812), since 2026-03-14T05:30:00Z" of the other editors, or what to think without. */
const char *vd_editor_others(sqlite3 *db, vd_arena *arena, int64_t number);

#endif
