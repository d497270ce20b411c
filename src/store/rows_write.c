/* rows_write: records into the rows of their tables.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "store/db.h"
#include "store/gpkg_geom.h"
#include "store/rows.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* Columns are bound in this order: id, then the fields, then the geometry where the kind has one. */
static vd_status prepare_insert(vd_row_writer *writer, vd_arena *arena) {
  vd_buf names = {.arena = arena}, marks = {.arena = arena};
  vd_buf_add(&names, "id");
  vd_buf_add(&marks, "?");
  for (int i = 0; i < vd_kind_n_fields(writer->kind); i++) {
    vd_buf_printf(&names, ", \"%s\"", vd_kind_field(writer->kind, i)->name);
    vd_buf_add(&marks, ", ?");
  }
  bool spatial = !vd_kind_is_table(writer->kind);
  return vd_db_prepare(writer->db, &writer->insert, "INSERT INTO \"%w\" (%s%s) VALUES (%s%s)",
                       vd_kind_lookup(writer->kind)->table, names.text, spatial ? ", geom" : "", marks.text,
                       spatial ? ", ?" : "");
}

static vd_status prepare_update(vd_row_writer *writer, vd_arena *arena) {
  vd_buf sets = {.arena = arena};
  int n = vd_kind_n_fields(writer->kind);
  for (int i = 0; i < n; i++)
    vd_buf_printf(&sets, "%s\"%s\" = ?%d", i ? ", " : "", vd_kind_field(writer->kind, i)->name, i + 2);
  if (!vd_kind_is_table(writer->kind)) vd_buf_printf(&sets, ", geom = ?%d", n + 2);
  return vd_db_prepare(writer->db, &writer->update, "UPDATE \"%w\" SET %s WHERE id = ?1",
                       vd_kind_lookup(writer->kind)->table, sets.text);
}

vd_status vd_row_writer_start(vd_row_writer *writer, sqlite3 *db, vd_kind kind) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  *writer = (vd_row_writer){.db = db, .kind = kind};
  VD_TRY(prepare_insert(writer, arena));
  VD_TRY(prepare_update(writer, arena));
  return vd_db_prepare(db, &writer->erase, "DELETE FROM \"%w\" WHERE id = ?1", vd_kind_lookup(kind)->table);
}

void vd_row_writer_cleanup(vd_row_writer *writer) {
  vd_statement_cleanup(&writer->insert);
  vd_statement_cleanup(&writer->update);
  vd_statement_cleanup(&writer->erase);
}

static void bind_field(sqlite3_stmt *statement, int column, const vd_field *field, const void *record) {
  const char *at = (const char *)record + field->offset;
  int32_t whole;
  double real;
  int64_t time_s;
  const char *text;
  switch (field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
  case VD_F_TERM:
    memcpy(&whole, at, sizeof whole);
    if (field->type == VD_F_TERM)
      vd_bind_text(statement, column, vd_terms_word(field->terms, whole));
    else if (whole == VD_UNKNOWN_INT)
      sqlite3_bind_null(statement, column);
    else
      sqlite3_bind_int(statement, column, whole);
    break;
  case VD_F_REAL:
    memcpy(&real, at, sizeof real);
    vd_bind_real(statement, column, real);
    break;
  case VD_F_TIME:
    memcpy(&time_s, at, sizeof time_s);
    vd_bind_time(statement, column, time_s, field->open);
    break;
  default:
    memcpy(&text, at, sizeof text);
    vd_bind_text(statement, column, text);
  }
}

static void bind_geom(vd_arena *arena, sqlite3_stmt *statement, int column, const vd_geom *geom) {
  size_t size;
  const uint8_t *blob = vd_gpkg_geom_write(arena, geom, &size);
  if (blob)
    sqlite3_bind_blob64(statement, column, blob, size, SQLITE_STATIC);
  else
    sqlite3_bind_null(statement, column);
}

static vd_status run_with(vd_row_writer *writer, sqlite3_stmt *statement, const vd_record *record) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int n = vd_kind_n_fields(writer->kind);
  vd_bind_text(statement, 1, record->id);
  for (int i = 0; i < n; i++) bind_field(statement, i + 2, vd_kind_field(writer->kind, i), record);
  if (!vd_kind_is_table(writer->kind)) bind_geom(arena, statement, n + 2, record->geom);
  vd_status status = vd_statement_run(statement);
  sqlite3_clear_bindings(statement);
  return status;
}

static vd_status need_one(vd_row_writer *writer) {
  if (sqlite3_changes(writer->db) == 1) return VD_OK;
  return vd_fail(VD_ERR_BUSY, _("%s: another program removed the row meanwhile."),
                 _(vd_kind_lookup(writer->kind)->label));
}

vd_status vd_row_insert(vd_row_writer *writer, const void *record) {
  return run_with(writer, writer->insert, record);
}

vd_status vd_row_update(vd_row_writer *writer, const void *record) {
  VD_TRY(run_with(writer, writer->update, record));
  return need_one(writer);
}

vd_status vd_row_erase(vd_row_writer *writer, const char *id) {
  vd_bind_text(writer->erase, 1, id);
  vd_status status = vd_statement_run(writer->erase);
  sqlite3_clear_bindings(writer->erase);
  VD_TRY(status);
  return need_one(writer);
}

static vd_status write_info(sqlite3 *db, const char *sql, const vd_plan_info *info) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(db, &statement, "%s", sql));
  vd_bind_text(statement, 1, info->id);
  vd_bind_text(statement, 2, info->title);
  bind_geom(arena, statement, 3, info->area);
  sqlite3_bind_int(statement, 4, info->utc_offset_s);
  vd_bind_time(statement, 5, info->from_s, VD_TIME_MIN);
  vd_bind_time(statement, 6, info->to_s, VD_TIME_MAX);
  sqlite3_bind_double(statement, 7, info->cell_m);
  vd_bind_text(statement, 8, vd_terms_word(&vd_season_terms, info->season));
  vd_bind_text(statement, 9, vd_terms_word(&vd_classification_terms, info->classification));
  vd_bind_text(statement, 10, info->author);
  vd_bind_text(statement, 11, info->disclaimer);
  return vd_statement_run(statement);
}

/* No upsert: it would overrule the OR REPLACE of the R-tree's triggers and fail on the row that is there. */
vd_status vd_rows_write_info(sqlite3 *db, const vd_plan_info *info) {
  VD_TRY(write_info(db,
                    "UPDATE \"" VD_PLAN_TABLE "\" SET id = ?1, title = ?2, geom = ?3, utc_offset_s = ?4,"
                    " from_time = ?5, to_time = ?6, cell_m = ?7, season = ?8, classification = ?9,"
                    " author = ?10, disclaimer = ?11 WHERE fid = (SELECT min(fid) FROM \"" VD_PLAN_TABLE
                    "\")",
                    info));
  if (sqlite3_changes(db) > 0) return VD_OK;
  return write_info(db,
                    "INSERT INTO \"" VD_PLAN_TABLE "\" (fid, id, title, geom, utc_offset_s, from_time,"
                    " to_time, cell_m, season, classification, author, disclaimer)"
                    " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    info);
}
