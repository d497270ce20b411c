/* grid: cells, fields and lines of the sample area.
 * SPDX-License-Identifier: Apache-2.0 */
#include "grid.h"

#include <math.h>
#include <string.h>

static const int step_x[8] = {1, 1, 0, -1, -1, -1, 0, 1};
static const int step_y[8] = {0, 1, 1, 1, 0, -1, -1, -1};

double lon_of(double x) {
  return GRID_WEST + x / GRID_PER_DEG;
}

double lat_of(double y) {
  return GRID_NORTH - y / GRID_PER_DEG;
}

pt centre_of(int32_t cell) {
  return (pt){cell % GRID_W + 0.5, cell / GRID_W + 0.5};
}

int32_t cell_at(pt p) {
  int x = (int)clamp(floor(p.x), 0, GRID_W - 1), y = (int)clamp(floor(p.y), 0, GRID_H - 1);
  return y * GRID_W + x;
}

int32_t neighbour(int32_t cell, int direction) {
  int x = cell % GRID_W + step_x[direction], y = cell / GRID_W + step_y[direction];
  return x < 0 || y < 0 || x >= GRID_W || y >= GRID_H ? -1 : y * GRID_W + x;
}

int direction_to(int32_t from, int32_t to) {
  for (int d = 0; d < 8; d++)
    if (neighbour(from, d) == to) return d;
  return -1;
}

double step_length(int direction) {
  return direction & 1 ? 1.41421356 : 1;
}

double dist(pt a, pt b) {
  return sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y));
}

double ground_m(pt a, pt b) {
  /* Metres a degree at 1.9 degrees north on the WGS 84 ellipsoid. */
  double dx = (a.x - b.x) / GRID_PER_DEG * 111259, dy = (a.y - b.y) / GRID_PER_DEG * 110575.5;
  return sqrt(dx * dx + dy * dy);
}

static double dist_to_segment(pt p, pt a, pt b) {
  double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  double t = square > 0 ? clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0, 1) : 0;
  return dist(p, (pt){a.x + t * dx, a.y + t * dy});
}

double dist_to_line(pt p, const pt *points, int n) {
  double best = 1e30;
  for (int i = 0; i + 1 < n; i++) best = fmin(best, dist_to_segment(p, points[i], points[i + 1]));
  return best;
}

double clamp(double value, double low, double high) {
  return value < low ? low : value > high ? high : value;
}

double smoothstep(double low, double high, double value) {
  double t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
}

double field_at(const float *field, pt p) {
  double x = clamp(p.x - 0.5, 0, GRID_W - 1.001), y = clamp(p.y - 0.5, 0, GRID_H - 1.001);
  int c = (int)x, r = (int)y;
  double fx = x - c, fy = y - r;
  const float *v = field + r * GRID_W + c;
  return (1 - fy) * ((1 - fx) * v[0] + fx * v[1]) + fy * ((1 - fx) * v[GRID_W] + fx * v[GRID_W + 1]);
}

static void blur_run(const float *in, float *out, int n, int stride, int radius) {
  double sum = 0;
  for (int i = -radius; i <= radius; i++) sum += in[(int)clamp(i, 0, n - 1) * stride];
  for (int i = 0; i < n; i++) {
    out[i * stride] = (float)(sum / (2 * radius + 1));
    sum += in[(int)clamp(i + radius + 1, 0, n - 1) * stride] - in[(int)clamp(i - radius, 0, n - 1) * stride];
  }
}

void field_blur(vd_arena *arena, float *field, int w, int h, int radius) {
  float *other = VD_NEW_ARRAY(arena, float, w *h);
  for (int pass = 0; pass < 2; pass++) {
    for (int r = 0; r < h; r++) blur_run(field + r * w, other + r * w, w, 1, radius);
    for (int c = 0; c < w; c++) blur_run(other + c, field + c, h, w, radius);
  }
}

float *field_distance(vd_arena *arena, const uint8_t *mask) {
  float *out = VD_NEW_ARRAY(arena, float, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) out[i] = mask[i] ? 0.F : 1e6F;
  for (int pass = 0; pass < 2; pass++) {
    for (int32_t k = 0; k < GRID_N; k++) {
      int32_t i = pass ? GRID_N - 1 - k : k;
      for (int d = 0; d < 8; d++) {
        int32_t j = neighbour(i, d);
        if (j >= 0) out[i] = fminf(out[i], out[j] + (float)step_length(d));
      }
    }
  }
  return out;
}

line line_copy(vd_arena *arena, const pt *p, int n) {
  line l = {VD_NEW_ARRAY(arena, pt, n), n};
  memcpy(l.p, p, sizeof *p * (size_t)n);
  return l;
}

void line_smooth(vd_arena *arena, line *l, bool closed, int passes) {
  pt *old = VD_NEW_ARRAY(arena, pt, l->n);
  int last = l->n - 1;
  for (int pass = 0; pass < passes && l->n > 2; pass++) {
    memcpy(old, l->p, sizeof *old * (size_t)l->n);
    for (int i = 1; i < last; i++) {
      l->p[i].x = (old[i - 1].x + 2 * old[i].x + old[i + 1].x) / 4;
      l->p[i].y = (old[i - 1].y + 2 * old[i].y + old[i + 1].y) / 4;
    }
    if (!closed) continue;
    l->p[0].x = l->p[last].x = (old[last - 1].x + 2 * old[0].x + old[1].x) / 4;
    l->p[0].y = l->p[last].y = (old[last - 1].y + 2 * old[0].y + old[1].y) / 4;
  }
}

static void simplify_range(const line *l, int from, int to, double tolerance, bool *keep) {
  double worst = 0;
  int at = -1;
  for (int i = from + 1; i < to; i++) {
    double d = dist_to_segment(l->p[i], l->p[from], l->p[to]);
    if (d > worst) worst = d, at = i;
  }
  if (worst <= tolerance) return;
  keep[at] = true;
  simplify_range(l, from, at, tolerance, keep);
  simplify_range(l, at, to, tolerance, keep);
}

line line_simplify(vd_arena *arena, const line *l, double tolerance) {
  bool *keep = VD_NEW_ARRAY(arena, bool, l->n);
  int middle = l->n / 2; /* kept too, so that a ring has something to be measured against */
  keep[0] = keep[middle] = keep[l->n - 1] = true;
  simplify_range(l, 0, middle, tolerance, keep);
  simplify_range(l, middle, l->n - 1, tolerance, keep);
  line out = {VD_NEW_ARRAY(arena, pt, l->n), 0};
  for (int i = 0; i < l->n; i++)
    if (keep[i]) out.p[out.n++] = l->p[i];
  return out;
}

double line_length(const line *l) {
  double sum = 0;
  for (int i = 0; i + 1 < l->n; i++) sum += dist(l->p[i], l->p[i + 1]);
  return sum;
}

double ring_area(const line *ring) {
  double sum = 0;
  for (int i = 0; i + 1 < ring->n; i++)
    sum += ring->p[i].x * ring->p[i + 1].y - ring->p[i + 1].x * ring->p[i].y;
  return sum / 2;
}

bool ring_holds(const line *ring, pt p) {
  bool in = false;
  for (int i = 0; i + 1 < ring->n; i++) {
    pt a = ring->p[i], b = ring->p[i + 1];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (p.y - a.y) / (b.y - a.y) * (b.x - a.x)) in = !in;
  }
  return in;
}
