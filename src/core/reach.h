/* reach: the tiles in which travel times spread over the grid; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The least times are the only solution of "each vertex: the least of its neighbours' times plus the step", and whole
 * milliseconds make sums exact, so any order of work that goes on until nothing changes ends in the same bytes. This one
 * keeps to the cache: a tile of 64 x 64 cells is taken when it has the least time that has changed since it was last
 * looked at, its rows are relaxed up and down until they stand still, and what changed near its edges wakes its
 * neighbours. */
#ifndef VEDETTE_CORE_REACH_H
#define VEDETTE_CORE_REACH_H

#include "core/reach_heap.h"
#include "core/travel_graph.h"

/* A tile is seen with two cells around it, for the knight's moves; `REACH_PAD` keeps its rows aligned. */
enum { REACH_SIDE = 64, REACH_EDGE = 2, REACH_PAD = 8, REACH_STRIDE = REACH_SIDE + 2 * REACH_PAD };
enum { REACH_ROWS = REACH_SIDE + 2 * REACH_EDGE, REACH_BANDS = 4 };

typedef enum reach_slope { REACH_FLAT, REACH_LIMIT, REACH_FOOT } reach_slope;

/* Rows of a tile: cell (column, row) is at [row + REACH_EDGE][column + REACH_PAD]. Beyond the grid nothing passes. */
typedef struct reach_ground {
  reach_slope slope;
  double slope_max;
  bool any_blocked;
  double pace[REACH_ROWS][REACH_STRIDE]; /* widened once, not for every move */
  double elevation_m[REACH_ROWS][REACH_STRIDE];
  uint16_t blocked[REACH_ROWS][REACH_STRIDE];
  /* Ground length of pairs of moves by band of rows (blocks of STEP_BLOCK rows) and column of the cell left. */
  double length_m[REACH_BANDS][MOVE_PAIRS][REACH_STRIDE];
} reach_ground;
static inline int reach_band(int row) {
  return row < 0 ? 0 : 1 + row / STEP_BLOCK;
}

typedef uint32_t reach_times[REACH_ROWS][REACH_STRIDE];
/* What the moves into the cells of one row cost; UINT32_MAX shut. */
typedef uint32_t reach_prices[VD_MOVES][REACH_SIDE];

/* The two inner loops, for one kind of processor. All kinds yield the same bits. */
typedef struct reach_kernel {
  void (*price_row)(const reach_ground *ground, int row, reach_prices prices);
  /* Lowers the cells of a row by the moves into them until it stands still; true when any has changed. */
  bool (*relax_row)(reach_times ms, int row, reach_prices prices);
} reach_kernel;
extern const reach_kernel reach_kernel_portable;
/* The fastest that this processor runs. */
const reach_kernel *reach_kernel_best(void);

typedef struct reach_tile {
  uint64_t dirty; /* rows to look at */
  int32_t slot;   /* of its prices, -1 none */
} reach_tile;
typedef struct reach_slot {
  int32_t tile;
  uint64_t priced; /* rows */
  int64_t used;    /* when, in visits */
  reach_prices *prices;
} reach_slot;

/* One run over all vertices, cells first. */
typedef struct reach_run {
  const vd_travel_costs *costs;
  const reach_kernel *kernel;
  vd_arena *scratch;
  uint32_t *ms;
  uint32_t cutoff_ms;
  reach_heap tile_heap, node_heap;
  reach_tile *tiles;
  int32_t tiles_x, tiles_y;
  reach_slot *slots;
  int32_t n_slots, max_slots;
  int64_t visits;
  reach_ground *ground;
  reach_times *local;
} reach_run;

vd_status reach_start(vd_arena *arena, vd_arena *scratch, const vd_travel_costs *costs,
                      const reach_kernel *kernel, uint32_t cutoff_ms, reach_run *run);
/* Lowers a vertex when `ms` is less and within the cut-off, and notes what that may change. */
void reach_lower(reach_run *run, int32_t vertex, uint32_t ms);
/* Brings a tile to a standstill within itself. VD_ERR_MEMORY. */
vd_status reach_visit(reach_run *run, int32_t tile);
/* vd_travel_solve with a given kernel. */
vd_status reach_solve(vd_arena *arena, const vd_travel_costs *costs, const reach_kernel *kernel,
                      const vd_travel_source *source, uint32_t cutoff_ms, bool with_routes,
                      const vd_progress *cancel, vd_travel_field *out);

#endif
