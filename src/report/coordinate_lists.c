/* coordinate_lists: doubled visits, places and their actors, seams, hand-overs, joint patrols.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "report/coordinate.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

#define N_COLUMNS(columns) ((int)(sizeof(columns) / sizeof *(columns)))

/* ---- doubled visits ---- */

static const char *const answer_words[] = {"neither", "bound", "nowhere", "found", "not_asked"};

static const char *answer_text(vd_spare_answer answer) {
  static const char *const texts[] = {N_("neither is spare"), N_("it cannot move then"),
                                      N_("nowhere within an hour"), N_("yes"), N_("not looked at")};
  return _(texts[answer]);
}

static void tell_spare(const vd_coordinate_report *r, const vd_doubling *d, vd_report_row *row) {
  size_t n_gaps;
  const vd_gap *gaps = vd_study_gaps(r->study, &n_gaps);
  size_t n;
  const vd_duplicate *pair = &vd_study_duplicates(r->study, &n)[d->duplicate];
  if (d->patrol) row->cells[8].text = d->first ? pair->name_a : pair->name_b;
  row->cells[9].word = answer_words[d->answer];
  row->cells[9].text = answer_text(d->answer);
  if (d->answer != VD_SPARE_FOUND) return;
  row->cells[10].text = gaps[d->gap].name;
  row->cells[11].text = d->settlement;
  row->cells[12].number = d->minutes;
  row->cells[13].number = d->gained, row->cells[14].number = d->gained_covered;
  row->cells[15].number = d->given_up, row->cells[16].number = d->given_up_covered;
}

void vd_coordinate_duplications(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"settlement", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      {"from", _("From"), VD_REPORT_TIME, 0, NULL, false},
      {"to", _("To"), VD_REPORT_TIME, 0, NULL, false},
      {"visit_a", _("First"), VD_REPORT_TEXT, 0, NULL, false},
      {"actor_a", _("Of"), VD_REPORT_TEXT, 0, NULL, false},
      {"visit_b", _("Second"), VD_REPORT_TEXT, 0, NULL, false},
      {"actor_b", _("Of"), VD_REPORT_TEXT, 0, NULL, false},
      {"person_hours", _("Doubled person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"spare_visit", _("Could be spared"), VD_REPORT_TEXT, 0, NULL, false},
      {"answer", _("Worth more elsewhere"), VD_REPORT_TEXT, 0, NULL, false},
      {"gap", _("In gap"), VD_REPORT_TEXT, 0, NULL, false},
      {"gap_settlement", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      {"minutes", _("Away"), VD_REPORT_MINUTES, 0, NULL, false},
      {"gained_person_hours", _("Presence gained"), VD_REPORT_COUNT, 0, NULL, false},
      {"gained_covered_person_hours", _("Covered gained"), VD_REPORT_COUNT, 0, NULL, false},
      {"given_up_person_hours", _("Presence given up"), VD_REPORT_COUNT, 0, NULL, false},
      {"given_up_covered_person_hours", _("Covered given up"), VD_REPORT_COUNT, 0, NULL, false},
  };
  size_t n;
  const vd_duplicate *pairs = vd_study_duplicates(r->study, &n);
  vd_report_table *table = vd_report_add_table(
      r->report, "duplications", _("Visits that doubled each other, and where the spare one was worth more"),
      _("No visits doubled each other."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < r->told->n_doublings; i++) {
    const vd_doubling *d = &r->told->doublings[i];
    const vd_duplicate *pair = &pairs[d->duplicate];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = pair->settlement;
    row->cells[1].time_s = pair->from_s, row->cells[2].time_s = pair->to_s;
    row->cells[3].text = pair->name_a, row->cells[4].text = pair->actor_a;
    row->cells[5].text = pair->name_b, row->cells[6].text = pair->actor_b;
    row->cells[7].number = pair->person_hours;
    row->lon_deg = pair->lon_deg, row->lat_deg = pair->lat_deg;
    row->kind = VD_KIND_PATROL, row->id = pair->patrol_b;
    tell_spare(r, d, row);
  }
}

/* ---- places ---- */

static const char *actor_names(const vd_coordinate_report *r, uint64_t actors) {
  vd_buf buf = {.arena = r->report->arena};
  for (size_t a = 0; a < r->told->n_actors; a++) {
    if ((actors >> a & 1) == 0) continue;
    if (buf.n > 0) vd_buf_add(&buf, ", ");
    vd_buf_add(&buf, r->told->actors[a].name);
  }
  return buf.text;
}

static void tell_balance(const vd_hot_spot *spot, vd_report_cell *cell) {
  cell->word = spot->n_actors == 0 && spot->not_covered > 0 ? "nobody" : spot->balance > 0 ? "more" : "less";
  if (spot->balance == 0) cell->word = "even";
  cell->text = spot->n_actors == 0 && spot->not_covered > 0 ? _("nobody comes")
               : spot->balance > 0                          ? _("more visits than need")
               : spot->balance < 0                          ? _("more need than visits")
                                                            : _("even");
}

void vd_coordinate_hot_spots(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"settlement", _("Place"), VD_REPORT_TEXT, 0, NULL, false},
      {"threat_area", _("Threat area"), VD_REPORT_TEXT, 0, NULL, false},
      {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, false},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"actors", _("Actors"), VD_REPORT_COUNT, 0, NULL, false},
      {"actors_counting", _("That count"), VD_REPORT_COUNT, 0, NULL, false},
      {"visits", _("Visits"), VD_REPORT_COUNT, 0, NULL, false},
      {"visit_share", _("Of all visits"), VD_REPORT_SHARE, 0, NULL, false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"not_covered_person_hours", _("Not covered"), VD_REPORT_COUNT, 0, NULL, false},
      {"need_share", _("Of all not covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"balance", _("Balance"), VD_REPORT_TEXT, 0, NULL, false},
      {"who", _("Who"), VD_REPORT_TEXT, 0, NULL, true},
  };
  vd_report_table *table =
      vd_report_add_table(r->report, "hot_spots", _("Actors against need, farthest out of balance first"),
                          _("Nobody is under threat in this window."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < r->told->n_hot_spots; i++) {
    const vd_hot_spot *spot = &r->told->hot_spots[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = spot->settlement, row->cells[1].text = spot->threat;
    row->cells[2].text = vd_terms_label(&vd_priority_terms, spot->priority);
    row->cells[2].word = vd_terms_word(&vd_priority_terms, spot->priority);
    row->cells[3].number = spot->people;
    row->cells[4].number = spot->n_actors, row->cells[5].number = spot->n_counting;
    row->cells[6].number = (double)spot->n_visits, row->cells[7].number = spot->visit_share;
    row->cells[8].number = spot->person_hours, row->cells[9].number = spot->not_covered;
    row->cells[10].number = spot->need_share;
    tell_balance(spot, &row->cells[11]);
    row->cells[12].text = actor_names(r, spot->actors);
    row->lon_deg = spot->lon_deg, row->lat_deg = spot->lat_deg;
    row->bad = spot->n_actors == 0 && spot->not_covered > 0;
  }
}

/* ---- seams, hand-overs, joint patrols ---- */

static void tell_side(const vd_coordinate_report *r, const vd_seam_side *side, vd_report_row *row, int base,
                      int minutes) {
  size_t n;
  const vd_responder *responders = vd_study_responders(r->study, &n);
  if (side->responder < 0) return;
  row->cells[base].text = responders[side->responder].name;
  row->cells[minutes].number = side->minutes;
}

void vd_coordinate_seam_table(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"area_a", _("Area"), VD_REPORT_TEXT, 0, NULL, false},
      {"area_b", _("And"), VD_REPORT_TEXT, 0, NULL, false},
      {"settlement", _("Worst near"), VD_REPORT_TEXT, 0, NULL, false},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"people_not_reached", _("Not reached"), VD_REPORT_COUNT, 0, NULL, false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"not_reached_person_hours", _("Not in time"), VD_REPORT_COUNT, 0, NULL, false},
      {"not_reached_share", _("Share"), VD_REPORT_SHARE, 0, NULL, false},
      {"responder_a", _("Nearest of the first"), VD_REPORT_TEXT, 0, NULL, false},
      {"minutes_a", _("Minutes"), VD_REPORT_MINUTES, 0, NULL, false},
      {"responder_b", _("Nearest of the second"), VD_REPORT_TEXT, 0, NULL, false},
      {"minutes_b", _("Minutes"), VD_REPORT_MINUTES, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(
      r->report, "seams",
      vd_str_printf(r->report->arena, _("Seams: under threat within %s m of two areas of responsibility"),
                    vd_count_text(r->report->arena, r->told->seam_m)),
      _("No threatened place lies so near to two areas."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < r->told->n_seams; i++) {
    const vd_seam *seam = &r->told->seams[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = seam->sides[0].name, row->cells[1].text = seam->sides[1].name;
    row->cells[2].text = seam->settlement;
    row->cells[3].number = seam->people, row->cells[4].number = seam->people_not_reached;
    row->cells[5].number = seam->person_hours, row->cells[6].number = seam->not_reached;
    row->cells[7].number = seam->person_hours > 0 ? seam->not_reached / seam->person_hours : NAN;
    tell_side(r, &seam->sides[0], row, 8, 9);
    tell_side(r, &seam->sides[1], row, 10, 11);
    row->lon_deg = seam->lon_deg, row->lat_deg = seam->lat_deg;
    row->kind = VD_KIND_AREA, row->id = seam->sides[0].id;
    row->bad = seam->not_reached > 0;
    vd_report_row_shape(row, seam->outline);
  }
}

void vd_coordinate_handover_table(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"settlement", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      {"left", _("Last presence"), VD_REPORT_TIME, 0, NULL, false},
      {"by", _("By"), VD_REPORT_TEXT, 0, NULL, false},
      {"actor", _("Of"), VD_REPORT_TEXT, 0, NULL, false},
      {"came", _("Next presence"), VD_REPORT_TIME, 0, NULL, false},
      {"by_next", _("By"), VD_REPORT_TEXT, 0, NULL, false},
      {"actor_next", _("Of"), VD_REPORT_TEXT, 0, NULL, false},
      {"between_minutes", _("Between"), VD_REPORT_MINUTES, 0, NULL, false},
      {"standard_minutes", _("Revisit standard"), VD_REPORT_MINUTES, 0, NULL, false},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"person_hours", _("Person-hours without presence"), VD_REPORT_COUNT, 0, NULL, false},
  };
  const vd_coordination *told = r->told;
  vd_report_table *table =
      vd_report_add_table(r->report, "handovers", _("Between one actor's last presence and another's first"),
                          _("Wherever one actor followed another, it came within the revisit standard."),
                          columns, N_COLUMNS(columns));
  for (size_t i = 0; i < told->n_handovers; i++) {
    const vd_handover *h = &told->handovers[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = h->settlement;
    row->cells[1].time_s = h->left_s, row->cells[2].text = h->from_name;
    row->cells[3].text = told->actors[h->from_actor].name;
    row->cells[4].time_s = h->came_s, row->cells[5].text = h->to_name;
    row->cells[6].text = told->actors[h->to_actor].name;
    row->cells[7].number = (double)(h->came_s - h->left_s) / 60, row->cells[8].number = 60 * h->standard_h;
    row->cells[9].number = h->people, row->cells[10].number = h->person_hours;
    row->lon_deg = h->lon_deg, row->lat_deg = h->lat_deg;
  }
}

void vd_coordinate_joint(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"patrol", _("Patrol"), VD_REPORT_TEXT, 0, NULL, false},
      {"actor", _("Led by"), VD_REPORT_TEXT, 0, NULL, false},
      {"rated", _("Rated elevated"), VD_REPORT_TEXT, 0, NULL, false},
      {"departures", _("Departures"), VD_REPORT_COUNT, 0, NULL, false},
      {"first", _("First"), VD_REPORT_TIME, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(
      r->report, "joint_flagged", _("Joint patrols with an actor whose due-diligence rating is elevated"),
      _("No joint patrol is with an actor whose rating is elevated."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < r->told->n_joint_flags; i++) {
    const vd_joint_flag *flag = &r->told->joint_flags[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = flag->name, row->cells[1].text = flag->actor, row->cells[2].text = flag->rated;
    row->cells[3].number = (double)flag->n_departures, row->cells[4].time_s = flag->first_s;
    row->kind = VD_KIND_PATROL, row->id = flag->patrol;
    row->bad = true;
  }
}
