/* study_landscape: rivers, bridges, lakes, roads and people as the study sees them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/crs.h"
#include "vedette/geo/start.h"

static void assert_near(double a, double b, double tolerance) {
  if (!(fabs(a - b) <= tolerance)) fail_msg("%.9g is not %.9g", a, b);
}

/* 10 x 5 cells of 1 km; a river from north to south between columns 4 and 5; a base in the west that is present everywhere. Off-road
 * 30 km/h, on gravel 60. */
static fx *river_land(void) {
  fx *f = fx_new(10, 5, 1000, 1);
  static const char *const names[] = {"watch", "could", "should", "must"};
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 60);
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), 1);
  }
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  fx_standard(f, "ford_delay", 15);
  fx_standard(f, "unmarked_crossing", 1);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 30);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRAVEL, 60);
  fx_people_everywhere(f, 10);
  fx_river(f, "River", (double[]){4.5, -0.7, 4.5, 4.7}, 2);
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 2, VD_CAR_4X4, 0)->proximity_m = 30000;
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, 9, 4, 0.01));
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
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &r.land) != VD_OK) fail_msg("%s", vd_last_message());
  if (vd_study_run(f->plan, r.land, NULL, NULL, NULL, &r.study) != VD_OK) fail_msg("%s", vd_last_message());
  r.cells = vd_study_cells(r.study, &r.n_cells);
  return r;
}

static void drop(result r) {
  vd_study_free(r.study);
  vd_landscape_free(r.land);
}

static void assert_sides(const result *r, int west, int east) {
  for (size_t t = 0; t < r->n_cells; t++) {
    int column = (int)(r->cells[t].cell % 10);
    assert_int_equal(r->cells[t].state, column < 5 ? west : east);
  }
}

/* A road along row 2, in three pieces that share their ends; the middle one crosses the river. */
static vd_road *add_road(fx *f, vd_crossing crossing) {
  fx_road(f, "N1", (double[]){0, 2, 4.3, 2}, 2);
  vd_road *middle = fx_road(f, "N1", (double[]){4.3, 2, 4.7, 2}, 2);
  middle->crossing = (int32_t)crossing;
  fx_road(f, "N1", (double[]){4.7, 2, 9, 2}, 2);
  return middle;
}

static double minutes_at(const result *r, int column, int row) {
  for (size_t t = 0; t < r->n_cells; t++) {
    if (r->cells[t].cell == row * 10 + column) return (double)r->cells[t].best_response_min;
  }
  return NAN;
}

static const vd_note *note_with(const vd_study *study, const char *part) {
  size_t n;
  const vd_note *notes = vd_study_notes(study, &n);
  for (size_t i = 0; i < n; i++) {
    if (strstr(notes[i].text, part)) return &notes[i];
  }
  return NULL;
}

static void river__cuts_and_a_bridge_joins(void **state) {
  (void)state;
  fx *f = river_land();
  result r = study_of(f);
  assert_sides(&r, VD_COVERED, VD_PRESENCE_ONLY);
  drop(r);
  add_road(f, VD_BRIDGE);
  r = study_of(f);
  assert_sides(&r, VD_COVERED, VD_COVERED);
  assert_near(minutes_at(&r, 9, 2), 9, 0.01);
  drop(r);
  fx_free(f);
}

static void crossing__unmarked_counts_by_the_standard_and_is_told(void **state) {
  (void)state;
  fx *f = river_land();
  add_road(f, VD_CROSSING_NONE);
  result r = study_of(f);
  assert_near(minutes_at(&r, 9, 2), 9 + 15, 0.01); /* a ford */
  const vd_note *note = note_with(r.study, "counted as fords");
  assert_non_null(note);
  assert_int_equal(note->count, 1);
  fx_place bridge = fx_at(f, 4.5, 2);
  assert_near(note->lon_deg, bridge.lon_deg, 1e-5);
  assert_near(note->lat_deg, bridge.lat_deg, 1e-5);
  drop(r);
  for (size_t i = 0; i < f->lists[VD_KIND_STANDARD].n; i++) {
    vd_standard *standard = (vd_standard *)(uintptr_t)f->lists[VD_KIND_STANDARD].records[i];
    if (strcmp(standard->record.name, "unmarked_crossing") == 0) standard->value = 0;
  }
  r = study_of(f);
  assert_sides(&r, VD_COVERED, VD_PRESENCE_ONLY);
  assert_non_null(note_with(r.study, "counted as closed"));
  drop(r);
  fx_free(f);
}

/* The loss of a closed bridge is the difference between the study with the report and the study without it. */
static void bridge__closing_costs_the_difference(void **state) {
  (void)state;
  fx *f = river_land();
  vd_road *bridge = add_road(f, VD_BRIDGE);
  result before = study_of(f);
  double covered = vd_study_headline(before.study)->all.by_state[VD_COVERED];
  drop(before);
  vd_restriction *closed = fx_restriction(f, "Bridge closed", NULL, NAN);
  closed->road = bridge->record.id;
  closed->from_s = FX_MONDAY_S + 6 * VD_HOUR_S, closed->to_s = FX_MONDAY_S + 16 * VD_HOUR_S;
  result after = study_of(f);
  double lost = covered - vd_study_headline(after.study)->all.by_state[VD_COVERED];
  assert_near(lost, 25 * 10 * 10, 1e-6); /* 25 cells in the east, 10 people, 10 hours */
  assert_near(vd_study_headline(after.study)->lost_person_hours, lost, 1e-6);
  size_t n;
  const vd_loss *losses = vd_study_losses(after.study, &n);
  assert_int_equal(n, 1);
  assert_near(losses[0].person_hours, lost, 1e-6);
  const vd_gap *gaps = vd_study_gaps(after.study, &n);
  assert_int_equal(n, 1);
  assert_int_equal(gaps[0].cause, VD_CAUSE_DENIED);
  assert_int_equal(gaps[0].n_cells, 25);
  assert_string_equal(gaps[0].restrictions[0], closed->record.id);
  assert_near(gaps[0].area_km2, 25, 1e-9);
  drop(after);
  fx_free(f);
}

/* A restriction of the air, of another component or of another vehicle leaves the road open. */
static void restriction__applies_to_its_mode_component_and_vehicle(void **state) {
  (void)state;
  for (int variant = 0; variant < 4; variant++) {
    fx *f = river_land();
    vd_road *bridge = add_road(f, VD_BRIDGE);
    vd_restriction *closed = fx_restriction(f, "Closed", NULL, NAN);
    closed->road = bridge->record.id;
    if (variant == 0) closed->mode = "air";
    if (variant == 1) closed->components = "un_police civilian";
    if (variant == 2) closed->vehicles = "convoy";
    if (variant == 3) closed->components = "civilian un_military", closed->vehicles = "4x4 convoy";
    result r = study_of(f);
    assert_sides(&r, VD_COVERED, variant == 3 ? VD_PRESENCE_ONLY : VD_COVERED);
    drop(r);
    fx_free(f);
  }
}

static void restriction__slows_and_delays(void **state) {
  (void)state;
  fx *f = river_land();
  vd_road *bridge = add_road(f, VD_BRIDGE);
  vd_restriction *slow = fx_restriction(f, "Rough deck", NULL, NAN);
  slow->road = bridge->record.id;
  slow->effect = VD_EFFECT_DELAY;
  slow->delay_min = 7;
  result r = study_of(f);
  assert_near(minutes_at(&r, 9, 2), 9 + 7, 0.01);
  fx_place place = fx_at(f, 9, 2);
  vd_explanation *told;
  assert_int_equal(vd_study_explain(r.study, f->plan, place.lon_deg, place.lat_deg, f->arena, &told), VD_OK);
  assert_near(told->reaches[0].route.travel_min, 16, 0.01);
  bool named = false;
  for (size_t i = 0; i < told->reaches[0].route.n_legs; i++) {
    const char *why = told->reaches[0].route.legs[i].slowed_by;
    named = named || (why && strstr(why, "Rough deck"));
    if (told->reaches[0].route.legs[i].road) assert_string_equal(told->reaches[0].route.legs[i].road, "N1");
  }
  assert_true(named);
  drop(r);
  fx_free(f);
}

/* People in the middle of a lake are not covered by the road on its shore, and the study says so. */
static void lake__its_people_are_not_covered_by_the_shore(void **state) {
  (void)state;
  fx *f = fx_new(7, 3, 1000, 1);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 30);
  fx_people_everywhere(f, 10);
  vd_water *lake = fx_add(f, VD_KIND_WATER, "Lake", fx_cells(f, 3, 1, 3, 1, 0.05));
  lake->water_class = "lake";
  lake->barrier = 1;
  vd_actor *un = fx_actor(f, "UN", VD_ACTOR_UN_MILITARY, true);
  fx_base(f, "Base", un, 0, 1, VD_CAR_4X4, 0);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, 6, 2, 0.01));
  result r = study_of(f);
  assert_int_equal(vd_landscape_ground(r.land)[7 + 3], VD_GROUND_WATER);
  for (size_t t = 0; t < r.n_cells; t++) {
    bool in_lake = r.cells[t].cell == 7 + 3;
    assert_int_equal(isinf(r.cells[t].best_response_min) != 0, in_lake);
  }
  const vd_note *note = note_with(r.study, "in water");
  assert_non_null(note);
  assert_int_equal(note->count, 10);
  drop(r);
  fx_free(f);
}

/* Without a drawn route a patrol takes the road between its stops, at the road's speed. */
static void patrol__without_a_route_takes_the_road(void **state) {
  (void)state;
  fx *f = fx_new(10, 5, 1000, 1);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 5);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRAVEL, 60);
  fx_people_everywhere(f, 10);
  fx_road(f, "N1", (double[]){0, 2, 0, 0, 9, 0, 9, 2}, 4);
  vd_actor *un = fx_actor(f, "UN", VD_ACTOR_UN_MILITARY, true);
  vd_patrol *patrol = fx_patrol(f, "Round", un, VD_CAR_4X4, FX_MONDAY_S + VD_HOUR_S, NULL);
  fx_stop(f, patrol, 0, 0, 2, NAN, NAN);
  fx_stop(f, patrol, 1, 9, 2, NAN, NAN);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, 9, 4, 0.01));
  result r = study_of(f);
  for (size_t t = 0; t < r.n_cells; t++) {
    int column = (int)(r.cells[t].cell % 10), row = (int)(r.cells[t].cell / 10);
    bool on_road = row == 0 || (row <= 2 && (column == 0 || column == 9));
    assert_int_equal(r.cells[t].last_visit_s != VD_TIME_MIN, on_road);
    if (column == 5 && row == 0) { /* 2 + 5 km at a kilometre a minute; 0.4 km before and after */
      assert_true(r.cells[t].last_visit_s >= FX_MONDAY_S + VD_HOUR_S + 7 * 60 + 23);
      assert_true(r.cells[t].last_visit_s <= FX_MONDAY_S + VD_HOUR_S + 7 * 60 + 26);
    }
  }
  drop(r);
  fx_free(f);
}

/* A river that boats use runs through column 4, west of the centres: they sail it, land in its cells, and the crew walks on; back over
 * the river they do not walk. */
static void boat__sails_the_river_and_lands(void **state) {
  (void)state;
  fx *f = river_land();
  vd_water *river = (vd_water *)(uintptr_t)f->lists[VD_KIND_WATER].records[0];
  river->record.geom = fx_line(f, (double[]){3.7, -0.7, 3.7, 4.7}, 2);
  river->navigable = 1;
  fx_speed(f, VD_BOAT, VD_GROUND_RIVER, 12);
  fx_speed(f, VD_FOOT, VD_GROUND_GRASS, 4);
  vd_base *base = (vd_base *)(uintptr_t)f->lists[VD_KIND_BASE].records[0];
  base->vehicle = VD_BOAT;
  base->record.geom = fx_point(f, 3.7, 0);
  result r = study_of(f);
  assert_near(minutes_at(&r, 4, 4), 20 + 4.5, 0.01);      /* 4 km afloat, 300 m on foot */
  assert_near(minutes_at(&r, 5, 4), 20 + 4.5 + 15, 0.01); /* a kilometre more on foot */
  assert_true(isinf(minutes_at(&r, 2, 4)));
  drop(r);
  fx_free(f);
}

/* Proximity zones against distances of a series for the ellipsoid: cells nearer or farther than a metre from the ring are decided. */
static void zone__holds_what_is_within_its_radius_to_a_metre(void **state) {
  (void)state;
  fx *f = fx_new(60, 60, 100, 1);
  fx_people_everywhere(f, 1);
  vd_actor *un = fx_actor(f, "UN", VD_ACTOR_UN_MILITARY, true);
  vd_base *base = fx_base(f, "Base", un, 29.3, 30.4, VD_CAR_4X4, 0);
  base->proximity_m = 2000;
  base->has_reaction_force = 0;
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, 59, 59, 0.01));
  result r = study_of(f);
  int n_in = 0, n_close = 0;
  for (size_t t = 0; t < r.n_cells; t++) {
    double east = (r.cells[t].cell % 60 - 29.3) * 100, north = (30.4 - r.cells[t].cell / 60) * 100,
           d = hypot(east, north);
    bool present = r.cells[t].hours[VD_PRESENCE_ONLY] > 0;
    n_in += present;
    if (fabs(d - 2000) <= 1)
      n_close++;
    else
      assert_int_equal(present, d < 2000);
  }
  assert_true(n_in > 1200 && n_in < 1310); /* pi 20^2 = 1257 */
  assert_true(n_close < 20);
  drop(r);
  fx_free(f);
}

/* A population raster of 0.01 degrees that overlaps the grid: its people inside are kept to a thousandth. */
static void people__of_a_raster_are_kept(void **state) {
  (void)state;
  fx *f = fx_new(40, 30, 500, 1);
  enum { W = 14, H = 11 };
  float *values = VD_NEW_ARRAY(f->arena, float, W *H);
  double total = 0;
  for (int i = 0; i < W * H; i++) total += (double)(values[i] = (float)(1 + i % 7));
  vd_raster raster = {.width = W, .height = H, .values = values};
  fx_place nw = fx_at(f, 4, 3);
  const double transform[6] = {nw.lon_deg, 0.01, 0, nw.lat_deg, 0, -0.01};
  memcpy(raster.geotransform, transform, sizeof transform);
  vd_crs lonlat;
  assert_int_equal(vd_crs_from_epsg(f->arena, 4326, &lonlat), VD_OK);
  raster.crs_wkt = lonlat.wkt;
  fx_settlement(f, "Town", 1, 1, 1000000); /* not counted: there is a raster */
  fx_load(f);
  assert_int_equal(vd_plan_load_raster(f->plan, VD_RASTER_POPULATION, &raster), VD_OK);
  vd_landscape *land = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  assert_near(vd_landscape_people_total(land), total, total * 1e-3);
  assert_true(vd_landscape_fresh(land, f->plan));
  values[5] += 1;
  assert_int_equal(vd_plan_load_raster(f->plan, VD_RASTER_POPULATION, &raster), VD_OK);
  assert_false(vd_landscape_fresh(land, f->plan));
  vd_landscape_free(land);
  fx_free(f);
}

/* Cells 0 and 1 are two thirds wetland and a third built-up, cell 2 the same of open water; nobody lives in cell 1. */
static void people_in_wetland__live_on_its_dry_part(void **state) {
  (void)state;
  fx *f = fx_new(3, 1, 300, 1);
  fx_settlement(f, "Island", 0, 0, 50);
  fx_settlement(f, "Boats", 2, 0, 20);
  fx_load(f);
  fx_place nw = fx_at(f, -0.5, -0.5), se = fx_at(f, 2.5, 0.5);
  float values[27];
  for (int i = 0; i < 27; i++) {
    vd_ground wet = i % 9 < 6 ? VD_GROUND_WETLAND : VD_GROUND_WATER;
    values[i] = (float)((i % 3 == 0 ? VD_GROUND_BUILT_UP : wet) - VD_GROUND_BARE + 1);
  }
  vd_raster raster = {.width = 9, .height = 3, .values = values};
  const double transform[6] = {nw.lon_deg, (se.lon_deg - nw.lon_deg) / 9, 0, nw.lat_deg,
                               0,          (se.lat_deg - nw.lat_deg) / 3};
  memcpy(raster.geotransform, transform, sizeof transform);
  vd_crs lonlat;
  assert_int_equal(vd_crs_from_epsg(f->arena, 4326, &lonlat), VD_OK);
  raster.crs_wkt = lonlat.wkt;
  assert_int_equal(vd_plan_load_raster(f->plan, VD_RASTER_LANDCOVER, &raster), VD_OK);
  vd_landscape *land = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  assert_int_equal(vd_landscape_ground(land)[0], VD_GROUND_BUILT_UP);
  assert_int_equal(vd_landscape_ground(land)[1], VD_GROUND_WETLAND);
  assert_int_equal(vd_landscape_ground(land)[2], VD_GROUND_WATER);
  size_t n, told = 0;
  const vd_note *notes = vd_landscape_notes(land, &n);
  for (size_t i = 0; i < n; i++)
    if (strstr(notes[i].text, "mostly of wetland")) told = (size_t)notes[i].count;
  assert_int_equal(told, 1);
  vd_landscape_free(land);
  fx_free(f);
}

static void landscape__refuses_what_it_cannot_lay(void **state) {
  (void)state;
  fx *f = fx_new(900, 900, 1000, 1);
  fx_load(f);
  vd_landscape *land = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 10, NULL, NULL, &land), VD_ERR_LIMIT);
  assert_non_null(strstr(vd_last_message(), "would do"));
  f->info.cell_m = 0;
  fx_load(f);
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  assert_near(vd_landscape_grid(land)->cell_m, 2000, 1e-9); /* 250 000 cells at most */
  vd_landscape_free(land);
  f->info.area = NULL;
  fx_load(f);
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_ERR_INPUT);
  fx_free(f);
}

static void places__go_to_the_plane_and_back(void **state) {
  (void)state;
  fx *f = fx_new(200, 150, 1000, 1);
  fx_load(f);
  vd_landscape *land = NULL;
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  for (int i = 0; i < 50; i++) {
    fx_place p = fx_at(f, i * 3.9, i * 2.9);
    double lonlat[2] = {p.lon_deg, p.lat_deg}, xy[2];
    vd_landscape_to_plane(land, lonlat, xy, 1);
    vd_landscape_to_lonlat(land, xy, xy, 1);
    assert_near(xy[0], p.lon_deg, 1e-8);
    assert_near(xy[1], p.lat_deg, 1e-8);
  }
  fx_place corner = fx_at(f, 0, 0);
  assert_int_equal(vd_landscape_cell_at(land, corner.lon_deg - 1, corner.lat_deg), -1);
  vd_landscape_free(land);
  fx_free(f);
}

/* Plans at their beginning: nothing but an area, and threats before anybody is there. */
static void plan__with_little_in_it_is_studied(void **state) {
  (void)state;
  fx *f = fx_new(6, 4, 1000, 1);
  result r = study_of(f);
  assert_int_equal(r.n_cells, 0);
  size_t n;
  vd_study_gaps(r.study, &n);
  assert_int_equal(n, 0);
  assert_true(vd_study_best_response_s(r.study)[0] == UINT32_MAX);
  drop(r);
  fx_people_everywhere(f, 10);
  fx_threat(f, "Threat", VD_COULD, fx_cells(f, 1, 1, 4, 2, 0.1));
  fx_restriction(f, "Nowhere", NULL, NAN);
  r = study_of(f);
  const vd_gap *gaps = vd_study_gaps(r.study, &n);
  assert_int_equal(n, 1);
  assert_int_equal(gaps[0].n_cells, 8);
  assert_int_equal(gaps[0].responder, -1);
  assert_int_equal(gaps[0].cause, VD_CAUSE_BEYOND_REACH);
  assert_non_null(note_with(r.study, "no position"));
  fx_place place = fx_at(f, 2, 1);
  vd_explanation *told;
  assert_int_equal(vd_study_explain(r.study, f->plan, place.lon_deg, place.lat_deg, f->arena, &told), VD_OK);
  assert_int_equal(told->n_reaches, 0);
  assert_int_equal(told->gap, 0);
  drop(r);
  fx_free(f);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(river__cuts_and_a_bridge_joins),
      cmocka_unit_test(crossing__unmarked_counts_by_the_standard_and_is_told),
      cmocka_unit_test(bridge__closing_costs_the_difference),
      cmocka_unit_test(restriction__applies_to_its_mode_component_and_vehicle),
      cmocka_unit_test(restriction__slows_and_delays),
      cmocka_unit_test(lake__its_people_are_not_covered_by_the_shore),
      cmocka_unit_test(patrol__without_a_route_takes_the_road),
      cmocka_unit_test(boat__sails_the_river_and_lands),
      cmocka_unit_test(zone__holds_what_is_within_its_radius_to_a_metre),
      cmocka_unit_test(people__of_a_raster_are_kept),
      cmocka_unit_test(people_in_wetland__live_on_its_dry_part),
      cmocka_unit_test(plan__with_little_in_it_is_studied),
      cmocka_unit_test(landscape__refuses_what_it_cannot_lay),
      cmocka_unit_test(places__go_to_the_plane_and_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
