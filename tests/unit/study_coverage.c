/* study_coverage: ribbons, gap-hours and profiles of ten cells in a row, to be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, a 4x4 at a minute a cell, a base in cell 0 that is
 * in time in cells 0 to 5 and near in cell 0 alone. A week from Monday; threat everywhere from 08:00 to 20:00; light from 06:00 to
 * 18:00. One patrol stands in cell 3 on Tuesday from 10:00 to 10:30, which keeps it present until Wednesday 10:30. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"
#include "vedette/study/coverage.h"

enum { N = 10, TUESDAY = 24, WEDNESDAY = 48 };
static const double SECOND_H = 1.01 / 3600; /* a visit counts through its last second */

static fx *row_of_ten(int days) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  fx *f = fx_new(N, 1, 1000, days);
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 7.5);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 24);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_standard(f, "day.from", 360);
  fx_standard(f, "day.to", 1080);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 0, VD_CAR_4X4, 2);
  vd_threat_area *threat = fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  threat->hour_from_min = 480, threat->hour_to_min = 1200;
  vd_patrol *patrol =
      fx_patrol(f, "Patrol", un, VD_CAR_4X4, FX_MONDAY_S + VD_DAY_S + 10 * (int64_t)VD_HOUR_S, NULL);
  fx_stop(f, patrol, 0, 3, 0, 0, 30);
  return f;
}

static void add_market(fx *f, double column, int32_t weekdays) {
  vd_site *site = fx_add(f, VD_KIND_SITE, "Market", fx_point(f, column, 0));
  site->site_type = "market";
  site->weekdays = weekdays;
}

typedef struct result {
  vd_landscape *land;
  vd_study *study;
  vd_coverage *told;
} result;

static result coverage_of(fx *f) {
  result r = {0};
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &r.land) != VD_OK ||
      vd_study_run(f->plan, r.land, NULL, NULL, NULL, &r.study) != VD_OK ||
      vd_study_coverage(r.study, f->plan, NULL, NULL, f->arena, &r.told) != VD_OK)
    fail_msg("%s", vd_last_message());
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

static vd_cover cell_cover(const fx *f, const result *r, int column) {
  vd_cover cover;
  fx_place at = fx_at(f, column, 0);
  assert_true(vd_study_cover_place(r->study, f->plan, at.lon_deg, at.lat_deg, &cover));
  return cover;
}

/* 84 threatened hours, of them 10 covered on Tuesday and 2 and a half on Wednesday. */
static void ribbon_and_gap_hours_of_a_cell(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  result r = coverage_of(f);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near(cover.people, 100, 1e-9);
  assert_near(vd_cover_hours(&cover, VD_WHEN_ALL), 8400, 1e-6);
  assert_near(cover.gap_hours, 84 - 12.5, SECOND_H);
  assert_int_equal(cover.n_gaps, 7); /* one a day: the threat pauses at night */
  assert_near(cover.longest_gap_h, 12, 1e-9);
  assert_true(cover.longest_from_s == FX_MONDAY_S + 8 * (int64_t)VD_HOUR_S);
  for (int h = 0; h < VD_WEEK_HOURS; h++) {
    double expected = h % 24 < 8 || h % 24 >= 20                 ? -1
                      : h >= TUESDAY + 10 && h < TUESDAY + 20    ? 1
                      : h == WEDNESDAY + 8 || h == WEDNESDAY + 9 ? 1
                      : h == WEDNESDAY + 10                      ? 0.5
                                                                 : 0;
    assert_near((double)cover.ribbon[h], expected, SECOND_H);
  }
  cover = cell_cover(f, &r, 0); /* the base's own */
  assert_near(cover.gap_hours, 0, 1e-9);
  assert_int_equal(cover.n_gaps, 0);
  assert_true(cover.longest_from_s == VD_TIME_MIN);
  done(f, r);
}

/* Cells 0 and 3 of ten are covered on Tuesday from 10:00. */
static void whole_area_and_gaps(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  result r = coverage_of(f);
  const vd_cover *all = &r.told->all;
  assert_near(all->people, 1000, 1e-9);
  assert_near(vd_cover_hours(all, VD_WHEN_ALL), 84000, 1e-6);
  assert_near(all->by_state[VD_WHEN_ALL][VD_COVERED], 8400 + 1250, 0.1);
  assert_near((double)all->ribbon[TUESDAY + 9], 0.1, 1e-6);
  assert_near((double)all->ribbon[TUESDAY + 10], 0.2, 1e-6);
  assert_near(all->gap_hours, (84000 - 9650) / 1000.0, 0.001);
  /* Gaps: cells 1 to 5 by seldom visits, 6 to 9 beyond reach. */
  assert_int_equal(r.told->n_gaps, 2);
  const vd_cover *gap = &r.told->gaps[0];
  assert_near(gap->people, 500, 1e-9);
  assert_near(gap->gap_hours, (4 * 84 + 71.5) / 5, 0.001);
  assert_near((double)gap->ribbon[TUESDAY + 12], 0.2, 1e-6);
  assert_near((double)r.told->gaps[1].ribbon[TUESDAY + 12], 0, 1e-6);
  vd_cover alone;
  assert_true(vd_study_cover_gap(r.study, f->plan, 0, &alone));
  assert_memory_equal(alone.ribbon, gap->ribbon, sizeof alone.ribbon);
  assert_false(vd_study_cover_gap(r.study, f->plan, 2, &alone));
  /* The ten villages: least covered first, the base's own last. */
  assert_int_equal(r.told->n_places, 10);
  assert_string_equal(r.told->places[8].name, "Village 3-0");
  assert_string_equal(r.told->places[9].name, "Village 0-0");
  assert_near(r.told->places[8].cover.gap_hours, 71.5, SECOND_H);
  done(f, r);
}

/* Of the 12 threatened hours of a day 10 are light. Cell 3: Tuesday 10 to 18 and Wednesday 8 to 10:30 by day, Tuesday 18 to 20 by night. */
static void by_day_and_night(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  result r = coverage_of(f);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near(vd_cover_hours(&cover, VD_WHEN_DAY), 7000, 1e-6);
  assert_near(vd_cover_hours(&cover, VD_WHEN_NIGHT), 1400, 1e-6);
  assert_near(cover.by_state[VD_WHEN_DAY][VD_COVERED], 1050, 0.1);
  assert_near(cover.by_state[VD_WHEN_NIGHT][VD_COVERED], 200, 1e-6);
  assert_near(vd_cover_hours(&cover, VD_WHEN_MARKET), 0, 1e-9); /* there is no market */
  assert_true(isnan(vd_cover_share(&cover, VD_WHEN_MARKET)));
  done(f, r);
}

/* A market of Tuesday beside cell 2, one of Wednesday and Sunday beside cell 9, one whose days nobody knows in cell 3. */
static void market_days_are_those_of_the_nearest_market(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  add_market(f, 2, 2);
  add_market(f, 9, 4 + 64);
  add_market(f, 3, 0);
  result r = coverage_of(f);
  assert_int_equal(r.told->n_markets, 3);
  assert_int_equal(r.told->n_markets_unknown, 1);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near(vd_cover_hours(&cover, VD_WHEN_MARKET), 1200, 1e-6);
  assert_near(cover.by_state[VD_WHEN_MARKET][VD_COVERED], 1000, 1e-6);
  assert_near(vd_cover_hours(&cover, VD_WHEN_OTHER), 7200, 1e-6);
  assert_near(cover.by_state[VD_WHEN_OTHER][VD_COVERED], 250, 0.1);
  cover = cell_cover(f, &r, 8);
  assert_near(vd_cover_hours(&cover, VD_WHEN_MARKET), 2400, 1e-6);
  assert_near(cover.by_state[VD_WHEN_MARKET][VD_COVERED], 0, 1e-9);
  /* All: six cells of one market day, four of two. */
  assert_near(vd_cover_hours(&r.told->all, VD_WHEN_MARKET), 6 * 1200 + 4 * 2400, 1e-6);
  done(f, r);
}

/* A second threat in cell 3 alone, from 20:00 to midnight: each area counts the time in which it is active itself. */
static void threat_areas_count_their_own_hours(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  vd_threat_area *night = fx_threat(f, "Evening", VD_WATCH, fx_cells(f, 3, 0, 3, 0, 0.01));
  night->hour_from_min = 1200, night->hour_to_min = 1440;
  result r = coverage_of(f);
  assert_int_equal(r.told->n_threats, 2);
  const vd_cover *day = &r.told->threats[0], *evening = &r.told->threats[1];
  assert_near(vd_cover_hours(day, VD_WHEN_ALL), 84000, 1e-6);
  assert_near(vd_cover_hours(evening, VD_WHEN_ALL), 2800, 1e-6);
  assert_near(evening->gap_hours, 24, 1e-9); /* Tuesday's four hours are covered */
  assert_int_equal(evening->n_gaps, 6);
  assert_near(evening->longest_gap_h, 4, 1e-9);
  assert_near((double)evening->ribbon[TUESDAY + 21], 1, 1e-9);
  assert_near((double)evening->ribbon[21], 0, 1e-9);
  assert_near((double)evening->ribbon[12], -1, 1e-9);
  /* The cell itself: a gap runs on from one threat to the other. */
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near(cover.longest_gap_h, 16, 1e-9);
  assert_int_equal(cover.n_gaps, 7);
  done(f, r);
}

/* Two hours east of Greenwich the visit falls on local noon, and the window begins at 02:00. */
static void hours_are_local(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  f->info.utc_offset_s = 2 * VD_HOUR_S;
  result r = coverage_of(f);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near((double)cover.ribbon[TUESDAY + 11], 0, 1e-9);
  assert_near((double)cover.ribbon[TUESDAY + 12], 1, 1e-9);
  assert_near((double)cover.ribbon[WEDNESDAY + 12], 0.5, SECOND_H);
  assert_near(cover.by_state[VD_WHEN_DAY][VD_COVERED], 600 + 450, 0.1); /* 12 to 18, 8 to 12:30 */
  done(f, r);
}

/* Fifty-two weeks with one covered Tuesday. */
static void a_year_is_folded_into_a_week(void **state) {
  (void)state;
  fx *f = row_of_ten(364);
  result r = coverage_of(f);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_near(vd_cover_hours(&cover, VD_WHEN_ALL), 100 * 364 * 12, 1e-6);
  assert_near(cover.gap_hours, 364 * 12 - 12.5, SECOND_H);
  assert_int_equal(cover.n_gaps, 364);
  assert_near((double)cover.ribbon[TUESDAY + 12], 1 / 52.0, 1e-6);
  assert_near((double)cover.ribbon[TUESDAY + 7], -1, 1e-9);
  done(f, r);
}

/* A threat without a pause: one gap before the visit, one after. */
static void the_longest_gap_may_cross_days(void **state) {
  (void)state;
  fx *f = row_of_ten(7);
  vd_threat_area *threat = (vd_threat_area *)(uintptr_t)f->lists[VD_KIND_THREAT_AREA].records[0];
  threat->hour_from_min = 0, threat->hour_to_min = 1440;
  result r = coverage_of(f);
  vd_cover cover = cell_cover(f, &r, 3);
  assert_int_equal(cover.n_gaps, 2);
  assert_near(cover.longest_gap_h, 4 * 24 + 13.5, SECOND_H); /* Wednesday 10:30 to the end of Sunday */
  assert_true(cover.longest_from_s == FX_MONDAY_S + 2 * (int64_t)VD_DAY_S + 37801);
  assert_near(cover.gap_hours, 168 - 24.5, SECOND_H);
  cover = cell_cover(f, &r, 9);
  assert_int_equal(cover.n_gaps, 1);
  assert_near(cover.longest_gap_h, 168, 1e-9);
  done(f, r);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ribbon_and_gap_hours_of_a_cell),
      cmocka_unit_test(whole_area_and_gaps),
      cmocka_unit_test(by_day_and_night),
      cmocka_unit_test(market_days_are_those_of_the_nearest_market),
      cmocka_unit_test(threat_areas_count_their_own_hours),
      cmocka_unit_test(hours_are_local),
      cmocka_unit_test(a_year_is_folded_into_a_week),
      cmocka_unit_test(the_longest_gap_may_cross_days),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
