/* friction: least-cost reach over a friction raster from the files that people have.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_GEO_FRICTION_H
#define VEDETTE_GEO_FRICTION_H

#include "vedette/core/friction.h"
#include "vedette/geo/raster.h"

/* What the values of a raster are; costs come out in the same unit, paces and speeds as minutes. */
typedef enum vd_friction_meaning {
  VD_MEANS_COST, /* of crossing a cell from west to east; from north to south in proportion to its sides */
  VD_MEANS_MIN_PER_M, /* minutes for a metre */
  VD_MEANS_KMH,       /* a speed */
  VD_MEANS_COUNT
} vd_friction_meaning;

typedef struct vd_friction_request {
  const char *friction; /* a GeoTIFF in a projected system */
  const char *
      sources; /* a file of points, or a raster of the same grid whose cells that are known and not 0 are sources */
  const char *start_field; /* of the points: cost at the start; NULL none */
  vd_friction_meaning meaning;
  double most; /* cut-off, INFINITY none */
  bool allocate;
} vd_friction_request;

typedef struct vd_friction_sources {
  vd_friction_source *items; /* those that count */
  int32_t *number;           /* of each among all in the file, from 1 */
  size_t n;
  int64_t n_read, n_outside, n_impassable,
      n_doubled;       /* points or cells; doubled ones are among those that count */
  int64_t n_no_points; /* features */
} vd_friction_sources;

typedef struct vd_friction_input {
  vd_geo_raster *raster; /* its values prepared for the solver */
  vd_friction friction;
  vd_friction_counts counts;
  vd_friction_sources sources;
} vd_friction_input;

typedef struct vd_friction_reach {
  vd_friction_field field; /* of vd_friction_solve; `from` holds the sources' numbers */
  int64_t n_passable, n_reached;
  double farthest; /* the greatest cost */
} vd_friction_reach;

/* Reads both files and checks all that can be checked before the work begins: a header is checked before its pixels are read.
 * VD_ERR_INPUT for degrees, friction below or at 0, nothing passable, and when no source can start; VD_ERR_LIMIT and
 * VD_ERR_MEMORY for what does not fit into memory. */
vd_status vd_friction_read(vd_arena *arena, const vd_friction_request *request, vd_jobs *jobs,
                           const vd_progress *progress, vd_friction_input *out);
vd_status vd_friction_run(vd_arena *arena, const vd_friction_request *request, const vd_friction_input *input,
                          vd_jobs *jobs, const vd_progress *progress, vd_friction_reach *out);

#endif
