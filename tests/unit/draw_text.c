/* draw_text: measures, breaking, carets and hits, in both directions.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "golden/vocabulary.h"
#include "vedette/draw/icon.h"
#include "vedette/draw/surface.h"

static const char arabic[] = "قصر الوادي";
static const char mixed[] = "Qasr قصر 24 km";

static int open_draw(void **state) {
  return vd_draw_open((vd_draw **)state) == VD_OK ? 0 : -1;
}
static int free_draw(void **state) {
  vd_draw_free(*state);
  return 0;
}

static void measure__scales_exactly_with_the_size(void **state) {
  const char *const texts[] = {"Deir Hanun", arabic, mixed};
  for (int i = 0; i < 3; i++)
    for (double size = 0.3; size < 60; size *= 1.7) {
      vd_text_style one = {.size_mm = 1}, style = {.size_mm = size};
      vd_text_size a = vd_text_measure(*state, &one, texts[i]), b = vd_text_measure(*state, &style, texts[i]);
      assert_true(a.width_mm > 1);
      assert_true(fabs(b.width_mm - size * a.width_mm) < 1e-9 * b.width_mm);
      assert_true(fabs(b.height_mm - size * a.height_mm) < 1e-9 * b.height_mm);
    }
}

/* Noto Sans Regular has 1000 units an em; its A is 639 wide, its I 339, the space 260 (its hmtx table). */
static void measure__follows_the_font_tables(void **state) {
  vd_text_style style = {.size_mm = 1000};
  assert_true(fabs(vd_text_measure(*state, &style, "A").width_mm - 639) < 0.1);
  assert_true(fabs(vd_text_measure(*state, &style, "I I").width_mm - (2 * 339 + 260)) < 0.1);
  assert_true(fabs(vd_text_measure(*state, &style, "x").ascent_mm - 1069) < 0.1);
  assert_true(fabs(vd_text_measure(*state, &style, "x").height_mm - 1362) < 0.1);
}

static void measure__lines_are_even_in_every_script(void **state) {
  vd_text_style style = {.size_mm = 3, .line_height = 1.5};
  vd_text_size one = vd_text_measure(*state, &style, "Bir"),
               two = vd_text_measure(*state, &style, "Bir\nبئر");
  assert_int_equal(two.n_lines, 2);
  assert_true(fabs(two.height_mm - one.height_mm - one.line_mm) < 1e-9);
  assert_true(fabs(one.line_mm - 1.5 * one.height_mm) < 1e-9);
  assert_true(vd_text_measure(*state, &style, "").n_lines == 1);
  assert_true(vd_text_measure(*state, &style, NULL).width_mm == 0);
}

static void ellipsis__never_wider_than_asked(void **state) {
  const char *const texts[] = {"A rather long name of a place", "اسم طويل جدا لمكان بعيد",
                               "two\nlines of it"};
  for (int i = 0; i < 3; i++)
    for (double width = 8; width < 40; width += 3.7) {
      vd_text_style style = {.size_mm = 3, .overflow = VD_OVERFLOW_ELLIPSIS, .max_width_mm = width};
      vd_text_size size = vd_text_measure(*state, &style, texts[i]);
      assert_int_equal(size.n_lines, 1);
      assert_true(size.width_mm <= width + 0.001);
      vd_text_style whole = {.size_mm = 3, .overflow = VD_OVERFLOW_ELLIPSIS, .max_width_mm = 1000};
      assert_true(size.cut == (vd_text_measure(*state, &whole, texts[i]).width_mm > width));
    }
}

static void wrap__fits_and_counts_lines(void **state) {
  const char text[] = "Patrols that pass at the same hour each day can be foretold by anyone who watches";
  vd_text_style style = {.size_mm = 3, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = 30};
  vd_text_size all = vd_text_measure(*state, &style, text);
  assert_true(all.n_lines >= 4 && all.width_mm <= 30.001 && !all.cut);
  style.max_lines = 2;
  vd_text_size two = vd_text_measure(*state, &style, text);
  assert_true(two.n_lines == 2 && two.cut);
  /* A word longer than the line is broken rather than sticking out. */
  style = (vd_text_style){.size_mm = 3, .overflow = VD_OVERFLOW_WRAP, .max_width_mm = 12};
  assert_true(vd_text_measure(*state, &style, "Unterscheidungsmerkmal").width_mm <= 12.001);
}

/* Every caret position is found again by clicking on it, also where the writing turns. */
static void hit__finds_every_caret(void **state) {
  const char *const texts[] = {"Ain Zarqa äöü", arabic, "first line\nsecond"};
  vd_text_style style = {.size_mm = 5};
  for (int i = 0; i < 3; i++)
    for (size_t at = 0; at <= strlen(texts[i]);) {
      vd_text_caret caret = vd_text_caret_at(*state, &style, VD_ANCHOR_LEFT, texts[i], at);
      size_t hit =
          vd_text_hit(*state, &style, VD_ANCHOR_LEFT, texts[i], caret.x_mm, caret.y_mm + caret.height_mm / 2);
      assert_int_equal(hit, at);
      size_t next = vd_text_move(*state, &style, texts[i], at, VD_STEP_NEXT);
      if (next == at) break;
      assert_int_equal(vd_text_move(*state, &style, texts[i], next, VD_STEP_PREVIOUS), at);
      at = next;
    }
}

static void caret__right_to_left_starts_at_the_right(void **state) {
  vd_text_style style = {.size_mm = 5};
  double width = vd_text_measure(*state, &style, arabic).width_mm;
  size_t n = strlen(arabic);
  assert_true(fabs(vd_text_caret_at(*state, &style, VD_ANCHOR_LEFT, arabic, 0).x_mm - width) < 1e-3);
  assert_true(fabs(vd_text_caret_at(*state, &style, VD_ANCHOR_LEFT, arabic, n).x_mm) < 1e-3);
  /* The left key goes on in reading order here, the right key back. */
  size_t one = vd_text_move(*state, &style, arabic, 0, VD_STEP_LEFT);
  assert_int_equal(one, 2);
  assert_int_equal(vd_text_move(*state, &style, arabic, one, VD_STEP_RIGHT), 0);
  assert_int_equal(vd_text_move(*state, &style, arabic, 0, VD_STEP_RIGHT), 0);
  assert_int_equal(vd_text_move(*state, &style, arabic, n, VD_STEP_LEFT), n);
}

static void move__by_words_and_lines(void **state) {
  vd_text_style style = {.size_mm = 5};
  const char text[] = "Bir Salam\nmarket";
  assert_int_equal(vd_text_move(*state, &style, text, 0, VD_STEP_WORD_NEXT), 3);
  assert_int_equal(vd_text_move(*state, &style, text, 3, VD_STEP_WORD_NEXT), 9);
  assert_int_equal(vd_text_move(*state, &style, text, 9, VD_STEP_WORD_PREVIOUS), 4);
  assert_int_equal(vd_text_move(*state, &style, text, 16, VD_STEP_WORD_NEXT), 16);
  assert_int_equal(vd_text_move(*state, &style, text, 13, VD_STEP_LINE_START), 10);
  assert_int_equal(vd_text_move(*state, &style, text, 5, VD_STEP_LINE_END), 9);
  /* A letter and its accent are one step. */
  assert_int_equal(vd_text_move(*state, &style, "e\xcc\x81x", 0, VD_STEP_NEXT), 3);
  /* Indices beyond the end or inside a letter are brought to a letter's start. */
  assert_int_equal(vd_text_move(*state, &style, "ab", 99, VD_STEP_PREVIOUS), 1);
  assert_int_equal(vd_text_move(*state, &style, "äb", 1, VD_STEP_NEXT), 2);
}

static void ranges__cover_what_is_selected(void **state) {
  vd_text_style style = {.size_mm = 5};
  vd_rect rects[8];
  vd_text_size whole = vd_text_measure(*state, &style, mixed);
  assert_int_equal(vd_text_ranges(*state, &style, VD_ANCHOR_LEFT, mixed, 0, strlen(mixed), rects, 8), 1);
  assert_true(fabs(rects[0].w - whole.width_mm) < 1e-3);
  /* From inside the Latin to inside the Arabic word: two places as seen. */
  int n = vd_text_ranges(*state, &style, VD_ANCHOR_LEFT, mixed, 2, 7, rects, 8);
  assert_int_equal(n, 2);
  assert_true(rects[1].x > rects[0].x + rects[0].w);
  assert_int_equal(vd_text_ranges(*state, &style, VD_ANCHOR_LEFT, "ab\ncd", 1, 4, rects, 8), 2);
  assert_true(rects[1].y > rects[0].y);
  assert_int_equal(vd_text_ranges(*state, &style, VD_ANCHOR_LEFT, "ab", 1, 1, rects, 8), 0);
}

static void box__follows_anchor_and_rotation(void **state) {
  vd_text_run run = {.text = "Deir",
                     .x = 50,
                     .y = 60,
                     .style = {.size_mm = 4},
                     .anchor_x = VD_ANCHOR_CENTRE,
                     .anchor_y = VD_ANCHOR_MIDDLE};
  vd_rect flat = vd_text_run_box(*state, &run);
  assert_true(fabs(flat.x + flat.w / 2 - 50) < 0.2 && fabs(flat.y + flat.h / 2 - 60) < 0.2);
  run.rotation_deg = 90;
  vd_rect turned = vd_text_run_box(*state, &run);
  assert_true(fabs(turned.w - flat.h) < 1e-9 && fabs(turned.h - flat.w) < 1e-9);
  run.rotation_deg = 0, run.halo_mm = 1;
  assert_true(fabs(vd_text_run_box(*state, &run).w - flat.w - 2) < 1e-9);
}

/* More texts than the cache keeps, then the first again. */
static void cache__forgets_and_finds_again(void **state) {
  vd_text_style style = {.size_mm = 3};
  double first = vd_text_measure(*state, &style, "place 0").width_mm;
  char text[32];
  for (int i = 0; i < 10000; i++) {
    snprintf(text, sizeof text, "place %d", i);
    vd_text_measure(*state, &style, text);
  }
  assert_true(vd_text_measure(*state, &style, "place 0").width_mm == first);
}

typedef struct worker {
  vd_draw *draw;
  vd_surface *surface;
  vd_status status;
} worker;

static void *work(void *data) {
  worker *w = data;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  for (int i = 0; i < 5 && w->status == VD_OK; i++) {
    vd_surface_fill(w->surface, VD_WHITE);
    w->status = vd_canvas_render(w->draw, vocabulary_new(arena), &(vd_view){.px_per_mm = 2}, w->surface);
  }
  return NULL;
}

static void copies__draw_the_same_in_every_thread(void **state) {
  worker workers[3] = {0};
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) {
    workers[i].draw = vd_draw_copy(*state);
    assert_int_equal(vd_surface_new(360, 260, &workers[i].surface), VD_OK);
    assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
  }
  for (int i = 0; i < 3; i++) {
    pthread_join(threads[i], NULL);
    assert_int_equal(workers[i].status, VD_OK);
  }
  for (int i = 1; i < 3; i++)
    assert_int_equal(vd_surface_compare(workers[0].surface, workers[i].surface).n_pixels, 0);
  for (int i = 0; i < 3; i++) {
    vd_surface_free(workers[i].surface);
    vd_draw_free(workers[i].draw);
  }
}

static void open__names_the_package_of_a_missing_font(void **state) {
  (void)state;
  vd_draw *draw = NULL;
  setenv("VEDETTE_FONTS", "/nowhere", 1);
  vd_status status = vd_draw_open(&draw);
  unsetenv("VEDETTE_FONTS");
  assert_int_equal(status, VD_ERR_NOT_FOUND);
  assert_null(draw);
  assert_non_null(strstr(vd_last_message(), "/nowhere/NotoSans-Regular.ttf"));
  assert_non_null(strstr(vd_last_message(), "fonts-noto-core"));
}

static void assets__are_found_or_named(void **state) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  const char *path = NULL;
  assert_int_equal(vd_assets_path(arena, "icons/save.svg", &path), VD_OK);
  setenv("VEDETTE_ASSETS", "/nowhere", 1);
  vd_status status = vd_assets_path(arena, "icons/save.svg", &path);
  unsetenv("VEDETTE_ASSETS");
  assert_int_equal(status, VD_ERR_NOT_FOUND);
  assert_non_null(strstr(vd_last_message(), "/nowhere"));
  assert_int_equal(vd_icon_check(*state, "icons/save"), VD_OK);
  assert_int_equal(vd_icon_check(*state, "icons/no-such-icon"), VD_ERR_NOT_FOUND);
  assert_int_equal(vd_icon_check(*state, "../../etc/passwd"), VD_ERR_NOT_FOUND);
  assert_true(vd_icon_aspect(*state, "icons/save") == 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(measure__scales_exactly_with_the_size),
      cmocka_unit_test(measure__follows_the_font_tables),
      cmocka_unit_test(measure__lines_are_even_in_every_script),
      cmocka_unit_test(ellipsis__never_wider_than_asked),
      cmocka_unit_test(wrap__fits_and_counts_lines),
      cmocka_unit_test(hit__finds_every_caret),
      cmocka_unit_test(caret__right_to_left_starts_at_the_right),
      cmocka_unit_test(move__by_words_and_lines),
      cmocka_unit_test(ranges__cover_what_is_selected),
      cmocka_unit_test(box__follows_anchor_and_rotation),
      cmocka_unit_test(cache__forgets_and_finds_again),
      cmocka_unit_test(copies__draw_the_same_in_every_thread),
      cmocka_unit_test(open__names_the_package_of_a_missing_font),
      cmocka_unit_test(assets__are_found_or_named),
  };
  return cmocka_run_group_tests(tests, open_draw, free_draw);
}
