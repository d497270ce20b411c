/* trace: which planned stops a track reached, when, and which planned departure it drove.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/execution.h"

#define SURE_BY 0.05 /* how far below the best score a departure is no rival */

/* ---- along the line ---- */

/* Calls for each segment: its first vertex; gaps are none. */
static bool joined(const vd_geom *line, int32_t i, int32_t *part) {
  while (*part + 1 < line->n_parts && line->part_start[*part + 1] <= i) (*part)++;
  return i + 1 < line->part_start[*part + 1];
}

double vd_trace_length_m(const vd_trace *trace) {
  const vd_geom *line = trace->line;
  double sum = 0;
  for (int32_t i = 0, part = 0; i + 1 < line->n_points; i++) {
    const double *p = line->xy + 2 * (size_t)i;
    if (joined(line, i, &part)) sum += vd_ground_m(p[0], p[1], p[2], p[3]);
  }
  return sum;
}

int64_t vd_trace_gap_s(const vd_trace *trace) {
  int64_t sum = 0;
  for (int32_t i = 0, part = 0; i + 1 < trace->line->n_points; i++)
    if (!joined(trace->line, i, &part)) sum += trace->time_s[i + 1] - trace->time_s[i];
  return sum;
}

/* ---- passes by a place ---- */

typedef struct pass {
  int64_t enter_s, leave_s;
} pass;

/* How far a pass is from when it was planned; 0 when it was there then. */
static int64_t off_s(const pass *at, int64_t earliest_s, int64_t latest_s) {
  if (at->enter_s > latest_s) return at->enter_s - latest_s;
  return at->leave_s < earliest_s ? earliest_s - at->leave_s : 0;
}

typedef struct choice {
  int64_t earliest_s, latest_s, not_before_s;
  bool found;
  pass best;
} choice;

static void consider(choice *c, const pass *at) {
  if (at->leave_s < c->not_before_s) return;
  if (!c->found || off_s(at, c->earliest_s, c->latest_s) < off_s(&c->best, c->earliest_s, c->latest_s))
    c->best = *at;
  c->found = true;
}

static void find_pass(const vd_trace *trace, double lon_deg, double lat_deg, double near_m, choice *c) {
  const vd_geom *line = trace->line;
  double metres_lat = vd_ground_m(lon_deg, lat_deg - 0.01, lon_deg, lat_deg + 0.01) / 0.02,
         metres_lon = vd_ground_m(lon_deg - 0.01, lat_deg, lon_deg + 0.01, lat_deg) / 0.02;
  pass at = {0, 0};
  bool open = false;
  for (int32_t i = 0, part = 0; i + 1 < line->n_points; i++) {
    const double *v = line->xy + 2 * (size_t)i;
    double p[2] = {remainder(v[0] - lon_deg, 360) * metres_lon, (v[1] - lat_deg) * metres_lat},
           q[2] = {remainder(v[2] - lon_deg, 360) * metres_lon, (v[3] - lat_deg) * metres_lat}, s0, s1;
    if (!joined(line, i, &part) || !vd_segment_within(p, q, near_m, &s0, &s1)) continue;
    double lasts = (double)(trace->time_s[i + 1] - trace->time_s[i]);
    int64_t enter_s = trace->time_s[i] + (int64_t)floor(s0 * lasts),
            leave_s = trace->time_s[i] + (int64_t)ceil(s1 * lasts);
    if (open && enter_s <= at.leave_s) {
      if (leave_s > at.leave_s) at.leave_s = leave_s;
      continue;
    }
    if (open) consider(c, &at);
    at = (pass){enter_s, leave_s};
    open = true;
  }
  if (open) consider(c, &at);
}

void vd_trace_stops(const vd_trace *trace, const vd_planned *planned, int64_t departure_s, double near_m,
                    vd_stop_done *out) {
  int64_t reached_s = VD_TIME_MIN;
  for (size_t i = 0; i < planned->n_stops; i++) {
    const vd_planned_stop *stop = &planned->stops[i];
    bool timed = isfinite(stop->arrive_min);
    choice c = {.earliest_s = departure_s + stop->earliest_s,
                .latest_s = departure_s + stop->latest_s,
                .not_before_s = timed ? VD_TIME_MIN : reached_s};
    find_pass(trace, stop->lon_deg, stop->lat_deg, near_m, &c);
    out[i] = (vd_stop_done){.late_min = NAN};
    if (!c.found) continue;
    out[i] =
        (vd_stop_done){true, c.best.enter_s, c.best.leave_s, NAN, off_s(&c.best, c.earliest_s, c.latest_s)};
    if (timed) out[i].late_min = (double)(c.best.enter_s - c.latest_s) / VD_MINUTE_S;
    reached_s = c.best.enter_s;
  }
}

size_t vd_legs_not_driven(const vd_stop_done *stops, size_t n) {
  size_t not_driven = 0;
  for (size_t i = 0; i + 1 < n; i++)
    not_driven += !(stops[i].reached && stops[i + 1].reached && stops[i].arrive_s <= stops[i + 1].arrive_s);
  return not_driven;
}

/* ---- which departure it was ---- */

typedef struct matching {
  const vd_trace *trace;
  const vd_match_rules *rules;
  vd_arena *scratch;
  int64_t from_s, to_s;
  vd_match *best;
} matching;

static double score_of(const matching *m, const vd_planned *planned, int64_t departure_s) {
  vd_stop_done *stops = VD_NEW_ARRAY(m->scratch, vd_stop_done, planned->n_stops + 1);
  double within_s = m->rules->hours * VD_HOUR_S, sum = 0;
  size_t n_reached = 0;
  vd_trace_stops(m->trace, planned, departure_s, m->rules->near_m, stops);
  for (size_t i = 0; i < planned->n_stops; i++) {
    if (!stops[i].reached || (double)stops[i].off_s > within_s) continue;
    n_reached++;
    sum += within_s > 0 ? 1 - (double)stops[i].off_s / (2 * within_s) : 1;
  }
  return n_reached > 0 && 2 * n_reached >= planned->n_stops ? sum / (double)planned->n_stops : -1;
}

static void rank(vd_match *best, const vd_planned *planned, int64_t departure_s, double score) {
  if (score < 0) return;
  if (!best->planned || score > best->score) {
    bool near = best->planned && score - best->score < SURE_BY;
    const vd_planned *rival = near ? best->planned : NULL;
    *best = (vd_match){planned, departure_s, score, rival, near ? best->departure_s : 0};
  } else if (best->score - score < SURE_BY && !best->rival) {
    best->rival = planned, best->rival_departure_s = departure_s;
  }
}

static vd_status match_one(matching *m, const vd_planned *planned, int32_t utc_offset_s) {
  int64_t slack_s = (int64_t)(fmin(fmax(m->rules->hours, 0), 1000) * VD_HOUR_S), *starts;
  int64_t duty_s = planned->n_stops > 0 ? planned->stops[planned->n_stops - 1].latest_s : 0;
  size_t n;
  VD_TRY(vd_planned_departures(m->scratch, planned, utc_offset_s, m->from_s - duty_s - slack_s,
                               m->to_s + slack_s + 1, &starts, &n));
  for (size_t i = 0; i < n; i++) rank(m->best, planned, starts[i], score_of(m, planned, starts[i]));
  return VD_OK;
}

/* The departure nearest in time, whatever was reached; it has no rival. */
static vd_status match_forced(matching *m, const vd_planned *planned, int32_t utc_offset_s) {
  int64_t *starts;
  size_t n;
  VD_TRY(vd_planned_departures(m->scratch, planned, utc_offset_s, m->from_s - 366 * (int64_t)VD_DAY_S,
                               m->from_s + 366 * (int64_t)VD_DAY_S, &starts, &n));
  for (size_t i = 0; i < n; i++) {
    int64_t off = starts[i] > m->from_s ? starts[i] - m->from_s : m->from_s - starts[i];
    int64_t least = m->best->departure_s > m->from_s ? m->best->departure_s - m->from_s
                                                     : m->from_s - m->best->departure_s;
    if (!m->best->planned || off < least)
      *m->best = (vd_match){planned, starts[i], fmax(score_of(m, planned, starts[i]), 0), NULL, 0};
  }
  return VD_OK;
}

static bool is_near(const vd_box *track, const vd_planned *planned, double near_m) {
  double by = near_m / 110000,
         bx = by / fmax(0.01, cos(fmax(fabs(track->min_y), fabs(track->max_y)) * 0.0174532925));
  vd_box wide = {track->min_x - bx, track->min_y - by, track->max_x + bx, track->max_y + by};
  return planned->n_stops > 0 && vd_box_touches(wide, planned->box);
}

vd_status vd_trace_match(const vd_trace *trace, const vd_planned_list *list, const vd_match_rules *rules,
                         vd_match *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_box box = vd_geom_box(trace->line);
  *out = (vd_match){0};
  matching m = {trace, rules, scratch, trace->time_s[0], trace->time_s[trace->line->n_points - 1], out};
  for (size_t i = 0; i < list->n; i++) {
    const vd_planned *planned = &list->items[i];
    if (rules->patrol) {
      if (planned->patrol == rules->patrol) VD_TRY(match_forced(&m, planned, list->utc_offset_s));
      continue;
    }
    if (rules->actor && planned->patrol->actor && strcmp(rules->actor, planned->patrol->actor) != 0) continue;
    if (is_near(&box, planned, rules->near_m)) VD_TRY(match_one(&m, planned, list->utc_offset_s));
  }
  return VD_OK;
}
