/* pen: what all layers share while they draw, and the order in which they do.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/grid_lines.h"
#include "carto/legend.h"

void vd_drawn_add(vd_map_drawn *drawn, int item) {
  if (drawn) drawn->items[item / 64] |= (uint64_t)1 << (item % 64);
}

bool vd_drawn_has(const vd_map_drawn *drawn, int item) {
  return (drawn->items[item / 64] >> (item % 64)) & 1;
}

vd_pen vd_pen_start(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                    vd_canvas *canvas, vd_map_drawn *drawn) {
  enum { MARGIN_MM = 15 };
  vd_pen pen = {data, view, options, &options->style, canvas, vd_arena_new(), {0}, drawn, 1};
  pen.frame = vd_frame_of(view, MARGIN_MM, pen.arena);
  pen.symbol = (options->symbol_scale > 0 ? options->symbol_scale : 1) * options->style.size;
  vd_canvas_save(canvas);
  vd_canvas_clip_rect(canvas, 0, 0, view->width_mm, view->height_mm);
  return pen;
}

void vd_pen_end(vd_pen *pen) {
  vd_canvas_restore(pen->canvas);
  vd_arena_free(pen->arena);
}

bool vd_pen_on(const vd_pen *pen, vd_map_layer layer) {
  return pen->options->layers.shown[layer] && pen->options->layers.opacity[layer] > 0;
}

void vd_pen_layer(vd_pen *pen, vd_map_layer layer) {
  double opacity = pen->options->layers.opacity[layer];
  vd_canvas_mark(pen->canvas, vd_map_layer_lookup(layer)->word);
  if (opacity < 1) {
    vd_canvas_group(pen->canvas, opacity);
  } else {
    vd_canvas_save(pen->canvas);
  }
}

bool vd_pen_shows(const vd_pen *pen, const vd_thing *thing) {
  bool seen =
      vd_box_touches(thing->shape.box, pen->frame.box) || vd_box_touches(thing->ring.box, pen->frame.box);
  return seen && vd_thing_shown(pen->data, thing, pen->view, pen->options);
}

vd_path vd_pen_path(const vd_pen *pen, const vd_shape *shape) {
  return vd_frame_path(&pen->frame, shape);
}

vd_hatch vd_pen_hatch(const vd_pen *pen, vd_hatch hatch) {
  vd_map_view_to_mm(pen->view, 0, 0, &hatch.origin_x, &hatch.origin_y);
  return hatch;
}

bool vd_pen_area(vd_pen *pen, const vd_shape *shape, const vd_area_style *style) {
  vd_path path = vd_pen_path(pen, shape);
  if (path.n_parts == 0) return false;
  if (style->fill & 0xff) vd_canvas_fill(pen->canvas, path, VD_RULE_EVENODD, style->fill);
  if (style->hatch.spacing_mm > 0) {
    vd_hatch hatch = vd_pen_hatch(pen, style->hatch);
    vd_canvas_hatch(pen->canvas, path, VD_RULE_EVENODD, &hatch);
  }
  vd_canvas_stroke(pen->canvas, path, &style->outline);
  return true;
}

bool vd_pen_place(const vd_pen *pen, const vd_shape *shape, double *x_mm, double *y_mm) {
  if (shape->n_points == 0) return false;
  double x = shape->xy_m[0], y = shape->xy_m[1];
  if (shape->type == VD_GEOM_POLYGON && !vd_shape_inside_place(shape, shape->box, &x, &y)) return false;
  if (shape->type == VD_GEOM_LINE) {
    int32_t middle = (shape->part_start[0] + shape->part_start[1]) / 2;
    x = shape->xy_m[2 * middle], y = shape->xy_m[2 * middle + 1];
  }
  if (x < pen->frame.box.min_x || x > pen->frame.box.max_x || y < pen->frame.box.min_y ||
      y > pen->frame.box.max_y)
    return false;
  vd_map_view_to_mm(pen->view, x, y, x_mm, y_mm);
  return true;
}

typedef struct layer_step {
  vd_map_layer layer;
  void (*draw)(vd_pen *pen);
} layer_step;

static void run_layers(vd_pen *pen, const layer_step *steps, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!vd_pen_on(pen, steps[i].layer)) continue;
    vd_pen_layer(pen, steps[i].layer);
    steps[i].draw(pen);
    vd_canvas_restore(pen->canvas);
  }
}

void vd_map_draw_base(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                      vd_canvas *canvas, vd_map_drawn *drawn) {
  static const layer_step steps[] = {{VD_MAP_WATER, vd_draw_water},
                                     {VD_MAP_ROADS, vd_draw_roads},
                                     {VD_MAP_SETTLEMENTS, vd_draw_settlements}};
  bool relief = false, tint = false;
  vd_pen pen = vd_pen_start(data, view, options, canvas, drawn);
  vd_canvas_mark(canvas, "ground");
  vd_canvas_fill_rect(canvas, 0, 0, view->width_mm, view->height_mm, options->style.paper);
  vd_ground_draw(data, view, options, canvas, &relief, &tint);
  if (relief) vd_drawn_add(drawn, VD_ITEM_RELIEF);
  for (int code = 1; tint && code <= VD_LANDCOVER_COUNT; code++)
    if (data->tint->classes & (1u << code)) vd_drawn_add(drawn, VD_ITEM_LANDCOVER0 + code);
  run_layers(&pen, steps, sizeof steps / sizeof *steps);
  vd_pen_end(&pen);
}

void vd_map_draw_overlays(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                          vd_canvas *canvas, vd_map_drawn *drawn) {
  static const layer_step steps[] = {{VD_MAP_STATES, vd_draw_states},
                                     {VD_MAP_CERTAINTY, vd_draw_certainty},
                                     {VD_MAP_RESPONSE, vd_draw_response},
                                     {VD_MAP_AREAS, vd_draw_areas},
                                     {VD_MAP_GAPS, vd_draw_gaps},
                                     {VD_MAP_THREATS, vd_draw_threats},
                                     {VD_MAP_GRID, vd_draw_grid_lines},
                                     {VD_MAP_PROXIMITY, vd_draw_proximity},
                                     {VD_MAP_PATROLS, vd_draw_patrols},
                                     {VD_MAP_INCIDENTS, vd_draw_incidents},
                                     {VD_MAP_RESTRICTIONS, vd_draw_restrictions},
                                     {VD_MAP_SITES, vd_draw_sites},
                                     {VD_MAP_BASES, vd_draw_bases}};
  vd_pen pen = vd_pen_start(data, view, options, canvas, drawn);
  run_layers(&pen, steps, sizeof steps / sizeof *steps);
  vd_pen_end(&pen);
}

void vd_map_draw_labels(vd_draw *draw, const vd_map_data *data, const vd_map_view *view,
                        const vd_map_options *options, vd_canvas *canvas, vd_map_drawn *drawn) {
  vd_pen pen = vd_pen_start(data, view, options, canvas, drawn);
  if (vd_pen_on(&pen, VD_MAP_LABELS)) {
    vd_labels *labels = vd_labels_new(pen.arena, draw, (vd_rect){0, 0, view->width_mm, view->height_mm});
    vd_add_labels(&pen, labels);
    vd_labels_place(labels);
    vd_pen_layer(&pen, VD_MAP_LABELS);
    vd_labels_draw(labels, canvas);
    vd_canvas_restore(canvas);
  }
  vd_pen_end(&pen);
}

void vd_map_draw(vd_draw *draw, const vd_map_data *data, const vd_map_view *view,
                 const vd_map_options *options, vd_canvas *canvas, vd_map_drawn *drawn) {
  vd_map_draw_base(data, view, options, canvas, drawn);
  vd_map_draw_overlays(data, view, options, canvas, drawn);
  vd_map_draw_labels(draw, data, view, options, canvas, drawn);
}
