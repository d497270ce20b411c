/* reach_bench: writes the friction rasters and sources that reach_bench.sh hands to vedette and its peers, and measures a
 * result's error against the exact field.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_reach_bench write FOLDER SIDE       country.tif and bases.csv, the made-up country
 *        bench_reach_bench even FOLDER SIDE        even.tif, friction 1 everywhere, and middle.csv
 *        bench_reach_bench slope FOLDER SIDE       slope.tif, friction rising evenly to the south, and middle.csv
 *        bench_reach_bench error even|slope FILE   greatest and root mean square relative error from 10 cells on
 *        bench_reach_bench differ FILE FILE        cells of both, of one only, and the least, mean and greatest ratio
 *        bench_reach_bench time COMMAND...         runs it and prints its seconds, processor seconds and peak memory in MB
 * Rasters are plain Float32 GeoTIFFs in UTM zone 36S with cells of 100 m. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "vedette/geo/crs.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/start.h"
#include "workload.h"

enum { CELL_M = 100, NEAR_CELLS = 10 };
static const double west_m = 300000, north_m = 8000000;

static int fails(vd_status status) {
  if (status != VD_OK) fprintf(stderr, "reach_bench: %s\n", vd_last_message());
  return status != VD_OK;
}

static vd_status hand_rows(void *context, int32_t row, int32_t n_rows, float *out) {
  const vd_geo_raster *r = context;
  memcpy(out, r->values + (size_t)row * (size_t)r->width, (size_t)n_rows * (size_t)r->width * sizeof *out);
  return VD_OK;
}

static int write_raster(vd_arena *arena, const char *folder, const char *name, int32_t side, float *values) {
  vd_crs crs;
  char path[4096];
  if (fails(vd_crs_from_epsg(arena, 32736, &crs))) return 1;
  vd_geo_raster raster = {side, side, {west_m, CELL_M, 0, north_m, 0, -CELL_M}, crs.wkt, values, NULL, 0};
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return fails(vd_raster_write_rows(path, &raster, NULL, hand_rows, &raster));
}

/* Points given by metres east and north of the south-western corner, in degrees and (for the peers) in metres. */
static int write_points(vd_arena *arena, const char *folder, const char *name, int32_t side,
                        const double (*xy)[2], int n) {
  vd_crs crs;
  char path[4096];
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_lonlat = NULL;
  if (fails(vd_crs_from_epsg(arena, 32736, &crs)) || fails(vd_transform_new(crs.wkt, NULL, &to_lonlat)))
    return 1;
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "w");
  if (!file) return 1;
  fputs("number,lon,lat,east,north,column,row\n", file);
  for (int i = 0; i < n; i++) {
    double column = floor(xy[i][0] / CELL_M), row = floor(side - xy[i][1] / CELL_M);
    double at[2] = {west_m + (column + 0.5) * CELL_M, north_m - (row + 0.5) * CELL_M}, to[2] = {at[0], at[1]};
    vd_transform_forward(to_lonlat, to, 1);
    fprintf(file, "%d,%.9f,%.9f,%.2f,%.2f,%d,%d\n", i + 1, to[0], to[1], at[0], at[1], (int)column, (int)row);
  }
  return fclose(file) != 0;
}

static int write_country(vd_arena *arena, const char *folder, int32_t side) {
  workload *w = workload_new(arena, 1, side, CELL_M);
  return write_raster(arena, folder, "country.tif", side, w->friction) ||
         write_points(arena, folder, "bases.csv", side, (const double(*)[2])w->bases, WORKLOAD_BASES);
}

/* 2 at the top, 6 at the bottom: no least way from the middle leaves the raster. */
static double slope_of(int32_t side) {
  return 4.0 / side;
}
static double friction_at(int32_t side, double row) {
  return 2 + slope_of(side) * (row + 0.5);
}

static int write_field(vd_arena *arena, const char *folder, int32_t side, bool sloped) {
  float *values = VD_NEW_ARRAY(arena, float, (size_t)side *(size_t)side);
  for (int32_t row = 0; row < side; row++)
    for (int32_t column = 0; column < side; column++)
      values[(size_t)row * (size_t)side + (size_t)column] = sloped ? (float)friction_at(side, row) : 1.0F;
  double middle[1][2] = {{(side / 2 + 0.5) * CELL_M, (side - side / 2 - 0.5) * CELL_M}};
  return write_raster(arena, folder, sloped ? "slope.tif" : "even.tif", side, values) ||
         write_points(arena, folder, "middle.csv", side, (const double(*)[2])middle, 1);
}

/* With friction v linear in y (slope g), Snell's law keeps c = v sin(angle to the y axis) along a least way, a catenary whose
 * friction at the vertex is c. It goes across by c acosh(v / c) / g from its vertex to friction v, and costs
 * (v q + c^2 ln((v + q) / c)) / (2 g) with q = sqrt(v^2 - c^2). */
static double along_catenary(double v, double c) {
  double q = sqrt(v * v - c * c > 0 ? v * v - c * c : 0);
  return (v * q + c * c * log((v + q) / c)) / 2;
}
static double across(double v, double c) {
  return c * acosh(v / c > 1 ? v / c : 1);
}

/* By bisection for c. A way across is either on one side of its vertex, or passes it, dipping into lower friction. */
static double exact_slope(double v0, double v1, double dx, double g) {
  double low = v0 < v1 ? v0 : v1, high = v0 < v1 ? v1 : v0, wanted = g * dx;
  if (dx == 0) return (high * high - low * low) / (2 * g);
  bool turns =
      wanted > across(high, low); /* the ray leaves the lower point away from the higher, and turns */
  double from = turns ? 0.75 * low : 1e-12, to = low; /* a deeper dip than that is never the least */
  for (int i = 0; i < 200; i++) {
    double c = (from + to) / 2,
           reach = turns ? across(high, c) + across(low, c) : across(high, c) - across(low, c);
    bool too_far = reach > wanted;
    if (turns ? too_far : !too_far)
      from = c;
    else
      to = c;
  }
  double c = (from + to) / 2, far = along_catenary(high, c), near = along_catenary(low, c);
  return (turns ? far + near : far - near) / g;
}

static double exact(bool sloped, int32_t side, double dx, double row) {
  double dy = row - side / 2;
  if (!sloped) return sqrt(dx * dx + dy * dy);
  return exact_slope(friction_at(side, side / 2), friction_at(side, row), fabs(dx), slope_of(side));
}

static int tell_error(vd_arena *arena, bool sloped, const char *path) {
  vd_geo_raster *r;
  double greatest = 0, squares = 0, n = 0, sum = 0;
  if (fails(vd_raster_read(arena, path, NULL, NULL, &r))) return 1;
  for (int32_t row = 0; row < r->height; row += sloped ? 3 : 1)
    for (int32_t column = 0; column < r->width; column += sloped ? 3 : 1) {
      double dx = column - r->width / 2, dy = row - r->height / 2;
      if (dx * dx + dy * dy < NEAR_CELLS * NEAR_CELLS) continue;
      double right = exact(sloped, r->width, dx, row);
      double error = (double)r->values[(size_t)row * (size_t)r->width + (size_t)column] / right - 1;
      greatest = fabs(error) > greatest ? fabs(error) : greatest;
      squares += error * error, sum += error, n++;
    }
  printf("greatest %.3f %%, root mean square %.3f %%, mean %.3f %%\n", 100 * greatest,
         100 * sqrt(squares / n), 100 * sum / n);
  return 0;
}

static int tell_difference(vd_arena *arena, const char *a, const char *b) {
  vd_geo_raster *x, *y;
  double least = INFINITY, most = 0, sum = 0;
  int64_t both = 0, only_first = 0, only_second = 0;
  if (fails(vd_raster_read(arena, a, NULL, NULL, &x)) || fails(vd_raster_read(arena, b, NULL, NULL, &y)))
    return 1;
  for (size_t i = 0; i < (size_t)x->width * (size_t)x->height; i++) {
    bool in_x = !isnan(x->values[i]), in_y = !isnan(y->values[i]);
    only_first += in_x && !in_y, only_second += in_y && !in_x;
    if (!in_x || !in_y || !(y->values[i] > 0)) continue;
    double ratio = (double)x->values[i] / (double)y->values[i];
    least = ratio < least ? ratio : least, most = ratio > most ? ratio : most;
    sum += ratio, both++;
  }
  printf("%lld cells in both, %lld in the first only, %lld in the second only; first / second %.4f to %.4f, "
         "mean %.4f\n",
         (long long)both, (long long)only_first, (long long)only_second, least, most, sum / (double)both);
  return 0;
}

static double seconds(struct timeval t) {
  return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* The command's own words go to the error output. */
static int tell_time(char **command) {
  struct timespec began, ended;
  struct rusage used;
  int status;
  clock_gettime(CLOCK_MONOTONIC, &began);
  pid_t child = fork();
  if (child == 0) {
    dup2(STDERR_FILENO, STDOUT_FILENO);
    execvp(command[0], command);
    _exit(127);
  }
  if (child < 0 || wait4(child, &status, 0, &used) != child || status != 0) return 1;
  clock_gettime(CLOCK_MONOTONIC, &ended);
  printf("%.3f %.3f %.1f\n",
         (double)(ended.tv_sec - began.tv_sec) + (double)(ended.tv_nsec - began.tv_nsec) / 1e9,
         seconds(used.ru_utime) + seconds(used.ru_stime), (double)used.ru_maxrss / 1024);
  return 0;
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *what = argc > 2 ? argv[1] : "";
  if (strcmp(what, "time") == 0) return tell_time(argv + 2);
  if (fails(vd_geo_start()) || argc < 4) return 2;
  int32_t side = argc > 3 ? atoi(argv[3]) : 0;
  if (strcmp(what, "error") == 0) return tell_error(arena, strcmp(argv[2], "slope") == 0, argv[3]);
  if (strcmp(what, "differ") == 0) return tell_difference(arena, argv[2], argv[3]);
  if (side < 50 || side > 14000) return 2;
  if (strcmp(what, "write") == 0) return write_country(arena, argv[2], side);
  if (strcmp(what, "even") == 0) return write_field(arena, argv[2], side, false);
  if (strcmp(what, "slope") == 0) return write_field(arena, argv[2], side, true);
  return 2;
}
