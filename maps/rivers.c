/* rivers: the lines of the rivers, winding where the land is flat, and the raster of water they leave.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "world.h"

#define STREAM_KM2 30.
#define RIVER_KM2 420.
#define GREAT_KM2 29000.

static water_kind kind_of(double km2) {
  return km2 > GREAT_KM2    ? WATER_GREAT
         : km2 > RIVER_KM2  ? WATER_RIVER
         : km2 > STREAM_KM2 ? WATER_STREAM
                            : WATER_NONE;
}

/* Moves every position a little by smooth noise, so that rivers wind on flat ground. Because it depends on the place
 * only, lines that met still meet. */
static pt wind(const world *w, pt p) {
  double flat = exp(-field_at(w->slope, p) / 0.012);
  double big = 3.2 * flat, small = 0.9 * flat;
  uint64_t s = w->seed * 131;
  return (pt){p.x + big * noise(s + 1, p.x / 21, p.y / 21) + small * noise(s + 2, p.x / 6, p.y / 6),
              p.y + big * noise(s + 3, p.x / 21, p.y / 21) + small * noise(s + 4, p.x / 6, p.y / 6)};
}

static int feeders(const world *w, int32_t cell, int32_t *largest) {
  int n = 0;
  double most = 0;
  *largest = -1;
  for (int d = 0; d < 8; d++) {
    int32_t from = neighbour(cell, d);
    if (from < 0 || w->down[from] != cell || w->catchment[from] < STREAM_KM2) continue;
    n++;
    if (w->catchment[from] > most) most = w->catchment[from], *largest = from;
  }
  return n;
}

static void add_stretch(world *w, const int32_t *cells, int n, const int32_t *stem) {
  if (n < 2) return;
  pt *p = VD_NEW_ARRAY(w->arena, pt, n);
  for (int i = 0; i < n; i++) p[i] = centre_of(cells[i]);
  line l = {p, n};
  line_smooth(w->arena, &l, false, 3);
  for (int i = 0; i < n; i++) l.p[i] = wind(w, l.p[i]);
  double km2 = w->catchment[cells[n > 2 ? n - 2 : 0]];
  *VD_PUSH(w->arena, w->rivers, w->n_rivers, w->rivers_capacity) =
      (river){.path = l, .kind = kind_of(km2), .stem = stem[cells[0]], .km2 = km2};
}

/* From a source, a confluence or the lower shore of the lake down to the next of them. */
static void walk_stretch(world *w, int32_t start, int32_t *cells, const int32_t *stem) {
  int n = 0, in_lake = 0;
  int32_t unused;
  for (int32_t c = start; c >= 0; c = w->down[c]) {
    cells[n++] = c;
    in_lake += w->water[c] == WATER_LAKE;
    if (n > 1 && (feeders(w, c, &unused) != 1 || in_lake > 1)) break;
  }
  add_stretch(w, cells, n, stem);
}

/* Each channel cell learns the source of the largest river through it. */
static int32_t *find_stems(const world *w) {
  int32_t *stem = VD_NEW_ARRAY(w->arena, int32_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) stem[i] = -1;
  for (int32_t i = 0; i < GRID_N; i++) {
    int32_t largest;
    if (w->catchment[i] < STREAM_KM2 || feeders(w, i, &largest) > 0) continue;
    for (int32_t c = i; c >= 0; c = w->down[c]) {
      int32_t up;
      feeders(w, c, &up);
      if (c != i && (up < 0 || stem[up] != i)) break;
      stem[c] = i;
    }
  }
  return stem;
}

/* Marks the cells a line passes. */
static void draw_river(world *w, const river *r) {
  for (int i = 0; i + 1 < r->path.n; i++) {
    pt a = r->path.p[i], b = r->path.p[i + 1];
    int steps = (int)ceil(dist(a, b) * 4);
    for (int k = 0; k <= steps; k++) {
      double t = (double)k / (steps ? steps : 1);
      int32_t c = cell_at((pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
      if (w->water[c] != WATER_LAKE && w->water[c] < r->kind) w->water[c] = (uint8_t)r->kind;
    }
  }
}

/* Which side of the great river each cell is on; its banks, where no road may pass, on none. */
static void find_sides(world *w) {
  uint8_t *great = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) great[i] = w->water[i] >= WATER_GREAT;
  float *far = field_distance(w->arena, great);
  w->side = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) w->side[i] = far[i] < 2.5F ? 0 : 2;
  heap todo = {.arena = w->arena};
  heap_push(&todo, 0, GRID_W / 2);
  while (todo.n) {
    int32_t c = heap_pop(&todo).cell;
    for (int d = 0; d < 8; d += 2) {
      int32_t next = neighbour(c, d);
      if (next < 0 || w->side[next] != 2) continue;
      w->side[next] = 1;
      heap_push(&todo, 0, next);
    }
  }
}

void make_rivers(world *w) {
  int32_t *stem = find_stems(w), *cells = VD_NEW_ARRAY(w->arena, int32_t, GRID_N), unused;
  for (int32_t i = 0; i < GRID_N; i++) {
    if (w->catchment[i] < STREAM_KM2 || w->down[i] < 0) continue;
    bool lake = w->water[i] == WATER_LAKE, leaves = lake && w->water[w->down[i]] != WATER_LAKE;
    if (leaves || (!lake && feeders(w, i, &unused) != 1)) walk_stretch(w, i, cells, stem);
  }
  for (size_t i = 0; i < w->n_rivers; i++) draw_river(w, &w->rivers[i]);
  find_sides(w);
  bool set[256] = {[1] = true};
  uint8_t *mask = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) mask[i] = w->water[i] == WATER_LAKE;
  w->lakes = trace_shapes(w->arena, trace_new(w->arena, mask, GRID_W, GRID_H, 1, 0.2), set, 30, &w->n_lakes);
}

/* Wet flats: low over a larger river and nearly level, in patches. */
void make_wetlands(world *w) {
  float *wet = VD_NEW_ARRAY(w->arena, float, GRID_N);
  uint8_t *large = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) large[i] = w->water[i] >= WATER_RIVER;
  float *far = field_distance(w->arena, large);
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double low = 1 - smoothstep(2, 7, w->above[i]), level = 1 - smoothstep(0.004, 0.012, w->slope[i]);
    double near = 1 - smoothstep(4, 16, far[i]),
           patch = 0.25 + 0.9 * fbm(w->seed + 91, p.x / 55, p.y / 55, 4);
    double swamp = 0.6 * (1 - smoothstep(40, 95, dist(p, centre_of(w->lake_cell)))); /* around the lake */
    wet[i] = (float)(low * level * (near + swamp) * (patch + swamp));
  }
  field_blur(w->arena, wet, GRID_W, GRID_H, 2);
  w->wetland = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) w->wetland[i] = wet[i] > 0.33F && w->water[i] != WATER_LAKE;
  bool set[256] = {[1] = true};
  w->wetlands = trace_shapes(w->arena, trace_new(w->arena, w->wetland, GRID_W, GRID_H, 1, 0.25), set, 40,
                             &w->n_wetlands);
}
