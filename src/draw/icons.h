/* icons: loaded drawings and their pixels, one set a thread.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_ICONS_H
#define VEDETTE_DRAW_ICONS_H

#include <cairo.h>
#include <stdbool.h>

#include "vedette/base/status.h"
#include "vedette/draw/canvas.h"

typedef struct vd_icons vd_icons;
vd_icons *vd_icons_new(void);
void vd_icons_free(vd_icons *icons);
/* Width by height of the drawing; 1 when unknown. VD_ERR_NOT_FOUND or VD_ERR_INPUT when it cannot be drawn. */
vd_status vd_icons_aspect(vd_icons *icons, const char *name, double *aspect);
/* Draws into `rect` of cr's user space. With `vector` as paths; else as pixels on whole pixels, kept for the next time. */
vd_status vd_icons_paint(vd_icons *icons, cairo_t *cr, const char *name, vd_rect rect, vd_rgba tint,
                         bool vector);

#endif
