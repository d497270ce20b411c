/* register: the parts of which the register of restrictions is worked out.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_STUDY_REGISTER_H
#define VEDETTE_SRC_STUDY_REGISTER_H

#include "vedette/geo/crs.h"
#include "vedette/study/register.h"

typedef struct vd_registering {
  const vd_plan *plan;
  vd_arena *arena, *scratch;
  vd_register *out;
  vd_register_entry *all; /* every report, by begin; undated ones last */
  size_t n_all, n_dated;
  size_t n_known; /* of the dated ones: begun before the end of the period */
  double *xy;     /* of `all` in the plane, NaN nowhere */
  vd_transform *to_plane;
  int32_t utc_offset_s;
  const vd_settlement **towns; /* by y in the plane */
  double *town_xy;
  int32_t *town_place; /* index in places, -1 not one yet */
  size_t n_towns;
  size_t places_capacity;
} vd_registering;

#define VD_REGISTER_PLANE_ERR 0.03 /* lengths in the plane err less than this within 3000 km of its middle */

/* Whether two points of the plane, told in lon/lat too, are at most `radius_m` apart along the geodesic. */
bool vd_register_near(const double *a_xy, const double *b_xy, const double *a_lonlat, const double *b_lonlat,
                      double radius_m);
/* The first town whose y is at least `y_m`. */
size_t vd_register_town_from(const vd_registering *r, double y_m);

/* Departures of a patrol in [from_s, to_s), in order. */
vd_status vd_register_starts(const vd_registering *r, vd_arena *arena, const vd_patrol *patrol,
                             int64_t from_s, int64_t to_s, int64_t **starts, size_t *n);

void vd_register_find_places(vd_registering *r);        /* register_place.c */
void vd_register_visit_places(vd_registering *r);       /* register_access.c */
void vd_register_find_sites(vd_registering *r);         /* register_site.c */
vd_status vd_register_find_watches(vd_registering *r);  /* register_watch.c */
vd_status vd_register_group_entries(vd_registering *r); /* register_group.c */

/* Sets that melt: the root of an item, and joining two. */
int32_t vd_register_root(int32_t *parent, int32_t i);
void vd_register_join(int32_t *parent, int32_t a, int32_t b);

#endif
