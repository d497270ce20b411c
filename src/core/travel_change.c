/* travel_change: a field under other costs, from the one before the change.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "core/reach_loosen.h"

static bool same_profile(const vd_profile *a, const vd_profile *b) {
  return a->vehicle == b->vehicle && !memcmp(a->ms_per_m, b->ms_per_m, sizeof a->ms_per_m) &&
         !memcmp(a->walk_ms_per_m, b->walk_ms_per_m, sizeof a->walk_ms_per_m) &&
         a->slope_max == b->slope_max && a->walk_slope_max == b->walk_slope_max && a->ford_ms == b->ford_ms &&
         a->ferry_ms == b->ferry_ms;
}

static bool same_seeds(const seed *a, size_t n_a, const seed *b, size_t n_b) {
  if (n_a != n_b) return false;
  for (size_t i = 0; i < n_a; i++)
    if (a[i].vertex != b[i].vertex || a[i].ms != b[i].ms) return false;
  return true;
}

typedef struct changing {
  vd_arena *arena, *scratch;
  const vd_travel_field *before;
  const vd_travel_costs *after;
  vd_jobs *jobs;
  vd_travel_scratch *kept; /* NULL: none */
  const vd_progress *cancel;
  travel_diff diff;
  vd_travel_delta *delta;
  vd_travel_field *out;
} changing;

static size_t n_vertices(const vd_travel_costs *costs) {
  return (size_t)costs->net->n_cells + (size_t)costs->net->n_nodes;
}

static void put_out(changing *c, uint32_t *ms, uint32_t cutoff_ms) {
  vd_travel_field field = {.costs = c->after,
                           .source = c->before->source,
                           .cutoff_ms = cutoff_ms,
                           .cell_ms = ms,
                           .node_ms = ms + c->after->net->n_cells};
  if (c->before->vehicle_ms) field.vehicle_ms = ms;
  *c->out = field;
}

/* So many values are copied between two questions whether the work is still wanted. */
enum { PIECE = 1 << 18 };

static vd_status copy_part(const changing *c, const uint32_t *from, size_t n, uint32_t cutoff_ms,
                           uint32_t *to) {
  for (size_t i = 0; i < n; i += PIECE) {
    size_t end = n - i < PIECE ? n : i + PIECE;
    for (size_t k = i; k < end; k++) to[k] = from[k] <= cutoff_ms ? from[k] : VD_UNREACHED;
    if (vd_progress_cancelled(c->cancel)) return reach_cancelled();
  }
  return VD_OK;
}

/* The times before the change of all vertices, cells first. */
static vd_status copy_times(const changing *c, uint32_t cutoff_ms, uint32_t **out) {
  size_t n_cells = (size_t)c->after->net->n_cells, n_nodes = (size_t)c->after->net->n_nodes;
  *out = vd_arena_try_alloc(c->arena, n_cells + n_nodes, sizeof **out);
  if (!*out) return reach_no_memory();
  VD_TRY(copy_part(c, c->before->cell_ms, n_cells, cutoff_ms, *out));
  return copy_part(c, c->before->node_ms, n_nodes, cutoff_ms, *out + n_cells);
}

static void list_tiles(const changing *c, const reach_run *run) {
  size_t capacity = 0;
  for (int32_t t = 0; t < run->tiles_x * run->tiles_y; t++)
    if (run->tiles[t].touched) *VD_PUSH(c->arena, c->delta->tiles, c->delta->n_tiles, capacity) = t;
}

static vd_status derive(changing *c, const seed *seeds, size_t n_seeds, uint32_t cutoff_ms) {
  VD_CLEANUP(reach_end) reach_run run = {0};
  const vd_travel_field *before = c->before;
  bool in_place = c->out == before,
       whole = before->node_ms == before->cell_ms + c->after->net->n_cells && cutoff_ms >= before->cutoff_ms;
  uint32_t *ms = before->cell_ms;
  if (!whole) VD_TRY(copy_times(c, cutoff_ms, &ms));
  if (c->kept) reach_scratch_clear(c->kept);
  VD_TRY(reach_start(c->scratch, c->after, reach_kernel_best(), cutoff_ms, c->jobs, ms, c->kept, &run));
  reach_change change = {
      .run = &run, .seeds = seeds, .n_seeds = n_seeds, .start_ms = before->source.start_ms};
  reach_mark(&change, &c->diff);
  bool differs;
  VD_TRY(reach_probe(&change, c->cancel, &differs));
  c->delta->unchanged = !differs;
  if (differs && whole && !in_place) {
    VD_TRY(copy_times(c, cutoff_ms, &ms));
    run.ms = ms;
  }
  if (differs) {
    VD_TRY(reach_loosen(&change, c->cancel));
    reach_refill(&change);
    VD_TRY(reach_flow(&run, c->cancel));
    list_tiles(c, &run);
    c->delta->n_touched = change.taken_back + run.changed;
  }
  put_out(c, ms, run.cutoff_ms);
  return VD_OK;
}

static vd_status solve_anew(changing *c, uint32_t cutoff_ms) {
  const vd_travel_field before = *c->before;
  c->delta->anew = true;
  const vd_travel_options options = {
      .cutoff_ms = cutoff_ms, .with_routes = before.vehicle_ms != NULL, .jobs = c->jobs, .cancel = c->cancel};
  VD_TRY(vd_travel_solve_with(c->arena, c->after, &before.source, &options, c->out));
  c->delta->n_touched = (int64_t)n_vertices(c->after);
  return VD_OK;
}

vd_status vd_travel_change_with(vd_arena *arena, const vd_travel_field *before, const vd_travel_costs *after,
                                const vd_travel_options *options, vd_travel_field *out,
                                vd_travel_delta *delta) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_travel_costs *costs = before->costs;
  vd_travel_delta unused;
  changing c = {.arena = arena,
                .scratch = scratch,
                .before = before,
                .after = after,
                .jobs = options->jobs,
                .cancel = options->cancel,
                .delta = delta ? delta : &unused,
                .out = out};
  *c.delta = (vd_travel_delta){0};
  vd_travel_scratch *kept = options->scratch;
  if (kept && kept->net == after->net && kept->ms != before->cell_ms) c.kept = kept;
  uint32_t cutoff_ms = options->cutoff_ms == VD_UNREACHED ? VD_UNREACHED - 1 : options->cutoff_ms;
  if (costs->net != after->net || !same_profile(&costs->profile, &after->profile) || costs->crew ||
      cutoff_ms > before->cutoff_ms)
    return solve_anew(&c, cutoff_ms);
  c.diff = travel_diff_of(scratch, costs->effects, costs->n_effects, after->effects, after->n_effects);
  size_t n_before, n_after;
  const seed *seeds_before = source_seeds(scratch, costs, &before->source, &n_before);
  const seed *seeds = source_seeds(scratch, after, &before->source, &n_after);
  if (!same_seeds(seeds_before, n_before, seeds, n_after) || c.diff.n_cells > (size_t)after->net->n_cells / 2)
    return solve_anew(&c, cutoff_ms);
  return derive(&c, seeds, n_after, cutoff_ms);
}

vd_status vd_travel_change(vd_arena *arena, const vd_travel_field *before, const vd_travel_costs *after,
                           uint32_t cutoff_ms, const vd_progress *cancel, vd_travel_field *out,
                           vd_travel_delta *delta) {
  const vd_travel_options options = {.cutoff_ms = cutoff_ms, .cancel = cancel};
  return vd_travel_change_with(arena, before, after, &options, out, delta);
}
