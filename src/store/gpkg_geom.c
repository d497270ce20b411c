/* gpkg_geom: geometries as GeoPackage binary.
 * SPDX-License-Identifier: Apache-2.0 */
#include "store/gpkg_geom.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"

enum { WKB_POINT = 1, WKB_LINE, WKB_POLYGON, WKB_MULTI_POINT, WKB_MULTI_LINE, WKB_MULTI_POLYGON };
enum { HEADER_SIZE = 8, ENVELOPE_SIZE = 32, SRS_ID = 4326 };

/* ---- writing ---- */

static uint8_t *put_u32(uint8_t *at, uint32_t value) {
  for (int i = 0; i < 4; i++) *at++ = (uint8_t)(value >> (8 * i));
  return at;
}

static uint8_t *put_f64(uint8_t *at, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  for (int i = 0; i < 8; i++) *at++ = (uint8_t)(bits >> (8 * i));
  return at;
}

static uint8_t *put_head(uint8_t *at, uint32_t type) {
  *at++ = 1; /* little-endian */
  return put_u32(at, type);
}

static uint8_t *put_points(uint8_t *at, const vd_geom *geom, int32_t part) {
  int32_t from = geom->part_start[part], to = geom->part_start[part + 1];
  at = put_u32(at, (uint32_t)(to - from));
  for (int32_t i = from; i < to; i++) {
    at = put_f64(at, geom->xy[2 * (size_t)i]);
    at = put_f64(at, geom->xy[2 * (size_t)i + 1]);
  }
  return at;
}

/* The number of rings from `part` on that make one polygon. */
static int32_t rings_of(const vd_geom *geom, int32_t part) {
  int32_t n = 1;
  while (part + n < geom->n_parts && geom->hole && geom->hole[part + n]) n++;
  return n;
}

static uint8_t *put_polygons(uint8_t *at, const vd_geom *geom) {
  uint32_t n = 0;
  for (int32_t part = 0; part < geom->n_parts; part += rings_of(geom, part)) n++;
  at = put_u32(put_head(at, WKB_MULTI_POLYGON), n);
  for (int32_t part = 0; part < geom->n_parts;) {
    int32_t rings = rings_of(geom, part);
    at = put_u32(put_head(at, WKB_POLYGON), (uint32_t)rings);
    for (int32_t last = part + rings; part < last; part++) at = put_points(at, geom, part);
  }
  return at;
}

static uint8_t *put_lines(uint8_t *at, const vd_geom *geom) {
  at = put_u32(put_head(at, WKB_MULTI_LINE), (uint32_t)geom->n_parts);
  for (int32_t part = 0; part < geom->n_parts; part++) at = put_points(put_head(at, WKB_LINE), geom, part);
  return at;
}

const uint8_t *vd_gpkg_geom_write(vd_arena *arena, const vd_geom *geom, size_t *size) {
  *size = 0;
  if (vd_geom_empty(geom)) return NULL;
  bool point = geom->type == VD_GEOM_POINT;
  size_t most = HEADER_SIZE + ENVELOPE_SIZE + 16 * (size_t)geom->n_points + 18 * (size_t)geom->n_parts + 32;
  uint8_t *blob = vd_arena_try_alloc(arena, most, 1), *at = blob;
  if (!blob) return NULL;
  *at++ = 'G', *at++ = 'P', *at++ = 0;
  *at++ = point ? 1 : 1 | 1 << 1; /* little-endian; envelope of x and y */
  at = put_u32(at, SRS_ID);
  if (!point) {
    vd_box box = vd_geom_box(geom);
    at = put_f64(put_f64(at, box.min_x), box.max_x);
    at = put_f64(put_f64(at, box.min_y), box.max_y);
  }
  if (point)
    at = put_f64(put_f64(put_head(at, WKB_POINT), geom->xy[0]), geom->xy[1]);
  else
    at = geom->type == VD_GEOM_LINE ? put_lines(at, geom) : put_polygons(at, geom);
  *size = (size_t)(at - blob);
  return blob;
}

/* ---- reading ---- */

/* A place in the blob. Reading beyond the end sets `broken` and gives zeros. */
typedef struct reader {
  const uint8_t *at, *end;
  bool little, broken;
} reader;

static size_t left(const reader *from) {
  return (size_t)(from->end - from->at);
}

static uint8_t take_byte(reader *from) {
  if (from->broken || left(from) < 1) return from->broken = true, 0;
  return *from->at++;
}

static uint32_t take_u32(reader *from) {
  if (from->broken || left(from) < 4) return from->broken = true, 0;
  uint32_t value = 0;
  for (int i = 0; i < 4; i++) value |= (uint32_t)from->at[from->little ? i : 3 - i] << (8 * i);
  from->at += 4;
  return value;
}

static double take_f64(reader *from) {
  if (from->broken || left(from) < 8) return from->broken = true, 0.0;
  uint64_t bits = 0;
  double value;
  for (int i = 0; i < 8; i++) bits |= (uint64_t)from->at[from->little ? i : 7 - i] << (8 * i);
  from->at += 8;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* Type and number of coordinates of a WKB geometry; ISO (1000s) and extended (high bits) dimensions. */
typedef struct shape {
  uint32_t type;
  int dimensions;
} shape;

static shape take_head(reader *from) {
  from->little = take_byte(from) == 1;
  uint32_t word = take_u32(from), extended = word >> 29;
  shape found = {.type = word & 0x1fffffff, .dimensions = 2};
  if (extended & 1) take_u32(from); /* an SRID of its own */
  found.dimensions += (int)(extended >> 2 & 1) + (int)(extended >> 1 & 1);
  static const int more[] = {0, 1, 1, 2};
  if (found.type / 1000 < 4) found.dimensions += more[found.type / 1000];
  found.type %= 1000;
  return found;
}

static void take_xy(reader *from, int dimensions, double xy[2]) {
  xy[0] = take_f64(from);
  xy[1] = take_f64(from);
  for (int i = 2; i < dimensions; i++) take_f64(from);
}

/* Parts as they are found; both passes walk the same way, the first only counts. */
typedef struct sink {
  vd_geom *geom; /* NULL: counting */
  int64_t n_parts, n_points;
  bool only_box; /* counting, and growing the box */
  vd_box box;
} sink;

static void give_point(sink *to, double x, double y) {
  if (to->geom) {
    to->geom->xy[2 * to->n_points] = x;
    to->geom->xy[2 * to->n_points + 1] = y;
  }
  if (to->only_box && isfinite(x) && isfinite(y)) to->box = vd_box_add(to->box, x, y);
  to->n_points++;
}

static void end_part(sink *to, bool hole) {
  if (to->geom) {
    to->geom->part_start[to->n_parts + 1] = (int32_t)to->n_points;
    if (to->geom->hole) to->geom->hole[to->n_parts] = hole;
  }
  to->n_parts++;
}

static void walk_points(reader *from, int dimensions, bool ring, bool hole, sink *to) {
  uint32_t n = take_u32(from);
  double first[2] = {0, 0}, xy[2] = {0, 0};
  if (n > left(from) / (8 * (size_t)dimensions)) from->broken = true;
  for (uint32_t i = 0; i < n && !from->broken; i++) {
    take_xy(from, dimensions, xy);
    if (i == 0) memcpy(first, xy, sizeof first);
    give_point(to, xy[0], xy[1]);
  }
  if (ring && n && (first[0] != xy[0] || first[1] != xy[1])) give_point(to, first[0], first[1]);
  if (n) end_part(to, hole);
}

static void walk_polygon(reader *from, int dimensions, sink *to) {
  uint32_t n = take_u32(from);
  for (uint32_t i = 0; i < n && !from->broken; i++) walk_points(from, dimensions, true, i > 0, to);
}

static void walk_point(reader *from, int dimensions, sink *to) {
  double xy[2];
  take_xy(from, dimensions, xy);
  if (!isnan(xy[0]) && !isnan(xy[1])) give_point(to, xy[0], xy[1]); /* NaN: an empty point */
}

static void walk_one(reader *from, shape what, sink *to) {
  if (what.type == WKB_POINT)
    walk_point(from, what.dimensions, to);
  else if (what.type == WKB_LINE)
    walk_points(from, what.dimensions, false, false, to);
  else if (what.type == WKB_POLYGON)
    walk_polygon(from, what.dimensions, to);
  else
    from->broken = true;
}

/* The kind of geometry, NONE for what is not read here; the parts go to the sink. */
static vd_geom_type walk(reader *from, sink *to) {
  static const vd_geom_type types[] = {VD_GEOM_NONE, VD_GEOM_POINT, VD_GEOM_LINE, VD_GEOM_POLYGON};
  shape what = take_head(from);
  if (what.type >= WKB_POINT && what.type <= WKB_POLYGON) {
    walk_one(from, what, to);
    if (what.type == WKB_POINT && to->n_points) end_part(to, false);
    return types[what.type];
  }
  if (what.type < WKB_MULTI_POINT || what.type > WKB_MULTI_POLYGON) return VD_GEOM_NONE;
  uint32_t n = take_u32(from), single = what.type - WKB_MULTI_POINT + WKB_POINT;
  for (uint32_t i = 0; i < n && !from->broken; i++) {
    shape member = take_head(from);
    if (member.type != single) from->broken = true;
    if (!from->broken) walk_one(from, member, to);
  }
  if (single == WKB_POINT && to->n_points) end_part(to, false);
  return types[single];
}

static vd_status not_a_geometry(void) {
  return vd_fail(VD_ERR_INPUT, _("A geometry in the file is broken or of a kind that is not read here."));
}

/* Past the header; false when it is none. The envelope goes to `box` where there is one of x and y. */
static bool take_header(reader *from, bool *empty, vd_box *box) {
  static const size_t sizes[] = {0, 32, 48, 48, 64};
  if (left(from) < HEADER_SIZE || from->at[0] != 'G' || from->at[1] != 'P') return false;
  uint8_t flags = from->at[3];
  unsigned envelope = flags >> 1 & 7;
  if (envelope > 4 || flags & 1 << 5) return false; /* an extended geometry type */
  from->little = flags & 1;
  *empty = flags >> 4 & 1;
  from->at += HEADER_SIZE;
  if (left(from) < sizes[envelope]) return false;
  const uint8_t *end = from->at + sizes[envelope];
  if (envelope) {
    box->min_x = take_f64(from), box->max_x = take_f64(from);
    box->min_y = take_f64(from), box->max_y = take_f64(from);
  }
  from->at = end;
  return true;
}

vd_status vd_gpkg_geom_read(vd_arena *arena, const void *blob, size_t size, vd_geom **geom) {
  reader from = {.at = blob, .end = (const uint8_t *)blob + size};
  bool empty;
  vd_box box = vd_box_empty();
  *geom = NULL;
  if (!blob || !take_header(&from, &empty, &box)) return not_a_geometry();
  reader again = from;
  sink counted = {0};
  vd_geom_type type = walk(&from, &counted);
  if (from.broken || type == VD_GEOM_NONE || counted.n_points > INT32_MAX / 2) return not_a_geometry();
  if (!counted.n_points) return VD_OK;
  vd_geom *made = vd_geom_new(arena, type, (int32_t)counted.n_parts, (int32_t)counted.n_points);
  if (!made) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for a geometry of the file."));
  sink filled = {.geom = made};
  walk(&again, &filled);
  if (made->hole) made->hole[0] = 0; /* an empty outer ring leaves its hole as the first */
  *geom = made;
  return VD_OK;
}

vd_status vd_gpkg_geom_bounds(const void *blob, size_t size, bool *empty, vd_box *box) {
  reader from = {.at = blob, .end = (const uint8_t *)blob + size};
  *box = vd_box_empty();
  if (!blob || !take_header(&from, empty, box)) return not_a_geometry();
  if (*empty) *box = vd_box_empty();
  if (*empty || !vd_box_is_empty(*box)) return VD_OK;
  sink to = {.only_box = true, .box = vd_box_empty()};
  vd_geom_type type = walk(&from, &to);
  if (from.broken || type == VD_GEOM_NONE) return not_a_geometry();
  *box = to.box;
  *empty = vd_box_is_empty(to.box);
  return VD_OK;
}
