/* track: what a receiver of a patrol recorded, made into the route and the times of an executed patrol.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The route is the patrol's line; vd_patrol.track_s tells when it was at each vertex: whole seconds since the vertex before (the
 * first: since departure), separated by spaces, as many as the line has vertices. A part of the line is a stretch that was recorded
 * without a gap; nothing is known between two parts. Two equal vertices in a row are a halt. */
#ifndef VEDETTE_PLAN_TRACK_H
#define VEDETTE_PLAN_TRACK_H

#include "vedette/plan/record.h"

/* A place with its time; VD_TIME_MIN: none. */
typedef struct vd_fix {
  double lon_deg, lat_deg;
  int64_t time_s;
} vd_fix;

/* Metres on the ground between two places, by the ellipsoid's radii (WGS 84) halfway; within 0.1 % up to 100 km. */
double vd_ground_m(double lon_a_deg, double lat_a_deg, double lon_b_deg, double lat_b_deg);

/* ---- a raw track ---- */

enum {
  VD_TRACK_GAP_S = 600,  /* a longer silence is a gap, unless it comes back within VD_TRACK_GAP_M */
  VD_TRACK_GAP_M = 100,  /* then it stood there */
  VD_TRACK_HALT_S = 300, /* so long within VD_TRACK_HALT_M of one place is a halt */
  VD_TRACK_HALT_M = 30,
  VD_TRACK_OFF_M = 10, /* what simplifying may move a place, and the time at a place */
  VD_TRACK_OFF_S = 30,
  VD_TRACK_FASTEST_KMH = 400 /* nothing of a mission moves faster */
};

typedef struct vd_cleaning {
  int64_t n_untimed, n_repeated, n_backward, n_too_fast; /* fixes left out, each counted once */
  const char *refusal; /* why the track cannot be taken at all, translated; NULL: it can */
} vd_cleaning;
/* The fixes that can be true, in the arena, times strictly rising: without those that have no time or no place on the earth, that repeat
 * the second before, that go back in time (the fewest that must go), and that nobody could have reached. Refused when fewer than
 * two remain, when more than a tenth of the timed ones go back or are too fast, before the year 2000 and after `now_s` (a
 * day is granted). */
vd_fix *vd_track_clean(vd_arena *arena, const vd_fix *raw, size_t n_raw, int64_t now_s, size_t *n,
                       vd_cleaning *told);

typedef struct vd_track {
  vd_geom *line; /* a part a stretch without a gap */
  const char *track_s;
  int64_t from_s, to_s;
  int32_t n_gaps, n_halts;
  int64_t gap_s; /* all gaps together */
  double
      off_m; /* VD_TRACK_OFF_M; more, and the seconds as many times, where the times would not fit a field */
} vd_track;
/* Cuts clean fixes at gaps, puts halts at the mean of their places, and leaves out the vertices that are not needed to
 * tell every place of a way within off_m and its time within VD_TRACK_OFF_S. n >= 2. In the arena. */
vd_track vd_track_of(vd_arena *arena, const vd_fix *fixes, size_t n);

/* ---- an executed patrol ---- */

/* When it was at each vertex of its line, absolute, in the arena; NULL when it has no track or the track does not fit the
 * line any more. */
int64_t *vd_track_times(vd_arena *arena, const vd_patrol *patrol);
/* Whether it has a track that does not fit its line. */
bool vd_track_misfits(const vd_patrol *patrol);

#endif
