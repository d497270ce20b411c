/* speed: resolving a vehicle's speeds, and Tobler's slope factor.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/speed.h"

#include <stdbool.h>
#include <string.h>

#include "core/slope_exp.h"

uint32_t vd_ms_round(double ms) {
  if (!(ms >= 0 && ms < (double)UINT32_MAX - 1)) return VD_UNREACHED;
  return (uint32_t)(ms + 0.5);
}

static double ms_per_m(double kmh) {
  double pace = 3600 / kmh; /* 1 km/h = 1 m in 3600 ms */
  return kmh > 0 && isfinite(kmh) && isfinite(pace) ? pace : INFINITY;
}

static void resolve(const vd_speed_rules *rules, vd_season season, vd_light light, double *out) {
  for (int g = 0; g < VD_GROUND_COUNT; g++) {
    double kmh = rules->kmh[g];
    if (season == VD_WET) kmh *= rules->wet_factor[g];
    if (light == VD_NIGHT) kmh *= rules->night_factor;
    out[g] = ms_per_m(kmh);
  }
}

vd_profile vd_profile_resolve(vd_vehicle vehicle, const vd_speed_rules *rules, const vd_speed_rules *foot,
                              vd_season season, vd_light light, uint32_t ford_ms, uint32_t ferry_ms) {
  vd_profile profile = {.vehicle = vehicle,
                        .slope_max = rules->slope_max,
                        .walk_slope_max = foot->slope_max,
                        .ford_ms = ford_ms,
                        .ferry_ms = ferry_ms};
  resolve(rules, season, light, profile.ms_per_m);
  resolve(foot, season, light, profile.walk_ms_per_m);
  return profile;
}

bool vd_profile_equal(const vd_profile *a, const vd_profile *b) {
  for (int g = 0; g < VD_GROUND_COUNT; g++)
    if (a->ms_per_m[g] != b->ms_per_m[g] || a->walk_ms_per_m[g] != b->walk_ms_per_m[g]) return false;
  return a->vehicle == b->vehicle && a->slope_max == b->slope_max && a->walk_slope_max == b->walk_slope_max &&
         a->ford_ms == b->ford_ms && a->ferry_ms == b->ferry_ms;
}

vd_profile vd_profile_on_foot(const vd_profile *profile) {
  vd_profile foot = *profile;
  foot.vehicle = VD_FOOT;
  foot.slope_max = profile->walk_slope_max;
  for (int g = 0; g < VD_GROUND_COUNT; g++) foot.ms_per_m[g] = profile->walk_ms_per_m[g];
  return foot;
}

/* exp of x, see slope_exp.h. */
static double exp_fixed(double x) {
  double shifted = x * EXP_LOG2E + EXP_ROUND, n = shifted - EXP_ROUND;
  double r = (x - n * EXP_LN2_HIGH) - n * EXP_LN2_LOW, r2 = r * r, r4 = r2 * r2, sum = EXP_SERIES(r, r2, r4);
  uint64_t bits, power;
  memcpy(&bits, &sum, sizeof bits);
  memcpy(&power, &shifted, sizeof power);
  bits += power << 52;
  memcpy(&sum, &bits, sizeof sum);
  return sum;
}

double vd_foot_slope_factor(double slope) {
  double away = fabs(slope + TOBLER_DOWN);
  if (!(away < TOBLER_MOST)) away = TOBLER_MOST;
  return exp_fixed(TOBLER_STEEP * away - TOBLER_FLAT);
}
