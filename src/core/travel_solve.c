/* travel_solve: least times over the tiles of the grid and the roads in turn.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"

static void leave_node(reach_run *run, int32_t index) {
  const vd_travel_costs *costs = run->costs;
  const vd_travel_network *net = costs->net;
  uint32_t at_ms = run->ms[vertex_of_node(net, index)];
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++) {
    const arc *over = &net->arcs[i];
    uint32_t ms = costs->delayed ? arc_step_ms(costs, index, over) : costs->arc_ms[over->arc];
    reach_lower(run, vertex_of_node(net, over->to), vd_ms_add(at_ms, ms));
  }
  if (costs->join_ms[index] != VD_UNREACHED)
    reach_lower(run, net->nodes[index].cell, vd_ms_add(at_ms, join_step_ms(costs, index, true)));
}

/* How far roads run ahead of the tiles, so that a tile is not taken anew for each of its cells along a road: about half
 * the time through a tile, by the mean of some of the cells. It changes the work, not the times. */
static uint32_t road_lead_ms(const vd_travel_costs *costs) {
  double sum = 0;
  int32_t n = 0, stride = costs->net->n_cells / 1000 + 1;
  for (int32_t i = 0; i < costs->net->n_cells; i += stride)
    if (costs->pace[i] < INFINITY) {
      sum += (double)costs->pace[i];
      n++;
    }
  return n ? vd_ms_round(sum / n * costs->net->terrain.grid.cell_m * REACH_SIDE / 2) : VD_UNREACHED;
}

static bool touch(const reach_run *run, int32_t a, int32_t b) {
  int32_t dx = a % run->tiles_x - b % run->tiles_x, dy = a / run->tiles_x - b / run->tiles_x;
  return dx >= -1 && dx <= 1 && dy >= -1 && dy <= 1;
}

/* Takes the next tiles that do not touch each other, from the least time to `window_ms` beyond: one for each thread and some
 * more, so that threads seldom wait for each other. */
static int choose_tiles(reach_run *run, uint32_t window_ms) {
  enum { LOOK = 2 };
  int32_t passed[LOOK * REACH_MOST_THREADS * REACH_BATCH];
  int n = 0, n_passed = 0, most = run->n_workers > 1 ? run->n_workers * REACH_BATCH : 1;
  uint32_t last_ms = vd_ms_add(reach_heap_least(&run->tile_heap), window_ms);
  while (n < most && n_passed < LOOK * most && run->tile_heap.n &&
         reach_heap_least(&run->tile_heap) <= last_ms) {
    int32_t tile = reach_heap_take(&run->tile_heap);
    bool touches = false;
    for (int i = 0; i < n && !touches; i++) touches = touch(run, tile, run->outcomes[i].tile);
    if (touches)
      passed[n_passed++] = tile;
    else
      run->outcomes[n++].tile = tile;
  }
  for (int i = 0; i < n_passed; i++)
    reach_heap_lower(&run->tile_heap, passed[i], run->tile_heap.keys[passed[i]]);
  return n;
}

vd_status reach_flow(reach_run *run, const vd_progress *cancel) {
  uint32_t lead_ms = road_lead_ms(run->costs), taken = 0;
  while (run->tile_heap.n || run->node_heap.n) {
    bool by_road = run->node_heap.n &&
                   reach_heap_least(&run->node_heap) <= vd_ms_add(reach_heap_least(&run->tile_heap), lead_ms);
    if (by_road)
      leave_node(run, reach_heap_take(&run->node_heap));
    else
      VD_TRY(reach_visit(run, choose_tiles(run, vd_ms_add(lead_ms, lead_ms))));
    if ((!by_road || ++taken % 4096 == 0) && vd_progress_cancelled(cancel)) return reach_cancelled();
  }
  return VD_OK;
}

/* So many values are set, or looked at, between two questions whether the work is still wanted. */
enum { PIECE = 1 << 18 };

/* Times of all vertices, none reached yet. */
static vd_status unreached(vd_arena *arena, const vd_travel_network *net, const vd_progress *cancel,
                           uint32_t **out) {
  size_t n = (size_t)net->n_cells + (size_t)net->n_nodes;
  *out = vd_arena_try_alloc(arena, n, sizeof **out);
  if (!*out) return reach_no_memory();
  for (size_t i = 0; i < n; i += PIECE) {
    memset(*out + i, 0xff, (n - i < PIECE ? n - i : PIECE) * sizeof **out);
    if (vd_progress_cancelled(cancel)) return reach_cancelled();
  }
  return VD_OK;
}

/* The crew steps ashore from a cell, beyond which the boat does not go. */
static void land(reach_run *boat, int32_t cell) {
  const vd_travel_costs *costs = boat->costs;
  const vd_grid *g = &costs->net->terrain.grid;
  if (boat->ms[cell] == VD_UNREACHED || !(costs->pace[cell] < INFINITY)) return;
  for (int k = 0; k < VD_KING_MOVES; k++) {
    uint32_t ms = landing_step_ms(costs, cell, k);
    if (ms != VD_UNREACHED)
      reach_lower(boat, cell + vd_moves[k].dy * g->nx + vd_moves[k].dx, vd_ms_add(boat->ms[cell], ms));
  }
}

/* The crew walks on from every shore that the boat reaches. */
static vd_status walk_ashore(vd_arena *arena, reach_run *boat, const vd_progress *cancel, reach_run *walk) {
  int32_t n_cells = boat->costs->net->n_cells;
  uint32_t *ms;
  for (int32_t cell = 0; cell < n_cells; cell++) {
    land(boat, cell);
    if (cell % PIECE == 0 && vd_progress_cancelled(cancel)) return reach_cancelled();
  }
  VD_TRY(unreached(arena, boat->costs->net, cancel, &ms));
  VD_TRY(reach_start(boat->scratch, boat->costs->crew, boat->kernel, boat->cutoff_ms, boat->jobs, ms, NULL,
                     walk));
  for (int32_t cell = 0; cell < n_cells; cell++) {
    if (!(boat->costs->pace[cell] < INFINITY)) reach_lower(walk, cell, boat->ms[cell]);
    if (cell % PIECE == 0 && vd_progress_cancelled(cancel)) return reach_cancelled();
  }
  return reach_flow(walk, cancel);
}

/* Cells at the sooner of both; routes need the boat's own times too. */
static vd_status join_crew(vd_arena *arena, const reach_run *boat, const reach_run *walk,
                           const vd_travel_options *options, vd_travel_field *out) {
  size_t n = (size_t)boat->costs->net->n_cells;
  uint32_t *sooner = options->with_routes ? vd_arena_try_alloc(arena, n, sizeof *sooner) : boat->ms;
  if (!sooner) return reach_no_memory();
  for (size_t i = 0; i < n; i++) {
    sooner[i] = walk->ms[i] < boat->ms[i] ? walk->ms[i] : boat->ms[i];
    if (i % PIECE == 0 && vd_progress_cancelled(options->cancel)) return reach_cancelled();
  }
  out->cell_ms = sooner;
  out->walk_node_ms = walk->ms + n;
  if (options->with_routes) out->walk_ms = walk->ms;
  return VD_OK;
}

vd_status reach_solve(vd_arena *arena, const vd_travel_costs *costs, const reach_kernel *kernel,
                      const vd_travel_source *source, const vd_travel_options *options,
                      vd_travel_field *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_CLEANUP(reach_end) reach_run run = {0};
  VD_CLEANUP(reach_end) reach_run walk = {0};
  bool keeps = options->scratch && !costs->crew && options->scratch->net == costs->net;
  vd_travel_scratch *kept = keeps ? options->scratch : NULL;
  uint32_t *ms = NULL;
  if (kept)
    reach_scratch_clear(kept);
  else
    VD_TRY(unreached(arena, costs->net, options->cancel, &ms));
  VD_TRY(reach_start(scratch, costs, kernel, options->cutoff_ms, options->jobs, ms, kept, &run));
  size_t n;
  seed *seeds = source_seeds(scratch, costs, source, &n);
  for (size_t i = 0; i < n; i++) reach_lower(&run, seeds[i].vertex, vd_ms_add(source->start_ms, seeds[i].ms));
  VD_TRY(reach_flow(&run, options->cancel));
  *out = (vd_travel_field){.costs = costs,
                           .source = *source,
                           .cutoff_ms = run.cutoff_ms,
                           .cell_ms = run.ms,
                           .node_ms = run.ms + costs->net->n_cells};
  if (options->with_routes) out->vehicle_ms = run.ms;
  if (kept) reach_scratch_list(kept);
  if (!costs->crew) return VD_OK;
  VD_TRY(walk_ashore(arena, &run, options->cancel, &walk));
  return join_crew(arena, &run, &walk, options, out);
}

vd_status vd_travel_solve_with(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                               const vd_travel_options *options, vd_travel_field *out) {
  return reach_solve(arena, costs, reach_kernel_best(), source, options, out);
}

vd_status vd_travel_solve(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                          uint32_t cutoff_ms, bool with_routes, const vd_progress *cancel,
                          vd_travel_field *out) {
  const vd_travel_options options = {.cutoff_ms = cutoff_ms, .with_routes = with_routes, .cancel = cancel};
  return vd_travel_solve_with(arena, costs, source, &options, out);
}
