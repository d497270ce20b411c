/* panel_gaps: the gaps of the study, heaviest first.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/panel_bottom.h"
#include "vedette/base/i18n.h"

typedef struct rows {
  vd_app *app;
  const vd_study *study;
} rows;

static vd_rgba priority_color(const vd_app *app, int priority) {
  const vd_theme *theme = vd_ui_theme(app->ui);
  return priority >= VD_MUST ? theme->high : priority == VD_SHOULD ? theme->medium : theme->low;
}

enum {
  GAP_NAME,
  GAP_PRIORITY,
  GAP_WHERE,
  GAP_CAUSE,
  GAP_PEOPLE,
  GAP_HOURS,
  GAP_PERSON_HOURS,
  GAP_RESPONSE,
  GAP_CLOSE,
  GAP_COLUMNS
};

static double gap_figure(const vd_gap *gap, int column) {
  switch (column) {
  case GAP_PRIORITY:
    return gap->priority;
  case GAP_CAUSE:
    return gap->cause;
  case GAP_PEOPLE:
    return gap->people;
  case GAP_HOURS:
    return gap->hours;
  case GAP_PERSON_HOURS:
    return gap->person_hours;
  case GAP_RESPONSE:
    return gap->responder < 0 ? INFINITY : gap->route.notice_min + gap->route.travel_min;
  default:
    return -gap->weighted_person_hours; /* as given: heaviest first */
  }
}

typedef struct sorted {
  double figure;
  const char *text;
  int32_t gap;
  bool descending;
} sorted;

static int compare(const void *a, const void *b) {
  const sorted *x = a, *y = b;
  int order =
      x->text && y->text ? strcmp(x->text, y->text) : (x->figure > y->figure) - (x->figure < y->figure);
  if (x->descending) order = -order;
  return order ? order : (x->gap > y->gap) - (x->gap < y->gap);
}

void vd_panel_gaps_sort(vd_app *app) {
  size_t n;
  const vd_table_state *state = &app->tables[VD_TAB_GAPS];
  const vd_gap *gaps = vd_study_gaps(vd_app_shown_study(app), &n);
  vd_arena_free(app->table_arena);
  app->table_arena = vd_arena_new();
  sorted *order = VD_NEW_ARRAY(app->table_arena, sorted, n + 1);
  for (size_t i = 0; i < n; i++) {
    bool words = state->sort_column == GAP_WHERE;
    const char *place = gaps[i].settlement ? gaps[i].settlement : "";
    order[i] = (sorted){gap_figure(&gaps[i], state->sort_column), words ? place : NULL, (int32_t)i,
                        state->sort_column >= 0 && state->descending};
  }
  qsort(order, n, sizeof *order, compare);
  app->gap_order = VD_NEW_ARRAY(app->table_arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) app->gap_order[i] = order[i].gap;
}

static const char *where(vd_arena *arena, const vd_gap *gap) {
  static const char *const winds[] = {N_("N"), N_("NE"), N_("E"), N_("SE"),
                                      N_("S"), N_("SW"), N_("W"), N_("NW")};
  if (!gap->settlement) return _("no settlement near");
  if (gap->settlement_m < 1000) return gap->settlement;
  int wind = (int)floor(fmod(gap->settlement_azimuth_deg + 360 + 22.5, 360) / 45);
  return vd_str_printf(arena, _("%s, %s %s"), gap->settlement, vd_length_text(arena, gap->settlement_m),
                       _(winds[wind]));
}

static vd_table_cell gap_cell(void *context, vd_arena *arena, int64_t row, int column) {
  const rows *r = context;
  size_t n;
  const vd_gap *gap = &vd_study_gaps(r->study, &n)[r->app->gap_order[row]];
  switch (column) {
  case GAP_NAME:
    return (vd_table_cell){.text = gap->name, .bold = true};
  case GAP_PRIORITY:
    return (vd_table_cell){.text = vd_terms_label(&vd_priority_terms, gap->priority),
                           .color = priority_color(r->app, gap->priority)};
  case GAP_WHERE:
    return (vd_table_cell){.text = where(arena, gap)};
  case GAP_CAUSE:
    return (vd_table_cell){.text = vd_terms_label(&vd_cause_terms, gap->cause)};
  case GAP_PEOPLE:
    return (vd_table_cell){.text = vd_count_text(arena, gap->people)};
  case GAP_HOURS:
    return (vd_table_cell){.text = vd_str_printf(arena, "%.0f", gap->hours)};
  case GAP_PERSON_HOURS:
    return (vd_table_cell){.text = vd_count_text(arena, gap->person_hours)};
  case GAP_RESPONSE:
    if (vd_study_is_quick(r->study)) return (vd_table_cell){.text = "…"};
    if (gap->responder < 0) return (vd_table_cell){.text = _("none")};
    return (vd_table_cell){.text =
                               vd_duration_text(arena, 60 * (gap->route.notice_min + gap->route.travel_min))};
  default:
    if (vd_study_is_quick(r->study)) return (vd_table_cell){.text = "…"};
    return (vd_table_cell){.text = gap->n_closings ? gap->closings[0].text : "–"};
  }
}

void vd_panel_gaps(vd_app *app, vd_rect rect, const vd_study *study) {
  rows rows_of = {app, study}, *r = &rows_of;
  static const vd_column columns[GAP_COLUMNS] = {{.title = N_("Gap"), .width = 62},
                                                 {.title = N_("Priority"), .width = 72},
                                                 {.title = N_("Where"), .share = 2.2},
                                                 {.title = N_("Main cause"), .share = 1.8},
                                                 {.title = N_("People"), .width = 82, .number = true},
                                                 {.title = N_("Hours"), .width = 64, .number = true},
                                                 {.title = N_("Person-hours"), .width = 108, .number = true},
                                                 {.title = N_("Response"), .width = 96, .number = true},
                                                 {.title = N_("What would close it"), .share = 3}};
  vd_column shown[GAP_COLUMNS];
  size_t n;
  vd_study_gaps(r->study, &n);
  for (int i = 0; i < GAP_COLUMNS; i++) {
    shown[i] = columns[i];
    shown[i].title = _(columns[i].title);
  }
  vd_table table = {_("Gaps"),  _("No gaps: everyone under threat is covered all the time."),
                    shown,      GAP_COLUMNS,
                    (int64_t)n, r,
                    gap_cell,   0};
  vd_table_state *state = &app->tables[VD_TAB_GAPS];
  vd_table_result result = vd_ui_table(app->ui, rect, &table, state);
  if (result == VD_TABLE_SORTED) {
    vd_panel_gaps_sort(app);
    state->chosen = -1;
  }
  if ((result == VD_TABLE_CHOSEN || result == VD_TABLE_OPENED) && state->chosen >= 0)
    vd_app_choose_gap(app, app->gap_order[state->chosen], true);
}
