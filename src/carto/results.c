/* results: a study's states, gaps and response times as shapes.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "carto/data.h"
#include "carto/trace.h"

const int32_t vd_map_response_min[VD_MAP_RESPONSE_LEVELS] = {30, 60, 120, 240};

/* From the landscape's plane to the map's, when they differ. */
static void move_plane(const vd_map_data *data, const vd_landscape *landscape, vd_arena *arena,
                       vd_shape *shape) {
  double zero[2] = {0, 0}, lonlat[2];
  vd_landscape_to_lonlat(landscape, zero, lonlat, 1);
  bool same = fabs(lonlat[0] - data->lon_deg) < 1e-9 && fabs(lonlat[1] - data->lat_deg) < 1e-9;
  if (same || shape->n_points == 0) return;
  vd_landscape_to_lonlat(landscape, shape->xy_m, shape->xy_m, (size_t)shape->n_points);
  vd_map_to_plane(data, shape->xy_m, shape->xy_m, (size_t)shape->n_points);
  vd_shape_prepare(arena, shape);
}

static void trace_states(const vd_map_data *data, const vd_landscape *landscape, const uint8_t *classes,
                         vd_arena *arena, struct vd_map_states *states) {
  for (int s = VD_COVERED; s < VD_STATE_COUNT; s++) {
    states->shape[s] = vd_trace(arena, vd_landscape_grid(landscape), classes, (uint8_t)s);
    move_plane(data, landscape, arena, &states->shape[s]);
  }
}

static void trace_certainty(const vd_map_data *data, const vd_landscape *landscape, const uint8_t *classes,
                            vd_arena *arena, struct vd_map_states *states) {
  states->has_certainty = true;
  for (int c = 0; c < VD_CERTAINTY_COUNT; c++) {
    states->certainty[c] = vd_trace(arena, vd_landscape_grid(landscape), classes, (uint8_t)c);
    move_plane(data, landscape, arena, &states->certainty[c]);
  }
}

vd_map_states *vd_map_states_at(const vd_map_data *data, const vd_study *study, int64_t time_s,
                                vd_arena *arena) {
  const vd_landscape *landscape = vd_study_landscape(study);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  uint8_t *classes = VD_NEW_ARRAY(scratch, uint8_t, vd_grid_n(vd_landscape_grid(landscape)));
  vd_study_states_at(study, time_s, classes);
  vd_map_states *states = VD_NEW(arena, vd_map_states);
  trace_states(data, landscape, classes, arena, states);
  if (!vd_study_has_certainty(study)) return states;
  vd_study_certainty_at(study, time_s, classes);
  trace_certainty(data, landscape, classes, arena, states);
  return states;
}

vd_map_cover *vd_map_cover_of(const vd_map_data *data, const vd_landscape *landscape,
                              const vd_study_difference *difference, vd_arena *arena) {
  vd_map_cover *cover = VD_NEW(arena, vd_map_cover);
  for (int k = VD_COVER_NONE + 1; k < VD_COVER_COUNT; k++) {
    cover->shape[k] = vd_trace(arena, vd_landscape_grid(landscape), difference->covers, (uint8_t)k);
    move_plane(data, landscape, arena, &cover->shape[k]);
  }
  return cover;
}

static uint8_t *lasting_states(vd_arena *arena, const vd_study *study) {
  uint8_t *classes = VD_NEW_ARRAY(arena, uint8_t, vd_grid_n(vd_landscape_grid(vd_study_landscape(study))));
  size_t n;
  const vd_study_cell *cells = vd_study_cells(study, &n);
  for (size_t i = 0; i < n; i++) classes[cells[i].cell] = cells[i].state;
  return classes;
}

static uint8_t *lasting_certainty(vd_arena *arena, const vd_study *study) {
  size_t n_grid = (size_t)vd_grid_n(vd_landscape_grid(vd_study_landscape(study))), n;
  uint8_t *classes = VD_NEW_ARRAY(arena, uint8_t, n_grid);
  memset(classes, VD_CERTAINTY_COUNT, n_grid);
  const vd_study_cell *cells = vd_study_cells(study, &n);
  for (size_t i = 0; i < n; i++) classes[cells[i].cell] = cells[i].certainty;
  return classes;
}

static void trace_lasting(const vd_map_data *data, const vd_study *study, vd_arena *arena,
                          struct vd_map_states *states) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_landscape *landscape = vd_study_landscape(study);
  trace_states(data, landscape, lasting_states(scratch, study), arena, states);
  if (vd_study_has_certainty(study))
    trace_certainty(data, landscape, lasting_certainty(scratch, study), arena, states);
}

vd_map_states *vd_map_states_of(const vd_map_data *data, const vd_study *study, vd_arena *arena) {
  vd_map_states *states = VD_NEW(arena, vd_map_states);
  trace_lasting(data, study, arena, states);
  return states;
}

static void add_gap(vd_map_data *data, const vd_gap *gap, vd_transform *transform) {
  vd_map_gap *to = &data->gaps[data->n_gaps++];
  memcpy(to->name, gap->name, sizeof to->name);
  to->priority = gap->priority, to->cause = gap->cause;
  to->people = gap->people, to->weighted = gap->weighted_person_hours;
  to->shape = vd_shape_project(data->arena, gap->outline, transform);
  double xy[2] = {gap->lon_deg, gap->lat_deg};
  vd_transform_forward(transform, xy, 1);
  to->x_m = xy[0], to->y_m = xy[1];
  to->label_x_m = to->x_m, to->label_y_m = to->y_m;
  vd_shape_inside_place(&to->shape, to->shape.box, &to->label_x_m, &to->label_y_m);
}

static void add_gaps(vd_map_data *data, const vd_study *study) {
  size_t n;
  const vd_gap *gaps = vd_study_gaps(study, &n);
  VD_CLEANUP(vd_transform_cleanup) vd_transform *transform = NULL;
  if (vd_transform_plane(data->lon_deg, data->lat_deg, &transform) != VD_OK) return;
  data->gaps = VD_NEW_ARRAY(data->arena, vd_map_gap, n + 1);
  for (size_t i = 0; i < n; i++) add_gap(data, &gaps[i], transform);
}

/* Drops for good what is finer than `tolerance_m`: steps of cells that a line of equal time has no use for. */
static void smooth(vd_arena *arena, vd_shape *shape, double tolerance_m) {
  int32_t n = 0, n_parts = 0, *start = VD_NEW_ARRAY(arena, int32_t, shape->n_parts + 1);
  for (int32_t p = 0; p < shape->n_parts; p++) {
    int32_t from = n;
    for (int32_t i = shape->part_start[p]; i < shape->part_start[p + 1]; i++) {
      if ((double)shape->keep_m[i] < tolerance_m) continue;
      memmove(shape->xy_m + 2 * n++, shape->xy_m + 2 * i, 2 * sizeof *shape->xy_m);
    }
    if (n - from < 4) {
      n = from;
    } else {
      start[n_parts++] = from;
    }
  }
  start[n_parts] = n;
  shape->n_points = n, shape->n_parts = n_parts, shape->part_start = start;
  vd_shape_prepare(arena, shape);
}

static void add_response(vd_map_data *data, const vd_study *study, vd_arena *scratch) {
  const vd_landscape *landscape = vd_study_landscape(study);
  const vd_grid *grid = vd_landscape_grid(landscape);
  const uint32_t *best = vd_study_best_response_s(study);
  uint8_t *within = VD_NEW_ARRAY(scratch, uint8_t, vd_grid_n(grid));
  for (int k = 0; best && k < VD_MAP_RESPONSE_LEVELS; k++) {
    uint32_t limit = (uint32_t)vd_map_response_min[k] * VD_MINUTE_S;
    for (int32_t i = 0; i < vd_grid_n(grid); i++) within[i] = best[i] <= limit;
    data->response[k] = vd_trace(data->arena, grid, within, 1);
    smooth(data->arena, &data->response[k], 0.9 * grid->cell_m);
    move_plane(data, landscape, data->arena, &data->response[k]);
  }
}

void vd_map_data_add_study(vd_map_data *data, const vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  trace_lasting(data, study, data->arena, &data->states);
  add_gaps(data, study);
  add_response(data, study, scratch);
  data->has_study = true;
}
