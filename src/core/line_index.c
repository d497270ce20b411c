/* line_index: which of many lines passes nearest to a place.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/line_index.h"

#include <math.h>

#include "core/box_tree.h"
#include "vedette/base/i18n.h"
#include "vedette/core/proximity.h"

typedef struct segment {
  const double *a; /* two points in a row */
  int32_t line;
} segment;

struct vd_line_index {
  segment *segments;
  box_tree tree;
};

static vd_box box_of_segment(const void *context, int32_t item) {
  const double *a = ((const segment *)context)[item].a;
  return vd_box_add(vd_box_add(vd_box_empty(), a[0], a[1]), a[2], a[3]);
}

vd_status vd_line_index_new(vd_arena *arena, const vd_plane_line *lines, size_t n, vd_line_index **out) {
  size_t n_segments = 0;
  for (size_t i = 0; i < n; i++) n_segments += lines[i].n > 1 ? (size_t)lines[i].n - 1 : 0;
  if (n_segments > INT32_MAX) return vd_fail(VD_ERR_LIMIT, _("There are too many roads."));
  vd_line_index *index = VD_NEW(arena, vd_line_index);
  index->segments = vd_arena_try_alloc(arena, n_segments + 1, sizeof *index->segments);
  if (!index->segments) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads."));
  size_t at = 0;
  for (size_t i = 0; i < n; i++)
    for (int32_t k = 0; k + 1 < lines[i].n; k++)
      index->segments[at++] = (segment){lines[i].xy + 2 * (size_t)k, (int32_t)i};
  *out = index;
  return box_tree_new(arena, (int32_t)n_segments, box_of_segment, index->segments, true, &index->tree);
}

enum { SCALE = 2 }; /* the plane's scale is below 1.5 up to 10 000 km from its origin */

vd_lines_near vd_line_index_near(const vd_line_index *index, vd_arena *arena, vd_box box, double within_m) {
  double side = SCALE * within_m;
  vd_lines_near near = {NULL, 0};
  box = (vd_box){box.min_x - side, box.min_y - side, box.max_x + side, box.max_y + side};
  int32_t *found = box_tree_near(arena, &index->tree, box, &near.n);
  size_t n = 0;
  for (size_t i = 0; i < near.n; i++)
    if (vd_box_touches(box_of_segment(index->segments, found[i]), box)) found[n++] = found[i];
  return (vd_lines_near){found, n};
}

int32_t vd_line_index_nearest(const vd_line_index *index, const vd_lines_near *near, double x_m, double y_m,
                              double within_m) {
  double best_m = within_m;
  int32_t line = -1;
  for (size_t i = 0; i < near->n; i++) {
    const segment *s = &index->segments[near->segments[i]];
    double t = vd_segment_nearest(x_m, y_m, s->a[0], s->a[1], s->a[2], s->a[3]);
    double off_x = s->a[0] + t * (s->a[2] - s->a[0]) - x_m, off_y = s->a[1] + t * (s->a[3] - s->a[1]) - y_m;
    if (hypot(off_x, off_y) > SCALE * best_m) continue;
    double d = vd_segment_distance_m(x_m, y_m, s->a[0], s->a[1], s->a[2], s->a[3]);
    if (line < 0 ? d <= best_m : d < best_m) best_m = d, line = s->line;
  }
  return line;
}
