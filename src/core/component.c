/* component: connected cells of one key, their sums and outlines.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/core/gap.h"

static void widen(vd_component *c, int32_t column, int32_t row) {
  if (column < c->min_column) c->min_column = column;
  if (column > c->max_column) c->max_column = column;
  if (row < c->min_row) c->min_row = row;
  if (row > c->max_row) c->max_row = row;
}

/* Labels everything that hangs together with `first`; `stack` has room for all cells. */
static vd_component flood(const vd_grid *g, const uint16_t *key, int32_t *label, int32_t *stack,
                          int32_t first, int32_t index) {
  vd_component c = {.key = key[first], .first_cell = first, .min_column = g->nx, .min_row = g->ny};
  int32_t depth = 0;
  stack[depth++] = first;
  label[first] = index;
  while (depth) {
    int32_t cell = stack[--depth], column = cell % g->nx, row = cell / g->nx;
    const int32_t beside[4] = {row > 0 ? cell - g->nx : -1, column > 0 ? cell - 1 : -1,
                               column + 1 < g->nx ? cell + 1 : -1, row + 1 < g->ny ? cell + g->nx : -1};
    c.n_cells++;
    widen(&c, column, row);
    for (int i = 0; i < 4; i++) {
      if (beside[i] < 0 || label[beside[i]] >= 0 || key[beside[i]] != c.key) continue;
      label[beside[i]] = index;
      stack[depth++] = beside[i];
    }
  }
  return c;
}

vd_status vd_components_new(vd_arena *arena, const vd_grid *grid, const uint16_t *key, vd_components *out) {
  VD_TRY(vd_grid_check(grid));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t n = vd_grid_n(grid);
  int32_t *stack = vd_arena_try_alloc(scratch, (size_t)n, sizeof *stack);
  *out = (vd_components){.grid = *grid};
  out->label = vd_arena_try_alloc(arena, (size_t)n, sizeof *out->label);
  if (!stack || !out->label)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the gaps; choose a larger cell."));
  for (int32_t i = 0; i < n; i++) out->label[i] = -1;
  size_t capacity = 0;
  for (int32_t i = 0; i < n; i++)
    if (key[i] && out->label[i] < 0) {
      vd_component made = flood(grid, key, out->label, stack, i, (int32_t)out->n);
      *VD_PUSH(arena, out->items, out->n, capacity) = made;
    }
  return VD_OK;
}

double *vd_components_sum(vd_arena *arena, const vd_components *components, const double *values) {
  double *sums = VD_NEW_ARRAY(arena, double, components->n);
  for (int32_t i = 0; i < vd_grid_n(&components->grid); i++)
    if (components->label[i] >= 0 && !isnan(values[i])) sums[components->label[i]] += values[i];
  return sums;
}

static bool in_component(const vd_components *cs, size_t index, int32_t column, int32_t row) {
  int32_t cell = vd_grid_cell_of(&cs->grid, column, row);
  return cell != VD_NO_CELL && cs->label[cell] == (int32_t)index;
}

int32_t *vd_component_cells(vd_arena *arena, const vd_components *components, size_t index) {
  const vd_component *c = &components->items[index];
  int32_t *cells = VD_NEW_ARRAY(arena, int32_t, c->n_cells), n = 0;
  for (int32_t row = c->min_row; row <= c->max_row; row++)
    for (int32_t column = c->min_column; column <= c->max_column; column++)
      if (in_component(components, index, column, row)) cells[n++] = row * components->grid.nx + column;
  return cells;
}

/* ---- outlines ---- */

/* Headings, each the left turn of the one before; rows grow south. */
enum { EAST, NORTH, WEST, SOUTH };
static const int8_t step_x[4] = {1, 0, -1, 0}, step_y[4] = {0, -1, 0, 1};
/* The cell ahead on the left of a corner (column, row) for each heading; ahead on the right it is that of the
 * heading one right turn before. */
static const int8_t left_x[4] = {0, -1, -1, 0}, left_y[4] = {-1, -1, 0, 0};

typedef struct corner {
  double x, y;
} corner;

typedef struct tracing {
  vd_arena *scratch;
  const vd_components *components;
  size_t index;
  uint8_t *done; /* per cell of the bounding box: its top side is on a ring */
  corner *corners;
  size_t n_corners, corners_capacity;
  int32_t *starts;
  size_t n_starts, starts_capacity;
} tracing;

static uint8_t *top_side(const tracing *t, int32_t column, int32_t row) {
  const vd_component *c = &t->components->items[t->index];
  int32_t width = c->max_column - c->min_column + 1;
  return &t->done[(size_t)(row - c->min_row) * (size_t)width + (size_t)(column - c->min_column)];
}

static bool beside(const tracing *t, int32_t x, int32_t y, int heading, bool left) {
  int at = left ? heading : (heading + 3) % 4;
  return in_component(t->components, t->index, x + left_x[at], y + left_y[at]);
}

static void add_corner(tracing *t, int32_t x, int32_t y) {
  const vd_grid *g = &t->components->grid;
  *VD_PUSH(t->scratch, t->corners, t->n_corners, t->corners_capacity) =
      (corner){g->x0_m + x * g->cell_m, g->y0_m - y * g->cell_m};
}

/* Goes round with the component on the left, from the top side of a cell. Where two cells touch by a corner only it
 * turns right, across to the other: so rings stay simple and touch in points. */
static void trace(tracing *t, int32_t column, int32_t row) {
  int32_t x = column + 1, y = row;
  int heading = WEST;
  size_t first = t->n_corners;
  *VD_PUSH(t->scratch, t->starts, t->n_starts, t->starts_capacity) = (int32_t)first;
  do {
    if (heading == WEST) *top_side(t, x - 1, y) = 1;
    x += step_x[heading];
    y += step_y[heading];
    int turned = beside(t, x, y, heading, false) ? 3 : beside(t, x, y, heading, true) ? 0 : 1;
    if (turned) add_corner(t, x, y);
    heading = (heading + turned) % 4;
  } while (x != column + 1 || y != row || heading != WEST);
  corner closing = t->corners[first];
  *VD_PUSH(t->scratch, t->corners, t->n_corners, t->corners_capacity) = closing;
}

vd_geom *vd_component_outline(vd_arena *arena, const vd_components *components, size_t index) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_component *c = &components->items[index];
  tracing t = {.scratch = scratch, .components = components, .index = index};
  size_t width = (size_t)(c->max_column - c->min_column + 1), height = (size_t)(c->max_row - c->min_row + 1);
  t.done = VD_NEW_ARRAY(scratch, uint8_t, width * height);
  for (int32_t row = c->min_row; row <= c->max_row; row++)
    for (int32_t column = c->min_column; column <= c->max_column; column++) {
      bool top =
          in_component(components, index, column, row) && !in_component(components, index, column, row - 1);
      if (top && !*top_side(&t, column, row)) trace(&t, column, row);
    }
  vd_geom *geom = vd_geom_new(arena, VD_GEOM_POLYGON, (int32_t)t.n_starts, (int32_t)t.n_corners);
  if (!geom) return NULL;
  for (size_t i = 0; i < t.n_starts; i++) {
    geom->part_start[i] = t.starts[i];
    geom->hole[i] = i > 0; /* the topmost side, met first, is on the outer ring */
  }
  for (size_t i = 0; i < t.n_corners; i++) {
    geom->xy[2 * i] = t.corners[i].x;
    geom->xy[2 * i + 1] = t.corners[i].y;
  }
  return geom;
}
