/* carto_bench: the fixture's plan, landscape and study, set up once for a test program of sheets.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_TESTS_CARTO_BENCH_H
#define VEDETTE_TESTS_CARTO_BENCH_H

#include "carto_fixture.h"
#include "vedette/carto/sheet.h"
#include "vedette/geo/start.h"

typedef struct bench {
  vd_draw *draw;
  vd_plan *plan;
  vd_landscape *landscape;
  vd_study *study;
} bench;

static inline int set_up(void **state) {
  static bench b;
  vd_study_options options = {.certainty = true};
  if (vd_geo_start() != VD_OK || vd_draw_open(&b.draw) != VD_OK) return -1;
  b.plan = fixture_plan();
  if (vd_landscape_build(b.plan, 500, NULL, NULL, &b.landscape) != VD_OK) return -1;
  if (vd_study_run(b.plan, b.landscape, &options, NULL, NULL, &b.study) != VD_OK) return -1;
  *state = &b;
  return 0;
}

static inline int tear_down(void **state) {
  bench *b = *state;
  vd_study_free(b->study);
  vd_landscape_free(b->landscape);
  vd_plan_free(b->plan);
  vd_draw_free(b->draw);
  return 0;
}

#endif
