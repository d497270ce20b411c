/* study_ten_cells: a plan of ten cells in a row whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, a 4x4 doing 60 km/h: a minute a cell. A base in cell 0 with
 * 2 minutes notice; "must" asks for help within 7 and a half minutes, so cells 0 to 5 are in time and 6 to 9 are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"

enum { N = 10 };

static void set_standards(fx *f, double response_min, double revisit_h) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), response_min);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), revisit_h);
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
}

/* One day, all of it light: threat everywhere, base in cell 0. */
static fx *row_of_ten(void) {
  fx *f = fx_new(N, 1, 1000, 1);
  set_standards(f, 7.5, 24);
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 0, VD_CAR_4X4, 2);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  return f;
}

typedef struct result {
  vd_landscape *land;
  vd_study *study;
  const vd_study_cell *cells;
  size_t n_cells;
} result;

static result study_of(fx *f) {
  result r = {0};
  fx_load(f);
  vd_status status = vd_landscape_build(f->plan, 0, NULL, NULL, &r.land);
  if (status != VD_OK) fail_msg("%s", vd_last_message());
  status = vd_study_run(f->plan, r.land, NULL, NULL, NULL, &r.study);
  if (status != VD_OK) fail_msg("%s", vd_last_message());
  r.cells = vd_study_cells(r.study, &r.n_cells);
  return r;
}

static void done(fx *f, result r) {
  vd_study_free(r.study);
  vd_landscape_free(r.land);
  fx_free(f);
}

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

static void beyond_reach__and_presence_only_in_the_zone(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  const vd_grid *grid = vd_landscape_grid(r.land);
  assert_int_equal(grid->nx, N);
  assert_int_equal(grid->ny, 1);
  assert_int_equal(r.n_cells, N);
  const vd_headline *head = vd_study_headline(r.study);
  assert_near(head->people_total, 1000, 1e-9);
  assert_near(head->all.people, 1000, 1e-9);
  assert_near(head->all.person_hours, 24000, 1e-6);
  assert_near(head->all.by_state[VD_COVERED], 2400, 1e-6); /* cell 0 */
  assert_near(head->all.by_state[VD_REACH_ONLY], 5 * 2400, 1e-6);
  assert_near(head->all.by_state[VD_UNCOVERED], 4 * 2400, 1e-6);
  assert_near(head->all.by_state[VD_PRESENCE_ONLY], 0, 1e-6);
  for (int c = 0; c < N; c++) {
    assert_near((double)r.cells[c].best_response_min, 2 + c, 0.001);
    assert_int_equal(r.cells[c].state, c == 0 ? VD_COVERED : c <= 5 ? VD_REACH_ONLY : VD_UNCOVERED);
    assert_int_equal(r.cells[c].cause, c == 0   ? VD_CAUSE_COUNT
                                       : c <= 5 ? VD_CAUSE_VISITED_SELDOM
                                                : VD_CAUSE_BEYOND_REACH);
  }
  size_t n_gaps;
  const vd_gap *gaps = vd_study_gaps(r.study, &n_gaps);
  assert_int_equal(n_gaps, 2);
  assert_string_equal(gaps[0].name, "G-01");
  assert_int_equal(gaps[0].n_cells, 5);
  assert_near(gaps[0].person_hours, 12000, 1e-6);
  assert_near(gaps[0].weighted_person_hours, 48000, 1e-6); /* must weighs 4 here */
  assert_near(gaps[0].cause_share[VD_CAUSE_VISITED_SELDOM], 1, 1e-12);
  assert_int_equal(gaps[1].n_cells, 4);
  assert_near(gaps[1].cause_share[VD_CAUSE_BEYOND_REACH], 1, 1e-12);
  done(f, r);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(beyond_reach__and_presence_only_in_the_zone),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
