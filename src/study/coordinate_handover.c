/* coordinate_handover: times between one actor's last presence and another's first that are longer than the revisit standard.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Per cell the visits in order of time; where presence has grown stale before the next visit comes and the two have no
 * actor in common, presence was not handed over. Cells of the same two visits are one hand-over. */
#include <stdlib.h>
#include <string.h>

#include "study/coordinate.h"
#include "vedette/base/i18n.h"

typedef struct lapse { /* of one cell */
  int32_t key[4];      /* beat and occurrence of the one that left, of the one that came (as vd_near) */
  int32_t t;
  int64_t left_s, came_s;
  double person_hours;
} lapse;
typedef struct lapses {
  vd_arena *arena;
  lapse *items;
  size_t n, capacity;
} lapses;
typedef struct finding {
  const vd_coordinating *c;
  lapses *chunks;
} finding;

/* ---- one cell ---- */

static uint64_t owners_of(const vd_coordinating *c, const vd_near *near) {
  return near->beat < 0 ? c->of_post[-1 - near->beat].bits : c->of_beat[near->beat].bits;
}

static void add_lapse(const vd_coordinating *c, lapses *to, size_t t, const vd_near *left,
                      const vd_near *came, vd_intervals active) {
  const vd_study_cell *cell = &c->study->cells[t];
  int64_t standard = c->study->model->figures.revisit_s[cell->priority];
  int64_t stale = vd_intervals_within_s(active, left->leave_s + standard + 1, came->enter_s);
  if (stale <= 0 || (owners_of(c, left) & owners_of(c, came)) != 0) return;
  *VD_PUSH(to->arena, to->items, to->n, to->capacity) =
      (lapse){{left->beat, left->occurrence, came->beat, came->occurrence},
              (int32_t)t,
              left->leave_s,
              came->enter_s,
              (double)cell->people * ((double)stale / VD_HOUR_S)};
}

static void find_lapses(const vd_coordinating *c, lapses *to, size_t t) {
  const vd_study *study = c->study;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n;
  const vd_near *nears = vd_cell_nears(study, scratch, t, &n), *last = NULL;
  int64_t standard = study->model->figures.revisit_s[study->cells[t].priority];
  vd_intervals active = {0};
  for (size_t i = 0; i < n; i++) {
    const vd_near *near = &nears[i];
    if (!vd_near_counts(study->model, near, VD_LIFT_NONE)) continue;
    if (last && near->enter_s > last->leave_s && near->enter_s - last->leave_s > standard) {
      if (active.n == 0) active = vd_cell_active(study, scratch, t);
      add_lapse(c, to, t, last, near, active);
    }
    if (!last || near->leave_s > last->leave_s) last = near;
  }
}

static vd_status find_chunk(void *context, int64_t item, int worker) {
  (void)worker;
  const finding *find = context;
  const vd_study *study = find->c->study;
  lapses *to = &find->chunks[item];
  to->arena = vd_arena_new();
  for (size_t t = (size_t)item * VD_CHUNK; t < study->n_cells && t < (size_t)(item + 1) * VD_CHUNK; t++)
    find_lapses(find->c, to, t);
  return vd_progress_step(find->c->progress, _("Hand-overs"), item, vd_chunks(study->n_cells));
}

/* ---- all cells ---- */

static int compare_lapses(const void *a, const void *b) {
  const lapse *x = a, *y = b;
  int by_key = memcmp(x->key, y->key, sizeof x->key);
  return by_key != 0 ? by_key : (x->t > y->t) - (x->t < y->t);
}

static const char *name_of(const vd_model *model, int32_t beat) {
  return beat < 0 ? model->posts[-1 - beat].name : model->beats[beat].name;
}

static int32_t leader_of(const vd_coordinating *c, int32_t beat) {
  const vd_model *model = c->study->model;
  return c->actor_of[beat < 0 ? model->posts[-1 - beat].party : model->beats[beat].party];
}

static vd_handover handover_of(const vd_coordinating *c, const lapse *all, size_t n) {
  const vd_study *study = c->study;
  const lapse *most = &all[0];
  double people = 0, person_hours = 0;
  for (size_t i = 0; i < n; i++) {
    people += (double)study->cells[all[i].t].people, person_hours += all[i].person_hours;
    if (study->cells[all[i].t].people > study->cells[most->t].people) most = &all[i];
  }
  int32_t from = most->key[0], to = most->key[2];
  return (vd_handover){.from_actor = leader_of(c, from),
                       .to_actor = leader_of(c, to),
                       .from_name = name_of(study->model, from),
                       .to_name = name_of(study->model, to),
                       .from_base = from < 0,
                       .to_base = to < 0,
                       .left_s = most->left_s,
                       .came_s = most->came_s,
                       .standard_h = (double)study->model->figures.revisit_s[study->cells[most->t].priority] /
                                     VD_HOUR_S,
                       .people = people,
                       .person_hours = person_hours,
                       .lon_deg = study->lonlat[2 * most->t],
                       .lat_deg = study->lonlat[2 * most->t + 1],
                       .settlement = vd_town_name(c, most->t)};
}

static int compare_handovers(const void *a, const void *b) {
  const vd_handover *x = a, *y = b;
  if (x->person_hours != y->person_hours) return x->person_hours > y->person_hours ? -1 : 1;
  if (x->left_s != y->left_s) return x->left_s < y->left_s ? -1 : 1;
  if (x->came_s != y->came_s) return x->came_s < y->came_s ? -1 : 1;
  int by_name = strcmp(x->from_name, y->from_name);
  return by_name != 0 ? by_name : strcmp(x->to_name, y->to_name);
}

static void join_lapses(vd_coordinating *c, const lapses *chunks, size_t n_chunks) {
  size_t n = 0, n_kept = 0;
  for (size_t i = 0; i < n_chunks; i++) n += chunks[i].n;
  lapse *all = VD_NEW_ARRAY(c->scratch, lapse, n + 1);
  for (size_t i = 0; i < n_chunks; i++) {
    if (chunks[i].n > 0) memcpy(all + n_kept, chunks[i].items, chunks[i].n * sizeof *all);
    n_kept += chunks[i].n;
  }
  if (n > 1) qsort(all, n, sizeof *all, compare_lapses);
  c->out->handovers = VD_NEW_ARRAY(c->arena, vd_handover, n + 1);
  for (size_t i = 0, end; i < n; i = end) {
    for (end = i + 1; end < n && memcmp(all[i].key, all[end].key, sizeof all[i].key) == 0; end++) continue;
    c->out->handovers[c->out->n_handovers++] = handover_of(c, &all[i], end - i);
  }
  if (c->out->n_handovers > 1)
    qsort(c->out->handovers, c->out->n_handovers, sizeof *c->out->handovers, compare_handovers);
}

vd_status vd_coordinate_handovers(vd_coordinating *c) {
  size_t n = (size_t)vd_chunks(c->study->n_cells);
  finding find = {c, VD_NEW_ARRAY(c->scratch, lapses, n + 1)};
  vd_status status = vd_jobs_run(c->jobs, (int64_t)n, find_chunk, &find);
  if (status == VD_OK) join_lapses(c, find.chunks, n);
  for (size_t i = 0; i < n; i++) vd_arena_free(find.chunks[i].arena);
  return status;
}
