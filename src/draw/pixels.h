/* pixels: what a surface is inside draw.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_DRAW_PIXELS_H
#define VEDETTE_DRAW_PIXELS_H

#include <cairo.h>

#include "vedette/draw/surface.h"

struct vd_surface {
  cairo_surface_t *cairo;
};

/* The failure a cairo status stands for; VD_OK for success. */
vd_status vd_cairo_status(cairo_status_t status);
/* For VD_CLEANUP; NULL is fine. */
void vd_cairo_cleanup(cairo_t **cr);
void vd_cairo_surface_cleanup(cairo_surface_t **surface);

#endif
