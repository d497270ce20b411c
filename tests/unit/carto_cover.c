/* carto_cover: the page that tells what changed from one study to another.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto_bench.h"

/* The study of the plan without its bases: whatever was covered is not any more. */
static vd_study *without_bases(const bench *b, vd_plan *plan) {
  vd_study *study;
  assert_int_equal(vd_plan_load_kind(plan, VD_KIND_BASE, NULL, 0), VD_OK);
  if (vd_study_run(plan, vd_study_landscape(b->study), NULL, NULL, NULL, &study) != VD_OK)
    fail_msg("%s", vd_last_message());
  return study;
}

static char *print_of(const bench *b, const vd_study_difference *difference, bool states, vd_arena *arena) {
  vd_sheet_options options = vd_sheet_options_default();
  vd_buf buf = {.arena = arena};
  vd_page page;
  options.difference = difference, options.landscape = vd_study_landscape(b->study);
  options.before = "monday.gpkg";
  options.layers.shown[VD_MAP_STATES] = states;
  if (vd_sheet_draw(b->draw, b->plan, NULL, &options, arena, &page) != VD_OK)
    fail_msg("%s", vd_last_message());
  vd_canvas_print(page.canvas, &buf);
  return buf.text;
}

static const char *section(const char *text, const char *mark) {
  const char *from = strstr(text, mark);
  assert_non_null(from);
  return from;
}

static void sheet__tells_the_change_and_draws_it(void **state) {
  const bench *b = *state;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_plan_cleanup) vd_plan *plan = vd_plan_copy(b->plan);
  VD_CLEANUP(vd_study_cleanup) vd_study *bare = without_bases(b, plan);
  vd_study_difference *difference;
  assert_int_equal(vd_study_compare(bare, b->study, arena, &difference), VD_OK);
  assert_true(difference->all.cells[VD_COVER_GAINED] > 0);
  assert_int_equal(difference->all.cells[VD_COVER_LOST], 0);
  char *text = print_of(b, difference, true, arena);
  assert_non_null(strstr(text, "Change of coverage against monday.gpkg"));
  assert_non_null(strstr(text, vd_str_printf(arena, "\"%s people newly covered\"",
                                             vd_count_text(arena, difference->all.people[VD_COVER_GAINED]))));
  const char *legend = section(text, "# legend\n");
  assert_non_null(strstr(legend, "\"Newly covered\""));
  assert_null(strstr(legend, "\"Newly not covered\""));
  assert_null(strstr(legend, "\"Uncovered\""));
  assert_null(strstr(text, "No study was run"));
  const char *hidden = section(print_of(b, difference, false, arena), "# legend\n");
  assert_null(strstr(hidden, "\"Newly covered\""));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sheet__tells_the_change_and_draws_it),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
