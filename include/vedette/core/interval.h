/* interval: sets of seconds as sorted, disjoint, half-open intervals.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_INTERVAL_H
#define VEDETTE_CORE_INTERVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/arena.h"
#include "vedette/base/status.h"
#include "vedette/base/units.h"

/* [from_s, to_s), from_s < to_s in a set. VD_TIME_MIN and VD_TIME_MAX are open ends. */
typedef struct vd_interval {
  int64_t from_s, to_s;
} vd_interval;
/* Sorted, disjoint, not even touching: equal sets have equal arrays. Passed by value; items are borrowed. */
typedef struct vd_intervals {
  vd_interval *items;
  size_t n;
} vd_intervals;

/* The set of a list in any order, overlapping or not; empty ones are dropped. */
vd_intervals vd_intervals_of(vd_arena *arena, const vd_interval *list, size_t n);
/* The same from alternating from, to (as vd_threat_active gives them). */
vd_intervals vd_intervals_of_pairs(vd_arena *arena, const int64_t *pairs, size_t n_pairs);
vd_intervals vd_intervals_one(vd_arena *arena, int64_t from_s, int64_t to_s);
vd_intervals vd_intervals_union(vd_arena *arena, vd_intervals a, vd_intervals b);
vd_intervals vd_intervals_intersect(vd_arena *arena, vd_intervals a, vd_intervals b);
/* a without b. */
vd_intervals vd_intervals_subtract(vd_arena *arena, vd_intervals a, vd_intervals b);
bool vd_intervals_equal(vd_intervals a, vd_intervals b);
bool vd_intervals_hold(vd_intervals set, int64_t time_s);
/* Seconds in the set, at most INT64_MAX; and those it shares with another without making the intersection. */
int64_t vd_intervals_length_s(vd_intervals set);
int64_t vd_intervals_shared_s(vd_intervals a, vd_intervals b);
/* Seconds of the set within [from_s, to_s); in the time of those that lie there. */
int64_t vd_intervals_within_s(vd_intervals set, int64_t from_s, int64_t to_s);

#endif
