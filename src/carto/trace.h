/* trace: the outlines of equal cells of a grid.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_TRACE_H
#define VEDETTE_CARTO_TRACE_H

#include "carto/shape.h"
#include "vedette/core/grid.h"

/* The rings around all cells whose value in `classes` (nx * ny) is `value`, in the grid's plane, for the even-odd
 * rule; corners only, and closed. Prepared for drawing; empty when no cell has the value. */
vd_shape vd_trace(vd_arena *arena, const vd_grid *grid, const uint8_t *classes, uint8_t value);

#endif
