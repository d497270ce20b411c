/* reach_tile: one tile of the grid brought to a standstill, and what that wakes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"
#include "vedette/base/i18n.h"

static int32_t least(int32_t a, int32_t b) {
  return a < b ? a : b;
}
static int32_t most(int32_t a, int32_t b) {
  return a > b ? a : b;
}

/* The part of the grid that a tile sees: its corner, and the rows and columns from..to relative to it. */
typedef struct window {
  int32_t column, row, x_from, x_to, y_from, y_to;
} window;

static window window_of(const reach_run *run, int32_t tile, int32_t around) {
  const vd_grid *g = &run->costs->net->terrain.grid;
  window w = {.column = tile % run->tiles_x * REACH_SIDE, .row = tile / run->tiles_x * REACH_SIDE};
  w.x_from = most(-around, -w.column);
  w.y_from = most(-around, -w.row);
  w.x_to = least(REACH_SIDE + around, g->nx - w.column);
  w.y_to = least(REACH_SIDE + around, g->ny - w.row);
  return w;
}

/* Wakes the tiles into which a cell has moves, but for one (-1: none). */
static void wake(reach_run *run, int32_t column, int32_t row, uint32_t ms, int32_t except) {
  int32_t x0 = most(column - REACH_EDGE, 0) / REACH_SIDE,
          x1 = least((column + REACH_EDGE) / REACH_SIDE, run->tiles_x - 1);
  int32_t y0 = most(row - REACH_EDGE, 0) / REACH_SIDE,
          y1 = least((row + REACH_EDGE) / REACH_SIDE, run->tiles_y - 1);
  for (int32_t y = y0; y <= y1; y++)
    for (int32_t x = x0; x <= x1; x++) {
      int32_t tile = y * run->tiles_x + x, top = y * REACH_SIDE;
      if (tile == except) continue;
      for (int32_t r = most(row - REACH_EDGE - top, 0); r <= least(row + REACH_EDGE - top, REACH_SIDE - 1);
           r++)
        run->tiles[tile].dirty |= UINT64_C(1) << r;
      reach_heap_lower(&run->tile_heap, tile, ms);
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
  if (vertex >= net->n_cells) {
    reach_heap_lower(&run->node_heap, vertex - net->n_cells, ms);
    return;
  }
  if (!(run->costs->pace[vertex] < INFINITY)) return; /* the last metres were walked: no way on */
  int32_t nx = net->terrain.grid.nx;
  wake(run, vertex % nx, vertex / nx, ms, -1);
  join_roads(run, vertex, ms);
}

/* ---- prices ---- */

static void fill_lengths(const reach_run *run, const window *w) {
  for (int band = 0; band < REACH_BANDS; band++) {
    int32_t y = band ? (band - 1) * STEP_BLOCK : -1;
    if (y < w->y_from || y >= w->y_to) continue;
    for (int pair = 0; pair < MOVE_PAIRS; pair++)
      for (int32_t x = w->x_from; x < w->x_to; x++)
        run->ground->length_m[band][pair][x + REACH_PAD] =
            move_length_m(run->costs->net, w->column + x, w->row + y, 2 * pair);
  }
}

static void see_ground(reach_run *run, int32_t tile) {
  const vd_terrain *terrain = &run->costs->net->terrain;
  reach_ground *g = run->ground;
  window w = window_of(run, tile, REACH_EDGE);
  for (int y = 0; y < REACH_ROWS; y++)
    for (int x = 0; x < REACH_STRIDE; x++) g->pace[y][x] = INFINITY;
  g->any_blocked = false;
  size_t n = (size_t)(w.x_to - w.x_from);
  for (int32_t y = w.y_from; y < w.y_to; y++) {
    size_t at = (size_t)(w.row + y) * (size_t)terrain->grid.nx + (size_t)(w.column + w.x_from);
    int32_t x = w.x_from + REACH_PAD, in = y + REACH_EDGE;
    for (size_t i = 0; i < n; i++) g->pace[in][(size_t)x + i] = (double)run->costs->pace[at + i];
    for (size_t i = 0; g->slope != REACH_FLAT && i < n; i++)
      g->elevation_m[in][(size_t)x + i] = (double)terrain->elevation_m[at + i];
    if (!terrain->blocked) continue;
    memcpy(&g->blocked[in][x], terrain->blocked + at, n * sizeof *terrain->blocked);
    for (size_t i = 0; i < n && !g->any_blocked; i++) g->any_blocked = terrain->blocked[at + i] != 0;
  }
  fill_lengths(run, &w);
}

/* Moves that touch zones with a delay are rare: they are priced one by one. */
static void add_delays(const reach_run *run, const window *w, int32_t row, reach_prices prices) {
  const vd_grid *g = &run->costs->net->terrain.grid;
  for (int32_t x = 0; x < w->x_to; x++)
    for (int k = 0; k < VD_MOVES; k++) {
      int32_t column = w->column + x - vd_moves[k].dx, from_row = w->row + row - vd_moves[k].dy;
      if (prices[k][x] == VD_UNREACHED || vd_grid_cell_of(g, column, from_row) == VD_NO_CELL) continue;
      prices[k][x] = move_step_ms(run->costs, from_row * g->nx + column, column, from_row, k);
    }
}

static bool delay_near(const reach_run *run, const window *w, int32_t row) {
  int32_t nx = run->costs->net->terrain.grid.nx, width = w->x_to - w->x_from;
  if (!run->costs->delayed) return false;
  for (int32_t y = most(row - REACH_EDGE, w->y_from); y < least(row + REACH_EDGE + 1, w->y_to); y++)
    if (memchr(run->costs->delayed + (size_t)(w->row + y) * (size_t)nx + (w->column + w->x_from), 1,
               (size_t)width))
      return true;
  return false;
}

/* The slot of a tile's prices: its own, a new one, or that of the tile not looked at for longest. NULL: no memory. */
static reach_slot *slot_of(reach_run *run, int32_t tile) {
  if (run->tiles[tile].slot >= 0) return &run->slots[run->tiles[tile].slot];
  int32_t at = run->n_slots;
  reach_prices *prices = NULL;
  if (at < run->max_slots) prices = vd_arena_try_alloc(run->scratch, REACH_SIDE, sizeof *prices);
  if (prices) {
    run->slots[run->n_slots++] = (reach_slot){.prices = prices};
  } else {
    if (!run->n_slots) return NULL;
    at = 0;
    for (int32_t i = 1; i < run->n_slots; i++)
      if (run->slots[i].used < run->slots[at].used) at = i;
    run->tiles[run->slots[at].tile].slot = -1;
  }
  run->slots[at].tile = tile;
  run->slots[at].priced = 0;
  run->tiles[tile].slot = at;
  return &run->slots[at];
}

/* ---- a visit ---- */

typedef struct visit {
  reach_run *run;
  reach_slot *slot;
  window tile; /* without its surroundings */
  int32_t number;
  bool sees_ground;
  uint64_t dirty, changed;
} visit;

static void load(const reach_run *run, int32_t tile) {
  int32_t nx = run->costs->net->terrain.grid.nx;
  window w = window_of(run, tile, REACH_EDGE);
  memset(run->local, 0xff, sizeof *run->local);
  for (int32_t y = w.y_from; y < w.y_to; y++)
    memcpy(&(*run->local)[y + REACH_EDGE][w.x_from + REACH_PAD],
           run->ms + (size_t)(w.row + y) * (size_t)nx + (w.column + w.x_from),
           (size_t)(w.x_to - w.x_from) * sizeof *run->ms);
}

static void relax(visit *v, int row) {
  reach_run *run = v->run;
  uint64_t bit = UINT64_C(1) << row;
  v->dirty &= ~bit;
  if (row >= v->tile.y_to) return; /* below the grid */
  if (!(v->slot->priced & bit)) {
    window around = window_of(run, v->number, REACH_EDGE);
    if (!v->sees_ground) see_ground(run, v->number);
    v->sees_ground = true;
    run->kernel->price_row(run->ground, row, v->slot->prices[row]);
    if (delay_near(run, &around, row)) add_delays(run, &v->tile, row, v->slot->prices[row]);
    v->slot->priced |= bit;
  }
  if (!run->kernel->relax_row(*run->local, row, v->slot->prices[row])) return;
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
    if (ms == run->ms[first + x]) continue;
    run->ms[first + x] = ms;
    if (ms > run->cutoff_ms) continue;
    if ((outer || x < REACH_EDGE || x >= REACH_SIDE - REACH_EDGE) && betters_beyond(v, x, y, ms))
      wake(run, v->tile.column + x, row, ms, v->number);
    if (net->join_start[first + x] < net->join_start[first + x + 1] && run->costs->pace[first + x] < INFINITY)
      join_roads(run, first + x, ms);
  }
}

vd_status reach_visit(reach_run *run, int32_t tile) {
  visit v = {.run = run, .number = tile, .dirty = run->tiles[tile].dirty, .slot = slot_of(run, tile)};
  if (!v.slot)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  v.slot->used = ++run->visits;
  v.tile = window_of(run, tile, 0);
  run->tiles[tile].dirty = 0;
  load(run, tile);
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

vd_status reach_start(vd_arena *arena, vd_arena *scratch, const vd_travel_costs *costs,
                      const reach_kernel *kernel, uint32_t cutoff_ms, reach_run *run) {
  const vd_terrain *terrain = &costs->net->terrain;
  size_t n = (size_t)costs->net->n_cells + (size_t)costs->net->n_nodes;
  *run = (reach_run){.costs = costs, .kernel = kernel, .scratch = scratch, .cutoff_ms = cutoff_ms};
  if (cutoff_ms == VD_UNREACHED) run->cutoff_ms--;
  run->tiles_x = (terrain->grid.nx + REACH_SIDE - 1) / REACH_SIDE;
  run->tiles_y = (terrain->grid.ny + REACH_SIDE - 1) / REACH_SIDE;
  int32_t n_tiles = run->tiles_x * run->tiles_y;
  /* Enough for the tiles that a front passes through at a time. */
  run->max_slots = least(n_tiles, least(16 + 2 * (run->tiles_x + run->tiles_y), 512));
  run->ms = vd_arena_try_alloc(arena, n, sizeof *run->ms);
  run->tiles = vd_arena_try_alloc(scratch, (size_t)n_tiles, sizeof *run->tiles);
  run->slots = vd_arena_try_alloc(scratch, (size_t)run->max_slots, sizeof *run->slots);
  run->ground = vd_arena_try_alloc(scratch, 1, sizeof *run->ground);
  run->local = vd_arena_try_alloc(scratch, 1, sizeof *run->local);
  if (!run->ms || !run->tiles || !run->slots || !run->ground || !run->local ||
      !reach_heap_init(&run->tile_heap, scratch, n_tiles) ||
      !reach_heap_init(&run->node_heap, scratch, costs->net->n_nodes))
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  memset(run->ms, 0xff, n * sizeof *run->ms);
  for (int32_t i = 0; i < n_tiles; i++) run->tiles[i].slot = -1;
  bool foot = costs->profile.vehicle == VD_FOOT;
  bool sloped = terrain->elevation_m && costs->profile.vehicle != VD_BOAT;
  run->ground->slope_max = costs->profile.slope_max;
  if (sloped && (foot || costs->profile.slope_max < INFINITY))
    run->ground->slope = foot ? REACH_FOOT : REACH_LIMIT;
  return VD_OK;
}
