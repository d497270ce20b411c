/* panel_duplicates: visits that double each other.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/panel_bottom.h"
#include "vedette/base/i18n.h"

typedef struct rows {
  vd_app *app;
  const vd_study *study;
} rows;

static vd_table_cell duplicate_cell(void *context, vd_arena *arena, int64_t row, int column) {
  const rows *r = context;
  size_t n;
  const vd_duplicate *pair = &vd_study_duplicates(r->study, &n)[row];
  int32_t offset = vd_plan_info_lookup(r->app->plan)->utc_offset_s;
  switch (column) {
  case 0:
    return (vd_table_cell){.text = pair->settlement ? pair->settlement : "–"};
  case 1:
    return (vd_table_cell){.text = vd_str_printf(arena, "%s (%s)", pair->name_a, pair->actor_a)};
  case 2:
    return (vd_table_cell){.text = vd_str_printf(arena, "%s (%s)", pair->name_b, pair->actor_b)};
  case 3:
    return (vd_table_cell){.text = vd_time_text(arena, pair->from_s, offset)};
  case 4:
    return (vd_table_cell){.text = vd_duration_text(arena, (double)(pair->to_s - pair->from_s))};
  default:
    return (vd_table_cell){.text = vd_count_text(arena, pair->person_hours)};
  }
}

void vd_panel_duplicates(vd_app *app, vd_rect rect, const vd_study *study) {
  rows rows_of = {app, study}, *r = &rows_of;
  const vd_column columns[] = {{.title = _("Where"), .share = 1},
                               {.title = _("One visit"), .share = 1.6},
                               {.title = _("The other"), .share = 1.6},
                               {.title = _("From"), .width = 150},
                               {.title = _("Together for"), .width = 110, .number = true},
                               {.title = _("Person-hours"), .width = 110, .number = true}};
  size_t n;
  const vd_duplicate *pairs = vd_study_duplicates(r->study, &n);
  vd_table table = {
      _("Duplicates"), _("No two actors were at the same place at the same time without planning it."),
      columns,         6,
      (int64_t)n,      r,
      duplicate_cell,  0};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_DUPLICATES]);
  int64_t row = app->tables[VD_TAB_DUPLICATES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n) return;
  vd_mapview_centre(app, pairs[row].lon_deg, pairs[row].lat_deg);
  vd_app_choose_place(app, pairs[row].lon_deg, pairs[row].lat_deg);
}
