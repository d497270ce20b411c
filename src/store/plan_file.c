/* plan_file: opening, reading and closing a plan in one GeoPackage.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/store/plan_file.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "store/db.h"
#include "store/file.h"
#include "store/guard.h"
#include "store/migrate.h"
#include "store/rasters.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

int64_t vd_file_now_s(void *context) {
  int64_t time_s;
  (void)context;
  return vd_parse_i64(getenv("SOURCE_DATE_EPOCH"), &time_s) ? time_s : (int64_t)time(NULL);
}

/* ---- transactions ---- */

vd_status vd_file_begin(vd_plan_file *file) {
  vd_status status = vd_db_exec(file->db, "BEGIN IMMEDIATE");
  if (status != VD_ERR_BUSY) return status;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  return vd_fail(VD_ERR_BUSY,
                 _("The plan is being written by %.400s. Nothing was changed; try again when that is done."),
                 vd_editor_others(file->db, arena, file->editor));
}

vd_status vd_file_end(vd_plan_file *file, vd_status status) {
  if (status == VD_OK) status = vd_db_exec(file->db, "COMMIT");
  if (status != VD_OK && !sqlite3_get_autocommit(file->db))
    sqlite3_exec(file->db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}

/* ---- loading ---- */

vd_status vd_file_load_kind(vd_plan_file *file, vd_kind kind) {
  return vd_rows_load(file->db, kind, file->plan, &file->notes, &file->new_ids);
}

static void forget_notes(vd_plan_file *file) {
  vd_arena_free(file->load_arena);
  file->load_arena = vd_arena_new();
  file->notes = (vd_notes){.arena = file->load_arena};
  file->new_ids = (vd_new_ids){.arena = file->load_arena};
  if (file->mended) vd_notes_add(&file->notes, "%s", file->mended);
}

static vd_status load_everything(vd_plan_file *file) {
  VD_TRY(vd_db_int(file->db, &file->data_version, "PRAGMA data_version"));
  VD_TRY(vd_rows_load_info(file->db, file->plan, &file->notes));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) VD_TRY(vd_file_load_kind(file, (vd_kind)kind));
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    VD_TRY(vd_raster_load(file->db, (vd_raster_kind)kind, file->plan));
  return vd_file_load_titles(file);
}

vd_status vd_file_load_all(vd_plan_file *file) {
  forget_notes(file);
  VD_TRY(vd_db_exec(file->db, "BEGIN")); /* one view of the file for all tables */
  return vd_file_end(file, load_everything(file));
}

vd_status vd_plan_file_refresh(vd_plan_file *file) {
  int64_t data_version;
  VD_TRY(vd_db_int(file->db, &data_version, "PRAGMA data_version"));
  return data_version == file->data_version ? VD_OK : vd_file_load_all(file);
}

/* ---- opening ---- */

static const char *login_name(void) {
  const struct passwd *user = getpwuid(getuid());
  return user && user->pw_name ? user->pw_name : "?";
}

static vd_status enter(vd_plan_file *file) {
  VD_TRY(vd_guard_mend(file->db, &file->notes));
  VD_TRY(vd_file_name_edits(file->db));
  return vd_editor_enter(file->db, login_name(), vd_file_now_s(file), &file->editor);
}

static vd_status prepare_to_edit(vd_plan_file *file, int64_t version) {
  bool shared = vd_path_is_shared(file->path);
  VD_TRY(vd_guard_durability(file->db, shared));
  file->has_log = true;
  VD_TRY(vd_migrate(file->db, vd_migrations, version, VD_SCHEMA_VERSION));
  VD_TRY(vd_guard_schema(file->db, true));
  vd_db_trust(file->db);
  VD_TRY(vd_file_begin(file));
  VD_TRY(vd_file_end(file, enter(file)));
  if (shared)
    vd_notes_add(&file->notes,
                 _("The plan lies on a network file system: edits are slower there, and a copy on this "
                   "computer is safer."));
  vd_journal journal = vd_file_journal(file);
  vd_plan_use_journal(file->plan, &journal);
  vd_plan_use_author(file->plan, login_name());
  return VD_OK;
}

/* The notes of opening as one text that later readings do not forget. */
static void keep_notes(vd_plan_file *file) {
  vd_buf text = {.arena = file->arena};
  for (size_t i = 0; i < file->notes.n; i++)
    vd_buf_printf(&text, "%s%s", i ? "\n" : "", file->notes.sentences[i]);
  file->mended = text.text;
}

static vd_status refuse_to_edit(void *context, const vd_operation *operation) {
  (void)context, (void)operation;
  return vd_fail(VD_ERR_USAGE, _("The plan was opened for reading only."));
}

static vd_status prepare_to_read(vd_plan_file *file, int64_t version) {
  if (version < VD_SCHEMA_READABLE)
    return vd_fail(VD_ERR_INPUT,
                   _("The plan has an older format (%lld). Open it once for editing to bring it up to date."),
                   (long long)version);
  VD_TRY(vd_guard_schema(file->db, false));
  vd_journal journal = vd_file_journal(file);
  journal.write = refuse_to_edit;
  journal.undo_title = journal.redo_title = NULL;
  vd_plan_use_journal(file->plan, &journal);
  return VD_OK;
}

static vd_status open_file(vd_plan_file *file) {
  int64_t version = 0;
  VD_TRY(vd_db_open(file->path, file->mode == VD_OPEN_EDIT ? VD_DB_WRITE : VD_DB_READ, &file->db));
  VD_TRY(vd_guard_is_plan(file->db, &version));
  VD_TRY(vd_guard_is_sound(file->db));
  VD_TRY(file->mode == VD_OPEN_EDIT ? prepare_to_edit(file, version) : prepare_to_read(file, version));
  keep_notes(file);
  vd_plan_use_keeper(file->plan, &(vd_keeper){file->path, vd_file_find_kept});
  return vd_file_load_all(file);
}

vd_status vd_plan_file_open(const char *path, vd_open_mode mode, vd_plan_file **file) {
  vd_arena *arena = vd_arena_new();
  vd_plan_file *opened = VD_NEW(arena, vd_plan_file);
  *file = NULL;
  opened->arena = arena;
  opened->path = vd_str_dup(arena, path);
  opened->mode = mode;
  opened->plan = vd_plan_new();
  forget_notes(opened);
  if (access(path, F_OK) != 0) {
    vd_plan_file_close(opened);
    return vd_fail(VD_ERR_NOT_FOUND, _("%s: there is no such file."), path);
  }
  struct stat told;
  if (stat(path, &told) == 0 && S_ISDIR(told.st_mode)) {
    vd_plan_file_close(opened);
    return vd_fail(VD_ERR_IO, _("%s: it is a folder, not a plan."), path);
  }
  vd_status status = open_file(opened);
  if (status != VD_OK) {
    vd_plan_file_close(opened);
    return vd_fail_prefix(status, "%s", path);
  }
  *file = opened;
  return VD_OK;
}

/* Leaves the list of editors; a failure leaves a row that the next editor finds dead. */
static void leave(vd_plan_file *file) {
  if (vd_file_begin(file) != VD_OK) return;
  if (vd_file_end(file, vd_editor_leave(file->db, file->editor)) != VD_OK)
    vd_debug("sql", "left an editor's row");
}

void vd_plan_file_close(vd_plan_file *file) {
  if (!file) return;
  if (file->db && file->editor) leave(file);
  if (file->has_log) vd_guard_close(file->db);
  vd_db_cleanup(&file->db);
  vd_plan_free(file->plan);
  vd_arena_free(file->load_arena);
  vd_arena_free(file->title_arena);
  vd_arena_free(file->arena);
}

void vd_plan_file_cleanup(vd_plan_file **file) {
  vd_plan_file_close(*file);
  *file = NULL;
}

vd_plan *vd_plan_file_plan(vd_plan_file *file) {
  return file->plan;
}

const char *vd_plan_file_path(const vd_plan_file *file) {
  return file->path;
}

size_t vd_plan_file_notes(const vd_plan_file *file, const char *const **sentences) {
  *sentences = file->notes.sentences;
  return file->notes.n;
}
