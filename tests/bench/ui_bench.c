/* ui_bench: what the window costs at 1920 x 1080: a pass, a typed character, a frame of panning with its damage.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Usage: bench_ui_bench [PLAN.gpkg]     without one: the fixture plan of the tests. Build with the release preset. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <time.h>

#include "app/app.h"
#include "ui_plan.h"
#include "vedette/draw/surface.h"
#include "vedette/geo/start.h"

enum { WIDTH = 1920, HEIGHT = 1080, CELL_PX = 64, FRAMES = 120 };

typedef struct bench {
  vd_draw *draw;
  vd_app *app;
  vd_surface *surface;
  vd_arena *arenas[2];
  int turn;
  vd_damage shown;
  int64_t now_ms;
  double pass_ms, damage_ms, raster_ms; /* sums */
  long cells;
} bench;

/* Time of this thread alone: other programs do not count. */
static double clock_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* One event as the window handles it: the pass, the damage, the raster of what changed. */
static vd_status frame(bench *b, vd_event event, int step_ms) {
  event.time_ms = b->now_ms += step_ms;
  double t0 = clock_ms();
  const vd_canvas *canvas = vd_app_pass(b->app, &event);
  double t1 = clock_ms();
  b->turn = !b->turn;
  vd_arena_free(b->arenas[b->turn]);
  vd_arena *arena = b->arenas[b->turn] = vd_arena_new();
  vd_view view = {.px_per_mm = 1};
  vd_damage now = vd_canvas_damage(b->draw, canvas, &view, WIDTH, HEIGHT, CELL_PX, arena);
  vd_cells cells = vd_damage_changed(b->shown.hash ? &b->shown : NULL, &now, arena);
  double t2 = clock_ms();
  VD_TRY(vd_canvas_render_cells(b->draw, canvas, &view, cells, VD_WHITE, b->surface));
  double t3 = clock_ms();
  b->shown = now;
  b->pass_ms += t1 - t0;
  b->damage_ms += t2 - t1;
  b->raster_ms += t3 - t2;
  b->cells += cells.n;
  return VD_OK;
}

static void report(bench *b, const char *what, int n) {
  printf("%-28s pass %7.3f ms   damage %7.3f ms   raster %7.3f ms   %5.0f cells\n", what, b->pass_ms / n,
         b->damage_ms / n, b->raster_ms / n, (double)b->cells / n);
  b->pass_ms = b->damage_ms = b->raster_ms = 0;
  b->cells = 0;
}

static vd_status rest(bench *b) {
  for (int i = 0; i < 400 && (i < 2 || !vd_app_idle(b->app)); i++)
    VD_TRY(frame(b, (vd_event){.type = VD_EVENT_NONE}, 200));
  b->pass_ms = b->damage_ms = b->raster_ms = 0;
  b->cells = 0;
  return VD_OK;
}

static vd_status mouse(bench *b, vd_event_type type, double x, double y) {
  return frame(b, (vd_event){.type = type, .x = x, .y = y, .button = VD_MOUSE_LEFT, .clicks = 1}, 16);
}

static vd_status measure(bench *b) {
  VD_TRY(rest(b));
  for (int i = 0; i < FRAMES; i++) VD_TRY(frame(b, (vd_event){.type = VD_EVENT_NONE}, 1));
  report(b, "a pass without change", FRAMES);
  for (int i = 0; i < FRAMES; i++) VD_TRY(mouse(b, VD_EVENT_MOUSE_MOVE, 700 + i, 300));
  report(b, "the mouse over the map", FRAMES);
  const vd_node *search = vd_nodes_find(vd_app_nodes(b->app), VD_ROLE_TEXTBOX, "Search");
  double x = search->rect.x + 20, y = search->rect.y + 10;
  VD_TRY(mouse(b, VD_EVENT_MOUSE_DOWN, x, y));
  VD_TRY(mouse(b, VD_EVENT_MOUSE_UP, x, y));
  VD_TRY(rest(b));
  for (int i = 0; i < 40; i++) VD_TRY(frame(b, (vd_event){.type = VD_EVENT_TEXT, .text = "x"}, 1));
  report(b, "one typed character", 40);
  VD_TRY(mouse(b, VD_EVENT_MOUSE_DOWN, 1100, 400));
  VD_TRY(rest(b));
  /* To and fro inside what is drawn already: what a hand feels while it drags. */
  for (int i = 0; i < FRAMES; i++)
    VD_TRY(mouse(b, VD_EVENT_MOUSE_MOVE, 1100 - 3 * (i < FRAMES / 2 ? i : FRAMES - i), 400));
  VD_TRY(mouse(b, VD_EVENT_MOUSE_UP, 1100, 400));
  report(b, "a frame of panning", FRAMES);
  return VD_OK;
}

static vd_status run(const char *path, vd_arena *arena) {
  VD_CLEANUP(vd_draw_cleanup) vd_draw *draw = NULL;
  VD_CLEANUP(vd_app_cleanup) vd_app *app = NULL;
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  VD_TRY(vd_geo_start());
  VD_TRY(vd_draw_open(&draw));
  const char *folder = path ? NULL : scratch_make(arena);
  if (!path) {
    path = vd_str_printf(arena, "%s/plan.gpkg", folder);
    VD_TRY(ui_plan_write(path));
  }
  vd_app_host host = {0};
  VD_TRY(vd_app_open(&host, draw, &(vd_app_options){.path = path}, &app));
  VD_TRY(vd_surface_new(WIDTH, HEIGHT, &surface));
  vd_app_resize(app, WIDTH, HEIGHT, 1);
  bench b = {.draw = draw, .app = app, .surface = surface};
  vd_status status = measure(&b);
  vd_arena_free(b.arenas[0]);
  vd_arena_free(b.arenas[1]);
  if (folder) scratch_remove(arena, folder);
  return status;
}

int main(int argc, char **argv) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (run(argc > 1 ? argv[1] : NULL, arena) == VD_OK) return 0;
  fprintf(stderr, "%s\n", vd_last_message());
  return 1;
}
