/* reach_prices: what the moves of a tile cost, found once for all solves with the same costs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"

static void fill_lengths(const reach_pricer *p, const reach_window *w) {
  for (int band = 0; band < REACH_BANDS; band++) {
    int32_t y = band ? (band - 1) * STEP_BLOCK : -1;
    if (y < w->y_from || y >= w->y_to) continue;
    for (int pair = 0; pair < MOVE_PAIRS; pair++)
      for (int32_t x = w->x_from, end; x < w->x_to; x = end) {
        end = reach_least(w->x_to, x - (w->column + x) % STEP_BLOCK + STEP_BLOCK);
        double length_m = move_length_m(p->costs->net, w->column + x, w->row + y, 2 * pair);
        for (int32_t i = x; i < end; i++) p->ground->length_m[band][pair][i + REACH_PAD] = length_m;
      }
  }
}

static void widen(const float *from, size_t n, double *to) {
  for (size_t i = 0; i < n; i++) to[i] = (double)from[i];
}

static bool any_infinite(const float *values, size_t n) {
  unsigned any = 0;
  for (size_t i = 0; i < n; i++) any |= values[i] == INFINITY;
  return any;
}

static bool any_set(const uint16_t *values, size_t n) {
  unsigned any = 0;
  for (size_t i = 0; i < n; i++) any |= values[i];
  return any;
}

static void see_ground(reach_pricer *p, int32_t tile) {
  const vd_terrain *terrain = &p->costs->net->terrain;
  reach_ground *g = p->ground;
  reach_window w = reach_window_of(&terrain->grid, p->tiles_x, tile, REACH_EDGE);
  size_t n = (size_t)(w.x_to - w.x_from);
  g->any_blocked = false;
  g->any_impassable = n * (size_t)(w.y_to - w.y_from) < (size_t)REACH_ROWS * (REACH_SIDE + 2 * REACH_EDGE);
  for (int y = 0; g->any_impassable && y < REACH_ROWS; y++)
    for (int x = 0; x < REACH_STRIDE; x++) g->pace[y][x] = INFINITY;
  for (int32_t y = w.y_from; y < w.y_to; y++) {
    size_t at = (size_t)(w.row + y) * (size_t)terrain->grid.nx + (size_t)(w.column + w.x_from);
    int32_t x = w.x_from + REACH_PAD, in = y + REACH_EDGE;
    widen(p->costs->pace + at, n, &g->pace[in][x]);
    g->any_impassable = g->any_impassable || any_infinite(p->costs->pace + at, n);
    if (g->slope != REACH_FLAT) widen(terrain->elevation_m + at, n, &g->elevation_m[in][x]);
    if (!terrain->blocked) continue;
    memcpy(&g->blocked[in][x], terrain->blocked + at, n * sizeof *terrain->blocked);
    g->any_blocked = g->any_blocked || any_set(terrain->blocked + at, n);
  }
  fill_lengths(p, &w);
  p->seen = tile;
}

/* Moves that touch zones with a delay are rare: they are priced one by one. */
static void add_delays(const reach_pricer *p, const reach_window *w, int32_t row, reach_prices prices) {
  const vd_grid *g = &p->costs->net->terrain.grid;
  for (int32_t x = 0; x < w->x_to; x++)
    for (int k = 0; k < VD_MOVES; k++) {
      int32_t column = w->column + x - vd_moves[k].dx, from_row = w->row + row - vd_moves[k].dy;
      if (prices[k][x] == VD_UNREACHED || vd_grid_cell_of(g, column, from_row) == VD_NO_CELL) continue;
      prices[k][x] = move_step_ms(p->costs, from_row * g->nx + column, column, from_row, k);
    }
}

static bool delay_near(const reach_pricer *p, const reach_window *w, int32_t row) {
  int32_t nx = p->costs->net->terrain.grid.nx, width = w->x_to - w->x_from;
  if (!p->costs->delayed) return false;
  for (int32_t y = reach_most(row - REACH_EDGE, w->y_from); y < reach_least(row + REACH_EDGE + 1, w->y_to);
       y++)
    if (memchr(p->costs->delayed + (size_t)(w->row + y) * (size_t)nx + (w->column + w->x_from), 1,
               (size_t)width))
      return true;
  return false;
}

/* ---- shared by all solves ---- */

/* Tiles of prices that costs keep at most. */
static const size_t KEPT_BYTES = (size_t)256 << 20;

static int32_t tiles_along(int32_t cells) {
  return (cells + REACH_SIDE - 1) / REACH_SIDE;
}

static struct reach_cache *new_cache(vd_arena *arena, const vd_travel_costs *costs, size_t slots) {
  const vd_grid *g = &costs->net->terrain.grid;
  struct reach_cache *made = VD_NEW(arena, struct reach_cache);
  size_t n_tiles = (size_t)tiles_along(g->nx) * (size_t)tiles_along(g->ny),
         most_slots = KEPT_BYTES / (REACH_SIDE * sizeof(reach_prices));
  size_t n = slots < n_tiles ? slots : n_tiles;
  n = n < most_slots ? n : most_slots;
  made->n_tiles = (int32_t)n_tiles;
  made->slot_of = vd_arena_try_alloc(arena, n_tiles, sizeof *made->slot_of);
  /* Memory that the system hands out only where it is written. */
  made->prices = vd_arena_try_alloc(arena, n * REACH_SIDE, sizeof *made->prices);
  made->kept = vd_arena_try_alloc(arena, n, sizeof *made->kept);
  if (!made->slot_of) return NULL;
  if (made->prices && made->kept) made->n_slots = (int32_t)n;
  return made;
}

struct reach_cache *reach_cache_new(vd_arena *arena, const vd_travel_costs *costs) {
  return new_cache(arena, costs, SIZE_MAX);
}

struct reach_cache *reach_cache_derived(vd_arena *arena, const vd_travel_costs *costs,
                                        const vd_travel_costs *base, const int32_t *cells, size_t n) {
  const vd_grid *g = &costs->net->terrain.grid;
  int32_t tiles_x = tiles_along(g->nx), tiles_y = tiles_along(g->ny);
  uint8_t *differs = vd_arena_try_alloc(arena, (size_t)tiles_x * (size_t)tiles_y, 1);
  if (!differs) return NULL;
  size_t slots = 0;
  for (size_t i = 0; i < n; i++) {
    int32_t column = cells[i] % g->nx, row = cells[i] / g->nx;
    int32_t x0 = reach_most(column - REACH_EDGE, 0) / REACH_SIDE,
            x1 = reach_least((column + REACH_EDGE) / REACH_SIDE, tiles_x - 1);
    int32_t y0 = reach_most(row - REACH_EDGE, 0) / REACH_SIDE,
            y1 = reach_least((row + REACH_EDGE) / REACH_SIDE, tiles_y - 1);
    for (int32_t y = y0; y <= y1; y++)
      for (int32_t x = x0; x <= x1; x++) {
        slots += !differs[y * tiles_x + x];
        differs[y * tiles_x + x] = 1;
      }
  }
  struct reach_cache *made = new_cache(arena, costs, slots);
  if (!made) return NULL;
  made->base = base;
  made->differs = differs;
  return made;
}

/* The slot of a tile in the cache, -1 when there is none or another solve is just taking one. */
static int32_t kept_slot(struct reach_cache *cache, int32_t tile) {
  int32_t slot = atomic_load_explicit(&cache->slot_of[tile], memory_order_acquire);
  if (slot) return slot < 0 ? -1 : slot - 1;
  if (!atomic_compare_exchange_strong(&cache->slot_of[tile], &slot, -1)) return slot < 0 ? -1 : slot - 1;
  if (atomic_load(&cache->next_slot) >= cache->n_slots) return -1;
  slot = atomic_fetch_add(&cache->next_slot, 1);
  if (slot >= cache->n_slots) return -1;
  atomic_store_explicit(&cache->slot_of[tile], slot + 1, memory_order_release);
  return slot;
}

/* ---- of one run ---- */

/* Enough for the tiles that a front passes through at a time. On the flat a price is found as fast as it is fetched from
 * memory: only tiles that stay in the cache are kept. */
static int32_t most_slots(const reach_pricer *p) {
  int32_t n = p->ground->slope == REACH_FLAT ? 8 : reach_least(16 + 2 * (p->tiles_x + p->tiles_y), 512);
  return reach_least(p->tiles_x * p->tiles_y, n);
}

bool reach_pricer_init(reach_pricer *p, vd_arena *scratch, const vd_travel_costs *costs,
                       const reach_kernel *kernel) {
  const vd_terrain *terrain = &costs->net->terrain;
  *p = (reach_pricer){.costs = costs, .kernel = kernel, .scratch = scratch, .seen = -1};
  p->tiles_x = tiles_along(terrain->grid.nx);
  p->tiles_y = tiles_along(terrain->grid.ny);
  size_t n_tiles = (size_t)p->tiles_x * (size_t)p->tiles_y;
  p->ground = vd_arena_try_alloc(scratch, 1, sizeof *p->ground);
  p->spare = vd_arena_try_alloc(scratch, 1, sizeof *p->spare);
  p->slot_of = vd_arena_try_alloc(scratch, n_tiles, sizeof *p->slot_of);
  if (!p->ground || !p->spare || !p->slot_of) return false;
  for (size_t i = 0; i < n_tiles; i++) p->slot_of[i] = -1;
  bool foot = costs->profile.vehicle == VD_FOOT;
  bool sloped = terrain->elevation_m && costs->profile.vehicle != VD_BOAT;
  p->ground->slope_max = costs->profile.slope_max;
  if (sloped && (foot || costs->profile.slope_max < INFINITY))
    p->ground->slope = foot ? REACH_FOOT : REACH_LIMIT;
  p->max_slots = most_slots(p);
  p->slots = vd_arena_try_alloc(scratch, (size_t)p->max_slots, sizeof *p->slots);
  return p->slots != NULL;
}

/* The slot of a tile's prices: its own, a new one, or that of the tile not looked at for longest. NULL: no memory. */
static reach_slot *own_slot(reach_pricer *p, int32_t tile) {
  if (p->slot_of[tile] >= 0) return &p->slots[p->slot_of[tile]];
  int32_t at = p->n_slots;
  reach_prices *prices = NULL;
  if (at < p->max_slots) prices = vd_arena_try_alloc(p->scratch, REACH_SIDE, sizeof *prices);
  if (prices) {
    p->slots[p->n_slots++] = (reach_slot){.prices = prices};
  } else {
    if (!p->n_slots) return NULL;
    at = 0;
    for (int32_t i = 1; i < p->n_slots; i++)
      if (p->slots[i].used < p->slots[at].used) at = i;
    p->slot_of[p->slots[at].tile] = -1;
  }
  p->slots[at].tile = tile;
  p->slots[at].priced = 0;
  p->slot_of[tile] = at;
  return &p->slots[at];
}

bool reach_prices_of(reach_pricer *p, int32_t tile, reach_priced *out) {
  *out = (reach_priced){0};
  struct reach_cache *cache = p->costs->cache;
  while (cache->differs && !cache->differs[tile]) cache = cache->base->cache;
  int32_t slot = kept_slot(cache, tile);
  if (slot >= 0) {
    out->kept = &cache->kept[slot];
    out->prices = cache->prices + (size_t)slot * REACH_SIDE;
    return true;
  }
  out->own = own_slot(p, tile);
  if (!out->own) return false;
  out->own->used = ++p->visits;
  out->prices = out->own->prices;
  return true;
}

static void price_row(reach_pricer *p, int32_t tile, int row, reach_prices out) {
  const vd_grid *g = &p->costs->net->terrain.grid;
  reach_window tile_only = reach_window_of(g, p->tiles_x, tile, 0),
               around = reach_window_of(g, p->tiles_x, tile, REACH_EDGE);
  if (p->seen != tile) see_ground(p, tile);
  p->kernel->price_row(p->ground, row, out);
  if (delay_near(p, &around, row)) add_delays(p, &tile_only, row, out);
}

uint32_t (*reach_row_prices(reach_pricer *p, const reach_priced *of, int32_t tile, int row))[REACH_SIDE] {
  uint64_t bit = UINT64_C(1) << row;
  if (of->own) {
    if (!(of->own->priced & bit)) price_row(p, tile, row, of->prices[row]);
    of->own->priced |= bit;
    return of->prices[row];
  }
  if (atomic_load_explicit(&of->kept->priced, memory_order_acquire) & bit) return of->prices[row];
  if (atomic_fetch_or(&of->kept->claimed, bit) & bit) { /* another solve is at it */
    price_row(p, tile, row, *p->spare);
    return *p->spare;
  }
  price_row(p, tile, row, of->prices[row]);
  atomic_fetch_or_explicit(&of->kept->priced, bit, memory_order_release);
  return of->prices[row];
}
