/* change: which cells may have another window than in an earlier study of the same cells.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Everything that decides a cell's window is compared by content: who is in time when, who was near when, when threats are
 * active, where spare visits could have gone. A cell marked for nothing costs a little time; none may be missed. */
#include <string.h>

#include "study/run.h"
#include "vedette/base/str.h"

typedef struct comparing {
  const vd_study *now, *before;
  uint8_t *marks;
  vd_arena *scratch;
  bool same_epochs;
} comparing;

static void mark_any(const comparing *c, const uint8_t *mask) {
  for (size_t t = 0; t < c->now->n_cells; t++) c->marks[t] |= mask[t] != 0;
}

static void mark_unlike(const comparing *c, const uint8_t *a, const uint8_t *b) {
  if (a == b) return;
  for (size_t t = 0; t < c->now->n_cells; t++) c->marks[t] |= a[t] != b[t];
}

/* ---- response ---- */

static bool counts(const vd_situation *situation) {
  return vd_situation_counts(situation, VD_LIFT_NONE);
}

static const uint8_t *free_mask(const vd_study *study, const vd_situation *s) {
  return study->fields[s->free_field].mask;
}

static const uint8_t *mask_of(const vd_study *study, const vd_situation *s) {
  return study->fields[s->field].mask;
}

static void mark_situation(const comparing *c, const vd_study *study, const vd_situation *s) {
  if (counts(s)) mark_any(c, mask_of(study, s));
  mark_any(c, free_mask(study, s));
}

static void mark_pair(const comparing *c, const vd_situation *a, const vd_situation *b) {
  mark_unlike(c, free_mask(c->now, a), free_mask(c->before, b));
  if (counts(a) && counts(b))
    mark_unlike(c, mask_of(c->now, a), mask_of(c->before, b));
  else if (counts(a) || counts(b))
    mark_any(c, counts(a) ? mask_of(c->now, a) : mask_of(c->before, b));
}

static vd_interval span_of(const vd_study *study, vd_run run) {
  const int64_t *start_s = study->model->epochs->start_s;
  return (vd_interval){start_s[run.from], start_s[run.to]};
}

static int64_t length_s(const vd_study *study, const vd_situation *s) {
  int64_t sum = 0;
  for (size_t i = 0; i < s->runs.n; i++) {
    vd_interval span = span_of(study, s->runs.items[i]);
    sum += span.to_s - span.from_s;
  }
  return sum;
}

/* The time in which one holds now and the other held before. */
static int64_t shared_s(const comparing *c, const vd_situation *a, const vd_situation *b) {
  int64_t sum = 0;
  for (size_t i = 0, k = 0; i < a->runs.n && k < b->runs.n;) {
    vd_interval x = span_of(c->now, a->runs.items[i]), y = span_of(c->before, b->runs.items[k]);
    int64_t from = x.from_s > y.from_s ? x.from_s : y.from_s, to = x.to_s < y.to_s ? x.to_s : y.to_s;
    if (from < to) sum += to - from;
    if (x.to_s <= y.to_s)
      i++;
    else
      k++;
  }
  return sum;
}

/* The situations of each responder stand together; where they start and end. */
static size_t *starts_of(const comparing *c, const vd_study *study) {
  size_t *start = VD_NEW_ARRAY(c->scratch, size_t, study->n_responders + 2);
  for (size_t s = 0; s < study->n_situations; s++) start[study->situations[s].force + 1]++;
  for (size_t r = 0; r < study->n_responders; r++) start[r + 1] += start[r];
  return start;
}

/* The same masks in the same epochs, which are cut at the same times. */
static bool same_force(const comparing *c, const size_t now[2], const size_t before[2]) {
  if (!c->same_epochs || now[1] - now[0] != before[1] - before[0]) return false;
  for (size_t i = 0; i < now[1] - now[0]; i++) {
    const vd_situation *a = &c->now->situations[now[0] + i], *b = &c->before->situations[before[0] + i];
    if (a->runs.n != b->runs.n || counts(a) != counts(b) || mask_of(c->now, a) != mask_of(c->before, b) ||
        free_mask(c->now, a) != free_mask(c->before, b) ||
        memcmp(a->runs.items, b->runs.items, a->runs.n * sizeof *a->runs.items) != 0)
      return false;
  }
  return true;
}

static void compare_force(const comparing *c, const size_t now[2], const size_t before[2]) {
  if (same_force(c, now, before)) return;
  int64_t here = 0, there = 0, both = 0;
  for (size_t b = before[0]; b < before[1]; b++) there += length_s(c->before, &c->before->situations[b]);
  for (size_t a = now[0]; a < now[1]; a++) {
    const vd_situation *x = &c->now->situations[a];
    here += length_s(c->now, x);
    for (size_t b = before[0]; b < before[1]; b++) {
      const vd_situation *y = &c->before->situations[b];
      int64_t shared = shared_s(c, x, y);
      if (shared > 0) mark_pair(c, x, y);
      both += shared;
    }
  }
  if (here == both && there == both) return; /* it answers at the same times */
  for (size_t a = now[0]; a < now[1]; a++) mark_situation(c, c->now, &c->now->situations[a]);
  for (size_t b = before[0]; b < before[1]; b++) mark_situation(c, c->before, &c->before->situations[b]);
}

/* Any pairing is right, since what is left over is marked; that of the same record marks least. */
static void compare_response(const comparing *c) {
  const size_t *now = starts_of(c, c->now), *before = starts_of(c, c->before);
  size_t n_before = c->before->n_responders, next = 0;
  uint8_t *paired = VD_NEW_ARRAY(c->scratch, uint8_t, n_before + 1);
  static const size_t none[2] = {0, 0};
  for (size_t r = 0; r < c->now->n_responders; r++) {
    size_t k = 0, at = next;
    while (k < n_before && (paired[at % n_before] ||
                            !vd_str_equal(c->now->responders[r].id, c->before->responders[at % n_before].id)))
      k++, at++;
    bool found = k < n_before;
    if (found) next = at % n_before + 1, paired[at % n_before] = 1;
    compare_force(c, now + r, found ? before + at % n_before : none);
  }
  for (size_t b = 0; b < n_before; b++) {
    if (!paired[b]) compare_force(c, none, before + b);
  }
}

/* ---- presence ---- */

static bool same_post(const vd_post *a, const vd_post *b) {
  return a->lon_deg == b->lon_deg && a->lat_deg == b->lat_deg && a->radius_m == b->radius_m &&
         a->from_s == b->from_s && a->to_s == b->to_s;
}

static bool same_stoppages(const vd_model *x, const vd_beat *a, const vd_model *y, const vd_beat *b) {
  if (a->n_stoppages != b->n_stoppages) return false;
  for (size_t i = 0; i < a->n_stoppages; i++) {
    const vd_stoppage *p = &a->stoppages[i], *q = &b->stoppages[i];
    if (p->from_s != q->from_s || p->to_s != q->to_s || x->bars[p->bar].from_s != y->bars[q->bar].from_s ||
        x->bars[p->bar].to_s != y->bars[q->bar].to_s)
      return false;
  }
  return true;
}

static bool same_track(const vd_beat *a, const vd_beat *b) {
  if (a->n_track != b->n_track || a->influence_m != b->influence_m) return false;
  for (size_t i = 0; i < a->n_track; i++) {
    if (a->track[i].x_m != b->track[i].x_m || a->track[i].y_m != b->track[i].y_m ||
        a->track[i].time_s != b->track[i].time_s || a->track[i].lost != b->track[i].lost)
      return false;
  }
  return true;
}

/* Its visits count at the same times. */
static bool same_beat(const vd_model *x, const vd_beat *a, const vd_model *y, const vd_beat *b) {
  return x->parties[a->party].counts == y->parties[b->party].counts && a->n_starts == b->n_starts &&
         (a->n_starts == 0 || memcmp(a->starts, b->starts, a->n_starts * sizeof *a->starts) == 0) &&
         same_track(a, b) && same_stoppages(x, a, y, b);
}

bool vd_same_tracks(const vd_study *a, const vd_study *b) {
  const vd_model *x = a->model, *y = b->model;
  if (x->n_beats != y->n_beats) return false;
  for (size_t i = 0; i < x->n_beats; i++) {
    /* A patrol that never starts has no passes. */
    if ((x->beats[i].n_starts > 0) != (y->beats[i].n_starts > 0) || !same_track(&x->beats[i], &y->beats[i]))
      return false;
  }
  return true;
}

static bool same_company(const vd_model *x, const vd_beat *a, const vd_model *y, const vd_beat *b) {
  if (a->party != b->party || a->n_partners != b->n_partners || a->vehicle != b->vehicle) return false;
  for (size_t i = 0; i < a->n_partners; i++) {
    if (a->partners[i] != b->partners[i]) return false;
  }
  return x->parties[a->party].kind == y->parties[b->party].kind;
}

static bool same_hours(const vd_danger *a, const vd_danger *b) {
  return a->n_pairs == b->n_pairs &&
         (a->n_pairs == 0 || memcmp(a->pairs, b->pairs, 2 * a->n_pairs * sizeof *a->pairs) == 0);
}

bool vd_same_visits(const vd_study *a, const vd_study *b) {
  const vd_model *x = a->model, *y = b->model;
  const vd_figures *f = &x->figures, *g = &y->figures;
  bool same = x->n_beats == y->n_beats && x->n_parties == y->n_parties && x->from_s == y->from_s &&
              x->to_s == y->to_s && f->presence_full_s == g->presence_full_s &&
              memcmp(f->revisit_s, g->revisit_s, sizeof f->revisit_s) == 0;
  for (size_t i = 0; i < x->n_beats && same; i++)
    same = same_beat(x, &x->beats[i], y, &y->beats[i]) && same_company(x, &x->beats[i], y, &y->beats[i]);
  for (size_t d = 0; d < x->n_dangers && same; d++) same = same_hours(&x->dangers[d], &y->dangers[d]);
  return same;
}

static void mark_other_posts(const comparing *c, const vd_study *one, const vd_study *other) {
  uint8_t *differs = VD_NEW_ARRAY(c->scratch, uint8_t, one->model->n_posts + 1);
  for (size_t i = 0; i < one->model->n_posts; i++) {
    bool found = i < other->model->n_posts && same_post(&one->model->posts[i], &other->model->posts[i]);
    for (size_t k = 0; k < other->model->n_posts && !found; k++)
      found = same_post(&one->model->posts[i], &other->model->posts[k]);
    differs[i] = !found;
  }
  for (size_t t = 0; t < one->n_cells; t++) {
    for (int32_t i = one->post_start[t]; i < one->post_start[t + 1]; i++)
      c->marks[t] |= differs[one->posts[i]];
  }
}

static void mark_other_beats(const comparing *c, const vd_study *one, const vd_study *other) {
  const vd_model *x = one->model, *y = other->model;
  uint8_t *differs = VD_NEW_ARRAY(c->scratch, uint8_t, x->n_beats + 1);
  bool any = false;
  for (size_t i = 0; i < x->n_beats; i++) {
    bool found = i < y->n_beats && same_beat(x, &x->beats[i], y, &y->beats[i]);
    for (size_t k = 0; k < y->n_beats && !found; k++) {
      found = vd_str_equal(x->beats[i].id, y->beats[k].id) && same_beat(x, &x->beats[i], y, &y->beats[k]);
    }
    differs[i] = !found;
    any |= !found;
  }
  for (size_t t = 0; t < one->n_cells && any; t++) {
    for (int32_t i = one->pass_start[t]; i < one->pass_start[t + 1]; i++)
      c->marks[t] |= differs[one->passes[i].beat];
  }
}

/* ---- threats and spare visits ---- */

static void compare_dangers(const comparing *c) {
  const vd_model *x = c->now->model, *y = c->before->model;
  uint8_t *differs = VD_NEW_ARRAY(c->scratch, uint8_t, x->n_dangers + 1);
  bool any = false;
  for (size_t d = 0; d < x->n_dangers; d++) { /* the same number, since the cells are the same */
    differs[d] = !same_hours(&x->dangers[d], &y->dangers[d]);
    any |= differs[d] != 0;
  }
  for (size_t t = 0; t < c->now->n_cells && any; t++) {
    for (int32_t i = c->now->danger_start[t]; i < c->now->danger_start[t + 1]; i++)
      c->marks[t] |= differs[c->now->dangers[i]];
  }
}

static void mark_spares(const comparing *c, const vd_study *study) {
  for (size_t i = 0; i < study->n_spares; i++) mark_any(c, study->fields[study->spares[i].field].mask);
}

static void compare_spares(const comparing *c) {
  const vd_study *x = c->now, *y = c->before;
  bool same = x->n_spares == y->n_spares;
  for (size_t i = 0; i < x->n_spares && same; i++) {
    same = x->spares[i].time_s == y->spares[i].time_s &&
           x->fields[x->spares[i].field].result == y->fields[y->spares[i].field].result;
  }
  if (same) return;
  mark_spares(c, x);
  mark_spares(c, y);
}

/* ---- cases ---- */

/* What bounds a case decides its cells, too. */
static void compare_likely(const comparing *c) {
  if (!c->now->likely || !c->before->likely) return; /* of its own likely study */
  comparing likely = *c;
  likely.now = c->now->likely, likely.before = c->before->likely;
  compare_response(&likely);
}

/* ---- all ---- */

static bool comparable(const vd_study *a, const vd_study *b) {
  const vd_figures *x = &a->model->figures, *y = &b->model->figures;
  return a->cellset == b->cellset && a->model->from_s == b->model->from_s &&
         a->model->to_s == b->model->to_s &&
         memcmp(x->response_ms, y->response_ms, sizeof x->response_ms) == 0 &&
         memcmp(x->revisit_s, y->revisit_s, sizeof x->revisit_s) == 0;
}

bool vd_find_changed(const vd_study *now, const vd_study *before, uint8_t *marks) {
  if (!comparable(now, before)) return false;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_epochs *x = now->model->epochs, *y = before->model->epochs;
  bool same_epochs = x->n == y->n && memcmp(x->start_s, y->start_s, (x->n + 1) * sizeof *x->start_s) == 0;
  comparing c = {now, before, marks, scratch, same_epochs};
  compare_response(&c);
  mark_other_posts(&c, now, before);
  mark_other_posts(&c, before, now);
  mark_other_beats(&c, now, before);
  mark_other_beats(&c, before, now);
  compare_dangers(&c);
  compare_likely(&c);
  if (!now->likely) compare_spares(&c);
  return true;
}
