/* reach_heap: which tile or road node to go on from, the least time first; private to core.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A binary heap of the numbers 0..capacity-1, each at most once, whose keys only fall while they are in it. */
#ifndef VEDETTE_CORE_REACH_HEAP_H
#define VEDETTE_CORE_REACH_HEAP_H

#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"

typedef struct reach_heap {
  uint32_t *keys;   /* by number */
  int32_t *at;      /* by number: its place, -1 not in the heap */
  int32_t *numbers; /* by place */
  int32_t n;
} reach_heap;

/* False when there is not enough memory. */
bool reach_heap_init(reach_heap *heap, vd_arena *arena, int32_t capacity);
/* Puts the number in, or lowers its key; a key that is not lower changes nothing. */
void reach_heap_lower(reach_heap *heap, int32_t number, uint32_t key);
/* The least key, UINT32_MAX when the heap is empty. */
static inline uint32_t reach_heap_least(const reach_heap *heap) {
  return heap->n ? heap->keys[heap->numbers[0]] : UINT32_MAX;
}
/* Takes the number of the least key out; the heap must not be empty. */
int32_t reach_heap_take(reach_heap *heap);

#endif
