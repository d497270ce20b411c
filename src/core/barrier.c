/* barrier: exact crossing tests, and barrier segments found by the cells they run through.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/barrier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"

/* ---- exact orientation ---- */

/* Adds b to the expansion e (non-overlapping parts, smallest first); returns its new length. Shewchuk's Grow-Expansion. */
static int grow(double *e, int n, double b) {
  double q = b;
  for (int i = 0; i < n; i++) {
    double sum = q + e[i], part = sum - q;
    e[i] = (q - (sum - part)) + (e[i] - part);
    q = sum;
  }
  e[n] = q;
  return n + 1;
}

static int grow_product(double *e, int n, double a, double b) {
  double product = a * b;
  n = grow(e, n, fma(a, b, -product));
  return grow(e, n, product);
}

static int orient_exact(double ax, double ay, double bx, double by, double cx, double cy) {
  double e[12];
  int n = grow_product(e, 0, ax, by);
  n = grow_product(e, n, -ax, cy);
  n = grow_product(e, n, -cx, by);
  n = grow_product(e, n, -ay, bx);
  n = grow_product(e, n, ay, cx);
  n = grow_product(e, n, cy, bx);
  for (int i = n - 1; i >= 0; i--)
    if (e[i] != 0) return e[i] > 0 ? 1 : -1;
  return 0;
}

int vd_orient(double ax, double ay, double bx, double by, double cx, double cy) {
  double left = (ax - cx) * (by - cy), right = (ay - cy) * (bx - cx), det = left - right;
  double bound = 3.3306690738754716e-16 * (fabs(left) + fabs(right));
  if (det > bound) return 1;
  if (-det > bound) return -1;
  return orient_exact(ax, ay, bx, by, cx, cy);
}

static bool overlap(double a, double b, double c, double d) {
  return fmax(fmin(a, b), fmin(c, d)) <= fmin(fmax(a, b), fmax(c, d));
}

bool vd_segment_crosses(double ax, double ay, double bx, double by, double cx, double cy, double dx,
                        double dy) {
  if (!overlap(ax, bx, cx, dx) || !overlap(ay, by, cy, dy)) return false;
  if (vd_orient(ax, ay, bx, by, cx, cy) * vd_orient(ax, ay, bx, by, dx, dy) > 0) return false;
  return vd_orient(cx, cy, dx, dy, ax, ay) * vd_orient(cx, cy, dx, dy, bx, by) <= 0;
}

/* ---- segments by cell ---- */

typedef struct segment {
  double ax, ay, bx, by;
} segment;

struct vd_barriers {
  vd_grid grid;
  segment *segments;
  size_t n;
  int32_t *start; /* n_cells + 1 */
  int32_t *list;  /* segment numbers by cell */
};

typedef struct span {
  int32_t from, to; /* [from, to) */
} span;

static span clamp_span(double from, double to, int32_t n) {
  span s = {0, 0};
  if (!(from <= to) || to < 0 || from >= n) return s;
  s.from = from > 0 ? (int32_t)from : 0;
  s.to = to + 1 < n ? (int32_t)to + 1 : n;
  return s;
}

/* A little more than rounding can move a coordinate, so that what touches in truth shares a cell here. */
static double slack(const vd_grid *g) {
  double reach = fabs(g->x0_m) + fabs(g->y0_m) + g->cell_m * ((double)g->nx + (double)g->ny);
  return 1e-9 * g->cell_m + 1e-13 * reach;
}

static span rows_of(const vd_grid *g, const segment *s) {
  double e = slack(g);
  return clamp_span(floor((g->y0_m - fmax(s->ay, s->by) - e) / g->cell_m),
                    floor((g->y0_m - fmin(s->ay, s->by) + e) / g->cell_m), g->ny);
}

/* The columns a segment touches in one row, and perhaps one more at either side. */
static span columns_of(const vd_grid *g, const segment *s, int32_t row) {
  double e = slack(g), top = g->y0_m - row * g->cell_m + e, bottom = top - g->cell_m - 2 * e;
  double left = fmin(s->ax, s->bx), right = fmax(s->ax, s->bx), dy = s->by - s->ay;
  if (fabs(dy) > g->cell_m / 64) {
    double t0 = (top - s->ay) / dy, t1 = (bottom - s->ay) / dy;
    double x0 = s->ax + (s->bx - s->ax) * fmin(fmax(t0, 0), 1);
    double x1 = s->ax + (s->bx - s->ax) * fmin(fmax(t1, 0), 1), more = 64 * e + 1e-12 * (right - left);
    left = fmax(left, fmin(x0, x1) - more);
    right = fmin(right, fmax(x0, x1) + more);
  }
  return clamp_span(floor((left - e - g->x0_m) / g->cell_m), floor((right + e - g->x0_m) / g->cell_m), g->nx);
}

static bool finite_segment(const segment *s) {
  return isfinite(s->ax) && isfinite(s->ay) && isfinite(s->bx) && isfinite(s->by);
}

static void collect(vd_barriers *b, const vd_geom *geom) {
  vd_box all = vd_grid_box(&b->grid);
  for (int32_t part = 0; part < geom->n_parts; part++)
    for (int32_t i = geom->part_start[part]; i + 1 < geom->part_start[part + 1]; i++) {
      const double *p = geom->xy + 2 * (size_t)i;
      segment s = {p[0], p[1], p[2], p[3]};
      vd_box box = vd_box_add(vd_box_add(vd_box_empty(), s.ax, s.ay), s.bx, s.by);
      if (finite_segment(&s) && vd_box_touches(box, all)) b->segments[b->n++] = s;
    }
}

/* Counts (list NULL) or enters every segment at its cells. */
static int64_t enter(vd_barriers *b, int32_t *at) {
  int64_t total = 0;
  for (size_t i = 0; i < b->n; i++) {
    span rows = rows_of(&b->grid, &b->segments[i]);
    for (int32_t row = rows.from; row < rows.to; row++) {
      span columns = columns_of(&b->grid, &b->segments[i], row);
      for (int32_t column = columns.from; column < columns.to; column++, total++) {
        int32_t cell = row * b->grid.nx + column;
        if (b->list)
          b->list[at[cell]++] = (int32_t)i;
        else
          at[cell + 1]++;
      }
    }
  }
  return total;
}

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY,
                 _("There is not enough memory for the rivers and shores of this area; choose a "
                   "larger cell or a smaller area."));
}

vd_status vd_barriers_new(vd_arena *arena, const vd_grid *grid, const vd_geom *const *lines, size_t n,
                          vd_barriers **out) {
  VD_TRY(vd_grid_check(grid));
  vd_barriers *b = VD_NEW(arena, vd_barriers);
  b->grid = *grid;
  size_t points = 0, n_cells = (size_t)vd_grid_n(grid);
  for (size_t i = 0; i < n; i++)
    if (!vd_geom_empty(lines[i]) && lines[i]->type != VD_GEOM_POINT) points += (size_t)lines[i]->n_points;
  if (points > INT32_MAX) return no_room();
  b->segments = vd_arena_try_alloc(arena, points, sizeof *b->segments);
  b->start = vd_arena_try_alloc(arena, n_cells + 1, sizeof *b->start);
  if (!b->segments || !b->start) return no_room();
  for (size_t i = 0; i < n; i++)
    if (!vd_geom_empty(lines[i]) && lines[i]->type != VD_GEOM_POINT) collect(b, lines[i]);
  int64_t total = enter(b, b->start);
  if (total > INT32_MAX) return no_room();
  for (size_t i = 0; i < n_cells; i++) b->start[i + 1] += b->start[i];
  b->list = vd_arena_try_alloc(arena, (size_t)total, sizeof *b->list);
  if (!b->list) return no_room();
  enter(b, b->start);
  /* Entering moved every start to its end, which is the start of the next. */
  memmove(b->start + 1, b->start, n_cells * sizeof *b->start);
  b->start[0] = 0;
  *out = b;
  return VD_OK;
}

size_t vd_barriers_n(const vd_barriers *barriers) {
  return barriers ? barriers->n : 0;
}

static bool crosses(const segment *a, const segment *b) {
  return vd_segment_crosses(a->ax, a->ay, a->bx, a->by, b->ax, b->ay, b->bx, b->by);
}

bool vd_barriers_cross(const vd_barriers *barriers, double ax, double ay, double bx, double by) {
  segment s = {ax, ay, bx, by};
  if (!barriers || !barriers->n || !finite_segment(&s)) return false;
  span rows = rows_of(&barriers->grid, &s);
  for (int32_t row = rows.from; row < rows.to; row++) {
    span columns = columns_of(&barriers->grid, &s, row);
    if (columns.from >= columns.to) continue;
    int32_t first = row * barriers->grid.nx;
    for (int32_t i = barriers->start[first + columns.from]; i < barriers->start[first + columns.to]; i++)
      if (crosses(&s, &barriers->segments[barriers->list[i]])) return true;
  }
  return false;
}

/* Where s meets the barrier, as one or (lying along it) two positions 0..1. */
static int meet(const segment *s, const segment *barrier, double t[2]) {
  double dx = s->bx - s->ax, dy = s->by - s->ay, ex = barrier->bx - barrier->ax,
         ey = barrier->by - barrier->ay;
  double cross = dx * ey - dy * ex, length2 = dx * dx + dy * dy;
  bool along = vd_orient(s->ax, s->ay, s->bx, s->by, barrier->ax, barrier->ay) == 0 &&
               vd_orient(s->ax, s->ay, s->bx, s->by, barrier->bx, barrier->by) == 0;
  if (!(length2 > 0)) return t[0] = 0, 1;
  if (!along && cross != 0) {
    double at = ((barrier->ax - s->ax) * ey - (barrier->ay - s->ay) * ex) / cross;
    return t[0] = fmin(fmax(at, 0), 1), 1;
  }
  t[0] = fmin(fmax(((barrier->ax - s->ax) * dx + (barrier->ay - s->ay) * dy) / length2, 0), 1);
  t[1] = fmin(fmax(((barrier->bx - s->ax) * dx + (barrier->by - s->ay) * dy) / length2, 0), 1);
  return 2;
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

size_t vd_barriers_hits(vd_arena *arena, const vd_barriers *barriers, double ax, double ay, double bx,
                        double by, double **t) {
  segment s = {ax, ay, bx, by};
  size_t n = 0, capacity = 0, kept = 0;
  *t = NULL;
  if (!barriers || !barriers->n || !finite_segment(&s)) return 0;
  span rows = rows_of(&barriers->grid, &s);
  for (int32_t row = rows.from; row < rows.to; row++) {
    span columns = columns_of(&barriers->grid, &s, row);
    if (columns.from >= columns.to) continue;
    int32_t first = row * barriers->grid.nx;
    for (int32_t i = barriers->start[first + columns.from]; i < barriers->start[first + columns.to]; i++) {
      const segment *barrier = &barriers->segments[barriers->list[i]];
      if (!crosses(&s, barrier)) continue;
      double at[2];
      int found = meet(&s, barrier, at);
      for (int k = 0; k < found; k++) *VD_PUSH(arena, *t, n, capacity) = at[k];
    }
  }
  if (n) qsort(*t, n, sizeof **t, by_value);
  for (size_t i = 0; i < n; i++)
    if (!kept || (*t)[kept - 1] != (*t)[i]) (*t)[kept++] = (*t)[i];
  return kept;
}

/* Marks the cells from which a move can meet a barrier: those up to two away from one. */
static void mark_near(const vd_barriers *b, uint8_t *near) {
  for (int32_t cell = 0; cell < vd_grid_n(&b->grid); cell++) {
    if (b->start[cell] == b->start[cell + 1]) continue;
    int32_t x = cell % b->grid.nx, y = cell / b->grid.nx;
    for (int32_t row = y - 2; row <= y + 2; row++)
      for (int32_t column = x - 2; column <= x + 2; column++)
        if (row >= 0 && row < b->grid.ny && column >= 0 && column < b->grid.nx)
          near[row * b->grid.nx + column] = 1;
  }
}

uint16_t *vd_barriers_moves(vd_arena *arena, const vd_barriers *b) {
  int32_t n = vd_grid_n(&b->grid);
  uint16_t *blocked = VD_NEW_ARRAY(arena, uint16_t, n);
  uint8_t *near = VD_NEW_ARRAY(arena, uint8_t, n);
  mark_near(b, near);
  for (int32_t cell = 0; cell < n; cell++) {
    if (!near[cell]) continue;
    double ax, ay, bx, by;
    vd_grid_centre(&b->grid, cell, &ax, &ay);
    for (int k = 0; k < VD_MOVES; k += 2) {
      int32_t to =
          vd_grid_cell_of(&b->grid, cell % b->grid.nx + vd_moves[k].dx, cell / b->grid.nx + vd_moves[k].dy);
      if (to == VD_NO_CELL) continue;
      vd_grid_centre(&b->grid, to, &bx, &by);
      if (!vd_barriers_cross(b, ax, ay, bx, by)) continue;
      blocked[cell] = (uint16_t)(blocked[cell] | 1u << k);
      blocked[to] = (uint16_t)(blocked[to] | 1u << (k ^ 1));
    }
  }
  return blocked;
}
