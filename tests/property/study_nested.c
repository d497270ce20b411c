/* study_nested: whom worst covers likely covers, whom likely covers best covers, at every minute of random plans.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/geo/start.h"

enum { NX = 8, NY = 6, CELLS = NX * NY };

/* Planned patrols can be stopped by restrictions, executed ones cannot. */
static fx *planned_plan(uint64_t seed) {
  fx *f = random_plan(seed, NX, NY);
  for (size_t i = 0; i < f->lists[VD_KIND_PATROL].n; i++)
    ((vd_patrol *)(uintptr_t)f->lists[VD_KIND_PATROL].records[i])->state = VD_PLANNED;
  return f;
}

static vd_study *run(const fx *f, const vd_landscape *land, vd_case assumed, bool certainty) {
  vd_study *study = NULL;
  vd_study_options options = {.assumed = assumed, .certainty = certainty, .quick = !certainty};
  if (vd_study_run(f->plan, land, &options, NULL, NULL, &study) != VD_OK) fail_msg("%s", vd_last_message());
  return study;
}

typedef struct counts {
  double hours[CELLS][VD_CERTAINTY_COUNT];
  int n_minutes, n_apart; /* cell-minutes under threat; of these where a case by itself is not nested */
} counts;

static void compare(const vd_study *study, vd_study *const alone[VD_CASE_COUNT], counts *sums) {
  const vd_headline *head = vd_study_headline(study);
  uint8_t certainty[CELLS], states[VD_CASE_COUNT][CELLS];
  for (int64_t t = head->from_s; t < head->to_s; t += VD_MINUTE_S) {
    vd_study_certainty_at(study, t, certainty);
    for (int c = 0; c < VD_CASE_COUNT; c++) vd_study_states_at(alone[c], t, states[c]);
    for (int i = 0; i < CELLS; i++) {
      bool likely = states[VD_CASE_LIKELY][i] == VD_COVERED, best = states[VD_CASE_BEST][i] == VD_COVERED,
           worst = states[VD_CASE_WORST][i] == VD_COVERED;
      if (certainty[i] == VD_CERTAINTY_COUNT) {
        assert_int_equal(states[VD_CASE_LIKELY][i], VD_STATE_NONE);
        continue;
      }
      sums->hours[i][certainty[i]] += 1 / 60.0;
      sums->n_minutes++;
      sums->n_apart += (worst && !likely) || (likely && !best);
      if (likely) assert_int_not_equal(certainty[i], VD_NOT_COVERED);
      if (!likely) assert_int_not_equal(certainty[i], VD_SURELY_COVERED);
      assert_int_equal(certainty[i] == VD_SURELY_COVERED, likely && worst);
      assert_int_equal(certainty[i] == VD_NOT_COVERED, !likely && !best);
    }
  }
}

/* Minutes are cut at seconds: each change of a cell may shift up to a minute. */
static void compare_hours(const vd_study *study, const counts *sums) {
  size_t n;
  const vd_study_cell *cells = vd_study_cells(study, &n);
  double least = 0, likely = 0, most = 0;
  for (size_t t = 0; t < n; t++) {
    double all = 0, total = 0;
    for (int c = 0; c < VD_CERTAINTY_COUNT; c++) {
      double told = cells[t].certain_hours[c];
      all += told;
      assert_true(told >= 0);
      if (fabs(told - sums->hours[cells[t].cell][c]) > 0.5) /* some dozen changes */
        fail_msg("cell %d, %s: %.3f h told, %.3f h counted", (int)cells[t].cell,
                 vd_terms_word(&vd_certainty_terms, c), told, sums->hours[cells[t].cell][c]);
    }
    for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) total += cells[t].hours[s];
    assert_true(fabs(all - total) < 1e-9);
    least += (double)cells[t].people * cells[t].certain_hours[VD_SURELY_COVERED];
    likely += (double)cells[t].people * cells[t].hours[VD_COVERED];
    most += (double)cells[t].people *
            (cells[t].certain_hours[VD_SURELY_COVERED] + cells[t].certain_hours[VD_MAYBE_COVERED]);
    assert_true(cells[t].certain_hours[VD_SURELY_COVERED] <= cells[t].hours[VD_COVERED]);
  }
  const vd_sums *sum = &vd_study_headline(study)->all;
  assert_true(fabs(sum->least_covered - least) < 1e-6 && fabs(sum->most_covered - most) < 1e-6);
  assert_true(fabs(sum->by_state[VD_COVERED] - likely) < 1e-6);
  assert_true(sum->least_covered <= sum->by_state[VD_COVERED] &&
              sum->by_state[VD_COVERED] <= sum->most_covered);
}

static void worst_likely_and_best_are_nested_at_every_minute(void **state) {
  (void)state;
  int n_minutes = 0, n_apart = 0;
  for (uint64_t seed = 500; seed < 512; seed++) {
    fx *f = planned_plan(seed);
    fx_load(f);
    vd_landscape *land = NULL;
    assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
    vd_study *study = run(f, land, VD_CASE_LIKELY, true), *alone[VD_CASE_COUNT];
    for (int c = 0; c < VD_CASE_COUNT; c++) alone[c] = run(f, land, (vd_case)c, false);
    counts sums = {0};
    compare(study, alone, &sums);
    compare_hours(study, &sums);
    n_minutes += sums.n_minutes, n_apart += sums.n_apart;
    for (int c = 0; c < VD_CASE_COUNT; c++) vd_study_free(alone[c]);
    vd_study_free(study);
    vd_landscape_free(land);
    fx_free(f);
  }
  /* Only where somebody starts inside a wider delay a case by itself is not nested (unit test study_certain). */
  assert_true(n_apart < n_minutes / 100);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(worst_likely_and_best_are_nested_at_every_minute),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
