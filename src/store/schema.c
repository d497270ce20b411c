/* schema: creating the tables of a plan file.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/schema.h"

#include <string.h>

#include "store/db.h"
#include "vedette/base/str.h"
#include "vedette/plan/record.h"

/* OGC 12-128r18, annex C: the tables every GeoPackage has, and those of the extensions used here. */
static const char core_tables[] =
    "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY,"
    " organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL,"
    " description TEXT);"
    "CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL,"
    " identifier TEXT UNIQUE, description TEXT DEFAULT '',"
    " last_change DATETIME NOT NULL DEFAULT (strftime('%%Y-%%m-%%dT%%H:%%M:%%fZ','now')),"
    " min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,"
    " CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,"
    " geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,"
    " CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),"
    " CONSTRAINT uk_gc_table_name UNIQUE (table_name),"
    " CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,"
    " definition TEXT NOT NULL, scope TEXT NOT NULL,"
    " CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));"
    "CREATE TABLE gpkg_tile_matrix_set (table_name TEXT NOT NULL PRIMARY KEY, srs_id INTEGER NOT NULL,"
    " min_x DOUBLE NOT NULL, min_y DOUBLE NOT NULL, max_x DOUBLE NOT NULL, max_y DOUBLE NOT NULL,"
    " CONSTRAINT fk_gtms_table_name FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),"
    " CONSTRAINT fk_gtms_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));"
    "CREATE TABLE gpkg_tile_matrix (table_name TEXT NOT NULL, zoom_level INTEGER NOT NULL,"
    " matrix_width INTEGER NOT NULL, matrix_height INTEGER NOT NULL, tile_width INTEGER NOT NULL,"
    " tile_height INTEGER NOT NULL, pixel_x_size DOUBLE NOT NULL, pixel_y_size DOUBLE NOT NULL,"
    " CONSTRAINT pk_ttm PRIMARY KEY (table_name, zoom_level),"
    " CONSTRAINT fk_tmm_table_name FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name));"
    /* OGC 17-066r1: tiled gridded coverage data. */
    "CREATE TABLE gpkg_2d_gridded_coverage_ancillary (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    " tile_matrix_set_name TEXT NOT NULL UNIQUE, datatype TEXT NOT NULL DEFAULT 'integer',"
    " scale REAL NOT NULL DEFAULT 1.0, offset REAL NOT NULL DEFAULT 0.0, precision REAL DEFAULT 1.0,"
    " data_null REAL, grid_cell_encoding TEXT DEFAULT 'grid-value-is-center', uom TEXT,"
    " field_name TEXT DEFAULT 'Height', quantity_definition TEXT DEFAULT 'Height',"
    " CONSTRAINT fk_g2dgtct_name FOREIGN KEY(tile_matrix_set_name) REFERENCES "
    "gpkg_tile_matrix_set(table_name),"
    " CHECK (datatype in ('integer','float')));"
    "CREATE TABLE gpkg_2d_gridded_tile_ancillary (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
    " tpudt_name TEXT NOT NULL, tpudt_id INTEGER NOT NULL, scale REAL NOT NULL DEFAULT 1.0,"
    " offset REAL NOT NULL DEFAULT 0.0, min REAL DEFAULT NULL, max REAL DEFAULT NULL,"
    " mean REAL DEFAULT NULL, std_dev REAL DEFAULT NULL,"
    " CONSTRAINT fk_g2dgtat_name FOREIGN KEY (tpudt_name) REFERENCES gpkg_contents(table_name),"
    " UNIQUE (tpudt_name, tpudt_id));";

static const char own_tables[] =
    "CREATE TABLE vedette_meta (key TEXT NOT NULL PRIMARY KEY, value TEXT);"
    "CREATE TABLE vedette_history (number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, title TEXT NOT NULL,"
    " author TEXT, time DATETIME, undone BOOLEAN NOT NULL DEFAULT 0, rasters TEXT, id TEXT,"
    " merged TEXT, changeset BLOB);"
    "CREATE INDEX vedette_history_undone ON vedette_history (undone, number);"
    "CREATE TABLE vedette_raster (version INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, raster TEXT NOT NULL,"
    " current BOOLEAN NOT NULL, width INTEGER NOT NULL, height INTEGER NOT NULL, t0 DOUBLE NOT NULL,"
    " t1 DOUBLE NOT NULL, t2 DOUBLE NOT NULL, t3 DOUBLE NOT NULL, t4 DOUBLE NOT NULL, t5 DOUBLE NOT NULL,"
    " srs_id INTEGER NOT NULL, crs_wkt TEXT NOT NULL, source TEXT, reported DATETIME);"
    "CREATE TABLE vedette_tile (version INTEGER NOT NULL, tile_column INTEGER NOT NULL,"
    " tile_row INTEGER NOT NULL, tile_data BLOB NOT NULL, PRIMARY KEY (version, tile_row, tile_column));"
    "CREATE TABLE vedette_editor (number INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, name TEXT, host TEXT,"
    " pid INTEGER NOT NULL, time DATETIME);";

#define WGS84_WKT                                                                                            \
  "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,"                          \
  "AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,"                      \
  "AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],"          \
  "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]"

static const char first_rows[] = "INSERT INTO gpkg_spatial_ref_sys VALUES"
                                 " ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined "
                                 "Cartesian coordinate reference system'),"
                                 " ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined "
                                 "geographic coordinate reference system'),"
                                 " ('WGS 84 geodetic', 4326, 'EPSG', 4326, %Q, 'longitude/latitude "
                                 "coordinates in decimal degrees on the WGS 84"
                                 " spheroid');"
                                 "INSERT INTO vedette_meta VALUES ('schema_version', '%d');";

/* ---- layers ---- */

const char *vd_layer_table(int i) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    if (!vd_kind_is_table((vd_kind)kind) && i-- == 0) return vd_kind_lookup((vd_kind)kind)->table;
  return i == 0 ? VD_PLAN_TABLE : NULL;
}

char *vd_field_column(vd_arena *arena, const vd_field *field) {
  static const char *const types[] = {
      [VD_F_TEXT] = "TEXT",    [VD_F_INT] = "MEDIUMINT", [VD_F_REAL] = "DOUBLE",
      [VD_F_BOOL] = "BOOLEAN", [VD_F_TIME] = "DATETIME", [VD_F_TERM] = "TEXT",
      [VD_F_WORD] = "TEXT",    [VD_F_REF] = "TEXT",      [VD_F_REFS] = "TEXT",
  };
  return vd_str_printf(arena, "\"%s\" %s", field->name, types[field->type]);
}

static const char *geometry_type(vd_kind kind) {
  unsigned shapes = vd_kind_lookup(kind)->geometries;
  if (shapes == 1u << VD_GEOM_POINT) return "POINT";
  if (shapes == 1u << VD_GEOM_LINE) return "MULTILINESTRING";
  return shapes == 1u << VD_GEOM_POLYGON ? "MULTIPOLYGON" : "GEOMETRY";
}

/* Annex F.3 of the standard, update3 as corrected in 1.2. $ stands for the table's name. */
typedef struct trigger_form {
  const char *name, *event, *condition, *body;
} trigger_form;
#define PUT                                                                                                  \
  "INSERT OR REPLACE INTO \"rtree_$_geom\" VALUES (NEW.\"fid\", ST_MinX(NEW.\"geom\"), "                     \
  "ST_MaxX(NEW.\"geom\"), ST_MinY(NEW.\"geom\"), ST_MaxY(NEW.\"geom\"));"
#define DROP "DELETE FROM \"rtree_$_geom\" WHERE id = OLD.\"fid\";"
#define DROP_BOTH "DELETE FROM \"rtree_$_geom\" WHERE id IN (OLD.\"fid\", NEW.\"fid\");"
#define SHAPED "(NEW.\"geom\" NOTNULL AND NOT ST_IsEmpty(NEW.\"geom\"))"
#define SHAPELESS "(NEW.\"geom\" ISNULL OR ST_IsEmpty(NEW.\"geom\"))"
#define SAME_ROW "OLD.\"fid\" = NEW.\"fid\" AND "
#define OTHER_ROW "OLD.\"fid\" != NEW.\"fid\" AND "
static const trigger_form trigger_forms[VD_N_TRIGGERS] = {
    {"insert", "INSERT", "(new.\"geom\" NOT NULL AND NOT ST_IsEmpty(NEW.\"geom\"))", PUT},
    {"update1", "UPDATE OF \"geom\"", SAME_ROW SHAPED, PUT},
    {"update2", "UPDATE OF \"geom\"", SAME_ROW SHAPELESS, DROP},
    {"update3", "UPDATE", OTHER_ROW SHAPED, DROP " " PUT},
    {"update4", "UPDATE", OTHER_ROW SHAPELESS, DROP_BOTH},
    {"delete", "DELETE", "old.\"geom\" NOT NULL", DROP},
};

char *vd_rtree_trigger(vd_arena *arena, const char *table, int i) {
  const trigger_form *form = &trigger_forms[i];
  const char *pattern =
      vd_str_printf(arena, "CREATE TRIGGER \"rtree_$_geom_%s\" AFTER %s ON \"$\" WHEN %s BEGIN %s END",
                    form->name, form->event, form->condition, form->body);
  vd_buf sql = {.arena = arena};
  for (const char *at = pattern; *at;) {
    size_t n = strcspn(at, "$");
    vd_buf_add_n(&sql, at, n);
    at += n;
    if (*at) vd_buf_add(&sql, table), at++;
  }
  return sql.text;
}

static vd_status create_rtree(sqlite3 *db, const char *table) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_TRY(vd_db_exec(db,
                    "CREATE VIRTUAL TABLE \"rtree_%w_geom\" USING rtree(id, minx, maxx, miny, maxy);"
                    "INSERT INTO gpkg_extensions VALUES (%Q, 'geom', 'gpkg_rtree_index',"
                    " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
                    table, table));
  for (int i = 0; i < VD_N_TRIGGERS; i++) VD_TRY(vd_db_exec(db, "%s", vd_rtree_trigger(arena, table, i)));
  return VD_OK;
}

static vd_status register_layer(sqlite3 *db, const char *table, const char *label, const char *geometry) {
  VD_TRY(vd_db_exec(db,
                    "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)"
                    " VALUES (%Q, %Q, %Q, %Q, %s)",
                    table, geometry ? "features" : "attributes", table, label, geometry ? "4326" : "0"));
  if (!geometry) return VD_OK;
  VD_TRY(vd_db_exec(db, "INSERT INTO gpkg_geometry_columns VALUES (%Q, 'geom', %Q, 4326, 0, 0)", table,
                    geometry));
  return create_rtree(db, table);
}

static vd_status create_kind(sqlite3 *db, vd_kind kind) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_kind_info *info = vd_kind_lookup(kind);
  vd_buf sql = {.arena = arena};
  const char *geometry = vd_kind_is_table(kind) ? NULL : geometry_type(kind);
  vd_buf_printf(&sql, "CREATE TABLE \"%s\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL", info->table);
  if (geometry) vd_buf_printf(&sql, ", geom %s", geometry);
  vd_buf_add(&sql, ", id TEXT UNIQUE");
  for (int i = 0; i < vd_kind_n_fields(kind); i++)
    vd_buf_printf(&sql, ", %s", vd_field_column(arena, vd_kind_field(kind, i)));
  VD_TRY(vd_db_exec(db, "%s)", sql.text));
  return register_layer(db, info->table, info->label_many, geometry);
}

static vd_status create_plan_row(sqlite3 *db) {
  VD_TRY(vd_db_exec(db,
                    "CREATE TABLE " VD_PLAN_TABLE " (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                    " geom MULTIPOLYGON, id TEXT UNIQUE, title TEXT, utc_offset_s MEDIUMINT,"
                    " from_time DATETIME, to_time DATETIME, cell_m DOUBLE, season TEXT, classification TEXT,"
                    " author TEXT, disclaimer TEXT)"));
  return register_layer(db, VD_PLAN_TABLE, "The plan: its area of interest and settings", "MULTIPOLYGON");
}

vd_status vd_schema_create(sqlite3 *db) {
  VD_TRY(vd_db_exec(db, core_tables));
  VD_TRY(vd_db_exec(db, own_tables));
  VD_TRY(vd_db_exec(db, first_rows, WGS84_WKT, (int)VD_SCHEMA_VERSION));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) VD_TRY(create_kind(db, (vd_kind)kind));
  VD_TRY(create_plan_row(db));
  return vd_db_exec(db, "PRAGMA application_id = %d; PRAGMA user_version = %d", (int)VD_GPKG_ID,
                    (int)VD_GPKG_VERSION);
}

/* ---- keeping the index and the contents right ---- */

vd_status vd_rtree_fill(sqlite3 *db, const char *table) {
  return vd_db_exec(db,
                    "DELETE FROM \"rtree_%w_geom\"; INSERT INTO \"rtree_%w_geom\" SELECT fid, ST_MinX(geom),"
                    " ST_MaxX(geom), ST_MinY(geom), ST_MaxY(geom) FROM \"%w\" WHERE geom NOTNULL AND NOT"
                    " ST_IsEmpty(geom)",
                    table, table, table);
}

vd_status vd_layer_refresh_contents(sqlite3 *db, const char *table, int64_t time_s) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  bool spatial = false;
  for (int i = 0; vd_layer_table(i); i++) spatial = spatial || strcmp(vd_layer_table(i), table) == 0;
  const char *extent =
      "(min_x, min_y, max_x, max_y) = (SELECT min(ST_MinX(geom)), min(ST_MinY(geom)), max(ST_MaxX(geom)),"
      " max(ST_MaxY(geom)) FROM \"%w\"), ";
  char *set = spatial ? sqlite3_mprintf(extent, table) : sqlite3_mprintf("");
  vd_status status = vd_db_prepare(
      db, &statement, "UPDATE gpkg_contents SET %s last_change = ?1 WHERE table_name = %Q", set, table);
  sqlite3_free(set);
  VD_TRY(status);
  vd_bind_time(statement, 1, time_s, VD_TIME_MIN);
  return vd_statement_run(statement);
}
