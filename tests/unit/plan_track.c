/* plan_track: raw tracks made into executed patrols, their times as text, and the departures they drove.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Around 20 E on the equator, where a hundredth of a degree is 1,113.19 m of longitude and 1,105.74 m of latitude. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/check.h"
#include "vedette/plan/execution.h"
#include "vedette/plan/standard.h"

enum { NOON = 1709294400 /* 2024-03-01T12:00:00Z */, NOW = NOON + 10 * VD_DAY_S };

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

/* East along the equator, a fix every 10 s, 100 m apart: 36 km/h. */
static vd_fix *drive_east(vd_arena *arena, size_t n) {
  vd_fix *fixes = VD_NEW_ARRAY(arena, vd_fix, n);
  for (size_t i = 0; i < n; i++)
    fixes[i] = (vd_fix){20 + (double)i * 100 / 111319.49, 0, NOON + 10 * (int64_t)i};
  return fixes;
}

static void lengths__on_the_ellipsoid(void **state) {
  (void)state;
  assert_near(vd_ground_m(20, 0, 20.01, 0), 1113.195, 0.01);
  assert_near(vd_ground_m(20, -0.005, 20, 0.005), 1105.743, 0.01);
  assert_near(vd_ground_m(179.995, 0, -179.995, 0), 1113.195, 0.01); /* over the date line */
  assert_near(vd_ground_m(20, 60, 20.01, 60), 558.0, 0.1);
}

/* ---- cleaning ---- */

static const char *refusal(const vd_fix *fixes, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_cleaning told;
  size_t kept;
  vd_track_clean(arena, fixes, n, NOW, &kept, &told);
  return told.refusal ? told.refusal : "";
}

static void clean__refuses_what_cannot_be_true(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 50 };
  vd_fix *good = drive_east(arena, N), bad[N];
  assert_string_equal(refusal(good, N), "");
  for (int i = 0; i < N; i++) bad[i] = good[i], bad[i].time_s = VD_TIME_MIN;
  assert_non_null(strstr(refusal(bad, N), "without times"));
  for (int i = 0; i < N; i++) bad[i].time_s = NOON - 10 * i;
  assert_non_null(strstr(refusal(bad, N), "backwards"));
  for (int i = 0; i < N; i++) bad[i].time_s = NOW + VD_DAY_S + 10 * i;
  assert_non_null(strstr(refusal(bad, N), "not come yet"));
  for (int i = 0; i < N; i++) bad[i].time_s = 10 * i; /* 1970 */
  assert_non_null(strstr(refusal(bad, N), "2000"));
  for (int i = 0; i < N; i++) bad[i] = (vd_fix){20 + i, 0, NOON + 10 * i}; /* 111 km in 10 s */
  assert_non_null(strstr(refusal(bad, N), "400 km/h"));
  assert_non_null(strstr(refusal(good, 1), "fewer than two"));
  assert_non_null(strstr(refusal(good, 0), "without times"));
  for (int i = 0; i < N; i++) bad[i] = good[0]; /* all in one second */
  assert_non_null(strstr(refusal(bad, N), "fewer than two"));
}

/* One wrong time, in the middle of others, costs one fix; so does a place that is far off, the first one too. */
static void clean__leaves_out_single_faults_and_counts_them(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 50 };
  vd_fix *fixes = drive_east(arena, N);
  fixes[0].lat_deg = 40;
  fixes[10].time_s += 86400; /* ahead of all that follow */
  fixes[20].time_s = VD_TIME_MIN;
  fixes[25].lon_deg = NAN;
  fixes[30] = fixes[29];
  fixes[40].lat_deg = 1;
  vd_cleaning told;
  size_t n;
  const vd_fix *kept = vd_track_clean(arena, fixes, N, NOW, &n, &told);
  assert_null(told.refusal);
  assert_int_equal(told.n_backward, 1);
  assert_int_equal(told.n_untimed, 2);
  assert_int_equal(told.n_repeated, 1);
  assert_int_equal(told.n_too_fast, 2);
  assert_int_equal(n, N - 6);
  assert_true(kept[0].time_s == NOON + 10 && kept[n - 1].time_s == NOON + 490);
}

/* ---- line and times ---- */

static vd_patrol *patrol_of(vd_arena *arena, const vd_track *track) {
  vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  patrol->record.geom = track->line;
  patrol->from_s = track->from_s, patrol->to_s = track->to_s;
  patrol->track_s = track->track_s;
  patrol->state = VD_EXECUTED;
  return patrol;
}

static void track__straight_at_even_speed_is_two_vertices(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_track track = vd_track_of(arena, drive_east(arena, 200), 200);
  assert_int_equal(track.line->n_points, 2);
  assert_string_equal(track.track_s, "0 1990");
  assert_true(track.from_s == NOON && track.to_s == NOON + 1990);
  assert_near(track.off_m, 10, 0);
}

/* Ten minutes within 20 m of a place: two vertices there. Half an hour of silence, 3 km on: a gap. Silence in one place: none. */
static void track__keeps_halts_and_gaps(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_fix fixes[200];
  size_t n = 0;
  int64_t t = NOON;
  for (int i = 0; i < 20; i++, t += 10) fixes[n++] = (vd_fix){20 + i * 0.001, 0, t};
  double there = fixes[n - 1].lon_deg + 0.001;
  for (int i = 0; i <= 60; i++, t += 10) fixes[n++] = (vd_fix){there, i % 2 ? 0.0001 : -0.0001, t};
  int64_t left = t - 10;
  for (int i = 1; i < 10; i++, t += 10) fixes[n++] = (vd_fix){there + i * 0.001, 0, t};
  int64_t lost = t - 10;
  t += 1800;
  for (int i = 0; i < 10; i++, t += 10) fixes[n++] = (vd_fix){there + 0.03 + i * 0.001, 0, t};
  t += 3600; /* silent where it is */
  fixes[n++] = (vd_fix){there + 0.039, 0, t};
  vd_track track = vd_track_of(arena, fixes, n);
  assert_int_equal(track.n_halts, 2);
  assert_int_equal(track.n_gaps, 1);
  assert_int_equal(track.gap_s, 1810);
  assert_int_equal(track.line->n_parts, 2);
  const vd_geom *line = track.line;
  assert_int_equal(line->n_points, 4 + 3);
  assert_near(line->xy[2], there, 2e-5); /* the halt, at the mean of its places */
  assert_true(line->xy[2] == line->xy[4] && line->xy[3] == line->xy[5]);
  int64_t *times = vd_track_times(arena, patrol_of(arena, &track));
  assert_non_null(times);
  assert_true(times[2] == left && times[3] == lost && times[4] == lost + 1810);
  assert_true(times[6] - times[5] == 3610);
}

static void track__a_lone_fix_between_gaps_stays(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_fix fixes[] = {{20, 0, NOON}, {20.001, 0, NOON + 10}, {20.1, 0, NOON + 3600}, {20.2, 0, NOON + 7200}};
  vd_track track = vd_track_of(arena, fixes, 4);
  assert_int_equal(track.line->n_parts, 3);
  assert_string_equal(track.track_s, "0 10 3590 0 3600 0");
  assert_null(vd_record_geom_problem(VD_KIND_PATROL, track.line));
  assert_non_null(vd_track_times(arena, patrol_of(arena, &track)));
}

static void times__fit_the_line_or_are_not_used(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_track track = vd_track_of(arena, drive_east(arena, 5), 5);
  vd_patrol *patrol = patrol_of(arena, &track);
  static const char *const good[] = {"0 40", " 0  40 ", "5 0"};
  static const char *const bad[] = {"0",    "0 40 50", "0 -4", "0 4x", "x", "0,40", "0 99999999999999999999",
                                    "0 4.5"};
  for (size_t i = 0; i < 3; i++) {
    patrol->track_s = good[i];
    assert_non_null(vd_track_times(arena, patrol));
    assert_false(vd_track_misfits(patrol));
  }
  for (size_t i = 0; i < 8; i++) {
    patrol->track_s = bad[i];
    assert_null(vd_track_times(arena, patrol));
    assert_true(vd_track_misfits(patrol));
  }
  patrol->track_s = "";
  assert_null(vd_track_times(arena, patrol));
  assert_false(vd_track_misfits(patrol));
}

/* Zigzag that cannot be told shorter: coarser, but it fits a field. */
static void track__a_huge_one_fits_a_field(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  enum { N = 30000 };
  vd_fix *fixes = VD_NEW_ARRAY(arena, vd_fix, N);
  for (int i = 0; i < N; i++) fixes[i] = (vd_fix){20 + i * 0.0001, i % 2 * 0.0005, NOON + 60 * (int64_t)i};
  vd_track track = vd_track_of(arena, fixes, N);
  assert_true(strlen(track.track_s) <= 65536 && track.off_m > 10);
  assert_non_null(vd_track_times(arena, patrol_of(arena, &track)));
}

/* ---- plan against track ---- */

/* A plan of one patrol a day at noon UTC: stops at 20.00, 20.01 and 20.02 E, due after 0, 10 and 30 minutes. */
typedef struct world {
  vd_arena *arena;
  vd_plan *plan;
  vd_actor *mine, *other;
  vd_patrol *daily;
} world;

static void put(world *w, vd_kind kind, void *record) {
  vd_edit *edit;
  assert_int_equal(vd_edit_start(w->plan, "Put", &edit), VD_OK);
  if (vd_edit_put(edit, kind, record) != VD_OK) fail_msg("%s", vd_last_message());
  assert_int_equal(vd_edit_commit(edit), VD_OK);
}

static vd_patrol *add_patrol(world *w, const char *name, const vd_actor *actor, int64_t from_s,
                             const char *rule, double lat_deg) {
  vd_patrol *patrol = vd_record_new(w->arena, VD_KIND_PATROL);
  patrol->record.name = name;
  patrol->actor = actor->record.id;
  patrol->from_s = from_s;
  patrol->recurrence = rule;
  put(w, VD_KIND_PATROL, patrol);
  static const double minutes[] = {0, 10, 30};
  for (int i = 0; i < 3; i++) {
    vd_stop *stop = vd_record_new(w->arena, VD_KIND_STOP);
    stop->patrol = patrol->record.id;
    stop->sequence = i;
    stop->record.geom = vd_geom_point(w->arena, 20 + i * 0.01, lat_deg);
    stop->arrive_min = minutes[i], stop->depart_min = minutes[i] + (i == 1 ? 10 : 0);
    put(w, VD_KIND_STOP, stop);
  }
  return patrol;
}

static world new_world(void) {
  world w = {.arena = vd_arena_new(), .plan = vd_plan_new()};
  w.mine = vd_record_new(w.arena, VD_KIND_ACTOR), w.other = vd_record_new(w.arena, VD_KIND_ACTOR);
  put(&w, VD_KIND_ACTOR, w.mine), put(&w, VD_KIND_ACTOR, w.other);
  w.daily = add_patrol(&w, "Daily", w.mine, NOON, "FREQ=DAILY;COUNT=5", 0);
  return w;
}

static void end(world *w) {
  vd_plan_free(w->plan);
  vd_arena_free(w->arena);
}

/* Begins `late_s` after noon of a day at 20 E and goes east to `to_deg`, 0.01 degrees in 10 minutes. */
static vd_patrol *drive(world *w, int day, int64_t late_s, double to_deg, double lat_deg) {
  size_t n = (size_t)llround((to_deg - 20) / 0.01 * 60) + 1;
  vd_fix *fixes = VD_NEW_ARRAY(w->arena, vd_fix, n);
  for (size_t i = 0; i < n; i++)
    fixes[i] = (vd_fix){20 + (double)i * 0.01 / 60, lat_deg,
                        NOON + day * (int64_t)VD_DAY_S + late_s + 10 * (int64_t)i};
  vd_track track = vd_track_of(w->arena, fixes, n);
  return patrol_of(w->arena, &track);
}

static vd_match match(world *w, const vd_patrol *patrol, const vd_actor *actor, const vd_patrol *forced) {
  vd_planned_list *list = VD_NEW(w->arena, vd_planned_list);
  *list = vd_planned_of(w->arena, w->plan, 1u << VD_PLANNED | 1u << VD_APPROVED);
  vd_trace trace = {patrol->record.geom, vd_track_times(w->arena, patrol)};
  vd_match_rules rules = {500, 6, actor ? actor->record.id : NULL, NULL};
  for (size_t i = 0; i < list->n && forced; i++)
    if (strcmp(list->items[i].patrol->record.id, forced->record.id) == 0)
      rules.patrol = list->items[i].patrol;
  vd_match found;
  assert_int_equal(vd_trace_match(&trace, list, &rules, &found), VD_OK);
  return found;
}

/* Twelve minutes late on the third day; by the score: stops 12, 12 - about 4.5 and 2 - about 4.5 min off the plan. */
static void match__finds_the_departure(void **state) {
  (void)state;
  world w = new_world();
  vd_match found = match(&w, drive(&w, 2, 720, 20.02, 0), w.mine, NULL);
  assert_non_null(found.planned);
  assert_null(found.rival);
  assert_string_equal(found.planned->patrol->record.name, "Daily");
  assert_true(found.departure_s == NOON + 2 * VD_DAY_S);
  assert_true(found.score > 0.97 && found.score < 1);
  end(&w);
}

static void match__needs_half_the_stops_the_place_the_time_and_the_actor(void **state) {
  (void)state;
  world w = new_world();
  assert_non_null(match(&w, drive(&w, 0, 0, 20.01, 0), w.mine, NULL).planned);      /* two of three stops */
  assert_null(match(&w, drive(&w, 0, 0, 20.004, 0), w.mine, NULL).planned);         /* one */
  assert_null(match(&w, drive(&w, 0, 0, 20.02, 0.005), w.mine, NULL).planned);      /* 553 m beside */
  assert_non_null(match(&w, drive(&w, 0, 0, 20.02, 0.0045), w.mine, NULL).planned); /* 498 m */
  assert_null(match(&w, drive(&w, 0, 0, 20.02, 0), w.other, NULL).planned);
  assert_non_null(match(&w, drive(&w, 0, 0, 20.02, 0), NULL, NULL).planned); /* an unknown actor */
  assert_null(match(&w, drive(&w, 7, 0, 20.02, 0), w.mine, NULL).planned);   /* after the last of five days */
  assert_null(match(&w, drive(&w, 0, 7 * 3600, 20.02, 0), w.mine, NULL).planned);
  assert_non_null(match(&w, drive(&w, 0, 5 * 3600, 20.02, 0), w.mine, NULL).planned);
  vd_match forced = match(&w, drive(&w, 7, 0, 20.004, 0), w.mine, w.daily);
  assert_true(forced.departure_s == NOON + 4 * VD_DAY_S);
  end(&w);
}

/* The same stops at the same time by another actor: a rival unless the actor is known; an hour later it is none. */
static void match__tells_a_rival(void **state) {
  (void)state;
  world w = new_world();
  add_patrol(&w, "Twin", w.other, NOON, NULL, 0);
  vd_match found = match(&w, drive(&w, 0, 60, 20.02, 0), NULL, NULL);
  assert_non_null(found.rival);
  assert_null(match(&w, drive(&w, 0, 60, 20.02, 0), w.mine, NULL).rival);
  add_patrol(&w, "Later", w.mine, NOON + 3600, NULL, 0);
  found = match(&w, drive(&w, 0, 3600, 20.02, 0), w.mine, NULL);
  assert_string_equal(found.planned->patrol->record.name, "Later");
  assert_null(found.rival);
  end(&w);
}

/* 0.01 degrees is 1113.2 m in 600 s: 500 m are 269.5 s. The second stop's zone is entered 330.5 s after leaving. */
static void stops__arrival_dwell_and_lateness(void **state) {
  (void)state;
  world w = new_world();
  vd_patrol *patrol = drive(&w, 1, 900, 20.013, 0); /* does not get within 500 m of the third stop */
  vd_planned_list list = vd_planned_of(w.arena, w.plan, 1u << VD_PLANNED);
  vd_trace trace = {patrol->record.geom, vd_track_times(w.arena, patrol)};
  vd_stop_done done[3];
  int64_t departure_s = NOON + VD_DAY_S;
  vd_trace_stops(&trace, &list.items[0], departure_s, 500, done);
  assert_true(done[0].reached && done[1].reached && !done[2].reached);
  assert_true(done[0].arrive_s == departure_s + 900);
  assert_near(done[0].late_min, 15, 1e-9);
  assert_near((double)(done[0].depart_s - done[0].arrive_s), 269.5, 1);
  assert_near((double)(done[1].arrive_s - departure_s), 900 + 330.5, 1);
  assert_near(done[1].late_min, (900 + 330.5 - 600) / 60, 0.02);
  assert_true(isnan(done[2].late_min));
  assert_int_equal(vd_legs_not_driven(done, 3), 1);
  assert_near(vd_trace_length_m(&trace), 1113.195 * 1.3, 0.2);
  end(&w);
}

static void record(world *w, int32_t state, int day) {
  vd_patrol *patrol = vd_record_new(w->arena, VD_KIND_PATROL);
  patrol->actor = w->mine->record.id;
  patrol->state = state;
  patrol->from_s = NOON + day * (int64_t)VD_DAY_S;
  patrol->executes = w->daily->record.id, patrol->executes_s = patrol->from_s;
  put(w, VD_KIND_PATROL, patrol);
}

/* Five days: executed with a track, obstructed by its record, cancelled, turned back by a report, unknown. */
static void execution__tells_each_departure_once(void **state) {
  (void)state;
  world w = new_world();
  vd_patrol *track = drive(&w, 0, 300, 20.02, 0);
  track->actor = w.mine->record.id;
  track->executes = w.daily->record.id, track->executes_s = NOON;
  put(&w, VD_KIND_PATROL, track);
  record(&w, VD_CANCELLED, 0); /* an execution tells more */
  record(&w, VD_OBSTRUCTED, 1);
  record(&w, VD_CANCELLED, 2);
  vd_restriction *report = vd_record_new(w.arena, VD_KIND_RESTRICTION);
  report->record.geom = vd_geom_point(w.arena, 20.01, 0);
  report->patrol = w.daily->record.id;
  report->outcome = "returned";
  report->from_s = NOON + 3 * VD_DAY_S + 1200;
  put(&w, VD_KIND_RESTRICTION, report);
  vd_execution done;
  assert_int_equal(vd_execution_of(w.arena, w.plan, NOON, NOON + 30 * VD_DAY_S, &done), VD_OK);
  assert_int_equal(done.n_departures, 5);
  static const vd_departure_outcome expected[] = {VD_DEPARTURE_EXECUTED, VD_DEPARTURE_OBSTRUCTED,
                                                  VD_DEPARTURE_CANCELLED, VD_DEPARTURE_OBSTRUCTED,
                                                  VD_DEPARTURE_UNKNOWN};
  for (int i = 0; i < 5; i++) assert_int_equal(done.departures[i].outcome, expected[i]);
  assert_int_equal(done.n_by[VD_DEPARTURE_EXECUTED], 1);
  assert_int_equal(done.n_by[VD_DEPARTURE_OBSTRUCTED], 2);
  assert_int_equal(done.n_unplanned, 0);
  assert_int_equal(done.n_traced, 1);
  assert_int_equal(done.n_stops, 3);
  assert_int_equal(done.n_reached, 3);
  assert_near(done.departures[0].late_min, 5, 1e-9);
  assert_near(done.departures[0].km, 2 * 1.113195, 0.001);
  assert_string_equal(done.departures[3].obstacle->record.id, report->record.id);
  end(&w);
}

static int count_findings(const world *w, const char *words) {
  vd_finding *findings;
  size_t n;
  int found = 0;
  vd_plan_check(w->plan, w->arena, &findings, &n);
  for (size_t i = 0; i < n; i++) found += strstr(findings[i].sentence, words) != NULL;
  return found;
}

static void check__finds_tracks_and_departures_that_do_not_fit(void **state) {
  (void)state;
  world w = new_world();
  vd_patrol *track = drive(&w, 0, 0, 20.02, 0);
  track->actor = w.mine->record.id;
  track->executes = w.daily->record.id, track->executes_s = NOON;
  put(&w, VD_KIND_PATROL, track);
  assert_int_equal(count_findings(&w, "track"), 0);
  assert_int_equal(count_findings(&w, "both count"), 0);
  track->track_s = "0";
  track->executes_s = NOON + 1;
  put(&w, VD_KIND_PATROL, track);
  assert_int_equal(count_findings(&w, "do not fit its route"), 1);
  assert_int_equal(count_findings(&w, "does not leave at the time"), 1);
  track->executes_s = VD_TIME_MIN;
  track->state = VD_PLANNED;
  put(&w, VD_KIND_PATROL, track);
  assert_int_equal(count_findings(&w, "not which departure"), 1);
  assert_int_equal(count_findings(&w, "is not executed"), 1);
  end(&w);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lengths__on_the_ellipsoid),
      cmocka_unit_test(clean__refuses_what_cannot_be_true),
      cmocka_unit_test(clean__leaves_out_single_faults_and_counts_them),
      cmocka_unit_test(track__straight_at_even_speed_is_two_vertices),
      cmocka_unit_test(track__keeps_halts_and_gaps),
      cmocka_unit_test(track__a_lone_fix_between_gaps_stays),
      cmocka_unit_test(times__fit_the_line_or_are_not_used),
      cmocka_unit_test(track__a_huge_one_fits_a_field),
      cmocka_unit_test(match__finds_the_departure),
      cmocka_unit_test(match__needs_half_the_stops_the_place_the_time_and_the_actor),
      cmocka_unit_test(match__tells_a_rival),
      cmocka_unit_test(stops__arrival_dwell_and_lateness),
      cmocka_unit_test(execution__tells_each_departure_once),
      cmocka_unit_test(check__finds_tracks_and_departures_that_do_not_fit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
