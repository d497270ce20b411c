/* defaults: the figures a new plan starts with.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_DEFAULTS_H
#define VEDETTE_SRC_PLAN_DEFAULTS_H

#include <stddef.h>

#include "vedette/base/terms.h"

#define VD_UNSOURCED "unsourced"

typedef struct vd_default_standard {
  const char *key;
  double value;
  const char *unit, *source;
} vd_default_standard;
extern const vd_default_standard vd_default_standards[];
extern const size_t vd_n_default_standards;

typedef struct vd_default_speed {
  vd_vehicle vehicle;
  vd_ground ground;
  double kmh, wet_factor, worst_factor, best_factor;
  const char *source;
} vd_default_speed;
extern const vd_default_speed vd_default_speeds[];
extern const size_t vd_n_default_speeds;

#endif
