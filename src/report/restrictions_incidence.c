/* restrictions_incidence: reports counted by actor, place, mode, component, code and month.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/restrictions.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* The columns that every such table has after its first. */
enum {
  REPORTS = 1,
  DENIALS,
  MAYBE,
  SOFA,
  PROTESTED,
  OPEN,
  HOURS,
  HOURS_UNKNOWN,
  LAST,
  COMMON,
  PLANNED = COMMON,
  RATE,
  MOST
};

static vd_report_table *add_table(const vd_telling *t, const char *key, const char *title,
                                  const char *first_key, const char *first, bool rated) {
  const vd_report_column columns[MOST] = {
      {first_key, first, VD_REPORT_TEXT, 0, NULL, true},
      {"reports", _("Reports"), VD_REPORT_COUNT, 0, NULL, false},
      {"denials", _("Denials"), VD_REPORT_COUNT, 0, NULL, false},
      {"denials_unknown", _("Not known"), VD_REPORT_COUNT, 0, NULL, false},
      {"sofa", _("SOFA"), VD_REPORT_COUNT, 0, NULL, false},
      {"protested", _("Protested"), VD_REPORT_COUNT, 0, NULL, false},
      {"open", _("Unresolved"), VD_REPORT_COUNT, 0, NULL, false},
      {"hours_lost", _("Hours lost"), VD_REPORT_NUMBER, 1, NULL, false},
      {"hours_unknown", _("Not told"), VD_REPORT_COUNT, 0, NULL, false},
      {"last", _("Last"), VD_REPORT_TIME, 0, NULL, false},
      {"planned_movements", _("Planned"), VD_REPORT_COUNT, 0, NULL, false},
      {"denials_per_100", _("Per 100"), VD_REPORT_NUMBER, 1, NULL, false},
  };
  return vd_report_add_table(t->report, key, title, _("No report in the period."), columns,
                             rated ? MOST : COMMON);
}

static vd_report_row *add_group(vd_report_table *table, const vd_register_group *g, const char *name) {
  vd_report_row *row = vd_report_add_row(table);
  vd_report_cell *cells = row->cells;
  cells[0].text = name;
  cells[REPORTS].number = (double)g->n;
  cells[DENIALS].number = (double)g->n_denials;
  cells[MAYBE].number = (double)g->n_maybe;
  cells[SOFA].number = (double)g->n_sofa;
  cells[PROTESTED].number = (double)g->n_protested;
  cells[OPEN].number = (double)g->n_open;
  cells[HOURS].number = g->n_hours > 0 ? g->hours_lost : NAN;
  cells[HOURS_UNKNOWN].number = (double)g->n_hours_unknown;
  cells[LAST].time_s = g->last_s;
  if (table->n_columns == COMMON) return row;
  cells[PLANNED].number = g->planned >= 0 ? (double)g->planned : NAN;
  cells[RATE].number = g->planned > 0 ? 100 * (double)g->n_denials / (double)g->planned : NAN;
  return row;
}

static void tell_actors(const vd_telling *t) {
  vd_report_table *table = add_table(t, "by_actor", _("By actor responsible"), "actor", _("Actor"), false);
  for (size_t i = 0; i < t->reg->by_actor.n; i++) {
    const vd_register_group *g = &t->reg->by_actor.items[i];
    vd_report_row *row = add_group(table, g, vd_name_or(g->name, _("not named")));
    row->cells[0].word = g->name;
  }
}

static void tell_places(const vd_telling *t) {
  vd_report_table *table = add_table(t, "by_place", _("By nearest place"), "place", _("Place"), false);
  for (size_t i = 0; i < t->reg->by_place.n; i++) {
    const vd_register_group *g = &t->reg->by_place.items[i];
    vd_report_row *row = add_group(table, g, vd_name_or(g->name, _("no place known")));
    row->cells[0].word = g->name;
    if (g->index < 0) continue;
    const vd_register_place *place = &t->reg->places[g->index];
    if (place->area)
      row->cells[0].text = vd_str_printf(t->report->arena, "%s (%s)", place->name, place->area);
    vd_row_at(row, place->lon_deg, place->lat_deg, VD_KIND_SETTLEMENT, place->id);
  }
}

static void tell_modes(const vd_telling *t) {
  vd_report_table *table = add_table(t, "by_mode", _("By mode"), "mode", _("Mode"), true);
  for (size_t i = 0; i < t->reg->by_mode.n; i++) {
    const vd_register_group *g = &t->reg->by_mode.items[i];
    add_group(table, g, vd_mode_label((vd_mode)g->index))->cells[0].word = vd_mode_words[g->index];
  }
}

static void tell_components(const vd_telling *t) {
  vd_report_table *table =
      add_table(t, "by_component", _("By component held up"), "component", _("Component"), true);
  for (size_t i = 0; i < t->reg->by_component.n; i++) {
    const vd_register_group *g = &t->reg->by_component.items[i];
    vd_report_row *row =
        add_group(table, g, g->index < 0 ? _("not told") : vd_terms_label(&vd_actor_kind_terms, g->index));
    row->cells[0].word = g->index < 0 ? "" : vd_terms_word(&vd_actor_kind_terms, g->index);
  }
}

static void tell_codes(const vd_telling *t) {
  vd_report_table *table = add_table(t, "by_code", _("By kind"), "code", _("Kind"), false);
  for (size_t i = 0; i < t->reg->by_code.n; i++) {
    const vd_register_group *g = &t->reg->by_code.items[i];
    const char *label = vd_restriction_code_label(g->name);
    const char *text = *g->name ? vd_str_printf(t->report->arena, "%s %s", g->name, label) : _("not told");
    add_group(table, g, text)->cells[0].word = g->name;
  }
}

static void tell_months(const vd_telling *t) {
  vd_report_table *table = add_table(t, "by_month", _("By month, local time"), "month", _("Month"), false);
  for (size_t i = 0; i < t->reg->by_month.n; i++) {
    const vd_register_group *g = &t->reg->by_month.items[i];
    const char *month = vd_month_text(t->report->arena, g->index);
    add_group(table, g, vd_name_or(month, _("no date")))->cells[0].word = month;
  }
}

void vd_tell_incidence(const vd_telling *t) {
  tell_actors(t);
  tell_places(t);
  tell_modes(t);
  tell_components(t);
  tell_codes(t);
  tell_months(t);
}
