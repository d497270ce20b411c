/* component: connected cells of one key, and their sums.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Labelling is union-find over the runs of each row, in the labels' own place. First every cell points to the first cell
 * of its run, and that one to an earlier cell of its component, the least of all to itself. Then, in order, each takes the
 * label that the cell it points to has already been given. */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/core/gap.h"

/* ---- labels ---- */

static int32_t root_of(int32_t *parent, int32_t cell) {
  while (parent[cell] != cell) {
    parent[cell] = parent[parent[cell]]; /* halves the way for the next one */
    cell = parent[cell];
  }
  return cell;
}

/* Joins to the earlier of the two, so that a root is its component's least cell. */
static void join(int32_t *parent, int32_t a, int32_t b) {
  a = root_of(parent, a);
  b = root_of(parent, b);
  if (a < b) parent[b] = a;
  if (b < a) parent[a] = b;
}

enum { STRIDE = 16 };

/* Whether STRIDE keys are all `own`; without a branch for each. */
static bool all_are(const uint16_t *key, uint16_t own) {
  uint16_t differ = 0;
  for (int i = 0; i < STRIDE; i++) differ |= key[i] ^ own;
  return !differ;
}

/* The end of the run of equal keys that begins at `from`. */
static int32_t run_end(const uint16_t *key, int32_t from, int32_t end) {
  int32_t to = from + 1;
  while (to + STRIDE <= end && all_are(key + to, key[from])) to += STRIDE;
  while (to < end && key[to] == key[from]) to++;
  return to;
}

/* Joins a run to those of its key above it, each where they begin to lie side by side. */
static void join_above(int32_t *parent, const uint16_t *above, uint16_t own, int32_t from, int32_t to,
                       int32_t nx) {
  bool beside = false;
  for (int32_t i = from; i < to; i++) {
    while (beside && i + STRIDE <= to && all_are(above + i, own)) i += STRIDE;
    if (i == to) return;
    if (!beside && above[i] == own) join(parent, from, i - nx);
    beside = above[i] == own;
  }
}

static void link_row(const vd_grid *g, const uint16_t *key, int32_t row, int32_t *parent) {
  int32_t end = (row + 1) * g->nx;
  for (int32_t from = row * g->nx, to; from < end; from = to) {
    to = run_end(key, from, end);
    int32_t first = key[from] ? from : -1;
    for (int32_t i = from; i < to; i++) parent[i] = first;
    if (key[from] && row) join_above(parent, key - g->nx, key[from], from, to, g->nx);
  }
}

static void widen(vd_component *c, int32_t column, int32_t end, int32_t row) {
  if (column < c->min_column) c->min_column = column;
  if (end - 1 > c->max_column) c->max_column = end - 1;
  c->max_row = row;
  c->n_cells += end - column;
}

static void label_row(vd_arena *arena, const uint16_t *key, int32_t row, size_t *capacity,
                      vd_components *out) {
  int32_t nx = out->grid.nx, end = (row + 1) * nx, *label = out->label;
  for (int32_t from = row * nx, to; from < end; from = to) {
    to = run_end(key, from, end);
    if (!key[from]) continue;
    bool first = label[from] == from;
    int32_t index = first ? (int32_t)out->n : label[label[from]];
    if (first)
      *VD_PUSH(arena, out->items, out->n, *capacity) =
          (vd_component){.key = key[from], .first_cell = from, .min_column = nx, .min_row = row};
    for (int32_t i = from; i < to; i++) label[i] = index;
    widen(&out->items[index], from - row * nx, to - row * nx, row);
  }
}

vd_status vd_components_new(vd_arena *arena, const vd_grid *grid, const uint16_t *key, vd_components *out) {
  VD_TRY(vd_grid_check(grid));
  size_t capacity = 0;
  *out = (vd_components){.grid = *grid};
  out->label = vd_arena_try_alloc(arena, (size_t)vd_grid_n(grid), sizeof *out->label);
  if (!out->label)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the gaps; choose a larger cell."));
  for (int32_t row = 0; row < grid->ny; row++) link_row(grid, key, row, out->label);
  for (int32_t row = 0; row < grid->ny; row++) label_row(arena, key, row, &capacity, out);
  return VD_OK;
}

/* ---- sums and cells ---- */

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
