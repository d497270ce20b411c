/* schedule: the outings of a window, when each is where, and what does not fit together.
 * SPDX-License-Identifier: Apache-2.0
 *
 * An outing is one departure of a patrol, by its recurrence and exceptions. It belongs to the window when it departs in it, or
 * before it and is back after its start. Its route is that of the study: as drawn, or else the quickest way between the stops.
 *
 * Time needed for a leg. The route is followed in pieces of at most 50 m. A piece within half a cell (at least 100 m) of roads
 * on which the vehicle has a speed lies on the nearest of them; another takes the ground of its cell, on the flat; where the
 * vehicle has no speed it takes the vehicle's usual pace, and `no_speed_m` says how far. Speeds are those of the plan's season.
 * - Light is that of the moment at which each piece is driven: by night a piece takes 1 / night_factor times as long. A
 *   helicopter's time does not depend on light.
 * - A restriction that slows multiplies the time inside it, several multiply; one that delays, and an escort to wait for
 *   (unless the patrol is escorted), add their minutes once on each way in. What is in force is looked at on the way in. A block
 *   adds nothing: it is a conflict.
 * - A ford and a ferry add their delay when they are entered. An unmarked crossing of a river adds nothing.
 *
 * Times. A stop's planned arrival is what the plan says, or else the planned departure before it and the time needed; the
 * planned departure what the plan says, or else the arrival; neither goes back in time. The expected arrival is the planned
 * one, or the expected departure before it and the time needed where that is later; the stay is not shortened. Back is the
 * expected end of the last leg or stay, or the planned return where that is later. Of executed and obstructed patrols the times
 * told are what happened: they are never late. Conflicts go by expected times.
 *
 * (The study's presence takes the times of the plan, and for stops without any the usual pace by day.) */
#ifndef VEDETTE_STUDY_SCHEDULE_H
#define VEDETTE_STUDY_SCHEDULE_H

#include "vedette/study/study.h"

/* A part of a patrol's route that ends at a stop or at the route's end. */
typedef struct vd_schedule_leg {
  int32_t stop;        /* place of the stop in the patrol, from 0; -1: the end of the route */
  const char *stop_id; /* NULL at the end of the route */
  const char *place;   /* the stop's name, or else the nearest settlement's; NULL none */
  double lon_deg, lat_deg;
  double length_m;
  double no_speed_m; /* of it over ground on which the vehicle has no speed; NaN where no time was reckoned */
} vd_schedule_leg;

/* The same leg on one outing. */
typedef struct vd_outing_leg {
  int64_t leave_s;            /* expected departure from where it begins */
  int64_t arrive_s, depart_s; /* expected, at its end; at the end of the route they are the same */
  double planned_s;           /* what the plan leaves for it; NaN: the plan says no arrival */
  double needed_s;            /* leaving as planned */
} vd_outing_leg;

typedef struct vd_outing {
  const char *patrol, *name, *actor, *actor_name; /* ids and names */
  const char *crew, *vehicles_named;              /* as the plan says, NULL none */
  int32_t vehicle, state, clearance;              /* vd_vehicle, vd_patrol_state, vd_clearance */
  bool escorted;
  bool in_window;                    /* else it is told only because a conflict names it */
  int32_t executed_by;               /* index of the executed outing that drove this planned one; -1 none */
  int64_t depart_s;                  /* planned and expected alike */
  int64_t planned_return_s;          /* by the plan's times alone; VD_TIME_MAX: it says none */
  int64_t return_s;                  /* expected */
  double length_m, lon_deg, lat_deg; /* of the route; where it begins */
  const vd_schedule_leg *legs;       /* shared by the outings of a patrol */
  const vd_outing_leg *times;        /* parallel to legs */
  size_t n_legs;
} vd_outing;

/* Only planned and approved outings are held against a plan's rules. Executed and obstructed ones can only be in two places
 * at once, cancelled ones and planned ones that were executed conflict with nothing. */
typedef enum vd_conflict_kind {
  VD_CONFLICT_CREW,    /* one crew in two outings at a time; minutes: how long */
  VD_CONFLICT_VEHICLE, /* one named vehicle likewise */
  VD_CONFLICT_REST,    /* a crew leaves less than rest.least after it was back; minutes: what lacks */
  VD_CONFLICT_DUTY, /* longer on duty than duty.longest, a stay of rest.least ends duty; minutes: beyond it */
  VD_CONFLICT_CURFEW,  /* out in the curfew, a stay of rest.least is not out; minutes: in it */
  VD_CONFLICT_LEG,     /* a leg needs more than is planned by more than schedule.slack; minutes: more */
  VD_CONFLICT_BLOCKED, /* the route meets a restriction that blocks, as the study has it */
  VD_CONFLICT_ESCORT,  /* it meets one that asks for an escort, and none is arranged */
  VD_CONFLICT_CLEARANCE, /* asked for and not granted; or it meets a restriction of code ROM-ESC, ROM-CRF or ROM-AIR that
                            lets pass, and clearance is not granted (nor, for ROM-ESC, an escort arranged) */
  VD_CONFLICT_REFUSED, /* planned although clearance was refused */
  VD_CONFLICT_COUNT
} vd_conflict_kind;
extern const vd_terms vd_conflict_terms;

typedef struct vd_conflict {
  vd_conflict_kind kind;
  int32_t a, b;                               /* outings; b -1 none */
  int32_t leg;                                /* of a; -1 none */
  const char *who;                            /* crew or vehicle; NULL none */
  const char *restriction, *restriction_name; /* id and name, NULL none */
  int64_t from_s, to_s;                       /* REST: from being back to leaving */
  double minutes;                             /* see the kind; NaN: it has none */
  double lon_deg, lat_deg;
  const char *text; /* one translated sentence */
} vd_conflict;

typedef struct vd_schedule {
  int64_t from_s, to_s;
  const vd_outing *outings; /* by departure */
  size_t n_outings;
  size_t n_in_window;
  size_t n_by_state[VD_PATROL_STATE_COUNT]; /* of those in the window */
  const vd_conflict *conflicts;             /* by time; one of two outings at least is in the window */
  size_t n_conflicts;
  bool conflicts_cut; /* there are more than the 100 000 that are told */
  const vd_note *notes;
  size_t n_notes;
} vd_schedule;

/* Of the options the window and `past` (executed patrols alone) count. In the arena; borrows from plan and landscape, which must
 * be of one make (vd_landscape_fresh). VD_ERR_LIMIT for more than a million outings, VD_ERR_CANCELLED. */
vd_status vd_schedule_make(const vd_plan *plan, const vd_landscape *landscape,
                           const vd_study_options *options, const vd_progress *progress, vd_arena *arena,
                           vd_schedule **out);

#endif
