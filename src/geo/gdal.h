/* gdal: what the files of this folder share of GDAL: last error, scope cleanup, safe opening.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_GEO_GDAL_H
#define VEDETTE_SRC_GEO_GDAL_H

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"
#include "vedette/geo/crs.h"

/* The last failure that GDAL reported in this thread, without line breaks; "no details" when none. Clearing first makes it belong
 * to the next call. */
void vd_gdal_clear(void);
const char *vd_gdal_message(void);

/* Opens `path` read-only with exactly one driver; VD_ERR_INPUT with GDAL's reason, for the caller to prefix
 * with the file's name. `raster` else vector. */
vd_status vd_gdal_open(const char *path, const char *driver, bool raster, GDALDatasetH *out);

/* The absolute form of a user's path; VD_ERR_NOT_FOUND when it is no readable file, VD_ERR_INPUT for names that GDAL
 * would take for something else than a file. */
vd_status vd_gdal_real_path(vd_arena *arena, const char *path, char **out);
/* A name in GDAL's memory file system that nobody else uses, with the extension (".kml"). */
char *vd_gdal_memory_name(vd_arena *arena, const char *extension);

/* Describes a system that a file names, its heights left out. VD_ERR_INPUT when it is NULL or of no place on the earth. */
vd_status vd_crs_of_srs(vd_arena *arena, OGRSpatialReferenceH srs, vd_crs *out);

void vd_gdal_dataset_cleanup(GDALDatasetH *dataset);
void vd_gdal_srs_cleanup(OGRSpatialReferenceH *srs);
void vd_gdal_text_cleanup(char **text); /* CPLFree */

#endif
