/* rasters: the grids of base data in the file.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/rasters.h"

#include <math.h>
#include <string.h>

#include "store/db.h"
#include "store/schema.h"
#include "store/tile.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/base/units.h"

/* A row of vedette_raster; the texts are in the arena. */
typedef struct version_row {
  int64_t version, srs_id;
  vd_raster raster; /* without values */
} version_row;

static bool north_up(const vd_raster *raster) {
  const double *t = raster->geotransform;
  return t[1] > 0 && t[2] == 0 && t[4] == 0 && t[5] < 0;
}

static int32_t tiles_across(int32_t n) {
  return (n + VD_TILE_SIDE - 1) / VD_TILE_SIDE;
}

vd_status vd_raster_current(sqlite3 *db, vd_raster_kind kind, int64_t *version) {
  return vd_db_int(db, version, "SELECT version FROM vedette_raster WHERE raster = %Q AND current",
                   vd_raster_words[kind]);
}

static vd_status load_row(sqlite3 *db, vd_arena *arena, int64_t version, version_row *row) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(db, &statement,
                       "SELECT width, height, srs_id, crs_wkt, source, reported, t0, t1, t2, t3, t4, t5"
                       " FROM vedette_raster WHERE version = %lld",
                       version));
  bool found;
  VD_TRY(vd_statement_row(statement, &found));
  if (!found) return vd_fail(VD_ERR_INPUT, _("The file lacks a grid that its history names."));
  int64_t width = sqlite3_column_int64(statement, 0), height = sqlite3_column_int64(statement, 1);
  enum { LARGEST_SIDE = 1 << 20 };
  if (width < 1 || height < 1 || width > LARGEST_SIDE || height > LARGEST_SIDE)
    return vd_fail(VD_ERR_INPUT, _("A grid in the file has an impossible size."));
  *row = (version_row){.version = version, .srs_id = sqlite3_column_int64(statement, 2)};
  row->raster.width = (int32_t)width;
  row->raster.height = (int32_t)height;
  row->raster.crs_wkt = vd_column_text(arena, statement, 3);
  row->raster.source = vd_column_text(arena, statement, 4);
  row->raster.reported_s = VD_TIME_MIN;
  const char *reported = vd_column_text(arena, statement, 5);
  if (reported && vd_time_parse(reported, 0, &row->raster.reported_s) != VD_OK)
    row->raster.reported_s = VD_TIME_MIN;
  for (int i = 0; i < 6; i++) row->raster.geotransform[i] = sqlite3_column_double(statement, 6 + i);
  return VD_OK;
}

/* ---- the coverage's tables ---- */

static vd_status describe_coverage(sqlite3 *db, const char *table, const version_row *row, int64_t time_s) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  const vd_raster *raster = &row->raster;
  const double *t = raster->geotransform;
  int32_t across = tiles_across(raster->width), down = tiles_across(raster->height);
  VD_TRY(vd_db_prepare(
      db, &statement,
      "INSERT INTO gpkg_contents VALUES (%Q, '2d-gridded-coverage', %Q, '', ?1, ?2, ?3, ?4, ?5, %lld)", table,
      table, row->srs_id));
  vd_bind_time(statement, 1, time_s, VD_TIME_MIN);
  sqlite3_bind_double(statement, 2, t[0]);
  sqlite3_bind_double(statement, 3, t[3] + t[5] * raster->height);
  sqlite3_bind_double(statement, 4, t[0] + t[1] * raster->width);
  sqlite3_bind_double(statement, 5, t[3]);
  VD_TRY(vd_statement_run(statement));
  vd_statement_cleanup(&statement);
  VD_TRY(vd_db_prepare(db, &statement, "INSERT INTO gpkg_tile_matrix_set VALUES (%Q, %lld, ?1, ?2, ?3, ?4)",
                       table, row->srs_id));
  sqlite3_bind_double(statement, 1, t[0]);
  sqlite3_bind_double(statement, 2, t[3] + t[5] * down * VD_TILE_SIDE);
  sqlite3_bind_double(statement, 3, t[0] + t[1] * across * VD_TILE_SIDE);
  sqlite3_bind_double(statement, 4, t[3]);
  VD_TRY(vd_statement_run(statement));
  vd_statement_cleanup(&statement);
  VD_TRY(vd_db_prepare(db, &statement, "INSERT INTO gpkg_tile_matrix VALUES (%Q, 0, %d, %d, %d, %d, ?1, ?2)",
                       table, (int)across, (int)down, (int)VD_TILE_SIDE, (int)VD_TILE_SIDE));
  sqlite3_bind_double(statement, 1, t[1]);
  sqlite3_bind_double(statement, 2, -t[5]);
  VD_TRY(vd_statement_run(statement));
  vd_statement_cleanup(&statement);
  VD_TRY(vd_db_prepare(
      db, &statement,
      "INSERT INTO gpkg_2d_gridded_coverage_ancillary (tile_matrix_set_name, datatype, precision,"
      " data_null, grid_cell_encoding, field_name, quantity_definition)"
      " VALUES (%Q, 'float', 1.0, ?1, 'grid-value-is-area', %Q, %Q)",
      table, table, table));
  sqlite3_bind_double(statement, 1, VD_TILE_NULL);
  return vd_statement_run(statement);
}

static vd_status register_extension(sqlite3 *db, const char *table) {
  static const char *const rows[][2] = {{"gpkg_2d_gridded_coverage_ancillary", NULL},
                                        {"gpkg_2d_gridded_tile_ancillary", NULL}};
  for (size_t i = 0; i < 2; i++)
    VD_TRY(vd_db_exec(
        db,
        "INSERT INTO gpkg_extensions SELECT %Q, NULL, 'gpkg_2d_gridded_coverage',"
        " 'http://docs.opengeospatial.org/is/17-066r1/17-066r1.html', 'read-write' WHERE NOT EXISTS"
        " (SELECT 1 FROM gpkg_extensions WHERE table_name = %Q)",
        rows[i][0], rows[i][0]));
  return vd_db_exec(db,
                    "INSERT INTO gpkg_extensions VALUES (%Q, 'tile_data', 'gpkg_2d_gridded_coverage',"
                    " 'http://docs.opengeospatial.org/is/17-066r1/17-066r1.html', 'read-write')",
                    table);
}

static vd_status create_coverage(sqlite3 *db, const char *table, const version_row *row, int64_t time_s) {
  VD_TRY(vd_db_exec(db,
                    "CREATE TABLE \"%w\" (id INTEGER PRIMARY KEY AUTOINCREMENT, zoom_level INTEGER NOT NULL,"
                    " tile_column INTEGER NOT NULL, tile_row INTEGER NOT NULL, tile_data BLOB NOT NULL,"
                    " UNIQUE (zoom_level, tile_column, tile_row))",
                    table));
  VD_TRY(describe_coverage(db, table, row, time_s));
  return register_extension(db, table);
}

static vd_status drop_coverage(sqlite3 *db, const char *table) {
  return vd_db_exec(
      db,
      "DROP TABLE IF EXISTS \"%w\"; DELETE FROM gpkg_2d_gridded_tile_ancillary WHERE tpudt_name = %Q;"
      "DELETE FROM gpkg_2d_gridded_coverage_ancillary WHERE tile_matrix_set_name = %Q;"
      "DELETE FROM gpkg_tile_matrix WHERE table_name = %Q;"
      "DELETE FROM gpkg_tile_matrix_set WHERE table_name = %Q;"
      "DELETE FROM gpkg_extensions WHERE table_name = %Q; DELETE FROM gpkg_contents WHERE table_name = %Q",
      table, table, table, table, table, table, table);
}

static vd_status describe_tiles(sqlite3 *db, const char *table) {
  return vd_db_exec(
      db, "INSERT INTO gpkg_2d_gridded_tile_ancillary (tpudt_name, tpudt_id) SELECT %Q, id FROM \"%w\"",
      table, table);
}

/* ---- versions ---- */

/* Puts the shown version away. */
static vd_status put_away(sqlite3 *db, vd_raster_kind kind) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *table = vd_raster_words[kind];
  int64_t version;
  version_row row;
  VD_TRY(vd_raster_current(db, kind, &version));
  if (!version) return VD_OK;
  VD_TRY(load_row(db, arena, version, &row));
  if (north_up(&row.raster)) {
    VD_TRY(vd_db_exec(db,
                      "INSERT INTO vedette_tile SELECT %lld, tile_column, tile_row, tile_data FROM \"%w\""
                      " WHERE zoom_level = 0",
                      version, table));
    VD_TRY(drop_coverage(db, table));
  }
  return vd_db_exec(db, "UPDATE vedette_raster SET current = 0 WHERE version = %lld", version);
}

static vd_status bring_out(sqlite3 *db, vd_raster_kind kind, int64_t version, int64_t time_s) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *table = vd_raster_words[kind];
  version_row row;
  VD_TRY(load_row(db, arena, version, &row));
  if (north_up(&row.raster)) {
    VD_TRY(create_coverage(db, table, &row, time_s));
    VD_TRY(vd_db_exec(
        db,
        "INSERT INTO \"%w\" (zoom_level, tile_column, tile_row, tile_data) SELECT 0, tile_column,"
        " tile_row, tile_data FROM vedette_tile WHERE version = %lld ORDER BY tile_row, tile_column;"
        "DELETE FROM vedette_tile WHERE version = %lld",
        table, version, version));
    VD_TRY(describe_tiles(db, table));
  }
  return vd_db_exec(db, "UPDATE vedette_raster SET current = 1 WHERE version = %lld", version);
}

vd_status vd_raster_switch(sqlite3 *db, vd_raster_kind kind, int64_t version, int64_t time_s) {
  VD_TRY(put_away(db, kind));
  return version ? bring_out(db, kind, version, time_s) : VD_OK;
}

vd_status vd_raster_forget(sqlite3 *db, int64_t version) {
  return vd_db_exec(
      db,
      "DELETE FROM vedette_tile WHERE version = %lld AND EXISTS (SELECT 1 FROM vedette_raster WHERE"
      " version = %lld AND NOT current); DELETE FROM vedette_raster WHERE version = %lld AND NOT current",
      version, version, version);
}

/* ---- writing ---- */

static vd_status insert_row(sqlite3 *db, vd_raster_kind kind, const vd_raster *raster, version_row *row) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  *row = (version_row){.raster = *raster};
  VD_TRY(vd_srs_put(db, raster->crs_wkt, &row->srs_id));
  VD_TRY(vd_db_prepare(
      db, &statement,
      "INSERT INTO vedette_raster (raster, current, width, height, srs_id, crs_wkt, source, reported,"
      " t0, t1, t2, t3, t4, t5) VALUES (%Q, 1, %d, %d, %lld, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      vd_raster_words[kind], (int)raster->width, (int)raster->height, row->srs_id));
  vd_bind_text(statement, 1, raster->crs_wkt);
  vd_bind_text(statement, 2, raster->source);
  vd_bind_time(statement, 3, raster->reported_s, VD_TIME_MIN);
  for (int i = 0; i < 6; i++) sqlite3_bind_double(statement, 4 + i, raster->geotransform[i]);
  VD_TRY(vd_statement_run(statement));
  row->version = sqlite3_last_insert_rowid(db);
  return VD_OK;
}

/* The values of one tile; NaN beyond the raster's edges. */
static void cut_tile(const vd_raster *raster, int32_t column, int32_t row, float values[VD_TILE_VALUES]) {
  for (int32_t y = 0; y < VD_TILE_SIDE; y++) {
    for (int32_t x = 0; x < VD_TILE_SIDE; x++) {
      int32_t c = column * VD_TILE_SIDE + x, r = row * VD_TILE_SIDE + y;
      bool inside = c < raster->width && r < raster->height;
      values[y * VD_TILE_SIDE + x] =
          inside ? raster->values[(size_t)r * (size_t)raster->width + (size_t)c] : NAN;
    }
  }
}

static vd_status write_tile(sqlite3_stmt *statement, const vd_raster *raster, int32_t column, int32_t row) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  float *values = VD_NEW_ARRAY(arena, float, VD_TILE_VALUES);
  size_t size;
  cut_tile(raster, column, row, values);
  const uint8_t *blob = vd_tile_write(arena, values, &size);
  sqlite3_bind_int(statement, 1, column);
  sqlite3_bind_int(statement, 2, row);
  sqlite3_bind_blob64(statement, 3, blob, size, SQLITE_STATIC);
  vd_status status = vd_statement_run(statement);
  sqlite3_clear_bindings(statement);
  return status;
}

vd_status vd_raster_put(sqlite3 *db, vd_raster_kind kind, const vd_raster *raster, int64_t time_s,
                        int64_t *version) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  const char *table = vd_raster_words[kind];
  version_row made;
  VD_TRY(put_away(db, kind));
  VD_TRY(insert_row(db, kind, raster, &made));
  *version = made.version;
  if (north_up(raster)) {
    VD_TRY(create_coverage(db, table, &made, time_s));
    VD_TRY(vd_db_prepare(
        db, &statement,
        "INSERT INTO \"%w\" (zoom_level, tile_column, tile_row, tile_data) VALUES (0, ?1, ?2, ?3)", table));
  } else {
    VD_TRY(vd_db_prepare(db, &statement, "INSERT INTO vedette_tile VALUES (%lld, ?1, ?2, ?3)", made.version));
  }
  for (int32_t row = 0; row < tiles_across(raster->height); row++)
    for (int32_t column = 0; column < tiles_across(raster->width); column++)
      VD_TRY(write_tile(statement, raster, column, row));
  return north_up(raster) ? describe_tiles(db, table) : VD_OK;
}

/* ---- reading ---- */

static void paste_tile(vd_raster *raster, int32_t column, int32_t row, const float values[VD_TILE_VALUES]) {
  for (int32_t y = 0; y < VD_TILE_SIDE && row * VD_TILE_SIDE + y < raster->height; y++) {
    int32_t left = raster->width - column * VD_TILE_SIDE;
    size_t n = (size_t)(left < VD_TILE_SIDE ? left : VD_TILE_SIDE);
    size_t at = (size_t)(row * VD_TILE_SIDE + y) * (size_t)raster->width + (size_t)column * VD_TILE_SIDE;
    memcpy(raster->values + at, values + (size_t)y * VD_TILE_SIDE, n * sizeof *values);
  }
}

static vd_status read_tiles(sqlite3 *db, vd_arena *arena, const char *from, vd_raster *raster) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  int64_t n_tiles = 0;
  int32_t across = tiles_across(raster->width), down = tiles_across(raster->height);
  VD_TRY(vd_db_int(db, &n_tiles, "SELECT count(*) FROM %s", from));
  /* Every tile is there, so that a few bytes of a damaged file cannot ask for gigabytes. */
  if (n_tiles != (int64_t)across * down)
    return vd_fail(VD_ERR_INPUT, _("A grid in the file lacks tiles. Import it again."));
  raster->values = vd_arena_try_alloc(arena, (size_t)raster->width * (size_t)raster->height, sizeof(float));
  if (!raster->values) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the plan's grids."));
  float *values = VD_NEW_ARRAY(arena, float, VD_TILE_VALUES);
  VD_TRY(vd_db_prepare(db, &statement, "SELECT tile_column, tile_row, tile_data FROM %s", from));
  for (;;) {
    bool found;
    VD_TRY(vd_statement_row(statement, &found));
    if (!found) break;
    int64_t column = sqlite3_column_int64(statement, 0), row = sqlite3_column_int64(statement, 1);
    if (column < 0 || row < 0 || column >= across || row >= down)
      return vd_fail(VD_ERR_INPUT, _("A grid in the file has a tile outside itself. Import it again."));
    const void *blob = sqlite3_column_blob(statement, 2);
    VD_TRY(vd_tile_read(blob ? blob : "", (size_t)sqlite3_column_bytes(statement, 2), values));
    paste_tile(raster, (int32_t)column, (int32_t)row, values);
  }
  return VD_OK;
}

vd_status vd_raster_load(sqlite3 *db, vd_raster_kind kind, vd_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int64_t version;
  version_row row;
  VD_TRY(vd_raster_current(db, kind, &version));
  if (!version) return vd_plan_load_raster(plan, kind, NULL);
  VD_TRY(load_row(db, arena, version, &row));
  const char *from = north_up(&row.raster)
                         ? vd_str_printf(arena, "\"%s\" WHERE zoom_level = 0", vd_raster_words[kind])
                         : vd_str_printf(arena, "vedette_tile WHERE version = %lld", (long long)version);
  VD_TRY(read_tiles(db, arena, from, &row.raster));
  return vd_plan_load_raster(plan, kind, &row.raster);
}
