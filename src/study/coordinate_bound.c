/* coordinate_bound: what the loss of a road costs at most, read from the ways of responders, cell by cell.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate_road.h"
#include "vedette/base/i18n.h"

typedef struct depend_chunk {
  vd_arena *arena;
  vd_road_cost *items;
  size_t n, capacity;
} depend_chunk;

static void rank_epochs(vd_road_look *d) {
  const vd_study *study = d->s->c->study;
  memset(d->priority, -1, d->n_epochs + 1);
  for (int32_t i = study->danger_start[d->t]; i < study->danger_start[d->t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    for (size_t k = 0; k < danger->runs.n; k++) {
      for (int32_t e = danger->runs.items[k].from; e < danger->runs.items[k].to; e++)
        if (danger->priority > d->priority[e]) d->priority[e] = (int8_t)danger->priority;
    }
  }
  for (size_t e = 0; e < d->n_epochs; e++) {
    int p = d->priority[e];
    if (p < 0) continue;
    if (!d->active[p]) d->active[p] = VD_NEW_ARRAY(d->scratch, uint64_t, d->s->words + 1);
    d->active[p][e / VD_WORD_BITS] |= UINT64_C(1) << e % VD_WORD_BITS;
  }
}

/* Epochs in which a situation is in time of a cell with the mask; NULL none. */
uint64_t *vd_road_row(const vd_road_look *d, int32_t situation, uint8_t mask) {
  const uint64_t *bits = d->s->c->study->epoch_bits + (size_t)situation * d->s->words;
  uint64_t *row = NULL, any = 0;
  for (int p = 0; mask >> p; p++) {
    if ((mask >> p & 1) == 0 || !d->active[p]) continue;
    if (!row) row = VD_NEW_ARRAY(d->scratch, uint64_t, d->s->words + 1);
    for (size_t w = 0; w < d->s->words; w++) row[w] |= bits[w] & d->active[p][w], any |= row[w];
  }
  return any ? row : NULL;
}

static void find_rows(vd_road_look *d) {
  const vd_coordinating *c = d->s->c;
  for (size_t i = 0; i < c->n_situations; i++) {
    int32_t s = c->situations[i];
    uint8_t mask = c->study->fields[c->study->situations[s].field].mask[d->t];
    uint64_t *row = mask ? vd_road_row(d, s, mask) : NULL;
    if (!row) continue;
    d->situations[d->n] = s, d->rows[d->n++] = row;
    for (size_t w = 0; w < d->s->words; w++) d->in_time[w] |= row[w];
  }
}

/* Seconds covered in each epoch; presence does not depend on who is in time. */
static void find_covered(vd_road_look *d) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  const vd_study *study = d->s->c->study;
  const vd_epochs *epochs = study->model->epochs;
  size_t n_nears, n, e = 0;
  const vd_near *nears = vd_cell_nears(study, d->scratch, d->t, &n_nears);
  const vd_slice *slices = vd_cell_slices(study, d->scratch, d->t, &as_it_is, nears, n_nears, &n);
  for (size_t i = 0; i < n; i++) {
    for (int64_t at = slices[i].from_s; at < slices[i].to_s;) {
      while (epochs->start_s[e + 1] <= at) e++;
      int64_t next = epochs->start_s[e + 1] < slices[i].to_s ? epochs->start_s[e + 1] : slices[i].to_s;
      if (slices[i].state == VD_COVERED) d->covered_s[e] += next - at;
      at = next;
    }
  }
}

/* Person-hours of the epochs in time of which none is in the row. */
vd_road_cost vd_road_cost_of(const vd_road_look *d, const uint64_t *row, int32_t u) {
  const vd_epochs *epochs = d->s->c->study->model->epochs;
  double people = (double)d->s->c->study->cells[d->t].people;
  int64_t covered = 0, in_time = 0;
  for (size_t w = 0; w < d->s->words; w++) {
    for (uint64_t lost = d->in_time[w] & ~row[w]; lost; lost &= lost - 1) {
      size_t e = w * VD_WORD_BITS + (size_t)__builtin_ctzll(lost);
      covered += d->covered_s[e], in_time += epochs->start_s[e + 1] - epochs->start_s[e];
    }
  }
  return (vd_road_cost){u, (int32_t)d->t, people * ((double)covered / VD_HOUR_S),
                        people * ((double)in_time / VD_HOUR_S)};
}

/* `users[i]`: bits of the units, by their place in the list, that the way of situation i uses. */
static void add_unit(const vd_road_look *d, depend_chunk *to, const int32_t *units, size_t k,
                     uint64_t *const *users, uint64_t *row) {
  const vd_road_search *s = d->s;
  memset(row, 0, s->words * sizeof *row);
  for (size_t i = 0; i < d->n; i++) {
    if (users[i][k / VD_WORD_BITS] >> k % VD_WORD_BITS & 1) continue;
    for (size_t w = 0; w < s->words; w++) row[w] |= d->rows[i][w];
  }
  vd_road_cost made = vd_road_cost_of(d, row, units[k]);
  if (made.in_time > 0) *VD_PUSH(to->arena, to->items, to->n, to->capacity) = made;
}

static int compare_ints(const void *a, const void *b) {
  const int32_t *x = a, *y = b;
  return (*x > *y) - (*x < *y);
}

/* The units on any way to the cell, each once. */
static int32_t *units_on_ways(const vd_road_look *d, size_t *n) {
  const vd_road_search *s = d->s;
  int32_t *units = NULL;
  size_t n_all = 0, capacity = 0;
  for (size_t i = 0; i < d->n; i++) {
    int32_t f = s->index_of[s->c->study->situations[d->situations[i]].field];
    if (f < 0) continue;
    for (int32_t k = s->fields[f].last[d->t]; k >= 0; k = s->fields[f].links[k].before)
      if (s->fields[f].links[k].road >= 0)
        *VD_PUSH(d->scratch, units, n_all, capacity) = s->fields[f].links[k].road;
  }
  if (n_all > 1) qsort(units, n_all, sizeof *units, compare_ints);
  *n = 0;
  for (size_t i = 0; i < n_all; i++)
    if (i == 0 || units[i] != units[i - 1]) units[(*n)++] = units[i];
  return units;
}

static uint64_t **users_of(const vd_road_look *d, const int32_t *units, size_t n) {
  const vd_road_search *s = d->s;
  uint64_t **users = VD_NEW_ARRAY(d->scratch, uint64_t *, d->n + 1);
  for (size_t i = 0; i < d->n; i++) {
    int32_t f = s->index_of[s->c->study->situations[d->situations[i]].field];
    users[i] = VD_NEW_ARRAY(d->scratch, uint64_t, n / VD_WORD_BITS + 1);
    for (int32_t k = f < 0 ? -1 : s->fields[f].last[d->t]; k >= 0; k = s->fields[f].links[k].before) {
      if (s->fields[f].links[k].road < 0) continue;
      const int32_t *at = bsearch(&s->fields[f].links[k].road, units, n, sizeof *units, compare_ints);
      size_t bit = (size_t)(at - units);
      users[i][bit / VD_WORD_BITS] |= UINT64_C(1) << bit % VD_WORD_BITS;
    }
  }
  return users;
}

vd_road_look vd_road_look_at(const vd_road_search *s, vd_arena *scratch, size_t t) {
  size_t n_epochs = s->c->study->model->epochs->n;
  vd_road_look d = {.s = s, .scratch = scratch, .t = t, .n_epochs = n_epochs};
  d.priority = VD_NEW_ARRAY(scratch, int8_t, n_epochs + 1);
  d.covered_s = VD_NEW_ARRAY(scratch, int64_t, n_epochs + 1);
  d.in_time = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  d.situations = VD_NEW_ARRAY(scratch, int32_t, s->c->n_situations + 1);
  d.rows = VD_NEW_ARRAY(scratch, uint64_t *, s->c->n_situations + 1);
  rank_epochs(&d);
  find_rows(&d);
  if (d.n > 0) find_covered(&d);
  return d;
}

static void depend_cell(const vd_road_search *s, depend_chunk *to, size_t t) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_road_look d = vd_road_look_at(s, scratch, t);
  size_t n;
  const int32_t *units = units_on_ways(&d, &n);
  uint64_t **users = users_of(&d, units, n), *row = VD_NEW_ARRAY(scratch, uint64_t, s->words + 1);
  for (size_t i = 0; i < n; i++) add_unit(&d, to, units, i, users, row);
}

static vd_status depend_chunk_of(void *context, int64_t item, int worker) {
  (void)worker;
  const vd_road_search *s = context;
  depend_chunk *to = &s->chunks[item];
  to->arena = vd_arena_new();
  size_t from = (size_t)(s->first_chunk + item) * VD_CHUNK, n = s->c->study->n_cells;
  for (size_t t = from; t < from + VD_CHUNK && t < n; t++) depend_cell(s, to, t);
  return VD_OK;
}

static void join_chunk(vd_road_search *s, const depend_chunk *chunk) {
  for (size_t i = 0; i < chunk->n; i++) {
    const vd_road_cost *d = &chunk->items[i];
    vd_road_unit *u = &s->units[d->unit];
    u->covered += d->covered, u->in_time += d->in_time;
    *VD_PUSH(s->c->scratch, u->cells, u->n_cells, u->capacity) = d->t;
  }
}

vd_status vd_road_find_bounds(vd_road_search *s) {
  depend_chunk chunks[VD_WAVE];
  int64_t n = vd_chunks(s->c->study->n_cells);
  s->chunks = chunks;
  for (s->first_chunk = 0; s->first_chunk < n; s->first_chunk += VD_WAVE) {
    int64_t wave = n - s->first_chunk < VD_WAVE ? n - s->first_chunk : VD_WAVE;
    VD_TRY(vd_progress_step(s->c->progress, _("Roads that responders depend on"), s->first_chunk, n));
    memset(chunks, 0, sizeof chunks);
    vd_status status = vd_jobs_run(s->c->jobs, wave, depend_chunk_of, s);
    for (int64_t i = 0; i < wave; i++) {
      if (status == VD_OK) join_chunk(s, &chunks[i]);
      vd_arena_free(chunks[i].arena);
    }
    VD_TRY(status);
  }
  for (size_t f = 0; f < s->n_fields; f++) {
    const vd_way_field *w = &s->fields[f];
    for (size_t k = 0; k < w->n_links; k++)
      if (w->links[k].road >= 0) s->units[w->links[k].road].on_way = true;
  }
  return VD_OK;
}
