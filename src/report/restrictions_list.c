/* restrictions_list: every report of the period, and what each restriction costs in coverage.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/restrictions.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- costs ---- */

static const char *responsible_of(const vd_telling *t, const vd_restriction *r) {
  const char *told = r->actor_responsible ? r->actor_responsible : "";
  const vd_actor *actor = *told ? vd_plan_find(t->plan, VD_KIND_ACTOR, told) : NULL;
  return actor && actor->record.name ? actor->record.name : told;
}

void vd_tell_costs(const vd_telling *t) {
  const vd_report_column columns[] = {
      {"restriction", _("Restriction"), VD_REPORT_TEXT, 0, NULL, true},
      {"responsible", _("Responsible"), VD_REPORT_TEXT, 0, NULL, false},
      {"from", _("From"), VD_REPORT_TIME, 0, NULL, false},
      {"to", _("To"), VD_REPORT_TIME, 0, _("open"), false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"weighted_person_hours", _("Weighted"), VD_REPORT_COUNT, 0, NULL, false},
      {"in_time_person_hours", _("In time again"), VD_REPORT_COUNT, 0, NULL, false},
      {"share_of_lost", _("Of all lost"), VD_REPORT_SHARE, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(
      t->report, "costs", _("Coverage that comes back when one alone is lifted"),
      t->study ? _("No restriction acts in the window of the study.") : _("Not worked out."), columns, 8);
  if (!t->study) return;
  size_t n;
  const vd_loss *losses = vd_study_losses(t->study, &n);
  double all = vd_study_headline(t->study)->lost_person_hours;
  for (size_t i = 0; i < n; i++) {
    vd_report_row *row = vd_report_add_row(table);
    vd_report_cell *cells = row->cells;
    cells[0].text = losses[i].name;
    cells[4].number = losses[i].person_hours;
    cells[5].number = losses[i].weighted_person_hours;
    cells[6].number = losses[i].in_time_person_hours;
    cells[7].number = all > 0 ? losses[i].person_hours / all : NAN;
    const vd_restriction *r = vd_plan_find(t->plan, VD_KIND_RESTRICTION, losses[i].id);
    if (!r) continue;
    cells[1].text = responsible_of(t, r);
    cells[2].time_s = r->from_s;
    cells[3].time_s = vd_restriction_end_s(r);
    row->kind = VD_KIND_RESTRICTION, row->id = r->record.id;
    vd_report_row_shape(row, r->record.geom);
    if (!vd_geom_empty(r->record.geom))
      row->lon_deg = r->record.geom->xy[0], row->lat_deg = r->record.geom->xy[1];
  }
}

/* ---- the register ---- */

enum {
  REFERENCE,
  BEGAN,
  ENDED,
  NAME,
  PLACE,
  CODE,
  MODE,
  RESPONSIBLE,
  HELD_UP,
  DEMAND,
  OUTCOME,
  HOURS,
  SEVERITY,
  AMRF,
  OBSTACLE,
  ROAD_STATE,
  SOFA,
  PROTEST,
  RESOLVED,
  PRECISION,
  N_COLUMNS
};

static const char *protest_text(const vd_telling *t, const vd_restriction *r) {
  if (r->protest_reference && *r->protest_reference) return r->protest_reference;
  return r->protest_s != VD_TIME_MIN ? vd_time_text(t->report->arena, r->protest_s, t->report->utc_offset_s)
                                     : "";
}

static void tell_entry(const vd_telling *t, vd_report_table *table, const vd_register_entry *e) {
  const vd_restriction *r = e->record;
  vd_arena *arena = t->report->arena;
  vd_report_row *row = vd_report_add_row(table);
  vd_report_cell *cells = row->cells;
  cells[REFERENCE].text = r->reference;
  cells[BEGAN].time_s = e->begin_s, cells[ENDED].time_s = e->end_s;
  cells[NAME].text = r->record.name;
  cells[PLACE].text = e->place >= 0 ? t->reg->places[e->place].name : "";
  cells[CODE].text = r->code;
  cells[MODE].text = vd_mode_label(e->mode), cells[MODE].word = vd_mode_words[e->mode];
  cells[RESPONSIBLE].text = e->actor;
  if (e->component >= 0) {
    cells[HELD_UP].text = vd_terms_label(&vd_actor_kind_terms, e->component);
    cells[HELD_UP].word = vd_terms_word(&vd_actor_kind_terms, e->component);
  }
  cells[DEMAND].text = r->demand;
  cells[OUTCOME].text = r->outcome;
  cells[HOURS].number = r->hours_lost;
  if (r->severity != VD_UNKNOWN_INT) cells[SEVERITY].number = r->severity;
  if (r->amrf_type != VD_UNKNOWN_INT) cells[AMRF].number = r->amrf_type;
  cells[OBSTACLE].text = vd_plain_words(arena, r->obstacle), cells[OBSTACLE].word = r->obstacle;
  cells[ROAD_STATE].text = vd_road_state_text(arena, t->plan, r, t->reg->to_s),
  cells[ROAD_STATE].word = r->road_state;
  cells[SOFA].text = r->sofa == 1 ? _("yes") : _("no"), cells[SOFA].word = r->sofa == 1 ? "yes" : "no";
  cells[PROTEST].text = protest_text(t, r);
  cells[RESOLVED].time_s = r->resolved_s;
  cells[PRECISION].number = r->precision_m;
  vd_report_row_shape(row, r->record.geom);
  vd_row_at(row, e->lon_deg, e->lat_deg, VD_KIND_RESTRICTION, r->record.id);
}

void vd_tell_register(const vd_telling *t) {
  const vd_report_column columns[N_COLUMNS] = {
      [REFERENCE] = {"reference", _("Reference"), VD_REPORT_TEXT, 0, NULL, false},
      [BEGAN] = {"from", _("Began"), VD_REPORT_TIME, 0, NULL, false},
      [ENDED] = {"to", _("Ended"), VD_REPORT_TIME, 0, _("open"), false},
      [NAME] = {"name", _("Report"), VD_REPORT_TEXT, 0, NULL, false},
      [PLACE] = {"place", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      [CODE] = {"code", _("Code"), VD_REPORT_TEXT, 0, NULL, false},
      [MODE] = {"mode", _("Mode"), VD_REPORT_TEXT, 0, NULL, false},
      [RESPONSIBLE] = {"responsible", _("Responsible"), VD_REPORT_TEXT, 0, NULL, false},
      [HELD_UP] = {"component", _("Held up"), VD_REPORT_TEXT, 0, NULL, false},
      [DEMAND] = {"demand", _("Demand"), VD_REPORT_TEXT, 0, NULL, false},
      [OUTCOME] = {"outcome", _("Outcome"), VD_REPORT_TEXT, 0, NULL, false},
      [HOURS] = {"hours_lost", _("Hours lost"), VD_REPORT_NUMBER, 1, NULL, false},
      [SEVERITY] = {"severity", _("Severity"), VD_REPORT_COUNT, 0, NULL, false},
      [AMRF] = {"amrf_type", _("AMRF"), VD_REPORT_COUNT, 0, NULL, false},
      [OBSTACLE] = {"obstacle", _("Obstacle"), VD_REPORT_TEXT, 0, NULL, false},
      [ROAD_STATE] = {"road_state", _("Road"), VD_REPORT_TEXT, 0, NULL, false},
      [SOFA] = {"sofa", _("SOFA"), VD_REPORT_TEXT, 0, NULL, false},
      [PROTEST] = {"protest", _("Protest"), VD_REPORT_TEXT, 0, NULL, false},
      [RESOLVED] = {"resolved", _("Resolved"), VD_REPORT_TIME, 0, NULL, false},
      [PRECISION] = {"precision_m", _("Within, m"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(t->report, "register", _("Every report"),
                                               _("No report in the period."), columns, N_COLUMNS);
  for (size_t i = 0; i < t->reg->n; i++) tell_entry(t, table, &t->reg->entries[i]);
}
