/* travel_solve: least times over the tiles of the grid and the roads in turn.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/reach.h"
#include "vedette/base/i18n.h"

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

vd_status reach_flow(reach_run *run, const vd_progress *cancel) {
  uint32_t lead_ms = road_lead_ms(run->costs), taken = 0;
  while (run->tile_heap.n || run->node_heap.n) {
    bool by_road = run->node_heap.n &&
                   reach_heap_least(&run->node_heap) <= vd_ms_add(reach_heap_least(&run->tile_heap), lead_ms);
    if (by_road)
      leave_node(run, reach_heap_take(&run->node_heap));
    else
      VD_TRY(reach_visit(run, reach_heap_take(&run->tile_heap)));
    if ((!by_road || ++taken % 4096 == 0) && vd_progress_cancelled(cancel)) return reach_cancelled();
  }
  return VD_OK;
}

/* Times of all vertices, none reached yet; NULL: no memory. */
static uint32_t *unreached(vd_arena *arena, const vd_travel_network *net) {
  size_t n = (size_t)net->n_cells + (size_t)net->n_nodes;
  uint32_t *ms = vd_arena_try_alloc(arena, n, sizeof *ms);
  if (ms) memset(ms, 0xff, n * sizeof *ms);
  return ms;
}

/* The crew steps ashore, beyond which the boat does not go. */
static void land(reach_run *boat) {
  const vd_travel_costs *costs = boat->costs;
  const vd_grid *g = &costs->net->terrain.grid;
  for (int32_t cell = 0; cell < costs->net->n_cells; cell++) {
    if (boat->ms[cell] == VD_UNREACHED || !(costs->pace[cell] < INFINITY)) continue;
    for (int k = 0; k < VD_KING_MOVES; k++) {
      uint32_t ms = landing_step_ms(costs, cell, k);
      if (ms != VD_UNREACHED)
        reach_lower(boat, cell + vd_moves[k].dy * g->nx + vd_moves[k].dx, vd_ms_add(boat->ms[cell], ms));
    }
  }
}

/* The crew walks on from every shore that the boat reaches. */
static vd_status walk_ashore(vd_arena *arena, vd_arena *scratch, const reach_run *boat,
                             const vd_progress *cancel, reach_run *walk) {
  uint32_t *ms = unreached(arena, boat->costs->net);
  if (!ms) return reach_no_memory();
  VD_TRY(reach_start(scratch, boat->costs->crew, boat->kernel, boat->cutoff_ms, ms, walk));
  for (int32_t cell = 0; cell < boat->costs->net->n_cells; cell++)
    if (!(boat->costs->pace[cell] < INFINITY)) reach_lower(walk, cell, boat->ms[cell]);
  return reach_flow(walk, cancel);
}

/* Cells at the sooner of both; routes need the boat's own times too. */
static vd_status join_crew(vd_arena *arena, const reach_run *boat, const reach_run *walk, bool with_routes,
                           vd_travel_field *out) {
  size_t n = (size_t)boat->costs->net->n_cells;
  uint32_t *sooner = with_routes ? vd_arena_try_alloc(arena, n, sizeof *sooner) : boat->ms;
  if (!sooner) return reach_no_memory();
  for (size_t i = 0; i < n; i++) sooner[i] = walk->ms[i] < boat->ms[i] ? walk->ms[i] : boat->ms[i];
  out->cell_ms = sooner;
  out->walk_node_ms = walk->ms + n;
  if (with_routes) out->walk_ms = walk->ms;
  return VD_OK;
}

vd_status reach_solve(vd_arena *arena, const vd_travel_costs *costs, const reach_kernel *kernel,
                      const vd_travel_source *source, uint32_t cutoff_ms, bool with_routes,
                      const vd_progress *cancel, vd_travel_field *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  reach_run run;
  uint32_t *ms = unreached(arena, costs->net);
  if (!ms) return reach_no_memory();
  VD_TRY(reach_start(scratch, costs, kernel, cutoff_ms, ms, &run));
  size_t n;
  seed *seeds = source_seeds(scratch, costs, source, &n);
  for (size_t i = 0; i < n; i++) reach_lower(&run, seeds[i].vertex, vd_ms_add(source->start_ms, seeds[i].ms));
  VD_TRY(reach_flow(&run, cancel));
  *out = (vd_travel_field){.costs = costs,
                           .source = *source,
                           .cutoff_ms = run.cutoff_ms,
                           .cell_ms = run.ms,
                           .node_ms = run.ms + costs->net->n_cells};
  if (with_routes) out->vehicle_ms = run.ms;
  if (!costs->crew) return VD_OK;
  land(&run);
  reach_run walk;
  VD_TRY(walk_ashore(arena, scratch, &run, cancel, &walk));
  return join_crew(arena, &run, &walk, with_routes, out);
}

vd_status vd_travel_solve(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                          uint32_t cutoff_ms, bool with_routes, const vd_progress *cancel,
                          vd_travel_field *out) {
  return reach_solve(arena, costs, reach_kernel_best(), source, cutoff_ms, with_routes, cancel, out);
}
