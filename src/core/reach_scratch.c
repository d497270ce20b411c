/* reach_scratch: what solves reuse, so that each costs in proportion to what it reaches.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/reach.h"

vd_status vd_travel_scratch_new(vd_arena *arena, const vd_travel_network *network, vd_travel_scratch **out) {
  const vd_grid *g = &network->terrain.grid;
  size_t n_nodes = (size_t)network->n_nodes, n = (size_t)network->n_cells + n_nodes;
  vd_travel_scratch *made = VD_NEW(arena, vd_travel_scratch);
  made->net = network;
  made->n_tiles = (g->nx + REACH_SIDE - 1) / REACH_SIDE * ((g->ny + REACH_SIDE - 1) / REACH_SIDE);
  made->ms = vd_arena_try_alloc(arena, n, sizeof *made->ms);
  made->tiles = vd_arena_try_alloc(arena, (size_t)made->n_tiles, sizeof *made->tiles);
  made->reached = vd_arena_try_alloc(arena, (size_t)made->n_tiles, sizeof *made->reached);
  made->nodes = vd_arena_try_alloc(arena, n_nodes, sizeof *made->nodes);
  if (!made->ms || !made->tiles || !made->reached || !made->nodes ||
      !reach_heap_init(&made->tile_heap, arena, made->n_tiles) ||
      !reach_heap_init(&made->node_heap, arena, network->n_nodes))
    return reach_no_memory();
  memset(made->ms, 0xff, n * sizeof *made->ms);
  *out = made;
  return VD_OK;
}

const int32_t *vd_travel_scratch_tiles(const vd_travel_scratch *scratch, size_t *n) {
  *n = scratch->n_reached;
  return scratch->reached;
}

static void empty(reach_heap *heap) {
  while (heap->n) heap->at[heap->numbers[--heap->n]] = -1;
}

static void clear_tile(vd_travel_scratch *kept, int32_t tile) {
  const vd_grid *g = &kept->net->terrain.grid;
  reach_window w = reach_window_of(g, (g->nx + REACH_SIDE - 1) / REACH_SIDE, tile, 0);
  for (int32_t y = 0; y < w.y_to; y++)
    memset(kept->ms + (size_t)(w.row + y) * (size_t)g->nx + (size_t)w.column, 0xff,
           (size_t)w.x_to * sizeof *kept->ms);
}

void reach_scratch_clear(vd_travel_scratch *kept) {
  for (int32_t t = 0; t < kept->n_tiles; t++)
    if (kept->tiles[t].touched) clear_tile(kept, t);
  memset(kept->tiles, 0, (size_t)kept->n_tiles * sizeof *kept->tiles);
  while (kept->n_nodes) kept->ms[kept->nodes[--kept->n_nodes]] = VD_UNREACHED;
  empty(&kept->tile_heap);
  empty(&kept->node_heap);
  kept->n_reached = 0;
}

void reach_scratch_list(vd_travel_scratch *kept) {
  kept->n_reached = 0;
  for (int32_t t = 0; t < kept->n_tiles; t++)
    if (kept->tiles[t].touched) kept->reached[kept->n_reached++] = t;
}
