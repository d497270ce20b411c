/* travel_world: a random piece of land with rivers, roads, restrictions and a profile, for property tests. Include after cmocka.h.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_TRAVEL_WORLD_H
#define VEDETTE_TESTS_TRAVEL_WORLD_H

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/travel_graph.h"

enum { MAX_ROADS = 60, MAX_POINTS = 24, MAX_RIVERS = 4, MAX_EFFECTS = 4 };

static uint64_t state;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

/* ---- a random world ---- */

typedef struct world {
  vd_arena *arena;
  vd_terrain terrain;
  vd_travel_network *net;
  vd_travel_costs *costs;
  vd_travel_source source;
  uint32_t cutoff_ms;
} world;

/* Sides of one tile and its neighbours, just short of and just beyond them, and others. */
static int32_t random_side(bool small) {
  static const int32_t sides[] = {1, 2, 3, 62, 63, 64, 65, 66, 127, 128, 129};
  if (small) return 1 + (int32_t)dice(9);
  return dice(3) ? sides[dice(11)] : 1 + (int32_t)dice(150);
}

static double random_x(const vd_grid *g) {
  return g->x0_m + dice((uint32_t)(g->nx * g->cell_m * 8)) / 8.0;
}
static double random_y(const vd_grid *g) {
  return g->y0_m - dice((uint32_t)(g->ny * g->cell_m * 8)) / 8.0;
}

static void random_terrain(world *w, bool small) {
  vd_grid *g = &w->terrain.grid;
  *g = (vd_grid){-4000 - (double)dice(100), 3000 + (double)dice(100), 100, random_side(small),
                 random_side(small)};
  int32_t n = g->nx * g->ny;
  uint8_t *ground = VD_NEW_ARRAY(w->arena, uint8_t, n);
  float *elevation = VD_NEW_ARRAY(w->arena, float, n);
  uint32_t kinds = 1 + dice(VD_GROUND_COUNT - VD_GROUND_BARE), patch = 1 + dice(12), rough = 1 + dice(80);
  uint32_t salt = dice(1000);
  for (int32_t i = 0; i < n; i++) {
    uint32_t x = (uint32_t)(i % g->nx) / patch, y = (uint32_t)(i / g->nx) / patch;
    uint32_t mixed = (x * 2654435761u ^ y * 2246822519u ^ salt) * 3266489917u;
    ground[i] = (uint8_t)(VD_GROUND_BARE + (mixed >> 16) % kinds);
    elevation[i] = dice(200) ? (float)dice(rough) : NAN;
  }
  w->terrain.ground = ground;
  if (dice(3)) w->terrain.elevation_m = elevation;
}

static const vd_geom *random_river(const world *w) {
  double xy[6];
  for (int i = 0; i < 3; i++) {
    xy[2 * i] = random_x(&w->terrain.grid);
    xy[2 * i + 1] = random_y(&w->terrain.grid);
  }
  return vd_geom_line(w->arena, xy, 3);
}

/* Roads wander and often begin where another one has a point. */
static vd_travel_road random_road(const world *w, const vd_travel_road *others, uint32_t n_others) {
  int32_t n = 2 + (int32_t)dice(MAX_POINTS - 1);
  double *xy = VD_NEW_ARRAY(w->arena, double, 2 * n);
  xy[0] = random_x(&w->terrain.grid);
  xy[1] = random_y(&w->terrain.grid);
  if (n_others && dice(3)) {
    const vd_travel_road *other = &others[dice(n_others)];
    memcpy(xy, other->xy + 2 * dice((uint32_t)other->n), 2 * sizeof *xy);
  }
  for (int32_t i = 1; i < n; i++) {
    xy[2 * i] = xy[2 * i - 2] + (double)dice(600) - 300;
    xy[2 * i + 1] = xy[2 * i - 1] + (double)dice(600) - 300;
  }
  static const vd_ground grounds[] = {VD_GROUND_PAVED, VD_GROUND_GRAVEL, VD_GROUND_FERRY, VD_GROUND_RIVER};
  return (vd_travel_road){.xy = xy,
                          .n = n,
                          .ground = grounds[dice(5) ? dice(2) : 2 + dice(2)],
                          .crossing = dice(3) ? VD_CROSSING_NONE : (vd_crossing)dice(VD_CROSSING_COUNT),
                          .oneway = (int8_t)(dice(4) ? 0 : 1),
                          .time_factor = dice(2) ? 1 : 1.25};
}

static vd_profile random_profile(void) {
  vd_speed_rules own = {.night_factor = 0.7, .slope_max = dice(3) ? INFINITY : 0.3}, foot = own;
  vd_vehicle vehicle = (vd_vehicle[]){VD_FOOT, VD_CAR_4X4, VD_BOAT}[dice(3)];
  for (int i = 0; i < VD_GROUND_COUNT; i++) {
    own.kmh[i] = dice(4) ? 1 + dice(60) + 0.00037 * i : 0;
    foot.kmh[i] = dice(5) ? 1 + dice(5) + 0.00037 * i : 0;
  }
  if (dice(8) == 0) /* steps of no time */
    for (int i = 0; i < VD_GROUND_COUNT; i++) own.kmh[i] = dice(2) ? 4e8 : 30;
  return vd_profile_resolve(vehicle, &own, vehicle == VD_FOOT ? &own : &foot, VD_DRY, VD_DAY, 90000, 360000);
}

static vd_travel_effect random_effect(const world *w, double radius_m) {
  return (vd_travel_effect){.effect = (vd_effect)dice(VD_EFFECT_NONE),
                            .slow = 1.5 + dice(3),
                            .delay_ms = 60000,
                            .zone = vd_travel_zone_circle(w->arena, w->net, random_x(&w->terrain.grid),
                                                          random_y(&w->terrain.grid), radius_m)};
}

static world random_world(vd_arena *arena, int round) {
  state = 4242u + (uint64_t)round * 1000003u;
  bool small = round % 3 == 0;
  world w = {.arena = arena};
  random_terrain(&w, small);
  const vd_geom *rivers[MAX_RIVERS];
  size_t n_rivers = dice(MAX_RIVERS + 1);
  for (size_t i = 0; i < n_rivers; i++) rivers[i] = random_river(&w);
  vd_barriers *barriers;
  assert_int_equal(vd_barriers_new(arena, &w.terrain.grid, rivers, n_rivers, &barriers), VD_OK);
  if (n_rivers) w.terrain.blocked = vd_barriers_moves(arena, barriers);
  uint32_t n_roads = dice(small ? 6 : MAX_ROADS);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n_roads);
  for (uint32_t i = 0; i < n_roads; i++) roads[i] = random_road(&w, roads, i);
  vd_terrain *terrain = VD_NEW(arena, vd_terrain);
  *terrain = w.terrain;
  vd_travel_setup setup = {terrain, barriers, roads, n_roads, (vd_unmarked)dice(3), 120};
  assert_int_equal(vd_travel_network_new(arena, &setup, &w.net), VD_OK);
  vd_travel_effect effects[MAX_EFFECTS];
  size_t n_effects = dice(3) ? 0 : dice(MAX_EFFECTS + 1);
  for (size_t i = 0; i < n_effects; i++) effects[i] = random_effect(&w, 20 + dice(2000));
  vd_profile profile = random_profile();
  assert_int_equal(vd_travel_costs_new(arena, w.net, &profile, effects, n_effects, &w.costs), VD_OK);
  w.source = (vd_travel_source){random_x(&w.terrain.grid), random_y(&w.terrain.grid), dice(1000)};
  w.cutoff_ms = dice(3) ? VD_UNREACHED - dice(2) : 300000 + dice(4000000);
  return w;
}

#endif
