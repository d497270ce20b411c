/* roads: which places are joined by which road, and where the great river is crossed.
 * SPDX-License-Identifier: Apache-2.0 */
#include "roads.h"

#include <math.h>
#include <stdlib.h>

/* Main roads, in the order they were built. `over`: by way of a crossing of the great river. */
typedef struct main_road {
  int from, to, over; /* roles; over -1: none */
  tier t;
  uint8_t ref;
} main_road;
/* clang-format off */
static const main_road main_roads[] = {
    {CAPITAL, MARKET_TOWN, -1, TIER_PAVED, 1},
    {CAPITAL, WEST_TOWN, -1, TIER_TRUNK, 2},
    {MARKET_TOWN, CHECK_TOWN, -1, TIER_TRUNK, 1},
    {CHECK_TOWN, EAST_TOWN, -1, TIER_TRUNK, 1},
    {CAPITAL, CUT_TOWN, STORY_BRIDGE, TIER_PRIMARY, 3},
    {CAPITAL, NORTH_TOWN, -1, TIER_PRIMARY, 4},
    {EAST_TOWN, SOUTH_EAST_TOWN, -1, TIER_PRIMARY, 5},
    {CHECK_TOWN, LAKE_TOWN, -1, TIER_PRIMARY, 6},
    {WEST_TOWN, SOUTH_WEST_TOWN, WEST_BRIDGE, TIER_SECONDARY, 7},
    {SOUTH_WEST_TOWN, CUT_TOWN, -1, TIER_SECONDARY, 8},
    {LAKE_TOWN, CUT_TOWN, FERRY, TIER_SECONDARY, 9},
    {WEST_TOWN, NORTH_TOWN, -1, TIER_SECONDARY, 10},
    {EAST_TOWN, VALLEY_VILLAGE, -1, TIER_TRACK, 0},
};
/* clang-format on */

/* Where the great river is wanted to be crossed, in parts of the map. */
static const pt wanted[GREAT_CROSSING_COUNT] = {
    [WEST_BRIDGE] = {.12, .57}, [STORY_BRIDGE] = {.475, .635}, [FERRY] = {.70, .80}};

/* How straight the river runs and how dry its banks are. */
static double crossing_value(const world *w, const line *l, int i, pt want) {
  pt p = l->p[i], a = l->p[i - 7], b = l->p[i + 7];
  line part = {l->p + i - 7, 15};
  double straight = dist(a, b) / line_length(&part);
  pt n = {-(b.y - a.y) / dist(a, b), (b.x - a.x) / dist(a, b)};
  double dry = 1;
  for (int k = -6; k <= 6; k += 2) {
    int32_t c = cell_at((pt){p.x + k * n.x, p.y + k * n.y});
    if (w->wetland[c] || w->water[c] == WATER_LAKE) dry -= 0.1;
    if (k && abs(k) > 2 && w->water[c] >= WATER_RIVER) dry -= 0.4;
  }
  return straight + dry - dist(p, want) / 60;
}

void find_great_crossings(world *w) {
  for (int k = 0; k < GREAT_CROSSING_COUNT; k++) {
    double best = -1e9;
    pt want = {wanted[k].x * GRID_W, wanted[k].y * GRID_H};
    for (size_t i = 0; i < w->n_rivers; i++) {
      const line *l = &w->rivers[i].path;
      if (w->rivers[i].kind != WATER_GREAT) continue;
      for (int j = 8; j + 8 < l->n; j++) {
        double value = crossing_value(w, l, j, want);
        if (value <= best) continue;
        best = value;
        pt p = l->p[j], a = l->p[j - 7], b = l->p[j + 7];
        pt n = {-(b.y - a.y) / dist(a, b) * 4.5, (b.x - a.x) / dist(a, b) * 4.5};
        pt ends[2] = {{p.x - n.x, p.y - n.y}, {p.x + n.x, p.y + n.y}};
        w->great[k] = line_copy(w->arena, ends, 2);
      }
    }
  }
}

static const struct {
  role town;
  double x, y; /* cells from its middle */
} posts[BASE_COUNT + CAMP_COUNT] = {{CAPITAL, 9, -7},     {WEST_TOWN, -7, 6},  {EAST_TOWN, 6, 7},
                                    {NORTH_TOWN, 6, 6},   {CUT_TOWN, 0, 0},    {MARKET_TOWN, -14, 5},
                                    {MARKET_TOWN, 5, -5}, {WEST_TOWN, 12, -22}};

/* The two ends of a crossing, the northern one first. */
static void bridge_heads(const world *w, int over, int32_t heads[2]) {
  const line *l = &w->great[over];
  int first = w->side[cell_at(l->p[0])] == 1 ? 0 : 1;
  heads[0] = cell_at(l->p[first]);
  heads[1] = cell_at(l->p[1 - first]);
}

/* Bases and camps stand beside a town; one guards the near end of the bridge of the story. */
static void choose_posts(world *w) {
  for (int i = 0; i < BASE_COUNT + CAMP_COUNT; i++) {
    pt p = centre_of(w->settlements[posts[i].town].cell);
    if (posts[i].town == CUT_TOWN) {
      int32_t heads[2];
      bridge_heads(w, STORY_BRIDGE, heads);
      pt a = centre_of(heads[0]), b = centre_of(heads[1]);
      p = (pt){a.x + (a.x - b.x) / dist(a, b) * 8, a.y + (a.y - b.y) / dist(a, b) * 8};
    } else {
      p = (pt){p.x + posts[i].x, p.y + posts[i].y};
    }
    int32_t cell = best_site(w, p, 4, 3, 1);
    w->posts[i] = cell >= 0 ? cell : cell_at(p);
  }
}

static void join_main(network *net, const main_road *m) {
  world *w = net->w;
  int32_t from = w->settlements[m->from].cell, to = w->settlements[m->to].cell;
  if (m->over < 0) {
    network_connect(net, from, to, m->t, m->ref);
    return;
  }
  int32_t heads[2];
  bridge_heads(w, m->over, heads);
  int32_t near = heads[0], far = heads[1];
  net->stop[near] = net->stop[far] = 1;
  network_connect(net, from, near, m->t, m->ref);
  network_straight(net, near, far, m->t, m->ref);
  network_connect(net, far, to, m->t, m->ref);
}

/* Roads that leave the map towards the neighbours. */
static void join_outside(network *net) {
  world *w = net->w;
  static const struct {
    role from;
    double x, y;
    tier t;
    uint8_t ref;
  } ways[] = {{WEST_TOWN, .003, .40, TIER_TRUNK, 2},
              {EAST_TOWN, .997, .56, TIER_TRUNK, 1},
              {SOUTH_EAST_TOWN, .9, .997, TIER_SECONDARY, 5}};
  for (int i = 0; i < 3; i++) {
    int32_t to = cell_at((pt){ways[i].x * GRID_W, ways[i].y * GRID_H});
    net->stop[to] = 1;
    network_connect(net, w->settlements[ways[i].from].cell, to, ways[i].t, ways[i].ref);
  }
}

/* Neighbouring places find each other by tracks where the way round is long. */
static void join_neighbours(network *net) {
  world *w = net->w;
  for (int i = ROLE_COUNT; i < w->n_settlements; i++) {
    int best = -1;
    double least = 60;
    for (int k = 0; k < w->n_settlements; k++) {
      double d = dist(centre_of(w->settlements[i].cell), centre_of(w->settlements[k].cell));
      bool after = k > i || k < ROLE_COUNT;
      if (after && k != VALLEY_VILLAGE && d < least) least = d, best = k;
    }
    if (best >= 0) network_connect(net, w->settlements[i].cell, w->settlements[best].cell, TIER_TRACK, 0);
  }
}

void make_roads(world *w) {
  find_great_crossings(w);
  network *net = network_new(w);
  choose_posts(w);
  for (int i = 0; i < w->n_settlements; i++) {
    net->stop[w->settlements[i].cell] = 1;
  }
  for (int i = 0; i < BASE_COUNT + CAMP_COUNT; i++) net->stop[w->posts[i]] = 1;
  for (size_t i = 0; i < sizeof main_roads / sizeof *main_roads; i++) join_main(net, &main_roads[i]);
  join_outside(net);
  for (int i = ROLE_COUNT; i < w->n_settlements; i++) {
    double people = w->settlements[i].people;
    if (!net->link[w->settlements[i].cell])
      network_connect(net, w->settlements[i].cell, -1,
                      people > 2500  ? TIER_SECONDARY
                      : people > 700 ? TIER_MINOR
                                     : TIER_TRACK,
                      0);
  }
  for (int i = 0; i < BASE_COUNT + CAMP_COUNT; i++)
    if (!net->link[w->posts[i]]) network_connect(net, w->posts[i], -1, TIER_MINOR, 0);
  join_neighbours(net);
  network_to_roads(net);
}
