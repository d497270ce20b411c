/* state: what the kit remembers; for the files of this folder only.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef VEDETTE_UI_STATE_H
#define VEDETTE_UI_STATE_H

#include "ui/ui.h"

enum { VD_UI_DEPTH = 32, VD_UI_MEMORY = 1024, VD_UI_LAYERS = 8 };

/* A rectangle that lies above the rest and takes the mouse. */
typedef struct vd_ui_layer {
  vd_rect rect;
  bool modal;
} vd_ui_layer;

typedef struct vd_ui_cell {
  vd_ui_id id;
  double value;
} vd_ui_cell;

/* The one text field being edited. */
typedef struct vd_ui_edit {
  vd_ui_id id;
  size_t caret, anchor;
  double scroll;
  int64_t blink_from_ms;
} vd_ui_edit;

struct vd_ui {
  vd_draw *draw;
  vd_ui_host host;
  vd_theme theme;
  double width, height, scale;
  bool mirror;

  vd_arena *arenas[2]; /* this pass and the one before, whose canvas may still be on its way to the screen */
  int turn;
  vd_canvas *canvas;       /* where widgets paint now */
  vd_canvas *base, *above; /* the window; what lies over everything (tooltips) */
  vd_canvas *layer_canvas[VD_UI_LAYERS];
  vd_nodes nodes, last_nodes;
  vd_event event; /* mouse in layout coordinates */
  bool event_used, again, wants_text;
  double mouse_x, mouse_y;
  bool mouse_inside;
  int64_t now_ms, wake_ms;
  vd_cursor cursor;

  vd_ui_id scopes[VD_UI_DEPTH];
  int n_scopes;
  vd_rect clips[VD_UI_DEPTH];
  int n_clips;

  vd_ui_layer layers[VD_UI_LAYERS], last_layers[VD_UI_LAYERS];
  int n_layers, n_last_layers;
  int layer;                                          /* 0: the window itself, else index + 1 in layers */
  int outer_layers[VD_UI_LAYERS + 1], n_outer_layers; /* to go back to at the end of a layer */

  vd_ui_id active, focus, hot, last_hot;
  int active_button;
  int64_t hot_since_ms;
  bool by_keyboard;      /* the keyboard was used last: what has it is framed */
  bool focus_moved;      /* by Tab: scroll into sight */
  double *scroll_offset; /* of the scrolled region being filled, NULL none */
  vd_rect scroll_rect;
  vd_ui_id popup;
  bool popup_seen, popup_fresh;
  vd_ui_edit edit;
  vd_ui_cell memory[VD_UI_MEMORY];
};

/* The rectangle as seen on the window. */
vd_rect vd_ui_seen(const vd_ui *ui, vd_rect rect);
/* The mouse is over the rectangle, inside the clip, and no layer lies between. */
bool vd_ui_mouse_over(const vd_ui *ui, vd_rect rect);

#endif
