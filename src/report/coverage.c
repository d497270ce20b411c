/* coverage: who under threat was covered through the window.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static void add_figures(vd_report *report, const vd_headline *head) {
  double covered = head->all.by_state[VD_COVERED], all = head->all.person_hours;
  vd_report_figure *figure = vd_report_add_figure(
      report, "covered_share",
      vd_str_printf(report->arena, _("%s of %s person-hours under threat were covered."),
                    vd_count_text(report->arena, covered), vd_count_text(report->arena, all)));
  figure->value = all > 0 ? covered / all : NAN;
  figure->numerator = covered, figure->denominator = all;
}

/* How certain the share is. */
static void add_range(vd_report *report, const vd_headline *head) {
  const vd_sums *all = &head->all;
  double least = all->least_covered, most = all->most_covered;
  if (isnan(least) || !(all->person_hours > 0)) return;
  const char *words[] = {vd_count_text(report->arena, least), vd_count_text(report->arena, most),
                         vd_count_text(report->arena, all->person_hours)};
  vd_report_figure *figure = vd_report_add_figure(
      report, "covered_share_at_worst",
      vd_str_printf(report->arena, _("Surely covered, at worst too: %s of %s person-hours."), words[0], words[2]));
  figure->value = least / all->person_hours;
  figure->numerator = least, figure->denominator = all->person_hours;
  figure = vd_report_add_figure(report, "covered_share_at_best",
                                vd_str_printf(report->arena, _("Covered at best: %s of %s person-hours."), words[1], words[2]));
  figure->value = most / all->person_hours;
  figure->numerator = most, figure->denominator = all->person_hours;
}

static void add_priorities(vd_report *report, const vd_headline *head) {
  const vd_report_column columns[] = {
      {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, true},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_share", _("Covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"reach_only_share", _("Reach only"), VD_REPORT_SHARE, 0, NULL, false},
      {"presence_only_share", _("Presence only"), VD_REPORT_SHARE, 0, NULL, false},
      {"uncovered_share", _("Uncovered"), VD_REPORT_SHARE, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(report, "by_priority", _("By priority"),
                                               _("Nobody is under threat in this window."), columns, 7);
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--) {
    const vd_sums *sums = &head->by_priority[p];
    if (!(sums->person_hours > 0)) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = vd_terms_label(&vd_priority_terms, p);
    row->cells[0].word = vd_terms_word(&vd_priority_terms, p);
    row->cells[1].number = sums->people;
    row->cells[2].number = sums->person_hours;
    for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
      row->cells[2 + s].number = sums->by_state[s] / sums->person_hours;
  }
}

vd_status vd_report_coverage(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  const vd_headline *head = vd_study_headline(input->study);
  vd_report *report = vd_report_new(arena, "coverage", _("Coverage over time"), input->plan);
  vd_report_use_study(report, input->study);
  add_figures(report, head);
  add_range(report, head);
  add_priorities(report, head);
  *out = report;
  return VD_OK;
}
