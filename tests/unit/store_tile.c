/* store_tile: LZW and the TIFF tiles of gridded coverages.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "store/tile.h"

/* The worked example of TIFF 6.0, section 13: 7 7 7 8 8 7 7 6 6 gives the codes 256 7 258 8 8 258 6 6 257. */
static void store_tile__lzw_gives_the_standards_codes(void **state) {
  (void)state;
  static const uint8_t bytes[] = {7, 7, 7, 8, 8, 7, 7, 6, 6};
  static const int codes[] = {256, 7, 258, 8, 8, 258, 6, 6, 257};
  uint8_t out[64], expected[64] = {0}, back[sizeof bytes];
  for (int bit = 0; bit < 9 * 9; bit++)
    if (codes[bit / 9] >> (8 - bit % 9) & 1) expected[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
  size_t n = vd_lzw_write(bytes, sizeof bytes, out);
  assert_int_equal(n, (9 * 9 + 7) / 8);
  assert_memory_equal(out, expected, n);
  assert_true(vd_lzw_read(out, n, back, sizeof back));
  assert_memory_equal(back, bytes, sizeof bytes);
}

/* Through all code widths and table clears: constant, counting, and random bytes of many lengths. */
static void store_tile__lzw_there_and_back(void **state) {
  (void)state;
  enum { MOST = 70000 };
  uint8_t *bytes = malloc(MOST), *out = malloc(2 * MOST + 16), *back = malloc(MOST);
  uint32_t seed = 1;
  for (int kind = 0; kind < 3; kind++) {
    for (int i = 0; i < MOST; i++) {
      seed = seed * 1664525 + 1013904223;
      bytes[i] = (uint8_t)(kind == 0 ? 9u : kind == 1 ? (uint32_t)i % 251 : seed >> 24);
    }
    for (size_t n = 0; n <= MOST; n = n < 600 ? n + 1 : n + 1237) {
      size_t n_out = vd_lzw_write(bytes, n, out);
      assert_true(n_out <= 2 * n + 16);
      assert_true(vd_lzw_read(out, n_out, back, n));
      assert_memory_equal(back, bytes, n);
      if (n) assert_false(vd_lzw_read(out, n_out, back, n - 1));
    }
  }
  free(bytes);
  free(out);
  free(back);
}

static void store_tile__values_come_back_and_damage_is_told(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  float *values = VD_NEW_ARRAY(arena, float, VD_TILE_VALUES),
        *back = VD_NEW_ARRAY(arena, float, VD_TILE_VALUES);
  for (int i = 0; i < VD_TILE_VALUES; i++) values[i] = (float)(i % 700) * 1.1f;
  values[0] = NAN;
  values[1] = INFINITY;
  values[2] = -0.0f;
  size_t size;
  const uint8_t *blob = vd_tile_write(arena, values, &size);
  assert_int_equal(vd_tile_read(blob, size, back), VD_OK);
  assert_true(isnan(back[0]));
  assert_memory_equal(back + 1, values + 1, (VD_TILE_VALUES - 1) * sizeof *values);
  for (size_t n = 0; n < size; n += 1 + size / 50)
    assert_int_equal(vd_tile_read(blob, n, back), VD_ERR_INPUT);
  uint8_t *bad = vd_arena_alloc(arena, size);
  for (size_t i = 0; i < 140; i++) { /* any byte of the head changed: no crash, whatever the answer */
    memcpy(bad, blob, size);
    bad[i] ^= 0xff;
    (void)vd_tile_read(bad, size, back);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(store_tile__lzw_gives_the_standards_codes),
      cmocka_unit_test(store_tile__lzw_there_and_back),
      cmocka_unit_test(store_tile__values_come_back_and_damage_is_told),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
