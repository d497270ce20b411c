/* stretch: the way of a patrol between its stops, cut into pieces from whose ends it answers.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>

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
  double lonlat[2] = {stretch->xy_m[0], stretch->xy_m[1]};
  vd_transform_inverse(model->to_plane, lonlat, 1);
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

typedef struct away { /* at a stop, or nobody knows where */
  int64_t from_s, to_s;
} away;

static int compare_aways(const void *a, const void *b) {
  const away *x = a, *y = b;
  if (x->from_s != y->from_s) return x->from_s < y->from_s ? -1 : 1;
  return (x->to_s > y->to_s) - (x->to_s < y->to_s);
}

static away *list_aways(vd_arena *arena, const vd_beat *beat, size_t *n) {
  away *list = VD_NEW_ARRAY(arena, away, beat->n_halts + beat->n_track);
  *n = 0;
  for (size_t h = 0; h < beat->n_halts; h++)
    list[(*n)++] = (away){beat->halts[h].arrive_s, beat->halts[h].depart_s};
  for (size_t i = 1; i < beat->n_track; i++) {
    if (beat->track[i].lost) list[(*n)++] = (away){beat->track[i - 1].time_s, beat->track[i].time_s};
  }
  if (*n > 1) qsort(list, *n, sizeof *list, compare_aways);
  return list;
}

void vd_beat_find_stretches(vd_model *model, vd_beat *beat) {
  if (model->figures.on_task_step_s <= 0 || beat->n_track < 2 || beat->n_starts == 0) return;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t capacity = 0, n;
  const away *aways = list_aways(scratch, beat, &n);
  int64_t now = beat->track[0].time_s, end = beat->track[beat->n_track - 1].time_s;
  for (size_t i = 0; i < n; i++) {
    if (aways[i].from_s > now) cut_way(model, beat, &capacity, now, aways[i].from_s);
    if (aways[i].to_s > now) now = aways[i].to_s;
  }
  if (end > now) cut_way(model, beat, &capacity, now, end);
}
