/* study_threads: a study of a random plan gives the same bytes on 1, 2 and 7 threads.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/base/hash.h"
#include "vedette/geo/start.h"

static void hash_closings(vd_hash *hash, const vd_gap *gap) {
  for (size_t i = 0; i < gap->n_closings; i++) {
    vd_hash_add_i64(hash, (int64_t)gap->closings[i].kind);
    vd_hash_add_f64(hash, gap->closings[i].share);
    vd_hash_add_text(hash, gap->closings[i].text);
  }
  for (size_t i = 0; i < gap->n_restrictions; i++) vd_hash_add_text(hash, gap->restrictions[i]);
}

static void hash_gap(vd_hash *hash, const vd_gap *gap) {
  vd_hash_add_text(hash, gap->name);
  vd_hash_add_f64(hash, gap->person_hours);
  vd_hash_add_f64(hash, gap->weighted_person_hours);
  vd_hash_add_i64(hash, gap->n_cells);
  vd_hash_add_i64(hash, gap->responder);
  vd_hash_add_i64(hash, gap->last_visit_s);
  vd_hash_add_text(hash, gap->last_visitor);
  vd_hash_add_f64(hash, gap->route.travel_min);
  for (size_t i = 0; i < gap->route.n_legs; i++) vd_hash_add_f64(hash, gap->route.legs[i].minutes);
  for (int32_t i = 0; i < 2 * gap->outline->n_points; i++) vd_hash_add_f64(hash, gap->outline->xy[i]);
  hash_closings(hash, gap);
}

static void hash_study(const vd_study *study, char hex[65]) {
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
  }
  const vd_gap *gaps = vd_study_gaps(study, &n);
  for (size_t i = 0; i < n; i++) hash_gap(&hash, &gaps[i]);
  const vd_loss *losses = vd_study_losses(study, &n);
  for (size_t i = 0; i < n; i++)
    vd_hash_add_text(&hash, losses[i].id), vd_hash_add_f64(&hash, losses[i].person_hours);
  const vd_duplicate *doubled = vd_study_duplicates(study, &n);
  for (size_t i = 0; i < n; i++) {
    vd_hash_add_text(&hash, doubled[i].patrol_a);
    vd_hash_add_i64(&hash, doubled[i].from_s);
    vd_hash_add_f64(&hash, doubled[i].person_hours);
  }
  const vd_headline *head = vd_study_headline(study);
  vd_hash_add_f64(&hash, head->lost_person_hours);
  vd_hash_add_text(&hash, head->input_hash);
  vd_hash_finish(&hash, hex);
}

static void same_bytes_on_any_number_of_threads(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    fx *f = random_plan(seed, 14, 11);
    fx_load(f);
    static const int threads[] = {1, 2, 7};
    char first[65] = "";
    for (int i = 0; i < 3; i++) {
      vd_jobs *jobs = vd_jobs_new(threads[i]);
      vd_landscape *land = NULL;
      vd_study *study = NULL;
      assert_int_equal(vd_landscape_build(f->plan, 0, jobs, NULL, &land), VD_OK);
      assert_int_equal(vd_study_run(f->plan, land, NULL, jobs, NULL, &study), VD_OK);
      char hex[65];
      hash_study(study, hex);
      if (i == 0)
        memcpy(first, hex, sizeof first);
      else
        assert_string_equal(hex, first);
      vd_study_free(study);
      vd_landscape_free(land);
      vd_jobs_free(jobs);
    }
    fx_free(f);
  }
}

static void a_study_stops_when_asked(void **state) {
  (void)state;
  fx *f = random_plan(3, 14, 11);
  fx_load(f);
  vd_landscape *land = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  atomic_bool cancel = true;
  vd_progress progress = {.cancel = &cancel};
  vd_study *study = NULL;
  assert_int_equal(vd_study_run(f->plan, land, NULL, NULL, &progress, &study), VD_ERR_CANCELLED);
  assert_null(study);
  vd_landscape_free(land);
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(same_bytes_on_any_number_of_threads),
      cmocka_unit_test(a_study_stops_when_asked),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
