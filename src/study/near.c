/* near: who was near a cell, and when.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "study/run.h"
#include "vedette/base/i18n.h"
#include "vedette/geo/geodesic.h"

enum {
  PIECE = 2, /* segments of a track that are looked at together */
  BEATS = 32 /* tracks a work item */
};

/* ---- passes of tracks by cells ---- */

typedef struct cell_pass {
  int64_t enter_s, leave_s;
  int32_t t;
} cell_pass;
typedef struct pass_list {
  cell_pass *items;
  size_t n, capacity;
  int32_t *last; /* while it is made: per cell of the study the index of its last pass, + 1; 0 none */
} pass_list;
typedef struct finding {
  const vd_study *study;
  pass_list *lists;  /* per beat */
  vd_arena **arenas; /* per work item: what its lists hold */
  int32_t **last;    /* per worker, all 0 between tracks */
} finding;

/* The columns and rows of cells whose centre may lie in the box. */
static bool cells_in_box(const vd_grid *grid, vd_box box, int32_t *c0, int32_t *c1, int32_t *r0,
                         int32_t *r1) {
  double west = (box.min_x - grid->x0_m) / grid->cell_m - 1, east = (box.max_x - grid->x0_m) / grid->cell_m;
  double north = (grid->y0_m - box.max_y) / grid->cell_m - 1, south = (grid->y0_m - box.min_y) / grid->cell_m;
  if (!(east >= 0 && south >= 0 && west < grid->nx && north < grid->ny)) return false;
  *c0 = (int32_t)fmax(0, floor(west)), *c1 = (int32_t)fmin(grid->nx - 1, floor(east));
  *r0 = (int32_t)fmax(0, floor(north)), *r1 = (int32_t)fmin(grid->ny - 1, floor(south));
  return *c0 <= *c1 && *r0 <= *r1;
}

/* Passes come in order of time; those that touch, as the pieces of a track cut them, become one. */
static void add_cell_pass(vd_arena *arena, pass_list *list, int32_t t, const vd_visit *visit) {
  cell_pass *last = list->last[t] ? &list->items[list->last[t] - 1] : NULL;
  if (last && visit->enter_s <= last->leave_s) {
    if (visit->leave_s > last->leave_s) last->leave_s = visit->leave_s;
    return;
  }
  *VD_PUSH(arena, list->items, list->n, list->capacity) = (cell_pass){visit->enter_s, visit->leave_s, t};
  list->last[t] = (int32_t)list->n;
}

static void pass_piece(const vd_study *study, vd_arena *scratch, pass_list *list, double radius,
                       const vd_track_point *track, size_t n) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  int32_t c0, c1, r0, r1;
  if (!cells_in_box(grid, vd_presence_box(track, n, radius), &c0, &c1, &r0, &r1)) return;
  for (int32_t r = r0; r <= r1; r++) {
    for (int32_t c = c0; c <= c1; c++) {
      int32_t t = study->index_of[vd_grid_cell_of(grid, c, r)];
      if (t < 0) continue;
      size_t n_visits;
      const vd_visit *visits = vd_presence_passes(scratch, track, n, study->xy_m[2 * t],
                                                  study->xy_m[2 * t + 1], radius, 0, &n_visits);
      for (size_t i = 0; i < n_visits; i++) add_cell_pass(scratch, list, t, &visits[i]);
    }
  }
}

static void pass_beat(const vd_study *study, vd_arena *arena, int32_t *last, const vd_beat *beat,
                      pass_list *out) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  pass_list found = {.last = last};
  if (beat->n_starts == 0) return;
  for (size_t first = 0; first == 0 || first + 1 < beat->n_track; first += PIECE) {
    size_t n = beat->n_track - first < PIECE + 1 ? beat->n_track - first : PIECE + 1;
    pass_piece(study, scratch, &found, beat->influence_m, beat->track + first, n);
  }
  if (found.n == 0) return;
  for (size_t i = 0; i < found.n; i++) last[found.items[i].t] = 0;
  out->items = VD_NEW_ARRAY(arena, cell_pass, found.n);
  out->n = found.n;
  memcpy(out->items, found.items, found.n * sizeof *found.items);
}

static vd_status pass_beats(void *context, int64_t item, int worker) {
  finding *find = context;
  const vd_model *model = find->study->model;
  find->arenas[item] = vd_arena_new();
  for (size_t b = (size_t)item * BEATS; b < model->n_beats && b < (size_t)(item + 1) * BEATS; b++)
    pass_beat(find->study, find->arenas[item], find->last[worker], &model->beats[b], &find->lists[b]);
  return VD_OK;
}

static vd_passes *list_passes(const vd_study *study, const pass_list *lists, size_t n_lists) {
  vd_arena *arena = vd_arena_new();
  vd_passes *p = VD_NEW(arena, vd_passes);
  *p = (vd_passes){1, arena, VD_NEW_ARRAY(arena, int32_t, study->n_cells + 2), NULL};
  for (size_t l = 0; l < n_lists; l++) {
    for (size_t i = 0; i < lists[l].n; i++) p->start[lists[l].items[i].t + 2]++;
  }
  for (size_t t = 2; t < study->n_cells + 2; t++) p->start[t] += p->start[t - 1];
  p->items = VD_NEW_ARRAY(arena, vd_pass, p->start[study->n_cells + 1] + 1);
  for (size_t l = 0; l < n_lists; l++) {
    for (size_t i = 0; i < lists[l].n; i++) {
      const cell_pass *pass = &lists[l].items[i];
      p->items[p->start[pass->t + 1]++] = (vd_pass){(int32_t)l, pass->enter_s, pass->leave_s};
    }
  }
  return p;
}

void vd_passes_release(vd_passes *passes) {
  if (passes && atomic_fetch_sub(&passes->refs, 1) == 1) vd_arena_free(passes->arena);
}

static vd_passes *known_passes(const vd_study *study) {
  for (int i = 0; i < VD_REMEMBERED; i++) {
    const vd_study *before = vd_memory_before(study, i);
    if (!before || before->cellset != study->cellset || !vd_same_tracks(before, study)) continue;
    atomic_fetch_add(&before->passes_shared->refs, 1);
    return before->passes_shared;
  }
  return NULL;
}

static vd_status find_passes(vd_study *study, vd_jobs *jobs) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  size_t n = study->model->n_beats, n_items = (n + BEATS - 1) / BEATS;
  int n_workers = jobs ? vd_jobs_threads(jobs) : 1;
  finding find = {study, VD_NEW_ARRAY(scratch, pass_list, n + 1),
                  VD_NEW_ARRAY(scratch, vd_arena *, n_items + 1),
                  VD_NEW_ARRAY(scratch, int32_t *, n_workers)};
  for (int w = 0; w < n_workers; w++) find.last[w] = VD_NEW_ARRAY(scratch, int32_t, study->n_cells + 1);
  vd_status status = vd_jobs_run(jobs, (int64_t)n_items, pass_beats, &find);
  if (status == VD_OK) study->passes_shared = list_passes(study, find.lists, n);
  for (size_t i = 0; i < n_items; i++) vd_arena_free(find.arenas[i]);
  return status;
}

/* ---- proximity zones ---- */

static bool zone_holds(const vd_post *post, double lon_deg, double lat_deg) {
  return vd_geodesic_distance_m(post->lon_deg, post->lat_deg, lon_deg, lat_deg) <= post->radius_m;
}

/* The cells of the study in a post's zone; the box is a little larger, the geodesic decides. */
static int32_t *zone_cells(const vd_study *study, vd_arena *scratch, const vd_post *post, size_t *n) {
  const vd_grid *grid = vd_landscape_grid(study->land);
  double r = 1.05 * post->radius_m + grid->cell_m;
  vd_box box = {post->xy_m[0] - r, post->xy_m[1] - r, post->xy_m[0] + r, post->xy_m[1] + r};
  int32_t c0, c1, r0, r1, *cells = NULL;
  size_t capacity = 0;
  *n = 0;
  if (!cells_in_box(grid, box, &c0, &c1, &r0, &r1)) return NULL;
  for (int32_t row = r0; row <= r1; row++) {
    for (int32_t column = c0; column <= c1; column++) {
      int32_t t = study->index_of[vd_grid_cell_of(grid, column, row)];
      if (t >= 0 && zone_holds(post, study->lonlat[2 * t], study->lonlat[2 * t + 1]))
        *VD_PUSH(scratch, cells, *n, capacity) = t;
    }
  }
  return cells;
}

static void list_posts(vd_study *study) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  const vd_model *model = study->model;
  int32_t **cells = VD_NEW_ARRAY(scratch, int32_t *, model->n_posts + 1);
  size_t *n = VD_NEW_ARRAY(scratch, size_t, model->n_posts + 1);
  study->post_start = VD_NEW_ARRAY(study->arena, int32_t, study->n_cells + 2);
  for (size_t p = 0; p < model->n_posts; p++) {
    cells[p] = zone_cells(study, scratch, &model->posts[p], &n[p]);
    for (size_t i = 0; i < n[p]; i++) study->post_start[cells[p][i] + 2]++;
  }
  for (size_t t = 2; t < study->n_cells + 2; t++) study->post_start[t] += study->post_start[t - 1];
  study->posts = VD_NEW_ARRAY(study->arena, int32_t, study->post_start[study->n_cells + 1] + 1);
  for (size_t p = 0; p < model->n_posts; p++) {
    for (size_t i = 0; i < n[p]; i++) study->posts[study->post_start[cells[p][i] + 1]++] = (int32_t)p;
  }
}

vd_status vd_run_find_passes(vd_study *study, vd_jobs *jobs, const vd_progress *progress) {
  VD_TRY(vd_progress_step(progress, _("Visits of patrols"), 0, 0));
  study->passes_shared = known_passes(study);
  if (!study->passes_shared) VD_TRY(find_passes(study, jobs));
  study->pass_start = study->passes_shared->start, study->passes = study->passes_shared->items;
  list_posts(study);
  return VD_OK;
}

/* ---- visits in time ---- */

typedef struct near_list {
  vd_arena *arena;
  vd_near *items;
  size_t n, capacity;
} near_list;

static void add_near(near_list *list, const vd_model *model, vd_near near) {
  if (near.enter_s >= model->to_s || near.leave_s <= model->seen_from_s || near.enter_s >= near.leave_s)
    return;
  *VD_PUSH(list->arena, list->items, list->n, list->capacity) = near;
}

static void add_pass(near_list *list, const vd_model *model, const vd_pass *pass) {
  const vd_beat *beat = &model->beats[pass->beat];
  for (size_t o = 0; o < beat->n_starts; o++) {
    int64_t start = beat->starts[o];
    int32_t blocker = vd_beat_blocker(model, beat, start, pass->enter_s);
    add_near(list, model,
             (vd_near){start + pass->enter_s, start + pass->leave_s, pass->beat, (int32_t)o, blocker});
  }
}

static void add_post(near_list *list, const vd_model *model, int32_t p) {
  const vd_post *post = &model->posts[p];
  add_near(list, model, (vd_near){post->from_s, post->to_s, -1 - p, 0, VD_BLOCKED_BY_NOBODY});
}

static int compare_nears(const void *a, const void *b) {
  const vd_near *x = a, *y = b;
  if (x->enter_s != y->enter_s) return x->enter_s < y->enter_s ? -1 : 1;
  if (x->beat != y->beat) return x->beat < y->beat ? -1 : 1;
  if (x->occurrence != y->occurrence) return x->occurrence < y->occurrence ? -1 : 1;
  return (x->leave_s > y->leave_s) - (x->leave_s < y->leave_s);
}

vd_near *vd_cell_nears(const vd_study *study, vd_arena *scratch, size_t t, size_t *n) {
  near_list list = {.arena = scratch};
  for (int32_t i = study->post_start[t]; i < study->post_start[t + 1]; i++)
    add_post(&list, study->model, study->posts[i]);
  for (int32_t i = study->pass_start[t]; i < study->pass_start[t + 1]; i++)
    add_pass(&list, study->model, &study->passes[i]);
  if (list.n > 1) qsort(list.items, list.n, sizeof *list.items, compare_nears);
  *n = list.n;
  return list.items;
}

vd_near *vd_place_nears(const vd_study *study, vd_arena *scratch, double lon_deg, double lat_deg, size_t *n) {
  const vd_model *model = study->model;
  near_list list = {.arena = scratch};
  double xy[2] = {lon_deg, lat_deg};
  vd_landscape_to_plane(study->land, xy, xy, 1);
  for (size_t p = 0; p < model->n_posts; p++) {
    if (zone_holds(&model->posts[p], lon_deg, lat_deg)) add_post(&list, model, (int32_t)p);
  }
  for (size_t b = 0; b < model->n_beats; b++) {
    const vd_beat *beat = &model->beats[b];
    size_t n_visits;
    const vd_visit *visits = vd_presence_passes(scratch, beat->track, beat->n_track, xy[0], xy[1],
                                                beat->influence_m, (int32_t)b, &n_visits);
    for (size_t i = 0; i < n_visits; i++)
      add_pass(&list, model, &(vd_pass){(int32_t)b, visits[i].enter_s, visits[i].leave_s});
  }
  if (list.n > 1) qsort(list.items, list.n, sizeof *list.items, compare_nears);
  *n = list.n;
  return list.items;
}

bool vd_near_counts(const vd_model *model, const vd_near *near, int32_t lifted) {
  if (near->beat >= 0 && !model->parties[model->beats[near->beat].party].counts) return false;
  return near->blocker == VD_BLOCKED_BY_NOBODY || lifted == VD_LIFT_ALL || near->blocker == lifted;
}
