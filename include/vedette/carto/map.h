/* map: a plan and the results of its study drawn in a view, onto a canvas in millimetres.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One code draws the window's tiles, the overlays above them, prints and test pictures:
 *
 *   vd_map_data *data;                                 (once per plan revision or study: projects and prepares)
 *   VD_TRY(vd_map_data_build(plan, study, progress, &data));
 *   vd_map_view view = vd_map_view_fit(data, 260, 180, 5);
 *   vd_map_draw(draw, data, &view, &options, canvas, NULL);
 *
 * The plane is the landscape's: Lambert azimuthal equal-area centred on the area of interest, metres, y north. A
 * vd_map_data is not changed after it was built, so any number of threads may draw from it, each with a vd_draw and
 * an arena of its own. */
#ifndef VEDETTE_CARTO_MAP_H
#define VEDETTE_CARTO_MAP_H

#include "vedette/base/jobs.h"
#include "vedette/carto/label.h"
#include "vedette/carto/style.h"
#include "vedette/plan/plan.h"
#include "vedette/study/difference.h"
#include "vedette/study/study.h"

/* Layers from the bottom up. */
typedef enum vd_map_layer {
  VD_MAP_RELIEF,    /* hill shading and height tint */
  VD_MAP_LANDCOVER, /* a light tint */
  VD_MAP_WATER,
  VD_MAP_ROADS,
  VD_MAP_SETTLEMENTS,
  VD_MAP_AREAS,
  VD_MAP_STATES,    /* the four states over threatened cells */
  VD_MAP_CERTAINTY, /* surely, maybe, not covered; in place of the states where the study tells it */
  VD_MAP_RESPONSE,  /* lines of equal response time */
  VD_MAP_THREATS,
  VD_MAP_PROXIMITY,
  VD_MAP_PATROLS,
  VD_MAP_RESTRICTIONS,
  VD_MAP_INCIDENTS,
  VD_MAP_SITES,
  VD_MAP_BASES,
  VD_MAP_GAPS,
  VD_MAP_GRID, /* the MGRS or degree grid */
  VD_MAP_LABELS,
  VD_MAP_LAYER_COUNT
} vd_map_layer;
typedef struct vd_map_layer_info {
  const char *word;  /* on the command line: "relief" */
  const char *label; /* N_() marked */
  bool shown;        /* unless someone says otherwise */
  bool base;         /* drawn by vd_map_draw_base */
} vd_map_layer_info;
const vd_map_layer_info *vd_map_layer_lookup(vd_map_layer layer);
/* By its word, -1 when there is none. */
int vd_map_layer_find(const char *word);

typedef struct vd_map_layers {
  bool shown[VD_MAP_LAYER_COUNT];
  double opacity[VD_MAP_LAYER_COUNT]; /* 0..1 */
} vd_map_layers;
vd_map_layers vd_map_layers_default(void);

/* ---- what is drawn --------------------------------------------------------------------------------------------- */

typedef struct vd_map_data vd_map_data;
/* Projects and prepares everything. `study` NULL: no states, gaps and response times. Neither is kept: the data may
 * outlive both. The caller frees. */
vd_status vd_map_data_build(const vd_plan *plan, const vd_study *study, const vd_progress *progress,
                            vd_map_data **out);
void vd_map_data_free(vd_map_data *data);
void vd_map_data_cleanup(vd_map_data **data);
/* The same data with another study's states, gaps and response times; the plan's part is shared, not prepared again:
 * `base` must outlive *out. */
vd_status vd_map_data_with_study(const vd_map_data *base, const vd_study *study, vd_map_data **out);
/* Box of the area of interest in the plane (metres). */
vd_box vd_map_data_box(const vd_map_data *data);
/* Centre of the plane. */
void vd_map_data_centre(const vd_map_data *data, double *lon_deg, double *lat_deg);

/* The states, and the certainty where the study tells it, at one time instead of each cell's lasting one (a frame of the time line). In `arena`. */
typedef struct vd_map_states vd_map_states;
vd_map_states *vd_map_states_at(const vd_map_data *data, const vd_study *study, int64_t time_s,
                                vd_arena *arena);

/* Each cell's lasting state in another study of the same area, its cells of any size. In `arena`. */
vd_map_states *vd_map_states_of(const vd_map_data *data, const vd_study *study, vd_arena *arena);

/* What changed from one study to another; `landscape` is that of either. In `arena`. */
typedef struct vd_map_cover vd_map_cover;
vd_map_cover *vd_map_cover_of(const vd_map_data *data, const vd_landscape *landscape,
                              const vd_study_difference *difference, vd_arena *arena);

/* Between lon/lat (degrees, WGS 84) and the plane (metres); arrays of pairs; in place is allowed. Safe in any thread. */
void vd_map_to_plane(const vd_map_data *data, const double *lonlat, double *xy_m, size_t n);
void vd_map_to_lonlat(const vd_map_data *data, const double *xy_m, double *lonlat, size_t n);

/* ---- the view -------------------------------------------------------------------------------------------------- */

/* What part of the plane is seen: canvas x = (X - centre_x_m) mm_per_m + width_mm / 2, y downwards likewise. */
typedef struct vd_map_view {
  double centre_x_m, centre_y_m;
  double mm_per_m; /* 1000 / scale denominator: 1:250 000 is 0.004 */
  double width_mm, height_mm;
} vd_map_view;
/* The view that holds the area of interest with a margin. */
vd_map_view vd_map_view_fit(const vd_map_data *data, double width_mm, double height_mm, double margin_mm);
void vd_map_view_to_mm(const vd_map_view *view, double x_m, double y_m, double *x_mm, double *y_mm);
void vd_map_view_to_m(const vd_map_view *view, double x_mm, double y_mm, double *x_m, double *y_m);
vd_box vd_map_view_box(const vd_map_view *view); /* in the plane */

/* One thing on the map: a record of a kind, or a gap. */
typedef struct vd_map_object {
  enum { VD_OBJECT_NONE, VD_OBJECT_RECORD, VD_OBJECT_GAP } what;
  vd_kind kind;
  const char *id; /* of the record: borrowed from the map data when picked */
  int32_t gap;    /* index in the study's gaps */
} vd_map_object;

typedef struct vd_map_options {
  vd_map_layers layers;
  vd_style style;
  int64_t from_s, to_s;        /* what is valid in this window is drawn; both 0: the plan's window */
  const vd_map_states *states; /* NULL: each cell's lasting state */
  const vd_map_cover *cover;   /* drawn in place of the states; NULL none */
  double raster_px_per_mm;     /* how fine relief is worked out: a screen's own, or about 8 in print */
  double symbol_scale;         /* 1: 5 mm symbols; 0 counts as 1 */
  const vd_rect *keep_clear;   /* of labels, mm in the view: panels laid over the map */
  size_t n_keep_clear;
} vd_map_options;
/* Default layers and style, the plan's window. */
vd_map_options vd_map_options_default(void);

/* What came out, for the legend: a bit an item of legend.h in src/carto; opaque here. */
typedef struct vd_map_drawn {
  uint64_t items[4];
} vd_map_drawn;

/* Each draws inside the view's rectangle (0, 0, width_mm, height_mm) and clips to it; `drawn` may be NULL. Neighbouring
 * views at the same scale meet without a seam: patterns hang on the plane, symbols are drawn over the edge. */
void vd_map_draw_base(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                      vd_canvas *canvas, vd_map_drawn *drawn);
void vd_map_draw_overlays(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                          vd_canvas *canvas, vd_map_drawn *drawn);
/* All names of the view, placed together: not for tiles. */
void vd_map_draw_labels(vd_draw *draw, const vd_map_data *data, const vd_map_view *view,
                        const vd_map_options *options, vd_canvas *canvas, vd_map_drawn *drawn);
/* The three above. */
void vd_map_draw(vd_draw *draw, const vd_map_data *data, const vd_map_view *view,
                 const vd_map_options *options, vd_canvas *canvas, vd_map_drawn *drawn);
/* A highlight around one object; nothing when it is not in the data. */
void vd_map_draw_selection(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                           const vd_map_object *object, vd_canvas *canvas);

/* ---- what is under the pointer --------------------------------------------------------------------------------- */

/* The topmost object of the layers shown within `reach_mm` of a place: points before lines before areas; a gap before
 * a threat area. `what` VD_OBJECT_NONE when there is nothing. */
vd_map_object vd_map_pick(const vd_map_data *data, const vd_map_view *view, const vd_map_options *options,
                          double x_mm, double y_mm, double reach_mm);
/* The box of an object in the plane, empty when unknown: to centre the map on it. */
vd_box vd_map_object_box(const vd_map_data *data, const vd_map_object *object);

/* ---- small pieces shared with the window ------------------------------------------------------------------------- */

/* A bar of a round length (1, 2, 5 x 10^n) of at most max_mm, with its text. Returns its length in mm. Its length on
 * the ground is the geodesic's at the view's centre. */
double vd_map_draw_scale_bar(const vd_map_data *data, const vd_map_view *view, const vd_style *style,
                             double x_mm, double y_mm, double max_mm, vd_canvas *canvas);

#endif
