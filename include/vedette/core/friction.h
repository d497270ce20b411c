/* friction: least-cost reach over a raster of friction from several sources.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A cell is a vertex. A move goes straight from centre to centre: to the 8 cells around, by 8 knight's moves (2,1) and by 16
 * longer ones, (3,1) and (3,2), in each direction. It costs its length times the mean friction along its line, each cell
 * weighted by the part of the line in it: the line integral, exact for friction that is constant in each cell. A line
 * that touches an impassable cell is shut; so is one that passes exactly through a corner between two impassable cells. On
 * uniform friction the least cost is at most 1.31 % above the straight line's (8 neighbours: 8.2 %, GRASS r.cost -k with
 * 16: 2.75 %), 1 / cos of half of the widest angle between moves, atan(1/3).
 *
 * Costs are floats. A sum of a float and a price that is not negative, rounded, is never less than the float and never falls
 * when the float rises; so least costs are the same whatever the order of work, and those of Dijkstra's algorithm with the
 * same prices, bit for bit: on any processor and on any number of threads. */
#ifndef VEDETTE_CORE_FRICTION_H
#define VEDETTE_CORE_FRICTION_H

#include "vedette/base/arena.h"
#include "vedette/base/jobs.h"

/* A friction value above this, as one that is not a number, makes a cell impassable. */
#define VD_FRICTION_MOST 1e30F

typedef struct vd_friction {
  int32_t nx, ny; /* cell = row * nx + column */
  double dx, dy;  /* sides of a cell, in the unit that friction counts by; positive */
  const float *
      values; /* cost of one unit of length in the cell: > 0 and <= VD_FRICTION_MOST, or INFINITY: impassable */
} vd_friction;

typedef enum vd_friction_kind {
  VD_FRICTION_COST, /* cost of one unit of length */
  VD_FRICTION_KMH   /* speed: becomes minutes per metre; 0 is impassable */
} vd_friction_kind;
/* Cells that are left out, by reason. */
typedef struct vd_friction_counts {
  int64_t missing, zero, negative,
      too_large;     /* not a number; of a speed only `missing` and `zero` are ordinary */
  int64_t first_bad; /* the first cell that is negative or, for costs, zero; -1 none */
} vd_friction_counts;
/* Turns n values as a file has them, in place, into values of vd_friction, and adds to the counts. `first` is the number of
 * the first value among all. Begin with first_bad = -1. */
void vd_friction_prepare(float *values, size_t n, vd_friction_kind kind, int64_t first,
                         vd_friction_counts *counts);

typedef struct vd_friction_source {
  int32_t cell;
  float start; /* cost at the source, >= 0 */
} vd_friction_source;

enum { VD_FRICTION_SOURCES_MAX = 1 << 24 }; /* their numbers are exact as floats */

typedef struct vd_friction_field {
  float *cost; /* per cell; INFINITY: not reached, or beyond the cut-off */
  float *
      from; /* per cell: number of the source that reaches it, of equally near ones the first; INFINITY none; NULL
                  when not asked for */
} vd_friction_field;

/* Solves. Cells above `most` count as not reached (exactly that much is reached; INFINITY: no cut-off). A source on an
 * impassable cell reaches nothing. Results in the arena: 4 bytes a cell, 8 with `with_from`; besides the solver takes 16 bytes
 * for 4096 cells and 400 kB a worker. `jobs` and `progress` may be NULL. VD_ERR_MEMORY, VD_ERR_CANCELLED. */
vd_status vd_friction_solve(vd_arena *arena, const vd_friction *friction, const vd_friction_source *sources,
                            size_t n_sources, float most, bool with_from, vd_jobs *jobs,
                            const vd_progress *progress, vd_friction_field *out);

#endif
