/* draw_canvas: what a canvas keeps and leaves out, and how it prints.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "vedette/base/status.h"
#include "vedette/draw/canvas.h"

static const char *printed(const vd_canvas *canvas, vd_arena *arena) {
  vd_buf buf = {.arena = arena};
  vd_canvas_print(canvas, &buf);
  return buf.text ? buf.text : "";
}

static void print__one_line_an_operation(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena);
  vd_canvas_mark(c, "roads");
  vd_canvas_group(c, 0.25);
  vd_canvas_translate(c, 10, -0.00001);
  vd_canvas_fill_rect(c, 0, 0, 2, 1.5, VD_RGB(255, 128, 0));
  const double xy[] = {0, 0, 3, 4.12345};
  vd_canvas_stroke(c, vd_path_points(xy, 2, false),
                   &(vd_stroke){.width_mm = 0.3, .color = VD_BLACK, .n_dashes = 2, .dash_mm = {2, 1}});
  vd_canvas_restore(c);
  vd_canvas_text(c, &(vd_text_run){.text = "A \"b\"\n",
                                   .x = 1,
                                   .y = 2,
                                   .color = 0x11223344,
                                   .style = {.size_mm = 3, .face = VD_FACE_BOLD}});
  assert_string_equal(printed(c, arena),
                      "# roads\n"
                      "group 0.25\n"
                      "transform 1 0 0 1 10 0\n"
                      "fill #ff8000ff nonzero M 0 0 L 2 0 2 1.5 0 1.5 Z\n"
                      "stroke #000000ff width 0.3 butt miter dash 2 1 from 0 M 0 0 L 3 4.1235\n"
                      "restore\n"
                      "text 1 2 left baseline bold 3 #11223344 \"A \\\"b\\\"\\n\"\n");
}

static void print__parts_curves_and_sub_canvases(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena), *sub = vd_canvas_new(arena);
  const double xy[] = {0, 0, 1, 0, 1, 1, 5, 5, 6, 5, 6, 6};
  const int32_t starts[] = {0, 3, 6};
  vd_canvas_fill(sub, (vd_path){.xy = xy, .n_points = 6, .n_parts = 2, .part_start = starts, .closed = true},
                 VD_RULE_EVENODD, VD_BLACK);
  vd_canvas_sub(c, sub);
  vd_canvas_stroke(c, vd_path_bezier(arena, 0, 0, 1, 2, 3, 4, 5, 6),
                   &(vd_stroke){.width_mm = 1, .color = VD_BLACK});
  assert_string_equal(printed(c, arena), "sub\n"
                                         "  fill #000000ff evenodd M 0 0 L 1 0 1 1 Z M 5 5 L 6 5 6 6 Z\n"
                                         "stroke #000000ff width 1 butt miter M 0 0 C 1 2 3 4 5 6\n");
}

static void append__copies_what_it_is_given(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena);
  double xy[] = {1, 1, 2, 2, 9, 9};
  const int32_t starts[] = {1, 3}; /* a part that is not at the array's start */
  char text[] = "before";
  vd_canvas_fill(c, (vd_path){.xy = xy, .n_points = 3, .n_parts = 1, .part_start = starts}, VD_RULE_NONZERO,
                 VD_BLACK);
  vd_canvas_text(c, &(vd_text_run){.text = text, .color = VD_BLACK, .style = {.size_mm = 3}});
  memset(xy, 0, sizeof xy);
  memcpy(text, "after!", 6);
  assert_string_equal(printed(c, arena), "fill #000000ff nonzero M 2 2 L 9 9\n"
                                         "text 0 0 left baseline regular 3 #000000ff \"before\"\n");
}

static void append__leaves_out_what_is_not_finite(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena);
  const double xy[] = {0, 0, NAN, 1, 2, 2, 3, INFINITY, NAN, NAN, 7, 7, 8, 8};
  const int32_t starts[] = {0, 3, 5, 7};
  vd_path path = {.xy = xy, .n_points = 7, .n_parts = 3, .part_start = starts};
  vd_canvas_fill(c, path, VD_RULE_NONZERO, VD_BLACK);
  vd_canvas_stroke(c, path, &(vd_stroke){.width_mm = NAN, .color = VD_BLACK});
  vd_canvas_fill_rect(c, 0, NAN, 0, 0, VD_CLEAR);
  vd_canvas_rotate(c, INFINITY);
  vd_canvas_icon(c, "icons/save", (vd_rect){0, 0, NAN, 5}, VD_BLACK);
  vd_canvas_text(c, &(vd_text_run){.text = "x", .x = NAN, .color = VD_BLACK});
  assert_string_equal(printed(c, arena), "fill #000000ff nonzero M 0 0 L 2 2 M 7 7 L 8 8\n");
}

static void append__restore_without_save_is_left_out(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena);
  vd_canvas_restore(c);
  vd_canvas_save(c);
  vd_canvas_restore(c);
  vd_canvas_restore(c);
  assert_string_equal(printed(c, arena), "save\nrestore\n");
}

static void text__is_cleaned(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *c = vd_canvas_new(arena);
  vd_canvas_text(c, &(vd_text_run){.text = "a\x01\xff"
                                           "b",
                                   .color = VD_BLACK,
                                   .style = {.size_mm = 3}});
  assert_string_equal(printed(c, arena), "text 0 0 left baseline regular 3 #000000ff \"a \xef\xbf\xbd"
                                         "b\"\n");
}

static void color__parse_fade_and_mix(void **state) {
  (void)state;
  vd_rgba color = 7;
  assert_true(vd_rgba_parse("#1a2B3c", &color));
  assert_int_equal(color, 0x1a2b3cff);
  assert_true(vd_rgba_parse("#1a2b3c80", &color));
  assert_int_equal(color, 0x1a2b3c80);
  color = 7;
  assert_false(vd_rgba_parse("1a2b3c", &color));
  assert_false(vd_rgba_parse("#1a2b3", &color));
  assert_false(vd_rgba_parse("#1a2b3g", &color));
  assert_false(vd_rgba_parse(NULL, &color));
  assert_int_equal(color, 7);
  assert_int_equal(vd_rgba_fade(0x102030ff, 0.5), 0x10203080);
  assert_int_equal(vd_rgba_fade(0x102030ff, NAN), 0x10203000);
  assert_int_equal(vd_rgba_mix(0x00000000, 0xff804020, 0.5), 0x80402010);
}

static void path__arcs_keep_their_radius(void **state) {
  (void)state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_path arc = vd_path_arc(arena, 10, 20, 5, -30, 200);
  for (int32_t i = 0; i < arc.n_points; i += 3) /* corners; control points lie outside */
    assert_true(fabs(hypot(arc.xy[2 * i] - 10, arc.xy[2 * i + 1] - 20) - 5) < 1e-9);
  const double *last = arc.xy + 2 * (arc.n_points - 1);
  assert_true(fabs(last[0] - (10 + 5 * cos(200 * acos(-1) / 180))) < 1e-9);
  /* The middle of each curve too: the Bezier's point at 1/2. */
  for (int32_t i = 0; i + 3 < arc.n_points; i += 3) {
    const double *p = arc.xy + 2 * i;
    double x = (p[0] + 3 * p[2] + 3 * p[4] + p[6]) / 8, y = (p[1] + 3 * p[3] + 3 * p[5] + p[7]) / 8;
    assert_true(fabs(hypot(x - 10, y - 20) - 5) < 5 * 0.0003);
  }
}

static void affine__multiply_applies_the_inner_first(void **state) {
  (void)state;
  vd_affine twice = {.xx = 2, .yy = 2}, moved = {.xx = 1, .yy = 1, .x0 = 3, .y0 = 4};
  vd_affine both = vd_affine_multiply(twice, moved);
  double x = 1, y = 1;
  vd_affine_apply(&both, &x, &y);
  assert_true(x == 8 && y == 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(print__one_line_an_operation),
      cmocka_unit_test(print__parts_curves_and_sub_canvases),
      cmocka_unit_test(append__copies_what_it_is_given),
      cmocka_unit_test(append__leaves_out_what_is_not_finite),
      cmocka_unit_test(append__restore_without_save_is_left_out),
      cmocka_unit_test(text__is_cleaned),
      cmocka_unit_test(color__parse_fade_and_mix),
      cmocka_unit_test(path__arcs_keep_their_radius),
      cmocka_unit_test(affine__multiply_applies_the_inner_first),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
