/* bound: which times under restrictions a quick study must solve at all.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Restrictions only make ways longer, and none changes the time of a cell that is reached before it is met. So the times
 * without restrictions, or under some of them, tell from both sides which cells are in time; and where somebody else is in
 * time anyway it does not matter who. A field is solved only where neither decides. */
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

/* Of a field that waits; `least` NULL: its mask is known. */
typedef struct bounds {
  const uint8_t *least, *most;
} bounds;

static uint32_t soonest_met(const vd_study *study, const vd_solve *free, const vd_solve *field) {
  const vd_bar_set *set = &study->sets[field->set];
  uint32_t soonest = VD_UNREACHED;
  for (size_t i = 0; i < set->n; i++) {
    if (free->met_ms[set->bars[i]] < soonest) soonest = free->met_ms[set->bars[i]];
  }
  return soonest;
}

/* Adds the cells of a mask that are reached before any of the restrictions in question is met. */
static void add_sure(const vd_study *study, uint8_t *least, const uint8_t *mask, const uint32_t *ms,
                     uint32_t met_ms) {
  for (size_t t = 0; t < study->n_cells; t++) least[t] |= ms[t] < met_ms ? mask[t] : 0;
}

static vd_bound *bound_of(const vd_study *study, const vd_solve *field, const vd_solve *free) {
  vd_arena *arena = vd_arena_new();
  vd_bound *b = VD_NEW(arena, vd_bound);
  *b = (vd_bound){1, arena, VD_NEW_ARRAY(arena, uint8_t, study->n_cells + 1),
                  VD_NEW_ARRAY(arena, uint8_t, study->n_cells + 1)};
  memcpy(b->most, free->mask, study->n_cells);
  add_sure(study, b->least, free->mask, free->result->ms, soonest_met(study, free, field));
  vd_part_answer part;
  for (int i = 0; i < VD_REMEMBERED; i++) {
    if (!vd_memory_part(study, i, field, free, &part)) continue;
    add_sure(study, b->least, part.mask, part.ms, part.met_ms);
    for (size_t t = 0; t < study->n_cells; t++) b->most[t] &= part.mask[t];
  }
  return b;
}

void vd_bound_release(vd_bound *bound) {
  if (bound && atomic_fetch_sub(&bound->refs, 1) == 1) vd_arena_free(bound->arena);
}

/* ---- who is in time anyway ---- */

typedef struct covering {
  vd_study *study;
  vd_arena *scratch;
  bounds *bounds; /* per field */
  size_t words;
  int32_t *cells; /* those that some field leaves open */
  size_t n_cells;
  uint8_t *open;      /* per such cell: bits of the priorities left open */
  uint64_t *anyone;   /* epochs of all situations */
  uint64_t **covered; /* per such cell and priority: epochs in which somebody surely is in time */
} covering;

static uint8_t unsure(const bounds *b, size_t t) {
  return b->least ? (uint8_t)(b->most[t] & ~b->least[t]) : 0;
}

static void find_open_cells(covering *c) {
  const vd_study *study = c->study;
  uint8_t *open = VD_NEW_ARRAY(c->scratch, uint8_t, study->n_cells + 1);
  for (size_t f = 0; f < study->n_fields; f++) {
    const bounds *b = &c->bounds[f];
    for (size_t t = 0; b->least && t < study->n_cells; t++) open[t] |= (uint8_t)(b->most[t] & ~b->least[t]);
  }
  c->cells = VD_NEW_ARRAY(c->scratch, int32_t, study->n_cells + 1);
  c->open = VD_NEW_ARRAY(c->scratch, uint8_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) {
    if (study->likely && !vd_cell_is_visited(study, t)) continue;
    if (open[t]) c->open[c->n_cells] = open[t], c->cells[c->n_cells++] = (int32_t)t;
  }
  c->covered = VD_NEW_ARRAY(c->scratch, uint64_t *, c->n_cells * VD_PRIORITY_COUNT + 1);
  c->anyone = VD_NEW_ARRAY(c->scratch, uint64_t, c->words);
  for (size_t i = 0; i < study->n_situations * c->words; i++) c->anyone[i % c->words] |= study->epoch_bits[i];
}

static uint64_t *row_of(covering *c, size_t i, int p) {
  uint64_t **row = &c->covered[i * VD_PRIORITY_COUNT + (size_t)p];
  if (!*row) *row = VD_NEW_ARRAY(c->scratch, uint64_t, c->words);
  return *row;
}

static bool is_covered(covering *c, const uint64_t *bits, size_t i, int p) {
  const uint64_t *row = row_of(c, i, p);
  for (size_t w = 0; w < c->words; w++) {
    if ((bits[w] & ~row[w]) != 0) return false;
  }
  return true;
}

/* Adds when a situation surely is in time; a cell where somebody is at all times needs no more. */
static void cover(covering *c, size_t s) {
  const vd_study *study = c->study;
  const vd_situation *situation = &study->situations[s];
  const bounds *b = &c->bounds[situation->field];
  const uint8_t *mask = b->least ? b->least : study->fields[situation->field].mask;
  const uint64_t *bits = study->epoch_bits + s * c->words;
  if (!mask || !vd_situation_counts(situation, VD_LIFT_NONE)) return;
  for (size_t i = 0; i < c->n_cells; i++) {
    uint8_t in_time = mask[c->cells[i]] & c->open[i];
    for (int p = 0; in_time >> p; p++) {
      if ((in_time >> p & 1) == 0) continue;
      uint64_t *row = row_of(c, i, p);
      for (size_t w = 0; w < c->words; w++) row[w] |= bits[w];
      if (is_covered(c, c->anyone, i, p)) c->open[i] &= (uint8_t) ~(1u << p);
    }
  }
}

/* The waiting situation that most likely decides an open cell: the soonest there without restrictions. -1: nothing is open. */
static int32_t likeliest(covering *c, size_t i, int p) {
  const vd_study *study = c->study;
  size_t t = (size_t)c->cells[i];
  int32_t best = -1;
  uint32_t soonest = VD_UNREACHED;
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    const bounds *b = &c->bounds[situation->field];
    if (!study->fields[situation->field].waits || (unsure(b, t) >> p & 1) == 0 ||
        !vd_situation_counts(situation, VD_LIFT_NONE))
      continue;
    uint32_t ms = study->fields[situation->free_field].result->ms[t];
    if (ms >= soonest || is_covered(c, study->epoch_bits + s * c->words, i, p)) continue;
    soonest = ms, best = (int32_t)s;
  }
  return best;
}

/* Has the `width` likeliest fields of each open cell solved with the next; false when no cell is open any more. */
static bool choose(covering *c, int width) {
  vd_study *study = c->study;
  bool any = false;
  for (size_t i = 0; i < c->n_cells; i++) {
    for (int p = 0; c->open[i] >> p; p++) {
      if ((c->open[i] >> p & 1) == 0 || is_covered(c, c->anyone, i, p)) continue;
      for (int k = 0; k < width; k++) {
        int32_t s = likeliest(c, i, p);
        if (s < 0) break;
        study->fields[study->situations[s].field].waits = false;
        any = true;
      }
    }
  }
  return any;
}

/* What was solved tells more of who is in time. */
static void learn(covering *c) {
  const vd_study *study = c->study;
  for (size_t s = 0; s < study->n_situations; s++) {
    int32_t f = study->situations[s].field;
    if (!c->bounds[f].least || !study->fields[f].mask) continue;
    bounds known = c->bounds[f];
    c->bounds[f].least = NULL;
    cover(c, s);
    c->bounds[f] = known; /* another situation may have the same field */
  }
  for (size_t f = 0; f < study->n_fields; f++) {
    if (study->fields[f].mask) c->bounds[f].least = NULL;
  }
}

/* In rounds, since what the likeliest tell mostly leaves little to the others. */
static vd_status settle(covering *c, vd_jobs *jobs, const vd_progress *progress) {
  enum { ONE_BY_ONE = 3 };
  vd_study *study = c->study;
  find_open_cells(c);
  for (size_t s = 0; s < study->n_situations && c->n_cells > 0; s++) cover(c, s);
  for (int round = 0; choose(c, round < ONE_BY_ONE ? 1 : 1 << (round - ONE_BY_ONE + 1)); round++) {
    VD_TRY(vd_solves_run(study, jobs, progress, _("Least times under restrictions")));
    learn(c);
  }
  for (size_t f = 0; f < study->n_fields; f++) {
    if (c->bounds[f].least) study->fields[f].mask = c->bounds[f].least;
  }
  return VD_OK;
}

vd_status vd_run_settle(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  bounds *all = VD_NEW_ARRAY(scratch, bounds, study->n_fields + 1);
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_situation *situation = &study->situations[s];
    vd_solve *field = &study->fields[situation->field], *free = &study->fields[situation->free_field];
    if (field->mask || field->best_of >= 0 || all[situation->field].least || !free->met_ms) continue;
    field->bound = vd_memory_bound(study, field);
    if (!field->bound) field->bound = bound_of(study, field, free);
    all[situation->field] = (bounds){field->bound->least, field->bound->most};
    field->waits = true;
  }
  covering c = {.study = study, .scratch = scratch, .bounds = all, .words = vd_epoch_words(study)};
  return settle(&c, jobs, progress);
}
