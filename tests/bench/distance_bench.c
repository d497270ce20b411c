/* distance_bench: distances, outlines of areas and sums over them on a made-up raster; helper of distance_bench.sh.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_distance_bench [cells a side...]         the kernels alone, on one and two threads; 1000 2000 4000 by default
 *        bench_distance_bench write FOLDER SIDE         lines.tif, points.tif (sources 1), classes.tif (1 to 5), people.tif
 *        bench_distance_bench time COMMAND...           runs it: seconds, processor seconds, peak MB
 *        bench_distance_bench differ A.tif B.tif        how far two rasters are apart */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "vedette/core/distance.h"
#include "vedette/core/gap.h"
#include "vedette/geo/crs.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/start.h"

/* ---- a made-up raster ---- */

static uint64_t hash(uint64_t x) { /* splitmix64 */
  x += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

static float lattice(int octave, int32_t x, int32_t y) {
  return (float)(hash((uint64_t)octave << 56 | (uint64_t)y << 28 | (uint64_t)x) >> 40) / 16777216.0F;
}

/* Value noise in 0..1, the widest waves 512 cells: its look does not depend on the size. */
static float *make_relief(vd_arena *arena, int32_t side) {
  float *relief = VD_NEW_ARRAY(arena, float, (int64_t)side *side);
  for (int octave = 0; octave < 7; octave++) {
    int32_t wave = 512 >> octave;
    float height = 0.5F / (float)(1 << octave);
    for (int32_t row = 0; row < side; row++)
      for (int32_t column = 0; column < side; column++) {
        int32_t x = column / wave, y = row / wave;
        float u = (float)(column % wave) / (float)wave, v = (float)(row % wave) / (float)wave;
        float above = lattice(octave, x, y) * (1 - u) + lattice(octave, x + 1, y) * u;
        float below = lattice(octave, x, y + 1) * (1 - u) + lattice(octave, x + 1, y + 1) * u;
        relief[(int64_t)row * side + column] += height * (above * (1 - v) + below * v);
      }
  }
  return relief;
}

typedef enum layer { LINES, POINTS, CLASSES, PEOPLE, N_LAYERS } layer;
static const char *const layer_names[N_LAYERS] = {"lines", "points", "classes", "people"};

typedef struct world {
  int32_t side;
  const float *relief;
  layer of;
} world;

/* Lines follow a contour; 50 points; classes by height; more people lower down. */
static float value_of(const world *w, int64_t cell) {
  float z = w->relief[cell];
  if (w->of == LINES) return fabsf(z - 0.5F) < 0.0007F;
  if (w->of == CLASSES) return z < 0.4F ? 1 : z < 0.47F ? 2 : z < 0.53F ? 3 : z < 0.6F ? 4 : 5;
  if (w->of == PEOPLE) return (1 - z) * (1 - z) * 20;
  for (uint64_t i = 0; i < 50; i++)
    if (hash(i + 1000) % ((uint64_t)w->side * (uint64_t)w->side) == (uint64_t)cell) return 1;
  return 0;
}

static vd_status fill(void *context, int32_t row, int32_t n_rows, float *values) {
  const world *w = context;
  int64_t first = (int64_t)row * w->side, n = (int64_t)n_rows * w->side;
  for (int64_t i = 0; i < n && w->of != POINTS; i++) values[i] = value_of(w, first + i);
  if (w->of != POINTS) return VD_OK;
  memset(values, 0, (size_t)n * sizeof *values);
  for (uint64_t i = 0; i < 50; i++) {
    int64_t at = (int64_t)(hash(i + 1000) % ((uint64_t)w->side * (uint64_t)w->side)) - first;
    if (at >= 0 && at < n) values[at] = 1;
  }
  return VD_OK;
}

static vd_status write_layers(const char *folder, int32_t side) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_crs utm;
  char path[600];
  world w = {side, make_relief(arena, side), LINES};
  VD_TRY(vd_crs_from_epsg(arena, 32636, &utm));
  for (int i = 0; i < N_LAYERS; i++) {
    vd_geo_raster shape = {
        .width = side, .height = side, .geotransform = {300000, 30, 0, 900000, 0, -30}, .crs_wkt = utm.wkt};
    w.of = (layer)i;
    snprintf(path, sizeof path, "%s/%s.tif", folder, layer_names[i]);
    VD_TRY(vd_raster_write_rows(path, &shape, NULL, fill, &w));
  }
  return VD_OK;
}

/* ---- measuring programs ---- */

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int tell_time(char **command) {
  int status;
  struct rusage used;
  double began = now_ms();
  pid_t child = fork();
  if (child == 0) {
    dup2(2, 1); /* its words are not figures */
    execvp(command[0], command);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status))
    return 1;
  printf("%.4f %.4f %.1f\n", (now_ms() - began) / 1e3, seconds(used.ru_utime) + seconds(used.ru_stime),
         (double)used.ru_maxrss / 1024);
  return 0;
}

static vd_status tell_difference(const char *a_path, const char *b_path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_geo_raster *a, *b;
  VD_TRY(vd_raster_read(arena, a_path, NULL, NULL, &a));
  VD_TRY(vd_raster_read(arena, b_path, NULL, NULL, &b));
  if (a->width != b->width || a->height != b->height) return vd_fail(VD_ERR_INPUT, "the sizes differ");
  int64_t n = (int64_t)a->width * a->height, more = 0, less = 0;
  double most = 0, deepest = 0;
  for (int64_t i = 0; i < n; i++) {
    double apart = (double)b->values[i] - (double)a->values[i], eps = 1e-5 * fabs((double)a->values[i]);
    more += apart > eps;
    less += apart < -eps;
    most = fmax(most, apart);
    deepest = fmin(deepest, apart);
  }
  printf("the peer's distance is longer in %.3f %% of the cells (by up to %.2f m), shorter in %.3f %% (by up "
         "to %.2f m)\n",
         100.0 * (double)more / (double)n, most, 100.0 * (double)less / (double)n, -deepest);
  return VD_OK;
}

/* ---- the kernels alone ---- */

enum { TIMES = 5 };

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *took) {
  qsort(took, TIMES, sizeof *took, compare);
  return took[TIMES / 2];
}

typedef struct kernels {
  int32_t side;
  int64_t n;
  uint8_t *source;
  uint16_t *key;
  float *people, *out;
} kernels;

static void tell_distance(const kernels *k, vd_jobs *jobs, const char *what) {
  double took[TIMES];
  for (int i = 0; i < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    const vd_distance_setup setup = {k->side, k->side, 30, 30, k->source, INFINITY};
    vd_distance *distance;
    double began = now_ms();
    if (vd_distance_new(arena, jobs, &setup, &distance) ||
        vd_distance_rows(distance, jobs, 0, k->side, k->out, NULL))
      exit(1);
    took[i] = now_ms() - began;
  }
  double ms = median(took);
  printf("  distance from %-9s %d threads %8.1f ms = %5.2f ns a cell\n", what, vd_jobs_threads(jobs), ms,
         ms * 1e6 / (double)k->n);
}

static void tell_areas(const kernels *k) {
  double label[TIMES], outline[TIMES];
  size_t n_areas = 0, n_corners = 0;
  for (int i = 0; i < TIMES; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    const vd_grid grid = {0, 0, 30, k->side, k->side};
    vd_components areas;
    double began = now_ms();
    if (vd_components_new(arena, &grid, k->key, &areas)) exit(1);
    label[i] = now_ms() - began;
    vd_geom **outlines = vd_components_outlines(arena, &areas);
    outline[i] = now_ms() - began - label[i];
    n_areas = areas.n;
    n_corners = 0;
    for (size_t a = 0; a < areas.n; a++) n_corners += (size_t)outlines[a]->n_points;
  }
  double l = median(label), o = median(outline);
  printf(
      "  labels  %8.1f ms = %5.2f ns a cell; outlines %8.1f ms = %5.2f ns a cell (%zu areas, %zu corners)\n",
      l, l * 1e6 / (double)k->n, o, o * 1e6 / (double)k->n, n_areas, n_corners);
}

typedef struct reading {
  const uint64_t *words;
  int64_t n;
  uint64_t sums[256];
} reading;

enum { PIECES = 64 };

/* The bound: every word read once and added up, by eight at a time. */
static vd_status read_piece(void *context, int64_t item, int worker) {
  reading *r = context;
  uint64_t lanes[8] = {0};
  for (int64_t i = r->n * item / PIECES, end = r->n * (item + 1) / PIECES - 7; i < end; i += 8)
    for (int k = 0; k < 8; k++) lanes[k] += r->words[i + k];
  for (int k = 0; k < 8; k++) r->sums[worker] += lanes[k];
  return VD_OK;
}

/* Sums read a label and a value a cell, 8 bytes; so does the bound. */
static void tell_sums(const kernels *k, vd_jobs *jobs) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  double sum[TIMES], bound[TIMES];
  const vd_grid grid = {0, 0, 30, k->side, k->side};
  vd_components areas;
  if (vd_components_new(arena, &grid, k->key, &areas)) exit(1);
  reading r = {VD_NEW_ARRAY(arena, uint64_t, k->n), k->n, {0}};
  memset((void *)(uintptr_t)r.words, 1, (size_t)k->n * 8);
  for (int i = 0; i < TIMES; i++) {
    double *sums, began = now_ms();
    if (vd_components_sum_floats(arena, jobs, &areas, k->people, &sums)) exit(1);
    sum[i] = now_ms() - began;
    began = now_ms();
    vd_jobs_run(jobs, PIECES, read_piece, &r);
    bound[i] = now_ms() - began;
  }
  double s = median(sum), b = median(bound);
  printf("  sums %d threads %8.1f ms = %5.1f GB/s; only reading as much %8.1f ms = %5.1f GB/s (%llu)\n",
         vd_jobs_threads(jobs), s, 8e-6 * (double)k->n / s, b, 8e-6 * (double)k->n / b,
         (unsigned long long)(r.sums[0] & 1));
}

static void tell_kernels(int32_t side) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  world w = {side, make_relief(arena, side), CLASSES};
  kernels k = {.side = side, .n = (int64_t)side * side};
  k.source = VD_NEW_ARRAY(arena, uint8_t, k.n);
  k.key = VD_NEW_ARRAY(arena, uint16_t, k.n);
  k.people = VD_NEW_ARRAY(arena, float, k.n);
  k.out = VD_NEW_ARRAY(arena, float, k.n);
  for (int64_t i = 0; i < k.n; i++) k.key[i] = (uint16_t)value_of(&w, i);
  w.of = PEOPLE;
  for (int64_t i = 0; i < k.n; i++) k.people[i] = value_of(&w, i);
  printf("%d x %d cells\n", side, side);
  for (int lines = 0; lines < 2; lines++) {
    w.of = LINES;
    for (int64_t i = 0; i < k.n && lines; i++) k.source[i] = value_of(&w, i) > 0;
    for (uint64_t i = 0; i < 50 && !lines; i++) k.source[hash(i + 1000) % (uint64_t)k.n] = 1;
    for (int threads = 1; threads <= 2; threads++) {
      VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(threads);
      tell_distance(&k, jobs, lines ? "lines" : "50 points");
    }
  }
  tell_areas(&k);
  for (int threads = 1; threads <= 2; threads++) {
    VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(threads);
    tell_sums(&k, jobs);
  }
}

int main(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  if (strcmp(what, "time") == 0 && argc > 2) return tell_time(argv + 2);
  vd_status done = vd_geo_start();
  if (strcmp(what, "write") == 0 && argc == 4 && atoi(argv[3]) > 9 && atoi(argv[3]) <= 16000) {
    if (done == VD_OK) done = write_layers(argv[2], atoi(argv[3]));
  } else if (strcmp(what, "differ") == 0 && argc == 4) {
    if (done == VD_OK) done = tell_difference(argv[2], argv[3]);
  } else if (argc == 1) {
    for (int32_t side = 1000; side <= 4000; side *= 2) tell_kernels(side);
  } else {
    for (int i = 1; i < argc; i++) {
      if (atoi(argv[i]) < 10 || atoi(argv[i]) > 16000) return 2;
      tell_kernels(atoi(argv[i]));
    }
  }
  if (done != VD_OK) fprintf(stderr, "%s\n", vd_last_message());
  return done != VD_OK;
}
