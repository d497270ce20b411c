/* study_fixture: small plans made in memory, for tests of the study.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The area is a rectangle of whole cells around 20 E 5 N, so that a cell's centre is at fx_at(column, row), row 0 in
 * the north. Speeds are empty at first: a vehicle moves only where a test says so. */
#ifndef VEDETTE_TESTS_STUDY_FIXTURE_H
#define VEDETTE_TESTS_STUDY_FIXTURE_H

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "vedette/base/str.h"
#include "vedette/plan/plan.h"
#include "vedette/plan/standard.h"
#include "vedette/study/study.h"

enum { FX_MONDAY_S = 1773014400 }; /* 2026-03-09T00:00:00Z, a Monday */

typedef struct fx_list {
  const void **records;
  size_t n, capacity;
} fx_list;

typedef struct fx {
  vd_arena *arena;
  vd_plan *plan;
  int32_t nx, ny;
  double cell_m, lon_deg, lat_deg; /* centre */
  vd_plan_info info;
  fx_list lists[VD_KIND_COUNT];
  int serial;
} fx;

typedef struct fx_place {
  double lon_deg, lat_deg;
} fx_place;

/* Metres of a degree at the fixture's latitude (WGS 84, series in cos of multiples of the latitude). */
static inline double fx_lat_m(double lat_deg) {
  double p = lat_deg * M_PI / 180;
  return 111132.954 - 559.822 * cos(2 * p) + 1.175 * cos(4 * p);
}
static inline double fx_lon_m(double lat_deg) {
  double p = lat_deg * M_PI / 180;
  return 111412.84 * cos(p) - 93.5 * cos(3 * p) + 0.118 * cos(5 * p);
}

/* A place by column and row of the grid; whole numbers are centres of cells. */
static inline fx_place fx_at(const fx *f, double column, double row) {
  double east = (column + 0.5 - f->nx / 2.0) * f->cell_m, north = (f->ny / 2.0 - row - 0.5) * f->cell_m;
  double lat = f->lat_deg + north / fx_lat_m(f->lat_deg);
  return (fx_place){f->lon_deg + east / fx_lon_m(lat), lat};
}

static inline vd_geom *fx_point(fx *f, double column, double row) {
  fx_place p = fx_at(f, column, row);
  return vd_geom_point(f->arena, p.lon_deg, p.lat_deg);
}

/* A line through n places given as column, row pairs. */
static inline vd_geom *fx_line(fx *f, const double *column_row, int32_t n) {
  double *xy = VD_NEW_ARRAY(f->arena, double, 2 * n);
  for (int32_t i = 0; i < n; i++) {
    fx_place p = fx_at(f, column_row[2 * i], column_row[2 * i + 1]);
    xy[2 * i] = p.lon_deg, xy[2 * i + 1] = p.lat_deg;
  }
  return vd_geom_line(f->arena, xy, n);
}

/* The rectangle of whole cells c0..c1, r0..r1 (both included), drawn `in` cells inside their edges. */
static inline vd_geom *fx_cells(fx *f, int32_t c0, int32_t r0, int32_t c1, int32_t r1, double in) {
  double w = c0 - 0.5 + in, e = c1 + 0.5 - in, n = r0 - 0.5 + in, s = r1 + 0.5 - in;
  fx_place p[4] = {fx_at(f, w, n), fx_at(f, e, n), fx_at(f, e, s), fx_at(f, w, s)};
  double xy[8] = {p[0].lon_deg, p[0].lat_deg, p[1].lon_deg, p[1].lat_deg,
                  p[2].lon_deg, p[2].lat_deg, p[3].lon_deg, p[3].lat_deg};
  return vd_geom_ring(f->arena, xy, 4);
}

/* An empty plan over nx * ny cells with a window of `days` from FX_MONDAY_S, in UTC, dry season. */
static inline fx *fx_new(int32_t nx, int32_t ny, double cell_m, int days) {
  vd_arena *arena = vd_arena_new();
  fx *f = VD_NEW(arena, fx);
  *f = (fx){.arena = arena,
            .plan = vd_plan_new(),
            .nx = nx,
            .ny = ny,
            .cell_m = cell_m,
            .lon_deg = 20,
            .lat_deg = 5};
  f->info = *vd_plan_info_lookup(f->plan);
  f->info.title = "Fixture";
  f->info.area = fx_cells(f, 0, 0, nx - 1, ny - 1, 0.01);
  f->info.from_s = FX_MONDAY_S;
  f->info.to_s = FX_MONDAY_S + (int64_t)days * VD_DAY_S;
  f->info.cell_m = cell_m;
  f->info.season = VD_DRY;
  f->info.utc_offset_s = 0;
  return f;
}
static inline void fx_free(fx *f) {
  vd_plan_free(f->plan);
  vd_arena_free(f->arena);
}

/* A new record of the kind, kept for fx_load; its id is a UUID made from a running number. */
static inline void *fx_add(fx *f, vd_kind kind, const char *name, vd_geom *geom) {
  vd_record *record = vd_record_new(f->arena, kind);
  vd_uuid_of("fixture", vd_str_printf(f->arena, "%s %d", vd_kind_lookup(kind)->table, f->serial++),
             record->id);
  record->name = name;
  record->geom = geom;
  fx_list *list = &f->lists[kind];
  *VD_PUSH(f->arena, list->records, list->n, list->capacity) = record;
  return record;
}

static inline vd_actor *fx_actor(fx *f, const char *name, vd_actor_kind kind, bool counts) {
  vd_actor *actor = fx_add(f, VD_KIND_ACTOR, name, NULL);
  actor->kind = (int32_t)kind;
  actor->counts_as_presence = counts;
  return actor;
}
static inline vd_base *fx_base(fx *f, const char *name, const vd_actor *actor, double column, double row,
                               vd_vehicle vehicle, double notice_min) {
  vd_base *base = fx_add(f, VD_KIND_BASE, name, fx_point(f, column, row));
  base->actor = actor->record.id;
  base->from_s = VD_TIME_MIN, base->to_s = VD_TIME_MAX;
  base->proximity_m = 0.4 * f->cell_m;
  base->vehicle = (int32_t)vehicle;
  base->has_reaction_force = 1;
  base->notice_day_min = base->notice_night_min = notice_min;
  return base;
}
static inline vd_threat_area *fx_threat(fx *f, const char *name, vd_priority priority, vd_geom *geom) {
  vd_threat_area *threat = fx_add(f, VD_KIND_THREAT_AREA, name, geom);
  threat->priority = (int32_t)priority;
  threat->from_s = VD_TIME_MIN, threat->to_s = VD_TIME_MAX;
  threat->hour_from_min = 0, threat->hour_to_min = 1440;
  threat->weekdays = 127;
  return threat;
}
static inline vd_settlement *fx_settlement(fx *f, const char *name, double column, double row,
                                           double people) {
  vd_settlement *settlement = fx_add(f, VD_KIND_SETTLEMENT, name, fx_point(f, column, row));
  settlement->population = people;
  settlement->place = "village";
  return settlement;
}
/* The same people in every cell, as settlements. */
static inline void fx_people_everywhere(fx *f, double people) {
  for (int32_t row = 0; row < f->ny; row++) {
    for (int32_t column = 0; column < f->nx; column++) {
      fx_settlement(f, vd_str_printf(f->arena, "Village %d-%d", (int)column, (int)row), column, row, people);
    }
  }
}
static inline vd_speed *fx_speed(fx *f, vd_vehicle vehicle, vd_ground ground, double kmh) {
  vd_speed *speed = fx_add(f, VD_KIND_SPEED, NULL, NULL);
  speed->vehicle = (int32_t)vehicle, speed->ground = (int32_t)ground;
  speed->kmh = kmh;
  speed->wet_factor = speed->worst_factor = speed->best_factor = 1;
  return speed;
}
static inline vd_standard *fx_standard(fx *f, const char *key, double value) {
  vd_standard *standard = fx_add(f, VD_KIND_STANDARD, key, NULL);
  standard->value = value;
  return standard;
}
static inline vd_patrol *fx_patrol(fx *f, const char *name, const vd_actor *actor, vd_vehicle vehicle,
                                   int64_t from_s, const char *recurrence) {
  vd_patrol *patrol = fx_add(f, VD_KIND_PATROL, name, NULL);
  patrol->actor = actor->record.id;
  patrol->vehicle = (int32_t)vehicle;
  patrol->state = VD_PLANNED;
  patrol->from_s = from_s;
  patrol->to_s = VD_TIME_MAX;
  patrol->recurrence = recurrence;
  patrol->influence_m = 0.4 * f->cell_m;
  patrol->responds = 0;
  return patrol;
}
static inline vd_stop *fx_stop(fx *f, const vd_patrol *patrol, int32_t sequence, double column, double row,
                               double arrive_min, double depart_min) {
  vd_stop *stop = fx_add(f, VD_KIND_STOP, NULL, fx_point(f, column, row));
  stop->patrol = patrol->record.id;
  stop->sequence = sequence;
  stop->arrive_min = arrive_min, stop->depart_min = depart_min;
  return stop;
}
static inline vd_restriction *fx_restriction(fx *f, const char *name, vd_geom *geom, double radius_m) {
  vd_restriction *restriction = fx_add(f, VD_KIND_RESTRICTION, name, geom);
  restriction->mode = "land";
  restriction->effect = VD_EFFECT_BLOCK;
  restriction->radius_m = radius_m;
  restriction->from_s = VD_TIME_MIN, restriction->to_s = VD_TIME_MAX;
  return restriction;
}
static inline vd_road *fx_road(fx *f, const char *name, const double *column_row, int32_t n) {
  vd_road *road = fx_add(f, VD_KIND_ROAD, name, fx_line(f, column_row, n));
  road->road_class = VD_ROAD_PRIMARY;
  road->surface = VD_SURFACE_GRAVEL;
  return road;
}
static inline vd_water *fx_river(fx *f, const char *name, const double *column_row, int32_t n) {
  vd_water *water = fx_add(f, VD_KIND_WATER, name, fx_line(f, column_row, n));
  water->water_class = "river";
  water->barrier = 1;
  return water;
}

/* Puts everything into the plan; may be called again after more was added or changed. */
static inline void fx_load(fx *f) {
  vd_plan_load_info(f->plan, &f->info);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    vd_plan_load_kind(f->plan, (vd_kind)kind, f->lists[kind].records, f->lists[kind].n);
  }
}

#endif
