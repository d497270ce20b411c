/* draw_areas: areas, states, threat areas, gaps, proximity zones, response times.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/legend.h"

void vd_draw_areas(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_AREA];
  vd_stroke halo = pen->style->area.outline;
  halo = (vd_stroke){
      .width_mm = halo.width_mm * 2.6, .color = vd_rgba_fade(VD_WHITE, 0.5), .join = VD_JOIN_ROUND};
  for (int pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < things->n; i++) {
      if (!vd_pen_shows(pen, &things->items[i])) continue;
      vd_path path = vd_pen_path(pen, &things->items[i].shape);
      if (path.n_parts == 0) continue;
      vd_canvas_stroke(pen->canvas, path, pass == 0 ? &halo : &pen->style->area.outline);
      vd_drawn_add(pen->drawn, VD_ITEM_AREA0 + things->items[i].cls);
    }
  }
  vd_path path = vd_pen_path(pen, &pen->data->area);
  if (path.n_parts == 0) return;
  vd_stroke edge = {.width_mm = 0.9 * pen->style->size, .color = vd_rgba_fade(pen->style->faint_ink, 0.35)};
  vd_canvas_stroke(pen->canvas, path, &edge);
  edge = (vd_stroke){.width_mm = 0.3 * pen->style->size, .color = pen->style->faint_ink};
  vd_canvas_stroke(pen->canvas, path, &edge);
  vd_drawn_add(pen->drawn, VD_ITEM_AREA_OF_INTEREST);
}

void vd_draw_states(vd_pen *pen) {
  const struct vd_map_states *states = pen->options->states;
  if (!states) states = &pen->data->states;
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++)
    if (vd_pen_area(pen, &states->shape[s], &pen->style->state[s]))
      vd_drawn_add(pen->drawn, VD_ITEM_STATE0 + s);
}

void vd_draw_response(vd_pen *pen) {
  for (int k = VD_MAP_RESPONSE_LEVELS - 1; k >= 0; k--) {
    vd_path path = vd_pen_path(pen, &pen->data->response[k]);
    if (path.n_parts == 0) continue;
    double s = pen->style->size, width = (0.55 - 0.1 * k) * s;
    vd_stroke stroke = {
        .width_mm = width, .color = vd_rgba_fade(pen->style->accent, 0.85), .join = VD_JOIN_ROUND};
    if (k > 0) stroke.n_dashes = 2, stroke.dash_mm[0] = (3.2 - 0.8 * k) * s, stroke.dash_mm[1] = 0.8 * s;
    vd_canvas_stroke(pen->canvas, path, &stroke);
    vd_drawn_add(pen->drawn, VD_ITEM_RESPONSE0 + k);
  }
}

/* The outline, a band along its inner side, and, where no states are shown, a hatch over all of it. */
static void draw_threat(vd_pen *pen, const vd_thing *threat, bool hatched) {
  const vd_area_style *style = &pen->style->threat[threat->cls];
  vd_path path = vd_pen_path(pen, &threat->shape);
  if (path.n_parts == 0) return;
  vd_canvas_save(pen->canvas);
  vd_canvas_clip(pen->canvas, path, VD_RULE_EVENODD);
  vd_stroke band = {.width_mm = 4.4 * pen->style->size, .color = style->fill, .join = VD_JOIN_ROUND};
  vd_canvas_stroke(pen->canvas, path, &band);
  vd_canvas_restore(pen->canvas);
  if (hatched) {
    vd_hatch hatch = vd_pen_hatch(pen, style->hatch);
    vd_canvas_hatch(pen->canvas, path, VD_RULE_EVENODD, &hatch);
  }
  vd_stroke rim = {.width_mm = style->outline.width_mm + 0.5 * pen->style->size,
                   .color = vd_rgba_fade(VD_WHITE, 0.7),
                   .join = VD_JOIN_ROUND};
  vd_canvas_stroke(pen->canvas, path, &rim);
  vd_canvas_stroke(pen->canvas, path, &style->outline);
  vd_drawn_add(pen->drawn, VD_ITEM_THREAT0 + threat->cls);
}

void vd_draw_threats(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_THREAT_AREA];
  bool states = pen->data->has_study && vd_pen_on(pen, VD_MAP_STATES);
  for (int32_t priority = VD_WATCH; priority < VD_PRIORITY_COUNT; priority++)
    for (size_t i = 0; i < things->n; i++)
      if (things->items[i].cls == priority && vd_pen_shows(pen, &things->items[i]))
        draw_threat(pen, &things->items[i], !states);
}

void vd_draw_gaps(vd_pen *pen) {
  vd_stroke rim = pen->style->gap.outline;
  rim.width_mm *= 2.1, rim.color = vd_rgba_fade(VD_WHITE, 0.85);
  for (size_t i = pen->data->n_gaps; i-- > 0;) {
    vd_path path = vd_pen_path(pen, &pen->data->gaps[i].shape);
    if (path.n_parts == 0) continue;
    vd_canvas_stroke(pen->canvas, path, &rim);
    vd_canvas_stroke(pen->canvas, path, &pen->style->gap.outline);
    vd_drawn_add(pen->drawn, VD_ITEM_GAP);
  }
}

void vd_draw_proximity(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_BASE];
  for (size_t i = 0; i < things->n; i++) {
    const vd_thing *base = &things->items[i];
    if (base->ring.n_points == 0 || !vd_pen_shows(pen, base)) continue;
    if (vd_pen_area(pen, &base->ring, &pen->style->proximity)) vd_drawn_add(pen->drawn, VD_ITEM_PROXIMITY);
  }
}
