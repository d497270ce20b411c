/* panel_losses: what restrictions cost, dearest first.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/panel_bottom.h"
#include "vedette/base/i18n.h"

typedef struct rows {
  vd_app *app;
  const vd_study *study;
} rows;

static vd_table_cell loss_cell(void *context, vd_arena *arena, int64_t row, int column) {
  size_t n;
  const vd_loss *loss = &vd_study_losses(((rows *)context)->study, &n)[row];
  const vd_headline *headline = vd_study_headline(((rows *)context)->study);
  if (column == 0) return (vd_table_cell){.text = loss->name && *loss->name ? loss->name : loss->id};
  if (column == 1) return (vd_table_cell){.text = vd_count_text(arena, loss->person_hours)};
  double all = headline->lost_person_hours;
  return (vd_table_cell){.text =
                             all > 0 ? vd_str_printf(arena, "%.0f %%", 100 * loss->person_hours / all) : "–"};
}

void vd_panel_losses(vd_app *app, vd_rect rect, const vd_study *study) {
  rows rows_of = {app, study}, *r = &rows_of;
  const vd_column columns[] = {{.title = _("Restriction"), .share = 1},
                               {.title = _("Person-hours it costs"), .width = 190, .number = true},
                               {.title = _("of all lost"), .width = 110, .number = true}};
  size_t n;
  vd_study_losses(r->study, &n);
  const char *empty = vd_results_complete(app->results) ? _("No restriction costs coverage in this window.")
                                                        : _("Working out what each restriction costs…");
  vd_table table = {_("Lost to restrictions"), empty, columns, 3, (int64_t)n, r, loss_cell, 0};
  vd_table_result result = vd_ui_table(app->ui, rect, &table, &app->tables[VD_TAB_LOSSES]);
  int64_t row = app->tables[VD_TAB_LOSSES].chosen;
  if (result == VD_TABLE_NONE || result == VD_TABLE_SORTED || row < 0 || row >= (int64_t)n) return;
  vd_app_choose_nothing(app);
  app->chosen.object =
      (vd_map_object){.what = VD_OBJECT_RECORD,
                      .kind = VD_KIND_RESTRICTION,
                      .id = vd_str_dup(app->chosen.arena, vd_study_losses(r->study, &n)[row].id)};
  vd_mapview_frame(app, vd_map_object_box(vd_results_data(app->results), &app->chosen.object));
}
