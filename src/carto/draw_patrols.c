/* draw_patrols: routes side by side where they share a road, with arrows and stops.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"

static const double LANE_MM = 0.85, ARROW_EVERY_MM = 28;

/* The points moved `by` mm to the right of the direction of travel; sharp corners are cut. */
static double *moved_aside(vd_arena *arena, const double *xy, int32_t n, double by) {
  double *out = VD_NEW_ARRAY(arena, double, 2 * n);
  for (int32_t i = 0; i < n; i++) {
    const double *before = xy + 2 * (i > 0 ? i - 1 : i), *here = xy + 2 * i,
                 *after = xy + 2 * (i + 1 < n ? i + 1 : i);
    double ax = here[0] - before[0], ay = here[1] - before[1], bx = after[0] - here[0],
           by2 = after[1] - here[1];
    double a = hypot(ax, ay), b = hypot(bx, by2);
    double tx = (a > 0 ? ax / a : 0) + (b > 0 ? bx / b : 0),
           ty = (a > 0 ? ay / a : 0) + (b > 0 ? by2 / b : 0);
    double t = hypot(tx, ty);
    out[2 * i] = here[0] + (t > 0.3 ? -ty / t * by : 0);
    out[2 * i + 1] = here[1] + (t > 0.3 ? tx / t * by : 0);
  }
  return out;
}

static void draw_arrow(vd_pen *pen, const double *a, double length, double along, vd_rgba color) {
  double s = pen->style->size, t = along / length;
  double heading = atan2(a[3] - a[1], a[2] - a[0]) * 180 / acos(-1);
  double x = a[0] + t * (a[2] - a[0]), y = a[1] + t * (a[3] - a[1]);
  vd_path head = vd_path_arrowhead(vd_canvas_arena(pen->canvas), x, y, heading, 2.0 * s, 1.6 * s);
  vd_canvas_stroke(pen->canvas, head,
                   &(vd_stroke){.width_mm = 0.5 * s, .color = VD_WHITE, .join = VD_JOIN_ROUND});
  vd_canvas_fill(pen->canvas, head, VD_RULE_NONZERO, color);
}

/* An arrow in the middle of a short line, one every ARROW_EVERY_MM of a long one. */
static void draw_arrows(vd_pen *pen, const double *xy, int32_t n, vd_rgba color) {
  double total = 0, every = ARROW_EVERY_MM * pen->style->size, along = 0;
  for (int32_t i = 0; i + 1 < n; i++)
    total += hypot(xy[2 * i + 2] - xy[2 * i], xy[2 * i + 3] - xy[2 * i + 1]);
  if (total < 5 * pen->style->size) return;
  double count = fmax(1, floor(total / every)), step = total / count, next = step / 2;
  for (int32_t i = 0; i + 1 < n; i++) {
    double length = hypot(xy[2 * i + 2] - xy[2 * i], xy[2 * i + 3] - xy[2 * i + 1]);
    while (next <= along + length && length > 0) {
      draw_arrow(pen, xy + 2 * i, length, next - along, color);
      next += step;
    }
    along += length;
  }
}

/* Lanes 0, 1, -1, 2, -2 ... by the order of the actors. */
static double lane_of(const vd_thing *patrol) {
  int32_t k = patrol->sub < 0 ? 0 : patrol->sub % 7;
  return (k % 2 ? 1 : -1) * ((k + 1) / 2) * LANE_MM;
}

static vd_path route_of(vd_pen *pen, const vd_thing *patrol) {
  vd_path path = vd_pen_path(pen, &patrol->shape);
  double *xy = VD_NEW_ARRAY(pen->arena, double, 2 * path.n_points + 2);
  for (int32_t p = 0; p < path.n_parts; p++) {
    int32_t from = path.part_start[p], n = path.part_start[p + 1] - from;
    double *part = moved_aside(pen->arena, path.xy + 2 * from, n, lane_of(patrol) * pen->style->size);
    for (int32_t i = 0; i < 2 * n; i++) xy[2 * from + i] = part[i];
  }
  path.xy = xy;
  return path;
}

static void note_patrol(vd_pen *pen, const vd_thing *patrol) {
  vd_drawn_add(pen->drawn, patrol->sub >= 0 ? VD_ITEM_PATROL0 + patrol->sub : VD_ITEM_PATROL_OTHER);
  vd_drawn_add(pen->drawn, VD_ITEM_PATROL_STATE0 + patrol->cls);
}

static void draw_stops(vd_pen *pen, const vd_thing *patrol, vd_rgba color) {
  double s = pen->style->size;
  for (int32_t i = 0; i < patrol->stops.n_points; i++) {
    double x, y;
    vd_map_view_to_mm(pen->view, patrol->stops.xy_m[2 * i], patrol->stops.xy_m[2 * i + 1], &x, &y);
    if (x < -5 || y < -5 || x > pen->view->width_mm + 5 || y > pen->view->height_mm + 5) continue;
    vd_path dot = vd_path_circle(vd_canvas_arena(pen->canvas), x, y, 0.62 * s);
    vd_canvas_fill(pen->canvas, dot, VD_RULE_NONZERO, VD_WHITE);
    vd_canvas_stroke(pen->canvas, dot, &(vd_stroke){.width_mm = 0.3 * s, .color = color});
  }
}

static void draw_patrol(vd_pen *pen, const vd_thing *patrol, int pass) {
  vd_rgba color = patrol->color ? patrol->color : pen->style->faint_ink;
  vd_path path = route_of(pen, patrol);
  if (path.n_parts == 0) return;
  vd_stroke stroke = vd_symbol_patrol_stroke(pen->style, patrol->cls, patrol->sub, color);
  if (pass == 0) {
    vd_stroke rim = {.width_mm = stroke.width_mm + 0.45 * pen->style->size,
                     .color = vd_rgba_fade(VD_WHITE, 0.75),
                     .join = VD_JOIN_ROUND};
    vd_canvas_stroke(pen->canvas, path, &rim);
    return;
  }
  vd_canvas_stroke(pen->canvas, path, &stroke);
  if (pass == 2) {
    for (int32_t p = 0; p < path.n_parts; p++)
      draw_arrows(pen, path.xy + 2 * path.part_start[p], path.part_start[p + 1] - path.part_start[p],
                  stroke.color);
    draw_stops(pen, patrol, stroke.color);
    note_patrol(pen, patrol);
  }
}

void vd_draw_patrols(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_PATROL];
  for (int pass = 0; pass < 3; pass += 2)
    for (size_t i = 0; i < things->n; i++)
      if (things->items[i].cls != VD_CANCELLED && vd_pen_shows(pen, &things->items[i]))
        draw_patrol(pen, &things->items[i], pass);
}
