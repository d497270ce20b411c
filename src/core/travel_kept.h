/* travel_kept: the form of a built road network as bytes; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A header, then flat arrays, each from a multiple of eight bytes on, in the machine's own order of bytes, which the
 * header tells. What follows cheaply from the rest is not written: the places of nodes, which lie at an end of the first
 * edge that names them (the few others are listed), lengths along a road at which it is cut, and all indices. Nothing
 * that is read is believed: counts, numbers of nodes, cells and places on roads are checked before they are used. */
#ifndef VEDETTE_CORE_TRAVEL_KEPT_H
#define VEDETTE_CORE_TRAVEL_KEPT_H

#include "core/travel_graph.h"

enum { KEPT_VERSION = 1, BYTE_ORDER_MARK = 0x01020304 };

typedef struct kept_header {
  char magic[8];
  uint32_t byte_order, version;
  uint64_t size, checksum; /* of the whole; of what comes after the header */
  double x0_m, y0_m, cell_m;
  int32_t nx, ny;
  int32_t n_roads, n_points, n_nodes, n_edges, n_unmarked;
  int32_t n_joins; /* nodes with a join */
  int32_t n_lone;  /* nodes that do not lie at an end of the first edge that names them */
  int32_t n_from, n_segments, n_ts;
} kept_header;
_Static_assert(sizeof(kept_header) == 104, "no room between its members");

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
typedef struct kept_arrays {
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
} kept_arrays;

static inline bool kept_is_portal(uint8_t flags) {
  return (flags & FLAG_KIND) == EDGE_PORTAL;
}

extern const char kept_magic[8];
/* Where the arrays are in the memory, which may be NULL; how large the whole is. */
size_t kept_lay_out(const kept_header *h, void *memory, kept_arrays *a);
/* Puts nodes where the first edge that names them has its end; `placed` is of n_nodes noughts. */
void kept_place_nodes(const vd_travel_network *net, node *nodes, uint8_t *placed);

#endif
