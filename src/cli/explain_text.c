/* explain_text: one place explained in words.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "cli/explain_out.h"
#include "cli/results_words.h"
#include "cli/table.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/mgrs.h"

typedef struct telling {
  const vd_explained *explained;
  const vd_explanation *place;
  vd_arena *arena;
  FILE *out;
  int width;
  int32_t offset_s;
  size_t most;
} telling;

uint8_t vd_explained_state(const vd_explanation *place, int64_t time_s) {
  for (size_t i = 0; i < place->n_spans; i++)
    if (time_s >= place->spans[i].from_s && time_s < place->spans[i].to_s) return place->spans[i].state;
  return VD_STATE_NONE;
}

static const char *when(const telling *t, int64_t time_s) {
  return vd_weekday_time_words(t->arena, time_s, t->offset_s);
}

static const char *lasting(const telling *t, int64_t from_s, int64_t to_s) {
  return vd_duration_text(t->arena, (double)(to_s - from_s));
}

static void line(const telling *t, const char *name, const char *text) {
  enum { NAME_WIDTH = 15 };
  int pad = NAME_WIDTH - vd_text_width(name);
  vd_print_wrapped(t->out, vd_str_printf(t->arena, "%s%*s", name, pad > 1 ? pad : 1, ""), text, t->width);
}

static size_t shown_of(const telling *t, size_t n) {
  return t->most == 0 || n <= t->most + 1 ? n : t->most;
}

/* ---- the place ---- */

static const char *minutes_words(const telling *t, double minutes) {
  return vd_duration_text(t->arena, minutes * VD_MINUTE_S);
}

/* Standards are told as they are set: 7.5 min is not 8. */
static const char *standard_words(const telling *t, double minutes) {
  return minutes < 60 ? vd_str_printf(t->arena, _("%g min"), minutes) : minutes_words(t, minutes);
}

static void tell_place(const telling *t) {
  const vd_explanation *p = t->place;
  const vd_grid *grid = vd_landscape_grid(t->explained->studied->landscape);
  line(t, _("Place"),
       vd_str_printf(t->arena, "%s  %s", vd_grid_reference_words(t->arena, p->lon_deg, p->lat_deg),
                     vd_coord_text(t->arena, p->lon_deg, p->lat_deg)));
  if (p->settlement)
    line(t, _("Nearest"),
         vd_str_printf(t->arena, _("%s, %s away"), p->settlement, vd_length_text(t->arena, p->settlement_m)));
  line(t, _("People"),
       vd_str_printf(t->arena, _("%s in this cell of %s"), vd_count_text(t->arena, p->people),
                     vd_length_text(t->arena, grid->cell_m)));
  const char *ground = vd_terms_label(&vd_ground_terms, p->ground);
  line(t, _("Ground"),
       isfinite(p->elevation_m)
           ? vd_str_printf(t->arena, _("%s, %.0f m above the sea"), ground, p->elevation_m)
           : vd_str_printf(t->arena, _("%s, height unknown"), ground));
  if (p->priority < 0) {
    line(t, _("Threat"), _("none in the window"));
    return;
  }
  line(t, _("Threat"),
       vd_str_printf(t->arena, _("%s: %s"), vd_terms_label(&vd_priority_terms, p->priority),
                     p->threat_name ? p->threat_name : _("without a name")));
  line(t, _("Standard"),
       vd_str_printf(t->arena, _("help within %s, a visit at least every %s"),
                     standard_words(t, p->response_standard_min),
                     standard_words(t, p->revisit_standard_h * 60)));
}

/* ---- states ---- */

static void tell_states(const telling *t) {
  const vd_explanation *p = t->place;
  double hours[VD_STATE_COUNT] = {0}, active = 0;
  for (size_t i = 0; i < p->n_spans; i++) {
    double h = (double)(p->spans[i].to_s - p->spans[i].from_s) / VD_HOUR_S;
    hours[p->spans[i].state] += h;
    if (p->spans[i].state != VD_STATE_NONE) active += h;
  }
  vd_print_heading(t->out, _("State through the window"));
  if (!(active > 0)) {
    fprintf(t->out, "%s\n",
            p->people > 0 ? _("No threat is active here.")
                          : _("Nobody lives here as far as the plan knows."));
    return;
  }
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    char *text = vd_str_printf(t->arena, _("%.1f of %.1f hours under threat (%s)"), hours[s], active,
                               vd_share_words(t->arena, hours[s], active));
    line(t, vd_terms_label(&vd_state_terms, s), text);
  }
  if (isnan(p->certain_hours[VD_SURELY_COVERED])) return;
  line(t, _("Certainty"),
       vd_str_printf(t->arena, _("surely covered for %.1f, maybe for %.1f, not for %.1f of these hours"),
                     p->certain_hours[VD_SURELY_COVERED], p->certain_hours[VD_MAYBE_COVERED],
                     p->certain_hours[VD_NOT_COVERED]));
}

/* The state that lasts longest of an hour, ties to the worse. */
static uint8_t state_of_hour(const vd_explanation *p, int64_t from_s) {
  int64_t lasts[VD_STATE_COUNT] = {0};
  int best = VD_STATE_NONE;
  for (size_t i = 0; i < p->n_spans; i++) {
    int64_t a = p->spans[i].from_s > from_s ? p->spans[i].from_s : from_s, end = from_s + VD_HOUR_S;
    int64_t b = p->spans[i].to_s < end ? p->spans[i].to_s : end;
    if (b > a) lasts[p->spans[i].state] += b - a;
  }
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    if (lasts[s] > 0 && (best == VD_STATE_NONE || lasts[s] >= lasts[best])) best = s;
  return (uint8_t)best;
}

static void print_day(const telling *t, int64_t midnight_s, int64_t from_s, int64_t to_s) {
  static const char marks[VD_STATE_COUNT] = {'.', '#', 'r', 'p', 'U'};
  char *text = vd_time_text(t->arena, midnight_s, t->offset_s);
  vd_civil day = vd_civil_from_s(midnight_s, t->offset_s);
  char *date = vd_str_dup_n(t->arena, text, strlen(text) - strlen(" 00:00"));
  fprintf(t->out, "%s %11s  ", vd_weekday_words(day.weekday), date);
  for (int hour = 0; hour < 24; hour++) {
    int64_t at = midnight_s + (int64_t)hour * VD_HOUR_S;
    bool inside = at + VD_HOUR_S > from_s && at < to_s;
    fprintf(t->out, "%s%c", hour && hour % 6 == 0 ? " " : "",
            inside ? marks[state_of_hour(t->place, at)] : ' ');
  }
  fputc('\n', t->out);
}

/* A row a day, a letter an hour. */
static void tell_strip(const telling *t) {
  const vd_headline *head = vd_study_headline(t->explained->studied->study);
  if (t->place->n_spans == 0 || (t->place->n_spans == 1 && t->place->spans[0].state == VD_STATE_NONE)) return;
  vd_civil first = vd_civil_from_s(head->from_s, t->offset_s);
  int64_t midnight_s = head->from_s - first.hour * VD_HOUR_S - first.minute * VD_MINUTE_S - first.second;
  int64_t days = (head->to_s - midnight_s + VD_DAY_S - 1) / VD_DAY_S;
  size_t shown = shown_of(t, (size_t)days);
  fprintf(t->out, "\n%-17s%s\n", vd_offset_text(t->arena, t->offset_s), "00     06     12     18");
  for (size_t d = 0; d < shown; d++)
    print_day(t, midnight_s + (int64_t)d * VD_DAY_S, head->from_s, head->to_s);
  if (shown < (size_t)days) fprintf(t->out, _("... and %zu more days\n"), (size_t)days - shown);
  fprintf(t->out, "%s\n",
          _("An hour a letter: # covered, r reach only, p presence only, U uncovered, . no threat"));
}

static void tell_spans(const telling *t) {
  const vd_explanation *p = t->place;
  size_t shown = shown_of(t, p->n_spans);
  if (p->n_spans < 2) return;
  fputc('\n', t->out);
  const vd_text_column columns[] = {
      {_("From"), VD_LEFT, NULL, 0}, {_("Lasts"), VD_RIGHT, NULL, 0}, {_("State"), VD_LEFT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(t->arena, columns, 3);
  for (size_t i = 0; i < shown; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = when(t, p->spans[i].from_s);
    cells[1] = lasting(t, p->spans[i].from_s, p->spans[i].to_s);
    cells[2] = p->spans[i].state == VD_STATE_NONE ? _("No threat active")
                                                  : vd_terms_label(&vd_state_terms, p->spans[i].state);
  }
  vd_text_table_print(table, t->out);
  if (shown < p->n_spans) fprintf(t->out, _("... and %zu more\n"), p->n_spans - shown);
}

/* ---- gap-hours, and the hours of the week ---- */

/* In a window of a week or less the strip above tells it to the hour. */
static void tell_week(const telling *t, const vd_cover *cover) {
  static const char *const signs[] = {"░", "▒", "▓", "█"};
  const vd_headline *head = vd_study_headline(t->explained->studied->study);
  if (head->to_s - head->from_s <= VD_WEEK_S) return;
  fprintf(t->out, "\n%-4s%s\n", "", "00     06     12     18");
  for (int hour = 0; hour < VD_WEEK_HOURS; hour++) {
    float share = cover->ribbon[hour];
    if (hour % 24 == 0)
      fprintf(t->out, "%s ", vd_weekday_words(hour / 24));
    else if (hour % 6 == 0)
      fputc(' ', t->out);
    fputs(share < 0 ? "." : signs[share >= 1 ? 3 : (int)(share * 4)], t->out);
    if (hour % 24 == 23) fputc('\n', t->out);
  }
  fprintf(t->out, "%s\n",
          _("An hour of the week a sign: the darker the more of it was covered, . no threat"));
}

static void tell_cover(const telling *t) {
  static const struct {
    vd_when when;
    const char *label;
  } parts[] = {{VD_WHEN_DAY, N_("By day")},
               {VD_WHEN_NIGHT, N_("By night")},
               {VD_WHEN_MARKET, N_("On market days")},
               {VD_WHEN_OTHER, N_("On other days")}};
  const vd_cover *cover = &t->explained->cover;
  if (!t->explained->has_cover || !(cover->people > 0)) return;
  fputc('\n', t->out);
  const char *text = vd_str_printf(t->arena, _("%.1f of %.1f hours under threat not covered"),
                                   cover->gap_hours, vd_cover_hours(cover, VD_WHEN_ALL) / cover->people);
  if (cover->n_gaps > 0)
    text = vd_str_printf(t->arena, _("%s; gaps in time: %d, the longest %.1f h from %s"), text,
                         (int)cover->n_gaps, cover->longest_gap_h, when(t, cover->longest_from_s));
  line(t, _("Gap-hours"), text);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    double share = vd_cover_share(cover, parts[i].when);
    if (!isnan(share)) line(t, _(parts[i].label), vd_str_printf(t->arena, _("%.0f %% covered"), 100 * share));
  }
  tell_week(t, cover);
}

/* ---- reach ---- */

static const vd_responder *responder_of(const vd_study *study, const vd_reach *reach) {
  size_t n;
  const vd_responder *all = vd_study_responders(study, &n);
  return &all[reach->responder];
}

/* "40 to 100 min": at best and at worst. */
static const char *range_words(const telling *t, const vd_reach *reach) {
  if (isnan(reach->best_min)) return reach->unreached ? "–" : "";
  if (isinf(reach->best_min)) return "–";
  const char *worst = isinf(reach->worst_min) ? _("beyond") : minutes_words(t, reach->worst_min);
  return vd_str_printf(t->arena, _("%s to %s"), minutes_words(t, reach->best_min), worst);
}

static void add_reach(const telling *t, vd_text_table *table, const vd_study *study, const vd_reach *reach) {
  const vd_responder *r = responder_of(study, reach);
  const char **cells = vd_text_table_row(table);
  cells[0] = reach->unreached ? _("beyond") : reach->in_time ? _("in time") : _("too late");
  if (t->place->priority < 0 && !reach->unreached) cells[0] = "–";
  cells[1] = reach->unreached ? "–" : minutes_words(t, reach->route.notice_min + reach->route.travel_min);
  cells[2] = range_words(t, reach);
  cells[3] = isfinite(reach->route.notice_min) ? minutes_words(t, reach->route.notice_min) : _("never");
  cells[4] = reach->unreached ? "–" : minutes_words(t, reach->route.travel_min);
  cells[5] = vd_responder_label(t->arena, r);
  cells[6] = vd_str_printf(t->arena, "%s, %s", vd_terms_label(&vd_vehicle_terms, r->vehicle),
                           r->actor_name ? r->actor_name : _("actor unknown"));
}

static void tell_light(const telling *t, const vd_study *study, const vd_explanation *p, vd_light light) {
  const vd_text_column columns[] = {{vd_terms_label(&vd_light_terms, (int)light), VD_LEFT, NULL, 0},
                                    {_("Minutes"), VD_RIGHT, NULL, 0},
                                    {_("Best to worst"), VD_RIGHT, NULL, 0},
                                    {_("Notice"), VD_RIGHT, NULL, 0},
                                    {_("Travel"), VD_RIGHT, NULL, 0},
                                    {_("Who"), VD_LEFT, NULL, 40},
                                    {_("With"), VD_LEFT, NULL, 44}};
  vd_text_table *table = vd_text_table_new(t->arena, columns, 7);
  size_t n = 0;
  for (size_t i = 0; i < p->n_reaches; i++) {
    if (p->reaches[i].light != light) continue;
    if (t->most == 0 || n < t->most) add_reach(t, table, study, &p->reaches[i]);
    n++;
  }
  if (n == 0) return;
  vd_text_table_print(table, t->out);
  if (vd_text_table_n_rows(table) < n)
    fprintf(t->out, _("... and %zu more\n"), n - vd_text_table_n_rows(table));
}

static void tell_reaches(const telling *t, const vd_study *study, const vd_explanation *p) {
  if (p->n_reaches == 0) fprintf(t->out, "%s\n", _("The plan has no responder in this window."));
  for (int light = VD_DAY; light < VD_LIGHT_COUNT; light++) {
    if (light == VD_NIGHT && p->n_reaches && p->reaches[0].light == VD_DAY &&
        p->reaches[p->n_reaches - 1].light == VD_NIGHT)
      fputc('\n', t->out);
    tell_light(t, study, p, (vd_light)light);
  }
}

static const char *leg_name(const telling *t, const vd_leg *leg) {
  if (leg->ground < 0) return _("by air");
  const char *ground = vd_terms_label(&vd_ground_terms, leg->ground);
  const char *over =
      leg->crossing > VD_CROSSING_NONE ? vd_terms_label(&vd_crossing_terms, leg->crossing) : NULL;
  if (!leg->road) return over ? vd_str_printf(t->arena, "%s (%s)", over, ground) : ground;
  return over ? vd_str_printf(t->arena, "%s (%s)", leg->road, over)
              : vd_str_printf(t->arena, "%s (%s)", leg->road, ground);
}

static void tell_legs(const telling *t, const vd_route *route) {
  const vd_text_column columns[] = {{_("Length"), VD_RIGHT, NULL, 0},
                                    {_("Minutes"), VD_RIGHT, NULL, 0},
                                    {_("Along"), VD_LEFT, NULL, 44},
                                    {_("Slowed by"), VD_LEFT, NULL, 50}};
  vd_text_table *table = vd_text_table_new(t->arena, columns, 4);
  for (size_t i = 0; i < route->n_legs; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = vd_length_text(t->arena, route->legs[i].length_m);
    cells[1] = vd_str_printf(t->arena, "%.1f", route->legs[i].minutes);
    cells[2] = leg_name(t, &route->legs[i]);
    cells[3] = route->legs[i].slowed_by;
  }
  vd_text_table_print(table, t->out);
}

static void tell_route(const telling *t, const vd_study *study, const vd_explanation *p) {
  const vd_reach *best = NULL;
  for (size_t i = 0; i < p->n_reaches && !best; i++)
    if (!p->reaches[i].unreached && p->reaches[i].route.n_legs > 0) best = &p->reaches[i];
  if (!best) return;
  const char *name = responder_of(study, best)->name;
  vd_print_heading(t->out,
                   vd_str_printf(t->arena, _("Quickest way (%s): %s"),
                                 vd_terms_label(&vd_light_terms, (int)best->light), name ? name : "–"));
  tell_legs(t, &best->route);
}

/* ---- visits, gap, moment ---- */

static void tell_visits(const telling *t) {
  const vd_explanation *p = t->place;
  vd_print_heading(t->out, vd_str_printf(t->arena, _("Visits in the window (%zu)"), p->n_visits));
  if (p->last_visit_s == VD_TIME_MIN) {
    fprintf(t->out, "%s\n", _("No visit is known, so what happens here is unknown."));
  } else {
    line(t, _("Last visit"), when(t, p->last_visit_s));
  }
  if (p->n_visits == 0) return;
  const vd_text_column columns[] = {{_("From"), VD_LEFT, NULL, 0},
                                    {_("Lasts"), VD_RIGHT, NULL, 0},
                                    {_("Who"), VD_LEFT, NULL, 44},
                                    {_("Actor"), VD_LEFT, NULL, 0}};
  vd_text_table *table = vd_text_table_new(t->arena, columns, 4);
  size_t shown = shown_of(t, p->n_visits);
  for (size_t i = 0; i < shown; i++) {
    const char **cells = vd_text_table_row(table);
    cells[0] = when(t, p->visits[i].from_s);
    cells[1] = lasting(t, p->visits[i].from_s, p->visits[i].to_s);
    cells[2] = p->visits[i].name;
    cells[3] = p->visits[i].actor_name;
  }
  vd_text_table_print(table, t->out);
  if (shown < p->n_visits) fprintf(t->out, _("... and %zu more\n"), p->n_visits - shown);
}

static void tell_gap(const telling *t) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(t->explained->studied->study, &n);
  if (t->place->gap < 0 || (size_t)t->place->gap >= n) return;
  const vd_gap *gap = &gaps[t->place->gap];
  vd_print_heading(t->out, vd_str_printf(t->arena, _("Part of gap %s of %zu"), gap->name, n));
  line(t, _("Cause"), vd_terms_label(&vd_cause_terms, gap->cause));
  line(t, _("Weight"),
       vd_str_printf(t->arena, _("%s people, %s person-hours not covered, %d cells"),
                     vd_count_text(t->arena, gap->people), vd_count_text(t->arena, gap->person_hours),
                     (int)gap->n_cells));
  for (size_t i = 0; i < gap->n_closings; i++) line(t, i == 0 ? _("Would close") : "", gap->closings[i].text);
}

static void tell_moment(const telling *t) {
  const vd_explained *e = t->explained;
  if (!e->at_moment) return;
  vd_print_heading(t->out, vd_str_printf(t->arena, _("At %s"), when(t, e->moment_s)));
  uint8_t state = vd_explained_state(t->place, e->moment_s);
  line(t, _("State"),
       state == VD_STATE_NONE ? _("no threat active, or nobody lives here")
                              : vd_terms_label(&vd_state_terms, state));
  int64_t last_s = VD_TIME_MIN;
  for (size_t i = 0; i < t->place->n_visits; i++) {
    const vd_stay *stay = &t->place->visits[i];
    if (stay->from_s <= e->moment_s)
      last_s = stay->to_s < e->moment_s ? stay->to_s > last_s ? stay->to_s : last_s : e->moment_s;
  }
  if (last_s == VD_TIME_MIN) last_s = e->moment->last_visit_s;
  line(t, _("Last visit"),
       last_s == VD_TIME_MIN   ? _("none known")
       : last_s >= e->moment_s ? _("somebody is near")
                               : vd_str_printf(t->arena, _("%s before"), lasting(t, last_s, e->moment_s)));
  fputc('\n', t->out);
  tell_reaches(t, e->moment_study, e->moment);
}

void vd_explain_print_text(const vd_explained *explained) {
  const vd_studied *studied = explained->studied;
  telling t = {explained,
               explained->place,
               studied->cli->arena,
               studied->cli->out,
               vd_screen_width(studied->cli->out),
               vd_plan_info_lookup(studied->plan)->utc_offset_s,
               (size_t)explained->most};
  fprintf(t.out, "%s\n\n",
          vd_terms_label(&vd_classification_terms, (int)vd_plan_classification(studied->plan)));
  tell_place(&t);
  tell_moment(&t);
  tell_states(&t);
  tell_strip(&t);
  tell_spans(&t);
  tell_cover(&t);
  vd_print_heading(t.out, _("Who reaches it, by day and by night"));
  tell_reaches(&t, studied->study, t.place);
  const vd_explanation *way = explained->at_moment ? explained->moment : t.place;
  tell_route(&t, explained->at_moment ? explained->moment_study : studied->study, way);
  tell_visits(&t);
  tell_gap(&t);
  fprintf(t.out, _("\nInputs (SHA-256): %s\n"), vd_study_headline(studied->study)->input_hash);
}
