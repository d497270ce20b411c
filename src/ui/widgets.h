/* widgets: labels, buttons, check boxes, sliders, tabs, drop-downs, progress, text fields, menus, dialogs.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Each takes the rectangle it fills, shows what it is given, and tells what the user did. Labels are translated by
 * the caller. Everything that can be clicked can be reached by Tab and worked with Space or Enter. */
#ifndef VEDETTE_UI_WIDGETS_H
#define VEDETTE_UI_WIDGETS_H

#include "ui/ui.h"

void vd_ui_label(vd_ui *ui, vd_rect rect, const char *text);
void vd_ui_title(vd_ui *ui, vd_rect rect, const char *text);
/* A panel that lies above the rest, with a soft edge. */
void vd_ui_panel(vd_ui *ui, vd_rect rect);
void vd_ui_separator_x(vd_ui *ui, vd_rect rect); /* a vertical rule in its middle */

typedef enum vd_button_kind { VD_BUTTON_PLAIN, VD_BUTTON_MAIN } vd_button_kind;
/* True when it was clicked. `enabled` false: shown faint and does nothing. */
bool vd_ui_button(vd_ui *ui, vd_rect rect, const char *label, vd_button_kind kind, bool enabled);
/* An icon with its name as tooltip; `on` shows it pressed (a toggle). */
bool vd_ui_icon_button(vd_ui *ui, vd_rect rect, const char *icon, const char *label, bool on, bool enabled);
/* True when *value changed. */
bool vd_ui_checkbox(vd_ui *ui, vd_rect rect, const char *label, bool *value);
/* *value in min..max; Left and Right step by `step`. `text` is what it shows to the right. True when it changed. */
bool vd_ui_slider(vd_ui *ui, vd_rect rect, const char *label, double min, double max, double step,
                  double *value);
/* A row of tabs; true when *chosen changed. */
bool vd_ui_tabs(vd_ui *ui, vd_rect rect, const char *const *labels, int n, int *chosen);
/* A drop-down; true when *chosen changed. */
bool vd_ui_combo(vd_ui *ui, vd_rect rect, const char *label, const char *const *options, int n, int *chosen);
/* share 0..1; negative: working, no end known. */
void vd_ui_progress(vd_ui *ui, vd_rect rect, const char *label, double share);

/* A field of one line over the caller's buffer (UTF-8, at most `size` bytes with NUL). `hint` shows when empty. */
typedef enum vd_edit_result { VD_EDIT_NONE, VD_EDIT_CHANGED, VD_EDIT_ENTERED, VD_EDIT_LEFT } vd_edit_result;
vd_edit_result vd_ui_textbox(vd_ui *ui, vd_rect rect, const char *label, const char *hint, char *buffer,
                             size_t size);

/* A menu bar entry: while it returns true, give its items and end it. Items return true when chosen. */
bool vd_ui_menu_begin(vd_ui *ui, vd_rect *bar, const char *label, int n_items);
bool vd_ui_menu_item(vd_ui *ui, const char *label, const char *shortcut, bool checked, bool enabled);
void vd_ui_menu_rule(vd_ui *ui);
void vd_ui_menu_end(vd_ui *ui);

/* A modal dialog of the given size in units, centred; returns its inside. End it with vd_ui_dialog_end. *open becomes false
 * on Escape or the close button. */
vd_rect vd_ui_dialog_begin(vd_ui *ui, const char *title, double width, double height, bool *open);
void vd_ui_dialog_end(vd_ui *ui);

/* A region whose content is taller than it: returns the rectangle for the content (moved by the scroll offset). */
vd_rect vd_ui_scroll_begin(vd_ui *ui, vd_rect rect, const char *name, double content_height);
void vd_ui_scroll_end(vd_ui *ui);

#endif
