/* land: what a landscape is made of, for the files that build it and the study that travels over it.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_LAND_H
#define VEDETTE_SRC_STUDY_LAND_H

#include "vedette/core/travel.h"
#include "vedette/geo/crs.h"
#include "vedette/study/landscape.h"

enum { VD_LAND_MAX_CELLS = 17000000 }; /* about 4 GB while a whole study runs */

/* A road of the network: what a route says of it. */
typedef struct vd_land_road {
  const char *id;   /* of the vd_road or vd_water it comes from */
  const char *name; /* name or number, NULL neither */
  uint8_t ground, crossing;
} vd_land_road;

/* What the landscape was made from, to know whether it still holds. */
typedef struct vd_land_origin {
  char lineage[VD_UUID_SIZE]; /* of the plan */
  uint64_t revision_all, base_revision, revision[VD_KIND_COUNT];
  const vd_raster *raster[VD_RASTER_COUNT];
  char hash[65]; /* of the raster samples and the info */
} vd_land_origin;

struct vd_landscape {
  vd_arena *arena;
  double lon_deg, lat_deg; /* the plane's origin */
  vd_grid grid;
  float *people, *elevation_m;
  uint8_t *ground, *inside;
  uint8_t *has_road; /* per cell: a road for vehicles runs through it */
  double people_total;
  vd_terrain terrain;
  vd_barriers *barriers;
  vd_travel_network *network;
  char network_key[65]; /* "": not reckoned, there is nowhere to look */
  bool network_kept;    /* read, not built */
  vd_land_road *roads;
  size_t n_roads;
  vd_note *notes;
  size_t n_notes, notes_capacity;
  vd_land_origin origin;
};

/* While building: the transform and the plan at hand. */
typedef struct vd_land_build {
  vd_landscape *land;
  const vd_plan *plan;
  vd_transform *to_plane;
  const vd_progress *progress;
} vd_land_build;

/* A road of the plan, of one or several parts, not yet laid out. */
typedef struct vd_land_line {
  const vd_geom *lonlat; /* the plan's */
  vd_travel_road road;   /* without points */
} vd_land_line;

/* A geometry in the plane, in the arena; long edges get points between so that they stay straight in degrees. */
vd_geom *vd_land_to_plane_geom(vd_arena *arena, vd_transform *to_plane, const vd_geom *lonlat);
/* A geometry of the plane in lon/lat, in the arena. */
vd_geom *vd_land_to_lonlat_geom(vd_arena *arena, vd_transform *to_plane, const vd_geom *plane);
void vd_land_note(vd_landscape *land, int64_t count, double lon_deg, double lat_deg, const char *text);

vd_status vd_land_lay_cells(vd_land_build *build); /* land_cells.c: people, elevation, ground, inside */
vd_status vd_land_lay_water(vd_land_build *build); /* land_water.c: water cells and barrier lines */
vd_status vd_land_dry_homes(vd_land_build *build); /* land_cells.c: the dry part of populated wetland */
vd_status vd_land_lay_roads(vd_land_build *build); /* land_roads.c: the network */
/* land_kept.c: the network that is kept with the plan; VD_ERR_NOT_FOUND or VD_ERR_INPUT. Of `n` roads in all. */
void vd_land_network_key(vd_land_build *build, const vd_land_line *lines, size_t n, int unmarked);
vd_status vd_land_find_network(vd_land_build *build, size_t n_roads);
void vd_land_count_people(vd_land_build *build); /* land_cells.c: total, and people in water */

#endif
