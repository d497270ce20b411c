/* study_response: incidents on a plan of ten cells whose answers can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a 4x4 doing 60 km/h: a minute a cell. A base in cell 0 with 2 minutes notice by day
 * and 5 by night, its zone 400 m; light from 06:00 to 18:00. Threat "must" in cells 0 to 7: help within 7.5 minutes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"
#include "vedette/study/response.h"

enum { N = 10 };

static int64_t at(double hours) {
  return FX_MONDAY_S + llround(hours * VD_HOUR_S);
}

static fx *row_of_ten(void) {
  fx *f = fx_new(N, 1, 1000, 2);
  fx_standard(f, "response.must", 7.5);
  fx_standard(f, "night_factor", 1);
  fx_standard(f, "slope_limit.4x4", 1);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(f, 100);
  vd_base *base =
      fx_base(f, "Base", fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true), 0, 0, VD_CAR_4X4, 2);
  base->notice_night_min = 5;
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, 7, 0, 0.01));
  return f;
}

static vd_incident *incident(fx *f, const char *name, double column, double hour) {
  vd_incident *in = fx_add(f, VD_KIND_INCIDENT, name, fx_point(f, column, 0));
  in->from_s = at(hour);
  in->precision_m = 0;
  return in;
}

static vd_response response_of(fx *f) {
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  vd_response r;
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &land) != VD_OK) fail_msg("%s", vd_last_message());
  vd_response_options options = {0};
  if (vd_response_run(f->arena, f->plan, land, &options, NULL, NULL, &r) != VD_OK)
    fail_msg("%s", vd_last_message());
  return r;
}

static void near_min(double value, double expected) {
  if (!(fabs(value - expected) < 0.01)) fail_msg("%.4f min, not %.4f", value, expected);
}

static bool noted(const vd_response *r, const char *part) {
  for (size_t i = 0; i < r->n_notes; i++)
    if (strstr(r->notes[i].text, part)) return true;
  return false;
}

static void minutes_follow_notice_and_light(void **state) {
  (void)state;
  fx *f = row_of_ten();
  incident(f, "Day", 5, 12);   /* 2 + 5 */
  incident(f, "Late", 6, 12);  /* 2 + 6 */
  incident(f, "Night", 5, 20); /* 5 + 5 */
  incident(f, "Dusk", 5, 18);  /* the night begins at 18:00 */
  incident(f, "Dawn", 5, 6);
  vd_response r = response_of(f);
  assert_int_equal(r.n_incidents, 5);
  const vd_incident_row *in = r.incidents; /* by time: Dawn, Day, Late, Dusk, Night */
  near_min(in[0].minutes, 7), near_min(in[1].minutes, 7), near_min(in[2].minutes, 8);
  near_min(in[3].minutes, 10), near_min(in[4].minutes, 10);
  assert_string_equal(r.responders[in[1].responder].name, "Base");
  assert_int_equal(in[1].reach, VD_TOLD_YES);
  assert_int_equal(in[2].reach, VD_TOLD_NO);
  assert_int_equal(in[3].reach, VD_TOLD_NO);
  assert_int_equal(r.all.reach_judged, 5);
  assert_int_equal(r.all.reach, 2);
  near_min(r.nearest.median_min, 8), near_min(r.nearest.p90_min, 10); /* 7, 7, 8, 10 and 10 min */
  assert_int_equal(r.nearest.n, 5);
  fx_free(f);
}

static void precision_gives_a_range(void **state) {
  (void)state;
  fx *f = row_of_ten();
  incident(f, "Vague", 5, 12)->precision_m = 1100;  /* cells 4 to 6: 6 to 8 min, the standard lies between */
  incident(f, "Near", 2, 13)->precision_m = 1100;   /* 3 to 5 min */
  incident(f, "Unknown", 5, 14)->precision_m = NAN; /* taken as exact */
  vd_response r = response_of(f);
  near_min(r.incidents[0].minutes, 7), near_min(r.incidents[0].least_min, 6),
      near_min(r.incidents[0].most_min, 8);
  assert_int_equal(r.incidents[0].reach, VD_TOLD_PERHAPS);
  near_min(r.incidents[1].least_min, 3), near_min(r.incidents[1].most_min, 5);
  assert_int_equal(r.incidents[1].reach, VD_TOLD_YES);
  near_min(r.incidents[2].least_min, 7), near_min(r.incidents[2].most_min, 7);
  assert_int_equal(r.all.reach_judged, 2); /* perhaps counts as unknown */
  assert_true(noted(&r, "how precise"));
  fx_free(f);
}

/* A restriction at cell 3 from 10:00 to 14:00 slows it three times: the minute in it becomes three, the half cells beside
 * too where the move is within. A delay is the same by all: 4 minutes once. */
static void restrictions_of_the_time_count(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_restriction *bar = fx_restriction(f, "Checkpoint", fx_point(f, 3, 0), 300);
  bar->effect = VD_EFFECT_DELAY, bar->delay_min = 4;
  bar->from_s = at(10), bar->to_s = at(14);
  incident(f, "Before", 5, 9.99);
  incident(f, "While", 5, 10);     /* half-open: 10:00 is in it */
  incident(f, "This side", 2, 12); /* it is not met on the way */
  incident(f, "After", 5, 14);
  vd_response r = response_of(f);
  near_min(r.incidents[0].minutes, 7);
  near_min(r.incidents[1].minutes, 11);
  near_min(r.incidents[2].minutes, 4);
  near_min(r.incidents[3].minutes, 7);
  bar->effect = VD_EFFECT_BLOCK;
  r = response_of(f);
  assert_true(isinf(r.incidents[1].minutes));
  assert_int_equal(r.incidents[1].responder, -1);
  near_min(r.nearest.median_min, 7); /* 4, 7, 7 min and nobody */
  assert_true(isinf(r.nearest.p90_min));
  assert_int_equal(r.incidents[1].reach, VD_TOLD_NO);
  near_min(r.incidents[2].minutes, 4);
  fx_free(f);
}

static void a_patrol_at_its_stop_is_nearer(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_patrol *patrol =
      fx_patrol(f, "Patrol", (vd_actor *)f->lists[VD_KIND_ACTOR].records[0], VD_CAR_4X4, at(10), NULL);
  patrol->state = VD_EXECUTED, patrol->responds = 1;
  fx_stop(f, patrol, 0, 8, 0, 0, 60);
  incident(f, "Before", 6, 9.9);
  incident(f, "While", 6, 10.5); /* from cell 8, without notice: 2 min */
  incident(f, "After", 6, 11);
  vd_response r = response_of(f);
  near_min(r.incidents[0].minutes, 8);
  near_min(r.incidents[1].minutes, 2);
  assert_string_equal(r.responders[r.incidents[1].responder].name, "Patrol");
  near_min(r.incidents[2].minutes, 8);
  patrol->state = VD_PLANNED; /* a plan answers nobody */
  r = response_of(f);
  near_min(r.incidents[1].minutes, 8);
  fx_free(f);
}

/* From cell 9 at 10:00 to cell 3 at 10:12: two stretches of 6 minutes that end in cells 6 and 3. Called within the first it is in
 * cell 6 no later than 6 minutes on, and in cell 7 after one more. */
static void a_patrol_on_the_way_goes_on_to_the_end_of_its_stretch(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_standard *step = fx_standard(f, "on_task.step", 6);
  vd_patrol *patrol =
      fx_patrol(f, "Drive", (vd_actor *)f->lists[VD_KIND_ACTOR].records[0], VD_CAR_4X4, at(10), NULL);
  patrol->state = VD_EXECUTED, patrol->responds = 1;
  fx_stop(f, patrol, 0, 9, 0, 0, 0);
  fx_stop(f, patrol, 1, 3, 0, 12, 12);
  patrol->record.geom = fx_line(f, (double[]){9, 0, 3, 0}, 2);
  incident(f, "Before", 7, 9.99);
  incident(f, "First", 7, 10);          /* 6 + 1, where the base takes 2 + 7 */
  incident(f, "Nearer base", 3, 10.05); /* 2 + 3, where the patrol takes 6 + 3 */
  incident(f, "Second", 7, 10.1);       /* half-open: 6 + 4, the base is nearer again */
  incident(f, "Back", 9, 10.15);        /* 2 + 9: the same, the patrol would take 6 + 6 */
  incident(f, "Arrived", 7, 10.2);      /* it does not stay */
  /* A block at cell 5 holds up the base, but not who was there: it went. */
  vd_restriction *bar = fx_restriction(f, "Closed", fx_point(f, 5, 0), 100);
  bar->from_s = at(10.09), bar->to_s = at(10.12);
  vd_response r = response_of(f);
  const vd_incident_row *in = r.incidents;
  near_min(in[0].minutes, 9);
  near_min(in[1].minutes, 7);
  const vd_responder *drive = &r.responders[in[1].responder];
  assert_true(drive->on_the_way);
  assert_string_equal(vd_responder_label(f->arena, drive), "Drive, on the way");
  assert_true(fabs(drive->lon_deg - fx_at(f, 6, 0).lon_deg) < 1e-6);
  assert_int_equal(in[1].reach, VD_TOLD_YES);
  near_min(in[2].minutes, 5);
  assert_string_equal(r.responders[in[2].responder].name, "Base");
  assert_true(isinf(in[3].minutes)); /* both are west of the block */
  near_min(in[4].minutes, 11);
  near_min(in[5].minutes, 9);
  step->value = 0; /* from its stops alone */
  r = response_of(f);
  near_min(r.incidents[1].minutes, 9);
  fx_free(f);
}

/* Every day one sets out to stand at cell 8 for three days: on the third day three are there, and one is told. */
static void departures_may_overlap(void **state) {
  (void)state;
  fx *f = row_of_ten();
  f->info.to_s = at(24 * 6);
  vd_patrol *patrol =
      fx_patrol(f, "Camp", (vd_actor *)f->lists[VD_KIND_ACTOR].records[0], VD_CAR_4X4, at(0), "FREQ=DAILY");
  patrol->state = VD_EXECUTED, patrol->responds = 1;
  fx_stop(f, patrol, 0, 8, 0, 0, 3 * 24 * 60);
  for (int hour = 1; hour < 24 * 5; hour += 5) incident(f, "Call", 7, hour);
  vd_response r = response_of(f);
  assert_int_equal(r.n_incidents, 24);
  for (size_t i = 0; i < r.n_incidents; i++) near_min(r.incidents[i].minutes, 1);
  fx_free(f);
}

static void visits_executed_and_planned_are_apart(void **state) {
  (void)state;
  fx *f = row_of_ten();
  const vd_actor *un = f->lists[VD_KIND_ACTOR].records[0];
  vd_patrol *went = fx_patrol(f, "Went", un, VD_CAR_4X4, at(10), NULL);
  went->state = VD_EXECUTED;
  fx_stop(f, went, 0, 5, 0, 0, 30); /* at cell 5 from 10:00 to 10:30 */
  vd_patrol *planned = fx_patrol(f, "Planned", un, VD_CAR_4X4, at(11), NULL);
  fx_stop(f, planned, 0, 5, 0, 0, 30);
  vd_patrol *stopped = fx_patrol(f, "Obstructed", un, VD_CAR_4X4, at(11.2), NULL);
  stopped->state = VD_OBSTRUCTED;
  fx_stop(f, stopped, 0, 5, 0, 0, 30);
  incident(f, "Early", 5, 9);
  incident(f, "There", 5, 10.25);
  incident(f, "Within the hour", 5, 11.5);
  incident(f, "Later", 5, 11.6);
  incident(f, "Elsewhere", 7, 12);
  incident(f, "At the base", 0, 13);
  vd_response r = response_of(f);
  const vd_incident_row *in = r.incidents;
  assert_true(in[0].last_visit_s == VD_TIME_MIN && in[0].last_planned_s == VD_TIME_MIN);
  assert_true(in[1].last_visit_s == at(10.25)); /* it was there */
  assert_string_equal(in[1].last_visitor, "Went");
  assert_true(in[2].last_visit_s == at(10.5) && in[2].last_planned_s == at(11.5));
  assert_int_equal(in[2].before, VD_TOLD_YES); /* exactly an hour */
  assert_int_equal(in[3].before, VD_TOLD_NO);
  assert_true(in[4].last_visit_s == VD_TIME_MIN);
  assert_int_equal(in[5].in_zone, VD_TOLD_YES);
  assert_string_equal(in[5].zone, "Base");
  assert_int_equal(in[5].before, VD_TOLD_YES);
  assert_int_equal(in[4].in_zone, VD_TOLD_NO);
  assert_int_equal(r.all.before, 3);
  assert_int_equal(r.all.before_known, 6);
  assert_int_equal(r.all.zone, 1);
  fx_free(f);
}

static void a_zone_may_hold_a_vague_place(void **state) {
  (void)state;
  fx *f = row_of_ten();
  incident(f, "Perhaps", 0.5, 12)->precision_m = 200; /* 500 m from the base, zone 400 m */
  incident(f, "Not", 0.5, 13)->precision_m = 50;
  incident(f, "Surely", 0.1, 14)->precision_m = 250;
  vd_response r = response_of(f);
  assert_int_equal(r.incidents[0].in_zone, VD_TOLD_PERHAPS);
  assert_int_equal(r.incidents[0].before, VD_TOLD_PERHAPS);
  assert_int_equal(r.incidents[1].in_zone, VD_TOLD_NO);
  assert_int_equal(r.incidents[2].in_zone, VD_TOLD_YES);
  assert_int_equal(r.all.zone_known, 2);
  fx_free(f);
}

static void respond(vd_incident *in, double alert, double departed, double arrived) {
  in->alert_s = isnan(alert) ? VD_TIME_MIN : at(alert);
  in->response_departed_s = isnan(departed) ? VD_TIME_MIN : at(departed);
  in->response_arrived_s = isnan(arrived) ? VD_TIME_MIN : at(arrived);
}

static void records_of_response_are_judged(void **state) {
  (void)state;
  fx *f = row_of_ten();
  respond(incident(f, "In time", 1, 8), 8.1, 8.15, 8.2);         /* alert to arrival 6 min */
  respond(incident(f, "Late", 1, 9), 9, 9.1, 9.2);               /* 12 min */
  respond(incident(f, "Just in time", 1, 10), NAN, NAN, 10.125); /* 7.5 min from its beginning */
  respond(incident(f, "On its way", 1, 11), 11, 11.05, NAN);     /* departed, no more is known */
  incident(f, "Nothing known", 1, 12);
  respond(incident(f, "Backwards", 1, 13), 13.5, 13.4, 13.6);
  respond(incident(f, "No standard", 9, 14), 14, 14.1, 14.2); /* outside the threat area */
  vd_response r = response_of(f);
  const vd_incident_row *in = r.incidents;
  assert_int_equal(in[0].in_time, VD_TOLD_YES);
  near_min(in[0].came_after_min, 6), near_min(in[0].alert_departed_min, 3),
      near_min(in[0].departed_arrived_min, 3);
  assert_int_equal(in[1].in_time, VD_TOLD_NO);
  assert_int_equal(in[2].in_time, VD_TOLD_YES);
  assert_true(isnan(in[2].alert_arrived_min));
  assert_int_equal(in[3].in_time, VD_TOLD_UNKNOWN);
  assert_int_equal(in[4].in_time, VD_TOLD_UNKNOWN);
  assert_true(in[5].backwards && isnan(in[5].came_after_min));
  assert_int_equal(in[5].in_time, VD_TOLD_UNKNOWN);
  assert_int_equal(in[6].in_time, VD_TOLD_UNKNOWN);
  assert_int_equal(in[6].priority, -1);
  assert_int_equal(r.all.n, 7);
  assert_int_equal(r.all.responded, 6); /* one is unknown, not "none" */
  assert_int_equal(r.all.judged, 3);
  assert_int_equal(r.all.in_time, 2);
  /* Alert to departure: 3, 6, 3 and 6 min; to arrival: 6, 12 and 12 min. */
  assert_int_equal(r.alert_departed.n, 4);
  assert_int_equal(r.alert_departed.n_unknown, 3);
  near_min(r.alert_departed.median_min, 4.5), near_min(r.alert_departed.p90_min, 6);
  assert_int_equal(r.alert_arrived.n, 3);
  near_min(r.alert_arrived.median_min, 12);
  /* 6, 7.5, 12, 12 min: the 90th percentile lies 2.7 steps on. */
  near_min(r.all.median_min, 9.75), near_min(r.all.p90_min, 12);
  assert_true(noted(&r, "run backwards"));
  fx_free(f);
}

static const vd_response_group *group(const vd_response_groups *groups, const char *key) {
  for (size_t i = 0; i < groups->n; i++)
    if (vd_str_equal(groups->items[i].key, key)) return &groups->items[i];
  fail_msg("no group %s", key ? key : "(none)");
  return NULL;
}

static void groups_share_out_the_incidents(void **state) {
  (void)state;
  fx *f = row_of_ten();
  f->info.from_s = at(-24 * 40);
  vd_area *west = fx_add(f, VD_KIND_AREA, "West", fx_cells(f, 0, 0, 4, 0, 0.01)),
          *all = fx_add(f, VD_KIND_AREA, "All", fx_cells(f, 0, 0, 8, 0, 0.01)),
          *mission = fx_add(f, VD_KIND_AREA, "Mission", fx_cells(f, 0, 0, 9, 0, 0.01));
  west->area_type = "sector", all->area_type = "admin", mission->area_type = "mission";
  incident(f, "a", 1, -24 * 30)->perpetrator_class = "armed_group"; /* 7 February */
  incident(f, "b", 1, 12)->perpetrator_class = "armed_group";
  incident(f, "c", 6, 13)->perpetrator_class = "state_forces";
  respond(incident(f, "d", 9, 14), 14, 14.1, 14.2);
  vd_response r = response_of(f);
  assert_int_equal(r.months.n, 2);
  assert_int_equal(group(&r.months, "2026-02")->sums.n, 1);
  assert_int_equal(group(&r.months, "2026-03")->sums.n, 3);
  assert_string_equal(r.months.items[0].key, "2026-02");
  assert_int_equal(group(&r.areas, west->record.id)->sums.n, 2);
  assert_int_equal(group(&r.areas, all->record.id)->sums.n, 3);
  assert_int_equal(group(&r.areas, NULL)->sums.n, 1); /* the mission's outline is no part of it */
  assert_int_equal(group(&r.perpetrators, "armed_group")->sums.n, 2);
  assert_int_equal(group(&r.perpetrators, "state_forces")->sums.n, 1);
  assert_int_equal(group(&r.perpetrators, NULL)->sums.responded, 1);
  assert_int_equal(group(&r.priorities, "must")->sums.n, 3);
  assert_int_equal(group(&r.priorities, NULL)->sums.n, 1);
  assert_int_equal(r.priorities.items[r.priorities.n - 1].index, -1);
  fx_free(f);
}

static void threats_count_while_they_are_active(void **state) {
  (void)state;
  fx *f = row_of_ten();
  fx_standard(f, "response.could", 20);
  vd_threat_area *threat = (vd_threat_area *)f->lists[VD_KIND_THREAT_AREA].records[0];
  threat->hour_from_min = 22 * 60, threat->hour_to_min = 4 * 60;
  fx_threat(f, "Lower", VD_COULD, fx_cells(f, 0, 0, 9, 0, 0.01));
  incident(f, "Night", 5, 3), incident(f, "Day", 5, 4), incident(f, "Evening", 5, 22);
  vd_response r = response_of(f);
  assert_int_equal(r.incidents[0].priority, VD_MUST);
  assert_int_equal(r.incidents[1].priority, VD_COULD);
  assert_string_equal(r.incidents[1].threat, "Lower");
  assert_int_equal(r.incidents[2].priority, VD_MUST);
  near_min(r.incidents[1].standard_min, 20);
  fx_free(f);
}

/* Known to the day only: at best 2 min by day; the checkpoint is left out; too far is sure, in reach is not. */
static void days_alone_tell_the_least(void **state) {
  (void)state;
  fx *f = row_of_ten();
  vd_restriction *bar = fx_restriction(f, "Checkpoint", fx_point(f, 3, 0), 300);
  bar->effect = VD_EFFECT_DELAY, bar->delay_min = 4;
  incident(f, "Some day", 5, 0)->to_s = at(24);
  incident(f, "Some day, far", 7, 0)->to_s = at(24);
  incident(f, "Nearly a day", 5, 1)->to_s = at(24); /* at its beginning, by night: 5 + 5 + 4 */
  vd_response r = response_of(f);
  assert_false(r.incidents[0].dated);
  near_min(r.incidents[0].minutes, 7);
  assert_true(isnan(r.incidents[0].most_min));
  assert_int_equal(r.incidents[0].reach, VD_TOLD_UNKNOWN);
  assert_int_equal(r.incidents[0].before, VD_TOLD_UNKNOWN);
  assert_int_equal(r.incidents[1].reach, VD_TOLD_NO);
  assert_true(r.incidents[2].dated);
  near_min(r.incidents[2].minutes, 14);
  assert_int_equal(r.n_undated, 2);
  assert_int_equal(group(&r.months, "2026-03")->sums.n, 3);
  fx_free(f);
}

static void months_may_be_unknown(void **state) {
  (void)state;
  fx *f = row_of_ten();
  incident(f, "Some time this year", 5, 1)->to_s = at(24 * 365);
  vd_response r = response_of(f);
  assert_int_equal(r.months.n, 1);
  assert_int_equal(group(&r.months, NULL)->sums.n, 1);
  fx_free(f);
}

static void what_lies_elsewhere_is_unknown(void **state) {
  (void)state;
  fx *f = row_of_ten();
  incident(f, "Far away", 40, 12);
  incident(f, "Too late", 5, 48); /* the window ends then */
  incident(f, "No time", 5, 12)->from_s = VD_TIME_MIN;
  incident(f, "No place", 5, 12)->record.geom = NULL;
  vd_response r = response_of(f);
  assert_int_equal(r.n_incidents, 2);
  assert_int_equal(r.n_outside_window, 1);
  for (size_t i = 0; i < 2; i++) {
    assert_false(r.incidents[i].in_area);
    assert_true(isnan(r.incidents[i].minutes));
    assert_int_equal(r.incidents[i].in_zone, VD_TOLD_UNKNOWN);
  }
  assert_int_equal(r.all.reach_judged, 0);
  assert_int_equal(r.all.before_known, 0);
  assert_true(noted(&r, "outside the area") && noted(&r, "have no time") && noted(&r, "outside the window"));
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(minutes_follow_notice_and_light),
      cmocka_unit_test(precision_gives_a_range),
      cmocka_unit_test(restrictions_of_the_time_count),
      cmocka_unit_test(a_patrol_at_its_stop_is_nearer),
      cmocka_unit_test(a_patrol_on_the_way_goes_on_to_the_end_of_its_stretch),
      cmocka_unit_test(departures_may_overlap),
      cmocka_unit_test(visits_executed_and_planned_are_apart),
      cmocka_unit_test(a_zone_may_hold_a_vague_place),
      cmocka_unit_test(records_of_response_are_judged),
      cmocka_unit_test(groups_share_out_the_incidents),
      cmocka_unit_test(threats_count_while_they_are_active),
      cmocka_unit_test(days_alone_tell_the_least),
      cmocka_unit_test(months_may_be_unknown),
      cmocka_unit_test(what_lies_elsewhere_is_unknown),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
