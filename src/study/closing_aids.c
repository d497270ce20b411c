/* closing_aids: what the closings of all gaps share: costs of a deployment, and times of the bases by night.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/closing.h"

static vd_intervals nights(const vd_study *study) {
  const vd_epochs *epochs = study->model->epochs;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_interval *list = VD_NEW_ARRAY(scratch, vd_interval, epochs->n + 1);
  size_t n = 0;
  for (size_t e = 0; e < epochs->n; e++) {
    if (epochs->light[e] == VD_NIGHT) list[n++] = (vd_interval){epochs->start_s[e], epochs->start_s[e + 1]};
  }
  return vd_intervals_of(study->arena, list, n);
}

/* Restrictions as they stand on the first night a responder is there. */
static int32_t night_set(const vd_study *study, int32_t responder) {
  for (size_t s = 0; s < study->n_situations; s++) {
    if (study->situations[s].force == responder && study->situations[s].light == VD_NIGHT)
      return study->situations[s].set;
  }
  return VD_FREE_SET;
}

/* From the kept times, less the notice that they begin with, or solved without any. */
static vd_status night_field(const vd_study *study, vd_arena *scratch, int32_t responder,
                             vd_travel_field *field, uint32_t *start_ms) {
  const vd_force *force = &study->forces[responder];
  uint32_t longest = vd_longest_standard_ms(study);
  int32_t set = night_set(study, responder);
  const vd_travel_field *kept = vd_solve_kept(study, responder, VD_NIGHT);
  vd_travel_costs *costs;
  VD_TRY(vd_solve_costs(study, scratch, force->vehicle, VD_NIGHT, set, &costs));
  if (kept && vd_ms_add(kept->source.start_ms, longest) <= kept->cutoff_ms) {
    *start_ms = kept->source.start_ms;
    return vd_travel_change(scratch, kept, costs, vd_ms_add(*start_ms, longest), NULL, field, NULL);
  }
  *start_ms = 0;
  vd_travel_source source = {force->xy_m[0], force->xy_m[1], 0};
  return vd_travel_solve(scratch, costs, &source, longest, false, NULL, field);
}

static vd_status time_night(void *context, int64_t item, int worker) {
  (void)worker;
  vd_study *study = context;
  uint32_t *ms = study->aids->night_ms[item], start_ms;
  if (!ms) return VD_OK;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_field field;
  VD_TRY(night_field(study, scratch, (int32_t)item, &field, &start_ms));
  for (size_t t = 0; t < study->n_cells; t++) {
    uint32_t at = field.cell_ms[study->cells[t].cell];
    ms[t] = at == VD_UNREACHED ? VD_UNREACHED : at - start_ms;
  }
  return VD_OK;
}

vd_status vd_gap_prepare_closings(vd_study *study, vd_jobs *jobs) {
  bool outside_hours = false;
  for (size_t t = 0; t < study->n_cells; t++)
    outside_hours |= study->cells[t].cause_hours[VD_CAUSE_OUTSIDE_HOURS] > 0;
  vd_closing_aids *aids = study->aids = VD_NEW(study->arena, vd_closing_aids);
  aids->night = nights(study);
  aids->night_ms = VD_NEW_ARRAY(study->arena, uint32_t *, study->n_responders + 1);
  for (int light = 0; light < VD_LIGHT_COUNT && study->n_gaps > 0; light++) {
    VD_TRY(
        vd_solve_costs(study, study->arena, VD_CAR_4X4, (vd_light)light, VD_FREE_SET, &aids->costs[light]));
  }
  if (!outside_hours || aids->night.n == 0) return VD_OK;
  for (size_t r = 0; r < study->n_responders; r++) {
    const vd_force *force = &study->forces[r];
    if (!force->standing || force->vehicle == VD_HELICOPTER) continue;
    aids->night_ms[r] = VD_NEW_ARRAY(study->arena, uint32_t, study->n_cells + 1);
  }
  return vd_jobs_run(jobs, (int64_t)study->n_responders, time_night, study);
}
