/* create: a new plan file, which has its name only once it is complete.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store/db.h"
#include "store/file.h"
#include "store/guard.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

/* ---- the first content, checked like any edit ---- */

static vd_status accept(void *context, const vd_operation *operation) {
  (void)context, (void)operation;
  return VD_OK;
}

static vd_status fill(vd_edit *edit, const vd_plan_info *given) {
  vd_plan_info info = *given;
  if (!info.id[0]) vd_uuid_make(info.id);
  VD_TRY(vd_edit_put_info(edit, &info));
  return vd_standard_put_defaults(edit);
}

static vd_status make_plan(vd_plan *plan, const vd_plan_info *info) {
  const vd_journal clock_only = {.write = accept, .now_s = vd_file_now_s};
  vd_edit *edit;
  vd_plan_use_journal(plan, &clock_only);
  VD_TRY(vd_edit_start(plan, "", &edit));
  vd_status status = fill(edit, info);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  return vd_edit_commit(edit);
}

/* ---- writing it ---- */

static vd_status write_kind(sqlite3 *db, const vd_plan *plan, vd_kind kind) {
  VD_CLEANUP(vd_row_writer_cleanup) vd_row_writer writer = {0};
  VD_TRY(vd_row_writer_start(&writer, db, kind));
  VD_EACH(plan, kind, vd_record, record) VD_TRY(vd_row_insert(&writer, record));
  return vd_layer_refresh_contents(db, vd_kind_lookup(kind)->table, vd_file_now_s(NULL));
}

static vd_status write_plan(sqlite3 *db, const vd_plan *plan) {
  VD_TRY(vd_schema_create(db));
  VD_TRY(vd_rows_write_info(db, vd_plan_info_lookup(plan)));
  VD_TRY(vd_layer_refresh_contents(db, VD_PLAN_TABLE, vd_file_now_s(NULL)));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) VD_TRY(write_kind(db, plan, (vd_kind)kind));
  return VD_OK;
}

static vd_status write_file(const char *path, const vd_plan *plan) {
  VD_CLEANUP(vd_db_cleanup) sqlite3 *db = NULL;
  VD_TRY(vd_db_open(path, VD_DB_CREATE, &db));
  vd_db_trust(db);
  VD_TRY(vd_guard_durability(db, true)); /* nothing but the file itself is left when it closes */
  VD_TRY(vd_db_exec(db, "BEGIN IMMEDIATE"));
  VD_TRY(write_plan(db, plan));
  return vd_db_exec(db, "COMMIT");
}

/* ---- giving it its name ---- */

static char *folder_of(vd_arena *arena, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return vd_str_dup(arena, ".");
  return vd_str_dup_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

/* A new name is durable once its folder is. */
static void sync_folder(const char *folder) {
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  if (fsync(fd) != 0) vd_debug("sql", "the folder %s cannot be synced", folder);
  close(fd);
}

static vd_status is_there(const char *path) {
  return vd_fail(VD_ERR_INPUT, _("%s: there is a file of that name already. Choose another name or open it."),
                 path);
}

/* Never over another file, where the file system can promise that. */
static vd_status give_name(const char *from, const char *to) {
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return VD_OK;
  if (errno == EEXIST) return is_there(to);
  if ((errno == EINVAL || errno == ENOSYS) && access(to, F_OK) != 0 && rename(from, to) == 0) return VD_OK;
  return vd_fail(VD_ERR_IO, _("%s: the new plan cannot be given its name (%s)."), to, strerror(errno));
}

vd_status vd_plan_file_create(const char *path, const vd_plan_info *info, vd_plan_file **file) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  char mark[VD_UUID_SIZE];
  *file = NULL;
  if (access(path, F_OK) == 0) return is_there(path);
  VD_TRY(make_plan(plan, info));
  vd_uuid_make(mark);
  const char *folder = folder_of(arena, path);
  const char *unfinished = vd_str_printf(arena, "%s/.%s.%.8s", folder, vd_path_base(path), mark);
  vd_status status = write_file(unfinished, plan);
  if (status != VD_OK) status = vd_fail_prefix(status, "%s", path);
  if (status == VD_OK) status = give_name(unfinished, path);
  if (status != VD_OK) {
    unlink(unfinished);
    return status;
  }
  sync_folder(folder);
  return vd_plan_file_open(path, VD_OPEN_EDIT, file);
}

/* ---- a copy under another name ---- */

static vd_status back_up(vd_plan_file *file, const char *to) {
  VD_CLEANUP(vd_db_cleanup) sqlite3 *db = NULL;
  VD_TRY(vd_db_open(to, VD_DB_CREATE, &db));
  sqlite3_backup *backup = sqlite3_backup_init(db, "main", file->db, "main");
  if (!backup) return vd_db_fail(db);
  sqlite3_backup_step(backup, -1);
  return sqlite3_backup_finish(backup) == SQLITE_OK ? VD_OK : vd_db_fail(db);
}

vd_status vd_plan_file_copy(vd_plan_file *file, const char *path,
                            vd_status (*change)(void *context, vd_plan_file *), void *context) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *copy = NULL;
  char mark[VD_UUID_SIZE];
  if (access(path, F_OK) == 0) return is_there(path);
  vd_uuid_make(mark);
  const char *folder = folder_of(arena, path);
  const char *unfinished = vd_str_printf(arena, "%s/.%s.%.8s", folder, vd_path_base(path), mark);
  vd_status status = back_up(file, unfinished);
  if (status != VD_OK) status = vd_fail_prefix(status, "%s", path);
  if (status == VD_OK) status = vd_plan_file_open(unfinished, VD_OPEN_EDIT, &copy);
  if (status == VD_OK) status = change(context, copy);
  vd_plan_file_cleanup(&copy);
  if (status == VD_OK) status = give_name(unfinished, path);
  if (status != VD_OK) {
    unlink(unfinished);
    return status;
  }
  sync_folder(folder);
  return VD_OK;
}
