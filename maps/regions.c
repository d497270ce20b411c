/* regions: the outline of the mission area, its districts and its sectors, along natural borders.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "world.h"

enum { COARSE = 4, RW = GRID_W / COARSE, RH = GRID_H / COARSE, RN = RW * RH };
static const role seats[DISTRICT_COUNT] = {CAPITAL,  EAST_TOWN,  WEST_TOWN,       MARKET_TOWN,
                                           CUT_TOWN, NORTH_TOWN, SOUTH_WEST_TOWN, VALLEY_VILLAGE};
/* Sector of each district: 0 West, 1 Centre, 2 East. */
static const int sector_of[DISTRICT_COUNT] = {1, 2, 0, 1, 1, 0, 0, 2};

static bool in_outline(const world *w, pt p) {
  double bend = fbm(w->seed + 41, p.x / 170, p.y / 170, 5), bow = fbm(w->seed + 42, p.x / 170, p.y / 170, 5);
  double x = (p.x - GRID_W * .5 + 26 * bend) / (GRID_W * .478),
         y = (p.y - GRID_H * .515 + 26 * bow) / (GRID_H * .475);
  return pow(fabs(x), 5) + pow(fabs(y), 5) < 1;
}

static double border_cost(const world *w, int32_t c) {
  pt p = centre_of(c);
  double water = w->water[c] == WATER_GREAT || w->water[c] == WATER_LAKE ? 50
                 : w->water[c] == WATER_RIVER                            ? 10
                                                                         : 0;
  return 1 + water + 30 * w->slope[c] + 1.1 * fbm(w->seed + 43, p.x / 30, p.y / 30, 4);
}

/* The dearest of the cells a coarse cell covers, so that thin rivers count. */
static double coarse_cost(const world *w, int32_t coarse) {
  double most = 0.2;
  for (int y = 0; y < COARSE; y++)
    for (int x = 0; x < COARSE; x++)
      most = fmax(most, border_cost(w, (coarse / RW * COARSE + y) * GRID_W + coarse % RW * COARSE + x));
  return most;
}

/* Each cell goes to the seat that is nearest by the least effort. */
static uint8_t *spread(const world *w) {
  uint8_t *labels = VD_NEW_ARRAY(w->arena, uint8_t, RN);
  double *least = VD_NEW_ARRAY(w->arena, double, RN);
  heap todo = {.arena = w->arena};
  for (int i = 0; i < RN; i++) least[i] = 1e30;
  for (int i = 0; i < DISTRICT_COUNT; i++) {
    int32_t cell = w->settlements[seats[i]].cell, c = cell / GRID_W / COARSE * RW + cell % GRID_W / COARSE;
    least[c] = 0;
    labels[c] = (uint8_t)(i + 1);
    heap_push(&todo, 0, c);
  }
  while (todo.n) {
    heap_item it = heap_pop(&todo);
    if (it.key > least[it.cell]) continue;
    static const int dx[4] = {1, 0, -1, 0}, dy[4] = {0, 1, 0, -1};
    for (int d = 0; d < 4; d++) {
      int x = it.cell % RW + dx[d], y = it.cell / RW + dy[d], c = y * RW + x;
      if (x < 1 || y < 1 || x >= RW - 1 || y >= RH - 1) continue;
      pt p = {(x + .5) * COARSE, (y + .5) * COARSE};
      double key = it.key + coarse_cost(w, c);
      if (!in_outline(w, p) || key >= least[c]) continue;
      least[c] = key;
      labels[c] = labels[it.cell];
      heap_push(&todo, key, c);
    }
  }
  return labels;
}

/* A cell alone among others takes their label: borders lose their crumbs. */
static void tidy(const world *w, uint8_t *labels) {
  (void)w;
  for (int round = 0; round < 3; round++)
    for (int i = 0; i < RN; i++) {
      int x = i % RW, y = i / RW, votes[DISTRICT_COUNT + 1] = {0};
      if (x < 1 || y < 1 || x >= RW - 1 || y >= RH - 1) continue;
      for (int dy = -1; dy <= 1; dy++)
        for (int dx = -1; dx <= 1; dx++) votes[labels[i + dy * RW + dx]]++;
      for (int k = 0; k <= DISTRICT_COUNT; k++)
        if (votes[k] >= 6) labels[i] = (uint8_t)k;
    }
}

static shape largest(const shape *shapes, size_t n) {
  const shape *best = &shapes[0];
  for (size_t i = 1; i < n; i++)
    if (fabs(ring_area(&shapes[i].rings[0])) > fabs(ring_area(&best->rings[0]))) best = &shapes[i];
  return *best;
}

static shape shape_of(const world *w, const trace *t, const bool set[256]) {
  size_t n;
  shape *shapes = trace_shapes(w->arena, t, set, 200, &n);
  return largest(shapes, n);
}

void make_regions(world *w) {
  uint8_t *labels = spread(w);
  tidy(w, labels);
  trace *t = trace_new(w->arena, labels, RW, RH, COARSE, 0.25);
  bool all[256] = {false};
  for (int i = 1; i <= DISTRICT_COUNT; i++) {
    bool one[256] = {false};
    one[i] = all[i] = true;
    w->districts[i - 1] = shape_of(w, t, one);
    w->district_names[i - 1] = w->settlements[seats[i - 1]].name;
  }
  w->mission = shape_of(w, t, all);
  for (int s = 0; s < SECTOR_COUNT; s++) {
    bool set[256] = {false};
    for (int i = 0; i < DISTRICT_COUNT; i++) set[i + 1] = sector_of[i] == s;
    w->sectors[s] = shape_of(w, t, set);
  }
  w->inside = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) w->inside[i] = ring_holds(&w->mission.rings[0], centre_of(i));
}
