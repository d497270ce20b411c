/* coverage_brute: ribbons, gap-hours and profiles of random small plans against the states of every minute.
 * SPDX-License-Identifier: Apache-2.0
 *
 * study_brute holds the states themselves against the definitions. Here they are looked at in the middle of each minute, so each
 * change of state within an hour may shift it by a minute. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study_random.h"

#include "vedette/geo/start.h"
#include "vedette/study/coverage.h"

enum { NX = 9, NY = 7, CELLS = NX * NY, MOST_MINUTES = 36 * 60 };

typedef struct sampled { /* minutes of one cell */
  int threat[VD_WEEK_HOURS], covered[VD_WEEK_HOURS], changes[VD_WEEK_HOURS];
  int when[VD_WHEN_COUNT], when_covered[VD_WHEN_COUNT];
  int total_changes, bare, run, longest, n_runs;
} sampled;

typedef struct world {
  fx *f;
  vd_landscape *land;
  vd_study *study;
  vd_coverage *told;
} world;

static world make(uint64_t seed, int32_t utc_offset_s) {
  world w = {.f = random_plan(seed, NX, NY)};
  w.f->info.utc_offset_s = utc_offset_s;
  vd_site *market = fx_add(w.f, VD_KIND_SITE, "Market", fx_point(w.f, 1, 1)),
          *other = fx_add(w.f, VD_KIND_SITE, "Market", fx_point(w.f, 7, 5));
  market->site_type = other->site_type = "market";
  market->weekdays = 1, other->weekdays = 2;
  fx_load(w.f);
  if (vd_landscape_build(w.f->plan, 0, NULL, NULL, &w.land) != VD_OK ||
      vd_study_run(w.f->plan, w.land, NULL, NULL, NULL, &w.study) != VD_OK ||
      vd_study_coverage(w.study, w.f->plan, NULL, NULL, w.f->arena, &w.told) != VD_OK)
    fail_msg("%s", vd_last_message());
  return w;
}

static void end(world *w) {
  vd_study_free(w->study);
  vd_landscape_free(w->land);
  fx_free(w->f);
}

/* Column and row of the nearest market: its day is Monday or Tuesday. */
static int market_day(int32_t cell) {
  int column = cell % NX, row = cell / NX;
  double a = hypot(column - 1, row - 1), b = hypot(column - 7, row - 5);
  return a < b ? 0 : a > b ? 1 : -1; /* -1: on the line between the two, either will do */
}

static void sample(const world *w, sampled *cells) {
  static uint8_t states[CELLS], before[CELLS];
  const vd_plan_info *info = vd_plan_info_lookup(w->f->plan);
  int day_from = (int)vd_standard_value(w->f->plan, "day.from"),
      day_to = (int)vd_standard_value(w->f->plan, "day.to");
  for (int64_t t = info->from_s; t < info->to_s; t += VD_MINUTE_S) {
    vd_study_states_at(w->study, t + 30, states);
    int64_t local = t + info->utc_offset_s - FX_MONDAY_S;
    int hour = (int)((local / VD_HOUR_S + VD_WEEK_HOURS) % VD_WEEK_HOURS), minute = (int)(local / 60 % 1440);
    bool light = minute >= day_from && minute < day_to;
    for (int32_t c = 0; c < CELLS; c++) {
      sampled *s = &cells[c];
      bool changed = t > info->from_s && states[c] != before[c];
      s->changes[hour] += changed, s->total_changes += changed;
      bool gap = states[c] > VD_COVERED;
      s->run = gap ? s->run + 1 : 0;
      s->n_runs += s->run == 1;
      s->longest = s->run > s->longest ? s->run : s->longest;
      s->bare += gap;
      if (states[c] == VD_STATE_NONE) continue;
      vd_when whens[] = {VD_WHEN_ALL, light ? VD_WHEN_DAY : VD_WHEN_NIGHT,
                         hour / 24 == market_day(c) ? VD_WHEN_MARKET : VD_WHEN_OTHER};
      s->threat[hour]++, s->covered[hour] += states[c] == VD_COVERED;
      for (int i = 0; i < 3; i++) s->when[whens[i]]++, s->when_covered[whens[i]] += states[c] == VD_COVERED;
    }
    memcpy(before, states, sizeof before);
  }
}

static void expect(const char *what, int32_t cell, double exact, double seen, double tolerance) {
  if (!(fabs(exact - seen) <= tolerance + 1e-6))
    fail_msg("%s of cell %d: %.4f, every minute says %.4f", what, (int)cell, exact, seen);
}

static void compare(const vd_cover *cover, const sampled *s, int32_t cell) {
  double people = cover->people, slack = s->total_changes + 1;
  for (int h = 0; h < VD_WEEK_HOURS; h++) {
    if (s->threat[h] == 0) {
      if (cover->ribbon[h] >= 0) expect("an hour without threat", cell, 0, 0, s->changes[h] ? 1 : -1);
      continue;
    }
    expect("ribbon", cell, (double)cover->ribbon[h] * s->threat[h], s->covered[h], s->changes[h] + 1);
  }
  expect("gap-hours", cell, 60 * cover->gap_hours, s->bare, slack);
  expect("longest gap", cell, 60 * cover->longest_gap_h, s->longest, 2);
  if (s->n_runs > cover->n_gaps) fail_msg("cell %d: %d gaps, %d seen", (int)cell, cover->n_gaps, s->n_runs);
  for (int w = 0; w < VD_WHEN_COUNT; w++) {
    if (w >= VD_WHEN_MARKET && market_day(cell) < 0) continue;
    expect("person-hours", cell, 60 * vd_cover_hours(cover, (vd_when)w) / people, s->when[w], slack);
    expect("covered", cell, 60 * cover->by_state[w][VD_COVERED] / people, s->when_covered[w], slack);
  }
}

/* Each cell alone, and all and the gaps as sums of theirs. */
static void covers_agree_with_every_minute(void **state) {
  (void)state;
  static sampled cells[CELLS];
  for (uint64_t seed = 400; seed < 412; seed++) {
    world w = make(seed, seed % 3 == 0 ? 19800 : 0);
    size_t n;
    const vd_study_cell *list = vd_study_cells(w.study, &n);
    double all_covered = 0, all_people = 0, in_gaps = 0, told_in_gaps = 0;
    memset(cells, 0, sizeof cells);
    sample(&w, cells);
    for (size_t t = 0; t < n; t++) {
      double xy[2];
      vd_cover cover;
      vd_grid_centre(vd_landscape_grid(w.land), list[t].cell, &xy[0], &xy[1]);
      vd_landscape_to_lonlat(w.land, xy, xy, 1);
      assert_true(vd_study_cover_place(w.study, w.f->plan, xy[0], xy[1], &cover));
      compare(&cover, &cells[list[t].cell], list[t].cell);
      all_covered += cover.by_state[VD_WHEN_ALL][VD_COVERED], all_people += cover.people;
      if (list[t].gap >= 0) in_gaps += cover.gap_hours * cover.people;
    }
    for (size_t g = 0; g < w.told->n_gaps; g++)
      told_in_gaps += w.told->gaps[g].gap_hours * w.told->gaps[g].people;
    assert_true(fabs(all_covered - w.told->all.by_state[VD_WHEN_ALL][VD_COVERED]) < 1e-6 * (1 + all_covered));
    assert_true(fabs(all_covered - vd_study_headline(w.study)->all.by_state[VD_COVERED]) <
                1e-6 * (1 + all_covered));
    assert_true(fabs(all_people - w.told->all.people) < 1e-6 * (1 + all_people));
    assert_true(fabs(in_gaps - told_in_gaps) < 1e-6 * (1 + in_gaps));
    end(&w);
  }
}

/* The number and length of gaps against the spans that explaining a place tells. */
static void gaps_in_time_are_those_of_the_spans(void **state) {
  (void)state;
  for (uint64_t seed = 500; seed < 508; seed++) {
    world w = make(seed, 0);
    size_t n;
    const vd_study_cell *list = vd_study_cells(w.study, &n);
    for (size_t t = 0; t < n; t += 3) {
      double xy[2];
      vd_cover cover;
      vd_explanation *told;
      int32_t gaps = 0;
      int64_t run = 0, longest = 0, total = 0;
      vd_grid_centre(vd_landscape_grid(w.land), list[t].cell, &xy[0], &xy[1]);
      vd_landscape_to_lonlat(w.land, xy, xy, 1);
      assert_true(vd_study_cover_place(w.study, w.f->plan, xy[0], xy[1], &cover));
      assert_int_equal(vd_study_explain(w.study, w.f->plan, xy[0], xy[1], w.f->arena, &told), VD_OK);
      for (size_t i = 0; i < told->n_spans; i++) {
        bool gap = told->spans[i].state > VD_COVERED;
        int64_t s = told->spans[i].to_s - told->spans[i].from_s;
        gaps += gap && run == 0;
        run = gap ? run + s : 0, total += gap ? s : 0;
        longest = run > longest ? run : longest;
      }
      assert_int_equal(cover.n_gaps, gaps);
      assert_true(fabs(cover.longest_gap_h * 3600 - (double)longest) < 1e-3);
      assert_true(fabs(cover.gap_hours * 3600 - (double)total) < 1e-3);
    }
    end(&w);
  }
}

static void same_on_any_number_of_threads(void **state) {
  (void)state;
  world w = make(600, 0);
  VD_CLEANUP(vd_jobs_cleanup) vd_jobs *jobs = vd_jobs_new(3);
  vd_coverage *again;
  assert_int_equal(vd_study_coverage(w.study, w.f->plan, jobs, NULL, w.f->arena, &again), VD_OK);
  assert_memory_equal(&again->all, &w.told->all, sizeof again->all);
  assert_int_equal(again->n_gaps, w.told->n_gaps);
  if (again->n_gaps) assert_memory_equal(again->gaps, w.told->gaps, again->n_gaps * sizeof *again->gaps);
  end(&w);
}

int main(void) {
  if (vd_geo_start() != VD_OK) return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(covers_agree_with_every_minute),
      cmocka_unit_test(gaps_in_time_are_those_of_the_spans),
      cmocka_unit_test(same_on_any_number_of_threads),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
