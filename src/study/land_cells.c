/* land_cells: people, elevation and ground laid on the cells of the landscape.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "study/land.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/geo/raster.h"
#include "vedette/plan/standard.h"

static vd_geo_raster geo_raster(const vd_raster *raster) {
  vd_geo_raster geo = {.width = raster->width,
                       .height = raster->height,
                       .crs_wkt = raster->crs_wkt,
                       .values = raster->values,
                       .source = raster->source,
                       .reported_s = raster->reported_s};
  memcpy(geo.geotransform, raster->geotransform, sizeof geo.geotransform);
  return geo;
}

static vd_geo_grid geo_grid(const vd_landscape *land) {
  return (vd_geo_grid){land->grid, land->lon_deg, land->lat_deg};
}

static vd_status no_memory(void) {
  return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the landscape; choose larger cells."));
}

static vd_status lay_inside(vd_land_build *build) {
  vd_landscape *land = build->land;
  const vd_geom *area = vd_plan_info_lookup(build->plan)->area;
  land->inside = vd_arena_try_alloc(land->arena, (size_t)vd_grid_n(&land->grid), 1);
  if (!land->inside) return no_memory();
  vd_grid_fill(&land->grid, vd_land_to_plane_geom(land->arena, build->to_plane, area), land->inside);
  return VD_OK;
}

static float *new_layer(vd_landscape *land) {
  return vd_arena_try_alloc(land->arena, (size_t)vd_grid_n(&land->grid), sizeof(float));
}

/* ---- people ---- */

static vd_status people_from_raster(vd_land_build *build, const vd_raster *raster) {
  vd_landscape *land = build->land;
  vd_geo_raster geo = geo_raster(raster);
  vd_geo_grid grid = geo_grid(build->land);
  vd_raster_sums sums = {0};
  VD_TRY(vd_raster_sum_to_grid(&geo, &grid, build->progress, land->people, &sums));
  if (sums.n_negative > 0) {
    vd_land_note(land, sums.n_negative, NAN, NAN,
                 _("Pixels of the population raster are below zero: counted as nobody."));
  }
  if (sums.outside >= 0.5) {
    vd_land_note(land, llround(sums.outside), NAN, NAN,
                 _("People of the population raster live beyond the grid: not counted."));
  }
  return VD_OK;
}

/* Without a raster people live at their settlements. */
static void people_from_settlements(vd_land_build *build) {
  vd_landscape *land = build->land;
  double unknown_people = vd_standard_value(build->plan, "settlement_people"), outside = 0;
  const vd_settlement *first_unknown = NULL, *first_outside = NULL;
  int64_t n_unknown = 0;
  VD_EACH(build->plan, VD_KIND_SETTLEMENT, vd_settlement, s) {
    if (vd_geom_empty(s->record.geom)) continue;
    bool unknown = !(s->population >= 0);
    double people = unknown ? unknown_people : s->population,
           xy[2] = {s->record.geom->xy[0], s->record.geom->xy[1]};
    vd_transform_forward(build->to_plane, xy, 1);
    int32_t cell = vd_grid_cell(&land->grid, xy[0], xy[1]);
    if (cell < 0) {
      if (!first_outside) first_outside = s;
      outside += people;
      continue;
    }
    land->people[cell] += (float)people;
    if (unknown && n_unknown++ == 0) first_unknown = s;
  }
  vd_land_note(land, (int64_t)vd_plan_count(build->plan, VD_KIND_SETTLEMENT), NAN, NAN,
               _("The plan has no population raster: people are counted at its settlements."));
  if (n_unknown > 0) {
    const char *text = vd_str_printf(
        land->arena,
        _("Settlements of unknown size: each counted as %.0f people (standard settlement_people)."),
        unknown_people);
    vd_land_note(land, n_unknown, first_unknown->record.geom->xy[0], first_unknown->record.geom->xy[1], text);
  }
  if (first_outside) {
    vd_land_note(land, llround(outside), first_outside->record.geom->xy[0], first_outside->record.geom->xy[1],
                 _("People of settlements live beyond the grid: not counted."));
  }
}

static vd_status lay_people(vd_land_build *build) {
  vd_landscape *land = build->land;
  if (!(land->people = new_layer(land))) return no_memory();
  const vd_raster *raster = vd_plan_raster(build->plan, VD_RASTER_POPULATION);
  if (raster) return people_from_raster(build, raster);
  people_from_settlements(build);
  return VD_OK;
}

void vd_land_count_people(vd_land_build *build) {
  vd_landscape *land = build->land;
  double total = 0, in_water = 0, beyond = 0, xy[2] = {NAN, NAN};
  for (int32_t c = 0; c < vd_grid_n(&land->grid); c++) {
    if (!land->inside[c]) beyond += land->people[c];
    if (!land->inside[c] || land->people[c] <= 0) continue;
    total += land->people[c];
    if (land->ground[c] != VD_GROUND_WATER) continue;
    if (in_water == 0) vd_grid_centre(&land->grid, c, &xy[0], &xy[1]);
    in_water += land->people[c];
  }
  land->people_total = total;
  if (beyond >= 0.5) {
    vd_land_note(land, llround(beyond), NAN, NAN,
                 _("People live in cells whose centre is outside the area of interest: not counted."));
  }
  if (in_water < 0.5) return;
  vd_transform_inverse(build->to_plane, xy, 1);
  vd_land_note(land, llround(in_water), xy[0], xy[1],
               _("People live in cells whose centre is in water: only boats and helicopters reach them."));
}

/* ---- elevation and ground ---- */

static vd_status lay_elevation(vd_land_build *build) {
  vd_landscape *land = build->land;
  if (!(land->elevation_m = new_layer(land))) return no_memory();
  const vd_raster *raster = vd_plan_raster(build->plan, VD_RASTER_ELEVATION);
  if (raster) {
    vd_geo_raster geo = geo_raster(raster);
    vd_geo_grid grid = geo_grid(build->land);
    return vd_raster_mean_to_grid(&geo, &grid, build->progress, land->elevation_m);
  }
  for (int32_t c = 0; c < vd_grid_n(&land->grid); c++) land->elevation_m[c] = NAN;
  vd_land_note(land, vd_grid_n(&land->grid), NAN, NAN,
               _("The plan has no elevation: slopes are taken as level."));
  return VD_OK;
}

/* Land-cover codes to grounds; what is unknown inside the area counts as grassland. */
static void ground_from_codes(vd_land_build *build, const float *codes) {
  vd_landscape *land = build->land;
  int64_t n_unknown = 0;
  double xy[2] = {NAN, NAN};
  for (int32_t c = 0; c < vd_grid_n(&land->grid); c++) {
    float code = codes[c];
    if (code >= 1 && code <= (float)VD_LANDCOVER_COUNT) {
      land->ground[c] = (uint8_t)(VD_GROUND_BARE + (int)code - 1);
      continue;
    }
    land->ground[c] = VD_GROUND_GRASS;
    if (!land->inside[c]) continue;
    if (n_unknown++ == 0) vd_grid_centre(&land->grid, c, &xy[0], &xy[1]);
  }
  if (n_unknown == 0) return;
  vd_transform_inverse(build->to_plane, xy, 1);
  vd_land_note(land, n_unknown, xy[0], xy[1], _("Cells of unknown land cover: counted as grassland."));
}

_Static_assert(VD_GROUND_WETLAND < VD_GROUND_SEASONAL_WATER && VD_GROUND_SEASONAL_WATER < VD_GROUND_WATER &&
                   VD_GROUND_WATER == VD_GROUND_COUNT - 1,
               "the wet grounds come last");
enum { DRY_SIDE = 8, DRY_PLACES = DRY_SIDE * DRY_SIDE, FIRST_WET = VD_GROUND_WETLAND - VD_GROUND_BARE + 1 };

/* The commonest dry ground of a cell by the codes at its places, the lesser code of equal ones; 0 when it has none. */
static int commonest_dry(const float *codes) {
  int counts[VD_LANDCOVER_COUNT + 1] = {0}, code = 0;
  for (int i = 0; i < DRY_PLACES; i++)
    if (codes[i] >= 1 && codes[i] < FIRST_WET) counts[(int)codes[i]]++;
  for (int c = 1; c < FIRST_WET; c++)
    if (counts[c] > counts[code]) code = c;
  return code;
}

/* Codes at 8 x 8 places in each cell. Many cells are asked at once: it is making the transform that takes long. */
static vd_status sample_places(vd_land_build *build, const vd_geo_raster *raster, const int32_t *cells,
                               size_t n, double *xy, float *codes) {
  const vd_grid *grid = &build->land->grid;
  for (size_t k = 0; k < n; k++) {
    double x, y, *at = xy + 2 * DRY_PLACES * k;
    vd_grid_centre(grid, cells[k], &x, &y);
    for (int i = 0; i < DRY_PLACES; i++) {
      at[2 * i] = x + ((i % DRY_SIDE + 0.5) / DRY_SIDE - 0.5) * grid->cell_m;
      at[2 * i + 1] = y + ((i / DRY_SIDE + 0.5) / DRY_SIDE - 0.5) * grid->cell_m;
    }
  }
  vd_transform_inverse(build->to_plane, xy, DRY_PLACES * n);
  return vd_raster_sample(raster, xy, DRY_PLACES * n, codes);
}

static vd_status lay_ground(vd_land_build *build) {
  vd_landscape *land = build->land;
  size_t n = (size_t)vd_grid_n(&land->grid);
  if (!(land->ground = vd_arena_try_alloc(land->arena, n, 1))) return no_memory();
  const vd_raster *raster = vd_plan_raster(build->plan, VD_RASTER_LANDCOVER);
  if (!raster) {
    memset(land->ground, VD_GROUND_GRASS, n);
    vd_land_note(land, (int64_t)n, NAN, NAN,
                 _("The plan has no land cover: all ground counts as grassland."));
    return VD_OK;
  }
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  float *codes = vd_arena_try_alloc(scratch, n, sizeof *codes);
  if (!codes) return no_memory();
  vd_geo_raster geo = geo_raster(raster);
  vd_geo_grid grid = geo_grid(build->land);
  VD_TRY(vd_raster_majority_to_grid(&geo, &grid, build->progress, codes));
  ground_from_codes(build, codes);
  return VD_OK;
}

vd_status vd_land_lay_cells(vd_land_build *build) {
  VD_TRY(lay_inside(build));
  VD_TRY(lay_people(build));
  VD_TRY(lay_elevation(build));
  return lay_ground(build);
}

/* ---- where people live in wetland ---- */

static bool is_soft(uint8_t ground) {
  return ground == VD_GROUND_WETLAND || ground == VD_GROUND_SEASONAL_WATER;
}

/* The next cells of that ground in which people live, at most `most`; *from goes on behind them. */
static size_t next_homes(const vd_landscape *land, int32_t *from, int32_t *cells, size_t most) {
  size_t n = 0;
  for (; *from < vd_grid_n(&land->grid) && n < most; (*from)++)
    if (is_soft(land->ground[*from]) && land->inside[*from] && land->people[*from] > 0) cells[n++] = *from;
  return n;
}

/* People live on the dry part of a cell that is mostly wetland, and that part is what a responder must get to. Open water
 * stays what it is: it parts the banks. */
vd_status vd_land_dry_homes(vd_land_build *build) {
  enum { AT_ONCE = 2048 };
  vd_landscape *land = build->land;
  const vd_raster *raster = vd_plan_raster(build->plan, VD_RASTER_LANDCOVER);
  if (!raster) return VD_OK;
  vd_geo_raster geo = geo_raster(raster);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, AT_ONCE), first = -1, from = 0;
  double *places = VD_NEW_ARRAY(scratch, double, (size_t)2 * DRY_PLACES * AT_ONCE);
  float *codes = VD_NEW_ARRAY(scratch, float, (size_t)DRY_PLACES *AT_ONCE);
  int64_t n_dried = 0;
  for (size_t n; (n = next_homes(land, &from, cells, AT_ONCE)) > 0;) {
    VD_TRY(sample_places(build, &geo, cells, n, places, codes));
    for (size_t k = 0; k < n; k++) {
      int code = commonest_dry(codes + DRY_PLACES * k);
      if (code == 0) continue;
      land->ground[cells[k]] = (uint8_t)(VD_GROUND_BARE + code - 1);
      if (n_dried++ == 0) first = cells[k];
    }
  }
  if (n_dried == 0) return VD_OK;
  double xy[2];
  vd_grid_centre(&land->grid, first, &xy[0], &xy[1]);
  vd_transform_inverse(build->to_plane, xy, 1);
  vd_land_note(land, n_dried, xy[0], xy[1],
               _("Cells mostly of wetland where people live: taken as the dry ground in them."));
  return VD_OK;
}
