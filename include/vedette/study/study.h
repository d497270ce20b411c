/* study: who is covered, by whom, when; where the gaps are and why (product.md's definitions, exactly).
 * SPDX-License-Identifier: Apache-2.0
 *
 * What the definitions leave open is decided so:
 * - Only actors that count as presence are present or respond; a record that names no actor counts, with a note.
 * - A responder's travel takes the light and the restrictions of the instant of the call; they do not change on the way. A patrol
 *   responds without notice from its stops while it stands there. Its way from departure to return is cut between stops into
 *   the fewest stretches of equal time, none longer than on_task.step; called within one it goes on to the stretch's end and turns aside
 *   there, and so long as the whole stretch lasts is counted as notice, so that never too few minutes are promised. A stretch
 *   whose end lies beyond a restriction that blocks is not counted.
 * - Helicopters fly straight, by day, after pre-flight; a block of the air shuts landing inside it. Boats use navigable rivers.
 * - A stop without times gets them from the way's length and the vehicle's speed; a patrol without a drawn route takes the
 *   quickest way between its stops. A planned patrol is not present beyond a restriction that blocks it at that time; an
 *   executed one went.
 * - A restriction ends when it is resolved. Who needs an escort and has none waits for it, and a planned patrol without one is
 *   stopped. The state of a road stays in force, with a note, when its report is too old to tell.
 * - A base's zone holds the cells whose centre is at most proximity_m away, along the geodesic; when it leaves, the revisit
 *   standard runs from then.
 * - A visit is fresh until presence.full hours after it, or the revisit standard where that is shorter. Visits of two actors
 *   planned apart double each other while both are fresh (host-state actors too). A visit is spare when at least half of the
 *   threatened people it passes had another actor's fresh visit as it came; a place counts as DUPLICATED while a spare visit,
 *   turned aside for at most an hour's travel, would have kept it present.
 * - Best and worst are bounds: who is covered at worst is covered likely, who is covered likely is covered at best, at every instant.
 *   Speeds are multiplied by best_factor and worst_factor of the plan's table; those of helicopters do not vary. A restriction at a
 *   point or a line that is known to precision_m acts within its radius less that at best (0 at least), within its radius and that
 *   at worst; an area and a road as a whole act where they are. A restriction that tells of a road's state too long ago
 *   (road_state.dry, road_state.wet) is lifted from then on at best. Who was present varies with the restrictions that stop patrols,
 *   and with nothing else: zones, ways and the times of patrols are the same.
 * - Base times are known up to 24 hours, those of patrols up to the longest response standard in use. */
#ifndef VEDETTE_STUDY_STUDY_H
#define VEDETTE_STUDY_STUDY_H

#include "vedette/study/landscape.h"

typedef struct vd_study vd_study;

/* What studies on one landscape leave for the next, so that after an edit only what it touches is worked out anew: travel
 * times, cells, states. Results are the same bytes with and without it. It is for one study at a time, which may
 * outlive it; the landscape must outlive both. */
typedef struct vd_study_memory vd_study_memory;
/* `max_bytes` for times over the whole grid, 4 a cell and responder; what does not fit is worked out again. 0: 512 MB. */
vd_study_memory *vd_study_memory_new(const vd_landscape *landscape, size_t max_bytes);
void vd_study_memory_free(vd_study_memory *memory);
void vd_study_memory_cleanup(vd_study_memory **memory);

typedef struct vd_study_options {
  int64_t from_s, to_s; /* the window; both 0: the plan's */
  bool past; /* count executed patrols only (coverage of the past); else planned, approved and executed */
  bool without_losses; /* skip what each restriction costs (saves most of the time) */
  /* States, gaps, duplicates and the headline only, while a plan is being changed: no losses, no closings and responders of gaps,
   * no best responses, no input hash. What is told is the same as in a whole study. */
  bool quick;
  vd_case assumed; /* what the study takes of things known within bounds only */
  /* Also work out who is covered at best and at worst: a whole study of what is likely only; VD_ERR_INPUT in others. */
  bool certainty;
  vd_study_memory *memory; /* NULL: none. VD_ERR_INPUT when it is of another landscape */
} vd_study_options;

/* A responder: a base with a reaction force, a patrol at a stop, or a patrol on a stretch of its way (its place is then the
 * stretch's end). */
typedef struct vd_responder {
  vd_kind kind; /* VD_KIND_BASE or VD_KIND_PATROL */
  const char *id, *name, *actor, *actor_name;
  int32_t vehicle;
  double lon_deg, lat_deg;
  bool on_the_way;
} vd_responder;
/* Its name as people read it: "NAME", "NAME, on the way"; in the arena. */
char *vd_responder_label(vd_arena *arena, const vd_responder *responder);

/* One cell under threat with people, in the order of cell numbers. Hours count threat-active time in the window. */
typedef struct vd_study_cell {
  int32_t cell;
  float people;
  uint8_t priority; /* highest in the window, vd_priority */
  uint8_t state;    /* the state that lasts longest of its threat-active time, ties to the worse */
  uint8_t cause;    /* main cause of not being covered, vd_cause; VD_CAUSE_COUNT when always covered */
  int32_t threat;   /* index among the plan's threat areas of the highest priority */
  int32_t gap;      /* index in gaps, -1 none */
  double hours[VD_STATE_COUNT];
  double cause_hours
      [VD_CAUSE_COUNT];    /* of the hours not covered; a duplicated hour counts in VISITED_SELDOM too */
  float best_response_min; /* least response time in the window; INFINITY: none */
  int32_t best_responder;  /* index, -1 */
  int64_t last_visit_s;    /* latest passing or standing presence before the window's end; VD_TIME_MIN none */
  double certain_hours
      [VD_CERTAINTY_COUNT]; /* covered at worst; at best only; not even then. NaN: not worked out */
  uint8_t certainty; /* the longest of these, ties to the less certain; VD_CERTAINTY_COUNT: not worked out */
} vd_study_cell;

/* What would close a gap, worked out, not guessed. A measure's share is that of the gap's person-hours whose cause it
 * removes: help comes in time, or presence stays fresh. Deployments are worked out for the 40 heaviest gaps. */
typedef enum vd_closing_kind {
  VD_CLOSE_BASE,   /* a standing deployment at `lon,lat` with `vehicle` and `minutes` notice */
  VD_CLOSE_VISITS, /* the fewest, `count`, more visits in the window, e.g. by responder `name` (or NULL) */
  VD_CLOSE_RESTRICTION, /* lifting restriction `name` */
  VD_CLOSE_NIGHT,       /* a notice-to-move by night of at most `minutes` at `name` */
  VD_CLOSE_SPARE        /* sending the spare visit of patrol `name` here */
} vd_closing_kind;
typedef struct vd_closing {
  vd_closing_kind kind;
  const char *id, *name;
  int32_t count;   /* VISITS; SPARE: how many doubled visits that patrol makes */
  int32_t vehicle; /* BASE: vd_vehicle */
  double minutes, lon_deg, lat_deg;
  double share;     /* of the gap's person-hours, 0-1 */
  const char *text; /* one translated sentence */
} vd_closing;

/* One stretch of a route, along one road or off-road. */
typedef struct vd_leg {
  const char *road; /* road's name or number, NULL off-road or unnamed */
  int32_t ground;   /* vd_ground; -1 by air */
  int32_t crossing; /* vd_crossing */
  double length_m, minutes;
  const char *slowed_by; /* what slows it (restriction, night, wet season), translated, or NULL */
  vd_geom *line;         /* lon/lat */
} vd_leg;
typedef struct vd_route {
  double notice_min, travel_min; /* response time is their sum */
  const vd_leg *legs;
  size_t n_legs;
} vd_route;

/* Connected cells of one priority and main cause that are not covered; heaviest first. */
typedef struct vd_gap {
  char name[16]; /* "G-01", by weight */
  uint8_t priority, cause;
  double people;
  double person_hours;                          /* people x hours not covered */
  double weighted_person_hours;                 /* x priority weight: the order of gaps */
  double least_person_hours, most_person_hours; /* not covered at best, at worst; NaN: not worked out */
  double hours;                                 /* person_hours / people */
  double cause_share[VD_CAUSE_COUNT];           /* of person_hours */
  int32_t n_cells;
  double area_km2;
  double lon_deg, lat_deg; /* a place inside: the cell with most people */
  vd_geom *outline;        /* polygons with holes, lon/lat */
  const char *settlement;  /* nearest settlement's name, NULL none */
  double settlement_m;
  double settlement_azimuth_deg; /* from the settlement to the place */
  int32_t responder;             /* nearest base; when none reaches it, nearest patrol; -1 none */
  vd_route route;                /* of the nearest responder */
  int64_t last_visit_s;          /* of any of its cells */
  const char *last_visitor;
  const char *const *restrictions; /* ids of those that deny it */
  size_t n_restrictions;
  const char *const *threats; /* ids of threat areas */
  size_t n_threats;
  const vd_closing *closings;
  size_t n_closings;
} vd_gap;

/* People and hours of one priority (or of all); person-hours are over threat-active time. */
typedef struct vd_sums {
  double people;       /* living in cells under threat at some time of the window */
  double person_hours; /* people x threat-active hours */
  double by_state[VD_STATE_COUNT];
  double least_covered, most_covered; /* person-hours covered at worst, at best; NaN: not worked out */
} vd_sums;

/* What comes back when this restriction alone is lifted: person-hours covered again (they are no longer at risk), and
 * person-hours in which help would come in time again, visited or not. */
typedef struct vd_loss {
  const char *id, *name;
  double person_hours, weighted_person_hours;
  double in_time_person_hours;
} vd_loss;

/* Two actors that did not plan jointly, present in the same cells at the same time. */
typedef struct vd_duplicate {
  const char *patrol_a, *patrol_b; /* ids */
  const char *name_a, *name_b, *actor_a, *actor_b;
  int64_t from_s, to_s;
  double lon_deg, lat_deg; /* the shared cell with most people */
  const char *settlement;
  double person_hours; /* shared presence x people */
} vd_duplicate;

typedef struct vd_headline {
  int64_t from_s, to_s;
  double people_total; /* in the area */
  vd_sums all, by_priority[VD_PRIORITY_COUNT];
  double lost_person_hours, lost_weighted; /* lost to restrictions, all together */
  double lost_in_time;                     /* of it and more: person-hours in which help would come in time */
  int64_t n_gaps, n_patrols, n_occurrences, n_bases, n_restrictions;
  int64_t n_unsourced; /* default figures used without a published source */
  char input_hash[65];
} vd_headline;

/* Runs it. The landscape must be fresh for the plan and outlive the study; the plan may change afterwards.
 * Same plan, same landscape: same bytes on any number of threads. */
vd_status vd_study_run(const vd_plan *plan, const vd_landscape *landscape, const vd_study_options *options,
                       vd_jobs *jobs, const vd_progress *progress, vd_study **out);
void vd_study_free(vd_study *study);
void vd_study_cleanup(vd_study **study);

const vd_landscape *vd_study_landscape(const vd_study *study);
bool vd_study_is_quick(const vd_study *study);
/* Whether best and worst were worked out. */
bool vd_study_has_certainty(const vd_study *study);
const vd_headline *vd_study_headline(const vd_study *study);
const vd_study_cell *vd_study_cells(const vd_study *study, size_t *n);
const vd_gap *vd_study_gaps(const vd_study *study, size_t *n);
const vd_responder *vd_study_responders(const vd_study *study, size_t *n);
const vd_loss *vd_study_losses(const vd_study *study, size_t *n);          /* dearest first */
const vd_duplicate *vd_study_duplicates(const vd_study *study, size_t *n); /* dearest first */
const vd_note *vd_study_notes(const vd_study *study, size_t *n);           /* landscape's notes and its own */
/* The state of every cell of the grid at a time of the window: grid nx * ny bytes of vd_state. */
void vd_study_states_at(const vd_study *study, int64_t time_s, uint8_t *states);
/* The certainty of every cell of the grid at a time of the window: nx * ny bytes of vd_certainty, VD_CERTAINTY_COUNT where no
 * threat is active or nobody lives. Only when best and worst were worked out. */
void vd_study_certainty_at(const vd_study *study, int64_t time_s, uint8_t *certainty);
/* Least response time per grid cell in seconds over the window's best moment, UINT32_MAX beyond: for reach maps. NULL
 * in a quick study. */
const uint32_t *vd_study_best_response_s(const vd_study *study);

/* ---- one place explained ---- */
typedef struct vd_reach {
  int32_t responder;
  vd_light light;
  bool in_time, unreached;
  /* Response time at best and at worst at that time, notice included; INFINITY: beyond a day, or not there; NaN: not worked
   * out. */
  double best_min, worst_min;
  vd_route route; /* with restrictions as they stand when it is first available at that light in the window */
} vd_reach;
typedef struct vd_stay {                  /* somebody being near */
  const char *patrol, *name, *actor_name; /* a base's proximity zone: the base */
  int64_t from_s, to_s;
} vd_stay;
typedef struct vd_state_span {
  int64_t from_s, to_s;
  uint8_t state; /* VD_STATE_NONE while no threat is active */
} vd_state_span;
typedef struct vd_explanation {
  double lon_deg, lat_deg;
  int32_t cell; /* -1: outside the area */
  double people;
  int32_t ground;
  double elevation_m;
  const char *settlement;
  double settlement_m;
  int32_t priority; /* -1: no threat */
  const char *threat_name;
  double response_standard_min, revisit_standard_h;
  const vd_reach *
      reaches; /* by day then by night, quickest first: every base, the patrols' stops that are in time, and of each
                  patrol the quickest of the stretches that are */
  size_t n_reaches;
  const vd_stay *visits; /* in the window, in order; open ends are the window's */
  size_t n_visits;
  int64_t last_visit_s;
  const vd_state_span *spans; /* the window cut where the state changes */
  size_t n_spans;
  double certain_hours[VD_CERTAINTY_COUNT]; /* as of vd_study_cell; NaN: not worked out, or no threat */
  int32_t gap;                              /* -1 */
} vd_explanation;
/* Everything about one place, in the arena. `plan` is the plan the study ran on. */
vd_status vd_study_explain(const vd_study *study, const vd_plan *plan, double lon_deg, double lat_deg,
                           vd_arena *arena, vd_explanation **out);

#endif
