/* tiles: the lattice, the cache and the tasks.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/tiles.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TILES = 384 };

typedef struct tile {
  vd_task task; /* first: the task is the tile */
  vd_tiles *set;
  double m_per_px;
  int64_t column, row; /* of the plane's lattice, row 0 south of y = 0, upwards */
  uint64_t generation; /* of what it shows */
  uint64_t used;       /* the draw that last wanted it */
  uint64_t version;    /* of its pixels, for damage */
  double px_per_mm;
  vd_surface *surface, *fresh; /* shown; just drawn by the task */
  bool failed;
  char trouble[160];
} tile;

struct vd_tiles {
  vd_queue *queue;
  vd_draw *const *draws;
  vd_tile_drawing *drawing;
  const vd_map_data *data;
  vd_map_options options;
  uint64_t generation, turn, version;
  tile *tiles[MAX_TILES];
  int n;
  const char *trouble;
};

vd_tiles *vd_tiles_new(vd_queue *queue, vd_draw *const *draws, vd_tile_drawing *drawing) {
  vd_tiles *set = calloc(1, sizeof *set);
  if (!set) abort();
  *set = (vd_tiles){.queue = queue, .draws = draws, .drawing = drawing, .options = vd_map_options_default()};
  return set;
}

static void drop(vd_tiles *set, int i) {
  tile *t = set->tiles[i];
  vd_queue_remove(set->queue, &t->task);
  vd_surface_free(t->surface);
  vd_surface_free(t->fresh);
  free(t);
  set->tiles[i] = set->tiles[--set->n];
}

void vd_tiles_free(vd_tiles *set) {
  if (!set) return;
  while (set->n) drop(set, set->n - 1);
  free(set);
}

/* ---- drawing one tile, on a worker ---- */

static vd_status draw_tile(tile *t, int worker) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  VD_TRY(vd_surface_new(VD_TILE_PX, VD_TILE_PX, &surface));
  double side_m = VD_TILE_PX * t->m_per_px, side_mm = VD_TILE_PX / t->px_per_mm;
  vd_map_view view = {((double)t->column + 0.5) * side_m, ((double)t->row + 0.5) * side_m, side_mm / side_m,
                      side_mm, side_mm};
  vd_canvas *canvas = vd_canvas_new(arena);
  t->set->drawing(t->set->data, &view, &t->set->options, canvas, NULL);
  vd_view eye = {.px_per_mm = t->px_per_mm, .cancel = &t->task.cancel};
  VD_TRY(vd_canvas_render(t->set->draws[worker], canvas, &eye, surface));
  t->fresh = surface;
  surface = NULL;
  return VD_OK;
}

static void run_tile(vd_task *task, int worker) {
  tile *t = (tile *)task;
  vd_status status = draw_tile(t, worker);
  t->failed = status != VD_OK && status != VD_ERR_CANCELLED;
  if (t->failed) snprintf(t->trouble, sizeof t->trouble, "%s", vd_last_message());
}

/* ---- the cache ---- */

/* Takes over what a finished task has drawn. */
static void collect(vd_tiles *set, tile *t) {
  if (atomic_load(&t->task.state) != VD_TASK_DONE) return;
  if (t->fresh) {
    vd_surface_free(t->surface);
    t->surface = t->fresh;
    t->fresh = NULL;
    t->version = ++set->version;
  }
  if (t->failed) set->trouble = t->trouble;
  atomic_store(&t->task.state, VD_TASK_IDLE);
}

void vd_tiles_show(vd_tiles *set, const vd_map_data *data, const vd_map_options *options, bool forget) {
  for (int i = set->n - 1; i >= 0; i--) {
    vd_queue_remove(set->queue, &set->tiles[i]->task);
    collect(set, set->tiles[i]);
    if (forget) drop(set, i);
  }
  set->data = data;
  set->options = *options;
  set->generation++;
  set->trouble = NULL;
}

const char *vd_tiles_trouble(const vd_tiles *set) {
  return set->trouble;
}

static tile *find(vd_tiles *set, double m_per_px, int64_t column, int64_t row) {
  for (int i = 0; i < set->n; i++) {
    tile *t = set->tiles[i];
    if (t->column == column && t->row == row && t->m_per_px == m_per_px) return t;
  }
  return NULL;
}

/* Makes room by dropping the tile that was unused longest. */
static void make_room(vd_tiles *set) {
  int oldest = 0;
  if (set->n < MAX_TILES) return;
  for (int i = 1; i < set->n; i++) {
    if (set->tiles[i]->used < set->tiles[oldest]->used) oldest = i;
  }
  drop(set, oldest);
}

static tile *add(vd_tiles *set, double m_per_px, double px_per_mm, int64_t column, int64_t row) {
  make_room(set);
  tile *t = calloc(1, sizeof *t);
  if (!t) return NULL;
  *t = (tile){.task = {.run = run_tile},
              .set = set,
              .m_per_px = m_per_px,
              .column = column,
              .row = row,
              .px_per_mm = px_per_mm};
  set->tiles[set->n++] = t;
  return t;
}

/* ---- a view ---- */

typedef struct frame {
  vd_tiles *set;
  vd_rect where;
  vd_canvas *canvas;
  double m_per_px, left_m, top_m; /* of the view's upper-left corner */
} frame;

static vd_rect place(const frame *f, const tile *t) {
  double side_m = VD_TILE_PX * t->m_per_px, side = side_m / f->m_per_px;
  double x = ((double)t->column * side_m - f->left_m) / f->m_per_px;
  double y = (f->top_m - ((double)t->row + 1) * side_m) / f->m_per_px;
  /* At the tile's own scale pixels fall on pixels. */
  if (t->m_per_px == f->m_per_px)
    return (vd_rect){round(f->where.x + x), round(f->where.y + y), VD_TILE_PX, VD_TILE_PX};
  return (vd_rect){f->where.x + x, f->where.y + y, side, side};
}

static void put(const frame *f, tile *t, vd_rect at) {
  bool exact = t->m_per_px == f->m_per_px;
  t->used = f->set->turn;
  vd_canvas_surface(f->canvas, t->surface, t->version, at, exact ? VD_SAMPLE_NEAREST : VD_SAMPLE_SMOOTH);
}

static bool overlap(vd_rect a, vd_rect b) {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Fills the place of a missing tile from the tiles of the scale most like the wanted one. */
static void stand_in(frame *f, vd_rect at) {
  double best = INFINITY, scale = 0;
  for (int i = 0; i < f->set->n; i++) {
    const tile *t = f->set->tiles[i];
    double unlike = fabs(log(t->m_per_px / f->m_per_px));
    if (!t->surface || t->m_per_px == f->m_per_px || unlike >= best || !overlap(place(f, t), at)) continue;
    best = unlike;
    scale = t->m_per_px;
  }
  if (scale == 0) return;
  vd_canvas_save(f->canvas);
  vd_canvas_clip_rect(f->canvas, at.x, at.y, at.w, at.h);
  for (int i = 0; i < f->set->n; i++) {
    tile *t = f->set->tiles[i];
    if (t->surface && t->m_per_px == scale && overlap(place(f, t), at)) put(f, t, place(f, t));
  }
  vd_canvas_restore(f->canvas);
}

/* One tile of the wanted scale; false when it is not exact yet. */
static bool draw_wanted(frame *f, double px_per_mm, int64_t column, int64_t row, bool settled) {
  vd_tiles *set = f->set;
  tile *t = find(set, f->m_per_px, column, row);
  if (!t && settled) t = add(set, f->m_per_px, px_per_mm, column, row);
  const tile wanted = {.m_per_px = f->m_per_px, .column = column, .row = row};
  vd_rect at = place(f, &wanted);
  if (!t) {
    stand_in(f, at);
    return false;
  }
  collect(set, t);
  t->used = set->turn;
  double dx = at.x + at.w / 2 - f->where.x - f->where.w / 2,
         dy = at.y + at.h / 2 - f->where.y - f->where.h / 2;
  t->task.rank = dx * dx + dy * dy;
  bool stale = t->generation != set->generation, idle = atomic_load(&t->task.state) == VD_TASK_IDLE;
  if (stale && idle && settled) {
    t->generation = set->generation;
    vd_queue_add(set->queue, &t->task);
    collect(set, t);
  }
  if (t->surface) {
    put(f, t, at);
  } else {
    stand_in(f, at);
  }
  bool made = t->surface || t->failed; /* a failed tile is not tried again: trouble tells why */
  return made && t->generation == set->generation && atomic_load(&t->task.state) == VD_TASK_IDLE;
}

/* Tiles that wait but are no longer in sight give way. */
static void forget_unwanted(vd_tiles *set) {
  for (int i = 0; i < set->n; i++) {
    tile *t = set->tiles[i];
    if (t->used == set->turn || atomic_load(&t->task.state) != VD_TASK_WAITING) continue;
    vd_queue_remove(set->queue, &t->task);
    collect(set, t);
    t->generation = 0;
  }
}

bool vd_tiles_draw(vd_tiles *set, const vd_map_view *view, double px_per_mm, vd_rect where, bool settled,
                   vd_canvas *canvas) {
  if (!set->data || !(view->mm_per_m > 0)) return false;
  double m_per_px = 1 / (view->mm_per_m * px_per_mm), side_m = VD_TILE_PX * m_per_px;
  frame f = {set,
             where,
             canvas,
             m_per_px,
             view->centre_x_m - where.w / 2 * m_per_px,
             view->centre_y_m + where.h / 2 * m_per_px};
  bool exact = true;
  set->turn++;
  vd_canvas_save(canvas);
  vd_canvas_clip_rect(canvas, where.x, where.y, where.w, where.h);
  int64_t column0 = (int64_t)floor(f.left_m / side_m),
          column1 = (int64_t)floor((f.left_m + where.w * m_per_px) / side_m);
  int64_t row1 = (int64_t)floor(f.top_m / side_m),
          row0 = (int64_t)floor((f.top_m - where.h * m_per_px) / side_m);
  for (int64_t row = row0; row <= row1; row++) {
    for (int64_t column = column0; column <= column1; column++)
      exact &= draw_wanted(&f, px_per_mm, column, row, settled);
  }
  vd_canvas_restore(canvas);
  forget_unwanted(set);
  return exact;
}
