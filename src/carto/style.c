/* style: the table of colours, patterns and sizes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/carto/style.h"

#include <string.h>

static vd_stroke line(double width, vd_rgba color) {
  return (vd_stroke){.width_mm = width, .color = color, .cap = VD_CAP_ROUND, .join = VD_JOIN_ROUND};
}

static vd_stroke dashed(double width, vd_rgba color, double on, double off) {
  vd_stroke stroke = line(width, color);
  stroke.cap = VD_CAP_BUTT;
  stroke.n_dashes = 2;
  stroke.dash_mm[0] = on, stroke.dash_mm[1] = off;
  return stroke;
}

static vd_hatch hatch(vd_hatch_kind kind, double angle, double spacing, double width, vd_rgba color) {
  return (vd_hatch){
      .kind = kind, .angle_deg = angle, .spacing_mm = spacing, .width_mm = width, .color = color};
}

/* Coverage of one kind over cells: a colour with its pattern in a darker tone, or the pattern alone. */
static vd_area_style cover_style(const vd_style *s, vd_rgba color, vd_hatch pattern) {
  vd_area_style style = {.fill = s->bw ? VD_CLEAR : vd_rgba_fade(color, 0.58), .hatch = pattern};
  if (!s->bw) {
    style.hatch.color = vd_rgba_fade(vd_rgba_mix(color, VD_BLACK, 0.4), 0.5);
    style.hatch.width_mm *= 0.75;
    style.hatch.spacing_mm *= 1.4;
  }
  style.outline = line(0.12, s->bw ? pattern.color : vd_rgba_mix(color, VD_BLACK, 0.35));
  return style;
}

/* Okabe and Ito's bluish green, yellow, reddish purple and vermilion, and four patterns that need no colour. */
static void make_states(vd_style *s) {
  vd_rgba ink = VD_RGB(0x30, 0x30, 0x30);
  vd_rgba c[VD_STATE_COUNT] = {VD_CLEAR, VD_RGB(0x00, 0x9e, 0x73), VD_RGB(0xf0, 0xd0, 0x2c),
                               VD_RGB(0xb7, 0x5b, 0x9c), VD_RGB(0xd5, 0x4a, 0x00)};
  vd_hatch pattern[VD_STATE_COUNT] = {{0},
                                      hatch(VD_HATCH_DOTS, 0, 1.8, 0.35, ink),
                                      hatch(VD_HATCH_LINES, 0, 1.5, 0.16, ink),
                                      hatch(VD_HATCH_LINES, 90, 1.1, 0.16, ink),
                                      hatch(VD_HATCH_CROSS, 45, 1.1, 0.20, ink)};
  for (int k = VD_COVERED; k < VD_STATE_COUNT; k++) s->state[k] = cover_style(s, c[k], pattern[k]);
}

/* What is covered and what is not looks as among the states. Maybe is between them: their yellow, paler, since blue would be taken
 * for water, in standing lines, since slanting ones would be lost beside the crossed ones. */
static void make_certainty(vd_style *s) {
  vd_rgba ink = VD_RGB(0x30, 0x30, 0x30);
  s->certainty[VD_SURELY_COVERED] = s->state[VD_COVERED];
  s->certainty[VD_MAYBE_COVERED] =
      cover_style(s, VD_RGB(0xf0, 0xe4, 0x42), hatch(VD_HATCH_LINES, 90, 1.3, 0.2, ink));
  s->certainty[VD_NOT_COVERED] = s->state[VD_UNCOVERED];
}

/* What changed is strong: Okabe and Ito's blue for gained, vermilion for lost. What did not is pale. */
static void make_covers(vd_style *s) {
  vd_rgba ink = VD_RGB(0x30, 0x30, 0x30);
  vd_rgba c[VD_COVER_COUNT] = {VD_CLEAR,
                               VD_RGB(0x8f, 0xc1, 0xb0),
                               VD_RGB(0x00, 0x72, 0xb2),
                               VD_RGB(0xd5, 0x4a, 0x00),
                               VD_RGB(0xb0, 0xa8, 0xa0),
                               VD_RGB(0xcc, 0x79, 0xa7),
                               VD_RGB(0xe6, 0xd9, 0x8a)};
  vd_hatch pattern[VD_COVER_COUNT] = {{0},
                                      hatch(VD_HATCH_DOTS, 0, 2.6, 0.25, ink),
                                      hatch(VD_HATCH_LINES, 45, 1.2, 0.30, ink),
                                      hatch(VD_HATCH_CROSS, 45, 1.1, 0.30, ink),
                                      hatch(VD_HATCH_LINES, 0, 2.4, 0.12, ink),
                                      hatch(VD_HATCH_LINES, 90, 1.4, 0.18, ink),
                                      hatch(VD_HATCH_LINES, 90, 3.0, 0.12, ink)};
  for (int k = VD_COVER_NONE + 1; k < VD_COVER_COUNT; k++) {
    bool strong = k == VD_COVER_GAINED || k == VD_COVER_LOST;
    s->cover[k].fill = s->bw ? VD_CLEAR : vd_rgba_fade(c[k], strong ? 0.72 : 0.5);
    s->cover[k].hatch = pattern[k];
    if (!s->bw) {
      s->cover[k].hatch.color = vd_rgba_fade(vd_rgba_mix(c[k], VD_BLACK, 0.4), 0.5);
      s->cover[k].hatch.width_mm *= 0.6;
      s->cover[k].hatch.spacing_mm *= 1.4;
    }
    s->cover[k].outline = line(strong ? 0.2 : 0.1, s->bw ? ink : vd_rgba_mix(c[k], VD_BLACK, 0.35));
  }
}

static void make_threats(vd_style *s) {
  static const double angle[VD_PRIORITY_COUNT] = {0, 135, 90, 45};
  static const double spacing[VD_PRIORITY_COUNT] = {4, 3.2, 2.6, 2};
  static const double width[VD_PRIORITY_COUNT] = {0.35, 0.45, 0.6, 0.8};
  vd_rgba c[VD_PRIORITY_COUNT] = {VD_RGB(0x6b, 0x6b, 0x6b), VD_RGB(0x8a, 0x5a, 0x2b),
                                  VD_RGB(0xa8, 0x37, 0x1f), VD_RGB(0x8c, 0x10, 0x2e)};
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    vd_rgba color = s->bw ? VD_BLACK : c[p];
    s->threat[p].fill = vd_rgba_fade(color, s->bw ? 0.10 : 0.16); /* a band along the inside of the edge */
    s->threat[p].hatch = hatch(VD_HATCH_LINES, angle[p], spacing[p], 0.14, vd_rgba_fade(color, 0.5));
    s->threat[p].outline = dashed(width[p], color, 3.2 - 0.5 * p, 0.5 + 0.35 * (VD_MUST - p));
    if (p == VD_MUST) s->threat[p].outline = line(width[p], color);
  }
}

static void make_roads(vd_style *s) {
  vd_rgba rim = VD_RGB(0x7d, 0x6a, 0x4a), pale = VD_RGB(0xff, 0xff, 0xff), brown = VD_RGB(0x8a, 0x6f, 0x4d);
  vd_road_style road[VD_ROAD_CLASS_COUNT] = {
      [VD_ROAD_MOTORWAY] = {1.00, 0.16, VD_RGB(0xf2, 0xb7, 0x5a), rim, 0},
      [VD_ROAD_TRUNK] = {0.85, 0.15, VD_RGB(0xf4, 0xc6, 0x72), rim, 0},
      [VD_ROAD_PRIMARY] = {0.75, 0.14, VD_RGB(0xf7, 0xd6, 0x92), rim, 0},
      [VD_ROAD_SECONDARY] = {0.58, 0.12, VD_RGB(0xfb, 0xec, 0xc0), rim, 0},
      [VD_ROAD_TERTIARY] = {0.44, 0.11, pale, rim, 0},
      [VD_ROAD_UNCLASSIFIED] = {0.30, 0.10, pale, rim, 0},
      [VD_ROAD_RESIDENTIAL] = {0.28, 0.09, pale, rim, 0},
      [VD_ROAD_SERVICE] = {0.16, 0, VD_RGB(0x9a, 0x90, 0x82), VD_CLEAR, 0},
      [VD_ROAD_TRACK] = {0.22, 0, brown, VD_CLEAR, 1.4},
      [VD_ROAD_PATH] = {0.18, 0, brown, VD_CLEAR, 0.6},
      [VD_ROAD_STEPS] = {0.18, 0, brown, VD_CLEAR, 0.3},
      [VD_ROAD_FERRY] = {0.26, 0, VD_RGB(0x2f, 0x6f, 0xa8), VD_CLEAR, 1.0},
  };
  memcpy(s->road, road, sizeof road);
  for (int k = 0; s->bw && k < VD_ROAD_CLASS_COUNT; k++) {
    s->road[k].casing = s->road[k].casing == VD_CLEAR ? VD_CLEAR : VD_RGB(0x50, 0x50, 0x50);
    s->road[k].color = s->road[k].casing == VD_CLEAR ? VD_RGB(0x50, 0x50, 0x50) : VD_WHITE;
  }
}

static void make_actors(vd_style *s) {
  vd_rgba c[VD_ACTOR_KIND_COUNT] = {
      [VD_ACTOR_UN_MILITARY] = VD_RGB(0x0b, 0x4f, 0x9e),
      [VD_ACTOR_UN_POLICE] = VD_RGB(0x17, 0x8a, 0xc4),
      [VD_ACTOR_CIVILIAN] = VD_RGB(0x1b, 0x7f, 0x5c),
      [VD_ACTOR_HOST_STATE] = VD_RGB(0x6a, 0x5a, 0x2e),
      [VD_ACTOR_PARALLEL_FORCE] = VD_RGB(0x7a, 0x4a, 0x8c),
      [VD_ACTOR_HUMANITARIAN] = VD_RGB(0x2f, 0x7f, 0x7f),
      [VD_ACTOR_COMMUNITY] = VD_RGB(0x9a, 0x6a, 0x1c),
      [VD_ACTOR_ARMED_GROUP] = VD_RGB(0x44, 0x44, 0x44),
  };
  memcpy(s->actor, c, sizeof c);
}

static void make_areas(vd_style *s) {
  vd_rgba red = s->bw ? VD_BLACK : VD_RGB(0xb0, 0x10, 0x30),
          blue = s->bw ? VD_BLACK : VD_RGB(0x0b, 0x4f, 0x9e);
  vd_rgba grey = s->bw ? VD_RGB(0x40, 0x40, 0x40) : VD_RGB(0x6d, 0x5c, 0x7a);
  s->area = (vd_area_style){.outline = dashed(0.4, grey, 2.6, 0.9)};
  s->area.outline.n_dashes = 4;
  s->area.outline.dash_mm[2] = 0.5, s->area.outline.dash_mm[3] = 0.9;
  s->gap = (vd_area_style){.outline = line(0.7, s->bw ? VD_BLACK : VD_RGB(0x24, 0x12, 0x2e))};
  s->proximity = (vd_area_style){.fill = vd_rgba_fade(blue, s->bw ? 0 : 0.14), .outline = line(0.25, blue)};
  s->restriction = (vd_area_style){.fill = vd_rgba_fade(red, s->bw ? 0 : 0.08),
                                   .hatch = hatch(VD_HATCH_CROSS, 45, 2.4, 0.14, vd_rgba_fade(red, 0.7)),
                                   .outline = dashed(0.4, red, 1.2, 0.8)};
  s->spread = (vd_area_style){.hatch = hatch(VD_HATCH_DOTS, 0, 1.4, 0.34, vd_rgba_fade(red, 0.5)),
                              .outline = dashed(0.2, vd_rgba_fade(red, 0.7), 0.4, 0.8)};
  vd_rgba dim = VD_RGB(0x75, 0x75, 0x75);
  s->unknown = (vd_area_style){.fill = vd_rgba_fade(dim, s->bw ? 0 : 0.08),
                               .hatch = hatch(VD_HATCH_LINES, 45, 2.4, 0.14, vd_rgba_fade(dim, 0.7)),
                               .outline = dashed(0.4, dim, 1.2, 0.8)};
  vd_rgba accent = s->bw ? VD_BLACK : VD_RGB(0x0b, 0x4f, 0x9e);
  s->row[0] = (vd_area_style){.hatch = hatch(VD_HATCH_LINES, 20, 2.2, 0.14, vd_rgba_fade(accent, 0.55)),
                              .outline = dashed(0.45, accent, 2.2, 0.9)};
  s->row[1] = (vd_area_style){.hatch = hatch(VD_HATCH_CROSS, 20, 2.8, 0.14, vd_rgba_fade(red, 0.55)),
                              .outline = line(0.55, red)};
  s->selected =
      (vd_area_style){.fill = VD_RGB(0xff, 0xff, 0xff), .outline = line(0.9, VD_RGB(0xe0, 0x00, 0x9a))};
}

static void scale_stroke(vd_stroke *stroke, double size) {
  stroke->width_mm *= size;
  for (int k = 0; k < stroke->n_dashes; k++) stroke->dash_mm[k] *= size;
}

static void scale_area(vd_area_style *area, double size) {
  area->hatch.spacing_mm *= size;
  area->hatch.width_mm *= size;
  scale_stroke(&area->outline, size);
}

static void scale_all(vd_style *s, double size) {
  vd_area_style *single[] = {&s->area,   &s->gap,     &s->proximity, &s->restriction, &s->selected,
                             &s->spread, &s->unknown, &s->row[0],    &s->row[1]};
  for (size_t i = 0; i < sizeof single / sizeof *single; i++) scale_area(single[i], size);
  for (int k = 0; k < VD_STATE_COUNT; k++) scale_area(&s->state[k], size);
  for (int k = 0; k < VD_COVER_COUNT; k++) scale_area(&s->cover[k], size);
  for (int k = 0; k < VD_CERTAINTY_COUNT; k++) scale_area(&s->certainty[k], size);
  for (int k = 0; k < VD_PRIORITY_COUNT; k++) scale_area(&s->threat[k], size);
  for (int k = 0; k < VD_ROAD_CLASS_COUNT; k++) {
    s->road[k].width_mm *= size;
    s->road[k].casing_mm *= size;
    s->road[k].dash_mm *= size;
  }
}

vd_style vd_style_make(bool bw, double size) {
  vd_style s = {.bw = bw, .size = size, .text_mm = 2.5 * size};
  s.paper = bw ? VD_WHITE : VD_RGB(0xf4, 0xf1, 0xe6);
  s.ink = bw ? VD_BLACK : VD_RGB(0x22, 0x26, 0x2b);
  s.faint_ink = bw ? VD_RGB(0x40, 0x40, 0x40) : VD_RGB(0x5b, 0x63, 0x6b);
  s.halo = vd_rgba_fade(VD_WHITE, 0.82);
  s.accent = bw ? VD_BLACK : VD_RGB(0x0b, 0x4f, 0x9e);
  s.water = bw ? VD_RGB(0xd8, 0xd8, 0xd8) : VD_RGB(0xab, 0xcf, 0xe6);
  s.water_line = bw ? VD_RGB(0x6a, 0x6a, 0x6a) : VD_RGB(0x5b, 0x9b, 0xc6);
  s.wetland = bw ? VD_RGB(0x80, 0x80, 0x80) : VD_RGB(0x6a, 0xa5, 0xb5);
  s.frame = s.ink;
  s.response = bw ? VD_BLACK : VD_RGB(0x6a, 0x1f, 0x8a);
  make_roads(&s);
  make_states(&s);
  make_covers(&s);
  make_certainty(&s);
  make_threats(&s);
  make_actors(&s);
  make_areas(&s);
  scale_all(&s, size);
  return s;
}
