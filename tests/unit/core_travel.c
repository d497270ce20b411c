/* core_travel: worked cases of travel times that a planner would check by hand.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "vedette/core/travel.h"

enum { KMH_60 = 60, NO_LIMIT = VD_UNREACHED - 1 };

/* A scene that a test fills, builds and solves. */
typedef struct scene {
  vd_arena *arena;
  vd_terrain terrain;
  uint8_t *ground;
  const vd_geom *barriers[4];
  size_t n_barriers;
  vd_travel_road roads[8];
  size_t n_roads;
  vd_unmarked unmarked;
  vd_speed_rules own, foot;
  vd_vehicle vehicle;
  vd_travel_network *net;
  vd_travel_field field;
} scene;

/* A car: 60 km/h on paved roads (60 ms a metre), none off-road; people on foot 3.6 km/h (1000 ms a metre) anywhere
 * but in water. The grid's upper left corner is (0, ny * cell). */
static scene scene_new(int nx, int ny, double cell_m) {
  scene s = {.arena = vd_arena_new(), .vehicle = VD_CAR_4X4};
  s.terrain.grid = (vd_grid){0, ny * cell_m, cell_m, nx, ny};
  s.ground = VD_NEW_ARRAY(s.arena, uint8_t, nx * ny);
  memset(s.ground, VD_GROUND_BARE, (size_t)(nx * ny));
  s.terrain.ground = s.ground;
  s.own = (vd_speed_rules){.slope_max = INFINITY, .night_factor = 1};
  s.foot = s.own;
  for (int g = 0; g < VD_GROUND_WATER; g++)
    s.foot.kmh[g] = g == VD_GROUND_RIVER || g == VD_GROUND_FERRY ? 0 : 3.6;
  s.own.kmh[VD_GROUND_PAVED] = s.own.kmh[VD_GROUND_FERRY] = KMH_60;
  return s;
}

static vd_travel_road *add_road(scene *s, vd_crossing crossing, int n, const double *xy) {
  double *copy = VD_NEW_ARRAY(s->arena, double, 2 * n);
  memcpy(copy, xy, 2 * (size_t)n * sizeof *xy);
  s->roads[s->n_roads] = (vd_travel_road){.xy = copy,
                                          .n = n,
                                          .ground = crossing == VD_FERRY ? VD_GROUND_FERRY : VD_GROUND_PAVED,
                                          .crossing = crossing,
                                          .time_factor = 1};
  return &s->roads[s->n_roads++];
}
#define ROAD(s, crossing, ...)                                                                               \
  add_road((s), (crossing), (int)(sizeof((double[]){__VA_ARGS__}) / sizeof(double) / 2),                     \
           (double[]){__VA_ARGS__})

static void add_barrier(scene *s, double ax, double ay, double bx, double by) {
  s->barriers[s->n_barriers++] = vd_geom_line(s->arena, (double[]){ax, ay, bx, by}, 2);
}

static void build(scene *s) {
  vd_barriers *barriers;
  assert_int_equal(vd_barriers_new(s->arena, &s->terrain.grid, s->barriers, s->n_barriers, &barriers), VD_OK);
  s->terrain.blocked = vd_barriers_moves(s->arena, barriers);
  vd_travel_setup setup = {&s->terrain, barriers, s->roads, s->n_roads, s->unmarked, 0};
  assert_int_equal(vd_travel_network_new(s->arena, &setup, &s->net), VD_OK);
}

static void solve(scene *s, double x, double y, const vd_travel_effect *effects, size_t n, uint32_t cutoff) {
  vd_profile profile =
      vd_profile_resolve(s->vehicle, &s->own, &s->foot, VD_DRY, VD_DAY, 15 * 60000, 60 * 60000);
  vd_travel_costs *costs;
  vd_travel_source source = {x, y, 0};
  assert_int_equal(vd_travel_costs_new(s->arena, s->net, &profile, effects, n, &costs), VD_OK);
  assert_int_equal(vd_travel_solve(s->arena, costs, &source, cutoff, true, NULL, &s->field), VD_OK);
}

static uint32_t at(const scene *s, double x, double y) {
  return s->field.cell_ms[vd_grid_cell(&s->terrain.grid, x, y)];
}

/* A 10 km road along the middle of a row of cells, whatever their size: the last cell's minutes along it. */
static void travel__road_minutes_do_not_depend_on_the_cell(void **unused) {
  (void)unused;
  const double sizes[] = {50, 100, 250, 500, 1000};
  for (int i = 0; i < 5; i++) {
    double cell = sizes[i];
    scene s = scene_new((int)(11000 / cell), 3, cell);
    double y = 1.5 * cell, wave = cell / 5;
    ROAD(&s, VD_CROSSING_NONE, 500, y, 2333, y + wave, 3100, y, 7777, y - wave, 10500, y);
    ROAD(&s, VD_CROSSING_NONE, 10500, y, 10500, y + 0.01);
    build(&s);
    solve(&s, 500, y, NULL, 0, NO_LIMIT);
    double length = hypot(1833, wave) + hypot(767, wave) + hypot(4677, wave) + hypot(2723, wave);
    uint32_t last = 0; /* the node at the end of the road is its greatest but for the short spur's */
    for (int32_t k = 0; k < vd_travel_n_nodes(s.net); k++) {
      assert_int_not_equal(s.field.node_ms[k], VD_UNREACHED);
      if (s.field.node_ms[k] > last) last = s.field.node_ms[k];
    }
    assert_true(fabs(last - length * 60) <= 2);
    vd_arena_free(s.arena);
  }
}

/* A river down the middle, a road on each bank, and a bridge between them. */
static scene river_scene(vd_crossing crossing) {
  scene s = scene_new(10, 3, 100);
  add_barrier(&s, 500, -10, 500, 400);
  ROAD(&s, VD_CROSSING_NONE, 50, 150, 450, 150);
  ROAD(&s, crossing, 450, 150, 550, 150);
  ROAD(&s, VD_CROSSING_NONE, 550, 150, 950, 150);
  return s;
}

static void travel__a_bridge_carries_over_a_river_and_closing_it_cuts(void **unused) {
  (void)unused;
  scene s = river_scene(VD_BRIDGE);
  build(&s);
  solve(&s, 50, 150, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 950, 150), 54000);
  vd_travel_zone *bridge = vd_travel_zone_roads(s.arena, s.net, (int32_t[]){1}, 1);
  solve(&s, 50, 150, &(vd_travel_effect){VD_EFFECT_BLOCK, 1, 0, bridge}, 1, NO_LIMIT);
  assert_int_equal(at(&s, 950, 150), VD_UNREACHED);
  assert_int_equal(at(&s, 450, 150), 24000);
  vd_travel_zone *spot = vd_travel_zone_circle(s.arena, s.net, 500, 150, 10);
  solve(&s, 50, 150, &(vd_travel_effect){VD_EFFECT_BLOCK, 1, 0, spot}, 1, NO_LIMIT);
  assert_int_equal(at(&s, 950, 150), VD_UNREACHED);
  vd_arena_free(s.arena);
}

static void travel__a_ford_and_a_ferry_cost_exactly_their_delay(void **unused) {
  (void)unused;
  const vd_crossing kinds[] = {VD_FORD, VD_FERRY};
  const uint32_t delays[] = {15 * 60000, 60 * 60000};
  for (int i = 0; i < 2; i++) {
    scene s = river_scene(kinds[i]);
    /* Drawn in two pieces, it is still one ford. */
    s.roads[1].xy = (double[]){450, 150, 500, 150};
    ROAD(&s, kinds[i], 500, 150, 550, 150);
    build(&s);
    solve(&s, 50, 150, NULL, 0, NO_LIMIT);
    assert_int_equal(at(&s, 950, 150), 54000 + delays[i]);
    vd_arena_free(s.arena);
  }
}

static void travel__an_unmarked_crossing_is_told_and_treated_as_set(void **unused) {
  (void)unused;
  const vd_unmarked ways[] = {VD_UNMARKED_CLOSED, VD_UNMARKED_FORD, VD_UNMARKED_BRIDGE};
  const uint32_t expected[] = {VD_UNREACHED, 54000 + 15 * 60000, 54000};
  for (int i = 0; i < 3; i++) {
    scene s = scene_new(10, 3, 100);
    add_barrier(&s, 500, -10, 500, 400);
    ROAD(&s, VD_CROSSING_NONE, 50, 150, 950, 150);
    s.unmarked = ways[i];
    build(&s);
    size_t n;
    const vd_travel_crossing *crossings = vd_travel_unmarked(s.net, &n);
    assert_int_equal(n, 1);
    assert_int_equal(crossings[0].road, 0);
    assert_true(fabs(crossings[0].x_m - 500) < 1e-9 && fabs(crossings[0].y_m - 150) < 1e-9);
    solve(&s, 50, 150, NULL, 0, NO_LIMIT);
    assert_int_equal(at(&s, 950, 150), expected[i]);
    vd_arena_free(s.arena);
  }
}

/* The road leaps over a lake: neither the lake's cells nor the cells of the bridge's banks without a road are reached. */
static void travel__a_bridge_over_a_lake_lands_nobody(void **unused) {
  (void)unused;
  scene s = scene_new(10, 3, 100);
  for (int x = 3; x < 7; x++) s.ground[10 + x] = VD_GROUND_WATER;
  ROAD(&s, VD_CROSSING_NONE, 50, 150, 150, 150);
  ROAD(&s, VD_BRIDGE, 150, 150, 850, 150);
  ROAD(&s, VD_CROSSING_NONE, 850, 150, 950, 150);
  build(&s);
  solve(&s, 50, 150, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 950, 150), 54000);
  for (int x = 2; x < 8; x++) assert_int_equal(at(&s, 100 * x + 50, 150), VD_UNREACHED);
  vd_arena_free(s.arena);
}

/* A cell across the river from the road: its people are not reached by their neighbour's road. */
static void travel__a_river_shuts_a_cell_from_the_road_beside_it(void **unused) {
  (void)unused;
  scene s = scene_new(5, 1, 100);
  add_barrier(&s, -10, 40, 510, 40);
  ROAD(&s, VD_CROSSING_NONE, 0, 20, 500, 20);
  build(&s);
  solve(&s, 50, 20, NULL, 0, NO_LIMIT);
  for (int x = 0; x < 5; x++) assert_int_equal(at(&s, 100 * x + 50, 50), VD_UNREACHED);
  vd_arena_free(s.arena);
}

/* Where the car cannot leave the road, the last metres are walked, and nobody drives on from there to another road. */
static void travel__two_roads_in_a_cell_do_not_melt(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  ROAD(&s, VD_CROSSING_NONE, 0, 60, 700, 60);
  ROAD(&s, VD_CROSSING_NONE, 0, 40, 1000, 40);
  build(&s);
  solve(&s, 50, 60, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 650, 50), 36000 + 10000); /* 600 m of road, 10 m on foot */
  size_t n;
  vd_travel_leg *legs = vd_travel_route(s.arena, &s.field, vd_grid_cell(&s.terrain.grid, 650, 50), &n);
  assert_int_equal(n, 2);
  assert_int_equal(legs[0].road, 0);
  assert_int_equal(legs[0].ms, 36000);
  assert_int_equal(legs[1].road, VD_OFF_ROAD);
  assert_true(legs[1].walked);
  /* From a base on the first road the second is walked to in the base's cell: 20 m, then 900 m, then 10 m. */
  assert_int_equal(at(&s, 950, 50), 20000 + 54000 + 10000);
  vd_arena_free(s.arena);
}

static void travel__roads_that_cross_without_a_vertex_do_not_join(void **unused) {
  (void)unused;
  for (int shared = 0; shared < 2; shared++) {
    scene s = scene_new(11, 11, 100);
    memset(s.ground, VD_GROUND_WATER, 121);
    s.ground[10 * 11 + 5] = VD_GROUND_BARE; /* the end of the second road */
    s.ground[5 * 11] = VD_GROUND_BARE;      /* the source */
    if (shared)
      ROAD(&s, VD_CROSSING_NONE, 50, 550, 550, 550, 1050, 550);
    else
      ROAD(&s, VD_CROSSING_NONE, 50, 550, 1050, 550);
    if (shared)
      ROAD(&s, VD_CROSSING_NONE, 550, 1050, 550, 550, 550, 50);
    else
      ROAD(&s, VD_CROSSING_NONE, 550, 1050, 550, 50);
    build(&s);
    solve(&s, 50, 550, NULL, 0, NO_LIMIT);
    assert_int_equal(at(&s, 550, 50), shared ? 60000 : VD_UNREACHED);
    vd_arena_free(s.arena);
  }
}

static void travel__one_way_roads_are_driven_from_responder_to_place(void **unused) {
  (void)unused;
  for (int way = -1; way <= 1; way++) {
    scene s = scene_new(10, 1, 100);
    ROAD(&s, VD_CROSSING_NONE, 50, 50, 950, 50)->oneway = (int8_t)way;
    build(&s);
    solve(&s, 50, 50, NULL, 0, NO_LIMIT);
    assert_int_equal(at(&s, 950, 50), way < 0 ? VD_UNREACHED : 54000);
    solve(&s, 950, 50, NULL, 0, NO_LIMIT);
    assert_int_equal(at(&s, 50, 50), way > 0 ? VD_UNREACHED : 54000);
    vd_arena_free(s.arena);
  }
}

static void travel__a_road_closed_for_a_vehicle_is_open_for_another(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  ROAD(&s, VD_CROSSING_NONE, 50, 50, 950, 50)->closed = 1u << VD_CONVOY;
  build(&s);
  solve(&s, 50, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 950, 50), 54000);
  s.vehicle = VD_CONVOY;
  solve(&s, 50, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 950, 50), VD_UNREACHED);
  vd_arena_free(s.arena);
}

/* On foot up and down a slope of one in ten: Tobler gives 5.04 km/h on the flat, 3.55 up, 5.04 down. */
static void travel__slopes_count_in_the_direction_of_travel(void **unused) {
  (void)unused;
  scene s = scene_new(2, 1, 100);
  s.vehicle = VD_FOOT;
  s.own = s.foot;
  s.terrain.elevation_m = (float[]){100, 110};
  build(&s);
  solve(&s, 50, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 150, 50), 141907); /* 100 s x exp(0.35) */
  solve(&s, 150, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 50, 50), 100000); /* exp(3.5 x 0.05) / exp(0.175) = 1 */
  s.own.slope_max = 0.09;
  solve(&s, 50, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 150, 50), VD_UNREACHED);
  vd_arena_free(s.arena);
}

static void travel__uniform_ground_errs_at_most_three_percent(void **unused) {
  (void)unused;
  scene s = scene_new(201, 201, 100);
  s.vehicle = VD_FOOT;
  s.own = s.foot;
  s.terrain.grid.x0_m = -10050;
  s.terrain.grid.y0_m = 10050;
  build(&s);
  solve(&s, 0, 0, NULL, 0, NO_LIMIT);
  double worst = 0;
  for (int32_t cell = 0; cell < 201 * 201; cell++) {
    double x, y;
    vd_grid_centre(&s.terrain.grid, cell, &x, &y);
    double exact = hypot(x, y) * 1000;
    if (exact == 0) continue;
    double ratio = s.field.cell_ms[cell] / exact;
    assert_true(ratio > 1 - 1e-5);
    worst = fmax(worst, ratio);
  }
  assert_true(worst < 1.0276 && worst > 1.02); /* 1 / cos(atan(1/2) / 2) */
  vd_arena_free(s.arena);
}

static void travel__a_delay_counts_once_and_a_slow_inside_only(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  ROAD(&s, VD_CROSSING_NONE, 50, 50, 950, 50);
  build(&s);
  vd_travel_zone *zone = vd_travel_zone_polygon(
      s.arena, s.net, vd_geom_ring(s.arena, (double[]){210, -10, 610, -10, 610, 110, 210, 110}, 4));
  vd_travel_effect delay = {VD_EFFECT_DELAY, 1, 300000, zone};
  solve(&s, 50, 50, &delay, 1, NO_LIMIT);
  assert_int_equal(at(&s, 150, 50), 6000);
  assert_int_equal(at(&s, 350, 50), 18000 + 300000);
  assert_int_equal(at(&s, 950, 50), 54000 + 300000);
  solve(&s, 350, 50, &delay, 1, NO_LIMIT); /* from inside: none */
  assert_int_equal(at(&s, 950, 50), 36000);
  /* Two restrictions: the slows multiply, the delays add. */
  vd_travel_zone *road = vd_travel_zone_roads(s.arena, s.net, (int32_t[]){0}, 1);
  vd_travel_effect both[] = {{VD_EFFECT_SLOW, 2, 0, road}, {VD_EFFECT_SLOW, 3, 0, road}, delay, delay};
  solve(&s, 50, 50, both, 4, NO_LIMIT);
  assert_int_equal(at(&s, 950, 50), 6 * 54000 + 600000);
  /* A delay on a road as a whole: once. */
  vd_travel_effect whole = {VD_EFFECT_DELAY, 1, 300000, road};
  solve(&s, 50, 50, &whole, 1, NO_LIMIT);
  assert_int_equal(at(&s, 950, 50), 54000 + 300000);
  vd_arena_free(s.arena);
}

/* A delayed road with a side road in its middle: once from end to end, once from the side road, none on the side road. */
static void travel__a_delay_on_a_road_counts_once_past_its_junctions(void **unused) {
  (void)unused;
  scene s = scene_new(10, 10, 100);
  ROAD(&s, VD_CROSSING_NONE, 50, 550, 550, 550, 950, 550);
  ROAD(&s, VD_CROSSING_NONE, 550, 550, 550, 950);
  build(&s);
  vd_travel_effect delay = {VD_EFFECT_DELAY, 1, 300000,
                            vd_travel_zone_roads(s.arena, s.net, (int32_t[]){0}, 1)};
  solve(&s, 50, 550, &delay, 1, NO_LIMIT);
  assert_int_equal(at(&s, 950, 550), 54000 + 300000);
  assert_int_equal(at(&s, 550, 950), 30000 + 24000 + 300000);
  solve(&s, 550, 950, &delay, 1, NO_LIMIT);
  assert_int_equal(at(&s, 50, 550), 24000 + 30000 + 300000);
  assert_int_equal(at(&s, 550, 750), 12000);
  /* Closed, it still lets the side road's end be reached from the side road. */
  vd_travel_effect block = {VD_EFFECT_BLOCK, 1, 0, delay.zone};
  solve(&s, 550, 950, &block, 1, NO_LIMIT);
  assert_int_equal(at(&s, 550, 550), 24000);
  assert_int_equal(at(&s, 50, 550), VD_UNREACHED);
  vd_arena_free(s.arena);
}

static void travel__the_cut_off_is_inclusive(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  ROAD(&s, VD_CROSSING_NONE, 50, 50, 950, 50);
  build(&s);
  solve(&s, 50, 50, NULL, 0, 54000);
  assert_int_equal(at(&s, 950, 50), 54000);
  solve(&s, 50, 50, NULL, 0, 53999);
  assert_int_equal(at(&s, 950, 50), VD_UNREACHED);
  assert_int_equal(at(&s, 850, 50), 48000);
  vd_arena_free(s.arena);
}

/* A boat on a river, a lake, and its crew ashore. */
static void travel__a_boats_crew_lands_and_walks_on(void **unused) {
  (void)unused;
  scene s = scene_new(10, 3, 100);
  s.vehicle = VD_BOAT;
  s.own.kmh[VD_GROUND_PAVED] = s.own.kmh[VD_GROUND_FERRY] = 0;
  s.own.kmh[VD_GROUND_RIVER] = 18; /* 200 ms a metre */
  vd_travel_road *river = ROAD(&s, VD_CROSSING_NONE, 0, 130, 700, 130);
  river->ground = VD_GROUND_RIVER;
  add_barrier(&s, 0, 130, 700, 130);
  build(&s);
  solve(&s, 50, 130, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 650, 150), 120000 + 20000);          /* 600 m afloat, 20 m ashore */
  assert_int_equal(at(&s, 850, 150), 120000 + 20000 + 200000); /* and 200 m on foot */
  size_t n;
  vd_travel_leg *legs = vd_travel_route(s.arena, &s.field, vd_grid_cell(&s.terrain.grid, 850, 150), &n);
  assert_int_equal(n, 2);
  assert_int_equal(legs[0].road, 0);
  assert_false(legs[0].walked);
  assert_true(legs[1].walked);
  assert_int_equal(legs[1].ms, 220000);
  vd_arena_free(s.arena);
}

static void travel__a_boat_crosses_a_lake_and_lands_beside_it(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  s.vehicle = VD_BOAT;
  s.own.kmh[VD_GROUND_WATER] = 18;
  for (int x = 1; x < 8; x++) s.ground[x] = VD_GROUND_WATER;
  build(&s);
  solve(&s, 50, 50, NULL, 0, NO_LIMIT);
  /* 50 m to the shore on foot, 700 m afloat, 50 m ashore; then 100 m on foot. */
  assert_int_equal(at(&s, 850, 50), 50000 + 140000 + 50000);
  assert_int_equal(at(&s, 950, 50), 50000 + 140000 + 50000 + 100000);
  vd_arena_free(s.arena);
}

static void travel__flight_is_straight_and_restrictions_shut_landing(void **unused) {
  (void)unused;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_grid grid = {0, 1000, 1000, 10, 1};
  vd_travel_source source = {500, 500, 45 * 60000};
  vd_travel_zone shut = {.cells = (int32_t[]){3}, .n_cells = 1};
  uint32_t *ms;
  vd_travel_effect effects[] = {{VD_EFFECT_BLOCK, 1, 0, &shut}};
  assert_int_equal(vd_travel_direct(arena, &grid, &source, 180, effects, 1, NO_LIMIT, &ms), VD_OK);
  assert_int_equal(ms[0], 45 * 60000);
  assert_int_equal(ms[9], 45 * 60000 + 180000);
  assert_int_equal(ms[3], VD_UNREACHED);
}

static void travel__bad_roads_and_factors_are_named(void **unused) {
  (void)unused;
  scene s = scene_new(3, 1, 100);
  vd_travel_setup setup = {&s.terrain, NULL, s.roads, 1, VD_UNMARKED_CLOSED, 0};
  ROAD(&s, VD_CROSSING_NONE, 0, 50, NAN, 50);
  assert_int_equal(vd_travel_network_new(s.arena, &setup, &s.net), VD_ERR_INPUT);
  assert_non_null(strstr(vd_last_message(), "Road 0"));
  s.roads[0].xy = (double[]){0, 50, 100, 50};
  s.roads[0].time_factor = 0;
  assert_int_equal(vd_travel_network_new(s.arena, &setup, &s.net), VD_ERR_INPUT);
  vd_arena_free(s.arena);
}

static void travel__sources_outside_or_in_water_do_not_go_wrong(void **unused) {
  (void)unused;
  scene s = scene_new(10, 1, 100);
  s.ground[0] = VD_GROUND_WATER;
  ROAD(&s, VD_CROSSING_NONE, 50, 50, 950, 50);
  build(&s);
  solve(&s, 50, 60, NULL, 0, NO_LIMIT); /* a jetty: 10 m on foot to the road */
  assert_int_equal(at(&s, 50, 50), VD_UNREACHED);
  assert_int_equal(at(&s, 950, 50), 10000 + 54000);
  solve(&s, -50, 50, NULL, 0, NO_LIMIT);
  assert_int_equal(at(&s, 950, 50), VD_UNREACHED);
  vd_arena_free(s.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(travel__road_minutes_do_not_depend_on_the_cell),
      cmocka_unit_test(travel__a_bridge_carries_over_a_river_and_closing_it_cuts),
      cmocka_unit_test(travel__a_ford_and_a_ferry_cost_exactly_their_delay),
      cmocka_unit_test(travel__an_unmarked_crossing_is_told_and_treated_as_set),
      cmocka_unit_test(travel__a_bridge_over_a_lake_lands_nobody),
      cmocka_unit_test(travel__a_river_shuts_a_cell_from_the_road_beside_it),
      cmocka_unit_test(travel__two_roads_in_a_cell_do_not_melt),
      cmocka_unit_test(travel__roads_that_cross_without_a_vertex_do_not_join),
      cmocka_unit_test(travel__one_way_roads_are_driven_from_responder_to_place),
      cmocka_unit_test(travel__a_road_closed_for_a_vehicle_is_open_for_another),
      cmocka_unit_test(travel__slopes_count_in_the_direction_of_travel),
      cmocka_unit_test(travel__uniform_ground_errs_at_most_three_percent),
      cmocka_unit_test(travel__a_delay_counts_once_and_a_slow_inside_only),
      cmocka_unit_test(travel__a_delay_on_a_road_counts_once_past_its_junctions),
      cmocka_unit_test(travel__the_cut_off_is_inclusive),
      cmocka_unit_test(travel__a_boats_crew_lands_and_walks_on),
      cmocka_unit_test(travel__a_boat_crosses_a_lake_and_lands_beside_it),
      cmocka_unit_test(travel__flight_is_straight_and_restrictions_shut_landing),
      cmocka_unit_test(travel__bad_roads_and_factors_are_named),
      cmocka_unit_test(travel__sources_outside_or_in_water_do_not_go_wrong),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
