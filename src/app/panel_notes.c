/* panel_notes: what a reader of the results must know.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "app/panel_bottom.h"
#include "vedette/base/i18n.h"

typedef struct rows {
  vd_app *app;
  const vd_study *study;
} rows;

static vd_table_cell note_cell(void *context, vd_arena *arena, int64_t row, int column) {
  size_t n;
  const vd_note *note = &vd_study_notes(((rows *)context)->study, &n)[row];
  if (column == 0) return (vd_table_cell){.text = note->text};
  return (vd_table_cell){.text = note->count > 0 ? vd_count_text(arena, (double)note->count) : ""};
}

void vd_panel_notes(vd_app *app, vd_rect rect, const vd_study *study) {
  rows rows_of = {app, study}, *r = &rows_of;
  const vd_column columns[] = {{.title = _("What a reader of the results must know"), .share = 1},
                               {.title = _("Count"), .width = 100, .number = true}};
  size_t n;
  const vd_note *notes = vd_study_notes(r->study, &n);
  vd_table table = {_("Notes"), _("Nothing to remark."), columns, 2, (int64_t)n, r, note_cell, 0};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_NOTES]);
  int64_t row = app->tables[VD_TAB_NOTES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n ||
      isnan(notes[row].lon_deg))
    return;
  vd_mapview_centre(app, notes[row].lon_deg, notes[row].lat_deg);
  vd_app_choose_place(app, notes[row].lon_deg, notes[row].lat_deg);
}
