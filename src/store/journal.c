/* journal: each operation in one durable transaction, with the changeset that undo needs.
 * SPDX-License-Identifier: Apache-2.0 */
#define SQLITE_ENABLE_SESSION /* the library has both; the header shows them on demand */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <stdlib.h>
#include <string.h>

#include "store/db.h"
#include "store/file.h"
#include "store/guard.h"
#include "store/rasters.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static void cleanup_session(sqlite3_session **session) {
  if (*session) sqlite3session_delete(*session);
}

static void cleanup_memory(void **memory) {
  sqlite3_free(*memory);
}

/* ---- writing ---- */

/* Rows that came without ids get them now, outside of the history: they are no change a person made. */
vd_status vd_file_write_new_ids(vd_plan_file *file) {
  for (size_t i = 0; i < file->new_ids.n; i++) {
    const vd_new_id *made = &file->new_ids.items[i];
    VD_TRY(vd_db_exec(file->db, "UPDATE \"%w\" SET id = %Q WHERE fid = %lld AND id IS %Q",
                      vd_kind_lookup(made->kind)->table, made->id, made->fid, made->old));
  }
  return VD_OK;
}

static vd_status changed_meanwhile(vd_plan_file *file, const vd_change *change) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const void *record = change->before ? change->before : change->after;
  return vd_fail(VD_ERR_BUSY, _("%s “%.60s” was changed meanwhile by %.300s. Look at it and try again."),
                 _(vd_kind_lookup(change->kind)->label), vd_record_label(arena, change->kind, record),
                 vd_editor_others(file->db, arena, file->editor));
}

/* After others' commits: the records to be changed must still be what the plan in memory says. */
static vd_status check_against_file(vd_plan_file *file, const vd_operation *operation) {
  for (size_t i = 0; i < operation->n_changes; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    const vd_change *change = &operation->changes[i];
    const vd_record *record = change->before ? change->before : change->after;
    void *found;
    VD_TRY(vd_rows_find(file->db, change->kind, record->id, arena, &found));
    bool same = found && change->before && vd_record_equal(change->kind, found, change->before);
    if ((found || change->before) && !same) return changed_meanwhile(file, change);
  }
  return VD_OK;
}

static vd_touch touched_by(const vd_operation *operation) {
  vd_touch touched = {.info = operation->info != NULL};
  for (size_t i = 0; i < operation->n_changes; i++) touched.kinds[operation->changes[i].kind] = true;
  return touched;
}

static vd_status start_session(vd_plan_file *file, const vd_touch *touched, sqlite3_session **session) {
  int error = sqlite3session_create(file->db, "main", session);
  for (int kind = 0; kind < VD_KIND_COUNT && error == SQLITE_OK; kind++)
    if (touched->kinds[kind]) error = sqlite3session_attach(*session, vd_kind_lookup((vd_kind)kind)->table);
  if (error == SQLITE_OK && touched->info) error = sqlite3session_attach(*session, VD_PLAN_TABLE);
  return error == SQLITE_OK ? VD_OK
                            : vd_fail(VD_ERR_MEMORY, _("There is not enough memory to keep the history."));
}

static vd_status write_change(vd_row_writer *writer, const vd_change *change) {
  if (!change->before) return vd_row_insert(writer, change->after);
  if (change->after) return vd_row_update(writer, change->after);
  return vd_row_erase(writer, ((const vd_record *)change->before)->id);
}

static vd_status write_kind(sqlite3 *db, const vd_operation *operation, vd_kind kind) {
  VD_CLEANUP(vd_row_writer_cleanup) vd_row_writer writer = {0};
  VD_TRY(vd_row_writer_start(&writer, db, kind));
  for (size_t i = 0; i < operation->n_changes; i++)
    if (operation->changes[i].kind == kind) VD_TRY(write_change(&writer, &operation->changes[i]));
  return VD_OK;
}

static vd_status write_records(sqlite3 *db, const vd_operation *operation, const vd_touch *touched) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    if (touched->kinds[kind]) VD_TRY(write_kind(db, operation, (vd_kind)kind));
  return operation->info ? vd_rows_write_info(db, operation->info) : VD_OK;
}

/* The history's word for a raster change: "elevation:0>3", the versions before and after. */
static vd_status write_rasters(sqlite3 *db, const vd_operation *operation, vd_buf *words) {
  for (size_t i = 0; i < operation->n_rasters; i++) {
    const vd_raster_change *change = &operation->rasters[i];
    int64_t before, after = 0;
    VD_TRY(vd_raster_current(db, change->kind, &before));
    if (change->after)
      VD_TRY(vd_raster_put(db, change->kind, change->after, operation->time_s, &after));
    else
      VD_TRY(vd_raster_switch(db, change->kind, 0, operation->time_s));
    vd_buf_printf(words, "%s%s:%lld>%lld", words->n ? " " : "", vd_raster_words[change->kind],
                  (long long)before, (long long)after);
  }
  return VD_OK;
}

vd_status vd_file_refresh_contents(sqlite3 *db, const vd_touch *touched, int64_t time_s) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    if (touched->kinds[kind])
      VD_TRY(vd_layer_refresh_contents(db, vd_kind_lookup((vd_kind)kind)->table, time_s));
  return touched->info ? vd_layer_refresh_contents(db, VD_PLAN_TABLE, time_s) : VD_OK;
}

/* ---- the history's rows ---- */

/* Reads one word of write_rasters; false at the end of the list. */
bool vd_next_raster_word(const char **list, vd_raster_kind *kind, int64_t *before, int64_t *after) {
  const char *at = *list;
  for (int i = 0; at && i < VD_RASTER_COUNT; i++) {
    size_t n = strlen(vd_raster_words[i]);
    if (strncmp(at, vd_raster_words[i], n) != 0 || at[n] != ':') continue;
    char *end;
    *kind = (vd_raster_kind)i;
    *before = strtoll(at + n + 1, &end, 10);
    if (*end != '>') return false;
    *after = strtoll(end + 1, &end, 10);
    *list = end + (*end == ' ');
    return true;
  }
  return false;
}

static vd_status drop_redo(sqlite3 *db) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(
      vd_db_prepare(db, &statement, "SELECT rasters FROM vedette_history WHERE undone AND rasters NOTNULL"));
  for (;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) break;
    const char *list = vd_column_text(arena, statement, 0);
    vd_raster_kind kind;
    int64_t before, after;
    while (vd_next_raster_word(&list, &kind, &before, &after))
      if (after) VD_TRY(vd_raster_forget(db, after));
  }
  vd_statement_cleanup(&statement);
  /* Their names stay: another copy of the plan may hold them, and must learn that they were taken back here. */
  VD_TRY(vd_db_exec(db,
                    "INSERT INTO vedette_meta SELECT 'left', group_concat(id, ' ') FROM vedette_history WHERE"
                    " undone AND id NOTNULL HAVING count(*) > 0 ON CONFLICT (key) DO UPDATE SET value ="
                    " value || ' ' || excluded.value"));
  return vd_db_exec(db, "DELETE FROM vedette_history WHERE undone");
}

static vd_status write_history(sqlite3 *db, const vd_operation *operation, sqlite3_session *session,
                               const char *rasters) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_CLEANUP(cleanup_memory) void *changeset = NULL;
  int size = 0, error = sqlite3session_changeset(session, &size, &changeset);
  if (error != SQLITE_OK)
    return vd_fail(error == SQLITE_NOMEM ? VD_ERR_MEMORY : VD_ERR_LIMIT,
                   _("This is more than one edit can hold. Do it in several parts."));
  VD_TRY(drop_redo(db));
  VD_TRY(vd_db_prepare(db, &statement,
                       "INSERT INTO vedette_history (title, author, time, rasters, changeset, merged)"
                       " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"));
  sqlite3_bind_text(statement, 1, operation->title, -1, SQLITE_STATIC);
  vd_bind_text(statement, 2, operation->author);
  vd_bind_time(statement, 3, operation->time_s, VD_TIME_MIN);
  vd_bind_text(statement, 4, rasters);
  sqlite3_bind_blob(statement, 5, changeset, size, SQLITE_STATIC);
  vd_bind_text(statement, 6, operation->merged);
  VD_TRY(vd_statement_run(statement));
  return vd_file_name_edits(db);
}

static vd_status write_all(vd_plan_file *file, const vd_operation *operation) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(cleanup_session) sqlite3_session *session = NULL;
  vd_touch touched = touched_by(operation);
  vd_buf rasters = {.arena = arena};
  int64_t data_version;
  VD_TRY(vd_file_write_new_ids(file));
  VD_TRY(vd_db_int(file->db, &data_version, "PRAGMA data_version"));
  if (data_version != file->data_version) VD_TRY(check_against_file(file, operation));
  VD_TRY(start_session(file, &touched, &session));
  VD_TRY(write_records(file->db, operation, &touched));
  VD_TRY(write_rasters(file->db, operation, &rasters));
  VD_TRY(write_history(file->db, operation, session, rasters.text));
  return vd_file_refresh_contents(file->db, &touched, operation->time_s);
}

static vd_status write_operation(void *context, const vd_operation *operation) {
  vd_plan_file *file = context;
  VD_TRY(vd_file_begin(file));
  VD_TRY(vd_file_end(file, write_all(file, operation)));
  file->new_ids.n = 0;
  return vd_file_load_titles(file);
}

/* ---- the journal ---- */

static vd_status undo_last(void *context, vd_plan *plan) {
  (void)plan;
  return vd_file_move(context, true);
}

static vd_status redo_next(void *context, vd_plan *plan) {
  (void)plan;
  return vd_file_move(context, false);
}

static const char *undo_title(void *context) {
  return ((vd_plan_file *)context)->undo_title;
}

static const char *redo_title(void *context) {
  return ((vd_plan_file *)context)->redo_title;
}

static vd_status refresh(void *context, vd_plan *plan) {
  (void)plan;
  return vd_plan_file_refresh(context);
}

vd_journal vd_file_journal(vd_plan_file *file) {
  return (vd_journal){.context = file,
                      .write = write_operation,
                      .undo_last = undo_last,
                      .redo_next = redo_next,
                      .undo_title = undo_title,
                      .redo_title = redo_title,
                      .now_s = vd_file_now_s,
                      .refresh = refresh};
}
