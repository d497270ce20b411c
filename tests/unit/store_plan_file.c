/* store_plan_file: a plan is the same after closing and opening; its history stays; others' edits are seen.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "store/spatial.h"
#include "support/plans.h"

typedef struct world {
  vd_arena *arena;
  const char *folder, *path;
} world;

static int start(void **state) {
  vd_arena *arena = vd_arena_new();
  world *made = VD_NEW(arena, world);
  made->arena = arena;
  made->folder = scratch_make(arena);
  made->path = vd_str_printf(arena, "%s/plan.gpkg", made->folder);
  *state = made;
  return made->folder ? 0 : -1;
}
static int stop(void **state) {
  world *made = *state;
  scratch_remove(made->arena, made->folder);
  vd_arena_free(made->arena);
  return 0;
}

#define assert_ok(expression)                                                                                \
  do {                                                                                                       \
    if ((expression) != VD_OK) fail_msg("%s: %s", #expression, vd_last_message());                           \
  } while (0)

static vd_plan_file *create(world *in) {
  vd_plan_file *file;
  vd_plan_info info = sample_info(in->arena);
  assert_ok(vd_plan_file_create(in->path, &info, &file));
  return file;
}

static vd_plan_file *open_again(world *in, vd_open_mode mode) {
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(in->path, mode, &file));
  return file;
}

static void hash_of(vd_plan_file *file, char hex[65]) {
  vd_plan_hash(vd_plan_file_plan(file), hex);
}

static void store_plan_file__a_new_plan_has_its_info_and_defaults(void **state) {
  world *in = *state;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = create(in);
  const vd_plan *plan = vd_plan_file_plan(file);
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  assert_string_equal(info->title, "Sample");
  assert_true(vd_uuid_valid(info->id));
  assert_int_equal(info->utc_offset_s, 7200);
  assert_true(info->from_s == 1772323200 && info->to_s == 1772928000);
  assert_int_equal(info->classification, VD_CONFIDENTIAL);
  assert_true(vd_geom_equal(info->area, sample_info(in->arena).area));
  assert_true(vd_plan_count(plan, VD_KIND_SPEED) > 40 && vd_plan_count(plan, VD_KIND_STANDARD) > 25);
  assert_null(vd_plan_undo_title(plan));
  /* Never over a file that is there. */
  vd_plan_file *second;
  vd_plan_info again = sample_info(in->arena);
  assert_int_equal(vd_plan_file_create(in->path, &again, &second), VD_ERR_INPUT);
  assert_null(second);
}

static void store_plan_file__every_field_comes_back(void **state) {
  world *in = *state;
  vd_plan_file *file = create(in);
  vd_plan *plan = vd_plan_file_plan(file);
  void *records[VD_KIND_COUNT];
  vd_edit *edit;
  assert_ok(vd_edit_start(plan, "Add one of each", &edit));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    records[kind] = full_record(in->arena, (vd_kind)kind);
    if (kind == VD_KIND_STOP) ((vd_stop *)records[kind])->patrol = ((vd_record *)records[VD_KIND_PATROL])->id;
    if (kind == VD_KIND_BASE) ((vd_base *)records[kind])->actor = ((vd_record *)records[VD_KIND_ACTOR])->id;
    assert_ok(vd_edit_put(edit, (vd_kind)kind, records[kind]));
  }
  assert_ok(vd_edit_commit(edit));
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    records[kind] = vd_record_copy(in->arena, (vd_kind)kind,
                                   vd_plan_find(plan, (vd_kind)kind, ((vd_record *)records[kind])->id));
  char before[65], after[65];
  hash_of(file, before);
  vd_plan_file_close(file);
  file = open_again(in, VD_OPEN_READ);
  hash_of(file, after);
  assert_string_equal(before, after);
  const char *const *notes;
  assert_int_equal(vd_plan_file_notes(file, &notes), 0);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    const vd_record *found =
        vd_plan_find(vd_plan_file_plan(file), (vd_kind)kind, ((vd_record *)records[kind])->id);
    assert_non_null(found);
    assert_true(vd_record_equal((vd_kind)kind, found, records[kind]));
  }
  assert_int_equal(vd_edit_set_field(vd_plan_file_plan(file), VD_KIND_BASE,
                                     ((vd_record *)records[VD_KIND_BASE])->id, "name", "x"),
                   VD_ERR_USAGE);
  vd_plan_file_close(file);
}

static void store_plan_file__nothing_but_the_file_stays(void **state) {
  world *in = *state;
  vd_plan_file *file = create(in);
  assert_ok(add_base(vd_plan_file_plan(file), "One", 30, 5, NULL));
  assert_int_equal(access(vd_str_printf(in->arena, "%s-wal", in->path), F_OK), 0);
  vd_plan_file_close(file);
  FILE *list = popen(vd_str_printf(in->arena, "ls -A '%s'", in->folder), "r");
  char names[200] = "";
  size_t n = fread(names, 1, sizeof names - 1, list);
  names[n] = '\0';
  pclose(list);
  assert_string_equal(names, "plan.gpkg\n");
}

static void store_plan_file__undo_and_redo_lead_there_and_back(void **state) {
  world *in = *state;
  vd_plan_file *file = create(in);
  enum { N = 12 };
  char hashes[N + 1][65], id[VD_UUID_SIZE], now[65];
  hash_of(file, hashes[0]);
  assert_ok(add_base(vd_plan_file_plan(file), "Zero", 30, 5, id));
  hash_of(file, hashes[1]);
  for (int i = 2; i <= N; i++) {
    vd_plan *plan = vd_plan_file_plan(file);
    if (i % 3 == 0)
      assert_ok(add_base(plan, "More", 29 + i / 10.0, 4.5, NULL));
    else if (i % 3 == 1)
      assert_ok(vd_edit_move(plan, VD_KIND_BASE, id, 29 + i / 20.0, 5));
    else
      assert_ok(vd_edit_set_field(plan, VD_KIND_BASE, id, "strength", vd_str_printf(in->arena, "%d", i)));
    hash_of(file, hashes[i]);
  }
  vd_plan_file_close(file);
  file = open_again(in, VD_OPEN_EDIT); /* history lives in the file */
  for (int i = N; i > 0; i--) {
    hash_of(file, now);
    assert_string_equal(now, hashes[i]);
    assert_ok(vd_plan_undo(vd_plan_file_plan(file)));
  }
  hash_of(file, now);
  assert_string_equal(now, hashes[0]);
  assert_int_equal(vd_plan_undo(vd_plan_file_plan(file)), VD_ERR_NOT_FOUND);
  for (int i = 1; i <= N - 3; i++) {
    assert_ok(vd_plan_redo(vd_plan_file_plan(file)));
    hash_of(file, now);
    assert_string_equal(now, hashes[i]);
  }
  /* A new edit drops what could still be redone. */
  assert_non_null(vd_plan_redo_title(vd_plan_file_plan(file)));
  assert_ok(add_base(vd_plan_file_plan(file), "New way", 30, 4.25, NULL));
  assert_null(vd_plan_redo_title(vd_plan_file_plan(file)));
  assert_string_equal(vd_plan_undo_title(vd_plan_file_plan(file)), "Add base");
  vd_history_entry *entries;
  size_t n;
  assert_ok(vd_plan_file_history(file, in->arena, 100, &entries, &n));
  assert_int_equal(n, N - 3 + 1);
  vd_plan_file_close(file);
  file = open_again(in, VD_OPEN_READ);
  assert_non_null(vd_plan_find_name(vd_plan_file_plan(file), VD_KIND_BASE, "New way"));
  vd_plan_file_close(file);
}

static void fill_raster(vd_raster *raster, float *values, int32_t width, int32_t height, float first) {
  for (int32_t i = 0; i < width * height; i++) values[i] = first + (float)i * 0.37f;
  values[3] = NAN;
  values[4] = -0.0f;
  values[5] = 1e-42f; /* denormal */
  *raster = (vd_raster){
      .width = width, .height = height, .values = values, .source = "made up", .reported_s = 86400};
}

static void assert_same_raster(const vd_raster *a, const vd_raster *b) {
  assert_true(a->width == b->width && a->height == b->height && a->reported_s == b->reported_s);
  assert_memory_equal(a->geotransform, b->geotransform, sizeof a->geotransform);
  assert_string_equal(a->crs_wkt, b->crs_wkt);
  assert_string_equal(a->source, b->source);
  for (size_t i = 0; i < (size_t)a->width * (size_t)a->height; i++) {
    if (isnan(a->values[i]))
      assert_true(isnan(b->values[i]));
    else
      assert_memory_equal(&a->values[i], &b->values[i], sizeof(float));
  }
}

#define UTM_WKT                                                                                              \
  "PROJCS[\"WGS 84 / UTM zone 36N\",GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,"       \
  "298.257223563]],PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433]],"                            \
  "PROJECTION[\"Transverse_Mercator\"],PARAMETER[\"latitude_of_origin\",0],"                                 \
  "PARAMETER[\"central_meridian\",33],PARAMETER[\"scale_factor\",0.9996],PARAMETER[\"false_easting\","       \
  "500000],"                                                                                                 \
  "PARAMETER[\"false_northing\",0],UNIT[\"metre\",1],AUTHORITY[\"EPSG\",\"32636\"]]"

static vd_status put_raster(vd_plan *plan, const vd_raster *raster) {
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Import elevation", &edit));
  vd_status status = vd_edit_put_raster(edit, VD_RASTER_ELEVATION, raster);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  return vd_edit_commit(edit);
}

static void store_plan_file__rasters_come_back_bit_for_bit(void **state) {
  world *in = *state;
  vd_plan_file *file = create(in);
  vd_raster first, second, turned;
  float *one = VD_NEW_ARRAY(in->arena, float, 300 * 270), *two = VD_NEW_ARRAY(in->arena, float, 40 * 50),
        *three = VD_NEW_ARRAY(in->arena, float, 40 * 50);
  fill_raster(&first, one, 300, 270, 0);
  fill_raster(&second, two, 40, 50, 1000);
  fill_raster(&turned, three, 40, 50, -7);
  memcpy(first.geotransform, (double[]){500000.1, 92.7, 0, 600000.3, 0, -30.9}, sizeof first.geotransform);
  memcpy(second.geotransform, (double[]){29, 1.0 / 1200, 0, 6, 0, -1.0 / 1200}, sizeof second.geotransform);
  memcpy(turned.geotransform, (double[]){29, 0.01, 0.002, 6, 0.003, -0.01}, sizeof turned.geotransform);
  first.crs_wkt = UTM_WKT;
  second.crs_wkt = turned.crs_wkt = "LOCAL_CS[\"a system of its own\",UNIT[\"metre\",1]]";
  const vd_raster *steps[] = {&first, &second, &turned, NULL};
  for (int i = 0; i < 4; i++) assert_ok(put_raster(vd_plan_file_plan(file), steps[i]));
  vd_plan_file_close(file);
  file = open_again(in, VD_OPEN_EDIT);
  assert_null(vd_plan_raster(vd_plan_file_plan(file), VD_RASTER_ELEVATION));
  for (int i = 2; i >= 0; i--) {
    assert_ok(vd_plan_undo(vd_plan_file_plan(file)));
    assert_same_raster(steps[i], vd_plan_raster(vd_plan_file_plan(file), VD_RASTER_ELEVATION));
    vd_plan_file_close(file);
    file = open_again(in, VD_OPEN_EDIT);
    assert_same_raster(steps[i], vd_plan_raster(vd_plan_file_plan(file), VD_RASTER_ELEVATION));
  }
  assert_ok(vd_plan_undo(vd_plan_file_plan(file)));
  assert_null(vd_plan_raster(vd_plan_file_plan(file), VD_RASTER_ELEVATION));
  assert_ok(vd_plan_redo(vd_plan_file_plan(file)));
  assert_same_raster(&first, vd_plan_raster(vd_plan_file_plan(file), VD_RASTER_ELEVATION));
  vd_plan_file_close(file);
}

/* Two editors at once: both edits stay, each sees the other's after its next one, and a record that the other changed is
 * not overwritten unseen. */
static void store_plan_file__two_editors(void **state) {
  world *in = *state;
  vd_plan_file *first = create(in), *second = open_again(in, VD_OPEN_EDIT);
  char id[VD_UUID_SIZE];
  assert_ok(add_base(vd_plan_file_plan(first), "Of the first", 30, 5, id));
  assert_ok(add_base(vd_plan_file_plan(second), "Of the second", 30.5, 5, NULL));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(second), VD_KIND_BASE), 2);
  assert_int_equal(vd_plan_count(vd_plan_file_plan(first), VD_KIND_BASE), 1);
  assert_ok(vd_plan_file_refresh(first));
  assert_int_equal(vd_plan_count(vd_plan_file_plan(first), VD_KIND_BASE), 2);
  assert_ok(vd_edit_set_field(vd_plan_file_plan(first), VD_KIND_BASE, id, "name", "By the first"));
  assert_int_equal(vd_edit_set_field(vd_plan_file_plan(second), VD_KIND_BASE, id, "name", "By the second"),
                   VD_ERR_BUSY);
  assert_non_null(strstr(vd_last_message(), "Of the first"));
  const vd_record *seen = vd_plan_find(vd_plan_file_plan(second), VD_KIND_BASE, id);
  assert_string_equal(seen->name, "By the first");
  assert_ok(vd_edit_set_field(vd_plan_file_plan(second), VD_KIND_BASE, id, "name", "By the second"));
  vd_plan_file_close(first);
  vd_plan_file_close(second);
  second = open_again(in, VD_OPEN_READ);
  seen = vd_plan_find(vd_plan_file_plan(second), VD_KIND_BASE, id);
  assert_string_equal(seen->name, "By the second");
  vd_plan_file_close(second);
  assert_int_not_equal(access(vd_str_printf(in->arena, "%s-wal", in->path), F_OK), 0);
}

/* A step whose records another editor has changed since is not taken back over that change. */
static void store_plan_file__undo_respects_the_other_editor(void **state) {
  world *in = *state;
  vd_plan_file *file = create(in);
  char id[VD_UUID_SIZE];
  assert_ok(add_base(vd_plan_file_plan(file), "One", 30, 5, id));
  sqlite3 *other;
  assert_int_equal(sqlite3_open(in->path, &other), SQLITE_OK);
  assert_ok(vd_spatial_register(other));
  assert_int_equal(sqlite3_exec(other, "UPDATE base SET strength = 77", NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(other);
  assert_int_equal(vd_plan_undo(vd_plan_file_plan(file)), VD_ERR_BUSY);
  const vd_base *base = vd_plan_find(vd_plan_file_plan(file), VD_KIND_BASE, id);
  assert_int_equal(base->strength, 77); /* the plan shows why */
  assert_string_equal(vd_plan_undo_title(vd_plan_file_plan(file)), "Add base");
  vd_plan_file_close(file);
}

static void store_plan_file__says_what_a_file_is_not(void **state) {
  world *in = *state;
  vd_plan_file *file;
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file), VD_ERR_NOT_FOUND);
  assert_null(file);
  FILE *text = fopen(in->path, "w");
  fputs("lon,lat\n30,5\n", text);
  fclose(text);
  assert_int_equal(vd_plan_file_open(in->path, VD_OPEN_EDIT, &file), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "not a plan"));
  assert_int_equal(vd_plan_file_open(in->folder, VD_OPEN_READ, &file), VD_ERR_IO);
  vd_plan_info info = sample_info(in->arena);
  assert_int_equal(
      vd_plan_file_create(vd_str_printf(in->arena, "%s/nowhere/plan.gpkg", in->folder), &info, &file),
      VD_ERR_IO);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(store_plan_file__a_new_plan_has_its_info_and_defaults, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__every_field_comes_back, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__nothing_but_the_file_stays, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__undo_and_redo_lead_there_and_back, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__rasters_come_back_bit_for_bit, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__two_editors, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__undo_respects_the_other_editor, start, stop),
      cmocka_unit_test_setup_teardown(store_plan_file__says_what_a_file_is_not, start, stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
