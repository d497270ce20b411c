/* shape: a geometry in the plane (metres), ready to be drawn at any scale.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_SHAPE_H
#define VEDETTE_CARTO_SHAPE_H

#include "vedette/carto/map.h"
#include "vedette/geo/crs.h"

/* Like vd_geom, in metres. `keep_m` of a point is the coarsest tolerance at which Douglas and Peucker's line
 * (Cartographica 10, 1973) still holds it, so that simplifying for a scale is one comparison a point. */
typedef struct vd_shape {
  vd_geom_type type;
  int32_t n_parts, n_points;
  const int32_t *part_start;
  double *xy_m;
  float *keep_m; /* NULL for points */
  vd_box box;    /* empty when there is nothing */
} vd_shape;

/* Projects `geom` (NULL: an empty shape); points without an image are dropped with their part. */
vd_shape vd_shape_project(vd_arena *arena, const vd_geom *geom, vd_transform *transform);
/* Works out keep_m and box of a shape whose other members are set. */
void vd_shape_prepare(vd_arena *arena, vd_shape *shape);
/* Length of all parts in the plane. */
double vd_shape_length_m(const vd_shape *shape);
/* Distance from a point to the nearest point, line or ring of the shape; INFINITY when it is empty. */
double vd_shape_distance_m(const vd_shape *shape, double x_m, double y_m);
/* Even-odd over all rings. */
bool vd_shape_holds(const vd_shape *shape, double x_m, double y_m);
/* A place well inside a polygon (the middle of its widest chord near the middle), within `box`; false when none. */
bool vd_shape_inside_place(const vd_shape *shape, vd_box box, double *x_m, double *y_m);

/* What drawing a shape in a view needs. */
typedef struct vd_frame {
  const vd_map_view *view;
  vd_box box;   /* of the plane that is drawn: the view and a margin */
  double tol_m; /* simplifying tolerance */
  vd_arena *arena;
} vd_frame;
vd_frame vd_frame_of(const vd_map_view *view, double margin_mm, vd_arena *arena);
/* The shape as a path in the view's millimetres, simplified and cut to the frame's box; n_parts 0: nothing to see. */
vd_path vd_frame_path(const vd_frame *frame, const vd_shape *shape);

#endif
