/* present: the two ways of putting pixels on the screen.
 * SPDX-License-Identifier: Apache-2.0
 *
 * We draw into a buffer of our own and copy the changed cells: the window's surface may be invalid after any resize, and
 * a copy of some cells costs microseconds. */
#include "platform/present.h"

#include <stdlib.h>
#include <string.h>

#include "vedette/base/i18n.h"

struct vd_present {
  SDL_Window *window;
  SDL_Renderer *renderer; /* NULL: the window's own surface is used */
  SDL_Texture *texture;
  vd_surface *surface;
};

vd_status vd_present_new(SDL_Window *window, vd_present **out) {
  vd_present *present = calloc(1, sizeof *present);
  if (!present) return vd_fail(VD_ERR_MEMORY, _("not enough memory for the window"));
  present->window = window;
  /* Wayland has no window framebuffer worth the name; a streaming texture is quicker there. */
  const char *driver = SDL_GetCurrentVideoDriver();
  if (driver && strcmp(driver, "wayland") == 0) present->renderer = SDL_CreateRenderer(window, -1, 0);
  if (!present->renderer && !SDL_GetWindowSurface(window))
    present->renderer = SDL_CreateRenderer(window, -1, 0);
  if (!present->renderer && !SDL_GetWindowSurface(window)) {
    free(present);
    return vd_fail(VD_ERR_IO, _("the window cannot be drawn: %s"), SDL_GetError());
  }
  *out = present;
  return VD_OK;
}

void vd_present_free(vd_present *present) {
  if (!present) return;
  vd_surface_free(present->surface);
  if (present->texture) SDL_DestroyTexture(present->texture);
  if (present->renderer) SDL_DestroyRenderer(present->renderer);
  free(present);
}

static void size_of(const vd_present *present, int *width, int *height) {
  if (present->renderer) {
    SDL_GetRendererOutputSize(present->renderer, width, height);
    return;
  }
  SDL_Surface *own = SDL_GetWindowSurface(present->window);
  *width = own ? own->w : 1;
  *height = own ? own->h : 1;
}

static vd_status resize(vd_present *present, int width, int height) {
  vd_surface *surface;
  VD_TRY(vd_surface_new(width, height, &surface));
  vd_surface_free(present->surface);
  present->surface = surface;
  if (!present->renderer) return VD_OK;
  if (present->texture) SDL_DestroyTexture(present->texture);
  present->texture = SDL_CreateTexture(present->renderer, SDL_PIXELFORMAT_ARGB8888,
                                       SDL_TEXTUREACCESS_STREAMING, width, height);
  if (!present->texture) return vd_fail(VD_ERR_IO, _("the window cannot be drawn: %s"), SDL_GetError());
  return VD_OK;
}

vd_status vd_present_surface(vd_present *present, vd_surface **surface, bool *resized) {
  int width, height;
  size_of(present, &width, &height);
  *resized = !present->surface || vd_surface_width(present->surface) != width ||
             vd_surface_height(present->surface) != height;
  if (*resized) VD_TRY(resize(present, width, height));
  *surface = present->surface;
  return VD_OK;
}

static SDL_Rect rect_of(const vd_present *present, vd_cells cells, int i) {
  SDL_Rect rect = {cells.cell[2 * i] * cells.cell_px, cells.cell[2 * i + 1] * cells.cell_px, cells.cell_px,
                   cells.cell_px};
  rect.w = SDL_min(rect.w, vd_surface_width(present->surface) - rect.x);
  rect.h = SDL_min(rect.h, vd_surface_height(present->surface) - rect.y);
  return rect;
}

static vd_status show_by_texture(vd_present *present, vd_cells cells) {
  int stride = vd_surface_stride(present->surface);
  const uint8_t *pixels = (const uint8_t *)vd_surface_read(present->surface);
  for (int i = 0; i < cells.n; i++) {
    SDL_Rect rect = rect_of(present, cells, i);
    SDL_UpdateTexture(present->texture, &rect, pixels + rect.y * stride + rect.x * 4, stride);
  }
  SDL_RenderCopy(present->renderer, present->texture, NULL, NULL);
  SDL_RenderPresent(present->renderer);
  return VD_OK;
}

vd_status vd_present_show(vd_present *present, vd_cells cells) {
  if (cells.n == 0) return VD_OK;
  if (present->renderer) return show_by_texture(present, cells);
  SDL_Surface *own = SDL_GetWindowSurface(present->window);
  if (!own) return vd_fail(VD_ERR_IO, _("the window cannot be drawn: %s"), SDL_GetError());
  SDL_Surface *ours = SDL_CreateRGBSurfaceWithFormatFrom(
      vd_surface_pixels(present->surface), vd_surface_width(present->surface),
      vd_surface_height(present->surface), 32, vd_surface_stride(present->surface), SDL_PIXELFORMAT_XRGB8888);
  SDL_Rect *rects = malloc(sizeof *rects * (size_t)cells.n);
  for (int i = 0; ours && rects && i < cells.n; i++) {
    rects[i] = rect_of(present, cells, i);
    SDL_Rect target = rects[i];
    SDL_BlitSurface(ours, &rects[i], own, &target);
  }
  if (rects) SDL_UpdateWindowSurfaceRects(present->window, rects, cells.n);
  free(rects);
  SDL_FreeSurface(ours);
  return VD_OK;
}
