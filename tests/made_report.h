/* made_report: a report with a column of every form, for tests of whatever shows reports.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_MADE_REPORT_H
#define VEDETTE_TESTS_MADE_REPORT_H

#include <math.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/report/report.h"

static const vd_report_column made_columns[] = {
    {"place", "Place", VD_REPORT_TEXT, 0, NULL, false},
    {"remark", "What was seen and by whom", VD_REPORT_TEXT, 0, "not told", true},
    {"people", "People", VD_REPORT_COUNT, 0, NULL, false},
    {"score", "Score", VD_REPORT_NUMBER, 2, NULL, false},
    {"share", "Share in time", VD_REPORT_SHARE, 0, NULL, false},
    {"response", "Response", VD_REPORT_MINUTES, 0, NULL, false},
    {"at", "Last seen", VD_REPORT_TIME, 0, "unknown", false},
    {"week", "Week", VD_REPORT_RIBBON, 0, NULL, false},
};
enum { MADE_COLUMNS = 8 };

/* No threat on Monday; from then on hours grow from uncovered to covered through each day. */
static inline const float *made_ribbon(vd_arena *arena) {
  float *ribbon = VD_NEW_ARRAY(arena, float, VD_RIBBON_HOURS);
  for (int h = 0; h < VD_RIBBON_HOURS; h++) ribbon[h] = h < 24 ? -1.0F : (float)(h % 24) / 23;
  return ribbon;
}

/* An area around the second and third row, the third of which is to be acted on, and a line from the fourth. */
static inline void made_shape(vd_report_row *row, int i, vd_arena *arena) {
  double x = row->lon_deg, y = row->lat_deg, d = 0.05;
  const double ring[] = {x - d, y - d, x + d, y - d, x + d, y + d, x - d, y + d};
  const double line[] = {x, y, x - d, y + d, x - 2 * d, y + d};
  if (i == 1 || i == 2) vd_report_row_shape(row, vd_geom_ring(arena, ring, 4));
  if (i == 3) vd_report_row_shape(row, vd_geom_line(arena, line, 3));
  if (i == 4) vd_report_row_shape(row, vd_geom_point(arena, x, y)); /* a number is enough */
}

static inline void made_row(vd_report_table *table, int i, const float *ribbon) {
  static const char *const remarks[] = {
      "quiet road", NULL,
      "a column of trucks was turned back at the crossing after a long talk about letters and stamps",
      "market"};
  vd_arena *arena = table->arena;
  vd_report_row *row = vd_report_add_row(table);
  row->cells[0].text = vd_str_printf(arena, "Village %d", i + 1);
  row->cells[1].text = remarks[i % 4];
  row->cells[2].number = 1000.0 * i;
  row->cells[3].number = i % 5 ? i / 7.0 : NAN;
  row->cells[4].number = (i % 11) / 10.0;
  row->cells[5].number = 13.0 * i;
  row->cells[6].time_s = i % 3 ? 1773014400 + i * (int64_t)VD_HOUR_S : VD_TIME_MIN;
  row->cells[7].ribbon = i % 2 ? ribbon : NULL;
  row->bad = i % 4 == 2;
  if (i % 6 == 5) return; /* nowhere */
  row->lon_deg = 19.75 + 0.5 * ((i * 7) % 13) / 13.0;
  row->lat_deg = 4.83 + 0.34 * ((i * 5) % 11) / 11.0;
  made_shape(row, i, arena);
}

static inline vd_report *made_report(vd_arena *arena, const vd_plan *plan, int n_rows) {
  static const vd_report_column few[] = {{"what", "What", VD_REPORT_TEXT, 0, NULL, false},
                                         {"n", "Number", VD_REPORT_COUNT, 0, NULL, false}};
  vd_report *report = vd_report_new(arena, "made", "A made report", plan);
  memcpy(report->input_hash, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", 65);
  report->from_s = 1773014400, report->to_s = 1773014400 + VD_WEEK_S;
  vd_report_add_figure(report, "one", "3 of 17 planned movements were turned back; of 2 nothing is known.");
  vd_report_add_figure(
      report, "two",
      "The longest sentence of this report is long enough that it must be set in several lines, "
      "beside the map as well as across the whole page, and nothing of it may be lost.");
  vd_report_table *table = vd_report_add_table(report, "few", "A small table", "None.", few, 2);
  for (int i = 0; i < 3; i++) {
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = i == 0 ? "Land" : i == 1 ? "Air" : "River";
    row->cells[1].number = i;
  }
  vd_report_add_table(report, "none", "An empty table", "Nothing was reported in this window.", few, 2);
  table = vd_report_add_table(report, "places", "Many places", "None.", made_columns, MADE_COLUMNS);
  const float *ribbon = made_ribbon(arena);
  for (int i = 0; i < n_rows; i++) made_row(table, i, ribbon);
  vd_report_add_note(report, "Records whose place is not known.", 4);
  return report;
}

#endif
