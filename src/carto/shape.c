/* shape: projecting geometries, and the questions asked of them.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/shape.h"

#include <math.h>
#include <string.h>

/* Copies the finite parts of projected coordinates; a part with a point that has no image goes. */
static void keep_finite(vd_shape *shape, const vd_geom *geom, const double *xy, int32_t *start) {
  int32_t n_points = 0, n_parts = 0;
  for (int32_t p = 0; p < geom->n_parts; p++) {
    int32_t from = geom->part_start[p], to = geom->part_start[p + 1];
    bool finite = true;
    for (int32_t i = 2 * from; i < 2 * to; i++) finite = finite && isfinite(xy[i]);
    if (!finite || to <= from) continue;
    memcpy(shape->xy_m + 2 * n_points, xy + 2 * from, (size_t)(to - from) * 2 * sizeof *xy);
    start[n_parts++] = n_points;
    n_points += to - from;
  }
  start[n_parts] = n_points;
  shape->part_start = start;
  shape->n_parts = n_parts;
  shape->n_points = n_points;
}

vd_shape vd_shape_project(vd_arena *arena, const vd_geom *geom, vd_transform *transform) {
  vd_shape shape = {.box = vd_box_empty()};
  if (vd_geom_empty(geom)) return shape;
  shape.type = geom->type;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  double *xy = VD_NEW_ARRAY(scratch, double, 2 * geom->n_points);
  memcpy(xy, geom->xy, 2 * (size_t)geom->n_points * sizeof *xy);
  vd_transform_forward(transform, xy, (size_t)geom->n_points);
  shape.xy_m = VD_NEW_ARRAY(arena, double, 2 * geom->n_points);
  keep_finite(&shape, geom, xy, VD_NEW_ARRAY(arena, int32_t, geom->n_parts + 1));
  vd_shape_prepare(arena, &shape);
  return shape;
}

static double segment_distance(const double *a, const double *b, double x, double y) {
  double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? ((x - a[0]) * dx + (y - a[1]) * dy) / length2 : 0;
  t = fmin(1, fmax(0, t));
  return hypot(x - a[0] - t * dx, y - a[1] - t * dy);
}

typedef struct span {
  int32_t from, to;
  float limit; /* what the points around have: a point never outlasts them */
} span;

/* Douglas and Peucker once for all tolerances, with a stack of spans instead of recursion. */
static void rate_part(const double *xy, int32_t n, float *keep, span *stack) {
  int32_t depth = 0;
  keep[0] = keep[n - 1] = INFINITY;
  if (n > 2) stack[depth++] = (span){0, n - 1, INFINITY};
  while (depth > 0) {
    span s = stack[--depth];
    int32_t best = s.from + 1;
    double far = -1;
    for (int32_t i = s.from + 1; i < s.to; i++) {
      double d = segment_distance(xy + 2 * s.from, xy + 2 * s.to, xy[2 * i], xy[2 * i + 1]);
      if (d > far) far = d, best = i;
    }
    keep[best] = fminf(s.limit, (float)far);
    if (best - s.from > 1) stack[depth++] = (span){s.from, best, keep[best]};
    if (s.to - best > 1) stack[depth++] = (span){best, s.to, keep[best]};
  }
}

void vd_shape_prepare(vd_arena *arena, vd_shape *shape) {
  shape->box = vd_box_empty();
  for (int32_t i = 0; i < shape->n_points; i++)
    shape->box = vd_box_add(shape->box, shape->xy_m[2 * i], shape->xy_m[2 * i + 1]);
  if (shape->type == VD_GEOM_POINT || shape->n_points == 0) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  span *stack = VD_NEW_ARRAY(scratch, span, shape->n_points + 2);
  shape->keep_m = VD_NEW_ARRAY(arena, float, shape->n_points);
  for (int32_t p = 0; p < shape->n_parts; p++) {
    int32_t from = shape->part_start[p], n = shape->part_start[p + 1] - from;
    rate_part(shape->xy_m + 2 * from, n, shape->keep_m + from, stack);
  }
}

double vd_shape_length_m(const vd_shape *shape) {
  double sum = 0;
  for (int32_t p = 0; p < shape->n_parts; p++) {
    for (int32_t i = shape->part_start[p] + 1; i < shape->part_start[p + 1]; i++) {
      const double *a = shape->xy_m + 2 * (i - 1);
      sum += hypot(a[2] - a[0], a[3] - a[1]);
    }
  }
  return sum;
}

double vd_shape_distance_m(const vd_shape *shape, double x_m, double y_m) {
  double least = INFINITY;
  for (int32_t p = 0; p < shape->n_parts; p++) {
    for (int32_t i = shape->part_start[p]; i < shape->part_start[p + 1]; i++) {
      const double *a = shape->xy_m + 2 * i;
      bool line = shape->type != VD_GEOM_POINT && i + 1 < shape->part_start[p + 1];
      double d = line ? segment_distance(a, a + 2, x_m, y_m) : hypot(a[0] - x_m, a[1] - y_m);
      least = fmin(least, d);
    }
  }
  return least;
}

/* The x of every edge that crosses the horizontal at y, unsorted; returns how many. */
static size_t crossings(const vd_shape *shape, double y, double *x) {
  size_t n = 0;
  for (int32_t p = 0; p < shape->n_parts; p++) {
    for (int32_t i = shape->part_start[p]; i + 1 < shape->part_start[p + 1]; i++) {
      const double *a = shape->xy_m + 2 * i;
      if ((a[1] <= y) == (a[3] <= y)) continue;
      x[n++] = a[0] + (y - a[1]) / (a[3] - a[1]) * (a[2] - a[0]);
    }
  }
  return n;
}

bool vd_shape_holds(const vd_shape *shape, double x_m, double y_m) {
  if (shape->type != VD_GEOM_POLYGON || shape->n_points == 0) return false;
  if (x_m < shape->box.min_x || x_m > shape->box.max_x || y_m < shape->box.min_y || y_m > shape->box.max_y)
    return false;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  double *x = VD_NEW_ARRAY(scratch, double, shape->n_points);
  size_t n = crossings(shape, y_m, x), right = 0;
  for (size_t i = 0; i < n; i++) right += x[i] > x_m;
  return right % 2 == 1;
}

static void sort_numbers(double *x, size_t n) {
  for (size_t i = 1; i < n; i++) {
    double v = x[i];
    size_t k = i;
    for (; k > 0 && x[k - 1] > v; k--) x[k] = x[k - 1];
    x[k] = v;
  }
}

bool vd_shape_inside_place(const vd_shape *shape, vd_box box, double *x_m, double *y_m) {
  enum { ROWS = 9 };
  vd_box b = {fmax(box.min_x, shape->box.min_x), fmax(box.min_y, shape->box.min_y),
              fmin(box.max_x, shape->box.max_x), fmin(box.max_y, shape->box.max_y)};
  if (vd_box_is_empty(b) || shape->n_points == 0) return false;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  double *x = VD_NEW_ARRAY(scratch, double, shape->n_points + 1), best = 0;
  for (int row = 1; row <= ROWS; row++) {
    double off = fabs(row / (ROWS + 1.0) - 0.5); /* chords near the middle are worth more */
    double y = b.min_y + (b.max_y - b.min_y) * row / (ROWS + 1.0);
    size_t n = crossings(shape, y, x);
    sort_numbers(x, n);
    for (size_t i = 0; i + 1 < n; i += 2) {
      double from = fmax(x[i], b.min_x), to = fmin(x[i + 1], b.max_x), worth = (to - from) * (1 - off);
      if (worth <= best) continue;
      best = worth, *x_m = (from + to) / 2, *y_m = y;
    }
  }
  return best > 0;
}
