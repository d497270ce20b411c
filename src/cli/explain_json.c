/* explain_json: one place explained for programs, as docs/json.md describes it.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cli/explain_out.h"
#include "cli/results_json.h"

enum { DEGREES = 6 };

static void add_place(vd_json *json, const vd_explained *explained) {
  const vd_explanation *p = explained->place;
  vd_json_open(json, "place", '{');
  vd_json_text(json, "asked", explained->asked);
  vd_json_number(json, "lon_deg", p->lon_deg, DEGREES);
  vd_json_number(json, "lat_deg", p->lat_deg, DEGREES);
  vd_json_whole(json, "cell", p->cell);
  vd_json_number(json, "people", p->people, 3);
  vd_json_text(json, "ground", vd_terms_word(&vd_ground_terms, p->ground));
  vd_json_number(json, "elevation_m", p->elevation_m, 1);
  vd_json_text(json, "settlement", p->settlement);
  vd_json_number(json, "settlement_m", p->settlement ? p->settlement_m : (double)NAN, 0);
  vd_json_close(json);
}

static void add_threat(vd_json *json, const vd_explanation *p) {
  if (p->priority < 0) {
    vd_json_text(json, "threat", NULL);
    return;
  }
  vd_json_open(json, "threat", '{');
  vd_json_text(json, "priority", vd_terms_word(&vd_priority_terms, p->priority));
  vd_json_text(json, "name", p->threat_name);
  vd_json_number(json, "response_standard_min", p->response_standard_min, 2);
  vd_json_number(json, "revisit_standard_h", p->revisit_standard_h, 2);
  vd_json_close(json);
}

static void add_reaches(vd_json *json, const vd_study *study, const vd_explanation *p) {
  vd_json_open(json, "reaches", '[');
  for (size_t i = 0; i < p->n_reaches; i++) {
    const vd_reach *reach = &p->reaches[i];
    vd_json_open(json, NULL, '{');
    vd_json_add_responder(json, "responder", study, reach->responder);
    vd_json_text(json, "light", vd_terms_word(&vd_light_terms, (int)reach->light));
    vd_json_bool(json, "in_time", reach->in_time);
    if (reach->unreached) {
      vd_json_text(json, "route", NULL);
    } else {
      vd_json_add_route(json, "route", &reach->route);
    }
    vd_json_number(json, "response_at_best_min", reach->best_min, 2);
    vd_json_number(json, "response_at_worst_min", reach->worst_min, 2);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_visits(vd_json *json, const vd_explanation *p) {
  vd_json_time(json, "last_visit", p->last_visit_s);
  vd_json_open(json, "visits", '[');
  for (size_t i = 0; i < p->n_visits; i++) {
    vd_json_open(json, NULL, '(');
    vd_json_text(json, "id", p->visits[i].patrol);
    vd_json_text(json, "name", p->visits[i].name);
    vd_json_text(json, "actor", p->visits[i].actor_name);
    vd_json_time(json, "from", p->visits[i].from_s);
    vd_json_time(json, "to", p->visits[i].to_s);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_states(vd_json *json, const vd_explanation *p) {
  vd_json_open(json, "states", '[');
  for (size_t i = 0; i < p->n_spans; i++) {
    vd_json_open(json, NULL, '(');
    vd_json_time(json, "from", p->spans[i].from_s);
    vd_json_time(json, "to", p->spans[i].to_s);
    vd_json_text(json, "state", vd_terms_word(&vd_state_terms, p->spans[i].state));
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_cover(vd_json *json, const vd_explained *explained) {
  static const char *const whens[VD_WHEN_COUNT] = {"window", "day", "night", "market_days", "other_days"};
  const vd_cover *cover = &explained->cover;
  if (!explained->has_cover) {
    vd_json_text(json, "cover", NULL);
    return;
  }
  vd_json_open(json, "cover", '{');
  vd_json_number(json, "gap_hours", cover->gap_hours, 4);
  vd_json_whole(json, "n_gaps", cover->n_gaps);
  vd_json_number(json, "longest_gap_h", cover->longest_gap_h, 4);
  vd_json_time(json, "longest_from", cover->longest_from_s);
  vd_json_open(json, "covered_share", '(');
  for (int w = 0; w < VD_WHEN_COUNT; w++)
    vd_json_number(json, whens[w], vd_cover_share(cover, (vd_when)w), 4);
  vd_json_close(json);
  vd_json_shares(json, "ribbon", cover->ribbon, VD_WEEK_HOURS);
  vd_json_close(json);
}

static void add_gap(vd_json *json, const vd_explained *explained) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(explained->studied->study, &n);
  int32_t gap = explained->place->gap;
  if (gap >= 0 && (size_t)gap < n) {
    vd_json_add_gap(json, "gap", explained->studied, &gaps[gap]);
  } else {
    vd_json_text(json, "gap", NULL);
  }
}

static void add_moment(vd_json *json, const vd_explained *explained) {
  if (!explained->at_moment) {
    vd_json_text(json, "moment", NULL);
    return;
  }
  uint8_t state = vd_explained_state(explained->place, explained->moment_s);
  vd_json_open(json, "moment", '{');
  vd_json_time(json, "time", explained->moment_s);
  vd_json_text(json, "state", vd_terms_word(&vd_state_terms, state));
  add_reaches(json, explained->moment_study, explained->moment);
  vd_json_close(json);
}

void vd_explain_print_json(const vd_explained *explained) {
  vd_json json = vd_json_start(explained->studied->cli->arena);
  vd_json_open(&json, NULL, '{');
  vd_json_text(&json, "format", "vedette-explain-1");
  vd_json_add_inputs(&json, explained->studied);
  add_place(&json, explained);
  add_threat(&json, explained->place);
  add_states(&json, explained->place);
  add_cover(&json, explained);
  add_visits(&json, explained->place);
  add_reaches(&json, explained->studied->study, explained->place);
  add_moment(&json, explained);
  add_gap(&json, explained);
  vd_json_close(&json);
  vd_json_finish(&json, explained->studied->cli->out);
}
