/* travel_kept: a built road network as bytes, and the network of such bytes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A header, then flat arrays, each from a multiple of eight bytes on, in the machine's own order of bytes, which the
 * header tells. What follows cheaply from the rest is not written: the places of nodes, which lie at an end of the first
 * edge that names them (the few others are listed), lengths along a road at which it is cut, and all indices. Nothing
 * that is read is believed: counts, numbers of nodes, cells and places on roads are checked before they are used. */
#include <math.h>
#include <string.h>

#include "core/travel_graph.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"

enum { VERSION = 1, BYTE_ORDER_MARK = 0x01020304 };
static const char magic[8] = {'v', 'd', '-', 'r', 'o', 'a', 'd', 's'};

typedef struct header {
  char magic[8];
  uint32_t byte_order, version;
  uint64_t size, checksum; /* of the whole; of what comes after the header */
  double x0_m, y0_m, cell_m;
  int32_t nx, ny;
  int32_t n_roads, n_points, n_nodes, n_edges, n_unmarked;
  int32_t n_joins; /* nodes with a join */
  int32_t n_lone;  /* nodes that do not lie at an end of the first edge that names them */
  int32_t n_from, n_segments, n_ts;
} header;
_Static_assert(sizeof(header) == 104, "no room between its members");

/* Of an edge: its kind in the low bits, and what is not written of it. */
enum {
  FLAG_KIND = 3,
  FLAG_FROM = 4, /* begins elsewhere than the edge before ends: `from` is written */
  FLAG_A = 8,    /* its place `a` is written: not where the edge before ends, nor the road's beginning */
  FLAG_A_T = 16, /* that place is between vertices */
  FLAG_B_T = 32  /* its place `b` is */
};
enum { NODE_MEDIUM = 7, NODE_CROSSING = 8, NODE_JOIN = 16 };

/* The arrays, in the order in which they are written. */
typedef struct arrays {
  double *xy, *along_m, *factor;
  int32_t *road_n, *road_n_edges;
  uint8_t *ground, *crossing, *closed;
  int8_t *oneway;
  uint8_t *node_flags;
  int32_t *join_cell;
  double *join_m;
  int32_t *lone;
  double *lone_xy;
  uint8_t *edge_flags;
  int32_t *to, *from, *segments;
  double *ts;
  int32_t *unmarked_road;
  double *unmarked_xy;
} arrays;

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

static size_t lay_out(const header *h, void *memory, arrays *a) {
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

static bool same_place(place a, place b) {
  return a.segment == b.segment && a.t == b.t;
}

/* Gives both ends of every edge their place, as far as the edge is the first that names the node. */
static void place_nodes(const vd_travel_network *net, node *nodes, uint8_t *placed) {
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

static bool is_portal(uint8_t flags) {
  return (flags & FLAG_KIND) == EDGE_PORTAL;
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

static void count_edges(const vd_travel_network *net, header *h) {
  for (int32_t i = 0; i < net->n_edges; i++) {
    uint8_t flags = flags_of(net, i);
    h->n_from += (flags & FLAG_FROM) != 0;
    h->n_segments += !is_portal(flags) + ((flags & FLAG_A) != 0);
    h->n_ts += ((flags & FLAG_A_T) != 0) + ((flags & FLAG_B_T) != 0);
  }
}

static void write_roads(const vd_travel_network *net, const header *h, arrays *a) {
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

static void write_nodes(const vd_travel_network *net, const node *derived, arrays *a) {
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

static void write_edges(const vd_travel_network *net, arrays *a) {
  int32_t *from = a->from, *segment = a->segments;
  double *t = a->ts;
  for (int32_t i = 0; i < net->n_edges; i++) {
    const edge *e = &net->edges[i];
    uint8_t flags = a->edge_flags[i] = flags_of(net, i);
    a->to[i] = e->to;
    if (flags & FLAG_FROM) *from++ = e->from;
    if (flags & FLAG_A) *segment++ = e->a.segment;
    if (flags & FLAG_A_T) *t++ = e->a.t;
    if (!is_portal(flags)) *segment++ = e->b.segment;
    if (flags & FLAG_B_T) *t++ = e->b.t;
  }
}

vd_status vd_travel_network_write(vd_arena *arena, const vd_travel_network *network, uint8_t **bytes,
                                  size_t *n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_grid *g = &network->terrain.grid;
  header h = {.byte_order = BYTE_ORDER_MARK,
              .version = VERSION,
              .x0_m = g->x0_m,
              .y0_m = g->y0_m,
              .cell_m = g->cell_m,
              .nx = g->nx,
              .ny = g->ny,
              .n_roads = network->n_roads,
              .n_nodes = network->n_nodes,
              .n_edges = network->n_edges,
              .n_unmarked = (int32_t)network->n_unmarked};
  memcpy(h.magic, magic, sizeof magic);
  for (int32_t i = 0; i < network->n_roads; i++) h.n_points += network->roads[i].n;
  node *derived = vd_arena_try_alloc(scratch, (size_t)network->n_nodes, sizeof *derived);
  uint8_t *placed = vd_arena_try_alloc(scratch, (size_t)network->n_nodes, 1);
  if (network->n_nodes && (!derived || !placed)) return no_room();
  place_nodes(network, derived, placed);
  for (int32_t i = 0; i < network->n_nodes; i++) {
    const node *real = &network->nodes[i];
    h.n_joins += real->cell != VD_NO_CELL;
    h.n_lone += !(derived[i].x == real->x && derived[i].y == real->y);
  }
  count_edges(network, &h);
  arrays a;
  h.size = lay_out(&h, NULL, &a);
  uint8_t *made = vd_arena_try_alloc(arena, h.size, 1);
  if (!made) return no_room();
  lay_out(&h, made, &a);
  write_roads(network, &h, &a);
  write_nodes(network, derived, &a);
  write_edges(network, &a);
  h.checksum = vd_checksum(made + sizeof h, h.size - sizeof h, VERSION);
  memcpy(made, &h, sizeof h);
  *bytes = made;
  *n = h.size;
  return VD_OK;
}

/* ---- reading ---- */

typedef struct reading {
  const header *h;
  arrays a;
  vd_travel_network *net;
  int32_t from, segment, t; /* taken so far */
} reading;

static bool counts_are_sound(const header *h, size_t size) {
  const int32_t counts[] = {h->n_roads, h->n_points, h->n_nodes, h->n_edges,    h->n_unmarked,
                            h->n_joins, h->n_lone,   h->n_from,  h->n_segments, h->n_ts};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    if (counts[i] < 0 || counts[i] > INT32_MAX / 4) return false;
  arrays unused;
  return h->size == size && lay_out(h, NULL, &unused) == size;
}

static bool header_is_sound(const header *h, const uint8_t *bytes, size_t n, const vd_grid *grid) {
  const vd_grid own = {h->x0_m, h->y0_m, h->cell_m, h->nx, h->ny};
  return memcmp(h->magic, magic, sizeof magic) == 0 && h->byte_order == BYTE_ORDER_MARK &&
         h->version == VERSION && vd_grid_equal(&own, grid) && counts_are_sound(h, n) &&
         h->checksum == vd_checksum(bytes + sizeof *h, n - sizeof *h, VERSION);
}

static bool all_on_earth(const double *values, size_t n) {
  bool good = true;
  for (size_t i = 0; i < n; i++) good &= fabs(values[i]) <= 2 * VD_AUTHALIC_RADIUS_M;
  return good;
}

/* As copy_road of travel_network makes it. */
static bool read_road(const reading *in, int32_t i, road *r) {
  const arrays *a = &in->a;
  *r = (road){.n = a->road_n[i],
              .n_edges = a->road_n_edges[i],
              .box = vd_box_empty(),
              .time_factor = a->factor[i],
              .ground = a->ground[i],
              .crossing = a->crossing[i],
              .closed = a->closed[i],
              .oneway = a->oneway[i]};
  r->medium = (uint8_t)road_medium(r->ground, r->crossing);
  return (r->n == 0 || r->n >= 2) && r->n <= in->h->n_points && r->n_edges >= 0 &&
         r->n_edges <= in->h->n_edges && r->ground < VD_GROUND_COUNT && r->crossing < VD_CROSSING_COUNT &&
         r->time_factor > 0 && isfinite(r->time_factor) && r->oneway >= -1 && r->oneway <= 1;
}

static bool lengths_grow(const double *along_m, int32_t n) {
  bool good = along_m[0] == 0;
  for (int32_t i = 1; i < n; i++) good &= along_m[i] >= along_m[i - 1] && along_m[i] < INFINITY;
  return good;
}

static vd_box box_of_points(const double *xy, int32_t n) {
  vd_box box = vd_box_empty();
  for (const double *end = xy + 2 * (size_t)n; xy < end; xy += 2) {
    box.min_x = xy[0] < box.min_x ? xy[0] : box.min_x;
    box.max_x = xy[0] > box.max_x ? xy[0] : box.max_x;
    box.min_y = xy[1] < box.min_y ? xy[1] : box.min_y;
    box.max_y = xy[1] > box.max_y ? xy[1] : box.max_y;
  }
  return box;
}

static bool read_roads(reading *in) {
  vd_travel_network *net = in->net;
  int32_t points = 0, edges = 0;
  for (int32_t i = 0; i < net->n_roads; i++) {
    road *r = &net->roads[i];
    if (!read_road(in, i, r)) return false;
    r->first_point = points;
    r->first_edge = edges;
    if (r->n > in->h->n_points - points || r->n_edges > in->h->n_edges - edges) return false;
    if (r->n ? !lengths_grow(net->along_m + points, r->n) : r->n_edges > 0) return false;
    r->box = box_of_points(net->xy + 2 * (size_t)points, r->n);
    points += r->n;
    edges += r->n_edges;
  }
  return points == in->h->n_points;
}

static bool take_place(reading *in, const road *r, bool between, place *at) {
  if (in->segment == in->h->n_segments || (between && in->t == in->h->n_ts)) return false;
  *at = (place){in->a.segments[in->segment++], between ? in->a.ts[in->t++] : 0};
  if (between && !(at->t > 0 && at->t < 1)) return false;
  return at->segment >= 0 && at->segment < (between ? r->n - 1 : r->n);
}

static bool take_from(reading *in, int32_t index, uint8_t flags, edge *e) {
  if (flags & FLAG_FROM) {
    if (in->from == in->h->n_from) return false;
    e->from = in->a.from[in->from++];
  } else {
    if (!index) return false;
    e->from = in->net->edges[index - 1].to;
  }
  e->to = in->a.to[index];
  return e->from >= 0 && e->from < in->net->n_nodes && e->to >= 0 && e->to < in->net->n_nodes;
}

/* An edge of road `of`, -1 a portal; `begins` with the road. */
static bool read_edge(reading *in, int32_t index, int32_t of, bool begins) {
  vd_travel_network *net = in->net;
  uint8_t flags = in->a.edge_flags[index];
  edge *e = &net->edges[index];
  *e = (edge){.road = of, .kind = flags & FLAG_KIND};
  bool portal = is_portal(flags);
  if (portal != (of < 0) || !take_from(in, index, flags, e)) return false;
  if (portal) {
    e->b_m = 1;
    return true;
  }
  const road *r = &net->roads[of];
  e->a = begins ? (place){0, 0} : net->edges[index - 1].b;
  if (flags & FLAG_A && !take_place(in, r, flags & FLAG_A_T, &e->a)) return false;
  if (!take_place(in, r, flags & FLAG_B_T, &e->b)) return false;
  e->a_m = place_along_m(net, r, e->a);
  e->b_m = place_along_m(net, r, e->b);
  bool in_order = e->a.segment < e->b.segment || (e->a.segment == e->b.segment && e->a.t <= e->b.t);
  return in_order && e->a_m <= e->b_m;
}

static bool read_edges(reading *in) {
  int32_t index = 0;
  for (int32_t i = 0; i < in->net->n_roads; i++)
    for (int32_t k = 0; k < in->net->roads[i].n_edges; k++, index++)
      if (!read_edge(in, index, i, k == 0)) return false;
  for (; index < in->net->n_edges; index++)
    if (!read_edge(in, index, -1, false)) return false;
  return in->from == in->h->n_from && in->segment == in->h->n_segments && in->t == in->h->n_ts;
}

static bool read_nodes(reading *in) {
  vd_travel_network *net = in->net;
  int32_t joins = 0;
  for (int32_t i = 0; i < net->n_nodes; i++) {
    node *n = &net->nodes[i];
    uint8_t flags = in->a.node_flags[i];
    n->cell = VD_NO_CELL;
    n->medium = flags & NODE_MEDIUM;
    n->crossing = flags & NODE_CROSSING;
    if (n->medium >= MEDIUM_COUNT) return false;
    if (!(flags & NODE_JOIN)) continue;
    if (joins == in->h->n_joins) return false;
    n->cell = in->a.join_cell[joins];
    n->join_m = in->a.join_m[joins++];
    if (n->cell < 0 || n->cell >= net->n_cells || !(n->join_m >= 0 && n->join_m < INFINITY)) return false;
  }
  for (int32_t i = 0; i < in->h->n_lone; i++) {
    int32_t at = in->a.lone[i];
    if (at < 0 || at >= net->n_nodes) return false;
    net->nodes[at].x = in->a.lone_xy[2 * i];
    net->nodes[at].y = in->a.lone_xy[2 * i + 1];
  }
  return joins == in->h->n_joins;
}

static bool read_unmarked(reading *in) {
  for (int32_t i = 0; i < in->h->n_unmarked; i++) {
    vd_travel_crossing *c = &in->net->unmarked[i];
    *c = (vd_travel_crossing){in->a.unmarked_road[i], in->a.unmarked_xy[2 * i], in->a.unmarked_xy[2 * i + 1]};
    if (c->road < 0 || c->road >= in->net->n_roads) return false;
  }
  return true;
}

static bool numbers_are_sound(const reading *in) {
  const header *h = in->h;
  return all_on_earth(in->a.xy, 2 * (size_t)h->n_points) &&
         all_on_earth(in->a.lone_xy, 2 * (size_t)h->n_lone) &&
         all_on_earth(in->a.unmarked_xy, 2 * (size_t)h->n_unmarked);
}

static vd_status make_room(vd_arena *arena, const header *h, vd_travel_network *net) {
  net->n_roads = h->n_roads;
  net->n_nodes = h->n_nodes;
  net->n_edges = h->n_edges;
  net->n_unmarked = (size_t)h->n_unmarked;
  net->roads = vd_arena_try_alloc(arena, (size_t)h->n_roads, sizeof *net->roads);
  net->nodes = vd_arena_try_alloc(arena, (size_t)h->n_nodes, sizeof *net->nodes);
  net->edges = vd_arena_try_alloc(arena, (size_t)h->n_edges, sizeof *net->edges);
  net->unmarked = vd_arena_try_alloc(arena, (size_t)h->n_unmarked, sizeof *net->unmarked);
  return net->roads && net->nodes && net->edges && net->unmarked ? VD_OK : no_room();
}

static bool read_all(reading *in) {
  if (!numbers_are_sound(in)) return false;
  in->net->xy = in->a.xy; /* borrowed, not written to */
  in->net->along_m = in->a.along_m;
  if (!read_roads(in) || !read_edges(in)) return false;
  return read_unmarked(in);
}

static vd_status not_a_network(void) {
  return vd_fail(VD_ERR_INPUT, _("The kept road network does not fit this plan or is damaged."));
}

vd_status vd_travel_network_read(vd_arena *arena, const void *bytes, size_t n, const vd_terrain *terrain,
                                 const vd_barriers *barriers, vd_travel_network **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_TRY(vd_grid_check(&terrain->grid));
  header h;
  if (n < sizeof h || (uintptr_t)bytes % 8) return not_a_network();
  memcpy(&h, bytes, sizeof h);
  if (!header_is_sound(&h, bytes, n, &terrain->grid)) return not_a_network();
  vd_travel_network *net = network_start(arena, terrain, barriers);
  VD_TRY(make_room(arena, &h, net));
  uint8_t *placed = vd_arena_try_alloc(scratch, (size_t)h.n_nodes, 1);
  if (!placed) return no_room();
  reading in = {.h = &h, .net = net};
  lay_out(&h, (uint8_t *)(uintptr_t)bytes, &in.a);
  if (!read_all(&in)) return not_a_network();
  place_nodes(net, net->nodes, placed);
  if (!read_nodes(&in)) return not_a_network();
  VD_TRY(network_finish(arena, net));
  *out = net;
  return VD_OK;
}
