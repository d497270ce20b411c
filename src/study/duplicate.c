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

typedef struct doubling {
  vd_study *study;
  vd_arena *arena;
  vd_pair *pairs;
  size_t n, capacity;
  int32_t *slots; /* hash table: index + 1 */
  size_t n_slots;
  int32_t *first_outing; /* per beat */
  outing *outings;
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

static vd_pair *pair_of(doubling *d, const vd_near *a, const vd_near *b) {
  if (2 * d->n >= d->n_slots) grow(d);
  int32_t key[4] = {a->beat, a->occurrence, b->beat, b->occurrence};
  size_t s = slot_of(d, key);
  for (; d->slots[s]; s = (s + 1) & (d->n_slots - 1)) {
    vd_pair *have = &d->pairs[d->slots[s] - 1];
    if (memcmp(have->key, key, sizeof key) == 0) return have;
  }
  vd_pair *made = VD_PUSH(d->arena, d->pairs, d->n, d->capacity);
  *made = (vd_pair){{a->beat, a->occurrence, b->beat, b->occurrence}, VD_TIME_MAX, VD_TIME_MIN, 0, -1, -1};
  d->slots[s] = (int32_t)d->n;
  return made;
}

/* ---- one cell ---- */

static vd_intervals active_of(const vd_study *study, vd_arena *scratch, size_t t) {
  vd_intervals active = {0};
  for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    active =
        vd_intervals_union(scratch, active, vd_intervals_of_pairs(scratch, danger->pairs, danger->n_pairs));
  }
  return active;
}

static bool planned_apart(const vd_model *model, const vd_near *a, const vd_near *b) {
  const vd_beat *x = &model->beats[a->beat], *y = &model->beats[b->beat];
  return x->party != y->party && !vd_beat_plans_with(x, y->party) && !vd_beat_plans_with(y, x->party) &&
         (model->parties[x->party].counts || model->parties[y->party].counts);
}

static void add_pair(doubling *d, size_t t, const vd_near *a, const vd_near *b, int64_t fresh_s,
                     vd_intervals active) {
  int64_t to_a = a->leave_s + fresh_s, to_b = b->leave_s + fresh_s;
  vd_interval both = {b->enter_s, to_a < to_b ? to_a : to_b};
  int64_t shared = vd_intervals_shared_s(active, (vd_intervals){&both, 1});
  if (shared <= 0) return;
  float people = d->study->cells[t].people;
  vd_pair *p = pair_of(d, a, b);
  if (both.from_s < p->from_s) p->from_s = both.from_s;
  if (both.to_s > p->to_s) p->to_s = both.to_s;
  p->person_hours += (double)people * ((double)shared / VD_HOUR_S);
  if (people > p->most_people) p->most_people = people, p->t = (int32_t)t;
}

static void add_outing(doubling *d, size_t t, const vd_near *near, bool doubled) {
  float people = d->study->cells[t].people;
  outing *o = &d->outings[d->first_outing[near->beat] + near->occurrence];
  o->people += (double)people;
  if (!doubled) return;
  o->doubled += (double)people;
  if (people > o->most_people) o->most_people = people, o->t = (int32_t)t, o->time_s = near->enter_s;
}

static void double_cell(doubling *d, size_t t) {
  const vd_study *study = d->study;
  const vd_figures *figures = &study->model->figures;
  if (study->pass_start[t + 1] == study->pass_start[t]) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n);
  vd_intervals active = active_of(study, scratch, t);
  int64_t revisit = figures->revisit_s[study->cells[t].priority];
  int64_t fresh = figures->presence_full_s < revisit ? figures->presence_full_s : revisit, longest = 0;
  for (size_t i = 0; i < n; i++) {
    if (nears[i].beat >= 0 && nears[i].leave_s - nears[i].enter_s > longest)
      longest = nears[i].leave_s - nears[i].enter_s;
  }
  for (size_t j = 0; j < n; j++) {
    if (nears[j].beat < 0 || nears[j].blocker != VD_BLOCKED_BY_NOBODY) continue;
    bool doubled = false;
    for (size_t i = j; i-- > 0 && nears[i].enter_s + longest + fresh > nears[j].enter_s;) {
      if (nears[i].beat < 0 || nears[i].blocker != VD_BLOCKED_BY_NOBODY) continue;
      if (nears[i].leave_s + fresh <= nears[j].enter_s || !planned_apart(study->model, &nears[i], &nears[j]))
        continue;
      add_pair(d, t, &nears[i], &nears[j], fresh, active);
      doubled = true;
    }
    add_outing(d, t, &nears[j], doubled);
  }
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

static vd_doubled *find_all(vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  doubling d = {.study = study, .arena = scratch};
  const vd_model *model = study->model;
  d.first_outing = VD_NEW_ARRAY(scratch, int32_t, model->n_beats + 1);
  for (size_t b = 0; b < model->n_beats; b++) {
    d.first_outing[b + 1] = d.first_outing[b] + (int32_t)model->beats[b].n_starts;
  }
  d.outings = VD_NEW_ARRAY(scratch, outing, d.first_outing[model->n_beats] + 1);
  for (size_t t = 0; t < study->n_cells; t++) double_cell(&d, t);
  if (d.n > 1) qsort(d.pairs, d.n, sizeof *d.pairs, compare_pairs);
  vd_arena *arena = vd_arena_new();
  vd_doubled *all = VD_NEW(arena, vd_doubled);
  *all = (vd_doubled){.refs = 1, .arena = arena, .n_pairs = d.n};
  all->pairs = VD_NEW_ARRAY(arena, vd_pair, d.n + 1);
  if (d.n > 0) memcpy(all->pairs, d.pairs, d.n * sizeof *d.pairs);
  list_outings(&d, all);
  return all;
}

void vd_doubled_release(vd_doubled *doubled) {
  if (doubled && atomic_fetch_sub(&doubled->refs, 1) == 1) vd_arena_free(doubled->arena);
}

static vd_doubled *known_doubled(const vd_study *study) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = study->memory->before[i];
    if (!before || before->passes_shared != study->passes_shared || !vd_same_visits(before, study)) continue;
    atomic_fetch_add(&before->doubled->refs, 1);
    return before->doubled;
  }
  return NULL;
}

static void tell_duplicates(vd_study *study) {
  const vd_doubled *all = study->doubled;
  const vd_model *model = study->model;
  study->duplicates = VD_NEW_ARRAY(study->arena, vd_duplicate, all->n_pairs + 1);
  for (size_t i = 0; i < all->n_pairs; i++) {
    const vd_pair *p = &all->pairs[i];
    const vd_beat *a = &model->beats[p->key[0]], *b = &model->beats[p->key[2]];
    const double *lonlat = &study->lonlat[2 * p->t];
    int32_t town = vd_model_nearest_town(model, lonlat, &study->xy_m[2 * p->t], NULL);
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
        vd_bar_applies(bar, beat->vehicle, model->parties[beat->party].kind))
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
  if (!study->doubled) study->doubled = find_all(study);
  tell_duplicates(study);
  return find_spares(study, scratch, jobs, progress);
}
