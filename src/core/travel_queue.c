/* travel_queue: a radix heap.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/travel_queue.h"

void queue_init(queue *q, vd_arena *arena) {
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

void queue_push(queue *q, uint32_t key, int32_t vertex) {
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

bool queue_pop(queue *q, const uint32_t *best, uint32_t *key, int32_t *vertex) {
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
