/* plan_track: random tracks, simplified, still tell every fix; and the stops they reach are those of a sampler.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/plan/execution.h"

enum { TRACKS = 150, MOST = 800, SAMPLE_M = 13 /* half of what it goes in a second */ };

/* Drives, turns, halts and falls silent at random; a fix every few seconds. */
static size_t random_fixes(dice *d, vd_fix *fixes) {
  size_t n = 0, most = 30 + (size_t)dice_below(d, MOST - 30);
  double lon = 20, lat = 5, heading = dice_real(d, 0, 6.28), speed = 10;
  int64_t t = FX_MONDAY_S;
  while (n < most) {
    int for_s = 30 + dice_below(d, 900), step_s = 1 + dice_below(d, 20), what = dice_below(d, 5);
    if (what == 0) t += 300 + dice_below(d, 1500);
    heading += dice_real(d, -1.5, 1.5);
    speed = what == 1 ? 0 : dice_real(d, 1, 25);
    for (int s = 0; s < for_s && n < most; s += step_s, t += step_s) {
      double noise = dice_real(d, -4, 4) / 111320;
      lon += step_s * speed * cos(heading) / 111000, lat += step_s * speed * sin(heading) / 110600;
      fixes[n++] = (vd_fix){lon + noise, lat - noise, t};
    }
  }
  return n;
}

static vd_fix place_at(const vd_trace *trace, int64_t time_s, int32_t i) {
  const double *p = trace->line->xy + 2 * (size_t)i;
  double lasts = (double)(trace->time_s[i + 1] - trace->time_s[i]);
  double t = lasts > 0 ? (double)(time_s - trace->time_s[i]) / lasts : 0;
  return (vd_fix){p[0] + t * (p[2] - p[0]), p[1] + t * (p[3] - p[1]), time_s};
}

static int32_t part_of(const vd_geom *line, int32_t i) {
  int32_t part = 0;
  while (line->part_start[part + 1] <= i) part++;
  return part;
}

static bool in_halt(const vd_trace *trace, int64_t time_s) {
  for (int32_t i = 0; i + 1 < trace->line->n_points; i++) {
    const double *p = trace->line->xy + 2 * (size_t)i;
    if (time_s >= trace->time_s[i] && time_s <= trace->time_s[i + 1] && p[0] == p[2] && p[1] == p[3])
      return true;
  }
  return false;
}

/* Whether the track passes within the allowed metres of the fix within the allowed seconds of its time; halts allow their own radius. */
static bool is_told(const vd_trace *trace, const vd_fix *fix) {
  double least = 1e9;
  for (int32_t i = 0; i + 1 < trace->line->n_points; i++) {
    if (part_of(trace->line, i) != part_of(trace->line, i + 1)) continue;
    int64_t from = fix->time_s - VD_TRACK_OFF_S - 1, to = fix->time_s + VD_TRACK_OFF_S + 1;
    from = from > trace->time_s[i] ? from : trace->time_s[i],
    to = to < trace->time_s[i + 1] ? to : trace->time_s[i + 1];
    for (int64_t t = from; t <= to; t++) {
      vd_fix at = place_at(trace, t, i);
      least = fmin(least, vd_ground_m(at.lon_deg, at.lat_deg, fix->lon_deg, fix->lat_deg));
    }
  }
  return least <= (in_halt(trace, fix->time_s) ? 2 * VD_TRACK_HALT_M : VD_TRACK_OFF_M + SAMPLE_M);
}

static vd_patrol *patrol_of(vd_arena *arena, const vd_track *track) {
  vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  patrol->record.geom = track->line;
  patrol->from_s = track->from_s;
  patrol->track_s = track->track_s;
  return patrol;
}

static void simplified_tracks_tell_every_fix(void **state) {
  (void)state;
  size_t n_fixes = 0, n_vertices = 0;
  for (uint64_t seed = 1; seed <= TRACKS; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    dice d = {seed};
    vd_fix fixes[MOST];
    size_t n = random_fixes(&d, fixes), kept;
    vd_cleaning told;
    const vd_fix *clean = vd_track_clean(arena, fixes, n, FX_MONDAY_S + 30 * VD_DAY_S, &kept, &told);
    assert_null(told.refusal);
    vd_track track = vd_track_of(arena, clean, kept);
    vd_trace trace = {track.line, vd_track_times(arena, patrol_of(arena, &track))};
    assert_non_null(trace.time_s);
    assert_null(vd_record_geom_problem(VD_KIND_PATROL, track.line));
    assert_int_equal(track.line->n_parts, track.n_gaps + 1);
    assert_true(trace.time_s[0] == clean[0].time_s &&
                trace.time_s[track.line->n_points - 1] == clean[kept - 1].time_s);
    for (size_t i = 0; i < kept; i++)
      if (!is_told(&trace, &clean[i])) fail_msg("track %d, fix %d is lost", (int)seed, (int)i);
    n_fixes += kept, n_vertices += (size_t)track.line->n_points;
  }
  assert_true(3 * n_vertices < n_fixes); /* that it simplifies at all */
}

/* A second at a time: when is it within the distance? */
static bool near_at(const vd_trace *trace, int64_t time_s, double lon, double lat, double near_m) {
  for (int32_t i = 0; i + 1 < trace->line->n_points; i++) {
    if (part_of(trace->line, i) != part_of(trace->line, i + 1) || time_s < trace->time_s[i] ||
        time_s > trace->time_s[i + 1])
      continue;
    vd_fix at = place_at(trace, time_s, i);
    if (vd_ground_m(at.lon_deg, at.lat_deg, lon, lat) <= near_m) return true;
  }
  return false;
}

static void stops_reached_are_those_of_a_sampler(void **state) {
  (void)state;
  int n_reached = 0;
  for (uint64_t seed = 1; seed <= TRACKS; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    dice d = {seed * 31};
    vd_fix fixes[MOST];
    size_t n = random_fixes(&d, fixes);
    vd_track track = vd_track_of(arena, fixes, n);
    vd_trace trace = {track.line, vd_track_times(arena, patrol_of(arena, &track))};
    const vd_fix *at = &fixes[dice_below(&d, (int)n)];
    double near_m = dice_real(&d, 60, 800), lon = at->lon_deg + dice_real(&d, -0.01, 0.01), lat = at->lat_deg;
    int64_t due_s = dice_below(&d, 20000) / 60 * 60, best_off = INT64_MAX;
    vd_planned_stop stop = {NULL, NULL, lon, lat, (double)due_s / 60, NAN, due_s, due_s};
    vd_planned planned = {.stops = &stop, .n_stops = 1};
    vd_stop_done done;
    vd_trace_stops(&trace, &planned, FX_MONDAY_S, near_m, &done);
    int64_t end = trace.time_s[track.line->n_points - 1];
    for (int64_t t = FX_MONDAY_S; t <= end; t++) {
      if (!near_at(&trace, t, lon, lat, near_m)) continue;
      int64_t off = llabs(t - FX_MONDAY_S - due_s);
      if (off < best_off) best_off = off;
    }
    n_reached += done.reached;
    if (best_off == INT64_MAX) { /* a touch between two samples at most */
      assert_true(!done.reached || done.depart_s - done.arrive_s <= 2);
      continue;
    }
    assert_true(done.reached);
    assert_true(llabs(done.off_s - best_off) <= 2);
    assert_true(near_at(&trace, done.arrive_s, lon, lat, near_m) ||
                near_at(&trace, done.arrive_s + 1, lon, lat, near_m));
    assert_true(near_at(&trace, done.depart_s, lon, lat, near_m) ||
                near_at(&trace, done.depart_s - 1, lon, lat, near_m));
    for (int64_t t = done.arrive_s + 1; t < done.depart_s; t++)
      assert_true(near_at(&trace, t, lon, lat, near_m));
    assert_false(near_at(&trace, done.arrive_s - 1, lon, lat, near_m));
    assert_false(near_at(&trace, done.depart_s + 1, lon, lat, near_m));
  }
  assert_true(n_reached > TRACKS / 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(simplified_tracks_tell_every_fix),
      cmocka_unit_test(stops_reached_are_those_of_a_sampler),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
