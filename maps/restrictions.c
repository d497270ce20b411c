/* restrictions: three months of reports on denied, delayed and slowed movement.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "story.h"

typedef struct report {
  const char *name, *code, *mode, *responsible, *cause, *components, *vehicles, *outcome, *road, *notes;
  const char *demand, *patrol, *obstacle, *road_state;
  actor held_up;
  vd_clearance clearance;
  int severity, sofa, amrf;
  double hours_lost; /* 0: not known */
  vd_effect effect;
  double slow_factor, delay_min, radius_m, precision_m;
  int64_t from_s, to_s;
} report;
typedef struct register_of {
  const world *w;
  const graph *g;
  layer l;
  rng r;
  int n;
} register_of;
#define MISSION "un_military un_police civilian"

/* Every other status-of-forces violation is protested two days later; those of flights stay open. */
static void write_reference(register_of *x, const report *r) {
  layer *l = &x->l;
  int number = 101 + x->n++;
  bool protested = r->sofa && number % 2 == 1;
  record_text(l, "reference", vd_str_printf(x->w->arena, "MR-%04d", number));
  record_number(l, "sofa", r->sofa, 0);
  record_text(l, "protest_reference", protested ? vd_str_printf(x->w->arena, "NV-%03d", number - 100) : NULL);
  record_time(l, "protest_time", protested ? r->from_s + 2 * VD_DAY_S : VD_TIME_MIN);
  record_time(l, "resolved_time", r->effect == VD_EFFECT_NONE ? r->from_s + 9 * VD_DAY_S : VD_TIME_MAX);
}

static void begin_report(register_of *x, const report *r) {
  layer *l = &x->l;
  record_begin(l, id_of(x->w->arena, "restriction", x->n), r->name);
  record_text(l, "code", r->code);
  record_text(l, "mode", r->mode);
  record_text(l, "actor_responsible", r->responsible);
  record_text(l, "cause", r->cause);
  record_text(l, "demand", r->demand);
  record_text(l, "actor", actor_id(x->w->arena, r->held_up));
  record_text(l, "patrol", r->patrol);
  record_text(l, "clearance", vd_terms_word(&vd_clearance_terms, (int)r->clearance));
  record_number(l, "severity", r->severity, 0);
  record_number(l, "amrf_type", r->amrf > 0 ? (double)r->amrf : NAN, 0);
  record_text(l, "obstacle", r->obstacle);
  record_text(l, "road_state", r->road_state);
  record_text(l, "components", r->components);
  record_text(l, "vehicles", r->vehicles);
  record_text(l, "effect", vd_terms_word(&vd_effect_terms, (int)r->effect));
  record_number(l, "slow_factor", r->effect == VD_EFFECT_SLOW ? r->slow_factor : NAN, 1);
  record_number(l, "delay_min",
                r->effect == VD_EFFECT_DELAY || r->effect == VD_EFFECT_ESCORT ? r->delay_min : NAN, 0);
  record_number(l, "radius_m", r->radius_m, 0);
  record_text(l, "road", r->road);
  record_time(l, "from_time", r->from_s);
  record_time(l, "to_time", r->to_s);
  record_text(l, "outcome", r->outcome);
  record_number(l, "hours_lost", r->hours_lost > 0 ? r->hours_lost : NAN, 1);
  write_reference(x, r);
  record_number(l, "precision_m", r->precision_m, 0);
  record_text(l, "notes", r->notes);
  record_text(l, "source", MADE);
  record_time(l, "reported", r->from_s + 5 * VD_HOUR_S);
}

/* Every Wednesday, market day, for all three months. */
static void write_checkpoint(register_of *x) {
  pt p = point_on_way(x->w, x->g, (place){EAST_TOWN, 0}, (place){CHECK_TOWN, 0}, 0.76, NULL);
  for (int day = 2; day < LAST_DAY; day += 7) {
    begin_report(x, &(report){.name = "Sallavesh checkpoint",
                              .code = "ROM-CHK",
                              .mode = "land",
                              .responsible = actor_id(x->w->arena, HOST_ARMY),
                              .cause = "Patrol turned back at the checkpoint; no reason given",
                              .demand = "A letter from the district office",
                              .patrol = patrol_id(x->w->arena, "Sallavesh market-day patrol"),
                              .obstacle = "checkpoint_official",
                              .clearance = VD_CLEARANCE_GRANTED,
                              .amrf = 3,
                              .hours_lost = 5.5,
                              .components = MISSION,
                              .outcome = "returned",
                              .severity = 4,
                              .sofa = 1,
                              .effect = VD_EFFECT_BLOCK,
                              .radius_m = 200,
                              .precision_m = 50,
                              .from_s = local_s(day, 6, 0),
                              .to_s = local_s(day, 18, 0),
                              .notes = "Market day in Sallavesh"});
    record_end_point(&x->l, p);
  }
}

static void write_bridge(register_of *x) {
  for (size_t i = 0; i < x->w->n_roads; i++) {
    const road *r = &x->w->roads[i];
    if (!vd_str_equal(r->name, "Namarel bridge")) continue;
    begin_report(x, &(report){.name = "Namarel bridge closed",
                              .code = "ROM-LND",
                              .mode = "land",
                              .responsible = "Host-state roads office",
                              .cause = "Bridge damage: the deck gave way under a lorry",
                              .outcome = "returned",
                              .road = r->id,
                              .obstacle = "bridge_damage",
                              .road_state = "closed",
                              .patrol = patrol_id(x->w->arena, "Namarel patrol after the bridge closed"),
                              .amrf = 8,
                              .hours_lost = 4,
                              .severity = 5,
                              .effect = VD_EFFECT_BLOCK,
                              .radius_m = 100,
                              .precision_m = 20,
                              .from_s = local_s(STUDY_DAY + 2, 10, 0),
                              .to_s = VD_TIME_MAX,
                              .notes = "No vehicles; way round by the ferry or the upper bridge"});
    record_end_line(&x->l, &r->path);
    return;
  }
}

/* A month off limits in the range held by the parallel force, and a curfew in the south-east. */
static void write_closed_areas(register_of *x) {
  pt middle = {0.22 * GRID_W, 0.14 * GRID_H};
  line ring = blob(x->w, middle, 45, 501);
  begin_report(x, &(report){.name = "Range north of Tirosha off limits",
                            .code = "ROM-LND",
                            .mode = "land",
                            .responsible = actor_id(x->w->arena, PARALLEL_FORCE),
                            .cause = "Military operation announced; no end given",
                            .clearance = VD_CLEARANCE_REFUSED,
                            .amrf = 4,
                            .components = MISSION,
                            .outcome = "abandoned",
                            .severity = 4,
                            .sofa = 1,
                            .effect = VD_EFFECT_BLOCK,
                            .radius_m = NAN,
                            .precision_m = 2000,
                            .from_s = local_s(38, 0, 0),
                            .to_s = local_s(98, 0, 0)});
  record_end_rings(&x->l, &ring, 1);
  pt p = place_of(x->w, (place){SOUTH_EAST_TOWN, 0});
  for (int night = 0; night < 3; night++) {
    begin_report(x, &(report){.name = "Curfew in Zorrim",
                              .code = "ROM-CRF",
                              .mode = "land",
                              .responsible = actor_id(x->w->arena, HOST_POLICE),
                              .cause = "Curfew after a theft of cattle",
                              .outcome = "rerouted",
                              .severity = 2,
                              .effect = VD_EFFECT_BLOCK,
                              .radius_m = 2500,
                              .precision_m = 500,
                              .from_s = local_s(66 + night, 20, 0),
                              .to_s = local_s(67 + night, 5, 0)});
    record_end_point(&x->l, p);
  }
}

static void write_flights(register_of *x) {
  static const place to[12] = {{VALLEY_VILLAGE, 0}, {CUT_TOWN, 0},        {NORTH_TOWN, 3},
                               {VALLEY_VILLAGE, 0}, {WEST_TOWN, 9},       {LAKE_TOWN, 0},
                               {VALLEY_VILLAGE, 2}, {SOUTH_WEST_TOWN, 0}, {NORTH_TOWN, 5},
                               {VALLEY_VILLAGE, 0}, {SOUTH_EAST_TOWN, 0}, {CUT_TOWN, 0}};
  static const char *const causes[3] = {"Flight safety assurance not given",
                                        "Clearance asked 48 h before, no answer",
                                        "Airspace said to be closed for an operation"};
  for (int i = 0; i < 12; i++) {
    int day = 4 + i * 7 + rng_below(&x->r, 5), days = 1 + rng_below(&x->r, 3);
    begin_report(x, &(report){.name = "Flight denied",
                              .code = "ROM-AIR",
                              .mode = "air",
                              .responsible = actor_id(x->w->arena, i % 4 == 3 ? PARALLEL_FORCE : HOST_ARMY),
                              .cause = causes[i % 3],
                              .clearance = VD_CLEARANCE_REQUESTED,
                              .amrf = 3,
                              .hours_lost = i % 3 == 0 ? 6 : 0,
                              .components = MISSION,
                              .vehicles = "helicopter",
                              .outcome = i % 4 ? "abandoned" : "delayed",
                              .severity = 3,
                              .sofa = 1,
                              .effect = VD_EFFECT_BLOCK,
                              .radius_m = 15000,
                              .precision_m = 1000,
                              .from_s = local_s(day, 6, 0),
                              .to_s = local_s(day + days, 18, 0)});
    record_end_point(&x->l, place_of(x->w, to[i]));
  }
}

/* A point on the great river, a part of the way down. */
static pt point_on_river(const world *w, double part) {
  int32_t c = w->inlet, n = 0;
  for (int32_t k = c; k >= 0; k = w->down[k]) n++;
  for (int32_t k = (int32_t)(part * n); k > 0 && w->down[c] >= 0; k--) c = w->down[c];
  pt want = centre_of(c), best = want;
  double least = 1e9;
  for (size_t i = 0; i < w->n_rivers; i++)
    for (int j = 0; w->rivers[i].kind == WATER_GREAT && j < w->rivers[i].path.n; j++)
      if (dist(want, w->rivers[i].path.p[j]) < least)
        least = dist(want, w->rivers[i].path.p[j]), best = w->rivers[i].path.p[j];
  return best;
}

static void write_river_reports(register_of *x) {
  for (int i = 0; i < 8; i++) {
    int day = 6 + i * 10 + rng_below(&x->r, 8);
    begin_report(
        x,
        &(report){.name = "Boat turned back",
                  .code = "ROM-RIV",
                  .mode = "river",
                  .responsible = i % 3 == 2 ? "Southern militia" : actor_id(x->w->arena, HOST_ARMY),
                  .cause = i % 2 ? "Permission of the landing place demanded" : "Warning shots from the bank",
                  .demand = i % 2 ? "A permission of the landing place" : NULL,
                  .held_up = i % 2 ? UN_POLICE : UN_MILITARY,
                  .clearance = VD_CLEARANCE_NOT_REQUESTED,
                  .amrf = 3,
                  .hours_lost = 2 + i % 3,
                  .components = MISSION,
                  .vehicles = "boat",
                  .outcome = "returned",
                  .severity = i % 2 ? 3 : 4,
                  .sofa = i % 3 != 2,
                  .effect = VD_EFFECT_BLOCK,
                  .radius_m = 800,
                  .precision_m = 500,
                  .from_s = local_s(day, 8, 0),
                  .to_s = local_s(day + 1 + i % 3, 8, 0)});
    record_end_point(&x->l, point_on_river(x->w, i % 2 ? 0.62 : 0.45 + 0.02 * i));
  }
}

static void write_delays(register_of *x) {
  static const struct {
    place from, to;
    actor who;
    bool official;
  } ways[5] = {{{CAPITAL, 0}, {MARKET_TOWN, 0}, HOST_POLICE, true},
               {{CAPITAL, 0}, {WEST_TOWN, 0}, PARALLEL_FORCE, false},
               {{WEST_TOWN, 0}, {NORTH_TOWN, 0}, PARALLEL_FORCE, false},
               {{EAST_TOWN, 0}, {SOUTH_EAST_TOWN, 0}, HOST_ARMY, true},
               {{CAPITAL, 0}, {NORTH_TOWN, 0}, HOST_ARMY, false}};
  for (int i = 0; i < 14; i++) {
    int k = i % 5, day = 1 + i * 6 + rng_below(&x->r, 5);
    pt p = point_on_way(x->w, x->g, ways[k].from, ways[k].to, 0.3 + 0.08 * (i / 5) + 0.3 * rng_unit(&x->r),
                        NULL);
    bool standing = i >= 12; /* two are there to stay */
    begin_report(x, &(report){.name = ways[k].official ? "Official checkpoint" : "Unofficial checkpoint",
                              .code = "ROM-DLY",
                              .mode = "land",
                              .responsible = actor_id(x->w->arena, ways[k].who),
                              .cause = ways[k].official ? "Papers checked" : "Payment demanded and refused",
                              .demand = ways[k].official ? NULL : "A payment",
                              .held_up = k == 0 ? UN_POLICE : UN_MILITARY,
                              .obstacle = ways[k].official ? "checkpoint_official" : "checkpoint_unofficial",
                              .amrf = 3,
                              .hours_lost = ways[k].official ? 0.3 : 1,
                              .outcome = ways[k].official ? "proceeded" : "delayed",
                              .severity = ways[k].official ? 1 : 2,
                              .sofa = !ways[k].official,
                              .effect = VD_EFFECT_DELAY,
                              .delay_min = ways[k].official ? 15 : 45,
                              .radius_m = 150,
                              .precision_m = 100,
                              .from_s = local_s(day, 7 + i % 3, 0),
                              .to_s = standing ? VD_TIME_MAX : local_s(day + i % 4, 19, 0)});
    record_end_point(&x->l, p);
  }
}

static void write_escorts(register_of *x) {
  for (int i = 0; i < 3; i++) {
    size_t road_index;
    int day = 20 + 24 * i;
    point_on_way(x->w, x->g, (place){i == 1 ? CAPITAL : EAST_TOWN, 0},
                 (place){i == 1 ? NORTH_TOWN : CHECK_TOWN, 0}, 0.4 + 0.1 * i, &road_index);
    const road *r = &x->w->roads[road_index];
    begin_report(x, &(report){.name = "Escort demanded",
                              .code = "ROM-ESC",
                              .mode = "land",
                              .responsible = actor_id(x->w->arena, HOST_ARMY),
                              .cause = "Movement only behind an escort at walking pace",
                              .components = MISSION,
                              .outcome = "delayed",
                              .severity = 3,
                              .sofa = 1,
                              .demand = "To follow an escort of the army",
                              .clearance = VD_CLEARANCE_REQUESTED,
                              .amrf = 3,
                              .hours_lost = 3,
                              .effect = VD_EFFECT_ESCORT,
                              .delay_min = 90,
                              .radius_m = 100,
                              .precision_m = 100,
                              .road = r->id,
                              .from_s = local_s(day, 6, 0),
                              .to_s = local_s(day + 4, 18, 0)});
    record_end_line(&x->l, &r->path);
  }
}

static void write_violations(register_of *x) {
  static const struct {
    const char *name, *code, *cause;
    place at;
    actor who;
  } cases[6] = {
      {"Interpreter held for five hours",
       "SOF-DET",
       "Taken from a vehicle, released after a call",
       {CHECK_TOWN, 0},
       HOST_ARMY},
      {"Fuel held at the border", "SOF-CUS", "Import papers questioned", {WEST_TOWN, 9}, HOST_POLICE},
      {"Vehicle seized", "SOF-IMP", "Taken at gunpoint, not returned", {WEST_TOWN, 3}, PARALLEL_FORCE},
      {"Radio sets forbidden",
       "SOF-COM",
       "Use of radio forbidden inside the town",
       {SOUTH_EAST_TOWN, 0},
       HOST_ARMY},
      {"Patrol insulted and stoned",
       "SOF-HAR",
       "Crowd led by men in part uniform",
       {MARKET_TOWN, 0},
       HOST_ARMY},
      {"Entry into the police camp",
       "SOF-PRM",
       "Armed men looked for a person",
       {MARKET_TOWN, 0},
       HOST_POLICE}};
  for (int i = 0; i < 6; i++) {
    int day = 9 + 14 * i;
    begin_report(x, &(report){.name = cases[i].name,
                              .code = cases[i].code,
                              .mode = "land",
                              .responsible = actor_id(x->w->arena, cases[i].who),
                              .cause = cases[i].cause,
                              .outcome = "proceeded",
                              .severity = 3,
                              .sofa = 1,
                              .effect = VD_EFFECT_NONE,
                              .radius_m = NAN,
                              .precision_m = 500,
                              .from_s = local_s(day, 11, 0),
                              .to_s = local_s(day, 16, 0)});
    record_end_point(&x->l, place_of(x->w, cases[i].at));
  }
}

vd_status write_restrictions(const world *w, const graph *g, const char *folder) {
  register_of x = {.w = w, .g = g, .r = rng_of(w->seed, "restrictions")};
  layer_open(&x.l, w->arena, "restrictions", false);
  write_checkpoint(&x);
  write_bridge(&x);
  write_closed_areas(&x);
  write_flights(&x);
  write_river_reports(&x);
  write_delays(&x);
  write_escorts(&x);
  write_violations(&x);
  return layer_write(&x.l, folder);
}
