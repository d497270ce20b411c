/* history: finding the patrols near a place through a table of bins, and their visits through their departures.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/history.h"

#include <math.h>
#include <stdlib.h>

enum {
  PIECE = 4,             /* segments of a track that are looked at together */
  MOST_BINS = 256,       /* a side */
  MOST_LOOKS = 20000000, /* at bins, and some for each point of a track; or else the bins are larger */
  LOOKS_A_POINT = 16
};

bool vd_beat_is(const vd_model *model, const vd_beat *beat, vd_driven driven) {
  return model->parties[beat->party].counts && (beat->state == VD_EXECUTED) == (driven == VD_DRIVEN);
}

size_t vd_beat_first_start(const vd_beat *beat, int64_t time_s) {
  size_t low = 0, high = beat->n_starts;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (beat->starts[middle] < time_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* ---- bins ---- */

static bool is_indexed(const vd_model *model, const vd_beat *beat) {
  return beat->n_starts > 0 && model->parties[beat->party].counts;
}

static int32_t bin_of(double at, double from, double bin_m, int32_t n) {
  double bin = floor((at - from) / bin_m);
  return bin > 0 ? (bin < n ? (int32_t)bin : n - 1) : 0;
}

typedef struct filling {
  vd_history *history;
  int32_t *last;   /* per bin the beat put there last */
  int32_t *count;  /* per bin */
  int64_t n, most; /* bins looked at; with more it takes too long */
  bool counts_only;
} filling;

static void fill(filling *f, int32_t bin, int32_t beat) {
  f->n++;
  if (f->last[bin] == beat) return;
  f->last[bin] = beat;
  if (!f->counts_only) f->history->beats[f->history->start[bin] + f->count[bin]] = beat;
  f->count[bin]++;
}

/* The bins that a piece of the track may be seen from. */
static void fill_track(filling *f, int32_t b) {
  const vd_history *h = f->history;
  const vd_beat *beat = &h->model->beats[b];
  for (size_t first = 0; first == 0 || first + 1 < beat->n_track; first += PIECE) {
    size_t n = beat->n_track - first < PIECE + 1 ? beat->n_track - first : PIECE + 1;
    vd_box box = vd_presence_box(beat->track + first, n, beat->influence_m);
    int32_t c0 = bin_of(box.min_x, h->box.min_x, h->bin_m, h->nx),
            c1 = bin_of(box.max_x, h->box.min_x, h->bin_m, h->nx),
            r0 = bin_of(box.min_y, h->box.min_y, h->bin_m, h->ny),
            r1 = bin_of(box.max_y, h->box.min_y, h->bin_m, h->ny);
    for (int32_t r = r0; r <= r1; r++)
      for (int32_t c = c0; c <= c1; c++) fill(f, r * h->nx + c, b);
  }
}

/* False: the bins are too small. */
static bool fill_all(filling *f) {
  const vd_model *model = f->history->model;
  size_t n_bins = (size_t)f->history->nx * (size_t)f->history->ny;
  f->n = 0;
  for (size_t i = 0; i < n_bins; i++) f->last[i] = -1, f->count[i] = 0;
  for (size_t b = 0; b < model->n_beats; b++) {
    if (is_indexed(model, &model->beats[b])) fill_track(f, (int32_t)b);
    if (f->n > f->most && n_bins > 1) return false;
  }
  return true;
}

static void measure_tracks(vd_history *h, size_t *n_points) {
  *n_points = 0;
  h->box = vd_box_empty();
  for (size_t b = 0; b < h->model->n_beats; b++) {
    const vd_beat *beat = &h->model->beats[b];
    if (!is_indexed(h->model, beat)) continue;
    h->box = vd_box_join(h->box, vd_presence_box(beat->track, beat->n_track, beat->influence_m));
    *n_points += beat->n_track;
  }
  if (vd_box_is_empty(h->box)) h->box = (vd_box){0, 0, 0, 0};
}

static void lay_bins(vd_history *h, double side) {
  double wide = h->box.max_x - h->box.min_x, high = h->box.max_y - h->box.min_y;
  h->bin_m = fmax(fmax(wide, high) / side, 1);
  h->nx = side > 1 ? (int32_t)(wide / h->bin_m) + 1 : 1,
  h->ny = side > 1 ? (int32_t)(high / h->bin_m) + 1 : 1;
}

/* As many bins as there are points on tracks, more or less, so that a bin holds few of them. */
void vd_history_index(vd_arena *arena, const vd_model *model, vd_history *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  enum { BINS = (MOST_BINS + 2) * (MOST_BINS + 2) };
  size_t n_points;
  *out = (vd_history){.model = model};
  measure_tracks(out, &n_points);
  filling f = {.history = out,
               .last = VD_NEW_ARRAY(scratch, int32_t, BINS),
               .count = VD_NEW_ARRAY(scratch, int32_t, BINS),
               .most = MOST_LOOKS + LOOKS_A_POINT * (int64_t)n_points,
               .counts_only = true};
  double side = fmin(fmax(sqrt((double)n_points), 1), MOST_BINS);
  for (lay_bins(out, side); !fill_all(&f); lay_bins(out, side)) side = fmax(side / 4, 1);
  size_t n = (size_t)out->nx * (size_t)out->ny;
  out->start = VD_NEW_ARRAY(arena, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) out->start[i + 1] = out->start[i] + f.count[i];
  out->beats = VD_NEW_ARRAY(arena, int32_t, out->start[n] + 1);
  f.counts_only = false;
  fill_all(&f);
}

/* ---- passes ---- */

vd_passing *vd_history_passes(const vd_history *h, vd_arena *arena, const double *xy_m, size_t *n) {
  vd_passing *passes = NULL;
  size_t capacity = 0;
  *n = 0;
  if (!(xy_m[0] >= h->box.min_x && xy_m[0] <= h->box.max_x && xy_m[1] >= h->box.min_y &&
        xy_m[1] <= h->box.max_y))
    return NULL;
  int32_t bin =
      bin_of(xy_m[1], h->box.min_y, h->bin_m, h->ny) * h->nx + bin_of(xy_m[0], h->box.min_x, h->bin_m, h->nx);
  for (int32_t i = h->start[bin]; i < h->start[bin + 1]; i++) {
    const vd_beat *beat = &h->model->beats[h->beats[i]];
    size_t n_visits;
    const vd_visit *visits = vd_presence_passes(arena, beat->track, beat->n_track, xy_m[0], xy_m[1],
                                                beat->influence_m, 0, &n_visits);
    for (size_t v = 0; v < n_visits; v++)
      *VD_PUSH(arena, passes, *n, capacity) = (vd_passing){h->beats[i], visits[v].enter_s, visits[v].leave_s};
  }
  return passes;
}

static bool went(const vd_model *model, const vd_beat *beat, int64_t start_s, int64_t enter_s) {
  return vd_beat_blocker(model, beat, start_s, enter_s) == VD_BLOCKED_BY_NOBODY;
}

int64_t vd_history_last(const vd_history *h, const vd_passing *passes, size_t n, vd_driven driven,
                        int64_t time_s, int32_t *who) {
  int64_t last = VD_TIME_MIN;
  if (who) *who = -1;
  for (size_t i = 0; i < n; i++) {
    const vd_beat *beat = &h->model->beats[passes[i].beat];
    if (!vd_beat_is(h->model, beat, driven)) continue;
    size_t o = vd_beat_first_start(beat, time_s - passes[i].enter_s + 1);
    while (o > 0 && !went(h->model, beat, beat->starts[o - 1], passes[i].enter_s)) o--;
    if (o == 0) continue;
    int64_t left = beat->starts[o - 1] + passes[i].leave_s;
    if (left > time_s) left = time_s;
    if (left <= last) continue;
    last = left;
    if (who) *who = passes[i].beat;
  }
  return last;
}

static int compare_visits(const void *a, const void *b) {
  const vd_visit *x = a, *y = b;
  if (x->enter_s != y->enter_s) return x->enter_s < y->enter_s ? -1 : 1;
  if (x->leave_s != y->leave_s) return x->leave_s < y->leave_s ? -1 : 1;
  return (x->who > y->who) - (x->who < y->who);
}

void vd_visits_sort(vd_visit *visits, size_t n) {
  if (n > 1) qsort(visits, n, sizeof *visits, compare_visits);
}

vd_visit *vd_history_visits(const vd_history *h, vd_arena *arena, const vd_passing *passes, size_t n,
                            vd_driven driven, int64_t from_s, int64_t to_s, size_t *n_visits) {
  vd_visit *visits = NULL;
  size_t capacity = 0;
  *n_visits = 0;
  for (size_t i = 0; i < n; i++) {
    const vd_passing *pass = &passes[i];
    const vd_beat *beat = &h->model->beats[pass->beat];
    if (!vd_beat_is(h->model, beat, driven)) continue;
    for (size_t o = vd_beat_first_start(beat, from_s - pass->leave_s + 1);
         o < beat->n_starts && beat->starts[o] + pass->enter_s < to_s; o++) {
      if (!went(h->model, beat, beat->starts[o], pass->enter_s)) continue;
      *VD_PUSH(arena, visits, *n_visits, capacity) =
          (vd_visit){beat->starts[o] + pass->enter_s, beat->starts[o] + pass->leave_s, pass->beat};
    }
  }
  vd_visits_sort(visits, *n_visits);
  return visits;
}
