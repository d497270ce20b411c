/* track_simplify: clean fixes cut at gaps, with halts, and no more vertices than are needed in space and time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/track.h"

enum {
  LONGEST_TEXT = 60000, /* a text field of a plan holds a little more */
  MOST_AT_ONCE = 256    /* vertices that are simplified together, since that may take the square of them */
};

static double apart_m(const vd_fix *a, const vd_fix *b) {
  return vd_ground_m(a->lon_deg, a->lat_deg, b->lon_deg, b->lat_deg);
}

/* Metres of a degree around a place: right to a thousandth within some kilometres. */
typedef struct local {
  const vd_fix *at;
  double lon_m, lat_m;
} local;

static local local_at(const vd_fix *at) {
  enum { PARTS = 100 };
  return (local){at, PARTS * vd_ground_m(at->lon_deg, at->lat_deg, at->lon_deg + 1.0 / PARTS, at->lat_deg),
                 PARTS * vd_ground_m(at->lon_deg, at->lat_deg, at->lon_deg, at->lat_deg + 1.0 / PARTS)};
}

static void to_metres(const local *l, const vd_fix *fix, double xy[2]) {
  double dlon = fix->lon_deg - l->at->lon_deg;
  if (fabs(dlon) > 180) dlon = remainder(dlon, 360);
  xy[0] = dlon * l->lon_m, xy[1] = (fix->lat_deg - l->at->lat_deg) * l->lat_m;
}

/* ---- halts ---- */

/* The end of the halt that begins at fix i, i + 1 when it is none. Silence in one place belongs to a halt. */
static size_t halt_end(const vd_fix *fixes, size_t i, size_t n) {
  static const double radius2 = (double)VD_TRACK_HALT_M * VD_TRACK_HALT_M;
  local here = local_at(&fixes[i]);
  size_t end = i + 1;
  for (; end < n; end++) {
    double xy[2];
    to_metres(&here, &fixes[end], xy);
    if (xy[0] * xy[0] + xy[1] * xy[1] > radius2) break;
  }
  return fixes[end - 1].time_s - fixes[i].time_s >= VD_TRACK_HALT_S ? end : i + 1;
}

static vd_fix mean_of(const vd_fix *fixes, size_t n) {
  double lon = 0, lat = 0;
  for (size_t i = 0; i < n; i++)
    lon += fixes[i].lon_deg - fixes[0].lon_deg, lat += fixes[i].lat_deg - fixes[0].lat_deg;
  return (vd_fix){fixes[0].lon_deg + lon / (double)n, fixes[0].lat_deg + lat / (double)n, 0};
}

typedef struct marked { /* a vertex, and whether it must stay */
  vd_fix fix;
  double xy_m[2]; /* while it is looked at with its neighbours */
  bool stays, after_gap;
} marked;

/* Each halt becomes two vertices at one place. */
static size_t put_halts(const vd_fix *fixes, size_t n, marked *out, int32_t *n_halts) {
  size_t n_out = 0;
  for (size_t i = 0; i < n;) {
    size_t end = halt_end(fixes, i, n);
    if (end == i + 1) {
      out[n_out++] = (marked){.fix = fixes[i++]};
      continue;
    }
    vd_fix at = mean_of(fixes + i, end - i);
    at.time_s = fixes[i].time_s;
    out[n_out++] = (marked){.fix = at, .stays = true};
    at.time_s = fixes[end - 1].time_s;
    out[n_out++] = (marked){.fix = at, .stays = true};
    (*n_halts)++;
    i = end;
  }
  return n_out;
}

static void mark_gaps(marked *all, size_t n, vd_track *track) {
  if (n > 0) all[0].stays = all[n - 1].stays = true;
  for (size_t i = 1; i < n; i++) {
    int64_t silence_s = all[i].fix.time_s - all[i - 1].fix.time_s;
    if (silence_s <= VD_TRACK_GAP_S || apart_m(&all[i - 1].fix, &all[i].fix) <= VD_TRACK_GAP_M) continue;
    all[i].after_gap = all[i].stays = all[i - 1].stays = true;
    track->n_gaps++, track->gap_s += silence_s;
  }
}

/* ---- fewer vertices (Douglas and Peucker, in space and time) ---- */

/* How far a vertex is from what two others tell, 1 being just allowed. Places are metres from the first of all. */
static double off(const marked *a, const marked *b, const marked *p, double off_m) {
  double bx = b->xy_m[0] - a->xy_m[0], by = b->xy_m[1] - a->xy_m[1];
  double px = p->xy_m[0] - a->xy_m[0], py = p->xy_m[1] - a->xy_m[1];
  double length2 = bx * bx + by * by, t = length2 > 0 ? (px * bx + py * by) / length2 : 0;
  t = t < 0 ? 0 : t > 1 ? 1 : t;
  double at_s = (double)a->fix.time_s + t * (double)(b->fix.time_s - a->fix.time_s);
  double off_s = VD_TRACK_OFF_S * (off_m / VD_TRACK_OFF_M), metres = hypot(px - t * bx, py - t * by);
  return fmax(metres / off_m, fabs((double)p->fix.time_s - at_s) / off_s);
}

/* Marks which of [from, to] must stay; their own ends do. Goes through the halves without recursion. */
static void thin(vd_arena *scratch, marked *all, size_t from, size_t to, double off_m) {
  size_t *stack = VD_NEW_ARRAY(scratch, size_t, 2 * (to - from) + 4), n = 0;
  local here = local_at(&all[from].fix);
  for (size_t i = from; i <= to; i++) to_metres(&here, &all[i].fix, all[i].xy_m);
  stack[n++] = from, stack[n++] = to;
  while (n > 0) {
    size_t b = stack[--n], a = stack[--n], worst = a;
    double most = 1;
    for (size_t i = a + 1; i < b; i++) {
      double is = off(&all[a], &all[b], &all[i], off_m);
      if (is > most) most = is, worst = i;
    }
    if (worst == a) continue;
    all[worst].stays = true;
    stack[n++] = a, stack[n++] = worst;
    stack[n++] = worst, stack[n++] = b;
  }
}

static void thin_all(vd_arena *scratch, marked *all, size_t n, double off_m) {
  for (size_t from = 0; from + 1 < n;) {
    size_t to = from + 1;
    while (!all[to].stays && to + 1 < n && to - from < MOST_AT_ONCE) to++;
    all[to].stays = true;
    if (to > from + 1 && !all[to].after_gap) thin(scratch, all, from, to, off_m);
    from = to;
  }
}

/* ---- the line ---- */

/* A lone fix between two gaps is a part of two vertices. */
static void write_line(vd_arena *arena, const marked *all, size_t n, vd_track *track) {
  double *xy = VD_NEW_ARRAY(arena, double, 4 * n + 4);
  int32_t *starts = VD_NEW_ARRAY(arena, int32_t, n + 2), n_parts = 0, n_points = 0;
  vd_buf text = {.arena = arena};
  int64_t last_s = n > 0 ? all[0].fix.time_s : 0;
  for (size_t i = 0; i < n; i++) {
    if (i == 0 || all[i].after_gap) starts[n_parts++] = n_points;
    bool lone = (i == 0 || all[i].after_gap) && (i + 1 == n || all[i + 1].after_gap);
    for (int k = 0; k <= lone; k++) {
      xy[2 * n_points] = all[i].fix.lon_deg, xy[2 * n_points + 1] = all[i].fix.lat_deg;
      vd_buf_printf(&text, n_points ? " %lld" : "%lld", (long long)(all[i].fix.time_s - last_s));
      n_points++;
      last_s = all[i].fix.time_s;
    }
  }
  track->line = vd_geom_line(arena, xy, n_points);
  if (n_parts > 1) {
    starts[n_parts] = n_points;
    track->line->n_parts = n_parts;
    track->line->part_start = starts;
  }
  track->track_s = text.text;
}

vd_track vd_track_of(vd_arena *arena, const vd_fix *fixes, size_t n) {
  vd_track track = {.from_s = fixes[0].time_s, .to_s = fixes[n - 1].time_s};
  for (track.off_m = VD_TRACK_OFF_M;; track.off_m *= 4) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    marked *all = VD_NEW_ARRAY(scratch, marked, 2 * n + 2);
    track.n_halts = track.n_gaps = 0, track.gap_s = 0;
    size_t n_all = put_halts(fixes, n, all, &track.n_halts), kept = 0;
    mark_gaps(all, n_all, &track);
    thin_all(scratch, all, n_all, track.off_m);
    for (size_t i = 0; i < n_all; i++) {
      if (all[i].stays) all[kept++] = all[i];
    }
    write_line(arena, all, kept, &track);
    if (strlen(track.track_s) <= LONGEST_TEXT || track.off_m > 1e5) return track;
  }
}
