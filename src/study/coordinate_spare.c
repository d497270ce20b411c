/* coordinate_spare: where the spare one of two visits that double each other would have been worth more.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The spare visit leaves the doubled place as it passes it, drives at most an hour (the study's fields of spare visits) to one
 * place and passes it once, for all within its influence radius; the rest of its round it does not make. The place is that
 * where presence then lasts for most people who have none, weighted by priority as gaps are; what it brings and what it gives
 * up is then worked out by cutting all cells that it passes, or would pass, anew. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate.h"
#include "vedette/base/i18n.h"

enum {
  MOST_SPARES = 300, /* so many of the dearest are looked at */
  WIDE = 8           /* cells; about a visit that is seen farther every cell is looked at */
};
#define MOST_LOOKS 4e9 /* at cells, for all spare visits; beyond it only every so many places are looked at */

typedef struct lack { /* a time without presence under threat */
  int64_t from_s, to_s;
  int8_t priority;
} lack;
typedef struct lacks {
  lack *items;
  size_t n, capacity;
} lacks;

typedef struct finding {
  vd_coordinating *c;
  const vd_spare **spares; /* distinct, as they come in the duplicates */
  vd_doubling *answers;    /* one a spare */
  size_t n;
  uint8_t *wanted; /* per cell of the study: its lacks are needed */
  int32_t *cells;  /* those */
  size_t n_cells;
  lacks *lacks; /* per cell of the study */
  vd_arena **arenas;
} finding;

/* ---- which visits ---- */

static int compare_spares(const void *a, const void *b) {
  const vd_spare *x = *(const vd_spare *const *)a, *y = *(const vd_spare *const *)b;
  if (x->beat != y->beat) return x->beat < y->beat ? -1 : 1;
  return (x->occurrence > y->occurrence) - (x->occurrence < y->occurrence);
}

static const vd_spare *spare_of(const vd_spare **sorted, size_t n, int32_t beat, int32_t occurrence) {
  vd_spare key = {.beat = beat, .occurrence = occurrence};
  const vd_spare *at = &key;
  const vd_spare **found = n > 0 ? bsearch(&at, sorted, n, sizeof *sorted, compare_spares) : NULL;
  return found ? *found : NULL;
}

/* Outings are in order of beats, then occurrences. */
static bool is_outing(const vd_doubled *all, int32_t beat, int32_t occurrence) {
  size_t low = 0, high = all->n_outings;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const vd_outing *at = &all->outings[middle];
    if (at->beat < beat || (at->beat == beat && at->occurrence < occurrence))
      low = middle + 1;
    else
      high = middle;
  }
  return low < all->n_outings && all->outings[low].beat == beat && all->outings[low].occurrence == occurrence;
}

/* Where the answer of each duplicate is found: a spare visit, or why there is none. */
typedef struct choice {
  int32_t spare; /* index in finding->spares, -1 */
  bool first, bound;
} choice;

/* The one that came later doubles the other; the earlier is spare where it doubles somebody else. */
static choice choose(finding *f, const vd_spare **sorted, int32_t *number, const vd_pair *pair) {
  const vd_study *study = f->c->study;
  choice made = {-1, false, false};
  for (int side = 2; side >= 0 && made.spare < 0; side -= 2) {
    const vd_spare *spare = spare_of(sorted, study->n_spares, pair->key[side], pair->key[side + 1]);
    made.bound |= !spare && is_outing(study->doubled, pair->key[side], pair->key[side + 1]);
    if (!spare) continue;
    int32_t *at = &number[spare - study->spares];
    if (*at < 0) *at = (int32_t)f->n, f->spares[f->n++] = spare;
    made.spare = *at, made.first = side == 0;
  }
  return made;
}

/* ---- lacks of presence ---- */

static void want_near(finding *f, int32_t t, double radius_m) {
  const vd_study *study = f->c->study;
  const vd_grid *grid = vd_landscape_grid(study->land);
  int32_t column = study->cells[t].cell % grid->nx, row = study->cells[t].cell / grid->nx,
          reach = (int32_t)fmin(1.5 * radius_m / grid->cell_m, 1e6);
  for (int32_t dy = -reach; dy <= reach; dy++) {
    for (int32_t dx = -reach; dx <= reach; dx++) {
      int32_t cell = vd_grid_cell_of(grid, column + dx, row + dy);
      if (cell >= 0 && study->index_of[cell] >= 0) f->wanted[study->index_of[cell]] = 1;
    }
  }
}

static void want_cells(finding *f) {
  const vd_study *study = f->c->study;
  f->wanted = VD_NEW_ARRAY(f->c->scratch, uint8_t, study->n_cells + 1);
  f->cells = VD_NEW_ARRAY(f->c->scratch, int32_t, study->n_cells + 1);
  double *radius =
      VD_NEW_ARRAY(f->c->scratch, double, study->n_cells + 1); /* largest of a visit that can come */
  for (size_t i = 0; i < f->n; i++) {
    const uint8_t *mask = study->fields[f->spares[i]->field].mask;
    double influence = study->model->beats[f->spares[i]->beat].influence_m;
    for (size_t t = 0; t < study->n_cells; t++)
      if (mask[t]) radius[t] = fmax(radius[t], influence + 1);
  }
  double cell_m = vd_landscape_grid(study->land)->cell_m;
  for (size_t t = 0; t < study->n_cells; t++) {
    if (!(radius[t] > 0)) continue;
    if (1.5 * radius[t] > WIDE * cell_m) {
      memset(f->wanted, 1, study->n_cells);
      break;
    }
    want_near(f, (int32_t)t, radius[t] - 1);
  }
  for (size_t t = 0; t < study->n_cells; t++)
    if (f->wanted[t]) f->cells[f->n_cells++] = (int32_t)t;
}

typedef struct lack_chunk {
  finding *f;
  vd_arena *arena;
} lack_chunk;

static void lacks_of_cell(void *context, size_t i, const vd_timeline *line) {
  const lack_chunk *chunk = context;
  const vd_study *study = chunk->f->c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t t = chunk->f->cells[i];
  size_t n_nears, n;
  const vd_near *nears = vd_cell_nears(study, scratch, (size_t)t, &n_nears);
  const vd_slice *slices = vd_timeline_slices(study, scratch, line, VD_LIFT_NONE, nears, n_nears, &n);
  lacks *to = &chunk->f->lacks[t];
  for (size_t k = 0; k < n; k++) {
    if (slices[k].priority < 0 || slices[k].present) continue;
    lack *last = to->n ? &to->items[to->n - 1] : NULL;
    if (last && last->to_s == slices[k].from_s && last->priority == slices[k].priority)
      last->to_s = slices[k].to_s;
    else
      *VD_PUSH(chunk->arena, to->items, to->n, to->capacity) =
          (lack){slices[k].from_s, slices[k].to_s, slices[k].priority};
  }
}

static vd_status lacks_of_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  finding *f = context;
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  f->arenas[item] = vd_arena_new();
  lack_chunk chunk = {f, f->arenas[item]};
  size_t first = (size_t)item * VD_CHUNK, left = f->n_cells - first;
  vd_each_timeline(f->c->study, &as_it_is, f->cells, first, left < VD_CHUNK ? first + left : first + VD_CHUNK,
                   lacks_of_cell, &chunk);
  return vd_progress_step(f->c->progress, _("Where nobody is present"), item, vd_chunks(f->n_cells));
}

/* ---- one spare visit: where to ---- */

typedef struct looking {
  const finding *f;
  const vd_spare *spare;
  const vd_solve *field;
  double radius_m;
  int32_t reach; /* cells around that may be within it */
  double *most;  /* per cell of the study: weighted person-seconds that any arrival could bring, at most */
} looking;

/* Seconds that one pass keeps a place present: the second it takes, and the revisit standard, inclusive. */
static int64_t lasts_s(const vd_study *study, int priority) {
  return study->model->figures.revisit_s[priority] + 2;
}

/* Person-seconds of presence at a cell by a pass at a time, weighted by priority. */
static double brings(const looking *l, int32_t t, int64_t at_s) {
  const vd_study *study = l->f->c->study;
  const lacks *of = &l->f->lacks[t];
  double sum = 0;
  for (size_t i = 0; i < of->n; i++) {
    const lack *a = &of->items[i];
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
    double sum = 0;
    for (size_t k = 0; k < l->f->lacks[t].n; k++) {
      const lack *a = &l->f->lacks[t].items[k];
      int64_t low = a->from_s > from ? a->from_s : from, high = a->to_s < to ? a->to_s : to,
              stays = lasts_s(study, a->priority);
      if (low < high) sum += figures->weight[a->priority] * (double)(high - low < stays ? high - low : stays);
    }
    l->most[t] = (double)study->cells[t].people * sum;
  }
}

/* By the bound first: most places are never looked at closely. */
static int32_t best_place(looking *l, vd_arena *scratch) {
  const vd_study *study = l->f->c->study;
  double best = 0;
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
  size_t n_all;
  const vd_near *all = vd_cell_nears(study, scratch, (size_t)t, &n_all);
  vd_near *nears = VD_NEW_ARRAY(scratch, vd_near, n_all + 1);
  *n = 0;
  for (size_t i = 0; i < n_all; i++) {
    if (all[i].beat != spare->beat || all[i].occurrence != spare->occurrence) nears[(*n)++] = all[i];
  }
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

static int compare_cells(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The cells that the patrol passes, and those around the place; ascending. */
static int32_t *cells_of_move(const looking *l, vd_arena *scratch, int32_t place, size_t *n) {
  const vd_coordinating *c = l->f->c;
  int32_t from = c->beat_start[l->spare->beat], to = c->beat_start[l->spare->beat + 1];
  size_t capacity = 0, n_all = 0;
  int32_t *cells = NULL;
  for (int32_t i = from; i < to; i++)
    *VD_PUSH(scratch, cells, n_all, capacity) = c->pass_cell[c->beat_passes[i]];
  for (int32_t dy = -l->reach; dy <= l->reach; dy++) {
    for (int32_t dx = -l->reach; dx <= l->reach; dx++) {
      int32_t u = neighbour(l, place, dx, dy);
      if (u >= 0) *VD_PUSH(scratch, cells, n_all, capacity) = u;
    }
  }
  qsort(cells, n_all, sizeof *cells, compare_cells);
  *n = 0;
  for (size_t i = 0; i < n_all; i++)
    if (i == 0 || cells[i] != cells[i - 1]) cells[(*n)++] = cells[i];
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

static vd_status look_at_spare(void *context, int64_t item, int worker) {
  (void)worker;
  finding *f = context;
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
  int32_t place = best_place(&look, scratch);
  if (place >= 0) tell_move(&look, scratch, place, answer);
  return VD_OK;
}

/* ---- all ---- */

static vd_status look_at_all(finding *f) {
  const vd_study *study = f->c->study;
  want_cells(f);
  f->lacks = VD_NEW_ARRAY(f->c->scratch, lacks, study->n_cells + 1);
  size_t n_chunks = (size_t)vd_chunks(f->n_cells);
  f->arenas = VD_NEW_ARRAY(f->c->scratch, vd_arena *, n_chunks + 1);
  vd_status status = vd_jobs_run(f->c->jobs, (int64_t)n_chunks, lacks_of_chunk, f);
  if (status == VD_OK) status = vd_jobs_run(f->c->jobs, (int64_t)f->n, look_at_spare, f);
  for (size_t i = 0; i < n_chunks; i++) vd_arena_free(f->arenas[i]);
  return status;
}

static void tell(finding *f, const choice *choices, size_t n_looked) {
  vd_coordination *out = f->c->out;
  for (size_t i = 0; i < out->n_doublings; i++) {
    vd_doubling *told = &out->doublings[i];
    *told = (vd_doubling){.answer = choices[i].bound ? VD_SPARE_BOUND : VD_SPARE_NEITHER, .gap = -1};
    told->lon_deg = told->lat_deg = NAN;
    int32_t spare = choices[i].spare;
    if (spare >= 0 && (size_t)spare < n_looked) *told = f->answers[spare];
    if (spare >= 0 && (size_t)spare >= n_looked) told->answer = VD_SPARE_UNASKED;
    told->duplicate = i, told->first = choices[i].first;
  }
}

vd_status vd_coordinate_spares(vd_coordinating *c) {
  const vd_study *study = c->study;
  const vd_doubled *all = study->doubled;
  finding f = {.c = c, .spares = VD_NEW_ARRAY(c->scratch, const vd_spare *, study->n_spares + 1)};
  const vd_spare **sorted = VD_NEW_ARRAY(c->scratch, const vd_spare *, study->n_spares + 1);
  int32_t *number = VD_NEW_ARRAY(c->scratch, int32_t, study->n_spares + 1);
  for (size_t i = 0; i < study->n_spares; i++) sorted[i] = &study->spares[i], number[i] = -1;
  if (study->n_spares > 1) qsort(sorted, study->n_spares, sizeof *sorted, compare_spares);
  choice *choices = VD_NEW_ARRAY(c->scratch, choice, all->n_pairs + 1);
  for (size_t i = 0; i < all->n_pairs; i++) choices[i] = choose(&f, sorted, number, &all->pairs[i]);
  c->out->n_doublings = all->n_pairs;
  c->out->doublings = VD_NEW_ARRAY(c->arena, vd_doubling, all->n_pairs + 1);
  c->out->n_spare = (int64_t)f.n;
  if (f.n > MOST_SPARES) f.n = MOST_SPARES;
  c->out->n_spare_asked = (int64_t)f.n;
  f.answers = VD_NEW_ARRAY(c->scratch, vd_doubling, f.n + 1);
  if (f.n > 0) VD_TRY(look_at_all(&f));
  tell(&f, choices, f.n);
  return VD_OK;
}
