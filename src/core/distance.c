/* distance: the nearest source of each cell, by columns and then by rows.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Rows are worked on in bands. What a band must know of the others is, for each column, the last source above it and the
 * first one below: two rows of numbers a band, found in one pass. After that bands are independent of each other, and
 * one band's columns stay in the cache while its rows are finished; nothing is ever read down a column. */
#include "vedette/core/distance.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"

/* Rows that stand for "no source"; far enough that the other side is always nearer, near enough not to overflow. */
enum { NONE_ABOVE = -(1 << 29), NONE_BELOW = 1 << 29 };

struct vd_distance {
  vd_distance_setup setup;
  int32_t n_bands;
  int32_t *above, *below; /* per band and column: the last source row before the band, the first after it */
  int32_t *columns;       /* those that hold a source, ascending */
  double *column;         /* the same, to reckon with */
  int32_t n_columns;
  double weight;      /* of a square of rows, in squares of columns */
  int64_t *n_sources; /* a band's */
};

static int32_t band_end(const vd_distance *d, int32_t band) {
  int32_t end = (band + 1) * VD_DISTANCE_BAND;
  return end < d->setup.ny ? end : d->setup.ny;
}

/* ---- what bands know of each other ---- */

static void mark_row(const uint8_t *restrict source, int32_t nx, int32_t row, int32_t *restrict at) {
  for (int32_t x = 0; x < nx; x++) at[x] = source[x] ? row : at[x];
}

/* The last and the first source row within the band, a column each. */
static vd_status look_through(void *context, int64_t item, int worker) {
  vd_distance *d = context;
  (void)worker;
  int32_t nx = d->setup.nx, band = (int32_t)item, from = band * VD_DISTANCE_BAND, to = band_end(d, band);
  int32_t *last = d->above + item * nx, *first = d->below + item * nx;
  int64_t count = 0;
  for (int32_t x = 0; x < nx; x++) last[x] = NONE_ABOVE;
  for (int32_t x = 0; x < nx; x++) first[x] = NONE_BELOW;
  for (int32_t row = from; row < to; row++) {
    const uint8_t *source = d->setup.source + (int64_t)row * nx;
    mark_row(source, nx, row, last);
    int32_t n = 0;
    for (int32_t x = 0; x < nx; x++) n += source[x] != 0;
    count += n;
  }
  for (int32_t row = to - 1; row >= from && count; row--)
    mark_row(d->setup.source + (int64_t)row * nx, nx, row, first);
  d->n_sources[item] = count;
  return VD_OK;
}

/* From "within the band" to "before the band" and "after the band". */
static void carry(vd_distance *d, int32_t *restrict carried) {
  int32_t nx = d->setup.nx;
  for (int32_t x = 0; x < nx; x++) carried[x] = NONE_BELOW;
  for (int32_t band = d->n_bands - 1; band >= 0; band--) {
    int32_t *restrict first = d->below + (int64_t)band * nx;
    for (int32_t x = 0; x < nx; x++) {
      int32_t own = first[x];
      first[x] = carried[x];
      carried[x] = own < carried[x] ? own : carried[x];
    }
  }
  for (int32_t x = 0; x < nx; x++)
    if (carried[x] != NONE_BELOW) d->columns[d->n_columns++] = x;
  for (int32_t x = 0; x < nx; x++) carried[x] = NONE_ABOVE;
  for (int32_t band = 0; band < d->n_bands; band++) {
    int32_t *restrict last = d->above + (int64_t)band * nx;
    for (int32_t x = 0; x < nx; x++) {
      int32_t own = last[x];
      last[x] = carried[x];
      carried[x] = own > carried[x] ? own : carried[x];
    }
  }
}

static vd_status no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the distances; choose larger cells."));
}

static vd_status check(const vd_distance_setup *s) {
  bool sound = s->nx > 0 && s->ny > 0 && isfinite(s->cell_x_m) && isfinite(s->cell_y_m) && s->cell_x_m > 0 &&
               s->cell_y_m > 0;
  if (!sound)
    return vd_fail(VD_ERR_INPUT, _("The grid has %d x %d cells of %g x %g m; all must be more than zero."),
                   s->nx, s->ny, s->cell_x_m, s->cell_y_m);
  if (s->nx > VD_DISTANCE_SIDE_MAX || s->ny > VD_DISTANCE_SIDE_MAX ||
      (int64_t)s->nx * s->ny > VD_DISTANCE_CELLS_MAX)
    return vd_fail(VD_ERR_LIMIT,
                   _("The grid has %d x %d cells, too many to find distances on; choose larger cells."),
                   s->nx, s->ny);
  return VD_OK;
}

vd_status vd_distance_new(vd_arena *arena, vd_jobs *jobs, const vd_distance_setup *setup, vd_distance **out) {
  VD_TRY(check(setup));
  vd_distance *d = VD_NEW(arena, vd_distance);
  d->setup = *setup;
  d->n_bands = (setup->ny + VD_DISTANCE_BAND - 1) / VD_DISTANCE_BAND;
  size_t n = (size_t)d->n_bands * (size_t)setup->nx;
  d->above = vd_arena_try_alloc(arena, n, sizeof *d->above);
  d->below = vd_arena_try_alloc(arena, n, sizeof *d->below);
  d->columns = vd_arena_try_alloc(arena, (size_t)setup->nx, 2 * sizeof *d->columns);
  d->n_sources = vd_arena_try_alloc(arena, (size_t)d->n_bands, sizeof *d->n_sources);
  if (!d->above || !d->below || !d->columns || !d->n_sources) return no_memory();
  VD_TRY(vd_jobs_run(jobs, d->n_bands, look_through, d));
  carry(d, d->columns + setup->nx);
  d->column = vd_arena_try_alloc(arena, (size_t)d->n_columns, sizeof *d->column);
  if (!d->column) return no_memory();
  for (int32_t c = 0; c < d->n_columns; c++) d->column[c] = d->columns[c];
  double ratio = setup->cell_y_m / setup->cell_x_m;
  d->weight = ratio * ratio;
  *out = d;
  return VD_OK;
}

int64_t vd_distance_n_sources(const vd_distance *distance) {
  int64_t n = 0;
  for (int32_t band = 0; band < distance->n_bands; band++) n += distance->n_sources[band];
  return n;
}

/* ---- one row ---- */

/* A column's parabola. */
typedef struct corner {
  double column, height;
  int32_t index; /* among the columns that hold a source */
} corner;

/* What a worker has at hand. A column's parabola is (x - column)^2 + height, in squares of a cell's width. Those of the lower
 * envelope are the corners of a convex hull: of the points (column, column^2 + height). */
typedef struct bench {
  int32_t *below; /* per row of the band and column that holds a source: the first source row at or below */
  int32_t *above, *near; /* per such column */
  double *height;
  corner *hull;
  int32_t *from;  /* per corner of the hull: where its parabola begins to be least; one more for the end */
  double *square; /* per column of the grid */
  uint8_t *keep;
} bench;

/* Whether the middle one of three parabolas is nowhere alone the least: the places where it would take over from the left one
 * and hand over to the right one are in the wrong order. All terms are whole numbers below 2^53 on square cells. */
static inline bool hidden(double left, double left_height, double middle, double middle_height, double right,
                          double right_height) {
  return (middle_height - left_height) * (right - middle) -
             (right_height - middle_height) * (middle - left) >=
         (right - left) * (right - middle) * (middle - left);
}

static void heights_of_row(const int32_t *restrict near, int32_t n, int32_t row, double weight,
                           double *restrict height) {
  for (int32_t c = 0; c < n; c++) {
    double away = near[c] - row;
    height[c] = weight * (away * away);
  }
}

/* Leaves out what its own neighbours hide, without a branch. */
static int32_t sift(const double *restrict column, const double *restrict height, int32_t n,
                    uint8_t *restrict keep, corner *restrict kept) {
  int32_t n_kept = 0;
  for (int32_t c = 1; c < n - 1; c++)
    keep[c] = !hidden(column[c - 1], height[c - 1], column[c], height[c], column[c + 1], height[c + 1]);
  keep[0] = keep[n - 1] = 1;
  for (int32_t c = 0; c < n; c++) {
    kept[n_kept] = (corner){column[c], height[c], c};
    n_kept += keep[c];
  }
  return n_kept;
}

/* The corners of the hull, in place: the last two stay in registers, where the next is compared with them. */
static int32_t hull_of(corner *hull, int32_t n_kept) {
  if (n_kept < 3) return n_kept;
  corner left = hull[0], middle = hull[1];
  int32_t n = 2;
  for (int32_t i = 2; i < n_kept; i++) {
    const corner right = hull[i];
    while (n > 1 &&
           hidden(left.column, left.height, middle.column, middle.height, right.column, right.height)) {
      n--;
      middle = left;
      if (n > 1) left = hull[n - 2];
    }
    left = middle;
    middle = right;
    hull[n++] = right;
  }
  return n;
}

/* Where each parabola begins: right of where it equals the one before, so that of equal ones the left one stays. */
static void borders_of(const corner *hull, int32_t n, int32_t nx, int32_t *from) {
  from[0] = 0;
  for (int32_t k = 1; k < n; k++) {
    const corner *left = &hull[k - 1], *right = &hull[k];
    double apart = right->column - left->column;
    double equal = (apart * (right->column + left->column) + (right->height - left->height)) / (2 * apart);
    from[k] = equal < 0 ? 0 : equal < nx ? (int32_t)equal + 1 : nx;
  }
  from[n] = nx;
}

static void squares_of(const corner *hull, const int32_t *from, int32_t n, double *restrict square) {
  for (int32_t k = 0; k < n; k++) {
    const corner own = hull[k];
    for (int32_t x = from[k]; x < from[k + 1]; x++)
      square[x] = (x - own.column) * (x - own.column) + own.height;
  }
}

static void root_row(const double *restrict square, int32_t nx, double cell_m, double max_m,
                     float *restrict out) {
  for (int32_t x = 0; x < nx; x++) {
    double m = sqrt(square[x]) * cell_m;
    out[x] = m <= max_m ? (float)m : NAN;
  }
}

static void nearest_row(const vd_distance *d, const bench *b, int32_t n, const float *distance_m,
                        int32_t *out) {
  for (int32_t k = 0; k < n; k++) {
    int32_t cell = b->near[b->hull[k].index] * d->setup.nx + (int32_t)b->hull[k].column;
    for (int32_t x = b->from[k]; x < b->from[k + 1]; x++) out[x] = isnan(distance_m[x]) ? -1 : cell;
  }
}

/* ---- one band ---- */

typedef struct rows {
  const vd_distance *distance;
  bench *benches;
  int32_t row, n_rows;
  float *distance_m;
  int32_t *nearest;
} rows;

/* The first source row at or below each row of the band. */
static void look_down(const vd_distance *d, int32_t band, int32_t *below) {
  int32_t nx = d->setup.nx, n = d->n_columns, to = band_end(d, band);
  const int32_t *next = d->below + (int64_t)band * nx, *columns = d->columns;
  int32_t *restrict first = below + (int64_t)(to - 1 - band * VD_DISTANCE_BAND) * n;
  for (int32_t c = 0; c < n; c++) first[c] = next[columns[c]];
  for (int32_t row = to - 1; row >= band * VD_DISTANCE_BAND; row--) {
    const uint8_t *source = d->setup.source + (int64_t)row * nx;
    int32_t *restrict own = below + (int64_t)(row - band * VD_DISTANCE_BAND) * n;
    const int32_t *under = row == to - 1 ? own : own + n;
    for (int32_t c = 0; c < n; c++) own[c] = source[columns[c]] ? row : under[c];
  }
}

static void nearest_in_columns(const int32_t *restrict above, const int32_t *restrict below, int32_t n,
                               int32_t row, int32_t *restrict near) {
  for (int32_t c = 0; c < n; c++) near[c] = row - above[c] <= below[c] - row ? above[c] : below[c];
}

static void finish_row(const rows *run, const bench *b, int32_t row) {
  const vd_distance *d = run->distance;
  int32_t nx = d->setup.nx;
  int64_t offset = (int64_t)(row - run->row) * nx;
  float *distance_m = run->distance_m + offset;
  heights_of_row(b->near, d->n_columns, row, d->weight, b->height);
  int32_t n = sift(d->column, b->height, d->n_columns, b->keep, b->hull);
  n = hull_of(b->hull, n);
  borders_of(b->hull, n, nx, b->from);
  squares_of(b->hull, b->from, n, b->square);
  root_row(b->square, nx, d->setup.cell_x_m, d->setup.max_m, distance_m);
  if (run->nearest) nearest_row(d, b, n, distance_m, run->nearest + offset);
}

static vd_status finish_band(void *context, int64_t item, int worker) {
  const rows *run = context;
  const vd_distance *d = run->distance;
  const bench *b = &run->benches[worker];
  int32_t nx = d->setup.nx, n = d->n_columns, band = run->row / VD_DISTANCE_BAND + (int32_t)item;
  const int32_t *before = d->above + (int64_t)band * nx;
  look_down(d, band, b->below);
  for (int32_t c = 0; c < n; c++) b->above[c] = before[d->columns[c]];
  for (int32_t row = band * VD_DISTANCE_BAND; row < band_end(d, band) && row < run->row + run->n_rows;
       row++) {
    const int32_t *below = b->below + (int64_t)(row - band * VD_DISTANCE_BAND) * n;
    /* A source in this very row is the first "at or below" it, and the last above for the rows that follow. */
    for (int32_t c = 0; c < n; c++) b->above[c] = below[c] == row ? row : b->above[c];
    if (row < run->row) continue;
    nearest_in_columns(b->above, below, n, row, b->near);
    finish_row(run, b, row);
  }
  return VD_OK;
}

static bool bench_new(vd_arena *arena, const vd_distance *d, bench *b) {
  size_t n = (size_t)d->n_columns;
  b->below = vd_arena_try_alloc(arena, n * VD_DISTANCE_BAND, sizeof *b->below);
  b->above = vd_arena_try_alloc(arena, n, sizeof *b->above);
  b->near = vd_arena_try_alloc(arena, n, sizeof *b->near);
  b->height = vd_arena_try_alloc(arena, n, sizeof *b->height);
  b->hull = vd_arena_try_alloc(arena, n + 1, sizeof *b->hull);
  b->from = vd_arena_try_alloc(arena, n + 1, sizeof *b->from);
  b->keep = vd_arena_try_alloc(arena, n, sizeof *b->keep);
  b->square = vd_arena_try_alloc(arena, (size_t)d->setup.nx, sizeof *b->square);
  return b->below && b->above && b->near && b->height && b->hull && b->from && b->keep && b->square;
}

vd_status vd_distance_rows(const vd_distance *distance, vd_jobs *jobs, int32_t row, int32_t n_rows,
                           float *distance_m, int32_t *nearest) {
  int64_t n = (int64_t)n_rows * distance->setup.nx;
  if (!distance->n_columns) {
    for (int64_t i = 0; i < n; i++) distance_m[i] = INFINITY <= distance->setup.max_m ? INFINITY : NAN;
    for (int64_t i = 0; nearest && i < n; i++) nearest[i] = -1;
    return VD_OK;
  }
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  rows run = {distance, VD_NEW_ARRAY(scratch, bench, vd_jobs_threads(jobs)), row, n_rows, distance_m,
              nearest};
  for (int i = 0; i < vd_jobs_threads(jobs); i++)
    if (!bench_new(scratch, distance, &run.benches[i])) return no_memory();
  int32_t first = row / VD_DISTANCE_BAND, last = (row + n_rows - 1) / VD_DISTANCE_BAND;
  return n_rows > 0 ? vd_jobs_run(jobs, last - first + 1, finish_band, &run) : VD_OK;
}
