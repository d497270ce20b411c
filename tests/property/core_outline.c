/* core_outline: connected cells, their sums and outlines on random grids against slow ways to find them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vedette/core/gap.h"
#include "vedette/geo/shape.h"

enum { ROUNDS = 2000, SIDE = 24, CELLS = SIDE * SIDE };

static uint64_t state = 3;
static uint32_t random_below(uint32_t n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((state >> 33) % n);
}

/* From noise, which has many corners that touch, to blots with holes in them. */
static void make_keys(uint16_t *key, const vd_grid *g) {
  uint32_t kinds = 1 + random_below(4), blots = random_below(12);
  for (int32_t i = 0; i < g->nx * g->ny; i++) key[i] = (uint16_t)random_below(kinds + 1);
  for (uint32_t i = 0; i < blots; i++) {
    int32_t x = (int32_t)random_below((uint32_t)g->nx), y = (int32_t)random_below((uint32_t)g->ny),
            r = (int32_t)random_below(8);
    uint16_t of = (uint16_t)random_below(kinds + 1);
    for (int32_t c = 0; c < g->nx * g->ny; c++)
      if (abs(c % g->nx - x) + abs(c / g->nx - y) <= r) key[c] = of;
  }
}

/* The label of each cell is the least cell that can be reached from it; found by passing it on until nothing changes. */
static void least_cells(const vd_grid *g, const uint16_t *key, int32_t *least) {
  for (int32_t i = 0; i < g->nx * g->ny; i++) least[i] = i;
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t i = 0; i < g->nx * g->ny; i++) {
      const int32_t beside[4] = {i % g->nx ? i - 1 : i, (i + 1) % g->nx ? i + 1 : i,
                                 i >= g->nx ? i - g->nx : i, i + g->nx < g->nx * g->ny ? i + g->nx : i};
      for (int k = 0; k < 4; k++)
        if (key[beside[k]] == key[i] && least[beside[k]] < least[i])
          least[i] = least[beside[k]], changed = true;
    }
  }
}

static void check_labels(const vd_components *cs, const uint16_t *key) {
  static int32_t least[CELLS];
  const vd_grid *g = &cs->grid;
  least_cells(g, key, least);
  size_t n = 0;
  for (int32_t i = 0; i < g->nx * g->ny; i++) {
    if (!key[i]) {
      assert_int_equal(cs->label[i], -1);
      continue;
    }
    if (least[i] == i) assert_int_equal(cs->label[i], n++); /* in the order of first cells */
    const vd_component *c = &cs->items[cs->label[i]];
    assert_int_equal(c->first_cell, least[i]);
    assert_int_equal(c->key, key[i]);
    assert_in_range(i % g->nx, c->min_column, c->max_column);
    assert_in_range(i / g->nx, c->min_row, c->max_row);
  }
  assert_int_equal(cs->n, n);
}

static double signed_area(const vd_geom *geom, int32_t part) {
  double sum = 0;
  for (int32_t i = geom->part_start[part]; i + 1 < geom->part_start[part + 1]; i++)
    sum += geom->xy[2 * i] * geom->xy[2 * i + 3] - geom->xy[2 * i + 2] * geom->xy[2 * i + 1];
  return sum / 2;
}

/* Sides of cells between the component and anything else: the rings are as long as these together. */
static double sides_of(const vd_components *cs, int32_t index) {
  const vd_grid *g = &cs->grid;
  int n = 0;
  for (int32_t i = 0; i < g->nx * g->ny; i++) {
    if (cs->label[i] != index) continue;
    n += i % g->nx == 0 || cs->label[i - 1] != index;
    n += (i + 1) % g->nx == 0 || cs->label[i + 1] != index;
    n += i < g->nx || cs->label[i - g->nx] != index;
    n += i + g->nx >= g->nx * g->ny || cs->label[i + g->nx] != index;
  }
  return n * g->cell_m;
}

static void check_rings(const vd_components *cs, int32_t index, const vd_geom *outline) {
  double length = 0, area = 0;
  assert_true(vd_shape_valid(outline)); /* GEOS: rings simple, holes inside, nothing crosses */
  for (int32_t part = 0; part < outline->n_parts; part++) {
    assert_int_equal(outline->hole[part], part > 0);
    assert_true(part ? signed_area(outline, part) < 0 : signed_area(outline, part) > 0);
    area += signed_area(outline, part);
    for (int32_t i = outline->part_start[part]; i + 1 < outline->part_start[part + 1]; i++) {
      double dx = fabs(outline->xy[2 * i + 2] - outline->xy[2 * i]),
             dy = fabs(outline->xy[2 * i + 3] - outline->xy[2 * i + 1]);
      assert_true((dx > 0) != (dy > 0)); /* along the sides of cells, and no point given twice */
      length += dx + dy;
      if (i == outline->part_start[part]) continue;
      bool was_level = outline->xy[2 * i + 1] == outline->xy[2 * i - 1];
      assert_true(was_level != (dy == 0)); /* corners only */
    }
  }
  assert_true(area == cs->items[index].n_cells * cs->grid.cell_m * cs->grid.cell_m);
  assert_true(length == sides_of(cs, index));
}

static void outline__fills_to_its_cells_and_is_valid(void **unused) {
  (void)unused;
  for (int round = 0; round < ROUNDS; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_grid g = {-4, 4, 2, 1 + (int32_t)random_below(SIDE), 1 + (int32_t)random_below(SIDE)};
    uint16_t key[CELLS];
    vd_components cs;
    make_keys(key, &g);
    assert_int_equal(vd_components_new(arena, &g, key, &cs), VD_OK);
    check_labels(&cs, key);
    vd_geom **outlines = vd_components_outlines(arena, &cs);
    for (size_t i = 0; i < cs.n; i++) {
      size_t n;
      int32_t *filled = vd_grid_cells_in(arena, &g, outlines[i], &n);
      assert_int_equal(n, cs.items[i].n_cells);
      assert_memory_equal(filled, vd_component_cells(arena, &cs, i), n * sizeof *filled);
      check_rings(&cs, (int32_t)i, outlines[i]);
    }
  }
}

/* Whole numbers add up exactly in any order; others to rounding, and to the same bytes on any number of threads. */
static void sums__are_those_cell_by_cell_on_any_number_of_threads(void **unused) {
  (void)unused;
  enum { NX = 45, NY = 300 };
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *two = vd_jobs_new(2);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *seven = vd_jobs_new(7);
  static uint16_t key[NX * NY];
  static float values[NX * NY];
  static double doubles[NX * NY];
  for (int round = 0; round < 60; round++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
    vd_grid g = {0, 0, 1, 1 + (int32_t)random_below(NX), 1 + (int32_t)random_below(NY)};
    bool whole = round % 2;
    for (int32_t i = 0; i < g.nx * g.ny; i++) {
      key[i] = random_below(8) && i ? key[i - 1] : (uint16_t)random_below(3);
      values[i] = whole ? (float)random_below(1000) : (float)random_below(1000000) / 7.0F;
      if (!random_below(20)) values[i] = NAN;
      doubles[i] = (double)values[i];
    }
    vd_components cs;
    double *one, *again, *more;
    assert_int_equal(vd_components_new(arena, &g, key, &cs), VD_OK);
    double *expected = vd_components_sum(arena, &cs, doubles);
    assert_int_equal(vd_components_sum_floats(arena, NULL, &cs, values, &one), VD_OK);
    assert_int_equal(vd_components_sum_floats(arena, two, &cs, values, &again), VD_OK);
    assert_int_equal(vd_components_sum_floats(arena, seven, &cs, values, &more), VD_OK);
    assert_memory_equal(one, again, cs.n * sizeof *one);
    assert_memory_equal(one, more, cs.n * sizeof *one);
    for (size_t i = 0; i < cs.n; i++)
      assert_true(whole ? one[i] == expected[i] : fabs(one[i] - expected[i]) <= 1e-12 * expected[i]);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(outline__fills_to_its_cells_and_is_valid),
                                     cmocka_unit_test(sums__are_those_cell_by_cell_on_any_number_of_threads)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
