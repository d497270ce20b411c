/* store_surroundings: the plan file among other programs - GDAL, strange triggers, a second process, a full disk,
 * an older schema.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "store/db.h"
#include "store/guard.h"
#include "store/migrate.h"
#include "store/schema.h"
#include "store/spatial.h"
#include "support/plans.h"

typedef struct world {
  vd_arena *arena;
  const char *folder, *path;
} world;

#define assert_ok(expression)                                                                                \
  do {                                                                                                       \
    if ((expression) != VD_OK) fail_msg("%s: %s", #expression, vd_last_message());                           \
  } while (0)

/* A closed plan file with two bases. */
static int start(void **state) {
  vd_arena *arena = vd_arena_new();
  world *made = VD_NEW(arena, world);
  made->arena = arena;
  made->folder = scratch_make(arena);
  made->path = vd_str_printf(arena, "%s/plan.gpkg", made->folder);
  *state = made;
  vd_plan_info info = sample_info(arena);
  vd_plan_file *file;
  assert_ok(vd_plan_file_create(made->path, &info, &file));
  assert_ok(add_base(vd_plan_file_plan(file), "First", 29.5, 4.5, NULL));
  assert_ok(add_base(vd_plan_file_plan(file), "Second", 30.5, 5.5, NULL));
  vd_plan_file_close(file);
  return 0;
}
static int stop(void **state) {
  world *made = *state;
  scratch_remove(made->arena, made->folder);
  vd_arena_free(made->arena);
  return 0;
}

/* What a command says on both of its outputs. */
static const char *output_of(world *in, const char *format, ...) __attribute__((format(printf, 2, 3)));
static const char *output_of(world *in, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *command = vd_str_vprintf(in->arena, format, args);
  va_end(args);
  FILE *pipe = popen(vd_str_printf(in->arena, "{ %s; } 2>&1", command), "r");
  vd_buf said = {.arena = in->arena};
  char part[4096];
  for (size_t n; (n = fread(part, 1, sizeof part, pipe)) > 0;) vd_buf_add_n(&said, part, n);
  pclose(pipe);
  return said.text ? said.text : "";
}

static void need(const char *program) {
  if (system(program) == 0) return;
  print_message("skipped: “%s” does not run here\n", program);
  skip();
}

/* Runs SQL as another program would, with the functions a GeoPackage's triggers need. */
static void run_sql(const char *path, const char *sql) {
  sqlite3 *db;
  char *problem = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_ok(vd_spatial_register(db));
  if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK) fail_msg("%s: %s", sql, problem);
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t ask_sql(const char *path, const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int64_t value = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return value;
}

/* ---- GDAL ---- */

static void put_one_of_each(world *in) {
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  vd_edit *edit;
  assert_ok(vd_edit_start(vd_plan_file_plan(file), "All", &edit));
  const char *patrol = NULL;
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    vd_record *record = full_record(in->arena, (vd_kind)kind);
    if (kind == VD_KIND_STOP) ((vd_stop *)record)->patrol = patrol;
    assert_ok(vd_edit_put(edit, (vd_kind)kind, record));
    if (kind == VD_KIND_PATROL) patrol = record->id;
  }
  static float values[300 * 300];
  for (int i = 0; i < 300 * 300; i++) values[i] = (float)i * 0.37f;
  values[7] = NAN;
  vd_raster raster = {.width = 300,
                      .height = 290,
                      .geotransform = {29, 1.0 / 1200, 0, 6, 0, -1.0 / 1200},
                      .values = values,
                      .crs_wkt = "GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]]"};
  assert_ok(vd_edit_put_raster(edit, VD_RASTER_POPULATION, &raster));
  assert_ok(vd_edit_commit(edit));
  vd_plan_file_close(file);
}

static void store_surroundings__ogrinfo_reads_every_layer(void **state) {
  world *in = *state;
  need("ogrinfo --version > /dev/null 2>&1");
  put_one_of_each(in);
  const char *said = output_of(in, "ogrinfo -ro -al '%s'", in->path);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    assert_non_null(
        strstr(said, vd_str_printf(in->arena, "Layer name: %s\n", vd_kind_lookup((vd_kind)kind)->table)));
  assert_null(strstr(said, "Warning"));
  assert_null(strstr(said, "ERROR"));
  assert_non_null(strstr(said, "Extent: (29.500000, 4.500000) - (30.500000, 5.500000)")); /* bases */
}

static void store_surroundings__gdal_reads_the_same_values(void **state) {
  world *in = *state;
  need("gdal_translate --version > /dev/null 2>&1");
  put_one_of_each(in);
  const char *said =
      output_of(in, "gdal_translate -q -of EHdr GPKG:'%s':population '%s/out.bil'", in->path, in->folder);
  assert_string_equal(said, "");
  FILE *raw = fopen(vd_str_printf(in->arena, "%s/out.bil", in->folder), "rb");
  assert_non_null(raw);
  for (int i = 0; i < 300 * 290; i++) {
    float value, expected = (float)i * 0.37f;
    assert_int_equal(fread(&value, sizeof value, 1, raw), 1);
    if (i != 7) assert_memory_equal(&value, &expected, sizeof value);
  }
  fclose(raw);
}

static void store_surroundings__ogr_takes_a_patrol_out_and_in(void **state) {
  world *in = *state;
  need("ogr2ogr --version > /dev/null 2>&1");
  put_one_of_each(in);
  assert_string_equal(
      output_of(in,
                "ogr2ogr -f GPKG '%s/out.gpkg' '%s' patrol && ogr2ogr -update -append '%s' "
                "'%s/out.gpkg' -nln patrol -sql \"SELECT geom, 'Second patrol' AS name, vehicle, state,"
                " from_time FROM patrol\"",
                in->folder, in->path, in->path, in->folder),
      "");
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  assert_int_equal(vd_plan_count(plan, VD_KIND_PATROL), 2);
  const vd_patrol *made = vd_plan_at(plan, VD_KIND_PATROL, 0), *again = vd_plan_at(plan, VD_KIND_PATROL, 1);
  assert_string_equal(again->record.name, "Second patrol");
  assert_true(vd_geom_equal(made->record.geom, again->record.geom));
  assert_true(made->vehicle == again->vehicle && made->from_s == again->from_s);
  /* The row came without an id; it has one now, which an edit writes and undo keeps. */
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *id = vd_str_dup(arena, again->record.id);
  assert_ok(vd_edit_set_field(plan, VD_KIND_PATROL, id, "strength", "12"));
  assert_ok(vd_plan_undo(plan));
  assert_non_null(vd_plan_find(plan, VD_KIND_PATROL, id));
}

/* ---- strange schemas ---- */

static void store_surroundings__a_strange_trigger_stops_editing_not_reading(void **state) {
  world *in = *state;
  vd_plan_file *file;
  run_sql(in->path, "CREATE TRIGGER spy AFTER UPDATE ON base BEGIN DELETE FROM incident; END");
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "spy"));
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_READ, &file));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2);
  vd_plan_file_close(file);
  run_sql(in->path, "DROP TRIGGER spy; ALTER TABLE base ADD COLUMN g INTEGER AS (strength + 1)");
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "computed"));
}

static void store_surroundings__qgis_tables_and_columns_do_no_harm(void **state) {
  world *in = *state;
  vd_plan_file *file;
  run_sql(in->path,
          "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, f_table_name TEXT, styleQML TEXT);"
          "ALTER TABLE base ADD COLUMN remark TEXT(50); CREATE INDEX named ON base (name);"
          "CREATE TABLE gpkg_ogr_contents (table_name TEXT NOT NULL PRIMARY KEY, feature_count INTEGER);"
          "INSERT INTO gpkg_ogr_contents VALUES ('base', 2);"
          "CREATE TRIGGER \"trigger_insert_feature_count_base\" AFTER INSERT ON \"base\" BEGIN UPDATE"
          " gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) ="
          " lower('base'); END");
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_ok(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL));
  vd_plan_file_close(file);
  assert_int_equal(ask_sql(in->path, "SELECT feature_count FROM gpkg_ogr_contents"), 3);
}

/* What GDAL leaves after a crash: the index and its triggers gone; and a column removed by hand. */
static void store_surroundings__an_incomplete_file_is_mended(void **state) {
  world *in = *state;
  vd_plan_file *file;
  const char *const *notes;
  run_sql(in->path,
          "DROP TRIGGER rtree_base_geom_insert; DELETE FROM rtree_base_geom; ALTER TABLE base DROP COLUMN"
          " strength");
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_int_equal(vd_plan_file_notes(file, &notes), 1); /* opening's notes are kept as one */
  assert_non_null(strstr(notes[0], "strength"));
  assert_non_null(strstr(notes[0], "spatial index"));
  assert_ok(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL));
  vd_plan_file_close(file);
  assert_int_equal(ask_sql(in->path, "SELECT count(*) FROM rtree_base_geom"), 3);
  assert_int_equal(
      ask_sql(in->path, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'base'"),
      VD_N_TRIGGERS);
}

static void store_surroundings__strange_values_are_noted(void **state) {
  world *in = *state;
  vd_plan_file *file;
  const char *const *notes;
  run_sql(
      in->path,
      "UPDATE base SET vehicle = 'Tank', proximity_m = -4, from_time = 'soon', geom = x'00' WHERE fid = 1;"
      "UPDATE base SET id = 'not a uuid', base_class = 'castle' WHERE fid = 2");
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_int_equal(vd_plan_file_notes(file, &notes),
                   5); /* and the index, which the broken shape had left stale */
  const vd_base *base = vd_plan_at(vd_plan_file_plan(file), VD_KIND_BASE, 0);
  assert_true(base->vehicle == VD_CAR_4X4 && base->proximity_m == 1000 && base->from_s == VD_TIME_MIN);
  assert_null(base->record.geom);
  base = vd_plan_at(vd_plan_file_plan(file), VD_KIND_BASE, 1);
  assert_string_equal(base->base_class, "castle");
  char id[VD_UUID_SIZE];
  memcpy(id, base->record.id, sizeof id);
  assert_ok(vd_edit_set_field(vd_plan_file_plan(file), VD_KIND_BASE, id, "strength", "5"));
  vd_plan_file_close(file);
  assert_int_equal(ask_sql(in->path, "SELECT count(*) FROM base WHERE id = 'not a uuid'"), 0);
  assert_int_equal(ask_sql(in->path, "SELECT strength FROM base WHERE fid = 2"), 5);
}

static size_t read_bytes(const char *path, uint8_t *bytes, size_t most) {
  FILE *from = fopen(path, "rb");
  assert_non_null(from);
  size_t n = fread(bytes, 1, most, from);
  fclose(from);
  return n;
}

static void write_bytes(const char *path, const uint8_t *bytes, size_t n) {
  FILE *to = fopen(path, "wb");
  assert_non_null(to);
  assert_int_equal(fwrite(bytes, 1, n, to), n);
  fclose(to);
}

/* Cut short anywhere, or with a page overwritten: refused or read, never a crash, and a refused file is left as it is. */
static void store_surroundings__a_damaged_file_is_left_as_it_is(void **state) {
  world *in = *state;
  enum { MOST = 1 << 22 };
  uint8_t *bytes = vd_arena_alloc(in->arena, MOST), *after = vd_arena_alloc(in->arena, MOST);
  size_t n = read_bytes(in->path, bytes, MOST);
  int n_refused = 0;
  for (size_t cut = 0; cut + 8192 < n; cut += n / 23) {
    vd_plan_file *file;
    write_bytes(in->path, bytes, cut);
    vd_status status = vd_plan_file_open(in->path, VD_OPEN_EDIT, &file);
    assert_int_not_equal(status, VD_OK);
    assert_int_equal(read_bytes(in->path, after, MOST), cut);
    assert_memory_equal(after, bytes, cut);
  }
  for (size_t at = 4096; at < n; at += 4096) {
    vd_plan_file *file;
    write_bytes(in->path, bytes, n);
    memcpy(after, bytes, n);
    memset(after + at, 0xa5, 512);
    write_bytes(in->path, after, n);
    if (vd_plan_file_open(in->path, VD_OPEN_READ, &file) == VD_OK)
      vd_plan_file_close(file);
    else
      n_refused++;
  }
  assert_true(n_refused > 20);
}

/* ---- versions ---- */

static vd_status first_step(sqlite3 *db) {
  return vd_db_exec(db, "ALTER TABLE vedette_meta ADD COLUMN since TEXT");
}
static vd_status second_step(sqlite3 *db) {
  return vd_db_exec(db, "UPDATE vedette_meta SET since = 'step two'");
}
static vd_status failing_step(sqlite3 *db) {
  return vd_db_exec(db, "UPDATE no_such_table SET a = 1");
}

static void store_surroundings__steps_lead_from_an_older_schema(void **state) {
  world *in = *state;
  run_sql(in->path, "UPDATE vedette_meta SET value = '-2' WHERE key = 'schema_version'");
  static const vd_migration good[] = {{-2, first_step}, {-1, second_step}, {-1, NULL}};
  static const vd_migration bad[] = {{-2, first_step}, {-1, failing_step}, {-1, NULL}};
  static const vd_migration holed[] = {{-2, first_step}, {-1, NULL}};
  VD_CLEANUP(vd_db_cleanup) sqlite3 *db = NULL;
  assert_ok(vd_db_open(in->path, VD_DB_WRITE, &db));
  int64_t n;
  /* A step that fails, or is missing, leaves the file as it was. */
  assert_int_equal(vd_migrate(db, bad, -2, 0), VD_ERR_INPUT);
  assert_int_equal(vd_migrate(db, holed, -2, 0), VD_ERR_INPUT);
  assert_ok(vd_db_int(db, &n, "SELECT count(*) FROM pragma_table_info('vedette_meta') WHERE name = 'since'"));
  assert_int_equal(n, 0);
  assert_ok(vd_migrate(db, good, -2, 0));
  assert_ok(vd_db_int(db, &n, "SELECT count(*) FROM vedette_meta WHERE value = '0' AND since = 'step two'"));
  assert_int_equal(n, 1);
}

/* As version 1 was: without what version 2 tells of patrols and the rest. */
static void make_version_1(const char *path) {
  run_sql(path, "ALTER TABLE patrol DROP COLUMN crew; ALTER TABLE restriction DROP COLUMN demand;"
                "ALTER TABLE site DROP COLUMN weekdays; UPDATE vedette_meta SET value = '1' WHERE key = "
                "'schema_version'");
}

static void store_surroundings__a_plan_of_version_1_is_read_and_brought_up_to_date(void **state) {
  world *in = *state;
  vd_plan_file *file;
  make_version_1(in->path);
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_READ, &file));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2);
  vd_plan_file_close(file);
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2);
  const char *const *sentences;
  assert_int_equal(vd_plan_file_notes(file, &sentences), 0); /* nothing of it is damage */
  assert_ok(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL));
  vd_plan_file_close(file);
  VD_CLEANUP(vd_db_cleanup) sqlite3 *db = NULL;
  int64_t n;
  assert_ok(vd_db_open(in->path, VD_DB_READ, &db));
  assert_ok(vd_db_int(db, &n,
                      "SELECT (SELECT count(*) FROM pragma_table_info('patrol') WHERE name = 'crew') +"
                      " (SELECT value FROM vedette_meta WHERE key = 'schema_version')"));
  assert_int_equal(n, 1 + 2);
}

static void store_surroundings__other_versions_are_refused(void **state) {
  world *in = *state;
  vd_plan_file *file;
  run_sql(in->path, "UPDATE vedette_meta SET value = '99' WHERE key = 'schema_version'");
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_READ, &file), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "newer"));
  run_sql(in->path, "UPDATE vedette_meta SET value = '0' WHERE key = 'schema_version'");
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_READ, &file), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "older"));
}

/* ---- others at work ---- */

static void store_surroundings__waits_for_another_and_says_who(void **state) {
  world *in = *state;
  vd_plan_file *file, *other;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &other));
  sqlite3 *holder;
  assert_int_equal(sqlite3_open(in->path, &holder), SQLITE_OK);
  assert_int_equal(sqlite3_exec(holder, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
  assert_int_equal(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL), VD_ERR_BUSY);
  assert_non_null(strstr(vd_last_message(), vd_str_printf(in->arena, "process %d", (int)getpid())));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2);
  assert_int_equal(sqlite3_exec(holder, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(holder);
  assert_ok(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL));
  vd_plan_file_close(other);
  vd_plan_file_close(file);
  assert_int_equal(ask_sql(in->path, "SELECT count(*) FROM vedette_editor"), 0);
}

static void edit_on(const char *path, const char *name, int n) {
  vd_plan_file *file;
  if (vd_plan_file_open(path, VD_OPEN_EDIT, &file) != VD_OK) _exit(2);
  for (int i = 0; i < n; i++)
    if (add_base(vd_plan_file_plan(file), name, 29 + i / 100.0, 5, NULL) != VD_OK) _exit(3);
  vd_plan_file_close(file);
  _exit(0);
}

static void store_surroundings__two_processes_lose_nothing(void **state) {
  world *in = *state;
  enum { EACH = 60, PROCESSES = 3 };
  pid_t children[PROCESSES];
  for (int i = 0; i < PROCESSES; i++) {
    children[i] = fork();
    if (children[i] == 0) edit_on(in->path, "Of a child", EACH);
  }
  for (int i = 0; i < PROCESSES; i++) {
    int ended;
    assert_int_equal(waitpid(children[i], &ended, 0), children[i]);
    assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
  }
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2 + PROCESSES * EACH);
  vd_plan_file_close(file);
}

/* The rollback journal of shared file systems: the same promises, no log beside the file while it is open. */
static void store_surroundings__works_without_a_write_ahead_log(void **state) {
  world *in = *state;
  setenv("VEDETTE_DEBUG", "shared", 1);
  vd_plan_file *file;
  const char *const *notes;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  unsetenv("VEDETTE_DEBUG");
  assert_int_equal(vd_plan_file_notes(file, &notes), 1);
  assert_non_null(strstr(notes[0], "network"));
  assert_ok(add_base(vd_plan_file_plan(file), "Third", 30, 5, NULL));
  assert_int_not_equal(access(vd_str_printf(in->arena, "%s-wal", in->path), F_OK), 0);
  assert_ok(vd_plan_undo(vd_plan_file_plan(file)));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 2);
  vd_plan_file_close(file);
  static const long shared[] = {0x6969, (long)0xFF534D42, (long)0xFE534D42, 0x65735546, 0x01021997};
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
    assert_true(vd_file_system_is_shared(shared[i]));
  assert_false(vd_file_system_is_shared(0xEF53));     /* ext4 */
  assert_false(vd_file_system_is_shared(0x01021994)); /* tmpfs */
}

/* The system refuses to let the file grow: one clear sentence, nothing lost, and the next edit works. */
static void store_surroundings__survives_a_full_disk(void **state) {
  world *in = *state;
  vd_plan_file *file;
  struct rlimit before, small;
  char hash[65], after[65];
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  vd_plan_hash(plan, hash);
  signal(SIGXFSZ, SIG_IGN);
  getrlimit(RLIMIT_FSIZE, &before);
  int n_failed = 0;
  for (rlim_t most = 0; most < 400000; most += 40000) {
    small = (struct rlimit){.rlim_cur = most, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    vd_edit *edit;
    vd_edit_start(plan, "Much", &edit);
    for (int i = 0; i < 500; i++) {
      vd_road *road = full_record(in->arena, VD_KIND_ROAD);
      assert_ok(vd_edit_put(edit, VD_KIND_ROAD, road));
    }
    vd_status status = vd_edit_commit(edit);
    setrlimit(RLIMIT_FSIZE, &before);
    if (status == VD_OK) {
      assert_ok(vd_plan_undo(plan));
    } else {
      assert_int_equal(status, VD_ERR_IO);
      n_failed++;
    }
    vd_plan_hash(plan, after);
    assert_string_equal(hash, after);
  }
  assert_true(n_failed > 0);
  assert_ok(add_base(plan, "Third", 30, 5, NULL));
  vd_plan_file_close(file);
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_READ, &file));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(file), VD_KIND_BASE), 3);
  vd_plan_file_close(file);
}

/* What was deleted cannot be found in the file once the history that keeps it is gone too. */
static void store_surroundings__removed_text_is_overwritten(void **state) {
  world *in = *state;
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  assert_ok(add_base(plan, "CANARY-NAME", 30, 5, NULL));
  assert_ok(vd_plan_undo(plan));
  assert_ok(add_base(plan, "Another way", 30, 5, NULL)); /* drops the undone one from the history */
  vd_plan_file_close(file);
  assert_string_equal(output_of(in, "grep -c CANARY '%s'", in->path), "0\n");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(store_surroundings__##name, start, stop)
  const struct CMUnitTest tests[] = {
      TEST(ogrinfo_reads_every_layer),
      TEST(gdal_reads_the_same_values),
      TEST(ogr_takes_a_patrol_out_and_in),
      TEST(a_strange_trigger_stops_editing_not_reading),
      TEST(qgis_tables_and_columns_do_no_harm),
      TEST(an_incomplete_file_is_mended),
      TEST(strange_values_are_noted),
      TEST(a_damaged_file_is_left_as_it_is),
      TEST(steps_lead_from_an_older_schema),
      TEST(a_plan_of_version_1_is_read_and_brought_up_to_date),
      TEST(other_versions_are_refused),
      TEST(waits_for_another_and_says_who),
      TEST(two_processes_lose_nothing),
      TEST(works_without_a_write_ahead_log),
      TEST(survives_a_full_disk),
      TEST(removed_text_is_overwritten),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
