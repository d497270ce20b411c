/* people: land cover and the population raster.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "world.h"

#define PEOPLE_TOTAL 1.2e6
#define NO_PEOPLE (-99999.F)
enum { CODE_OF_BARE = VD_GROUND_BARE };

static uint8_t code(vd_ground ground) {
  return (uint8_t)(ground - CODE_OF_BARE + 1);
}

/* How far the houses of a place reach, in cells. */
static double spread_of(const settlement *s) {
  return 0.75 + 0.020 * sqrt(s->people);
}

/* How much the ground near a cell is farmed: near places, less with distance. */
static float *make_farming(const world *w) {
  float *farming = VD_NEW_ARRAY(w->arena, float, GRID_N);
  for (int k = 0; k < w->n_settlements; k++) {
    const settlement *s = &w->settlements[k];
    pt middle = centre_of(s->cell);
    double reach = 5 + 3.2 * pow(s->people, 0.2);
    for (int y = (int)(middle.y - 3 * reach); y <= (int)(middle.y + 3 * reach); y++)
      for (int x = (int)(middle.x - 3 * reach); x <= (int)(middle.x + 3 * reach); x++) {
        if (x < 0 || y < 0 || x >= GRID_W || y >= GRID_H) continue;
        double d = dist(middle, (pt){x + .5, y + .5}) / reach;
        farming[y * GRID_W + x] += (float)exp(-d * d);
      }
  }
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double patch = 0.75 + 0.6 * fbm(w->seed + 61, p.x / 14, p.y / 14, 4);
    farming[i] = (float)(fmin(1.3, farming[i]) * livable(w, i) * fmax(0.05, patch));
  }
  return farming;
}

static double built_at(const world *w, int32_t cell) {
  pt p = centre_of(cell);
  double sum = 0;
  for (int k = 0; k < w->n_settlements; k++) {
    const settlement *s = &w->settlements[k];
    double d = dist(p, centre_of(s->cell)) / spread_of(s);
    if (d < 3) sum += s->people / (spread_of(s) * spread_of(s)) * exp(-d * d);
  }
  return sum;
}

static vd_ground wild_cover(const world *w, int32_t i) {
  pt p = centre_of(i);
  double patch = fbm(w->seed + 62, p.x / 45, p.y / 45, 5), fine = fbm(w->seed + 63, p.x / 10, p.y / 10, 3);
  double high = w->height[i], trees = 0.55 * patch + 0.2 * fine + 0.9 * smoothstep(560, 900, high) +
                                      0.35 * (1 - smoothstep(2, 12, w->above[i])) +
                                      3 * fmin(0.12, w->slope[i]);
  if (high > 1250 + 120 * patch) return w->slope[i] > 0.22 ? VD_GROUND_BARE : VD_GROUND_GRASS;
  if (w->slope[i] > 0.34) return VD_GROUND_BARE;
  return trees > 0.82 ? VD_GROUND_FOREST : trees > 0.38 ? VD_GROUND_SHRUB : VD_GROUND_GRASS;
}

void make_cover(world *w) {
  float *farming = make_farming(w);
  w->cover = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) {
    vd_ground g = wild_cover(w, i);
    pt p = centre_of(i);
    if (farming[i] > 0.34) g = VD_GROUND_CROPS;
    if (w->wetland[i])
      g = fbm(w->seed + 64, p.x / 9, p.y / 9, 3) > 0.62 ? VD_GROUND_SEASONAL_WATER : VD_GROUND_WETLAND;
    double ragged = 1 + 0.85 * fbm(w->seed + 66, p.x / 7, p.y / 7, 3);
    if (built_at(w, i) > 130 * fmax(0.2, ragged)) g = VD_GROUND_BUILT_UP;
    if (w->water[i] >= WATER_GREAT) g = VD_GROUND_WATER;
    w->cover[i] = code(g);
  }
  w->people = farming; /* the next stage turns it into people */
}

/* Spreads the people of a place over its cells, all of them. */
static void settle(const world *w, const settlement *s) {
  pt middle = centre_of(s->cell);
  int reach = (int)ceil(2.2 * spread_of(s));
  double sum = 0;
  for (int pass = 0; pass < 2; pass++) {
    for (int dy = -reach; dy <= reach; dy++)
      for (int dx = -reach; dx <= reach; dx++) {
        int x = s->cell % GRID_W + dx, y = s->cell / GRID_W + dy, i = y * GRID_W + x;
        if (x < 0 || y < 0 || x >= GRID_W || y >= GRID_H || !w->inside[i] || w->water[i] >= WATER_GREAT)
          continue;
        double d = dist(middle, centre_of(i)) / spread_of(s);
        double share = d > 2.2 ? 0 : exp(-d * d) * (0.6 + 0.8 * fabs(noise(w->seed + 65, x / 2.3, y / 2.3)));
        if (pass)
          w->people[i] += (float)(s->people * share / sum);
        else
          sum += share;
      }
  }
}

void make_people(world *w) {
  double settled = 0, weight = 0, country = 0;
  for (int k = 0; k < w->n_settlements; k++) settled += w->settlements[k].people;
  for (int32_t i = 0; i < GRID_N; i++) {
    bool dry = w->water[i] < WATER_GREAT && !w->wetland[i];
    w->people[i] = w->inside[i] && dry ? w->people[i] * w->people[i] + 0.004F : 0.F;
    weight += w->people[i];
  }
  country = (PEOPLE_TOTAL - settled) / weight;
  for (int32_t i = 0; i < GRID_N; i++) w->people[i] = (float)(w->people[i] * country);
  for (int k = 0; k < w->n_settlements; k++) settle(w, &w->settlements[k]);
  for (int32_t i = 0; i < GRID_N; i++)
    if (!w->inside[i]) w->people[i] = NO_PEOPLE;
}
