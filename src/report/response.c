/* response: incidents against presence and response.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/response.h"

#include <math.h>

#include "report/reports.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* Labels of vd_perpetrator_words, in their order. */
static const char *const perpetrator_labels[] = {N_("State forces"),     N_("Armed group"),
                                                 N_("Communal militia"), N_("Foreign forces"),
                                                 N_("Criminal"),         N_("Unknown")};

static double share(int64_t part, int64_t of) {
  return of > 0 ? (double)part / (double)of : NAN;
}

/* ---- figures ---- */

static const char *count(const vd_report *report, int64_t n) {
  return vd_count_text(report->arena, (double)n);
}

/* `sentence` takes the numerator, the denominator and the unknown. */
static void add_share(vd_report *report, const char *key, const char *sentence, int64_t part, int64_t of,
                      int64_t unknown) {
  vd_report_figure *figure = vd_report_add_figure(
      report, key,
      vd_str_printf(report->arena, sentence, count(report, part), count(report, of), count(report, unknown)));
  figure->value = share(part, of);
  figure->numerator = (double)part, figure->denominator = (double)of, figure->unknown = (double)unknown;
}

static const char *duration_text(vd_arena *arena, double minutes) {
  return isinf(minutes) ? _("more than a day") : vd_duration_text(arena, 60 * minutes);
}

/* `sentence` takes the median, the 90th percentile, how many are known and how many not. */
static void add_durations(vd_report *report, const char *key, const char *sentence, const char *none,
                          const vd_durations *d) {
  vd_arena *arena = report->arena;
  const char *text = d->n > 0 ? vd_str_printf(arena, sentence, duration_text(arena, d->median_min),
                                              duration_text(arena, d->p90_min), count(report, d->n),
                                              count(report, d->n_unknown))
                              : vd_str_printf(arena, none, count(report, d->n_unknown));
  vd_report_figure *figure = vd_report_add_figure(report, key, text);
  figure->value = d->median_min;
  figure->denominator = (double)d->n, figure->unknown = (double)d->n_unknown;
}

static void add_figures(vd_report *report, const vd_response *r) {
  const vd_response_sums *all = &r->all;
  add_share(report, "response_rate", _("A response is recorded of %s of %s incidents; of %s it is unknown."),
            all->responded, all->n, all->n - all->responded);
  add_share(report, "in_time_share",
            _("%s of %s recorded responses under a standard came in time; %s incidents cannot be judged."),
            all->in_time, all->judged, all->n - all->judged);
  add_share(report, "reach_share",
            _("%s of %s incidents were in reach in time; of %s it is not sure or has no standard."),
            all->reach, all->reach_judged, all->n - all->reach_judged);
  add_share(report, "before_share",
            vd_str_printf(report->arena,
                          _("%%s of %%s incidents had presence within %s before; of %%s it is not known."),
                          vd_duration_text(report->arena, (double)r->before_s)),
            all->before, all->before_known, all->n - all->before_known);
  add_share(report, "zone_share",
            _("%s of %s incidents were in the proximity zone of a base; of %s it is not known."), all->zone,
            all->zone_known, all->n - all->zone_known);
  add_durations(
      report, "nearest_min",
      _("Response time of the nearest responder: median %s, 90th percentile %s, of %s; %s unknown."),
      _("Response time of the nearest responder: not known of any (%s)."), &r->nearest);
  add_durations(report, "alert_departed_min",
                _("Alert to departure: median %s, 90th percentile %s, of %s; %s unknown."),
                _("Alert to departure: not known of any (%s)."), &r->alert_departed);
  add_durations(report, "departed_arrived_min",
                _("Departure to arrival: median %s, 90th percentile %s, of %s; %s unknown."),
                _("Departure to arrival: not known of any (%s)."), &r->departed_arrived);
  add_durations(report, "alert_arrived_min",
                _("Alert to arrival: median %s, 90th percentile %s, of %s; %s unknown."),
                _("Alert to arrival: not known of any (%s)."), &r->alert_arrived);
}

/* ---- incidents ---- */

static vd_report_cell told_cell(vd_told told) {
  static const char *const words[] = {"unknown", "no", "perhaps", "yes"};
  const char *const labels[] = {_("unknown"), _("no"), _("perhaps"), _("yes")};
  return (vd_report_cell){.text = labels[told], .word = words[told]};
}

static void set_place(vd_report_cell *priority, vd_report_cell *perpetrator, const vd_incident_row *in) {
  if (in->priority >= 0) {
    priority->text = vd_terms_label(&vd_priority_terms, in->priority);
    priority->word = vd_terms_word(&vd_priority_terms, in->priority);
  }
  if (in->perpetrator < 0) return;
  perpetrator->text = _(perpetrator_labels[in->perpetrator]);
  perpetrator->word = vd_perpetrator_words[in->perpetrator];
}

static void add_incident(vd_report *report, vd_report_table *table, const vd_response *r,
                         const vd_incident_row *in) {
  vd_report_row *row = vd_report_add_row(table);
  vd_report_cell *c = row->cells;
  c[0].time_s = in->from_s;
  c[1].text = in->name;
  set_place(&c[2], &c[3], in);
  c[4].text = in->responder >= 0 ? vd_responder_label(report->arena, &r->responders[in->responder]) : NULL;
  c[5].number = in->minutes;
  c[6].number = in->least_min;
  c[7].number = in->most_min;
  c[8].number = in->standard_min;
  c[9] = told_cell(in->reach);
  c[10].time_s = in->last_visit_s;
  c[11].text = in->last_visitor;
  c[12].time_s = in->last_planned_s;
  c[13] = told_cell(in->in_zone);
  c[14] = told_cell(in->before);
  c[15].number = in->alert_departed_min;
  c[16].number = in->departed_arrived_min;
  c[17].time_s = in->arrived_s;
  c[18].number = in->came_after_min;
  c[19] = told_cell(in->in_time);
  row->lon_deg = in->lon_deg, row->lat_deg = in->lat_deg;
  row->kind = VD_KIND_INCIDENT, row->id = in->id;
  row->bad = in->in_time == VD_TOLD_NO || in->reach == VD_TOLD_NO;
}

static void add_incidents(vd_report *report, const vd_response *r) {
  const vd_report_column columns[] = {
      {"from", _("Time"), VD_REPORT_TIME, 0, NULL, false},
      {"incident", _("Incident"), VD_REPORT_TEXT, 0, NULL, true},
      {"priority", _("Priority"), VD_REPORT_TEXT, 0, NULL, false},
      {"perpetrator", _("Perpetrator"), VD_REPORT_TEXT, 0, NULL, false},
      {"responder", _("Nearest responder"), VD_REPORT_TEXT, 0, NULL, true},
      {"response_min", _("Response time"), VD_REPORT_MINUTES, 0, NULL, false},
      {"response_least_min", _("At least"), VD_REPORT_MINUTES, 0, NULL, false},
      {"response_most_min", _("At most"), VD_REPORT_MINUTES, 0, NULL, false},
      {"standard_min", _("Standard"), VD_REPORT_MINUTES, 0, NULL, false},
      {"reach_in_time", _("In reach"), VD_REPORT_TEXT, 0, NULL, false},
      {"last_visit", _("Last visit"), VD_REPORT_TIME, 0, NULL, false},
      {"last_visitor", _("Last visitor"), VD_REPORT_TEXT, 0, NULL, true},
      {"last_planned_visit", _("Last planned visit"), VD_REPORT_TIME, 0, NULL, false},
      {"in_zone", _("In a base's zone"), VD_REPORT_TEXT, 0, NULL, false},
      {"present_before", _("Presence before"), VD_REPORT_TEXT, 0, NULL, false},
      {"alert_departed_min", _("Alert to departure"), VD_REPORT_MINUTES, 0, NULL, false},
      {"departed_arrived_min", _("Departure to arrival"), VD_REPORT_MINUTES, 0, NULL, false},
      {"arrived", _("Arrived"), VD_REPORT_TIME, 0, NULL, false},
      {"came_after_min", _("Came after"), VD_REPORT_MINUTES, 0, NULL, false},
      {"arrived_in_time", _("In time"), VD_REPORT_TEXT, 0, NULL, false},
  };
  vd_report_table *table =
      vd_report_add_table(report, "incidents", _("Incidents"), _("No incident begins in this window."),
                          columns, sizeof columns / sizeof *columns);
  for (size_t i = 0; i < r->n_incidents; i++) add_incident(report, table, r, &r->incidents[i]);
}

/* ---- groups ---- */

static void add_sums(vd_report_row *row, const vd_response_sums *s) {
  vd_report_cell *c = row->cells + 1;
  const double numbers[] = {(double)s->n,
                            (double)s->responded,
                            share(s->responded, s->n),
                            (double)(s->n - s->responded),
                            (double)s->in_time,
                            (double)s->judged,
                            share(s->in_time, s->judged),
                            (double)s->reach,
                            (double)s->reach_judged,
                            share(s->reach, s->reach_judged),
                            (double)s->before,
                            (double)s->before_known,
                            share(s->before, s->before_known),
                            s->nearest_median_min,
                            s->median_min,
                            s->p90_min};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) c[i].number = numbers[i];
}

typedef const char *label_of(const vd_response_group *group);

static void add_groups(vd_report *report, const char *key, const char *title, const char *column,
                       const char *nobody, const vd_response_groups *groups, label_of *label) {
  const vd_report_column columns[] = {
      {key + 3, column, VD_REPORT_TEXT, 0, NULL, true},
      {"incidents", _("Incidents"), VD_REPORT_COUNT, 0, NULL, false},
      {"responded", _("Responses"), VD_REPORT_COUNT, 0, NULL, false},
      {"response_rate", _("Response rate"), VD_REPORT_SHARE, 0, NULL, false},
      {"response_unknown", _("None recorded"), VD_REPORT_COUNT, 0, NULL, false},
      {"arrived_in_time", _("In time"), VD_REPORT_COUNT, 0, NULL, false},
      {"arrived_judged", _("Of judged"), VD_REPORT_COUNT, 0, NULL, false},
      {"in_time_share", _("In time, share"), VD_REPORT_SHARE, 0, NULL, false},
      {"reach_in_time", _("In reach"), VD_REPORT_COUNT, 0, NULL, false},
      {"reach_known", _("Of sure"), VD_REPORT_COUNT, 0, NULL, false},
      {"reach_share", _("In reach, share"), VD_REPORT_SHARE, 0, NULL, false},
      {"present_before", _("Presence before"), VD_REPORT_COUNT, 0, NULL, false},
      {"before_known", _("Of known"), VD_REPORT_COUNT, 0, NULL, false},
      {"before_share", _("Presence, share"), VD_REPORT_SHARE, 0, NULL, false},
      {"nearest_median_min", _("Nearest, median"), VD_REPORT_MINUTES, 0, NULL, false},
      {"came_after_median_min", _("Came after, median"), VD_REPORT_MINUTES, 0, NULL, false},
      {"came_after_p90_min", _("90th percentile"), VD_REPORT_MINUTES, 0, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(report, key, title, _("No incident begins in this window."),
                                               columns, sizeof columns / sizeof *columns);
  for (size_t i = 0; i < groups->n; i++) {
    const vd_response_group *group = &groups->items[i];
    vd_report_row *row = vd_report_add_row(table);
    row->cells[0].text = group->index < 0 ? nobody : label(group);
    row->cells[0].word = group->index < 0 ? "none" : group->name ? group->name : group->key;
    if (group->name) row->kind = VD_KIND_AREA, row->id = group->key;
    add_sums(row, &group->sums);
  }
}

static const char *month_label(const vd_response_group *group) {
  return group->key;
}
static const char *area_label(const vd_response_group *group) {
  return group->name;
}
static const char *perpetrator_label(const vd_response_group *group) {
  return _(perpetrator_labels[group->index]);
}
static const char *priority_label(const vd_response_group *group) {
  return vd_terms_label(&vd_priority_terms, group->index);
}

vd_status vd_report_response(const vd_report_input *input, vd_arena *arena, vd_report **out) {
  vd_report *report = *out = vd_report_new(arena, "response", _("Incidents and response"), input->plan);
  vd_response_options options = {.from_s = input->options.from_s, .to_s = input->options.to_s};
  vd_response r;
  VD_TRY(vd_response_run(arena, input->plan, input->landscape, &options, input->jobs, input->progress, &r));
  report->from_s = r.from_s, report->to_s = r.to_s;
  add_figures(report, &r);
  add_incidents(report, &r);
  add_groups(report, "by_month", _("By month"), _("Month"), _("not known to the month"), &r.months,
             month_label);
  add_groups(report, "by_area", _("By area"), _("Area"), _("in no area"), &r.areas, area_label);
  add_groups(report, "by_perpetrator", _("By perpetrator class"), _("Perpetrator"), _("not told"),
             &r.perpetrators, perpetrator_label);
  add_groups(report, "by_priority", _("By priority"), _("Priority"), _("outside every threat area"),
             &r.priorities, priority_label);
  for (size_t i = 0; i < r.n_notes; i++) vd_report_add_note(report, r.notes[i].text, r.notes[i].count);
  return VD_OK;
}
