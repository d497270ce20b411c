/* symbol: the point symbols and road lines, drawn as paths so that no drawing file can be missing.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"

static void disc(vd_canvas *canvas, double x, double y, double r, vd_rgba fill, double rim,
                 vd_rgba rim_color) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_path path = vd_path_circle(arena, x, y, r);
  vd_canvas_fill(canvas, path, VD_RULE_NONZERO, fill);
  if (rim > 0) vd_canvas_stroke(canvas, path, &(vd_stroke){.width_mm = rim, .color = rim_color});
}

static void letters(vd_canvas *canvas, const char *text, double x, double y, double size, vd_rgba color) {
  vd_canvas_text(
      canvas, &(vd_text_run){.text = text,
                             .style = {.size_mm = size, .face = VD_FACE_BOLD, .direction = VD_DIRECTION_LTR},
                             .x = x,
                             .y = y,
                             .anchor_x = VD_ANCHOR_CENTRE,
                             .anchor_y = VD_ANCHOR_MIDDLE,
                             .color = color});
}

/* The abbreviation on the symbol, as units write it. */
static const char *const base_code[16] = {"MHQ", "FHQ", "SHQ", "BN",  "COB", "TOB", "MOB", "PB",
                                          "SCD", "FPU", "TS",  "PER", "CP",  "AF",  "HF",  "B"};

void vd_symbol_base(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                    int32_t base_class, vd_rgba color) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_rgba fill = style->bw ? VD_BLACK : color;
  bool headquarters = base_class <= 3, passing = base_class == 5 || base_class == 6 || base_class == 8;
  double grow = headquarters ? 1.15 : 1, w = r * 1.22 * grow, h = r * 0.68 * grow;
  vd_path plate = vd_path_round_rect(arena, x - w, y - h, 2 * w, 2 * h, r * 0.3);
  vd_canvas_stroke(canvas, plate,
                   &(vd_stroke){.width_mm = r * 0.42, .color = VD_WHITE, .join = VD_JOIN_ROUND});
  vd_canvas_fill(canvas, plate, VD_RULE_NONZERO, passing ? VD_WHITE : fill);
  vd_stroke rim = {.width_mm = r * 0.2, .color = fill, .join = VD_JOIN_ROUND};
  vd_canvas_stroke(canvas, plate, &rim);
  if (headquarters) { /* the staff's flag pole of military maps */
    vd_canvas_line(canvas, x - w, y, x - w, y + h + r * 0.6, r * 0.45, VD_WHITE);
    vd_canvas_line(canvas, x - w, y, x - w, y + h + r * 0.6, r * 0.2, fill);
  }
  int32_t code = base_class >= 0 && base_class < 15 ? base_class : 15;
  letters(canvas, base_code[code], x, y, r * 1.02, passing ? fill : VD_WHITE);
}

static void site_cross(vd_canvas *canvas, double x, double y, double r, vd_rgba color) {
  vd_canvas_line(canvas, x - r * 0.6, y, x + r * 0.6, y, r * 0.42, color);
  vd_canvas_line(canvas, x, y - r * 0.6, x, y + r * 0.6, r * 0.42, color);
}

static void site_tent(vd_canvas *canvas, double x, double y, double r, vd_rgba color) {
  double xy[6] = {x - r * 0.72, y + r * 0.48, x, y - r * 0.62, x + r * 0.72, y + r * 0.48};
  vd_canvas_fill(canvas, vd_path_points(xy, 3, true), VD_RULE_NONZERO, color);
  double door[6] = {x - r * 0.2, y + r * 0.48, x, y, x + r * 0.2, y + r * 0.48};
  vd_canvas_fill(canvas, vd_path_points(door, 3, true), VD_RULE_NONZERO, VD_WHITE);
}

static void site_waves(vd_canvas *canvas, double x, double y, double r, vd_rgba color) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_stroke stroke = {.width_mm = r * 0.2, .color = color, .cap = VD_CAP_ROUND};
  disc(canvas, x, y, r * 0.2, color, 0, VD_CLEAR);
  for (int side = 0; side < 2; side++) {
    double middle = side ? 180 : 0;
    vd_canvas_stroke(canvas, vd_path_arc(arena, x, y, r * 0.5, middle - 40, middle + 40), &stroke);
    vd_canvas_stroke(canvas, vd_path_arc(arena, x, y, r * 0.8, middle - 38, middle + 38), &stroke);
  }
}

static void site_people(vd_canvas *canvas, double x, double y, double r, vd_rgba color) {
  for (int k = -1; k <= 1; k++) {
    double px = x + k * r * 0.46, py = y + (k == 0 ? -r * 0.12 : r * 0.08);
    disc(canvas, px, py - r * 0.26, r * 0.19, color, 0, VD_CLEAR);
    vd_path body =
        vd_path_round_rect(vd_canvas_arena(canvas), px - r * 0.18, py, r * 0.36, r * 0.5, r * 0.15);
    vd_canvas_fill(canvas, body, VD_RULE_NONZERO, color);
  }
}

/* Humanitarian and civil sites stand in white discs with a teal rim, apart from bases and restrictions. */
void vd_symbol_site(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                    int32_t site_type) {
  vd_rgba teal = style->bw ? VD_BLACK : VD_RGB(0x00, 0x6d, 0x6f);
  disc(canvas, x, y, r * 1.14, VD_WHITE, 0, VD_CLEAR);
  disc(canvas, x, y, r, VD_WHITE, r * 0.18, teal);
  switch (site_type) {
  case 0:
    site_tent(canvas, x, y, r, teal);
    break;
  case 1:
    site_people(canvas, x, y, r, teal);
    break;
  case 2:
    site_waves(canvas, x, y, r, teal);
    break;
  case 3:
    site_cross(canvas, x, y, r, teal);
    break;
  default: {
    static const char *const code[] = {"", "", "", "", "S", "M", "H", "G", "+"};
    letters(canvas, code[site_type >= 4 && site_type < 8 ? site_type : 8], x, y, r * 1.42, teal);
  }
  }
}

int32_t vd_place_size(const vd_thing *settlement) {
  if (settlement->value >= 50000) return VD_PLACE_CITY;
  if (settlement->value >= 10000) return VD_PLACE_TOWN;
  if (settlement->value >= 2000) return VD_PLACE_VILLAGE;
  if (!isnan(settlement->value)) return VD_PLACE_SMALL;
  static const int32_t by_word[] = {VD_PLACE_CITY, VD_PLACE_TOWN, VD_PLACE_VILLAGE, VD_PLACE_SMALL,
                                    VD_PLACE_SMALL};
  return by_word[settlement->cls];
}

double vd_symbol_place_radius(int32_t size) {
  static const double radius[] = {0.38, 0.55, 0.75, 1.0};
  return radius[size];
}

void vd_symbol_place(vd_canvas *canvas, const vd_style *style, double x, double y, double r, int32_t size) {
  disc(canvas, x, y, r * 1.35, vd_rgba_fade(VD_WHITE, 0.85), 0, VD_CLEAR);
  disc(canvas, x, y, r, size >= VD_PLACE_TOWN ? VD_WHITE : style->ink, size >= VD_PLACE_TOWN ? r * 0.4 : 0,
       style->ink);
  if (size == VD_PLACE_CITY) disc(canvas, x, y, r * 0.42, style->ink, 0, VD_CLEAR);
}

/* What a sign on amber shows: a clock's hands, two who go together, a mark of attention. */
static void sign_of(vd_canvas *canvas, double x, double y, double r, int32_t effect, const vd_stroke *ink) {
  if (effect == VD_EFFECT_DELAY) {
    double xy[6] = {x, y - r * 0.5, x, y, x + r * 0.36, y + r * 0.2};
    vd_canvas_stroke(canvas, vd_path_points(xy, 3, false), ink);
  } else if (effect == VD_EFFECT_ESCORT) {
    for (int side = -1; side <= 1; side += 2) {
      disc(canvas, x + side * r * 0.36, y - r * 0.3, r * 0.17, ink->color, 0, VD_CLEAR);
      vd_canvas_line(canvas, x + side * r * 0.36, y - r * 0.02, x + side * r * 0.36, y + r * 0.5, r * 0.26,
                     ink->color);
    }
  } else {
    vd_canvas_line(canvas, x, y - r * 0.5, x, y + r * 0.1, r * 0.22, ink->color);
    disc(canvas, x, y + r * 0.32, r * 0.12, ink->color, 0, VD_CLEAR);
  }
}

/* Shapes, not colours, tell the effects apart: a barred disc, a triangle, a diamond with a clock's hands, a hexagon with two who go
 * together, a ring. */
void vd_symbol_restriction(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                           int32_t effect, bool known) {
  static const int corners[VD_EFFECT_COUNT] = {
      [VD_EFFECT_SLOW] = 3, [VD_EFFECT_DELAY] = 4, [VD_EFFECT_ESCORT] = 6};
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_rgba grey = style->unknown.outline.color;
  vd_rgba red = style->bw ? VD_BLACK : VD_RGB(0xb0, 0x10, 0x30),
          amber = style->bw ? VD_WHITE : VD_RGB(0xf6, 0xc3, 0x3c), dark = VD_BLACK;
  if (!known) red = dark = grey, amber = VD_RGB(0xe6, 0xe6, 0xe6);
  vd_stroke ink = {.width_mm = r * 0.2, .color = dark, .join = VD_JOIN_ROUND, .cap = VD_CAP_ROUND};
  vd_stroke white = {.width_mm = r * 0.5, .color = VD_WHITE, .join = VD_JOIN_ROUND};
  if (effect == VD_EFFECT_BLOCK) {
    disc(canvas, x, y, r * 1.15, VD_WHITE, 0, VD_CLEAR);
    disc(canvas, x, y, r, red, 0, VD_CLEAR);
    vd_canvas_line(canvas, x - r * 0.6, y, x + r * 0.6, y, r * 0.36, VD_WHITE);
    return;
  }
  if (effect == VD_EFFECT_NONE) {
    disc(canvas, x, y, r * 0.7, VD_WHITE, r * 0.25, red);
    return;
  }
  vd_path shape = vd_path_ngon(arena, x, y, r * 1.1, corners[effect], -90);
  vd_canvas_stroke(canvas, shape, &white);
  vd_canvas_fill(canvas, shape, VD_RULE_NONZERO, amber);
  vd_canvas_stroke(canvas, shape, &ink);
  sign_of(canvas, x, y, r, effect, &ink);
}

void vd_symbol_incident(vd_canvas *canvas, const vd_style *style, double x, double y, double r, bool fatal) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_rgba color = style->bw ? VD_BLACK : VD_RGB(0x5b, 0x2a, 0x1e);
  vd_path diamond = vd_path_ngon(arena, x, y, r, 4, -90);
  vd_canvas_stroke(canvas, diamond, &(vd_stroke){.width_mm = r * 0.5, .color = vd_rgba_fade(VD_WHITE, 0.9)});
  vd_canvas_fill(canvas, diamond, VD_RULE_NONZERO, fatal ? color : VD_WHITE);
  vd_canvas_stroke(canvas, diamond, &(vd_stroke){.width_mm = r * 0.28, .color = color});
}

static void crossing_bridge(vd_canvas *canvas, double r, vd_rgba ink) {
  for (int side = -1; side <= 1; side += 2) {
    double y = side * r * 0.5, out = side * r * 0.95;
    double xy[8] = {-r, out, -r * 0.6, y, r * 0.6, y, r, out};
    vd_canvas_stroke(canvas, vd_path_points(xy, 4, false),
                     &(vd_stroke){.width_mm = r * 0.55, .color = vd_rgba_fade(VD_WHITE, 0.9)});
    vd_canvas_stroke(canvas, vd_path_points(xy, 4, false),
                     &(vd_stroke){.width_mm = r * 0.26, .color = ink, .join = VD_JOIN_MITER});
  }
}

static void draw_boat(vd_canvas *canvas, double r, vd_rgba color) {
  double hull[8] = {-r * 0.75, r * 0.15, r * 0.75, r * 0.15, r * 0.45, r * 0.6, -r * 0.45, r * 0.6};
  double cabin[8] = {-r * 0.3, r * 0.05, -r * 0.3, -r * 0.4, r * 0.25, -r * 0.4, r * 0.25, r * 0.05};
  vd_canvas_fill(canvas, vd_path_points(hull, 4, true), VD_RULE_NONZERO, color);
  vd_canvas_fill(canvas, vd_path_points(cabin, 4, true), VD_RULE_NONZERO, color);
}

void vd_symbol_crossing(vd_canvas *canvas, const vd_style *style, double x, double y, double r,
                        int32_t crossing, double heading_deg) {
  vd_canvas_save(canvas);
  vd_canvas_translate(canvas, x, y);
  vd_canvas_rotate(canvas, heading_deg);
  vd_rgba blue = style->bw ? VD_BLACK : VD_RGB(0x1f, 0x5f, 0x9a);
  if (crossing == VD_BRIDGE) crossing_bridge(canvas, r, style->ink);
  if (crossing == VD_FORD) {
    for (int k = -1; k <= 1; k++) {
      vd_canvas_line(canvas, k * r * 0.62, -r, k * r * 0.62, r, r * 0.5, vd_rgba_fade(VD_WHITE, 0.9));
      vd_canvas_line(canvas, k * r * 0.62, -r * 0.9, k * r * 0.62, r * 0.9, r * 0.24, blue);
    }
  }
  if (crossing == VD_FERRY) {
    vd_canvas_rotate(canvas, -heading_deg);
    disc(canvas, 0, 0, r * 1.15, VD_WHITE, r * 0.2, blue);
    draw_boat(canvas, r, blue);
  }
  vd_canvas_restore(canvas);
}

void vd_symbol_road(vd_canvas *canvas, const vd_style *style, vd_path path, int32_t road_class, int pass,
                    double factor) {
  const vd_road_style *road = &style->road[road_class];
  double width = road->width_mm * factor;
  vd_stroke stroke = {.width_mm = width, .color = road->color, .cap = VD_CAP_ROUND, .join = VD_JOIN_ROUND};
  if (pass == 0) {
    if (road->casing_mm <= 0) return;
    stroke.width_mm = width + 2 * road->casing_mm * fmin(factor, 1);
    stroke.color = road->casing;
  } else if (road->dash_mm > 0) {
    stroke.cap = VD_CAP_BUTT;
    stroke.n_dashes = 2;
    stroke.dash_mm[0] = road->dash_mm, stroke.dash_mm[1] = road->dash_mm * 0.55;
  }
  vd_canvas_stroke(canvas, path, &stroke);
}

vd_stroke vd_symbol_patrol_stroke(const vd_style *style, int32_t patrol_state, int32_t actor, vd_rgba color) {
  static const double width[] = {1, 0.5, 1.6, 0.8, 1.4, 0.5};
  static const uint8_t grey[] = {0, 0, 0, 0x78, 0x78, 0x78};
  int32_t k = actor < 0 ? 0 : actor % 6;
  double s = style->size;
  vd_stroke stroke = {.width_mm = 0.62 * s, .color = color, .join = VD_JOIN_ROUND, .cap = VD_CAP_ROUND};
  if (style->bw) {
    stroke.width_mm *= width[k];
    stroke.color = VD_RGB(grey[k], grey[k], grey[k]);
  }
  if (patrol_state == VD_EXECUTED) return stroke;
  stroke.cap = VD_CAP_BUTT;
  stroke.n_dashes = 2;
  stroke.dash_mm[0] = (patrol_state == VD_OBSTRUCTED ? 0.5 : patrol_state == VD_APPROVED ? 3.2 : 1.9) * s;
  stroke.dash_mm[1] = 0.9 * s;
  return stroke;
}
