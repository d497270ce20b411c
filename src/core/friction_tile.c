/* friction_tile: one tile of a friction raster brought to a standstill, and what that wakes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/friction.h"

enum { UPRIGHT, TURNED, SIDE = FRICTION_SIDE, EDGE = FRICTION_EDGE };
enum { MARGIN = FRICTION_WIDEST, LANES = SIDE + 2 * MARGIN, ALL_AROUND = 4 };

static void clear_plane(friction_plane *plane) {
  for (size_t i = 0; i < sizeof plane->cells / sizeof *plane->cells; i++) plane->cells[i] = INFINITY;
}

void friction_desk_init(friction_desk *desk, const friction_solver *solver) {
  friction_aspect *aspects[] = {&desk->upright, &desk->turned};
  for (int i = 0; i < 2; i++) {
    friction_aspect *a = aspects[i];
    friction_plane *planes[] = {&a->value, &a->right, &a->below, &a->fall, &a->rise, &a->cost, &a->from};
    for (size_t p = 0; p < sizeof planes / sizeof *planes; p++) clear_plane(planes[p]);
    a->rates = i ? solver->turned : solver->rates;
  }
}

/* A visit to a tile; pairs are by aspect. Rows of the turned aspect are columns of the tile. */
typedef struct visit {
  const friction_solver *solver;
  friction_aspect *aspects[2];
  int32_t column, row;                 /* of the tile's corner */
  int32_t size[2];                     /* rows of each aspect that lie in the grid */
  bool built[2];                       /* the aspect's friction is there */
  bool stale[2];                       /* the other aspect knows more */
  uint64_t down[2], up[2], changed[2]; /* rows */
} visit;

/* ---- in and out ---- */

static int32_t clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

static void fill(visit *v, const float *grid, friction_plane *plane) {
  int32_t nx = v->solver->friction->nx, ny = v->solver->friction->ny;
  int32_t x0 = clamp(v->column - EDGE, 0, nx), x1 = clamp(v->column + SIDE + EDGE, 0, nx);
  bool whole = x1 - x0 == SIDE + 2 * EDGE;
  for (int32_t y = -EDGE; y < SIDE + EDGE; y++) {
    float *to = friction_at(plane, y);
    int32_t row = v->row + y;
    for (int x = -EDGE; (!whole || row < 0 || row >= ny) && x < SIDE + EDGE; x++) to[x] = INFINITY;
    if (row >= 0 && row < ny)
      memcpy(to + (x0 - v->column), grid + (size_t)row * (size_t)nx + x0, (size_t)(x1 - x0) * sizeof *to);
  }
}

static void write_back(const visit *v) {
  const friction_solver *s = v->solver;
  friction_aspect *a = v->aspects[UPRIGHT];
  float *grid = s->inheriting ? s->field.from : s->field.cost;
  friction_plane *plane = s->inheriting ? &a->from : &a->cost;
  for (int32_t y = 0; y < v->size[UPRIGHT]; y++)
    if (v->changed[UPRIGHT] >> y & 1)
      memcpy(grid + (size_t)(v->row + y) * (size_t)s->friction->nx + v->column, friction_at(plane, y),
             (size_t)v->size[TURNED] * sizeof *grid);
}

typedef float four __attribute__((vector_size(16)));

/* Rows and columns of the tile and `around` it (a multiple of 4), in blocks of 4 x 4. */
static void turn(friction_plane *from, friction_plane *to, int around) {
  for (int y = -around; y < SIDE + around; y += 4)
    for (int x = -around; x < SIDE + around; x += 4) {
      four a, b, c, d;
      memcpy(&a, friction_at(from, y) + x, sizeof a);
      memcpy(&b, friction_at(from, y + 1) + x, sizeof b);
      memcpy(&c, friction_at(from, y + 2) + x, sizeof c);
      memcpy(&d, friction_at(from, y + 3) + x, sizeof d);
      four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5), cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
      four rest = __builtin_shufflevector(a, b, 2, 6, 3, 7), more = __builtin_shufflevector(c, d, 2, 6, 3, 7);
      four rows[4] = {
          __builtin_shufflevector(ab, cd, 0, 1, 4, 5), __builtin_shufflevector(ab, cd, 2, 3, 6, 7),
          __builtin_shufflevector(rest, more, 0, 1, 4, 5), __builtin_shufflevector(rest, more, 2, 3, 6, 7)};
      for (int i = 0; i < 4; i++) memcpy(friction_at(to, x + i) + y, &rows[i], sizeof rows[i]);
    }
}

/* Makes an aspect fit to work with: what the other has found, and the friction, once a visit. */
static void look(visit *v, int which) {
  friction_aspect *a = v->aspects[which], *other = v->aspects[1 - which];
  bool inheriting = v->solver->inheriting;
  int around = 0; /* what lies around the tile does not change during a visit */
  if (!v->built[which]) {
    if (which == TURNED) turn(&other->value, &a->value, ALL_AROUND);
    if (which == TURNED && inheriting) turn(&other->cost, &a->cost, ALL_AROUND);
    v->solver->kernel->pair(a);
    v->built[which] = true;
    around = ALL_AROUND;
  }
  if (!v->stale[which]) return;
  if (inheriting)
    turn(&other->from, &a->from, around);
  else
    turn(&other->cost, &a->cost, around);
  v->stale[which] = false;
}

/* ---- rows ---- */

/* `towards` 1: by moves from above, -1: from below. */
static bool relax(const visit *v, int which, int y, int towards, float *own, int x, int n, uint32_t *lanes) {
  const friction_solver *s = v->solver;
  friction_aspect *a = v->aspects[which];
  return (s->inheriting ? s->kernel->inherit : s->kernel->lower)(a, y, towards, own, x, n, lanes);
}

static uint64_t bits_of(const uint32_t lanes[SIDE]) {
  uint64_t bits = 0;
  for (int i = 0; i < SIDE; i++) bits |= (uint64_t)(lanes[i] & 1) << i;
  return bits;
}

/* A row's number in a set, nothing beyond it. */
static uint64_t bit(int row) {
  return row >= 0 && row < SIDE ? UINT64_C(1) << row : 0;
}

static void sweep_row(visit *v, int which, int y, int towards, uint32_t *lanes) {
  friction_aspect *a = v->aspects[which];
  float *own = friction_at(v->solver->inheriting ? &a->from : &a->cost, y);
  if (!relax(v, which, y, towards, own, 0, SIDE, lanes)) return;
  v->changed[which] |= bit(y);
  v->down[which] |= bit(y + 1) | bit(y + 2) | bit(y + 3);
  v->up[which] |= bit(y - 1) | bit(y - 2) | bit(y - 3);
}

/* Sweeps an aspect down and up until no move that leaves a row betters anything; what moves along rows could better is left
 * to the other aspect, where they leave rows. */
static void settle(visit *v, int which) {
  uint32_t lanes[SIDE] = {0}, from_left[SIDE] = {0}, from_right[SIDE] = {0};
  int other = 1 - which;
  uint64_t inside = v->size[which] < SIDE ? bit(v->size[which]) - 1 : UINT64_MAX, before = v->changed[which];
  v->changed[which] = 0;
  look(v, which);
  while ((v->down[which] &= inside) | (v->up[which] &= inside)) {
    for (int y = 0; y < SIDE; y++) {
      bool due = v->down[which] & inside & bit(y);
      v->down[which] &= ~bit(y);
      if (due) sweep_row(v, which, y, 1, lanes);
    }
    for (int y = SIDE; y-- > 0;) {
      bool due = v->up[which] & inside & bit(y);
      v->up[which] &= ~bit(y);
      if (due) sweep_row(v, which, y, -1, lanes);
    }
  }
  friction_aspect *a = v->aspects[which];
  const friction_kernel *kernel = v->solver->kernel;
  for (int y = 0; y < SIDE; y++)
    if (v->changed[which] & bit(y))
      (v->solver->inheriting ? kernel->along_sources : kernel->along_costs)(a, y, from_left, from_right);
  if (v->changed[which]) v->stale[other] = true;
  v->down[other] |= bits_of(from_left);
  v->up[other] |= bits_of(from_right);
  v->changed[which] |= before;
  v->changed[other] |= bits_of(lanes);
}

/* ---- neighbours ---- */

/* The least cost of cells [from, to) of a row beyond the tile that can be bettered. */
static float least_of(const float *costs, const uint32_t *lanes, int from, int to) {
  float least = INFINITY;
  for (int x = from; x < to; x++)
    if (lanes[x] && costs[x] < least) least = costs[x];
  return least;
}

static void lower(float *least, float cost) {
  if (cost < *least) *least = cost;
}

/* What the tile can better in the rows beyond one of its ends (`towards` 1: the lower). `first` is the wake of the neighbour there
 * to the left, those of the others follow by `step`; the turned aspect leaves the corners to the upright one. */
static void wake(visit *v, int which, int towards, float *first, int step) {
  bool inheriting = v->solver->inheriting;
  look(v, which);
  friction_aspect *a = v->aspects[which];
  for (int k = 0; k < EDGE; k++) {
    int y = towards > 0 ? SIDE + k : -1 - k;
    uint32_t lanes[LANES] = {0};
    float own[LANES];
    const float *before = friction_at(inheriting ? &a->from : &a->cost, y);
    memcpy(own, before - MARGIN, sizeof own);
    if (!relax(v, which, y, towards, own + MARGIN, -MARGIN, LANES, lanes + MARGIN)) continue;
    const float *costs = inheriting ? friction_at(&a->cost, y) : own + MARGIN;
    lower(first + step, least_of(costs, lanes + MARGIN, 0, SIDE));
    if (which == TURNED) continue;
    lower(first, least_of(costs, lanes + MARGIN, -EDGE, 0));
    lower(first + 2 * step, least_of(costs, lanes + MARGIN, SIDE, SIDE + EDGE));
  }
}

static void wake_around(visit *v, friction_wakes *wakes) {
  const uint64_t low = 7, high = UINT64_C(7) << (SIDE - EDGE);
  if (v->changed[UPRIGHT] & low) wake(v, UPRIGHT, -1, &wakes->least[0], 1);
  if (v->changed[UPRIGHT] & high) wake(v, UPRIGHT, 1, &wakes->least[6], 1);
  if (v->changed[TURNED] & low) wake(v, TURNED, -1, &wakes->least[0], 3);
  if (v->changed[TURNED] & high) wake(v, TURNED, 1, &wakes->least[2], 3);
}

static void begin(visit *v, unsigned what) {
  const uint64_t low = 7, high = UINT64_C(7) << (SIDE - EDGE);
  if (what & FRICTION_NORTH) v->down[UPRIGHT] = low;
  if (what & FRICTION_SOUTH) v->up[UPRIGHT] = high;
  if (what & FRICTION_WEST) v->down[TURNED] = low;
  if (what & FRICTION_EAST) v->up[TURNED] = high;
  for (int i = 0; (what & FRICTION_ALL) && i < 2; i++) v->down[i] = v->up[i] = UINT64_MAX;
}

void friction_visit(const friction_solver *solver, friction_desk *desk, int32_t tile, unsigned what,
                    friction_wakes *wakes) {
  visit v = {.solver = solver, .aspects = {&desk->upright, &desk->turned}, .stale = {false, true}};
  v.column = tile % solver->tiles_x * SIDE, v.row = tile / solver->tiles_x * SIDE;
  v.size[UPRIGHT] = clamp(solver->friction->ny - v.row, 0, SIDE);
  v.size[TURNED] = clamp(solver->friction->nx - v.column, 0, SIDE);
  for (int i = 0; i < 9; i++) wakes->least[i] = INFINITY;
  fill(&v, solver->friction->values, &desk->upright.value);
  fill(&v, solver->field.cost, &desk->upright.cost);
  if (solver->inheriting) fill(&v, solver->field.from, &desk->upright.from);
  begin(&v, what);
  int which = v.down[TURNED] | v.up[TURNED] ? TURNED : UPRIGHT;
  for (; v.down[UPRIGHT] | v.up[UPRIGHT] | v.down[TURNED] | v.up[TURNED]; which = 1 - which)
    if (v.down[which] | v.up[which]) settle(&v, which);
  if (!v.changed[UPRIGHT]) return;
  wake_around(&v, wakes);
  look(&v, UPRIGHT);
  write_back(&v);
}
