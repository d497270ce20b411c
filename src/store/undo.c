/* undo: going back and forth in the history by its changesets, and reading it.
 * SPDX-License-Identifier: Apache-2.0 */
#define SQLITE_ENABLE_SESSION /* the library has both; the header shows them on demand */
#define SQLITE_ENABLE_PREUPDATE_HOOK
#include <string.h>

#include "store/changeset.h"
#include "store/db.h"
#include "store/file.h"
#include "store/rasters.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static void cleanup_memory(void **memory) {
  sqlite3_free(*memory);
}

/* An operation as it stands in the history. */
typedef struct step {
  int64_t number;
  const char *rasters;
  const void *changeset;
  int size;
} step;

static vd_status find_step(vd_plan_file *file, vd_arena *arena, bool undo, step *found) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  bool row;
  VD_TRY(vd_db_prepare(
      file->db, &statement,
      "SELECT number, rasters, changeset FROM vedette_history WHERE undone = %d ORDER BY number %s"
      " LIMIT 1",
      undo ? 0 : 1, undo ? "DESC" : "ASC"));
  VD_TRY(vd_statement_row(statement, &row));
  if (!row)
    return vd_fail(VD_ERR_NOT_FOUND, undo ? _("There is nothing to undo.") : _("There is nothing to redo."));
  found->number = sqlite3_column_int64(statement, 0);
  found->rasters = vd_column_text(arena, statement, 1);
  found->size = sqlite3_column_bytes(statement, 2);
  void *copy = vd_arena_try_alloc(arena, (size_t)found->size + 1, 1);
  if (!copy) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for this step of the history."));
  if (found->size) memcpy(copy, sqlite3_column_blob(statement, 2), (size_t)found->size);
  found->changeset = copy;
  return VD_OK;
}

/* Only tables of records may be changed, whatever the history of a strange file says. */
static int touch_table(void *context, const char *table) {
  vd_touch *touched = context;
  int kind = vd_kind_find(table);
  if (kind >= 0) touched->kinds[kind] = true;
  if (strcmp(table, VD_PLAN_TABLE) == 0) touched->info = true;
  return kind >= 0 || strcmp(table, VD_PLAN_TABLE) == 0;
}

static int give_up(void *context, int conflict, sqlite3_changeset_iter *iterator) {
  (void)context, (void)conflict, (void)iterator;
  return SQLITE_CHANGESET_ABORT;
}

static vd_status apply_changeset(sqlite3 *db, const step *from, bool undo, vd_touch *touched) {
  VD_CLEANUP(cleanup_memory) void *inverse = NULL;
  int size = from->size, error = SQLITE_OK;
  if (!size) return VD_OK;
  if (!vd_changeset_is_sound(from->changeset, (size_t)size))
    return vd_fail(VD_ERR_INPUT, _("This step of the history is damaged."));
  if (undo) error = sqlite3changeset_invert(from->size, from->changeset, &size, &inverse);
  void *changes = undo ? inverse : (void *)(uintptr_t)from->changeset;
  if (error == SQLITE_OK)
    error = sqlite3changeset_apply_v2(db, size, changes, touch_table, give_up, touched, NULL, NULL,
                                      SQLITE_CHANGESETAPPLY_NOSAVEPOINT);
  if (error == SQLITE_OK) return VD_OK;
  if (error == SQLITE_ABORT)
    return vd_fail(VD_ERR_BUSY,
                   _("Another program has changed the same records since, so this step can no longer be "
                     "taken back or repeated."));
  if (error == SQLITE_CORRUPT) return vd_fail(VD_ERR_INPUT, _("This step of the history is damaged."));
  return vd_db_fail(db);
}

static vd_status apply_rasters(sqlite3 *db, const char *list, bool undo, int64_t time_s,
                               bool changed[VD_RASTER_COUNT]) {
  vd_raster_kind kind;
  int64_t before, after;
  while (vd_next_raster_word(&list, &kind, &before, &after)) {
    VD_TRY(vd_raster_switch(db, kind, undo ? before : after, time_s));
    changed[kind] = true;
  }
  return VD_OK;
}

static vd_status take_step(vd_plan_file *file, vd_arena *arena, bool undo, vd_touch *touched,
                           bool rasters[VD_RASTER_COUNT]) {
  step found = {0};
  int64_t time_s = vd_file_now_s(file);
  VD_TRY(vd_file_write_new_ids(file));
  VD_TRY(find_step(file, arena, undo, &found));
  VD_TRY(apply_changeset(file->db, &found, undo, touched));
  VD_TRY(apply_rasters(file->db, found.rasters, undo, time_s, rasters));
  VD_TRY(vd_file_refresh_contents(file->db, touched, time_s));
  return vd_db_exec(file->db, "UPDATE vedette_history SET undone = %d WHERE number = %lld", undo ? 1 : 0,
                    found.number);
}

vd_status vd_file_back_to(vd_plan_file *file, int64_t number) {
  for (;;) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    int64_t last;
    step found = {0};
    vd_touch touched = {0};
    bool rasters[VD_RASTER_COUNT] = {false};
    VD_TRY(vd_db_int(file->db, &last, "SELECT max(number) FROM vedette_history WHERE undone = 0"));
    if (last <= number) return VD_OK;
    VD_TRY(find_step(file, arena, true, &found));
    VD_TRY(apply_changeset(file->db, &found, true, &touched));
    VD_TRY(apply_rasters(file->db, found.rasters, true, 0, rasters));
    VD_TRY(vd_db_exec(file->db, "UPDATE vedette_history SET undone = 1 WHERE number = %lld", found.number));
  }
}

static vd_status reload(vd_plan_file *file, const vd_touch *touched, const bool rasters[VD_RASTER_COUNT]) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    if (touched->kinds[kind]) VD_TRY(vd_file_load_kind(file, (vd_kind)kind));
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    if (rasters[kind]) VD_TRY(vd_raster_load(file->db, (vd_raster_kind)kind, file->plan));
  if (touched->info) VD_TRY(vd_rows_load_info(file->db, file->plan, &file->notes));
  return VD_OK;
}

vd_status vd_file_move(vd_plan_file *file, bool undo) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_touch touched = {0};
  bool rasters[VD_RASTER_COUNT] = {false};
  VD_TRY(vd_file_begin(file));
  VD_TRY(vd_file_end(file, take_step(file, arena, undo, &touched, rasters)));
  file->new_ids.n = 0;
  VD_TRY(reload(file, &touched, rasters));
  VD_TRY(vd_plan_file_refresh(file));
  return vd_file_load_titles(file);
}

vd_status vd_file_load_titles(vd_plan_file *file) {
  vd_arena_free(file->title_arena);
  file->title_arena = vd_arena_new();
  file->undo_title = file->redo_title = NULL;
  VD_TRY(vd_db_text(file->db, file->title_arena, &file->undo_title,
                    "SELECT title FROM vedette_history WHERE undone = 0 ORDER BY number DESC LIMIT 1"));
  return vd_db_text(file->db, file->title_arena, &file->redo_title,
                    "SELECT title FROM vedette_history WHERE undone = 1 ORDER BY number ASC LIMIT 1");
}

vd_status vd_plan_file_history(vd_plan_file *file, vd_arena *arena, size_t at_most,
                               vd_history_entry **entries, size_t *n) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  size_t capacity = 0;
  *entries = NULL;
  *n = 0;
  VD_TRY(
      vd_db_prepare(file->db, &statement,
                    "SELECT number, title, author, time, undone FROM vedette_history ORDER BY number DESC"));
  while (*n < at_most) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) break;
    vd_history_entry *entry = VD_PUSH(arena, *entries, *n, capacity);
    entry->number = sqlite3_column_int64(statement, 0);
    entry->title = vd_column_text(arena, statement, 1);
    if (!entry->title) entry->title = "";
    entry->author = vd_column_text(arena, statement, 2);
    entry->time_s = VD_TIME_MIN;
    const char *time = vd_column_text(arena, statement, 3);
    if (time && vd_time_parse(time, 0, &entry->time_s) != VD_OK) entry->time_s = VD_TIME_MIN;
    entry->undone = sqlite3_column_int(statement, 4) != 0;
  }
  return VD_OK;
}
