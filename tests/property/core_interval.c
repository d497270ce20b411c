/* core_interval: sets of seconds against bitmaps of a small span.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vedette/core/gap.h"
#include "vedette/core/interval.h"

enum { SPAN = 60 };
static uint64_t state = 1;
static int dice(int n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (uint64_t)n);
}

static vd_intervals random_set(vd_arena *arena, uint64_t *bits) {
  vd_interval list[6];
  int n = dice(7);
  *bits = 0;
  for (int i = 0; i < n; i++) {
    list[i].from_s = dice(SPAN);
    list[i].to_s = list[i].from_s + dice(15) - 2;
    for (int64_t t = list[i].from_s; t < list[i].to_s && t < SPAN; t++) *bits |= 1ull << t;
    if (list[i].to_s > SPAN) list[i].to_s = SPAN;
  }
  return vd_intervals_of(arena, list, (size_t)n);
}

static void check(vd_intervals set, uint64_t bits) {
  for (int t = 0; t < SPAN; t++) assert_int_equal(vd_intervals_hold(set, t), bits >> t & 1);
  assert_int_equal(vd_intervals_length_s(set), __builtin_popcountll(bits));
  for (size_t i = 0; i < set.n; i++) {
    assert_true(set.items[i].from_s < set.items[i].to_s);
    if (i) assert_true(set.items[i - 1].to_s < set.items[i].from_s);
  }
}

static void interval__sets_are_what_bitmaps_say(void **unused) {
  (void)unused;
  for (int round = 0; round < 20000; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    uint64_t a, b, c, d;
    vd_intervals x = random_set(arena, &a), y = random_set(arena, &b), z = random_set(arena, &c),
                 w = random_set(arena, &d);
    check(x, a);
    check(vd_intervals_union(arena, x, y), a | b);
    check(vd_intervals_intersect(arena, x, y), a & b);
    check(vd_intervals_subtract(arena, x, y), a & ~b);
    assert_int_equal(vd_intervals_shared_s(x, y), __builtin_popcountll(a & b));
    int from = dice(SPAN), to = from + dice(SPAN - from + 1);
    uint64_t within = (to > 63 ? ~0ull : (1ull << to) - 1) & ~((1ull << from) - 1);
    assert_int_equal(vd_intervals_within_s(x, from, to), __builtin_popcountll(a & within));
    assert_true(vd_intervals_equal(vd_intervals_union(arena, x, y), vd_intervals_union(arena, y, x)));
    assert_int_equal(vd_intervals_equal(x, y), a == b);
    /* Window x, active y, in time z, present w. */
    const uint64_t states[VD_STATE_COUNT] = {a & ~b, a & b & c & d, a & b & c & ~d, a & b & ~c & d,
                                             a & b & ~c & ~d};
    vd_state_seconds sums = vd_gap_seconds(x, y, z, w);
    for (int s = 0; s < VD_STATE_COUNT; s++) {
      assert_int_equal(sums.s[s], __builtin_popcountll(states[s]));
      check(vd_gap_when(arena, (vd_state)s, x, y, z, w), states[s]);
    }
  }
}

static void interval__open_ends_do_not_overflow(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_intervals all = vd_intervals_one(arena, VD_TIME_MIN, VD_TIME_MAX);
  assert_int_equal(vd_intervals_length_s(all), INT64_MAX);
  vd_intervals rest = vd_intervals_subtract(arena, all, vd_intervals_one(arena, 0, 10));
  assert_int_equal(rest.n, 2);
  assert_int_equal(rest.items[1].from_s, 10);
  assert_true(vd_intervals_hold(rest, VD_TIME_MIN) && !vd_intervals_hold(rest, 9));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(interval__sets_are_what_bitmaps_say),
                                     cmocka_unit_test(interval__open_ends_do_not_overflow)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
