/* story: who is there and what happens: actors, bases, threats, patrols, restrictions, incidents, sites.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef MAPS_STORY_H
#define MAPS_STORY_H

#include "route.h"
#include "write.h"

#define MADE "Made sample data"

typedef enum actor {
  UN_MILITARY,
  UN_POLICE,
  CIVILIAN,
  HOST_ARMY,
  HOST_POLICE,
  PARALLEL_FORCE,
  HUMANITARIAN,
  COMMUNITY,
  GROUP_NORTH,
  GROUP_SOUTH,
  ACTOR_COUNT
} actor;
/* Threat areas, in the order of the file. */
enum { THREAT_COUNT = 12 };

/* A place by its name in the story: a town and which of its neighbours, nearest first (0: the town itself); or,
 * with nth < 0, the place nearest to the point -nth percent of the way from the town to the capital. */
typedef struct place {
  int town, nth;
} place;
int settlement_of(const world *w, place p);
pt place_of(const world *w, place p);
/* Seconds of a local time (UTC+02:00) on the day `day` after Monday 15 December 2025. */
int64_t local_s(int day, int hour, int minute);
enum { STUDY_DAY = 84, LAST_DAY = 91 }; /* Monday 9 March 2026 and the Monday after */
/* The stable id of a record: what it is and which. */
char *id_of(vd_arena *arena, const char *kind, int number);
char *actor_id(vd_arena *arena, actor a);
/* Of the patrol with that name; NULL none. */
char *patrol_id(vd_arena *arena, const char *name);
/* A point on the road between two places, a part of the way along; *road_index takes the road. */
pt point_on_way(const world *w, const graph *g, place from, place to, double part, size_t *road_index);
/* A ring of uneven shape around a point, of about `radius` cells. */
line blob(const world *w, pt middle, double radius, uint64_t salt);

/* One threat area, as the incidents need it. */
typedef struct threat_sketch {
  pt middle;
  double radius; /* cells */
  int hour_from_min, hour_to_min, weekdays;
  const char *perpetrator_class, *threat_type;
  int incidents;
} threat_sketch;
threat_sketch threat_sketch_of(const world *w, int number);

vd_status write_ground(const world *w, const char *folder);
vd_status write_actors(const world *w, const char *folder);
vd_status write_bases(const world *w, const char *folder);
vd_status write_threats(const world *w, const char *folder);
vd_status write_patrols(const world *w, const graph *g, const char *folder);
vd_status write_restrictions(const world *w, const graph *g, const char *folder);
vd_status write_incidents(const world *w, const char *folder);
vd_status write_sites(const world *w, const char *folder);

#endif
