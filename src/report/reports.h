/* reports: what makes each, one file a report.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_REPORT_REPORTS_H
#define VEDETTE_SRC_REPORT_REPORTS_H

#include "vedette/report/report.h"

vd_status vd_report_coverage(const vd_report_input *input, vd_arena *arena, vd_report **out);
vd_status vd_report_restrictions(const vd_report_input *input, vd_arena *arena, vd_report **out);
vd_status vd_report_coordinate(const vd_report_input *input, vd_arena *arena, vd_report **out);
vd_status vd_report_schedule(const vd_report_input *input, vd_arena *arena, vd_report **out);

vd_status vd_report_response(const vd_report_input *input, vd_arena *arena, vd_report **out);
vd_status vd_report_predict(const vd_report_input *input, vd_arena *arena, vd_report **out);
vd_status vd_report_execution(const vd_report_input *input, vd_arena *arena, vd_report **out);

#endif
