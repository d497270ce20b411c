/* shape: validity, clipping, melting, growing and point in polygon by GEOS.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/geo/shape.h"

#include <geos_c.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"

typedef GEOSContextHandle_t geos;

static void geos_cleanup(geos *handle) {
  if (*handle) GEOS_finish_r(*handle);
}

/* A geometry and the handle that must free it. */
typedef struct held {
  geos handle;
  GEOSGeometry *geometry;
} held;

static void held_cleanup(held *h) {
  if (h->geometry) GEOSGeom_destroy_r(h->handle, h->geometry);
}

/* ---- vd_geom to GEOS ---- */

static GEOSCoordSequence *sequence_of(geos h, const vd_geom *geom, int32_t part) {
  int32_t first = geom->part_start[part], n = geom->part_start[part + 1] - first;
  return GEOSCoordSeq_copyFromBuffer_r(h, geom->xy + 2 * (size_t)first, (unsigned)n, 0, 0);
}

static GEOSGeometry *ring_of(geos h, const vd_geom *geom, int32_t part) {
  GEOSCoordSequence *sequence = sequence_of(h, geom, part);
  return sequence ? GEOSGeom_createLinearRing_r(h, sequence) : NULL;
}

static void destroy_all(geos h, GEOSGeometry **list, size_t n) {
  for (size_t i = 0; i < n; i++) GEOSGeom_destroy_r(h, list[i]);
}

/* The outer ring `part` with the holes that follow it; *next is the part after them. */
static GEOSGeometry *polygon_of(geos h, const vd_geom *geom, int32_t part, int32_t *next) {
  int32_t end = part + 1;
  while (end < geom->n_parts && geom->hole && geom->hole[end]) end++;
  *next = end;
  size_t n_holes = (size_t)(end - part - 1), made = 0;
  GEOSGeometry **holes = calloc(n_holes + 1, sizeof(GEOSGeometry *));
  GEOSGeometry *shell = holes ? ring_of(h, geom, part) : NULL, *polygon = NULL;
  for (; shell && made < n_holes; made++) {
    holes[made] = ring_of(h, geom, part + 1 + (int32_t)made);
    if (!holes[made]) break;
  }
  if (shell && made == n_holes)
    polygon = GEOSGeom_createPolygon_r(h, shell, holes, (unsigned)n_holes);
  else {
    if (shell) GEOSGeom_destroy_r(h, shell);
    if (holes) destroy_all(h, holes, made);
  }
  free(holes);
  return polygon;
}

static GEOSGeometry *element_of(geos h, const vd_geom *geom, int32_t at, int32_t *next) {
  *next = at + 1;
  if (geom->type == VD_GEOM_POLYGON) return polygon_of(h, geom, at, next);
  if (geom->type == VD_GEOM_POINT)
    return GEOSGeom_createPointFromXY_r(h, geom->xy[2 * at], geom->xy[2 * at + 1]);
  GEOSCoordSequence *sequence = sequence_of(h, geom, at);
  return sequence ? GEOSGeom_createLineString_r(h, sequence) : NULL;
}

static GEOSGeometry *to_geos(geos h, const vd_geom *geom) {
  static const int kinds[] = {GEOS_GEOMETRYCOLLECTION, GEOS_MULTIPOINT, GEOS_MULTILINESTRING,
                              GEOS_MULTIPOLYGON};
  if (vd_geom_empty(geom)) return GEOSGeom_createEmptyCollection_r(h, GEOS_GEOMETRYCOLLECTION);
  int32_t n = geom->type == VD_GEOM_POINT ? geom->n_points : geom->n_parts, at = 0;
  GEOSGeometry **list = calloc((size_t)n + 1, sizeof(GEOSGeometry *)), *whole = NULL;
  size_t made = 0;
  while (list && at < n) {
    list[made] = element_of(h, geom, at, &at);
    if (!list[made]) break;
    made++;
  }
  if (list && at == n && (made == 0 || list[made - 1]))
    whole = GEOSGeom_createCollection_r(h, kinds[geom->type], list, (unsigned)made);
  else if (list)
    destroy_all(h, list, made);
  free(list);
  return whole;
}

/* ---- GEOS to vd_geom ---- */

typedef struct filling {
  vd_geom_type type;
  int32_t n_parts, n_points; /* counted first, then the place of the next */
  vd_geom *to;               /* NULL while counting */
} filling;

static void add_part(geos h, const GEOSGeometry *line, bool hole, filling *f) {
  unsigned n = 0;
  const GEOSCoordSequence *sequence = GEOSGeom_getCoordSeq_r(h, line);
  if (!sequence || !GEOSCoordSeq_getSize_r(h, sequence, &n) || !n) return;
  if (f->to) {
    GEOSCoordSeq_copyToBuffer_r(h, sequence, f->to->xy + 2 * (size_t)f->n_points, 0, 0);
    if (f->type != VD_GEOM_POINT) f->to->part_start[f->n_parts] = f->n_points;
    if (f->to->hole) f->to->hole[f->n_parts] = hole;
  }
  f->n_points += (int32_t)n;
  if (f->type != VD_GEOM_POINT)
    f->n_parts++;
  else
    f->n_parts = 1;
}

/* Parts of the wanted dimension; others, such as the lines where polygons only touch, are left out. */
static void visit(geos h, const GEOSGeometry *g, filling *f) {
  int type = GEOSGeomTypeId_r(h, g);
  if (type == GEOS_POINT && f->type == VD_GEOM_POINT) {
    add_part(h, g, false, f);
  } else if ((type == GEOS_LINESTRING || type == GEOS_LINEARRING) && f->type == VD_GEOM_LINE) {
    add_part(h, g, false, f);
  } else if (type == GEOS_POLYGON && f->type == VD_GEOM_POLYGON && !GEOSisEmpty_r(h, g)) {
    add_part(h, GEOSGetExteriorRing_r(h, g), false, f);
    for (int i = 0; i < GEOSGetNumInteriorRings_r(h, g); i++)
      add_part(h, GEOSGetInteriorRingN_r(h, g, i), true, f);
  } else if (type >= GEOS_MULTIPOINT) {
    for (int i = 0; i < GEOSGetNumGeometries_r(h, g); i++) visit(h, GEOSGetGeometryN_r(h, g, i), f);
  }
}

static vd_geom *from_geos(geos h, const GEOSGeometry *g, vd_geom_type type, vd_arena *arena) {
  filling counted = {.type = type};
  visit(h, g, &counted);
  vd_geom *made = vd_geom_new(arena, type, counted.n_parts, counted.n_points);
  filling filled = {.type = type, .to = made};
  if (made && counted.n_points) visit(h, g, &filled);
  return made;
}

/* ---- questions ---- */

static bool finite_and_long_enough(const vd_geom *geom) {
  int32_t least = geom->type == VD_GEOM_POLYGON ? 4 : geom->type == VD_GEOM_LINE ? 2 : 1;
  for (size_t i = 0; i < 2 * (size_t)geom->n_points; i++)
    if (!isfinite(geom->xy[i])) return false;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    int32_t first = geom->part_start[part], last = geom->part_start[part + 1] - 1;
    if (last - first + 1 < least) return false;
    if (geom->type != VD_GEOM_POLYGON) continue;
    if (geom->xy[2 * (size_t)first] != geom->xy[2 * (size_t)last] ||
        geom->xy[2 * (size_t)first + 1] != geom->xy[2 * (size_t)last + 1])
      return false;
  }
  return true;
}

bool vd_shape_valid(const vd_geom *geom) {
  if (vd_geom_empty(geom) || !finite_and_long_enough(geom)) return false;
  if (geom->type != VD_GEOM_POLYGON) return true;
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  VD_CLEANUP(held_cleanup) held g = {h, to_geos(h, geom)};
  return g.geometry && GEOSisValid_r(h, g.geometry) == 1;
}

/* Rings that can be rings at all: closed, with four points or more, finite. */
static vd_geom *usable_rings(vd_arena *arena, const vd_geom *geom) {
  int32_t parts = 0, points = 0;
  for (int pass = 0;; pass++) {
    vd_geom *made = pass ? vd_geom_new(arena, VD_GEOM_POLYGON, parts, points) : NULL;
    bool outer_kept = false;
    parts = points = 0;
    for (int32_t p = 0; p < geom->n_parts; p++) {
      const double *xy = geom->xy + 2 * (size_t)geom->part_start[p];
      int32_t n = geom->part_start[p + 1] - geom->part_start[p];
      bool hole = geom->hole && geom->hole[p], good = n >= 3;
      for (int32_t i = 0; i < 2 * n && good; i++) good = isfinite(xy[i]);
      bool open = n > 0 && good && (xy[0] != xy[2 * n - 2] || xy[1] != xy[2 * n - 1]);
      good = good && n + open >= 4;
      if (!hole) outer_kept = good;
      if (!good || (hole && !outer_kept)) continue;
      if (made) {
        memcpy(made->xy + 2 * (size_t)points, xy, (size_t)n * 2 * sizeof *xy);
        if (open) memcpy(made->xy + 2 * (size_t)(points + n), xy, 2 * sizeof *xy);
        made->part_start[parts] = points;
        made->hole[parts] = hole;
      }
      parts++;
      points += n + open;
    }
    if (pass || !parts) return made;
  }
}

/* ---- how often an outline crosses itself ---- */

enum { CROSSINGS_MAX = 10000, PAIRS_MAX = 100000000 };

typedef struct edge {
  double ax, ay, bx, by; /* ax <= bx */
} edge;

static int by_left_end(const void *a, const void *b) {
  double x = ((const edge *)a)->ax, y = ((const edge *)b)->ax;
  return (x > y) - (x < y);
}

static bool edges_cross(const edge *e, const edge *f) {
  double a = (e->bx - e->ax) * (f->ay - e->ay) - (e->by - e->ay) * (f->ax - e->ax);
  double b = (e->bx - e->ax) * (f->by - e->ay) - (e->by - e->ay) * (f->bx - e->ax);
  double c = (f->bx - f->ax) * (e->ay - f->ay) - (f->by - f->ay) * (e->ax - f->ax);
  double d = (f->bx - f->ax) * (e->by - f->ay) - (f->by - f->ay) * (e->bx - f->ax);
  return a * b < 0 && c * d < 0;
}

/* Repairing costs time and memory with each crossing, and a scribble of two thousand points has a million: what crosses itself
 * more often than any mapped outline is not repaired. */
static bool too_tangled(vd_arena *arena, const vd_geom *rings) {
  edge *edges = vd_arena_try_alloc(arena, (size_t)rings->n_points, sizeof *edges);
  size_t n = 0;
  int64_t crossings = 0, pairs = 0;
  if (!edges) return true;
  for (int32_t part = 0; part < rings->n_parts; part++)
    for (int32_t i = rings->part_start[part]; i + 1 < rings->part_start[part + 1]; i++) {
      const double *a = rings->xy + 2 * (size_t)i, *b = a + 2;
      edges[n++] = a[0] <= b[0] ? (edge){a[0], a[1], b[0], b[1]} : (edge){b[0], b[1], a[0], a[1]};
    }
  qsort(edges, n, sizeof *edges, by_left_end);
  for (size_t i = 0; i < n; i++)
    for (size_t j = i + 1; j < n && edges[j].ax <= edges[i].bx; j++) {
      crossings += edges_cross(&edges[i], &edges[j]);
      if (crossings > CROSSINGS_MAX || ++pairs > PAIRS_MAX) return true;
    }
  return false;
}

const vd_geom *vd_shape_repair(vd_arena *arena, const vd_geom *geom, bool *changed) {
  if (changed) *changed = false;
  if (vd_shape_valid(geom)) return geom;
  if (changed) *changed = true;
  if (vd_geom_empty(geom) || geom->type != VD_GEOM_POLYGON) return NULL;
  vd_geom *rings = usable_rings(arena, geom);
  if (vd_geom_empty(rings) || too_tangled(arena, rings)) return NULL;
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  VD_CLEANUP(held_cleanup) held g = {h, to_geos(h, rings)};
  if (!g.geometry) return NULL;
  VD_CLEANUP(held_cleanup) held valid = {h, GEOSMakeValid_r(h, g.geometry)};
  if (!valid.geometry) return NULL;
  vd_geom *made = from_geos(h, valid.geometry, VD_GEOM_POLYGON, arena);
  return vd_geom_empty(made) ? NULL : made;
}

static vd_status not_done(void) {
  return vd_fail(VD_ERR_INPUT,
                 _("The shapes cannot be worked on: an outline is not closed or crosses itself."));
}

vd_status vd_shape_clip(vd_arena *arena, const vd_geom *a, const vd_geom *b, vd_geom **out) {
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  VD_CLEANUP(held_cleanup) held ga = {h, to_geos(h, a)};
  VD_CLEANUP(held_cleanup) held gb = {h, to_geos(h, b)};
  if (!ga.geometry || !gb.geometry) return not_done();
  VD_CLEANUP(held_cleanup) held both = {h, GEOSIntersection_r(h, ga.geometry, gb.geometry)};
  if (!both.geometry) return not_done();
  *out = from_geos(h, both.geometry, a ? a->type : VD_GEOM_NONE, arena);
  return *out ? VD_OK : vd_fail(VD_ERR_MEMORY, _("There is not enough memory to clip a shape."));
}

vd_status vd_shape_union(vd_arena *arena, const vd_geom *const *polygons, size_t n, vd_geom **out) {
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  GEOSGeometry **list = calloc(n + 1, sizeof(GEOSGeometry *));
  size_t made = 0;
  if (!list) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory to join shapes."));
  while (made < n && (list[made] = to_geos(h, polygons[made])) != NULL) made++;
  GEOSGeometry *all =
      made == n ? GEOSGeom_createCollection_r(h, GEOS_GEOMETRYCOLLECTION, list, (unsigned)n) : NULL;
  if (!all) destroy_all(h, list, made);
  free(list);
  VD_CLEANUP(held_cleanup) held whole = {h, all};
  if (!all) return not_done();
  VD_CLEANUP(held_cleanup) held melted = {h, GEOSUnaryUnion_r(h, whole.geometry)};
  if (!melted.geometry) return not_done();
  *out = from_geos(h, melted.geometry, VD_GEOM_POLYGON, arena);
  return *out ? VD_OK : vd_fail(VD_ERR_MEMORY, _("There is not enough memory to join shapes."));
}

vd_status vd_shape_buffer(vd_arena *arena, const vd_geom *geom, double distance, int quadrant_segments,
                          vd_geom **out) {
  if (!isfinite(distance) || quadrant_segments < 1 || quadrant_segments > 1000)
    return vd_fail(VD_ERR_USAGE, _("A shape cannot be grown by that distance."));
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  VD_CLEANUP(held_cleanup) held g = {h, to_geos(h, geom)};
  if (!g.geometry) return not_done();
  VD_CLEANUP(held_cleanup) held grown = {h, GEOSBuffer_r(h, g.geometry, distance, quadrant_segments)};
  if (!grown.geometry) return not_done();
  *out = from_geos(h, grown.geometry, VD_GEOM_POLYGON, arena);
  return *out ? VD_OK : vd_fail(VD_ERR_MEMORY, _("There is not enough memory to grow a shape."));
}

vd_status vd_shape_inner_point(const vd_geom *polygon, double *x, double *y) {
  VD_CLEANUP(geos_cleanup) geos h = GEOS_init_r();
  VD_CLEANUP(held_cleanup) held g = {h, to_geos(h, polygon)};
  VD_CLEANUP(held_cleanup) held point = {h, g.geometry ? GEOSPointOnSurface_r(h, g.geometry) : NULL};
  if (!point.geometry || GEOSisEmpty_r(h, point.geometry)) return not_done();
  GEOSGeomGetX_r(h, point.geometry, x);
  GEOSGeomGetY_r(h, point.geometry, y);
  return VD_OK;
}

/* ---- many points, one polygon ---- */

struct vd_inside {
  geos handle;
  GEOSGeometry *geometry;
  const GEOSPreparedGeometry *prepared;
};

vd_status vd_inside_new(const vd_geom *polygon, vd_inside **out) {
  vd_inside *made = calloc(1, sizeof *made);
  *out = NULL;
  if (!made) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a shape."));
  made->handle = GEOS_init_r();
  made->geometry = to_geos(made->handle, polygon);
  made->prepared = made->geometry ? GEOSPrepare_r(made->handle, made->geometry) : NULL;
  if (!made->prepared) {
    vd_inside_free(made);
    return not_done();
  }
  *out = made;
  return VD_OK;
}

void vd_inside_free(vd_inside *inside) {
  if (!inside) return;
  if (inside->prepared) GEOSPreparedGeom_destroy_r(inside->handle, inside->prepared);
  if (inside->geometry) GEOSGeom_destroy_r(inside->handle, inside->geometry);
  GEOS_finish_r(inside->handle);
  free(inside);
}

void vd_inside_cleanup(vd_inside **inside) {
  vd_inside_free(*inside);
  *inside = NULL;
}

bool vd_inside_test(vd_inside *inside, double x, double y) {
  if (!isfinite(x) || !isfinite(y)) return false;
  VD_CLEANUP(held_cleanup) held point = {inside->handle, GEOSGeom_createPointFromXY_r(inside->handle, x, y)};
  return point.geometry && GEOSPreparedIntersects_r(inside->handle, inside->prepared, point.geometry) == 1;
}
