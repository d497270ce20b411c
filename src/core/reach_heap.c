/* reach_heap: a binary heap of numbers whose keys fall.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/reach_heap.h"

#include <string.h>

bool reach_heap_init(reach_heap *heap, vd_arena *arena, int32_t capacity) {
  size_t n = (size_t)capacity;
  *heap = (reach_heap){.keys = vd_arena_try_alloc(arena, n, sizeof *heap->keys),
                       .at = vd_arena_try_alloc(arena, n, sizeof *heap->at),
                       .numbers = vd_arena_try_alloc(arena, n, sizeof *heap->numbers)};
  if (!heap->keys || !heap->at || !heap->numbers) return false;
  memset(heap->at, 0xff, n * sizeof *heap->at);
  return true;
}

static void put(reach_heap *heap, int32_t place, int32_t number) {
  heap->numbers[place] = number;
  heap->at[number] = place;
}

void reach_heap_lower(reach_heap *heap, int32_t number, uint32_t key) {
  int32_t place = heap->at[number];
  if (place < 0)
    place = heap->n++;
  else if (key >= heap->keys[number])
    return;
  heap->keys[number] = key;
  while (place > 0) {
    int32_t above = (place - 1) / 2;
    if (heap->keys[heap->numbers[above]] <= key) break;
    put(heap, place, heap->numbers[above]);
    place = above;
  }
  put(heap, place, number);
}

int32_t reach_heap_take(reach_heap *heap) {
  int32_t taken = heap->numbers[0], last = heap->numbers[--heap->n], place = 0;
  heap->at[taken] = -1;
  if (!heap->n) return taken;
  uint32_t key = heap->keys[last];
  for (int32_t below = 1; below < heap->n; below = 2 * place + 1) {
    if (below + 1 < heap->n && heap->keys[heap->numbers[below + 1]] < heap->keys[heap->numbers[below]])
      below++;
    if (heap->keys[heap->numbers[below]] >= key) break;
    put(heap, place, heap->numbers[below]);
    place = below;
  }
  put(heap, place, last);
  return taken;
}
