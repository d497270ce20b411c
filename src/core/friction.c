/* friction: which tiles to look at when, and by whom.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "core/friction.h"
#include "core/reach_heap.h"
#include "vedette/base/i18n.h"
#include "vedette/base/monitor.h"

enum { STEP_VISITS = 256 };

/* ---- values ---- */

static float minutes_per_metre(float kmh) {
  return 0.06F / kmh;
}

void vd_friction_prepare(float *values, size_t n, vd_friction_kind kind, int64_t first,
                         vd_friction_counts *counts) {
  for (size_t i = 0; i < n; i++) {
    float value = values[i];
    bool bad = value < 0 || (value == 0 && kind == VD_FRICTION_COST);
    if (bad && counts->first_bad < 0) counts->first_bad = first + (int64_t)i;
    counts->missing += isnan(value);
    counts->zero += value == 0;
    counts->negative += value < 0;
    counts->too_large += value > VD_FRICTION_MOST;
    bool passable = value > 0 && value <= VD_FRICTION_MOST;
    if (kind == VD_FRICTION_KMH && passable) value = minutes_per_metre(value);
    values[i] = passable && value > 0 && value <= VD_FRICTION_MOST ? value : INFINITY;
  }
}

static float rate(double x, double y, int parts) {
  return (float)(sqrt(x * x + y * y) / parts);
}

static friction_rates rates_of(double x, double y) {
  return (friction_rates){.x1y0 = rate(x, 0, 2),
                          .x0y1 = rate(0, y, 2),
                          .x1y1 = rate(x, y, 2),
                          .x2y1 = rate(2 * x, y, 4),
                          .x1y2 = rate(x, 2 * y, 4),
                          .x3y1 = rate(3 * x, y, 6),
                          .x1y3 = rate(x, 3 * y, 6),
                          .x3y2 = rate(3 * x, 2 * y, 12),
                          .x2y3 = rate(2 * x, 3 * y, 12)};
}

/* ---- a run over the tiles ---- */

typedef struct tile_state {
  uint8_t what; /* bits to look at */
  bool busy, seen;
} tile_state;

/* Everything but `solver` and `desks` is guarded by the monitor. */
typedef struct run {
  friction_solver solver;
  friction_desk *desks; /* one a worker */
  const vd_progress *progress;
  const char *stage;
  vd_monitor *monitor;
  reach_heap heap; /* keys are the bits of costs, whose order is that of the costs */
  tile_state *tiles;
  int32_t *passed_over;
  int32_t n_tiles, n_seen;
  int n_busy, n_waiting;
  int64_t visits;
  float most;
  bool stopped;
} run;

static uint32_t key_of(float cost) {
  uint32_t bits;
  memcpy(&bits, &cost, sizeof bits);
  return bits;
}

static bool touches_busy(const run *r, int32_t tile) {
  int32_t nx = r->solver.tiles_x, ny = r->solver.tiles_y, x = tile % nx, y = tile / nx;
  for (int32_t dy = -1; r->n_busy && dy <= 1; dy++)
    for (int32_t dx = -1; dx <= 1; dx++)
      if (x + dx >= 0 && x + dx < nx && y + dy >= 0 && y + dy < ny && r->tiles[tile + dy * nx + dx].busy)
        return true;
  return false;
}

/* The tile with the least cost that touches none at work; -1 none. */
static int32_t take(run *r) {
  int32_t found = -1, n = 0;
  while (found < 0 && r->heap.n && reach_heap_least(&r->heap) <= key_of(r->most)) {
    int32_t tile = reach_heap_take(&r->heap);
    if (touches_busy(r, tile))
      r->passed_over[n++] = tile;
    else
      found = tile;
  }
  while (n-- > 0) reach_heap_lower(&r->heap, r->passed_over[n], r->heap.keys[r->passed_over[n]]);
  return found;
}

/* What a tile tells its neighbours, by neighbour; the corners are looked at from their sides. */
static void tell_around(run *r, int32_t tile, const friction_wakes *wakes) {
  static const uint8_t seen_from[9] = {FRICTION_EAST, FRICTION_SOUTH, FRICTION_WEST,  FRICTION_EAST, 0,
                                       FRICTION_WEST, FRICTION_EAST,  FRICTION_NORTH, FRICTION_WEST};
  for (int i = 0; i < 9; i++) {
    if (!(wakes->least[i] < INFINITY)) continue;
    int32_t other = tile + (i / 3 - 1) * r->solver.tiles_x + i % 3 - 1;
    r->tiles[other].what |= seen_from[i];
    reach_heap_lower(&r->heap, other, key_of(wakes->least[i]));
  }
}

static vd_status stopped(void) {
  return vd_fail(VD_ERR_CANCELLED, "%s", _("Stopped, as asked."));
}

static vd_status tell_progress(run *r) {
  if (++r->visits % STEP_VISITS) return vd_progress_cancelled(r->progress) ? VD_ERR_CANCELLED : VD_OK;
  return vd_progress_step(r->progress, r->stage, r->n_seen, r->n_tiles);
}

/* From inside the monitor and back: one tile. */
static void visit_one(run *r, int32_t tile, int worker) {
  friction_wakes wakes;
  tile_state *state = &r->tiles[tile];
  unsigned what = state->what;
  r->n_seen += !state->seen;
  *state = (tile_state){.busy = true, .seen = true};
  r->n_busy++;
  vd_monitor_leave(r->monitor);
  friction_visit(&r->solver, &r->desks[worker], tile, what, &wakes);
  vd_monitor_enter(r->monitor);
  r->n_busy--;
  state->busy = false;
  tell_around(r, tile, &wakes);
  if (tell_progress(r) != VD_OK) r->stopped = true;
  if (r->n_waiting) vd_monitor_ring(r->monitor);
}

static vd_status work(void *context, int64_t item, int worker) {
  run *r = context;
  (void)item;
  vd_monitor_enter(r->monitor);
  while (!r->stopped) {
    int32_t tile = take(r);
    if (tile >= 0) {
      visit_one(r, tile, worker);
    } else if (r->n_busy) {
      r->n_waiting++;
      vd_monitor_wait(r->monitor);
      r->n_waiting--;
    } else {
      break;
    }
  }
  vd_monitor_ring(r->monitor);
  vd_monitor_leave(r->monitor);
  return r->stopped ? stopped() : VD_OK;
}

static vd_status run_out(run *r, vd_jobs *jobs) {
  VD_TRY(vd_jobs_run(jobs, vd_jobs_threads(jobs), work, r));
  vd_debug("friction", "%s: %lld visits to %d of %d tiles", r->stage, (long long)r->visits, (int)r->n_seen,
           (int)r->n_tiles);
  return VD_OK;
}

/* ---- rows of the grid, shared out ---- */

enum { ROWS_AN_ITEM = 64 };
typedef struct rows_work {
  float *values;
  int32_t nx, ny;
  float most; /* what is above becomes INFINITY */
  bool clear;
  const vd_progress *progress;
} rows_work;

static vd_status cut_rows(void *context, int64_t item, int worker) {
  const rows_work *w = context;
  (void)worker;
  if (vd_progress_cancelled(w->progress)) return stopped();
  size_t first = (size_t)item * ROWS_AN_ITEM * (size_t)w->nx, end = first + ROWS_AN_ITEM * (size_t)w->nx,
         n = (size_t)w->ny * (size_t)w->nx;
  for (size_t i = first; i < (end < n ? end : n); i++)
    w->values[i] = w->clear || w->values[i] > w->most ? INFINITY : w->values[i];
  return VD_OK;
}

/* By all workers, which share out the first touch of fresh memory too. */
static vd_status cut_above(const run *r, vd_jobs *jobs, float *values, float most, bool clear) {
  rows_work w = {values, r->solver.friction->nx, r->solver.friction->ny, most, clear, r->progress};
  return vd_jobs_run(jobs, (w.ny + ROWS_AN_ITEM - 1) / ROWS_AN_ITEM, cut_rows, &w);
}

/* ---- the whole ---- */

static vd_status no_memory(void) {
  return vd_fail(VD_ERR_MEMORY,
                 _("There is not enough memory for so many cells; cut the raster or choose a larger cell."));
}

static vd_status start(run *r, vd_arena *arena, vd_arena *scratch, vd_jobs *jobs, bool with_from) {
  friction_solver *s = &r->solver;
  const vd_friction *friction = s->friction;
  size_t n = (size_t)friction->nx * (size_t)friction->ny, n_workers = (size_t)vd_jobs_threads(jobs);
  s->tiles_x = (friction->nx + FRICTION_SIDE - 1) / FRICTION_SIDE;
  s->tiles_y = (friction->ny + FRICTION_SIDE - 1) / FRICTION_SIDE;
  s->rates = rates_of(friction->dx, friction->dy);
  s->turned = rates_of(friction->dy, friction->dx);
  r->n_tiles = s->tiles_x * s->tiles_y;
  s->field.cost = vd_arena_try_alloc(arena, n, sizeof(float));
  if (with_from) s->field.from = vd_arena_try_alloc(arena, n, sizeof(float));
  r->tiles = vd_arena_try_alloc(scratch, (size_t)r->n_tiles, sizeof *r->tiles);
  r->passed_over = vd_arena_try_alloc(scratch, (size_t)r->n_tiles, sizeof *r->passed_over);
  char *desks = vd_arena_try_alloc(scratch, n_workers * sizeof(friction_desk) + _Alignof(friction_desk), 1);
  if (!s->field.cost || (with_from && !s->field.from) || !r->tiles || !r->passed_over || !desks ||
      !reach_heap_init(&r->heap, scratch, r->n_tiles))
    return no_memory();
  uintptr_t aside = (uintptr_t)desks % _Alignof(friction_desk);
  r->desks = (friction_desk *)(void *)(desks + (aside ? _Alignof(friction_desk) - aside : 0));
  for (size_t i = 0; i < n_workers; i++) friction_desk_init(&r->desks[i], s);
  VD_TRY(cut_above(r, jobs, s->field.cost, 0, true));
  return with_from ? cut_above(r, jobs, s->field.from, 0, true) : VD_OK;
}

static void begin_at(run *r, int32_t cell, float cost) {
  int32_t nx = r->solver.friction->nx;
  int32_t tile = cell / nx / FRICTION_SIDE * r->solver.tiles_x + cell % nx / FRICTION_SIDE;
  r->tiles[tile].what = FRICTION_ALL;
  reach_heap_lower(&r->heap, tile, key_of(cost));
}

static vd_status spread_costs(run *r, const vd_friction_source *sources, size_t n_sources, vd_jobs *jobs) {
  float *cost = r->solver.field.cost;
  r->stage = _("least cost");
  for (size_t i = 0; i < n_sources; i++) {
    int32_t cell = sources[i].cell;
    if (!(r->solver.friction->values[cell] < INFINITY) || !(sources[i].start < cost[cell])) continue;
    cost[cell] = sources[i].start;
    begin_at(r, cell, sources[i].start);
  }
  VD_TRY(run_out(r, jobs));
  return r->most < INFINITY ? cut_above(r, jobs, cost, r->most, false) : VD_OK; /* tiles look beyond it */
}

/* The number of the source, over the moves that attain the least costs. */
static vd_status spread_sources(run *r, const vd_friction_source *sources, size_t n_sources, vd_jobs *jobs) {
  const vd_friction_field *field = &r->solver.field;
  r->stage = _("nearest source");
  r->solver.inheriting = true;
  r->visits = r->n_seen = 0;
  while (r->heap.n) reach_heap_take(&r->heap); /* beyond the cut-off */
  memset(r->tiles, 0, (size_t)r->n_tiles * sizeof *r->tiles);
  for (size_t i = n_sources; i-- > 0;) {
    int32_t cell = sources[i].cell;
    if (!(sources[i].start == field->cost[cell]) || !(r->solver.friction->values[cell] < INFINITY)) continue;
    field->from[cell] = (float)i;
    begin_at(r, cell, sources[i].start);
  }
  return run_out(r, jobs);
}

vd_status friction_solve(vd_arena *arena, const vd_friction *friction, const friction_kernel *kernel,
                         const vd_friction_source *sources, size_t n_sources, float most, bool with_from,
                         vd_jobs *jobs, const vd_progress *progress, vd_friction_field *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_CLEANUP(vd_monitor_cleanup) vd_monitor *monitor = vd_monitor_new();
  run r = {.solver = {.friction = friction, .kernel = kernel}, .progress = progress, .most = most};
  r.monitor = monitor;
  VD_TRY(start(&r, arena, scratch, jobs, with_from));
  VD_TRY(spread_costs(&r, sources, n_sources, jobs));
  if (with_from) VD_TRY(spread_sources(&r, sources, n_sources, jobs));
  *out = r.solver.field;
  return VD_OK;
}

vd_status vd_friction_solve(vd_arena *arena, const vd_friction *friction, const vd_friction_source *sources,
                            size_t n_sources, float most, bool with_from, vd_jobs *jobs,
                            const vd_progress *progress, vd_friction_field *out) {
  return friction_solve(arena, friction, friction_kernel_best(), sources, n_sources, most, with_from, jobs,
                        progress, out);
}
