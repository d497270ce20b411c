/* traced: patrols as a receiver recorded them, and the planned departures that records have told of.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/model.h"
#include "vedette/plan/track.h"

/* ---- the track ---- */

/* From two equal vertices in a row, and more of them. */
static void find_halts(vd_model *model, const vd_geom *line, vd_beat *beat) {
  size_t capacity = 0;
  beat->halts = NULL, beat->n_halts = 0;
  for (size_t i = 1; i < beat->n_track; i++) {
    const double *p = line->xy + 2 * i - 2;
    const vd_track_point *a = &beat->track[i - 1], *b = &beat->track[i];
    if (b->lost || p[0] != p[2] || p[1] != p[3] || a->time_s >= b->time_s) continue;
    vd_halt *last = beat->n_halts > 0 ? &beat->halts[beat->n_halts - 1] : NULL;
    if (last && last->depart_s == a->time_s && last->lon_deg == p[0] && last->lat_deg == p[1]) {
      last->depart_s = b->time_s;
      continue;
    }
    vd_halt halt = {.xy_m = {a->x_m, a->y_m},
                    .lon_deg = p[0],
                    .lat_deg = p[1],
                    .arrive_s = a->time_s,
                    .depart_s = b->time_s,
                    .arrive_min = NAN,
                    .depart_min = NAN,
                    .at = i - 1};
    *VD_PUSH(model->arena, beat->halts, beat->n_halts, capacity) = halt;
  }
}

bool vd_beat_take_track(vd_model *model, const vd_patrol *patrol, vd_beat *beat) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const int64_t *times = vd_track_times(scratch, patrol);
  if (!times) return false;
  const vd_geom *line = patrol->record.geom;
  double *plane = VD_NEW_ARRAY(scratch, double, 2 * (size_t)line->n_points);
  memcpy(plane, line->xy, 2 * (size_t)line->n_points * sizeof *plane);
  vd_transform_forward(model->to_plane, plane, (size_t)line->n_points);
  beat->track = VD_NEW_ARRAY(model->arena, vd_track_point, line->n_points);
  for (int32_t part = 0; part < line->n_parts; part++) {
    for (int32_t i = line->part_start[part]; i < line->part_start[part + 1]; i++) {
      const double *xy = plane + 2 * (size_t)i;
      beat->track[beat->n_track++] =
          (vd_track_point){xy[0], xy[1], times[i] - patrol->from_s, part > 0 && i == line->part_start[part]};
    }
  }
  find_halts(model, line, beat);
  beat->duty_s = beat->track[beat->n_track - 1].time_s;
  return true;
}

/* ---- departures told of ---- */

static int compare_named(const char *patrol, int64_t departure_s, const vd_patrol *record) {
  int by_patrol = strcmp(patrol, record->executes);
  if (by_patrol != 0) return by_patrol;
  return (departure_s > record->executes_s) - (departure_s < record->executes_s);
}

static int compare_records(const void *a, const void *b) {
  const vd_patrol *x = *(const vd_patrol *const *)a;
  return compare_named(x->executes, x->executes_s, *(const vd_patrol *const *)b);
}

/* An execution that cannot be placed in time counts for nothing, and so replaces nothing. */
static bool tells(const vd_patrol *patrol) {
  if (!patrol->executes || !*patrol->executes || patrol->executes_s == VD_TIME_MIN) return false;
  if (patrol->state == VD_OBSTRUCTED || patrol->state == VD_CANCELLED) return true;
  return patrol->state == VD_EXECUTED && patrol->from_s != VD_TIME_MIN && patrol->from_s != VD_TIME_MAX;
}

vd_told_departures vd_told_departures_of(vd_arena *arena, const vd_plan *plan) {
  vd_told_departures told = {VD_NEW_ARRAY(arena, const vd_patrol *, vd_plan_count(plan, VD_KIND_PATROL) + 1),
                             0};
  VD_EACH(plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (tells(patrol)) told.records[told.n++] = patrol;
  }
  qsort(told.records, told.n, sizeof *told.records, compare_records);
  return told;
}

static bool is_told(const vd_told_departures *told, const char *patrol, int64_t departure_s) {
  size_t low = 0, high = told->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    int order = compare_named(patrol, departure_s, told->records[middle]);
    if (order == 0) return true;
    if (order > 0)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}

void vd_beat_drop_told(vd_beat *beat, const vd_told_departures *told) {
  size_t kept = 0;
  for (size_t i = 0; i < beat->n_starts && told->n > 0; i++) {
    if (beat->state == VD_EXECUTED || !is_told(told, beat->id, beat->starts[i]))
      beat->starts[kept++] = beat->starts[i];
  }
  if (told->n > 0) beat->n_starts = kept;
}
