/* presence_bench: how long a study takes of a year of patrols, and of a plan with very many restrictions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_presence_bench [WHAT [PATROLS [SIDE [RESTRICTIONS]]]]. WHAT is once (every patrol a record of its own, executed),
 * weekly (the same departures as weekly patrols), answer (weekly, and they respond from their stops) or many (few patrols,
 * RESTRICTIONS points) or dated (each for a week of its own); PATROLS departures in a year (150000) on a grid of SIDE cells (320) of 1 km. The same arguments make the
 * same plan; the hash of what each study found is printed with its time. */
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "study_fixture.h"
#include "study_hash.h"
#include "vedette/geo/start.h"

enum { DAYS = 365, WEEKS = 52, ROUTES = 400, POINTS = 20, STOPS = 4, THREATS = 12, BASES = 5, TOWNS = 2000 };

typedef struct asked {
  const char *what;
  int patrols, side, restrictions;
} asked;

static uint64_t state = 1;
static double unit(void) { /* splitmix64 */
  uint64_t z = (state += 0x9e3779b97f4a7c15u);
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return (double)((z ^ z >> 31) >> 11) * 0x1p-53;
}
static double between(double from, double to) {
  return from + (to - from) * unit();
}

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

/* ---- the plan ---- */

static void put_people(fx *f, int side) {
  vd_raster raster = {.width = side,
                      .height = side,
                      .crs_wkt =
                          "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                          "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],"
                          "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]",
                      .values = VD_NEW_ARRAY(f->arena, float, side *side)};
  fx_place nw = fx_at(f, -0.5, -0.5), se = fx_at(f, side - 0.5, side - 0.5);
  double step_lon = (se.lon_deg - nw.lon_deg) / side, step_lat = (se.lat_deg - nw.lat_deg) / side;
  double transform[6] = {nw.lon_deg, step_lon, 0, nw.lat_deg, 0, step_lat};
  memcpy(raster.geotransform, transform, sizeof transform);
  for (int i = 0; i < side * side; i++) raster.values[i] = (float)floor(between(1, 60));
  if (vd_plan_load_raster(f->plan, VD_RASTER_POPULATION, &raster) != VD_OK) die("people");
}

static void add_country(fx *f, int side) {
  for (int v = VD_FOOT; v <= VD_CONVOY; v++) fx_speed(f, (vd_vehicle)v, VD_GROUND_GRASS, 12);
  for (int i = 0; i < TOWNS; i++)
    fx_settlement(f, vd_str_printf(f->arena, "Town %d", i), between(0, side - 1), between(0, side - 1), 100);
  for (int i = 0; i < THREATS; i++) {
    int wide = side / 5, c = (int)between(0, side - wide - 1), r = (int)between(0, side - wide - 1);
    vd_threat_area *threat = fx_threat(f, vd_str_printf(f->arena, "Threat %d", i), (vd_priority)(i % 3),
                                       fx_cells(f, c, r, c + wide, r + wide, 0.1));
    if (i % 2) threat->hour_from_min = 18 * 60, threat->hour_to_min = 6 * 60;
  }
}

/* A walk of about 60 cells; lines of patrols go along it, stops stand on it. */
static void make_route(double *xy, int side) {
  xy[0] = between(0, side - 1), xy[1] = between(0, side - 1);
  for (int i = 1; i < POINTS; i++)
    for (int k = 0; k < 2; k++) xy[2 * i + k] = fmin(fmax(xy[2 * i + k - 2] + between(-4, 4), 0), side - 1);
}

static void add_patrol(fx *f, const asked *a, const vd_actor *actor, int i, int64_t from_s,
                       const double *route) {
  bool answers = strcmp(a->what, "answer") == 0, once = strcmp(a->what, "once") == 0;
  vd_patrol *patrol = fx_patrol(f, vd_str_printf(f->arena, "Patrol %d", i), actor, VD_CAR_4X4, from_s,
                                once ? NULL : "FREQ=WEEKLY");
  if (once) patrol->state = VD_EXECUTED;
  patrol->record.geom = fx_line(f, route, POINTS);
  patrol->to_s = from_s + 8 * VD_HOUR_S;
  patrol->influence_m = 2000;
  patrol->responds = answers;
  for (int k = 0; k < STOPS; k++) {
    int at = k * (POINTS - 1) / (STOPS - 1);
    fx_stop(f, patrol, k, route[2 * at], route[2 * at + 1], 120 * k, 120 * k + 30);
  }
}

static void add_patrols(fx *f, const asked *a) {
  const vd_actor *actors[3] = {fx_actor(f, "Force", VD_ACTOR_UN_MILITARY, true),
                               fx_actor(f, "Police", VD_ACTOR_UN_POLICE, true),
                               fx_actor(f, "Host", VD_ACTOR_HOST_STATE, false)};
  double(*routes)[2 * POINTS] = vd_arena_alloc(f->arena, ROUTES * sizeof *routes);
  bool once = strcmp(a->what, "once") == 0;
  int n = once ? a->patrols : (a->patrols + WEEKS - 1) / WEEKS;
  for (int i = 0; i < ROUTES; i++) make_route(routes[i], a->side);
  for (int i = 0; i < n; i++) {
    int64_t day = (int64_t)between(0, once ? DAYS : 7), hour = (int64_t)between(4, 20);
    int at = (int)between(0, ROUTES);
    add_patrol(f, a, actors[at % 3], i, FX_MONDAY_S + day * VD_DAY_S + hour * VD_HOUR_S, routes[at]);
  }
  for (int i = 0; i < BASES; i++)
    fx_base(f, vd_str_printf(f->arena, "Base %d", i), actors[i % 2], between(0, a->side - 1),
            between(0, a->side - 1), VD_CAR_4X4, 15);
}

/* Points that block, slow or delay; dated ones for a week each, the others always. */
static void add_restrictions(fx *f, const asked *a) {
  for (int i = 0; i < a->restrictions; i++) {
    vd_restriction *r = fx_restriction(f, vd_str_printf(f->arena, "Point %d", i),
                                       fx_point(f, between(0, a->side - 1), between(0, a->side - 1)), 300);
    r->effect = i % 3 == 0 ? VD_EFFECT_BLOCK : i % 3 == 1 ? VD_EFFECT_SLOW : VD_EFFECT_DELAY;
    r->slow_factor = 2, r->delay_min = 10;
    if (strcmp(a->what, "dated") != 0) continue;
    r->from_s = FX_MONDAY_S + (int64_t)between(0, DAYS * VD_DAY_S);
    r->to_s = r->from_s + 7 * VD_DAY_S;
  }
}

/* ---- the runs ---- */

static double clock_s(clockid_t which) {
  struct timespec t;
  clock_gettime(which, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double peak_mb(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return (double)usage.ru_maxrss / 1024;
}

typedef struct stepping {
  const char *last;
  double since;
} stepping;

static void step(void *context, const char *what, int64_t done, int64_t total) {
  stepping *s = context;
  double now = clock_s(CLOCK_MONOTONIC);
  (void)done, (void)total;
  if (s->last == what) return;
  if (s->last) fprintf(stderr, "  %7.2f s %s\n", now - s->since, s->last);
  s->last = what, s->since = now;
}

static void run(const fx *f, const vd_landscape *land, vd_jobs *jobs, bool quick) {
  VD_CLEANUP(vd_study_cleanup) vd_study *study = NULL;
  stepping steps = {0};
  vd_progress progress = {.on_step = step, .context = &steps};
  vd_study_options options = {.quick = quick, .without_losses = true};
  double t0 = clock_s(CLOCK_MONOTONIC), p0 = clock_s(CLOCK_PROCESS_CPUTIME_ID);
  if (vd_study_run(f->plan, land, &options, jobs, &progress, &study) != VD_OK) die("study");
  double t1 = clock_s(CLOCK_MONOTONIC), p1 = clock_s(CLOCK_PROCESS_CPUTIME_ID);
  size_t n_cells, n_gaps, n_doubled, n_responders;
  vd_study_cells(study, &n_cells);
  vd_study_gaps(study, &n_gaps);
  vd_study_duplicates(study, &n_doubled);
  vd_study_responders(study, &n_responders);
  char hash[65];
  hash_study(study, hash);
  printf("%s study: %.2f s, processor %.2f s, peak %.0f MB; %zu cells, %lld departures, %zu responders, %zu "
         "gaps, "
         "%zu doubled; %.16s\n",
         quick ? "quick" : "whole", t1 - t0, p1 - p0, peak_mb(), n_cells,
         (long long)vd_study_headline(study)->n_occurrences, n_responders, n_gaps, n_doubled, hash);
  fflush(stdout);
}

int main(int argc, char **argv) {
  asked a = {argc > 1 ? argv[1] : "once", argc > 2 ? atoi(argv[2]) : 150000, argc > 3 ? atoi(argv[3]) : 320,
             argc > 4 ? atoi(argv[4]) : 0};
  if (vd_geo_start() != VD_OK) die("start");
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(0);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  fx *f = fx_new(a.side, a.side, 1000, DAYS);
  add_country(f, a.side);
  add_patrols(f, &a);
  add_restrictions(f, &a);
  put_people(f, a.side);
  fx_load(f);
  if (vd_landscape_build(f->plan, 0, jobs, NULL, &land) != VD_OK) die("landscape");
  printf("%s: %d departures, %d restrictions, %d x %d cells, plan and landscape in %.0f MB\n", a.what,
         a.patrols, a.restrictions, a.side, a.side, peak_mb());
  fflush(stdout);
  run(f, land, jobs, true);
  if (!getenv("QUICK_ONLY")) run(f, land, jobs, false);
  fx_free(f);
  return 0;
}
