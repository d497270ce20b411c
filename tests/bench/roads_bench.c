/* roads_bench: how long a large road graph takes to read, build, keep, open again and search.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_roads_bench [PLAN.gpkg | ROADS]; a plan with roads, or how many roads to make up (100000). The whole of
 * Moscow to Rome: vedette new mr.gpkg --area FILE.osm.pbf; vedette import mr.gpkg FILE.osm.pbf; then with mr.gpkg, which keeps its network afterwards. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "study/land.h"
#include "vedette/geo/start.h"
#include "vedette/store/plan_file.h"

enum { TIMES = 5, N_BASES = 60, FOUR_HOURS_MS = 4 * 3600 * 1000 };

static uint64_t state = 1;
static double random_unit(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(state >> 11) / 9007199254740992.0;
}

static double ms_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

typedef struct timer {
  double wall, busy;
} timer;
static timer start_timer(void) {
  return (timer){ms_of(CLOCK_MONOTONIC), ms_of(CLOCK_PROCESS_CPUTIME_ID)};
}
static void tell(const char *what, timer began) {
  printf("%-44s %9.1f ms, processor %9.1f ms\n", what, ms_of(CLOCK_MONOTONIC) - began.wall,
         ms_of(CLOCK_PROCESS_CPUTIME_ID) - began.busy);
}

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, vd_last_message());
  exit(1);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* ---- a network to work on ---- */

typedef struct subject {
  vd_landscape *land; /* of a plan */
  const vd_travel_network *net;
} subject;

static vd_landscape *build(const vd_plan *plan, const char *what) {
  vd_landscape *land;
  timer began = start_timer();
  if (vd_landscape_build(plan, 0, NULL, NULL, &land) != VD_OK) die("landscape");
  tell(what, began);
  return land;
}

static void keep(vd_plan_file *file, const vd_landscape *land) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_kept kept;
  timer began = start_timer();
  if (vd_landscape_pack(land, arena, &kept) != VD_OK) die("pack");
  if (!kept.n) return;
  tell("network as bytes", began);
  printf("%.1f MB, %.1f bytes a piece of road\n", (double)kept.n / 1e6,
         (double)kept.n / vd_travel_n_edges(land->network));
  began = start_timer();
  if (vd_plan_file_keep(file, &kept) != VD_OK) die("keep");
  tell("kept in the plan", began);
}

static void tell_reading(const vd_plan *plan, const vd_landscape *land) {
  double found[TIMES], whole[TIMES];
  for (int i = 0; i < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_kept kept = {.name = "roads", .key = land->network_key};
    vd_travel_network *net;
    double began = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_plan_find_kept(plan, arena, &kept) != VD_OK) die("find");
    found[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began;
    if (vd_travel_network_read(arena, kept.bytes, kept.n, &land->terrain, land->barriers, &net) != VD_OK)
      die("read");
    whole[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began;
  }
  qsort(found, TIMES, sizeof *found, compare);
  qsort(whole, TIMES, sizeof *whole, compare);
  printf("network opened again: median %.1f ms of processor time (least %.1f), of which the file %.1f ms\n",
         whole[TIMES / 2], whole[0], found[TIMES / 2]);
}

static void open_plan(const char *path, subject *out) {
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  timer began = start_timer();
  if (vd_plan_file_open(path, VD_OPEN_EDIT, &file) != VD_OK) die(path);
  tell("plan opened", began);
  const vd_plan *plan = vd_plan_file_plan(file);
  VD_CLEANUP(vd_plan_cleanup) vd_plan *bare = vd_plan_copy(plan);
  vd_plan_use_keeper(bare, NULL);
  vd_landscape_free(build(bare, "landscape, its network built"));
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = build(plan, "landscape, its network looked for");
  keep(file, land);
  out->land = build(plan, "landscape, its network kept");
  out->net = out->land->network;
  if (out->land->network_kept) tell_reading(plan, out->land);
}

/* Villages in a net: each road leads from a place to one of the three next to it, with a bend. */
static void make_roads(vd_arena *arena, int32_t n, subject *out) {
  int32_t side = (int32_t)sqrt(n / 2.0) + 2;
  double *at = VD_NEW_ARRAY(arena, double, 2 * side * side);
  for (int32_t i = 0; i < side * side; i++) {
    at[2 * i] = (i % side - side / 2.0 + 0.8 * random_unit()) * 1000;
    at[2 * i + 1] = (i / side - side / 2.0 + 0.8 * random_unit()) * 1000;
  }
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n);
  for (int32_t i = 0; i < n; i++) {
    int32_t x = (int32_t)(random_unit() * (side - 1)), y = (int32_t)(random_unit() * (side - 1)),
            from = y * side + x, to = from + (int32_t)(random_unit() * 3) % 2 * side + 1 - (i & 1);
    if (to == from) to = from + side;
    double *xy = VD_NEW_ARRAY(arena, double, 6);
    memcpy(xy, at + 2 * from, 2 * sizeof *xy);
    memcpy(xy + 4, at + 2 * to, 2 * sizeof *xy);
    xy[2] = (xy[0] + xy[4]) / 2 + 100 * random_unit();
    xy[3] = (xy[1] + xy[5]) / 2 + 100 * random_unit();
    roads[i] = (vd_travel_road){.xy = xy, .n = 3, .ground = (vd_ground)(i % 3), .time_factor = 1};
  }
  int32_t cells = (int32_t)fmin(side / 4 + 1, 1000);
  double extent = side * 1000.0;
  vd_terrain *terrain = VD_NEW(arena, vd_terrain);
  *terrain = (vd_terrain){.grid = {-extent / 2, extent / 2, extent / cells, cells, cells},
                          .ground = VD_NEW_ARRAY(arena, uint8_t, cells * cells)};
  vd_travel_setup setup = {.terrain = terrain, .roads = roads, .n_roads = (size_t)n};
  vd_travel_network *net;
  timer began = start_timer();
  if (vd_travel_network_new(arena, &setup, &net) != VD_OK) die("network");
  tell("network built", began);
  out->net = net;
}

/* ---- what is measured ---- */

static void tell_zones(const vd_travel_network *net, const vd_travel_source *at) {
  enum { ZONES = 1000 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  timer began = start_timer();
  size_t edges = 0;
  for (int i = 0; i < ZONES; i++) {
    const vd_travel_source *s = &at[i % N_BASES];
    edges += vd_travel_zone_circle(arena, net, s->x_m + 10 * i, s->y_m, 500)->n_edges;
  }
  char what[80];
  snprintf(what, sizeof what, "%d zones, %zu pieces of road", (int)ZONES, edges);
  tell(what, began);
}

/* Bases stand on roads, as bases do. */
static void choose_bases(const vd_travel_network *net, vd_travel_source *bases) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_grid *g = vd_travel_network_grid(net);
  for (int i = 0; i < N_BASES;) {
    vd_travel_source at = {g->x0_m + random_unit() * g->nx * g->cell_m,
                           g->y0_m - random_unit() * g->ny * g->cell_m, 0};
    if (vd_travel_zone_circle(arena, net, at.x_m, at.y_m, g->cell_m / 2)->n_edges) bases[i++] = at;
  }
}

static void tell_searches(vd_arena *arena, const vd_travel_network *net, const vd_travel_source *bases) {
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = g < VD_GROUND_BARE ? 80 - 10 * g : 0;
  vd_profile profile = vd_profile_resolve(VD_CAR_4X4, &rules, &rules, VD_DRY, VD_DAY, 900000, 3600000);
  for (int g = 0; g < VD_GROUND_COUNT; g++) profile.walk_ms_per_m[g] = 720;
  vd_travel_costs *costs;
  vd_travel_lanes *lanes;
  timer began = start_timer();
  if (vd_travel_costs_new(arena, net, &profile, NULL, 0, &costs) != VD_OK) die("costs");
  tell("costs of a vehicle", began);
  began = start_timer();
  if (vd_travel_lanes_new(arena, costs, &lanes) != VD_OK) die("lanes");
  tell("lanes", began);
  double took[N_BASES], most = 0, reached = 0;
  for (int i = 0; i < N_BASES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
    vd_travel_reached one;
    double at = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_travel_by_road(own, costs, lanes, &bases[i], 1, FOUR_HOURS_MS, NULL, NULL, &one) != VD_OK)
      die("search");
    took[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - at;
    most = fmax(most, took[i]);
    reached += (double)one.n / N_BASES;
  }
  qsort(took, N_BASES, sizeof *took, compare);
  printf("four hours by road from one base: median %.1f ms, most %.1f ms of processor time; %.0f nodes on "
         "average\n",
         took[N_BASES / 2], most, reached);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(2);
  vd_travel_reached all[N_BASES];
  began = start_timer();
  if (vd_travel_by_road(arena, costs, lanes, bases, N_BASES, FOUR_HOURS_MS, jobs, NULL, all) != VD_OK)
    die("search");
  tell("four hours by road from 60 bases, two threads", began);
  began = start_timer();
  if (vd_travel_by_road(arena, costs, lanes, bases, 1, VD_UNREACHED - 1, NULL, NULL, all) != VD_OK)
    die("search");
  tell("without a limit from one base", began);
  printf("%zu nodes reached\n", all[0].n);
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  subject s = {0};
  int32_t n = argc > 1 ? atoi(argv[1]) : 100000;
  if (argc > 1 && strchr(argv[1], '.')) {
    if (vd_geo_start() != VD_OK) die("start");
    open_plan(argv[1], &s);
  } else if (n >= 10 && n <= 2000000) {
    make_roads(arena, n, &s);
  } else {
    return 2;
  }
  printf("%d nodes, %d pieces of road\n", (int)vd_travel_n_nodes(s.net), (int)vd_travel_n_edges(s.net));
  vd_travel_source bases[N_BASES];
  choose_bases(s.net, bases);
  tell_zones(s.net, bases);
  tell_searches(arena, s.net, bases);
  vd_landscape_free(s.land);
  return 0;
}
