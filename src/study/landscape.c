/* landscape: a plan's base data laid on one equal-area grid, with its roads joined to it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/study/landscape.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "study/land.h"
#include "vedette/base/hash.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* Edges longer than this many degrees get points between: a straight line on the map and the image of a straight edge in
 * the plane then differ by less than a metre up to 60 degrees of latitude. */
#define EDGE_DEG 0.05
enum { DEFAULT_CELLS = 250000, SAMPLES = 4096 };

/* ---- between the plane and lon/lat ---- */

static int32_t pieces_of_edge(const double *a, const double *b) {
  double length = fmax(fabs(b[0] - a[0]), fabs(b[1] - a[1]));
  return length > EDGE_DEG ? (int32_t)fmin(ceil(length / EDGE_DEG), 10000) : 1;
}

static vd_geom *with_points_between(vd_arena *arena, const vd_geom *geom) {
  int64_t n = 0;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    for (int32_t i = geom->part_start[part]; i + 1 < geom->part_start[part + 1]; i++) {
      n += pieces_of_edge(geom->xy + 2 * (size_t)i, geom->xy + 2 * (size_t)i + 2);
    }
    n += geom->part_start[part + 1] > geom->part_start[part];
  }
  if (n == geom->n_points || n > INT32_MAX) return vd_geom_copy(arena, geom);
  vd_geom *out = vd_geom_new(arena, geom->type, geom->n_parts, (int32_t)n);
  if (!out) return vd_geom_copy(arena, geom);
  int32_t at = 0;
  for (int32_t part = 0; part < geom->n_parts; part++) {
    out->part_start[part] = at;
    if (out->hole) out->hole[part] = geom->hole[part];
    for (int32_t i = geom->part_start[part]; i < geom->part_start[part + 1]; i++) {
      const double *a = geom->xy + 2 * (size_t)i;
      int32_t k_end = i + 1 < geom->part_start[part + 1] ? pieces_of_edge(a, a + 2) : 1;
      for (int32_t k = 0; k < k_end; k++, at++) {
        double t = (double)k / k_end;
        out->xy[2 * (size_t)at] = k == 0 ? a[0] : a[0] + t * (a[2] - a[0]);
        out->xy[2 * (size_t)at + 1] = k == 0 ? a[1] : a[1] + t * (a[3] - a[1]);
      }
    }
  }
  return out;
}

vd_geom *vd_land_to_plane_geom(vd_arena *arena, vd_transform *to_plane, const vd_geom *lonlat) {
  vd_geom *out =
      lonlat->type == VD_GEOM_POINT ? vd_geom_copy(arena, lonlat) : with_points_between(arena, lonlat);
  vd_transform_forward(to_plane, out->xy, (size_t)out->n_points);
  return out;
}

vd_geom *vd_land_to_lonlat_geom(vd_arena *arena, vd_transform *to_plane, const vd_geom *plane) {
  vd_geom *out = vd_geom_copy(arena, plane);
  vd_transform_inverse(to_plane, out->xy, (size_t)out->n_points);
  return out;
}

static void transform(const vd_landscape *land, double *xy, size_t n, bool inverse) {
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  if (vd_transform_plane(land->lon_deg, land->lat_deg, &to_plane) != VD_OK) {
    for (size_t i = 0; i < 2 * n; i++) xy[i] = NAN;
    return;
  }
  if (inverse)
    vd_transform_inverse(to_plane, xy, n);
  else
    vd_transform_forward(to_plane, xy, n);
}

void vd_landscape_to_plane(const vd_landscape *landscape, const double *lonlat, double *xy_m, size_t n) {
  if (xy_m != lonlat && n > 0) memmove(xy_m, lonlat, 2 * n * sizeof *xy_m);
  transform(landscape, xy_m, n, false);
}

void vd_landscape_to_lonlat(const vd_landscape *landscape, const double *xy_m, double *lonlat, size_t n) {
  if (xy_m != lonlat && n > 0) memmove(lonlat, xy_m, 2 * n * sizeof *lonlat);
  transform(landscape, lonlat, n, true);
}

int32_t vd_landscape_cell_at(const vd_landscape *landscape, double lon_deg, double lat_deg) {
  double xy[2] = {lon_deg, lat_deg};
  vd_landscape_to_plane(landscape, xy, xy, 1);
  return vd_grid_cell(&landscape->grid, xy[0], xy[1]);
}

/* ---- the grid ---- */

/* The smallest of 50, 100, 200, 250, 500 m, 1, 2, 2.5, 5 km ... that gives at most `max_cells` cells. */
static double round_cell_m(vd_box box, double max_cells) {
  static const double steps[] = {1, 2, 2.5, 5};
  for (double power = 10; power < 1e7; power *= 10) {
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
      double cell = power * steps[i];
      if (cell < 50) continue;
      if (ceil((box.max_x - box.min_x) / cell) * ceil((box.max_y - box.min_y) / cell) <= max_cells)
        return cell;
    }
  }
  return 1e7;
}

static vd_status choose_grid(vd_land_build *build, double cell_m) {
  vd_landscape *land = build->land;
  const vd_plan_info *info = vd_plan_info_lookup(build->plan);
  vd_box lonlat = vd_geom_box(info->area), box = vd_transform_box(build->to_plane, lonlat, false);
  if (vd_box_is_empty(box) || !(box.max_x > box.min_x) || !(box.max_y > box.min_y)) {
    return vd_fail(VD_ERR_INPUT, _("The area of interest has no extent; draw it anew."));
  }
  if (!(cell_m > 0)) cell_m = info->cell_m > 0 ? info->cell_m : round_cell_m(box, DEFAULT_CELLS);
  if ((box.max_x - box.min_x) / cell_m * ((box.max_y - box.min_y) / cell_m) > VD_LAND_MAX_CELLS) {
    return vd_fail(VD_ERR_LIMIT, _("Cells of %g m are too many for this area; cells of %g m would do."),
                   cell_m, round_cell_m(box, VD_LAND_MAX_CELLS / 2.0));
  }
  land->grid = vd_grid_over(box, cell_m);
  return vd_grid_check(&land->grid);
}

/* ---- what it was made from ---- */

static const vd_kind read_kinds[] = {VD_KIND_SETTLEMENT, VD_KIND_ROAD, VD_KIND_WATER, VD_KIND_STANDARD,
                                     VD_KIND_SPEED};

static void hash_raster(vd_hash *hash, const vd_raster *raster) {
  vd_hash_add_i64(hash, raster != NULL);
  if (!raster) return;
  int64_t n = (int64_t)raster->width * raster->height, step = n / SAMPLES + 1;
  vd_hash_add_i64(hash, raster->width);
  vd_hash_add_i64(hash, raster->height);
  for (int i = 0; i < 6; i++) vd_hash_add_f64(hash, raster->geotransform[i]);
  for (int64_t i = 0; i < n; i += step) vd_hash_add_f64(hash, (double)raster->values[i]);
}

static void hash_origin(const vd_plan *plan, char hex[65]) {
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  vd_hash hash;
  vd_hash_start(&hash);
  vd_hash_add_f64(&hash, info->cell_m);
  vd_hash_add_i64(&hash, info->season);
  for (int32_t i = 0; info->area && i < 2 * info->area->n_points; i++)
    vd_hash_add_f64(&hash, info->area->xy[i]);
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    hash_raster(&hash, vd_plan_raster(plan, (vd_raster_kind)kind));
  vd_hash_finish(&hash, hex);
}

static void remember_origin(vd_landscape *land, const vd_plan *plan) {
  vd_land_origin *origin = &land->origin;
  snprintf(origin->lineage, sizeof origin->lineage, "%s", vd_plan_lineage(plan));
  origin->revision_all = vd_plan_revision(plan, VD_KIND_COUNT);
  origin->base_revision = vd_plan_base_revision(plan);
  for (int kind = 0; kind < VD_KIND_COUNT; kind++)
    origin->revision[kind] = vd_plan_revision(plan, (vd_kind)kind);
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++)
    origin->raster[kind] = vd_plan_raster(plan, (vd_raster_kind)kind);
  hash_origin(plan, origin->hash);
}

bool vd_landscape_fresh(const vd_landscape *landscape, const vd_plan *plan) {
  const vd_land_origin *origin = &landscape->origin;
  if (strcmp(vd_plan_lineage(plan), origin->lineage) != 0) return false;
  if (vd_plan_revision(plan, VD_KIND_COUNT) == origin->revision_all) return true;
  for (size_t i = 0; i < sizeof read_kinds / sizeof *read_kinds; i++) {
    if (vd_plan_revision(plan, read_kinds[i]) != origin->revision[read_kinds[i]]) return false;
  }
  if (vd_plan_base_revision(plan) == origin->base_revision) return true;
  for (int kind = 0; kind < VD_RASTER_COUNT; kind++) {
    if (vd_plan_raster(plan, (vd_raster_kind)kind) != origin->raster[kind]) return false;
  }
  char hash[65];
  hash_origin(plan, hash);
  return strcmp(hash, origin->hash) == 0;
}

/* ---- building ---- */

void vd_land_note(vd_landscape *land, int64_t count, double lon_deg, double lat_deg, const char *text) {
  *VD_PUSH(land->arena, land->notes, land->n_notes, land->notes_capacity) =
      (vd_note){vd_str_dup(land->arena, text), count, lon_deg, lat_deg};
}

static vd_status lay_all(vd_land_build *build, double cell_m) {
  vd_landscape *land = build->land;
  VD_TRY(choose_grid(build, cell_m));
  VD_TRY(vd_progress_step(build->progress, _("Laying people and ground on the grid"), 0, 4));
  VD_TRY(vd_land_lay_cells(build));
  VD_TRY(vd_progress_step(build->progress, _("Laying water on the grid"), 1, 4));
  land->terrain = (vd_terrain){.grid = land->grid, .ground = land->ground, .elevation_m = land->elevation_m};
  VD_TRY(vd_land_lay_water(build));
  VD_TRY(vd_land_dry_homes(build));
  vd_land_count_people(build);
  VD_TRY(vd_progress_step(build->progress, _("Joining the roads"), 2, 4));
  VD_TRY(vd_land_lay_roads(build));
  remember_origin(land, build->plan);
  return vd_progress_step(build->progress, _("Landscape ready"), 4, 4);
}

vd_status vd_landscape_build(const vd_plan *plan, double cell_m, vd_jobs *jobs, const vd_progress *progress,
                             vd_landscape **out) {
  (void)jobs; /* each step is one pass over its data; none of them takes long enough to share out */
  *out = NULL;
  const vd_plan_info *info = vd_plan_info_lookup(plan);
  if (vd_geom_empty(info->area)) {
    return vd_fail(VD_ERR_INPUT, _("The plan has no area of interest; draw one or import a polygon."));
  }
  vd_box box = vd_geom_box(info->area);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = calloc(1, sizeof *land);
  if (!land) return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the landscape."));
  land->arena = vd_arena_new();
  land->lon_deg = (box.min_x + box.max_x) / 2;
  land->lat_deg = (box.min_y + box.max_y) / 2;
  VD_CLEANUP(vd_transform_cleanup) vd_transform *to_plane = NULL;
  VD_TRY(vd_transform_plane(land->lon_deg, land->lat_deg, &to_plane));
  VD_TRY(lay_all(&(vd_land_build){land, plan, to_plane, progress}, cell_m));
  *out = land;
  land = NULL;
  return VD_OK;
}

void vd_landscape_free(vd_landscape *landscape) {
  if (!landscape) return;
  vd_arena_free(landscape->arena);
  free(landscape);
}

void vd_landscape_cleanup(vd_landscape **landscape) {
  vd_landscape_free(*landscape);
  *landscape = NULL;
}

const vd_grid *vd_landscape_grid(const vd_landscape *landscape) {
  return &landscape->grid;
}
const float *vd_landscape_people(const vd_landscape *landscape) {
  return landscape->people;
}
const float *vd_landscape_elevation_m(const vd_landscape *landscape) {
  return landscape->elevation_m;
}
const uint8_t *vd_landscape_ground(const vd_landscape *landscape) {
  return landscape->ground;
}
const uint8_t *vd_landscape_inside(const vd_landscape *landscape) {
  return landscape->inside;
}
double vd_landscape_people_total(const vd_landscape *landscape) {
  return landscape->people_total;
}
const vd_note *vd_landscape_notes(const vd_landscape *landscape, size_t *n) {
  *n = landscape->n_notes;
  return landscape->notes;
}
