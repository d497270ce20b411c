/* travel_dijkstra: least times vertex by vertex, the simple way: the reference of vd_travel_solve.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Dijkstra's algorithm over the same costs, with a radix heap: keys never fall below the last one taken. An entry lies in
 * the bucket of the highest bit in which its key differs from the last key taken (R. K. Ahuja, K. Mehlhorn, J. B. Orlin,
 * R. E. Tarjan, Faster algorithms for the shortest path problem, 1990). */
#ifndef VEDETTE_TESTS_TRAVEL_DIJKSTRA_H
#define VEDETTE_TESTS_TRAVEL_DIJKSTRA_H

#include <math.h>
#include <string.h>

#include "core/travel_graph.h"

enum { QUEUE_BUCKETS = 33, QUEUE_CHUNK = 510 };

typedef struct queue_entry {
  uint32_t key;
  int32_t vertex;
} queue_entry;
typedef struct queue_chunk {
  struct queue_chunk *next;
  int64_t n;
  queue_entry entries[QUEUE_CHUNK];
} queue_chunk;
typedef struct queue {
  vd_arena *arena;
  queue_chunk *buckets[QUEUE_BUCKETS], *spare;
  uint32_t last;
  bool out_of_memory; /* entries were lost: the result is void */
} queue;

/* ---- the queue ---- */

static void queue_init(queue *q, vd_arena *arena) {
  *q = (queue){.arena = arena};
}

static queue_chunk *chunk_new(queue *q, queue_chunk *next) {
  queue_chunk *made = q->spare;
  if (made)
    q->spare = made->next;
  else
    made = vd_arena_try_alloc(q->arena, 1, sizeof *made);
  if (!made) {
    q->out_of_memory = true;
    return NULL;
  }
  made->next = next;
  made->n = 0;
  return made;
}

static void queue_push(queue *q, uint32_t key, int32_t vertex) {
  int at = key == q->last ? 0 : 32 - __builtin_clz(key ^ q->last);
  queue_chunk *chunk = q->buckets[at];
  if (!chunk || chunk->n == QUEUE_CHUNK) {
    queue_chunk *made = chunk_new(q, chunk);
    if (!made) return;
    q->buckets[at] = chunk = made;
  }
  chunk->entries[chunk->n++] = (queue_entry){key, vertex};
}

/* Moves the entries of the lowest filled bucket down, from the least key on. False when all are empty. */
static bool refill(queue *q, const uint32_t *best) {
  int at = 1;
  while (at < QUEUE_BUCKETS && !q->buckets[at]) at++;
  if (at == QUEUE_BUCKETS) return false;
  queue_chunk *chain = q->buckets[at];
  uint32_t least = UINT32_MAX;
  for (const queue_chunk *c = chain; c; c = c->next)
    for (int64_t i = 0; i < c->n; i++)
      if (c->entries[i].key < least && best[c->entries[i].vertex] == c->entries[i].key)
        least = c->entries[i].key;
  q->buckets[at] = NULL;
  if (least != UINT32_MAX) q->last = least;
  while (chain) {
    queue_chunk *c = chain;
    chain = c->next;
    for (int64_t i = 0; i < c->n; i++)
      if (best[c->entries[i].vertex] == c->entries[i].key)
        queue_push(q, c->entries[i].key, c->entries[i].vertex);
    c->next = q->spare;
    q->spare = c;
  }
  return true;
}

static bool queue_pop(queue *q, const uint32_t *best, uint32_t *key, int32_t *vertex) {
  for (;;) {
    queue_chunk *chunk = q->buckets[0];
    if (!chunk) {
      if (!refill(q, best)) return false;
      continue;
    }
    queue_entry e = chunk->entries[--chunk->n];
    if (!chunk->n) {
      q->buckets[0] = chunk->next;
      chunk->next = q->spare;
      q->spare = chunk;
    }
    if (best[e.vertex] != e.key) continue;
    *key = e.key;
    *vertex = e.vertex;
    return true;
  }
}

/* ---- the times ---- */

/* One run: the arrays are of all vertices, cells first. */
typedef struct dijkstra {
  const vd_travel_costs *costs;
  uint32_t *ms;
  uint32_t cutoff_ms;
  queue queue;
} dijkstra;

static void reach(dijkstra *r, int32_t to, uint32_t ms) {
  if (ms > r->cutoff_ms || ms == VD_UNREACHED || ms >= r->ms[to]) return;
  r->ms[to] = ms;
  queue_push(&r->queue, ms, to);
}

static void leave_cell(dijkstra *r, int32_t cell, uint32_t at_ms) {
  const vd_travel_costs *costs = r->costs;
  const vd_travel_network *net = costs->net;
  const vd_grid *g = &net->terrain.grid;
  if (!(costs->pace[cell] < INFINITY)) return; /* the last metres were walked: no way on */
  int32_t column = cell % g->nx, row = cell / g->nx;
  for (int k = 0; k < VD_MOVES; k++) {
    if (!move_on_grid(g, column, row, k)) continue;
    int32_t to = cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    if (r->ms[to] <= at_ms) continue;
    reach(r, to, vd_ms_add(at_ms, move_step_ms(costs, cell, column, row, k)));
  }
  for (int k = 0; costs->crew && k < VD_KING_MOVES; k++) {
    uint32_t ms = landing_ms(costs, cell, k, false);
    if (ms == VD_UNREACHED) continue;
    int32_t to = cell + vd_moves[k].dy * g->nx + vd_moves[k].dx;
    if (costs->delayed) ms = vd_ms_add(ms, step_delay_ms(costs, cell, -1, NULL, 0, to));
    reach(r, to, vd_ms_add(at_ms, ms));
  }
  for (int32_t i = net->join_start[cell]; i < net->join_start[cell + 1]; i++) {
    int32_t to = net->joins[i];
    reach(r, vertex_of_node(net, to), vd_ms_add(at_ms, join_step_ms(costs, to, false)));
  }
}

static void leave_node(dijkstra *r, int32_t index, uint32_t at_ms) {
  const vd_travel_network *net = r->costs->net;
  for (int32_t i = net->arc_start[index]; i < net->arc_start[index + 1]; i++)
    reach(r, vertex_of_node(net, net->arcs[i].to),
          vd_ms_add(at_ms, arc_step_ms(r->costs, index, &net->arcs[i])));
  if (net->nodes[index].cell != VD_NO_CELL)
    reach(r, net->nodes[index].cell, vd_ms_add(at_ms, join_step_ms(r->costs, index, true)));
}

static void flow(dijkstra *r) {
  int32_t vertex, n_cells = r->costs->net->n_cells;
  uint32_t ms;
  while (queue_pop(&r->queue, r->ms, &ms, &vertex))
    if (vertex < n_cells)
      leave_cell(r, vertex, ms);
    else
      leave_node(r, vertex - n_cells, ms);
}

static dijkstra start(vd_arena *arena, const vd_travel_costs *costs, uint32_t cutoff_ms) {
  size_t n = (size_t)costs->net->n_cells + (size_t)costs->net->n_nodes;
  dijkstra r = {.costs = costs, .cutoff_ms = cutoff_ms, .ms = VD_NEW_ARRAY(arena, uint32_t, n)};
  memset(r.ms, 0xff, n * sizeof *r.ms);
  queue_init(&r.queue, arena);
  return r;
}

/* As vd_travel_solve, without routes. */
static vd_travel_field dijkstra_solve(vd_arena *arena, const vd_travel_costs *costs,
                                      const vd_travel_source *source, uint32_t cutoff_ms) {
  int32_t n_cells = costs->net->n_cells;
  dijkstra r = start(arena, costs, cutoff_ms);
  size_t n;
  seed *seeds = source_seeds(arena, costs, source, &n);
  for (size_t i = 0; i < n; i++) reach(&r, seeds[i].vertex, vd_ms_add(source->start_ms, seeds[i].ms));
  flow(&r);
  vd_travel_field out = {.costs = costs, .source = *source, .cell_ms = r.ms, .node_ms = r.ms + n_cells};
  if (!costs->crew) return out;
  /* A boat's crew walks on from every shore that it reaches. */
  dijkstra walk = start(arena, costs->crew, cutoff_ms);
  for (int32_t cell = 0; cell < n_cells; cell++)
    if (!(costs->pace[cell] < INFINITY)) reach(&walk, cell, r.ms[cell]);
  flow(&walk);
  for (int32_t cell = 0; cell < n_cells; cell++)
    if (walk.ms[cell] < r.ms[cell]) r.ms[cell] = walk.ms[cell];
  out.walk_node_ms = walk.ms + n_cells;
  return out;
}

#endif
