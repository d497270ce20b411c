/* nearest: candidates, bounds and exact times.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/nearest.h"

#include <math.h>
#include <string.h>

#include "study/history.h"
#include "vedette/base/str.h"

enum { FAR_MS = 24 * 3600 * 1000 }; /* times are known up to a day, as those of bases in a study */
/* Nobody goes faster than the fastest of the tables; walking downhill takes off at most exp(-0.175) of the time. */
#define FASTER 1.25

typedef struct vd_variant { /* a candidate at a light under a set of restrictions */
  int32_t set, field, next;
} vd_variant;

/* ---- who there is ---- */

static double best_speed(const vd_model *model, int32_t vehicle) {
  double kmh = vehicle == VD_HELICOPTER ? model->figures.helicopter_kmh : 0;
  const vd_speed_rules *rules[2] = {&model->figures.rules[vehicle], &model->figures.rules[VD_FOOT]};
  for (int r = 0; r < 2; r++)
    for (int g = 0; g < VD_GROUND_COUNT; g++)
      kmh = fmax(kmh, rules[r]->kmh[g] * fmax(1, model->season == VD_WET ? rules[r]->wet_factor[g] : 1));
  return FASTER * fmax(1, model->figures.rules[vehicle].night_factor) * kmh / 3600; /* km/h to m/ms */
}

static int32_t add_candidate(vd_nearest *n, vd_candidate made) {
  made.most_m_ms = best_speed(n->study->model, made.force.vehicle);
  *VD_PUSH(n->arena, n->candidates, n->n, n->capacity) = made;
  return (int32_t)n->n - 1;
}

static void add_base(vd_nearest *n, int32_t p) {
  const vd_model *model = n->study->model;
  const vd_post *post = &model->posts[p];
  add_candidate(n, (vd_candidate){.force = vd_post_force(model, post),
                                  .responder = vd_post_responder(model, post),
                                  .from_s = post->from_s,
                                  .to_s = post->to_s,
                                  .cutoff_ms = FAR_MS});
}

int32_t vd_nearest_add_patrol(vd_nearest *n, const vd_beat *beat, const vd_standpoint *at) {
  const vd_model *model = n->study->model;
  return add_candidate(n, (vd_candidate){.force = vd_beat_force(model, beat, at),
                                         .responder = vd_beat_responder(model, beat, at),
                                         .from_s = at->from_s,
                                         .to_s = at->to_s});
}

void vd_nearest_widen(vd_nearest *n, int32_t who, uint32_t ms) {
  vd_candidate *c = &n->candidates[who];
  c->cutoff_ms = ms > FAR_MS ? FAR_MS : ms > c->cutoff_ms ? ms : c->cutoff_ms;
}

vd_nearest vd_nearest_new(vd_arena *arena, vd_study *study) {
  const vd_model *model = study->model;
  vd_nearest n = {.study = study, .arena = arena, .list = VD_NEW_ARRAY(arena, int32_t, model->n_bars + 1)};
  vd_set_intern(study, NULL, 0);
  for (size_t p = 0; p < model->n_posts; p++)
    if (model->posts[p].responds) add_base(&n, (int32_t)p);
  n.n_bases = n.n;
  return n;
}

vd_responder vd_nearest_responder(const vd_nearest *n, vd_arena *arena, int32_t who) {
  vd_responder responder = n->candidates[who].responder;
  responder.id = vd_str_dup(arena, responder.id);
  responder.name = vd_str_dup(arena, responder.name);
  responder.actor = vd_str_dup(arena, responder.actor);
  responder.actor_name = vd_str_dup(arena, responder.actor_name);
  return responder;
}

/* ---- fields ---- */

static int32_t field_under(vd_nearest *n, vd_candidate *c, vd_light light, const int32_t *bars,
                           size_t n_bars) {
  int32_t last = -1;
  for (int32_t v = c->first[light] - 1; v >= 0; last = v, v = n->variants[v].next) {
    const vd_bar_set *set = &n->study->sets[n->variants[v].set];
    if (set->n == n_bars && (n_bars == 0 || memcmp(set->bars, bars, n_bars * sizeof *bars) == 0))
      return n->variants[v].field;
  }
  int32_t set = vd_set_intern(n->study, bars, n_bars);
  vd_variant made = {set, vd_solve_intern(n->study, &c->force, light, set, c->cutoff_ms, 0, -1), -1};
  *VD_PUSH(n->arena, n->variants, n->n_variants, n->variants_capacity) = made;
  if (last >= 0)
    n->variants[last].next = (int32_t)n->n_variants - 1;
  else
    c->first[light] = (int32_t)n->n_variants;
  return made.field;
}

void vd_nearest_ask(vd_nearest *n, int32_t who, vd_light light) {
  field_under(n, &n->candidates[who], light, NULL, 0);
}

/* Without restrictions, when it was asked for and solved; NULL else. */
static const vd_solve *free_field(const vd_nearest *n, const vd_candidate *c, uint8_t light) {
  const vd_solve *free = c->first[light] ? &n->study->fields[n->variants[c->first[light] - 1].field] : NULL;
  return free && free->result ? free : NULL;
}

/* ---- bounds and times ---- */

static uint32_t straight_ms(const vd_nearest *n, const vd_candidate *c, const vd_call *call) {
  const double *xy = &n->study->xy_m[2 * call->t];
  double m = vd_plane_distance_m(c->force.xy_m[0], c->force.xy_m[1], xy[0], xy[1]);
  double ms = c->most_m_ms > 0 ? 0.99 * m / c->most_m_ms : INFINITY; /* a little less, for roundings */
  return ms < FAR_MS ? vd_ms_add(c->force.start_ms[call->light], (uint32_t)ms) : VD_UNREACHED;
}

uint32_t vd_nearest_bound_ms(const vd_nearest *n, int32_t who, const vd_call *call) {
  const vd_candidate *c = &n->candidates[who];
  const vd_solve *free = free_field(n, c, call->light);
  return free ? free->result->ms[call->t] : straight_ms(n, c, call);
}

static void find_met(const vd_nearest *n, vd_candidate *c, uint8_t light, const vd_solve *free) {
  const vd_model *model = n->study->model;
  size_t capacity = 4;
  c->met[light] = VD_NEW_ARRAY(n->arena, int32_t, capacity);
  for (size_t b = 0; b < model->n_bars; b++)
    if (free->met_ms[b] != VD_UNREACHED &&
        vd_bar_applies(&model->bars[b], c->force.vehicle, c->force.kind, c->force.escorted))
      *VD_PUSH(n->arena, c->met[light], c->n_met[light], capacity) = (int32_t)b;
}

/* Those in force that it meets, on its ways without any, by `until_ms`; into the list. */
static size_t bars_met(vd_nearest *n, vd_candidate *c, const vd_call *call, const vd_solve *free,
                       uint32_t until_ms) {
  size_t n_bars = 0;
  if (call->time_s == VD_TIME_MIN) return 0;
  if (!c->met[call->light]) find_met(n, c, call->light, free);
  for (size_t i = 0; i < c->n_met[call->light]; i++) {
    int32_t b = c->met[call->light][i];
    const vd_bar *bar = &n->study->model->bars[b];
    if (free->met_ms[b] <= until_ms && bar->from_s <= call->time_s && call->time_s < bar->to_s)
      n->list[n_bars++] = b;
  }
  return n_bars;
}

bool vd_nearest_exact_ms(vd_nearest *n, int32_t who, const vd_call *call, uint32_t *ms) {
  vd_candidate *c = &n->candidates[who];
  int32_t free = field_under(n, c, (vd_light)call->light, NULL, 0);
  if (!n->study->fields[free].result) return false;
  *ms = n->study->fields[free].result->ms[call->t];
  for (size_t n_before = 0; *ms != VD_UNREACHED;) { /* more restrictions make it no sooner */
    size_t n_bars = bars_met(n, c, call, &n->study->fields[free], *ms);
    if (n_bars == n_before) return true; /* sets only grow */
    int32_t field = field_under(n, c, (vd_light)call->light, n->list, n_bars);
    if (!n->study->fields[field].result) return false;
    *ms = n->study->fields[field].result->ms[call->t];
    n_before = n_bars;
  }
  return true;
}
