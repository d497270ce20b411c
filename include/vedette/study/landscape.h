/* landscape: a plan's base data laid on one equal-area grid, with its roads joined to it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_STUDY_LANDSCAPE_H
#define VEDETTE_STUDY_LANDSCAPE_H

#include "vedette/base/jobs.h"
#include "vedette/core/grid.h"
#include "vedette/plan/plan.h"

typedef struct vd_landscape vd_landscape;

/* A remark about the inputs that a reader of the results must know ("37 road crossings of rivers carry no bridge,
 * ford or ferry: counted as fords"). */
typedef struct vd_note {
  const char *text;
  int64_t count;
  double lon_deg, lat_deg; /* the first place it concerns; NaN none */
} vd_note;

/* Builds it from the plan; cell_m 0 takes the plan's, or when that is 0 too a round size giving at most 250 000 cells
 * (never under 50 m). VD_ERR_LIMIT says how large a cell would do when the grid would not fit into memory.
 * The caller frees. The plan may change afterwards; the landscape keeps what it read. */
vd_status vd_landscape_build(const vd_plan *plan, double cell_m, vd_jobs *jobs, const vd_progress *progress,
                             vd_landscape **out);
void vd_landscape_free(vd_landscape *landscape);
void vd_landscape_cleanup(vd_landscape **landscape);

const vd_grid *vd_landscape_grid(const vd_landscape *landscape);
const float *vd_landscape_people(const vd_landscape *landscape);      /* per cell, >= 0 */
const float *vd_landscape_elevation_m(const vd_landscape *landscape); /* per cell, NaN unknown */
const uint8_t *vd_landscape_ground(const vd_landscape *landscape);    /* per cell, vd_ground */
const uint8_t *
vd_landscape_inside(const vd_landscape *landscape); /* per cell, 1: centre in the area of interest */
double vd_landscape_people_total(const vd_landscape *landscape); /* inside the area */
const vd_note *vd_landscape_notes(const vd_landscape *landscape, size_t *n);

/* Between lon/lat and the grid's plane (metres); cell -1 when outside the grid. */
void vd_landscape_to_plane(const vd_landscape *landscape, const double *lonlat, double *xy_m, size_t n);
void vd_landscape_to_lonlat(const vd_landscape *landscape, const double *xy_m, double *lonlat, size_t n);
/* The outline of some cells, along their edges, as one shape of polygons with holes, lon/lat; of no cells an empty one.
 * VD_ERR_MEMORY. */
vd_status vd_landscape_outline(const vd_landscape *landscape, const int32_t *cells, size_t n, vd_arena *arena,
                               vd_geom **out);
int32_t vd_landscape_cell_at(const vd_landscape *landscape, double lon_deg, double lat_deg);

/* The landscape's road network as bytes to keep with the plan (vd_plan_file_keep), so that the next landscape need not
 * build it; in the arena. n is 0 when there is nothing to gain: it came from there, is small, or the plan has no keeper. */
vd_status vd_landscape_pack(const vd_landscape *landscape, vd_arena *arena, vd_kept *kept);

/* True when nothing the landscape was built from has changed in the plan since. */
bool vd_landscape_fresh(const vd_landscape *landscape, const vd_plan *plan);

#endif
