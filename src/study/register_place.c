/* register_place: the settlements near to which restrictions are reported.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/register.h"
#include "vedette/base/str.h"
#include "vedette/core/proximity.h"

/* ---- settlements in order ---- */

typedef struct town {
  const vd_settlement *settlement;
  double x, y;
} town;

static int compare_towns(const void *a, const void *b) {
  const town *x = a, *y = b;
  if (x->y != y->y) return x->y < y->y ? -1 : 1;
  return strcmp(x->settlement->record.id, y->settlement->record.id);
}

static void read_towns(vd_registering *r) {
  size_t n = vd_plan_count(r->plan, VD_KIND_SETTLEMENT) + 1;
  town *towns = VD_NEW_ARRAY(r->scratch, town, n);
  VD_EACH(r->plan, VD_KIND_SETTLEMENT, vd_settlement, s) {
    if (!s->record.name || !*s->record.name || vd_geom_empty(s->record.geom)) continue;
    double xy[2] = {s->record.geom->xy[0], s->record.geom->xy[1]};
    if (vd_transform_forward(r->to_plane, xy, 1) == 0) towns[r->n_towns++] = (town){s, xy[0], xy[1]};
  }
  if (r->n_towns > 1) qsort(towns, r->n_towns, sizeof *towns, compare_towns);
  r->towns = VD_NEW_ARRAY(r->scratch, const vd_settlement *, n);
  r->town_xy = VD_NEW_ARRAY(r->scratch, double, 2 * n);
  r->town_place = VD_NEW_ARRAY(r->scratch, int32_t, n);
  for (size_t i = 0; i < r->n_towns; i++) {
    r->towns[i] = towns[i].settlement;
    r->town_xy[2 * i] = towns[i].x, r->town_xy[2 * i + 1] = towns[i].y;
    r->town_place[i] = -1;
  }
}

size_t vd_register_town_from(const vd_registering *r, double y_m) {
  size_t low = 0, high = r->n_towns;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->town_xy[2 * middle + 1] < y_m)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Looks north and south of the place until nothing nearer can come. */
static int32_t nearest_town(const vd_registering *r, const double *xy) {
  double best = INFINITY;
  int32_t nearest = -1;
  size_t up = vd_register_town_from(r, xy[1]), down = up;
  while (up < r->n_towns || down > 0) {
    double north = up < r->n_towns ? r->town_xy[2 * up + 1] - xy[1] : INFINITY,
           south = down > 0 ? xy[1] - r->town_xy[2 * (down - 1) + 1] : INFINITY;
    if (fmin(north, south) > best) break;
    size_t i = north <= south ? up++ : --down;
    double d = hypot(r->town_xy[2 * i] - xy[0], r->town_xy[2 * i + 1] - xy[1]);
    if (d < best || (d == best && (int32_t)i < nearest)) best = d, nearest = (int32_t)i;
  }
  return nearest;
}

/* ---- places ---- */

typedef struct district { /* an administrative area, those of the highest level first */
  const vd_area *area;
  vd_box box;
} district;

static int compare_districts(const void *a, const void *b) {
  const district *x = a, *y = b;
  if (x->area->level != y->area->level) return x->area->level > y->area->level ? -1 : 1;
  return strcmp(x->area->record.id, y->area->record.id);
}

static district *read_districts(const vd_registering *r, size_t *n) {
  district *districts = VD_NEW_ARRAY(r->scratch, district, vd_plan_count(r->plan, VD_KIND_AREA) + 1);
  *n = 0;
  VD_EACH(r->plan, VD_KIND_AREA, vd_area, area) {
    if (vd_str_equal(area->area_type, "admin") && !vd_geom_empty(area->record.geom))
      districts[(*n)++] = (district){area, vd_geom_box(area->record.geom)};
  }
  if (*n > 1) qsort(districts, *n, sizeof *districts, compare_districts);
  return districts;
}

static const char *district_at(const district *districts, size_t n, double lon, double lat) {
  for (size_t i = 0; i < n; i++) {
    const vd_box *box = &districts[i].box;
    if (lon < box->min_x || lon > box->max_x || lat < box->min_y || lat > box->max_y) continue;
    if (vd_polygon_holds(districts[i].area->record.geom, lon, lat)) return districts[i].area->record.name;
  }
  return NULL;
}

static int32_t place_of_town(vd_registering *r, const district *districts, size_t n_districts, int32_t t) {
  if (r->town_place[t] >= 0) return r->town_place[t];
  const vd_settlement *s = r->towns[t];
  double lon = s->record.geom->xy[0], lat = s->record.geom->xy[1];
  *VD_PUSH(r->arena, r->out->places, r->out->n_places, r->places_capacity) =
      (vd_register_place){.id = s->record.id,
                          .name = s->record.name,
                          .area = district_at(districts, n_districts, lon, lat),
                          .lon_deg = lon,
                          .lat_deg = lat,
                          .last_denial_s = VD_TIME_MIN,
                          .last_visit_s = VD_TIME_MIN};
  return r->town_place[t] = (int32_t)r->out->n_places - 1;
}

/* ---- kept out of ---- */

/* The places that a report tells of: the nearest and, of an area, those inside it. */
static void list_places(vd_registering *r, const district *districts, size_t n_districts,
                        const vd_register_entry *e, int32_t *places, size_t *n) {
  const vd_geom *geom = e->record->record.geom;
  *n = 0;
  if (e->place >= 0) places[(*n)++] = e->place;
  if (vd_geom_empty(geom) || geom->type != VD_GEOM_POLYGON) return;
  vd_box box = vd_geom_box(geom), plane = vd_transform_box(r->to_plane, box, false);
  for (size_t t = vd_register_town_from(r, plane.min_y);
       t < r->n_towns && r->town_xy[2 * t + 1] <= plane.max_y; t++) {
    const double *at = r->towns[t]->record.geom->xy;
    if (at[0] < box.min_x || at[0] > box.max_x || !vd_polygon_holds(geom, at[0], at[1])) continue;
    int32_t place = place_of_town(r, districts, n_districts, (int32_t)t);
    if (place != e->place) places[(*n)++] = place;
  }
}

static bool is_in_period(const vd_registering *r, const vd_register_entry *e) {
  return e >= r->out->entries && e < r->out->entries + r->out->n;
}

/* Blocked at the end of the period, whenever that began. */
static bool bars(const vd_registering *r, const vd_register_entry *e) {
  return e->record->effect == VD_EFFECT_BLOCK && vd_restriction_acts(e->record) &&
         e->begin_s < r->out->to_s && e->end_s >= r->out->to_s;
}

static void count_kept_out(vd_registering *r, const district *districts, size_t n_districts) {
  int32_t *places = VD_NEW_ARRAY(r->scratch, int32_t, r->n_towns + 1);
  for (size_t i = 0; i < r->n_all; i++) {
    const vd_register_entry *e = &r->all[i];
    bool denied = is_in_period(r, e) && e->denial == VD_DENIAL_YES, barred = bars(r, e);
    size_t n;
    if (!denied && !barred) continue;
    list_places(r, districts, n_districts, e, places, &n);
    for (size_t k = 0; k < n; k++) {
      vd_register_place *place = &r->out->places[places[k]];
      place->n_denials += denied;
      place->barred |= barred;
      if (denied && e->begin_s > place->last_denial_s) place->last_denial_s = e->begin_s;
    }
  }
}

void vd_register_find_places(vd_registering *r) {
  size_t n_districts;
  read_towns(r);
  const district *districts = read_districts(r, &n_districts);
  vd_register *out = r->out;
  for (size_t i = 0; i < r->n_all; i++) {
    if (isnan(r->xy[2 * i]) || r->n_towns == 0) continue;
    int32_t t = nearest_town(r, r->xy + 2 * i);
    if (t >= 0) r->all[i].place = place_of_town(r, districts, n_districts, t);
  }
  for (size_t i = 0; i < out->n; i++) out->n_nowhere += isnan(out->entries[i].lon_deg);
  count_kept_out(r, districts, n_districts);
}
