/* rows_read: records from the rows of their tables. What another program wrote there is read as far as it makes
 * sense; the rest is left at its preset and noted.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "store/db.h"
#include "store/gpkg_geom.h"
#include "store/rows.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

void vd_notes_add(vd_notes *notes, const char *format, ...) {
  enum { MOST = 100 };
  if (!notes) return;
  if (notes->n >= MOST) {
    notes->n_more++;
    return;
  }
  va_list args;
  va_start(args, format);
  *VD_PUSH(notes->arena, notes->sentences, notes->n, notes->capacity) =
      vd_str_vprintf(notes->arena, format, args);
  va_end(args);
}

/* Reading one table: which column holds which field, -1 where the file lacks it. */
typedef struct row_reader {
  vd_kind kind;
  vd_arena *arena;
  sqlite3_stmt *statement;
  int fid, id, geom;
  int *fields;
  vd_notes *notes;
  int64_t row;
} row_reader;

static int column_of(sqlite3_stmt *statement, const char *name) {
  for (int i = 0; i < sqlite3_column_count(statement); i++) {
    const char *found = sqlite3_column_name(statement, i);
    if (found && vd_str_equal_nocase(found, name)) return i;
  }
  return -1;
}

static vd_status start_reader(row_reader *reader, sqlite3 *db, vd_kind kind, const char *where) {
  reader->kind = kind;
  VD_TRY(
      vd_db_prepare(db, &reader->statement, "SELECT * FROM \"%w\" %s", vd_kind_lookup(kind)->table, where));
  reader->fid = column_of(reader->statement, "fid");
  reader->id = column_of(reader->statement, "id");
  reader->geom = column_of(reader->statement, "geom");
  reader->fields = VD_NEW_ARRAY(reader->arena, int, vd_kind_n_fields(kind));
  for (int i = 0; i < vd_kind_n_fields(kind); i++)
    reader->fields[i] = column_of(reader->statement, vd_kind_field(kind, i)->name);
  if (reader->fid < 0)
    return vd_fail(VD_ERR_INPUT, _("The table “%s” of the file has no column “fid”."),
                   vd_kind_lookup(kind)->table);
  return VD_OK;
}

static void note_field(const row_reader *reader, const vd_field *field) {
  const char *text =
      (const char *)sqlite3_column_text(reader->statement, reader->fields[0] >= 0 ? reader->fields[0] : 0);
  vd_notes_add(reader->notes,
               _("%s “%.60s” (row %lld): “%s” holds what is not understood there and is taken as empty."),
               _(vd_kind_lookup(reader->kind)->label), text ? text : "", (long long)reader->row, field->name);
}

/* A number into the field, unless it is none or out of range; NULL: unknown where that may be. */
static bool read_number(const row_reader *reader, const vd_field *field, int column, double *value) {
  int type = sqlite3_column_type(reader->statement, column);
  if (type == SQLITE_NULL) {
    *value =
        field->type == VD_F_REAL && (isnan(field->preset) || field->may_be_unknown) ? NAN : field->preset;
    return true;
  }
  *value = sqlite3_column_double(reader->statement, column);
  if (type == SQLITE_TEXT &&
      !vd_parse_f64((const char *)sqlite3_column_text(reader->statement, column), value))
    return false;
  if (type == SQLITE_BLOB || !isfinite(*value)) return false;
  return (field->min == 0 && field->max == 0) || (*value >= field->min && *value <= field->max);
}

/* The other types go the way of files: as text through vd_field_set. */
static bool read_by_text(const row_reader *reader, const vd_field *field, int column, void *record) {
  const char *text = vd_column_text(reader->arena, reader->statement, column);
  if (vd_field_set(reader->arena, field, record, text) == VD_OK) return true;
  if (field->type != VD_F_WORD) return false;
  memcpy((char *)record + field->offset, &text, sizeof text); /* a word of the planner's own is kept */
  return true;
}

static void read_field(const row_reader *reader, const vd_field *field, int column, void *record) {
  double value;
  if (column < 0) return;
  if (field->type == VD_F_REAL || field->type == VD_F_INT) {
    bool good = read_number(reader, field, column, &value);
    if (!good) {
      note_field(reader, field);
    } else if (field->type == VD_F_REAL) {
      memcpy((char *)record + field->offset, &value, sizeof value);
    } else {
      bool whole = isfinite(value) && value > INT32_MIN && value <= INT32_MAX;
      int32_t number = whole ? (int32_t)value : VD_UNKNOWN_INT;
      memcpy((char *)record + field->offset, &number, sizeof number);
    }
    return;
  }
  if (!read_by_text(reader, field, column, record)) note_field(reader, field);
}

static void read_geom(const row_reader *reader, vd_record *record) {
  const void *blob = sqlite3_column_blob(reader->statement, reader->geom);
  vd_geom *geom = NULL;
  if (!blob) return;
  size_t size = (size_t)sqlite3_column_bytes(reader->statement, reader->geom);
  const char *problem = NULL;
  if (vd_gpkg_geom_read(reader->arena, blob, size, &geom) != VD_OK)
    problem = vd_last_message();
  else
    problem = vd_record_geom_problem(reader->kind, geom);
  if (!problem) {
    record->geom = geom;
    return;
  }
  vd_notes_add(reader->notes, _("%s “%.60s” (row %lld) is taken to have no place: %s"),
               _(vd_kind_lookup(reader->kind)->label), record->name ? record->name : "",
               (long long)reader->row, problem);
}

/* True when the row says its id; otherwise one that follows from the file and the row. */
static bool read_id(const row_reader *reader, vd_record *record) {
  const char *id = reader->id >= 0 ? (const char *)sqlite3_column_text(reader->statement, reader->id) : NULL;
  if (vd_uuid_valid(id)) {
    memcpy(record->id, id, VD_UUID_SIZE);
    return true;
  }
  char name[100];
  snprintf(name, sizeof name, "%s %lld", vd_kind_lookup(reader->kind)->table, (long long)reader->row);
  vd_uuid_of("vedette row", name, record->id);
  return false;
}

static vd_record *read_record(row_reader *reader, bool *has_id) {
  vd_record *record = vd_record_new(reader->arena, reader->kind);
  reader->row = sqlite3_column_int64(reader->statement, reader->fid);
  *has_id = read_id(reader, record);
  for (int i = 0; i < vd_kind_n_fields(reader->kind); i++)
    read_field(reader, vd_kind_field(reader->kind, i), reader->fields[i], record);
  if (reader->geom >= 0) read_geom(reader, record);
  return record;
}

vd_status vd_rows_load(sqlite3 *db, vd_kind kind, vd_plan *plan, vd_notes *notes, vd_new_ids *new_ids) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  row_reader reader = {.arena = arena, .notes = notes};
  vd_status status = start_reader(&reader, db, kind, "ORDER BY fid");
  statement = reader.statement;
  VD_TRY(status);
  const void **records = NULL;
  size_t n = 0, capacity = 0;
  for (;;) {
    bool row, has_id;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) break;
    const vd_record *record = read_record(&reader, &has_id);
    *VD_PUSH(arena, records, n, capacity) = record;
    if (has_id || !new_ids) continue;
    vd_new_id *made = VD_PUSH(new_ids->arena, new_ids->items, new_ids->n, new_ids->capacity);
    const char *old = reader.id >= 0 ? (const char *)sqlite3_column_text(statement, reader.id) : NULL;
    *made = (vd_new_id){.kind = kind, .fid = reader.row, .old = vd_str_dup(new_ids->arena, old)};
    memcpy(made->id, record->id, VD_UUID_SIZE);
  }
  return vd_plan_load_kind(plan, kind, records, n);
}

vd_status vd_rows_find(sqlite3 *db, vd_kind kind, const char *id, vd_arena *arena, void **record) {
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  row_reader reader = {.arena = arena};
  *record = NULL;
  vd_status status = start_reader(&reader, db, kind, "WHERE id = ?1");
  statement = reader.statement;
  VD_TRY(status);
  sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC);
  bool row, has_id;
  VD_TRY(vd_statement_row(statement, &row));
  if (row) *record = read_record(&reader, &has_id);
  return VD_OK;
}

/* ---- the plan's own row ---- */

static int64_t read_time(sqlite3_stmt *statement, int column, int64_t open_s) {
  int64_t time_s;
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return text && vd_time_parse(text, 0, &time_s) == VD_OK ? time_s : open_s;
}

static int32_t read_term(sqlite3_stmt *statement, int column, const vd_terms *terms, vd_notes *notes) {
  const char *word = (const char *)sqlite3_column_text(statement, column);
  int found = vd_terms_find(terms, word);
  if (found < 0 && word)
    vd_notes_add(notes, _("The plan's “%s” is not understood and taken as “%s”."), terms->name,
                 vd_terms_word(terms, 0));
  return found < 0 ? 0 : found;
}

vd_status vd_rows_load_info(sqlite3 *db, vd_plan *plan, vd_notes *notes) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(
      db, &statement,
      "SELECT id, title, geom, utc_offset_s, from_time, to_time, cell_m, season, classification,"
      " author, disclaimer FROM \"" VD_PLAN_TABLE "\" ORDER BY fid LIMIT 1"));
  bool row;
  VD_TRY(vd_statement_row(statement, &row));
  if (!row) return vd_fail(VD_ERR_INPUT, _("The file has no row that describes the plan."));
  vd_plan_info info = {0};
  const char *id = (const char *)sqlite3_column_text(statement, 0);
  if (vd_uuid_valid(id)) memcpy(info.id, id, VD_UUID_SIZE);
  info.title = vd_column_text(arena, statement, 1);
  const void *blob = sqlite3_column_blob(statement, 2);
  size_t size = (size_t)sqlite3_column_bytes(statement, 2);
  if (blob && (vd_gpkg_geom_read(arena, blob, size, &info.area) != VD_OK ||
               vd_record_geom_problem(VD_KIND_AREA, info.area))) {
    vd_notes_add(notes, _("The plan's area of interest is not understood and taken as empty."));
    info.area = NULL;
  }
  int64_t offset_s = sqlite3_column_int64(statement, 3);
  if (offset_s >= -14 * VD_HOUR_S && offset_s <= 14 * VD_HOUR_S) info.utc_offset_s = (int32_t)offset_s;
  info.from_s = read_time(statement, 4, VD_TIME_MIN);
  info.to_s = read_time(statement, 5, VD_TIME_MAX);
  double cell_m = sqlite3_column_double(statement, 6);
  if (cell_m > 0 && cell_m <= 100000) info.cell_m = cell_m;
  info.season = read_term(statement, 7, &vd_season_terms, notes);
  info.classification = read_term(statement, 8, &vd_classification_terms, notes);
  info.author = vd_column_text(arena, statement, 9);
  info.disclaimer = vd_column_text(arena, statement, 10);
  return vd_plan_load_info(plan, &info);
}
