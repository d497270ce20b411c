/* schema: the tables of a plan file - a GeoPackage 1.3 (OGC 12-128r18) with a few tables of our own.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each kind of record is one table; "plan" is the plan's own row. Ours besides:
 *   vedette_meta(key, value)       schema_version; left: ids of edits that were undone and then dropped
 *   vedette_history                one row an operation, with its changeset; id: what it is called in every copy of the
 *                                  plan; merged: ids of other copies' edits that it took in
 *   vedette_raster, vedette_tile   exact descriptions of the rasters; tiles that are not in a coverage table
 *   vedette_editor                 who has the file open for editing */
#ifndef VEDETTE_SRC_STORE_SCHEMA_H
#define VEDETTE_SRC_STORE_SCHEMA_H

#include <sqlite3.h>

#include "vedette/plan/plan.h"

/* Plans from version VD_SCHEMA_READABLE on can be read as they are: what a later version added is empty in them. */
enum { VD_SCHEMA_VERSION = 2, VD_SCHEMA_READABLE = 1, VD_GPKG_ID = 0x47504B47, VD_GPKG_VERSION = 10300 };
#define VD_PLAN_TABLE "plan"

/* Creates everything but the rasters' tables in an empty database, inside a transaction of the caller's. */
vd_status vd_schema_create(sqlite3 *db);
/* The spatial columns: the layers' tables, the plan's own last; NULL after the last. */
const char *vd_layer_table(int i);
/* The SQL of a layer's R-tree trigger, 0..VD_N_TRIGGERS-1. */
enum { VD_N_TRIGGERS = 6 };
char *vd_rtree_trigger(vd_arena *arena, const char *table, int i);
/* Fills the R-tree of a layer anew. */
vd_status vd_rtree_fill(sqlite3 *db, const char *table);
/* Computes a layer's extent in gpkg_contents from its rows, and its time of change. */
vd_status vd_layer_refresh_contents(sqlite3 *db, const char *table, int64_t time_s);
/* The column definition of a field: "from_time DATETIME". */
char *vd_field_column(vd_arena *arena, const vd_field *field);

/* Registers a coordinate reference system and gives its srs_id: the EPSG code where the text names one. */
vd_status vd_srs_put(sqlite3 *db, const char *wkt, int64_t *srs_id);

#endif
