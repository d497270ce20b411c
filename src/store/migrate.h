/* migrate: bringing the schema of an older plan up to date, one version a step.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_MIGRATE_H
#define VEDETTE_SRC_STORE_MIGRATE_H

#include <sqlite3.h>
#include <stdint.h>

#include "vedette/base/status.h"

/* Makes version `from + 1` of version `from`. A step sees the file as the step before left it. */
typedef struct vd_migration {
  int from;
  vd_status (*run)(sqlite3 *db);
} vd_migration;

/* The steps of this program, ending with {-1, NULL}. */
extern const vd_migration vd_migrations[];
/* Runs the steps from `version` to `target` in one transaction: all or none. VD_ERR_INPUT when a step is missing. */
vd_status vd_migrate(sqlite3 *db, const vd_migration *steps, int64_t version, int target);

#endif
