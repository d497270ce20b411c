/* page: canvases as PDF and SVG files with the same bytes every time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "draw/file.h"
#include "draw/pixels.h"
#include "draw/render.h"
#include "vedette/base/i18n.h"

static const double pt_per_mm = 72 / 25.4;
static const double page_max_mm = 5000;

static vd_status page_check(const vd_page *page) {
  bool good = page->width_mm > 0 && page->height_mm > 0 && page->width_mm <= page_max_mm &&
              page->height_mm <= page_max_mm;
  return good ? VD_OK
              : vd_fail(VD_ERR_LIMIT,
                        _("A page of %.0f x %.0f mm cannot be written; each side may have up to %.0f mm."),
                        page->width_mm, page->height_mm, page_max_mm);
}

static vd_status page_draw(vd_draw *draw, cairo_t *cr, const vd_page *page) {
  double width = page->width_mm * pt_per_mm, height = page->height_mm * pt_per_mm;
  vd_render render = {.draw = draw, .cr = cr, .target = {0, 0, width, height}, .vector = true};
  vd_affine matrix = {.xx = pt_per_mm, .yy = pt_per_mm};
  cairo_save(cr);
  /* Nothing outside the page, also for printers with no margin. */
  cairo_identity_matrix(cr);
  cairo_rectangle(cr, 0, 0, width, height);
  cairo_clip(cr);
  vd_status status = vd_render_canvas(&render, page->canvas, &matrix);
  cairo_restore(cr);
  return status;
}

/* The file's own trouble is told by vd_out_file_finish. */
static vd_status surface_finish(cairo_surface_t *surface, vd_out_file *out) {
  cairo_surface_finish(surface);
  cairo_status_t status = cairo_surface_status(surface);
  if (status != CAIRO_STATUS_SUCCESS && status != CAIRO_STATUS_WRITE_ERROR) return vd_cairo_status(status);
  return vd_out_file_finish(out);
}

vd_status vd_canvas_write_pdf(vd_draw *draw, const vd_page *pages, int n_pages, const char *title,
                              const char *path) {
  for (int i = 0; i < n_pages; i++) VD_TRY(page_check(&pages[i]));
  VD_CLEANUP(vd_out_file_cleanup) vd_out_file out = {0};
  VD_TRY(vd_out_file_open(&out, path));
  VD_CLEANUP(vd_cairo_surface_cleanup)
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(vd_out_file_write, &out, 595, 842);
  cairo_pdf_surface_restrict_to_version(surface, CAIRO_PDF_VERSION_1_5);
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title ? title : "");
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "vedette");
  /* A date of its own would make two equal plans differ; when a sheet was made stands on the sheet. */
  cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  for (int i = 0; i < n_pages; i++) {
    VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface);
    cairo_pdf_surface_set_size(surface, pages[i].width_mm * pt_per_mm, pages[i].height_mm * pt_per_mm);
    vd_status status = page_draw(draw, cr, &pages[i]);
    if (status != VD_OK) {
      /* Closed first, so that nothing is written to a file that is already gone. */
      cairo_surface_finish(surface);
      return status;
    }
    cairo_show_page(cr);
  }
  return surface_finish(surface, &out);
}

vd_status vd_canvas_write_svg(vd_draw *draw, const vd_page *page, const char *path) {
  VD_TRY(page_check(page));
  VD_CLEANUP(vd_out_file_cleanup) vd_out_file out = {0};
  VD_TRY(vd_out_file_open(&out, path));
  VD_CLEANUP(vd_cairo_surface_cleanup)
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
      vd_out_file_write, &out, page->width_mm * pt_per_mm, page->height_mm * pt_per_mm);
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface);
  vd_status status = page_draw(draw, cr, page);
  if (status == VD_OK) return surface_finish(surface, &out);
  cairo_surface_finish(surface);
  return status;
}
