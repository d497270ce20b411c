/* relief: land made by uplift and running water, so that valleys branch as real ones do.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Stream-power erosion solved implicitly from the outlets upward (Braun and Willett 2013, Geomorphology 180-181)
 * on a coarse grid, then refined with fractal detail where the land is steep. */
#include <math.h>
#include <string.h>

#include "world.h"

enum { COARSE = 3, CW = GRID_W / COARSE, CH = GRID_H / COARSE, CN = CW * CH, ROUNDS = 55 };
#define COARSE_M (CELL_M * COARSE)
#define INFLOW_KM2                                                                                           \
  4000. /* the great river has cut its bed as if it brought this much land with it from outside */

/* Corner points of ranges and of the great river's course, in parts of the map. */
static const pt main_range[] = {{-.05, .16}, {.14, .09}, {.34, .07}, {.55, .11},
                                {.74, .12},  {.90, .24}, {1.05, .40}};
static const pt inner_range[] = {{.56, .22}, {.66, .30}, {.77, .37}, {.87, .42}};
static const pt south_hills[] = {{.04, .93}, {.20, .86}, {.36, .93}};
static const pt east_hills[] = {{.93, .70}, {.98, .90}};
static const pt course[] = {{-.02, .55}, {.12, .58}, {.27, .53}, {.42, .56},
                            {.53, .64},  {.62, .72}, {.70, .80}, {.73, 1.03}};

static double km_to(pt p, const pt *points, int n) {
  pt scaled[8];
  for (int i = 0; i < n; i++) scaled[i] = (pt){points[i].x * GRID_W, points[i].y * GRID_H};
  return dist_to_line(p, scaled, n) * CELL_M / 1000;
}
#define KM_TO(p, points) km_to(p, points, (int)(sizeof(points) / sizeof *(points)))

static double ridge(double km, double width) {
  return exp(-(km / width) * (km / width));
}

/* Metres a year, times 1000. */
static double uplift_at(uint64_t seed, pt p) {
  pt q = {p.x + 34 * fbm(seed + 1, p.x / 120, p.y / 120, 4),
          p.y + 34 * fbm(seed + 2, p.x / 120, p.y / 120, 4)};
  double rough = 0.75 + 0.5 * fbm(seed + 3, p.x / 90, p.y / 90, 3);
  double u = 1.0 * ridge(KM_TO(q, main_range), 13) + 0.62 * ridge(KM_TO(q, inner_range), 6.5) +
             0.26 * ridge(KM_TO(q, south_hills), 13) + 0.22 * ridge(KM_TO(q, east_hills), 11);
  double hills = 0.07 * smoothstep(0.15, 0.8, fbm(seed + 4, p.x / 150, p.y / 150, 4));
  return fmax(0.012, u * rough + hills + 0.02);
}

static double start_at(uint64_t seed, pt p) {
  pt q = {p.x + 30 * fbm(seed + 5, p.x / 130, p.y / 130, 3),
          p.y + 30 * fbm(seed + 6, p.x / 130, p.y / 130, 3)};
  double along = 430 - 70 * (p.x / GRID_W) - 40 * (p.y / GRID_H);
  double high = ridge(KM_TO(q, main_range), 22);
  return along + 1.4 * KM_TO(q, course) + (9 + 90 * high) * fbm(seed + 7, p.x / 60, p.y / 60, 5);
}

/* Water leaves over the northern edge, where the range falls off, and to the south where the great river goes. */
static void open_edges(uint8_t *open) {
  for (int x = 0; x < CW; x++) {
    open[x] = 1;
    open[(CH - 1) * CW + x] = x > CW * 67 / 100 && x < CW * 80 / 100;
  }
}

static void erode(vd_arena *arena, float *height, const double *uplift, const uint8_t *open, int32_t inlet) {
  const double years = 42000, k = 4.2e-6;
  float *filled = VD_NEW_ARRAY(arena, float, CN);
  int32_t *down = VD_NEW_ARRAY(arena, int32_t, CN), *order = VD_NEW_ARRAY(arena, int32_t, CN);
  double *area = VD_NEW_ARRAY(arena, double, CN);
  for (int round = 0; round < ROUNDS; round++) {
    flow_route(arena, height, CW, CH, open, filled, down, order);
    for (int i = 0; i < CN; i++) area[i] = COARSE_M * COARSE_M;
    area[inlet] += INFLOW_KM2 * 1e6;
    for (int i = CN - 1; i >= 0; i--)
      if (down[order[i]] >= 0) area[down[order[i]]] += area[order[i]];
    for (int i = 0; i < CN; i++) {
      int32_t c = order[i], to = down[c];
      if (to < 0) continue;
      bool diagonal = c % CW != to % CW && c / CW != to / CW;
      double f = k * years * sqrt(area[c]) / (COARSE_M * (diagonal ? 1.414 : 1));
      double raised = height[c] + uplift[c] * 1e-3 * years;
      height[c] = (float)((raised + f * height[to]) / (1 + f));
    }
  }
}

/* Slopes creep: sharp edges between cells go. */
static void creep(float *height, float *other, int rounds) {
  for (int round = 0; round < rounds; round++) {
    memcpy(other, height, sizeof *other * CN);
    for (int y = 1; y < CH - 1; y++)
      for (int x = 1; x < CW - 1; x++) {
        const float *o = other + y * CW + x;
        height[y * CW + x] = 0.6F * o[0] + 0.1F * (o[-1] + o[1] + o[-CW] + o[CW]);
      }
  }
}

static double cubic(double a, double b, double c, double d, double t) {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}

static double coarse_at(const float *height, double x, double y) {
  int c = (int)floor(x), r = (int)floor(y);
  double row[4];
  for (int j = 0; j < 4; j++) {
    const float *line_start = height + (int)clamp(r + j - 1, 0, CH - 1) * CW;
    double v[4];
    for (int i = 0; i < 4; i++) v[i] = line_start[(int)clamp(c + i - 1, 0, CW - 1)];
    row[j] = cubic(v[0], v[1], v[2], v[3], x - c);
  }
  return cubic(row[0], row[1], row[2], row[3], y - r);
}

static double roughness(const float *height, double x, double y) {
  double e = coarse_at(height, x + 1, y) - coarse_at(height, x - 1, y);
  double s = coarse_at(height, x, y + 1) - coarse_at(height, x, y - 1);
  return sqrt(e * e + s * s);
}

void make_relief(world *w) {
  vd_arena *a = w->arena;
  uint64_t seed = w->seed * 31;
  float *coarse = VD_NEW_ARRAY(a, float, CN);
  double *uplift = VD_NEW_ARRAY(a, double, CN);
  uint8_t *open = VD_NEW_ARRAY(a, uint8_t, CN);
  for (int i = 0; i < CN; i++) {
    pt p = {(i % CW + 0.5) * COARSE, (i / CW + 0.5) * COARSE};
    coarse[i] = (float)start_at(seed, p);
    uplift[i] = uplift_at(seed, p);
  }
  open_edges(open);
  int32_t inlet = (int)(CH * 0.55) * CW;
  erode(a, coarse, uplift, open, inlet);
  creep(coarse, VD_NEW_ARRAY(a, float, CN), 2);
  w->height = VD_NEW_ARRAY(a, float, GRID_N);
  for (int32_t i = 0; i < GRID_N; i++) {
    pt p = centre_of(i);
    double x = p.x / COARSE - 0.5, y = p.y / COARSE - 0.5;
    double detail = fbm(seed + 8, p.x / 9, p.y / 9, 4);
    double tilt = 45 * (1 - p.x / GRID_W) + 20 * (1 - p.y / GRID_H); /* the plains fall to the south-east */
    double fine = detail * fmin(14, 0.1 + 0.07 * roughness(coarse, x, y));
    w->height[i] = (float)(coarse_at(coarse, x, y) + tilt + fine);
  }
  w->inlet = inlet / CW * COARSE * GRID_W + GRID_W;
}
