/* panel_merge: another copy of the plan taken in - which file, its conflicts one by one on the map, and one edit.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "app/state.h"
#include "vedette/base/i18n.h"

/* ---- the merge under way ---- */

void vd_app_merge_end(vd_app *app) {
  vd_app_merge *at = &app->merge;
  vd_merging_cleanup(&at->from);
  vd_arena_free(at->arena);
  at->arena = NULL;
  at->merge = NULL;
  at->choices = (vd_choices){.all = VD_SIDE_COUNT};
  at->table = (vd_table_state){.chosen = -1, .sort_column = -1};
}

static void work_out(vd_app *app) {
  vd_app_merge *at = &app->merge;
  if (vd_merging_run(at->from, &at->choices, &at->merge) != VD_OK) {
    vd_app_say_failure(app);
    vd_app_merge_end(app);
    return;
  }
  at->revision = vd_plan_revision(app->plan, VD_KIND_COUNT) + vd_plan_base_revision(app->plan);
  if (at->table.chosen >= (int64_t)at->merge->n_conflicts) at->table.chosen = -1;
}

/* Anything borrowed from the plan is good for this revision only. */
static bool is_fresh(const vd_app *app) {
  return app->merge.merge &&
         app->merge.revision == vd_plan_revision(app->plan, VD_KIND_COUNT) + vd_plan_base_revision(app->plan);
}

static const vd_conflict *chosen_conflict(const vd_app *app) {
  bool any = is_fresh(app) && app->merge.table.chosen >= 0;
  return any ? &app->merge.merge->conflicts[app->merge.table.chosen] : NULL;
}

/* A name without a folder is looked for beside the plan. */
static const char *path_of(vd_app *app) {
  const char *name = app->merge.path, *plan = vd_plan_file_path(app->file);
  const char *base = vd_path_base(plan);
  if (strchr(name, '/') || base == plan || access(name, F_OK) == 0) return name;
  return vd_str_printf(vd_ui_arena(app->ui), "%.*s%s", (int)(base - plan), plan, name);
}

static void compare(vd_app *app) {
  vd_app_merge *at = &app->merge;
  vd_app_merge_end(app);
  at->arena = vd_arena_new();
  if (vd_merging_open(app->file, app->plan, NULL, path_of(app), NULL, &at->from) != VD_OK) {
    vd_app_say_failure(app);
    vd_app_merge_end(app);
  } else {
    app->message_until_ms = 0; /* an earlier failure */
    work_out(app);
  }
  vd_ui_ask_again(app->ui);
}

static void choose(vd_app *app, int64_t row) {
  vd_box box = vd_box_empty();
  app->merge.table.chosen = row;
  const vd_conflict *conflict = chosen_conflict(app);
  for (int side = 0; conflict && side < VD_SIDE_COUNT; side++) {
    vd_box part = conflict->sides[side].geom ? vd_geom_box(conflict->sides[side].geom) : vd_box_empty();
    if (vd_box_is_empty(part) || !vd_results_data(app->results)) continue;
    double corners[8] = {part.min_x, part.min_y, part.max_x, part.min_y,
                         part.max_x, part.max_y, part.min_x, part.max_y};
    vd_map_to_plane(vd_results_data(app->results), corners, corners, 4);
    for (int i = 0; i < 4; i++) box = vd_box_add(box, corners[2 * i], corners[2 * i + 1]);
  }
  vd_mapview_frame(app, box);
}

static void decide(vd_app *app, vd_side side) {
  vd_app_merge *at = &app->merge;
  const vd_conflict *conflict = chosen_conflict(app);
  if (!conflict) return;
  vd_choice choice = {vd_conflict_kind_word(conflict), vd_str_dup(at->arena, conflict->id),
                      vd_str_dup(at->arena, conflict->field), side, false};
  *VD_PUSH(at->arena, at->choices.items, at->choices.n, at->choices.capacity) = choice;
  int64_t row = at->table.chosen;
  work_out(app);
  if (at->merge && row + 1 < (int64_t)at->merge->n_conflicts &&
      at->merge->conflicts[row + 1].choice == VD_SIDE_COUNT)
    choose(app, row + 1); /* on to the next */
  vd_ui_ask_again(app->ui);
}

static void decide_all(vd_app *app, vd_side side) {
  app->merge.choices = (vd_choices){.all = side};
  work_out(app);
  vd_ui_ask_again(app->ui);
}

static void make(vd_app *app) {
  vd_app_merge *at = &app->merge;
  size_t n = vd_merge_n_changes(at->merge);
  if (vd_merging_write(&at->from, 1, app->file) != VD_OK) {
    vd_app_say_failure(app);
    return;
  }
  vd_app_merge_end(app);
  at->open = false;
  vd_app_say(app, false, _("Merged: changes taken in: %zu. Ctrl+Z takes them back."), n);
  vd_app_study(app);
  vd_ui_ask_again(app->ui);
}

/* ---- the list ---- */

static vd_table_cell cell_of(void *context, vd_arena *arena, int64_t row, int column) {
  const vd_app *app = context;
  const vd_conflict *conflict = &app->merge.merge->conflicts[row];
  if (column == 0)
    return (vd_table_cell){.text = vd_str_printf(arena, "%s, %s", conflict->label, conflict->field_label)};
  static const char *const words[] = {N_("before"), N_("mine"), N_("theirs")};
  bool decided = conflict->choice < VD_SIDE_COUNT;
  return (vd_table_cell){.text = decided ? _(words[conflict->choice]) : _("to decide"),
                         .color = decided ? VD_CLEAR : vd_ui_theme(app->ui)->high,
                         .bold = !decided};
}

static void show_list(vd_app *app, vd_rect rect) {
  const vd_column columns[] = {{_("Conflict"), 1, 0, false}, {_("Decision"), 0, 86, false}};
  const vd_table table = {.name = _("Conflicts"),
                          .empty = _("No conflicts."),
                          .columns = columns,
                          .n_columns = 2,
                          .n_rows = (int64_t)app->merge.merge->n_conflicts,
                          .context = app,
                          .cell_of = cell_of};
  vd_table_state *state = &app->merge.table;
  vd_table_result result = vd_ui_table(app->ui, rect, &table, state);
  if ((result == VD_TABLE_CHOSEN || result == VD_TABLE_OPENED) && state->chosen >= 0)
    choose(app, state->chosen);
}

/* ---- the chosen conflict ---- */

static const vd_rgba side_colors[VD_SIDE_COUNT] = {VD_RGB(0x60, 0x60, 0x60), VD_RGB(0x00, 0x5a, 0x9c),
                                                   VD_RGB(0xc0, 0x4a, 0x00)};

static const char *side_label(vd_side side) {
  static const char *const labels[] = {N_("Before"), N_("Mine"), N_("Theirs")};
  return _(labels[side]);
}

static const char *signature(vd_app *app, const vd_clash_value *value) {
  if (value->time_s == VD_TIME_MIN) return value->author ? value->author : "";
  return vd_str_printf(
      vd_ui_arena(app->ui), "%s, %s", value->author ? value->author : "?",
      vd_time_text(vd_ui_arena(app->ui), value->time_s, vd_plan_info_lookup(app->plan)->utc_offset_s));
}

/* A button with the side's name, what it says, and who said it when. False when it decided: the conflict is another then. */
static bool show_side(vd_app *app, const vd_conflict *conflict, vd_side side, vd_rect row) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  const vd_clash_value *value = &conflict->sides[side];
  bool can = side != VD_SIDE_BASE || !value->absent || conflict->clash != VD_CLASH_CHANGED;
  const char *text = value->absent ? _("not there") : value->text ? value->text : "–";
  vd_rect button = vd_cut_left(&row, vd_ui_px(ui, 96));
  vd_ui_fill(ui, vd_cut_left(&button, vd_ui_px(ui, 5)), side_colors[side]);
  if (vd_ui_button(ui, vd_inset(button, vd_ui_px(ui, 3), vd_ui_px(ui, 3)), side_label(side),
                   conflict->choice == side ? VD_BUTTON_MAIN : VD_BUTTON_PLAIN, can)) {
    decide(app, side);
    return false;
  }
  vd_cut_left(&row, vd_ui_px(ui, 6));
  vd_rect below = row, first = vd_cut_top(&below, row.h / 2);
  vd_ui_paint(ui, first, text, (vd_paint_text){.bold = conflict->choice == side});
  const char *who = side == VD_SIDE_BASE ? "" : signature(app, value);
  vd_ui_paint(ui, below, who, (vd_paint_text){.size = theme->small_size, .color = theme->faint_text});
  vd_ui_node(ui, vd_ui_id_of(ui, vd_side_words[side]), VD_ROLE_LABEL,
             vd_str_printf(vd_ui_arena(ui), "%s: %s", side_label(side), text), who, row, 0);
  return true;
}

static void show_chosen(vd_app *app, vd_rect rect) {
  static const vd_side order[] = {VD_SIDE_MINE, VD_SIDE_THEIRS, VD_SIDE_BASE};
  vd_ui *ui = app->ui;
  const vd_conflict *conflict = chosen_conflict(app);
  if (!conflict) {
    vd_ui_paint_lines(
        ui, rect,
        _("Choose a conflict to see both sides on the map; 1 takes mine, 2 theirs, 3 what was before."),
        (vd_paint_text){.color = vd_ui_theme(ui)->faint_text}, true);
    return;
  }
  const char *title =
      vd_str_printf(vd_ui_arena(ui), "%s “%s”, %s",
                    conflict->kind == VD_KIND_COUNT ? _("Plan") : _(vd_kind_lookup(conflict->kind)->label),
                    conflict->label, conflict->field_label);
  vd_ui_paint(ui, vd_cut_top(&rect, vd_ui_px(ui, 24)), title, (vd_paint_text){.bold = true});
  for (int i = 0; i < VD_SIDE_COUNT; i++)
    if (!show_side(app, conflict, order[i], vd_cut_top(&rect, vd_ui_px(ui, 42)))) return;
}

static void chosen_keys(vd_app *app) {
  static const vd_side sides[] = {VD_SIDE_MINE, VD_SIDE_THEIRS, VD_SIDE_BASE};
  if (!chosen_conflict(app) || vd_ui_wants_text(app->ui)) return;
  for (uint32_t i = 0; i < VD_SIDE_COUNT; i++)
    if (vd_ui_key(app->ui, '1' + i, 0)) decide(app, sides[i]);
}

/* ---- the panel ---- */

static const char *summary(vd_app *app) {
  const vd_merge *merge = app->merge.merge;
  vd_buf text = {.arena = vd_ui_arena(app->ui)};
  vd_buf_printf(&text, _("%s. Records to take in: %zu added, %zu changed, %zu removed."),
                vd_merging_since(app->merge.from, text.arena), merge->n_added, merge->n_changed,
                merge->n_removed);
  if (merge->n_conflicts)
    vd_buf_printf(&text, _(" Conflicts: %zu, to decide: %zu."), merge->n_conflicts, merge->n_undecided);
  if (merge->n_twins) vd_buf_printf(&text, _(" Possible twins, both kept: %zu."), merge->n_twins);
  for (size_t i = 0; i < merge->n_notes && i < 3; i++)
    vd_buf_printf(&text, " %s: %s", merge->notes[i].label, merge->notes[i].sentence);
  if (merge->n_notes > 3) vd_buf_printf(&text, _(" More to look at: %zu."), merge->n_notes - 3);
  return text.text;
}

static void ask_path(vd_app *app, vd_rect *rect) {
  vd_ui *ui = app->ui;
  vd_rect line = vd_cut_top(rect, vd_ui_px(ui, 32)), button = vd_cut_right(&line, vd_ui_px(ui, 96));
  vd_cut_right(&line, vd_ui_px(ui, 8));
  vd_edit_result result = vd_ui_textbox(ui, line, _("Other copy"), _("path of the other copy, .gpkg"),
                                        app->merge.path, sizeof app->merge.path);
  bool go = vd_ui_button(ui, button, _("Compare"), VD_BUTTON_PLAIN, app->merge.path[0] != '\0');
  if (app->merge.path[0] && (go || result == VD_EDIT_ENTERED)) compare(app);
  vd_cut_top(rect, vd_ui_px(ui, 8));
}

static void show_buttons(vd_app *app, vd_rect *rect) {
  vd_ui *ui = app->ui;
  vd_rect line = vd_cut_bottom(rect, vd_ui_px(ui, 44));
  line = vd_inset(line, 0, vd_ui_px(ui, 6));
  bool ready = is_fresh(app) && app->merge.merge->n_undecided == 0;
  if (is_fresh(app) && app->merge.merge->n_conflicts > 0) {
    if (vd_ui_button(ui, vd_cut_left(&line, vd_ui_px(ui, 88)), _("All mine"), VD_BUTTON_PLAIN, true))
      decide_all(app, VD_SIDE_MINE);
    vd_cut_left(&line, vd_ui_px(ui, 6));
    if (vd_ui_button(ui, vd_cut_left(&line, vd_ui_px(ui, 88)), _("All theirs"), VD_BUTTON_PLAIN, true))
      decide_all(app, VD_SIDE_THEIRS);
  }
  if (vd_ui_button(ui, vd_cut_right(&line, vd_ui_px(ui, 96)), _("Merge"), VD_BUTTON_MAIN, ready)) make(app);
  vd_cut_bottom(rect, vd_ui_px(ui, 4));
}

static void show_merge(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  show_buttons(app, &rect);
  if (!is_fresh(app)) return;
  const char *text = summary(app);
  vd_paint_text how = {.size = vd_ui_theme(ui)->small_size};
  double height = vd_ui_paint_lines(ui, rect, text, how, true);
  vd_ui_node(ui, vd_ui_id_of(ui, "summary"), VD_ROLE_STATUS, text, NULL,
             (vd_rect){rect.x, rect.y, rect.w, height}, 0);
  vd_cut_top(&rect, height + vd_ui_px(ui, 8));
  vd_rect chosen = vd_cut_bottom(&rect, vd_ui_px(ui, 158));
  show_list(app, rect);
  if (!is_fresh(app)) return;
  vd_cut_top(&chosen, vd_ui_px(ui, 6));
  show_chosen(app, chosen);
  chosen_keys(app);
}

void vd_panel_merge(vd_app *app, vd_rect rect) {
  vd_ui *ui = app->ui;
  const vd_theme *theme = vd_ui_theme(ui);
  if (app->merge.merge && !is_fresh(app)) work_out(app);
  vd_ui_fill(ui, rect, theme->panel);
  vd_ui_fill(ui, vd_cut_left(&rect, 1), theme->line);
  rect = vd_inset(rect, vd_ui_px(ui, 14), 0);
  vd_ui_push(ui, "merge");
  vd_rect head = vd_cut_top(&rect, vd_ui_px(ui, 38)), close = vd_cut_right(&head, vd_ui_px(ui, 26));
  vd_ui_title(ui, head, _("Merge another copy"));
  if (vd_ui_icon_button(ui, vd_inset(close, 0, vd_ui_px(ui, 6)), "close", _("Close"), false, true)) {
    vd_app_merge_end(app);
    app->merge.open = false;
    vd_ui_ask_again(ui);
  } else {
    ask_path(app, &rect);
    if (app->merge.merge) show_merge(app, rect);
  }
  vd_ui_pop(ui);
}

/* ---- on the map ---- */

static vd_path path_on_map(vd_app *app, const vd_geom *geom, vd_arena *arena) {
  double *xy = VD_NEW_ARRAY(arena, double, 2 * (size_t)geom->n_points + 2);
  vd_map_to_plane(vd_results_data(app->results), geom->xy, xy, (size_t)geom->n_points);
  for (int32_t i = 0; i < geom->n_points; i++)
    vd_map_view_to_mm(&app->map.view, xy[2 * i], xy[2 * i + 1], &xy[2 * i], &xy[2 * i + 1]);
  return (vd_path){.xy = xy,
                   .n_points = geom->n_points,
                   .n_parts = geom->n_parts,
                   .part_start = geom->part_start,
                   .closed = geom->type == VD_GEOM_POLYGON};
}

static void draw_side(vd_app *app, const vd_clash_value *value, vd_side side, vd_canvas *canvas) {
  vd_arena *arena = vd_canvas_arena(canvas);
  vd_path path = path_on_map(app, value->geom, arena);
  vd_stroke halo = {.width_mm = 1.8, .color = vd_rgba_fade(VD_WHITE, 0.85), .join = VD_JOIN_ROUND};
  vd_stroke line = {.width_mm = 0.8, .color = side_colors[side], .join = VD_JOIN_ROUND};
  if (side == VD_SIDE_BASE) line.n_dashes = 2, line.dash_mm[0] = 1.6, line.dash_mm[1] = 1.2;
  if (value->geom->type == VD_GEOM_POINT)
    path = vd_path_circle(arena, path.xy[0], path.xy[1], 4 + 0.8 * (double)side);
  vd_canvas_stroke(canvas, path, &halo);
  vd_canvas_stroke(canvas, path, &line);
  vd_text_run name = {.text = side_label(side),
                      .style = {.size_mm = 3.2, .face = VD_FACE_BOLD},
                      .x = path.xy[0] + 1.5,
                      .y = path.xy[1] - 3.5 - 3.6 * (double)side,
                      .color = side_colors[side],
                      .halo_color = VD_WHITE,
                      .halo_mm = 0.7};
  vd_canvas_text(canvas, &name);
}

void vd_panel_merge_draw(vd_app *app, vd_canvas *canvas) {
  static const vd_side order[] = {VD_SIDE_BASE, VD_SIDE_THEIRS, VD_SIDE_MINE};
  const vd_conflict *conflict = app->merge.open ? chosen_conflict(app) : NULL;
  for (int i = 0; conflict && i < VD_SIDE_COUNT; i++)
    if (conflict->sides[order[i]].geom) draw_side(app, &conflict->sides[order[i]], order[i], canvas);
}
