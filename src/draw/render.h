/* render: plays a canvas on a cairo context; the parts that the files of draw share.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_RENDER_H
#define VEDETTE_DRAW_RENDER_H

#include <cairo.h>

#include "draw/extent.h"
#include "draw/ops.h"
#include "vedette/draw/surface.h"

typedef struct vd_render {
  vd_draw *draw;
  cairo_t *cr;
  vd_box target; /* what of the device is drawn */
  bool vector;   /* PDF and SVG: text stays text, drawings stay paths */
  atomic_bool *cancel;
  vd_arena *scratch;
  double *opacities; /* of open saves (-1) and groups */
  size_t depth, capacity;
  vd_status status; /* the first failure after which drawing went on */
  const char *message;
} vd_render;

/* Draws everything; cr's matrix is set from `matrix`. */
vd_status vd_render_canvas(vd_render *render, const vd_canvas *canvas, const vd_affine *matrix);

/* The current matrix of cr. */
vd_affine vd_render_matrix(const vd_render *render);
void vd_render_color(cairo_t *cr, vd_rgba color);
/* Puts a shape's outline on cr as the current path. What lies far outside the device is cut away first, since
 * cairo's numbers end at about 8 million pixels. */
void vd_emit_shape(vd_render *render, const vd_shape *shape);
void vd_emit_stroke(vd_render *render, const vd_op_stroke *data);
void vd_emit_hatch(vd_render *render, const vd_op_hatch *data);
void vd_emit_text(vd_render *render, const vd_text_run *run);
void vd_emit_pixels(vd_render *render, cairo_surface_t *pixels, vd_rect rect, vd_sampling sampling);

#endif
