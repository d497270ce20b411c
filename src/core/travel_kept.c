/* travel_kept: a built road network as bytes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/travel_kept.h"

#include <string.h>

#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"

const char kept_magic[8] = {'v', 'd', '-', 'r', 'o', 'a', 'd', 's'};

/* A walk over the memory that hands out one array after another; NULL memory only measures. */
typedef struct layout {
  uint8_t *at;
  size_t used;
} layout;

static void *take(layout *l, int32_t n, size_t size) {
  void *array = l->at ? l->at + l->used : NULL;
  l->used += ((size_t)n * size + 7) & ~(size_t)7;
  return array;
}

size_t kept_lay_out(const kept_header *h, void *memory, kept_arrays *a) {
  layout l = {memory, sizeof *h};
  a->xy = take(&l, h->n_points, 2 * sizeof *a->xy);
  a->along_m = take(&l, h->n_points, sizeof *a->along_m);
  a->factor = take(&l, h->n_roads, sizeof *a->factor);
  a->road_n = take(&l, h->n_roads, sizeof *a->road_n);
  a->road_n_edges = take(&l, h->n_roads, sizeof *a->road_n_edges);
  a->ground = take(&l, h->n_roads, 1);
  a->crossing = take(&l, h->n_roads, 1);
  a->closed = take(&l, h->n_roads, 1);
  a->oneway = take(&l, h->n_roads, 1);
  a->node_flags = take(&l, h->n_nodes, 1);
  a->join_cell = take(&l, h->n_joins, sizeof *a->join_cell);
  a->join_m = take(&l, h->n_joins, sizeof *a->join_m);
  a->lone = take(&l, h->n_lone, sizeof *a->lone);
  a->lone_xy = take(&l, h->n_lone, 2 * sizeof *a->lone_xy);
  a->edge_flags = take(&l, h->n_edges, 1);
  a->to = take(&l, h->n_edges, sizeof *a->to);
  a->from = take(&l, h->n_from, sizeof *a->from);
  a->segments = take(&l, h->n_segments, sizeof *a->segments);
  a->ts = take(&l, h->n_ts, sizeof *a->ts);
  a->unmarked_road = take(&l, h->n_unmarked, sizeof *a->unmarked_road);
  a->unmarked_xy = take(&l, h->n_unmarked, 2 * sizeof *a->unmarked_xy);
  return l.used;
}

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads; choose a smaller area."));
}

/* ---- what follows from the edges ---- */

/* Gives both ends of every edge their place, as far as the edge is the first that names the node. */
void kept_place_nodes(const vd_travel_network *net, node *nodes, uint8_t *placed) {
  for (int32_t i = 0; i < net->n_edges; i++) {
    const edge *e = &net->edges[i];
    if (e->road < 0) continue;
    const int32_t ends[2] = {e->from, e->to};
    const place at[2] = {e->a, e->b};
    for (int side = 0; side < 2; side++) {
      if (placed[ends[side]]) continue;
      placed[ends[side]] = 1;
      double xy[2];
      place_point(net, &net->roads[e->road], at[side], xy);
      nodes[ends[side]].x = xy[0];
      nodes[ends[side]].y = xy[1];
    }
  }
}

/* ---- writing ---- */

static bool same_place(place a, place b) {
  return a.segment == b.segment && a.t == b.t;
}

static uint8_t flags_of(const vd_travel_network *net, int32_t index) {
  const edge *e = &net->edges[index], *before = index ? e - 1 : NULL;
  uint8_t flags = e->kind;
  if (!before || before->to != e->from) flags |= FLAG_FROM;
  if (e->road < 0) return flags;
  place expected = before && before->road == e->road ? before->b : (place){0, 0};
  if (!same_place(e->a, expected)) flags |= FLAG_A;
  if (flags & FLAG_A && e->a.t > 0) flags |= FLAG_A_T;
  return e->b.t > 0 ? flags | FLAG_B_T : flags;
}

static void count_edges(const vd_travel_network *net, kept_header *h) {
  for (int32_t i = 0; i < net->n_edges; i++) {
    uint8_t flags = flags_of(net, i);
    h->n_from += (flags & FLAG_FROM) != 0;
    h->n_segments += !kept_is_portal(flags) + ((flags & FLAG_A) != 0);
    h->n_ts += ((flags & FLAG_A_T) != 0) + ((flags & FLAG_B_T) != 0);
  }
}

static void write_roads(const vd_travel_network *net, const kept_header *h, kept_arrays *a) {
  if (h->n_points) memcpy(a->xy, net->xy, 2 * (size_t)h->n_points * sizeof *a->xy);
  if (h->n_points) memcpy(a->along_m, net->along_m, (size_t)h->n_points * sizeof *a->along_m);
  for (int32_t i = 0; i < h->n_roads; i++) {
    const road *r = &net->roads[i];
    a->factor[i] = r->time_factor;
    a->road_n[i] = r->n;
    a->road_n_edges[i] = r->n_edges;
    a->ground[i] = r->ground;
    a->crossing[i] = r->crossing;
    a->closed[i] = r->closed;
    a->oneway[i] = r->oneway;
  }
  for (int32_t i = 0; i < h->n_unmarked; i++) {
    a->unmarked_road[i] = net->unmarked[i].road;
    a->unmarked_xy[2 * i] = net->unmarked[i].x_m;
    a->unmarked_xy[2 * i + 1] = net->unmarked[i].y_m;
  }
}

static void write_nodes(const vd_travel_network *net, const node *derived, kept_arrays *a) {
  int32_t joins = 0, lone = 0;
  for (int32_t i = 0; i < net->n_nodes; i++) {
    const node *n = &net->nodes[i];
    bool joined = n->cell != VD_NO_CELL;
    a->node_flags[i] = (uint8_t)(n->medium | (n->crossing ? NODE_CROSSING : 0) | (joined ? NODE_JOIN : 0));
    if (joined) {
      a->join_cell[joins] = n->cell;
      a->join_m[joins++] = n->join_m;
    }
    if (derived[i].x == n->x && derived[i].y == n->y) continue;
    a->lone[lone] = i;
    a->lone_xy[2 * lone] = n->x;
    a->lone_xy[2 * lone++ + 1] = n->y;
  }
}

static void write_edges(const vd_travel_network *net, kept_arrays *a) {
  int32_t *from = a->from, *segment = a->segments;
  double *t = a->ts;
  for (int32_t i = 0; i < net->n_edges; i++) {
    const edge *e = &net->edges[i];
    uint8_t flags = a->edge_flags[i] = flags_of(net, i);
    a->to[i] = e->to;
    if (flags & FLAG_FROM) *from++ = e->from;
    if (flags & FLAG_A) *segment++ = e->a.segment;
    if (flags & FLAG_A_T) *t++ = e->a.t;
    if (!kept_is_portal(flags)) *segment++ = e->b.segment;
    if (flags & FLAG_B_T) *t++ = e->b.t;
  }
}

vd_status vd_travel_network_write(vd_arena *arena, const vd_travel_network *network, uint8_t **bytes,
                                  size_t *n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_grid *g = &network->terrain.grid;
  kept_header h = {.byte_order = BYTE_ORDER_MARK,
                   .version = KEPT_VERSION,
                   .x0_m = g->x0_m,
                   .y0_m = g->y0_m,
                   .cell_m = g->cell_m,
                   .nx = g->nx,
                   .ny = g->ny,
                   .n_roads = network->n_roads,
                   .n_nodes = network->n_nodes,
                   .n_edges = network->n_edges,
                   .n_unmarked = (int32_t)network->n_unmarked};
  memcpy(h.magic, kept_magic, sizeof kept_magic);
  for (int32_t i = 0; i < network->n_roads; i++) h.n_points += network->roads[i].n;
  node *derived = vd_arena_try_alloc(scratch, (size_t)network->n_nodes, sizeof *derived);
  uint8_t *placed = vd_arena_try_alloc(scratch, (size_t)network->n_nodes, 1);
  if (network->n_nodes && (!derived || !placed)) return no_room();
  kept_place_nodes(network, derived, placed);
  for (int32_t i = 0; i < network->n_nodes; i++) {
    const node *real = &network->nodes[i];
    h.n_joins += real->cell != VD_NO_CELL;
    h.n_lone += !(derived[i].x == real->x && derived[i].y == real->y);
  }
  count_edges(network, &h);
  kept_arrays a;
  h.size = kept_lay_out(&h, NULL, &a);
  uint8_t *made = vd_arena_try_alloc(arena, h.size, 1);
  if (!made) return no_room();
  kept_lay_out(&h, made, &a);
  write_roads(network, &h, &a);
  write_nodes(network, derived, &a);
  write_edges(network, &a);
  h.checksum = vd_checksum(made + sizeof h, h.size - sizeof h, KEPT_VERSION);
  memcpy(made, &h, sizeof h);
  *bytes = made;
  *n = h.size;
  return VD_OK;
}
