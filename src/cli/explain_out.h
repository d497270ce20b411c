/* explain_out: one place explained, as text and JSON.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CLI_EXPLAIN_OUT_H
#define VEDETTE_CLI_EXPLAIN_OUT_H

#include "cli/with_study.h"
#include "vedette/study/coverage.h"

/* What is told: the place over the window, and at one moment when that was asked for. */
typedef struct vd_explained {
  const vd_studied *studied;
  const char *asked; /* the place as the person named it */
  const vd_explanation *place;
  bool at_moment;
  int64_t moment_s;
  const vd_study *moment_study; /* of the minute that begins at moment_s */
  const vd_explanation *moment; /* the same place then */
  bool has_cover;
  vd_cover cover; /* of the place's cell */
  int most;       /* lines of a list, 0: all */
} vd_explained;

void vd_explain_print_text(const vd_explained *explained);
void vd_explain_print_json(const vd_explained *explained);
/* The state of the place at a time by its spans, VD_STATE_NONE outside. */
uint8_t vd_explained_state(const vd_explanation *place, int64_t time_s);

#endif
