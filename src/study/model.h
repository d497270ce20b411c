/* model: what a study reads from the plan, copied, put in order and laid on the landscape.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything is in the study's arena, so that the plan may change while the study lives. */
#ifndef VEDETTE_SRC_STUDY_MODEL_H
#define VEDETTE_SRC_STUDY_MODEL_H

#include "study/epochs.h"
#include "study/land.h"
#include "vedette/core/presence.h"
#include "vedette/study/study.h"

typedef struct vd_party { /* an actor; the last one stands for records that name none */
  const char *id, *name;
  int32_t kind;
  bool counts;           /* as presence */
  int32_t due_diligence; /* 0 not rated .. 3 elevated */
} vd_party;

typedef struct vd_post { /* a base: standing presence, and a responder when it has a reaction force */
  const char *id, *name;
  int32_t party; /* index in parties */
  double lon_deg, lat_deg, xy_m[2], radius_m;
  int64_t from_s, to_s;
  int32_t vehicle;
  bool responds;
  double notice_s[VD_LIGHT_COUNT]; /* NaN: never at that light */
} vd_post;

typedef struct vd_halt { /* a stop of a patrol; times count from its departure */
  double xy_m[2], lon_deg, lat_deg;
  int64_t arrive_s, depart_s;
  const char *id, *name;         /* of the stop; borrowed from the plan while it is read */
  double arrive_min, depart_min; /* as the plan says, NaN not at all */
  size_t at;                     /* index in the track where it arrives; it leaves at the next */
} vd_halt;

/* A piece of the way between stops: a patrol that is called within it goes on to the piece's end before it turns aside. */
typedef struct vd_stretch {
  double xy_m[2], lon_deg, lat_deg; /* of its end */
  int64_t from_s, to_s;             /* from departure */
} vd_stretch;

/* Between these offsets from departure the patrol is where a restriction blocks. */
typedef struct vd_stoppage {
  int32_t bar;
  int64_t from_s, to_s;
} vd_stoppage;

typedef struct vd_beat { /* a patrol: its track, and when it starts */
  const char *id, *name;
  int32_t party;
  int32_t *partners; /* indices in parties */
  size_t n_partners;
  int32_t vehicle, state;
  bool responds, escorted;
  double influence_m;
  vd_track_point *track; /* times from departure */
  size_t n_track;
  vd_halt *halts;
  size_t n_halts;
  vd_stretch *stretches; /* of one that responds, when there are epochs or they were found since */
  size_t n_stretches;
  int64_t duty_s;  /* from departure to return */
  int64_t *starts; /* occurrences that may matter, in order */
  size_t n_starts;
  vd_stoppage *stoppages; /* where restrictions would stop it, by offset */
  size_t n_stoppages;
} vd_beat;

typedef struct vd_bar { /* a restriction that changes movement within the window or before */
  const char *id, *name;
  int64_t from_s, to_s;
  int64_t unknown_from_s;   /* its road's state is not known since; it stays in force. VD_TIME_MAX: known */
  unsigned vehicles, kinds; /* bits of vd_vehicle and vd_actor_kind it applies to */
  bool escort; /* who has an escort passes; others wait delay_ms for one, and planned patrols are stopped */
  vd_effect effect;
  double slow;
  uint32_t delay_ms;
  const vd_geom *plane; /* its shape in the plane */
  double radius_m;      /* it acts within this of points and lines */
  double precision_m;   /* its place is known to this; 0: as drawn, a polygon or a road */
  vd_box near;          /* nowhere outside of it */
  const char *road;     /* the record of the road it closes, NULL none */
  const vd_travel_zone **zones;
  size_t n_zones;
  double lon_deg, lat_deg;
} vd_bar;

typedef struct vd_danger { /* a threat area */
  const char *id, *name;
  uint8_t priority;
  int32_t perpetrator;  /* index in vd_perpetrator_words, -1 none named */
  const vd_geom *plane; /* NULL none */
  int64_t *pairs;       /* active [from, to) pairs in the window */
  size_t n_pairs;
  vd_runs runs; /* epochs in which it is active */
} vd_danger;

typedef struct vd_figures { /* the standards */
  uint32_t response_ms[VD_PRIORITY_COUNT];
  int64_t revisit_s[VD_PRIORITY_COUNT];
  double weight[VD_PRIORITY_COUNT];
  double influence_m, restriction_radius_m;
  int64_t presence_full_s;
  int64_t on_task_step_s; /* longest stretch of the way; 0: patrols answer from their stops alone */
  double helicopter_kmh;
  uint32_t helicopter_preflight_ms, ford_ms, ferry_ms;
  vd_daylight day;
  vd_speed_rules rules[VD_VEHICLE_COUNT];
  double factor[VD_CASE_COUNT][VD_VEHICLE_COUNT][VD_GROUND_COUNT]; /* what the case makes of a likely speed */
} vd_figures;

typedef struct vd_town { /* a settlement with a name */
  const char *name;
  double lon_deg, lat_deg, xy_m[2];
} vd_town;

typedef struct vd_model {
  vd_arena *arena;
  const vd_landscape *land;
  vd_transform *to_plane; /* while reading, and while stretches are found */
  int64_t from_s, to_s;
  int64_t seen_from_s; /* earlier visits do not matter */
  int64_t look_back_s; /* visits matter at least so long before the window */
  bool past;
  bool all_states; /* patrols of every state are read */
  vd_season season;
  int32_t utc_offset_s;
  vd_figures figures;
  vd_party *parties;
  size_t n_parties;
  vd_post *posts;
  size_t n_posts;
  vd_beat *beats;
  size_t n_beats;
  vd_bar *bars;
  size_t n_bars;
  vd_danger *dangers; /* one per threat area of the plan, in its order */
  size_t n_dangers;
  vd_town *towns;
  size_t n_towns;
  vd_epochs *epochs;
  vd_note *notes;
  size_t n_notes, notes_capacity;
  int64_t n_patrols, n_occurrences, n_unsourced, n_restrictions, n_bases;
} vd_model;

/* Reads the plan; the epochs are finished by then. */
vd_status vd_model_read(const vd_plan *plan, const vd_landscape *land, const vd_study_options *options,
                        const vd_progress *progress, vd_arena *arena, vd_model **out);
/* For what looks at single instants of a window of any length: visits are known from look_back_s before it, patrols in every
 * state that was or is to be driven are there (see vd_beat.state), and there are no epochs. */
vd_status vd_model_read_history(const vd_plan *plan, const vd_landscape *land, int64_t from_s, int64_t to_s,
                                int64_t look_back_s, const vd_progress *progress, vd_arena *arena,
                                vd_model **out);
/* The patrols alone, of every state (`past`: executed ones), with the departures in [seen_from_s, to_s); no epochs. It borrows
 * names from the plan. */
vd_status vd_model_read_patrols(const vd_plan *plan, const vd_landscape *land,
                                const vd_study_options *options, int64_t look_back_s, vd_arena *arena,
                                vd_model **out);
/* `text` is copied. */
void vd_model_note(vd_model *model, const char *text, int64_t count, double lon_deg, double lat_deg);

/* vary.c: the model as another case has it, in the arena; it shares the rest with the likely one, which must outlive it. Who goes
 * where and when is the same, and so are the epochs and the numbers of all things. No notes. */
vd_model *vd_model_vary(const vd_model *likely, vd_case assumed, vd_arena *arena);

/* ---- the parts of vd_model_read, by file ---- */
void vd_model_read_figures(vd_model *model, const vd_plan *plan);    /* figures.c */
vd_status vd_model_read_bars(vd_model *model, const vd_plan *plan);  /* bar.c */
vd_status vd_model_read_beats(vd_model *model, const vd_plan *plan); /* beat.c */

/* The way of a patrol before it has times. */
typedef struct vd_way_point {
  double x_m, y_m;
  int32_t halt;  /* index of the stop here, -1 none */
  double need_s; /* time from the point before, by the vehicle's speed */
} vd_way_point;
typedef struct vd_way {
  vd_way_point *points;
  size_t n, capacity;
} vd_way;
/* Finds ways between stops over the network, for patrols whose route is not drawn; keeps costs between calls. */
typedef struct vd_way_finder {
  vd_model *model;
  vd_arena *arena;
  vd_travel_costs *costs[VD_VEHICLE_COUNT];
  int64_t n_straight; /* legs for which no way was found */
  double lon_deg, lat_deg;
} vd_way_finder;
/* Seconds per metre of a vehicle on the road, by day. */
double vd_way_pace(const vd_model *model, int32_t vehicle);
/* Adds the points after `from` up to `to`, its halt set on the last. */
vd_status vd_way_between(vd_way_finder *finder, vd_way *way, int32_t vehicle, const vd_halt *from,
                         const vd_halt *to, int32_t halt); /* way.c */
/* The drawn line with the stops put in at their nearest places, in order. */
void vd_way_along(vd_model *model, vd_way *way, const vd_geom *plane, const vd_halt *halts, size_t n_halts,
                  int32_t vehicle); /* way.c */
/* The track that a receiver recorded, with its halts; false when the patrol has none that fits its route. */
bool vd_beat_take_track(vd_model *model, const vd_patrol *patrol, vd_beat *beat); /* traced.c */
/* Departures of planned patrols of which a record tells how they went: executed ones are counted as that record, obstructed and
 * cancelled ones did not take place. */
typedef struct vd_told_departures {
  const vd_patrol **records; /* by the patrol and departure they name */
  size_t n;
} vd_told_departures;
vd_told_departures vd_told_departures_of(vd_arena *arena, const vd_plan *plan); /* traced.c */
void vd_beat_drop_told(vd_beat *beat, const vd_told_departures *told);
/* Cuts the ways between stops into stretches; takes model->to_plane. */
void vd_beat_find_stretches(vd_model *model, vd_beat *beat); /* stretch.c */
/* Where restrictions that block would stop the patrol. */
void vd_beat_find_stoppages(vd_model *model, vd_beat *beat); /* stoppage.c */
/* Where its track is in restrictions that apply to it, by restriction, then time; with `stops` in those alone that stop it. */
vd_stoppage *vd_beat_passages(const vd_model *model, vd_arena *arena, const vd_beat *beat, bool stops,
                              size_t *n); /* stoppage.c */
/* Whether a restriction is in force when an occurrence is there. */
static inline bool vd_passage_meets(const vd_stoppage *passage, const vd_bar *bar, int64_t start_s) {
  return start_s + passage->to_s >= bar->from_s && start_s + passage->from_s < bar->to_s;
}
/* Who stops an occurrence before `offset_s`: -1 nobody, a bar's index, VD_BLOCKED_BY_MANY. */
enum { VD_BLOCKED_BY_NOBODY = -1, VD_BLOCKED_BY_MANY = INT32_MAX };
int32_t vd_beat_blocker(const vd_model *model, const vd_beat *beat, int64_t start_s, int64_t offset_s);

/* The profile of a vehicle at a light, in the plan's season. */
vd_profile vd_model_profile(const vd_model *model, vd_vehicle vehicle, vd_light light);
/* Index of the party with the id; the last one when there is none. */
int32_t vd_model_party(const vd_model *model, const char *id);
/* Whether two parties' visits were planned apart: `b` differs and is no partner of the beat. */
bool vd_beat_plans_with(const vd_beat *beat, int32_t party);
/* The nearest town to a place, told in lon/lat and in the plane; -1 when there is none; *distance_m (may be NULL) from
 * it, geodesic. */
int32_t vd_model_nearest_town(const vd_model *model, const double *lonlat, const double *xy_m,
                              double *distance_m);
/* Finds where a restriction acts from its shape, radius and road. bar.c */
void vd_bar_lay(vd_model *model, vd_bar *bar);
/* Whether a restriction acts at a point of the plane. */
bool vd_bar_acts_at(const vd_bar *bar, double x_m, double y_m);
/* Whether a restriction applies to a vehicle of an actor of the kind, with an escort or without. */
static inline bool vd_bar_applies(const vd_bar *bar, int32_t vehicle, int32_t kind, bool escorted) {
  return (bar->vehicles >> vehicle & 1u) != 0 && (bar->kinds >> kind & 1u) != 0 && !(bar->escort && escorted);
}
/* Whether two restrictions, of studies on one landscape, do the same to movement at the same places. */
bool vd_bar_same_effect(const vd_bar *a, const vd_bar *b);
/* The epochs in which a restriction is in force. */
vd_run vd_bar_run(const vd_model *model, const vd_bar *bar);

#endif
