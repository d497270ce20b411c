/* coordinate: what several actors do together, twice, one after the other or not at all.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/coordinate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

/* ---- actors ---- */

static bool comes_by(const vd_model *model, const vd_beat *beat) {
  for (size_t o = 0; o < beat->n_starts; o++) {
    if (beat->starts[o] < model->to_s && beat->starts[o] + beat->duty_s > model->seen_from_s) return true;
  }
  return false;
}

static void mark_parties(const vd_model *model, uint8_t *marks) {
  for (size_t p = 0; p < model->n_posts; p++) marks[model->posts[p].party] = 1;
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    if (!comes_by(model, beat)) continue;
    marks[beat->party] = 1;
    for (size_t i = 0; i < beat->n_partners; i++)
      if (model->parties[beat->partners[i]].counts && model->parties[beat->party].counts)
        marks[beat->partners[i]] = 1;
  }
}

static void count_things(vd_coordinating *c) {
  const vd_model *model = c->study->model;
  for (size_t p = 0; p < model->n_posts; p++) {
    const vd_post *post = &model->posts[p];
    if (post->from_s < model->to_s && post->to_s > model->from_s)
      c->out->actors[c->actor_of[post->party]].n_bases++;
  }
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    int64_t n = 0;
    for (size_t o = 0; o < beat->n_starts; o++)
      n += beat->starts[o] >= model->from_s && beat->starts[o] < model->to_s;
    if (n == 0) continue;
    c->out->actors[c->actor_of[beat->party]].n_patrols++;
    c->out->actors[c->actor_of[beat->party]].n_departures += n;
  }
}

static vd_status list_actors(vd_coordinating *c) {
  const vd_model *model = c->study->model;
  uint8_t *marks = VD_NEW_ARRAY(c->scratch, uint8_t, model->n_parties + 1);
  mark_parties(model, marks);
  c->actor_of = VD_NEW_ARRAY(c->scratch, int32_t, model->n_parties + 1);
  c->out->actors = VD_NEW_ARRAY(c->arena, vd_coordinate_actor, VD_ACTORS_MAX);
  for (size_t p = 0; p < model->n_parties; p++) {
    const vd_party *party = &model->parties[p];
    c->actor_of[p] = -1;
    if (!marks[p]) continue;
    if (c->out->n_actors == VD_ACTORS_MAX)
      return vd_fail(VD_ERR_LIMIT,
                     _("More than %d actors have bases or patrols in this window; join some of them."),
                     (int)VD_ACTORS_MAX);
    c->actor_of[p] = (int32_t)c->out->n_actors;
    if (party->counts) c->counting |= UINT64_C(1) << c->out->n_actors;
    c->out->actors[c->out->n_actors++] = (vd_coordinate_actor){.id = party->id,
                                                               .name = party->name,
                                                               .kind = party->kind,
                                                               .due_diligence = party->due_diligence,
                                                               .counts = party->counts};
  }
  count_things(c);
  return VD_OK;
}

static uint64_t bit_of(const vd_coordinating *c, int32_t party) {
  return c->actor_of[party] < 0 ? 0 : UINT64_C(1) << c->actor_of[party];
}

static void find_owners(vd_coordinating *c) {
  const vd_model *model = c->study->model;
  c->of_post = VD_NEW_ARRAY(c->scratch, vd_owners, model->n_posts + 1);
  c->of_beat = VD_NEW_ARRAY(c->scratch, vd_owners, model->n_beats + 1);
  for (size_t p = 0; p < model->n_posts; p++) {
    uint64_t bit = bit_of(c, model->posts[p].party);
    c->of_post[p] = (vd_owners){bit, bit};
  }
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    uint64_t bit = bit_of(c, beat->party), all = bit;
    for (size_t i = 0; i < beat->n_partners; i++) all |= bit_of(c, beat->partners[i]);
    c->of_beat[b] = (vd_owners){model->parties[beat->party].counts ? all & c->counting : 0, bit};
  }
}

/* ---- who answers ---- */

/* Bases and patrols by id, to be looked up. */
typedef struct named {
  const char *id;
  int32_t kind, index;
} named;

static int compare_named(const void *a, const void *b) {
  const named *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return strcmp(x->id, y->id);
}

static int32_t index_of(const named *list, size_t n, vd_kind kind, const char *id) {
  named key = {id, (int32_t)kind, 0};
  const named *found = bsearch(&key, list, n, sizeof *list, compare_named);
  return found ? found->index : -1;
}

static named *list_named(const vd_coordinating *c, size_t *n) {
  const vd_model *model = c->study->model;
  named *list = VD_NEW_ARRAY(c->scratch, named, model->n_posts + model->n_beats + 1);
  *n = 0;
  for (size_t p = 0; p < model->n_posts; p++)
    list[(*n)++] = (named){model->posts[p].id, VD_KIND_BASE, (int32_t)p};
  for (size_t b = 0; b < model->n_beats; b++)
    list[(*n)++] = (named){model->beats[b].id, VD_KIND_PATROL, (int32_t)b};
  if (*n > 1) qsort(list, *n, sizeof *list, compare_named);
  return list;
}

static void find_answerers(vd_coordinating *c) {
  const vd_study *study = c->study;
  size_t n_named;
  const named *list = list_named(c, &n_named);
  int32_t n_posts = (int32_t)study->model->n_posts;
  c->answerers = VD_NEW_ARRAY(c->scratch, vd_answerer, study->n_responders + 1);
  for (size_t r = 0; r < study->n_responders; r++) {
    const vd_responder *responder = &study->responders[r];
    int32_t index = index_of(list, n_named, responder->kind, responder->id);
    bool base = responder->kind == VD_KIND_BASE;
    vd_answerer *a = &c->answerers[r];
    *a = (vd_answerer){base ? c->of_post[index] : c->of_beat[index], base ? index : -1,
                       base ? index : n_posts + index, base ? index : n_posts + index};
    for (size_t q = 0; q < r && base; q++) {
      const vd_force *f = &study->forces[r], *g = &study->forces[q];
      if (c->answerers[q].post < 0 || f->xy_m[0] != g->xy_m[0] || f->xy_m[1] != g->xy_m[1]) continue;
      a->place = c->answerers[q].place;
      break;
    }
  }
}

typedef struct ordered {
  int32_t place, owner, situation;
} ordered;

static int compare_ordered(const void *a, const void *b) {
  const ordered *x = a, *y = b;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  if (x->owner != y->owner) return x->owner < y->owner ? -1 : 1;
  return (x->situation > y->situation) - (x->situation < y->situation);
}

static void order_situations(vd_coordinating *c) {
  const vd_study *study = c->study;
  ordered *list = VD_NEW_ARRAY(c->scratch, ordered, study->n_situations + 1);
  size_t n = 0;
  for (size_t s = 0; s < study->n_situations; s++) {
    if (!vd_situation_counts(&study->situations[s], VD_LIFT_NONE)) continue;
    const vd_answerer *a = &c->answerers[study->situations[s].force];
    list[n++] = (ordered){a->place, a->owner, (int32_t)s};
  }
  if (n > 1) qsort(list, n, sizeof *list, compare_ordered);
  c->situations = VD_NEW_ARRAY(c->scratch, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) c->situations[i] = list[i].situation;
  c->n_situations = n;
}

/* ---- what else the parts share ---- */

static void list_beat_passes(vd_coordinating *c) {
  const vd_study *study = c->study;
  size_t n_beats = study->model->n_beats, n = (size_t)study->pass_start[study->n_cells];
  c->beat_start = VD_NEW_ARRAY(c->scratch, int32_t, n_beats + 2);
  c->beat_passes = VD_NEW_ARRAY(c->scratch, int32_t, n + 1);
  c->pass_cell = VD_NEW_ARRAY(c->scratch, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) c->beat_start[study->passes[i].beat + 2]++;
  for (size_t b = 2; b < n_beats + 2; b++) c->beat_start[b] += c->beat_start[b - 1];
  for (size_t t = 0; t < study->n_cells; t++) {
    for (int32_t i = study->pass_start[t]; i < study->pass_start[t + 1]; i++) {
      c->pass_cell[i] = (int32_t)t;
      c->beat_passes[c->beat_start[study->passes[i].beat + 1]++] = i;
    }
  }
}

static int compare_towns(const void *a, const void *b) {
  const vd_town *x = *(const vd_town *const *)a, *y = *(const vd_town *const *)b;
  if (x->xy_m[0] != y->xy_m[0]) return x->xy_m[0] < y->xy_m[0] ? -1 : 1;
  return (x > y) - (x < y);
}

/* Nearest in the plane, of equally near ones the first in the plan: looks from its column outwards. */
static int32_t nearest_town(const vd_model *model, const vd_town *const *by_x, size_t n, const double *xy) {
  size_t low = 0, high = n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (by_x[middle]->xy_m[0] < xy[0])
      low = middle + 1;
    else
      high = middle;
  }
  const vd_town *best = NULL;
  double least2 = INFINITY;
  size_t west = low, east = low;
  while (west > 0 || east < n) {
    double dw = west > 0 ? xy[0] - by_x[west - 1]->xy_m[0] : INFINITY,
           de = east < n ? by_x[east]->xy_m[0] - xy[0] : INFINITY, dx = fmin(dw, de);
    if (dx * dx > least2) break;
    const vd_town *town = dw <= de ? by_x[--west] : by_x[east++];
    double dy = town->xy_m[1] - xy[1], d2 = dx * dx + dy * dy;
    if (d2 < least2 || (d2 == least2 && town < best)) least2 = d2, best = town;
  }
  return best ? (int32_t)(best - model->towns) : -1;
}

static void find_towns(vd_coordinating *c) {
  const vd_study *study = c->study;
  const vd_model *model = study->model;
  const vd_town **by_x = VD_NEW_ARRAY(c->scratch, const vd_town *, model->n_towns + 1);
  for (size_t i = 0; i < model->n_towns; i++) by_x[i] = &model->towns[i];
  if (model->n_towns > 1) qsort(by_x, model->n_towns, sizeof *by_x, compare_towns);
  c->town_of = VD_NEW_ARRAY(c->scratch, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++)
    c->town_of[t] = nearest_town(model, by_x, model->n_towns, &study->xy_m[2 * t]);
}

const char *vd_town_name(const vd_coordinating *c, int32_t t) {
  return c->town_of[t] < 0 ? NULL : c->study->model->towns[c->town_of[t]].name;
}

int32_t *vd_all_cells(const vd_study *study, vd_arena *arena) {
  int32_t *cells = VD_NEW_ARRAY(arena, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) cells[t] = (int32_t)t;
  return cells;
}

/* ---- losses ---- */

void vd_add_loss(vd_coordinating *c, vd_single_loss loss) {
  vd_coordination *out = c->out;
  if (loss.kind != VD_LOST_BASE && !(loss.covered > 0) && !(loss.in_time > 0)) return;
  const double lonlat[2] = {loss.lon_deg, loss.lat_deg};
  double xy[2] = {loss.lon_deg, loss.lat_deg};
  vd_landscape_to_plane(c->study->land, xy, xy, 1);
  int32_t town = vd_model_nearest_town(c->study->model, lonlat, xy, NULL);
  if (town >= 0) loss.settlement = c->study->model->towns[town].name;
  size_t capacity = out->n_losses; /* grown one by one: there are few */
  *VD_PUSH(c->arena, out->losses, out->n_losses, capacity) = loss;
}

static int compare_losses(const void *a, const void *b) {
  const vd_single_loss *x = a, *y = b;
  if (x->covered != y->covered) return x->covered > y->covered ? -1 : 1;
  if (x->in_time != y->in_time) return x->in_time > y->in_time ? -1 : 1;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  return strcmp(x->id, y->id);
}

/* ---- all ---- */

static vd_status prepare(vd_coordinating *c) {
  VD_TRY(vd_progress_step(c->progress, _("Actors"), 0, 0));
  VD_TRY(list_actors(c));
  find_owners(c);
  find_answerers(c);
  order_situations(c);
  list_beat_passes(c);
  find_towns(c);
  return VD_OK;
}

static vd_status run(vd_coordinating *c) {
  VD_TRY(prepare(c));
  VD_TRY(vd_coordinate_sums(c));
  VD_TRY(vd_coordinate_spares(c));
  VD_TRY(vd_coordinate_seams(c));
  VD_TRY(vd_coordinate_handovers(c));
  VD_TRY(vd_coordinate_places(c));
  VD_TRY(vd_coordinate_roads(c));
  if (c->out->n_losses > 1) qsort(c->out->losses, c->out->n_losses, sizeof *c->out->losses, compare_losses);
  return VD_OK;
}

vd_status vd_coordinate(const vd_study *study, const vd_plan *plan, vd_jobs *jobs,
                        const vd_progress *progress, vd_arena *arena, vd_coordination **out) {
  if (study->quick) return vd_fail(VD_ERR_INPUT, _("Coordination needs a whole study, not a quick one."));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_coordinating c = {.study = study,
                       .plan = plan,
                       .arena = arena,
                       .scratch = scratch,
                       .jobs = jobs,
                       .progress = progress,
                       .out = VD_NEW(arena, vd_coordination)};
  c.out->person_hours = study->headline.all.person_hours;
  c.out->covered = study->headline.all.by_state[VD_COVERED];
  VD_TRY(run(&c));
  *out = c.out;
  return VD_OK;
}
