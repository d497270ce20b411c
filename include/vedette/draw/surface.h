/* surface: pixels in memory, and what turns a canvas into pixels, PNG, PDF or SVG.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Files are written beside their place and then renamed: on any error nothing half-written stays and what was there
 * before is untouched. The same canvas gives the same bytes. */
#ifndef VEDETTE_DRAW_SURFACE_H
#define VEDETTE_DRAW_SURFACE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vedette/base/status.h"
#include "vedette/draw/canvas.h"
#include "vedette/draw/text.h"

typedef struct vd_surface vd_surface;
enum { VD_SURFACE_MAX_PX = 16384 }; /* the longest side */

/* A transparent surface; VD_ERR_LIMIT or VD_ERR_MEMORY when it is too large. Caller frees. */
vd_status vd_surface_new(int width_px, int height_px, vd_surface **out);
/* A surface over someone else's pixels (a window's own memory), borrowed: 32 bits a pixel as below, stride a
 * multiple of 4. `opaque`: the top byte is ignored. */
vd_status vd_surface_wrap(void *pixels, int width_px, int height_px, int stride_bytes, bool opaque,
                          vd_surface **out);
void vd_surface_free(vd_surface *surface);
void vd_surface_cleanup(vd_surface **surface);
int vd_surface_width(const vd_surface *surface);
int vd_surface_height(const vd_surface *surface);
int vd_surface_stride(const vd_surface *surface); /* bytes a row */
/* Rows from the top, each pixel 0xAARRGGBB in the machine's byte order, premultiplied. Borrowed. */
uint32_t *vd_surface_pixels(vd_surface *surface);
const uint32_t *vd_surface_read(const vd_surface *surface);
void vd_surface_fill(vd_surface *surface, vd_rgba color);

/* Which part of the canvas is seen, and how large: pixel = (mm - origin) * px_per_mm. */
typedef struct vd_view {
  double px_per_mm;
  double origin_x_mm, origin_y_mm;
  atomic_bool *cancel; /* NULL, or looked at between operations: VD_ERR_CANCELLED */
} vd_view;
/* Draws over what is there. Fails with VD_ERR_NOT_FOUND when an icon is missing, VD_ERR_MEMORY, VD_ERR_CANCELLED. */
vd_status vd_canvas_render(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_surface *surface);

/* ---- Damage: redraw only what changed ---------------------------------------------------------------------- */

/* One hash a cell of cell_px x cell_px pixels, row by row: columns = ceil(width / cell_px), rows likewise. A cell's
 * hash changes whenever anything whose box touches the cell changes: content, place, order, clip or opacity. */
typedef struct vd_damage {
  int width_px, height_px, cell_px, columns, rows;
  uint64_t *hash; /* columns * rows */
} vd_damage;
/* Hashes in `arena`. */
vd_damage vd_canvas_damage(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, int width_px,
                           int height_px, int cell_px, vd_arena *arena);
typedef struct vd_cells {
  int cell_px;
  int n;
  const int32_t *cell; /* column, row of each: 2 * n */
} vd_cells;
/* The cells that differ (all of them when the sizes differ or `before` is NULL), row by row, in `arena`. */
vd_cells vd_damage_changed(const vd_damage *before, const vd_damage *now, vd_arena *arena);
/* Like vd_canvas_render, but only inside the given cells, which are first filled with `background`. Inside them the
 * picture is that of a full render over that background but for rounding: a few of 255 in smooth images and at soft
 * edges, nothing elsewhere. Neighbouring cells are drawn in one go, so all cells cost no more than a full render. */
vd_status vd_canvas_render_cells(vd_draw *draw, const vd_canvas *canvas, const vd_view *view, vd_cells cells,
                                 vd_rgba background, vd_surface *surface);

/* ---- Files ---------------------------------------------------------------------------------------------------- */

typedef struct vd_page {
  const vd_canvas *canvas; /* (0, 0) is the page's top left corner */
  double width_mm, height_mm;
} vd_page;
/* Pages of up to 5000 mm. Text stays text; `title` goes into the metadata with creator "vedette" and a fixed date. */
vd_status vd_canvas_write_pdf(vd_draw *draw, const vd_page *pages, int n_pages, const char *title,
                              const char *path);
vd_status vd_canvas_write_svg(vd_draw *draw, const vd_page *page, const char *path);
/* The page on `background` at `dots_per_inch`. */
vd_status vd_canvas_write_png(vd_draw *draw, const vd_page *page, double dots_per_inch, vd_rgba background,
                              const char *path);
/* By the ending of `path`, .pdf, .svg or .png (VD_ERR_INPUT for any other): one PDF; of the other two a file for each page, at
 * vd_page_path. */
vd_status vd_pages_write(vd_draw *draw, const vd_page *pages, int n_pages, double dots_per_inch,
                         const char *title, const char *path);
bool vd_pages_can_write(const char *path); /* whether it ends so */
/* The file of page 0, 1 ..: "map.png", "map-2.png". */
const char *vd_page_path(vd_arena *arena, const char *path, int page);
vd_status vd_surface_write_png(const vd_surface *surface, const char *path);
/* VD_ERR_NOT_FOUND, VD_ERR_INPUT for what is not a PNG, VD_ERR_LIMIT when larger than VD_SURFACE_MAX_PX. Caller frees. */
vd_status vd_png_read(const char *path, vd_surface **out);

typedef struct vd_surface_diff {
  bool same_size;
  int max_difference;     /* the largest difference of one channel, 0..255 */
  double mean_difference; /* over all channels */
  int64_t n_pixels;       /* that differ at all */
} vd_surface_diff;
vd_surface_diff vd_surface_compare(const vd_surface *a, const vd_surface *b);

#endif
