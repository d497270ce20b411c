/* predict: how well a watcher foretells visits, and which departures to move.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/predict.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* The grades of vd_predict_grade, and before them too few to tell. */
static const char *const grade_words[] = {"too_few", "random", "loose", "habit", "regular", "clockwork"};
static const char *const grade_labels[] = {N_("too few to tell"), N_("random"),  N_("loose"),
                                           N_("habit"),           N_("regular"), N_("clockwork")};
enum { REGULAR = 3 };

static vd_report_cell grade_cell(double score) {
  int grade = vd_predict_grade(score) + 1;
  return (vd_report_cell){.text = _(grade_labels[grade]), .word = grade_words[grade]};
}

/* "Mon 09:00 for 23 h" of an hour of the week; NULL when there is none. */
static const char *absence_text(vd_arena *arena, const vd_habit *habit) {
  static const char *const days[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                     N_("Fri"), N_("Sat"), N_("Sun")};
  if (habit->absent_h <= 0) return NULL;
  return vd_str_printf(arena, _("%s %02d:00 for %d h"), _(days[habit->absent_from_h / 24]),
                       (int)habit->absent_from_h % 24, (int)habit->absent_h);
}

/* ---- figures ---- */

static void add_share(vd_report *report, const char *key, const char *sentence, const vd_watched_row *rows,
                      size_t n) {
  vd_arena *arena = report->arena;
  double told = 0, regular = 0;
  for (size_t i = 0; i < n; i++) {
    told += !isnan(rows[i].habit.score);
    regular += vd_predict_grade(rows[i].habit.score) >= REGULAR;
  }
  vd_report_figure *figure =
      vd_report_add_figure(report, key,
                           vd_str_printf(arena, sentence, vd_count_text(arena, regular),
                                         vd_count_text(arena, told), vd_count_text(arena, (double)n - told)));
  figure->value = told > 0 ? regular / told : NAN;
  figure->numerator = regular, figure->denominator = told, figure->unknown = (double)n - told;
}

static void add_figures(vd_report *report, const vd_predictability *p, bool planned) {
  vd_arena *arena = report->arena;
  vd_report_figure *figure = vd_report_add_figure(
      report, "weeks",
      vd_str_printf(
          arena,
          planned
              ? _("Seen for %d weeks, planned and approved patrols only; a watcher wants to be %.0f %% sure.")
              : _("Seen for %d weeks, executed patrols only; a watcher wants to be %.0f %% sure."),
          (int)p->weeks, 100 * p->confidence));
  figure->value = p->weeks;
  add_share(
      report, "regular_places",
      _("%s of %s places have visits that are regular or clockwork; of %s there are too few visits to tell."),
      p->places, p->n_places);
  add_share(report, "regular_units",
            _("%s of %s units go out in a way that is regular or clockwork; of %s there are too few "
              "departures to tell."),
            p->units, p->n_units);
  figure = vd_report_add_figure(
      report, "unvisited",
      vd_str_printf(arena, _("%s places have no visit in these weeks: unknown, not quiet."),
                    vd_count_text(arena, (double)p->n_unvisited)));
  figure->value = (double)p->n_unvisited;
}

/* ---- places and units ---- */

/* The cells from the visits on. */
static void add_habit(vd_arena *arena, vd_report_cell *c, const vd_habit *habit) {
  c[0].number = (double)habit->n_visits;
  c[1].number = habit->score;
  c[2] = grade_cell(habit->score);
  c[3].text = absence_text(arena, habit);
  c[4].number = habit->absent_h;
  c[5].number = habit->absent_weeks_broken;
  c[6].number = habit->absent_weeks_seen;
  c[7].number = habit->hour_entropy;
  c[8].number = habit->weekday_entropy;
  c[9].number = habit->interval_entropy;
}

static void add_rows(vd_report *report, vd_report_table *table, const vd_watched_row *rows, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const vd_watched_row *from = &rows[i];
    vd_report_row *row = vd_report_add_row(table);
    const vd_kind_info *info = vd_kind_lookup(from->kind);
    row->cells[0].text = from->name;
    row->cells[1].text = _(info->label), row->cells[1].word = info->table;
    if (from->priority >= 0) {
      row->cells[2].text = vd_terms_label(&vd_priority_terms, from->priority);
      row->cells[2].word = vd_terms_word(&vd_priority_terms, from->priority);
    } else if (from->actor) {
      row->cells[2].text = from->actor;
    }
    add_habit(report->arena, row->cells + 3, &from->habit);
    row->lon_deg = from->lon_deg, row->lat_deg = from->lat_deg;
    row->kind = from->kind, row->id = from->id;
    row->bad = vd_predict_grade(from->habit.score) > REGULAR;
  }
}

static void add_watched(vd_report *report, const char *key, const char *title, const char *empty,
                        const char *third_key, const char *third, const char *visits,
                        const vd_watched_row *rows, size_t n) {
  const vd_report_column columns[] = {
      {"name", _("Name"), VD_REPORT_TEXT, 0, NULL, true},
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {third_key, third, VD_REPORT_TEXT, 0, NULL, false},
      {"visits", visits, VD_REPORT_COUNT, 0, NULL, false},
      {"score", _("Score"), VD_REPORT_NUMBER, 2, NULL, false},
      {"grade", _("Grade"), VD_REPORT_TEXT, 0, NULL, false},
      {"absence", _("Nobody foretold from"), VD_REPORT_TEXT, 0, NULL, false},
      {"absent_h", _("Hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"absence_weeks_broken", _("Weeks it failed"), VD_REPORT_COUNT, 0, NULL, false},
      {"absence_weeks_seen", _("Of weeks"), VD_REPORT_COUNT, 0, NULL, false},
      {"hour_entropy", _("Spread of hours"), VD_REPORT_NUMBER, 2, NULL, false},
      {"weekday_entropy", _("Of weekdays"), VD_REPORT_NUMBER, 2, NULL, false},
      {"interval_entropy", _("Of intervals"), VD_REPORT_NUMBER, 2, NULL, false},
  };
  add_rows(report, vd_report_add_table(report, key, title, empty, columns, sizeof columns / sizeof *columns),
           rows, n);
}

/* ---- moves ---- */

/* "+2 h", "-1 d +3 h". */
static const char *move_text(vd_arena *arena, int64_t by_s) {
  int64_t days = by_s / VD_DAY_S, rest = by_s % VD_DAY_S;
  if (rest > VD_DAY_S / 2) days++, rest -= VD_DAY_S;
  if (rest < -VD_DAY_S / 2) days--, rest += VD_DAY_S;
  int hours = (int)(rest / VD_HOUR_S);
  if (days == 0) return vd_str_printf(arena, _("%+d h"), hours);
  if (hours == 0) return vd_str_printf(arena, _("%+d d"), (int)days);
  return vd_str_printf(arena, _("%+d d %+d h"), (int)days, hours);
}

static void add_moves(vd_report *report, const vd_predictability *p) {
  const vd_report_column columns[] = {
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, true},
      {"departs", _("Departure"), VD_REPORT_TIME, 0, NULL, false},
      {"move", _("Move by"), VD_REPORT_TEXT, 0, NULL, false},
      {"move_min", _("Minutes"), VD_REPORT_NUMBER, 0, NULL, false},
      {"moved", _("To"), VD_REPORT_TIME, 0, NULL, false},
      {"score_before", _("Score now"), VD_REPORT_NUMBER, 2, NULL, false},
      {"score_after", _("With all its moves"), VD_REPORT_NUMBER, 2, NULL, false},
      {"grade_after", _("Grade then"), VD_REPORT_TEXT, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(
      report, "moves", _("Departures to move"),
      _("None would make a regular patrol harder to foretell and keep the revisit standards."), columns,
      sizeof columns / sizeof *columns);
  for (size_t r = 0; r < p->n_rescored; r++) {
    const vd_rescored *of = &p->rescored[r];
    for (size_t m = of->first_move; m < of->first_move + of->n_moves; m++) {
      const vd_moved_departure *move = &p->moves[m];
      vd_report_row *row = vd_report_add_row(table);
      row->cells[0].text = p->units[of->unit].name;
      row->cells[1].time_s = move->departs_s;
      row->cells[2].text = move_text(report->arena, move->moved_s - move->departs_s);
      row->cells[3].number = (double)(move->moved_s - move->departs_s) / VD_MINUTE_S;
      row->cells[4].time_s = move->moved_s;
      row->cells[5].number = of->before, row->cells[6].number = of->after;
      row->cells[7] = grade_cell(of->after);
      row->kind = VD_KIND_PATROL, row->id = p->units[of->unit].id;
    }
  }
}

static void note_unmoved(vd_report *report, const vd_predictability *p) {
  int64_t n = 0;
  for (size_t r = 0; r < p->n_rescored; r++) n += p->rescored[r].n_moves == 0;
  if (n > 0)
    vd_report_add_note(
        report, _("Regular patrols for which no moves were found that help and keep the revisit standards."),
        n);
}

vd_status vd_report_predict(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  vd_report *report = *out = vd_report_new(arena, "predict", _("Predictability"), input->plan);
  vd_predict_options options = {
      .to_s = input->options.to_s, .weeks = input->weeks, .planned = input->planned};
  vd_predictability p;
  VD_TRY(vd_predict_run(arena, input->plan, input->landscape, &options, input->jobs, input->progress, &p));
  report->from_s = p.from_s, report->to_s = p.to_s;
  add_figures(report, &p, input->planned);
  add_watched(report, "places", _("Places"), _("No place has a visit in these weeks."), "priority",
              _("Priority"), _("Visits"), p.places, p.n_places);
  add_watched(report, "units", _("Units"), _("No unit departs in these weeks."), "actor", _("Actor"),
              _("Departures"), p.units, p.n_units);
  add_moves(report, &p);
  for (size_t i = 0; i < p.n_notes; i++) vd_report_add_note(report, p.notes[i].text, p.notes[i].count);
  note_unmoved(report, &p);
  return VD_OK;
}
