/* core_friction: least costs over random friction rasters against Dijkstra's algorithm cell by cell, bit for bit, on any
 * number of threads and every kind of processor.
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

#include "core/friction.h"

enum { SMALL_WORLDS = 1500, LARGE_WORLDS = 14, MAX_SOURCES = 6 };

static uint64_t state = 1;
static uint32_t dice(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(state >> 33) % n;
}

/* ---- the oracle: a move's line cut into cells by its definition ---- */

enum { MOVES = 32, PARTS = 6 };
typedef struct move {
  int x, y, n, over[PARTS][2];
} move;

/* The moves of one eighth of the circle with the cells on their lines; the others are its mirror images. */
static const move eighth[] = {{1, 0, 2, {{0, 0}, {1, 0}}},
                              {1, 1, 2, {{0, 0}, {1, 1}}},
                              {2, 1, 4, {{0, 0}, {1, 0}, {1, 1}, {2, 1}}},
                              {3, 1, 4, {{0, 0}, {1, 0}, {2, 1}, {3, 1}}},
                              {3, 2, 6, {{0, 0}, {1, 0}, {1, 1}, {2, 1}, {2, 2}, {3, 2}}}};

static move mirrored(const move *m, int how) {
  move made = *m;
  for (int i = -1; i < m->n; i++) {
    int x = i < 0 ? m->x : m->over[i][0], y = i < 0 ? m->y : m->over[i][1], swap = x;
    if (how & 1) x = y, y = swap;
    if (how & 2) x = -x;
    if (how & 4) y = -y;
    *(i < 0 ? &made.x : &made.over[i][0]) = x;
    *(i < 0 ? &made.y : &made.over[i][1]) = y;
  }
  return made;
}

static size_t make_moves(move moves[MOVES]) {
  size_t n = 0;
  for (size_t k = 0; k < sizeof eighth / sizeof *eighth; k++)
    for (int how = 0; how < 8; how++) {
      move made = mirrored(&eighth[k], how);
      bool known = false;
      for (size_t i = 0; i < n; i++) known |= moves[i].x == made.x && moves[i].y == made.y;
      if (!known) moves[n++] = made;
    }
  return n;
}

static float value_at(const vd_friction *f, int32_t x, int32_t y) {
  return x < 0 || y < 0 || x >= f->nx || y >= f->ny ? INFINITY : f->values[y * f->nx + x];
}

static bool shut_corner(const vd_friction *f, int32_t x0, int32_t y0, int32_t x1, int32_t y1) {
  return isinf(value_at(f, x0, y1)) && isinf(value_at(f, x1, y0));
}

static float price(const vd_friction *f, int32_t x, int32_t y, const move *m) {
  float v[PARTS];
  double across = f->dx * m->x, down = f->dy * m->y, length = sqrt(across * across + down * down);
  for (int i = 0; i < m->n; i++) v[i] = value_at(f, x + m->over[i][0], y + m->over[i][1]);
  if (m->n == 2) {
    if (m->x && m->y && shut_corner(f, x, y, x + m->x, y + m->y)) return INFINITY;
    return (v[0] + v[1]) * (float)(length / 2);
  }
  if (m->n == 6)
    return (((v[0] + v[1]) + (v[4] + v[5])) + (v[0] + v[5]) + 3.0F * (v[2] + v[3])) * (float)(length / 12);
  if (abs(m->x) < 3 && abs(m->y) < 3) return ((v[0] + v[1]) + (v[2] + v[3])) * (float)(length / 4);
  if (shut_corner(f, x + m->over[1][0], y + m->over[1][1], x + m->over[2][0], y + m->over[2][1]))
    return INFINITY;
  return (((v[0] + v[1]) + (v[2] + v[3])) + (v[1] + v[2])) * (float)(length / 6);
}

typedef struct world {
  vd_arena *arena;
  vd_friction friction;
  vd_friction_source sources[MAX_SOURCES];
  size_t n_sources;
  float most;
} world;

/* By a heap of cells with stale entries left in it. */
typedef struct entry {
  float cost;
  int32_t cell;
} entry;
typedef struct queue {
  entry *entries;
  size_t n, capacity;
} queue;

static void put(vd_arena *arena, queue *q, entry e) {
  (void)VD_PUSH(arena, q->entries, q->n, q->capacity);
  size_t at = q->n - 1;
  for (; at && q->entries[(at - 1) / 2].cost > e.cost; at = (at - 1) / 2)
    q->entries[at] = q->entries[(at - 1) / 2];
  q->entries[at] = e;
}

static entry take_least(queue *q) {
  entry least = q->entries[0], last = q->entries[--q->n];
  size_t at = 0;
  for (size_t child; (child = 2 * at + 1) < q->n; at = child) {
    if (child + 1 < q->n && q->entries[child + 1].cost < q->entries[child].cost) child++;
    if (q->entries[child].cost >= last.cost) break;
    q->entries[at] = q->entries[child];
  }
  q->entries[at] = last;
  return least;
}

static void dijkstra(const world *w, const move *moves, size_t n_moves, float *cost) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_friction *f = &w->friction;
  queue q = {0};
  for (int32_t i = 0; i < f->nx * f->ny; i++) cost[i] = INFINITY;
  for (size_t i = 0; i < w->n_sources; i++) {
    const vd_friction_source *s = &w->sources[i];
    if (isinf(f->values[s->cell]) || s->start >= cost[s->cell]) continue;
    cost[s->cell] = s->start;
    put(arena, &q, (entry){s->start, s->cell});
  }
  while (q.n) {
    entry e = take_least(&q);
    if (e.cost > cost[e.cell]) continue;
    int32_t x = e.cell % f->nx, y = e.cell / f->nx;
    for (size_t k = 0; k < n_moves; k++) {
      int32_t to = (y + moves[k].y) * f->nx + x + moves[k].x;
      float sum = e.cost + price(f, x, y, &moves[k]);
      if (isinf(sum) || !(sum < cost[to])) continue;
      cost[to] = sum;
      put(arena, &q, (entry){sum, to});
    }
  }
  for (int32_t i = 0; i < f->nx * f->ny; i++)
    if (cost[i] > w->most) cost[i] = INFINITY;
}

/* The first source from which moves that attain the costs lead to the cell: by going on until nothing changes. */
static void attribute(const world *w, const move *moves, size_t n_moves, const float *cost, float *from) {
  const vd_friction *f = &w->friction;
  for (int32_t i = 0; i < f->nx * f->ny; i++) from[i] = INFINITY;
  for (size_t i = w->n_sources; i-- > 0;)
    if (!isinf(f->values[w->sources[i].cell]) && w->sources[i].start == cost[w->sources[i].cell])
      from[w->sources[i].cell] = (float)i;
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t cell = 0; cell < f->nx * f->ny; cell++)
      for (size_t k = 0; k < n_moves && isfinite(cost[cell]); k++) {
        int32_t x = cell % f->nx, y = cell / f->nx, to = (y + moves[k].y) * f->nx + x + moves[k].x;
        float step = price(f, x, y, &moves[k]);
        if (isinf(step) || cost[cell] + step != cost[to] || !(from[cell] < from[to])) continue;
        from[to] = from[cell];
        changed = true;
      }
  }
}

/* ---- random worlds ---- */

static int32_t random_side(bool small) {
  static const int32_t sides[] = {1, 2, 3, 4, 61, 63, 64, 65, 66, 67, 127, 128, 129, 131};
  return small ? 1 + (int32_t)dice(12) : dice(4) ? sides[dice(14)] : 1 + (int32_t)dice(200);
}

static float random_value(uint32_t kind) {
  if (kind == 0) return 1 + (float)dice(1000) / 64;
  if (kind == 1) return 1; /* many equal ways */
  if (kind == 2) return (float)exp(dice(3000) / 100.0 - 15);
  return (float)(1 + dice(3));
}

static world random_world(bool small) {
  world w = {.arena = vd_arena_new()};
  int32_t nx = random_side(small), ny = random_side(small), n = nx * ny;
  float *values = VD_NEW_ARRAY(w.arena, float, n);
  uint32_t kind = dice(4), blocked = dice(3) ? dice(50) : 0;
  for (int32_t i = 0; i < n; i++) values[i] = dice(100) < blocked ? INFINITY : random_value(kind);
  for (uint32_t walls = small ? 0 : dice(8); walls > 0; walls--) { /* mazes, so that ways turn back */
    int32_t row = (int32_t)dice((uint32_t)ny), gap = (int32_t)dice((uint32_t)nx);
    for (int32_t x = 0; x < nx; x++)
      if (abs(x - gap) > 1) values[row * nx + x] = INFINITY;
  }
  w.friction = (vd_friction){nx, ny, 1, dice(2) ? 1 : 0.25 + dice(16) / 8.0, values};
  w.n_sources = 1 + dice(MAX_SOURCES);
  for (size_t i = 0; i < w.n_sources; i++)
    w.sources[i] = (vd_friction_source){(int32_t)dice((uint32_t)n), dice(2) ? 0 : (float)dice(20)};
  w.most = dice(3) ? INFINITY : (float)dice(200);
  return w;
}

static void check_same(const char *what, const world *w, const float *got, const float *expected) {
  for (int32_t i = 0; i < w->friction.nx * w->friction.ny; i++)
    if (memcmp(&got[i], &expected[i], sizeof *got) != 0)
      fail_msg("%s at %d, %d of %d x %d: %.9g instead of %.9g", what, i % w->friction.nx, i / w->friction.nx,
               w->friction.nx, w->friction.ny, (double)got[i], (double)expected[i]);
}

static void check_world(const world *w, vd_jobs *const *pools, size_t n_pools) {
  move moves[MOVES];
  size_t n_moves = make_moves(moves), n = (size_t)w->friction.nx * (size_t)w->friction.ny;
  assert_int_equal(n_moves, MOVES);
  float *cost = VD_NEW_ARRAY(w->arena, float, n), *from = VD_NEW_ARRAY(w->arena, float, n);
  dijkstra(w, moves, n_moves, cost);
  attribute(w, moves, n_moves, cost, from);
  for (int kind = 0; friction_kernel_at(kind); kind++)
    for (size_t p = 0; p < n_pools; p++) {
      vd_friction_field field;
      assert_int_equal(friction_solve(w->arena, &w->friction, friction_kernel_at(kind), w->sources,
                                      w->n_sources, w->most, true, pools[p], NULL, &field),
                       VD_OK);
      check_same("cost", w, field.cost, cost);
      check_same("source", w, field.from, from);
    }
}

static void core_friction__small_rasters_equal_dijkstra(void **unused) {
  (void)unused;
  vd_jobs *pools[] = {NULL};
  for (int i = 0; i < SMALL_WORLDS; i++) {
    state = (uint64_t)i * 7919 + 1;
    world w = random_world(true);
    check_world(&w, pools, 1);
    vd_arena_free(w.arena);
  }
}

static void core_friction__many_tiles_equal_dijkstra_on_any_number_of_threads(void **unused) {
  (void)unused;
  vd_jobs *pools[] = {NULL, vd_jobs_new(2), vd_jobs_new(7)};
  for (int i = 0; i < LARGE_WORLDS; i++) {
    state = (uint64_t)i * 104729 + 3;
    world w = random_world(false);
    check_world(&w, pools, 3);
    vd_arena_free(w.arena);
  }
  for (int p = 1; p < 3; p++) vd_jobs_free(pools[p]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(core_friction__small_rasters_equal_dijkstra),
      cmocka_unit_test(core_friction__many_tiles_equal_dijkstra_on_any_number_of_threads)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
