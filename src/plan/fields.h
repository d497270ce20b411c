/* fields: how the field tables of the record kinds are written.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_SRC_PLAN_FIELDS_H
#define VEDETTE_SRC_PLAN_FIELDS_H

#include <math.h>
#include <stddef.h>

#include "vedette/base/i18n.h"
#include "vedette/plan/record.h"

/* One line a field: the struct, its member, the column's name, the label, and what the type needs. */
#define FIELD(s, member, column, shown, kind_of)                                                             \
  .name = (column), .type = (kind_of), .offset = offsetof(s, member), .label = N_(shown)
#define TEXT(s, member, column, shown)                                                                       \
  { FIELD(s, member, column, shown, VD_F_TEXT) }
#define WORD(s, member, column, shown, vocabulary)                                                           \
  { FIELD(s, member, column, shown, VD_F_WORD), .words = (vocabulary) }
#define TERM(s, member, column, shown, vocabulary, start)                                                    \
  { FIELD(s, member, column, shown, VD_F_TERM), .terms = &(vocabulary), .preset = (start) }
#define BOOL(s, member, column, shown, start)                                                                \
  { FIELD(s, member, column, shown, VD_F_BOOL), .max = 1, .preset = (start) }
#define INT(s, member, column, shown, least, most, start)                                                    \
  { FIELD(s, member, column, shown, VD_F_INT), .min = (least), .max = (most), .preset = (start) }
#define REAL(s, member, column, shown, in, least, most, start)                                               \
  {                                                                                                          \
    FIELD(s, member, column, shown, VD_F_REAL), .unit = (in), .min = (least), .max = (most),                 \
                                                .preset = (start)                                            \
  }
#define REAL_OR_NEVER(s, member, column, shown, in, least, most, start)                                      \
  {                                                                                                          \
    FIELD(s, member, column, shown, VD_F_REAL), .unit = (in), .min = (least), .max = (most),                 \
                                                .preset = (start), .may_be_unknown = true                    \
  }
#define TIME(s, member, column, shown, none)                                                                 \
  { FIELD(s, member, column, shown, VD_F_TIME), .open = (none) }
#define REF(s, member, column, shown, to)                                                                    \
  { FIELD(s, member, column, shown, VD_F_REF), .ref = (to) }
#define REFS(s, member, column, shown, to)                                                                   \
  { FIELD(s, member, column, shown, VD_F_REFS), .ref = (to) }
#define WORDS(s, member, column, shown, vocabulary)                                                          \
  { FIELD(s, member, column, shown, VD_F_REFS), .terms = &(vocabulary) }

enum { AS_POINT = 1u << VD_GEOM_POINT, AS_LINE = 1u << VD_GEOM_LINE, AS_POLYGON = 1u << VD_GEOM_POLYGON };

/* The description of one kind; `fields` is its table. */
#define KIND_INFO(id, name_of_table, one, many, record, shapes, table_of_fields)                             \
  {                                                                                                          \
    .kind = (id), .table = (name_of_table), .label = N_(one), .label_many = N_(many),                        \
    .size = sizeof(record), .geometries = (shapes), .fields = (table_of_fields),                             \
    .n_fields = (int)(sizeof(table_of_fields) / sizeof *(table_of_fields))                                   \
  }

extern const vd_kind_info vd_actor_info, vd_base_info, vd_patrol_info, vd_stop_info;  /* fields_presence.c */
extern const vd_kind_info vd_threat_area_info, vd_incident_info, vd_restriction_info; /* fields_threat.c */
extern const vd_kind_info vd_area_info, vd_site_info, vd_settlement_info, vd_road_info,
    vd_water_info;                                         /* fields_ground.c */
extern const vd_kind_info vd_speed_info, vd_standard_info; /* fields_figures.c */

/* Where a field lives in a record, by its type. */
static inline const char **vd_text_at(const vd_field *field, const void *record) {
  return (const char **)((char *)(uintptr_t)record + field->offset);
}
static inline int32_t *vd_int_at(const vd_field *field, const void *record) {
  return (int32_t *)((char *)(uintptr_t)record + field->offset);
}
static inline double *vd_real_at(const vd_field *field, const void *record) {
  return (double *)((char *)(uintptr_t)record + field->offset);
}
static inline int64_t *vd_time_at(const vd_field *field, const void *record) {
  return (int64_t *)((char *)(uintptr_t)record + field->offset);
}
static inline bool vd_field_is_text(const vd_field *field) {
  return field->type == VD_F_TEXT || field->type == VD_F_WORD || field->type == VD_F_REF ||
         field->type == VD_F_REFS;
}
/* Sets the preset or the open end. */
void vd_field_clear(const vd_field *field, void *record);
/* Unknown equals unknown, no text an empty one. */
bool vd_field_same(const vd_field *field, const void *a, const void *b);
/* The value of another record of the kind; text is borrowed from it. */
void vd_field_copy(const vd_field *field, void *to, const void *from);
static inline bool vd_field_refers(const vd_field *field) {
  return field->type == VD_F_REF || (field->type == VD_F_REFS && !field->terms);
}
/* Whether unknown may stand in the field. */
static inline bool vd_field_may_be_unknown(const vd_field *field) {
  return isnan(field->preset) || field->may_be_unknown;
}

#endif
