/* figures: the standards and speeds of a plan as a study uses them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/model.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

static double by_priority(const vd_plan *plan, vd_arena *arena, const char *what, int priority) {
  return vd_standard_value(plan,
                           vd_str_printf(arena, "%s.%s", what, vd_terms_word(&vd_priority_terms, priority)));
}

/* A limit in minutes as milliseconds; NaN or negative: nothing is ever in time. */
static uint32_t limit_ms(double minutes) {
  uint32_t ms = vd_ms_round(fmin(minutes * 60e3, (double)VD_UNREACHED - 1));
  return minutes >= 0 && ms != VD_UNREACHED ? ms : 0;
}

static vd_speed_rules rules_of(const vd_plan *plan, vd_vehicle vehicle, double slope_max) {
  vd_speed_rules rules = {.night_factor = vd_standard_value(plan, "night_factor"), .slope_max = slope_max};
  for (int ground = 0; ground < VD_GROUND_COUNT; ground++) {
    const vd_speed *speed = vd_speed_lookup(plan, vehicle, (vd_ground)ground);
    if (!speed) continue;
    rules.kmh[ground] = speed->kmh;
    rules.wet_factor[ground] = speed->wet_factor;
  }
  return rules;
}

/* Best is never slower than likely, worst never quicker. */
static void read_factors(vd_figures *figures, const vd_plan *plan, int vehicle) {
  for (int ground = 0; ground < VD_GROUND_COUNT; ground++) {
    const vd_speed *speed = vd_speed_lookup(plan, (vd_vehicle)vehicle, (vd_ground)ground);
    double best = speed ? speed->best_factor : 1, worst = speed ? speed->worst_factor : 1;
    figures->factor[VD_CASE_LIKELY][vehicle][ground] = 1;
    figures->factor[VD_CASE_BEST][vehicle][ground] = best >= 1 && isfinite(best) ? best : 1;
    figures->factor[VD_CASE_WORST][vehicle][ground] = worst >= 0 && worst <= 1 ? worst : 1;
  }
}

static void read_rules(vd_figures *figures, const vd_plan *plan) {
  const double slope[VD_VEHICLE_COUNT] = {[VD_FOOT] = vd_standard_value(plan, "slope_limit.foot"),
                                          [VD_CAR_4X4] = vd_standard_value(plan, "slope_limit.4x4"),
                                          [VD_CONVOY] = vd_standard_value(plan, "slope_limit.convoy"),
                                          [VD_BOAT] = INFINITY,
                                          [VD_HELICOPTER] = INFINITY};
  for (int v = 0; v < VD_VEHICLE_COUNT; v++) {
    figures->rules[v] = rules_of(plan, (vd_vehicle)v, slope[v]);
    read_factors(figures, plan, v);
  }
}

static void count_unsourced(vd_model *model, const vd_plan *plan) {
  VD_EACH(plan, VD_KIND_SPEED, vd_speed, speed) model->n_unsourced += vd_record_unsourced(&speed->record);
  VD_EACH(plan, VD_KIND_STANDARD, vd_standard, standard) {
    model->n_unsourced += vd_record_unsourced(&standard->record);
  }
}

void vd_model_read_figures(vd_model *model, const vd_plan *plan) {
  vd_figures *f = &model->figures;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    f->response_ms[p] = limit_ms(by_priority(plan, model->arena, "response", p));
    f->revisit_s[p] = (int64_t)fmax(0, floor(by_priority(plan, model->arena, "revisit", p) * VD_HOUR_S));
    f->weight[p] = by_priority(plan, model->arena, "weight", p);
  }
  f->influence_m = vd_standard_value(plan, "influence_radius");
  f->restriction_radius_m = vd_standard_value(plan, "restriction_radius");
  f->presence_full_s = (int64_t)(vd_standard_value(plan, "presence.full") * VD_HOUR_S);
  f->on_task_step_s = (int64_t)fmax(0, floor(vd_standard_value(plan, "on_task.step") * VD_MINUTE_S));
  f->helicopter_kmh = vd_standard_value(plan, "helicopter_kmh");
  f->helicopter_preflight_ms = limit_ms(vd_standard_value(plan, "helicopter_preflight"));
  f->ford_ms = limit_ms(vd_standard_value(plan, "ford_delay"));
  f->ferry_ms = limit_ms(vd_standard_value(plan, "ferry_delay"));
  f->day = (vd_daylight){(int32_t)vd_standard_value(plan, "day.from"),
                         (int32_t)vd_standard_value(plan, "day.to"), model->utc_offset_s};
  read_rules(f, plan);
  count_unsourced(model, plan);
}

vd_profile vd_model_profile(const vd_model *model, vd_vehicle vehicle, vd_light light) {
  const vd_figures *f = &model->figures;
  return vd_profile_resolve(vehicle, &f->rules[vehicle], &f->rules[VD_FOOT], model->season, light, f->ford_ms,
                            f->ferry_ms);
}
