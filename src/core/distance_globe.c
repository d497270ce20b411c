/* distance_globe: the nearest source of each cell of a grid in degrees, on the ellipsoid.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Nearest is by the straight line through the earth (the chord), for which the triangle inequality holds whatever the grid:
 * when a block of cells has the radius r, and its middle the nearest source at d, no source farther than d + 2r from the
 * middle is the nearest of any of its cells. Blocks are halved and their lists of sources sifted again, down to a few cells
 * and sources. Only sources at the edge of their area count: from any other, one step along its row towards the cell, or
 * along its column when it is in the same, leads to a source that is nearer. */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/base/units.h"
#include "vedette/core/distance.h"

/* WGS 84. */
#define AXIS_M 6378137.0
#define FLATTENING (1 / 298.257223563)
#define ECCENTRICITY2 (FLATTENING * (2 - FLATTENING))
#define DEGREE (3.14159265358979323846 / 180)

enum { TILE = 128, LEAF = 4, LEVELS = 7, SIFTED_DEG = 60 };

typedef struct point {
  double x, y, z;
} point;

typedef struct globe {
  const vd_distance_globe_setup *setup;
  const vd_progress *progress;
  point *at; /* per source at the edge of its area */
  int32_t *cell;
  int32_t n;
  point *row;            /* per row: distance from the axis (x), height over the equator's plane (z) */
  double *cosine, *sine; /* per column: of the longitude */
  int32_t *(*lists)[LEVELS + 1]; /* per worker and level: indices of sources */
  float *distance_m;
  int32_t *nearest;
} globe;

typedef struct block {
  int32_t column, row, width, height;
} block;

static point place(const globe *g, int32_t column, int32_t row) {
  double axis_m = g->row[row].x;
  return (point){axis_m * g->cosine[column], axis_m * g->sine[column], g->row[row].z};
}

static double square(const point *a, const point *b) {
  double dx = a->x - b->x, dy = a->y - b->y, dz = a->z - b->z;
  return dx * dx + dy * dy + dz * dz;
}

/* The geodesic over a chord: that of a sphere with the ellipsoid's radius of curvature half way, in the direction of the
 * chord (Euler). How near it comes is told in distance.h. */
static double arc_m(double chord_m, double lat1_deg, double lat2_deg, double lon_deg) {
  double sine = sin((lat1_deg + lat2_deg) / 2 * DEGREE), w2 = 1 - ECCENTRICITY2 * sine * sine;
  double across_m = AXIS_M / sqrt(w2), along_m = across_m * (1 - ECCENTRICITY2) / w2;
  double north = (lat2_deg - lat1_deg) * DEGREE * along_m;
  double east = remainder(lon_deg, 360) * DEGREE * across_m * sqrt(1 - sine * sine),
         sum = north * north + east * east;
  if (!(sum > 0)) return chord_m;
  double radius_m = sum / (north * north / along_m + east * east / across_m), half = chord_m / (2 * radius_m);
  return 2 * radius_m * asin(half < 1 ? half : 1);
}

/* ---- sifting ---- */

/* The largest chord from the middle to a cell: a corner's, as long as the block is a small part of the globe. */
static double radius_m(const globe *g, const block *b, const point *middle) {
  const vd_distance_globe_setup *s = g->setup;
  if (b->width * fabs(s->step_x_deg) > SIFTED_DEG || b->height * fabs(s->step_y_deg) > SIFTED_DEG)
    return INFINITY;
  double most = 0;
  for (int corner = 0; corner < 4; corner++) {
    point p =
        place(g, b->column + (corner & 1 ? b->width - 1 : 0), b->row + (corner & 2 ? b->height - 1 : 0));
    most = fmax(most, square(&p, middle));
  }
  return sqrt(most);
}

/* The sources that may be nearest to a cell of the block. */
static int32_t sift(const globe *g, const block *b, const int32_t *from, int32_t n, int32_t *to) {
  point middle = place(g, b->column + b->width / 2, b->row + b->height / 2);
  double least = INFINITY, reach = radius_m(g, b, &middle);
  int32_t kept = 0;
  for (int32_t i = 0; i < n; i++) least = fmin(least, square(&g->at[from ? from[i] : i], &middle));
  double most = sqrt(least) + 2 * reach + 1e-3, most2 = most * most;
  for (int32_t i = 0; i < n; i++) {
    int32_t source = from ? from[i] : i;
    to[kept] = source;
    kept += square(&g->at[source], &middle) <= most2;
  }
  return kept;
}

static void finish_cell(const globe *g, int32_t column, int32_t row, const int32_t *list, int32_t n) {
  const vd_distance_globe_setup *s = g->setup;
  int64_t cell = (int64_t)row * s->nx + column;
  point own = place(g, column, row);
  double least = INFINITY;
  int32_t best = -1;
  for (int32_t i = 0; i < n; i++) {
    double found = square(&g->at[list[i]], &own);
    if (found < least) least = found, best = list[i];
  }
  int32_t nearest = s->source[cell] ? (int32_t)cell : g->cell[best];
  int32_t columns = nearest % s->nx - column, rows = nearest / s->nx - row;
  double lat_deg = s->lat_deg + row * s->step_y_deg;
  double m = nearest == cell
                 ? 0
                 : arc_m(sqrt(least), lat_deg, lat_deg + rows * s->step_y_deg, columns * s->step_x_deg);
  g->distance_m[cell] = m <= s->max_m ? (float)m : NAN;
  if (g->nearest) g->nearest[cell] = m <= s->max_m ? nearest : -1;
}

static void finish_block(const globe *g, const block *b, int32_t **lists, int level, int32_t n) {
  if (b->width <= LEAF && b->height <= LEAF) {
    for (int32_t i = 0; i < b->width * b->height; i++)
      finish_cell(g, b->column + i % b->width, b->row + i / b->width, lists[level], n);
    return;
  }
  int32_t half_x = (b->width + 1) / 2, half_y = (b->height + 1) / 2;
  for (int part = 0; part < 4; part++) {
    block quarter = {b->column, b->row, half_x, half_y};
    if (part & 1) quarter.column += half_x, quarter.width = b->width - half_x;
    if (part & 2) quarter.row += half_y, quarter.height = b->height - half_y;
    if (quarter.width < 1 || quarter.height < 1) continue;
    int32_t kept = sift(g, &quarter, lists[level], n, lists[level + 1]);
    finish_block(g, &quarter, lists, level + 1, kept);
  }
}

static vd_status finish_tile(void *context, int64_t item, int worker) {
  const globe *g = context;
  const vd_distance_globe_setup *s = g->setup;
  int32_t across = (s->nx + TILE - 1) / TILE, **lists = g->lists[worker];
  block b = {(int32_t)(item % across) * TILE, (int32_t)(item / across) * TILE, TILE, TILE};
  if (b.column + TILE > s->nx) b.width = s->nx - b.column;
  if (b.row + TILE > s->ny) b.height = s->ny - b.row;
  VD_TRY(vd_progress_step(g->progress, _("measuring distances"), item,
                          (int64_t)across * ((s->ny + TILE - 1) / TILE)));
  finish_block(g, &b, lists, 0, sift(g, &b, NULL, g->n, lists[0]));
  return VD_OK;
}

/* ---- starting ---- */

static bool at_edge(const vd_distance_globe_setup *s, int32_t column, int32_t row) {
  const uint8_t *own = s->source + (int64_t)row * s->nx + column;
  return !column || !row || column == s->nx - 1 || row == s->ny - 1 || !own[-1] || !own[1] || !own[-s->nx] ||
         !own[s->nx];
}

/* Counts the sources at edges, and lists them once there is room. */
static int32_t list_sources(globe *g) {
  const vd_distance_globe_setup *s = g->setup;
  int32_t n = 0;
  for (int32_t row = 0; row < s->ny; row++)
    for (int32_t column = 0; column < s->nx; column++) {
      if (!s->source[(int64_t)row * s->nx + column] || !at_edge(s, column, row)) continue;
      if (g->at) g->at[n] = place(g, column, row);
      if (g->at) g->cell[n] = row * s->nx + column;
      n++;
    }
  return n;
}

static bool make_room(vd_arena *arena, globe *g, int n_workers) {
  g->n = list_sources(g);
  g->cell = vd_arena_try_alloc(arena, (size_t)g->n, sizeof *g->cell);
  g->at = vd_arena_try_alloc(arena, (size_t)g->n, sizeof *g->at);
  g->lists = vd_arena_try_alloc(arena, (size_t)n_workers, sizeof *g->lists);
  bool fits = g->cell && g->at && g->lists;
  for (int worker = 0; fits && worker < n_workers; worker++)
    for (int level = 0; fits && level <= LEVELS; level++) {
      g->lists[worker][level] = vd_arena_try_alloc(arena, (size_t)g->n + 1, sizeof(int32_t));
      fits = g->lists[worker][level] != NULL;
    }
  return fits;
}

static vd_status check(const vd_distance_globe_setup *s) {
  double south = fmin(s->lat_deg, s->lat_deg + (s->ny - 1) * s->step_y_deg);
  double north = fmax(s->lat_deg, s->lat_deg + (s->ny - 1) * s->step_y_deg),
         wide = s->nx * fabs(s->step_x_deg);
  bool sound = s->nx > 0 && s->ny > 0 && fabs(s->step_x_deg) > 0 && fabs(s->step_y_deg) > 0 &&
               isfinite(s->lon_deg) && south >= -90 && north <= 90 && wide <= 360.001;
  if (!sound)
    return vd_fail(VD_ERR_INPUT, _("The grid of %d x %d cells of %g x %g degrees does not lie on the globe."),
                   s->nx, s->ny, s->step_x_deg, s->step_y_deg);
  if ((int64_t)s->nx * s->ny > VD_DISTANCE_CELLS_MAX)
    return vd_fail(VD_ERR_LIMIT,
                   _("The grid has %d x %d cells, too many to find distances on; choose larger cells."),
                   s->nx, s->ny);
  return VD_OK;
}

vd_status vd_distance_on_globe(vd_jobs *jobs, const vd_progress *progress, const vd_distance_globe_setup *s,
                               float *distance_m, int32_t *nearest) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_TRY(check(s));
  globe g = {.setup = s, .progress = progress, .distance_m = distance_m, .nearest = nearest};
  g.row = VD_NEW_ARRAY(scratch, point, s->ny);
  g.cosine = VD_NEW_ARRAY(scratch, double, s->nx);
  g.sine = VD_NEW_ARRAY(scratch, double, s->nx);
  for (int32_t row = 0; row < s->ny; row++) {
    double lat = (s->lat_deg + row * s->step_y_deg) * DEGREE, sine = sin(lat);
    double across_m = AXIS_M / sqrt(1 - ECCENTRICITY2 * sine * sine);
    g.row[row] = (point){across_m * cos(lat), 0, across_m * (1 - ECCENTRICITY2) * sine};
  }
  for (int32_t column = 0; column < s->nx; column++) {
    double lon = (s->lon_deg + column * s->step_x_deg) * DEGREE;
    g.cosine[column] = cos(lon);
    g.sine[column] = sin(lon);
  }
  if (!make_room(scratch, &g, vd_jobs_threads(jobs)))
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the distances; choose larger cells."));
  list_sources(&g);
  int64_t n = (int64_t)s->nx * s->ny;
  for (int64_t i = 0; i < n && !g.n; i++) distance_m[i] = INFINITY <= s->max_m ? INFINITY : NAN;
  for (int64_t i = 0; i < n && !g.n && nearest; i++) nearest[i] = -1;
  if (!g.n) return VD_OK;
  return vd_jobs_run(jobs, (int64_t)((s->nx + TILE - 1) / TILE) * ((s->ny + TILE - 1) / TILE), finish_tile,
                     &g);
}
