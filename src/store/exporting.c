/* exporting: records as layers of a file.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/store/exporting.h"

#include <math.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"
#include "vedette/geo/vector.h"

typedef struct layer_list {
  vd_arena *arena;
  vd_write_layer *items;
  size_t n, capacity;
} layer_list;

static vd_value_type value_type(const vd_field *field) {
  switch (field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
    return VD_VALUE_INT;
  case VD_F_REAL: /* "never" is a word */
    return field->may_be_unknown ? VD_VALUE_TEXT : VD_VALUE_REAL;
  case VD_F_TIME:
    return VD_VALUE_TIME;
  default:
    return VD_VALUE_TEXT;
  }
}

static const vd_vector_field *fields_of(vd_arena *arena, vd_kind kind) {
  int n = vd_kind_n_fields(kind);
  vd_vector_field *fields = VD_NEW_ARRAY(arena, vd_vector_field, n + 1);
  fields[0] = (vd_vector_field){"id", VD_VALUE_TEXT};
  for (int i = 0; i < n; i++) {
    const vd_field *field = vd_kind_field(kind, i);
    fields[i + 1] = (vd_vector_field){field->name, value_type(field)};
  }
  return fields;
}

static vd_value value_of(vd_arena *arena, const vd_field *field, const void *record) {
  vd_value value = {.text = vd_field_text(arena, field, record)};
  if (!value.text) return value;
  value.type = value_type(field);
  if (value.type == VD_VALUE_INT) (void)vd_parse_i64(value.text, &value.whole);
  if (value.type == VD_VALUE_INT) value.real = (double)value.whole;
  if (value.type == VD_VALUE_REAL) (void)vd_parse_f64(value.text, &value.real);
  if (value.type == VD_VALUE_TIME)
    memcpy(&value.whole, (const char *)record + field->offset, sizeof value.whole);
  return value;
}

static vd_write_feature feature_of(vd_arena *arena, vd_kind kind, const vd_record *record) {
  int n = vd_kind_n_fields(kind);
  vd_value *values = VD_NEW_ARRAY(arena, vd_value, n + 1);
  values[0] = (vd_value){.type = VD_VALUE_TEXT, .text = record->id};
  for (int i = 0; i < n; i++) values[i + 1] = value_of(arena, vd_kind_field(kind, i), record);
  return (vd_write_feature){record->geom, values};
}

/* The records of one shape, or of all; those without a place go with the first shape the kind takes. */
static void add_layer(layer_list *list, const vd_plan *plan, vd_kind kind, const char *name,
                      vd_geom_type geometry, bool only_this, bool first) {
  size_t n = vd_plan_count(plan, kind), used = 0;
  vd_write_feature *features = VD_NEW_ARRAY(list->arena, vd_write_feature, n);
  for (size_t i = 0; i < n; i++) {
    const vd_record *record = vd_plan_at(plan, kind, i);
    bool fits = vd_geom_empty(record->geom) ? first : record->geom->type == geometry;
    if (!only_this || fits) features[used++] = feature_of(list->arena, kind, record);
  }
  if (!used) return;
  *VD_PUSH(list->arena, list->items, list->n, list->capacity) =
      (vd_write_layer){.name = name,
                       .geometry = geometry,
                       .n_fields = vd_kind_n_fields(kind) + 1,
                       .fields = fields_of(list->arena, kind),
                       .n_features = used,
                       .features = features};
}

static void add_kind(layer_list *list, const vd_plan *plan, vd_kind kind, bool split) {
  static const char *const suffixes[] = {"", "", "_line", "_polygon"};
  const vd_kind_info *info = vd_kind_lookup(kind);
  vd_geom_type highest = VD_GEOM_NONE;
  bool first = true;
  for (int type = VD_GEOM_POINT; type <= VD_GEOM_POLYGON; type++)
    if (info->geometries & 1u << type) highest = (vd_geom_type)type;
  if (!split || vd_kind_is_table(kind)) {
    add_layer(list, plan, kind, info->table, highest, false, true);
    return;
  }
  for (int type = VD_GEOM_POINT; type <= VD_GEOM_POLYGON; type++) {
    if (!(info->geometries & 1u << type)) continue;
    const char *suffix = first ? "" : suffixes[type];
    add_layer(list, plan, kind, vd_str_printf(list->arena, "%s%s", info->table, suffix), (vd_geom_type)type,
              true, first);
    first = false;
  }
}

vd_status vd_export(const vd_plan *plan, const vd_kind *kinds, size_t n_kinds, const char *path,
                    const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  layer_list list = {.arena = arena};
  bool split = vd_str_ends_nocase(path, ".gpkg");
  for (size_t i = 0; i < n_kinds; i++) add_kind(&list, plan, kinds[i], split);
  if (!list.n) return vd_fail(VD_ERR_NOT_FOUND, _("the plan holds nothing of that kind"));
  return vd_vector_write(path, list.items, list.n, progress);
}

vd_status vd_export_raster(const vd_plan *plan, vd_raster_kind kind, const char *path) {
  const vd_raster *from = vd_plan_raster(plan, kind);
  if (!from) return vd_fail(VD_ERR_NOT_FOUND, _("the plan holds no %s"), vd_raster_words[kind]);
  if (!vd_str_ends_nocase(path, ".tif") && !vd_str_ends_nocase(path, ".tiff"))
    return vd_fail(VD_ERR_USAGE, _("a grid is written as .tif, not as “%s”"), vd_path_base(path));
  vd_geo_raster raster = {.width = from->width,
                          .height = from->height,
                          .crs_wkt = from->crs_wkt,
                          .values = from->values,
                          .source = from->source,
                          .reported_s = from->reported_s};
  memcpy(raster.geotransform, from->geotransform, sizeof raster.geotransform);
  return vd_raster_write(path, &raster);
}
