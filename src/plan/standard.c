/* standard: putting the defaults into a plan and reading figures from it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/plan/standard.h"

#include <math.h>
#include <string.h>

#include "plan/defaults.h"
#include "vedette/base/str.h"

/* Ids of defaults follow from their keys, so that plans made apart hold the same rows and can be merged. */
static vd_status put_standard(vd_edit *edit, vd_arena *arena, const vd_default_standard *from) {
  vd_standard *row = vd_record_new(arena, VD_KIND_STANDARD);
  vd_uuid_of("vedette standard", from->key, row->record.id);
  if (vd_edit_find(edit, VD_KIND_STANDARD, row->record.id)) return VD_OK;
  row->record.name = from->key;
  row->record.source = from->source;
  row->value = from->value;
  row->unit = from->unit;
  return vd_edit_put(edit, VD_KIND_STANDARD, row);
}

static vd_status put_speed(vd_edit *edit, vd_arena *arena, const vd_default_speed *from) {
  vd_speed *row = vd_record_new(arena, VD_KIND_SPEED);
  const char *name = vd_str_printf(arena, "%s on %s", vd_terms_word(&vd_vehicle_terms, (int)from->vehicle),
                                   vd_terms_word(&vd_ground_terms, (int)from->ground));
  vd_uuid_of("vedette speed", name, row->record.id);
  if (vd_edit_find(edit, VD_KIND_SPEED, row->record.id)) return VD_OK;
  row->record.name = name;
  row->record.source = from->source;
  row->vehicle = (int32_t)from->vehicle;
  row->ground = (int32_t)from->ground;
  row->kmh = from->kmh;
  row->wet_factor = from->wet_factor;
  row->worst_factor = from->worst_factor;
  row->best_factor = from->best_factor;
  return vd_edit_put(edit, VD_KIND_SPEED, row);
}

vd_status vd_standard_put_defaults(vd_edit *edit) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  for (size_t i = 0; i < vd_n_default_speeds; i++) VD_TRY(put_speed(edit, arena, &vd_default_speeds[i]));
  for (size_t i = 0; i < vd_n_default_standards; i++)
    VD_TRY(put_standard(edit, arena, &vd_default_standards[i]));
  return VD_OK;
}

double vd_standard_value(const vd_plan *plan, const char *key) {
  const vd_standard *row = vd_plan_find_name(plan, VD_KIND_STANDARD, key);
  if (row) return row->value;
  for (size_t i = 0; i < vd_n_default_standards; i++)
    if (strcmp(vd_default_standards[i].key, key) == 0) return vd_default_standards[i].value;
  return NAN;
}

const vd_speed *vd_speed_lookup(const vd_plan *plan, vd_vehicle vehicle, vd_ground ground) {
  VD_EACH(plan, VD_KIND_SPEED, vd_speed, row) {
    if (row->vehicle == (int32_t)vehicle && row->ground == (int32_t)ground) return row;
  }
  return NULL;
}

static vd_ground of_class(int32_t road_class) {
  switch (road_class) {
  case VD_ROAD_MOTORWAY:
  case VD_ROAD_TRUNK:
    return VD_GROUND_PAVED;
  case VD_ROAD_PRIMARY:
    return VD_GROUND_GRAVEL;
  case VD_ROAD_TRACK:
    return VD_GROUND_TRACK;
  default:
    return VD_GROUND_EARTH;
  }
}

vd_ground vd_road_ground(const vd_road *road) {
  if (road->road_class == VD_ROAD_FERRY || road->crossing == VD_FERRY) return VD_GROUND_FERRY;
  if (road->road_class == VD_ROAD_PATH || road->road_class == VD_ROAD_STEPS) return VD_GROUND_PATH;
  switch (road->surface) {
  case VD_SURFACE_PAVED:
    return VD_GROUND_PAVED;
  case VD_SURFACE_GRAVEL:
    return VD_GROUND_GRAVEL;
  case VD_SURFACE_EARTH:
    return road->road_class == VD_ROAD_TRACK ? VD_GROUND_TRACK : VD_GROUND_EARTH;
  default:
    return of_class(road->road_class);
  }
}

bool vd_record_unsourced(const vd_record *record) {
  return !record->source || !*record->source || vd_str_equal_nocase(record->source, VD_UNSOURCED);
}
