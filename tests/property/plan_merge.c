/* plan_merge: random edits of two copies, against a merge worked out field by field from texts alone.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/differences.h"
#include "vedette/plan/merge.h"

enum { N_ROUNDS = 1500, N_IDS = 6 };

static uint64_t seed;
static unsigned roll(unsigned n) {
  seed = seed * 6364136223846793005u + 1442695040888963407u;
  return (unsigned)(seed >> 33) % n;
}

static const char *id_of(vd_arena *arena, vd_kind kind, unsigned i) {
  return vd_str_printf(arena, "00000000-0000-4000-8000-%06d%06u", (int)kind, i);
}

static bool commit(vd_edit *edit, vd_status status) {
  if (status == VD_OK) return vd_edit_commit(edit) == VD_OK;
  vd_edit_cancel(edit);
  return false;
}

static const char *other(vd_arena *arena, vd_plan *plan, vd_kind kind) {
  const char *id = id_of(arena, kind, roll(N_IDS));
  return vd_plan_find(plan, kind, id) ? id : NULL;
}

/* Adds the record or changes a field of it; few values, so that both sides often choose the same. */
static void put_some(vd_plan *plan, vd_arena *arena, vd_kind kind) {
  const char *id = id_of(arena, kind, roll(N_IDS));
  const void *found = vd_plan_find(plan, kind, id);
  vd_record *record = found ? vd_record_copy(arena, kind, found) : vd_record_new(arena, kind);
  memcpy(record->id, id, VD_UUID_SIZE);
  switch (roll(4)) {
  case 0:
    record->name = vd_str_printf(arena, "name %u", roll(3));
    break;
  case 1:
    record->notes = roll(2) ? "noted" : NULL;
    break;
  case 2:
    if (kind != VD_KIND_ACTOR && kind != VD_KIND_PATROL) record->geom = vd_geom_point(arena, 30 + roll(3), 5);
    break;
  default:
    if (kind == VD_KIND_SITE) ((vd_site *)record)->people = (int32_t)roll(3);
    if (kind == VD_KIND_BASE) ((vd_base *)record)->actor = other(arena, plan, VD_KIND_ACTOR);
    if (kind == VD_KIND_PATROL) ((vd_patrol *)record)->actor = other(arena, plan, VD_KIND_ACTOR);
    if (kind == VD_KIND_PATROL && roll(2))
      ((vd_patrol *)record)->partners = other(arena, plan, VD_KIND_ACTOR);
  }
  if (kind == VD_KIND_STOP) {
    vd_stop *stop = (vd_stop *)record;
    if (!stop->patrol || !roll(4)) stop->patrol = other(arena, plan, VD_KIND_PATROL);
    if (!stop->patrol) return;
    stop->sequence = (int32_t)roll(3);
  }
  vd_edit *edit;
  assert_int_equal(vd_edit_start(plan, "put", &edit), VD_OK);
  commit(edit, vd_edit_put(edit, kind, record));
}

static void edit_some(vd_plan *plan, vd_arena *arena, const vd_kind *kinds, unsigned n_kinds, unsigned n) {
  while (n-- > 0) {
    vd_kind kind = kinds[roll(n_kinds)];
    if (roll(4)) {
      put_some(plan, arena, kind);
      continue;
    }
    vd_edit *edit;
    assert_int_equal(vd_edit_start(plan, "remove", &edit), VD_OK);
    commit(edit, vd_edit_remove(edit, kind, id_of(arena, kind, roll(N_IDS))));
  }
}

typedef struct sides {
  vd_plan *base, *mine, *theirs;
} sides;

static sides make_sides(vd_arena *arena, const vd_kind *kinds, unsigned n_kinds) {
  sides made = {.base = vd_plan_new()};
  edit_some(made.base, arena, kinds, n_kinds, 12);
  made.mine = vd_plan_copy(made.base), made.theirs = vd_plan_copy(made.base);
  edit_some(made.mine, arena, kinds, n_kinds, roll(8));
  edit_some(made.theirs, arena, kinds, n_kinds, roll(8));
  return made;
}

static void free_sides(sides *made) {
  vd_plan_free(made->base), vd_plan_free(made->mine), vd_plan_free(made->theirs);
}

/* ---- the oracle: sites, which refer to nothing, as rows of texts ---- */

static const char *const told[] = {"name", "notes", "people", "geometry"};
enum { N_TOLD = 4 };

static const char *text_of(vd_arena *arena, const vd_site *site, int i) {
  if (i < 3) {
    const char *text = vd_field_text(arena, vd_field_find(VD_KIND_SITE, told[i]), site);
    return text ? text : "";
  }
  const vd_geom *geom = site->record.geom;
  return vd_geom_empty(geom) ? "" : vd_str_printf(arena, "%g %g", geom->xy[0], geom->xy[1]);
}

static bool has_conflict(const vd_merge *merge, const char *id, const char *field) {
  for (size_t i = 0; i < merge->n_conflicts; i++)
    if (strcmp(merge->conflicts[i].id, id) == 0 && strcmp(merge->conflicts[i].field, field) == 0) return true;
  return false;
}

static bool row_equal(vd_arena *arena, const vd_site *a, const vd_site *b) {
  for (int i = 0; i < N_TOLD; i++)
    if (strcmp(text_of(arena, a, i), text_of(arena, b, i)) != 0) return false;
  return true;
}

/* What must become of one site; returns how many conflicts it makes. */
static size_t expect(vd_arena *arena, const sides *at, const vd_plan *merged, const vd_merge *merge,
                     const char *id) {
  const vd_site *b = vd_plan_find(at->base, VD_KIND_SITE, id), *m = vd_plan_find(at->mine, VD_KIND_SITE, id),
                *t = vd_plan_find(at->theirs, VD_KIND_SITE, id), *r = vd_plan_find(merged, VD_KIND_SITE, id);
  if (!m && !t) return assert_null(r), 0;
  if (!m || !t) {
    const vd_site *kept = m ? m : t;
    if (!b) return assert_true(r && row_equal(arena, r, kept)), 0;
    if (row_equal(arena, kept, b)) return assert_null(r), 0;
    assert_true(has_conflict(merge, id, "record"));
    if (m) assert_true(r && row_equal(arena, r, m)); /* undecided: as in mine */
    if (!m) assert_null(r);
    return 1;
  }
  size_t n = 0;
  assert_non_null(r);
  for (int i = 0; i < N_TOLD; i++) {
    const char *in_b = b ? text_of(arena, b, i) : "\1", *in_m = text_of(arena, m, i),
               *in_t = text_of(arena, t, i);
    bool clash = strcmp(in_m, in_t) != 0 && strcmp(in_m, in_b) != 0 && strcmp(in_t, in_b) != 0;
    assert_int_equal(has_conflict(merge, id, told[i]), clash);
    const char *want = strcmp(in_m, in_b) == 0 ? in_t : in_m;
    assert_string_equal(text_of(arena, r, i), want);
    n += clash;
  }
  return n;
}

/* Applies it however conflicts are decided: those undecided stay as in mine. */
static vd_plan *apply(const vd_plan *mine, const vd_merge *merge) {
  vd_plan *merged = vd_plan_copy(mine);
  vd_merge as_it_is = *merge;
  as_it_is.n_undecided = 0;
  vd_status status = vd_merge_apply(merged, &as_it_is, "Merge", NULL);
  if (status != VD_OK) print_error("%s\n", vd_last_message());
  assert_int_equal(status, VD_OK);
  return merged;
}

static void plan_merge__is_the_oracles(void **state) {
  (void)state;
  const vd_kind kinds[] = {VD_KIND_SITE};
  size_t n_clean = 0, n_clashing = 0;
  for (unsigned round = 0; round < N_ROUNDS; round++) {
    seed = round + 1;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    VD_CLEANUP(free_sides) sides at = make_sides(arena, kinds, 1);
    vd_merge merge;
    vd_merge_plans(at.base, at.mine, at.theirs, NULL, arena, &merge);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *merged = apply(at.mine, &merge);
    size_t n = 0;
    for (unsigned i = 0; i < N_IDS; i++)
      n += expect(arena, &at, merged, &merge, id_of(arena, VD_KIND_SITE, i));
    assert_int_equal(merge.n_conflicts, n);
    n_clean += n == 0, n_clashing += n > 0;
  }
  assert_true(n_clean > 100 && n_clashing > 100);
}

/* ---- properties with records that refer to each other ---- */

static const vd_kind web[] = {VD_KIND_ACTOR, VD_KIND_BASE, VD_KIND_PATROL, VD_KIND_STOP, VD_KIND_STOP};

static bool same_records(vd_arena *arena, const vd_plan *a, const vd_plan *b) {
  vd_difference *all;
  size_t n;
  vd_plan_differences(a, b, arena, &all, &n);
  return n == 0;
}

static void assert_nothing_dangles(const vd_plan *plan) {
  VD_EACH(plan, VD_KIND_BASE, vd_base, base)
  assert_true(!base->actor || vd_plan_find(plan, VD_KIND_ACTOR, base->actor));
  VD_EACH(plan, VD_KIND_STOP, vd_stop, stop)
  assert_non_null(vd_plan_find(plan, VD_KIND_PATROL, stop->patrol));
  VD_EACH(plan, VD_KIND_PATROL, vd_patrol, patrol) {
    assert_true(!patrol->actor || vd_plan_find(plan, VD_KIND_ACTOR, patrol->actor));
    assert_true(!patrol->partners || vd_plan_find(plan, VD_KIND_ACTOR, patrol->partners));
  }
}

static void plan_merge__does_not_depend_on_the_order(void **state) {
  (void)state;
  size_t n_clean = 0, n_clashing = 0;
  for (unsigned round = 0; round < N_ROUNDS; round++) {
    seed = 1000003 + round;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    VD_CLEANUP(free_sides) sides at = make_sides(arena, web, 5);
    vd_merge one, two, again;
    vd_merge_plans(at.base, at.mine, at.theirs, NULL, arena, &one);
    vd_merge_plans(at.base, at.theirs, at.mine, NULL, arena, &two);
    assert_int_equal(one.n_conflicts == 0, two.n_conflicts == 0);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *first = apply(at.mine, &one);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *second = apply(at.theirs, &two);
    assert_nothing_dangles(first);
    assert_nothing_dangles(second);
    n_clashing += one.n_conflicts > 0;
    if (one.n_conflicts > 0) continue;
    n_clean++;
    assert_true(same_records(arena, first, second));
    vd_merge_plans(at.base, first, at.theirs, NULL, arena, &again); /* once more changes nothing */
    assert_int_equal(vd_merge_n_changes(&again) + again.n_conflicts, 0);
    vd_merge_plans(at.base, at.mine, at.base, NULL, arena, &again); /* nor does one without changes */
    assert_int_equal(vd_merge_n_changes(&again) + again.n_conflicts, 0);
  }
  assert_true(n_clean > 100 && n_clashing > 100);
}

/* Whatever is decided, it can be applied and nothing dangles; decided alike from both ends it is the same plan. */
static void plan_merge__any_decision_can_be_applied(void **state) {
  (void)state;
  for (unsigned round = 0; round < N_ROUNDS; round++) {
    seed = 2000003 + round;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    VD_CLEANUP(free_sides) sides at = make_sides(arena, web, 5);
    vd_choices mine = {.all = VD_SIDE_MINE}, theirs = {.all = VD_SIDE_THEIRS}, base = {.all = VD_SIDE_BASE};
    vd_merge one, two, three;
    vd_merge_plans(at.base, at.mine, at.theirs, &theirs, arena, &one);
    vd_merge_plans(at.base, at.theirs, at.mine, &mine, arena, &two);
    vd_merge_plans(at.base, at.mine, at.theirs, &base, arena, &three);
    assert_int_equal(one.n_undecided + two.n_undecided, 0);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *first = apply(at.mine, &one);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *second = apply(at.theirs, &two);
    VD_CLEANUP(vd_plan_cleanup) vd_plan *third = apply(at.mine, &three);
    assert_nothing_dangles(first);
    assert_nothing_dangles(second);
    assert_nothing_dangles(third);
    assert_true(same_records(arena, first, second));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(plan_merge__is_the_oracles),
      cmocka_unit_test(plan_merge__does_not_depend_on_the_order),
      cmocka_unit_test(plan_merge__any_decision_can_be_applied),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
