/* workload: a made-up country for benches, from a seed: relief, friction, rivers, roads, bridges, bases and routes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Header only. The plane is in metres: x grows east from 0, y grows north, row 0 is the northernmost, so that the grid is
 * {0, side * cell_m, cell_m, side, side}. The same seed and size give the same bytes: only exact or correctly rounded
 * operations are used. Relief and friction keep their look whatever the size: features are measured in cells. */
#ifndef VEDETTE_TESTS_BENCH_WORKLOAD_H
#define VEDETTE_TESTS_BENCH_WORKLOAD_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"

enum { WORKLOAD_BASES = 50, WORKLOAD_ROUTES = 200, WORKLOAD_STOPS = 6, WORKLOAD_LINE = 257 };

typedef struct workload_line { /* 2 * n, metres */
  double *xy;
  int32_t n;
} workload_line;

typedef struct workload {
  int32_t side;
  double cell_m;
  uint64_t state;  /* of the random numbers */
  float *relief;   /* 0..1 a cell */
  float *friction; /* 1..20 a cell, NaN where nothing passes: lakes, and rivers but for their bridges */
  uint8_t *on;     /* bits of workload_on a cell */
  workload_line *rivers, *roads;
  int32_t n_rivers, n_roads, n_bridges;
  double bases[WORKLOAD_BASES][2];                   /* on passable cells */
  double routes[WORKLOAD_ROUTES][WORKLOAD_STOPS][2]; /* stops of patrols: bases and places between them */
} workload;
typedef enum workload_on { WORKLOAD_RIVER = 1, WORKLOAD_ROAD = 2, WORKLOAD_LAKE = 4 } workload_on;

static inline uint64_t workload_hash(uint64_t x) { /* splitmix64 */
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}
static inline double workload_unit(workload *w) {
  return (double)(workload_hash(w->state++) >> 11) / 9007199254740992.0;
}

static inline float workload_lattice(uint64_t seed, int octave, int64_t x, int64_t y) {
  uint64_t h = workload_hash(seed ^ ((uint64_t)octave << 56 | (uint64_t)y << 28 | (uint64_t)x));
  return (float)(h >> 40) / 16777216.0F;
}

/* Value noise of seven octaves, the widest 256 cells; each octave has half of the height of the one before. */
static inline void workload_relief(workload *w) {
  uint64_t seed = workload_hash(w->state++);
  for (int octave = 0; octave < 7; octave++) {
    int32_t wave = 256 >> octave;
    float height = 0.5F / (float)(1 << octave);
    for (int32_t row = 0; row < w->side; row++) {
      int64_t y = row / wave;
      float v = (float)(row % wave) / (float)wave, a = 0, b = 0;
      for (int32_t column = 0; column < w->side; column++) {
        int64_t x = column / wave;
        if (column % wave == 0) {
          float a0 = workload_lattice(seed, octave, x, y), a1 = workload_lattice(seed, octave, x, y + 1);
          float b0 = workload_lattice(seed, octave, x + 1, y),
                b1 = workload_lattice(seed, octave, x + 1, y + 1);
          a = a0 + (a1 - a0) * v, b = b0 + (b1 - b0) * v;
        }
        float u = (float)(column % wave) / (float)wave;
        w->relief[(size_t)row * (size_t)w->side + (size_t)column] += height * (a + (b - a) * u);
      }
    }
  }
}

/* From a to b, its middle moved aside again and again. */
static inline workload_line workload_between(workload *w, vd_arena *arena, const double *a, const double *b,
                                             double sway) {
  workload_line line = {VD_NEW_ARRAY(arena, double, 2 * WORKLOAD_LINE), WORKLOAD_LINE};
  double *xy = line.xy;
  xy[0] = a[0], xy[1] = a[1];
  xy[2 * (WORKLOAD_LINE - 1)] = b[0], xy[2 * (WORKLOAD_LINE - 1) + 1] = b[1];
  for (int step = WORKLOAD_LINE - 1; step > 1; step /= 2)
    for (int i = 0; i + step < WORKLOAD_LINE; i += step) {
      const double *from = xy + 2 * i, *to = xy + 2 * (i + step);
      double aside = sway * (workload_unit(w) - 0.5), *middle = xy + 2 * (i + step / 2);
      middle[0] = (from[0] + to[0]) / 2 - aside * (to[1] - from[1]);
      middle[1] = (from[1] + to[1]) / 2 + aside * (to[0] - from[0]);
    }
  return line;
}

static inline int64_t workload_cell(const workload *w, double x_m, double y_m) {
  double column = floor(x_m / w->cell_m), row = floor(w->side - y_m / w->cell_m);
  if (!(column >= 0 && row >= 0 && column < w->side && row < w->side)) return -1;
  return (int64_t)row * w->side + (int64_t)column;
}

/* Marks the cells along a line; steps of a third of a cell leave no way through diagonally that a move may take. */
static inline void workload_mark(workload *w, const workload_line *line, uint8_t bit) {
  for (int32_t i = 0; i + 1 < line->n; i++) {
    const double *a = line->xy + 2 * i, *b = a + 2;
    double length = sqrt((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1]));
    int32_t n = 1 + (int32_t)(3 * length / w->cell_m);
    for (int32_t k = 0; k <= n; k++) {
      int64_t cell = workload_cell(w, a[0] + (b[0] - a[0]) * k / n, a[1] + (b[1] - a[1]) * k / n);
      if (cell >= 0) w->on[cell] |= bit;
    }
  }
}

static inline void workload_rivers(workload *w, vd_arena *arena) {
  double side_m = w->side * w->cell_m;
  w->n_rivers = 6 + w->side / 500;
  w->rivers = VD_NEW_ARRAY(arena, workload_line, w->n_rivers);
  for (int32_t i = 0; i < w->n_rivers; i++) {
    double across = workload_unit(w) * side_m, back = workload_unit(w) * side_m;
    double a[2] = {i % 2 ? 0 : across, i % 2 ? across : 0};
    double b[2] = {i % 2 ? side_m : back, i % 2 ? back : side_m};
    w->rivers[i] = workload_between(w, arena, a, b, 0.6);
    workload_mark(w, &w->rivers[i], WORKLOAD_RIVER);
  }
}

/* Bases on a jittered lattice, never in a lake or river. */
static inline void workload_bases(workload *w) {
  double side_m = w->side * w->cell_m;
  for (int i = 0; i < WORKLOAD_BASES; i++) {
    int64_t cell = -1;
    for (int tries = 0; tries < 1000 && (cell < 0 || w->on[cell]); tries++) {
      w->bases[i][0] = (i % 10 + 0.05 + 0.9 * workload_unit(w)) / 10 * side_m;
      w->bases[i][1] = (i / 10 + 0.05 + 0.9 * workload_unit(w)) / (WORKLOAD_BASES / 10) * side_m;
      cell = workload_cell(w, w->bases[i][0], w->bases[i][1]);
    }
  }
}

/* From each base to the next two in the order of the lattice, east and north. */
static inline void workload_roads(workload *w, vd_arena *arena) {
  w->roads = VD_NEW_ARRAY(arena, workload_line, 2 * WORKLOAD_BASES);
  for (int i = 0; i < WORKLOAD_BASES; i++) {
    int next[2] = {i % 10 < 9 ? i + 1 : -1, i + 10 < WORKLOAD_BASES ? i + 10 : -1};
    for (int k = 0; k < 2; k++) {
      if (next[k] < 0) continue;
      w->roads[w->n_roads] = workload_between(w, arena, w->bases[i], w->bases[next[k]], 0.35);
      workload_mark(w, &w->roads[w->n_roads++], WORKLOAD_ROAD);
    }
  }
}

static inline void workload_routes(workload *w) {
  for (int i = 0; i < WORKLOAD_ROUTES; i++) {
    const double *home = w->bases[i % WORKLOAD_BASES];
    const double *goal = w->bases[(int)(workload_unit(w) * WORKLOAD_BASES) % WORKLOAD_BASES];
    for (int k = 0; k < WORKLOAD_STOPS; k++) {
      double t = k / (double)(WORKLOAD_STOPS - 1);
      for (int d = 0; d < 2; d++) w->routes[i][k][d] = home[d] + t * (goal[d] - home[d]);
    }
  }
}

/* Steeper and higher is harder: 1 on roads and bridges, 1.5 to 20 beside them. */
static inline void workload_friction(workload *w) {
  size_t side = (size_t)w->side;
  for (size_t i = 0; i < side * side; i++) {
    size_t east = i % side + 1 < side ? i + 1 : i, south = i + side < side * side ? i + side : i;
    float dx = w->relief[east] - w->relief[i], dy = w->relief[south] - w->relief[i];
    float hard = 1.5F + 6.0F * w->relief[i] + 800.0F * (fabsf(dx) + fabsf(dy));
    bool river = w->on[i] & WORKLOAD_RIVER, road = w->on[i] & WORKLOAD_ROAD, lake = w->on[i] & WORKLOAD_LAKE;
    w->n_bridges += river && road;
    w->friction[i] = road ? 1.0F : river || lake ? NAN : hard < 20.0F ? hard : 20.0F;
  }
}

/* All of it, in the arena: 9 bytes a cell. */
static inline workload *workload_new(vd_arena *arena, uint64_t seed, int32_t side, double cell_m) {
  workload *w = VD_NEW(arena, workload);
  size_t n = (size_t)side * (size_t)side;
  *w = (workload){.side = side, .cell_m = cell_m, .state = workload_hash(seed)};
  w->relief = VD_NEW_ARRAY(arena, float, n);
  w->friction = VD_NEW_ARRAY(arena, float, n);
  w->on = VD_NEW_ARRAY(arena, uint8_t, n);
  workload_relief(w);
  for (size_t i = 0; i < n; i++) w->on[i] = w->relief[i] < 0.3F ? WORKLOAD_LAKE : 0;
  workload_rivers(w, arena);
  workload_bases(w);
  workload_roads(w, arena);
  workload_routes(w);
  workload_friction(w);
  return w;
}

#endif
