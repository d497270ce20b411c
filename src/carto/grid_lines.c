/* grid_lines: follows lines of equal easting, northing, longitude or latitude over the plane.
 * SPDX-License-Identifier: Apache-2.0 */
#include "carto/grid_lines.h"

#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/geo/geodesic.h"
#include "vedette/geo/mgrs.h"

enum { SAMPLES = 24, UTM_WIDEST_M = 700000 };
static const double UTM_HEMISPHERE_M = 1e7;

typedef struct system {
  bool utm;
  int zone, north;
} system;

static system system_of(const vd_map_data *data) {
  system s = {0};
  vd_utm utm;
  double width = data->box.max_x - data->box.min_x, height = data->box.max_y - data->box.min_y;
  if (width > UTM_WIDEST_M || height > 2 * UTM_WIDEST_M) return s;
  if (vd_utm_from_lonlat(data->lon_deg, data->lat_deg, 0, &utm) != VD_OK) return s;
  return (system){true, utm.zone, utm.north};
}

/* lon/lat -> easting, northing that stays continuous over the equator; NaN when there is none. */
static void to_grid(const system *s, double *xy) {
  vd_utm utm;
  if (!s->utm) return;
  if (vd_utm_from_lonlat(xy[0], xy[1], s->zone, &utm) != VD_OK) {
    xy[0] = xy[1] = NAN;
    return;
  }
  xy[0] = utm.easting_m;
  xy[1] = utm.northing_m + (utm.north - s->north) * UTM_HEMISPHERE_M;
}

static void from_grid(const system *s, double *xy) {
  if (!s->utm) return;
  vd_utm utm = {s->zone, s->north, xy[0], xy[1]};
  if (utm.north && utm.northing_m < 0) utm.north = 0, utm.northing_m += UTM_HEMISPHERE_M;
  if (!utm.north && utm.northing_m >= UTM_HEMISPHERE_M) utm.north = 1, utm.northing_m -= UTM_HEMISPHERE_M;
  if (vd_utm_to_lonlat(&utm, &xy[0], &xy[1]) != VD_OK) xy[0] = xy[1] = NAN;
}

/* The grid's values along the rim of the view. */
static vd_box grid_box(const vd_map_data *data, const vd_map_view *view, const system *s) {
  double xy[8 * SAMPLES];
  vd_box b = vd_map_view_box(view), out = vd_box_empty();
  for (int i = 0; i < SAMPLES; i++) {
    double t = (double)i / (SAMPLES - 1), x = b.min_x + t * (b.max_x - b.min_x),
           y = b.min_y + t * (b.max_y - b.min_y);
    double four[8] = {x, b.min_y, x, b.max_y, b.min_x, y, b.max_x, y};
    for (int k = 0; k < 8; k++) xy[8 * i + k] = four[k];
  }
  vd_map_to_lonlat(data, xy, xy, 4 * SAMPLES);
  for (int i = 0; i < 4 * SAMPLES; i++) {
    to_grid(s, xy + 2 * i);
    if (isfinite(xy[2 * i]) && isfinite(xy[2 * i + 1])) out = vd_box_add(out, xy[2 * i], xy[2 * i + 1]);
  }
  return out;
}

static double step_for(const system *s, const vd_map_view *view, double apart_mm) {
  static const double metres[] = {100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000, 200000};
  static const double degrees[] = {1 / 60.0, 2 / 60.0, 5 / 60.0, 10 / 60.0, 0.25, 0.5, 1, 2, 5, 10};
  const double *steps = s->utm ? metres : degrees;
  size_t n = s->utm ? sizeof metres / sizeof *metres : sizeof degrees / sizeof *degrees;
  double unit_m = s->utm ? 1 : 111000;
  for (size_t i = 0; i < n; i++)
    if (steps[i] * unit_m * view->mm_per_m >= apart_mm) return steps[i];
  return steps[n - 1];
}

static vd_path line_path(const vd_map_data *data, const vd_map_view *view, const system *s, vd_box box,
                         bool upright, double value, vd_arena *arena) {
  double *xy = VD_NEW_ARRAY(arena, double, 2 * SAMPLES);
  double from = upright ? box.min_y : box.min_x, to = upright ? box.max_y : box.max_x,
         over = (to - from) * 0.05;
  for (int i = 0; i < SAMPLES; i++) {
    double v = from - over + (to - from + 2 * over) * i / (SAMPLES - 1);
    xy[2 * i] = upright ? value : v, xy[2 * i + 1] = upright ? v : value;
    from_grid(s, xy + 2 * i);
  }
  vd_map_to_plane(data, xy, xy, SAMPLES);
  for (int i = 0; i < SAMPLES; i++)
    vd_map_view_to_mm(view, xy[2 * i], xy[2 * i + 1], &xy[2 * i], &xy[2 * i + 1]);
  return vd_path_points(xy, SAMPLES, false);
}

vd_grid_lines vd_grid_lines_of(const vd_map_data *data, const vd_map_view *view, double apart_mm,
                               vd_arena *arena) {
  enum { LINES_MAX = 400 };
  system s = system_of(data);
  vd_grid_lines grid = {.utm = s.utm, .zone = s.zone, .north = s.north, .step = step_for(&s, view, apart_mm)};
  vd_box box = grid_box(data, view, &s);
  if (vd_box_is_empty(box)) return grid;
  for (int upright = 0; upright < 2; upright++) {
    double from = upright ? box.min_x : box.min_y, to = upright ? box.max_x : box.max_y;
    for (double k = ceil(from / grid.step); k * grid.step <= to && grid.n < LINES_MAX; k++) {
      vd_grid_line line = {upright == 1, k * grid.step, {0}};
      line.path = line_path(data, view, &s, box, line.upright, line.value, arena);
      *VD_PUSH(arena, grid.lines, grid.n, grid.capacity) = line;
    }
  }
  return grid;
}

char *vd_grid_line_text(vd_arena *arena, const vd_grid_lines *grid, const vd_grid_line *line) {
  if (grid->utm) {
    double km = line->value / 1000;
    if (km < 0) km += UTM_HEMISPHERE_M / 1000;
    return vd_str_printf(arena, fmod(km, 1) > 0 ? "%.1f" : "%.0f", km);
  }
  double degrees = fabs(line->value) + 1e-9;
  int whole = (int)degrees, minutes = (int)((degrees - whole) * 60 + 1e-6);
  const char *side = line->upright ? (line->value < 0 ? "W" : "E") : line->value < 0 ? "S" : "N";
  if (minutes == 0) return vd_str_printf(arena, "%d°%s", whole, side);
  return vd_str_printf(arena, "%d°%02d′%s", whole, minutes, side);
}

double vd_grid_convergence_deg(const vd_map_data *data, const vd_map_view *view) {
  system s = system_of(data);
  if (!s.utm) return 0;
  double p[2] = {view->centre_x_m, view->centre_y_m};
  vd_map_to_lonlat(data, p, p, 1);
  double q[2] = {p[0], p[1]}, azimuth = 0;
  to_grid(&s, q);
  q[1] += 1000;
  from_grid(&s, q);
  vd_geodesic_inverse(p[0], p[1], q[0], q[1], NULL, &azimuth, NULL);
  return isfinite(azimuth) ? azimuth : 0;
}

void vd_draw_grid_lines(vd_pen *pen) {
  vd_grid_lines grid = vd_grid_lines_of(pen->data, pen->view, 32 * pen->style->size, pen->arena);
  vd_stroke stroke = {.width_mm = 0.14 * pen->style->size, .color = vd_rgba_fade(pen->style->ink, 0.32)};
  for (size_t i = 0; i < grid.n; i++) vd_canvas_stroke(pen->canvas, grid.lines[i].path, &stroke);
}
