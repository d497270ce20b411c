/* outline: the rings round all components, each traced once.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/gap.h"

/* Headings, each the left turn of the one before; rows grow south. */
enum { EAST, NORTH, WEST, SOUTH };
static const int8_t step_x[4] = {1, 0, -1, 0}, step_y[4] = {0, -1, 0, 1};
/* The cell ahead on the left of a corner (column, row) for each heading; ahead on the right it is that of the
 * heading one right turn before. */
static const int8_t left_x[4] = {0, -1, -1, 0}, left_y[4] = {-1, -1, 0, 0};

typedef struct corner {
  int32_t x, y; /* columns and rows from the grid's upper left */
} corner;

typedef struct ring {
  int32_t component;
  size_t first, n; /* corners, the first again at the end */
} ring;

typedef struct tracing {
  vd_arena *scratch;
  const vd_components *components;
  uint8_t *done; /* per cell: its upper side is on a ring */
  corner *corners;
  size_t n_corners, corners_capacity;
  ring *rings;
  size_t n_rings, rings_capacity;
} tracing;

static bool belongs(const vd_components *cs, int32_t component, int32_t column, int32_t row) {
  if ((uint32_t)column >= (uint32_t)cs->grid.nx || (uint32_t)row >= (uint32_t)cs->grid.ny) return false;
  return cs->label[row * cs->grid.nx + column] == component;
}

static void add_corner(tracing *t, int32_t x, int32_t y) {
  *VD_PUSH(t->scratch, t->corners, t->n_corners, t->corners_capacity) = (corner){x, y};
}

/* Goes round with the component on the left, from the upper side of a cell. Where two cells touch by a corner only it
 * turns right, across to the other: so rings stay simple and touch in points. */
static void trace(tracing *t, int32_t component, int32_t column, int32_t row) {
  const vd_components *cs = t->components;
  int32_t x = column + 1, y = row, heading = WEST;
  size_t first = t->n_corners;
  do {
    if (heading == WEST) t->done[y * cs->grid.nx + x - 1] = 1;
    x += step_x[heading];
    y += step_y[heading];
    int32_t right = (heading + 3) % 4;
    int32_t turned = belongs(cs, component, x + left_x[right], y + left_y[right])       ? 3
                     : belongs(cs, component, x + left_x[heading], y + left_y[heading]) ? 0
                                                                                        : 1;
    if (turned) add_corner(t, x, y);
    heading = (heading + turned) % 4;
  } while (x != column + 1 || y != row || heading != WEST);
  corner closing = t->corners[first];
  add_corner(t, closing.x, closing.y);
  *VD_PUSH(t->scratch, t->rings, t->n_rings, t->rings_capacity) =
      (ring){component, first, t->n_corners - first};
}

enum { STRIDE = 16 };

/* How many of the cells from here on surely belong to the same component as the ones above them; a multiple of STRIDE. */
static int32_t same_as_above(const int32_t *own, const int32_t *above, int32_t n) {
  int32_t at = 0;
  for (int32_t differ = 0; at + STRIDE <= n; at += STRIDE) {
    for (int i = 0; i < STRIDE; i++) differ |= own[at + i] ^ above[at + i];
    if (differ) break;
  }
  return at;
}

static void trace_row(tracing *t, int32_t row) {
  int32_t nx = t->components->grid.nx;
  const int32_t *own = t->components->label + (int64_t)row * nx, *above = row ? own - nx : NULL;
  const uint8_t *done = t->done + (int64_t)row * nx;
  for (int32_t from = 0, to; from < nx; from = to) {
    if (above) from += same_as_above(own + from, above + from, nx - from);
    to = from + STRIDE < nx ? from + STRIDE : nx;
    for (int32_t i = from; i < to; i++)
      if (own[i] >= 0 && !done[i] && !(above && above[i] == own[i])) trace(t, own[i], i, row);
  }
}

static vd_geom *new_outline(vd_arena *arena, const tracing *t, const int32_t *rings, int32_t n_rings) {
  const vd_grid *g = &t->components->grid;
  size_t n_corners = 0, at = 0;
  for (int32_t i = 0; i < n_rings; i++) n_corners += t->rings[rings[i]].n;
  vd_geom *geom =
      n_corners <= INT32_MAX ? vd_geom_new(arena, VD_GEOM_POLYGON, n_rings, (int32_t)n_corners) : NULL;
  for (int32_t i = 0; geom && i < n_rings; i++) {
    const ring *r = &t->rings[rings[i]];
    geom->part_start[i] = (int32_t)at;
    geom->hole[i] = i > 0; /* the topmost side, met first, is on the outer ring */
    for (size_t k = 0; k < r->n; k++, at++) {
      const corner *c = &t->corners[r->first + k];
      geom->xy[2 * at] = g->x0_m + c->x * g->cell_m;
      geom->xy[2 * at + 1] = g->y0_m - c->y * g->cell_m;
    }
  }
  return geom;
}

vd_geom **vd_components_outlines(vd_arena *arena, const vd_components *components) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  tracing t = {.scratch = scratch, .components = components};
  size_t n = components->n;
  t.done = vd_arena_try_alloc(scratch, (size_t)vd_grid_n(&components->grid), sizeof *t.done);
  vd_geom **outlines = vd_arena_try_alloc(arena, n + 1, sizeof *outlines);
  if (!t.done || !outlines) return NULL;
  for (int32_t row = 0; row < components->grid.ny; row++) trace_row(&t, row);
  /* Rings by component, in the order they were met. */
  size_t *start = VD_NEW_ARRAY(scratch, size_t, n + 2);
  int32_t *order = VD_NEW_ARRAY(scratch, int32_t, t.n_rings);
  for (size_t i = 0; i < t.n_rings; i++) start[t.rings[i].component + 2]++;
  for (size_t i = 2; i < n + 2; i++) start[i] += start[i - 1];
  for (size_t i = 0; i < t.n_rings; i++) order[start[t.rings[i].component + 1]++] = (int32_t)i;
  for (size_t i = 0; i < n; i++) {
    outlines[i] = new_outline(arena, &t, order + start[i], (int32_t)(start[i + 1] - start[i]));
    if (!outlines[i]) return NULL;
  }
  return outlines;
}
