/* line_index: which of many lines passes nearest to a place.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_LINE_INDEX_H
#define VEDETTE_CORE_LINE_INDEX_H

#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/geom.h"
#include "vedette/base/status.h"

/* A line in plane coordinates: 2 * n numbers, borrowed as long as the index lives. */
typedef struct vd_plane_line {
  const double *xy;
  int32_t n;
} vd_plane_line;

typedef struct vd_line_index vd_line_index;
/* In the arena; does not change. VD_ERR_MEMORY, VD_ERR_LIMIT. */
vd_status vd_line_index_new(vd_arena *arena, const vd_plane_line *lines, size_t n, vd_line_index **out);
/* The segments that may be nearest, at most within_m away, to a place of the box; in the arena. */
typedef struct vd_lines_near {
  const int32_t *segments;
  size_t n;
} vd_lines_near;
vd_lines_near vd_line_index_near(const vd_line_index *index, vd_arena *arena, vd_box box, double within_m);
/* The number of the line nearest to (x, y) on the ground, at most within_m away; of equally near ones the first; -1 none. `near`
 * is of a box that holds the place, and of the same within_m. */
int32_t vd_line_index_nearest(const vd_line_index *index, const vd_lines_near *near, double x_m, double y_m,
                              double within_m);

#endif
