/* carto_fixture: a small plan in memory with something of every kind, for the tests of maps and sheets.
 * SPDX-License-Identifier: Apache-2.0
 *
 * About 66 x 44 km around 20 E 5 N: hills, a river from north to south with one bridge, one ford and a ferry, a road
 * along each bank, six towns, two bases, two threat areas, three patrols of two actors and four restrictions. */
#ifndef VEDETTE_TESTS_CARTO_FIXTURE_H
#define VEDETTE_TESTS_CARTO_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

enum { FIXTURE_FROM_S = 1773446400 }; /* 2026-03-14T00:00:00Z */

static inline void fixture_add(vd_edit *edit, vd_kind kind, void *record, const char *name, vd_geom *geom) {
  vd_record *r = record;
  char id[VD_UUID_SIZE];
  r->name = name;
  r->geom = geom;
  r->source = "Hand-made fixture";
  r->reported_s = FIXTURE_FROM_S - 30 * (int64_t)VD_DAY_S;
  vd_uuid_of(vd_kind_lookup(kind)->table, name ? name : "unnamed", id);
  memcpy(r->id, id, sizeof id);
  if (vd_edit_put(edit, kind, record) != VD_OK) fprintf(stderr, "fixture: %s\n", vd_last_message());
}

static inline const char *fixture_id(vd_arena *arena, vd_kind kind, const char *name) {
  char id[VD_UUID_SIZE];
  vd_uuid_of(vd_kind_lookup(kind)->table, name, id);
  return vd_str_dup(arena, id);
}

static inline vd_geom *fixture_line(vd_arena *a, const double *xy, int n) {
  return vd_geom_line(a, xy, n);
}

static inline void fixture_actors(vd_edit *edit, vd_arena *a) {
  static const char *const name[] = {"Battalion One", "Police Unit", "National Army"};
  static const int32_t kind[] = {VD_ACTOR_UN_MILITARY, VD_ACTOR_UN_POLICE, VD_ACTOR_HOST_STATE};
  for (int i = 0; i < 3; i++) {
    vd_actor *actor = vd_record_new(a, VD_KIND_ACTOR);
    actor->kind = kind[i];
    actor->counts_as_presence = 1;
    fixture_add(edit, VD_KIND_ACTOR, actor, name[i], NULL);
  }
}

static inline void fixture_bases(vd_edit *edit, vd_arena *a) {
  static const char *const name[] = {"Camp Alder", "Post Birch"};
  static const char *const classes[] = {"battalion_hq", "temporary_operating_base"};
  static const double at[] = {19.80, 5.02, 20.22, 4.90};
  for (int i = 0; i < 2; i++) {
    vd_base *base = vd_record_new(a, VD_KIND_BASE);
    base->base_class = classes[i];
    base->actor = fixture_id(a, VD_KIND_ACTOR, "Battalion One");
    base->proximity_m = 1000;
    base->vehicle = VD_CAR_4X4;
    base->has_reaction_force = 1;
    base->notice_day_min = 15, base->notice_night_min = 30;
    fixture_add(edit, VD_KIND_BASE, base, name[i], vd_geom_point(a, at[2 * i], at[2 * i + 1]));
  }
}

static inline void fixture_threats(vd_edit *edit, vd_arena *a) {
  static const double one[] = {19.92, 4.99, 20.08, 5.01, 20.10, 5.13, 19.95, 5.15};
  static const double two[] = {20.14, 4.83, 20.28, 4.84, 20.27, 4.93, 20.15, 4.92};
  const double *ring[] = {one, two};
  static const char *const name[] = {"Market road", "South bank"};
  for (int i = 0; i < 2; i++) {
    vd_threat_area *threat = vd_record_new(a, VD_KIND_THREAT_AREA);
    threat->priority = i == 0 ? VD_MUST : VD_COULD;
    threat->likelihood = 4, threat->impact = 4;
    threat->hour_from_min = 0, threat->hour_to_min = 1440, threat->weekdays = 127;
    fixture_add(edit, VD_KIND_THREAT_AREA, threat, name[i], vd_geom_ring(a, ring[i], 4));
  }
}

static inline void fixture_settlements(vd_edit *edit, vd_arena *a) {
  static const char *const name[] = {"Dara", "Kelu", "Omri", "Tamil", "Sefu", "Narrow Ford"};
  static const char *const other[] = {"دارا", "كيلو", NULL, NULL, "سيفو", NULL};
  static const double at[] = {19.80, 5.00, 20.02, 5.06, 20.22, 4.88, 19.88, 4.86, 20.12, 5.14, 20.00, 4.86};
  static const double people[] = {62000, 18000, 9000, 3500, 1200, 400};
  for (int i = 0; i < 6; i++) {
    vd_settlement *s = vd_record_new(a, VD_KIND_SETTLEMENT);
    s->other_names = other[i];
    s->place = i == 0 ? "city" : i < 2 ? "town" : "village";
    s->population = people[i];
    fixture_add(edit, VD_KIND_SETTLEMENT, s, name[i], vd_geom_point(a, at[2 * i], at[2 * i + 1]));
  }
}

static inline void fixture_road(vd_edit *edit, vd_arena *a, const char *name, vd_road_class cls,
                                vd_crossing crossing, const double *xy, int n) {
  vd_road *road = vd_record_new(a, VD_KIND_ROAD);
  road->road_class = (int32_t)cls;
  road->surface = VD_SURFACE_GRAVEL;
  road->crossing = (int32_t)crossing;
  road->ref = cls <= VD_ROAD_SECONDARY ? "R1" : NULL;
  fixture_add(edit, VD_KIND_ROAD, road, name, fixture_line(a, xy, n));
}

static inline void fixture_roads(vd_edit *edit, vd_arena *a) {
  static const double west[] = {19.70, 5.00, 19.80, 5.00, 19.90, 5.03, 19.968, 5.045};
  static const double bridge[] = {19.968, 5.045, 19.984, 5.048};
  static const double east[] = {19.984, 5.048, 20.02, 5.06, 20.12, 5.14, 20.30, 5.16};
  static const double south[] = {20.02, 5.06, 20.12, 4.97, 20.22, 4.90};
  static const double track[] = {19.80, 5.00, 19.88, 4.86, 19.983, 4.86};
  static const double ford[] = {19.983, 4.86, 20.00, 4.86};
  static const double path[] = {20.00, 4.86, 20.12, 4.85, 20.22, 4.90};
  fixture_road(edit, a, "West road", VD_ROAD_PRIMARY, VD_CROSSING_NONE, west, 4);
  fixture_road(edit, a, "Long bridge", VD_ROAD_PRIMARY, VD_BRIDGE, bridge, 2);
  fixture_road(edit, a, "East road", VD_ROAD_PRIMARY, VD_CROSSING_NONE, east, 4);
  fixture_road(edit, a, "South road", VD_ROAD_TERTIARY, VD_CROSSING_NONE, south, 3);
  fixture_road(edit, a, "Old track", VD_ROAD_TRACK, VD_CROSSING_NONE, track, 3);
  fixture_road(edit, a, "Narrow ford", VD_ROAD_TRACK, VD_FORD, ford, 2);
  fixture_road(edit, a, "Bank path", VD_ROAD_PATH, VD_CROSSING_NONE, path, 3);
}

static inline void fixture_water(vd_edit *edit, vd_arena *a) {
  static const double river[] = {19.95, 5.20, 19.97,  5.10, 19.976, 5.046,
                                 19.96, 4.96, 19.992, 4.86, 19.98,  4.80};
  static const double lake[] = {20.16, 5.02, 20.21, 5.01, 20.23, 5.05, 20.19, 5.07, 20.15, 5.05};
  vd_water *water = vd_record_new(a, VD_KIND_WATER);
  water->water_class = "river", water->barrier = 1;
  fixture_add(edit, VD_KIND_WATER, water, "Ledi", fixture_line(a, river, 6));
  water = vd_record_new(a, VD_KIND_WATER);
  water->water_class = "lake", water->barrier = 1;
  fixture_add(edit, VD_KIND_WATER, water, "Lake Ona", vd_geom_ring(a, lake, 5));
}

static inline void fixture_patrols(vd_edit *edit, vd_arena *a) {
  static const double one[] = {19.80, 5.02, 19.90, 5.03, 19.968, 5.045, 20.02, 5.06};
  static const double two[] = {20.22, 4.90, 20.12, 4.97, 20.02, 5.06};
  const double *line[] = {one, one, two};
  static const int n[] = {4, 4, 3};
  static const char *const name[] = {"Market loop", "Town beat", "South leg"};
  static const char *const actor[] = {"Battalion One", "Police Unit", "Battalion One"};
  static const int32_t state[] = {VD_EXECUTED, VD_PLANNED, VD_PLANNED};
  for (int i = 0; i < 3; i++) {
    vd_patrol *patrol = vd_record_new(a, VD_KIND_PATROL);
    patrol->actor = fixture_id(a, VD_KIND_ACTOR, actor[i]);
    patrol->patrol_class = "short_duration";
    patrol->vehicle = VD_CAR_4X4;
    patrol->state = state[i];
    patrol->from_s = FIXTURE_FROM_S + 8 * VD_HOUR_S;
    patrol->to_s = FIXTURE_FROM_S + 12 * VD_HOUR_S;
    patrol->recurrence = i == 0 ? "FREQ=DAILY" : "FREQ=WEEKLY;BYDAY=MO,TH";
    fixture_add(edit, VD_KIND_PATROL, patrol, name[i], fixture_line(a, line[i], n[i]));
  }
}

static inline void fixture_restrictions(vd_edit *edit, vd_arena *a) {
  static const char *const name[] = {"Bridge closed", "Checkpoint", "Night order", "Flooded flat"};
  static const double at[] = {19.976, 5.046, 20.12, 4.97, 19.75, 5.0};
  static const double flat[] = {19.86, 4.90, 19.94, 4.90, 19.94, 4.95, 19.86, 4.95};
  static const int32_t effect[] = {VD_EFFECT_BLOCK, VD_EFFECT_DELAY, VD_EFFECT_NONE, VD_EFFECT_SLOW};
  for (int i = 0; i < 4; i++) {
    vd_restriction *r = vd_record_new(a, VD_KIND_RESTRICTION);
    r->code = "ROM-LND", r->mode = "land";
    r->severity = 3;
    r->effect = effect[i];
    r->slow_factor = 2, r->delay_min = 30;
    r->radius_m = i < 3 ? 500 : NAN;
    vd_geom *geom = i < 3 ? vd_geom_point(a, at[2 * i], at[2 * i + 1]) : vd_geom_ring(a, flat, 4);
    fixture_add(edit, VD_KIND_RESTRICTION, r, name[i], geom);
  }
}

static inline void fixture_places(vd_edit *edit, vd_arena *a) {
  static const double west[] = {19.70, 4.80, 19.975, 4.80, 19.975, 5.20, 19.70, 5.20};
  static const double east[] = {19.975, 4.80, 20.30, 4.80, 20.30, 5.20, 19.975, 5.20};
  for (int i = 0; i < 2; i++) {
    vd_area *area = vd_record_new(a, VD_KIND_AREA);
    area->area_type = "sector";
    fixture_add(edit, VD_KIND_AREA, area, i == 0 ? "Sector West" : "Sector East",
                vd_geom_ring(a, i == 0 ? west : east, 4));
  }
  static const char *const types[] = {"displaced", "alert_network", "clinic"};
  static const char *const name[] = {"Kelu site", "Sefu network", "Omri clinic"};
  static const double at[] = {20.04, 5.04, 20.13, 5.12, 20.20, 4.87};
  for (int i = 0; i < 3; i++) {
    vd_site *site = vd_record_new(a, VD_KIND_SITE);
    site->site_type = types[i];
    fixture_add(edit, VD_KIND_SITE, site, name[i], vd_geom_point(a, at[2 * i], at[2 * i + 1]));
  }
  for (int i = 0; i < 5; i++) {
    vd_incident *incident = vd_record_new(a, VD_KIND_INCIDENT);
    incident->from_s = FIXTURE_FROM_S + i * VD_DAY_S, incident->to_s = incident->from_s + VD_HOUR_S;
    incident->killed = i % 2;
    incident->precision_m = 500;
    fixture_add(edit, VD_KIND_INCIDENT, incident, vd_str_printf(a, "Incident %d", i + 1),
                vd_geom_point(a, 20.0 + 0.02 * i, 5.02 + 0.02 * i));
  }
}

static inline void fixture_elevation(vd_plan *plan, vd_arena *a) {
  enum { W = 160, H = 120 };
  float *values = VD_NEW_ARRAY(a, float, W *H), *people = VD_NEW_ARRAY(a, float, W *H);
  for (int y = 0; y < H; y++) {
    for (int x = 0; x < W; x++) {
      double u = x / 20.0, v = y / 17.0, valley = fabs(x - 64.0 - 4 * sin(v)) / 64.0;
      values[y * W + x] = (float)(420 + 380 * valley + 120 * sin(u) * cos(v) + 60 * sin(2.3 * u + v));
      people[y * W + x] = (float)(3 + 2 * sin(u));
    }
  }
  vd_raster raster = {
      W, H, {19.66, 0.0042, 0, 5.24, 0, -0.004}, NULL, values, "Made by formula", FIXTURE_FROM_S};
  if (vd_plan_load_raster(plan, VD_RASTER_ELEVATION, &raster) != VD_OK)
    fprintf(stderr, "%s\n", vd_last_message());
  raster.values = people;
  if (vd_plan_load_raster(plan, VD_RASTER_POPULATION, &raster) != VD_OK)
    fprintf(stderr, "%s\n", vd_last_message());
}

/* The caller frees with vd_plan_free. */
static inline vd_plan *fixture_plan(void) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *a = vd_arena_new();
  static const double area[] = {19.70, 4.80, 20.30, 4.80, 20.30, 5.20, 19.70, 5.20};
  vd_plan *plan = vd_plan_new();
  vd_plan_info info = *vd_plan_info_lookup(plan);
  info.title = "Ledi valley, week 11";
  info.area = vd_geom_ring(a, area, 4);
  info.utc_offset_s = 7200;
  info.from_s = FIXTURE_FROM_S;
  info.to_s = FIXTURE_FROM_S + VD_WEEK_S;
  info.classification = VD_CONFIDENTIAL;
  vd_uuid_of("plan", "fixture", info.id);
  if (vd_plan_load_info(plan, &info) != VD_OK) fprintf(stderr, "fixture: %s\n", vd_last_message());
  vd_edit *edit;
  if (vd_edit_start(plan, "Fixture", &edit) != VD_OK) return plan;
  fixture_actors(edit, a);
  fixture_bases(edit, a);
  fixture_threats(edit, a);
  fixture_settlements(edit, a);
  fixture_roads(edit, a);
  fixture_water(edit, a);
  fixture_patrols(edit, a);
  fixture_restrictions(edit, a);
  fixture_places(edit, a);
  if (vd_standard_put_defaults(edit) != VD_OK || vd_edit_commit(edit) != VD_OK)
    fprintf(stderr, "fixture: %s\n", vd_last_message());
  fixture_elevation(plan, a);
  return plan;
}

#endif
