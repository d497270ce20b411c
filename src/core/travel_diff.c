/* travel_diff: where two sets of restrictions differ.
 * SPDX-License-Identifier: Apache-2.0 */
#include "core/travel_diff.h"

#include <stdlib.h>
#include <string.h>

static bool same_list(const int32_t *a, size_t n_a, const int32_t *b, size_t n_b) {
  return n_a == n_b && (!n_a || a == b || !memcmp(a, b, n_a * sizeof *a));
}

static bool same_zone(const vd_travel_zone *a, const vd_travel_zone *b) {
  return a == b || (same_list(a->cells, a->n_cells, b->cells, b->n_cells) &&
                    same_list(a->edges, a->n_edges, b->edges, b->n_edges) &&
                    same_list(a->nodes, a->n_nodes, b->nodes, b->n_nodes));
}

static bool same_effect(const vd_travel_effect *a, const vd_travel_effect *b) {
  if (a->effect != b->effect) return false;
  if (a->effect == VD_EFFECT_SLOW && a->slow != b->slow) return false;
  if (a->effect == VD_EFFECT_DELAY && a->delay_ms != b->delay_ms) return false;
  return same_zone(a->zone, b->zone);
}

static bool among(const vd_travel_effect *effect, const vd_travel_effect *list, size_t n) {
  for (size_t i = 0; i < n; i++)
    if (same_effect(effect, &list[i])) return true;
  return false;
}

typedef struct members {
  int32_t *items;
  size_t n, capacity;
} members;

static void add_list(vd_arena *arena, members *to, const int32_t *items, size_t n) {
  if (to->n + n > to->capacity) {
    size_t capacity = 2 * (to->n + n);
    to->items = vd_arena_grow(arena, to->items, to->n * sizeof *items, capacity * sizeof *items);
    to->capacity = capacity;
  }
  if (n) memcpy(to->items + to->n, items, n * sizeof *items);
  to->n += n;
}

static int by_number(const void *a, const void *b) {
  int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
  return (x > y) - (x < y);
}

static void sort_unique(members *list) {
  size_t kept = 0;
  bool sorted = true;
  for (size_t i = 1; sorted && i < list->n; i++) sorted = list->items[i - 1] < list->items[i];
  if (sorted) return;
  qsort(list->items, list->n, sizeof *list->items, by_number);
  for (size_t i = 0; i < list->n; i++)
    if (!kept || list->items[kept - 1] != list->items[i]) list->items[kept++] = list->items[i];
  list->n = kept;
}

typedef struct gathering {
  vd_arena *arena;
  members cells, edges, nodes;
  travel_diff *out;
} gathering;

static void add_effect(gathering *g, const vd_travel_effect *effect) {
  if (effect->effect == VD_EFFECT_NONE) return;
  g->out->any[effect->effect] = true;
  add_list(g->arena, &g->cells, effect->zone->cells, effect->zone->n_cells);
  add_list(g->arena, &g->edges, effect->zone->edges, effect->zone->n_edges);
  add_list(g->arena, &g->nodes, effect->zone->nodes, effect->zone->n_nodes);
}

/* What stays in order in both lists is common: slow-downs are rounded one after the other. */
static void gather(gathering *g, const vd_travel_effect *before, size_t n_before,
                   const vd_travel_effect *after, size_t n_after) {
  while (n_before && n_after && same_effect(before, after)) before++, after++, n_before--, n_after--;
  while (n_before && n_after && same_effect(&before[n_before - 1], &after[n_after - 1]))
    n_before--, n_after--;
  size_t i = 0, k = 0;
  while (i < n_before && k < n_after) {
    if (same_effect(&before[i], &after[k])) {
      i++, k++;
      continue;
    }
    bool stays = among(&before[i], after + k, n_after - k);
    bool was = among(&after[k], before + i, n_before - i);
    if (!stays || was) add_effect(g, &before[i++]);
    if (!was || stays) add_effect(g, &after[k++]);
  }
  while (i < n_before) add_effect(g, &before[i++]);
  while (k < n_after) add_effect(g, &after[k++]);
}

travel_diff travel_diff_of(vd_arena *arena, const vd_travel_effect *before, size_t n_before,
                           const vd_travel_effect *after, size_t n_after) {
  travel_diff out = {0};
  gathering g = {.arena = arena, .out = &out};
  gather(&g, before, n_before, after, n_after);
  sort_unique(&g.cells);
  sort_unique(&g.edges);
  sort_unique(&g.nodes);
  out.cells = g.cells.items, out.n_cells = g.cells.n;
  out.edges = g.edges.items, out.n_edges = g.edges.n;
  out.nodes = g.nodes.items, out.n_nodes = g.nodes.n;
  return out;
}

/* The first place from `at` on whose member is not less, found by steps that double. */
static size_t gallop(const int32_t *items, size_t at, size_t n, int32_t member) {
  size_t step = 1, low = at;
  while (at < n && items[at] < member) {
    low = at + 1;
    at += step;
    step *= 2;
  }
  size_t high = at < n ? at : n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (items[middle] < member)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

void travel_each_common(const int32_t *a, size_t n_a, const int32_t *b, size_t n_b,
                        void (*each)(void *context, int32_t member), void *context) {
  for (size_t i = 0, k = 0; i < n_a && k < n_b;) {
    if (a[i] == b[k]) {
      each(context, a[i]);
      i++, k++;
    } else if (a[i] < b[k]) {
      i = gallop(a, i, n_a, b[k]);
    } else {
      k = gallop(b, k, n_b, a[i]);
    }
  }
}
