/* study_hash: one hash of everything that a study found.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_STUDY_HASH_H
#define VEDETTE_TESTS_STUDY_HASH_H

#include <math.h>

#include "vedette/base/hash.h"
#include "vedette/study/study.h"

/* NaN, however it is written, is one value. */
static inline void hash_maybe(vd_hash *hash, double value) {
  vd_hash_add_f64(hash, isnan(value) ? -1 : value);
}

static inline void hash_closings(vd_hash *hash, const vd_gap *gap) {
  for (size_t i = 0; i < gap->n_closings; i++) {
    vd_hash_add_i64(hash, (int64_t)gap->closings[i].kind);
    vd_hash_add_f64(hash, gap->closings[i].share);
    vd_hash_add_text(hash, gap->closings[i].text);
  }
  for (size_t i = 0; i < gap->n_restrictions; i++) vd_hash_add_text(hash, gap->restrictions[i]);
}

static inline void hash_gap(vd_hash *hash, const vd_gap *gap) {
  vd_hash_add_text(hash, gap->name);
  vd_hash_add_f64(hash, gap->person_hours);
  vd_hash_add_f64(hash, gap->weighted_person_hours);
  hash_maybe(hash, gap->least_person_hours), hash_maybe(hash, gap->most_person_hours);
  vd_hash_add_i64(hash, gap->n_cells);
  vd_hash_add_i64(hash, gap->responder);
  vd_hash_add_i64(hash, gap->last_visit_s);
  vd_hash_add_text(hash, gap->last_visitor);
  vd_hash_add_f64(hash, gap->route.travel_min);
  for (size_t i = 0; i < gap->route.n_legs; i++) vd_hash_add_f64(hash, gap->route.legs[i].minutes);
  for (int32_t i = 0; i < 2 * gap->outline->n_points; i++) vd_hash_add_f64(hash, gap->outline->xy[i]);
  hash_closings(hash, gap);
}

static inline void hash_sums(vd_hash *hash, const vd_sums *sums) {
  vd_hash_add_f64(hash, sums->people);
  vd_hash_add_f64(hash, sums->person_hours);
  for (int s = 0; s < VD_STATE_COUNT; s++) vd_hash_add_f64(hash, sums->by_state[s]);
  hash_maybe(hash, sums->least_covered), hash_maybe(hash, sums->most_covered);
}

static inline void hash_headline(vd_hash *hash, const vd_headline *head) {
  hash_sums(hash, &head->all);
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) hash_sums(hash, &head->by_priority[p]);
  vd_hash_add_f64(hash, head->lost_person_hours);
  vd_hash_add_f64(hash, head->lost_in_time);
  vd_hash_add_i64(hash, head->n_gaps);
  vd_hash_add_i64(hash, head->n_occurrences);
  vd_hash_add_text(hash, head->input_hash);
}

/* Least times over the grid, and states at some times. */
static inline void hash_grid(vd_hash *hash, const vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_headline *head = vd_study_headline(study);
  size_t n = (size_t)vd_grid_n(vd_landscape_grid(vd_study_landscape(study)));
  const uint32_t *best_s = vd_study_best_response_s(study);
  for (size_t i = 0; best_s && i < n; i++) vd_hash_add_i64(hash, best_s[i]);
  uint8_t *states = VD_NEW_ARRAY(arena, uint8_t, n);
  for (int64_t t = head->from_s; t < head->to_s; t += (head->to_s - head->from_s) / 7 + 1) {
    vd_study_states_at(study, t, states);
    vd_hash_add(hash, states, n);
    if (!vd_study_has_certainty(study)) continue;
    vd_study_certainty_at(study, t, states);
    vd_hash_add(hash, states, n);
  }
}

static inline void hash_study(const vd_study *study, char hex[65]) {
  vd_hash hash;
  vd_hash_start(&hash);
  size_t n;
  const vd_study_cell *cells = vd_study_cells(study, &n);
  for (size_t i = 0; i < n; i++) {
    for (int s = 0; s < VD_STATE_COUNT; s++) vd_hash_add_f64(&hash, cells[i].hours[s]);
    for (int c = 0; c < VD_CAUSE_COUNT; c++) vd_hash_add_f64(&hash, cells[i].cause_hours[c]);
    vd_hash_add_i64(&hash, cells[i].best_responder);
    vd_hash_add_f64(&hash, (double)cells[i].best_response_min);
    vd_hash_add_i64(&hash, cells[i].gap);
    for (int c = 0; c < VD_CERTAINTY_COUNT; c++) hash_maybe(&hash, cells[i].certain_hours[c]);
    vd_hash_add_i64(&hash, cells[i].certainty);
  }
  const vd_gap *gaps = vd_study_gaps(study, &n);
  for (size_t i = 0; i < n; i++) hash_gap(&hash, &gaps[i]);
  const vd_loss *losses = vd_study_losses(study, &n);
  for (size_t i = 0; i < n; i++)
    vd_hash_add_text(&hash, losses[i].id), vd_hash_add_f64(&hash, losses[i].person_hours);
  const vd_duplicate *doubled = vd_study_duplicates(study, &n);
  for (size_t i = 0; i < n; i++) {
    vd_hash_add_text(&hash, doubled[i].patrol_a);
    vd_hash_add_text(&hash, doubled[i].actor_b);
    vd_hash_add_i64(&hash, doubled[i].from_s);
    vd_hash_add_f64(&hash, doubled[i].person_hours);
  }
  hash_headline(&hash, vd_study_headline(study));
  hash_grid(&hash, study);
  const vd_note *notes = vd_study_notes(study, &n);
  for (size_t i = 0; i < n; i++)
    vd_hash_add_text(&hash, notes[i].text), vd_hash_add_i64(&hash, notes[i].count);
  vd_hash_finish(&hash, hex);
}

#endif
