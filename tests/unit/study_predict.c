/* study_predict: what a watcher foretells of places and units of a small plan, and the moves proposed, all recomputed.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km, a village in each. The window's eight weeks are seen. Day from 06:00 to 18:00. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdlib.h>

#include "study_random.h"

#include "vedette/geo/start.h"
#include "vedette/plan/recurrence.h"
#include "vedette/study/predict.h"

enum { N = 10, WEEKS = 8, DAYS = 7 * WEEKS };

static int64_t at(double hours) {
  return FX_MONDAY_S + llround(hours * VD_HOUR_S);
}

static fx *row_of_ten(void) {
  fx *f = fx_new(N, 1, 1000, DAYS);
  fx_standard(f, "watcher.weeks", WEEKS);
  fx_standard(f, "revisit.must", 40);
  fx_standard(f, "revisit.could", 100);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  return f;
}

/* At a cell for an hour and a half from an hour of the first day on. */
static vd_patrol *patrol(fx *f, const char *name, double column, double hour, const char *recurrence) {
  vd_patrol *p = fx_patrol(f, name, f->lists[VD_KIND_ACTOR].records[0], VD_CAR_4X4, at(hour), recurrence);
  p->state = VD_EXECUTED;
  fx_stop(f, p, 0, column, 0, 0, 90);
  return p;
}

static vd_predictability run(fx *f, const vd_predict_options *options) {
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  vd_predictability p;
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &land) != VD_OK) fail_msg("%s", vd_last_message());
  if (vd_predict_run(f->arena, f->plan, land, options, NULL, NULL, &p) != VD_OK)
    fail_msg("%s", vd_last_message());
  return p;
}

static const vd_watched_row *row(const vd_watched_row *rows, size_t n, const char *name) {
  for (size_t i = 0; i < n; i++)
    if (vd_str_equal(rows[i].name, name)) return &rows[i];
  fail_msg("%s is not told", name);
  return NULL;
}

static void clockwork_comes_out_on_top(void **state) {
  (void)state;
  fx *f = row_of_ten();
  dice d = {7};
  patrol(f, "Clockwork", 2, 8, "FREQ=DAILY");
  for (int i = 0; i < 3 * WEEKS; i++) /* at any time, a record each, of one planned patrol */
    patrol(f, "Any time", 5, dice_real(&d, 0, 24 * DAYS - 2), NULL);
  vd_patrol *plan = patrol(f, "Rounds", 5, 0, "FREQ=DAILY");
  plan->state = VD_PLANNED;
  fx_list *list = &f->lists[VD_KIND_PATROL];
  for (size_t i = 1; i + 1 < list->n; i++) ((vd_patrol *)list->records[i])->executes = plan->record.id;
  patrol(f, "Seldom", 8, 9, "FREQ=WEEKLY;INTERVAL=2");
  vd_predictability p = run(f, &(vd_predict_options){.without_moves = true});
  assert_int_equal(p.weeks, WEEKS);
  assert_true(p.from_s == FX_MONDAY_S && p.to_s == f->info.to_s);
  assert_string_equal(p.units[0].name, "Clockwork");
  assert_true(p.units[0].habit.score > 0.95);
  assert_int_equal(p.units[0].habit.n_visits, DAYS);
  assert_int_equal(p.units[0].habit.absent_h, 22);
  const vd_watched_row *rounds = row(p.units, p.n_units, "Rounds");
  assert_true(rounds->habit.score < 0.15);
  assert_string_equal(rounds->actor, "UN military");
  const vd_watched_row *seldom = row(p.units, p.n_units, "Seldom");
  assert_int_equal(seldom->habit.n_visits, 4);
  assert_true(isnan(seldom->habit.score) && seldom == &p.units[p.n_units - 1]);
  row(p.units, p.n_units, "UN military");
  /* Three villages are visited, each by one patrol; seven are not. */
  assert_int_equal(p.n_places, 3);
  assert_int_equal(p.n_unvisited, 7);
  assert_string_equal(p.places[0].name, "Village 2-0");
  assert_true(p.places[0].habit.score > 0.95 && p.places[1].habit.score < 0.15 &&
              isnan(p.places[2].habit.score));
  fx_free(f);
}

static void planned_and_executed_are_apart(void **state) {
  (void)state;
  fx *f = row_of_ten();
  patrol(f, "Driven", 2, 8, "FREQ=DAILY");
  patrol(f, "Planned", 2, 14, "FREQ=DAILY")->state = VD_PLANNED;
  patrol(f, "Obstructed", 2, 16, "FREQ=DAILY")->state = VD_OBSTRUCTED;
  vd_predictability driven = run(f, &(vd_predict_options){.without_moves = true}),
                    planned = run(f, &(vd_predict_options){.without_moves = true, .planned = true});
  assert_int_equal(driven.n_units, 2); /* the patrol and its actor */
  assert_int_equal(driven.places[0].habit.absent_from_h, 10);
  assert_int_equal(row(planned.units, planned.n_units, "Planned")->habit.n_visits, DAYS);
  assert_int_equal(planned.n_units, 2);
  assert_int_equal(planned.places[0].habit.absent_from_h, 16);
  fx_free(f);
}

static void threat_areas_are_visited_in_their_places(void **state) {
  (void)state;
  fx *f = row_of_ten();
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 2, 0, 4, 0, 0.01));
  fx_threat(f, "Empty", VD_COULD, fx_cells(f, 7, 0, 8, 0, 0.01));
  patrol(f, "Morning", 2, 8, "FREQ=DAILY"), patrol(f, "Noon", 4, 12, "FREQ=DAILY");
  vd_predictability p = run(f, &(vd_predict_options){.without_moves = true});
  const vd_watched_row *threat = row(p.places, p.n_places, "Threat");
  assert_int_equal(threat->kind, VD_KIND_THREAT_AREA);
  assert_int_equal(threat->priority, VD_MUST);
  assert_int_equal(threat->habit.n_visits, 2 * DAYS);
  assert_int_equal(threat->habit.absent_h, 18); /* 14:00 to 08:00 */
  assert_int_equal(row(p.places, p.n_places, "Village 4-0")->priority, VD_MUST);
  fx_free(f);
}

/* ---- moves ---- */

static vd_light light_at(int64_t time_s) {
  int64_t hour = (time_s - FX_MONDAY_S) / VD_HOUR_S % 24;
  return hour >= 6 && hour < 18 ? VD_DAY : VD_NIGHT;
}

/* The longest time without anyone at the place, minute by minute; `departs` of a patrol that stays an hour and a half. */
static int64_t longest_without(const int64_t *departs, size_t n, int64_t from_s, int64_t to_s) {
  int64_t longest = 0, since = from_s;
  for (int64_t t = from_s; t <= to_s; t += VD_MINUTE_S) {
    bool there = t == to_s;
    for (size_t i = 0; i < n && !there; i++) there = t >= departs[i] && t < departs[i] + 5400;
    if (!there) continue;
    if (t - since > longest) longest = t - since;
    since = t + VD_MINUTE_S;
  }
  return longest;
}

static int compare_times(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void moves_do_what_they_say(void **state) {
  (void)state;
  static const char *const rules[] = {"FREQ=DAILY", "FREQ=DAILY;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO,TH"};
  const double hours[] = {8, 9, 20};
  for (int c = 0; c < 3; c++) {
    fx *f = row_of_ten();
    vd_patrol *unit = patrol(f, "Clockwork", 2, hours[c], rules[c]);
    fx_threat(f, "Threat", c == 0 ? VD_MUST : VD_COULD, fx_cells(f, 1, 0, 3, 0, 0.01));
    vd_predictability p = run(f, &(vd_predict_options){0});
    assert_int_equal(p.n_rescored, 1);
    const vd_rescored *r = &p.rescored[0];
    assert_true(r->n_moves > 0 && r->after < r->before - 0.1);
    /* The departures with the moves made, and what a watcher makes of them. */
    vd_recurrence rule;
    int64_t *departs, left_out = 0;
    size_t n;
    assert_int_equal(vd_recurrence_parse(unit->recurrence, 0, &rule), VD_OK);
    assert_int_equal(vd_recurrence_starts(f->arena, &rule, unit->from_s, 0, p.from_s, p.to_s, &departs, &n),
                     VD_OK);
    int64_t before = longest_without(departs, n, p.from_s, p.to_s),
            standard = (c == 0 ? 40 : 100) * VD_HOUR_S;
    for (size_t m = 0; m < r->n_moves; m++) {
      const vd_moved_departure *move = &p.moves[r->first_move + m];
      assert_int_equal(move->unit, r->unit);
      assert_int_equal(light_at(move->moved_s), light_at(move->departs_s));
      assert_int_equal(light_at(move->moved_s + 5399), light_at(move->departs_s));
      assert_true(move->moved_s != move->departs_s && (move->moved_s - move->departs_s) % VD_HOUR_S == 0);
      bool found = false;
      for (size_t i = 0; i < n && !found; i++)
        if (departs[i] == move->departs_s) departs[i] = -move->moved_s, found = true; /* set aside */
      left_out += !found;
    }
    assert_int_equal(left_out, 0);
    vd_visit visits[DAYS];
    for (size_t i = 0; i < n; i++) departs[i] = llabs(departs[i]);
    qsort(departs, n, sizeof *departs, compare_times);
    for (size_t i = 0; i < n; i++) {
      visits[i] = (vd_visit){departs[i], departs[i] + 5400, 0};
      assert_true(departs[i] >= p.from_s && departs[i] + 5400 <= p.to_s);
      if (i > 0) assert_true(departs[i] >= departs[i - 1] + 5400);
    }
    vd_sightings seen = {visits, n, p.to_s, 0, WEEKS};
    assert_true(fabs(vd_predict_habit(f->arena, &seen, 0.8).score - r->after) < 1e-12);
    int64_t after = longest_without(departs, n, p.from_s, p.to_s);
    assert_true(after <= (before > standard ? before : standard) + VD_MINUTE_S);
    fx_free(f);
  }
}

/* Asked for every 22 hours, and the patrol leaves 22.5 between its visits: it may not come later than now, ever. */
static void a_tight_standard_leaves_no_move(void **state) {
  (void)state;
  fx *f = row_of_ten();
  ((vd_standard *)f->lists[VD_KIND_STANDARD].records[1])->value = 22;
  patrol(f, "Clockwork", 2, 6, "FREQ=DAILY");
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 1, 0, 3, 0, 0.01));
  vd_predictability told = run(f, &(vd_predict_options){0});
  assert_int_equal(told.n_rescored, 1);
  assert_int_equal(
      told.n_moves,
      0); /* 06:00 is the first of the day, and any later one is 22.5 hours and more after the last */
  assert_true(told.rescored[0].after == told.rescored[0].before);
  fx_free(f);
}

static void bad_weeks_are_refused(void **state) {
  (void)state;
  fx *f = row_of_ten();
  fx_load(f);
  vd_landscape *land;
  vd_predictability p;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  assert_int_equal(vd_predict_run(f->arena, f->plan, land, &(vd_predict_options){.weeks = 3}, NULL, NULL, &p),
                   VD_ERR_INPUT);
  assert_int_equal(
      vd_predict_run(f->arena, f->plan, land, &(vd_predict_options){.confidence = 1}, NULL, NULL, &p),
      VD_ERR_INPUT);
  vd_landscape_free(land);
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clockwork_comes_out_on_top),
      cmocka_unit_test(planned_and_executed_are_apart),
      cmocka_unit_test(threat_areas_are_visited_in_their_places),
      cmocka_unit_test(moves_do_what_they_say),
      cmocka_unit_test(a_tight_standard_leaves_no_move),
      cmocka_unit_test(bad_weeks_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
