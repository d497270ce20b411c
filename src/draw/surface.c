/* surface: pixels in memory.
 * SPDX-License-Identifier: Apache-2.0 */
#include "vedette/draw/surface.h"

#include <stdlib.h>

#include "draw/pixels.h"
#include "vedette/base/i18n.h"

vd_status vd_cairo_status(cairo_status_t status) {
  if (status == CAIRO_STATUS_SUCCESS) return VD_OK;
  if (status == CAIRO_STATUS_NO_MEMORY)
    return vd_fail(VD_ERR_MEMORY, _("There is not enough memory for the picture; make it smaller."));
  if (status == CAIRO_STATUS_INVALID_SIZE)
    return vd_fail(VD_ERR_LIMIT, _("The picture is too large; make it smaller."));
  return vd_fail(VD_ERR_INTERNAL, _("Drawing failed: %s."), cairo_status_to_string(status));
}

void vd_cairo_cleanup(cairo_t **cr) {
  cairo_destroy(*cr);
}
void vd_cairo_surface_cleanup(cairo_surface_t **surface) {
  cairo_surface_destroy(*surface);
}

static vd_status size_check(int width_px, int height_px) {
  if (width_px > 0 && height_px > 0 && width_px <= VD_SURFACE_MAX_PX && height_px <= VD_SURFACE_MAX_PX)
    return VD_OK;
  return vd_fail(VD_ERR_LIMIT, _("A picture of %d x %d pixels cannot be made; each side must be 1 to %d."),
                 width_px, height_px, VD_SURFACE_MAX_PX);
}

static vd_status surface_own(cairo_surface_t *cairo, vd_surface **out) {
  vd_status status = vd_cairo_status(cairo_surface_status(cairo));
  vd_surface *surface = status == VD_OK ? calloc(1, sizeof *surface) : NULL;
  if (!surface) {
    cairo_surface_destroy(cairo);
    return status == VD_OK ? vd_cairo_status(CAIRO_STATUS_NO_MEMORY) : status;
  }
  surface->cairo = cairo;
  *out = surface;
  return VD_OK;
}

vd_status vd_surface_new(int width_px, int height_px, vd_surface **out) {
  *out = NULL;
  VD_TRY(size_check(width_px, height_px));
  return surface_own(cairo_image_surface_create(CAIRO_FORMAT_ARGB32, width_px, height_px), out);
}

vd_status vd_surface_wrap(void *pixels, int width_px, int height_px, int stride_bytes, bool opaque,
                          vd_surface **out) {
  *out = NULL;
  VD_TRY(size_check(width_px, height_px));
  cairo_format_t format = opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32;
  return surface_own(cairo_image_surface_create_for_data(pixels, format, width_px, height_px, stride_bytes),
                     out);
}

void vd_surface_free(vd_surface *surface) {
  if (!surface) return;
  cairo_surface_destroy(surface->cairo);
  free(surface);
}

void vd_surface_cleanup(vd_surface **surface) {
  vd_surface_free(*surface);
}
int vd_surface_width(const vd_surface *surface) {
  return cairo_image_surface_get_width(surface->cairo);
}
int vd_surface_height(const vd_surface *surface) {
  return cairo_image_surface_get_height(surface->cairo);
}
int vd_surface_stride(const vd_surface *surface) {
  return cairo_image_surface_get_stride(surface->cairo);
}

uint32_t *vd_surface_pixels(vd_surface *surface) {
  cairo_surface_flush(surface->cairo);
  return (uint32_t *)(void *)cairo_image_surface_get_data(surface->cairo);
}

const uint32_t *vd_surface_read(const vd_surface *surface) {
  return (const uint32_t *)(const void *)cairo_image_surface_get_data(surface->cairo);
}

void vd_surface_fill(vd_surface *surface, vd_rgba color) {
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface->cairo);
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_rgba(cr, (color >> 24) / 255.0, (color >> 16 & 0xff) / 255.0, (color >> 8 & 0xff) / 255.0,
                        (color & 0xff) / 255.0);
  cairo_paint(cr);
}

/* The largest channel difference of two pixels; the sum goes to *total. */
static int pixel_difference(uint32_t a, uint32_t b, int64_t *total) {
  int largest = 0;
  for (int shift = 0; shift < 32; shift += 8) {
    int difference = abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff));
    *total += difference;
    if (difference > largest) largest = difference;
  }
  return largest;
}

vd_surface_diff vd_surface_compare(const vd_surface *a, const vd_surface *b) {
  int width = vd_surface_width(a), height = vd_surface_height(a);
  vd_surface_diff diff = {.same_size = width == vd_surface_width(b) && height == vd_surface_height(b)};
  if (!diff.same_size) return diff;
  int64_t total = 0;
  size_t step_a = (size_t)vd_surface_stride(a) / 4, step_b = (size_t)vd_surface_stride(b) / 4;
  for (size_t y = 0; y < (size_t)height; y++) {
    const uint32_t *row_a = vd_surface_read(a) + y * step_a, *row_b = vd_surface_read(b) + y * step_b;
    for (size_t x = 0; x < (size_t)width; x++) {
      if (row_a[x] == row_b[x]) continue;
      int difference = pixel_difference(row_a[x], row_b[x], &total);
      if (difference > diff.max_difference) diff.max_difference = difference;
      diff.n_pixels++;
    }
  }
  diff.mean_difference = (double)total / (4.0 * width * height);
  return diff;
}
