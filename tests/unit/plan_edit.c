/* plan_edit: edits gather, check, commit to the journal first and then show.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/edit.h"

/* A journal that counts and can be told to fail. */
typedef struct memory {
  int n_written;
  size_t n_changes;
  char title[100];
  vd_status answer;
  int64_t clock_s;
} memory;

static vd_status remember(void *context, const vd_operation *operation) {
  memory *to = context;
  if (to->answer != VD_OK) return vd_fail(to->answer, "the disk is full");
  to->n_written++;
  to->n_changes = operation->n_changes;
  snprintf(to->title, sizeof to->title, "%s", operation->title);
  return VD_OK;
}
static int64_t tell_time(void *context) {
  return ((memory *)context)->clock_s;
}
static vd_journal journal_of(memory *to) {
  return (vd_journal){.context = to, .write = remember, .now_s = tell_time};
}

static const char *add_actor(vd_plan *plan, const char *name) {
  vd_arena *arena = vd_arena_new();
  vd_actor *actor = vd_record_new(arena, VD_KIND_ACTOR);
  actor->record.name = name;
  vd_edit *edit;
  assert_int_equal(vd_edit_start(plan, "Add actor", &edit), VD_OK);
  assert_int_equal(vd_edit_put(edit, VD_KIND_ACTOR, actor), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  vd_arena_free(arena);
  return ((const vd_record *)vd_plan_find_name(plan, VD_KIND_ACTOR, name))->id;
}

static vd_base *new_base(vd_arena *arena, const char *name, const char *actor) {
  vd_base *base = vd_record_new(arena, VD_KIND_BASE);
  base->record.name = name;
  base->actor = actor;
  base->record.geom = vd_geom_point(arena, 30, 5);
  return base;
}

static void plan_edit__stamps_author_and_times(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  memory to = {.clock_s = 1000};
  vd_journal journal = journal_of(&to);
  vd_plan_use_journal(plan, &journal);
  vd_plan_use_author(plan, "A. Planner");
  const char *id = add_actor(plan, "Sector East");
  to.clock_s = 2000;
  vd_plan_use_author(plan, "Someone else");
  assert_int_equal(vd_edit_set_field(plan, VD_KIND_ACTOR, vd_str_dup(arena, id), "due_diligence", "2"),
                   VD_OK);
  const vd_actor *actor = vd_plan_at(plan, VD_KIND_ACTOR, 0);
  assert_string_equal(actor->record.author, "A. Planner");
  assert_true(actor->record.created_s == 1000 && actor->record.changed_s == 2000);
  assert_int_equal(actor->due_diligence, 2);
  assert_non_null(strstr(to.title, "Sector East"));
}

static void plan_edit__a_failed_commit_changes_nothing(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  memory to = {.answer = VD_ERR_IO};
  vd_journal journal = journal_of(&to);
  vd_plan_use_journal(plan, &journal);
  uint64_t revision = vd_plan_revision(plan, VD_KIND_COUNT);
  vd_edit *edit;
  vd_edit_start(plan, "Add base", &edit);
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, new_base(arena, "One", NULL)), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_ERR_IO);
  assert_int_equal(vd_plan_count(plan, VD_KIND_BASE), 0);
  assert_true(vd_plan_revision(plan, VD_KIND_COUNT) == revision);
}

static void plan_edit__saying_the_same_leaves_no_history(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  memory to = {.clock_s = 5};
  vd_journal journal = journal_of(&to);
  vd_plan_use_journal(plan, &journal);
  const char *id = vd_str_dup(arena, add_actor(plan, "A"));
  to.clock_s = 6;
  assert_int_equal(vd_edit_set_field(plan, VD_KIND_ACTOR, id, "name", "A"), VD_OK);
  assert_int_equal(to.n_written, 1);
  /* Added and removed again within one edit. */
  vd_edit *edit;
  vd_edit_start(plan, "Nothing", &edit);
  vd_base *base = new_base(arena, "Gone", id);
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_OK);
  assert_int_equal(vd_edit_remove(edit, VD_KIND_BASE, base->record.id), VD_OK);
  assert_int_equal(vd_edit_n_changes(edit), 0);
  assert_null(vd_edit_find(edit, VD_KIND_BASE, base->record.id));
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  assert_int_equal(to.n_written, 1);
}

static void plan_edit__checks_fields_and_references(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *actor = vd_str_dup(arena, add_actor(plan, "A"));
  vd_edit *edit;
  vd_edit_start(plan, "Add base", &edit);
  vd_base *base = new_base(arena, "One", "00000000-0000-4000-8000-000000000000");
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "One"));
  base->actor = actor;
  base->proximity_m = -5;
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "proximity_m"));
  base->proximity_m = 1000;
  base->record.geom = vd_geom_point(arena, 181, 0);
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_ERR_INPUT);
  double ring[] = {0, 0, 1, 0, 1, 1};
  base->record.geom = vd_geom_ring(arena, ring, 3);
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_ERR_INPUT);
  base->record.geom = vd_geom_point(arena, 30, 5);
  base->vehicle = 99;
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_ERR_INPUT);
  base->vehicle = VD_CONVOY;
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);

  /* An actor that a base names stays, until the base goes too. */
  vd_edit_start(plan, "Remove actor", &edit);
  assert_int_equal(vd_edit_remove(edit, VD_KIND_ACTOR, actor), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "One"));
  assert_int_equal(vd_plan_count(plan, VD_KIND_ACTOR), 1);
  vd_edit_start(plan, "Remove both", &edit);
  assert_int_equal(vd_edit_remove(edit, VD_KIND_ACTOR, actor), VD_OK);
  assert_int_equal(vd_edit_clear(edit, VD_KIND_BASE), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  assert_int_equal(vd_plan_count(plan, VD_KIND_ACTOR), 0);
}

static void plan_edit__a_patrol_takes_its_stops_along(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_edit *edit;
  vd_patrol *patrols[2];
  vd_edit_start(plan, "Add patrols", &edit);
  for (int i = 0; i < 2; i++) {
    patrols[i] = vd_record_new(arena, VD_KIND_PATROL);
    assert_int_equal(vd_edit_put(edit, VD_KIND_PATROL, patrols[i]), VD_OK);
    for (int j = 0; j < 3; j++) {
      vd_stop *stop = vd_record_new(arena, VD_KIND_STOP);
      stop->patrol = patrols[i]->record.id;
      stop->sequence = j;
      stop->record.geom = vd_geom_point(arena, j, i);
      assert_int_equal(vd_edit_put(edit, VD_KIND_STOP, stop), VD_OK);
    }
  }
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  vd_edit_start(plan, "Remove one", &edit);
  assert_int_equal(vd_edit_remove(edit, VD_KIND_PATROL, patrols[0]->record.id), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  assert_int_equal(vd_plan_count(plan, VD_KIND_STOP), 3);
  VD_EACH(plan, VD_KIND_STOP, vd_stop, stop) assert_string_equal(stop->patrol, patrols[1]->record.id);
}

static void plan_edit__order_ids_and_moves(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 3000 };
  char(*ids)[VD_UUID_SIZE] = vd_arena_alloc(arena, N * sizeof *ids);
  vd_edit *edit;
  vd_edit_start(plan, "Add", &edit);
  for (int i = 0; i < N; i++) {
    vd_base *base = new_base(arena, "B", NULL);
    assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_OK);
    memcpy(ids[i], base->record.id, VD_UUID_SIZE);
  }
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  for (int i = 0; i < N; i += 7) { /* many small edits: waste is given back, order stays */
    assert_int_equal(vd_edit_move(plan, VD_KIND_BASE, ids[i], 10.25, -3.125), VD_OK);
    const vd_base *moved = vd_plan_find(plan, VD_KIND_BASE, ids[i]);
    assert_true(moved->record.geom->xy[0] == 10.25 && moved->record.geom->xy[1] == -3.125);
  }
  for (size_t i = 0; i < N; i++)
    assert_string_equal(((const vd_base *)vd_plan_at(plan, VD_KIND_BASE, i))->record.id, ids[i]);
  VD_CLEANUP(vd_plan_cleanup) vd_plan *copy = vd_plan_copy(plan);
  char one[65], two[65];
  vd_plan_hash(plan, one);
  vd_plan_hash(copy, two);
  assert_string_equal(one, two);
  assert_int_equal(vd_edit_move(plan, VD_KIND_BASE, ids[1], 11, 1), VD_OK);
  vd_plan_hash(plan, two);
  assert_string_not_equal(one, two);
  vd_plan_hash(copy, two);
  assert_string_equal(one, two);
}

static void plan_edit__rasters_are_checked_and_kept(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  float values[] = {1, 2, 3, 4, 5, 6};
  vd_raster raster = {.width = 3, .height = 2, .geotransform = {10, 1, 0, 5, 0, -1}, .values = values};
  vd_edit *edit;
  vd_edit_start(plan, "Add raster", &edit);
  assert_int_equal(vd_edit_put_raster(edit, VD_RASTER_POPULATION, &raster), VD_ERR_INPUT);
  raster.crs_wkt = "LOCAL_CS[\"x\"]";
  assert_int_equal(vd_edit_put_raster(edit, VD_RASTER_POPULATION, &raster), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  values[5] = 99;
  const vd_raster *kept = vd_plan_raster(plan, VD_RASTER_POPULATION);
  assert_true(kept->values[5] == 6);
  assert_null(vd_plan_raster(plan, VD_RASTER_ELEVATION));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plan_edit__stamps_author_and_times),
      cmocka_unit_test(plan_edit__a_failed_commit_changes_nothing),
      cmocka_unit_test(plan_edit__saying_the_same_leaves_no_history),
      cmocka_unit_test(plan_edit__checks_fields_and_references),
      cmocka_unit_test(plan_edit__a_patrol_takes_its_stops_along),
      cmocka_unit_test(plan_edit__order_ids_and_moves),
      cmocka_unit_test(plan_edit__rasters_are_checked_and_kept),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
