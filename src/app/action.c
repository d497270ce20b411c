/* action: the table, and the menus and toolbar made from it.
 * SPDX-License-Identifier: Apache-2.0 */
#include "app/action.h"

#include <stdio.h>
#include <string.h>

#include "app/state.h"
#include "vedette/base/i18n.h"

static void run_print(vd_app *app) {
  app->print_open = true;
}
static void run_merge(vd_app *app) {
  app->merge.open = true;
}
static bool can_merge(const vd_app *app) {
  return !app->read_only;
}
static void run_quit(vd_app *app) {
  app->ended = true;
}
static void run_help(vd_app *app) {
  app->help_open = true;
}
static void run_zoom_in(vd_app *app) {
  vd_mapview_zoom(app, 1.5);
}
static void run_zoom_out(vd_app *app) {
  vd_mapview_zoom(app, 1 / 1.5);
}
static void run_fit(vd_app *app) {
  vd_mapview_fit(app);
}
static void run_layers(vd_app *app) {
  app->show_layers = !app->show_layers;
}
static void run_details(vd_app *app) {
  app->show_details = !app->show_details;
}
static void run_bottom(vd_app *app) {
  app->show_bottom = !app->show_bottom;
}
static bool layers_shown(const vd_app *app) {
  return app->show_layers;
}
static bool details_shown(const vd_app *app) {
  return app->show_details;
}
static bool bottom_shown(const vd_app *app) {
  return app->show_bottom;
}

static void run_study(vd_app *app) {
  if (vd_plan_file_refresh(app->file) != VD_OK) vd_app_say_failure(app);
  vd_app_study(app);
}

static void run_undo(vd_app *app) {
  const char *title = vd_plan_undo_title(app->plan);
  char told[160];
  snprintf(told, sizeof told, "%s", title ? title : "");
  if (vd_plan_undo(app->plan) != VD_OK) {
    vd_app_say_failure(app);
    return;
  }
  vd_app_say(app, false, _("Undone: %s"), told);
  vd_app_study(app);
}

static void run_redo(vd_app *app) {
  const char *title = vd_plan_redo_title(app->plan);
  char told[160];
  snprintf(told, sizeof told, "%s", title ? title : "");
  if (vd_plan_redo(app->plan) != VD_OK) {
    vd_app_say_failure(app);
    return;
  }
  vd_app_say(app, false, _("Done again: %s"), told);
  vd_app_study(app);
}

static bool can_undo(const vd_app *app) {
  return vd_plan_undo_title(app->plan) != NULL;
}
static bool can_redo(const vd_app *app) {
  return vd_plan_redo_title(app->plan) != NULL;
}
static bool has_data(const vd_app *app) {
  return vd_results_data(app->results) != NULL;
}
static bool has_study(const vd_app *app) {
  return vd_results_study(app->results) != NULL;
}

static void run_play(vd_app *app) {
  app->playing = !app->playing;
  app->played_ms = app->now_ms;
  if (app->playing && !app->at_time)
    vd_app_set_time(app, vd_study_headline(vd_results_study(app->results))->from_s);
}
static void run_whole(vd_app *app) {
  vd_app_whole_window(app);
}
static void run_past(vd_app *app) {
  vd_app_set_past(app, !app->past);
}
static bool is_past(const vd_app *app) {
  return app->past;
}
static bool is_playing(const vd_app *app) {
  return app->playing;
}
static bool shows_whole(const vd_app *app) {
  return !app->at_time;
}

const vd_action vd_actions[] = {
    {.word = "print",
     .menu = N_("File"),
     .label = N_("Print the map…"),
     .icon = "print",
     .shortcut = "Ctrl+P",
     .key = 'p',
     .mods = VD_MOD_CTRL,
     .run = run_print,
     .enabled = has_data},
    {.word = "merge",
     .menu = N_("File"),
     .label = N_("Merge another copy…"),
     .shortcut = "Ctrl+M",
     .key = 'm',
     .mods = VD_MOD_CTRL,
     .run = run_merge,
     .enabled = can_merge},
    {.word = "quit",
     .menu = N_("File"),
     .label = N_("Quit"),
     .shortcut = "Ctrl+Q",
     .key = 'q',
     .mods = VD_MOD_CTRL,
     .run = run_quit,
     .rule_before = true},
    {.word = "undo",
     .menu = N_("Edit"),
     .label = N_("Undo"),
     .icon = "undo",
     .shortcut = "Ctrl+Z",
     .key = 'z',
     .mods = VD_MOD_CTRL,
     .run = run_undo,
     .enabled = can_undo},
    {.word = "redo",
     .menu = N_("Edit"),
     .label = N_("Redo"),
     .icon = "redo",
     .shortcut = "Ctrl+Y",
     .key = 'y',
     .mods = VD_MOD_CTRL,
     .run = run_redo,
     .enabled = can_redo},
    {.word = "zoom-in",
     .menu = N_("View"),
     .label = N_("Zoom in"),
     .icon = "zoom-in",
     .shortcut = "+",
     .key = '+',
     .run = run_zoom_in,
     .enabled = has_data,
     .on_map = true},
    {.word = "zoom-out",
     .menu = N_("View"),
     .label = N_("Zoom out"),
     .icon = "zoom-out",
     .shortcut = "-",
     .key = '-',
     .run = run_zoom_out,
     .enabled = has_data,
     .on_map = true},
    {.word = "fit",
     .menu = N_("View"),
     .label = N_("Whole area"),
     .icon = "locate",
     .shortcut = "0",
     .key = '0',
     .run = run_fit,
     .enabled = has_data,
     .on_map = true},
    {.word = "layers",
     .menu = N_("View"),
     .label = N_("Layers"),
     .icon = "layers",
     .shortcut = "Ctrl+L",
     .key = 'l',
     .mods = VD_MOD_CTRL,
     .run = run_layers,
     .checked = layers_shown,
     .rule_before = true},
    {.word = "details",
     .menu = N_("View"),
     .label = N_("Details"),
     .icon = "info",
     .shortcut = "Ctrl+D",
     .key = 'd',
     .mods = VD_MOD_CTRL,
     .run = run_details,
     .checked = details_shown},
    {.word = "table",
     .menu = N_("View"),
     .label = N_("Tables"),
     .icon = "table",
     .shortcut = "Ctrl+T",
     .key = 't',
     .mods = VD_MOD_CTRL,
     .run = run_bottom,
     .checked = bottom_shown},
    {.word = "play",
     .menu = N_("Plan"),
     .label = N_("Play through the window"),
     .icon = "play",
     .shortcut = "Ctrl+Space",
     .key = ' ',
     .mods = VD_MOD_CTRL,
     .run = run_play,
     .enabled = has_study,
     .checked = is_playing},
    {.word = "whole",
     .menu = N_("Plan"),
     .label = N_("Whole window"),
     .icon = "clock",
     .shortcut = "Ctrl+W",
     .key = 'w',
     .mods = VD_MOD_CTRL,
     .run = run_whole,
     .enabled = has_study,
     .checked = shows_whole},
    {.word = "past",
     .menu = N_("Plan"),
     .label = N_("Past: executed patrols only"),
     .run = run_past,
     .checked = is_past,
     .rule_before = true},
    {.word = "study",
     .menu = N_("Plan"),
     .label = N_("Study again"),
     .shortcut = "F5",
     .key = VD_KEY_F5,
     .run = run_study,
     .rule_before = true},
    {.word = "help",
     .menu = N_("Help"),
     .label = N_("Keys and words"),
     .icon = "help",
     .shortcut = "F1",
     .key = VD_KEY_F1,
     .run = run_help},
};
const int vd_n_actions = (int)(sizeof vd_actions / sizeof *vd_actions);

static bool usable(const vd_app *app, const vd_action *action) {
  return !action->enabled || action->enabled(app);
}

void vd_action_keys(vd_app *app) {
  if (app->print_open || app->help_open) return;
  for (int i = 0; i < vd_n_actions; i++) {
    const vd_action *action = &vd_actions[i];
    /* "+" is typed with Shift on many keyboards, and "=" is the same key without. */
    bool plus = action->key == '+' && (vd_ui_key(app->ui, '+', VD_MOD_SHIFT) || vd_ui_key(app->ui, '=', 0) ||
                                       vd_ui_key(app->ui, '=', VD_MOD_SHIFT));
    if (!plus && !(action->key && vd_ui_key(app->ui, action->key, action->mods))) continue;
    if (usable(app, action)) action->run(app);
    vd_ui_ask_again(app->ui);
  }
}

bool vd_action_run(vd_app *app, const char *word) {
  for (int i = 0; i < vd_n_actions; i++) {
    if (strcmp(vd_actions[i].word, word) != 0 || !usable(app, &vd_actions[i])) continue;
    vd_actions[i].run(app);
    return true;
  }
  return false;
}

/* "Undo: Move base" */
static const char *label_of(const vd_app *app, const vd_action *action) {
  const char *what = NULL;
  if (action->run == run_undo) what = vd_plan_undo_title(app->plan);
  if (action->run == run_redo) what = vd_plan_redo_title(app->plan);
  return what ? vd_str_printf(vd_ui_arena(app->ui), "%s: %s", _(action->label), what) : _(action->label);
}

static int count_in_menu(const char *menu) {
  int n = 0;
  for (int i = 0; i < vd_n_actions; i++) n += strcmp(vd_actions[i].menu, menu) == 0;
  return n;
}

static void show_menu(vd_app *app, const char *menu, vd_rect *bar) {
  if (!vd_ui_menu_begin(app->ui, bar, _(menu), count_in_menu(menu))) return;
  for (int i = 0; i < vd_n_actions; i++) {
    const vd_action *action = &vd_actions[i];
    if (strcmp(action->menu, menu) != 0) continue;
    if (action->rule_before) vd_ui_menu_rule(app->ui);
    bool checked = action->checked && action->checked(app);
    if (!vd_ui_menu_item(app->ui, label_of(app, action), action->shortcut, checked, usable(app, action)))
      continue;
    action->run(app);
    vd_ui_ask_again(app->ui);
  }
  vd_ui_menu_end(app->ui);
}

/* Left and right go from menu to menu while one is open; F10 opens the first. */
static void menu_bar_keys(vd_app *app) {
  enum { MOST = 12 };
  vd_ui_id ids[MOST];
  int n = 0, open = -1;
  for (int i = 0; i < vd_n_actions && n < MOST; i++) {
    if (i > 0 && strcmp(vd_actions[i].menu, vd_actions[i - 1].menu) == 0) continue;
    ids[n] = vd_ui_id_of(app->ui, _(vd_actions[i].menu));
    if (vd_ui_popup_is(app->ui, ids[n])) open = n;
    n++;
  }
  if (open >= 0 && vd_ui_key(app->ui, VD_KEY_RIGHT, 0)) vd_ui_popup_open(app->ui, ids[(open + 1) % n]);
  if (open >= 0 && vd_ui_key(app->ui, VD_KEY_LEFT, 0)) vd_ui_popup_open(app->ui, ids[(open + n - 1) % n]);
  if (vd_ui_key(app->ui, VD_KEY_F10, 0) && open < 0 && !app->print_open && !app->help_open)
    vd_ui_popup_open(app->ui, ids[0]);
}

void vd_action_menus(vd_app *app, vd_rect rect) {
  vd_cut_left(&rect, vd_ui_px(app->ui, 4));
  menu_bar_keys(app);
  for (int i = 0; i < vd_n_actions; i++) {
    if (i == 0 || strcmp(vd_actions[i].menu, vd_actions[i - 1].menu) != 0)
      show_menu(app, vd_actions[i].menu, &rect);
  }
}

static void icon_button(vd_app *app, const vd_action *action, vd_rect rect) {
  const char *icon = action->run == run_play && app->playing ? "pause" : action->icon;
  bool on = action->checked && action->checked(app);
  if (!vd_ui_icon_button(app->ui, rect, icon, label_of(app, action), on, usable(app, action))) return;
  action->run(app);
  vd_ui_ask_again(app->ui);
}

void vd_action_toolbar(vd_app *app, vd_rect rect) {
  double size = vd_ui_px(app->ui, 34);
  vd_ui_push(app->ui, "toolbar");
  vd_cut_left(&rect, vd_ui_px(app->ui, 8));
  const char *menu = NULL;
  for (int i = 0; i < vd_n_actions; i++) {
    const vd_action *action = &vd_actions[i];
    if (!action->icon || action->on_map) continue;
    if (menu && strcmp(menu, action->menu) != 0)
      vd_ui_separator_x(app->ui, vd_cut_left(&rect, vd_ui_px(app->ui, 13)));
    menu = action->menu;
    vd_rect at = vd_cut_left(&rect, size);
    icon_button(app, action, (vd_rect){at.x + 2, at.y + (at.h - size) / 2 + 2, size - 4, size - 4});
  }
  vd_ui_pop(app->ui);
}

int vd_action_map_count(void) {
  int n = 0;
  for (int i = 0; i < vd_n_actions; i++) n += vd_actions[i].on_map;
  return n;
}

void vd_action_map_buttons(vd_app *app, vd_rect rect, double size) {
  vd_ui_push(app->ui, "map buttons");
  for (int i = 0; i < vd_n_actions; i++) {
    if (vd_actions[i].on_map) icon_button(app, &vd_actions[i], vd_cut_top(&rect, size));
  }
  vd_ui_pop(app->ui);
}
