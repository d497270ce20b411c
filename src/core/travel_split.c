/* travel_split: cutting roads into the edges of the graph at shared vertices, unmarked crossings and joins.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "core/travel_graph.h"
#include "vedette/base/i18n.h"
#include "vedette/core/proximity.h"

/* Vertices are the same place when they round to the same centimetre. */
#define PER_METRE 100.0
/* Positions along a road nearer than this are one: the ends of a road on a river, a crossing at a vertex. */
#define SAME_M 0.02

typedef struct spot {
  int64_t x, y;
  int32_t uses;               /* 0: an empty slot of the table */
  int32_t node[MEDIUM_COUNT]; /* -1: none */
  bool connected;             /* its media are joined */
} spot;

/* Why a road is cut at a place; at equal places in this order. */
typedef enum cut_kind { CUT_BEFORE, CUT_SPOT, CUT_AFTER, CUT_JOIN } cut_kind;
typedef struct cut {
  place at;
  cut_kind kind;
  int32_t order; /* of making, to sort equal ones */
  int32_t spot;  /* CUT_SPOT */
  int32_t cell;  /* CUT_JOIN */
  double join_m;
} cut;

/* Stretch of a road over one unmarked crossing. */
typedef struct gap {
  place from, to;
  double from_m, to_m;
} gap;

typedef struct builder {
  vd_arena *arena, *scratch;
  vd_travel_network *net;
  const vd_travel_setup *setup;
  spot *spots;
  size_t spot_mask;
  size_t n_nodes, nodes_capacity, n_edges, edges_capacity, unmarked_capacity;
  cut *cuts;
  size_t n_cuts, cuts_capacity;
  gap *gaps;
  size_t n_gaps, gaps_capacity;
  double *ts; /* where a segment meets grid lines and gaps */
  size_t n_ts, ts_capacity;
} builder;

/* ---- places ---- */

static place whole(place at) {
  return at.t >= 1 ? (place){at.segment + 1, 0} : at;
}

static int place_compare(place a, place b) {
  if (a.segment != b.segment) return a.segment < b.segment ? -1 : 1;
  return (a.t > b.t) - (a.t < b.t);
}

static int cut_compare(const void *left, const void *right) {
  const cut *a = left, *b = right;
  int by_place = place_compare(a->at, b->at);
  if (by_place) return by_place;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  return (a->order > b->order) - (a->order < b->order);
}

static cut *add_cut(builder *b, place at, cut_kind kind) {
  cut *c = VD_PUSH(b->scratch, b->cuts, b->n_cuts, b->cuts_capacity);
  *c = (cut){.at = whole(at), .kind = kind, .order = (int32_t)b->n_cuts, .spot = -1, .cell = VD_NO_CELL};
  return c;
}

/* ---- shared vertices ---- */

static int32_t spot_find(builder *b, const double *p) {
  int64_t x = llround(p[0] * PER_METRE), y = llround(p[1] * PER_METRE);
  uint64_t hash = ((uint64_t)x * 0x9E3779B97F4A7C15u) ^ ((uint64_t)y * 0xC2B2AE3D27D4EB4Fu);
  size_t at = (size_t)(hash ^ hash >> 29) & b->spot_mask;
  while (b->spots[at].uses && (b->spots[at].x != x || b->spots[at].y != y)) at = (at + 1) & b->spot_mask;
  b->spots[at].x = x;
  b->spots[at].y = y;
  return (int32_t)at;
}

static vd_status count_spots(builder *b) {
  size_t points = 0, size = 16;
  for (int32_t i = 0; i < b->net->n_roads; i++) points += (size_t)b->net->roads[i].n;
  while (size < 2 * points) size *= 2;
  b->spots = vd_arena_try_alloc(b->scratch, size, sizeof *b->spots);
  if (!b->spots || size > (size_t)INT32_MAX)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads; choose a smaller area."));
  b->spot_mask = size - 1;
  for (int32_t i = 0; i < b->net->n_roads; i++) {
    const road *r = &b->net->roads[i];
    for (int32_t k = 0; k < r->n; k++) {
      const double *p = road_point(b->net, r, k);
      spot *s = &b->spots[spot_find(b, p)];
      for (int m = 0; !s->uses && m < MEDIUM_COUNT; m++) s->node[m] = -1;
      s->uses++;
    }
  }
  return VD_OK;
}

static int32_t add_node(builder *b, const double *p, uint8_t on) {
  node *made = VD_PUSH(b->arena, b->net->nodes, b->n_nodes, b->nodes_capacity);
  *made = (node){.x = p[0], .y = p[1], .cell = VD_NO_CELL, .medium = on};
  return (int32_t)b->n_nodes - 1;
}

static int32_t spot_node(builder *b, spot *s, const double *p, uint8_t on) {
  if (s->node[on] < 0) s->node[on] = add_node(b, p, on);
  return s->node[on];
}

static void cut_at_spots(builder *b, const road *r) {
  for (int32_t i = 0; i < r->n; i++) {
    int32_t at = spot_find(b, road_point(b->net, r, i));
    bool end = i == 0 || i == r->n - 1;
    if (end || b->spots[at].uses > 1) add_cut(b, (place){i, 0}, CUT_SPOT)->spot = at;
  }
}

/* ---- unmarked crossings ---- */

static bool spot_between(const builder *b, const road *r, double from_m, double to_m) {
  for (size_t i = 0; i < b->n_cuts; i++) {
    double at = place_along_m(b->net, r, b->cuts[i].at);
    if (at > from_m && at < to_m) return true;
  }
  return false;
}

static void note_hit(builder *b, const road *r, place at) {
  double along = place_along_m(b->net, r, at), length = b->net->along_m[r->first_point + r->n - 1];
  if (along < SAME_M || along > length - SAME_M) return;
  gap *last = b->n_gaps ? &b->gaps[b->n_gaps - 1] : NULL;
  double apart = last ? along - last->to_m : 0;
  if (last &&
      (apart <= SAME_M || (apart <= b->setup->crossing_merge_m && !spot_between(b, r, last->to_m, along)))) {
    last->to = at;
    last->to_m = along;
    return;
  }
  *VD_PUSH(b->scratch, b->gaps, b->n_gaps, b->gaps_capacity) = (gap){at, at, along, along};
}

static void cut_at_crossings(builder *b, const road *r) {
  b->n_gaps = 0;
  bool marked = r->crossing != VD_CROSSING_NONE || r->medium != MEDIUM_LAND;
  if (marked || !vd_barriers_n(b->net->barriers)) return;
  for (int32_t i = 0; i + 1 < r->n; i++) {
    const double *p = road_point(b->net, r, i);
    double *t;
    size_t n = vd_barriers_hits(b->scratch, b->net->barriers, p[0], p[1], p[2], p[3], &t);
    for (size_t k = 0; k < n; k++) note_hit(b, r, whole((place){i, t[k]}));
  }
  for (size_t i = 0; i < b->n_gaps; i++) {
    double xy[2];
    place_point(b->net, r, b->gaps[i].from, xy);
    *VD_PUSH(b->arena, b->net->unmarked, b->net->n_unmarked, b->unmarked_capacity) =
        (vd_travel_crossing){(int32_t)(r - b->net->roads), xy[0], xy[1]};
    add_cut(b, b->gaps[i].from, CUT_BEFORE);
    add_cut(b, b->gaps[i].to, CUT_AFTER);
  }
}

/* ---- joins ---- */

/* The nearest place to the centre of a cell on the piece of road within it, as far as it is known. */
typedef struct run {
  int32_t cell;
  place at;
  double distance2;
} run;

static bool at_crossing(const builder *b, place at) {
  for (size_t i = 0; i < b->n_gaps; i++)
    if (!place_compare(at, b->gaps[i].from) || !place_compare(at, b->gaps[i].to)) return true;
  return false;
}

static void finish_run(builder *b, const road *r, run *at) {
  /* Where a crossing is nearest, the centre is beyond the river; rounding must not decide that. */
  if (at->cell != VD_NO_CELL && !at_crossing(b, whole(at->at))) {
    double p[2], cx, cy;
    place_point(b->net, r, whole(at->at), p);
    vd_grid_centre(&b->net->terrain.grid, at->cell, &cx, &cy);
    /* A boat lands across its own bank. */
    if (r->medium == MEDIUM_RIVER || !vd_barriers_cross(b->net->barriers, p[0], p[1], cx, cy)) {
      cut *c = add_cut(b, at->at, CUT_JOIN);
      c->cell = at->cell;
      c->join_m = vd_plane_distance_m(p[0], p[1], cx, cy);
    }
  }
  at->cell = VD_NO_CELL;
}

static void extend_run(const builder *b, const double *p, int32_t segment, double t0, double t1, run *at) {
  double cx, cy;
  vd_grid_centre(&b->net->terrain.grid, at->cell, &cx, &cy);
  double t = fmin(fmax(vd_segment_nearest(cx, cy, p[0], p[1], p[2], p[3]), t0), t1);
  double dx = p[0] + t * (p[2] - p[0]) - cx, dy = p[1] + t * (p[3] - p[1]) - cy;
  if (dx * dx + dy * dy >= at->distance2 - SAME_M2) return;
  at->distance2 = dx * dx + dy * dy;
  at->at = (place){segment, t};
}

static void add_t(builder *b, double t) {
  if (t > 0 && t < 1) *VD_PUSH(b->scratch, b->ts, b->n_ts, b->ts_capacity) = t;
}

/* Where p..q crosses the grid's lines at origin + i * step (0 <= i <= n), as t. */
static void add_line_ts(builder *b, double p, double q, double origin, double step, int32_t n) {
  if (p == q) return;
  double low = fmin(p, q), high = fmax(p, q);
  double first = fmax(ceil((low - origin) / step), 0), last = fmin(floor((high - origin) / step), n);
  for (double i = first; i <= last; i++) add_t(b, (origin + i * step - p) / (q - p));
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void cut_times(builder *b, const double *p, int32_t segment) {
  const vd_grid *g = &b->net->terrain.grid;
  b->n_ts = 0;
  *VD_PUSH(b->scratch, b->ts, b->n_ts, b->ts_capacity) = 0;
  add_line_ts(b, p[0], p[2], g->x0_m, g->cell_m, g->nx);
  /* Rows grow south: mirrored. */
  add_line_ts(b, -p[1], -p[3], -g->y0_m, g->cell_m, g->ny);
  for (size_t i = 0; i < b->n_gaps; i++) {
    if (b->gaps[i].from.segment == segment) add_t(b, b->gaps[i].from.t);
    if (b->gaps[i].to.segment == segment) add_t(b, b->gaps[i].to.t);
  }
  *VD_PUSH(b->scratch, b->ts, b->n_ts, b->ts_capacity) = 1;
  qsort(b->ts, b->n_ts, sizeof *b->ts, by_value);
}

/* The number of gaps that begin at or before a place, twice, less one within a gap: equal on one stretch of road. */
static size_t stretch_of(const builder *b, place at) {
  size_t i = 0;
  while (i < b->n_gaps && place_compare(b->gaps[i].to, at) <= 0) i++;
  bool within = i < b->n_gaps && place_compare(b->gaps[i].from, at) < 0;
  return 2 * i + within;
}

static void cut_at_joins(builder *b, const road *r) {
  bool open = r->medium == MEDIUM_RIVER || (r->crossing == VD_CROSSING_NONE && r->medium == MEDIUM_LAND);
  if (!open) return;
  run at = {.cell = VD_NO_CELL};
  size_t stretch = 0;
  for (int32_t i = 0; i + 1 < r->n; i++) {
    const double *p = road_point(b->net, r, i);
    cut_times(b, p, i);
    for (size_t k = 0; k + 1 < b->n_ts; k++) {
      double t0 = b->ts[k], t1 = b->ts[k + 1], middle = (t0 + t1) / 2;
      if (!(t0 < t1)) continue;
      int32_t cell =
          vd_grid_cell(&b->net->terrain.grid, p[0] + middle * (p[2] - p[0]), p[1] + middle * (p[3] - p[1]));
      size_t here = stretch_of(b, (place){i, middle});
      if (here & 1) cell = VD_NO_CELL;
      if (cell != at.cell || here != stretch) {
        finish_run(b, r, &at);
        at = (run){.cell = cell, .distance2 = INFINITY};
        stretch = here;
      }
      if (cell != VD_NO_CELL) extend_run(b, p, i, t0, t1, &at);
    }
  }
  finish_run(b, r, &at);
}

/* ---- edges ---- */

static void add_edge(builder *b, edge made) {
  if (made.from == made.to && made.a_m == made.b_m) return;
  *VD_PUSH(b->arena, b->net->edges, b->n_edges, b->edges_capacity) = made;
}

static int32_t cut_node(builder *b, const road *r, const cut *c) {
  double p[2];
  place_point(b->net, r, c->at, p);
  if (c->kind == CUT_SPOT) return spot_node(b, &b->spots[c->spot], p, r->medium);
  int32_t made = add_node(b, p, r->medium);
  b->net->nodes[made].crossing = c->kind != CUT_JOIN;
  return made;
}

static edge_kind kind_in_gap(vd_unmarked unmarked, bool first) {
  if (unmarked == VD_UNMARKED_CLOSED) return EDGE_SHUT;
  return unmarked == VD_UNMARKED_FORD && first ? EDGE_PAID : EDGE_ROAD;
}

static void take_join(builder *b, int32_t index, const cut *c) {
  node *n = &b->net->nodes[index];
  n->cell = c->cell;
  n->join_m = c->join_m;
}

static void connect_cuts(builder *b, road *r) {
  qsort(b->cuts, b->n_cuts, sizeof *b->cuts, cut_compare);
  int32_t before = -1;
  place from = {0, 0};
  bool in_gap = false, first = false;
  r->first_edge = (int32_t)b->n_edges;
  for (size_t i = 0; i < b->n_cuts; i++) {
    const cut *c = &b->cuts[i];
    int32_t at = cut_node(b, r, c);
    if (c->kind == CUT_JOIN) take_join(b, at, c);
    if (before >= 0)
      add_edge(b, (edge){.from = before,
                         .to = at,
                         .road = (int32_t)(r - b->net->roads),
                         .kind = (uint8_t)(in_gap ? kind_in_gap(b->setup->unmarked, first) : EDGE_ROAD),
                         .a = from,
                         .b = c->at,
                         .a_m = place_along_m(b->net, r, from),
                         .b_m = place_along_m(b->net, r, c->at)});
    first = c->kind == CUT_BEFORE;
    in_gap = c->kind == CUT_BEFORE || (in_gap && c->kind != CUT_AFTER);
    before = at;
    from = c->at;
  }
  r->n_edges = (int32_t)b->n_edges - r->first_edge;
}

/* ---- portals between media ---- */

static void add_portal(builder *b, int32_t from, int32_t to) {
  if (from >= 0 && to >= 0)
    add_edge(b, (edge){.from = from, .to = to, .road = -1, .kind = EDGE_PORTAL, .b_m = 1});
}

/* A ferry's end that meets nothing lands in its cell. */
static void land_ferry(builder *b, spot *s) {
  const node *quay = &b->net->nodes[s->node[MEDIUM_FERRY]];
  double p[2] = {quay->x, quay->y}, cx, cy;
  int32_t cell = vd_grid_cell(&b->net->terrain.grid, p[0], p[1]);
  if (cell == VD_NO_CELL) return;
  int32_t ashore = spot_node(b, s, p, MEDIUM_LAND);
  vd_grid_centre(&b->net->terrain.grid, cell, &cx, &cy);
  node *n = &b->net->nodes[ashore];
  n->cell = cell;
  n->join_m = vd_plane_distance_m(p[0], p[1], cx, cy);
}

/* In the order in which roads meet the spots, which does not depend on the hash. */
static void connect_media(builder *b) {
  for (int32_t i = 0; i < b->net->n_roads; i++) {
    const road *r = &b->net->roads[i];
    if (r->medium != MEDIUM_FORD && r->medium != MEDIUM_FERRY) continue;
    for (int32_t k = 0; k < r->n; k++) {
      spot *s = &b->spots[spot_find(b, road_point(b->net, r, k))];
      if (s->connected || s->node[r->medium] < 0) continue;
      s->connected = true;
      if (r->medium == MEDIUM_FERRY && s->uses == 1 && (k == 0 || k == r->n - 1)) land_ferry(b, s);
      int32_t land = s->node[MEDIUM_LAND], ford = s->node[MEDIUM_FORD], ferry = s->node[MEDIUM_FERRY];
      add_portal(b, land, ford);
      add_portal(b, land, ferry);
      if (land < 0) add_portal(b, ford, ferry);
    }
  }
}

vd_status split_roads(vd_arena *arena, const vd_travel_setup *setup, vd_travel_network *net) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  builder b = {.arena = arena, .scratch = scratch, .net = net, .setup = setup};
  VD_TRY(count_spots(&b));
  for (int32_t i = 0; i < net->n_roads; i++) {
    road *r = &net->roads[i];
    b.n_cuts = 0;
    r->first_edge = (int32_t)b.n_edges;
    if (!r->n) continue;
    cut_at_spots(&b, r);
    cut_at_crossings(&b, r);
    cut_at_joins(&b, r);
    connect_cuts(&b, r);
    if (b.n_edges > INT32_MAX / 4)
      return vd_fail(VD_ERR_LIMIT, _("The roads are cut into too many pieces; choose a larger cell."));
  }
  connect_media(&b);
  net->n_nodes = (int32_t)b.n_nodes;
  net->n_edges = (int32_t)b.n_edges;
  return VD_OK;
}
