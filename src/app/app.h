/* app: the window as a function of state and events; what is outside comes through a small struct of functions.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_APP_APP_H
#define VEDETTE_APP_APP_H

#include "ui/ui.h"
#include "vedette/base/status.h"

/* The surroundings. `wake` may be called from any thread: a pass without input should come soon. */
typedef struct vd_app_host {
  void *context;
  void (*wake)(void *context);
  const char *(*read_clipboard)(void *context);
  void (*write_clipboard)(void *context, const char *text);
} vd_app_host;

typedef struct vd_app_options {
  const char *path; /* the plan */
  int workers;      /* background threads; 0: everything inline, for tests and pictures */
  bool mirror;      /* right to left */
} vd_app_options;

typedef struct vd_app vd_app;
/* Opens the plan and starts the study in the background. `draw` is borrowed. Caller frees, which closes the plan. */
vd_status vd_app_open(const vd_app_host *host, vd_draw *draw, const vd_app_options *options, vd_app **app);
void vd_app_free(vd_app *app);
void vd_app_cleanup(vd_app **app);
void vd_app_resize(vd_app *app, double width_px, double height_px, double scale);
/* Handles one event (and the passes it asks for) and returns the picture: borrowed until the next call. */
vd_canvas *vd_app_pass(vd_app *app, const vd_event *event);
/* When the next pass should come by itself, in ms of the events' clock; INT64_MAX: when something happens. */
int64_t vd_app_wake_ms(const vd_app *app);
vd_cursor vd_app_cursor(const vd_app *app);
bool vd_app_wants_text(const vd_app *app);
/* The window's title, borrowed. */
const char *vd_app_title(const vd_app *app);
/* Chooses a gap by its name ("G-01"), or a place by name, coordinates or grid reference. */
vd_status vd_app_select(vd_app *app, const char *text);
/* The window has the keyboard again: takes over what other programs changed in the plan meanwhile. */
void vd_app_activate(vd_app *app);
bool vd_app_ended(const vd_app *app); /* the user closed it */
void vd_app_close(vd_app *app);       /* asks it to end */
/* Nothing is under way in the background and the picture is exact. */
bool vd_app_idle(const vd_app *app);
/* What is on screen, by role and name. */
const vd_nodes *vd_app_nodes(const vd_app *app);

#endif
