/* track: any bytes as what a receiver recorded, and as the times of a line; what is taken holds together.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A fix is 4 bytes: seconds since the one before (signed, 0x7f none), then longitude, latitude and a scale of both. What follows a zero
 * fix is read as the text of times. */
#include <stdlib.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/execution.h"

static void check_line(vd_arena *arena, const vd_fix *fixes, size_t n) {
  vd_track track = vd_track_of(arena, fixes, n);
  vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  patrol->record.geom = track.line;
  patrol->from_s = track.from_s;
  patrol->track_s = track.track_s;
  if (vd_record_geom_problem(VD_KIND_PATROL, track.line) || strlen(track.track_s) > 65536) abort();
  const int64_t *times = vd_track_times(arena, patrol);
  if (!times) {
    if (track.to_s - track.from_s <= 400 * (int64_t)VD_DAY_S) abort();
    return;
  }
  for (int32_t i = 1; i < track.line->n_points; i++)
    if (times[i] < times[i - 1]) abort();
  if (times[track.line->n_points - 1] != track.to_s) abort();
  vd_trace trace = {track.line, times};
  vd_planned_stop stop = {.lon_deg = fixes[0].lon_deg, .lat_deg = fixes[0].lat_deg, .arrive_min = 5};
  vd_planned planned = {.stops = &stop, .n_stops = 1};
  vd_stop_done done;
  vd_trace_stops(&trace, &planned, track.from_s, 500, &done);
  if (!done.reached || !(vd_trace_length_m(&trace) >= 0) || vd_trace_gap_s(&trace) < track.gap_s) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_fix *raw = VD_NEW_ARRAY(arena, vd_fix, size / 4 + 1);
  size_t n_raw = 0, n, at = 0;
  int64_t time_s = 1700000000;
  for (; at + 4 <= size && (data[at] || data[at + 1] || data[at + 2] || data[at + 3]); at += 4) {
    const int8_t *fix = (const int8_t *)data + at;
    double scale = fix[3] < 0 ? 1.5 : 0.0001 * (fix[3] + 1);
    time_s += fix[0];
    raw[n_raw++] = (vd_fix){30 + fix[1] * scale, fix[2] * scale, fix[0] == 0x7f ? VD_TIME_MIN : time_s};
  }
  vd_cleaning told;
  const vd_fix *fixes = vd_track_clean(arena, raw, n_raw, 1800000000, &n, &told);
  for (size_t i = 1; i < n; i++)
    if (fixes[i].time_s <= fixes[i - 1].time_s) abort();
  int64_t left_out = told.n_untimed + told.n_repeated + told.n_backward + told.n_too_fast;
  if (left_out + (int64_t)n != (int64_t)n_raw) abort();
  if (!told.refusal) check_line(arena, fixes, n);
  vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  patrol->record.geom = vd_geom_line(arena, (double[]){30, 0, 30, 1, 30, 2}, 3);
  patrol->from_s = 0;
  patrol->track_s = vd_str_dup_n(arena, (const char *)data + at, size - at);
  if (*patrol->track_s && !vd_track_times(arena, patrol) != vd_track_misfits(patrol)) abort();
  return 0;
}
