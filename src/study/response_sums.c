/* response_sums: rates of response by month, area, perpetrator class and priority.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "study/judging.h"
#include "vedette/base/str.h"
#include "vedette/core/grid.h"

/* ---- quantiles ---- */

static int compare_reals(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Of sorted values; type 7 of Hyndman and Fan. */
static double quantile(const double *sorted, int64_t n, double part) {
  if (n == 0) return NAN;
  double at = part * (double)(n - 1);
  int64_t low = (int64_t)at;
  double next = low + 1 < n ? sorted[low + 1] : sorted[low];
  if (isinf(next)) return at > (double)low ? INFINITY : sorted[low];
  return sorted[low] + (at - (double)low) * (next - sorted[low]);
}

typedef struct values {
  double *items;
  int64_t n;
} values;

static void add_value(values *v, double value) {
  if (!isnan(value)) v->items[v->n++] = value;
}

static vd_durations durations_of(const values *v, size_t n_all) {
  qsort(v->items, (size_t)v->n, sizeof *v->items, compare_reals);
  return (vd_durations){v->n, (int64_t)n_all - v->n, quantile(v->items, v->n, 0.5),
                        quantile(v->items, v->n, 0.9)};
}

static void find_durations(const vd_judging *j, vd_arena *scratch) {
  vd_response *out = j->out;
  size_t n = out->n_incidents;
  values v[4];
  for (int k = 0; k < 4; k++) v[k] = (values){VD_NEW_ARRAY(scratch, double, n + 1), 0};
  for (size_t i = 0; i < n; i++) {
    add_value(&v[0], out->incidents[i].alert_departed_min);
    add_value(&v[1], out->incidents[i].departed_arrived_min);
    add_value(&v[2], out->incidents[i].alert_arrived_min);
    add_value(&v[3], out->incidents[i].minutes);
  }
  out->alert_departed = durations_of(&v[0], n);
  out->departed_arrived = durations_of(&v[1], n);
  out->alert_arrived = durations_of(&v[2], n);
  out->nearest = durations_of(&v[3], n);
}

/* ---- sums ---- */

static void add_row(vd_response_sums *sums, values *came, values *nearest, const vd_incident_row *row) {
  sums->n++;
  sums->responded += row->arrived_s != VD_TIME_MIN || row->departed_s != VD_TIME_MIN;
  sums->judged += row->in_time != VD_TOLD_UNKNOWN;
  sums->in_time += row->in_time == VD_TOLD_YES;
  sums->reach_judged += row->reach == VD_TOLD_YES || row->reach == VD_TOLD_NO;
  sums->reach += row->reach == VD_TOLD_YES;
  sums->before_known += row->before == VD_TOLD_YES || row->before == VD_TOLD_NO;
  sums->before += row->before == VD_TOLD_YES;
  sums->zone_known += row->in_zone == VD_TOLD_YES || row->in_zone == VD_TOLD_NO;
  sums->zone += row->in_zone == VD_TOLD_YES;
  add_value(came, row->came_after_min);
  add_value(nearest, row->minutes);
}

static vd_response_sums sums_of(const vd_judging *j, const int32_t *rows, size_t n) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_response_sums sums = {0};
  values came = {VD_NEW_ARRAY(scratch, double, n + 1), 0},
         nearest = {VD_NEW_ARRAY(scratch, double, n + 1), 0};
  for (size_t i = 0; i < n; i++) add_row(&sums, &came, &nearest, &j->out->incidents[rows[i]]);
  vd_durations d = durations_of(&came, n);
  sums.median_min = d.median_min, sums.p90_min = d.p90_min;
  sums.nearest_median_min = durations_of(&nearest, n).median_min;
  return sums;
}

/* ---- groups ---- */

typedef struct grouping {
  vd_arena *arena;
  vd_response_groups groups;
  size_t capacity;
} grouping;

static void add_group(grouping *g, const vd_judging *j, vd_response_group group, const int32_t *rows,
                      size_t n) {
  if (n == 0) return;
  group.sums = sums_of(j, rows, n);
  *VD_PUSH(g->arena, g->groups.items, g->groups.n, g->capacity) = group;
}

/* One group a key of [low, high], ascending or, with `down`, from the highest; then those with a key below low. */
static vd_response_groups group_by(const vd_judging *j, int32_t low, int32_t high, bool down,
                                   int32_t (*key_of)(const vd_judging *j, size_t i),
                                   const char *(*word_of)(vd_arena *arena, int32_t key)) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = j->out->n_incidents, n_keys = high >= low ? (size_t)(high - low) + 2 : 1;
  int32_t *start = VD_NEW_ARRAY(scratch, int32_t, n_keys + 2), *rows = VD_NEW_ARRAY(scratch, int32_t, n + 1);
  for (size_t i = 0; i < n; i++) {
    int32_t key = key_of(j, i);
    start[(key < low ? 0 : key - low + 1) + 2]++;
  }
  for (size_t k = 2; k < n_keys + 2; k++) start[k] += start[k - 1];
  for (size_t i = 0; i < n; i++) {
    int32_t key = key_of(j, i);
    rows[start[(key < low ? 0 : key - low + 1) + 1]++] = (int32_t)i;
  }
  grouping g = {.arena = j->arena};
  for (size_t k = 1; k < n_keys; k++) {
    size_t at = down ? n_keys - k : k;
    int32_t key = low + (int32_t)at - 1;
    add_group(&g, j, (vd_response_group){.key = word_of(j->arena, key), .index = key}, rows + start[at],
              (size_t)(start[at + 1] - start[at]));
  }
  add_group(&g, j, (vd_response_group){.index = -1}, rows + start[0], (size_t)(start[1] - start[0]));
  return g.groups;
}

/* ---- months ---- */

static int32_t month_at(const vd_judging *j, int64_t time_s) {
  vd_civil civil = vd_civil_from_s(time_s, j->study->model->utc_offset_s);
  return civil.year * 12 + civil.month - 1;
}

/* -1: it is not known to the month. */
static int32_t month_of(const vd_judging *j, size_t i) {
  int32_t month = month_at(j, j->out->incidents[i].from_s);
  return j->out->incidents[i].dated || month_at(j, j->end_s[i] - 1) == month ? month : -1;
}

static const char *month_word(vd_arena *arena, int32_t month) {
  return vd_str_printf(arena, "%04d-%02d", (int)(month / 12), (int)(month % 12) + 1);
}

/* ---- vocabularies ---- */

static int32_t priority_of(const vd_judging *j, size_t i) {
  return j->out->incidents[i].priority;
}
static const char *priority_word(vd_arena *arena, int32_t priority) {
  (void)arena;
  return vd_terms_word(&vd_priority_terms, priority);
}
static int32_t perpetrator_of(const vd_judging *j, size_t i) {
  return j->out->incidents[i].perpetrator;
}
static const char *perpetrator_word(vd_arena *arena, int32_t perpetrator) {
  (void)arena;
  return vd_perpetrator_words[perpetrator];
}
static int32_t n_perpetrators(void) {
  int32_t n = 0;
  while (vd_perpetrator_words[n]) n++;
  return n;
}

/* ---- areas ---- */

static bool groups_by(const vd_area *area) {
  static const char *const types[] = {"sector", "admin", "aor"};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (vd_str_equal(area->area_type, types[i])) return !vd_geom_empty(area->record.geom);
  return false;
}

static bool holds(const vd_geom *polygon, vd_box box, const vd_incident_row *row) {
  return row->lon_deg >= box.min_x && row->lon_deg <= box.max_x && row->lat_deg >= box.min_y &&
         row->lat_deg <= box.max_y && vd_polygon_holds(polygon, row->lon_deg, row->lat_deg);
}

static vd_response_groups group_by_area(const vd_judging *j, const vd_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n_all = j->out->n_incidents, n;
  int32_t *rows = VD_NEW_ARRAY(scratch, int32_t, n_all + 1);
  uint8_t *found = VD_NEW_ARRAY(scratch, uint8_t, n_all + 1);
  grouping g = {.arena = j->arena};
  for (size_t a = 0; a < vd_plan_count(plan, VD_KIND_AREA); a++) {
    const vd_area *area = vd_plan_at(plan, VD_KIND_AREA, a);
    if (!groups_by(area)) continue;
    vd_box box = vd_geom_box(area->record.geom);
    n = 0;
    for (size_t i = 0; i < n_all; i++)
      if (holds(area->record.geom, box, &j->out->incidents[i])) rows[n++] = (int32_t)i, found[i] = 1;
    add_group(&g, j,
              (vd_response_group){vd_str_dup(j->arena, area->record.id),
                                  vd_record_label(j->arena, VD_KIND_AREA, area),
                                  (int32_t)a,
                                  {0}},
              rows, n);
  }
  n = 0;
  for (size_t i = 0; i < n_all; i++)
    if (!found[i]) rows[n++] = (int32_t)i;
  add_group(&g, j, (vd_response_group){.index = -1}, rows, n);
  return g.groups;
}

void vd_judge_sums(vd_judging *j, const vd_plan *plan) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_response *out = j->out;
  int32_t *all = VD_NEW_ARRAY(scratch, int32_t, out->n_incidents + 1);
  int32_t first = INT32_MAX, last = 0;
  for (size_t i = 0; i < out->n_incidents; i++) {
    int32_t month = month_of(j, i);
    all[i] = (int32_t)i;
    if (month < 0) continue;
    if (month < first) first = month;
    if (month > last) last = month;
  }
  if (first > last) first = 0, last = -1; /* none is known to the month */
  out->all = sums_of(j, all, out->n_incidents);
  out->months = group_by(j, first, last, false, month_of, month_word);
  out->areas = group_by_area(j, plan);
  out->perpetrators = group_by(j, 0, n_perpetrators() - 1, false, perpetrator_of, perpetrator_word);
  out->priorities = group_by(j, 0, VD_PRIORITY_COUNT - 1, true, priority_of, priority_word);
  find_durations(j, scratch);
}
