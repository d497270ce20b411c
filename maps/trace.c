/* trace: polygons of a raster of labels, with lines that neighbours share.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The boundaries between labels run along the edges of cells. They are cut into arcs where three labels meet, each
 * arc is smoothed once, and polygons are put together from whole arcs. */
#include <math.h>
#include <stdlib.h>

#include "world.h"

typedef struct arc {
  line path;
  int32_t from, to; /* corners; equal for a closed loop */
  uint8_t left, right;
} arc;
struct trace {
  arc *arcs;
  size_t n, capacity;
};
typedef struct tracer {
  vd_arena *arena;
  const uint8_t *labels;
  int w, h;
  uint8_t *seen; /* bit 0: the edge to the east of a corner, bit 1: to the south */
} tracer;
enum { EAST, SOUTH, WEST, NORTH };
static const int corner_x[4] = {1, 0, -1, 0}, corner_y[4] = {0, 1, 0, -1};

static uint8_t label(const tracer *t, int x, int y) {
  return x < 0 || y < 0 || x >= t->w || y >= t->h ? 0 : t->labels[y * t->w + x];
}

/* The labels left and right of the edge that leaves a corner; false when there is no boundary. */
static bool sides(const tracer *t, int x, int y, int d, uint8_t *left, uint8_t *right) {
  uint8_t nw = label(t, x - 1, y - 1), ne = label(t, x, y - 1), sw = label(t, x - 1, y), se = label(t, x, y);
  *left = d == EAST ? ne : d == SOUTH ? se : d == WEST ? sw : nw;
  *right = d == EAST ? se : d == SOUTH ? sw : d == WEST ? nw : ne;
  return *left != *right;
}

static int degree(const tracer *t, int x, int y) {
  int n = 0;
  uint8_t l, r;
  for (int d = 0; d < 4; d++) n += sides(t, x, y, d, &l, &r);
  return n;
}

static uint8_t *seen_bit(const tracer *t, int x, int y, int d, uint8_t *bit) {
  if (d == WEST) x--;
  if (d == NORTH) y--;
  *bit = d == EAST || d == WEST ? 1 : 2;
  return &t->seen[y * (t->w + 1) + x];
}

static bool was_seen(const tracer *t, int x, int y, int d) {
  uint8_t bit, *at = seen_bit(t, x, y, d, &bit);
  return *at & bit;
}

static void walk(const tracer *t, trace *out, int x, int y, int d, double scale, double tolerance) {
  size_t n = 0, capacity = 0;
  pt *p = NULL;
  arc a = {.from = y * (t->w + 1) + x};
  sides(t, x, y, d, &a.left, &a.right);
  *VD_PUSH(t->arena, p, n, capacity) = (pt){x * scale, y * scale};
  do {
    uint8_t bit, *at = seen_bit(t, x, y, d, &bit), l, r;
    *at |= bit;
    x += corner_x[d], y += corner_y[d];
    *VD_PUSH(t->arena, p, n, capacity) = (pt){x * scale, y * scale};
    a.to = y * (t->w + 1) + x;
    if (a.to == a.from || degree(t, x, y) != 2) break;
    int back = (d + 2) % 4;
    for (int k = 0; k < 4; k++)
      if (k != back && sides(t, x, y, k, &l, &r)) {
        d = k;
        break;
      }
  } while (true);
  line l = {p, (int)n};
  line_smooth(t->arena, &l, a.from == a.to, 5);
  a.path = line_simplify(t->arena, &l, tolerance * scale);
  *VD_PUSH(t->arena, out->arcs, out->n, out->capacity) = a;
}

trace *trace_new(vd_arena *arena, const uint8_t *labels, int w, int h, double scale, double tolerance) {
  trace *out = VD_NEW(arena, trace);
  tracer t = {arena, labels, w, h, VD_NEW_ARRAY(arena, uint8_t, (w + 1) * (h + 1))};
  uint8_t l, r;
  for (int loops = 0; loops < 2; loops++)
    for (int y = 0; y <= h; y++)
      for (int x = 0; x <= w; x++) {
        if (!loops && degree(&t, x, y) == 2) continue;
        for (int d = 0; d < 4; d++)
          if (sides(&t, x, y, d, &l, &r) && !was_seen(&t, x, y, d)) walk(&t, out, x, y, d, scale, tolerance);
      }
  return out;
}

/* Puts arcs end to end until the ring closes; the set lies to the left of each. */
static line chain_ring(vd_arena *arena, const trace *t, const bool set[256], bool *used, size_t first) {
  size_t n = 0, capacity = 0, at = first;
  pt *p = NULL;
  int32_t start = -1, end = -1;
  while (at < t->n) {
    const arc *a = &t->arcs[at];
    bool forward = set[a->left];
    used[at] = true;
    if (start < 0) start = forward ? a->from : a->to;
    for (int i = 0; i < a->path.n; i++)
      if (n == 0 || i > 0) *VD_PUSH(arena, p, n, capacity) = a->path.p[forward ? i : a->path.n - 1 - i];
    end = forward ? a->to : a->from;
    if (end == start) break;
    for (at = 0; at < t->n; at++) {
      const arc *b = &t->arcs[at];
      if (!used[at] && set[b->left] != set[b->right] && (set[b->left] ? b->from : b->to) == end) break;
    }
  }
  return (line){p, (int)n};
}

static int by_area(const void *a, const void *b) {
  double x = fabs(ring_area(a)), y = fabs(ring_area(b));
  return x > y ? -1 : x < y;
}

shape *trace_shapes(vd_arena *arena, const trace *t, const bool set[256], double min_area, size_t *n) {
  bool *used = VD_NEW_ARRAY(arena, bool, t->n);
  line *rings = NULL;
  size_t n_rings = 0, rings_capacity = 0, capacity = 0;
  for (size_t i = 0; i < t->n; i++) {
    if (used[i] || set[t->arcs[i].left] == set[t->arcs[i].right]) continue;
    line ring = chain_ring(arena, t, set, used, i);
    if (ring.n > 4 && fabs(ring_area(&ring)) >= min_area)
      *VD_PUSH(arena, rings, n_rings, rings_capacity) = ring;
  }
  qsort(rings, n_rings, sizeof *rings, by_area);
  shape *shapes = NULL;
  *n = 0;
  for (size_t i = 0; i < n_rings; i++) { /* left of the arcs: outer rings run counter-clockwise on the map */
    if (ring_area(&rings[i]) > 0) continue;
    shape *s = VD_PUSH(arena, shapes, *n, capacity);
    *VD_PUSH(arena, s->rings, s->n, s->capacity) = rings[i];
  }
  for (size_t i = 0; i < n_rings; i++) {
    if (ring_area(&rings[i]) < 0) continue;
    for (size_t k = *n; k-- > 0;) /* the smallest that holds it */
      if (ring_holds(&shapes[k].rings[0], rings[i].p[0])) {
        *VD_PUSH(arena, shapes[k].rings, shapes[k].n, shapes[k].capacity) = rings[i];
        break;
      }
  }
  return shapes;
}
