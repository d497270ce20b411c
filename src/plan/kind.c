/* kind: the table of kinds, the common fields, and finding both.
 * SPDX-License-Identifier: Apache-2.0 */
#include "plan/fields.h"
#include "vedette/base/str.h"

const vd_field vd_record_fields[] = {
    TEXT(vd_record, name, "name", "Name"),
    TEXT(vd_record, author, "author", "Author"),
    TIME(vd_record, created_s, "created", "Created", VD_TIME_MIN),
    TIME(vd_record, changed_s, "changed", "Changed", VD_TIME_MIN),
    TERM(vd_record, classification, "classification", "Classification", vd_classification_terms,
         VD_UNCLASSIFIED),
    TEXT(vd_record, source, "source", "Source"),
    TIME(vd_record, reported_s, "reported", "Reported", VD_TIME_MIN),
    TEXT(vd_record, notes, "notes", "Notes"),
};
enum { N_RECORD_FIELDS = sizeof vd_record_fields / sizeof *vd_record_fields };
const int vd_n_record_fields = N_RECORD_FIELDS;

static const vd_kind_info *const kinds[VD_KIND_COUNT] = {
    [VD_KIND_ACTOR] = &vd_actor_info,
    [VD_KIND_BASE] = &vd_base_info,
    [VD_KIND_THREAT_AREA] = &vd_threat_area_info,
    [VD_KIND_INCIDENT] = &vd_incident_info,
    [VD_KIND_PATROL] = &vd_patrol_info,
    [VD_KIND_STOP] = &vd_stop_info,
    [VD_KIND_RESTRICTION] = &vd_restriction_info,
    [VD_KIND_AREA] = &vd_area_info,
    [VD_KIND_SITE] = &vd_site_info,
    [VD_KIND_SETTLEMENT] = &vd_settlement_info,
    [VD_KIND_ROAD] = &vd_road_info,
    [VD_KIND_WATER] = &vd_water_info,
    [VD_KIND_SPEED] = &vd_speed_info,
    [VD_KIND_STANDARD] = &vd_standard_info,
};

const vd_kind_info *vd_kind_lookup(vd_kind kind) {
  return kinds[kind];
}

int vd_kind_find(const char *table) {
  for (int i = 0; i < VD_KIND_COUNT; i++)
    if (vd_str_equal(kinds[i]->table, table)) return i;
  return -1;
}

int vd_kind_n_fields(vd_kind kind) {
  return N_RECORD_FIELDS + kinds[kind]->n_fields;
}

const vd_field *vd_kind_field(vd_kind kind, int i) {
  return i < N_RECORD_FIELDS ? &vd_record_fields[i] : &kinds[kind]->fields[i - N_RECORD_FIELDS];
}

const vd_field *vd_field_find(vd_kind kind, const char *name) {
  for (int i = 0; i < vd_kind_n_fields(kind); i++)
    if (vd_str_equal(vd_kind_field(kind, i)->name, name)) return vd_kind_field(kind, i);
  return NULL;
}

bool vd_kind_is_table(vd_kind kind) {
  return !kinds[kind]->geometries;
}
