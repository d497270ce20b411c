/* panel_layers: layers on and off, and how strongly they show.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/state.h"
#include "vedette/base/i18n.h"

static const char *const icons[VD_MAP_LAYER_COUNT] = {
    [VD_MAP_RELIEF] = "layers",
    [VD_MAP_LANDCOVER] = "polygon",
    [VD_MAP_WATER] = "layers",
    [VD_MAP_ROADS] = "route",
    [VD_MAP_SETTLEMENTS] = "home-village",
    [VD_MAP_AREAS] = "polygon",
    [VD_MAP_STATES] = "eye",
    [VD_MAP_CERTAINTY] = "info",
    [VD_MAP_RESPONSE] = "clock",
    [VD_MAP_THREATS] = "warning",
    [VD_MAP_PROXIMITY] = "target",
    [VD_MAP_PATROLS] = "patrol",
    [VD_MAP_RESTRICTIONS] = "barrier",
    [VD_MAP_INCIDENTS] = "incident",
    [VD_MAP_SITES] = "people",
    [VD_MAP_BASES] = "base",
    [VD_MAP_GAPS] = "eye-off",
    [VD_MAP_GRID] = "table",
    [VD_MAP_LABELS] = "pencil",
};

static bool one_layer(vd_app *app, vd_map_layer layer, vd_rect row) {
  vd_ui *ui = app->ui;
  const vd_map_layer_info *info = vd_map_layer_lookup(layer);
  vd_map_layers *layers = &app->map_options.layers;
  double percent = layers->opacity[layer] * 100;
  vd_rect top = vd_cut_top(&row, vd_ui_px(ui, 26));
  vd_ui_push(ui, info->word);
  vd_rgba ink = layers->shown[layer] ? vd_ui_theme(ui)->accent : vd_ui_theme(ui)->disabled;
  vd_rect icon = vd_cut_right(&top, vd_ui_px(ui, 24));
  if (icons[layer]) vd_ui_icon(ui, icon, icons[layer], ink);
  bool changed = vd_ui_checkbox(ui, top, _(info->label), &layers->shown[layer]);
  if (layers->shown[layer] && layer != VD_MAP_LABELS) {
    vd_rect number = vd_cut_right(&row, vd_ui_px(ui, 46));
    vd_cut_left(&row, vd_ui_px(ui, 22));
    changed |= vd_ui_slider(ui, row, vd_str_printf(vd_ui_arena(ui), _("%s, strength"), _(info->label)), 0,
                            100, 5, &percent);
    const vd_theme *theme = vd_ui_theme(ui);
    vd_ui_paint(
        ui, number, vd_str_printf(vd_ui_arena(ui), "%.0f %%", percent),
        (vd_paint_text){.size = theme->small_size, .align = VD_ALIGN_END, .color = theme->faint_text});
    layers->opacity[layer] = percent / 100;
  }
  vd_ui_pop(ui);
  return changed;
}

static double height_of(const vd_app *app, vd_map_layer layer) {
  bool slider = app->map_options.layers.shown[layer] && layer != VD_MAP_LABELS;
  return vd_ui_px(app->ui, slider ? 48 : 30);
}

void vd_panel_layers(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  bool changed = false;
  double content = 0;
  vd_ui_fill(ui, rect, theme->panel);
  vd_ui_fill(ui, vd_cut_right(&rect, 1), theme->line);
  rect = vd_inset(rect, vd_ui_px(ui, 12), 0);
  vd_ui_push(ui, "layers");
  vd_ui_title(ui, vd_cut_top(&rect, vd_ui_px(ui, 38)), _("Layers"));
  for (int i = 0; i < VD_MAP_LAYER_COUNT; i++) content += height_of(app, (vd_map_layer)i);
  vd_rect rows = vd_ui_scroll_begin(ui, rect, "rows", content);
  for (int i = VD_MAP_LAYER_COUNT; i-- > 0;) { /* the topmost first */
    vd_map_layer layer = (vd_map_layer)i;
    changed |= one_layer(app, layer, vd_cut_top(&rows, height_of(app, layer)));
  }
  vd_ui_scroll_end(ui);
  vd_ui_pop(ui);
  if (changed) vd_mapview_refresh(app, false);
}
