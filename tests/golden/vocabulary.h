/* vocabulary: a canvas that uses every operation once, shared by the tests of draw.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_VOCABULARY_H
#define VEDETTE_TESTS_VOCABULARY_H

#include "vedette/draw/canvas.h"

enum { VOCABULARY_WIDTH_MM = 180, VOCABULARY_HEIGHT_MM = 130 };

static inline void vocabulary_label(vd_canvas *c, double x, double y, const char *text) {
  vd_canvas_text(
      c, &(vd_text_run){.text = text, .x = x, .y = y, .style = {.size_mm = 2.6}, .color = 0x555555ff});
}

static inline void vocabulary_shapes(vd_canvas *c, vd_arena *a) {
  vd_canvas_mark(c, "shapes");
  vocabulary_label(c, 5, 7, "Fills: even-odd, nonzero, round rectangle, sector, arrowhead");
  const double rings[] = {5,  10, 25, 10, 25, 30, 5,  30, 5,  10, 10, 15, 20, 15, 20, 25, 10, 25, 10, 15,
                          30, 10, 50, 10, 50, 30, 30, 30, 30, 10, 35, 15, 45, 15, 45, 25, 35, 25, 35, 15};
  const int32_t first[] = {0, 5, 10}, second[] = {10, 15, 20};
  vd_path holed = {.xy = rings, .n_points = 20, .n_parts = 2, .part_start = first, .closed = true};
  vd_canvas_fill(c, holed, VD_RULE_EVENODD, 0x2b6cb0ff);
  holed.part_start = second;
  vd_canvas_fill(c, holed, VD_RULE_NONZERO, 0x2b6cb0ff);
  vd_canvas_fill(c, vd_path_round_rect(a, 55, 10, 20, 20, 4), VD_RULE_NONZERO, 0xc0562180);
  vd_canvas_fill(c, vd_path_sector(a, 90, 20, 10, -90, 30), VD_RULE_NONZERO, 0x2f855aff);
  vd_canvas_stroke(c, vd_path_circle(a, 90, 20, 10), &(vd_stroke){.width_mm = 0.5, .color = VD_BLACK});
  vd_canvas_fill(c, vd_path_arrowhead(a, 115, 12, -45, 8, 5), VD_RULE_NONZERO, VD_BLACK);
  vd_canvas_fill(c, vd_path_ngon(a, 112, 24, 6, 6, 0), VD_RULE_NONZERO, 0x805ad5ff);
}

static inline void vocabulary_strokes(vd_canvas *c, vd_arena *a) {
  vd_canvas_mark(c, "strokes");
  vocabulary_label(c, 5, 36, "Strokes: miter, round dashed, bevel closed, curve, arc, hairline");
  const double zigzag[] = {5, 48, 12, 39, 19, 48, 26, 39};
  vd_path line = vd_path_points(zigzag, 4, false);
  vd_canvas_stroke(c, line, &(vd_stroke){.width_mm = 1.5, .color = 0xc53030ff});
  vd_canvas_save(c);
  vd_canvas_translate(c, 27, 0);
  vd_canvas_stroke(c, line,
                   &(vd_stroke){.width_mm = 1.2,
                                .color = 0x2b6cb0ff,
                                .cap = VD_CAP_ROUND,
                                .join = VD_JOIN_ROUND,
                                .n_dashes = 4,
                                .dash_mm = {3, 2, 0, 2}});
  vd_canvas_translate(c, 27, 0);
  line.closed = true;
  vd_canvas_stroke(c, line, &(vd_stroke){.width_mm = 1.2, .color = 0x2f855aff, .join = VD_JOIN_BEVEL});
  vd_canvas_restore(c);
  vd_canvas_stroke(c, vd_path_bezier(a, 87, 48, 90, 35, 100, 55, 105, 39),
                   &(vd_stroke){.width_mm = 0.8, .color = VD_BLACK, .cap = VD_CAP_SQUARE});
  vd_canvas_stroke(c, vd_path_arc(a, 114, 44, 5, 180, 360), &(vd_stroke){.width_mm = 0.8, .color = VD_BLACK});
  vd_canvas_line(c, 109, 46, 119, 46, 0.1, VD_BLACK);
}

static inline void vocabulary_hatches(vd_canvas *c, vd_arena *a) {
  vd_canvas_mark(c, "hatches");
  vocabulary_label(c, 5, 54, "Hatches: lines, cross, dots, and two areas that share one pattern");
  for (int i = 0; i < 3; i++) {
    vd_path area = vd_path_round_rect(a, 5 + 27 * i, 57, 24, 16, 3);
    vd_canvas_hatch(c, area, VD_RULE_NONZERO,
                    &(vd_hatch){.kind = (vd_hatch_kind)i,
                                .angle_deg = 45,
                                .spacing_mm = 2,
                                .width_mm = i == 2 ? 0.9 : 0.3,
                                .color = 0x333333ff});
    vd_canvas_stroke(c, area, &(vd_stroke){.width_mm = 0.3, .color = 0x333333ff});
  }
  const vd_hatch shared = {.angle_deg = 20, .spacing_mm = 1.5, .width_mm = 0.4, .color = 0xb7791fff};
  vd_canvas_hatch(c, vd_path_rect(a, 88, 57, 14, 16), VD_RULE_NONZERO, &shared);
  vd_canvas_hatch(c, vd_path_rect(a, 102, 57, 16, 10), VD_RULE_NONZERO, &shared);
}

static inline void vocabulary_text(vd_canvas *c) {
  vd_canvas_mark(c, "text");
  vocabulary_label(c, 5, 79, "Text: faces, halo, Arabic, both directions, ellipsis, wrap, turned, anchors");
  vd_text_run run = {.text = "Regular äçøß Ωж", .x = 5, .y = 86, .color = VD_BLACK, .style = {.size_mm = 4}};
  vd_canvas_text(c, &run);
  run.text = "Bold 1234", run.x = 48, run.style.face = VD_FACE_BOLD;
  vd_canvas_text(c, &run);
  run.text = "38S MB 18952", run.x = 72, run.style.face = VD_FACE_MONO;
  vd_canvas_text(c, &run);
  vd_canvas_fill_rect(c, 5, 89, 38, 9, 0x7b9e6bff);
  vd_canvas_text(c, &(vd_text_run){.text = "Haloed عين زرقا",
                                   .x = 24,
                                   .y = 93.5,
                                   .anchor_x = VD_ANCHOR_CENTRE,
                                   .anchor_y = VD_ANCHOR_MIDDLE,
                                   .color = VD_BLACK,
                                   .halo_color = 0xffffffcc,
                                   .halo_mm = 0.5,
                                   .style = {.size_mm = 4, .face = VD_FACE_BOLD}});
  vd_canvas_text(c, &(vd_text_run){.text = "قصر الوادي (Qasr 24) شمال",
                                   .x = 105,
                                   .y = 95,
                                   .anchor_x = VD_ANCHOR_RIGHT,
                                   .color = 0x1a365dff,
                                   .style = {.size_mm = 4.5}});
  run = (vd_text_run){.text = "A name too long for its place",
                      .x = 5,
                      .y = 105,
                      .color = VD_BLACK,
                      .style = {.size_mm = 3.5, .overflow = VD_OVERFLOW_ELLIPSIS, .max_width_mm = 30}};
  vd_canvas_text(c, &run);
  run = (vd_text_run){.text = "Wrapped at words, right aligned, in three lines",
                      .x = 80,
                      .y = 101,
                      .anchor_x = VD_ANCHOR_RIGHT,
                      .anchor_y = VD_ANCHOR_TOP,
                      .color = VD_BLACK,
                      .style = {.size_mm = 3.5, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = 36}};
  vd_canvas_text(c, &run);
  run = (vd_text_run){.text = "Turned", .x = 90, .y = 118, .rotation_deg = -60, .color = VD_BLACK};
  run.style.size_mm = 4;
  vd_canvas_text(c, &run);
}

static inline void vocabulary_rest(vd_canvas *c, vd_arena *a) {
  vd_canvas_mark(c, "images, icons, groups and clips");
  static const uint8_t pixels[] = {220, 40,  40, 255, 40, 160, 60, 255, 40,  80,  200, 255,
                                   240, 200, 60, 255, 0,  0,   0,  128, 255, 255, 255, 255};
  const vd_image image = {pixels, 3, 2};
  vocabulary_label(c, 125, 7, "Images: nearest, smooth");
  vd_canvas_image(c, image, (vd_rect){125, 10, 24, 16}, VD_SAMPLE_NEAREST);
  vd_canvas_image(c, image, (vd_rect){152, 10, 24, 16}, VD_SAMPLE_SMOOTH);
  vocabulary_label(c, 125, 36, "Icons: own colour, tints, turned");
  vd_canvas_icon(c, "icons/binoculars", (vd_rect){125, 38, 9, 9}, VD_CLEAR);
  vd_canvas_icon(c, "icons/warning", (vd_rect){136, 38, 9, 9}, 0xc53030ff);
  vd_canvas_icon(c, "icons/gear", (vd_rect){147, 38, 9, 9}, 0x2b6cb080);
  vd_canvas_save(c);
  vd_canvas_translate(c, 162, 42.5);
  vd_canvas_rotate(c, 30);
  vd_canvas_icon(c, "icons/home-village", (vd_rect){-4.5, -4.5, 9, 9}, 0x2f855aff);
  vd_canvas_restore(c);
  vd_canvas_icon(c, "icons/base", (vd_rect){169, 38, 9, 9}, 0x2b6cb0ff);
  vocabulary_label(c, 125, 54, "Group at half opacity; clips");
  vd_canvas_group(c, 0.5);
  vd_canvas_fill(c, vd_path_circle(a, 133, 64, 7), VD_RULE_NONZERO, 0xc53030ff);
  vd_canvas_fill(c, vd_path_circle(a, 141, 64, 7), VD_RULE_NONZERO, 0x2b6cb0ff);
  vd_canvas_restore(c);
  vd_canvas_save(c);
  vd_canvas_clip(c, vd_path_ngon(a, 162, 64, 8, 5, -90), VD_RULE_NONZERO);
  vd_canvas_clip_rect(c, 152, 57, 20, 11);
  vd_canvas_fill_rect(c, 150, 50, 30, 30, 0xb7791fff);
  vd_canvas_restore(c);
}

/* `sub` is drawn at a third of its size in the lower right corner. */
static inline vd_canvas *vocabulary_new(vd_arena *arena) {
  vd_canvas *c = vd_canvas_new(arena), *sub = vd_canvas_new(arena);
  vd_canvas_fill_rect(c, 0, 0, VOCABULARY_WIDTH_MM, VOCABULARY_HEIGHT_MM, 0xfcfcfaff);
  vocabulary_shapes(c, arena);
  vocabulary_strokes(c, arena);
  vocabulary_hatches(c, arena);
  vocabulary_text(c);
  vocabulary_rest(c, arena);
  vocabulary_shapes(sub, arena);
  vd_canvas_save(c);
  vd_canvas_translate(c, 125, 80);
  vd_canvas_scale(c, 0.42, 0.42);
  vd_canvas_sub(c, sub);
  vd_canvas_restore(c);
  return c;
}

#endif
