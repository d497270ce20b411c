/* geom: coordinate arrays, the one form in which shapes travel between the folders.
 * SPDX-License-Identifier: Apache-2.0
 *
 * In a plan the coordinates are longitude and latitude in degrees, WGS 84 (EPSG:4326, x = longitude first);
 * elsewhere the owner says which. No algorithm lives here. */
#ifndef VEDETTE_BASE_GEOM_H
#define VEDETTE_BASE_GEOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"

typedef enum vd_geom_type { VD_GEOM_NONE = 0, VD_GEOM_POINT, VD_GEOM_LINE, VD_GEOM_POLYGON } vd_geom_type;

/* Points: one part with all points. Lines: a part a line. Polygons: a part a ring (closed: first = last);
 * `hole[part]` tells holes, which follow their outer ring. */
typedef struct vd_geom {
  vd_geom_type type;
  int32_t n_parts;
  int32_t n_points;
  int32_t *part_start; /* n_parts + 1 entries, part_start[n_parts] == n_points */
  uint8_t *hole;       /* n_parts entries for polygons, else NULL */
  double *xy;          /* 2 * n_points: x0 y0 x1 y1 ... */
} vd_geom;

typedef struct vd_box {
  double min_x, min_y, max_x, max_y;
} vd_box;

/* An uninitialised geometry of the given size in the arena; NULL when too large. part_start[0] = 0 and
 * part_start[n_parts] = n_points are set, `hole` zeroed. */
vd_geom *vd_geom_new(vd_arena *arena, vd_geom_type type, int32_t n_parts, int32_t n_points);
vd_geom *vd_geom_point(vd_arena *arena, double x, double y);
/* One line or one closed ring from an xy array (a ring is closed when it is not yet). */
vd_geom *vd_geom_line(vd_arena *arena, const double *xy, int32_t n_points);
vd_geom *vd_geom_ring(vd_arena *arena, const double *xy, int32_t n_points);
vd_geom *vd_geom_copy(vd_arena *arena, const vd_geom *geom);
bool vd_geom_empty(const vd_geom *geom);
bool vd_geom_equal(const vd_geom *a, const vd_geom *b);

/* The empty box (min > max), growing it, and what touches. */
vd_box vd_box_empty(void);
vd_box vd_geom_box(const vd_geom *geom);
vd_box vd_box_add(vd_box box, double x, double y);
vd_box vd_box_join(vd_box a, vd_box b);
bool vd_box_is_empty(vd_box box);
bool vd_box_touches(vd_box a, vd_box b);

/* The part of the segment p..q within the radius of the origin, as 0 <= *s0 <= *s1 <= 1; false when none is. */
bool vd_segment_within(const double p[2], const double q[2], double radius, double *s0, double *s1);

#endif
