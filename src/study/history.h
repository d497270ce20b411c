/* history: the passes of patrols by any place, over windows of years, and the order of their departures.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_HISTORY_H
#define VEDETTE_SRC_STUDY_HISTORY_H

#include "study/model.h"

enum { VD_HISTORY_BACK_S = 366 * VD_DAY_S }; /* visits are looked for so long before a window */

/* Which patrols are meant: those that were driven, or those that are or were to be. Never both. */
typedef enum vd_driven { VD_DRIVEN, VD_TO_BE_DRIVEN } vd_driven;
bool vd_beat_is(const vd_model *model, const vd_beat *beat, vd_driven driven);

typedef struct vd_history {
  const vd_model *model;
  vd_box box; /* of the bins: square parts of the plane, row by row from the south-west */
  double bin_m;
  int32_t nx, ny;
  int32_t *start, *beats; /* per bin a row of beats that count as presence and may pass there, ascending */
} vd_history;

/* Of a model read by vd_model_read_history, which must outlive it; in the arena. */
void vd_history_index(vd_arena *arena, const vd_model *model, vd_history *out);
/* The passes by a place of the plane, by beat, offsets from departure, of beats with departures. */
typedef struct vd_passing {
  int32_t beat;
  int64_t enter_s, leave_s;
} vd_passing;
vd_passing *vd_history_passes(const vd_history *history, vd_arena *arena, const double *xy_m, size_t *n);

/* The latest visit by leaving time that began at or before time_s: when it left or, when it still goes on, time_s;
 * VD_TIME_MIN none. *beat (may be NULL) is who, -1 none. What a restriction stopped before is no visit. */
int64_t vd_history_last(const vd_history *history, const vd_passing *passes, size_t n, vd_driven driven,
                        int64_t time_s, int32_t *beat);
/* All visits that touch [from_s, to_s), by entering; in the arena. */
vd_visit *vd_history_visits(const vd_history *history, vd_arena *arena, const vd_passing *passes, size_t n,
                            vd_driven driven, int64_t from_s, int64_t to_s, size_t *n_visits);
/* The first departure at or after a time: index in beat->starts. */
size_t vd_beat_first_start(const vd_beat *beat, int64_t time_s);
void vd_visits_sort(vd_visit *visits, size_t n);

#endif
