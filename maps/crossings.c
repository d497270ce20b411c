/* crossings: where roads meet rivers, the road is cut and the short way over the water says how it gets across.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "vedette/base/str.h"
#include "world.h"

/* A meeting of a road with a river, `at` cells along the road. */
typedef struct meeting {
  double at;
  water_kind kind;
} meeting;
/* River segments by the cell of their middle. */
typedef struct river_index {
  int32_t *first, *next; /* chains of segments, -1 ends */
  pt *ends;              /* two a segment */
  uint8_t *kind;
} river_index;

static river_index index_rivers(const world *w) {
  size_t n = 0;
  for (size_t i = 0; i < w->n_rivers; i++) n += (size_t)w->rivers[i].path.n;
  river_index x = {VD_NEW_ARRAY(w->arena, int32_t, GRID_N), VD_NEW_ARRAY(w->arena, int32_t, n),
                   VD_NEW_ARRAY(w->arena, pt, 2 * n), VD_NEW_ARRAY(w->arena, uint8_t, n)};
  for (int32_t i = 0; i < GRID_N; i++) x.first[i] = -1;
  int32_t k = 0;
  for (size_t i = 0; i < w->n_rivers; i++) {
    const river *r = &w->rivers[i];
    for (int j = 0; r->kind >= WATER_RIVER && j + 1 < r->path.n; j++, k++) {
      pt a = r->path.p[j], b = r->path.p[j + 1];
      int32_t c = cell_at((pt){(a.x + b.x) / 2, (a.y + b.y) / 2});
      x.ends[2 * k] = a, x.ends[2 * k + 1] = b;
      x.kind[k] = (uint8_t)r->kind;
      x.next[k] = x.first[c];
      x.first[c] = k;
    }
  }
  return x;
}

/* The part of segment a-b at which it meets c-d, or -1. */
static double meet(pt a, pt b, pt c, pt d) {
  double rx = b.x - a.x, ry = b.y - a.y, sx = d.x - c.x, sy = d.y - c.y, cross = rx * sy - ry * sx;
  if (cross == 0) return -1;
  double t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / cross, u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / cross;
  return t >= 0 && t <= 1 && u >= 0 && u <= 1 ? t : -1;
}

static void find_on_segment(const world *w, const river_index *x, pt a, pt b, double start, meeting **list,
                            size_t *n, size_t *capacity) {
  for (int row = (int)fmin(a.y, b.y) - 2; row <= (int)fmax(a.y, b.y) + 2; row++)
    for (int column = (int)fmin(a.x, b.x) - 2; column <= (int)fmax(a.x, b.x) + 2; column++) {
      if (row < 0 || column < 0 || row >= GRID_H || column >= GRID_W) continue;
      for (int32_t k = x->first[row * GRID_W + column]; k >= 0; k = x->next[k]) {
        double t = meet(a, b, x->ends[2 * k], x->ends[2 * k + 1]);
        if (t >= 0) *VD_PUSH(w->arena, *list, *n, *capacity) = (meeting){start + t * dist(a, b), x->kind[k]};
      }
    }
}

static int by_place(const void *a, const void *b) {
  const meeting *x = a, *y = b;
  return x->at < y->at ? -1 : x->at > y->at;
}

/* The part of a line between two distances along it. */
static line part_of(vd_arena *arena, const line *l, double from, double to) {
  line out = {VD_NEW_ARRAY(arena, pt, l->n + 2), 0};
  double at = 0;
  for (int i = 0; i + 1 < l->n; i++) {
    pt a = l->p[i], b = l->p[i + 1];
    double length = dist(a, b), ends[2] = {from, to};
    if (at >= from && at < to) out.p[out.n++] = a;
    for (int k = 0; k < 2; k++) {
      double t = (ends[k] - at) / length;
      if (t > 0 && t <= 1 && (k == 1 || t < 1) && !(k == 1 && i + 2 == l->n && t > 1 - 1e-9))
        out.p[out.n++] = (pt){a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
    }
    at += length;
  }
  if (to >= at - 1e-9) out.p[out.n++] = l->p[l->n - 1];
  return out;
}

static vd_crossing crossing_of(const world *w, const road *r, water_kind kind, pt where) {
  if (kind == WATER_GREAT) {
    const line *ferry = &w->great[FERRY];
    pt middle = {(ferry->p[0].x + ferry->p[1].x) / 2, (ferry->p[0].y + ferry->p[1].y) / 2};
    return dist(where, middle) < 12 ? VD_FERRY : VD_BRIDGE;
  }
  if (r->klass == VD_ROAD_TRUNK || r->klass == VD_ROAD_PRIMARY) return VD_BRIDGE;
  return r->klass == VD_ROAD_SECONDARY && ((int)where.x + (int)where.y) % 3 == 0 ? VD_BRIDGE : VD_FORD;
}

static void add_part(world *w, const road *whole, double from, double to, water_kind over) {
  road r = *whole;
  r.path = part_of(w->arena, &whole->path, from, to);
  if (r.path.n < 2) return;
  if (over != WATER_NONE) {
    r.over = over;
    r.crossing = crossing_of(w, whole, over, r.path.p[r.path.n / 2]);
    if (r.crossing == VD_FERRY) r.klass = VD_ROAD_FERRY, r.surface = VD_SURFACE_UNKNOWN;
  }
  *VD_PUSH(w->arena, w->roads, w->n_roads, w->roads_capacity) = r;
}

/* Meetings closer than a few hundred metres are one crossing. */
static void split_road(world *w, const road *r, meeting *m, size_t n) {
  double length = line_length(&r->path), done = 0;
  for (size_t i = 0; i < n;) {
    size_t last = i;
    water_kind kind = m[i].kind;
    while (last + 1 < n && m[last + 1].at - m[last].at < 2.5) {
      last++;
      if (m[last].kind > kind) kind = m[last].kind;
    }
    double half = kind == WATER_GREAT ? 0.8 : 0.3;
    double from = fmax(m[i].at - half, done), to = fmin(m[last].at + half, length);
    if (from < 0.05) from = 0;
    if (to > length - 0.05) to = length;
    if (from > done) add_part(w, r, done, from, WATER_NONE);
    add_part(w, r, from, to, kind);
    done = to;
    i = last + 1;
  }
  if (done < length) add_part(w, r, done, length, WATER_NONE);
}

static void name_roads(world *w) {
  for (size_t i = 0; i < w->n_roads; i++) {
    road *r = &w->roads[i];
    char *id = vd_arena_alloc(w->arena, VD_UUID_SIZE);
    vd_uuid_of("sample", vd_str_printf(w->arena, "road/%zu", i), id);
    r->id = id;
    for (int k = 0; k + 1 < r->path.n; k++) r->m += ground_m(r->path.p[k], r->path.p[k + 1]);
    if (r->over != WATER_GREAT) continue;
    pt p = r->path.p[0];
    const line *b = &w->great[STORY_BRIDGE];
    r->name = r->crossing == VD_FERRY ? "Ommel ferry"
              : dist(p, b->p[0]) < 15 ? "Namarel bridge"
                                      : "Upper Ommel bridge";
  }
}

void make_crossings(world *w) {
  river_index x = index_rivers(w);
  road *whole = w->roads;
  size_t n_whole = w->n_roads;
  w->roads = NULL;
  w->n_roads = w->roads_capacity = 0;
  for (size_t i = 0; i < n_whole; i++) {
    meeting *list = NULL;
    size_t n = 0, capacity = 0;
    double at = 0;
    const line *l = &whole[i].path;
    for (int k = 0; k + 1 < l->n; k++) {
      find_on_segment(w, &x, l->p[k], l->p[k + 1], at, &list, &n, &capacity);
      at += dist(l->p[k], l->p[k + 1]);
    }
    if (n) qsort(list, n, sizeof *list, by_place);
    split_road(w, &whole[i], list, n);
  }
  name_roads(w);
}
