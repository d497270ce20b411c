/* cover: what changes in coverage from one plan to another.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/report/compare.h"

static void add_people_figure(vd_report *report, const char *key, const char *format,
                              const vd_cover_sums *sums, vd_cover_change cover) {
  vd_report_figure *figure = vd_report_add_figure(
      report, key,
      vd_str_printf(report->arena, format, vd_count_text(report->arena, sums->people[cover]),
                    (long long)sums->cells[cover]));
  figure->value = sums->people[cover];
}

static void add_figures(vd_report *report, const vd_cover_sums *sums) {
  vd_arena *arena = report->arena;
  add_people_figure(report, "newly_covered_people", _("%s people newly covered, in %lld cells."), sums,
                    VD_COVER_GAINED);
  add_people_figure(report, "newly_not_people", _("%s people newly not covered, in %lld cells."), sums,
                    VD_COVER_LOST);
  double more = sums->covered_after - sums->covered_before;
  vd_report_figure *figure = vd_report_add_figure(
      report, "covered_person_hours",
      vd_str_printf(arena, _("%s of %s person-hours under threat covered, before %s of %s: %s%s."),
                    vd_count_text(arena, sums->covered_after), vd_count_text(arena, sums->threat_after),
                    vd_count_text(arena, sums->covered_before), vd_count_text(arena, sums->threat_before),
                    more < 0 ? "−" : "+", vd_count_text(arena, fabs(more))));
  figure->value = more;
  figure->numerator = sums->covered_after, figure->denominator = sums->threat_after;
  figure = vd_report_add_figure(
      report, "gained_person_hours",
      vd_str_printf(arena, _("%s person-hours gained in some cells, %s lost in others."),
                    vd_count_text(arena, sums->gained), vd_count_text(arena, sums->lost)));
  figure->value = sums->gained;
}

static void add_changes(vd_report *report, const vd_cover_sums *sums) {
  const vd_report_column columns[] = {
      {"change", _("Change"), VD_REPORT_TEXT, 0, NULL, true},
      {"cells", _("Cells"), VD_REPORT_COUNT, 0, NULL, false},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(report, "by_change", _("By what changed, each cell's lasting state"),
                          _("Nobody is under threat in either plan."), columns, 3);
  for (int k = VD_COVER_NONE + 1; k < VD_COVER_COUNT; k++) {
    if (sums->cells[k] == 0) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = vd_terms_label(&vd_cover_terms, k),
    row->cells[0].word = vd_terms_word(&vd_cover_terms, k);
    row->cells[1].number = (double)sums->cells[k];
    row->cells[2].number = sums->people[k];
    row->bad = k == VD_COVER_LOST;
  }
}

enum { N_SUMS = 7 };

static vd_report_table *add_sums_table(vd_report *report, const char *key, const char *title,
                                       const char *first_key, const char *first) {
  const vd_report_column columns[N_SUMS] = {
      {first_key, first, VD_REPORT_TEXT, 0, NULL, true},
      {"newly_covered_people", _("People newly covered"), VD_REPORT_COUNT, 0, NULL, false},
      {"newly_not_people", _("Newly not"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_before_person_hours", _("Person-hours covered before"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_after_person_hours", _("After"), VD_REPORT_COUNT, 0, NULL, false},
      {"gained_person_hours", _("Gained"), VD_REPORT_COUNT, 0, NULL, false},
      {"lost_person_hours", _("Lost"), VD_REPORT_COUNT, 0, NULL, false},
  };
  return vd_report_add_table(report, key, title, _("Nobody is under threat in either plan."), columns,
                             N_SUMS);
}

static vd_report_row *add_sums(vd_report_table *table, const vd_cover_sums *sums) {
  vd_report_row *row = vd_report_add_row(table);
  row->cells[1].number = sums->people[VD_COVER_GAINED];
  row->cells[2].number = sums->people[VD_COVER_LOST];
  row->cells[3].number = sums->covered_before;
  row->cells[4].number = sums->covered_after;
  row->cells[5].number = sums->gained;
  row->cells[6].number = sums->lost;
  return row;
}

static bool is_empty(const vd_cover_sums *sums) {
  return !(sums->threat_before > 0 || sums->threat_after > 0);
}

static void add_priorities(vd_report *report, const vd_study_difference *difference) {
  vd_report_table *table = add_sums_table(report, "by_priority", _("By priority"), "priority", _("Priority"));
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--) {
    if (is_empty(&difference->by_priority[p])) continue;
    vd_report_row *row = add_sums(table, &difference->by_priority[p]);
    row->cells[0].text = vd_terms_label(&vd_priority_terms, p),
    row->cells[0].word = vd_terms_word(&vd_priority_terms, p);
  }
}

static void add_threats(vd_report *report, const vd_plan *plan, const vd_study_difference *difference) {
  vd_report_table *table = add_sums_table(report, "by_threat", _("By threat area, as it is after"),
                                          "threat_area", _("Threat area"));
  for (size_t i = 0; i < difference->n_threats; i++) {
    const vd_record *threat = vd_plan_at(plan, VD_KIND_THREAT_AREA, i);
    if (!threat || is_empty(&difference->by_threat[i])) continue;
    vd_report_row *row = add_sums(table, &difference->by_threat[i]);
    row->cells[0].text = vd_record_label(report->arena, VD_KIND_THREAT_AREA, threat);
    row->kind = VD_KIND_THREAT_AREA, row->id = vd_str_dup(report->arena, threat->id);
  }
}

void vd_report_cover(const vd_plan *b, const vd_study *after, const vd_study_difference *difference,
                     vd_arena *arena, vd_report **out) {
  vd_report *report = vd_report_new(arena, "diff-study", _("Change of coverage"), b);
  vd_report_use_study(report, after);
  add_figures(report, &difference->all);
  add_changes(report, &difference->all);
  add_priorities(report, difference);
  add_threats(report, b, difference);
  *out = report;
}
