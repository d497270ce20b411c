/* coverage: weeks of cells, summed over all, gaps, threat areas and settlements.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The weeks of a block of cells are worked out on all threads, then added up in order of cells. */
#include "vedette/study/coverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/week.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

enum { BLOCK = 8 * VD_CHUNK };

typedef struct market {
  double xy_m[2];
  int32_t days;
} market;
typedef struct covering {
  const vd_study *study;
  market *markets; /* of known days */
  size_t n_markets, capacity;
  int64_t n_all, n_unknown;
  /* of the block */
  const int32_t *cells; /* indices among the study's */
  size_t first, n;
  vd_week *weeks; /* a row for each cell: its own, then those of its threat areas when there are several */
  size_t *row;    /* per cell of the block */
} covering;

/* ---- markets ---- */

static bool is_market(const vd_site *site) {
  return vd_str_equal(site->site_type, "market") && !vd_geom_empty(site->record.geom);
}

static void find_markets(covering *c, vd_arena *arena, const vd_plan *plan) {
  for (size_t i = 0; i < vd_plan_count(plan, VD_KIND_SITE); i++) {
    const vd_site *site = vd_plan_at(plan, VD_KIND_SITE, i);
    if (!is_market(site)) continue;
    c->n_all++;
    if ((site->weekdays & 127) == 0) {
      c->n_unknown++;
      continue;
    }
    vd_box box = vd_geom_box(site->record.geom);
    market *m = VD_PUSH(arena, c->markets, c->n_markets, c->capacity);
    *m = (market){{(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}, site->weekdays & 127};
    vd_landscape_to_plane(c->study->land, m->xy_m, m->xy_m, 1);
  }
}

static vd_week_rule rule_of(const covering *c, size_t t) {
  vd_week_rule rule = {.day = c->study->model->figures.day, .markets = c->n_markets > 0};
  double least = INFINITY;
  rule.day.utc_offset_s = c->study->model->utc_offset_s;
  for (size_t i = 0; i < c->n_markets; i++) {
    double d = hypot(c->markets[i].xy_m[0] - c->study->xy_m[2 * t],
                     c->markets[i].xy_m[1] - c->study->xy_m[2 * t + 1]);
    if (d < least) least = d, rule.market_days = c->markets[i].days;
  }
  return rule;
}

/* ---- a block of cells ---- */

static int32_t n_dangers(const vd_study *study, size_t t) {
  return study->danger_start[t + 1] - study->danger_start[t];
}

/* Rows that a cell needs: threat areas of their own only where there are several. */
static size_t n_rows(const vd_study *study, size_t t) {
  int32_t n = n_dangers(study, t);
  return n > 1 ? 1 + (size_t)n : 1;
}

static void fill_cell(void *context, size_t i, const vd_timeline *line) {
  const covering *c = context;
  const vd_study *study = c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t t = (size_t)c->cells[i], n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  vd_week_rule rule = rule_of(c, t);
  vd_week *week = &c->weeks[c->row[i - c->first]];
  vd_week_fill(week, &rule, slices, n, NULL, 0);
  if (n_dangers(study, t) < 2) return;
  for (int32_t k = study->danger_start[t]; k < study->danger_start[t + 1]; k++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[k]];
    vd_week_fill(++week, &rule, slices, danger->n_pairs > 0 ? n : 0, danger->pairs, danger->n_pairs);
  }
}

static vd_status fill_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  covering *c = context;
  size_t from = c->first + (size_t)item * VD_CHUNK, end = c->first + c->n;
  vd_each_timeline(c->study, &as_it_is, c->cells, from, from + VD_CHUNK < end ? from + VD_CHUNK : end,
                   fill_cell, c);
  return VD_OK;
}

/* Calls for each of `n` cells, in order, with its rows. */
static vd_status each_cell(covering *c, const int32_t *cells, size_t n, vd_jobs *jobs,
                           const vd_progress *progress,
                           void (*call)(void *context, size_t t, const vd_week *weeks), void *context) {
  for (size_t first = 0; first < n; first += BLOCK) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    c->cells = cells, c->first = first, c->n = n - first < BLOCK ? n - first : BLOCK;
    c->row = VD_NEW_ARRAY(scratch, size_t, c->n + 1);
    size_t rows = 0;
    for (size_t i = 0; i < c->n; i++) c->row[i] = rows, rows += n_rows(c->study, (size_t)cells[first + i]);
    c->weeks = VD_NEW_ARRAY(scratch, vd_week, rows + 1);
    VD_TRY(vd_progress_step(progress, _("Coverage through the week"), (int64_t)first, (int64_t)n));
    VD_TRY(vd_jobs_run(jobs, vd_chunks(c->n), fill_chunk, c));
    for (size_t i = 0; i < c->n; i++) call(context, (size_t)cells[first + i], &c->weeks[c->row[i]]);
  }
  return VD_OK;
}

/* ---- settlements ---- */

typedef struct stand { /* a settlement of the plan in a cell of the study */
  int32_t t;
  size_t place;
} stand;

static int compare_stands(const void *a, const void *b) {
  const stand *x = a, *y = b;
  if (x->t != y->t) return x->t < y->t ? -1 : 1;
  return (x->place > y->place) - (x->place < y->place);
}

static bool is_threatened(const vd_study *study, int32_t cell) {
  double x, y;
  vd_grid_centre(vd_landscape_grid(study->land), cell, &x, &y);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    const vd_danger *danger = &study->model->dangers[d];
    if (danger->n_pairs > 0 && danger->plane && vd_polygon_holds(danger->plane, x, y)) return true;
  }
  return false;
}

static stand *find_places(const vd_study *study, const vd_plan *plan, vd_arena *scratch, vd_arena *arena,
                          vd_coverage *told) {
  size_t n = vd_plan_count(plan, VD_KIND_SETTLEMENT);
  stand *stands = VD_NEW_ARRAY(scratch, stand, n + 1);
  told->places = VD_NEW_ARRAY(arena, vd_cover_place, n + 1);
  for (size_t i = 0; i < n; i++) {
    const vd_settlement *s = vd_plan_at(plan, VD_KIND_SETTLEMENT, i);
    if (vd_geom_empty(s->record.geom)) continue;
    const double *at = s->record.geom->xy;
    int32_t cell = vd_landscape_cell_at(study->land, at[0], at[1]), t = cell < 0 ? -1 : study->index_of[cell];
    if (t < 0) {
      told->n_unpeopled += cell >= 0 && study->land->inside[cell] && is_threatened(study, cell);
      continue;
    }
    stands[told->n_places] = (stand){t, told->n_places};
    told->places[told->n_places++] =
        (vd_cover_place){.id = vd_str_dup(arena, s->record.id),
                         .name = vd_str_dup(arena, s->record.name ? s->record.name : ""),
                         .lon_deg = at[0],
                         .lat_deg = at[1],
                         .priority = study->cells[t].priority,
                         .gap = study->cells[t].gap};
  }
  if (told->n_places > 1) qsort(stands, told->n_places, sizeof *stands, compare_stands);
  return stands;
}

static double bare_hours(const vd_cover *cover) {
  return vd_cover_hours(cover, VD_WHEN_ALL) - cover->by_state[VD_WHEN_ALL][VD_COVERED];
}

static int compare_places(const void *a, const void *b) {
  const vd_cover_place *x = a, *y = b;
  double dx = bare_hours(&x->cover), dy = bare_hours(&y->cover);
  if (dx > dy || dx < dy) return dx > dy ? -1 : 1;
  int order = strcmp(x->name, y->name);
  return order ? order : strcmp(x->id, y->id);
}

/* ---- all together ---- */

typedef struct summing {
  const vd_study *study;
  vd_week_sum all, *gaps, *threats;
  vd_coverage *told;
  const stand *stands;
  size_t next; /* stand */
} summing;

static vd_cover cover_of(const vd_week *week, double people) {
  vd_week_sum sum;
  vd_week_sum_start(&sum);
  vd_week_add(&sum, week, people);
  return vd_week_sum_up(&sum);
}

static void add_cell(void *context, size_t t, const vd_week *weeks) {
  summing *s = context;
  const vd_study *study = s->study;
  double people = (double)study->cells[t].people;
  int32_t gap = study->cells[t].gap, first = study->danger_start[t], n = n_dangers(study, t);
  vd_week_add(&s->all, weeks, people);
  if (gap >= 0) vd_week_add(&s->gaps[gap], weeks, people);
  for (int32_t k = 0; k < n; k++)
    vd_week_add(&s->threats[study->dangers[first + k]], n > 1 ? &weeks[1 + k] : weeks, people);
  for (; s->next < s->told->n_places && s->stands[s->next].t == (int32_t)t; s->next++)
    s->told->places[s->stands[s->next].place].cover = cover_of(weeks, people);
}

static vd_cover *sum_up_all(vd_arena *arena, const vd_week_sum *sums, size_t n) {
  vd_cover *covers = VD_NEW_ARRAY(arena, vd_cover, n + 1);
  for (size_t i = 0; i < n; i++) covers[i] = vd_week_sum_up(&sums[i]);
  return covers;
}

static vd_week_sum *new_sums(vd_arena *scratch, size_t n) {
  vd_week_sum *sums = VD_NEW_ARRAY(scratch, vd_week_sum, n + 1);
  for (size_t i = 0; i < n; i++) vd_week_sum_start(&sums[i]);
  return sums;
}

vd_status vd_study_coverage(const vd_study *study, const vd_plan *plan, vd_jobs *jobs,
                            const vd_progress *progress, vd_arena *arena, vd_coverage **out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  covering c = {.study = study};
  vd_coverage *told = VD_NEW(arena, vd_coverage);
  summing s = {.study = study, .told = told};
  find_markets(&c, scratch, plan);
  told->n_markets = c.n_all, told->n_markets_unknown = c.n_unknown;
  told->n_gaps = study->n_gaps, told->n_threats = study->model->n_dangers;
  vd_week_sum_start(&s.all);
  s.gaps = new_sums(scratch, told->n_gaps);
  s.threats = new_sums(scratch, told->n_threats);
  s.stands = find_places(study, plan, scratch, arena, told);
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) cells[t] = (int32_t)t;
  VD_TRY(each_cell(&c, cells, study->n_cells, jobs, progress, add_cell, &s));
  told->all = vd_week_sum_up(&s.all);
  told->gaps = sum_up_all(arena, s.gaps, told->n_gaps);
  told->threats = sum_up_all(arena, s.threats, told->n_threats);
  if (told->n_places > 1) qsort(told->places, told->n_places, sizeof *told->places, compare_places);
  *out = told;
  return VD_OK;
}

/* ---- one place, one gap ---- */

static void add_to_sum(void *context, size_t t, const vd_week *weeks) {
  summing *s = context;
  vd_week_add(&s->all, weeks, (double)s->study->cells[t].people);
}

static bool cover_cells(const vd_study *study, const vd_plan *plan, const int32_t *cells, size_t n,
                        vd_cover *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  covering c = {.study = study};
  summing s = {.study = study};
  vd_week_sum_start(&s.all);
  find_markets(&c, scratch, plan);
  if (n == 0 || each_cell(&c, cells, n, NULL, NULL, add_to_sum, &s) != VD_OK) return false;
  *out = vd_week_sum_up(&s.all);
  return true;
}

bool vd_study_cover_place(const vd_study *study, const vd_plan *plan, double lon_deg, double lat_deg,
                          vd_cover *out) {
  int32_t cell = vd_landscape_cell_at(study->land, lon_deg, lat_deg),
          t = cell < 0 ? -1 : study->index_of[cell];
  return t >= 0 && cover_cells(study, plan, &t, 1, out);
}

bool vd_study_cover_gap(const vd_study *study, const vd_plan *plan, int32_t gap, vd_cover *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  size_t n = 0;
  for (size_t t = 0; t < study->n_cells; t++)
    if (study->cells[t].gap == gap) cells[n++] = (int32_t)t;
  return gap >= 0 && cover_cells(study, plan, cells, n, out);
}
