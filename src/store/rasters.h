/* rasters: the grids of base data in the file, with the versions that undo needs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The current version of a north-up raster is a tiled gridded coverage named "elevation", "population" or
 * "landcover". Other versions, and rasters that are not north-up, keep their tiles in vedette_tile. The exact
 * description of each version is a row of vedette_raster. */
#ifndef VEDETTE_SRC_STORE_RASTERS_H
#define VEDETTE_SRC_STORE_RASTERS_H

#include <sqlite3.h>

#include "vedette/plan/plan.h"

/* The version that is shown, 0: none. */
vd_status vd_raster_current(sqlite3 *db, vd_raster_kind kind, int64_t *version);
/* Shows another version, or none with 0. VD_ERR_INPUT when the file has no such version. */
vd_status vd_raster_switch(sqlite3 *db, vd_raster_kind kind, int64_t version, int64_t time_s);
/* Adds a version and shows it. */
vd_status vd_raster_put(sqlite3 *db, vd_raster_kind kind, const vd_raster *raster, int64_t time_s,
                        int64_t *version);
/* Removes a version that is not shown. */
vd_status vd_raster_forget(sqlite3 *db, int64_t version);
/* The shown version into the plan. */
vd_status vd_raster_load(sqlite3 *db, vd_raster_kind kind, vd_plan *plan);

#endif
