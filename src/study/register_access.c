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
#include "vedette/core/proximity.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/standard.h"

typedef struct spot { /* a place in the plane, by y */
  double x, y;
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
  if (x->y != y->y) return x->y < y->y ? -1 : 1;
  return strcmp(x->place->id, y->place->id);
}

static bool counts(const vd_plan *plan, const char *id) {
  const vd_actor *actor = id && *id ? vd_plan_find(plan, VD_KIND_ACTOR, id) : NULL;
  return !actor || actor->counts_as_presence == 1;
}

/* Sets the visit of all places within the radius of a line or points of the plane. */
static void visit_along(const visiting *v, const vd_geom *plane, double radius_m, int64_t time_s) {
  vd_box box = vd_geom_box(plane);
  size_t low = 0, high = v->n_spots;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (v->spots[middle].y < box.min_y - radius_m)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < v->n_spots && v->spots[low].y <= box.max_y + radius_m; low++) {
    const spot *s = &v->spots[low];
    if (s->place->last_visit_s >= time_s || s->x < box.min_x - radius_m || s->x > box.max_x + radius_m)
      continue;
    if (vd_geom_distance_m(plane, s->x, s->y) <= radius_m) s->place->last_visit_s = time_s;
  }
}

static void visit_geom(const visiting *v, const vd_geom *geom, double radius_m, int64_t time_s) {
  if (vd_geom_empty(geom)) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_geom *plane = vd_geom_copy(scratch, geom);
  if (vd_transform_forward(v->r->to_plane, plane->xy, (size_t)plane->n_points) == 0)
    visit_along(v, plane, radius_m, time_s);
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

static int compare_by_id(const void *a, const void *b) {
  return strcmp((*(const outing *const *)a)->patrol->record.id,
                (*(const outing *const *)b)->patrol->record.id);
}

static int64_t last_departure_s(const vd_registering *r, const vd_patrol *patrol) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_recurrence rule;
  int64_t *starts;
  size_t n;
  int64_t to_s = r->out->to_s;
  if (patrol->from_s == VD_TIME_MIN || patrol->from_s >= to_s) return VD_TIME_MIN;
  if (!patrol->recurrence || !*patrol->recurrence) return patrol->from_s;
  if (vd_recurrence_parse(patrol->recurrence, r->utc_offset_s, &rule) != VD_OK ||
      vd_recurrence_starts(scratch, &rule, patrol->from_s, r->utc_offset_s, patrol->from_s, to_s, &starts,
                           &n) != VD_OK)
    return VD_TIME_MIN;
  return n > 0 ? starts[n - 1] : VD_TIME_MIN;
}

static outing *list_outings(const vd_registering *r, size_t *n) {
  outing *outings = VD_NEW_ARRAY(r->scratch, outing, vd_plan_count(r->plan, VD_KIND_PATROL) + 1);
  *n = 0;
  VD_EACH(r->plan, VD_KIND_PATROL, vd_patrol, patrol) {
    if (patrol->state != VD_EXECUTED || !counts(r->plan, patrol->actor)) continue;
    int64_t time_s = last_departure_s(r, patrol);
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
  const outing **by_id = VD_NEW_ARRAY(r->scratch, const outing *, n + 1);
  for (size_t i = 0; i < n; i++) by_id[i] = &outings[i];
  if (n > 1) qsort(by_id, n, sizeof *by_id, compare_by_id);
  VD_EACH(r->plan, VD_KIND_STOP, vd_stop, stop) {
    if (!stop->patrol || n == 0) continue;
    size_t low = 0, high = n;
    while (low < high) {
      size_t middle = low + (high - low) / 2;
      if (strcmp(by_id[middle]->patrol->record.id, stop->patrol) < 0)
        low = middle + 1;
      else
        high = middle;
    }
    if (low < n && strcmp(by_id[low]->patrol->record.id, stop->patrol) == 0)
      visit_geom(v, stop->record.geom, influence_of(v, by_id[low]->patrol), by_id[low]->time_s);
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
  for (size_t i = 0; i < out->n_places; i++) {
    double xy[2] = {out->places[i].lon_deg, out->places[i].lat_deg};
    if (vd_transform_forward(r->to_plane, xy, 1) == 0)
      v.spots[v.n_spots++] = (spot){xy[0], xy[1], &out->places[i]};
  }
  if (v.n_spots == 0) return;
  qsort(v.spots, v.n_spots, sizeof *v.spots, compare_spots);
  visit_by_bases(&v);
  visit_by_patrols(&v);
}
