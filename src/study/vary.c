/* vary: what best and worst make of a model.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every change goes one way: at best all are as quick and restrictions act on as few places and hours as may be, at worst the
 * other way round. So visits that restrictions stop at best they stop likely, and those they stop likely they stop at worst. */
#include <math.h>
#include <string.h>

#include "study/model.h"

static void vary_speeds(vd_figures *figures, vd_case assumed) {
  for (int v = 0; v < VD_VEHICLE_COUNT; v++) {
    for (int ground = 0; ground < VD_GROUND_COUNT; ground++)
      figures->rules[v].kmh[ground] *= figures->factor[assumed][v][ground];
  }
}

static void vary_bar(vd_model *model, vd_bar *bar, vd_case assumed) {
  if (assumed == VD_CASE_BEST && bar->unknown_from_s < bar->to_s) bar->to_s = bar->unknown_from_s;
  if (bar->to_s <= bar->from_s) { /* not in force at all */
    bar->vehicles = 0;
    return;
  }
  if (!(bar->precision_m > 0)) return;
  bar->radius_m =
      assumed == VD_CASE_BEST ? fmax(0, bar->radius_m - bar->precision_m) : bar->radius_m + bar->precision_m;
  bar->zones = NULL, bar->n_zones = 0;
  vd_bar_lay(model, bar);
}

static void vary_bars(vd_model *model, const vd_model *likely, vd_case assumed) {
  model->bars = VD_NEW_ARRAY(model->arena, vd_bar, likely->n_bars + 1);
  for (size_t b = 0; b < likely->n_bars; b++) {
    model->bars[b] = likely->bars[b];
    vary_bar(model, &model->bars[b], assumed);
  }
}

static void vary_beats(vd_model *model, const vd_model *likely) {
  model->beats = VD_NEW_ARRAY(model->arena, vd_beat, likely->n_beats + 1);
  for (size_t i = 0; i < likely->n_beats; i++) {
    vd_beat *beat = &model->beats[i];
    *beat = likely->beats[i];
    beat->stoppages = NULL, beat->n_stoppages = 0;
    vd_beat_find_stoppages(model, beat);
  }
}

vd_model *vd_model_vary(const vd_model *likely, vd_case assumed, vd_arena *arena) {
  vd_model *model = VD_NEW(arena, vd_model);
  *model = *likely;
  model->arena = arena;
  model->notes = NULL, model->n_notes = model->notes_capacity = 0;
  vary_speeds(&model->figures, assumed);
  vary_bars(model, likely, assumed);
  vary_beats(model, likely);
  return model;
}
