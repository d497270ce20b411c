/* carto_report: the first page of a made report in colour and in black and white, as pictures that someone looked at.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "carto_bench.h"
#include "golden/golden.h"
#include "made_report.h"

#include "vedette/carto/report.h"

static void compare(const bench *b, bool bw, const char *name) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_page *pages;
  int n;
  vd_report_paper paper = {.bw = bw};
  assert_int_equal(
      vd_report_draw_pages(b->draw, made_report(arena, b->plan, 24), b->plan, &paper, arena, &pages, &n),
      VD_OK);
  golden_canvas(b->draw, pages[0].canvas, name, pages[0].width_mm, pages[0].height_mm, 4, 2);
}

static void report__first_page(void **state) {
  compare(*state, false, "carto_report");
}
static void report__black_and_white(void **state) {
  compare(*state, true, "carto_report_bw");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(report__first_page),
      cmocka_unit_test(report__black_and_white),
  };
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
