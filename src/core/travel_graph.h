/* travel_graph: how the travel files see the road network and its costs; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Vertices are numbered: cell c is c, road node i is n_cells + i. An arc is an edge with a direction:
 * 2 * edge, + 1 when it is travelled from `to` to `from`. */
#ifndef VEDETTE_CORE_TRAVEL_GRAPH_H
#define VEDETTE_CORE_TRAVEL_GRAPH_H

#include "core/box_tree.h"
#include "vedette/core/travel.h"

/* A position on a polyline: t of the way (0 <= t < 1) from point `segment` to the next; the end is {n - 1, 0}. */
typedef struct place {
  int32_t segment;
  double t;
} place;

/* Squared distances nearer than this are equal, and the first place counts: roads that double back, in m^2. */
#define SAME_M2 1e-9

typedef struct road {
  int32_t first_point, n;
  int32_t first_edge, n_edges;
  vd_box box;
  double time_factor;
  uint8_t ground, crossing, closed, medium;
  int8_t oneway;
} road;

/* What a road runs on. A vertex shared by roads of several media is one node for each, with a portal between;
 * rivers have none to the others. */
typedef enum medium { MEDIUM_LAND, MEDIUM_FORD, MEDIUM_FERRY, MEDIUM_RIVER, MEDIUM_COUNT } medium;
/* Of a road by its vd_ground and vd_crossing. */
medium road_medium(uint8_t ground, uint8_t crossing);

typedef struct node {
  double x, y;
  int32_t cell;  /* of the join; VD_NO_CELL: none */
  double join_m; /* ground length of the join to the cell's centre */
  uint8_t medium;
  bool crossing; /* an end of an unmarked crossing */
} node;

typedef enum edge_kind {
  EDGE_ROAD,
  EDGE_PAID,  /* an unmarked crossing that costs a ford's delay */
  EDGE_SHUT,  /* an unmarked crossing that is closed */
  EDGE_PORTAL /* from one medium to another at one place; no road */
} edge_kind;

typedef struct edge {
  int32_t from, to; /* nodes */
  int32_t road;     /* -1 for portals */
  uint8_t kind;
  place a, b;      /* on the road, a before b */
  double a_m, b_m; /* ground length along the road up to there */
} edge;

typedef struct arc {
  int32_t to;  /* node */
  int32_t arc; /* 2 * edge + reverse */
} arc;

enum { STEP_BLOCK = 32, MOVE_PAIRS = VD_MOVES / 2 };

struct vd_travel_network {
  vd_terrain terrain;
  const vd_barriers *barriers;
  int32_t n_cells, n_roads, n_nodes, n_edges;
  double *xy;      /* points of all roads */
  double *along_m; /* ground length from the beginning of the road to each point */
  road *roads;
  node *nodes;
  edge *edges;
  int32_t *arc_start; /* n_nodes + 1 */
  arc *arcs;
  int32_t *join_start; /* n_cells + 1 */
  int32_t *joins;      /* nodes with a join, by cell */
  double *step_m;      /* ground length of each pair of moves, per block of STEP_BLOCK x STEP_BLOCK cells */
  int32_t blocks_x;
  vd_travel_crossing *unmarked;
  size_t n_unmarked;
  box_tree road_tree, node_tree; /* what is near */
};

/* Where a vertex of the road network starts being a node. */
static inline int32_t vertex_of_node(const vd_travel_network *net, int32_t node_index) {
  return net->n_cells + node_index;
}
static inline const double *road_point(const vd_travel_network *net, const road *r, int32_t i) {
  return net->xy + 2 * ((size_t)r->first_point + (size_t)i);
}
/* Ground length of move k from the cell. */
static inline double move_length_m(const vd_travel_network *net, int32_t column, int32_t row, int k) {
  int32_t block = row / STEP_BLOCK * net->blocks_x + column / STEP_BLOCK;
  return net->step_m[(size_t)block * MOVE_PAIRS + (size_t)(k >> 1)];
}
void place_point(const vd_travel_network *net, const road *r, place at, double xy[2]);
double place_along_m(const vd_travel_network *net, const road *r, place at);
/* The piece of road from a to b (a before b) as points: those two and the vertices between. *n points, 2 * n numbers. */
double *edge_line(vd_arena *arena, const vd_travel_network *net, const road *r, place a, place b, int32_t *n);

/* A network with nothing but its grid, and the indices of one that has its roads, nodes and edges. */
vd_travel_network *network_start(vd_arena *arena, const vd_terrain *terrain, const vd_barriers *barriers);
vd_status network_finish(vd_arena *arena, vd_travel_network *net);

/* Cuts every road into nodes and edges (travel_split.c). */
vd_status split_roads(vd_arena *arena, const vd_travel_setup *setup, vd_travel_network *net);

struct vd_travel_costs {
  const vd_travel_network *net;
  vd_profile profile;
  const vd_travel_effect *effects; /* a copy */
  size_t n_effects;
  float *pace;                  /* per cell: ms per metre, INFINITY impassable */
  uint32_t *arc_ms;             /* per arc, without delays of zones */
  uint32_t *join_ms;            /* per node, either way */
  double *edge_slow;            /* per edge; NULL: nothing slows */
  uint8_t *delayed;             /* per vertex: in a zone with a delay; NULL when no effect delays */
  uint8_t *edge_delayed;        /* per edge */
  struct travel_delays *delays; /* which effects delay where (travel_delay.c); NULL when none delays */
  vd_travel_costs *crew;        /* a boat's crew on foot; NULL for others */
  struct reach_cache *cache;    /* prices of moves by tile (reach_prices.c) */
};

/* A cache of prices for costs; for costs that differ from `base` only at the cells listed it refers to that of `base`, which
 * must live as long. NULL: no memory. */
struct reach_cache *reach_cache_new(vd_arena *arena, const vd_travel_costs *costs);
struct reach_cache *reach_cache_derived(vd_arena *arena, const vd_travel_costs *costs,
                                        const vd_travel_costs *base, const int32_t *cells, size_t n);

/* Of the cell, with restrictions; `walking` for people on foot from the vehicle. INFINITY impassable. */
double cell_pace(const vd_travel_costs *costs, int32_t cell, bool walking);
/* Time of the piece a_m..b_m of an edge's road, with the slow-downs of the edge; without delays. */
uint32_t along_ms(const vd_travel_costs *costs, int32_t edge_index, double a_m, double b_m);
/* Delays of the zones that a step enters: from a vertex (-1: from outside) over an edge (-1: none) and over
 * cells between (NULL: none) to a vertex. */
uint32_t step_delay_ms(const vd_travel_costs *costs, int32_t from, int32_t edge_index, const int32_t *over,
                       int n_over, int32_t to);
/* Along an arc, by the join of a node to its cell or back, delays included. */
uint32_t arc_step_ms(const vd_travel_costs *costs, int32_t from_node, const arc *over);
uint32_t join_step_ms(const vd_travel_costs *costs, int32_t node_index, bool to_cell);
/* Move k from a cell at (column, row); the move must stay on the grid. VD_UNREACHED when it is shut. Delays included. */
uint32_t move_step_ms(const vd_travel_costs *costs, int32_t cell, int32_t column, int32_t row, int k);
static inline bool move_on_grid(const vd_grid *g, int32_t column, int32_t row, int k) {
  int32_t x = column + vd_moves[k].dx, y = row + vd_moves[k].dy;
  return x >= 0 && y >= 0 && x < g->nx && y < g->ny;
}
/* A boat on `water` putting its crew ashore on the cell of king's move k, without delays: half at the boat's pace,
 * half walking. With `boarding` the other way round: the crew walks from the cell to a boat on the neighbour. */
uint32_t landing_ms(const vd_travel_costs *costs, int32_t cell, int k, bool boarding);
/* Putting the crew ashore, delays included. */
uint32_t landing_step_ms(const vd_travel_costs *costs, int32_t cell, int k);

/* How a source joins the graph: a way straight to a vertex, or to a point of an edge and along it to one of its nodes. */
typedef struct seed {
  int32_t vertex;
  uint32_t ms;
  bool walked;
  int32_t edge; /* -1: straight to the vertex */
  place at;     /* on the edge's road */
} seed;
seed *source_seeds(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source, size_t *n);

/* A vertex of a way, and whether a boat's crew reached it on foot. */
typedef struct stop {
  int32_t vertex;
  bool ashore;
} stop;
/* The way from a reached cell back to the source, read from the times alone: the vertex before is the lowest of those
 * whose time plus the step is this vertex's time, and none when the source joins it in that time. Steps of no time are
 * taken only where there is no other, as few as there can be. The same on every machine. */
stop *way_back(vd_arena *arena, const vd_travel_field *field, int32_t cell, size_t *n);

#endif
