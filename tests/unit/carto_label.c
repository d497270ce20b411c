/* carto_label: names never lie on each other, whatever is asked for.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vedette/base/str.h"
#include "vedette/carto/label.h"

static const vd_rect page = {0, 0, 200, 140};

static int open_draw(void **state) {
  return vd_draw_open((vd_draw **)state) == VD_OK ? 0 : -1;
}
static int free_draw(void **state) {
  vd_draw_free(*state);
  return 0;
}

static double chance(uint32_t *seed) {
  *seed = *seed * 1664525u + 1013904223u;
  return (*seed >> 8) / 16777216.0;
}

static int overlap(vd_rect a, vd_rect b) {
  const double e = 1e-9;
  return a.x + e < b.x + b.w && b.x + e < a.x + a.w && a.y + e < b.y + b.h && b.y + e < a.y + a.h;
}

static vd_labels *crowd(vd_draw *draw, vd_arena *arena, uint32_t seed, int n) {
  vd_labels *labels = vd_labels_new(arena, draw, page);
  for (int i = 0; i < n; i++) {
    double x = chance(&seed) * page.w, y = chance(&seed) * page.h;
    vd_label label = {.text = vd_str_printf(arena, "%s %d", i % 3 ? "Kelu" : "Narrow Ford", i),
                      .under = i % 5 ? NULL : "كيلو",
                      .manner = (vd_label_manner)(i % 4),
                      .x = x,
                      .y = y,
                      .clear_mm = chance(&seed) * 2,
                      .spread_mm = i % 7 ? 0 : 2,
                      .rotation_deg = chance(&seed) * 90,
                      .rank = chance(&seed),
                      .size_mm = 2 + 2 * chance(&seed),
                      .halo_mm = 0.3,
                      .plate = i % 4 == 2 ? VD_BLACK : VD_CLEAR};
    if (i % 2) vd_labels_block(labels, (vd_rect){x - 1, y - 1, 2, 2}, i % 6 == 1);
    vd_labels_add(labels, &label);
  }
  vd_labels_place(labels);
  return labels;
}

static void place__no_two_overlap_and_none_leaves_the_page(void **state) {
  for (uint32_t seed = 1; seed <= 12; seed++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_labels *labels = crowd(*state, arena, seed, 60 * (int)seed);
    int placed = 0;
    for (int32_t i = 0; i < vd_labels_count(labels); i++) {
      const vd_label_place *a = vd_labels_place_of(labels, i);
      if (!a->placed) continue;
      placed++;
      assert_true(a->box.x >= 0 && a->box.y >= 0 && a->box.x + a->box.w <= page.w &&
                  a->box.y + a->box.h <= page.h);
      for (int32_t k = 0; k < i; k++) {
        const vd_label_place *b = vd_labels_place_of(labels, k);
        if (b->placed) assert_false(overlap(a->box, b->box));
      }
    }
    assert_true(placed >= 20);
  }
}

/* The drawn text, measured by itself, stays in the box that was kept for it. */
static void place__box_holds_the_text(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_labels *labels = crowd(*state, arena, 99, 80);
  for (int32_t i = 0; i < vd_labels_count(labels); i++) {
    const vd_label *label = vd_labels_at(labels, i);
    const vd_label_place *place = vd_labels_place_of(labels, i);
    if (!place->placed || label->manner == VD_LABEL_ALONG) continue;
    vd_text_style style = {.size_mm = label->size_mm, .face = label->face};
    vd_text_size size = vd_text_measure(*state, &style, label->text);
    assert_true(place->box.w >= size.width_mm && place->box.h >= size.height_mm * 0.9);
  }
}

static void place__higher_rank_wins(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_labels *labels = vd_labels_new(arena, *state, (vd_rect){0, 0, 24, 5});
  vd_label label = {.text = "Village", .manner = VD_LABEL_INSIDE, .x = 12, .y = 2.5, .rank = 1, .size_mm = 3};
  int32_t village = vd_labels_add(labels, &label);
  label.text = "Capital", label.rank = 2;
  int32_t capital = vd_labels_add(labels, &label);
  vd_labels_place(labels);
  assert_true(vd_labels_place_of(labels, capital)->placed);
  assert_false(vd_labels_place_of(labels, village)->placed);
}

static void place__leader_when_displaced(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_labels *labels = vd_labels_new(arena, *state, page);
  vd_labels_block(labels, (vd_rect){85, 62, 32, 18}, false);
  vd_label label = {.text = "G-01", .manner = VD_LABEL_LEADER, .x = 100, .y = 70, .size_mm = 3};
  vd_labels_add(labels, &label);
  vd_labels_place(labels);
  const vd_label_place *place = vd_labels_place_of(labels, 0);
  assert_true(place->placed && place->leader);
  assert_false(overlap(place->box, (vd_rect){85, 62, 32, 18}));
}

static void place__avoids_soft_blocks_while_it_can(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_rect soft = {101, 60, 30, 20};
  vd_labels *labels = vd_labels_new(arena, *state, page);
  vd_labels_block(labels, soft, true);
  vd_label label = {.text = "Dara", .x = 100, .y = 70, .clear_mm = 1, .size_mm = 3};
  vd_labels_add(labels, &label);
  vd_labels_place(labels);
  assert_true(vd_labels_place_of(labels, 0)->placed);
  assert_false(overlap(vd_labels_place_of(labels, 0)->box, soft));
}

static void place__same_input_same_drawing(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  char *text[2];
  for (int k = 0; k < 2; k++) {
    vd_canvas *canvas = vd_canvas_new(arena);
    vd_labels_draw(crowd(*state, arena, 7, 200), canvas);
    vd_buf buf = {.arena = arena};
    vd_canvas_print(canvas, &buf);
    text[k] = buf.text;
  }
  assert_string_equal(text[0], text[1]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(place__no_two_overlap_and_none_leaves_the_page),
      cmocka_unit_test(place__box_holds_the_text),
      cmocka_unit_test(place__higher_rank_wins),
      cmocka_unit_test(place__leader_when_displaced),
      cmocka_unit_test(place__avoids_soft_blocks_while_it_can),
      cmocka_unit_test(place__same_input_same_drawing),
  };
  return cmocka_run_group_tests(tests, open_draw, free_draw);
}
