/* hatch: fills of lines and dots, as strokes inside a clip, so that they stay vector.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "draw/render.h"

static const double pi = 3.14159265358979323846;
/* No line reaches farther out of the device. */
static const double far_px = 32768;
/* More than a page can show; a cross of n and n lines costs n * n. */
enum { LINES_MAX = 4000, DOTS_MAX = 100000 };

/* A box of user space in the pattern's own axes: u along the lines, v across them, from the origin. */
typedef struct frame {
  double ux, uy, vx, vy;
  double u0, u1, v0, v1;
} frame;

static frame frame_of(const vd_hatch *hatch, double angle_deg, vd_box box) {
  double angle = angle_deg * pi / 180;
  frame f = {
      .ux = cos(angle), .uy = sin(angle), .u0 = INFINITY, .u1 = -INFINITY, .v0 = INFINITY, .v1 = -INFINITY};
  f.vx = -f.uy;
  f.vy = f.ux;
  double xs[] = {box.min_x, box.max_x}, ys[] = {box.min_y, box.max_y};
  for (int i = 0; i < 4; i++) {
    double x = xs[i & 1] - hatch->origin_x, y = ys[i >> 1] - hatch->origin_y;
    double u = x * f.ux + y * f.uy, v = x * f.vx + y * f.vy;
    f.u0 = fmin(f.u0, u), f.u1 = fmax(f.u1, u);
    f.v0 = fmin(f.v0, v), f.v1 = fmax(f.v1, v);
  }
  return f;
}

static void at(const vd_hatch *h, const frame *f, double u, double v, double *x, double *y) {
  *x = h->origin_x + u * f->ux + v * f->vx;
  *y = h->origin_y + u * f->uy + v * f->vy;
}

/* Only the lines that cross what is seen, but as long as the area needs: their ends, and so their rounding to
 * cairo's fixed point, do not depend on what is seen. */
static void add_lines(cairo_t *cr, const vd_hatch *h, double angle_deg, vd_box area, vd_box seen) {
  frame whole = frame_of(h, angle_deg, area), f = frame_of(h, angle_deg, seen);
  double spacing = h->spacing_mm, x, y;
  for (double k = ceil(f.v0 / spacing - 1); k * spacing <= f.v1 + spacing; k++) {
    at(h, &f, whole.u0, k * spacing, &x, &y);
    cairo_move_to(cr, x, y);
    at(h, &f, whole.u1, k * spacing, &x, &y);
    cairo_line_to(cr, x, y);
  }
}

/* Rows of a triangular grid; a dot is a line without length with round ends. */
static void add_dots(cairo_t *cr, const vd_hatch *h, vd_box box) {
  frame f = frame_of(h, h->angle_deg, box);
  double spacing = h->spacing_mm, x, y;
  double row = spacing * sqrt(0.75);
  for (double k = floor(f.v0 / row) - 1; k * row <= f.v1 + row; k++) {
    double shift = fmod(fabs(k), 2) == 1 ? 0.5 : 0;
    for (double j = floor(f.u0 / spacing) - 1; j * spacing <= f.u1 + spacing; j++) {
      at(h, &f, (j + shift) * spacing, k * row, &x, &y);
      cairo_move_to(cr, x, y);
      cairo_line_to(cr, x, y);
    }
  }
}

static bool too_fine(const vd_hatch *h, vd_box seen, double least_mm) {
  frame f = frame_of(h, h->angle_deg, seen);
  double across = (f.v1 - f.v0) / h->spacing_mm, along = (f.u1 - f.u0) / h->spacing_mm;
  if (h->spacing_mm < least_mm) return true;
  return h->kind == VD_HATCH_DOTS ? across * along > DOTS_MAX : fmax(across, along) > LINES_MAX;
}

/* The pattern in steps that the device can show, at the same darkness: seen from far it gets coarser, not grey. */
static vd_hatch thinned(const vd_render *render, const vd_hatch *hatch, const vd_affine *m, vd_box seen) {
  vd_hatch h = *hatch;
  double least_mm = (render->vector ? 0.25 : 1.5) / fmax(vd_affine_stretch(m), 1e-12);
  for (int i = 0; i < 200 && too_fine(&h, seen, least_mm); i++) {
    h.spacing_mm *= 2;
    h.width_mm *= 2;
  }
  return h;
}

static void hatch_stroke(cairo_t *cr, const vd_hatch *h, vd_box area, vd_box seen) {
  /* Lines as wide as their distance leave nothing between them. */
  if (h->width_mm >= h->spacing_mm * (h->kind == VD_HATCH_DOTS ? 1.2 : 1)) {
    cairo_paint(cr);
    return;
  }
  cairo_set_line_width(cr, h->width_mm);
  cairo_set_line_cap(cr, h->kind == VD_HATCH_DOTS ? CAIRO_LINE_CAP_ROUND : CAIRO_LINE_CAP_BUTT);
  cairo_set_dash(cr, NULL, 0, 0);
  cairo_new_path(cr);
  if (h->kind == VD_HATCH_DOTS)
    add_dots(cr, h, seen);
  else
    add_lines(cr, h, h->angle_deg, area, seen);
  if (h->kind == VD_HATCH_CROSS) add_lines(cr, h, h->angle_deg + 90, area, seen);
  cairo_stroke(cr);
}

void vd_emit_hatch(vd_render *render, const vd_op_hatch *data) {
  vd_affine m = vd_render_matrix(render), inverse;
  if (!vd_affine_invert(&m, &inverse)) return;
  vd_box area = vd_box_meet(vd_shape_extent(&data->shape, &m), (vd_box){-far_px, -far_px, far_px, far_px});
  vd_box seen = vd_box_meet(area, render->target);
  if (vd_box_is_empty(seen)) return;
  area = vd_box_under(area, &inverse);
  seen = vd_box_under(seen, &inverse);
  vd_hatch hatch = thinned(render, &data->hatch, &m, seen);
  cairo_save(render->cr);
  vd_emit_shape(render, &data->shape);
  cairo_clip(render->cr);
  vd_render_color(render->cr, hatch.color);
  hatch_stroke(render->cr, &hatch, area, seen);
  cairo_restore(render->cr);
}
