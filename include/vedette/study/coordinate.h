/* coordinate: what several actors do together, twice, one after the other or not at all, and what hangs on one of them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * From a whole study, exact in time and place like the study itself. What product.md leaves open is decided so:
 * - A base and a patrol belong to their actor; a joint patrol belongs to each partner that counts as presence as well. Alone, an
 *   actor has all its patrols, joint ones included; a pair or all together have each once. A joint patrol is led by its actor:
 *   when that one stays away it does not go, when a partner stays away it goes.
 * - What two actors do both, is told of what each leads, so that a joint patrol is not its own double. Patrols of actors that
 *   do not count as presence are told there, and never as cover.
 * - Losing a base takes its reaction force and its zone. Losing a road or bridge blocks it for vehicles on land through the
 *   whole window; responders take the next quickest way, visits of patrols stay as they are. */
#ifndef VEDETTE_STUDY_COORDINATE_H
#define VEDETTE_STUDY_COORDINATE_H

#include "vedette/study/study.h"

/* ---- actors ---- */

typedef struct
    vd_coordinate_actor { /* that has a base, or a patrol that comes by, in the window or shortly before */
  const char *id, *name;  /* id "": of records that name none */
  int32_t kind, due_diligence;              /* vd_actor_kind; 0 not rated .. 3 elevated */
  bool counts;                              /* as presence; if not, the next five but `present` are 0 */
  int64_t n_bases, n_patrols, n_departures; /* in the window; patrols that it leads */
  double alone;                             /* person-hours covered by it alone */
  double lost;                              /* person-hours no longer covered when it stays away */
  double in_time;                           /* person-hours in which it alone would come in time */
  double present;                           /* person-hours in which it alone is present */
} vd_coordinate_actor;
typedef struct vd_coordinate_pair {
  int32_t a, b;        /* indices in actors, a < b */
  double covered;      /* person-hours, by the two together; 0 unless both count */
  double both_present; /* person-hours in which each is present in the same cell */
  double both_cover;   /* person-hours that each covers alone */
} vd_coordinate_pair;

/* ---- duplications ---- */

/* What of two visits that double each other could be spared. A visit is spare as study.h says. */
typedef enum vd_spare_answer {
  VD_SPARE_NEITHER, /* each passes mostly people whom no other sees, or does not count as presence */
  VD_SPARE_BOUND,   /* it could not move then: a helicopter by night */
  VD_SPARE_NOWHERE, /* no place in a gap within an hour of it would gain more than it gives up */
  VD_SPARE_FOUND,
  VD_SPARE_UNASKED /* one of more spare visits than are looked at */
} vd_spare_answer;
typedef struct vd_doubling {
  size_t duplicate; /* index in vd_study_duplicates */
  vd_spare_answer answer;
  bool first;                            /* the visit that came first is the spare one, else the second */
  const char *patrol;                    /* id of the spare one, NULL none */
  int64_t leaves_s;                      /* when it passes the doubled place and could turn aside */
  double leaves_lon_deg, leaves_lat_deg; /* there */
  double lon_deg, lat_deg;           /* where one pass would gain most, weighted by priority; FOUND only */
  int32_t gap;                       /* of the place */
  const char *settlement;            /* nearest, NULL none */
  double minutes;                    /* there */
  double gained, gained_covered;     /* person-hours of presence, and of those covered */
  double given_up, given_up_covered; /* where it does not go then */
} vd_doubling;

/* ---- seams ---- */

typedef struct vd_seam_side {
  const char *id, *name; /* of the area; an actor's where it has no name */
  int32_t responder;     /* nearest to the place, index in the study's; -1 none */
  double minutes;        /* INFINITY never within a day */
} vd_seam_side;
typedef struct vd_seam { /* cells at most the standard seam.width from two areas, their two nearest */
  vd_seam_side sides[2];
  const int32_t *cells; /* of the grid, threatened, ascending */
  size_t n_cells;
  const vd_geom *outline;      /* of the cells, lon/lat */
  double people, person_hours; /* under threat */
  double people_not_reached;   /* in cells that nobody reaches in time at some hour */
  double not_reached;          /* person-hours in which nobody would come in time */
  double lon_deg, lat_deg;     /* the cell with most of these */
  const char *settlement;
} vd_seam;

/* ---- hand-overs ---- */

typedef struct vd_handover {       /* a time that nobody's presence fills between two actors */
  int32_t from_actor, to_actor;    /* indices in actors */
  const char *from_name, *to_name; /* patrol, or base that leaves or comes */
  bool from_base, to_base;
  int64_t left_s, came_s;      /* at the place with most people */
  double standard_h;           /* revisit standard there */
  double people, person_hours; /* under threat and not present between them, at all places it concerns */
  double lon_deg, lat_deg;
  const char *settlement;
} vd_handover;

/* ---- need and actors ---- */

typedef struct
    vd_hot_spot { /* the threatened cells nearest to one settlement, by the threat area of highest priority */
  const char *settlement, *threat; /* settlement NULL: there is none */
  uint8_t priority;
  double people, person_hours, not_covered; /* person-hours */
  uint64_t actors;                          /* bits of those present in the window, by index in actors */
  int32_t n_actors, n_counting;
  int64_t n_visits;   /* departures that pass it in the window */
  double visit_share; /* of all visits to such places */
  double need_share;  /* of all person-hours not covered */
  double balance;     /* visit_share - need_share; the list goes from the farthest from 0 */
  double lon_deg, lat_deg;
} vd_hot_spot;

typedef struct vd_joint_flag {   /* a joint patrol with an actor whose due-diligence rating is elevated */
  const char *patrol, *name;     /* id */
  const char *actor, *rated;     /* names of who leads it, and of who is rated */
  int64_t n_departures, first_s; /* in the window */
} vd_joint_flag;

/* ---- by perpetrator ---- */

typedef struct vd_perpetrator_sums { /* a cell under threats of several classes at a time counts in each */
  const char *word;                  /* of vd_perpetrator_words; NULL: not told */
  double people, person_hours, by_state[VD_STATE_COUNT];
} vd_perpetrator_sums;

/* ---- robustness ---- */

enum { VD_DEPTHS = 4 }; /* in time of 0, 1, 2, 3 or more */
typedef enum vd_lost_kind { VD_LOST_BASE, VD_LOST_BRIDGE, VD_LOST_ROAD, VD_LOST_KINDS } vd_lost_kind;
typedef struct vd_single_loss {
  vd_lost_kind kind;
  const char *id, *name; /* record; a road's number where it has no name */
  double covered;        /* person-hours no longer covered */
  double in_time;        /* person-hours in which help no longer comes in time */
  double lon_deg, lat_deg;
  const char *settlement; /* nearest, NULL none */
} vd_single_loss;
/* Of bridges, and of roads. Only those on quickest ways can cost anything; each has a bound that is quick to find, and is
 * worked out while it might be among the worst. */
typedef struct vd_loss_search {
  int64_t n_on_ways; /* that some responder's quickest way in time uses */
  int64_t n_solved;
  double next_covered, next_in_time; /* none of the others costs more */
} vd_loss_search;

typedef struct vd_coordination {
  vd_coordinate_actor *actors; /* in the plan's order */
  size_t n_actors;
  vd_coordinate_pair *pairs; /* in order of a, then b */
  size_t n_pairs;
  double person_hours, covered; /* under threat; by all together */
  double several_present;       /* person-hours in which two or more are present by what each leads */
  vd_doubling *doublings;       /* one per duplicate, in their order */
  size_t n_doublings;
  int64_t n_spare,
      n_spare_asked; /* distinct spare visits that are in duplicates, and how many were looked at */
  vd_seam *seams;    /* most person-hours not reached first */
  size_t n_seams;
  int64_t n_areas; /* that seams were looked for between */
  double seam_m;
  vd_handover *handovers; /* most person-hours first */
  size_t n_handovers;
  vd_hot_spot *hot_spots;
  size_t n_hot_spots;
  vd_joint_flag *joint_flags;
  size_t n_joint_flags, n_joint;     /* of so many joint patrols in the window */
  vd_perpetrator_sums *perpetrators; /* those that occur */
  size_t n_perpetrators;
  double
      in_time_of[VD_DEPTHS]; /* person-hours by how many responders at distinct places would come in time */
  double in_time_of_bases[VD_DEPTHS];
  vd_single_loss *losses; /* dearest first: all bases, and the worst bridges and roads */
  size_t n_losses;
  vd_loss_search searches[VD_LOST_KINDS]; /* of bridges and roads */
} vd_coordination;

/* `plan` is the plan that the whole study ran on. Texts are the study's and the plan's; the rest is in the arena. The same on
 * any number of threads. VD_ERR_INPUT for a quick study, VD_ERR_LIMIT for more than 64 actors, VD_ERR_CANCELLED, VD_ERR_MEMORY. */
vd_status vd_coordinate(const vd_study *study, const vd_plan *plan, vd_jobs *jobs,
                        const vd_progress *progress, vd_arena *arena, vd_coordination **out);

#endif
