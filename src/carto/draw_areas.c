/* draw_areas: areas, states, threat areas, gaps, proximity zones, response times.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "carto/legend.h"

/* Land beyond the area of interest is paled, so that the eye stays inside. */
static void veil_outside(vd_pen *pen, vd_path area) {
  if (pen->data->area.n_points == 0) return;
  double m = 20, w = pen->view->width_mm + m, h = pen->view->height_mm + m;
  double page[8] = {-m, -m, w, -m, w, h, -m, h};
  int32_t n_points = area.n_points + 4;
  double *xy = VD_NEW_ARRAY(pen->arena, double, 2 * n_points);
  int32_t *start = VD_NEW_ARRAY(pen->arena, int32_t, area.n_parts + 2);
  memcpy(xy, page, sizeof page);
  if (area.n_points > 0) memcpy(xy + 8, area.xy, 2 * (size_t)area.n_points * sizeof *xy);
  start[1] = 4;
  for (int32_t p = 0; p < area.n_parts; p++)
    start[p + 2] = area.part_start[p + 1] + 4; /* none when out of sight */
  vd_path all = {
      .xy = xy, .n_points = n_points, .n_parts = area.n_parts + 1, .part_start = start, .closed = true};
  vd_canvas_fill(pen->canvas, all, VD_RULE_EVENODD, vd_rgba_fade(VD_WHITE, 0.5));
}

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
  veil_outside(pen, path);
  if (path.n_parts == 0) return;
  vd_stroke edge = {.width_mm = 0.9 * pen->style->size, .color = vd_rgba_fade(pen->style->faint_ink, 0.35)};
  vd_canvas_stroke(pen->canvas, path, &edge);
  edge = (vd_stroke){.width_mm = 0.3 * pen->style->size, .color = pen->style->faint_ink};
  vd_canvas_stroke(pen->canvas, path, &edge);
  vd_drawn_add(pen->drawn, VD_ITEM_AREA_OF_INTEREST);
}

static const struct vd_map_states *states_of(const vd_pen *pen) {
  return pen->options->states ? pen->options->states : &pen->data->states;
}

/* Changes, certainty and states tell of the same cells: one is drawn. */
static bool tells_certainty(const vd_pen *pen) {
  return !pen->options->cover && vd_pen_on(pen, VD_MAP_CERTAINTY) && states_of(pen)->has_certainty;
}

void vd_draw_certainty(vd_pen *pen) {
  const struct vd_map_states *states = states_of(pen);
  for (int c = 0; c < VD_CERTAINTY_COUNT && tells_certainty(pen); c++)
    if (vd_pen_area(pen, &states->certainty[c], &pen->style->certainty[c]))
      vd_drawn_add(pen->drawn, VD_ITEM_CERTAINTY0 + c);
}

/* What changed is told over what did not. */
static void draw_cover(vd_pen *pen) {
  static const vd_cover_change order[] = {VD_COVER_STILL, VD_COVER_LACKED, VD_COVER_GONE,
                                          VD_COVER_NEW,   VD_COVER_GAINED, VD_COVER_LOST};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    if (vd_pen_area(pen, &pen->options->cover->shape[order[i]], &pen->style->cover[order[i]]))
      vd_drawn_add(pen->drawn, VD_ITEM_COVER0 + (int)order[i]);
}

void vd_draw_states(vd_pen *pen) {
  const struct vd_map_states *states = states_of(pen);
  if (pen->options->cover) {
    draw_cover(pen);
    return;
  }
  if (tells_certainty(pen)) return;
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
        .width_mm = width, .color = vd_rgba_fade(pen->style->response, 0.85), .join = VD_JOIN_ROUND};
    if (k > 0) stroke.n_dashes = 2, stroke.dash_mm[0] = (3.2 - 0.8 * k) * s, stroke.dash_mm[1] = 0.8 * s;
    vd_canvas_stroke(pen->canvas, path, &stroke);
    vd_drawn_add(pen->drawn, VD_ITEM_RESPONSE0 + k);
  }
}

static void draw_band(vd_pen *pen, vd_path path, vd_rgba color) {
  vd_stroke band = {.width_mm = 4.4 * pen->style->size, .color = color, .join = VD_JOIN_ROUND};
  vd_canvas_save(pen->canvas);
  vd_canvas_clip(pen->canvas, path, VD_RULE_EVENODD);
  vd_canvas_stroke(pen->canvas, path, &band);
  vd_canvas_restore(pen->canvas);
}

/* The outline; where no states are shown also a hatch and a band along the inner side. */
static void draw_threat(vd_pen *pen, const vd_thing *threat, bool hatched) {
  const vd_area_style *style = &pen->style->threat[threat->cls];
  vd_path path = vd_pen_path(pen, &threat->shape);
  if (path.n_parts == 0) return;
  if (hatched) {
    vd_hatch hatch = vd_pen_hatch(pen, style->hatch);
    vd_canvas_hatch(pen->canvas, path, VD_RULE_EVENODD, &hatch);
  }
  if (hatched) draw_band(pen, path, style->fill);
  vd_stroke rim = {.width_mm = style->outline.width_mm + 0.3 * pen->style->size,
                   .color = vd_rgba_fade(VD_WHITE, 0.7),
                   .join = VD_JOIN_ROUND};
  vd_canvas_stroke(pen->canvas, path, &rim);
  vd_canvas_stroke(pen->canvas, path, &style->outline);
  vd_drawn_add(pen->drawn, VD_ITEM_THREAT0 + threat->cls);
}

void vd_draw_threats(vd_pen *pen) {
  const vd_things *things = &pen->data->things[VD_KIND_THREAT_AREA];
  bool states = tells_certainty(pen) ||
                ((pen->data->has_study || pen->options->cover) && vd_pen_on(pen, VD_MAP_STATES));
  for (int32_t priority = VD_WATCH; priority < VD_PRIORITY_COUNT; priority++)
    for (size_t i = 0; i < things->n; i++)
      if (things->items[i].cls == priority && vd_pen_shows(pen, &things->items[i]))
        draw_threat(pen, &things->items[i], !states);
}

/* The line runs along the inner side of the edge, so that a threat area's own line beside it stays to be seen. */
static void draw_gap(vd_pen *pen, vd_path path, bool light) {
  vd_stroke line = pen->style->gap.outline, rim = line;
  line.width_mm *= light ? 0.8 : 2;
  rim.width_mm = line.width_mm * 1.6, rim.color = vd_rgba_fade(VD_WHITE, 0.8);
  vd_canvas_save(pen->canvas);
  vd_canvas_clip(pen->canvas, path, VD_RULE_EVENODD);
  if (!light) vd_canvas_stroke(pen->canvas, path, &rim);
  vd_canvas_stroke(pen->canvas, path, &line);
  vd_canvas_restore(pen->canvas);
  vd_drawn_add(pen->drawn, VD_ITEM_GAP);
}

/* A gap that holds less than a hundredth of the weight gets a thin line without a rim. */
void vd_draw_gaps(vd_pen *pen) {
  double all = 0;
  for (size_t i = 0; i < pen->data->n_gaps; i++) all += pen->data->gaps[i].weighted;
  for (size_t i = pen->data->n_gaps; i-- > 0;) {
    vd_path path = vd_pen_path(pen, &pen->data->gaps[i].shape);
    if (path.n_parts > 0) draw_gap(pen, path, pen->data->gaps[i].weighted * 100 < all);
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
