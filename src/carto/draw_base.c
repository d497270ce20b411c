/* draw_base: water, roads and settlements.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"

enum { RIVER, STREAM, CANAL, LAKE, WETLAND, COASTLINE }; /* indices in vd_water_class_words */

/* Lines thin out towards small scales and thicken a little towards large ones; 1 at 1:250 000. */
static double scale_factor(const vd_map_view *view) {
  return fmin(fmax(pow(view->mm_per_m / 0.004, 0.22), 0.72), 1.7);
}

static void draw_water_area(vd_pen *pen, const vd_thing *water) {
  vd_path path = vd_pen_path(pen, &water->shape);
  if (path.n_parts == 0) return;
  vd_drawn_add(pen->drawn, VD_ITEM_WATER0 + water->cls);
  double s = pen->style->size;
  if (water->cls == WETLAND) {
    vd_hatch hatch = {VD_HATCH_LINES, 0, 0.9 * s, 0.16 * s, vd_rgba_fade(pen->style->wetland, 0.6), 0, 0};
    hatch = vd_pen_hatch(pen, hatch);
    vd_canvas_fill(pen->canvas, path, VD_RULE_EVENODD, vd_rgba_fade(pen->style->water, 0.35));
    vd_canvas_hatch(pen->canvas, path, VD_RULE_EVENODD, &hatch);
    return;
  }
  vd_canvas_fill(pen->canvas, path, VD_RULE_EVENODD, pen->style->water);
  vd_canvas_stroke(pen->canvas, path, &(vd_stroke){.width_mm = 0.14 * s, .color = pen->style->water_line});
}

static void draw_water_line(vd_pen *pen, const vd_thing *water) {
  static const double width[] = {0.62, 0.26, 0.34, 0.4, 0.2, 0.2};
  vd_path path = vd_pen_path(pen, &water->shape);
  if (path.n_parts == 0) return;
  vd_drawn_add(pen->drawn, VD_ITEM_WATER0 + water->cls);
  double w = width[water->cls] * scale_factor(pen->view) * pen->style->size;
  vd_canvas_stroke(
      pen->canvas, path,
      &(vd_stroke){
          .width_mm = w, .color = pen->style->water_line, .cap = VD_CAP_ROUND, .join = VD_JOIN_ROUND});
}

void vd_draw_water(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_WATER];
  for (int pass = 0; pass < 3; pass++) { /* wetlands, lines, then lakes over the rivers that cross them */
    for (size_t i = 0; i < things->n; i++) {
      const vd_thing *water = &things->items[i];
      bool polygon = water->shape.type == VD_GEOM_POLYGON;
      int turn = !polygon ? 1 : water->cls == WETLAND ? 0 : 2;
      if (turn != pass || !vd_pen_shows(pen, water)) continue;
      if (polygon) {
        draw_water_area(pen, water);
      } else {
        draw_water_line(pen, water);
      }
    }
  }
}

/* ---- roads ---- */

typedef struct drawn_road {
  const vd_thing *road;
  vd_path path;
} drawn_road;

/* Minor classes first, so that main roads run over them. */
static const int32_t order[] = {VD_ROAD_STEPS,    VD_ROAD_PATH,        VD_ROAD_SERVICE,
                                VD_ROAD_TRACK,    VD_ROAD_RESIDENTIAL, VD_ROAD_UNCLASSIFIED,
                                VD_ROAD_TERTIARY, VD_ROAD_SECONDARY,   VD_ROAD_PRIMARY,
                                VD_ROAD_TRUNK,    VD_ROAD_MOTORWAY,    VD_ROAD_FERRY};

static drawn_road *visible_roads(vd_pen *pen, size_t *n) {
  const vd_things *things = &pen->data->things[VD_KIND_ROAD];
  drawn_road *roads = VD_NEW_ARRAY(pen->arena, drawn_road, things->n + 1);
  *n = 0;
  for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
    for (size_t i = 0; i < things->n; i++) {
      const vd_thing *road = &things->items[i];
      if (road->cls != order[k] || !vd_pen_shows(pen, road)) continue;
      vd_path path = vd_pen_path(pen, &road->shape);
      if (path.n_parts > 0) roads[(*n)++] = (drawn_road){road, path};
    }
  }
  return roads;
}

/* Direction and middle of the road that crosses, from its path's longest stretch. */
static void middle_of(vd_path path, double *x, double *y, double *heading_deg) {
  double best = -1;
  for (int32_t i = path.part_start[0]; i + 1 < path.part_start[1]; i++) {
    const double *a = path.xy + 2 * i;
    double length = hypot(a[2] - a[0], a[3] - a[1]);
    if (length <= best) continue;
    best = length;
    *x = (a[0] + a[2]) / 2, *y = (a[1] + a[3]) / 2;
    *heading_deg = atan2(a[3] - a[1], a[2] - a[0]) * 180 / acos(-1);
  }
}

static void draw_crossing(vd_pen *pen, const drawn_road *drawn) {
  int32_t crossing = drawn->road->sub;
  double x = 0, y = 0, heading = 0;
  if (crossing != VD_BRIDGE && crossing != VD_FORD && crossing != VD_FERRY) return;
  middle_of(drawn->path, &x, &y, &heading);
  double r = (crossing == VD_FERRY ? 1.35 : 0.85) * pen->symbol * scale_factor(pen->view);
  vd_symbol_crossing(pen->canvas, pen->style, x, y, r, crossing, heading);
  vd_drawn_add(pen->drawn, VD_ITEM_CROSSING0 + crossing);
}

void vd_draw_roads(vd_pen *pen) {
  size_t n;
  drawn_road *roads = visible_roads(pen, &n);
  double factor = scale_factor(pen->view);
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < n; i++) {
      vd_symbol_road(pen->canvas, pen->style, roads[i].path, roads[i].road->cls, pass, factor);
      vd_drawn_add(pen->drawn, VD_ITEM_ROAD0 + roads[i].road->cls);
    }
  }
  for (size_t i = 0; i < n; i++) draw_crossing(pen, &roads[i]);
}

void vd_draw_settlements(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_SETTLEMENT];
  for (int32_t size = VD_PLACE_SMALL; size <= VD_PLACE_CITY; size++) {
    for (size_t i = 0; i < things->n; i++) {
      const vd_thing *place = &things->items[i];
      double x, y, r = vd_symbol_place_radius(size) * pen->symbol;
      if (vd_place_size(place) != size || !vd_pen_shows(pen, place)) continue;
      if (!vd_pen_place(pen, &place->shape, &x, &y)) continue;
      vd_symbol_place(pen->canvas, pen->style, x, y, r, size);
      vd_drawn_add(pen->drawn, VD_ITEM_PLACE0 + size);
    }
  }
}
