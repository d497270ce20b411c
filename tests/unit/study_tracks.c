/* study_tracks: executed patrols with a track in a plan of ten cells in a row whose numbers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, under threat all day; a base in cell 0 is in time everywhere, so
 * a cell is covered from a visit until 2 h and a second after it. Patrols pass within 400 m. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"

enum { N = 10, EIGHT_S = FX_MONDAY_S + 8 * VD_HOUR_S };

typedef struct world {
  fx *f;
  vd_actor *un;
  vd_landscape *land;
  vd_study *study;
} world;

static world row_of_ten(void) {
  world w = {.f = fx_new(N, 1, 1000, 1)};
  static const char *const names[] = {"watch", "could", "should", "must"};
  for (int p = 0; p < 4; p++) {
    fx_standard(w.f, vd_str_printf(w.f->arena, "response.%s", names[p]), 60);
    fx_standard(w.f, vd_str_printf(w.f->arena, "revisit.%s", names[p]), 2);
    fx_standard(w.f, vd_str_printf(w.f->arena, "weight.%s", names[p]), 1);
  }
  fx_standard(w.f, "day.from", 0);
  fx_standard(w.f, "day.to", 0);
  fx_speed(w.f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(w.f, 100);
  w.un = fx_actor(w.f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(w.f, "Base", w.un, 0, 0, VD_CAR_4X4, 2)->proximity_m = 0;
  fx_threat(w.f, "Threat", VD_MUST, fx_cells(w.f, 0, 0, N - 1, 0, 0.01));
  return w;
}

static void run(world *w, bool past) {
  vd_study_free(w->study);
  vd_landscape_free(w->land);
  w->study = NULL, w->land = NULL;
  fx_load(w->f);
  if (vd_landscape_build(w->f->plan, 0, NULL, NULL, &w->land) != VD_OK) fail_msg("%s", vd_last_message());
  vd_study_options options = {.past = past};
  if (vd_study_run(w->f->plan, w->land, &options, NULL, NULL, &w->study) != VD_OK)
    fail_msg("%s", vd_last_message());
}

static void done(world *w) {
  vd_study_free(w->study);
  vd_landscape_free(w->land);
  fx_free(w->f);
}

/* Hours that cell c is covered. */
static double covered_h(const world *w, int c) {
  size_t n;
  return vd_study_cells(w->study, &n)[c].hours[VD_COVERED];
}

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

/* An executed patrol along these cells at these seconds after 08:00. */
static vd_patrol *track(world *w, const double *column_row, int32_t n, const char *track_s) {
  vd_patrol *patrol = fx_patrol(w->f, "Track", w->un, VD_CAR_4X4, EIGHT_S, NULL);
  patrol->state = VD_EXECUTED;
  patrol->record.geom = fx_line(w->f, column_row, n);
  patrol->track_s = track_s;
  return patrol;
}

/* To cell 5 in 600 s, an hour there, on to cell 9 in 240 s: 400 m are 48 s before cell 5 and 24 s after it. */
static void track__tells_when_it_was_where(void **state) {
  (void)state;
  world w = row_of_ten();
  track(&w, (double[]){0, 0, 5, 0, 5, 0, 9, 0}, 4, "0 600 3600 240");
  run(&w, true);
  vd_explanation *told;
  fx_place at = fx_at(w.f, 5, 0);
  assert_int_equal(vd_study_explain(w.study, w.f->plan, at.lon_deg, at.lat_deg, w.f->arena, &told), VD_OK);
  assert_int_equal(told->n_visits, 1);
  assert_near((double)(told->visits[0].from_s - EIGHT_S), 552, 1.5);
  assert_near((double)(told->visits[0].to_s - EIGHT_S), 4224, 1.5);
  assert_near(covered_h(&w, 5), (3672 + 2 * 3600 + 1) / 3600.0, 2 / 3600.0);
  done(&w);
}

/* The same way in two parts: what lies between cells 2 and 7 was not visited. */
static void track__does_not_count_its_gaps(void **state) {
  (void)state;
  world w = row_of_ten();
  vd_patrol *patrol = track(&w, (double[]){0, 0, 2, 0, 7, 0, 9, 0}, 4, "0 120 300 120");
  run(&w, true);
  for (int c = 0; c < N; c++) assert_true(covered_h(&w, c) > 2);
  vd_geom *parts = vd_geom_new(w.f->arena, VD_GEOM_LINE, 2, 4);
  memcpy(parts->xy, patrol->record.geom->xy, 8 * sizeof(double));
  parts->part_start[1] = 2;
  patrol->record.geom = parts;
  run(&w, true);
  for (int c = 0; c < N; c++) assert_int_equal(covered_h(&w, c) > 2, c <= 2 || c >= 7);
  done(&w);
}

static bool has_note(const world *w, const char *words) {
  size_t n;
  const vd_note *notes = vd_study_notes(w->study, &n);
  for (size_t i = 0; i < n; i++)
    if (strstr(notes[i].text, words)) return true;
  return false;
}

/* Times that do not fit the line are not used: a minute a cell by the vehicle's speed, and a note. */
static void track__that_does_not_fit_is_timed_by_speed(void **state) {
  (void)state;
  world w = row_of_ten();
  track(&w, (double[]){0, 0, 9, 0}, 2, "0 3600 3600");
  run(&w, true);
  assert_true(has_note(&w, "do not fit its route"));
  assert_true(covered_h(&w, 9) < 2.02 && covered_h(&w, 9) > 2);
  done(&w);
}

/* Planned to stand in cell 3 on two days; the track that executed the first stood in cell 6 instead. */
static void track__replaces_the_departure_that_it_executed(void **state) {
  (void)state;
  world w = row_of_ten();
  w.f->info.to_s += VD_DAY_S;
  vd_patrol *planned = fx_patrol(w.f, "Planned", w.un, VD_CAR_4X4, EIGHT_S, "FREQ=DAILY;COUNT=2");
  fx_stop(w.f, planned, 0, 3, 0, 0, 60);
  run(&w, false);
  assert_near(covered_h(&w, 3), 2 * (3 + 1 / 3600.0), 1e-9);
  assert_int_equal(vd_study_headline(w.study)->n_occurrences, 2);
  vd_patrol *executed = track(&w, (double[]){6, 0, 6, 0}, 2, "0 3600");
  run(&w, false); /* it names no plan: all three count */
  assert_int_equal(vd_study_headline(w.study)->n_occurrences, 3);
  executed->executes = planned->record.id, executed->executes_s = EIGHT_S;
  run(&w, false);
  assert_int_equal(vd_study_headline(w.study)->n_occurrences, 2);
  assert_near(covered_h(&w, 3), 3 + 1 / 3600.0, 1e-9);
  assert_near(covered_h(&w, 6), 3 + 1 / 3600.0, 1e-9);
  executed->state = VD_OBSTRUCTED; /* then the first departure did not take place at all */
  run(&w, false);
  assert_int_equal(vd_study_headline(w.study)->n_occurrences, 1);
  assert_near(covered_h(&w, 6), 0, 1e-9);
  run(&w, true);
  assert_int_equal(vd_study_headline(w.study)->n_occurrences, 0);
  done(&w);
}

/* From where it halts it answers at once; on the way from its stretches' ends; in a gap not at all. */
static void track__answers_from_halts_and_on_the_way(void **state) {
  (void)state;
  world w = row_of_ten();
  fx_standard(w.f, "on_task.step", 10);
  vd_patrol *patrol = track(&w, (double[]){2, 0, 5, 0, 5, 0, 7, 0, 9, 0, 9, 0}, 6, "0 600 3600 600 3600 60");
  patrol->responds = 1;
  vd_geom *parts = vd_geom_new(w.f->arena, VD_GEOM_LINE, 2, 6);
  memcpy(parts->xy, patrol->record.geom->xy, 12 * sizeof(double));
  parts->part_start[1] = 4;
  patrol->record.geom = parts;
  run(&w, true);
  size_t n;
  const vd_responder *all = vd_study_responders(w.study, &n);
  static const double column[] = {0, 5, 9, 5, 7}; /* base, two halts, two stretches */
  assert_int_equal(n, 5);
  for (size_t i = 0; i < n; i++) {
    assert_near(all[i].lon_deg, fx_at(w.f, column[i], 0).lon_deg, 1e-9);
    assert_int_equal(all[i].on_the_way, i >= 3);
  }
  done(&w);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(track__tells_when_it_was_where),
      cmocka_unit_test(track__does_not_count_its_gaps),
      cmocka_unit_test(track__that_does_not_fit_is_timed_by_speed),
      cmocka_unit_test(track__replaces_the_departure_that_it_executed),
      cmocka_unit_test(track__answers_from_halts_and_on_the_way),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
