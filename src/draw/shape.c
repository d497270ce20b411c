/* shape: fills and strokes on cairo, with what is far outside the device cut away.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "draw/render.h"

/* Device coordinates beyond this are cut; the largest surface lies well inside. */
static const double far_px = 32768;
enum { CURVE_STEPS = 24 };

static int32_t part_begin(const vd_path *p, int32_t part) {
  return p->part_start ? p->part_start[part] : 0;
}
static int32_t part_end(const vd_path *p, int32_t part) {
  return p->part_start ? p->part_start[part + 1] : p->n_points;
}

/* ---- The usual case: straight to cairo ---- */

static void emit_part(cairo_t *cr, const vd_path *p, int32_t from, int32_t to, bool close) {
  cairo_move_to(cr, p->xy[2 * from], p->xy[2 * from + 1]);
  for (int32_t i = from + 1; i < to; i++) {
    const double *xy = p->xy + 2 * i;
    if (p->verbs && p->verbs[i] == 'C' && i + 2 < to) {
      cairo_curve_to(cr, xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]);
      i += 2;
    } else {
      cairo_line_to(cr, xy[0], xy[1]);
    }
  }
  if (close) cairo_close_path(cr);
}

static void emit_path(cairo_t *cr, const vd_path *p, bool close) {
  cairo_new_path(cr);
  for (int32_t part = 0; part < p->n_parts; part++) {
    int32_t from = part_begin(p, part), to = part_end(p, part);
    if (to > from) emit_part(cr, p, from, to, close);
  }
}

/* ---- Points of a part with its curves made straight ---- */

typedef struct points {
  vd_arena *arena;
  double (*xy)[2];
  size_t n, capacity;
} points;

static void add(points *list, double x, double y) {
  double(*point)[2] = VD_PUSH(list->arena, list->xy, list->n, list->capacity);
  (*point)[0] = x;
  (*point)[1] = y;
}

static void add_curve(points *list, const double *xy) {
  double x0 = list->xy[list->n - 1][0], y0 = list->xy[list->n - 1][1];
  for (int i = 1; i <= CURVE_STEPS; i++) {
    double t = (double)i / CURVE_STEPS, u = 1 - t;
    double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
    add(list, a * x0 + b * xy[0] + c * xy[2] + d * xy[4], a * y0 + b * xy[1] + c * xy[3] + d * xy[5]);
  }
}

static points flattened(vd_arena *arena, const vd_path *p, int32_t from, int32_t to) {
  points list = {.arena = arena};
  for (int32_t i = from; i < to; i++) {
    if (i > from && p->verbs && p->verbs[i] == 'C' && i + 2 < to) {
      add_curve(&list, p->xy + 2 * i);
      i += 2;
    } else {
      add(&list, p->xy[2 * i], p->xy[2 * i + 1]);
    }
  }
  return list;
}

/* ---- Cutting an area (Sutherland and Hodgman 1974), one side of the box after the other ---- */

typedef struct side {
  int axis; /* 0: x, 1: y */
  double at;
  double sign; /* +1: keep what is above `at` */
} side;

static bool keeps(const side *s, const double *p) {
  return s->sign * (p[s->axis] - s->at) >= 0;
}

static void add_crossing(points *out, const side *s, const double *a, const double *b) {
  double t = (s->at - a[s->axis]) / (b[s->axis] - a[s->axis]);
  int other = 1 - s->axis;
  double crossing[2];
  crossing[s->axis] = s->at;
  crossing[other] = a[other] + t * (b[other] - a[other]);
  add(out, crossing[0], crossing[1]);
}

static points cut_side(const points *in, const side *s) {
  points out = {.arena = in->arena};
  for (size_t i = 0; i < in->n; i++) {
    const double *a = in->xy[i == 0 ? in->n - 1 : i - 1], *b = in->xy[i];
    if (keeps(s, a) != keeps(s, b)) add_crossing(&out, s, a, b);
    if (keeps(s, b)) add(&out, b[0], b[1]);
  }
  return out;
}

static void emit_cut_area(cairo_t *cr, const vd_path *p, vd_box keep) {
  const side sides[] = {{0, keep.min_x, 1}, {0, keep.max_x, -1}, {1, keep.min_y, 1}, {1, keep.max_y, -1}};
  cairo_new_path(cr);
  for (int32_t part = 0; part < p->n_parts; part++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    points ring = flattened(arena, p, part_begin(p, part), part_end(p, part));
    for (int i = 0; i < 4; i++) ring = cut_side(&ring, &sides[i]);
    for (size_t i = 0; i < ring.n; i++) cairo_line_to(cr, ring.xy[i][0], ring.xy[i][1]);
    if (ring.n > 0) cairo_close_path(cr);
  }
}

/* The part of user space that is kept when `box` (device) reaches far outside; false when it does not. */
static bool needs_cut(const vd_affine *m, vd_box box, vd_box *keep) {
  vd_affine inverse;
  if (box.min_x > -far_px && box.min_y > -far_px && box.max_x < far_px && box.max_y < far_px) return false;
  if (!vd_affine_invert(m, &inverse)) return false;
  *keep = vd_box_under((vd_box){-far_px, -far_px, far_px, far_px}, &inverse);
  return true;
}

void vd_emit_shape(vd_render *render, const vd_shape *shape) {
  vd_affine m = vd_render_matrix(render);
  vd_box keep;
  cairo_set_fill_rule(render->cr,
                      shape->rule == VD_RULE_EVENODD ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
  if (needs_cut(&m, vd_shape_extent(shape, &m), &keep))
    emit_cut_area(render->cr, &shape->path, keep);
  else
    emit_path(render->cr, &shape->path, true);
}

/* ---- Cutting a line (Liang and Barsky 1984), segment by segment ---- */

static bool narrow(double p, double q, double *t0, double *t1) {
  if (p == 0) return q >= 0;
  double t = q / p;
  if (p < 0 && t > *t0) *t0 = t;
  if (p > 0 && t < *t1) *t1 = t;
  return *t0 <= *t1;
}

static bool cut_segment(vd_box keep, const double *a, const double *b, double *t0, double *t1) {
  double dx = b[0] - a[0], dy = b[1] - a[1];
  *t0 = 0;
  *t1 = 1;
  return narrow(-dx, a[0] - keep.min_x, t0, t1) && narrow(dx, keep.max_x - a[0], t0, t1) &&
         narrow(-dy, a[1] - keep.min_y, t0, t1) && narrow(dy, keep.max_y - a[1], t0, t1);
}

/* Each run that stays is stroked by itself, so that its dashes go on as if nothing had been cut. */
static void stroke_cut_part(vd_render *render, const points *line, vd_box keep, const vd_stroke *stroke) {
  double along = 0;
  bool open = false;
  cairo_new_path(render->cr);
  for (size_t i = 1; i < line->n; i++) {
    const double *a = line->xy[i - 1], *b = line->xy[i];
    double t0, t1, length = hypot(b[0] - a[0], b[1] - a[1]);
    bool stays = cut_segment(keep, a, b, &t0, &t1);
    if (stays && !open) {
      cairo_move_to(render->cr, a[0] + t0 * (b[0] - a[0]), a[1] + t0 * (b[1] - a[1]));
      cairo_set_dash(render->cr, stroke->dash_mm, stroke->n_dashes,
                     stroke->dash_offset_mm + along + t0 * length);
      open = true;
    }
    if (stays) cairo_line_to(render->cr, a[0] + t1 * (b[0] - a[0]), a[1] + t1 * (b[1] - a[1]));
    if (open && (!stays || t1 < 1)) {
      cairo_stroke(render->cr);
      open = false;
    }
    along += length;
  }
  if (open) cairo_stroke(render->cr);
}

static void stroke_cut(vd_render *render, const vd_op_stroke *data, vd_box keep, const vd_stroke *stroke) {
  const vd_path *p = &data->shape.path;
  for (int32_t part = 0; part < p->n_parts; part++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    points line = flattened(arena, p, part_begin(p, part), part_end(p, part));
    if (p->closed && line.n > 1) add(&line, line.xy[0][0], line.xy[0][1]);
    stroke_cut_part(render, &line, keep, stroke);
  }
}

static void pen(cairo_t *cr, const vd_stroke *s) {
  static const cairo_line_cap_t caps[] = {CAIRO_LINE_CAP_BUTT, CAIRO_LINE_CAP_ROUND, CAIRO_LINE_CAP_SQUARE};
  static const cairo_line_join_t joins[] = {CAIRO_LINE_JOIN_MITER, CAIRO_LINE_JOIN_ROUND,
                                            CAIRO_LINE_JOIN_BEVEL};
  vd_render_color(cr, s->color);
  cairo_set_line_width(cr, s->width_mm);
  cairo_set_line_cap(cr, caps[s->cap]);
  cairo_set_line_join(cr, joins[s->join]);
  cairo_set_miter_limit(cr, 4);
  cairo_set_dash(cr, s->dash_mm, s->n_dashes, s->dash_offset_mm);
}

void vd_emit_stroke(vd_render *render, const vd_op_stroke *data) {
  vd_affine m = vd_render_matrix(render);
  vd_stroke stroke = data->stroke;
  double pattern = 0;
  for (int i = 0; i < stroke.n_dashes; i++) pattern += stroke.dash_mm[i];
  /* Dashes below half a pixel cannot be seen, but there would be millions of them. */
  if (pattern * vd_affine_stretch(&m) < 0.5) stroke.n_dashes = 0;
  pen(render->cr, &stroke);
  vd_box keep;
  if (needs_cut(&m, vd_shape_extent(&data->shape, &m), &keep)) {
    stroke_cut(render, data, keep, &stroke);
    return;
  }
  emit_path(render->cr, &data->shape.path, data->shape.path.closed);
  cairo_stroke(render->cr);
}
