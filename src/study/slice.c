/* slice: a cell's window cut where its state changes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Within an epoch the response stays the same; presence is cut where visits begin and grow stale, to the second. */
#include "study/run.h"
#include "vedette/core/gap.h"

typedef struct cutting {
  const vd_study *study;
  vd_arena *scratch;
  const vd_scenario *scenario;
  size_t t, n_epochs;
  int8_t *priority; /* per epoch, -1 none */
  int32_t
      *in_time[VD_PRIORITY_COUNT]; /* per epoch: how many responders; NULL when the priority does not occur */
  int32_t *free_in_time[VD_PRIORITY_COUNT];
  bool other_hours[VD_PRIORITY_COUNT]; /* in time in some epoch of the window */
  vd_intervals present[VD_PRIORITY_COUNT];
  size_t cursor[VD_PRIORITY_COUNT];
  vd_slice *slices;
  size_t n, capacity;
} cutting;

bool vd_situation_counts(const vd_situation *situation, int32_t lifted) {
  return situation->blocker == VD_BLOCKED_BY_NOBODY || lifted == VD_LIFT_ALL || situation->blocker == lifted;
}

static void rank_epochs(cutting *c) {
  const vd_study *study = c->study;
  c->priority = VD_NEW_ARRAY(c->scratch, int8_t, c->n_epochs + 1);
  for (size_t e = 0; e < c->n_epochs; e++) c->priority[e] = -1;
  for (int32_t i = study->danger_start[c->t]; i < study->danger_start[c->t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    for (size_t r = 0; r < danger->runs.n; r++) {
      for (int32_t e = danger->runs.items[r].from; e < danger->runs.items[r].to; e++) {
        if (danger->priority > c->priority[e]) c->priority[e] = (int8_t)danger->priority;
      }
    }
  }
  for (size_t e = 0; e < c->n_epochs; e++) {
    int p = c->priority[e];
    if (p < 0 || c->in_time[p]) continue;
    c->in_time[p] = VD_NEW_ARRAY(c->scratch, int32_t, c->n_epochs + 1);
    c->free_in_time[p] = VD_NEW_ARRAY(c->scratch, int32_t, c->n_epochs + 1);
  }
}

static void add_runs(int32_t *steps, const vd_runs *runs) {
  for (size_t i = 0; i < runs->n; i++) {
    steps[runs->items[i].from]++;
    steps[runs->items[i].to]--;
  }
}

/* Lifting restrictions only adds to what is in time; a field solved for it may have been cut off early. */
static uint8_t mask_of(const cutting *c, size_t s) {
  const vd_study *study = c->study;
  const vd_situation *situation = &study->situations[s];
  if (!vd_situation_counts(situation, c->scenario->lifted)) return 0;
  uint8_t mask = study->fields[situation->field].mask[c->t];
  return c->scenario->fields ? mask | study->fields[c->scenario->fields[s]].mask[c->t] : mask;
}

static void count_responders(cutting *c) {
  const vd_study *study = c->study;
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    uint8_t mask = mask_of(c, s);
    uint8_t free_mask = study->fields[situation->free_field].mask[c->t];
    for (int p = 0; (mask | free_mask) >> p; p++) {
      if (!c->in_time[p]) continue;
      if (mask >> p & 1) add_runs(c->in_time[p], &situation->runs);
      if (free_mask >> p & 1) add_runs(c->free_in_time[p], &situation->runs);
    }
  }
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    if (!c->in_time[p]) continue;
    for (size_t e = 1; e < c->n_epochs; e++) {
      c->in_time[p][e] += c->in_time[p][e - 1];
      c->free_in_time[p][e] += c->free_in_time[p][e - 1];
    }
    for (size_t e = 0; e < c->n_epochs && !c->other_hours[p]; e++) c->other_hours[p] = c->in_time[p][e] > 0;
  }
}

static void find_presence(cutting *c, const vd_near *nears, size_t n_nears) {
  const vd_model *model = c->study->model;
  vd_visit *visits = VD_NEW_ARRAY(c->scratch, vd_visit, n_nears + 1);
  size_t n = 0;
  for (size_t i = 0; i < n_nears; i++) {
    if (vd_near_counts(model, &nears[i], c->scenario->lifted))
      visits[n++] = (vd_visit){nears[i].enter_s, nears[i].leave_s, 0};
  }
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    if (c->in_time[p])
      c->present[p] = vd_presence_intervals(c->scratch, visits, n, model->figures.revisit_s[p]);
  }
}

static vd_cause cause_of(const cutting *c, int p, bool in_time, bool free_in_time) {
  if (in_time) return VD_CAUSE_VISITED_SELDOM;
  if (free_in_time) return VD_CAUSE_DENIED;
  return c->other_hours[p] ? VD_CAUSE_OUTSIDE_HOURS : VD_CAUSE_BEYOND_REACH;
}

static void add_slice(cutting *c, size_t e, int64_t from_s, int64_t to_s, bool present) {
  int p = c->priority[e];
  vd_slice s = {
      .from_s = from_s, .to_s = to_s, .priority = (int8_t)p, .state = VD_STATE_NONE, .cause = VD_CAUSE_COUNT};
  if (p >= 0) {
    s.in_time = c->in_time[p][e] > 0;
    s.free_in_time = c->free_in_time[p][e] > 0;
    s.present = present;
    s.state = (uint8_t)vd_gap_state(s.in_time, s.present);
    if (s.state != VD_COVERED) s.cause = (uint8_t)cause_of(c, p, s.in_time, s.free_in_time);
  }
  if (c->n > 0) {
    vd_slice *last = &c->slices[c->n - 1];
    if (last->priority == s.priority && last->in_time == s.in_time && last->free_in_time == s.free_in_time &&
        last->present == s.present) {
      last->to_s = to_s;
      return;
    }
  }
  *VD_PUSH(c->scratch, c->slices, c->n, c->capacity) = s;
}

/* Cuts an epoch where presence begins and ends. */
static void cut_epoch(cutting *c, size_t e) {
  int64_t at = c->study->model->epochs->start_s[e], end = c->study->model->epochs->start_s[e + 1];
  int p = c->priority[e];
  if (p < 0) {
    add_slice(c, e, at, end, false);
    return;
  }
  const vd_intervals *present = &c->present[p];
  while (at < end) {
    size_t *i = &c->cursor[p];
    while (*i < present->n && present->items[*i].to_s <= at) (*i)++;
    bool here = *i < present->n && present->items[*i].from_s <= at;
    int64_t next = *i >= present->n ? end : here ? present->items[*i].to_s : present->items[*i].from_s;
    if (next > end) next = end;
    add_slice(c, e, at, next, here);
    at = next;
  }
}

vd_slice *vd_cell_slices(const vd_study *study, vd_arena *scratch, size_t t, const vd_scenario *scenario,
                         const vd_near *nears, size_t n_nears, size_t *n) {
  cutting c = {
      .study = study, .scratch = scratch, .scenario = scenario, .t = t, .n_epochs = study->model->epochs->n};
  rank_epochs(&c);
  count_responders(&c);
  find_presence(&c, nears, n_nears);
  for (size_t e = 0; e < c.n_epochs; e++) cut_epoch(&c, e);
  *n = c.n;
  return c.slices;
}
