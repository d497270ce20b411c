/* pick: what is under the pointer, and showing what was chosen.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"

/* From the top: points, lines, gaps, then areas. */
typedef struct pick_step {
  vd_map_layer layer;
  vd_kind kind;
  bool areas; /* inside counts */
} pick_step;
static const pick_step steps_above[] = {
    {VD_MAP_BASES, VD_KIND_BASE, false},
    {VD_MAP_SITES, VD_KIND_SITE, false},
    {VD_MAP_RESTRICTIONS, VD_KIND_RESTRICTION, false},
    {VD_MAP_INCIDENTS, VD_KIND_INCIDENT, false},
    {VD_MAP_SETTLEMENTS, VD_KIND_SETTLEMENT, false},
    {VD_MAP_PATROLS, VD_KIND_PATROL, false},
};
static const pick_step steps_below[] = {
    {VD_MAP_RESTRICTIONS, VD_KIND_RESTRICTION, true},
    {VD_MAP_SITES, VD_KIND_SITE, true},
    {VD_MAP_THREATS, VD_KIND_THREAT_AREA, true},
    {VD_MAP_AREAS, VD_KIND_AREA, true},
};

typedef struct pointer {
  const vd_map_data *data;
  const vd_map_view *view;
  const vd_map_options *options;
  double x_m, y_m, reach_m;
} pointer;

static bool within_reach(const pointer *p, vd_box box) {
  return p->x_m >= box.min_x - p->reach_m && p->x_m <= box.max_x + p->reach_m &&
         p->y_m >= box.min_y - p->reach_m && p->y_m <= box.max_y + p->reach_m;
}

static double distance_to(const pointer *p, const vd_thing *thing, bool areas) {
  if (!within_reach(p, thing->shape.box)) return INFINITY;
  if (thing->shape.type == VD_GEOM_POLYGON) {
    if (!areas) return INFINITY;
    if (vd_shape_holds(&thing->shape, p->x_m, p->y_m)) return 0;
  } else if (areas) {
    return INFINITY;
  }
  return vd_shape_distance_m(&thing->shape, p->x_m, p->y_m);
}

static double box_area(vd_box b) {
  return (b.max_x - b.min_x) * (b.max_y - b.min_y);
}

/* Of several areas that hold the place the smallest, of points and lines the nearest. */
static bool pick_kind(const pointer *p, const pick_step *step, vd_map_object *out) {
  const vd_things *things = &p->data->things[step->kind];
  double best = INFINITY;
  if (!p->options->layers.shown[step->layer]) return false;
  for (size_t i = 0; i < things->n; i++) {
    const vd_thing *thing = &things->items[i];
    if (!vd_thing_shown(p->data, thing, p->view, p->options)) continue;
    if (thing->kind == VD_KIND_PATROL && thing->cls == VD_CANCELLED) continue;
    double d = distance_to(p, thing, step->areas);
    if (d > p->reach_m) continue;
    double worth = step->areas ? box_area(thing->shape.box) : d;
    if (worth >= best) continue;
    best = worth;
    *out = (vd_map_object){VD_OBJECT_RECORD, thing->kind, thing->id, -1};
  }
  return isfinite(best);
}

static bool pick_gap(const pointer *p, vd_map_object *out) {
  if (!p->options->layers.shown[VD_MAP_GAPS]) return false;
  for (size_t i = 0; i < p->data->n_gaps; i++) {
    const vd_map_gap *gap = &p->data->gaps[i];
    bool label = hypot(gap->x_m - p->x_m, gap->y_m - p->y_m) <= p->reach_m;
    if (!label && !vd_shape_holds(&gap->shape, p->x_m, p->y_m)) continue;
    *out = (vd_map_object){VD_OBJECT_GAP, VD_KIND_COUNT, NULL, (int32_t)i};
    return true;
  }
  return false;
}

vd_map_object vd_map_pick(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                          double x_mm, double y_mm, double reach_mm) {
  pointer p = {.data = data, .view = view, .options = options, .reach_m = reach_mm / view->mm_per_m};
  vd_map_object object = {VD_OBJECT_NONE, VD_KIND_COUNT, NULL, -1};
  vd_map_view_to_m(view, x_mm, y_mm, &p.x_m, &p.y_m);
  for (size_t k = 0; k < sizeof steps_above / sizeof *steps_above; k++)
    if (pick_kind(&p, &steps_above[k], &object)) return object;
  if (pick_gap(&p, &object)) return object;
  for (size_t k = 0; k < sizeof steps_below / sizeof *steps_below; k++)
    if (pick_kind(&p, &steps_below[k], &object)) return object;
  return object;
}

static const vd_thing *find_thing(const vd_map_data *data, const vd_map_object *object) {
  if (object->what != VD_OBJECT_RECORD || (unsigned)object->kind >= VD_KIND_COUNT) return NULL;
  const vd_things *things = &data->things[object->kind];
  for (size_t i = 0; i < things->n; i++)
    if (vd_str_equal(things->items[i].id, object->id)) return &things->items[i];
  return NULL;
}

static const vd_shape *shape_of(const vd_map_data *data, const vd_map_object *object) {
  if (object->what == VD_OBJECT_GAP)
    return object->gap >= 0 && (size_t)object->gap < data->n_gaps ? &data->gaps[object->gap].shape : NULL;
  const vd_thing *thing = find_thing(data, object);
  return thing ? &thing->shape : NULL;
}

vd_box vd_map_object_box(const vd_map_data *data, const vd_map_object *object) {
  const vd_shape *shape = shape_of(data, object);
  return shape ? shape->box : vd_box_empty();
}

void vd_map_draw_selection(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                           const vd_map_object *object, vd_canvas *canvas) {
  const vd_shape *shape = shape_of(data, object);
  if (!shape || shape->n_points == 0) return;
  vd_pen pen = vd_pen_start(data, view, options, canvas, NULL);
  vd_stroke line = pen.style->selected.outline, rim = line;
  rim.width_mm *= 2.2, rim.color = pen.style->selected.fill;
  vd_path path = {0};
  double x, y;
  if (shape->type != VD_GEOM_POINT) {
    path = vd_pen_path(&pen, shape);
  } else if (vd_pen_place(&pen, shape, &x, &y)) {
    path = vd_path_circle(canvas ? vd_canvas_arena(canvas) : pen.arena, x, y, 3.6 * pen.symbol);
  }
  if (path.n_parts > 0) {
    vd_canvas_stroke(canvas, path, &rim);
    vd_canvas_stroke(canvas, path, &line);
  }
  vd_pen_end(&pen);
}
