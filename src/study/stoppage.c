/* stoppage: where restrictions that block, or want an escort, would stop a patrol.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/model.h"
#include "vedette/core/proximity.h"

#define STEP_M 50.0 /* a track is looked at this closely */

bool vd_bar_acts_at(const vd_bar *bar, double x, double y) {
  const vd_box *near = &bar->near;
  if (x < near->min_x || x > near->max_x || y < near->min_y || y > near->max_y) return false;
  if (bar->plane->type == VD_GEOM_POLYGON) return vd_polygon_holds(bar->plane, x, y);
  return vd_geom_distance_m(bar->plane, x, y) <= bar->radius_m;
}

typedef struct walk {
  const vd_model *model;
  const vd_beat *beat;
  vd_arena *arena;
  vd_stoppage *found;
  size_t n, capacity;
} walk;

static void add_passage(walk *w, int32_t bar, int64_t from_s, int64_t to_s) {
  if (w->n > 0) {
    vd_stoppage *last = &w->found[w->n - 1];
    if (last->bar == bar && from_s <= last->to_s + VD_MINUTE_S) {
      last->to_s = to_s;
      return;
    }
  }
  *VD_PUSH(w->arena, w->found, w->n, w->capacity) = (vd_stoppage){bar, from_s, to_s};
}

/* Walks along the track; a segment far from the restriction is skipped. */
static void walk_bar(walk *w, int32_t b) {
  const vd_bar *bar = &w->model->bars[b];
  const vd_beat *beat = w->beat;
  for (size_t i = 0; i + 1 < beat->n_track || i == 0; i++) {
    const vd_track_point *p = &beat->track[i], *q = i + 1 < beat->n_track ? p + 1 : p;
    vd_box box = vd_box_add(vd_box_add(vd_box_empty(), p->x_m, p->y_m), q->x_m, q->y_m);
    if (!vd_box_touches(box, bar->near)) continue;
    int64_t n = (int64_t)fmin(ceil(hypot(q->x_m - p->x_m, q->y_m - p->y_m) / STEP_M), 1e6);
    for (int64_t k = 0; k <= n; k++) {
      double t = n > 0 ? (double)k / (double)n : 0;
      if (!vd_bar_acts_at(bar, p->x_m + t * (q->x_m - p->x_m), p->y_m + t * (q->y_m - p->y_m))) continue;
      int64_t at = p->time_s + llround(t * (double)(q->time_s - p->time_s));
      add_passage(w, b, at, n == 0 ? q->time_s : at);
    }
  }
}

vd_stoppage *vd_beat_passages(const vd_model *model, vd_arena *arena, const vd_beat *beat, bool stops,
                              size_t *n) {
  walk w = {.model = model, .beat = beat, .arena = arena};
  int32_t kind = model->parties[beat->party].kind;
  vd_box track = vd_presence_box(beat->track, beat->n_track, 0);
  for (size_t b = 0; b < model->n_bars; b++) {
    const vd_bar *bar = &model->bars[b];
    bool wanted = !stops || bar->effect == VD_EFFECT_BLOCK || bar->escort;
    if (wanted && bar->plane && vd_box_touches(track, bar->near) &&
        vd_bar_applies(bar, beat->vehicle, kind, beat->escorted))
      walk_bar(&w, (int32_t)b);
  }
  *n = w.n;
  return w.found;
}

void vd_beat_find_stoppages(vd_model *model, vd_beat *beat) {
  if (beat->state == VD_EXECUTED) return; /* it went */
  beat->stoppages = vd_beat_passages(model, model->arena, beat, true, &beat->n_stoppages);
}

int32_t vd_beat_blocker(const vd_model *model, const vd_beat *beat, int64_t start_s, int64_t offset_s) {
  int32_t blocker = VD_BLOCKED_BY_NOBODY;
  for (size_t i = 0; i < beat->n_stoppages; i++) {
    const vd_stoppage *stop = &beat->stoppages[i];
    const vd_bar *bar = &model->bars[stop->bar];
    if (stop->from_s > offset_s) continue;
    if (!vd_passage_meets(stop, bar, start_s)) continue;
    if (blocker != VD_BLOCKED_BY_NOBODY && blocker != stop->bar) return VD_BLOCKED_BY_MANY;
    blocker = stop->bar;
  }
  return blocker;
}
