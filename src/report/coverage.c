/* coverage: who under threat was covered through the window, where and at which hours not.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/coverage.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

_Static_assert((int)VD_WEEK_HOURS == (int)VD_RIBBON_HOURS, "a ribbon has the hours of a week");

/* ---- figures ---- */

static void add_share(vd_report *report, const char *key, const char *sentence, double part, double whole) {
  vd_report_figure *figure =
      vd_report_add_figure(report, key,
                           vd_str_printf(report->arena, sentence, vd_count_text(report->arena, part),
                                         vd_count_text(report->arena, whole)));
  figure->value = whole > 0 ? part / whole : NAN;
  figure->numerator = part, figure->denominator = whole;
}

static void add_gap_hours(vd_report *report, const vd_cover *all) {
  if (isnan(all->gap_hours)) return;
  double threatened = vd_cover_hours(all, VD_WHEN_ALL) / all->people;
  vd_report_figure *figure = vd_report_add_figure(
      report, "gap_hours_per_person",
      vd_str_printf(
          report->arena,
          _("On average each person under threat was not covered for %.1f of %.1f threatened hours; "
            "the longest gap lasted %.1f hours."),
          all->gap_hours, threatened, all->longest_gap_h));
  figure->value = all->gap_hours;
  figure->numerator = all->gap_hours, figure->denominator = threatened;
}

static void add_never(vd_report *report, const vd_coverage *told) {
  int64_t never = 0;
  for (size_t i = 0; i < told->n_places; i++)
    never += told->places[i].cover.by_state[VD_WHEN_ALL][VD_COVERED] <= 0;
  const char *sentence =
      vd_str_printf(report->arena, _("%lld of %lld settlements under threat were covered at no time."),
                    (long long)never, (long long)told->n_places);
  if (told->n_unpeopled > 0)
    sentence = vd_str_printf(report->arena, _("%s %lld more stand where nobody is counted: unknown."),
                             sentence, (long long)told->n_unpeopled);
  vd_report_figure *figure = vd_report_add_figure(report, "places_never_covered", sentence);
  figure->value = (double)never;
  figure->numerator = (double)never, figure->denominator = (double)told->n_places;
  figure->unknown = (double)told->n_unpeopled;
}

static void add_figures(vd_report *report, const vd_coverage *told) {
  const vd_cover *all = &told->all;
  add_share(report, "covered_share", _("%s of %s person-hours under threat were covered."),
            all->by_state[VD_WHEN_ALL][VD_COVERED], vd_cover_hours(all, VD_WHEN_ALL));
  if (vd_cover_hours(all, VD_WHEN_NIGHT) > 0)
    add_share(report, "covered_share_night", _("By night %s of %s were covered."),
              all->by_state[VD_WHEN_NIGHT][VD_COVERED], vd_cover_hours(all, VD_WHEN_NIGHT));
  if (vd_cover_hours(all, VD_WHEN_MARKET) > 0)
    add_share(report, "covered_share_market_days", _("On market days %s of %s were covered."),
              all->by_state[VD_WHEN_MARKET][VD_COVERED], vd_cover_hours(all, VD_WHEN_MARKET));
  add_gap_hours(report, all);
  add_never(report, told);
}

/* How certain the share is. */
static void add_range(vd_report *report, const vd_headline *head) {
  const vd_sums *all = &head->all;
  double least = all->least_covered, most = all->most_covered;
  if (isnan(least) || !(all->person_hours > 0)) return;
  const char *words[] = {vd_count_text(report->arena, least), vd_count_text(report->arena, most),
                         vd_count_text(report->arena, all->person_hours)};
  vd_report_figure *figure = vd_report_add_figure(
      report, "covered_share_at_worst",
      vd_str_printf(report->arena, _("Surely covered, at worst too: %s of %s person-hours."), words[0],
                    words[2]));
  figure->value = least / all->person_hours;
  figure->numerator = least, figure->denominator = all->person_hours;
  figure = vd_report_add_figure(
      report, "covered_share_at_best",
      vd_str_printf(report->arena, _("Covered at best: %s of %s person-hours."), words[1], words[2]));
  figure->value = most / all->person_hours;
  figure->numerator = most, figure->denominator = all->person_hours;
}

/* ---- tables ---- */

static void add_priorities(vd_report *report, const vd_headline *head) {
  const vd_report_column columns[] = {
      {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, true},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_share", _("Covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"reach_only_share", _("Reach only"), VD_REPORT_SHARE, 0, NULL, false},
      {"presence_only_share", _("Presence only"), VD_REPORT_SHARE, 0, NULL, false},
      {"uncovered_share", _("Uncovered"), VD_REPORT_SHARE, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(report, "by_priority", _("By priority"),
                                               _("Nobody is under threat in this window."), columns, 7);
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--) {
    const vd_sums *sums = &head->by_priority[p];
    if (!(sums->person_hours > 0)) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = vd_terms_label(&vd_priority_terms, p);
    row->cells[0].word = vd_terms_word(&vd_priority_terms, p);
    row->cells[1].number = sums->people;
    row->cells[2].number = sums->person_hours;
    for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
      row->cells[2 + s].number = sums->by_state[s] / sums->person_hours;
  }
}

static const vd_report_column state_columns[] = {
    {"person_hours", N_("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
    {"covered_share", N_("Covered"), VD_REPORT_SHARE, 0, NULL, false},
    {"reach_only_share", N_("Reach only"), VD_REPORT_SHARE, 0, NULL, false},
    {"presence_only_share", N_("Presence only"), VD_REPORT_SHARE, 0, NULL, false},
    {"uncovered_share", N_("Uncovered"), VD_REPORT_SHARE, 0, NULL, false},
};
enum { STATE_COLUMNS = 5 };

static vd_report_table *add_state_table(vd_report *report, const char *key, const char *title,
                                        const char *first_key, const char *first_title) {
  vd_report_column columns[1 + STATE_COLUMNS] = {{first_key, first_title, VD_REPORT_TEXT, 0, NULL, true}};
  for (int i = 0; i < STATE_COLUMNS; i++) {
    columns[1 + i] = state_columns[i];
    columns[1 + i].title = _(state_columns[i].title);
  }
  return vd_report_add_table(report, key, title, _("Nobody is under threat in this window."), columns,
                             1 + STATE_COLUMNS);
}

static void add_state_row(vd_report_table *table, const char *word, const char *label,
                          const double *by_state) {
  double hours = 0;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) hours += by_state[s];
  vd_report_row *row = vd_report_add_row(table);
  row->cells[0].text = label, row->cells[0].word = word;
  row->cells[1].number = hours;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    row->cells[1 + s].number = hours > 0 ? by_state[s] / hours : NAN;
}

static void add_profiles(vd_report *report, const vd_coverage *told) {
  static const char *const words[VD_WHEN_COUNT] = {"window", "day", "night", "market_days", "other_days"};
  static const char *const labels[VD_WHEN_COUNT] = {N_("Whole window"), N_("By day"), N_("By night"),
                                                    N_("On market days"), N_("On other days")};
  vd_report_table *table =
      add_state_table(report, "profiles", _("By day and night, market and other days"), "when", _("When"));
  for (int w = 0; w < VD_WHEN_COUNT; w++) {
    if (vd_cover_hours(&told->all, (vd_when)w) > 0)
      add_state_row(table, words[w], _(labels[w]), told->all.by_state[w]);
  }
  if (told->n_markets_unknown > 0)
    vd_report_add_note(report, _("Markets whose days are not known: they tell nothing about market days."),
                       told->n_markets_unknown);
}

/* The columns of a cover, after those that name it. */
enum { COVER_COLUMNS = 7 };
static const vd_report_column cover_columns[COVER_COLUMNS] = {
    {"people", N_("People"), VD_REPORT_COUNT, 0, NULL, false},
    {"covered_share", N_("Covered"), VD_REPORT_SHARE, 0, NULL, false},
    {"gap_hours", N_("Gap-hours"), VD_REPORT_NUMBER, 1, NULL, false},
    {"n_gaps", N_("Gaps in time"), VD_REPORT_COUNT, 0, NULL, false},
    {"longest_gap_h", N_("Longest, h"), VD_REPORT_NUMBER, 1, NULL, false},
    {"longest_from", N_("Longest from"), VD_REPORT_TIME, 0, NULL, false},
    {"ribbon", N_("Hours of the week"), VD_REPORT_RIBBON, 0, NULL, false},
};

static vd_report_table *add_cover_table(vd_report *report, const char *key, const char *title,
                                        const char *empty, const vd_report_column *first, int n_first) {
  vd_report_column columns[4 + COVER_COLUMNS];
  for (int i = 0; i < n_first; i++) columns[i] = first[i];
  for (int i = 0; i < COVER_COLUMNS; i++) {
    columns[n_first + i] = cover_columns[i];
    columns[n_first + i].title = _(cover_columns[i].title);
  }
  return vd_report_add_table(report, key, title, empty, columns, n_first + COVER_COLUMNS);
}

static void set_cover(vd_report_row *row, int first, const vd_cover *cover) {
  vd_report_cell *cells = row->cells + first;
  cells[0].number = cover->people;
  cells[1].number = vd_cover_share(cover, VD_WHEN_ALL);
  cells[2].number = cover->gap_hours;
  cells[3].number = cover->n_gaps;
  cells[4].number = cover->longest_gap_h;
  cells[5].time_s = cover->longest_from_s;
  cells[6].ribbon = cover->ribbon;
  row->bad = cover->people > 0 && cover->by_state[VD_WHEN_ALL][VD_COVERED] <= 0;
}

static void set_priority(vd_report_cell *cell, int priority) {
  cell->text = vd_terms_label(&vd_priority_terms, priority);
  cell->word = vd_terms_word(&vd_priority_terms, priority);
  cell->number = priority; /* its order */
}

static void add_places(vd_report *report, const vd_coverage *told) {
  const vd_report_column first[] = {{"place", _("Place"), VD_REPORT_TEXT, 0, NULL, true},
                                    {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, false}};
  vd_report_table *table = add_cover_table(report, "places", _("Settlements under threat"),
                                           _("No settlement is under threat in this window."), first, 2);
  for (size_t i = 0; i < told->n_places; i++) {
    const vd_cover_place *place = &told->places[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = place->name;
    set_priority(&row->cells[1], place->priority);
    set_cover(row, 2, &place->cover);
    row->lon_deg = place->lon_deg, row->lat_deg = place->lat_deg;
    row->kind = VD_KIND_SETTLEMENT, row->id = place->id;
  }
}

static void add_gaps(vd_report *report, const vd_study *study, const vd_coverage *told) {
  const vd_report_column first[] = {{"gap", _("Gap"), VD_REPORT_TEXT, 0, NULL, false},
                                    {"near", _("Nearest settlement"), VD_REPORT_TEXT, 0, NULL, true},
                                    {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, false},
                                    {"cause", _("Main cause"), VD_REPORT_TEXT, 0, NULL, false}};
  vd_report_table *table =
      add_cover_table(report, "gaps", _("Gaps, heaviest first"),
                      _("No gaps: everyone under threat is covered all the time."), first, 4);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  for (size_t i = 0; i < n; i++) {
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = gaps[i].name;
    row->cells[1].text = gaps[i].settlement;
    set_priority(&row->cells[2], gaps[i].priority);
    row->cells[3].text = vd_terms_label(&vd_cause_terms, gaps[i].cause);
    row->cells[3].word = vd_terms_word(&vd_cause_terms, gaps[i].cause);
    set_cover(row, 4, &told->gaps[i]);
    row->lon_deg = gaps[i].lon_deg, row->lat_deg = gaps[i].lat_deg;
    vd_report_row_shape(row, gaps[i].outline);
  }
}

static void add_threats(vd_report *report, const vd_plan *plan, const vd_coverage *told) {
  const vd_report_column first[] = {{"threat_area", _("Threat area"), VD_REPORT_TEXT, 0, NULL, true},
                                    {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, false}};
  vd_report_table *table = add_cover_table(report, "threat_areas", _("Threat areas"),
                                           _("No threat area is active in this window."), first, 2);
  for (size_t i = 0; i < told->n_threats && i < vd_plan_count(plan, VD_KIND_THREAT_AREA); i++) {
    const vd_threat_area *threat = vd_plan_at(plan, VD_KIND_THREAT_AREA, i);
    if (!(told->threats[i].people > 0)) continue;
    vd_box box = vd_geom_box(threat->record.geom);
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = threat->record.name;
    set_priority(&row->cells[1], threat->priority);
    set_cover(row, 2, &told->threats[i]);
    row->lon_deg = (box.min_x + box.max_x) / 2, row->lat_deg = (box.min_y + box.max_y) / 2;
    row->kind = VD_KIND_THREAT_AREA, row->id = threat->record.id;
    vd_report_row_shape(row, threat->record.geom);
  }
}

/* ---- the other season ---- */

/* Seasons change roads, speeds and water: the land is laid anew. */
static vd_status other_season(const vd_report_input *input, int season, vd_sums *sums) {
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  vd_plan *plan = vd_plan_copy(input->plan);
  vd_plan_info info = *vd_plan_info_lookup(plan);
  vd_study_options options = input->options;
  info.season = season;
  options.without_losses = true, options.memory = NULL;
  double cell_m = vd_landscape_grid(vd_study_landscape(input->study))->cell_m;
  vd_status status = vd_plan_load_info(plan, &info);
  if (status == VD_OK) status = vd_landscape_build(plan, cell_m, input->jobs, input->progress, &land);
  if (status == VD_OK) status = vd_study_run(plan, land, &options, input->jobs, input->progress, &study);
  if (status == VD_OK) *sums = vd_study_headline(study)->all;
  vd_plan_free(plan);
  return status;
}

static vd_status add_seasons(vd_report *report, const vd_report_input *input) {
  vd_sums sums[VD_SEASON_COUNT];
  int own = vd_plan_info_lookup(input->plan)->season;
  for (int s = 0; s < VD_SEASON_COUNT; s++) {
    if (s == own)
      sums[s] = vd_study_headline(input->study)->all;
    else
      VD_TRY(other_season(input, s, &sums[s]));
  }
  vd_report_table *table = add_state_table(report, "by_season", _("By season"), "season", _("Season"));
  for (int s = 0; s < VD_SEASON_COUNT; s++)
    add_state_row(table, vd_terms_word(&vd_season_terms, s), vd_terms_label(&vd_season_terms, s),
                  sums[s].by_state);
  return VD_OK;
}

vd_status vd_report_coverage(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  vd_coverage *told;
  VD_TRY(vd_study_coverage(input->study, input->plan, input->jobs, input->progress, arena, &told));
  vd_report *report = vd_report_new(arena, "coverage", _("Coverage over time"), input->plan);
  vd_report_use_study(report, input->study);
  add_figures(report, told);
  add_range(report, vd_study_headline(input->study));
  add_priorities(report, vd_study_headline(input->study));
  add_profiles(report, told);
  if (input->seasons) VD_TRY(add_seasons(report, input));
  add_places(report, told);
  add_gaps(report, input->study, told);
  add_threats(report, input->plan, told);
  *out = report;
  return VD_OK;
}
