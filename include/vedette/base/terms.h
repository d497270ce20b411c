/* terms: the field's fixed vocabularies, as numbers shared by every folder and as the words written in files.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Numbers are stored in memory only; files carry the words, so new members may be put anywhere but before 0. */
#ifndef VEDETTE_BASE_TERMS_H
#define VEDETTE_BASE_TERMS_H

#include <stdbool.h>

/* A vocabulary: `words` are what files carry (stable, lower case), `labels` what people read (N_ marked). */
typedef struct vd_terms {
  const char *name;
  int n;
  const char *const *words;
  const char *const *labels;
} vd_terms;
/* The index of `word` (ASCII case ignored), or -1. */
int vd_terms_find(const vd_terms *terms, const char *word);
/* The word and the translated label of `index`; "" when out of range. */
const char *vd_terms_word(const vd_terms *terms, int index);
const char *vd_terms_label(const vd_terms *terms, int index);

/* Priority of a threat area, most urgent last so that the highest number wins. */
typedef enum vd_priority { VD_WATCH, VD_COULD, VD_SHOULD, VD_MUST, VD_PRIORITY_COUNT } vd_priority;
/* State of a cell at a time (product.md). NONE: not threatened or nobody lives there. */
typedef enum vd_state {
  VD_STATE_NONE,
  VD_COVERED,
  VD_REACH_ONLY,
  VD_PRESENCE_ONLY,
  VD_UNCOVERED,
  VD_STATE_COUNT
} vd_state;
typedef enum vd_vehicle {
  VD_FOOT,
  VD_CAR_4X4,
  VD_CONVOY,
  VD_BOAT,
  VD_HELICOPTER,
  VD_VEHICLE_COUNT
} vd_vehicle;
/* Road classes follow OpenStreetMap's highway values; FERRY is route=ferry, WATERWAY a river that boats use. */
typedef enum vd_road_class {
  VD_ROAD_MOTORWAY,
  VD_ROAD_TRUNK,
  VD_ROAD_PRIMARY,
  VD_ROAD_SECONDARY,
  VD_ROAD_TERTIARY,
  VD_ROAD_UNCLASSIFIED,
  VD_ROAD_RESIDENTIAL,
  VD_ROAD_SERVICE,
  VD_ROAD_TRACK,
  VD_ROAD_PATH,
  VD_ROAD_STEPS,
  VD_ROAD_FERRY,
  VD_ROAD_CLASS_COUNT
} vd_road_class;
typedef enum vd_road_surface {
  VD_SURFACE_UNKNOWN,
  VD_SURFACE_PAVED,
  VD_SURFACE_GRAVEL,
  VD_SURFACE_EARTH,
  VD_SURFACE_COUNT
} vd_road_surface;
/* How a road gets over the water or ground beneath it. */
typedef enum vd_crossing {
  VD_CROSSING_NONE,
  VD_BRIDGE,
  VD_FORD,
  VD_FERRY,
  VD_TUNNEL,
  VD_CROSSING_COUNT
} vd_crossing;
/* Ground under wheel or foot: the rows of the plan's speed table. First the road groups of domain.md section 3,
 * then the land-cover classes; a land-cover raster holds (ground - VD_GROUND_BARE + 1), 0 for unknown. */
typedef enum vd_ground {
  VD_GROUND_PAVED,
  VD_GROUND_GRAVEL,
  VD_GROUND_EARTH,
  VD_GROUND_TRACK,
  VD_GROUND_PATH,
  VD_GROUND_FERRY,
  VD_GROUND_RIVER,
  VD_GROUND_BARE,
  VD_GROUND_CROPS,
  VD_GROUND_GRASS,
  VD_GROUND_SHRUB,
  VD_GROUND_FOREST,
  VD_GROUND_BUILT_UP,
  VD_GROUND_MOSS,
  VD_GROUND_SNOW,
  VD_GROUND_WETLAND,
  VD_GROUND_SEASONAL_WATER,
  VD_GROUND_WATER,
  VD_GROUND_COUNT
} vd_ground;
enum { VD_LANDCOVER_COUNT = VD_GROUND_COUNT - VD_GROUND_BARE }; /* land-cover codes 1..VD_LANDCOVER_COUNT */
typedef enum vd_season { VD_DRY, VD_WET, VD_SEASON_COUNT } vd_season;
typedef enum vd_light { VD_DAY, VD_NIGHT, VD_LIGHT_COUNT } vd_light;
typedef enum vd_classification {
  VD_UNCLASSIFIED,
  VD_CONFIDENTIAL,
  VD_STRICTLY_CONFIDENTIAL,
  VD_CLASSIFICATION_COUNT
} vd_classification;
/* What an effect of a restriction does to movement. */
typedef enum vd_effect {
  VD_EFFECT_BLOCK,
  VD_EFFECT_SLOW,
  VD_EFFECT_DELAY,
  VD_EFFECT_NONE,
  VD_EFFECT_ESCORT, /* of records only: what carries it out is a delay until the escort is there */
  VD_EFFECT_COUNT
} vd_effect;
/* Whether a movement was told to who wanted to know, and the answer. */
typedef enum vd_clearance {
  VD_CLEARANCE_UNKNOWN,
  VD_CLEARANCE_NOT_REQUESTED,
  VD_CLEARANCE_REQUESTED,
  VD_CLEARANCE_GRANTED,
  VD_CLEARANCE_REFUSED,
  VD_CLEARANCE_COUNT
} vd_clearance;
/* What is taken of things that are known within bounds only (study.h). */
typedef enum vd_case { VD_CASE_LIKELY, VD_CASE_BEST, VD_CASE_WORST, VD_CASE_COUNT } vd_case;
/* Whether a place is covered whichever of best, likely and worst holds; the less certain the higher. */
typedef enum vd_certainty {
  VD_SURELY_COVERED,
  VD_MAYBE_COVERED,
  VD_NOT_COVERED,
  VD_CERTAINTY_COUNT
} vd_certainty;
typedef enum vd_patrol_state {
  VD_PLANNED,
  VD_APPROVED,
  VD_EXECUTED,
  VD_OBSTRUCTED,
  VD_CANCELLED,
  VD_PATROL_STATE_COUNT
} vd_patrol_state;
typedef enum vd_actor_kind {
  VD_ACTOR_UN_MILITARY,
  VD_ACTOR_UN_POLICE,
  VD_ACTOR_CIVILIAN,
  VD_ACTOR_HOST_STATE,
  VD_ACTOR_PARALLEL_FORCE,
  VD_ACTOR_HUMANITARIAN,
  VD_ACTOR_COMMUNITY,
  VD_ACTOR_ARMED_GROUP,
  VD_ACTOR_KIND_COUNT
} vd_actor_kind;
/* Why a cell is not covered (product.md, Gap). The order is the order in which causes are told. */
typedef enum vd_cause {
  VD_CAUSE_BEYOND_REACH,
  VD_CAUSE_DENIED,         /* in time but for a restriction */
  VD_CAUSE_OUTSIDE_HOURS,  /* in time at other hours of the window */
  VD_CAUSE_VISITED_SELDOM, /* in time, presence stale or never */
  VD_CAUSE_DUPLICATED,     /* visited too seldom while a spare visit doubles another elsewhere */
  VD_CAUSE_COUNT
} vd_cause;

extern const vd_terms vd_priority_terms, vd_state_terms, vd_vehicle_terms, vd_road_class_terms,
    vd_surface_terms, vd_crossing_terms, vd_ground_terms, vd_season_terms, vd_light_terms,
    vd_classification_terms, vd_effect_terms, vd_clearance_terms, vd_patrol_state_terms, vd_actor_kind_terms,
    vd_cause_terms, vd_case_terms, vd_certainty_terms;

#endif
