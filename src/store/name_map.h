/* name_map: texts found by texts.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STORE_NAME_MAP_H
#define VEDETTE_SRC_STORE_NAME_MAP_H

#include "vedette/base/arena.h"

typedef struct vd_name_entry {
  const char *key, *text;
  size_t count;
} vd_name_entry;

/* Start from {.arena = a}. Never walked, so that no result depends on its order. */
typedef struct vd_name_map {
  vd_arena *arena;
  vd_name_entry *entries;
  size_t n, capacity;
} vd_name_map;

/* The entry of a key, made when it is not there (key copied); borrowed until the next call. */
vd_name_entry *vd_name_map_at(vd_name_map *map, const char *key);
/* NULL when it is not there. */
const vd_name_entry *vd_name_map_find(const vd_name_map *map, const char *key);

#endif
