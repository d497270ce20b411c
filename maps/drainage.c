/* drainage: where water runs over the relief: pits filled, one lake kept, catchments counted.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "world.h"

/* Priority flood (Barnes, Lehman and Mulla 2014) with a small rise a cell, then the steepest way down. */
static int flood(vd_arena *arena, const float *height, int w, int h, const uint8_t *open, float *filled,
                 int32_t *order) {
  uint8_t *seen = VD_NEW_ARRAY(arena, uint8_t, w * h);
  heap todo = {.arena = arena};
  int n = 0;
  for (int i = 0; i < w * h; i++) {
    if (!open[i]) continue;
    seen[i] = 1;
    filled[i] = height[i];
    heap_push(&todo, filled[i], i);
  }
  while (todo.n) {
    int32_t c = heap_pop(&todo).cell;
    order[n++] = c;
    for (int d = 0; d < 8; d++) {
      static const int dx[8] = {1, 1, 0, -1, -1, -1, 0, 1}, dy[8] = {0, 1, 1, 1, 0, -1, -1, -1};
      int x = c % w + dx[d], y = c / w + dy[d], i = y * w + x;
      if (x < 0 || y < 0 || x >= w || y >= h || seen[i]) continue;
      seen[i] = 1;
      filled[i] = fmaxf(height[i], filled[c] + 0.002F);
      heap_push(&todo, filled[i], i);
    }
  }
  return n;
}

void flow_route(vd_arena *arena, const float *height, int w, int h, const uint8_t *open, float *filled,
                int32_t *down, int32_t *order) {
  int n = flood(arena, height, w, h, open, filled, order);
  for (int k = 0; k < n; k++) {
    int32_t c = order[k];
    double steepest = 0;
    down[c] = -1;
    if (open[c]) continue;
    for (int d = 0; d < 8; d++) {
      static const int dx[8] = {1, 1, 0, -1, -1, -1, 0, 1}, dy[8] = {0, 1, 1, 1, 0, -1, -1, -1};
      int x = c % w + dx[d], y = c / w + dy[d];
      if (x < 0 || y < 0 || x >= w || y >= h) continue;
      double drop = ((double)filled[c] - filled[y * w + x]) / (d & 1 ? 1.41421356 : 1);
      if (drop > steepest) steepest = drop, down[c] = y * w + x;
    }
  }
}

static void open_edges(uint8_t *open) {
  for (int x = 0; x < GRID_W; x++) {
    open[x] = 1;
    open[(GRID_H - 1) * GRID_W + x] = x > GRID_W * 67 / 100 && x < GRID_W * 80 / 100;
  }
}

static void route(world *w, float *filled, int32_t *order) {
  uint8_t *open = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  open_edges(open);
  flow_route(w->arena, w->height, GRID_W, GRID_H, open, filled, w->down, order);
  for (int32_t i = 0; i < GRID_N; i++) w->catchment[i] = (float)CELL_KM2;
  w->catchment[w->inlet] += 30000;
  for (int32_t k = GRID_N - 1; k >= 0; k--) {
    int32_t c = order[k];
    if (w->down[c] >= 0) w->catchment[w->down[c]] += w->catchment[c];
  }
}

/* A shallow bowl on the great river, to be filled by it; its outline follows the land. */
static void sink_lake(world *w, const float *filled, uint8_t *bowl) {
  int32_t c = w->inlet;
  while (w->down[c] >= 0 && centre_of(c).x < 0.605 * GRID_W) c = w->down[c];
  w->lake_cell = c;
  pt middle = centre_of(c);
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double turn_x = (p.x - middle.x) * 0.8 + (p.y - middle.y) * 0.6,
           turn_y = (p.y - middle.y) * 0.8 - (p.x - middle.x) * 0.6;
    double r = sqrt(turn_x * turn_x / (52. * 52) + turn_y * turn_y / (24. * 24));
    r += 0.42 * fbm(w->seed + 71, p.x / 38, p.y / 38, 4);
    bowl[i] = r < 1.12;
    if (r < 1) w->height[i] = fminf(w->height[i], filled[c] + 3 - (float)(16 * (1 - r)));
  }
}

static void fill_lake(world *w, const float *filled, const uint8_t *bowl) {
  uint8_t *lake = w->water;
  heap todo = {.arena = w->arena};
  int32_t c = w->lake_cell;
  heap_push(&todo, 0, c);
  while (todo.n) {
    c = heap_pop(&todo).cell;
    if (lake[c] == WATER_LAKE) continue;
    lake[c] = WATER_LAKE;
    for (int d = 0; d < 8; d += 2) {
      int32_t next = neighbour(c, d);
      if (next >= 0 && lake[next] != WATER_LAKE && bowl[next] && filled[next] - w->height[next] > 0.4F)
        heap_push(&todo, 0, next);
    }
  }
}

/* Height above the river a cell drains to, and slope. */
static void measure(world *w, const float *filled, const int32_t *order) {
  float *base = VD_NEW_ARRAY(w->arena, float, GRID_N);
  for (int32_t k = 0; k < GRID_N; k++) {
    int32_t c = order[k];
    bool wet = w->catchment[c] > 150 || w->water[c] == WATER_LAKE || w->down[c] < 0;
    base[c] = wet ? filled[c] : base[w->down[c]];
    w->above[c] = filled[c] - base[c];
  }
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double e = field_at(filled, (pt){p.x + 1, p.y}) - field_at(filled, (pt){p.x - 1, p.y});
    double s = field_at(filled, (pt){p.x, p.y + 1}) - field_at(filled, (pt){p.x, p.y - 1});
    w->slope[i] = (float)(sqrt(e * e + s * s) / (2 * CELL_M));
  }
}

void make_drainage(world *w) {
  vd_arena *a = w->arena;
  float *filled = VD_NEW_ARRAY(a, float, GRID_N);
  int32_t *order = VD_NEW_ARRAY(a, int32_t, GRID_N);
  uint8_t *bowl = VD_NEW_ARRAY(a, uint8_t, GRID_N);
  w->down = VD_NEW_ARRAY(a, int32_t, GRID_N);
  w->catchment = VD_NEW_ARRAY(a, float, GRID_N);
  w->above = VD_NEW_ARRAY(a, float, GRID_N);
  w->slope = VD_NEW_ARRAY(a, float, GRID_N);
  w->water = VD_NEW_ARRAY(a, uint8_t, GRID_N);
  route(w, filled, order);
  sink_lake(w, filled, bowl);
  route(w, filled, order);
  fill_lake(w, filled, bowl);
  measure(w, filled, order);
  memcpy(w->height, filled, sizeof *filled * GRID_N);
}
