/* report: building one, and its cells as text.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/report/report.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

vd_report *vd_report_new(vd_arena *arena, const char *key, const char *title, const vd_plan *plan) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  vd_report *report = VD_NEW(arena, vd_report);
  *report = (vd_report){.arena = arena,
                        .key = key,
                        .title = title,
                        .utc_offset_s = info->utc_offset_s,
                        .plan_title = vd_str_dup(arena, info->title ? info->title : ""),
                        .classification = info->classification};
  return report;
}

void vd_report_use_study(vd_report *report, const vd_study *study) {
  const vd_headline *head = vd_study_headline(study);
  size_t n;
  const vd_note *notes = vd_study_notes(study, &n);
  report->from_s = head->from_s, report->to_s = head->to_s;
  memcpy(report->input_hash, head->input_hash, sizeof report->input_hash);
  for (size_t i = 0; i < n; i++)
    *VD_PUSH(report->arena, report->notes, report->n_notes, report->notes_capacity) = notes[i];
}

vd_report_figure *vd_report_add_figure(vd_report *report, const char *key, const char *sentence) {
  vd_report_figure *made =
      VD_PUSH(report->arena, report->figures, report->n_figures, report->figures_capacity);
  *made = (vd_report_figure){key, sentence, NAN, NAN, NAN, NAN};
  return made;
}

vd_report_table *vd_report_add_table(vd_report *report, const char *key, const char *title, const char *empty,
                                     const vd_report_column *columns, int n_columns) {
  vd_report_table *table = VD_NEW(report->arena, vd_report_table);
  *table = (vd_report_table){
      .arena = report->arena, .key = key, .title = title, .empty = empty, .n_columns = n_columns};
  table->columns = VD_NEW_ARRAY(report->arena, vd_report_column, n_columns);
  memcpy(table->columns, columns, sizeof *columns * (size_t)n_columns);
  *VD_PUSH(report->arena, report->tables, report->n_tables, report->tables_capacity) = table;
  return table;
}

vd_report_row *vd_report_add_row(vd_report_table *table) {
  vd_report_row *row = VD_PUSH(table->arena, table->rows, table->n_rows, table->capacity);
  *row = (vd_report_row){.lon_deg = NAN, .lat_deg = NAN, .kind = VD_KIND_COUNT};
  row->cells = VD_NEW_ARRAY(table->arena, vd_report_cell, table->n_columns);
  for (int i = 0; i < table->n_columns; i++)
    row->cells[i] = (vd_report_cell){.number = NAN, .time_s = VD_TIME_MIN};
  return row;
}

void vd_report_add_note(vd_report *report, const char *text, int64_t count) {
  *VD_PUSH(report->arena, report->notes, report->n_notes, report->notes_capacity) =
      (vd_note){text, count, NAN, NAN};
}

void vd_report_row_shape(vd_report_row *row, const vd_geom *geom) {
  bool drawn = !vd_geom_empty(geom) && geom->type != VD_GEOM_POINT;
  row->shape = drawn ? geom : NULL;
}

bool vd_report_is_number(vd_report_form form) {
  return form == VD_REPORT_COUNT || form == VD_REPORT_NUMBER || form == VD_REPORT_SHARE ||
         form == VD_REPORT_MINUTES;
}

/* A character a day part of six hours is too coarse to read; a row of seven days with four signs each is not. */
static const char *ribbon_text(vd_arena *arena, const float *ribbon) {
  static const char *const signs[] = {"░", "▒", "▓", "█"};
  enum { PART_H = 6 };
  vd_buf buf = {.arena = arena};
  for (int from = 0; ribbon && from < VD_RIBBON_HOURS; from += PART_H) {
    float sum = 0;
    int n = 0;
    for (int h = from; h < from + PART_H; h++)
      if (ribbon[h] >= 0) sum += ribbon[h], n++;
    float share = n > 0 ? sum / (float)n : -1;
    if (from > 0 && from % 24 == 0) vd_buf_add(&buf, " ");
    vd_buf_add(&buf, share < 0 ? "·" : signs[share >= 1 ? 3 : (int)(share * 4)]);
  }
  return buf.text ? buf.text : "";
}

static const char *number_text(vd_arena *arena, const vd_report_column *column, double value) {
  if (isnan(value)) return NULL;
  switch (column->form) {
  case VD_REPORT_COUNT:
    return vd_count_text(arena, value);
  case VD_REPORT_SHARE:
    return vd_str_printf(arena, "%.0f %%", 100 * value);
  case VD_REPORT_MINUTES:
    return isinf(value) ? _("never") : vd_duration_text(arena, 60 * value);
  default:
    return vd_str_printf(arena, "%.*f", column->decimals, value);
  }
}

const char *vd_report_cell_text(vd_arena *arena, const vd_report *report, const vd_report_table *table,
                                const vd_report_row *row, int column) {
  const vd_report_column *at = &table->columns[column];
  const vd_report_cell *cell = &row->cells[column];
  const char *text = NULL;
  if (at->form == VD_REPORT_TEXT)
    text = cell->text && *cell->text ? cell->text : NULL;
  else if (at->form == VD_REPORT_RIBBON)
    text = ribbon_text(arena, cell->ribbon);
  else if (at->form != VD_REPORT_TIME)
    text = number_text(arena, at, cell->number);
  else if (cell->time_s != VD_TIME_MIN && cell->time_s != VD_TIME_MAX)
    text = vd_time_text(arena, cell->time_s, report->utc_offset_s);
  if (text) return text;
  return at->empty ? at->empty : "–";
}
