/* editors: who has the file open for editing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#include "store/db.h"
#include "store/guard.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

static const char *host_name(vd_arena *arena) {
  char name[256] = "";
  if (gethostname(name, sizeof name - 1) != 0) return "?";
  return vd_utf8_clean(arena, name, sizeof name);
}

/* Rows of this machine whose process has ended: a crash could not remove its own. */
static vd_status drop_the_dead(sqlite3 *db, const char *host) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int64_t *dead = NULL;
  size_t n = 0, capacity = 0;
  VD_TRY(vd_db_prepare(db, &statement, "SELECT number, pid FROM vedette_editor WHERE host = %Q", host));
  for (;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) break;
    int64_t pid = sqlite3_column_int64(statement, 1);
    bool gone = pid <= 1 || pid > INT32_MAX || (kill((pid_t)pid, 0) != 0 && errno == ESRCH);
    if (gone) *VD_PUSH(arena, dead, n, capacity) = sqlite3_column_int64(statement, 0);
  }
  for (size_t i = 0; i < n; i++) VD_TRY(vd_editor_leave(db, dead[i]));
  return VD_OK;
}

vd_status vd_editor_enter(sqlite3 *db, const char *name, int64_t time_s, int64_t *number) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *host = host_name(arena);
  VD_TRY(drop_the_dead(db, host));
  VD_TRY(vd_db_prepare(db, &statement,
                       "INSERT INTO vedette_editor (name, host, pid, time) VALUES (?1, ?2, ?3, ?4)"));
  vd_bind_text(statement, 1, name);
  vd_bind_text(statement, 2, host);
  sqlite3_bind_int64(statement, 3, getpid());
  vd_bind_time(statement, 4, time_s, VD_TIME_MIN);
  VD_TRY(vd_statement_run(statement));
  *number = sqlite3_last_insert_rowid(db);
  return VD_OK;
}

vd_status vd_editor_leave(sqlite3 *db, int64_t number) {
  return vd_db_exec(db, "DELETE FROM vedette_editor WHERE number = %lld", number);
}

const char *vd_editor_others(sqlite3 *db, vd_arena *arena, int64_t number) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  vd_buf text = {.arena = arena};
  bool row = true;
  sqlite3_busy_timeout(db, 200); /* in rollback mode the list may be locked too */
  vd_status status = vd_db_prepare(
      db, &statement, "SELECT name, host, pid, time FROM vedette_editor WHERE number <> %lld ORDER BY number",
      number);
  while (status == VD_OK && (status = vd_statement_row(statement, &row)) == VD_OK && row) {
    const char *name = vd_column_text(arena, statement, 0), *host = vd_column_text(arena, statement, 1);
    const char *since = vd_column_text(arena, statement, 3);
    vd_buf_printf(&text, _("%s%.60s on %.60s (process %lld, since %.30s)"), text.n ? ", " : "",
                  name ? name : _("someone"), host ? host : "?",
                  (long long)sqlite3_column_int64(statement, 2), since ? since : "?");
  }
  sqlite3_busy_timeout(db, VD_DB_WAIT_MS);
  return text.n ? text.text : _("another program");
}
