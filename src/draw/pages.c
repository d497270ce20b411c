/* pages: pages as files, by the ending of their name.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "vedette/base/i18n.h"
#include "vedette/base/str.h"
#include "vedette/draw/surface.h"

bool vd_pages_can_write(const char *path) {
  return vd_str_ends_nocase(path, ".pdf") || vd_str_ends_nocase(path, ".svg") ||
         vd_str_ends_nocase(path, ".png");
}

const char *vd_page_path(vd_arena *arena, const char *path, int page) {
  const char *dot = strrchr(path, '.');
  if (page == 0 || !dot) return path;
  return vd_str_printf(arena, "%s-%d%s", vd_str_dup_n(arena, path, (size_t)(dot - path)), page + 1, dot);
}

vd_status vd_pages_write(vd_draw *draw, const vd_page *pages, int n_pages, double dots_per_inch,
                         const char *title, const char *path) {
  VD_CLEANUP(vd_arena_cleanup) vd_arena *arena = vd_arena_new();
  if (!vd_pages_can_write(path))
    return vd_fail(VD_ERR_INPUT, _("“%s”: end the name with .pdf, .svg or .png"), path);
  if (vd_str_ends_nocase(path, ".pdf")) return vd_canvas_write_pdf(draw, pages, n_pages, title, path);
  bool svg = vd_str_ends_nocase(path, ".svg");
  for (int i = 0; i < n_pages; i++) {
    const char *at = vd_page_path(arena, path, i);
    if (svg)
      VD_TRY(vd_canvas_write_svg(draw, &pages[i], at));
    else
      VD_TRY(vd_canvas_write_png(draw, &pages[i], dots_per_inch, VD_WHITE, at));
  }
  return VD_OK;
}
