/* presence: visits of patrols, how long they count, and when a moving patrol is near a place.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_PRESENCE_H
#define VEDETTE_CORE_PRESENCE_H

#include "vedette/core/grid.h"
#include "vedette/core/interval.h"

/* Somebody was near in the seconds [enter_s, leave_s). */
typedef struct vd_visit {
  int64_t enter_s, leave_s;
  int32_t who; /* the caller's number for the patrol occurrence */
} vd_visit;

/* When there is presence by an inclusive revisit standard: from entering until the time since leaving is more than
 * `standard_s`, that is [enter_s, leave_s + standard_s + 1). */
vd_intervals vd_presence_intervals(vd_arena *arena, const vd_visit *visits, size_t n, int64_t standard_s);
/* Strength of a presence `since_s` seconds after leaving: 1 up to full_s, then linear to 0 at gone_s. */
double vd_presence_strength(int64_t since_s, int64_t full_s, int64_t gone_s);
/* The latest visit that began at or before `time_s`, by leaving time (an unfinished one counts as going on); -1: none. */
ptrdiff_t vd_presence_last(const vd_visit *visits, size_t n, int64_t time_s);

/* A way with the time at each vertex, not decreasing; between two vertices the speed is even. Equal places in a row are
 * a stop. Plane coordinates. */
typedef struct vd_track_point {
  double x_m, y_m;
  int64_t time_s;
  bool lost; /* where it was since the point before is not known */
} vd_track_point;
/* The visits to (x, y): the seconds in which the track is within radius_m on the ground (exactly that far counts), where it is known. In
 * closed form for each segment, with the scale of the plane at the place. Visits that touch are one. */
vd_visit *vd_presence_passes(vd_arena *arena, const vd_track_point *track, size_t n_points, double x_m,
                             double y_m, double radius_m, int32_t who, size_t *n);
/* The box outside of which no place has a visit, for skipping cells quickly. */
vd_box vd_presence_box(const vd_track_point *track, size_t n_points, double radius_m);

#endif
