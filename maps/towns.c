/* towns: the places of the story, then villages and hamlets where people would live.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "vedette/base/str.h"
#include "world.h"

/* Wanted places, in parts of the map; the nearest good site is taken. */
static const struct {
  const char *name;
  double x, y, people;
} towns[ROLE_COUNT] = {
    [CAPITAL] = {"Vellan", .385, .545, 148000},      [EAST_TOWN] = {"Orrasha", .81, .60, 61000},
    [WEST_TOWN] = {"Tirosha", .15, .37, 44000},      [MARKET_TOWN] = {"Dorrumai", .55, .42, 33000},
    [CUT_TOWN] = {"Namarel", .475, .735, 27400},     [NORTH_TOWN] = {"Kethun", .33, .26, 22000},
    [CHECK_TOWN] = {"Sallavesh", .68, .51, 18500},   [SOUTH_WEST_TOWN] = {"Brenolo", .22, .74, 15200},
    [SOUTH_EAST_TOWN] = {"Zorrim", .85, .80, 13600}, [LAKE_TOWN] = {"Ellovar", .625, .655, 11200},
    [VALLEY_VILLAGE] = {"Isharen", .69, .235, 7800},
};

double livable(const world *w, int32_t cell) {
  if (w->water[cell] >= WATER_RIVER || w->wetland[cell]) return 0;
  pt p = centre_of(cell);
  double level = 1 - smoothstep(0.01, 0.12, w->slope[cell]);
  double height = 1 - smoothstep(700, 1300, w->height[cell]);
  double dry = smoothstep(0, 3, w->above[cell]), near_water = 1 - smoothstep(10, 110, w->above[cell]);
  double edge = smoothstep(0, 20, fmin(fmin(p.x, GRID_W - p.x), fmin(p.y, GRID_H - p.y)));
  return level * (0.25 + 0.75 * height) * (0.3 + 0.7 * dry) * (0.25 + 0.75 * near_water) * edge;
}

static double nearest_settlement(const world *w, pt p) {
  double best = 1e9;
  for (int i = 0; i < w->n_settlements; i++) best = fmin(best, dist(p, centre_of(w->settlements[i].cell)));
  return best;
}

/* Is a river within a kilometre or two: the place of a landing, a well, a mill. */
static double by_river(const world *w, int32_t cell) {
  int best = 0;
  for (int dy = -5; dy <= 5; dy++)
    for (int dx = -5; dx <= 5; dx++) {
      int x = cell % GRID_W + dx, y = cell / GRID_W + dy;
      if (x < 0 || y < 0 || x >= GRID_W || y >= GRID_H) continue;
      uint8_t kind = w->water[y * GRID_W + x];
      if (kind != WATER_LAKE && kind > best) best = kind;
    }
  return best / 3.;
}

int32_t best_site(const world *w, pt p, double reach, double apart, int side) {
  int32_t best = -1;
  double most = 0;
  for (int y = (int)(p.y - reach); y <= (int)(p.y + reach); y++)
    for (int x = (int)(p.x - reach); x <= (int)(p.x + reach); x++) {
      if (x < 0 || y < 0 || x >= GRID_W || y >= GRID_H) continue;
      int32_t c = y * GRID_W + x;
      pt q = centre_of(c);
      double off = dist(p, q);
      if (off > reach || (apart > 0 && nearest_settlement(w, q) < apart)) continue;
      double value = livable(w, c) * (1.2 - off / reach) * (1 + 0.5 * by_river(w, c));
      if (value > most && w->side[c] == side) most = value, best = c;
    }
  return best;
}

static void add_settlement(world *w, const char *name, int32_t cell, double people) {
  settlement *s = &w->settlements[w->n_settlements++];
  *s = (settlement){.name = name, .cell = cell, .people = people};
  s->place = people > 100000 ? "city" : people > 10000 ? "town" : people > 1000 ? "village" : "hamlet";
}

void make_towns(world *w) {
  for (int i = 0; i < ROLE_COUNT; i++) {
    pt p = {towns[i].x * GRID_W, towns[i].y * GRID_H};
    int32_t cell = best_site(w, p, 24, 0, i == CUT_TOWN || i == SOUTH_WEST_TOWN ? 2 : 1);
    add_settlement(w, towns[i].name, cell >= 0 ? cell : cell_at(p), towns[i].people);
  }
  w->settlements[CAPITAL].other_names = name_in_arabic(w->arena, towns[CAPITAL].name);
  w->settlements[MARKET_TOWN].other_names = name_in_arabic(w->arena, towns[MARKET_TOWN].name);
}

typedef struct site {
  int32_t cell;
  double value;
} site;

static int by_value(const void *a, const void *b) {
  const site *x = a, *y = b;
  if (x->value != y->value) return x->value > y->value ? -1 : 1;
  return x->cell < y->cell ? -1 : 1;
}

/* Four villages in the valley of the story, so that a whole valley is without presence. */
static int valley_sites(const world *w, site *sites) {
  static const int dx[4] = {-34, 30, -8, 40}, dy[4] = {6, -12, 26, 14};
  pt middle = centre_of(w->settlements[VALLEY_VILLAGE].cell);
  int n = 0;
  for (int i = 0; i < 4; i++) {
    int32_t c = best_site(w, (pt){middle.x + dx[i], middle.y + dy[i]}, 14, 9, 1);
    if (c >= 0 && w->inside[c]) sites[n++] = (site){c, 9};
  }
  return n;
}

static bool far_enough(const site *sites, int n, pt p, double apart) {
  for (int i = 0; i < n; i++)
    if (dist(p, centre_of(sites[i].cell)) < apart) return false;
  return true;
}

/* Places thrown at random and kept where living is good, closer together where it is better. */
static int find_sites(world *w, site *sites, int wanted) {
  rng r = rng_of(w->seed, "villages");
  int n = valley_sites(w, sites);
  for (int tries = 0; tries < 400000 && n < wanted; tries++) {
    int32_t c = (int32_t)(rng_unit(&r) * GRID_N);
    double good = w->inside[c] ? livable(w, c) * (0.75 + 0.45 * by_river(w, c)) : 0;
    double apart = 17 + 26 * (1 - good) - 0.00002 * tries;
    pt p = centre_of(c);
    if (good < 0.12 + 0.35 * rng_unit(&r) || nearest_settlement(w, p) < apart || !w->side[c] ||
        !far_enough(sites, n, p, apart))
      continue;
    sites[n++] = (site){c, good * (0.55 + 0.9 * rng_unit(&r))};
  }
  return n;
}

void make_villages(world *w) {
  site sites[SETTLEMENT_COUNT];
  int n = find_sites(w, sites, SETTLEMENT_COUNT - ROLE_COUNT);
  qsort(sites, (size_t)n, sizeof *sites, by_value);
  namer *names = namer_new(w->arena, w->seed);
  for (int i = 0; i < n; i++) {
    const char *name = namer_next(names);
    double people = 9400 * pow(i + 1, -0.6); /* size falls with rank as in real networks of places */
    add_settlement(w, name, sites[i].cell, floor(people / 10) * 10);
    if (i % 11 == 3) w->settlements[w->n_settlements - 1].other_names = name_in_arabic(w->arena, name);
  }
  for (size_t i = 0; i < w->n_rivers; i++) { /* rivers of one stem share a name */
    river *r = &w->rivers[i];
    for (size_t k = 0; k < i && !r->name; k++)
      if (w->rivers[k].stem == r->stem) r->name = w->rivers[k].name;
    if (!r->name && (r->kind >= WATER_RIVER || r->km2 > 90))
      r->name = r->kind == WATER_GREAT ? "Ommel" : namer_next(names);
  }
}
