/* results: the landscape, the study and the prepared map, worked out beside the window.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Three steps, each shown as soon as it is there: the plan's map, then states and gaps, then what restrictions cost.
 * What is shown stays whole until its successor is complete. */
#ifndef VEDETTE_APP_RESULTS_H
#define VEDETTE_APP_RESULTS_H

#include "vedette/carto/map.h"

typedef struct vd_results vd_results;
/* n_threads for the study's own work; `background` false: vd_results_start does all before it returns (tests). */
vd_results *vd_results_new(bool background, int n_threads, void (*wake)(void *context), void *context);
void vd_results_free(vd_results *results);
/* Starts over with a copy of the plan as it is now; what was under way is cancelled. `past`: executed patrols only. */
void vd_results_start(vd_results *results, const vd_plan *plan, bool past);
void vd_results_cancel(vd_results *results);
/* Takes over what is ready. True when there is something new to show: then study and data have changed. */
bool vd_results_poll(vd_results *results);
/* Releases what the last poll replaced: after tiles no longer use it. */
void vd_results_release_old(vd_results *results);

/* Borrowed until release_old after the poll that replaces them; NULL while not there. */
const vd_study *vd_results_study(const vd_results *results);
const vd_map_data *vd_results_data(const vd_results *results);
const vd_landscape *vd_results_landscape(const vd_results *results);
/* The plan as the study saw it. */
const vd_plan *vd_results_plan(const vd_results *results);
bool vd_results_complete(const vd_results *results); /* with the losses */
bool vd_results_past(const vd_results *results);
/* What is under way; false when nothing. share 0..1, negative unknown; `what` is copied. */
bool vd_results_busy(vd_results *results, char *what, size_t size, double *share);
/* The sentence of the last failure, NULL when none; borrowed until the next start. */
const char *vd_results_trouble(const vd_results *results);

#endif
