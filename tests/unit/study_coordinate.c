/* study_coordinate: several actors in a row of ten cells, with numbers that can be checked by eye.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Ten cells of 1 km from west (0) to east (9), a hundred people in each, a 4x4 doing a kilometre a minute, a day that is all light.
 * The military have a base in cell 0 with 2 minutes notice, in time of cells 0 to 5 (7.5 minutes) and present in cell 0. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/start.h"
#include "vedette/study/coordinate.h"

enum { N = 10 };

typedef struct row {
  fx *f;
  vd_actor *military, *police;
  vd_base *base;
  vd_landscape *land;
  vd_study *study;
  vd_coordination *told;
} row;

static row row_of_ten(double response_min, double revisit_h) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  row r = {.f = fx_new(N, 1, 1000, 1)};
  for (int p = 0; p < 4; p++) {
    fx_standard(r.f, vd_str_printf(r.f->arena, "response.%s", names[p]), response_min);
    fx_standard(r.f, vd_str_printf(r.f->arena, "revisit.%s", names[p]), revisit_h);
    fx_standard(r.f, vd_str_printf(r.f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(r.f, "night_factor", 1);
  fx_standard(r.f, "slope_limit.4x4", 1);
  fx_standard(r.f, "day.from", 0);
  fx_standard(r.f, "day.to", 0);
  fx_standard(r.f, "seam.width", 1600);
  fx_speed(r.f, VD_CAR_4X4, VD_GROUND_GRASS, 60);
  fx_people_everywhere(r.f, 100);
  r.military = fx_actor(r.f, "Military", VD_ACTOR_UN_MILITARY, true);
  r.police = fx_actor(r.f, "Police", VD_ACTOR_UN_POLICE, true);
  r.base = fx_base(r.f, "Base", r.military, 0, 0, VD_CAR_4X4, 2);
  fx_threat(r.f, "Threat", VD_MUST, fx_cells(r.f, 0, 0, N - 1, 0, 0.01));
  return r;
}

static int64_t at_h(double hours) {
  return FX_MONDAY_S + (int64_t)(hours * 3600);
}

/* A patrol of one stop at a column, from one hour of the day to another. */
static vd_patrol *stand_at(row *r, const char *name, const vd_actor *actor, double column, double from_h,
                           double to_h) {
  vd_patrol *patrol = fx_patrol(r->f, name, actor, VD_CAR_4X4, at_h(from_h), NULL);
  fx_stop(r->f, patrol, 0, column, 0, 0, (to_h - from_h) * 60);
  return patrol;
}

static void coordinate(row *r) {
  fx_load(r->f);
  if (vd_landscape_build(r->f->plan, 0, NULL, NULL, &r->land) != VD_OK ||
      vd_study_run(r->f->plan, r->land, NULL, NULL, NULL, &r->study) != VD_OK ||
      vd_coordinate(r->study, r->f->plan, NULL, NULL, r->f->arena, &r->told) != VD_OK)
    fail_msg("%s", vd_last_message());
}

static void done(row *r) {
  vd_study_free(r->study);
  vd_landscape_free(r->land);
  fx_free(r->f);
}

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

static const vd_single_loss *loss_of(const row *r, const char *name) {
  for (size_t i = 0; i < r->told->n_losses; i++)
    if (vd_str_equal(r->told->losses[i].name, name)) return &r->told->losses[i];
  return NULL;
}

/* The police have a base in cell 9, in time of cells 4 to 9. Present besides the bases' own cells, until midnight: the military in
 * cell 3 from 06:00, the police in 4 and 2 from 12:00, both jointly in 5 all day; the army, which does not count, in 3 from 06:00. */
static row two_actors(void) {
  row r = row_of_ten(7.5, 24);
  fx_base(r.f, "Camp", r.police, 9, 0, VD_CAR_4X4, 2);
  vd_actor *army = fx_actor(r.f, "Army", VD_ACTOR_HOST_STATE, false);
  stand_at(&r, "Military patrol", r.military, 3, 6, 12);
  stand_at(&r, "Police patrol", r.police, 4, 12, 13);
  stand_at(&r, "Police visit", r.police, 2, 12, 13);
  stand_at(&r, "Joint", r.military, 5, 0, 24)->partners = r.police->record.id;
  stand_at(&r, "Army patrol", army, 3, 6, 12);
  coordinate(&r);
  return r;
}

static void actors__alone_together_and_one_short(void **state) {
  (void)state;
  row r = two_actors();
  const vd_coordination *told = r.told;
  assert_int_equal(told->n_actors, 3);
  assert_string_equal(told->actors[0].name, "Military");
  assert_near(told->person_hours, 24000, 1e-6);
  /* cells 0 and 5 all day, 3 for 18 hours */
  assert_near(told->actors[0].alone, 2400 + 2400 + 1800, 1e-6);
  /* cells 9 and 5 all day, 4 for 12 hours; cell 2 is too far for them */
  assert_near(told->actors[1].alone, 2400 + 2400 + 1200, 1e-6);
  assert_near(told->covered, 6600 + 6000 - 2400 + 1200, 1e-6); /* cell 5 once; cell 2 by both together */
  assert_near(told->covered, vd_study_headline(r.study)->all.by_state[VD_COVERED], 1e-6);
  /* without the military the joint patrol does not go, and nobody is in time of cells 0 to 3 */
  assert_near(told->actors[0].lost, 2400 + 2400 + 1800 + 1200, 1e-6);
  /* without the police it does, and the military are in time of cell 5 */
  assert_near(told->actors[1].lost, 2400 + 1200 + 1200, 1e-6);
  assert_near(told->actors[0].in_time, 6 * 2400, 1e-6);
  assert_near(told->actors[0].present, 6600, 1e-6);
  assert_int_equal(told->actors[0].n_bases, 1);
  assert_int_equal(told->actors[0].n_patrols, 2);
  assert_false(told->actors[2].counts);
  assert_near(told->actors[2].alone + told->actors[2].lost + told->actors[2].in_time, 0, 1e-9);
  assert_near(told->actors[2].present, 1800, 1e-6);
  done(&r);
}

static void pairs__together_and_doubly(void **state) {
  (void)state;
  row r = two_actors();
  assert_int_equal(r.told->n_pairs, 3);
  const vd_coordinate_pair *mp = &r.told->pairs[0], *ma = &r.told->pairs[1];
  assert_near(mp->covered, 11400, 1e-6);
  assert_near(mp->both_present, 0, 1e-9); /* the joint patrol is not its own double */
  assert_near(mp->both_cover, 0, 1e-9);
  assert_near(ma->covered, 0, 1e-9); /* the army does not count */
  assert_near(ma->both_present, 1800, 1e-6);
  assert_near(r.told->several_present, 1800, 1e-6);
  done(&r);
}

static void each_covers__where_both_are_in_time_and_present(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  fx_base(r.f, "Camp", r.police, 9, 0, VD_CAR_4X4, 2);
  stand_at(&r, "Military patrol", r.military, 4, 6, 7);
  stand_at(&r, "Police patrol", r.police, 4, 12, 13);
  coordinate(&r);
  assert_near(r.told->pairs[0].both_present, 1200, 1e-6);
  assert_near(r.told->pairs[0].both_cover, 1200, 1e-6);
  done(&r);
}

static void depth__and_the_loss_of_each_base(void **state) {
  (void)state;
  row r = two_actors();
  assert_near(r.told->in_time_of[0], 0, 1e-9);
  assert_near(r.told->in_time_of[1], 8 * 2400, 1e-6);
  assert_near(r.told->in_time_of[2], 2 * 2400, 1e-6); /* cells 4 and 5 */
  assert_near(r.told->in_time_of[3], 0, 1e-9);
  assert_near(r.told->in_time_of_bases[2], 2 * 2400, 1e-6);
  const vd_single_loss *base = loss_of(&r, "Base"), *camp = loss_of(&r, "Camp");
  assert_near(base->covered, 2400 + 1800 + 1200, 1e-6); /* cells 0, 3, 2 */
  assert_near(base->in_time, 4 * 2400, 1e-6);
  assert_near(camp->covered, 2400, 1e-6); /* cell 9: the military are in time of 4 and 5 */
  assert_near(camp->in_time, 4 * 2400, 1e-6);
  assert_int_equal(base->kind, VD_LOST_BASE);
  assert_ptr_equal(base, &r.told->losses[0]);
  done(&r);
}

/* Two bases at one place are one place to come from, and each stands in for the other. */
static void depth__counts_places(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  fx_base(r.f, "Beside", r.police, 0, 0, VD_CAR_4X4, 2);
  coordinate(&r);
  assert_near(r.told->in_time_of[1], 6 * 2400, 1e-6);
  assert_near(r.told->in_time_of[2], 0, 1e-9);
  assert_near(loss_of(&r, "Base")->in_time, 0, 1e-9);
  assert_near(loss_of(&r, "Base")->covered, 0, 1e-9);
  done(&r);
}

static void set_people(row *r, int column, double people) {
  vd_settlement *s = (vd_settlement *)(uintptr_t)r->f->lists[VD_KIND_SETTLEMENT].records[column];
  s->population = people;
}

/* Fresh for six hours. The police come to cell 2 at 10:00, an hour after the military: spare. Cell 7, with 500 people, is five
 * minutes away: six hours and two seconds of presence there; cell 2 loses the hour from 16:00 to 17:00. */
static void doubling__tells_where_the_spare_visit_was_worth_more(void **state) {
  (void)state;
  row r = row_of_ten(60, 6);
  set_people(&r, 7, 500);
  stand_at(&r, "First", r.military, 2, 9, 10);
  stand_at(&r, "Second", r.police, 2, 10, 11);
  coordinate(&r);
  assert_int_equal(r.told->n_doublings, 1);
  const vd_doubling *d = &r.told->doublings[0];
  assert_int_equal(d->answer, VD_SPARE_FOUND);
  assert_false(d->first);
  assert_int_equal(d->leaves_s, at_h(10));
  assert_string_equal(d->settlement, "Village 7-0");
  assert_near(d->minutes, 5, 0.001);
  assert_near(d->gained, 500 * (6 + 2 / 3600.0), 1e-6);
  assert_near(d->gained_covered, d->gained, 1e-6);
  assert_near(d->given_up, 100, 1e-6);
  assert_near(d->given_up_covered, 100, 1e-6);
  size_t n;
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  assert_true(d->gap >= 0 && (size_t)d->gap < n && gaps[d->gap].people >= 500);
  assert_int_equal(r.told->n_spare, 1);
  done(&r);
}

/* Who does not count cannot be sent; whom it doubles can. Nobody plans jointly with himself. */
static void doubling__of_one_that_does_not_count(void **state) {
  (void)state;
  row r = row_of_ten(60, 6);
  vd_actor *army = fx_actor(r.f, "Army", VD_ACTOR_HOST_STATE, false);
  stand_at(&r, "Patrol", r.military, 2, 9, 10);
  stand_at(&r, "Army patrol", army, 2, 10, 11);
  coordinate(&r);
  assert_int_equal(r.told->n_doublings, 1);
  assert_int_equal(r.told->doublings[0].answer, VD_SPARE_NEITHER);
  assert_null(r.told->doublings[0].patrol);
  done(&r);
}

static vd_area *add_area(row *r, const char *type, const char *name, int from, int to) {
  vd_area *area = fx_add(r->f, VD_KIND_AREA, name, fx_cells(r->f, from, 0, to, 0, 0));
  area->area_type = type;
  return area;
}

/* The border lies between cells 4 and 5; within 1600 m of both areas are cells 3 to 6, and of these the base is in time of all but
 * the last. The police in cell 9 need ten minutes to move. The sectors have the same outlines and are not told again. */
static void seam__of_two_areas(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  fx_base(r.f, "Camp", r.police, 9, 0, VD_CAR_4X4, 10);
  add_area(&r, "sector", "Sector West", 0, 4);
  add_area(&r, "sector", "Sector East", 5, 9);
  add_area(&r, "aor", "West", 0, 4);
  add_area(&r, "aor", "East", 5, 9);
  coordinate(&r);
  assert_int_equal(r.told->n_areas, 2);
  assert_int_equal(r.told->n_seams, 1);
  const vd_seam *seam = &r.told->seams[0];
  assert_string_equal(seam->sides[0].name, "West");
  assert_string_equal(seam->sides[1].name, "East");
  assert_int_equal(seam->n_cells, 4);
  assert_int_equal(seam->cells[0], 3);
  for (int cell = 0; cell < 10; cell++) {
    fx_place at = fx_at(r.f, cell, 0);
    assert_int_equal(vd_polygon_holds(seam->outline, at.lon_deg, at.lat_deg), cell >= 3 && cell <= 6);
  }
  assert_near(seam->people, 400, 1e-9);
  assert_near(seam->person_hours, 4 * 2400, 1e-6);
  assert_near(seam->people_not_reached, 100, 1e-9);
  assert_near(seam->not_reached, 2400, 1e-6);
  assert_string_equal(seam->settlement, "Village 6-0");
  assert_near(seam->sides[0].minutes, 2 + 6, 0.001);
  assert_near(seam->sides[1].minutes, 10 + 3, 0.001);
  done(&r);
}

/* With a standard of six hours. Cell 3: the military until 02:00, the police from 14:00, stale from 08:00:01. Cell 0: the base leaves
 * at 05:00, the police's opens at 15:00, stale from 11:00:01. Cell 5: within the standard. Cell 6: the same actor. */
static void handover__between_patrols_and_between_bases(void **state) {
  (void)state;
  row r = row_of_ten(60, 6);
  r.base->to_s = at_h(5);
  fx_base(r.f, "Camp", r.police, 0, 0, VD_CAR_4X4, 2)->from_s = at_h(15);
  stand_at(&r, "Night patrol", r.military, 3, 1, 2);
  stand_at(&r, "Afternoon patrol", r.police, 3, 14, 15);
  stand_at(&r, "Early", r.military, 5, 1, 2);
  stand_at(&r, "In time", r.police, 5, 8, 9);
  stand_at(&r, "Once", r.military, 6, 1, 2);
  stand_at(&r, "Again", r.military, 6, 20, 21);
  coordinate(&r);
  assert_int_equal(r.told->n_handovers, 2);
  const vd_handover *patrols = &r.told->handovers[0], *bases = &r.told->handovers[1];
  assert_string_equal(patrols->from_name, "Night patrol");
  assert_string_equal(patrols->to_name, "Afternoon patrol");
  assert_int_equal(patrols->left_s, at_h(2));
  assert_int_equal(patrols->came_s, at_h(14));
  assert_near(patrols->standard_h, 6, 1e-9);
  assert_near(patrols->people, 100, 1e-9);
  assert_near(patrols->person_hours, 100 * (6 - 1 / 3600.0), 1e-6);
  assert_string_equal(patrols->settlement, "Village 3-0");
  assert_true(bases->from_base && bases->to_base);
  assert_int_equal(bases->from_actor, 0);
  assert_int_equal(bases->to_actor, 1);
  assert_near(bases->person_hours, 100 * (4 - 1 / 3600.0), 1e-6);
  done(&r);
}

/* A partner who took part has handed over to himself. */
static void handover__not_where_a_partner_was_there(void **state) {
  (void)state;
  row r = row_of_ten(60, 6);
  stand_at(&r, "Joint", r.military, 3, 1, 2)->partners = r.police->record.id;
  stand_at(&r, "Afternoon patrol", r.police, 3, 14, 15);
  coordinate(&r);
  assert_int_equal(r.told->n_handovers, 0);
  done(&r);
}

/* Two of three visits go to cell 3, one to cell 4, and nobody to cell 7, where half of the people live that nobody covers. */
static void hot_spots__many_actors_and_nobody(void **state) {
  (void)state;
  row r = row_of_ten(60, 24);
  set_people(&r, 7, 700);
  vd_actor *army = fx_actor(r.f, "Army", VD_ACTOR_HOST_STATE, false);
  stand_at(&r, "Patrol", r.military, 3, 0, 1);
  stand_at(&r, "Army patrol", army, 3, 0, 1);
  stand_at(&r, "Visit", r.police, 4, 0, 1);
  coordinate(&r);
  assert_int_equal(r.told->n_hot_spots, 10);
  const vd_hot_spot *first = &r.told->hot_spots[0], *second = &r.told->hot_spots[1];
  assert_string_equal(first->settlement, "Village 3-0");
  assert_int_equal(first->n_actors, 2);
  assert_int_equal(first->n_counting, 1);
  assert_int_equal(first->n_visits, 2);
  assert_near(first->visit_share, 2 / 3.0, 1e-9);
  assert_near(first->not_covered, 0, 1e-9);
  assert_near(first->person_hours, 2400, 1e-6);
  /* not covered: 700 in cell 7 of 700 + 6 x 100 */
  assert_string_equal(second->settlement, "Village 7-0");
  assert_int_equal(second->n_actors, 0);
  assert_near(second->not_covered, 700 * 24, 1e-6);
  assert_near(second->need_share, 700 / 1300.0, 1e-9);
  assert_near(second->balance, -700 / 1300.0, 1e-9);
  done(&r);
}

static void joint_patrol__with_a_rated_actor_is_flagged(void **state) {
  (void)state;
  row r = row_of_ten(60, 24);
  vd_actor *army = fx_actor(r.f, "Army", VD_ACTOR_HOST_STATE, false);
  army->due_diligence = 3;
  r.police->due_diligence = 2;
  stand_at(&r, "With the army", r.military, 3, 5, 6)->partners = army->record.id;
  stand_at(&r, "With the police", r.military, 4, 5, 6)->partners = r.police->record.id;
  stand_at(&r, "Army alone", army, 4, 5, 6);
  coordinate(&r);
  assert_int_equal(r.told->n_joint, 2);
  assert_int_equal(r.told->n_joint_flags, 1);
  assert_string_equal(r.told->joint_flags[0].name, "With the army");
  assert_string_equal(r.told->joint_flags[0].actor, "Military");
  assert_string_equal(r.told->joint_flags[0].rated, "Army");
  assert_int_equal(r.told->joint_flags[0].n_departures, 1);
  assert_int_equal(r.told->joint_flags[0].first_s, at_h(5));
  done(&r);
}

/* State forces threaten cells 0 to 4 from 08:00 to 10:00, besides an armed group that threatens all. */
static void perpetrators__count_in_each_class(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  vd_threat_area *all = (vd_threat_area *)(uintptr_t)r.f->lists[VD_KIND_THREAT_AREA].records[0];
  all->perpetrator_class = "armed_group";
  vd_threat_area *some = fx_threat(r.f, "Some", VD_COULD, fx_cells(r.f, 0, 0, 4, 0, 0.01));
  some->perpetrator_class = "state_forces", some->hour_from_min = 480, some->hour_to_min = 600;
  coordinate(&r);
  assert_int_equal(r.told->n_perpetrators, 2);
  const vd_perpetrator_sums *state_forces = &r.told->perpetrators[0], *group = &r.told->perpetrators[1];
  assert_string_equal(state_forces->word, "state_forces");
  assert_near(state_forces->people, 500, 1e-9);
  assert_near(state_forces->person_hours, 1000, 1e-6);
  assert_near(state_forces->by_state[VD_COVERED], 200, 1e-6);
  assert_near(state_forces->by_state[VD_REACH_ONLY], 800, 1e-6);
  assert_string_equal(group->word, "armed_group");
  assert_near(group->person_hours, 24000, 1e-6);
  assert_near(group->by_state[VD_COVERED], 2400, 1e-6);
  assert_near(group->by_state[VD_UNCOVERED], 4 * 2400, 1e-6);
  done(&r);
}

/* A river between cells 2 and 3 with one bridge; present everywhere. Without the bridge, or either of the roads to it, cells 3 to 5 are
 * no longer in time. The road beyond them is on nobody's way in time. */
static void losses__of_a_bridge_and_the_roads_to_it(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  fx_speed(r.f, VD_CAR_4X4, VD_GROUND_GRAVEL, 60);
  r.base->proximity_m = 20000;
  fx_river(r.f, "River", (double[]){2.5, -0.45, 2.5, 0.45}, 2);
  fx_road(r.f, "West road", (double[]){1.7, 0, 2.3, 0}, 2);
  fx_road(r.f, "Bridge", (double[]){2.3, 0, 2.7, 0}, 2)->crossing = VD_BRIDGE;
  fx_road(r.f, "East road", (double[]){2.7, 0, 3.3, 0}, 2);
  fx_road(r.f, "Far road", (double[]){7.7, 0, 8.3, 0}, 2);
  coordinate(&r);
  assert_near(r.told->covered, 6 * 2400, 1e-6);
  const char *const names[] = {"Bridge", "West road", "East road"};
  for (int i = 0; i < 3; i++) {
    const vd_single_loss *loss = loss_of(&r, names[i]);
    assert_non_null(loss);
    assert_int_equal(loss->kind, i == 0 ? VD_LOST_BRIDGE : VD_LOST_ROAD);
    assert_near(loss->covered, 3 * 2400, 1e-6);
    assert_near(loss->in_time, 3 * 2400, 1e-6);
  }
  assert_null(loss_of(&r, "Far road"));
  assert_int_equal(r.told->searches[VD_LOST_BRIDGE].n_on_ways, 1);
  assert_int_equal(r.told->searches[VD_LOST_ROAD].n_on_ways, 2);
  assert_string_equal(r.told->losses[0].name, "Base");
  done(&r);
}

static void coordination__needs_a_whole_study(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  fx_load(r.f);
  assert_int_equal(vd_landscape_build(r.f->plan, 0, NULL, NULL, &r.land), VD_OK);
  vd_study_options quick = {.quick = true};
  assert_int_equal(vd_study_run(r.f->plan, r.land, &quick, NULL, NULL, &r.study), VD_OK);
  assert_int_equal(vd_coordinate(r.study, r.f->plan, NULL, NULL, r.f->arena, &r.told), VD_ERR_INPUT);
  done(&r);
}

/* An empty plan tells nothing, and does not fall over. */
static void coordination__of_nobody(void **state) {
  (void)state;
  row r = {.f = fx_new(N, 1, 1000, 1)};
  fx_people_everywhere(r.f, 100);
  coordinate(&r);
  assert_int_equal(r.told->n_actors + r.told->n_pairs + r.told->n_doublings + r.told->n_seams, 0);
  assert_int_equal(r.told->n_handovers + r.told->n_hot_spots + r.told->n_losses, 0);
  assert_near(r.told->person_hours, 0, 1e-9);
  done(&r);
}

static void too_many_actors__are_refused(void **state) {
  (void)state;
  row r = row_of_ten(7.5, 24);
  for (int i = 0; i < 64; i++) {
    const vd_actor *actor = fx_actor(r.f, vd_str_printf(r.f->arena, "Actor %d", i), VD_ACTOR_CIVILIAN, true);
    stand_at(&r, "Visit", actor, 3, 5, 6);
  }
  fx_load(r.f);
  assert_int_equal(vd_landscape_build(r.f->plan, 0, NULL, NULL, &r.land), VD_OK);
  assert_int_equal(vd_study_run(r.f->plan, r.land, NULL, NULL, NULL, &r.study), VD_OK);
  assert_int_equal(vd_coordinate(r.study, r.f->plan, NULL, NULL, r.f->arena, &r.told), VD_ERR_LIMIT);
  done(&r);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(actors__alone_together_and_one_short),
      cmocka_unit_test(pairs__together_and_doubly),
      cmocka_unit_test(each_covers__where_both_are_in_time_and_present),
      cmocka_unit_test(depth__and_the_loss_of_each_base),
      cmocka_unit_test(depth__counts_places),
      cmocka_unit_test(doubling__tells_where_the_spare_visit_was_worth_more),
      cmocka_unit_test(doubling__of_one_that_does_not_count),
      cmocka_unit_test(seam__of_two_areas),
      cmocka_unit_test(handover__between_patrols_and_between_bases),
      cmocka_unit_test(handover__not_where_a_partner_was_there),
      cmocka_unit_test(hot_spots__many_actors_and_nobody),
      cmocka_unit_test(joint_patrol__with_a_rated_actor_is_flagged),
      cmocka_unit_test(perpetrators__count_in_each_class),
      cmocka_unit_test(losses__of_a_bridge_and_the_roads_to_it),
      cmocka_unit_test(coordination__needs_a_whole_study),
      cmocka_unit_test(coordination__of_nobody),
      cmocka_unit_test(too_many_actors__are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
