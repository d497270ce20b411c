/* draw_damage: on random drawings, redrawing only the damaged cells gives the picture of a full redraw.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "vedette/draw/surface.h"

enum { WIDTH = 400, HEIGHT = 300, CELL = 64, ROUNDS = 150, ITEMS = 14 };
/* What surface.h allows inside redrawn cells; outside them nothing may differ, which the same comparison sees:
 * an item that was left out or left behind differs by far more. */
enum { ROUNDING = 4 };

static uint64_t next_random(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}
static double uniform(uint64_t *seed, double low, double high) {
  return low + (high - low) * (double)(next_random(seed) >> 11) / 9007199254740992.0;
}

static void text(vd_canvas *c, uint64_t *seed, double x, double y) {
  const char *const words[] = {"Bir Salam", "قصر الوادي", "Qasr قصر 24", "fj"};
  vd_canvas_text(c, &(vd_text_run){.text = words[next_random(seed) % 4],
                                   .x = x,
                                   .y = y,
                                   .anchor_x = (vd_anchor_x)(next_random(seed) % 3),
                                   .anchor_y = (vd_anchor_y)(next_random(seed) % 4),
                                   .rotation_deg = next_random(seed) % 3 == 0 ? uniform(seed, 0, 360) : 0,
                                   .halo_mm = next_random(seed) % 3 == 0 ? 2 : 0,
                                   .halo_color = 0xffffff99,
                                   .color = VD_BLACK,
                                   .style = {.size_mm = uniform(seed, 6, 30)}});
}

static void item(vd_canvas *c, vd_arena *arena, uint64_t seed) {
  static const uint8_t pixels[] = {9, 99, 200, 255, 250, 20, 0, 128, 0, 0, 0, 255, 77, 77, 77, 200};
  double x = uniform(&seed, -40, WIDTH), y = uniform(&seed, -40, HEIGHT), w = uniform(&seed, 5, 150);
  vd_rgba color = (vd_rgba)next_random(&seed) | 0x40u;
  vd_path path = vd_path_ngon(arena, x, y, w / 2, 5, w);
  switch (next_random(&seed) % 9) {
  case 0:
    vd_canvas_fill_rect(c, x, y, w, w / 3, color);
    break;
  case 1:
    vd_canvas_fill(c, vd_path_round_rect(arena, x, y, w, w / 2, 8), VD_RULE_NONZERO, color);
    break;
  case 2:
    vd_canvas_stroke(c, path,
                     &(vd_stroke){.width_mm = w / 20, .color = color, .n_dashes = 2, .dash_mm = {9, 4}});
    break;
  case 3:
    vd_canvas_hatch(c, path, VD_RULE_NONZERO, &(vd_hatch){VD_HATCH_CROSS, w, 6, 1, color, 0, 0});
    break;
  case 4:
    text(c, &seed, x, y);
    break;
  case 5:
    vd_canvas_image(c, (vd_image){pixels, 2, 2}, (vd_rect){x, y, w, w}, VD_SAMPLE_SMOOTH);
    break;
  case 6:
    vd_canvas_icon(c, "icons/home-village", (vd_rect){x, y, 24, 24}, color);
    break;
  case 7:
    vd_canvas_group(c, 0.5);
    vd_canvas_fill(c, path, VD_RULE_EVENODD, color);
    vd_canvas_fill_rect(c, x, y, w, 10, VD_BLACK);
    vd_canvas_restore(c);
    break;
  default:
    vd_canvas_save(c);
    vd_canvas_clip(c, path, VD_RULE_NONZERO);
    vd_canvas_rotate(c, w / 20);
    vd_canvas_fill_rect(c, x, y, w, w, color);
    vd_canvas_restore(c);
  }
}

/* The same list but for one item that is new, gone or moved. */
static vd_canvas *random_canvas(vd_arena *arena, uint64_t seed, int changed, uint64_t change) {
  vd_canvas *c = vd_canvas_new(arena);
  for (int i = 0; i < ITEMS; i++) {
    uint64_t own = seed * 1000003u + (uint64_t)i * 7919u + 1;
    if (i == changed && change == 0) continue;
    item(c, arena, i == changed ? own ^ (change << 20) : own);
  }
  return c;
}

static void draw_full(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_surface *surface) {
  vd_surface_fill(surface, 0xf0f0f0ff);
  assert_int_equal(vd_canvas_render(draw, canvas, view, surface), VD_OK);
}

static void damaged_cells__give_the_full_picture(void **state) {
  vd_draw *draw = *state;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *part = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *full = NULL;
  assert_int_equal(vd_surface_new(WIDTH, HEIGHT, &part), VD_OK);
  assert_int_equal(vd_surface_new(WIDTH, HEIGHT, &full), VD_OK);
  int64_t cells_drawn = 0;
  int worst = 0;
  for (uint64_t round = 1; round <= ROUNDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_view view = {.px_per_mm = 1 + 0.25 * (double)(round % 3), .origin_x_mm = (double)(round % 7)};
    vd_canvas *before = random_canvas(arena, round, -1, 0);
    vd_canvas *after = random_canvas(arena, round, (int)(round % ITEMS), round % 4 == 0 ? 0 : round);
    vd_damage a = vd_canvas_damage(draw, before, &view, WIDTH, HEIGHT, CELL, arena);
    vd_damage b = vd_canvas_damage(draw, after, &view, WIDTH, HEIGHT, CELL, arena);
    vd_cells cells = vd_damage_changed(&a, &b, arena);
    cells_drawn += cells.n;
    draw_full(draw, before, &view, part);
    assert_int_equal(vd_canvas_render_cells(draw, after, &view, cells, 0xf0f0f0ff, part), VD_OK);
    draw_full(draw, after, &view, full);
    vd_surface_diff diff = vd_surface_compare(part, full);
    if (diff.max_difference > worst) worst = diff.max_difference;
  }
  assert_in_range(worst, 0, ROUNDING);
  /* Most of the picture stays: otherwise there is no point in it. 35 cells each. */
  assert_true(cells_drawn < ROUNDS * 35 / 3);
  assert_true(cells_drawn > ROUNDS);
}

static void same_canvas__has_no_damage(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_view view = {.px_per_mm = 1};
  vd_damage a = vd_canvas_damage(*state, random_canvas(arena, 5, -1, 0), &view, WIDTH, HEIGHT, CELL, arena);
  vd_damage b = vd_canvas_damage(*state, random_canvas(arena, 5, -1, 0), &view, WIDTH, HEIGHT, CELL, arena);
  assert_int_equal(vd_damage_changed(&a, &b, arena).n, 0);
  assert_int_equal(vd_damage_changed(NULL, &b, arena).n, 7 * 5);
}

static int open_draw(void **state) {
  return vd_draw_open((vd_draw **)state) == VD_OK ? 0 : -1;
}
static int free_draw(void **state) {
  vd_draw_free(*state);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(damaged_cells__give_the_full_picture),
      cmocka_unit_test(same_canvas__has_no_damage),
  };
  return cmocka_run_group_tests(tests, open_draw, free_draw);
}
