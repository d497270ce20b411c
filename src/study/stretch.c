/* stretch: the way of a patrol between its stops, cut into pieces from whose ends it answers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/model.h"

/* The point of the track that it has passed last by then; never the track's end. */
static size_t passed_by(const vd_beat *beat, int64_t time_s) {
  size_t low = 0, high = beat->n_track - 1;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (beat->track[middle].time_s <= time_s)
      low = middle;
    else
      high = middle;
  }
  return low;
}

static void place_at(const vd_model *model, const vd_beat *beat, vd_stretch *stretch) {
  const vd_track_point *p = &beat->track[passed_by(beat, stretch->to_s)], *q = p + 1;
  double lasts = (double)(q->time_s - p->time_s),
         t = lasts > 0 ? (double)(stretch->to_s - p->time_s) / lasts : 1;
  stretch->xy_m[0] = p->x_m + t * (q->x_m - p->x_m), stretch->xy_m[1] = p->y_m + t * (q->y_m - p->y_m);
  double lonlat[2];
  vd_landscape_to_lonlat(model->land, stretch->xy_m, lonlat, 1);
  stretch->lon_deg = lonlat[0], stretch->lat_deg = lonlat[1];
}

/* The fewest pieces of equal time, at whole seconds. */
static void cut_way(vd_model *model, vd_beat *beat, size_t *capacity, int64_t from_s, int64_t to_s) {
  int64_t step = model->figures.on_task_step_s, lasts = to_s - from_s, n = (lasts + step - 1) / step;
  for (int64_t k = 0; k < n; k++) {
    vd_stretch stretch = {.from_s = from_s + lasts * k / n, .to_s = from_s + lasts * (k + 1) / n};
    place_at(model, beat, &stretch);
    *VD_PUSH(model->arena, beat->stretches, beat->n_stretches, *capacity) = stretch;
  }
}

void vd_beat_find_stretches(vd_model *model, vd_beat *beat) {
  if (model->figures.on_task_step_s <= 0 || beat->n_track < 2 || beat->n_starts == 0) return;
  size_t capacity = 0;
  int64_t now = beat->track[0].time_s, end = beat->track[beat->n_track - 1].time_s;
  for (size_t h = 0; h < beat->n_halts; h++) {
    if (beat->halts[h].arrive_s > now) cut_way(model, beat, &capacity, now, beat->halts[h].arrive_s);
    if (beat->halts[h].depart_s > now) now = beat->halts[h].depart_s;
  }
  if (end > now) cut_way(model, beat, &capacity, now, end);
}
