/* travel_road: least times along the roads alone, for many sources at once.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Dijkstra's search with a radix heap (R. K. Ahuja, K. Mehlhorn, J. B. Orlin, R. E. Tarjan, Faster algorithms for the
 * shortest path problem, 1990): times only grow, so a time waits in the bucket of its highest bit that differs from the
 * time last taken, and moves to a lower one at most 32 times. */
#include <string.h>

#include "core/travel_graph.h"
#include "vedette/base/i18n.h"

typedef struct lane {
  int32_t to;
  uint32_t ms;
} lane;

struct vd_travel_lanes {
  int32_t n_nodes;
  int32_t *start; /* n_nodes + 1 */
  lane *lanes;
};

static vd_status no_room(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the roads; choose a smaller area."));
}

vd_status vd_travel_lanes_new(vd_arena *arena, const vd_travel_costs *costs, vd_travel_lanes **out) {
  const vd_travel_network *net = costs->net;
  vd_travel_lanes *made = VD_NEW(arena, vd_travel_lanes);
  made->n_nodes = net->n_nodes;
  made->start = vd_arena_try_alloc(arena, (size_t)net->n_nodes + 1, sizeof *made->start);
  made->lanes = vd_arena_try_alloc(arena, 2 * (size_t)net->n_edges, sizeof *made->lanes);
  if (!made->start || (net->n_edges && !made->lanes)) return no_room();
  int32_t n = 0;
  for (int32_t i = 0; i < net->n_nodes; i++) {
    made->start[i] = n;
    for (int32_t k = net->arc_start[i]; k < net->arc_start[i + 1]; k++) {
      uint32_t ms = arc_step_ms(costs, i, &net->arcs[k]);
      if (ms != VD_UNREACHED) made->lanes[n++] = (lane){net->arcs[k].to, ms};
    }
  }
  made->start[net->n_nodes] = n;
  *out = made;
  return VD_OK;
}

/* ---- the heap ---- */

enum { BUCKETS = 33, CHECK_EVERY = 4096 };

typedef struct waiting {
  uint32_t ms;
  int32_t node;
} waiting;

typedef struct bucket {
  waiting *items;
  size_t n, capacity;
} bucket;

typedef struct search {
  vd_arena *arena;
  uint32_t *ms;      /* per node; VD_UNREACHED between searches */
  uint64_t *reached; /* a bit for each node */
  bucket buckets[BUCKETS];
  uint32_t last;
  size_t n_reached;
} search;

static inline bucket *bucket_of(search *s, uint32_t ms) {
  uint32_t differs = ms ^ s->last;
  return &s->buckets[differs ? 32 - __builtin_clz(differs) : 0];
}

static inline void put(search *s, waiting item) {
  bucket *b = bucket_of(s, item.ms);
  if (b->n < b->capacity)
    b->items[b->n++] = item;
  else
    *VD_PUSH(s->arena, b->items, b->n, b->capacity) = item;
}

static inline void lower(search *s, int32_t node_index, uint32_t ms) {
  if (ms >= s->ms[node_index]) return;
  if (s->ms[node_index] == VD_UNREACHED) {
    s->reached[node_index / 64] |= (uint64_t)1 << node_index % 64;
    s->n_reached++;
  }
  s->ms[node_index] = ms;
  put(s, (waiting){ms, node_index});
}

/* Fills bucket 0 with those of least time; false when none waits. */
static bool refill(search *s) {
  int i = 1;
  while (i < BUCKETS && !s->buckets[i].n) i++;
  if (i == BUCKETS) return false;
  bucket *from = &s->buckets[i];
  uint32_t least = UINT32_MAX;
  for (size_t k = 0; k < from->n; k++)
    if (from->items[k].ms < least) least = from->items[k].ms;
  s->last = least;
  size_t n = from->n;
  from->n = 0; /* all go to lower buckets, never to this one */
  for (size_t k = 0; k < n; k++) put(s, from->items[k]);
  return true;
}

static vd_status spread(search *s, const vd_travel_lanes *lanes, uint32_t cutoff_ms,
                        const vd_progress *cancel) {
  size_t taken = 0;
  for (bucket *now = &s->buckets[0]; now->n || refill(s);) {
    waiting item = now->items[--now->n];
    if (item.ms != s->ms[item.node]) continue; /* lowered since */
    if (++taken % CHECK_EVERY == 0 && vd_progress_cancelled(cancel))
      return vd_progress_step(cancel, NULL, 0, 0);
    for (int32_t k = lanes->start[item.node]; k < lanes->start[item.node + 1]; k++) {
      uint32_t ms = vd_ms_add(item.ms, lanes->lanes[k].ms);
      if (ms <= cutoff_ms) lower(s, lanes->lanes[k].to, ms);
    }
  }
  return VD_OK;
}

/* ---- many sources ---- */

typedef struct worker {
  vd_arena *arena; /* of its search and results */
  search *search;
} worker;

typedef struct roads_run {
  const vd_travel_costs *costs;
  const vd_travel_lanes *lanes;
  const vd_travel_source *sources;
  uint32_t cutoff_ms;
  const vd_progress *cancel;
  worker *workers;
  vd_travel_reached *out;
} roads_run;

static search *search_of(worker *w, int32_t n_nodes) {
  if (w->search) return w->search;
  search *made = VD_NEW(w->arena, search);
  made->arena = w->arena;
  made->ms = vd_arena_try_alloc(w->arena, (size_t)n_nodes, sizeof *made->ms);
  made->reached = vd_arena_try_alloc(w->arena, (size_t)n_nodes / 64 + 1, sizeof *made->reached);
  if (!made->reached || (n_nodes && !made->ms)) return NULL;
  if (n_nodes) memset(made->ms, 0xff, (size_t)n_nodes * sizeof *made->ms); /* VD_UNREACHED */
  return w->search = made;
}

static void start_search(search *s, const roads_run *run, const vd_travel_source *source) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n;
  const seed *seeds = source_seeds(scratch, run->costs, source, &n);
  s->last = 0;
  s->n_reached = 0;
  for (size_t i = 0; i < n; i++) {
    int32_t node_index = seeds[i].vertex - run->costs->net->n_cells;
    uint32_t ms = vd_ms_add(source->start_ms, seeds[i].ms);
    if (node_index >= 0 && ms <= run->cutoff_ms) lower(s, node_index, ms);
  }
}

/* Takes what was reached out of the search, which is then ready for the next. */
static vd_status take_reached(search *s, int32_t n_nodes, vd_travel_reached *out) {
  out->nodes = vd_arena_try_alloc(s->arena, s->n_reached, sizeof *out->nodes);
  out->ms = vd_arena_try_alloc(s->arena, s->n_reached, sizeof *out->ms);
  if (s->n_reached && (!out->nodes || !out->ms)) return no_room();
  for (int32_t word = 0; word <= n_nodes / 64; word++) {
    for (; s->reached[word]; s->reached[word] &= s->reached[word] - 1) {
      int32_t at = word * 64 + __builtin_ctzll(s->reached[word]);
      out->nodes[out->n] = at;
      out->ms[out->n++] = s->ms[at];
      s->ms[at] = VD_UNREACHED;
    }
  }
  return VD_OK;
}

static vd_status run_one(void *context, int64_t item, int worker_index) {
  roads_run *run = context;
  search *s = search_of(&run->workers[worker_index], run->lanes->n_nodes);
  if (!s) return no_room();
  start_search(s, run, &run->sources[item]);
  VD_TRY(spread(s, run->lanes, run->cutoff_ms, run->cancel));
  return take_reached(s, run->lanes->n_nodes, &run->out[item]);
}

static vd_status copy_out(vd_arena *arena, vd_travel_reached *out) {
  size_t n = out->n;
  int32_t *nodes = vd_arena_try_alloc(arena, n, sizeof *nodes);
  uint32_t *ms = vd_arena_try_alloc(arena, n, sizeof *ms);
  if (n && (!nodes || !ms)) return no_room();
  if (n) memcpy(nodes, out->nodes, n * sizeof *nodes);
  if (n) memcpy(ms, out->ms, n * sizeof *ms);
  *out = (vd_travel_reached){nodes, ms, n};
  return VD_OK;
}

static vd_status run_all(vd_arena *arena, roads_run *run, size_t n, vd_jobs *jobs) {
  VD_TRY(vd_jobs_run(jobs, (int64_t)n, run_one, run));
  for (size_t i = 0; i < n; i++) VD_TRY(copy_out(arena, &run->out[i]));
  return VD_OK;
}

vd_status vd_travel_by_road(vd_arena *arena, const vd_travel_costs *costs, const vd_travel_lanes *lanes,
                            const vd_travel_source *sources, size_t n, uint32_t cutoff_ms, vd_jobs *jobs,
                            const vd_progress *cancel, vd_travel_reached *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int n_workers = jobs ? vd_jobs_threads(jobs) : 1;
  roads_run run = {costs, lanes, sources, cutoff_ms, cancel, VD_NEW_ARRAY(scratch, worker, n_workers), out};
  for (size_t i = 0; i < n; i++) out[i] = (vd_travel_reached){0};
  for (int i = 0; i < n_workers; i++) run.workers[i].arena = vd_arena_new();
  vd_status status = run_all(arena, &run, n, jobs);
  for (int i = 0; i < n_workers; i++) vd_arena_free(run.workers[i].arena);
  if (status != VD_OK)
    for (size_t i = 0; i < n; i++) out[i] = (vd_travel_reached){0};
  return status;
}
