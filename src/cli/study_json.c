/* study_json: a study's results for programs, as docs/json.md describes them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "cli/results_json.h"
#include "cli/study_out.h"

enum { DEGREES = 6, AMOUNT = 1 };

static void add_sums(vd_json *json, const char *key, const vd_sums *sums) {
  vd_json_open(json, key, '{');
  vd_json_number(json, "people", sums->people, AMOUNT);
  vd_json_number(json, "person_hours", sums->person_hours, AMOUNT);
  vd_json_add_by_word(json, "person_hours_by_state", &vd_state_terms, VD_COVERED, sums->by_state, AMOUNT);
  vd_json_number(json, "covered_at_worst_person_hours", sums->least_covered, AMOUNT);
  vd_json_number(json, "covered_at_best_person_hours", sums->most_covered, AMOUNT);
  vd_json_close(json);
}

static void add_headline(vd_json *json, const vd_studied *studied) {
  const vd_headline *head = vd_study_headline(studied->study);
  bool losses = !studied->options.without_losses;
  vd_json_open(json, "headline", '{');
  vd_json_number(json, "people_in_area", head->people_total, AMOUNT);
  add_sums(json, "under_threat", &head->all);
  vd_json_open(json, "by_priority", '{');
  for (int p = VD_PRIORITY_COUNT - 1; p >= 0; p--)
    add_sums(json, vd_terms_word(&vd_priority_terms, p), &head->by_priority[p]);
  vd_json_close(json);
  vd_json_number(json, "lost_to_restrictions_person_hours", losses ? head->lost_person_hours : (double)NAN,
                 AMOUNT);
  vd_json_number(json, "lost_to_restrictions_weighted", losses ? head->lost_weighted : (double)NAN, AMOUNT);
  vd_json_whole(json, "gaps", head->n_gaps);
  vd_json_whole(json, "bases", head->n_bases);
  vd_json_whole(json, "patrols", head->n_patrols);
  vd_json_whole(json, "departures", head->n_occurrences);
  vd_json_whole(json, "restrictions", head->n_restrictions);
  vd_json_whole(json, "unsourced_figures", head->n_unsourced);
  vd_json_close(json);
}

static void add_gaps(vd_json *json, const vd_studied *studied) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(studied->study, &n);
  vd_json_open(json, "gaps", '[');
  for (size_t i = 0; i < n; i++) vd_json_add_gap(json, NULL, studied, &gaps[i]);
  vd_json_close(json);
}

/* The stretches of ways are too many to list; where one matters it is told. */
static void add_responders(vd_json *json, const vd_study *study) {
  size_t n;
  const vd_responder *all = vd_study_responders(study, &n);
  vd_json_open(json, "responders", '[');
  for (size_t i = 0; i < n; i++)
    if (!all[i].on_the_way) vd_json_add_responder(json, NULL, study, (int32_t)i);
  vd_json_close(json);
}

static void add_losses(vd_json *json, const vd_study *study) {
  size_t n;
  const vd_loss *losses = vd_study_losses(study, &n);
  vd_json_open(json, "losses", '[');
  for (size_t i = 0; i < n; i++) {
    vd_json_open(json, NULL, '(');
    vd_json_text(json, "restriction", losses[i].id);
    vd_json_text(json, "name", losses[i].name);
    vd_json_number(json, "person_hours", losses[i].person_hours, AMOUNT);
    vd_json_number(json, "weighted_person_hours", losses[i].weighted_person_hours, AMOUNT);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_visit(vd_json *json, const char *key, const char *id, const char *name, const char *actor) {
  vd_json_open(json, key, '(');
  vd_json_text(json, "id", id);
  vd_json_text(json, "name", name);
  vd_json_text(json, "actor", actor);
  vd_json_close(json);
}

static void add_duplicates(vd_json *json, const vd_study *study) {
  size_t n;
  const vd_duplicate *doubles = vd_study_duplicates(study, &n);
  vd_json_open(json, "duplicates", '[');
  for (size_t i = 0; i < n; i++) {
    const vd_duplicate *d = &doubles[i];
    vd_json_open(json, NULL, '(');
    add_visit(json, "a", d->patrol_a, d->name_a, d->actor_a);
    add_visit(json, "b", d->patrol_b, d->name_b, d->actor_b);
    vd_json_time(json, "from", d->from_s);
    vd_json_time(json, "to", d->to_s);
    vd_json_number(json, "lon_deg", d->lon_deg, DEGREES);
    vd_json_number(json, "lat_deg", d->lat_deg, DEGREES);
    vd_json_text(json, "settlement", d->settlement);
    vd_json_number(json, "person_hours", d->person_hours, AMOUNT);
    vd_json_close(json);
  }
  vd_json_close(json);
}

static void add_notes(vd_json *json, const vd_study *study) {
  size_t n;
  const vd_note *notes = vd_study_notes(study, &n);
  vd_json_open(json, "notes", '[');
  for (size_t i = 0; i < n; i++) {
    vd_json_open(json, NULL, '(');
    vd_json_text(json, "text", notes[i].text);
    vd_json_whole(json, "count", notes[i].count);
    vd_json_number(json, "lon_deg", notes[i].lon_deg, DEGREES);
    vd_json_number(json, "lat_deg", notes[i].lat_deg, DEGREES);
    vd_json_close(json);
  }
  vd_json_close(json);
}

void vd_study_print_json(const vd_studied *studied) {
  vd_json json = vd_json_start(studied->cli->arena);
  vd_json_open(&json, NULL, '{');
  vd_json_text(&json, "format", "vedette-study-1");
  vd_json_add_inputs(&json, studied);
  add_headline(&json, studied);
  add_gaps(&json, studied);
  add_responders(&json, studied->study);
  add_losses(&json, studied->study);
  add_duplicates(&json, studied->study);
  add_notes(&json, studied->study);
  vd_json_close(&json);
  vd_json_finish(&json, studied->cli->out);
}
