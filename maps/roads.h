/* roads: the road network while it grows on the grid.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_ROADS_H
#define MAPS_ROADS_H

#include "world.h"

/* A road between two neighbouring cells, in the order of importance (least is most). */
typedef enum tier {
  TIER_NONE,
  TIER_PAVED,
  TIER_TRUNK,
  TIER_PRIMARY,
  TIER_SECONDARY,
  TIER_MINOR,
  TIER_TRACK,
  TIER_FERRY
} tier;
typedef struct network {
  world *w;
  uint8_t *link; /* a bit for each direction that a road takes from the cell */
  uint8_t *tier; /* 8 a cell: its tier in each direction */
  uint8_t *ref;  /* 8 a cell: number of the main road, 0 none */
  uint8_t *stop; /* cells where roads must have a vertex: places, posts, bridge heads */
  uint8_t *shut; /* where no road may pass but those drawn by hand */
  float *effort; /* of building across a cell */
  double *least; /* of the search under way */
  int32_t *back;
  uint32_t *mark, round;
} network;

network *network_new(world *w);
/* The least-effort way from `from` to `to` (or to the nearest road when `to` is -1), built as `t`. False: no way. */
bool network_connect(network *net, int32_t from, int32_t to, tier t, uint8_t ref);
/* A straight road between two cells, whatever is in between. */
void network_straight(network *net, int32_t from, int32_t to, tier t, uint8_t ref);
/* Cuts the network at its junctions into the world's roads. */
void network_to_roads(const network *net);
/* Chooses where the great river may be crossed. */
void find_great_crossings(world *w);

#endif
