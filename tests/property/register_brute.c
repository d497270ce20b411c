/* register_brute: sites and watch flags of random reports, against pairs looked at one by one.
 * SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/geo/geodesic.h"
#include "vedette/geo/start.h"
#include "vedette/study/register.h"

enum { REPORTS = 150 };
#define SITE_M 700.0
#define WATCH_M 1500.0

typedef struct brute {
  const vd_restriction *r[REPORTS]; /* by begin */
  int root[REPORTS];
  size_t n;
} brute;

static int by_begin(const void *a, const void *b) {
  const vd_restriction *x = *(const vd_restriction *const *)a, *y = *(const vd_restriction *const *)b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return strcmp(x->record.id, y->record.id);
}

static brute reports_of(const vd_plan *plan) {
  brute b = {.n = 0};
  VD_EACH(plan, VD_KIND_RESTRICTION, vd_restriction, r) b.r[b.n++] = r;
  qsort(b.r, b.n, sizeof *b.r, by_begin);
  for (size_t i = 0; i < b.n; i++) b.root[i] = (int)i;
  return b;
}

static double apart_m(const vd_restriction *a, const vd_restriction *b) {
  const double *p = a->record.geom->xy, *q = b->record.geom->xy;
  return vd_geodesic_distance_m(p[0], p[1], q[0], q[1]);
}

static void join(brute *b, size_t i, size_t k) {
  int from = b->root[i], to = b->root[k];
  for (size_t m = 0; m < b->n; m++)
    if (b->root[m] == from) b->root[m] = to;
}

/* Sizes of the groups with at least two reports, largest first. */
static int descending(const void *a, const void *b) {
  return *(const int *)b - *(const int *)a;
}
static size_t sizes_of(const brute *b, const bool *counted, int *sizes) {
  size_t n = 0;
  for (size_t root = 0; root < b->n; root++) {
    int size = 0;
    for (size_t i = 0; i < b->n; i++) size += counted[i] && b->root[i] == (int)root;
    if (size >= 2) sizes[n++] = size;
  }
  qsort(sizes, n, sizeof *sizes, descending);
  return n;
}

static fx *random_reports(uint64_t seed) {
  dice d = {seed};
  fx *f = fx_new(20, 20, 1000, 28);
  fx_standard(f, "site.radius", SITE_M);
  fx_standard(f, "watch.radius", WATCH_M);
  fx_standard(f, "watch.days", 5);
  fx_standard(f, "watch.denials", 3);
  static const char *const modes[] = {"land", "land", "air"}, *const outcomes[] = {"returned", "proceeded",
                                                                                   NULL};
  for (int i = 0; i < REPORTS; i++) {
    double spread = i % 3 == 0 ? 0.5 : 19; /* some heaped, some scattered */
    vd_restriction *r =
        fx_restriction(f, "Report", fx_point(f, dice_real(&d, 0, spread), dice_real(&d, 0, spread)), 200);
    r->mode = modes[dice_below(&d, 3)];
    r->outcome = outcomes[dice_below(&d, 3)];
    r->obstacle = dice_below(&d, 6) == 0 ? "flood" : NULL;
    r->from_s = dice_minute(&d, 0, 28 * 24);
  }
  fx_load(f);
  return f;
}

static bool is_physical(const vd_restriction *r) {
  return r->obstacle != NULL;
}
static bool is_denial(const vd_restriction *r) {
  return !is_physical(r) && (!r->outcome || strcmp(r->outcome, "returned") == 0);
}

static void sites_are_what_chains_of_pairs_are(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    fx *f = random_reports(seed);
    const vd_register *reg;
    assert_int_equal(vd_register_make(f->plan, 0, 0, f->arena, &reg), VD_OK);
    brute b = reports_of(f->plan);
    bool counted[REPORTS];
    int sizes[REPORTS];
    for (size_t i = 0; i < b.n; i++) {
      counted[i] = !is_physical(b.r[i]);
      for (size_t k = 0; k < i; k++)
        if (counted[i] && counted[k] && strcmp(b.r[i]->mode, b.r[k]->mode) == 0 &&
            apart_m(b.r[i], b.r[k]) <= SITE_M)
          join(&b, i, k);
    }
    size_t n = sizes_of(&b, counted, sizes);
    assert_int_equal(reg->n_sites, n);
    for (size_t i = 0; i < n; i++) assert_int_equal(reg->sites[i].n, sizes[i]);
    fx_free(f);
  }
}

static void flags_are_what_looking_back_from_each_denial_finds(void **state) {
  (void)state;
  int raised = 0;
  for (uint64_t seed = 100; seed < 120; seed++) {
    fx *f = random_reports(seed);
    const vd_register *reg;
    assert_int_equal(vd_register_make(f->plan, 0, 0, f->arena, &reg), VD_OK);
    brute b = reports_of(f->plan);
    bool counted[REPORTS] = {false};
    int sizes[REPORTS], told[REPORTS];
    for (size_t i = 0; i < b.n; i++) {
      size_t close[REPORTS], n = 0;
      for (size_t k = 0; k < b.n && is_denial(b.r[i]); k++) {
        int64_t before = b.r[i]->from_s - b.r[k]->from_s;
        if (k <= i && is_denial(b.r[k]) && before >= 0 && before <= 5 * (int64_t)VD_DAY_S &&
            apart_m(b.r[i], b.r[k]) <= WATCH_M)
          close[n++] = k;
      }
      for (size_t k = 0; k < n && n >= 3; k++) counted[close[k]] = true, join(&b, i, close[k]);
    }
    size_t n = sizes_of(&b, counted, sizes);
    assert_int_equal(reg->n_watches, n);
    for (size_t i = 0; i < n; i++) told[i] = (int)reg->watches[i].n;
    qsort(told, n, sizeof *told, descending);
    for (size_t i = 0; i < n; i++) assert_int_equal(told[i], sizes[i]);
    for (size_t i = 0; i < reg->n; i++) {
      for (size_t k = 0; k < b.n; k++)
        if (b.r[k] == reg->entries[i].record) assert_int_equal(reg->entries[i].watched, counted[k]);
    }
    raised += (int)n;
    fx_free(f);
  }
  assert_true(raised > 10);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sites_are_what_chains_of_pairs_are),
      cmocka_unit_test(flags_are_what_looking_back_from_each_denial_finds),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
