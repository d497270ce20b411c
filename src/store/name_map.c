/* name_map: open addressing by FNV-1a.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/name_map.h"

#include <string.h>

#include "vedette/base/str.h"

static size_t hash_of(const char *key) {
  uint64_t hash = 14695981039346656037u;
  for (; *key; key++) hash = (hash ^ (unsigned char)*key) * 1099511628211u;
  return (size_t)(hash ^ hash >> 32);
}

static vd_name_entry *slot_of(const vd_name_map *map, const char *key) {
  size_t i = hash_of(key) & (map->capacity - 1);
  while (map->entries[i].key && strcmp(map->entries[i].key, key) != 0) i = (i + 1) & (map->capacity - 1);
  return &map->entries[i];
}

static void grow(vd_name_map *map) {
  vd_name_map larger = {map->arena, NULL, map->n, map->capacity ? map->capacity * 2 : 64};
  larger.entries = VD_NEW_ARRAY(map->arena, vd_name_entry, larger.capacity);
  for (size_t i = 0; i < map->capacity; i++)
    if (map->entries[i].key) *slot_of(&larger, map->entries[i].key) = map->entries[i];
  *map = larger;
}

vd_name_entry *vd_name_map_at(vd_name_map *map, const char *key) {
  if (2 * (map->n + 1) > map->capacity) grow(map);
  vd_name_entry *entry = slot_of(map, key);
  if (!entry->key) {
    entry->key = vd_str_dup(map->arena, key);
    map->n++;
  }
  return entry;
}

const vd_name_entry *vd_name_map_find(const vd_name_map *map, const char *key) {
  if (!map->n) return NULL;
  const vd_name_entry *entry = slot_of(map, key);
  return entry->key ? entry : NULL;
}
