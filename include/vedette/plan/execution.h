/* execution: planned departures against what was done: which a track drove, and how a plan's departures went.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A departure is executed when an executed patrol says so (vd_patrol.executes, executes_s), obstructed when an obstructed patrol or
 * the report of a restriction does, cancelled likewise. Otherwise nothing is known of it: that is "unknown", never "not done". */
#ifndef VEDETTE_PLAN_EXECUTION_H
#define VEDETTE_PLAN_EXECUTION_H

#include "vedette/plan/plan.h"
#include "vedette/plan/track.h"

/* ---- what was planned ---- */

typedef struct vd_planned_stop {
  const char *id, *name; /* NULL: a place on the route of a patrol without stops */
  double lon_deg, lat_deg;
  double arrive_min, depart_min; /* after departure, as planned; NaN unknown */
  int64_t earliest_s, latest_s;  /* after departure: the planned arrival, or between which it must lie */
} vd_planned_stop;

typedef struct vd_planned { /* a patrol that is to be driven, on its own or again and again */
  const vd_patrol *patrol;
  vd_planned_stop *stops; /* in order; of a patrol without stops five places along its route */
  size_t n_stops;
  int64_t duty_s; /* from departure to return, 0 unknown */
  vd_box box;     /* of the stops */
} vd_planned;

typedef struct vd_planned_list {
  vd_planned *items; /* in the plan's order */
  size_t n;
  int32_t utc_offset_s;
} vd_planned_list;
/* The patrols of the plan in these states (bits 1 << vd_patrol_state) that are themselves no record of a departure and have a
 * departure; what they hold is the plan's or in the arena. */
vd_planned_list vd_planned_of(vd_arena *arena, const vd_plan *plan, unsigned states);
/* Departures in [from_s, to_s), exceptions left out, in the arena. */
vd_status vd_planned_departures(vd_arena *arena, const vd_planned *planned, int32_t utc_offset_s,
                                int64_t from_s, int64_t to_s, int64_t **starts, size_t *n);

/* ---- what was driven ---- */

typedef struct vd_trace { /* a line with the time at each vertex, absolute, never falling */
  const vd_geom *line;
  const int64_t *time_s;
} vd_trace;
double vd_trace_length_m(const vd_trace *trace); /* without gaps */
int64_t vd_trace_gap_s(const vd_trace *trace);

/* A stop against the track. Reached: the track comes within `near_m` of it; then arrive_s and depart_s are when it enters and leaves
 * that distance. Of several passes the one closest to the planned arrival counts; where that is not known, the first that ends after
 * the stop before was reached. */
typedef struct vd_stop_done {
  bool reached;
  int64_t arrive_s, depart_s;
  double
      late_min;  /* arrival after the planned one, negative: early; NaN: not reached, or no planned arrival */
  int64_t off_s; /* how far the pass is from the planned time */
} vd_stop_done;
/* Writes planned->n_stops of them. */
void vd_trace_stops(const vd_trace *trace, const vd_planned *planned, int64_t departure_s, double near_m,
                    vd_stop_done *out);
/* Legs (from a stop to the next) of which not both ends were reached, in that order. */
size_t vd_legs_not_driven(const vd_stop_done *stops, size_t n);

typedef struct vd_match {
  const vd_planned *planned; /* NULL: none fits */
  int64_t departure_s;
  double score;
  const vd_planned
      *rival; /* another departure that fits as well; then `planned` must not be taken. NULL none */
  int64_t rival_departure_s;
} vd_match;
typedef struct vd_match_rules {
  double near_m, hours;
  const char *actor;       /* id; NULL: unknown */
  const vd_patrol *patrol; /* the one that it must be, at its nearest departure, however far; NULL: any */
} vd_match_rules;
/* The planned departure that a track drove. Candidates are those of the same actor (where known) of which at least half the stops
 * were reached within `hours` of their planned time. The score is the mean over the planned stops of 1 - off / (2 x hours)
 * for one so reached, else 0. The highest wins; one less than 0.05 below it is a rival. */
vd_status vd_trace_match(const vd_trace *trace, const vd_planned_list *list, const vd_match_rules *rules,
                         vd_match *out);

/* ---- how departures went ---- */

typedef enum vd_departure_outcome {
  VD_DEPARTURE_UNKNOWN,
  VD_DEPARTURE_EXECUTED,
  VD_DEPARTURE_OBSTRUCTED,
  VD_DEPARTURE_CANCELLED,
  VD_DEPARTURE_COUNT
} vd_departure_outcome;
extern const vd_terms vd_departure_outcome_terms;

typedef struct vd_departure {
  const vd_planned *planned;
  int64_t departure_s;
  vd_departure_outcome outcome;
  const vd_patrol *record;        /* that tells it; NULL: none, or the planned patrol itself */
  const vd_restriction *obstacle; /* the report that tells it was obstructed; NULL none */
  size_t n_records;               /* executed patrols that name it */
  bool traced;                    /* the record has a track: what follows is known */
  vd_stop_done *stops;            /* planned->n_stops */
  size_t n_reached, n_not_driven; /* stops, legs */
  double late_min;                /* leaving, against the planned departure; NaN unknown */
  double km, gap_min;
} vd_departure;

typedef struct vd_execution {
  int64_t from_s, to_s;
  vd_departure *departures; /* by time, then in the plan's order */
  size_t n_departures, n_by[VD_DEPARTURE_COUNT];
  size_t n_traced, n_stops,
      n_reached;           /* executed departures with a track; their planned stops, and those reached */
  size_t n_untraced_stops; /* planned stops of executed departures without a track: unknown */
  size_t n_unplanned;      /* departures of executed patrols that name no planned one */
} vd_execution;
/* The departures planned in [from_s, to_s) and how they went. VD_ERR_LIMIT for more than 2 million. */
vd_status vd_execution_of(vd_arena *arena, const vd_plan *plan, int64_t from_s, int64_t to_s,
                          vd_execution *out);

#endif
