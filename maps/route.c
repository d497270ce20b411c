/* route: quickest ways over the finished roads.
 * SPDX-License-Identifier: Apache-2.0 */
#include "route.h"

#include <math.h>
#include <string.h>

typedef struct edge {
  int road, next; /* next edge of the same node, -1 ends */
} edge;
struct graph {
  world *w;
  pt *places;
  size_t n, capacity;
  int *table; /* open hash of positions: node + 1 */
  size_t table_size;
  int *first;
  edge *edges; /* two a road: 2 i from its start, 2 i + 1 from its end */
};

static size_t slot_of(const graph *g, pt p) {
  uint64_t x = (uint64_t)llround(p.x * 65536), y = (uint64_t)llround(p.y * 65536);
  size_t at = (size_t)((x * 0x9e3779b97f4a7c15u ^ y * 0xc2b2ae3d27d4eb4fu) >> 20) % g->table_size;
  while (g->table[at] && dist(g->places[g->table[at] - 1], p) > 1e-4) at = (at + 1) % g->table_size;
  return at;
}

static int node_at(graph *g, pt p) {
  size_t at = slot_of(g, p);
  if (!g->table[at]) {
    *VD_PUSH(g->w->arena, g->places, g->n, g->capacity) = p;
    g->table[at] = (int)g->n;
  }
  return g->table[at] - 1;
}

graph *graph_new(world *w) {
  graph *g = VD_NEW(w->arena, graph);
  *g = (graph){.w = w, .table_size = w->n_roads * 4 + 64};
  g->table = VD_NEW_ARRAY(w->arena, int, g->table_size);
  for (size_t i = 0; i < w->n_roads; i++) {
    road *r = &w->roads[i];
    r->from = node_at(g, r->path.p[0]);
    r->to = node_at(g, r->path.p[r->path.n - 1]);
  }
  g->first = VD_NEW_ARRAY(w->arena, int, g->n);
  g->edges = VD_NEW_ARRAY(w->arena, edge, w->n_roads * 2);
  for (size_t i = 0; i < g->n; i++) g->first[i] = -1;
  for (size_t i = 0; i < w->n_roads * 2; i++) {
    int node = i & 1 ? w->roads[i / 2].to : w->roads[i / 2].from;
    g->edges[i] = (edge){(int)(i / 2), g->first[node]};
    g->first[node] = (int)i;
  }
  return g;
}

int graph_node(const graph *g, int32_t cell) {
  return g->table[slot_of(g, centre_of(cell))] - 1;
}

pt graph_place(const graph *g, int node) {
  return g->places[node];
}

/* The default speeds in the dry season: by vehicle, on paved, gravel, earth and track. */
static double speed_kmh(const road *r, vd_vehicle vehicle) {
  static const double kmh[VD_VEHICLE_COUNT][4] = {
      [VD_FOOT] = {4, 4, 4, 4}, [VD_CAR_4X4] = {70, 45, 30, 15}, [VD_CONVOY] = {50, 30, 20, 10}};
  int group = r->klass == VD_ROAD_TRACK         ? 3
              : r->surface == VD_SURFACE_PAVED  ? 0
              : r->surface == VD_SURFACE_GRAVEL ? 1
                                                : 2;
  return kmh[vehicle][group];
}

double road_minutes(const road *r, vd_vehicle vehicle, bool night) {
  double minutes = r->m / 1000 / speed_kmh(r, vehicle) * 60;
  if (night) minutes /= vehicle == VD_FOOT ? 0.8 : 0.7;
  if (r->crossing == VD_FORD) minutes += 15;
  if (r->crossing == VD_FERRY) minutes = 60;
  return minutes;
}

static void trace_back(const graph *g, const int *by, int from, int to, way *out) {
  const world *w = g->w;
  int n = 0;
  for (int node = to; node != from; n++)
    node = by[node] & 1 ? w->roads[by[node] / 2].to : w->roads[by[node] / 2].from;
  out->n = n;
  out->roads = VD_NEW_ARRAY(w->arena, int, n + 1);
  out->forward = VD_NEW_ARRAY(w->arena, bool, n + 1);
  for (int node = to; node != from;) {
    int e = by[node];
    out->roads[--n] = e / 2;
    out->forward[n] = !(e & 1);
    node = e & 1 ? w->roads[e / 2].to : w->roads[e / 2].from;
  }
}

bool graph_way(const graph *g, int from, int to, vd_vehicle vehicle, bool night, int shut, way *out) {
  const world *w = g->w;
  double *least = VD_NEW_ARRAY(w->arena, double, g->n);
  int *by = VD_NEW_ARRAY(w->arena, int, g->n);
  heap todo = {.arena = w->arena};
  for (size_t i = 0; i < g->n; i++) least[i] = INFINITY;
  *out = (way){0};
  if (from < 0 || to < 0) return false;
  least[from] = 0;
  heap_push(&todo, 0, from);
  while (todo.n) {
    heap_item it = heap_pop(&todo);
    if (it.cell == to) break;
    if (it.key > least[it.cell]) continue;
    for (int e = g->first[it.cell]; e >= 0; e = g->edges[e].next) {
      const road *r = &w->roads[e / 2];
      int next = e & 1 ? r->from : r->to;
      double key = it.key + road_minutes(r, vehicle, night);
      if (e / 2 == shut || key >= least[next]) continue;
      least[next] = key;
      by[next] = e;
      heap_push(&todo, key, next);
    }
  }
  if (isinf(least[to])) return false;
  trace_back(g, by, from, to, out);
  out->minutes = least[to];
  return true;
}

int way_points(const graph *g, const way *r) {
  int n = 0;
  for (int i = 0; i < r->n; i++) n += g->w->roads[r->roads[i]].path.n;
  return n + 1;
}

void way_append(const graph *g, const way *r, line *l) {
  for (int i = 0; i < r->n; i++) {
    const line *p = &g->w->roads[r->roads[i]].path;
    for (int k = 0; k < p->n; k++) {
      pt q = p->p[r->forward[i] ? k : p->n - 1 - k];
      if (l->n == 0 || dist(l->p[l->n - 1], q) > 1e-7) l->p[l->n++] = q;
    }
  }
}
