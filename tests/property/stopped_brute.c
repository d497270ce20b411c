/* stopped_brute: planned patrols that restrictions stop, followed second by second, against the study.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A row of cells of 1 km. Patrols leave at random minutes and drive a minute a cell from one end; posts block, or want an escort, at
 * random times. A helicopter answers everywhere, so that a cell is covered from the first visit on and else in reach only. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/geo/start.h"

enum { N = 10, PLANS = 60, PATROLS = 2, POSTS = 8, NEAR_M = 400, POST_M = 300, MINUTES = 1440 };

static const double drive_s = 60.0 * (N - 1);

static fx *random_row(uint64_t seed) {
  dice d = {seed};
  static const char *const names[] = {"watch", "could", "should", "must"};
  fx *f = fx_new(N, 1, 1000, 1);
  for (int p = 0; p < 4; p++) {
    fx_standard(f, vd_str_printf(f->arena, "response.%s", names[p]), 600);
    fx_standard(f, vd_str_printf(f->arena, "revisit.%s", names[p]), 48);
  }
  fx_standard(f, "day.from", 0);
  fx_standard(f, "day.to", 0);
  fx_people_everywhere(f, 100);
  fx_threat(f, "Threat", VD_MUST, fx_cells(f, 0, 0, N - 1, 0, 0.01));
  vd_actor *un = fx_actor(f, "UN military", VD_ACTOR_UN_MILITARY, true),
           *police = fx_actor(f, "UN police", VD_ACTOR_UN_POLICE, true);
  fx_base(f, "Base", un, 0, 0, VD_HELICOPTER, 5)->proximity_m = 0;
  for (int i = 0; i < PATROLS; i++) {
    vd_patrol *patrol =
        fx_patrol(f, "Patrol", dice_below(&d, 3) ? un : police, VD_CAR_4X4, dice_minute(&d, 0, 23), NULL);
    patrol->state = dice_below(&d, 4) ? VD_PLANNED : VD_EXECUTED;
    patrol->escorted = dice_below(&d, 2);
    patrol->influence_m = NEAR_M;
    fx_stop(f, patrol, 0, 0, 0, 0, 0);
    fx_stop(f, patrol, 1, N - 1, 0, N - 1, N - 1);
  }
  for (int i = 0; i < POSTS; i++) {
    vd_restriction *r = fx_restriction(f, "Post", fx_point(f, 1 + dice_below(&d, N - 2), 0), POST_M);
    static const vd_effect effects[] = {VD_EFFECT_BLOCK, VD_EFFECT_ESCORT, VD_EFFECT_ESCORT, VD_EFFECT_DELAY};
    r->effect = (int32_t)effects[dice_below(&d, 4)];
    r->delay_min = 30;
    r->from_s = dice_minute(&d, 0, 20);
    r->to_s = r->from_s + (30 + dice_below(&d, 900)) * (int64_t)VD_MINUTE_S;
    if (dice_below(&d, 3) == 0) r->resolved_s = dice_minute(&d, 0, 24);
    if (dice_below(&d, 4) == 0) r->components = "un_police";
    if (dice_below(&d, 5) == 0) r->road_state = "open";
  }
  return f;
}

static double cells_from_west(const fx *f, const vd_geom *geom) {
  return (geom->xy[0] - fx_at(f, 0, 0).lon_deg) * fx_lon_m(geom->xy[1]) / 1000;
}

static bool stops(const fx *f, const vd_restriction *r, const vd_patrol *patrol, double x_m, double time_s) {
  const vd_actor *actor = vd_plan_find(f->plan, VD_KIND_ACTOR, patrol->actor);
  bool acts = r->effect == VD_EFFECT_BLOCK || (r->effect == VD_EFFECT_ESCORT && patrol->escorted != 1);
  bool police_only = r->components && actor->kind != VD_ACTOR_UN_POLICE;
  return acts && !police_only && !r->road_state && time_s >= (double)r->from_s && time_s < (double)r->to_s &&
         time_s < (double)r->resolved_s && fabs(x_m - 1000 * cells_from_west(f, r->record.geom)) <= POST_M;
}

/* When each cell is first visited, by driving second by second until something stops the patrol; how many were stopped. */
static int drive(const fx *f, double first_s[N]) {
  int n_stopped = 0;
  for (int c = 0; c < N; c++) first_s[c] = INFINITY;
  VD_EACH(f->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    bool stopped = false;
    for (int t = 0; t <= (int)drive_s && !stopped; t++) {
      double time_s = (double)(patrol->from_s + t), x_m = t / 60.0 * 1000;
      VD_EACH(f->plan, VD_KIND_RESTRICTION, vd_restriction, r) {
        stopped |= patrol->state == VD_PLANNED && stops(f, r, patrol, x_m, time_s);
      }
      for (int c = 0; c < N && !stopped; c++)
        if (fabs(x_m - 1000.0 * c) <= NEAR_M && time_s < first_s[c]) first_s[c] = time_s;
    }
    n_stopped += stopped;
  }
  return n_stopped;
}

static void visits_are_those_of_driving_until_stopped(void **state) {
  (void)state;
  int held = 0;
  for (uint64_t seed = 1; seed <= PLANS; seed++) {
    fx *f = random_row(seed);
    vd_landscape *land = NULL;
    vd_study *study = NULL;
    double first_s[N];
    fx_load(f);
    if (vd_landscape_build(f->plan, 0, NULL, NULL, &land) != VD_OK) fail_msg("%s", vd_last_message());
    if (vd_study_run(f->plan, land, NULL, NULL, NULL, &study) != VD_OK) fail_msg("%s", vd_last_message());
    held += drive(f, first_s);
    for (int minute = 0; minute < MINUTES; minute++) {
      int64_t now = FX_MONDAY_S + minute * (int64_t)VD_MINUTE_S + 30;
      uint8_t states[N];
      vd_study_states_at(study, now, states);
      for (int c = 0; c < N; c++) {
        if (fabs((double)now - first_s[c]) < 10) continue; /* within a step of the track */
        int expected = first_s[c] <= (double)now ? VD_COVERED : VD_REACH_ONLY;
        if (states[c] != expected)
          fail_msg("seed %d, cell %d at minute %d: %s", (int)seed, c, minute,
                   vd_terms_word(&vd_state_terms, states[c]));
      }
    }
    vd_study_free(study);
    vd_landscape_free(land);
    fx_free(f);
  }
  assert_true(held > PLANS / 2);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {cmocka_unit_test(visits_are_those_of_driving_until_stopped)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
