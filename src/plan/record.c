/* record: making, copying, comparing and naming records of any kind.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "plan/fields.h"
#include "vedette/base/str.h"

void vd_field_clear(const vd_field *field, void *record) {
  switch (field->type) {
  case VD_F_INT:
    *vd_int_at(field, record) = isnan(field->preset) ? VD_UNKNOWN_INT : (int32_t)field->preset;
    break;
  case VD_F_BOOL:
  case VD_F_TERM:
    *vd_int_at(field, record) = (int32_t)field->preset;
    break;
  case VD_F_REAL:
    *vd_real_at(field, record) = field->preset;
    break;
  case VD_F_TIME:
    *vd_time_at(field, record) = field->open;
    break;
  default:
    *vd_text_at(field, record) = NULL;
  }
}

void *vd_record_new(vd_arena *arena, vd_kind kind) {
  void *record = vd_arena_alloc(arena, vd_kind_lookup(kind)->size);
  for (int i = 0; i < vd_kind_n_fields(kind); i++) vd_field_clear(vd_kind_field(kind, i), record);
  return record;
}

void *vd_record_copy(vd_arena *arena, vd_kind kind, const void *record) {
  vd_record *copy = vd_arena_alloc(arena, vd_kind_lookup(kind)->size);
  memcpy(copy, record, vd_kind_lookup(kind)->size);
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    if (!vd_field_is_text(field)) continue;
    const char **text = vd_text_at(field, copy);
    *text = *text && **text ? vd_str_dup(arena, *text) : NULL;
  }
  copy->geom = vd_geom_empty(copy->geom) ? NULL : vd_geom_copy(arena, copy->geom);
  return copy;
}

static bool same_real(double a, double b) {
  return a == b || (isnan(a) && isnan(b));
}

bool vd_field_same(const vd_field *field, const void *a, const void *b) {
  switch (field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
  case VD_F_TERM:
    return *vd_int_at(field, a) == *vd_int_at(field, b);
  case VD_F_REAL:
    return same_real(*vd_real_at(field, a), *vd_real_at(field, b));
  case VD_F_TIME:
    return *vd_time_at(field, a) == *vd_time_at(field, b);
  default:
    return vd_str_equal(*vd_text_at(field, a), *vd_text_at(field, b));
  }
}

void vd_field_copy(const vd_field *field, void *to, const void *from) {
  switch (field->type) {
  case VD_F_INT:
  case VD_F_BOOL:
  case VD_F_TERM:
    *vd_int_at(field, to) = *vd_int_at(field, from);
    break;
  case VD_F_REAL:
    *vd_real_at(field, to) = *vd_real_at(field, from);
    break;
  case VD_F_TIME:
    *vd_time_at(field, to) = *vd_time_at(field, from);
    break;
  default:
    *vd_text_at(field, to) = *vd_text_at(field, from);
  }
}

bool vd_record_equal(vd_kind kind, const void *a, const void *b) {
  const vd_record *first = a, *second = b;
  if (strcmp(first->id, second->id) != 0 || !vd_geom_equal(first->geom, second->geom)) return false;
  for (int i = 0; i < vd_kind_n_fields(kind); i++)
    if (!vd_field_same(vd_kind_field(kind, i), a, b)) return false;
  return true;
}

const char *vd_record_label(vd_arena *arena, vd_kind kind, const void *record) {
  const vd_record *of = record;
  if (of->name && *of->name) return vd_str_dup(arena, of->name);
  return vd_str_printf(arena, "%s %.8s", _(vd_kind_lookup(kind)->label), of->id);
}
