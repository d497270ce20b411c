/* schedule: the outings of the window, their legs, and what does not fit together.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/schedule.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { MOST_LEGS = 20000 };

static const char *count_text(const vd_report *report, size_t n) {
  return vd_count_text(report->arena, (double)n);
}

/* How many conflicts name each outing. */
static size_t *conflicts_of(vd_arena *arena, const vd_schedule *schedule) {
  size_t *of = VD_NEW_ARRAY(arena, size_t, schedule->n_outings + 1);
  for (size_t i = 0; i < schedule->n_conflicts; i++) {
    of[schedule->conflicts[i].a]++;
    if (schedule->conflicts[i].b >= 0) of[schedule->conflicts[i].b]++;
  }
  return of;
}

static bool is_to_come(const vd_outing *outing) {
  return outing->in_window && (outing->state == VD_PLANNED || outing->state == VD_APPROVED);
}

static void add_figures(vd_report *report, const vd_schedule *schedule, const size_t *conflicts) {
  vd_buf by_state = {.arena = report->arena};
  for (int state = 0; state < VD_PATROL_STATE_COUNT; state++)
    vd_buf_printf(&by_state, "%s%s %s", state ? ", " : "", count_text(report, schedule->n_by_state[state]),
                  vd_terms_label(&vd_patrol_state_terms, state));
  vd_report_figure *figure =
      vd_report_add_figure(report, "outings",
                           vd_str_printf(report->arena, _("%s outings in the window: %s."),
                                         count_text(report, schedule->n_in_window), by_state.text));
  figure->value = (double)schedule->n_in_window;
  size_t n = 0, n_off = 0;
  for (size_t i = 0; i < schedule->n_outings; i++) {
    n += is_to_come(&schedule->outings[i]);
    n_off += is_to_come(&schedule->outings[i]) && conflicts[i] > 0;
  }
  figure = vd_report_add_figure(
      report, "conflicts",
      vd_str_printf(report->arena, _("%s conflicts; %s of %s planned and approved outings have one."),
                    count_text(report, schedule->n_conflicts), count_text(report, n_off),
                    count_text(report, n)));
  figure->value = (double)schedule->n_conflicts;
  figure->numerator = (double)n_off, figure->denominator = (double)n;
}

static void point_at(vd_report_row *row, const vd_outing *outing) {
  row->kind = VD_KIND_PATROL, row->id = outing->patrol;
  row->lon_deg = outing->lon_deg, row->lat_deg = outing->lat_deg;
}

static void add_kinds(vd_report *report, const vd_schedule *schedule) {
  const vd_report_column columns[] = {
      {"kind", _("Conflict"), VD_REPORT_TEXT, 0, NULL, true},
      {"conflicts", _("How many"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(report, "conflict_kinds", _("Conflicts by kind"), _("There is none."), columns, 2);
  for (int kind = 0; kind < VD_CONFLICT_COUNT; kind++) {
    size_t n = 0;
    for (size_t i = 0; i < schedule->n_conflicts; i++) n += (int)schedule->conflicts[i].kind == kind;
    if (n == 0) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = vd_terms_label(&vd_conflict_terms, kind);
    row->cells[0].word = vd_terms_word(&vd_conflict_terms, kind);
    row->cells[1].number = (double)n;
  }
}

static void add_conflicts(vd_report *report, const vd_schedule *schedule) {
  const vd_report_column columns[] = {
      {"from", _("From"), VD_REPORT_TIME, 0, NULL, false},
      {"to", _("To"), VD_REPORT_TIME, 0, NULL, false},
      {"kind", _("Conflict"), VD_REPORT_TEXT, 0, NULL, false},
      {"minutes", _("How much"), VD_REPORT_MINUTES, 0, NULL, false},
      {"what", _("What does not fit"), VD_REPORT_TEXT, 0, NULL, true},
      {"patrol", _("Outing"), VD_REPORT_TEXT, 0, NULL, false},
      {"other", _("And"), VD_REPORT_TEXT, 0, NULL, false},
      {"who", _("Crew or vehicle"), VD_REPORT_TEXT, 0, NULL, false},
      {"restriction", _("Restriction"), VD_REPORT_TEXT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(report, "conflicts", _("Conflicts"),
                                               _("Nothing conflicts in this window."), columns, 9);
  for (size_t i = 0; i < schedule->n_conflicts; i++) {
    const vd_conflict *at = &schedule->conflicts[i];
    vd_report_row *row = vd_report_add_row(table);
    point_at(row, &schedule->outings[at->a]);
    row->lon_deg = at->lon_deg, row->lat_deg = at->lat_deg, row->bad = true;
    row->cells[0].time_s = at->from_s, row->cells[1].time_s = at->to_s;
    row->cells[2].text = vd_terms_label(&vd_conflict_terms, (int)at->kind);
    row->cells[2].word = vd_terms_word(&vd_conflict_terms, (int)at->kind);
    row->cells[3].number = at->minutes;
    row->cells[4].text = at->text;
    row->cells[5].text = schedule->outings[at->a].name;
    row->cells[6].text = at->b >= 0 ? schedule->outings[at->b].name : NULL;
    row->cells[7].text = at->who, row->cells[8].text = at->restriction_name;
  }
  if (schedule->conflicts_cut)
    vd_report_add_note(report, _("There are more conflicts than are told; choose a shorter window."), 0);
}

static void add_outings(vd_report *report, const vd_schedule *schedule, const size_t *conflicts) {
  const vd_report_column columns[] = {
      {"departure", _("Departure"), VD_REPORT_TIME, 0, NULL, false},
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, true},
      {"actor", _("Actor"), VD_REPORT_TEXT, 0, NULL, false},
      {"state", _("State"), VD_REPORT_TEXT, 0, NULL, false},
      {"vehicle", _("Vehicle"), VD_REPORT_TEXT, 0, NULL, false},
      {"back", _("Back"), VD_REPORT_TIME, 0, NULL, false},
      {"planned_back", _("Planned back"), VD_REPORT_TIME, 0, NULL, false},
      {"length_km", _("km"), VD_REPORT_NUMBER, 1, NULL, false},
      {"crew", _("Crew"), VD_REPORT_TEXT, 0, NULL, false},
      {"vehicles", _("Call signs"), VD_REPORT_TEXT, 0, NULL, false},
      {"executed", _("Executed"), VD_REPORT_TIME, 0, NULL, false},
      {"conflicts", _("Conflicts"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(report, "outings", _("Outings"),
                                               _("No patrol is out in this window."), columns, 12);
  for (size_t i = 0; i < schedule->n_outings; i++) {
    const vd_outing *at = &schedule->outings[i];
    if (!at->in_window) continue;
    vd_report_row *row = vd_report_add_row(table);
    point_at(row, at);
    row->bad = conflicts[i] > 0;
    row->cells[0].time_s = at->depart_s;
    row->cells[1].text = at->name, row->cells[2].text = at->actor_name;
    row->cells[3].text = vd_terms_label(&vd_patrol_state_terms, at->state);
    row->cells[3].word = vd_terms_word(&vd_patrol_state_terms, at->state);
    row->cells[4].text = vd_terms_label(&vd_vehicle_terms, at->vehicle);
    row->cells[4].word = vd_terms_word(&vd_vehicle_terms, at->vehicle);
    row->cells[5].time_s = at->return_s, row->cells[6].time_s = at->planned_return_s;
    row->cells[7].number = at->length_m / 1e3;
    row->cells[8].text = at->crew, row->cells[9].text = at->vehicles_named;
    if (at->executed_by >= 0) row->cells[10].time_s = schedule->outings[at->executed_by].depart_s;
    row->cells[11].number = (double)conflicts[i];
  }
}

static void add_leg(vd_report_table *table, const vd_outing *outing, size_t k) {
  const vd_schedule_leg *leg = &outing->legs[k];
  const vd_outing_leg *times = &outing->times[k];
  vd_report_row *row = vd_report_add_row(table);
  point_at(row, outing);
  if (!isnan(leg->lon_deg)) row->lon_deg = leg->lon_deg, row->lat_deg = leg->lat_deg;
  row->cells[0].text = outing->name;
  row->cells[1].number = (double)k + 1;
  row->cells[2].text = leg->stop < 0 ? _("End of the route") : leg->place;
  row->cells[3].time_s = times->leave_s, row->cells[4].time_s = times->arrive_s;
  row->cells[5].number = (double)(times->depart_s - times->arrive_s) / 60;
  row->cells[6].number = times->planned_s / 60, row->cells[7].number = times->needed_s / 60;
  row->cells[8].number = leg->length_m / 1e3, row->cells[9].number = leg->no_speed_m / 1e3;
}

static void add_legs(vd_report *report, const vd_schedule *schedule) {
  const vd_report_column columns[] = {
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, true},
      {"leg", _("Leg"), VD_REPORT_COUNT, 0, NULL, false},
      {"to", _("To"), VD_REPORT_TEXT, 0, NULL, false},
      {"leave", _("Leaves"), VD_REPORT_TIME, 0, NULL, false},
      {"arrive", _("Arrives"), VD_REPORT_TIME, 0, NULL, false},
      {"stay_min", _("Stays"), VD_REPORT_MINUTES, 0, NULL, false},
      {"planned_min", _("Planned"), VD_REPORT_MINUTES, 0, NULL, false},
      {"needed_min", _("Needed"), VD_REPORT_MINUTES, 0, NULL, false},
      {"length_km", _("km"), VD_REPORT_NUMBER, 1, NULL, false},
      {"no_speed_km", _("km without speed"), VD_REPORT_NUMBER, 1, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(report, "legs", _("Legs"), _("No patrol is out in this window."), columns, 10);
  int64_t n_left = 0;
  for (size_t i = 0; i < schedule->n_outings; i++) {
    const vd_outing *at = &schedule->outings[i];
    for (size_t k = 0; k < at->n_legs && at->in_window; k++) {
      if (table->n_rows < MOST_LEGS)
        add_leg(table, at, k);
      else
        n_left++;
    }
  }
  if (n_left > 0) vd_report_add_note(report, _("Legs are not listed; choose a shorter window."), n_left);
}

/* Patrols are told once, however often they go. */
static void note_ground(vd_report *report, const vd_schedule *schedule) {
  int64_t n = 0;
  const vd_schedule_leg *told = NULL;
  for (size_t i = 0; i < schedule->n_outings; i++) {
    const vd_outing *at = &schedule->outings[i];
    if (at->legs == told) continue;
    told = at->legs;
    for (size_t k = 0; k < at->n_legs; k++) n += at->legs[k].no_speed_m > 0;
  }
  if (n > 0)
    vd_report_add_note(
        report, _("Legs go over ground on which their vehicle has no speed: it takes its usual pace there."),
        n);
}

vd_status vd_report_schedule(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  vd_schedule *schedule;
  VD_TRY(vd_schedule_make(input->plan, input->landscape, &input->options, input->progress, arena, &schedule));
  vd_report *report = vd_report_new(arena, "schedule", _("Schedule"), input->plan);
  report->from_s = schedule->from_s, report->to_s = schedule->to_s;
  const size_t *conflicts = conflicts_of(arena, schedule);
  add_figures(report, schedule, conflicts);
  add_outings(report, schedule, conflicts);
  add_legs(report, schedule);
  add_kinds(report, schedule);
  add_conflicts(report, schedule);
  for (size_t i = 0; i < schedule->n_notes; i++)
    vd_report_add_note(report, schedule->notes[i].text, schedule->notes[i].count);
  note_ground(report, schedule);
  *out = report;
  return VD_OK;
}
