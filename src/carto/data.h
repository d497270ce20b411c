/* data: what vd_map_data holds: every object of a plan projected and rated, its rasters and a study's results.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_CARTO_DATA_H
#define VEDETTE_CARTO_DATA_H

#include "carto/ground.h"
#include "carto/shape.h"

enum { VD_MAP_ACTORS_MAX = 24, VD_MAP_RESPONSE_LEVELS = 4 };

/* One record of a plan as the map needs it. `cls` is the kind's own class: vd_road_class, vd_priority, an index in the
 * kind's words, vd_effect, vd_patrol_state. */
typedef struct vd_thing {
  vd_kind kind;
  const char *id, *name, *other; /* other: other names, road number, mode */
  vd_shape shape;
  vd_shape ring; /* bases: the proximity zone; restrictions: within which their point is known to be */
  vd_shape stops;
  int32_t cls, sub; /* sub: road crossing, water's geometry, actor's index */
  int32_t layer;
  double value; /* people */
  vd_rgba color;
  double min_mm_per_m; /* left out at smaller scales */
  int64_t from_s, to_s;
  int64_t unknown_from_s; /* restrictions: their road's state is not known any more; VD_TIME_MAX: known */
} vd_thing;

typedef struct vd_things {
  vd_thing *items;
  size_t n;
} vd_things;

typedef struct vd_map_actor {
  const char *id, *name;
  int32_t kind;
  vd_rgba color;
} vd_map_actor;

typedef struct vd_map_gap {
  char name[16];
  int32_t priority, cause;
  double people, weighted;
  vd_shape shape;
  double x_m, y_m;             /* where most people are */
  double label_x_m, label_y_m; /* well inside its widest part */
} vd_map_gap;

struct vd_map_states {
  vd_shape shape[VD_STATE_COUNT];
  bool has_certainty;
  vd_shape certainty[VD_CERTAINTY_COUNT];
};

struct vd_map_cover {
  vd_shape shape[VD_COVER_COUNT];
};

struct vd_map_data {
  vd_arena *arena;
  double lon_deg, lat_deg;
  vd_shape area;
  vd_box box;
  int64_t from_s, to_s;
  vd_things things[VD_KIND_COUNT];
  vd_map_actor actors[VD_MAP_ACTORS_MAX];
  size_t n_actors;
  bool has_coast;                 /* some water is a coastline */
  const vd_ground_relief *relief; /* NULL: no elevation */
  const vd_ground_tint *tint;     /* NULL: no land cover */
  /* of the study */
  bool has_study;
  struct vd_map_states states;
  vd_map_gap *gaps;
  size_t n_gaps;
  vd_shape response[VD_MAP_RESPONSE_LEVELS];
};

/* Minutes of the lines of equal response time. */
extern const int32_t vd_map_response_min[VD_MAP_RESPONSE_LEVELS];

/* Adds the study's part. */
void vd_map_data_add_study(vd_map_data *data, const vd_study *study);
/* How small the scale may become before a road class or a settlement is left out. */
void vd_map_data_rate(vd_map_data *data);
/* Whether a thing is valid in the options' window and large enough for the view's scale. */
bool vd_thing_shown(const vd_map_data *data, const vd_thing *thing, const vd_map_view *view,
                    const vd_map_options *options);
/* The index of `word` in a NULL-ended list, or that of its last entry. */
int32_t vd_word_index(const char *const *words, const char *word);

#endif
