/* shape: what is asked of shapes in the plane: valid, inside, clipped, grown. By GEOS.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Coordinates are taken as plane coordinates of whatever system they are in; lon/lat works for clipping and for point in
 * polygon (edges are straight in degrees, as in every GIS) but not for growing, which wants metres. */
#ifndef VEDETTE_GEO_SHAPE_H
#define VEDETTE_GEO_SHAPE_H

#include "vedette/base/geom.h"
#include "vedette/base/status.h"

/* Finite coordinates, enough points in each part, and for polygons no crossing edges. */
bool vd_shape_valid(const vd_geom *geom);
/* A valid polygon of the same outline (GEOS MakeValid: bow-ties become two rings), holes after their outer ring; NULL when
 * nothing with an area is left or the outline crosses itself more than 10 000 times. A valid geometry is returned as it is;
 * *changed (may be NULL) tells. */
const vd_geom *vd_shape_repair(vd_arena *arena, const vd_geom *geom, bool *changed);
/* What two shapes share, of a's dimension; an empty geometry when nothing. `b` is a polygon. */
vd_status vd_shape_clip(vd_arena *arena, const vd_geom *a, const vd_geom *b, vd_geom **out);
/* All polygons together; overlapping ones melt. */
vd_status vd_shape_union(vd_arena *arena, const vd_geom *const *polygons, size_t n, vd_geom **out);
/* The polygon within `distance` of a geometry, `quadrant_segments` corners a quarter circle. */
vd_status vd_shape_buffer(vd_arena *arena, const vd_geom *geom, double distance, int quadrant_segments,
                          vd_geom **out);
/* A point certainly inside a polygon, for labels. */
vd_status vd_shape_inner_point(const vd_geom *polygon, double *x, double *y);

/* Many points against one polygon; points on the edge count as inside. One thread at a time. */
typedef struct vd_inside vd_inside;
vd_status vd_inside_new(const vd_geom *polygon, vd_inside **out);
void vd_inside_free(vd_inside *inside);
void vd_inside_cleanup(vd_inside **inside);
bool vd_inside_test(vd_inside *inside, double x, double y);

#endif
