/* start: makes GDAL and PROJ safe for files of unknown origin. Called once, by main, before any thread begins.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_GEO_START_H
#define VEDETTE_GEO_START_H

#include "vedette/base/status.h"

/* Forgets every GDAL_*, OGR_*, CPL_*, OSR_*, OSM_*, VSI* and PROJ_* variable of the environment, turns the network,
 * side files and Python off, registers GDAL's drivers and removes all but an allow-list (GPKG, GeoJSON, GPX, KML, LIBKML,
 * CSV, ESRI Shapefile, OSM, GTiff, SRTMHGT, MEM), and sends the libraries' messages to the thread's last message.
 * Calling it again does nothing. VD_ERR_INTERNAL when a driver of the list or PROJ's database is missing. */
vd_status vd_geo_start(void);

/* "GDAL 3.6.2, PROJ 9.1.1, GEOS 3.11.1": for --version and reports; static. */
const char *vd_geo_versions(void);

#endif
