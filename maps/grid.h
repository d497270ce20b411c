/* grid: the square cells the sample area is made on, with random numbers, noise, heaps and lines.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Positions are in cells: x to the east, y to the south, the centre of cell (0, 0) at (0.5, 0.5). Everything here
 * gives the same result for the same seed; nothing reads a clock, a locale or an address. */
#ifndef MAPS_GRID_H
#define MAPS_GRID_H

#include <stdbool.h>
#include <stdint.h>

#include "vedette/base/arena.h"

enum { GRID_W = 912, GRID_H = 684, GRID_N = GRID_W * GRID_H };
#define GRID_WEST 2.25    /* degrees; open sea, so that no real land is meant */
#define GRID_NORTH 2.625  /* degrees */
#define GRID_PER_DEG 480. /* cells a degree */
#define CELL_M 231.2      /* mean side of a cell; it differs by 0.3 % between the axes */
#define CELL_KM2 0.05346  /* area of a cell */

typedef struct pt {
  double x, y;
} pt;
double lon_of(double x);
double lat_of(double y);
pt centre_of(int32_t cell);
/* The cell that holds `p`, held to the grid. */
int32_t cell_at(pt p);
/* The neighbour of `cell` in direction 0-7 (clockwise from east; odd ones are diagonal), -1 outside. */
int32_t neighbour(int32_t cell, int direction);
int direction_to(int32_t from, int32_t to);
double step_length(int direction);
double dist(pt a, pt b);
/* Metres between two positions on the ground, for travel times. */
double ground_m(pt a, pt b);
double dist_to_line(pt p, const pt *line, int n);
double clamp(double value, double low, double high);
double smoothstep(double low, double high, double value);
/* The value of a field between its cell centres. */
double field_at(const float *field, pt p);
/* A box blur of the given radius, twice: close to a bell. */
void field_blur(vd_arena *arena, float *field, int w, int h, int radius);
/* Distance in cells to the nearest cell whose mask is not 0 (chamfer, within 5 %). */
float *field_distance(vd_arena *arena, const uint8_t *mask);

/* Random numbers: a stream for each purpose, so that a change in one stage leaves the others alone. */
typedef struct rng {
  uint64_t state;
} rng;
rng rng_of(uint64_t seed, const char *purpose);
double rng_unit(rng *r); /* [0, 1) */
double rng_between(rng *r, double low, double high);
int rng_below(rng *r, int n);
double rng_bell(rng *r); /* mean 0, deviation 1 */
/* Gradient noise of wavelength 1, about -1..1, and its octaves. */
double noise(uint64_t seed, double x, double y);
double fbm(uint64_t seed, double x, double y, int octaves);

/* A heap that yields the least key, the lesser cell among equals. */
typedef struct heap_item {
  double key;
  int32_t cell;
} heap_item;
typedef struct heap {
  vd_arena *arena;
  heap_item *items;
  size_t n, capacity;
} heap;
void heap_push(heap *h, double key, int32_t cell);
heap_item heap_pop(heap *h);

/* A line, or a ring when `closed` (first and last point equal). */
typedef struct line {
  pt *p;
  int n;
} line;
line line_copy(vd_arena *arena, const pt *p, int n);
/* Moving averages; the ends of an open line stay. */
void line_smooth(vd_arena *arena, line *l, bool closed, int passes);
/* Douglas and Peucker; ends stay. */
line line_simplify(vd_arena *arena, const line *l, double tolerance);
double line_length(const line *l);
double ring_area(const line *ring); /* signed: > 0 clockwise on the map */
bool ring_holds(const line *ring, pt p);

#endif
