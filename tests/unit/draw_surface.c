/* draw_surface: known pixels, wild coordinates, failures that leave nothing behind, pictures read back.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "vedette/draw/surface.h"

static int open_draw(void **state) {
  return vd_draw_open((vd_draw **)state) == VD_OK ? 0 : -1;
}
static int free_draw(void **state) {
  vd_draw_free(*state);
  return 0;
}

typedef struct picture {
  vd_arena *arena;
  vd_canvas *canvas;
  vd_surface *surface;
} picture;

static picture picture_new(int width, int height) {
  picture p = {.arena = vd_arena_new()};
  p.canvas = vd_canvas_new(p.arena);
  assert_int_equal(vd_surface_new(width, height, &p.surface), VD_OK);
  return p;
}
static void picture_cleanup(picture *p) {
  vd_surface_free(p->surface);
  vd_arena_free(p->arena);
}
#define PICTURE(name, width, height) VD_CLEANUP(picture_cleanup) picture name = picture_new(width, height)

static uint32_t pixel(const picture *p, int x, int y) {
  return vd_surface_read(p->surface)[y * (vd_surface_stride(p->surface) / 4) + x];
}

static vd_status render(vd_draw *draw, picture *p, double px_per_mm, double x, double y) {
  vd_view view = {.px_per_mm = px_per_mm, .origin_x_mm = x, .origin_y_mm = y};
  vd_surface_fill(p->surface, VD_WHITE);
  return vd_canvas_render(draw, p->canvas, &view, p->surface);
}

static void render__view_and_colours(void **state) {
  PICTURE(p, 20, 20);
  vd_canvas_fill_rect(p.canvas, 10, 10, 2, 1, 0xff0000ff);
  vd_canvas_fill_rect(p.canvas, 10, 11, 2, 1, 0x0000ff80);
  assert_int_equal(render(*state, &p, 4, 9, 9), VD_OK);
  assert_int_equal(pixel(&p, 3, 4), 0xffffffff);
  assert_int_equal(pixel(&p, 4, 4), 0xffff0000);
  assert_int_equal(pixel(&p, 11, 7), 0xffff0000);
  assert_int_equal(pixel(&p, 12, 7), 0xffffffff);
  assert_int_equal(pixel(&p, 4, 8), 0xff7f7fff); /* half of blue over white */
  vd_surface_fill(p.surface, 0xff000080);
  assert_int_equal(pixel(&p, 0, 0), 0x80800000); /* premultiplied */
}

static void render__group_clip_and_restore(void **state) {
  PICTURE(p, 30, 10);
  vd_canvas_group(p.canvas, 0.5);
  vd_canvas_fill_rect(p.canvas, 0, 0, 6, 10, 0xff0000ff);
  vd_canvas_fill_rect(p.canvas, 3, 0, 6, 10, 0x0000ffff); /* covers, does not mix */
  vd_canvas_restore(p.canvas);
  vd_canvas_save(p.canvas);
  vd_canvas_clip_rect(p.canvas, 12, 0, 3, 10);
  vd_canvas_fill_rect(p.canvas, 0, 0, 30, 10, VD_BLACK);
  vd_canvas_restore(p.canvas);
  vd_canvas_save(p.canvas);
  vd_canvas_clip(p.canvas, (vd_path){0}, VD_RULE_NONZERO); /* hides all */
  vd_canvas_fill_rect(p.canvas, 0, 0, 30, 10, VD_BLACK);
  vd_canvas_restore(p.canvas);
  vd_canvas_fill_rect(p.canvas, 20, 0, 5, 5, VD_BLACK);
  vd_canvas_group(p.canvas, 1); /* never closed */
  vd_canvas_fill_rect(p.canvas, 25, 0, 5, 5, VD_BLACK);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  assert_int_equal(pixel(&p, 1, 5), 0xffff7f7f);
  assert_int_equal(pixel(&p, 4, 5), 0xff7f7fff);
  assert_int_equal(pixel(&p, 11, 5), 0xffffffff);
  assert_int_equal(pixel(&p, 12, 5), 0xff000000);
  assert_int_equal(pixel(&p, 15, 5), 0xffffffff);
  assert_int_equal(pixel(&p, 22, 2), 0xff000000);
  assert_int_equal(pixel(&p, 27, 2), 0xff000000);
}

/* Ten million pixels away cairo's own numbers would wrap around. */
static void render__far_points_are_cut(void **state) {
  PICTURE(p, 40, 40);
  const double far = 3e7;
  const double ring[] = {-far, 10, far, 10, far, 20, -far, 20};
  vd_canvas_fill(p.canvas, vd_path_points(ring, 4, true), VD_RULE_NONZERO, 0xff0000ff);
  vd_canvas_line(p.canvas, -far, -far, far, far, 2, 0x0000ffff);
  const double hook[] = {30, -far, 30, 5, far, 5, far, far};
  vd_canvas_stroke(p.canvas, vd_path_points(hook, 4, false), &(vd_stroke){.width_mm = 2, .color = VD_BLACK});
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  assert_int_equal(pixel(&p, 2, 15), 0xffff0000);
  assert_int_equal(pixel(&p, 38, 15), 0xffff0000);
  assert_int_equal(pixel(&p, 2, 22), 0xffffffff);
  assert_int_equal(pixel(&p, 15, 15), 0xff0000ff);
  assert_int_equal(pixel(&p, 25, 25), 0xff0000ff);
  assert_int_equal(pixel(&p, 30, 2), 0xff000000);
  assert_int_equal(pixel(&p, 38, 5), 0xff000000);
  assert_int_equal(pixel(&p, 28, 2), 0xffffffff);
}

/* A dash pattern goes on at the same place whether or not the line was cut: 4 on, 4 off from the far start. */
static void render__cut_dashes_keep_their_phase(void **state) {
  PICTURE(p, 40, 8);
  const double line[] = {-80000000, 4, 100, 4};
  vd_canvas_stroke(p.canvas, vd_path_points(line, 2, false),
                   &(vd_stroke){.width_mm = 4, .color = VD_BLACK, .n_dashes = 2, .dash_mm = {4, 4}});
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  for (int x = 0; x < 40; x++) assert_int_equal(pixel(&p, x, 4), x % 8 < 4 ? 0xff000000 : 0xffffffff);
}

static void render__too_fine_patterns_end_soon(void **state) {
  PICTURE(p, 50, 50);
  vd_path all = vd_path_rect(p.arena, -1e8, -1e8, 2e8, 2e8);
  vd_canvas_hatch(p.canvas, all, VD_RULE_NONZERO, &(vd_hatch){VD_HATCH_DOTS, 10, 1e-9, 0.01, VD_BLACK, 0, 0});
  vd_canvas_hatch(p.canvas, all, VD_RULE_NONZERO,
                  &(vd_hatch){VD_HATCH_CROSS, 10, 1e-9, 0.01, VD_BLACK, 0, 0});
  vd_canvas_stroke(p.canvas, all,
                   &(vd_stroke){.width_mm = 1, .color = VD_BLACK, .n_dashes = 2, .dash_mm = {1e-9, 1e-9}});
  assert_int_equal(render(*state, &p, 0.001, -1000, -1000), VD_OK);
  vd_canvas_scale(p.canvas, 0, 1); /* flat: hides what follows */
  vd_canvas_fill_rect(p.canvas, -1e5, -1e5, 2e5, 2e5, 0x00ff00ff);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  assert_true(pixel(&p, 20, 20) != 0xff00ff00);
}

static void render__images_meet_without_a_seam(void **state) {
  PICTURE(p, 64, 64);
  VD_CLEANUP(vd_surface_cleanup) vd_surface *tile = NULL;
  assert_int_equal(vd_surface_new(16, 16, &tile), VD_OK);
  vd_surface_fill(tile, 0x336699ff);
  for (int i = 0; i < 4; i++)
    vd_canvas_surface(p.canvas, tile, 1, (vd_rect){i % 2 * 30.3, i / 2 * 30.3, 30.3, 30.3}, VD_SAMPLE_SMOOTH);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  for (int i = 0; i < 60; i++) {
    assert_int_equal(pixel(&p, i, 30), 0xff336699);
    assert_int_equal(pixel(&p, 30, i), 0xff336699);
  }
}

static void render__nearest_repeats_pixels(void **state) {
  PICTURE(p, 8, 8);
  static const uint8_t rgba[] = {255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 0, 0, 0, 0};
  vd_canvas_image(p.canvas, (vd_image){rgba, 2, 2}, (vd_rect){0, 0, 8, 8}, VD_SAMPLE_NEAREST);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  for (int y = 0; y < 8; y++)
    for (int x = 0; x < 8; x++) {
      const uint32_t expected[] = {0xffff0000, 0xff00ff00, 0xff0000ff, 0xffffffff};
      assert_int_equal(pixel(&p, x, y), expected[x / 4 + 2 * (y / 4)]);
    }
}

/* An area drawn in four tiles is the area drawn in one. */
static void render__hatch_runs_on_over_tiles(void **state) {
  PICTURE(whole, 64, 64);
  vd_canvas_hatch(whole.canvas, vd_path_circle(whole.arena, 32, 32, 28), VD_RULE_NONZERO,
                  &(vd_hatch){VD_HATCH_CROSS, 30, 5, 1.2, VD_BLACK, 0, 0});
  assert_int_equal(render(*state, &whole, 1, 0, 0), VD_OK);
  for (int i = 0; i < 4; i++) {
    PICTURE(tile, 32, 32);
    vd_canvas_sub(tile.canvas, whole.canvas);
    assert_int_equal(render(*state, &tile, 1, 32 * (i % 2), 32 * (i / 2)), VD_OK);
    for (int y = 0; y < 32; y++)
      for (int x = 0; x < 32; x++) {
        int a = pixel(&tile, x, y) & 0xff, b = pixel(&whole, x + 32 * (i % 2), y + 32 * (i / 2)) & 0xff;
        assert_true(abs(a - b) <= 8);
      }
  }
}

static void render__missing_icon_is_told_and_the_rest_drawn(void **state) {
  PICTURE(p, 10, 10);
  vd_canvas_icon(p.canvas, "icons/not-there", (vd_rect){0, 0, 5, 5}, VD_BLACK);
  vd_canvas_fill_rect(p.canvas, 5, 5, 5, 5, VD_BLACK);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_ERR_NOT_FOUND);
  assert_non_null(strstr(vd_last_message(), "not-there"));
  assert_int_equal(pixel(&p, 7, 7), 0xff000000);
}

static void render__can_be_stopped(void **state) {
  PICTURE(p, 10, 10);
  atomic_bool cancel = true;
  vd_canvas_fill_rect(p.canvas, 0, 0, 10, 10, VD_BLACK);
  vd_view view = {.px_per_mm = 1, .cancel = &cancel};
  assert_int_equal(vd_canvas_render(*state, p.canvas, &view, p.surface), VD_ERR_CANCELLED);
  assert_int_equal(pixel(&p, 5, 5), 0);
}

static void surface__sizes_have_limits(void **state) {
  (void)state;
  vd_surface *surface = NULL;
  assert_int_equal(vd_surface_new(0, 5, &surface), VD_ERR_LIMIT);
  assert_int_equal(vd_surface_new(5, VD_SURFACE_MAX_PX + 1, &surface), VD_ERR_LIMIT);
  assert_null(surface);
}

static void surface__wrap_draws_into_other_memory(void **state) {
  (void)state;
  uint32_t pixels[4 * 3] = {0};
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  assert_int_equal(vd_surface_wrap(pixels, 3, 3, 16, true, &surface), VD_OK);
  vd_surface_fill(surface, 0x123456ff);
  assert_int_equal(pixels[5] & 0xffffff, 0x123456);
  assert_int_equal(pixels[3], 0); /* beyond the row */
}

static void compare__counts_and_measures(void **state) {
  (void)state;
  PICTURE(a, 4, 4);
  PICTURE(b, 4, 4);
  PICTURE(c, 4, 5);
  vd_surface_pixels(a.surface)[5] = 0xff102030;
  vd_surface_pixels(b.surface)[5] = 0xff122b30;
  vd_surface_diff diff = vd_surface_compare(a.surface, b.surface);
  assert_true(diff.same_size && diff.n_pixels == 1 && diff.max_difference == 0x0b);
  assert_true(fabs(diff.mean_difference - (2.0 + 11) / 64) < 1e-12);
  assert_false(vd_surface_compare(a.surface, c.surface).same_size);
}

static void png__comes_back_the_same(void **state) {
  const char *path = "/tmp/vedette-draw-surface.png";
  PICTURE(p, 50, 40);
  vd_canvas_fill(p.canvas, vd_path_circle(p.arena, 20, 20, 15), VD_RULE_NONZERO, 0x11aa33ff);
  assert_int_equal(render(*state, &p, 1, 0, 0), VD_OK);
  assert_int_equal(vd_surface_write_png(p.surface, path), VD_OK);
  VD_CLEANUP(vd_surface_cleanup) vd_surface *back = NULL;
  assert_int_equal(vd_png_read(path, &back), VD_OK);
  assert_int_equal(vd_surface_compare(p.surface, back).n_pixels, 0);
  unlink(path);
}

static void file_write(const char *path, const void *bytes, size_t n) {
  FILE *file = fopen(path, "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, n, file), n);
  fclose(file);
}

static void png__what_is_none_is_told(void **state) {
  (void)state;
  const char *path = "/tmp/vedette-draw-damaged.png";
  static const unsigned char huge[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0,   0,    0,
                                       13,   'I', 'H', 'D', 'R',  0x7f, 255,  255,  255, 0x7f, 255,
                                       255,  255, 8,   6,   0,    0,    0,    0,    0,   0,    0};
  vd_surface *surface = NULL;
  assert_int_equal(vd_png_read("/tmp/vedette-no-such.png", &surface), VD_ERR_NOT_FOUND);
  file_write(path, "GIF89a and more bytes than a header", 35);
  assert_int_equal(vd_png_read(path, &surface), VD_ERR_INPUT);
  file_write(path, huge, sizeof huge);
  assert_int_equal(vd_png_read(path, &surface), VD_ERR_LIMIT);
  unsigned char small[sizeof huge];
  memcpy(small, huge, sizeof huge);
  memset(small + 16, 0, 8);
  small[19] = small[23] = 4;
  file_write(path, small, sizeof small);
  assert_int_equal(vd_png_read(path, &surface), VD_ERR_INPUT);
  assert_null(surface);
  unlink(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(render__view_and_colours),
      cmocka_unit_test(render__group_clip_and_restore),
      cmocka_unit_test(render__far_points_are_cut),
      cmocka_unit_test(render__cut_dashes_keep_their_phase),
      cmocka_unit_test(render__too_fine_patterns_end_soon),
      cmocka_unit_test(render__images_meet_without_a_seam),
      cmocka_unit_test(render__nearest_repeats_pixels),
      cmocka_unit_test(render__hatch_runs_on_over_tiles),
      cmocka_unit_test(render__missing_icon_is_told_and_the_rest_drawn),
      cmocka_unit_test(render__can_be_stopped),
      cmocka_unit_test(surface__sizes_have_limits),
      cmocka_unit_test(surface__wrap_draws_into_other_memory),
      cmocka_unit_test(compare__counts_and_measures),
      cmocka_unit_test(png__comes_back_the_same),
      cmocka_unit_test(png__what_is_none_is_told),
  };
  return cmocka_run_group_tests(tests, open_draw, free_draw);
}
