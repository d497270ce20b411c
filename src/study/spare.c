/* spare: which spare visits could have gone where, and what they would have kept present.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Many spare visits share a field, and a field tells few cells: each cell gets a list of the fields that tell it, each field a list
 * of its visits, so that the work grows with what meets, not with visits times cells. */
#include <stdlib.h>

#include "study/run.h"

typedef struct vd_spare_index {
  int32_t *visit_start, *visits; /* per field: indices of spares */
  int32_t *field_start, *fields; /* per cell of the study */
} vd_spare_index;

/* Turns counts at [i + 1] into starts. */
static void add_up(int32_t *start, size_t n) {
  for (size_t i = 0; i < n; i++) start[i + 1] += start[i];
}

static void index_visits(const vd_study *study, vd_spare_index *index) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  index->visit_start = VD_NEW_ARRAY(study->arena, int32_t, study->n_fields + 1);
  index->visits = VD_NEW_ARRAY(study->arena, int32_t, study->n_spares + 1);
  int32_t *next = VD_NEW_ARRAY(scratch, int32_t, study->n_fields + 1);
  for (size_t i = 0; i < study->n_spares; i++) index->visit_start[study->spares[i].field + 1]++;
  add_up(index->visit_start, study->n_fields);
  for (size_t i = 0; i < study->n_spares; i++) {
    int32_t f = study->spares[i].field;
    index->visits[index->visit_start[f] + next[f]++] = (int32_t)i;
  }
}

static bool has_visits(const vd_spare_index *index, size_t field) {
  return index->visit_start[field + 1] > index->visit_start[field];
}

static void index_fields(const vd_study *study, vd_spare_index *index) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  index->field_start = VD_NEW_ARRAY(study->arena, int32_t, study->n_cells + 1);
  int32_t *next = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  for (size_t f = 0; f < study->n_fields; f++) {
    for (size_t t = 0; t < study->n_cells && has_visits(index, f); t++)
      index->field_start[t + 1] += study->fields[f].mask[t] != 0;
  }
  add_up(index->field_start, study->n_cells);
  index->fields = VD_NEW_ARRAY(study->arena, int32_t, index->field_start[study->n_cells] + 1);
  for (size_t f = 0; f < study->n_fields; f++) {
    for (size_t t = 0; t < study->n_cells && has_visits(index, f); t++)
      if (study->fields[f].mask[t]) index->fields[index->field_start[t] + next[t]++] = (int32_t)f;
  }
}

void vd_run_index_spares(vd_study *study) {
  if (study->n_spares == 0) return;
  study->spare_index = VD_NEW(study->arena, vd_spare_index);
  index_visits(study, study->spare_index);
  index_fields(study, study->spare_index);
}

static int compare_spares(const void *a, const void *b) {
  const vd_spare *x = *(const vd_spare *const *)a, *y = *(const vd_spare *const *)b;
  if (x->time_s != y->time_s) return x->time_s < y->time_s ? -1 : 1;
  return (x > y) - (x < y); /* of one array */
}

vd_spare_windows vd_spares_at(const vd_study *study, vd_arena *scratch, size_t t) {
  const vd_spare_index *index = study->spare_index;
  vd_spare_windows at = {.study = study};
  if (!index) return at;
  size_t n = 0;
  for (int32_t i = index->field_start[t]; i < index->field_start[t + 1]; i++)
    n += (size_t)(index->visit_start[index->fields[i] + 1] - index->visit_start[index->fields[i]]);
  at.items = VD_NEW_ARRAY(scratch, const vd_spare *, n + 1);
  for (int32_t i = index->field_start[t]; i < index->field_start[t + 1]; i++) {
    int32_t f = index->fields[i];
    for (int32_t v = index->visit_start[f]; v < index->visit_start[f + 1]; v++)
      at.items[at.n++] = &study->spares[index->visits[v]];
  }
  if (at.n > 1) qsort(at.items, at.n, sizeof *at.items, compare_spares);
  return at;
}

/* A visit keeps a place present this long from its time. */
static int64_t lasts_s(const vd_spare_windows *spares, const vd_slice *slice) {
  return spares->study->model->figures.revisit_s[slice->priority] + 1;
}

/* The first that still counts when the slice begins. */
static size_t first_at(const vd_spare_windows *spares, const vd_slice *slice, int64_t lasts) {
  size_t low = 0, high = spares->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (spares->items[middle]->time_s + lasts <= slice->from_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Seconds of the slice that a window from `from_s` to `to_s` adds to those up to `end_s`. */
static int64_t added_s(const vd_slice *slice, int64_t from_s, int64_t to_s, int64_t end_s) {
  if (from_s < end_s) from_s = end_s;
  if (from_s < slice->from_s) from_s = slice->from_s;
  if (to_s > slice->to_s) to_s = slice->to_s;
  return from_s < to_s ? to_s - from_s : 0;
}

int64_t vd_spare_seconds(const vd_spare_windows *spares, const vd_slice *slice) {
  int64_t lasts = lasts_s(spares, slice), end = VD_TIME_MIN, sum = 0;
  for (size_t i = first_at(spares, slice, lasts); i < spares->n && spares->items[i]->time_s < slice->to_s;
       i++) {
    int64_t from = spares->items[i]->time_s;
    sum += added_s(slice, from, from + lasts, end);
    end = from + lasts;
  }
  return sum;
}

void vd_spare_add(const vd_spare_windows *spares, const vd_slice *slice, double people,
                  const vd_spare_sums *to) {
  int64_t lasts = lasts_s(spares, slice);
  size_t first = first_at(spares, slice, lasts), past = first;
  for (; past < spares->n && spares->items[past]->time_s < slice->to_s; past++) {
    const vd_spare *spare = spares->items[past];
    to->seconds[spare->beat] += added_s(slice, spare->time_s, spare->time_s + lasts, to->end_s[spare->beat]);
    to->end_s[spare->beat] = spare->time_s + lasts;
  }
  for (size_t i = first; i < past; i++) {
    int32_t beat = spares->items[i]->beat;
    if (to->seconds[beat] > 0) to->sums[beat] += people * (double)to->seconds[beat];
    to->seconds[beat] = 0, to->end_s[beat] = VD_TIME_MIN;
  }
}
