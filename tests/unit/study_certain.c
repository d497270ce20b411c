/* study_certain: surely, maybe and not covered, on ten cells whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, threat all day and a base in cell 0 whose zone holds them
 * all: somebody is present everywhere, only help decides. The 4x4 does 6 km/h, ten minutes a cell: at best 7.5 km/h, eight minutes;
 * at worst 3 km/h, twenty. The standard is 61 minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"

enum { N = 10 };

static vd_speed *speed_of(fx *f) {
  return (vd_speed *)(uintptr_t)f->lists[VD_KIND_SPEED].records[0];
}

static fx *row_of_ten(void) {
  fx *f = fx_new(N, 1, 1000, 1);
  static const char *const names[] = {"watch", "could", "should", "must"};
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 61);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 4);
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  vd_speed *speed = fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 6);
  speed->best_factor = 1.25, speed->worst_factor = 0.5;
  fx_people_everywhere(f, 100);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 0, VD_CAR_4X4, 0)->proximity_m = 20000;
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  return f;
}

/* A minute a cell in every case: only restrictions matter. */
static fx *quick_row(void) {
  fx *f = row_of_ten();
  speed_of(f)->kmh = 60;
  speed_of(f)->best_factor = speed_of(f)->worst_factor = 1;
  return f;
}

typedef struct result {
  vd_landscape *land;
  vd_study *study;
  const vd_study_cell *cells;
} result;

static result study_of(fx *f) {
  result r = {0};
  size_t n;
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &r.land) != VD_OK) fail_msg("%s", vd_last_message());
  vd_study_options options = {.certainty = true};
  if (vd_study_run(f->plan, r.land, &options, NULL, NULL, &r.study) != VD_OK)
    fail_msg("%s", vd_last_message());
  r.cells = vd_study_cells(r.study, &n);
  assert_int_equal(n, N);
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

static void assert_hours(const vd_study_cell *cell, double surely, double maybe, double not ) {
  assert_near(cell->certain_hours[VD_SURELY_COVERED], surely, 1e-9);
  assert_near(cell->certain_hours[VD_MAYBE_COVERED], maybe, 1e-9);
  assert_near(cell->certain_hours[VD_NOT_COVERED], not, 1e-9);
}

/* At worst cells 0-3 are within 61 minutes (60), likely 0-6 (60), at best 0-7 (56). */
static void speeds__at_50_minutes_likely_40_best_100_worst_a_cell_is_maybe_covered(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  for (int c = 0; c < N; c++) {
    int expected = c <= 3 ? VD_SURELY_COVERED : c <= 7 ? VD_MAYBE_COVERED : VD_NOT_COVERED;
    assert_int_equal(r.cells[c].certainty, expected);
    assert_hours(&r.cells[c], c <= 3 ? 24 : 0, c > 3 && c <= 7 ? 24 : 0, c > 7 ? 24 : 0);
    assert_int_equal(r.cells[c].state, c <= 6 ? VD_COVERED : VD_PRESENCE_ONLY);
  }
  fx_place five = fx_at(f, 5, 0);
  vd_explanation *told;
  assert_int_equal(vd_study_explain(r.study, f->plan, five.lon_deg, five.lat_deg, f->arena, &told), VD_OK);
  assert_int_equal(told->n_reaches, 1);
  assert_near(told->reaches[0].route.travel_min, 50, 0.01);
  assert_near(told->reaches[0].best_min, 40, 0.01);
  assert_near(told->reaches[0].worst_min, 100, 0.01);
  done(f, r);
}

/* 2400 person-hours a cell: 4, 7 and 8 cells are covered. The gap is cells 7-9, of which best covers one. */
static void headline__is_a_range(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  const vd_headline *head = vd_study_headline(r.study);
  assert_near(head->all.least_covered, 4 * 2400, 1e-6);
  assert_near(head->all.by_state[VD_COVERED], 7 * 2400, 1e-6);
  assert_near(head->all.most_covered, 8 * 2400, 1e-6);
  assert_near(head->by_priority[VD_MUST].least_covered, 4 * 2400, 1e-6);
  assert_near(head->by_priority[VD_WATCH].most_covered, 0, 1e-6);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  assert_int_equal(n, 1);
  assert_near(gaps[0].least_person_hours, 2 * 2400, 1e-6);
  assert_near(gaps[0].person_hours, 3 * 2400, 1e-6);
  assert_near(gaps[0].most_person_hours, 3 * 2400, 1e-6);
  done(f, r);
}

/* Placed 300 m east of cell 5's centre it blocks within 400 m: cell 5 and all beyond. Known to 1 km: at worst within 1 400 m,
 * cell 4 too; at best nothing. */
static void precision__widens_a_restriction_at_worst_and_narrows_it_at_best(void **state) {
  (void)state;
  fx *f = quick_row();
  fx_restriction(f, "Bridge", fx_point(f, 5.3, 0), 400)->precision_m = 1000;
  result r = study_of(f);
  for (int c = 0; c < N; c++) {
    assert_int_equal(r.cells[c].certainty, c <= 3 ? VD_SURELY_COVERED : VD_MAYBE_COVERED);
    assert_int_equal(r.cells[c].state, c <= 4 ? VD_COVERED : VD_PRESENCE_ONLY);
  }
  done(f, r);
}

/* An area acts where it is drawn, however little its place is known. */
static void precision__of_an_area_changes_nothing(void **state) {
  (void)state;
  fx *f = quick_row();
  fx_restriction(f, "Area", fx_cells(f, 5, 0, 5, 0, 0.1), 0)->precision_m = 5000;
  result r = study_of(f);
  for (int c = 0; c < N; c++)
    assert_int_equal(r.cells[c].certainty, c <= 4 ? VD_SURELY_COVERED : VD_NOT_COVERED);
  done(f, r);
}

/* Reported 45 days before 06:00 of the day: from then on the road beyond cell 5 may be open again. */
static void road_state__too_old_is_lifted_at_best_from_then_on(void **state) {
  (void)state;
  fx *f = quick_row();
  fx_standard(f, "road_state.dry", 45);
  vd_restriction *closed = fx_restriction(f, "Closed", fx_point(f, 5, 0), 400);
  closed->road_state = "closed";
  closed->record.reported_s = FX_MONDAY_S + 6 * VD_HOUR_S - 45 * (int64_t)VD_DAY_S;
  result r = study_of(f);
  assert_hours(&r.cells[4], 24, 0, 0);
  assert_hours(&r.cells[5], 0, 18, 6);
  assert_hours(&r.cells[9], 0, 18, 6);
  assert_int_equal(r.cells[9].certainty, VD_MAYBE_COVERED);
  assert_near(r.cells[9].hours[VD_COVERED], 0, 1e-9);
  uint8_t certainty[N];
  vd_study_certainty_at(r.study, FX_MONDAY_S + 6 * VD_HOUR_S - 1, certainty);
  assert_int_equal(certainty[9], VD_NOT_COVERED);
  vd_study_certainty_at(r.study, FX_MONDAY_S + 6 * VD_HOUR_S, certainty);
  assert_int_equal(certainty[9], VD_MAYBE_COVERED);
  assert_int_equal(certainty[0], VD_SURELY_COVERED);
  done(f, r);
}

/* The patrol leaves cell 0 at noon, is stopped in cell 5 by a closed road whose state is too old, and stands in cell 8 from 12:08.
 * Presence lasts 4 hours after it: 12:08 to 16:38 at best, though help (the base is in time everywhere at best) is there all day. */
static void road_state__too_old_lets_a_patrol_pass_at_best(void **state) {
  (void)state;
  fx *f = quick_row();
  ((vd_base *)(uintptr_t)f->lists[VD_KIND_BASE].records[0])->proximity_m = 400;
  const vd_actor *un = f->lists[VD_KIND_ACTOR].records[0];
  vd_patrol *patrol = fx_patrol(f, "Patrol", un, VD_CAR_4X4, FX_MONDAY_S + 12 * VD_HOUR_S, NULL);
  patrol->record.geom = fx_line(f, (double[]){0, 0, 8, 0}, 2);
  fx_stop(f, patrol, 0, 0, 0, 0, 0);
  fx_stop(f, patrol, 1, 8, 0, 8, 38);
  vd_restriction *closed = fx_restriction(f, "Closed", fx_point(f, 5, 0), 400);
  closed->road_state = "unknown";
  result r = study_of(f);
  assert_near(r.cells[8].hours[VD_UNCOVERED], 24, 1e-9);
  double maybe = r.cells[8].certain_hours[VD_MAYBE_COVERED];
  assert_near(maybe, 4.5, 0.01); /* it comes within 400 m some seconds before it stops */
  assert_near(r.cells[8].certain_hours[VD_NOT_COVERED], 24 - maybe, 1e-9);
  done(f, r);
}

/* Likely the way out of the base is held up in cell 1 for 70 minutes. At worst the base stands inside the zone, so that its way out
 * is not held up by itself: that must not count as quicker. At best the zone is too small to hold anything. */
static void delay__that_a_base_stands_in_at_worst_is_no_quicker_than_likely(void **state) {
  (void)state;
  fx *f = quick_row();
  vd_restriction *delay = fx_restriction(f, "Checkpoint", fx_point(f, 1.2, 0), 400);
  delay->effect = VD_EFFECT_DELAY, delay->delay_min = 70, delay->precision_m = 1000;
  result r = study_of(f);
  for (int c = 0; c < N; c++)
    assert_int_equal(r.cells[c].certainty, c == 0 ? VD_SURELY_COVERED : VD_MAYBE_COVERED);
  vd_study *alone = NULL;
  vd_study_options worst = {.assumed = VD_CASE_WORST};
  assert_int_equal(vd_study_run(f->plan, r.land, &worst, NULL, NULL, &alone), VD_OK);
  assert_near(vd_study_headline(alone)->all.by_state[VD_COVERED], N * 2400, 1e-6);
  vd_study_free(alone);
  fx_place five = fx_at(f, 5, 0);
  vd_explanation *told;
  assert_int_equal(vd_study_explain(r.study, f->plan, five.lon_deg, five.lat_deg, f->arena, &told), VD_OK);
  assert_near(told->reaches[0].best_min, 5, 0.01);
  assert_near(told->reaches[0].worst_min, 75, 0.01);
  done(f, r);
}

/* Factors that say the contrary of their name count as none. */
static void factors__never_turn_best_and_worst_round(void **state) {
  (void)state;
  fx *f = row_of_ten();
  speed_of(f)->best_factor = 0.5, speed_of(f)->worst_factor = 2;
  result r = study_of(f);
  const vd_sums *all = &vd_study_headline(r.study)->all;
  assert_near(all->least_covered, all->most_covered, 0);
  assert_near(all->least_covered, 7 * 2400, 1e-6);
  done(f, r);
}

/* The whole study of the worst case by itself says what certainty says of it. */
static void assumed__worst_is_a_study_of_its_own(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  static const double covered[VD_CASE_COUNT] = {7 * 2400, 8 * 2400, 4 * 2400};
  char hashes[VD_CASE_COUNT][65];
  for (int c = 0; c < VD_CASE_COUNT; c++) {
    vd_study *study = NULL;
    vd_study_options options = {.assumed = (vd_case)c};
    assert_int_equal(vd_study_run(f->plan, r.land, &options, NULL, NULL, &study), VD_OK);
    assert_near(vd_study_headline(study)->all.by_state[VD_COVERED], covered[c], 1e-6);
    assert_false(vd_study_has_certainty(study));
    assert_true(isnan(vd_study_headline(study)->all.least_covered));
    memcpy(hashes[c], vd_study_headline(study)->input_hash, sizeof hashes[c]);
    vd_study_free(study);
  }
  assert_string_not_equal(hashes[VD_CASE_LIKELY], hashes[VD_CASE_BEST]);
  assert_string_not_equal(hashes[VD_CASE_BEST], hashes[VD_CASE_WORST]);
  done(f, r);
}

static void certainty__is_of_whole_likely_studies_only(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  vd_study *study = NULL;
  vd_study_options quick = {.certainty = true, .quick = true};
  vd_study_options worst = {.certainty = true, .assumed = VD_CASE_WORST};
  assert_int_equal(vd_study_run(f->plan, r.land, &quick, NULL, NULL, &study), VD_ERR_INPUT);
  assert_int_equal(vd_study_run(f->plan, r.land, &worst, NULL, NULL, &study), VD_ERR_INPUT);
  done(f, r);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(speeds__at_50_minutes_likely_40_best_100_worst_a_cell_is_maybe_covered),
      cmocka_unit_test(headline__is_a_range),
      cmocka_unit_test(precision__widens_a_restriction_at_worst_and_narrows_it_at_best),
      cmocka_unit_test(precision__of_an_area_changes_nothing),
      cmocka_unit_test(road_state__too_old_is_lifted_at_best_from_then_on),
      cmocka_unit_test(road_state__too_old_lets_a_patrol_pass_at_best),
      cmocka_unit_test(delay__that_a_base_stands_in_at_worst_is_no_quicker_than_likely),
      cmocka_unit_test(factors__never_turn_best_and_worst_round),
      cmocka_unit_test(assumed__worst_is_a_study_of_its_own),
      cmocka_unit_test(certainty__is_of_whole_likely_studies_only),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
