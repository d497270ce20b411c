/* presence: how long visits count, and when a moving patrol is near a place.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/core/presence.h"

#include <math.h>

vd_intervals vd_presence_intervals(vd_arena *arena, const vd_visit *visits, size_t n, int64_t standard_s) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_interval *list = VD_NEW_ARRAY(scratch, vd_interval, n);
  int64_t more = standard_s < INT64_MAX ? standard_s + 1 : standard_s;
  for (size_t i = 0; i < n; i++) {
    list[i].from_s = visits[i].enter_s;
    if (__builtin_add_overflow(visits[i].leave_s, more, &list[i].to_s)) list[i].to_s = VD_TIME_MAX;
  }
  return vd_intervals_of(arena, list, n);
}

double vd_presence_strength(int64_t since_s, int64_t full_s, int64_t gone_s) {
  if (since_s <= full_s) return 1;
  if (since_s >= gone_s) return 0;
  return (double)(gone_s - since_s) / (double)(gone_s - full_s);
}

ptrdiff_t vd_presence_last(const vd_visit *visits, size_t n, int64_t time_s) {
  ptrdiff_t last = -1;
  for (size_t i = 0; i < n; i++)
    if (visits[i].enter_s <= time_s && (last < 0 || visits[i].leave_s > visits[last].leave_s))
      last = (ptrdiff_t)i;
  return last;
}

/* ---- passing ---- */

/* Turns plane offsets around a place into offsets on the ground: radial and across (Snyder, see grid.h). */
typedef struct frame {
  double x, y, ux, uy, radial, across;
} frame;

static frame frame_at(double x, double y) {
  double rho = hypot(x, y), cos2 = 1 - rho * rho / (4 * VD_AUTHALIC_RADIUS_M * VD_AUTHALIC_RADIUS_M);
  double c = cos2 > 0 ? sqrt(cos2) : NAN;
  frame f = {x, y, 1, 0, 1 / c, c};
  if (rho > 0) {
    f.ux = x / rho;
    f.uy = y / rho;
  }
  return f;
}

static void to_ground(const frame *f, double x, double y, double out[2]) {
  double dx = x - f->x, dy = y - f->y;
  out[0] = (dx * f->ux + dy * f->uy) * f->radial;
  out[1] = (dy * f->ux - dx * f->uy) * f->across;
}

vd_visit *vd_presence_passes(vd_arena *arena, const vd_track_point *track, size_t n_points, double x_m,
                             double y_m, double radius_m, int32_t who, size_t *n) {
  vd_visit *visits = NULL;
  size_t count = 0, capacity = 0;
  frame f = frame_at(x_m, y_m);
  for (size_t i = 0; i + 1 < n_points; i++) {
    double p[2], q[2], s0, s1;
    if (track[i + 1].lost) continue;
    to_ground(&f, track[i].x_m, track[i].y_m, p);
    to_ground(&f, track[i + 1].x_m, track[i + 1].y_m, q);
    if (!vd_segment_within(p, q, radius_m, &s0, &s1)) continue;
    double lasts = (double)(track[i + 1].time_s - track[i].time_s);
    int64_t enter = track[i].time_s + (int64_t)floor(s0 * lasts),
            leave = track[i].time_s + (int64_t)ceil(s1 * lasts);
    if (leave <= enter) leave = enter + 1; /* a touch takes the second it falls in */
    vd_visit *last = count ? &visits[count - 1] : NULL;
    if (last && enter <= last->leave_s) {
      if (leave > last->leave_s) last->leave_s = leave;
      continue;
    }
    *VD_PUSH(arena, visits, count, capacity) = (vd_visit){enter, leave, who};
  }
  *n = count;
  return visits;
}

vd_box vd_presence_box(const vd_track_point *track, size_t n_points, double radius_m) {
  vd_box box = vd_box_empty();
  double more = 1.5 * radius_m; /* the plane's scale, below 1.5 up to 10 000 km from its origin */
  for (size_t i = 0; i < n_points; i++) {
    box = vd_box_add(box, track[i].x_m - more, track[i].y_m - more);
    box = vd_box_add(box, track[i].x_m + more, track[i].y_m + more);
  }
  return box;
}
