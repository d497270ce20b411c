/* interval: sets of seconds as sorted, disjoint, half-open intervals.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/interval.h"

#include <stdlib.h>
#include <string.h>

static int by_start(const void *a, const void *b) {
  const vd_interval *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return (x->to_s > y->to_s) - (x->to_s < y->to_s);
}

/* Adds to a set in order of starts, joining with the last where they meet. */
static void append(vd_intervals *set, vd_interval more) {
  if (more.from_s >= more.to_s) return;
  vd_interval *last = set->n ? &set->items[set->n - 1] : NULL;
  if (!last || more.from_s > last->to_s)
    set->items[set->n++] = more;
  else if (more.to_s > last->to_s)
    last->to_s = more.to_s;
}

vd_intervals vd_intervals_of(vd_arena *arena, const vd_interval *list, size_t n) {
  vd_intervals set = {VD_NEW_ARRAY(arena, vd_interval, n), 0};
  if (!n) return set;
  memcpy(set.items, list, n * sizeof *list);
  qsort(set.items, n, sizeof *set.items, by_start);
  for (size_t i = 0; i < n; i++) append(&set, set.items[i]);
  return set;
}

vd_intervals vd_intervals_of_pairs(vd_arena *arena, const int64_t *pairs, size_t n_pairs) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_interval *list = VD_NEW_ARRAY(scratch, vd_interval, n_pairs);
  for (size_t i = 0; i < n_pairs; i++) list[i] = (vd_interval){pairs[2 * i], pairs[2 * i + 1]};
  return vd_intervals_of(arena, list, n_pairs);
}

vd_intervals vd_intervals_one(vd_arena *arena, int64_t from_s, int64_t to_s) {
  return vd_intervals_of(arena, &(vd_interval){from_s, to_s}, 1);
}

vd_intervals vd_intervals_union(vd_arena *arena, vd_intervals a, vd_intervals b) {
  vd_intervals set = {VD_NEW_ARRAY(arena, vd_interval, a.n + b.n), 0};
  for (size_t i = 0, k = 0; i < a.n || k < b.n;) {
    bool from_a = k == b.n || (i < a.n && a.items[i].from_s <= b.items[k].from_s);
    append(&set, from_a ? a.items[i++] : b.items[k++]);
  }
  return set;
}

vd_intervals vd_intervals_intersect(vd_arena *arena, vd_intervals a, vd_intervals b) {
  vd_intervals set = {VD_NEW_ARRAY(arena, vd_interval, a.n + b.n), 0};
  for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
    vd_interval x = a.items[i], y = b.items[k];
    append(&set, (vd_interval){x.from_s > y.from_s ? x.from_s : y.from_s, x.to_s < y.to_s ? x.to_s : y.to_s});
    if (x.to_s < y.to_s)
      i++;
    else
      k++;
  }
  return set;
}

vd_intervals vd_intervals_subtract(vd_arena *arena, vd_intervals a, vd_intervals b) {
  vd_intervals set = {VD_NEW_ARRAY(arena, vd_interval, a.n + b.n), 0};
  size_t k = 0;
  for (size_t i = 0; i < a.n; i++) {
    int64_t from = a.items[i].from_s;
    while (k < b.n && b.items[k].to_s <= from) k++;
    for (size_t at = k; at < b.n && b.items[at].from_s < a.items[i].to_s; at++) {
      append(&set, (vd_interval){from, b.items[at].from_s});
      from = b.items[at].to_s;
    }
    append(&set, (vd_interval){from, a.items[i].to_s});
  }
  return set;
}

bool vd_intervals_equal(vd_intervals a, vd_intervals b) {
  return a.n == b.n && (a.n == 0 || memcmp(a.items, b.items, a.n * sizeof *a.items) == 0);
}

/* The first interval that ends after the time. */
static size_t first_after(vd_intervals set, int64_t time_s) {
  size_t low = 0, high = set.n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (set.items[middle].to_s <= time_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool vd_intervals_hold(vd_intervals set, int64_t time_s) {
  size_t i = first_after(set, time_s);
  return i < set.n && set.items[i].from_s <= time_s;
}

static int64_t add_length(int64_t total, int64_t from_s, int64_t to_s) {
  int64_t length, sum;
  if (from_s >= to_s) return total;
  if (__builtin_sub_overflow(to_s, from_s, &length) || __builtin_add_overflow(total, length, &sum))
    return INT64_MAX;
  return sum;
}

int64_t vd_intervals_length_s(vd_intervals set) {
  int64_t total = 0;
  for (size_t i = 0; i < set.n; i++) total = add_length(total, set.items[i].from_s, set.items[i].to_s);
  return total;
}

int64_t vd_intervals_shared_s(vd_intervals a, vd_intervals b) {
  int64_t total = 0;
  for (size_t i = 0, k = 0; i < a.n && k < b.n;) {
    vd_interval x = a.items[i], y = b.items[k];
    total = add_length(total, x.from_s > y.from_s ? x.from_s : y.from_s, x.to_s < y.to_s ? x.to_s : y.to_s);
    if (x.to_s < y.to_s)
      i++;
    else
      k++;
  }
  return total;
}

int64_t vd_intervals_within_s(vd_intervals set, int64_t from_s, int64_t to_s) {
  size_t i = first_after(set, from_s);
  vd_interval own = {from_s, to_s};
  if (i == set.n) return 0;
  return vd_intervals_shared_s((vd_intervals){&own, 1}, (vd_intervals){set.items + i, set.n - i});
}
