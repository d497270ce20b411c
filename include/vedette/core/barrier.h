/* barrier: lines that cannot be crossed (rivers, shores) and the moves they shut.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_BARRIER_H
#define VEDETTE_CORE_BARRIER_H

#include "vedette/core/grid.h"
#include "vedette/core/terrain.h"

/* Sign of the area of triangle a, b, c: 1 counter-clockwise, -1 clockwise, 0 exactly on one line. Exact for all
 * finite coordinates (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997). */
int vd_orient(double ax, double ay, double bx, double by, double cx, double cy);
/* Whether the closed segments a-b and c-d have a point in common; touching counts; exact. */
bool vd_segment_crosses(double ax, double ay, double bx, double by, double cx, double cy, double dx,
                        double dy);

/* Barrier segments sorted by the cells they run through. */
typedef struct vd_barriers vd_barriers;
/* `lines` are n geometries in plane coordinates: lines, and polygons whose rings are the shores. What lies outside
 * the grid is left out. Everything is copied into the arena. VD_ERR_MEMORY when it does not fit. */
vd_status vd_barriers_new(vd_arena *arena, const vd_grid *grid, const vd_geom *const *lines, size_t n,
                          vd_barriers **out);
size_t vd_barriers_n(const vd_barriers *barriers);
/* Whether a-b crosses or touches a barrier. NULL barriers: never. */
bool vd_barriers_cross(const vd_barriers *barriers, double ax, double ay, double bx, double by);
/* The positions t (0..1, ascending) along a-b at which it meets barriers; in the arena. */
size_t vd_barriers_hits(vd_arena *arena, const vd_barriers *barriers, double ax, double ay, double bx,
                        double by, double **t);
/* Per cell, bit k set when the straight line of move k, from centre to centre, crosses or touches a barrier. */
uint16_t *vd_barriers_moves(vd_arena *arena, const vd_barriers *barriers);

#endif
