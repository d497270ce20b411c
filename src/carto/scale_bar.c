/* scale_bar: a bar whose length on the ground is the geodesic's.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "carto/legend.h"
#include "vedette/geo/geodesic.h"

/* Millimetres a metre of the ground takes from west to east at the view's centre. */
static double true_mm_per_m(const vd_map_data *data, const vd_map_view *view, double width_mm) {
  double half = width_mm / view->mm_per_m / 2;
  double ends[4] = {view->centre_x_m - half, view->centre_y_m, view->centre_x_m + half, view->centre_y_m};
  vd_map_to_lonlat(data, ends, ends, 2);
  double ground = vd_geodesic_distance_m(ends[0], ends[1], ends[2], ends[3]);
  return isfinite(ground) && ground > 0 ? width_mm / ground : view->mm_per_m;
}

static double round_length(double most_m) {
  double power = pow(10, floor(log10(most_m)));
  if (5 * power <= most_m) return 5 * power;
  return 2 * power <= most_m ? 2 * power : power;
}

static void bar_text(vd_canvas *canvas, const vd_style *style, const char *text, double x, double y,
                     vd_anchor_x anchor) {
  vd_canvas_text(canvas, &(vd_text_run){.text = text,
                                        .style = {.size_mm = style->text_mm * 0.9},
                                        .x = x,
                                        .y = y,
                                        .anchor_x = anchor,
                                        .anchor_y = VD_ANCHOR_BOTTOM,
                                        .color = style->ink});
}

double vd_map_draw_scale_bar(const vd_map_data *data, const vd_map_view *view, const vd_style *style,
                             double x_mm, double y_mm, double max_mm, vd_canvas *canvas) {
  enum { FIELDS = 4 };
  vd_arena *arena = vd_canvas_arena(canvas);
  double mm_per_m = true_mm_per_m(data, view, max_mm), length_m = round_length(max_mm / mm_per_m);
  double length = length_m * mm_per_m, high = 1.3 * style->size, field = length / FIELDS;
  for (int k = 0; k < FIELDS; k++)
    vd_canvas_fill_rect(canvas, x_mm + k * field, y_mm, field, high, k % 2 ? VD_WHITE : style->ink);
  vd_canvas_stroke(canvas, vd_path_rect(arena, x_mm, y_mm, length, high),
                   &(vd_stroke){.width_mm = 0.2 * style->size, .color = style->ink});
  bool km = length_m >= 1000;
  double value = km ? length_m / 1000 : length_m;
  double gap = 0.4 * style->size;
  bar_text(canvas, style, "0", x_mm, y_mm - gap, VD_ANCHOR_CENTRE);
  bar_text(canvas, style, vd_str_printf(arena, "%g", value / 2), x_mm + length / 2, y_mm - gap,
           VD_ANCHOR_CENTRE);
  bar_text(canvas, style, vd_str_printf(arena, "%g %s", value, km ? "km" : "m"), x_mm + length, y_mm - gap,
           VD_ANCHOR_CENTRE);
  return length;
}
