/* duplicate: visits of several actors to the same cells at the same time that were not planned jointly.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/duplicate.h"

#include <stdbool.h>
#include <stdlib.h>

typedef struct entry {
  int64_t from_s;
  size_t visit;
} entry;

static int by_start(const void *a, const void *b) {
  const entry *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return (x->visit > y->visit) - (x->visit < y->visit);
}

static int by_visits(const void *a, const void *b) {
  const vd_duplicate_pair *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return (x->second > y->second) - (x->second < y->second);
}

static int32_t shared_cells(const vd_duplicate_visit *a, const vd_duplicate_visit *b) {
  int32_t n = 0;
  for (size_t i = 0, k = 0; i < a->n_cells && k < b->n_cells;) {
    if (a->cells[i] == b->cells[k]) n++;
    if (a->cells[i] <= b->cells[k])
      i++;
    else
      k++;
  }
  return n;
}

static bool joint(const vd_duplicate_visit *a, const vd_duplicate_visit *b) {
  return a->actor == b->actor || (a->plan >= 0 && a->plan == b->plan);
}

/* The pair of two visits, n_cells 0 when they are none. */
static vd_duplicate_pair pair_of(const vd_duplicate_visit *visits, size_t one, size_t other) {
  vd_duplicate_pair p = {.first = one < other ? one : other, .second = one < other ? other : one};
  const vd_duplicate_visit *a = &visits[p.first], *b = &visits[p.second];
  p.from_s = a->from_s > b->from_s ? a->from_s : b->from_s;
  p.to_s = a->to_s < b->to_s ? a->to_s : b->to_s;
  if (p.from_s < p.to_s && !joint(a, b)) p.n_cells = shared_cells(a, b);
  return p;
}

vd_duplicate_pair *vd_duplicate_pairs(vd_arena *arena, const vd_duplicate_visit *visits, size_t n_visits,
                                      size_t *n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  entry *order = VD_NEW_ARRAY(scratch, entry, n_visits);
  size_t *open = VD_NEW_ARRAY(scratch, size_t, n_visits), n_open = 0, capacity = 0;
  vd_duplicate_pair *pairs = NULL;
  *n = 0;
  for (size_t i = 0; i < n_visits; i++) order[i] = (entry){visits[i].from_s, i};
  if (n_visits) qsort(order, n_visits, sizeof *order, by_start);
  for (size_t i = 0; i < n_visits; i++) {
    size_t now = order[i].visit, kept = 0;
    for (size_t k = 0; k < n_open; k++) {
      if (visits[open[k]].to_s <= visits[now].from_s) continue; /* over */
      vd_duplicate_pair p = pair_of(visits, open[k], now);
      if (p.n_cells) *VD_PUSH(arena, pairs, *n, capacity) = p;
      open[kept++] = open[k];
    }
    n_open = kept;
    open[n_open++] = now;
  }
  if (*n) qsort(pairs, *n, sizeof *pairs, by_visits);
  return pairs;
}
