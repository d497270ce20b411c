/* extent: which pixels an operation can touch.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_EXTENT_H
#define VEDETTE_DRAW_EXTENT_H

#include "draw/ops.h"
#include "vedette/draw/surface.h"

/* The box in device space, under `m`, of a drawing operation; empty for the others and for VD_OP_SUB. */
vd_box vd_op_extent(vd_draw *draw, const vd_op *op, const vd_affine *m);
/* The box of a shape's points, without any line width. */
vd_box vd_shape_extent(const vd_shape *shape, const vd_affine *m);
vd_box vd_box_meet(vd_box a, vd_box b);
/* The largest stretch of a length under `m`. */
double vd_affine_stretch(const vd_affine *m);
vd_affine vd_view_matrix(const vd_view *view);
/* False when `m` flattens the plane. */
bool vd_affine_invert(const vd_affine *m, vd_affine *inverse);
vd_box vd_box_under(vd_box box, const vd_affine *m);

#endif
