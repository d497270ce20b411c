/* epochs: the window cut at every instant at which anything that decides a response time changes.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/epochs.h"

#include <stdlib.h>

static int64_t floor_mod(int64_t a, int64_t b) {
  int64_t r = a % b;
  return r < 0 ? r + b : r;
}

vd_light vd_daylight_at(const vd_daylight *day, int64_t time_s) {
  int64_t second = floor_mod(time_s + day->utc_offset_s, VD_DAY_S);
  int64_t from = (int64_t)day->from_min * VD_MINUTE_S, to = (int64_t)day->to_min * VD_MINUTE_S;
  if (from == to) return VD_DAY;
  bool light = from < to ? second >= from && second < to : second >= from || second < to;
  return light ? VD_DAY : VD_NIGHT;
}

vd_epochs *vd_epochs_new(vd_arena *arena, int64_t from_s, int64_t to_s) {
  vd_epochs *epochs = VD_NEW(arena, vd_epochs);
  *epochs = (vd_epochs){.arena = arena, .from_s = from_s, .to_s = to_s};
  vd_epochs_cut(epochs, from_s);
  return epochs;
}

void vd_epochs_cut(vd_epochs *epochs, int64_t time_s) {
  if (time_s < epochs->from_s || time_s >= epochs->to_s) return;
  *VD_PUSH(epochs->arena, epochs->start_s, epochs->n, epochs->capacity) = time_s;
}

static int compare_times(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void cut_at_light(vd_epochs *epochs, const vd_daylight *day) {
  int64_t midnight = epochs->from_s - floor_mod(epochs->from_s + day->utc_offset_s, VD_DAY_S);
  for (int64_t t = midnight; t < epochs->to_s; t += VD_DAY_S) {
    vd_epochs_cut(epochs, t + (int64_t)day->from_min * VD_MINUTE_S);
    vd_epochs_cut(epochs, t + (int64_t)day->to_min * VD_MINUTE_S);
  }
}

void vd_epochs_finish(vd_epochs *epochs, const vd_daylight *day) {
  cut_at_light(epochs, day);
  if (epochs->n > 1) qsort(epochs->start_s, epochs->n, sizeof *epochs->start_s, compare_times);
  size_t kept = 0;
  for (size_t i = 0; i < epochs->n; i++) {
    if (kept == 0 || epochs->start_s[i] != epochs->start_s[kept - 1])
      epochs->start_s[kept++] = epochs->start_s[i];
  }
  epochs->n = kept;
  *VD_PUSH(epochs->arena, epochs->start_s, epochs->n, epochs->capacity) = epochs->to_s;
  epochs->n = kept;
  epochs->light = VD_NEW_ARRAY(epochs->arena, uint8_t, kept);
  for (size_t i = 0; i < kept; i++) epochs->light[i] = (uint8_t)vd_daylight_at(day, epochs->start_s[i]);
}

/* The first epoch that starts at or after the time. */
static int32_t first_from(const vd_epochs *epochs, int64_t time_s) {
  size_t low = 0, high = epochs->n;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (epochs->start_s[middle] < time_s)
      low = middle + 1;
    else
      high = middle;
  }
  return (int32_t)low;
}

int32_t vd_epochs_at(const vd_epochs *epochs, int64_t time_s) {
  if (time_s < epochs->from_s || time_s >= epochs->to_s) return -1;
  int32_t e = first_from(epochs, time_s);
  return e < (int32_t)epochs->n && epochs->start_s[e] == time_s ? e : e - 1;
}

vd_run vd_epochs_between(const vd_epochs *epochs, int64_t from_s, int64_t to_s) {
  vd_run run = {first_from(epochs, from_s), first_from(epochs, to_s)};
  return run.from < run.to ? run : (vd_run){0, 0};
}

void vd_runs_add(vd_arena *arena, vd_runs *runs, vd_run run) {
  if (run.from >= run.to) return;
  if (runs->n > 0 && runs->items[runs->n - 1].to >= run.from) {
    vd_run *last = &runs->items[runs->n - 1];
    if (run.to > last->to) last->to = run.to;
    return;
  }
  *VD_PUSH(arena, runs->items, runs->n, runs->capacity) = run;
}
