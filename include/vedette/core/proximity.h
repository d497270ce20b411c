/* proximity: distances on the ground between places, lines and cells.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_PROXIMITY_H
#define VEDETTE_CORE_PROXIMITY_H

#include "vedette/core/grid.h"

/* The point of segment a-b nearest to p in the plane, as t in 0..1. */
double vd_segment_nearest(double px, double py, double ax, double ay, double bx, double by);
/* Distance on the ground from a point to the nearest place on a segment; to a geometry (its points, lines and rings; 0
 * inside a polygon); INFINITY for an empty one. */
double vd_segment_distance_m(double px, double py, double ax, double ay, double bx, double by);
double vd_geom_distance_m(const vd_geom *geom, double x_m, double y_m);
/* Cells whose centre is at most radius_m from the point, or the geometry; ascending, in the arena. */
int32_t *vd_cells_within(vd_arena *arena, const vd_grid *grid, double x_m, double y_m, double radius_m,
                         size_t *n);
int32_t *vd_cells_near(vd_arena *arena, const vd_grid *grid, const vd_geom *geom, double radius_m, size_t *n);

#endif
