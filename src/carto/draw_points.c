/* draw_points: restrictions, incidents, sites and bases.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/legend.h"

static void draw_restriction_line(vd_pen *pen, const vd_thing *restriction) {
  vd_path path = vd_pen_path(pen, &restriction->shape);
  if (path.n_parts == 0) return;
  double s = pen->style->size;
  vd_rgba red = pen->style->restriction.outline.color;
  vd_stroke under = {.width_mm = 1.5 * s, .color = red, .cap = VD_CAP_BUTT, .join = VD_JOIN_ROUND};
  vd_stroke over = {.width_mm = 1.0 * s, .color = VD_WHITE, .n_dashes = 2, .dash_mm = {1.1 * s, 1.1 * s}};
  vd_canvas_stroke(pen->canvas, path, &under);
  vd_canvas_stroke(pen->canvas, path, &over);
  vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_LINE);
}

static void draw_restriction(vd_pen *pen, const vd_thing *restriction) {
  double x, y, r = 1.25 * pen->symbol;
  if (restriction->shape.type == VD_GEOM_POLYGON &&
      vd_pen_area(pen, &restriction->shape, &pen->style->restriction))
    vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_AREA);
  if (restriction->shape.type == VD_GEOM_LINE) draw_restriction_line(pen, restriction);
  if (!vd_pen_place(pen, &restriction->shape, &x, &y)) return;
  vd_symbol_restriction(pen->canvas, pen->style, x, y, r, restriction->cls);
  vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION0 + restriction->cls);
}

/* Areas and lines below points, reports without effect below those that block. */
void vd_draw_restrictions(vd_pen *pen) {
  static const int32_t order[] = {VD_EFFECT_NONE, VD_EFFECT_DELAY, VD_EFFECT_SLOW, VD_EFFECT_BLOCK};
  const vd_things *things = &pen->data->things[VD_KIND_RESTRICTION];
  for (int points = 0; points < 2; points++)
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
      for (size_t i = 0; i < things->n; i++) {
        const vd_thing *restriction = &things->items[i];
        bool point = restriction->shape.type == VD_GEOM_POINT;
        if (restriction->cls == order[k] && point == (points == 1) && vd_pen_shows(pen, restriction))
          draw_restriction(pen, restriction);
      }
}

void vd_draw_incidents(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_INCIDENT];
  for (int fatal = 0; fatal < 2; fatal++) {
    for (size_t i = 0; i < things->n; i++) {
      double x, y;
      const vd_thing *incident = &things->items[i];
      if ((incident->value > 0) != (fatal == 1) || !vd_pen_shows(pen, incident)) continue;
      if (!vd_pen_place(pen, &incident->shape, &x, &y)) continue;
      vd_symbol_incident(pen->canvas, pen->style, x, y, 0.8 * pen->symbol, fatal == 1);
      vd_drawn_add(pen->drawn, fatal ? VD_ITEM_INCIDENT_FATAL : VD_ITEM_INCIDENT);
    }
  }
}

void vd_draw_sites(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_SITE];
  for (size_t i = things->n; i-- > 0;) {
    double x, y;
    const vd_thing *site = &things->items[i];
    if (!vd_pen_shows(pen, site) || !vd_pen_place(pen, &site->shape, &x, &y)) continue;
    vd_symbol_site(pen->canvas, pen->style, x, y, 1.5 * pen->symbol, site->cls);
    vd_drawn_add(pen->drawn, VD_ITEM_SITE0 + site->cls);
  }
}

void vd_draw_bases(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_BASE];
  for (size_t i = things->n; i-- > 0;) {
    double x, y;
    const vd_thing *base = &things->items[i];
    if (!vd_pen_shows(pen, base) || !vd_pen_place(pen, &base->shape, &x, &y)) continue;
    vd_rgba color = base->sub >= 0 ? pen->data->actors[base->sub].color : pen->style->accent;
    vd_symbol_base(pen->canvas, pen->style, x, y, 2.1 * pen->symbol, base->cls, color);
    vd_drawn_add(pen->drawn, VD_ITEM_BASE0 + base->cls);
  }
}
