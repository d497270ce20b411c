/* headless: opening, playing, drawing into memory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/headless.h"

#include <stdio.h>

#include "app/script.h"
#include "vedette/base/i18n.h"
#include "vedette/draw/surface.h"

static vd_status write_picture(vd_draw *draw, const vd_canvas *picture, int width, int height,
                               const char *path) {
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  VD_TRY(vd_surface_new(width, height, &surface));
  vd_surface_fill(surface, VD_WHITE);
  VD_TRY(vd_canvas_render(draw, picture, &(vd_view){.px_per_mm = 1}, surface));
  return vd_surface_write_png(surface, path);
}

typedef struct headless {
  vd_draw *draw;
  const char *shot; /* for the picture at the end; NULL: named by the script */
} headless;

static vd_status shot(void *context, const char *name, const vd_canvas *picture, int width, int height) {
  const headless *h = context;
  char path[256];
  if (h->shot) return write_picture(h->draw, picture, width, height, h->shot);
  snprintf(path, sizeof path, "%s.png", name);
  return write_picture(h->draw, picture, width, height, path);
}

static void print(void *context, const char *text) {
  (void)context;
  fputs(text, stdout);
}

vd_status vd_headless_run(vd_draw *draw, const vd_headless_options *options) {
  VD_CLEANUP(vd_app_cleanup) vd_app *app = NULL;
  vd_app_host outside = {0};
  vd_app_options app_options = {.path = options->path, .workers = 0, .mirror = options->mirror};
  VD_TRY(vd_app_open(&outside, draw, &app_options, &app));
  headless h = {draw, NULL};
  vd_script_host host = {&h, shot, print};
  VD_TRY(vd_script_play(app, &host, options->width_px, options->height_px, "", ""));
  if (options->select) VD_TRY(vd_app_select(app, options->select));
  if (options->script) VD_TRY(vd_script_play(app, &host, 0, 0, options->script_name, options->script));
  h.shot = options->shot;
  if (!options->shot) return VD_OK;
  return vd_script_play(app, &host, 0, 0, "", "shot it");
}
