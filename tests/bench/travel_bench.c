/* travel_bench: milliseconds to build the road network of a made-up area and to solve travel times over it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_travel_bench [cells a side] [roads] [rivers]; 1000, 2000 and 50 by default. Solves five times and tells the
 * median, by the clock and by the processor's own time, which other programs on the machine disturb less. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "vedette/core/travel.h"

static uint64_t state = 1;
static double random_unit(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 9007199254740992.0;
}

static double ms_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double now_ms(void) {
  return ms_of(CLOCK_MONOTONIC);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* A road or river that wanders from a random place. */
static double *wander(vd_arena *arena, double side_m, int32_t n, double step_m) {
  double *xy = VD_NEW_ARRAY(arena, double, 2 * n);
  double angle = random_unit() * 6.283185307179586;
  xy[0] = (random_unit() - 0.5) * side_m;
  xy[1] = (random_unit() - 0.5) * side_m;
  for (int32_t i = 1; i < n; i++) {
    angle += random_unit() - 0.5;
    xy[2 * i] = xy[2 * i - 2] + step_m * cos(angle);
    xy[2 * i + 1] = xy[2 * i - 1] + step_m * sin(angle);
  }
  return xy;
}

static vd_terrain make_terrain(vd_arena *arena, int32_t side) {
  vd_terrain t = {.grid = {-side * 50.0, side * 50.0, 100, side, side}};
  uint8_t *ground = VD_NEW_ARRAY(arena, uint8_t, side * side);
  float *elevation = VD_NEW_ARRAY(arena, float, side *side);
  for (int32_t i = 0; i < side * side; i++) {
    double x = i % side, y = i / side, wave = sin(x / 37) * cos(y / 53) + sin((x + y) / 11) / 4;
    elevation[i] = (float)(400 + 150 * wave);
    ground[i] = (uint8_t)(wave < -0.9 ? VD_GROUND_WATER : VD_GROUND_BARE + (int)(2.4 * (wave + 1.3)) % 5);
  }
  t.ground = ground;
  t.elevation_m = elevation;
  return t;
}

static vd_speed_rules rules_of(double flat) {
  vd_speed_rules r = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_WATER; g++) r.kmh[g] = g < VD_GROUND_BARE ? 5 * flat : flat / (1 + 0.1 * g);
  return r;
}

/* Sources that reach less than half of the area, an islet say, are passed over: they would flatter the median. */
static void tell_solves(const vd_travel_costs *costs, const char *what, int32_t n) {
  enum { TIMES = 5, TRIES = 40 };
  double took[TIMES], busy[TIMES], least = 100;
  int kept = 0, tries = 0;
  for (; kept < TIMES && tries < TRIES; tries++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_travel_source source = {1730 * (tries - 2) + 50, 3000 - 1310 * tries, 0};
    vd_travel_field field;
    double began = now_ms(), began_busy = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_travel_solve(arena, costs, &source, VD_UNREACHED - 1, false, NULL, &field)) exit(1);
    took[kept] = now_ms() - began;
    busy[kept] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began_busy;
    size_t reached = 0;
    for (int32_t c = 0; c < n; c++) reached += field.cell_ms[c] != VD_UNREACHED;
    double part = 100.0 * (double)reached / n;
    if (part < 50) continue;
    least = part < least ? part : least;
    kept++;
  }
  if (kept < TIMES) {
    printf("%-5s solve   too few sources reach half of the area\n", what);
    return;
  }
  qsort(took, TIMES, sizeof *took, compare);
  qsort(busy, TIMES, sizeof *busy, compare);
  printf("%-5s solve   %8.1f ms, processor %8.1f ms = %.1f ns a cell, at least %.1f %% reached, %d passed "
         "over\n",
         what, took[TIMES / 2], busy[TIMES / 2], busy[TIMES / 2] * 1e6 / n, least, tries - kept);
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int32_t side = argc > 1 ? atoi(argv[1]) : 1000, n_roads = argc > 2 ? atoi(argv[2]) : 2000,
          n_rivers = argc > 3 ? atoi(argv[3]) : 50;
  if (side < 10 || side > 30000 || n_roads < 0 || n_rivers < 0) return 2;
  double side_m = side * 100.0, began = now_ms();
  vd_terrain terrain = make_terrain(arena, side);
  const vd_geom **rivers = VD_NEW_ARRAY(arena, const vd_geom *, n_rivers + 1);
  for (int i = 0; i < n_rivers; i++)
    rivers[i] = vd_geom_line(arena, wander(arena, side_m, 500, side_m / 400), 500);
  vd_barriers *barriers;
  if (vd_barriers_new(arena, &terrain.grid, rivers, (size_t)n_rivers, &barriers)) return 1;
  terrain.blocked = vd_barriers_moves(arena, barriers);
  printf("%d x %d cells, %d roads\nbarriers      %8.1f ms\n", side, side, n_roads, now_ms() - began);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n_roads);
  for (int32_t i = 0; i < n_roads; i++) {
    double *xy = wander(arena, side_m, 100, 80);
    /* Every second road begins on the one before. */
    double dx = i % 2 ? roads[i - 1].xy[60] - xy[0] : 0, dy = i % 2 ? roads[i - 1].xy[61] - xy[1] : 0;
    for (int k = 0; i % 2 && k < 100; k++) {
      xy[2 * k] = k ? xy[2 * k] + dx : roads[i - 1].xy[60];
      xy[2 * k + 1] = k ? xy[2 * k + 1] + dy : roads[i - 1].xy[61];
    }
    roads[i] = (vd_travel_road){.xy = xy, .n = 100, .ground = VD_GROUND_GRAVEL, .time_factor = 1};
  }
  vd_travel_setup setup = {&terrain, barriers, roads, (size_t)n_roads, VD_UNMARKED_FORD, 100};
  vd_travel_network *net;
  began = now_ms();
  if (vd_travel_network_new(arena, &setup, &net)) return 1;
  printf("network       %8.1f ms  %d nodes, %d edges\n", now_ms() - began, (int)vd_travel_n_nodes(net),
         (int)vd_travel_n_edges(net));
  for (int on_foot = 0; on_foot < 2; on_foot++) {
    vd_speed_rules own = rules_of(on_foot ? 4 : 10), foot = rules_of(4);
    vd_profile profile =
        vd_profile_resolve(on_foot ? VD_FOOT : VD_CAR_4X4, &own, &foot, VD_DRY, VD_DAY, 900000, 0);
    vd_travel_costs *costs;
    began = now_ms();
    if (vd_travel_costs_new(arena, net, &profile, NULL, 0, &costs)) return 1;
    printf("%-5s costs   %8.1f ms\n", on_foot ? "foot" : "4x4", now_ms() - began);
    tell_solves(costs, on_foot ? "foot" : "4x4", side * side);
  }
  return 0;
}
