/* moment: the state of every cell at one time, straight from who is in time and who was near, without cutting windows.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "study/run.h"
#include "vedette/core/gap.h"

typedef struct moment {
  const vd_study *study;
  int64_t time_s;
  int32_t epoch;
  uint8_t *masks;  /* per cell: the priorities within whose standard somebody is at the time */
  uint8_t *active; /* per threat area */
} moment;

static bool runs_hold(const vd_runs *runs, int32_t epoch) {
  size_t low = 0, high = runs->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (runs->items[middle].to <= epoch)
      low = middle + 1;
    else
      high = middle;
  }
  return low < runs->n && runs->items[low].from <= epoch;
}

static void join_masks(const moment *m, const vd_study *study, uint8_t *masks) {
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    if (!vd_situation_counts(situation, VD_LIFT_NONE) || !runs_hold(&situation->runs, m->epoch)) continue;
    const uint8_t *mask = study->fields[situation->field].mask;
    for (size_t t = 0; t < study->n_cells; t++) masks[t] |= mask[t];
  }
}

/* Of a case as bounded by its likely study. */
static void join_all_masks(const moment *m, vd_arena *scratch) {
  const vd_study *study = m->study;
  join_masks(m, study, m->masks);
  if (!study->likely) return;
  uint8_t *likely = VD_NEW_ARRAY(scratch, uint8_t, study->n_cells + 1);
  join_masks(m, study->likely, likely);
  for (size_t t = 0; t < study->n_cells; t++)
    m->masks[t] = study->assumed == VD_CASE_BEST ? m->masks[t] | likely[t] : m->masks[t] & likely[t];
}

static int priority_at(const moment *m, size_t t) {
  const vd_study *study = m->study;
  int priority = -1;
  for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
    int32_t d = study->dangers[i];
    if (m->active[d] && study->model->dangers[d].priority > priority)
      priority = study->model->dangers[d].priority;
  }
  return priority;
}

/* Whether an occurrence that passed is fresh: one that entered by now and left no longer ago than the standard. */
static bool fresh_pass(const moment *m, const vd_pass *pass, int64_t revisit_s) {
  const vd_model *model = m->study->model;
  const vd_beat *beat = &model->beats[pass->beat];
  if (!model->parties[beat->party].counts || pass->enter_s >= pass->leave_s) return false;
  size_t low = 0, high = beat->n_starts;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (beat->starts[middle] <= m->time_s - pass->enter_s)
      low = middle + 1;
    else
      high = middle;
  }
  while (low-- > 0 && beat->starts[low] + pass->leave_s + revisit_s >= m->time_s) {
    if (vd_beat_blocker(model, beat, beat->starts[low], pass->enter_s) == VD_BLOCKED_BY_NOBODY) return true;
  }
  return false;
}

static bool present(const moment *m, size_t t, int64_t revisit_s) {
  const vd_study *study = m->study;
  for (int32_t i = study->post_start[t]; i < study->post_start[t + 1]; i++) {
    const vd_post *post = &study->model->posts[study->posts[i]];
    if (post->from_s <= m->time_s && (post->to_s == VD_TIME_MAX || post->to_s + revisit_s >= m->time_s))
      return true;
  }
  for (int32_t i = study->pass_start[t]; i < study->pass_start[t + 1]; i++) {
    if (fresh_pass(m, &study->passes[i], revisit_s)) return true;
  }
  return false;
}

void vd_study_states_at(const vd_study *study, int64_t time_s, uint8_t *states) {
  const vd_model *model = study->model;
  memset(states, VD_STATE_NONE, (size_t)vd_grid_n(vd_landscape_grid(study->land)));
  int32_t epoch = vd_epochs_at(model->epochs, time_s);
  if (epoch < 0) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  moment m = {study, time_s, epoch, VD_NEW_ARRAY(scratch, uint8_t, study->n_cells + 1),
              VD_NEW_ARRAY(scratch, uint8_t, model->n_dangers + 1)};
  for (size_t d = 0; d < model->n_dangers; d++) m.active[d] = runs_hold(&model->dangers[d].runs, epoch);
  join_all_masks(&m, scratch);
  for (size_t t = 0; t < study->n_cells; t++) {
    int p = priority_at(&m, t);
    if (p < 0) continue;
    states[study->cells[t].cell] =
        (uint8_t)vd_gap_state(m.masks[t] >> p & 1, present(&m, t, model->figures.revisit_s[p]));
  }
}

void vd_study_certainty_at(const vd_study *study, int64_t time_s, uint8_t *certainty) {
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(study->land));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  uint8_t *best = VD_NEW_ARRAY(scratch, uint8_t, n + 1), *worst = VD_NEW_ARRAY(scratch, uint8_t, n + 1);
  vd_study_states_at(study->cases[VD_CASE_BEST], time_s, best);
  vd_study_states_at(study->cases[VD_CASE_WORST], time_s, worst);
  for (size_t i = 0; i < n; i++) {
    if (best[i] == VD_STATE_NONE)
      certainty[i] = VD_CERTAINTY_COUNT;
    else
      certainty[i] = (uint8_t)(worst[i] == VD_COVERED  ? VD_SURELY_COVERED
                               : best[i] == VD_COVERED ? VD_MAYBE_COVERED
                                                       : VD_NOT_COVERED);
  }
}
