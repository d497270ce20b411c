/* register_access: when the places that restrictions are reported of were last visited.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A visit is an executed patrol of an actor that counts as presence whose route or stops pass the place within its influence radius; it is
 * told by its departure. A base's zone that holds the place at the end of the period is a visit then. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/register.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/plan/standard.h"

#define LEAST_LAT_M 110000.0 /* no degree of latitude is shorter */

typedef struct spot { /* a place, by latitude; metres of a degree there */
  double lon_deg, lat_deg, lon_m, lat_m;
  vd_register_place *place;
} spot;
typedef struct visiting {
  vd_registering *r;
  spot *spots;
  size_t n_spots;
  double influence_m; /* of patrols that tell none */
} visiting;

static int compare_spots(const void *a, const void *b) {
  const spot *x = a, *y = b;
  if (x->lat_deg != y->lat_deg) return x->lat_deg < y->lat_deg ? -1 : 1;
  return strcmp(x->place->id, y->place->id);
}

static spot spot_of(vd_register_place *place) {
  enum { PARTS = 1000 }; /* of a degree */
  double lon = place->lon_deg, lat = place->lat_deg, step = 1.0 / PARTS;
  return (spot){lon, lat, PARTS * vd_geodesic_distance_m(lon - step / 2, lat, lon + step / 2, lat),
                PARTS * vd_geodesic_distance_m(lon, lat - step / 2, lon, lat + step / 2), place};
}

static bool counts(const vd_plan *plan, const char *id) {
  const vd_actor *actor = id && *id ? vd_plan_find(plan, VD_KIND_ACTOR, id) : NULL;
  return !actor || actor->counts_as_presence == 1;
}

static double to_segment_m2(const double a[2], const double b[2]) { /* from the origin, squared */
  double dx = b[0] - a[0], dy = b[1] - a[1], length2 = dx * dx + dy * dy;
  double t = length2 > 0 ? fmin(fmax(-(a[0] * dx + a[1] * dy) / length2, 0), 1) : 0;
  double x = a[0] + t * dx, y = a[1] + t * dy;
  return x * x + y * y;
}

/* Lengths by the degrees at the spot: within some kilometres they err by less than a thousandth. */
static bool comes_near(const spot *s, const vd_geom *geom, double radius_m) {
  for (int32_t part = 0; part < geom->n_parts; part++) {
    double last[2] = {0, 0};
    for (int32_t i = geom->part_start[part]; i < geom->part_start[part + 1]; i++) {
      double here[2] = {(geom->xy[2 * (size_t)i] - s->lon_deg) * s->lon_m,
                        (geom->xy[2 * (size_t)i + 1] - s->lat_deg) * s->lat_m};
      bool alone = geom->type == VD_GEOM_POINT || i == geom->part_start[part];
      if (to_segment_m2(alone ? here : last, here) <= radius_m * radius_m) return true;
      last[0] = here[0], last[1] = here[1];
    }
  }
  return false;
}

/* Sets the visit of all places within the radius of a line or points. */
static void visit_geom(const visiting *v, const vd_geom *geom, double radius_m, int64_t time_s) {
  if (vd_geom_empty(geom)) return;
  vd_box box = vd_geom_box(geom);
  double reach = radius_m / LEAST_LAT_M;
  size_t low = 0, high = v->n_spots;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (v->spots[middle].lat_deg < box.min_y - reach)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < v->n_spots && v->spots[low].lat_deg <= box.max_y + reach; low++) {
    const spot *s = &v->spots[low];
    double wide = radius_m / s->lon_m;
    if (s->place->last_visit_s >= time_s || s->lon_deg < box.min_x - wide || s->lon_deg > box.max_x + wide)
      continue;
    if (comes_near(s, geom, radius_m)) s->place->last_visit_s = time_s;
  }
}

/* ---- patrols ---- */

typedef struct outing { /* an executed patrol's last departure before the end of the period */
  const vd_patrol *patrol;
  int64_t time_s;
} outing;

static int compare_outings(const void *a, const void *b) {
  const outing *x = a, *y = b;
  if (x->time_s != y->time_s) return x->time_s > y->time_s ? -1 : 1;
  return strcmp(x->patrol->record.id, y->patrol->record.id);
}

static int64_t last_departure_s(const vd_registering *r, const vd_patrol *patrol) {
  int64_t *starts, to_s = r->out->to_s;
  size_t n;
  if (patrol->from_s == VD_TIME_MIN || patrol->from_s >= to_s) return VD_TIME_MIN;
  if (!patrol->recurrence || !*patrol->recurrence) return patrol->from_s;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  if (vd_register_starts(r, scratch, patrol, patrol->from_s, to_s, &starts, &n) != VD_OK) return VD_TIME_MIN;
  return n > 0 ? starts[n - 1] : VD_TIME_MIN;
}

/* VD_TIME_MIN: it is no visit. */
static int64_t visit_s(const vd_registering *r, const vd_patrol *patrol) {
  bool is_visit = patrol->state == VD_EXECUTED && counts(r->plan, patrol->actor);
  return is_visit ? last_departure_s(r, patrol) : VD_TIME_MIN;
}

static outing *list_outings(const vd_registering *r, size_t *n) {
  outing *outings = VD_NEW_ARRAY(r->scratch, outing, vd_plan_count(r->plan, VD_KIND_PATROL) + 1);
  *n = 0;
  VD_EACH(r->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    int64_t time_s = visit_s(r, patrol);
    if (time_s != VD_TIME_MIN) outings[(*n)++] = (outing){patrol, time_s};
  }
  if (*n > 1) qsort(outings, *n, sizeof *outings, compare_outings);
  return outings;
}

static double influence_of(const visiting *v, const vd_patrol *patrol) {
  return patrol->influence_m >= 0 ? patrol->influence_m : v->influence_m;
}

/* The latest patrols first, so that the many before them find the places visited already. */
static void visit_by_patrols(const visiting *v) {
  const vd_registering *r = v->r;
  size_t n;
  outing *outings = list_outings(r, &n);
  for (size_t i = 0; i < n; i++)
    visit_geom(v, outings[i].patrol->record.geom, influence_of(v, outings[i].patrol), outings[i].time_s);
  VD_EACH(r->plan, VD_KIND_STOP, vd_stop, stop) {
    const vd_patrol *patrol = stop->patrol ? vd_plan_find(r->plan, VD_KIND_PATROL, stop->patrol) : NULL;
    int64_t time_s = patrol ? visit_s(r, patrol) : VD_TIME_MIN;
    if (time_s != VD_TIME_MIN) visit_geom(v, stop->record.geom, influence_of(v, patrol), time_s);
  }
}

static void visit_by_bases(const visiting *v) {
  int64_t to_s = v->r->out->to_s;
  VD_EACH(v->r->plan, VD_KIND_BASE, vd_base, base) {
    bool stands = base->from_s < to_s && base->to_s >= to_s;
    bool cover = counts(v->r->plan, base->actor) && !vd_str_equal(base->base_class, "host_force_position");
    if (stands && cover && base->proximity_m >= 0) visit_geom(v, base->record.geom, base->proximity_m, to_s);
  }
}

void vd_register_visit_places(vd_registering *r) {
  vd_register *out = r->out;
  visiting v = {.r = r,
                .spots = VD_NEW_ARRAY(r->scratch, spot, out->n_places + 1),
                .influence_m = vd_standard_value(r->plan, "influence_radius")};
  for (size_t i = 0; i < out->n_places; i++) v.spots[v.n_spots++] = spot_of(&out->places[i]);
  if (v.n_spots == 0) return;
  qsort(v.spots, v.n_spots, sizeof *v.spots, compare_spots);
  visit_by_bases(&v);
  visit_by_patrols(&v);
}
