/* land_water: lakes, wetlands and rivers laid on the landscape as ground and as barrier lines.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/land.h"
#include "vedette/base/str.h"

static bool is_wetland(const vd_water *water) {
  return vd_str_equal(water->water_class, "wetland");
}

/* Sets the ground of all cells whose centre is in the polygon. */
static void fill_ground(vd_landscape *land, vd_arena *scratch, const vd_geom *polygon, vd_ground ground) {
  size_t n;
  const int32_t *cells = vd_grid_cells_in(scratch, &land->grid, polygon, &n);
  for (size_t i = 0; i < n; i++) land->ground[cells[i]] = (uint8_t)ground;
}

/* Wetlands first, so that open water drawn over them wins. */
static void fill_all(vd_land_build *build, const vd_geom *const *shapes, bool wetlands) {
  size_t i = 0;
  VD_EACH(build->plan, VD_KIND_WATER, vd_water, water) {
    const vd_geom *shape = shapes[i++];
    if (!shape || shape->type != VD_GEOM_POLYGON || is_wetland(water) != wetlands) continue;
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    fill_ground(build->land, scratch, shape, wetlands ? VD_GROUND_WETLAND : VD_GROUND_WATER);
  }
}

vd_status vd_land_lay_water(vd_land_build *build) {
  vd_landscape *land = build->land;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = vd_plan_count(build->plan, VD_KIND_WATER), i = 0, n_barriers = 0;
  const vd_geom **shapes = VD_NEW_ARRAY(scratch, const vd_geom *, n + 1);
  const vd_geom **barriers = VD_NEW_ARRAY(scratch, const vd_geom *, n + 1);
  VD_EACH(build->plan, VD_KIND_WATER, vd_water, water) {
    const vd_geom *geom = water->record.geom;
    if (!vd_geom_empty(geom)) shapes[i] = vd_land_to_plane_geom(scratch, build->to_plane, geom);
    if (shapes[i] && water->barrier == 1) barriers[n_barriers++] = shapes[i];
    i++;
  }
  fill_all(build, shapes, true);
  fill_all(build, shapes, false);
  if (n_barriers == 0) return VD_OK;
  VD_TRY(vd_barriers_new(land->arena, &land->grid, barriers, n_barriers, &land->barriers));
  land->terrain.blocked = vd_barriers_moves(land->arena, land->barriers);
  return VD_OK;
}
