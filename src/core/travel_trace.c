/* travel_trace: the way back from a cell to the source, read from the times alone.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "core/travel_graph.h"

/* Times of one medium of travel: of the vehicle, or of a boat's crew on land. */
typedef struct trace {
  vd_arena *arena;
  const vd_travel_costs *costs;
  const uint32_t *ms;
  const seed *seeds; /* of the vehicle */
  size_t n_seeds;
  uint32_t start_ms;
  const vd_travel_field *boat; /* of the crew: where it landed; NULL of the vehicle */
} trace;

/* Vertices to look at while only steps of no time lead to the last one; `after` is the place in the list of the vertex
 * on the way to it. */
typedef struct level {
  int32_t vertex;
  size_t after;
} level;
typedef struct levels {
  level *items;
  size_t n, capacity;
  size_t now;
  int32_t nearer; /* the lowest vertex before the present one that is truly nearer, -1 none */
} levels;

/* Considers a step from a vertex to the present one. */
static void consider(const trace *t, levels *l, int32_t from, uint32_t step_ms) {
  uint32_t ms = t->ms[l->items[l->now].vertex];
  if (t->ms[from] == VD_UNREACHED || step_ms == VD_UNREACHED || vd_ms_add(t->ms[from], step_ms) != ms) return;
  if (t->ms[from] < ms) {
    if (l->nearer < 0 || from < l->nearer) l->nearer = from;
    return;
  }
  for (size_t i = 0; i < l->n; i++)
    if (l->items[i].vertex == from) return;
  *VD_PUSH(t->arena, l->items, l->n, l->capacity) = (level){from, l->now};
}

static void consider_cell(const trace *t, levels *l, int32_t cell) {
  const vd_travel_network *net = t->costs->net;
  const vd_grid *g = &net->terrain.grid;
  int32_t column = cell % g->nx, row = cell / g->nx;
  for (int k = 0; k < VD_MOVES; k++) {
    int32_t x = column - vd_moves[k].dx, y = row - vd_moves[k].dy, from = vd_grid_cell_of(g, x, y);
    if (from == VD_NO_CELL || !(t->costs->pace[from] < INFINITY)) continue;
    consider(t, l, from, move_step_ms(t->costs, from, x, y, k));
    if (t->costs->crew && k < VD_KING_MOVES) consider(t, l, from, landing_step_ms(t->costs, from, k));
  }
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++)
    consider(t, l, vertex_of_node(net, net->joins[i]), join_step_ms(t->costs, net->joins[i], true));
}

static void consider_node(const trace *t, levels *l, int32_t index) {
  const vd_travel_network *net = t->costs->net;
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++) {
    arc back = {.to = index, .arc = net->arcs[i].arc ^ 1};
    consider(t, l, vertex_of_node(net, net->arcs[i].to), arc_step_ms(t->costs, net->arcs[i].to, &back));
  }
  int32_t cell = net->nodes[index].cell;
  if (cell != VD_NO_CELL && t->costs->pace[cell] < INFINITY)
    consider(t, l, cell, join_step_ms(t->costs, index, false));
}

static bool begins_at(const trace *t, int32_t vertex) {
  if (t->boat)
    return vertex < t->costs->net->n_cells && !(t->boat->costs->pace[vertex] < INFINITY) &&
           t->boat->vehicle_ms[vertex] == t->ms[vertex];
  for (size_t i = 0; i < t->n_seeds; i++)
    if (t->seeds[i].vertex == vertex && vd_ms_add(t->start_ms, t->seeds[i].ms) == t->ms[vertex]) return true;
  return false;
}

/* Goes from a vertex back to one that is truly nearer, told at the end of the list, or to the beginning (false). */
static bool step_back(const trace *t, levels *l) {
  for (l->now = 0; l->now < l->n; l->now++) {
    int32_t vertex = l->items[l->now].vertex;
    if (begins_at(t, vertex)) return false;
    l->nearer = -1;
    if (vertex < t->costs->net->n_cells)
      consider_cell(t, l, vertex);
    else
      consider_node(t, l, vertex - t->costs->net->n_cells);
    if (l->nearer >= 0) return true;
  }
  l->now = 0; /* not of this field's times: nothing leads there */
  return false;
}

typedef struct stops {
  stop *items;
  size_t n, capacity;
} stops;

/* Appends the steps of no time from a vertex back and yields the truly nearer vertex before them, -1 where the trace begins. */
static int32_t nearer_than(const trace *t, stops *s, int32_t vertex) {
  levels l = {0};
  *VD_PUSH(t->arena, l.items, l.n, l.capacity) = (level){vertex, 0};
  bool on = step_back(t, &l);
  /* The list tells the way from its end to its beginning: turn it around. */
  size_t n = 1, at = l.now;
  for (size_t i = at; i; i = l.items[i].after) n++;
  int32_t *chain = VD_NEW_ARRAY(t->arena, int32_t, n);
  for (size_t i = n; i-- > 0; at = l.items[at].after) chain[i] = l.items[at].vertex;
  for (size_t i = 0; i < n; i++)
    *VD_PUSH(t->arena, s->items, s->n, s->capacity) = (stop){chain[i], t->boat != NULL};
  return on ? l.nearer : -1;
}

/* Appends the way from a vertex back to where this trace begins; that vertex. */
static int32_t go_back(const trace *t, stops *s, int32_t vertex) {
  while (vertex >= 0) vertex = nearer_than(t, s, vertex);
  return s->items[s->n - 1].vertex;
}

stop *way_back(vd_arena *arena, const vd_travel_field *field, int32_t cell, size_t *n) {
  stops s = {0};
  trace vehicle = {
      .arena = arena, .costs = field->costs, .ms = field->vehicle_ms, .start_ms = field->source.start_ms};
  vehicle.seeds = source_seeds(arena, field->costs, &field->source, &vehicle.n_seeds);
  if (field->walk_ms && field->walk_ms[cell] < field->vehicle_ms[cell]) {
    trace crew = {.arena = arena, .costs = field->costs->crew, .ms = field->walk_ms, .boat = field};
    cell = go_back(&crew, &s, cell);
    s.n--; /* where the boat landed */
  }
  go_back(&vehicle, &s, cell);
  *n = s.n;
  return s.items;
}

/* ---- the roads of many ways at once ---- */

enum { LINK_UNKNOWN = -2 };

typedef struct linking {
  trace trace;
  const vd_travel_network *net;
  int32_t *link_of; /* per vertex: the last link of the way to it */
  vd_travel_link *links;
  size_t n, capacity;
  vd_arena *arena; /* of the links */
} linking;

static int32_t with_road(linking *l, int32_t link, int32_t road_index) {
  if (road_index < 0 || (link >= 0 && l->links[link].road == road_index)) return link;
  *VD_PUSH(l->arena, l->links, l->n, l->capacity) = (vd_travel_link){road_index, link};
  return (int32_t)l->n - 1;
}

/* The road over which a way begins at a vertex, -1 none. */
static int32_t first_road(const linking *l, int32_t vertex) {
  for (size_t i = 0; i < l->trace.n_seeds; i++) {
    const seed *s = &l->trace.seeds[i];
    if (s->vertex == vertex && vd_ms_add(l->trace.start_ms, s->ms) == l->trace.ms[vertex])
      return s->edge < 0 ? -1 : l->net->edges[s->edge].road;
  }
  return -1;
}

/* The road of the step from a vertex to the next, -1 off the roads and where one only changes from one to another. */
static int32_t road_between(const linking *l, int32_t from, int32_t to) {
  const vd_travel_network *net = l->net;
  if (from < net->n_cells || to < net->n_cells) return -1;
  int32_t a = from - net->n_cells, b = to - net->n_cells;
  uint32_t ms = l->trace.ms[to] - l->trace.ms[from];
  for (int32_t i = net->arc_start[a]; i < net->arc_start[a + 1]; i++) {
    if (net->arcs[i].to != b || arc_step_ms(l->trace.costs, a, &net->arcs[i]) != ms) continue;
    return net->edges[net->arcs[i].arc / 2].road;
  }
  return -1;
}

/* Goes back until the way is known, then tells it forward. */
static void link_way(linking *l, stops *s, int32_t cell) {
  int32_t vertex = cell;
  s->n = 0;
  while (vertex >= 0 && l->link_of[vertex] == LINK_UNKNOWN) {
    size_t first = s->n;
    vertex = nearer_than(&l->trace, s, vertex);
    /* Steps of no time may lead to what is known: the way to it is as short. */
    for (size_t i = first; i < s->n; i++) {
      if (l->link_of[s->items[i].vertex] == LINK_UNKNOWN) continue;
      vertex = s->items[i].vertex, s->n = i;
      break;
    }
  }
  for (size_t i = s->n; i-- > 0; vertex = s->items[i].vertex) {
    int32_t to = s->items[i].vertex;
    l->link_of[to] = vertex < 0 ? with_road(l, -1, first_road(l, to))
                                : with_road(l, l->link_of[vertex], road_between(l, vertex, to));
  }
}

vd_travel_ways vd_travel_ways_to(vd_arena *arena, const vd_travel_field *field, const int32_t *cells,
                                 size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_travel_network *net = field->costs->net;
  vd_travel_ways ways = {.last = VD_NEW_ARRAY(arena, int32_t, n + 1)};
  linking l = {.net = net, .arena = arena};
  l.trace = (trace){
      .arena = scratch, .costs = field->costs, .ms = field->vehicle_ms, .start_ms = field->source.start_ms};
  l.trace.seeds = source_seeds(scratch, field->costs, &field->source, &l.trace.n_seeds);
  size_t n_vertices = (size_t)net->n_cells + (size_t)net->n_nodes;
  l.link_of = VD_NEW_ARRAY(scratch, int32_t, n_vertices + 1);
  for (size_t i = 0; i < n_vertices; i++) l.link_of[i] = LINK_UNKNOWN;
  stops s = {0};
  for (size_t i = 0; i < n; i++) {
    ways.last[i] = -1;
    if (field->vehicle_ms[cells[i]] == VD_UNREACHED) continue;
    link_way(&l, &s, cells[i]);
    ways.last[i] = l.link_of[cells[i]];
  }
  ways.links = l.links, ways.n_links = l.n;
  return ways;
}
