/* walk_bench: travel on foot over slopes beside GRASS's r.walk, and what each difference comes from.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_walk_bench [cells a side | smoke]; 301 by default. Fails when a program differs from the Dijkstra with its own
 * law by more than rounding. Runs r.walk -k where GRASS is installed. Both start in the middle of
 * a made-up relief and of inclined planes, walk 5 km/h on the flat (r.walk's 0.72 s a metre) and have the same sixteen moves.
 * r.walk's law of slopes is Langmuir's, ours is Tobler's; a plain Dijkstra with either law tells the law from the solver. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/travel_graph.h"
#include "vedette/core/travel.h"

static const double cell_m = 30, flat_s_per_m = 0.72;

typedef struct relief {
  int32_t side;
  float *elevation_m, *friction; /* friction: seconds a metre that r.walk adds */
} relief;

static int32_t cells_of(const relief *r) {
  return r->side * r->side;
}

/* ---- laws: seconds of a move between two cells ---- */

typedef double (*law)(double rise_m, double length_m);

/* r.walk's: T = a dS + b dH uphill, c dH moderately downhill, d dH steeply downhill, each by the slope of the whole move. */
static double langmuir_s(double rise_m, double length_m) {
  double slope = rise_m / length_m;
  double per_m = slope >= 0 ? 6.0 : slope < -0.2125 ? -1.9998 : 1.9998;
  return rise_m * per_m + length_m * flat_s_per_m;
}

static double tobler_s(double rise_m, double length_m) {
  return length_m * flat_s_per_m * vd_foot_slope_factor(rise_m / length_m);
}

/* ---- plain Dijkstra ---- */

typedef struct entry {
  double s;
  int32_t cell;
} entry;

typedef struct heap {
  entry *items;
  size_t n;
} heap;

static void push(heap *h, double s, int32_t cell) {
  size_t at = h->n++;
  for (; at && h->items[(at - 1) / 2].s > s; at = (at - 1) / 2) h->items[at] = h->items[(at - 1) / 2];
  h->items[at] = (entry){s, cell};
}

static entry pop(heap *h) {
  entry top = h->items[0], last = h->items[--h->n];
  size_t at = 0;
  for (size_t child; (child = 2 * at + 1) < h->n; at = child) {
    if (child + 1 < h->n && h->items[child + 1].s < h->items[child].s) child++;
    if (h->items[child].s >= last.s) break;
    h->items[at] = h->items[child];
  }
  h->items[at] = last;
  return top;
}

/* What the Dijkstra is told: the law, whether friction counts, and lengths and whole milliseconds as vedette has them. */
typedef struct way {
  law of;
  bool friction, ours;
  vd_grid grid;
} way;

static double move_s(const relief *r, const way *w, int32_t cell, const vd_move *m) {
  int32_t to = cell + m->dy * r->side + m->dx;
  double length_m = hypot(m->dx, m->dy) * cell_m, friction = 0;
  double rise_m = (double)r->elevation_m[to] - (double)r->elevation_m[cell];
  if (w->ours) { /* lengths on the ground, alike in blocks of cells */
    int32_t column = cell % r->side, row = cell / r->side;
    double x = w->grid.x0_m + (column / STEP_BLOCK + 0.5) * STEP_BLOCK * cell_m;
    double y = w->grid.y0_m - (row / STEP_BLOCK + 0.5) * STEP_BLOCK * cell_m;
    length_m = vd_plane_step_m(x, y, m->dx * cell_m, -m->dy * cell_m);
    double pace = (double)(float)(flat_s_per_m * 1000);
    return (double)vd_ms_round(length_m * pace * vd_foot_slope_factor(rise_m / length_m));
  }
  for (int i = 0; i < m->n; i++) friction += (double)r->friction[cell + m->cy[i] * r->side + m->cx[i]] / m->n;
  return w->of(rise_m, length_m) + (w->friction ? friction * length_m : 0);
}

static double *dijkstra(vd_arena *arena, const relief *r, const way *w) {
  int32_t n = cells_of(r), middle = r->side / 2 * r->side + r->side / 2;
  heap h = {VD_NEW_ARRAY(arena, entry, (size_t)n * VD_MOVES), 0};
  double *s = VD_NEW_ARRAY(arena, double, n);
  for (int32_t i = 0; i < n; i++) s[i] = INFINITY;
  s[middle] = 0;
  push(&h, 0, middle);
  while (h.n) {
    entry top = pop(&h);
    if (top.s > s[top.cell]) continue;
    int32_t column = top.cell % r->side, row = top.cell / r->side;
    for (int k = 0; k < VD_MOVES; k++) {
      const vd_move *m = &vd_moves[k];
      int32_t c = column + m->dx, y = row + m->dy, to = y * r->side + c;
      if (c < 0 || y < 0 || c >= r->side || y >= r->side) continue;
      double found = top.s + move_s(r, w, top.cell, m);
      if (found < s[to]) push(&h, s[to] = found, to);
    }
  }
  return s;
}

/* ---- the two programs ---- */

static double *ours(vd_arena *arena, const relief *r, vd_grid *grid) {
  int32_t n = cells_of(r);
  double half_m = r->side * cell_m / 2;
  *grid = (vd_grid){-half_m, half_m, cell_m, r->side, r->side};
  uint8_t *ground = VD_NEW_ARRAY(arena, uint8_t, n);
  memset(ground, VD_GROUND_BARE, (size_t)n);
  vd_terrain *terrain = VD_NEW(arena, vd_terrain);
  *terrain = (vd_terrain){.grid = *grid, .ground = ground, .elevation_m = r->elevation_m};
  vd_speed_rules rules = {.night_factor = 1, .slope_max = INFINITY};
  for (int g = 0; g < VD_GROUND_COUNT; g++) rules.kmh[g] = 3.6 / flat_s_per_m;
  vd_profile profile = vd_profile_resolve(VD_FOOT, &rules, &rules, VD_DRY, VD_DAY, 0, 0);
  vd_travel_setup setup = {.terrain = terrain};
  vd_travel_network *network;
  vd_travel_costs *costs;
  vd_travel_field field;
  double middle_m = r->side % 2 ? 0 : cell_m / 2;
  vd_travel_source source = {middle_m, -middle_m, 0};
  if (vd_travel_network_new(arena, &setup, &network) ||
      vd_travel_costs_new(arena, network, &profile, NULL, 0, &costs) ||
      vd_travel_solve(arena, costs, &source, VD_UNREACHED - 1, false, NULL, &field)) {
    fprintf(stderr, "%s\n", vd_last_message());
    exit(1);
  }
  double *s = VD_NEW_ARRAY(arena, double, n);
  for (int32_t i = 0; i < n; i++)
    s[i] = field.cell_ms[i] == VD_UNREACHED ? (double)INFINITY : field.cell_ms[i] / 1e3;
  return s;
}

static void write_floats(const char *folder, const char *name, const float *values, int32_t n) {
  char path[600];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (!file || fwrite(values, sizeof *values, (size_t)n, file) != (size_t)n || fclose(file)) exit(1);
}

/* Times of r.walk -k; NULL when GRASS is not there or fails. */
static double *r_walk(vd_arena *arena, const relief *r) {
  char folder[] = "/tmp/walk-XXXXXX", command[3000], path[600];
  int32_t n = cells_of(r);
  double extent = r->side * cell_m, x = (r->side / 2 + 0.5) * cell_m, y = extent - x;
  if (system("command -v grass >/dev/null") != 0 || !mkdtemp(folder)) return NULL;
  write_floats(folder, "dem", r->elevation_m, n);
  write_floats(folder, "friction", r->friction, n);
  snprintf(command, sizeof command,
           "cd %s && grass -c XY -e location >log 2>&1 && grass location/PERMANENT --exec sh -c '"
           "for layer in dem friction; do r.in.bin -f input=$layer output=$layer bytes=4 order=native "
           "north=%.1f south=0 "
           "east=%.1f west=0 rows=%d cols=%d --q; done && g.region raster=dem && "
           "r.walk -k elevation=dem friction=friction output=walk start_coordinates=%.1f,%.1f "
           "walk_coeff=%.4f,6.0,1.9998,-1.9998 lambda=1 slope_factor=-0.2125 --q && "
           "r.out.bin -f input=walk output=walk bytes=8 order=native --q' >>log 2>&1",
           folder, extent, extent, (int)r->side, (int)r->side, x, y, flat_s_per_m);
  double *s = NULL;
  if (system(command) == 0) {
    snprintf(path, sizeof path, "%s/walk", folder);
    FILE *file = fopen(path, "rb");
    s = VD_NEW_ARRAY(arena, double, n);
    if (!file || fread(s, sizeof *s, (size_t)n, file) != (size_t)n) s = NULL;
    if (file) fclose(file);
  }
  snprintf(command, sizeof command, "rm -rf %s", folder);
  if (system(command) != 0) fprintf(stderr, "%s is left\n", folder);
  return s;
}

/* ---- telling ---- */

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* How a differs from b, leaving out the cells around the middle for ratios; the most it differs by. */
static double tell(const char *what, const relief *r, const double *a, const double *b) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  double most = 0, *ratio = VD_NEW_ARRAY(arena, double, cells_of(r));
  int32_t n = 0, differ = 0;
  for (int32_t i = 0; i < cells_of(r); i++) {
    double dx = i % r->side - r->side / 2, dy = i / r->side - r->side / 2;
    most = fmax(most, fabs(a[i] - b[i]));
    differ += a[i] != b[i];
    if (hypot(dx, dy) >= 10) ratio[n++] = a[i] / b[i];
  }
  qsort(ratio, (size_t)n, sizeof *ratio, compare);
  printf("  %-58s %8d cells differ, most %.3g s; ratio %.4f (%.4f to %.4f)\n", what, differ, most,
         ratio[n / 2], ratio[0], ratio[n - 1]);
  return most;
}

static relief hills(vd_arena *arena, int32_t side) {
  relief r = {side, VD_NEW_ARRAY(arena, float, side *side), VD_NEW_ARRAY(arena, float, side *side)};
  for (int32_t i = 0; i < side * side; i++) {
    double x = i % side, y = i / side, height = 400;
    for (int octave = 0; octave < 5; octave++) {
      double wave = 40.0 / (1 << octave), turn = 1.3 * octave;
      height += wave * 2.2 * sin((x * cos(turn) + y * sin(turn)) / wave * 0.9 + octave) *
                cos((y * cos(turn) - x * sin(turn)) / wave);
    }
    r.elevation_m[i] = (float)height;
    r.friction[i] = (float)(0.3 * (1 + sin(x / 9) * cos(y / 7)));
  }
  return r;
}

static bool on_hills(int32_t side, bool smoke) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  relief r = hills(arena, side), smooth = r;
  vd_grid grid;
  smooth.friction = VD_NEW_ARRAY(arena, float, cells_of(&r));
  double steep = 0;
  for (int32_t i = 1; i < cells_of(&r); i++)
    if (i % side) steep = fmax(steep, fabs((double)r.elevation_m[i] - (double)r.elevation_m[i - 1]) / cell_m);
  printf("hills, %d x %d cells of %.0f m, slopes up to %.2f\n", (int)side, (int)side, cell_m, steep);
  double *foot = ours(arena, &r, &grid);
  double *ms = dijkstra(arena, &r, &(way){tobler_s, false, true, grid});
  for (int32_t i = 0; i < cells_of(&r); i++) ms[i] /= 1e3;
  bool same = tell("vedette / Dijkstra with vedette's prices in ms", &r, foot, ms) == 0;
  tell("vedette / Dijkstra with Tobler's law, nothing rounded", &r, foot,
       dijkstra(arena, &r, &(way){tobler_s, false, false, grid}));
  double *langmuir = dijkstra(arena, &r, &(way){langmuir_s, false, false, grid});
  tell("vedette / Dijkstra with Langmuir's law", &r, foot, langmuir);
  double *walked = r_walk(arena, &smooth), *rubbed = walked && !smoke ? r_walk(arena, &r) : walked;
  if (!walked || !rubbed) {
    printf("  r.walk is not here: left out\n");
    return same;
  }
  same &= tell("r.walk / Dijkstra with Langmuir's law", &r, walked, langmuir) < 1e-6;
  if (!smoke)
    same &= tell("r.walk / the same Dijkstra, with friction", &r, rubbed,
                 dijkstra(arena, &r, &(way){langmuir_s, true, false, grid})) < 1e-6;
  tell("vedette / r.walk", &r, foot, walked);
  return same;
}

/* ---- inclined planes ---- */

/* Seconds a metre in a direction whose slope is `rise`, where going to and fro between two other directions may be quicker:
 * the least over all pairs, so exact on a plane. */
static double best_pace(law of, double grade, double angle) {
  enum { STEPS = 360 };
  double least = of(grade * cos(angle), 1), quarter = acos(0);
  double pace[2][STEPS], sine[2][STEPS], cosine[STEPS];
  for (int i = 0; i < STEPS; i++) {
    double away = (i + 1) * quarter / (STEPS + 1);
    cosine[i] = cos(away);
    for (int side = 0; side < 2; side++) {
      sine[side][i] = sin(away);
      pace[side][i] = of(grade * cos(angle + (side ? away : -away)), 1);
    }
  }
  for (int i = 0; i < STEPS; i++)
    for (int j = 0; j < STEPS;
         j++) { /* t along the one, u along the other: t sin = u sin, t cos + u cos = 1 */
      double t = 1 / (cosine[i] + cosine[j] * sine[0][i] / sine[1][j]), u = t * sine[0][i] / sine[1][j];
      least = fmin(least, t * pace[0][i] + u * pace[1][j]);
    }
  return least;
}

enum { ANGLES = 720 };

static void tell_error(const char *what, const relief *r, const double *s, law of, double grade) {
  static double pace[ANGLES + 1];
  double most = 0, least = 0, sum = 0;
  int32_t n = 0;
  for (int k = 0; k <= ANGLES; k++) pace[k] = best_pace(of, grade, k * 4 * acos(0) / ANGLES);
  for (int32_t i = 0; i < cells_of(r); i++) {
    double dx = i % r->side - r->side / 2, dy = r->side / 2 - i / r->side, away = hypot(dx, dy);
    if (away < 10 || away > r->side / 2) continue;
    double turn = atan2(dy, dx), at = (turn < 0 ? turn + 4 * acos(0) : turn) / (4 * acos(0)) * ANGLES;
    int k = at >= ANGLES ? ANGLES - 1 : (int)at;
    double exact = away * cell_m * (pace[k] + (pace[k + 1] - pace[k]) * (at - k)), error = s[i] / exact - 1;
    most = fmax(most, error);
    least = fmin(least, error);
    sum += error;
    n++;
  }
  printf("  %-58s error %+.2f %% to %+.2f %%, mean %+.2f %%\n", what, 100 * least, 100 * most, 100 * sum / n);
}

static void on_plane(int32_t side, double grade) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  relief r = {side, VD_NEW_ARRAY(arena, float, side *side), VD_NEW_ARRAY(arena, float, side *side)};
  vd_grid grid;
  for (int32_t i = 0; i < side * side; i++) r.elevation_m[i] = (float)(1000 + grade * cell_m * (i % side));
  printf("a plane that rises %.0f %% to the east\n", grade * 100);
  printf("  seconds a metre straight up, across, down: Tobler %.3f %.3f %.3f, Langmuir %.3f %.3f %.3f\n",
         tobler_s(grade, 1), tobler_s(0, 1), tobler_s(-grade, 1), langmuir_s(grade, 1), langmuir_s(0, 1),
         langmuir_s(-grade, 1));
  tell_error("vedette against Tobler's exact field", &r, ours(arena, &r, &grid), tobler_s, grade);
  double *walked = r_walk(arena, &r);
  if (walked) tell_error("r.walk against Langmuir's exact field", &r, walked, langmuir_s, grade);
}

int main(int argc, char **argv) {
  bool smoke = argc > 1 && strcmp(argv[1], "smoke") == 0;
  int32_t side = smoke ? 61 : argc > 1 ? atoi(argv[1]) : 301;
  if (side < 41 || side > 4000) return 2;
  if (!on_hills(side, smoke)) return 1;
  const double grades[] = {0, 0.1, 0.3};
  for (int i = 0; i < 3 && !smoke; i++) on_plane(side, grades[i]);
  return 0;
}
