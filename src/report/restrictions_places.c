/* restrictions_places: repeat sites and their regularity, watch flags, and when places kept out of were last visited.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/restrictions.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static const char *place_name(const vd_telling *t, int32_t place) {
  return place >= 0 ? t->reg->places[place].name : "";
}

/* ---- sites ---- */

static const char *weekday_label(int32_t weekday) {
  static const char *const labels[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"),
                                       N_("Fri"), N_("Sat"), N_("Sun")};
  return _(labels[weekday]);
}

/* "Wed 13 of 13 days, about 06:00": the hour when more than half of the reports would not cancel out. */
static const char *pattern_text(vd_arena *arena, const vd_regularity *r) {
  if (r->weekday < 0) return "";
  vd_buf buf = {.arena = arena};
  vd_buf_printf(&buf, _("%s %d of %d days"), weekday_label(r->weekday), (int)r->by_weekday[r->weekday],
                (int)r->n_days);
  if (r->hour_concentration < 0.5 || isnan(r->mean_hour)) return buf.text;
  int minutes = (int)llround(r->mean_hour * 60) % 1440;
  vd_buf_printf(&buf, _(", about %02d:%02d"), minutes / 60, minutes % 60);
  return buf.text;
}

static const char *weekdays_text(vd_arena *arena, const vd_regularity *r) { /* "0 0 13 0 0 0 0" */
  vd_buf buf = {.arena = arena};
  for (int d = 0; d < 7; d++) vd_buf_printf(&buf, "%s%d", d ? " " : "", (int)r->by_weekday[d]);
  return buf.text;
}

static const struct {
  const char *word, *label;
} regular_words[] = {
    [VD_REGULAR_TOO_FEW] = {"too_few", N_("too few to tell")},
    [VD_REGULAR_NOT] = {"no", N_("as chance would have it")},
    [VD_REGULAR_WEEKDAYS] = {"weekdays", N_("regular: weekdays")},
    [VD_REGULAR_INTERVALS] = {"intervals", N_("regular: intervals")},
    [VD_REGULAR_BOTH] = {"both", N_("regular: weekdays and intervals")},
};

void vd_tell_sites(const vd_telling *t) {
  const vd_report_column columns[] = {
      {"site", _("Site"), VD_REPORT_TEXT, 0, NULL, true},
      {"place", _("Near"), VD_REPORT_TEXT, 0, NULL, false},
      {"mode", _("Mode"), VD_REPORT_TEXT, 0, NULL, false},
      {"reports", _("Reports"), VD_REPORT_COUNT, 0, NULL, false},
      {"in_period", _("In the period"), VD_REPORT_COUNT, 0, NULL, false},
      {"first", _("First"), VD_REPORT_TIME, 0, NULL, false},
      {"last", _("Last"), VD_REPORT_TIME, 0, NULL, false},
      {"median_interval_d", _("Days between"), VD_REPORT_NUMBER, 1, NULL, false},
      {"longest_interval_d", _("At most"), VD_REPORT_NUMBER, 1, NULL, false},
      {"by_weekday", _("Mon to Sun"), VD_REPORT_TEXT, 0, NULL, false},
      {"pattern", _("Usually"), VD_REPORT_TEXT, 0, NULL, false},
      {"regular", _("Regularity"), VD_REPORT_TEXT, 0, NULL, false},
      {"weekday_p", _("p weekdays"), VD_REPORT_NUMBER, 4, NULL, false},
      {"interval_p", _("p intervals"), VD_REPORT_NUMBER, 4, NULL, false},
  };
  vd_report_table *table = vd_report_add_table(t->report, "sites", _("Repeat sites"),
                                               _("No site has a second report."), columns, 14);
  for (size_t i = 0; i < t->reg->n_sites; i++) {
    const vd_register_site *site = &t->reg->sites[i];
    const vd_regularity *r = &site->regularity;
    vd_report_row *row = vd_report_add_row(table);
    vd_report_cell *cells = row->cells;
    cells[0].text = vd_name_or(site->name, place_name(t, site->place));
    cells[1].text = place_name(t, site->place);
    cells[2].text = vd_mode_label(site->mode), cells[2].word = vd_mode_words[site->mode];
    cells[3].number = (double)site->n, cells[4].number = (double)site->n_in_period;
    cells[5].time_s = site->first_s, cells[6].time_s = site->last_s;
    cells[7].number = r->median_interval_d, cells[8].number = r->longest_interval_d;
    cells[9].text = weekdays_text(t->report->arena, r);
    cells[10].text = pattern_text(t->report->arena, r);
    cells[11].text = _(regular_words[r->regular].label), cells[11].word = regular_words[r->regular].word;
    cells[12].number = r->weekday_p, cells[13].number = r->interval_p;
    row->bad = r->regular >= VD_REGULAR_WEEKDAYS;
    vd_row_at(row, site->lon_deg, site->lat_deg, VD_KIND_COUNT, NULL);
  }
}

/* ---- watch flags ---- */

static const char *threat_names(const vd_telling *t, const vd_register_watch *watch) {
  vd_buf buf = {.arena = t->report->arena};
  for (size_t i = 0; i < watch->n_threats; i++)
    vd_buf_printf(&buf, "%s%s", i ? ", " : "",
                  vd_record_label(t->report->arena, VD_KIND_THREAT_AREA, watch->threats[i]));
  return buf.text ? buf.text : "";
}

void vd_tell_watches(const vd_telling *t) {
  const vd_report_column columns[] = {
      {"place", _("Around"), VD_REPORT_TEXT, 0, NULL, false},
      {"denials", _("Denials"), VD_REPORT_COUNT, 0, NULL, false},
      {"from", _("From"), VD_REPORT_TIME, 0, NULL, false},
      {"last", _("Last"), VD_REPORT_TIME, 0, NULL, false},
      {"until", _("Flag until"), VD_REPORT_TIME, 0, NULL, false},
      {"stands", _("Stands"), VD_REPORT_TEXT, 0, NULL, false},
      {"settlements", _("Settlements"), VD_REPORT_COUNT, 0, NULL, false},
      {"people", _("People"), VD_REPORT_COUNT, 0, NULL, false},
      {"threats", _("Threat areas"), VD_REPORT_TEXT, 0, NULL, true},
      {"actors", _("Responsible"), VD_REPORT_TEXT, 0, NULL, true},
  };
  vd_arena *arena = t->report->arena;
  const char *title = vd_str_printf(arena, _("Watch flags: %lld denials or more within %s in %.0f days"),
                                    (long long)t->reg->watch_denials,
                                    vd_length_text(arena, t->reg->watch_radius_m), t->reg->watch_days);
  vd_report_table *table =
      vd_report_add_table(t->report, "watch", title, _("No denials came so close together."), columns, 10);
  for (size_t i = 0; i < t->reg->n_watches; i++) {
    const vd_register_watch *watch = &t->reg->watches[i];
    vd_report_row *row = vd_report_add_row(table);
    vd_report_cell *cells = row->cells;
    cells[0].text = place_name(t, watch->place);
    cells[1].number = (double)watch->n;
    cells[2].time_s = watch->from_s, cells[3].time_s = watch->last_s, cells[4].time_s = watch->until_s;
    cells[5].text = watch->stands ? _("yes") : _("no"), cells[5].word = watch->stands ? "yes" : "no";
    cells[6].number = (double)watch->n_settlements;
    cells[7].number = watch->people;
    cells[8].text = threat_names(t, watch);
    cells[9].text = watch->actors;
    row->bad = watch->stands;
    vd_report_row_shape(row, watch->around);
    vd_row_at(row, watch->lon_deg, watch->lat_deg, VD_KIND_COUNT, NULL);
  }
}

/* ---- access ---- */

static int compare_access(const void *a, const void *b) { /* longest without a visit first */
  const vd_register_place *x = *(const vd_register_place *const *)a,
                          *y = *(const vd_register_place *const *)b;
  if (x->last_visit_s != y->last_visit_s) return x->last_visit_s < y->last_visit_s ? -1 : 1;
  if (x->n_denials != y->n_denials) return x->n_denials > y->n_denials ? -1 : 1;
  int by_name = strcmp(x->name, y->name);
  return by_name != 0 ? by_name : strcmp(x->id, y->id);
}

static void tell_place(const vd_telling *t, vd_report_table *table, const vd_register_place *place) {
  vd_report_row *row = vd_report_add_row(table);
  vd_report_cell *cells = row->cells;
  bool visited = place->last_visit_s != VD_TIME_MIN;
  cells[0].text = place->name;
  cells[1].text = place->area ? place->area : "";
  cells[2].number = (double)place->n_denials;
  cells[3].time_s = place->last_denial_s;
  cells[4].text = place->barred ? _("yes") : _("no"), cells[4].word = place->barred ? "yes" : "no";
  cells[5].time_s = place->last_visit_s;
  if (visited) cells[6].number = (double)(t->reg->to_s - place->last_visit_s) / VD_DAY_S;
  row->bad = !visited;
  vd_row_at(row, place->lon_deg, place->lat_deg, VD_KIND_SETTLEMENT, place->id);
}

void vd_tell_access(const vd_telling *t) {
  const vd_report_column columns[] = {
      {"place", _("Place"), VD_REPORT_TEXT, 0, NULL, true},
      {"area", _("Area"), VD_REPORT_TEXT, 0, NULL, false},
      {"denials", _("Denials"), VD_REPORT_COUNT, 0, NULL, false},
      {"last_denial", _("Last denial"), VD_REPORT_TIME, 0, NULL, false},
      {"closed", _("Closed at the end"), VD_REPORT_TEXT, 0, NULL, false},
      {"last_visit", _("Last visit"), VD_REPORT_TIME, 0, _("unknown"), false},
      {"days_since", _("Days since"), VD_REPORT_NUMBER, 0, _("unknown"), false},
  };
  vd_report_table *table = vd_report_add_table(
      t->report, "access", _("Days since the last successful access to places kept out of"),
      _("No place was kept out of."), columns, 7);
  const vd_register_place **order =
      VD_NEW_ARRAY(t->report->arena, const vd_register_place *, t->reg->n_places + 1);
  size_t n = 0;
  for (size_t i = 0; i < t->reg->n_places; i++)
    if (t->reg->places[i].n_denials > 0 || t->reg->places[i].barred) order[n++] = &t->reg->places[i];
  if (n > 1) qsort(order, n, sizeof *order, compare_access);
  for (size_t i = 0; i < n; i++) tell_place(t, table, order[i]);
}
