/* mapview: the map in the window: tiles, names, selection, and what the mouse does.
 * SPDX-License-Identifier: Apache-2.0
 *
 * The map is never mirrored: in right-to-left mode its rectangle is where the kit shows it, its content as on paper. */
#include <math.h>

#include "app/action.h"
#include "app/state.h"
#include "vedette/base/i18n.h"

enum { SETTLE_MS = 150 };
static const double MAX_MM_PER_M = 0.5; /* 1:2 000 */
static const double SMALLEST = 1.0 / 6; /* of the scale that shows the whole area */

/* Screens are taken as 96 pixels an inch, times the interface's scale. */
double vd_mapview_px_per_mm(const vd_app *app) {
  return 96 / 25.4 * app->scale;
}

static void touch_view(vd_app *app) {
  app->map.follows = false;
  app->map.moved_ms = app->now_ms;
  app->map_exact = false;
}

/* During a move without what the study of before it found. */
static vd_map_options shown_options(const vd_app *app) {
  static const vd_map_layer found[] = {VD_MAP_GAPS, VD_MAP_RESPONSE, VD_MAP_PROXIMITY};
  vd_map_options options = app->map_options;
  for (size_t i = 0; app->move.states && i < sizeof found / sizeof *found; i++)
    options.layers.shown[found[i]] = false;
  return options;
}

void vd_mapview_refresh(vd_app *app, bool forget) {
  const vd_map_data *data = vd_results_data(app->results);
  app->map_options.states = app->move.states ? app->move.states : app->at_time ? app->states : NULL;
  app->map_options.raster_px_per_mm = vd_mapview_px_per_mm(app);
  app->map_options.symbol_scale = 1;
  app->map_generation++;
  app->map_exact = false;
  vd_tiles_show(app->base, data, &app->map_options, forget);
  vd_map_options over = shown_options(app);
  vd_tiles_show(app->overlays, data, &over, forget);
}

/* ---- moving ---- */

void vd_mapview_fit(vd_app *app) {
  const vd_map_data *data = vd_results_data(app->results);
  double px = vd_mapview_px_per_mm(app);
  if (!data || app->map.where.w < 10) return;
  app->map.view = vd_map_view_fit(data, app->map.where.w / px, app->map.where.h / px, 4);
  touch_view(app);
  app->map.fitted = app->map.follows = true;
}

static void zoom_at(vd_app *app, double factor, double x_px, double y_px) {
  vd_map_view *view = &app->map.view;
  double px = vd_mapview_px_per_mm(app), x_m, y_m, to_x, to_y;
  vd_map_view_to_m(view, x_px / px, y_px / px, &x_m, &y_m);
  double whole = vd_map_view_fit(vd_results_data(app->results), view->width_mm, view->height_mm, 0).mm_per_m;
  view->mm_per_m = fmin(fmax(view->mm_per_m * factor, SMALLEST * whole), MAX_MM_PER_M);
  vd_map_view_to_m(view, x_px / px, y_px / px, &to_x, &to_y);
  view->centre_x_m += x_m - to_x;
  view->centre_y_m += y_m - to_y;
  touch_view(app);
}

void vd_mapview_zoom(vd_app *app, double factor) {
  zoom_at(app, factor, app->map.where.w / 2, app->map.where.h / 2);
}

static void pan(vd_app *app, double dx_px, double dy_px) {
  vd_map_view *view = &app->map.view;
  double m_per_px = 1 / (view->mm_per_m * vd_mapview_px_per_mm(app));
  view->centre_x_m -= dx_px * m_per_px;
  view->centre_y_m += dy_px * m_per_px;
  touch_view(app);
}

void vd_mapview_centre(vd_app *app, double lon_deg, double lat_deg) {
  const vd_map_data *data = vd_results_data(app->results);
  double at[2] = {lon_deg, lat_deg};
  if (!data) return;
  vd_map_to_plane(data, at, at, 1);
  app->map.view.centre_x_m = at[0];
  app->map.view.centre_y_m = at[1];
  touch_view(app);
}

void vd_mapview_frame(vd_app *app, vd_box box) {
  vd_map_view *view = &app->map.view;
  if (vd_box_is_empty(box)) return;
  view->centre_x_m = (box.min_x + box.max_x) / 2;
  view->centre_y_m = (box.min_y + box.max_y) / 2;
  double width = box.max_x - box.min_x, height = box.max_y - box.min_y;
  double whole = fmin(view->width_mm / fmax(width, 1), view->height_mm / fmax(height, 1));
  /* Out when it would not fit, in when it would be a speck: to a third of the map, but not past 1:100 000. */
  double in = fmin(whole / 3, 1e-5 * 1000);
  if (whole / 2 < view->mm_per_m) view->mm_per_m = whole / 2;
  if (view->mm_per_m < in / 2) view->mm_per_m = in;
  touch_view(app);
}

/* ---- the mouse and the keys ---- */

/* The map is never mirrored: its x runs from its left edge. */
static double map_x(const vd_app *app, const vd_touch *touch) {
  return app->mirror ? app->map.where.w - touch->x : touch->x;
}

static void drag(vd_app *app, const vd_touch *touch) {
  vd_mapview *map = &app->map;
  if (touch->started) {
    map->dragging = false;
    map->drag_x = touch->x;
    map->drag_y = touch->y;
    vd_tool_move_start(app, map_x(app, touch), touch->y);
    return;
  }
  double dx = touch->x - map->drag_x, dy = touch->y - map->drag_y;
  if (!map->dragging && hypot(dx, dy) < vd_ui_px(app->ui, 4)) return; /* a click may tremble */
  map->dragging = true;
  map->drag_x = touch->x;
  map->drag_y = touch->y;
  if (app->move.held)
    vd_tool_move_to(app, map_x(app, touch), touch->y);
  else
    pan(app, app->mirror ? -dx : dx, dy);
}

static void click(vd_app *app, double x_px, double y_px) {
  const vd_map_data *data = vd_results_data(app->results);
  double px = vd_mapview_px_per_mm(app), at[2];
  vd_map_object object = vd_map_pick(data, &app->map.view, &app->map_options, x_px / px, y_px / px, 2);
  vd_map_view_to_m(&app->map.view, x_px / px, y_px / px, &at[0], &at[1]);
  vd_map_to_lonlat(data, at, at, 1);
  if (object.what == VD_OBJECT_GAP) {
    vd_app_choose_gap(app, object.gap, false);
  } else {
    vd_app_choose_place(app, at[0], at[1]);
    app->chosen.object = object;
    if (object.id) app->chosen.object.id = vd_str_dup(app->chosen.arena, object.id);
  }
}

static void keys(vd_app *app) {
  double step = vd_ui_px(app->ui, 80);
  if (vd_ui_key(app->ui, VD_KEY_LEFT, 0)) pan(app, step, 0);
  if (vd_ui_key(app->ui, VD_KEY_RIGHT, 0)) pan(app, -step, 0);
  if (vd_ui_key(app->ui, VD_KEY_UP, 0)) pan(app, 0, step);
  if (vd_ui_key(app->ui, VD_KEY_DOWN, 0)) pan(app, 0, -step);
  if (vd_ui_key(app->ui, VD_KEY_HOME, 0)) vd_mapview_fit(app);
  if (app->move.held && vd_ui_key(app->ui, VD_KEY_ESCAPE, 0))
    vd_tool_move_cancel(app);
  else if (vd_ui_key(app->ui, VD_KEY_ESCAPE, 0))
    vd_app_choose_nothing(app);
}

static void remember_place(vd_app *app, double x_px, double y_px) {
  double px = vd_mapview_px_per_mm(app), at[2];
  vd_map_view_to_m(&app->map.view, x_px / px, y_px / px, &at[0], &at[1]);
  vd_map_to_lonlat(vd_results_data(app->results), at, at, 1);
  app->map.lon_deg = at[0];
  app->map.lat_deg = at[1];
}

static void input(vd_app *app, vd_rect layout) {
  vd_ui *ui = app->ui;
  vd_ui_id id = vd_ui_id_of(ui, "map");
  vd_touch touch = vd_ui_touch(ui, id, layout, VD_TOUCH_ANY_BUTTON);
  double x = app->mirror ? layout.w - touch.x : touch.x;
  const vd_event *event = vd_ui_event(ui);
  app->map.mouse_over = touch.hovered || touch.pressed;
  if (app->map.mouse_over) remember_place(app, x, touch.y);
  if (touch.started) vd_ui_focus(ui, id);
  if (touch.pressed) drag(app, &touch);
  if (!touch.pressed && app->move.held) vd_tool_move_drop(app);
  if (touch.hovered)
    vd_ui_set_cursor(ui, touch.pressed && app->map.dragging ? VD_CURSOR_MOVE : VD_CURSOR_CROSS);
  if (touch.double_clicked) zoom_at(app, 2, x, touch.y);
  if (touch.clicked && !app->map.dragging && event->clicks < 2) click(app, x, touch.y);
  if (touch.hovered && event->type == VD_EVENT_WHEEL && vd_ui_event_open(ui)) {
    zoom_at(app, pow(1.25, event->wheel), x, touch.y);
    vd_ui_use_event(ui);
  }
  if (vd_ui_focused(ui, id)) keys(app);
  char *scale = vd_str_printf(vd_ui_arena(ui), "1:%.0f", 1000 / app->map.view.mm_per_m);
  vd_ui_node(ui, id, VD_ROLE_MAP, _("Map"), scale, layout, VD_NODE_TAB_STOP);
}

/* ---- drawing ---- */

static bool same_view(const vd_map_view *a, const vd_map_view *b) {
  return a->centre_x_m == b->centre_x_m && a->centre_y_m == b->centre_y_m && a->mm_per_m == b->mm_per_m &&
         a->width_mm == b->width_mm && a->height_mm == b->height_mm;
}

/* Places names anew once the view rests. */
static void place_labels(vd_app *app) {
  vd_mapview *map = &app->map;
  if (map->labels && map->label_generation == app->map_generation &&
      map->label_places == vd_panel_reports_places(app) && same_view(&map->label_view, &map->view))
    return;
  vd_arena *arena = vd_arena_new();
  vd_canvas *labels = vd_canvas_new(arena);
  vd_map_options options = shown_options(app);
  options.n_keep_clear += vd_panel_reports_boxes(app, map->covered + 2);
  vd_map_draw_labels(app->draw, vd_results_data(app->results), &map->view, &options, labels, NULL);
  vd_arena_free(map->label_arena);
  map->label_arena = arena;
  map->labels = labels;
  map->label_view = map->view;
  map->label_generation = app->map_generation;
  map->label_places = vd_panel_reports_places(app);
}

/* While the view moves, names move and grow with it. */
static void draw_labels(vd_app *app, vd_canvas *canvas, double px) {
  const vd_map_view *was = &app->map.label_view, *now = &app->map.view;
  double x_mm, y_mm, factor = now->mm_per_m / was->mm_per_m;
  if (!app->map.labels || !app->map_options.layers.shown[VD_MAP_LABELS]) return;
  vd_map_view_to_mm(now, was->centre_x_m, was->centre_y_m, &x_mm, &y_mm);
  vd_canvas_save(canvas);
  vd_canvas_transform(canvas,
                      (vd_affine){px * factor, 0, 0, px * factor, px * (x_mm - was->width_mm * factor / 2),
                                  px * (y_mm - was->height_mm * factor / 2)});
  vd_canvas_sub(canvas, app->map.labels);
  vd_canvas_restore(canvas);
}

/* The borrowed label canvas may be replaced before this pass's picture is drawn a second time, so names are placed before
 * anything is drawn. */
static void draw_over(vd_app *app, vd_rect seen, double px) {
  vd_canvas *canvas = vd_ui_canvas(app->ui);
  const vd_map_data *data = vd_results_data(app->results);
  vd_canvas_save(canvas);
  vd_canvas_clip_rect(canvas, seen.x, seen.y, seen.w, seen.h);
  vd_canvas_translate(canvas, seen.x, seen.y);
  if (app->chosen.object.what != VD_OBJECT_NONE && !app->move.active) {
    vd_canvas_save(canvas);
    vd_canvas_scale(canvas, px, px);
    vd_map_draw_selection(data, &app->map.view, &app->map_options, &app->chosen.object, canvas);
    vd_canvas_restore(canvas);
  }
  vd_canvas_save(canvas);
  vd_canvas_scale(canvas, px, px);
  vd_panel_reports_draw_areas(app, canvas);
  vd_canvas_restore(canvas);
  draw_labels(app, canvas, px);
  vd_canvas_scale(canvas, px, px);
  vd_panel_reports_draw_places(app, canvas);
  vd_tool_move_draw(app, canvas);
  vd_panel_merge_draw(app, canvas);
  if (app->chosen.has_place && !app->move.active) {
    double at[2] = {app->chosen.lon_deg, app->chosen.lat_deg}, x, y;
    vd_map_to_plane(data, at, at, 1);
    vd_map_view_to_mm(&app->map.view, at[0], at[1], &x, &y);
    vd_canvas_icon(canvas, "icons/pin", (vd_rect){x - 4, y - 7.6, 8, 8}, vd_ui_theme(app->ui)->accent);
  }
  vd_canvas_restore(canvas);
}

/* ---- what lies on the map ---- */

static vd_rect scale_bar_box(vd_app *app, vd_rect seen) {
  double height = vd_ui_px(app->ui, 30), width = vd_ui_px(app->ui, 176), gap = vd_ui_px(app->ui, 10);
  return (vd_rect){seen.x + gap, seen.y + seen.h - height - gap, width, height};
}

static void scale_bar(vd_app *app, vd_rect seen, double px) {
  vd_ui *ui = app->ui;
  vd_canvas *canvas = vd_ui_canvas(ui), *bar = vd_canvas_new(vd_ui_arena(ui));
  vd_rect box = scale_bar_box(app, seen);
  double length_mm =
      vd_map_draw_scale_bar(vd_results_data(app->results), &app->map.view, &app->map_options.style, 0, 0,
                            (box.w - vd_ui_px(ui, 46)) / px, bar);
  box.w = length_mm * px + vd_ui_px(ui, 46);
  vd_canvas_fill(canvas, vd_path_round_rect(vd_ui_arena(ui), box.x, box.y, box.w, box.h, 4), VD_RULE_NONZERO,
                 vd_rgba_fade(vd_ui_theme(ui)->page, 0.88));
  vd_canvas_save(canvas);
  vd_canvas_translate(canvas, box.x + vd_ui_px(ui, 12), box.y + vd_ui_px(ui, 17));
  vd_canvas_scale(canvas, px, px);
  vd_canvas_sub(canvas, bar);
  vd_canvas_restore(canvas);
}

/* In layout coordinates; empty in a small window. */
static vd_rect buttons_box(vd_app *app, vd_rect layout) {
  double size = vd_ui_px(app->ui, 40), gap = vd_ui_px(app->ui, 10);
  double height = vd_action_map_count() * vd_ui_px(app->ui, 32) + vd_ui_px(app->ui, 8);
  if (height > layout.h - 2 * gap || layout.w < 5 * size) return (vd_rect){0};
  return (vd_rect){layout.x + layout.w - size - gap, layout.y + gap, size, height};
}

static void buttons(vd_app *app, vd_rect layout) {
  vd_ui *ui = app->ui;
  vd_rect panel = buttons_box(app, layout);
  if (panel.w <= 0) return;
  vd_ui_layer_begin(ui, panel, false);
  vd_ui_panel(ui, panel);
  vd_action_map_buttons(app, vd_inset(panel, vd_ui_px(ui, 4), vd_ui_px(ui, 4)), vd_ui_px(ui, 32));
  vd_ui_layer_end(ui);
}

static void keep_names_clear(vd_app *app, vd_rect layout, vd_rect seen, double px) {
  vd_rect over[2] = {scale_bar_box(app, seen), buttons_box(app, layout)};
  if (app->mirror) over[1].x = app->width - over[1].x - over[1].w;
  for (int i = 0; i < 2; i++)
    app->map.covered[i] =
        (vd_rect){(over[i].x - seen.x) / px, (over[i].y - seen.y) / px, over[i].w / px, over[i].h / px};
  app->map_options.keep_clear = app->map.covered;
  app->map_options.n_keep_clear = 2;
}

void vd_mapview_show(vd_app *app, vd_rect layout) {
  vd_ui *ui = app->ui;
  vd_rect seen = layout;
  double px = vd_mapview_px_per_mm(app);
  if (app->mirror) seen.x = app->width - layout.x - layout.w;
  bool resized = app->map.where.w != seen.w || app->map.where.h != seen.h;
  app->map.where = seen;
  app->map.view.width_mm = seen.w / px;
  app->map.view.height_mm = seen.h / px;
  if (!vd_results_data(app->results)) {
    vd_ui_fill(ui, layout, vd_ui_theme(ui)->header);
    vd_ui_paint(ui, layout, _("Preparing the map…"),
                (vd_paint_text){.align = VD_ALIGN_MIDDLE, .color = vd_ui_theme(ui)->faint_text});
    app->map_exact = false;
    return;
  }
  if (!app->map.fitted || (app->map.follows && resized)) vd_mapview_fit(app);
  input(app, layout);
  bool settled = app->now_ms - app->map.moved_ms >= SETTLE_MS || vd_queue_threads(app->tile_queue) == 0 ||
                 app->map.dragging;
  bool rests = app->now_ms - app->map.moved_ms >= SETTLE_MS || vd_queue_threads(app->tile_queue) == 0;
  keep_names_clear(app, layout, seen, px);
  if (rests || !app->map.labels) place_labels(app);
  vd_ui_fill(ui, layout, app->map_options.style.paper);
  bool exact = vd_tiles_draw(app->base, &app->map.view, px, seen, settled, vd_ui_canvas(ui));
  exact &= vd_tiles_draw(app->overlays, &app->map.view, px, seen, settled, vd_ui_canvas(ui));
  app->map_exact = exact && rests;
  draw_over(app, seen, px);
  scale_bar(app, seen, px);
  buttons(app, layout);
}
