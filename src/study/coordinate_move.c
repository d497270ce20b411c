/* coordinate_move: where a spare visit would have been worth most, and what that brings and gives up.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate_spare.h"
#include "vedette/base/i18n.h"

#define MOST_LOOKS 4e9 /* at cells, for all spare visits; beyond it only every so many places are looked at */

typedef struct looking {
  const vd_spare_search *f;
  const vd_spare *spare;
  const vd_solve *field;
  double radius_m;
  int32_t reach; /* cells around that may be within it */
  double *most;  /* per cell of the study: weighted person-seconds that any arrival could bring, at most */
  const int32_t *passed; /* cells of the study that the patrol passes, ascending */
  size_t n_passed;
  vd_lacks *without; /* theirs, when the visit does not come */
  int32_t *index;    /* per cell of the study: index in passed + 1, 0 none */
  double given_up;   /* weighted person-seconds of presence that they lose then */
} looking;

/* Seconds that one pass keeps a place present: the second it takes, and the revisit standard, inclusive. */
static int64_t lasts_s(const vd_study *study, int priority) {
  return study->model->figures.revisit_s[priority] + 2;
}

/* ---- the round that it does not make ---- */

/* The visits of a cell but for the spare one, with room for one more. */
static vd_near *nears_without(const looking *l, vd_arena *scratch, int32_t t, size_t *n) {
  size_t n_all;
  const vd_near *all = vd_cell_nears(l->f->c->study, scratch, (size_t)t, &n_all);
  vd_near *nears = VD_NEW_ARRAY(scratch, vd_near, n_all + 1);
  *n = 0;
  for (size_t i = 0; i < n_all; i++) {
    if (all[i].beat != l->spare->beat || all[i].occurrence != l->spare->occurrence) nears[(*n)++] = all[i];
  }
  return nears;
}

typedef struct leaving {
  looking *look;
  vd_arena *arena; /* of the lacks */
} leaving;

static double present_weighted(const vd_study *study, const vd_slice *slices, size_t n) {
  double sum = 0;
  for (size_t k = 0; k < n; k++)
    if (slices[k].priority >= 0 && slices[k].present)
      sum += study->model->figures.weight[slices[k].priority] * (double)(slices[k].to_s - slices[k].from_s);
  return sum;
}

static void leave_cell(void *context, size_t i, const vd_timeline *line) {
  const leaving *leave = context;
  const vd_study *study = leave->look->f->c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t t = leave->look->passed[i];
  size_t n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, (size_t)t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  double before = present_weighted(study, slices, n);
  nears = nears_without(leave->look, scratch, t, &n_nears);
  slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  vd_add_lacks(leave->arena, &leave->look->without[i], slices, n);
  leave->look->given_up += (double)study->cells[t].people * (before - present_weighted(study, slices, n));
}

static int compare_cells(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

static size_t sort_unique(int32_t *cells, size_t n_all) {
  size_t n = 0;
  if (n_all > 1) qsort(cells, n_all, sizeof *cells, compare_cells);
  for (size_t i = 0; i < n_all; i++)
    if (i == 0 || cells[i] != cells[i - 1]) cells[n++] = cells[i];
  return n;
}

static void find_passed(looking *l, vd_arena *scratch) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  const vd_coordinating *c = l->f->c;
  int32_t from = c->beat_start[l->spare->beat], to = c->beat_start[l->spare->beat + 1];
  int32_t *cells = VD_NEW_ARRAY(scratch, int32_t, to - from + 1);
  for (int32_t i = from; i < to; i++) cells[i - from] = c->pass_cell[c->beat_passes[i]];
  l->n_passed = sort_unique(cells, (size_t)(to - from));
  l->passed = cells;
  l->without = VD_NEW_ARRAY(scratch, vd_lacks, l->n_passed + 1);
  l->index = VD_NEW_ARRAY(scratch, int32_t, c->study->n_cells + 1);
  for (size_t i = 0; i < l->n_passed; i++) l->index[cells[i]] = (int32_t)i + 1;
  leaving leave = {l, scratch};
  vd_each_timeline(c->study, &as_it_is, cells, 0, l->n_passed, leave_cell, &leave);
}

/* ---- the place where it is worth most ---- */

static const vd_lacks *lacks_of(const looking *l, int32_t t) {
  return l->index[t] ? &l->without[l->index[t] - 1] : &l->f->lacks[t];
}

/* Person-seconds of presence at a cell by a pass at a time, weighted by priority. */
static double brings(const looking *l, int32_t t, int64_t at_s) {
  const vd_study *study = l->f->c->study;
  const vd_lacks *of = lacks_of(l, t);
  double sum = 0;
  for (size_t i = 0; i < of->n; i++) {
    const vd_lack *a = &of->items[i];
    int64_t end = at_s + lasts_s(study, a->priority);
    int64_t from = a->from_s > at_s ? a->from_s : at_s, to = a->to_s < end ? a->to_s : end;
    if (from < to) sum += study->model->figures.weight[a->priority] * (double)(to - from);
  }
  return (double)study->cells[t].people * sum;
}

static bool within(const vd_study *study, int32_t t, int32_t of, double radius_m) {
  const double *a = &study->xy_m[2 * t], *b = &study->xy_m[2 * of];
  return vd_plane_step_m(a[0], a[1], b[0] - a[0], b[1] - a[1]) <= radius_m;
}

/* The index of the k-th cell of the square around a cell that is within the radius; -1 not. */
static int32_t neighbour(const looking *l, int32_t t, int32_t dx, int32_t dy) {
  const vd_study *study = l->f->c->study;
  const vd_grid *grid = vd_landscape_grid(study->land);
  int32_t cell = study->cells[t].cell,
          other = vd_grid_cell_of(grid, cell % grid->nx + dx, cell / grid->nx + dy);
  int32_t u = other < 0 ? -1 : study->index_of[other];
  return u >= 0 && within(study, u, t, l->radius_m) ? u : -1;
}

static double around(const looking *l, int32_t t, bool bound, int64_t at_s) {
  double sum = 0;
  for (int32_t dy = -l->reach; dy <= l->reach; dy++) {
    for (int32_t dx = -l->reach; dx <= l->reach; dx++) {
      int32_t u = neighbour(l, t, dx, dy);
      if (u >= 0) sum += bound ? l->most[u] : brings(l, u, at_s);
    }
  }
  return sum;
}

static int64_t arrival_s(const looking *l, int32_t t) {
  return l->spare->time_s + (l->field->result->ms[t] + 999) / 1000;
}

/* 1 but for visits that are seen very far: then every so many of the places. */
static size_t stride_of(const looking *l) {
  size_t n = 0;
  for (size_t t = 0; t < l->f->c->study->n_cells; t++) n += l->field->mask[t] != 0;
  double side = 2.0 * l->reach + 1;
  return (size_t)(1 + (double)n * side * side * (double)l->f->n / MOST_LOOKS);
}

/* What an arrival could bring each cell at most. */
static void bound_cells(looking *l, vd_arena *scratch) {
  const vd_study *study = l->f->c->study;
  const vd_figures *figures = &study->model->figures;
  int64_t longest = 0;
  for (int p = 0; p < VD_PRIORITY_COUNT; p++)
    if (figures->revisit_s[p] > longest) longest = figures->revisit_s[p];
  int64_t from = l->spare->time_s, to = from + (int64_t)(l->field->limit_ms / 1000) + longest + 3;
  l->most = VD_NEW_ARRAY(scratch, double, study->n_cells + 1);
  for (size_t i = 0; i < l->f->n_cells; i++) {
    int32_t t = l->f->cells[i];
    const vd_lacks *of = lacks_of(l, t);
    double sum = 0;
    for (size_t k = 0; k < of->n; k++) {
      const vd_lack *a = &of->items[k];
      int64_t low = a->from_s > from ? a->from_s : from, high = a->to_s < to ? a->to_s : to,
              stays = lasts_s(study, a->priority);
      if (low < high) sum += figures->weight[a->priority] * (double)(high - low < stays ? high - low : stays);
    }
    l->most[t] = (double)study->cells[t].people * sum;
  }
}

/* Where most is gained, and more than is given up; by the bound first: most places are never looked at closely. */
static int32_t best_place(looking *l, vd_arena *scratch) {
  const vd_study *study = l->f->c->study;
  double best = l->given_up * (1 + 1e-12);
  int32_t place = -1;
  size_t stride = stride_of(l);
  bound_cells(l, scratch);
  for (size_t t = 0; t < study->n_cells; t += stride) {
    if (!l->field->mask[t] || study->cells[t].gap < 0 || around(l, (int32_t)t, true, 0) <= best) continue;
    double sum = around(l, (int32_t)t, false, arrival_s(l, (int32_t)t));
    if (sum > best) best = sum, place = (int32_t)t;
  }
  return place;
}

/* ---- one spare visit: what that brings, exactly ---- */

typedef struct moving {
  const looking *look;
  int32_t place;
  int64_t at_s;
  const int32_t *cells;
  vd_doubling *answer;
} moving;

/* The visits of a cell when the spare one goes elsewhere. */
static vd_near *moved_nears(const moving *m, vd_arena *scratch, int32_t t, size_t *n) {
  const vd_spare *spare = m->look->spare;
  const vd_study *study = m->look->f->c->study;
  vd_near *nears = nears_without(m->look, scratch, t, n);
  if (within(study, t, m->place, m->look->radius_m))
    nears[(*n)++] = (vd_near){m->at_s, m->at_s + 1, spare->beat, spare->occurrence, VD_BLOCKED_BY_NOBODY};
  return nears;
}

static void move_cell(void *context, size_t i, const vd_timeline *line) {
  const moving *m = context;
  const vd_study *study = m->look->f->c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t t = m->cells[i];
  size_t n_nears, n;
  const vd_near *nears = moved_nears(m, scratch, t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  int64_t present = 0, covered = 0;
  for (size_t k = 0; k < n; k++) {
    int64_t s = slices[k].to_s - slices[k].from_s;
    if (slices[k].priority >= 0 && slices[k].present) present += s;
    if (slices[k].state == VD_COVERED) covered += s;
  }
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    const int64_t *before = study->tallies[t].state_s[p];
    covered -= before[VD_COVERED], present -= before[VD_COVERED] + before[VD_PRESENCE_ONLY];
  }
  double people = (double)study->cells[t].people;
  *(present > 0 ? &m->answer->gained : &m->answer->given_up) += people * (fabs((double)present) / VD_HOUR_S);
  *(covered > 0 ? &m->answer->gained_covered : &m->answer->given_up_covered) +=
      people * (fabs((double)covered) / VD_HOUR_S);
}

/* The cells that the patrol passes, and those around the place; ascending. */
static int32_t *cells_of_move(const looking *l, vd_arena *scratch, int32_t place, size_t *n) {
  size_t capacity = 0, n_all = 0;
  int32_t *cells = NULL;
  for (size_t i = 0; i < l->n_passed; i++) *VD_PUSH(scratch, cells, n_all, capacity) = l->passed[i];
  for (int32_t dy = -l->reach; dy <= l->reach; dy++) {
    for (int32_t dx = -l->reach; dx <= l->reach; dx++) {
      int32_t u = neighbour(l, place, dx, dy);
      if (u >= 0) *VD_PUSH(scratch, cells, n_all, capacity) = u;
    }
  }
  *n = sort_unique(cells, n_all);
  return cells;
}

static void tell_move(const looking *l, vd_arena *scratch, int32_t place, vd_doubling *answer) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  const vd_study *study = l->f->c->study;
  answer->answer = VD_SPARE_FOUND;
  answer->lon_deg = study->lonlat[2 * place], answer->lat_deg = study->lonlat[2 * place + 1];
  answer->gap = study->cells[place].gap;
  answer->settlement = vd_town_name(l->f->c, place);
  answer->minutes = l->field->result->ms[place] / 60e3;
  size_t n;
  moving move = {l, place, arrival_s(l, place), cells_of_move(l, scratch, place, &n), answer};
  vd_each_timeline(study, &as_it_is, move.cells, 0, n, move_cell, &move);
}

vd_status vd_spare_move(void *context, int64_t item, int worker) {
  (void)worker;
  vd_spare_search *f = context;
  const vd_study *study = f->c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  VD_TRY(vd_progress_step(f->c->progress, _("Where spare visits would be worth more"), item, (int64_t)f->n));
  const vd_spare *spare = f->spares[item];
  const vd_beat *beat = &study->model->beats[spare->beat];
  looking look = {
      .f = f, .spare = spare, .field = &study->fields[spare->field], .radius_m = beat->influence_m};
  look.reach = (int32_t)fmin(1.5 * look.radius_m / vd_landscape_grid(study->land)->cell_m, 1e6);
  vd_doubling *answer = &f->answers[item];
  *answer =
      (vd_doubling){.answer = VD_SPARE_NOWHERE, .gap = -1, .patrol = beat->id, .leaves_s = spare->time_s};
  answer->lon_deg = answer->lat_deg = NAN;
  double leaves[2] = {NAN, NAN};
  vd_landscape_to_lonlat(study->land, look.field->xy_m, leaves, 1);
  answer->leaves_lon_deg = leaves[0], answer->leaves_lat_deg = leaves[1];
  find_passed(&look, scratch);
  int32_t place = best_place(&look, scratch);
  if (place >= 0) tell_move(&look, scratch, place, answer);
  return VD_OK;
}
