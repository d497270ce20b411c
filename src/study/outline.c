/* outline: what some cells of the grid cover, as a shape.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "study/land.h"
#include "vedette/base/i18n.h"
#include "vedette/core/gap.h"

/* The smallest grid of the same cells that holds them all: the whole may be a thousand times as large. */
static vd_grid grid_around(const vd_grid *grid, const int32_t *cells, size_t n, int32_t *column,
                           int32_t *row) {
  int32_t low[2] = {INT32_MAX, INT32_MAX}, high[2] = {0, 0};
  for (size_t i = 0; i < n; i++) {
    int32_t at[2] = {cells[i] % grid->nx, cells[i] / grid->nx};
    for (int d = 0; d < 2; d++) {
      if (at[d] < low[d]) low[d] = at[d];
      if (at[d] > high[d]) high[d] = at[d];
    }
  }
  *column = low[0], *row = low[1];
  return (vd_grid){grid->x0_m + low[0] * grid->cell_m, grid->y0_m - low[1] * grid->cell_m, grid->cell_m,
                   high[0] - low[0] + 1, high[1] - low[1] + 1};
}

/* Polygons one after the other, as one geometry. */
static vd_geom *gather(vd_arena *arena, vd_geom *const *items, size_t n) {
  int32_t n_parts = 0, n_points = 0;
  for (size_t i = 0; i < n; i++) n_parts += items[i]->n_parts, n_points += items[i]->n_points;
  vd_geom *all = vd_geom_new(arena, VD_GEOM_POLYGON, n_parts, n_points);
  if (!all) return NULL;
  int32_t part = 0, point = 0;
  for (size_t i = 0; i < n; i++) {
    for (int32_t p = 0; p < items[i]->n_parts; p++, part++) {
      all->part_start[part] = point + items[i]->part_start[p];
      all->hole[part] = items[i]->hole[p];
    }
    memcpy(all->xy + 2 * (size_t)point, items[i]->xy, 2 * (size_t)items[i]->n_points * sizeof *all->xy);
    point += items[i]->n_points;
  }
  return all;
}

vd_status vd_landscape_outline(const vd_landscape *landscape, const int32_t *cells, size_t n, vd_arena *arena,
                               vd_geom **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_grid *grid = &landscape->grid;
  *out = vd_geom_new(arena, VD_GEOM_POLYGON, 0, 0);
  if (n == 0) return VD_OK;
  int32_t column, row;
  vd_grid around = grid_around(grid, cells, n, &column, &row);
  uint16_t *key = VD_NEW_ARRAY(scratch, uint16_t, vd_grid_n(&around));
  for (size_t i = 0; i < n; i++)
    key[vd_grid_cell_of(&around, cells[i] % grid->nx - column, cells[i] / grid->nx - row)] = 1;
  vd_components components;
  VD_TRY(vd_components_new(scratch, &around, key, &components));
  vd_geom **outlines = vd_components_outlines(scratch, &components);
  *out = outlines ? gather(arena, outlines, components.n) : NULL;
  if (!*out) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to outline %zu cells."), n);
  vd_landscape_to_lonlat(landscape, (*out)->xy, (*out)->xy, (size_t)(*out)->n_points);
  return VD_OK;
}
