/* schedule_bench: a year of 150 000 outings: how long their schedule takes, and occurrences of a rule decades old.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <time.h>

#include "study_random.h"
#include "vedette/geo/start.h"
#include "vedette/plan/recurrence.h"
#include "vedette/study/schedule.h"

enum { NX = 200, NY = 150, N_PATROLS = 411, N_RESTRICTIONS = 300, N_CREWS = 400, N_ROADS = 60 };

static double seconds(void) {
  return (double)clock() / CLOCKS_PER_SEC;
}

static fx *make_plan(void) {
  dice d = {4};
  fx *f = fx_new(NX, NY, 1000, 365);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 30), fx_speed(f, VD_CAR_4X4, VD_GROUND_GRAVEL, 60);
  vd_actor *actor = fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true);
  for (int i = 0; i < N_ROADS; i++) { /* from west to east, a point every kilometre */
    double xy[2 * NX], row = dice_below(&d, NY);
    for (int k = 0; k < NX; k++) {
      row = fmin(NY - 1, fmax(0, row + dice_real(&d, -0.7, 0.7)));
      xy[2 * k] = k, xy[2 * k + 1] = row;
    }
    fx_road(f, "Road", xy, NX);
  }
  for (int i = 0; i < N_PATROLS; i++) {
    vd_patrol *patrol = fx_patrol(f, vd_str_printf(f->arena, "Patrol %d", i), actor, VD_CAR_4X4,
                                  FX_MONDAY_S + (6 + dice_below(&d, 6)) * (int64_t)VD_HOUR_S, "FREQ=DAILY");
    double at[8];
    for (int k = 0; k < 4; k++) {
      at[2 * k] = k ? fmin(NX - 1, at[2 * k - 2] + dice_real(&d, -10, 10)) : dice_real(&d, 0, NX - 1);
      at[2 * k + 1] = k ? fmin(NY - 1, at[2 * k - 1] + dice_real(&d, -10, 10)) : dice_real(&d, 0, NY - 1);
      at[2 * k] = fmax(0, at[2 * k]), at[2 * k + 1] = fmax(0, at[2 * k + 1]);
      fx_stop(f, patrol, k, at[2 * k], at[2 * k + 1], k * 60, k * 60 + 20);
    }
    patrol->record.geom = fx_line(f, at, 4);
    patrol->crew = vd_str_printf(f->arena, "Section %d", dice_below(&d, N_CREWS));
    patrol->vehicles_named = vd_str_printf(f->arena, "K-%d; K-%d", i, N_PATROLS + i);
  }
  for (int i = 0; i < N_RESTRICTIONS; i++) {
    vd_restriction *r =
        fx_restriction(f, "Post", fx_point(f, dice_real(&d, 0, NX - 1), dice_real(&d, 0, NY - 1)), 500);
    r->effect = dice_below(&d, 3) ? VD_EFFECT_DELAY : VD_EFFECT_BLOCK, r->delay_min = 15;
    r->from_s = dice_minute(&d, 0, 8000), r->to_s = r->from_s + dice_below(&d, 60) * (int64_t)VD_DAY_S;
  }
  fx_load(f);
  return f;
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  fx *f = make_plan();
  vd_landscape *land;
  vd_schedule *schedule;
  vd_study_options options = {0}, week = {.from_s = FX_MONDAY_S, .to_s = FX_MONDAY_S + VD_WEEK_S};
  if (vd_landscape_build(f->plan, 0, NULL, NULL, &land) != VD_OK) return 1;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_study_options *windows[] = {&week, &options};
  for (int i = 0; i < 2; i++) {
    double from = seconds();
    if (vd_schedule_make(f->plan, land, windows[i], NULL, arena, &schedule) != VD_OK) {
      fprintf(stderr, "%s\n", vd_last_message());
      return 1;
    }
    printf("%s: %zu outings, %zu conflicts%s in %.2f s of processor time, %.0f MB\n", i ? "a year" : "a week",
           schedule->n_in_window, schedule->n_conflicts, schedule->conflicts_cut ? " and more" : "",
           seconds() - from, (double)vd_arena_used(arena) / 1e6);
  }
  vd_recurrence rule;
  int64_t *starts, from_s = FX_MONDAY_S;
  size_t n = 0, n_all = 0;
  double from = seconds();
  vd_recurrence_parse("FREQ=WEEKLY;BYDAY=MO,WE,FR;INTERVAL=2;COUNT=100000", 0, &rule);
  for (int i = 0; i < 1000; i++, n_all += n)
    vd_recurrence_starts(arena, &rule, from_s - 30000 * (int64_t)VD_DAY_S, 0, from_s, from_s + VD_WEEK_S,
                         &starts, &n);
  printf("1000 rules 82 years old: %zu starts in %.4f s\n", n_all, seconds() - from);
  vd_landscape_free(land);
  fx_free(f);
  return 0;
}
