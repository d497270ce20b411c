/* study_random: random small plans for properties of the study, the same for the same seed.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_STUDY_RANDOM_H
#define VEDETTE_TESTS_STUDY_RANDOM_H

#include "study_fixture.h"

typedef struct dice {
  uint64_t state;
} dice;
static inline uint64_t dice_next(dice *d) { /* splitmix64 */
  uint64_t z = (d->state += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
/* 0 .. n - 1. */
static inline int dice_below(dice *d, int n) {
  return (int)(dice_next(d) % (uint64_t)n);
}
static inline double dice_real(dice *d, double from, double to) {
  return from + (to - from) * ((double)(dice_next(d) >> 11) * 0x1p-53);
}
static inline int64_t dice_minute(dice *d, int from_h, int to_h) {
  return FX_MONDAY_S + (from_h * 60 + dice_below(d, (to_h - from_h) * 60)) * (int64_t)VD_MINUTE_S;
}

static inline void random_standards(fx *f, dice *d) {
  static const char *const names[] = {"watch", "could", "should", "must"};
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 4 + dice_below(d, 10));
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 1 + dice_below(d, 9));
    fx_standard(f, vd_str_printf(f->arena, "weight.%s", names[p]), p + 1);
  }
  fx_standard(f, "day.from", 330 + dice_below(d, 60));
  fx_standard(f, "day.to", 1050 + dice_below(d, 60));
  fx_standard(f, "night_factor", 0.6);
  fx_standard(f, "escort_delay", 3);
  fx_standard(f, "checkpoint_delay", 2);
  fx_standard(f, "checkpoint_unofficial_delay", 5);
  fx_standard(f, "on_task.step", (double[]){0, 4, 7, 30}[dice_below(d, 4)]);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 40);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRAVEL, 80);
  fx_speed(f, VD_FOOT, VD_GROUND_GRASS, 15);
}

static inline void random_patrol(fx *f, dice *d, const vd_actor *actor) {
  vd_patrol *patrol = fx_patrol(f, "Patrol", actor, dice_below(d, 4) ? VD_CAR_4X4 : VD_FOOT,
                                dice_minute(d, -8, 20), dice_below(d, 2) ? "FREQ=DAILY" : NULL);
  int n = 1 + dice_below(d, 3);
  double column[4], row[4], at = 0, route[8];
  for (int i = 0; i < n; i++) {
    route[2 * i] = column[i] = dice_real(d, 0, f->nx - 1),
              route[2 * i + 1] = row[i] = dice_real(d, 0, f->ny - 1);
    double stay = dice_below(d, 3) * 30;
    fx_stop(f, patrol, i, column[i], row[i], at, at + stay);
    at += stay + 10 + dice_below(d, 60);
  }
  if (n > 1) patrol->record.geom = fx_line(f, route, n);
  patrol->influence_m = dice_real(d, 0.3, 1.6) * f->cell_m;
  patrol->responds = dice_below(d, 2);
  patrol->escorted = dice_below(d, 2);
  patrol->state = dice_below(d, 5) == 0 ? VD_OBSTRUCTED : VD_EXECUTED;
}

/* What a receiver recorded: places with times, sometimes a halt or a gap between two of them. */
static inline void random_track(fx *f, dice *d, const vd_actor *actor) {
  vd_patrol *patrol = fx_patrol(f, "Track", actor, VD_CAR_4X4, dice_minute(d, -8, 30), NULL);
  patrol->state = VD_EXECUTED;
  patrol->influence_m = dice_real(d, 0.3, 1.6) * f->cell_m;
  patrol->responds = dice_below(d, 2);
  double xy[16];
  int32_t starts[9] = {0}, n = 0, n_parts = 1;
  vd_buf text = {.arena = f->arena};
  for (int more = 3 + dice_below(d, 5); n < more; n++) {
    bool halts = n > 0 && dice_below(d, 4) == 0,
         lost = n > 1 && !halts && n - starts[n_parts - 1] > 1 && n + 1 < more && dice_below(d, 3) == 0;
    xy[2 * n] = halts ? xy[2 * n - 2] : dice_real(d, 0, f->nx - 1);
    xy[2 * n + 1] = halts ? xy[2 * n - 1] : dice_real(d, 0, f->ny - 1);
    if (lost) starts[n_parts++] = n;
    vd_buf_printf(&text, n ? " %d" : "0", 60 * (5 + dice_below(d, 60)));
  }
  vd_geom *line = fx_line(f, xy, n), *parts = vd_geom_new(f->arena, VD_GEOM_LINE, n_parts, n);
  memcpy(parts->xy, line->xy, 2 * (size_t)n * sizeof(double));
  memcpy(parts->part_start, starts, (size_t)n_parts * sizeof(int32_t));
  patrol->record.geom = parts;
  patrol->track_s = text.text;
}

static inline void random_restriction(fx *f, dice *d) {
  vd_restriction *r =
      fx_restriction(f, "Restriction", fx_point(f, dice_real(d, 0, f->nx - 1), dice_real(d, 0, f->ny - 1)),
                     dice_real(d, 0.3, 1.5) * f->cell_m);
  static const vd_effect effects[] = {VD_EFFECT_BLOCK, VD_EFFECT_BLOCK, VD_EFFECT_SLOW, VD_EFFECT_DELAY,
                                      VD_EFFECT_ESCORT};
  static const char *const obstacles[] = {NULL, "checkpoint_official", "checkpoint_unofficial", "flood"};
  static const char *const road_states[] = {NULL, NULL, "closed", "open", "4x4_only", "unknown"};
  r->effect = (int32_t)effects[dice_below(d, 5)];
  r->slow_factor = 3;
  r->delay_min = dice_below(d, 2) ? 4 : 0;
  r->obstacle = obstacles[dice_below(d, 4)];
  r->road_state = road_states[dice_below(d, 6)];
  r->from_s = dice_minute(d, -10, 30);
  r->to_s = r->from_s + (60 + dice_below(d, 1200)) * (int64_t)VD_MINUTE_S;
  if (dice_below(d, 4) == 0) r->resolved_s = dice_minute(d, -10, 30);
  if (dice_below(d, 3) == 0) r->components = "un_police";
}

/* Bounds of speeds, of the places of restrictions and of how long a road's state is known; drawn apart, so that the plan is the
 * same with and without. */
static inline void random_bounds(fx *f, uint64_t seed) {
  dice d = {seed ^ 0xb0d5};
  fx_list *speeds = &f->lists[VD_KIND_SPEED], *restrictions = &f->lists[VD_KIND_RESTRICTION];
  for (size_t i = 0; i < speeds->n; i++) {
    vd_speed *speed = (vd_speed *)(uintptr_t)speeds->records[i];
    speed->best_factor = dice_real(&d, 1, 1.5), speed->worst_factor = dice_real(&d, 0.4, 1);
  }
  for (size_t i = 0; i < restrictions->n; i++) {
    vd_restriction *r = (vd_restriction *)(uintptr_t)restrictions->records[i];
    if (dice_below(&d, 2)) r->precision_m = dice_real(&d, 0, 1.5) * f->cell_m;
    if (dice_below(&d, 2)) r->record.reported_s = dice_minute(&d, -20, 30);
  }
  fx_standard(f, "road_state.dry", 0.25 * (1 + dice_below(&d, 4)));
}

/* Cells of 1 km over a day and a half: a road, a river with a bridge, threats with hours, bases, patrols, restrictions. */
static inline fx *random_plan(uint64_t seed, int32_t nx, int32_t ny) {
  dice d = {seed};
  fx *f = fx_new(nx, ny, 1000, 1);
  f->info.to_s += 12 * VD_HOUR_S;
  random_standards(f, &d);
  for (int i = 0; i < nx * ny; i++) {
    if (dice_below(&d, 3)) fx_settlement(f, "Village", i % nx, i / nx, 1 + dice_below(&d, 500));
  }
  double bend = dice_real(&d, 0, ny - 1);
  fx_road(f, "N1", (double[]){-0.3, ny / 2.0, nx / 2.0, bend, nx - 0.7, ny / 2.0}, 3)->crossing = VD_BRIDGE;
  fx_river(f, "River", (double[]){nx / 3.0 + 0.17, -0.6, nx / 3.0 + 1.31, ny - 0.4}, 2);
  vd_actor *actors[3] = {fx_actor(f, "Military", VD_ACTOR_UN_MILITARY, true),
                         fx_actor(f, "Police", VD_ACTOR_UN_POLICE, true),
                         fx_actor(f, "Army", VD_ACTOR_HOST_STATE, false)};
  for (int i = 0; i < 3; i++) {
    vd_base *base = fx_base(f, "Base", actors[dice_below(&d, 3)], dice_real(&d, 0, nx - 1),
                            dice_real(&d, 0, ny - 1), VD_CAR_4X4, dice_below(&d, 4));
    base->notice_night_min = dice_below(&d, 3) ? base->notice_day_min + 2 : NAN;
    base->proximity_m = dice_real(&d, 500, 2500);
    if (dice_below(&d, 2)) base->from_s = dice_minute(&d, 0, 12);
    if (dice_below(&d, 2)) base->to_s = dice_minute(&d, 16, 36);
  }
  for (int i = 0; i < 3; i++) {
    int c = dice_below(&d, nx - 2), r = dice_below(&d, ny - 2);
    vd_threat_area *threat = fx_threat(f, "Threat", (vd_priority)dice_below(&d, 4),
                                       fx_cells(f, c, r, c + (nx - c) / 2, r + (ny - r) / 2, 0.1));
    if (dice_below(&d, 2))
      threat->hour_from_min = 60 * dice_below(&d, 24), threat->hour_to_min = 60 * dice_below(&d, 24) + 30;
  }
  for (int i = 0; i < 5; i++) random_patrol(f, &d, actors[dice_below(&d, 3)]);
  for (int i = 0; i < 6; i++) random_restriction(f, &d);
  random_bounds(f, seed);
  return f;
}

/* The same with two patrols of its actors that a receiver recorded. */
static inline fx *random_plan_with_tracks(uint64_t seed, int32_t nx, int32_t ny) {
  fx *f = random_plan(seed, nx, ny);
  dice d = {seed ^ 0x747261636b};
  const fx_list *actors = &f->lists[VD_KIND_ACTOR];
  for (int i = 0; i < 2; i++) random_track(f, &d, actors->records[dice_below(&d, (int)actors->n)]);
  return f;
}

#endif
