/* force: who can answer a call, and in which epochs.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/force.h"

#include <math.h>

/* ---- who, and from where ---- */

/* Notice and pre-flight; a helicopter flies by day only. */
static void set_able(const vd_model *model, vd_force *force, const double *notice_s) {
  for (int light = 0; light < VD_LIGHT_COUNT; light++) {
    bool flies_not = force->vehicle == VD_HELICOPTER && light == VD_NIGHT;
    uint32_t ms = notice_s[light] >= 0 ? vd_ms_round(notice_s[light] * 1e3) : VD_UNREACHED;
    if (force->vehicle == VD_HELICOPTER) ms = vd_ms_add(ms, model->figures.helicopter_preflight_ms);
    force->able[light] = ms != VD_UNREACHED && !flies_not;
    force->start_ms[light] = ms;
  }
}

vd_force vd_post_force(const vd_model *model, const vd_post *post) {
  vd_force force = {.xy_m = {post->xy_m[0], post->xy_m[1]},
                    .vehicle = post->vehicle,
                    .kind = model->parties[post->party].kind,
                    .standing = true};
  set_able(model, &force, post->notice_s);
  return force;
}

vd_force vd_beat_force(const vd_model *model, const vd_beat *beat, const vd_standpoint *at) {
  vd_force force = {.xy_m = {at->xy_m[0], at->xy_m[1]},
                    .vehicle = beat->vehicle,
                    .kind = model->parties[beat->party].kind,
                    .escorted = beat->escorted};
  double notice_s[VD_LIGHT_COUNT];
  for (int light = 0; light < VD_LIGHT_COUNT; light++) notice_s[light] = (double)at->notice_s;
  set_able(model, &force, notice_s);
  return force;
}

vd_responder vd_post_responder(const vd_model *model, const vd_post *post) {
  const vd_party *party = &model->parties[post->party];
  return (vd_responder){VD_KIND_BASE,  post->id,      post->name,    party->id, party->name,
                        post->vehicle, post->lon_deg, post->lat_deg, false};
}

vd_responder vd_beat_responder(const vd_model *model, const vd_beat *beat, const vd_standpoint *at) {
  const vd_party *party = &model->parties[beat->party];
  return (vd_responder){VD_KIND_PATROL, beat->id,    beat->name,  party->id,     party->name,
                        beat->vehicle,  at->lon_deg, at->lat_deg, at->on_the_way};
}

vd_standpoint vd_beat_standpoint(const vd_beat *beat, size_t index) {
  if (index < beat->n_halts) {
    const vd_halt *h = &beat->halts[index];
    return (vd_standpoint){.xy_m = {h->xy_m[0], h->xy_m[1]},
                           .lon_deg = h->lon_deg,
                           .lat_deg = h->lat_deg,
                           .from_s = h->arrive_s,
                           .to_s = h->depart_s,
                           .gone_s = h->arrive_s};
  }
  const vd_stretch *s = &beat->stretches[index - beat->n_halts];
  return (vd_standpoint){.xy_m = {s->xy_m[0], s->xy_m[1]},
                         .lon_deg = s->lon_deg,
                         .lat_deg = s->lat_deg,
                         .from_s = s->from_s,
                         .to_s = s->to_s,
                         .notice_s = s->to_s - s->from_s,
                         .gone_s = s->to_s,
                         .on_the_way = true};
}

/* ---- those of a study ---- */

static vd_force *add_force(vd_study *study, vd_responder responder, vd_force force) {
  *VD_PUSH(study->arena, study->forces, study->n_responders, study->forces_capacity) = force;
  size_t n = study->n_responders - 1;
  *VD_PUSH(study->arena, study->responders, n, study->responders_capacity) = responder;
  return &study->forces[n - 1];
}

static void add_watch(vd_study *study, vd_force *force, vd_run run, int32_t blocker) {
  if (run.from >= run.to) return;
  *VD_PUSH(study->arena, force->watches, force->n_watches, force->capacity) = (vd_watch){run, blocker};
}

static void add_post(vd_study *study, const vd_post *post) {
  const vd_model *model = study->model;
  vd_run run = vd_epochs_between(model->epochs, post->from_s, post->to_s);
  if (!post->responds || run.from >= run.to) return;
  vd_force *force = add_force(study, vd_post_responder(model, post), vd_post_force(model, post));
  add_watch(study, force, run, VD_BLOCKED_BY_NOBODY);
}

static void add_standpoint(vd_study *study, const vd_beat *beat, const vd_standpoint *at) {
  const vd_model *model = study->model;
  vd_force *force = NULL;
  for (size_t o = 0; o < beat->n_starts; o++) {
    int64_t start = beat->starts[o];
    vd_run run = vd_epochs_between(model->epochs, start + at->from_s, start + at->to_s);
    if (run.from >= run.to) continue;
    if (!force) force = add_force(study, vd_beat_responder(model, beat, at), vd_beat_force(model, beat, at));
    add_watch(study, force, run, vd_beat_blocker(model, beat, start, at->gone_s));
  }
}

void vd_run_find_forces(vd_study *study) {
  const vd_model *model = study->model;
  for (size_t i = 0; i < model->n_posts; i++) add_post(study, &model->posts[i]);
  for (size_t i = 0; i < model->n_beats; i++) {
    const vd_beat *beat = &model->beats[i];
    if (!beat->responds || !model->parties[beat->party].counts) continue;
    for (size_t k = 0; k < vd_beat_n_standpoints(beat); k++) {
      vd_standpoint at = vd_beat_standpoint(beat, k);
      add_standpoint(study, beat, &at);
    }
  }
}
