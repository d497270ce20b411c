/* road_network: any bytes as a kept road network; what is read can be searched and is written and read again the same.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The first byte is not part of it: when it is odd the checksum is mended first, so that what lies behind it is reached. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/hash.h"
#include "vedette/core/travel.h"

/* Where the header has its checksum, and its size (travel_kept.h). */
enum { SIDE = 6, SIZE_AT = 16, CHECKSUM_AT = 24, HEADER = 104, VERSION = 1 };

static void search_roads(vd_arena *arena, const vd_travel_network *net) {
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = 10;
  vd_profile profile = vd_profile_resolve(VD_CAR_4X4, &rules, &rules, VD_DRY, VD_DAY, 1000, 2000);
  vd_travel_source source = {10, 20, 0};
  vd_travel_effect effect = {
      .effect = VD_EFFECT_SLOW, .slow = 2, .zone = vd_travel_zone_circle(arena, net, 0, 0, 150)};
  vd_travel_costs *costs;
  vd_travel_lanes *lanes;
  vd_travel_reached reached;
  vd_travel_field field;
  if (vd_travel_costs_new(arena, net, &profile, &effect, 1, &costs) != VD_OK) abort();
  if (vd_travel_lanes_new(arena, costs, &lanes) != VD_OK) abort();
  if (vd_travel_by_road(arena, costs, lanes, &source, 1, VD_UNREACHED - 1, NULL, NULL, &reached) != VD_OK)
    abort();
  if (vd_travel_solve(arena, costs, &source, VD_UNREACHED - 1, true, NULL, &field) != VD_OK) abort();
  size_t n;
  for (int32_t cell = 0; cell < SIDE * SIDE; cell += 7) vd_travel_route(arena, &field, cell, &n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < 1) return 0;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint8_t ground[SIDE * SIDE];
  memset(ground, VD_GROUND_GRASS, sizeof ground);
  vd_terrain terrain = {.grid = {-300, 300, 100, SIDE, SIDE}, .ground = ground};
  size_t n = size - 1;
  uint8_t *bytes = vd_arena_alloc(arena, n);
  if (n) memcpy(bytes, data + 1, n);
  if (data[0] & 1 && n >= HEADER) {
    uint64_t sum = vd_checksum(bytes + HEADER, n - HEADER, VERSION), whole = n;
    memcpy(bytes + SIZE_AT, &whole, sizeof whole);
    memcpy(bytes + CHECKSUM_AT, &sum, sizeof sum);
  }
  vd_travel_network *net, *again;
  if (vd_travel_network_read(arena, bytes, n, &terrain, NULL, &net) != VD_OK) return 0;
  search_roads(arena, net);
  uint8_t *written, *twice;
  size_t n_written, n_twice;
  if (vd_travel_network_write(arena, net, &written, &n_written) != VD_OK) abort();
  if (vd_travel_network_read(arena, written, n_written, &terrain, NULL, &again) != VD_OK) abort();
  if (vd_travel_network_write(arena, again, &twice, &n_twice) != VD_OK) abort();
  if (n_written != n_twice || memcmp(written, twice, n_twice) != 0) abort();
  return 0;
}
