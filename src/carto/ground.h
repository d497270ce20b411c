/* ground: elevation and land cover made ready for shading at any scale.
 * SPDX-License-Identifier: Apache-2.0
 *
 * A raster keeps its own pixels; a coarse net of points tells where a place of the plane lies among them (between the
 * net's points linearly, which over the net's steps is exact to far less than a pixel). Coarser levels, each a 2 x 2
 * mean of the one before, serve small scales without flicker. */
#ifndef VEDETTE_CARTO_GROUND_H
#define VEDETTE_CARTO_GROUND_H

#include "vedette/carto/map.h"

enum { VD_WARP_STEPS = 64, VD_LEVELS_MAX = 16 };

/* Plane metres -> column and row of a raster. */
typedef struct vd_warp {
  double x0_m, y0_m, dx_m, dy_m;
  double *cr;     /* (VD_WARP_STEPS + 1)^2 pairs, NaN where the raster's system has no image */
  double pixel_m; /* side of a raster pixel on the ground, about */
  vd_box box;     /* what the net covers */
} vd_warp;
bool vd_warp_at(const vd_warp *warp, double x_m, double y_m, double *column, double *row);

typedef struct vd_ground_relief {
  vd_warp warp;
  int32_t n_levels, width[VD_LEVELS_MAX], height[VD_LEVELS_MAX];
  const float *level[VD_LEVELS_MAX];
  double low_m, high_m; /* between these heights the tint goes from its first to its last colour */
} vd_ground_relief;

/* Per pixel R G B A as floats 0..1 (premultiplied). */
typedef struct vd_ground_tint {
  vd_warp warp;
  int32_t n_levels, width[VD_LEVELS_MAX], height[VD_LEVELS_MAX];
  const uint8_t *level[VD_LEVELS_MAX]; /* 4 bytes a pixel, premultiplied */
  uint32_t classes;                    /* bit k: land-cover code k covers a hundredth or more */
} vd_ground_tint;

/* Both copy what they need into the arena; the plane is `data`'s. */
vd_status vd_ground_relief_new(vd_arena *arena, const vd_raster *elevation, const vd_map_data *data,
                               const vd_ground_relief **out);
vd_status vd_ground_tint_new(vd_arena *arena, const vd_raster *landcover, const vd_map_data *data,
                             const vd_ground_tint **out);
/* The colour of a land-cover code in the tint, straight alpha; VD_CLEAR for codes without. */
vd_rgba vd_landcover_color(int code);

/* Heights of one row of `n` places from (x_m, y_m) eastwards, `step_m` apart; NaN unknown. Smooth between pixels (quadratic
 * B-spline). */
void vd_ground_heights(const vd_ground_relief *relief, double x_m, double y_m, double step_m, int32_t n,
                       float *heights);
/* The tint's colours of such a row, 4 floats a place: R G B premultiplied, A. */
void vd_ground_colors(const vd_ground_tint *tint, double x_m, double y_m, double step_m, int32_t n,
                      float *rgba);

/* Draws relief and land cover of the view as one picture; true for each when something of it is seen. */
void vd_ground_draw(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                    vd_canvas *canvas, bool *relief, bool *tint);
/* The height tint from low (0) to high (1), for the legend. */
vd_rgba vd_relief_color(double t);

#endif
