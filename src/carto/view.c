/* view: the layers by name, and between the plane and the paper.
 * SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "vedette/base/i18n.h"
#include "vedette/carto/map.h"

static const vd_map_layer_info layers[VD_MAP_LAYER_COUNT] = {
    [VD_MAP_RELIEF] = {"relief", N_("Relief"), true, true},
    [VD_MAP_LANDCOVER] = {"landcover", N_("Land cover"), true, true},
    [VD_MAP_WATER] = {"water", N_("Water"), true, true},
    [VD_MAP_ROADS] = {"roads", N_("Roads and crossings"), true, true},
    [VD_MAP_SETTLEMENTS] = {"settlements", N_("Settlements"), true, true},
    [VD_MAP_AREAS] = {"areas", N_("Areas of responsibility"), true, false},
    [VD_MAP_STATES] = {"states", N_("Coverage"), true, false},
    [VD_MAP_CERTAINTY] = {"certainty", N_("Certainty of coverage"), false, false},
    [VD_MAP_RESPONSE] = {"response", N_("Response time"), false, false},
    [VD_MAP_THREATS] = {"threats", N_("Threat areas"), true, false},
    [VD_MAP_PROXIMITY] = {"proximity", N_("Proximity zones"), true, false},
    [VD_MAP_PATROLS] = {"patrols", N_("Patrol routes"), true, false},
    [VD_MAP_RESTRICTIONS] = {"restrictions", N_("Movement restrictions"), true, false},
    [VD_MAP_INCIDENTS] = {"incidents", N_("Incidents"), false, false},
    [VD_MAP_SITES] = {"sites", N_("Sites and alert networks"), true, false},
    [VD_MAP_BASES] = {"bases", N_("Bases"), true, false},
    [VD_MAP_GAPS] = {"gaps", N_("Coverage gaps"), true, false},
    [VD_MAP_GRID] = {"grid", N_("Grid"), false, false},
    [VD_MAP_LABELS] = {"labels", N_("Names"), true, false},
};

const vd_map_layer_info *vd_map_layer_lookup(vd_map_layer layer) {
  return &layers[layer];
}

int vd_map_layer_find(const char *word) {
  for (int i = 0; i < VD_MAP_LAYER_COUNT; i++)
    if (vd_str_equal_nocase(layers[i].word, word)) return i;
  return -1;
}

vd_map_layers vd_map_layers_default(void) {
  vd_map_layers all;
  for (int i = 0; i < VD_MAP_LAYER_COUNT; i++) {
    all.shown[i] = layers[i].shown;
    all.opacity[i] = 1;
  }
  return all;
}

vd_map_options vd_map_options_default(void) {
  return (vd_map_options){.layers = vd_map_layers_default(),
                          .style = vd_style_make(false, 1),
                          .raster_px_per_mm = 6,
                          .symbol_scale = 1};
}

vd_map_view vd_map_view_fit(const vd_map_data *data, double width_mm, double height_mm, double margin_mm) {
  vd_box box = vd_map_data_box(data);
  double w = fmax(width_mm - 2 * margin_mm, 1), h = fmax(height_mm - 2 * margin_mm, 1);
  double dx = fmax(box.max_x - box.min_x, 10), dy = fmax(box.max_y - box.min_y, 10);
  return (vd_map_view){(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2, fmin(w / dx, h / dy),
                       width_mm, height_mm};
}

void vd_map_view_to_mm(const vd_map_view *view, double x_m, double y_m, double *x_mm, double *y_mm) {
  *x_mm = (x_m - view->centre_x_m) * view->mm_per_m + view->width_mm / 2;
  *y_mm = (view->centre_y_m - y_m) * view->mm_per_m + view->height_mm / 2;
}

void vd_map_view_to_m(const vd_map_view *view, double x_mm, double y_mm, double *x_m, double *y_m) {
  *x_m = view->centre_x_m + (x_mm - view->width_mm / 2) / view->mm_per_m;
  *y_m = view->centre_y_m - (y_mm - view->height_mm / 2) / view->mm_per_m;
}

vd_box vd_map_view_box(const vd_map_view *view) {
  double w = view->width_mm / view->mm_per_m / 2, h = view->height_mm / view->mm_per_m / 2;
  return (vd_box){view->centre_x_m - w, view->centre_y_m - h, view->centre_x_m + w, view->centre_y_m + h};
}
