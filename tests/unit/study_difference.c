/* study_difference: the row of ten cells studied twice, with the base moved between; checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, threat all of one day. The base is present
 * everywhere and reaches five cells to each side in time: from cell 0 it covers 0 to 5, from cell 8 it covers 3 to 9. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"
#include "vedette/study/difference.h"

enum { N = 10, DAY_PEOPLE_HOURS = 2400 }; /* of one cell in the day */

/* The base in cell `at`, threat from cell `threat_from` on. */
static fx *row_of_ten(int at, int threat_from, double cell_m) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  fx *f = fx_new(N, 1, cell_m, 1);
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 7.5);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 24);
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, at, 0, VD_CAR_4X4, 2)->proximity_m = 20000;
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, threat_from, 0, N - 1, 0, 0.01));
  fx_load(f);
  return f;
}

typedef struct studied {
  fx *f;
  vd_landscape *land;
  vd_study *study;
} studied;

static studied study_of(fx *f) {
  studied made = {.f = f};
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &made.land), VD_OK);
  assert_int_equal(vd_study_run(f->plan, made.land, NULL, NULL, NULL, &made.study), VD_OK);
  return made;
}

static void done(studied *made) {
  vd_study_free(made->study);
  vd_landscape_free(made->land);
  fx_free(made->f);
}

static void near(double a, double b) {
  if (!(fabs(a - b) <= 1e-6)) fail_msg("%.9g is not %.9g", a, b);
}

static void moved_base__gains_and_loses_cells(void **state) {
  (void)state;
  static const vd_cover_change expected[N] = {
      VD_COVER_LOST,  VD_COVER_LOST,   VD_COVER_LOST,   VD_COVER_STILL,  VD_COVER_STILL,
      VD_COVER_STILL, VD_COVER_GAINED, VD_COVER_GAINED, VD_COVER_GAINED, VD_COVER_GAINED};
  VD_CLEANUP(done)
  studied before = study_of(row_of_ten(0, 0, 1000)), after = study_of(row_of_ten(8, 0, 1000));
  vd_study_difference *told;
  assert_int_equal(vd_study_compare(before.study, after.study, before.f->arena, &told), VD_OK);
  assert_int_equal(told->n_cells, N);
  for (int i = 0; i < N; i++) assert_int_equal(told->cells[i].cover, expected[i]);
  for (int i = 0; i < N; i++) assert_int_equal(told->covers[told->cells[i].cell], expected[i]);
  const vd_cover_sums *sums = &told->all;
  assert_int_equal(sums->cells[VD_COVER_GAINED], 4);
  assert_int_equal(sums->cells[VD_COVER_LOST], 3);
  near(sums->people[VD_COVER_GAINED], 400);
  near(sums->people[VD_COVER_LOST], 300);
  near(sums->covered_before, 6 * DAY_PEOPLE_HOURS);
  near(sums->covered_after, 7 * DAY_PEOPLE_HOURS);
  near(sums->gained, 4 * DAY_PEOPLE_HOURS);
  near(sums->lost, 3 * DAY_PEOPLE_HOURS);
  near(told->by_priority[VD_MUST].gained, 4 * DAY_PEOPLE_HOURS);
  near(told->by_priority[VD_COULD].threat_after, 0);
  assert_int_equal(told->n_threats, 1);
  near(told->by_threat[0].lost, 3 * DAY_PEOPLE_HOURS);
}

/* Cell 0 is under threat only before; what was covered there counts as lost person-hours, but not as newly not covered. */
static void threat_that_goes__is_told_apart(void **state) {
  (void)state;
  VD_CLEANUP(done)
  studied before = study_of(row_of_ten(0, 0, 1000)), after = study_of(row_of_ten(8, 1, 1000));
  vd_study_difference *told;
  assert_int_equal(vd_study_compare(before.study, after.study, before.f->arena, &told), VD_OK);
  assert_int_equal(told->cells[0].cover, VD_COVER_GONE);
  assert_int_equal(told->all.cells[VD_COVER_LOST], 2);
  near(told->all.people[VD_COVER_GONE], 100);
  near(told->all.threat_before, 10 * DAY_PEOPLE_HOURS);
  near(told->all.threat_after, 9 * DAY_PEOPLE_HOURS);
  near(told->all.lost, 3 * DAY_PEOPLE_HOURS);
  near(told->all.covered_after - told->all.covered_before, told->all.gained - told->all.lost);
  assert_int_equal(vd_study_compare(after.study, before.study, before.f->arena, &told), VD_OK);
  assert_int_equal(told->cells[0].cover, VD_COVER_NEW);
}

static void other_grid_or_window__is_refused(void **state) {
  (void)state;
  VD_CLEANUP(done) studied before = study_of(row_of_ten(0, 0, 1000)), after = study_of(row_of_ten(0, 0, 900));
  vd_study_difference *told;
  assert_int_equal(vd_study_compare(before.study, after.study, before.f->arena, &told), VD_ERR_USAGE);
  assert_non_null(strstr(vd_last_message(), "different grids"));
  fx *f = row_of_ten(0, 0, 1000);
  f->info.to_s += VD_DAY_S;
  fx_load(f);
  VD_CLEANUP(done) studied longer = study_of(f);
  assert_int_equal(vd_study_compare(before.study, longer.study, before.f->arena, &told), VD_ERR_USAGE);
  assert_non_null(strstr(vd_last_message(), "--from"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(moved_base__gains_and_loses_cells),
      cmocka_unit_test(threat_that_goes__is_told_apart),
      cmocka_unit_test(other_grid_or_window__is_refused),
  };
  if (vd_geo_start() != VD_OK) return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
