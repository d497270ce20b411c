/* carto_sheet: a small map and a page, as pictures that someone looked at.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto_bench.h"
#include "golden/golden.h"

/* Everything switched on but certainty, that stands in place of the states, and one base chosen. */
static void map__all_layers(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
  assert_int_equal(vd_map_data_build(b->plan, b->study, NULL, &data), VD_OK);
  vd_map_view view = vd_map_view_fit(data, 180, 125, 3);
  vd_map_options options = vd_map_options_default();
  for (int i = 0; i < VD_MAP_LAYER_COUNT; i++) options.layers.shown[i] = i != VD_MAP_CERTAINTY;
  vd_canvas *canvas = vd_canvas_new(arena);
  vd_map_object base = {VD_OBJECT_RECORD, VD_KIND_BASE, fixture_id(arena, VD_KIND_BASE, "Camp Alder"), -1};
  vd_map_draw(b->draw, data, &view, &options, canvas, NULL);
  vd_map_draw_selection(data, &view, &options, &base, canvas);
  vd_map_draw_scale_bar(data, &view, &options.style, 6, 118, 40, canvas);
  golden_canvas(b->draw, canvas, "carto_map", 180, 125, 5, 2);
}

/* Surely, maybe and not covered on Monday at two in the afternoon, in colour and in black and white. */
static void map__certainty(void **state) {
  const bench *b = *state;
  for (int bw = 0; bw < 2; bw++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    VD_CLEANUP(vd_map_data_cleanup) vd_map_data *data = NULL;
    assert_int_equal(vd_map_data_build(b->plan, b->study, NULL, &data), VD_OK);
    vd_map_view view = vd_map_view_fit(data, 120, 85, 2);
    vd_map_options options = vd_map_options_default();
    options.style = vd_style_make(bw == 1, 1);
    options.states = vd_map_states_at(data, b->study,
                                      vd_study_headline(b->study)->from_s + 60 * (int64_t)VD_HOUR_S, arena);
    options.layers.shown[VD_MAP_CERTAINTY] = true, options.layers.shown[VD_MAP_GAPS] = false;
    vd_canvas *canvas = vd_canvas_new(arena);
    vd_map_draw(b->draw, data, &view, &options, canvas, NULL);
    golden_canvas(b->draw, canvas, bw ? "carto_certainty_bw" : "carto_certainty", 120, 85, 6, 2);
  }
}

static void sheet__a4(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_sheet_options options = vd_sheet_options_default();
  options.paper = VD_A4;
  options.orientation = VD_LANDSCAPE_WAY;
  vd_page page;
  assert_int_equal(vd_sheet_draw(b->draw, b->plan, b->study, &options, arena, &page), VD_OK);
  golden_canvas(b->draw, page.canvas, "carto_sheet_a4", page.width_mm, page.height_mm, 5, 2);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(map__all_layers),
      cmocka_unit_test(map__certainty),
      cmocka_unit_test(sheet__a4),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
