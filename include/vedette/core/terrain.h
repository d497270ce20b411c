/* terrain: what lies under the off-road grid, and the sixteen moves a walker or driver makes on it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_TERRAIN_H
#define VEDETTE_CORE_TERRAIN_H

#include "vedette/base/terms.h"
#include "vedette/core/grid.h"

/* Layers of vd_grid_n(grid) values each, borrowed. */
typedef struct vd_terrain {
  vd_grid grid;
  const uint8_t *ground;    /* vd_ground: land cover, VD_GROUND_BARE .. VD_GROUND_WATER */
  const float *elevation_m; /* NaN unknown (then no slope is reckoned); NULL: flat */
  const uint16_t *blocked;  /* bit k: move k from this cell crosses a barrier line (barrier.h); NULL: none */
} vd_terrain;

/* Moves to the 8 king's and 8 knight's neighbours. With them the way in the worst direction over uniform ground is
 * 1/cos(atan(1/2)/2) = 1.0275 of the straight line. Index k ^ 1 is the opposite of move k. */
enum { VD_MOVES = 16, VD_KING_MOVES = 8, VD_MOVE_CELLS = 4 };
typedef struct vd_move {
  int8_t dx, dy; /* columns east, rows south */
  int8_t n; /* cells the straight line from centre to centre runs through: 2 for a king, 4 for a knight */
  int8_t cx[VD_MOVE_CELLS],
      cy[VD_MOVE_CELLS]; /* their offsets, the first 0,0 and the last dx,dy; equal shares */
  int8_t side_x[2],
      side_y[2]; /* diagonal: the two cells whose corner it passes (both barriers: it is shut) */
  bool diagonal;
} vd_move;
extern const vd_move vd_moves[VD_MOVES];

/* Rise over run of a step between two elevations; 0 when one is unknown. */
double vd_slope(float from_m, float to_m, double length_m);

#endif
