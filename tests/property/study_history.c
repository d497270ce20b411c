/* study_history: the table of bins finds what looking at every patrol finds, with many patrols, small and large.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "study/history.h"
#include "vedette/geo/start.h"

enum { SIDE = 30, PATROLS = 150, PLACES = 120 };

static fx *many_patrols(uint64_t seed) {
  dice d = {seed};
  fx *f = fx_new(SIDE, SIDE, 1000, 7);
  fx_speed(f, VD_CAR_4X4, VD_GROUND_GRASS, 40);
  const vd_actor *actors[2] = {fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true),
                               fx_actor(f, "Group", VD_ACTOR_ARMED_GROUP, false)};
  for (int i = 0; i < PATROLS; i++) {
    vd_patrol *p = fx_patrol(f, "Patrol", actors[dice_below(&d, 5) == 0], VD_CAR_4X4,
                             dice_minute(&d, -40, 100), dice_below(&d, 2) ? "FREQ=DAILY;INTERVAL=2" : NULL);
    double at[12];
    int n = 2 + dice_below(&d, 5);
    for (int k = 0; k < 2 * n; k++) at[k] = dice_real(&d, -3, SIDE + 2);
    p->record.geom = fx_line(f, at, n);
    p->to_s = p->from_s + (1 + dice_below(&d, 600)) * (int64_t)VD_MINUTE_S;
    p->influence_m = dice_below(&d, 10) ? dice_real(&d, 0, 2500) : 40000; /* a few see everything */
    p->state = dice_below(&d, 3) ? VD_EXECUTED : VD_PLANNED;
  }
  fx_load(f);
  return f;
}

/* The latest, and the number of visits of the week, straight from every patrol's whole track. */
typedef struct plain {
  int64_t last_s;
  size_t n_visits;
} plain;
static plain look_at_all(vd_arena *arena, const vd_model *model, const double *xy, vd_driven driven,
                         int64_t time_s) {
  plain out = {VD_TIME_MIN, 0};
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    bool wanted = (beat->state == VD_EXECUTED) == (driven == VD_DRIVEN) && model->parties[beat->party].counts;
    size_t n;
    const vd_visit *visits =
        vd_presence_passes(arena, beat->track, beat->n_track, xy[0], xy[1], beat->influence_m, 0, &n);
    for (size_t v = 0; v < n && wanted; v++) {
      for (size_t o = 0; o < beat->n_starts; o++) {
        int64_t enter = beat->starts[o] + visits[v].enter_s, leave = beat->starts[o] + visits[v].leave_s;
        out.n_visits += enter < model->to_s && leave > model->from_s;
        if (enter > time_s) continue;
        if (leave > time_s) leave = time_s;
        if (leave > out.last_s) out.last_s = leave;
      }
    }
  }
  return out;
}

static void bins_find_what_all_find(void **state) {
  (void)state;
  size_t n_found = 0;
  for (uint64_t seed = 1; seed <= 4; seed++) {
    fx *f = many_patrols(seed);
    dice d = {seed ^ 5};
    VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_model *model;
    vd_history history;
    assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
    assert_int_equal(
        vd_model_read_history(f->plan, land, f->info.from_s, f->info.to_s, 0, NULL, arena, &model), VD_OK);
    assert_int_equal(model->n_beats, PATROLS);
    vd_history_index(arena, model, &history);
    for (int i = 0; i < PLACES; i++) {
      fx_place p = fx_at(f, dice_real(&d, -20, SIDE + 20), dice_real(&d, -20, SIDE + 20));
      double xy[2] = {p.lon_deg, p.lat_deg};
      vd_landscape_to_plane(land, xy, xy, 1);
      int64_t time_s = dice_minute(&d, -30, 160);
      size_t n, n_visits;
      const vd_passing *passes = vd_history_passes(&history, arena, xy, &n);
      for (int driven = VD_DRIVEN; driven <= VD_TO_BE_DRIVEN; driven++) {
        plain expected = look_at_all(arena, model, xy, (vd_driven)driven, time_s);
        const vd_visit *visits = vd_history_visits(&history, arena, passes, n, (vd_driven)driven,
                                                   f->info.from_s, f->info.to_s, &n_visits);
        assert_int_equal(n_visits, expected.n_visits);
        for (size_t v = 1; v < n_visits; v++) assert_true(visits[v].enter_s >= visits[v - 1].enter_s);
        int32_t who;
        assert_true(vd_history_last(&history, passes, n, (vd_driven)driven, time_s, &who) == expected.last_s);
        assert_true((who >= 0) == (expected.last_s != VD_TIME_MIN));
        n_found += n_visits;
      }
    }
    fx_free(f);
  }
  assert_true(n_found > 5000);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(bins_find_what_all_find),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
