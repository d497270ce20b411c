/* extent: boxes of operations in device space, never too small.
 * SPDX-License-Identifier: Apache-2.0 */
#include "draw/extent.h"

#include <math.h>

#include "draw/engine.h"

enum { MITER_LIMIT = 4 };

vd_box vd_box_meet(vd_box a, vd_box b) {
  vd_box met = {fmax(a.min_x, b.min_x), fmax(a.min_y, b.min_y), fmin(a.max_x, b.max_x),
                fmin(a.max_y, b.max_y)};
  return met.min_x > met.max_x || met.min_y > met.max_y ? vd_box_empty() : met;
}

double vd_affine_stretch(const vd_affine *m) {
  /* The larger singular value of the 2 x 2 part. */
  double e = (m->xx + m->yy) / 2, f = (m->xx - m->yy) / 2, g = (m->yx + m->xy) / 2, h = (m->yx - m->xy) / 2;
  return hypot(e, h) + hypot(f, g);
}

vd_affine vd_view_matrix(const vd_view *view) {
  double s = view->px_per_mm;
  return (vd_affine){.xx = s, .yy = s, .x0 = -view->origin_x_mm * s, .y0 = -view->origin_y_mm * s};
}

bool vd_affine_invert(const vd_affine *m, vd_affine *inverse) {
  double det = m->xx * m->yy - m->xy * m->yx;
  if (!(fabs(det) > 1e-18)) return false;
  *inverse = (vd_affine){.xx = m->yy / det, .yx = -m->yx / det, .xy = -m->xy / det, .yy = m->xx / det};
  inverse->x0 = -(inverse->xx * m->x0 + inverse->xy * m->y0);
  inverse->y0 = -(inverse->yx * m->x0 + inverse->yy * m->y0);
  return true;
}

vd_box vd_box_under(vd_box box, const vd_affine *m) {
  double xs[] = {box.min_x, box.max_x}, ys[] = {box.min_y, box.max_y};
  vd_box under = vd_box_empty();
  if (vd_box_is_empty(box)) return under;
  for (int i = 0; i < 4; i++) {
    double x = xs[i & 1], y = ys[i >> 1];
    vd_affine_apply(m, &x, &y);
    under = vd_box_add(under, x, y);
  }
  return under;
}

static vd_box widened(vd_box box, double by) {
  if (vd_box_is_empty(box)) return box;
  return (vd_box){box.min_x - by, box.min_y - by, box.max_x + by, box.max_y + by};
}

static vd_box rect_extent(vd_rect r, const vd_affine *m) {
  return vd_box_under((vd_box){r.x, r.y, r.x + r.w, r.y + r.h}, m);
}

vd_box vd_shape_extent(const vd_shape *shape, const vd_affine *m) {
  return vd_box_under(shape->box, m);
}

static vd_box stroke_extent(const vd_op_stroke *data, const vd_affine *m) {
  bool corners = data->shape.path.n_points > 2 && data->stroke.join == VD_JOIN_MITER;
  double reach = data->stroke.width_mm / 2 * (corners ? MITER_LIMIT : 1.5);
  return widened(vd_shape_extent(&data->shape, m), reach * vd_affine_stretch(m) + 1);
}

static vd_box text_extent(vd_draw *draw, const vd_text_run *run, const vd_affine *m) {
  vd_rect r = vd_text_run_box(draw, run);
  /* Letters are set on whole pixels, a pixel away at most; another for their soft edges. */
  return widened(rect_extent(r, m), 2);
}

vd_box vd_op_extent(vd_draw *draw, const vd_op *op, const vd_affine *m) {
  switch ((vd_op_kind)op->kind) {
  case VD_OP_FILL:
  case VD_OP_HATCH:
    return widened(vd_shape_extent(op->data, m), 1);
  case VD_OP_STROKE:
    return stroke_extent(op->data, m);
  case VD_OP_TEXT:
    return text_extent(draw, op->data, m);
  case VD_OP_IMAGE:
    return widened(rect_extent(((const vd_op_image *)op->data)->rect, m), 1);
  case VD_OP_SURFACE:
    return widened(rect_extent(((const vd_op_surface *)op->data)->rect, m), 1);
  case VD_OP_ICON:
    return widened(rect_extent(((const vd_op_icon *)op->data)->rect, m), 1);
  default:
    return vd_box_empty();
  }
}
