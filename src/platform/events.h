/* events: SDL's events as the kit's.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_PLATFORM_EVENTS_H
#define VEDETTE_PLATFORM_EVENTS_H

#include <SDL.h>

#include "ui/ui.h"

/* False for what the kit does not know. `pixels_per_point` turns SDL's mouse coordinates into pixels. */
bool vd_event_from_sdl(const SDL_Event *sdl, double pixels_per_point, vd_event *event);

#endif
