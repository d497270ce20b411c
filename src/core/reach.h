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

#include <stdatomic.h>

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
  bool any_blocked, any_impassable;
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

/* From where moves lead into a row: the two rows above, the two below, and the row itself. */
enum { REACH_ABOVE = 1, REACH_BELOW = 2, REACH_ALONG = 4, REACH_SIDES = 7 };

/* The inner loops, for one kind of processor. All kinds yield the same bits. */
typedef struct reach_kernel {
  void (*price_row)(const reach_ground *ground, int row, reach_prices prices);
  /* Lowers the cells of a row by the moves into them from some sides (of REACH_SIDES), and by those along it until they
   * stand still; true when any has changed. Moves along the row may be left out only when they lower nothing before. */
  bool (*relax_row)(reach_times ms, int row, reach_prices prices, unsigned from);
  /* Bit x: the cell has a time, is not in `held`, and no move supports that time from a truly nearer cell, nor does a
   * chain of moves along the row from a cell that is held. */
  uint64_t (*loose_row)(reach_times ms, int row, reach_prices prices, uint64_t held);
} reach_kernel;
extern const reach_kernel reach_kernel_portable;
/* Those that this processor runs from the slowest, which is the portable one; NULL beyond the last. */
const reach_kernel *reach_kernel_numbered(int i);
/* The fastest that this processor runs. */
const reach_kernel *reach_kernel_best(void);

/* ---- prices, kept with the costs (reach_prices.c) ---- */

/* Prices of tiles that all solves with the same costs share. A row is claimed by who prices it, then published; nothing is
 * taken back, so that no solve waits for another. */
typedef struct reach_kept {
  _Atomic uint64_t claimed, priced; /* rows */
} reach_kept;
struct reach_cache {
  int32_t n_tiles, n_slots;
  _Atomic int32_t next_slot;
  _Atomic int32_t *slot_of; /* per tile: 0 none yet, -1 none to be had, else the slot + 1 */
  reach_kept *kept;         /* per slot */
  reach_prices *prices;     /* REACH_SIDE rows per slot */
  /* Costs that were derived from others look there for the tiles in which nothing differs. */
  const vd_travel_costs *base;
  uint8_t *differs; /* per tile; NULL: no base */
};

/* Prices of one run that found no room in the cache: those of the tiles looked at last. */
typedef struct reach_slot {
  int32_t tile;
  uint64_t priced; /* rows */
  int64_t used;    /* when, in visits */
  reach_prices *prices;
} reach_slot;
typedef struct reach_pricer {
  const vd_travel_costs *costs;
  const reach_kernel *kernel;
  vd_arena *scratch;
  int32_t tiles_x, tiles_y;
  reach_ground *ground;
  int32_t seen;     /* tile whose ground that is, -1 none */
  int32_t *slot_of; /* per tile, -1 none */
  reach_slot *slots;
  int32_t n_slots, max_slots;
  int64_t visits;
  reach_prices *spare; /* one row */
} reach_pricer;
/* False: no memory. */
bool reach_pricer_init(reach_pricer *pricer, vd_arena *scratch, const vd_travel_costs *costs,
                       const reach_kernel *kernel);
/* To be called when a tile is taken up: where to find its prices. False: no memory. */
typedef struct reach_priced {
  reach_kept *kept;
  reach_slot *own;
  reach_prices *prices;
} reach_priced;
bool reach_prices_of(reach_pricer *pricer, int32_t tile, reach_priced *out);
/* A row's prices; good until the next call. */
uint32_t (*reach_row_prices(reach_pricer *pricer, const reach_priced *of, int32_t tile, int row))[REACH_SIDE];

/* The part of the grid that a tile sees with `around` cells beyond it: its corner, and the rows and columns from..to
 * relative to it. */
typedef struct reach_window {
  int32_t column, row, x_from, x_to, y_from, y_to;
} reach_window;
static inline int32_t reach_least(int32_t a, int32_t b) {
  return a < b ? a : b;
}
static inline int32_t reach_most(int32_t a, int32_t b) {
  return a > b ? a : b;
}
static inline reach_window reach_window_of(const vd_grid *g, int32_t tiles_x, int32_t tile, int32_t around) {
  reach_window w = {.column = tile % tiles_x * REACH_SIDE, .row = tile / tiles_x * REACH_SIDE};
  w.x_from = reach_most(-around, -w.column);
  w.y_from = reach_most(-around, -w.row);
  w.x_to = reach_least(REACH_SIDE + around, g->nx - w.column);
  w.y_to = reach_least(REACH_SIDE + around, g->ny - w.row);
  return w;
}

/* ---- one run over all vertices, cells first ---- */

typedef struct reach_tile {
  uint64_t dirty; /* rows to look at */
  uint64_t loose; /* rows that a change of costs touches, or in which times were taken back */
  bool touched;   /* a time of a cell in it was set or taken back */
} reach_tile;

/* What a thread needs to visit tiles. */
typedef struct reach_worker {
  reach_pricer pricer;
  reach_times *local;
} reach_worker;

/* What a visit changes beyond its tile, applied when no tile is being visited. */
typedef struct reach_join {
  int32_t node;
  uint32_t ms;
} reach_join;
typedef struct reach_outcome {
  int32_t tile;
  int64_t changed;   /* times set */
  uint64_t rows[9];  /* to look at in the tiles around, row by row; the tile itself is in the middle */
  uint32_t least[9]; /* the least time that changed next to them */
  reach_join *joins; /* ways onto roads */
  size_t n_joins, joins_capacity;
} reach_outcome;

/* What solves reuse so that each costs in proportion to what it reaches. Between solves the times of the last are in `ms`. */
struct vd_travel_scratch {
  const vd_travel_network *net;
  uint32_t *ms;
  reach_heap tile_heap, node_heap;
  reach_tile *tiles;
  int32_t n_tiles;
  int32_t *nodes; /* those with a time */
  int32_t n_nodes;
  int32_t *reached; /* tiles with a cell that has a time */
  size_t n_reached;
};
/* Takes the times of the last solve back. */
void reach_scratch_clear(vd_travel_scratch *kept);
/* Lists the tiles of a solve that is done. */
void reach_scratch_list(vd_travel_scratch *kept);

enum { REACH_MOST_THREADS = 16, REACH_BATCH = 4 /* tiles for each thread at a time */ };

typedef struct reach_run {
  const vd_travel_costs *costs;
  const reach_kernel *kernel;
  vd_arena *scratch;
  vd_jobs *jobs;
  uint32_t *ms;
  uint32_t cutoff_ms;
  reach_heap tile_heap, node_heap;
  reach_tile *tiles;
  int32_t tiles_x, tiles_y;
  int n_workers;
  reach_worker workers[REACH_MOST_THREADS];
  vd_arena *arenas[REACH_MOST_THREADS]; /* of the workers */
  reach_outcome outcomes[REACH_MOST_THREADS * REACH_BATCH];
  int64_t changed; /* times of cells and nodes set, in all */
  vd_travel_scratch *kept;
} reach_run;

/* Sets a run up over given times of all vertices, or over those of `kept` (NULL). What else it needs is of `kept`, which
 * must be cleared, or of `scratch` when that is NULL. `jobs` may be NULL. To be ended also when it failed. */
vd_status reach_start(vd_arena *scratch, const vd_travel_costs *costs, const reach_kernel *kernel,
                      uint32_t cutoff_ms, vd_jobs *jobs, uint32_t *ms, vd_travel_scratch *kept,
                      reach_run *run);
void reach_end(reach_run *run);
/* Lowers a vertex when `ms` is less and within the cut-off, and notes what that may change. */
void reach_lower(reach_run *run, int32_t vertex, uint32_t ms);
/* Marks the rows of tiles into which the cells of a row, columns first..last, have moves, but for one tile (-1: none). */
void reach_wake(reach_run *run, int32_t first, int32_t last, int32_t row, uint32_t ms, int32_t except);
/* Copies the times in and around a tile to a worker's. */
void reach_load(const reach_run *run, int32_t tile, reach_times *local);
/* Brings tiles that do not touch to a standstill within themselves, on all threads: those of the first n outcomes.
 * VD_ERR_MEMORY. */
vd_status reach_visit(reach_run *run, int n);
/* Goes on until nothing changes. VD_ERR_CANCELLED, VD_ERR_MEMORY. */
vd_status reach_flow(reach_run *run, const vd_progress *cancel);
/* vd_travel_solve_with by a given kernel. */
vd_status reach_solve(vd_arena *arena, const vd_travel_costs *costs, const reach_kernel *kernel,
                      const vd_travel_source *source, const vd_travel_options *options, vd_travel_field *out);
vd_status reach_no_memory(void);
vd_status reach_cancelled(void);

#endif
