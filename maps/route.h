/* route: the finished roads as a graph, and the quickest way over them at the speeds of the plan's tables.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_ROUTE_H
#define MAPS_ROUTE_H

#include "world.h"

typedef struct graph graph;
/* Numbers the ends of the world's roads (road.from, road.to) and joins those at the same position. */
graph *graph_new(world *w);
/* The node at a cell's centre, -1 when no road ends there. */
int graph_node(const graph *g, int32_t cell);
pt graph_place(const graph *g, int node);

/* The roads of a way in order; `forward` tells which way each is taken. */
typedef struct way {
  int *roads;
  bool *forward;
  int n;
  double minutes;
} way;
/* The quickest way from `from` to `to`; false when there is none. `shut` is a road that may not be used, or -1. */
bool graph_way(const graph *g, int from, int to, vd_vehicle vehicle, bool night, int shut, way *out);
/* Adds the way's vertices to `l`, which may hold points already and has room for them. */
int way_points(const graph *g, const way *r);
void way_append(const graph *g, const way *r, line *l);
double road_minutes(const road *r, vd_vehicle vehicle, bool night);

#endif
