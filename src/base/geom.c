/* geom: building, copying and bounding coordinate arrays.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/geom.h"

#include <math.h>
#include <string.h>

vd_geom *vd_geom_new(vd_arena *arena, vd_geom_type type, int32_t n_parts, int32_t n_points) {
  if (n_parts < 0 || n_points < 0) return NULL;
  vd_geom *geom = vd_arena_try_alloc(arena, 1, sizeof *geom);
  if (!geom) return NULL;
  geom->type = type;
  geom->n_parts = n_parts;
  geom->n_points = n_points;
  geom->part_start = vd_arena_try_alloc(arena, (size_t)n_parts + 1, sizeof *geom->part_start);
  geom->xy = vd_arena_try_alloc(arena, (size_t)n_points, 2 * sizeof *geom->xy);
  if (type == VD_GEOM_POLYGON) geom->hole = vd_arena_try_alloc(arena, (size_t)n_parts, 1);
  if (!geom->part_start || !geom->xy || (type == VD_GEOM_POLYGON && !geom->hole)) return NULL;
  geom->part_start[n_parts] = n_points;
  return geom;
}

vd_geom *vd_geom_point(vd_arena *arena, double x, double y) {
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_POINT, 1, 1);
  if (!geom) return NULL;
  geom->xy[0] = x;
  geom->xy[1] = y;
  return geom;
}

vd_geom *vd_geom_line(vd_arena *arena, const double *xy, int32_t n_points) {
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_LINE, 1, n_points);
  if (geom && n_points) memcpy(geom->xy, xy, (size_t)n_points * 2 * sizeof *xy);
  return geom;
}

vd_geom *vd_geom_ring(vd_arena *arena, const double *xy, int32_t n_points) {
  if (n_points < 0 || n_points == INT32_MAX) return NULL;
  const double *last = n_points ? xy + 2 * ((size_t)n_points - 1) : xy;
  bool open = n_points && (xy[0] != last[0] || xy[1] != last[1]);
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_POLYGON, 1, n_points + open);
  if (!geom || !n_points) return geom;
  memcpy(geom->xy, xy, (size_t)n_points * 2 * sizeof *xy);
  if (open) memcpy(geom->xy + 2 * (size_t)n_points, xy, 2 * sizeof *xy);
  return geom;
}

vd_geom *vd_geom_copy(vd_arena *arena, const vd_geom *geom) {
  if (!geom) return NULL;
  vd_geom *copy = vd_geom_new(arena, geom->type, geom->n_parts, geom->n_points);
  if (!copy) return NULL;
  if (geom->part_start)
    memcpy(copy->part_start, geom->part_start, ((size_t)geom->n_parts + 1) * sizeof *geom->part_start);
  if (geom->n_points) memcpy(copy->xy, geom->xy, (size_t)geom->n_points * 2 * sizeof *geom->xy);
  if (copy->hole && geom->hole) memcpy(copy->hole, geom->hole, (size_t)geom->n_parts);
  return copy;
}

bool vd_geom_empty(const vd_geom *geom) {
  return !geom || geom->type == VD_GEOM_NONE || !geom->n_points;
}

static bool same_holes(const vd_geom *a, const vd_geom *b) {
  for (int32_t i = 0; i < a->n_parts; i++)
    if ((a->hole && a->hole[i]) != (b->hole && b->hole[i])) return false;
  return true;
}

bool vd_geom_equal(const vd_geom *a, const vd_geom *b) {
  if (vd_geom_empty(a) || vd_geom_empty(b)) return vd_geom_empty(a) && vd_geom_empty(b);
  if (a->type != b->type || a->n_parts != b->n_parts || a->n_points != b->n_points) return false;
  for (int32_t i = 0; i <= a->n_parts; i++)
    if (a->part_start[i] != b->part_start[i]) return false;
  for (size_t i = 0; i < 2 * (size_t)a->n_points; i++)
    if (a->xy[i] != b->xy[i]) return false;
  return same_holes(a, b);
}

vd_box vd_box_empty(void) {
  return (vd_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

vd_box vd_geom_box(const vd_geom *geom) {
  vd_box box = vd_box_empty();
  if (vd_geom_empty(geom)) return box;
  for (size_t i = 0; i < (size_t)geom->n_points; i++)
    box = vd_box_add(box, geom->xy[2 * i], geom->xy[2 * i + 1]);
  return box;
}

vd_box vd_box_add(vd_box box, double x, double y) {
  if (x < box.min_x) box.min_x = x;
  if (x > box.max_x) box.max_x = x;
  if (y < box.min_y) box.min_y = y;
  if (y > box.max_y) box.max_y = y;
  return box;
}

vd_box vd_box_join(vd_box a, vd_box b) {
  if (vd_box_is_empty(b)) return a;
  return vd_box_add(vd_box_add(a, b.min_x, b.min_y), b.max_x, b.max_y);
}

bool vd_box_is_empty(vd_box box) {
  return !(box.min_x <= box.max_x && box.min_y <= box.max_y);
}

bool vd_box_touches(vd_box a, vd_box b) {
  return !vd_box_is_empty(a) && !vd_box_is_empty(b) && a.min_x <= b.max_x && b.min_x <= a.max_x &&
         a.min_y <= b.max_y && b.min_y <= a.max_y;
}

bool vd_segment_within(const double p[2], const double q[2], double radius, double *s0, double *s1) {
  double dx = q[0] - p[0], dy = q[1] - p[1], a = dx * dx + dy * dy, half_b = p[0] * dx + p[1] * dy;
  double c = p[0] * p[0] + p[1] * p[1] - radius * radius;
  *s0 = 0;
  *s1 = 1;
  if (!(a > 0)) return c <= 0;
  double root = half_b * half_b - a * c;
  if (!(root >= 0)) return false;
  root = sqrt(root);
  *s0 = fmax(0, (-half_b - root) / a);
  *s1 = fmin(1, (-half_b + root) / a);
  /* The ends themselves are judged without division. */
  if (c <= 0) *s0 = 0;
  if (q[0] * q[0] + q[1] * q[1] <= radius * radius) *s1 = 1;
  return *s0 <= *s1;
}
