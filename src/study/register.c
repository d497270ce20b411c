/* register: the reports of movement restrictions, read, put in order and counted.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/register.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/shape.h"
#include "vedette/plan/recurrence.h"
#include "vedette/plan/standard.h"

bool vd_register_near(const double *a_xy, const double *b_xy, const double *a_lonlat, const double *b_lonlat,
                      double radius_m) {
  double dx = fabs(a_xy[0] - b_xy[0]), dy = fabs(a_xy[1] - b_xy[1]),
         most = radius_m * (1 + VD_REGISTER_PLANE_ERR);
  if (dx > most || dy > most) return false;
  double d = hypot(dx, dy);
  if (d > most) return false;
  if (d < radius_m * (1 - VD_REGISTER_PLANE_ERR)) return true;
  return vd_geodesic_distance_m(a_lonlat[0], a_lonlat[1], b_lonlat[0], b_lonlat[1]) <= radius_m;
}

int32_t vd_register_root(int32_t *parent, int32_t i) {
  while (parent[i] != i) i = parent[i] = parent[parent[i]];
  return i;
}

void vd_register_join(int32_t *parent, int32_t a, int32_t b) {
  a = vd_register_root(parent, a), b = vd_register_root(parent, b);
  if (a < b) parent[b] = a;
  if (b < a) parent[a] = b;
}

/* ---- one report ---- */

/* The middle of a line is a vertex of it, that of an area lies inside. */
static void find_middle(const vd_geom *geom, double *lon_deg, double *lat_deg) {
  *lon_deg = *lat_deg = NAN;
  if (vd_geom_empty(geom)) return;
  if (geom->type == VD_GEOM_POLYGON && vd_shape_inner_point(geom, lon_deg, lat_deg) == VD_OK) return;
  size_t at = geom->type == VD_GEOM_LINE ? (size_t)geom->n_points / 2 : 0;
  *lon_deg = geom->xy[2 * at], *lat_deg = geom->xy[2 * at + 1];
}

static const vd_geom *shape_of(const vd_plan *plan, const vd_restriction *r) {
  if (!vd_geom_empty(r->record.geom)) return r->record.geom;
  const vd_road *road = r->road && *r->road ? vd_plan_find(plan, VD_KIND_ROAD, r->road) : NULL;
  return road ? road->record.geom : NULL;
}

static int32_t kind_of_actor(const vd_plan *plan, const char *id) {
  const vd_actor *actor = id && *id ? vd_plan_find(plan, VD_KIND_ACTOR, id) : NULL;
  return actor ? actor->kind : -1;
}

static int32_t component_of(const vd_plan *plan, const vd_restriction *r) {
  int32_t kind = kind_of_actor(plan, r->actor);
  const vd_patrol *patrol = r->patrol && *r->patrol ? vd_plan_find(plan, VD_KIND_PATROL, r->patrol) : NULL;
  return kind < 0 && patrol ? kind_of_actor(plan, patrol->actor) : kind;
}

static vd_register_entry read_entry(const vd_plan *plan, const vd_restriction *r) {
  const char *told = r->actor_responsible ? r->actor_responsible : "";
  const vd_actor *actor = *told ? vd_plan_find(plan, VD_KIND_ACTOR, told) : NULL;
  if (!actor && *told) actor = vd_plan_find_name(plan, VD_KIND_ACTOR, told);
  vd_register_entry entry = {.record = r,
                             .begin_s = vd_restriction_begin_s(r),
                             .end_s = vd_restriction_end_s(r),
                             .place = -1,
                             .component = component_of(plan, r),
                             .responsible = actor ? actor->kind : -1,
                             .actor = actor && actor->record.name ? actor->record.name : told,
                             .mode = vd_restriction_mode(r),
                             .denial = vd_restriction_denial(r),
                             .physical = vd_restriction_is_physical(r)};
  find_middle(shape_of(plan, r), &entry.lon_deg, &entry.lat_deg);
  return entry;
}

static int compare_entries(const void *a, const void *b) {
  const vd_register_entry *x = a, *y = b;
  int64_t p = x->begin_s == VD_TIME_MIN ? VD_TIME_MAX : x->begin_s,
          q = y->begin_s == VD_TIME_MIN ? VD_TIME_MAX : y->begin_s;
  if (p != q) return p < q ? -1 : 1;
  return strcmp(x->record->record.id, y->record->record.id);
}

static void read_entries(vd_registering *r) {
  r->all = VD_NEW_ARRAY(r->arena, vd_register_entry, vd_plan_count(r->plan, VD_KIND_RESTRICTION) + 1);
  VD_EACH(r->plan, VD_KIND_RESTRICTION, vd_restriction, report)
  r->all[r->n_all++] = read_entry(r->plan, report);
  if (r->n_all > 1) qsort(r->all, r->n_all, sizeof *r->all, compare_entries);
  while (r->n_dated < r->n_all && r->all[r->n_dated].begin_s != VD_TIME_MIN) r->n_dated++;
}

/* ---- the period ---- */

static int64_t local_midnight(int64_t time_s, int32_t utc_offset_s) {
  int64_t second = (time_s + utc_offset_s) % VD_DAY_S;
  return time_s - (second < 0 ? second + VD_DAY_S : second);
}

static size_t first_from(const vd_registering *r, int64_t time_s) {
  size_t low = 0, high = r->n_dated;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (r->all[middle].begin_s < time_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void choose_period(vd_registering *r, int64_t from_s, int64_t to_s) {
  const vd_plan_info *info = vd_plan_info_lookup(r->plan);
  vd_register *out = r->out;
  out->all = from_s == 0 && to_s == 0;
  if (out->all) {
    from_s = info->from_s, to_s = info->to_s;
    if (r->n_dated > 0) {
      int64_t first = local_midnight(r->all[0].begin_s, r->utc_offset_s),
              last = r->all[r->n_dated - 1].begin_s;
      from_s = first < from_s || from_s == VD_TIME_MIN ? first : from_s;
      to_s = last >= to_s || to_s == VD_TIME_MAX ? last + 1 : to_s;
    }
  }
  size_t first = first_from(r, from_s), end = first_from(r, to_s);
  out->from_s = from_s, out->to_s = to_s;
  out->entries = r->all + (out->all ? 0 : first);
  out->n = out->all ? r->n_all : end - first;
  out->n_undated = (int64_t)(r->n_all - r->n_dated);
  r->n_known = end;
}

/* ---- all ---- */

vd_status vd_register_starts(const vd_registering *r, vd_arena *arena, const vd_patrol *patrol,
                             int64_t from_s, int64_t to_s, int64_t **starts, size_t *n) {
  return vd_patrol_starts(arena, patrol, r->utc_offset_s, from_s, to_s, starts, n);
}

static vd_status open_plane(vd_registering *r) {
  const vd_plan_info *info = vd_plan_info_lookup(r->plan);
  double lon = 0, lat = 0;
  if (!vd_geom_empty(info->area)) {
    vd_box box = vd_geom_box(info->area);
    lon = (box.min_x + box.max_x) / 2, lat = (box.min_y + box.max_y) / 2;
  }
  VD_TRY(vd_transform_plane(lon, lat, &r->to_plane));
  r->xy = VD_NEW_ARRAY(r->scratch, double, 2 * r->n_all + 2);
  for (size_t i = 0; i < r->n_all; i++)
    r->xy[2 * i] = r->all[i].lon_deg, r->xy[2 * i + 1] = r->all[i].lat_deg;
  vd_transform_forward(r->to_plane, r->xy, r->n_all);
  return VD_OK;
}

static double standard(const vd_registering *r, const char *key, double most) {
  return fmin(fmax(vd_standard_value(r->plan, key), 0), most); /* NaN: 0 */
}

static void read_standards(vd_registering *r) {
  vd_register *out = r->out;
  out->watch_radius_m = standard(r, "watch.radius", 1e6);
  out->watch_days = standard(r, "watch.days", 36500);
  out->watch_denials = (int64_t)fmax(1, ceil(standard(r, "watch.denials", 1e9)));
  out->site_radius_m = standard(r, "site.radius", 1e6);
}

vd_status vd_register_make(const vd_plan *plan, int64_t from_s, int64_t to_s, vd_arena *arena,
                           const vd_register **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  if (to_s < from_s) return vd_fail(VD_ERR_INPUT, _("The period ends before it begins."));
  vd_registering r = {.plan = plan,
                      .arena = arena,
                      .scratch = scratch,
                      .out = VD_NEW(arena, vd_register),
                      .utc_offset_s = vd_plan_info_lookup(plan)->utc_offset_s};
  read_entries(&r);
  choose_period(&r, from_s, to_s);
  read_standards(&r);
  vd_status status = open_plane(&r);
  to_plane = r.to_plane;
  if (status != VD_OK) return status;
  vd_register_find_places(&r);
  vd_register_visit_places(&r);
  vd_register_find_sites(&r);
  VD_TRY(vd_register_find_watches(&r));
  VD_TRY(vd_register_group_entries(&r));
  *out = r.out;
  return VD_OK;
}
