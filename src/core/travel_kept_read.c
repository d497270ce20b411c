/* travel_kept_read: the road network of bytes, none of which is believed.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/travel_kept.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads; choose a smaller area."));
}

typedef struct reading {
  const kept_header *h;
  kept_arrays a;
  vd_travel_network *net;
  int32_t from, segment, t; /* taken so far */
} reading;

static bool counts_are_sound(const kept_header *h, size_t size) {
  const int32_t counts[] = {h->n_roads, h->n_points, h->n_nodes, h->n_edges,    h->n_unmarked,
                            h->n_joins, h->n_lone,   h->n_from,  h->n_segments, h->n_ts};
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    if (counts[i] < 0 || counts[i] > INT32_MAX / 4) return false;
  kept_arrays unused;
  return h->size == size && kept_lay_out(h, NULL, &unused) == size;
}

static bool header_is_sound(const kept_header *h, const uint8_t *bytes, size_t n, const vd_grid *grid) {
  const vd_grid own = {h->x0_m, h->y0_m, h->cell_m, h->nx, h->ny};
  return memcmp(h->magic, kept_magic, sizeof kept_magic) == 0 && h->byte_order == BYTE_ORDER_MARK &&
         h->version == KEPT_VERSION && vd_grid_equal(&own, grid) && counts_are_sound(h, n) &&
         h->checksum == vd_checksum(bytes + sizeof *h, n - sizeof *h, KEPT_VERSION);
}

static bool all_on_earth(const double *values, size_t n) {
  bool good = true;
  for (size_t i = 0; i < n; i++) good &= fabs(values[i]) <= 2 * VD_AUTHALIC_RADIUS_M;
  return good;
}

/* As copy_road of travel_network makes it. */
static bool read_road(const reading *in, int32_t i, road *r) {
  const kept_arrays *a = &in->a;
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
  bool portal = kept_is_portal(flags);
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
  const kept_header *h = in->h;
  return all_on_earth(in->a.xy, 2 * (size_t)h->n_points) &&
         all_on_earth(in->a.lone_xy, 2 * (size_t)h->n_lone) &&
         all_on_earth(in->a.unmarked_xy, 2 * (size_t)h->n_unmarked);
}

static vd_status make_room(vd_arena *arena, const kept_header *h, vd_travel_network *net) {
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
  kept_header h;
  if (n < sizeof h || (uintptr_t)bytes % 8) return not_a_network();
  memcpy(&h, bytes, sizeof h);
  if (!header_is_sound(&h, bytes, n, &terrain->grid)) return not_a_network();
  vd_travel_network *net = network_start(arena, terrain, barriers);
  VD_TRY(make_room(arena, &h, net));
  uint8_t *placed = vd_arena_try_alloc(scratch, (size_t)h.n_nodes, 1);
  if (!placed) return no_room();
  reading in = {.h = &h, .net = net};
  kept_lay_out(&h, (uint8_t *)(uintptr_t)bytes, &in.a);
  if (!read_all(&in)) return not_a_network();
  kept_place_nodes(net, net->nodes, placed);
  if (!read_nodes(&in)) return not_a_network();
  VD_TRY(network_finish(arena, net));
  *out = net;
  return VD_OK;
}
