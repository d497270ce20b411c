/* results_json: gaps, routes and responders as JSON.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Keys end in their unit; the words are those of files, never translated. */
#include "cli/results_json.h"

#include <math.h>

#include "cli/results_words.h"

enum { DEGREES = 6, SHARE = 4, AMOUNT = 1, MINUTES = 1 };

void vd_json_add_by_word(vd_json *json, const char *key, const vd_terms *terms, int first,
                         const double *values, int decimals) {
  vd_json_open(json, key, '(');
  for (int i = first; i < terms->n; i++) vd_json_number(json, vd_terms_word(terms, i), values[i], decimals);
  vd_json_close(json);
}

static void add_window(vd_json *json, const vd_studied *studied) {
  const vd_headline *head = vd_study_headline(studied->study);
  int32_t offset_s = vd_plan_info_lookup(studied->plan)->utc_offset_s;
  vd_json_open(json, "window", '{');
  vd_json_time(json, "from", head->from_s);
  vd_json_time(json, "to", head->to_s);
  vd_json_number(json, "hours", (double)(head->to_s - head->from_s) / VD_HOUR_S, 4);
  vd_json_text(json, "local_time", vd_offset_text(json->buf.arena, offset_s));
  vd_json_text(json, "patrols_counted", studied->options.past ? "executed" : "planned approved executed");
  vd_json_close(json);
}

void vd_json_add_inputs(vd_json *json, const vd_studied *studied) {
  const vd_plan_info *info = vd_plan_info_lookup(studied->plan);
  const vd_grid *grid = vd_landscape_grid(studied->landscape);
  double centre[2] = {0, 0};
  vd_landscape_to_lonlat(studied->landscape, centre, centre, 1);
  vd_json_text(json, "program", "vedette " VEDETTE_VERSION);
  vd_json_open(json, "plan", '{');
  vd_json_text(json, "id", info->id);
  vd_json_text(json, "title", info->title);
  vd_json_text(json, "classification",
               vd_terms_word(&vd_classification_terms, (int)vd_plan_classification(studied->plan)));
  vd_json_text(json, "season", vd_terms_word(&vd_season_terms, info->season));
  vd_json_text(json, "assumed", vd_terms_word(&vd_case_terms, (int)studied->options.assumed));
  vd_json_text(json, "input_sha256", vd_study_headline(studied->study)->input_hash);
  vd_json_close(json);
  add_window(json, studied);
  vd_json_open(json, "grid", '{');
  vd_json_text(json, "projection", "LAEA");
  vd_json_number(json, "centre_lon_deg", centre[0], 9);
  vd_json_number(json, "centre_lat_deg", centre[1], 9);
  vd_json_number(json, "cell_m", grid->cell_m, 3);
  vd_json_whole(json, "columns", grid->nx);
  vd_json_whole(json, "rows", grid->ny);
  vd_json_close(json);
}

void vd_json_add_responder(vd_json *json, const char *key, const vd_study *study, int32_t responder) {
  size_t n;
  const vd_responder *all = vd_study_responders(study, &n);
  if (responder < 0 || (size_t)responder >= n) {
    vd_json_text(json, key, NULL);
    return;
  }
  const vd_responder *r = &all[responder];
  vd_json_open(json, key, '(');
  vd_json_text(json, "kind", vd_kind_lookup(r->kind)->table);
  vd_json_text(json, "id", r->id);
  vd_json_text(json, "name", r->name);
  vd_json_text(json, "actor", r->actor_name);
  vd_json_text(json, "vehicle", vd_terms_word(&vd_vehicle_terms, r->vehicle));
  vd_json_bool(json, "on_the_way", r->on_the_way);
  vd_json_number(json, "lon_deg", r->lon_deg, DEGREES);
  vd_json_number(json, "lat_deg", r->lat_deg, DEGREES);
  vd_json_close(json);
}

static void add_leg(vd_json *json, const vd_leg *leg) {
  vd_json_open(json, NULL, '(');
  vd_json_text(json, "road", leg->road);
  vd_json_text(json, "ground", leg->ground < 0 ? "air" : vd_terms_word(&vd_ground_terms, leg->ground));
  vd_json_text(json, "crossing", vd_terms_word(&vd_crossing_terms, leg->crossing));
  vd_json_number(json, "length_m", leg->length_m, 0);
  vd_json_number(json, "minutes", leg->minutes, MINUTES);
  vd_json_text(json, "slowed_by", leg->slowed_by);
  vd_json_close(json);
}

void vd_json_add_route(vd_json *json, const char *key, const vd_route *route) {
  if (!isfinite(route->notice_min + route->travel_min)) {
    vd_json_text(json, key, NULL);
    return;
  }
  vd_json_open(json, key, '{');
  vd_json_number(json, "response_min", route->notice_min + route->travel_min, MINUTES);
  vd_json_number(json, "notice_min", route->notice_min, MINUTES);
  vd_json_number(json, "travel_min", route->travel_min, MINUTES);
  vd_json_open(json, "legs", '[');
  for (size_t i = 0; i < route->n_legs; i++) add_leg(json, &route->legs[i]);
  vd_json_close(json);
  vd_json_close(json);
}

static void add_closing(vd_json *json, const vd_closing *closing) {
  static const char *const words[] = {"base", "visits", "restriction", "night_notice", "spare_visit"};
  bool place = closing->kind == VD_CLOSE_BASE;
  vd_json_open(json, NULL, '(');
  vd_json_text(json, "measure", words[closing->kind]);
  vd_json_number(json, "share", closing->share, SHARE);
  vd_json_text(json, "id", closing->id);
  vd_json_text(json, "name", closing->name);
  if (place) {
    vd_json_number(json, "lon_deg", closing->lon_deg, DEGREES);
    vd_json_number(json, "lat_deg", closing->lat_deg, DEGREES);
    vd_json_text(json, "vehicle", vd_terms_word(&vd_vehicle_terms, closing->vehicle));
  }
  if (place || closing->kind == VD_CLOSE_NIGHT) vd_json_number(json, "notice_min", closing->minutes, MINUTES);
  if (closing->kind == VD_CLOSE_VISITS || closing->kind == VD_CLOSE_SPARE)
    vd_json_whole(json, "count", closing->count);
  vd_json_text(json, "text", closing->text);
  vd_json_close(json);
}

static void add_ids(vd_json *json, const char *key, const char *const *ids, size_t n) {
  vd_json_open(json, key, '<');
  for (size_t i = 0; i < n; i++) vd_json_text(json, NULL, ids[i]);
  vd_json_close(json);
}

static void add_gap_figures(vd_json *json, const vd_gap *gap) {
  vd_json_text(json, "name", gap->name);
  vd_json_text(json, "priority", vd_terms_word(&vd_priority_terms, gap->priority));
  vd_json_text(json, "cause", vd_terms_word(&vd_cause_terms, gap->cause));
  vd_json_number(json, "people", gap->people, AMOUNT);
  vd_json_number(json, "hours", gap->hours, 2);
  vd_json_number(json, "person_hours", gap->person_hours, AMOUNT);
  vd_json_number(json, "person_hours_at_best", gap->least_person_hours, AMOUNT);
  vd_json_number(json, "person_hours_at_worst", gap->most_person_hours, AMOUNT);
  vd_json_number(json, "weighted_person_hours", gap->weighted_person_hours, AMOUNT);
  vd_json_add_by_word(json, "cause_share", &vd_cause_terms, 0, gap->cause_share, SHARE);
  vd_json_whole(json, "cells", gap->n_cells);
  vd_json_number(json, "area_km2", gap->area_km2, 3);
  vd_json_number(json, "lon_deg", gap->lon_deg, DEGREES);
  vd_json_number(json, "lat_deg", gap->lat_deg, DEGREES);
  vd_json_text(json, "settlement", gap->settlement);
  vd_json_number(json, "settlement_m", gap->settlement ? gap->settlement_m : NAN, 0);
  vd_json_number(json, "settlement_azimuth_deg",
                 gap->settlement ? vd_azimuth_round(gap->settlement_azimuth_deg) : NAN, 0);
}

void vd_json_add_gap(vd_json *json, const char *key, const vd_studied *studied, const vd_gap *gap) {
  vd_json_open(json, key, '{');
  add_gap_figures(json, gap);
  vd_json_add_responder(json, "responder", studied->study, gap->responder);
  if (gap->responder >= 0) {
    vd_json_add_route(json, "route", &gap->route);
  } else {
    vd_json_text(json, "route", NULL);
  }
  vd_json_time(json, "last_visit", gap->last_visit_s);
  vd_json_text(json, "last_visitor", gap->last_visitor);
  add_ids(json, "threat_areas", gap->threats, gap->n_threats);
  add_ids(json, "restrictions", gap->restrictions, gap->n_restrictions);
  vd_json_open(json, "closings", '[');
  for (size_t i = 0; i < gap->n_closings; i++) add_closing(json, &gap->closings[i]);
  vd_json_close(json);
  vd_json_close(json);
}
