/* terrain: the table of the sixteen moves.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/terrain.h"

#include <math.h>

#define STRAIGHT(x, y)                                                                                       \
  {                                                                                                          \
    .dx = (x), .dy = (y), .n = 2, .cx = {0, (x)}, .cy = { 0, (y) }                                           \
  }
#define DIAGONAL(x, y)                                                                                       \
  {                                                                                                          \
    .dx = (x), .dy = (y), .n = 2, .cx = {0, (x)}, .cy = {0, (y)}, .side_x = {(x), 0}, .side_y = {0, (y)},    \
    .diagonal = true                                                                                         \
  }
#define KNIGHT_FLAT(x, y)                                                                                    \
  {                                                                                                          \
    .dx = 2 * (x), .dy = (y), .n = 4, .cx = {0, (x), (x), 2 * (x)}, .cy = { 0, 0, (y), (y) }                 \
  }
#define KNIGHT_STEEP(x, y)                                                                                   \
  {                                                                                                          \
    .dx = (x), .dy = 2 * (y), .n = 4, .cx = {0, 0, (x), (x)}, .cy = { 0, (y), (y), 2 * (y) }                 \
  }

const vd_move vd_moves[VD_MOVES] = {
    STRAIGHT(1, 0),     STRAIGHT(-1, 0),      STRAIGHT(0, 1),      STRAIGHT(0, -1),
    DIAGONAL(1, 1),     DIAGONAL(-1, -1),     DIAGONAL(1, -1),     DIAGONAL(-1, 1),
    KNIGHT_FLAT(1, 1),  KNIGHT_FLAT(-1, -1),  KNIGHT_FLAT(1, -1),  KNIGHT_FLAT(-1, 1),
    KNIGHT_STEEP(1, 1), KNIGHT_STEEP(-1, -1), KNIGHT_STEEP(1, -1), KNIGHT_STEEP(-1, 1)};

double vd_slope(float from_m, float to_m, double length_m) {
  double rise = (double)to_m - (double)from_m;
  return isfinite(rise) && length_m > 0 ? rise / length_m : 0;
}
