/* exporting: records of a plan as GeoPackage, GeoJSON or CSV, and its grids as GeoTIFF.
 * SPDX-License-Identifier: Apache-2.0
 *
 * What is written is read back by vd_import with the same ids: fields bear the names of record.h, times are UTC. */
#ifndef VEDETTE_STORE_EXPORTING_H
#define VEDETTE_STORE_EXPORTING_H

#include "vedette/base/jobs.h"
#include "vedette/plan/plan.h"

/* Writes some kinds by the extension of `path` (.gpkg, .geojson, .json, .csv); a CSV takes one kind. A layer is named as the
 * kind's table and holds "id", the common fields and the kind's own. In a GeoPackage kinds with several shapes get one
 * layer a shape: "site", "site_polygon". A kind without records gives no layer; VD_ERR_NOT_FOUND when all are empty. */
vd_status vd_export(const vd_plan *plan, const vd_kind *kinds, size_t n_kinds, const char *path,
                    const vd_progress *progress);
/* Writes a grid as GeoTIFF; VD_ERR_NOT_FOUND when the plan has none. */
vd_status vd_export_raster(const vd_plan *plan, vd_raster_kind kind, const char *path);

#endif
