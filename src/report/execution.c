/* execution: planned departures against what was done.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/execution.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

typedef struct telling {
  vd_report *report;
  const vd_plan *plan;
  const vd_execution *done;
} telling;

static const char *number(const telling *t, size_t n) {
  return vd_count_text(t->report->arena, (double)n);
}

/* ---- figures ---- */

static void add_outcome(const telling *t, vd_departure_outcome outcome, const char *sentence) {
  vd_report_figure *figure =
      vd_report_add_figure(t->report, vd_terms_word(&vd_departure_outcome_terms, (int)outcome), sentence);
  figure->numerator = (double)t->done->n_by[outcome];
  figure->denominator = (double)t->done->n_departures;
  if (t->done->n_departures > 0) figure->value = figure->numerator / figure->denominator;
  figure->unknown = (double)t->done->n_by[VD_DEPARTURE_UNKNOWN];
}

static void add_outcomes(const telling *t) {
  const vd_execution *done = t->done;
  vd_arena *arena = t->report->arena;
  const char *all = number(t, done->n_departures);
  vd_report_figure *planned = vd_report_add_figure(
      t->report, "planned", vd_str_printf(arena, _("%s departures were planned in this window."), all));
  planned->value = (double)done->n_departures;
  planned->unknown = (double)done->n_by[VD_DEPARTURE_UNKNOWN];
  add_outcome(
      t, VD_DEPARTURE_EXECUTED,
      vd_str_printf(arena, _("Executed: %s of %s."), number(t, done->n_by[VD_DEPARTURE_EXECUTED]), all));
  add_outcome(
      t, VD_DEPARTURE_OBSTRUCTED,
      vd_str_printf(arena, _("Obstructed: %s of %s."), number(t, done->n_by[VD_DEPARTURE_OBSTRUCTED]), all));
  add_outcome(
      t, VD_DEPARTURE_CANCELLED,
      vd_str_printf(arena, _("Cancelled: %s of %s."), number(t, done->n_by[VD_DEPARTURE_CANCELLED]), all));
  add_outcome(t, VD_DEPARTURE_UNKNOWN,
              vd_str_printf(arena,
                            _("Nothing is known of %s of %s: that is not to say that they did not leave."),
                            number(t, done->n_by[VD_DEPARTURE_UNKNOWN]), all));
}

static void add_stops_reached(const telling *t) {
  const vd_execution *done = t->done;
  vd_report_figure *figure =
      vd_report_add_figure(t->report, "stops_reached",
                           vd_str_printf(t->report->arena,
                                         _("%s of %s stops were reached, of %s executed departures with a "
                                           "track; %s stops of others are unknown."),
                                         number(t, done->n_reached), number(t, done->n_stops),
                                         number(t, done->n_traced), number(t, done->n_untraced_stops)));
  figure->numerator = (double)done->n_reached, figure->denominator = (double)done->n_stops;
  figure->value = done->n_stops > 0 ? figure->numerator / figure->denominator : NAN;
  figure->unknown = (double)done->n_untraced_stops;
  vd_report_figure *unplanned = vd_report_add_figure(
      t->report, "unplanned",
      vd_str_printf(t->report->arena, _("Executed departures that name no planned one: %s."),
                    number(t, done->n_unplanned)));
  unplanned->value = (double)done->n_unplanned;
}

/* ---- departures ---- */

static const char *actor_name(const telling *t, const vd_patrol *patrol) {
  const vd_record *actor = patrol->actor ? vd_plan_find(t->plan, VD_KIND_ACTOR, patrol->actor) : NULL;
  return actor ? actor->name : NULL;
}

/* What tells it: the executed record, the report of a restriction, the other record. */
static const char *told_by(const telling *t, const vd_departure *d) {
  if (d->obstacle) return vd_record_label(t->report->arena, VD_KIND_RESTRICTION, d->obstacle);
  return d->record ? vd_record_label(t->report->arena, VD_KIND_PATROL, d->record) : NULL;
}

static void add_departure(const telling *t, vd_report_table *table, const vd_departure *d) {
  vd_report_row *row = vd_report_add_row(table);
  const vd_patrol *patrol = d->record ? d->record : d->planned->patrol;
  vd_report_cell *cells = row->cells;
  cells[0].time_s = d->departure_s;
  cells[1].text = vd_record_label(t->report->arena, VD_KIND_PATROL, d->planned->patrol);
  cells[2].text = actor_name(t, d->planned->patrol);
  cells[3].text = vd_terms_label(&vd_departure_outcome_terms, (int)d->outcome);
  cells[3].word = vd_terms_word(&vd_departure_outcome_terms, (int)d->outcome);
  cells[4].text = told_by(t, d);
  cells[5].number = d->late_min;
  cells[6].number = d->traced ? (double)d->n_reached : NAN;
  cells[7].number = (double)d->planned->n_stops;
  cells[8].number = d->traced ? (double)d->n_not_driven : NAN;
  cells[9].number = d->km;
  cells[10].number = d->gap_min;
  row->kind = VD_KIND_PATROL, row->id = patrol->record.id;
  row->bad = d->outcome == VD_DEPARTURE_OBSTRUCTED || (d->traced && d->n_reached < d->planned->n_stops);
  if (d->planned->n_stops > 0)
    row->lon_deg = d->planned->stops[0].lon_deg, row->lat_deg = d->planned->stops[0].lat_deg;
}

static void add_departures(const telling *t) {
  const vd_report_column columns[] = {
      {"planned_departure", _("Planned departure"), VD_REPORT_TIME, 0, NULL, false},
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, true},
      {"actor", _("Actor"), VD_REPORT_TEXT, 0, NULL, false},
      {"outcome", _("Outcome"), VD_REPORT_TEXT, 0, NULL, false},
      {"told_by", _("Told by"), VD_REPORT_TEXT, 0, NULL, false},
      {"left_late_min", _("Left late, min"), VD_REPORT_NUMBER, 0, NULL, false},
      {"stops_reached", _("Stops reached"), VD_REPORT_COUNT, 0, NULL, false},
      {"stops_planned", _("of"), VD_REPORT_COUNT, 0, NULL, false},
      {"legs_not_driven", _("Legs not driven"), VD_REPORT_COUNT, 0, NULL, false},
      {"driven_km", _("Driven, km"), VD_REPORT_NUMBER, 1, NULL, false},
      {"gap_min", _("Not recorded, min"), VD_REPORT_NUMBER, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(t->report, "departures", _("Departures"),
                                               _("No departure was planned in this window."), columns, 11);
  for (size_t i = 0; i < t->done->n_departures; i++) add_departure(t, table, &t->done->departures[i]);
}

/* ---- stops of departures with a track ---- */

static void add_stop(const telling *t, vd_report_table *table, const vd_departure *d, size_t i) {
  const vd_planned_stop *stop = &d->planned->stops[i];
  const vd_stop_done *done = &d->stops[i];
  vd_report_row *row = vd_report_add_row(table);
  vd_report_cell *cells = row->cells;
  vd_arena *arena = t->report->arena;
  cells[0].time_s = d->departure_s;
  cells[1].text = vd_record_label(arena, VD_KIND_PATROL, d->planned->patrol);
  cells[2].number = (double)i + 1;
  cells[3].text = stop->name ? stop->name : stop->id ? NULL : _("on the route");
  cells[4].text = done->reached ? _("yes") : _("no");
  cells[4].word = done->reached ? "yes" : "no";
  if (isfinite(stop->arrive_min)) cells[5].time_s = d->departure_s + stop->earliest_s;
  if (done->reached) cells[6].time_s = done->arrive_s;
  cells[7].number = done->late_min;
  cells[8].number = stop->depart_min - stop->arrive_min;
  cells[9].number = done->reached ? (double)(done->depart_s - done->arrive_s) / VD_MINUTE_S : NAN;
  row->lon_deg = stop->lon_deg, row->lat_deg = stop->lat_deg;
  row->kind = stop->id ? VD_KIND_STOP : VD_KIND_PATROL;
  row->id = stop->id ? stop->id : d->planned->patrol->record.id;
  row->bad = !done->reached;
}

static void add_stops(const telling *t) {
  const vd_report_column columns[] = {
      {"planned_departure", _("Planned departure"), VD_REPORT_TIME, 0, NULL, false},
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, true},
      {"number", _("Stop"), VD_REPORT_COUNT, 0, NULL, false},
      {"place", _("Place"), VD_REPORT_TEXT, 0, NULL, false},
      {"reached", _("Reached"), VD_REPORT_TEXT, 0, NULL, false},
      {"planned_arrival", _("Planned arrival"), VD_REPORT_TIME, 0, NULL, false},
      {"arrival", _("Arrival"), VD_REPORT_TIME, 0, NULL, false},
      {"late_min", _("Late, min"), VD_REPORT_NUMBER, 0, NULL, false},
      {"planned_stay_min", _("Stay planned, min"), VD_REPORT_NUMBER, 0, NULL, false},
      {"stay_min", _("Stayed, min"), VD_REPORT_NUMBER, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(t->report, "stops", _("Stops of departures with a track"),
                          _("No executed departure of this window has a track."), columns, 10);
  for (size_t i = 0; i < t->done->n_departures; i++) {
    const vd_departure *d = &t->done->departures[i];
    for (size_t k = 0; d->traced && k < d->planned->n_stops; k++) add_stop(t, table, d, k);
  }
}

/* ---- all ---- */

vd_status vd_report_execution(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  const vd_plan_info *info = vd_plan_info_lookup(input->plan);
  bool own = input->options.from_s != 0 || input->options.to_s != 0;
  vd_execution *done = VD_NEW(arena, vd_execution);
  VD_TRY(vd_execution_of(arena, input->plan, own ? input->options.from_s : info->from_s,
                         own ? input->options.to_s : info->to_s, done));
  vd_report *report = vd_report_new(arena, "execution", _("Planned and done"), input->plan);
  report->from_s = done->from_s, report->to_s = done->to_s;
  telling t = {report, input->plan, done};
  add_outcomes(&t);
  add_stops_reached(&t);
  add_departures(&t);
  add_stops(&t);
  *out = report;
  return VD_OK;
}
