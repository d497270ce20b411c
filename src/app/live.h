/* live: the plan studied coarsely while something in it is being moved.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A copy of the plan on a landscape of larger cells, kept ready beside the window's own study: a quick study of it takes
 * milliseconds, the exact one follows when the move ends. */
#ifndef VEDETTE_APP_LIVE_H
#define VEDETTE_APP_LIVE_H

#include "vedette/study/study.h"

typedef struct vd_live vd_live;
/* As vd_results_new. */
vd_live *vd_live_new(bool background, int n_threads, void (*wake)(void *context), void *context);
void vd_live_free(vd_live *live);
/* Makes ready for the plan as it is now, when it is not yet: the landscape and a first study. `exact` is the landscape of
 * the window's own study. Returns at once. */
void vd_live_prepare(vd_live *live, const vd_plan *plan, const vd_landscape *exact);
/* Wants a base elsewhere; a place wanted before and not looked at yet is forgotten. */
void vd_live_move(vd_live *live, const char *base, double lon_deg, double lat_deg);
/* Ends the move: studies from now on stand for the plan as prepared again. */
void vd_live_end(vd_live *live);
/* True when there is a new study of a move; the one before stays until vd_live_release_old. */
bool vd_live_poll(vd_live *live);
void vd_live_release_old(vd_live *live);
/* Of the latest place looked at; NULL before. Borrowed. */
const vd_study *vd_live_study(const vd_live *live);
/* The edge of its cells; 0 when they are those of the exact study. */
double vd_live_cell_m(const vd_live *live);
/* Something is being made ready or looked at. */
bool vd_live_busy(vd_live *live);

#endif
