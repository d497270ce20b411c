/* friction_sources: where least costs start from - points of a file, or cells of a raster.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "geo/friction.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/vector.h"

typedef struct place {
  double lonlat[2];
  double start;
} place;

typedef struct reading {
  vd_arena *arena;
  const char *start_field;
  place *places;
  size_t n, capacity;
  int64_t n_no_points;
} reading;

static vd_status too_many(void) {
  return vd_fail(VD_ERR_LIMIT, _("there are more than %d sources"), VD_FRICTION_SOURCES_MAX);
}

/* The start of a feature; a field that is empty is 0. */
static vd_status read_start(const reading *r, const vd_vector_layer *layer, const vd_feature *feature,
                            double *start) {
  *start = 0;
  if (!r->start_field) return VD_OK;
  int field = vd_vector_field_find(layer, r->start_field);
  if (field < 0) return vd_fail(VD_ERR_INPUT, _("there is no field “%s”"), r->start_field);
  const vd_value *value = &feature->values[field];
  if (value->type == VD_VALUE_NONE) return VD_OK;
  bool number = value->type == VD_VALUE_INT || value->type == VD_VALUE_REAL;
  if (number) *start = value->real;
  if ((number || vd_parse_f64(value->text, start)) && *start >= 0 && *start <= (double)VD_FRICTION_MOST)
    return VD_OK;
  return vd_fail(VD_ERR_INPUT, _("“%s” of feature %lld is no cost: “%s”"), r->start_field,
                 (long long)feature->fid, value->text);
}

static vd_status take_feature(void *context, const vd_vector_layer *layer, const vd_feature *feature) {
  reading *r = context;
  if (!feature->geom || feature->geom->type != VD_GEOM_POINT) {
    r->n_no_points++;
    return VD_OK;
  }
  double start;
  VD_TRY(read_start(r, layer, feature, &start));
  for (int32_t i = 0; i < feature->geom->n_points; i++) {
    if (r->n >= VD_FRICTION_SOURCES_MAX) return too_many();
    const double *at = feature->geom->xy + 2 * (size_t)i;
    *VD_PUSH(r->arena, r->places, r->n, r->capacity) = (place){{at[0], at[1]}, start};
  }
  return VD_OK;
}

static vd_status place_points(const reading *r, const vd_geo_raster *friction, int32_t *cells) {
  double *lonlat = VD_NEW_ARRAY(r->arena, double, 2 * r->n + 2);
  for (size_t i = 0; i < r->n; i++) memcpy(lonlat + 2 * i, r->places[i].lonlat, sizeof r->places[i].lonlat);
  return vd_raster_cells(friction, lonlat, r->n, cells);
}

/* Keeps a source that counts; `seen` has a bit a cell. */
static void keep(vd_friction_sources *out, const vd_geo_raster *friction, uint8_t *seen, int32_t cell,
                 double start) {
  out->n_read++;
  if (cell == VD_NO_CELL) {
    out->n_outside++;
    return;
  }
  if (!(friction->values[cell] < INFINITY)) {
    out->n_impassable++;
    return;
  }
  out->n_doubled += seen[cell >> 3] >> (cell & 7) & 1;
  seen[cell >> 3] |= (uint8_t)(1 << (cell & 7));
  out->items[out->n] = (vd_friction_source){cell, (float)start};
  out->number[out->n++] = (int32_t)out->n_read;
}

static vd_status make_room(vd_arena *arena, const vd_geo_raster *friction, size_t n, vd_friction_sources *out,
                           uint8_t **seen) {
  size_t n_cells = (size_t)friction->width * (size_t)friction->height;
  out->items = vd_arena_try_alloc(arena, n + 1, sizeof *out->items);
  out->number = vd_arena_try_alloc(arena, n + 1, sizeof *out->number);
  *seen = vd_arena_try_alloc(arena, n_cells / 8 + 1, 1);
  if (out->items && out->number && *seen) return VD_OK;
  return vd_fail(VD_ERR_MEMORY, _("there is not enough memory for %zu sources"), n);
}

static vd_status from_points(vd_arena *arena, const vd_friction_request *request,
                             const vd_geo_raster *friction, const vd_progress *progress,
                             vd_friction_sources *out) {
  VD_CLEANUP(vd_vector_cleanup) vd_vector *file = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_tally tally = {.arena = scratch};
  reading r = {.arena = scratch, .start_field = request->start_field};
  uint8_t *seen;
  VD_TRY(vd_vector_open(request->sources, NULL, &file));
  VD_TRY(vd_vector_each_all(file, &tally, progress, take_feature, &r));
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, r.n + 1);
  VD_TRY(place_points(&r, friction, cells));
  VD_TRY(make_room(arena, friction, r.n, out, &seen));
  for (size_t i = 0; i < r.n; i++) keep(out, friction, seen, cells[i], r.places[i].start);
  out->n_no_points = r.n_no_points + tally.n_dropped;
  return VD_OK;
}

static bool same_grid(const vd_geo_raster *a, const vd_geo_raster *b) {
  double pixel = hypot(a->geotransform[1], a->geotransform[4]);
  for (int i = 0; i < 6; i++) {
    double allowed = pixel * (i % 3 == 0 ? 0.01 : 1e-6);
    if (fabs(a->geotransform[i] - b->geotransform[i]) > allowed) return false;
  }
  return a->width == b->width && a->height == b->height;
}

static vd_status from_cells(vd_arena *arena, const char *path, const vd_geo_raster *friction,
                            const vd_progress *progress, vd_friction_sources *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_geo_raster *raster;
  uint8_t *seen;
  size_t n = 0, n_cells = (size_t)friction->width * (size_t)friction->height;
  VD_TRY(vd_raster_read(scratch, path, NULL, progress, &raster));
  if (!same_grid(friction, raster))
    return vd_fail(
        VD_ERR_INPUT,
        _("its grid is not that of the friction raster; align it (gdalwarp -te -tr) or give points"));
  for (size_t i = 0; i < n_cells; i++) n += !isnan(raster->values[i]) && raster->values[i] != 0;
  if (n > VD_FRICTION_SOURCES_MAX) return too_many();
  VD_TRY(make_room(arena, friction, n, out, &seen));
  for (size_t i = 0; i < n_cells; i++)
    if (!isnan(raster->values[i]) && raster->values[i] != 0) keep(out, friction, seen, (int32_t)i, 0);
  return VD_OK;
}

static vd_status check_any(const vd_friction_sources *s) {
  if (s->n) return VD_OK;
  if (!s->n_read) return vd_fail(VD_ERR_INPUT, _("there are no points in it to start from"));
  return vd_fail(
      VD_ERR_INPUT,
      _("no source can start: of %lld, outside the friction raster lie %lld, on impassable cells %lld"),
      (long long)s->n_read, (long long)s->n_outside, (long long)s->n_impassable);
}

vd_status vd_friction_read_sources(vd_arena *arena, const vd_friction_request *request,
                                   const vd_geo_raster *raster, const vd_progress *progress,
                                   vd_friction_sources *out) {
  const char *path = request->sources, *name = vd_path_base(path);
  bool cells = vd_raster_looks_like(path);
  if (cells && request->start_field)
    return vd_fail(VD_ERR_USAGE, _("--start goes with points, not with a raster of sources"));
  vd_status done = cells ? from_cells(arena, path, raster, progress, out)
                         : from_points(arena, request, raster, progress, out);
  if (done == VD_OK) done = check_any(out);
  if (done == VD_OK || done == VD_ERR_CANCELLED) return done;
  return vd_str_starts(vd_last_message(), name) ? done : vd_fail_prefix(done, "%s", name);
}
