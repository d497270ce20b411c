/* ui: an immediate-mode kit. State and one event go in; a canvas and a tree of what is on screen come out.
 * SPDX-License-Identifier: Apache-2.0
 *
 * One canvas unit is one pixel. Each pass handles one event:
 *
 *   vd_ui_begin(ui, &event);
 *   vd_rect all = vd_ui_area(ui), bar = vd_cut_top(&all, 40);
 *   if (vd_ui_button(ui, bar, _("Print"))) ...
 *   vd_canvas *picture = vd_ui_end(ui);
 *
 * Layout is done by cutting rectangles, always left to right; for right-to-left languages the kit mirrors rectangles
 * and the mouse at its edge. A widget is known by its label and the labels of the scopes around it (vd_ui_push);
 * "Delete##7" shows "Delete" and is another widget than "Delete##8". */
#ifndef VEDETTE_UI_UI_H
#define VEDETTE_UI_UI_H

#include "ui/node.h"
#include "ui/theme.h"
#include "vedette/draw/canvas.h"
#include "vedette/draw/text.h"

typedef enum vd_event_type {
  VD_EVENT_NONE, /* a pass without input: time went by, or work ended */
  VD_EVENT_MOUSE_MOVE,
  VD_EVENT_MOUSE_DOWN,
  VD_EVENT_MOUSE_UP,
  VD_EVENT_MOUSE_LEAVE,
  VD_EVENT_WHEEL,
  VD_EVENT_KEY, /* a key went down */
  VD_EVENT_TEXT /* committed text of a key or an input method */
} vd_event_type;
/* Keys that are not characters; a character key is its lower-case code point. */
enum {
  VD_KEY_ENTER = 0x110000,
  VD_KEY_ESCAPE,
  VD_KEY_TAB,
  VD_KEY_BACKSPACE,
  VD_KEY_DELETE,
  VD_KEY_LEFT,
  VD_KEY_RIGHT,
  VD_KEY_UP,
  VD_KEY_DOWN,
  VD_KEY_HOME,
  VD_KEY_END,
  VD_KEY_PAGE_UP,
  VD_KEY_PAGE_DOWN,
  VD_KEY_F1,
  VD_KEY_F5,
  VD_KEY_F10
};
enum { VD_MOD_SHIFT = 1, VD_MOD_CTRL = 2, VD_MOD_ALT = 4 };
enum { VD_MOUSE_LEFT = 1, VD_MOUSE_MIDDLE = 2, VD_MOUSE_RIGHT = 3 };
typedef struct vd_event {
  vd_event_type type;
  double x, y;        /* mouse, pixels of the window */
  int button, clicks; /* clicks 2: double click */
  double wheel;       /* notches, up positive */
  uint32_t key;
  unsigned mods;
  char text[32];
  int64_t time_ms; /* any steady clock */
} vd_event;

/* What only the surroundings can do. Any member may be NULL. */
typedef struct vd_ui_host {
  void *context;
  const char *(*read_clipboard)(void *context); /* borrowed until the next call */
  void (*write_clipboard)(void *context, const char *text);
} vd_ui_host;

typedef enum vd_cursor {
  VD_CURSOR_ARROW,
  VD_CURSOR_HAND,
  VD_CURSOR_TEXT,
  VD_CURSOR_MOVE,
  VD_CURSOR_CROSS,
  VD_CURSOR_SIZE_X,
  VD_CURSOR_SIZE_Y
} vd_cursor;

typedef struct vd_ui vd_ui;
/* `draw` is borrowed. Caller frees. */
vd_ui *vd_ui_new(vd_draw *draw, const vd_ui_host *host);
void vd_ui_free(vd_ui *ui);
/* Size of the window in pixels, how many pixels a unit of the theme has (1 on an ordinary screen), right-to-left. */
void vd_ui_resize(vd_ui *ui, double width_px, double height_px, double scale, bool mirror);

void vd_ui_begin(vd_ui *ui, const vd_event *event);
/* The picture of this pass, borrowed until the next but one vd_ui_begin. */
vd_canvas *vd_ui_end(vd_ui *ui);
/* True when a further pass without input is needed, because this one changed what an earlier widget shows. */
bool vd_ui_again(const vd_ui *ui);
void vd_ui_ask_again(vd_ui *ui);
/* When the next pass should come by itself (tooltip, caret), in ms of the events' clock; INT64_MAX: not needed. */
int64_t vd_ui_wake_ms(const vd_ui *ui);
vd_cursor vd_ui_cursor(const vd_ui *ui);
/* True while a text field has the keyboard: the window starts its input method. */
bool vd_ui_wants_text(const vd_ui *ui);
/* The tree of the last ended pass. */
const vd_nodes *vd_ui_nodes(const vd_ui *ui);

/* ---- for widgets and for who uses them ---- */
const vd_theme *vd_ui_theme(const vd_ui *ui);
vd_draw *vd_ui_draw(const vd_ui *ui);
vd_arena *vd_ui_arena(const vd_ui *ui); /* lives for this pass */
vd_canvas *vd_ui_canvas(const vd_ui *ui);
const vd_event *vd_ui_event(const vd_ui *ui);
/* Takes the event so that no later widget sees it. */
void vd_ui_use_event(vd_ui *ui);
bool vd_ui_event_open(const vd_ui *ui);
/* True for the key with exactly these modifiers when nobody took it yet; takes it. */
bool vd_ui_key(vd_ui *ui, uint32_t key, unsigned mods);
vd_rect vd_ui_area(const vd_ui *ui);            /* the whole window */
double vd_ui_px(const vd_ui *ui, double units); /* theme units to whole pixels */

/* Cutting rectangles: the piece is returned, the rest stays in *rect. */
vd_rect vd_cut_left(vd_rect *rect, double width);
vd_rect vd_cut_right(vd_rect *rect, double width);
vd_rect vd_cut_top(vd_rect *rect, double height);
vd_rect vd_cut_bottom(vd_rect *rect, double height);
vd_rect vd_inset(vd_rect rect, double by_x, double by_y);
bool vd_rect_holds(vd_rect rect, double x, double y);

/* Scopes of names. */
void vd_ui_push(vd_ui *ui, const char *name);
void vd_ui_push_index(vd_ui *ui, int64_t index);
void vd_ui_pop(vd_ui *ui);
vd_ui_id vd_ui_id_of(const vd_ui *ui, const char *label);

/* A clip for what follows (mouse too), and its end. */
void vd_ui_clip(vd_ui *ui, vd_rect rect);
void vd_ui_unclip(vd_ui *ui);

/* Painting in layout coordinates (mirrored when need be). `text` is cut with an ellipsis to the rectangle. */
typedef enum vd_align { VD_ALIGN_START, VD_ALIGN_MIDDLE, VD_ALIGN_END } vd_align;
void vd_ui_fill(vd_ui *ui, vd_rect rect, vd_rgba color);
void vd_ui_fill_round(vd_ui *ui, vd_rect rect, double radius, vd_rgba color);
void vd_ui_frame(vd_ui *ui, vd_rect rect, double radius, double width, vd_rgba color);
void vd_ui_icon(vd_ui *ui, vd_rect rect, const char *icon, vd_rgba tint); /* centred, theme icon size */
typedef struct vd_paint_text {
  double size; /* 0: the theme's */
  bool bold, mono;
  vd_align align;
  vd_rgba color; /* VD_CLEAR: the theme's */
} vd_paint_text;
void vd_ui_paint(vd_ui *ui, vd_rect rect, const char *text, vd_paint_text how);
double vd_ui_text_width(vd_ui *ui, const char *text, vd_paint_text how);
/* Text broken into lines; returns its height whether or not it is drawn. */
double vd_ui_paint_lines(vd_ui *ui, vd_rect rect, const char *text, vd_paint_text how, bool draw);

/* What the mouse and the keyboard do with a rectangle. */
typedef struct vd_touch {
  bool hovered, pressed; /* pressed: held down since it was pressed here */
  bool clicked, double_clicked, right_clicked;
  bool focused, started; /* started: went down in this pass */
  double x, y;           /* mouse relative to the rectangle, layout coordinates */
} vd_touch;
enum {
  VD_TOUCH_FOCUS = 1,
  VD_TOUCH_ANY_BUTTON = 2
}; /* takes part in Tab order; reacts to middle and right too */
vd_touch vd_ui_touch(vd_ui *ui, vd_ui_id id, vd_rect rect, unsigned flags);
bool vd_ui_focused(const vd_ui *ui, vd_ui_id id);
void vd_ui_focus(vd_ui *ui, vd_ui_id id);
void vd_ui_set_cursor(vd_ui *ui, vd_cursor cursor);
/* A small number remembered for a widget between passes (scroll offset, open or not); 0 at first. */
double *vd_ui_memory(vd_ui *ui, vd_ui_id id);
/* Adds to the tree; `name` and `value` are copied. */
void vd_ui_node(vd_ui *ui, vd_ui_id id, vd_role role, const char *name, const char *value, vd_rect rect,
                unsigned flags);

/* Layers: what is drawn between is above the rest and takes the mouse first. `modal`: nothing below reacts. */
void vd_ui_layer_begin(vd_ui *ui, vd_rect rect, bool modal);
void vd_ui_layer_end(vd_ui *ui);
/* The one open popup (menu, drop-down): opening one closes the other. */
void vd_ui_popup_open(vd_ui *ui, vd_ui_id id);
void vd_ui_popup_close(vd_ui *ui);
bool vd_ui_popup_is(const vd_ui *ui, vd_ui_id id);
bool vd_ui_popup_any(const vd_ui *ui);
/* Shows `text` by the mouse when it rests on the widget last touched. */
void vd_ui_tooltip(vd_ui *ui, const vd_touch *touch, vd_rect rect, const char *text);

#endif
