/* migrate: bringing the schema of an older plan up to date.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/migrate.h"

#include "store/db.h"
#include "vedette/base/i18n.h"

/* Version 1 is the first that was published: there is nothing older to come from. */
const vd_migration vd_migrations[] = {{-1, NULL}};

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
