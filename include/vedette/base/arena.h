/* arena: memory that is allocated piecewise and released at once.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_BASE_ARENA_H
#define VEDETTE_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct vd_arena vd_arena;

/* A new empty arena; vd_arena_free releases it and all that was allocated from it. NULL is allowed in free. */
vd_arena *vd_arena_new(void);
void vd_arena_free(vd_arena *arena);
/* For VD_CLEANUP. */
void vd_arena_cleanup(vd_arena **arena);

/* `size` zeroed bytes aligned to 16. Never NULL: when the system has no memory left the program says so and
 * ends (every edit is durable by then). For sizes that a user's input decides use vd_arena_try_alloc. */
void *vd_arena_alloc(vd_arena *arena, size_t size);
/* Like vd_arena_alloc for `count` items of `size` bytes, but NULL when there is not enough memory or the product overflows. */
void *vd_arena_try_alloc(vd_arena *arena, size_t count, size_t size);
/* A larger copy of an array; the old one stays until the arena goes. `new_size` >= `old_size`. */
void *vd_arena_grow(vd_arena *arena, const void *old, size_t old_size, size_t new_size);
/* Bytes handed out so far. */
size_t vd_arena_used(const vd_arena *arena);

#define VD_NEW(arena, type) ((type *)vd_arena_alloc((arena), sizeof(type)))
#define VD_NEW_ARRAY(arena, type, count) ((type *)vd_arena_alloc((arena), sizeof(type) * (size_t)(count)))

/* Appends to a growing array kept as (items, n, capacity) and yields a pointer to the new zeroed item:
 *   *VD_PUSH(arena, list->items, list->n, list->capacity) = value;
 * n and capacity are size_t lvalues. */
#define VD_PUSH(arena, items, n, capacity)                                                                   \
  ((items) = vd_arena_push((arena), (items), &(n), &(capacity), sizeof *(items)), &(items)[(n)-1])
void *vd_arena_push(vd_arena *arena, void *items, size_t *n, size_t *capacity, size_t item_size);

#endif
