/* study_restriction: what restrictions do to movement, on a row of ten cells whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km, a hundred people each, a 4x4 doing 60 km/h: a minute a cell. A base in cell 0 with 2 minutes notice answers at
 * c + 2 minutes in cell c. "Must" asks for help within 20 and a half minutes, so without restrictions every cell is in time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "study/run.h"
#include "vedette/geo/start.h"
#include "vedette/plan/restriction.h"

enum { N = 10 };

static fx *row_of_ten(void) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  fx *f = fx_new(N, 1, 1000, 1);
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 20.5);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 24);
  }
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  fx_base(f, "Base", fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true), 0, 0, VD_CAR_4X4, 2);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  return f;
}

static vd_restriction *at_cell_three(fx *f, vd_effect effect) {
  vd_restriction *r = fx_restriction(f, "Post", fx_point(f, 3, 0), 400);
  r->effect = (int32_t)effect;
  return r;
}

typedef struct result {
  vd_landscape *land;
  vd_study *study;
} result;

static result study_of(fx *f) {
  result r = {0};
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &r.land) != VD_OK ||
      vd_study_run(f->plan, r.land, NULL, NULL, NULL, &r.study) != VD_OK)
    fail_msg("%s", vd_last_message());
  return r;
}

static void done(fx *f, result r) {
  vd_study_free(r.study);
  vd_landscape_free(r.land);
  fx_free(f);
}

/* Person-hours in which help comes in time: cells x 100 people x hours. */
static void assert_in_time(result r, double cell_hours) {
  const double *s = vd_study_headline(r.study)->all.by_state;
  double hours = s[VD_COVERED] + s[VD_REACH_ONLY];
  if (!(fabs(hours - 100 * cell_hours) < 1e-6)) fail_msg("%.6f, not %.6f", hours, 100 * cell_hours);
}

static void assert_minutes(result r, int cell, double minutes) {
  size_t n;
  const vd_study_cell *cells = vd_study_cells(r.study, &n);
  double told = (double)cells[cell].best_response_min;
  if (!(fabs(told - minutes) < 0.001)) fail_msg("cell %d: %.4f min, not %.4f", cell, told, minutes);
}

/* 15 minutes at an official checkpoint, 45 at an unofficial one, unless the report says how long. */
static void checkpoint__delays_by_the_standard_of_its_obstacle(void **state) {
  (void)state;
  static const struct {
    const char *obstacle;
    double delay_min, added_min;
  } cases[] = {{"checkpoint_official", 0, 15}, {"checkpoint_official", 7, 7}, {"roadblock", 0, 0}};
  for (size_t i = 0; i < 3; i++) {
    fx *f = row_of_ten();
    vd_restriction *r = at_cell_three(f, VD_EFFECT_DELAY);
    r->obstacle = cases[i].obstacle, r->delay_min = cases[i].delay_min;
    result got = study_of(f);
    assert_minutes(got, 2, 4);
    assert_minutes(got, 5, 7 + cases[i].added_min);
    /* With 15 minutes more cells 4 and on take 21 and more: 0 to 3 are in time, cell 3 at 5 + 15 = 20. */
    assert_in_time(got, i == 0 ? 4 * 24 : 10 * 24);
    done(f, got);
  }
  fx *f = row_of_ten();
  at_cell_three(f, VD_EFFECT_DELAY)->obstacle = "checkpoint_unofficial";
  result got = study_of(f);
  assert_minutes(got, 5, 7 + 45);
  assert_in_time(got, 3 * 24); /* 0, 1, 2 */
  done(f, got);
}

static void escort__holds_responders_up_until_one_is_there(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_restriction *r = at_cell_three(f, VD_EFFECT_ESCORT);
  r->delay_min = 10;
  result got = study_of(f);
  assert_minutes(got, 5, 17);
  assert_in_time(got, 9 * 24); /* cell 9 takes 21 minutes */
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  r->delay_min = 0;
  fx_standard(f, "escort_delay", 30);
  got = study_of(f);
  assert_minutes(got, 5, 37);
  assert_in_time(got, 3 * 24);
  done(f, got);
}

/* It leaves cell 0 at 06:00 and stands in cell 9 from 06:10 to 07:10. */
static vd_patrol *patrol_to_the_end(fx *f) {
  const vd_actor *un = f->lists[VD_KIND_ACTOR].records[0];
  vd_patrol *patrol = fx_patrol(f, "Patrol", un, VD_CAR_4X4, FX_MONDAY_S + 6 * VD_HOUR_S, NULL);
  fx_stop(f, patrol, 0, 0, 0, 0, 0);
  fx_stop(f, patrol, 1, 9, 0, 10, 70);
  return patrol;
}

static void escort__stops_a_planned_patrol_that_has_none(void **state) {
  (void)state;
  for (int escorted = 0; escorted < 2; escorted++) {
    fx *f = row_of_ten();
    at_cell_three(f, VD_EFFECT_ESCORT)->delay_min = 5;
    patrol_to_the_end(f)->escorted = escorted;
    result got = study_of(f);
    size_t n;
    const vd_study_cell *cells = vd_study_cells(got.study, &n);
    assert_true(cells[1].last_visit_s > VD_TIME_MIN);
    assert_true((cells[9].last_visit_s > VD_TIME_MIN) == (escorted == 1));
    done(f, got);
  }
}

/* Who has an escort with him does not wait for one: standing in cell 2, he is in cell 7 in 5 minutes and not in 20. */
static void escort__goes_along_with_a_patrol_that_answers(void **state) {
  (void)state;
  for (int escorted = 0; escorted < 2; escorted++) {
    fx *f = row_of_ten();
    ((vd_base *)(uintptr_t)f->lists[VD_KIND_BASE].records[0])->has_reaction_force = 0;
    at_cell_three(f, VD_EFFECT_ESCORT)->delay_min = 15;
    const vd_actor *un = f->lists[VD_KIND_ACTOR].records[0];
    vd_patrol *patrol = fx_patrol(f, "Post", un, VD_CAR_4X4, FX_MONDAY_S, NULL);
    fx_stop(f, patrol, 0, 2, 0, 0, 1440);
    patrol->responds = 1, patrol->escorted = escorted;
    result got = study_of(f);
    assert_minutes(got, 7, escorted ? 5 : 20);
    assert_in_time(got, escorted ? 10 * 24 : 8 * 24); /* without: cells 0 to 7, where 7 takes 5 + 15 */
    done(f, got);
  }
}

/* Blocked from midnight, resolved at 06:00: cells 3 to 9 are cut off for six hours. */
static void resolved__ends_it_before_its_end(void **state) {
  (void)state;
  fx *f = row_of_ten();
  at_cell_three(f, VD_EFFECT_BLOCK)->resolved_s = FX_MONDAY_S + 6 * VD_HOUR_S;
  result got = study_of(f);
  assert_in_time(got, 3 * 24 + 7 * 18);
  size_t n;
  const vd_loss *losses = vd_study_losses(got.study, &n);
  assert_int_equal(n, 1);
  if (fabs(losses[0].in_time_person_hours - 100 * 7 * 6) > 1e-6)
    fail_msg("%.6f", losses[0].in_time_person_hours);
  done(f, got);
}

static int64_t count_of_note(const vd_study *study, const char *text) {
  size_t n;
  const vd_note *notes = vd_study_notes(study, &n);
  for (size_t i = 0; i < n; i++)
    if (strstr(notes[i].text, text)) return notes[i].count;
  return 0;
}

/* Reported 45 days before Monday 12:00: known up to then, unknown after, and in force in any case. */
static void road_state__stays_in_force_when_its_report_is_old(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_restriction *r = at_cell_three(f, VD_EFFECT_BLOCK);
  r->road_state = "closed";
  r->record.reported_s = FX_MONDAY_S + 12 * VD_HOUR_S - 45 * (int64_t)VD_DAY_S;
  result got = study_of(f);
  assert_in_time(got, 3 * 24);
  assert_true(got.study->model->bars[0].unknown_from_s == FX_MONDAY_S + 12 * VD_HOUR_S);
  assert_int_equal(count_of_note(got.study, "last report is too old"), 1);
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  r->record.reported_s = FX_MONDAY_S - 43 * (int64_t)VD_DAY_S; /* known until two days on */
  got = study_of(f);
  assert_int_equal(count_of_note(got.study, "last report is too old"), 0);
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  f->info.season = VD_WET; /* 14 days */
  got = study_of(f);
  assert_int_equal(count_of_note(got.study, "last report is too old"), 1);
  assert_true(got.study->model->bars[0].unknown_from_s == FX_MONDAY_S - 29 * (int64_t)VD_DAY_S);
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  r->road_state = "open";
  got = study_of(f);
  assert_in_time(got, 10 * 24);
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  r->road_state = "4x4_only"; /* a 4x4 passes */
  got = study_of(f);
  assert_in_time(got, 10 * 24);
  vd_study_free(got.study);
  vd_landscape_free(got.land);
  r->vehicles = "4x4 convoy"; /* but the report says whom it holds up */
  got = study_of(f);
  assert_in_time(got, 3 * 24);
  done(f, got);
}

static void report__is_a_denial_by_its_outcome(void **state) {
  (void)state;
  static const struct {
    const char *code, *outcome, *obstacle, *road_state;
    vd_effect effect;
    vd_denial denial;
  } cases[] = {
      {"ROM-CHK", "returned", NULL, NULL, VD_EFFECT_NONE, VD_DENIAL_YES},
      {"SOF-HAR", "rerouted", NULL, NULL, VD_EFFECT_NONE, VD_DENIAL_YES},
      {"ROM-LND", "abandoned", "flood", NULL, VD_EFFECT_BLOCK, VD_DENIAL_YES},
      {"ROM-LND", "delayed", NULL, NULL, VD_EFFECT_BLOCK, VD_DENIAL_NO},
      {"ROM-LND", "proceeded", NULL, NULL, VD_EFFECT_BLOCK, VD_DENIAL_NO},
      {"ROM-LND", NULL, NULL, NULL, VD_EFFECT_BLOCK, VD_DENIAL_YES},
      {NULL, NULL, NULL, NULL, VD_EFFECT_BLOCK, VD_DENIAL_YES},
      {"ROM-LND", NULL, "bridge_damage", NULL, VD_EFFECT_BLOCK, VD_DENIAL_NO},
      {"ROM-LND", NULL, NULL, "closed", VD_EFFECT_BLOCK, VD_DENIAL_NO},
      {"ROM-DLY", NULL, NULL, NULL, VD_EFFECT_DELAY, VD_DENIAL_UNKNOWN},
      {"SOF-DET", NULL, NULL, NULL, VD_EFFECT_BLOCK, VD_DENIAL_NO},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    vd_restriction r = {.code = cases[i].code,
                        .outcome = cases[i].outcome,
                        .obstacle = cases[i].obstacle,
                        .road_state = cases[i].road_state,
                        .amrf_type = VD_UNKNOWN_INT,
                        .effect = (int32_t)cases[i].effect};
    if (vd_restriction_denial(&r) != cases[i].denial) fail_msg("case %d", (int)i);
  }
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(checkpoint__delays_by_the_standard_of_its_obstacle),
      cmocka_unit_test(escort__holds_responders_up_until_one_is_there),
      cmocka_unit_test(escort__stops_a_planned_patrol_that_has_none),
      cmocka_unit_test(escort__goes_along_with_a_patrol_that_answers),
      cmocka_unit_test(resolved__ends_it_before_its_end),
      cmocka_unit_test(road_state__stays_in_force_when_its_report_is_old),
      cmocka_unit_test(report__is_a_denial_by_its_outcome),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
