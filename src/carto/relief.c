/* relief: hill shading, height tint and land cover worked out pixel by pixel into one picture.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Slopes after B. K. P. Horn, Hill shading and the reflectance map, Proc. IEEE 69 (1981). Light from the north-west
 * with weaker lights from west, north and south-west, so that ridges along the main light are seen too. */
#include <math.h>

#include "carto/data.h"
#include "carto/ground.h"

enum { IMAGE_PIXELS_MAX = 12000000 };

/* From valleys to heights: sage, straw, sand, rose. */
vd_rgba vd_relief_color(double t) {
  static const vd_rgba stops[] = {VD_RGB(0xd9, 0xe3, 0xc9), VD_RGB(0xe4, 0xe8, 0xcd),
                                  VD_RGB(0xef, 0xe9, 0xd2), VD_RGB(0xee, 0xdf, 0xca),
                                  VD_RGB(0xe8, 0xd3, 0xc3), VD_RGB(0xe9, 0xdd, 0xd8)};
  enum { LAST = sizeof stops / sizeof *stops - 1 };
  double u = fmin(fmax(t, 0), 1) * LAST;
  int i = (int)fmin(u, LAST - 1);
  return vd_rgba_mix(stops[i], stops[i + 1], u - i);
}

typedef struct lights {
  double x[4], y[4], z[4], weight[4], flat;
} lights;

static lights make_lights(void) {
  static const double azimuth[4] = {315, 270, 0, 225}, weight[4] = {0.56, 0.17, 0.17, 0.10};
  const double degree = acos(-1) / 180, altitude = 45 * degree;
  lights l = {.flat = sin(altitude)};
  for (int k = 0; k < 4; k++) {
    l.x[k] = cos(altitude) * sin(azimuth[k] * degree);
    l.y[k] = cos(altitude) * cos(azimuth[k] * degree);
    l.z[k] = sin(altitude);
    l.weight[k] = weight[k];
  }
  return l;
}

/* Brightness of a slope less that of the flat: -0.7 .. 0.3. */
static double shade(const lights *l, double east, double north) {
  double length = sqrt(east * east + north * north + 1), sum = 0;
  for (int k = 0; k < 4; k++)
    sum += l->weight[k] * fmax(0, (l->z[k] - east * l->x[k] - north * l->y[k]) / length);
  return sum - l->flat;
}

typedef struct ground_job {
  const vd_map_data *data;
  const vd_map_options *options;
  int32_t w, h;
  double x_m, y_m, step_m; /* centre of the first pixel, side of a pixel */
  double exaggeration;
  vd_rect rect; /* where the picture goes, mm */
  lights lights;
  bool relief, tint;
  bool sea; /* heights of nothing and of 0 are the sea: the plan has a coastline */
  double relief_opacity, tint_opacity;
} ground_job;

static void base_color(const ground_job *job, float height, double rgb[3]) {
  const vd_ground_relief *relief = job->data->relief;
  vd_rgba color = job->options->style.paper;
  if (job->relief && job->sea && (isnan(height) || fabsf(height) < 0.5f)) {
    color = job->options->style.water;
  } else if (job->relief && !isnan(height) && !job->options->style.bw) {
    vd_rgba height_color = vd_relief_color((height - relief->low_m) / (relief->high_m - relief->low_m));
    color = vd_rgba_mix(color, height_color, job->relief_opacity);
  }
  for (int k = 0; k < 3; k++) rgb[k] = (color >> (24 - 8 * k)) & 0xff;
}

static void add_tint(const ground_job *job, const float *tint, double rgb[3]) {
  double opacity = job->tint_opacity;
  double grey = (tint[0] + tint[1] + tint[2]) / 3;
  for (int k = 0; k < 3; k++) {
    double c = job->options->style.bw ? 0.75 * tint[3] + 0.25 * grey : (double)tint[k];
    rgb[k] = rgb[k] * (1 - opacity * (double)tint[3]) + 255 * opacity * c;
  }
}

static void add_shade(const ground_job *job, double delta, double rgb[3]) {
  static const double shadow[3] = {78, 80, 96};
  double dark = fmin(-delta * 0.85, 0.6) * job->relief_opacity,
         light = fmin(delta * 0.75, 0.35) * job->relief_opacity;
  if (job->options->style.bw) dark *= 0.5;
  for (int k = 0; k < 3; k++)
    rgb[k] = delta < 0 ? rgb[k] + (shadow[k] - rgb[k]) * dark : rgb[k] + (255 - rgb[k]) * light;
}

/* `rows`: heights of the row above, this and the one below, each with a pixel more on both sides. */
static void paint_row(const ground_job *job, float *const rows[3], const float *tint, uint8_t *out) {
  for (int32_t i = 0; i < job->w; i++) {
    const float *a = rows[0] + i, *b = rows[1] + i, *c = rows[2] + i;
    double rgb[3];
    base_color(job, job->relief ? b[1] : NAN, rgb);
    if (job->tint) add_tint(job, tint + 4 * i, rgb);
    if (job->relief) {
      double scale = job->exaggeration / (8 * job->step_m);
      double east = (double)(a[2] + 2 * b[2] + c[2] - a[0] - 2 * b[0] - c[0]) * scale;
      double north = (double)(a[0] + 2 * a[1] + a[2] - c[0] - 2 * c[1] - c[2]) * scale;
      if (isfinite(east) && isfinite(north)) add_shade(job, shade(&job->lights, east, north), rgb);
    }
    for (int k = 0; k < 3; k++) out[4 * i + k] = (uint8_t)fmin(fmax(rgb[k] + 0.5, 0), 255);
    out[4 * i + 3] = 255;
  }
}

static void paint(const ground_job *job, vd_arena *scratch, uint8_t *rgba) {
  size_t wide = (size_t)job->w + 2;
  float *rows[3], *tint = VD_NEW_ARRAY(scratch, float, 4 * (size_t)job->w);
  for (int k = 0; k < 3; k++) rows[k] = VD_NEW_ARRAY(scratch, float, wide);
  double x = job->x_m - job->step_m;
  for (int32_t j = -1; j <= job->h; j++) {
    float *oldest = rows[0];
    rows[0] = rows[1], rows[1] = rows[2], rows[2] = oldest;
    if (job->relief)
      vd_ground_heights(job->data->relief, x, job->y_m - j * job->step_m, job->step_m, (int32_t)wide,
                        rows[2]);
    if (j < 1) continue;
    double y = job->y_m - (j - 1) * job->step_m;
    if (job->tint) vd_ground_colors(job->data->tint, job->x_m, y, job->step_m, job->w, tint);
    paint_row(job, rows, tint, rgba + 4 * (size_t)(j - 1) * (size_t)job->w);
  }
}

/* No finer than a third of a raster's pixel, since the surface between pixels is smooth, and no more than fits into
 * memory. One pixel more on each side, so that the smoothing of a tile's edge knows its neighbour. */
static void place_pixels(ground_job *job, const vd_map_view *view) {
  vd_box box = vd_map_view_box(view);
  double density = job->options->raster_px_per_mm > 0 ? job->options->raster_px_per_mm : 6, finest = INFINITY;
  if (job->relief) finest = fmin(finest, job->data->relief->warp.pixel_m);
  if (job->tint) finest = fmin(finest, job->data->tint->warp.pixel_m);
  density = fmin(density, 3 / (finest * view->mm_per_m));
  density = fmin(density, sqrt(IMAGE_PIXELS_MAX / (view->width_mm * view->height_mm)));
  job->w = (int32_t)ceil(view->width_mm * density) + 2, job->h = (int32_t)ceil(view->height_mm * density) + 2;
  job->step_m = 1 / (density * view->mm_per_m);
  job->x_m = box.min_x - job->step_m / 2, job->y_m = box.max_y + job->step_m / 2;
  job->exaggeration = fmin(fmax(1.6 * pow(1 / (6 * view->mm_per_m) / 30, 0.35), 1), 9);
  job->rect = (vd_rect){-1 / density, -1 / density, job->w / density, job->h / density};
}

void vd_ground_draw(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                    vd_canvas *canvas, bool *relief, bool *tint) {
  vd_box box = vd_map_view_box(view);
  ground_job job = {.data = data, .options = options, .lights = make_lights()};
  job.relief =
      data->relief && options->layers.shown[VD_MAP_RELIEF] && vd_box_touches(box, data->relief->warp.box);
  job.tint =
      data->tint && options->layers.shown[VD_MAP_LANDCOVER] && vd_box_touches(box, data->tint->warp.box);
  job.sea = data->has_coast;
  *relief = job.relief, *tint = job.tint;
  if (!job.relief && !job.tint) return;
  job.relief_opacity = options->layers.opacity[VD_MAP_RELIEF];
  job.tint_opacity = options->layers.opacity[VD_MAP_LANDCOVER];
  place_pixels(&job, view);
  VD_CLEANUP(vd_arena_cleanup) vd_arena *scratch = vd_arena_new();
  uint8_t *rgba = VD_NEW_ARRAY(scratch, uint8_t, 4 * (size_t)job.w * (size_t)job.h);
  paint(&job, scratch, rgba);
  vd_canvas_image(canvas, (vd_image){rgba, job.w, job.h}, job.rect, VD_SAMPLE_SMOOTH);
}
