/* course: a patrol's route followed over the ground, cut where restrictions begin and end.
 * SPDX-License-Identifier: Apache-2.0 */
#include "study/course.h"

#include <math.h>
#include <string.h>

#define STEP_M 50.0
#define LOOK_M 500.0       /* roads are looked up for so far around */
#define LEAST_NEAR_M 100.0 /* a route as drawn by hand strays this far from its road */

/* ---- the makings ---- */

vd_course_maker *vd_course_maker_new(vd_arena *arena, const vd_model *model) {
  vd_course_maker *maker = VD_NEW(arena, vd_course_maker);
  maker->model = model;
  return maker;
}

/* The roads on which the vehicle has a speed. */
static vd_status index_roads(vd_course_maker *maker, int32_t vehicle, const vd_profile *profile) {
  const vd_landscape *land = maker->model->land;
  vd_arena *arena = maker->model->arena;
  if (maker->roads[vehicle]) return VD_OK;
  vd_plane_line *lines = VD_NEW_ARRAY(arena, vd_plane_line, land->n_roads + 1);
  maker->road_of[vehicle] = VD_NEW_ARRAY(arena, int32_t, land->n_roads + 1);
  size_t n = 0;
  for (size_t i = 0; i < land->n_roads; i++) {
    if (!isfinite(profile->ms_per_m[land->roads[i].ground])) continue;
    lines[n].xy = vd_travel_road_line(land->network, (int32_t)i, &lines[n].n);
    maker->road_of[vehicle][n++] = (int32_t)i;
  }
  return vd_line_index_new(arena, lines, n, &maker->roads[vehicle]);
}

/* ---- one course ---- */

typedef struct laying {
  vd_course_maker *maker;
  vd_arena *arena, *scratch;
  const vd_beat *beat;
  vd_course *course;
  vd_profile profile;
  double near_m, usual; /* usual: seconds per metre */
  vd_box looked;        /* where `near` holds */
  vd_lines_near near;
  int32_t *bars;      /* that may change the time of this patrol */
  bool *inside, *was; /* parallel: at this piece and the one before */
  size_t n_bars;
  int32_t crossing; /* vd_crossing of the road just driven */
  bool cut;         /* the next piece begins a part */
  bool priced;
} laying;

static bool waits(const vd_bar *bar) {
  return bar->effect == VD_EFFECT_DELAY && bar->delay_ms > 0;
}

static void find_bars(laying *l) {
  const vd_model *model = l->maker->model;
  vd_box track = vd_presence_box(l->beat->track, l->beat->n_track, 0);
  int32_t kind = model->parties[l->beat->party].kind;
  l->bars = VD_NEW_ARRAY(l->arena, int32_t, model->n_bars + 1);
  for (size_t b = 0; b < model->n_bars; b++) {
    const vd_bar *bar = &model->bars[b];
    bool slows = bar->effect == VD_EFFECT_SLOW && bar->slow > 1;
    if ((waits(bar) || slows) && bar->plane && vd_box_touches(track, bar->near) &&
        vd_bar_applies(bar, l->beat->vehicle, kind, l->beat->escorted))
      l->bars[l->n_bars++] = (int32_t)b;
  }
  l->inside = VD_NEW_ARRAY(l->arena, bool, l->n_bars + 1);
  l->was = VD_NEW_ARRAY(l->arena, bool, l->n_bars + 1);
}

static void look_inside(const laying *l, double x, double y, bool *inside) {
  for (size_t i = 0; i < l->n_bars; i++) inside[i] = vd_bar_acts_at(&l->maker->model->bars[l->bars[i]], x, y);
}

static void begin_part(laying *l, double fixed_s) {
  vd_course *course = l->course;
  vd_course_part *part = VD_PUSH(l->arena, course->parts, course->n_parts, course->capacity);
  int32_t *slows = VD_NEW_ARRAY(l->arena, int32_t, l->n_bars + 1);
  int32_t *wait_at = VD_NEW_ARRAY(l->arena, int32_t, l->n_bars + 1);
  *part = (vd_course_part){.fixed_s = fixed_s, .slows = slows, .waits = wait_at};
  for (size_t i = 0; i < l->n_bars; i++) {
    if (!l->inside[i]) continue;
    const vd_bar *bar = &l->maker->model->bars[l->bars[i]];
    if (bar->effect == VD_EFFECT_SLOW) slows[part->n_slows++] = l->bars[i];
    if (!l->was[i] && waits(bar)) wait_at[part->n_waits++] = l->bars[i];
  }
}

/* Pieces in a row share what was looked up for the first of them. */
static int32_t nearest_road(laying *l, double x, double y) {
  const vd_line_index *roads = l->maker->roads[l->beat->vehicle];
  const vd_box *in = &l->looked;
  if (x < in->min_x || x > in->max_x || y < in->min_y || y > in->max_y) {
    l->looked = (vd_box){x - LOOK_M, y - LOOK_M, x + LOOK_M, y + LOOK_M};
    l->near = vd_line_index_near(roads, l->scratch, l->looked, l->near_m);
  }
  return vd_line_index_nearest(roads, &l->near, x, y, l->near_m);
}

/* Seconds per metre at a place by day, and the crossing that the road there is. */
static double pace_at(laying *l, double x, double y, int32_t *crossing, bool *known) {
  const vd_landscape *land = l->maker->model->land;
  *crossing = VD_CROSSING_NONE, *known = true;
  if (l->beat->vehicle == VD_HELICOPTER) return l->usual;
  int32_t at = nearest_road(l, x, y);
  if (at >= 0) {
    const vd_land_road *road = &land->roads[l->maker->road_of[l->beat->vehicle][at]];
    *crossing = road->crossing;
    return l->profile.ms_per_m[road->ground] / 1e3;
  }
  int32_t cell = vd_grid_cell(&land->grid, x, y);
  double ms = cell >= 0 ? l->profile.ms_per_m[land->ground[cell]] : INFINITY;
  *known = isfinite(ms);
  return *known ? ms / 1e3 : l->usual;
}

static void add_piece(laying *l, vd_schedule_leg *leg, double x, double y, double length_m) {
  int32_t crossing;
  bool known;
  double pace = pace_at(l, x, y, &crossing, &known), fixed_s = 0;
  look_inside(l, x, y, l->inside);
  if (crossing != l->crossing && crossing == VD_FORD) fixed_s = l->profile.ford_ms / 1e3;
  if (crossing != l->crossing && crossing == VD_FERRY) fixed_s = l->profile.ferry_ms / 1e3;
  bool same = memcmp(l->inside, l->was, l->n_bars * sizeof *l->was) == 0;
  if (l->cut || !same || fixed_s > 0) begin_part(l, fixed_s);
  l->course->parts[l->course->n_parts - 1].day_s += pace * length_m;
  memcpy(l->was, l->inside, l->n_bars * sizeof *l->was);
  l->crossing = crossing, l->cut = false;
  leg->length_m += length_m;
  if (!known) leg->no_speed_m += length_m;
}

/* The track's points from `first` to `last`. */
static void lay_leg(laying *l, vd_schedule_leg *leg, size_t first, size_t last) {
  l->cut = true;
  for (size_t i = first; i < last; i++) {
    const vd_track_point *p = &l->beat->track[i], *q = p + 1;
    double dx = q->x_m - p->x_m, dy = q->y_m - p->y_m;
    double length_m = vd_plane_step_m((p->x_m + q->x_m) / 2, (p->y_m + q->y_m) / 2, dx, dy);
    if (!(length_m > 0)) continue;
    if (!l->priced) {
      leg->length_m += length_m;
      continue;
    }
    double n = fmin(ceil(length_m / STEP_M), 1e6);
    for (double k = 0.5; k < n; k++)
      add_piece(l, leg, p->x_m + dx * k / n, p->y_m + dy * k / n, length_m / n);
  }
}

static const char *place_of(const vd_model *model, const vd_halt *halt) {
  if (halt->name && *halt->name) return halt->name;
  int32_t town =
      vd_model_nearest_town(model, (const double[]){halt->lon_deg, halt->lat_deg}, halt->xy_m, NULL);
  return town >= 0 ? model->towns[town].name : NULL;
}

/* Legs end at the stops, and at the end of the route where that goes on. */
static void lay_legs(laying *l) {
  const vd_beat *beat = l->beat;
  vd_course *course = l->course;
  course->legs = VD_NEW_ARRAY(l->arena, vd_schedule_leg, beat->n_halts + 1);
  course->first = VD_NEW_ARRAY(l->arena, size_t, beat->n_halts + 2);
  size_t from = 0, last = beat->n_track - 1;
  for (size_t h = 0; h <= beat->n_halts; h++) {
    bool end = h == beat->n_halts;
    if (end && from >= last) break;
    vd_schedule_leg *leg = &course->legs[course->n_legs];
    *leg = (vd_schedule_leg){.stop = end ? -1 : (int32_t)h, .lon_deg = NAN, .lat_deg = NAN};
    if (!l->priced) leg->no_speed_m = NAN;
    if (!end) {
      const vd_halt *halt = &beat->halts[h];
      leg->stop_id = halt->id, leg->lon_deg = halt->lon_deg, leg->lat_deg = halt->lat_deg;
      leg->place = place_of(l->maker->model, halt);
    }
    course->first[course->n_legs++] = course->n_parts;
    lay_leg(l, leg, from, end ? last : beat->halts[h].at);
    from = end ? last : beat->halts[h].at + 1;
    if (end && !(leg->length_m > 0)) course->n_legs--; /* the route ends at its last stop */
  }
  course->first[course->n_legs] = course->n_parts;
}

vd_status vd_course_lay(vd_course_maker *maker, vd_arena *arena, const vd_beat *beat, bool priced,
                        vd_course *out) {
  const vd_model *model = maker->model;
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  *out = (vd_course){.model = model,
                     .vehicle = beat->vehicle,
                     .night_factor = beat->vehicle == VD_HELICOPTER
                                         ? NAN
                                         : model->figures.rules[beat->vehicle].night_factor};
  laying l = {.maker = maker,
              .arena = arena,
              .scratch = scratch,
              .priced = priced,
              .beat = beat,
              .course = out,
              .profile = vd_model_profile(model, (vd_vehicle)beat->vehicle, VD_DAY),
              .near_m = fmax(LEAST_NEAR_M, model->land->grid.cell_m / 2),
              .usual = vd_way_pace(model, beat->vehicle),
              .looked = vd_box_empty()};
  if (priced) {
    if (beat->vehicle != VD_HELICOPTER) VD_TRY(index_roads(maker, beat->vehicle, &l.profile));
    find_bars(&l);
    look_inside(&l, beat->track[0].x_m, beat->track[0].y_m, l.was);
  }
  lay_legs(&l);
  return VD_OK;
}

/* ---- driving ---- */

#define LONGEST_S (400.0 * VD_DAY_S)

/* Seconds from `now_s` to the next change of light; INFINITY when there is none. */
static double light_lasts_s(const vd_daylight *day, int64_t now_s) {
  if (day->from_min == day->to_min) return INFINITY;
  int64_t local = (now_s + day->utc_offset_s) % VD_DAY_S;
  double least = INFINITY;
  const int32_t edges[2] = {day->from_min, day->to_min};
  for (int i = 0; i < 2; i++) {
    int64_t ahead = ((edges[i] * (int64_t)VD_MINUTE_S - local) % VD_DAY_S + VD_DAY_S) % VD_DAY_S;
    least = fmin(least, ahead == 0 ? VD_DAY_S : (double)ahead);
  }
  return least;
}

/* When driving that takes `day_s` by day is done. */
static double drive_by_light(const vd_course *course, double at_s, double day_s) {
  const vd_daylight *day = &course->model->figures.day;
  double begun_s = at_s;
  if (isnan(course->night_factor)) return at_s + day_s;
  while (day_s > 0 && at_s - begun_s < LONGEST_S) {
    int64_t now_s = (int64_t)floor(at_s);
    double speed = vd_daylight_at(day, now_s) == VD_DAY ? 1 : fmax(0, course->night_factor);
    double room_s = (double)now_s + light_lasts_s(day, now_s) - at_s;
    if (speed > 0 && day_s / speed <= room_s) return at_s + day_s / speed;
    day_s -= speed * room_s;
    at_s += room_s;
  }
  return at_s;
}

static bool in_force(const vd_bar *bar, double at_s) {
  int64_t now_s = (int64_t)floor(at_s);
  return now_s >= bar->from_s && now_s < bar->to_s;
}

double vd_course_drive(const vd_course *course, size_t leg, double at_s) {
  const vd_bar *bars = course->model->bars;
  double begun_s = at_s;
  for (size_t p = course->first[leg]; p < course->first[leg + 1] && at_s - begun_s < LONGEST_S; p++) {
    const vd_course_part *part = &course->parts[p];
    double slow = 1, wait_s = part->fixed_s;
    for (size_t i = 0; i < part->n_waits; i++)
      if (in_force(&bars[part->waits[i]], at_s)) wait_s += bars[part->waits[i]].delay_ms / 1e3;
    for (size_t i = 0; i < part->n_slows; i++)
      if (in_force(&bars[part->slows[i]], at_s)) slow *= bars[part->slows[i]].slow;
    at_s = drive_by_light(course, at_s + wait_s, part->day_s * slow);
  }
  return fmin(at_s, begun_s + LONGEST_S);
}
