/* closing: what would close a gap, worked out.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/run.h"
vd_status vd_gap_prepare_closings(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  (void)study;
  (void)jobs;
  (void)progress;
  return VD_OK;
}
vd_status vd_gap_find_closings(vd_study *study, vd_arena *arena, int32_t gap, const int32_t *cells,
                               int32_t place) {
  (void)study;
  (void)arena;
  (void)gap;
  (void)cells;
  (void)place;
  return VD_OK;
}
vd_status vd_run_routes(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  (void)study;
  (void)jobs;
  (void)progress;
  return VD_OK;
}
