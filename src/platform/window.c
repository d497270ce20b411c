/* window: the loop of a real window: wait, one event a pass, redraw what changed.
 * SPDX-License-Identifier: Apache-2.0 */
#include "platform/window.h"

#include <SDL.h>
#include <math.h>

#include "app/app.h"
#include "platform/events.h"
#include "platform/present.h"
#include "vedette/base/i18n.h"

enum { CELL_PX = 64 };

typedef struct window {
  SDL_Window *sdl;
  vd_draw *draw;
  vd_present *present;
  vd_app *app;
  SDL_Cursor *cursors[VD_CURSOR_SIZE_Y + 1];
  vd_cursor cursor;
  bool typing;
  const atomic_bool *stop;
  char *clipboard;
  Uint32 wake_event;
  /* Damage of the picture on screen; two arenas take turns. */
  vd_arena *arenas[2];
  int turn;
  vd_damage shown;
  bool has_shown;
} window;

static void release(window *w) {
  vd_app_free(w->app);
  vd_present_free(w->present);
  for (size_t i = 0; i < sizeof w->cursors / sizeof *w->cursors; i++) {
    if (w->cursors[i]) SDL_FreeCursor(w->cursors[i]);
  }
  SDL_free(w->clipboard);
  vd_arena_free(w->arenas[0]);
  vd_arena_free(w->arenas[1]);
  if (w->sdl) SDL_DestroyWindow(w->sdl);
  SDL_Quit();
}

/* ---- what the app asks for ---- */

static void wake(void *context) {
  SDL_Event event = {.type = ((window *)context)->wake_event};
  SDL_PushEvent(&event);
}

static const char *read_clipboard(void *context) {
  window *w = context;
  SDL_free(w->clipboard);
  w->clipboard = SDL_GetClipboardText();
  return w->clipboard;
}

static void write_clipboard(void *context, const char *text) {
  (void)context;
  SDL_SetClipboardText(text);
}

/* ---- opening ---- */

static vd_status open_window(window *w, const vd_window_options *options) {
  /* The window's own pixels: with the default hint each frame goes through a texture and costs 5-15 ms. */
  SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
  if (SDL_Init(SDL_INIT_VIDEO) != 0) {
    return vd_fail(VD_ERR_IO,
                   _("no display to open a window on (%s); the commands work without one: vedette --help"),
                   SDL_GetError());
  }
  SDL_Rect screen = {0, 0, 1440, 900};
  SDL_GetDisplayUsableBounds(0, &screen);
  int width = options->width_px > 0 ? options->width_px : screen.w * 9 / 10;
  int height = options->height_px > 0 ? options->height_px : screen.h * 9 / 10;
  w->sdl = SDL_CreateWindow("vedette", SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height,
                            SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
  if (!w->sdl) return vd_fail(VD_ERR_IO, _("the window could not be opened: %s"), SDL_GetError());
  SDL_SetWindowMinimumSize(w->sdl, 800, 500);
  w->wake_event = SDL_RegisterEvents(1);
  return vd_present_new(w->sdl, &w->present);
}

static double pixels_per_point(const window *w, const vd_surface *surface) {
  int width, height;
  SDL_GetWindowSize(w->sdl, &width, &height);
  return width > 0 ? (double)vd_surface_width(surface) / width : 1;
}

/* How large the interface is drawn: the screen's pixel density, in steps of a quarter. */
static double interface_scale(const window *w, double per_point) {
  float dpi = 96;
  if (SDL_GetDisplayDPI(SDL_GetWindowDisplayIndex(w->sdl), NULL, &dpi, NULL) != 0 || dpi < 100)
    return per_point;
  double scale = round((double)dpi / 96 * 4) / 4;
  return scale > per_point ? fmin(scale, 3) : per_point;
}

/* ---- the loop ---- */

static vd_status redraw(window *w, const vd_canvas *canvas) {
  vd_surface *surface;
  bool resized;
  vd_view view = {.px_per_mm = 1};
  VD_TRY(vd_present_surface(w->present, &surface, &resized));
  w->turn = !w->turn;
  vd_arena_free(w->arenas[w->turn]);
  w->arenas[w->turn] = vd_arena_new();
  vd_arena *arena = w->arenas[w->turn];
  vd_damage now = vd_canvas_damage(w->draw, canvas, &view, vd_surface_width(surface),
                                   vd_surface_height(surface), CELL_PX, arena);
  vd_cells cells = vd_damage_changed(w->has_shown && !resized ? &w->shown : NULL, &now, arena);
  VD_TRY(vd_canvas_render_cells(w->draw, canvas, &view, cells, VD_WHITE, surface));
  VD_TRY(vd_present_show(w->present, cells));
  w->shown = now;
  w->has_shown = true;
  return VD_OK;
}

static void show_state(window *w) {
  static const SDL_SystemCursor shapes[] = {SDL_SYSTEM_CURSOR_ARROW,     SDL_SYSTEM_CURSOR_HAND,
                                            SDL_SYSTEM_CURSOR_IBEAM,     SDL_SYSTEM_CURSOR_SIZEALL,
                                            SDL_SYSTEM_CURSOR_CROSSHAIR, SDL_SYSTEM_CURSOR_SIZEWE,
                                            SDL_SYSTEM_CURSOR_SIZENS};
  vd_cursor cursor = vd_app_cursor(w->app);
  if (cursor != w->cursor || !w->cursors[cursor]) {
    if (!w->cursors[cursor]) w->cursors[cursor] = SDL_CreateSystemCursor(shapes[cursor]);
    if (w->cursors[cursor]) SDL_SetCursor(w->cursors[cursor]);
    w->cursor = cursor;
  }
  bool typing = vd_app_wants_text(w->app);
  if (typing != w->typing) (typing ? SDL_StartTextInput : SDL_StopTextInput)();
  w->typing = typing;
  const char *title = vd_app_title(w->app);
  if (SDL_strcmp(SDL_GetWindowTitle(w->sdl), title) != 0) SDL_SetWindowTitle(w->sdl, title);
}

/* The next event; of several mouse moves in a row only the last. */
static bool next_event(window *w, SDL_Event *event) {
  int64_t wait_ms = vd_app_wake_ms(w->app);
  if (wait_ms != INT64_MAX) wait_ms -= (int64_t)SDL_GetTicks64();
  int timeout = wait_ms > 1000 ? 1000 : wait_ms < 0 ? 0 : (int)wait_ms;
  if (!SDL_WaitEventTimeout(event, timeout)) return false;
  SDL_Event later;
  while (event->type == SDL_MOUSEMOTION &&
         SDL_PeepEvents(&later, 1, SDL_PEEKEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT) == 1 &&
         later.type == SDL_MOUSEMOTION) {
    SDL_PollEvent(event);
  }
  return true;
}

static vd_status one_pass(window *w) {
  SDL_Event sdl;
  vd_surface *surface;
  bool resized;
  vd_event event = {.type = VD_EVENT_NONE, .time_ms = (int64_t)SDL_GetTicks64()};
  bool any = next_event(w, &sdl);
  event.time_ms = (int64_t)SDL_GetTicks64();
  if (any && sdl.type == SDL_QUIT) vd_app_close(w->app);
  if (w->stop && atomic_load(w->stop)) vd_app_close(w->app);
  if (any && sdl.type == SDL_WINDOWEVENT && sdl.window.event == SDL_WINDOWEVENT_FOCUS_GAINED)
    vd_app_activate(w->app);
  if (any && sdl.type == SDL_WINDOWEVENT && sdl.window.event == SDL_WINDOWEVENT_EXPOSED) w->has_shown = false;
  VD_TRY(vd_present_surface(w->present, &surface, &resized));
  if (resized) w->has_shown = false;
  double per_point = pixels_per_point(w, surface);
  vd_app_resize(w->app, vd_surface_width(surface), vd_surface_height(surface), interface_scale(w, per_point));
  if (any) {
    vd_event translated;
    if (vd_event_from_sdl(&sdl, per_point, &translated)) event = translated;
  }
  const vd_canvas *canvas = vd_app_pass(w->app, &event);
  show_state(w);
  /* With more input waiting the picture is not needed yet. */
  if (SDL_HasEvents(SDL_MOUSEMOTION, SDL_MOUSEWHEEL)) return VD_OK;
  return redraw(w, canvas);
}

vd_status vd_window_run(vd_draw *draw, const vd_window_options *options) {
  VD_CLEANUP(release) window w = {.draw = draw, .stop = options->stop};
  VD_TRY(open_window(&w, options));
  vd_app_host host = {&w, wake, read_clipboard, write_clipboard};
  vd_app_options app = {
      .path = options->path, .workers = SDL_max(1, SDL_GetCPUCount() - 1), .mirror = options->mirror};
  VD_TRY(vd_app_open(&host, draw, &app, &w.app));
  SDL_StopTextInput();
  while (!vd_app_ended(w.app)) VD_TRY(one_pass(&w));
  return VD_OK;
}
