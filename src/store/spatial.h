/* spatial: the SQL functions that a GeoPackage's R-tree triggers call.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_SPATIAL_H
#define VEDETTE_SRC_STORE_SPATIAL_H

#include <sqlite3.h>

#include "vedette/base/status.h"

/* ST_IsEmpty, ST_MinX, ST_MaxX, ST_MinY, ST_MaxY (OGC 12-128r18, annex F.3). */
vd_status vd_spatial_register(sqlite3 *db);

#endif
