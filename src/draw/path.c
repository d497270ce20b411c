/* path: shapes put together from points, colours, and affine matrices.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/draw/canvas.h"

static const double pi = 3.14159265358979323846;

/* ---- Colours ---- */

vd_rgba vd_rgba_fade(vd_rgba color, double opacity) {
  double kept = opacity > 0 ? (opacity < 1 ? opacity : 1) : 0;
  return (color & 0xffffff00u) | (vd_rgba)lround((color & 0xffu) * kept);
}

vd_rgba vd_rgba_mix(vd_rgba a, vd_rgba b, double t) {
  double kept = t > 0 ? (t < 1 ? t : 1) : 0;
  vd_rgba mixed = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    double from = (a >> shift) & 0xffu, to = (b >> shift) & 0xffu;
    mixed |= (vd_rgba)lround(from + (to - from) * kept) << shift;
  }
  return mixed;
}

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool vd_rgba_parse(const char *text, vd_rgba *out) {
  size_t n = text ? strlen(text) : 0;
  if ((n != 7 && n != 9) || text[0] != '#') return false;
  vd_rgba color = 0;
  for (size_t i = 1; i < n; i++) {
    int digit = hex_digit(text[i]);
    if (digit < 0) return false;
    color = color << 4 | (vd_rgba)digit;
  }
  *out = n == 7 ? color << 8 | 0xffu : color;
  return true;
}

/* ---- Matrices ---- */

vd_affine vd_affine_identity(void) {
  return (vd_affine){.xx = 1, .yy = 1};
}

vd_affine vd_affine_multiply(vd_affine outer, vd_affine inner) {
  return (vd_affine){.xx = outer.xx * inner.xx + outer.xy * inner.yx,
                     .yx = outer.yx * inner.xx + outer.yy * inner.yx,
                     .xy = outer.xx * inner.xy + outer.xy * inner.yy,
                     .yy = outer.yx * inner.xy + outer.yy * inner.yy,
                     .x0 = outer.xx * inner.x0 + outer.xy * inner.y0 + outer.x0,
                     .y0 = outer.yx * inner.x0 + outer.yy * inner.y0 + outer.y0};
}

void vd_affine_apply(const vd_affine *m, double *x, double *y) {
  double from_x = *x, from_y = *y;
  *x = m->xx * from_x + m->xy * from_y + m->x0;
  *y = m->yx * from_x + m->yy * from_y + m->y0;
}

/* ---- Paths around borrowed arrays ---- */

vd_path vd_path_geom(const vd_geom *geom) {
  if (!geom) return (vd_path){0};
  return (vd_path){.xy = geom->xy,
                   .n_points = geom->n_points,
                   .n_parts = geom->n_parts,
                   .part_start = geom->part_start,
                   .closed = geom->type == VD_GEOM_POLYGON};
}

vd_path vd_path_points(const double *xy, int32_t n_points, bool closed) {
  return (vd_path){.xy = xy, .n_points = n_points, .n_parts = 1, .closed = closed};
}

/* ---- Paths of their own ---- */

typedef struct builder {
  double *xy;
  char *verbs;
  int32_t n;
} builder;

static builder builder_new(vd_arena *arena, int32_t max_points) {
  return (builder){.xy = VD_NEW_ARRAY(arena, double, 2 * max_points),
                   .verbs = VD_NEW_ARRAY(arena, char, max_points)};
}

static void put(builder *b, char verb, double x, double y) {
  b->xy[2 * b->n] = x;
  b->xy[2 * b->n + 1] = y;
  b->verbs[b->n++] = verb;
}

static vd_path built(const builder *b, bool closed) {
  return (vd_path){.xy = b->xy, .n_points = b->n, .n_parts = 1, .verbs = b->verbs, .closed = closed};
}

static vd_path copied(vd_arena *arena, const double *xy, int32_t n_points, bool closed) {
  double *own = VD_NEW_ARRAY(arena, double, 2 * n_points);
  memcpy(own, xy, sizeof(double) * 2 * (size_t)n_points);
  return vd_path_points(own, n_points, closed);
}

/* The curves of an elliptic arc, a quarter at most each; begins at the current point. Control point distance
 * 4/3 tan(angle/4), the usual approximation with an error below 0.03 % of the radius. */
static void put_arc(builder *b, double x, double y, double radius_x, double radius_y, double from,
                    double to) {
  int n = (int)ceil(fabs(to - from) / (pi / 2) - 1e-9);
  if (n < 1) n = 1;
  double step = (to - from) / n, reach = 4.0 / 3.0 * tan(step / 4);
  for (int i = 0; i < n; i++) {
    double a0 = from + step * i, a1 = a0 + step;
    put(b, 'C', x + radius_x * (cos(a0) - reach * sin(a0)), y + radius_y * (sin(a0) + reach * cos(a0)));
    put(b, 'C', x + radius_x * (cos(a1) + reach * sin(a1)), y + radius_y * (sin(a1) - reach * cos(a1)));
    put(b, 'C', x + radius_x * cos(a1), y + radius_y * sin(a1));
  }
}

vd_path vd_path_rect(vd_arena *arena, double x, double y, double w, double h) {
  return copied(arena, (double[]){x, y, x + w, y, x + w, y + h, x, y + h}, 4, true);
}

vd_path vd_path_round_rect(vd_arena *arena, double x, double y, double w, double h, double radius) {
  double r = fmin(radius, fmin(fabs(w), fabs(h)) / 2);
  if (!(r > 0)) return vd_path_rect(arena, x, y, w, h);
  builder b = builder_new(arena, 16);
  put(&b, 'L', x + w - r, y);
  put_arc(&b, x + w - r, y + r, r, r, -pi / 2, 0);
  put(&b, 'L', x + w, y + h - r);
  put_arc(&b, x + w - r, y + h - r, r, r, 0, pi / 2);
  put(&b, 'L', x + r, y + h);
  put_arc(&b, x + r, y + h - r, r, r, pi / 2, pi);
  put(&b, 'L', x, y + r);
  put_arc(&b, x + r, y + r, r, r, pi, 1.5 * pi);
  return built(&b, true);
}

vd_path vd_path_circle(vd_arena *arena, double x, double y, double radius) {
  return vd_path_ellipse(arena, x, y, radius, radius);
}

vd_path vd_path_ellipse(vd_arena *arena, double x, double y, double radius_x, double radius_y) {
  builder b = builder_new(arena, 13);
  put(&b, 'L', x + radius_x, y);
  put_arc(&b, x, y, radius_x, radius_y, 0, 2 * pi);
  return built(&b, true);
}

vd_path vd_path_line(vd_arena *arena, double x0, double y0, double x1, double y1) {
  return copied(arena, (double[]){x0, y0, x1, y1}, 2, false);
}

/* At most one turn, so that the point count is bounded. */
static void arc_range(double from_deg, double to_deg, double *from, double *to) {
  *from = from_deg * pi / 180;
  *to = *from + fmax(-2 * pi, fmin(2 * pi, (to_deg - from_deg) * pi / 180));
}

vd_path vd_path_arc(vd_arena *arena, double x, double y, double radius, double from_deg, double to_deg) {
  double from, to;
  arc_range(from_deg, to_deg, &from, &to);
  builder b = builder_new(arena, 13);
  put(&b, 'L', x + radius * cos(from), y + radius * sin(from));
  put_arc(&b, x, y, radius, radius, from, to);
  return built(&b, false);
}

vd_path vd_path_sector(vd_arena *arena, double x, double y, double radius, double from_deg, double to_deg) {
  double from, to;
  arc_range(from_deg, to_deg, &from, &to);
  builder b = builder_new(arena, 14);
  put(&b, 'L', x, y);
  put(&b, 'L', x + radius * cos(from), y + radius * sin(from));
  put_arc(&b, x, y, radius, radius, from, to);
  return built(&b, true);
}

vd_path vd_path_bezier(vd_arena *arena, double x0, double y0, double x1, double y1, double x2, double y2,
                       double x3, double y3) {
  builder b = builder_new(arena, 4);
  put(&b, 'L', x0, y0);
  put(&b, 'C', x1, y1);
  put(&b, 'C', x2, y2);
  put(&b, 'C', x3, y3);
  return built(&b, false);
}

vd_path vd_path_arrowhead(vd_arena *arena, double x, double y, double heading_deg, double length,
                          double width) {
  double along_x = cos(heading_deg * pi / 180), along_y = sin(heading_deg * pi / 180);
  double back_x = x - length * along_x, back_y = y - length * along_y;
  double side_x = -along_y * width / 2, side_y = along_x * width / 2;
  return copied(arena, (double[]){x, y, back_x + side_x, back_y + side_y, back_x - side_x, back_y - side_y},
                3, true);
}

vd_path vd_path_ngon(vd_arena *arena, double x, double y, double radius, int n_corners, double heading_deg) {
  int n = n_corners < 3 ? 3 : (n_corners > 64 ? 64 : n_corners);
  double xy[2 * 64];
  for (int i = 0; i < n; i++) {
    double angle = heading_deg * pi / 180 + 2 * pi * i / n;
    xy[2 * i] = x + radius * cos(angle);
    xy[2 * i + 1] = y + radius * sin(angle);
  }
  return copied(arena, xy, n, true);
}
