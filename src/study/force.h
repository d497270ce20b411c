/* force: who answers a call, from where and with what notice; the same for a study and for incidents.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_FORCE_H
#define VEDETTE_SRC_STUDY_FORCE_H

#include "study/run.h"

/* Where a patrol answers from, and when; times count from its departure. */
typedef struct vd_standpoint {
  double xy_m[2], lon_deg, lat_deg;
  int64_t from_s, to_s; /* when it is called there, half-open */
  int64_t notice_s;     /* until it is there */
  int64_t gone_s;       /* it is not there when it was stopped before */
  bool on_the_way;
} vd_standpoint;

/* From its stops it answers at once, while it is there; on the way it goes on to the stretch's end first, which takes the
 * whole stretch at most. Stops first, then stretches. */
static inline size_t vd_beat_n_standpoints(const vd_beat *beat) {
  return beat->n_halts + beat->n_stretches;
}
vd_standpoint vd_beat_standpoint(const vd_beat *beat, size_t index);

/* Without watches. */
vd_force vd_post_force(const vd_model *model, const vd_post *post);
vd_force vd_beat_force(const vd_model *model, const vd_beat *beat, const vd_standpoint *at);
/* Texts are the model's. */
vd_responder vd_post_responder(const vd_model *model, const vd_post *post);
vd_responder vd_beat_responder(const vd_model *model, const vd_beat *beat, const vd_standpoint *at);

#endif
