/* plan_merge: three plans that a reader can follow by eye, put together.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/differences.h"
#include "vedette/plan/merge.h"

/* Base: actor Force; base Camp North of 40 people at (30, 5); patrol Dawn with stops 1 and 2. */
#define FORCE "00000000-0000-4000-8000-00000000000a"
#define CAMP "00000000-0000-4000-8000-00000000000b"
#define DAWN "00000000-0000-4000-8000-00000000000c"
#define STOP_1 "00000000-0000-4000-8000-0000000000d1"
#define STOP_2 "00000000-0000-4000-8000-0000000000d2"
#define OTHER "00000000-0000-4000-8000-0000000000e1"
#define OTHER_2 "00000000-0000-4000-8000-0000000000e2"

typedef struct fixture {
  vd_arena *arena;
  vd_plan *base, *mine, *theirs;
  vd_choices choices;
  vd_merge merge;
} fixture;

static void *new_record(vd_arena *arena, vd_kind kind, const char *id, const char *name) {
  vd_record *record = vd_record_new(arena, kind);
  memcpy(record->id, id, VD_UUID_SIZE);
  record->name = name;
  return record;
}

static void put(vd_plan *plan, vd_kind kind, void *record) {
  vd_edit *edit;
  assert_int_equal(vd_edit_start(plan, "put", &edit), VD_OK);
  assert_int_equal(vd_edit_put(edit, kind, record), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
}

static void drop(vd_plan *plan, vd_kind kind, const char *id) {
  vd_edit *edit;
  assert_int_equal(vd_edit_start(plan, "drop", &edit), VD_OK);
  assert_int_equal(vd_edit_remove(edit, kind, id), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
}

static void set(vd_plan *plan, vd_kind kind, const char *id, const char *field, const char *text) {
  assert_int_equal(vd_edit_set_field(plan, kind, id, field, text), VD_OK);
}

static void put_stop(vd_arena *arena, vd_plan *plan, const char *id, int sequence) {
  vd_stop *stop = new_record(arena, VD_KIND_STOP, id, NULL);
  stop->patrol = DAWN, stop->sequence = sequence;
  stop->record.geom = vd_geom_point(arena, 30 + 0.1 * sequence, 5);
  put(plan, VD_KIND_STOP, stop);
}

static int set_up(void **state) {
  fixture *f = test_calloc(1, sizeof *f);
  f->arena = vd_arena_new();
  f->base = vd_plan_new();
  f->choices.all = VD_SIDE_COUNT;
  put(f->base, VD_KIND_ACTOR, new_record(f->arena, VD_KIND_ACTOR, FORCE, "Force"));
  vd_base *camp = new_record(f->arena, VD_KIND_BASE, CAMP, "Camp North");
  camp->actor = FORCE, camp->strength = 40;
  camp->record.geom = vd_geom_point(f->arena, 30, 5);
  put(f->base, VD_KIND_BASE, camp);
  vd_patrol *dawn = new_record(f->arena, VD_KIND_PATROL, DAWN, "Dawn");
  dawn->actor = FORCE, dawn->from_s = 1772431200;
  put(f->base, VD_KIND_PATROL, dawn);
  put_stop(f->arena, f->base, STOP_1, 0);
  put_stop(f->arena, f->base, STOP_2, 1);
  f->mine = vd_plan_copy(f->base), f->theirs = vd_plan_copy(f->base);
  *state = f;
  return 0;
}

static int tear_down(void **state) {
  fixture *f = *state;
  vd_plan_free(f->base), vd_plan_free(f->mine), vd_plan_free(f->theirs);
  vd_arena_free(f->arena);
  test_free(f);
  return 0;
}

static void merge(fixture *f) {
  vd_merge_plans(f->base, f->mine, f->theirs, &f->choices, f->arena, &f->merge);
}

static void decide(fixture *f, const char *text) {
  assert_int_equal(vd_choices_add(&f->choices, f->arena, text), VD_OK);
}

static void merge_and_apply(fixture *f) {
  merge(f);
  assert_int_equal(vd_merge_apply(f->mine, &f->merge, "Merge", NULL), VD_OK);
}

static const vd_base *camp_of(const vd_plan *plan) {
  return vd_plan_find(plan, VD_KIND_BASE, CAMP);
}

static void plan_merge__takes_different_fields_of_one_record(void **state) {
  fixture *f = *state;
  set(f->mine, VD_KIND_BASE, CAMP, "strength", "55");
  assert_int_equal(vd_edit_move(f->theirs, VD_KIND_BASE, CAMP, 31, 6), VD_OK);
  merge_and_apply(f);
  assert_int_equal(f->merge.n_conflicts, 0);
  assert_int_equal(f->merge.n_changed, 1);
  assert_int_equal(camp_of(f->mine)->strength, 55);
  assert_true(camp_of(f->mine)->record.geom->xy[0] == 31);
}

static void plan_merge__without_changes_is_nothing(void **state) {
  fixture *f = *state;
  merge(f);
  assert_int_equal(vd_merge_n_changes(&f->merge), 0);
  assert_int_equal(f->merge.n_conflicts, 0);
}

static void plan_merge__same_change_twice_is_one(void **state) {
  fixture *f = *state;
  set(f->mine, VD_KIND_BASE, CAMP, "strength", "55");
  set(f->theirs, VD_KIND_BASE, CAMP, "strength", "55");
  merge(f);
  assert_int_equal(vd_merge_n_changes(&f->merge), 0);
  assert_int_equal(f->merge.n_conflicts, 0);
}

static void plan_merge__one_field_changed_twice_is_a_conflict(void **state) {
  fixture *f = *state;
  set(f->mine, VD_KIND_BASE, CAMP, "strength", "55");
  set(f->theirs, VD_KIND_BASE, CAMP, "strength", "70");
  merge(f);
  assert_int_equal(f->merge.n_conflicts, 1);
  assert_int_equal(f->merge.n_undecided, 1);
  const vd_conflict *conflict = &f->merge.conflicts[0];
  assert_int_equal(conflict->clash, VD_CLASH_CHANGED);
  assert_string_equal(conflict->field, "strength");
  assert_string_equal(conflict->label, "Camp North");
  assert_string_equal(conflict->sides[VD_SIDE_BASE].text, "40");
  assert_string_equal(conflict->sides[VD_SIDE_MINE].text, "55");
  assert_string_equal(conflict->sides[VD_SIDE_THEIRS].text, "70");
  assert_int_equal(vd_merge_apply(f->mine, &f->merge, "Merge", NULL), VD_ERR_USAGE);
  assert_int_equal(camp_of(f->mine)->strength, 55);
}

static void plan_merge__decisions_choose_a_side(void **state) {
  static const struct {
    const char *decision;
    int strength;
  } cases[] = {{"mine", 55},
               {"theirs", 70},
               {"base/" CAMP "/strength=base", 40},
               {"base/" CAMP "/strength = theirs", 70}};
  fixture *f = *state;
  set(f->mine, VD_KIND_BASE, CAMP, "strength", "55");
  set(f->theirs, VD_KIND_BASE, CAMP, "strength", "70");
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    VD_CLEANUP(vd_plan_cleanup) vd_plan *mine = vd_plan_copy(f->mine);
    f->choices = (vd_choices){.all = VD_SIDE_COUNT};
    decide(f, cases[i].decision);
    vd_merge_plans(f->base, mine, f->theirs, &f->choices, f->arena, &f->merge);
    assert_int_equal(vd_merge_apply(mine, &f->merge, "Merge", NULL), VD_OK);
    assert_int_equal(camp_of(mine)->strength, cases[i].strength);
  }
}

static void plan_merge__removal_against_change_is_a_conflict(void **state) {
  fixture *f = *state;
  drop(f->theirs, VD_KIND_BASE, CAMP);
  set(f->mine, VD_KIND_BASE, CAMP, "strength", "55");
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  assert_int_equal(f->merge.conflicts[0].clash, VD_CLASH_REMOVED);
  assert_string_equal(f->merge.conflicts[0].field, "record");
  assert_true(f->merge.conflicts[0].sides[VD_SIDE_THEIRS].absent);
  assert_string_equal(f->merge.conflicts[0].sides[VD_SIDE_MINE].text, "changed: strength");
  decide(f, "theirs");
  merge_and_apply(f);
  assert_null(camp_of(f->mine));
}

static void plan_merge__removal_of_what_nobody_changed_is_taken(void **state) {
  fixture *f = *state;
  drop(f->theirs, VD_KIND_BASE, CAMP);
  merge_and_apply(f);
  assert_int_equal(f->merge.n_conflicts, 0);
  assert_null(camp_of(f->mine));
}

static void plan_merge__change_of_what_mine_removed_can_be_taken_back(void **state) {
  fixture *f = *state;
  drop(f->mine, VD_KIND_BASE, CAMP);
  set(f->theirs, VD_KIND_BASE, CAMP, "strength", "70");
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  decide(f, "theirs");
  merge_and_apply(f);
  assert_int_equal(camp_of(f->mine)->strength, 70);
}

/* They remove the patrol; I add a stop to it: one conflict on the patrol, none on its stops. */
static void plan_merge__patrol_and_stops_share_their_fate(void **state) {
  for (int kept = 0; kept < 2; kept++) {
    fixture *f = *state;
    VD_CLEANUP(vd_plan_cleanup) vd_plan *mine = vd_plan_copy(f->mine);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *theirs = vd_plan_copy(f->theirs);
    put_stop(f->arena, mine, OTHER, 2);
    drop(theirs, VD_KIND_PATROL, DAWN);
    f->choices = (vd_choices){.all = VD_SIDE_COUNT};
    vd_merge_plans(f->base, mine, theirs, &f->choices, f->arena, &f->merge);
    assert_int_equal(f->merge.n_conflicts, 1);
    assert_int_equal(f->merge.conflicts[0].kind, VD_KIND_PATROL);
    assert_string_equal(f->merge.conflicts[0].sides[VD_SIDE_MINE].text, "changed: stops");
    decide(f, kept ? "mine" : "theirs");
    vd_merge_plans(f->base, mine, theirs, &f->choices, f->arena, &f->merge);
    assert_int_equal(vd_merge_apply(mine, &f->merge, "Merge", NULL), VD_OK);
    assert_int_equal(vd_plan_count(mine, VD_KIND_PATROL), kept);
    assert_int_equal(vd_plan_count(mine, VD_KIND_STOP), kept ? 3 : 0);
  }
}

/* The other way about: I removed the patrol, they added a stop; taking theirs brings all of it back. */
static void plan_merge__patrol_comes_back_with_all_its_stops(void **state) {
  fixture *f = *state;
  drop(f->mine, VD_KIND_PATROL, DAWN);
  put_stop(f->arena, f->theirs, OTHER, 2);
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  assert_int_equal(f->merge.n_changes, 0);
  decide(f, "theirs");
  merge_and_apply(f);
  assert_int_equal(vd_plan_count(f->mine, VD_KIND_PATROL), 1);
  assert_int_equal(vd_plan_count(f->mine, VD_KIND_STOP), 3);
}

/* They remove an actor nobody needs there; I give it a new base. */
static void plan_merge__removal_of_what_others_refer_to_is_a_conflict(void **state) {
  fixture *f = *state;
  put(f->base, VD_KIND_ACTOR, new_record(f->arena, VD_KIND_ACTOR, OTHER, "Police"));
  vd_plan_free(f->mine), vd_plan_free(f->theirs);
  f->mine = vd_plan_copy(f->base), f->theirs = vd_plan_copy(f->base);
  drop(f->theirs, VD_KIND_ACTOR, OTHER);
  vd_base *post = new_record(f->arena, VD_KIND_BASE, OTHER_2, "Post");
  post->actor = OTHER;
  post->record.geom = vd_geom_point(f->arena, 30.5, 5);
  put(f->mine, VD_KIND_BASE, post);
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  assert_int_equal(f->merge.conflicts[0].clash, VD_CLASH_REFERRED);
  assert_int_equal(f->merge.conflicts[0].kind, VD_KIND_ACTOR);
  assert_string_equal(f->merge.conflicts[0].sides[VD_SIDE_MINE].text, "Base “Post” refers to it");
  decide(f, "actor/" OTHER "/record=theirs");
  merge_and_apply(f);
  assert_null(vd_plan_find(f->mine, VD_KIND_ACTOR, OTHER));
  assert_null(((const vd_base *)vd_plan_find(f->mine, VD_KIND_BASE, OTHER_2))->actor);
  assert_int_equal(f->merge.n_notes, 1);
}

static void plan_merge__additions_of_both_are_kept_and_twins_told(void **state) {
  fixture *f = *state;
  const char *ids[] = {OTHER, OTHER_2};
  vd_plan *plans[] = {f->mine, f->theirs};
  for (int i = 0; i < 2; i++) {
    vd_base *post = new_record(f->arena, VD_KIND_BASE, ids[i], "Post");
    post->actor = FORCE;
    post->record.geom = vd_geom_point(f->arena, 30.5, 5);
    post->record.notes = ids[i];
    put(plans[i], VD_KIND_BASE, post);
  }
  merge_and_apply(f);
  assert_int_equal(f->merge.n_conflicts, 0);
  assert_int_equal(vd_plan_count(f->mine, VD_KIND_BASE), 3);
  assert_int_equal(f->merge.n_twins, 1);
  assert_string_equal(f->merge.twins[0].mine, OTHER);
  assert_string_equal(f->merge.twins[0].theirs, OTHER_2);
}

static void plan_merge__tells_times_and_numbers_that_no_longer_fit(void **state) {
  fixture *f = *state;
  set(f->base, VD_KIND_BASE, CAMP, "from_time", "2026-03-01");
  set(f->base, VD_KIND_BASE, CAMP, "to_time", "2026-03-31");
  vd_plan_free(f->mine), vd_plan_free(f->theirs);
  f->mine = vd_plan_copy(f->base), f->theirs = vd_plan_copy(f->base);
  set(f->mine, VD_KIND_BASE, CAMP, "from_time", "2026-03-20");
  set(f->theirs, VD_KIND_BASE, CAMP, "to_time", "2026-03-10");
  put_stop(f->arena, f->mine, OTHER, 2);
  put_stop(f->arena, f->theirs, OTHER_2, 2);
  merge_and_apply(f);
  assert_int_equal(f->merge.n_conflicts, 0);
  assert_int_equal(f->merge.n_notes, 2);
  assert_string_equal(f->merge.notes[0].id, CAMP);
  assert_int_equal(f->merge.notes[1].kind, VD_KIND_STOP);
}

static void plan_merge__merges_what_the_plan_says_of_itself(void **state) {
  fixture *f = *state;
  vd_plan_info mine = *vd_plan_info_lookup(f->mine), theirs = *vd_plan_info_lookup(f->theirs);
  mine.title = "North", mine.cell_m = 500;
  theirs.season = VD_WET, theirs.cell_m = 250;
  assert_int_equal(vd_plan_load_info(f->mine, &mine), VD_OK);
  assert_int_equal(vd_plan_load_info(f->theirs, &theirs), VD_OK);
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  assert_int_equal(f->merge.conflicts[0].kind, VD_KIND_COUNT);
  assert_string_equal(f->merge.conflicts[0].field, "cell");
  decide(f, "theirs");
  merge_and_apply(f);
  const vd_plan_info *info = vd_plan_info_lookup(f->mine);
  assert_string_equal(info->title, "North");
  assert_int_equal(info->season, VD_WET);
  assert_true(info->cell_m == 250);
}

static void plan_merge__takes_a_grid_and_tells_two(void **state) {
  fixture *f = *state;
  float values[4] = {1, 2, 3, 4}, others[4] = {1, 2, 3, 5};
  vd_raster raster = {2, 2, {30, 1, 0, 6, 0, -1}, "EPSG:4326", values, "survey", VD_TIME_MIN};
  assert_int_equal(vd_plan_load_raster(f->theirs, VD_RASTER_ELEVATION, &raster), VD_OK);
  merge(f);
  assert_true(f->merge.raster_changed[VD_RASTER_ELEVATION]);
  assert_int_equal(f->merge.n_conflicts, 0);
  assert_int_equal(vd_plan_load_raster(f->mine, VD_RASTER_ELEVATION, &raster), VD_OK);
  merge(f);
  assert_int_equal(vd_merge_n_changes(&f->merge) + f->merge.n_conflicts, 0);
  raster.values = others;
  assert_int_equal(vd_plan_load_raster(f->mine, VD_RASTER_ELEVATION, &raster), VD_OK);
  merge(f);
  assert_int_equal(f->merge.n_undecided, 1);
  assert_string_equal(f->merge.conflicts[0].field, "elevation");
}

static void plan_merge__conflicts_go_out_as_text_and_come_back(void **state) {
  fixture *f = *state;
  set(f->mine, VD_KIND_BASE, CAMP, "notes", "two\nlines");
  set(f->theirs, VD_KIND_BASE, CAMP, "notes", "= mine");
  merge(f);
  const char *text = vd_conflicts_text(f->arena, f->merge.conflicts, f->merge.n_conflicts, 0);
  vd_choices read = {.all = VD_SIDE_COUNT};
  assert_int_equal(vd_choices_parse(&read, f->arena, text), VD_OK);
  assert_int_equal(read.n, 0); /* undecided still */
  text = vd_str_printf(f->arena, "%.*stheirs\n", (int)(strlen(text) - 1), text);
  assert_int_equal(vd_choices_parse(&read, f->arena, text), VD_OK);
  assert_int_equal(read.n, 1);
  assert_string_equal(read.items[0].kind, "base");
  assert_string_equal(read.items[0].id, CAMP);
  assert_string_equal(read.items[0].field, "notes");
  assert_int_equal(read.items[0].side, VD_SIDE_THEIRS);
  assert_int_equal(vd_choices_parse(&read, f->arena, "# a\nbase/x=mine\n"), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "line 2"));
  assert_int_equal(vd_choices_parse(&read, f->arena, "base/x/y = ours"), VD_ERR_INPUT);
  assert_int_equal(vd_choices_add(&read, f->arena, "base"), VD_ERR_INPUT);
}

static void plan_differences__tell_records_and_fields(void **state) {
  fixture *f = *state;
  set(f->theirs, VD_KIND_BASE, CAMP, "strength", "55");
  assert_int_equal(vd_edit_move(f->theirs, VD_KIND_BASE, CAMP, 31, 6), VD_OK);
  drop(f->theirs, VD_KIND_STOP, STOP_2);
  put(f->theirs, VD_KIND_ACTOR, new_record(f->arena, VD_KIND_ACTOR, OTHER, "Police"));
  vd_difference *all;
  size_t n;
  vd_plan_differences(f->base, f->theirs, f->arena, &all, &n);
  assert_int_equal(n, 4);
  assert_int_equal(all[0].what, VD_DIFFERS_ADDED);
  assert_string_equal(all[0].label, "Police");
  assert_string_equal(all[1].field, "geometry");
  assert_string_equal(all[1].before, "30.000000, 5.000000");
  assert_string_equal(all[2].field, "strength");
  assert_string_equal(all[2].before, "40");
  assert_string_equal(all[2].after, "55");
  assert_int_equal(all[3].what, VD_DIFFERS_REMOVED);
  assert_string_equal(all[3].id, STOP_2);
  vd_plan_differences(f->base, f->mine, f->arena, &all, &n);
  assert_int_equal(n, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(plan_merge__takes_different_fields_of_one_record),
      TEST(plan_merge__without_changes_is_nothing),
      TEST(plan_merge__same_change_twice_is_one),
      TEST(plan_merge__one_field_changed_twice_is_a_conflict),
      TEST(plan_merge__decisions_choose_a_side),
      TEST(plan_merge__removal_against_change_is_a_conflict),
      TEST(plan_merge__removal_of_what_nobody_changed_is_taken),
      TEST(plan_merge__change_of_what_mine_removed_can_be_taken_back),
      TEST(plan_merge__patrol_and_stops_share_their_fate),
      TEST(plan_merge__patrol_comes_back_with_all_its_stops),
      TEST(plan_merge__removal_of_what_others_refer_to_is_a_conflict),
      TEST(plan_merge__additions_of_both_are_kept_and_twins_told),
      TEST(plan_merge__tells_times_and_numbers_that_no_longer_fit),
      TEST(plan_merge__merges_what_the_plan_says_of_itself),
      TEST(plan_merge__takes_a_grid_and_tells_two),
      TEST(plan_merge__conflicts_go_out_as_text_and_come_back),
      TEST(plan_differences__tell_records_and_fields),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
