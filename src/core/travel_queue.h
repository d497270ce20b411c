/* travel_queue: a radix heap, the monotone queue of travel_solve; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Keys never fall below the last one taken. An entry lies in the bucket of the highest bit in which its key differs from
 * the last key taken, so each entry moves down at most 32 times (R. K. Ahuja, K. Mehlhorn, J. B. Orlin, R. E. Tarjan,
 * Faster algorithms for the shortest path problem, 1990). Buckets are chains of chunks that are used again. */
#ifndef VEDETTE_CORE_TRAVEL_QUEUE_H
#define VEDETTE_CORE_TRAVEL_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"

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

void queue_init(queue *q, vd_arena *arena);
void queue_push(queue *q, uint32_t key, int32_t vertex);
/* The least entry that is still the best of its vertex (best[vertex] == key); false when none is left. */
bool queue_pop(queue *q, const uint32_t *best, uint32_t *key, int32_t *vertex);

#endif
