/* headless: the window without a display: played by a script, left as a picture.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_APP_HEADLESS_H
#define VEDETTE_APP_HEADLESS_H

#include "app/app.h"

typedef struct vd_headless_options {
  const char *path;                 /* the plan */
  int width_px, height_px;          /* of the window */
  bool mirror;                      /* right to left */
  const char *select;               /* "G-01", a place, coordinates; NULL nothing */
  const char *script_name, *script; /* its name for messages, its text; NULL none */
  const char *shot;                 /* where the last picture goes; NULL nowhere */
} vd_headless_options;

/* Opens the plan, works everything out, plays the script, writes the picture (PNG). The script's own shots go to NAME.png
 * in the working folder, what it prints to standard output. */
vd_status vd_headless_run(vd_draw *draw, const vd_headless_options *options);

#endif
