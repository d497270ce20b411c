/* base_arena: zeroed, aligned, apart, and honest about memory that is not there.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/arena.h"

/* Pieces of many sizes, each filled with its own byte: all zeroed and aligned first, none touched by another. */
static void pieces_are_zeroed_aligned_and_apart(void **state) {
  (void)state;
  enum { N = 1000 };
  static const size_t sizes[] = {0, 1, 15, 16, 17, 100, 5000, 70000, 300000, 3};
  static unsigned char *piece[N];
  vd_arena *arena = vd_arena_new();
  size_t total = 0;
  for (int i = 0; i < N; i++) {
    size_t size = sizes[i % 10];
    piece[i] = vd_arena_alloc(arena, size);
    assert_int_equal((uintptr_t)piece[i] % 16, 0);
    for (size_t k = 0; k < size; k++) assert_int_equal(piece[i][k], 0);
    memset(piece[i], i % 251, size);
    total += size;
  }
  for (int i = 0; i < N; i++)
    for (size_t k = 0; k < sizes[i % 10]; k++) assert_int_equal(piece[i][k], i % 251);
  assert_int_equal(vd_arena_used(arena), total);
  vd_arena_free(arena);
}

static void impossible_sizes_yield_null(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  assert_null(vd_arena_try_alloc(arena, SIZE_MAX / 2, 3)); /* the product overflows */
  assert_null(vd_arena_try_alloc(arena, SIZE_MAX, 1));     /* and so would rounding up */
  assert_null(vd_arena_try_alloc(arena, SIZE_MAX / 4, 1)); /* no machine has this */
  assert_non_null(vd_arena_try_alloc(arena, 0, 8));
  assert_int_equal(vd_arena_used(arena), 0);
  vd_arena_free(arena);
}

static void push_keeps_order_and_zeroes(void **state) {
  (void)state;
  typedef struct pair {
    int value;
    const char *never_set;
  } pair;
  vd_arena *arena = vd_arena_new();
  pair *items = NULL;
  size_t n = 0, capacity = 0;
  for (int i = 0; i < 1000; i++) {
    pair *added = VD_PUSH(arena, items, n, capacity);
    assert_null(added->never_set);
    added->value = i;
  }
  assert_int_equal(n, 1000);
  for (int i = 0; i < 1000; i++) assert_int_equal(items[i].value, i);
  items[999].never_set = "left behind";
  n--;
  assert_null(VD_PUSH(arena, items, n, capacity)->never_set);
  vd_arena_free(arena);
}

static void grow_copies(void **state) {
  (void)state;
  vd_arena *arena = vd_arena_new();
  char *small = vd_arena_alloc(arena, 3);
  memcpy(small, "abc", 3);
  char *large = vd_arena_grow(arena, small, 3, 10);
  assert_memory_equal(large, "abc\0\0\0\0\0\0\0", 10);
  assert_memory_equal(small, "abc", 3);
  vd_arena_free(arena);
  vd_arena_free(NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
      cmocka_unit_test(impossible_sizes_yield_null),
      cmocka_unit_test(push_keeps_order_and_zeroes),
      cmocka_unit_test(grow_copies),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
