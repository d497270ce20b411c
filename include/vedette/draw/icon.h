/* icon: where the program's own files are, and the drawings among them.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Icons are drawn with vd_canvas_icon; librsvg renders them, vector in PDF and SVG. */
#ifndef VEDETTE_DRAW_ICON_H
#define VEDETTE_DRAW_ICON_H

#include "vedette/base/arena.h"
#include "vedette/base/status.h"
#include "vedette/draw/text.h"

/* The path of assets/<name> ("icons/save.svg"): in $VEDETTE_ASSETS when that is set, else in the
 * source tree the program was built from, else in share/vedette beside the program or where it was installed.
 * VD_ERR_NOT_FOUND with a sentence naming the places looked at. `name` may be "" for the folder itself. */
vd_status vd_assets_path(vd_arena *arena, const char *name, const char **path);

/* VD_OK when "icons/save" can be drawn; else a sentence that says what is wrong with the file. */
vd_status vd_icon_check(vd_draw *draw, const char *name);
/* Width divided by height of the drawing; 1 when there is none. */
double vd_icon_aspect(vd_draw *draw, const char *name);

#endif
