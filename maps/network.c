/* network: least-effort ways over the relief, kept as links between cells, and their lines.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "roads.h"
#include "vedette/base/str.h"

static float *make_effort(const world *w) {
  float *effort = VD_NEW_ARRAY(w->arena, float, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double e = 1 + (w->wetland[i] ? 3.5 : 0) + 5 * w->slope[i];
    e += w->water[i] == WATER_RIVER ? 11 : w->water[i] == WATER_STREAM ? 1.2 : 0;
    double whim =
        0.5 * fbm(w->seed + 51, p.x / 13, p.y / 13, 3) + 0.3 * fbm(w->seed + 52, p.x / 45, p.y / 45, 2);
    effort[i] = (float)(e * (1 + whim));
    effort[i] = fmaxf(effort[i], 0.35F);
  }
  return effort;
}

network *network_new(world *w) {
  network *net = VD_NEW(w->arena, network);
  *net = (network){.w = w, .link = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N)};
  net->tier = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N * 8);
  net->ref = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N * 8);
  net->stop = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  net->shut = VD_NEW_ARRAY(w->arena, uint8_t, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) net->shut[i] = !w->side[i];
  net->effort = make_effort(w);
  net->least = VD_NEW_ARRAY(w->arena, double, GRID_N);
  net->back = VD_NEW_ARRAY(w->arena, int32_t, GRID_N);
  net->mark = VD_NEW_ARRAY(w->arena, uint32_t, GRID_N);
  return net;
}

static bool linked(const network *net, int32_t cell, int d) {
  return net->link[cell] >> d & 1;
}

/* The effort of one step, negative when it cannot be: into water, or across a road between two of its cells. */
static double step_effort(const network *net, int32_t c, int d, int32_t next) {
  double length = step_length(d);
  if (linked(net, c, d)) return length * 0.38;
  if (net->shut[next] || net->shut[c]) return -1;
  if (d & 1) {
    int32_t one = neighbour(c, d - 1);
    if (linked(net, one, (d + 2) & 7)) return -1;
  }
  double rise = fabs((double)net->w->height[next] - net->w->height[c]) / (length * CELL_M);
  double steep = rise / 0.055;
  return length * (0.5 * (net->effort[c] + net->effort[next]) + fmin(40, 1.4 * steep * steep));
}

static void put_link(network *net, int32_t c, int d, tier t, uint8_t ref) {
  int32_t ends[2] = {c, neighbour(c, d)};
  for (int k = 0; k < 2; k++) {
    int way = k ? (d + 4) & 7 : d, at = ends[k] * 8 + way;
    net->link[ends[k]] |= (uint8_t)(1 << way);
    if (net->tier[at] == TIER_NONE || net->tier[at] > t) net->tier[at] = (uint8_t)t, net->ref[at] = ref;
  }
}

static void keep_path(network *net, int32_t from, int32_t end, tier t, uint8_t ref) {
  for (int32_t c = end; c != from; c = net->back[c])
    put_link(net, net->back[c], direction_to(net->back[c], c), t, ref);
}

bool network_connect(network *net, int32_t from, int32_t to, tier t, uint8_t ref) {
  heap todo = {.arena = net->w->arena};
  uint32_t round = ++net->round;
  net->least[from] = 0;
  net->mark[from] = round;
  heap_push(&todo, 0, from);
  while (todo.n) {
    heap_item it = heap_pop(&todo);
    if (it.key > net->least[it.cell]) continue;
    if (it.cell == to || (to < 0 && net->link[it.cell] && it.cell != from)) {
      keep_path(net, from, it.cell, t, ref);
      return true;
    }
    for (int d = 0; d < 8; d++) {
      int32_t next = neighbour(it.cell, d);
      double effort = next < 0 ? -1 : step_effort(net, it.cell, d, next);
      if (effort < 0) continue;
      double key = it.key + effort;
      if (net->mark[next] == round && net->least[next] <= key) continue;
      net->mark[next] = round;
      net->least[next] = key;
      net->back[next] = it.cell;
      heap_push(&todo, key, next);
    }
  }
  return false;
}

void network_straight(network *net, int32_t from, int32_t to, tier t, uint8_t ref) {
  for (int32_t c = from; c != to;) {
    pt q = centre_of(to);
    int best = 0;
    double least = 1e9;
    for (int d = 0; d < 8; d++) {
      int32_t next = neighbour(c, d);
      double off = next < 0 ? 1e9
                            : dist(centre_of(next), q) +
                                  0.3 * dist_to_line(centre_of(next), (pt[]){centre_of(from), q}, 2);
      if (off < least) least = off, best = d;
    }
    put_link(net, c, best, t, ref);
    c = neighbour(c, best);
  }
}

static int first_link(const network *net, int32_t c, int except) {
  for (int d = 0; d < 8; d++)
    if (d != except && linked(net, c, d)) return d;
  return -1;
}

/* Where a road line begins and ends: junctions, ends, places, and where its class or number changes. */
static bool is_node(const network *net, int32_t c) {
  int a = first_link(net, c, -1), b = first_link(net, c, a);
  if (net->stop[c] || a < 0 || b < 0 || __builtin_popcount(net->link[c]) != 2) return true;
  return net->tier[c * 8 + a] != net->tier[c * 8 + b] || net->ref[c * 8 + a] != net->ref[c * 8 + b];
}

static void fill_road(road *r, tier t) {
  static const vd_road_class classes[] = {
      [TIER_PAVED] = VD_ROAD_TRUNK,        [TIER_TRUNK] = VD_ROAD_TRUNK,
      [TIER_PRIMARY] = VD_ROAD_PRIMARY,    [TIER_SECONDARY] = VD_ROAD_SECONDARY,
      [TIER_MINOR] = VD_ROAD_UNCLASSIFIED, [TIER_TRACK] = VD_ROAD_TRACK,
      [TIER_FERRY] = VD_ROAD_SECONDARY};
  r->klass = classes[t];
  r->surface = t == TIER_PAVED                        ? VD_SURFACE_PAVED
               : t == TIER_TRUNK || t == TIER_PRIMARY ? VD_SURFACE_GRAVEL
                                                      : VD_SURFACE_EARTH;
}

static void walk_road(const network *net, int32_t start, int d, uint8_t *done) {
  world *w = net->w;
  pt *p = NULL;
  size_t n = 0, capacity = 0;
  int32_t c = start;
  road r = {.crossing = VD_CROSSING_NONE};
  fill_road(&r, net->tier[start * 8 + d]);
  uint8_t ref = net->ref[start * 8 + d];
  if (ref) r.ref = vd_str_printf(w->arena, "N%d", ref);
  *VD_PUSH(w->arena, p, n, capacity) = centre_of(c);
  do {
    done[c] |= (uint8_t)(1 << d);
    c = neighbour(c, d);
    int back = (d + 4) & 7;
    done[c] |= (uint8_t)(1 << back);
    *VD_PUSH(w->arena, p, n, capacity) = centre_of(c);
    d = first_link(net, c, back);
  } while (!is_node(net, c) && c != start);
  r.path = (line){p, (int)n};
  line_smooth(w->arena, &r.path, false, 9);
  r.path = line_simplify(w->arena, &r.path, 0.09);
  *VD_PUSH(w->arena, w->roads, w->n_roads, w->roads_capacity) = r;
}

void network_to_roads(const network *net) {
  uint8_t *done = VD_NEW_ARRAY(net->w->arena, uint8_t, GRID_N);
  for (int32_t c = 0; c < GRID_N; c++) {
    if (!net->link[c] || !is_node(net, c)) continue;
    for (int d = 0; d < 8; d++)
      if (linked(net, c, d) && !(done[c] >> d & 1)) walk_road(net, c, d, done);
  }
}
