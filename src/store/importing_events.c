/* importing_events: the column layouts of UCDP GED and ACLED as incidents.
 * SPDX-License-Identifier: Apache-2.0
 *
 * UCDP GED codebook (where_prec 1-7, type_of_violence 1-3); ACLED codebook (geo_precision 1-3, time_precision 1-3).
 * The metres that stand for a class of precision are ours where the codebook gives none. */
#include <math.h>
#include <string.h>

#include "store/import.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

static int64_t whole(const vd_taking *t, const char *column, int64_t otherwise) {
  double value;
  const char *text = vd_taking_text(t, column);
  return text && vd_parse_f64(text, &value) && fabs(value) < 1e15 ? (int64_t)value : otherwise;
}

static int32_t people(const vd_taking *t, const char *column) {
  int64_t n = whole(t, column, -1);
  return n >= 0 && n <= 10000000 ? (int32_t)n : VD_UNKNOWN_INT;
}

static const char *of_two(const vd_taking *t, const char *a, const char *b) {
  const char *text = vd_taking_text(t, a);
  return text ? text : vd_taking_text(t, b);
}

/* ---- UCDP ---- */

static double ucdp_precision_m(int64_t where_prec) {
  /* 1 exact, 2 within about 25 km, 3 district, 4 province, 5 a stretch or a fuzzy area, 6 country, 7 sea or air */
  static const double metres[] = {NAN, 1000, 25000, 50000, 150000, 100000, 500000, 500000};
  return where_prec >= 1 && where_prec <= 7 ? metres[where_prec] : NAN;
}

static const char *ucdp_type(int64_t type) {
  static const char *const types[] = {NULL, "state-based conflict", "non-state conflict",
                                      "one-sided violence"};
  return type >= 1 && type <= 3 ? types[type] : NULL;
}

static const char *perpetrator_of(const char *side, int64_t type) {
  if (!side || type != 3) return NULL; /* who did it is clear in one-sided violence only */
  return vd_str_starts(side, "Government of") ? "state_forces" : "armed_group";
}

static const char *ucdp_dates(vd_taking *t, vd_incident *incident) {
  const char *from = vd_taking_text(t, "date_start"), *to = vd_taking_text(t, "date_end");
  const char *year = vd_taking_text(t, "year");
  if (from) {
    if (!vd_taking_time(t, from, &incident->from_s)) return _("date_start cannot be read");
    if (!to) to = from;
    if (!vd_taking_time(t, to, &incident->to_s)) return _("date_end cannot be read");
    incident->to_s += VD_DAY_S; /* the last day belongs to it */
    return incident->to_s > incident->from_s ? NULL : _("ends before it begins");
  }
  int64_t number = whole(t, "year", 0);
  if (!year || number < 1000 || number > 9998) return _("no date");
  (void)vd_taking_time(t, vd_str_printf(t->arena, "%lld", (long long)number), &incident->from_s);
  (void)vd_taking_time(t, vd_str_printf(t->arena, "%lld", (long long)number + 1), &incident->to_s);
  vd_taking_note(t, _("only the year is known: the incident spans it"), NULL);
  return NULL;
}

const char *vd_take_ucdp(vd_taking *t, vd_record *record) {
  vd_incident *incident = (vd_incident *)record;
  const char *reason = ucdp_dates(t, incident);
  if (reason) return reason;
  int64_t type = whole(t, "type_of_violence", 0);
  const char *id = vd_taking_text(t, "id"), *sides = vd_taking_text(t, "dyad_name");
  record->name = vd_taking_text(t, "where_coordinates");
  record->source = vd_str_printf(t->arena, "UCDP GED, CC BY 4.0 (%s)", t->file);
  record->notes = sides;
  incident->incident_type = ucdp_type(type);
  incident->perpetrator_class = perpetrator_of(vd_taking_text(t, "side_a"), type);
  incident->killed = people(t, "best");
  incident->precision_m = ucdp_precision_m(whole(t, "where_prec", 0));
  if (isfinite(incident->precision_m) && incident->precision_m > 1000)
    vd_taking_note(t, _("the place is not exact: precision_m says how far off"), NULL);
  if (id) t->own_id = vd_str_printf(t->arena, "ucdp/%s", id);
  return NULL;
}

/* ---- ACLED ---- */

static const char *acled_perpetrator(const char *inter) {
  static const struct {
    const char *code, *word;
  } codes[] = {{"1", "state_forces"},
               {"2", "armed_group"},
               {"3", "communal_militia"},
               {"4", "communal_militia"},
               {"8", "foreign_forces"},
               {"State forces", "state_forces"},
               {"Rebel group", "armed_group"},
               {"Political militia", "armed_group"},
               {"Identity militia", "communal_militia"},
               {"External/Other forces", "foreign_forces"}};
  for (size_t i = 0; inter && i < sizeof codes / sizeof *codes; i++)
    if (vd_str_equal_nocase(inter, codes[i].code)) return codes[i].word;
  return "unknown";
}

static double acled_precision_m(int64_t geo_precision) {
  static const double metres[] = {NAN, 1000, 25000, 100000};
  return geo_precision >= 1 && geo_precision <= 3 ? metres[geo_precision] : NAN;
}

const char *vd_take_acled(vd_taking *t, vd_record *record) {
  static const int64_t spans_s[] = {VD_DAY_S, VD_DAY_S, VD_WEEK_S, 30 * VD_DAY_S};
  vd_incident *incident = (vd_incident *)record;
  const char *date = vd_taking_text(t, "event_date"), *id = of_two(t, "event_id_cnty", "data_id");
  if (!date) return _("no date");
  if (!vd_taking_time(t, date, &incident->from_s)) return _("event_date cannot be read");
  int64_t precision = whole(t, "time_precision", 1);
  incident->to_s = incident->from_s + spans_s[precision >= 1 && precision <= 3 ? precision : 1];
  record->name = vd_taking_text(t, "location");
  record->source = vd_str_printf(t->arena, "ACLED (%s)", t->file);
  record->notes = of_two(t, "notes", "actor1");
  incident->incident_type = of_two(t, "sub_event_type", "event_type");
  incident->perpetrator_class = acled_perpetrator(vd_taking_text(t, "inter1"));
  incident->killed = people(t, "fatalities");
  incident->precision_m = acled_precision_m(whole(t, "geo_precision", 0));
  if (id) t->own_id = vd_str_printf(t->arena, "acled/%s", id);
  return NULL;
}
