/* coordinate_slice: a cell's window cut where it changes which actors are in time or present.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Like timeline.c and slice.c, with a row of bits an actor instead of one for all: rows of epochs are joined a word at a time,
 * once for each class of like cells; presence cuts the spans to the second. */
#include <string.h>

#include "study/coordinate.h"

enum { WORD_BITS = 64 };

/* ---- response: rows of epochs, of one class of cells ---- */

typedef struct rows {
  const vd_coordinating *c;
  vd_arena *scratch;
  size_t words, n_epochs;
  int8_t *priority; /* per epoch */
  uint32_t *perpetrators;
  uint64_t *active[VD_PRIORITY_COUNT];
  uint64_t *in_time[VD_ACTORS_MAX], *lead[VD_ACTORS_MAX]; /* NULL none */
  uint64_t *depth[VD_DEPTHS], *base_depth[VD_DEPTHS];     /* [k]: k or more places; [0] not used */
  uint64_t *owners[2];                                    /* one or more; two or more */
  uint64_t **of_post;                                     /* rows of bases that come in time at some time */
  int32_t *posts;
  size_t n_posts;
} rows;

static uint64_t *new_row(const rows *r) {
  return VD_NEW_ARRAY(r->scratch, uint64_t, r->words + 1);
}

static bool bit_at(const uint64_t *row, size_t e) {
  return row && row[e / WORD_BITS] >> e % WORD_BITS & 1;
}

static void set_run(uint64_t *row, vd_run run) {
  for (int32_t e = run.from; e < run.to; e++) row[e / WORD_BITS] |= UINT64_C(1) << e % WORD_BITS;
}

static void join_rows(const rows *r, uint64_t *to, const uint64_t *from) {
  for (size_t w = 0; w < r->words; w++) to[w] |= from[w];
}

/* Priority and classes of the threats in each epoch. */
static void find_threats(rows *r, size_t t) {
  const vd_study *study = r->c->study;
  r->priority = VD_NEW_ARRAY(r->scratch, int8_t, r->n_epochs + 1);
  r->perpetrators = VD_NEW_ARRAY(r->scratch, uint32_t, r->n_epochs + 1);
  memset(r->priority, -1, r->n_epochs + 1);
  for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    for (size_t k = 0; k < danger->runs.n; k++) {
      for (int32_t e = danger->runs.items[k].from; e < danger->runs.items[k].to; e++) {
        if (danger->priority > r->priority[e]) r->priority[e] = (int8_t)danger->priority;
        r->perpetrators[e] |= 1u << (danger->perpetrator + 1);
      }
    }
  }
  for (size_t e = 0; e < r->n_epochs; e++) {
    int p = r->priority[e];
    if (p < 0) continue;
    if (!r->active[p]) r->active[p] = new_row(r);
    set_run(r->active[p], (vd_run){(int32_t)e, (int32_t)e + 1});
  }
}

/* Adds the epochs in which a situation is in time; whether there are any. */
static bool add_situation(const rows *r, size_t t, int32_t s, uint64_t *row) {
  const vd_study *study = r->c->study;
  uint8_t mask = study->fields[study->situations[s].field].mask[t];
  const uint64_t *bits = study->epoch_bits + (size_t)s * r->words;
  uint64_t any = 0;
  for (int p = 0; mask >> p; p++) {
    if ((mask >> p & 1) == 0 || !r->active[p]) continue;
    for (size_t w = 0; w < r->words; w++)
      any |= bits[w] & r->active[p][w], row[w] |= bits[w] & r->active[p][w];
  }
  return any != 0;
}

static void add_to_actors(rows *r, uint64_t *list[VD_ACTORS_MAX], uint64_t actors, const uint64_t *row) {
  for (int a = 0; actors >> a; a++) {
    if ((actors >> a & 1) == 0) continue;
    if (!list[a]) list[a] = new_row(r);
    join_rows(r, list[a], row);
    if (a == VD_ACTORS_MAX - 1) break;
  }
}

static void add_owner(rows *r, const vd_answerer *answerer, const uint64_t *row) {
  add_to_actors(r, r->in_time, answerer->owners.bits, row);
  add_to_actors(r, r->lead, answerer->owners.lead, row);
  for (size_t w = 0; w < r->words; w++) {
    r->owners[1][w] |= r->owners[0][w] & row[w];
    r->owners[0][w] |= row[w];
  }
  if (answerer->post < 0) return;
  r->of_post[r->n_posts] = VD_NEW_ARRAY(r->scratch, uint64_t, r->words + 1);
  memcpy(r->of_post[r->n_posts], row, r->words * sizeof *row);
  r->posts[r->n_posts++] = answerer->post;
}

static void add_place(const rows *r, uint64_t *const depth[VD_DEPTHS], const uint64_t *row) {
  for (size_t w = 0; w < r->words; w++) {
    for (int k = VD_DEPTHS - 1; k > 1; k--) depth[k][w] |= depth[k - 1][w] & row[w];
    depth[1][w] |= row[w];
  }
}

static const vd_answerer *answerer_of(const vd_coordinating *c, size_t i) {
  return &c->answerers[c->study->situations[c->situations[i]].force];
}

/* All situations of one base or patrol; the first one after them. */
static size_t find_owner(rows *r, size_t t, size_t i, uint64_t *place_row) {
  const vd_coordinating *c = r->c;
  const vd_answerer *answerer = answerer_of(c, i);
  uint64_t *row = NULL;
  bool any = false;
  for (; i < c->n_situations && answerer_of(c, i)->owner == answerer->owner; i++) {
    if (c->study->fields[c->study->situations[c->situations[i]].field].mask[t] == 0) continue;
    if (!row) row = new_row(r);
    any |= add_situation(r, t, c->situations[i], row);
  }
  if (!any) return i;
  add_owner(r, answerer, row);
  join_rows(r, place_row, row);
  return i;
}

static void find_response(rows *r, size_t t) {
  const vd_coordinating *c = r->c;
  uint64_t *place_row = new_row(r);
  for (size_t i = 0; i < c->n_situations;) {
    const vd_answerer *first = answerer_of(c, i);
    memset(place_row, 0, r->words * sizeof *place_row);
    while (i < c->n_situations && answerer_of(c, i)->place == first->place)
      i = find_owner(r, t, i, place_row);
    add_place(r, r->depth, place_row);
    if (first->post >= 0) add_place(r, r->base_depth, place_row);
  }
}

static rows rows_of(const vd_coordinating *c, vd_arena *scratch, size_t t) {
  rows r = {
      .c = c, .scratch = scratch, .words = vd_epoch_words(c->study), .n_epochs = c->study->model->epochs->n};
  size_t n_posts = c->study->model->n_posts;
  r.of_post = VD_NEW_ARRAY(scratch, uint64_t *, n_posts + 1);
  r.posts = VD_NEW_ARRAY(scratch, int32_t, n_posts + 1);
  for (int k = 1; k < VD_DEPTHS; k++) r.depth[k] = new_row(&r), r.base_depth[k] = new_row(&r);
  for (int k = 0; k < 2; k++) r.owners[k] = new_row(&r);
  find_threats(&r, t);
  find_response(&r, t);
  return r;
}

/* ---- spans ---- */

typedef struct span_list {
  vd_actor_slice *items;
  size_t n, capacity;
} span_list;

static uint64_t actors_at(uint64_t *const list[VD_ACTORS_MAX], size_t n, size_t e) {
  uint64_t actors = 0;
  for (size_t a = 0; a < n; a++) actors |= (uint64_t)bit_at(list[a], e) << a;
  return actors;
}

static uint8_t depth_at(uint64_t *const depth[VD_DEPTHS], size_t e) {
  uint8_t k = 0;
  while (k + 1 < VD_DEPTHS && bit_at(depth[k + 1], e)) k++;
  return k;
}

static int32_t only_at(const rows *r, size_t e) {
  if (!bit_at(r->owners[0], e) || bit_at(r->owners[1], e)) return -1;
  for (size_t i = 0; i < r->n_posts; i++) {
    if (bit_at(r->of_post[i], e)) return r->posts[i];
  }
  return -1;
}

static bool same_span(const vd_actor_slice *a, const vd_actor_slice *b) {
  return a->priority == b->priority && a->in_time == b->in_time && a->in_time_lead == b->in_time_lead &&
         a->depth == b->depth && a->base_depth == b->base_depth && a->perpetrators == b->perpetrators &&
         a->only_in_time == b->only_in_time;
}

static span_list spans_of(const rows *r) {
  const vd_epochs *epochs = r->c->study->model->epochs;
  size_t n_actors = r->c->out->n_actors;
  span_list list = {0};
  for (size_t e = 0; e < r->n_epochs; e++) {
    vd_actor_slice span = {.from_s = epochs->start_s[e],
                           .to_s = epochs->start_s[e + 1],
                           .priority = r->priority[e],
                           .only_in_time = -1,
                           .only_present = -1};
    if (span.priority >= 0) {
      span.perpetrators = r->perpetrators[e];
      span.in_time = actors_at(r->in_time, n_actors, e);
      span.in_time_lead = actors_at(r->lead, n_actors, e);
      span.depth = depth_at(r->depth, e), span.base_depth = depth_at(r->base_depth, e);
      span.only_in_time = only_at(r, e);
    }
    vd_actor_slice *last = list.n ? &list.items[list.n - 1] : NULL;
    if (last && same_span(last, &span))
      last->to_s = span.to_s;
    else
      *VD_PUSH(r->scratch, list.items, list.n, list.capacity) = span;
  }
  return list;
}

/* ---- presence: visits that are the same actors', of one cell ---- */

typedef struct group {
  vd_owners owners;
  int32_t post; /* -1: patrols */
  vd_visit *visits;
  size_t n, capacity;
  vd_intervals present[VD_PRIORITY_COUNT];
  size_t cursor[VD_PRIORITY_COUNT];
} group;
typedef struct groups {
  vd_arena *scratch;
  group *items;
  size_t n, capacity;
} groups;

static void add_near(const vd_coordinating *c, groups *g, const vd_near *near) {
  int32_t post = near->beat < 0 ? -1 - near->beat : -1;
  vd_owners owners = post >= 0 ? c->of_post[post] : c->of_beat[near->beat];
  if (near->blocker != VD_BLOCKED_BY_NOBODY) return;
  group *at = NULL;
  for (size_t i = 0; i < g->n && !at; i++) {
    group *have = &g->items[i];
    if (have->post == post && have->owners.bits == owners.bits && have->owners.lead == owners.lead) at = have;
  }
  if (!at) {
    at = VD_PUSH(g->scratch, g->items, g->n, g->capacity);
    *at = (group){.owners = owners, .post = post};
  }
  *VD_PUSH(g->scratch, at->visits, at->n, at->capacity) = (vd_visit){near->enter_s, near->leave_s, 0};
}

static groups groups_of(const vd_coordinating *c, vd_arena *scratch, size_t t) {
  groups g = {.scratch = scratch};
  size_t n;
  const vd_near *nears = vd_cell_nears(c->study, scratch, t, &n);
  for (size_t i = 0; i < n; i++) add_near(c, &g, &nears[i]);
  for (size_t i = 0; i < g.n; i++) {
    for (int p = 0; p < VD_PRIORITY_COUNT; p++) {
      if ((c->study->priorities[t] >> p & 1) == 0) continue;
      g.items[i].present[p] = vd_presence_intervals(scratch, g.items[i].visits, g.items[i].n,
                                                    c->study->model->figures.revisit_s[p]);
    }
  }
  return g;
}

/* Whether a group is present at a time, and until when that stays so. */
static bool is_present(group *at, int priority, int64_t time_s, int64_t *until_s) {
  const vd_intervals *present = &at->present[priority];
  size_t *i = &at->cursor[priority];
  while (*i < present->n && present->items[*i].to_s <= time_s) (*i)++;
  if (*i >= present->n) return false;
  bool here = present->items[*i].from_s <= time_s;
  int64_t next = here ? present->items[*i].to_s : present->items[*i].from_s;
  if (next < *until_s) *until_s = next;
  return here;
}

static vd_actor_slice presence_at(groups *g, const vd_actor_slice *span, int64_t from_s) {
  vd_actor_slice slice = *span;
  size_t n_counting = 0;
  slice.from_s = from_s;
  for (size_t i = 0; i < g->n && span->priority >= 0; i++) {
    group *at = &g->items[i];
    if (!is_present(at, span->priority, from_s, &slice.to_s)) continue;
    slice.present |= at->owners.bits;
    slice.present_lead |= at->owners.lead;
    if (at->owners.bits == 0) continue;
    slice.only_present = n_counting++ == 0 ? at->post : -1;
  }
  return slice;
}

static vd_actor_slice *cut(const vd_coordinating *c, vd_arena *scratch, size_t t, const span_list *spans,
                           size_t *n) {
  groups g = groups_of(c, scratch, t);
  vd_actor_slice *slices = NULL;
  size_t capacity = 0;
  *n = 0;
  for (size_t i = 0; i < spans->n; i++) {
    for (int64_t at = spans->items[i].from_s; at < spans->items[i].to_s;) {
      vd_actor_slice slice = presence_at(&g, &spans->items[i], at);
      *VD_PUSH(scratch, slices, *n, capacity) = slice;
      at = slice.to_s;
    }
  }
  return slices;
}

/* ---- cells ---- */

static void each_of_chunk(const vd_coordinating *c, const int32_t *cells, size_t from, size_t to,
                          void (*call)(void *context, size_t index, const vd_actor_slice *slices, size_t n),
                          void *context) {
  static const vd_scenario as_it_is = {VD_LIFT_NONE, NULL};
  uint16_t class_of[VD_CHUNK];
  size_t n_classes = vd_part_cells(c->study, &as_it_is, cells + from, to - from, class_of);
  for (size_t k = 0; k < n_classes; k++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    span_list spans = {0};
    for (size_t i = from; i < to; i++) {
      if (class_of[i - from] != k) continue;
      if (spans.n == 0) {
        rows r = rows_of(c, scratch, (size_t)cells[i]);
        spans = spans_of(&r);
      }
      VD_CLEANUP(vd_arena_cleanup) vd_arena *own = vd_arena_new();
      size_t n;
      const vd_actor_slice *slices = cut(c, own, (size_t)cells[i], &spans, &n);
      call(context, i, slices, n);
    }
  }
}

void vd_each_actor_slices(const vd_coordinating *c, const int32_t *cells, size_t from, size_t to,
                          void (*call)(void *context, size_t index, const vd_actor_slice *slices, size_t n),
                          void *context) {
  for (size_t at = from; at < to; at += VD_CHUNK)
    each_of_chunk(c, cells, at, to - at < VD_CHUNK ? to : at + VD_CHUNK, call, context);
}
