/* frame: shapes cut to a view and simplified for its scale.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "carto/shape.h"

enum { TOLERANCE_UM = 60 }; /* what simplifying may move a line on paper, in thousandths of a millimetre */

vd_frame vd_frame_of(const vd_map_view *view, double margin_mm, vd_arena *arena) {
  double m = margin_mm / view->mm_per_m;
  vd_box box = vd_map_view_box(view);
  box = (vd_box){box.min_x - m, box.min_y - m, box.max_x + m, box.max_y + m};
  return (vd_frame){view, box, TOLERANCE_UM / 1000.0 / view->mm_per_m, arena};
}

/* Points and parts being collected; xy and start grow in the arena. */
typedef struct bag {
  vd_arena *arena;
  double *xy;
  size_t n_xy, cap_xy;
  int32_t *start;
  size_t n_start, cap_start;
} bag;

static void add_point(bag *to, double x, double y) {
  *VD_PUSH(to->arena, to->xy, to->n_xy, to->cap_xy) = x;
  *VD_PUSH(to->arena, to->xy, to->n_xy, to->cap_xy) = y;
}

static void begin_part(bag *to) {
  *VD_PUSH(to->arena, to->start, to->n_start, to->cap_start) = (int32_t)(to->n_xy / 2);
}

/* Liang and Barsky: the part t0..t1 of a segment inside the box; false when none. */
static bool clip_segment(vd_box box, const double *a, const double *b, double *t0, double *t1) {
  double d[2] = {b[0] - a[0], b[1] - a[1]};
  double p[4] = {-d[0], d[0], -d[1], d[1]};
  double q[4] = {a[0] - box.min_x, box.max_x - a[0], a[1] - box.min_y, box.max_y - a[1]};
  *t0 = 0, *t1 = 1;
  for (int k = 0; k < 4; k++) {
    if (p[k] == 0) {
      if (q[k] < 0) return false;
      continue;
    }
    double r = q[k] / p[k];
    if (p[k] < 0) *t0 = fmax(*t0, r);
    if (p[k] > 0) *t1 = fmin(*t1, r);
  }
  return *t0 <= *t1;
}

static void clip_line(bag *to, vd_box box, const double *xy, size_t n) {
  bool open = false;
  for (size_t i = 0; i + 1 < n; i++) {
    const double *a = xy + 2 * i, *b = a + 2;
    double t0, t1;
    if (!clip_segment(box, a, b, &t0, &t1)) {
      open = false;
      continue;
    }
    if (!open || t0 > 0) {
      begin_part(to);
      add_point(to, a[0] + t0 * (b[0] - a[0]), a[1] + t0 * (b[1] - a[1]));
    }
    add_point(to, a[0] + t1 * (b[0] - a[0]), a[1] + t1 * (b[1] - a[1]));
    open = t1 >= 1;
  }
}

/* One side of Sutherland and Hodgman: keeps what lies on the inner side of x (axis 0) or y (axis 1) = at. */
static size_t clip_side(const double *in, size_t n, double *out, int axis, double at, double sign) {
  size_t k = 0;
  for (size_t i = 0; i < n; i++) {
    const double *a = in + 2 * i, *b = in + 2 * ((i + 1) % n);
    bool a_in = sign * (a[axis] - at) >= 0, b_in = sign * (b[axis] - at) >= 0;
    if (a_in) memcpy(out + 2 * k++, a, 2 * sizeof *a);
    if (a_in == b_in) continue;
    double t = (at - a[axis]) / (b[axis] - a[axis]);
    out[2 * k] = a[0] + t * (b[0] - a[0]);
    out[2 * k + 1] = a[1] + t * (b[1] - a[1]);
    out[2 * k + (size_t)axis] = at;
    k++;
  }
  return k;
}

static void clip_ring(bag *to, vd_box box, double *xy, size_t n) {
  double *other = VD_NEW_ARRAY(to->arena, double, 12 * n + 32);
  double *one = VD_NEW_ARRAY(to->arena, double, 12 * n + 32);
  if (n > 1 && xy[0] == xy[2 * n - 2] && xy[1] == xy[2 * n - 1]) n--;
  n = clip_side(xy, n, one, 0, box.min_x, 1);
  n = clip_side(one, n, other, 0, box.max_x, -1);
  n = clip_side(other, n, one, 1, box.min_y, 1);
  n = clip_side(one, n, other, 1, box.max_y, -1);
  if (n < 3) return;
  begin_part(to);
  for (size_t i = 0; i < n; i++) add_point(to, other[2 * i], other[2 * i + 1]);
}

static bool box_within(vd_box inner, vd_box outer) {
  return inner.min_x >= outer.min_x && inner.max_x <= outer.max_x && inner.min_y >= outer.min_y &&
         inner.max_y <= outer.max_y;
}

/* The points of a part that the tolerance keeps; their number. */
static size_t simplified(const vd_frame *frame, const vd_shape *shape, int32_t part, double *out) {
  size_t n = 0;
  for (int32_t i = shape->part_start[part]; i < shape->part_start[part + 1]; i++) {
    if (shape->keep_m && shape->keep_m[i] < frame->tol_m) continue;
    memcpy(out + 2 * n++, shape->xy_m + 2 * i, 2 * sizeof *out);
  }
  return n;
}

static void add_part(bag *to, const vd_frame *frame, const vd_shape *shape, double *xy, size_t n) {
  if (shape->type == VD_GEOM_POLYGON && n < 4) return; /* smaller than the tolerance */
  if (shape->type == VD_GEOM_LINE && n < 2) return;
  if (box_within(shape->box, frame->box)) {
    begin_part(to);
    for (size_t i = 0; i < n; i++) add_point(to, xy[2 * i], xy[2 * i + 1]);
  } else if (shape->type == VD_GEOM_POLYGON) {
    clip_ring(to, frame->box, xy, n);
  } else {
    clip_line(to, frame->box, xy, n);
  }
}

vd_path vd_frame_path(const vd_frame *frame, const vd_shape *shape) {
  bag all = {.arena = frame->arena};
  vd_path none = {0};
  if (shape->n_points == 0 || !vd_box_touches(shape->box, frame->box)) return none;
  double *part = VD_NEW_ARRAY(frame->arena, double, 2 * shape->n_points);
  for (int32_t p = 0; p < shape->n_parts; p++)
    add_part(&all, frame, shape, part, simplified(frame, shape, p, part));
  if (all.n_start == 0) return none;
  for (size_t i = 0; i < all.n_xy; i += 2)
    vd_map_view_to_mm(frame->view, all.xy[i], all.xy[i + 1], &all.xy[i], &all.xy[i + 1]);
  int32_t n_parts = (int32_t)all.n_start;
  begin_part(&all);
  return (vd_path){.xy = all.xy,
                   .n_points = (int32_t)(all.n_xy / 2),
                   .n_parts = n_parts,
                   .part_start = all.start,
                   .closed = shape->type == VD_GEOM_POLYGON};
}
