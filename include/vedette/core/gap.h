/* gap: states of cells over a window, connected gaps, their sums and outlines.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CORE_GAP_H
#define VEDETTE_CORE_GAP_H

#include "vedette/base/jobs.h"
#include "vedette/base/terms.h"
#include "vedette/core/grid.h"
#include "vedette/core/interval.h"

/* The state of a threatened, populated cell. */
vd_state vd_gap_state(bool in_time, bool present);

/* Seconds in each state; VD_STATE_NONE counts the window's seconds without a threat. */
typedef struct vd_state_seconds {
  int64_t s[VD_STATE_COUNT];
} vd_state_seconds;
/* Over a window: when a threat is active, when help comes in time, when there is presence. The set of each state is
 * exact; the five add up to the window. */
vd_state_seconds vd_gap_seconds(vd_intervals window, vd_intervals active, vd_intervals in_time,
                                vd_intervals present);
/* When the cell is in `state` within the window. */
vd_intervals vd_gap_when(vd_arena *arena, vd_state state, vd_intervals window, vd_intervals active,
                         vd_intervals in_time, vd_intervals present);

/* Key of a gap cell; 0 is no gap. */
static inline uint16_t vd_gap_key(vd_priority priority, vd_cause cause) {
  return (uint16_t)(1 + (unsigned)priority * VD_CAUSE_COUNT + (unsigned)cause);
}
static inline vd_priority vd_gap_key_priority(uint16_t key) {
  return (vd_priority)((key - 1) / VD_CAUSE_COUNT);
}
static inline vd_cause vd_gap_key_cause(uint16_t key) {
  return (vd_cause)((key - 1) % VD_CAUSE_COUNT);
}

/* Cells that hang together by their edges (4 neighbours) and have one key. */
typedef struct vd_component {
  uint16_t key;
  int32_t first_cell; /* the least; components are in its order */
  int32_t n_cells;
  int32_t min_column, max_column, min_row, max_row;
} vd_component;
typedef struct vd_components {
  vd_grid grid;
  int32_t *label; /* per cell: index of its component, -1 none */
  vd_component *items;
  size_t n;
} vd_components;
/* `key` per cell, 0 for none. VD_ERR_MEMORY when the arena has no room for it. */
vd_status vd_components_new(vd_arena *arena, const vd_grid *grid, const uint16_t *key, vd_components *out);
/* Sum of a layer over each component, added in order of cells; n sums in the arena. NaN counts as 0. */
double *vd_components_sum(vd_arena *arena, const vd_components *components, const double *values);
/* The same of floats, on many threads: in an order of additions of its own, which the grid alone decides, so that the sums do
 * not depend on `jobs`. */
vd_status vd_components_sum_floats(vd_arena *arena, vd_jobs *jobs, const vd_components *components,
                                   const float *values, double **out);
/* Cells of one component, ascending. */
int32_t *vd_component_cells(vd_arena *arena, const vd_components *components, size_t index);
/* The outlines of all components, n of them, NULL when there is no memory. Each goes along the cell edges in plane
 * coordinates, corners only: one outer ring, counter-clockwise seen with y up, then the holes, clockwise. Rings are simple
 * and may touch one another at corners (valid by OGC Simple Features). */
vd_geom **vd_components_outlines(vd_arena *arena, const vd_components *components);

#endif
