/* beat: patrols as tracks in space and time, with the occurrences that matter to a window.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/model.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/stops.h"
#include "vedette/plan/track.h"

/* ---- times ---- */

/* Adds the way's points from `first` to `last` to the track, their time from the leg's share of what they need. */
static void track_leg(vd_beat *beat, const vd_way *way, size_t first, size_t last, double from_s,
                      double to_s) {
  double need = 0, done = 0;
  for (size_t i = first; i <= last; i++) need += way->points[i].need_s;
  for (size_t i = first; i <= last; i++) {
    done += way->points[i].need_s;
    double t = need > 0 ? from_s + (to_s - from_s) * done / need : to_s;
    beat->track[beat->n_track++] =
        (vd_track_point){way->points[i].x_m, way->points[i].y_m, llround(t), false};
  }
}

static double need_between(const vd_way *way, size_t first, size_t last) {
  double need = 0;
  for (size_t i = first; i <= last; i++) need += way->points[i].need_s;
  return need;
}

/* Seconds of a stop's field; what is missing or would go back in time becomes `least`. */
static double time_or(double minutes, double least, int64_t *n_backwards) {
  if (!isfinite(minutes)) return least;
  if (minutes * 60 < least - 0.5) (*n_backwards)++;
  return fmax(minutes * 60, least);
}

/* Gives every point of the way a time: those of the stops as planned, the rest by speed. */
static void time_track(vd_model *model, vd_beat *beat, const vd_way *way, const vd_stop_list *stops,
                       double planned_s, int64_t *n_backwards) {
  beat->track = VD_NEW_ARRAY(model->arena, vd_track_point, way->n + beat->n_halts + 1);
  double now = 0;
  size_t first = 0;
  for (size_t i = 0; i < way->n; i++) {
    int32_t h = way->points[i].halt;
    if (h < 0) continue;
    double arrive_min = stops->items[h]->arrive_min, need = need_between(way, first, i);
    double arrive = isfinite(arrive_min) ? time_or(arrive_min, now, n_backwards) : now + need;
    track_leg(beat, way, first, i, now, arrive);
    now = time_or(stops->items[h]->depart_min, arrive, n_backwards);
    beat->halts[h].arrive_s = llround(arrive), beat->halts[h].depart_s = llround(now);
    beat->halts[h].at = beat->n_track - 1;
    beat->track[beat->n_track++] =
        (vd_track_point){way->points[i].x_m, way->points[i].y_m, llround(now), false};
    first = i + 1;
  }
  if (first < way->n) {
    double end = planned_s > now ? planned_s : now + need_between(way, first, way->n - 1);
    track_leg(beat, way, first, way->n - 1, now, end);
    now = end;
  }
  beat->duty_s = llround(fmax(now, planned_s));
}

/* ---- one patrol ---- */

static void read_partners(vd_model *model, vd_beat *beat, const char *partners) {
  size_t capacity = 0;
  for (const char *at = partners ? partners : ""; *at;) {
    size_t n = strcspn(at, " ");
    if (n > 0) {
      int32_t party = vd_model_party(model, vd_str_dup_n(model->arena, at, n));
      *VD_PUSH(model->arena, beat->partners, beat->n_partners, capacity) = party;
    }
    at += n;
    at += strspn(at, " ");
  }
}

static vd_halt halt_of(vd_model *model, const vd_stop *stop) {
  double lon_deg = stop->record.geom->xy[0], lat_deg = stop->record.geom->xy[1];
  vd_halt halt = {.xy_m = {lon_deg, lat_deg},
                  .lon_deg = lon_deg,
                  .lat_deg = lat_deg,
                  .id = stop->record.id,
                  .name = stop->record.name,
                  .arrive_min = stop->arrive_min,
                  .depart_min = stop->depart_min};
  vd_transform_forward(model->to_plane, halt.xy_m, 1);
  return halt;
}

static vd_status find_way(vd_way_finder *finder, const vd_patrol *patrol, vd_beat *beat, vd_way *way) {
  vd_model *model = finder->model;
  const vd_geom *line = patrol->record.geom;
  if (!vd_geom_empty(line) && line->n_points > 1) {
    vd_way_along(model, way, vd_land_to_plane_geom(model->arena, model->to_plane, line), beat->halts,
                 beat->n_halts, beat->vehicle);
    return VD_OK;
  }
  if (beat->n_halts == 0) return VD_OK;
  *VD_PUSH(model->arena, way->points, way->n, way->capacity) =
      (vd_way_point){beat->halts[0].xy_m[0], beat->halts[0].xy_m[1], 0, 0};
  for (size_t h = 1; h < beat->n_halts; h++) {
    VD_TRY(vd_way_between(finder, way, beat->vehicle, &beat->halts[h - 1], &beat->halts[h], (int32_t)h));
  }
  return VD_OK;
}

static vd_status find_starts(vd_model *model, const vd_patrol *patrol, vd_beat *beat) {
  vd_status status =
      vd_patrol_starts(model->arena, patrol, model->utc_offset_s, model->seen_from_s - beat->duty_s,
                       model->to_s, &beat->starts, &beat->n_starts);
  return status == VD_OK ? VD_OK : vd_fail_prefix(status, _("Patrol %s"), beat->name);
}

/* Stretches are found here for models with epochs alone: others look at few of them, if at any. */
static void cut_epochs(vd_model *model, vd_beat *beat) {
  if (model->epochs->from_s >= model->epochs->to_s) return;
  if (!beat->responds || !model->parties[beat->party].counts) return;
  vd_beat_find_stretches(model, beat);
  for (size_t o = 0; o < beat->n_starts; o++) {
    for (size_t i = 0; i < beat->n_stretches; i++) {
      vd_epochs_cut(model->epochs, beat->starts[o] + beat->stretches[i].from_s);
      vd_epochs_cut(model->epochs, beat->starts[o] + beat->stretches[i].to_s);
    }
    for (size_t h = 0; h < beat->n_halts; h++) {
      vd_epochs_cut(model->epochs, beat->starts[o] + beat->halts[h].arrive_s);
      vd_epochs_cut(model->epochs, beat->starts[o] + beat->halts[h].depart_s);
    }
  }
}

static vd_status read_beat(vd_way_finder *finder, const vd_patrol *patrol, vd_stop_list all,
                           const vd_told_departures *told, int64_t *n_backwards, vd_beat *beat) {
  vd_model *model = finder->model;
  *beat =
      (vd_beat){.id = vd_str_dup(model->arena, patrol->record.id),
                .name = vd_str_dup(model->arena, patrol->record.name ? patrol->record.name : ""),
                .party = vd_model_party(model, patrol->actor),
                .vehicle = patrol->vehicle,
                .state = patrol->state,
                .responds = patrol->responds == 1,
                .escorted = patrol->escorted == 1,
                .influence_m = patrol->influence_m >= 0 ? patrol->influence_m : model->figures.influence_m};
  read_partners(model, beat, patrol->partners);
  vd_stop_list stops = vd_stops_of(all, patrol->record.id);
  beat->halts = VD_NEW_ARRAY(model->arena, vd_halt, stops.n + 1);
  for (size_t i = 0; i < stops.n; i++) beat->halts[beat->n_halts++] = halt_of(model, stops.items[i]);
  vd_way way = {0};
  if (!vd_beat_take_track(model, patrol, beat)) {
    VD_TRY(find_way(finder, patrol, beat, &way));
    if (way.n == 0) return VD_OK;
    bool planned = patrol->to_s != VD_TIME_MAX && patrol->to_s > patrol->from_s;
    time_track(model, beat, &way, &stops, planned ? (double)(patrol->to_s - patrol->from_s) : 0, n_backwards);
  }
  VD_TRY(find_starts(model, patrol, beat));
  if (!model->all_states) vd_beat_drop_told(beat, told);
  vd_beat_find_stoppages(model, beat);
  cut_epochs(model, beat);
  return VD_OK;
}

/* Planned, executed and obstructed are never mixed. */
static bool state_counts(const vd_model *model, int32_t state) {
  if (model->past) return state == VD_EXECUTED;
  if (model->all_states) return true;
  return state == VD_PLANNED || state == VD_APPROVED || state == VD_EXECUTED;
}

static void count_beat(vd_model *model, const vd_beat *beat) {
  if (!model->parties[beat->party].counts) return;
  int64_t n = 0;
  for (size_t o = 0; o < beat->n_starts; o++)
    n += beat->starts[o] >= model->from_s && beat->starts[o] < model->to_s;
  model->n_patrols += n > 0;
  model->n_occurrences += n;
}

/* Years of records: one that leaves after the window, or left more than a year before anything that matters and only once, need
 * not be looked at. No stop can be planned later than 366 days after departure. */
static bool is_out_of_sight(const vd_model *model, const vd_patrol *patrol) {
  const int64_t longest_s = 400 * (int64_t)VD_DAY_S;
  bool once = !patrol->recurrence || !*patrol->recurrence;
  return patrol->from_s >= model->to_s || (once && patrol->from_s < model->seen_from_s - longest_s);
}

vd_status vd_model_read_beats(vd_model *model, const vd_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_way_finder finder = {.model = model, .arena = scratch};
  vd_stop_list stops = vd_plan_stops(plan, scratch);
  model->beats = VD_NEW_ARRAY(model->arena, vd_beat, vd_plan_count(plan, VD_KIND_PATROL) + 1);
  vd_told_departures told = vd_told_departures_of(scratch, plan);
  int64_t n_undated = 0, n_backwards = 0, n_nowhere = 0, n_misfits = 0;
  VD_EACH(plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (!state_counts(model, patrol->state)) continue;
    if (patrol->from_s == VD_TIME_MIN || patrol->from_s == VD_TIME_MAX) {
      n_undated++;
      continue;
    }
    if (is_out_of_sight(model, patrol)) continue;
    vd_beat *beat = &model->beats[model->n_beats];
    n_misfits += vd_track_misfits(patrol);
    VD_TRY(read_beat(&finder, patrol, stops, &told, &n_backwards, beat));
    if (beat->n_track == 0) {
      n_nowhere++;
      continue;
    }
    count_beat(model, beat);
    model->n_beats++;
  }
  if (n_undated > 0)
    vd_model_note(model, _("Patrols have no departure time: not counted."), n_undated, NAN, NAN);
  if (n_nowhere > 0)
    vd_model_note(model, _("Patrols have neither route nor stops: not counted."), n_nowhere, NAN, NAN);
  if (n_misfits > 0) {
    vd_model_note(model, _("Times of a patrol's track do not fit its route any more: timed by speed."),
                  n_misfits, NAN, NAN);
  }
  if (n_backwards > 0) {
    vd_model_note(model, _("Times of stops go back before the stop before: moved up to it."), n_backwards,
                  NAN, NAN);
  }
  if (finder.n_straight > 0) {
    vd_model_note(model, _("No road leads from a stop of a patrol to its next: drawn straight."),
                  finder.n_straight, finder.lon_deg, finder.lat_deg);
  }
  return VD_OK;
}
