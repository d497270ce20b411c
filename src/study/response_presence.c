/* response_presence: under which threat an incident was, who had been there, and what its record says of the response.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/judging.h"
#include "vedette/base/str.h"
#include "vedette/geo/geodesic.h"

struct vd_presence_aids {
  vd_box *dangers; /* per threat area, in the plane */
};

vd_presence_aids *vd_presence_aids_new(const vd_judging *j, vd_arena *arena) {
  const vd_model *model = j->study->model;
  vd_presence_aids *aids = VD_NEW(arena, vd_presence_aids);
  aids->dangers = VD_NEW_ARRAY(arena, vd_box, model->n_dangers + 1);
  for (size_t d = 0; d < model->n_dangers; d++) {
    const vd_geom *plane = model->dangers[d].plane;
    aids->dangers[d] = plane ? vd_geom_box(plane) : vd_box_empty();
  }
  return aids;
}

/* ---- threat ---- */

/* Whether it is active at some time of [from, to). */
static bool is_active(const vd_danger *danger, int64_t from_s, int64_t to_s) {
  size_t low = 0, high = danger->n_pairs;
  while (low < high) { /* the first pair that ends after from */
    size_t middle = low + (high - low) / 2;
    if (danger->pairs[2 * middle + 1] <= from_s)
      low = middle + 1;
    else
      high = middle;
  }
  return low < danger->n_pairs && danger->pairs[2 * low] < to_s;
}

static void find_threat(const vd_judging *j, const vd_presence_aids *aids, size_t i) {
  const vd_model *model = j->study->model;
  vd_incident_row *row = &j->out->incidents[i];
  double x = j->xy_m[2 * i], y = j->xy_m[2 * i + 1];
  int64_t to_s = row->dated ? row->from_s + 1 : j->end_s[i];
  row->priority = -1, row->standard_min = NAN;
  for (size_t d = 0; d < model->n_dangers; d++) {
    const vd_danger *danger = &model->dangers[d];
    const vd_box *box = &aids->dangers[d];
    if ((int32_t)danger->priority <= row->priority ||
        !(x >= box->min_x && x <= box->max_x && y >= box->min_y && y <= box->max_y))
      continue;
    if (!is_active(danger, row->from_s, to_s) || !vd_polygon_holds(danger->plane, x, y)) continue;
    row->priority = danger->priority, row->threat = danger->name;
    row->standard_min = model->figures.response_ms[danger->priority] / 60e3;
  }
}

/* ---- presence ---- */

/* From a base to the place, or INFINITY where it is surely farther than `far_m`; the plane's scale is below 1.5. */
static double metres_from(const vd_judging *j, size_t i, const vd_post *post, double far_m) {
  const vd_incident_row *row = &j->out->incidents[i];
  if (fabs(j->xy_m[2 * i] - post->xy_m[0]) > 1.5 * far_m + 1 ||
      fabs(j->xy_m[2 * i + 1] - post->xy_m[1]) > 1.5 * far_m + 1)
    return INFINITY;
  return vd_geodesic_distance_m(post->lon_deg, post->lat_deg, row->lon_deg, row->lat_deg);
}

/* A zone that surely holds the place wins over one that may; of equal ones the first. A base that has left was the
 * last visit when it left. */
static void look_at_post(const vd_judging *j, size_t i, const vd_post *post) {
  vd_incident_row *row = &j->out->incidents[i];
  double precision = row->precision_m > 0 ? row->precision_m : 0;
  double far = metres_from(j, i, post, post->radius_m + precision);
  if (far > post->radius_m + precision || post->from_s > row->from_s) return;
  bool there = post->to_s > row->from_s, at_place = far <= post->radius_m;
  int64_t left = there ? row->from_s : post->to_s;
  if (at_place && left > row->last_visit_s) row->last_visit_s = left, row->last_visitor = post->name;
  if (!there) return;
  vd_told told = far + precision <= post->radius_m ? VD_TOLD_YES : VD_TOLD_PERHAPS;
  if (told > row->in_zone) row->in_zone = told, row->zone = post->name;
}

static void find_presence(const vd_judging *j, vd_arena *scratch, size_t i) {
  const vd_model *model = j->study->model;
  vd_incident_row *row = &j->out->incidents[i];
  size_t n;
  int32_t who;
  row->in_zone = VD_TOLD_NO;
  const vd_passing *passes = vd_history_passes(&j->history, scratch, &j->xy_m[2 * i], &n);
  row->last_visit_s = vd_history_last(&j->history, passes, n, VD_DRIVEN, row->from_s, &who);
  if (who >= 0) row->last_visitor = model->beats[who].name;
  row->last_planned_s = vd_history_last(&j->history, passes, n, VD_TO_BE_DRIVEN, row->from_s, NULL);
  for (size_t p = 0; p < model->n_posts; p++) look_at_post(j, i, &model->posts[p]);
  bool lately = row->last_visit_s != VD_TIME_MIN && row->from_s - row->last_visit_s <= j->out->before_s;
  row->before = lately || row->in_zone == VD_TOLD_YES ? VD_TOLD_YES
                : row->in_zone == VD_TOLD_PERHAPS     ? VD_TOLD_PERHAPS
                                                      : VD_TOLD_NO;
}

/* ---- the record ---- */

/* Minutes between two times; NaN when one is not known. */
static double minutes_between(int64_t from_s, int64_t to_s) {
  return from_s == VD_TIME_MIN || to_s == VD_TIME_MIN ? NAN : (double)(to_s - from_s) / VD_MINUTE_S;
}

static void find_response(vd_incident_row *row) {
  int64_t since_s = row->alert_s != VD_TIME_MIN ? row->alert_s : row->dated ? row->from_s : VD_TIME_MIN;
  row->alert_departed_min = minutes_between(row->alert_s, row->departed_s);
  row->departed_arrived_min = minutes_between(row->departed_s, row->arrived_s);
  row->alert_arrived_min = minutes_between(row->alert_s, row->arrived_s);
  row->came_after_min = minutes_between(since_s, row->arrived_s);
  row->backwards = row->alert_departed_min < 0 || row->departed_arrived_min < 0 || row->came_after_min < 0;
  if (row->backwards)
    row->alert_departed_min = row->departed_arrived_min = row->alert_arrived_min = row->came_after_min = NAN;
  if (!isnan(row->came_after_min) && !isnan(row->standard_min))
    row->in_time = vd_told_of(row->came_after_min <= row->standard_min);
}

void vd_judge_presence(const vd_judging *j, const vd_presence_aids *aids, vd_arena *scratch, size_t i) {
  vd_incident_row *row = &j->out->incidents[i];
  row->priority = -1, row->standard_min = NAN;
  row->last_visit_s = row->last_planned_s = VD_TIME_MIN;
  if (row->in_area) {
    find_threat(j, aids, i);
    if (row->dated) find_presence(j, scratch, i);
  }
  find_response(row);
}
