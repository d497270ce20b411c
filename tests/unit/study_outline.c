/* study_outline: the outline of cells holds them and nothing else.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_fixture.h"

#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"

/* Six by four cells of a kilometre: eight around a hole, and one apart that touches nothing.
 *   . # # # . .
 *   . # o # . #
 *   . # # # . .
 *   . . . . . .   */
static void outline__holds_its_cells(void **state) {
  (void)state;
  static const char *const rows[] = {".###..", ".#o#.#", ".###..", "......"};
  fx *f = fx_new(6, 4, 1000, 7);
  VD_CLEANUP(vd_landscape_cleanup) vd_landscape *land = NULL;
  fx_load(f);
  assert_int_equal(vd_landscape_build(f->plan, 0, NULL, NULL, &land), VD_OK);
  int32_t cells[24], n = 0;
  for (int32_t i = 0; i < 24; i++)
    if (rows[i / 6][i % 6] == '#') {
      fx_place at = fx_at(f, i % 6, i / 6);
      cells[n++] = vd_landscape_cell_at(land, at.lon_deg, at.lat_deg);
    }
  vd_geom *outline;
  assert_int_equal(vd_landscape_outline(land, cells, (size_t)n, f->arena, &outline), VD_OK);
  assert_int_equal(outline->n_parts, 3); /* a ring and its hole, and the one apart */
  assert_int_equal(outline->hole[0] + outline->hole[1] + outline->hole[2], 1);
  for (int32_t i = 0; i < 24; i++) {
    fx_place at = fx_at(f, i % 6, i / 6);
    assert_int_equal(vd_polygon_holds(outline, at.lon_deg, at.lat_deg), rows[i / 6][i % 6] == '#');
  }
  double area = vd_geodesic_area_m2(outline);
  if (!(fabs(area - 9e6) < 1e3)) fail_msg("%.0f m2", area);
  assert_int_equal(vd_landscape_outline(land, cells, 0, f->arena, &outline), VD_OK);
  assert_true(vd_geom_empty(outline));
  fx_free(f);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(outline__holds_its_cells)};
  if (vd_geo_start() != VD_OK) return 1;
  return cmocka_run_group_tests(tests, NULL, NULL);
}
