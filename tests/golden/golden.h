/* golden: compares a picture with the one that someone looked at and committed.
 * SPDX-License-Identifier: Apache-2.0
 *
 *   golden_canvas(draw, canvas, "sheet_a4", width_mm, height_mm, px_per_mm, 0);
 *
 * compares with tests/golden/ref/sheet_a4.png. When they differ by more than `tolerance` (0..255) in any channel of
 * any pixel, the new picture and a picture of the differences are left in $BUILD/golden-out (or build/golden-out) and
 * the test fails with their paths. VEDETTE_GOLDEN_UPDATE=1 writes the reference instead: look at it before committing.
 * Programs run from the source root. Include after cmocka.h. */
#ifndef VEDETTE_TESTS_GOLDEN_H
#define VEDETTE_TESTS_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "vedette/draw/surface.h"

static inline void golden_out_path(char *path, size_t size, const char *name, const char *ending) {
  const char *build = getenv("BUILD");
  char folder[3000];
  snprintf(folder, sizeof folder, "%s/golden-out", build && build[0] ? build : "build");
  if (!build || !build[0]) mkdir("build", 0777);
  mkdir(folder, 0777);
  snprintf(path, size, "%s/%s%s.png", folder, name, ending);
}

/* Black where the two agree, the brighter the more they differ; at least clearly visible. */
static inline void golden_write_difference(const vd_surface *a, const vd_surface *b, const char *path) {
  VD_CLEANUP(vd_surface_cleanup) vd_surface *out = NULL;
  int width = vd_surface_width(a), height = vd_surface_height(a);
  if (vd_surface_new(width, height, &out) != VD_OK) return;
  size_t step_a = (size_t)vd_surface_stride(a) / 4, step_b = (size_t)vd_surface_stride(b) / 4;
  size_t step = (size_t)vd_surface_stride(out) / 4;
  for (size_t y = 0; y < (size_t)height; y++)
    for (size_t x = 0; x < (size_t)width; x++) {
      uint32_t p = vd_surface_read(a)[y * step_a + x], q = vd_surface_read(b)[y * step_b + x],
               pixel = 0xff000000u;
      for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(p >> shift & 0xff) - (int)(q >> shift & 0xff));
        pixel |= (uint32_t)(d == 0 ? 0 : (d < 64 ? 64 + d : d)) << shift;
      }
      if (pixel == 0xff000000u && p != q) pixel = 0xffffffffu; /* only the alpha differs */
      vd_surface_pixels(out)[y * step + x] = pixel;
    }
  vd_surface_write_png(out, path);
}

static inline void golden_mismatch(const vd_surface *now, const vd_surface *reference, const char *name) {
  char path[4096];
  golden_out_path(path, sizeof path, name, "");
  if (vd_surface_write_png(now, path) != VD_OK) fail_msg("%s: %s", name, vd_last_message());
  print_error("%s: the new picture is %s\n", name, path);
  if (!reference) fail_msg("%s: there is no reference picture; look at the new one and commit it", name);
  vd_surface_diff diff = vd_surface_compare(now, reference);
  if (!diff.same_size)
    fail_msg("%s: is %d x %d, the reference %d x %d", name, vd_surface_width(now), vd_surface_height(now),
             vd_surface_width(reference), vd_surface_height(reference));
  golden_out_path(path, sizeof path, name, "-difference");
  golden_write_difference(now, reference, path);
  fail_msg("%s: %lld pixels differ, at most by %d; see %s", name, (long long)diff.n_pixels,
           diff.max_difference, path);
}

static inline void golden_surface(const vd_surface *now, const char *name, int tolerance) {
  char path[4096];
  snprintf(path, sizeof path, "tests/golden/ref/%s.png", name);
  const char *update = getenv("VEDETTE_GOLDEN_UPDATE");
  if (update && update[0] == '1') {
    if (vd_surface_write_png(now, path) != VD_OK) fail_msg("%s: %s", name, vd_last_message());
    return;
  }
  VD_CLEANUP(vd_surface_cleanup) vd_surface *reference = NULL;
  if (vd_png_read(path, &reference) != VD_OK) golden_mismatch(now, NULL, name);
  vd_surface_diff diff = vd_surface_compare(now, reference);
  if (!diff.same_size || diff.max_difference > tolerance) golden_mismatch(now, reference, name);
}

static inline void golden_canvas(vd_draw *draw, const vd_canvas *canvas, const char *name, double width_mm,
                                 double height_mm, double px_per_mm, int tolerance) {
  VD_CLEANUP(vd_surface_cleanup) vd_surface *now = NULL;
  if (vd_surface_new((int)(width_mm * px_per_mm + 0.5), (int)(height_mm * px_per_mm + 0.5), &now) != VD_OK)
    fail_msg("%s: %s", name, vd_last_message());
  vd_surface_fill(now, VD_WHITE);
  if (vd_canvas_render(draw, canvas, &(vd_view){.px_per_mm = px_per_mm}, now) != VD_OK)
    fail_msg("%s: %s", name, vd_last_message());
  golden_surface(now, name, tolerance);
}

#endif
