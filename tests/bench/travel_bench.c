/* travel_bench: milliseconds to build the road network of a made-up area, to solve travel times over it, and to follow a
 * change of its restrictions.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_travel_bench [cells a side] [roads] [rivers] [bases] [threads]; 1000, 2000, 50, 10 and 1 by
 * default. Tells medians, by the
 * clock, by the processor's time of all threads and by that of the calling thread, which other programs disturb less. "First" is a solve with new
 * costs, which has to find the prices of all moves; "again" one with costs that other solves have used.
 * "Cancelled" is from the wish to end a solve until it has ended. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "vedette/core/times.h"
#include "vedette/core/travel.h"

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

static double now_ms(void) {
  return ms_of(CLOCK_MONOTONIC);
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* A road or river that wanders from a random place. */
static double *wander(vd_arena *arena, double side_m, int32_t n, double step_m) {
  double *xy = VD_NEW_ARRAY(arena, double, 2 * n);
  double angle = random_unit() * 6.283185307179586;
  xy[0] = (random_unit() - 0.5) * side_m;
  xy[1] = (random_unit() - 0.5) * side_m;
  for (int32_t i = 1; i < n; i++) {
    angle += random_unit() - 0.5;
    xy[2 * i] = xy[2 * i - 2] + step_m * cos(angle);
    xy[2 * i + 1] = xy[2 * i - 1] + step_m * sin(angle);
  }
  return xy;
}

static vd_terrain make_terrain(vd_arena *arena, int32_t side) {
  vd_terrain t = {.grid = {-side * 50.0, side * 50.0, 100, side, side}};
  uint8_t *ground = VD_NEW_ARRAY(arena, uint8_t, side * side);
  float *elevation = VD_NEW_ARRAY(arena, float, side *side);
  for (int32_t i = 0; i < side * side; i++) {
    double x = i % side, y = i / side, wave = sin(x / 37) * cos(y / 53) + sin((x + y) / 11) / 4;
    elevation[i] = (float)(400 + 150 * wave);
    ground[i] = (uint8_t)(wave < -0.9 ? VD_GROUND_WATER : VD_GROUND_BARE + (int)(2.4 * (wave + 1.3)) % 5);
  }
  t.ground = ground;
  t.elevation_m = elevation;
  return t;
}

static vd_speed_rules rules_of(double flat) {
  vd_speed_rules r = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_WATER; g++) r.kmh[g] = g < VD_GROUND_BARE ? 5 * flat : flat / (1 + 0.1 * g);
  return r;
}

/* ---- solving ---- */

typedef struct bench {
  const vd_travel_network *net;
  const vd_profile *profile;
  const char *what;
  int32_t side;
  vd_jobs *jobs;
} bench;

enum { MOST = 100 };
typedef struct taken {
  double wall[MOST], busy[MOST], own[MOST], began, began_busy, began_own;
  int n;
} taken;

static void begin(taken *t) {
  t->began = now_ms();
  t->began_busy = ms_of(CLOCK_PROCESS_CPUTIME_ID);
  t->began_own = ms_of(CLOCK_THREAD_CPUTIME_ID);
}

static void end(taken *t) {
  t->wall[t->n] = now_ms() - t->began;
  t->own[t->n] = ms_of(CLOCK_THREAD_CPUTIME_ID) - t->began_own;
  t->busy[t->n++] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - t->began_busy;
}

static void tell(const bench *b, const char *what, taken *t, double n_cells) {
  if (!t->n) return;
  qsort(t->wall, (size_t)t->n, sizeof *t->wall, compare);
  qsort(t->busy, (size_t)t->n, sizeof *t->busy, compare);
  qsort(t->own, (size_t)t->n, sizeof *t->own, compare);
  printf("%-5s %-8s %9.2f ms, processor %9.2f ms, calling thread %9.2f ms", b->what, what, t->wall[t->n / 2],
         t->busy[t->n / 2], t->own[t->n / 2]);
  if (n_cells > 0)
    printf(" = %.1f, %.1f, %.1f ns a cell", t->wall[t->n / 2] * 1e6 / n_cells,
           t->busy[t->n / 2] * 1e6 / n_cells, t->own[t->n / 2] * 1e6 / n_cells);
  printf("\n");
}

static vd_travel_source source_at(const bench *b, int i) {
  double part = 0.1 + 0.8 * (i * 0.6180339887 - floor(i * 0.6180339887));
  double other = 0.1 + 0.8 * (i * 0.7548776662 - floor(i * 0.7548776662)), side_m = b->side * 100.0;
  return (vd_travel_source){(part - 0.5) * side_m, (other - 0.5) * side_m, 0};
}

static double part_reached(const bench *b, const vd_travel_field *field) {
  size_t reached = 0, n = (size_t)b->side * (size_t)b->side;
  for (size_t c = 0; c < n; c++) reached += field->cell_ms[c] != VD_UNREACHED;
  return (double)reached / (double)n;
}

static vd_travel_costs *new_costs(const bench *b, vd_arena *arena) {
  vd_travel_costs *costs;
  if (vd_travel_costs_new(arena, b->net, b->profile, NULL, 0, &costs)) exit(1);
  return costs;
}

static void solve(const bench *b, vd_arena *arena, const vd_travel_costs *costs,
                  const vd_travel_source *source, uint32_t cutoff_ms, vd_travel_field *field) {
  const vd_travel_options options = {.cutoff_ms = cutoff_ms, .jobs = b->jobs};
  if (vd_travel_solve_with(arena, costs, source, &options, field)) exit(1);
}

/* ---- cancelling ---- */

typedef struct stopper {
  atomic_bool cancel;
  double after_ms, at_ms;
} stopper;

static void *stop_later(void *context) {
  stopper *s = context;
  struct timespec wait = {(time_t)(s->after_ms / 1e3), (long)(fmod(s->after_ms, 1e3) * 1e6)};
  nanosleep(&wait, NULL);
  s->at_ms = now_ms();
  atomic_store(&s->cancel, true);
  return NULL;
}

/* From the wish to the return, at moments spread over a solve of given length. */
static void tell_cancels(const bench *b, double solve_ms) {
  enum { TIMES = 9 };
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_travel_costs *costs = new_costs(b, arena);
  vd_travel_source source = source_at(b, 0);
  double waits_ms[TIMES];
  int n = 0;
  for (int i = 0; i < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    stopper s = {.after_ms = solve_ms * i / TIMES};
    vd_progress progress = {.cancel = &s.cancel};
    vd_travel_options options = {.cutoff_ms = VD_UNREACHED - 1, .jobs = b->jobs, .cancel = &progress};
    vd_travel_field field;
    pthread_t thread;
    if (pthread_create(&thread, NULL, stop_later, &s)) exit(1);
    vd_status status = vd_travel_solve_with(scratch, costs, &source, &options, &field);
    double ended_ms = now_ms();
    pthread_join(thread, NULL);
    if (status == VD_ERR_CANCELLED) waits_ms[n++] = ended_ms - s.at_ms;
  }
  qsort(waits_ms, (size_t)n, sizeof *waits_ms, compare);
  if (n)
    printf("%-5s cancelled %d times in %.2f ms, at most %.2f\n", b->what, n, waits_ms[n / 2],
           waits_ms[n - 1]);
}

/* ---- from few sources ---- */

/* Sources that reach less than half of the area, an islet say, are passed over: they would flatter the median. */
static void tell_solves(const bench *b) {
  enum { TIMES = 5, TRIES = 40 };
  taken first = {.n = 0}, again = {.n = 0};
  double least = 1, n = (double)b->side * b->side;
  for (int i = 0; i < TRIES && first.n < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    const vd_travel_costs *costs = new_costs(b, arena);
    vd_travel_source source = source_at(b, i);
    vd_travel_field field;
    begin(&first);
    solve(b, arena, costs, &source, VD_UNREACHED - 1, &field);
    end(&first);
    double part = part_reached(b, &field);
    if (part < 0.5) {
      first.n--;
      continue;
    }
    least = part < least ? part : least;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *other = vd_arena_new();
    begin(&again);
    solve(b, other, costs, &source, VD_UNREACHED - 1, &field);
    end(&again);
  }
  if (first.n < TIMES) printf("%-5s solve: too few sources reach half of the area\n", b->what);
  tell(b, "first", &first, n);
  tell(b, "again", &again, n);
  printf("%-5s at least %.1f %% reached\n", b->what, 100 * least);
  if (again.n) tell_cancels(b, again.wall[again.n / 2]);
}

/* ---- many bases ---- */

/* Each with a cut-off, so that it reaches a part of the area, and a block near it closed and opened again. */
static void tell_bases(const bench *b, int n_bases, uint32_t cutoff_ms) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const vd_travel_costs *costs = new_costs(b, arena);
  taken solves = {.n = 0}, reuses = {.n = 0}, prices = {.n = 0}, closes = {.n = 0}, opens = {.n = 0};
  const vd_travel_options options = {.cutoff_ms = cutoff_ms, .jobs = b->jobs};
  vd_travel_options reusing = options;
  if (vd_travel_scratch_new(arena, b->net, &reusing.scratch)) exit(1);
  double cells = 0, touched = 0, bytes = 0;
  for (int i = 0; i < n_bases && i < MOST; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_travel_source source = source_at(b, i);
    vd_travel_field field, shut, open;
    vd_travel_delta delta;
    vd_travel_costs *other;
    begin(&solves);
    solve(b, scratch, costs, &source, cutoff_ms, &field);
    end(&solves);
    vd_travel_field reused;
    vd_times *kept;
    size_t n_tiles;
    begin(&reuses);
    if (vd_travel_solve_with(scratch, costs, &source, &reusing, &reused)) exit(1);
    const int32_t *tiles = vd_travel_scratch_tiles(reusing.scratch, &n_tiles);
    if (vd_times_pack_tiles(scratch, vd_travel_network_grid(b->net), reused.cell_ms, cutoff_ms, tiles,
                            n_tiles, &kept))
      exit(1);
    end(&reuses);
    cells += (double)vd_times_reached(kept);
    bytes += (double)vd_times_bytes(kept);
    vd_travel_effect block = {
        .effect = VD_EFFECT_BLOCK,
        .zone = vd_travel_zone_circle(scratch, b->net, source.x_m + 3000, source.y_m + 1000, 400)};
    begin(&prices);
    if (vd_travel_costs_change(scratch, costs, &block, 1, &other)) exit(1);
    end(&prices);
    begin(&closes);
    if (vd_travel_change_with(scratch, &field, other, &reusing, &shut, &delta)) exit(1);
    end(&closes);
    touched += (double)delta.n_touched;
    begin(&opens);
    if (vd_travel_change_with(scratch, &shut, costs, &reusing, &open, &delta)) exit(1);
    end(&opens);
  }
  printf(
      "%-5s %d bases within %u min reach %.0f cells each, kept in %.2f bytes a cell reached; a block touches "
      "%.0f times\n",
      b->what, solves.n, cutoff_ms / 60000, cells / solves.n, bytes / cells, touched / solves.n);
  tell(b, "base", &solves, cells / solves.n);
  tell(b, "packed", &reuses, cells / solves.n);
  tell(b, "reprice", &prices, 0);
  tell(b, "close", &closes, 0);
  tell(b, "open", &opens, 0);
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int32_t side = argc > 1 ? atoi(argv[1]) : 1000, n_roads = argc > 2 ? atoi(argv[2]) : 2000,
          n_rivers = argc > 3 ? atoi(argv[3]) : 50, n_bases = argc > 4 ? atoi(argv[4]) : 10,
          n_threads = argc > 5 ? atoi(argv[5]) : 1;
  if (side < 10 || side > 30000 || n_roads < 0 || n_rivers < 0 || n_bases < 1 || n_threads < 1) return 2;
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(n_threads);
  double side_m = side * 100.0, began = now_ms();
  vd_terrain terrain = make_terrain(arena, side);
  const vd_geom **rivers = VD_NEW_ARRAY(arena, const vd_geom *, n_rivers + 1);
  for (int i = 0; i < n_rivers; i++)
    rivers[i] = vd_geom_line(arena, wander(arena, side_m, 500, side_m / 1600), 500);
  vd_barriers *barriers;
  if (vd_barriers_new(arena, &terrain.grid, rivers, (size_t)n_rivers, &barriers)) return 1;
  terrain.blocked = vd_barriers_moves(arena, barriers);
  printf("%d x %d cells, %d roads\nbarriers      %8.1f ms\n", side, side, n_roads, now_ms() - began);
  vd_travel_road *roads = VD_NEW_ARRAY(arena, vd_travel_road, n_roads);
  for (int32_t i = 0; i < n_roads; i++) {
    double *xy = wander(arena, side_m, 100, 80);
    /* Every second road begins on the one before. */
    double dx = i % 2 ? roads[i - 1].xy[60] - xy[0] : 0, dy = i % 2 ? roads[i - 1].xy[61] - xy[1] : 0;
    for (int k = 0; i % 2 && k < 100; k++) {
      xy[2 * k] = k ? xy[2 * k] + dx : roads[i - 1].xy[60];
      xy[2 * k + 1] = k ? xy[2 * k + 1] + dy : roads[i - 1].xy[61];
    }
    roads[i] = (vd_travel_road){.xy = xy, .n = 100, .ground = VD_GROUND_GRAVEL, .time_factor = 1};
  }
  vd_travel_setup setup = {&terrain, barriers, roads, (size_t)n_roads, VD_UNMARKED_FORD, 100};
  vd_travel_network *net;
  began = now_ms();
  if (vd_travel_network_new(arena, &setup, &net)) return 1;
  printf("network       %8.1f ms  %d nodes, %d edges\n", now_ms() - began, (int)vd_travel_n_nodes(net),
         (int)vd_travel_n_edges(net));
  for (int on_foot = 0; on_foot < 2; on_foot++) {
    vd_speed_rules own = rules_of(on_foot ? 4 : 10), foot = rules_of(4);
    vd_profile profile =
        vd_profile_resolve(on_foot ? VD_FOOT : VD_CAR_4X4, &own, &foot, VD_DRY, VD_DAY, 900000, 0);
    bench b = {net, &profile, on_foot ? "foot" : "4x4", side, jobs};
    began = now_ms();
    {
      VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
      new_costs(&b, scratch);
    }
    printf("%-5s costs    %9.2f ms\n", b.what, now_ms() - began);
    tell_solves(&b);
    tell_bases(&b, n_bases, on_foot ? 8 * 3600000u : 3 * 3600000u);
  }
  return 0;
}
