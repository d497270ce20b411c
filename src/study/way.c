/* way: the ground a patrol covers: its drawn line, or the roads between its stops.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "study/model.h"
#include "vedette/core/proximity.h"

#define STOP_OFF_LINE_M 1.0 /* a stop farther from the drawn line than this is gone to and back */
#define MAX_LEG_MS (48u * 3600u * 1000u)

static void add_point(vd_model *model, vd_way *way, double x, double y, int32_t halt, double need_s) {
  *VD_PUSH(model->arena, way->points, way->n, way->capacity) = (vd_way_point){x, y, halt, need_s};
}

static double step_m(double ax, double ay, double bx, double by) {
  return vd_plane_step_m((ax + bx) / 2, (ay + by) / 2, bx - ax, by - ay);
}

double vd_way_pace(const vd_model *model, int32_t vehicle) {
  if (vehicle == VD_HELICOPTER) {
    double kmh = model->figures.helicopter_kmh;
    return kmh > 0 ? 3.6 / kmh : 3.6 / 200;
  }
  vd_profile profile = vd_model_profile(model, (vd_vehicle)vehicle, VD_DAY);
  static const vd_ground usual[VD_VEHICLE_COUNT] = {[VD_FOOT] = VD_GROUND_PATH,
                                                    [VD_CAR_4X4] = VD_GROUND_GRAVEL,
                                                    [VD_CONVOY] = VD_GROUND_GRAVEL,
                                                    [VD_BOAT] = VD_GROUND_RIVER,
                                                    [VD_HELICOPTER] = VD_GROUND_PAVED};
  double ms = profile.ms_per_m[usual[vehicle]];
  for (int g = 0; g < VD_GROUND_COUNT && !isfinite(ms); g++) ms = profile.ms_per_m[g];
  return isfinite(ms) && ms > 0 ? ms / 1000 : 0.9;
}

/* ---- between stops ---- */

static vd_status costs_of(vd_way_finder *finder, int32_t vehicle, vd_travel_costs **costs) {
  if (!finder->costs[vehicle]) {
    vd_profile profile = vd_model_profile(finder->model, (vd_vehicle)vehicle, VD_DAY);
    VD_TRY(vd_travel_costs_new(finder->arena, finder->model->land->network, &profile, NULL, 0,
                               &finder->costs[vehicle]));
  }
  *costs = finder->costs[vehicle];
  return VD_OK;
}

static void add_legs(vd_model *model, vd_way *way, const vd_travel_leg *legs, size_t n_legs) {
  for (size_t k = 0; k < n_legs; k++) {
    double pace = legs[k].length_m > 0 ? legs[k].ms / 1e3 / legs[k].length_m : 0;
    for (int32_t i = 1; i < legs[k].n; i++) {
      const double *a = legs[k].xy + 2 * (size_t)i - 2;
      add_point(model, way, a[2], a[3], -1, pace * step_m(a[0], a[1], a[2], a[3]));
    }
  }
}

static void add_straight(vd_model *model, vd_way *way, const vd_halt *from, const vd_halt *to, int32_t halt,
                         double pace) {
  add_point(model, way, to->xy_m[0], to->xy_m[1], halt,
            pace * step_m(from->xy_m[0], from->xy_m[1], to->xy_m[0], to->xy_m[1]));
}

/* The quickest way by road; looked for near by first. *found is false when there is none. */
static vd_status by_road(vd_way_finder *finder, vd_way *way, int32_t vehicle, const vd_halt *from,
                         const vd_halt *to, bool *found) {
  vd_travel_costs *costs;
  VD_TRY(costs_of(finder, vehicle, &costs));
  int32_t cell = vd_grid_cell(vd_landscape_grid(finder->model->land), to->xy_m[0], to->xy_m[1]);
  double straight_ms = 1e3 * vd_way_pace(finder->model, vehicle) *
                       step_m(from->xy_m[0], from->xy_m[1], to->xy_m[0], to->xy_m[1]);
  *found = false;
  if (cell < 0) return VD_OK;
  for (double cutoff = 3 * straight_ms + 600e3; !*found; cutoff = (double)MAX_LEG_MS) {
    VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
    vd_travel_source source = {from->xy_m[0], from->xy_m[1], 0};
    vd_travel_field field;
    uint32_t cutoff_ms = (uint32_t)fmin(cutoff, (double)MAX_LEG_MS);
    VD_TRY(vd_travel_solve(scratch, costs, &source, cutoff_ms, true, NULL, &field));
    if (field.cell_ms[cell] != VD_UNREACHED) {
      size_t n_legs;
      const vd_travel_leg *legs = vd_travel_route(scratch, &field, cell, &n_legs);
      add_legs(finder->model, way, legs, n_legs);
      *found = true;
    }
    if (cutoff_ms == MAX_LEG_MS) break;
  }
  return VD_OK;
}

vd_status vd_way_between(vd_way_finder *finder, vd_way *way, int32_t vehicle, const vd_halt *from,
                         const vd_halt *to, int32_t halt) {
  vd_model *model = finder->model;
  double pace = vd_way_pace(model, vehicle), last[2] = {from->xy_m[0], from->xy_m[1]};
  bool found = vehicle == VD_HELICOPTER;
  if (vehicle != VD_HELICOPTER && step_m(last[0], last[1], to->xy_m[0], to->xy_m[1]) > STOP_OFF_LINE_M) {
    VD_TRY(by_road(finder, way, vehicle, from, to, &found));
    if (!found && finder->n_straight++ == 0) finder->lon_deg = from->lon_deg, finder->lat_deg = from->lat_deg;
  }
  if (found && way->n > 0 && vehicle != VD_HELICOPTER) {
    last[0] = way->points[way->n - 1].x_m, last[1] = way->points[way->n - 1].y_m;
  }
  vd_halt begin = *from;
  begin.xy_m[0] = last[0], begin.xy_m[1] = last[1];
  add_straight(model, way, &begin, to, halt, pace);
  return VD_OK;
}

/* ---- along a drawn line ---- */

typedef struct place_on_line {
  int32_t segment; /* from vertex `segment` to the next */
  double t, off_m;
} place_on_line;

/* The nearest place of the line at or after `from`; of equally near ones (to a metre) the first, or the last. */
static place_on_line nearest_on_line(const vd_geom *line, const vd_halt *halt, place_on_line from,
                                     bool last) {
  place_on_line best = {from.segment, from.t, INFINITY};
  for (int32_t s = from.segment; s + 1 < line->n_points; s++) {
    const double *a = line->xy + 2 * (size_t)s;
    double t = vd_segment_nearest(halt->xy_m[0], halt->xy_m[1], a[0], a[1], a[2], a[3]);
    if (s == from.segment && t < from.t) t = from.t;
    double off = step_m(halt->xy_m[0], halt->xy_m[1], a[0] + t * (a[2] - a[0]), a[1] + t * (a[3] - a[1]));
    if (last ? off <= best.off_m + 1 : off < best.off_m - 1) best = (place_on_line){s, t, off};
  }
  return best;
}

static void go_to(vd_model *model, vd_way *way, double x, double y, int32_t halt, double pace) {
  double need = 0;
  if (way->n > 0) {
    const vd_way_point *p = &way->points[way->n - 1];
    need = pace * step_m(p->x_m, p->y_m, x, y);
  }
  add_point(model, way, x, y, halt, need);
}

static void go_along(vd_model *model, vd_way *way, const vd_geom *line, place_on_line from, place_on_line to,
                     double pace) {
  for (int32_t s = from.segment + 1; s <= to.segment; s++) {
    go_to(model, way, line->xy[2 * (size_t)s], line->xy[2 * (size_t)s + 1], -1, pace);
  }
}

void vd_way_along(vd_model *model, vd_way *way, const vd_geom *plane, const vd_halt *halts, size_t n_halts,
                  int32_t vehicle) {
  double pace = vd_way_pace(model, vehicle);
  place_on_line at = {0, 0, 0}, end = {plane->n_points - 1, 0, 0};
  size_t first = n_halts > 0 &&
                 step_m(plane->xy[0], plane->xy[1], halts[0].xy_m[0], halts[0].xy_m[1]) <= STOP_OFF_LINE_M;
  go_to(model, way, plane->xy[0], plane->xy[1], first ? 0 : -1, pace);
  for (size_t h = first; h < n_halts; h++) {
    place_on_line to = nearest_on_line(plane, &halts[h], at, n_halts > 1 && h + 1 == n_halts);
    if (!isfinite(to.off_m)) to = at;
    go_along(model, way, plane, at, to, pace);
    const double *a = plane->xy + 2 * (size_t)to.segment;
    bool inside = to.segment + 1 < plane->n_points;
    double x = inside ? a[0] + to.t * (a[2] - a[0]) : a[0], y = inside ? a[1] + to.t * (a[3] - a[1]) : a[1];
    bool off = step_m(x, y, halts[h].xy_m[0], halts[h].xy_m[1]) > STOP_OFF_LINE_M;
    if (off) go_to(model, way, x, y, -1, pace);
    go_to(model, way, halts[h].xy_m[0], halts[h].xy_m[1], (int32_t)h, pace);
    if (off) go_to(model, way, x, y, -1, pace);
    at = to;
  }
  go_along(model, way, plane, at, end, pace);
}
