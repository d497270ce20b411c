/* travel_route: the way from the source to a cell, read back from a solved field.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/travel_graph.h"

typedef struct point {
  double x, y;
} point;

typedef struct leg {
  int32_t road;
  bool walked;
  double length_m;
  uint32_t ms;
  point *points;
  size_t n, capacity;
} leg;

typedef struct tracing {
  vd_arena *arena;
  const vd_travel_field *field;
  const vd_travel_network *net;
  stop *stops; /* from the cell back to the source */
  size_t n_stops;
  leg *legs;
  size_t n_legs, legs_capacity;
  uint32_t pending_ms; /* of boarding, told with the road that follows */
} tracing;

static uint32_t ms_at(const tracing *t, stop s) {
  return (s.ashore ? t->field->walk_ms : t->field->vehicle_ms)[s.vertex];
}

static void add_point(tracing *t, leg *to, double x, double y) {
  const point *last = to->n ? &to->points[to->n - 1] : NULL;
  if (last && last->x == x && last->y == y) return;
  *VD_PUSH(t->arena, to->points, to->n, to->capacity) = (point){x, y};
}

static void add_piece(tracing *t, int32_t road_index, bool walked, double length_m, uint32_t ms,
                      const double *xy, int32_t n) {
  leg *last = t->n_legs ? &t->legs[t->n_legs - 1] : NULL;
  if (!last || last->road != road_index || last->walked != walked) {
    last = VD_PUSH(t->arena, t->legs, t->n_legs, t->legs_capacity);
    last->road = road_index;
    last->walked = walked;
  }
  last->length_m += length_m;
  last->ms += ms + t->pending_ms;
  t->pending_ms = 0;
  for (int32_t i = 0; i < n; i++) add_point(t, last, xy[2 * i], xy[2 * i + 1]);
}

static void vertex_point(const tracing *t, int32_t vertex, double xy[2]) {
  if (vertex < t->net->n_cells) {
    vd_grid_centre(&t->net->terrain.grid, vertex, &xy[0], &xy[1]);
    return;
  }
  xy[0] = t->net->nodes[vertex - t->net->n_cells].x;
  xy[1] = t->net->nodes[vertex - t->net->n_cells].y;
}

static void add_straight(tracing *t, double x, double y, int32_t to, bool walked, uint32_t ms) {
  double xy[4] = {x, y};
  vertex_point(t, to, xy + 2);
  double length_m = vd_plane_distance_m(x, y, xy[2], xy[3]);
  if (length_m > 0 || ms || t->pending_ms) add_piece(t, VD_OFF_ROAD, walked, length_m, ms, xy, 2);
}

/* A piece of road between two places, in the direction of travel. */
static void add_road(tracing *t, int32_t edge_index, place from, place to, bool walked, uint32_t ms) {
  const edge *e = &t->net->edges[edge_index];
  const road *r = &t->net->roads[e->road];
  double from_m = place_along_m(t->net, r, from), to_m = place_along_m(t->net, r, to);
  bool back = to_m < from_m;
  int32_t n;
  double *xy = edge_line(t->arena, t->net, r, back ? to : from, back ? from : to, &n);
  for (int32_t i = 0; back && i < n / 2; i++)
    for (int axis = 0; axis < 2; axis++) {
      double kept = xy[2 * i + axis];
      xy[2 * i + axis] = xy[2 * (n - 1 - i) + axis];
      xy[2 * (n - 1 - i) + axis] = kept;
    }
  add_piece(t, e->road, walked, back ? from_m - to_m : to_m - from_m, ms, xy, n);
}

static void add_arc(tracing *t, const vd_travel_costs *costs, stop from, stop to, uint32_t ms) {
  int32_t a = from.vertex - t->net->n_cells, b = to.vertex - t->net->n_cells;
  for (int32_t i = t->net->arc_start[a]; i < t->net->arc_start[a + 1]; i++) {
    const arc *over = &t->net->arcs[i];
    if (over->to != b || arc_step_ms(costs, a, over) != ms) continue;
    const edge *e = &t->net->edges[over->arc / 2];
    bool back = over->arc & 1;
    if (e->kind == EDGE_PORTAL)
      t->pending_ms += ms;
    else
      add_road(t, over->arc / 2, back ? e->b : e->a, back ? e->a : e->b, to.ashore, ms);
    return;
  }
}

static void add_seed_way(tracing *t, int32_t first) {
  const vd_travel_source *source = &t->field->source;
  uint32_t ms = ms_at(t, (stop){first, false}) - source->start_ms;
  size_t n;
  const seed *seeds = source_seeds(t->arena, t->field->costs, source, &n);
  for (size_t i = 0; i < n; i++) {
    const seed *s = &seeds[i];
    if (s->vertex != first || s->ms != ms) continue;
    if (s->edge < 0) {
      add_straight(t, source->x_m, source->y_m, first, s->walked, ms);
      return;
    }
    const edge *e = &t->net->edges[s->edge];
    const road *r = &t->net->roads[e->road];
    bool to_end = vertex_of_node(t->net, e->to) == first &&
                  (e->from != e->to || t->field->costs->arc_ms[2 * s->edge] != VD_UNREACHED);
    double xy[4] = {source->x_m, source->y_m}, at_m = place_along_m(t->net, r, s->at);
    uint32_t road_ms = to_end ? along_ms(t->field->costs, s->edge, at_m, e->b_m)
                              : along_ms(t->field->costs, s->edge, e->a_m, at_m);
    place_point(t->net, r, s->at, xy + 2);
    double off_m = vd_plane_distance_m(xy[0], xy[1], xy[2], xy[3]);
    if (ms > road_ms || off_m > 0) add_piece(t, VD_OFF_ROAD, s->walked, off_m, ms - road_ms, xy, 2);
    add_road(t, s->edge, s->at, to_end ? e->b : e->a, false, road_ms);
    return;
  }
}

static void add_step(tracing *t, stop from, stop to) {
  const vd_travel_costs *costs = to.ashore ? t->field->costs->crew : t->field->costs;
  uint32_t ms = ms_at(t, to) - ms_at(t, from);
  double xy[2];
  if (from.vertex >= t->net->n_cells && to.vertex >= t->net->n_cells) {
    add_arc(t, costs, from, to, ms);
    return;
  }
  bool walked = to.ashore || (to.vertex < t->net->n_cells && !(cell_pace(costs, to.vertex, false) < 1e300));
  vertex_point(t, from.vertex, xy);
  add_straight(t, xy[0], xy[1], to.vertex, walked, ms);
}

vd_travel_leg *vd_travel_route(vd_arena *arena, const vd_travel_field *field, int32_t cell, size_t *n) {
  tracing t = {.arena = arena, .field = field, .net = field->costs->net};
  *n = 0;
  if (!field->vehicle_ms || cell < 0 || cell >= t.net->n_cells || field->cell_ms[cell] == VD_UNREACHED)
    return NULL;
  t.stops = way_back(arena, field, cell, &t.n_stops);
  add_seed_way(&t, t.stops[t.n_stops - 1].vertex);
  for (size_t i = t.n_stops; i-- > 1;) add_step(&t, t.stops[i], t.stops[i - 1]);
  vd_travel_leg *legs = VD_NEW_ARRAY(arena, vd_travel_leg, t.n_legs);
  for (size_t i = 0; i < t.n_legs; i++)
    legs[i] = (vd_travel_leg){.road = t.legs[i].road,
                              .length_m = t.legs[i].length_m,
                              .ms = t.legs[i].ms,
                              .walked = t.legs[i].walked,
                              .xy = t.legs[i].points ? &t.legs[i].points[0].x : NULL,
                              .n = (int32_t)t.legs[i].n};
  *n = t.n_legs;
  return legs;
}
