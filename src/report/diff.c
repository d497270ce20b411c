/* diff: what two plans hold otherwise, in words.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/report/compare.h"

static const char *what_text(vd_differs what) {
  static const char *const texts[] = {N_("added"), N_("removed"), N_("changed")};
  return _(texts[what]);
}

/* Records, not fields, by what became of them; the plan itself last. */
static void count(const vd_difference *all, size_t n, double counts[VD_KIND_COUNT + 1][VD_DIFFERS_COUNT]) {
  for (size_t i = 0; i < n; i++) {
    bool same_record = i > 0 && all[i].what == VD_DIFFERS_CHANGED && all[i - 1].what == VD_DIFFERS_CHANGED &&
                       all[i - 1].kind == all[i].kind && vd_str_equal(all[i - 1].id, all[i].id);
    if (!same_record) counts[all[i].kind][all[i].what]++;
  }
}

static void add_counts(vd_report *report, const vd_difference *all, size_t n) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, true},
      {"added", _("Added"), VD_REPORT_COUNT, 0, NULL, false},
      {"removed", _("Removed"), VD_REPORT_COUNT, 0, NULL, false},
      {"changed", _("Changed"), VD_REPORT_COUNT, 0, NULL, false},
  };
  double counts[VD_KIND_COUNT + 1][VD_DIFFERS_COUNT] = {{0}}, total = 0;
  count(all, n, counts);
  vd_report_table *table =
      vd_report_add_table(report, "counts", _("By kind"), _("The plans hold the same."), columns, 4);
  for (int i = 0; i <= VD_KIND_COUNT; i++) {
    int kind = i == 0 ? VD_KIND_COUNT : i - 1;
    double sum = counts[kind][0] + counts[kind][1] + counts[kind][2];
    if (sum == 0) continue;
    vd_report_row *row = vd_report_add_row(table);
    bool own = kind == VD_KIND_COUNT;
    row->cells[0].text = own ? _("Plan") : _(vd_kind_lookup((vd_kind)kind)->label_many);
    row->cells[0].word = own ? "plan" : vd_kind_lookup((vd_kind)kind)->table;
    for (int what = 0; what < VD_DIFFERS_COUNT; what++) row->cells[1 + what].number = counts[kind][what];
    total += sum;
  }
  vd_report_figure *figure = vd_report_add_figure(
      report, "records",
      total > 0 ? vd_str_printf(report->arena, _("%s records differ."), vd_count_text(report->arena, total))
                : _("The plans hold the same."));
  figure->value = total;
}

static void add_row(vd_report_table *table, const vd_difference *from) {
  vd_report_row *row = vd_report_add_row(table);
  bool own = from->kind == VD_KIND_COUNT;
  row->kind = from->kind, row->id = from->id;
  if (from->geom) {
    vd_box box = vd_geom_box(from->geom);
    row->lon_deg = (box.min_x + box.max_x) / 2, row->lat_deg = (box.min_y + box.max_y) / 2;
  }
  row->cells[0].text = own ? _("Plan") : _(vd_kind_lookup(from->kind)->label);
  row->cells[0].word = own ? "plan" : vd_kind_lookup(from->kind)->table;
  row->cells[1].text = from->label;
  row->cells[2].text = what_text(from->what), row->cells[2].word = vd_differs_words[from->what];
  row->cells[3].text = from->field_label, row->cells[3].word = from->field;
  row->cells[4].text = from->before, row->cells[5].text = from->after;
}

void vd_report_diff(const vd_plan *a, const vd_plan *b, vd_arena *arena, vd_report **out) {
  const vd_report_column columns[] = {
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {"record", _("Name"), VD_REPORT_TEXT, 0, NULL, false},
      {"what", _("What"), VD_REPORT_TEXT, 0, NULL, false},
      {"field", _("Field"), VD_REPORT_TEXT, 0, NULL, false},
      {"before", _("Before"), VD_REPORT_TEXT, 0, NULL, false},
      {"after", _("After"), VD_REPORT_TEXT, 0, NULL, true},
  };
  vd_difference *all;
  size_t n;
  vd_report *report = vd_report_new(arena, "diff", _("Differences"), b);
  vd_plan_differences(a, b, arena, &all, &n);
  add_counts(report, all, n);
  vd_report_table *table =
      vd_report_add_table(report, "differences", _("Differences"), _("None."), columns, 6);
  for (size_t i = 0; i < n; i++) add_row(table, &all[i]);
  *out = report;
}
