/* certain: who is covered surely, maybe and not, from the best and the worst case.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A case is a quick study of the varied model, bounded by the likely one at every instant (timeline.c), without what does not
 * bear on who is covered: of its cells only those that somebody is ever near are worked out. Since the three are nested at every instant, what is covered at worst is covered surely. */
#include <math.h>
#include <stdlib.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

/* ---- running a case ---- */

static vd_status run_case(vd_study *study, const vd_study *likely, vd_jobs *jobs,
                          const vd_progress *progress) {
  study->model = vd_model_vary(likely->model, study->assumed, study->arena);
  vd_run_find_cells(study);
  VD_TRY(vd_run_find_passes(study, jobs, progress)); /* first: only who is visited matters */
  vd_run_find_forces(study);
  VD_TRY(vd_run_find_situations(study, jobs, progress));
  VD_TRY(vd_run_find_best(study, jobs));
  return vd_run_tally(study, jobs, progress);
}

static vd_status add_case(vd_study *likely, vd_case assumed, vd_jobs *jobs, const vd_progress *progress) {
  vd_study *study = likely->cases[assumed] = calloc(1, sizeof *study);
  if (!study) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the study."));
  study->refs = 1;
  study->quick = true;
  study->assumed = assumed;
  study->likely = likely;
  study->arena = vd_arena_new();
  study->land = likely->land;
  study->memory = likely->memory;
  vd_status status = run_case(study, likely, jobs, progress);
  vd_study_end_run(study);
  return status;
}

/* ---- what they tell ---- */

static int64_t covered_s(const vd_study *study, size_t t) {
  int64_t s = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) s += study->tallies[t].state_s[p][VD_COVERED];
  return s;
}

static int64_t threatened_s(const vd_study *study, size_t t) {
  int64_t s = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    for (int state = VD_COVERED; state < VD_STATE_COUNT; state++) s += study->tallies[t].state_s[p][state];
  }
  return s;
}

static void tell_cell(vd_study *study, size_t t) {
  vd_study_cell *cell = &study->cells[t];
  int64_t worst = covered_s(study->cases[VD_CASE_WORST], t), best = covered_s(study->cases[VD_CASE_BEST], t);
  const int64_t seconds[VD_CERTAINTY_COUNT] = {worst, best - worst, threatened_s(study, t) - best};
  cell->certainty = VD_SURELY_COVERED;
  for (int c = 0; c < VD_CERTAINTY_COUNT; c++) {
    cell->certain_hours[c] = (double)seconds[c] / VD_HOUR_S;
    if (seconds[c] >= seconds[cell->certainty]) cell->certainty = (uint8_t)c;
  }
}

static void tell_sums(vd_sums *sums, const vd_sums *best, const vd_sums *worst) {
  sums->least_covered = worst->by_state[VD_COVERED];
  sums->most_covered = best->by_state[VD_COVERED];
}

static void tell_gaps(vd_study *study) {
  for (size_t g = 0; g < study->n_gaps; g++)
    study->gaps[g].least_person_hours = study->gaps[g].most_person_hours = 0;
  for (size_t t = 0; t < study->n_cells; t++) {
    const vd_study_cell *cell = &study->cells[t];
    if (cell->gap < 0) continue;
    vd_gap *gap = &study->gaps[cell->gap];
    double people = (double)cell->people, not_at_best = cell->certain_hours[VD_NOT_COVERED];
    gap->least_person_hours += people * not_at_best;
    gap->most_person_hours += people * (not_at_best + cell->certain_hours[VD_MAYBE_COVERED]);
  }
}

vd_status vd_run_certainty(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  for (int c = VD_CASE_BEST; c < VD_CASE_COUNT; c++) VD_TRY(add_case(study, (vd_case)c, jobs, progress));
  for (size_t t = 0; t < study->n_cells; t++) tell_cell(study, t);
  const vd_headline *best = &study->cases[VD_CASE_BEST]->headline,
                    *worst = &study->cases[VD_CASE_WORST]->headline;
  tell_sums(&study->headline.all, &best->all, &worst->all);
  for (int p = 0; p < VD_PRIORITY_COUNT; p++)
    tell_sums(&study->headline.by_priority[p], &best->by_priority[p], &worst->by_priority[p]);
  tell_gaps(study);
  return VD_OK;
}

/* ---- response times of one responder ---- */

/* The effects of all restrictions in force at an epoch that apply to a force. */
static vd_travel_effect *effects_at(const vd_study *study, vd_arena *arena, const vd_force *force,
                                    int32_t epoch, size_t *n) {
  const vd_model *model = study->model;
  vd_travel_effect *effects = NULL;
  size_t capacity = 0;
  *n = 0;
  for (size_t b = 0; b < model->n_bars; b++) {
    const vd_bar *bar = &model->bars[b];
    vd_run run = vd_bar_run(model, bar);
    if (epoch < run.from || epoch >= run.to ||
        !vd_bar_applies(bar, force->vehicle, force->kind, force->escorted))
      continue;
    for (size_t z = 0; z < bar->n_zones; z++) {
      *VD_PUSH(arena, effects, *n, capacity) =
          (vd_travel_effect){bar->effect, bar->slow, bar->delay_ms, bar->zones[z]};
    }
  }
  return effects;
}

static bool is_there(const vd_study *study, int32_t responder, int32_t epoch) {
  const vd_force *force = &study->forces[responder];
  for (size_t w = 0; w < force->n_watches; w++) {
    const vd_watch *watch = &force->watches[w];
    if (watch->blocker == VD_BLOCKED_BY_NOBODY && epoch >= watch->run.from && epoch < watch->run.to)
      return true;
  }
  return false;
}

static vd_status costs_with(const vd_study *study, vd_arena *arena, const vd_force *force, vd_light light,
                            const vd_travel_effect *effects, size_t n, vd_travel_costs **costs) {
  const vd_priced *free = study->priced[force->vehicle][light];
  if (free) return vd_travel_costs_change(arena, free->costs, effects, n, costs);
  vd_profile profile = vd_model_profile(study->model, (vd_vehicle)force->vehicle, light);
  return vd_travel_costs_new(arena, study->land->network, &profile, effects, n, costs);
}

/* Over the ground, looked for no further than it can matter: at best up to the likely time, at worst near by first. */
static vd_status drive(const vd_study *study, vd_arena *arena, int32_t responder, vd_light light,
                       const vd_travel_effect *effects, size_t n, int32_t cell, uint32_t likely_ms,
                       uint32_t *ms) {
  enum { FAR_MS = 24 * 3600 * 1000 };
  const vd_force *force = &study->forces[responder];
  const vd_travel_field *kept = n == 0 ? vd_solve_kept(study, responder, light) : NULL;
  *ms = kept ? kept->cell_ms[cell] : VD_UNREACHED;
  if (*ms != VD_UNREACHED) return VD_OK;
  uint32_t most = study->assumed == VD_CASE_BEST && likely_ms < FAR_MS ? likely_ms : FAR_MS;
  uint32_t near = likely_ms < FAR_MS / 2 ? 2 * likely_ms : FAR_MS;
  vd_travel_costs *costs;
  VD_TRY(costs_with(study, arena, force, light, effects, n, &costs));
  for (uint32_t cutoff = near < most ? near : most; *ms == VD_UNREACHED; cutoff = most) {
    vd_travel_source source = {force->xy_m[0], force->xy_m[1], force->start_ms[light]};
    vd_travel_field field;
    VD_TRY(vd_travel_solve(arena, costs, &source, cutoff, false, NULL, &field));
    *ms = field.cell_ms[cell];
    if (cutoff == most) break;
  }
  return VD_OK;
}

static vd_status fly(const vd_study *study, vd_arena *arena, int32_t responder, vd_light light,
                     const vd_travel_effect *effects, size_t n, int32_t cell, uint32_t *ms) {
  enum { FAR_MS = 24 * 3600 * 1000 };
  const vd_force *force = &study->forces[responder];
  vd_travel_source source = {force->xy_m[0], force->xy_m[1], force->start_ms[light]};
  uint32_t *cell_ms;
  VD_TRY(vd_travel_direct(arena, vd_landscape_grid(study->land), &source,
                          study->model->figures.helicopter_kmh, effects, n, FAR_MS, &cell_ms));
  *ms = cell_ms[cell];
  return VD_OK;
}

vd_status vd_case_response_ms(const vd_study *of_case, int32_t responder, vd_light light, int32_t epoch,
                              int32_t cell, uint32_t likely_ms, uint32_t *ms) {
  bool best = of_case->assumed == VD_CASE_BEST;
  size_t n;
  *ms = best ? likely_ms : VD_UNREACHED;
  if (!is_there(of_case, responder, epoch) || (!best && likely_ms == VD_UNREACHED)) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  uint32_t found = VD_UNREACHED;
  const vd_travel_effect *effects = effects_at(of_case, arena, &of_case->forces[responder], epoch, &n);
  if (of_case->forces[responder].vehicle == VD_HELICOPTER)
    VD_TRY(fly(of_case, arena, responder, light, effects, n, cell, &found));
  else
    VD_TRY(drive(of_case, arena, responder, light, effects, n, cell, likely_ms, &found));
  if (best)
    *ms = found < likely_ms ? found : likely_ms;
  else
    *ms = found > likely_ms ? found : likely_ms;
  return VD_OK;
}
