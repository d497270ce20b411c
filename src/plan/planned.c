/* planned: patrols as they were planned, stop by stop, and when they leave.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/plan/execution.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/stops.h"

enum { PLACES_OF_ROUTE = 5 };

static void add_stop(vd_planned *to, vd_planned_stop stop) {
  to->box = vd_box_add(to->box, stop.lon_deg, stop.lat_deg);
  to->stops[to->n_stops++] = stop;
}

/* Places at even distances along a drawn route, its ends among them. */
static void add_route(vd_planned *to, const vd_geom *line) {
  double length = 0, done = 0, step;
  for (int32_t i = 1; i < line->n_points; i++)
    length += vd_ground_m(line->xy[2 * i - 2], line->xy[2 * i - 1], line->xy[2 * i], line->xy[2 * i + 1]);
  int next = 0;
  for (int32_t i = 1; i < line->n_points; i++, done += step) {
    const double *p = line->xy + 2 * (size_t)i - 2;
    step = vd_ground_m(p[0], p[1], p[2], p[3]);
    while (next < PLACES_OF_ROUTE &&
           (length * next / (PLACES_OF_ROUTE - 1) <= done + step || i + 1 == line->n_points)) {
      double t = step > 0 ? fmin((length * next / (PLACES_OF_ROUTE - 1) - done) / step, 1) : 0;
      add_stop(to, (vd_planned_stop){.lon_deg = p[0] + t * (p[2] - p[0]),
                                     .lat_deg = p[1] + t * (p[3] - p[1]),
                                     .arrive_min = NAN,
                                     .depart_min = NAN});
      next++;
    }
  }
}

/* A stop without a planned arrival is due between what is known before and after it; a day where nothing is. */
static void bound_arrivals(vd_planned *to) {
  int64_t known_s = 0;
  for (size_t i = 0; i < to->n_stops; i++) {
    vd_planned_stop *stop = &to->stops[i];
    stop->earliest_s = stop->latest_s = known_s;
    if (isfinite(stop->arrive_min)) {
      stop->earliest_s = stop->latest_s = known_s = llround(60 * stop->arrive_min);
    } else {
      int64_t after_s = to->duty_s > known_s ? to->duty_s : known_s + VD_DAY_S;
      for (size_t k = to->n_stops; k-- > i + 1;)
        if (isfinite(to->stops[k].arrive_min)) after_s = llround(60 * to->stops[k].arrive_min);
      if (after_s > known_s) stop->latest_s = after_s;
    }
    if (isfinite(stop->depart_min) && llround(60 * stop->depart_min) > known_s)
      known_s = llround(60 * stop->depart_min);
  }
}

static void read_planned(vd_arena *arena, const vd_patrol *patrol, vd_stop_list own, vd_planned *out) {
  const vd_geom *line = patrol->record.geom;
  *out = (vd_planned){.patrol = patrol, .box = vd_box_empty()};
  out->stops = VD_NEW_ARRAY(arena, vd_planned_stop, own.n > 0 ? own.n : PLACES_OF_ROUTE);
  if (patrol->to_s != VD_TIME_MAX && patrol->to_s > patrol->from_s)
    out->duty_s = patrol->to_s - patrol->from_s;
  for (size_t i = 0; i < own.n; i++) {
    const vd_stop *stop = own.items[i];
    add_stop(out, (vd_planned_stop){.id = stop->record.id,
                                    .name = stop->record.name,
                                    .lon_deg = stop->record.geom->xy[0],
                                    .lat_deg = stop->record.geom->xy[1],
                                    .arrive_min = stop->arrive_min,
                                    .depart_min = stop->depart_min});
    double last_min = isfinite(stop->depart_min) ? stop->depart_min : stop->arrive_min;
    if (isfinite(last_min) && 60 * last_min > (double)out->duty_s) out->duty_s = llround(60 * last_min);
  }
  if (own.n == 0 && !vd_geom_empty(line) && line->n_points > 1) add_route(out, line);
  bound_arrivals(out);
}

vd_planned_list vd_planned_of(vd_arena *arena, const vd_plan *plan, unsigned states) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_stop_list all = vd_plan_stops(plan, scratch);
  vd_planned_list list = {VD_NEW_ARRAY(arena, vd_planned, vd_plan_count(plan, VD_KIND_PATROL) + 1), 0,
                          vd_plan_info_lookup(plan)->utc_offset_s};
  VD_EACH(plan, VD_KIND_PATROL, vd_patrol, patrol) {
    bool dated = patrol->from_s != VD_TIME_MIN && patrol->from_s != VD_TIME_MAX;
    if ((states >> patrol->state & 1u) == 0 || !dated || patrol->executes) continue;
    read_planned(arena, patrol, vd_stops_of(all, patrol->record.id), &list.items[list.n++]);
  }
  return list;
}

vd_status vd_planned_departures(vd_arena *arena, const vd_planned *planned, int32_t utc_offset_s,
                                int64_t from_s, int64_t to_s, int64_t **starts, size_t *n) {
  const vd_patrol *patrol = planned->patrol;
  vd_status status = vd_patrol_starts(arena, patrol, utc_offset_s, from_s, to_s, starts, n);
  return status == VD_OK
             ? VD_OK
             : vd_fail_prefix(status, _("Patrol %s"), vd_record_label(arena, VD_KIND_PATROL, patrol));
}
