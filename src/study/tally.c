/* tally: hours by state and cause for each cell, and the headline's sums.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

typedef struct tallying {
  vd_study *study;
  const int32_t *cells; /* of the study, to be looked at */
  size_t n_cells;
  const vd_progress *progress;
} tallying;

static void add_slice(const vd_study *study, const vd_spare_windows *spares, size_t t,
                      const vd_slice *slice) {
  vd_tally_cell *tally = &study->tallies[t];
  if (slice->priority < 0) return;
  int64_t s = slice->to_s - slice->from_s;
  tally->state_s[slice->priority][slice->state] += s;
  if (slice->cause == VD_CAUSE_COUNT) return;
  tally->cause_s[slice->cause] += s;
  if (slice->cause == VD_CAUSE_VISITED_SELDOM && spares->n > 0)
    tally->cause_s[VD_CAUSE_DUPLICATED] += vd_spare_seconds(spares, slice);
}

int64_t vd_last_visit_s(const vd_study *study, const vd_near *nears, size_t n, size_t *which) {
  int64_t last = VD_TIME_MIN;
  for (size_t i = 0; i < n; i++) {
    if (!vd_near_counts(study->model, &nears[i], VD_LIFT_NONE) || nears[i].enter_s >= study->model->to_s)
      continue;
    int64_t leave = nears[i].leave_s < study->model->to_s ? nears[i].leave_s : study->model->to_s;
    if (leave < last || (leave == last && last != VD_TIME_MIN)) continue;
    last = leave;
    if (which) *which = i;
  }
  return last;
}

/* Longest state, ties to the worse; main cause, ties to the one told first. */
static void sum_up(vd_study *study, size_t t) {
  vd_study_cell *cell = &study->cells[t];
  const vd_tally_cell *tally = &study->tallies[t];
  int64_t state_s[VD_STATE_COUNT] = {0};
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    for (int s = 0; s < VD_STATE_COUNT; s++) state_s[s] += tally->state_s[p][s];
  }
  cell->state = VD_COVERED;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    cell->hours[s] = (double)state_s[s] / VD_HOUR_S;
    if (state_s[s] >= state_s[cell->state]) cell->state = (uint8_t)s;
  }
  int64_t most = 0;
  for (int c = 0; c < VD_CAUSE_COUNT; c++) {
    cell->cause_hours[c] = (double)tally->cause_s[c] / VD_HOUR_S;
    if (tally->cause_s[c] > most) most = tally->cause_s[c], cell->cause = (uint8_t)c;
  }
}

static void tally_cell(void *context, size_t i, const vd_timeline *line) {
  const tallying *run = context;
  vd_study *study = run->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t t = (size_t)run->cells[i], n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  vd_spare_windows spares = vd_spares_at(study, scratch, t);
  for (size_t k = 0; k < n; k++) add_slice(study, &spares, t, &slices[k]);
  study->cells[t].last_visit_s = vd_last_visit_s(study, nears, n_nears, NULL);
  sum_up(study, t);
}

static vd_status tally_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  tallying *run = context;
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  size_t first = (size_t)item * VD_CHUNK, left = run->n_cells - first;
  vd_each_timeline(run->study, &as_it_is, run->cells, first,
                   left < VD_CHUNK ? first + left : first + VD_CHUNK, tally_cell, run);
  return vd_progress_step(run->progress, _("States of cells"), item, vd_chunks(run->n_cells));
}

/* ---- what an earlier study has worked out ---- */

static size_t n_marked(const uint8_t *marks, size_t n) {
  size_t sum = 0;
  for (size_t t = 0; t < n; t++) sum += marks[t];
  return sum;
}

/* The earlier study with the fewest cells that changed since. */
static void find_like(vd_study *study) {
  size_t least = study->n_cells;
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = vd_memory_before(study, i);
    uint8_t *marks = before ? VD_NEW_ARRAY(study->arena, uint8_t, study->n_cells + 1) : NULL;
    if (!before || !vd_find_changed(study, before, marks)) continue;
    size_t n = n_marked(marks, study->n_cells);
    if (n >= least) continue;
    least = n, study->like = before, study->changed = marks;
  }
}

static void take_over(vd_study *study, size_t t) {
  const vd_study_cell *from = &study->like->cells[t];
  vd_study_cell *to = &study->cells[t];
  study->tallies[t] = study->like->tallies[t];
  to->state = from->state, to->cause = from->cause, to->last_visit_s = from->last_visit_s;
  memcpy(to->hours, from->hours, sizeof to->hours);
  memcpy(to->cause_hours, from->cause_hours, sizeof to->cause_hours);
}

static int32_t *cells_to_cut(vd_study *study, vd_arena *scratch, size_t *n) {
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  *n = 0;
  for (size_t t = 0; t < study->n_cells; t++) {
    if (study->likely && !vd_cell_is_visited(study, t)) continue; /* never covered */
    if (!study->changed || study->changed[t])
      cells[(*n)++] = (int32_t)t;
    else
      take_over(study, t);
  }
  return cells;
}

/* ---- sums ---- */

/* Of the cells of a chunk: of all priorities together, then of each. */
typedef struct chunk_sums {
  vd_sums all, by_priority[VD_PRIORITY_COUNT];
} chunk_sums;
typedef struct summing {
  vd_study *study;
  chunk_sums *chunks;
} summing;

static void add_sums(vd_sums *sums, double people, const int64_t *state_s) {
  bool any = false;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    double person_hours = people * ((double)state_s[s] / VD_HOUR_S);
    sums->by_state[s] += person_hours;
    sums->person_hours += person_hours;
    any = any || state_s[s] > 0;
  }
  if (any) sums->people += people;
}

static vd_status sum_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  const summing *run = context;
  vd_study *study = run->study;
  chunk_sums *sums = &run->chunks[item];
  for (size_t t = (size_t)item * VD_CHUNK; t < study->n_cells && t < (size_t)(item + 1) * VD_CHUNK; t++) {
    int64_t all[VD_STATE_COUNT] = {0};
    for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
      if ((study->priorities[t] >> p & 1) == 0) continue;
      add_sums(&sums->by_priority[p], (double)study->cells[t].people, study->tallies[t].state_s[p]);
      for (int s = 0; s < VD_STATE_COUNT; s++) all[s] += study->tallies[t].state_s[p][s];
    }
    add_sums(&sums->all, (double)study->cells[t].people, all);
    uint64_t best = study->best_key[t];
    if (best >> 32 == VD_UNREACHED) continue;
    study->cells[t].best_response_min = (float)((double)(best >> 32) / 60e3);
    study->cells[t].best_responder = (int32_t)(best & UINT32_MAX);
  }
  return VD_OK;
}

static void join_sums(vd_sums *to, const vd_sums *from) {
  to->people += from->people;
  to->person_hours += from->person_hours;
  for (int s = 0; s < VD_STATE_COUNT; s++) to->by_state[s] += from->by_state[s];
}

/* Sums of chunks are added in order, so that they do not depend on the workers. */
static vd_status sum_all(vd_study *study, vd_jobs *jobs, vd_arena *scratch) {
  size_t n = (size_t)vd_chunks(study->n_cells);
  summing run = {study, VD_NEW_ARRAY(scratch, chunk_sums, n + 1)};
  VD_TRY(vd_jobs_run(jobs, (int64_t)n, sum_chunk, &run));
  for (size_t i = 0; i < n; i++) {
    join_sums(&study->headline.all, &run.chunks[i].all);
    for (int p = 0; p < VD_PRIORITY_COUNT; p++)
      join_sums(&study->headline.by_priority[p], &run.chunks[i].by_priority[p]);
  }
  return VD_OK;
}

vd_status vd_run_tally(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  find_like(study);
  tallying run = {.study = study, .progress = progress};
  run.cells = cells_to_cut(study, scratch, &run.n_cells);
  vd_debug("study", "%zu of %zu cells cut", run.n_cells, study->n_cells);
  VD_TRY(vd_jobs_run(jobs, vd_chunks(run.n_cells), tally_chunk, &run));
  return sum_all(study, jobs, scratch);
}
