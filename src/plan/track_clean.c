/* track_clean: of what a receiver recorded, the fixes that can be true.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/plan/track.h"

static const int64_t YEAR_2000_S = 946684800;

static bool on_earth(const vd_fix *fix) {
  return fabs(fix->lon_deg) <= 180 && fabs(fix->lat_deg) <= 90;
}

/* Those with a time and a place; the first of each second. */
static size_t keep_timed(const vd_fix *raw, size_t n_raw, vd_fix *out, vd_cleaning *told) {
  size_t n = 0;
  for (size_t i = 0; i < n_raw; i++) {
    if (raw[i].time_s == VD_TIME_MIN || !on_earth(&raw[i]))
      told->n_untimed++;
    else if (n > 0 && out[n - 1].time_s == raw[i].time_s)
      told->n_repeated++;
    else
      out[n++] = raw[i];
  }
  return n;
}

/* Keeps a longest rising run of times (patience sorting), so that one wrong time costs one fix. */
static size_t keep_rising(vd_arena *scratch, vd_fix *fixes, size_t n, vd_cleaning *told) {
  size_t *tail = VD_NEW_ARRAY(scratch, size_t, n + 1), *before = VD_NEW_ARRAY(scratch, size_t, n + 1),
         length = 0;
  for (size_t i = 0; i < n; i++) {
    size_t low = 0, high = length;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (fixes[tail[middle]].time_s < fixes[i].time_s)
        low = middle + 1;
      else
        high = middle;
    }
    before[i] = low > 0 ? tail[low - 1] : n;
    tail[low] = i;
    if (low == length) length++;
  }
  size_t *kept = VD_NEW_ARRAY(scratch, size_t, length + 1);
  for (size_t k = length, at = length > 0 ? tail[length - 1] : n; k-- > 0; at = before[at]) kept[k] = at;
  for (size_t k = 0; k < length; k++) fixes[k] = fixes[kept[k]];
  told->n_backward += (int64_t)(n - length);
  return length;
}

static bool within_speed(const vd_fix *a, const vd_fix *b) {
  double m = vd_ground_m(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg);
  return m <= (double)(b->time_s - a->time_s) * VD_TRACK_FASTEST_KMH / 3.6;
}

/* Leaves out what is too far from the fix kept before; a first fix that only itself disagrees with goes. */
static size_t keep_possible(vd_fix *fixes, size_t n, vd_cleaning *told) {
  size_t kept = 0, first = n > 2 && !within_speed(&fixes[0], &fixes[1]) && within_speed(&fixes[1], &fixes[2]);
  for (size_t i = first; i < n; i++) {
    if (kept == 0 || within_speed(&fixes[kept - 1], &fixes[i])) fixes[kept++] = fixes[i];
  }
  told->n_too_fast += (int64_t)(n - kept);
  return kept;
}

static const char *refusal_of(const vd_fix *fixes, size_t n, size_t n_timed, int64_t now_s,
                              const vd_cleaning *told) {
  int64_t tenth = (int64_t)(n_timed / 10);
  if (n_timed == 0) return _("a track without times: --as patrols takes its line alone");
  if (told->n_backward > tenth) return _("a track that runs backwards in time");
  if (told->n_too_fast > tenth) return _("a track faster than anything moves (400 km/h)");
  if (n < 2) return _("a track of fewer than two points with a time");
  if (fixes[0].time_s < YEAR_2000_S)
    return _("a track from before the year 2000: the receiver's clock was wrong");
  if (fixes[n - 1].time_s > now_s + VD_DAY_S)
    return _("a track from times that have not come yet: the receiver's clock was wrong");
  return NULL;
}

vd_fix *vd_track_clean(vd_arena *arena, const vd_fix *raw, size_t n_raw, int64_t now_s, size_t *n,
                       vd_cleaning *told) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_fix *fixes = VD_NEW_ARRAY(arena, vd_fix, n_raw + 1);
  *told = (vd_cleaning){0};
  size_t n_timed = keep_timed(raw, n_raw, fixes, told);
  *n = keep_rising(scratch, fixes, n_timed, told);
  *n = keep_possible(fixes, *n, told);
  told->refusal = refusal_of(fixes, *n, n_timed, now_s, told);
  return fixes;
}
