/* carto_sheet: a page says what it must, only what is so, and keeps to its boxes, from A4 to A0.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto_bench.h"

static char *print_of(const bench *b, const vd_study *study, const vd_sheet_options *options, vd_arena *arena,
                      vd_page *page) {
  vd_buf buf = {.arena = arena};
  if (vd_sheet_draw(b->draw, b->plan, study, options, arena, page) != VD_OK)
    fail_msg("%s", vd_last_message());
  vd_canvas_print(page->canvas, &buf);
  return buf.text;
}

static int count(const char *text, const char *part) {
  int n = 0;
  for (const char *p = text; (p = strstr(p, part)) != NULL; p += strlen(part)) n++;
  return n;
}

/* What comes after "# mark" up to the next mark. */
static char *section(vd_arena *arena, const char *text, const char *mark) {
  const char *from = strstr(text, vd_str_printf(arena, "# %s\n", mark));
  if (!from) return vd_str_dup(arena, "");
  const char *to = strstr(from + 2, "\n# ");
  return vd_str_dup_n(arena, from, to ? (size_t)(to - from) : strlen(from));
}

static void sheet__says_what_it_must(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  char *text = print_of(b, b->study, &options, arena, &page);
  char hash[65];
  assert_int_equal(count(text, "\"CONFIDENTIAL\""), 2);
  memcpy(hash, vd_study_headline(b->study)->input_hash, sizeof hash);
  assert_int_equal(count(text, hash), 1);
  assert_int_equal(count(text, "Ledi valley, week 11"), 1);
  assert_int_equal(count(text, "do not imply official endorsement"), 1);
  assert_non_null(strstr(text, "14 Mar 2026 00:00 to 21 Mar 2026 00:00 UTC"));
  assert_non_null(strstr(text, "UTC+02:00"));
  assert_non_null(strstr(text, "UTM zone 34N"));
  assert_non_null(strstr(text, "\"1:"));
  assert_null(strstr(text, "MADE SAMPLE DATA"));
}

/* Each gap of the study that has a row has it once, with its people; the rest is counted. */
static void table__rows_and_rest_make_all(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  size_t n, rows = 0, more = 0;
  const vd_gap *gaps = vd_study_gaps(b->study, &n);
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  char *table = section(arena, print_of(b, b->study, &options, arena, &page), "gaps table");
  assert_true(n > 0);
  for (size_t i = 0; i < n; i++) {
    int seen = count(table, vd_str_printf(arena, "\"%s\"", gaps[i].name));
    assert_true(seen <= 1);
    if (seen)
      assert_non_null(strstr(table, vd_str_printf(arena, "\"%s\"", vd_count_text(arena, gaps[i].people))));
    rows += (size_t)seen;
  }
  const char *rest = strstr(table, "… ");
  if (rest) more = (size_t)strtol(rest + strlen("… "), NULL, 10);
  assert_int_equal(rows + more, n);
}

static void legend__lists_only_what_is_drawn(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  char *all = section(arena, print_of(b, b->study, &options, arena, &page), "legend");
  assert_non_null(strstr(all, "Battalion headquarters"));
  assert_non_null(strstr(all, "\"Uncovered\""));
  assert_non_null(strstr(all, "\"Ford\""));
  assert_null(strstr(all, "Motorway"));
  assert_null(strstr(all, "Force headquarters"));
  assert_null(strstr(all, "\"Incident\""));
  options.layers.shown[VD_MAP_BASES] = options.layers.shown[VD_MAP_STATES] = false;
  options.layers.shown[VD_MAP_INCIDENTS] = true;
  char *some = section(arena, print_of(b, b->study, &options, arena, &page), "legend");
  assert_null(strstr(some, "Battalion headquarters"));
  assert_null(strstr(some, "\"Uncovered\""));
  assert_non_null(strstr(some, "Incident with people killed"));
}

static void sheet__without_a_study(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  char hash[65], *text = print_of(b, NULL, &options, arena, &page);
  vd_plan_hash(b->plan, hash);
  assert_non_null(strstr(text, hash));
  assert_int_equal(count(text, "\"CONFIDENTIAL\""), 2);
  assert_non_null(strstr(text, "No study was run"));
  assert_null(strstr(text, "# gaps table"));
}

static void sheet__same_bytes_twice(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  assert_string_equal(print_of(b, b->study, &options, arena, &page),
                      print_of(b, b->study, &options, arena, &page));
}

static double smallest_text_mm(const char *text) {
  static const char *const faces[] = {" regular ", " bold "};
  double least = 1000;
  for (int k = 0; k < 2; k++)
    for (const char *p = text; (p = strstr(p, faces[k])) != NULL; p++)
      least = fmin(least, strtod(p + strlen(faces[k]), NULL));
  return least;
}

static bool is_white(uint32_t pixel) {
  return (pixel & 0xffffff) == 0xffffff;
}

/* On every paper, both ways: the size is the paper's, nothing is drawn within 4 mm of the edge, and no text is smaller
 * than six points. */
static void sheet__every_paper(void **state) {
  static const double longer[] = {297, 420, 594, 841, 1189}, shorter[] = {210, 297, 420, 594, 841};
  const bench *b = *state;
  for (int k = 0; k < 2 * VD_PAPER_COUNT; k++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
    vd_sheet_options options = vd_sheet_options_default();
    options.paper = (vd_paper)(k / 2);
    options.orientation = k % 2 ? VD_PORTRAIT_WAY : VD_LANDSCAPE_WAY;
    options.raster_px_per_mm = 1;
    vd_page page;
    char *text = print_of(b, b->study, &options, arena, &page);
    assert_true(fabs(page.width_mm - (k % 2 ? shorter[k / 2] : longer[k / 2])) <= 0);
    assert_true(fabs(page.height_mm - (k % 2 ? longer[k / 2] : shorter[k / 2])) <= 0);
    assert_int_equal(count(text, "\"CONFIDENTIAL\""), 2);
    assert_true(smallest_text_mm(text) >= 2.11);
    double px = 400 / page.width_mm;
    int w = 400, h = (int)(page.height_mm * px), edge = (int)(4 * px);
    assert_int_equal(vd_surface_new(w, h, &surface), VD_OK);
    vd_surface_fill(surface, VD_WHITE);
    assert_int_equal(vd_canvas_render(b->draw, page.canvas, &(vd_view){.px_per_mm = px}, surface), VD_OK);
    const uint32_t *pixels = vd_surface_read(surface);
    size_t step = (size_t)vd_surface_stride(surface) / 4;
    for (int y = 0; y < h; y++)
      for (int x = 0; x < w; x++)
        if (x < edge || y < edge || x >= w - edge || y >= h - edge)
          if (!is_white(pixels[(size_t)y * step + (size_t)x]))
            fail_msg("paper %d: something at %d, %d of %d x %d", k, x, y, w, h);
  }
}

static void scale__given_is_kept_and_nonsense_refused(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  options.scale = 123456;
  char *text = print_of(b, b->study, &options, arena, &page);
  assert_non_null(strstr(text, vd_str_printf(arena, "1:%s", vd_count_text(arena, 123456))));
  options.scale = 3;
  assert_int_equal(vd_sheet_draw(b->draw, b->plan, b->study, &options, arena, &page), VD_ERR_LIMIT);
}

static void sheet__snapshot_says_its_time(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  vd_page page;
  options.snapshot = true;
  options.time_s = FIXTURE_FROM_S + 9 * VD_HOUR_S;
  char *text = print_of(b, b->study, &options, arena, &page);
  assert_non_null(strstr(text, "At 14 Mar 2026 09:00 UTC (local 14 Mar 2026 11:00, UTC+02:00)"));
}

static void sheet__black_and_white_has_no_colour(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  vd_sheet_options options = vd_sheet_options_default();
  options.bw = true;
  options.raster_px_per_mm = 2;
  vd_page page;
  print_of(b, b->study, &options, arena, &page);
  int w = (int)(2 * page.width_mm), h = (int)(2 * page.height_mm), coloured = 0;
  assert_int_equal(vd_surface_new(w, h, &surface), VD_OK);
  vd_surface_fill(surface, VD_WHITE);
  assert_int_equal(vd_canvas_render(b->draw, page.canvas, &(vd_view){.px_per_mm = 2}, surface), VD_OK);
  const uint32_t *pixels = vd_surface_read(surface);
  size_t step = (size_t)vd_surface_stride(surface) / 4;
  for (size_t y = 0; y < (size_t)h; y++)
    for (size_t x = 0; x < (size_t)w; x++) {
      uint32_t p = pixels[y * step + x];
      int r = p >> 16 & 255, g = p >> 8 & 255, bl = p & 255;
      coloured += abs(r - g) > 24 || abs(g - bl) > 24;
    }
  assert_int_equal(coloured, 0);
}

static void paper__words(void **state) {
  (void)state;
  assert_int_equal(vd_paper_find("a4"), VD_A4);
  assert_int_equal(vd_paper_find("A0"), VD_A0);
  assert_int_equal(vd_paper_find("letter"), -1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sheet__says_what_it_must),
      cmocka_unit_test(table__rows_and_rest_make_all),
      cmocka_unit_test(legend__lists_only_what_is_drawn),
      cmocka_unit_test(sheet__without_a_study),
      cmocka_unit_test(sheet__same_bytes_twice),
      cmocka_unit_test(sheet__every_paper),
      cmocka_unit_test(scale__given_is_kept_and_nonsense_refused),
      cmocka_unit_test(sheet__snapshot_says_its_time),
      cmocka_unit_test(sheet__black_and_white_has_no_colour),
      cmocka_unit_test(paper__words),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
