/* run: what a study holds, and the steps that make it.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Steps: forces (who can answer, when) -> fields (least times, one solve for each distinct responder, light and set of
 * restrictions) -> stays (who was near, when) -> slices (a cell's window cut where its state changes) -> tallies, losses,
 * duplicates, gaps. */
#ifndef VEDETTE_SRC_STUDY_RUN_H
#define VEDETTE_SRC_STUDY_RUN_H

#include <stdatomic.h>

#include "study/model.h"
#include "vedette/core/times.h"

enum { VD_LIFT_NONE = -1, VD_LIFT_ALL = INT32_MAX, VD_FREE_SET = 0 /* the set without restrictions */ };

/* ---- who can answer ---- */

typedef struct vd_watch { /* available in these epochs, unless the patrol was stopped by `blocker` before */
  vd_run run;
  int32_t blocker;
} vd_watch;
typedef struct vd_force { /* a responder: parallel to the public list */
  double xy_m[2];
  int32_t vehicle, kind; /* vd_vehicle, vd_actor_kind */
  bool able[VD_LIGHT_COUNT], standing, escorted;
  uint32_t start_ms[VD_LIGHT_COUNT]; /* notice and pre-flight */
  vd_watch *watches;
  size_t n_watches, capacity;
} vd_force;

/* ---- the cells of a study ---- */

/* The cells under threat at some time in which people live, and what of them depends on the threat areas alone. Studies
 * with the same threat areas share it. */
typedef struct vd_cellset {
  atomic_int refs;
  vd_arena *arena;
  size_t n;
  int32_t *cells;                  /* of the grid, ascending */
  int32_t *index_of;               /* per grid cell: index, -1 */
  double *lonlat, *xy_m;           /* of their centres */
  int32_t *danger_start, *dangers; /* threat areas of each cell, rows of a list */
  uint8_t *priorities;             /* bits of those it has in the window */
  int32_t *threat;                 /* the first of the highest priority */
  int64_t n_small;                 /* threat areas that hold no centre of a cell */
} vd_cellset;
void vd_cellset_release(vd_cellset *set);

/* ---- least times ---- */

/* Costs of a vehicle at a light; those with restrictions are derived from those without. Shared like results. */
typedef struct vd_priced {
  atomic_int refs;
  vd_arena *arena;
  struct vd_priced *base; /* what it is derived from, NULL: without restrictions */
  vd_profile profile;
  vd_travel_costs *costs;
} vd_priced;
vd_priced *vd_priced_share(vd_priced *priced);
void vd_priced_release(vd_priced *priced);

/* What is kept of one solve. Studies that ask the same share it. */
typedef struct vd_result {
  atomic_int refs;
  vd_arena *arena;
  uint32_t cutoff_ms;
  uint32_t *ms;                            /* per cell of the study */
  uint8_t *mask;                           /* see vd_solve; NULL: not made */
  uint32_t standard_ms[VD_PRIORITY_COUNT]; /* that the mask was made with */
  bool stuck;                              /* nothing is reached but a few cells around */
  bool has_times;
  vd_travel_field times;      /* when they are kept: over all cells and nodes */
  vd_priced *priced;          /* of those times */
  vd_times *packed;           /* else, when they are wanted again: of the cells alone */
  size_t times_bytes;         /* of its own */
  struct vd_result *of_times; /* whose times they are; NULL: its own */
  int64_t counted;
} vd_result;
vd_result *vd_result_new(void);
/* Whether the times of all cells are kept, and they, unpacked into the arena where need be. */
static inline bool vd_result_has_cells(const vd_result *result) {
  return result->has_times || result->packed;
}
const uint32_t *vd_result_cell_ms(const vd_result *result, vd_arena *scratch, size_t n_grid);
vd_result *vd_result_share(vd_result *result);
void vd_result_release(vd_result *result);

/* Cells that are surely in time and that may be, as masks, under restrictions that were not solved. Shared like results. */
typedef struct vd_bound {
  atomic_int refs;
  vd_arena *arena;
  uint8_t *least, *most;
} vd_bound;
void vd_bound_release(vd_bound *bound);

typedef struct vd_bar_set { /* restrictions in force together, ascending */
  int32_t *bars;
  size_t n;
} vd_bar_set;
typedef struct vd_solve { /* one solve */
  double xy_m[2];
  uint32_t start_ms, cutoff_ms;
  uint32_t limit_ms; /* 0: the mask tells the response standards; else bit 0 tells this limit */
  int32_t set;
  uint8_t vehicle, light;
  vd_result *result; /* NULL: not solved yet */
  const uint8_t *
      mask; /* per cell of the study: bit p, within the response standard of priority p; NULL: not known yet */
  uint32_t *
      met_ms; /* per bar: it is not met sooner; VD_UNREACHED when not within the cut-off; NULL: not asked for */
  vd_bound *bound; /* in quick studies; NULL none */
  bool waits;      /* whether it must be solved is not decided yet */
  bool standing;   /* of a base */
  int32_t best_of; /* responder whose best times it counts in, -1 for what-if fields */
  int32_t next;    /* of the same place, vehicle, light and notice: index, -1 none */
} vd_solve;
typedef struct vd_situation { /* a responder at one light under one set of restrictions */
  int32_t force, light, set, blocker;
  int32_t field, free_field; /* with and without its restrictions */
  vd_runs runs;
} vd_situation;

/* ---- who was near ---- */

typedef struct vd_pass { /* of a patrol's track by a cell; offsets from its departure */
  int32_t beat;
  int64_t enter_s, leave_s;
} vd_pass;
/* The passes of all tracks by all cells, in rows by cell. Shared by studies with the same cells and tracks. */
typedef struct vd_passes {
  atomic_int refs;
  vd_arena *arena;
  int32_t *start;
  vd_pass *items;
} vd_passes;
/* Visits of two patrols that double each other, and one that could be spared, before they are told. */
typedef struct vd_pair {
  int32_t key[4]; /* beat and occurrence of the one that came first, of the other */
  int64_t from_s, to_s;
  double person_hours;
  float most_people;
  int32_t t; /* the shared cell with most people */
} vd_pair;
typedef struct vd_outing {
  int32_t beat, occurrence, t;
  int64_t time_s;
} vd_outing;
/* Shared by studies in which patrols pass alike. */
typedef struct vd_doubled {
  atomic_int refs;
  vd_arena *arena;
  vd_pair *pairs; /* dearest first */
  vd_outing *outings;
  size_t n_pairs, n_outings;
} vd_doubled;
void vd_passes_release(vd_passes *passes);
void vd_doubled_release(vd_doubled *doubled);

typedef struct
    vd_near { /* one visit in time: an occurrence of a patrol, or the standing presence of a base */
  int64_t enter_s, leave_s;
  int32_t beat, occurrence; /* or -1 - post, 0 */
  int32_t blocker;
} vd_near;

/* ---- a cell's window ---- */

typedef struct vd_slice {
  int64_t from_s, to_s;
  int8_t priority; /* -1: no threat */
  bool in_time, free_in_time, present;
  uint8_t state, cause; /* cause VD_CAUSE_COUNT when covered or no threat */
} vd_slice;
typedef struct vd_scenario {
  int32_t lifted;        /* VD_LIFT_NONE, VD_LIFT_ALL or a bar */
  const int32_t *fields; /* per situation, the field that counts besides its own; NULL: as it is */
} vd_scenario;

typedef struct vd_tally_cell { /* whole seconds by priority at the time */
  int64_t state_s[VD_PRIORITY_COUNT][VD_STATE_COUNT];
  int64_t cause_s[VD_CAUSE_COUNT];
} vd_tally_cell;

/* A visit that added nothing where it went: it came while another actor's visit was still fresh. */
typedef struct vd_spare {
  int32_t beat, occurrence;
  int64_t time_s;
  int32_t field; /* whose mask tells the cells it can turn aside to */
} vd_spare;

/* ---- what studies leave for the next ---- */

enum { VD_REMEMBERED = 5, VD_BEFORE_WHOLE = 0 }; /* the last whole study, and the last quick ones */
struct vd_study_memory {
  const vd_landscape *land;
  size_t max_bytes;    /* of times over all cells */
  atomic_size_t bytes; /* kept now */
  int64_t counting;
  vd_study *before[VD_REMEMBERED]; /* NULL none; quick ones from the latest */
  vd_priced *priced[VD_CASE_COUNT][VD_VEHICLE_COUNT][VD_LIGHT_COUNT]; /* NULL: not asked for yet */
};

struct vd_study {
  atomic_int refs; /* its owner's and the memory's */
  bool quick;
  vd_case assumed;
  /* Of a likely study: those of its best and worst case, its own; NULL: not worked out. They are quick, without gaps and
   * duplicates. Their `likely` bounds them: whom it covers best covers too, whom it does not worst does not. */
  vd_study *cases[VD_CASE_COUNT];
  const vd_study *likely;
  vd_study_memory *memory; /* while it runs */
  bool looked_back;
  struct vd_earlier *earlier[VD_REMEMBERED]; /* what memory.c compares it with */
  vd_priced *priced[VD_VEHICLE_COUNT][VD_LIGHT_COUNT];
  vd_arena *arena;
  vd_model *model;
  const vd_landscape *land;
  vd_headline headline;
  /* the study's cells */
  vd_study_cell *cells;
  vd_tally_cell *tallies;
  size_t n_cells;
  const vd_study
      *like;           /* while it runs: an earlier study whose cells are the same but for the changed ones */
  uint8_t *changed;    /* per cell; NULL: all */
  vd_cellset *cellset; /* the next lines are its own */
  const double *lonlat, *xy_m;
  const int32_t *index_of, *danger_start, *dangers;
  const uint8_t *priorities;
  vd_passes *passes_shared; /* the next two are its own */
  const int32_t *pass_start;
  const vd_pass *passes;
  int32_t *post_start, *posts;
  vd_doubled *doubled;
  /* response */
  vd_responder *responders;
  vd_force *forces;
  size_t n_responders, responders_capacity, forces_capacity;
  vd_bar_set *sets;
  size_t n_sets, sets_capacity;
  vd_solve *fields;
  size_t n_fields, fields_capacity;
  int32_t *field_heads; /* hash table of fields: the first with this hash, + 1; 0 none */
  size_t n_heads;
  vd_situation *situations;
  size_t n_situations, situations_capacity;
  uint64_t *epoch_bits; /* per situation a row of bits, set in its epochs */
  uint32_t *best_s;     /* per grid cell, rounded up */
  uint64_t *best_key;   /* per cell: ms << 32 | responder */
  uint64_t *base_key;   /* the same among bases */
  /* results */
  vd_gap *gaps;
  size_t n_gaps;
  vd_arena **gap_arenas; /* what gaps hold, one a gap */
  size_t n_gap_arenas;
  int32_t *gap_places; /* index of the cell with most people */
  struct vd_closing_aids *aids;
  vd_loss *losses;
  size_t n_losses;
  int32_t **regained_s; /* per bar: seconds per cell covered again when it alone is lifted; NULL none */
  int32_t **reached_s;  /* per bar: seconds per cell in time again; NULL none */
  vd_duplicate *duplicates;
  size_t n_duplicates;
  vd_spare *spares;
  size_t n_spares, spares_capacity;
  struct vd_spare_index *spare_index; /* spare.c */
};

/* Cells per work item where cells are shared out. */
enum { VD_CHUNK = 256 };
static inline int64_t vd_chunks(size_t n) {
  return (int64_t)((n + VD_CHUNK - 1) / VD_CHUNK);
}

void vd_study_end_run(vd_study *study);  /* study.c: forgets what it only needs while it runs */
void vd_run_find_cells(vd_study *study); /* cells.c: threatened cells with people */
/* cells.c: when some threat is active at a cell of the study; in the scratch arena. */
vd_intervals vd_cell_active(const vd_study *study, vd_arena *scratch, size_t t);
void vd_run_find_forces(vd_study *study); /* force.c */
vd_status vd_run_find_situations(vd_study *study, vd_jobs *jobs,
                                 const vd_progress *progress); /* situation.c */
/* bound.c: in a quick study gives a mask to the fields under restrictions that need not be solved: the cells in time are
 * told rightly by all masks together. */
vd_status vd_run_settle(vd_study *study, vd_jobs *jobs, const vd_progress *progress);
/* best.c: the least response time at each cell, and that of bases. */
vd_status vd_run_find_best(vd_study *study, vd_jobs *jobs);
vd_status vd_run_find_passes(vd_study *study, vd_jobs *jobs, const vd_progress *progress); /* near.c */
vd_status vd_run_find_duplicates(vd_study *study, vd_jobs *jobs,
                                 const vd_progress *progress);                        /* duplicate.c */
vd_status vd_run_tally(vd_study *study, vd_jobs *jobs, const vd_progress *progress);  /* tally.c */
vd_status vd_run_losses(vd_study *study, vd_jobs *jobs, const vd_progress *progress); /* loss.c */
vd_status vd_run_gaps(vd_study *study, vd_jobs *jobs, const vd_progress *progress);   /* gap.c */

/* ---- solve.c ---- */
/* The fields of the same place, vehicle, light and notice as `field` (perhaps of another study), one after the other; -1 no
 * more. */
int32_t vd_solve_first_like(const vd_study *study, const vd_solve *field);
int32_t vd_solve_next_like(const vd_study *study, const vd_solve *field, int32_t index);
/* Interns a set of bars (ascending). */
int32_t vd_set_intern(vd_study *study, const int32_t *bars, size_t n);
/* The field of a place, vehicle, notice, light and set; made when new, not yet solved. */
int32_t vd_solve_intern(vd_study *study, const vd_force *force, vd_light light, int32_t set,
                        uint32_t cutoff_ms, uint32_t limit_ms, int32_t best_of);
/* Solves all fields that are not solved yet. */
/* Notes bases whose vehicle gets no further than a few cells although no restriction holds it. */
void vd_solves_note_stuck(vd_study *study);
vd_status vd_solves_run(vd_study *study, vd_jobs *jobs, const vd_progress *progress, const char *what);
/* The times of a responder at a light without restrictions, with routes, over all cells; NULL when they are not kept. */
const vd_travel_field *vd_solve_kept(const vd_study *study, int32_t responder, vd_light light);
/* Costs of a vehicle at a light under a set; they live no longer than the study. */
vd_status vd_solve_costs(const vd_study *study, vd_arena *arena, int32_t vehicle, vd_light light, int32_t set,
                         vd_travel_costs **costs);
/* The effects of a set, in the arena; their zones are the model's. */
vd_travel_effect *vd_set_effects(const vd_study *study, vd_arena *arena, int32_t set, size_t *n);
/* Derive from a result's times what is kept of them: the mask of a field, and when its restrictions are met. */
uint8_t *vd_solve_mask(const vd_study *study, vd_arena *arena, const vd_solve *field, const uint32_t *ms);
uint32_t vd_solve_met_ms(const vd_study *study, int32_t bar, int32_t vehicle, const vd_travel_field *times);
/* The longest response standard of the priorities that occur. */
uint32_t vd_longest_standard_ms(const vd_study *study);

/* ---- best.c: over the grid; not of quick studies ---- */
/* Of each worker, nothing reached yet; counts a field in; joins them to the study's. */
uint32_t **vd_best_new(const vd_study *study, vd_arena *scratch, int n_workers);
void vd_best_add(const vd_study *study, const vd_solve *field, const uint32_t *cell_ms, uint32_t *grid_ms);
void vd_best_merge(vd_study *study, uint32_t *const *best, int n_workers);

/* certain.c: runs the best and the worst case, and tells from them how certain it is who is covered. */
vd_status vd_run_certainty(vd_study *study, vd_jobs *jobs, const vd_progress *progress);
/* Of a responder at a light at an epoch to a grid cell under a case; VD_UNREACHED: not within a day, or not there. Bounded by
 * that of the likely study. */
vd_status vd_case_response_ms(const vd_study *of_case, int32_t responder, vd_light light, int32_t epoch,
                              int32_t cell, uint32_t likely_ms, uint32_t *ms);

/* ---- memory.c ---- */
/* The i-th of VD_REMEMBERED studies that one that runs may take over from; NULL none. */
const vd_study *vd_memory_before(const vd_study *study, int i);
/* Answers the fields that an earlier study has solved. */
void vd_memory_recall(vd_study *study);
/* What an earlier study tells of a field: the answer under a part of its restrictions, and when at the soonest one of the
 * others is met. False: nothing. `free` is the field without restrictions. */
typedef struct vd_part_answer {
  const uint8_t *mask;
  const uint32_t *ms;
  uint32_t met_ms;
} vd_part_answer;
/* What an earlier study found for the same field, with one more owner; NULL: nothing. */
vd_bound *vd_memory_bound(const vd_study *study, const vd_solve *field);
/* The result with the kept times of an earlier study under the most of a field's restrictions; NULL: none. */
vd_result *vd_memory_times(const vd_study *study, const vd_solve *field, const vd_solve *free);
bool vd_memory_part(const vd_study *study, int which, const vd_solve *field, const vd_solve *free,
                    vd_part_answer *part);
/* Gives the study the costs of all vehicles and lights that its fields travel with, made where they are missing. */
vd_status vd_memory_price(vd_study *study, vd_jobs *jobs);
/* Room for the times over all cells and nodes of one more field; false: there is none. */
bool vd_memory_reserve(vd_study_memory *memory, size_t bytes);
/* Keeps the study for the next one. */
void vd_memory_keep(vd_study_memory *memory, vd_study *study);

/* ---- near.c ---- */
/* Whether somebody is ever near a cell, stopped or not. Best and worst look at no other cells: without presence none is covered. */
static inline bool vd_cell_is_visited(const vd_study *study, size_t t) {
  return study->post_start[t] < study->post_start[t + 1] || study->pass_start[t] < study->pass_start[t + 1];
}
/* All visits near a cell of the study, by entering time; in the scratch arena. */
vd_near *vd_cell_nears(const vd_study *study, vd_arena *scratch, size_t t, size_t *n);
/* The same for any place. */
vd_near *vd_place_nears(const vd_study *study, vd_arena *scratch, double lon_deg, double lat_deg, size_t *n);
/* Whether a visit counts as presence in a scenario. */
bool vd_near_counts(const vd_model *model, const vd_near *near, int32_t lifted);

/* ---- timeline.c ---- */
typedef struct vd_span { /* of the window, with one response throughout */
  int64_t from_s, to_s;
  int8_t priority; /* -1: no threat */
  bool in_time, free_in_time;
} vd_span;
typedef struct vd_timeline { /* spans fill the window */
  vd_span *spans;
  size_t n;
  bool occurs[VD_PRIORITY_COUNT];      /* at some time of the window */
  bool other_hours[VD_PRIORITY_COUNT]; /* in time in some epoch of the window */
} vd_timeline;
/* Words in a row of bits, one bit an epoch; the rows of the situations. */
size_t vd_epoch_words(const vd_study *study);
void vd_run_mark_epochs(vd_study *study);
vd_timeline vd_timeline_of(const vd_study *study, vd_arena *scratch, size_t t, const vd_scenario *scenario);
/* Calls for cells[from..to) of the study, by index in `cells`, with the timeline of each; cells that stand together
 * mostly share one, which is then made once. Not in order. */
void vd_each_timeline(const vd_study *study, const vd_scenario *scenario, const int32_t *cells, size_t from,
                      size_t to, void (*call)(void *context, size_t index, const vd_timeline *line),
                      void *context);
/* Parts at most VD_CHUNK cells of the study into classes of those that have the same threats and are in time of the same
 * situations; their number, and the class of each. */
size_t vd_part_cells(const vd_study *study, const vd_scenario *scenario, const int32_t *cells, size_t n,
                     uint16_t *class_of);
bool vd_situation_counts(const vd_situation *situation, int32_t lifted);

/* ---- slice.c ---- */
vd_slice *vd_timeline_slices(const vd_study *study, vd_arena *scratch, const vd_timeline *line,
                             int32_t lifted, const vd_near *nears, size_t n_nears, size_t *n);
vd_slice *vd_cell_slices(const vd_study *study, vd_arena *scratch, size_t t, const vd_scenario *scenario,
                         const vd_near *nears, size_t n_nears, size_t *n);

/* ---- change.c ---- */
/* Whether the patrols of two studies go the same ways; whether they also double each other alike. */
bool vd_same_tracks(const vd_study *a, const vd_study *b);
bool vd_same_visits(const vd_study *a, const vd_study *b);
/* Marks the cells whose window may differ from that in an earlier study; false: they cannot be compared. */
bool vd_find_changed(const vd_study *now, const vd_study *before, uint8_t *marks);

/* ---- spare.c ---- */
/* The spare visits that can turn aside to a cell, in order of time; those of one time in order of patrols. */
typedef struct vd_spare_windows {
  const vd_study *study;
  const vd_spare **items;
  size_t n;
} vd_spare_windows;
/* Notes for each cell which spare visits can turn aside to it; when their fields are solved. */
void vd_run_index_spares(vd_study *study);
vd_spare_windows vd_spares_at(const vd_study *study, vd_arena *scratch, size_t t);
/* Seconds of a slice that they could have kept present, all together. */
int64_t vd_spare_seconds(const vd_spare_windows *spares, const vd_slice *slice);
/* Of each patrol: adds `people` times the seconds that its spare visits could have kept present to its sum. */
typedef struct vd_spare_sums {
  double *sums;     /* per beat */
  int64_t *end_s;   /* per beat, at hand while adding: VD_TIME_MIN before and after */
  int64_t *seconds; /* per beat, at hand while adding: 0 before and after */
} vd_spare_sums;
void vd_spare_add(const vd_spare_windows *spares, const vd_slice *slice, double people,
                  const vd_spare_sums *to);

/* ---- tally.c ---- */
/* The latest presence before the window's end, VD_TIME_MIN none; *which (may be NULL) its index. */
int64_t vd_last_visit_s(const vd_study *study, const vd_near *nears, size_t n, size_t *which);

/* ---- closing.c ---- */
typedef struct vd_closing_aids vd_closing_aids; /* what all gaps share: costs, times by night */
vd_status vd_gap_prepare_closings(vd_study *study, vd_jobs *jobs);
/* What would close a gap, and which restrictions deny it; `cells` are its grid cells. */
vd_status vd_gap_find_closings(vd_study *study, vd_arena *arena, int32_t gap, const int32_t *cells);

/* ---- route.c ---- */
typedef struct vd_route_wanted {
  int32_t cell;     /* of the grid */
  uint32_t only_ms; /* wanted only when the response time is this; 0: whatever it is */
  vd_arena *arena;  /* for the route's legs */
  vd_route *route;  /* set when found */
  bool found;
  uint32_t total_ms; /* response time, VD_UNREACHED none */
} vd_route_wanted;
/* The ways of a responder to grid cells at a light under a set of restrictions; those already found are left alone. */
vd_status vd_route_find(const vd_study *study, int32_t responder, vd_light light, int32_t set,
                        vd_route_wanted *wanted, size_t n);
/* Which restrictions of a set act on the way that the responder would take without any. */
vd_status vd_route_meets(const vd_study *study, int32_t responder, vd_light light, int32_t cell, int32_t set,
                         int32_t *bars, size_t *n);
/* The routes of the gaps' nearest responders. */
vd_status vd_run_routes(vd_study *study, vd_jobs *jobs, const vd_progress *progress);

#endif
