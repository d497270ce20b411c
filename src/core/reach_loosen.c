/* reach_loosen: takes times back that a change of costs no longer supports.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/reach_loosen.h"

#include <math.h>

/* ---- single vertices ---- */

static uint32_t least_seed(const reach_change *c, int32_t vertex) {
  uint32_t least = VD_UNREACHED;
  for (size_t i = 0; i < c->n_seeds; i++) {
    uint32_t ms = vd_ms_add(c->start_ms, c->seeds[i].ms);
    if (c->seeds[i].vertex == vertex && ms < least) least = ms;
  }
  return least;
}

/* The least time into a cell from the roads in it and from the source, by vertices with a time less than `below`. */
static uint32_t into_cell(const reach_change *c, int32_t cell, uint32_t below) {
  const vd_travel_network *net = c->run->costs->net;
  uint32_t least = least_seed(c, cell);
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++) {
    uint32_t from_ms = c->run->ms[vertex_of_node(net, net->joins[i])];
    if (from_ms >= below) continue;
    uint32_t ms = vd_ms_add(from_ms, join_step_ms(c->run->costs, net->joins[i], true));
    if (ms < least) least = ms;
  }
  return least;
}

/* The same into a road node from its neighbours, its cell and the source. */
static uint32_t into_node(const reach_change *c, int32_t index, uint32_t below) {
  const vd_travel_costs *costs = c->run->costs;
  const vd_travel_network *net = costs->net;
  const uint32_t *times = c->run->ms;
  uint32_t least = least_seed(c, vertex_of_node(net, index));
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++) {
    int32_t from = net->arcs[i].to;
    uint32_t from_ms = times[vertex_of_node(net, from)];
    if (from_ms >= below) continue;
    arc back = {.to = index, .arc = net->arcs[i].arc ^ 1};
    uint32_t ms = vd_ms_add(from_ms, arc_step_ms(costs, from, &back));
    if (ms < least) least = ms;
  }
  int32_t cell = net->nodes[index].cell;
  if (cell == VD_NO_CELL || times[cell] >= below || !(costs->pace[cell] < INFINITY)) return least;
  uint32_t ms = vd_ms_add(times[cell], join_step_ms(costs, index, false));
  return ms < least ? ms : least;
}

/* ---- marking ---- */

static void note_node(reach_change *c, int32_t index) {
  *VD_PUSH(c->run->scratch, c->nodes, c->n_nodes, c->nodes_capacity) = index;
}

static void check_node(reach_change *c, int32_t index) {
  uint32_t ms = c->run->ms[vertex_of_node(c->run->costs->net, index)];
  if (ms != VD_UNREACHED) reach_heap_lower(&c->run->node_heap, index, ms);
}

static void mark_node(reach_change *c, int32_t index) {
  note_node(c, index);
  check_node(c, index);
}

/* Steps along the join of a node, both ways. */
static void mark_join(reach_change *c, int32_t index) {
  int32_t cell = c->run->costs->net->nodes[index].cell, nx = c->run->costs->net->terrain.grid.nx;
  mark_node(c, index);
  if (cell != VD_NO_CELL) reach_wake(c->run, cell % nx, cell % nx, cell / nx, c->run->ms[cell], -1);
}

static void mark_cells(reach_change *c, const travel_diff *diff) {
  const vd_travel_network *net = c->run->costs->net;
  int32_t nx = net->terrain.grid.nx;
  for (size_t i = 0, end; i < diff->n_cells; i = end) {
    int32_t first = diff->cells[i], row = first / nx;
    uint32_t least = c->run->ms[first];
    for (end = i + 1; end < diff->n_cells && diff->cells[end] == diff->cells[end - 1] + 1; end++) {
      if (diff->cells[end] / nx != row) break;
      if (c->run->ms[diff->cells[end]] < least) least = c->run->ms[diff->cells[end]];
    }
    int32_t column = first % nx;
    reach_wake(c->run, column, column + (int32_t)(end - i) - 1, row, least, -1);
  }
  for (size_t i = 0; i < diff->n_cells; i++)
    for (int32_t k = net->join_start[diff->cells[i]]; k < net->join_start[diff->cells[i] + 1]; k++)
      mark_node(c, net->joins[k]);
}

void reach_mark(reach_change *c, const travel_diff *diff) {
  const vd_travel_network *net = c->run->costs->net;
  mark_cells(c, diff);
  for (size_t i = 0; i < diff->n_edges; i++) {
    mark_join(c, net->edges[diff->edges[i]].from);
    mark_join(c, net->edges[diff->edges[i]].to);
  }
  for (size_t i = 0; i < diff->n_nodes; i++) {
    int32_t index = diff->nodes[i];
    mark_join(c, index);
    for (int32_t k = net->arc_start[index]; k < net->arc_start[index + 1]; k++) mark_node(c, net->arcs[k].to);
  }
  for (int32_t t = 0; t < c->run->tiles_x * c->run->tiles_y; t++)
    c->run->tiles[t].loose |= c->run->tiles[t].dirty;
}

/* ---- rows ---- */

typedef struct looking {
  reach_change *c;
  reach_priced priced;
  reach_window tile;
  int32_t number;
  uint64_t dirty, changed;
} looking;

static vd_status look_at(reach_change *c, int32_t tile, looking *l) {
  *l = (looking){.c = c, .number = tile, .dirty = c->run->tiles[tile].dirty};
  if (!reach_prices_of(&c->run->workers[0].pricer, tile, &l->priced)) return reach_no_memory();
  l->tile = reach_window_of(&c->run->costs->net->terrain.grid, c->run->tiles_x, tile, 0);
  reach_load(c->run, tile, c->run->workers[0].local);
  return VD_OK;
}

static int32_t cell_at(const looking *l, int row, int x) {
  return (l->tile.row + row) * l->c->run->costs->net->terrain.grid.nx + l->tile.column + x;
}

/* Those of the cells in a row that roads or the source support. */
static uint64_t held_by_joins(const looking *l, int row, uint64_t cells) {
  uint64_t held = 0;
  for (uint64_t left = cells; left; left &= left - 1) {
    int x = __builtin_ctzll(left);
    uint32_t ms = (*l->c->run->workers[0].local)[row + REACH_EDGE][x + REACH_PAD];
    if (into_cell(l->c, cell_at(l, row, x), ms) <= ms) held |= UINT64_C(1) << x;
  }
  return held;
}

static bool any_time_near(const looking *l, int row) {
  for (int y = row; y <= row + 2 * REACH_EDGE; y++)
    for (int x = REACH_PAD - REACH_EDGE; x < REACH_PAD + REACH_SIDE + REACH_EDGE; x++)
      if ((*l->c->run->workers[0].local)[y][x] != VD_UNREACHED) return true;
  return false;
}

/* The cells of a row whose times do not stand. */
static uint64_t loose_cells(const looking *l, int row, reach_prices prices) {
  const reach_run *run = l->c->run;
  uint64_t loose = run->kernel->loose_row(*run->workers[0].local, row, prices, 0);
  uint64_t held = loose ? held_by_joins(l, row, loose) : 0;
  return held ? run->kernel->loose_row(*run->workers[0].local, row, prices, held) : loose;
}

/* ---- probing ---- */

static bool lowers_within(const looking *l, int row, reach_prices prices) {
  const reach_run *run = l->c->run;
  uint32_t before[REACH_SIDE];
  const uint32_t *now = (*run->workers[0].local)[row + REACH_EDGE] + REACH_PAD;
  for (int x = 0; x < REACH_SIDE; x++) before[x] = now[x];
  if (!run->kernel->relax_row(*run->workers[0].local, row, prices, REACH_SIDES)) return false;
  for (int x = 0; x < REACH_SIDE; x++)
    if (now[x] != before[x] && now[x] <= run->cutoff_ms) return true;
  return false;
}

static bool joins_lower(const looking *l, int row) {
  const reach_run *run = l->c->run;
  for (int32_t x = 0; x < l->tile.x_to; x++) {
    uint32_t ms = into_cell(l->c, cell_at(l, row, x), VD_UNREACHED);
    if (ms <= run->cutoff_ms && ms < run->ms[cell_at(l, row, x)]) return true;
  }
  return false;
}

static vd_status probe_tile(reach_change *c, int32_t tile, bool *differs) {
  looking l;
  VD_TRY(look_at(c, tile, &l));
  for (int row = 0; row < l.tile.y_to && !*differs; row++) {
    if (!(l.dirty >> row & 1)) continue;
    *differs = joins_lower(&l, row);
    if (*differs || !any_time_near(&l, row)) continue;
    uint32_t(*prices)[REACH_SIDE] = reach_row_prices(&c->run->workers[0].pricer, &l.priced, tile, row);
    *differs = loose_cells(&l, row, prices) || lowers_within(&l, row, prices);
  }
  return VD_OK;
}

static vd_status stopped(const vd_progress *cancel) {
  return vd_progress_cancelled(cancel) ? reach_cancelled() : VD_OK;
}

vd_status reach_probe(reach_change *c, const vd_progress *cancel, bool *differs) {
  const reach_run *run = c->run;
  *differs = false;
  for (size_t i = 0; i < c->n_nodes && !*differs; i++) {
    uint32_t now_ms = run->ms[vertex_of_node(run->costs->net, c->nodes[i])],
             ms = into_node(c, c->nodes[i], VD_UNREACHED);
    *differs = ms != now_ms && (ms <= run->cutoff_ms || now_ms != VD_UNREACHED);
    if (!*differs && now_ms != VD_UNREACHED) *differs = into_node(c, c->nodes[i], now_ms) > now_ms;
  }
  for (int32_t t = 0; t < run->tiles_x * run->tiles_y && !*differs; t++) {
    if (!run->tiles[t].dirty) continue;
    VD_TRY(probe_tile(c, t, differs));
    VD_TRY(stopped(cancel));
  }
  return VD_OK;
}

/* ---- taking back ---- */

static void loosen_node(reach_change *c, int32_t index) {
  reach_run *run = c->run;
  const vd_travel_network *net = run->costs->net;
  uint32_t ms = run->ms[vertex_of_node(net, index)];
  if (ms == VD_UNREACHED || into_node(c, index, ms) <= ms) return;
  run->ms[vertex_of_node(net, index)] = VD_UNREACHED;
  c->taken_back++;
  note_node(c, index);
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++)
    if (run->ms[vertex_of_node(net, net->arcs[i].to)] >= ms) check_node(c, net->arcs[i].to);
  int32_t cell = net->nodes[index].cell, nx = net->terrain.grid.nx;
  if (cell == VD_NO_CELL || run->ms[cell] == VD_UNREACHED || run->ms[cell] < ms) return;
  int32_t row = cell / nx, tile = row / REACH_SIDE * run->tiles_x + cell % nx / REACH_SIDE;
  run->tiles[tile].dirty |= UINT64_C(1) << row % REACH_SIDE;
  reach_heap_lower(&run->tile_heap, tile, run->ms[cell]);
}

static void take_back(looking *l, int row, uint64_t cells) {
  uint64_t bit = UINT64_C(1) << row;
  for (uint64_t left = cells; left; left &= left - 1)
    (*l->c->run->workers[0].local)[row + REACH_EDGE][__builtin_ctzll(left) + REACH_PAD] = VD_UNREACHED;
  l->changed |= bit;
  l->dirty |= (bit << 1 | bit << 2) | (bit >> 1 | bit >> 2);
}

static void keep_loose_row(looking *l, int row) {
  reach_change *c = l->c;
  reach_run *run = c->run;
  const vd_travel_network *net = run->costs->net;
  bool outer = row < REACH_EDGE || row >= REACH_SIDE - REACH_EDGE;
  for (int32_t x = 0; x < l->tile.x_to; x++) {
    int32_t cell = cell_at(l, row, x), column = l->tile.column + x;
    uint32_t before = run->ms[cell];
    if ((*run->workers[0].local)[row + REACH_EDGE][x + REACH_PAD] == before) continue;
    run->ms[cell] = VD_UNREACHED;
    c->taken_back++;
    if (outer || x < REACH_EDGE || x >= REACH_SIDE - REACH_EDGE)
      reach_wake(run, column, column, l->tile.row + row, before, l->number);
    for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++) check_node(c, net->joins[i]);
  }
}

static void look_at_row(looking *l, int row) {
  l->dirty &= ~(UINT64_C(1) << row);
  if (row >= l->tile.y_to) return;
  uint64_t loose =
      loose_cells(l, row, reach_row_prices(&l->c->run->workers[0].pricer, &l->priced, l->number, row));
  if (loose) take_back(l, row, loose);
}

static vd_status loosen_tile(reach_change *c, int32_t tile) {
  looking l;
  VD_TRY(look_at(c, tile, &l));
  c->run->tiles[tile].dirty = 0;
  while (l.dirty) {
    for (int row = 0; row < REACH_SIDE; row++)
      if (l.dirty >> row & 1) look_at_row(&l, row);
    for (int row = REACH_SIDE; row-- > 0;)
      if (l.dirty >> row & 1) look_at_row(&l, row);
  }
  for (int row = 0; row < REACH_SIDE; row++)
    if (l.changed >> row & 1) keep_loose_row(&l, row);
  c->run->tiles[tile].loose |= l.changed;
  if (l.changed) c->run->tiles[tile].touched = true;
  return VD_OK;
}

vd_status reach_loosen(reach_change *c, const vd_progress *cancel) {
  reach_run *run = c->run;
  uint32_t taken = 0;
  while (run->tile_heap.n || run->node_heap.n) {
    bool by_road = run->node_heap.n > 0;
    if (by_road)
      loosen_node(c, reach_heap_take(&run->node_heap));
    else
      VD_TRY(loosen_tile(c, reach_heap_take(&run->tile_heap)));
    if (!by_road || ++taken % 4096 == 0) VD_TRY(stopped(cancel));
  }
  return VD_OK;
}

/* ---- what comes in again ---- */

/* The least time from which a move may lead into the rows. */
static uint32_t least_near(const reach_run *run, const reach_window *w, uint64_t rows) {
  int32_t nx = run->costs->net->terrain.grid.nx;
  uint32_t least = VD_UNREACHED;
  for (int32_t y = w->y_from; y < w->y_to; y++) {
    uint64_t near = 0;
    for (int32_t r = reach_most(y - REACH_EDGE, 0); r <= reach_least(y + REACH_EDGE, REACH_SIDE - 1); r++)
      near |= UINT64_C(1) << r;
    if (!(near & rows)) continue;
    const uint32_t *ms = run->ms + (size_t)(w->row + y) * (size_t)nx + (size_t)w->column;
    for (int32_t x = w->x_from; x < w->x_to; x++) least = ms[x] < least ? ms[x] : least;
  }
  return least;
}

static void refill_tile(reach_change *c, int32_t tile) {
  reach_run *run = c->run;
  const vd_grid *g = &run->costs->net->terrain.grid;
  reach_window w = reach_window_of(g, run->tiles_x, tile, REACH_EDGE);
  run->tiles[tile].dirty |= run->tiles[tile].loose;
  uint32_t least = least_near(run, &w, run->tiles[tile].loose);
  if (least != VD_UNREACHED) reach_heap_lower(&run->tile_heap, tile, least);
  for (int32_t row = w.row; row < reach_least(w.row + REACH_SIDE, g->ny); row++) {
    if (!(run->tiles[tile].loose >> (row - w.row) & 1)) continue;
    int32_t last = reach_least(w.column + REACH_SIDE, g->nx);
    for (int32_t column = w.column; column < last; column++) {
      int32_t cell = row * g->nx + column;
      reach_lower(run, cell, into_cell(c, cell, VD_UNREACHED));
    }
  }
}

void reach_refill(reach_change *c) {
  const vd_travel_network *net = c->run->costs->net;
  for (size_t i = 0; i < c->n_nodes; i++)
    reach_lower(c->run, vertex_of_node(net, c->nodes[i]), into_node(c, c->nodes[i], VD_UNREACHED));
  for (int32_t t = 0; t < c->run->tiles_x * c->run->tiles_y; t++)
    if (c->run->tiles[t].loose) refill_tile(c, t);
}
