/* friction: the tiles in which least costs spread over a friction raster; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A tile of 64 x 64 cells with the cells around it fits the processor's cache. It is looked at upright and turned (rows and
 * columns swapped): going down or up the rows of one aspect, a row at a time in vectors, takes in all moves that leave the
 * row, and what only moves along a row can better is left to the other aspect. A way that keeps to one half-plane is so
 * followed through the tile in one sweep, wherever it bends. A tile is taken when it has the least cost of those that a
 * neighbour has bettered; never two at once that touch. */
#ifndef VEDETTE_CORE_FRICTION_TILE_H
#define VEDETTE_CORE_FRICTION_TILE_H

#include "vedette/core/friction.h"

/* Moves look three cells beyond a tile. `FRICTION_LEFT` keeps rows aligned; vectors to the left and right of the tile may
 * read on into the padding of the next row. */
enum { FRICTION_SIDE = 64, FRICTION_EDGE = 3, FRICTION_LEFT = 32, FRICTION_STRIDE = 112, FRICTION_TOP = 4 };
enum { FRICTION_ROWS = FRICTION_SIDE + 2 * FRICTION_TOP, FRICTION_WIDEST = 16 };

/* Cell (column, row) of the tile is at friction_at(plane, row) + column. */
typedef struct friction_plane {
  _Alignas(64) float cells[(FRICTION_ROWS + 1) * FRICTION_STRIDE];
} friction_plane;
static inline float *friction_at(friction_plane *plane, int row) {
  return plane->cells + (row + FRICTION_TOP) * FRICTION_STRIDE + FRICTION_LEFT;
}

/* What a move costs for a unit of the sum that friction_kernel_body.h makes; named after columns and rows. */
typedef struct friction_rates {
  float x1y0, x0y1, x1y1, x2y1, x1y2, x3y1, x1y3, x3y2, x2y3;
} friction_rates;

typedef struct friction_aspect {
  friction_rates rates;
  friction_plane value;
  /* Sums of two neighbours: with that on the right, that below, below to the right, and of that on the right with that below. A
   * corner between two impassable cells makes the last two INFINITY. */
  friction_plane right, below, fall, rise;
  friction_plane cost, from;
} friction_aspect;

/* The inner loops for one kind of processor; all yield the same bits. */
typedef struct friction_kernel {
  /* Sums of neighbours, all rows. */
  void (*pair)(friction_aspect *aspect);
  /* Lowers cells [x, x + n) of a row of costs, `own` (the aspect's or a copy), by the moves from the rows above (`towards` 1)
   * or below (-1); true when any has changed; sets all bits of `lanes` at the columns that have. x and n are multiples of
   * FRICTION_WIDEST. */
  bool (*lower)(friction_aspect *aspect, int row, int towards, float *own, int x, int n, uint32_t *lanes);
  /* The same for the numbers of sources, over moves that attain the cost. */
  bool (*inherit)(friction_aspect *aspect, int row, int towards, float *own, int x, int n, uint32_t *lanes);
  /* Sets lanes where a move along the row from the left (right) would better a cell of the tile. */
  void (*along_costs)(friction_aspect *aspect, int row, uint32_t *from_left, uint32_t *from_right);
  void (*along_sources)(friction_aspect *aspect, int row, uint32_t *from_left, uint32_t *from_right);
} friction_kernel;
extern const friction_kernel friction_kernel_portable;
/* By number, the portable one first; NULL beyond those that this processor runs. */
const friction_kernel *friction_kernel_at(int number);
/* The fastest that this processor runs. */
const friction_kernel *friction_kernel_best(void);

/* Bits of what a visit has to look at: sides of the tile beyond which costs have fallen, or all of the tile. */
enum { FRICTION_WEST = 1, FRICTION_EAST = 2, FRICTION_NORTH = 4, FRICTION_SOUTH = 8, FRICTION_ALL = 16 };

typedef struct friction_solver {
  const vd_friction *friction;
  const friction_kernel *kernel;
  vd_friction_field field;
  bool inheriting; /* the numbers of sources, after the costs */
  int32_t tiles_x, tiles_y;
  friction_rates rates, turned;
} friction_solver;

/* What one worker works with. */
typedef struct friction_desk {
  friction_aspect upright, turned;
} friction_desk;
void friction_desk_init(friction_desk *desk, const friction_solver *solver);

/* By neighbour (row by row, itself in the middle): the least cost at which a cell of it can be bettered, INFINITY none. */
typedef struct friction_wakes {
  float least[9];
} friction_wakes;
/* Brings a tile to a standstill within itself and writes it back. */
void friction_visit(const friction_solver *solver, friction_desk *desk, int32_t tile, unsigned what,
                    friction_wakes *wakes);

/* vd_friction_solve with a given kernel. */
vd_status friction_solve(vd_arena *arena, const vd_friction *friction, const friction_kernel *kernel,
                         const vd_friction_source *sources, size_t n_sources, float most, bool with_from,
                         vd_jobs *jobs, const vd_progress *progress, vd_friction_field *out);

#endif
