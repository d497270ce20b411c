/* coordinate_place: how many actors go where against how much is needed there, and joint patrols that want a second look.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A place is the threatened cells whose threat area of highest priority and nearest settlement are the same. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/coordinate.h"
#include "vedette/base/i18n.h"

typedef struct listing {
  vd_coordinating *c;
  int32_t *place_of; /* per cell of the study */
  int32_t *first;    /* per place: a cell of it with most people */
  size_t n;
} listing;

/* ---- places ---- */

typedef struct placed {
  int32_t threat, town, t;
} placed;

static int compare_placed(const void *a, const void *b) {
  const placed *x = a, *y = b;
  if (x->threat != y->threat) return x->threat < y->threat ? -1 : 1;
  if (x->town != y->town) return x->town < y->town ? -1 : 1;
  return (x->t > y->t) - (x->t < y->t);
}

static void number_places(listing *l) {
  const vd_study *study = l->c->study;
  placed *all = VD_NEW_ARRAY(l->c->scratch, placed, study->n_cells + 1);
  l->place_of = VD_NEW_ARRAY(l->c->scratch, int32_t, study->n_cells + 1);
  l->first = VD_NEW_ARRAY(l->c->scratch, int32_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++)
    all[t] = (placed){study->cells[t].threat, l->c->town_of[t], (int32_t)t};
  if (study->n_cells > 1) qsort(all, study->n_cells, sizeof *all, compare_placed);
  for (size_t i = 0; i < study->n_cells; i++) {
    bool same = i > 0 && all[i].threat == all[i - 1].threat && all[i].town == all[i - 1].town;
    if (!same) l->first[l->n++] = all[i].t;
    int32_t *most = &l->first[l->n - 1];
    if (study->cells[all[i].t].people > study->cells[*most].people) *most = all[i].t;
    l->place_of[all[i].t] = (int32_t)l->n - 1;
  }
}

static void start_spots(const listing *l) {
  const vd_study *study = l->c->study;
  vd_coordination *out = l->c->out;
  out->hot_spots = VD_NEW_ARRAY(l->c->arena, vd_hot_spot, l->n + 1);
  out->n_hot_spots = l->n;
  for (size_t i = 0; i < l->n; i++) {
    int32_t t = l->first[i];
    out->hot_spots[i] = (vd_hot_spot){.settlement = vd_town_name(l->c, t),
                                      .threat = study->model->dangers[study->cells[t].threat].name,
                                      .priority = study->cells[t].priority,
                                      .lon_deg = study->lonlat[2 * t],
                                      .lat_deg = study->lonlat[2 * t + 1]};
  }
  for (size_t t = 0; t < study->n_cells; t++) {
    const vd_study_cell *cell = &study->cells[t];
    vd_hot_spot *spot = &out->hot_spots[l->place_of[t]];
    double open = 0;
    for (int s = VD_REACH_ONLY; s < VD_STATE_COUNT; s++) open += cell->hours[s];
    spot->people += (double)cell->people;
    spot->not_covered += (double)cell->people * open;
    spot->person_hours += (double)cell->people * (open + cell->hours[VD_COVERED]);
  }
}

/* ---- who comes by ---- */

static void add_bases(const listing *l) {
  const vd_study *study = l->c->study;
  for (size_t t = 0; t < study->n_cells; t++) {
    for (int32_t i = study->post_start[t]; i < study->post_start[t + 1]; i++) {
      const vd_post *post = &study->model->posts[study->posts[i]];
      if (post->from_s < study->model->to_s && post->to_s > study->model->from_s)
        l->c->out->hot_spots[l->place_of[t]].actors |= l->c->of_post[study->posts[i]].bits;
    }
  }
}

/* The latest occurrence that a place has counted of the patrol that is being looked at, so that each counts once. */
typedef struct counted {
  int32_t beat, occurrence;
} counted;

static void add_occurrence(const listing *l, counted *seen, int32_t b, int32_t occurrence) {
  const vd_model *model = l->c->study->model;
  const vd_beat *beat = &model->beats[b];
  int64_t start = beat->starts[occurrence];
  for (int32_t i = l->c->beat_start[b]; i < l->c->beat_start[b + 1]; i++) {
    const vd_pass *pass = &l->c->study->passes[l->c->beat_passes[i]];
    int32_t place = l->place_of[l->c->pass_cell[l->c->beat_passes[i]]];
    if ((seen[place].beat == b && seen[place].occurrence == occurrence) ||
        start + pass->enter_s >= model->to_s || start + pass->leave_s <= model->from_s ||
        vd_beat_blocker(model, beat, start, pass->enter_s) != VD_BLOCKED_BY_NOBODY)
      continue;
    seen[place] = (counted){b, occurrence};
    vd_hot_spot *spot = &l->c->out->hot_spots[place];
    spot->n_visits++;
    spot->actors |= l->c->of_beat[b].bits | l->c->of_beat[b].lead;
  }
}

static vd_status add_patrols(const listing *l) {
  const vd_model *model = l->c->study->model;
  counted *seen = VD_NEW_ARRAY(l->c->scratch, counted, l->n + 1);
  for (size_t i = 0; i < l->n; i++) seen[i].beat = -1;
  for (size_t b = 0; b < model->n_beats; b++) {
    VD_TRY(vd_progress_step(l->c->progress, _("Actors by place"), (int64_t)b, (int64_t)model->n_beats));
    if (l->c->beat_start[b] == l->c->beat_start[b + 1]) continue;
    for (size_t o = 0; o < model->beats[b].n_starts; o++) add_occurrence(l, seen, (int32_t)b, (int32_t)o);
  }
  return VD_OK;
}

/* ---- balance ---- */

static int32_t count_bits(uint64_t bits) {
  int32_t n = 0;
  for (; bits; bits &= bits - 1) n++;
  return n;
}

static int compare_spots(const void *a, const void *b) {
  const vd_hot_spot *x = a, *y = b;
  double dx = fabs(x->balance), dy = fabs(y->balance);
  if (dx != dy) return dx > dy ? -1 : 1;
  if (x->person_hours != y->person_hours) return x->person_hours > y->person_hours ? -1 : 1;
  if (x->lon_deg != y->lon_deg) return x->lon_deg < y->lon_deg ? -1 : 1;
  return (x->lat_deg > y->lat_deg) - (x->lat_deg < y->lat_deg);
}

static void weigh(const listing *l) {
  vd_coordination *out = l->c->out;
  double visits = 0, need = 0;
  for (size_t i = 0; i < out->n_hot_spots; i++)
    visits += (double)out->hot_spots[i].n_visits, need += out->hot_spots[i].not_covered;
  for (size_t i = 0; i < out->n_hot_spots; i++) {
    vd_hot_spot *spot = &out->hot_spots[i];
    spot->n_actors = count_bits(spot->actors), spot->n_counting = count_bits(spot->actors & l->c->counting);
    spot->visit_share = visits > 0 ? (double)spot->n_visits / visits : 0;
    spot->need_share = need > 0 ? spot->not_covered / need : 0;
    spot->balance = spot->visit_share - spot->need_share;
  }
  if (out->n_hot_spots > 1) qsort(out->hot_spots, out->n_hot_spots, sizeof *out->hot_spots, compare_spots);
}

/* ---- joint patrols ---- */

enum { ELEVATED = 3 };

static void flag(vd_coordinating *c, const vd_beat *beat, int32_t party, int64_t n, int64_t first_s,
                 size_t *capacity) {
  const vd_model *model = c->study->model;
  if (model->parties[party].due_diligence < ELEVATED) return;
  *VD_PUSH(c->arena, c->out->joint_flags, c->out->n_joint_flags, *capacity) = (vd_joint_flag){
      beat->id, beat->name, model->parties[beat->party].name, model->parties[party].name, n, first_s};
}

static void flag_joint(vd_coordinating *c) {
  const vd_model *model = c->study->model;
  size_t capacity = 0;
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    int64_t n = 0, first = 0;
    bool joint = false;
    for (size_t i = 0; i < beat->n_partners; i++) joint |= beat->partners[i] != beat->party;
    for (size_t o = 0; o < beat->n_starts && joint; o++) {
      if (beat->starts[o] < model->from_s || beat->starts[o] >= model->to_s) continue;
      if (n++ == 0) first = beat->starts[o];
    }
    if (n == 0) continue;
    c->out->n_joint++;
    flag(c, beat, beat->party, n, first, &capacity);
    for (size_t i = 0; i < beat->n_partners; i++)
      if (beat->partners[i] != beat->party) flag(c, beat, beat->partners[i], n, first, &capacity);
  }
}

vd_status vd_coordinate_places(vd_coordinating *c) {
  listing l = {.c = c};
  number_places(&l);
  start_spots(&l);
  add_bases(&l);
  VD_TRY(add_patrols(&l));
  weigh(&l);
  flag_joint(c);
  return VD_OK;
}
