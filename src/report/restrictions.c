/* restrictions: the report on movement restrictions - how often, whose, where, how regularly, and what they cost.
 * SPDX-License-Identifier: Apache-2.0 */
#include "report/restrictions.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

const char *vd_mode_label(vd_mode mode) {
  static const char *const labels[] = {N_("Land"), N_("Air"), N_("River")};
  return _(labels[mode]);
}

const char *vd_month_text(vd_arena *arena, int32_t month) {
  return month < 0 ? "" : vd_str_printf(arena, "%04d-%02d", month / 12, month % 12 + 1);
}

const char *vd_name_or(const char *name, const char *otherwise) {
  return name && *name ? name : otherwise;
}

void vd_row_at(vd_report_row *row, double lon_deg, double lat_deg, vd_kind kind, const char *id) {
  row->lon_deg = lon_deg, row->lat_deg = lat_deg;
  row->kind = id ? kind : VD_KIND_COUNT;
  row->id = id;
}

/* ---- headline figures ---- */

static vd_report_figure *add_figure(const vd_telling *t, const char *key, const char *sentence,
                                    double numerator, double denominator, double unknown) {
  vd_report_figure *figure = vd_report_add_figure(t->report, key, sentence);
  figure->numerator = numerator, figure->denominator = denominator, figure->unknown = unknown;
  figure->value = denominator > 0 ? numerator / denominator : NAN;
  return figure;
}

static const char *count(const vd_telling *t, int64_t n) {
  return vd_count_text(t->report->arena, (double)n);
}

static void tell_counts(const vd_telling *t) {
  const vd_register_group *all = &t->reg->total;
  vd_arena *arena = t->report->arena;
  add_figure(
      t, "denials",
      vd_str_printf(arena,
                    _("%s reports; in %s of them a movement was turned back, sent another way or given up; "
                      "of %s it is not known."),
                    count(t, all->n), count(t, all->n_denials), count(t, all->n_maybe)),
      (double)all->n_denials, (double)all->n, (double)all->n_maybe);
  const char *sentence =
      all->planned > 0
          ? vd_str_printf(arena, _("%s denials in %s planned movements: %.1f in 100."),
                          count(t, all->n_denials), count(t, all->planned),
                          100 * (double)all->n_denials / (double)all->planned)
          : vd_str_printf(arena,
                          _("%s denials; no movement was planned in the period, so that there is no rate."),
                          count(t, all->n_denials));
  vd_report_figure *rate = add_figure(t, "denials_per_100_movements", sentence, (double)all->n_denials,
                                      (double)all->planned, (double)all->n_maybe);
  rate->value *= 100;
}

static void tell_hours(const vd_telling *t) {
  const vd_register_group *all = &t->reg->total;
  vd_report_figure *hours = vd_report_add_figure(
      t->report, "hours_lost",
      vd_str_printf(t->report->arena, _("%s hours lost by the %s reports that say so; %s do not."),
                    vd_count_text(t->report->arena, all->hours_lost), count(t, all->n_hours),
                    count(t, all->n_hours_unknown)));
  hours->value = hours->numerator = all->hours_lost;
  hours->unknown = (double)all->n_hours_unknown;
}

static void tell_sofa(const vd_telling *t) {
  const vd_register *reg = t->reg;
  int64_t n = reg->total.n_sofa;
  vd_arena *arena = t->report->arena;
  const char *whose = _("No status-of-forces violation is on record."), *protested = whose;
  if (n > 0) {
    whose = vd_str_printf(arena,
                          _("%s of %s status-of-forces violations are by host-state forces; of %s the actor "
                            "responsible is not told or not on the list of actors."),
                          count(t, reg->n_sofa_host), count(t, n), count(t, reg->n_sofa_unknown));
    protested =
        vd_str_printf(arena,
                      _("%s of %s status-of-forces violations were protested against; %s are not known to "
                        "be resolved."),
                      count(t, reg->n_sofa_protested), count(t, n), count(t, reg->n_sofa_open));
  }
  add_figure(t, "sofa_host_state", whose, (double)reg->n_sofa_host, (double)n, (double)reg->n_sofa_unknown);
  if (n > 0) add_figure(t, "sofa_protested", protested, (double)reg->n_sofa_protested, (double)n, NAN);
}

static void tell_ground(const vd_telling *t) {
  const vd_register_group *all = &t->reg->total;
  if (all->n_physical == 0) return;
  add_figure(t, "physical",
             vd_str_printf(t->report->arena,
                           _("In %s of %s reports the ground is the reason, such as a road's state."),
                           count(t, all->n_physical), count(t, all->n)),
             (double)all->n_physical, (double)all->n, NAN);
}

static void tell_patterns(const vd_telling *t) {
  const vd_register *reg = t->reg;
  vd_arena *arena = t->report->arena;
  int64_t regular = 0, few = 0, standing = 0;
  for (size_t i = 0; i < reg->n_sites; i++) {
    regular += reg->sites[i].regularity.regular >= VD_REGULAR_WEEKDAYS;
    few += reg->sites[i].regularity.regular == VD_REGULAR_TOO_FEW;
  }
  for (size_t i = 0; i < reg->n_watches; i++) standing += reg->watches[i].stands;
  add_figure(t, "regular_sites",
             vd_str_printf(arena,
                           _("Repeat sites that come out as more regular than chance: %s of %s; with too few "
                             "reports to tell: %s."),
                           count(t, regular), count(t, (int64_t)reg->n_sites), count(t, few)),
             (double)regular, (double)reg->n_sites, (double)few);
  add_figure(t, "watch_flags",
             vd_str_printf(arena, _("Watch flags raised: %s; standing at the end of the period: %s."),
                           count(t, (int64_t)reg->n_watches), count(t, standing)),
             (double)standing, (double)reg->n_watches, NAN);
}

static void tell_access(const vd_telling *t) {
  int64_t n = 0, unvisited = 0;
  for (size_t i = 0; i < t->reg->n_places; i++) {
    const vd_register_place *place = &t->reg->places[i];
    if (place->n_denials == 0 && !place->barred) continue;
    n++;
    unvisited += place->last_visit_s == VD_TIME_MIN;
  }
  add_figure(t, "places_unknown",
             vd_str_printf(t->report->arena,
                           _("%s of %s places kept out of have no known visit: what happens there is "
                             "unknown."),
                           count(t, unvisited), count(t, n)),
             (double)unvisited, (double)n, NAN);
}

static void tell_loss(const vd_telling *t) {
  vd_arena *arena = t->report->arena;
  if (!t->study) {
    vd_report_add_figure(t->report, "lost", _("What restrictions cost in coverage was not worked out."));
    return;
  }
  const vd_headline *head = vd_study_headline(t->study);
  int32_t offset = t->report->utc_offset_s;
  double open = head->all.person_hours - head->all.by_state[VD_COVERED];
  add_figure(
      t, "lost",
      vd_str_printf(arena,
                    _("From %s to %s restrictions, all together, take away %s of the %s person-hours not "
                      "covered."),
                    vd_time_text(arena, head->from_s, offset), vd_time_text(arena, head->to_s, offset),
                    vd_count_text(arena, head->lost_person_hours), vd_count_text(arena, open)),
      head->lost_person_hours, open, NAN);
}

/* ---- notes ---- */

static void tell_notes(const vd_telling *t) {
  const vd_register *reg = t->reg;
  if (reg->n_undated > 0)
    vd_report_add_note(t->report,
                       reg->all ? _("Reports have no date: no month, site or flag counts them.")
                                : _("Reports have no date: they are left out."),
                       reg->n_undated);
  if (reg->n_nowhere > 0)
    vd_report_add_note(t->report, _("Reports have no position: no place, site or flag counts them."),
                       reg->n_nowhere);
  vd_report_add_note(t->report,
                     _("One site in twenty comes out as regular by chance. A denial can only come on days on "
                       "which somebody moves."),
                     0);
}

/* A whole local month, or none. */
static int32_t month_of(const vd_register *reg, int32_t offset) {
  vd_civil from = vd_civil_from_s(reg->from_s, offset), to = vd_civil_from_s(reg->to_s, offset);
  bool starts = from.day == 1 && from.hour == 0 && from.minute == 0 && from.second == 0;
  bool ends = to.day == 1 && to.hour == 0 && to.minute == 0 && to.second == 0;
  int32_t first = from.year * 12 + from.month - 1, next = to.year * 12 + to.month - 1;
  return !reg->all && starts && ends && next == first + 1 ? first : -1;
}

vd_status vd_report_restrictions(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  const vd_register *reg;
  VD_TRY(vd_register_make(input->plan, input->period_from_s, input->period_to_s, arena, &reg));
  vd_report *report = vd_report_new(arena, "restrictions", _("Movement restrictions"), input->plan);
  if (input->study) vd_report_use_study(report, input->study);
  report->from_s = reg->from_s, report->to_s = reg->to_s;
  int32_t month = month_of(reg, report->utc_offset_s);
  if (month >= 0)
    report->title = vd_str_printf(arena, _("Movement restrictions, %s"), vd_month_text(arena, month));
  bool costed = input->study && !vd_study_is_quick(input->study) && !input->options.without_losses;
  vd_telling t = {report, input->plan, reg, costed ? input->study : NULL};
  tell_counts(&t);
  tell_ground(&t);
  tell_hours(&t);
  tell_loss(&t);
  tell_sofa(&t);
  tell_patterns(&t);
  tell_access(&t);
  vd_tell_incidence(&t);
  vd_tell_sites(&t);
  vd_tell_costs(&t);
  vd_tell_watches(&t);
  vd_tell_access(&t);
  vd_tell_register(&t);
  tell_notes(&t);
  *out = report;
  return VD_OK;
}
