/* course: what a patrol's route costs, ready to be driven at any time.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_COURSE_H
#define VEDETTE_SRC_STUDY_COURSE_H

#include "study/model.h"
#include "vedette/core/line_index.h"
#include "vedette/study/schedule.h"

/* A stretch of a leg in the same restrictions. */
typedef struct vd_course_part {
  double fixed_s;       /* a ford or ferry at its beginning */
  double day_s;         /* driving by day, free of restrictions */
  const int32_t *slows; /* bars that slow all of it */
  const int32_t *waits; /* bars that delay at its beginning */
  size_t n_slows, n_waits;
} vd_course_part;

typedef struct vd_course {
  const vd_model *model;
  int32_t vehicle;
  double night_factor; /* NaN: light does not matter */
  vd_schedule_leg *legs;
  size_t *first; /* part of each leg, n_legs + 1 */
  size_t n_legs;
  vd_course_part *parts;
  size_t n_parts, capacity;
} vd_course;

/* Lays courses; keeps the roads of each vehicle between calls. */
typedef struct vd_course_maker {
  const vd_model *model;
  vd_line_index *roads[VD_VEHICLE_COUNT];
  int32_t *road_of[VD_VEHICLE_COUNT]; /* the network's roads that the index numbers */
} vd_course_maker;

vd_course_maker *vd_course_maker_new(vd_arena *arena, const vd_model *model);
/* In the arena. Without `priced` the legs have their lengths alone and take no time. */
vd_status vd_course_lay(vd_course_maker *maker, vd_arena *arena, const vd_beat *beat, bool priced,
                        vd_course *out);
/* When a leg ends that is begun at `at_s`, in seconds since 1970; at most 400 days later. */
double vd_course_drive(const vd_course *course, size_t leg, double at_s);

#endif
