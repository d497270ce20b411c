/* force: who can answer a call, and in which epochs.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/run.h"

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

/* Notice and pre-flight; a helicopter flies by day only. */
static void set_able(const vd_study *study, vd_force *force, const double *notice_s) {
  for (int light = 0; light < VD_LIGHT_COUNT; light++) {
    bool flies_not = force->vehicle == VD_HELICOPTER && light == VD_NIGHT;
    uint32_t ms = notice_s[light] >= 0 ? vd_ms_round(notice_s[light] * 1e3) : VD_UNREACHED;
    if (force->vehicle == VD_HELICOPTER) ms = vd_ms_add(ms, study->model->figures.helicopter_preflight_ms);
    force->able[light] = ms != VD_UNREACHED && !flies_not;
    force->start_ms[light] = ms;
  }
}

static void add_post(vd_study *study, const vd_post *post) {
  const vd_party *party = &study->model->parties[post->party];
  vd_run run = vd_epochs_between(study->model->epochs, post->from_s, post->to_s);
  if (!post->responds || run.from >= run.to) return;
  vd_force force = {.xy_m = {post->xy_m[0], post->xy_m[1]},
                    .vehicle = post->vehicle,
                    .kind = party->kind,
                    .standing = true};
  set_able(study, &force, post->notice_s);
  add_watch(study,
            add_force(study,
                      (vd_responder){VD_KIND_BASE, post->id, post->name, party->id, party->name,
                                     post->vehicle, post->lon_deg, post->lat_deg, false},
                      force),
            run, VD_BLOCKED_BY_NOBODY);
}

/* Where a patrol answers from, and when; times count from its departure. */
typedef struct standpoint {
  double xy_m[2], lon_deg, lat_deg;
  int64_t from_s, to_s;
  int64_t notice_s; /* until it is there */
  bool on_the_way;
} standpoint;

static vd_force *add_patrol(vd_study *study, const vd_beat *beat, const standpoint *at) {
  const vd_party *party = &study->model->parties[beat->party];
  vd_force force = {.xy_m = {at->xy_m[0], at->xy_m[1]},
                    .vehicle = beat->vehicle,
                    .kind = party->kind,
                    .escorted = beat->escorted};
  double notice_s[VD_LIGHT_COUNT];
  for (int light = 0; light < VD_LIGHT_COUNT; light++) notice_s[light] = (double)at->notice_s;
  set_able(study, &force, notice_s);
  vd_responder responder = {VD_KIND_PATROL, beat->id,    beat->name,  party->id,     party->name,
                            beat->vehicle,  at->lon_deg, at->lat_deg, at->on_the_way};
  return add_force(study, responder, force);
}

/* `gone_s`: it is not there when it was stopped before. */
static void add_standpoint(vd_study *study, const vd_beat *beat, const standpoint *at, int64_t gone_s) {
  const vd_model *model = study->model;
  vd_force *force = NULL;
  for (size_t o = 0; o < beat->n_starts; o++) {
    int64_t start = beat->starts[o];
    vd_run run = vd_epochs_between(model->epochs, start + at->from_s, start + at->to_s);
    if (run.from >= run.to) continue;
    if (!force) force = add_patrol(study, beat, at);
    add_watch(study, force, run, vd_beat_blocker(model, beat, start, gone_s));
  }
}

/* From a stop it answers at once, while it is there. */
static void add_halt(vd_study *study, const vd_beat *beat, const vd_halt *halt) {
  add_standpoint(study, beat,
                 &(standpoint){{halt->xy_m[0], halt->xy_m[1]},
                               halt->lon_deg,
                               halt->lat_deg,
                               halt->arrive_s,
                               halt->depart_s,
                               0,
                               false},
                 halt->arrive_s);
}

/* On the way it goes on to the stretch's end first, which takes the whole stretch at most. */
static void add_stretch(vd_study *study, const vd_beat *beat, const vd_stretch *s) {
  add_standpoint(
      study, beat,
      &(standpoint){
          {s->xy_m[0], s->xy_m[1]}, s->lon_deg, s->lat_deg, s->from_s, s->to_s, s->to_s - s->from_s, true},
      s->to_s);
}

void vd_run_find_forces(vd_study *study) {
  const vd_model *model = study->model;
  for (size_t i = 0; i < model->n_posts; i++) add_post(study, &model->posts[i]);
  for (size_t i = 0; i < model->n_beats; i++) {
    const vd_beat *beat = &model->beats[i];
    if (!beat->responds || !model->parties[beat->party].counts) continue;
    for (size_t h = 0; h < beat->n_halts; h++) add_halt(study, beat, &beat->halts[h]);
    for (size_t k = 0; k < beat->n_stretches; k++) add_stretch(study, beat, &beat->stretches[k]);
  }
}
