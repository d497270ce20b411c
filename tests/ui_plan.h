/* ui_plan: the fixture plan of the map's tests as a file, for tests of the window.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_UI_PLAN_H
#define VEDETTE_TESTS_UI_PLAN_H

#include "carto_fixture.h"
#include "support/plans.h"

static inline vd_status ui_plan_put_all(vd_edit *edit, const vd_plan *from, vd_arena *arena) {
  for (int kind = 0; kind < VD_KIND_COUNT; kind++) {
    if (kind == VD_KIND_SPEED || kind == VD_KIND_STANDARD) continue; /* a new plan has them */
    for (size_t i = 0; i < vd_plan_count(from, (vd_kind)kind); i++) {
      size_t size = vd_kind_lookup((vd_kind)kind)->size;
      void *record = vd_arena_alloc(arena, size);
      memcpy(record, vd_plan_at(from, (vd_kind)kind, i), size);
      VD_TRY(vd_edit_put(edit, (vd_kind)kind, record));
    }
  }
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) {
    const vd_raster *raster = vd_plan_raster(from, (vd_raster_kind)kind);
    if (!raster) continue;
    vd_raster with_crs = *raster;
    with_crs.crs_wkt = "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                       "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],"
                       "AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]";
    VD_TRY(vd_edit_put_raster(edit, (vd_raster_kind)kind, &with_crs));
  }
  return VD_OK;
}

/* Writes it, closed, as `path`; its last edit is "Move base". */
static inline vd_status ui_plan_write(const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *from = fixture_plan();
  VD_CLEANUP(vd_plan_file_cleanup) vd_plan_file *file = NULL;
  vd_plan_info info = *vd_plan_info_lookup(from);
  info.cell_m = 1000;
  VD_TRY(vd_plan_file_create(path, &info, &file));
  vd_plan *plan = vd_plan_file_plan(file);
  vd_plan_use_author(plan, "Amina"); /* not whoever runs the tests */
  vd_edit *edit;
  VD_TRY(vd_edit_start(plan, "Fixture", &edit));
  vd_status status = ui_plan_put_all(edit, from, arena);
  if (status != VD_OK) return vd_edit_cancel(edit), status;
  VD_TRY(vd_edit_commit(edit));
  const vd_base *base = vd_plan_at(plan, VD_KIND_BASE, 0);
  return vd_edit_move(plan, VD_KIND_BASE, base->record.id, base->record.geom->xy[0] + 0.01,
                      base->record.geom->xy[1]);
}

#endif
