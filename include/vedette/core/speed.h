/* speed: how fast one vehicle moves over each ground in one season and light.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_SPEED_H
#define VEDETTE_CORE_SPEED_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/terms.h"

/* Times of travel are whole milliseconds, so that sums are exact and do not depend on the order of work. */
#define VD_UNREACHED UINT32_MAX
/* a + b, at most VD_UNREACHED. */
static inline uint32_t vd_ms_add(uint32_t a, uint32_t b) {
  uint32_t sum;
  return __builtin_add_overflow(a, b, &sum) ? VD_UNREACHED : sum;
}
/* Rounded to the nearest (halves up); VD_UNREACHED for NaN, negative and what does not fit. */
uint32_t vd_ms_round(double ms);

/* What the plan's tables say of a vehicle. */
typedef struct vd_speed_rules {
  double kmh[VD_GROUND_COUNT];        /* dry, by day; 0 impassable */
  double wet_factor[VD_GROUND_COUNT]; /* kmh x wet_factor in the wet season */
  double night_factor;                /* kmh x night_factor by night, on every ground */
  double slope_max;                   /* rise over run it manages, up or down, off-road; INFINITY: any */
} vd_speed_rules;

/* The resolved profile. ms per metre is INFINITY where the vehicle cannot go. */
typedef struct vd_profile {
  vd_vehicle vehicle;
  double ms_per_m[VD_GROUND_COUNT];
  double
      walk_ms_per_m[VD_GROUND_COUNT]; /* people on foot: the last metres from a road, a boat's crew on land */
  double slope_max, walk_slope_max;
  uint32_t ford_ms, ferry_ms; /* once for each ford and each boarding */
} vd_profile;

/* `rules` of the vehicle and `foot` of people walking (may be the same). Values that are not positive finite numbers
 * make the ground impassable. */
vd_profile vd_profile_resolve(vd_vehicle vehicle, const vd_speed_rules *rules, const vd_speed_rules *foot,
                              vd_season season, vd_light light, uint32_t ford_ms, uint32_t ferry_ms);
/* Whether two profiles cost the same everywhere. */
bool vd_profile_equal(const vd_profile *a, const vd_profile *b);
/* The profile of the people on foot who leave this vehicle. */
vd_profile vd_profile_on_foot(const vd_profile *profile);

/* Time on foot at a slope (rise over run, downhill negative) as a multiple of that on the flat: Tobler's hiking
 * function scaled so that the flat keeps the speed of the table, exp(3.5 |S + 0.05|) / exp(0.175) (W. Tobler, Three
 * presentations on geographical analysis and modeling, NCGIA 93-1, 1993; scaling as in AccessMod). Beyond
 * |S + 0.05| = 2 the value at 2. */
double vd_foot_slope_factor(double slope);

#endif
