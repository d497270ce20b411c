/* study_threads: a study of a random plan gives the same bytes on 1, 2 and 7 threads.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_hash.h"
#include "study_random.h"

#include "vedette/geo/start.h"

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
      vd_study_options options = {.certainty = true};
      assert_int_equal(vd_study_run(f->plan, land, &options, jobs, NULL, &study), VD_OK);
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
