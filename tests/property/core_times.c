/* core_times: packed travel times give back what was packed, whatever it was.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/core/times.h"

static uint64_t state;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

static void check(const vd_grid *grid, const uint32_t *ms, uint32_t cutoff_ms, const vd_times *times) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int32_t n = grid->nx * grid->ny;
  int64_t reached = 0;
  uint32_t *all = VD_NEW_ARRAY(arena, uint32_t, n), *row = VD_NEW_ARRAY(arena, uint32_t, grid->nx);
  vd_times_unpack(times, all);
  for (int32_t i = 0; i < n; i++) {
    uint32_t expected = ms[i] <= cutoff_ms ? ms[i] : VD_UNREACHED;
    reached += expected != VD_UNREACHED;
    if (all[i] != expected || vd_times_at(times, i) != expected)
      fail_msg("cell %d: %u and %u, expected %u", (int)i, all[i], vd_times_at(times, i), expected);
  }
  for (int32_t y = 0; y < grid->ny; y++) {
    vd_times_row(times, y, row);
    assert_memory_equal(row, all + y * grid->nx, (size_t)grid->nx * sizeof *row);
  }
  assert_int_equal(vd_times_reached(times), reached);
}

static void times__come_back_as_they_were(void **unused) {
  (void)unused;
  state = 5;
  for (int round = 0; round < 400; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_grid grid = {0, 0, 100, 1 + (int32_t)dice(200), 1 + (int32_t)dice(200)};
    int32_t n = grid.nx * grid.ny, centre = (int32_t)dice((uint32_t)n);
    uint32_t *ms = VD_NEW_ARRAY(arena, uint32_t, n);
    static const uint32_t spreads[] = {1, 1000, 65534, 65535, 65536, 65537, 16777215, 16777216, 16777217};
    uint32_t spread = dice(9) ? spreads[dice(9)] : UINT32_MAX, radius = 1 + dice(150), base = dice(1 << 30);
    for (int32_t i = 0; i < n; i++) {
      uint32_t far = (uint32_t)(abs(i % grid.nx - centre % grid.nx) + abs(i / grid.nx - centre / grid.nx));
      ms[i] = far > radius || !dice(30) ? VD_UNREACHED : base + dice(spread);
      if (far < radius && !dice(100)) ms[i] = base + (dice(2) ? spread - 1 : 0);
    }
    uint32_t cutoff_ms = dice(2) ? VD_UNREACHED - dice(2) : base + dice(spread);
    vd_times *times;
    assert_int_equal(vd_times_pack(arena, &grid, ms, cutoff_ms, &times), VD_OK);
    check(&grid, ms, cutoff_ms, times);
  }
}

/* A reached square of 640 x 640 cells whose times differ by less than 65 s within a tile takes 2 bytes a cell. */
static void times__take_little_room(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid grid = {0, 0, 100, 2000, 1000};
  uint32_t *ms = VD_NEW_ARRAY(arena, uint32_t, 2000 * 1000);
  memset(ms, 0xff, 2000 * 1000 * sizeof *ms);
  for (int32_t y = 0; y < 640; y++)
    for (int32_t x = 0; x < 640; x++) ms[y * 2000 + x] = (uint32_t)(x + y) * 500;
  vd_times *times;
  assert_int_equal(vd_times_pack(arena, &grid, ms, VD_UNREACHED, &times), VD_OK);
  assert_int_equal(vd_times_reached(times), 640 * 640);
  assert_true(vd_times_bytes(times) < 640 * 640 * 2 + 10000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(times__come_back_as_they_were),
      cmocka_unit_test(times__take_little_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
