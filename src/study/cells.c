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
static cell_list cells_of(const vd_study *study, vd_arena *scratch, const vd_danger *danger,
                          int64_t *n_small) {
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

static void number_cells(const vd_study *study, const cell_list *lists, vd_cellset *set) {
  const vd_landscape *land = study->land;
  int32_t n_grid = vd_grid_n(vd_landscape_grid(land)), n = 0;
  set->index_of = VD_NEW_ARRAY(set->arena, int32_t, n_grid);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++)
      set->index_of[lists[d].items[i]] = is_lived_in(land, lists[d].items[i]);
  }
  for (int32_t c = 0; c < n_grid; c++) set->index_of[c] = set->index_of[c] ? n++ : -1;
  set->n = (size_t)n;
  set->cells = VD_NEW_ARRAY(set->arena, int32_t, n + 1);
  set->xy_m = VD_NEW_ARRAY(set->arena, double, 2 * n + 2);
  set->lonlat = VD_NEW_ARRAY(set->arena, double, 2 * n + 2);
  for (int32_t c = 0; c < n_grid; c++) {
    int32_t t = set->index_of[c];
    if (t < 0) continue;
    set->cells[t] = c;
    vd_grid_centre(vd_landscape_grid(land), c, &set->xy_m[2 * t], &set->xy_m[2 * t + 1]);
  }
  vd_landscape_to_lonlat(land, set->xy_m, set->lonlat, set->n);
}

/* Each cell's threat areas as rows of one list, in the plan's order. */
static void list_dangers(const vd_study *study, const cell_list *lists, vd_cellset *set) {
  size_t n = set->n;
  set->danger_start = VD_NEW_ARRAY(set->arena, int32_t, n + 2);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++) {
      int32_t t = set->index_of[lists[d].items[i]];
      if (t >= 0) set->danger_start[t + 2]++;
    }
  }
  for (size_t t = 2; t < n + 2; t++) set->danger_start[t] += set->danger_start[t - 1];
  set->dangers = VD_NEW_ARRAY(set->arena, int32_t, set->danger_start[n + 1] + 1);
  for (size_t d = 0; d < study->model->n_dangers; d++) {
    for (size_t i = 0; i < lists[d].n; i++) {
      int32_t t = set->index_of[lists[d].items[i]];
      if (t >= 0) set->dangers[set->danger_start[t + 1]++] = (int32_t)d;
    }
  }
}

static void rank_cells(const vd_study *study, vd_cellset *set) {
  const vd_danger *dangers = study->model->dangers;
  set->priorities = VD_NEW_ARRAY(set->arena, uint8_t, set->n + 1);
  set->threat = VD_NEW_ARRAY(set->arena, int32_t, set->n + 1);
  for (size_t t = 0; t < set->n; t++) {
    set->threat[t] = -1;
    for (int32_t i = set->danger_start[t]; i < set->danger_start[t + 1]; i++) {
      int32_t d = set->dangers[i];
      set->priorities[t] |= (uint8_t)(1u << dangers[d].priority);
      if (set->threat[t] < 0 || dangers[d].priority > dangers[set->threat[t]].priority) set->threat[t] = d;
    }
  }
}

static vd_cellset *make_set(vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_model *model = study->model;
  vd_arena *arena = vd_arena_new();
  vd_cellset *set = VD_NEW(arena, vd_cellset);
  *set = (vd_cellset){.refs = 1, .arena = arena};
  cell_list *lists = VD_NEW_ARRAY(scratch, cell_list, model->n_dangers + 1);
  for (size_t d = 0; d < model->n_dangers; d++)
    lists[d] = cells_of(study, scratch, &model->dangers[d], &set->n_small);
  number_cells(study, lists, set);
  list_dangers(study, lists, set);
  rank_cells(study, set);
  return set;
}

void vd_cellset_release(vd_cellset *set) {
  if (set && atomic_fetch_sub(&set->refs, 1) == 1) vd_arena_free(set->arena);
}

/* ---- shared with an earlier study ---- */

static bool same_places(const vd_danger *a, const vd_danger *b) {
  return a->priority == b->priority && (a->n_pairs > 0) == (b->n_pairs > 0) &&
         vd_geom_equal(a->plane, b->plane);
}

static bool same_threats(const vd_model *a, const vd_model *b) {
  if (a->n_dangers != b->n_dangers) return false;
  for (size_t d = 0; d < a->n_dangers; d++) {
    if (!same_places(&a->dangers[d], &b->dangers[d])) return false;
  }
  return true;
}

static vd_cellset *known_set(const vd_study *study) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = vd_memory_before(study, i);
    if (!before || !same_threats(before->model, study->model)) continue;
    atomic_fetch_add(&before->cellset->refs, 1);
    return before->cellset;
  }
  return NULL;
}

static void start_cells(vd_study *study) {
  const vd_cellset *set = study->cellset;
  study->n_cells = set->n;
  study->index_of = set->index_of, study->lonlat = set->lonlat, study->xy_m = set->xy_m;
  study->danger_start = set->danger_start, study->dangers = set->dangers;
  study->priorities = set->priorities;
  study->cells = VD_NEW_ARRAY(study->arena, vd_study_cell, set->n + 1);
  study->tallies = VD_NEW_ARRAY(study->arena, vd_tally_cell, set->n + 1);
  for (size_t t = 0; t < set->n; t++) {
    study->cells[t] = (vd_study_cell){.cell = set->cells[t],
                                      .people = study->land->people[set->cells[t]],
                                      .priority = study->model->dangers[set->threat[t]].priority,
                                      .cause = VD_CAUSE_COUNT,
                                      .threat = set->threat[t],
                                      .gap = -1,
                                      .best_response_min = INFINITY,
                                      .best_responder = -1,
                                      .certain_hours = {NAN, NAN, NAN},
                                      .certainty = VD_CERTAINTY_COUNT,
                                      .last_visit_s = VD_TIME_MIN};
  }
}

void vd_run_find_cells(vd_study *study) {
  study->cellset = known_set(study);
  if (!study->cellset) study->cellset = make_set(study);
  start_cells(study);
  if (study->cellset->n_small > 0) {
    vd_model_note(
        study->model,
        _("Threat areas are too small to hold the centre of a cell: each counts for the cell it lies in."),
        study->cellset->n_small, NAN, NAN);
  }
}

vd_intervals vd_cell_active(const vd_study *study, vd_arena *scratch, size_t t) {
  vd_intervals active = {0};
  for (int32_t i = study->danger_start[t]; i < study->danger_start[t + 1]; i++) {
    const vd_danger *danger = &study->model->dangers[study->dangers[i]];
    active =
        vd_intervals_union(scratch, active, vd_intervals_of_pairs(scratch, danger->pairs, danger->n_pairs));
  }
  return active;
}
