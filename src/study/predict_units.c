/* predict_units: the patrols and actors that a watcher sees go out and come back.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "study/watching.h"
#include "vedette/base/i18n.h"

enum { UNITS = 32 /* a work item */ };

typedef struct member { /* a patrol's record within its unit */
  const char *key;      /* id of the planned patrol that it executed, or its own */
  int32_t beat;
} member;

static int compare_members(const void *a, const void *b) {
  const member *x = a, *y = b;
  int by_key = strcmp(x->key, y->key);
  return by_key != 0 ? by_key : (x->beat > y->beat) - (x->beat < y->beat);
}

static int compare_tours(const void *a, const void *b) {
  const vd_tour *x = a, *y = b;
  if (x->departs_s != y->departs_s) return x->departs_s < y->departs_s ? -1 : 1;
  return (x->beat > y->beat) - (x->beat < y->beat);
}

typedef struct tours {
  vd_tour *items;
  size_t n, capacity;
} tours;

static void add_tours(const vd_watching *w, tours *list, int32_t b) {
  const vd_beat *beat = &w->model->beats[b];
  int64_t lasts = beat->duty_s > 0 ? beat->duty_s : 1;
  for (size_t o = vd_beat_first_start(beat, w->out->from_s);
       o < beat->n_starts && beat->starts[o] < w->out->to_s; o++)
    *VD_PUSH(w->scratch, list->items, list->n, list->capacity) =
        (vd_tour){b, beat->starts[o], beat->starts[o] + lasts};
}

vd_habit vd_tours_habit(const vd_watching *w, vd_arena *arena, const vd_tour *list, size_t n) {
  vd_visit *visits = VD_NEW_ARRAY(arena, vd_visit, n + 1);
  for (size_t i = 0; i < n; i++) visits[i] = (vd_visit){list[i].departs_s, list[i].returns_s, list[i].beat};
  vd_visits_sort(visits, n);
  vd_sightings seen = vd_watching_sightings(w, visits, n);
  return vd_predict_habit(arena, &seen, w->out->confidence);
}

static void add_unit(vd_watching *w, vd_units *list, vd_watched_row row, tours of) {
  if (of.n == 0) return;
  qsort(of.items, of.n, sizeof *of.items, compare_tours);
  row.lon_deg = row.lat_deg = NAN, row.priority = -1;
  *VD_PUSH(w->scratch, list->items, list->n, list->capacity) = (vd_unit){row, of.items, of.n};
}

static vd_watched_row patrol_row(const vd_watching *w, const vd_plan *plan, const member *first) {
  const vd_beat *beat = &w->model->beats[first->beat];
  const vd_patrol *patrol = vd_plan_find(plan, VD_KIND_PATROL, first->key);
  const char *name = patrol && patrol->record.name ? patrol->record.name : beat->name;
  return (vd_watched_row){.kind = VD_KIND_PATROL,
                          .id = patrol ? patrol->record.id : beat->id,
                          .name = name,
                          .actor = w->model->parties[beat->party].name};
}

static void list_patrols(vd_watching *w, const vd_plan *plan, vd_units *list) {
  const vd_model *model = w->model;
  member *members = VD_NEW_ARRAY(w->scratch, member, model->n_beats + 1);
  size_t n = 0;
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    if (!vd_beat_is(model, beat, w->driven)) continue;
    const vd_patrol *patrol = vd_plan_find(plan, VD_KIND_PATROL, beat->id);
    bool executes = w->driven == VD_DRIVEN && patrol && patrol->executes && *patrol->executes;
    members[n++] = (member){executes ? patrol->executes : beat->id, (int32_t)b};
  }
  if (n > 1) qsort(members, n, sizeof *members, compare_members);
  for (size_t i = 0, next; i < n; i = next) {
    tours of = {0};
    for (next = i; next < n && strcmp(members[next].key, members[i].key) == 0; next++)
      add_tours(w, &of, members[next].beat);
    add_unit(w, list, patrol_row(w, plan, &members[i]), of);
  }
}

static void list_actors(vd_watching *w, vd_units *list) {
  const vd_model *model = w->model;
  tours *of = VD_NEW_ARRAY(w->scratch, tours, model->n_parties);
  for (size_t b = 0; b < model->n_beats; b++)
    if (vd_beat_is(model, &model->beats[b], w->driven)) add_tours(w, &of[model->beats[b].party], (int32_t)b);
  for (size_t p = 0; p < model->n_parties; p++) {
    const vd_party *party = &model->parties[p];
    add_unit(w, list, (vd_watched_row){.kind = VD_KIND_ACTOR, .id = party->id, .name = party->name}, of[p]);
  }
}

typedef struct scoring {
  vd_watching *w;
  vd_units *list;
} scoring;

static vd_status score_units(void *context, int64_t item, int worker) {
  scoring *s = context;
  (void)worker;
  VD_TRY(vd_progress_step(s->w->progress, _("Habits of units"), item * UNITS, (int64_t)s->list->n));
  for (size_t i = (size_t)item * UNITS; i < s->list->n && i < (size_t)(item + 1) * UNITS; i++) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_unit *u = &s->list->items[i];
    u->row.habit = vd_tours_habit(s->w, scratch, u->tours, u->n_tours);
  }
  return VD_OK;
}

vd_status vd_find_units(vd_watching *w, const vd_plan *plan, vd_jobs *jobs, vd_units *out) {
  scoring s = {w, out};
  list_patrols(w, plan, out);
  list_actors(w, out);
  return vd_jobs_run(jobs, (int64_t)((out->n + UNITS - 1) / UNITS), score_units, &s);
}
