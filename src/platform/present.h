/* present: pixels of the window's own, or a streaming texture where the window has none.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLATFORM_PRESENT_H
#define VEDETTE_PLATFORM_PRESENT_H

#include <SDL.h>

#include "vedette/draw/surface.h"

typedef struct vd_present vd_present;
vd_status vd_present_new(SDL_Window *window, vd_present **out);
void vd_present_free(vd_present *present);
/* The picture of the window; what was on screen stays in it. Its size follows the window. Borrowed until the next call. */
vd_status vd_present_surface(vd_present *present, vd_surface **surface, bool *resized);
/* Shows the given cells of the surface. */
vd_status vd_present_show(vd_present *present, vd_cells cells);

#endif
