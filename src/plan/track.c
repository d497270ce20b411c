/* track: the times of a track as a field of text, and lengths on the ground.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/track.h"

#include <math.h>
#include <string.h>

#define LONGEST_S (400 * (int64_t)VD_DAY_S)

double vd_ground_m(double lon_a_deg, double lat_a_deg, double lon_b_deg, double lat_b_deg) {
  static const double a = 6378137, e2 = 0.00669437999014, rad = 3.14159265358979323846 / 180;
  double middle = (lat_a_deg + lat_b_deg) / 2 * rad, w2 = 1 - e2 * sin(middle) * sin(middle);
  double across = a / sqrt(w2), along = a * (1 - e2) / (w2 * sqrt(w2)); /* radii of curvature */
  double dlon = remainder(lon_b_deg - lon_a_deg, 360) * rad, dlat = (lat_b_deg - lat_a_deg) * rad;
  return hypot(dlon * across * cos(middle), dlat * along);
}

/* The next number of the text, at most LONGEST_S; -1 when there is none. */
static int64_t next_number(const char **text) {
  const char *at = *text;
  int64_t number = 0;
  while (*at == ' ') at++;
  if (*at < '0' || *at > '9') return -1;
  for (; *at >= '0' && *at <= '9'; at++) {
    number = 10 * number + (*at - '0');
    if (number > LONGEST_S) return -1;
  }
  *text = at;
  return number;
}

/* Writes the times where `times` is not NULL. */
static bool read_times(const vd_patrol *patrol, int64_t *times) {
  const vd_geom *line = patrol->record.geom;
  if (vd_geom_empty(line) || line->type != VD_GEOM_LINE || line->n_points < 2 ||
      patrol->from_s == VD_TIME_MIN || patrol->from_s == VD_TIME_MAX)
    return false;
  const char *at = patrol->track_s;
  int64_t since_s = 0;
  for (int32_t i = 0; i < line->n_points; i++) {
    int64_t step_s = next_number(&at);
    if (step_s < 0 || since_s + step_s > LONGEST_S) return false;
    since_s += step_s;
    if (times) times[i] = patrol->from_s + since_s;
  }
  while (*at == ' ') at++;
  return !*at;
}

static bool has_track(const vd_patrol *patrol) {
  return patrol->track_s && *patrol->track_s;
}

int64_t *vd_track_times(vd_arena *arena, const vd_patrol *patrol) {
  if (!has_track(patrol) || !read_times(patrol, NULL)) return NULL;
  int64_t *times = VD_NEW_ARRAY(arena, int64_t, patrol->record.geom->n_points);
  read_times(patrol, times);
  return times;
}

bool vd_track_misfits(const vd_patrol *patrol) {
  return has_track(patrol) && !read_times(patrol, NULL);
}
