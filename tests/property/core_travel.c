/* core_travel: travel times on thousands of random small landscapes against Bellman and Ford over a graph that this file
 * builds on its own from the words of travel.h, exactly equal.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "vedette/core/travel.h"

enum {
  MAX_SIDE = 8,
  MAX_ROADS = 5,
  MAX_POINTS = 5,
  MAX_BARRIERS = 3,
  MAX_VERTICES = 4000,
  MAX_LINKS = 40000
};
enum { CELL_M = 100, MAX_CUTS = 400, MAX_EFFECTS = 3 };

static uint64_t state;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

/* ---- a random world ---- */

typedef struct pt {
  double x, y;
} pt;

typedef struct world {
  vd_grid grid;
  uint8_t ground[MAX_SIDE * MAX_SIDE];
  float elevation[MAX_SIDE * MAX_SIDE];
  bool hilly;
  vd_geom *barriers[MAX_BARRIERS];
  size_t n_barriers;
  pt points[MAX_ROADS][MAX_POINTS];
  vd_travel_road roads[MAX_ROADS];
  size_t n_roads;
  vd_unmarked unmarked;
  double merge_m;
  vd_speed_rules own, foot;
  vd_profile profile;
  vd_travel_source source;
  vd_travel_effect effects[MAX_EFFECTS];
  pt at[MAX_EFFECTS];
  double radius[MAX_EFFECTS];
  size_t n_effects;
  uint32_t cutoff_ms;
} world;

/* Whole metres, so that touching is exact; odd offsets, so that little lies exactly on the grid's lines. */
static pt random_point(const world *w) {
  pt p = {w->grid.x0_m - 40 + dice((uint32_t)w->grid.nx * CELL_M + 80),
          w->grid.y0_m + 40 - dice((uint32_t)w->grid.ny * CELL_M + 80)};
  return p;
}

static void random_rules(vd_speed_rules *r, bool slow) {
  *r = (vd_speed_rules){.night_factor = 0.7, .slope_max = dice(3) ? INFINITY : 0.3};
  for (int g = 0; g < VD_GROUND_COUNT; g++) {
    /* Uneven, so that no time lies exactly between two milliseconds. */
    r->kmh[g] =
        dice(4) ? (slow ? 1 + dice(5) : 5 + dice(80)) + dice(10) / 10.0 + 0.000371 * g + 0.0000733 : 0;
    r->wet_factor[g] = 0.3;
  }
}

static void random_road(world *w, size_t i) {
  int n = 2 + (int)dice(MAX_POINTS - 1);
  for (int k = 0; k < n; k++) {
    bool shared = i && !dice(3);
    size_t other = shared ? dice((uint32_t)i) : 0;
    w->points[i][k] = shared ? w->points[other][dice((uint32_t)w->roads[other].n)] : random_point(w);
  }
  vd_crossing crossing = dice(2) ? VD_CROSSING_NONE : (vd_crossing)dice(VD_CROSSING_COUNT);
  w->roads[i] = (vd_travel_road){.xy = &w->points[i][0].x,
                                 .n = n,
                                 .ground = (vd_ground)dice(VD_GROUND_FERRY + 1),
                                 .crossing = crossing,
                                 .oneway = (int8_t)(dice(4)   ? 0
                                                    : dice(2) ? 1
                                                              : -1),
                                 .closed = dice(8) ? 0 : 1 << VD_CAR_4X4,
                                 .time_factor = dice(2) ? 1 : 1.25};
}

static void random_world(vd_arena *arena, world *w) {
  *w = (world){.grid = {-200 - (double)dice(100), 300 + (double)dice(100), CELL_M,
                        2 + (int)dice(MAX_SIDE - 1), 2 + (int)dice(MAX_SIDE - 1)}};
  int n = w->grid.nx * w->grid.ny;
  int kinds = 1 + (int)dice(VD_LANDCOVER_COUNT);
  w->hilly = dice(2);
  for (int i = 0; i < n; i++) {
    w->ground[i] = (uint8_t)(VD_GROUND_WATER - (int)dice((uint32_t)kinds));
    w->elevation[i] = dice(10) ? (float)dice(60) : NAN;
  }
  w->n_barriers = dice(MAX_BARRIERS + 1);
  for (size_t i = 0; i < w->n_barriers; i++) {
    /* Beyond the grid there are no barriers. */
    pt line[3];
    for (int k = 0; k < 3; k++)
      line[k] = (pt){w->grid.x0_m + dice((uint32_t)w->grid.nx * CELL_M),
                     w->grid.y0_m - dice((uint32_t)w->grid.ny * CELL_M)};
    w->barriers[i] = vd_geom_line(arena, &line[0].x, 2 + (int)dice(2));
  }
  w->n_roads = dice(MAX_ROADS + 1);
  for (size_t i = 0; i < w->n_roads; i++) random_road(w, i);
  w->unmarked = (vd_unmarked)dice(3);
  w->merge_m = dice(2) ? 0 : 120;
  random_rules(&w->own, dice(2));
  random_rules(&w->foot, true);
  w->profile = vd_profile_resolve(dice(2) ? VD_FOOT : VD_CAR_4X4, &w->own, &w->foot,
                                  dice(2) ? VD_WET : VD_DRY, dice(2) ? VD_NIGHT : VD_DAY, 900000, 3600000);
  pt at = random_point(w);
  w->source = (vd_travel_source){at.x + 0.25, at.y + 0.375, dice(1000)};
  w->n_effects = dice(MAX_EFFECTS + 1);
  for (size_t i = 0; i < w->n_effects; i++) {
    w->effects[i] = (vd_travel_effect){
        .effect = (vd_effect)dice(VD_EFFECT_NONE), .slow = 1.5 + dice(3), .delay_ms = 60000};
    w->at[i] = random_point(w);
    w->radius[i] = 20 + dice(200);
  }
  w->cutoff_ms = dice(4) ? VD_UNREACHED - 1 : 300000 + dice(4000000);
}

/* ---- the reference graph ---- */

typedef struct vertex {
  pt at;
  int road_cell; /* the cell it joins, -1 none */
  double join_m;
  int medium; /* 0 cell, 1 land, 2 ford, 3 ferry */
  bool zone[MAX_EFFECTS];
} vertex;
typedef struct link {
  int from, to;
  uint32_t ms;
  bool zone[MAX_EFFECTS];
} link;
typedef struct piece {
  int a, b;
  size_t road;
  double a_u, b_u, a_m, b_m;
  int kind;                    /* 0 road, 1 paid, 2 shut */
  bool a_crossing, b_crossing; /* these ends are at an unmarked crossing */
} piece;
typedef struct graph {
  vertex vertices[MAX_VERTICES];
  int n_vertices;
  link links[MAX_LINKS];
  int n_links;
  piece pieces[MAX_VERTICES];
  int n_pieces;
} graph;

static pt road_at(const vd_travel_road *r, double u) {
  int i = (int)floor(u);
  if (i >= r->n - 1) return (pt){r->xy[2 * r->n - 2], r->xy[2 * r->n - 1]};
  const double *p = r->xy + 2 * i;
  double t = u - i;
  return (pt){p[0] + t * (p[2] - p[0]), p[1] + t * (p[3] - p[1])};
}

static double road_m(const vd_travel_road *r, double u) {
  double sum = 0;
  for (int i = 0; i < r->n - 1 && i < u; i++) {
    const double *p = r->xy + 2 * i;
    double length = vd_plane_distance_m(p[0], p[1], p[2], p[3]);
    sum += u >= i + 1 ? length : (u - i) * length;
  }
  return sum;
}

static double cross(pt a, pt b, pt c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

static bool between(pt a, pt b, pt p) {
  return fmin(a.x, b.x) <= p.x && p.x <= fmax(a.x, b.x) && fmin(a.y, b.y) <= p.y && p.y <= fmax(a.y, b.y);
}

static int sign(double v) {
  return (v > 0) - (v < 0);
}

static bool meets(pt a, pt b, pt c, pt d) {
  int s1 = sign(cross(a, b, c)), s2 = sign(cross(a, b, d)), s3 = sign(cross(c, d, a)),
      s4 = sign(cross(c, d, b));
  if (s1 * s2 < 0 && s3 * s4 < 0) return true;
  return (s1 == 0 && between(a, b, c)) || (s2 == 0 && between(a, b, d)) || (s3 == 0 && between(c, d, a)) ||
         (s4 == 0 && between(c, d, b));
}

static bool barred(const world *w, pt a, pt b) {
  for (size_t i = 0; i < w->n_barriers; i++)
    for (int k = 0; k + 1 < w->barriers[i]->n_points; k++) {
      const double *p = w->barriers[i]->xy + 2 * k;
      if (meets(a, b, (pt){p[0], p[1]}, (pt){p[2], p[3]})) return true;
    }
  return false;
}

static pt centre(const world *w, int cell) {
  return (pt){w->grid.x0_m + (cell % w->grid.nx + 0.5) * CELL_M,
              w->grid.y0_m - (cell / w->grid.nx + 0.5) * CELL_M};
}

static double ground_m(pt a, pt b) {
  return vd_plane_distance_m(a.x, a.y, b.x, b.y);
}

static double effect_on(const world *w, const bool *zone, bool *shut) {
  double slow = 1;
  for (size_t i = 0; i < w->n_effects; i++) {
    if (zone[i] && w->effects[i].effect == VD_EFFECT_BLOCK) *shut = true;
    if (zone[i] && w->effects[i].effect == VD_EFFECT_SLOW) slow *= w->effects[i].slow;
  }
  return slow;
}

static double pace_of(const world *w, const graph *g, int cell, bool walking) {
  const double *table = walking ? w->profile.walk_ms_per_m : w->profile.ms_per_m;
  bool shut = false;
  double slow = effect_on(w, g->vertices[cell].zone, &shut), pace = shut ? INFINITY : table[w->ground[cell]];
  if (walking) return pace * slow;
  float kept = (float)pace; /* cells keep single precision */
  for (size_t i = 0; i < w->n_effects; i++)
    if (g->vertices[cell].zone[i] && w->effects[i].effect == VD_EFFECT_SLOW)
      kept *= (float)w->effects[i].slow;
  return (double)kept;
}

static uint32_t delayed(const world *w, const bool *from, const bool *over, const bool *to, uint32_t ms) {
  for (size_t i = 0; i < w->n_effects; i++)
    if (w->effects[i].effect == VD_EFFECT_DELAY && !(from && from[i]) && ((over && over[i]) || to[i]))
      ms = vd_ms_add(ms, w->effects[i].delay_ms);
  return ms;
}

static void connect(graph *g, const world *w, int from, int to, uint32_t ms, const bool *over) {
  if (ms == VD_UNREACHED) return;
  assert_true(g->n_links < MAX_LINKS);
  g->links[g->n_links++] = (link){
      .from = from, .to = to, .ms = delayed(w, g->vertices[from].zone, over, g->vertices[to].zone, ms)};
}

static void mark_zone(const world *w, vertex *v) {
  for (size_t i = 0; i < w->n_effects; i++) v->zone[i] = ground_m(v->at, w->at[i]) <= w->radius[i];
}

/* Moves: the cells of the straight line are found by walking along it in small steps off the corners. */
static void add_moves(graph *g, const world *w) {
  for (int a = 0; a < w->grid.nx * w->grid.ny; a++)
    for (int b = 0; b < w->grid.nx * w->grid.ny; b++) {
      int dx = b % w->grid.nx - a % w->grid.nx, dy = b / w->grid.nx - a / w->grid.nx;
      bool king = abs(dx) <= 1 && abs(dy) <= 1 && a != b, knight = abs(dx * dy) == 2;
      pt p = centre(w, a), q = centre(w, b);
      if ((!king && !knight) || barred(w, p, q)) continue;
      double sum = 0;
      bool over[MAX_EFFECTS] = {false};
      int steps = knight ? 4 : 2;
      for (int i = 0; i < steps; i++) {
        double t = (i + 0.5) / steps;
        int cell = vd_grid_cell(&w->grid, p.x + t * (q.x - p.x), p.y + t * (q.y - p.y));
        sum += pace_of(w, g, cell, false);
        for (size_t e = 0; e < w->n_effects; e++) over[e] = over[e] || g->vertices[cell].zone[e];
      }
      if (king && dx && dy) {
        bool one = pace_of(w, g, a + dx, false) < INFINITY,
             two = pace_of(w, g, a + dy * w->grid.nx, false) < INFINITY;
        if (!one && !two) continue;
      }
      double half = 16 * CELL_M;
      double length = vd_plane_step_m(w->grid.x0_m + half, w->grid.y0_m - half, q.x - p.x, q.y - p.y);
      double factor = 1, rise = (double)w->elevation[b] - (double)w->elevation[a];
      if (w->hilly && !isnan(rise)) {
        double slope = rise / length;
        if (fabs(slope) > w->profile.slope_max) continue;
        if (w->profile.vehicle == VD_FOOT) factor = exp(3.5 * fabs(slope + 0.05) - 0.175);
      } else if (w->profile.vehicle == VD_FOOT) {
        factor = 1;
      }
      if (sum < INFINITY) connect(g, w, a, b, vd_ms_round(length * (sum / steps) * factor), over);
    }
}

static int medium_of(const vd_travel_road *r) {
  return r->crossing == VD_FERRY || r->ground == VD_GROUND_FERRY ? 3 : r->crossing == VD_FORD ? 2 : 1;
}

static int uses_of(const world *w, pt p) {
  int uses = 0;
  for (size_t i = 0; i < w->n_roads; i++)
    for (int k = 0; k < w->roads[i].n; k++) uses += w->points[i][k].x == p.x && w->points[i][k].y == p.y;
  return uses;
}

static int new_vertex(graph *g, const world *w, pt at, int medium) {
  assert_true(g->n_vertices < MAX_VERTICES);
  vertex *v = &g->vertices[g->n_vertices];
  *v = (vertex){.at = at, .road_cell = -1, .medium = medium};
  mark_zone(w, v);
  return g->n_vertices++;
}

/* The vertex of a shared road point; made when it is not there yet. */
static int spot_vertex(graph *g, const world *w, int *spots, int *n_spots, pt at, int medium, bool make) {
  for (int i = 0; i < *n_spots; i++) {
    const vertex *v = &g->vertices[spots[i]];
    if (v->at.x == at.x && v->at.y == at.y && v->medium == medium) return spots[i];
  }
  if (!make) return -1;
  return spots[(*n_spots)++] = new_vertex(g, w, at, medium);
}

typedef struct stretch {
  double from, to, from_m, to_m;
} stretch;

/* Unmarked crossings of a road as stretches in u (point number plus part of the way to the next). */
static int crossings_of(const world *w, const vd_travel_road *r, stretch *out) {
  double hits[MAX_CUTS];
  int n = 0, kept = 0;
  if (r->crossing != VD_CROSSING_NONE || medium_of(r) != 1) return 0;
  for (int i = 0; i + 1 < r->n; i++)
    for (size_t b = 0; b < w->n_barriers; b++)
      for (int k = 0; k + 1 < w->barriers[b]->n_points; k++) {
        pt p = road_at(r, i), q = road_at(r, i + 1);
        const double *s = w->barriers[b]->xy + 2 * k;
        pt c = {s[0], s[1]}, d = {s[2], s[3]};
        if (!meets(p, q, c, d)) continue;
        double down = (q.x - p.x) * (d.y - c.y) - (q.y - p.y) * (d.x - c.x);
        if (down != 0) {
          double t = ((c.x - p.x) * (d.y - c.y) - (c.y - p.y) * (d.x - c.x)) / down;
          hits[n++] = i + fmin(fmax(t, 0), 1);
          continue;
        }
        double l2 = (q.x - p.x) * (q.x - p.x) + (q.y - p.y) * (q.y - p.y);
        double t1 = l2 > 0 ? ((c.x - p.x) * (q.x - p.x) + (c.y - p.y) * (q.y - p.y)) / l2 : 0;
        double t2 = l2 > 0 ? ((d.x - p.x) * (q.x - p.x) + (d.y - p.y) * (q.y - p.y)) / l2 : 0;
        hits[n++] = i + fmin(fmax(t1, 0), 1);
        hits[n++] = i + fmin(fmax(t2, 0), 1);
      }
  for (int i = 0; i < n; i++)
    for (int k = i + 1; k < n; k++)
      if (hits[k] < hits[i]) {
        double swap = hits[i];
        hits[i] = hits[k];
        hits[k] = swap;
      }
  for (int i = 0; i < n; i++) {
    double m = road_m(r, hits[i]);
    if (m < 0.02 || m > road_m(r, r->n - 1) - 0.02) continue;
    bool joins = kept && m - out[kept - 1].to_m <= fmax(w->merge_m, 0.02);
    for (int k = 0; joins && k < r->n; k++) {
      double at = road_m(r, k);
      bool shared = k == 0 || k == r->n - 1 || uses_of(w, road_at(r, k)) > 1;
      if (shared && at > out[kept - 1].to_m && at < m && m - out[kept - 1].to_m > 0.02) joins = false;
    }
    if (!joins) out[kept++] = (stretch){hits[i], hits[i], m, m};
    out[kept - 1].to = hits[i];
    out[kept - 1].to_m = m;
  }
  return kept;
}

typedef struct cut {
  double u;
  int kind; /* 0 before a crossing, 1 shared point, 2 after, 3 join */
  int cell;
  double join_m;
} cut;

static int compare_cuts(const void *a, const void *b) {
  const cut *x = a, *y = b;
  if (x->u != y->u) return x->u < y->u ? -1 : 1;
  return x->kind - y->kind;
}

static int compare_doubles(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* The nearest point to a cell's centre on u0..u1, which lies on one segment. */
static double nearest_u(const vd_travel_road *r, double u0, double u1, pt c) {
  int i = (int)floor((u0 + u1) / 2);
  pt p = road_at(r, i), q = road_at(r, i + 1);
  double l2 = (q.x - p.x) * (q.x - p.x) + (q.y - p.y) * (q.y - p.y);
  double t = ((c.x - p.x) * (q.x - p.x) + (c.y - p.y) * (q.y - p.y)) / l2;
  return fmin(fmax(i + t, u0), u1);
}

static int joins_of(const world *w, const vd_travel_road *r, const stretch *gaps, int n_gaps, cut *out) {
  double us[MAX_CUTS];
  int n = 0, n_out = 0;
  if (r->crossing != VD_CROSSING_NONE || medium_of(r) != 1) return 0;
  for (int i = 0; i < r->n; i++) us[n++] = i;
  for (int i = 0; i < n_gaps; i++) us[n++] = gaps[i].from, us[n++] = gaps[i].to;
  for (int i = 0; i + 1 < r->n; i++) {
    pt p = road_at(r, i), q = road_at(r, i + 1);
    for (int k = 0; k <= MAX_SIDE; k++) {
      double tx = (w->grid.x0_m + k * CELL_M - p.x) / (q.x - p.x),
             ty = (w->grid.y0_m - k * CELL_M - p.y) / (q.y - p.y);
      if (tx > 0 && tx < 1) us[n++] = i + tx;
      if (ty > 0 && ty < 1) us[n++] = i + ty;
    }
  }
  qsort(us, (size_t)n, sizeof *us, compare_doubles);
  int cell = -1, side = -1;
  double best_u = 0, best = INFINITY;
  for (int i = 0; i <= n; i++) {
    int now = -1, now_side = -1;
    if (i + 1 < n) {
      if (us[i] == us[i + 1]) continue;
      double middle = (us[i] + us[i + 1]) / 2;
      pt m = road_at(r, middle);
      now = vd_grid_cell(&w->grid, m.x, m.y);
      now_side = 0;
      for (int k = 0; k < n_gaps; k++) {
        if (middle > gaps[k].to) now_side++;
        if (middle > gaps[k].from && middle < gaps[k].to) now = -1;
      }
    }
    if (now != cell || now_side != side) {
      if (cell >= 0) {
        pt p = road_at(r, best_u), c = centre(w, cell);
        bool crossing = false;
        for (int k = 0; k < n_gaps; k++)
          crossing = crossing || best_u == gaps[k].from || best_u == gaps[k].to;
        if (!crossing && !barred(w, p, c)) out[n_out++] = (cut){best_u, 3, cell, ground_m(p, c)};
      }
      cell = now;
      side = now_side;
      best = INFINITY;
    }
    if (cell >= 0) {
      double u = nearest_u(r, us[i], us[i + 1], centre(w, cell));
      pt p = road_at(r, u), c = centre(w, cell);
      double d = (p.x - c.x) * (p.x - c.x) + (p.y - c.y) * (p.y - c.y);
      if (d < best - 1e-9) best = d, best_u = u;
    }
  }
  return n_out;
}

static uint32_t road_ms(const world *w, const vd_travel_road *r, double a_m, double b_m) {
  double pace = w->profile.ms_per_m[r->ground] * r->time_factor;
  return pace < INFINITY ? (uint32_t)(floor(b_m * pace + 0.5) - floor(a_m * pace + 0.5)) : VD_UNREACHED;
}

static double segment_distance(pt p, pt a, pt b) {
  double l2 = (b.x - a.x) * (b.x - a.x) + (b.y - a.y) * (b.y - a.y);
  double t = l2 > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / l2 : 0;
  t = fmin(fmax(t, 0), 1);
  return ground_m(p, (pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
}

static void piece_zone(const world *w, const piece *p, bool *zone) {
  for (size_t e = 0; e < w->n_effects; e++) {
    double least = INFINITY;
    for (int i = (int)p->a_u; i <= (int)p->b_u && i + 1 < w->roads[p->road].n; i++) {
      const vd_travel_road *r = &w->roads[p->road];
      least = fmin(least,
                   segment_distance(w->at[e], road_at(r, fmax(p->a_u, i)), road_at(r, fmin(p->b_u, i + 1))));
    }
    zone[e] = least <= w->radius[e];
  }
}

/* Times along and against a piece between two lengths, with restrictions. */
static void piece_ms(const world *w, const piece *p, double a_m, double b_m, uint32_t ms[2]) {
  const vd_travel_road *r = &w->roads[p->road];
  bool zone[MAX_EFFECTS] = {false}, shut = p->kind == 2;
  piece_zone(w, p, zone);
  double slow = effect_on(w, zone, &shut);
  uint32_t flat = road_ms(w, r, a_m, b_m);
  if (flat != VD_UNREACHED) flat = vd_ms_round(flat * slow);
  if (p->kind == 1) flat = vd_ms_add(flat, w->profile.ford_ms);
  if (shut || r->closed & 1u << w->profile.vehicle) flat = VD_UNREACHED;
  bool foot = w->profile.vehicle == VD_FOOT;
  ms[0] = !foot && r->oneway < 0 ? VD_UNREACHED : flat;
  ms[1] = !foot && r->oneway > 0 ? VD_UNREACHED : flat;
}

static void add_road(graph *g, const world *w, size_t index, int *spots, int *n_spots) {
  const vd_travel_road *r = &w->roads[index];
  stretch gaps[MAX_CUTS];
  cut cuts[MAX_CUTS];
  int n_gaps = crossings_of(w, r, gaps), n = joins_of(w, r, gaps, n_gaps, cuts);
  for (int i = 0; i < r->n; i++)
    if (i == 0 || i == r->n - 1 || uses_of(w, road_at(r, i)) > 1) cuts[n++] = (cut){.u = i, .kind = 1};
  for (int i = 0; i < n_gaps; i++) {
    cuts[n++] = (cut){.u = gaps[i].from, .kind = 0};
    cuts[n++] = (cut){.u = gaps[i].to, .kind = 2};
  }
  qsort(cuts, (size_t)n, sizeof *cuts, compare_cuts);
  int before = -1;
  bool in_gap = false, first = false;
  for (int i = 0; i < n; i++) {
    const cut *c = &cuts[i];
    pt at = road_at(r, c->u);
    int v = c->kind == 1 ? spot_vertex(g, w, spots, n_spots, at, medium_of(r), true)
                         : new_vertex(g, w, at, medium_of(r));
    if (c->kind == 3) {
      g->vertices[v].road_cell = c->cell;
      g->vertices[v].join_m = c->join_m;
    }
    if (before >= 0) {
      int kind = !in_gap || w->unmarked == VD_UNMARKED_BRIDGE ? 0
                 : w->unmarked == VD_UNMARKED_CLOSED          ? 2
                                                              : first;
      g->pieces[g->n_pieces++] = (piece){before,          v,    index,
                                         cuts[i - 1].u,   c->u, road_m(r, cuts[i - 1].u),
                                         road_m(r, c->u), kind, !(cuts[i - 1].kind & 1),
                                         !(c->kind & 1)};
    }
    first = c->kind == 0;
    if (c->kind == 0) in_gap = true;
    if (c->kind == 2) in_gap = false;
    before = v;
  }
}

static void add_joins(graph *g, const world *w) {
  for (int v = w->grid.nx * w->grid.ny; v < g->n_vertices; v++) {
    int cell = g->vertices[v].road_cell;
    if (cell < 0) continue;
    bool open = false;
    for (int i = 0; i < g->n_pieces; i++) {
      uint32_t ms[2];
      if (g->pieces[i].a != v && g->pieces[i].b != v) continue;
      piece_ms(w, &g->pieces[i], g->pieces[i].a_m, g->pieces[i].b_m, ms);
      open = open || ms[0] != VD_UNREACHED || ms[1] != VD_UNREACHED;
    }
    /* A quay that only a ferry's portal meets is open. */
    bool only_portal = true;
    for (int i = 0; i < g->n_pieces; i++)
      only_portal = only_portal && g->pieces[i].a != v && g->pieces[i].b != v;
    if (!open && !only_portal) continue;
    double pace = pace_of(w, g, cell, false);
    if (pace < INFINITY) {
      uint32_t ms = vd_ms_round(g->vertices[v].join_m * pace);
      connect(g, w, v, cell, ms, NULL);
      connect(g, w, cell, v, ms, NULL);
    } else {
      connect(g, w, v, cell, vd_ms_round(g->vertices[v].join_m * pace_of(w, g, cell, true)), NULL);
    }
  }
}

static void add_portals(graph *g, const world *w, int *spots, int *n_spots) {
  const uint32_t enter[4] = {0, 0, w->profile.ford_ms, w->profile.ferry_ms};
  int n = *n_spots;
  for (int i = 0; i < n; i++) {
    pt at = g->vertices[spots[i]].at;
    if (g->vertices[spots[i]].medium != 3 || uses_of(w, at) != 1) continue;
    int cell = vd_grid_cell(&w->grid, at.x, at.y);
    if (cell < 0) continue;
    int quay = spot_vertex(g, w, spots, n_spots, at, 1, true);
    g->vertices[quay].road_cell = cell;
    g->vertices[quay].join_m = ground_m(at, centre(w, cell));
  }
  for (int i = 0; i < *n_spots; i++)
    for (int k = 0; k < *n_spots; k++) {
      vertex a = g->vertices[spots[i]], b = g->vertices[spots[k]];
      if (i == k || a.at.x != b.at.x || a.at.y != b.at.y) continue;
      bool land = spot_vertex(g, w, spots, n_spots, a.at, 1, false) >= 0;
      if (land && a.medium != 1 && b.medium != 1) continue;
      connect(g, w, spots[i], spots[k], enter[b.medium], NULL);
    }
}

static uint32_t source_step(const world *w, const graph *g, int cell, int to, const bool *over, uint32_t ms) {
  return vd_ms_add(w->source.start_ms, delayed(w, g->vertices[cell].zone, over, g->vertices[to].zone, ms));
}

static void lower(uint32_t *best, const world *w, uint32_t ms) {
  if (ms <= w->cutoff_ms && ms < *best) *best = ms;
}

static void seed(const world *w, const graph *g, uint32_t *best) {
  pt s = {w->source.x_m, w->source.y_m};
  int cell = vd_grid_cell(&w->grid, s.x, s.y);
  if (cell < 0) return;
  bool shut = false;
  effect_on(w, g->vertices[cell].zone, &shut);
  if (shut) return;
  bool drives = pace_of(w, g, cell, false) < INFINITY;
  double pace = pace_of(w, g, cell, !drives);
  if (pace < INFINITY && !barred(w, s, centre(w, cell)))
    lower(&best[cell], w,
          source_step(w, g, cell, cell, NULL, vd_ms_round(ground_m(s, centre(w, cell)) * pace)));
  for (int b = 0; drives && barred(w, s, centre(w, cell)) && b < w->grid.nx * w->grid.ny; b++) {
    int dx = b % w->grid.nx - cell % w->grid.nx, dy = b / w->grid.nx - cell / w->grid.nx;
    if (abs(dx) > 1 || abs(dy) > 1 || b == cell || barred(w, s, centre(w, b))) continue;
    double mean = (pace + pace_of(w, g, b, false)) / 2;
    uint32_t ms = vd_ms_round(ground_m(s, centre(w, b)) * mean);
    if (ms != VD_UNREACHED) lower(&best[b], w, source_step(w, g, cell, b, NULL, ms));
  }
  if (!(pace < INFINITY)) pace = w->profile.walk_ms_per_m[VD_GROUND_BARE];
  pt c = centre(w, cell);
  for (int i = 0; i < g->n_pieces; i++) {
    const piece *p = &g->pieces[i];
    const vd_travel_road *r = &w->roads[p->road];
    if (r->crossing != VD_CROSSING_NONE || medium_of(r) != 1) continue;
    if (p->kind != 0) continue;
    double best_u = -1, least = INFINITY;
    for (int k = (int)p->a_u; k <= (int)p->b_u && k + 1 < r->n; k++) {
      /* Within the cell's square, by clipping. */
      double u0 = fmax(p->a_u, k), u1 = fmin(p->b_u, k + 1);
      pt a = road_at(r, k), b = road_at(r, k + 1);
      for (int axis = 0; axis < 2; axis++) {
        double from = axis ? a.y : a.x, to = axis ? b.y : b.x, mid = axis ? c.y : c.x;
        if (from == to) {
          if (fabs(from - mid) > CELL_M / 2) u1 = -1;
          continue;
        }
        double t0 = (mid - CELL_M / 2 - from) / (to - from), t1 = (mid + CELL_M / 2 - from) / (to - from);
        u0 = fmax(u0, k + fmin(t0, t1));
        u1 = fmin(u1, k + fmax(t0, t1));
      }
      if (u0 > u1) continue;
      double u = u0 == u1 ? u0 : nearest_u(r, u0, u1, s);
      pt at = road_at(r, u);
      double d = (at.x - s.x) * (at.x - s.x) + (at.y - s.y) * (at.y - s.y);
      if (d < least - 1e-9) least = d, best_u = u;
    }
    if ((best_u == p->a_u && p->a_crossing) || (best_u == p->b_u && p->b_crossing)) continue;
    if (best_u < 0 || barred(w, s, road_at(r, best_u)) || (p->a == p->b && p->a_m == p->b_m)) continue;
    uint32_t whole[2], there[2], back[2], off = vd_ms_round(ground_m(s, road_at(r, best_u)) * pace);
    bool zone[MAX_EFFECTS] = {false};
    piece_zone(w, p, zone);
    piece_ms(w, p, p->a_m, p->b_m, whole);
    piece_ms(w, p, road_m(r, best_u), p->b_m, there);
    piece_ms(w, p, p->a_m, road_m(r, best_u), back);
    if (off == VD_UNREACHED) continue;
    if (whole[0] != VD_UNREACHED)
      lower(&best[p->b], w, source_step(w, g, cell, p->b, zone, vd_ms_add(off, there[0])));
    if (whole[1] != VD_UNREACHED)
      lower(&best[p->a], w, source_step(w, g, cell, p->a, zone, vd_ms_add(off, back[1])));
  }
}

static void build(graph *g, const world *w) {
  int spots[MAX_VERTICES], n_spots = 0;
  g->n_vertices = g->n_links = g->n_pieces = 0;
  for (int i = 0; i < w->grid.nx * w->grid.ny; i++) new_vertex(g, w, centre(w, i), 0);
  add_moves(g, w);
  for (size_t i = 0; i < w->n_roads; i++) add_road(g, w, i, spots, &n_spots);
  for (int i = 0; i < g->n_pieces; i++) {
    const piece *p = &g->pieces[i];
    uint32_t ms[2];
    bool zone[MAX_EFFECTS] = {false};
    piece_zone(w, p, zone);
    piece_ms(w, p, p->a_m, p->b_m, ms);
    connect(g, w, p->a, p->b, ms[0], zone);
    connect(g, w, p->b, p->a, ms[1], zone);
  }
  add_portals(g, w, spots, &n_spots);
  add_joins(g, w);
}

static void relax_all(const world *w, const graph *g, uint32_t *best) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int i = 0; i < g->n_links; i++) {
      const link *l = &g->links[i];
      if (best[l->from] == VD_UNREACHED) continue;
      uint32_t ms = vd_ms_add(best[l->from], l->ms);
      if (ms > w->cutoff_ms || ms >= best[l->to]) continue;
      best[l->to] = ms;
      changed = true;
    }
  }
}

/* Tells a world, for finding why it fails. */
static void print_world(const world *w) {
  printf("grid %d x %d at %g %g, source %.3f %.3f, %s, unmarked %d merge %g\n", w->grid.nx, w->grid.ny,
         w->grid.x0_m, w->grid.y0_m, w->source.x_m, w->source.y_m,
         w->profile.vehicle == VD_FOOT ? "foot" : "4x4", w->unmarked, w->merge_m);
  for (int i = 0; i < w->grid.nx * w->grid.ny; i++)
    printf("%7.0f/%-7.0f%s", w->profile.ms_per_m[w->ground[i]], w->profile.walk_ms_per_m[w->ground[i]],
           (i + 1) % w->grid.nx ? " " : "\n");
  for (size_t i = 0; i < w->n_barriers; i++) {
    printf("barrier");
    for (int k = 0; k < w->barriers[i]->n_points; k++)
      printf(" (%g %g)", w->barriers[i]->xy[2 * k], w->barriers[i]->xy[2 * k + 1]);
    printf("\n");
  }
  for (size_t i = 0; i < w->n_roads; i++) {
    const vd_travel_road *r = &w->roads[i];
    printf("road crossing %d ground %d (%g ms/m) oneway %d closed %d", r->crossing, r->ground,
           w->profile.ms_per_m[r->ground], r->oneway, r->closed);
    for (int k = 0; k < r->n; k++) printf(" (%g %g)", r->xy[2 * k], r->xy[2 * k + 1]);
    printf("\n");
  }
  for (size_t i = 0; i < w->n_effects; i++)
    printf("effect %d slow %g at %g %g radius %g\n", w->effects[i].effect, w->effects[i].slow, w->at[i].x,
           w->at[i].y, w->radius[i]);
}

static void check_routes(vd_arena *arena, const vd_travel_field *field, int n, uint32_t start_ms) {
  for (int cell = 0; cell < n; cell++) {
    size_t n_legs;
    vd_travel_leg *legs = vd_travel_route(arena, field, cell, &n_legs);
    if (field->cell_ms[cell] == VD_UNREACHED) {
      assert_int_equal(n_legs, 0);
      continue;
    }
    uint64_t sum = start_ms;
    for (size_t i = 0; i < n_legs; i++) sum += legs[i].ms;
    assert_int_equal(sum, field->cell_ms[cell]);
    for (size_t i = 1; i < n_legs; i++) {
      const double *end = legs[i - 1].xy + 2 * (legs[i - 1].n - 1);
      if (!legs[i - 1].n || !legs[i].n) continue;
      assert_true(hypot(end[0] - legs[i].xy[0], end[1] - legs[i].xy[1]) < 1e-6);
    }
  }
}

static bool uses(const vd_travel_ways *ways, int cell, int32_t road) {
  for (int32_t k = ways->last[cell]; k >= 0; k = ways->links[k].before)
    if (ways->links[k].road == road) return true;
  return false;
}

/* Where a road is not on the way told, shutting it changes nothing. */
static void check_ways(vd_arena *arena, const world *w, const vd_travel_network *net,
                       const vd_travel_field *field, int round) {
  int n = w->grid.nx * w->grid.ny;
  int32_t *cells = VD_NEW_ARRAY(arena, int32_t, n);
  for (int i = 0; i < n; i++) cells[i] = i;
  vd_travel_ways ways = vd_travel_ways_to(arena, field, cells, (size_t)n);
  for (int32_t r = 0; r < (int32_t)w->n_roads; r++) {
    vd_travel_effect effects[sizeof w->effects / sizeof *w->effects + 1];
    memcpy(effects, w->effects, w->n_effects * sizeof *effects);
    effects[w->n_effects] = (vd_travel_effect){
        .effect = VD_EFFECT_BLOCK, .slow = 1, .zone = vd_travel_zone_roads(arena, net, &r, 1)};
    vd_travel_costs *costs;
    vd_travel_field without;
    assert_int_equal(vd_travel_costs_new(arena, net, &w->profile, effects, w->n_effects + 1, &costs), VD_OK);
    assert_int_equal(vd_travel_solve(arena, costs, &w->source, w->cutoff_ms, false, NULL, &without), VD_OK);
    for (int i = 0; i < n; i++) {
      if (!uses(&ways, i, r) && without.cell_ms[i] != field->cell_ms[i])
        fail_msg("world %d, cell %d: road %d is not told, and without it %u is %u", round, i, (int)r,
                 field->cell_ms[i], without.cell_ms[i]);
      if (field->cell_ms[i] == VD_UNREACHED) assert_int_equal(ways.last[i], -1);
    }
  }
}

static void check_world(int round) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  static graph g;
  world w;
  state = 77777u + (uint64_t)round * 1000003u;
  random_world(arena, &w);
  vd_terrain terrain = {.grid = w.grid, .ground = w.ground, .elevation_m = w.hilly ? w.elevation : NULL};
  vd_barriers *barriers;
  assert_int_equal(
      vd_barriers_new(arena, &w.grid, (const vd_geom *const *)w.barriers, w.n_barriers, &barriers), VD_OK);
  terrain.blocked = vd_barriers_moves(arena, barriers);
  vd_travel_setup setup = {&terrain, barriers, w.roads, w.n_roads, w.unmarked, w.merge_m};
  vd_travel_network *net;
  vd_travel_costs *costs;
  vd_travel_field field;
  assert_int_equal(vd_travel_network_new(arena, &setup, &net), VD_OK);
  for (size_t i = 0; i < w.n_effects; i++)
    w.effects[i].zone = vd_travel_zone_circle(arena, net, w.at[i].x, w.at[i].y, w.radius[i]);
  assert_int_equal(vd_travel_costs_new(arena, net, &w.profile, w.effects, w.n_effects, &costs), VD_OK);
  assert_int_equal(vd_travel_solve(arena, costs, &w.source, w.cutoff_ms, true, NULL, &field), VD_OK);

  if (getenv("VEDETTE_WORLD")) print_world(&w);
  build(&g, &w);
  uint32_t best[MAX_VERTICES];
  memset(best, 0xff, sizeof best);
  seed(&w, &g, best);
  relax_all(&w, &g, best);
  for (int i = 0; i < w.grid.nx * w.grid.ny; i++)
    if (field.cell_ms[i] != best[i])
      fail_msg("world %d, cell %d: %u, expected %u", round, i, field.cell_ms[i], best[i]);
  check_routes(arena, &field, w.grid.nx * w.grid.ny, w.source.start_ms);
  check_ways(arena, &w, net, &field, round);
}

static void travel__equals_bellman_ford_on_random_worlds(void **unused) {
  (void)unused;
  const char *only = getenv("VEDETTE_WORLD");
  if (only) { /* one world, told */
    check_world(atoi(only));
    return;
  }
  for (int round = 0; round < 3000; round++) check_world(round);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(travel__equals_bellman_ford_on_random_worlds)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
