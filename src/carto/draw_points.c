/* draw_points: restrictions, incidents, sites and bases.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/legend.h"

/* Whether the state it tells of is known at the time of the map, or to the end of its window. */
static bool is_known(const vd_pen *pen, const vd_thing *restriction) {
  bool all = pen->options->from_s == 0 && pen->options->to_s == 0;
  int64_t from_s = all ? pen->data->from_s : pen->options->from_s,
          to_s = all ? pen->data->to_s : pen->options->to_s;
  int64_t last_s = to_s > from_s ? to_s - 1 : to_s;
  return last_s < restriction->unknown_from_s;
}

static void draw_restriction_line(vd_pen *pen, const vd_thing *restriction, bool known) {
  vd_path path = vd_pen_path(pen, &restriction->shape);
  if (path.n_parts == 0) return;
  double s = pen->style->size;
  vd_rgba color = known ? pen->style->restriction.outline.color : pen->style->unknown.outline.color;
  vd_stroke under = {.width_mm = 1.5 * s, .color = color, .cap = VD_CAP_BUTT, .join = VD_JOIN_ROUND};
  vd_stroke over = {.width_mm = 1.0 * s, .color = VD_WHITE, .n_dashes = 2, .dash_mm = {1.1 * s, 1.1 * s}};
  vd_canvas_stroke(pen->canvas, path, &under);
  vd_canvas_stroke(pen->canvas, path, &over);
  if (known) vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_LINE);
}

static double symbol_size(const vd_pen *pen) {
  return 1.25 * pen->symbol;
}

/* A place known within so much that the symbol does not hold it is drawn as large as that is. */
static bool is_spread(const vd_pen *pen, const vd_thing *restriction) {
  const vd_box *box = &restriction->ring.box;
  return restriction->ring.n_points > 0 &&
         (box->max_x - box->min_x) / 2 * pen->view->mm_per_m > 1.3 * symbol_size(pen);
}

static void draw_spreads(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_RESTRICTION];
  for (size_t i = 0; i < things->n; i++) {
    const vd_thing *restriction = &things->items[i];
    if (is_spread(pen, restriction) && vd_pen_shows(pen, restriction) &&
        vd_pen_area(pen, &restriction->ring, &pen->style->spread))
      vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_SPREAD);
  }
}

static void draw_restriction(vd_pen *pen, const vd_thing *restriction) {
  double x, y, r = symbol_size(pen) * (is_spread(pen, restriction) ? 0.75 : 1);
  bool known = is_known(pen, restriction);
  if (restriction->shape.type == VD_GEOM_POLYGON &&
      vd_pen_area(pen, &restriction->shape, known ? &pen->style->restriction : &pen->style->unknown) && known)
    vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_AREA);
  if (restriction->shape.type == VD_GEOM_LINE) draw_restriction_line(pen, restriction, known);
  if (!vd_pen_place(pen, &restriction->shape, &x, &y)) return;
  vd_symbol_restriction(pen->canvas, pen->style, x, y, r, restriction->cls, known);
  vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION0 + restriction->cls);
  if (!known) vd_drawn_add(pen->drawn, VD_ITEM_RESTRICTION_UNKNOWN);
}

/* Spreads below all, areas and lines below points, reports without effect below those that block. */
void vd_draw_restrictions(vd_pen *pen) {
  static const int32_t order[] = {VD_EFFECT_NONE, VD_EFFECT_DELAY, VD_EFFECT_ESCORT, VD_EFFECT_SLOW,
                                  VD_EFFECT_BLOCK};
  const vd_things *things = &pen->data->things[VD_KIND_RESTRICTION];
  draw_spreads(pen);
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
