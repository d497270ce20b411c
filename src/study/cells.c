/* cells: the cells under threat at some time of the window in which people live.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"

typedef struct cell_list {
  int32_t *items;
  size_t n;
} cell_list;

/* Cells of a threat area; one that holds no centre stands for the cell it lies in. */
static cell_list cells_of(vd_study *study, vd_arena *scratch, const vd_danger *danger, int64_t *n_small) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  cell_list list = {0};
  if (!danger->plane || danger->n_pairs == 0) return list;
  list.items = vd_grid_cells_in(scratch, grid, danger->plane, &list.n);
  if (list.n > 0) return list;
  vd_box box = vd_geom_box(danger->plane);
  int32_t cell = vd_grid_cell(grid, (box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2);
  if (cell < 0) return list;
  list.items = VD_NEW_ARRAY(scratch, int32_t, 1);
  list.items[0] = cell, list.n = 1;
  (*n_small)++;
  return list;
}

static bool is_lived_in(const vd_landscape *land, int32_t cell) {
  return land->inside[cell] && land->people[cell] > 0;
}

static void number_cells(vd_study *study, const cell_list *lists) {
  const vd_landscape *land = study->land;
  int32_t n_grid = vd_grid_n(vd_landscape_grid(land));
  study->index_of = VD_NEW_ARRAY(study->arena, int32_t, n_grid);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++)
      study->index_of[lists[d].items[i]] = is_lived_in(land, lists[d].items[i]);
  }
  size_t n = 0;
  for (int32_t c = 0; c < n_grid; c++) study->index_of[c] = study->index_of[c] ? (int32_t)n++ : -1;
  study->n_cells = n;
  study->cells = VD_NEW_ARRAY(study->arena, vd_study_cell, n + 1);
  study->tallies = VD_NEW_ARRAY(study->arena, vd_tally_cell, n + 1);
  study->xy_m = VD_NEW_ARRAY(study->arena, double, 2 * n + 2);
  study->lonlat = VD_NEW_ARRAY(study->arena, double, 2 * n + 2);
  for (int32_t c = 0; c < n_grid; c++) {
    int32_t t = study->index_of[c];
    if (t < 0) continue;
    study->cells[t] = (vd_study_cell){.cell = c,
                                      .people = land->people[c],
                                      .cause = VD_CAUSE_COUNT,
                                      .threat = -1,
                                      .gap = -1,
                                      .best_response_min = INFINITY,
                                      .best_responder = -1,
                                      .last_visit_s = VD_TIME_MIN};
    vd_grid_centre(vd_landscape_grid(land), c, &study->xy_m[2 * t], &study->xy_m[2 * t + 1]);
  }
  vd_landscape_to_lonlat(land, study->xy_m, study->lonlat, n);
}

/* Each cell's threat areas as rows of one list, in the plan's order. */
static void list_dangers(vd_study *study, const cell_list *lists) {
  size_t n = study->n_cells;
  study->danger_start = VD_NEW_ARRAY(study->arena, int32_t, n + 2);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++) {
      int32_t t = study->index_of[lists[d].items[i]];
      if (t >= 0) study->danger_start[t + 2]++;
    }
  }
  for (size_t t = 2; t < n + 2; t++) study->danger_start[t] += study->danger_start[t - 1];
  study->dangers = VD_NEW_ARRAY(study->arena, int32_t, study->danger_start[n + 1] + 1);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++) {
      int32_t t = study->index_of[lists[d].items[i]];
      if (t >= 0) study->dangers[study->danger_start[t + 1]++] = (int32_t)d;
    }
  }
}

static void rank_cells(vd_study *study) {
  study->priorities = VD_NEW_ARRAY(study->arena, uint8_t, study->n_cells + 1);
  for (size_t t = 0; t < study->n_cells; t++) {
    vd_study_cell *cell = &study->cells[t];
    for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
      const vd_danger *danger = &study->model->dangers[study->dangers[i]];
      study->priorities[t] |= (uint8_t)(1u << danger->priority);
      if (cell->threat >= 0 && danger->priority <= cell->priority) continue;
      cell->priority = danger->priority;
      cell->threat = study->dangers[i];
    }
  }
}

vd_status vd_run_find_cells(vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  vd_model *model = study->model;
  cell_list *lists = VD_NEW_ARRAY(scratch, cell_list, model->n_dangers + 1);
  int64_t n_small = 0;
  for (size_t d = 0; d < model->n_dangers; d++)
    lists[d] = cells_of(study, scratch, &model->dangers[d], &n_small);
  number_cells(study, lists);
  list_dangers(study, lists);
  rank_cells(study);
  if (n_small > 0) {
    vd_model_note(
        model,
        _("Threat areas are too small to hold the centre of a cell: each counts for the cell it lies in."),
        n_small, NAN, NAN);
  }
  return VD_OK;
}
