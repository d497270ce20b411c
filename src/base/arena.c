/* arena: blocks of growing size, released together.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/arena.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Under the address sanitizer the unused bytes of a block are poisoned and every piece is followed by a guard,
 * so that running over the end of one arena array is found as it would be with malloc. */
#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif
#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
enum { GUARD = 16 };
#define POISON(at, n) ASAN_POISON_MEMORY_REGION((at), (n))
#define UNPOISON(at, n) ASAN_UNPOISON_MEMORY_REGION((at), (n))
#else
enum { GUARD = 0 };
#define POISON(at, n) ((void)(at), (void)(n))
#define UNPOISON(at, n) ((void)(at), (void)(n))
#endif

enum { ALIGN = 16, FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20 };
/* No single piece is larger than 256 GiB: a size beyond that is a mistake in a file, not a need. */
#define LARGEST_PIECE (UINT64_C(1) << 38)

typedef struct block {
  struct block *next;
  size_t size, used;
  _Alignas(ALIGN) unsigned char bytes[];
} block;

struct vd_arena {
  block *blocks;     /* the first is the one being filled */
  size_t next_block; /* size of the next ordinary block */
  size_t used;
};

static void out_of_memory(size_t size) {
  fprintf(stderr,
          "vedette: the system has no memory left (%zu bytes were needed). Close other programs and start "
          "again.\n",
          size);
  abort();
}

vd_arena *vd_arena_new(void) {
  vd_arena *arena = calloc(1, sizeof *arena);
  if (!arena) out_of_memory(sizeof *arena);
  arena->next_block = FIRST_BLOCK;
  return arena;
}

void vd_arena_free(vd_arena *arena) {
  if (!arena) return;
  for (block *at = arena->blocks; at;) {
    block *next = at->next;
    free(at);
    at = next;
  }
  free(arena);
}

void vd_arena_cleanup(vd_arena **arena) {
  vd_arena_free(*arena);
  *arena = NULL;
}

/* Asks for large pages for fresh memory of this size: touching it costs a fraction then. */
static void widen_pages(void *at, size_t size) {
  enum { LARGE_PAGE = 2 << 20 };
  uintptr_t from = ((uintptr_t)at + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
  uintptr_t to = ((uintptr_t)at + size) / LARGE_PAGE * LARGE_PAGE;
  if (from < to) (void)madvise((unsigned char *)at + (from - (uintptr_t)at), to - from, MADV_HUGEPAGE);
}

static block *block_new(size_t size) {
  block *made = calloc(1, sizeof *made + size);
  if (!made) return NULL;
  if (size > LARGEST_BLOCK) widen_pages(made, sizeof *made + size);
  made->size = size;
  POISON(made->bytes, size);
  return made;
}

/* A block with `room` bytes free, or NULL. A large piece gets a block of its own behind the one being filled, which
 * stays in use; for others the blocks grow, so that at most half of one is left over. */
static block *block_with_room(vd_arena *arena, size_t room) {
  block *first = arena->blocks;
  if (first && first->size - first->used >= room) return first;
  bool own = room > LARGEST_BLOCK / 4;
  while (!own && arena->next_block < 2 * room) arena->next_block *= 2;
  block *made = block_new(own ? room : arena->next_block);
  if (!made) return NULL;
  if (own && first) {
    made->next = first->next;
    first->next = made;
    return made;
  }
  made->next = first;
  arena->blocks = made;
  if (!own && arena->next_block < LARGEST_BLOCK) arena->next_block *= 2;
  return made;
}

static void *take(vd_arena *arena, size_t size) {
  if (size > LARGEST_PIECE || size > SIZE_MAX / 2) return NULL;
  size_t room = ((size ? size : 1) + GUARD + ALIGN - 1) / ALIGN * ALIGN;
  block *from = block_with_room(arena, room);
  if (!from) return NULL;
  unsigned char *piece = from->bytes + from->used;
  from->used += room;
  arena->used += size;
  UNPOISON(piece, size);
  return piece;
}

void *vd_arena_alloc(vd_arena *arena, size_t size) {
  void *piece = take(arena, size);
  if (!piece) out_of_memory(size);
  return piece;
}

void *vd_arena_try_alloc(vd_arena *arena, size_t count, size_t size) {
  size_t total;
  if (__builtin_mul_overflow(count, size, &total)) return NULL;
  return take(arena, total);
}

void *vd_arena_grow(vd_arena *arena, const void *old, size_t old_size, size_t new_size) {
  void *grown = vd_arena_alloc(arena, new_size);
  if (old && old_size) memcpy(grown, old, old_size < new_size ? old_size : new_size);
  return grown;
}

size_t vd_arena_used(const vd_arena *arena) {
  return arena->used;
}

void *vd_arena_push(vd_arena *arena, void *items, size_t *n, size_t *capacity, size_t item_size) {
  if (*n == *capacity) {
    size_t wider = *capacity ? *capacity * 2 : 8, bytes;
    if (__builtin_mul_overflow(wider, item_size, &bytes)) out_of_memory(SIZE_MAX);
    items = vd_arena_grow(arena, items, *n * item_size, bytes);
    *capacity = wider;
  } else {
    /* An item taken off the end earlier may have left its bytes behind. */
    memset((unsigned char *)items + *n * item_size, 0, item_size);
  }
  (*n)++;
  return items;
}
