/* guard: how the file is made durable and whether it may be opened.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/guard.h"

#include <string.h>
#include <sys/vfs.h>

#include "store/db.h"
#include "store/schema.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* statfs(2): NFS, SMB, CIFS, SMB2, 9P, FUSE (sshfs and the like), AFS, Coda, NCP, Ceph, Lustre, GFS2, OCFS2,
 * VirtualBox and VMware shared folders. */
bool vd_file_system_is_shared(long type) {
  static const unsigned long shared[] = {0x6969,     0x517B,     0xFF534D42, 0xFE534D42, 0x01021997,
                                         0x65735546, 0x5346414F, 0x73757245, 0x564C,     0x00C36400,
                                         0x0BD00BD0, 0x01161970, 0x7461636F, 0x786F4256, 0xBACBACBC};
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
    if (((unsigned long)type & 0xFFFFFFFFu) == shared[i]) return true;
  return false;
}

bool vd_path_is_shared(const char *path) {
  struct statfs at;
  if (vd_debug_on("shared")) return true;
  return statfs(path, &at) == 0 && vd_file_system_is_shared((long)at.f_type);
}

vd_status vd_guard_durability(sqlite3 *db, bool shared) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *mode, *wanted = shared ? "delete" : "wal";
  VD_TRY(vd_db_exec(db, "PRAGMA synchronous = %s", shared ? "EXTRA" : "FULL"));
  VD_TRY(vd_db_text(db, arena, &mode, "PRAGMA journal_mode = %s", wanted));
  if (!vd_str_equal(mode, wanted))
    return vd_fail(VD_ERR_IO,
                   _("The file's journal cannot be set up (%s). Check that its folder may be written."),
                   mode ? mode : "");
  return VD_OK;
}

void vd_guard_close(sqlite3 *db) {
  sqlite3_busy_timeout(db, 0); /* while others have it open they keep the log, and the last one removes it */
  vd_debug("sql", "closing: %s",
           vd_db_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)") == VD_OK ? "checkpoint" : "busy");
  if (vd_db_exec(db, "PRAGMA journal_mode = DELETE") != VD_OK) vd_debug("sql", "the log stays for others");
}

/* ---- is it a plan ---- */

vd_status vd_guard_is_plan(sqlite3 *db, int64_t *version) {
  int64_t application, known, tables;
  VD_TRY(vd_db_int(db, &application, "PRAGMA application_id"));
  VD_TRY(vd_db_int(db, &tables,
                   "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN"
                   " ('vedette_meta', 'vedette_history', 'gpkg_contents')"));
  if (tables != 3)
    return vd_fail(VD_ERR_INPUT,
                   application == VD_GPKG_ID
                       ? _("The file is a GeoPackage but not a plan. Import it into a plan instead.")
                       : _("The file is not a plan."));
  VD_TRY(vd_db_int(db, &known, "SELECT count(*) FROM vedette_meta WHERE key = 'schema_version'"));
  VD_TRY(vd_db_int(db, version, "SELECT value FROM vedette_meta WHERE key = 'schema_version'"));
  if (!known || *version < 0)
    return vd_fail(VD_ERR_INPUT, _("The file does not say which version of a plan it is."));
  if (*version > VD_SCHEMA_VERSION)
    return vd_fail(
        VD_ERR_INPUT,
        _("The plan was made by a newer vedette (its format is %lld, this one knows %d). Update vedette."),
        (long long)*version, (int)VD_SCHEMA_VERSION);
  return VD_OK;
}

vd_status vd_guard_is_sound(sqlite3 *db) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *said;
  VD_TRY(vd_db_text(db, arena, &said, "PRAGMA quick_check(1)"));
  if (vd_str_equal(said, "ok")) return VD_OK;
  vd_debug("sql", "quick_check: %s", said ? said : "");
  return vd_fail(VD_ERR_INPUT, _("The file is damaged. Open a copy made earlier."));
}

/* ---- the schema ---- */

/* SQL with every run of white space as nothing and letters lower: two writers' forms of one statement are alike. */
static char *plain(vd_arena *arena, const char *sql) {
  char *text = vd_str_dup(arena, sql ? sql : ""), *to = text;
  for (const char *at = text; *at; at++) {
    bool space = *at == ' ' || *at == '\t' || *at == '\n' || *at == '\r' || *at == ';';
    if (!space) *to++ = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
  }
  *to = '\0';
  return text;
}

static bool is_ours(vd_arena *arena, const char *table, const char *sql) {
  const char *said = plain(arena, sql);
  for (int i = 0; i < VD_N_TRIGGERS; i++)
    if (strcmp(said, plain(arena, vd_rtree_trigger(arena, table, i))) == 0) return true;
  return false;
}

/* GDAL keeps the number of features of a layer in gpkg_ogr_contents. */
static bool is_gdals(vd_arena *arena, const char *table, const char *sql) {
  static const char *const forms[][2] = {{"insert", "+"}, {"delete", "-"}};
  const char *said = plain(arena, sql);
  for (int i = 0; i < 2; i++) {
    const char *form = vd_str_printf(
        arena,
        "CREATE TRIGGER \"trigger_%s_feature_count_%s\" AFTER %s ON \"%s\" BEGIN UPDATE gpkg_ogr_contents SET"
        " feature_count = feature_count %s 1 WHERE lower(table_name) = lower('%s'); END",
        forms[i][0], table, forms[i][0], table, forms[i][1], table);
    if (strcmp(said, plain(arena, form)) == 0) return true;
  }
  return false;
}

static bool is_rtree_name(vd_arena *arena, const char *table, const char *name) {
  return vd_str_starts(name, vd_str_printf(arena, "rtree_%s_geom_", table));
}

static vd_status check_triggers(sqlite3 *db, const char *table) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  VD_TRY(vd_db_prepare(
      db, &statement,
      "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND lower(tbl_name) = lower(%Q)", table));
  for (;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) return VD_OK;
    const char *name = vd_column_text(arena, statement, 0), *sql = vd_column_text(arena, statement, 1);
    if (is_ours(arena, table, sql) || is_gdals(arena, table, sql)) continue;
    if (name && is_rtree_name(arena, table, name)) continue; /* mended below */
    return vd_fail(VD_ERR_INPUT,
                   _("The file has a trigger “%.60s” on the table “%s” that is not part of a plan. It can be "
                     "read but not "
                     "edited; remove the trigger first if you know what it is for."),
                   name ? name : "", table);
  }
}

/* A plain table, not a view or a virtual one that runs code when it is read. */
static vd_status check_table(sqlite3 *db, const char *table) {
  int64_t plain_tables;
  VD_TRY(vd_db_int(db, &plain_tables,
                   "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = %Q",
                   table));
  if (plain_tables == 1) return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("The file lacks the table “%s” of a plan."), table);
}

static const char *const own_tables[] = {
    "gpkg_contents",  "gpkg_geometry_columns", "gpkg_extensions", "gpkg_spatial_ref_sys", "vedette_history",
    "vedette_raster", "vedette_tile",          "vedette_editor",  "vedette_meta",         VD_PLAN_TABLE};

/* The tables we make have one computed default, the time of change in gpkg_contents, and one check. */
static vd_status check_expressions(sqlite3 *db, const char *table) {
  int64_t n;
  VD_TRY(vd_db_int(
      db, &n,
      "SELECT (SELECT count(*) FROM pragma_table_xinfo(%Q) WHERE hidden > 1 OR (dflt_value LIKE '%%(%%' AND"
      " name <> 'last_change')) + (SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = %Q"
      " AND sql LIKE '%%check%%(%%') + (SELECT count(*) FROM pragma_index_list(%Q) AS i,"
      " pragma_index_xinfo(i.name) AS x WHERE i.partial OR x.cid < -1)",
      table, table, table));
  if (!n) return VD_OK;
  return vd_fail(VD_ERR_INPUT,
                 _("The table “%s” of the file has a rule that is not part of a plan (a check or a computed "
                   "column). It can "
                   "be read but not edited."),
                 table);
}

static vd_status check_one(sqlite3 *db, const char *table, bool editing) {
  VD_TRY(check_table(db, table));
  if (!editing) return VD_OK;
  VD_TRY(check_expressions(db, table));
  return check_triggers(db, table);
}

vd_status vd_guard_schema(sqlite3 *db, bool editing) {
  for (size_t i = 0; i < sizeof own_tables / sizeof *own_tables; i++)
    VD_TRY(check_one(db, own_tables[i], editing));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    VD_TRY(check_one(db, vd_kind_lookup((vd_kind)kind)->table, editing));
  return VD_OK;
}

/* ---- mending what another program left undone ---- */

static vd_status mend_columns(sqlite3 *db, vd_kind kind, vd_notes *notes) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *table = vd_kind_lookup(kind)->table;
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    int64_t there;
    VD_TRY(vd_db_int(db, &there, "SELECT count(*) FROM pragma_table_info(%Q) WHERE lower(name) = lower(%Q)",
                     table, field->name));
    if (there) continue;
    VD_TRY(vd_db_exec(db, "ALTER TABLE \"%w\" ADD COLUMN %s", table, vd_field_column(arena, field)));
    vd_notes_add(notes, _("The column “%s” of “%s” had been removed and was put back, empty."), field->name,
                 table);
  }
  return VD_OK;
}

static vd_status mend_triggers(sqlite3 *db, const char *table, bool *mended) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_statement_cleanup) sqlite3_stmt *statement = NULL;
  const char *names[64];
  int n_names = 0, n_ours = 0;
  VD_TRY(vd_db_prepare(db, &statement,
                       "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND"
                       " lower(tbl_name) = lower(%Q)",
                       table));
  for (;;) {
    bool row;
    VD_TRY(vd_statement_row(statement, &row));
    if (!row) break;
    const char *name = vd_column_text(arena, statement, 0);
    n_ours += is_ours(arena, table, vd_column_text(arena, statement, 1));
    if (name && is_rtree_name(arena, table, name) && n_names < 64) names[n_names++] = name;
  }
  vd_statement_cleanup(&statement);
  if (n_ours == VD_N_TRIGGERS && n_names == VD_N_TRIGGERS) return VD_OK;
  *mended = true;
  for (int i = 0; i < n_names; i++) VD_TRY(vd_db_exec(db, "DROP TRIGGER \"%w\"", names[i]));
  for (int i = 0; i < VD_N_TRIGGERS; i++) VD_TRY(vd_db_exec(db, "%s", vd_rtree_trigger(arena, table, i)));
  return VD_OK;
}

static vd_status mend_layer(sqlite3 *db, const char *table, vd_notes *notes) {
  int64_t there, rows, indexed;
  bool mended = false;
  VD_TRY(vd_db_int(db, &there,
                   "SELECT count(*) FROM sqlite_master WHERE name = 'rtree_%w_geom' AND type = 'table' AND"
                   " rootpage = 0 AND sql LIKE '%%USING rtree%%'",
                   table));
  if (!there) {
    mended = true;
    VD_TRY(vd_db_exec(db, "CREATE VIRTUAL TABLE \"rtree_%w_geom\" USING rtree(id, minx, maxx, miny, maxy)",
                      table));
  }
  VD_TRY(mend_triggers(db, table, &mended));
  VD_TRY(
      vd_db_int(db, &rows, "SELECT count(*) FROM \"%w\" WHERE geom NOTNULL AND NOT ST_IsEmpty(geom)", table));
  VD_TRY(vd_db_int(db, &indexed, "SELECT count(*) FROM \"rtree_%w_geom_rowid\"", table));
  if (!mended && rows == indexed) return VD_OK;
  VD_TRY(vd_rtree_fill(db, table));
  vd_notes_add(notes, _("The spatial index of “%s” was incomplete and was made anew."), table);
  return VD_OK;
}

vd_status vd_guard_mend(sqlite3 *db, vd_notes *notes) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) VD_TRY(mend_columns(db, (vd_kind)kind, notes));
  for (int i = 0; vd_layer_table(i); i++) VD_TRY(mend_layer(db, vd_layer_table(i), notes));
  return VD_OK;
}
