/* png: surfaces to and from PNG files.
 * SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/file.h"
#include "draw/pixels.h"
#include "vedette/base/i18n.h"

vd_status vd_surface_write_png(const vd_surface *surface, const char *path) {
  VD_CLEANUP(vd_out_file_cleanup) vd_out_file out = {0};
  VD_TRY(vd_out_file_open(&out, path));
  cairo_status_t status = cairo_surface_write_to_png_stream(surface->cairo, vd_out_file_write, &out);
  if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR) return vd_cairo_status(status);
  return vd_out_file_finish(&out);
}

vd_status vd_canvas_write_png(vd_draw *draw, const vd_page *page, double dots_per_inch, vd_rgba background,
                              const char *path) {
  double px_per_mm = dots_per_inch / 25.4;
  double width = ceil(page->width_mm * px_per_mm - 1e-6), height = ceil(page->height_mm * px_per_mm - 1e-6);
  if (!(width >= 1 && width <= VD_SURFACE_MAX_PX && height >= 1 && height <= VD_SURFACE_MAX_PX))
    return vd_fail(VD_ERR_LIMIT,
                   _("A page of %.0f x %.0f mm at %.0f dots per inch is too large; choose fewer dots."),
                   page->width_mm, page->height_mm, dots_per_inch);
  VD_CLEANUP(vd_surface_cleanup) vd_surface *surface = NULL;
  VD_TRY(vd_surface_new((int)width, (int)height, &surface));
  vd_surface_fill(surface, background);
  VD_TRY(vd_canvas_render(draw, page->canvas, &(vd_view){.px_per_mm = px_per_mm}, surface));
  return vd_surface_write_png(surface, path);
}

/* ---- Reading ---- */

static void file_close(FILE **file) {
  if (*file) fclose(*file);
}

static cairo_status_t read_bytes(void *closure, unsigned char *bytes, unsigned int n) {
  return fread(bytes, 1, n, closure) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_READ_ERROR;
}

static uint32_t big_endian(const unsigned char *b) {
  return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

/* The signature and the size in the header chunk, before the library gives memory to them. */
static vd_status header_check(FILE *file, const char *path) {
  static const unsigned char signature[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  unsigned char head[24];
  if (fread(head, 1, sizeof head, file) != sizeof head || memcmp(head, signature, sizeof signature) != 0)
    return vd_fail(VD_ERR_INPUT, _("%s is not a PNG picture."), path);
  if (big_endian(head + 16) > VD_SURFACE_MAX_PX || big_endian(head + 20) > VD_SURFACE_MAX_PX)
    return vd_fail(VD_ERR_LIMIT, _("The picture %s is larger than %d pixels."), path, VD_SURFACE_MAX_PX);
  rewind(file);
  return VD_OK;
}

/* As 32-bit ARGB whatever the file had. */
static vd_status converted(cairo_surface_t *read, vd_surface **out) {
  VD_TRY(vd_surface_new(cairo_image_surface_get_width(read), cairo_image_surface_get_height(read), out));
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create((*out)->cairo);
  cairo_set_operator(cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface(cr, read, 0, 0);
  cairo_paint(cr);
  return VD_OK;
}

vd_status vd_png_read(const char *path, vd_surface **out) {
  *out = NULL;
  VD_CLEANUP(file_close) FILE *file = fopen(path, "rbe");
  if (!file)
    return vd_fail(errno == ENOENT ? VD_ERR_NOT_FOUND : VD_ERR_IO, _("%s cannot be opened: %s."), path,
                   strerror(errno));
  VD_TRY(header_check(file, path));
  VD_CLEANUP(vd_cairo_surface_cleanup)
  cairo_surface_t *read = cairo_image_surface_create_from_png_stream(read_bytes, file);
  /* The library says "no memory" of damaged files too. */
  if (cairo_surface_status(read) != CAIRO_STATUS_SUCCESS)
    return vd_fail(VD_ERR_INPUT, _("The picture %s is damaged."), path);
  return converted(read, out);
}
