/* coordinate: who covers whom, alone and together, and what hangs on one base, bridge or road.
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/coordinate.h"

#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

#define N_COLUMNS(columns) ((int)(sizeof(columns) / sizeof *(columns)))

static const char *const kind_labels[VD_LOST_KINDS] = {N_("base"), N_("bridge"), N_("road")};

/* ---- figures ---- */

static const char *count(const vd_report *report, double n) {
  return vd_count_text(report->arena, n);
}

/* A share with both its numbers; the sentence has two %s. */
static vd_report_figure *add_share(vd_report *report, const char *key, const char *format, double part,
                                   double all) {
  vd_report_figure *figure = vd_report_add_figure(
      report, key, vd_str_printf(report->arena, format, count(report, part), count(report, all)));
  figure->value = all > 0 ? part / all : NAN;
  figure->numerator = part, figure->denominator = all;
  return figure;
}

static void add_spare_figure(const vd_coordinate_report *r) {
  const vd_coordination *told = r->told;
  double best = 0;
  int64_t n_found = 0;
  for (size_t i = 0; i < told->n_doublings; i++) {
    double net = told->doublings[i].gained - told->doublings[i].given_up;
    n_found += told->doublings[i].answer == VD_SPARE_FOUND;
    if (told->doublings[i].answer == VD_SPARE_FOUND && net > best) best = net;
  }
  const char *pairs = count(r->report, (double)told->n_doublings),
             *spare = count(r->report, (double)told->n_spare);
  const char *sentence =
      n_found > 0
          ? vd_str_printf(
                r->report->arena,
                _("Pairs of visits that doubled each other: %s; visits to spare: %s, one of which would have "
                  "been worth up to %s person-hours of presence more elsewhere."),
                pairs, spare, count(r->report, best))
          : vd_str_printf(r->report->arena,
                          _("Pairs of visits that doubled each other: %s; visits to spare: %s."), pairs,
                          spare);
  vd_report_figure *figure = vd_report_add_figure(r->report, "spare_visits", sentence);
  figure->value = n_found > 0 ? best : NAN;
  figure->numerator = (double)told->n_spare, figure->denominator = (double)told->n_doublings;
  figure->unknown = (double)(told->n_spare - told->n_spare_asked);
}

static void add_seam_figure(const vd_coordinate_report *r) {
  double all = 0, not_reached = 0;
  for (size_t i = 0; i < r->told->n_seams; i++)
    all += r->told->seams[i].person_hours, not_reached += r->told->seams[i].not_reached;
  if (r->told->n_areas < 2) {
    vd_report_add_figure(
        r->report, "seams_not_reached",
        _("The plan has no two areas of responsibility, so there are no seams to look along."));
    return;
  }
  add_share(r->report, "seams_not_reached",
            _("Along the seams between areas nobody would have come in time in %s of %s person-hours under "
              "threat."),
            not_reached, all);
}

static void add_handover_figure(const vd_coordinate_report *r) {
  double person_hours = 0;
  for (size_t i = 0; i < r->told->n_handovers; i++) person_hours += r->told->handovers[i].person_hours;
  add_share(
      r->report, "between_actors",
      _("%s of %s person-hours under threat fell between one actor's last presence and another's first."),
      person_hours, r->told->person_hours);
}

static void add_loss_figure(const vd_coordinate_report *r) {
  const vd_coordination *told = r->told;
  if (told->n_losses == 0 || !(told->losses[0].covered > 0)) return;
  const vd_single_loss *worst = &told->losses[0];
  const char *name = worst->name && *worst->name ? worst->name : worst->id;
  vd_report_figure *figure = vd_report_add_figure(
      r->report, "worst_loss",
      vd_str_printf(r->report->arena,
                    _("The worst single loss: %s (%s, near %s), %s of %s covered person-hours."), name,
                    _(kind_labels[worst->kind]), worst->settlement ? worst->settlement : "–",
                    count(r->report, worst->covered), count(r->report, told->covered)));
  figure->value = worst->covered / told->covered;
  figure->numerator = worst->covered, figure->denominator = told->covered;
}

static void add_figures(const vd_coordinate_report *r) {
  const vd_coordination *told = r->told;
  add_share(r->report, "covered", _("All together covered %s of %s person-hours under threat."),
            told->covered, told->person_hours);
  add_share(r->report, "several_present",
            _("Two or more actors were present, not jointly, in %s of %s person-hours under threat."),
            told->several_present, told->person_hours);
  add_spare_figure(r);
  add_seam_figure(r);
  add_handover_figure(r);
  double two = told->in_time_of[2] + told->in_time_of[3];
  add_share(r->report, "in_time_of_two",
            _("Help would have come in time from two or more places in %s of %s person-hours under threat."),
            two, told->person_hours);
  add_loss_figure(r);
  if (told->n_joint == 0) return;
  size_t n_flagged = 0; /* one patrol may be flagged for two actors */
  for (size_t i = 0; i < told->n_joint_flags; i++)
    n_flagged += i == 0 || !vd_str_equal(told->joint_flags[i].patrol, told->joint_flags[i - 1].patrol);
  add_share(r->report, "joint_flagged",
            _("Joint patrols with an actor whose due-diligence rating is elevated: %s of %s."),
            (double)n_flagged, (double)told->n_joint);
}

/* ---- actors ---- */

static void add_actors(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"actor", _("Actor"), VD_REPORT_TEXT, 0, NULL, true},
      {"kind", _("Kind"), VD_REPORT_TEXT, 0, NULL, false},
      {"counts_as_presence", _("Counts"), VD_REPORT_TEXT, 0, NULL, false},
      {"bases", _("Bases"), VD_REPORT_COUNT, 0, NULL, false},
      {"patrols", _("Patrols"), VD_REPORT_COUNT, 0, NULL, false},
      {"departures", _("Departures"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_alone_person_hours", _("Covered alone"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_alone_share", _("Of all"), VD_REPORT_SHARE, 0, NULL, false},
      {"lost_without_person_hours", _("Lost without it"), VD_REPORT_COUNT, 0, NULL, false},
      {"lost_without_share", _("Of covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"in_time_alone_person_hours", _("In time alone"), VD_REPORT_COUNT, 0, NULL, false},
      {"present_alone_person_hours", _("Present alone"), VD_REPORT_COUNT, 0, NULL, false},
  };
  const vd_coordination *told = r->told;
  vd_report_table *table =
      vd_report_add_table(r->report, "actors", _("What each actor covers (person-hours)"),
                          _("No actor has a base or a patrol in this window."), columns, N_COLUMNS(columns));
  for (int round = 0; round < 2; round++) { /* those that do not count as presence stand apart */
    for (size_t i = 0; i < told->n_actors; i++) {
      const vd_coordinate_actor *a = &told->actors[i];
      if (a->counts != (round == 0)) continue;
      vd_report_row *row = vd_report_add_row(table);
      row->cells[0].text = a->name;
      row->cells[1].text = vd_terms_label(&vd_actor_kind_terms, a->kind);
      row->cells[1].word = vd_terms_word(&vd_actor_kind_terms, a->kind);
      row->cells[2].text = a->counts ? _("yes") : _("no"), row->cells[2].word = a->counts ? "yes" : "no";
      row->cells[3].number = (double)a->n_bases, row->cells[4].number = (double)a->n_patrols;
      row->cells[5].number = (double)a->n_departures;
      row->cells[11].number = a->present;
      if (*a->id) row->kind = VD_KIND_ACTOR, row->id = a->id;
      if (!a->counts) continue;
      row->cells[6].number = a->alone, row->cells[8].number = a->lost, row->cells[10].number = a->in_time;
      if (told->person_hours > 0) row->cells[7].number = a->alone / told->person_hours;
      if (told->covered > 0) row->cells[9].number = a->lost / told->covered;
    }
  }
}

static void add_pairs(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"actor_a", _("Actor"), VD_REPORT_TEXT, 0, NULL, true},
      {"actor_b", _("And"), VD_REPORT_TEXT, 0, NULL, true},
      {"covered_person_hours", _("Covered together"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_share", _("Of all"), VD_REPORT_SHARE, 0, NULL, false},
      {"both_present_person_hours", _("Both present"), VD_REPORT_COUNT, 0, NULL, false},
      {"both_cover_person_hours", _("Each covers"), VD_REPORT_COUNT, 0, NULL, false},
  };
  const vd_coordination *told = r->told;
  vd_report_table *table = vd_report_add_table(r->report, "pairs", _("Two actors at a time (person-hours)"),
                                               _("There are no two actors."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < told->n_pairs; i++) {
    const vd_coordinate_pair *pair = &told->pairs[i];
    const vd_coordinate_actor *a = &told->actors[pair->a], *b = &told->actors[pair->b];
    if (!(pair->covered > 0) && !(pair->both_present > 0)) continue;
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = a->name, row->cells[1].text = b->name;
    row->cells[4].number = pair->both_present;
    if (!a->counts || !b->counts) continue;
    row->cells[2].number = pair->covered, row->cells[5].number = pair->both_cover;
    if (told->person_hours > 0) row->cells[3].number = pair->covered / told->person_hours;
  }
}

/* ---- perpetrators, depth ---- */

static void add_perpetrators(const vd_coordinate_report *r) {
  const vd_report_column columns[] = {
      {"perpetrator_class", _("Perpetrator class"), VD_REPORT_TEXT, 0, NULL, true},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_share", _("Covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"reach_only_share", _("Reach only"), VD_REPORT_SHARE, 0, NULL, false},
      {"presence_only_share", _("Presence only"), VD_REPORT_SHARE, 0, NULL, false},
      {"uncovered_share", _("Uncovered"), VD_REPORT_SHARE, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(r->report, "perpetrators", _("By perpetrator class"),
                          _("Nobody is under threat in this window."), columns, N_COLUMNS(columns));
  double sum = 0;
  for (size_t i = 0; i < r->told->n_perpetrators; i++) {
    const vd_perpetrator_sums *sums = &r->told->perpetrators[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = sums->word ? sums->word : _("not told");
    row->cells[0].word = sums->word ? sums->word : "";
    row->cells[1].number = sums->people, row->cells[2].number = sums->person_hours;
    for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
      row->cells[2 + s].number = sums->by_state[s] / sums->person_hours;
    sum += sums->person_hours;
  }
  if (sum > r->told->person_hours * (1 + 1e-9))
    vd_report_add_note(
        r->report,
        _("People under threats of several perpetrator classes at a time count in each class: the "
          "classes add up to more than the total."),
        0);
}

static void add_depth(const vd_coordinate_report *r) {
  static const char *const names[VD_DEPTHS] = {N_("none"), "1", "2", N_("3 or more")};
  const vd_report_column columns[] = {
      {"places", _("Places"), VD_REPORT_TEXT, 0, NULL, true},
      {"person_hours", _("Person-hours"), VD_REPORT_COUNT, 0, NULL, false},
      {"share", _("Of all"), VD_REPORT_SHARE, 0, NULL, false},
      {"bases_person_hours", _("By bases alone"), VD_REPORT_COUNT, 0, NULL, false},
      {"bases_share", _("Of all"), VD_REPORT_SHARE, 0, NULL, false},
  };
  double all = r->told->person_hours;
  vd_report_table *table =
      vd_report_add_table(r->report, "depth", _("From how many places help would come in time"),
                          _("Nobody is under threat in this window."), columns, N_COLUMNS(columns));
  for (int k = 0; k < VD_DEPTHS && all > 0; k++) {
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = k == 0 || k == VD_DEPTHS - 1 ? _(names[k]) : names[k];
    row->cells[0].word = vd_str_printf(r->report->arena, k == VD_DEPTHS - 1 ? "%d+" : "%d", k);
    row->cells[1].number = r->told->in_time_of[k], row->cells[2].number = r->told->in_time_of[k] / all;
    row->cells[3].number = r->told->in_time_of_bases[k],
    row->cells[4].number = r->told->in_time_of_bases[k] / all;
  }
}

/* ---- losses ---- */

static void note_search(const vd_coordinate_report *r, vd_lost_kind kind, const char *format) {
  const vd_loss_search *search = &r->told->searches[kind];
  if (search->n_on_ways == 0) return;
  vd_report_add_note(r->report,
                     vd_str_printf(r->report->arena, format, (long long)search->n_solved,
                                   (long long)search->n_on_ways, count(r->report, search->next_covered)),
                     0);
}

static void add_losses(const vd_coordinate_report *r) {
  static const char *const words[VD_LOST_KINDS] = {"base", "bridge", "road"};
  const vd_report_column columns[] = {
      {"kind", _("Lost"), VD_REPORT_TEXT, 0, NULL, false},
      {"name", _("Name"), VD_REPORT_TEXT, 0, NULL, true},
      {"settlement", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      {"covered_person_hours", _("Covered no more"), VD_REPORT_COUNT, 0, NULL, false},
      {"covered_share", _("Of covered"), VD_REPORT_SHARE, 0, NULL, false},
      {"in_time_person_hours", _("In time no more"), VD_REPORT_COUNT, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(r->report, "single_losses", _("The worst single losses (person-hours)"),
                          _("Nothing depends on one base, bridge or road."), columns, N_COLUMNS(columns));
  for (size_t i = 0; i < r->told->n_losses; i++) {
    const vd_single_loss *loss = &r->told->losses[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = _(kind_labels[loss->kind]), row->cells[0].word = words[loss->kind];
    row->cells[1].text = loss->name && *loss->name ? loss->name : vd_str_dup_n(r->report->arena, loss->id, 8);
    row->cells[2].text = loss->settlement;
    row->cells[3].number = loss->covered, row->cells[5].number = loss->in_time;
    if (r->told->covered > 0) row->cells[4].number = loss->covered / r->told->covered;
    row->lon_deg = loss->lon_deg, row->lat_deg = loss->lat_deg;
    row->kind = loss->kind == VD_LOST_BASE ? VD_KIND_BASE : VD_KIND_ROAD, row->id = loss->id;
  }
  note_search(r, VD_LOST_BRIDGE,
              _("%lld of %lld bridges on quickest ways were worked out; none of the others costs more than "
                "%s covered "
                "person-hours."));
  note_search(
      r, VD_LOST_ROAD,
      _("%lld of %lld roads on quickest ways were worked out; none of the others costs more than %s covered "
        "person-hours."));
}

static void note_spares(const vd_coordinate_report *r) {
  if (r->told->n_spare > r->told->n_spare_asked)
    vd_report_add_note(r->report,
                       _("More spare visits than are looked at: the others are in no order of worth."),
                       r->told->n_spare - r->told->n_spare_asked);
}

vd_status vd_report_coordinate(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  vd_coordination *told;
  VD_TRY(vd_coordinate(input->study, input->plan, input->jobs, input->progress, arena, &told));
  vd_coordinate_report r = {vd_report_new(arena, "coordinate", _("Coordination between actors"), input->plan),
                            input->study, told};
  vd_report_use_study(r.report, input->study);
  add_figures(&r);
  add_actors(&r);
  add_pairs(&r);
  vd_coordinate_duplications(&r);
  vd_coordinate_hot_spots(&r);
  vd_coordinate_seam_table(&r);
  vd_coordinate_handover_table(&r);
  vd_coordinate_joint(&r);
  add_perpetrators(&r);
  add_depth(&r);
  add_losses(&r);
  note_spares(&r);
  *out = r.report;
  return VD_OK;
}
