/* slice: a cell's window cut where its state changes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Its response is told by its timeline; presence cuts that where visits begin and grow stale, to the second. */
#include "study/run.h"
#include "vedette/core/gap.h"

typedef struct cutting {
  vd_arena *scratch;
  const vd_timeline *line;
  vd_intervals present[VD_PRIORITY_COUNT];
  size_t cursor[VD_PRIORITY_COUNT];
  vd_slice *slices;
  size_t n, capacity;
} cutting;

static void find_presence(const vd_study *study, cutting *c, int32_t lifted, const vd_near *nears,
                          size_t n_nears) {
  const vd_model *model = study->model;
  if (n_nears == 0) return;
  vd_visit *visits = VD_NEW_ARRAY(c->scratch, vd_visit, n_nears + 1);
  size_t n = 0;
  for (size_t i = 0; i < n_nears; i++) {
    if (vd_near_counts(model, &nears[i], lifted))
      visits[n++] = (vd_visit){nears[i].enter_s, nears[i].leave_s, 0};
  }
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    if (c->line->occurs[p])
      c->present[p] = vd_presence_intervals(c->scratch, visits, n, model->figures.revisit_s[p]);
  }
}

static vd_cause cause_of(const vd_timeline *line, const vd_span *span) {
  if (span->in_time) return VD_CAUSE_VISITED_SELDOM;
  if (span->free_in_time) return VD_CAUSE_DENIED;
  return line->other_hours[span->priority] ? VD_CAUSE_OUTSIDE_HOURS : VD_CAUSE_BEYOND_REACH;
}

static void add_slice(cutting *c, const vd_span *span, int64_t from_s, int64_t to_s, bool present) {
  vd_slice s = {.from_s = from_s,
                .to_s = to_s,
                .priority = span->priority,
                .state = VD_STATE_NONE,
                .cause = VD_CAUSE_COUNT};
  if (span->priority >= 0) {
    s.in_time = span->in_time;
    s.free_in_time = span->free_in_time;
    s.present = present;
    s.state = (uint8_t)vd_gap_state(s.in_time, s.present);
    if (s.state != VD_COVERED) s.cause = (uint8_t)cause_of(c->line, span);
  }
  *VD_PUSH(c->scratch, c->slices, c->n, c->capacity) = s;
}

/* Cuts a span where presence begins and ends. */
static void cut_span(cutting *c, const vd_span *span) {
  int64_t at = span->from_s;
  int p = span->priority;
  if (p < 0) {
    add_slice(c, span, at, span->to_s, false);
    return;
  }
  const vd_intervals *present = &c->present[p];
  while (at < span->to_s) {
    size_t *i = &c->cursor[p];
    while (*i < present->n && present->items[*i].to_s <= at) (*i)++;
    bool here = *i < present->n && present->items[*i].from_s <= at;
    int64_t next = *i >= present->n ? span->to_s : here ? present->items[*i].to_s : present->items[*i].from_s;
    if (next > span->to_s) next = span->to_s;
    add_slice(c, span, at, next, here);
    at = next;
  }
}

vd_slice *vd_timeline_slices(const vd_study *study, vd_arena *scratch, const vd_timeline *line,
                             int32_t lifted, const vd_near *nears, size_t n_nears, size_t *n) {
  cutting c = {.scratch = scratch, .line = line};
  find_presence(study, &c, lifted, nears, n_nears);
  for (size_t i = 0; i < line->n; i++) cut_span(&c, &line->spans[i]);
  *n = c.n;
  return c.slices;
}

vd_slice *vd_cell_slices(const vd_study *study, vd_arena *scratch, size_t t, const vd_scenario *scenario,
                         const vd_near *nears, size_t n_nears, size_t *n) {
  vd_timeline line = vd_timeline_of(study, scratch, t, scenario);
  return vd_timeline_slices(study, scratch, &line, scenario->lifted, nears, n_nears, n);
}
