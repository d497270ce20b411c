/* reports: the table of all there are, in the order in which they are offered.
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/reports.h"

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

const vd_report_info vd_reports[] = {
    {"coverage", N_("Coverage over time"), VD_NEED_STUDY, vd_report_coverage},
    {"restrictions", N_("Movement restrictions"), VD_NEED_STUDY, vd_report_restrictions},
    {"response", N_("Incidents and response"), VD_NEED_LANDSCAPE, vd_report_response},
    {"predict", N_("Predictability"), VD_NEED_LANDSCAPE, vd_report_predict},
    {"coordinate", N_("Coordination between actors"), VD_NEED_STUDY, vd_report_coordinate},
    {"schedule", N_("Schedule"), VD_NEED_LANDSCAPE, vd_report_schedule},
    {"execution", N_("Planned and done"), VD_NEED_PLAN, vd_report_execution},
};
const int vd_n_reports = sizeof vd_reports / sizeof *vd_reports;

const vd_report_info *vd_report_lookup(const char *key) {
  for (int i = 0; i < vd_n_reports; i++)
    if (vd_str_equal(vd_reports[i].key, key)) return &vd_reports[i];
  return NULL;
}
