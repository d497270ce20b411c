/* best: the least response times, over the grid and at the study's cells.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Least values over all fields, so that they do not depend on the order of solving. */
#include <string.h>

#include "study/run.h"

/* ---- best over the grid ---- */

void vd_best_add(const vd_study *study, const vd_solve *field, const uint32_t *cell_ms, uint32_t *grid_ms) {
  if (study->quick || field->best_of < 0) return;
  int32_t n = vd_grid_n(vd_landscape_grid(study->land));
  for (int32_t c = 0; c < n; c++) {
    uint32_t ms = cell_ms[c] <= field->cutoff_ms ? cell_ms[c] : VD_UNREACHED;
    if (ms < grid_ms[c]) grid_ms[c] = ms;
  }
}

uint32_t **vd_best_new(const vd_study *study, vd_arena *scratch, int n_workers) {
  size_t n = study->quick ? 0 : (size_t)vd_grid_n(vd_landscape_grid(study->land));
  uint32_t **best = VD_NEW_ARRAY(scratch, uint32_t *, n_workers);
  for (int w = 0; w < n_workers; w++) {
    best[w] = VD_NEW_ARRAY(scratch, uint32_t, n + 1);
    memset(best[w], 0xff, n * sizeof(uint32_t));
  }
  return best;
}

static uint32_t seconds_up(uint32_t ms) {
  return ms == VD_UNREACHED ? UINT32_MAX : ms / 1000 + (ms % 1000 != 0);
}

void vd_best_merge(vd_study *study, uint32_t *const *best, int n_workers) {
  int32_t n = vd_grid_n(vd_landscape_grid(study->land));
  for (int w = 0; w < n_workers && !study->quick; w++) {
    for (int32_t c = 0; c < n; c++)
      study->best_s[c] =
          seconds_up(best[w][c]) < study->best_s[c] ? seconds_up(best[w][c]) : study->best_s[c];
  }
}

/* ---- best at the cells ---- */

/* Least over all fields, so it does not depend on their order. */
static vd_status best_of_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  vd_study *study = context;
  size_t from = (size_t)item * VD_CHUNK,
         to = from + VD_CHUNK < study->n_cells ? from + VD_CHUNK : study->n_cells;
  for (size_t f = 0; f < study->n_fields; f++) {
    const vd_solve *field = &study->fields[f];
    if (field->best_of < 0 || !field->result) continue;
    const uint32_t *ms = field->result->ms;
    for (size_t t = from; t < to; t++) {
      if (ms[t] > field->cutoff_ms) continue;
      uint64_t key = (uint64_t)ms[t] << 32 | (uint32_t)field->best_of;
      if (key < study->best_key[t]) study->best_key[t] = key;
      if (field->standing && key < study->base_key[t]) study->base_key[t] = key;
    }
  }
  return VD_OK;
}

vd_status vd_run_find_best(vd_study *study, vd_jobs *jobs) {
  study->best_key = VD_NEW_ARRAY(study->arena, uint64_t, study->n_cells + 1);
  study->base_key = VD_NEW_ARRAY(study->arena, uint64_t, study->n_cells + 1);
  memset(study->base_key, 0xff, (study->n_cells + 1) * sizeof *study->base_key);
  memset(study->best_key, 0xff, (study->n_cells + 1) * sizeof *study->best_key);
  return vd_jobs_run(jobs, vd_chunks(study->n_cells), best_of_chunk, study);
}
