/* world: everything the sample area holds, and the stages that make it, in the order they run.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_WORLD_H
#define MAPS_WORLD_H

#include "grid.h"
#include "vedette/base/terms.h"
#include "vedette/base/units.h"

/* ---- water ---- */
typedef enum water_kind { WATER_NONE, WATER_STREAM, WATER_RIVER, WATER_GREAT, WATER_LAKE } water_kind;
typedef struct river { /* a stretch between two confluences, downstream */
  line path;
  water_kind kind;
  int32_t stem; /* first cell of the river it belongs to: rivers of one name share it */
  double km2;   /* catchment at its lower end */
  const char *name;
} river;
/* Rings of one polygon: the outer one first, then holes. */
typedef struct shape {
  line *rings;
  size_t n, capacity;
} shape;

/* ---- people ---- */
/* The places the story needs; the order is that of `towns` in towns.c. */
typedef enum role {
  CAPITAL,
  EAST_TOWN,
  WEST_TOWN,
  MARKET_TOWN, /* the hot spot that everybody visits */
  CUT_TOWN,    /* cut off when the bridge closes */
  NORTH_TOWN,
  CHECK_TOWN, /* behind the checkpoint */
  SOUTH_WEST_TOWN,
  SOUTH_EAST_TOWN,
  LAKE_TOWN,
  VALLEY_VILLAGE, /* in the valley that nobody visits */
  ROLE_COUNT
} role;
enum { SETTLEMENT_COUNT = 150 };
typedef struct settlement {
  const char *name, *other_names, *place;
  int32_t cell;
  double people;
  int district;
} settlement;
enum { DISTRICT_COUNT = 8, SECTOR_COUNT = 3 };

/* ---- roads ---- */
typedef struct road {
  line path;
  vd_road_class klass;
  vd_road_surface surface;
  vd_crossing crossing;
  water_kind over; /* what it crosses */
  const char *name, *ref, *id;
  int from, to; /* nodes of the graph in route.h */
  double m;     /* length on the ground */
} road;
enum { BASE_COUNT = 6, CAMP_COUNT = 2 };
typedef enum great_crossing { WEST_BRIDGE, STORY_BRIDGE, FERRY, GREAT_CROSSING_COUNT } great_crossing;

typedef struct world {
  vd_arena *arena;
  uint64_t seed;
  float *height;    /* m above the sea */
  float *catchment; /* km2 draining through a cell */
  int32_t *down;    /* the cell a cell drains to, -1 off the map */
  float *above;     /* m above the river it drains to */
  float *slope;     /* rise over run */
  uint8_t *water;   /* water_kind */
  uint8_t *wetland;
  uint8_t *side;   /* 0: on the banks of the great river or the lake, 1: north of them, 2: south */
  uint8_t *inside; /* in the mission area */
  uint8_t *cover;  /* land-cover codes of terms.h */
  float *people;   /* in a cell, -99999 outside the area */
  int32_t inlet, lake_cell;
  river *rivers;
  size_t n_rivers, rivers_capacity;
  shape *lakes, *wetlands;
  size_t n_lakes, lakes_capacity, n_wetlands, wetlands_capacity;
  shape mission, districts[DISTRICT_COUNT], sectors[SECTOR_COUNT];
  const char *district_names[DISTRICT_COUNT];
  settlement settlements[SETTLEMENT_COUNT];
  int n_settlements;
  line great[GREAT_CROSSING_COUNT];       /* where the great river may be crossed: a short line across it */
  int32_t posts[BASE_COUNT + CAMP_COUNT]; /* cells of bases and camps */
  road *roads;
  size_t n_roads, roads_capacity;
} world;

/* Shapes of land: uplift and erosion until valleys branch; then how water runs over it. */
void make_relief(world *w);
void make_drainage(world *w);
/* Rivers as lines, lakes and wetlands as polygons, and the raster of water. */
void make_rivers(world *w);
void make_wetlands(world *w);
void make_towns(world *w);
void make_regions(world *w);
void make_villages(world *w);
void make_cover(world *w);
void make_people(world *w);
void make_roads(world *w);
void make_crossings(world *w);

/* Fills pits so that every cell drains, from the cells where open[] is not 0; gives each cell the neighbour it
 * drains to (-1: out) and the order from the outlets upward. `filled` takes the filled heights. */
void flow_route(vd_arena *arena, const float *height, int w, int h, const uint8_t *open, float *filled,
                int32_t *down, int32_t *order);
/* How good a cell is to live in, 0-1. */
double livable(const world *w, int32_t cell);
/* The best cell on a side of the great river for a place near `p`, within `reach` cells and at least `apart` from
 * every settlement; -1 none. */
int32_t best_site(const world *w, pt p, double reach, double apart, int side);
/* Traces the boundaries of a raster of labels (0: outside) and yields the polygons of the labels that `set` holds.
 * Neighbours share their lines exactly. `scale` cells of the grid a label cell. */
typedef struct trace trace;
trace *trace_new(vd_arena *arena, const uint8_t *labels, int w, int h, double scale, double tolerance);
shape *trace_shapes(vd_arena *arena, const trace *t, const bool set[256], double min_area, size_t *n);

/* Words of the invented language. */
typedef struct namer namer;
namer *namer_new(vd_arena *arena, uint64_t seed);
/* A name not given before. */
const char *namer_next(namer *n);
/* The same name in Arabic letters. */
const char *name_in_arabic(vd_arena *arena, const char *name);

#endif
