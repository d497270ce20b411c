/* travel_zone: which cells and pieces of road a restriction acts on.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "core/travel_graph.h"
#include "vedette/core/proximity.h"

/* A shape to test against: a polygon's inside, or what is within a radius of a geometry. */
typedef struct shape {
  const vd_geom *geom;
  double radius_m; /* < 0: a polygon */
  vd_box box;      /* nothing outside is touched */
} shape;

static bool holds_point(const shape *s, double x, double y) {
  if (s->radius_m < 0) return vd_polygon_holds(s->geom, x, y);
  return vd_geom_distance_m(s->geom, x, y) <= s->radius_m;
}

/* Whether two segments come within the radius (touch, when it is negative). */
static bool close_by(const double *a, const double *b, const double *c, const double *d, double radius_m) {
  if (vd_segment_crosses(a[0], a[1], b[0], b[1], c[0], c[1], d[0], d[1])) return true;
  return vd_segment_distance_m(a[0], a[1], c[0], c[1], d[0], d[1]) <= radius_m ||
         vd_segment_distance_m(b[0], b[1], c[0], c[1], d[0], d[1]) <= radius_m ||
         vd_segment_distance_m(c[0], c[1], a[0], a[1], b[0], b[1]) <= radius_m ||
         vd_segment_distance_m(d[0], d[1], a[0], a[1], b[0], b[1]) <= radius_m;
}

static bool touches_segment(const shape *s, const double *a, const double *b) {
  vd_box box = vd_box_add(vd_box_add(vd_box_empty(), a[0], a[1]), b[0], b[1]);
  if (!vd_box_touches(box, s->box)) return false;
  for (int32_t part = 0; part < s->geom->n_parts; part++) {
    int32_t first = s->geom->part_start[part], end = s->geom->part_start[part + 1];
    bool points = s->geom->type == VD_GEOM_POINT || end - first == 1;
    for (int32_t i = first; i + (points ? 0 : 1) < end; i++) {
      const double *c = s->geom->xy + 2 * (size_t)i, *d = points ? c : c + 2;
      if (close_by(a, b, c, d, s->radius_m)) return true;
    }
  }
  return false;
}

static bool touches_edge(const shape *s, const vd_travel_network *net, const edge *e) {
  const road *r = &net->roads[e->road];
  double from[2];
  place_point(net, r, e->a, from);
  if (holds_point(s, from[0], from[1])) return true;
  for (int32_t i = e->a.segment; i <= e->b.segment && i + 1 < r->n; i++) {
    double to[2];
    bool last = i == e->b.segment;
    place_point(net, r, last ? e->b : (place){i + 1, 0}, to);
    if (touches_segment(s, from, to)) return true;
    from[0] = to[0];
    from[1] = to[1];
  }
  return false;
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static size_t sort_unique(int32_t *items, size_t n) {
  size_t kept = 0;
  if (n) qsort(items, n, sizeof *items, by_number);
  for (size_t i = 0; i < n; i++)
    if (!kept || items[kept - 1] != items[i]) items[kept++] = items[i];
  return kept;
}

static bool node_inside(const shape *s, const node *n) {
  bool near = n->x >= s->box.min_x && n->x <= s->box.max_x && n->y >= s->box.min_y && n->y <= s->box.max_y;
  return near && holds_point(s, n->x, n->y);
}

static void add_roads_of(vd_arena *arena, const vd_travel_network *net, const shape *s,
                         vd_travel_zone *zone) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t edges_capacity = 0, nodes_capacity = 0, n;
  const int32_t *near = box_tree_near(scratch, &net->road_tree, s->box, &n);
  for (size_t i = 0; i < n; i++) {
    const road *r = &net->roads[near[i]];
    if (!vd_box_touches(r->box, s->box)) continue;
    for (int32_t k = r->first_edge; k < r->first_edge + r->n_edges; k++) {
      if (touches_edge(s, net, &net->edges[k]))
        *VD_PUSH(arena, zone->edges, zone->n_edges, edges_capacity) = k;
    }
  }
  near = box_tree_near(scratch, &net->node_tree, s->box, &n);
  for (size_t i = 0; i < n; i++)
    if (node_inside(s, &net->nodes[near[i]]))
      *VD_PUSH(arena, zone->nodes, zone->n_nodes, nodes_capacity) = near[i];
}

vd_travel_zone *vd_travel_zone_polygon(vd_arena *arena, const vd_travel_network *network,
                                       const vd_geom *polygon) {
  vd_travel_zone *zone = VD_NEW(arena, vd_travel_zone);
  if (vd_geom_empty(polygon) || polygon->type != VD_GEOM_POLYGON) return zone;
  shape s = {polygon, -1, vd_geom_box(polygon)};
  zone->cells = vd_grid_cells_in(arena, &network->terrain.grid, polygon, &zone->n_cells);
  add_roads_of(arena, network, &s, zone);
  return zone;
}

vd_travel_zone *vd_travel_zone_line(vd_arena *arena, const vd_travel_network *network, const vd_geom *line,
                                    double radius_m) {
  vd_travel_zone *zone = VD_NEW(arena, vd_travel_zone);
  if (vd_geom_empty(line) || !(radius_m >= 0)) return zone;
  shape s = {line, radius_m, vd_geom_box(line)};
  double more = 1.5 * radius_m; /* the plane's scale, see vd_cells_near */
  s.box = (vd_box){s.box.min_x - more, s.box.min_y - more, s.box.max_x + more, s.box.max_y + more};
  zone->cells = vd_cells_near(arena, &network->terrain.grid, line, radius_m, &zone->n_cells);
  add_roads_of(arena, network, &s, zone);
  return zone;
}

vd_travel_zone *vd_travel_zone_circle(vd_arena *arena, const vd_travel_network *network, double x_m,
                                      double y_m, double radius_m) {
  return vd_travel_zone_line(arena, network, vd_geom_point(arena, x_m, y_m), radius_m);
}

static bool is_listed(const int32_t *listed, size_t n, int32_t road_index) {
  return n && bsearch(&road_index, listed, n, sizeof *listed, by_number);
}

/* A node counts as inside when two of its edges are listed (one passes through) or all of them. */
static bool passes_through(const vd_travel_network *net, const int32_t *listed, size_t n, int32_t index) {
  int32_t in = 0, all = 0;
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++) {
    const edge *e = &net->edges[net->arcs[i].arc / 2];
    if (e->kind == EDGE_PORTAL) continue;
    all++;
    in += is_listed(listed, n, e->road);
  }
  return in >= 2 || in == all;
}

vd_travel_zone *vd_travel_zone_roads(vd_arena *arena, const vd_travel_network *network, const int32_t *roads,
                                     size_t n) {
  vd_travel_zone *zone = VD_NEW(arena, vd_travel_zone);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *listed = VD_NEW_ARRAY(scratch, int32_t, n + 1);
  size_t n_listed = 0, edges_capacity = 0, nodes_capacity = 0;
  for (size_t i = 0; i < n; i++)
    if (roads[i] >= 0 && roads[i] < network->n_roads) listed[n_listed++] = roads[i];
  n_listed = sort_unique(listed, n_listed);
  for (size_t i = 0; i < n_listed; i++) {
    const road *r = &network->roads[listed[i]];
    for (int32_t k = r->first_edge; k < r->first_edge + r->n_edges; k++) {
      const int32_t ends[2] = {network->edges[k].from, network->edges[k].to};
      *VD_PUSH(arena, zone->edges, zone->n_edges, edges_capacity) = k;
      for (int side = 0; side < 2; side++)
        if (passes_through(network, listed, n_listed, ends[side]))
          *VD_PUSH(arena, zone->nodes, zone->n_nodes, nodes_capacity) = ends[side];
    }
  }
  zone->n_edges = sort_unique(zone->edges, zone->n_edges);
  zone->n_nodes = sort_unique(zone->nodes, zone->n_nodes);
  return zone;
}
