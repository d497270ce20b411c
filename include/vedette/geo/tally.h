/* tally: what an import read, took, changed and dropped, each reason with its first row or feature id.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_GEO_TALLY_H
#define VEDETTE_GEO_TALLY_H

#include <stdbool.h>

#include "vedette/base/arena.h"

typedef struct vd_tally_line {
  const char *reason; /* translated sentence part: "no position", "outline crosses itself: repaired" */
  bool dropped;       /* else taken, but changed */
  int64_t count;
  int64_t first;       /* row or feature id of the first one */
  const char *example; /* what stood there, cleaned and shortened; NULL none */
} vd_tally_line;

/* Start from {.arena = a}. NULL as tally is allowed in all functions. */
typedef struct vd_tally {
  vd_arena *arena;
  int64_t n_read, n_taken, n_dropped;
  vd_tally_line *lines; /* in the order in which the reasons appeared */
  size_t n_lines, capacity;
} vd_tally;

void vd_tally_read(vd_tally *tally);
void vd_tally_take(vd_tally *tally);
/* Counts one dropped record under `reason`; at most 200 reasons are told apart, the rest is counted as "other reasons". */
void vd_tally_drop(vd_tally *tally, int64_t id, const char *reason, const char *example);
/* Counts one record that was changed on the way in, and is taken. */
void vd_tally_change(vd_tally *tally, int64_t id, const char *reason, const char *example);
/* Adds the counts of `more` to `tally`. */
void vd_tally_join(vd_tally *tally, const vd_tally *more);
/* A table for people: "read 5353, taken 5340, dropped 13" and a line a reason. */
char *vd_tally_text(vd_arena *arena, const vd_tally *tally);

#endif
