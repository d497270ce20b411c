/* table: the records of one kind in their order, found by id.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/document.h"

/* FNV-1a; ids are random or hashes already, so nothing stronger is needed against crowding by chance, and a file
 * that crowds on purpose only makes itself slow. */
static size_t slot_of(const vd_table *table, const char *id) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (; *id; id++) hash = (hash ^ (unsigned char)*id) * 0x100000001b3u;
  return (size_t)(hash ^ hash >> 32) & (table->n_slots - 1);
}

static void index_record(vd_table *table, size_t i) {
  size_t slot = slot_of(table, table->records[i]->id);
  while (table->slots[slot]) slot = (slot + 1) & (table->n_slots - 1);
  table->slots[slot] = (uint32_t)(i + 1);
}

static void index_all(vd_table *table) {
  if (table->n_slots < 2 * (table->n + 1)) {
    size_t n_slots = table->n_slots ? table->n_slots : 16;
    while (n_slots < 4 * (table->n + 1)) n_slots *= 2;
    table->slots = VD_NEW_ARRAY(table->arena, uint32_t, n_slots);
    table->n_slots = n_slots;
  } else {
    memset(table->slots, 0, table->n_slots * sizeof *table->slots);
  }
  for (size_t i = 0; i < table->n; i++) index_record(table, i);
}

void vd_table_start(vd_table *table) {
  *table = (vd_table){.arena = vd_arena_new(), .revision = table->revision};
  index_all(table);
}

void vd_table_free(vd_table *table) {
  vd_arena_free(table->arena);
}

ptrdiff_t vd_table_find(const vd_table *table, const char *id) {
  for (size_t slot = slot_of(table, id); table->slots[slot]; slot = (slot + 1) & (table->n_slots - 1)) {
    size_t i = table->slots[slot] - 1;
    if (strcmp(table->records[i]->id, id) == 0) return (ptrdiff_t)i;
  }
  return -1;
}

void vd_table_put(vd_table *table, vd_kind kind, const vd_record *record) {
  const vd_record *copy = vd_record_copy(table->arena, kind, record);
  ptrdiff_t at = vd_table_find(table, record->id);
  if (at >= 0) {
    table->records[at] = copy;
    table->n_waste++;
    return;
  }
  *VD_PUSH(table->arena, table->records, table->n, table->capacity) = copy;
  if (table->n_slots < 2 * (table->n + 1))
    index_all(table);
  else
    index_record(table, table->n - 1);
}

void vd_table_remove(vd_table *table, const vd_record *const *gone, size_t n_gone) {
  if (!n_gone) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  bool *leaves = VD_NEW_ARRAY(scratch, bool, table->n + 1);
  for (size_t i = 0; i < n_gone; i++) {
    ptrdiff_t at = vd_table_find(table, gone[i]->id);
    if (at >= 0) leaves[at] = true;
  }
  size_t kept = 0;
  for (size_t i = 0; i < table->n; i++)
    if (!leaves[i]) table->records[kept++] = table->records[i];
  table->n_waste += table->n - kept;
  table->n = kept;
  index_all(table);
}

void vd_table_copy(vd_table *to, const vd_table *from, vd_kind kind) {
  vd_table_start(to);
  to->revision = from->revision;
  for (size_t i = 0; i < from->n; i++) vd_table_put(to, kind, from->records[i]);
}

void vd_table_tidy(vd_table *table, vd_kind kind) {
  enum { ALWAYS_FINE = 1000 };
  if (table->n_waste < ALWAYS_FINE || table->n_waste < table->n) return;
  vd_table tidy = {0};
  vd_table_copy(&tidy, table, kind);
  vd_table_free(table);
  *table = tidy;
}
