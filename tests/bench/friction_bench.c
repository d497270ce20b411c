/* friction_bench: nanoseconds a cell of least-cost reach over a friction raster, the solver alone, from 50 bases.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_friction_bench [threads] [cells a side...]; 2 threads, and 1000 to 4000 cells a side by default. The median of
 * five runs by the clock, and the processor's time of all threads. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "vedette/core/friction.h"
#include "workload.h"

enum { RUNS = 5 };

static double ms_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static int tell(int32_t side, vd_jobs *jobs, bool with_from) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  workload *w = workload_new(arena, 1, side, 100);
  size_t n = (size_t)side * (size_t)side;
  vd_friction_counts counts = {.first_bad = -1};
  vd_friction_prepare(w->friction, n, VD_FRICTION_COST, 0, &counts);
  vd_friction friction = {side, side, 1, 1, w->friction};
  vd_friction_source sources[WORKLOAD_BASES];
  for (int i = 0; i < WORKLOAD_BASES; i++)
    sources[i] = (vd_friction_source){(int32_t)workload_cell(w, w->bases[i][0], w->bases[i][1]), 0};
  double took[RUNS], busy[RUNS];
  size_t reached = 0;
  for (int i = 0; i < RUNS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
    vd_friction_field field;
    double began = ms_of(CLOCK_MONOTONIC), began_busy = ms_of(CLOCK_PROCESS_CPUTIME_ID);
    if (vd_friction_solve(own, &friction, sources, WORKLOAD_BASES, INFINITY, with_from, jobs, NULL, &field))
      return 1;
    took[i] = ms_of(CLOCK_MONOTONIC) - began;
    busy[i] = ms_of(CLOCK_PROCESS_CPUTIME_ID) - began_busy;
    reached = 0;
    for (size_t c = 0; c < n; c++) reached += field.cost[c] < INFINITY;
  }
  qsort(took, RUNS, sizeof *took, compare);
  qsort(busy, RUNS, sizeof *busy, compare);
  printf("%5d x %-5d %s %8.1f ms %6.1f ns a cell, processor %8.1f ms, %.1f %% reached\n", (int)side,
         (int)side, with_from ? "with sources" : "costs       ", took[RUNS / 2],
         took[RUNS / 2] * 1e6 / (double)n, busy[RUNS / 2], 100.0 * (double)reached / (double)n);
  return 0;
}

int main(int argc, char **argv) {
  static char *usual[] = {"1000", "2000", "4000"};
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(argc > 1 ? atoi(argv[1]) : 2);
  char **sides = argc > 2 ? argv + 2 : usual;
  for (int i = 0; i < (argc > 2 ? argc - 2 : 3); i++) {
    int32_t side = atoi(sides[i]);
    if (side < 10 || side > 30000) return 2;
    if (tell(side, jobs, false) || (i == 0 && tell(side, jobs, true))) return 1;
  }
  return 0;
}
