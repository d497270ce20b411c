/* study_kept: the road network that is kept with a plan is the one that would be built, is not used once anything it
 * follows from has changed, and does no harm when it is damaged or cannot be kept.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study/land.h"
#include "support/plans.h"
#include "vedette/geo/start.h"

#define assert_ok(expression)                                                                                \
  do {                                                                                                       \
    if ((expression) != VD_OK) fail_msg("%s: %s", #expression, vd_last_message());                           \
  } while (0)

typedef struct world {
  vd_arena *arena;
  const char *folder, *path;
} world;

enum { ROADS = 600, POINTS = 6 };

static uint64_t state = 1;
static double random_unit(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 9007199254740992.0;
}

static void put(vd_plan_file *file, vd_kind kind, void *record) {
  vd_edit *edit;
  assert_ok(vd_edit_start(vd_plan_file_plan(file), "Draw", &edit));
  assert_ok(vd_edit_put(edit, kind, record));
  assert_ok(vd_edit_commit(edit));
}

static vd_road *make_road(vd_arena *arena) {
  vd_road *road = vd_record_new(arena, VD_KIND_ROAD);
  double xy[2 * POINTS], x = 29 + 2 * random_unit(), y = 4 + 2 * random_unit();
  for (int k = 0; k < POINTS; k++) {
    xy[2 * k] = x, xy[2 * k + 1] = y;
    x += 0.2 * (random_unit() - 0.5), y += 0.2 * (random_unit() - 0.5);
  }
  road->record.geom = vd_geom_line(arena, xy, POINTS);
  road->oneway = (int32_t)(random_unit() * 3) - 1;
  return road;
}

static int start(void **out) {
  vd_arena *arena = vd_arena_new();
  world *made = VD_NEW(arena, world);
  made->arena = arena;
  made->folder = scratch_make(arena);
  made->path = vd_str_printf(arena, "%s/plan.gpkg", made->folder);
  *out = made;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  vd_plan_info info = sample_info(arena);
  info.cell_m = 1000;
  vd_edit *edit;
  if (vd_geo_start() != VD_OK || vd_plan_file_create(made->path, &info, &file) != VD_OK) return -1;
  state = 1;
  if (vd_edit_start(vd_plan_file_plan(file), "Draw", &edit) != VD_OK) return -1;
  for (int i = 0; i < ROADS; i++)
    if (vd_edit_put(edit, VD_KIND_ROAD, make_road(arena)) != VD_OK) return -1;
  vd_water *river = vd_record_new(arena, VD_KIND_WATER);
  river->record.geom = vd_geom_line(arena, (double[]){29, 5.1, 30, 4.9, 31, 5.2}, 3);
  river->barrier = 1;
  if (vd_edit_put(edit, VD_KIND_WATER, river) != VD_OK) return -1;
  return vd_edit_commit(edit) == VD_OK ? 0 : -1;
}

static int stop(void **in) {
  world *made = *in;
  scratch_remove(made->arena, made->folder);
  vd_arena_free(made->arena);
  return 0;
}

static vd_plan_file *open_plan(const world *in, vd_open_mode mode) {
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(in->path, mode, &file));
  return file;
}

static vd_landscape *build(const vd_plan *plan) {
  vd_landscape *land;
  assert_ok(vd_landscape_build(plan, 0, NULL, NULL, &land));
  return land;
}

static void keep(vd_plan_file *file, const vd_landscape *land) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_kept kept;
  assert_ok(vd_landscape_pack(land, arena, &kept));
  assert_true(kept.n > 0);
  assert_ok(vd_plan_file_keep(file, &kept));
}

/* Builds, keeps and closes. */
static void keep_once(const world *in) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_EDIT);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(vd_plan_file_plan(file));
  assert_false(land->network_kept);
  keep(file, land);
}

static bool finds(const world *in) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_READ);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(vd_plan_file_plan(file));
  return land->network_kept;
}

static void run_sql(const world *in, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(in->path, &db), SQLITE_OK);
  char *why = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", sql, why);
  sqlite3_close(db);
}

static void kept__is_what_would_be_built(void **in_state) {
  const world *in = *in_state;
  keep_once(in);
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_READ);
  VD_CLEANUP(vd_plan_cleanup) vd_plan *bare = vd_plan_copy(vd_plan_file_plan(file));
  vd_plan_use_keeper(bare, NULL);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *kept = build(vd_plan_file_plan(file)), *built = build(bare);
  assert_true(kept->network_kept);
  assert_false(built->network_kept);
  uint8_t *bytes[2];
  size_t n[2];
  assert_ok(vd_travel_network_write(in->arena, kept->network, &bytes[0], &n[0]));
  assert_ok(vd_travel_network_write(in->arena, built->network, &bytes[1], &n[1]));
  assert_int_equal(n[0], n[1]);
  assert_memory_equal(bytes[0], bytes[1], n[0]);
  assert_memory_equal(kept->has_road, built->has_road, (size_t)vd_grid_n(&kept->grid));
  assert_int_equal(kept->n_roads, built->n_roads);
  assert_int_equal(kept->n_notes, built->n_notes);
}

static void kept__gives_the_same_travel_times(void **in_state) {
  const world *in = *in_state;
  keep_once(in);
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_READ);
  VD_CLEANUP(vd_plan_cleanup) vd_plan *bare = vd_plan_copy(vd_plan_file_plan(file));
  vd_plan_use_keeper(bare, NULL);
  vd_landscape *lands[2] = {build(vd_plan_file_plan(file)), build(bare)};
  vd_travel_field fields[2];
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = 5 + 3 * g;
  vd_profile profile = vd_profile_resolve(VD_CAR_4X4, &rules, &rules, VD_DRY, VD_DAY, 900000, 0);
  for (int i = 0; i < 2; i++) {
    vd_travel_effect effect = {.effect = VD_EFFECT_BLOCK,
                               .zone = vd_travel_zone_circle(in->arena, lands[i]->network, 9000, 4000, 6000)};
    vd_travel_costs *costs;
    assert_ok(vd_travel_costs_new(in->arena, lands[i]->network, &profile, &effect, 1, &costs));
    vd_travel_source source = {1234, -4321, 60000};
    assert_ok(vd_travel_solve(in->arena, costs, &source, VD_UNREACHED - 1, false, NULL, &fields[i]));
  }
  size_t n_cells = (size_t)vd_grid_n(&lands[0]->grid), n_nodes = (size_t)vd_travel_n_nodes(lands[0]->network);
  assert_memory_equal(fields[0].cell_ms, fields[1].cell_ms, n_cells * sizeof(uint32_t));
  assert_memory_equal(fields[0].node_ms, fields[1].node_ms, n_nodes * sizeof(uint32_t));
  for (int i = 0; i < 2; i++) vd_landscape_free(lands[i]);
}

static void kept__is_stale_once_what_it_follows_from_has_changed(void **in_state) {
  const world *in = *in_state;
  keep_once(in);
  assert_true(finds(in));
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_EDIT);
  vd_plan *plan = vd_plan_file_plan(file);
  assert_true(finds(in));
  put(file, VD_KIND_ROAD, make_road(in->arena));
  assert_false(finds(in));
  assert_ok(vd_plan_undo(plan));
  assert_true(finds(in)); /* the same roads again */
  const vd_road *road = vd_plan_at(plan, VD_KIND_ROAD, 17);
  assert_ok(vd_edit_set_field(plan, VD_KIND_ROAD, road->record.id, "name", "A name changes no way"));
  assert_true(finds(in));
  road = vd_plan_at(plan, VD_KIND_ROAD, 17);
  assert_ok(vd_edit_set_field(plan, VD_KIND_ROAD, road->record.id, "oneway", road->oneway == 1 ? "0" : "1"));
  assert_false(finds(in));
  assert_ok(vd_plan_undo(plan));
  const vd_water *river = vd_plan_at(plan, VD_KIND_WATER, 0);
  assert_ok(vd_edit_set_field(plan, VD_KIND_WATER, river->record.id, "barrier", "0"));
  assert_false(finds(in));
  assert_ok(vd_plan_undo(plan));
  assert_true(finds(in));
  vd_plan_info info = *vd_plan_info_lookup(plan);
  vd_edit *edit;
  info.cell_m = 1100;
  assert_ok(vd_edit_start(plan, "Cells", &edit));
  assert_ok(vd_edit_put_info(edit, &info));
  assert_ok(vd_edit_commit(edit));
  assert_false(finds(in));
}

static void kept__is_no_edit(void **in_state) {
  const world *in = *in_state;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_EDIT);
  const vd_plan *plan = vd_plan_file_plan(file);
  uint64_t revision = vd_plan_revision(plan, VD_KIND_COUNT);
  vd_history_entry *entries;
  size_t before, after;
  assert_ok(vd_plan_file_history(file, in->arena, 100, &entries, &before));
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(plan);
  keep(file, land);
  assert_ok(vd_plan_file_refresh(file));
  assert_int_equal(vd_plan_revision(plan, VD_KIND_COUNT), revision);
  assert_ok(vd_plan_file_history(file, in->arena, 100, &entries, &after));
  assert_int_equal(before, after);
  /* What was found is not offered for keeping again. */
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *again = build(plan);
  vd_kept kept;
  assert_ok(vd_landscape_pack(again, in->arena, &kept));
  assert_int_equal(kept.n, 0);
}

static void kept__that_is_damaged_is_built_anew(void **in_state) {
  const world *in = *in_state;
  static const char *const damages[] = {
      "UPDATE vedette_kept SET bytes = zeroblob(length(bytes))",
      "UPDATE vedette_kept SET bytes = zeroblob(3)",
      "UPDATE vedette_kept SET bytes = NULL WHERE 0; UPDATE vedette_kept SET bytes = 'text'",
      "UPDATE vedette_kept SET key = 'other'",
      "INSERT INTO vedette_kept SELECT name, part + 100, key, bytes FROM vedette_kept",
      "UPDATE vedette_kept SET bytes = substr(bytes, 1, length(bytes) - 8)",
      "DROP TABLE vedette_kept; CREATE TABLE vedette_kept (name)",
      "DROP TABLE vedette_kept; CREATE VIEW vedette_kept AS SELECT 'roads' AS name, 0 AS part, '' AS key, "
      "x'00' "
      "AS bytes",
      "DROP VIEW vedette_kept; CREATE TABLE vedette_kept (name, part, key, bytes, n AS (part + 1))",
  };
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    if (i < 7) {
      VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_EDIT);
      VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(vd_plan_file_plan(file));
      keep(file, land);
    }
    run_sql(in, damages[i]);
    assert_false(finds(in));
  }
}

static void kept__cannot_be_in_a_plan_opened_for_reading(void **in_state) {
  const world *in = *in_state;
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = open_plan(in, VD_OPEN_READ);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(vd_plan_file_plan(file));
  vd_kept kept;
  assert_ok(vd_landscape_pack(land, in->arena, &kept));
  assert_true(kept.n > 0);
  assert_int_equal(vd_plan_file_keep(file, &kept), VD_ERR_USAGE);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(kept__is_what_would_be_built, start, stop),
      cmocka_unit_test_setup_teardown(kept__gives_the_same_travel_times, start, stop),
      cmocka_unit_test_setup_teardown(kept__is_stale_once_what_it_follows_from_has_changed, start, stop),
      cmocka_unit_test_setup_teardown(kept__is_no_edit, start, stop),
      cmocka_unit_test_setup_teardown(kept__that_is_damaged_is_built_anew, start, stop),
      cmocka_unit_test_setup_teardown(kept__cannot_be_in_a_plan_opened_for_reading, start, stop),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
