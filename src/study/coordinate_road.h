/* coordinate_road: how the files that find the worst losses of bridges and roads share one search.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_COORDINATE_ROAD_H
#define VEDETTE_SRC_STUDY_COORDINATE_ROAD_H

#include "study/coordinate.h"

enum { VD_WORD_BITS = 64 };

typedef struct vd_road_unit { /* a record of a road */
  const char *id, *name;
  vd_lost_kind kind;
  int32_t *roads; /* of the network */
  size_t n_roads;
  double covered, in_time; /* person-hours: bound, then exact */
  bool on_way;
  int32_t *cells; /* of the study, where the bound is not 0 */
  size_t n_cells, capacity;
} vd_road_unit;

/* A field of a vehicle on land, and the ways to the cells that it reaches in time. */
typedef struct vd_way_field {
  int32_t field; /* of the study */
  int32_t force;
  vd_arena *arena; /* of the times, when they are kept; NULL not */
  vd_travel_field times;
  vd_arena *ways_arena;
  int32_t *last;         /* per cell of the study: link, -1 */
  vd_travel_link *links; /* `road` is the unit, -1 */
  size_t n_links;
} vd_way_field;

typedef struct vd_road_search {
  vd_coordinating *c;
  vd_road_unit *units;
  size_t n_units;
  int32_t *unit_of;  /* per road of the network, -1 */
  int32_t *index_of; /* per field of the study: in `fields`, -1 */
  vd_way_field *fields;
  size_t n_fields;
  size_t words;
  struct depend_chunk *chunks;
  int64_t first_chunk;
} vd_road_search;

/* ---- coordinate_way.c: what may be lost, and the ways of responders ---- */
void vd_road_list_units(vd_road_search *s);
void vd_road_list_fields(vd_road_search *s);
/* Of each of the fields; a job. */
vd_status vd_road_find_ways(void *search, int64_t field, int worker);
/* The times of a field up to the longest standard by which it is in time anywhere, with routes, in the arena. */
vd_status vd_road_times(const vd_road_search *s, vd_arena *arena, const vd_way_field *w,
                        vd_travel_field *out);
/* The longest standard of the priorities whose bits are set; 0 of none. */
uint32_t vd_longest_of(const vd_study *study, uint8_t priorities);
/* Whether the way to a cell of the study uses a unit. */
bool vd_way_uses(const vd_way_field *w, size_t t, int32_t unit);

/* ---- coordinate_bound.c: what a unit costs at most, and what it costs a cell ---- */
typedef struct vd_road_cost { /* of a cell on a unit */
  int32_t unit, t;
  double covered, in_time; /* person-hours */
} vd_road_cost;
/* One cell: rows of epochs as in coordinate_slice.c. */
typedef struct vd_road_look {
  const vd_road_search *s;
  vd_arena *scratch;
  size_t t, n_epochs;
  int8_t *priority;   /* per epoch */
  int64_t *covered_s; /* per epoch: seconds covered */
  uint64_t *active[VD_PRIORITY_COUNT];
  uint64_t *in_time;
  int32_t *situations; /* of the study, that are in time at some time */
  uint64_t **rows;     /* theirs */
  size_t n;
} vd_road_look;
vd_road_look vd_road_look_at(const vd_road_search *s, vd_arena *scratch, size_t t);
/* Epochs in which a situation is in time of the cell by the mask, in the scratch arena; NULL none. */
uint64_t *vd_road_row(const vd_road_look *look, int32_t situation, uint8_t mask);
/* Person-hours of the epochs in time of which none is in the row. */
vd_road_cost vd_road_cost_of(const vd_road_look *look, const uint64_t *row, int32_t unit);
/* Sets the bound of each unit, and the cells that depend on it. */
vd_status vd_road_find_bounds(vd_road_search *s);

#endif
