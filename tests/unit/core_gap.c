/* core_gap: presence to the second, seconds in each state, connected gaps and their outlines.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "vedette/core/gap.h"
#include "vedette/core/presence.h"

static void presence__the_standard_is_inclusive_to_the_second(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_visit visits[] = {{1000, 1600, 0}};
  vd_intervals present = vd_presence_intervals(arena, visits, 1, VD_DAY_S);
  assert_false(vd_intervals_hold(present, 999));
  assert_true(vd_intervals_hold(present, 1000));
  assert_true(vd_intervals_hold(present, 1600 + VD_DAY_S));
  assert_false(vd_intervals_hold(present, 1600 + VD_DAY_S + 1));
}

static void presence__strength_is_full_then_fades(void **unused) {
  (void)unused;
  assert_true(vd_presence_strength(VD_DAY_S, VD_DAY_S, VD_WEEK_S) == 1);
  assert_true(vd_presence_strength(4 * VD_DAY_S, VD_DAY_S, VD_WEEK_S) == 0.5);
  assert_true(vd_presence_strength(VD_WEEK_S, VD_DAY_S, VD_WEEK_S) == 0);
}

/* 10 m/s along the x axis: within 300 m of a place 0 m beside it from 70 s to 130 s; 500 m beside it touches at 100 s. */
static void presence__passing_a_place_takes_the_time_of_the_chord(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_track_point track[] = {{-1000, 0, 0, false}, {0, 0, 100, false}, {1000, 0, 200, false}};
  size_t n;
  vd_visit *v = vd_presence_passes(arena, track, 3, 0, 0, 300, 7, &n);
  assert_int_equal(n, 1);
  assert_int_equal(v[0].enter_s, 70);
  assert_int_equal(v[0].leave_s, 130);
  assert_int_equal(v[0].who, 7);
  v = vd_presence_passes(arena, track, 3, 0, 500, 500.0001, 7, &n);
  assert_int_equal(n, 1);
  assert_true(v[0].enter_s <= 100 && v[0].leave_s >= 100 && v[0].leave_s - v[0].enter_s <= 2);
  vd_presence_passes(arena, track, 3, 0, 500, 499, 7, &n);
  assert_int_equal(n, 0);
  /* A stop at the place, then on; and a second pass later. */
  vd_track_point there[] = {{-1000, 0, 0, false},
                            {0, 0, 100, false},
                            {0, 0, 700, false},
                            {1000, 0, 800, false},
                            {0, 0, 900, false}};
  v = vd_presence_passes(arena, there, 5, 0, 0, 300, 7, &n);
  assert_int_equal(n, 2);
  assert_int_equal(v[0].enter_s, 70);
  assert_int_equal(v[0].leave_s, 730);
  assert_int_equal(v[1].enter_s, 870);
  assert_int_equal(v[1].leave_s, 900);
}

static void presence__the_last_visit_is_the_latest_begun(void **unused) {
  (void)unused;
  vd_visit visits[] = {{0, 50, 0}, {100, 200, 1}, {300, 400, 2}};
  assert_int_equal(vd_presence_last(visits, 3, -1), -1);
  assert_int_equal(vd_presence_last(visits, 3, 299), 1);
  assert_int_equal(vd_presence_last(visits, 3, 300), 2);
}

static void gap__seconds_of_the_states_add_up_to_the_window(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_intervals window = vd_intervals_one(arena, 0, 1000), active = vd_intervals_one(arena, 100, 900),
               in_time = vd_intervals_one(arena, 0, 500), present = vd_intervals_one(arena, 300, 700);
  vd_state_seconds s = vd_gap_seconds(window, active, in_time, present);
  assert_int_equal(s.s[VD_STATE_NONE], 200);
  assert_int_equal(s.s[VD_REACH_ONLY], 200);
  assert_int_equal(s.s[VD_COVERED], 200);
  assert_int_equal(s.s[VD_PRESENCE_ONLY], 200);
  assert_int_equal(s.s[VD_UNCOVERED], 200);
  vd_intervals when = vd_gap_when(arena, VD_UNCOVERED, window, active, in_time, present);
  assert_int_equal(when.n, 1);
  assert_int_equal(when.items[0].from_s, 700);
  assert_int_equal(when.items[0].to_s, 900);
}

static void gap__keys_hold_priority_and_cause(void **unused) {
  (void)unused;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++)
    for (int c = 0; c < VD_CAUSE_COUNT; c++) {
      uint16_t key = vd_gap_key((vd_priority)p, (vd_cause)c);
      assert_true(key > 0);
      assert_int_equal(vd_gap_key_priority(key), p);
      assert_int_equal(vd_gap_key_cause(key), c);
    }
}

/* A drawing of keys; '.' is none. */
static vd_components components_of(vd_arena *arena, vd_grid *g, const char *drawing) {
  uint16_t key[64];
  for (size_t i = 0; i < strlen(drawing); i++) key[i] = drawing[i] == '.' ? 0 : (uint16_t)drawing[i];
  vd_components cs;
  assert_int_equal(vd_components_new(arena, g, key, &cs), VD_OK);
  return cs;
}

static double signed_area(const vd_geom *geom, int part) {
  double sum = 0;
  for (int i = geom->part_start[part]; i + 1 < geom->part_start[part + 1]; i++)
    sum += geom->xy[2 * i] * geom->xy[2 * i + 3] - geom->xy[2 * i + 2] * geom->xy[2 * i + 1];
  return sum / 2;
}

static void gap__components_hang_together_by_edges(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {0, 3, 1, 4, 3};
  vd_components cs = components_of(arena, &g,
                                   "aa.b"
                                   "..ab"
                                   "aaab");
  assert_int_equal(cs.n, 3); /* the upper a touches the lower one by a corner only */
  assert_int_equal(cs.items[0].n_cells, 2);
  assert_int_equal(cs.items[1].key, 'b');
  assert_int_equal(cs.items[2].first_cell, 6);
  double people[12] = {1, 2, 0, 4, 0, 0, 8, 16, 32, 64, NAN, 128};
  double *sums = vd_components_sum(arena, &cs, people);
  assert_true(sums[0] == 3 && sums[1] == 148 && sums[2] == 104);
  vd_component_cells(arena, &cs, 2);
}

static void gap__outlines_have_holes_and_right_turns(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid g = {0, 5, 1, 5, 5};
  vd_components cs = components_of(arena, &g,
                                   "aaaaa"
                                   "a.aaa"
                                   "aa.aa"
                                   "aaaaa"
                                   "aaaa.");
  vd_geom *outline = vd_components_outlines(arena, &cs)[0];
  assert_int_equal(outline->n_parts, 3); /* two holes that touch by a corner are two rings */
  assert_false(outline->hole[0]);
  assert_true(signed_area(outline, 0) == 24);
  assert_int_equal(outline->part_start[1], 7); /* six corners and the first again */
  for (int part = 1; part < 3; part++) {
    assert_true(outline->hole[part]);
    assert_true(signed_area(outline, part) == -1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(presence__the_standard_is_inclusive_to_the_second),
      cmocka_unit_test(presence__strength_is_full_then_fades),
      cmocka_unit_test(presence__passing_a_place_takes_the_time_of_the_chord),
      cmocka_unit_test(presence__the_last_visit_is_the_latest_begun),
      cmocka_unit_test(gap__seconds_of_the_states_add_up_to_the_window),
      cmocka_unit_test(gap__keys_hold_priority_and_cause),
      cmocka_unit_test(gap__components_hang_together_by_edges),
      cmocka_unit_test(gap__outlines_have_holes_and_right_turns),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
