/* app_tiles: pictures of the map that are kept: no seams, no needless work, something to see meanwhile.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/tiles.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { W = 700, H = 500 };
static const double PX_PER_MM = 4;

/* How often the drawing was asked. */
static _Atomic int n_drawn;

/* Small rectangles that hang on the plane, so that a seam or a shift shows. */
static void pattern(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                    vd_canvas *canvas, vd_map_drawn *drawn) {
  (void)data, (void)drawn;
  n_drawn++;
  vd_rgba ink = options->style.ink;
  vd_box box = vd_map_view_box(view);
  vd_canvas_fill_rect(canvas, -1, -1, view->width_mm + 2, view->height_mm + 2, VD_RGB(240, 240, 230));
  for (double x = floor(box.min_x / 1000 - 3) * 1000; x < box.max_x + 3000; x += 1000) {
    for (double y = floor(box.min_y / 1000 - 1) * 1000; y < box.max_y + 1000; y += 1000) {
      double px, py;
      vd_map_view_to_mm(view, x, y, &px, &py);
      vd_canvas_fill_rect(canvas, px, py, 3.1, 2.3, ink);
    }
  }
}

typedef struct setup {
  vd_draw *draw;
  vd_queue *queue;
  vd_tiles *tiles;
  vd_map_options options;
  vd_map_view view;
} setup;

/* The tiles never look into the data; they only hand it on. */
static const vd_map_data *some_data(void) {
  static const char data;
  return (const vd_map_data *)(const void *)&data;
}

static void open_tiles(setup *s) {
  *s = (setup){.options = vd_map_options_default()};
  assert_int_equal(vd_draw_open(&s->draw), VD_OK);
  s->queue = vd_queue_new(0, NULL, NULL);
  s->tiles = vd_tiles_new(s->queue, &s->draw, pattern);
  s->options.style.ink = VD_RGB(20, 40, 160);
  s->view = (vd_map_view){12345.5, -6789.25, 0.01, W / PX_PER_MM, H / PX_PER_MM};
  n_drawn = 0;
}

static void close_tiles(setup *s) {
  vd_tiles_free(s->tiles);
  vd_queue_free(s->queue);
  vd_draw_free(s->draw);
}

static bool draw(setup *s, bool settled, vd_surface **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_canvas *canvas = vd_canvas_new(arena);
  bool exact = vd_tiles_draw(s->tiles, &s->view, PX_PER_MM, (vd_rect){0, 0, W, H}, settled, canvas);
  assert_int_equal(vd_surface_new(W, H, out), VD_OK);
  vd_surface_fill(*out, VD_WHITE);
  assert_int_equal(vd_canvas_render(s->draw, canvas, &(vd_view){.px_per_mm = 1}, *out), VD_OK);
  return exact;
}

/* The share of pixels that something was drawn on. */
static double drawn_share(const vd_surface *surface) {
  const uint32_t *pixels = vd_surface_read(surface);
  size_t step = (size_t)vd_surface_stride(surface) / 4, n = 0;
  for (size_t y = 0; y < H; y++)
    for (size_t x = 0; x < W; x++) n += pixels[y * step + x] != 0xffffffffu;
  return (double)n / (W * H);
}

static bool same(const vd_surface *a, const vd_surface *b) {
  return vd_surface_compare(a, b).n_pixels == 0;
}

static void app_tiles__many_tiles_look_like_one_picture(void **state) {
  (void)state;
  setup s;
  open_tiles(&s);
  /* On the lattice of pixels, as every view is that a mouse has dragged from it. */
  double m_per_px = 1 / (s.view.mm_per_m * PX_PER_MM);
  s.view.centre_x_m = 500 * m_per_px;
  s.view.centre_y_m = -270 * m_per_px;
  vd_tiles_show(s.tiles, some_data(), &s.options, false);
  VD_CLEANUP(vd_surface_cleanup) vd_surface *tiled = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *whole = NULL;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  assert_true(draw(&s, true, &tiled));
  vd_canvas *canvas = vd_canvas_new(arena);
  pattern(NULL, &s.view, &s.options, canvas, NULL);
  assert_int_equal(vd_surface_new(W, H, &whole), VD_OK);
  vd_surface_fill(whole, VD_WHITE);
  assert_int_equal(vd_canvas_render(s.draw, canvas, &(vd_view){.px_per_mm = PX_PER_MM}, whole), VD_OK);
  vd_surface_diff diff = vd_surface_compare(tiled, whole);
  assert_in_range(diff.max_difference, 0, 3); /* rounding of soft edges */
  close_tiles(&s);
}

static void app_tiles__panning_draws_only_what_comes_into_sight(void **state) {
  (void)state;
  setup s;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *first = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *again = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *panned = NULL;
  open_tiles(&s);
  vd_tiles_show(s.tiles, some_data(), &s.options, false);
  assert_true(draw(&s, true, &first));
  int once = n_drawn;
  assert_true(draw(&s, true, &again));
  assert_int_equal(n_drawn, once);
  assert_true(same(first, again));
  double side_m = VD_TILE_PX / (s.view.mm_per_m * PX_PER_MM);
  s.view.centre_x_m += side_m; /* one column further */
  assert_true(draw(&s, true, &panned));
  assert_in_range(n_drawn - once, 1, 3);
  close_tiles(&s);
}

static void app_tiles__another_scale_stands_in_until_the_wanted_one_is_there(void **state) {
  (void)state;
  setup s;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *zoomed = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *exact = NULL;
  open_tiles(&s);
  vd_tiles_show(s.tiles, some_data(), &s.options, false);
  assert_true(draw(&s, true, &surface));
  int before = n_drawn;
  s.view.mm_per_m *= 1.7;
  assert_false(draw(&s, false, &zoomed)); /* the wheel still turns: nothing new is begun */
  assert_int_equal(n_drawn, before);
  assert_true(drawn_share(zoomed) > 0.999);
  assert_true(draw(&s, true, &exact));
  assert_true(n_drawn > before);
  assert_false(same(zoomed, exact));
  close_tiles(&s);
}

static void app_tiles__old_pictures_stay_until_new_ones_come_unless_forgotten(void **state) {
  (void)state;
  setup s;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *blue = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *stale = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *red = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *nothing = NULL;
  open_tiles(&s);
  assert_false(draw(&s, true, &nothing)); /* there is nothing to show yet */
  assert_true(drawn_share(nothing) == 0);
  vd_surface_free(nothing);
  nothing = NULL;
  vd_tiles_show(s.tiles, some_data(), &s.options, false);
  assert_true(draw(&s, true, &blue));
  s.options.style.ink = VD_RGB(160, 20, 20);
  vd_tiles_show(s.tiles, some_data(), &s.options, false);
  assert_false(draw(&s, false, &stale));
  assert_true(same(stale, blue));
  assert_true(draw(&s, true, &red));
  assert_false(same(red, blue));
  vd_tiles_show(s.tiles, some_data(), &s.options, true);
  assert_false(draw(&s, false, &nothing));
  assert_true(drawn_share(nothing) == 0);
  close_tiles(&s);
}

static void app_tiles__workers_draw_the_same_as_none(void **state) {
  (void)state;
  setup one, several;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *inline_picture = NULL;
  open_tiles(&one);
  vd_tiles_show(one.tiles, some_data(), &one.options, false);
  assert_true(draw(&one, true, &inline_picture));
  open_tiles(&several);
  vd_tiles_free(several.tiles);
  vd_queue_free(several.queue);
  vd_draw *draws[3] = {vd_draw_copy(several.draw), vd_draw_copy(several.draw), vd_draw_copy(several.draw)};
  several.queue = vd_queue_new(3, NULL, NULL);
  several.tiles = vd_tiles_new(several.queue, draws, pattern);
  vd_tiles_show(several.tiles, some_data(), &several.options, false);
  bool exact = false;
  for (int i = 0; i < 200 && !exact; i++) {
    VD_CLEANUP(vd_surface_cleanup) vd_surface *picture = NULL;
    exact = draw(&several, true, &picture);
    vd_queue_drain(several.queue);
    if (exact) assert_true(same(picture, inline_picture));
  }
  assert_true(exact);
  close_tiles(&several);
  for (int i = 0; i < 3; i++) vd_draw_free(draws[i]);
  close_tiles(&one);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(app_tiles__many_tiles_look_like_one_picture),
      cmocka_unit_test(app_tiles__panning_draws_only_what_comes_into_sight),
      cmocka_unit_test(app_tiles__another_scale_stands_in_until_the_wanted_one_is_there),
      cmocka_unit_test(app_tiles__old_pictures_stay_until_new_ones_come_unless_forgotten),
      cmocka_unit_test(app_tiles__workers_draw_the_same_as_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
