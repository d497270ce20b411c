/* register_watch: denials that come close together, which ask for a look at the area around them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A denial that makes up, with those of the watch.days before it within watch.radius, at least watch.denials raises a flag; flags
 * that share a denial are one. The ground denies nobody on purpose: such reports do not count. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/register.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/shape.h"

typedef struct denials { /* by begin: indices in `all` */
  int32_t *items;
  size_t n;
} denials;

static denials list_denials(const vd_registering *r) {
  denials d = {VD_NEW_ARRAY(r->scratch, int32_t, r->n_known + 1), 0};
  for (size_t i = 0; i < r->n_known; i++) {
    const vd_register_entry *e = &r->all[i];
    if (e->denial == VD_DENIAL_YES && !e->physical && !isnan(r->xy[2 * i])) d.items[d.n++] = (int32_t)i;
  }
  return d;
}

static bool near(const vd_registering *r, int32_t a, int32_t b) {
  double at[4] = {r->all[a].lon_deg, r->all[a].lat_deg, r->all[b].lon_deg, r->all[b].lat_deg};
  return vd_register_near(r->xy + 2 * (size_t)a, r->xy + 2 * (size_t)b, at, at + 2, r->out->watch_radius_m);
}

/* Joins the denials that raise a flag together; marks them. */
static void join_flags(vd_registering *r, denials d, int32_t *parent) {
  int32_t *close = VD_NEW_ARRAY(r->scratch, int32_t, d.n + 1);
  int64_t span_s = (int64_t)(r->out->watch_days * VD_DAY_S);
  size_t first = 0;
  for (size_t i = 0; i < d.n; i++) {
    size_t n = 0;
    while (r->all[d.items[i]].begin_s - r->all[d.items[first]].begin_s > span_s) first++;
    for (size_t k = first; k <= i; k++)
      if (near(r, d.items[i], d.items[k])) close[n++] = (int32_t)k;
    if ((int64_t)n < r->out->watch_denials) continue;
    for (size_t k = 0; k < n; k++) {
      vd_register_join(parent, (int32_t)i, close[k]);
      r->all[d.items[close[k]]].watched = true;
    }
  }
}

/* ---- what is told of each ---- */

typedef struct cluster {
  const int32_t *items; /* indices in `all`, by begin */
  size_t n;
} cluster;

static bool near_any(const vd_registering *r, cluster c, const double *xy, const double *lonlat) {
  for (size_t i = 0; i < c.n; i++) {
    const vd_register_entry *e = &r->all[c.items[i]];
    double at[2] = {e->lon_deg, e->lat_deg};
    if (vd_register_near(r->xy + 2 * (size_t)c.items[i], xy, at, lonlat, r->out->watch_radius_m)) return true;
  }
  return false;
}

static void tell_settlements(const vd_registering *r, cluster c, vd_register_watch *watch) {
  double low = INFINITY, high = -INFINITY, more = r->out->watch_radius_m * (1 + VD_REGISTER_PLANE_ERR);
  for (size_t i = 0; i < c.n; i++) {
    double y = r->xy[2 * (size_t)c.items[i] + 1];
    low = fmin(low, y), high = fmax(high, y);
  }
  for (size_t t = vd_register_town_from(r, low - more);
       t < r->n_towns && r->town_xy[2 * t + 1] <= high + more; t++) {
    const vd_settlement *town = r->towns[t];
    if (!near_any(r, c, r->town_xy + 2 * t, town->record.geom->xy)) continue;
    watch->n_settlements++;
    if (town->population >= 0) watch->people += town->population;
  }
}

static void tell_threats(const vd_registering *r, cluster c, vd_register_watch *watch) {
  size_t capacity = 0;
  VD_EACH(r->plan, VD_KIND_THREAT_AREA, vd_threat_area, threat) {
    if (vd_geom_empty(threat->record.geom) || threat->from_s > watch->last_s || threat->to_s <= watch->from_s)
      continue;
    bool touched = false;
    vd_box box = vd_geom_box(threat->record.geom);
    for (size_t i = 0; i < c.n && !touched; i++) {
      const vd_register_entry *e = &r->all[c.items[i]];
      touched =
          vd_geodesic_least_to_box_m(box, e->lon_deg, e->lat_deg) <= r->out->watch_radius_m &&
          vd_geodesic_distance_to_m(threat->record.geom, e->lon_deg, e->lat_deg) <= r->out->watch_radius_m;
    }
    if (touched) *VD_PUSH(r->arena, watch->threats, watch->n_threats, capacity) = threat;
  }
}

static const char *tell_actors(const vd_registering *r, cluster c) {
  enum { MOST = 6 };
  const char *names[MOST];
  int n = 0;
  vd_buf buf = {.arena = r->arena};
  for (size_t i = 0; i < c.n && n < MOST; i++) {
    const char *actor = r->all[c.items[i]].actor;
    bool told = !*actor;
    for (int k = 0; k < n && !told; k++) told = strcmp(names[k], actor) == 0;
    if (told) continue;
    vd_buf_printf(&buf, "%s%s", n ? ", " : "", actor);
    names[n++] = actor;
  }
  return buf.text ? buf.text : "";
}

static bool same_place(const vd_register_entry *a, const vd_register_entry *b) {
  return a->lon_deg == b->lon_deg && a->lat_deg == b->lat_deg;
}

/* Circles around the denials, melted into one shape. One place often denies again and again: it needs one circle. */
static vd_status circle_around(const vd_registering *r, cluster c, vd_register_watch *watch) {
  enum { CORNERS = 64 };
  const vd_geom **circles = VD_NEW_ARRAY(r->scratch, const vd_geom *, c.n);
  size_t n = 0;
  for (size_t i = 0; i < c.n; i++) {
    const vd_register_entry *e = &r->all[c.items[i]];
    if (i > 0 && same_place(e, &r->all[c.items[i - 1]])) continue;
    circles[n] = vd_geodesic_circle(r->scratch, e->lon_deg, e->lat_deg, r->out->watch_radius_m, CORNERS);
    if (!circles[n++]) return VD_OK;
  }
  vd_geom *around;
  VD_TRY(vd_shape_union(r->arena, circles, n, &around));
  watch->around = around;
  return VD_OK;
}

static vd_status tell_watch(const vd_registering *r, cluster c, vd_register_watch *out) {
  const vd_register_entry *last = &r->all[c.items[c.n - 1]];
  vd_register_watch watch = {.n = (int64_t)c.n,
                             .from_s = r->all[c.items[0]].begin_s,
                             .last_s = last->begin_s,
                             .until_s = last->begin_s + (int64_t)(r->out->watch_days * VD_DAY_S),
                             .place = last->place};
  double middle[2] = {0, 0};
  for (size_t i = 0; i < c.n; i++)
    for (int d = 0; d < 2; d++) middle[d] += r->xy[2 * (size_t)c.items[i] + (size_t)d] / (double)c.n;
  vd_transform_inverse(r->to_plane, middle, 1);
  watch.lon_deg = middle[0], watch.lat_deg = middle[1];
  watch.stands = watch.until_s >= r->out->to_s;
  watch.actors = tell_actors(r, c);
  tell_settlements(r, c, &watch);
  tell_threats(r, c, &watch);
  VD_TRY(circle_around(r, c, &watch));
  *out = watch;
  return VD_OK;
}

static int compare_watches(const void *a, const void *b) {
  const vd_register_watch *x = a, *y = b;
  if (x->last_s != y->last_s) return x->last_s > y->last_s ? -1 : 1;
  if (x->n != y->n) return x->n > y->n ? -1 : 1;
  if (x->lat_deg != y->lat_deg) return x->lat_deg < y->lat_deg ? -1 : 1;
  return (x->lon_deg > y->lon_deg) - (x->lon_deg < y->lon_deg);
}

vd_status vd_register_find_watches(vd_registering *r) {
  vd_register *out = r->out;
  denials d = list_denials(r);
  int32_t *parent = VD_NEW_ARRAY(r->scratch, int32_t, d.n + 1);
  for (size_t i = 0; i < d.n; i++) parent[i] = (int32_t)i;
  join_flags(r, d, parent);
  size_t *start = VD_NEW_ARRAY(r->scratch, size_t, d.n + 1), *n = VD_NEW_ARRAY(r->scratch, size_t, d.n + 1);
  int32_t *items = VD_NEW_ARRAY(r->scratch, int32_t, d.n + 1);
  for (size_t i = 0; i < d.n; i++) start[vd_register_root(parent, (int32_t)i)]++;
  for (size_t i = 0, at = 0; i < d.n; i++) {
    size_t size = start[i];
    start[i] = at, at += size;
  }
  for (size_t i = 0; i < d.n; i++) {
    size_t root = (size_t)vd_register_root(parent, (int32_t)i);
    items[start[root] + n[root]++] = d.items[i];
  }
  size_t capacity = 0;
  for (size_t i = 0; i < d.n; i++) {
    bool raised = n[i] > 0 && r->all[items[start[i]]].watched;
    if (!raised || r->all[items[start[i] + n[i] - 1]].begin_s < out->from_s) continue;
    vd_register_watch watch;
    VD_TRY(tell_watch(r, (cluster){items + start[i], n[i]}, &watch));
    *VD_PUSH(r->arena, out->watches, out->n_watches, capacity) = watch;
  }
  if (out->n_watches > 1) qsort(out->watches, out->n_watches, sizeof *out->watches, compare_watches);
  return VD_OK;
}
