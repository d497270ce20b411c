/* plan_check: each finding comes for the plan that has its cause, and none for a sound plan.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/plan/check.h"
#include "vedette/plan/standard.h"

typedef struct world {
  vd_arena *arena;
  vd_plan *plan;
} world;

/* A plan without findings: area, window, settlement, road, rasters, a threat, a base with actor, a patrol. */
static int start(void **state) {
  vd_arena *arena = vd_arena_new();
  world *made = VD_NEW(arena, world);
  *made = (world){arena, vd_plan_new()};
  static const double ring[] = {29, 4, 31, 4, 31, 6, 29, 6};
  vd_plan_info info = {.title = "T", .area = vd_geom_ring(arena, ring, 4), .from_s = 0, .to_s = VD_WEEK_S};
  float value = 1;
  vd_raster raster = {
      .width = 1, .height = 1, .geotransform = {29, 1, 0, 6, 0, -1}, .crs_wkt = "X", .values = &value};
  vd_edit *edit;
  vd_edit_start(made->plan, "All", &edit);
  assert_int_equal(vd_edit_put_info(edit, &info), VD_OK);
  assert_int_equal(vd_standard_put_defaults(edit), VD_OK);
  for (int i = 0; i < VD_RASTER_COUNT; i++)
    assert_int_equal(vd_edit_put_raster(edit, (vd_raster_kind)i, &raster), VD_OK);
  vd_actor *actor = vd_record_new(arena, VD_KIND_ACTOR);
  assert_int_equal(vd_edit_put(edit, VD_KIND_ACTOR, actor), VD_OK);
  vd_base *base = vd_record_new(arena, VD_KIND_BASE);
  base->actor = actor->record.id;
  base->record.geom = vd_geom_point(arena, 30, 5);
  assert_int_equal(vd_edit_put(edit, VD_KIND_BASE, base), VD_OK);
  vd_threat_area *threat = vd_record_new(arena, VD_KIND_THREAT_AREA);
  threat->record.geom = vd_geom_ring(arena, ring, 4);
  threat->perpetrator_class = "armed_group";
  assert_int_equal(vd_edit_put(edit, VD_KIND_THREAT_AREA, threat), VD_OK);
  vd_patrol *patrol = vd_record_new(arena, VD_KIND_PATROL);
  patrol->actor = actor->record.id;
  patrol->from_s = 3600;
  assert_int_equal(vd_edit_put(edit, VD_KIND_PATROL, patrol), VD_OK);
  vd_stop *stop = vd_record_new(arena, VD_KIND_STOP);
  stop->patrol = patrol->record.id;
  stop->record.geom = vd_geom_point(arena, 30, 5);
  assert_int_equal(vd_edit_put(edit, VD_KIND_STOP, stop), VD_OK);
  vd_road *road = vd_record_new(arena, VD_KIND_ROAD);
  road->record.geom = vd_geom_line(arena, ring, 2);
  assert_int_equal(vd_edit_put(edit, VD_KIND_ROAD, road), VD_OK);
  assert_int_equal(vd_edit_commit(edit), VD_OK);
  *state = made;
  return 0;
}
static int stop(void **state) {
  world *made = *state;
  vd_plan_free(made->plan);
  vd_arena_free(made->arena);
  return 0;
}

/* The only finding, or a failure. */
static const vd_finding *only(world *in) {
  vd_finding *findings;
  size_t n;
  vd_plan_check(in->plan, in->arena, &findings, &n);
  for (size_t i = 0; n != 1 && i < n; i++) print_message("%s\n", findings[i].sentence);
  assert_int_equal(n, 1);
  return findings;
}

/* Loads one record in place of the kind's only one, past the checks of edits, as a strange file would. */
static void *change(world *in, vd_kind kind) {
  return vd_record_copy(in->arena, kind, vd_plan_at(in->plan, kind, 0));
}
static const vd_finding *after(world *in, vd_kind kind, const void *record) {
  assert_int_equal(vd_plan_load_kind(in->plan, kind, &record, 1), VD_OK);
  return only(in);
}

static void plan_check__a_sound_plan_has_no_findings(void **state) {
  world *in = *state;
  vd_finding *findings;
  size_t n;
  vd_plan_check(in->plan, in->arena, &findings, &n);
  for (size_t i = 0; i < n; i++) print_message("%s\n", findings[i].sentence);
  assert_int_equal(n, 0);
}

static void plan_check__bases(void **state) {
  world *in = *state;
  vd_base *base = change(in, VD_KIND_BASE);
  base->record.name = "Kombo";
  base->actor = "00000000-0000-4000-8000-000000000000";
  const vd_finding *found = after(in, VD_KIND_BASE, base);
  assert_true(found->severity == VD_ERROR && found->kind == VD_KIND_BASE);
  assert_string_equal(found->name, "Kombo");
  assert_string_equal(found->id, base->record.id);
  base->actor = NULL;
  assert_int_equal(after(in, VD_KIND_BASE, base)->severity, VD_WARNING);
  base->actor = ((const vd_record *)vd_plan_at(in->plan, VD_KIND_ACTOR, 0))->id;
  base->notice_day_min = base->notice_night_min = NAN;
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "never moves"));
  base->notice_day_min = 5;
  base->from_s = 100, base->to_s = 99;
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "ends before"));
  base->to_s = VD_TIME_MAX;
  base->record.geom = vd_geom_point(in->arena, 40, 5);
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "outside"));
  base->record.geom = NULL;
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "no place"));
  base->record.geom = vd_geom_point(in->arena, 30, 5);
  base->base_class = "castle";
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "castle"));
  base->base_class = NULL;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_SPEED, NULL, 0), VD_OK);
  assert_non_null(strstr(after(in, VD_KIND_BASE, base)->sentence, "4x4"));
}

static void plan_check__patrols_stops_and_threats(void **state) {
  world *in = *state;
  vd_patrol *patrol = change(in, VD_KIND_PATROL);
  patrol->recurrence = "FREQ=YEARLY";
  assert_non_null(strstr(after(in, VD_KIND_PATROL, patrol)->sentence, "YEARLY"));
  patrol->recurrence = NULL;
  patrol->from_s = VD_TIME_MIN;
  assert_non_null(strstr(after(in, VD_KIND_PATROL, patrol)->sentence, "departure"));
  patrol->from_s = 0;
  vd_stop *stop_of = change(in, VD_KIND_STOP);
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_STOP, NULL, 0), VD_OK);
  assert_non_null(strstr(after(in, VD_KIND_PATROL, patrol)->sentence, "neither"));
  stop_of->arrive_min = 20, stop_of->depart_min = 10;
  assert_non_null(strstr(after(in, VD_KIND_STOP, stop_of)->sentence, "left before"));
  stop_of->depart_min = NAN;
  vd_threat_area *threat = change(in, VD_KIND_THREAT_AREA);
  threat->weekdays = 0;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_STOP, (const void *const[]){stop_of}, 1), VD_OK);
  assert_non_null(strstr(after(in, VD_KIND_THREAT_AREA, threat)->sentence, "no hour"));
}

static void plan_check__incidents(void **state) {
  world *in = *state;
  vd_incident *incident = vd_record_new(in->arena, VD_KIND_INCIDENT);
  vd_uuid_make(incident->record.id);
  incident->record.geom = vd_geom_point(in->arena, 30, 5);
  assert_non_null(strstr(after(in, VD_KIND_INCIDENT, incident)->sentence, "no time"));
  incident->from_s = 0;
  incident->alert_s = 60, incident->response_arrived_s = 50;
  assert_non_null(strstr(after(in, VD_KIND_INCIDENT, incident)->sentence, "backwards"));
  incident->response_departed_s = 60, incident->response_arrived_s = 60;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_INCIDENT, (const void *const[]){incident}, 1), VD_OK);
  vd_finding *findings;
  size_t n;
  vd_plan_check(in->plan, in->arena, &findings, &n);
  assert_int_equal(n, 0); /* at the same moment is no step back */
}

static void says(const vd_finding *found, vd_severity severity, const char *part) {
  if (found->severity != severity || !strstr(found->sentence, part)) fail_msg("%s", found->sentence);
}

static void plan_check__recurrences_and_exceptions(void **state) {
  world *in = *state;
  vd_patrol *patrol = change(in, VD_KIND_PATROL); /* leaves on Thursday 1 January 1970 at 01:00 */
  patrol->recurrence = "FREQ=DAILY";
  says(after(in, VD_KIND_PATROL, patrol), VD_NOTE, "without end");
  patrol->recurrence = "FREQ=DAILY;INTERVAL=7;BYDAY=MO;COUNT=3";
  says(after(in, VD_KIND_PATROL, patrol), VD_ERROR, "no departure at all");
  patrol->recurrence = "FREQ=DAILY;COUNT=3", patrol->exceptions = "19700102,19700104";
  says(after(in, VD_KIND_PATROL, patrol), VD_WARNING, "1 of 2 dates left out, the first being 4 Jan 1970");
  patrol->exceptions = "19700102,second of January";
  says(after(in, VD_KIND_PATROL, patrol), VD_ERROR, "SECOND");
  patrol->exceptions = NULL, patrol->to_s = 3600;
  says(after(in, VD_KIND_PATROL, patrol), VD_WARNING, "lasts no time");
  patrol->to_s = 3000;
  says(after(in, VD_KIND_PATROL, patrol), VD_ERROR, "ends before");
  patrol->to_s = VD_TIME_MAX, patrol->executes = "00000000-0000-4000-8000-000000000000";
  says(after(in, VD_KIND_PATROL, patrol), VD_ERROR, "not in the plan");
}

static void plan_check__names_told_twice(void **state) {
  world *in = *state;
  vd_patrol *patrol = change(in, VD_KIND_PATROL);
  patrol->crew = "First section; Second section;first SECTION ";
  says(after(in, VD_KIND_PATROL, patrol), VD_WARNING, "crew “first SECTION” is named twice");
  patrol->crew = "First section; Second section", patrol->vehicles_named = "K-1;K-1";
  says(after(in, VD_KIND_PATROL, patrol), VD_WARNING, "vehicle “K-1” is named twice");
}

static void plan_check__stops_going_back_in_time(void **state) {
  world *in = *state;
  vd_stop *first = change(in, VD_KIND_STOP), *second = change(in, VD_KIND_STOP);
  vd_uuid_make(second->record.id);
  second->record.name = "Well";
  first->sequence = 0, first->arrive_min = 10, first->depart_min = 40;
  second->sequence = 1, second->arrive_min = 39, second->depart_min = 60;
  const void *records[] = {second, first}; /* in another order than they are gone to */
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_STOP, records, 2), VD_OK);
  const vd_finding *found = only(in);
  says(found, VD_ERROR, "time goes back");
  assert_string_equal(found->name, "Well");
  second->arrive_min = 40;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_STOP, records, 2), VD_OK);
  vd_finding *findings;
  size_t n;
  vd_plan_check(in->plan, in->arena, &findings, &n);
  assert_int_equal(n, 0);
  first->arrive_min = first->depart_min = second->arrive_min = second->depart_min = NAN;
  second->sequence = 0;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_STOP, records, 2), VD_OK);
  says(only(in), VD_WARNING, "same place in it");
}

static vd_restriction *restriction_of(world *in) {
  vd_restriction *r = vd_record_new(in->arena, VD_KIND_RESTRICTION);
  vd_uuid_make(r->record.id);
  r->record.geom = vd_geom_point(in->arena, 30, 5);
  r->code = "ROM-CHK";
  r->from_s = 7200, r->to_s = 7200 + 3 * VD_HOUR_S;
  return r;
}

static void plan_check__restrictions(void **state) {
  world *in = *state;
  vd_restriction *r = restriction_of(in);
  r->hours_lost = 3.5;
  says(after(in, VD_KIND_RESTRICTION, r), VD_WARNING, "3.5 hours and lasted 3");
  r->hours_lost = 3, r->resolved_s = 7199;
  says(after(in, VD_KIND_RESTRICTION, r), VD_ERROR, "resolved before");
  r->resolved_s = VD_TIME_MAX, r->protest_s = 7199;
  says(after(in, VD_KIND_RESTRICTION, r), VD_WARNING, "protested before");
  r->protest_s = 7200, r->amrf_type = 10;
  says(after(in, VD_KIND_RESTRICTION, r), VD_ERROR, "holds 10, which is not from 1 to 9");
  r->amrf_type = 9, r->road_state = "closed";
  says(after(in, VD_KIND_RESTRICTION, r), VD_WARNING, "its start stands in");
  r->record.reported_s = 7200, r->record.geom = NULL;
  says(after(in, VD_KIND_RESTRICTION, r), VD_ERROR, "no place on the map");
}

static void plan_check__references_and_events_told_twice(void **state) {
  world *in = *state;
  vd_restriction *a = restriction_of(in), *b = restriction_of(in), *c = restriction_of(in);
  const void *records[] = {a, b, c};
  a->record.name = "First", b->record.name = "Second", c->record.name = "Third";
  a->reference = c->reference = "ROM/26/7", b->reference = "ROM/26/8";
  b->from_s++, c->code = "ROM-DLY"; /* another time, another kind of thing: not the same event */
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_RESTRICTION, records, 3), VD_OK);
  const vd_finding *found = only(in);
  says(found, VD_WARNING, "reference is that of “First” too");
  assert_string_equal(found->name, "Third");
  c->reference = NULL, b->from_s--;
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_RESTRICTION, records, 3), VD_OK);
  found = only(in);
  says(found, VD_NOTE, "the type of “First”");
  assert_string_equal(found->name, "Second");
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_RESTRICTION, NULL, 0), VD_OK);
  vd_incident *x = vd_record_new(in->arena, VD_KIND_INCIDENT),
              *y = vd_record_new(in->arena, VD_KIND_INCIDENT);
  vd_uuid_make(x->record.id), vd_uuid_make(y->record.id);
  x->record.geom = y->record.geom = vd_geom_point(in->arena, 30, 5);
  x->reference = y->reference = "INC/1", x->from_s = 10, y->from_s = 20;
  const void *incidents[] = {x, y};
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_INCIDENT, incidents, 2), VD_OK);
  says(only(in), VD_WARNING, "reference is that of");
}

static void plan_check__many_alike_are_counted(void **state) {
  world *in = *state;
  enum { N = 130 };
  const void *records[N];
  for (int i = 0; i < N; i++) {
    vd_incident *incident = vd_record_new(in->arena, VD_KIND_INCIDENT);
    vd_uuid_make(incident->record.id);
    incident->from_s = 0;
    records[i] = incident;
  }
  assert_int_equal(vd_plan_load_kind(in->plan, VD_KIND_INCIDENT, records, N), VD_OK);
  vd_finding *findings;
  size_t n;
  vd_plan_check(in->plan, in->arena, &findings, &n);
  assert_int_equal(n, 51);
  assert_non_null(strstr(findings[50].sentence, "80 more"));
}

static void plan_check__an_empty_plan_says_what_is_missing(void **state) {
  (void)state;
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_new();
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_finding *findings;
  size_t n, n_errors = 0;
  vd_plan_check(plan, arena, &findings, &n);
  for (size_t i = 0; i < n; i++) {
    assert_int_equal(findings[i].kind, VD_KIND_COUNT);
    n_errors += findings[i].severity == VD_ERROR;
  }
  assert_int_equal(n_errors, 2); /* no area, nobody lives there */
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(plan_check__a_sound_plan_has_no_findings, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__bases, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__patrols_stops_and_threats, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__incidents, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__recurrences_and_exceptions, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__names_told_twice, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__stops_going_back_in_time, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__restrictions, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__references_and_events_told_twice, start, stop),
      cmocka_unit_test_setup_teardown(plan_check__many_alike_are_counted, start, stop),
      cmocka_unit_test(plan_check__an_empty_plan_says_what_is_missing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
