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
  if (run->kept && run->ms == run->kept->ms && vertex >= net->n_cells && run->ms[vertex] == VD_UNREACHED)
    run->kept->nodes[run->kept->n_nodes++] = vertex;
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
  reach_worker *worker;
  reach_outcome *out;
  reach_priced priced;
  reach_window tile;            /* without its surroundings */
  uint64_t above, below, along; /* rows to look at for moves from there */
  uint64_t changed;
} visit;

void reach_load(const reach_run *run, int32_t tile, reach_times *local) {
  const vd_grid *g = &run->costs->net->terrain.grid;
  reach_window w = reach_window_of(g, run->tiles_x, tile, REACH_EDGE);
  size_t width = (size_t)(w.x_to - w.x_from);
  if (w.x_to - w.x_from < REACH_SIDE + 2 * REACH_EDGE || w.y_to - w.y_from < REACH_ROWS)
    memset(local, 0xff, sizeof *local);
  for (int32_t y = w.y_from; y < w.y_to; y++)
    memcpy(&(*local)[y + REACH_EDGE][w.x_from + REACH_PAD],
           run->ms + (size_t)(w.row + y) * (size_t)g->nx + (size_t)(w.column + w.x_from),
           width * sizeof *run->ms);
}

static void relax(visit *v, int row, unsigned from) {
  uint64_t bit = UINT64_C(1) << row;
  if (v->along & bit) from |= REACH_ALONG;
  v->along &= ~bit;
  if (from & REACH_ABOVE) v->above &= ~bit;
  if (from & REACH_BELOW) v->below &= ~bit;
  if (row >= v->tile.y_to) return; /* below the grid */
  uint32_t(*prices)[REACH_SIDE] = reach_row_prices(&v->worker->pricer, &v->priced, v->out->tile, row);
  if (!v->run->kernel->relax_row(*v->worker->local, row, prices, from)) return;
  v->changed |= bit;
  v->above |= bit << 1 | bit << 2;
  v->below |= bit >> 1 | bit >> 2;
}

/* Whether the cell of the tile could better a cell beyond its border. */
static bool betters_beyond(const visit *v, int32_t x, int32_t y, uint32_t ms) {
  for (int32_t dy = -REACH_EDGE; dy <= REACH_EDGE; dy++) {
    const uint32_t *row = (*v->worker->local)[y + dy + REACH_EDGE] + REACH_PAD + x;
    bool within = y + dy >= 0 && y + dy < REACH_SIDE;
    int32_t first = within && x >= REACH_EDGE ? REACH_SIDE - x : -REACH_EDGE,
            last = within && x < REACH_EDGE ? -1 - x : REACH_EDGE;
    for (int32_t dx = first; dx <= last; dx++)
      if (row[dx] > ms) return true;
  }
  return false;
}

/* The rows around row y that lie in the tile above (-1), in this one (0) or in the one below (1). */
static uint64_t rows_near(int32_t y, int32_t tile) {
  uint64_t rows = 0;
  for (int32_t r = y - REACH_EDGE - tile * REACH_SIDE; r <= y + REACH_EDGE - tile * REACH_SIDE; r++)
    if (r >= 0 && r < REACH_SIDE) rows |= UINT64_C(1) << r;
  return rows;
}

static void wake_beyond(const visit *v, int32_t x, int32_t y, uint32_t ms) {
  int32_t x0 = x < REACH_EDGE ? -1 : 0, x1 = x >= REACH_SIDE - REACH_EDGE;
  int32_t y0 = y < REACH_EDGE ? -1 : 0, y1 = y >= REACH_SIDE - REACH_EDGE;
  for (int32_t ty = y0; ty <= y1; ty++)
    for (int32_t tx = x0; tx <= x1; tx++) {
      int i = 3 * (ty + 1) + tx + 1;
      v->out->rows[i] |= rows_near(y, ty);
      if (ms < v->out->least[i]) v->out->least[i] = ms;
    }
}

static void note_joins(const visit *v, int32_t cell, uint32_t ms) {
  const vd_travel_network *net = v->run->costs->net;
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++) {
    uint32_t at_ms = vd_ms_add(ms, join_step_ms(v->run->costs, net->joins[i], false));
    if (at_ms < v->run->ms[vertex_of_node(net, net->joins[i])])
      *VD_PUSH(v->worker->pricer.scratch, v->out->joins, v->out->n_joins, v->out->joins_capacity) =
          (reach_join){net->joins[i], at_ms};
  }
}

static void keep_row(const visit *v, int32_t y) {
  reach_run *run = v->run;
  const vd_travel_network *net = run->costs->net;
  int32_t row = v->tile.row + y, first = row * net->terrain.grid.nx + v->tile.column;
  const uint32_t *now = (*v->worker->local)[y + REACH_EDGE] + REACH_PAD;
  bool outer = y < REACH_EDGE || y >= REACH_SIDE - REACH_EDGE;
  for (int32_t x = 0; x < v->tile.x_to; x++) {
    uint32_t ms = now[x];
    if (ms == run->ms[first + x] || ms > run->cutoff_ms)
      continue; /* tiles look a little beyond the cut-off */
    run->ms[first + x] = ms;
    v->out->changed++;
    if ((outer || x < REACH_EDGE || x >= REACH_SIDE - REACH_EDGE) && betters_beyond(v, x, y, ms))
      wake_beyond(v, x, y, ms);
    if (net->join_start[first + x] < net->join_start[first + x + 1] && run->costs->pace[first + x] < INFINITY)
      note_joins(v, first + x, ms);
  }
}

/* Reads the times in and around the tile, and writes those in it. */
static vd_status visit_tile(void *context, int64_t item, int worker) {
  reach_run *run = context;
  visit v = {.run = run, .worker = &run->workers[worker], .out = &run->outcomes[item]};
  int32_t tile = v.out->tile;
  v.above = v.below = v.along = run->tiles[tile].dirty;
  run->tiles[tile].dirty = 0;
  v.out->changed = 0;
  v.out->n_joins = 0; /* the array stays: whichever worker's arena it is of, all end together */
  memset(v.out->rows, 0, sizeof v.out->rows);
  memset(v.out->least, 0xff, sizeof v.out->least);
  if (!reach_prices_of(&v.worker->pricer, tile, &v.priced)) return reach_no_memory();
  v.tile = reach_window_of(&run->costs->net->terrain.grid, run->tiles_x, tile, 0);
  reach_load(run, tile, v.worker->local);
  while (v.above | v.below) {
    for (int row = 0; row < REACH_SIDE; row++)
      if (v.above >> row & 1) relax(&v, row, REACH_ABOVE);
    for (int row = REACH_SIDE; row-- > 0;)
      if (v.below >> row & 1) relax(&v, row, REACH_BELOW);
  }
  for (int row = 0; row < REACH_SIDE; row++)
    if (v.changed >> row & 1) keep_row(&v, row);
  return VD_OK;
}

static void apply(reach_run *run, const reach_outcome *out) {
  int32_t tile_x = out->tile % run->tiles_x, tile_y = out->tile / run->tiles_x;
  run->changed += out->changed;
  if (out->changed) run->tiles[out->tile].touched = true;
  for (int i = 0; i < 9; i++) {
    int32_t x = tile_x + i % 3 - 1, y = tile_y + i / 3 - 1, tile = y * run->tiles_x + x;
    if (i == 4 || !out->rows[i] || x < 0 || y < 0 || x >= run->tiles_x || y >= run->tiles_y) continue;
    run->tiles[tile].dirty |= out->rows[i];
    reach_heap_lower(&run->tile_heap, tile, out->least[i]);
  }
  for (size_t i = 0; i < out->n_joins; i++)
    reach_lower(run, vertex_of_node(run->costs->net, out->joins[i].node), out->joins[i].ms);
}

vd_status reach_visit(reach_run *run, int n) {
  vd_status status = vd_jobs_run(n > 1 ? run->jobs : NULL, n, visit_tile, run);
  for (int i = 0; status == VD_OK && i < n; i++) apply(run, &run->outcomes[i]);
  return status;
}

vd_status reach_no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
}

vd_status reach_cancelled(void) {
  return vd_fail(VD_ERR_CANCELLED, _("Travel times were cancelled."));
}

static bool start_worker(reach_run *run, int i) {
  run->arenas[i] = vd_arena_new();
  run->workers[i].local = vd_arena_try_alloc(run->arenas[i], 1, sizeof *run->workers[i].local);
  return run->workers[i].local &&
         reach_pricer_init(&run->workers[i].pricer, run->arenas[i], run->costs, run->kernel);
}

vd_status reach_start(vd_arena *scratch, const vd_travel_costs *costs, const reach_kernel *kernel,
                      uint32_t cutoff_ms, vd_jobs *jobs, uint32_t *ms, vd_travel_scratch *kept,
                      reach_run *run) {
  const vd_grid *g = &costs->net->terrain.grid;
  *run = (reach_run){
      .costs = costs, .kernel = kernel, .scratch = scratch, .cutoff_ms = cutoff_ms, .jobs = jobs, .ms = ms};
  if (cutoff_ms == VD_UNREACHED) run->cutoff_ms--;
  run->tiles_x = (g->nx + REACH_SIDE - 1) / REACH_SIDE;
  run->tiles_y = (g->ny + REACH_SIDE - 1) / REACH_SIDE;
  if (kept) {
    run->kept = kept;
    if (!ms) run->ms = kept->ms;
    run->tiles = kept->tiles;
    run->tile_heap = kept->tile_heap;
    run->node_heap = kept->node_heap;
  } else {
    int32_t n_tiles = run->tiles_x * run->tiles_y;
    run->tiles = vd_arena_try_alloc(scratch, (size_t)n_tiles, sizeof *run->tiles);
    if (!run->tiles || !reach_heap_init(&run->tile_heap, scratch, n_tiles) ||
        !reach_heap_init(&run->node_heap, scratch, costs->net->n_nodes))
      return reach_no_memory();
  }
  if (vd_jobs_threads(jobs) > REACH_MOST_THREADS) run->jobs = NULL; /* a worker number must have its worker */
  run->n_workers = vd_jobs_threads(run->jobs);
  for (int i = 0; i < run->n_workers; i++)
    if (!start_worker(run, i)) return reach_no_memory();
  return VD_OK;
}

void reach_end(reach_run *run) {
  if (run->kept) { /* a run that was stopped leaves its heaps filled */
    run->kept->tile_heap = run->tile_heap;
    run->kept->node_heap = run->node_heap;
  }
  for (int i = 0; i < REACH_MOST_THREADS; i++) vd_arena_cleanup(&run->arenas[i]);
}
