/* land_roads: the roads, ferries and navigable rivers of a plan as one travel network joined to the grid.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/land.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/plan/standard.h"

/* Banks and middle line of one river, crossed within this length of road, are one crossing. */
#define CROSSING_MERGE_M 200.0

typedef struct road_list {
  vd_land_line *lines;
  size_t n, capacity, meta_capacity;
} road_list;

static void add_line(vd_land_build *build, vd_arena *scratch, road_list *list, const vd_geom *lonlat,
                     vd_travel_road road, vd_land_road meta) {
  vd_landscape *land = build->land;
  road.time_factor = 1;
  *VD_PUSH(scratch, list->lines, list->n, list->capacity) = (vd_land_line){lonlat, road};
  for (int32_t part = 0; part < lonlat->n_parts; part++)
    *VD_PUSH(land->arena, land->roads, land->n_roads, list->meta_capacity) = meta;
}

static uint8_t all_but_foot(void) {
  return (uint8_t)(((1u << VD_VEHICLE_COUNT) - 1u) & ~(1u << VD_FOOT));
}

/* For whom a road is closed by its access. */
static uint8_t closed_by_access(const vd_road *road, int32_t season) {
  if (vd_str_equal(road->access, "no")) return all_but_foot();
  if (vd_str_equal(road->access, "4wd")) return (uint8_t)(1u << VD_CONVOY);
  if (vd_str_equal(road->access, "seasonal") && season == VD_WET) return all_but_foot();
  return 0;
}

static const char *road_name(vd_landscape *land, const vd_road *road) {
  const char *name = road->record.name && *road->record.name ? road->record.name : road->ref;
  return name && *name ? vd_str_dup(land->arena, name) : NULL;
}

static void add_roads(vd_land_build *build, vd_arena *scratch, road_list *list) {
  vd_landscape *land = build->land;
  int32_t season = vd_plan_info_lookup(build->plan)->season;
  int64_t n_closed = 0, n_limited = 0;
  const vd_road *first_closed = NULL, *first_limited = NULL;
  VD_EACH(build->plan, VD_KIND_ROAD, vd_road, road) {
    if (vd_geom_empty(road->record.geom)) continue;
    vd_ground ground = vd_road_ground(road);
    vd_crossing crossing = road->road_class == VD_ROAD_FERRY ? VD_FERRY : (vd_crossing)road->crossing;
    uint8_t closed = closed_by_access(road, season);
    if (closed && n_closed++ == 0) first_closed = road;
    const vd_speed *speed = vd_speed_lookup(build->plan, VD_CAR_4X4, ground);
    if (speed && road->max_kmh < speed->kmh && n_limited++ == 0) first_limited = road;
    add_line(build, scratch, list, road->record.geom,
             (vd_travel_road){
                 .ground = ground, .crossing = crossing, .oneway = (int8_t)road->oneway, .closed = closed},
             (vd_land_road){vd_str_dup(land->arena, road->record.id), road_name(land, road), (uint8_t)ground,
                            (uint8_t)crossing});
  }
  if (first_closed) {
    vd_land_note(land, n_closed, first_closed->record.geom->xy[0], first_closed->record.geom->xy[1],
                 _("Roads are closed to some vehicles by their access."));
  }
  if (first_limited) {
    vd_land_note(land, n_limited, first_limited->record.geom->xy[0], first_limited->record.geom->xy[1],
                 _("Roads have a known speed limit below the table's speed: the table is used."));
  }
}

static void add_rivers(vd_land_build *build, vd_arena *scratch, road_list *list) {
  vd_landscape *land = build->land;
  VD_EACH(build->plan, VD_KIND_WATER, vd_water, water) {
    const vd_geom *geom = water->record.geom;
    if (vd_geom_empty(geom) || geom->type != VD_GEOM_LINE || water->navigable != 1) continue;
    add_line(build, scratch, list, geom, (vd_travel_road){.ground = VD_GROUND_RIVER},
             (vd_land_road){vd_str_dup(land->arena, water->record.id),
                            vd_str_dup(land->arena, water->record.name), VD_GROUND_RIVER, VD_CROSSING_NONE});
  }
}

/* Cells in which a deployment would stand on a road; a line is followed in steps of half a cell. */
static void mark_road(vd_landscape *land, const vd_travel_road *road, int32_t index) {
  bool driven = road->ground <= VD_GROUND_TRACK && (road->closed >> VD_CAR_4X4 & 1u) == 0;
  int32_t n_points;
  const double *xy = vd_travel_road_line(land->network, index, &n_points);
  for (int32_t i = 0; driven && i + 1 < n_points; i++) {
    const double *a = xy + 2 * (size_t)i;
    double n = fmin(ceil(hypot(a[2] - a[0], a[3] - a[1]) / (land->grid.cell_m / 2)), 1e6);
    for (double k = 0; k <= n; k++) {
      double t = n > 0 ? k / n : 0;
      int32_t cell = vd_grid_cell(&land->grid, a[0] + t * (a[2] - a[0]), a[1] + t * (a[3] - a[1]));
      if (cell >= 0) land->has_road[cell] = 1;
    }
  }
}

static void mark_roads(vd_landscape *land, const road_list *list) {
  land->has_road = VD_NEW_ARRAY(land->arena, uint8_t, vd_grid_n(&land->grid));
  int32_t index = 0;
  for (size_t i = 0; i < list->n; i++)
    for (int32_t part = 0; part < list->lines[i].lonlat->n_parts; part++)
      mark_road(land, &list->lines[i].road, index++);
}

static vd_unmarked unmarked_rule(const vd_plan *plan) {
  double value = vd_standard_value(plan, "unmarked_crossing");
  return value >= 2 ? VD_UNMARKED_BRIDGE : value >= 1 ? VD_UNMARKED_FORD : VD_UNMARKED_CLOSED;
}

static void note_unmarked(vd_land_build *build, vd_unmarked rule) {
  size_t n;
  const vd_travel_crossing *crossings = vd_travel_unmarked(build->land->network, &n);
  if (n == 0) return;
  double xy[2] = {crossings[0].x_m, crossings[0].y_m};
  vd_transform_inverse(build->to_plane, xy, 1);
  static const char *const texts[] = {N_("Road crossings of rivers carry no bridge, ford or ferry: counted "
                                         "as closed (standard unmarked_crossing)."),
                                      N_("Road crossings of rivers carry no bridge, ford or ferry: counted "
                                         "as fords (standard unmarked_crossing)."),
                                      N_("Road crossings of rivers carry no bridge, ford or ferry: counted "
                                         "as bridges (standard unmarked_crossing).")};
  vd_land_note(build->land, (int64_t)n, xy[0], xy[1], _(texts[rule]));
}

/* The parts of a line as roads in the plane; their points are in the scratch arena. */
static void lay_out_line(vd_land_build *build, vd_arena *scratch, const vd_land_line *line,
                         vd_travel_road *roads) {
  const vd_geom *plane = vd_land_to_plane_geom(scratch, build->to_plane, line->lonlat);
  for (int32_t part = 0; part < plane->n_parts; part++) {
    roads[part] = line->road;
    roads[part].xy = plane->xy + 2 * (size_t)plane->part_start[part];
    roads[part].n = plane->part_start[part + 1] - plane->part_start[part];
  }
}

static vd_status build_network(vd_land_build *build, const road_list *list, vd_unmarked rule) {
  vd_landscape *land = build->land;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_travel_road *roads = VD_NEW_ARRAY(scratch, vd_travel_road, land->n_roads + 1);
  size_t at = 0;
  for (size_t i = 0; i < list->n; i++) {
    lay_out_line(build, scratch, &list->lines[i], roads + at);
    at += (size_t)list->lines[i].lonlat->n_parts;
  }
  vd_travel_setup setup = {.terrain = &land->terrain,
                           .barriers = land->barriers,
                           .roads = roads,
                           .n_roads = land->n_roads,
                           .unmarked = rule,
                           .crossing_merge_m = CROSSING_MERGE_M};
  return vd_travel_network_new(land->arena, &setup, &land->network);
}

/* The one kept with the plan when it was made of the same, else a new one. */
static vd_status make_network(vd_land_build *build, const road_list *list, vd_unmarked rule) {
  if (vd_plan_has_keeper(build->plan)) {
    vd_land_network_key(build, list->lines, list->n, (int)rule);
    if (vd_land_find_network(build, build->land->n_roads) == VD_OK) return VD_OK;
    vd_debug("roads", "the network is built: %s", vd_last_message());
  }
  return build_network(build, list, rule);
}

vd_status vd_land_lay_roads(vd_land_build *build) {
  vd_landscape *land = build->land;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  road_list list = {0};
  add_roads(build, scratch, &list);
  add_rivers(build, scratch, &list);
  if (list.n == 0) vd_land_note(land, 0, NAN, NAN, _("The plan has no roads: all travel is off-road."));
  vd_unmarked rule = unmarked_rule(build->plan);
  VD_TRY(make_network(build, &list, rule));
  mark_roads(land, &list);
  note_unmarked(build, rule);
  return VD_OK;
}
