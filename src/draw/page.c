/* page: canvases as PDF and SVG files with the same bytes every time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <stdlib.h>
#include <string.h>

#include "draw/file.h"
#include "draw/pixels.h"
#include "draw/render.h"
#include "vedette/base/i18n.h"
#include "vedette/base/str.h"

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

/* ---- PDF ---- */

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

/* ---- SVG ---- */

static cairo_status_t buffer_write(void *closure, const unsigned char *bytes, unsigned int n) {
  vd_buf_add_n(closure, bytes, n);
  return CAIRO_STATUS_SUCCESS;
}

/* The length of a name that cairo ends with a number counted over the whole process: "image5, "#surface11. */
static size_t counted_name(const char *text) {
  static const char *const names[] = {"\"image", "\"#image", "\"surface", "\"#surface"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (vd_str_starts(text, names[i])) return strlen(names[i]);
  return 0;
}

typedef struct numbers {
  vd_arena *arena;
  unsigned long *seen;
  size_t n, capacity;
} numbers;

static size_t number_in_order(numbers *list, unsigned long number) {
  for (size_t i = 0; i < list->n; i++)
    if (list->seen[i] == number) return i + 1;
  *VD_PUSH(list->arena, list->seen, list->n, list->capacity) = number;
  return list->n;
}

/* Copies an SVG text with those numbers replaced by their order in this document: the same page, the same bytes,
 * whatever was drawn before. */
static void renumber(vd_buf *out, const char *text) {
  numbers list = {.arena = out->arena};
  while (*text) {
    size_t n = strcspn(text, "\"");
    vd_buf_add_n(out, text, n);
    text += n;
    n = counted_name(text);
    char *end = NULL;
    unsigned long number = n > 0 ? strtoul(text + n, &end, 10) : 0;
    if (n > 0 && end > text + n) {
      vd_buf_add_n(out, text, n);
      vd_buf_printf(out, "%zu", number_in_order(&list, number));
      text = end;
    } else if (*text) {
      vd_buf_add_n(out, text++, 1);
    }
  }
}

static vd_status svg_text(vd_draw *draw, const vd_page *page, vd_buf *buf) {
  VD_CLEANUP(vd_cairo_surface_cleanup)
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream(
      buffer_write, buf, page->width_mm * pt_per_mm, page->height_mm * pt_per_mm);
  VD_CLEANUP(vd_cairo_cleanup) cairo_t *cr = cairo_create(surface);
  vd_status status = page_draw(draw, cr, page);
  cairo_surface_finish(surface);
  return status == VD_OK ? vd_cairo_status(cairo_surface_status(surface)) : status;
}

vd_status vd_canvas_write_svg(vd_draw *draw, const vd_page *page, const char *path) {
  VD_TRY(page_check(page));
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  vd_buf text = {.arena = arena}, numbered = {.arena = arena};
  VD_TRY(svg_text(draw, page, &text));
  renumber(&numbered, text.text);
  VD_CLEANUP(vd_out_file_cleanup) vd_out_file out = {0};
  VD_TRY(vd_out_file_open(&out, path));
  for (size_t at = 0; at < numbered.n;) {
    size_t n = numbered.n - at < 1u << 20 ? numbered.n - at : 1u << 20;
    if (vd_out_file_write(&out, (const unsigned char *)numbered.text + at, (unsigned)n) !=
        CAIRO_STATUS_SUCCESS)
      break;
    at += n;
  }
  return vd_out_file_finish(&out);
}
