/* gap: states of cells over a window.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/gap.h"

vd_state vd_gap_state(bool in_time, bool present) {
  if (in_time) return present ? VD_COVERED : VD_REACH_ONLY;
  return present ? VD_PRESENCE_ONLY : VD_UNCOVERED;
}

/* Reads a set in the order of time. */
typedef struct cursor {
  vd_intervals set;
  size_t at;
} cursor;

/* Whether the set holds `time_s`, which does not fall from call to call; *until_s is lowered to where that changes. */
static bool holds(cursor *c, int64_t time_s, int64_t *until_s) {
  while (c->at < c->set.n && c->set.items[c->at].to_s <= time_s) c->at++;
  if (c->at == c->set.n) return false;
  const vd_interval *next = &c->set.items[c->at];
  bool inside = next->from_s <= time_s;
  int64_t change = inside ? next->to_s : next->from_s;
  if (change < *until_s) *until_s = change;
  return inside;
}

typedef struct sweep {
  cursor active, in_time, present;
} sweep;

/* The state at `time_s` and until when it lasts, at most the given end. */
static vd_state state_at(sweep *s, int64_t time_s, int64_t *until_s) {
  bool active = holds(&s->active, time_s, until_s), in_time = holds(&s->in_time, time_s, until_s),
       present = holds(&s->present, time_s, until_s);
  return active ? vd_gap_state(in_time, present) : VD_STATE_NONE;
}

vd_state_seconds vd_gap_seconds(vd_intervals window, vd_intervals active, vd_intervals in_time,
                                vd_intervals present) {
  vd_state_seconds sums = {{0}};
  sweep s = {{active, 0}, {in_time, 0}, {present, 0}};
  for (size_t i = 0; i < window.n; i++)
    for (int64_t at = window.items[i].from_s, end = window.items[i].to_s; at < end;) {
      int64_t until = end, length;
      vd_state state = state_at(&s, at, &until);
      if (__builtin_sub_overflow(until, at, &length) ||
          __builtin_add_overflow(sums.s[state], length, &sums.s[state]))
        sums.s[state] = INT64_MAX;
      at = until;
    }
  return sums;
}

vd_intervals vd_gap_when(vd_arena *arena, vd_state state, vd_intervals window, vd_intervals active,
                         vd_intervals in_time, vd_intervals present) {
  vd_intervals set = {NULL, 0};
  size_t capacity = 0;
  sweep s = {{active, 0}, {in_time, 0}, {present, 0}};
  for (size_t i = 0; i < window.n; i++)
    for (int64_t at = window.items[i].from_s, end = window.items[i].to_s; at < end;) {
      int64_t until = end;
      if (state_at(&s, at, &until) == state) {
        if (set.n && set.items[set.n - 1].to_s == at)
          set.items[set.n - 1].to_s = until;
        else
          *VD_PUSH(arena, set.items, set.n, capacity) = (vd_interval){at, until};
      }
      at = until;
    }
  return set;
}
