/* kill: 200 times a child edits a plan and is killed at a random moment; no acknowledged edit may be lost, and
 * the file, its index, its extents and its history must be whole.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/wait.h>
#include <time.h>

#include <cmocka.h>

#include "store/spatial.h"
#include "support/plans.h"

enum { ROUNDS = 200, LONGEST_LIFE_US = 60000 };

/* What the child tells: what it is about to do, and when that is done the plan's hash. */
typedef struct word {
  char about; /* 'e' edit, 'u' undo, 'r' redo, 'd' done */
  char hash[65];
} word;

static uint32_t next_random(uint32_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 17;
  return *seed ^= *seed << 5;
}

/* ---- the child ---- */

static vd_status put_many(vd_plan *plan, uint32_t *seed) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Import roads", &edit));
  for (int i = 0; i < 40; i++) {
    vd_road *road = vd_record_new(arena, VD_KIND_ROAD);
    double x = 29 + next_random(seed) % 1000 / 500.0, y = 4 + next_random(seed) % 1000 / 500.0;
    road->record.geom = vd_geom_line(arena, (double[]){x, y, x + 0.1, y + 0.05}, 2);
    vd_status status = vd_edit_put(edit, VD_KIND_ROAD, road);
    if (status != VD_OK) return vd_edit_cancel(edit), status;
  }
  return vd_edit_commit(edit);
}

static vd_status put_raster(vd_plan *plan, uint32_t *seed) {
  float values[60];
  vd_raster raster = {.width = 10,
                      .height = 6,
                      .geotransform = {29, 0.1, 0, 6, 0, -0.1},
                      .crs_wkt = "GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]]",
                      .values = values};
  for (int i = 0; i < 60; i++) values[i] = (float)(next_random(seed) % 5000);
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Import elevation", &edit));
  vd_status status = vd_edit_put_raster(edit, VD_RASTER_ELEVATION, &raster);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  return vd_edit_commit(edit);
}

static vd_status remove_one(vd_plan *plan, const char *id) {
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Remove base", &edit));
  vd_status status = vd_edit_remove(edit, VD_KIND_BASE, id);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  return vd_edit_commit(edit);
}

static vd_status edit_once(vd_plan *plan, uint32_t *seed) {
  double lon_deg = 29 + next_random(seed) % 2000 / 1000.0, lat_deg = 4 + next_random(seed) % 2000 / 1000.0;
  size_t n = vd_plan_count(plan, VD_KIND_BASE);
  const vd_record *some = n ? vd_plan_at(plan, VD_KIND_BASE, next_random(seed) % n) : NULL;
  char id[VD_UUID_SIZE] = "";
  if (some) memcpy(id, some->id, sizeof id);
  uint32_t what = next_random(seed) % 10;
  if (what == 0) return put_many(plan, seed);
  if (what == 1) return put_raster(plan, seed);
  if (what == 2 && n > 3) return remove_one(plan, id);
  if (what < 6 && n) return vd_edit_move(plan, VD_KIND_BASE, id, lon_deg, lat_deg);
  return add_base(plan, "Base", lon_deg, lat_deg, NULL);
}

static void say(int pipe_end, const word *said) {
  if (write(pipe_end, said, sizeof *said) != (ssize_t)sizeof *said) _exit(3);
}

static void live(const char *path, int pipe_end, uint32_t seed) {
  vd_plan_file *file;
  if (vd_plan_file_open(path, VD_OPEN_EDIT, &file) != VD_OK) {
    fprintf(stderr, "child: %s\n", vd_last_message());
    _exit(2);
  }
  vd_plan *plan = vd_plan_file_plan(file);
  for (;;) {
    word said = {.about = 'e'};
    uint32_t what = next_random(&seed) % 8;
    if (what == 0 && vd_plan_undo_title(plan)) said.about = 'u';
    if (what == 1 && vd_plan_redo_title(plan)) said.about = 'r';
    say(pipe_end, &said);
    vd_status status = said.about == 'u'   ? vd_plan_undo(plan)
                       : said.about == 'r' ? vd_plan_redo(plan)
                                           : edit_once(plan, &seed);
    if (status != VD_OK) {
      fprintf(stderr, "child: %s\n", vd_last_message());
      _exit(2);
    }
    said.about = 'd';
    vd_plan_hash(plan, said.hash);
    say(pipe_end, &said);
  }
}

/* ---- the parent ---- */

typedef struct fate {
  char hash[65]; /* after the last acknowledged operation */
  char pending;  /* what was under way, 0: nothing */
  long n_done;
} fate;

/* The clock of a life starts with its first edit, but in every fifth with its birth, to kill while opening too. */
static void watch_one(const char *path, uint32_t seed, long life_us, bool from_birth, fate *of) {
  int ends[2], state;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    close(ends[0]);
    live(path, ends[1], seed);
  }
  close(ends[1]);
  struct pollfd first_word = {.fd = ends[0], .events = POLLIN};
  if (!from_birth) assert_int_equal(poll(&first_word, 1, 60000), 1);
  usleep((useconds_t)life_us);
  kill(child, SIGKILL);
  assert_int_equal(waitpid(child, &state, 0), child);
  assert_true(WIFSIGNALED(state)); /* it ended by our hand, not by a failure of its own */
  of->pending = 0;
  for (word said; read(ends[0], &said, sizeof said) == (ssize_t)sizeof said;) {
    of->pending = said.about == 'd' ? 0 : said.about;
    if (said.about != 'd') continue;
    memcpy(of->hash, said.hash, sizeof of->hash);
    of->n_done++;
  }
  close(ends[0]);
}

static void assert_hash(const vd_plan *plan, const char *expected) {
  char hash[65];
  vd_plan_hash(plan, hash);
  assert_string_equal(hash, expected);
}

/* The plan is as acknowledged, or one operation further: the one that was under way. */
static void assert_nothing_lost(vd_plan *plan, const fate *of) {
  char hash[65];
  vd_plan_hash(plan, hash);
  if (strcmp(hash, of->hash) == 0) return;
  assert_true(of->pending);
  assert_int_equal(of->pending == 'u' ? vd_plan_redo(plan) : vd_plan_undo(plan), VD_OK);
  assert_hash(plan, of->hash);
  assert_int_equal(of->pending == 'u' ? vd_plan_undo(plan) : vd_plan_redo(plan), VD_OK);
  assert_hash(plan, hash);
}

static void assert_history_leads_back(vd_plan *plan) {
  char before[65];
  int steps = 0;
  vd_plan_hash(plan, before);
  while (steps < 3 && vd_plan_undo_title(plan)) {
    assert_int_equal(vd_plan_undo(plan), VD_OK);
    steps++;
  }
  for (; steps > 0; steps--) assert_int_equal(vd_plan_redo(plan), VD_OK);
  assert_hash(plan, before);
}

static double one_number(sqlite3 *db, const char *sql) {
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  double value = sqlite3_column_type(statement, 0) == SQLITE_NULL ? NAN : sqlite3_column_double(statement, 0);
  sqlite3_finalize(statement);
  return value;
}

static void assert_extent(sqlite3 *db, const vd_plan *plan, vd_kind kind, const char *table) {
  vd_box box = vd_box_empty();
  VD_EACH(plan, kind, vd_record, record) box = vd_box_join(box, vd_geom_box(record->geom));
  if (vd_box_is_empty(box)) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const double sides[] = {box.min_x, box.min_y, box.max_x, box.max_y};
  static const char *const names[] = {"min_x", "min_y", "max_x", "max_y"};
  for (int i = 0; i < 4; i++)
    assert_true(one_number(db, vd_str_printf(arena, "SELECT %s FROM gpkg_contents WHERE table_name = '%s'",
                                             names[i], table)) == sides[i]);
}

static void assert_file_is_whole(const char *path, const vd_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  sqlite3 *db;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(vd_spatial_register(db), VD_OK);
  assert_true(one_number(db, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'") ==
              1);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    const char *table = vd_kind_lookup((vd_kind)kind)->table;
    double rows = one_number(db, vd_str_printf(arena, "SELECT count(*) FROM %s", table));
    assert_true(rows == (double)vd_plan_count(plan, (vd_kind)kind));
    if (vd_kind_is_table((vd_kind)kind)) continue;
    assert_true(
        one_number(db, vd_str_printf(arena,
                                     "SELECT (SELECT count(*) FROM rtree_%s_geom) - (SELECT count(*) FROM %s"
                                     " WHERE geom NOTNULL)",
                                     table, table)) == 0);
    assert_true(one_number(db, vd_str_printf(arena, "SELECT rtreecheck('rtree_%s_geom') = 'ok'", table)) ==
                1);
    assert_extent(db, plan, (vd_kind)kind, table);
  }
  assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void crash_kill__no_acknowledged_edit_is_lost(void **state) {
  vd_arena *arena = *state;
  const char *folder = scratch_make(arena);
  assert_non_null(folder);
  const char *path = vd_str_printf(arena, "%s/plan.gpkg", folder);
  vd_plan_info info = sample_info(arena);
  vd_plan_file *file;
  fate of = {0};
  char first[65];
  assert_int_equal(vd_plan_file_create(path, &info, &file), VD_OK);
  vd_plan_hash(vd_plan_file_plan(file), first);
  memcpy(of.hash, first, sizeof first);
  vd_plan_file_close(file);
  uint32_t seed = (uint32_t)time(NULL) | 1;
  printf("seed %u\n", seed);
  for (int round = 0; round < ROUNDS; round++) {
    watch_one(path, next_random(&seed) | 1, (long)(next_random(&seed) % LONGEST_LIFE_US), round % 5 == 0,
              &of);
    if (vd_plan_file_open(path, VD_OPEN_EDIT, &file) != VD_OK)
      fail_msg("round %d: %s", round, vd_last_message());
    vd_plan *plan = vd_plan_file_plan(file);
    assert_nothing_lost(plan, &of);
    assert_history_leads_back(plan);
    vd_plan_hash(plan, of.hash);
    vd_plan *kept = vd_plan_copy(plan);
    vd_plan_file_close(file);
    assert_file_is_whole(path, kept);
    vd_plan_free(kept);
  }
  printf("%ld operations acknowledged in %d lives\n", of.n_done, (int)ROUNDS);
  assert_true(of.n_done > ROUNDS / 4); /* else the children hardly lived and the test tells nothing */
  assert_int_equal(vd_plan_file_open(path, VD_OPEN_EDIT, &file), VD_OK);
  while (vd_plan_undo_title(vd_plan_file_plan(file)))
    assert_int_equal(vd_plan_undo(vd_plan_file_plan(file)), VD_OK);
  assert_hash(vd_plan_file_plan(file), first);
  vd_plan_file_close(file);
  scratch_remove(arena, folder);
}

static int start(void **state) {
  *state = vd_arena_new();
  return 0;
}
static int stop(void **state) {
  vd_arena_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(crash_kill__no_acknowledged_edit_is_lost, start, stop)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
