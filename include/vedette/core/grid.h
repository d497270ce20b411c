/* grid: the analysis grid in its equal-area plane, and lengths on the ground measured in that plane.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The plane is a Lambert azimuthal equal-area (LAEA) projection whose origin (0, 0) is the centre of the area of
 * interest; x grows east, y grows north, metres. Formulas: J. P. Snyder, Map Projections - A Working Manual, USGS
 * Professional Paper 1395 (1987), pages 182-190, on the authalic sphere (the sphere of WGS 84's surface). Near the
 * origin lengths agree with the ellipsoid's; 500 km away they are within 0.1 %. */
#ifndef VEDETTE_CORE_GRID_H
#define VEDETTE_CORE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/geom.h"
#include "vedette/base/status.h"

/* Radius in metres of the sphere that has the surface of the WGS 84 ellipsoid. */
#define VD_AUTHALIC_RADIUS_M 6371007.181

/* Square cells of cell_m metres; (x0_m, y0_m) is the upper-left corner of the grid; row 0 is the northernmost, so
 * cell = row * nx + column, and the centre of a cell is (x0_m + (column + 0.5) cell_m, y0_m - (row + 0.5) cell_m). */
typedef struct vd_grid {
  double x0_m, y0_m, cell_m;
  int32_t nx, ny;
} vd_grid;

enum { VD_NO_CELL = -1, VD_GRID_MAX_CELLS = 1 << 30 };

/* VD_ERR_LIMIT with a sentence unless the sizes are positive, finite and at most VD_GRID_MAX_CELLS cells. */
vd_status vd_grid_check(const vd_grid *grid);
/* The smallest grid of whole cells that covers `box` (plane coordinates), centred on it. The caller checks it. */
vd_grid vd_grid_over(vd_box box, double cell_m);
bool vd_grid_equal(const vd_grid *a, const vd_grid *b);
int32_t vd_grid_n(const vd_grid *grid);
/* The cell that holds a point, VD_NO_CELL outside. A cell owns its left and upper edge. */
int32_t vd_grid_cell(const vd_grid *grid, double x_m, double y_m);
/* The cell of a column and row, VD_NO_CELL outside. */
int32_t vd_grid_cell_of(const vd_grid *grid, int32_t column, int32_t row);
void vd_grid_centre(const vd_grid *grid, int32_t cell, double *x_m, double *y_m);
/* Outer bounds of the grid. */
vd_box vd_grid_box(const vd_grid *grid);

/* Length on the ground of the small step (dx, dy) made around the point (x, y) of the plane. A length in the plane
 * is cos(c/2) times the one on the ground along the line from the origin and 1/cos(c/2) times across it, where c is
 * the angular distance from the origin (Snyder 24-1, 24-2). */
double vd_plane_step_m(double x_m, double y_m, double dx_m, double dy_m);
/* Great-circle distance on the authalic sphere between two points of the plane, whatever their distance. */
double vd_plane_distance_m(double ax_m, double ay_m, double bx_m, double by_m);

/* Cells whose centre lies in a polygon (plane coordinates), by the even-odd rule over all its rings: inside[cell] is
 * set to 1 (others are left alone, so that several polygons can be joined). Two polygons that share an edge share no
 * cell and lose none: a centre exactly on an edge belongs to the polygon on its right (east) side, and on a
 * horizontal edge to the polygon above (north of) it. */
void vd_grid_fill(const vd_grid *grid, const vd_geom *polygon, uint8_t *inside);
/* Sets to 1 the cells that a geometry's points lie in, or its lines or rings run through. */
void vd_grid_touch(const vd_grid *grid, const vd_geom *geom, uint8_t *touched);
/* The same as a sorted list of cells in the arena. */
int32_t *vd_grid_cells_in(vd_arena *arena, const vd_grid *grid, const vd_geom *polygon, size_t *n);
/* The even-odd test with the same rule for one point. */
bool vd_polygon_holds(const vd_geom *polygon, double x_m, double y_m);

#endif
