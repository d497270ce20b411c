/* ui: a pass from its event to its picture; names, clips and layers.
 * SPDX-License-Identifier: Apache-2.0 */
#include "ui/ui.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ui/state.h"

vd_ui *vd_ui_new(vd_draw *draw, const vd_ui_host *host) {
  vd_ui *ui = calloc(1, sizeof *ui);
  if (!ui) abort();
  ui->draw = draw;
  if (host) ui->host = *host;
  ui->theme = vd_theme_light();
  ui->scale = 1;
  ui->arenas[0] = vd_arena_new();
  ui->arenas[1] = vd_arena_new();
  return ui;
}

void vd_ui_free(vd_ui *ui) {
  if (!ui) return;
  vd_arena_free(ui->arenas[0]);
  vd_arena_free(ui->arenas[1]);
  free(ui);
}

void vd_ui_resize(vd_ui *ui, double width_px, double height_px, double scale, bool mirror) {
  ui->width = width_px;
  ui->height = height_px;
  ui->scale = scale;
  ui->mirror = mirror;
}

/* ---- a pass ---- */

static void take_event(vd_ui *ui, const vd_event *event) {
  ui->event = *event;
  ui->event_used = false;
  ui->now_ms = event->time_ms;
  if (event->type == VD_EVENT_MOUSE_LEAVE) ui->mouse_inside = false;
  if (event->type == VD_EVENT_MOUSE_DOWN) ui->by_keyboard = false;
  if (event->type == VD_EVENT_KEY) ui->by_keyboard = true;
  bool has_place = event->type >= VD_EVENT_MOUSE_MOVE && event->type <= VD_EVENT_MOUSE_UP;
  if (has_place || event->type == VD_EVENT_WHEEL) {
    ui->mouse_x = ui->mirror ? ui->width - event->x : event->x;
    ui->mouse_y = event->y;
    ui->mouse_inside = true;
  }
}

void vd_ui_begin(vd_ui *ui, const vd_event *event) {
  ui->turn = !ui->turn;
  vd_arena_free(ui->arenas[ui->turn]);
  ui->arenas[ui->turn] = vd_arena_new();
  ui->last_nodes = ui->nodes;
  ui->nodes = (vd_nodes){0};
  memcpy(ui->last_layers, ui->layers, sizeof ui->layers);
  ui->n_last_layers = ui->n_layers;
  ui->n_layers = 0;
  ui->layer = ui->n_outer_layers = 0;
  ui->n_scopes = ui->n_clips = 0;
  ui->base = vd_canvas_new(ui->arenas[ui->turn]);
  ui->above = vd_canvas_new(ui->arenas[ui->turn]);
  ui->canvas = ui->base;
  ui->again = ui->wants_text = ui->popup_seen = false;
  ui->cursor = VD_CURSOR_ARROW;
  ui->wake_ms = INT64_MAX;
  ui->last_hot = ui->hot;
  ui->hot = 0;
  take_event(ui, event);
  vd_ui_fill(ui, vd_ui_area(ui), ui->theme.page);
}

/* The next or previous tab stop of the top layer, round the end. */
static void move_focus(vd_ui *ui, int step) {
  vd_node *stops = NULL;
  size_t n = 0, capacity = 0, at = SIZE_MAX;
  int top = 0;
  for (int i = 0; i < ui->n_layers; i++) {
    if (ui->layers[i].modal) top = i + 1;
  }
  for (size_t i = 0; i < ui->nodes.n; i++) {
    const vd_node *node = &ui->nodes.items[i];
    if (!(node->flags & VD_NODE_TAB_STOP) || node->layer < top) continue;
    *VD_PUSH(vd_ui_arena(ui), stops, n, capacity) = *node;
    if (node->id == ui->focus) at = n - 1;
  }
  if (n == 0) return;
  size_t next = at == SIZE_MAX ? (step > 0 ? 0 : n - 1) : (at + n + (size_t)(step + (int)n)) % n;
  ui->focus = stops[next].id;
  ui->focus_moved = true;
  ui->again = true;
}

static void finish_keys(vd_ui *ui) {
  if (vd_ui_key(ui, VD_KEY_TAB, 0)) move_focus(ui, 1);
  if (vd_ui_key(ui, VD_KEY_TAB, VD_MOD_SHIFT)) move_focus(ui, -1);
  if (ui->popup && vd_ui_key(ui, VD_KEY_ESCAPE, 0)) vd_ui_popup_close(ui);
}

vd_canvas *vd_ui_end(vd_ui *ui) {
  finish_keys(ui);
  bool pressed_nothing = ui->event.type == VD_EVENT_MOUSE_DOWN && !ui->event_used;
  if (pressed_nothing) ui->focus = 0;
  if (ui->popup && !ui->popup_seen && !ui->popup_fresh) ui->popup = 0;
  ui->popup_fresh = false;
  if (ui->event.type == VD_EVENT_MOUSE_UP) ui->active = 0;
  if (ui->hot != ui->last_hot) {
    ui->hot_since_ms = ui->now_ms;
    ui->again = true; /* what was under the mouse before has been painted already */
  }
  for (int i = 0; i < ui->n_layers; i++) vd_canvas_sub(ui->base, ui->layer_canvas[i]);
  vd_canvas_sub(ui->base, ui->above);
  return ui->base;
}

bool vd_ui_again(const vd_ui *ui) {
  return ui->again;
}
void vd_ui_ask_again(vd_ui *ui) {
  ui->again = true;
}
int64_t vd_ui_wake_ms(const vd_ui *ui) {
  return ui->wake_ms;
}
vd_cursor vd_ui_cursor(const vd_ui *ui) {
  return ui->cursor;
}
void vd_ui_set_cursor(vd_ui *ui, vd_cursor cursor) {
  ui->cursor = cursor;
}
bool vd_ui_wants_text(const vd_ui *ui) {
  return ui->wants_text;
}
const vd_nodes *vd_ui_nodes(const vd_ui *ui) {
  return &ui->nodes;
}
const vd_theme *vd_ui_theme(const vd_ui *ui) {
  return &ui->theme;
}
vd_draw *vd_ui_draw(const vd_ui *ui) {
  return ui->draw;
}
vd_arena *vd_ui_arena(const vd_ui *ui) {
  return ui->arenas[ui->turn];
}
vd_canvas *vd_ui_canvas(const vd_ui *ui) {
  return ui->canvas;
}
const vd_event *vd_ui_event(const vd_ui *ui) {
  return &ui->event;
}
void vd_ui_use_event(vd_ui *ui) {
  ui->event_used = true;
}
bool vd_ui_event_open(const vd_ui *ui) {
  return !ui->event_used;
}
vd_rect vd_ui_area(const vd_ui *ui) {
  return (vd_rect){0, 0, ui->width, ui->height};
}
double vd_ui_px(const vd_ui *ui, double units) {
  return round(units * ui->scale);
}

bool vd_ui_key(vd_ui *ui, uint32_t key, unsigned mods) {
  if (ui->event.type != VD_EVENT_KEY || ui->event_used) return false;
  if (ui->event.key != key || ui->event.mods != mods) return false;
  ui->event_used = true;
  return true;
}

/* ---- names ---- */

static vd_ui_id hash_bytes(vd_ui_id hash, const void *bytes, size_t n) {
  const unsigned char *byte = bytes;
  for (size_t i = 0; i < n; i++) hash = (hash ^ byte[i]) * 1099511628211u; /* FNV-1a */
  return hash ? hash : 1;
}

static vd_ui_id scope(const vd_ui *ui) {
  return ui->n_scopes ? ui->scopes[ui->n_scopes - 1] : 14695981039346656037u;
}

vd_ui_id vd_ui_id_of(const vd_ui *ui, const char *label) {
  return hash_bytes(scope(ui), label, strlen(label));
}

static void push_id(vd_ui *ui, vd_ui_id id) {
  if (ui->n_scopes < VD_UI_DEPTH) ui->scopes[ui->n_scopes] = id;
  ui->n_scopes++;
}

void vd_ui_push(vd_ui *ui, const char *name) {
  push_id(ui, vd_ui_id_of(ui, name));
}
void vd_ui_push_index(vd_ui *ui, int64_t index) {
  push_id(ui, hash_bytes(scope(ui), &index, sizeof index));
}
void vd_ui_pop(vd_ui *ui) {
  ui->n_scopes--;
}

/* Open addressing; when the table is full the oldest use of the slot gives way. */
double *vd_ui_memory(vd_ui *ui, vd_ui_id id) {
  size_t slot = id % VD_UI_MEMORY;
  for (size_t i = 0; i < 16; i++) {
    vd_ui_cell *cell = &ui->memory[(slot + i) % VD_UI_MEMORY];
    if (cell->id == id) return &cell->value;
    if (cell->id == 0) {
      cell->id = id;
      return &cell->value;
    }
  }
  ui->memory[slot] = (vd_ui_cell){id, 0};
  return &ui->memory[slot].value;
}

/* Scrolls the region that is being filled so far that what has the keyboard is in sight. */
static void reveal(vd_ui *ui, vd_rect rect) {
  ui->focus_moved = false;
  if (!ui->scroll_offset) return;
  double above = ui->scroll_rect.y - rect.y;
  double below = rect.y + rect.h - ui->scroll_rect.y - ui->scroll_rect.h;
  if (above > 0) *ui->scroll_offset -= above;
  if (below > 0 && above <= 0) *ui->scroll_offset += below;
  if (above > 0 || below > 0) ui->again = true;
}

void vd_ui_node(vd_ui *ui, vd_ui_id id, vd_role role, const char *name, const char *value, vd_rect rect,
                unsigned flags) {
  vd_arena *arena = vd_ui_arena(ui);
  const char *hidden = name ? strstr(name, "##") : NULL;
  char *shown = hidden ? vd_str_dup_n(arena, name, (size_t)(hidden - name)) : vd_str_dup(arena, name);
  if (ui->focus == id) flags |= VD_NODE_FOCUSED;
  if (ui->n_clips && !vd_rect_holds(ui->clips[ui->n_clips - 1], rect.x + rect.w / 2, rect.y + rect.h / 2))
    flags |= VD_NODE_HIDDEN;
  if (ui->focus == id && ui->focus_moved) reveal(ui, rect);
  *VD_PUSH(arena, ui->nodes.items, ui->nodes.n, ui->nodes.capacity) =
      (vd_node){id, role, shown, vd_str_dup(arena, value), vd_ui_seen(ui, rect), flags, ui->layer};
}

/* ---- clips and layers ---- */

static vd_rect intersect(vd_rect a, vd_rect b) {
  double x0 = fmax(a.x, b.x), y0 = fmax(a.y, b.y);
  double x1 = fmin(a.x + a.w, b.x + b.w), y1 = fmin(a.y + a.h, b.y + b.h);
  return (vd_rect){x0, y0, fmax(0, x1 - x0), fmax(0, y1 - y0)};
}

void vd_ui_clip(vd_ui *ui, vd_rect rect) {
  vd_rect outer = ui->n_clips ? ui->clips[ui->n_clips - 1] : vd_ui_area(ui);
  if (ui->n_clips < VD_UI_DEPTH) ui->clips[ui->n_clips] = intersect(outer, rect);
  ui->n_clips++;
  vd_rect seen = vd_ui_seen(ui, rect);
  vd_canvas_save(ui->canvas);
  vd_canvas_clip_rect(ui->canvas, seen.x, seen.y, seen.w, seen.h);
}

void vd_ui_unclip(vd_ui *ui) {
  ui->n_clips--;
  vd_canvas_restore(ui->canvas);
}

void vd_ui_layer_begin(vd_ui *ui, vd_rect rect, bool modal) {
  if (ui->n_outer_layers <= VD_UI_LAYERS) ui->outer_layers[ui->n_outer_layers] = ui->layer;
  ui->n_outer_layers++;
  if (ui->n_layers < VD_UI_LAYERS) {
    ui->layer_canvas[ui->n_layers] = vd_canvas_new(vd_ui_arena(ui));
    ui->layers[ui->n_layers++] = (vd_ui_layer){rect, modal};
  }
  ui->layer = ui->n_layers;
  ui->canvas = ui->layer_canvas[ui->layer - 1];
  /* A layer is not cut by what it hangs on. */
  if (ui->n_clips < VD_UI_DEPTH) ui->clips[ui->n_clips] = vd_ui_area(ui);
  ui->n_clips++;
}

void vd_ui_layer_end(vd_ui *ui) {
  ui->n_clips--;
  ui->n_outer_layers--;
  ui->layer = ui->n_outer_layers <= VD_UI_LAYERS ? ui->outer_layers[ui->n_outer_layers] : 0;
  ui->canvas = ui->layer ? ui->layer_canvas[ui->layer - 1] : ui->base;
}

void vd_ui_popup_open(vd_ui *ui, vd_ui_id id) {
  ui->popup = id;
  ui->popup_seen = ui->popup_fresh = true;
  ui->again = true;
}

void vd_ui_popup_close(vd_ui *ui) {
  ui->popup = 0;
  ui->again = true;
}

bool vd_ui_popup_is(const vd_ui *ui, vd_ui_id id) {
  if (ui->popup == id) ((vd_ui *)(uintptr_t)ui)->popup_seen = true; /* asked for: still on screen */
  return ui->popup == id;
}

bool vd_ui_popup_any(const vd_ui *ui) {
  return ui->popup != 0;
}
