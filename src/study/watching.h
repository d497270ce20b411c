/* watching: what a watcher sees of places and units, for scores and for moves.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_WATCHING_H
#define VEDETTE_SRC_STUDY_WATCHING_H

#include "study/history.h"
#include "vedette/study/predict.h"

typedef struct vd_watched_place {
  double xy_m[2];
  vd_passing *passes; /* of the patrols meant */
  size_t n_passes;
} vd_watched_place;

typedef struct vd_tour { /* a departure of a patrol, and its return */
  int32_t beat;
  int64_t departs_s, returns_s;
} vd_tour;

typedef struct vd_watching {
  vd_arena *arena;   /* of the results */
  vd_arena *scratch; /* of this thread */
  const vd_model *model;
  vd_history history;
  vd_driven driven;
  vd_predictability *out;
  vd_watched_place *places; /* parallel to the rows of settlements and sites in `seen` */
  vd_watched_row *seen;     /* settlements and sites, then threat areas */
  size_t n_places, n_seen;
  vd_tour **tours; /* per row of out->units: in the weeks, by departure */
  size_t *n_tours;
  const vd_progress *progress;
} vd_watching;

typedef struct vd_unit { /* before they are in order */
  vd_watched_row row;
  vd_tour *tours;
  size_t n_tours;
} vd_unit;
typedef struct vd_units {
  vd_unit *items;
  size_t n, capacity;
} vd_units;

static inline vd_sightings vd_watching_sightings(const vd_watching *w, const vd_visit *visits, size_t n) {
  return (vd_sightings){visits, n, w->out->to_s, w->model->utc_offset_s, w->out->weeks};
}

/* predict_units.c: the units that depart in the weeks, with their habits; names are the model's and the plan's. */
vd_status vd_find_units(vd_watching *w, const vd_plan *plan, vd_jobs *jobs, vd_units *out);
/* What is seen of tours: the unit is out. In the arena. */
vd_habit vd_tours_habit(const vd_watching *w, vd_arena *arena, const vd_tour *tours, size_t n);
/* predict_moves.c: when the units are in order. */
vd_status vd_find_moves(vd_watching *w, vd_jobs *jobs);

#endif
