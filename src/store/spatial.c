/* spatial: the SQL functions that a GeoPackage's R-tree triggers call.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/spatial.h"

#include "store/db.h"
#include "store/gpkg_geom.h"

static bool bounds(sqlite3_value *value, bool *empty, vd_box *box) {
  const void *blob = sqlite3_value_type(value) == SQLITE_BLOB ? sqlite3_value_blob(value) : NULL;
  return blob && vd_gpkg_geom_bounds(blob, (size_t)sqlite3_value_bytes(value), empty, box) == VD_OK;
}

/* NULL for what is no geometry, as GDAL does: the trigger then leaves the row out of the R-tree. */
static void is_empty(sqlite3_context *context, int n, sqlite3_value **values) {
  bool empty;
  vd_box box;
  (void)n;
  if (bounds(values[0], &empty, &box))
    sqlite3_result_int(context, empty);
  else
    sqlite3_result_null(context);
}

static void side(sqlite3_context *context, int n, sqlite3_value **values) {
  bool empty;
  vd_box box;
  (void)n;
  if (!bounds(values[0], &empty, &box) || empty) {
    sqlite3_result_null(context);
    return;
  }
  const double sides[] = {box.min_x, box.max_x, box.min_y, box.max_y};
  sqlite3_result_double(context, sides[(intptr_t)sqlite3_user_data(context)]);
}

vd_status vd_spatial_register(sqlite3 *db) {
  static const char *const names[] = {"ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"};
  /* Innocuous: a schema that is not trusted may call them, since they only look at their argument. */
  const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
  int error = sqlite3_create_function(db, "ST_IsEmpty", 1, flags, NULL, is_empty, NULL, NULL);
  for (intptr_t i = 0; i < 4 && error == SQLITE_OK; i++)
    error = sqlite3_create_function(db, names[i], 1, flags, (void *)i, side, NULL, NULL);
  return error == SQLITE_OK ? VD_OK : vd_db_fail(db);
}
