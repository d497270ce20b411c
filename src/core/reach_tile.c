/* reach_tile: one tile of the grid brought to a standstill, and what that wakes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"
#include "vedette/base/i18n.h"

void reach_wake(reach_run *run, int32_t first, int32_t last, int32_t row, uint32_t ms, int32_t except) {
  int32_t x0 = reach_most(first - REACH_EDGE, 0) / REACH_SIDE,
          x1 = reach_least((last + REACH_EDGE) / REACH_SIDE, run->tiles_x - 1);
  int32_t y0 = reach_most(row - REACH_EDGE, 0) / REACH_SIDE,
          y1 = reach_least((row + REACH_EDGE) / REACH_SIDE, run->tiles_y - 1);
  for (int32_t y = y0; y <= y1; y++) {
    int32_t top = row - y * REACH_SIDE;
    uint64_t rows = 0;
    for (int32_t r = reach_most(top - REACH_EDGE, 0); r <= reach_least(top + REACH_EDGE, REACH_SIDE - 1); r++)
      rows |= UINT64_C(1) << r;
    for (int32_t x = x0; x <= x1; x++) {
      int32_t tile = y * run->tiles_x + x;
      if (tile == except) continue;
      run->tiles[tile].dirty |= rows;
      reach_heap_lower(&run->tile_heap, tile, ms);
    }
  }
}

/* From a cell that vehicles can leave onto the roads in it. */
static void join_roads(reach_run *run, int32_t cell, uint32_t ms) {
  const vd_travel_network *net = run->costs->net;
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++)
    reach_lower(run, vertex_of_node(net, net->joins[i]),
                vd_ms_add(ms, join_step_ms(run->costs, net->joins[i], false)));
}

void reach_lower(reach_run *run, int32_t vertex, uint32_t ms) {
  const vd_travel_network *net = run->costs->net;
  if (ms > run->cutoff_ms || ms >= run->ms[vertex]) return;
  run->ms[vertex] = ms;
  run->changed++;
  if (vertex >= net->n_cells) {
    reach_heap_lower(&run->node_heap, vertex - net->n_cells, ms);
    return;
  }
  int32_t nx = net->terrain.grid.nx, column = vertex % nx, row = vertex / nx;
  run->tiles[row / REACH_SIDE * run->tiles_x + column / REACH_SIDE].touched = true;
  if (!(run->costs->pace[vertex] < INFINITY)) return; /* the last metres were walked: no way on */
  reach_wake(run, column, column, row, ms, -1);
  join_roads(run, vertex, ms);
}

/* ---- a visit ---- */

typedef struct visit {
  reach_run *run;
  reach_priced priced;
  reach_window tile; /* without its surroundings */
  int32_t number;
  uint64_t dirty, changed;
} visit;

void reach_load(const reach_run *run, int32_t tile) {
  const vd_grid *g = &run->costs->net->terrain.grid;
  reach_window w = reach_window_of(g, run->tiles_x, tile, REACH_EDGE);
  size_t width = (size_t)(w.x_to - w.x_from);
  if (w.x_to - w.x_from < REACH_SIDE + 2 * REACH_EDGE || w.y_to - w.y_from < REACH_ROWS)
    memset(run->local, 0xff, sizeof *run->local);
  for (int32_t y = w.y_from; y < w.y_to; y++)
    memcpy(&(*run->local)[y + REACH_EDGE][w.x_from + REACH_PAD],
           run->ms + (size_t)(w.row + y) * (size_t)g->nx + (size_t)(w.column + w.x_from),
           width * sizeof *run->ms);
}

static void relax(visit *v, int row) {
  reach_run *run = v->run;
  uint64_t bit = UINT64_C(1) << row;
  v->dirty &= ~bit;
  if (row >= v->tile.y_to) return; /* below the grid */
  if (!run->kernel->relax_row(*run->local, row, reach_row_prices(&run->pricer, &v->priced, v->number, row)))
    return;
  v->changed |= bit;
  v->dirty |= ((bit << 1 | bit << 2) | (bit >> 1 | bit >> 2));
}

/* Whether the cell of the tile could better a cell beyond its border. */
static bool betters_beyond(const visit *v, int32_t x, int32_t y, uint32_t ms) {
  for (int32_t dy = -REACH_EDGE; dy <= REACH_EDGE; dy++)
    for (int32_t dx = -REACH_EDGE; dx <= REACH_EDGE; dx++) {
      bool inside = x + dx >= 0 && x + dx < REACH_SIDE && y + dy >= 0 && y + dy < REACH_SIDE;
      if (!inside && (*v->run->local)[y + dy + REACH_EDGE][x + dx + REACH_PAD] > ms) return true;
    }
  return false;
}

static void keep_row(const visit *v, int32_t y) {
  reach_run *run = v->run;
  const vd_travel_network *net = run->costs->net;
  int32_t row = v->tile.row + y, first = row * net->terrain.grid.nx + v->tile.column;
  const uint32_t *now = (*run->local)[y + REACH_EDGE] + REACH_PAD;
  bool outer = y < REACH_EDGE || y >= REACH_SIDE - REACH_EDGE;
  for (int32_t x = 0; x < v->tile.x_to; x++) {
    uint32_t ms = now[x];
    if (ms == run->ms[first + x] || ms > run->cutoff_ms)
      continue; /* tiles look a little beyond the cut-off */
    run->ms[first + x] = ms;
    run->changed++;
    run->tiles[v->number].touched = true;
    if ((outer || x < REACH_EDGE || x >= REACH_SIDE - REACH_EDGE) && betters_beyond(v, x, y, ms))
      reach_wake(run, v->tile.column + x, v->tile.column + x, row, ms, v->number);
    if (net->join_start[first + x] < net->join_start[first + x + 1] && run->costs->pace[first + x] < INFINITY)
      join_roads(run, first + x, ms);
  }
}

vd_status reach_visit(reach_run *run, int32_t tile) {
  visit v = {.run = run, .number = tile, .dirty = run->tiles[tile].dirty};
  if (!reach_prices_of(&run->pricer, tile, &v.priced)) return reach_no_memory();
  v.tile = reach_window_of(&run->costs->net->terrain.grid, run->tiles_x, tile, 0);
  run->tiles[tile].dirty = 0;
  reach_load(run, tile);
  while (v.dirty) {
    for (int row = 0; row < REACH_SIDE; row++)
      if (v.dirty >> row & 1) relax(&v, row);
    for (int row = REACH_SIDE; row-- > 0;)
      if (v.dirty >> row & 1) relax(&v, row);
  }
  for (int row = 0; row < REACH_SIDE; row++)
    if (v.changed >> row & 1) keep_row(&v, row);
  return VD_OK;
}

vd_status reach_no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
}

vd_status reach_cancelled(void) {
  return vd_fail(VD_ERR_CANCELLED, _("Travel times were cancelled."));
}

vd_status reach_start(vd_arena *scratch, const vd_travel_costs *costs, const reach_kernel *kernel,
                      uint32_t cutoff_ms, uint32_t *ms, reach_run *run) {
  *run = (reach_run){.costs = costs, .kernel = kernel, .scratch = scratch, .cutoff_ms = cutoff_ms, .ms = ms};
  if (cutoff_ms == VD_UNREACHED) run->cutoff_ms--;
  if (!reach_pricer_init(&run->pricer, scratch, costs, kernel)) return reach_no_memory();
  run->tiles_x = run->pricer.tiles_x;
  run->tiles_y = run->pricer.tiles_y;
  int32_t n_tiles = run->tiles_x * run->tiles_y;
  run->tiles = vd_arena_try_alloc(scratch, (size_t)n_tiles, sizeof *run->tiles);
  run->local = vd_arena_try_alloc(scratch, 1, sizeof *run->local);
  if (!run->tiles || !run->local || !reach_heap_init(&run->tile_heap, scratch, n_tiles) ||
      !reach_heap_init(&run->node_heap, scratch, costs->net->n_nodes))
    return reach_no_memory();
  return VD_OK;
}
