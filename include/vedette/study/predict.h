/* predict: how well a watcher foretells when nobody comes to a place or when a unit is out, and which departures to move.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Of the plan's last weeks before a time (core/predict.h says what is measured). A place is a settlement or site with a name;
 * a visit is a patrol that counts as presence passing within its influence radius. A threat area is visited when a
 * settlement or site in it is. A unit is a patrol (records that executed one planned patrol are one unit) or an actor;
 * it is seen from each departure to the return. Executed patrols only, or planned and approved ones only: never both.
 *
 * Moves are looked for among the patrols that are regular or clockwork. They are told for the same weeks: the scores before
 * and after say what the watcher would make of them had the departures been moved so. A departure moves by whole hours,
 * and days, such that
 * - a tour that was by day altogether stays by day, one by night by night;
 * - tours of the patrol keep their order, do not overlap, and stay in the weeks;
 * - at no settlement or site in a threat area active in the weeks does the longest time without a visit, of all patrols together,
 *   become longer than the revisit standard of the highest priority there or than it was, whichever is longer.
 * Whether crews and vehicles are free then is for the schedule's check to say. */
#ifndef VEDETTE_STUDY_PREDICT_H
#define VEDETTE_STUDY_PREDICT_H

#include "vedette/core/predict.h"
#include "vedette/study/landscape.h"

typedef struct vd_predict_options {
  int64_t
      to_s; /* the weeks end at the last local midnight at or before it; 0: the end of the plan's window */
  int32_t weeks;     /* 0: the standard watcher.weeks */
  double confidence; /* 0: the standard watcher.confidence */
  bool planned;      /* planned and approved patrols instead of executed ones */
  bool without_moves;
} vd_predict_options;

typedef struct vd_watched_row {
  vd_kind kind; /* settlement, site, threat area; patrol, actor */
  const char *id, *name;
  const char *actor;       /* of a patrol: its actor's name; NULL else */
  double lon_deg, lat_deg; /* NaN of units */
  int32_t priority; /* of a place: the highest of the threat areas active in the weeks there, -1 none */
  vd_habit habit;
} vd_watched_row;

typedef struct vd_moved_departure {
  int32_t unit; /* index in units */
  int64_t departs_s, moved_s;
} vd_moved_departure;
typedef struct vd_rescored { /* a patrol for which moves were looked for */
  int32_t unit;
  double before, after; /* scores; equal when no move helps */
  size_t first_move, n_moves;
} vd_rescored;

typedef struct vd_predictability {
  int64_t from_s, to_s; /* the weeks */
  int32_t weeks;
  double confidence;
  vd_watched_row *places,
      *units; /* with a visit or departure; most foretellable first, too few to tell last */
  size_t n_places, n_units;
  int64_t n_unvisited;   /* settlements, sites and threat areas without a visit: not foretold, unknown */
  vd_rescored *rescored; /* in the order of units */
  vd_moved_departure *moves;
  size_t n_rescored, n_moves;
  vd_note *notes;
  size_t n_notes;
} vd_predictability;

/* Everything in the arena. VD_ERR_INPUT when there are not weeks from VD_PREDICT_LEAST_WEEKS to VD_PREDICT_MOST_WEEKS or the
 * confidence is not between 0 and 1; VD_ERR_CANCELLED. */
vd_status vd_predict_run(vd_arena *arena, const vd_plan *plan, const vd_landscape *landscape,
                         const vd_predict_options *options, vd_jobs *jobs, const vd_progress *progress,
                         vd_predictability *out);

#endif
