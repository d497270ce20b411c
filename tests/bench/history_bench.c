/* history_bench: statistics over years of history, made in memory: the register, response to incidents, predictability.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_history_bench [YEARS [DEPARTURES [INCIDENTS [RESTRICTIONS]]]]: 5 years, each of 150000 departures of weekly
 * patrols and 10000 incidents, and 1000 dated restrictions a year, over 200 x 200 cells of 1 km. The same arguments make the same
 * plan; what each answer comes to is printed with its time. Times are wall clock and processor seconds. */
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "study_random.h"
#include "vedette/geo/start.h"
#include "vedette/study/predict.h"
#include "vedette/study/register.h"
#include "vedette/study/response.h"

enum {
  SIDE = 200,
  WEEKS = 52,
  ROUTES = 400,
  POINTS = 20,
  STOPS = 4,
  THREATS = 40,
  BASES = 20,
  TOWNS = 1500,
  SECTORS = 4
};

typedef struct asked {
  int years, departures, incidents, restrictions;
} asked;

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

/* ---- the plan ---- */

static void add_country(fx *f, dice *d) {
  for (int v = VD_FOOT; v <= VD_CONVOY; v++) fx_speed(f, (vd_vehicle)v, VD_GROUND_GRASS, 12);
  for (int i = 0; i < TOWNS; i++)
    fx_settlement(f, vd_str_printf(f->arena, "Town %d", i), dice_below(d, SIDE), dice_below(d, SIDE), 100);
  for (int i = 0; i < THREATS; i++) {
    int wide = SIDE / 8, c = dice_below(d, SIDE - wide - 1), r = dice_below(d, SIDE - wide - 1);
    vd_threat_area *threat = fx_threat(f, vd_str_printf(f->arena, "Threat %d", i), (vd_priority)(i % 4),
                                       fx_cells(f, c, r, c + wide, r + wide, 0.1));
    if (i % 2) threat->hour_from_min = 18 * 60, threat->hour_to_min = 6 * 60;
  }
  for (int i = 0; i < SECTORS * SECTORS; i++) {
    int wide = SIDE / SECTORS, c = i % SECTORS * wide, r = i / SECTORS * wide;
    vd_area *area = fx_add(f, VD_KIND_AREA, vd_str_printf(f->arena, "Sector %d", i),
                           fx_cells(f, c, r, c + wide - 1, r + wide - 1, 0));
    area->area_type = "sector";
  }
}

static void make_route(dice *d, double *xy) {
  xy[0] = dice_real(d, 0, SIDE - 1), xy[1] = dice_real(d, 0, SIDE - 1);
  for (int i = 1; i < POINTS; i++)
    for (int k = 0; k < 2; k++)
      xy[2 * i + k] = fmin(fmax(xy[2 * i + k - 2] + dice_real(d, -4, 4), 0), SIDE - 1);
}

static void add_patrols(fx *f, dice *d, const asked *a, const vd_actor *const actors[2]) {
  double(*routes)[2 * POINTS] = vd_arena_alloc(f->arena, ROUTES * sizeof *routes);
  for (int i = 0; i < ROUTES; i++) make_route(d, routes[i]);
  for (int i = 0; i < (a->departures + WEEKS - 1) / WEEKS; i++) {
    const double *route = routes[dice_below(d, ROUTES)];
    int64_t from_s =
        f->info.from_s + dice_below(d, 7) * (int64_t)VD_DAY_S + (4 + dice_below(d, 16)) * (int64_t)VD_HOUR_S;
    vd_patrol *patrol = fx_patrol(f, vd_str_printf(f->arena, "Patrol %d", i), actors[i % 2], VD_CAR_4X4,
                                  from_s, "FREQ=WEEKLY");
    patrol->state = VD_EXECUTED, patrol->responds = i % 3 == 0;
    patrol->record.geom = fx_line(f, route, POINTS);
    patrol->to_s = from_s + 8 * VD_HOUR_S, patrol->influence_m = 2000;
    for (int k = 0; k < STOPS; k++) {
      int at = k * (POINTS - 1) / (STOPS - 1);
      fx_stop(f, patrol, k, route[2 * at], route[2 * at + 1], 120 * k, 120 * k + 30);
    }
  }
}

static int64_t some_time(const fx *f, dice *d) {
  return f->info.from_s + (int64_t)dice_real(d, 0, (double)(f->info.to_s - f->info.from_s));
}

static void add_events(fx *f, dice *d, const asked *a) {
  for (int i = 0; i < a->years * a->incidents; i++) {
    vd_incident *in =
        fx_add(f, VD_KIND_INCIDENT, NULL, fx_point(f, dice_real(d, 0, SIDE - 1), dice_real(d, 0, SIDE - 1)));
    in->from_s = some_time(f, d);
    in->precision_m = i % 4 ? 0 : 1500;
    in->perpetrator_class = vd_perpetrator_words[i % 6];
    if (i % 3) continue;
    in->alert_s = in->from_s + dice_below(d, 60) * (int64_t)VD_MINUTE_S;
    in->response_departed_s = in->alert_s + dice_below(d, 60) * (int64_t)VD_MINUTE_S;
    in->response_arrived_s = in->response_departed_s + dice_below(d, 300) * (int64_t)VD_MINUTE_S;
  }
  for (int i = 0; i < a->years * a->restrictions; i++) {
    vd_restriction *r =
        fx_restriction(f, vd_str_printf(f->arena, "Point %d", i),
                       fx_point(f, dice_real(d, 0, SIDE - 1), dice_real(d, 0, SIDE - 1)), 300);
    r->code = "ROM-CHK", r->effect = i % 3 == 0 ? VD_EFFECT_BLOCK : VD_EFFECT_DELAY, r->delay_min = 10;
    r->from_s = some_time(f, d), r->to_s = r->from_s + 6 * VD_HOUR_S;
  }
}

static fx *make_plan(const asked *a) {
  dice d = {20260314};
  fx *f = fx_new(SIDE, SIDE, 1000, 1);
  f->info.from_s = FX_MONDAY_S - (int64_t)a->years * WEEKS * VD_WEEK_S, f->info.to_s = FX_MONDAY_S;
  const vd_actor *actors[2] = {fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true),
                               fx_actor(f, "Police", VD_ACTOR_UN_POLICE, true)};
  add_country(f, &d);
  add_patrols(f, &d, a, actors);
  for (int i = 0; i < BASES; i++)
    fx_base(f, vd_str_printf(f->arena, "Base %d", i), actors[i % 2], dice_below(&d, SIDE),
            dice_below(&d, SIDE), VD_CAR_4X4, 15);
  add_events(f, &d, a);
  fx_load(f);
  return f;
}

/* ---- the runs ---- */

typedef struct watch {
  double wall_s, processor_s;
} watch;

static double clock_s(clockid_t which) {
  struct timespec t;
  clock_gettime(which, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static watch now(void) {
  return (watch){clock_s(CLOCK_MONOTONIC), clock_s(CLOCK_PROCESS_CPUTIME_ID)};
}

static void took(const char *what, watch since) {
  struct rusage usage;
  watch t = now();
  getrusage(RUSAGE_SELF, &usage);
  printf("%s: %.2f s, processor %.2f s, peak %.0f MB; ", what, t.wall_s - since.wall_s,
         t.processor_s - since.processor_s, (double)usage.ru_maxrss / 1024);
}

static void run_response(const fx *f, const vd_landscape *land, vd_jobs *jobs, bool without_travel) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_response_options options = {.without_travel = without_travel};
  vd_response r;
  watch since = now();
  if (vd_response_run(arena, f->plan, land, &options, jobs, NULL, &r) != VD_OK) die("response");
  took(without_travel ? "response without travel" : "response", since);
  printf("%zu incidents, %lld with presence before, %lld in time, %lld in reach, %zu months, %lld solves\n",
         r.n_incidents, (long long)r.all.before, (long long)r.all.in_time, (long long)r.all.reach, r.months.n,
         (long long)r.n_solves);
  fflush(stdout);
}

static void run_predict(const fx *f, const vd_landscape *land, vd_jobs *jobs, bool without_moves) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_predict_options options = {.without_moves = without_moves};
  vd_predictability p;
  watch since = now();
  if (vd_predict_run(arena, f->plan, land, &options, jobs, NULL, &p) != VD_OK) die("predict");
  took(without_moves ? "predict without moves" : "predict", since);
  printf("%zu places, %zu units, %zu moves\n", p.n_places, p.n_units, p.n_moves);
  fflush(stdout);
}

static void run_register(const fx *f) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_register *made;
  watch since = now();
  if (vd_register_make(f->plan, 0, 0, arena, &made) != VD_OK) die("register");
  took("restrictions", since);
  printf("%zu reports\n", vd_plan_count(f->plan, VD_KIND_RESTRICTION));
  fflush(stdout);
}

int main(int argc, char **argv) {
  asked a = {argc > 1 ? atoi(argv[1]) : 5, argc > 2 ? atoi(argv[2]) : 150000,
             argc > 3 ? atoi(argv[3]) : 10000, argc > 4 ? atoi(argv[4]) : 1000};
  if (vd_geo_start() != VD_OK) die("start");
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(0);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  fx *f = make_plan(&a);
  if (vd_landscape_build(f->plan, 0, jobs, NULL, &land) != VD_OK) die("landscape");
  printf("%d years, each of %d departures, %d incidents, %d restrictions\n", a.years, a.departures,
         a.incidents, a.restrictions);
  run_register(f);
  run_response(f, land, jobs, true);
  run_predict(f, land, jobs, true);
  run_predict(f, land, jobs, false);
  if (!getenv("WITHOUT_TRAVEL")) run_response(f, land, jobs, false);
  fx_free(f);
  return 0;
}
