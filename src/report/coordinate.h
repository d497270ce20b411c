/* coordinate: the tables of the report on coordination, made in two files.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_REPORT_COORDINATE_H
#define VEDETTE_SRC_REPORT_COORDINATE_H

#include "report/reports.h"
#include "vedette/study/coordinate.h"

typedef struct vd_coordinate_report {
  vd_report *report;
  const vd_study *study;
  const vd_coordination *told;
} vd_coordinate_report;

/* coordinate_lists.c: what happens where. */
void vd_coordinate_duplications(const vd_coordinate_report *r);
void vd_coordinate_seam_table(const vd_coordinate_report *r);
void vd_coordinate_handover_table(const vd_coordinate_report *r);
void vd_coordinate_hot_spots(const vd_coordinate_report *r);
void vd_coordinate_joint(const vd_coordinate_report *r);

#endif
