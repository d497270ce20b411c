/* trace: follows the edges between cells of one value and the rest.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/trace.h"

#include <string.h>

/* Directions of an edge that leaves a corner of the grid: east, south, west, north; cells lie on its right. */
enum { EAST, SOUTH, WEST, NORTH };
static const int32_t step_x[4] = {1, 0, -1, 0}, step_y[4] = {0, 1, 0, -1};

typedef struct tracer {
  const vd_grid *grid;
  uint8_t *edges; /* (nx + 1) * (ny + 1): a bit a direction */
  vd_arena *scratch;
  int32_t *xy;
  size_t n_xy, cap_xy;
  int32_t *start;
  size_t n_start, cap_start;
} tracer;

static bool is_value(const vd_grid *grid, const uint8_t *classes, int32_t x, int32_t y, uint8_t value) {
  return x >= 0 && y >= 0 && x < grid->nx && y < grid->ny &&
         classes[(size_t)y * (size_t)grid->nx + (size_t)x] == value;
}

static uint8_t *corner(tracer *t, int32_t x, int32_t y) {
  return &t->edges[(size_t)y * ((size_t)t->grid->nx + 1) + (size_t)x];
}

/* Around a cell clockwise as seen with y down: its top edge goes east, its right edge south. */
static bool mark_edges(tracer *t, const uint8_t *classes, uint8_t value) {
  bool any = false;
  for (int32_t y = 0; y < t->grid->ny; y++) {
    for (int32_t x = 0; x < t->grid->nx; x++) {
      if (!is_value(t->grid, classes, x, y, value)) continue;
      any = true;
      if (!is_value(t->grid, classes, x, y - 1, value)) *corner(t, x, y) |= 1u << EAST;
      if (!is_value(t->grid, classes, x + 1, y, value)) *corner(t, x + 1, y) |= 1u << SOUTH;
      if (!is_value(t->grid, classes, x, y + 1, value)) *corner(t, x + 1, y + 1) |= 1u << WEST;
      if (!is_value(t->grid, classes, x - 1, y, value)) *corner(t, x, y + 1) |= 1u << NORTH;
    }
  }
  return any;
}

static void add_corner(tracer *t, int32_t x, int32_t y) {
  *VD_PUSH(t->scratch, t->xy, t->n_xy, t->cap_xy) = x;
  *VD_PUSH(t->scratch, t->xy, t->n_xy, t->cap_xy) = y;
}

/* Where two edges leave a corner the right turn is taken, so that cells which touch by a corner stay apart. */
static int next_direction(uint8_t edges, int direction) {
  static const int turn[3] = {1, 0, 3};
  for (int k = 0; k < 3; k++) {
    int d = (direction + turn[k]) % 4;
    if (edges & (1u << d)) return d;
  }
  return -1;
}

static void follow(tracer *t, int32_t x, int32_t y, int direction) {
  int32_t x0 = x, y0 = y;
  *VD_PUSH(t->scratch, t->start, t->n_start, t->cap_start) = (int32_t)(t->n_xy / 2);
  add_corner(t, x, y);
  while (direction >= 0) {
    *corner(t, x, y) &= (uint8_t) ~(1u << direction);
    x += step_x[direction], y += step_y[direction];
    int next = x == x0 && y == y0 ? -1 : next_direction(*corner(t, x, y), direction);
    if (next != direction) add_corner(t, x, y);
    direction = next;
  }
}

static void follow_all(tracer *t) {
  for (int32_t y = 0; y <= t->grid->ny; y++)
    for (int32_t x = 0; x <= t->grid->nx; x++)
      while (*corner(t, x, y) & (1u << EAST)) follow(t, x, y, EAST);
}

vd_shape vd_trace(vd_arena *arena, const vd_grid *grid, const uint8_t *classes, uint8_t value) {
  vd_shape shape = {.type = VD_GEOM_POLYGON, .box = vd_box_empty()};
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  tracer t = {.grid = grid, .scratch = scratch};
  t.edges = VD_NEW_ARRAY(scratch, uint8_t, ((size_t)grid->nx + 1) * ((size_t)grid->ny + 1));
  if (!mark_edges(&t, classes, value)) return shape;
  follow_all(&t);
  int32_t *start = VD_NEW_ARRAY(arena, int32_t, t.n_start + 1);
  memcpy(start, t.start, t.n_start * sizeof *start);
  shape.n_parts = (int32_t)t.n_start;
  shape.n_points = start[t.n_start] = (int32_t)(t.n_xy / 2);
  shape.part_start = start;
  shape.xy_m = VD_NEW_ARRAY(arena, double, t.n_xy);
  for (size_t i = 0; i < t.n_xy; i += 2) {
    shape.xy_m[i] = grid->x0_m + t.xy[i] * grid->cell_m;
    shape.xy_m[i + 1] = grid->y0_m - t.xy[i + 1] * grid->cell_m;
  }
  vd_shape_prepare(arena, &shape);
  return shape;
}
