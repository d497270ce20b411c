/* window: a real window for the app, through SDL.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLATFORM_WINDOW_H
#define VEDETTE_PLATFORM_WINDOW_H

#include <stdatomic.h>

#include "vedette/base/status.h"
#include "vedette/draw/text.h"

typedef struct vd_window_options {
  const char *path;        /* the plan */
  int width_px, height_px; /* 0: most of the screen */
  bool mirror;
  const atomic_bool *stop; /* looked at about once a second: closes the window; NULL never */
} vd_window_options;

/* Opens the plan in a window and returns when the user closes it. VD_ERR_IO says so when there is no display. */
vd_status vd_window_run(vd_draw *draw, const vd_window_options *options);

#endif
