/* plan_file: strange files opened, checked, edited and undone.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte of the input says how it is meant:
 *   'R' the rest is the file
 *   'P' the rest patches a sound plan: offset (3 bytes), value (1 byte), and so on
 *   'S' the rest is SQL that another program ran on a sound plan */
#include <sqlite3.h>
#include <stdlib.h>

#include "store/spatial.h"
#include "support/plans.h"
#include "vedette/plan/check.h"

/* The bytes of a sound plan with a record of each kind and a raster, made once. */
typedef struct sound_plan {
  char path[256];
  uint8_t *bytes;
  size_t n;
} sound_plan;

static vd_status fill(vd_edit *edit, vd_arena *arena) {
  const char *patrol = NULL;
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    vd_record *record = full_record(arena, (vd_kind)kind);
    if (kind == VD_KIND_STOP) ((vd_stop *)record)->patrol = patrol;
    VD_TRY(vd_edit_put(edit, (vd_kind)kind, record));
    if (kind == VD_KIND_PATROL) patrol = record->id;
  }
  float values[30] = {1, 2, 3};
  vd_raster raster = {.width = 6,
                      .height = 5,
                      .geotransform = {29, 0.1, 0, 6, 0, -0.1},
                      .crs_wkt = "GEOGCS[\"WGS 84\",AUTHORITY[\"EPSG\",\"4326\"]]",
                      .values = values};
  return vd_edit_put_raster(edit, VD_RASTER_ELEVATION, &raster);
}

static void make_sound(sound_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_plan_info info = sample_info(arena);
  vd_plan_file *file;
  vd_edit *edit;
  const char *folder = getenv("TMPDIR"); /* one in memory makes this ten times faster */
  snprintf(plan->path, sizeof plan->path, "%.200s/vedette-fuzz-%d.gpkg", folder ? folder : "/tmp",
           (int)getpid());
  unlink(plan->path);
  setenv("SOURCE_DATE_EPOCH", "1772323200", 1);
  if (vd_plan_file_create(plan->path, &info, &file) != VD_OK) abort();
  vd_edit_start(vd_plan_file_plan(file), "All", &edit);
  if (fill(edit, arena) != VD_OK || vd_edit_commit(edit) != VD_OK) abort();
  vd_plan_file_close(file);
  FILE *from = fopen(plan->path, "rb");
  if (!from) abort();
  plan->bytes = malloc(1 << 22);
  plan->n = fread(plan->bytes, 1, 1 << 22, from);
  fclose(from);
}

static void write_file(const char *path, const uint8_t *bytes, size_t n) {
  FILE *to = fopen(path, "wb");
  if (!to || fwrite(bytes, 1, n, to) != n) abort();
  fclose(to);
}

static int enough(void *context) {
  return ++*(int *)context > 1000;
}

/* The other program: it may do what it likes to this file, for a while, but to no other. */
static void run_sql(const char *path, const char *sql) {
  sqlite3 *db;
  int n_steps = 0;
  if (sqlite3_open(path, &db) != SQLITE_OK) abort();
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 1000000);
  sqlite3_progress_handler(db, 1000, enough, &n_steps);
  if (vd_spatial_register(db) != VD_OK) abort();
  sqlite3_exec(db, sql, NULL, NULL, NULL);
  sqlite3_close(db);
}

static void use(const char *path, vd_open_mode mode) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (vd_plan_file_open(path, mode, &file) != VD_OK) return;
  vd_plan *plan = vd_plan_file_plan(file);
  vd_finding *findings;
  vd_history_entry *entries;
  size_t n;
  char before[65], after[65];
  vd_plan_check(plan, arena, &findings, &n);
  (void)vd_plan_file_history(file, arena, 100, &entries, &n);
  vd_plan_hash(plan, before);
  if (mode == VD_OPEN_READ) return;
  (void)vd_plan_undo(plan);
  (void)vd_plan_redo(plan);
  vd_plan_hash(plan, before);
  if (add_base(plan, "Fuzz", 30, 5, NULL) != VD_OK) return;
  if (vd_plan_undo(plan) != VD_OK) return;
  vd_plan_hash(plan, after);
  (void)(strcmp(before, after) ==
         0); /* a damaged file may differ; a sound one is compared by the unit tests */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static sound_plan sound;
  if (!sound.bytes) make_sound(&sound);
  if (!size) return 0;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (data[0] == 'R') {
    write_file(sound.path, data + 1, size - 1);
  } else if (data[0] == 'P') {
    uint8_t *bytes = vd_arena_alloc(arena, sound.n);
    memcpy(bytes, sound.bytes, sound.n);
    for (size_t i = 1; i + 3 < size; i += 4)
      bytes[((size_t)data[i] << 16 | (size_t)data[i + 1] << 8 | data[i + 2]) % sound.n] = data[i + 3];
    write_file(sound.path, bytes, sound.n);
  } else if (data[0] == 'S') {
    write_file(sound.path, sound.bytes, sound.n);
    run_sql(sound.path, vd_str_dup_n(arena, (const char *)data + 1, size - 1));
  }
  use(sound.path, VD_OPEN_READ);
  use(sound.path, VD_OPEN_EDIT);
  unlink(vd_str_printf(arena, "%s-wal", sound.path));
  unlink(vd_str_printf(arena, "%s-shm", sound.path));
  unlink(vd_str_printf(arena, "%s-journal", sound.path));
  unlink(sound.path);
  return 0;
}
