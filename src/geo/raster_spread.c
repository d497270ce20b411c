/* raster_spread: pixels laid on the analysis grid by the area they share with its cells.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each pixel is the quadrilateral of its projected corners, which neighbours share, so pixels neither overlap nor leave
 * gaps. Its parts in the cells come from cutting it along the cell borders; they are divided by their own sum, so that what is
 * spread is what was there. */
#include "geo/raster_spread.h"

#include <math.h>
#include <string.h>

#include "geo/lattice.h"
#include "vedette/base/i18n.h"

enum { CORNERS_MAX = 12 };

/* A small polygon in cell numbers. */
typedef struct shape {
  int n;
  double xy[2 * CORNERS_MAX];
} shape;

/* What is kept of the half plane sign * (coordinate - limit) >= 0 (Sutherland and Hodgman). */
static void cut(const shape *in, int axis, double limit, double sign, shape *out) {
  out->n = 0;
  for (int i = 0; i < in->n; i++) {
    const double *a = in->xy + 2 * i, *b = in->xy + 2 * ((i + 1) % in->n);
    double da = sign * (a[axis] - limit), db = sign * (b[axis] - limit);
    if (da >= 0 && out->n < CORNERS_MAX) {
      memcpy(out->xy + 2 * out->n, a, 2 * sizeof *a);
      out->n++;
    }
    if ((da >= 0) != (db >= 0) && out->n < CORNERS_MAX) {
      double t = da / (da - db), *to = out->xy + 2 * out->n++;
      to[axis] = limit;
      to[1 - axis] = a[1 - axis] + t * (b[1 - axis] - a[1 - axis]);
    }
  }
}

static double area_of(const shape *s) {
  double twice = 0;
  for (int i = 0; i < s->n; i++) {
    const double *a = s->xy + 2 * i, *b = s->xy + 2 * ((i + 1) % s->n);
    twice += (a[0] - s->xy[0]) * (b[1] - s->xy[1]) - (b[0] - s->xy[0]) * (a[1] - s->xy[1]);
  }
  return fabs(twice) / 2;
}

/* Where the parts of pixels go: sums (weight NULL) or weighted means. */
typedef struct spread {
  int32_t nx, ny;
  double *sum, *weight;
  double outside;
} spread;

static void add(spread *to, int64_t column, int64_t row, double value, double share, double area) {
  size_t cell = (size_t)row * (size_t)to->nx + (size_t)column;
  if (to->weight) {
    to->sum[cell] += value * area;
    to->weight[cell] += area;
  } else {
    to->sum[cell] += value * share;
  }
}

typedef struct bounds {
  double min_x, min_y, max_x, max_y;
} bounds;

static int64_t clamp(double value, int64_t most) {
  return value < 0 ? 0 : value > (double)most ? most : (int64_t)value;
}

/* A pixel that touches several cells or the border of the grid. */
static void add_cut(spread *to, const shape *pixel, const bounds *b, double value) {
  double whole = area_of(pixel), kept = 0;
  int64_t first = clamp(floor(b->min_x), to->nx - 1), last = clamp(floor(b->max_x), to->nx - 1);
  int64_t top = clamp(floor(b->min_y), to->ny - 1), bottom = clamp(floor(b->max_y), to->ny - 1);
  bool within = b->min_x >= 0 && b->min_y >= 0 && b->max_x <= to->nx && b->max_y <= to->ny;
  if (!(whole > 0)) {
    if (within)
      add(to, first, top, value, 1, 0);
    else
      to->outside += value;
    return;
  }
  for (int pass = 0; pass < 2; pass++) {
    /* The first pass measures the parts only where they must add up to the whole. */
    if (pass == 0 && !within) {
      kept = whole;
      continue;
    }
    double shared = 0;
    for (int64_t column = first; column <= last; column++) {
      shape left, strip, above, part;
      cut(pixel, 0, (double)column, 1, &left);
      cut(&left, 0, (double)column + 1, -1, &strip);
      for (int64_t row = top; row <= bottom && strip.n >= 3; row++) {
        cut(&strip, 1, (double)row, 1, &above);
        cut(&above, 1, (double)row + 1, -1, &part);
        double area = part.n >= 3 ? area_of(&part) : 0;
        if (pass == 0)
          kept += area;
        else if (area > 0)
          add(to, column, row, value, area / kept, area);
        shared += area;
      }
    }
    if (pass == 1 && !within) to->outside += value * fmax(0, 1 - shared / whole);
  }
}

static void add_pixel(spread *to, const double *top, const double *bottom, double value) {
  shape pixel = {.n = 4, .xy = {top[0], top[1], top[2], top[3], bottom[2], bottom[3], bottom[0], bottom[1]}};
  const double *p = pixel.xy;
  bounds b = {fmin(fmin(p[0], p[2]), fmin(p[4], p[6])), fmin(fmin(p[1], p[3]), fmin(p[5], p[7])),
              fmax(fmax(p[0], p[2]), fmax(p[4], p[6])), fmax(fmax(p[1], p[3]), fmax(p[5], p[7]))};
  if (isnan(p[0] + p[2] + p[4] + p[6]) || b.max_x <= 0 || b.max_y <= 0 || b.min_x >= to->nx ||
      b.min_y >= to->ny) {
    to->outside += value;
    return;
  }
  double column = floor(b.min_x), row = floor(b.min_y);
  if (column >= 0 && row >= 0 && b.max_x < column + 1 && b.max_y < row + 1)
    add(to, (int64_t)column, (int64_t)row, value, 1, to->weight ? area_of(&pixel) : 0);
  else
    add_cut(to, &pixel, &b, value);
}

/* Runs over all pixels; amounts below 0 are counted and skipped when sums are wanted. */
static vd_status spread_pixels(vd_arena *arena, const vd_geo_raster *raster, const vd_geo_grid *grid,
                               const vd_progress *progress, spread *to, int64_t *n_negative) {
  VD_CLEANUP(vd_mapping_cleanup) vd_mapping mapping = {0};
  vd_lattice lattice;
  size_t row_bytes = 2 * ((size_t)raster->width + 1) * sizeof(double);
  VD_TRY(vd_mapping_to_grid(raster, grid, &mapping));
  VD_TRY(vd_lattice_start(arena, &mapping, raster->width + 1, raster->height + 1, 1e-4, &lattice));
  double *top = vd_arena_try_alloc(arena, 1, row_bytes);
  if (!top) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to lay the raster on the grid."));
  memcpy(top, vd_lattice_row(&lattice, 0), row_bytes);
  for (int32_t r = 0; r < raster->height; r++) {
    const float *values = raster->values + (size_t)r * (size_t)raster->width;
    const double *bottom = vd_lattice_row(&lattice, r + 1);
    if (r % 64 == 0) VD_TRY(vd_progress_step(progress, _("laying on the grid"), r, raster->height));
    for (int32_t c = 0; c < raster->width; c++) {
      double value = (double)values[c];
      if (isnan(value)) continue;
      if (!to->weight && !(value > 0)) {
        *n_negative += value < 0;
        continue;
      }
      add_pixel(to, top + 2 * c, bottom + 2 * c, value);
    }
    memcpy(top, bottom, row_bytes);
  }
  return VD_OK;
}

static vd_status no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the grid. Choose larger cells."));
}

vd_status vd_raster_sum_to_grid(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                const vd_progress *progress, float *cells, vd_raster_sums *sums) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_raster_sums told = {0};
  VD_TRY(vd_grid_check(&grid->grid));
  size_t n = (size_t)vd_grid_n(&grid->grid);
  spread to = {.nx = grid->grid.nx, .ny = grid->grid.ny, .sum = vd_arena_try_alloc(arena, n, sizeof(double))};
  if (!to.sum) return no_memory();
  VD_TRY(spread_pixels(arena, raster, grid, progress, &to, &told.n_negative));
  for (size_t i = 0; i < n; i++) cells[i] = (float)to.sum[i];
  for (size_t i = 0; i < n; i++) told.inside += to.sum[i];
  told.outside = to.outside;
  told.total = told.inside + told.outside;
  if (sums) *sums = told;
  return VD_OK;
}

vd_status vd_raster_mean_by_area(const vd_geo_raster *raster, const vd_geo_grid *grid,
                                 const vd_progress *progress, float *cells) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  int64_t ignored = 0;
  size_t n = (size_t)vd_grid_n(&grid->grid);
  spread to = {.nx = grid->grid.nx,
               .ny = grid->grid.ny,
               .sum = vd_arena_try_alloc(arena, n, sizeof(double)),
               .weight = vd_arena_try_alloc(arena, n, sizeof(double))};
  if (!to.sum || !to.weight) return no_memory();
  VD_TRY(spread_pixels(arena, raster, grid, progress, &to, &ignored));
  for (size_t i = 0; i < n; i++) cells[i] = to.weight[i] > 0 ? (float)(to.sum[i] / to.weight[i]) : NAN;
  return VD_OK;
}
