/* incidents: 200 reports that gather where and when the threat areas say.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "story.h"

enum { INCIDENT_COUNT = 200 };

static const char *other_type(rng *r) {
  static const char *const types[] = {"looting", "abduction", "attack_on_village", "killing",
                                      "threat_on_the_move"};
  return types[rng_below(r, 5)];
}

/* A local time that the threat's weekdays and hours hold; more in the last weeks than in the first. */
static int64_t time_within(rng *r, const threat_sketch *t, int burst) {
  int day, length = t->hour_to_min - t->hour_from_min;
  if (length <= 0) length += 1440;
  do {
    double late = fmax(rng_unit(r), rng_unit(r));
    day = (int)(late * LAST_DAY);
    if (rng_unit(r) < 0.4) day = (burst + rng_below(r, 6)) % LAST_DAY;
  } while (!(t->weekdays >> (day % 7) & 1));
  return local_s(day, 0, (t->hour_from_min + rng_below(r, length)) % 1440);
}

static pt place_within(const world *w, rng *r, const threat_sketch *t) {
  for (int tries = 0; tries < 50; tries++) {
    pt p = {t->middle.x + rng_bell(r) * t->radius * 0.42, t->middle.y + rng_bell(r) * t->radius * 0.42};
    int32_t c = cell_at(p);
    if (dist(p, t->middle) < t->radius * 0.9 && w->inside[c] && w->water[c] < WATER_GREAT) return p;
  }
  return t->middle;
}

/* An alert reached the mission of three in four; who set out did so in good time before arriving. */
static void write_response(layer *l, int number, int64_t from, int64_t arrived) {
  bool answered = arrived != VD_TIME_MIN, heard = answered || number % 4 != 3;
  int64_t alert = from + (5 + number % 7 * 4) * VD_MINUTE_S;
  record_time(l, "alert_time", heard ? alert : VD_TIME_MIN);
  record_time(l, "response_departed_time", answered ? alert + (arrived - alert) / 4 : VD_TIME_MIN);
  record_time(l, "response_arrived_time", arrived);
  record_text(l, "reference", vd_str_printf(l->row.arena, "IR-%04d", 2001 + number));
}

static void write_incident(const world *w, layer *l, rng *r, int number, const threat_sketch *t, int burst) {
  static const double precisions[4] = {100, 1000, 1000, 5000};
  bool own = rng_unit(r) < 0.75;
  const char *type = own ? t->threat_type : other_type(r);
  int64_t from = time_within(r, t, burst), to = from + (1 + rng_below(r, 3)) * VD_HOUR_S;
  bool deadly = rng_unit(r) < 0.35, answered = rng_unit(r) < 0.38;
  record_begin(l, id_of(w->arena, "incident", number), vd_str_printf(w->arena, "Incident %03d", number + 1));
  record_number(l, "precision_m", precisions[rng_below(r, 4)], 0);
  record_time(l, "from_time", from);
  record_time(l, "to_time", to);
  record_text(l, "incident_type", type);
  record_text(l, "perpetrator_class", rng_unit(r) < 0.85 ? t->perpetrator_class : "unknown");
  record_number(l, "killed", deadly ? 1 + rng_below(r, 4) + (rng_unit(r) < 0.1 ? 8 : 0) : 0, 0);
  record_number(l, "injured", rng_unit(r) < 0.5 ? rng_below(r, 7) : 0, 0);
  write_response(l, number, from, answered ? from + (40 + rng_below(r, 400)) * VD_MINUTE_S : VD_TIME_MIN);
  record_text(l, "source", MADE);
  record_time(l, "reported", to + (2 + rng_below(r, 60)) * VD_HOUR_S);
  record_end_point(l, place_within(w, r, t));
}

vd_status write_incidents(const world *w, const char *folder) {
  rng r = rng_of(w->seed, "incidents");
  layer l;
  int n = 0;
  layer_open(&l, w->arena, "incidents", true);
  for (int i = 0; i < THREAT_COUNT; i++) {
    threat_sketch t = threat_sketch_of(w, i);
    int burst = 50 + rng_below(&r, 34);
    for (int k = 0; k < t.incidents && n < INCIDENT_COUNT; k++) write_incident(w, &l, &r, n++, &t, burst);
  }
  /* The rest away from the threat areas, here and there. */
  for (; n < INCIDENT_COUNT;) {
    pt p = centre_of(w->settlements[ROLE_COUNT + rng_below(&r, w->n_settlements - ROLE_COUNT)].cell);
    threat_sketch t = {p, 16, 0, 1440, 127, "unknown", "looting", 1};
    write_incident(w, &l, &r, n++, &t, 40);
  }
  return layer_write(&l, folder);
}
