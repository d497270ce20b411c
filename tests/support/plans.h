/* plans: small plan files in a scratch folder, for the tests of the store.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_PLANS_H
#define VEDETTE_TESTS_PLANS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vedette/base/str.h"
#include "vedette/store/plan_file.h"

/* A scratch folder of this process, removed by scratch_remove. */
static inline const char *scratch_make(vd_arena *arena) {
  const char *base = getenv("TMPDIR");
  char *folder = vd_str_printf(arena, "%s/vedette.XXXXXX", base ? base : "/tmp");
  return mkdtemp(folder);
}
static inline void scratch_remove(vd_arena *arena, const char *folder) {
  if (system(vd_str_printf(arena, "rm -rf '%s'", folder)) != 0) fprintf(stderr, "%s stays\n", folder);
}

static inline vd_plan_info sample_info(vd_arena *arena) {
  static const double ring[] = {29, 4, 31, 4, 31, 6, 29, 6};
  return (vd_plan_info){.title = "Sample",
                        .area = vd_geom_ring(arena, ring, 4),
                        .utc_offset_s = 7200,
                        .from_s = 1772323200,
                        .to_s = 1772928000,
                        .author = "A. Planner",
                        .classification = VD_CONFIDENTIAL};
}

static inline vd_status add_base(vd_plan *plan, const char *name, double lon_deg, double lat_deg,
                                 char id[VD_UUID_SIZE]) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_base *base = vd_record_new(arena, VD_KIND_BASE);
  base->record.name = name;
  base->record.geom = vd_geom_point(arena, lon_deg, lat_deg);
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Add base", &edit));
  vd_status status = vd_edit_put(edit, VD_KIND_BASE, base);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  if (id) memcpy(id, base->record.id, VD_UUID_SIZE);
  return vd_edit_commit(edit);
}

/* One record of every kind, with every field set to something. */
static inline const char *some_text(vd_arena *arena, const vd_field *field, int salt) {
  static const char *const times[] = {"2026-03-14T05:30:00Z", "2025-01-01T00:00:00Z"};
  switch (field->type) {
  case VD_F_INT:
    return vd_str_printf(arena, "%d", field->max > 0 ? (int)field->max : 7);
  case VD_F_REAL:
    return field->max == 1 ? "0.625"
                           : vd_str_printf(arena, "%.17g",
                                           field->min > 0 ? 1.1 : 12.1 / 7 * (field->max <= 10 ? 0.5 : 1));
  case VD_F_BOOL:
    return "1";
  case VD_F_TIME:
    return times[salt % 2];
  case VD_F_TERM:
    return field->terms->words[field->terms->n - 1];
  case VD_F_WORD:
    return field->words[0];
  case VD_F_REFS:
    return field->terms ? vd_str_printf(arena, "%s %s", field->terms->words[0], field->terms->words[1])
                        : NULL;
  case VD_F_REF:
    return NULL;
  default:
    return vd_str_printf(arena, "Text “%d” with 'quotes' and \"more\"", salt);
  }
}

static inline void *full_record(vd_arena *arena, vd_kind kind) {
  vd_record *record = vd_record_new(arena, kind);
  for (int i = 0; i < vd_kind_n_fields(kind); i++) {
    const vd_field *field = vd_kind_field(kind, i);
    const char *text = some_text(arena, field, i);
    if (strcmp(field->name, "colour") == 0) text = "#12aBef";
    if (strcmp(field->name, "recurrence") == 0) text = "FREQ=DAILY";
    if (strcmp(field->name, "exceptions") == 0) text = "20260311,20260312T073000";
    if (vd_field_set(arena, field, record, text) != VD_OK)
      fprintf(stderr, "%s: %s\n", field->name, vd_last_message());
  }
  static const double line[] = {29.5, 4.5, 30, 5, 30.25, 5.125};
  static const double ring[] = {29.25, 4.25, 30, 4.25, 30, 5, 29.25, 5};
  unsigned shapes = vd_kind_lookup(kind)->geometries;
  if (shapes & 1u << VD_GEOM_POLYGON)
    record->geom = vd_geom_ring(arena, ring, 4);
  else if (shapes & 1u << VD_GEOM_LINE)
    record->geom = vd_geom_line(arena, line, 3);
  else if (shapes)
    record->geom = vd_geom_point(arena, 30.1, 5.2);
  return record;
}

#endif
