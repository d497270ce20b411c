/* action: one table of what the window can do: its words, keys, menu and icon.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_APP_ACTION_H
#define VEDETTE_APP_ACTION_H

#include "app/app.h"

typedef struct vd_action {
  const char *word;     /* for scripts and tests: "zoom-in" */
  const char *menu;     /* N_() marked menu it stands in */
  const char *label;    /* N_() marked */
  const char *icon;     /* in the toolbar; NULL: not there */
  const char *shortcut; /* as shown, NULL none */
  uint32_t key;
  unsigned mods;
  void (*run)(vd_app *app);
  bool (*enabled)(const vd_app *app); /* NULL: always */
  bool (*checked)(const vd_app *app); /* NULL: never */
  bool rule_before;
  bool on_map; /* its icon lies on the map instead of in the toolbar */
} vd_action;
extern const vd_action vd_actions[];
extern const int vd_n_actions;
/* Runs the action of the key of this pass, if any; called after every widget had its chance. */
void vd_action_keys(vd_app *app);
/* The menu bar and the toolbar made from the table. */
void vd_action_menus(vd_app *app, vd_rect rect);
void vd_action_toolbar(vd_app *app, vd_rect rect);
/* The icons that lie on the map, one below the other, each size x size pixels. */
void vd_action_map_buttons(vd_app *app, vd_rect rect, double size);
int vd_action_map_count(void);
/* By its word: for scripts. False when there is none or it is not enabled. */
bool vd_action_run(vd_app *app, const char *word);

#endif
