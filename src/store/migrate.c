/* migrate: bringing the schema of an older plan up to date.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/migrate.h"

#include <string.h>

#include "store/db.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/plan/record.h"

static vd_status has_column(sqlite3 *db, const char *table, const char *column, bool *has) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(db, &statement, "SELECT count(*) FROM pragma_table_info(%Q) WHERE name = %Q", table,
                       column));
  *has = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_int(statement, 0) > 0;
  return VD_OK;
}

static vd_status add_fields(sqlite3 *db, vd_kind kind) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *table = vd_kind_lookup(kind)->table;
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    bool has;
    VD_TRY(has_column(db, table, field->name, &has));
    if (!has)
      VD_TRY(vd_db_exec(db, "ALTER TABLE \"%w\" ADD COLUMN %s", table, vd_field_column(arena, field)));
  }
  return VD_OK;
}

/* Version 2 tells more of patrols, incidents, restrictions and sites. A changeset of before still applies: SQLite takes
 * one with fewer columns than the table has. */
static vd_status to_2(sqlite3 *db) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) VD_TRY(add_fields(db, (vd_kind)kind));
  return VD_OK;
}

const vd_migration vd_migrations[] = {{1, to_2}, {-1, NULL}};
static const vd_migration *step_from(const vd_migration *steps, int64_t version) {
  for (; steps->run; steps++)
    if (steps->from == version) return steps;
  return NULL;
}

static vd_status run_steps(sqlite3 *db, const vd_migration *steps, int64_t version, int target) {
  for (; version < target; version++) {
    const vd_migration *step = step_from(steps, version);
    if (!step)
      return vd_fail(VD_ERR_INPUT,
                     _("The plan's format %lld is older than what this vedette can bring up to date."),
                     (long long)version);
    VD_TRY(step->run(db));
  }
  return vd_db_exec(db, "UPDATE vedette_meta SET value = '%d' WHERE key = 'schema_version'", target);
}

vd_status vd_migrate(sqlite3 *db, const vd_migration *steps, int64_t version, int target) {
  if (version >= target) return VD_OK;
  VD_TRY(vd_db_exec(db, "BEGIN IMMEDIATE"));
  vd_status status = run_steps(db, steps, version, target);
  if (status == VD_OK) status = vd_db_exec(db, "COMMIT");
  if (status != VD_OK) sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
  return status;
}
