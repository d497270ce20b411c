/* study_ten_cells: a plan of ten cells in a row whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, a 4x4 doing 60 km/h: a minute a cell. A base in cell 0 with
 * 2 minutes notice; "must" asks for help within 7 and a half minutes, so cells 0 to 5 are in time and 6 to 9 are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

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

static vd_base *base_of(fx *f) {
  return (vd_base *)(uintptr_t)f->lists[VD_KIND_BASE].records[0];
}

/* A base on ground its vehicle cannot drive, with no road, is told to the reader instead of silently reaching nobody. */
static void stuck_base__is_noted(void **state) {
  (void)state;
  fx *f = row_of_ten();
  fx_speed(f, VD_CONVOY, VD_GROUND_GRASS, 0);
  base_of(f)->vehicle = VD_CONVOY;
  result r = study_of(f);
  size_t n;
  int found = 0;
  const vd_note *notes = vd_study_notes(r.study, &n);
  for (size_t i = 0; i < n; i++) {
    if (strstr(notes[i].text, "no further than a few cells") == NULL) continue;
    found++;
    assert_int_equal(notes[i].count, 1);
    assert_true(notes[i].lon_deg > -180);
  }
  assert_int_equal(found, 1);
  done(f, r);
}

/* A host force's position is neither a responder nor presence, whatever its actor. */
static void host_force_position__is_never_cover(void **state) {
  (void)state;
  fx *f = row_of_ten();
  base_of(f)->base_class = "host_force_position";
  base_of(f)->proximity_m = 20000;
  result r = study_of(f);
  const vd_headline *head = vd_study_headline(r.study);
  assert_int_equal(head->n_bases, 0);
  assert_near(head->all.by_state[VD_UNCOVERED], 10 * 100 * 24, 1e-6);
  done(f, r);
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

static vd_standard *standard_of(fx *f, const char *key) {
  for (size_t i = 0; i < f->lists[VD_KIND_STANDARD].n; i++) {
    vd_standard *standard = (vd_standard *)(uintptr_t)f->lists[VD_KIND_STANDARD].records[i];
    if (vd_str_equal(standard->record.name, key)) return standard;
  }
  return NULL;
}

static int64_t at_h(double hours) {
  return FX_MONDAY_S + (int64_t)(hours * 3600);
}

/* A patrol of one stop at a column, from one hour of the day to another. */
static vd_patrol *stand_at(fx *f, const char *name, const vd_actor *actor, double column, double from_h,
                           double to_h) {
  vd_patrol *patrol = fx_patrol(f, name, actor, VD_CAR_4X4, at_h(from_h), NULL);
  fx_stop(f, patrol, 0, column, 0, 0, (to_h - from_h) * 60);
  return patrol;
}

static const vd_closing *closing_of(const vd_gap *gap, vd_closing_kind kind) {
  for (size_t i = 0; i < gap->n_closings; i++) {
    if (gap->closings[i].kind == kind) return &gap->closings[i];
  }
  return NULL;
}

static void closings__a_visit_for_the_stale_and_a_base_for_the_far(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  const vd_closing *visits = closing_of(&gaps[0], VD_CLOSE_VISITS);
  assert_non_null(visits); /* one visit at the start keeps a day of 24 h present */
  assert_int_equal(visits->count, 1);
  assert_near(visits->share, 1, 1e-9);
  const vd_closing *base = closing_of(&gaps[1], VD_CLOSE_BASE);
  assert_non_null(base);
  assert_near(base->share, 1, 1e-9);
  assert_near(base->minutes, 4,
              0.01); /* from cell 6 the farthest is 3 minutes away: 7.5 - 3, whole minutes */
  assert_null(closing_of(&gaps[1], VD_CLOSE_VISITS));
  assert_int_equal(gaps[1].responder, 0);
  assert_near(gaps[1].route.notice_min, 2, 1e-9);
  assert_near(gaps[1].route.travel_min, 6, 0.001); /* the place is the first of cells with most people */
  assert_int_equal(gaps[1].route.n_legs, 1);
  assert_string_equal(gaps[1].settlement, "Village 6-0");
  done(f, r);
}

static void presence__lasts_to_the_second_of_the_revisit_standard(void **state) {
  (void)state;
  fx *f = row_of_ten();
  standard_of(f, "revisit.must")->value = 6;
  stand_at(f, "Visit", (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0], 3, 1, 2);
  result r = study_of(f);
  uint8_t states[N];
  const struct {
    int64_t time_s;
    int state;
  } expected[] = {{at_h(1) - 1, VD_REACH_ONLY}, {at_h(1), VD_COVERED},        {at_h(2), VD_COVERED},
                  {at_h(8), VD_COVERED},        {at_h(8) + 1, VD_REACH_ONLY}, {at_h(24), VD_STATE_NONE}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    vd_study_states_at(r.study, expected[i].time_s, states);
    assert_int_equal(states[3], expected[i].state);
  }
  assert_near(r.cells[3].hours[VD_COVERED], 7 + 1 / 3600.0, 1e-9);
  assert_near(r.cells[2].hours[VD_COVERED], 0, 1e-9); /* 1 km off, beyond the influence radius */
  assert_int_equal(r.cells[3].last_visit_s, at_h(2));
  done(f, r);
}

static void response__counts_at_the_very_limit(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  double ms = round((double)r.cells[5].best_response_min * 60e3);
  vd_study_free(r.study);
  vd_landscape_free(r.land);
  for (int late = 0; late < 2; late++) {
    standard_of(f, "response.must")->value = (ms - late) / 60e3;
    r = study_of(f);
    assert_int_equal(r.cells[5].state, late ? VD_UNCOVERED : VD_REACH_ONLY);
    assert_int_equal(r.cells[4].state, VD_REACH_ONLY);
    vd_study_free(r.study);
    vd_landscape_free(r.land);
  }
  fx_free(f);
}

/* Day from 06:00 to 18:00; by night at half the speed, so that cells 3 to 5 are in time by day only. */
static void night__is_outside_the_hours_covered(void **state) {
  (void)state;
  fx *f = row_of_ten();
  standard_of(f, "day.from")->value = 360;
  standard_of(f, "day.to")->value = 1080;
  standard_of(f, "night_factor")->value = 0.5;
  base_of(f)->proximity_m = 20000; /* present everywhere, so that only time decides */
  result r = study_of(f);
  for (int c = 0; c < N; c++) {
    assert_near(r.cells[c].hours[VD_COVERED], c <= 2 ? 24 : c <= 5 ? 12 : 0, 1e-9);
    assert_near(r.cells[c].hours[VD_PRESENCE_ONLY], c <= 2 ? 0 : c <= 5 ? 12 : 24, 1e-9);
    assert_near(r.cells[c].cause_hours[VD_CAUSE_OUTSIDE_HOURS], c >= 3 && c <= 5 ? 12 : 0, 1e-9);
    assert_near(r.cells[c].cause_hours[VD_CAUSE_BEYOND_REACH], c >= 6 ? 24 : 0, 1e-9);
  }
  size_t n;
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  assert_int_equal(n, 2);
  const vd_closing *night = closing_of(&gaps[1], VD_CLOSE_NIGHT);
  assert_non_null(night);
  assert_near(night->minutes, 1, 1e-9);     /* cell 3 is 6 minutes off by night: 7.5 - 6, whole minutes */
  assert_near(night->share, 1 / 3.0, 1e-9); /* with it cell 3 is in time, cells 4 and 5 are not */
  done(f, r);
}

static void night__without_notice_nobody_comes(void **state) {
  (void)state;
  fx *f = row_of_ten();
  standard_of(f, "day.from")->value = 360;
  standard_of(f, "day.to")->value = 1080;
  base_of(f)->notice_night_min = NAN;
  result r = study_of(f);
  assert_near(r.cells[0].hours[VD_COVERED], 12, 1e-9);
  assert_near(r.cells[0].hours[VD_PRESENCE_ONLY], 12, 1e-9);
  assert_near(r.cells[5].cause_hours[VD_CAUSE_OUTSIDE_HOURS], 12, 1e-9);
  assert_int_equal(r.cells[5].cause,
                   VD_CAUSE_OUTSIDE_HOURS); /* 12 h each: the tie goes to the cause told first */
  done(f, r);
}

/* Cell 3 is blocked from 06:00 to 12:00: cells 3 to 5 lose six hours, and get them back when it is lifted. */
static void restriction__denies_and_its_loss_is_what_comes_back(void **state) {
  (void)state;
  fx *f = row_of_ten();
  base_of(f)->proximity_m = 20000;
  vd_restriction *block = fx_restriction(f, "Roadblock", fx_point(f, 3, 0), 300);
  block->from_s = at_h(6), block->to_s = at_h(12);
  result r = study_of(f);
  for (int c = 0; c < N; c++) {
    assert_near(r.cells[c].hours[VD_COVERED], c <= 2 ? 24 : c <= 5 ? 18 : 0, 1e-9);
    assert_near(r.cells[c].cause_hours[VD_CAUSE_DENIED], c >= 3 && c <= 5 ? 6 : 0, 1e-9);
  }
  const vd_headline *head = vd_study_headline(r.study);
  assert_near(head->lost_person_hours, 3 * 100 * 6, 1e-6);
  assert_near(head->lost_weighted, 4 * 3 * 100 * 6, 1e-6);
  size_t n;
  const vd_loss *losses = vd_study_losses(r.study, &n);
  assert_int_equal(n, 1);
  assert_string_equal(losses[0].id, block->record.id);
  assert_near(losses[0].person_hours, 1800, 1e-6);
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  assert_int_equal(n, 2); /* cells 6 to 9 beyond reach are heavier */
  assert_int_equal(gaps[1].cause, VD_CAUSE_DENIED);
  assert_int_equal(gaps[1].n_restrictions, 1);
  assert_string_equal(gaps[1].restrictions[0], block->record.id);
  const vd_closing *lift = closing_of(&gaps[1], VD_CLOSE_RESTRICTION);
  assert_non_null(lift);
  assert_near(lift->share, 1, 1e-9);
  done(f, r);
}

/* Two blocks one behind the other: lifting the far one alone gives nothing back. */
static void restriction__one_behind_another_has_no_share_of_its_own(void **state) {
  (void)state;
  fx *f = row_of_ten();
  base_of(f)->proximity_m = 20000;
  vd_restriction *near = fx_restriction(f, "Near", fx_point(f, 3, 0), 300);
  vd_restriction *far = fx_restriction(f, "Far", fx_point(f, 4, 0), 300);
  near->from_s = far->from_s = at_h(6), near->to_s = far->to_s = at_h(12);
  result r = study_of(f);
  assert_near(vd_study_headline(r.study)->lost_person_hours, 1800, 1e-6);
  size_t n;
  const vd_loss *losses = vd_study_losses(r.study, &n);
  assert_int_equal(n, 2);
  assert_string_equal(losses[0].name, "Near");
  assert_near(losses[0].person_hours, 600, 1e-6); /* cell 3 */
  assert_near(losses[0].in_time_person_hours, 600, 1e-6);
  assert_string_equal(losses[1].name, "Far");
  assert_near(losses[1].person_hours, 0, 1e-6);
  done(f, r);
}

/* A planned patrol does not get past a block; an executed one went. */
static void restriction__stops_a_planned_patrol_but_not_one_that_went(void **state) {
  (void)state;
  for (int executed = 0; executed < 2; executed++) {
    fx *f = row_of_ten();
    vd_restriction *block = fx_restriction(f, "Roadblock", fx_point(f, 3, 0), 300);
    block->from_s = at_h(0), block->to_s = at_h(2);
    vd_patrol *patrol =
        fx_patrol(f, "East", (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0], VD_CAR_4X4, at_h(1), NULL);
    patrol->record.geom = fx_line(f, (double[]){0, 0, 5, 0}, 2);
    patrol->to_s = at_h(1) + 300;
    patrol->state = executed ? VD_EXECUTED : VD_PLANNED;
    result r = study_of(f);
    assert_true(r.cells[2].last_visit_s != VD_TIME_MIN);
    assert_int_equal(r.cells[4].last_visit_s != VD_TIME_MIN, executed);
    done(f, r);
  }
}

/* Out 366 days before, with one stop planned as late as a stop can be: it counts. Twice as long before it does not, and one that
 * leaves as the window ends does not either. */
static void presence__of_a_patrol_long_out_counts(void **state) {
  (void)state;
  for (int k = 0; k < 3; k++) {
    fx *f = row_of_ten();
    const int64_t longest_s = 366 * (int64_t)VD_DAY_S,
                  left_s[] = {at_h(2) - longest_s, at_h(2) - 2 * longest_s, at_h(24)};
    const vd_actor *un = (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0];
    vd_patrol *patrol = fx_patrol(f, "Long", un, VD_CAR_4X4, left_s[k], NULL);
    double minutes = k == 2 ? 0 : (double)longest_s / 60;
    fx_stop(f, patrol, 0, 6, 0, k == 2 ? 0 : minutes - 60, minutes);
    result r = study_of(f);
    assert_int_equal(r.cells[6].last_visit_s, k == 0 ? at_h(2) : VD_TIME_MIN);
    done(f, r);
  }
}

/* Two actors stand in cell 1 from 08:00 to 09:00 and from 10:00 to 11:00; the second visit is spare. */
static void duplicate__two_actors_at_one_place_while_others_wait(void **state) {
  (void)state;
  fx *f = row_of_ten();
  for (int p = 0; p < 4; p++) {
    static const char *const keys[] = {"revisit.watch", "revisit.could", "revisit.should", "revisit.must"};
    standard_of(f, keys[p])->value = 6;
  }
  vd_actor *un = (vd_actor *)(uintptr_t)f->lists[VD_KIND_ACTOR].records[0];
  vd_actor *police = fx_actor(f, "UN police", VD_ACTOR_UN_POLICE, true);
  stand_at(f, "First", un, 1, 8, 9);
  vd_patrol *second = stand_at(f, "Second", police, 1, 10, 11);
  result r = study_of(f);
  size_t n;
  const vd_duplicate *doubled = vd_study_duplicates(r.study, &n);
  assert_int_equal(n, 1);
  assert_string_equal(doubled[0].name_a, "First");
  assert_string_equal(doubled[0].name_b, "Second");
  assert_int_equal(doubled[0].from_s, at_h(10));
  assert_int_equal(doubled[0].to_s, at_h(15)); /* fresh for six hours after 09:00 */
  assert_near(doubled[0].person_hours, 500, 1e-6);
  assert_string_equal(doubled[0].settlement, "Village 1-0");
  assert_near(r.cells[4].cause_hours[VD_CAUSE_DUPLICATED], 6 + 1 / 3600.0, 1e-9);
  assert_near(r.cells[4].cause_hours[VD_CAUSE_VISITED_SELDOM], 24, 1e-9);
  assert_near(r.cells[8].cause_hours[VD_CAUSE_DUPLICATED], 0,
              1e-9); /* beyond reach: a visit would not be enough */
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  const vd_closing *spare = closing_of(&gaps[r.cells[4].gap], VD_CLOSE_SPARE);
  assert_non_null(spare);
  assert_string_equal(spare->name, "Second");
  vd_study_free(r.study);
  vd_landscape_free(r.land);
  second->partners = un->record.id; /* planned jointly: no duplicate */
  r = study_of(f);
  vd_study_duplicates(r.study, &n);
  assert_int_equal(n, 0);
  done(f, r);
}

static void actors__that_do_not_count_neither_cover_nor_respond(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_actor *army = fx_actor(f, "Army", VD_ACTOR_HOST_STATE, false);
  fx_base(f, "Army camp", army, 9, 0, VD_CAR_4X4, 0);
  stand_at(f, "Army patrol", army, 4, 8, 9)->responds = 1;
  result r = study_of(f);
  size_t n;
  vd_study_responders(r.study, &n);
  assert_int_equal(n, 1);
  assert_near(r.cells[9].hours[VD_UNCOVERED], 24, 1e-9);
  assert_near(r.cells[4].hours[VD_COVERED], 0, 1e-9);
  done(f, r);
}

/* A patrol that can answer a call reaches cells 6 to 9 in time while it stands in cell 8, without notice. */
static void patrol__responds_from_its_stop_while_it_is_there(void **state) {
  (void)state;
  fx *f = row_of_ten();
  base_of(f)->proximity_m = 20000;
  stand_at(f, "Post", (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0], 8, 8, 10)->responds = 1;
  result r = study_of(f);
  for (int c = 6; c < N; c++) assert_near(r.cells[c].hours[VD_COVERED], 2, 1e-9);
  assert_near(r.cells[8].cause_hours[VD_CAUSE_OUTSIDE_HOURS], 22, 1e-9);
  uint8_t states[N];
  vd_study_states_at(r.study, at_h(8), states);
  assert_int_equal(states[8], VD_COVERED);
  vd_study_states_at(r.study, at_h(10), states); /* half-open: it has left */
  assert_int_equal(states[8], VD_PRESENCE_ONLY);
  done(f, r);
}

/* From cell 9 at 08:00 to cell 3 in 12 minutes: stretches of 6 minutes end in cells 6 and 3. */
static vd_patrol *drive_west(fx *f, double step_min) {
  base_of(f)->proximity_m = 20000;
  fx_standard(f, "on_task.step", step_min);
  const vd_actor *un = (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0];
  vd_patrol *patrol = fx_patrol(f, "Drive", un, VD_CAR_4X4, at_h(8), NULL);
  fx_stop(f, patrol, 0, 9, 0, 0, 0);
  fx_stop(f, patrol, 1, 3, 0, 12, 12);
  patrol->record.geom = fx_line(f, (double[]){9, 0, 3, 0}, 2);
  patrol->responds = 1;
  return patrol;
}

static void assert_covered_min(const result *r, int c, double minutes) {
  assert_near(60 * r->cells[c].hours[VD_COVERED], minutes, 1e-6);
}

/* Within the first stretch cell 6 is 6 minutes off, cell 7 is 7, and cell 8 would be 8. */
static void patrol__on_the_way_goes_on_to_the_end_of_its_stretch(void **state) {
  (void)state;
  fx *f = row_of_ten();
  drive_west(f, 6);
  result r = study_of(f);
  assert_covered_min(&r, 6, 6);
  assert_covered_min(&r, 7, 6);
  assert_covered_min(&r, 8, 0);
  assert_covered_min(&r, 9, 0);
  size_t n;
  const vd_responder *all = vd_study_responders(r.study, &n);
  assert_int_equal(n, 3); /* the base and two stretches; at its stops it does not stay */
  assert_true(!all[0].on_the_way && all[1].on_the_way && all[2].on_the_way);
  assert_string_equal(vd_responder_label(f->arena, &all[1]), "Drive, on the way");
  fx_place at = fx_at(f, 6, 0);
  assert_near(all[1].lon_deg, at.lon_deg, 1e-6);
  assert_near((double)r.cells[7].best_response_min, 7, 0.001);
  vd_explanation *told;
  at = fx_at(f, 7, 0);
  assert_int_equal(vd_study_explain(r.study, f->plan, at.lon_deg, at.lat_deg, f->arena, &told), VD_OK);
  assert_int_equal(told->n_reaches, 2); /* the base and the one stretch in time */
  assert_true(all[told->reaches[0].responder].on_the_way);
  assert_near(told->reaches[0].route.notice_min, 6, 1e-9);
  assert_near(told->reaches[0].route.travel_min, 1, 0.001);
  done(f, r);
}

/* From all four stretches cell 5 is in time: one line, that of the quickest. */
static void patrol__on_the_way_is_told_once(void **state) {
  (void)state;
  fx *f = row_of_ten();
  drive_west(f, 3); /* ends in cells 7.5, 6, 4.5 and 3: cell 5 is 4 minutes off at the least */
  result r = study_of(f);
  vd_explanation *told;
  fx_place at = fx_at(f, 5, 0);
  assert_int_equal(vd_study_explain(r.study, f->plan, at.lon_deg, at.lat_deg, f->arena, &told), VD_OK);
  size_t n, n_on_the_way = 0;
  const vd_responder *all = vd_study_responders(r.study, &n);
  for (size_t i = 0; i < told->n_reaches; i++) n_on_the_way += all[told->reaches[i].responder].on_the_way;
  assert_int_equal(n_on_the_way, 1);
  assert_true(all[told->reaches[0].responder].on_the_way);
  assert_near(told->reaches[0].route.notice_min + told->reaches[0].route.travel_min, 4, 0.001);
  done(f, r);
}

/* One stretch of 12 minutes promises nothing within 7 and a half; nor do stops alone. */
static void patrol__on_the_way_answers_no_sooner_than_its_stretch_is_long(void **state) {
  (void)state;
  for (int step = 0; step <= 60; step += 60) {
    fx *f = row_of_ten();
    drive_west(f, step);
    result r = study_of(f);
    for (int c = 6; c < N; c++) assert_covered_min(&r, c, 0);
    done(f, r);
  }
}

/* A restriction in cell 8 stops the planned patrol in its first stretch; lifted, the stretch is back. */
static void patrol__on_the_way_does_not_answer_beyond_a_restriction(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_patrol *patrol = drive_west(f, 6);
  fx_restriction(f, "Closed", fx_point(f, 8, 0), 100);
  result r = study_of(f);
  for (int c = 6; c < N; c++) assert_covered_min(&r, c, 0);
  assert_near(vd_study_headline(r.study)->lost_person_hours, 2 * 100 * 0.1, 1e-6);
  vd_study_free(r.study);
  vd_landscape_free(r.land);
  patrol->state = VD_EXECUTED; /* it went */
  r = study_of(f);
  assert_covered_min(&r, 6, 6);
  assert_covered_min(&r, 7, 6);
  done(f, r);
}

static void past__counts_executed_patrols_only(void **state) {
  (void)state;
  fx *f = row_of_ten();
  const vd_actor *un = (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0];
  stand_at(f, "Planned", un, 2, 1, 2);
  stand_at(f, "Executed", un, 3, 1, 2)->state = VD_EXECUTED;
  stand_at(f, "Obstructed", un, 4, 1, 2)->state = VD_OBSTRUCTED;
  stand_at(f, "Cancelled", un, 5, 1, 2)->state = VD_CANCELLED;
  result r = study_of(f);
  for (int c = 2; c <= 5; c++) assert_int_equal(r.cells[c].hours[VD_COVERED] > 0, c <= 3);
  vd_study *past = NULL;
  assert_int_equal(vd_study_run(f->plan, r.land, &(vd_study_options){.past = true}, NULL, NULL, &past),
                   VD_OK);
  size_t n;
  const vd_study_cell *cells = vd_study_cells(past, &n);
  for (int c = 2; c <= 5; c++) assert_int_equal(cells[c].hours[VD_COVERED] > 0, c == 3);
  assert_string_not_equal(vd_study_headline(past)->input_hash, vd_study_headline(r.study)->input_hash);
  vd_study_free(past);
  done(f, r);
}

/* A second threat, could, on cells 0 to 4 at 08:00-10:00 only: must wins where both are active. */
static void threat__hours_and_the_highest_priority(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_threat_area *must = (vd_threat_area *)(uintptr_t)f->lists[VD_KIND_THREAT_AREA].records[0];
  must->hour_from_min = 480, must->hour_to_min = 600;
  fx_threat(f, "Could", VD_COULD, fx_cells(f, 0, 0, 4, 0, 0.01));
  result r = study_of(f);
  const vd_headline *head = vd_study_headline(r.study);
  assert_near(head->by_priority[VD_MUST].person_hours, 10 * 100 * 2, 1e-6);
  assert_near(head->by_priority[VD_COULD].person_hours, 5 * 100 * 22, 1e-6);
  assert_near(head->by_priority[VD_COULD].people, 500, 1e-9);
  assert_near(head->all.people, 1000, 1e-9);
  assert_int_equal(r.cells[2].priority, VD_MUST);
  assert_int_equal(r.cells[2].threat, 0);
  uint8_t states[N];
  vd_study_states_at(r.study, at_h(10), states);
  assert_int_equal(states[7], VD_STATE_NONE);
  assert_int_equal(states[2], VD_REACH_ONLY);
  done(f, r);
}

static void explain__tells_reach_visits_and_the_course_of_the_day(void **state) {
  (void)state;
  fx *f = row_of_ten();
  stand_at(f, "Visit", (const vd_actor *)f->lists[VD_KIND_ACTOR].records[0], 3, 1, 2);
  for (int p = 0; p < 4; p++) {
    static const char *const keys[] = {"revisit.watch", "revisit.could", "revisit.should", "revisit.must"};
    standard_of(f, keys[p])->value = 6;
  }
  result r = study_of(f);
  fx_place place = fx_at(f, 3, 0);
  vd_explanation *told;
  assert_int_equal(vd_study_explain(r.study, f->plan, place.lon_deg, place.lat_deg, f->arena, &told), VD_OK);
  assert_int_equal(told->cell, 3);
  assert_near(told->people, 100, 1e-9);
  assert_string_equal(told->settlement, "Village 3-0");
  assert_int_equal(told->priority, VD_MUST);
  assert_near(told->response_standard_min, 7.5, 1e-9);
  assert_near(told->revisit_standard_h, 6, 1e-9);
  assert_int_equal(told->n_reaches, 1); /* all day is light */
  assert_near(told->reaches[0].route.travel_min, 3, 0.001);
  assert_true(told->reaches[0].in_time);
  assert_int_equal(told->n_visits, 1);
  assert_string_equal(told->visits[0].name, "Visit");
  assert_int_equal(told->n_spans, 3);
  assert_int_equal(told->spans[1].from_s, at_h(1));
  assert_int_equal(told->spans[1].to_s, at_h(8) + 1);
  assert_int_equal(told->spans[1].state, VD_COVERED);
  assert_int_equal(vd_study_explain(r.study, f->plan, 0, 0, f->arena, &told), VD_OK);
  assert_int_equal(told->cell, -1);
  assert_int_equal(vd_study_explain(r.study, f->plan, NAN, 0, f->arena, &told), VD_ERR_INPUT);
  done(f, r);
}

/* Where lifting one alone gives nothing, all restrictions on the way of who would be in time are named. */
static void restriction__both_on_the_way_are_named(void **state) {
  (void)state;
  fx *f = row_of_ten();
  base_of(f)->proximity_m = 20000;
  fx_restriction(f, "One", fx_point(f, 3, 0), 300);
  fx_restriction(f, "Same place", fx_point(f, 3, 0), 300);
  fx_restriction(f, "Beyond", fx_point(f, 8, 0), 300);
  result r = study_of(f);
  size_t n;
  const vd_loss *losses = vd_study_losses(r.study, &n);
  assert_int_equal(n, 3);
  for (size_t i = 0; i < n; i++) assert_near(losses[i].person_hours, 0, 1e-9);
  assert_near(vd_study_headline(r.study)->lost_person_hours, 3 * 100 * 24, 1e-6);
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  const vd_gap *denied = &gaps[r.cells[3].gap];
  assert_int_equal(denied->cause, VD_CAUSE_DENIED);
  assert_int_equal(denied->n_restrictions, 2);
  assert_null(closing_of(denied, VD_CLOSE_RESTRICTION)); /* neither alone would do */
  done(f, r);
}

/* 120 km/h in a straight line after 2 minutes notice and 3 of pre-flight: half a minute a cell, by day only. */
static void helicopter__flies_straight_by_day(void **state) {
  (void)state;
  fx *f = row_of_ten();
  standard_of(f, "day.from")->value = 360;
  standard_of(f, "day.to")->value = 1080;
  standard_of(f, "response.must")->value = 7.3;
  fx_standard(f, "helicopter_kmh", 120);
  fx_standard(f, "helicopter_preflight", 3);
  base_of(f)->vehicle = VD_HELICOPTER;
  base_of(f)->proximity_m = 20000;
  fx_river(f, "River", (double[]){2.5, -0.4, 2.5, 0.4}, 2); /* no hindrance */
  vd_restriction *denied = fx_restriction(f, "Flight denied", fx_cells(f, 4, 0, 4, 0, 0.1), NAN);
  denied->mode = "air";
  result r = study_of(f);
  for (int c = 0; c < N; c++) {
    if (c == 4)
      assert_true(isinf(r.cells[c].best_response_min));
    else
      assert_near((double)r.cells[c].best_response_min, 5 + 0.5 * c, 0.001);
    assert_near(r.cells[c].hours[VD_COVERED], c != 4 && c <= 4 ? 12 : 0,
                1e-9); /* 7.3 minutes: to cell 4, but for the denial */
    assert_near(r.cells[c].cause_hours[VD_CAUSE_OUTSIDE_HOURS], c < 4 ? 12 : 0, 1e-9);
  }
  done(f, r);
}

/* A base that leaves at noon was present until then and counts for the revisit standard, six hours, after. */
static void base__counts_until_it_leaves_and_a_while_after(void **state) {
  (void)state;
  fx *f = row_of_ten();
  standard_of(f, "revisit.must")->value = 6;
  base_of(f)->to_s = at_h(12);
  result r = study_of(f);
  assert_near(r.cells[0].hours[VD_COVERED], 12, 1e-9);
  assert_near(r.cells[0].hours[VD_PRESENCE_ONLY], 6 + 1 / 3600.0, 1e-9);
  assert_near(r.cells[0].hours[VD_UNCOVERED], 6 - 1 / 3600.0, 1e-9);
  assert_int_equal(r.cells[0].last_visit_s, at_h(12));
  done(f, r);
}

/* Nobody visits: lifting covers nobody, but help would come in time again. */
static void restriction__in_time_again_is_told_where_nobody_visits(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_restriction *block = fx_restriction(f, "Roadblock", fx_point(f, 3, 0), 300);
  block->from_s = at_h(6), block->to_s = at_h(12);
  result r = study_of(f);
  size_t n;
  const vd_loss *losses = vd_study_losses(r.study, &n);
  assert_int_equal(n, 1);
  assert_near(losses[0].person_hours, 0, 1e-9);
  assert_near(losses[0].in_time_person_hours, 1800, 1e-6);
  assert_near(vd_study_headline(r.study)->lost_in_time, 1800, 1e-6);
  done(f, r);
}

static void study__refuses_a_stale_landscape_and_an_empty_window(void **state) {
  (void)state;
  fx *f = row_of_ten();
  result r = study_of(f);
  vd_study *study = NULL;
  vd_study_options backwards = {.from_s = at_h(5), .to_s = at_h(4)};
  assert_int_equal(vd_study_run(f->plan, r.land, &backwards, NULL, NULL, &study), VD_ERR_INPUT);
  fx_settlement(f, "New", 2, 0, 50);
  fx_load(f);
  assert_false(vd_landscape_fresh(r.land, f->plan));
  assert_int_equal(vd_study_run(f->plan, r.land, NULL, NULL, NULL, &study), VD_ERR_INPUT);
  assert_null(study);
  done(f, r);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(beyond_reach__and_presence_only_in_the_zone),
      cmocka_unit_test(host_force_position__is_never_cover),
      cmocka_unit_test(stuck_base__is_noted),
      cmocka_unit_test(closings__a_visit_for_the_stale_and_a_base_for_the_far),
      cmocka_unit_test(presence__lasts_to_the_second_of_the_revisit_standard),
      cmocka_unit_test(presence__of_a_patrol_long_out_counts),
      cmocka_unit_test(response__counts_at_the_very_limit),
      cmocka_unit_test(night__is_outside_the_hours_covered),
      cmocka_unit_test(night__without_notice_nobody_comes),
      cmocka_unit_test(restriction__denies_and_its_loss_is_what_comes_back),
      cmocka_unit_test(restriction__one_behind_another_has_no_share_of_its_own),
      cmocka_unit_test(restriction__stops_a_planned_patrol_but_not_one_that_went),
      cmocka_unit_test(duplicate__two_actors_at_one_place_while_others_wait),
      cmocka_unit_test(actors__that_do_not_count_neither_cover_nor_respond),
      cmocka_unit_test(patrol__responds_from_its_stop_while_it_is_there),
      cmocka_unit_test(patrol__on_the_way_goes_on_to_the_end_of_its_stretch),
      cmocka_unit_test(patrol__on_the_way_is_told_once),
      cmocka_unit_test(patrol__on_the_way_answers_no_sooner_than_its_stretch_is_long),
      cmocka_unit_test(patrol__on_the_way_does_not_answer_beyond_a_restriction),
      cmocka_unit_test(past__counts_executed_patrols_only),
      cmocka_unit_test(threat__hours_and_the_highest_priority),
      cmocka_unit_test(explain__tells_reach_visits_and_the_course_of_the_day),
      cmocka_unit_test(restriction__both_on_the_way_are_named),
      cmocka_unit_test(helicopter__flies_straight_by_day),
      cmocka_unit_test(base__counts_until_it_leaves_and_a_while_after),
      cmocka_unit_test(restriction__in_time_again_is_told_where_nobody_visits),
      cmocka_unit_test(study__refuses_a_stale_landscape_and_an_empty_window),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
