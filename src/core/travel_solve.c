/* travel_solve: least times by Dijkstra's algorithm with a monotone integer queue.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/travel_graph.h"
#include "core/travel_queue.h"
#include "vedette/base/i18n.h"

/* One run: the arrays are of all vertices, cells first. */
typedef struct run {
  const vd_travel_costs *costs;
  uint32_t *ms;
  int32_t *parent; /* NULL: not kept */
  uint32_t cutoff_ms;
  queue queue;
} run;

static void reach(run *r, int32_t from, int32_t to, uint32_t ms) {
  if (ms > r->cutoff_ms || ms == VD_UNREACHED || ms > r->ms[to]) return;
  if (ms == r->ms[to]) {
    /* Of equal ways the one from the lowest vertex that is truly nearer, whatever the order of work. */
    if (r->parent && from >= 0 && r->parent[to] > from && r->ms[from] < ms) r->parent[to] = from;
    return;
  }
  r->ms[to] = ms;
  if (r->parent) r->parent[to] = from;
  queue_push(&r->queue, ms, to);
}

static void leave_cell(run *r, int32_t cell, uint32_t at_ms) {
  const vd_travel_costs *costs = r->costs;
  const vd_travel_network *net = costs->net;
  const vd_grid *g = &net->terrain.grid;
  if (!(costs->pace[cell] < INFINITY)) return; /* the last metres were walked: no way on */
  int32_t column = cell % g->nx, row = cell / g->nx;
  for (int k = 0; k < VD_MOVES; k++) {
    if (!move_on_grid(g, column, row, k)) continue;
    int32_t to = cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    if (r->ms[to] <= at_ms) continue;
    reach(r, cell, to, vd_ms_add(at_ms, move_step_ms(costs, cell, column, row, k)));
  }
  for (int k = 0; costs->crew && k < VD_KING_MOVES; k++) {
    uint32_t ms = landing_ms(costs, cell, k, false);
    if (ms == VD_UNREACHED) continue;
    int32_t to = cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    if (costs->delayed) ms = vd_ms_add(ms, step_delay_ms(costs, cell, -1, NULL, 0, to));
    reach(r, cell, to, vd_ms_add(at_ms, ms));
  }
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++) {
    int32_t to = net->joins[i];
    reach(r, cell, vertex_of_node(net, to), vd_ms_add(at_ms, join_step_ms(costs, to, false)));
  }
}

static void leave_node(run *r, int32_t index, uint32_t at_ms) {
  const vd_travel_network *net = r->costs->net;
  int32_t from = vertex_of_node(net, index);
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++)
    reach(r, from, vertex_of_node(net, net->arcs[i].to),
          vd_ms_add(at_ms, arc_step_ms(r->costs, index, &net->arcs[i])));
  if (net->nodes[index].cell != VD_NO_CELL)
    reach(r, from, net->nodes[index].cell, vd_ms_add(at_ms, join_step_ms(r->costs, index, true)));
}

static vd_status flow(run *r, const vd_progress *cancel) {
  int32_t vertex, n_cells = r->costs->net->n_cells;
  uint32_t ms, pops = 0;
  while (queue_pop(&r->queue, r->ms, &ms, &vertex)) {
    if (vertex < n_cells)
      leave_cell(r, vertex, ms);
    else
      leave_node(r, vertex - n_cells, ms);
    if (++pops % 16384 == 0 && vd_progress_cancelled(cancel))
      return vd_fail(VD_ERR_CANCELLED, _("Travel times were cancelled."));
  }
  if (r->queue.out_of_memory)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  return VD_OK;
}

static vd_status start(vd_arena *arena, vd_arena *scratch, const vd_travel_costs *costs, uint32_t cutoff_ms,
                       bool with_parents, run *r) {
  size_t n = (size_t)costs->net->n_cells + (size_t)costs->net->n_nodes;
  *r = (run){.costs = costs, .cutoff_ms = cutoff_ms};
  r->ms = vd_arena_try_alloc(arena, n, sizeof *r->ms);
  if (with_parents) r->parent = vd_arena_try_alloc(arena, n, sizeof *r->parent);
  if (!r->ms || (with_parents && !r->parent))
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for travel times; choose a larger cell."));
  memset(r->ms, 0xff, n * sizeof *r->ms);
  if (r->parent) memset(r->parent, 0xff, n * sizeof *r->parent); /* PARENT_NONE */
  queue_init(&r->queue, scratch);
  return VD_OK;
}

/* The crew walks on from every shore that the boat reaches. */
static vd_status walk_ashore(vd_arena *arena, vd_arena *scratch, const run *boat, bool with_parents,
                             const vd_progress *cancel, run *walk) {
  VD_TRY(start(arena, scratch, boat->costs->crew, boat->cutoff_ms, with_parents, walk));
  for (int32_t cell = 0; cell < boat->costs->net->n_cells; cell++)
    if (!(boat->costs->pace[cell] < INFINITY)) reach(walk, PARENT_SOURCE, cell, boat->ms[cell]);
  VD_TRY(flow(walk, cancel));
  for (int32_t cell = 0; cell < boat->costs->net->n_cells; cell++)
    if (walk->ms[cell] < boat->ms[cell]) boat->ms[cell] = walk->ms[cell];
  return VD_OK;
}

vd_status vd_travel_solve(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_source *source,
                          uint32_t cutoff_ms, bool with_parents, const vd_progress *cancel,
                          vd_travel_field *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  run r;
  VD_TRY(start(arena, scratch, costs, cutoff_ms, with_parents, &r));
  size_t n;
  seed *seeds = source_seeds(scratch, costs, source, &n);
  for (size_t i = 0; i < n; i++)
    reach(&r, PARENT_SOURCE, seeds[i].vertex, vd_ms_add(source->start_ms, seeds[i].ms));
  VD_TRY(flow(&r, cancel));
  *out = (vd_travel_field){.costs = costs,
                           .source = *source,
                           .cell_ms = r.ms,
                           .node_ms = r.ms + costs->net->n_cells,
                           .parent = r.parent};
  if (!costs->crew) return VD_OK;
  run walk;
  VD_TRY(walk_ashore(arena, scratch, &r, with_parents, cancel, &walk));
  out->walk_node_ms = walk.ms + costs->net->n_cells;
  out->walk_parent = walk.parent;
  return VD_OK;
}
