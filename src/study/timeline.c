/* timeline: what response cells have through the window, the same for all cells that the same responders reach.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Epochs are bits: a responder's situation is a row of bits, and who is in time is the union of the rows of those whose
 * mask tells the cell. Most neighbours have the same masks, so cells are first parted into classes of equal ones. */
#include <string.h>

#include "study/run.h"

enum { WORD_BITS = 64 };

size_t vd_epoch_words(const vd_study *study) {
  return (study->model->epochs->n + WORD_BITS - 1) / WORD_BITS;
}

void vd_run_mark_epochs(vd_study *study) {
  size_t words = vd_epoch_words(study);
  study->epoch_bits = VD_NEW_ARRAY(study->arena, uint64_t, study->n_situations * words + 1);
  for (size_t s = 0; s < study->n_situations; s++) {
    const vd_runs *runs = &study->situations[s].runs;
    for (size_t i = 0; i < runs->n; i++) {
      for (int32_t e = runs->items[i].from; e < runs->items[i].to; e++)
        study->epoch_bits[s * words + (size_t)e / WORD_BITS] |= UINT64_C(1) << e % WORD_BITS;
    }
  }
}

bool vd_situation_counts(const vd_situation *situation, int32_t lifted) {
  return situation->blocker == VD_BLOCKED_BY_NOBODY || lifted == VD_LIFT_ALL || situation->blocker == lifted;
}

/* Lifting restrictions only adds to what is in time; a field solved for it may have been cut off early. */
static uint8_t mask_of(const vd_study *study, const vd_scenario *scenario, size_t s, size_t t) {
  const vd_situation *situation = &study->situations[s];
  if (!vd_situation_counts(situation, scenario->lifted)) return 0;
  uint8_t mask = study->fields[situation->field].mask[t];
  return scenario->fields ? mask | study->fields[scenario->fields[s]].mask[t] : mask;
}

/* ---- one cell ---- */

/* Bits of epochs by priority; NULL when the priority does not occur. */
typedef struct answer {
  size_t words;
  uint64_t *in_time[VD_PRIORITY_COUNT], *free_in_time[VD_PRIORITY_COUNT];
} answer;

static int8_t *rank_epochs(const vd_study *study, vd_arena *scratch, size_t t, answer *a) {
  size_t n = study->model->epochs->n;
  int8_t *priority = VD_NEW_ARRAY(scratch, int8_t, n + 1);
  memset(priority, -1, n + 1);
  for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    for (size_t r = 0; r < danger->runs.n; r++) {
      for (int32_t e = danger->runs.items[r].from; e < danger->runs.items[r].to; e++) {
        if (danger->priority > priority[e]) priority[e] = (int8_t)danger->priority;
      }
    }
  }
  for (size_t e = 0; e < n; e++) {
    int p = priority[e];
    if (p < 0 || a->in_time[p]) continue;
    a->in_time[p] = VD_NEW_ARRAY(scratch, uint64_t, a->words);
    a->free_in_time[p] = VD_NEW_ARRAY(scratch, uint64_t, a->words);
  }
  return priority;
}

static void add_bits(uint64_t *to, const uint64_t *from, size_t words) {
  for (size_t i = 0; i < words; i++) to[i] |= from[i];
}

static void gather(const vd_study *study, const vd_scenario *scenario, size_t t, answer *a) {
  for (size_t s = 0; s < study->n_situations; s++) {
    const uint64_t *bits = study->epoch_bits + s * a->words;
    uint8_t mask = mask_of(study, scenario, s, t),
            free_mask = study->fields[study->situations[s].free_field].mask[t];
    for (int p = 0; (mask | free_mask) >> p; p++) {
      if (!a->in_time[p]) continue;
      if (mask >> p & 1) add_bits(a->in_time[p], bits, a->words);
      if (free_mask >> p & 1) add_bits(a->free_in_time[p], bits, a->words);
    }
  }
}

/* Best is in time whenever likely is, worst never when likely is not. */
static void bound_by_likely(const vd_study *study, vd_arena *scratch, size_t t, answer *a) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  answer likely = {.words = a->words};
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    if (!a->in_time[p]) continue;
    likely.in_time[p] = VD_NEW_ARRAY(scratch, uint64_t, a->words);
    likely.free_in_time[p] = VD_NEW_ARRAY(scratch, uint64_t, a->words);
  }
  gather(study->likely, &as_it_is, t, &likely);
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    for (size_t w = 0; likely.in_time[p] && w < a->words; w++) {
      if (study->assumed == VD_CASE_BEST)
        a->in_time[p][w] |= likely.in_time[p][w];
      else
        a->in_time[p][w] &= likely.in_time[p][w];
    }
  }
}

static bool bit_at(const uint64_t *bits, size_t e) {
  return bits[e / WORD_BITS] >> e % WORD_BITS & 1;
}

static void add_span(vd_arena *scratch, vd_timeline *line, size_t *capacity, vd_span span) {
  vd_span *last = line->n > 0 ? &line->spans[line->n - 1] : NULL;
  if (last && last->priority == span.priority && last->in_time == span.in_time &&
      last->free_in_time == span.free_in_time) {
    last->to_s = span.to_s;
    return;
  }
  *VD_PUSH(scratch, line->spans, line->n, *capacity) = span;
}

vd_timeline vd_timeline_of(const vd_study *study, vd_arena *scratch, size_t t, const vd_scenario *scenario) {
  const vd_epochs *epochs = study->model->epochs;
  answer a = {.words = vd_epoch_words(study)};
  vd_timeline line = {0};
  size_t capacity = 0;
  const int8_t *priority = rank_epochs(study, scratch, t, &a);
  gather(study, scenario, t, &a);
  if (study->likely) bound_by_likely(study, scratch, t, &a);
  for (size_t e = 0; e < epochs->n; e++) {
    int p = priority[e];
    vd_span span = {.from_s = epochs->start_s[e], .to_s = epochs->start_s[e + 1], .priority = (int8_t)p};
    if (p >= 0) {
      span.in_time = bit_at(a.in_time[p], e);
      span.free_in_time = bit_at(a.free_in_time[p], e);
    }
    add_span(scratch, &line, &capacity, span);
  }
  for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
    line.occurs[p] = a.in_time[p] != NULL;
    for (size_t w = 0; line.occurs[p] && w < a.words; w++) line.other_hours[p] |= a.in_time[p][w] != 0;
  }
  return line;
}

/* ---- classes ---- */

typedef struct parting {
  const int32_t *cells;
  size_t n;
  uint16_t *class_of;
  uint16_t n_classes;
} parting;

/* Parts the classes further by one byte a cell. */
static void part_by(parting *p, const uint8_t *bytes) {
  bool same = true;
  for (size_t i = 1; i < p->n; i++) same &= bytes[i] == bytes[0];
  if (same) return;
  struct {
    uint16_t class;
    uint8_t byte;
  } seen[VD_CHUNK];
  uint16_t n_seen = 0;
  for (size_t i = 0; i < p->n; i++) {
    uint16_t k = 0;
    while (k < n_seen && (seen[k].class != p->class_of[i] || seen[k].byte != bytes[i])) k++;
    if (k == n_seen) seen[n_seen].class = p->class_of[i], seen[n_seen].byte = bytes[i], n_seen++;
    p->class_of[i] = k;
  }
  p->n_classes = n_seen;
}

static bool same_dangers(const vd_study *study, int32_t a, int32_t b) {
  int32_t n = study->danger_start[a + 1] - study->danger_start[a];
  return n == study->danger_start[b + 1] - study->danger_start[b] &&
         (n == 0 || memcmp(study->dangers + study->danger_start[a], study->dangers + study->danger_start[b],
                           (size_t)n * sizeof *study->dangers) == 0);
}

static void part_by_dangers(const vd_study *study, parting *p) {
  int32_t first[VD_CHUNK];
  for (size_t i = 0; i < p->n; i++) {
    uint16_t k = 0;
    while (k < p->n_classes && !same_dangers(study, first[k], p->cells[i])) k++;
    if (k == p->n_classes) first[p->n_classes++] = p->cells[i];
    p->class_of[i] = k;
  }
}

static void part_by_field(const vd_study *study, parting *p, int32_t field) {
  const uint8_t *mask = study->fields[field].mask;
  uint8_t bytes[VD_CHUNK];
  for (size_t i = 0; i < p->n; i++) bytes[i] = mask[p->cells[i]];
  part_by(p, bytes);
}

size_t vd_part_cells(const vd_study *study, const vd_scenario *scenario, const int32_t *cells, size_t n,
                     uint16_t *class_of) {
  parting p = {cells, n, class_of, 0};
  int32_t seen_free = -1;
  part_by_dangers(study, &p);
  for (size_t s = 0; s < study->n_situations && p.n_classes < n; s++) {
    const vd_situation *situation = &study->situations[s];
    if (vd_situation_counts(situation, scenario->lifted)) {
      part_by_field(study, &p, situation->field);
      if (scenario->fields) part_by_field(study, &p, scenario->fields[s]);
    }
    if (situation->free_field == seen_free) continue; /* situations of one responder stand together */
    seen_free = situation->free_field;
    part_by_field(study, &p, seen_free);
  }
  for (size_t s = 0; study->likely && s < study->likely->n_situations && p.n_classes < n; s++) {
    const vd_situation *situation = &study->likely->situations[s];
    if (vd_situation_counts(situation, VD_LIFT_NONE)) part_by_field(study->likely, &p, situation->field);
  }
  return p.n_classes;
}

static void each_of_chunk(const vd_study *study, const vd_scenario *scenario, const int32_t *cells,
                          size_t from, size_t to,
                          void (*call)(void *context, size_t index, const vd_timeline *line), void *context) {
  uint16_t class_of[VD_CHUNK];
  size_t n_classes = vd_part_cells(study, scenario, cells + from, to - from, class_of);
  for (size_t k = 0; k < n_classes; k++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_timeline line = {0};
    for (size_t i = from; i < to; i++) {
      if (class_of[i - from] != k) continue;
      if (line.n == 0) line = vd_timeline_of(study, scratch, (size_t)cells[i], scenario);
      call(context, i, &line);
    }
  }
}

void vd_each_timeline(const vd_study *study, const vd_scenario *scenario, const int32_t *cells, size_t from,
                      size_t to, void (*call)(void *context, size_t index, const vd_timeline *line),
                      void *context) {
  for (size_t at = from; at < to; at += VD_CHUNK)
    each_of_chunk(study, scenario, cells, at, to - at < VD_CHUNK ? to : at + VD_CHUNK, call, context);
}
