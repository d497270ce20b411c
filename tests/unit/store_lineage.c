/* store_lineage: what two copies of a plan file have in common, however they were edited.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "store/changeset.h"
#include "support/plans.h"
#include "vedette/store/merging.h"

typedef struct copies {
  vd_arena *arena;
  const char *folder;
  vd_plan_file *mine, *theirs;
  char camp[VD_UUID_SIZE];
} copies;

#define assert_ok(expr)                                                                                      \
  do {                                                                                                       \
    if ((expr) != VD_OK) fail_msg("%s", vd_last_message());                                                  \
  } while (0)

static const char *path_of(copies *in, const char *name) {
  return vd_str_printf(in->arena, "%s/%s.gpkg", in->folder, name);
}

static void copy_file(copies *in, const char *from, const char *to) {
  const char *command = vd_str_printf(in->arena, "cp '%s' '%s'", path_of(in, from), path_of(in, to));
  assert_int_equal(system(command), 0);
}

static vd_plan_file *open_copy(copies *in, const char *name, const char *author) {
  vd_plan_file *file;
  assert_ok(vd_plan_file_open(path_of(in, name), VD_OPEN_EDIT, &file));
  vd_plan_use_author(vd_plan_file_plan(file), author);
  return file;
}

static void set(copies *in, vd_plan_file *file, const char *field, const char *text) {
  assert_ok(vd_edit_set_field(vd_plan_file_plan(file), VD_KIND_BASE, in->camp, field, text));
}

static const char *text_in(copies *in, const vd_plan *plan, const char *field) {
  const void *camp = vd_plan_find(plan, VD_KIND_BASE, in->camp);
  return camp ? vd_field_text(in->arena, vd_field_find(VD_KIND_BASE, field), camp) : "gone";
}

/* A plan with one base of strength 40, and two copies of it. */
static int set_up(void **state) {
  copies *in = test_calloc(1, sizeof *in);
  in->arena = vd_arena_new();
  in->folder = scratch_make(in->arena);
  vd_plan_info info = sample_info(in->arena);
  vd_plan_file *file;
  assert_ok(vd_plan_file_create(path_of(in, "base"), &info, &file));
  assert_ok(add_base(vd_plan_file_plan(file), "Camp", 30, 5, in->camp));
  set(in, file, "strength", "40");
  vd_plan_file_close(file);
  copy_file(in, "base", "mine");
  copy_file(in, "base", "theirs");
  in->mine = open_copy(in, "mine", "Amina"), in->theirs = open_copy(in, "theirs", "Bakary");
  *state = in;
  return 0;
}

static int tear_down(void **state) {
  copies *in = *state;
  vd_plan_file_close(in->mine);
  vd_plan_file_close(in->theirs);
  scratch_remove(in->arena, in->folder);
  vd_arena_free(in->arena);
  test_free(in);
  return 0;
}

static vd_ancestor ancestor_of(copies *in) {
  vd_ancestor found;
  assert_ok(vd_plan_file_ancestor(in->mine, in->theirs, NULL, in->arena, &found));
  return found;
}

static void store_lineage__the_ancestor_is_before_both_edits(void **state) {
  copies *in = *state;
  set(in, in->mine, "strength", "50");
  set(in, in->mine, "notes", "mine");
  set(in, in->theirs, "strength", "60");
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_string_equal(text_in(in, found.plan, "strength"), "40");
  assert_null(text_in(in, found.plan, "notes"));
  assert_int_equal(found.n_mine, 2);
  assert_int_equal(found.n_theirs, 1);
  assert_string_equal(text_in(in, vd_plan_file_plan(in->mine), "strength"), "50"); /* neither file changed */
  assert_string_equal(text_in(in, vd_plan_file_plan(in->theirs), "strength"), "60");
}

static void store_lineage__an_edit_undone_in_one_copy_is_a_change(void **state) {
  copies *in = *state;
  assert_ok(vd_plan_undo(vd_plan_file_plan(in->mine)));
  set(in, in->theirs, "notes", "theirs");
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_string_equal(text_in(in, found.plan, "strength"), "40");
  assert_null(text_in(in, found.plan, "notes"));
  /* Also when another edit has dropped the undone one. */
  set(in, in->mine, "notes", "mine");
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor again = ancestor_of(in);
  assert_string_equal(text_in(in, again.plan, "strength"), "40");
}

static void take_in(copies *in, const char *path, vd_plan_file *into) {
  VD_CLEANUP(vd_merging_cleanup) vd_merging *from = NULL;
  const vd_merge *merge;
  assert_ok(vd_merging_open(into, vd_plan_file_plan(into), NULL, path_of(in, path), NULL, &from));
  assert_ok(vd_merging_run(from, NULL, &merge));
  assert_int_equal(merge->n_conflicts, 0);
  assert_ok(vd_merging_write(&from, 1, into));
}

static void store_lineage__after_a_merge_the_ancestor_is_what_was_merged(void **state) {
  copies *in = *state;
  set(in, in->theirs, "strength", "60");
  take_in(in, "theirs", in->mine);
  assert_string_equal(vd_plan_undo_title(vd_plan_file_plan(in->mine)),
                      "Merge from theirs.gpkg (Bakary, 1 change)");
  set(in, in->mine, "strength", "70");
  set(in, in->theirs, "notes", "theirs");
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_string_equal(text_in(in, found.plan, "strength"), "60");
  take_in(in, "theirs", in->mine);
  assert_string_equal(text_in(in, vd_plan_file_plan(in->mine), "strength"), "70");
  assert_string_equal(text_in(in, vd_plan_file_plan(in->mine), "notes"), "theirs");
  const char *names;
  assert_ok(vd_plan_file_merged(in->mine, in->theirs, NULL, in->arena, &names));
  assert_string_equal(names, "");
}

static void store_lineage__an_undone_merge_is_forgotten(void **state) {
  copies *in = *state;
  set(in, in->theirs, "strength", "60");
  take_in(in, "theirs", in->mine);
  assert_ok(vd_plan_undo(vd_plan_file_plan(in->mine)));
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_string_equal(text_in(in, found.plan, "strength"), "40");
  take_in(in, "theirs", in->mine);
  assert_string_equal(text_in(in, vd_plan_file_plan(in->mine), "strength"), "60");
}

/* Each took the other's first edit: the ancestor holds both, so that taking one back again is seen as a change. */
static void store_lineage__copies_that_crossed_share_both_edits(void **state) {
  copies *in = *state;
  set(in, in->mine, "strength", "50");
  set(in, in->theirs, "notes", "theirs");
  vd_plan_file_close(in->mine);
  copy_file(in, "mine", "before");
  in->mine = open_copy(in, "mine", "Amina");
  take_in(in, "theirs", in->mine);
  take_in(in, "before", in->theirs);
  set(in, in->mine, "notes", NULL);
  set(in, in->theirs, "source", "patrol");
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_string_equal(text_in(in, found.plan, "strength"), "50");
  assert_string_equal(text_in(in, found.plan, "notes"), "theirs");
  take_in(in, "theirs", in->mine);
  assert_null(text_in(in, vd_plan_file_plan(in->mine), "notes"));
  assert_string_equal(text_in(in, vd_plan_file_plan(in->mine), "source"), "patrol");
}

/* They merged an edit of mine that I take back afterwards: it stays with them, and that is told. */
static void store_lineage__tells_of_edits_taken_back_too_late(void **state) {
  copies *in = *state;
  set(in, in->theirs, "notes", "theirs"); /* so that theirs is no mere continuation of mine */
  set(in, in->mine, "strength", "50");
  vd_plan_file_close(in->mine);
  copy_file(in, "mine", "before");
  in->mine = open_copy(in, "mine", "Amina");
  take_in(in, "before", in->theirs);
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor found = ancestor_of(in);
  assert_int_equal(found.n_staying, 0);
  assert_ok(vd_plan_undo(vd_plan_file_plan(in->mine)));
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor late = ancestor_of(in);
  assert_int_equal(late.n_staying, 1);
  set(in, in->mine, "source", "patrol"); /* drops the undone edit */
  VD_CLEANUP(vd_ancestor_cleanup) vd_ancestor dropped = ancestor_of(in);
  assert_int_equal(dropped.n_staying, 1);
}

static void store_lineage__plans_made_apart_share_nothing(void **state) {
  copies *in = *state;
  vd_plan_info info = sample_info(in->arena);
  vd_plan_file_close(in->theirs);
  assert_ok(vd_plan_file_create(path_of(in, "strange"), &info, &in->theirs));
  vd_ancestor found;
  assert_int_equal(vd_plan_file_ancestor(in->mine, in->theirs, NULL, in->arena, &found), VD_ERR_NOT_FOUND);
  assert_non_null(strstr(vd_last_message(), "BASE"));
}

static void store_lineage__conflicts_are_signed_by_the_history(void **state) {
  copies *in = *state;
  set(in, in->mine, "strength", "50");
  vd_plan_use_author(vd_plan_file_plan(in->mine), "Chen"); /* who changes something else later */
  set(in, in->mine, "notes", "mine");
  set(in, in->theirs, "strength", "60");
  VD_CLEANUP(vd_merging_cleanup) vd_merging *from = NULL;
  const vd_merge *merge;
  assert_ok(vd_merging_open(in->mine, vd_plan_file_plan(in->mine), NULL, path_of(in, "theirs"), NULL, &from));
  assert_ok(vd_merging_run(from, NULL, &merge));
  assert_int_equal(merge->n_undecided, 1);
  assert_string_equal(merge->conflicts[0].field, "strength");
  assert_string_equal(merge->conflicts[0].sides[VD_SIDE_MINE].author, "Amina");
  assert_string_equal(merge->conflicts[0].sides[VD_SIDE_THEIRS].author, "Bakary");
  assert_int_equal(vd_merging_write(&from, 1, in->mine), VD_ERR_USAGE);
}

static void store_lineage__damaged_steps_are_known(void **state) {
  (void)state;
  static const unsigned char endless[] = {'T', 0xff, 0x00, 0xff, 1, 2, 3},
                             cut[] = {'T', 1, 1, 'a', 0, 18, 0, 3, 9, 'x'},
                             good[] = {'T', 1, 1, 'a', 0, 18, 0, 3, 1, 'x', 9, 0, 5};
  assert_false(vd_changeset_is_sound(endless, sizeof endless));
  assert_false(vd_changeset_is_sound(cut, sizeof cut));
  assert_true(vd_changeset_is_sound(good, sizeof good));
  assert_false(vd_changeset_is_sound(good + 5, sizeof good - 5)); /* a change of no table */
  assert_true(vd_changeset_is_sound(good, 0));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
  const struct CMUnitTest tests[] = {
      TEST(store_lineage__the_ancestor_is_before_both_edits),
      TEST(store_lineage__an_edit_undone_in_one_copy_is_a_change),
      TEST(store_lineage__after_a_merge_the_ancestor_is_what_was_merged),
      TEST(store_lineage__an_undone_merge_is_forgotten),
      TEST(store_lineage__copies_that_crossed_share_both_edits),
      TEST(store_lineage__tells_of_edits_taken_back_too_late),
      TEST(store_lineage__plans_made_apart_share_nothing),
      TEST(store_lineage__conflicts_are_signed_by_the_history),
      cmocka_unit_test(store_lineage__damaged_steps_are_known),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
