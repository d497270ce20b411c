/* duplicate: visits of actors that did not plan jointly to the same cells, and visits that could be spared.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A visit is fresh from entering until `presence.full` hours after leaving, or the revisit standard of the cell's priority when
 * that is shorter. Two visits double each other while both are fresh. A visit is spare when at least half of the threatened
 * people it passes had another actor's fresh visit as it came. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

enum { ASIDE_MS = 60 * 60 * 1000 }; /* a spare visit may turn aside this far: there and back two hours */

typedef struct outing { /* an occurrence: whom it passes, and how many of them it doubles */
  double people, doubled;
  float most_people; /* doubled cell with most people */
  int32_t t;
  int64_t time_s;
} outing;

/* What the cells of a chunk tell, in order; joined chunk by chunk, so that sums do not depend on the workers. */
typedef struct meeting { /* two visits of a cell that double each other */
  int32_t key[4], t;
  int64_t from_s, to_s, shared_s;
} meeting;
typedef struct visit {
  int32_t beat, occurrence, t;
  bool doubled;
  int64_t enter_s;
} visit;
typedef struct chunk {
  vd_arena *arena;
  meeting *meetings;
  size_t n_meetings, meetings_capacity;
  visit *visits;
  size_t n_visits, visits_capacity;
} chunk;
enum { WAVE = 64 }; /* chunks looked at before they are joined */

typedef struct doubling {
  vd_study *study;
  vd_arena *arena;
  vd_pair *pairs;
  size_t n, capacity;
  int32_t *slots; /* hash table: index + 1 */
  size_t n_slots;
  int32_t *first_outing; /* per beat */
  outing *outings;
  chunk chunks[WAVE];
  int64_t first_chunk;
} doubling;

/* ---- pairs by key ---- */

static size_t slot_of(const doubling *d, const int32_t key[4]) {
  uint64_t h = 0;
  for (int i = 0; i < 4; i++) h = (h ^ (uint32_t)key[i]) * 0x9e3779b97f4a7c15u, h ^= h >> 31;
  return (size_t)h & (d->n_slots - 1);
}

static void grow(doubling *d) {
  d->n_slots = d->n_slots ? 2 * d->n_slots : 1024;
  d->slots = VD_NEW_ARRAY(d->arena, int32_t, d->n_slots);
  for (size_t i = 0; i < d->n; i++) {
    size_t s = slot_of(d, d->pairs[i].key);
    while (d->slots[s]) s = (s + 1) & (d->n_slots - 1);
    d->slots[s] = (int32_t)i + 1;
  }
}

static vd_pair *pair_of(doubling *d, const int32_t key[4]) {
  if (2 * d->n >= d->n_slots) grow(d);
  size_t s = slot_of(d, key);
  for (; d->slots[s]; s = (s + 1) & (d->n_slots - 1)) {
    vd_pair *have = &d->pairs[d->slots[s] - 1];
    if (memcmp(have->key, key, sizeof have->key) == 0) return have;
  }
  vd_pair *made = VD_PUSH(d->arena, d->pairs, d->n, d->capacity);
  *made = (vd_pair){{key[0], key[1], key[2], key[3]}, VD_TIME_MAX, VD_TIME_MIN, 0, -1, -1};
  d->slots[s] = (int32_t)d->n;
  return made;
}

/* ---- one cell ---- */

static bool planned_apart(const vd_model *model, const vd_near *a, const vd_near *b) {
  const vd_beat *x = &model->beats[a->beat], *y = &model->beats[b->beat];
  return x->party != y->party && !vd_beat_plans_with(x, y->party) && !vd_beat_plans_with(y, x->party) &&
         (model->parties[x->party].counts || model->parties[y->party].counts);
}

static void add_meeting(chunk *c, size_t t, const vd_near *a, const vd_near *b, int64_t fresh_s,
                        vd_intervals active) {
  int64_t to_a = a->leave_s + fresh_s, to_b = b->leave_s + fresh_s;
  int64_t from = b->enter_s, to = to_a < to_b ? to_a : to_b;
  int64_t shared = vd_intervals_within_s(active, from, to);
  if (shared > 0)
    *VD_PUSH(c->arena, c->meetings, c->n_meetings, c->meetings_capacity) =
        (meeting){{a->beat, a->occurrence, b->beat, b->occurrence}, (int32_t)t, from, to, shared};
}

static bool may_double(const vd_near *near) {
  return near->beat >= 0 && near->blocker == VD_BLOCKED_BY_NOBODY;
}

static int64_t longest_stay(const vd_near *nears, size_t n) {
  int64_t longest = 0;
  for (size_t i = 0; i < n; i++) {
    if (nears[i].beat >= 0 && nears[i].leave_s - nears[i].enter_s > longest)
      longest = nears[i].leave_s - nears[i].enter_s;
  }
  return longest;
}

static void double_cell(const vd_study *study, chunk *c, size_t t) {
  const vd_figures *figures = &study->model->figures;
  if (study->pass_start[t + 1] == study->pass_start[t]) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n);
  vd_intervals active = vd_cell_active(study, scratch, t);
  int64_t revisit = figures->revisit_s[study->cells[t].priority];
  int64_t fresh = figures->presence_full_s < revisit ? figures->presence_full_s : revisit;
  int64_t longest = longest_stay(nears, n);
  for (size_t j = 0; j < n; j++) {
    if (!may_double(&nears[j])) continue;
    bool doubled = false;
    for (size_t i = j; i-- > 0 && nears[i].enter_s + longest + fresh > nears[j].enter_s;) {
      if (!may_double(&nears[i]) || nears[i].leave_s + fresh <= nears[j].enter_s ||
          !planned_apart(study->model, &nears[i], &nears[j]))
        continue;
      add_meeting(c, t, &nears[i], &nears[j], fresh, active);
      doubled = true;
    }
    *VD_PUSH(c->arena, c->visits, c->n_visits, c->visits_capacity) =
        (visit){nears[j].beat, nears[j].occurrence, (int32_t)t, doubled, nears[j].enter_s};
  }
}

static vd_status double_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  doubling *d = context;
  chunk *c = &d->chunks[item];
  *c = (chunk){.arena = vd_arena_new()};
  size_t from = (size_t)(d->first_chunk + item) * VD_CHUNK, n_cells = d->study->n_cells;
  for (size_t t = from; t < from + VD_CHUNK && t < n_cells; t++) double_cell(d->study, c, t);
  return VD_OK;
}

/* ---- all cells ---- */

static void join_meeting(doubling *d, const meeting *m) {
  float people = d->study->cells[m->t].people;
  vd_pair *p = pair_of(d, m->key);
  if (m->from_s < p->from_s) p->from_s = m->from_s;
  if (m->to_s > p->to_s) p->to_s = m->to_s;
  p->person_hours += (double)people * ((double)m->shared_s / VD_HOUR_S);
  if (people > p->most_people) p->most_people = people, p->t = m->t;
}

static void join_visit(doubling *d, const visit *v) {
  float people = d->study->cells[v->t].people;
  outing *o = &d->outings[d->first_outing[v->beat] + v->occurrence];
  o->people += (double)people;
  if (!v->doubled) return;
  o->doubled += (double)people;
  if (people > o->most_people) o->most_people = people, o->t = v->t, o->time_s = v->enter_s;
}

static void join_chunk(doubling *d, const chunk *c) {
  for (size_t i = 0; i < c->n_meetings; i++) join_meeting(d, &c->meetings[i]);
  for (size_t i = 0; i < c->n_visits; i++) join_visit(d, &c->visits[i]);
}

static vd_status double_cells(doubling *d, vd_jobs *jobs, const vd_progress *progress) {
  int64_t n = vd_chunks(d->study->n_cells);
  for (d->first_chunk = 0; d->first_chunk < n; d->first_chunk += WAVE) {
    int64_t wave = n - d->first_chunk < WAVE ? n - d->first_chunk : WAVE;
    VD_TRY(vd_progress_step(progress, _("Doubled visits"), d->first_chunk, n));
    vd_status status = vd_jobs_run(jobs, wave, double_chunk, d);
    for (int64_t i = 0; i < wave; i++) {
      if (status == VD_OK) join_chunk(d, &d->chunks[i]);
      vd_arena_free(d->chunks[i].arena);
      d->chunks[i] = (chunk){0};
    }
    VD_TRY(status);
  }
  return VD_OK;
}

/* ---- results ---- */

static int compare_pairs(const void *a, const void *b) {
  const vd_pair *x = a, *y = b;
  if (x->person_hours != y->person_hours) return x->person_hours > y->person_hours ? -1 : 1;
  for (int i = 0; i < 4; i++) {
    if (x->key[i] != y->key[i]) return x->key[i] < y->key[i] ? -1 : 1;
  }
  return 0;
}

static bool is_spare(const vd_model *model, const vd_beat *beat, const outing *o) {
  return model->parties[beat->party].counts && o->doubled > 0 && o->time_s >= model->from_s &&
         2 * o->doubled >= o->people;
}

static void list_outings(const doubling *d, vd_doubled *all) {
  const vd_model *model = d->study->model;
  all->outings = VD_NEW_ARRAY(all->arena, vd_outing, d->first_outing[model->n_beats] + 1);
  for (size_t b = 0; b < model->n_beats; b++) {
    for (size_t k = 0; k < model->beats[b].n_starts; k++) {
      const outing *o = &d->outings[d->first_outing[b] + (int32_t)k];
      if (is_spare(model, &model->beats[b], o))
        all->outings[all->n_outings++] = (vd_outing){(int32_t)b, (int32_t)k, o->t, o->time_s};
    }
  }
}

static vd_status find_all(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  doubling d = {.study = study, .arena = scratch};
  const vd_model *model = study->model;
  d.first_outing = VD_NEW_ARRAY(scratch, int32_t, model->n_beats + 1);
  for (size_t b = 0; b < model->n_beats; b++) {
    d.first_outing[b + 1] = d.first_outing[b] + (int32_t)model->beats[b].n_starts;
  }
  d.outings = VD_NEW_ARRAY(scratch, outing, d.first_outing[model->n_beats] + 1);
  VD_TRY(double_cells(&d, jobs, progress));
  if (d.n > 1) qsort(d.pairs, d.n, sizeof *d.pairs, compare_pairs);
  vd_arena *arena = vd_arena_new();
  vd_doubled *all = VD_NEW(arena, vd_doubled);
  *all = (vd_doubled){.refs = 1, .arena = arena, .n_pairs = d.n};
  all->pairs = VD_NEW_ARRAY(arena, vd_pair, d.n + 1);
  if (d.n > 0) memcpy(all->pairs, d.pairs, d.n * sizeof *d.pairs);
  list_outings(&d, all);
  study->doubled = all;
  return VD_OK;
}

void vd_doubled_release(vd_doubled *doubled) {
  if (doubled && atomic_fetch_sub(&doubled->refs, 1) == 1) vd_arena_free(doubled->arena);
}

static vd_doubled *known_doubled(const vd_study *study) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = vd_memory_before(study, i);
    if (!before || before->passes_shared != study->passes_shared || !vd_same_visits(before, study)) continue;
    atomic_fetch_add(&before->doubled->refs, 1);
    return before->doubled;
  }
  return NULL;
}

/* Of the cell, looked for once: `towns` holds a number a cell of the study, the town + 2, 0 not looked for yet. */
static int32_t town_near(const vd_study *study, int32_t *towns, int32_t t) {
  if (towns[t] == 0)
    towns[t] = vd_model_nearest_town(study->model, &study->lonlat[2 * t], &study->xy_m[2 * t], NULL) + 2;
  return towns[t] - 2;
}

static void tell_duplicates(vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  int32_t *towns = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  const vd_doubled *all = study->doubled;
  const vd_model *model = study->model;
  study->duplicates = VD_NEW_ARRAY(study->arena, vd_duplicate, all->n_pairs + 1);
  for (size_t i = 0; i < all->n_pairs; i++) {
    const vd_pair *p = &all->pairs[i];
    const vd_beat *a = &model->beats[p->key[0]], *b = &model->beats[p->key[2]];
    const double *lonlat = &study->lonlat[2 * p->t];
    int32_t town = town_near(study, towns, p->t);
    study->duplicates[study->n_duplicates++] = (vd_duplicate){a->id,
                                                              b->id,
                                                              a->name,
                                                              b->name,
                                                              model->parties[a->party].name,
                                                              model->parties[b->party].name,
                                                              p->from_s,
                                                              p->to_s,
                                                              lonlat[0],
                                                              lonlat[1],
                                                              town < 0 ? NULL : model->towns[town].name,
                                                              p->person_hours};
  }
}

/* ---- where spare visits could go ---- */

static int32_t ask(vd_study *study, const vd_outing *o, int32_t set) {
  const vd_beat *beat = &study->model->beats[o->beat];
  vd_light light = vd_daylight_at(&study->model->figures.day, o->time_s);
  if (beat->vehicle == VD_HELICOPTER && light == VD_NIGHT) return -1;
  vd_force force = {.xy_m = {study->xy_m[2 * o->t], study->xy_m[2 * o->t + 1]}, .vehicle = beat->vehicle};
  return vd_solve_intern(study, &force, light, set, ASIDE_MS, ASIDE_MS, -1);
}

/* The restrictions in force for a patrol at an instant that it meets on its way aside. */
static int32_t set_for(vd_study *study, vd_arena *scratch, const vd_outing *o, const vd_solve *free) {
  const vd_model *model = study->model;
  const vd_beat *beat = &model->beats[o->beat];
  int32_t *bars = VD_NEW_ARRAY(scratch, int32_t, model->n_bars + 1);
  size_t n = 0;
  for (size_t b = 0; b < model->n_bars; b++) {
    const vd_bar *bar = &model->bars[b];
    if (o->time_s >= bar->from_s && o->time_s < bar->to_s && free->met_ms[b] <= ASIDE_MS &&
        vd_bar_applies(bar, beat->vehicle, model->parties[beat->party].kind, beat->escorted))
      bars[n++] = (int32_t)b;
  }
  return vd_set_intern(study, bars, n);
}

static vd_status find_spares(vd_study *study, vd_arena *scratch, vd_jobs *jobs, const vd_progress *progress) {
  const char *what = _("Where spare visits could go");
  const vd_doubled *all = study->doubled;
  int32_t *free = VD_NEW_ARRAY(scratch, int32_t, all->n_outings + 1);
  for (size_t i = 0; i < all->n_outings; i++) free[i] = ask(study, &all->outings[i], VD_FREE_SET);
  VD_TRY(vd_solves_run(study, jobs, progress, what));
  for (size_t i = 0; i < all->n_outings; i++) {
    const vd_outing *o = &all->outings[i];
    if (free[i] < 0) continue;
    int32_t field = ask(study, o, set_for(study, scratch, o, &study->fields[free[i]]));
    *VD_PUSH(study->arena, study->spares, study->n_spares, study->spares_capacity) =
        (vd_spare){o->beat, o->occurrence, o->time_s, field};
  }
  return vd_solves_run(study, jobs, progress, what);
}

vd_status vd_run_find_duplicates(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_TRY(vd_progress_step(progress, _("Doubled visits"), 0, 0));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  study->doubled = known_doubled(study);
  if (!study->doubled) VD_TRY(find_all(study, jobs, progress));
  tell_duplicates(study);
  VD_TRY(find_spares(study, scratch, jobs, progress));
  vd_run_index_spares(study);
  return VD_OK;
}
