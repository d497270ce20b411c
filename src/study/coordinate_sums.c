/* coordinate_sums: what actors cover alone, in pairs, all together and one short; by perpetrator, by depth, without each base.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Every slice of every cell has one make-up: who is in time and who is present. Person-hours are summed by make-up, of which there
 * are few, and all questions about sets of actors are asked of these sums. */
#include <string.h>

#include "study/coordinate.h"
#include "vedette/base/i18n.h"

enum { MAX_PERPETRATORS = 32 }; /* bits of vd_actor_slice.perpetrators; the first: not told */

typedef struct makeup {
  uint64_t key[4]; /* in time, leading; present, leading */
  double person_hours;
} makeup;

/* What the cells of a chunk add; joined in order, so that sums do not depend on the workers. */
typedef struct totals {
  vd_arena *arena;
  makeup *makeups;
  size_t n, capacity;
  int32_t *slots; /* hash table: index + 1 */
  size_t n_slots;
  double depth[VD_DEPTHS], base_depth[VD_DEPTHS];
  vd_perpetrator_sums perpetrators[MAX_PERPETRATORS];
  struct post_loss {
    int32_t post;
    double covered, in_time;
  } * losses; /* as they come */
  size_t n_losses, losses_capacity;
} totals;

/* ---- sums by make-up ---- */

static size_t slot_of(const totals *s, const uint64_t key[4]) {
  uint64_t h = 0;
  for (int i = 0; i < 4; i++) h = (h ^ key[i]) * 0x9e3779b97f4a7c15u, h ^= h >> 31;
  return (size_t)h & (s->n_slots - 1);
}

static void grow(totals *s) {
  s->n_slots = s->n_slots ? 2 * s->n_slots : 64;
  s->slots = VD_NEW_ARRAY(s->arena, int32_t, s->n_slots);
  for (size_t i = 0; i < s->n; i++) {
    size_t at = slot_of(s, s->makeups[i].key);
    while (s->slots[at]) at = (at + 1) & (s->n_slots - 1);
    s->slots[at] = (int32_t)i + 1;
  }
}

static void add_makeup(totals *s, const uint64_t key[4], double person_hours) {
  if (2 * s->n >= s->n_slots) grow(s);
  size_t at = slot_of(s, key);
  for (; s->slots[at]; at = (at + 1) & (s->n_slots - 1)) {
    makeup *have = &s->makeups[s->slots[at] - 1];
    if (memcmp(have->key, key, sizeof have->key) != 0) continue;
    have->person_hours += person_hours;
    return;
  }
  *VD_PUSH(s->arena, s->makeups, s->n, s->capacity) =
      (makeup){{key[0], key[1], key[2], key[3]}, person_hours};
  s->slots[at] = (int32_t)s->n;
}

/* ---- one cell ---- */

typedef struct summing {
  const vd_coordinating *c;
  const int32_t *cells;
  totals *chunks;
  int64_t first_chunk;
} summing;
typedef struct chunk_sum {
  const summing *run;
  totals *sums;
} chunk_sum;

static void lose_post(totals *s, int32_t post, double covered, double in_time) {
  *VD_PUSH(s->arena, s->losses, s->n_losses, s->losses_capacity) = (struct post_loss){post, covered, in_time};
}

static void add_losses(totals *s, const vd_actor_slice *slice, double person_hours) {
  bool covered = slice->in_time && slice->present;
  int32_t reach = slice->only_in_time, near = slice->only_present;
  if (reach >= 0) lose_post(s, reach, covered ? person_hours : 0, person_hours);
  if (near >= 0 && near != reach && covered) lose_post(s, near, person_hours, 0);
}

static void add_perpetrators(totals *s, const vd_actor_slice *slice, double person_hours) {
  bool in_time = slice->in_time != 0, present = slice->present != 0;
  vd_state state = in_time ? present ? VD_COVERED : VD_REACH_ONLY : present ? VD_PRESENCE_ONLY : VD_UNCOVERED;
  for (int k = 0; k < MAX_PERPETRATORS; k++) {
    if ((slice->perpetrators >> k & 1) == 0) continue;
    s->perpetrators[k].person_hours += person_hours;
    s->perpetrators[k].by_state[state] += person_hours;
  }
}

static void sum_cell(void *context, size_t i, const vd_actor_slice *slices, size_t n) {
  const chunk_sum *chunk = context;
  totals *s = chunk->sums;
  double people = (double)chunk->run->c->study->cells[chunk->run->cells[i]].people;
  uint32_t perpetrators = 0;
  for (size_t k = 0; k < n; k++) {
    const vd_actor_slice *slice = &slices[k];
    if (slice->priority < 0) continue;
    double person_hours = people * ((double)(slice->to_s - slice->from_s) / VD_HOUR_S);
    const uint64_t key[4] = {slice->in_time, slice->in_time_lead, slice->present, slice->present_lead};
    add_makeup(s, key, person_hours);
    s->depth[slice->depth] += person_hours, s->base_depth[slice->base_depth] += person_hours;
    add_losses(s, slice, person_hours);
    add_perpetrators(s, slice, person_hours);
    perpetrators |= slice->perpetrators;
  }
  for (int k = 0; k < MAX_PERPETRATORS; k++)
    if (perpetrators >> k & 1) s->perpetrators[k].people += people;
}

static vd_status sum_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  const summing *run = context;
  totals *s = &run->chunks[item];
  *s = (totals){.arena = vd_arena_new()};
  chunk_sum chunk = {run, s};
  size_t from = (size_t)(run->first_chunk + item) * VD_CHUNK, n = run->c->study->n_cells;
  vd_each_actor_slices(run->c, run->cells, from, n - from < VD_CHUNK ? n : from + VD_CHUNK, sum_cell, &chunk);
  return VD_OK;
}

/* ---- all cells ---- */

static void join(totals *to, const totals *from, double (*posts)[2]) {
  for (size_t i = 0; i < from->n; i++) add_makeup(to, from->makeups[i].key, from->makeups[i].person_hours);
  for (int k = 0; k < VD_DEPTHS; k++)
    to->depth[k] += from->depth[k], to->base_depth[k] += from->base_depth[k];
  for (int k = 0; k < MAX_PERPETRATORS; k++) {
    to->perpetrators[k].people += from->perpetrators[k].people;
    to->perpetrators[k].person_hours += from->perpetrators[k].person_hours;
    for (int s = 0; s < VD_STATE_COUNT; s++)
      to->perpetrators[k].by_state[s] += from->perpetrators[k].by_state[s];
  }
  for (size_t i = 0; i < from->n_losses; i++) {
    posts[from->losses[i].post][0] += from->losses[i].covered;
    posts[from->losses[i].post][1] += from->losses[i].in_time;
  }
}

static vd_status sum_all(vd_coordinating *c, totals *all, double (*posts)[2]) {
  totals chunks[VD_WAVE];
  summing run = {.c = c, .cells = vd_all_cells(c->study, c->scratch), .chunks = chunks};
  int64_t n = vd_chunks(c->study->n_cells);
  for (run.first_chunk = 0; run.first_chunk < n; run.first_chunk += VD_WAVE) {
    int64_t wave = n - run.first_chunk < VD_WAVE ? n - run.first_chunk : VD_WAVE;
    VD_TRY(vd_progress_step(c->progress, _("Who covers whom"), run.first_chunk, n));
    memset(chunks, 0, sizeof chunks);
    vd_status status = vd_jobs_run(c->jobs, wave, sum_chunk, &run);
    for (int64_t i = 0; i < wave; i++) {
      if (status == VD_OK) join(all, &chunks[i], posts);
      vd_arena_free(chunks[i].arena);
    }
    VD_TRY(status);
  }
  return VD_OK;
}

/* ---- what is asked of the sums ---- */

static bool covers(const makeup *m, uint64_t actors) {
  return (m->key[0] & actors) != 0 && (m->key[2] & actors) != 0;
}

static void tell_actors(vd_coordinating *c, const totals *all) {
  for (size_t a = 0; a < c->out->n_actors; a++) {
    vd_coordinate_actor *actor = &c->out->actors[a];
    uint64_t bit = UINT64_C(1) << a;
    for (size_t i = 0; i < all->n; i++) {
      const makeup *m = &all->makeups[i];
      double hours = m->person_hours;
      if (covers(m, bit)) actor->alone += hours;
      if (m->key[0] & bit) actor->in_time += hours;
      if ((actor->counts ? m->key[2] : m->key[3]) & bit) actor->present += hours;
      bool without = (m->key[1] & ~bit) != 0 && (m->key[3] & c->counting & ~bit) != 0;
      if (covers(m, c->counting) && !without) actor->lost += hours;
    }
  }
}

static vd_coordinate_pair pair_of(const totals *all, int32_t a, int32_t b) {
  vd_coordinate_pair pair = {a, b, 0, 0, 0};
  uint64_t x = UINT64_C(1) << a, y = UINT64_C(1) << b;
  for (size_t i = 0; i < all->n; i++) {
    const makeup *m = &all->makeups[i];
    bool both = (m->key[3] & x) != 0 && (m->key[3] & y) != 0;
    if (covers(m, x | y)) pair.covered += m->person_hours;
    if (!both) continue;
    pair.both_present += m->person_hours;
    if ((m->key[1] & x) != 0 && (m->key[1] & y) != 0) pair.both_cover += m->person_hours;
  }
  return pair;
}

static void tell_pairs(vd_coordinating *c, const totals *all) {
  vd_coordination *out = c->out;
  out->pairs = VD_NEW_ARRAY(c->arena, vd_coordinate_pair, out->n_actors * out->n_actors / 2 + 1);
  for (size_t a = 0; a < out->n_actors; a++) {
    for (size_t b = a + 1; b < out->n_actors; b++) {
      vd_coordinate_pair *pair = &out->pairs[out->n_pairs++];
      *pair = pair_of(all, (int32_t)a, (int32_t)b);
      if (!out->actors[a].counts || !out->actors[b].counts) pair->covered = 0;
    }
  }
  for (size_t i = 0; i < all->n; i++) {
    uint64_t lead = all->makeups[i].key[3];
    if ((lead & (lead - 1)) != 0) out->several_present += all->makeups[i].person_hours;
  }
}

static void tell_perpetrators(vd_coordinating *c, const totals *all) {
  c->out->perpetrators = VD_NEW_ARRAY(c->arena, vd_perpetrator_sums, MAX_PERPETRATORS);
  for (int k = 1; k <= MAX_PERPETRATORS; k++) { /* not told comes last */
    const vd_perpetrator_sums *sums = &all->perpetrators[k % MAX_PERPETRATORS];
    if (!(sums->person_hours > 0)) continue;
    vd_perpetrator_sums *told = &c->out->perpetrators[c->out->n_perpetrators++];
    *told = *sums;
    told->word = k == MAX_PERPETRATORS ? NULL : vd_perpetrator_words[k - 1];
  }
}

static void tell_bases(vd_coordinating *c, double (*posts)[2]) {
  const vd_model *model = c->study->model;
  for (size_t p = 0; p < model->n_posts; p++) {
    const vd_post *post = &model->posts[p];
    bool here = post->from_s < model->to_s && post->to_s > model->from_s;
    if (!here && !(posts[p][0] > 0)) continue;
    vd_add_loss(c, (vd_single_loss){VD_LOST_BASE, post->id, post->name, posts[p][0], posts[p][1],
                                    post->lon_deg, post->lat_deg, NULL});
  }
}

vd_status vd_coordinate_sums(vd_coordinating *c) {
  totals all = {.arena = c->scratch};
  double(*posts)[2] = vd_arena_alloc(c->scratch, sizeof *posts * (c->study->model->n_posts + 1));
  VD_TRY(sum_all(c, &all, posts));
  tell_actors(c, &all);
  tell_pairs(c, &all);
  tell_perpetrators(c, &all);
  memcpy(c->out->in_time_of, all.depth, sizeof all.depth);
  memcpy(c->out->in_time_of_bases, all.base_depth, sizeof all.base_depth);
  tell_bases(c, posts);
  return VD_OK;
}
