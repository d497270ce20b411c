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

#include "study/coordinate_spare.h"
#include "vedette/base/i18n.h"

enum { MOST_SPARES = 300 }; /* so many of the dearest are looked at */

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
  int32_t spare; /* index in vd_spare_search->spares, -1 */
  bool first, bound;
} choice;

/* The one that came later doubles the other; the earlier is spare where it doubles somebody else. */
static choice choose(vd_spare_search *f, const vd_spare **sorted, int32_t *number, const vd_pair *pair) {
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

/* ---- all ---- */

static vd_status look_at_all(vd_spare_search *f) {
  const vd_study *study = f->c->study;
  vd_spare_want_cells(f);
  f->lacks = VD_NEW_ARRAY(f->c->scratch, vd_lacks, study->n_cells + 1);
  size_t n_chunks = (size_t)vd_chunks(f->n_cells);
  f->arenas = VD_NEW_ARRAY(f->c->scratch, vd_arena *, n_chunks + 1);
  vd_status status = vd_jobs_run(f->c->jobs, (int64_t)n_chunks, vd_spare_find_lacks, f);
  if (status == VD_OK) status = vd_jobs_run(f->c->jobs, (int64_t)f->n, vd_spare_move, f);
  for (size_t i = 0; i < n_chunks; i++) vd_arena_free(f->arenas[i]);
  return status;
}

static void tell(vd_spare_search *f, const choice *choices, size_t n_looked) {
  vd_coordination *out = f->c->out;
  for (size_t i = 0; i < out->n_doublings; i++) {
    vd_doubling *told = &out->doublings[i];
    *told = (vd_doubling){.answer = choices[i].bound ? VD_SPARE_BOUND : VD_SPARE_NEITHER, .gap = -1};
    told->lon_deg = told->lat_deg = told->leaves_lon_deg = told->leaves_lat_deg = NAN;
    int32_t spare = choices[i].spare;
    if (spare >= 0 && (size_t)spare < n_looked) *told = f->answers[spare];
    if (spare >= 0 && (size_t)spare >= n_looked) told->answer = VD_SPARE_UNASKED;
    told->duplicate = i, told->first = choices[i].first;
  }
}

vd_status vd_coordinate_spares(vd_coordinating *c) {
  const vd_study *study = c->study;
  const vd_doubled *all = study->doubled;
  vd_spare_search f = {.c = c, .spares = VD_NEW_ARRAY(c->scratch, const vd_spare *, study->n_spares + 1)};
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
