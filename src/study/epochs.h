/* epochs: the window cut at every instant at which anything that decides a response time changes.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Within an epoch the light, the restrictions in force, the threat areas that are active and the responders that are
 * available stay the same, so everything about response is a function of the epoch's number. */
#ifndef VEDETTE_SRC_STUDY_EPOCHS_H
#define VEDETTE_SRC_STUDY_EPOCHS_H

#include <stdbool.h>

#include "vedette/base/arena.h"
#include "vedette/base/terms.h"
#include "vedette/base/units.h"

typedef struct vd_epochs {
  vd_arena *arena;
  int64_t from_s, to_s; /* the window */
  int64_t *start_s;     /* n + 1 entries, start_s[n] == to_s */
  size_t n, capacity;
  uint8_t *light; /* vd_light per epoch */
} vd_epochs;

/* A run of epochs [from, to) by number. */
typedef struct vd_run {
  int32_t from, to;
} vd_run;
typedef struct vd_runs {
  vd_run *items;
  size_t n, capacity;
} vd_runs;

/* Local minutes of the day [from, to) are light; from > to: over midnight; from == to: never dark. */
typedef struct vd_daylight {
  int32_t from_min, to_min;
  int32_t utc_offset_s;
} vd_daylight;
vd_light vd_daylight_at(const vd_daylight *day, int64_t time_s);

/* First cut at every instant, then finish (sorts, drops what lies outside, sets the light). */
vd_epochs *vd_epochs_new(vd_arena *arena, int64_t from_s, int64_t to_s);
void vd_epochs_cut(vd_epochs *epochs, int64_t time_s);
void vd_epochs_finish(vd_epochs *epochs, const vd_daylight *day);
/* The epoch that holds an instant of the window; -1 outside. */
int32_t vd_epochs_at(const vd_epochs *epochs, int64_t time_s);
/* The epochs within [from_s, to_s), which was cut at; empty when it misses the window. */
vd_run vd_epochs_between(const vd_epochs *epochs, int64_t from_s, int64_t to_s);
/* Adds a run after the others, joined to the last one when they touch or overlap. */
void vd_runs_add(vd_arena *arena, vd_runs *runs, vd_run run);

#endif
